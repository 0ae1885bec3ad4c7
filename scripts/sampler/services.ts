import { own, stranger } from './cast.ts';

export interface Service {
  readonly actions: readonly string[];
  /** What follows the service in ARNs of its resources: `#` stands for the Region, `@` for the account. */
  readonly names: readonly string[];
  /** What stands for the service in its ARNs. */
  readonly prefix: string;
  /** The resource that policies of resources hang on, of `own`, and what requests may name below it. */
  readonly asked: string;
  readonly below: readonly string[];
  /** What follows the service in any ARN of its resources. */
  readonly form: RegExp;
}

const [REGION, ACCOUNT] = ['[a-z]+(?:-[a-z]+)+-\\d', '\\d{12}'] as const;
/** Names by what stands before them, with `#` and `@` for what Regions and accounts look like. */
const formed = (...forms: readonly string[]): RegExp => new RegExp(`^(?:${forms.map((one) => one.replace('#', REGION).replace('@', ACCOUNT)).join('|')})$`, 's');
/** Names of the types that some names are of, or of one part. */
const formsLike = (names: readonly string[]): string[] => names.map((one) => {
  const [, type, rest = ''] = /^#:@:([a-z-]+[/:])(.+)/.exec(one) ?? [];
  return type === undefined ? '#:@:[A-Za-z][\\w./-]*' : `#:@:${type}[^\\s:*?]+(?::[^:*?]+){0,${rest.split(':').length - 1}}`;
});
const service = (prefix: string, actions: readonly string[], names: readonly string[], more: Partial<Service> = {}): Service => ({
  actions: actions.map((one) => one.includes(':') ? one : `${prefix}:${one}`), names, prefix, asked: arnOf({ names, prefix }, own, 'eu-west-1', names[0]!), below: [''], form: formed(...formsLike(names)), ...more,
});
/** An ARN of a service's; a bucket's name may hold its owner's account and Region, in whose namespace it is. */
export const arnOf = ({ prefix }: Pick<Service, 'prefix' | 'names'>, account: string, region: string, name: string): string => `arn:aws:${prefix}:${name.replaceAll('@', account).replaceAll('#', region)}`;
const inAccount = (...names: readonly string[]): string[] => names.map((one) => `#:@:${one}`);

