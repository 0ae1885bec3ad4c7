import { canonicalName } from '../tables/key-names.ts';
import type { Objective } from '../question.ts';
import type { World } from '../world/world.ts';

const binding: Readonly<Record<Objective, readonly RegExp[]>> = {
  principals: [/^aws:principalorg(id|paths)$/, /^aws:principalaccount$/, /^aws:principalarn$/, /^aws:sourceowner$/, /^kms:calleraccount$/, /^sts:externalid$/, /:(sub|aud|amr|repository.*)$/, /^aws:principalisawsservice$/, /^aws:principalservicename/],
  resources: [/^(aws|s3):resource(account|orgid|orgpaths)$/],
  deputies: [/^aws:source(account|arn|orgid|orgpaths)$/],
  networks: [/^aws:(sourceip|sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip|vpceaccount|vpceorgid|vpceorgpaths)$/],
};

const known: Readonly<Record<Objective, Map<string, boolean>>> = { principals: new Map(), resources: new Map(), deputies: new Map(), networks: new Map() };
function isBinding(objective: Objective, key: string): boolean {
  let binds = known[objective].get(key);
  if (binds === undefined) {
    if (known[objective].size > 1_000) known[objective].clear();
    known[objective].set(key, binds = binding[objective].some((pattern) => pattern.test(key)));
  }
  return binds;
}

/** Which part of the policies keeps outsiders out, in words; the search has shown that something does. */
export function whyInside({ policies, profile }: World, objective: Objective): string {
  const allows = policies.flatMap((one) => one.statements).filter((one) => one.effect === 'Allow');
  if (allows.length === 0) return 'it allows nothing';
  const keys = new Set<string>();
  for (const [key, [condition]] of profile.conditions) if (isBinding(objective, key)) keys.add(canonicalName(key) ?? condition!.name);
  const parts: string[] = [];
  if (keys.size > 0) parts.push(`conditions on ${[...keys].map((one) => `\`${one}\``).join(', ')} keep outsiders out`);
  const named = allows.flatMap((one) => one.principals === undefined || one.principals.everyone || one.principals.negated ? [] : [...one.principals.aws, ...one.principals.services, ...one.principals.federated]);
  if (objective === 'principals' && named.length > 0 && keys.size === 0) parts.push(`it names only ${named.slice(0, 3).map((one) => `\`${one}\``).join(', ')}${named.length > 3 ? ` and ${named.length - 3} more` : ''}`);
  if (objective === 'resources' && keys.size === 0) parts.push('it names only resources of yours');
  if (objective === 'deputies' && parts.length === 0) parts.push('no AWS service that tells its source can act for somebody else');
  return parts.length > 0 ? parts.join('; ') : 'no request from outside is allowed';
}
