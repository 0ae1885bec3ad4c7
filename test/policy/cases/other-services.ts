import { allow, define, deny, document, inside, mine, outside, own, sibling, stranger, undecided, when, type Case, type Expected, type Group, type Test } from './case.ts';

/** Services that a policy takes in without naming them, and resources whose ARN names no account. */
const row = (name: string, policy: object, expected: Pick<Case, 'principals' | 'resources' | 'deputies'>, because: string, given?: Case['given']): Case => ({ name, policy, ...expected, because, ...(given === undefined ? {} : { given }) });
const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));

const notMine: Test = ['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine];
const notOurs: Test = ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine];
const anyAccount = outside('any-account', 'role');
const [everybody, besides, openly] = [outside('anonymous', 'anonymous'), outside('any-account', 'role', ''), { resources: anyAccount }];

/** The service is not given, so the policy is asked about all. */
const unnamed: Group = { title: 'services that no policy names', setting: { kind: 'identity' }, cases: [
  row('an SCP that denies S3 only', attached(deny({ Action: 's3:*' }, when(notMine))), { resources: besides }, 'queues of strangers stay within reach', { kind: 'scp' }),
  row('an SCP that denies everything', attached(deny(when(notMine))), { resources: inside }, 'no service is left out', { kind: 'scp' }),
  row('an SCP that denies all but S3', attached(deny({ NotAction: 's3:*' }, when(notMine))), { resources: besides }, 'S3 is left out', { kind: 'scp' }),
  row('an SCP that denies two services by a wildcard', attached(deny({ Action: ['s3:*', 's?s:*'] }, when(notMine))), { resources: besides }, 'others do not match', { kind: 'scp' }),
  row('everything but S3 allowed', attached(allow({ NotAction: 's3:*' })), { resources: anyAccount }, 'NotAction takes in all other services'),
  row('two services of mine', attached(allow({ Action: ['s3:*', 'sqs:*'] }, when(['StringEquals', 'aws:ResourceOrgID', mine]))), { resources: inside }, 'nothing else is allowed'),
  row('an endpoint that denies S3 only', document(allow(), deny({ Action: 's3:*' })), { principals: everybody, resources: anyAccount }, 'all other services are open', { kind: 'vpc-endpoint' }),
  row('an endpoint for all but S3', document(allow({ NotAction: 's3:*' })), { principals: everybody, resources: anyAccount }, 'NotAction takes in all other services', { kind: 'vpc-endpoint' }),
  row('a resource that denies strangers S3 only', document(allow(), deny({ Action: 's3:*' }, when(notOurs))), { principals: everybody }, 'all other services are open', { kind: 'resource' }),
  row('an RCP for S3 and for all', document(deny({ Action: 's3:*' }, when(notOurs, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])), deny(when(notOurs, ['StringNotEquals', 'aws:PrincipalTag/x', 'y']))), { principals: outside('any-account', 'role', '') }, 'all else is open to whoever has that tag', { kind: 'rcp' }),
  row('an RCP for S3 and for all that keeps strangers out', document(deny({ Action: 's3:*' }, when(notOurs, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])), deny(when(notOurs, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), { principals: inside }, 'no service is left out', { kind: 'rcp' }),
  ...['*:*', '*:Get*', '*:?*'].map((Action) => row(`an RCP for S3 and for all: ${Action}`, document(deny({ Action: 's3:*' }, when(notOurs, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])), deny({ Action }, when(['Bool', 'aws:SecureTransport', 'false']))), { principals: outside('anonymous', 'anonymous', '') }, 'it speaks of all services, and binds others by their transport alone', { kind: 'rcp' })),
  row('an RCP for S3 by two patterns', document(deny({ Action: 's3:*' }, when(notOurs, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])), deny({ Action: '?3:Get*' }, when(['Bool', 'aws:SecureTransport', 'false']))), { principals: inside }, 'it names no other', { kind: 'rcp' }),
  row('an RCP for S3', document(deny({ Action: 's3:*' }, when(notOurs, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), { principals: inside }, 'an RCP is asked about what it names', { kind: 'rcp' }),
] };

const elsewhere: Case['resources'] = outside('named-account', 'role');
const across: Group = { title: 'services that wildcards across colons stand for', setting: { kind: 'identity' }, cases: [
  ...['arn?aws:es:*:999999999999:*', 'arn:a???glue:*:999999999999:*', 'ar?????:ecr:*:999999999999:repository/app', '?????????es:eu-west-1:999999999999:domain/d'].flatMap((Resource) => [
    row(`${Resource}`, attached(allow({ Resource })), { resources: elsewhere }, 'it takes what is theirs'),
    row(`${Resource} beside a Deny of others`, attached(allow({ Resource }), deny({ Action: ['s3:*', 'sqs:*', 'dynamodb:*'] })), { resources: elsewhere }, 'the Deny names none of its services'),
    row(`${Resource} of mine`, attached(allow({ Resource: Resource.replace('999999999999', '111111111111') })), { resources: inside }, 'it takes what is mine'),
    row(`${Resource} among many`, attached(allow({ Resource: [Resource, ...[1, 2, 3, 4].map((one) => `arn?aws:kms:*:111111111111:key/${one}`)] })), { resources: elsewhere }, 'it takes what is theirs'),
  ]),
  row('whatever ends so but buckets', attached(allow({ Resource: '*ms:eu-west-1:999999999999:key/k' }), deny({ Action: 's3:*' })), { resources: elsewhere }, 'KMS has such keys'),
  row('whatever is in hosted zones but buckets', attached(allow({ Resource: 'arn:aws:*::hostedzone/*' }), deny({ Action: 's3:*' })), openly, 'ARNs of other services name no account'),
] };

