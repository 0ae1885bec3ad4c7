import { standing } from '../stacks/content.ts';
import { makeId, now } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { accessDenied } from '../wire/error.ts';

/** Whether a role's trust policy admits identities of an account; its conditions are not played. */
function trusts(document: unknown, account: string): boolean {
  const { Statement = [] } = document as { Statement?: { Effect: string; Principal?: { AWS?: string | string[] } }[] };
  return Statement.some(({ Effect, Principal }) => Effect === 'Allow' && [Principal?.AWS ?? []].flat().some((one) => one === '*' || one === account || one.split(':')[4] === account));
}

/** The role exists, in a stack of its account or from before, and lets the caller's account in. */
function mayAssume({ state, account: caller }: Context, account: string, name: string): boolean {
  if (!state.accounts.some(({ id, status }) => id === account && status === 'ACTIVE')) return false;
  if (state.options.roles?.includes(name) === true) return account !== state.management && caller === state.management;
  const role = standing(state, 'AWS::IAM::Role', account).find(({ physicalId }) => physicalId === name);
  return role !== undefined && trusts(role.properties()['AssumeRolePolicyDocument'], caller);
}

export const sts: Handlers = {
  GetCallerIdentity: (_, { account, arn }) => ({ Account: account, Arn: arn, UserId: 'AROAEXAMPLEEXAMPLE000:session' }),
  AssumeRole(input, context) {
    const { state } = context;
    const role = String(input['RoleArn']);
    const [, , , , account = '', path = ''] = role.split(':');
    const name = path.split('/').at(-1)!;
    // AWS does not tell a role that is not there from one that does not trust the caller.
    if (!mayAssume(context, account, name)) throw accessDenied('query', `User: ${context.arn} is not authorized to perform: sts:AssumeRole on resource: ${role}`);
    const key = `ASIA${String(state.sessions.size).padStart(16, '0')}`;
    const session = { account, role: name, session: String(input['RoleSessionName']), token: makeId() };
    state.sessions.set(key, session);
    return {
      Credentials: { AccessKeyId: key, SecretAccessKey: makeId(), SessionToken: session.token, Expiration: now() + Number(input['DurationSeconds'] ?? 3600) },
      AssumedRoleUser: { AssumedRoleId: `AROAEXAMPLEEXAMPLE000:${session.session}`, Arn: `arn:${state.partition}:sts::${account}:assumed-role/${name}/${session.session}` },
    };
  },
};
