// Written by `npm run tables` from the service authorization data; edit scripts/tables.ts.
/** The day the data is of. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export const asOf = '2026-09-26';
/**
 * Services, by the prefix of their actions, whose resources resource control policies bind.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export const rcpServices: ReadonlySet<string> = new Set('aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery signin sqs sts support swf textract timestream-influxdb transcribe transfer translate wafv2 workspaces xray'.split(' '));

export const isBoundByRcps = (prefix: string): boolean => rcpServices.has(prefix);
