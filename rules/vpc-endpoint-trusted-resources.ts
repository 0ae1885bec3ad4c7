import { endpointVerdict } from '../core/endpoint-verdict.ts';
import { defineRule } from '../core/rule.ts';

export const vpcEndpointTrustedResources = defineRule({
  id: 'vpc-endpoint-trusted-resources',
  title: 'VPC endpoint policies reach only resources of the perimeter',
  why: 'An endpoint that leads to foreign resources lets a workload of yours, with rights of its own, copy data into a bucket or queue of somebody else.',
  fix: 'Condition each Allow of the endpoint policy on aws:ResourceOrgID of your organization, and name the AWS-owned resources your workloads need in a statement of their own.',
  severity: 'high', boundary: 'network', objective: 'resources',
  resourceTypes: ['AWS::EC2::VPCEndpoint'], trigger: 'change',
  parameters: {},
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html',
  ],
  requirements: ['R07', 'R34', 'R43', 'R56', 'R57'],
  exception: 'allow',
  evaluate(endpoint, given) { return endpointVerdict(endpoint, 'resources', given); },
});
