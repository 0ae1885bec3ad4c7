import { describe, expect, it } from 'vitest';
import { absent, always, anything, maybe, only, present, type Domain } from '../../../policy/search/region.ts';
import { literal } from '../../../policy/pattern.ts';
import { TRUE } from '../../../policy/search/logic.ts';
import type { Caller } from '../../../policy/world/caller.ts';
import { anonymousFrom, iamCallers } from '../../../policy/world/callers.ts';
import type { Member } from '../../../policy/world/members.ts';
import { accounts, definition, mine, other, own, worldOf, type Conditions, type Situation } from './world-of.ts';

const stranger: Member = { account: other, organization: 'o-aaaaaaaaaa', reach: 'any-account' };
const takes = (domain: Domain, text: string): boolean => (domain.forms?.some((one) => one.matches(text)) ?? true) && (domain.tests ?? []).every(({ test, want }) => test.fits(text) === want);
const callers = (conditions: Conditions, situation: Situation = {}, member = stranger): Caller[] => [...iamCallers(worldOf(conditions, { kind: 'resource', ...situation }), [member], ['internet'])];
const byType: Conditions = { StringLike: { 'aws:PrincipalType': '*' } };
const kinds = (all: readonly Caller[]): unknown[] => all.map((one) => one.domain('aws:principaltype').only?.[0]);

describe('callers of an account', () => {
  it('are roles, where nothing tells kinds apart', () => { expect(kinds(callers({}))).toEqual(['AssumedRole']); });
  it('are of every kind, where something does', () => { expect(kinds(callers(byType))).toEqual(['AssumedRole', 'User', 'Account', 'FederatedUser']); });
  it('are roles and users, where a role is assumed', () => { expect(kinds(callers(byType, { kind: 'trust' }))).toEqual(['AssumedRole', 'User']); });
  it('are sessions that are named, and those that a provider\'s tokens began', () => {
    const session = `arn:aws:sts::${other}:assumed-role/app/ann`;
    const [providers, foreign] = [['cognito-identity.amazonaws.com', `arn:aws:iam::${other}:oidc-provider/x.org`, `arn:aws:iam::${other}:saml-provider/Okta`], `arn:aws:iam::${own}:oidc-provider/x.org`];
    const all = callers({}, { Principal: { AWS: ['*', session], Federated: [...providers, foreign] } });
    expect(all.map(({ principal: { sessionArn, provider } }) => sessionArn ?? provider)).toEqual([session, ...providers, undefined, undefined, undefined, undefined]);
    expect(all.slice(1, 5).map((one) => one.domain('aws:federatedprovider'))).toEqual([only(providers[0]!), only(providers[1]!), absent, expect.objectContaining({ missing: true, present: true })]);
    expect([...providers, foreign, `arn:aws:iam::${other}:oidc-provider/y.org`].map((one) => takes(all[4]!.domain('aws:federatedprovider'), one))).toEqual([false, false, false, false, true]);
    expect(['role/app', 'role/path/app', 'role/app2', 'role/2app'].map((name) => takes(all[0]!.domain('aws:principalarn'), `arn:aws:iam::${other}:${name}`))).toEqual([true, true, false, false]);
    expect(all[0]!.domain('aws:principalarn').liked).toEqual([`arn:aws:iam::${other}:role/app`]);
  });
  it('are in every partition that is named', () => {
    expect(callers({}, { Resource: ['*', 'arn:aws-cn:sqs:*:*:*'] }).map((one) => one.domain('aws:principalarn').liked?.[0])).toEqual([`arn:aws-cn:iam::${other}:role/someone`, `arn:aws:iam::${other}:role/someone`]);
  });
  it('of a network are those who are not refused from there', () => {
    const from = (conditions: Conditions): boolean[] => [...iamCallers(worldOf({ ...byType, ...conditions }), [stranger], ['internet', 'named-vpc'])].map((one) => one.domain('aws:sourcevpc').missing);
    const [four, both] = [[false, false, false, false], [true, true, true, true, false, false, false, false]];
    const organization: Conditions = { StringLike: { ...byType['StringLike'], 'aws:PrincipalOrgID': 'o-a*' } };
    expect([from({}), from(organization), from({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }), from({ Null: { 'aws:PrincipalOrgID': 'true' } })]).toEqual([both, both, four, []]);
  });
  it('are none who are refused whatever they do', () => { expect(callers(accounts(own, 'StringEquals'))).toEqual([]); });
});

