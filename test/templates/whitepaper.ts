/**
 * The example policies of the whitepaper's appendices, written again from its parameters. Where the conversion to text lost a character
 * (`sqs>DeleteMessage`), it is put back.
 */
const own = ['123456789012', '987654321098'];
const inOrganization = { StringEquals: { 'aws:PrincipalOrgId': 'o-4tkekae453' } };
const notInOrganization = { StringNotEquals: { 'aws:PrincipalOrgId': 'o-4tkekae453' } };
const policy = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });
const all = (more: object): object => ({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...more });
const prefixed = (prefix: string, names: string): string[] => names.split(' ').map((name) => `${prefix}:${name}`);

const sqsActions = 'AddPermission ChangeMessageVisibility ChangeMessageVisibilityBatch CreateQueue DeleteMessage DeleteMessageBatch DeleteQueue GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListQueueTags '
  + 'PurgeQueue ReceiveMessage RemovePermissions SendMessage SendMessageBatch SetQueueAttributes TagQueue UntagQueue';
const dynamodbWithoutResource = prefixed('dynamodb', 'DescribeLimits DescribeReservedCapacity DescribeReservedCapacityOfferings ListBackups ListContributorInsights ListExports ListGlobalTables ListStreams ListTables PurchaseReservedCapacityOfferings');
const s3OfAccount = all({ Condition: { StringEquals: { 'aws:PrincipalOrgId': 'o-4tkekae453', 's3:ResourceAccount': ['123456789012'] } } });
const awsServices = all({ Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } });

export const whitepaper = {
  'A1 SQS guardrail': policy({ Effect: 'Allow', Action: prefixed('sqs', sqsActions), Resource: own.map((id) => `arn:aws:sqs:*:${id}:*`) }, { Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' }),
  'A1 S3 guardrail': policy({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 's3:ResourceAccount': own } } }),
  'A1 S3 guardrail as SCP': policy({ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringNotEquals: { 's3:ResourceAccount': own } } }),
  'A2 network boundary': policy({
    Effect: 'Deny', NotAction: ['es:ESHttp*', ...prefixed('dax', 'PutItem Query Scan GetItem DeleteItem BatchGetItem BatchWriteItem ConditionCheckItem')], Resource: '*',
    Condition: {
      NotIpAddressIfExists: { 'aws:SourceIp': ['192.0.2.0/24', '203.0.113.0/24'] }, StringNotEqualsIfExists: { 'aws:SourceVpc': ['vpc-012abc01', 'vpc-023edf34'] }, Bool: { 'aws:ViaAWSService': 'false' },
      Null: { 'aws:PrincipalTag/IpRestrictedExempt': true }, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws:ec2-infrastructure' },
    },
  }),
  'A3 resource policy': policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: notInOrganization }),
  'A3 CloudTrail bucket': policy(
    { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { ...notInOrganization, Bool: { 'aws:PrincipalIsAWSService': 'false' } } },
    { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:GetBucketAcl', Resource: 'arn:aws:s3:::bucketname' },
    { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::bucketname/AWSLogs/123456789012/*', Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } },
  ),
  'A4 DynamoDB, principals': policy(all({ Action: 'dynamodb:*', Condition: inOrganization })),
  'A4 DynamoDB, principals by Deny': policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: notInOrganization }, all({ Action: 'dynamodb:*' })),
  'A4 DynamoDB, principals and resources': policy(
    { Effect: 'Allow', Principal: '*', NotAction: dynamodbWithoutResource, Resource: 'arn:aws:dynamodb:*:123456789012:*', Condition: inOrganization },
    all({ Action: dynamodbWithoutResource, Condition: inOrganization }),
  ),
  'A4 S3': policy(s3OfAccount, awsServices),
  'A4 S3 with anonymous reads': policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, s3OfAccount, awsServices),
  'A5 Deny in a trust policy': policy({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: notInOrganization }),
  'A5 organization and customer': policy(
    {
      Effect: 'Allow', Action: 'sts:AssumeRole', Condition: inOrganization,
      Principal: { AWS: [...Array.from({ length: 8 }, (_, i) => `arn:aws:iam::094697565664:role/role${i + 1}`), ...['role9', 'role10'].map((name) => `arn:aws:iam::087695765465:role/${name}`)] },
    },
    { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': '12345' } } },
  ),
} as const;
