import type { Quota } from '../quotas.ts';

/** How a service takes resource policies. */
export interface ResourceService {
  /** The Resource element: the ARN, the ARN and what lies below it, `*`, or none at all. */
  readonly resource: 'arn' | 'arn-and-below' | 'star' | 'none';
  /** Actions that a policy may name where the service refuses a wildcard; left out: all of the service. */
  readonly actions?: readonly string[];
  /** An example of the ARN, for messages. */
  readonly example: string;
  readonly quota: Quota;
}

const quota = (most: number, source: string): Quota => ({ of: 'bytes of a resource policy', most, countsWhitespace: true, documents: 1, source: `https://docs.aws.amazon.com/${source}` });

/**
 * Services with resource policies that can hold a Deny. As of 2026-11. Sources: the pages named with the quotas, and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const resourceServices: Readonly<Record<string, ResourceService>> = {
  s3: { resource: 'arn-and-below', example: 'arn:aws:s3:::my-bucket', quota: quota(20_480, 'AmazonS3/latest/userguide/bucket-policies.html') },
  sqs: { resource: 'arn', example: 'arn:aws:sqs:eu-west-1:111111111111:my-queue', quota: quota(8_192, 'AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html') },
  sns: {
    resource: 'arn', example: 'arn:aws:sns:eu-west-1:111111111111:my-topic', quota: quota(30_720, 'general/latest/gr/sns.html'),
    // What its policies may name: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
    actions: ['AddPermission', 'DeleteTopic', 'GetDataProtectionPolicy', 'GetTopicAttributes', 'ListSubscriptionsByTopic', 'ListTagsForResource', 'Publish', 'PutDataProtectionPolicy', 'RemovePermission', 'SetTopicAttributes', 'Subscribe'].map((one) => `sns:${one}`),
  },
  kms: { resource: 'star', example: 'arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab', quota: quota(32_768, 'kms/latest/developerguide/resource-limits.html') },
  secretsmanager: { resource: 'star', example: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:my-secret-AbCdEf', quota: quota(20_480, 'secretsmanager/latest/userguide/reference_limits.html') },
  ecr: { resource: 'none', example: 'arn:aws:ecr:eu-west-1:111111111111:repository/my-repository', quota: quota(10_240, 'AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html') },
  dynamodb: { resource: 'arn-and-below', example: 'arn:aws:dynamodb:eu-west-1:111111111111:table/my-table', quota: quota(20_480, 'amazondynamodb/latest/developerguide/ServiceQuotas.html') },
  lambda: { resource: 'arn', example: 'arn:aws:lambda:eu-west-1:111111111111:function:my-function', quota: quota(20_480, 'lambda/latest/dg/gettingstarted-limits.html') },
  events: { resource: 'arn', example: 'arn:aws:events:eu-west-1:111111111111:event-bus/my-bus', quota: quota(10_240, 'eventbridge/latest/userguide/eb-quota.html') },
  es: { resource: 'arn-and-below', example: 'arn:aws:es:eu-west-1:111111111111:domain/my-domain', quota: quota(102_400, 'opensearch-service/latest/APIReference/API_UpdateDomainConfig.html') },
  codeartifact: { resource: 'star', example: 'arn:aws:codeartifact:eu-west-1:111111111111:domain/my-domain', quota: quota(7_168, 'codeartifact/latest/APIReference/API_PutDomainPermissionsPolicy.html') },
  s3tables: { resource: 'arn-and-below', example: 'arn:aws:s3tables:eu-west-1:111111111111:bucket/my-tables', quota: quota(20_480, 'AmazonS3/latest/API/API_s3TableBuckets_PutTableBucketPolicy.html') },
  kinesis: { resource: 'arn', example: 'arn:aws:kinesis:eu-west-1:111111111111:stream/my-stream', quota: quota(20_480, 'streams/latest/dev/service-sizes-and-limits.html') },
};
