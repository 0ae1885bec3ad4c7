import { defineRemediation, type Proposal } from '../core/remediation.ts';
import { dbInstanceState, type DbInstanceState } from '../items/db-instance-state.ts';
import { rdsInstanceNotPublic } from '../rules/rds-instance-not-public.ts';
import { leftPending, lostClients, named, stackDrift } from './network/risks.ts';
import { onceReady } from './network/steps.ts';

/** DescribeDBInstances and AWS Config return instances of these services too; RDS does not change them. */
const otherServices: Readonly<Record<string, string>> = { neptune: 'Neptune', docdb: 'DocumentDB' };
/** Statuses in which RDS takes a modification; every other but those of `refusedStatuses` passes by itself or is an error that the runbook meets. */
const ready = ['available', 'storage-optimization'];
const refusedStatuses: Readonly<Record<string, string>> = {
  stopped: 'start it, then plan again; RDS starts it by itself after seven days',
  stopping: 'start it, then plan again; RDS starts it by itself after seven days',
  deleting: 'wait until it is gone',
};

export const makeRdsInstancePrivate = defineRemediation({
  id: 'make-rds-instance-private',
  title: 'Take the public address away from an RDS instance',
  rules: [rdsInstanceNotPublic],
  resourceType: 'AWS::RDS::DBInstance',
  start: 'automatic', decidedBy: 'runbook',
  risk: 'Clients that connect over the internet are cut off.',
  undo: 'Modify the instance with public access turned on, after entering an exception in `perimeter.yaml`; otherwise it is made private again.',
  parameters: {},
  needs: { securityGroups: { type: 'AWS::EC2::SecurityGroup', ids: ({ securityGroupIds }: DbInstanceState) => securityGroupIds } },
  permissions: [
    // The id that AWS Config gives is looked up by a filter, which IAM holds against all instances.
    { action: 'rds:DescribeDBInstances', resource: '*' },
    { action: 'rds:ModifyDBInstance', resource: 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:db:*' },
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html',
  ],
  requirements: ['R19', 'R45'],
  facts: dbInstanceState,
  plan({ name, engine, status, cluster, pending, securityGroupIds, replication }, { item, related: { securityGroups } }): Proposal {
    const service = Object.hasOwn(otherServices, engine) ? otherServices[engine] : undefined;
    if (service !== undefined) return { outcome: 'refuse', because: `\`${name}\` belongs to ${service}, whose instances RDS does not change`, next: `mend it through the API of ${service}` };
    // Aurora members change one by one; members of a Multi-AZ DB cluster have the engine's plain name.
    if (cluster !== undefined && (engine === 'mysql' || engine === 'postgres')) {
      return {
        outcome: 'refuse', because: `\`${name}\` is a member of the Multi-AZ DB cluster \`${cluster}\`, whose public access is fixed when the cluster is made`,
        next: 'restore the cluster from a snapshot without public access, and move the clients to it',
      };
    }
    if (status !== undefined && Object.hasOwn(refusedStatuses, status)) return { outcome: 'refuse', because: `\`${name}\` is ${status}, and RDS changes only running instances`, next: refusedStatuses[status] ?? '' };
    return {
      outcome: 'change',
      steps: onceReady(name, status, ready, `turn public access of \`${name}\` off, which takes effect at once and restarts nothing`),
      before: { publiclyAccessible: true }, after: { publiclyAccessible: false },
      // Without ApplyImmediately: public access changes at once anyway, and pending modifications keep to their window.
      calls: [{ service: 'rds', api: 'ModifyDBInstance', input: { DBInstanceIdentifier: name, PubliclyAccessible: false } }],
      approval: [],
      risks: [...lostClients(name, securityGroupIds, securityGroups), ...remoteReplication(replication, item.region), ...leftPending(pending), ...stackDrift(item)],
    };
  },
});

/** Replication partners in other Regions; RDS names those by ARN. */
function remoteReplication(partners: readonly string[], region: string): readonly string[] {
  const remote = partners.filter((one) => one.startsWith('arn:') && one.split(':')[3] !== region);
  return remote.length === 0 ? [] : [`replication with ${named(remote)} leaves the Region: check that it does not run over the public address`];
}
