import { byName } from './by-name.ts';

/**
 * ARNs as people know them, for witnesses: what follows the account, by service. As of 2026-11. Source: the resource types of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export const resourceNames = byName({
  dynamodb: 'table/orders', ecr: 'repository/app', lambda: 'function:worker', secretsmanager: 'secret:password-AbCdEf', kms: 'key/1234abcd-12ab-34cd-56ef-1234567890ab', logs: 'log-group:app', ec2: 'instance/i-0123456789abcdef0', route53: 'hostedzone/Z0123456789ABCDEFGHIJ', s3: 'accesspoint/some-access-point', 's3-object-lambda': 'accesspoint/some-access-point',
});
const heads: Readonly<Record<string, string>> = {
  '::': 'route53 controlcatalog mapcredits vendor-insights', 'region::': 'apigateway geo-maps geo-places geo-routes health iq',
  ':@:': 'account arc-region-switch bcm-dashboards bcm-pricing-calculator billing billingconductor budgets ce chatbot cloudfront consoleapp ecr-public globalaccelerator iam identitystore invoicing networkmanager '
    + 'notifications-contacts opsworks-cm organizations payments pricingplanmanager purchase-orders route53-recovery-readiness route53globalresolver savingsplans shield ssm-incidents sso swf ts waf worklink',
};
/** What stands between a service and what its own ARNs name, where that is not a Region and an account; `@` stands for the account. */
export const headsOf = byName<string>(Object.fromEntries(Object.entries(heads).flatMap(([head, services]) => services.split(' ').map((one) => [one, head]))));
/** Of services whose other ARNs have a Region: what the names of those begin with that have none. */
export const withoutRegion = byName({
  artifact: 'customer-agreement/', bedrock: 'system-tool/', cloudwatch: 'dashboard/', directconnect: 'dx-gateway/', dynamodb: 'global-table/', ec2: 'ipam-pool/', elasticache: 'globalreplicationgroup:', internetmonitor: 'internet-event/',
  'license-manager': 'license:', memorydb: 'multiregioncluster/', notifications: 'configuration/', quicksight: 'assignment/', ram: 'permission/', rds: 'global-cluster:', verifiedpermissions: 'policy-store/',
});
/** A Region of each partition. */
export const homes = byName({ aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' });
export const objects: readonly string[] = ['s3:::some-bucket/some-key', 's3:::some-bucket'];
