import { kept } from '../kept.ts';

/**
 * What AWS service principals tell of whom they act for when they call a resource directly: only services whose own documentation shows the
 * keys in a resource policy. Any other is not judged as a deputy. Who sends aws:SourceAccount sends aws:SourceOrgID and aws:SourceOrgPaths.
 * As of 2026-10. Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html, the policies that each service's guide
 * recommends, and https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export interface Sources {
  /** Forms of aws:SourceArn after `arn:<partition>:`, `@` for the source's account; each ends in `*`. A form without `@` does not tell the account. */
  readonly arns: readonly string[];
  /** Whether it may leave out the ARN. */
  readonly mayOmitArn: boolean;
  /** Keys of KMS's encryption context that tell the source's ARN too, in lower case, with its form, which ends in `*` as well. */
  readonly context: Readonly<Record<string, string>>;
  /** The service writes S3 objects under this path only, `@` for the source's account. */
  readonly objects: string | undefined;
}

/** Services for which AWS documents aws:SourceAccount alone; the form of their ARN is that of their resources. */
const accountAlone = ['ds', 'gamelift', 'glacier', 'lambda', 'secretsmanager', 'serverlessrepo', 'ssm-incidents'];

/** By the first parts of the principal's name, without the Region. */
const forms = new Map<string, string>([
  // Their ARNs are of the same name.
  ...[...accountAlone, 'acm-pca', 'aps', 'appflow', 'appstream', 'appsync', 'backup', 'bedrock', 'bcm-data-exports', 'cloudtrail', 'cloudwatch', 'codebuild', 'codecommit', 'cognito-idp', 'compute-optimizer', 'config', 'connect', 'devops-guru', 'dms',
    'es', 'events', 'guardduty', 'inspector2', 'iot', 'lex', 'logs', 'mediaconvert', 'pipes', 'profile', 'rds', 'redshift-serverless', 'scheduler',
    'ses', 'sms-voice', 'sns', 'ssm', 'ssm-contacts', 'states', 'transfer', 'voiceid', 'vpc-lattice'].map((name) => [name, `${name}:*:@:*`] as const),
  ...Object.entries({
    apigateway: 'execute-api:*:@:*', 'backup-storage': 'backup:*:@:backup-vault:*', billingreports: 'cur:*:@:definition/*', budgets: 'budgets::@:*', cloudfront: 'cloudfront::@:distribution/*',
    costalerts: 'ce::@:anomalysubscription/*', 'credentials.iot': 'iot:*:@:rolealias/*', 'delivery.logs': 'logs:*:@:*', elasticloadbalancing: 'elasticloadbalancing:*:@:targetgroup/*',
    'events.rds': 'rds:*:@:*', 'lambda.alarms.cloudwatch': 'cloudwatch:*:@:alarm:*', lexv2: 'lex:*:@:*', 'logdelivery.elasticloadbalancing': 'elasticloadbalancing:*:@:loadbalancer/*', 'logging.s3': 's3:::*',
    macie: 'macie2:*:@:*', opensearchservice: 'es:*:@:domain/*', pinpoint: 'mobiletargeting:*:@:*',
    // Of a zero-ETL integration it tells what is integrated: https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html
    redshift: 'redshift:*:@:* rds:*:@:* dynamodb:*:@:table/* s3:::*', route53: 'route53:::hostedzone/*', s3: 's3:::*', 'storage-lens.s3': 's3:*:@:storage-lens/*',
    'vpc-flow-logs': 'ec2:*:@:vpc-flow-log/*',
  }),
]);

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html (log groups, and with the same key anomaly detectors and results of queries),
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html, https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
const contexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  logs: { 'kms:encryptioncontext:aws:logs:arn': 'logs:*:@:*' }, 'delivery.logs': { 'kms:encryptioncontext:sourcearn': 'logs:*:@:*' }, cloudtrail: { 'kms:encryptioncontext:aws:cloudtrail:arn': 'cloudtrail:*:@:trail/*' },
};
/** Keys of those contexts, each of which tells a source's ARN. */
export const contextKeys: readonly string[] = Object.values(contexts).flatMap((one) => Object.keys(one));
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
const objects: Readonly<Record<string, string>> = { 'logdelivery.elasticloadbalancing': 'AWSLogs/@/' };

/** Every principal of the table, without a Region. */
export const deputies: readonly string[] = [...forms.keys()].map((name) => `${name}.amazonaws.com`);

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/**
 * What the service sends, to resources of the service `called` (a prefix of actions) where it is given; `undefined`: our table does not
 * know. Where in its name a Region stands (`states.eu-west-1.amazonaws.com`), and which partition it is of, do not matter.
 */
export function deputySources(service: string, called?: string): Sources | undefined {
  const name = nameOf(service);
  // For encrypted topics, queues and buses EventBridge's key policies name no source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  return name === 'events' && called === 'kms' ? undefined : sources.get(name);
}
const nameOf = kept((service) => /^(.+)\.amazonaws\.com(?:\.cn)?$/.exec(service)?.[1]?.split('.').filter((part) => !REGION.test(part)).join('.') ?? '');
const sources = new Map([...forms].map(([name, arn]): [string, Sources] => [name, { arns: arn.split(' '), mayOmitArn: accountAlone.includes(name), context: contexts[name] ?? {}, objects: objects[name] }]));
