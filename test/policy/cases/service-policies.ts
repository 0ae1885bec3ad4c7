import { allow, define, deny, document, foreign, inside, mine, notOfOrganization, ofOrganization, outside, own, second, sibling, stranger, undecided, when, type Case, type Group, type Test } from './case.ts';

/** Resource policies as AWS's services write them by default, or as their guides show them, from parameters. */

const region = 'eu-west-1';
const everyone = { Principal: { AWS: '*' } };
const root = (account: string) => ({ Principal: { AWS: `arn:aws:iam::${account}:root` } });
const service = (name: string) => ({ Principal: { Service: name } });

/** The policy a topic is made with. */
const topic = `arn:aws:sns:${region}:${own}:orders`;
const topicDefault = (owner: unknown, operator = 'StringEquals'): object => ({ Version: '2008-10-17', Id: '__default_policy_ID', Statement: [{
  Sid: '__default_statement_ID', Effect: 'Allow', ...everyone, Resource: topic, ...when([operator, 'AWS:SourceOwner', owner]),
  Action: ['SNS:GetTopicAttributes', 'SNS:SetTopicAttributes', 'SNS:AddPermission', 'SNS:RemovePermission', 'SNS:DeleteTopic', 'SNS:Subscribe', 'SNS:ListSubscriptionsByTopic', 'SNS:Publish'],
}] });

/** The policy of a key that AWS manages for one service. */
const key = `arn:aws:kms:${region}:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const managedKey = (via: string, ...caller: Test[]): object => document(
  allow(everyone, { Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'] }, when(['StringEquals', 'kms:ViaService', `${via}.${region}.amazonaws.com`], ...caller)),
  allow(root(own), { Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'] }),
);

/** A bucket that a service delivers to: it looks at the ACL and then writes. */
const delivery = (name: string, ...source: Test[]): object => document(
  allow(service(name), { Action: 's3:GetBucketAcl', Resource: 'arn:aws:s3:::acme-logs' }, source.length > 0 ? when(...source) : {}),
  allow(service(name), { Action: 's3:PutObject', Resource: `arn:aws:s3:::acme-logs/AWSLogs/${own}/*` }, when(['StringEquals', 's3:x-amz-acl', 'bucket-owner-full-control'], ...source)),
);
const delegated = (...through: Test[]): object => document(allow(everyone, { Resource: ['arn:aws:s3:::acme-data', 'arn:aws:s3:::acme-data/*'] }, when(...through)));

const functionUrl = (type: string, ...caller: Test[]): object => document(allow({ Action: 'lambda:InvokeFunctionUrl', Resource: fn }, when(['StringEquals', 'lambda:FunctionUrlAuthType', type], ...caller)));
const fn = `arn:aws:lambda:${region}:${own}:function:worker`;
const invoke = (name: string, ...source: Test[]): object => document(allow(service(name), { Action: 'lambda:InvokeFunction', Resource: fn }, source.length > 0 ? when(...source) : {}));

const mount = (...tests: Test[]): object => document(allow(everyone, { Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientRootAccess'] }, when(...tests)));
const api = `arn:aws:execute-api:${region}:${own}:a1b2c3`;
const privateApi = (...tests: Test[]): object => document(allow({ Action: 'execute-api:Invoke', Resource: `${api}/*` }), deny({ Action: 'execute-api:Invoke', Resource: `${api}/*` }, when(...tests)));
const search = `arn:aws:es:${region}:${own}:domain/logs`;

/** Open for members of the organization only, whatever the service. */
const forMembers = (name: string, resource: string, action: string): Case => ({
  name: `${name} for members`, policy: document(allow({ Action: action, Resource: resource }, when(ofOrganization()))), given: { service: action.split(':')[0]!, resource }, principals: inside, deputies: inside, because: 'strangers, unsigned callers and services all lack the organization',
});
const forEverybody = (name: string, resource: string, action: string): Case => ({
  name: `${name} for everybody`, policy: document(allow({ Action: action, Resource: resource })), given: { service: action.split(':')[0]!, resource }, principals: outside('anonymous', 'anonymous'), because: 'nothing is asked of the caller',
});
/** What the policy of a resource says of others beside it. */
const beside = (name: string, resource: string, action: string, principals: NonNullable<Case['principals']> = outside('anonymous', 'anonymous'), because = 'nothing is asked of the caller', ...tests: Test[]): Case => ({
  name, policy: document(allow({ Action: action, Resource: resource }, tests.length > 0 ? when(...tests) : {})), principals, because,
});
const arn = (name: string, rest: string): string => `arn:aws:${name}:${region}:${own}:${rest}`;

