import { subnetIds, vpcs, type VpcName } from './accounts.ts';
import { creationTime, hex, item, letters, uuid, type Item, type State } from './item.ts';


interface Database { readonly name: string; readonly vpc: VpcName; readonly engine?: string; readonly cluster?: string; readonly open?: 'until mended' | 'always' }

/** Database instances; `open` ones have a public address. */
const databases: readonly Database[] = [
  { name: 'orders', vpc: 'storefront' },
  { name: 'ledger', vpc: 'payments' },
  // The finance team's spreadsheet connects from the office.
  { name: 'ledger-reporting', vpc: 'payments', open: 'until mended' },
  // Aurora: the cluster has no flag, its instances do, and one was made with the console's default.
  { name: 'catalogue-1', vpc: 'storefront', engine: 'aurora-postgresql', cluster: 'catalogue' },
  { name: 'catalogue-2', vpc: 'storefront', engine: 'aurora-postgresql', cluster: 'catalogue', open: 'until mended' },
  { name: 'parcels', vpc: 'logistics', engine: 'mysql' },
  // The definition excepts it, with owner and date.
  { name: 'carrier-tracking', vpc: 'logistics', open: 'always' },
];

function databaseItem({ name, vpc, engine = 'postgres', cluster, open }: Database, state: State): Item {
  const { account, region, id: vpcId } = vpcs[vpc];
  const id = `db-${letters(`database/${account}/${name}`, 26)}`;
  const arn = `arn:aws:rds:${region}:${account}:db:${name}`;
  const group = `sg-0${hex(`databases/${vpc}`, 16)}`;
  return item({
    account, region, type: 'AWS::RDS::DBInstance', id, name, arn, zone: `${region}a`,
    relationships: [
      { resourceId: group, resourceType: 'AWS::EC2::SecurityGroup', name: 'Is associated with SecurityGroup' },
      { resourceName: vpc, resourceType: 'AWS::RDS::DBSubnetGroup', name: 'Is associated with ' },
    ],
    configuration: {
      dBInstanceIdentifier: name, dBInstanceClass: 'db.r6g.large', engine, dBInstanceStatus: 'available', masterUsername: 'app',
      endpoint: { address: `${name}.${hex(account, 12)}.${region}.rds.amazonaws.com`, port: 5432, hostedZoneId: 'Z29XKXDKYMONMX' },
      allocatedStorage: 200, instanceCreateTime: creationTime(id), preferredBackupWindow: '02:10-02:40', backupRetentionPeriod: 14,
      vpcSecurityGroups: [{ vpcSecurityGroupId: group, status: 'active' }], availabilityZone: `${region}a`,
      dBSubnetGroup: { dBSubnetGroupName: vpc, dBSubnetGroupDescription: vpc, vpcId, subnetGroupStatus: 'Complete', subnets: subnetIds(vpc).map((subnet, i) => ({ subnetIdentifier: subnet, subnetAvailabilityZone: { name: `${region}${'ab'[i]}` }, subnetStatus: 'Active' })) },
      multiAZ: true, engineVersion: engine === 'mysql' ? '8.4.6' : '17.6', autoMinorVersionUpgrade: true,
      publiclyAccessible: open === 'always' || (open === 'until mended' && state === 'breached'),
      storageType: 'gp3', dbInstancePort: 0, ...(cluster === undefined ? {} : { dBClusterIdentifier: cluster }), storageEncrypted: true,
      dbiResourceId: id, dBInstanceArn: arn, iAMDatabaseAuthenticationEnabled: true, deletionProtection: true,
    },
    supplementary: { Tags: [] },
  });
}

interface Cluster { readonly name: string; readonly vpc: VpcName; readonly engine: string; /** Aurora has no flag. */ readonly open?: boolean }

const clusters: readonly Cluster[] = [
  { name: 'catalogue', vpc: 'storefront', engine: 'aurora-postgresql' },
  { name: 'settlement', vpc: 'payments', engine: 'postgres', open: false },
  // Made public for the migration weekend; a Multi-AZ cluster cannot be changed back in place, so it stayed.
  { name: 'warehouse-stock', vpc: 'logistics', engine: 'mysql', open: true },
];

