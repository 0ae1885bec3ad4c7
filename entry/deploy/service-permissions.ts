import { FINDINGS, LEDGER, logGroupName, PREFIX } from '../../deployment/names.ts';
import type { ServiceGrant } from './permissions.ts';

const arn = (service: string, rest: string): string => `arn:\${partition}:${service}:*:*:${rest}`;
const own: ServiceGrant['places'] = ['account', 'organization', 'management'];
/** Where the caller's own credentials make member stacks, and not those of the StackSet. */
const member: ServiceGrant['places'] = ['account', 'management'];

/**
 * By resource types of the stacks in the caller's account. CloudFormation lists what the handler of a type calls in the type's schema
 * (`handlers.*.permissions`, `aws cloudformation describe-type`); here without what these templates do not use.
 */
export const servicePermissions: readonly ServiceGrant[] = [
  {
    sid: 'Bucket', types: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'], places: ['account', 'organization'], resources: [`arn:\${partition}:s3:::${PREFIX}*`],
    actions: [
      's3:CreateBucket', 's3:DeleteBucketPolicy', 's3:GetBucketOwnershipControls', 's3:GetBucketPolicy', 's3:GetBucketPublicAccessBlock', 's3:GetBucketTagging', 's3:GetBucketVersioning', 's3:GetEncryptionConfiguration', 's3:GetLifecycleConfiguration',
      's3:ListBucket', 's3:PutBucketOwnershipControls', 's3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:PutBucketTagging', 's3:PutBucketVersioning', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration',
    ],
  },
  {
    sid: 'Roles', types: ['AWS::IAM::Role'], places: own, resources: [`arn:\${partition}:iam::*:role/${PREFIX}*`],
    actions: [
      'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteRolePolicy', 'iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:PassRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy',
      'iam:TagRole', 'iam:UntagRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:UpdateRoleDescription',
    ],
  },
  {
    sid: 'Functions', types: ['AWS::Lambda::Function', 'AWS::Lambda::Permission'], places: own, resources: [arn('lambda', `function:${PREFIX}*`)],
    actions: [
      'lambda:AddPermission', 'lambda:CreateFunction', 'lambda:DeleteFunction', 'lambda:GetFunction', 'lambda:GetFunctionCodeSigningConfig', 'lambda:GetFunctionConfiguration', 'lambda:GetFunctionRecursionConfig', 'lambda:GetPolicy', 'lambda:GetRuntimeManagementConfig', 'lambda:ListTags',
      'lambda:RemovePermission', 'lambda:TagResource', 'lambda:UntagResource', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration',
    ],
  },
  { sid: 'FunctionNetworks', types: ['AWS::Lambda::Function'], places: own, resources: ['*'], actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'] },
  {
    sid: 'Logs', types: ['AWS::Logs::LogGroup'], places: own, resources: [arn('logs', `log-group:${logGroupName(`${PREFIX}*`)}`)],
    actions: ['logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:DeleteRetentionPolicy', 'logs:ListTagsForResource', 'logs:PutRetentionPolicy', 'logs:TagResource', 'logs:UntagResource'],
  },
  { sid: 'LogLists', types: ['AWS::Logs::LogGroup'], places: own, resources: ['*'], actions: ['logs:DescribeLogGroups'] },
  { sid: 'Alarms', types: ['AWS::CloudWatch::Alarm'], places: own, resources: [arn('cloudwatch', `alarm:${PREFIX}*`)], actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource', 'cloudwatch:PutMetricAlarm', 'cloudwatch:TagResource', 'cloudwatch:UntagResource'] },
  {
    sid: 'EventRules', types: ['AWS::Events::Rule'], places: own, resources: [arn('events', `rule/${PREFIX}*`), arn('events', `rule/${FINDINGS}/${PREFIX}*`)],
    actions: ['events:DeleteRule', 'events:DescribeRule', 'events:DisableRule', 'events:EnableRule', 'events:ListTagsForResource', 'events:ListTargetsByRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets', 'events:TagResource', 'events:UntagResource'],
  },
  {
    sid: 'EventBus', types: ['AWS::Events::EventBus', 'AWS::Events::EventBusPolicy'], places: ['organization'], resources: [arn('events', `event-bus/${FINDINGS}`)],
    actions: ['events:CreateEventBus', 'events:DeleteEventBus', 'events:DescribeEventBus', 'events:ListTagsForResource', 'events:PutPermission', 'events:RemovePermission', 'events:TagResource', 'events:UntagResource', 'events:UpdateEventBus'],
  },
  {
    sid: 'Topic', types: ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription'], places: ['organization'], resources: [arn('sns', FINDINGS), arn('sns', `${FINDINGS}:*`)],
    actions: ['sns:CreateTopic', 'sns:DeleteTopic', 'sns:GetSubscriptionAttributes', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:ListTagsForResource', 'sns:SetTopicAttributes', 'sns:Subscribe', 'sns:TagResource', 'sns:Unsubscribe', 'sns:UntagResource'],
  },
  {
    // A key has no name before it is made.
    sid: 'Key', types: ['AWS::KMS::Key'], places: ['organization'], resources: ['*'],
    actions: [
      'kms:CreateKey', 'kms:DescribeKey', 'kms:EnableKeyRotation', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:UpdateKeyDescription',
    ],
  },
  {
    sid: 'Aggregator', types: ['AWS::Config::ConfigurationAggregator', 'AWS::Config::StoredQuery'], places: ['organization'], resources: ['*'],
    actions: [
      'config:DeleteConfigurationAggregator', 'config:DeleteStoredQuery', 'config:DescribeConfigurationAggregators', 'config:GetStoredQuery', 'config:ListTagsForResource', 'config:PutConfigurationAggregator', 'config:PutStoredQuery', 'config:TagResource', 'config:UntagResource',
      'organizations:DescribeOrganization', 'organizations:EnableAWSServiceAccess', 'organizations:ListDelegatedAdministrators',
    ],
  },
  {
    sid: 'OrganizationPack', types: ['AWS::Config::OrganizationConformancePack'], places: ['organization'], resources: ['*'],
    actions: [
      'config:DeleteOrganizationConformancePack', 'config:DescribeOrganizationConformancePackStatuses', 'config:DescribeOrganizationConformancePacks', 'config:GetOrganizationConformancePackDetailedStatus', 'config:PutOrganizationConformancePack',
      'organizations:DescribeOrganization', 'organizations:EnableAWSServiceAccess', 'organizations:ListAccounts', 'organizations:ListDelegatedAdministrators',
    ],
  },
  {
    sid: 'Pack', types: ['AWS::Config::ConformancePack'], places: member, resources: ['*'],
    actions: ['config:DeleteConformancePack', 'config:DescribeConformancePackStatus', 'config:DescribeConformancePacks', 'config:PutConformancePack'],
  },
  // AWS Config makes the role of packs for whoever puts the first one.
  { sid: 'PackRole', types: ['AWS::Config::ConformancePack', 'AWS::Config::OrganizationConformancePack'], places: own, resources: ['arn:${partition}:iam::*:role/aws-service-role/config*.amazonaws.com/*'], actions: ['iam:CreateServiceLinkedRole', 'iam:GetRole'] },
  {
    sid: 'Ledger', types: ['AWS::DynamoDB::Table'], places: member, resources: [arn('dynamodb', `table/${LEDGER}`)],
    actions: ['dynamodb:CreateTable', 'dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTable', 'dynamodb:DescribeTimeToLive', 'dynamodb:ListTagsOfResource', 'dynamodb:TagResource', 'dynamodb:UntagResource', 'dynamodb:UpdateContinuousBackups', 'dynamodb:UpdateTable'],
  },
  {
    sid: 'Runbooks', types: ['AWS::SSM::Document'], places: member, resources: [arn('ssm', `document/${PREFIX}*`)],
    actions: ['ssm:AddTagsToResource', 'ssm:CreateDocument', 'ssm:DeleteDocument', 'ssm:DescribeDocument', 'ssm:GetDocument', 'ssm:ListTagsForResource', 'ssm:RemoveTagsFromResource', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'],
  },
  {
    sid: 'Nested', types: ['AWS::CloudFormation::Stack'], places: ['management'], resources: [`arn:\${partition}:cloudformation:*:*:stack/${PREFIX}management-*/*`],
    actions: ['cloudformation:CreateStack', 'cloudformation:DeleteStack', 'cloudformation:DescribeStacks', 'cloudformation:UpdateStack', 'cloudformation:TagResource'],
  },
  { sid: 'NestedTemplate', types: ['AWS::CloudFormation::Stack'], places: ['management'], resources: [`arn:\${partition}:s3:::${PREFIX}*/templates/*`], actions: ['s3:GetObject'] },
];
