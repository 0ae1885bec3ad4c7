import { and, policy as policyFormula, type Formula } from './formula.ts';
import { withoutConditions } from './loosened.ts';
import { parsePolicy } from './parse.ts';
import type { World } from './world/world.ts';

/** What Amazon EFS holds NFS clients to: https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html (EFS condition keys for clients) */
const enforced = ['aws:SecureTransport', 'aws:SourceIp', 'elasticfilesystem:AccessPointArn', 'elasticfilesystem:AccessedViaMountTarget'];
const keys: ReadonlySet<string> = new Set(enforced.map((one) => one.toLowerCase()));
const byClients = policyFormula(parsePolicy({ Statement: { Effect: 'Allow', Principal: '*', Action: 'elasticfilesystem:Client*', Resource: '*' } }));

/** The same question where no condition counts that a service says it does not enforce; `undefined`: all of them count. */
export function withoutUnenforced(world: World): Formula | undefined {
  if (world.question.kind !== 'resource' || world.prefix !== 'elasticfilesystem') return undefined;
  if (world.policies.every(({ statements }) => statements.every(({ conditions }) => conditions.every((one) => keys.has(one.key))))) return undefined;
  return and(byClients, withoutConditions(world.formula, ({ key }) => !keys.has(key)));
}
export const UNENFORCED = `Amazon EFS says that it holds NFS clients to no conditions but those on ${enforced.map((one) => `\`${one}\``).join(', ')}, and by those alone somebody outside gets through: name accounts or roles as principals`;
