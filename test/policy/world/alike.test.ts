import { describe, expect, it } from 'vitest';
import { ask, formulaOf, parsePolicy, type Partner, type Perimeter, type Question } from '../../../policy/index.ts';
import { butAlike } from '../../../policy/world/alike.ts';
import { World } from '../../../policy/world/world.ts';
import { allow, define, deny, document, now, ofOrganization, own, perimeter, sibling, when, type Test } from '../cases/case.ts';

const ids = Array.from({ length: 60 }, (_, i) => String(600_000_000_000 + 7_919 * i));
const [first, second, third] = ids as [string, string, string];
const callers: Test = ['StringEquals', 'aws:PrincipalAccount', ids];
const owners: Test = ['StringEquals', 'aws:ResourceAccount', ids];
const question = (policy: object, definition: { perimeter: Perimeter } = { perimeter }): Question => ({ kind: 'vpc-endpoint', service: 's3', account: own, now, ...definition, policy: parsePolicy(policy) });
const kept = (policy: object, definition?: { perimeter: Perimeter }, accounts: readonly string[] = ids): readonly string[] => {
  const asked = question(policy, definition);
  return butAlike(new World(asked, formulaOf(asked), 1_000_000), accounts);
};
const partnerOf = (id: string, more: Partial<Partner> = {}): Partner => ({ name: id, accounts: [id], externalIds: undefined, resources: [{ arn: 'arn:aws:s3:::third-*', actions: ['s3:*'] }], reachable: ['arn:aws:s3:::third-*'], ...more });

describe('accounts that are alike', () => {
  it.each<[string, object, readonly string[], { perimeter: Perimeter }?]>([
    ['are two of a list', document(allow(when(callers, owners))), [first, second]],
    ['are two that nobody names', document(), [first, second]],
    ['are two beside one that stands in another list too', document(allow(when(callers)), deny(when(['StringEquals', 'aws:PrincipalAccount', third]))), [first, second, third]],
    ['are two beside one that a text of another list holds', document(allow(when(callers)), deny(when(['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${third}:role/app`]))), [first, second, third]],
    ['are two beside one that a statement names', document(allow(when(callers)), deny({ Principal: { AWS: third } })), [first, second, third]],
    ['are two beside one whose provider a statement names', document(allow(when(callers)), deny({ Principal: { Federated: `arn:aws:iam::${third}:saml-provider/Okta` } })), [first, second, third]],
    ['are two beside one whose resource a statement names', document(allow(when(callers)), deny({ Resource: `arn:aws:s3:eu-west-1:${third}:accesspoint/x` })), [first, second, third]],
    ['are two by each text around their ids', document(allow(when(['ArnLike', 'aws:PrincipalArn', ids.map((id, i) => `arn:aws:iam::${id}:role/${i < 4 ? 'a' : 'b'}`)]))), [first, second, ids[4]!, ids[5]!]],
    ['are two beside one with which more was agreed', document(allow(when(callers))), [first, second, third], define({ partners: ids.map((id) => partnerOf(id, id === third ? { reachable: [] } : {})) })],
    ['are two beside one that is agreed with another', document(allow(when(callers))), [first, second, third, ids[3]!], define({ partners: ids.map((id) => partnerOf(id, id === ids[3] ? { reachable: [`arn:aws:sqs:*:${third}:*`] } : {})) })],
    ['are two whose ids stand in names too', document(allow(when(['ArnLike', 'aws:PrincipalArn', ids.map((id) => `arn:aws:iam::${id}:role/ci-${id}`)]))), [first, second]],
    ['are all whose ids stand in names too, where a pattern of names is agreed', document(allow(when(['ArnLike', 'aws:PrincipalArn', ids.map((id) => `arn:aws:iam::${id}:role/ci-${id}`)]))), ids, define({ buckets: ['logs-1*'] })],
    ['are two of which one partner may use the same', document(allow(when(callers))), [first, second, third], define({ partners: [partnerOf('123456789012', { resources: ids.map((id) => ({ arn: `arn:aws:sqs:*:${id}:${id === third ? 'orders' : 'vendor-*'}`, actions: ['sqs:*'] })) })] })],
    ['are two of partners whose own queues were agreed', document(allow(when(callers))), [first, second], define({ partners: ids.map((id) => partnerOf(id, { reachable: [`arn:aws:sqs:*:${id}:*`] })) })],
    ['are two of which each has a trust anchor', document(allow(when(callers))), [first, second], define({ identityProviders: [{ kind: 'trust-anchors', arns: ids.map((id, i) => `arn:aws:rolesanywhere:eu-west-1:${id}:trust-anchor/${i}`) }] })],
    ['are two beside one that stands alone', document(allow(when(callers))), [first, second, third], define({ standaloneAccounts: [third] })],
    ['are two beside one whose name a bucket has', document(allow(when(callers))), [first, second, third], define({ buckets: [`logs-${third}`] })],
    ['are two beside one that AWS has', document(allow(when(callers))), [first, second, third], define({ awsOwnedResources: [`arn:aws:ecr:*:${third}:repository/*`] })],
    ['are two beside one whose provider is listed', document(allow(when(callers))), [first, second, third], define({ identityProviders: [{ kind: 'saml', arn: `arn:aws:iam::${third}:saml-provider/Okta` }] })],
    ['are two where each is in doubt', document(allow(when(callers))), [first, second], define({ accounts: undefined })],
    ['are all where ids are held against texts', document(allow(when(['StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}']))), ids],
    ['are two by each way that patterns take them', document(allow(when(['StringLike', 'aws:PrincipalAccount', '*3757']))), [first, second, ids[3]!]],
    ['are two beside the one of a number', document(allow(when(['NumericLessThan', 'aws:PrincipalAccount', first]))), [first, second, third]],
  ])('%s', (_, policy, expected, definition) => { expect(kept(policy, definition)).toEqual(expected); });
  it('are told by the definition that is asked about, though another lists the same', () => {
    const standaloneAccounts = [first, second, third];
    const reachable = (some: readonly string[]): { perimeter: Perimeter } => define({ organizations: [], accounts: undefined, standaloneAccounts, partners: [partnerOf('123456789012', { reachable: some.map((id) => `arn:aws:s3:::vendor-${id}/*`) })] });
    const asked = (definition: { perimeter: Perimeter }): string => ask({ ...question({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::vendor-${aws:PrincipalAccount}/*' }] }, definition), account: first, kind: 'scp' }, 'resources').answer;
    expect([asked(reachable(standaloneAccounts)), asked(reachable([first, second]))]).toEqual(['inside', 'outside']);
  });
  it('are all of few', () => { expect(kept(document(), undefined, ids.slice(0, 7))).toEqual(ids.slice(0, 7)); });
  it('are two beside the resource\'s own', () => { expect(kept(document(), undefined, [...ids, own, sibling])).toEqual([first, second, own]); });
});

// Past the work budget, if each were asked for each of the others' resources.
describe('an endpoint for sixty partners', () => {
  const agreed = define({ partners: ids.map((id) => partnerOf(id)) });
  const through = (resource: string): object => document(allow(when(ofOrganization(), ['StringEquals', 'aws:ResourceAccount', own])), allow({ Action: 's3:GetObject', Resource: resource }, when(callers, owners)));
  it('keeps to what was agreed', () => { expect(ask(question(through('arn:aws:s3:::third-party/*'), agreed), 'principals')).toMatchObject({ answer: 'inside' }); });
  it('does not', () => { expect(ask(question(through('arn:aws:s3:::*'), agreed), 'principals')).toMatchObject({ answer: 'outside', reach: 'named-account', at: '/Statement/1' }); });
});
