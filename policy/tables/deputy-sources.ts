/**
 * What AWS service principals tell of whom they act for when they call a resource directly. Only services whose own
 * documentation shows the keys in a resource policy; any other is not judged as a deputy.
 * As of 2026-11. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html and the pages it links.
 */
export interface Sources { readonly account: boolean; readonly arn: boolean; readonly organization: boolean }

const all: Sources = { account: true, arn: true, organization: true };
const services: Readonly<Record<string, Sources>> = Object.fromEntries([
  'cloudtrail.amazonaws.com', 'config.amazonaws.com', 's3.amazonaws.com', 'sns.amazonaws.com', 'events.amazonaws.com', 'logs.amazonaws.com', 'delivery.logs.amazonaws.com',
  'cloudwatch.amazonaws.com', 'ses.amazonaws.com', 'guardduty.amazonaws.com', 'cloudfront.amazonaws.com', 'apigateway.amazonaws.com', 'backup.amazonaws.com', 'macie.amazonaws.com',
  'inspector2.amazonaws.com', 'redshift.amazonaws.com', 'scheduler.amazonaws.com', 'pipes.amazonaws.com', 'bedrock.amazonaws.com', 'budgets.amazonaws.com', 'iot.amazonaws.com',
  'logging.s3.amazonaws.com', 'codestar-notifications.amazonaws.com', 'vpc-flow-logs.amazonaws.com', 'logdelivery.elasticloadbalancing.amazonaws.com', 'secretsmanager.amazonaws.com',
  'cognito-idp.amazonaws.com', 'ssm.amazonaws.com', 'access-analyzer.amazonaws.com', 'serverlessrepo.amazonaws.com',
].map((name) => [name, all]));

/** What the service sends; `undefined`: our table does not know. Region labels (`states.eu-west-1.amazonaws.com`) do not matter. */
export const deputySources = (service: string): Sources | undefined => services[service] ?? services[service.replace(/\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com/, '.amazonaws.com').replace(/\.cn$/, '')];
