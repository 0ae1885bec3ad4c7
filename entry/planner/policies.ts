import { endpointQuestion } from '../../core/endpoint-verdict.ts';
import type { ApiCall } from '../../core/remediation.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { iamRole } from '../../items/iam-role.ts';
import { vpcEndpoint } from '../../items/vpc-endpoint.ts';
import type { Perimeter, Policy, Question } from '../../policy/index.ts';
import { changesPolicy, policyMembers } from '../remediation/policy-members.ts';

/** What there is to know of a policy that a remediation changes. */
export interface PolicyKind {
  /** Member of the item's configuration that holds the document. */
  readonly member: string;
  /** What a policy in the place of the item's is asked. */
  readonly question: (item: ConfigurationItem, policy: Policy, perimeter: Perimeter, now: number) => Question;
  readonly call: (item: ConfigurationItem, text: string) => ApiCall;
}

const kinds: Readonly<Record<keyof typeof policyMembers, PolicyKind>> = {
  'confine-vpc-endpoint-policy': {
    member: policyMembers['confine-vpc-endpoint-policy'],
    question(item, policy, perimeter, now) {
      const { type, serviceName = '' } = vpcEndpoint(item);
      return endpointQuestion({ perimeter, account: item.accountId, now }, type.toLowerCase() === 'gateway' ? 'gateway' : 'interface', serviceName, policy);
    },
    call: ({ resourceId }, text) => ({ service: 'ec2', api: 'ModifyVpcEndpoint', input: { VpcEndpointId: resourceId, PolicyDocument: text } }),
  },
  'confine-iam-role-trust': {
    member: policyMembers['confine-iam-role-trust'],
    question: (item, policy, perimeter, now) => ({ kind: 'trust', policy, perimeter, account: item.accountId, now, resource: item.arn }),
    call: (item, text) => ({ service: 'iam', api: 'UpdateAssumeRolePolicy', input: { RoleName: iamRole(item).name, PolicyDocument: text } }),
  },
};

/** `undefined`: the remediation changes no policy. */
export const policyKind = (remediation: string): PolicyKind | undefined => changesPolicy(remediation) ? kinds[remediation] : undefined;
