import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, decide, emptyPerimeter, parsePolicy, type Answer, type Policy } from '../../../policy/index.ts';
import { runs } from '../../support/runs.ts';

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const [p, q, r, s] = ['aws:PrincipalTag/p', 'aws:PrincipalTag/q', 'aws:PrincipalTag/r', 'aws:PrincipalTag/s'] as const;
const [ofQ, ofR, ofS] = [q, r, s].map((one) => `\${${one}}`) as [string, string, string];
const [own, stranger] = ['111111111111', '999999999999'];

const policyOf = (Condition: Conditions, isTrust = false): Policy => parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', ...isTrust ? { Action: 'sts:AssumeRole' } : { Action: 's3:GetObject', Resource: '*' }, Condition }] });
const answerTo = (policy: Policy, isTrust = false): Answer => ask({ policy, perimeter: { ...emptyPerimeter, organizations: ['o-4tkekae453'], accounts: [own] }, account: own, now: 0, ...isTrust ? { kind: 'trust' } : { kind: 'resource', service: 's3' } }, 'principals');

/** Whether anybody outside gets through, where one variable is held against the next. */
describe('variables in a chain', () => {
  it.each<[string, Conditions, Answer['answer'], 'trust'?]>([
    ['of two, the second held to a pattern', { StringEquals: { [p]: ofQ, [q]: ofR }, StringLike: { [r]: 'ab*' } }, 'outside'],
    ['of two, the first in a text that is held to a pattern', { StringLike: { [p]: `x-${ofQ}-*` }, StringLikeIfExists: { [p]: 'x-zz-*' }, StringEquals: { [q]: ofR } }, 'outside'],
    ['of two, the second in a text', { StringEquals: { [p]: ofQ, [q]: `a${ofR}b`, [r]: 'zz' } }, 'outside'],
    ['of two, whose text is ruled out', { StringEquals: { [p]: ofQ, [q]: `a${ofR}b`, [r]: 'zz' }, StringNotEquals: { [p]: 'azzb' } }, 'inside'],
    ['of three', { StringEquals: { [p]: ofQ, [q]: ofR, [r]: ofS, [s]: 'end' } }, 'outside'],
    ['of two, the second of a form of its own', { StringEqualsIfExists: { [p]: ofQ }, StringLike: { [q]: '${ec2:SourceInstanceARN}' } }, 'outside'],
    ['of two, the second not of mine', { StringEqualsIfExists: { [p]: ofQ }, StringEquals: { [q]: '${aws:SourceVpcArn}' } }, 'outside'],
    ['of a name and an external id', { StringEqualsIfExists: { [p]: '${aws:username}' }, StringLike: { 'aws:username': '${sts:ExternalId}' } }, 'outside', 'trust'],
    ['of an ARN and its name', { StringEquals: { [p]: '${aws:PrincipalArn}', [q]: '${aws:username}' }, StringLike: { [q]: 'ann*' } }, 'outside'],
    ['in a circle', { StringEquals: { [p]: ofQ, [q]: `\${${p}}` } }, 'undecided'],
    ['two of which make one text, each held to its own', { StringEquals: { [p]: ofQ, [q]: `${ofR}-${ofS}`, [r]: 'a', [s]: 'b' } }, 'undecided'],
    ['of one that stands in two texts of a key', { StringEquals: { [p]: `a${ofR}` }, StringLike: { [p]: `${ofR}*` } }, 'outside'],
    ['of two, the second in another text as well', { StringEquals: { [p]: ofQ, [q]: ofR, [s]: `${ofR}-x` }, StringLike: { [s]: 'zz-*' } }, 'undecided'],
    ['of two, the second a time', { StringEquals: { [p]: ofQ, [q]: '${aws:EpochTime}' }, StringNotLike: { [p]: '*' } }, 'undecided'],
    ['of two, whatever their case', { StringEqualsIgnoreCase: { [q]: ofR }, StringEquals: { [p]: ofQ, [r]: 'ab' }, StringNotEquals: { [p]: 'ab' } }, 'outside'],
    ['of two, but in the same case', { StringEquals: { [p]: ofQ, [q]: ofR, [r]: 'ab' }, StringNotEquals: { [p]: 'ab' } }, 'inside'],
    ['one of which stands twice in a text', { StringEquals: { [p]: `${ofQ}${ofQ}` }, StringLike: { [p]: 'abab' } }, 'outside'],
    ['one of which stands twice in a text, around another', { StringEquals: { [p]: `${ofQ}-${ofQ}` }, StringLike: { [p]: 'ab-ab' } }, 'outside'],
    ['one of which stands twice in a text that is no such text', { StringEquals: { [p]: `${ofQ}-${ofQ}` }, StringLike: { [p]: 'ab-ba' } }, 'inside'],
    ['of two, the second twice in a text', { StringEquals: { [p]: ofQ, [q]: `${ofR}${ofR}` } }, 'outside'],
    ['of two, the second twice in a text held to a pattern', { StringEquals: { [p]: ofQ, [q]: `${ofR}-${ofR}` }, StringLike: { [p]: 'a*b' } }, 'undecided'],
    ['of two, the second twice in a text that it cannot make', { StringEquals: { [p]: ofQ, [q]: `${ofR}-${ofR}` }, StringLike: { [p]: 'ab' } }, 'undecided'],
    ['of two, the second made of a time and a tag', { StringNotLike: { [p]: `arn:${ofQ}` }, StringEquals: { [q]: `\${aws:EpochTime}-${ofR}` }, StringLike: { [p]: 'arn:*' }, Null: { [r]: 'true' } }, 'undecided'],
    ['two of which make one text', { StringEquals: { [p]: ofQ, [q]: `${ofR}-${ofS}` } }, 'outside'],
  ])('%s', (_, conditions, expected, trust) => { expect(answerTo(policyOf(conditions, trust !== undefined), trust !== undefined).answer).toBe(expected); });

  it.each<[string, Conditions, string]>([
    ['a value and itself', { StringEquals: { [q]: `?${ofQ}` } }, 'the variable `${aws:principaltag/q}` is held against another'],
    ['the first of two', { StringEquals: { [r]: `?${ofR}` }, StringLike: { [r]: `${ofQ}b`, [q]: `a${ofQ}` } }, 'the variable `${aws:principaltag/q}` is held against another'],
    ['one in a circle', { StringLike: { [q]: `a${ofR}` }, StringNotEqualsIgnoreCase: { [r]: `${ofQ}-${ofR}` } }, '`${aws:principaltag/r}` is held against itself through other variables'],
  ])('say what is not told: %s', (_, conditions, because) => { expect(answerTo(policyOf(conditions))).toMatchObject({ answer: 'undecided', because }); });

  it('stand in several resources of one statement', () => {
    const policy = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: [`arn:aws:s3:::acme-data/${`\${${p}}`}b/x`, `arn:aws:s3:::acme-data/a${ofQ}`] }] });
    expect(answerTo(policy).answer).toBe('outside');
  });

  it('hide nobody whom a request of a small world shows', () => {
    const value = fc.constantFrom('a', 'ab', 'a*', '*b', '?', ofQ, ofR, `a${ofR}`, `${ofQ}b`, `${ofR}*`, `${ofR}${ofR}`, `${ofQ}a${ofQ}`);
    const test = fc.tuple(fc.constantFrom('StringEquals', 'StringLike', 'StringNotEquals', 'StringEqualsIfExists', 'StringNotLike'), fc.constantFrom(p, q, r), fc.uniqueArray(value, { minLength: 1, maxLength: 2 }));
    const texts = ['a', 'b'].flatMap((one) => [one, ...['a', 'b'].flatMap((two) => [one + two, `${one}${two}a`, `${one}${two}b`])]);
    const carried = [undefined, ...texts];
    fc.assert(fc.property(fc.array(test, { minLength: 2, maxLength: 4 }), (tests) => {
      const conditions: Record<string, Record<string, unknown>> = {};
      for (const [operator, key, values] of tests) (conditions[operator] ??= {})[key] = values;
      const policy = policyOf(conditions);
      if (answerTo(policy).answer !== 'inside') return;
      const arn = `arn:aws:iam::${stranger}:role/someone`;
      for (const one of carried) for (const two of carried) for (const three of carried) {
        const tags = Object.fromEntries([[p, one], [q, two], [r, three]].filter(([, text]) => text !== undefined)) as Record<string, string>;
        expect(decide(policy, { principal: { kind: 'role', account: stranger, arn }, action: 's3:GetObject', resource: 'arn:aws:s3:::data/x', context: { ...tags, 'aws:PrincipalAccount': stranger, 'aws:PrincipalArn': arn } }).allowed).toBe(false);
      }
    }), { numRuns: runs(400) });
  });
});
