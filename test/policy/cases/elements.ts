import { allow, define, deny, document, inside, mine, neverSigned, notOfOrganization, ofOrganization, outside, own, sibling, stranger, trust, undecided, when, type Case, type Group } from './case.ts';

/** Principals, actions and resources as a statement names them, or names all but them. */

const root = (account: string): string => `arn:aws:iam::${account}:root`;
const roleOf = (account: string, name = 'app'): string => `arn:aws:iam::${account}:role/${name}`;
const by = (Principal: unknown, ...given: object[]): object => document(allow({ Principal }, ...given));
const trusting = (Principal: unknown, ...given: object[]): object => document(trust(Principal, ...given));
const noPrincipal = (Effect: 'Allow' | 'Deny'): object => ({ Effect, Action: '*', Resource: '*' });

export const elements: readonly Group[] = [
  { title: 'who may use an interface endpoint', setting: { kind: 'vpc-endpoint', service: 'sqs' }, cases: [
    { name: 'an account of strangers', policy: by({ AWS: stranger }), principals: outside('named-account', 'role'), because: 'an account means all its principals' },
    { name: 'an account of strangers by its root ARN', policy: by({ AWS: root(stranger) }), principals: outside('named-account', 'role'), because: 'the root ARN means the whole account' },
    { name: 'a user of strangers', policy: by({ AWS: `arn:aws:iam::${stranger}:user/bob` }), principals: outside('named-account', 'user'), because: 'the ARN names a user' },
    { name: 'a role of strangers, of my organization', policy: by({ AWS: roleOf(stranger) }, when(ofOrganization())), principals: inside, because: 'a stranger is not in my organization' },
    { name: 'a session of strangers', policy: by({ AWS: `arn:aws:sts::${stranger}:assumed-role/deploy/me` }), principals: outside('named-account', 'role'), because: 'the ARN names a session of a role' },
    { name: 'accounts of mine', policy: by({ AWS: [own, root(sibling)] }), principals: inside, because: 'both are known' },
    { name: 'an account of mine, and everybody', policy: by({ AWS: [own, '*'] }), principals: outside('anonymous', 'anonymous'), because: 'the star is everybody, unsigned callers included' },
    { name: 'a deleted role', policy: by({ AWS: 'AROAEXAMPLEEXAMPLEEXA' }), principals: inside, because: 'the unique id of a deleted principal matches nobody' },
    { name: 'a path of `*` within a principal', policy: by({ AWS: 'arn:aws:iam::333333333333:role/*/deploy' }), principals: inside, because: 'a path may hold a `*`, but a principal with one matches nobody' },
    { name: 'a wildcard within a principal', policy: by({ AWS: 'arn:aws:iam::*:role/deploy' }), principals: inside, because: 'IAM knows no wildcards within a principal, so it matches nobody' },
    { name: 'a service', policy: by({ Service: 'cloudtrail.amazonaws.com' }), principals: inside, because: 'the definition admits any service' },
    { name: 'everybody but an account of strangers', policy: document(allow({ NotPrincipal: { AWS: stranger } })), principals: outside('anonymous', 'anonymous'), because: 'NotPrincipal in an Allow is everybody else' },
    { name: 'everybody but an account of mine', policy: document(allow({ NotPrincipal: { AWS: own } })), principals: outside('anonymous', 'anonymous'), because: 'NotPrincipal in an Allow is everybody else' },
    { name: 'a Deny of everybody but an account of mine', policy: document(deny({ NotPrincipal: { AWS: [root(own), roleOf(own)] } }), allow()), principals: inside, because: 'all others are denied' },
    { name: 'a Deny of everybody but a role of strangers', policy: document(deny({ NotPrincipal: { AWS: [root(own), root(stranger), roleOf(stranger)] } }), allow()), principals: outside('named-account', 'role', 1), because: 'any listed identity spares the caller' },
    { name: 'a Deny of one account of strangers', policy: document(deny({ Principal: { AWS: stranger } }), allow({ Principal: { AWS: stranger } })), principals: inside, because: 'the Deny takes back what the Allow gives' },
    { name: 'a Deny without Principal', policy: document(noPrincipal('Deny'), allow()), principals: outside('anonymous', 'anonymous', 1), because: 'a Deny without Principal is read as reaching nobody' },
    { name: 'an Allow without Principal', policy: document(noPrincipal('Allow')), principals: outside('anonymous', 'anonymous'), because: 'an Allow without Principal is read as open to all' },
    { name: 'an Allow within a Deny of the same', policy: document(allow({ Principal: { AWS: stranger } }), deny()), principals: inside, because: 'a Deny beats every Allow' },
    { name: 'one statement, not in a list', policy: { Version: '2012-10-17', Statement: allow() }, principals: outside('anonymous', 'anonymous', '/Statement'), because: 'a statement need not stand in a list' },
    { name: 'a document as text', policy: JSON.stringify(document(allow(when(ofOrganization())))), principals: inside, because: 'a policy may be given as JSON text' },
    { name: 'no statement at all', policy: document(), principals: inside, resources: inside, because: 'nothing is allowed' },
  ] },
  { title: 'who may use a gateway endpoint', setting: { kind: 'vpc-endpoint', service: 's3', endpointType: 'gateway' }, cases: [
    { name: 'an account of strangers', policy: by({ AWS: stranger }), principals: outside('named-account', 'root'), because: 'a gateway reads an account as its root user' },
    { name: 'an account of strangers by its root ARN', policy: by({ AWS: root(stranger) }), principals: outside('named-account', 'root'), because: 'a gateway reads an account as its root user' },
    { name: 'an account of strangers, but for its root user', policy: document(deny(when(['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:root'])), allow({ Principal: { AWS: stranger } })), principals: inside, because: 'the root user was all that the gateway lets in' },
    { name: 'an account by condition, and a Deny of it by principal', policy: document(deny({ Principal: { AWS: stranger } }), allow(when(['StringEquals', 'aws:PrincipalAccount', stranger]))), principals: outside('named-account', 'role', 1), because: 'the Deny reaches its root user only' },
    { name: 'the own account', policy: by({ AWS: own }), principals: inside, because: 'its root user is mine' },
  ] },
  { title: 'who may assume a role', setting: { kind: 'trust' }, cases: [
    { name: 'a user of strangers', policy: trusting({ AWS: `arn:aws:iam::${stranger}:user/bob` }), principals: outside('named-account', 'user'), because: 'users can assume roles' },
    { name: 'a federated user of strangers', policy: trusting({ AWS: `arn:aws:sts::${stranger}:federated-user/bob` }), principals: inside, because: 'federated users cannot call sts:AssumeRole' },
    { name: 'an account of strangers, whose root user cannot', policy: trusting({ AWS: stranger }, when(['StringEquals', 'aws:PrincipalType', 'Account'])), principals: inside, because: 'root users cannot assume roles' },
    { name: 'everybody, as a bare star', policy: trusting('*'), principals: outside('any-account', 'role'), because: 'a role is never assumed unsigned' },
    { name: 'everybody, any action of STS', policy: trusting({ AWS: '*' }, { Action: 'sts:*' }), principals: outside('any-account', ['role', 'web-identity', 'saml']), because: 'any account, and any provider' },
    { name: 'everybody with a token', policy: trusting('*', { Action: 'sts:AssumeRoleWithWebIdentity' }), principals: outside('any-account', 'web-identity'), because: 'the star matches callers of the federation, of any provider' },
    { name: 'everybody with a token, of the organization', policy: trusting('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(ofOrganization())), principals: inside, because: 'a token has no organization' },
    { name: 'everything but sts:AssumeRole', policy: document({ Effect: 'Allow', Principal: { AWS: '*' }, NotAction: 'sts:AssumeRole' }), principals: outside('any-account', ['web-identity', 'saml']), because: 'the federation\'s actions are among the rest' },
    { name: 'only what goes along with assuming', policy: trusting({ AWS: stranger }, { Action: ['sts:TagSession', 'sts:SetSourceIdentity'] }), principals: inside, because: 'these actions only accompany one that is not allowed' },
    { name: 'the partition of China', policy: trusting({ AWS: [`arn:aws-cn:iam::${own}:role/a`, `arn:aws-cn:iam::${stranger}:role/b`] }), principals: outside('named-account', 'role'), because: 'accounts are accounts in every partition' },
    { name: 'a role of mine in the partition of China', policy: trusting({ AWS: `arn:aws-cn:iam::${own}:role/a` }), principals: inside, because: 'the account is known' },
    { name: 'a session of mine', policy: trusting({ AWS: `arn:aws:sts::${sibling}:assumed-role/deploy/me` }), principals: inside, because: 'the account is known' },
    { name: 'a session name, a source identity, a tag', policy: trusting({ AWS: '*' }, when(['StringEquals', 'sts:RoleSessionName', 'ann'], ['StringEquals', 'sts:SourceIdentity', 'ann'], ['StringEquals', 'aws:RequestTag/team', 'blue'])), principals: outside('any-account', 'role'), because: 'callers choose all of them' },
    { name: 'an external id for anybody', policy: trusting({ AWS: '*' }, when(['StringEquals', 'sts:ExternalId', '12345'])), principals: outside('any-account', 'role'), because: 'an external id is no secret' },
    { name: 'a service, and a Deny of deputies', policy: document(trust({ Service: 'ec2.amazonaws.com' }), trust('*', { Effect: 'Deny' }, when(['StringNotEquals', 'aws:SourceAccount', own], ['Null', 'aws:SourceAccount', 'false']))), principals: inside, because: 'services are inside' },
    { name: 'a service and an account of strangers', policy: trusting({ Service: 'ec2.amazonaws.com', AWS: stranger }), principals: outside('named-account', 'role'), because: 'kinds of principals are alternatives' },
  ] },
  { title: 'owners that nobody can tell', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'a canonical user', policy: by({ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, { Action: 's3:GetObject' }), principals: undecided(), because: 'whose it is, the id does not tell' },
    { name: 'an origin access identity', policy: by({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL' }, { Action: 's3:GetObject' }), principals: undecided(), because: 'whose it is, the id does not tell' },
    { name: 'a canonical user in a Deny', policy: document(deny({ Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } }), allow({ Principal: { AWS: own } })), principals: inside, because: 'a Deny lets nobody in' },
    ...([['a canonical user', { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }], ['an identity', { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL' }]] as const).flatMap(([name, who]): Case[] => [
      { name: `${name}, spared by a Deny of everybody else`, policy: document(allow({ Action: 's3:GetObject' }), deny({ NotPrincipal: who })), principals: undecided(), because: 'whose it is, the id does not tell' },
      { name: `${name}, spared beside the own account`, policy: document(allow({ Action: 's3:GetObject' }), deny({ NotPrincipal: { AWS: own, ...who } })), principals: undecided(), because: 'whose it is, the id does not tell' },
      { name: `${name} of the organization`, policy: by(who, { Action: 's3:GetObject' }, when(ofOrganization())), principals: inside, because: 'only one of mine has that organization' },
      { name: `${name}, denied outside the organization`, policy: document(allow({ Principal: who }), deny(when(notOfOrganization()))), principals: inside, because: 'only one of mine is not denied' },
      { name: `${name}, for another bucket`, policy: by(who, { Action: 's3:GetObject', Resource: 'arn:aws:s3:::elsewhere/*' }), principals: inside, because: 'nothing of this bucket is allowed' },
      { name: `${name}, for another service`, policy: by(who, { Action: 'sqs:*' }), principals: inside, because: 'nothing of S3 is allowed' },
      { name: `${name}, allowed and denied`, policy: document(allow({ Principal: who }), deny({ Principal: who })), principals: inside, because: 'a Deny has the last word' },
    ]),
    ...([['StringEquals', 'aws:PrincipalType', 'User'], ['StringEquals', 'aws:PrincipalType', 'Account'], ['StringLike', 'aws:username', 'b*'], ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/*'], ['StringEquals', 'aws:PrincipalAccount', stranger], ['StringLike', 'aws:PrincipalAccount', '3*']] as const).map((test): Case =>
      ({ name: `a canonical user, by ${test[1]} ${test[2]}`, policy: by({ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, { Action: 's3:GetObject' }, when(test)), principals: undecided(), because: 'it may be any account with all that is in it' })),
    ...(['arn:aws:iam::*:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL', '*:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL'] as const).map((pattern): Case =>
      ({ name: `an identity like ${pattern}`, policy: document(allow({ Action: 's3:GetObject' }, when(['StringLike', 'aws:PrincipalArn', pattern]))), principals: undecided(), because: 'whose it is, the id does not tell' })),
    ...(['arn:aws:iam::cloudfront:user/*', 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity *', 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2*'] as const).map((pattern): Case =>
      ({ name: `identities like ${pattern}`, policy: document(allow({ Action: 's3:GetObject' }, when(['StringLike', 'aws:PrincipalArn', pattern]))), principals: outside('any-account', 'user'), because: 'every account makes such identities' })),
    { name: 'a Deny that spares every identity', policy: document(allow({ Action: 's3:GetObject' }), deny({ Action: 's3:*' }, when(notOfOrganization(), ['StringNotLike', 'aws:PrincipalArn', 'arn:aws:iam::cloudfront:user/*'], ['Null', 'aws:PrincipalArn', 'false'])), deny({ Action: 's3:*' }, when(['Null', 'aws:PrincipalArn', 'true']))), principals: outside('any-account', 'user'), because: 'every account makes such identities' },
    ...([['StringLike', '*:ec2-infrastructure'], ['ArnLike', 'arn:aws:iam::*:*aws:ec2-infrastructure'], ['ArnLike', 'arn:aws:iam::*:role/aws?ec2-infrastructure'], ['StringEqualsIgnoreCase', `arn:aws:iam::${stranger}:ROLE/AWS:ec2-infrastructure`]] as const).map(([operator, arn]): Case =>
      ({ name: `EC2's own role by ${arn}`, policy: document(allow({ Action: 's3:GetObject' }, when([operator, 'aws:PrincipalArn', arn]))), principals: outside(arn.includes(stranger) ? 'named-account' : 'any-account', 'role'), because: 'every account has that role' })),
    ...(['SAML:doc', 'SAML:aud'] as const).map((key): Case => ({ name: `${key} in a bucket policy`, policy: document(allow({ Action: 's3:GetObject' }, when(['StringEquals', key, `${own}/Okta`]))), principals: inside, because: 'neither unsigned calls nor sessions carry it' })),
    { name: 'SAML:sub in a bucket policy', policy: document(allow({ Action: 's3:GetObject' }, when(['StringEquals', 'SAML:sub', 'jo']))), principals: outside('any-account', 'role'), because: 'sessions keep it' },
    { name: 'an identity by its ARN in a condition', policy: document(allow({ Action: 's3:GetObject' }, when(['StringEquals', 'aws:PrincipalArn', 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL']))), principals: undecided(), because: 'whose it is, the id does not tell' },
    { name: 'a canonical user, and everybody', policy: document(allow({ Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } }), allow()), principals: outside('anonymous', 'anonymous', 1), because: 'what is certain goes before what is not' },
  ] },
  { title: 'names in capitals, and names that stand for others', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'a listed service in capitals', policy: document(allow({ Action: 's3:GetObject' }, when(['StringEqualsIgnoreCase', 'aws:PrincipalServiceName', 'Logs.amazonaws.com']))), given: define({ services: ['logs.amazonaws.com'] }), principals: inside, because: 'AWS writes its name in small letters, and the definition lists it' },
    { name: 'a service in capitals by its list of names', policy: document(allow({ Action: 's3:GetObject' }, when(['ForAnyValue:StringEqualsIgnoreCase', 'aws:PrincipalServiceNamesList', 'Foo.amazonaws.com'])), deny({ Action: 's3:*' }, when(['StringEquals', 'aws:PrincipalServiceName', 'Foo.amazonaws.com']))), given: define({ services: ['logs.amazonaws.com'] }), principals: outside('service', 'service'), because: 'what is denied is a name that AWS does not write' },
    { name: 'every service but one by the name that stands for others', policy: document(allow({ Principal: { Service: '*' }, Action: 's3:GetObject' }), { ...deny({ Action: 's3:*' }), Principal: { Service: 'unlisted.amazonaws.com' } }), given: define({ services: ['logs.amazonaws.com'] }), principals: outside('service', 'service'), because: 'others are not listed either' },
    { name: 'assertions of every provider but the one that stands for others', policy: document(allow({ Principal: { Federated: '*' }, Action: 's3:GetObject' }, when(['StringEquals', 'aws:PrincipalAccount', stranger], ['Null', 'aws:FederatedProvider', 'true'])), { ...deny({ Action: 's3:*' }), Principal: { Federated: `arn:aws:iam::${stranger}:saml-provider/someone` } }), principals: outside('named-account', 'role'), because: 'the account may have other providers' },
    ...(['arn:aws:s?:::acme-data/AWSLogs/3*', 'arn:aws:s3:::acme-data/AWSLogs/3*'] as const).map((Resource): Case => ({ name: `logs of load balancers below ${Resource}`, policy: document(allow({ Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Action: 's3:PutObject', Resource })), deputies: outside('service', 'service'), because: 'accounts whose ids begin so have their logs delivered there' })),
  ] },
  { title: 'partitions by patterns', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    ...['arn:aws-*s3:::*', 'arn:aws-cn?s3:::*', 'arn:a*-cn:s3:::*'].map((Resource): Case => ({ name: `resources like ${Resource}`, policy: document(allow({ Action: 's3:*', Resource }, when(['Null', 'aws:ResourceAccount', 'false']))), resources: outside('any-account', 'role'), because: 'buckets of China are taken' })),
    ...([['StringEqualsIgnoreCase', `ARN:AWS-CN:iam::${stranger}:role/x`], ['ArnLike', '*:aws-cn:iam::*:role/x']] as const).map(([operator, arn]): Case => ({ name: `roles like ${arn}`, policy: document(allow({ Action: 's3:*' }, when([operator, 'aws:PrincipalArn', arn]))), principals: outside(arn.includes(stranger) ? 'named-account' : 'any-account', 'role'), because: 'roles of China are taken' })),
  ] },
  { title: 'which actions', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    { name: 'a Deny of writes outside the organization', policy: document(deny({ Action: 's3:Put*' }, when(notOfOrganization())), allow()), principals: outside('anonymous', 'anonymous', 1), because: 'reads are not denied' },
    { name: 'a Deny of all but reads outside the organization', policy: document(deny({ NotAction: 's3:GetObject' }, when(notOfOrganization())), allow()), principals: outside('anonymous', 'anonymous', 1), because: 'reads are not denied' },
    { name: 'a Deny of all but reads, and an Allow of writes', policy: document(deny({ NotAction: 's3:Get*' }, when(notOfOrganization())), allow({ Action: 's3:Put*' })), principals: inside, because: 'what is allowed is denied outside the organization' },
    { name: 'actions in another case', policy: document(deny({ Action: 'S3:GETOBJECT' }), allow({ Action: 's3:GetObject' })), principals: inside, because: 'actions ignore case' },
    { name: 'everything but what another service does', policy: document(allow({ NotAction: 'sqs:*' })), principals: outside('anonymous', 'anonymous'), because: 'all of S3 is left' },
    { name: 'everything but S3', policy: document(allow({ NotAction: 's3:*' })), principals: inside, because: 'this endpoint serves S3 only' },
    { name: 'actions of another service', policy: document(allow({ Action: 'sqs:*' })), principals: inside, resources: inside, because: 'this endpoint serves S3 only' },
    { name: 'an action by question marks', policy: document(allow({ Action: 's3:Get??ject' })), principals: outside('anonymous', 'anonymous'), because: 'it matches s3:GetObject' },
    { name: 'an action that does not exist yet', policy: document(allow({ Action: 's3:FrobnicateBucket' })), principals: outside('anonymous', 'anonymous'), resources: outside('any-account', 'role'), because: 'actions need not exist today; an unknown one takes a resource' },
    { name: 'reads, which the definition admits unsigned, of my bucket', policy: document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/*' }, when(['Null', 'aws:PrincipalArn', 'true']))), given: define({ unsignedActions: [...neverSigned, 's3:GetObject'] }), principals: inside, resources: inside, because: 'the action is admitted on any resource' },
    { name: 'writes, which the definition admits unsigned, to my resources', policy: document(allow({ Action: 's3:PutObject' }, when(['Null', 'aws:PrincipalArn', 'true'], ['StringEquals', 'aws:ResourceOrgID', mine]))), given: define({ unsignedActions: ['s3:PutObject'] }), principals: inside, because: 'other actions than s3:GetObject are admitted where the policy confines the resource to mine' },
    { name: 'writes, which the definition admits unsigned, to any resource', policy: document(allow({ Action: 's3:PutObject' }, when(['Null', 'aws:PrincipalArn', 'true']))), given: define({ unsignedActions: ['s3:PutObject'] }), principals: outside('anonymous', 'anonymous'), because: 'the policy does not confine the resource to mine' },
  ] },
];
