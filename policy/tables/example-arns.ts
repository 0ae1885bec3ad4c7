/**
 * ARNs as people know them, for witnesses: what follows the account, by service. As of 2026-11. Source: the resource types of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export const resourceNames: Readonly<Record<string, string>> = {
  dynamodb: 'table/orders', lambda: 'function:worker', secretsmanager: 'secret:password-AbCdEf', kms: 'key/1234abcd-12ab-34cd-56ef-1234567890ab', logs: 'log-group:app', ec2: 'instance/i-0123456789abcdef0', s3: 'accesspoint/some-access-point',
};
/** A Region of each partition. */
export const homes: Readonly<Record<string, string>> = { aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' };
export const objects: readonly string[] = ['s3:::some-bucket/some-key', 's3:::some-bucket'];
