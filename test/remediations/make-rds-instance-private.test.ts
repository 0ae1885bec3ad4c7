import { makeRdsInstancePrivate } from '../../remediations/make-rds-instance-private.ts';
import { dbInstance } from '../support/items.ts';
import { ingress, securityGroup } from '../support/network-items.ts';
import { testRemediation } from '../support/test-remediation.ts';

const vpc = 'vpc-0a1b2c3d4e5f60718';
const isPublic = (more: Record<string, unknown> = {}) => dbInstance({ publiclyAccessible: true, ...more });
const cutOff = 'clients of `orders` outside its VPC are cut off: the endpoint keeps its name, which resolves to the private address once cached DNS answers have expired';
const turnOff = 'turn public access of `orders` off, which takes effect at once and restarts nothing';
const change = {
  steps: [turnOff] as [string], before: { publiclyAccessible: true }, after: { publiclyAccessible: false },
  calls: [{ service: 'rds', api: 'ModifyDBInstance', input: { DBInstanceIdentifier: 'orders', PubliclyAccessible: false } }] as const,
  risks: [cutOff],
};
const groups = (...ids: string[]) => ({ vpcSecurityGroups: ids.map((vpcSecurityGroupId) => ({ vpcSecurityGroupId, status: 'active' })) });

testRemediation(makeRdsInstancePrivate, {
  noop: {
    'a private instance': { item: dbInstance(), because: '`rds-instance-not-public` is compliant' },
    'an instance that was deleted': { item: { ...isPublic(), status: 'ResourceDeleted' }, because: '`rds-instance-not-public` does not apply: the resource was deleted' },
  },
  apply: {
    'a public instance': { item: isPublic(), change },
    'a member of an Aurora cluster, which changes by itself': { item: isPublic({ engine: 'aurora-postgresql', dBClusterIdentifier: 'catalogue' }), change },
    'an instance that takes changes while its storage settles': { item: isPublic({ dBInstanceStatus: 'storage-optimization' }), change },
    'an instance whose status nobody recorded': { item: isPublic({ dBInstanceStatus: undefined }), change },
    'an instance at its nightly backup': {
      item: isPublic({ dBInstanceStatus: 'backing-up' }), change: { ...change, steps: ['wait until `orders` is available; it is `backing-up`', turnOff] },
    },
    'modifications that wait for the maintenance window': {
      item: isPublic({ pendingModifiedValues: { dBInstanceClass: 'db.m7g.xlarge', engineVersion: '17.7', iops: null, processorFeatures: [], pendingCloudwatchLogsExports: {} } }),
      change: { ...change, risks: [cutOff, 'pending modifications stay pending until the maintenance window: `dBInstanceClass`, `engineVersion`'] },
    },
    'security groups that let in the office and everybody': {
      item: isPublic(groups('sg-0123456789abcdef0', 'sg-0123456789abcdef1')),
      related: [
        securityGroup('sg-0123456789abcdef0', vpc, [ingress('10.20.0.0/16', '198.51.100.0/24', '172.16.0.0/12', '172.32.0.0/16', '100.64.0.0/10', '192.168.0.0/16', 'fd12:3456::/32')]),
        securityGroup('sg-0123456789abcdef1', vpc, [ingress('0.0.0.0/0'), ingress('::/0', '0.0.0.0/0', '10.0.0.0/7', 'fc00::/6', 'fc00::/7')]),
      ],
      change: {
        ...change,
        risks: [
          cutOff,
          'security group `sg-0123456789abcdef0` lets in `198.51.100.0/24`, `172.32.0.0/16`: whoever connects from there over the internet is cut off',
          'security group `sg-0123456789abcdef1` lets in `0.0.0.0/0`, `10.0.0.0/7`, `::/0`, `fc00::/6`: whoever connects from there over the internet is cut off',
        ],
      },
    },
    'a security group nobody recorded, beside one that lets in the VPC': {
      item: isPublic(groups('sg-0123456789abcdef0', 'sg-0123456789abcdef1')), related: [securityGroup('sg-0123456789abcdef1', vpc, [ingress('10.20.0.0/16')])],
      change: { ...change, risks: [cutOff, 'security group `sg-0123456789abcdef0` was not found, so nobody can say here whom it lets in from outside'] },
    },
    'a replica of an instance in another Region, and one beside it': {
      item: isPublic({
        readReplicaSourceDBInstanceIdentifier: 'arn:aws:rds:us-east-1:111111111111:db:orders-us', readReplicaDBInstanceIdentifiers: ['orders-copy', 'arn:aws:rds:eu-west-1:111111111111:db:orders-b'],
        readReplicaDBClusterIdentifiers: ['arn:aws:rds:eu-central-1:111111111111:cluster:reports'],
      }),
      change: {
        ...change,
        risks: [cutOff, 'replication with `arn:aws:rds:us-east-1:111111111111:db:orders-us`, `arn:aws:rds:eu-central-1:111111111111:cluster:reports` leaves the Region: check that it does not run over the public address'],
      },
    },
    'an instance that a stack made': {
      item: { ...isPublic(), tags: { 'aws:cloudformation:stack-name': 'orders-db' } },
      change: { ...change, risks: [cutOff, 'CloudFormation stack `orders-db` made the resource: change its template too, or its next deployment may undo this or fail'] },
    },
    'members in the spelling of the API, as a live read may give them': {
      item: dbInstance({
        publiclyAccessible: true, dBInstanceIdentifier: undefined, DBInstanceIdentifier: 'orders', engine: undefined, Engine: 'postgres', dBInstanceStatus: undefined, DBInstanceStatus: 'modifying',
        VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0123456789abcdef0' }],
      }),
      related: [securityGroup('sg-0123456789abcdef0', vpc)],
      change: { ...change, steps: ['wait until `orders` is available; it is `modifying`', turnOff] },
    },
  },
  refuse: {
    'an instance of Neptune': { item: isPublic({ engine: 'neptune' }), because: '`orders` belongs to Neptune, whose instances RDS does not change', next: 'mend it through the API of Neptune' },
    'an instance of DocumentDB': { item: isPublic({ engine: 'docdb' }), because: '`orders` belongs to DocumentDB, whose instances RDS does not change', next: 'mend it through the API of DocumentDB' },
    'a member of a Multi-AZ DB cluster': {
      item: isPublic({ dBClusterIdentifier: 'ledger' }),
      because: '`orders` is a member of the Multi-AZ DB cluster `ledger`, whose public access is fixed when the cluster is made',
      next: 'restore the cluster from a snapshot without public access, and move the clients to it',
    },
    'a member of one of MySQL': {
      item: isPublic({ engine: 'mysql', dBClusterIdentifier: 'ledger' }),
      because: '`orders` is a member of the Multi-AZ DB cluster `ledger`, whose public access is fixed when the cluster is made',
      next: 'restore the cluster from a snapshot without public access, and move the clients to it',
    },
    'a stopped instance': {
      item: isPublic({ dBInstanceStatus: 'stopped' }), because: '`orders` is stopped, and RDS changes only running instances', next: 'start it, then plan again; RDS starts it by itself after seven days',
    },
    'an instance that is being stopped': {
      item: isPublic({ dBInstanceStatus: 'stopping' }), because: '`orders` is stopping, and RDS changes only running instances', next: 'start it, then plan again; RDS starts it by itself after seven days',
    },
    'an instance that is being deleted': { item: isPublic({ dBInstanceStatus: 'deleting' }), because: '`orders` is deleting, and RDS changes only running instances', next: 'wait until it is gone' },
    'an item without the engine': {
      item: isPublic({ engine: undefined }), because: 'AWS::RDS::DBInstance orders: the item has no `engine`', next: 'mend it by hand, as the rule says',
    },
    'security groups that are no list': {
      item: isPublic({ vpcSecurityGroups: 'sg-0123456789abcdef0' }), because: 'AWS::RDS::DBInstance orders: `vpcSecurityGroups` is not a list of objects', next: 'mend it by hand, as the rule says',
    },
    'an instance that carries an exclusion tag': {
      item: { ...isPublic(), tags: { 'dp:exclude:network': 'true' } }, perimeter: { exclusionTags: { principal: {}, resource: { 'dp:exclude:network': 'true' } } },
      because: 'the resource carries the exclusion tag `dp:exclude:network=true`', next: 'take the tag off, or enter an exception in `perimeter.yaml`',
    },
  },
});
