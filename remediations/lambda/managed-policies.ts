/**
 * Policies of AWS that execution roles carry, and what of EC2 each allows on all resources, as of 2026-11: AWS Config records no
 * documents of them. A policy that is not here counts as not known.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsManagedPolicies: Readonly<Record<string, readonly string[]>> = {
  'AdministratorAccess': ['ec2:*'],
  'PowerUserAccess': ['ec2:*'],
  'AmazonEC2FullAccess': ['ec2:*'],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
  ],
  // Older than the need for ec2:DescribeSubnets, and never brought up to it.
  'service-role/AWSLambdaENIManagementAccess': [
    'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
  ],
  'service-role/AWSLambdaMSKExecutionRole': [
    'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs', 'ec2:DeleteNetworkInterface', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups',
  ],
  'service-role/AWSLambdaBasicExecutionRole': [],
  'service-role/AWSLambdaSQSQueueExecutionRole': [],
  'service-role/AWSLambdaDynamoDBExecutionRole': [],
  'service-role/AWSLambdaKinesisExecutionRole': [],
  'service-role/AWSLambdaRole': [],
  'AWSLambdaExecute': [],
  'AWSXRayDaemonWriteAccess': [],
  'AWSXrayWriteOnlyAccess': [],
  'CloudWatchLambdaInsightsExecutionRolePolicy': [],
};
