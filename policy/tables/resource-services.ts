/**
 * Services whose actions take resources of other services too, by the prefix of their actions; `*`: of any. As of 2026-09. Source: the
 * resource types of https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const others = new Map(Object.entries({
  aps: 'eks', backup: '*', 'bcm-data-exports': 'billing', 'cloudfront-keyvaluestore': 'cloudfront', 'cloudtrail-data': 'cloudtrail', 'cognito-idp': 'wafv2', connect: 'wisdom app-integrations', 'devops-guru': 'sns',
  'ds-data': 'ds', ebs: 'ec2', ec2: 'acm elastic-inference iam license-manager resource-groups', 'ec2-instance-connect': 'ec2', 'eks-auth': 'eks', es: 'opensearch', events: 'kms', greengrass: 'iot', iotjobsdata: 'iot',
  iotwireless: 'iot', 'kafka-cluster': 'kafka', kinesis: 'kms', 'payment-cryptography': 'mpa', qapps: 'qbusiness', 'rds-data': 'rds', 'redshift-data': 'redshift redshift-serverless', s3: 's3-object-lambda',
  'sagemaker-mlflow': 'sagemaker', servicecatalog: 'catalog', ssm: 'ec2 ecs iam', 'vpc-lattice-svcs': 'vpc-lattice',
}).map(([prefix, services]) => [prefix, services.split(' ')] as const));

export const takesResourceOf = (prefix: string, service: string): boolean => others.get(prefix)?.some((one) => one === '*' || one === service) === true;
