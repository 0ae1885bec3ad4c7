import { defineRule } from '../core/rule.ts';
import { compliant, nonCompliant, notApplicable } from '../core/verdict.ts';

export const rdsClusterNotPublic = defineRule({
  id: 'rds-cluster-not-public',
  title: 'RDS Multi-AZ clusters have no public address',
  why: 'A cluster with a public address can be reached from any network; its password and one security group rule are then all that stands between its data and the internet.',
  fix: 'Restore a snapshot of the cluster with public access turned off, or move it to a subnet group of private subnets: the setting itself cannot be changed on a running cluster.',
  severity: 'high', boundary: 'resource', objective: 'networks',
  resourceTypes: ['AWS::RDS::DBCluster'], trigger: 'change',
  parameters: {},
  references: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html',
  ],
  requirements: ['R45'],
  exception: 'whole',
  evaluate({ publiclyAccessible }) {
    // Aurora clusters have no flag of their own: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html
    if (publiclyAccessible === undefined) return notApplicable('the cluster has no public access setting: its instances carry it, as on Aurora, and `rds-instance-not-public` judges them');
    if (!publiclyAccessible) return compliant();
    return nonCompliant({
      at: '/publiclyAccessible',
      message: 'anyone on the internet whom its security groups let in can connect to this database cluster: it has a public address',
      severity: 'high',
    });
  },
});
