import { makeRedshiftClusterPrivate } from '../../remediations/make-redshift-cluster-private.ts';
import { redshiftCluster } from '../support/items.ts';
import { ingress, securityGroup } from '../support/network-items.ts';
import { testRemediation } from '../support/test-remediation.ts';

const isPublic = (more: Record<string, unknown> = {}) => redshiftCluster({ publiclyAccessible: true, ...more });
const cutOff = 'clients of `warehouse` outside its VPC are cut off: the endpoint keeps its name, which resolves to the private address once cached DNS answers have expired';
const turnOff = 'turn public access of `warehouse` off';
const change = {
  steps: [turnOff] as [string], before: { publiclyAccessible: true }, after: { publiclyAccessible: false },
  calls: [{ service: 'redshift', api: 'ModifyCluster', input: { ClusterIdentifier: 'warehouse', PubliclyAccessible: false } }] as const,
  risks: [cutOff],
};
const routing = { 'redshift-cluster-not-public': { requireEnhancedVpcRouting: true } };

testRemediation(makeRedshiftClusterPrivate, {
  noop: {
    'a private cluster': { item: redshiftCluster(), because: '`redshift-cluster-not-public` is compliant' },
  },
  apply: {
    'a public cluster': { item: isPublic(), change },
    'a public cluster with the routing that is asked for': { item: isPublic(), rules: routing, change },
    'a cluster that is being resized': { item: isPublic({ clusterStatus: 'resizing' }), change: { ...change, steps: ['wait until `warehouse` is available; it is `resizing`', turnOff] } },
    'a cluster with an elastic IP address': {
      item: isPublic({ elasticIpStatus: { elasticIp: '198.51.100.7', status: 'active' } }),
      change: {
        ...change,
        before: { publiclyAccessible: true, elasticIpStatus: { elasticIp: '198.51.100.7' } }, after: { publiclyAccessible: false, elasticIpStatus: null },
        risks: [cutOff, '`warehouse` gives up its elastic IP address `198.51.100.7`, which partners may have on their lists'],
      },
    },
    'a cluster with an elastic IP address, in the spelling of the API': {
      item: isPublic({ clusterIdentifier: undefined, ClusterIdentifier: 'warehouse', ElasticIpStatus: { ElasticIp: '198.51.100.7' } }),
      change: {
        ...change,
        before: { publiclyAccessible: true, elasticIpStatus: { elasticIp: '198.51.100.7' } }, after: { publiclyAccessible: false, elasticIpStatus: null },
        risks: [cutOff, '`warehouse` gives up its elastic IP address `198.51.100.7`, which partners may have on their lists'],
      },
    },
    'an open security group, a pending modification and a stack': {
      item: { ...isPublic({ vpcSecurityGroups: [{ vpcSecurityGroupId: 'sg-0123456789abcdef0' }], pendingModifiedValues: { nodeType: 'ra3.4xlarge' } }), tags: { 'aws:cloudformation:stack-name': 'lake' } },
      related: [securityGroup('sg-0123456789abcdef0', 'vpc-0a1b2c3d4e5f60718', [ingress('0.0.0.0/0')])],
      change: {
        ...change,
        risks: [
          cutOff, 'security group `sg-0123456789abcdef0` lets in `0.0.0.0/0`: whoever connects from there over the internet is cut off',
          'pending modifications stay pending until the maintenance window: `nodeType`',
          'CloudFormation stack `lake` made the resource: change its template too, or its next deployment may undo this or fail',
        ],
      },
    },
  },
  refuse: {
    'a paused cluster': { item: isPublic({ clusterStatus: 'paused' }), because: '`warehouse` is paused, and Redshift changes only running clusters', next: 'resume it, then plan again' },
    'a cluster that is being paused': { item: isPublic({ clusterStatus: 'pausing' }), because: '`warehouse` is pausing, and Redshift changes only running clusters', next: 'resume it, then plan again' },
    'a cluster that is being deleted': { item: isPublic({ clusterStatus: 'deleting' }), because: '`warehouse` is deleting, and Redshift changes only running clusters', next: 'wait until it is gone' },
    'a private cluster that lacks the routing': {
      item: redshiftCluster({ enhancedVpcRouting: false }), rules: routing, because: '`warehouse` has no public address, and this remediation changes nothing else',
      next: 'turn on enhanced VPC routing by hand, once the VPC has an S3 endpoint',
    },
    'a public cluster that lacks the routing': {
      item: isPublic({ enhancedVpcRouting: false }), rules: routing,
      because: '`redshift-cluster-not-public` would still find that COPY and UNLOAD of this cluster travel outside the VPC, where no endpoint policy applies: enhanced VPC routing is off',
      next: 'mend it by hand, as the rule says',
    },
    'an item of unknown routing, where it is asked for': {
      item: redshiftCluster({ enhancedVpcRouting: undefined }), rules: routing,
      because: '`redshift-cluster-not-public` is undecided: the item does not say whether enhanced VPC routing is on; record the cluster anew by any change to it',
      next: 'settle what the rule asks for, then plan again',
    },
    'an item without its identifier': {
      item: isPublic({ clusterIdentifier: undefined }), because: 'AWS::Redshift::Cluster warehouse: the item has no `clusterIdentifier`', next: 'mend it by hand, as the rule says',
    },
  },
});
