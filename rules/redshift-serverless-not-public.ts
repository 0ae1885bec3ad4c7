import { defineRule } from '../core/rule.ts';
import { compliant, nonCompliant } from '../core/verdict.ts';

export const redshiftServerlessNotPublic = defineRule({
  id: 'redshift-serverless-not-public',
  title: 'Redshift Serverless workgroups have no public address',
  why: 'A workgroup with a public address can be reached from any network; its credentials and one security group rule are then all that stands between its data and the internet.',
  fix: 'Update the workgroup with public access turned off, after moving the clients that still connect from outside to a VPN or a private connection.',
  severity: 'high', boundary: 'resource', objective: 'networks',
  resourceTypes: ['AWS::RedshiftServerless::Workgroup'], trigger: 'periodic',
  parameters: {},
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateWorkgroup.html',
  ],
  requirements: ['R45'],
  exception: 'whole',
  evaluate({ publiclyAccessible }) {
    if (!publiclyAccessible) return compliant();
    return nonCompliant({
      at: '/publiclyAccessible',
      message: 'anyone on the internet whom its security groups let in can connect to this workgroup: it has a public address',
      severity: 'high',
    });
  },
});
