import { describe, expect, it } from 'vitest';
import { compare, formulaOf, parsePolicy, type Perimeter, type Question } from '../../../policy/index.ts';
import { accounts, definition, mine, other, own, partnered, sibling, type Conditions } from './world-of.ts';

/** Whose requests are compared: everybody's that policies of the kind speak of. */
const [standalone, partner, foreign] = ['444444444444', '123456789012', 'o-aaaaaaaaaa'];
const unlisted: Perimeter = { ...definition, accounts: undefined };
const none: Perimeter = { ...unlisted, organizations: [] };
const allow = (Condition: Conditions): object => ({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition });

/** What a policy allows under a condition that allows nothing else. */
function allowed(condition: Conditions, more: Partial<Question>): ReturnType<typeof compare>['added'] {
  const [nothing, something] = [{ Null: { 'aws:SecureTransport': 'true' } }, condition].map((one): Question => {
    const statement = allow(one);
    const attached = more.kind === 'identity' || more.kind === 'scp';
    const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [attached ? { ...statement, Principal: undefined } : statement] }));
    return { kind: 'resource', service: 's3', account: own, now: 0, perimeter: definition, ...more, policy };
  }) as [Question, Question];
  return compare(something, formulaOf(nothing), formulaOf(something)).added;
}
/** Principals of an account, but no services, which may tell of it too. */
const of = (account: string, organization?: string): Conditions => ({
  Bool: { 'aws:PrincipalIsAWSService': 'false' },
  StringEquals: { 'aws:PrincipalAccount': account, ...organization === undefined ? {} : { 'aws:PrincipalOrgID': organization } }, Null: { 'aws:PrincipalOrgID': String(organization === undefined) },
});
const outsideMine = (account: string): Conditions => ({ StringEquals: { 'aws:PrincipalAccount': account }, StringNotEquals: { 'aws:PrincipalOrgID': mine } });
const ofService: Conditions = { Bool: { 'aws:PrincipalIsAWSService': 'true' } };

describe('everyone', () => {
  it.each<[string, Conditions, Partial<Question>]>([
    ['an account of mine that stands alone', of(standalone), { perimeter: { ...definition, standaloneAccounts: [standalone] } }],
    ['an account of mine in my organization', of(sibling, mine), {}],
    ['an account of mine in some organization, where none is defined', of(own, foreign), { perimeter: none }],
    ['an account of mine in no organization, where none is defined', of(own), { perimeter: none }],
    ['a stranger in an organization', of(other, foreign), {}],
    ['a stranger in none', of(other), {}],
    ['an account in my organization that nothing lists', of(other, mine), { perimeter: unlisted }],
    ['a partner', of(partner), { perimeter: partnered(partner) }],
    ['a partner in my organization, where nothing lists its accounts', of(partner, mine), { perimeter: { ...partnered(partner), accounts: undefined } }],
    ['a principal of whatever account, where nothing says which are mine', of(other), { kind: 'scp', perimeter: none }],
    ['a member of my organization, in an SCP', of(other, mine), { kind: 'scp', perimeter: unlisted }],
  ])('holds %s', (_, condition, more) => { expect(allowed(condition, more).kind).toBe('request'); });

  it.each<[string, Conditions, Partial<Question>]>([
    ['account of mine that stands alone in my organization', of(standalone, mine), { perimeter: { ...definition, standaloneAccounts: [standalone] } }],
    ['listed account of mine in no organization', of(sibling), {}],
    ['stranger in my organization, where its accounts are listed', of(other, mine), {}],
    ['stranger in an organization that has no such name', { StringNotLike: { 'aws:PrincipalOrgID': 'o-*' }, Null: { 'aws:PrincipalOrgID': 'false' } }, {}],
    ['service among the principals that a policy hangs on', ofService, { kind: 'identity' }],
    ['service among those that an SCP binds', ofService, { kind: 'scp' }],
    ['stranger among the principals that a policy hangs on', of(other), { kind: 'identity', perimeter: none }],
    ['stranger among those that an SCP binds', outsideMine(other), { kind: 'scp', perimeter: unlisted }],
    ['stranger among those that an SCP binds, where accounts are listed and no organization', of(other), { kind: 'scp', perimeter: { ...definition, organizations: [] } }],
    ['stranger among those that an SCP binds, where accounts are listed', of(other), { kind: 'scp' }],
  ])('holds no %s', (_, condition, more) => { expect(allowed(condition, more)).toEqual({ kind: 'nothing' }); });

  it('holds a service that nobody names', () => { expect(allowed(ofService, {})).toMatchObject({ kind: 'request', request: { principal: { kind: 'service', name: 'service.amazonaws.com' } } }); });
  it('holds the accounts of mine that patterns tell apart', () => {
    expect(allowed(accounts('2*'), {})).toMatchObject({ request: { principal: { account: sibling } } });
  });
});
