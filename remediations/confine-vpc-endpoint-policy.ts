import { endpointQuestion } from '../core/endpoint-verdict.ts';
import { insideCallers, insideResources, type Place } from '../core/inside.ts';
import { defineRemediation, type Proposal } from '../core/remediation.ts';
import type { ConfigurationItem } from '../items/configuration-item.ts';
import { policySource, type PolicySource } from '../items/policy-source.ts';
import { UnreadableItem } from '../items/read.ts';
import { vpcEndpoint, type VpcEndpoint } from '../items/vpc-endpoint.ts';
import { prefixOf } from '../policy/index.ts';
import { vpcEndpointTrustedPrincipals } from '../rules/vpc-endpoint-trusted-principals.ts';
import { vpcEndpointTrustedResources } from '../rules/vpc-endpoint-trusted-resources.ts';
import { inPlace, split, without } from './narrow/candidates.ts';
import { callerHolds, resourceHolds } from './narrow/holds.ts';
import type { Goal } from './narrow/narrow.ts';
import { proposePolicy } from './narrow/proposal.ts';

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const QUOTA = 20_480;

interface Facts { readonly endpoint: VpcEndpoint; readonly source: PolicySource; readonly item: ConfigurationItem }

export const confineVpcEndpointPolicy = defineRemediation({
  id: 'confine-vpc-endpoint-policy',
  title: 'Hold the Allow statements of a VPC endpoint policy to callers and resources of the perimeter',
  rules: [vpcEndpointTrustedPrincipals, vpcEndpointTrustedResources],
  resourceType: 'AWS::EC2::VPCEndpoint',
  start: 'manual', decidedBy: 'planner',
  risk: 'Workloads that use the endpoint for accounts, buckets or unsigned calls that the definition does not name get access denied.',
  undo: 'Run `perimeter-roll-back-vpc-endpoint-policy` with the id of the execution to undo.',
  parameters: {},
  permissions: [
    { action: 'ec2:DescribeVpcEndpoints', resource: '*' },
    { action: 'ec2:ModifyVpcEndpoint', resource: 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-endpoint/*' },
  ],
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html',
  ],
  requirements: ['R06', 'R07', 'R19'],
  facts: (item: ConfigurationItem): Facts => ({ endpoint: vpcEndpoint(item), source: policySource(item, 'policyDocument'), item }),
  plan({ endpoint, source, item }, { perimeter, now }): Proposal {
    const { serviceName, policy } = endpoint;
    const type = endpoint.type.toLowerCase();
    if (serviceName === undefined || policy === undefined || (type !== 'gateway' && type !== 'interface')) throw new UnreadableItem(`${item.resourceType} ${item.resourceId}: it has no policy to change`);
    const question = endpointQuestion({ perimeter, account: item.accountId, now }, type, serviceName, policy);
    const place: Place = { kind: 'vpc-endpoint', account: item.accountId, region: item.region, service: prefixOf(question) };
    const callers: Goal = {
      objective: 'principals', inside: insideCallers(perimeter, place),
      candidates: function* (opening) { yield* inPlace(opening); yield* split(opening, callerHolds(perimeter, place)); yield* without(opening); },
    };
    const resources: Goal = {
      objective: 'resources', inside: insideResources(perimeter, place),
      candidates: function* (opening) { yield* inPlace(opening); yield* split(opening, resourceHolds(perimeter, place)); yield* without(opening); },
    };
    return proposePolicy({
      question, document: source, goals: [callers, resources], member: 'policyDocument', quota: QUOTA,
      call: (text) => ({ service: 'ec2', api: 'ModifyVpcEndpoint', input: { VpcEndpointId: endpoint.id, PolicyDocument: text } }),
      risks: risksOf(place.service),
    });
  },
});

/** Denials at an endpoint show in CloudTrail as network activity events only, and those must be switched on. */
function risksOf(service: string | undefined): string[] {
  return [
    'calls through the endpoint to or from accounts that the definition does not name are denied; CloudTrail shows them only where network activity events are recorded (`VpceAccessDenied`)',
    ...service === 's3' ? ['package repositories, installers and image layers in buckets of AWS are reached only as far as the new policy names them: list those you use under `awsOwnedResources`, at most 30 buckets, and the plan keeps them'] : [],
    ...service === 'execute-api' ? ['callers of private APIs that do not sign with IAM count as unsigned'] : [],
    ...service === 'logs' ? ['senders that use the syslog endpoint without signing are denied'] : [],
    'the new policy takes a few minutes to be in force everywhere',
  ];
}
