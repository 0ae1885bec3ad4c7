import type { Permission } from '../../core/remediation.ts';

const ledger = 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${LedgerTable}';
const roles = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*';
const functions = 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*';

/** What the planner may do, beside reading the definition and writing its log: nothing here changes a workload. */
export const plannerPermissions: readonly Permission[] = [
  { action: 'dynamodb:GetItem', resource: ledger },
  { action: 'dynamodb:PutItem', resource: ledger },
  { action: 'dynamodb:UpdateItem', resource: ledger },
  { action: 'dynamodb:Query', resource: ledger },
  { action: 'ec2:DescribeVpcEndpoints', resource: '*' },
  { action: 'ec2:DescribeSubnets', resource: '*' },
  { action: 'ec2:DescribeSecurityGroups', resource: '*' },
  { action: 'config:ListDiscoveredResources', resource: '*' },
  { action: 'config:DescribeConfigRules', resource: '*' },
  { action: 'config:GetComplianceDetailsByConfigRule', resource: 'arn:${AWS::Partition}:config:${AWS::Region}:${AWS::AccountId}:config-rule/*' },
  { action: 'iam:GetRole', resource: roles },
  { action: 'iam:ListRolePolicies', resource: roles },
  { action: 'iam:GetRolePolicy', resource: roles },
  { action: 'iam:ListAttachedRolePolicies', resource: roles },
  // Not lambda:GetFunction, which hands out the code.
  { action: 'lambda:GetFunctionConfiguration', resource: functions },
  { action: 'lambda:ListTags', resource: functions },
];

/** What the writer may do, beside writing its log: it stands in for the write of runbooks that are started with `WriteWith` Function. */
export const writerPermissions: readonly Permission[] = [
  { action: 'dynamodb:GetItem', resource: ledger },
  { action: 'ec2:ModifyVpcEndpoint', resource: 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-endpoint/*' },
  { action: 'iam:UpdateAssumeRolePolicy', resource: roles },
];
