import { allow, define, deny, document, foreign, inside, isService, mine, neverSigned, notOfOrganization, ofOrganization, oldDocument, outside, own, partner, sibling, stranger, trust, when, type Group, type Test } from './case.ts';

/**
 * The policies of the whitepaper «Building an AWS Perimeter», appendices 3 to 5, built from what they take. Appendices 1
 * and 2 hold identity policies and SCPs: see `decisions.ts`.
 */

/** Appendix 3: nobody but the organization. The paper spells the key `aws:PrincipalOrgId`. */
const nobodyElse = (organization: unknown): object => deny(when(['StringNotEquals', 'aws:PrincipalOrgId', organization]));
/** Appendix 3: the same, with AWS services let off. */
const nobodyElseButServices = (organization: unknown, operator = 'Bool'): object => deny(when(['StringNotEquals', 'aws:PrincipalOrgId', organization], [operator, 'aws:PrincipalIsAWSService', 'false']));
/** Appendix 3: a bucket that CloudTrail writes its logs to. */
const trailBucket = ({ organization, bucket, account, operator, source = [] }: { organization: string; bucket: string; account: string; operator?: string; source?: readonly Test[] }, ...more: object[]): object => {
  const cloudTrail = { Principal: { Service: ['cloudtrail.amazonaws.com'] } };
  return document(
    nobodyElseButServices(organization, operator),
    allow(cloudTrail, { Action: 's3:GetBucketAcl', Resource: [`arn:aws:s3:::${bucket}`] }, source.length > 0 ? when(...source) : {}),
    allow(cloudTrail, { Action: 's3:PutObject', Resource: [`arn:aws:s3:::${bucket}/AWSLogs/${account}/*`] }, when(['StringEquals', 's3:x-amz-acl', 'bucket-owner-full-control'], ...source)),
    ...more,
  );
};

/** Appendix 4: callers of the organization; written as an Allow with a condition, or as a Deny before an open Allow. */
const callersOf = (organization: unknown, service: string): object => oldDocument(allow({ Action: [`${service}:*`] }, when(['StringEquals', 'aws:PrincipalOrgId', organization])));
const callersOfByDeny = (organization: unknown, service: string): object => oldDocument(nobodyElse(organization), allow({ Action: `${service}:*` }));

/** Actions that the paper took to support no resource. `dynamodb:ListExports` supports a table by now. */
const listedIn2021 = ['DescribeLimits', 'DescribeReservedCapacity', 'DescribeReservedCapacityOfferings', 'ListBackups', 'ListContributorInsights', 'ListExports', 'ListGlobalTables', 'ListStreams', 'ListTables', 'PurchaseReservedCapacityOfferings'];
const listedNow = listedIn2021.filter((one) => one !== 'ListExports');
/** Appendix 4: everything that takes a resource on tables of these accounts, the rest on anything. */
const tablesOf = ({ organization, accounts, listed, rest = [ofOrganization(organization)] }: { organization: string; accounts: string[]; listed: string[]; rest?: readonly Test[] }): object => {
  const actions = listed.map((one) => `dynamodb:${one}`);
  return oldDocument(
    allow({ NotAction: actions, Resource: accounts.map((account) => `arn:aws:dynamodb:*:${account}:*`) }, when(ofOrganization(organization))),
    allow({ Action: actions }, rest.length > 0 ? when(...rest) : {}),
  );
};

/** Appendix 4: callers of the organization to buckets of these accounts, and AWS services. */
const bucketsOf = ({ organization, accounts }: { organization: string; accounts: string[] }): object[] => [
  allow(when(['StringEquals', 'aws:PrincipalOrgId', organization], ['StringEquals', 's3:ResourceAccount', accounts])), allow(when(isService())),
];
/** Appendix 4: unsigned reads. The paper's statement has no Principal. */
const unsignedReads = (Action: string): object => ({ Effect: 'Allow', Action, Resource: ['*'] });

/** Appendix 5: a Deny of callers outside the organization, to add to a trust policy. */
const guard = (organization: string): object => trust({ AWS: '*' }, { Effect: 'Deny' }, when(['StringNotEquals', 'aws:PrincipalOrgId', organization]));
/** Appendix 5: roles of the organization, and an outsider with an external id. */
const rolesAndCustomer = ({ organization, roles, customer, externalId }: { organization?: string; roles: string[]; customer: string; externalId: string }): object[] => [
  trust({ AWS: roles }, organization === undefined ? {} : when(['StringEquals', 'aws:PrincipalOrgId', organization])),
  trust({ AWS: customer }, when(['StringEquals', 'sts:ExternalId', externalId])),
];
const roles = [`arn:aws:iam::${own}:role/role1`, `arn:aws:iam::${sibling}:role/role2`];
const mistyped = [...roles, `arn:aws:iam::${stranger}:role/role8`];
const github = { Federated: `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com` };