const others: Group = { title: 'resources that no account stands in', setting: { kind: 'identity' }, cases: [
  row('hosted zones', attached(allow({ Action: 'route53:*', Resource: 'arn:aws:route53:::hostedzone/*' })), { resources: anyAccount }, 'the ARN names no account'),
  row('agreements of Artifact', attached(allow({ Action: 'artifact:*', Resource: 'arn:aws:artifact:::agreement/*' })), { resources: anyAccount }, 'the ARN names neither a Region nor an account'),
  row('managed policies of AWS', attached(allow({ Action: 'iam:GetPolicy', Resource: 'arn:aws:iam::aws:policy/*' })), { resources: anyAccount }, 'they are not mine, and the definition does not list them'),
] };

/** Types of services whose other ARNs have a Region. */
const withoutRegion: Group = { title: 'resources that no Region stands in', setting: { kind: 'identity' }, cases: [
  ...([['ec2', 'ipam/*'], ['ec2', 'ipam-pool/*'], ['ec2', 'ipam-resource-discovery/*'], ['license-manager', 'license:*'], ['license-manager', 'grant:*'], ['directconnect', 'dx-resiliency-group/*'], ['memorydb', 'multiregionparametergroup/*'], ['notifications', 'managed-notification-configuration/*']] as const).flatMap(([service, name]) => [
    row(`${name} of ${service}`, attached(allow({ Action: `${service}:*`, Resource: `arn:aws:${service}::*:${name}` })), { resources: anyAccount }, 'any account has some'),
    row(`${name} of ${service}, of mine`, attached(allow({ Action: `${service}:*`, Resource: `arn:aws:${service}::111111111111:${name}` })), { resources: inside }, 'they are mine'),
  ]),
  row('an endpoint for address managers of mine', document(allow({ Action: 'ec2:*', Resource: 'arn:aws:ec2::111111111111:ipam/*' })), { principals: everybody, resources: inside }, 'anybody may call', { kind: 'vpc-endpoint' }),
  ...['aws-marketplace', 'partnercentral', 'elemental-support-cases', 'rds'].map((service) =>
    row(`all but what has a Region, of ${service}`, attached(allow({ Action: `${service}:*` }), deny({ Action: `${service}:*`, Resource: `arn:aws:${service}:*-*:*:*` })), { resources: anyAccount }, 'some have none')),
  row('all but what has a Region, of SQS', attached(allow({ Action: 'sqs:*' }), deny({ Action: 'sqs:*', Resource: 'arn:aws:sqs:*-*:*:*' })), { resources: inside }, 'every queue has one'),
] };

/** What a Deny, or an Allow of all but some, leaves over. */
const allBut = (service: string, ...Resource: string[]): readonly object[] => [attached(allow({ Action: `${service}:*` }), deny({ Action: `${service}:*`, Resource })), attached(allow({ Action: `${service}:*`, NotResource: Resource }))];
const left = (name: string, [denied, spared]: readonly object[], expected: Pick<Case, 'resources'>, because: string): Case[] => [row(`${name}, by a Deny`, denied!, expected, because), row(`${name}, by NotResource`, spared!, expected, because)];
const ofAccounts = (service: string): string => `arn:aws:${service}:*:????????????:*`;
const rest: Group = { title: 'all resources but those of accounts', setting: { kind: 'identity' }, cases: [
  ...left('of EC2', allBut('ec2', ofAccounts('ec2')), openly, 'ARNs of images and snapshots name no account'),
  ...left('of EC2, but for images and snapshots', allBut('ec2', ofAccounts('ec2'), ...['image', 'fpga-image', 'snapshot'].map((type) => `arn:aws:ec2:*::${type}/*`)), { resources: inside }, 'all others name one'),
  ...left('of Bedrock, but for its models', allBut('bedrock', ofAccounts('bedrock'), 'arn:aws:bedrock:*::foundation-model/*'), { resources: inside }, 'all others name one'),
  ...left('of Identity Center', allBut('sso', ofAccounts('sso')), openly, 'ARNs of permission sets name no account'),
  ...left('of SQS', allBut('sqs', ofAccounts('sqs')), { resources: inside }, 'every queue\'s ARN names one'),
  ...left('of EBS', allBut('ebs', 'arn:aws:ebs:*:*:*'), openly, 'its actions take snapshots of EC2'),
  ...left('of EBS and EC2', allBut('ebs', 'arn:aws:ebs:*:*:*', 'arn:aws:ec2:*:*:*'), { resources: inside }, 'they take no others'),
  ...left('buckets and access points that have a Region', allBut('s3', 'arn:aws:s3:::*', 'arn:aws:s3:*-*:*:*'), openly, 'access points of several Regions have none'),
  ...left('buckets and all access points', allBut('s3', 'arn:aws:s3:::*', 'arn:aws:s3:*:*:*'), { resources: inside }, 'nothing else is of S3'),
] };

