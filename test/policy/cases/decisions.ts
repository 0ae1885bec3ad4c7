import { allow, deny, document, mine, foreign, notOfOrganization, own, request, roleOf, serviceCaller, sibling, stranger, trust, unsigned, when, type DecisionCase, type Test } from './case.ts';

/**
 * Identity policies, SCPs and RCPs on concrete requests: the whitepaper's appendices 1 and 2 and AWS's samples. They name
 * no principal and are in force beside others; here a Deny stands beside the Allow that AWS attaches with it.
 */

/** An SCP or RCP beside the full access that is attached with it. Principal `*`: nobody in particular is meant. */
const beside = (...denies: object[]): object => document(...denies, allow());

/** Appendix 1: actions on queues of these accounts, and the one that takes no resource. */
const queueGuardrail = (accounts: string[]): object => document(
  allow({ Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], Resource: accounts.map((id) => `arn:aws:sqs:*:${id}:*`) }), allow({ Action: ['sqs:ListQueues'] }),
);
/** Appendix 1: buckets of these accounts, as an Allow and as an SCP. */
const bucketGuardrail = (accounts: string[]): object => document(allow({ Action: 's3:*' }, when(['StringEquals', 's3:ResourceAccount', accounts])));
const bucketControl = (accounts: string[]): object => beside(deny({ Action: ['s3:*'] }, when(['StringNotEquals', 's3:ResourceAccount', accounts])));

/** Appendix 2: calls from these networks only, but for services within the VPC. */
const networkControl = ({ addresses, vpcs, tag, notActions = ['es:ESHttp*', 'dax:GetItem', 'dax:PutItem', 'dax:Query'] }: { addresses: string[]; vpcs: string[]; tag: string; notActions?: string[] }, ...more: Test[]): object => beside(deny({ NotAction: notActions }, when(
  ['NotIpAddressIfExists', 'aws:SourceIp', addresses], ['StringNotEqualsIfExists', 'aws:SourceVpc', vpcs], ['Bool', 'aws:ViaAWSService', 'false'],
  ['Null', `aws:PrincipalTag/${tag}`, true], ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/aws:ec2-infrastructure'], ...more,
)));
const network = networkControl({ addresses: ['192.0.2.0/24', '203.0.113.0/24'], vpcs: ['vpc-012abc01'], tag: 'IpRestrictedExempt' });
const me = roleOf(own, mine);
const office = { 'aws:SourceIp': '192.0.2.10' };
const elsewhere = { 'aws:SourceIp': '198.51.100.10' };

/** AWS's sample of an SCP: resources of the organization, of AWS, or for tagged callers. */
const resourceControl = beside(deny({ NotResource: ['arn:aws:iam::aws:policy/*', 'arn:aws:ssm:*::parameter/*'] }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], ['StringNotEqualsIfExists', 'ec2:Owner', 'amazon'], ['StringNotEqualsIfExists', 'aws:PrincipalTag/dp:exclude:resource', 'true'])));
/** AWS's sample of an SCP: buckets of a service that may be reached by way of that service only. */
const viaControl = beside(deny({ Resource: 'arn:aws:s3:::sc-*' }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], ['ForAllValues:StringNotEquals', 'aws:CalledVia', ['servicecatalog.amazonaws.com']])));
/** AWS's sample of an SCP: a VPC is one only in its Region. */
const regionControl = beside(deny(when(['StringEquals', 'aws:SourceVpc', 'vpc-012abc01'], ['StringNotEqualsIfExists', 'aws:RequestedRegion', 'eu-west-1'])));
/** AWS's samples of RCPs: session tags are for administrators; networks by the organization of the endpoint. */
const tagControl = beside(deny({ Action: ['sts:TagSession'] }, when(['Null', 'SAML:aud', 'true'], ['StringNotEqualsIfExists', 'aws:PrincipalTag/team', 'admin'], ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['ForAnyValue:StringLike', 'aws:TagKeys', ['dp:*', 'team']])));
const endpointControl = beside(deny({ Action: ['s3:*', 'kms:*'] }, when(['NotIpAddressIfExists', 'aws:SourceIp', '192.0.2.0/24'], ['StringNotEqualsIfExists', 'aws:VpceOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'], ['BoolIfExists', 'aws:ViaAWSService', 'false'], ['StringEquals', 'aws:PrincipalTag/dp:include:network', 'true'])));
const included = { 'aws:PrincipalTag/dp:include:network': 'true' };