export const services: Readonly<Record<string, Service>> = {
  s3: service('s3', ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject', 'PutBucketPolicy'], [
    ...['acme-data', 'acme-data/x/y', 'acme-logs', 'acme-data-evil', 'some-bucket/some-key', 'vendor-drop/a', 'amazonlinux-2-repos-eu-west-1/x', 'team-logs/a/b', 'data-@-#-an/x'].map((one) => `::${one}`),
    '#:@:accesspoint/app', '#:@:accesspoint/app/object/x', ':@:accesspoint/m0abc.mrap/object/x',
  ], { below: ['', '/key', '/logs/a', `/AWSLogs/${stranger}/x`, '/home/jo/x'], form: formed('::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/.+)?', '#:@:accesspoint/[a-z0-9][a-z0-9.-]+[a-z0-9](?:/object/.+)?', ':@:accesspoint/[a-z0-9]+\\.mrap(?:/object/.+)?') }),
  sts: service('iam', ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], [':@:role/app', ':@:role/path/app', ':@:role/admin'], { form: formed(':@:role/(?:[\\w+=,.@-]+/)*[\\w+=,.@-]+') }),
  dynamodb: service('dynamodb', ['GetItem', 'PutItem', 'Scan'], inAccount('table/orders', 'table/orders/index/x', 'table/other', 'table/orders2')),
  kms: service('kms', ['Decrypt', 'Encrypt', 'CreateGrant', 'DescribeKey'], inAccount('key/1234abcd-12ab-34cd-56ef-1234567890ab', 'key/99999999-12ab-34cd-56ef-1234567890ab', 'alias/app')),
  sqs: service('sqs', ['SendMessage', 'ReceiveMessage', 'GetQueueUrl'], inAccount('queue', 'acme-q', 'queue2')),
  sns: service('sns', ['Publish', 'Subscribe', 'GetTopicAttributes'], inAccount('topic', 'other')),
  lambda: service('lambda', ['InvokeFunction', 'GetFunction'], inAccount('function:worker', 'function:other', 'function:worker:3'), { below: ['', ':live'] }),
  secretsmanager: service('secretsmanager', ['GetSecretValue', 'PutSecretValue'], inAccount('secret:db-AbCdEf', 'secret:app/db-XyZwVu')),
  ecr: service('ecr', ['BatchGetImage', 'PutImage'], inAccount('repository/app', 'repository/eks/coredns')),
  elasticfilesystem: service('elasticfilesystem', ['ClientMount', 'ClientWrite', 'ClientRootAccess'], inAccount('file-system/fs-0123abcd', 'file-system/fs-9999abcd')),
  logs: service('logs', ['PutLogEvents', 'GetLogEvents', 'FilterLogEvents'], inAccount('log-group:app', 'log-group:app:*', 'log-group:/aws/x:log-stream:a/b')),
  glue: service('glue', ['GetTable', 'GetDatabase'], inAccount('catalog', 'database/db', 'table/db/t')),
  ec2: service('ec2', ['RunInstances', 'StartInstances', 'CopySnapshot'], ['#:@:instance/i-0123456789abcdef0', '#::image/ami-0abc', '#::snapshot/snap-0abc', '#:@:volume/vol-0abc', ':@:ipam/ipam-0abc', ':@:ipam-pool/ipam-pool-0abc'], { form: formed('#::(?:image/ami|snapshot/snap)-[0-9a-f]+', '#:@:(?:instance/i|volume/vol)-[0-9a-f]+', ':@:ipam/ipam-[0-9a-f]+', ':@:ipam-pool/ipam-pool-[0-9a-f]+') }),
  ebs: service('ec2', ['ebs:GetSnapshotBlock', 'ebs:ListSnapshotBlocks'], ['#::snapshot/snap-0abc'], { form: formed('#::snapshot/snap-[0-9a-f]+') }),
  rds: service('rds', ['ModifyDBCluster', 'DeleteGlobalCluster'], ['#:@:cluster:app', '#:@:db:app', ':@:global-cluster:app'], { form: formed('#:@:(?:cluster|db):[a-z][a-z0-9-]*', ':@:global-cluster:[a-z][a-z0-9-]*') }),
  'rds-data': service('rds', ['rds-data:ExecuteStatement'], ['#:@:cluster:app'], { form: formed('#:@:cluster:[a-z][a-z0-9-]*') }),
  bedrock: service('bedrock', ['InvokeModel', 'GetAgent'], ['#::foundation-model/m.one', '#:@:agent/AB12'], { form: formed('#::foundation-model/[a-z0-9.-]+(?::\\d+)?(?::[a-z0-9]+)?', '#:@:agent/[A-Z0-9]+') }),
  'license-manager': service('license-manager', ['GetGrant', 'GetLicense'], [':@:grant:g-0abc', ':@:license:l-0abc', '#:@:license-configuration:lic-0abc'], { form: formed(':@:(?:grant:g|license:l)-[0-9a-f]+', '#:@:license-configuration:lic-[0-9a-f]+') }),
  sso: service('sso', ['DescribePermissionSet'], ['::permissionSet/ssoins-0abc/ps-0abc', '::instance/ssoins-0abc'], { form: formed('::permissionSet/ssoins-[0-9a-f]+/ps-[0-9a-f]+', '::instance/ssoins-[0-9a-f]+') }),
  artifact: service('artifact', ['GetAgreement', 'GetCustomerAgreement'], ['::agreement/agreement-0abc', ':@:customer-agreement/customer-agreement-0abc'], { form: formed('::agreement/[\\w-]+', ':@:customer-agreement/[\\w-]+') }),
  ssm: service('ssm', ['GetParameter', 'SendCommand'], inAccount('parameter/app', 'document/app')),
  cloudfront: service('cloudfront', ['GetDistribution'], [':@:distribution/E0AB'], { form: formed(':@:distribution/[A-Z0-9]+') }),
  cloudtrail: service('cloudtrail', ['GetChannel', 'cloudtrail-data:PutAuditEvents'], inAccount('channel/c-1')),
  route53: service('route53', ['GetHostedZone', 'ChangeResourceRecordSets', 'ListResourceRecordSets'], ['::hostedzone/Z0AB', '::hostedzone/Z0CD'], { form: formed('::hostedzone/[A-Z0-9]+') }),
  's3-object-lambda': service('s3-object-lambda', ['GetObject', 'ListBucket'], inAccount('accesspoint/app')),
  // One that no table knows.
  zebra: service('zebra', ['GetStripe', 'PutStripe'], inAccount('stripe/x', 'stripe:x'), { below: ['', '/sub'] }),
};

/** Whether an ARN is one of a service's that an account may own: a bucket in an account's namespace is that account's. */
export function isResource(name: string, arn: string, owner: string): boolean {
  const of = services[name];
  const [begin, told] = [`arn:aws:${of?.prefix ?? name}:`, /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? /-(\d{12})-[a-z]+(?:-[a-z]+)+-\d-an(?:\/|$)/.exec(arn)?.[1] ?? owner];
  // Between colons of a name no account's id stands, but of objects' keys.
  return of !== undefined && arn.startsWith(begin) && (arn.split(':')[4] === '' || arn.includes('/object/') || !arn.split(':').slice(5).some((part) => /^\d{9,}$/.test(part))) && of.form.test(arn.slice(begin.length)) && told === owner;
}