const onQueues = (Resource: string, more: object = {}): object => attached(allow({ Action: 'sqs:*', Resource }), ...Object.keys(more).length === 0 ? [] : [more]);
const sqs = { service: 'sqs' };
const incomplete: Group = { title: 'an ARN of fewer than six fields', setting: { kind: 'identity' }, cases: [
  row('without Region, account and name', onQueues('arn:aws:sqs'), { resources: anyAccount }, 'AWS completes it by wildcards', sqs),
  row('without account and name', onQueues('arn:aws:sqs:eu-west-1'), { resources: anyAccount }, 'AWS completes it by wildcards', sqs),
  row('without a name, of a stranger', onQueues('arn:aws:sqs:eu-west-1:333333333333'), { resources: outside('named-account', 'role') }, 'AWS completes it by wildcards', sqs),
  row('without a name, of mine', onQueues('arn:aws:sqs:eu-west-1:111111111111'), { resources: inside }, 'it names queues of mine', sqs),
  row('with a colon in a variable', onQueues('arn:aws:sqs:*:${aws:PrincipalAccount}'), { resources: inside }, 'the account is the caller\'s', sqs),
  ...(['arn:aws-cn:ec2*::snapshot/*', 'arn:aws-us-gov*::snapshot/*', 'arn:aws:ec2*::snapshot/*', 'arn:aws:ec2*image/*', 'arn:aws:ec2?eu-west-1::snapshot/snap-0abc', 'arn:aws:*-1::snapshot/*', 'arn:*::snapshot/*'] as const).map((arn) =>
    row(`of which a wildcard stands for colons: ${arn}`, attached(allow({ Action: 'ec2:*', Resource: arn })), { resources: anyAccount }, 'what names no account may be anybody\'s')),
  ...(['arn:aws:ec2*::snapshot/*', '*::snapshot/*', 'arn:aws:rds*:snapshot:awsbackup:*'] as const).map((arn) => row(`of which a wildcard stands for colons, of any service: ${arn}`, attached(allow({ Action: 'backup:*', Resource: arn })), { resources: anyAccount }, 'others have such, too')),
  row('of which a wildcard for one character stands for a colon, where no action names a service', attached(allow({ Resource: 'arn:aws:ec2?us-east-1?333333333333?instance/*' })), { resources: outside('named-account', 'role') }, 'it names instances of a stranger'),
  row('of which a wildcard stands for all before a name of four parts', attached(allow({ Action: 'states:*', Resource: '*:express:machine:run:id' })), { resources: anyAccount }, 'others have such, too'),
  row('of parameters of mine, by wildcards that no bucket fits', attached(allow({ Action: 'ssm:*', Resource: 'arn:aws:*:*:111111111111:*' })), { resources: inside }, 'of S3 Systems Manager takes buckets alone'),
  row('of a model with its version', attached(allow({ Action: 'bedrock:InvokeModel', Resource: 'arn:aws:bedrock:*::foundation-model/anthropic.claude-v2:1' })), { resources: anyAccount }, 'models are nobody\'s in particular'),
  row('of a model with how much it reads', attached(allow({ Action: 'bedrock:InvokeModel', Resource: 'arn:aws:bedrock:*::foundation-model/anthropic.claude-3-sonnet-20240229-v1:0:28k' })), { resources: anyAccount }, 'models are nobody\'s in particular'),
  row('of which a wildcard stands for colons, and so is denied', onQueues('arn:aws:sqs*', deny({ Action: 'sqs:*', Resource: 'arn:aws:sqs*:orders' })), { resources: anyAccount }, 'other queues are left'),
  row('in a Deny', onQueues('*', deny({ Action: 'sqs:*', Resource: 'arn:aws:sqs' })), { resources: inside }, 'it denies all queues', sqs),
  row('in the Allow of a resource', document(allow({ Action: 'sqs:*', Resource: 'arn:aws:sqs' })), { principals: everybody }, 'of those AWS does not say it, and the reading that opens more hides nothing', { kind: 'resource', service: 'sqs' }),
  row('in the Deny of a resource', document(allow({ Action: 'sqs:*' }), deny({ Action: 'sqs:*', Resource: 'arn:aws:sqs' })), { principals: outside('anonymous', 'anonymous', 0) }, 'of those AWS does not say it, so the Deny is not counted upon', { kind: 'resource', service: 'sqs' }),
] };

