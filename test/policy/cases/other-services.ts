import { allow, deny, document, inside, mine, outside, when, type Case, type Group, type Test } from './case.ts';

/** Services that a policy takes in without naming them, and resources whose ARN names no account. */
const row = (name: string, policy: object, expected: Pick<Case, 'principals' | 'resources' | 'deputies'>, because: string, given?: Case['given']): Case => ({ name, policy, ...expected, because, ...(given === undefined ? {} : { given }) });
const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));

const notMine: Test = ['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine];
const notOurs: Test = ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine];
const anyAccount = outside('any-account', 'role');
const [everybody, besides] = [outside('anonymous', 'anonymous'), outside('any-account', 'role', '')];

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
  row('an RCP for S3', document(deny({ Action: 's3:*' }, when(notOurs, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), { principals: inside }, 'an RCP is asked about what it names', { kind: 'rcp' }),
] };

const others: Group = { title: 'resources that no account stands in', setting: { kind: 'identity' }, cases: [
  row('hosted zones', attached(allow({ Action: 'route53:*', Resource: 'arn:aws:route53:::hostedzone/*' })), { resources: anyAccount }, 'the ARN names no account'),
  row('managed policies of AWS', attached(allow({ Action: 'iam:GetPolicy', Resource: 'arn:aws:iam::aws:policy/*' })), { resources: anyAccount }, 'they are not mine, and the definition does not list them'),
] };

const onQueues = (Resource: string, more: object = {}): object => attached(allow({ Action: 'sqs:*', Resource }), ...Object.keys(more).length === 0 ? [] : [more]);
const sqs = { service: 'sqs' };
const incomplete: Group = { title: 'an ARN of fewer than six fields', setting: { kind: 'identity' }, cases: [
  row('without Region, account and name', onQueues('arn:aws:sqs'), { resources: anyAccount }, 'AWS completes it by wildcards', sqs),
  row('without account and name', onQueues('arn:aws:sqs:eu-west-1'), { resources: anyAccount }, 'AWS completes it by wildcards', sqs),
  row('without a name, of a stranger', onQueues('arn:aws:sqs:eu-west-1:333333333333'), { resources: outside('named-account', 'role') }, 'AWS completes it by wildcards', sqs),
  row('without a name, of mine', onQueues('arn:aws:sqs:eu-west-1:111111111111'), { resources: inside }, 'it names queues of mine', sqs),
  row('with a colon in a variable', onQueues('arn:aws:sqs:*:${aws:PrincipalAccount}'), { resources: inside }, 'the account is the caller\'s', sqs),
  row('in a Deny', onQueues('*', deny({ Action: 'sqs:*', Resource: 'arn:aws:sqs' })), { resources: inside }, 'it denies all queues', sqs),
  row('in the Allow of a resource', document(allow({ Action: 'sqs:*', Resource: 'arn:aws:sqs' })), { principals: everybody }, 'of those AWS does not say it, and the reading that opens more hides nothing', { kind: 'resource', service: 'sqs' }),
  row('in the Deny of a resource', document(allow({ Action: 'sqs:*' }), deny({ Action: 'sqs:*', Resource: 'arn:aws:sqs' })), { principals: outside('anonymous', 'anonymous', 0) }, 'of those AWS does not say it, so the Deny is not counted upon', { kind: 'resource', service: 'sqs' }),
] };

export const otherServices: readonly Group[] = [unnamed, others, incomplete];
