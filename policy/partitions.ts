import { textsOf } from './accounts.ts';
import type { Policy } from './parse.ts';

/** `aws`, and any other partition that the policy names. */
export function partitionsOf(policy: Policy): readonly string[] {
  const named = textsOf(policy).flatMap((text) => /^arn:(aws(?:-[a-z-]+)?):/.exec(text)?.[1] ?? []);
  return [...new Set(['aws', ...named])];
}
