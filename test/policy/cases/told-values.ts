import { allow, define, deny, document, inside, mine, ofOrganization, outside, own, partner, stranger, trust, undecided, when, type Case, type Expected, type Group, type Test } from './case.ts';

/** Variables whose values nothing in the policy tells apart, but the definition does: one value is of mine, or admitted, and another is not. */

const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));
const env = (...values: string[]): Test => ['StringLike', 'aws:PrincipalTag/env', values];
const on = (Resource: string | string[], ...tests: Test[]): object => attached(allow({ Action: '*', Resource }, ...tests.length > 0 ? [when(...tests)] : []));
const row = (name: string, policy: object, resources: Expected, because: string, given: Case['given'] = {}): Case => ({ name, policy, resources, because, given });
const [anybodys, theirs] = [outside('any-account', 'role'), outside('named-account', 'role')];
const tag = '${aws:PrincipalTag/env}';
const vendor = (...reachable: string[]): Case['given'] => define({ partners: [{ name: 'Vendor', accounts: [partner], externalIds: undefined, resources: [], reachable }] });
const spared = define({ exclusionTags: { principal: { env: 'dev' }, resource: {} } });
const ofOnesEnv: Test = ['StringEquals', 'aws:ResourceTag/env', tag];

export const toldValues: readonly Group[] = [
  { title: 'a variable in a resource of others or mine', setting: { kind: 'identity' }, cases: [
    row('two buckets, of which one is listed', on(`arn:aws:s3:::acme-${tag}/*`, env('logs', 'prod')), anybodys, 'nobody lists acme-prod'),
    row('two buckets, both listed', on(`arn:aws:s3:::acme-${tag}/*`, env('logs', 'data')), inside, 'the definition lists both'),
    row('any bucket of a name, of which one is listed', on(`arn:aws:s3:::acme-${tag}/*`), anybodys, 'anybody may have another', define({ buckets: ['acme-x'] })),
    row('buckets by a pattern, of which one is listed', on(`arn:aws:s3:::acme-${tag}/*`, env('log*')), anybodys, 'acme-log-x is nobody\'s', define({ buckets: ['acme-log'] })),
    row('buckets by two patterns, of which one is listed', on(`arn:aws:s3:::acme-${tag}/*`, env('prod-*', 'dev-*')), anybodys, 'acme-prod-x is nobody\'s', define({ buckets: ['acme-dev-*'] })),
    row('two folders of one bucket that is listed, of which one suffices', on([`arn:aws:s3:::acme-data/${tag}/*`, `arn:aws:s3:::acme-data/shared/${tag}/*`]), inside, 'the bucket is mine'),
    row('two folders of one bucket that is listed, of which each suffices', attached(allow({ Action: '*', Resource: `arn:aws:s3:::acme-data/${tag}/*` }), allow({ Action: '*', Resource: `arn:aws:s3:::acme-data/shared/${tag}/*` })), inside, 'the bucket is mine'),
    row('two folders, of which one is denied', attached(allow({ Action: '*', Resource: `arn:aws:s3:::acme-data/${tag}/*` }), deny({ Action: '*', Resource: `arn:aws:s3:::acme-data/shared/${tag}/*` })), inside, 'whichever folder, the bucket is mine'),
    row('two folders that begin otherwise, of which one is denied', attached(allow({ Action: '*', Resource: `arn:aws:s3:::acme-data/team/${tag}/*` }), deny({ Action: '*', Resource: `arn:aws:s3:::acme-data/shared/${tag}/*` })), inside, 'the bucket is mine'),
    row('two folders that end otherwise, of which one is denied', attached(allow({ Action: '*', Resource: `arn:aws:s3:::acme-data/*/a-${tag}` }), deny({ Action: '*', Resource: `arn:aws:s3:::acme-data/*/b-${tag}` })), inside, 'the bucket is mine'),
    row('the tag of the resource', on('arn:aws:s3:::acme-${aws:ResourceTag/n}/*', ['StringEquals', 'aws:ResourceTag/n', ['logs', 'prod']]), anybodys, 'nobody lists acme-prod'),
    row('namespaces, of which one is mine', on(`arn:aws:s3:::x-${tag}-eu-west-1-an/*`, env(own, stranger)), undecided(), 'there are more namespaces of Regions and accounts than the search tells apart'),
    row('a queue that a partner lets be reached, and another', on(`arn:aws:sqs:us-east-1:${partner}:${tag}`, env('inbox', 'outbox')), theirs, 'the outbox is not agreed', vendor(`arn:aws:sqs:us-east-1:${partner}:inbox`)),
    row('the queue that a partner lets be reached', on(`arn:aws:sqs:us-east-1:${partner}:${tag}`, env('inbox')), inside, 'it is agreed', vendor(`arn:aws:sqs:us-east-1:${partner}:inbox`)),
    row('parameters of AWS, and others', on(`arn:aws:ssm:us-east-1::parameter/${tag}/x`, env('aws', 'other')), anybodys, 'the definition lists those under aws', define({ awsOwnedResources: ['arn:aws:ssm:us-east-1::parameter/aws/*'] })),
    row('who is spared by a tag, and who is not', attached(allow(when(ofOnesEnv, env('dev', 'prod')))), anybodys, 'the definition spares one value', spared),
    row('who is spared by a tag', attached(allow(when(ofOnesEnv, env('dev')))), inside, 'the definition spares the value', spared),
  ] },
  { title: 'a variable in what a policy of mine admits', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    row('buckets through an endpoint', document(allow({ Resource: `arn:aws:s3:::acme-${tag}/*` }, when(ofOrganization(), env('logs', 'prod')))), anybodys, 'nobody lists acme-prod'),
    { name: 'objects of which a partner was granted one', given: { kind: 'resource', resource: 'arn:aws:s3:::acme-data', ...define({ partners: [{ name: 'Vendor', accounts: [partner], externalIds: undefined, resources: [{ arn: 'arn:aws:s3:::acme-data/a', actions: ['s3:GetObject'] }], reachable: [] }] }) },
      policy: document(allow({ Principal: { AWS: partner }, Action: 's3:GetObject', Resource: `arn:aws:s3:::acme-data/${tag}` }, when(env('a', 'b')))), principals: theirs, because: 'the other was not agreed' },
    { name: 'external ids of which one was agreed', given: { kind: 'trust' }, policy: document(trust({ AWS: partner }, when(['StringEquals', 'sts:ExternalId', '${aws:PrincipalTag/id}'], ['StringEquals', 'aws:PrincipalTag/id', ['12345', '67890']]))), principals: theirs, because: 'the other was not agreed' },
  ] },
  { title: 'a variable in networks', setting: { kind: 'identity', ...spared }, cases: [
    { name: 'who is spared by a tag, and who is not', policy: attached(allow(when(ofOnesEnv, env('dev', 'prod'), ['StringEquals', 'aws:ResourceOrgID', mine])), deny({ Action: 's3:DeleteBucket' })), networks: outside('network-bound', 'role'), because: 'the definition spares one value' },
  ] },
];
