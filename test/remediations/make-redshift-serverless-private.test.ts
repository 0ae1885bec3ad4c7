import { makeRedshiftServerlessPrivate } from '../../remediations/make-redshift-serverless-private.ts';
import { redshiftServerlessWorkgroup } from '../support/items.ts';
import { ingress, securityGroup } from '../support/network-items.ts';
import { testRemediation } from '../support/test-remediation.ts';

const isPublic = (more: Record<string, unknown> = {}) => redshiftServerlessWorkgroup({ publiclyAccessible: true, ...more });
const cutOff = 'clients of `reports` outside its VPC are cut off: the endpoint keeps its name, which resolves to the private address once cached DNS answers have expired';
const turnOff = 'turn public access of `reports` off';
const change = {
  steps: [turnOff] as [string], before: { publiclyAccessible: true }, after: { publiclyAccessible: false },
  calls: [{ service: 'redshift-serverless', api: 'UpdateWorkgroup', input: { workgroupName: 'reports', publiclyAccessible: false } }] as const,
  risks: [cutOff],
};

testRemediation(makeRedshiftServerlessPrivate, {
  noop: { 'a private workgroup': { item: redshiftServerlessWorkgroup(), because: '`redshift-serverless-not-public` is compliant' } },
  apply: {
    'a public workgroup': { item: isPublic(), change },
    'a workgroup that is being modified': { item: isPublic({ status: 'MODIFYING' }), change: { ...change, steps: ['wait until `reports` is available; it is `MODIFYING`', turnOff] } },
    'an open security group': {
      item: isPublic({ securityGroupIds: ['sg-0123456789abcdef0'] }), related: [securityGroup('sg-0123456789abcdef0', 'vpc-0a1b2c3d4e5f60718', [ingress('::/0')])],
      change: { ...change, risks: [cutOff, 'security group `sg-0123456789abcdef0` lets in `::/0`: whoever connects from there over the internet is cut off'] },
    },
  },
  refuse: {
    'a workgroup that is being deleted': { item: isPublic({ status: 'DELETING' }), because: '`reports` is being deleted', next: 'wait until it is gone' },
    'a workgroup without a name': {
      item: isPublic({ workgroupName: undefined }), because: 'AWS::RedshiftServerless::Workgroup reports: the item has no `workgroupName`', next: 'mend it by hand, as the rule says',
    },
  },
});
