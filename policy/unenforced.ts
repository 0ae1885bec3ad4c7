import { and, policy as policyFormula, withPolicies, type Formula } from './formula.ts';
import { KeepingPolicy } from './kept.ts';
import { parsePolicy, type Statement } from './parse.ts';
import type { World } from './world/world.ts';

/** What Amazon EFS holds NFS clients to: https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html (EFS condition keys for clients) */
const enforced = ['aws:SecureTransport', 'aws:SourceIp', 'elasticfilesystem:AccessPointArn', 'elasticfilesystem:AccessedViaMountTarget'];
const keys: ReadonlySet<string> = new Set(enforced.map((one) => one.toLowerCase()));
const byClients = policyFormula(parsePolicy({ Statement: { Effect: 'Allow', Principal: '*', Action: 'elasticfilesystem:Client*', Resource: '*' } }));

/** The same question where no condition counts that a service says it does not enforce: an Allow goes without it, a Deny not at all. `undefined`: all of them count. */
export function withoutUnenforced(world: World): Formula | undefined {
  if (world.question.kind !== 'resource' || world.prefix !== 'elasticfilesystem') return undefined;
  const isEnforced = ({ conditions }: Statement): boolean => conditions.every((one) => keys.has(one.key));
  if (world.policies.every(({ statements }) => statements.every(isEnforced))) return undefined;
  const loosened = (one: Statement): readonly Statement[] => isEnforced(one) ? [one] : one.effect === 'Deny' ? [] : [{ ...one, conditions: one.conditions.filter(({ key }) => keys.has(key)) }];
  return and(byClients, withPolicies(world.formula, (policy) => new KeepingPolicy(policy, policy.statements.flatMap(loosened))));
}
export const UNENFORCED = `Amazon EFS says that it holds NFS clients to no conditions but those on ${enforced.map((one) => `\`${one}\``).join(', ')}, and by those alone somebody outside gets through: name accounts or roles as principals`;
