import type { LambdaFunctionState } from '../../items/lambda-function-state.ts';
import { rolePermissions } from '../../items/role-permissions.ts';
import { named } from '../network/risks.ts';
import { judgeExecutionRole, missingPolicy, type Interfaces } from './execution-role.ts';
import { refuse, type Given, type Refusal } from './given.ts';

/** A refusal where the role cannot make network interfaces, a reason to ask where that is not known, nothing where it can. */
export function judgeRole({ role }: LambdaFunctionState, { related: { roles } }: Given, interfaces: Interfaces): Refusal | string | undefined {
  const item = role === undefined ? undefined : roles.get(role);
  if (role === undefined || item === undefined) return `the execution role ${role === undefined ? '' : `\`${role}\` `}was not found, so nobody can say here whether it may make network interfaces; \`AWSLambdaVPCAccessExecutionRole\` allows it`;
  const verdict = judgeExecutionRole(rolePermissions(item), interfaces);
  switch (verdict.kind) {
    case 'granted': return verdict.unread.length === 0 ? undefined : `the execution role \`${role}\` may make network interfaces, unless one of these denies it, which were not read: ${named(verdict.unread)}`;
    case 'refused': return verdict.denied.length > 0
      ? refuse(`the execution role \`${role}\` denies ${named(verdict.denied)}, which Lambda needs to attach the function`, 'take them out of the Deny, then plan again')
      : refuse(`the execution role \`${role}\` lacks ${named(verdict.missing)}, which Lambda needs to attach the function`, `attach this policy to the role, then plan again: ${missingPolicy(verdict.missing)}`);
    case 'unknown': return `whether the execution role \`${role}\` may make network interfaces is not known: ${[
      ...verdict.unread.length === 0 ? [] : [`these were not read: ${named(verdict.unread)}`],
      ...verdict.conditional.length === 0 ? [] : [`conditions of its policies decide over ${named(verdict.conditional)}`],
    ].join('; ')}`;
  }
}
