import { defineRemediation, type Proposal } from '../core/remediation.ts';
import { redshiftClusterState, type RedshiftClusterState } from '../items/redshift-cluster-state.ts';
import { redshiftClusterNotPublic } from '../rules/redshift-cluster-not-public.ts';
import { leftPending, lostClients, stackDrift } from './network/risks.ts';
import { onceReady } from './network/steps.ts';

const refusedStatuses: Readonly<Record<string, string>> = {
  paused: 'resume it, then plan again', pausing: 'resume it, then plan again', deleting: 'wait until it is gone',
};

export const makeRedshiftClusterPrivate = defineRemediation({
  id: 'make-redshift-cluster-private',
  title: 'Take the public address away from a Redshift cluster',
  rules: [redshiftClusterNotPublic],
  resourceType: 'AWS::Redshift::Cluster',
  start: 'automatic', decidedBy: 'runbook',
  risk: 'Clients that connect over the internet are cut off, and the cluster gives its elastic IP address back.',
  undo: 'Modify the cluster with public access turned on and the elastic IP address of the record, after entering an exception in `perimeter.yaml`; VPC Block Public Access and relocation between zones may forbid it.',
  parameters: {},
  needs: { securityGroups: { type: 'AWS::EC2::SecurityGroup', ids: ({ securityGroupIds }: RedshiftClusterState) => securityGroupIds } },
  permissions: [
    { action: 'redshift:DescribeClusters', resource: '*' },
    { action: 'redshift:ModifyCluster', resource: 'arn:${AWS::Partition}:redshift:${AWS::Region}:${AWS::AccountId}:cluster:*' },
  ],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html',
  ],
  requirements: ['R19', 'R45'],
  facts: redshiftClusterState,
  plan({ name, publiclyAccessible, status, elasticIp, pending, securityGroupIds }, { item, related: { securityGroups } }): Proposal {
    if (!publiclyAccessible) return { outcome: 'refuse', because: `\`${name}\` has no public address, and this remediation changes nothing else`, next: 'turn on enhanced VPC routing by hand, once the VPC has an S3 endpoint' };
    if (status !== undefined && Object.hasOwn(refusedStatuses, status)) return { outcome: 'refuse', because: `\`${name}\` is ${status}, and Redshift changes only running clusters`, next: refusedStatuses[status] ?? '' };
    return {
      outcome: 'change',
      steps: onceReady(name, status, ['available'], `turn public access of \`${name}\` off`),
      before: { publiclyAccessible: true, ...elasticIp === undefined ? {} : { elasticIpStatus: { elasticIp } } },
      after: { publiclyAccessible: false, ...elasticIp === undefined ? {} : { elasticIpStatus: null } },
      calls: [{ service: 'redshift', api: 'ModifyCluster', input: { ClusterIdentifier: name, PubliclyAccessible: false } }],
      approval: [],
      risks: [
        ...lostClients(name, securityGroupIds, securityGroups),
        ...elasticIp === undefined ? [] : [`\`${name}\` gives up its elastic IP address \`${elasticIp}\`, which partners may have on their lists`],
        ...leftPending(pending), ...stackDrift(item),
      ],
    };
  },
});
