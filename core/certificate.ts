import { and, compare, formulaOf, policy, type Policy, type Question, type Request } from '../policy/index.ts';
import type { Clause } from './inside.ts';

/** A request of a kind, or why nobody can tell whether there is one. */
export type Loss =
  | { readonly of: string; readonly request: Request }
  | { readonly of: string; readonly because: string };

/** What was proved of a policy that is to take the place of another. */
export interface Certificate {
  /** What the new policy allows that the old one refused; none: it grants nothing new. */
  readonly granted: readonly Loss[];
  /** What the old policy allowed to those inside and the new one refuses, one request of each kind; none: the inside is kept. */
  readonly lost: readonly Loss[];
}

/** A policy on the way from the old one to the new, and the kinds of requests that the step to it must keep. */
export interface Stage { readonly policy: Policy; readonly inside: readonly Clause[] }

/**
 * Holds the last of some policies to the first. Asks the engine about formulas over them and the clauses of the definition, and knows
 * nothing of how they were made. What is inside by a clause of every stage is kept by each step, so it is kept by all together.
 */
export function certify(before: Question, stages: readonly Stage[]): Certificate {
  const formulas = [before.policy, ...stages.map((one) => one.policy)].map((one) => formulaOf({ ...before, policy: one }));
  return {
    granted: lossOf('anything', compare(before, formulas[0]!, formulas.at(-1)!).added),
    lost: stages.flatMap(({ inside }, i) => inside.flatMap(({ of, policy: kept }) => lossOf(of, compare(before, and(formulas[i]!, policy(kept)), formulas[i + 1]!).removed))),
  };
}

const lossOf = (of: string, difference: ReturnType<typeof compare>['added']): readonly Loss[] => {
  switch (difference.kind) {
    case 'nothing': return [];
    case 'request': return [{ of, request: difference.request }];
    case 'undecided': return [{ of, because: difference.because }];
  }
};

export const isHarmless = ({ granted, lost }: Certificate): boolean => granted.length === 0 && lost.length === 0;