const named = outside('named-account', 'role');
const taken: Group = { title: 'resources of one service that another takes', setting: { kind: 'identity' }, cases: [
  row('snapshots by a pattern of the service', attached(allow({ Action: 'ebs:*', Resource: 'arn:aws:ec?:eu-west-1::snapshot/snap-0abc' })), { resources: anyAccount }, 'what names no account may be anybody\'s'),
  row('snapshots by a wildcard that stands for service and Region', attached(allow({ Action: 'ebs:*', Resource: 'arn:aws:*-1::snapshot/*' })), { resources: anyAccount }, 'what names no account may be anybody\'s'),
  row('images by a wildcard that stands for all before the account', attached(allow({ Action: 'ec2:*', Resource: 'arn:aws*::image/ami-0abc:x' })), { resources: inside }, 'no image is named so'),
  row('what has an account of mine, by a pattern of the Region', attached(allow({ Action: 'ec2:*', Resource: 'arn:aws:ec2:*:111111111111:*' })), { resources: inside }, 'it is mine'),
  row('roles, for all but IAM', attached(allow({ NotAction: 'iam:*', Resource: 'arn:aws:iam::*:role/*' })), openly, 'STS assumes roles'),
  row('roles spared by an SCP that denies IAM', attached(deny({ NotResource: 'arn:aws:iam::*:role/*' }, when(notMine)), deny({ Action: 'iam:*' }, when(['StringNotEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}']))), { resources: besides }, 'STS assumes roles', { kind: 'scp' }),
  row('snapshots, for all but EC2', attached(allow({ NotAction: 'ec2:*', Resource: 'arn:aws:ec2:*::snapshot/*' })), openly, 'EBS reads blocks of snapshots'),
  row('instances, with a Deny of EC2', attached(allow({ Resource: 'arn:aws:ec2:*:*:instance/*' }), deny({ Action: 'ec2:*' })), openly, 'Systems Manager sends commands to instances'),
  row('clusters of Kafka, for all but their administration', attached(allow({ NotAction: 'kafka:*', Resource: 'arn:aws:kafka:*:*:*' })), openly, 'clients connect under another prefix'),
  row('load balancers, for WAF', attached(allow({ Action: 'wafv2:*', Resource: 'arn:aws:elasticloadbalancing:*:333333333333:loadbalancer/*' })), { resources: named }, 'WAF takes load balancers'),
  row('buckets, for output of commands', attached(allow({ Action: 'ssm:SendCommand', Resource: 'arn:aws:s3:::*' })), openly, 'Systems Manager takes buckets'),
  row('a bucket of mine, for output of commands', attached(allow({ Action: 'ssm:SendCommand', Resource: 'arn:aws:s3:::acme-data' })), { resources: inside }, 'the definition lists it'),
  row('control panels, for recovery', attached(allow({ Action: 'route53-recovery-cluster:*', Resource: 'arn:aws:route53-recovery-control::*:controlpanel/*' })), openly, 'the service takes resources of its sister'),
  ...[['kafka-cluster', 'kafka:*:*:*'], ['vpc-lattice-svcs', 'vpc-lattice:*:*:service/*'], ['ebs', 'ec2:*::snapshot/*'], ['rds-data', 'rds:*:*:cluster:*'], ['eks-auth', 'eks:*:*:cluster/*'], ['secretsmanager', 'secretsmanager:*:*:secret:*']].flatMap(([service, arn]) => {
    const [Action, Resource] = [`${service!}:*`, `arn:aws:${arn!}`];
    return [
      row(`what ${service!} takes, denied where it is not mine`, attached(allow(), deny({ Action, Resource }, when(service === 'ebs' ? ['StringNotEqualsIfExists', 'aws:ResourceAccount', '111111111111'] : ['StringNotEquals', 'aws:ResourceAccount', '111111111111']))), { resources: inside }, 'it takes nothing else', { kind: 'scp', service: service! }),
      row(`what ${service!} takes, allowed`, attached(allow({ Action, Resource })), openly, 'strangers have such'),
    ];
  }),
  ...[['vpc-lattice-svcs:Invoke', 'vpc-lattice:*:*:service/*/v1/*:cancel'], ['iotjobsdata:*', 'iot:*:*:thing/plant:*'], ['kafka-cluster:*', 'kafka:*:*:group/*/*/app:*'], ['sts:AssumeRole', 'iam::*:role/team:x/*']].map(([Action, arn]) => row(`names with a colon: ${arn!}`, attached(allow({ Action, Resource: `arn:aws:${arn!}` })), openly, 'strangers have such')),
  ...[['iotjobsdata:*', 'iot:us-east-1:333333333333:thing/a:b:c'], ['iotjobsdata:*', 'iot:us-east-1:333333333333:thing/a:1:c'], ['iotjobsdata:*', 'iot:us-east-1:333333333333:thing/a:b:c:d:e'], ['kafka-cluster:*', 'kafka:us-east-1:333333333333:group/cl/uuid-1/a:b:c'], ['sts:AssumeRole', 'iam::333333333333:role/a:b:c/d'], ['sts:AssumeRole', 'iam::333333333333:role/a:b:c:d:e/f']].map(([Action, arn]) => row(`names with more colons: ${arn!}`, attached(allow({ Action, Resource: `arn:aws:${arn!}` })), { resources: named }, 'strangers have such')),
  row('names with more colons, of mine', attached(allow({ Action: 'iotjobsdata:*', Resource: 'arn:aws:iot:*:111111111111:thing/*:a:b:c:d' })), { resources: inside }, 'no stranger has my account in a name of its own'),
  ...['*:root', '*:*:x', '*:role/*:x'].map((arn) => row(`roles whose names would hold a colon: ${arn}`, attached(allow({ Action: 'sts:Assume*', Resource: `arn:aws:iam::${arn}` })), { resources: inside }, 'only paths may, and root users are assumed in the own organization')),
  row('roles whose paths hold a colon', attached(allow({ Action: 'sts:Assume*', Resource: 'arn:aws:iam::*:role/*:*/x' })), openly, 'strangers have such'),
  ...['a:b:c', 'a:b:c:d', 'a:b:c:d:e'].map((name) => row(`groups of a cluster with its policy: ${name}`, document(allow({ Action: 'kafka-cluster:*', Resource: `arn:aws:kafka:us-east-1:111111111111:group/cl/uuid-1/${name}` })), { principals: everybody }, 'names of groups hold colons', { kind: 'resource', service: 'kafka', resource: 'arn:aws:kafka:us-east-1:111111111111:cluster/cl/uuid-1' })),
  row('snapshots, which EBS alone takes, denied whosever they are', attached(allow({ Action: 'ebs:*' }), deny({ Resource: ['arn:aws:ec2:*:*:snapshot/*', 'arn:aws:ec2:*::snapshot/*'] })), { resources: inside }, 'it takes nothing else'),
  row('volumes, for EBS', attached(allow({ Action: 'ebs:*', Resource: 'arn:aws:ec2:*:*:volume/*' })), { resources: inside }, 'it takes snapshots alone'),
  row('sessions in place of roles', attached(allow({ Action: 'sts:AssumeRole', Resource: 'arn:aws:sts::333333333333:assumed-role/x/*' })), { resources: inside }, 'no session is assumed'),
  row('roles, which are denied where they are not mine', attached(allow({ Action: 'sts:AssumeRole' }), deny({ Resource: 'arn:aws:iam::*:role/*' }, when(['StringNotEquals', 'aws:ResourceAccount', '111111111111']))), { resources: inside }, 'nothing else is assumed'),
  row('clusters for Redshift\'s calls of data, denied where they are not mine', attached(allow({ Action: 'redshift-data:*' }), deny({ Resource: ['arn:aws:redshift:*:*:*', 'arn:aws:redshift-data:*:*:*'] }, when(['StringNotEquals', 'aws:ResourceAccount', '111111111111']))), openly, 'workgroups of Redshift Serverless are left'),
  row('domain names of a stranger\'s APIs', attached(allow({ Action: 'apigateway:*', Resource: 'arn:aws:apigateway:eu-west-1:333333333333:/domainnames/x+1' })), { resources: named }, 'private domain names are in an account'),
  row('domain names of APIs', attached(allow({ Action: 'apigateway:*', Resource: 'arn:aws:apigateway:*::/domainnames/*' })), openly, 'public ones name none'),
  row('domain names of mine', attached(allow({ Action: 'apigateway:*', Resource: 'arn:aws:apigateway:eu-west-1:111111111111:/domainnames/x+1' })), { resources: inside }, 'they are mine'),
] };

