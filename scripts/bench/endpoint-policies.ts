import type { Random } from './random.ts';
import { accounts, allow, anyRole, deny, list, organization, partner, regions, role, roleNames, strangeOrganization, strangers, type Draft, type Json } from './world.ts';

interface Service { readonly service: string; readonly prefix: string; readonly gateway?: boolean; readonly reads: readonly string[]; readonly writes: readonly string[] }
const services: readonly Service[] = [
  { service: 's3', prefix: 's3', gateway: true, reads: ['GetObject', 'ListBucket', 'GetObjectVersion'], writes: ['PutObject', 'DeleteObject', 'AbortMultipartUpload'] },
  { service: 's3', prefix: 's3', reads: ['GetObject', 'ListBucket'], writes: ['PutObject'] },
  { service: 'dynamodb', prefix: 'dynamodb', gateway: true, reads: ['GetItem', 'Query', 'BatchGetItem'], writes: ['PutItem', 'UpdateItem'] },
  { service: 'sqs', prefix: 'sqs', reads: ['ReceiveMessage', 'GetQueueAttributes'], writes: ['SendMessage', 'DeleteMessage'] },
  { service: 'sns', prefix: 'sns', reads: ['GetTopicAttributes'], writes: ['Publish'] },
  { service: 'kms', prefix: 'kms', reads: ['DescribeKey', 'Decrypt'], writes: ['Encrypt', 'GenerateDataKey'] },
  { service: 'secretsmanager', prefix: 'secretsmanager', reads: ['GetSecretValue', 'DescribeSecret'], writes: ['PutSecretValue'] },
  { service: 'ssm', prefix: 'ssm', reads: ['GetParameter', 'GetParametersByPath'], writes: ['PutParameter'] },
  { service: 'ecr.api', prefix: 'ecr', reads: ['BatchGetImage', 'GetDownloadUrlForLayer'], writes: ['PutImage'] },
  { service: 'logs', prefix: 'logs', reads: ['DescribeLogStreams'], writes: ['PutLogEvents', 'CreateLogStream'] },
  { service: 'sts', prefix: 'sts', reads: ['GetCallerIdentity'], writes: ['AssumeRole', 'AssumeRoleWithWebIdentity'] },
  { service: 'lambda', prefix: 'lambda', reads: ['GetFunction'], writes: ['InvokeFunction'] },
  { service: 'kinesis-streams', prefix: 'kinesis', reads: ['GetRecords'], writes: ['PutRecord', 'PutRecords'] },
];

const actions = (random: Random, { prefix, reads, writes }: Service): string | readonly string[] =>
  random.pick<string | readonly string[]>(['*', `${prefix}:*`, [...reads, ...writes].map((one) => `${prefix}:${one}`), [`${prefix}:Get*`, `${prefix}:List*`, `${prefix}:Describe*`]]);
const mine = { 'aws:PrincipalOrgID': organization };
const myResources = { 'aws:ResourceOrgID': organization };
const serviceCalls = allow({ Sid: 'AWSServices', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } });

function ownBuckets(random: Random): Json {
  const region = random.pick(regions);
  const buckets = [`arn:aws:s3:::aws-ssm-${region}/*`, `arn:aws:s3:::amazon-ssm-${region}/*`, `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`, `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`, `arn:aws:s3:::patch-baseline-snapshot-${region}/*`];
  return allow({ Sid: 'AWSOwned', Principal: '*', Action: ['s3:GetObject'], Resource: random.some(buckets, 1, 5), Condition: { StringEquals: mine } });
}

