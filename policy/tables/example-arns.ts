import { byName } from './by-name.ts';

/**
 * ARNs as people know them, for witnesses: what follows the account, by service. As of 2026-11. Source: the resource types of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export const resourceNames = byName({
  dynamodb: 'table/orders', ecr: 'repository/app', lambda: 'function:worker', secretsmanager: 'secret:password-AbCdEf', kms: 'key/1234abcd-12ab-34cd-56ef-1234567890ab', logs: 'log-group:app', ec2: 'instance/i-0123456789abcdef0', route53: 'hostedzone/Z0123456789ABCDEFGHIJ', s3: 'accesspoint/some-access-point', 's3-object-lambda': 'accesspoint/some-access-point',
  cloudformation: 'stack/app/51af3dc0-da77-11e4-872e-1234567db123', cloudtrail: 'trail/main', cloudwatch: 'alarm:high', ssm: 'parameter/app', sagemaker: 'endpoint/app', glue: 'table/sales/orders', rds: 'db:orders',
  ecs: 'cluster/app', eks: 'cluster/app', events: 'rule/app', states: 'stateMachine:app', kinesis: 'stream/orders', firehose: 'deliverystream/orders', es: 'domain/app', athena: 'workgroup/primary', codebuild: 'project/app',
  elasticloadbalancing: 'loadbalancer/app/web/50dc6c495c0c9188', 'cognito-idp': 'userpool/us-east-1_Example12', 'cognito-identity': 'identitypool/us-east-1:12345678-90ab-cdef-1234-567890abcdef', redshift: 'cluster:app', elasticfilesystem: 'file-system/fs-0123456789abcdef0', backup: 'backup-vault:app',
  config: 'config-rule/config-rule-abc123', guardduty: 'detector/12abc34d567e8fa901bc2d34e56789f0', batch: 'job-queue/app', acm: 'certificate/12345678-1234-1234-1234-123456789012', cloudfront: 'distribution/E1EXAMPLE',
  elasticache: 'cluster:app', kafka: 'cluster/app/abcd1234-abcd-dcba-4321-a1b2abcd9f9f-2', inspector2: 'filter/app',
});
const heads: Readonly<Record<string, string>> = {
  '::': 'route53 controlcatalog mapcredits vendor-insights', 'region::': 'apigateway geo-maps geo-places geo-routes health iq iq-permission', 'region:aws:': 'bedrock-websearch',
  ':@:': 'account arc-region-switch bcm-dashboards bcm-pricing-calculator billing billingconductor budgets ce chatbot cloudfront compute-optimizer consoleapp ecr-public elemental-support-cases globalaccelerator iam identitystore invoicing networkmanager '
    + 'notifications-contacts opsworks-cm organizations payments pricingplanmanager purchase-orders route53-recovery-control route53-recovery-readiness route53globalresolver savingsplans shield ssm-incidents sso swf ts waf worklink',
};
/** What stands between a service and what its own ARNs name, where that is not a Region and an account; `@` stands for the account. */
export const headsOf = byName<string>(Object.fromEntries(Object.entries(heads).flatMap(([head, services]) => services.split(' ').map((one) => [one, head]))));
/**
 * The same of services that have other ARNs besides, with what the names of those begin with where they are of few types. What names no account AWS or
 * a seller offers all, as images are.
 */
const besides: Readonly<Record<string, string>> = {
  ':@:': 'artifact=customer-agreement/ aws-marketplace=AWSMarketplace/ReportingData/ bedrock=system-tool/ cloudwatch=dashboard/ directconnect=dx-gateway/,dx-resiliency-group/ dynamodb=global-table/ ec2=ipam/,ipam- elasticache=globalreplicationgroup: '
    + 'internetmonitor=internet-event/ license-manager=license:,grant: memorydb=multiregioncluster/,multiregionparametergroup/ notifications=configuration/,managed-notification-configuration/ partnercentral=catalog/ quicksight=assignment/ ram=permission/ '
    + 'rds=global-cluster: s3 verifiedpermissions=policy-store/',
  '::': 'artifact=agreement/ aws-marketplace=catalog/ codecatalyst=space/ forecast identitystore=user/,group/,membership/ personalize signin sso=instance/,permissionSet/,account/',
  'region::': 'artifact aws-marketplace=AWSMarketplace/Assessment/ bedrock=foundation-model/ controltower dataexchange=data-sets/ devicefarm ec2=image/,snapshot/,fpga-image/ elasticbeanstalk events=event-source/ gamelift managedblockchain partnercentral=catalog/ signin',
  'region:@:': 'apigateway s3=accesspoint/,job/,storage-lens/,storage-lens-group/,access-grants/,async-request/mrap/', ':aws:': 'eks guardduty iam organizations sso ts', 'region:aws:': 'bedrock-agentcore connect ses', 'region:offering:': 'mediaconnect',
};
/** By the service with what follows it: nothing where names may begin as they like. */
export const namesUnder = byName<readonly string[]>(Object.fromEntries(Object.entries(besides).flatMap(([head, services]) => services.split(' ').map((one) => {
  const [service, names] = one.split('=');
  return [`${service!}:${head}`, names?.split(',') ?? []];
}))));
/** What a service's ARNs begin with besides its own. */
export const headsBesides = (service: string): string[] => Object.keys(besides).map((head) => `${service}:${head}`).filter((head) => namesUnder[head] !== undefined);
/** A Region of each partition. */
export const homes = byName({ aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' });
export const objects: readonly string[] = ['s3:::some-bucket/some-key', 's3:::some-bucket'];
