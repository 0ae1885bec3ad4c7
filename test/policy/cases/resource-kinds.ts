import { allow, define, deny, document, inside, outside, own, sibling, stranger, undecided, when, type Case, type Group, type Test } from './case.ts';

/** What policies say of resources that are more than one, or whose requests tell more than others: access points, collections, tags, integrations, networks of single services. */

const region = 'eu-west-1';
const at = (service: string, name: string, account = own): string => `arn:aws:${service}:${region}:${account}:${name}`;
const of = (title: string, resource: string, cases: readonly Case[], given: Case['given'] = {}): Group => ({ title, setting: { kind: 'resource', resource, ...given }, cases });
const everybody = outside('anonymous', 'anonymous');
const named = outside('named-account', 'role');
const stranded = outside('service', 'service');
const theirs = { Principal: { AWS: stranger } };

const point = at('s3', 'accesspoint/ap');
const through = (name: string, account: string, more: object = {}, service = 's3'): object => document(allow({ Action: 's3:GetObject', Resource: `${point}/object/*` }, more, when(['StringEquals', `${service}:DataAccessPoint${name}`, account])));
const several = `arn:aws:s3::${own}:accesspoint/mfzwi23gnjvgw.mrap`;
const expressPoint = at('s3express', 'accesspoint/ap--euw1-az1--xa-s3');

const [bus, yes, no] = [at('events', 'event-bus/b'), ['StringEquals', 'aws:ResourceTag/c', 'yes'], ['StringEquals', 'aws:ResourceTag/c', 'no']] satisfies [string, Test, Test];
const rules = { Action: 'events:PutRule', Resource: at('events', 'rule/b/*') };
const tagged = (resource: string, resourceTags: Readonly<Record<string, string>>): NonNullable<Case['given']> => ({ resource, resourceTags });
const bucket = 'arn:aws:s3:::acme-data';

