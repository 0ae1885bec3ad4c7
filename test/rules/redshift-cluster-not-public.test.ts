import { redshiftClusterNotPublic } from '../../rules/redshift-cluster-not-public.ts';
import { redshiftCluster } from '../support/items.ts';
import { testRule } from '../support/test-rule.ts';

const isPublic = {
  at: '/publiclyAccessible',
  message: 'anyone on the internet whom its security groups let in can connect to this cluster: it has a public address',
  severity: 'high',
} as const;
const isUnrouted = {
  at: '/enhancedVpcRouting',
  message: 'COPY and UNLOAD of this cluster travel outside the VPC, where no endpoint policy applies: enhanced VPC routing is off',
  severity: 'medium',
  fix: 'Turn on enhanced VPC routing, once the VPC has an S3 endpoint.',
} as const;
const parameters = { requireEnhancedVpcRouting: true };

testRule(redshiftClusterNotPublic, {
  compliant: {
    'a private cluster': { item: redshiftCluster() },
    'a private cluster without routing, which nobody asked for': { item: redshiftCluster({ enhancedVpcRouting: false }) },
    'an item older than the routing property': { item: redshiftCluster({ enhancedVpcRouting: undefined }) },
    'a private cluster with the routing that is asked for': { item: redshiftCluster(), parameters },
  },
  nonCompliant: {
    'a public cluster': { item: redshiftCluster({ publiclyAccessible: true }), findings: [isPublic] },
    'a private cluster that lacks the routing': { item: redshiftCluster({ enhancedVpcRouting: false }), parameters, findings: [isUnrouted] },
    'the parameter as Config hands it over': { item: redshiftCluster({ enhancedVpcRouting: false }), parameters: { requireEnhancedVpcRouting: 'true' }, findings: [isUnrouted] },
    'both at once': { item: redshiftCluster({ publiclyAccessible: true, enhancedVpcRouting: false }), parameters, findings: [isPublic, isUnrouted] },
    'a public cluster of unknown routing': { item: redshiftCluster({ publiclyAccessible: true, enhancedVpcRouting: undefined }), parameters, findings: [isPublic] },
  },
  undecided: {
    'routing is asked for and the item does not say': {
      item: redshiftCluster({ enhancedVpcRouting: undefined }), parameters,
      because: 'the item does not say whether enhanced VPC routing is on; record the cluster anew by any change to it',
    },
    'an item without the flag': {
      item: redshiftCluster({ publiclyAccessible: undefined }),
      because: 'AWS::Redshift::Cluster warehouse: the item has no `publiclyAccessible`',
    },
  },
});
