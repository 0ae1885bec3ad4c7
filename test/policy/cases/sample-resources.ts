import { allow, define, deny, document, inside, isService, mine, outside, own, partner, stranger, trust, when, type Group, type Test } from './case.ts';

/**
 * The shapes of https://github.com/aws-samples/data-perimeter-policy-examples, resource_based_policies and
 * resource_control_policies, from parameters. They are Denies; each stands here before an Allow that it has to hold. A
 * resource control policy is judged as the resource policy it is in force with.
 */

interface Perimeter { readonly organization: string; readonly accounts?: readonly string[]; readonly Action?: unknown; readonly Principal?: unknown }
const everyone = { AWS: '*' };
/** Callers of the organization, of some accounts, and AWS services; nobody else. */
const identities = ({ organization, accounts = [], Action = '*', Principal = '*' }: Perimeter, ...spared: Test[]): object => deny({ Principal, Action }, when(
  ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', organization], ...(accounts.length > 0 ? [['StringNotEqualsIfExists', 'aws:PrincipalAccount', accounts] as const] : []), ...spared, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'],
));
/** Tagged callers from the company's addresses and one VPC only. */
const networks = ({ accounts = [], Action = '*', Principal = '*' }: Perimeter, ...included: Test[]): object => deny({ Principal, Action }, when(
  ['NotIpAddressIfExists', 'aws:SourceIp', '192.0.2.0/24'], ['StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-012abc01'], ['StringNotEqualsIfExists', 'aws:PrincipalTag/dp:exclude:network', 'true'],
  ...(accounts.length > 0 ? [['StringNotEqualsIfExists', 'aws:PrincipalAccount', accounts] as const] : []), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'], ['BoolIfExists', 'aws:ViaAWSService', 'false'],
  ['ArnNotLikeIfExists', 'aws:PrincipalArn', `arn:aws:iam::${own}:role/aws-service-role/*`], ...included,
));
const includeTag: Test = ['StringEquals', 'aws:PrincipalTag/dp:include:network', 'true'];
/** No AWS service on behalf of others. */
const deputies = ({ organization, accounts = [], Action = '*' }: Perimeter, ...spared: Test[]): object => deny({ Action }, when(
  ['StringNotEqualsIfExists', 'aws:SourceOrgID', organization], ...(accounts.length > 0 ? [['StringNotEqualsIfExists', 'aws:SourceAccount', accounts] as const] : []), ...spared, ['Null', 'aws:SourceAccount', 'false'], isService(),
));
const spareTag: Test = ['StringNotEqualsIfExists', 'aws:ResourceTag/dp:exclude:identity', 'true'];

