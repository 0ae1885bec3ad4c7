import type { Principal, Request } from '../../policy/index.ts';
import type { Random } from '../bench/random.ts';
import type { Kind } from './random-policies.ts';
import { accounts, actions, iam, keys, providers, resources, respelled, roles, services, session, trustActions, users } from './vocabulary.ts';

function principal(random: Random): Principal {
  const account = random.pick(accounts);
  switch (random.below(9)) {
    case 0: return { kind: 'anonymous' };
    case 1: return { kind: 'service', name: random.pick(services) };
    case 2: return { kind: 'web-identity', provider: random.pick(providers.web) };
    case 3: return { kind: 'saml', provider: random.pick(providers.saml) };
    case 4: return { kind: 'root', account, arn: iam(account, 'root') };
    case 5: return { kind: 'user', account, arn: iam(account, `user/${random.pick(users)}`) };
    case 6: return { kind: 'user', account, arn: `arn:aws:sts::${account}:federated-user/${random.pick(users)}` };
    case 7: return { kind: 'role', account, arn: iam(account, `role/${random.pick(roles)}`) };
    default: {
      const name = random.pick(roles);
      return { kind: 'role', account, arn: iam(account, `role/${name}`), sessionArn: session(account, name, random.pick(['one', 'two'])) };
    }
  }
}

/** A request as the policy sees it; what it carries need not fit together, since a policy cannot tell. */
export function randomRequest(random: Random, kind: Kind): Request {
  const carried = keys.filter(() => random.chance(0.65)).map((key): [string, string | string[]] => {
    const isList = key.isList === true ? random.chance(0.9) : random.chance(0.04);
    return [respelled(random, key.name), isList ? random.some(key.values, 0, 2) : random.pick(key.values)];
  });
  const common = { principal: principal(random), context: Object.fromEntries(carried) };
  if (kind === 'trust') return { ...common, action: random.pick(trustActions) };
  return { ...common, action: random.pick(actions), ...(random.chance(0.05) ? {} : { resource: random.pick(resources) }) };
}
