import { kept } from '../kept.ts';
import { byName } from './by-name.ts';

/**
 * Services whose actions take resources of other services too, by the prefix of their actions; `*`: of any. As of 2026-09. Source: the
 * resource types of https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const beside = {
  apprunner: 'wafv2', aps: 'eks', backup: '*', 'bcm-data-exports': 'billing', ce: 'billing', codestar: 'iam', 'cognito-idp': 'wafv2', connect: 'wisdom app-integrations',
  ec2: 'acm elastic-inference iam license-manager resource-groups', es: 'opensearch iam', events: 'kms', greengrass: 'iot', iotwireless: 'iot', iq: 'iq-permission', kinesis: 'kms', 'payment-cryptography': 'mpa',
  qapps: 'qbusiness', route53: 'ec2', s3: 's3-object-lambda', servicecatalog: 'catalog', ssm: 'ec2 ecs iam s3', 'waf-regional': 'elasticloadbalancing',
  wafv2: 'amplify apigateway apprunner appsync bedrock-agentcore cognito-idp ec2 elasticloadbalancing', 'workspaces-instances': 'ec2',
};
/**
 * Of those that have none of their own: what the ARNs begin with that they take, behind the partition, `@` for the owner's account, and what names begin with; nothing
 * where they may begin as they like. Where no more is said than a service, a Region and an account follow it. Of STS roles alone are asked about here, since root users are assumed in
 * the own organization, and what it has itself is of the caller's account: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
 */
const instead = {
  'aco-automation': 'compute-optimizer::@:=automation-rule/', 'arc-zonal-shift': 'elasticloadbalancing=loadbalancer/', 'cloudfront-keyvaluestore': 'cloudfront::@:=key-value-store/',
  'cloudtrail-data': 'cloudtrail=channel/', 'devops-guru': 'sns=', 'ds-data': 'ds=directory/', ebs: 'ec2:region::=snapshot/', 'ec2-instance-connect': 'ec2=instance/,instance-connect-endpoint/',
  'eks-auth': 'eks=cluster/', iotjobsdata: 'iot=thing/', 'kafka-cluster': 'kafka=cluster/,topic/,group/,transactional-id/', q: 'qdeveloper=plugin/ codewhisperer=profile/',
  'rds-data': 'rds=cluster:', 'redshift-data': 'redshift=cluster: redshift-serverless=workgroup/,managed-workgroup/', 'route53-recovery-cluster': 'route53-recovery-control::@:=controlpanel/',
  'route53-recovery-control-config': 'route53-recovery-control::@:=cluster/,controlpanel/', 'sagemaker-mlflow': 'sagemaker=mlflow-', sts: 'iam::@:=role/', 'sso-oauth': 'sso::@:=application/',
  'vpc-lattice-svcs': 'vpc-lattice=service/', vpce: 'ec2=vpc-endpoint/,vpc-endpoint-service/',
};
/** By the prefix of their actions: what those ARNs begin with, and what names begin with behind that. */
export const taken = byName<ReadonlyMap<string, readonly string[]>>(Object.fromEntries(Object.entries(instead).map(([prefix, heads]) => [prefix, new Map(heads.split(' ').map((one) => {
  const [head, names] = one.split('=') as [string, string];
  return [head.includes(':') ? head : `${head}:region:@:`, names === '' ? [] : names.split(',')];
}))])));
const others = new Map([...Object.entries(beside).map(([prefix, services]) => [prefix, services.split(' ')] as const), ...Object.entries(instead).map(([prefix, heads]) => [prefix, heads.split(' ').map((one) => one.split(/[:=]/, 1)[0]!)] as const)]);

/** Whether actions with a prefix can be asked for on what a service's resources are, by its ARNs. */
export const mayActOn = (prefix: string, service: string): boolean => service === prefix || prefixesRuled(service).includes(prefix) || takesResourceOf(prefix, service);
export const takesResourceOf = (prefix: string, service: string): boolean => others.get(prefix)?.some((one) => one === '*' || one === service) === true;
/** Those whose resources it takes by name. */
export const servicesTaken = (prefix: string): readonly string[] => (others.get(prefix) ?? []).filter((one) => one !== '*');
/** The prefixes of services that take resources of this one beside its own actions. */
export const takersOf = kept((service): readonly string[] => [...others].flatMap(([prefix, services]) => services.includes(service) ? [prefix] : []));

/**
 * Services whose resources' policies also allow actions of another prefix, which calls of data have: what clients do with a cluster's topics, callers
 * with a service of Lattice or an API, senders with a channel, whom a namespace integrates. As of 2026-11. Sources: https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html,
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_resource-based-policy-examples.html,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenteroidcservice.html,
 * https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
 */
const ruledTogether = byName({ apigateway: ['apigateway', 'execute-api'], cloudtrail: ['cloudtrail', 'cloudtrail-data'], kafka: ['kafka', 'kafka-cluster'], 'redshift-serverless': ['redshift-serverless', 'redshift'], sso: ['sso', 'sso-oauth'], 'vpc-lattice': ['vpc-lattice', 'vpc-lattice-svcs'] });
/** The prefixes of the actions that policies of a service's resources rule. */
export const prefixesRuled = kept((prefix): readonly string[] => ruledTogether[prefix] ?? [prefix]);

/**
 * Resources whose policies speak of others of their service, too, in the same account and Region: a Data Catalog's of its databases and tables, an
 * event bus's of rules, a vault's of recovery points, those of CodeArtifact of packages, a service network's of services, a cluster's of topics and
 * groups, a registry's of schemas, a group's of model packages, a contact's of engagements, a response plan's of incidents, an organization's of its units, accounts and policies, a group's of OpsItems, a project's of versions of its model. As of 2026-11. Sources:
 * https://docs.aws.amazon.com/glue/latest/dg/security_iam_resource-based-policy-examples.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html,
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html,
 * https://docs.aws.amazon.com/codeartifact/latest/ug/repo-policies.html, https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html,
 * https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-resource-based-schemas.html,
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-ram-discover.html,
 * https://docs.aws.amazon.com/incident-manager/latest/userguide/security_iam_resource-based-policy-examples.html,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-getting-started-multiple-accounts.html,
 * https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/md-create-project-policy-document.html
 */
const collections = /^(arn:[^:]*:(?:glue:[^:]*:\d*:(?=catalog$)|events:[^:]*:\d*:(?=event-bus\/)|backup:[^:]*:\d*:(?=backup-vault:)|codeartifact:[^:]*:\d*:(?=domain\/|repository\/)|vpc-lattice:[^:]*:\d*:(?=servicenetwork\/)|kafka:[^:]*:\d*:(?=cluster\/)|schemas:[^:]*:\d*:(?=registry\/)|sagemaker:[^:]*:\d*:(?=model-package-group\/)|ssm-contacts:[^:]*:\d*:(?=contact\/)|ssm-incidents:[^:]*:\d*:(?=response-plan\/)|organizations:[^:]*:\d*:(?=organization\/|resourcepolicy\/)|ssm:[^:]*:\d*:(?=opsitemgroup\/)|rekognition:[^:]*:\d*:(?=project\/)))/;

/** What the ARNs begin with of all that the policy of a resource may speak of; `undefined` where that is the resource and what lies below it. */
export const collectionOf = (resource: string): string | undefined => collections.exec(resource)?.[1];
