import { describe, expect, it } from 'vitest';
import { accountsApart, parsePolicy, type Perimeter } from '../../policy/index.ts';
import { allow, define, document, own, partner, perimeter, sibling, standalone, stranger, when, type Test } from './cases/case.ts';

const nobody = '000000000000';
const apart = (tests: Test[], definition: Perimeter, more: object = {}, named?: readonly string[]): readonly string[] | undefined =>
  accountsApart([parsePolicy(document(allow({ ...more, ...tests.length === 0 ? {} : when(...tests) })))], definition, {}, named);
const owner = (value: unknown, operator = 'StringLike'): Test[] => [[operator, 'aws:ResourceAccount', value]];
const two = perimeter;
const [noList, nothing] = [define({ accounts: undefined }).perimeter, define({ accounts: undefined, organizations: [] }).perimeter];
const zeros = define({ accounts: ['001111111111', '002222222222'] }).perimeter;

describe('accounts as of which to ask', () => {
  it.each<[string, readonly string[], Test[], Perimeter, object?, (readonly string[])?]>([
    ['one, where nothing tells them apart', [own], [], two],
    ['those that no policy names first', [sibling, own], owner(own), two],
    ['one that stands alone besides', [own, standalone], [], define({ standaloneAccounts: [standalone] }).perimeter],
    ['of those that stand alone none of the organization, where there is none', [standalone], [], define({ organizations: [], accounts: undefined, standaloneAccounts: [standalone] }).perimeter],
    ['of those that stand alone, and of the organization one that nothing lists, where there is one', [nobody, standalone], [], define({ accounts: undefined, standaloneAccounts: [standalone] }).perimeter],
    ['those that a pattern tells apart', [own, sibling], owner('22*'), two],
    ['those that each of two patterns in a text does', [own, sibling], [], two, { Resource: 'arn:aws:kms:eu-west-1:2222*:key/1111*' }],
    ['by an ARN without all of its colons', [own, sibling], [], two, { Resource: 'arn:aws:sqs:eu-west-1:2222*' }],
    ['by an ARN of which a wildcard stands for a colon', [own, sibling], [], two, { Resource: 'arn:aws:sqs:eu-west-1?2222????????:q' }],
    ['by digits beside a variable', [own, sibling], owner('22${aws:PrincipalTag/x}'), two],
    ['by the default of a variable', [own, sibling], owner("${aws:PrincipalTag/x, '2222'}????????"), two],
    ['by where a variable puts them', [own, sibling], [['StringLike', 'aws:PrincipalTag/x', 'k22*'], ['StringEquals', 'aws:PrincipalTag/x', 'k${aws:ResourceAccount}']], two],
    ['by a small number', ['001111111111', '002222222222'], owner('2000000000', 'NumericGreaterThan'), zeros],
    ['by a date', ['001111111111', '002222222222'], owner('2033-05-18T03:33:20Z', 'DateGreaterThan'), zeros],
    ['by what a partner may use', [own, sibling], [], define({ partners: [{ name: 'Example', accounts: [partner], externalIds: undefined, resources: [{ arn: 'arn:aws:sqs:*:2*:*', actions: ['sqs:*'] }], reachable: [] }] }).perimeter],
    ['by what may be reached of a partner', [own, sibling], [], define({ partners: [{ name: 'Example', accounts: [partner], externalIds: undefined, resources: [], reachable: [`arn:aws:s3:::data-${sibling}/*`] }] }).perimeter],
    ['by trust anchors', [own, sibling], [], define({ identityProviders: [{ kind: 'trust-anchors', arns: ['arn:aws:rolesanywhere:*:2*:trust-anchor/*'] }] }).perimeter],
    ['by buckets, where a variable names them', [own, sibling], [], define({ buckets: ['data-2*'] }).perimeter, { Resource: 'arn:aws:s3:::data-${aws:ResourceAccount}/*' }],
    ['not by those that have one each', [own], [], define({ buckets: [`data-${own}`, `data-${sibling}`] }).perimeter, { Resource: 'arn:aws:s3:::data-${aws:ResourceAccount}/*' }],
    ['one that nothing lists, and those that the policies name, where none are listed', [nobody, sibling], owner(sibling), noList],
    ['one for each pattern, where none are listed', [nobody, '999999999999'], owner('9*'), noList],
    ['one for each number, where nothing is defined', [nobody, '999999999999', '200000000000'], owner(200_000_000_000, 'NumericGreaterThan'), nothing],
    ['none of partners by a pattern, where none are listed', [nobody, '989999999999', '899999999999'], owner(['9*', '8*']), define({ accounts: undefined, partners: [...'0123456789'].map((digit) => ({ name: digit, accounts: [`9${digit.repeat(11)}`], externalIds: undefined, resources: [], reachable: [] })) }).perimeter],
    ['one for each pattern, where the list is empty', [nobody, '999999999999'], owner('9*'), define({ accounts: [] }).perimeter],
    ['none of partners, where none are listed', [nobody], owner(partner), noList],
    ['none that the policies name, where others are listed', [own], owner(stranger), two],
    ['those whose ids stand in names that a pattern tells apart', [own, sibling], [['ArnLike', 'aws:PrincipalArn', [own, sibling].map((id) => `arn:aws:iam::${id}:role/ci-${id}`)], ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ci-*1']], two],
    ['one, where ids stand in names that nothing tells apart', [own], [['ArnLike', 'aws:PrincipalArn', [own, sibling].map((id) => `arn:aws:iam::${id}:role/ci-${id}`)]], two],
    ['one that is to be looked at besides', [own, '333333333333'], [], define({ buckets: ['data-333333333333'] }).perimeter, {}, ['333333333333']],
  ])('are %s', (_, expected, tests, definition, more, named) => { expect(apart(tests, definition, more, named)).toEqual(expected); });
  it('are those that stand in what a variable is held against', () => {
    const policies = [parsePolicy(document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-logs-${aws:ResourceAccount}/*' })))];
    expect(accountsApart(policies, two, { kind: 'resource', resource: `arn:aws:s3:::acme-logs-${sibling}` })).toEqual([own, sibling]);
    expect(accountsApart(policies, two, { kind: 'resource', resource: 'arn:aws:s3:::acme-logs' })).toEqual([own]);
  });
  it('are not those, where no variable is held against it', () => {
    expect(accountsApart([parsePolicy(document(allow()))], two, { kind: 'resource', resource: `arn:aws:s3:::acme-logs-${sibling}` })).toEqual([own]);
  });
  it('are those with a trust anchor and those without, of roles alone', () => {
    const policies = [parsePolicy(document(allow()))];
    const anchored = (...ids: string[]): Perimeter => define({ identityProviders: [{ kind: 'trust-anchors', arns: ids.map((id) => `arn:aws:rolesanywhere:eu-west-1:${id}:trust-anchor/a`) }] }).perimeter;
    expect([{}, { kind: 'trust' }, { kind: 'resource' }].map((about) => accountsApart(policies, anchored(sibling), about as { kind?: 'trust' }))).toEqual([[own, sibling], [own, sibling], [own]]);
    expect(accountsApart(policies, anchored(own, sibling), { kind: 'trust' })).toEqual([own]);
    const byName = define({ identityProviders: [{ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:eu-west-1:${own}:trust-anchor/a`, `arn:aws:rolesanywhere:eu-west-1:${sibling}:trust-anchor/b`] }] }).perimeter;
    expect(accountsApart(policies, byName, { kind: 'trust' })).toEqual([own, sibling]);
  });
  it('are told where three tags of several values name a folder', () => {
    const tag = (name: string, length: number): Test => ['StringEquals', `aws:PrincipalTag/${name}`, Array.from({ length }, (_, i) => `v${i}`)];
    expect(apart([tag('x', 12), tag('y', 8), tag('z', 8)], two, { Resource: 'arn:aws:s3:::acme-data/${aws:PrincipalTag/x}/${aws:PrincipalTag/y}/${aws:PrincipalTag/z}' })).toEqual([own]);
  });
  it('are few where a thousand have granted a partner the same', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => String(500_000_000_000 + i));
    expect(apart([], define({ accounts: [own, ...many], partners: [{ name: 'Example', accounts: [partner], externalIds: undefined, resources: many.map((id) => ({ arn: `arn:aws:sqs:*:${id}:vendor-*`, actions: ['sqs:*'] })), reachable: [] }] }).perimeter)).toEqual([own, many[0]]);
  });
  it('are too many where patterns tell them apart in thousands of ways', () => { expect(apart(owner(Array.from({ length: 40 }, (_, i) => `*${i % 10}*${(i * 7) % 10}*${(i * 3) % 10}*`)), noList)).toBeUndefined(); });
  it('are not taken to be too many where something else fails', () => {
    expect(() => apart([], { ...two, get buckets(): never { throw new TypeError('cannot be read'); } })).toThrow(TypeError);
  });
});