export const servicePolicies: readonly Group[] = [
  { title: 'a topic', setting: { kind: 'resource', service: 'sns', resource: topic }, cases: [
    { name: 'the default policy', policy: topicDefault(own), principals: inside, deputies: inside, because: 'aws:SourceOwner is the account of the caller or of its source, and cannot be forged' },
    { name: 'the default policy with an account of strangers', policy: topicDefault([own, stranger]), principals: outside('named-account', 'role'), because: 'the stranger\'s account is one of the owners' },
    { name: 'the default policy with a wildcard for the owner', policy: topicDefault('*', 'StringLike'), principals: outside('any-account', 'role'), deputies: outside('service', 'service'), because: 'any account is an owner' },
  ] },
  { title: 'a key', setting: { kind: 'resource', service: 'kms', resource: key }, cases: [
    { name: 'the policy of an AWS managed key', policy: managedKey('s3', ['StringEquals', 'kms:CallerAccount', own]), principals: inside, deputies: inside, because: 'kms:CallerAccount is the account of the caller' },
    { name: 'an AWS managed key\'s policy for a stranger', policy: managedKey('s3', ['StringEquals', 'kms:CallerAccount', stranger]), principals: outside('named-account', 'role'), because: 'the caller\'s account is a stranger\'s' },
    { name: 'kms:ViaService alone', policy: managedKey('s3'), principals: outside('any-account', 'role'), because: 'strangers come through S3 as well; an unsigned call is not made on through a service' },
    { name: 'the policy a key is made with', policy: document(allow(root(own), { Action: 'kms:*' })), principals: inside, deputies: inside, because: 'the own account by its root ARN' },
    { name: 'an account of mine beside the own', policy: document(allow({ Principal: { AWS: [own, `arn:aws:iam::${sibling}:root`] }, Action: ['kms:Decrypt', 'kms:DescribeKey'] })), principals: inside, because: 'both ways to write an account' },
    { name: 'an account of strangers beside the own', policy: document(allow({ Principal: { AWS: [own, `arn:aws:iam::${stranger}:root`] }, Action: ['kms:Decrypt', 'kms:DescribeKey'] })), principals: outside('named-account', 'role'), because: 'the whole account may use the key' },
  ] },
  { title: 'a bucket for deliveries', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-logs' }, cases: [
    { name: 'AWS Config, for one account', policy: delivery('config.amazonaws.com', ['StringEquals', 'AWS:SourceAccount', own]), principals: inside, deputies: inside, because: 'the source must be the own account' },
    { name: 'AWS Config, for anybody', policy: delivery('config.amazonaws.com'), principals: inside, deputies: outside('service', 'service', [0, 1]), because: 'the service is mine to use, but so it is everybody\'s' },
    { name: 'CloudTrail, for one trail', policy: delivery('cloudtrail.amazonaws.com', ['StringEquals', 'aws:SourceArn', arn('cloudtrail', 'trail/main')]), principals: inside, deputies: inside, because: 'the trail\'s ARN names an account of mine' },
    { name: 'CloudTrail, for a stranger\'s trail', policy: delivery('cloudtrail.amazonaws.com', ['StringEquals', 'aws:SourceArn', `arn:aws:cloudtrail:${region}:${stranger}:trail/main`]), principals: inside, deputies: outside('service', 'service', [0, 1]), because: 'the trail\'s ARN names a stranger' },
    { name: 'log delivery, for the organization', policy: delivery('delivery.logs.amazonaws.com', ['StringEquals', 'aws:SourceOrgID', mine]), principals: inside, deputies: inside, because: 'the source must be in my organization' },
  ] },
  { title: 'unique ids and services', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data', ...define({ services: ['cloudtrail.amazonaws.com'] }) }, cases: [
    ...([['the own root user', own], ['federated users of mine', `${own}:*`], ['a role', 'AROAEXAMPLEEXAMPLE:*'], ['a user', 'AIDAEXAMPLEEXAMPLE']] as const).map(([name, id]): Case => ({
      name, policy: document(allow(when(['StringLike', 'aws:userid', id], ['Bool', 'aws:PrincipalIsAWSService', 'true']))), principals: inside, deputies: inside, because: 'no service has the id of a principal',
    })),
    { name: 'what is no principal\'s', policy: document(allow(when(['StringLike', 'aws:userid', 'x*'], ['Bool', 'aws:PrincipalIsAWSService', 'true']))), principals: outside('service', 'service'), deputies: outside('service', 'service'), because: 'what services have there AWS does not say' },
  ] },
  { title: 'a bucket that delegates', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'to access points of the own account', policy: delegated(['StringEquals', 's3:DataAccessPointAccount', own]), principals: inside, because: 'the access points\' own policies are judged' },
    { name: 'to access points by ARN', policy: delegated(['ArnLike', 's3:DataAccessPointArn', `arn:aws:s3:*:${own}:accesspoint/*`]), principals: inside, because: 'the ARN names the own account' },
    { name: 'to what has no access point\'s ARN', policy: delegated(['ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:*:*:bucket/*']), principals: inside, because: 'the key holds ARNs of access points alone' },
    { name: 'to access points by their account between colons', policy: delegated(['StringLike', 's3:DataAccessPointArn', `arn:aws:s3:*:${own}:*`]), principals: inside, because: 'no name of an access point holds a colon' },
    { name: 'to access points without an account', policy: delegated(['ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:eu-west-1::accesspoint/*']), principals: inside, because: 'every access point has an account' },
    { name: 'to access points of several Regions', policy: delegated(['ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3::*:accesspoint/*.mrap']), principals: outside('anonymous', 'anonymous'), because: 'those have no Region, and anybody may have them' },
    { name: 'to access points of any account by ARN', policy: delegated(['ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:*:*:accesspoint/*']), principals: outside('anonymous', 'anonymous'), because: 'whom a stranger\'s access point lets in, nobody of mine judges' },
    { name: 'to access points of a stranger', policy: delegated(['StringEquals', 's3:DataAccessPointAccount', stranger]), principals: outside('anonymous', 'anonymous'), because: 'whom a stranger\'s access point lets in, nobody of mine judges' },
    { name: 'to access points of any VPC', policy: delegated(['StringEquals', 's3:AccessPointNetworkOrigin', 'VPC']), principals: outside('anonymous', 'anonymous'), deputies: inside, because: 'strangers make access points of VPCs of theirs' },
    { name: 'an access point itself, of a VPC', policy: document(allow(everyone, { Resource: `arn:aws:s3:${region}:${own}:accesspoint/ap/object/*` }, when(['StringEquals', 's3:AccessPointNetworkOrigin', 'VPC']))), given: { resource: `arn:aws:s3:${region}:${own}:accesspoint/ap` }, principals: outside('network-bound', 'anonymous'), because: 'only its VPC reaches it' },
    { name: 'to callers of mine, at a place of another organization of mine', policy: document(allow(when(['StringEquals', 'aws:PrincipalAccount', own], ofOrganization(), ['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', `${second}/*`]))), given: define({ organizations: [mine, second] }), networks: inside, because: 'an account lies in one organization' },
    { name: 'an endpoint, which leaves nothing to access points', policy: document(allow(when(['StringEquals', 's3:DataAccessPointAccount', own]))), given: { kind: 'vpc-endpoint' }, principals: outside('anonymous', 'anonymous'), because: 'who comes through the endpoint is its own affair' },
    { name: 'to whoever signs as an older version has it', policy: document(allow(when(['StringNotEquals', 's3:signatureversion', 'AWS4-HMAC-SHA256'], ['Null', 's3:signatureversion', 'false']))), principals: outside('any-account', 'role'), because: 'unsigned calls have no signature' },
  ] },
  { title: 'a function', setting: { kind: 'resource', service: 'lambda', resource: fn }, cases: [
    { name: 'a URL without authentication', policy: functionUrl('NONE'), principals: outside('anonymous', 'anonymous'), because: 'NONE means unsigned' },
    { name: 'a URL for signed callers', policy: functionUrl('AWS_IAM'), principals: outside('any-account', 'role'), because: 'whoever signs may be of any account' },
    { name: 'a URL for the organization', policy: functionUrl('AWS_IAM', ofOrganization()), principals: inside, because: 'callers must be in the organization' },
    { name: 'a URL without authentication, for the organization', policy: functionUrl('NONE', ofOrganization()), principals: inside, because: 'an unsigned caller is in no organization, and a signed one does not come by NONE' },
    { name: 'invoked by S3, for the own account', policy: invoke('s3.amazonaws.com', ['ArnLike', 'AWS:SourceArn', 'arn:aws:s3:::acme-data'], ['StringEquals', 'AWS:SourceAccount', own]), principals: inside, deputies: inside, because: 'the account settles whose bucket it is' },
    { name: 'invoked by EventBridge, for a rule of mine', policy: invoke('events.amazonaws.com', ['ArnLike', 'AWS:SourceArn', arn('events', 'rule/nightly')]), principals: inside, deputies: inside, because: 'the rule\'s ARN names an account of mine' },
    { name: 'invoked by EventBridge, for any rule', policy: invoke('events.amazonaws.com'), principals: inside, deputies: outside('service', 'service'), because: 'a rule of anybody can invoke it' },
    { name: 'invoked by an API of mine', policy: invoke('apigateway.amazonaws.com', ['ArnLike', 'AWS:SourceArn', `${api}/*/GET/orders`]), principals: inside, deputies: inside, because: 'the API\'s ARN names an account of mine' },
    { name: 'invoked by a service that tells no source', policy: invoke('unheard-of.amazonaws.com'), principals: inside, deputies: inside, because: 'a service that is not in the table is not judged as a deputy' },
  ] },
  { title: 'a file system', setting: { kind: 'resource', service: 'elasticfilesystem', resource: arn('elasticfilesystem', 'file-system/fs-0123456789abcdef0') }, cases: [
    { name: 'through a mount target', policy: mount(['Bool', 'elasticfilesystem:AccessedViaMountTarget', 'true']), principals: outside('network-bound', 'anonymous'), deputies: inside, because: 'whoever reaches the mount target is let in, unsigned as well, and no service does' },
    { name: 'through a mount target, for the organization', policy: mount(['Bool', 'elasticfilesystem:AccessedViaMountTarget', 'true'], ofOrganization()), principals: undecided(), because: 'of NFS clients EFS enforces no key of callers' },
    { name: 'through an access point, for the organization', policy: mount(['StringEquals', 'elasticfilesystem:AccessPointArn', arn('elasticfilesystem', 'access-point/fsap-0123456789abcdef0')], ofOrganization()), principals: undecided(), because: 'of NFS clients EFS enforces no key of callers' },
    { name: 'open, but for a Deny on strangers', policy: document(allow({ ...everyone, Action: 'elasticfilesystem:Client*' }), deny({ Action: 'elasticfilesystem:*' }, when(notOfOrganization()))), principals: undecided(), because: 'a Deny on what is not enforced may hold nobody' },
    { name: 'open, but for a Deny of calls without TLS', policy: document(allow({ ...root(own), Action: 'elasticfilesystem:Client*' }), deny({ Action: '*' }, when(['Bool', 'aws:SecureTransport', 'false']))), principals: inside, because: 'the principal tells who it is' },
    { name: 'the own account, from a VPC', policy: document(allow({ ...root(own), Action: 'elasticfilesystem:Client*' }, when(['StringEquals', 'aws:SourceVpc', 'vpc-0123456789abcdef0']))), principals: inside, because: 'the principal tells who it is, whatever else is not enforced' },
    { name: 'the organization, for calls that no client makes', policy: document(allow({ ...everyone, Action: 'elasticfilesystem:DescribeMountTargets' }, when(ofOrganization()))), principals: inside, because: 'what is not enforced of clients is of all other calls' },
  ] },
  { title: 'an API', setting: { kind: 'resource', service: 'execute-api', resource: api }, cases: [
    { name: 'open', policy: document(allow({ Action: 'execute-api:Invoke', Resource: `${api}/*` })), principals: outside('anonymous', 'anonymous'), because: 'the API answers anybody' },
    { name: 'open, in the short form', policy: document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' })), principals: outside('anonymous', 'anonymous'), because: 'API Gateway makes the whole ARN of it' },
    { name: 'one method open, in the short form', policy: document(allow({ Action: 'execute-api:Invoke', Resource: ['execute-api:/prod/GET/pets'] })), principals: outside('anonymous', 'anonymous'), because: 'API Gateway makes the whole ARN of it' },
    { name: 'private to an endpoint, in the short form', policy: document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }), deny({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, when(['StringNotEquals', 'aws:SourceVpce', 'vpce-0123456789abcdef0']))), principals: outside('network-bound', 'anonymous'), because: 'whoever comes through the endpoint is let in' },
    { name: 'private to an endpoint', policy: privateApi(['StringNotEquals', 'aws:SourceVpce', 'vpce-0123456789abcdef0']), principals: outside('network-bound', 'anonymous'), because: 'whoever comes through the endpoint is let in' },
    { name: 'private to an endpoint, and to the organization', policy: document(allow({ Action: 'execute-api:Invoke', Resource: `${api}/*` }, when(ofOrganization())), deny({ Action: 'execute-api:Invoke' }, when(['StringNotEquals', 'aws:SourceVpce', 'vpce-0123456789abcdef0']))), principals: inside, because: 'callers must be in the organization' },
    { name: 'closed to an address only', policy: privateApi(['IpAddress', 'aws:SourceIp', '198.51.100.0/24']), principals: outside('anonymous', 'anonymous'), because: 'everybody else may call' },
  ] },
  { title: 'a private domain name of API Gateway', setting: { kind: 'resource', resource: `arn:aws:apigateway:${region}:${own}:/domainnames/private.example.com+abc` }, cases: [
    ...['*', 'execute-api:/*', `arn:aws:execute-api:${region}:${own}:/domainnames/private.example.com+abc`].map((Resource) => ({ name: `calls of it, as ${Resource}`, policy: document(allow({ Action: 'execute-api:Invoke', Resource })), principals: outside('anonymous', 'anonymous'), because: 'its policy rules calls' })),
    { name: 'calls of another', policy: document(allow({ Action: 'execute-api:Invoke', Resource: `arn:aws:execute-api:${region}:${own}:/domainnames/other.example.com+abc` })), principals: inside, because: 'it is about another name' },
    { name: 'associations with it', policy: document(allow({ Action: 'apigateway:CreateAccessAssociation', Resource: `arn:aws:apigateway:${region}:${own}:/domainnames/private.example.com+abc`, Principal: { AWS: stranger } })), principals: outside('named-account', 'role'), because: 'its policy for management rules who may be associated' },
  ] },
  { title: 'a REST API by the ARN that AWS Config has', setting: { kind: 'resource', resource: `arn:aws:apigateway:${region}::/restapis/a1b2c3` }, cases: [
    { name: 'open', policy: document(allow({ Action: 'execute-api:Invoke', Resource: `${api}/*` })), principals: outside('anonymous', 'anonymous'), because: 'the API answers anybody' },
    { name: 'open, where the service is said', policy: document(allow({ Action: 'execute-api:Invoke', Resource: `${api}/*` })), given: { service: 'execute-api' }, principals: outside('anonymous', 'anonymous'), because: 'the API answers anybody' },
    { name: 'open, where the service is said that manages it', policy: document(allow({ Action: 'execute-api:Invoke', Resource: `${api}/*` })), given: { service: 'apigateway' }, principals: outside('anonymous', 'anonymous'), because: 'its policy rules calls all the same' },
    { name: 'open, in the short form', policy: document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' })), principals: outside('anonymous', 'anonymous'), because: 'API Gateway makes the whole ARN of it' },
    { name: 'another API', policy: document(allow({ Action: 'execute-api:Invoke', Resource: `${api}4/*` })), principals: inside, because: 'no call to this one is allowed' },
    { name: 'for the organization', policy: document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, when(ofOrganization()))), principals: inside, because: 'callers must be in the organization' },
  ] },
  { title: 'a search domain', setting: { kind: 'resource', service: 'es', resource: search }, cases: [
    { name: 'the own account', policy: document(allow(root(own), { Action: 'es:ESHttp*', Resource: `${search}/*` })), principals: inside, because: 'the own account' },
    { name: 'from the office', policy: document(allow(everyone, { Action: 'es:ESHttp*', Resource: `${search}/*` }, when(['IpAddress', 'aws:SourceIp', ['192.0.2.0/24']]))), principals: outside('network-bound', 'anonymous'), because: 'an address makes nobody mine' },
    { name: 'open within the VPC', policy: document(allow(everyone, { Action: 'es:*', Resource: `${search}/*` })), principals: outside('anonymous', 'anonymous'), because: 'the policy itself asks nothing; that the domain lies in a VPC is another rule\'s' },
  ] },
  { title: 'other resources', setting: { kind: 'resource' }, cases: [
    { name: 'a queue, by a stranger\'s rule', policy: document(allow({ ...root(stranger), Action: 'sqs:SendMessage' }, when(['ArnLike', 'aws:SourceArn', `arn:aws:events:*:${stranger}:rule/*`]))), given: { resource: arn('sqs', 'orders') }, principals: inside, because: 'rules send to queues as EventBridge itself' },
    forMembers('an event bus', arn('events', 'event-bus/orders'), 'events:PutEvents'), forMembers('a vault', arn('backup', 'backup-vault:main'), 'backup:CopyIntoBackupVault'),
    forMembers('a secret', arn('secretsmanager', 'secret:db-AbCdEf'), 'secretsmanager:GetSecretValue'), forMembers('a repository', arn('ecr', 'repository/app'), 'ecr:BatchGetImage'),
    forMembers('a queue', arn('sqs', 'orders'), 'sqs:SendMessage'), forEverybody('an event bus', arn('events', 'event-bus/orders'), 'events:PutEvents'),
    forEverybody('a queue', arn('sqs', 'orders'), 'sqs:SendMessage'), forEverybody('a repository', arn('ecr', 'repository/app'), 'ecr:BatchGetImage'),
    { name: 'a repository that Lambda pulls from', policy: document(allow(service('lambda.amazonaws.com'), { Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] }, when(['StringLike', 'aws:sourceArn', `arn:aws:lambda:${region}:${own}:function:*`]))), given: { service: 'ecr', resource: arn('ecr', 'repository/app') }, principals: inside, deputies: inside, because: 'the function\'s ARN names an account of mine' },
    { name: 'a queue closed to all but two organizations', policy: document(deny(when(notOfOrganization([mine, foreign]))), allow({ Action: 'sqs:*' })), given: { service: 'sqs', resource: arn('sqs', 'orders') }, principals: outside('any-organization-member', 'role', 1), because: 'one of the two is not mine' },
    { name: 'a queue for a stranger, with a type of endpoint', policy: document(allow({ Principal: { AWS: stranger }, Action: 'sqs:*' })), given: { service: 'sqs', resource: arn('sqs', 'orders'), endpointType: 'gateway' }, principals: outside('named-account', 'role'), because: 'it is the policy of no endpoint, so the account is all its principals' },
    { name: 'a queue\'s policy that names another queue', policy: document(allow({ Action: 'sqs:*', Resource: arn('sqs', 'invoices') })), given: { service: 'sqs', resource: arn('sqs', 'orders') }, principals: inside, deputies: inside, because: 'nothing that lies below this queue is named' },
  ] },
  { title: 'a Data Catalog', setting: { kind: 'resource', service: 'glue', resource: arn('glue', 'catalog') }, cases: [
    beside('its tables, for members', arn('glue', 'table/sales/*'), 'glue:GetTable', inside, 'strangers and unsigned callers lack the organization', ofOrganization()),
    beside('its tables', arn('glue', 'table/sales/*'), 'glue:GetTable'),
    beside('the catalog', arn('glue', 'catalog'), 'glue:GetTables'),
    beside('tables of another account', `arn:aws:glue:${region}:${sibling}:table/sales/*`, 'glue:GetTable', inside, 'the policy hangs on the catalog of one account'),
    beside('tables of another Region', `arn:aws:glue:us-east-2:${own}:table/sales/*`, 'glue:GetTable', inside, 'the policy hangs on the catalog of one Region'),
  ] },
  { title: 'an event bus', setting: { kind: 'resource', service: 'events', resource: arn('events', 'event-bus/orders') }, cases: [
    beside('its rules', arn('events', 'rule/orders/*'), 'events:PutRule'),
    ...([['a stranger\'s rule', stranger, stranger, outside('named-account', 'role')], ['a stranger\'s rule for an account of mine', own, stranger, inside], ['a rule of mine', own, own, inside], ['a rule of mine, for anybody', '*', own, inside], ['a stranger\'s rule, for anybody', '*', stranger, outside('named-account', 'role')], ['any rule, for anybody', '*', '*', outside('any-account', 'role')]] as const).map(([by, account, ofRule, principals]): Case => ({
      name: `events by ${by}`, policy: document(allow({ Principal: { AWS: account }, Action: 'events:PutEvents' }, when(['ArnLike', 'aws:SourceArn', `arn:aws:events:*:${ofRule}:rule/*`]))), principals, because: 'an account that sends by a rule tells its own rule',
    })),
    { name: 'events by an account\'s rule', policy: document(allow({ ...root(stranger), Action: 'events:PutEvents' }, when(['StringEquals', 'aws:SourceAccount', stranger]))), principals: outside('named-account', 'role'), because: 'the rule\'s account may be told as well' },
    { name: 'events by an alarm', policy: document(allow({ ...root(stranger), Action: 'events:PutEvents' }, when(['ArnLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${stranger}:alarm:*`]))), principals: inside, because: 'an account sends by rules alone' },
    beside('its rules, for members', arn('events', 'rule/orders/*'), 'events:PutRule', inside, 'strangers and unsigned callers lack the organization', ofOrganization()),
  ] },
  { title: 'a vault', setting: { kind: 'resource', service: 'backup', resource: arn('backup', 'backup-vault:daily') }, cases: [
    beside('recovery points', arn('backup', 'recovery-point:*'), 'backup:StartRestoreJob'),
    beside('snapshots', `arn:aws:ec2:${region}::snapshot/*`, 'backup:StartCopyJob'),
  ] },
  { title: 'a repository of packages', setting: { kind: 'resource', service: 'codeartifact', resource: arn('codeartifact', 'repository/acme/npm') }, cases: [
    beside('its packages', arn('codeartifact', 'package/acme/npm/*'), 'codeartifact:PublishPackageVersion'),
  ] },
  { title: 'actions that support no resource type', setting: { kind: 'resource' }, cases: [
    ...([['codeartifact:CreateRepository', arn('codeartifact', 'domain/acme')], ['kafka:GetBootstrapBrokers', arn('kafka', 'cluster/c/1-1')], ['glue:CreateInboundIntegration', arn('glue', 'catalog')], ['xray:PutTraceSegments', arn('xray', 'policy')]] as const).flatMap(([Action, resource]): Case[] => [
      { name: `${Action} for a stranger`, policy: document(allow({ Principal: { AWS: stranger }, Action })), given: { resource }, principals: outside('named-account', 'role'), because: 'the policy rules it all the same' },
      { name: `${Action} for the own account`, policy: document(allow({ Principal: { AWS: own }, Action })), given: { resource }, principals: inside, because: 'it is mine' },
    ]),
    { name: 'traces of a service', policy: document(allow(service('sns.amazonaws.com'), { Action: ['xray:PutTraceSegments', 'xray:GetSamplingRules'] })), given: { service: 'xray', resource: arn('xray', 'policy') }, deputies: outside('service', 'service'), because: 'nothing is asked of the source' },
    { name: 'an RCP that spares one', policy: document(deny({ Action: undefined, NotAction: 'codeartifact:CreateRepository' })), given: { kind: 'rcp', service: 'codeartifact', resource: arn('codeartifact', 'domain/acme') }, principals: outside('anonymous', 'anonymous', ''), because: 'it leaves it to the domain' },
  ] },
  { title: 'an API, by paths below it', setting: { kind: 'resource', service: 'execute-api', resource: api }, cases: [
    { name: 'in the short form, denied to others', policy: document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }), deny({ Action: 'execute-api:Invoke', Resource: `${api}/*` }, when(notOfOrganization()))), principals: inside, because: 'every call is of a path' },
    ...([['execute-api:/*', inside, 'every call is of a path'], ['execute-api:/*/*/*', inside, 'every call names a stage, a method and a path'], ['execute-api:/*/GET/*', outside('anonymous', 'anonymous'), 'there are other methods'], ['execute-api:/*/*/*/*', outside('anonymous', 'anonymous'), 'a path may have one part']] as const)
      .map(([Resource, principals, because]): Case => ({ name: `open, but for ${Resource}, denied to others`, policy: document(allow({ Action: 'execute-api:Invoke' }), deny({ Action: 'execute-api:Invoke', Resource }, when(notOfOrganization()))), principals, because })),
    { name: 'open, by the API itself', policy: document(allow({ Action: 'execute-api:Invoke', Resource: api })), principals: inside, because: 'no call names the API alone' },
    { name: 'a stage of it, by itself', policy: document(allow({ Action: 'execute-api:Invoke', Resource: `${api}/prod` })), given: { resource: `${api}/prod` }, principals: outside('anonymous', 'anonymous'), because: 'it is what is asked about' },
  ] },
  { title: 'a cluster of Kafka', setting: { kind: 'resource', resource: arn('kafka', 'cluster/demo/1234abcd-12ab-34cd-56ef-1234567890ab-1') }, cases: [
    beside('the data of clients', '*', 'kafka-cluster:*'),
    beside('topics', arn('kafka', 'topic/demo/*'), 'kafka-cluster:ReadData'),
    beside('topics, for members', arn('kafka', 'topic/demo/*'), 'kafka-cluster:ReadData', inside, 'strangers and unsigned callers lack the organization', ofOrganization()),
    { ...beside('the data of clients, where the service is said', '*', 'kafka-cluster:*'), given: { service: 'kafka' } },
    beside('another service\'s data', '*', 'cloudtrail-data:PutAuditEvents', inside, 'no action of a cluster\'s'),
  ] },
  { title: 'a service network of Lattice', setting: { kind: 'resource', resource: arn('vpc-lattice', 'servicenetwork/sn-0123456789abcdef0') }, cases: [
    beside('calls', '*', 'vpc-lattice-svcs:Invoke'),
    beside('calls of a service', arn('vpc-lattice', 'service/svc-0123456789abcdef0/*'), 'vpc-lattice-svcs:Invoke'),
    beside('calls, for members', '*', 'vpc-lattice-svcs:Invoke', inside, 'strangers and unsigned callers lack the organization', ofOrganization()),
  ] },
  { title: 'a channel of events', setting: { kind: 'resource', resource: arn('cloudtrail', 'channel/1234abcd-12ab-34cd-56ef-1234567890ab') }, cases: [beside('what senders do', '*', 'cloudtrail-data:PutAuditEvents')] },
  { title: 'an application of IAM Identity Center', setting: { kind: 'resource', resource: `arn:aws:sso::${own}:application/ssoins-1234567890abcdef/apl-1234567890abcdef` }, cases: [beside('tokens', '*', 'sso-oauth:CreateTokenWithIAM')] },
  { title: 'a registry of schemas', setting: { kind: 'resource', resource: arn('schemas', 'registry/orders') }, cases: [beside('its schemas', arn('schemas', 'schema/orders*'), 'schemas:DescribeSchema')] },
  { title: 'a group of model packages', setting: { kind: 'resource', resource: arn('sagemaker', 'model-package-group/demand') }, cases: [beside('its packages', arn('sagemaker', 'model-package/demand/*'), 'sagemaker:DescribeModelPackage')] },
  { title: 'a contact', setting: { kind: 'resource', resource: arn('ssm-contacts', 'contact/oncall') }, cases: [beside('its engagements', `arn:aws:ssm-contacts:*:${own}:engagement/oncall/*`, 'ssm-contacts:DescribeEngagement')] },
  { title: 'a response plan', setting: { kind: 'resource', resource: `arn:aws:ssm-incidents::${own}:response-plan/outage` }, cases: [beside('its incidents', `arn:aws:ssm-incidents:*:${own}:incident-record/outage/*`, 'ssm-incidents:GetIncidentRecord')] },
  { title: 'what lies below a resource', setting: { kind: 'resource' }, cases: [
    ...['lambda:function:worker lambda:function:other', 'dynamodb:table/orders dynamodb:table/other', 'kinesis:stream/a kinesis:stream/b', 'es:domain/a es:domain/b', 'ecr:repository/a ecr:repository/b', 'elasticfilesystem:file-system/fs-01 elasticfilesystem:file-system/fs-02'].map((pair): Case => {
      const [[service, name], [, other]] = pair.split(' ').map((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)]) as [[string, string], [string, string]];
      return { name: `another resource of ${service}, in any Region`, policy: document(allow({ Principal: { AWS: stranger }, Action: `${service}:*`, Resource: `arn:aws:${service}:*:${own}:${other}` })), given: { resource: arn(service, name) }, principals: inside, because: 'nothing below this one is called so' };
    }),
    { name: 'another function, in any account', policy: document(allow({ Principal: { AWS: stranger }, Action: 'lambda:*', Resource: 'arn:aws:lambda:*:*:function:other' })), given: { resource: arn('lambda', 'function:worker') }, principals: inside, because: 'below a function there are its versions and aliases' },
    { name: 'a version of a function', policy: document(allow({ Principal: { AWS: stranger }, Action: 'lambda:*', Resource: arn('lambda', 'function:worker:live') })), given: { resource: arn('lambda', 'function:worker') }, principals: outside('named-account', 'role'), because: 'an alias is below it' },
    { name: 'a stream of a log group', policy: document(allow({ Principal: { AWS: stranger }, Action: 'logs:*', Resource: arn('logs', 'log-group:app:log-stream:*') })), given: { resource: arn('logs', 'log-group:app') }, principals: outside('named-account', 'role'), because: 'streams are below it' },
  ] },
];
