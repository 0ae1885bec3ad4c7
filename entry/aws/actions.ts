import type { Call } from './denials.ts';

/** IAM prefixes of services, by the class of their client. */
const prefixes: Readonly<Record<string, string>> = {
  CloudFormationClient: 'cloudformation', ConfigServiceClient: 'config', IAMClient: 'iam', LambdaClient: 'lambda', OrganizationsClient: 'organizations', S3Client: 's3',
  ServiceQuotasClient: 'servicequotas', SSMClient: 'ssm', STSClient: 'sts',
};

/** Operations whose IAM actions have other names. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const renamed: Readonly<Record<string, readonly string[]>> = {
  's3:HeadBucket': ['s3:ListBucket'],
  // Without s3:ListBucket an object that is not there looks like one that is forbidden.
  's3:HeadObject': ['s3:GetObject', 's3:ListBucket'],
  's3:GetObject': ['s3:GetObject', 's3:ListBucket'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'],
  's3:DeleteObjects': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
};

/** IAM's prefix of the service that was called, such as `cloudformation`. */
export const serviceOf = ({ client }: Call): string => prefixes[client] ?? client.replace(/Client$/, '').toLowerCase();

/** IAM actions that allow the call; where there are several, any of them may be what is missing. */
export function actionsOf(call: Call): readonly string[] {
  const action = `${serviceOf(call)}:${call.operation}`;
  return renamed[action] ?? [action];
}
