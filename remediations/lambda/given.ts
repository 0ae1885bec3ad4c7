import { flag, list, type Values } from '../../core/parameters.ts';
import type { PlanGiven, Proposal } from '../../core/remediation.ts';
import type { LambdaFunctionState } from '../../items/lambda-function-state.ts';
import type { Perimeter } from '../../policy/index.ts';

export const parameters = {
  subnetIds: list('private subnets to attach functions to, of all accounts and Regions in one list; a function gets those of its own; empty: the subnets of the perimeter'),
  securityGroupIds: list('security groups for the functions, of all accounts and Regions in one list'),
  ipv6: flag('whether functions may also call out over IPv6, which asks for dual-stack subnets', false),
};
type Parameters = Values<typeof parameters>;

export const configuredSubnets = ({ networks }: Perimeter, { subnetIds }: Parameters): readonly string[] => subnetIds.length > 0 ? subnetIds : networks.subnets;

export const needs = {
  subnets: {
    type: 'AWS::EC2::Subnet',
    ids: ({ subnetIds }: LambdaFunctionState, perimeter: Perimeter, given: Parameters) => [...new Set([...configuredSubnets(perimeter, given), ...subnetIds])],
  },
  securityGroups: { type: 'AWS::EC2::SecurityGroup', ids: (_: LambdaFunctionState, __: Perimeter, { securityGroupIds }: Parameters) => securityGroupIds },
  /** Found by ARN, for that is what a function says of its role. */
  roles: { type: 'AWS::IAM::Role', ids: ({ role }: LambdaFunctionState) => role === undefined ? [] : [role] },
};

export type Given = PlanGiven<typeof parameters, typeof needs>;
export type Refusal = Extract<Proposal, { outcome: 'refuse' }>;
export const refuse = (because: string, next: string): Refusal => ({ outcome: 'refuse', because, next });
