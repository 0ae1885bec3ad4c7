import { allow, define, deny, document, inside, mine, ofOrganization, own, outside, partner, sibling, stranger, trust, undecided, when, type Case, type Group, type Test } from './case.ts';
import type { IdentityProvider } from '../../../policy/index.ts';

/** Web identity, SAML and IAM Roles Anywhere in trust policies. */

const provider = (issuer: string, account = own): { Federated: string } => ({ Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` });
const token = (Principal: object, ...tests: Test[]): object => document(trust(Principal, { Action: 'sts:AssumeRoleWithWebIdentity' }, tests.length > 0 ? when(...tests) : {}));
const asserted = (name: string, account: string, ...tests: Test[]): object => document(trust({ Federated: `arn:aws:iam::${account}:saml-provider/${name}` }, { Action: 'sts:AssumeRoleWithSAML' }, when(...tests)));
const saml = (name: string, account = own): object => asserted(name, account, ['StringEquals', 'SAML:aud', 'https://signin.aws.amazon.com/saml']);
const strangersSaml = (...tests: Test[]): object => asserted('Okta', stranger, ...tests);
const providers = (...identityProviders: IdentityProvider[]) => define({ identityProviders });
const claims = (issuer: string, mine: Readonly<Record<string, readonly string[]>>): IdentityProvider => ({ kind: 'claims', issuer, claims: mine });

const session = (Federated: string, ...tests: Test[]): object => allow({ ...onBucket, Principal: { Federated } }, tests.length > 0 ? when(...tests) : {});
const onBucket = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/*' };
const withTokens = (Principal: unknown, ...tests: Test[]): object => allow({ Principal, Action: 'sts:AssumeRoleWithWebIdentity' }, tests.length > 0 ? when(...tests) : {});

/** What denies tokens under a condition; and signed calls of others, as AWS's sample does. */
const rcp = (...tests: Test[]): object => deny({ Action: 'sts:AssumeRoleWithWebIdentity' }, when(...tests));
const rcpForMembers = deny({ Action: undefined, NotAction: 'sts:AssumeRoleWithWebIdentity' }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']));

const open = outside('shared-issuer', 'web-identity');
const row = (name: string, policy: object, principals: NonNullable<Case['principals']>, because: string, given?: Case['given']): Case => ({ name, policy, principals, because, ...(given === undefined ? {} : { given }) });

const hub = 'token.actions.githubusercontent.com';
const github = (...tests: Test[]): object => token(provider(hub), ...tests);
const claim = (name: string, value: unknown, operator = 'StringEquals'): Test => [operator, `${hub}:${name}`, value];
const audience = claim('aud', 'sts.amazonaws.com');
const main = 'repo:acme/app:ref:refs/heads/main';

const lab = 'gitlab.com';
const terraform = 'app.terraform.io';
const vercel = 'oidc.vercel.com';
/** Azure Sentinel's. */
const sentinel = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d';
const pools = 'cognito-identity.amazonaws.com';
const pool = 'eu-west-1:12345678-1234-1234-1234-123456789012';
const cognito = (...tests: Test[]): object => token({ Federated: pools }, ...tests);
const otherPool = 'eu-west-1:99999999-1234-1234-1234-123456789012';
const twoPools = providers({ kind: 'cognito', identityPools: [pool], guests: true }, { kind: 'cognito', identityPools: [otherPool], guests: false });
const guest = (guests: boolean) => providers({ kind: 'cognito', identityPools: [pool], guests });
const poolIs = (value: unknown, operator = 'StringEquals'): Test => [operator, `${pools}:aud`, value];
const signedIn = (value = 'authenticated'): Test => ['ForAnyValue:StringLike', `${pools}:amr`, value];
const cluster = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';

const anchor = (account: string): string => `arn:aws:rolesanywhere:eu-west-1:${account}:trust-anchor/1234`;
const anywhere = (...tests: Test[]): object => document(trust({ Service: 'rolesanywhere.amazonaws.com' }, { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }, tests.length > 0 ? when(...tests) : {}));
const anchors = providers({ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:*:${own}:trust-anchor/12*`] });