const sessions = (account: string, name = 'federated-user/*'): object => ({ Action: 'sts:GetFederationToken', Resource: `arn:aws:sts::${account}:${name}` });
const withSessions = (name: string, policy: object, expected: Expected, because: string, given?: Case['given']): Case => ({ name, policy, principals: expected, resources: expected, because, ...given === undefined ? {} : { given } });
const itself: Group = { title: 'sessions that STS has itself', setting: { kind: 'vpc-endpoint', service: 'sts' }, cases: [
  withSessions('of federated users of any account', document(allow(sessions('*'))), anyAccount, 'a stranger begins such in its own account'),
  withSessions('of a stranger\'s', document(allow(sessions('333333333333'))), named, 'it begins them itself'),
  withSessions('of accounts by a pattern', document(allow(sessions('3333*'))), anyAccount, 'one of them begins them itself'),
  withSessions('of a partner\'s', document(allow(sessions('123456789012'))), named, 'nothing was agreed'),
  withSessions('of members of another organization', document(allow(sessions('*'), when(['StringEquals', 'aws:ResourceOrgID', 'o-aaaaaaaaaa']))), outside('any-organization-member', 'role'), 'a member begins them in its account'),
  withSessions('of members of one organization for those of none', document(allow(sessions('*'), when(['StringEquals', 'aws:ResourceOrgID', 'o-aaaaaaaaaa'], ['Null', 'aws:PrincipalOrgID', 'true']))), inside, 'nobody begins them in another\'s account'),
  withSessions('of a stranger\'s for another', document(allow(sessions('333333333333'), when(['StringEquals', 'aws:PrincipalAccount', '555555555555']))), inside, 'nobody begins them in another\'s account'),
  withSessions('of mine', document(allow(sessions('111111111111'))), inside, 'a stranger does not begin them in my account'),
  withSessions('of any account, for principals of mine', document(allow(sessions('*'), when(['StringEquals', 'aws:PrincipalOrgID', mine]))), inside, 'they begin them in accounts of mine'),
  withSessions('one\'s own', document(allow({ Action: 'sts:SetContext', Resource: 'arn:aws:sts::*:self' })), anyAccount, 'a stranger has one, too'),
  withSessions('all that are no roles', document(allow({ Action: 'sts:GetFederationToken', NotResource: 'arn:aws:iam::*:role/*' })), anyAccount, 'sessions of federated users are none'),
  withSessions('beside roles, which are denied', document(allow({ Action: 'sts:GetFederationToken' }), deny({ Resource: 'arn:aws:iam::*:role/*' })), anyAccount, 'sessions of federated users are none'),
  withSessions('beside roles, which alone are assumed', document(allow({ Action: 'sts:AssumeRole' }), deny({ Resource: 'arn:aws:iam::*:role/*' })), inside, 'sessions are not assumed'),
  withSessions('whatever they are', document(allow({ Action: 'sts:GetFederationToken' })), anyAccount, 'a stranger begins such in its own account'),
  withSessions('whatever they are, for principals of mine', document(allow({ Action: 'sts:GetFederationToken' }, when(['StringEquals', 'aws:PrincipalOrgID', mine]))), inside, 'they begin them in accounts of mine'),
  withSessions('root users of any account', document(allow({ Action: 'sts:AssumeRoot', Resource: 'arn:aws:iam::*:root' })), anyAccount, 'a stranger assumes those of its organization'),
  withSessions('root users of mine', document(allow({ Action: 'sts:AssumeRoot', Resource: 'arn:aws:iam::111111111111:root' })), inside, 'they are of my organization'),
  withSessions('root users of any account, for principals of mine', document(allow({ Action: 'sts:AssumeRoot', Resource: 'arn:aws:iam::*:root' }, when(['StringEquals', 'aws:PrincipalOrgID', mine]))), inside, 'they are of my organization'),
  { name: 'root users, for an identity', policy: attached(allow({ Action: 'sts:AssumeRoot', Resource: 'arn:aws:iam::*:root' })), resources: inside, because: 'it assumes those of its organization', given: { kind: 'identity' } },
  { name: 'root users, by an SCP for networks', policy: attached(allow({ Action: 'sts:AssumeRoot', Resource: 'arn:aws:iam::*:root' })), networks: outside('network-bound', ['role', 'user']), because: 'principals of mine assume them from anywhere', given: { kind: 'scp' } },
  { name: 'whatever they are, for an identity', policy: attached(allow({ Action: 'sts:GetFederationToken' })), resources: inside, because: 'it begins them in its own account', given: { kind: 'identity' } },
  { name: 'and roles, for an identity', policy: attached(allow({ Action: ['sts:GetFederationToken', 'sts:AssumeRole'] })), resources: outside('any-account', ['role', 'user']), because: 'roles are of any account', given: { kind: 'identity' } },
  { name: 'of any account, for an identity', policy: attached(allow(sessions('*'))), resources: inside, because: 'it begins them in its own account', given: { kind: 'identity' } },
  { name: 'spared by an SCP for networks', policy: attached(allow(), deny({ NotResource: 'arn:aws:sts::*:*' }, when(['NotIpAddressIfExists', 'aws:SourceIp', '192.0.2.0/24']))), networks: outside('network-bound', ['role', 'user']), because: 'principals of mine begin them from anywhere', given: { kind: 'scp' } },
] };