const p: Perimeter = { organization: mine };
const root = { Principal: { AWS: `arn:aws:iam::${own}:root` } };
const objects = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/*' };
const loadBalancing = '127311923021';
const granted = define({ partners: [{ name: 'Reader', accounts: [partner], externalIds: undefined, resources: [{ arn: 'arn:aws:s3:::acme-data/*', actions: ['s3:GetObject'] }], reachable: [] }] });

const covered = ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:AssumeRole', 'sts:DecodeAuthorizationMessage', 'sts:GetAccessKeyInfo', 'sts:GetFederationToken', 'sts:GetServiceBearerToken', 'sts:GetSessionToken', 'sts:SetContext'];
const control = { ...p, Action: covered };
const deputyControl = { ...p, Action: ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:*'] };

const issuer = 'token.actions.githubusercontent.com';
/** Tokens of one issuer for one tenant only; tokens of listed issuers only. */
const tenants = (tenant: string): object => deny({ Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringNotEqualsIfExists', `${issuer}:sub`, tenant], spareTag, ['Null', `${issuer}:sub`, 'false']));
const issuers = (...all: string[]): object => deny({ Action: 'sts:AssumeRoleWithWebIdentity' }, when(...all.map((one) => ['Null', `${one}:sub`, 'true'] as const)));
const oidc = (name: string): object => trust({ Federated: `arn:aws:iam::${own}:oidc-provider/${name}` }, { Action: 'sts:AssumeRoleWithWebIdentity' });
const tenancy = define({ identityProviders: [{ kind: 'claims', issuer, claims: { sub: ['repo:acme/*'] } }] });

export const sampleResources: readonly Group[] = [
  { title: 'AWS\'s sample for a bucket', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'by itself', policy: document(identities({ ...p, accounts: [loadBalancing] }), networks(p, includeTag)), principals: inside, deputies: inside, because: 'Denies admit nobody' },
    { name: 'before an Allow of everything', policy: document(identities(p), networks(p, includeTag), allow()), principals: inside, deputies: outside('service', 'service', 2), because: 'services are spared, for whomever they act' },
    { name: 'with the Deny of deputies', policy: document(identities(p), deputies(p), networks(p, includeTag), allow()), principals: inside, deputies: inside, because: 'a service that tells its source account must tell my organization too' },
    { name: 'with an account of AWS spared', policy: document(identities({ ...p, accounts: [loadBalancing] }), allow()), principals: outside('named-account', 'role', 1), because: 'the account that writes load balancer logs is not listed in the definition' },
    { name: 'with a partner spared, beyond what was agreed', policy: document(identities({ ...p, accounts: [partner] }), allow()), given: granted, principals: outside('named-account', 'role', 1), because: 'the partner was granted reads, not everything' },
    { name: 'with a partner spared, as agreed', policy: document(identities({ ...p, accounts: [partner] }), allow(objects)), given: granted, principals: inside, because: 'the partner may read these objects' },
    { name: 'the sourced accounts of a partner, spared by the Deny of deputies', policy: document(identities(p), deputies({ ...p, accounts: [stranger] }), allow()), deputies: outside('service', 'service', 2), because: 'services may act for the spared account' },
    { name: 'the resource control policy, on a bucket whose tags are not known', policy: document(identities(control, spareTag), allow()), principals: outside('anonymous', 'anonymous', 1), because: 'the tag that spares callers may be there' },
  ] },
  { title: 'AWS\'s samples for other resources', setting: { kind: 'resource' }, cases: [
    { name: 'a key of the own account', policy: document(identities({ ...p, Action: 'kms:*' }), networks({ ...p, Action: 'kms:*' }, includeTag), allow(root, { Action: 'kms:*' })), given: { service: 'kms', resource: `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab` }, principals: inside, deputies: inside, because: 'only the own account is allowed' },
    { name: 'a queue for everybody', policy: document(identities({ ...p, Action: 'sqs:*', Principal: everyone }), networks({ ...p, Action: 'sqs:*', Principal: everyone }, includeTag), allow({ Action: 'sqs:*' })), given: { service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:orders` }, principals: inside, because: '{"AWS": "*"} is everybody, in a Deny as well' },
    { name: 'a secret for everybody', policy: document(identities({ ...p, Action: 'secretsmanager:*', Principal: everyone }), allow({ Action: 'secretsmanager:GetSecretValue' })), given: { service: 'secretsmanager', resource: `arn:aws:secretsmanager:eu-west-1:${own}:secret:db-AbCdEf` }, principals: inside, because: 'callers outside the organization are denied' },
    { name: 'a topic, with the actions listed', policy: document(identities({ ...p, Action: ['sns:GetTopicAttributes', 'sns:SetTopicAttributes', 'sns:AddPermission', 'sns:RemovePermission', 'sns:DeleteTopic', 'sns:Subscribe', 'sns:ListSubscriptionsByTopic', 'sns:Publish'] }), allow({ Action: ['sns:Publish', 'sns:Subscribe'] })), given: { service: 'sns', resource: `arn:aws:sns:eu-west-1:${own}:orders` }, principals: inside, because: 'whatever is allowed is on the list of the Deny' },
    { name: 'a topic, with an Allow of more than the list', policy: document(identities({ ...p, Action: ['sns:Subscribe', 'sns:Publish'] }), allow({ Action: 'sns:*' })), given: { service: 'sns', resource: `arn:aws:sns:eu-west-1:${own}:orders` }, principals: outside('anonymous', 'anonymous', 1), because: 'actions that the Deny does not list are open' },
    { name: 'a repository for everybody', policy: document(identities(p), deputies(p), networks(p, includeTag), allow({ Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] })), given: { service: 'ecr', resource: `arn:aws:ecr:eu-west-1:${own}:repository/app` }, principals: inside, deputies: inside, because: 'the Denies of identities and deputies hold' },
    { name: 'an API for everybody', policy: document(identities(p), deputies(p), networks(p, includeTag), allow({ Action: 'execute-api:Invoke' })), given: { service: 'execute-api', resource: `arn:aws:execute-api:eu-west-1:${own}:a1b2c3` }, principals: inside, deputies: inside, because: 'unsigned calls lack the organization and are denied like strangers' },
    { name: 'an API with only the network\'s Deny, for tagged callers', policy: document(networks(p, includeTag), allow({ Action: 'execute-api:Invoke' })), given: { service: 'execute-api', resource: `arn:aws:execute-api:eu-west-1:${own}:a1b2c3` }, principals: outside('anonymous', 'anonymous', 1), because: 'whoever has not the tag is not held to the network' },
    { name: 'an API with only the network\'s Deny, for all callers', policy: document(networks(p), allow({ Action: 'execute-api:Invoke' })), given: { service: 'execute-api', resource: `arn:aws:execute-api:eu-west-1:${own}:a1b2c3` }, principals: outside('any-account', 'role', 1), because: 'a stranger passes by the tag it gives itself, or through an AWS service of its own' },
  ] },
  { title: 'AWS\'s sample for a role', setting: { kind: 'trust' }, cases: [
    { name: 'before everybody', policy: document(identities({ ...p, Principal: everyone, Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] }), networks({ ...p, Principal: everyone, Action: ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] }), trust(everyone)), principals: inside, because: 'callers outside the organization are denied' },
    { name: 'before GitHub', policy: document(identities({ ...p, Principal: everyone, Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] }), oidc(issuer)), principals: inside, because: 'this Deny names the federation\'s action, and a token has no organization: nobody gets in' },
    { name: 'with an account spared', policy: document(identities({ ...p, accounts: [stranger], Principal: everyone, Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] }), trust(everyone)), principals: outside('named-account', 'role', 1), because: 'the spared account is a stranger\'s' },
  ] },
  { title: 'AWS\'s resource control policies, in force with an open bucket policy', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data', resourceTags: {} }, cases: [
    { name: 'identities', policy: document(identities(control, spareTag), allow()), principals: inside, deputies: outside('service', 'service', 1), because: 'the bucket has not the tag that would spare callers' },
    { name: 'identities, on a bucket tagged to be spared', policy: document(identities(control, spareTag), allow()), given: { resourceTags: { 'dp:exclude:identity': 'true' } }, principals: outside('anonymous', 'anonymous', 1), because: 'the tag switches the Deny off for everybody' },
    { name: 'identities and deputies', policy: document(identities(control, spareTag), deputies(deputyControl, spareTag), allow()), principals: inside, deputies: inside, because: 'services that act for others are denied' },
    { name: 'a tag that opens the bucket, which it carries', policy: document(allow(when(['StringEquals', 'aws:ResourceTag/Public', 'yes']))), given: { resourceTags: { public: 'yes' } }, principals: outside('anonymous', 'anonymous'), because: 'names of tags ignore case in keys, and the bucket carries the value' },
    { name: 'a tag that opens the bucket, which it carries with another value', policy: document(allow(when(['StringEquals', 'aws:ResourceTag/Public', 'yes']))), given: { resourceTags: { public: 'no' } }, principals: inside, because: 'the bucket\'s tags are known' },
    { name: 'a tag that opens the bucket, which it does not carry', policy: document(allow(when(['StringEquals', 'aws:ResourceTag/Public', 'yes']))), principals: inside, because: 'the bucket\'s tags are known' },
    { name: 'a tag that opens an object', policy: document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/*' }, when(['StringEquals', 's3:ExistingObjectTag/public', 'yes']))), principals: outside('anonymous', 'anonymous'), because: 'what tags objects carry nobody knows' },
    { name: 'deputies alone', policy: document(deputies(deputyControl, spareTag), allow()), principals: outside('anonymous', 'anonymous', 1), deputies: inside, because: 'the Deny is about services only' },
  ] },
  { title: 'AWS\'s resource control policies, in force with a role\'s trust policy', setting: { kind: 'trust', resourceTags: {} }, cases: [
    { name: 'identities, and everybody trusted', policy: document(identities(control, spareTag), trust(everyone)), principals: inside, because: 'sts:AssumeRole is on the list' },
    { name: 'identities, and GitHub trusted', policy: document(identities(control, spareTag), oidc(issuer)), given: tenancy, principals: outside('shared-issuer', 'web-identity', 1), because: 'calls of the federation are not on the list' },
    { name: 'tenants, and GitHub trusted', policy: document(tenants('repo:acme/app:ref:refs/heads/main'), oidc(issuer)), given: tenancy, principals: inside, because: 'a subject other than the tenant is denied' },
    { name: 'tenants of somebody else', policy: document(tenants('repo:globex/app:ref:refs/heads/main'), oidc(issuer)), given: tenancy, principals: outside('shared-issuer', 'web-identity', 1), because: 'the tenant that is spared is a stranger' },
    { name: 'issuers, and one trusted that is not listed', policy: document(issuers(issuer, 'gitlab.com'), oidc('id.example.org')), principals: inside, because: 'a token of another issuer has none of the listed subjects, and is denied' },
    { name: 'issuers, and one trusted that is listed', policy: document(issuers(issuer, 'gitlab.com'), oidc('gitlab.com')), principals: outside('shared-issuer', 'web-identity', 1), because: 'any tenant of GitLab passes' },
  ] },
];