/** Appendices 3 and 5, where a Deny hits an AWS service. */
const outsiders = deny(when(notOfOrganization()));
const guarded = document(trust({ Service: 'lambda.amazonaws.com' }), trust({ AWS: '*' }, { Effect: 'Deny' }, when(notOfOrganization())));
const trail = allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' });

const queue = (account: string): string => `arn:aws:sqs:eu-west-1:${account}:orders`;
const object = 'arn:aws:s3:::acme-data/report';
const [allowed, denied, none] = ['allowed', 'denied by a statement', 'not allowed by any'] as const;

export const decisions: readonly DecisionCase[] = [
  { name: 'appendix 1: a queue of a listed account', policy: queueGuardrail([own, sibling]), request: request(me, 'sqs:SendMessage', queue(sibling)), decision: allowed, because: 'the ARN names a listed account' },
  { name: 'appendix 1: a queue of a stranger', policy: queueGuardrail([own, sibling]), request: request(me, 'sqs:SendMessage', queue(stranger)), decision: none, because: 'the ARN names another account' },
  { name: 'appendix 1: listing queues', policy: queueGuardrail([own]), request: request(me, 'sqs:ListQueues', undefined), decision: allowed, because: 'an action without resource is held against the star' },
  { name: 'appendix 1: an action without resource that is not listed', policy: queueGuardrail([own]), request: request(me, 'sqs:ListNothing', undefined), decision: none, because: 'no statement names it' },
  { name: 'appendix 1: a bucket of a listed account', policy: bucketGuardrail([own]), request: request(me, 's3:GetObject', object, { 's3:ResourceAccount': own }), decision: allowed, because: 'the owner is listed' },
  { name: 'appendix 1: a bucket of a stranger', policy: bucketGuardrail([own]), request: request(me, 's3:GetObject', object, { 's3:ResourceAccount': stranger }), decision: none, because: 'the owner is not listed' },
  { name: 'appendix 1: a call that tells no owner', policy: bucketGuardrail([own]), request: request(me, 's3:ListAllMyBuckets', undefined), decision: none, because: 'a missing key makes StringEquals false' },
  { name: 'appendix 1 as SCP: a bucket of a listed account', policy: bucketControl([own]), request: request(me, 's3:GetObject', object, { 's3:ResourceAccount': own }), decision: allowed, because: 'the Deny spares it' },
  { name: 'appendix 1 as SCP: a bucket of a stranger', policy: bucketControl([own]), request: request(me, 's3:GetObject', object, { 's3:ResourceAccount': stranger }), decision: denied, because: 'the owner is not listed' },
  { name: 'appendix 1 as SCP: a call that tells no owner', policy: bucketControl([own]), request: request(me, 's3:ListAllMyBuckets', undefined), decision: denied, because: 'a missing key makes StringNotEquals true' },

  { name: 'appendix 2: from the office', policy: network, request: request(me, 's3:GetObject', object, office), decision: allowed, because: 'one condition that fails is enough to spare the call' },
  { name: 'appendix 2: from elsewhere', policy: network, request: request(me, 's3:GetObject', object, elsewhere), decision: denied, because: 'none of the exceptions applies' },
  { name: 'appendix 2: from the VPC', policy: network, request: request(me, 's3:GetObject', object, { 'aws:SourceVpc': 'vpc-012abc01' }), decision: allowed, because: 'the VPC is listed' },
  { name: 'appendix 2: from another VPC', policy: network, request: request(me, 's3:GetObject', object, { 'aws:SourceVpc': 'vpc-0stranger' }), decision: denied, because: 'there is no address, and the VPC is not listed' },
  { name: 'appendix 2: through CloudFormation', policy: network, request: request(me, 's3:GetObject', object, { ...elsewhere, 'aws:ViaAWSService': 'true' }), decision: allowed, because: 'AWS acts with the caller\'s credentials' },
  { name: 'appendix 2: with the tag', policy: network, request: request(me, 's3:GetObject', object, { ...elsewhere, 'aws:PrincipalTag/IpRestrictedExempt': '' }), decision: allowed, because: 'the tag is there, whatever its value' },
  { name: 'appendix 2: EC2\'s own role', policy: network, request: request(roleOf(own, mine, 'aws:ec2-infrastructure'), 'ec2:AttachVolume', `arn:aws:ec2:eu-west-1:${own}:volume/vol-1`, elsewhere), decision: allowed, because: 'its ARN is spared; the last part of an ARN keeps its colons' },
  { name: 'appendix 2: a data plane in the VPC', policy: network, request: request(me, 'es:ESHttpGet', `arn:aws:es:eu-west-1:${own}:domain/logs/_search`, elsewhere), decision: allowed, because: 'NotAction lists it' },
  { name: 'appendix 2: a data plane that came later', policy: network, request: request(me, 'kafka-cluster:Connect', `arn:aws:kafka:eu-west-1:${own}:cluster/a/b`, elsewhere), decision: denied, because: 'the list of 2021 does not know it' },

  { name: 'the sample for resources: mine', policy: resourceControl, request: request(me, 's3:GetObject', object, { 'aws:ResourceOrgID': mine }), decision: allowed, because: 'the owner is in the organization' },
  { name: 'the sample for resources: a stranger\'s', policy: resourceControl, request: request(me, 's3:GetObject', object, { 'aws:ResourceOrgID': foreign }), decision: denied, because: 'none of the exceptions applies' },
  { name: 'the sample for resources: of an account without organization', policy: resourceControl, request: request(me, 's3:GetObject', object), decision: denied, because: 'a missing key makes a negated operator true' },
  { name: 'the sample for resources: a managed policy', policy: resourceControl, request: request(me, 'iam:GetPolicy', 'arn:aws:iam::aws:policy/ReadOnlyAccess'), decision: allowed, because: 'NotResource spares it' },
  { name: 'the sample for resources: an image of Amazon', policy: resourceControl, request: request(me, 'ec2:RunInstances', 'arn:aws:ec2:eu-west-1::image/ami-1', { 'ec2:Owner': 'amazon' }), decision: allowed, because: 'the image is Amazon\'s' },
  { name: 'the sample for resources: a tagged caller', policy: resourceControl, request: request(me, 's3:GetObject', object, { 'aws:ResourceOrgID': foreign, 'aws:PrincipalTag/dp:exclude:resource': 'true' }), decision: allowed, because: 'the tag spares the caller' },
  { name: 'the sample for a service\'s buckets: by way of it', policy: viaControl, request: request(me, 's3:GetObject', 'arn:aws:s3:::sc-1/x', { 'aws:CalledVia': ['cloudformation.amazonaws.com', 'servicecatalog.amazonaws.com'] }), decision: allowed, because: 'one of the services is listed, so not all are unlisted' },
  { name: 'the sample for a service\'s buckets: directly', policy: viaControl, request: request(me, 's3:GetObject', 'arn:aws:s3:::sc-1/x'), decision: denied, because: 'ForAllValues is true of no values' },
  { name: 'the sample for Regions: the VPC in its own', policy: regionControl, request: request(me, 's3:GetObject', object, { 'aws:SourceVpc': 'vpc-012abc01', 'aws:RequestedRegion': 'eu-west-1' }), decision: allowed, because: 'the Region is the VPC\'s' },
  { name: 'the sample for Regions: a VPC of that id elsewhere', policy: regionControl, request: request(me, 's3:GetObject', object, { 'aws:SourceVpc': 'vpc-012abc01', 'aws:RequestedRegion': 'us-east-1' }), decision: denied, because: 'ids of VPCs are unique within a Region only' },
  { name: 'the sample for session tags: an outsider', policy: tagControl, request: request(roleOf(stranger), 'sts:TagSession', `arn:aws:iam::${own}:role/app`, { 'aws:TagKeys': ['project', 'dp:exclude'] }), decision: denied, because: 'one of the tags is reserved' },
  { name: 'the sample for session tags: an outsider with other tags', policy: tagControl, request: request(roleOf(stranger), 'sts:TagSession', `arn:aws:iam::${own}:role/app`, { 'aws:TagKeys': ['project'] }), decision: allowed, because: 'none of the tags is reserved' },
  { name: 'the sample for session tags: a member', policy: tagControl, request: request(me, 'sts:TagSession', `arn:aws:iam::${own}:role/app`, { 'aws:TagKeys': ['team'] }), decision: allowed, because: 'the caller is in the organization' },
  { name: 'the sample for endpoints: through one of mine', policy: endpointControl, request: request(me, 's3:GetObject', object, { ...included, 'aws:VpceOrgID': mine }), decision: allowed, because: 'the endpoint is in the organization' },
  { name: 'the sample for endpoints: through a stranger\'s', policy: endpointControl, request: request(me, 's3:GetObject', object, { ...included, 'aws:VpceOrgID': foreign }), decision: denied, because: 'there is no address, and the endpoint is a stranger\'s' },
  { name: 'the sample for endpoints: a caller without the tag', policy: endpointControl, request: request(me, 's3:GetObject', object, { 'aws:VpceOrgID': foreign }), decision: allowed, because: 'the perimeter is for tagged callers' },

  { name: 'appendix 3: the Deny and CloudTrail', policy: document(outsiders, trail), request: request(serviceCaller('cloudtrail.amazonaws.com'), 's3:PutObject', 'arn:aws:s3:::acme-logs/AWSLogs/x'), decision: denied, because: 'a service is in no organization, so StringNotEquals is true' },
  { name: 'appendix 3: the Deny that spares services, and CloudTrail', policy: document(deny(when(notOfOrganization(), ['Bool', 'aws:PrincipalIsAWSService', 'false'])), trail), request: request(serviceCaller('cloudtrail.amazonaws.com'), 's3:PutObject', 'arn:aws:s3:::acme-logs/AWSLogs/x'), decision: allowed, because: 'the service carries `true`' },
  { name: 'appendix 3: the Deny that spares services, and an unsigned call', policy: document(deny(when(notOfOrganization(), ['Bool', 'aws:PrincipalIsAWSService', 'false'])), allow()), request: request(unsigned, 's3:GetObject', object), decision: allowed, because: 'the key is missing, so Bool is false' },
  { name: 'appendix 5: the Deny and a service', policy: guarded, request: request(serviceCaller('lambda.amazonaws.com'), 'sts:AssumeRole', undefined), decision: denied, because: 'a service is in no organization, so StringNotEquals is true' },
  { name: 'appendix 5: the Deny that spares services, and a service', policy: document(trust({ Service: 'lambda.amazonaws.com' }), trust({ AWS: '*' }, { Effect: 'Deny' }, when(notOfOrganization(), ['Bool', 'aws:PrincipalIsAWSService', 'false']))), request: request(serviceCaller('lambda.amazonaws.com'), 'sts:AssumeRole', undefined), decision: allowed, because: 'the service carries `true`' },
];

/** The same policies as they are written: attached to identities or accounts, they name no principal. */
export const withoutPrincipal: readonly object[] = [queueGuardrail([own]), bucketGuardrail([own]), bucketControl([own]), network, resourceControl, viaControl, regionControl].map((policy) => ({
  ...policy, Statement: (policy as { Statement: object[] }).Statement.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))),
}));