export const federation: readonly Group[] = [
  { title: 'GitHub, with the subjects of my owner', setting: { kind: 'trust', ...providers(claims(hub, { sub: ['repo:acme/*', 'repo:acme@4417/*'] })) }, cases: [
    row('one branch of one repository', github(audience, claim('sub', main)), inside, 'the subject is mine'),
    row('a repository by pattern', github(audience, claim('sub', 'repo:acme/app:*', 'StringLike')), inside, 'every subject that matches is mine'),
    row('all of my owner', github(claim('sub', 'repo:acme/*', 'StringLike')), inside, 'every subject that matches is mine'),
    row('both forms of the subject', github(claim('sub', ['repo:acme/app:*', 'repo:acme@4417/app@99:*'], 'StringLike')), inside, 'subjects of repositories made lately carry ids'),
    row('the new form under another id', github(claim('sub', ['repo:acme/app:*', 'repo:acme@4418/app@99:*'], 'StringLike')), open, 'an owner of the same name and another id is another owner'),
    row('no condition', github(), open, 'any repository of GitHub gets in'),
    row('the audience alone', github(audience), open, 'whoever asks for a token chooses its audience'),
    row('a second, open subject', github(claim('sub', ['repo:acme/app:*', '*'], 'StringLike')), open, 'one open value opens all'),
    row('a second subject of another owner', github(claim('sub', [main, 'repo:globex/app:ref:refs/heads/main'])), open, 'one value is a stranger\'s'),
    row('an open subject in a second statement', document(...[claim('sub', main), claim('aud', 'sts.amazonaws.com')].map((one) => trust(provider(hub), { Action: 'sts:AssumeRoleWithWebIdentity' }, when(one)))), outside('shared-issuer', 'web-identity', 1), 'statements are alternatives'),
    row('an owner without the slash', github(claim('sub', 'repo:acme*', 'StringLike')), open, 'an owner may be called `acme-labs`'),
    row('a repository\'s name under any owner', github(claim('sub', 'repo:*/app:*', 'StringLike')), open, 'any owner may have a repository called so'),
    row('a pattern where none is active', github(claim('sub', 'repo:acme/*')), inside, 'StringEquals takes the star literally: nobody gets in'),
    row('every subject but one stranger\'s', github(claim('sub', 'repo:globex/*', 'StringNotLike')), open, 'all other owners are left'),
    row('a Deny of subjects that are not mine', document(trust(provider(hub), { Action: 'sts:AssumeRoleWithWebIdentity' }), trust(provider(hub), { Effect: 'Deny', Action: 'sts:AssumeRoleWithWebIdentity' }, when(claim('sub', 'repo:acme/*', 'StringNotLike')))), inside, 'whatever is not mine is denied'),
    row('a branch alone', github(claim('ref', 'refs/heads/main')), open, 'every repository has such a branch'),
    row('an actor alone', github(claim('actor', 'alice')), open, 'alice may act in any repository'),
    row('an environment and an open subject', github(claim('environment', 'production'), claim('sub', 'repo:*', 'StringLike')), open, 'every repository may have such an environment'),
    row('a reusable workflow of mine', github(claim('job_workflow_ref', 'acme/ci/.github/workflows/deploy.yml@*', 'StringLike')), open, 'a stranger\'s workflow can call a reusable workflow of mine'),
    row('a claim of another issuer', github(['StringEquals', `${lab}:sub`, 'x']), inside, 'a token of GitHub carries no claim of GitLab\'s: nobody gets in'),
    row('a repository', github(claim('repository', 'acme/app')), inside, 'the repository follows from the subject'),
    row('repositories of two owners', github(claim('repository', ['acme/app', 'globex/app'])), open, 'one of the two is a stranger\'s'),
    row('an owner by name', github(claim('repository_owner', ['acme', 'globex'])), inside, 'IAM reads the owner\'s id but not its name from a token, so the key is never there: nobody gets in'),
    row('a Deny of an owner by name', document(trust(provider(hub), { Action: 'sts:AssumeRoleWithWebIdentity' }), trust('*', { Effect: 'Deny', Action: 'sts:AssumeRoleWithWebIdentity' }, when(claim('repository_owner', 'globex')))), open, 'the key is never there, so the Deny never hits'),
    row('my repositories, and any subject', github(claim('sub', 'repo:*', 'StringLike'), claim('repository', 'acme/*', 'StringLike')), inside, 'claims of one token belong together: one of mine closes the policy'),
    row('a Deny of other repositories', document(trust(provider(hub), { Action: 'sts:AssumeRoleWithWebIdentity' }), trust('*', { Effect: 'Deny', Action: 'sts:AssumeRoleWithWebIdentity' }, when(claim('repository', 'acme/*', 'StringNotLike')))), inside, 'a token that does not tell its repository is denied as well'),
    row('a repository\'s id that the definition does not list', github(claim('repository_id', '99')), open, 'nobody says that it is mine'),
    row('the subject by a set operator', github(claim('sub', 'repo:acme/*', 'ForAnyValue:StringLike')), inside, 'one value is a set of one'),
    row('a subject of mine, and any repository', github(claim('sub', main), claim('repository', '*', 'StringLike')), inside, 'claims of one token belong together: one of mine closes the policy'),
    row('a tag of the caller\'s own', github(['StringEquals', 'aws:PrincipalTag/team', 'a']), inside, 'a token makes nobody a principal with tags: nobody gets in'),
    ...([['StringEquals', 'sts:ExternalId', '12345'], ['Bool', 'aws:MultiFactorAuthPresent', 'true'], ['DateGreaterThan', 'aws:TokenIssueTime', '2025-06-01T00:00:00Z'], ['StringEquals', 'aws:SourceIdentity', 'alice'], ['StringEquals', 'aws:CalledViaFirst', 'athena.amazonaws.com']] satisfies Test[])
      .map((test) => row(`\`${test[1]}\``, github(test), inside, 'the call has no parameter for it, and no session behind it: nobody gets in')),
    row('an assertion\'s audience', github(['StringEquals', 'SAML:aud', 'https://signin.aws.amazon.com/saml']), inside, 'a token carries nothing of assertions: nobody gets in'),
    row('a session\'s name that STS does not take', github(['StringEquals', 'sts:RoleSessionName', 'acme*']), inside, 'no session\'s name holds an asterisk: nobody gets in'),
    row('no second factor', github(['BoolIfExists', 'aws:MultiFactorAuthPresent', 'true']), open, 'a call with a token tells none'),
    row('a session\'s name', github(['StringEquals', 'sts:RoleSessionName', 'deploy']), open, 'whoever presents a token chooses the session\'s name'),
    row('a tag for the session', github(['StringEquals', 'aws:RequestTag/cost.center:team', 'a']), open, 'whoever presents a token may bring tags, whose keys may hold dots and colons'),
    row('a claim of Google\'s with a slash in its name', github(['StringEquals', 'accounts.google.com:google/organization_number', '1']), inside, 'a token of GitHub carries no claim of Google\'s: nobody gets in'),
  ] },
  { title: 'GitHub, with other claims of mine', setting: { kind: 'trust' }, cases: [
    row('the owner\'s id, by subjects with ids', github(claim('repository_owner_id', '4417')), inside, 'the id stands in every such subject', providers(claims(hub, { sub: ['repo:acme@4417/*'] }))),
    row('another owner\'s id, by subjects with ids', github(claim('repository_owner_id', ['4417', '44'])), open, 'the second is a stranger\'s', providers(claims(hub, { sub: ['repo:acme@4417/*'] }))),
    ...(['repo:acme/app:*', 'repo:acme/app:ref:refs/heads/main', 'repo:acme/app*', 'repo:acme@4417/app@99:*'] as const).flatMap((listed) => [
      row(`the repository of ${listed}`, github(claim('repository', 'acme/app')), inside, 'its other subjects are of the same tenancy', providers(claims(hub, { sub: [listed] }))),
      row(`another repository than that of ${listed}`, github(claim('repository', ['acme/app', 'acme/other'])), open, 'nobody says that the owner\'s others are mine', providers(claims(hub, { sub: [listed] }))),
      row(`every repository of the owner, by ${listed}`, github(claim('repository', 'acme/*', 'StringLike')), open, 'nobody says that the owner\'s others are mine', providers(claims(hub, { sub: [listed] }))),
    ]),
    row('repositories whose names begin alike', github(claim('repository', 'acme/svc-*', 'StringLike')), inside, 'the subjects name as many', providers(claims(hub, { sub: ['repo:acme/svc-*:*'] }))),
    row('a repository\'s id, by a subject with ids', github(claim('repository_id', '99')), inside, 'the id stands in the subject', providers(claims(hub, { sub: ['repo:acme@4417/*@99:*'] }))),
    row('a repository\'s name, by a subject of any with its id', github(claim('repository', 'acme/app')), open, 'another may be called so', providers(claims(hub, { sub: ['repo:acme@4417/*@99:*'] }))),
    row('the owner\'s id, by a subject of one repository', github(claim('repository_owner_id', '4417')), open, 'the owner has others', providers(claims(hub, { sub: ['repo:acme@4417/app@99:*'] }))),
    row('a subject, by repositories', github(claim('sub', main)), inside, 'the subject tells the repository', providers(claims(hub, { repository: ['acme/*'] }))),
    row('subjects of both forms, by repositories', github(claim('sub', ['repo:acme/*', 'repo:acme@4417/*'], 'StringLike')), inside, 'whatever its form, the subject begins with the owner', providers(claims(hub, { repository: ['acme/*'] }))),
    row('subjects of all repositories, by one', github(claim('sub', 'repo:acme/*', 'StringLike')), open, 'the definition lists no other repository of the owner', providers(claims(hub, { repository: ['acme/app'] }))),
    row('a subject of another owner, by repositories', github(claim('sub', 'repo:acme*', 'StringLike')), open, 'an owner may be called `acme-labs`', providers(claims(hub, { repository: ['acme/*'] }))),
    row('a subject, by repositories of any owner', github(claim('sub', main)), open, 'no subject follows', providers(claims(hub, { repository: ['*/app'] }))),
    row('a subject, by repositories at another issuer', token(provider('id.example.org'), ['StringEquals', 'id.example.org:sub', main]), open, 'its subjects may have another form', providers(claims('id.example.org', { repository: ['acme/*'] }))),
    row('the owner\'s id', github(claim('repository_owner_id', '4417')), inside, 'the id is mine', providers(claims(hub, { sub: ['repo:acme/*'], repository_owner_id: ['4417'] }))),
    row('another owner\'s id', github(claim('repository_owner_id', '4418')), open, 'the id is a stranger\'s', providers(claims(hub, { sub: ['repo:acme/*'], repository_owner_id: ['4417'] }))),
    row('a reusable workflow that the definition lists', github(claim('job_workflow_ref', 'acme/ci/.github/workflows/deploy.yml@*', 'StringLike')), open, 'a stranger\'s workflow can call a reusable workflow of mine', providers(claims(hub, { sub: ['repo:acme/*'], job_workflow_ref: ['acme/ci/*'] }))),
    ...([[hub, 'environment'], [hub, 'ref'], [hub, 'workflow'], [hub, 'actor'], [lab, 'user_login'], [lab, 'pipeline_source'], ['agent.buildkite.com', 'build_branch'], ['accounts.google.com', 'oaud'], ['accounts.google.com', 'email']] as const).map(([issuer, name]) =>
      row(`${name} of ${issuer}, which the definition lists`, token(issuer === 'accounts.google.com' ? { Federated: issuer } : provider(issuer), ['StringEquals', `${issuer}:${name}`, 'x']), open, 'tokens of every tenant may say so', providers(claims(issuer, { [name]: ['x'] })))),
    row('an address of a private issuer, which the definition lists', token(provider('id.example.org'), ['StringEquals', 'id.example.org:email', 'ci@example.org']), inside, 'the definition says that its tokens are mine', providers(claims('id.example.org', { email: ['ci@example.org'] }))),
    row('an audience that the definition lists', github(claim('aud', 'acme')), open, 'a stranger asks for the same audience: it is no tenancy claim of GitHub', providers(claims(hub, { sub: ['repo:acme/*'], aud: ['acme'] }))),
    row('a subject, and no providers in the definition', github(claim('sub', main)), open, 'issuers shared between tenants are nobody\'s unless the definition lists claims'),
    row('a subject, and another provider in the definition', github(claim('sub', main)), open, 'the definition lists no claims of this issuer', providers(claims(lab, { sub: ['project_path:acme/*'] }))),
    row('a provider in a stranger\'s account', token(provider(hub, stranger), claim('sub', main)), outside('named-account', 'web-identity'), 'a provider of an account that is not known is outside', providers(claims(hub, { sub: ['repo:acme/*'] }))),
    row('my provider by key, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEquals', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/${hub}`]))), open, 'the star matches callers of my provider, with any subject', providers(claims(hub, { sub: ['repo:acme/*'] }))),
    row('a provider of my account by a pattern, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/*`]))), open, 'the account may have a provider that tenants share'),
    ...(['gitlab*', '*'] as const).map((name) => row(`providers of my account like ${name}, whoever\'s by principal`, document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/${name}`], claim('sub', 'repo:acme/*', 'StringLikeIfExists')))), open, 'GitLab has a token for everybody', providers(claims(hub, { sub: ['repo:acme/*'] })))),
    row('providers of my account but GitHub, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/*`], ['StringNotLike', 'aws:FederatedProvider', '*githubusercontent.com']))), open, 'the account may have another that tenants share', providers(claims(hub, { sub: ['repo:acme/*'] }))),
    ...['*/idp.other.example', '*idp.other.example', 'arn:*:oidc-provider/idp.other.example', 'arn:aws:iam::1*:oidc-provider/idp.other.example', `arn:aws:iam::${own}:*idp*`, '*okta.com', '*.circleci.com/org/*'].map((pattern) =>
      row(`private issuers like ${pattern}, whoever's by principal`, document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'aws:FederatedProvider', pattern]))), open, 'the definition lists other issuers', providers(claims(hub, { sub: ['repo:acme/*'] })))),
    row('private issuers by a pattern, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/idp.*`]))), undecided(), 'nobody says whose they are'),
    ...([['StringEquals', cluster], ['StringLike', 'oidc.eks.eu-west-1.amazonaws.com/id/*'], ['StringLike', 'oidc.eks.*.amazonaws.com/id/*'], ['StringLike', 'oidc.eks.cn-north-1.amazonaws.com.cn/id/*']] as const).flatMap(([operator, issuer]) => [
      row(`clusters like ${issuer}, whoever's by principal`, document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when([operator, 'aws:FederatedProvider', provider(issuer).Federated]))), inside, 'a cluster issues tokens for itself alone, which a note says'),
      row(`clusters like ${issuer}, whoever's by principal, where others are listed`, document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when([operator, 'aws:FederatedProvider', provider(issuer).Federated]))), open, 'the definition lists other issuers', providers({ kind: 'own', issuer: 'id.example.org' })),
    ]),
    row('issuers that begin like clusters\', whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'aws:FederatedProvider', provider('oidc.eks.*').Federated]))), undecided(), 'AWS\'s clusters have issuers of AWS\'s'),
    ...([['accounts.google.com', 'aud'], ['graph.facebook.com', 'app_id'], ['www.amazon.com', 'app_id']] as const).flatMap(([issuer, name]) => [
      row(`the application at ${issuer}, if it is told`, token({ Federated: issuer }, ['StringEqualsIfExists', `${issuer}:${name}`, '123']), inside, 'every token tells it', providers(claims(issuer, { [name]: ['123'] }))),
      row(`no application at ${issuer}`, token({ Federated: issuer }, ['Null', `${issuer}:${name}`, 'true']), inside, 'every token tells it: nobody gets in', providers(claims(issuer, { [name]: ['123'] }))),
    ]),
    row('claims of my provider, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(claim('sub', 'repo:acme*', 'StringLike')))), open, 'the star matches callers of whichever provider of mine issues such claims, and an owner may be called `acme-labs`', providers(claims(hub, { sub: ['repo:acme/*'] }))),
    row('claims of mine, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(claim('sub', 'repo:acme/*', 'StringLike')))), inside, 'the subject is mine', providers(claims(hub, { sub: ['repo:acme/*'] }))),
    row('claims that are denied, any provider by principal', document(trust({ Federated: '*' }, { Action: 'sts:AssumeRoleWithWebIdentity' }), trust('*', { Effect: 'Deny', Action: 'sts:*' }, when(claim('aud', 'sts.amazonaws.com', 'StringNotEquals')))), open, 'tokens without the claim are denied, and any of GitHub has it'),
    row('a built-in issuer\'s claim, any provider by principal', document(trust({ Federated: '*' }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'Graph.Facebook.com:app_id', '5*']))), open, 'anybody has an application there, however the key is spelled'),
    row('a claim by variable, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEquals', 'sts:RoleSessionName', `\${${lab}:user_login}`]))), open, 'only tokens of GitLab give the variable a value'),
    row('a cluster of mine by claim, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEquals', `${cluster}:sub`, 'system:serviceaccount:prod:app']))), inside, 'every token of it is mine', providers({ kind: 'own', issuer: cluster })),
    row('a cluster that is not listed by claim, whoever\'s by principal', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEquals', `${cluster}:sub`, 'system:serviceaccount:prod:app']))), open, 'the definition lists other issuers', providers({ kind: 'own', issuer: 'id.example.org' })),
    row('my provider by key, any by principal', document(trust({ Federated: '*' }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEquals', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/${hub}`]))), open, 'the star matches callers of my provider, with any subject', providers(claims(hub, { sub: ['repo:acme/*'] }))),
    row('any provider', document(trust({ Federated: '*' }, { Action: 'sts:AssumeRoleWithWebIdentity' })), outside('any-account', 'web-identity'), 'anybody can make a provider'),
    row('a token without subject', github(['Null', `${hub}:sub`, 'true']), inside, 'every token has a subject: nobody gets in'),
    row('a token without audience', github(['Null', `${hub}:aud`, 'true']), inside, 'every token has an audience: nobody gets in'),
    row('a token without environment', github(['Null', `${hub}:environment`, 'true']), open, 'most jobs have none'),
    row('the owner\'s id, if the token tells it', github(claim('repository_owner_id', '4417', 'StringEqualsIfExists')), open, 'a stranger\'s token that leaves it out is accepted', providers(claims(hub, { sub: ['repo:acme/*'], repository_owner_id: ['4417'] }))),
    row('a subject, and an audience in the definition', github(claim('sub', main)), open, 'the audience tells nobody\'s tokens apart, so no claim is mine', providers(claims(hub, { aud: ['acme'] }))),
    row('a subject, beside SAML providers and anchors', github(claim('sub', main)), inside, 'the subject is mine, whatever else the definition lists', providers({ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' }, { kind: 'trust-anchors', arns: [anchor(own)] }, claims(hub, { sub: ['repo:acme/*'] }))),
    row('subjects of two entries', github(claim('sub', [main, 'repo:acme-labs/app:ref:refs/heads/main'])), inside, 'each entry lists some of mine', providers(claims(hub, { sub: ['repo:acme/*'] }), claims(hub, { sub: ['repo:acme-labs/*'] }))),
    row('a repository of the second entry', github(claim('repository', 'acme-labs/app')), inside, 'the repository follows from the subject', providers(claims(hub, { sub: ['repo:acme/*', 'repo:acme-labs/*'] }))),
    row('a repository, by subjects with ids', github(claim('repository', 'acme/app')), inside, 'such a subject begins with the owner\'s name as well', providers(claims(hub, { sub: ['repo:acme@4417/*'] }))),
    row('a repository, by subjects of any form', github(claim('repository', 'acme/app')), open, 'the subjects of mine that the definition lists tell no repository', providers(claims(hub, { sub: ['repository_owner_id:4417:*', 'repo:*/app:environment:acme', 'x:repo:acme/*', 'repo:acme'] }))),
    row('a repository, by another claim of that form', github(claim('repository', 'acme/app')), open, 'an environment may be called like a subject', providers(claims(hub, { sub: ['repo:globex/*'], environment: ['repo:acme/app'] }))),
    row('a repository, by another spelling of the claim', github(claim('repository', 'acme/app')), inside, 'the case of a key means nothing', providers(claims(hub, { Sub: ['repo:acme/*'] }))),
    row('a repository, at the issuer of an enterprise', token(provider(`${hub}/acme`), ['StringEquals', `${hub}/acme:repository`, 'acme/app']), inside, 'its subjects have the same form', providers(claims(`${hub}/acme`, { sub: ['repo:acme/*'] }))),
    row('an audience, by a pattern of issuers', github(claim('aud', 'acme')), open, 'a stranger asks GitHub for the same audience, however the definition names GitHub', providers(claims('token.actions.*', { sub: ['repo:acme/*'], aud: ['acme'] }))),
  ] },
  { title: 'other shared issuers', setting: { kind: 'trust', ...providers(claims(lab, { sub: ['project_path:acme/*'] }), claims(terraform, { sub: ['organization:acme:*'] }), claims(vercel, { aud: ['https://vercel.com/acme'] })) }, cases: [
    row('GitLab, a project of mine', token(provider(lab), [`StringLike`, `${lab}:sub`, 'project_path:acme/app:ref_type:branch:ref:*']), inside, 'the subject is mine'),
    row('GitLab, any project', token(provider(lab), ['StringLike', `${lab}:sub`, 'project_path:*']), open, 'any tenant of GitLab gets in'),
    row('Terraform, a workspace of mine', token(provider(terraform), ['StringLike', `${terraform}:sub`, 'organization:acme:project:*:workspace:prod:run_phase:*']), inside, 'the subject is mine'),
    row('Terraform, the audience alone', token(provider(terraform), ['StringEquals', `${terraform}:aud`, 'aws.workload.identity']), open, 'the audience is the same for all tenants'),
    row('Vercel, the audience of my team', token(provider(vercel), ['StringEquals', `${vercel}:aud`, 'https://vercel.com/acme']), inside, 'the audience is Vercel\'s tenancy claim'),
    row('Vercel, the audience of another team', token(provider(vercel), ['StringEquals', `${vercel}:aud`, 'https://vercel.com/globex']), open, 'the audience is a stranger\'s'),
    row('Vercel, a project of my team by its subject', token(provider(vercel), ['StringEquals', `${vercel}:sub`, 'owner:acme:project:shop:environment:production']), inside, 'the subject begins with the team', providers(claims(vercel, { sub: ['owner:acme:*'] }))),
    row('GitLab, where every token of it is mine', token(provider(lab)), inside, 'the definition says so', providers({ kind: 'own', issuer: lab }, claims(lab, { sub: ['project_path:acme/*'] }))),
    row('an issuer that no claim divides', token(provider(sentinel), ['StringEquals', `${sentinel}:aud`, 'api://acme']), open, 'all its tenants ask for what audience they like', providers(claims(sentinel, { aud: ['api://acme'] }))),
  ] },
  { title: 'Cognito', setting: { kind: 'trust', ...guest(false) }, cases: [
    row('signed-in users of my pool', cognito(poolIs(pool), signedIn()), inside, 'the pool is mine, and guests are left out'),
    row('guests of my pool', cognito(poolIs(pool), signedIn('unauthenticated')), open, 'the definition admits no guests'),
    row('guests of my pool, which the definition admits', cognito(poolIs(pool), signedIn('unauthenticated')), inside, 'the definition admits guests', guest(true)),
    ...['cognito-identity-us-gov.amazonaws.com', 'cognito-identity.us-gov-east-1.amazonaws.com', 'cognito-identity.cn-north-1.amazonaws.com.cn'].flatMap((issuer) => [
      row(`any pool of ${issuer}`, token({ Federated: issuer }), open, 'anybody has a pool there'),
      row(`my pool of ${issuer}`, token({ Federated: issuer }, ['StringEquals', `${issuer}:aud`, pool], ['ForAnyValue:StringEquals', `${issuer}:amr`, 'authenticated']), inside, 'the pool is mine'),
    ]),
    row('users and guests of my pool', cognito(poolIs(pool), ['ForAnyValue:StringLike', `${pools}:amr`, ['authenticated', 'unauthenticated']]), open, 'the definition admits no guests'),
    row('signed-in users of my pool, without quantifier', cognito(poolIs(pool), ['StringEquals', `${pools}:amr`, 'authenticated']), inside, 'a positive operator asks that some value matches'),
    row('my pool', cognito(poolIs(pool)), open, 'guests get in as well'),
    row('any pool', cognito(signedIn()), open, 'anybody can make a pool'),
    row('any pool of a Region', cognito(poolIs('eu-west-1:*', 'StringLike'), signedIn()), open, 'anybody can make a pool there'),
    row('another pool', cognito(poolIs(otherPool), signedIn()), open, 'the pool is a stranger\'s'),
    row('my pool, and no providers in the definition', cognito(poolIs(pool), signedIn()), open, 'whose the pool is, the definition does not say', define()),
    row('any pool, where the definition admits guests of mine', cognito(signedIn()), open, 'anybody can make a pool', guest(true)),
    row('guests of the pool that admits them', cognito(poolIs(pool), signedIn('unauthenticated')), inside, 'what the definition says of guests it says of these pools', twoPools),
    row('guests of the pool that does not', cognito(poolIs(otherPool), signedIn('unauthenticated')), open, 'the definition admits no guests of this pool', twoPools),
    row('guests of a pool that a pattern lists', cognito(poolIs(pool), signedIn('unauthenticated')), open, 'the definition admits no guests of these pools', providers({ kind: 'cognito', identityPools: ['eu-west-1:*'], guests: false })),
    row('guests with the id of one', cognito(poolIs(pool), ['StringLike', `${pools}:sub`, 'eu-west-1:*']), open, 'guests have ids too'),
    row('tokens that do not tell how somebody signed in', cognito(['Null', `${pools}:amr`, 'true']), open, 'the pool is anybody\'s'),
    row('tokens whose claim has the name of a pool', cognito(['StringEquals', `${pools}:sub`, pool]), open, 'the subject is not the pool, and the pool is anybody\'s'),
  ] },
  { title: 'issuers of one tenant', setting: { kind: 'trust' }, cases: [
    row('a cluster that is mine', token(provider(cluster), ['StringEquals', `${cluster}:sub`, 'system:serviceaccount:default:app']), inside, 'every token of it is mine', providers({ kind: 'own', issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/*' })),
    row('a cluster that is mine, any subject', token(provider(cluster)), inside, 'every token of it is mine', providers({ kind: 'own', issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/*' })),
    row('a cluster of another Region', token(provider(cluster.replace('eu-west-1', 'us-east-1'))), open, 'the definition lists clusters of one Region', providers({ kind: 'own', issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/*' })),
    row('an issuer that nobody lists', token(provider('id.example.org')), undecided(), 'whether every token of it is mine, nobody says'),
    row('an issuer that begins like a cluster\'s', token(provider('oidc.eks.example.org/id/1')), undecided(), 'AWS\'s clusters have issuers of AWS\'s'),
    row('an issuer that is called like a cluster\'s', token(provider('my-oidc.eks.example.org')), undecided(), 'whose it is, the name does not tell'),
    row('an issuer that is listed with an audience', token(provider('id.example.org'), ['StringEquals', 'id.example.org:aud', 'acme']), inside, 'the definition says that its tokens for this audience are mine', providers(claims('id.example.org', { aud: ['acme'] }))),
    row('an issuer that is listed with every subject', token(provider('id.example.org')), inside, 'every token has a subject', providers(claims('id.example.org', { sub: ['*'] }))),
    row('an issuer that is listed with every address', token(provider('id.example.org')), open, 'a token need not have one', providers(claims('id.example.org', { email: ['*'] }))),
    row('an issuer that is listed with no claim', token(provider('id.example.org')), open, 'the definition tells no token of mine from others', providers(claims('id.example.org', {}))),
    row('a name that is no provider', token({ Federated: 'id.example.org' }), inside, 'it names no provider, so nobody comes in through it'),
    row('a provider, for calls without token', document(trust({ Federated: 'accounts.google.com' })), inside, 'in a trust policy a provider stands for whoever presents its tokens, and sts:AssumeRole takes none'),
  ] },
  { title: 'SAML', setting: { kind: 'trust' }, cases: [
    row('a provider of my account', saml('Okta'), inside, 'where none is listed, providers of known accounts are mine'),
    row('a provider of a stranger', saml('Okta', stranger), outside('named-account', 'saml'), 'the account is not known'),
    row('a provider of an account of which nobody knows', saml('Okta', stranger), undecided(stranger), 'the definition lists no accounts', define({ accounts: undefined })),
    row('the provider that is listed', saml('Okta'), inside, 'the star stands for my accounts', providers({ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' })),
    row('another provider of my account', saml('Test'), outside('named-account', 'saml'), 'providers are listed, and this one is not', providers({ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' })),
    row('the second provider that is listed', saml('Okta'), inside, 'one of them suffices', providers({ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Test' }, { kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' })),
    row('any provider', document(trust({ Federated: '*' }, { Action: 'sts:AssumeRoleWithSAML' })), outside('any-account', 'saml'), 'anybody can make a provider'),
    row('a stranger\'s provider, if the assertion tells it', strangersSaml(['StringEquals', 'aws:FederatedProvider', `arn:aws:iam::${stranger}:saml-provider/Okta`]), inside, 'assertions do not tell their provider: nobody gets in'),
    row('a stranger\'s provider, and an external id', strangersSaml(['StringEquals', 'sts:ExternalId', '12345']), inside, 'a call with an assertion has no parameter for it: nobody gets in'),
    row('a stranger\'s provider, and a token\'s subject', strangersSaml(['StringLike', `${hub}:sub`, 'repo:acme/*']), inside, 'an assertion carries no claim of tokens: nobody gets in'),
    row('a stranger\'s provider, and a tag of the caller\'s own', strangersSaml(['StringEquals', 'aws:PrincipalTag/team', 'a']), inside, 'an assertion makes nobody a principal with tags: nobody gets in'),
    row('a stranger\'s provider of the name that STS tells', strangersSaml(['StringEquals', 'SAML:doc', `${stranger}/Okta`]), outside('named-account', 'saml'), 'STS tells the account of the provider, and its name'),
    row('a stranger\'s provider, if STS tells mine', strangersSaml(['StringEquals', 'SAML:doc', `${own}/Okta`]), inside, 'STS tells the account of the provider, and its name: nobody gets in'),
    ...['aud', 'iss', 'sub', 'doc'].map((name) => row(`an assertion without \`saml:${name}\``, strangersSaml(['Null', `saml:${name}`, 'true']), inside, 'every assertion has one: nobody gets in')),
    ...['sub_type', 'edupersonaffiliation'].map((name) => row(`an assertion without \`saml:${name}\``, strangersSaml(['Null', `saml:${name}`, 'true']), outside('named-account', 'saml'), 'who makes assertions says in them what it likes')),
    ...[own, stranger].map((id) => row(`anybody with an assertion for a provider of ${id}`, document(trust('*', { Action: 'sts:AssumeRoleWithSAML' }, when(['StringEquals', 'SAML:doc', `${id}/Okta`]))), id === own ? inside : outside('named-account', 'saml'), 'STS tells the account of the provider, and its name')),
    ...(['OWN/Test', 'OWN/*'] as const).map((name) => row(`anybody with an assertion of a provider of mine that is not listed, ${name}`, document(trust('*', { Action: 'sts:AssumeRoleWithSAML' }, when(['StringLike', 'SAML:doc', name.replace('OWN', own)]))), outside('named-account', 'saml'), 'it is another provider than the one listed', providers({ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' }))),
    row('anybody with an assertion of the provider that is listed', document(trust({ Federated: '*' }, { Action: 'sts:AssumeRoleWithSAML' }, when(['StringEquals', 'SAML:doc', `${own}/Okta`]))), inside, 'it is mine', providers({ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' })),
    row('a document without a name', document(trust('*', { Action: 'sts:AssumeRoleWithSAML' }, when(['StringEquals', 'SAML:doc', stranger]))), inside, 'STS tells account and name'),
    row('the listed name in a stranger\'s account', saml('Okta', stranger), outside('named-account', 'saml'), 'the star stands for my accounts only', providers({ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' })),
  ] },
  { title: 'calls with tokens, which are not signed', setting: { kind: 'trust', resource: `arn:aws:iam::${own}:role/app` }, cases: [
    row('that tell that no service calls', github(['Bool', 'aws:ViaAWSService', 'false']), open, 'whether they tell it AWS does not say, so they may'),
    row('that tell nothing of services', github(['Null', 'aws:ViaAWSService', 'true']), open, 'whether they tell it AWS does not say, so they may not'),
  ] },
  { title: 'calls of sessions that began with a token or an assertion', setting: { kind: 'trust' }, cases: [
    row('the subject', document(trust({ AWS: stranger }, when(claim('sub', main)))), outside('named-account', 'role'), 'a session still tells it'),
    row('the subject, of users', document(trust({ AWS: stranger }, when(claim('sub', main), ['StringEquals', 'aws:PrincipalType', 'User']))), inside, 'no token makes anybody a user'),
    row('a name that is no user\'s, denied to all others', document(trust({ AWS: `arn:aws:iam::${stranger}:user/eve` }), trust('*', { Effect: 'Deny' }, when(['StringNotEquals', 'aws:username', 'team/eve']))), inside, 'no user is called so: a name holds no slash'),
    row('a name that is no user\'s, denied', document(trust({ AWS: `arn:aws:iam::${stranger}:user/eve` }), trust('*', { Effect: 'Deny' }, when(['StringEquals', 'aws:username', 'team/eve']))), outside('named-account', 'user'), 'no user is called so: a name holds no slash'),
    row('the repository', document(trust({ AWS: stranger }, when(claim('repository', 'acme/app')))), inside, 'a session no longer tells it: nobody gets in'),
    row('an application of Facebook\'s', document(trust({ AWS: stranger }, when(['StringEquals', 'graph.facebook.com:app_id', '5550001']))), outside('named-account', 'role'), 'a session still tells it'),
    row('a stranger\'s account beside a SAML provider of mine', document(trust({ AWS: stranger, Federated: `arn:aws:iam::${own}:saml-provider/Okta` }, { Action: ['sts:AssumeRole', 'sts:AssumeRoleWithSAML'] }, when(['StringEquals', 'SAML:aud', 'https://signin.aws.amazon.com/saml']))), inside, 'the recipient is in assertions only, so the account\'s signed calls are refused'),
    row('a provider of mine, whoever\'s session', document(trust({ AWS: '*' }, when(['StringEquals', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/${hub}`]))), inside, 'roles take tokens of providers of their own account, so the session is mine'),
    row('a provider of accounts by pattern, whoever\'s session', document(trust({ AWS: '*' }, when(['ArnLike', 'aws:FederatedProvider', `arn:aws:iam::${own.slice(0, 11)}?:oidc-provider/*`]))), outside('any-account', 'role'), 'the pattern takes accounts that are not mine'),
    row('a built-in provider, whoever\'s session', document(trust({ AWS: '*' }, when(['StringEquals', 'aws:FederatedProvider', pools]))), outside('any-account', 'role'), 'roles of any account take its tokens'),
    row('an instance of mine, whoever\'s role', document(trust({ AWS: '*' }, when(['ArnLike', 'ec2:SourceInstanceARN', `arn:aws:ec2:*:${own}:instance/*`]))), inside, 'an instance has a role of its own account'),
    row('an instance, whoever\'s role', document(trust({ AWS: '*' }, when(['ArnLike', 'ec2:SourceInstanceARN', 'arn:aws:ec2:*:*:instance/*']))), outside('any-account', 'role'), 'strangers have instances too'),
    row('the subject of an assertion', document(trust({ AWS: stranger }, when(['StringEquals', 'SAML:sub', 'alice']))), outside('named-account', 'role'), 'a session still tells it'),
  ] },
  { title: 'IAM Roles Anywhere', setting: { kind: 'trust', ...anchors }, cases: [
    row('an anchor that is listed', anywhere(['ArnEquals', 'aws:SourceArn', anchor(own)]), inside, 'the anchor is mine'),
    row('any anchor', anywhere(), outside('service', 'service'), 'an anchor of the account that is not listed gets in'),
    row('any anchor of the own account', anywhere(['ArnLike', 'aws:SourceArn', `arn:aws:rolesanywhere:*:${own}:trust-anchor/*`]), outside('service', 'service'), 'anchors are listed, and these are more'),
    row('an anchor that is not listed', anywhere(['ArnEquals', 'aws:SourceArn', anchor(own).replace('1234', '9999')]), outside('service', 'service'), 'the definition does not list it'),
    row('any anchor, and all of the account in the definition', anywhere(), inside, 'only anchors of the role\'s account reach it', providers({ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:*:${own}:trust-anchor/*`] })),
    row('any anchor, and all of one Region in the definition', anywhere(), outside('service', 'service'), 'the account may have anchors in others', providers({ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:eu-west-1:${own}:trust-anchor/*`] })),
    row('any anchor, and all of another account in the definition', anywhere(), outside('service', 'service'), 'only anchors of the role\'s account reach it', providers({ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:*:${stranger}:trust-anchor/*`] })),
    row('any anchor, and none in the definition', anywhere(), inside, 'any anchor of the own account will do', define()),
    row('any anchor, by what the service is called in a Region', anywhere(['ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', 'rolesanywhere.*-1.amazonaws.com']), outside('service', 'service'), 'an anchor of the account that is not listed gets in'),
    row('an anchor with a certificate\'s field', anywhere(['ArnEquals', 'aws:SourceArn', anchor(own)], ['StringEquals', 'aws:PrincipalTag/x509Subject/CN', 'app']), inside, 'the anchor is mine, whatever the certificate'),
  ] },
  { title: 'a provider in a bucket policy', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    row('a built-in one', document(session(pools)), outside('any-account', 'role'), 'anybody\'s roles take its tokens, and the sessions that these begin are named'),
    row('a built-in one, for the organization', document(session(pools, ofOrganization())), inside, 'the roles are of the organization'),
    row('one of my account', document(session(provider(hub).Federated)), inside, 'roles take the tokens of providers of their own account'),
    row('one of a stranger\'s account', document(session(provider(hub, stranger).Federated)), outside('named-account', 'role'), 'its roles are the stranger\'s'),
    row('a SAML provider of a stranger\'s account', document(session(`arn:aws:iam::${stranger}:saml-provider/Okta`)), outside('named-account', 'role'), 'its roles are the stranger\'s'),
    row('one of a partner\'s account', document(session(provider(hub, partner).Federated)), outside('named-account', 'role'), 'the partner has what it was granted, here nothing'),
    row('any', document(session('*')), outside('any-account', 'role'), 'among them a built-in one'),
    row('any, by the key of another built-in one', document(session('*', ['StringEquals', 'aws:FederatedProvider', 'accounts.google.com'])), outside('any-account', 'role'), 'roles of any account take its tokens'),
    row('any, by the key of providers in accounts', document(session('*', ['StringLike', 'aws:FederatedProvider', 'arn:aws:iam::*:oidc-provider/*'])), outside('any-account', 'role'), 'every account may have one'),
    row('any, by the key of providers in my account', document(session('*', ['StringLike', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/*`])), inside, 'the sessions are of my account'),
    row('any but one by the key', document(session('*', ['StringNotEquals', 'aws:FederatedProvider', pools])), outside('any-account', 'role'), 'there are others'),
    row('any without the key', document(session('*', ['Null', 'aws:FederatedProvider', 'true'])), outside('any-account', 'role'), 'sessions that began with an assertion do not tell it'),
    row('any but a built-in one', document(session('*'), deny({ Principal: { Federated: pools } })), outside('any-account', 'role'), 'there are others'),
    row('any but what a variable names', document(session('*', ['StringEquals', 'aws:FederatedProvider', '${aws:PrincipalTag/p}'])), outside('any-account', 'role'), 'a tag may name one'),
    row('anybody\'s but none', document(allow(onBucket, when(['StringEquals', 'aws:FederatedProvider', pools])), { ...deny({}), Principal: undefined, NotPrincipal: { Federated: '*' } }), outside('any-account', 'role'), 'the Deny spares sessions that began with a token'),
    row('any, by claims', document(session('*', ['StringEquals', 'graph.facebook.com:app_id', 'x'])), outside('any-account', 'role'), 'a session still tells it'),
    row('one, by claims of another', document(session('accounts.google.com', ['StringEquals', 'graph.facebook.com:app_id', 'x'])), inside, 'a token has one issuer'),
    row('one by its key, but not by name', document(allow(onBucket, when(['StringEquals', 'aws:FederatedProvider', pools])), deny({ Principal: { Federated: pools } })), inside, 'a session that tells it began with its token'),
    row('a name that is no provider', document(session('id.example.org')), inside, 'it names no provider, so no session began there'),
    row('a built-in one, if the session tells another', document(session(pools, ['StringEquals', 'aws:FederatedProvider', 'accounts.google.com'])), inside, 'a session tells its own provider'),
    row('a built-in one, if the session tells it', document(session(pools, ['StringEquals', 'aws:FederatedProvider', pools])), outside('any-account', 'role'), 'a session tells its own provider'),
    row('a stranger\'s SAML provider, if the session tells it', document(session(`arn:aws:iam::${stranger}:saml-provider/Okta`, ['StringEquals', 'aws:FederatedProvider', `arn:aws:iam::${stranger}:saml-provider/Okta`])), inside, 'only tokens tell their provider, assertions do not'),
    row('everybody but sessions of a built-in one', document(allow(onBucket), deny({ NotPrincipal: { Federated: pools } })), outside('any-account', 'role'), 'the Deny spares those sessions, whoever\'s they are'),
    row('a stranger\'s role, but no session of a built-in one', document(allow({ ...onBucket, Principal: { AWS: stranger } }), deny({ Principal: { Federated: pools } })), outside('named-account', 'role'), 'the stranger has other sessions'),
  ] },
  { title: 'an RCP for tokens', setting: { kind: 'rcp', service: 'sts', ...providers(claims(hub, { sub: ['repo:acme/*'] })) }, cases: [
    row('but those of my account\'s providers, of which GitHub\'s are to be mine', document(rcp(['StringNotLikeIfExists', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/*`]), rcp(claim('sub', 'repo:acme/*', 'StringNotLike'), ['Null', `${hub}:sub`, 'false']), rcpForMembers), outside('shared-issuer', 'web-identity', ''), 'the account may have a provider of GitLab\'s'),
    row('of GitLab', document(rcp(['StringNotLikeIfExists', 'aws:FederatedProvider', `arn:aws:iam::${own}:oidc-provider/gitlab*`]), rcpForMembers), outside('shared-issuer', 'web-identity', ''), 'GitLab has a token for everybody'),
    ...['aws', 'aws-us-gov'].map((partition) => row(`of providers in another partition, for a role in ${partition}`, document(rcp(['StringNotLike', 'aws:FederatedProvider', 'arn:aws:iam::*:oidc-provider/*']), rcpForMembers), partition === 'aws' ? outside('anonymous', 'web-identity', '') : inside, 'a role takes tokens of its own partition', { resource: `arn:${partition}:iam::${own}:role/app` })),
    row('that denies those of other repositories', document(rcp(claim('sub', 'repo:acme/*', 'StringNotLikeIfExists')), rcpForMembers), inside, 'a stranger\'s token tells another repository, and unsigned callers have none'),
    row('that denies those of other repositories, and of the wrong owner', document(rcp(claim('sub', ['repo:acme/*', 'repo:acme-labs/*'], 'StringNotLikeIfExists')), rcpForMembers), outside('shared-issuer', 'web-identity', ''), 'anybody may be acme-labs'),
    row('that denies those for other audiences', document(rcp(claim('aud', 'sts.amazonaws.com', 'StringNotEqualsIfExists')), rcpForMembers), outside('shared-issuer', 'web-identity', ''), 'anybody may ask for that audience'),
    row('that spares a cluster nobody lists', document(rcp([`StringNotLikeIfExists`, `${cluster}:sub`, 'system:serviceaccount:*']), rcpForMembers), undecided(), 'nothing tells whose the cluster is', define()),
    row('that lets pass only what comes without a unique id', document(allow({ Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEqualsIfExists', 'aws:userid', 'AIDAEXAMPLE']))), outside('anonymous', 'web-identity'), 'a token has none'),
    ...[cluster, cluster.toUpperCase()].map((key) => row(`that spares a cluster of mine, by the key ${key.slice(0, 8)}`, document(rcp([`StringNotLikeIfExists`, `${key}:sub`, 'system:serviceaccount:*']), rcpForMembers), inside, 'every token of it is mine, and keys are the same in either case', providers({ kind: 'own', issuer: cluster }))),
    row('that spares a shared issuer nobody lists', document(rcp(claim('sub', 'repo:acme/*', 'StringNotLikeIfExists')), rcpForMembers), outside('shared-issuer', 'web-identity', ''), 'nothing tells that acme is mine', define()),
  ] },
  { title: 'providers by key, through an endpoint of STS', setting: { kind: 'vpc-endpoint', service: 'sts', ...define({ unsignedActions: [], identityProviders: [claims(hub, { sub: ['repo:acme/*'] }), { kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' }] }) }, cases: [
    ...([
      ['Google', ['StringEquals', 'aws:FederatedProvider', 'accounts.google.com']], ['GitHub at a stranger\'s', ['StringEquals', 'aws:FederatedProvider', `arn:aws:iam::${stranger}:oidc-provider/${hub}`]],
      ['whatever a stranger has', ['StringLike', 'aws:FederatedProvider', `arn:aws:iam::${stranger}:*`]], ['GitHub of whomever', ['StringLike', 'aws:FederatedProvider', `*${hub}`]],
      ['a private issuer of whomever', ['StringLike', 'aws:FederatedProvider', '*/idp.acme.example']], ['Cognito', ['StringLike', 'aws:FederatedProvider', 'cognito*']],
    ] as const).map(([name, test]): Case => ({ name, policy: document(withTokens({ Federated: '*' }, test)), principals: outside(name === 'Cognito' || name === 'Google' ? 'shared-issuer' : 'anonymous', 'web-identity'), because: 'strangers have tokens of it' })),
    ...([['a stranger\'s provider', `${stranger}/Okta`], ['any of a stranger', `${stranger}/*`], ['another of mine', `${own}/Other`], ['any of mine', `${own}/*`]] as const).map(([name, value]): Case => ({
      name: `assertions of ${name}`, policy: document(allow({ Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithSAML' }, when(['StringLike', 'SAML:doc', value]))), principals: outside('named-account', 'saml'), because: 'the definition lists one other provider',
    })),
    ...[`arn:aws:iam::${sibling}:oidc-provider/*`, 'arn:aws:iam::2*2:oidc-provider/*'].map((from): Case => ({
      name: `subjects of anybody for a role of another account of mine, from ${from}`, policy: document({ ...withTokens({ Federated: '*' }, ['StringLike', 'aws:FederatedProvider', from], claim('sub', 'repo:*', 'StringLike')), Resource: `arn:aws:iam::${sibling}:role/ci` }), principals: open, because: 'the role may trust its account\'s provider of GitHub, whose tokens anybody has',
    })),
    { name: 'assertions of the provider that is listed', policy: document(allow({ Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithSAML' }, when(['StringEquals', 'SAML:doc', `${own}/Okta`]))), principals: inside, because: 'it is mine' },
    { name: 'subjects of mine by the provider of mine', policy: document(withTokens({ Federated: '*' }, ['StringLike', 'aws:FederatedProvider', `*${hub}`], claim('sub', 'repo:acme/*', 'StringLike'))), principals: inside, because: 'they are mine in whatever account' },
  ] },
  { title: 'tokens through an endpoint of whatever service', setting: { kind: 'vpc-endpoint' }, cases: [
    row('subjects of what is no provider\'s name', document(withTokens('*', ['StringLike', 'oidc.eks.*.amazonaws.com/id/*:sub', 'system:serviceaccount:prod:*'])), inside, 'no token has such an issuer'),
    row('any provider, to any role', document(withTokens({ Federated: '*' })), outside('anonymous', 'web-identity'), 'strangers\' tokens begin sessions in strangers\' roles'),
    row('any provider, to roles of mine', document(withTokens({ Federated: '*' }, ['StringEquals', 'aws:ResourceOrgID', mine])), inside, 'the definition admits those calls unsigned on what is mine'),
    row('anybody, to any role', document(withTokens('*')), outside('anonymous', ['web-identity', 'saml', 'anonymous']), 'calls with a token are never signed'),
    row('tokens that tell a repository of mine', document(withTokens('*', claim('sub', 'repo:acme/*', 'StringLike'))), inside, 'strangers\' tokens tell another', providers(claims(hub, { sub: ['repo:acme/*'] }))),
    row('tokens that tell any repository', document(withTokens('*', claim('sub', 'repo:*', 'StringLike'))), outside('anonymous', 'web-identity'), 'strangers have repositories', providers(claims(hub, { sub: ['repo:acme/*'] }))),
    row('any provider, whatever it calls', document(allow({ Principal: { Federated: '*' } })), outside('anonymous', 'web-identity'), 'STS is among the services'),
    row('any provider, with assertions', document(allow({ Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithSAML' })), outside('anonymous', 'saml'), 'strangers\' assertions begin sessions in strangers\' roles'),
    row('any provider, with assertions in place of tokens', document(withTokens({ Federated: '*' }, ['Null', 'saml:aud', 'false'], ['Null', 'aws:FederatedProvider', 'true'])), inside, 'an assertion is no token'),
    row('any provider, what another service does', document(allow({ Principal: { Federated: '*' }, Action: 's3:GetObject' })), outside('any-account', 'role'), 'only STS takes tokens and assertions; what comes here are the sessions of roles that these began'),
    row('any provider, by way of an endpoint', document(withTokens({ Federated: '*' }, ['Null', 'aws:SourceVpce', 'false'])), outside('anonymous', 'web-identity'), 'all that comes this way tells the endpoint'),
    row('any provider, from some address', document(withTokens({ Federated: '*' }, ['IpAddress', 'aws:SourceIp', '0.0.0.0/0'])), inside, 'what comes by way of an endpoint tells no address'),
  ] },
];
