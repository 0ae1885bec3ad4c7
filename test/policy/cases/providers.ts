import type { IdentityProvider } from '../../../policy/index.ts';
import { allow, define, deny, document, inside, outside, own, partner, sibling, stranger, trust, undecided, when, type Case, type Group, type Test } from './case.ts';

/**
 * Providers, trust anchors and services that conditions tell without spelling them out: by variables, by patterns that hold together,
 * in other accounts and in other partitions.
 */
const row = (name: string, policy: object, principals: NonNullable<Case['principals']>, because: string, given?: Case['given']): Case => ({ name, policy, principals, because, ...(given === undefined ? {} : { given }) });
const hub = 'token.actions.githubusercontent.com';
const tenant: Test = ['StringLikeIfExists', `${hub}:sub`, 'repo:acme/*'];
const listed = (...identityProviders: IdentityProvider[]): { perimeter: ReturnType<typeof define>['perimeter'] } => define({ identityProviders: [{ kind: 'claims', issuer: hub, claims: { sub: ['repo:acme/*'] } }, ...identityProviders] });
const provider = (issuer: string, account = own, partition = 'aws'): string => `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;
const ofOwner = '${aws:ResourceAccount}';
const by = (operator: string, value: unknown): Test => [operator, 'aws:FederatedProvider', value];

const Action = 'sts:AssumeRoleWithWebIdentity';
const withTokens = (...tests: Test[]): object => trust('*', { Action }, when(...tests));
const noTokens = (...tests: Test[]): object => ({ ...withTokens(...tests), Effect: 'Deny' });
const withAssertions = (...tests: Test[]): object => trust('*', { Action: 'sts:AssumeRoleWithSAML' }, when(...tests));
const noAssertions = (...tests: Test[]): object => ({ ...withAssertions(...tests), Effect: 'Deny' });
const endpoint = (...tests: Test[]): object => document(allow({ Principal: { Federated: '*' }, Action }, when(...tests)));
const noSts = (...tests: Test[]): object => deny({ Action: 'sts:*' }, when(...tests));
const spared = (...tests: Test[]): object => document(allow(), noSts(...tests));

const shared = outside('shared-issuer', 'web-identity');
const asserted = outside('named-account', 'saml');
const byService = outside('service', 'service');

const okta: IdentityProvider = { kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' };
const anchors = (arn: string): ReturnType<typeof listed> => listed({ kind: 'trust-anchors', arns: [arn] });
const certified = (...tests: Test[]): object => document(trust({ Service: 'rolesanywhere.amazonaws.com' }, when(...tests)));
const from = (account: string, partition = 'aws', region = '*'): Test => ['ArnLike', 'aws:SourceArn', `arn:${partition}:rolesanywhere:${region}:${account}:trust-anchor/*`];

export const providers: readonly Group[] = [
  { title: 'a provider by a variable', setting: { kind: 'trust', ...listed() }, cases: [
    row('GitLab of the role\'s account', document(withTokens(by('StringEquals', provider('gitlab.com', ofOwner)))), shared, 'anybody has tokens of GitLab'),
    row('the same, where the definition says nothing of providers', document(withTokens(by('StringEquals', provider('gitlab.com', ofOwner)))), shared, 'anybody has tokens of GitLab', define()),
    row('a private issuer of the role\'s account', document(withTokens(by('StringEquals', provider('idp.x.example', ofOwner)))), shared, 'the definition does not list it'),
    row('a private issuer, where the definition says nothing of providers', document(withTokens(by('StringEquals', provider('idp.x.example', ofOwner)))), undecided(), 'it may be mine alone', define()),
    row('any of the role\'s account, and GitHub for a tenant', document(withTokens(by('ArnLike', provider('*', ofOwner)), tenant)), shared, 'tokens of GitLab tell nothing of GitHub'),
    row('one that the role\'s tag tells', document(withTokens(by('StringLike', '*/${aws:ResourceTag/p}'))), shared, 'the tag says GitLab', { resourceTags: { p: 'gitlab.com' } }),
    row('one that the caller\'s tag tells, or Google', document(withTokens(by('StringEquals', '${aws:PrincipalTag/p, \'accounts.google.com\'}'))), shared, 'tokens have no such tag, so the default stands'),
    row('one by the name of the session', document(withTokens(by('StringLike', '*/${sts:RoleSessionName}'), ['StringEquals', 'sts:RoleSessionName', 'idp.x.example'])), shared, 'the session is called like a provider'),
    row('all but one of the role\'s account', document(withTokens(), noTokens(by('StringNotEquals', provider('idp.x.example', ofOwner)))), outside('shared-issuer', 'web-identity', 0), 'tokens of the one get through'),
    row('one that is mine, by a variable', document(withTokens(by('StringEquals', provider('idp.x.example', ofOwner)))), inside, 'the definition lists it', listed({ kind: 'own', issuer: 'idp.x.example' })),
  ] },
  { title: 'providers by patterns', setting: { kind: 'trust', ...listed({ kind: 'own', issuer: 'idp.acme.example' }, okta) }, cases: [
    row('names that begin as one of mine', document(withTokens(by('StringLike', provider('idp.acme.example*')))), shared, 'others begin so, too'),
    row('one of mine by its name', document(withTokens(by('StringLike', provider('idp.acme.example')))), inside, 'the definition lists it'),
    row('a pattern without those of one letter', document(withTokens(by('StringLike', provider('*.okta.com'))), noTokens(by('StringLike', ['*/?.okta.com', '*/.okta.com']))), shared, 'longer names are left'),
    row('two patterns at once', document(withTokens(by('StringLike', provider('*.okta.com')), by('ArnLike', provider('acme*')))), shared, 'a name may fit both'),
    row('two patterns that no name fits', document(withTokens(by('StringLike', provider('*.okta.com')), by('ArnLike', provider('*.example')))), inside, 'a name has one end'),
    row('a wildcard that stands for itself', document(withTokens(by('StringEquals', provider('*')))), inside, 'no provider is called so'),
    row('a wildcard inside a principal', document(trust({ Federated: provider('token.actions.*') }, { Action })), inside, 'a principal is named whole'),
    row('assertions of an account but for two', document(withAssertions(['StringLike', 'saml:doc', `${own}/*`]), noAssertions(['StringLike', 'saml:doc', ['*/someone', '*/x']])), asserted, 'other providers are left'),
    row('assertions of names that begin as one of mine', document(withAssertions(['StringLike', 'saml:doc', `${own}/Okta?*`])), asserted, 'those are not listed'),
    row('assertions of any, where the account that mostly stands for strangers is mine', document(withAssertions()), outside('any-account', 'saml'), 'those of other accounts stay strangers\'', define({ accounts: [own, '999999999999'] })),
    row('assertions that do not tell their provider', document(withAssertions(['Null', 'saml:doc', 'true'])), inside, 'every one tells it'),
    row('assertions that name no session', document(withAssertions(['Null', 'sts:RoleSessionName', 'true'])), outside('any-account', 'saml'), 'it is not said to be told of assertions'),
    row('assertions of one of mine', document(withAssertions(['StringLike', 'saml:doc', `${own}/Okta`])), inside, 'the definition lists it'),
  ] },
  { title: 'tokens through an endpoint of STS, for roles of others', setting: { kind: 'vpc-endpoint', service: 'sts', ...listed() }, cases: [
    row('providers of accounts by a pattern', endpoint(by('StringLike', 'arn:aws:iam::3*:oidc-provider/*')), outside('anonymous', 'web-identity'), 'strangers have such accounts', { ...define({ unsignedActions: [] }) }),
    row('providers of others but for one account', document(allow({ Principal: { Federated: '*' }, Action }, when(by('StringLike', 'arn:aws:iam::*:oidc-provider/*'))), deny(when(by('StringLike', ['arn:aws:iam::9*', `arn:aws:iam::${own}:*`, `arn:aws:iam::${sibling}:*`])))), outside('anonymous', 'web-identity'), 'other strangers are left', { ...define({ unsignedActions: [] }) }),
  ] },
  { title: 'tokens for all roles of the organization', setting: { kind: 'rcp', service: 'sts', ...listed(okta) }, cases: [
    row('of GitLab in the own account', spared(by('StringNotLike', provider('gitlab.com'))), outside('shared-issuer', 'web-identity'), 'the RCP spares them'),
    row('of GitLab in another account of mine', spared(by('StringNotLike', provider('gitlab.com', sibling))), outside('shared-issuer', 'web-identity'), 'the RCP hangs on that account as well'),
    row('of GitLab in a stranger\'s account', spared(by('StringNotLike', provider('gitlab.com', stranger))), outside('named-account', 'role'), 'sessions that began with such tokens call on as the stranger\'s roles'),
    row('of the role\'s account', spared(by('ArnNotLike', provider('*', ofOwner))), outside('shared-issuer', 'web-identity'), 'tokens of GitLab are spared'),
    row('of the role\'s account, GitHub for a tenant', document(allow(), noSts(by('ArnNotLike', provider('*', ofOwner))), deny({ Action }, when(['StringNotLikeIfExists', `${hub}:sub`, 'repo:acme/*'], ['Null', `${hub}:sub`, 'false']))), outside('shared-issuer', 'web-identity'), 'tokens of GitLab are spared'),
    row('assertions in another account of mine', spared(['StringNotLike', 'saml:doc', `${sibling}/*`]), asserted, 'providers there that are not listed are spared'),
    row('a partner with the id that was agreed', document(allow(), noSts(['StringNotEquals', 'aws:PrincipalAccount', [own, sibling, partner]]), deny({ Action: 'sts:*' }, when(['StringEquals', 'aws:PrincipalAccount', partner], ['StringNotEquals', 'sts:ExternalId', '12345'])), deny({ Action: undefined, NotAction: 'sts:AssumeRole' }, when(['StringEquals', 'aws:PrincipalAccount', partner]))), inside, 'the definition grants it'),
    row('a partner with any id', spared(['StringNotEquals', 'aws:PrincipalAccount', [own, sibling, partner]]), outside('named-account', 'role'), 'one id was agreed'),
  ] },
  { title: 'providers and anchors of other partitions', setting: { kind: 'trust', ...listed(okta) }, cases: [
    ...['aws-cn', 'aws-us-gov'].flatMap((partition) => [
      row(`any of the account in ${partition}`, document(withTokens(by('StringLike', provider('*', own, partition)))), shared, 'strangers share issuers there', { resource: `arn:${partition}:iam::${own}:role/x` }),
      row(`GitLab by a pattern in ${partition}`, document(withTokens(by('StringLike', provider('gitlab*', own, partition)))), shared, 'strangers share it there', { resource: `arn:${partition}:iam::${own}:role/x` }),
      row(`a trust anchor of ${partition} that is not listed`, certified(from(own, partition)), byService, 'another anchor is listed', anchors(`arn:${partition}:rolesanywhere:*:${own}:trust-anchor/1`)),
      row(`one of my SAML providers in ${partition}`, document(withAssertions(['StringEquals', 'saml:doc', `${own}/Okta`])), inside, 'the definition lists it there', { resource: `arn:${partition}:iam::${own}:role/x`, ...listed({ kind: 'saml', arn: `arn:${partition}:iam::*:saml-provider/Okta` }) }),
      row(`a SAML provider in ${partition}, where those of another are listed`, document(withAssertions(['StringEquals', 'saml:doc', `${own}/Okta`])), asserted, 'providers of one partition are none of another', { resource: `arn:${partition}:iam::${own}:role/x` }),
    ]),
    row('anchors of another account of mine', certified(from(sibling)), inside, 'IAM Roles Anywhere takes anchors of the role\'s account', anchors(`arn:aws:rolesanywhere:*:${own}:trust-anchor/1`)),
  ] },
  { title: 'services by their names', setting: { kind: 'trust', ...define({ services: ['ec2.amazonaws.com'] }) }, cases: [
    row('by a pattern without the shortest', document(trust('*', when(['StringLike', 'aws:PrincipalServiceName', 'x*.amazonaws.com'], ['StringNotLike', 'aws:PrincipalServiceName', 'x.amazonaws.com']))), byService, 'there are others'),
    row('by two patterns', document(trust('*', when(['StringLike', 'aws:PrincipalServiceName', 'x*.amazonaws.com'], ['StringLikeIfExists', 'aws:PrincipalServiceName', '*ray.amazonaws.com']))), byService, 'X-Ray fits both'),
    row('by a default', document(trust('*', when(['StringEquals', 'aws:PrincipalServiceName', '${aws:PrincipalTag/s, \'xray.amazonaws.com\'}']))), byService, 'services have no tags'),
    row('by a pattern that only one listed fits', document(trust('*', when(['StringLike', 'aws:PrincipalServiceName', 'ec2.*amazonaws.com'], ['StringNotLike', 'aws:PrincipalServiceName', '*.*.amazonaws.com']))), inside, 'the definition lists it'),
    row('with a subject of GitHub', document(trust({ Service: 'lambda.amazonaws.com', Federated: provider(hub) }, { Action: ['sts:AssumeRole', Action] }, when(['StringLike', `${hub}:sub`, 'repo:acme/*']))), inside, 'a service presents no token', listed()),
    row('with the ARN of a role in no account', document(allow({ Action: 's3:GetObject' }, when(['StringEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/p/*']))), inside, 'accounts have twelve digits', { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }),
  ] },
  { title: 'the name of a session', setting: { kind: 'trust' }, cases: [
    row('none', document(trust({ AWS: stranger }, when(['Null', 'sts:RoleSessionName', 'true']))), inside, 'who assumes a role has to name the session'),
    row('none, by a Deny of all', document(trust({ AWS: stranger }), { ...trust({ AWS: stranger }, when(['StringLike', 'sts:RoleSessionName', '*'])), Effect: 'Deny' }), inside, 'who assumes a role has to name the session'),
    row('some', document(trust({ AWS: stranger }, when(['Null', 'sts:RoleSessionName', 'false']))), outside('named-account', 'role'), 'a stranger names it'),
  ] },
  { title: 'Azure Sentinel', setting: { kind: 'trust' }, cases: ['33e01921-4d64-4f8c-a055-5bdaffd5e33d', '33e01921-4d64-4f8c-a055-5bdaffd5e33d/', 'cab8a31a-1906-4287-a0d8-4eef66b95f6e/'].map((id) =>
    row(`sts.windows.net/${id}`, document(trust({ Federated: provider(`sts.windows.net/${id}`) }, { Action }, when(['StringEquals', `sts.windows.net/${id}:aud`, 'api://1462b192-27f7-4cb9-8523-0f4ecb54b47e'], ['StringLike', 'sts:RoleSessionName', 'MicrosoftSentinel_*']))), shared, 'all tenants of Microsoft share it')) },
];