/** What keeps an endpoint policy of that shape sound. */
type Family = (random: Random, service: Service) => Json[];
const families: Readonly<Record<string, Family>> = {
  'organization and its resources': (random, service) => [
    allow({ Sid: 'MyOrganization', Principal: '*', Action: actions(random, service), Resource: '*', Condition: { StringEquals: { ...mine, ...myResources } } }),
    ...(random.chance(0.5) ? [serviceCalls] : []), ...(service.prefix === 's3' && random.chance(0.6) ? [ownBuckets(random)] : []),
    ...(random.chance(0.3) ? [deny({ Sid: 'TLS', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] : []),
  ],
  'deny and allow': (random, service) => [
    allow({ Principal: '*', Action: '*', Resource: '*' }),
    deny({ Sid: 'NotMyOrganization', Action: '*', Resource: '*', Condition: { StringNotEquals: mine, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }),
    deny({ Sid: 'NotMyOrganizationAnonymous', Action: '*', Resource: '*', Condition: { Null: { 'aws:PrincipalOrgID': 'true', 'aws:PrincipalIsAWSService': 'true' } } }),
    deny({ Sid: 'NotMyResources', Action: '*', Resource: '*', Condition: { StringNotEqualsIfExists: myResources, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }),
    deny({ Sid: 'OwnerWithoutOrganization', Action: '*', Resource: '*', Condition: { Null: { 'aws:ResourceOrgID': 'true' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }),
    ...(random.chance(0.5) ? [deny({ Sid: 'Deletes', Action: service.writes.map((one) => `${service.prefix}:${one}`), Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': [anyRole(random), anyRole(random)] } } })] : []),
  ],
  'a statement for each task': (random, service) => [...service.reads, ...service.writes].slice(0, 6).map((one, i) => allow({
    Sid: `Task${i}`, Principal: '*', Action: `${service.prefix}:${one}`, Resource: '*',
    Condition: random.chance(0.5) ? { StringEquals: { ...mine, ...myResources } } : { StringEquals: { ...myResources }, 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${organization}/*` } },
  })),
  'lists of accounts': (random, service) => {
    const some = random.some(accounts, 2, 25);
    return [allow({ Sid: 'Accounts', Principal: '*', Action: actions(random, service), Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': some, 'aws:ResourceAccount': some } } }), ...(random.chance(0.3) ? [serviceCalls] : [])];
  },
  'all but some actions': (random, service) => [
    allow({ Sid: 'AllBut', Principal: '*', NotAction: service.writes.slice(0, 2).map((one) => `${service.prefix}:${one}`), Resource: '*', Condition: { StringEquals: { ...mine, ...myResources } } }),
    deny({ NotAction: [`${service.prefix}:*`], Resource: '*' }),
  ],
  'roles by ARN': (random, service) => {
    const some = Array.from({ length: 1 + random.below(6) }, () => anyRole(random));
    const who = service.gateway === true || random.chance(0.4)
      ? { Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': list(random, some) }, StringEquals: { 'aws:ResourceAccount': random.some(accounts, 1, 4) } } }
      : { Principal: { AWS: list(random, some) }, Condition: { StringEquals: { ...myResources } } };
    return [allow({ Sid: 'Roles', Action: actions(random, service), Resource: '*', ...who }),
      ...(service.prefix === 's3' && random.chance(0.5) ? [allow({ Sid: 'Buckets', Principal: '*', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::acme-data/*', `arn:aws:s3:::${partner.bucket}/*`], Condition: { StringEquals: mine } })] : [])];
  },
};

/** How people open such a policy. */
const breaches: Readonly<Record<string, (random: Random, statements: Json[], service: Service) => Json[]>> = {
  'the default policy': () => [allow({ Principal: '*', Action: '*', Resource: '*' })],
  'a statement left from a test': (random, statements, service) => [...statements, allow({ Sid: 'Test', Principal: '*', Action: `${service.prefix}:*`, Resource: '*' })].filter((one) => one['Effect'] === 'Allow'),
  'resources of anybody': (_, statements) => [...statements, allow({ Sid: 'Everywhere', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: mine } })].filter((one) => one['Effect'] === 'Allow'),
  'IfExists on the organization': (random, _, service) => [allow({ Principal: '*', Action: actions(random, service), Resource: '*', Condition: { StringEqualsIfExists: { ...mine, ...myResources } } })],
  'paths of nothing': (random, _, service) => [allow({ Principal: '*', Action: actions(random, service), Resource: '*', Condition: { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': `${organization}/*` } } })],
  'any organization': (random, _, service) => [allow({ Principal: '*', Action: actions(random, service), Resource: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' }, StringEquals: { ...myResources } } })],
  'another organization beside mine': (random, _, service) => [allow({ Principal: '*', Action: actions(random, service), Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': [organization, strangeOrganization], ...myResources } } })],
  'a mistyped account': (random, _, service) => [allow({ Principal: '*', Action: actions(random, service), Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': [...random.some(accounts, 1, 9), random.pick(strangers)], 'aws:ResourceAccount': accounts.slice(0, 2) } } })],
  'a role of any account': (random, _, service) => [allow({ Principal: '*', Action: actions(random, service), Resource: '*', Condition: { ArnLike: { 'aws:PrincipalArn': role('*', random.pick(roleNames)) }, StringEquals: { ...myResources } } })],
};

export function endpointPolicy(random: Random, sound: boolean): Draft {
  const service = random.pick(services);
  const [name, family] = random.pick(Object.entries(families));
  const made = family(random, service);
  const breach = random.pick(Object.entries(breaches));
  return {
    name: `endpoint ${service.service}: ${sound ? name : breach[0]}`, kind: 'vpc-endpoint', account: random.pick(accounts), service: service.service,
    endpointType: service.gateway === true ? 'gateway' : 'interface', statements: sound ? made : breach[1](random, made, service),
    ...(!sound && breach[0] === 'the default policy' ? { version: '2008-10-17' } : {}),
  };
}
