/**
 * Condition keys, the global ones above all, as AWS writes them, for witnesses; key names are case-insensitive everywhere else. As of 2026-11.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * CloudTrail's own external id, of calls that put events into a channel: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_resource-based-policy-examples.html
 */
export const keyNames: readonly string[] = [
  'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:PrincipalOrgMasterAccountId', 'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalType', 'aws:PrincipalIsAWSService',
  'aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList', 'aws:userid', 'aws:username', 'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID',
  'aws:SourceOrgPaths', 'aws:SourceOwner', 'aws:SourceIp', 'aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn', 'aws:VpcSourceIp', 'aws:VpceAccount',
  'aws:VpceOrgID', 'aws:VpceOrgPaths', 'aws:ResourceAccount', 'aws:ResourceOrgID', 'aws:ResourceOrgPaths', 's3:ResourceAccount', 'aws:ViaAWSService',
  'aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:FederatedProvider', 'aws:MultiFactorAuthPresent', 'aws:SecureTransport',
  'aws:RequestedRegion', 'aws:CurrentTime', 'aws:EpochTime', 'aws:UserAgent', 'aws:Referer', 'cloudtrail:ExternalId', 'sts:ExternalId', 'sts:RoleSessionName', 'kms:CallerAccount', 'aws:AssumedRoot',
  'aws:CalledViaAWSMCP', 'aws:ChatbotSourceArn', 'aws:Ec2InstanceSourcePrivateIPv4', 'aws:Ec2InstanceSourceVpc', 'aws:IsMcpServiceAction', 'aws:MultiFactorAuthAge', 'aws:SignInSessionArn',
  'aws:SourceIdentity', 'aws:TagKeys', 'aws:TokenIssueTime', 'aws:ViaAWSMCPService',
  'cognito-identity-auth:AccountId', 'cognito-identity-auth:IdentityPoolArn', 'cognito-identity-unauth:AccountId', 'cognito-identity-unauth:IdentityPoolArn', 'cognito-identity:IdentityPoolArn',
];
const canonical = new Map(keyNames.map((one) => [one.toLowerCase(), one]));
export const canonicalName = (lowerCaseKey: string): string | undefined => canonical.get(lowerCaseKey);
