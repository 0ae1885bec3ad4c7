import type { Random } from '../bench/random.ts';

/** Who plays: few accounts and organizations, so that policies, definitions and requests meet often; beside each some that differ by a hair. */
export const own = '111111111111';
export const [sibling, stranger, alone, partner, partnersOther] = ['222222222222', '333333333333', '444444444444', '123456789012', '555555555555'] as const;
export const accounts: readonly string[] = [own, own, sibling, stranger, alone, partner, partnersOther, '111111111112', '211111111111', '333333333334', '999999999999'];
export const [mine, second, foreign] = ['o-4tkekae453', 'o-secondofmine', 'o-aaaaaaaaaa'] as const;
/** Of others, and alike: one id goes on behind that of mine, one differs at its end. */
export const foreignOrganizations: readonly string[] = [foreign, `${mine}x`, 'o-4tkekae454', 'o-zzzzzzzzzz'];
export const units: readonly string[] = ['', 'ou-ab12-11111111/', 'ou-ab12-22222222/', 'ou-ab12-11111111/ou-ab12-33333333/'];
export const [vpc, endpoint, block] = ['vpc-012abc01', 'vpce-0aaa1111', '192.0.2.0/24'] as const;
export const regions: readonly string[] = ['eu-west-1', 'us-east-1', 'ap-southeast-3'];
/** A Region of each partition but the first. */
export const homes: Readonly<Record<string, string>> = { 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' };
export const github = 'token.actions.githubusercontent.com';
export const [pool, foreignPool] = ['eu-west-1:11111111-2222-3333-4444-555555555555', 'eu-west-1:99999999-2222-3333-4444-555555555555'] as const;
/** Conditions on time are judged from here on. */
export const now = Date.parse('2026-01-01T00:00:00Z');

export interface Service {
  readonly actions: readonly string[];
  /** Names of resources, as they stand behind the account. */
  readonly names: readonly string[];
  readonly arn: (account: string, region: string, name: string) => string;
  /** The resource that policies of resources hang on, of `own`, and what requests may name below it. */
  readonly asked: string;
  readonly below: readonly string[];
}
const regional = (prefix: string, actions: readonly string[], names: readonly string[], below: readonly string[] = ['']): Service => {
  const arn = (account: string, region: string, name: string): string => `arn:aws:${prefix}:${region}:${account}:${name}`;
  return { actions: actions.map((one) => `${prefix}:${one}`), names, arn, asked: arn(own, 'eu-west-1', names[0]!), below };
};
/** Access points are in ARNs with an account; `@` and `#` in a bucket's name are its owner's account and Region, in whose namespace it is. */
const arnOfS3 = (account: string, region: string, name: string): string => name.startsWith('accesspoint/') ? `arn:aws:s3:${name.includes('.mrap') ? '' : region}:${account}:${name}` : `arn:aws:s3:::${name.replace('@', account).replace('#', region)}`;
export const services: Readonly<Record<string, Service>> = {
  s3: {
    actions: ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:DeleteObject', 's3:PutBucketPolicy'],
    names: ['acme-data', 'acme-data/x/y', 'acme-logs', 'acme-data-evil', 'some-bucket/some-key', 'vendor-drop/a', 'amazonlinux-2-repos-eu-west-1/x', 'team-logs/a/b', 'data-@-#-an/x', 'accesspoint/app', 'accesspoint/app/object/x', 'accesspoint/m0abc.mrap/object/x'],
    arn: arnOfS3, asked: 'arn:aws:s3:::acme-data', below: ['', '/key', '/logs/a', `/AWSLogs/${stranger}/x`, '/home/jo/x'],
  },
  sts: { actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], names: ['role/app', 'role/path/app', 'role/admin'], arn: (account, _region, name) => `arn:aws:iam::${account}:${name}`, asked: `arn:aws:iam::${own}:role/app`, below: [''] },
  dynamodb: regional('dynamodb', ['GetItem', 'PutItem', 'Scan'], ['table/orders', 'table/orders/index/x', 'table/other', 'table/orders2']),
  kms: regional('kms', ['Decrypt', 'Encrypt', 'CreateGrant', 'DescribeKey'], ['key/1234abcd-12ab-34cd-56ef-1234567890ab', 'key/99999999-12ab-34cd-56ef-1234567890ab', 'alias/app']),
  sqs: regional('sqs', ['SendMessage', 'ReceiveMessage', 'GetQueueUrl'], ['queue', 'acme-q', 'queue2']),
  sns: regional('sns', ['Publish', 'Subscribe', 'GetTopicAttributes'], ['topic', 'other']),
  lambda: regional('lambda', ['InvokeFunction', 'GetFunction'], ['function:worker', 'function:other', 'function:worker:3'], ['', ':live']),
  secretsmanager: regional('secretsmanager', ['GetSecretValue', 'PutSecretValue'], ['secret:db-AbCdEf', 'secret:app/db-XyZwVu']),
  ecr: regional('ecr', ['BatchGetImage', 'PutImage'], ['repository/app', 'repository/eks/coredns']),
  elasticfilesystem: regional('elasticfilesystem', ['ClientMount', 'ClientWrite', 'ClientRootAccess'], ['file-system/fs-0123abcd', 'file-system/fs-9999abcd']),
  logs: regional('logs', ['PutLogEvents', 'GetLogEvents', 'FilterLogEvents'], ['log-group:app', 'log-group:app:*', 'log-group:/aws/x:log-stream:a/b']),
  ec2: { ...regional('ec2', ['RunInstances', 'StartInstances', 'CopySnapshot'], ['instance/i-0123456789abcdef0']), names: ['instance/i-0123456789abcdef0', 'image/ami-0abc', 'snapshot/snap-0abc', 'volume/vol-0abc'], arn: (account, region, name) => `arn:aws:ec2:${region}:${/^(image|snapshot)/.test(name) ? '' : account}:${name}` },
  route53: { ...regional('route53', ['GetHostedZone', 'ChangeResourceRecordSets', 'ListResourceRecordSets'], ['hostedzone/Z0AB']), names: ['hostedzone/Z0AB', 'hostedzone/Z0CD'], arn: (_account, _region, name) => `arn:aws:route53:::${name}` },
  's3-object-lambda': regional('s3-object-lambda', ['GetObject', 'ListBucket'], ['accesspoint/app']),
  // One that no table knows.
  zebra: regional('zebra', ['GetStripe', 'PutStripe'], ['stripe/x', 'stripe:x'], ['', '/sub']),
};
/** Those whose names tables hold as deputies, and some they do not. */
export const principals: readonly string[] = ['logs.amazonaws.com', 'cloudtrail.amazonaws.com', 'delivery.logs.amazonaws.com', 'sns.amazonaws.com', 's3.amazonaws.com', 'events.amazonaws.com', 'cloudfront.amazonaws.com', 'config.amazonaws.com', 'ec2.amazonaws.com', 'lambda.amazonaws.com', 'logs.us-east-1.amazonaws.com', 'cloudtrail.eu-west-1.amazonaws.com', 'rolesanywhere.amazonaws.com', 'frob.amazonaws.com'];

export const pathIn = (random: Random, organization: string): string => `${organization}/r-ab12/${random.pick(units)}`;
export const callerArns = (account: string): readonly string[] => [`arn:aws:iam::${account}:role/app`, `arn:aws:iam::${account}:role/path/app`, `arn:aws:iam::${account}:user/jo`, `arn:aws:iam::${account}:root`, `arn:aws:sts::${account}:federated-user/jo`];
