import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { ownAccount } from './perimeter.ts';

type Raw = Record<string, unknown>;

const region = 'eu-west-1';

/** A configuration item as a snapshot delivers it. */
const raw = (resourceType: string, resourceId: string, configuration: Raw, more: Raw = {}): Raw => ({
  relatedEvents: [], relationships: [], supplementaryConfiguration: {}, tags: {},
  configurationItemVersion: '1.3', configurationItemCaptureTime: '2026-08-31T10:15:00.000Z', configurationStateId: 1788171300000,
  awsAccountId: ownAccount, configurationItemStatus: 'OK', resourceType, resourceId, awsRegion: region,
  configuration, ...more,
});

const build = (...parts: Parameters<typeof raw>): ConfigurationItem => normalizeItem(raw(...parts));

/** `configuration` is merged into what Config records of a private PostgreSQL instance. */
export const dbInstance = (configuration: Raw = {}): ConfigurationItem => build('AWS::RDS::DBInstance', 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ', {
  dBInstanceIdentifier: 'orders', dBInstanceClass: 'db.m7g.large', engine: 'postgres', dBInstanceStatus: 'available',
  dbiResourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ', dbInstancePort: 0, publiclyAccessible: false, storageEncrypted: true,
  dBSubnetGroup: { dBSubnetGroupName: 'data', vpcId: 'vpc-0a1b2c3d4e5f60718', subnets: [] }, ...configuration,
}, { resourceName: 'orders', ARN: `arn:aws:rds:${region}:${ownAccount}:db:orders` });

/** A Multi-AZ cluster; pass `publiclyAccessible: undefined` for an Aurora one. */
export const dbCluster = (configuration: Raw = {}): ConfigurationItem => build('AWS::RDS::DBCluster', 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ', {
  dbclusterIdentifier: 'ledger', engine: 'postgres', dbclusterArn: `arn:aws:rds:${region}:${ownAccount}:cluster:ledger`,
  dbsubnetGroup: 'data', dbclusterMembers: [], multiAZ: true, publiclyAccessible: false, ...configuration,
}, { resourceName: 'ledger', ARN: `arn:aws:rds:${region}:${ownAccount}:cluster:ledger` });

export const redshiftCluster = (configuration: Raw = {}): ConfigurationItem => build('AWS::Redshift::Cluster', 'warehouse', {
  clusterIdentifier: 'warehouse', nodeType: 'ra3.large', clusterStatus: 'available', vpcId: 'vpc-0a1b2c3d4e5f60718',
  clusterSubnetGroupName: 'data', publiclyAccessible: false, enhancedVpcRouting: true, ...configuration,
}, { resourceName: 'warehouse', ARN: `arn:aws:redshift:${region}:${ownAccount}:cluster:warehouse` });

/** Config does not record the type: this is what the evaluator makes of ListWorkgroups. */
export const redshiftServerlessWorkgroup = (configuration: Raw = {}): ConfigurationItem => build('AWS::RedshiftServerless::Workgroup', 'a1b2c3d4-5678-90ab-cdef-111122223333', {
  workgroupId: 'a1b2c3d4-5678-90ab-cdef-111122223333', workgroupName: 'reports', namespaceName: 'reports', status: 'AVAILABLE',
  publiclyAccessible: false, enhancedVpcRouting: true, ...configuration,
}, { resourceName: 'reports', ARN: `arn:aws:redshift-serverless:${region}:${ownAccount}:workgroup/a1b2c3d4-5678-90ab-cdef-111122223333` });

/** `name` and `tags` are the item's; `configuration` is merged into what Config records of a function in no VPC. */
export function lambdaFunction(configuration: Raw = {}, { name = 'resize', tags = {} }: { name?: string; tags?: Record<string, string> } = {}): ConfigurationItem {
  const arn = `arn:aws:lambda:${region}:${ownAccount}:function:${name}`;
  return build('AWS::Lambda::Function', name, {
    functionName: name, functionArn: arn, runtime: 'nodejs24.x', role: `arn:aws:iam::${ownAccount}:role/resize`, handler: 'index.handler',
    codeSize: 1024, timeout: 10, memorySize: 256, version: '$LATEST', vpcConfig: { subnetIds: [], securityGroupIds: [] }, layers: [], ...configuration,
  }, { resourceName: name, ARN: arn, tags });
}

export const subnet = (id: string, vpcId: string, zone: string): ConfigurationItem => build('AWS::EC2::Subnet', id, {
  subnetId: id, vpcId, availabilityZone: zone, cidrBlock: '10.0.1.0/24', state: 'available', ownerId: ownAccount, tags: [],
}, { ARN: `arn:aws:ec2:${region}:${ownAccount}:subnet/${id}`, availabilityZone: zone });

/** Config records the document as JSON text; `undefined` leaves it out. `configuration` overrides an interface endpoint of SQS. */
export function vpcEndpoint(policy: unknown, configuration: Raw = {}): ConfigurationItem {
  const id = 'vpce-0123456789abcdef0';
  return build('AWS::EC2::VPCEndpoint', id, {
    vpcEndpointId: id, vpcEndpointType: 'Interface', vpcId: 'vpc-0a1b2c3d4e5f60718', serviceName: `com.amazonaws.${region}.sqs`, state: 'available',
    ...policy === undefined ? {} : { policyDocument: typeof policy === 'string' ? policy : JSON.stringify(policy) },
    routeTableIds: [], subnetIds: [], groups: [], privateDnsEnabled: true, requesterManaged: false, networkInterfaceIds: [], dnsEntries: [],
    creationTimestamp: '2024-03-01T09:00:00.000Z', tags: [], ownerId: ownAccount, ...configuration,
  }, { ARN: `arn:aws:ec2:${region}:${ownAccount}:vpc-endpoint/${id}` });
}

/** IAM's documents are recorded as URL-encoded JSON text. */
export function iamRole(trustPolicy: unknown, { name = 'deploy', path = '/' }: { name?: string; path?: string } = {}): ConfigurationItem {
  const arn = `arn:aws:iam::${ownAccount}:role${path}${name}`;
  return build('AWS::IAM::Role', 'AROAEXAMPLEEXAMPLE123', {
    path, roleName: name, roleId: 'AROAEXAMPLEEXAMPLE123', arn, createDate: '2023-05-05T12:00:00.000Z',
    assumeRolePolicyDocument: encodeURIComponent(typeof trustPolicy === 'string' ? trustPolicy : JSON.stringify(trustPolicy)),
    instanceProfileList: [], rolePolicyList: [], attachedManagedPolicies: [], permissionsBoundary: null, tags: [], roleLastUsed: null,
  }, { resourceName: name, ARN: arn, awsRegion: 'global' });
}

/** A policy of the current version. */
export const policy = (...statements: Raw[]): Raw => ({ Version: '2012-10-17', Statement: statements });
