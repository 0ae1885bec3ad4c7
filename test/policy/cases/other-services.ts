import { allow, deny, document, inside, mine, ofOrganization, outside, own, stranger, when, type Case, type Group, type Test } from './case.ts';

/** Services that a policy takes in without naming them, and resources that other services own. */
const row = (name: string, policy: object, expected: Pick<Case, 'principals' | 'resources' | 'deputies'>, because: string, given?: Case['given']): Case => ({ name, policy, ...expected, because, ...(given === undefined ? {} : { given }) });
const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));

const notMine: Test = ['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine];
const notOurs: Test = ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine];
const anyAccount = outside('any-account', 'role');
const [everybody, besides] = [outside('anonymous', 'anonymous'), outside('any-account', 'role', '')];
const org = when(ofOrganization());
const endpoint = (service: string): Case['given'] => ({ kind: 'vpc-endpoint', endpointType: 'interface', service });

/** The service is not given, so the policy is asked about all. */
const unnamed: Group = { title: 'services that no policy names', setting: { kind: 'identity' }, cases: [
  row('an SCP that denies S3 only', attached(deny({ Action: 's3:*' }, when(notMine))), { resources: besides }, 'queues of strangers stay within reach', { kind: 'scp' }),
  row('an SCP that denies everything', attached(deny(when(notMine))), { resources: inside }, 'no service is left out', { kind: 'scp' }),
  row('an SCP that denies all but S3', attached(deny({ NotAction: 's3:*' }, when(notMine))), { resources: besides }, 'S3 is left out', { kind: 'scp' }),
  row('an SCP that denies two services by a wildcard', attached(deny({ Action: ['s3:*', 's?s:*'] }, when(notMine))), { resources: besides }, 'others do not match', { kind: 'scp' }),
  row('everything allowed and S3 denied', attached(allow(), deny({ Action: 's3:*' }, when(notMine))), { resources: anyAccount }, 'the Allow takes in all other services'),
  row('everything but S3 allowed', attached(allow({ NotAction: 's3:*' })), { resources: anyAccount }, 'NotAction takes in all other services'),
  row('power users', attached(allow({ NotAction: ['iam:*', 'organizations:*'] })), { resources: anyAccount }, 'NotAction takes in all other services'),
  row('tables of anybody, whatever is done with them', attached(allow({ Resource: 'arn:aws:dynamodb:*:*:table/*' })), { resources: anyAccount }, 'the ARN names the service'),
  row('a service by a wildcard', attached(allow({ Action: 'dynamo*:GetItem' })), { resources: anyAccount }, 'the wildcard takes in DynamoDB'),
  row('two services of mine', attached(allow({ Action: ['s3:*', 'sqs:*'] }, when(['StringEquals', 'aws:ResourceOrgID', mine]))), { resources: inside }, 'nothing else is allowed'),
  row('an endpoint that denies S3 only', document(allow(), deny({ Action: 's3:*' })), { principals: everybody, resources: anyAccount }, 'all other services are open', { kind: 'vpc-endpoint' }),
  row('an endpoint for all but S3', document(allow({ NotAction: 's3:*' })), { principals: everybody, resources: anyAccount }, 'NotAction takes in all other services', { kind: 'vpc-endpoint' }),
  row('a resource that denies strangers S3 only', document(allow(), deny({ Action: 's3:*' }, when(notOurs))), { principals: everybody }, 'all other services are open', { kind: 'resource' }),
  row('an RCP for S3', document(deny({ Action: 's3:*' }, when(notOurs, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), { principals: inside }, 'an RCP is asked about what it names', { kind: 'rcp' }),
] };

const others: Group = { title: 'resources that another service owns', setting: { kind: 'identity' }, cases: [
  row('snapshots of anybody, read by EBS', document(allow({ Action: 'ebs:*', Resource: 'arn:aws:ec2:*:*:snapshot/*' }, org)), { resources: anyAccount }, 'EBS reads snapshots of EC2', endpoint('ebs')),
  row('snapshots without an account, read by EBS', document(allow({ Action: 'ebs:*', Resource: 'arn:aws:ec2:*::snapshot/*' }, org)), { resources: anyAccount }, 'the ARN names no account', endpoint('ebs')),
  row('images without an account', document(allow({ Action: 'ec2:RunInstances', Resource: 'arn:aws:ec2:*::image/*' }, org)), { resources: anyAccount }, 'images are anybody\'s', endpoint('ec2')),
  row('commands to instances of anybody', document(allow({ Action: 'ssm:SendCommand', Resource: 'arn:aws:ec2:*:*:instance/*' }, org)), { resources: anyAccount }, 'SSM sends commands to instances of EC2', endpoint('ssm')),
  row('commands to instances of mine', document(allow({ Action: 'ssm:SendCommand', Resource: `arn:aws:ec2:*:${own}:instance/*` }, org)), { resources: inside }, 'the account is mine', endpoint('ssm')),
  row('commands to instances of a stranger', document(allow({ Action: 'ssm:SendCommand', Resource: `arn:aws:ec2:*:${stranger}:instance/*` }, org)), { resources: outside('named-account', 'role') }, 'the account is a stranger\'s', endpoint('ssm')),
  row('keys, called by the actions of queues', document(allow({ Action: 'sqs:*', Resource: 'arn:aws:kms:*:*:key/*' }, org)), { resources: inside }, 'no action of SQS takes a key', endpoint('sqs')),
  row('access points of anybody', document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:*:*:accesspoint/*' }, org)), { resources: anyAccount }, 'an access point is no bucket', endpoint('s3')),
  row('access points of mine', document(allow({ Action: 's3:GetObject', Resource: `arn:aws:s3:eu-west-1:${own}:accesspoint/*` }, org)), { resources: inside }, 'the account is mine', endpoint('s3')),
  row('buckets denied', document(allow({ Action: 's3:*' }, org), deny({ Action: 's3:*', Resource: 'arn:aws:s3:::*' })), { resources: anyAccount }, 'access points are no buckets', endpoint('s3')),
  row('hosted zones', attached(allow({ Action: 'route53:*', Resource: 'arn:aws:route53:::hostedzone/*' })), { resources: anyAccount }, 'the ARN names no account'),
  row('managed policies of AWS', attached(allow({ Action: 'iam:GetPolicy', Resource: 'arn:aws:iam::aws:policy/*' })), { resources: anyAccount }, 'they are not mine, and the definition does not list them'),
] };

const api = `arn:aws:execute-api:eu-west-1:${own}:abcdef1234`;
const shortForm: Group = { title: 'the short form of API Gateway', setting: { kind: 'resource', service: 'execute-api', resource: api }, cases: [
  row('all stages', document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' })), { principals: everybody }, 'it stands for the API that the policy hangs on'),
  row('one method', document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/prod/GET/pets' })), { principals: everybody }, 'it stands for a method of the API'),
  row('all stages, for the organization', document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, org)), { principals: inside }, 'the organization is mine'),
  row('all stages, denied from elsewhere', document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }), deny({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, when(['StringNotEquals', 'aws:SourceVpc', 'vpc-012abc01']))),
    { principals: outside('network-bound', ['anonymous', 'role']) }, 'whoever is in the VPC may call'),
] };

const topic = `arn:aws:sns:eu-west-1:${own}:alerts`;
const bySource = (...tests: Test[]): object => document(allow({ Action: 'sns:Publish', Resource: topic }, when(...tests)));
const sources: Group = { title: 'a source without a principal', setting: { kind: 'resource', service: 'sns', resource: topic }, cases: [
  row('rules of anybody', bySource(['ArnLike', 'aws:SourceArn', 'arn:aws:events:*:*:rule/*']), { deputies: outside('service', 'service') }, 'EventBridge acts for whoever has a rule'),
  row('rules of mine', bySource(['ArnLike', 'aws:SourceArn', `arn:aws:events:*:${own}:rule/*`]), { deputies: inside }, 'the rules are mine'),
  row('a bucket by its name', bySource(['ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:their-bucket']), { deputies: outside('service', 'service') }, 'a bucket\'s ARN names no account'),
  row('a bucket by its name and account', bySource(['ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:their-bucket'], ['StringEquals', 'aws:SourceAccount', own]), { deputies: inside }, 'the account is mine'),
] };

export const otherServices: readonly Group[] = [unnamed, others, shortForm, sources];
