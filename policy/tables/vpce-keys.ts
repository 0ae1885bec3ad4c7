/**
 * Services, by the prefix of their actions, whose requests through a VPC endpoint tell whose the endpoint is. AWS lists them key by key.
 * As of 2026-10. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export type EndpointOwnerKey = 'aws:sourcevpcarn' | 'aws:vpceaccount' | 'aws:vpceorgpaths' | 'aws:vpceorgid';

const words = (text: string): string[] => text.split(' ');
const vpcArn = words('acm-pca applicationinsights apprunner athena cloudformation comprehendmedical compute-optimizer datasync discovery ebs ecr ecs firehose healthlake iam iotfleetwise '
  + 'iotwireless kinesisanalytics kms lambda medical-imaging omics payment-cryptography polly rbin rekognition route53 s3 scheduler servicediscovery servicequotas ssm-contacts storagegateway '
  + 'textract transcribe transfer');
const account = [...vpcArn, ...words('dynamodb gamelift shield')];
const services: Readonly<Record<EndpointOwnerKey, ReadonlySet<string>>> = {
  'aws:sourcevpcarn': new Set(vpcArn),
  'aws:vpceaccount': new Set(account),
  'aws:vpceorgpaths': new Set([...account, 'secretsmanager', 'sts']),
  'aws:vpceorgid': new Set([...account, ...words('b2bi cassandra cloudhsm cognito-identity dms ds-data identitystore iottwinmaker kinesis network-firewall pricing qbusiness ses sms-voice sqs workmail')]),
};

/**
 * Whether requests to the service through an endpoint surely carry the key; without a key, whether they carry all four. What AWS does not
 * list may carry none. It excepts iam:PassRole, which is a permission and no request of its own.
 */
export const sendsEndpointOwner = (prefix: string, key: EndpointOwnerKey = 'aws:sourcevpcarn'): boolean => services[key].has(prefix);
