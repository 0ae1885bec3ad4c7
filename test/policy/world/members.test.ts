import { describe, expect, it } from 'vitest';
import type { Perimeter } from '../../../policy/index.ts';
import { callersOfMine, insiders, partners, strangers } from '../../../policy/world/members.ts';
import { accounts, definition, mine, other, own, partnered, sibling, worldOf, type Conditions, type Situation } from './world-of.ts';

/** Which accounts stand for all that call: of those that no policy tells apart, one. */
const [third, partner, foreign] = ['444444444444', '123456789012', 'o-aaaaaaaaaa'];
const nobody = '999999999999';
const four: Perimeter = { ...definition, accounts: [own, sibling, other, third] };
const unlisted: Perimeter = { ...definition, accounts: undefined };
const narrowed: Perimeter = { ...unlisted, organizationPaths: [`${mine}/r-ab12/ou-ab12-11111111/*`] };
const alone: Perimeter = { ...definition, organizations: [], accounts: undefined, standaloneAccounts: [own, sibling, other] };
const named = (values: unknown): Conditions => accounts(values, 'StringEquals');
const ofOwner = (account: string): Conditions => ({ StringEquals: { 'aws:ResourceAccount': account } });
const inOrganization: Conditions = { StringEquals: { 'aws:PrincipalOrgID': foreign } };

describe('callers of mine', () => {
  it.each<[string, readonly string[], Conditions, Situation?]>([
    ['the own account, where nothing tells them apart', [own], {}],
    ['the own account, where only words are asked for', [own], named('anonymous')],
    ['the own account, where only owners are told apart', [own], ofOwner(sibling), { perimeter: four }],
    ['the own account of an identity', [own], named(sibling), { kind: 'identity' }],
    ['those named, where no others are', [own, sibling], named(sibling)],
    ['those named, and one of the others', [own, other, sibling], named(other), { perimeter: four }],
    ['those named as callers, and one that is not named', [own, sibling, third], { StringEquals: { 'aws:PrincipalAccount': sibling, 'aws:ResourceAccount': other } }, { perimeter: four }],
    ['one of the others beside a variable', [own, sibling], { StringEquals: { 'aws:PrincipalTag/name': '${aws:username}' } }, { perimeter: four }],
    ['one of those that stand alone, and one of those that do not', [own, other, sibling], {}, { perimeter: { ...four, accounts: [own, other, sibling], standaloneAccounts: [sibling, third] } }],
    ['one for each way that patterns take them', [own, sibling, third], accounts('2*'), { perimeter: { ...four, accounts: [own, sibling, third] } }],
    ['one of those that patterns take alike', [own, sibling], accounts('7*'), { perimeter: four }],
    ['one beside a pattern of the own account', [own, sibling], accounts('1*'), { perimeter: four }],
    ['one of the others beyond a number', [own, sibling], accounts('5', 'NumericLessThan'), { perimeter: four }],
    ['one of the others beyond a number, beside a text', [own, sibling], { ...accounts('5', 'NumericLessThan'), ...named('anonymous') }, { perimeter: four }],
    ['one below a number, and one above', [own, sibling, third], accounts('300000000000', 'NumericGreaterThan'), { perimeter: { ...definition, accounts: [own, sibling, third] } }],
    ['any account, where none are listed', [own, '888888888888', other], named(other), { perimeter: unlisted }],
    ['any accounts that patterns tell apart, where none are listed', [own, '888888888888', '199999999999'], accounts('1*'), { perimeter: unlisted }],
    ['any accounts that a pattern of the usual ones tells apart', [own, '777777777777', nobody], accounts('9*'), { perimeter: unlisted }],
    ['any accounts, one of every kind', [own, '888888888888', nobody, ...[...'01234567'].map((digit) => `${digit}99999999999`)], accounts([...'123456789'].map((digit) => `${digit}*`)), { perimeter: unlisted }],
    ['the own, where it stands for others that stand alone', [own], named(third), { perimeter: alone }],
    ['those that stand alone, where a policy tells the own from them', [own, sibling], named(own), { perimeter: alone }],
  ])('are %s', (_, expected, condition, more) => { expect(callersOfMine(worldOf(condition, more))).toEqual(expected); });
});