const ofMine = (operator = 'StringEqualsIfExists'): Test => [operator, 'aws:ResourceAccount', '111111111111'];
const snapshots = { service: 'ebs' };
const untold: Group = { title: 'requests that do not tell whose the resource is', setting: { kind: 'identity' }, cases: [
  row('blocks of snapshots, if it is told', attached(allow({ Action: 'ebs:*' }, when(ofMine()))), openly, 'EBS never tells it'),
  row('blocks of snapshots, for all values', attached(allow({ Action: 'ebs:*' }, when(ofMine('ForAllValues:StringEquals')))), openly, 'EBS never tells it'),
  row('blocks of snapshots', attached(allow({ Action: 'ebs:*' }, when(ofMine('StringEquals')))), { resources: inside }, 'a key that is missing does not match'),
  row('copies of snapshots', attached(allow({ Action: 'ec2:CopySnapshot' }, when(ofMine()))), openly, 'the call does not tell it'),
  row('instances', attached(allow({ Action: 'ec2:RunInstances' }, when(ofMine()))), { resources: inside }, 'all other calls tell it'),
  row('peers of VPCs, by a variable', attached(allow({ Action: 'ec2:CreateVpcPeeringConnection' }, when(['StringEqualsIfExists', 'aws:ResourceAccount', '${aws:PrincipalAccount}']))), openly, 'the call does not tell it'),
  row('peers of VPCs of the own account, by a variable', attached(allow({ Action: 'ec2:CreateVpcPeeringConnection' }, when(['StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}']))), { resources: inside }, 'a variable without a value fits nothing'),
  row('an SCP that denies what tells another owner', attached(deny(when(['StringNotEquals', 'aws:ResourceAccount', '111111111111'], ['Null', 'aws:ResourceAccount', 'false']))), { resources: outside('any-account', ['role', 'user'], '') }, 'EBS never tells it', { kind: 'scp', ...snapshots }),
  row('an SCP that denies whatever does not tell mine', attached(deny(when(['StringNotEqualsIfExists', 'aws:ResourceAccount', '111111111111']))), { resources: inside }, 'a key that is missing is denied', { kind: 'scp', ...snapshots }),
] };