function clusterItem({ name, vpc, engine, open }: Cluster, state: State): Item {
  const { account, region } = vpcs[vpc];
  const id = `cluster-${letters(`cluster/${account}/${name}`, 26)}`;
  const arn = `arn:aws:rds:${region}:${account}:cluster:${name}`;
  return item({
    account, region, type: 'AWS::RDS::DBCluster', id, name, arn,
    relationships: [{ resourceName: vpc, resourceType: 'AWS::RDS::DBSubnetGroup', name: 'Is associated with ' }],
    configuration: {
      allocatedStorage: 200, availabilityZones: [`${region}a`, `${region}b`, `${region}c`], backupRetentionPeriod: 14, dbclusterIdentifier: name, dbclusterArn: arn,
      dbclusterParameterGroup: 'default', dbsubnetGroup: vpc, status: 'available', engine, multiAZ: true, port: 5432, dbClusterResourceId: id, clusterCreateTime: creationTime(id),
      dbclusterMembers: [1, 2].map((i) => ({ dbinstanceIdentifier: `${name}-${i}`, isClusterWriter: i === 1, dbclusterParameterGroupStatus: 'in-sync', promotionTier: 1 })),
      storageEncrypted: true, deletionProtection: true, ...(open === undefined ? {} : { publiclyAccessible: open && state === 'breached' }),
    },
  });
}

interface Warehouse { readonly name: string; readonly wrong?: 'public' | 'routing' }

const warehouses: readonly Warehouse[] = [
  { name: 'product-analytics' },
  // A consultant's dashboard tool could not reach it otherwise.
  { name: 'finance', wrong: 'public' },
  // Private, but COPY and UNLOAD travel past the VPC's endpoints.
  { name: 'marketing', wrong: 'routing' },
];

function warehouseItem({ name, wrong }: Warehouse, state: State): Item {
  const { account, region, id: vpcId } = vpcs.data;
  const broken = state === 'breached' ? wrong : undefined;
  return item({
    account, region, type: 'AWS::Redshift::Cluster', id: name, name, arn: `arn:aws:redshift:${region}:${account}:cluster:${name}`, zone: `${region}a`,
    relationships: [{ resourceId: vpcId, resourceType: 'AWS::EC2::VPC', name: 'Is contained in ' }],
    configuration: {
      clusterIdentifier: name, nodeType: 'ra3.xlplus', clusterStatus: 'available', clusterAvailabilityStatus: 'Available', masterUsername: 'admin', dBName: 'dev',
      endpoint: { address: `${name}.${hex(account, 12)}.${region}.redshift.amazonaws.com`, port: 5439 }, clusterCreateTime: creationTime(name),
      automatedSnapshotRetentionPeriod: 7, vpcSecurityGroups: [{ vpcSecurityGroupId: `sg-0${hex('warehouses', 16)}`, status: 'active' }], clusterSubnetGroupName: 'data-platform',
      vpcId, availabilityZone: `${region}a`, numberOfNodes: 2, publiclyAccessible: broken === 'public', encrypted: true, enhancedVpcRouting: broken !== 'routing',
    },
  });
}

export const dataStoreItems = (state: State): Item[] => [
  ...databases.map((one) => databaseItem(one, state)), ...clusters.map((one) => clusterItem(one, state)), ...warehouses.map((one) => warehouseItem(one, state)),
];

/** Config does not record Redshift Serverless: this is what ListWorkgroups said, as items. */
export function workgroupItems(state: State): Item[] {
  // Analysts' notebooks in their own homes.
  return [{ name: 'adhoc', open: state === 'breached' }, { name: 'reporting', open: false }].map(({ name, open }) => {
    const { account, region } = vpcs.data;
    const id = uuid(`workgroup/${name}`);
    const arn = `arn:aws:redshift-serverless:${region}:${account}:workgroup/${id}`;
    return item({
      account, region, type: 'AWS::RedshiftServerless::Workgroup', id, name, arn,
      configuration: {
        workgroupId: id, workgroupArn: arn, workgroupName: name, namespaceName: name, baseCapacity: 32, enhancedVpcRouting: true, publiclyAccessible: open, status: 'AVAILABLE',
        securityGroupIds: [`sg-0${hex('warehouses', 16)}`], subnetIds: subnetIds('data'), port: 5439, creationDate: creationTime(id),
        endpoint: { address: `${name}.${account}.${region}.redshift-serverless.amazonaws.com`, port: 5439 },
      },
    });
  });
}