describe('insiders', () => {
  it.each<[string, readonly object[], Situation?]>([
    ['in my organization', [{ organization: mine }]],
    ['in any of my organizations', [{ organization: mine }, { organization: foreign }], { perimeter: { ...definition, organizations: [mine, foreign] } }],
    ['in none, where the account stands alone', [{ organization: undefined }], { perimeter: { ...alone, standaloneAccounts: [own] } }],
    ['on whatever path the own one lies', [{ organization: mine }], { perimeter: narrowed }],
    ['on any path, where the definition lists accounts', [{ organization: mine }], { perimeter: { ...narrowed, accounts: [own] } }],
  ])('are %s', (_, expected, more) => { expect(insiders(worldOf({}, { ...more, kind: 'identity' }))).toEqual(expected.map((one) => ({ account: own, reach: 'any-account', mine: true, ...one }))); });
});

describe('strangers', () => {
  const any = { account: nobody, reach: 'any-account', organization: undefined };
  const member = (organization: string): object => ({ account: nobody, reach: 'any-organization-member', organization });
  const known = (account: string, organization?: string): object => ({ account, reach: 'named-account', organization, doubt: undefined });
  it.each<[string, readonly object[], Conditions, Situation?]>([
    ['anybody', [any], {}],
    ['members of some organization', [any, member('o-zzzzzzzzzz'), member(foreign)], inOrganization],
    ['those named, in an organization or none', [any, member('o-zzzzzzzzzz'), member(foreign), known(other), known(other, 'o-zzzzzzzzzz'), known(other, foreign)], { StringEquals: { ...inOrganization['StringEquals'], ...named(other)['StringEquals'] } }],
    ['those alone whom the policy is open to', [known(other)], named([other, third]), { Principal: { AWS: other } }],
    ['nobody, where it names services', [], named(other), { Principal: { Service: 'sns.amazonaws.com' } }],
  ])('are %s', (_, expected, condition, more) => { expect(strangers(worldOf(condition, more))).toEqual(expected); });
  it('are members of my organization off my paths', () => {
    const doubt = { because: `whose account \`${other}\` is`, accounts: [other] };
    expect(strangers(worldOf(named(other), { perimeter: narrowed }))).toEqual([
      any, { ...member(mine), paths: 'off' }, { ...known(other), doubt }, { ...known(other, mine), doubt, paths: 'off' },
    ]);
  });
});

describe('partners', () => {
  const perimeter = partnered(partner, third);
  it.each<[string, readonly string[], Conditions, Situation?]>([
    ['nobody, where they get through like any stranger does', [], {}],
    ['all, where they alone are asked about', [partner, third], {}, { callers: 'partners' }],
    ['those that the policy names', [third], named(third)],
    ['those whom a pattern tells from others', [partner], accounts('1*')],
    ['those alone whom the policy is open to', [partner], named([partner, third]), { Principal: { AWS: partner } }],
    ['those alone whom it is open to, where they are asked about', [partner], {}, { callers: 'partners', Principal: { AWS: [partner, other] } }],
    ['nobody, where it is open to others', [], accounts('1*'), { Principal: { AWS: other } }],
  ])('are %s', (_, expected, condition, more) => {
    expect(partners(worldOf(condition, { perimeter, ...more }))).toEqual(expected.map((account) => ({ account, organization: undefined, reach: 'named-account', partner: account })));
  });
  it('may be in any organization', () => { expect(partners(worldOf(inOrganization, { perimeter, callers: 'partners' })).map((one) => one.organization)).toEqual([undefined, 'o-zzzzzzzzzz', foreign, undefined, 'o-zzzzzzzzzz', foreign]); });
});
