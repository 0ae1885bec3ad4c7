import { defineRule } from '../core/rule.ts';
import { compliant, nonCompliant } from '../core/verdict.ts';

export const rdsInstanceNotPublic = defineRule({
  id: 'rds-instance-not-public',
  title: 'RDS instances have no public address',
  why: 'A database with a public address can be reached from any network; its password and one security group rule are then all that stands between its data and the internet.',
  fix: 'Modify the instance with public access turned off, after moving the clients that still connect from outside to a VPN or a private connection.',
  severity: 'high', boundary: 'resource', objective: 'networks',
  resourceTypes: ['AWS::RDS::DBInstance'], trigger: 'change',
  parameters: {},
  references: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html'],
  requirements: ['R45'],
  exception: 'whole',
  evaluate({ publiclyAccessible }) {
    if (!publiclyAccessible) return compliant();
    return nonCompliant({
      at: '/publiclyAccessible',
      message: 'anyone on the internet whom its security groups let in can connect to this database: it has a public address',
      severity: 'high',
    });
  },
});