const reading = (...extra: string[]) => define({ unsignedActions: [...neverSigned, ...extra] });
const bucket = 'acme-logs';
const trail = { organization: mine, bucket, account: own };

export const whitepaper: readonly Group[] = [
  { title: 'appendix 3, a bucket', setting: { kind: 'resource', service: 's3', resource: `arn:aws:s3:::${bucket}` }, cases: [
    { name: 'the Deny by itself', policy: document(nobodyElse(mine)), principals: inside, deputies: inside, because: 'a policy of Denies admits nobody' },
    { name: 'the Deny before an Allow of everything', policy: document(nobodyElse(mine), allow()), principals: inside, deputies: inside, because: 'a caller without organization has no such key, and StringNotEquals is true of a missing key; that stops AWS services as well' },
    { name: 'the Deny with somebody else\'s organization', policy: document(nobodyElse(foreign), allow()), principals: outside('any-organization-member', 'role', 1), deputies: inside, because: 'the Deny spares that organization\'s members' },
    { name: 'the Deny with a second, foreign organization', policy: document(nobodyElse([mine, foreign]), allow()), principals: outside('any-organization-member', 'role', 1), deputies: inside, because: 'values of a negated operator are alternatives that each spare the caller' },
    { name: 'the CloudTrail bucket', policy: trailBucket(trail), principals: inside, deputies: outside('service', 'service', [1, 2]), because: 'only CloudTrail is allowed, but on behalf of any account' },
    { name: 'the CloudTrail bucket, for one account', policy: trailBucket({ ...trail, source: [['StringEquals', 'aws:SourceAccount', own]] }), principals: inside, deputies: inside, because: 'the source must be the own account' },
    { name: 'the CloudTrail bucket beside a public read', policy: trailBucket(trail, allow({ Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` })), principals: outside('anonymous', 'anonymous', 3), because: 'an unsigned call has no aws:PrincipalIsAWSService, so Bool is false and the Deny does not hit' },
    { name: 'the CloudTrail bucket beside a public read, Deny with BoolIfExists', policy: trailBucket({ ...trail, operator: 'BoolIfExists' }, allow({ Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` })), principals: inside, because: 'IfExists makes the missing key count, so unsigned calls are denied' },
  ] },
  { title: 'appendix 4, a DynamoDB gateway', setting: { kind: 'vpc-endpoint', service: 'dynamodb', endpointType: 'gateway' }, cases: [
    { name: 'callers of the organization, as an Allow', policy: callersOf(mine, 'dynamodb'), principals: inside, resources: outside('any-account', 'role'), because: 'the condition is about callers only' },
    { name: 'callers of the organization, as Deny and Allow', policy: callersOfByDeny(mine, 'dynamodb'), principals: inside, resources: outside('any-account', 'role', 1), because: 'it means the same as the Allow with the condition' },
    { name: 'callers of two organizations, as an Allow', policy: callersOf([mine, foreign], 'dynamodb'), principals: outside('any-organization-member', 'role'), because: 'one of the two is not mine' },
    { name: 'callers of two organizations, as Deny and Allow', policy: callersOfByDeny([mine, foreign], 'dynamodb'), principals: outside('any-organization-member', 'role', 1), because: 'it means the same as the Allow with the condition' },
    { name: 'tables of my account, with the list of 2021', policy: tablesOf({ organization: mine, accounts: [own], listed: listedIn2021 }), principals: inside, resources: outside('any-account', 'role', 1), because: 'lists drift: an action that was given every resource takes a table today' },
    { name: 'tables of my account, with a list kept up to date', policy: tablesOf({ organization: mine, accounts: [own], listed: listedNow }), principals: inside, resources: inside, because: 'what is allowed on everything takes no resource' },
    { name: 'tables of two accounts of mine', policy: tablesOf({ organization: mine, accounts: [own, sibling], listed: listedNow }), principals: inside, resources: inside, because: 'both accounts are known' },
    { name: 'tables of a mistyped account', policy: tablesOf({ organization: mine, accounts: [stranger], listed: listedNow }), principals: inside, resources: outside('named-account', 'role'), because: 'the ARN names an account that is not mine' },
    { name: 'the second statement without its condition', policy: tablesOf({ organization: mine, accounts: [own], listed: listedNow, rest: [] }), principals: outside('anonymous', 'anonymous', 1), resources: inside, because: 'nothing keeps outsiders from calls that take no resource' },
  ] },
  { title: 'appendix 4, an S3 gateway', setting: { kind: 'vpc-endpoint', service: 's3', endpointType: 'gateway' }, cases: [
    { name: 'callers and buckets of mine, and AWS services', policy: oldDocument(...bucketsOf({ organization: mine, accounts: [own, sibling] })), principals: inside, resources: inside, because: 'services acting for me are inside, and so are the buckets they reach' },
    { name: 'AWS services that the definition does not admit', policy: oldDocument(...bucketsOf({ organization: mine, accounts: [own] })), given: define({ services: ['cloudtrail.amazonaws.com'] }), principals: outside('service', 'service', 1), resources: outside('any-account', 'service', 1), because: 'the second statement lets any service reach any bucket' },
    { name: 'buckets of a mistyped account', policy: oldDocument(...bucketsOf({ organization: mine, accounts: [own, stranger] })), principals: inside, resources: outside('named-account', 'role'), because: 's3:ResourceAccount is the owner of the bucket, here a stranger' },
    { name: 'unsigned reads, in a statement without Principal', policy: oldDocument(unsignedReads('s3:GetObject'), ...bucketsOf({ organization: mine, accounts: [own] })), principals: outside('anonymous', 'anonymous'), resources: outside('any-account', 'role'), because: 'an Allow without Principal is read as open to all, and the definition does not admit unsigned reads' },
    { name: 'unsigned reads that the definition admits', policy: oldDocument(unsignedReads('s3:GetObject'), ...bucketsOf({ organization: mine, accounts: [own] })), given: reading('s3:GetObject'), principals: outside('any-account', 'role'), resources: inside, because: 'the definition admits the action on any resource, but only unsigned callers: the statement lets strangers sign as well' },
    { name: 'unsigned reads held to callers without ARN', policy: oldDocument({ ...unsignedReads('s3:GetObject'), ...when(['Null', 'aws:PrincipalArn', 'true']) }, ...bucketsOf({ organization: mine, accounts: [own] })), given: reading('s3:GetObject'), principals: inside, resources: inside, because: 'only unsigned callers and services have no ARN, and both are admitted' },
    { name: 'more than reads, where only those are admitted', policy: oldDocument({ ...unsignedReads('s3:Get*'), ...when(['Null', 'aws:PrincipalArn', 'true']) }, ...bucketsOf({ organization: mine, accounts: [own] })), given: reading('s3:GetObject'), principals: outside('anonymous', 'anonymous'), because: 'every other action of S3 is to be signed' },
  ] },
  { title: 'appendix 5, a role', setting: { kind: 'trust' }, cases: [
    { name: 'roles of mine and the Deny', policy: document(trust({ AWS: roles }), guard(mine)), principals: inside, because: 'the Deny does not matter to callers of the organization' },
    { name: 'a mistyped account and the Deny', policy: document(trust({ AWS: mistyped }), guard(mine)), principals: inside, because: 'the role of the mistyped account is not in the organization' },
    { name: 'a mistyped account without the Deny', policy: document(trust({ AWS: mistyped })), principals: outside('named-account', 'role'), because: 'nothing but its ARN is asked of role8' },
    { name: 'everybody and the Deny', policy: document(trust({ AWS: '*' }), guard(mine)), principals: inside, because: 'whoever is not in the organization is denied' },
    { name: 'a service and the Deny', policy: document(trust({ Service: 'lambda.amazonaws.com' }), guard(mine)), principals: inside, because: 'the service is inside; that the Deny stops it, see `decisions.ts`, is no exposure' },
    { name: 'GitHub and the Deny', policy: document(trust(github, { Action: 'sts:AssumeRoleWithWebIdentity' }), guard(mine)), principals: outside('shared-issuer', 'web-identity'), because: 'the Deny is about sts:AssumeRole alone' },
    { name: 'a customer with an external id', policy: document(...rolesAndCustomer({ organization: mine, roles: mistyped, customer: partner, externalId: '12345' })), principals: inside, because: 'the customer is a partner with that id, and the mistyped account lacks the organization' },
    { name: 'a customer, and no organization asked of the roles', policy: document(...rolesAndCustomer({ roles: mistyped, customer: partner, externalId: '12345' })), principals: outside('named-account', 'role'), because: 'the mistyped account gets in' },
    { name: 'a customer whom the definition does not list', policy: document(...rolesAndCustomer({ organization: mine, roles, customer: stranger, externalId: '12345' })), principals: outside('named-account', 'role', 1), because: 'an external id says on whose behalf, not who: the account is a stranger\'s' },
    { name: 'a customer with an id that was not agreed', policy: document(...rolesAndCustomer({ organization: mine, roles, customer: partner, externalId: '54321' })), principals: outside('named-account', 'role', 1), because: 'the partner has the access that was agreed, and no other' },
    { name: 'a customer whom the Deny shuts out', policy: document(...rolesAndCustomer({ organization: mine, roles, customer: stranger, externalId: '12345' }), guard(mine)), principals: inside, because: 'the Deny hits the customer too' },
    { name: 'the Deny that spares services and a known account', policy: document(trust({ AWS: '*' }), trust({ AWS: '*' }, { Effect: 'Deny' }, when(notOfOrganization(), ['StringNotEquals', 'aws:PrincipalAccount', own], isService('false')))), principals: inside, because: 'keys under one negated operator are AND-ed: only callers of neither are denied' },
  ] },
];