const deep: Group = { title: 'names of many parts', setting: { kind: 'identity' }, cases: [
  row('an express execution of a stranger', attached(allow({ Action: 'states:DescribeExecution', Resource: 'arn:aws:states:eu-west-1:333333333333:express:sm:exec:*' })), { resources: named }, 'its name has four parts'),
  row('an express execution of mine', attached(allow({ Action: 'states:DescribeExecution', Resource: 'arn:aws:states:eu-west-1:111111111111:express:sm:exec:*' })), { resources: inside }, 'no stranger has my account in a name of its own'),
  row('an express execution of mine, in any Region', attached(allow({ Action: 'states:DescribeExecution', Resource: 'arn:aws:states:*:111111111111:express:sm:exec:*' })), { resources: inside }, 'no stranger has my account in a name of its own'),
  row('versions of components', attached(allow({ Action: 'greengrass:*', Resource: 'arn:aws:greengrass:*:*:components:*:versions:*' })), openly, 'its name has four parts'),
  row('instances of gateways', attached(allow({ Action: 'mediaconnect:*', Resource: 'arn:aws:mediaconnect:*:*:gateway:*:*:instance:*' })), openly, 'its name has five parts'),
  ...[['streams of any group', 'logs:PutLogEvents', 'arn:aws:logs:*:111111111111:log-group:/aws/lambda/*:*'], ['versions of any function', 'lambda:*', 'arn:aws:lambda:*:111111111111:function:*:*'], ['any group of instances', 'autoscaling:*', 'arn:aws:autoscaling:*:111111111111:autoScalingGroup:*:autoScalingGroupName/*']].flatMap(([name, Action, Resource]) =>
    ['route53:*', 'ec2:*', 'backup:*'].map((other) => row(`all of mine for ${other}, beside ${name!}`, attached(allow({ Action, Resource }), allow({ Action: other, Resource: 'arn:aws:*:*:111111111111:*' })), { resources: inside }, 'no stranger has my account in a name of its own'))),
  ...['ec2:*', 'iam:*', 'sqs:*'].map((Action) => row(`all of the caller's for ${Action}`, attached(allow({ Action, Resource: 'arn:aws:*:*:${aws:PrincipalAccount}:*' })), { resources: inside }, 'no stranger has my account in a name of its own')),
  row('all of whom a tag tells, for logs', attached(allow({ Action: 'logs:*', Resource: 'arn:aws:*:*:${aws:PrincipalTag/x}:*' })), openly, 'a tag may be a stranger\'s account'),
  row('executions spared by an SCP', attached(deny({ NotResource: 'arn:aws:states:*:*:express:*:*:*' }, when(notMine))), { resources: besides }, 'foreign executions are spared', { kind: 'scp', service: 'states' }),
] };