const integrated = (source: string, action = 'AuthorizeInboundIntegration'): object => document(allow({ Principal: { Service: 'redshift.amazonaws.com' }, Action: `redshift:${action}` }, when(['ArnLike', 'aws:SourceArn', source])));
const encrypted = (service: string, key: string, arn: string): object => document(allow({ Principal: { Service: service }, Action: 'kms:Decrypt' }, when(['StringLike', `kms:EncryptionContext:${key}`, arn])));
const fromS3 = (arn: string): object => document(allow({ Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage' }, when(['ArnLike', 'aws:SourceArn', arn])));
const fromLattice = (vpc: string): object => document(allow({ Action: 'vpc-lattice-svcs:Invoke' }, when(['StringEquals', 'vpc-lattice-svcs:SourceVpc', vpc])));
const fromSession = (key: string, value: string, operator = 'StringEquals'): object => document(allow(when([operator, key, value])));
const logs = at('logs', 'log-group:/aws/x');
const units = at('organizations', 'organization/o-4tkekae453').replace(region, '');

export const resourceKinds: readonly Group[] = [
  of('a bucket that leaves who comes through an access point to that', 'arn:aws:s3:::acme-data', [
    { name: 'of mine', policy: document(allow(when(['StringEquals', 's3:DataAccessPointAccount', sibling]))), principals: inside, because: 'its policy decides' },
    { name: 'of an account that nothing lists', policy: document(allow(when(['StringEquals', 's3:DataAccessPointAccount', sibling]))), given: define({ accounts: undefined }), principals: undecided(sibling), because: 'it may be mine' },
    { name: 'of an account that nothing lists, by its ARN', policy: document(allow(when(['ArnLike', 's3:DataAccessPointArn', `arn:aws:s3:*:${sibling}:accesspoint/*`]))), given: define({ accounts: undefined }), principals: undecided(sibling), because: 'it may be mine' },
    { name: 'of one that nothing lists, or of anybody', policy: document(allow(when(['StringLike', 's3:DataAccessPointAccount', [sibling, '3*']]))), given: define({ accounts: undefined }), principals: everybody, because: 'strangers have such accounts' },
    { name: 'of a name that holds an account\'s id', policy: document(allow(when(['StringLike', 's3:DataAccessPointArn', `arn:aws:s3:*:*:accesspoint/x-${sibling}`]))), given: define({ accounts: undefined }), principals: everybody, because: 'a stranger may call one so' },
    { name: 'of such a name, of one that nothing lists', policy: document(allow(when(['StringLike', 's3:DataAccessPointArn', `arn:aws:s3:*:${sibling}:accesspoint/x-${sibling}`]))), given: define({ accounts: undefined }), principals: undecided(sibling), because: 'it may be mine' },
  ]),
  of('an endpoint, where it makes no difference whose account it is, which nothing lists', bucket, [
    { name: 'of an access point', policy: document(allow(when(['StringEquals', 's3:DataAccessPointAccount', sibling]))), principals: everybody, because: 'who comes through the endpoint is its own affair' },
    { name: 'of an access point, by its ARN', policy: document(allow(when(['ArnLike', 's3:DataAccessPointArn', `arn:aws:s3:*:${sibling}:accesspoint/*`]))), principals: everybody, because: 'who comes through the endpoint is its own affair' },
    { name: 'of its VPC', policy: document(allow(when(['ArnLike', 'aws:SourceVpcArn', `arn:aws:ec2:*:${sibling}:vpc/*`]))), principals: everybody, because: 'the endpoint is mine, in whatever VPC' },
    { name: 'of its VPC, for what is reached through it', policy: document(allow(when(['ArnLike', 'aws:SourceVpcArn', `arn:aws:ec2:*:${sibling}:vpc/*`]))), given: { kind: 'resource', viaEndpoint: true }, principals: everybody, because: 'the endpoint is mine, in whatever VPC' },
    { name: 'of an access point, for what is reached through it', policy: document(allow(when(['StringEquals', 's3:DataAccessPointAccount', sibling]))), given: { kind: 'resource', viaEndpoint: true }, principals: undecided(sibling), because: 'one of mine has a policy of its own' },
    { name: 'of itself, for what is reached through it', policy: document(allow(when(['StringEquals', 'aws:VpceAccount', sibling]))), given: { kind: 'resource', viaEndpoint: true }, principals: undecided(sibling), because: 'one of a stranger is not mine' },
  ], { kind: 'vpc-endpoint', service: 's3', ...define({ accounts: undefined }) }),
  of('an access point', point, [
    { name: 'for requests through it', policy: through('Account', own), principals: everybody, because: 'every request that its policy is about comes through it' },
    { name: 'for requests through it, by its ARN', policy: through('Arn', point), principals: everybody, because: 'every request that its policy is about comes through it' },
    { name: 'for requests through another', policy: through('Arn', at('s3', 'accesspoint/other')), principals: inside, because: 'none comes through another' },
    { name: 'for requests through one of a stranger', policy: through('Account', stranger), principals: inside, because: 'it is of its own account' },
    { name: 'for a stranger through it', policy: through('Account', own, theirs), principals: named, because: 'the condition keeps nobody out' },
    { name: 'but not through others', policy: document(allow({ Resource: `${point}/object/*` }), deny(when(['StringNotEquals', 's3:DataAccessPointAccount', own]))), principals: everybody, because: 'the Deny reaches no request' },
    { name: 'for CloudTrail through it', policy: through('Account', own, { Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }), deputies: stranded, because: 'a stranger\'s trail comes through it as well' },
    { name: 'of several Regions', policy: document(allow({ Action: 's3:GetObject', Resource: `${several}/object/*` }, when(['StringEquals', 's3:DataAccessPointAccount', own]))), given: { resource: several }, principals: everybody, because: 'requests come through it, wherever they go' },
    { name: 'of a directory bucket', policy: document(allow({ Action: 's3express:*' }, when(['StringEquals', 's3express:DataAccessPointAccount', own]))), given: { resource: expressPoint }, principals: everybody, because: 'every request that its policy is about comes through it' },
    { name: 'of a directory bucket, by a key of other buckets', policy: document(allow({ Action: 's3express:*' }, when(['StringEquals', 's3:DataAccessPointAccount', own]))), given: { resource: expressPoint }, principals: inside, because: 'requests carry the key of the service that they are to' },
  ]),
  of('a bucket of another kind that delegates', at('s3express', 'bucket/b--euw1-az1--x-s3'), [
    { name: 'a directory bucket, to access points of mine', policy: document(allow(when(['StringEquals', 's3express:DataAccessPointAccount', own]))), principals: inside, because: 'the access points\' own policies are judged' },
    { name: 'a directory bucket, to those of a stranger', policy: document(allow(when(['StringEquals', 's3express:DataAccessPointAccount', stranger]))), principals: everybody, because: 'whom a stranger\'s access point lets in, nobody of mine judges' },
    { name: 'a directory bucket, to those of an account that nothing lists', policy: document(allow(when(['StringEquals', 's3express:DataAccessPointAccount', sibling]))), given: define({ accounts: undefined }), principals: undecided(sibling), because: 'it may be mine' },
    { name: 'a bucket on an Outpost, to those of an account that nothing lists', policy: document(allow(when(['ArnLike', 's3-outposts:DataAccessPointArn', `arn:aws:s3-outposts:*:${sibling}:outpost/*/accesspoint/*`]))), given: { resource: at('s3-outposts', 'outpost/op-01ac5d28a6a232904/bucket/b'), ...define({ accounts: undefined }) }, principals: undecided(sibling), because: 'it may be mine' },
    { name: 'a bucket on an Outpost, to access points of mine', policy: document(allow(when(['ArnLike', 's3-outposts:DataAccessPointArn', `arn:aws:s3-outposts:*:${own}:outpost/*/accesspoint/*`]))), given: { resource: at('s3-outposts', 'outpost/op-01ac5d28a6a232904/bucket/b') }, principals: inside, because: 'the access points\' own policies are judged' },
  ]),
  of('tags of what the policy hangs on', bus, [
    { name: 'where it speaks of others, which a Deny takes out', policy: document(allow(rules), deny(when(yes))), given: tagged(bus, { c: 'yes' }), principals: everybody, because: 'a rule has tags of its own' },
    { name: 'where it speaks of itself, which a Deny takes out', policy: document(allow({ Action: 'events:PutEvents', Resource: bus }), deny(when(yes))), given: tagged(bus, { c: 'yes' }), principals: inside, because: 'the bus has the tag' },
    { name: 'where it speaks of itself, with another value', policy: document(allow({ Action: 'events:PutEvents', Resource: bus }, when(yes))), given: tagged(bus, { c: 'no' }), principals: inside, because: 'the bus has another value' },
    { name: 'where it speaks of itself, without tags', policy: document(allow({ Action: 'events:PutEvents', Resource: bus }, when(yes))), given: tagged(bus, {}), principals: inside, because: 'the bus has no tag' },
    { name: 'consumers of a stream', policy: document(allow({ Action: 'kinesis:SubscribeToShard' }, when(yes))), given: tagged(at('kinesis', 'stream/s'), { c: 'no' }), principals: everybody, because: 'a consumer has tags of its own' },
    { name: 'of a bucket, by a Deny', policy: document(allow({ Action: 's3:GetObject', Resource: `${bucket}/*` }), deny(when(yes))), given: tagged(bucket, { c: 'yes' }), principals: everybody, because: 'tags of a bucket are told only where it is enabled for it' },
    { name: 'of a bucket, by an Allow', policy: document(allow({ Action: 's3:GetObject', Resource: `${bucket}/*` }, when(yes))), given: tagged(bucket, { c: 'yes' }), principals: everybody, because: 'where it is enabled, the tag is told' },
    { name: 'of a bucket with another value', policy: document(allow({ Action: 's3:GetObject', Resource: `${bucket}/*` }, when(yes))), given: tagged(bucket, { c: 'no' }), principals: inside, because: 'enabled or not, the value is never told' },
    ...[yes, no].map((test, i): Case => ({ name: `whose names differ in case, by the ${i === 0 ? 'first' : 'second'}`, policy: document(allow({ Action: 'sqs:SendMessage' }, when(test))), given: tagged(at('sqs', 'q'), { C: 'yes', c: 'no' }), principals: everybody, because: 'AWS does not say which of them it tells' })),
    { name: 'whose names differ in case, but for one value', policy: document(allow({ Action: 'sqs:SendMessage' }, when(['StringNotEquals', 'aws:ResourceTag/c', 'no']))), given: tagged(at('sqs', 'q'), { C: 'yes', c: 'no' }), principals: everybody, because: 'the other may be told' },
    { name: 'whose names differ in case, by neither', policy: document(allow({ Action: 'sqs:SendMessage' }, when(['StringEquals', 'aws:ResourceTag/c', 'maybe']))), given: tagged(at('sqs', 'q'), { C: 'yes', c: 'no' }), principals: inside, because: 'neither has the value' },
  ]),
  of('a zero-ETL integration of Redshift', at('redshift', 'namespace:86b5169f-01dc-4a6f-9fbb-e2e24359e9a8'), [
    { name: 'from a cluster of a stranger', policy: integrated(at('rds', 'cluster:src', stranger)), deputies: stranded, because: 'the source is what is integrated' },
    { name: 'from a cluster of mine', policy: integrated(at('rds', 'cluster:src')), deputies: inside, because: 'the ARN names an account of mine' },
    { name: 'from any table of anybody', policy: integrated('arn:aws:dynamodb:*:*:table/*'), deputies: stranded, because: 'a stranger has tables, too' },
    { name: 'from a bucket that nobody lists', policy: integrated('arn:aws:s3:::globex-drop'), deputies: stranded, because: 'a bucket\'s ARN names no account' },
    { name: 'from a bucket of mine', policy: integrated('arn:aws:s3:::acme-data'), deputies: inside, because: 'the definition lists it' },
    { name: 'by a stranger, of a serverless namespace', policy: document(allow(theirs, { Action: 'redshift:CreateInboundIntegration', Resource: at('redshift-serverless', 'namespace/u') })), given: { resource: at('redshift-serverless', 'namespace/u') }, principals: named, because: 'such namespaces have actions of Redshift' },
  ]),
  of('a key whose service tells its source in the context', at('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab'), [
    { name: 'an anomaly detector of anybody', policy: encrypted('logs.eu-west-1.amazonaws.com', 'aws:logs:arn', `arn:aws:logs:${region}:*:anomaly-detector:*`), deputies: stranded, because: 'CloudWatch Logs encrypts more than log groups' },
    { name: 'an anomaly detector of mine', policy: encrypted('logs.eu-west-1.amazonaws.com', 'aws:logs:arn', `arn:aws:logs:${region}:${own}:anomaly-detector:*`), deputies: inside, because: 'the ARN names an account of mine' },
    { name: 'logs of mine that are delivered', policy: encrypted('delivery.logs.amazonaws.com', 'SourceArn', `arn:aws:logs:${region}:${own}:*`), deputies: inside, because: 'the ARN names an account of mine' },
    { name: 'logs of anybody that are delivered', policy: encrypted('delivery.logs.amazonaws.com', 'SourceArn', `arn:aws:logs:${region}:*`), deputies: stranded, because: 'a stranger delivers logs, too' },
    // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html (kms:EncryptionContext): some calls have none.
    ...(['ArnLikeIfExists', 'Null'] as const).flatMap((operator) => [['kms:Encrypt*', 'kms:Describe*'], ['kms:CreateGrant']].map((Action): Case => ({
      name: `${Action.join(' and ')} without context, under ${operator}`, policy: document(allow({ Principal: { Service: 'logs.eu-west-1.amazonaws.com' }, Action }, when([operator, 'kms:EncryptionContext:aws:logs:arn', operator === 'Null' ? 'true' : `arn:aws:logs:${region}:${own}:*`]))),
      deputies: stranded, because: 'who describes a key encrypts nothing, and a grant may be of any context',
    }))),
    { name: 'grants with that context', policy: document(allow({ Principal: { Service: 'logs.eu-west-1.amazonaws.com' }, Action: 'kms:CreateGrant' }, when(['ArnLike', 'kms:EncryptionContext:aws:logs:arn', `arn:aws:logs:${region}:*:*`]))), deputies: stranded, because: 'a stranger\'s log group has one, too' },
    { name: 'what needs a context, that one missing', policy: document(allow({ Principal: { Service: 'logs.eu-west-1.amazonaws.com' }, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'] }, when(['Null', 'kms:EncryptionContext:aws:logs:arn', 'true']))), deputies: inside, because: 'CloudWatch Logs tells the log group wherever it encrypts' },
  ]),
  of('buckets that notify a queue', at('sqs', 'q'), [
    { name: 'of the own account\'s namespace', policy: fromS3(`arn:aws:s3:::*-${own}-eu-west-1-an`), deputies: inside, because: 'a bucket of that name is of the account in it' },
    { name: 'one of a sibling\'s namespace', policy: fromS3(`arn:aws:s3:::logs-${sibling}-eu-west-1-an`), deputies: inside, because: 'a bucket of that name is of the account in it' },
    { name: 'of a stranger\'s namespace', policy: fromS3(`arn:aws:s3:::*-${stranger}-eu-west-1-an`), deputies: stranded, because: 'the account is a stranger\'s' },
    { name: 'of names that end otherwise', policy: fromS3(`arn:aws:s3:::*-${own}-eu-west-1-anx`), deputies: stranded, because: 'anybody may have such a name' },
  ]),
  of('a policy that speaks of others', units, [
    { name: 'an organization\'s, of its units', policy: document(allow(theirs, { Action: 'organizations:AttachPolicy', Resource: units.replace('organization/', 'ou/').concat('/*') })), principals: named, because: 'it is the policy of all that is in the organization' },
    { name: 'a project\'s of Rekognition, of a version of its model', policy: document(allow(theirs, { Action: 'rekognition:CopyProjectVersion', Resource: at('rekognition', 'project/faces/version/v1/1627045542080') })), given: { resource: at('rekognition', 'project/faces/1627045542000') }, principals: named, because: 'the project\'s policy shares its versions, whose ARNs do not begin as its own' },
    { name: 'a group\'s, of OpsItems', policy: document(allow(theirs, { Action: 'ssm:GetOpsItem', Resource: at('ssm', 'opsitem/*') })), given: { resource: at('ssm', 'opsitemgroup/default') }, principals: named, because: 'the group\'s policy shares its items' },
    { name: 'a log group\'s ARN that ends in a star, of the group', policy: document(allow(theirs, { Action: 'logs:FilterLogEvents', Resource: logs })), given: { resource: `${logs}:*` }, principals: named, because: 'so most calls tell the group itself' },
    { name: 'a log group\'s ARN that ends in a star, of streams', policy: document(allow(theirs, { Action: 'logs:GetLogEvents', Resource: `${logs}:log-stream:a*` })), given: { resource: `${logs}:*` }, principals: named, because: 'streams lie below the group' },
  ]),
  of('a service of Lattice', at('vpc-lattice', 'service/svc-0123456789abcdef0'), [
    { name: 'from my VPC', policy: fromLattice('vpc-012abc01'), principals: outside('network-bound', 'anonymous'), deputies: inside, because: 'a network makes nobody mine' },
    { name: 'from my VPC, where networks may bind', policy: fromLattice('vpc-012abc01'), given: { acceptNetworkBound: true }, principals: inside, because: 'strangers call from VPCs of their own' },
    { name: 'from a VPC of the definition by a pattern, where networks may bind', policy: document(allow({ Action: 'vpc-lattice-svcs:Invoke' }, when(['StringLike', 'vpc-lattice-svcs:SourceVpc', 'vpc-0?2abc01'])), deny(when(['StringNotLike', 'vpc-lattice-svcs:SourceVpc', 'vpc-01?abc01']))), given: { acceptNetworkBound: true }, principals: inside, because: 'the one VPC that both take is mine' },
    ...[false, true].flatMap((acceptNetworkBound): Case[] => [
      { name: `from any VPC, where networks ${acceptNetworkBound ? 'may' : 'do not'} bind`, policy: document(allow({ Action: 'vpc-lattice-svcs:Invoke' }, when(['StringLike', 'vpc-lattice-svcs:SourceVpc', 'vpc-*']))), given: { acceptNetworkBound }, principals: outside('anonymous', 'anonymous'), because: 'every caller comes from some VPC' },
      { name: `from any other VPC than mine, where networks ${acceptNetworkBound ? 'may' : 'do not'} bind`, policy: document(allow({ Action: 'vpc-lattice-svcs:Invoke' }, when(['Null', 'vpc-lattice-svcs:SourceVpc', 'false'], ['StringNotEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-012abc01']))), given: { acceptNetworkBound }, principals: outside('anonymous', 'anonymous'), because: 'strangers have VPCs of their own' },
    ]),
    { name: 'from a VPC of mine by its owner', policy: document(allow({ Action: 'vpc-lattice-svcs:Invoke' }, when(['StringEquals', 'vpc-lattice-svcs:SourceVpcOwnerAccount', own]))), principals: outside('network-bound', 'anonymous'), because: 'a stranger\'s VPC is not of that account' },
    { name: 'from any VPC but those of mine by their owner', policy: document(allow({ Action: 'vpc-lattice-svcs:Invoke' }), deny(when(['StringNotEquals', 'vpc-lattice-svcs:SourceVpcOwnerAccount', [own, sibling]]))), principals: outside('network-bound', 'anonymous'), because: 'a network makes nobody mine' },
    { name: 'from VPCs of an account that is not mine', policy: document(allow({ Action: 'vpc-lattice-svcs:Invoke' }, when(['StringLike', 'vpc-lattice-svcs:SourceVpcOwnerAccount', '3*']))), principals: outside('anonymous', 'anonymous'), because: 'strangers have VPCs of their own' },
    { name: 'for my role, from VPCs of an account that nothing lists', policy: document(allow({ Principal: { AWS: own }, Action: 'vpc-lattice-svcs:Invoke' }, when(['StringEquals', 'vpc-lattice-svcs:SourceVpcOwnerAccount', stranger]))), given: define({ accounts: undefined, networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: [], organization: true } }), networks: undecided(stranger), because: 'the VPC may be mine' },
    { name: 'for my role, from my VPC', policy: document(allow({ Principal: { AWS: own }, Action: 'vpc-lattice-svcs:Invoke' }, when(['StringEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-012abc01']))), networks: inside, because: 'the VPC is mine' },
    { name: 'for my role, from another VPC', policy: document(allow({ Principal: { AWS: own }, Action: 'vpc-lattice-svcs:Invoke' }, when(['StringEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-0aaa']))), networks: outside('network-bound', 'role'), because: 'the VPC is not mine' },
  ]),
  { title: 'a service that takes resources of any', setting: { kind: 'identity', service: 'backup' }, cases: [
    { name: 'all but its own', policy: document({ Effect: 'Allow', Action: 'backup:*', Resource: '*' }, { Effect: 'Deny', Action: 'backup:*', Resource: 'arn:aws:backup:*' }), resources: outside('any-account', 'role'), because: 'a snapshot of EC2\'s is none of its own' },
    { name: 'all but what has a service, a Region and an account', policy: document({ Effect: 'Allow', Action: 'backup:*', Resource: '*' }, { Effect: 'Deny', Action: 'backup:*', Resource: 'arn:aws:?*:*:*:*' }), resources: inside, because: 'every ARN has those parts, be they empty' },
  ] },
  of('a queue for sessions that compute has', at('sqs', 'q'), [
    { name: 'of functions of mine', policy: fromSession('lambda:SourceFunctionArn', at('lambda', 'function:orders'), 'ArnEquals'), principals: inside, because: 'Lambda tells of which function the session is' },
    { name: 'of functions of anybody', policy: fromSession('lambda:SourceFunctionArn', 'arn:aws:lambda:*:*:function:orders', 'ArnLike'), principals: outside('any-account', 'role'), because: 'an unsigned call has no session' },
    { name: 'of managed nodes of mine', policy: fromSession('ssm:SourceInstanceARN', at('ssm', 'managed-instance/mi-0123456789abcdef0'), 'ArnEquals'), principals: inside, because: 'the node\'s ARN names an account of mine' },
    { name: 'in a VPC of mine', policy: fromSession('aws:Ec2InstanceSourceVpc', 'vpc-012abc01'), principals: inside, because: 'no instance of a stranger is there' },
    { name: 'in VPCs that begin as mine', policy: fromSession('aws:Ec2InstanceSourceVpc', 'vpc-012*', 'StringLike'), principals: outside('any-account', 'role'), because: 'others begin so as well' },
    { name: 'in any VPC', policy: fromSession('aws:Ec2InstanceSourceVpc', 'vpc-0aaa'), principals: outside('any-account', 'role'), because: 'an unsigned call has no session' },
  ]),
];