describe('what callers of an account carry', () => {
  const [role, user, root, federated] = callers(byType) as [Caller, Caller, Caller, Caller];
  it.each<[string, Caller, string, Domain]>([
    ['a role no name', role, 'aws:username', absent], ['a session when it began', role, 'aws:tokenissuetime', always], ['a user perhaps', user, 'aws:tokenissuetime', anything], ['the root user its ARN', root, 'aws:principalarn', only(`arn:aws:iam::${other}:root`)],
    ['their account', role, 'aws:principalaccount', only(other)], ['their account, as KMS may say it', role, 'kms:calleraccount', maybe({ forms: [literal(other)] })], ['their organization', role, 'aws:principalorgid', only('o-aaaaaaaaaa')],
    ['that they are no service', role, 'aws:principalisawsservice', only('false')], ['that they signed a call of a function', role, 'lambda:functionurlauthtype', { ...present({ forms: [literal('AWS_IAM')] }), missing: true }],
    ['anything else', role, 'aws:principaltag/team', anything],
  ])('%s', (_, caller, key, expected) => { expect(caller.domain(key)).toEqual(expected); });

  it.each([['a role', role, 'AROAEXAMPLE:jo'], ['a user', user, 'AIDAEXAMPLE'], ['the root user', root, other], ['a federated user', federated, `${other}:jo`]] as const)('%s its own unique id', (_, caller, id) => {
    expect(['AROAEXAMPLE:jo', 'AROAEXAMPLE', 'AIDAEXAMPLE', other, own, `${other}:jo`, `${own}:jo`].filter((one) => one === caller.domain('aws:userid').only?.[0] || (caller.domain('aws:userid').forms !== undefined && takes(caller.domain('aws:userid'), one)))).toEqual([id]);
  });

  it('a user its name', () => {
    expect(['someone', 'a.b@example.org', 'a*', 'a/b', ''].map((one) => takes(user.domain('aws:username'), one))).toEqual([true, true, false, false, false]);
    expect(user.domain('aws:username').missing).toBe(false);
  });
  it('ARNs with paths, and names without', () => {
    const ends = ['role/app', 'role/a/b/app', 'role/', 'role/a/', 'role/a:b'];
    expect(ends.map((end) => takes(role.domain('aws:principalarn'), `arn:aws:iam::${other}:${end}`))).toEqual([true, true, false, false, false]);
    expect([user, federated].map((one) => one.domain('aws:principalarn').liked)).toEqual([[`arn:aws:iam::${other}:user/someone`], [`arn:aws:sts::${other}:federated-user/someone`]]);
  });
  it.each<[string, Conditions, boolean]>([
    ['where it is named', { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/app', 'arn:aws:iam::*:role/aws:ec2-*'] } }, true],
    ['where ARNs are told apart', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }, true],
    ['only where ARNs are tested', { StringNotLike: { 'aws:PrincipalTag/of': 'arn:aws:iam::*:role/aws:ec2-*' } }, false],
  ])('the ARN of EC2\'s own role, %s', (_, conditions, isTold) => {
    const [role, user] = callers({ ...byType, ...conditions }) as [Caller, Caller];
    const ends = ['role/aws:ec2-infrastructure', 'role/aws:other', 'role/aws:ec2-infrastructure/x', 'role/path/app', 'role/app'];
    expect(ends.map((end) => takes(role.domain('aws:principalarn'), `arn:aws:iam::${other}:${end}`))).toEqual([isTold, false, true, true, true]);
    expect([role.domain('aws:principalarn').liked, takes(user.domain('aws:principalarn'), `arn:aws:iam::${other}:user/aws:ec2-infrastructure`)]).toEqual([[`arn:aws:iam::${other}:role/someone`], false]);
  });
  it('a path in their organization', () => {
    const paths = role.domain('aws:principalorgpaths');
    expect([paths.many, paths.liked, ...['o-aaaaaaaaaa/r-ab12/ou-1/', 'o-aaaaaaaaaa/r-ab12/', 'o-aaaaaaaaaa/r-/', 'o-aaaaaaaaaa/r-ab1/', 'o-bbbbbbbbbb/r-ab12/', 'o-aaaaaaaaaa/r-ab12'].map((one) => takes(paths, one))]).toEqual([false, ['o-aaaaaaaaaa/r-ab12/'], true, true, false, false, false, false]);
  });
  it('a path on those of the definition, or off them', () => {
    const perimeter = { ...definition, accounts: undefined, organizationPaths: [`${mine}/r-ab12/ou-ab12-1/*`, `${mine}/r-ab12/ou-ab12-2/`, `${mine}/r-ab12/ou-ab12-5`] };
    const pathsOf = (paths?: 'on' | 'off'): Domain => callers({}, { perimeter }, { account: other, organization: mine, reach: 'any-account', ...(paths === undefined ? {} : { paths }) })[0]!.domain('aws:principalorgpaths');
    const told = ['ou-ab12-1/ou-ab12-3/', 'ou-ab12-2/', 'ou-ab12-5/', 'ou-ab12-4/'].map((end) => `${mine}/r-ab12/${end}`);
    expect((['on', 'off', undefined] as const).map((one) => told.map((text) => takes(pathsOf(one), text)))).toEqual([[true, true, true, false], [false, false, false, true], [true, true, true, true]]);
  });
  it('a chain of services, only where AWS calls for somebody', () => {
    const direct: Conditions = { StringEquals: { 'aws:CalledVia': 'athena.amazonaws.com' }, Bool: { 'aws:ViaAWSService': 'false' } };
    const node = callers(direct)[0]!.also!();
    expect([node, callers({})[0]!.also!(), callers({ Bool: { 'aws:ViaAWSService': 'false' } })[0]!.also!()]).toEqual([
      { kind: 'any', of: [expect.objectContaining({ key: 'aws:viaawsservice', positive: false, test: expect.objectContaining({ key: 'aws:viaawsservice', values: ['false'] }) }), expect.objectContaining({ key: 'aws:calledvia', positive: false })] }, TRUE, TRUE,
    ]);
  });
});

describe('what unsigned callers carry', () => {
  const caller = anonymousFrom(worldOf({}), 'internet');
  it.each<[string, string, Domain]>([
    ['no tags of a principal', 'aws:principaltag/team', absent], ['no second factor', 'aws:multifactorauthage', absent], ['no instance', 'ec2:sourceinstancearn', absent], ['no claims', 'token.actions.githubusercontent.com:sub', absent],
    ['an account that is none', 'aws:principalaccount', only('anonymous')], ['tags of the request, if they like', 'aws:requesttag/aws:principaltag/team', anything],
  ])('%s', (_, key, expected) => { expect(caller.domain(key)).toEqual(expected); });
});
