import { flag } from '../core/parameters.ts';
import { defineRule } from '../core/rule.ts';
import { compliant, nonCompliant, undecided, type Finding } from '../core/verdict.ts';

export const redshiftClusterNotPublic = defineRule({
  id: 'redshift-cluster-not-public',
  title: 'Redshift clusters have no public address',
  why: 'A warehouse with a public address can be reached from any network, and one without enhanced VPC routing copies data to and from S3 past every endpoint policy.',
  fix: 'Modify the cluster with public access turned off; where routing is required, turn on enhanced VPC routing once the VPC has an S3 endpoint.',
  severity: 'high', boundary: 'resource', objective: 'networks',
  resourceTypes: ['AWS::Redshift::Cluster'], trigger: 'change',
  parameters: {
    requireEnhancedVpcRouting: flag('whether COPY and UNLOAD must travel through the VPC, where endpoint policies apply', false),
  },
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html',
  ],
  requirements: ['R45'],
  exception: 'whole',
  evaluate({ publiclyAccessible, enhancedVpcRouting }, { parameters: { requireEnhancedVpcRouting } }) {
    const routing = requireEnhancedVpcRouting ? enhancedVpcRouting : true;
    const findings: Finding[] = [];
    if (publiclyAccessible) {
      findings.push({
        at: '/publiclyAccessible',
        message: 'anyone on the internet whom its security groups let in can connect to this cluster: it has a public address',
        severity: 'high',
      });
    }
    if (routing === false) {
      findings.push({
        at: '/enhancedVpcRouting',
        message: 'COPY and UNLOAD of this cluster travel outside the VPC, where no endpoint policy applies: enhanced VPC routing is off',
        severity: 'medium',
        fix: 'Turn on enhanced VPC routing, once the VPC has an S3 endpoint.',
      });
    }
    const [first, ...rest] = findings;
    if (first !== undefined) return nonCompliant(first, ...rest);
    // Items recorded before Config knew the property lack it; absent is not the same as off.
    if (routing === undefined) return undecided('the item does not say whether enhanced VPC routing is on; record the cluster anew by any change to it');
    return compliant();
  },
});
