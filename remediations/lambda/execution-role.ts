import type { RolePermissions } from '../../items/role-permissions.ts';
import { decide, parsePolicy, type Policy, type Statement } from '../../policy/index.ts';
import { awsManagedPolicies } from './managed-policies.ts';

/** Whether a role lets Lambda make network interfaces for its functions. */
export type RoleVerdict =
  /** `unread`: policies that may still deny it. */
  | { readonly kind: 'granted'; readonly unread: readonly string[] }
  /** `missing` lacks an Allow, `denied` meets a Deny; everything of the role was read. */
  | { readonly kind: 'refused'; readonly missing: readonly string[]; readonly denied: readonly string[] }
  | { readonly kind: 'unknown'; readonly unread: readonly string[]; readonly conditional: readonly string[] };

/** What the interfaces are made of. */
export interface Interfaces { readonly account: string; readonly region: string; readonly partition: string; readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] }

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
function requestsOf({ account, region, partition, subnetIds, securityGroupIds }: Interfaces): readonly { readonly action: string; readonly resources: readonly (string | undefined)[] }[] {
  const ec2 = (resource: string): string => `arn:${partition}:ec2:${region}:${account}:${resource}`;
  // Of an interface that does not exist yet: only a pattern of all interfaces fits it.
  const any = ec2('network-interface/*');
  return [
    { action: 'ec2:CreateNetworkInterface', resources: [any, ...subnetIds.map((id) => ec2(`subnet/${id}`)), ...securityGroupIds.map((id) => ec2(`security-group/${id}`))] },
    { action: 'ec2:DescribeNetworkInterfaces', resources: [undefined] },
    { action: 'ec2:DescribeSubnets', resources: [undefined] },
    { action: 'ec2:DeleteNetworkInterface', resources: [any] },
    { action: 'ec2:AssignPrivateIpAddresses', resources: [any] },
    { action: 'ec2:UnassignPrivateIpAddresses', resources: [any] },
  ];
}

export function judgeExecutionRole({ arn, inline, attached, boundary, unread: unreadParts }: RolePermissions, interfaces: Interfaces): RoleVerdict {
  const known = attached.map(managedPolicy);
  const unread = [...unreadParts, ...attached.filter((_, i) => known[i] === undefined), ...boundary === undefined ? [] : [boundary]];
  const statements = [...inline, ...known].flatMap((policy) => policy?.statements ?? []);
  // What a condition or variable makes of a request is known only when it is made: so what holds for certain, and what may hold.
  const [fixed, loose] = [statements.filter((one) => !isConditional(one)), statements.map(loosened)];
  const of = (effect: Statement['effect'], from: readonly Statement[]): readonly Statement[] => from.filter((one) => one.effect === effect);
  const certain: Policy = { version: '2012-10-17', statements: [...of('Allow', fixed), ...of('Deny', loose)] };
  const possible: Policy = { version: '2012-10-17', statements: [...of('Allow', loose), ...of('Deny', fixed)] };

  const [missing, denied, conditional]: [string[], string[], string[]] = [[], [], []];
  for (const { action, resources } of requestsOf(interfaces)) {
    const decisions = (policy: Policy) => resources.map((resource) =>
      decide(policy, { principal: { kind: 'role', account: interfaces.account, arn }, action, ...resource === undefined ? {} : { resource }, context: {} }, { attached: true }));
    if (decisions(certain).every(({ allowed }) => allowed)) continue;
    const refusals = decisions(possible).filter(({ allowed }) => !allowed);
    if (refusals.length === 0) conditional.push(action);
    else if (refusals.some(({ by }) => by?.effect === 'Deny')) denied.push(action);
    else missing.push(action);
  }
  // A Deny that was read holds whatever the others say; an Allow that is missing may stand in what was not.
  if (denied.length > 0 || (missing.length > 0 && unread.length === 0)) return { kind: 'refused', missing: unread.length === 0 ? missing : [], denied };
  if (missing.length > 0 || conditional.length > 0) return { kind: 'unknown', unread, conditional };
  return { kind: 'granted', unread };
}

/** The policy that gives a role what it lacks; DescribeSubnets and DescribeNetworkInterfaces take no resource but all. */
export const missingPolicy = (actions: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

function managedPolicy(arn: string): Policy | undefined {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const actions = name !== undefined && Object.hasOwn(awsManagedPolicies, name) ? awsManagedPolicies[name] : undefined;
  if (actions === undefined) return undefined;
  return parsePolicy({ Version: '2012-10-17', Statement: actions.length === 0 ? [] : [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
}

const isConditional = ({ conditions, variables }: Statement): boolean => conditions.length > 0 || variables.length > 0;
const loosened = (one: Statement): Statement => ({ ...one, conditions: [], variables: [], resources: one.variables.length > 0 ? undefined : one.resources });
