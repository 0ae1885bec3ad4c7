import { endpointVerdict } from '../core/endpoint-verdict.ts';
import { defineRule } from '../core/rule.ts';

export const vpcEndpointTrustedPrincipals = defineRule({
  id: 'vpc-endpoint-trusted-principals',
  title: 'VPC endpoint policies admit only principals of the perimeter',
  why: 'An endpoint that admits foreign principals lets malware in your network sign in with keys of its own account and carry data out past every firewall, since the traffic goes to AWS.',
  fix: 'Condition each Allow of the endpoint policy on aws:PrincipalOrgID of your organization, with a statement of its own for calls that AWS services make for you.',
  severity: 'high', boundary: 'network', objective: 'principals',
  resourceTypes: ['AWS::EC2::VPCEndpoint'], trigger: 'change',
  parameters: {},
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html',
  ],
  requirements: ['R06', 'R33', 'R35', 'R54', 'R55', 'R57', 'R58'],
  exception: 'allow',
  evaluate(endpoint, given) { return endpointVerdict(endpoint, 'principals', given); },
});