/** https://docs.aws.amazon.com/cognito/latest/developerguide/vpc-interface-endpoints.html */
const signingIn = (pool: string, Action = 'cognito-idp:InitiateAuth'): object => document(allow({ Action, Resource: `arn:aws:cognito-idp:us-east-1:${pool}` }));
const pools: Group = { title: 'signing in to user pools', setting: { kind: 'vpc-endpoint', service: 'cognito-idp' }, cases: [
  row('of mine, by their ARN', signingIn('111111111111:userpool/*'), { principals: everybody, resources: inside }, 'AWS\'s sample lets everybody sign in so'),
  row('of strangers, by their ARN', signingIn('999999999999:userpool/*'), { principals: everybody, resources: outside('named-account', 'role') }, 'the pool is theirs'),
] };
const guests = ['cognito-identity:GetId', 'cognito-identity:GetCredentialsForIdentity'];
const identityPool = (account: string): string => `arn:aws:cognito-identity:us-east-1:${account}:identitypool/us-east-1:12345678-90ab-cdef-1234-567890abcdef`;
const entering = (...tests: Test[]): object => document(allow({ Action: guests }, when(...tests)));
const [asUnsigned, held, entered] = [define({ unsignedActions: guests }), { principals: inside, resources: inside }, { principals: everybody, resources: outside('named-account', 'role') }];
const identityPools: Group = { title: 'calls to identity pools, whose key tells the owner', setting: { kind: 'vpc-endpoint', service: 'cognito-identity', ...asUnsigned }, cases: [
  row('to one of mine, as AWS writes it', entering(['StringEquals', 'cognito-identity-auth:IdentityPoolArn', identityPool(own)]), held, 'nobody signs them, and the pool is mine'),
  row('as guests of one of mine', entering(['ArnLike', 'cognito-identity-unauth:IdentityPoolArn', identityPool(own).replace(/us-east-1:1.*/, '*')]), held, 'the account in the ARN is mine'),
  row('to those of accounts of mine', entering(['StringEquals', 'cognito-identity-auth:AccountId', [own, sibling]]), held, 'the accounts are mine'),
  row('to all but those of mine, denied as guests\' and as users\'', document(allow({ Action: guests }), deny({ Action: guests }, when(['StringNotEquals', 'cognito-identity-auth:AccountId', own], ['StringNotEquals', 'cognito-identity-unauth:AccountId', own]))), held, 'a call that tells neither is denied'),
  row('to one of mine, where the definition admits nothing unsigned', entering(['StringEquals', 'cognito-identity-auth:AccountId', own]), { principals: everybody, resources: inside }, 'whoever has no credentials is outside', define({ unsignedActions: [] })),
  row('to one of strangers', entering(['StringEquals', 'cognito-identity-auth:IdentityPoolArn', identityPool(stranger)]), { principals: everybody, resources: inside }, 'what the definition admits unsigned it admits to mine; `resources` leaves that to `principals`'),
  row('to one of strangers, where the definition admits nothing unsigned', entering(['StringEquals', 'cognito-identity-unauth:AccountId', stranger]), entered, 'the pool is theirs', define({ unsignedActions: [] })),
  row('to any', entering(), { principals: everybody, resources: inside }, 'those of strangers, too'),
  row('by a pattern of accounts', entering(['StringLike', 'cognito-identity-auth:AccountId', '1111*']), { principals: everybody, resources: inside }, 'other accounts begin so too'),
  row('as guests, if it is told', entering(['StringEqualsIfExists', 'cognito-identity-unauth:AccountId', own]), { principals: everybody, resources: inside }, 'of users who have signed in it is not'),
  row('to pools of mine, beside signed calls of anybody', document(allow({ Action: [...guests, 'cognito-identity:DescribeIdentity'] }, when(['StringEquals', 'cognito-identity-auth:AccountId', own]))), { principals: everybody, resources: inside }, 'the third is none that the definition admits'),
  row('which other services do not tell', document(allow({ Action: 'sqs:*' }, when(['StringEquals', 'cognito-identity-auth:AccountId', stranger]))), held, 'queues have no pools', { service: 'sqs' }),
] };
const listing: Group = { title: 'actions that no type of resource is known of, by ARNs', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
  row('the list of buckets', document(allow({ Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' })), { principals: everybody, resources: inside }, 'S3 asks whether it is allowed on all buckets; it is of the caller\'s own'),
  row('the list of buckets for mine', document(allow({ Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' }, when(['StringEquals', 'aws:PrincipalOrgID', mine]))), { principals: inside, resources: inside }, 'only mine are let in'),
] };
const unresourced: Group = { title: 'services without resources', setting: { kind: 'identity' }, cases: [
  ...['tag:GetResources', 'pricing:GetProducts', 'lakeformation:GetDataAccess', 'servicequotas:ListServiceQuotas', 'ssmmessages:*', 'compute-optimizer:*'].map((Action) =>
    row(Action, attached(allow({ Action })), { resources: inside }, 'it acts on the own account')),
  row('an endpoint of one, for members', document(allow(when(['StringEquals', 'aws:PrincipalOrgID', mine]))), { principals: inside, resources: inside }, 'it has no resources of others', { kind: 'vpc-endpoint', service: 'lakeformation' }),
  row('an endpoint of one, for everybody', document(allow()), { principals: everybody, resources: inside }, 'anybody may call', { kind: 'vpc-endpoint', service: 'lakeformation' }),
  row('one that has some', attached(allow({ Action: 'ce:*' })), openly, 'it has monitors and subscriptions'),
] };

const old: Group = { title: 'names of buckets from before 2018', setting: { kind: 'identity', service: 's3' }, cases: [
  row('with underscores', attached(allow({ Action: 's3:*', Resource: 'arn:aws:s3:::my_old_bucket/*' })), { resources: undecided('my_old_bucket') }, 'they could hold underscores, and nobody says whose it is'),
  row('with capitals', attached(allow({ Action: 's3:*', Resource: 'arn:aws:s3:::Legacy_*' })), openly, 'strangers may have such'),
] };
const patterned: Group = { title: 'services by pattern', setting: { kind: 'identity' }, cases: [
  row('of actions that no table knows', attached(allow({ Action: 'rbi*:*' })), openly, 'the service of the recycle bin is one'),
  row('of ARNs that no table knows', attached(allow({ Resource: 'arn:aws:appsync*' })), openly, 'the service of GraphQL is one'),
] };

export const otherServices: readonly Group[] = [unnamed, across, others, withoutRegion, rest, incomplete, taken, itself, untold, deep, pools, identityPools, listing, unresourced, old, patterned];
