import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, decide, emptyPerimeter, parsePolicy, type Perimeter, type Policy, type Principal, type Request } from '../../policy/index.ts';
import { runs } from '../support/runs.ts';

/**
 * Random policies over a small alphabet, and every request of that small world put to `decide`: where one from outside is
 * allowed, the search must find one; where the search finds one, it must be from outside.
 */
const mine = 'o-4tkekae453';
const foreign = 'o-aaaaaaaaaa';
const own = '111111111111';
const named = '333333333333';
const perimeter: Perimeter = { ...emptyPerimeter, organizations: [mine], accounts: [own] };

const stringOperator = fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIfExists', 'StringNotEqualsIfExists', 'StringLikeIfExists');
const values = (...all: string[]) => fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 2 });
const test = (key: string, operator: fc.Arbitrary<string>, given: fc.Arbitrary<readonly string[]>) => fc.tuple(fc.constant(key), operator, given);
const condition = fc.oneof(
  test('aws:PrincipalOrgID', stringOperator, values(mine, foreign, 'o-*', 'o-4*', '${aws:ResourceOrgID}')),
  test('aws:PrincipalAccount', stringOperator, values(own, named, '3*', '?11111111111')),
  test('aws:PrincipalArn', fc.oneof(stringOperator, fc.constantFrom('ArnLike', 'ArnNotLike')), values(`arn:aws:iam::${own}:role/*`, `arn:aws:iam::${named}:role/a`, '*:role/a', `arn:aws:iam::*:role/b*`)),
  test('aws:PrincipalIsAWSService', fc.constantFrom('Bool', 'BoolIfExists'), values('true', 'false')),
  test('aws:PrincipalTag/team', fc.oneof(stringOperator, fc.constant('Null')), values('true', 'false')),
  test('aws:ResourceOrgID', stringOperator, values(mine, foreign, '${aws:PrincipalOrgID}')),
  test('aws:PrincipalOrgID', fc.constant('Null'), values('true', 'false')),
);
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Principal: fc.constantFrom<unknown>('*', '*', { AWS: '*' }, { AWS: own }, { AWS: named }, { AWS: `arn:aws:iam::${named}:role/a` }),
  Action: fc.constantFrom<unknown>('*', 's3:*', 's3:GetObject', ['s3:Put*', 's3:GetObject']),
  Resource: fc.constantFrom<unknown>('*', 'arn:aws:s3:::b*', ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::other']),
  conditions: fc.array(condition, { maxLength: 3 }),
}).map(({ conditions, ...rest }) => {
  const Condition: Record<string, Record<string, unknown>> = {};
  for (const [key, operator, given] of conditions) (Condition[operator] ??= {})[key] = given;
  return { ...rest, ...(conditions.length > 0 ? { Condition } : {}) };
});
const policies = fc.array(statement, { minLength: 1, maxLength: 4 }).map((Statement) => parsePolicy({ Version: '2012-10-17', Statement }));

interface Caller { principal: Principal; context: Record<string, string> }
const role = (account: string, name: string, organization?: string): Caller => ({
  principal: { kind: 'role', account, arn: `arn:aws:iam::${account}:role/${name}` },
  context: { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': `arn:aws:iam::${account}:role/${name}`, 'aws:PrincipalIsAWSService': 'false', ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }) },
});
const outsiders: Caller[] = [
  { principal: { kind: 'anonymous' }, context: { 'aws:PrincipalAccount': 'anonymous' } },
  ...['999999999999', named].flatMap((account) => ['a', 'bb', 'z'].flatMap((name) => [undefined, foreign, 'o-bbbbbbbbbb'].flatMap((organization) => [undefined, 'true', 'false'].map((tag) => {
    const made = role(account, name, organization);
    return tag === undefined ? made : { ...made, context: { ...made.context, 'aws:PrincipalTag/team': tag } };
  })))),
];
const owners: Record<string, string>[] = [{ 'aws:ResourceAccount': own, 'aws:ResourceOrgID': mine }, { 'aws:ResourceAccount': '999999999999' }, { 'aws:ResourceAccount': '999999999999', 'aws:ResourceOrgID': foreign }];
const resources = ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/x', 'arn:aws:s3:::other', 'arn:aws:s3:::zzz/x'];

function* world(): Generator<Request> {
  for (const { principal, context } of outsiders) for (const owner of owners) for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteBucket']) for (const resource of resources) {
    yield { principal, action, resource, context: { ...context, ...owner } };
  }
}
const anyAllowed = (policy: Policy): Request | undefined => { for (const request of world()) if (decide(policy, request).allowed) return request; return undefined; };
const question = (policy: Policy) => ({ kind: 'vpc-endpoint' as const, policy, perimeter, account: own, service: 's3', now: Date.parse('2026-01-01T00:00:00Z') });

describe('the search and the definition', () => {
  it('agree on every request of a small world', () => {
    fc.assert(fc.property(policies, (policy) => {
      const answer = ask(question(policy), 'principals');
      const example = anyAllowed(policy);
      if (example !== undefined) expect(answer.answer, JSON.stringify(example)).toBe('outside');
      expect(answer.answer).not.toBe('undecided');
      if (answer.answer !== 'outside') return;
      const { principal, context } = answer.witness;
      expect([own, ...perimeter.standaloneAccounts]).not.toContain(principal.account);
      expect(context['aws:PrincipalOrgID']).not.toBe(mine);
      expect(principal.kind).not.toBe('service');
    }), { numRuns: runs(1_000), seed: 20_260_101 });
  }, 60_000);

  it('know that a Deny never opens and an Allow never closes', () => {
    fc.assert(fc.property(policies, statement, (policy, extra) => {
      const more = { ...policy, statements: [...policy.statements, ...parsePolicy({ Version: '2012-10-17', Statement: [extra] }).statements] };
      const [before, after] = [ask(question(policy), 'principals').answer, ask(question(more), 'principals').answer];
      if (extra.Effect === 'Deny' && before === 'inside') expect(after).toBe('inside');
      if (extra.Effect === 'Allow' && before === 'outside') expect(after).toBe('outside');
    }), { numRuns: runs(300), seed: 20_260_102 });
  }, 60_000);
});
