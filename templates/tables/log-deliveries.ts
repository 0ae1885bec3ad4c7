/**
 * What AWS services that deliver logs to S3 do with the bucket, below which path, `@` for the account whose logs they are. As of 2026-11.
 */
export interface LogDelivery {
  readonly service: string;
  /** What they look at first: the bucket itself. */
  readonly looks: readonly string[];
  readonly path: string;
  /** Whether they hand the object to the bucket's owner by an ACL, and ask that the policy says so. */
  readonly acl: boolean;
  readonly source: string;
}

export const logDeliveries: Readonly<Record<string, LogDelivery>> = {
  cloudtrail: { service: 'cloudtrail.amazonaws.com', looks: ['s3:GetBucketAcl'], path: 'AWSLogs/@/*', acl: true, source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html' },
  config: { service: 'config.amazonaws.com', looks: ['s3:GetBucketAcl', 's3:ListBucket'], path: 'AWSLogs/@/Config/*', acl: true, source: 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html' },
  'vpc-flow-logs': { service: 'delivery.logs.amazonaws.com', looks: ['s3:GetBucketAcl'], path: 'AWSLogs/@/*', acl: true, source: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html' },
  'load-balancers': { service: 'logdelivery.elasticloadbalancing.amazonaws.com', looks: [], path: 'AWSLogs/@/*', acl: false, source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html' },
  's3-access-logs': { service: 'logging.s3.amazonaws.com', looks: [], path: '*', acl: false, source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html' },
};
