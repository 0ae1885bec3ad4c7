import type { Random } from './random.ts';
import { accounts, allow, anyRole, deny, list, organization, partner, role, strangers, vpcs, type Draft, type Json } from './world.ts';

interface Thing { readonly service: string; readonly arn: (account: string) => string; readonly own: readonly string[]; readonly below?: string }
const things: Readonly<Record<'s3' | 'kms' | 'sqs' | 'sns' | 'secretsmanager' | 'lambda', Thing>> = {
  s3: { service: 's3', arn: () => 'arn:aws:s3:::acme-data', own: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'], below: '/*' },
  kms: { service: 'kms', arn: (account) => `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, own: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'] },
  sqs: { service: 'sqs', arn: (account) => `arn:aws:sqs:eu-west-1:${account}:jobs`, own: ['sqs:SendMessage', 'sqs:ReceiveMessage'] },
  sns: { service: 'sns', arn: (account) => `arn:aws:sns:eu-west-1:${account}:alerts`, own: ['sns:Publish', 'sns:Subscribe'] },
  secretsmanager: { service: 'secretsmanager', arn: (account) => `arn:aws:secretsmanager:eu-west-1:${account}:secret:db-AbCdEf`, own: ['secretsmanager:GetSecretValue'] },
  lambda: { service: 'lambda', arn: (account) => `arn:aws:lambda:eu-west-1:${account}:function:worker`, own: ['lambda:InvokeFunction'] },
};

type Family = (random: Random, arn: string, account: string) => Json[];
const outsideOrganization = (arn: readonly string[], action: string): Json => deny({
  Sid: 'NotMyOrganization', Action: action, Resource: arn,
  Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
});
const tls = (resources: readonly string[], action: string): Json => deny({ Sid: 'TLS', Action: action, Resource: resources, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
const logs = (service: string, arn: string, account: string, prefix = ''): Json[] => [
  allow({ Sid: 'AclCheck', Principal: { Service: service }, Action: 's3:GetBucketAcl', Resource: arn, Condition: { StringEquals: { 'aws:SourceAccount': account } } }),
  allow({ Sid: 'Write', Principal: { Service: service }, Action: 's3:PutObject', Resource: `${arn}/${prefix}AWSLogs/${account}/*`, Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': account } } }),
];

const bucket: Readonly<Record<string, Family>> = {
  'CloudTrail logs': (_, arn, account) => [...logs('cloudtrail.amazonaws.com', arn, account), tls([arn, `${arn}/*`], 's3:*')],
  'Config and CloudTrail logs': (random, arn, account) => [...logs('config.amazonaws.com', arn, account, 'config/'), ...logs('cloudtrail.amazonaws.com', arn, account), ...(random.chance(0.5) ? [tls([arn, `${arn}/*`], 's3:*')] : [])],
  'TLS only': (_, arn) => [tls([arn, `${arn}/*`], 's3:*')],
  'nothing outside the organization': (random, arn) => [
    outsideOrganization([arn, `${arn}/*`], 's3:*'), tls([arn, `${arn}/*`], 's3:*'),
    allow({ Sid: 'Read', Principal: '*', Action: ['s3:GetObject', 's3:ListBucket'], Resource: [arn, `${arn}/*`], Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }),
    ...(random.chance(0.5) ? [deny({ Sid: 'Unencrypted', Action: 's3:PutObject', Resource: `${arn}/*`, Condition: { StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption': 'aws:kms' } } })] : []),
  ],
  'accounts and prefixes': (random, arn) => random.some(accounts, 2, 6).map((account, i) => allow({ Sid: `Team${i}`, Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: ['s3:GetObject', 's3:PutObject'], Resource: `${arn}/team-${i}/*` })),
  'home folders': (_, arn, account) => [allow({ Principal: { AWS: account }, Action: 's3:*', Resource: [`${arn}/home/\${aws:username}/*`] }), allow({ Principal: { AWS: account }, Action: 's3:ListBucket', Resource: arn, Condition: { StringLike: { 's3:prefix': ['home/${aws:username}/*', ''] } } })],
  'only from my network': (_, arn) => [deny({ NotPrincipal: { AWS: [role(accounts[0]!, 'ops'), `arn:aws:iam::${accounts[0]!}:root`] }, Principal: undefined, Action: 's3:*', Resource: [arn, `${arn}/*`], Condition: { StringNotEqualsIfExists: { 'aws:SourceVpc': vpcs }, NotIpAddressIfExists: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] }, BoolIfExists: { 'aws:ViaAWSService': 'false' } } }), allow({ Principal: { AWS: accounts.slice(0, 3) }, Action: 's3:GetObject', Resource: `${arn}/*` })],
};
const key: Readonly<Record<string, Family>> = {
  'the default': (_, __, account) => [allow({ Sid: 'Enable IAM User Permissions', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' })],
  'users and grants': (random, _, account) => [
    allow({ Sid: 'Enable IAM User Permissions', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }),
    allow({ Sid: 'Administrators', Principal: { AWS: role(account, 'ops') }, Action: ['kms:Create*', 'kms:Describe*', 'kms:Enable*', 'kms:Put*', 'kms:ScheduleKeyDeletion'], Resource: '*' }),
    allow({ Sid: 'Use', Principal: { AWS: list(random, [anyRole(random), anyRole(random)]) }, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], Resource: '*' }),
    allow({ Sid: 'Grants', Principal: { AWS: anyRole(random) }, Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], Resource: '*', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
  ],
  'one service for my account': (_, __, account) => [
    allow({ Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }),
    allow({ Principal: { AWS: '*' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'], Resource: '*', Condition: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } } }),
  ],
};
const queue = (send: string): Readonly<Record<string, Family>> => ({
  'a topic or bucket of mine': (_, arn, account) => [allow({ Principal: { Service: 's3.amazonaws.com' }, Action: send, Resource: arn, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::acme-*' }, StringEquals: { 'aws:SourceAccount': account } } }),
    allow({ Principal: { Service: 'events.amazonaws.com' }, Action: send, Resource: arn, Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:events:eu-west-1:${account}:rule/nightly` } } })],
  'the owner': (_, arn, account) => [allow({ Sid: '__default_statement_ID', Principal: { AWS: '*' }, Action: send, Resource: arn, Condition: { StringEquals: { 'AWS:SourceOwner': account } } })],
  'the organization': (random, arn) => [allow({ Principal: '*', Action: send, Resource: arn, Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }), ...(random.chance(0.6) ? [tls([arn], '*')] : [])],
  'services of my organization': (_, arn) => [allow({ Principal: { Service: ['events.amazonaws.com', 'sns.amazonaws.com'] }, Action: send, Resource: arn, Condition: { StringEquals: { 'aws:SourceOrgID': organization } } })],
});
const secret: Readonly<Record<string, Family>> = {
  'readers': (random) => [allow({ Principal: { AWS: list(random, [anyRole(random), anyRole(random)]) }, Action: 'secretsmanager:GetSecretValue', Resource: '*', Condition: { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': 'AWSCURRENT' } } })],
  'nothing outside the organization': (random) => [outsideOrganization(['*'], 'secretsmanager:*'), allow({ Principal: { AWS: anyRole(random) }, Action: 'secretsmanager:GetSecretValue', Resource: '*' })],
};
const code: Readonly<Record<string, Family>> = {
  'invocations': (_, arn, account) => [
    allow({ Sid: 'bucket', Principal: { Service: 's3.amazonaws.com' }, Action: 'lambda:InvokeFunction', Resource: arn, Condition: { StringEquals: { 'AWS:SourceAccount': account }, ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::acme-uploads' } } }),
    allow({ Sid: 'api', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction', Resource: arn, Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:execute-api:eu-west-1:${account}:abcdef1234/*/GET/*` } } }),
  ],
  'the organization': (_, arn) => [allow({ Principal: '*', Action: 'lambda:InvokeFunction', Resource: arn, Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } })],
};
const families = { s3: bucket, kms: key, sqs: queue('sqs:SendMessage'), sns: queue('sns:Publish'), secretsmanager: secret, lambda: code } as const;

const breaches: Readonly<Record<string, (random: Random, arn: string, actions: readonly string[]) => Json[]>> = {
  'everybody': (random, arn, actions) => [allow({ Principal: '*', Action: list(random, actions), Resource: arn })],
  'a mistyped account': (random, arn, actions) => [allow({ Principal: { AWS: [`arn:aws:iam::${random.pick(accounts)}:root`, `arn:aws:iam::${random.pick(strangers)}:root`] }, Action: actions, Resource: arn })],
  'a partner without agreement': (_, arn, actions) => [allow({ Principal: { AWS: partner.account }, Action: actions, Resource: arn })],
  'a service for anybody': (_, arn, actions) => [allow({ Principal: { Service: 'sns.amazonaws.com' }, Action: actions, Resource: arn })],
  'any caller of a service': (_, arn, actions) => [allow({ Principal: { AWS: '*' }, Action: actions, Resource: arn, Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } } })],
  'a network alone': (_, arn, actions) => [allow({ Principal: '*', Action: actions, Resource: arn, Condition: { StringEquals: { 'aws:SourceVpc': vpcs[0]! } } })],
  'a source without account': (_, arn, actions) => [allow({ Principal: { AWS: '*' }, Action: actions, Resource: arn, Condition: { StringNotEquals: { 'aws:PrincipalAccount': strangers } } })],
};

export function resourcePolicy(random: Random, sound: boolean): Draft {
  const account = random.pick(accounts);
  const type = random.pick<keyof typeof things>(['s3', 's3', 's3', 'kms', 'sqs', 'sns', 'secretsmanager', 'lambda']);
  const { service, arn, own, below = '' } = things[type];
  const resource = arn(account);
  const common = { kind: 'resource', account, service, resource } as const;
  if (!sound) {
    const [name, breach] = random.pick(Object.entries(breaches));
    return { ...common, name: `${service}: ${name}`, statements: breach(random, type === 's3' ? `${resource}${below}` : resource, own.filter((one) => one !== 's3:ListBucket')) };
  }
  const [name, family] = random.pick(Object.entries<Family>(families[type]));
  return { ...common, name: `${service}: ${name}`, statements: family(random, resource, account) };
}
