import { holds } from './conditions.ts';
import type { Policy, Principals, Statement } from './parse.ts';
import { fill, matches, type Template } from './pattern.ts';
import type { Principal, Request } from './request.ts';

/** What a policy says of one request. */
export interface Decision {
  readonly allowed: boolean;
  /** The statement that settles it: the Deny that stops it, the Allow that admits it; `undefined`: no statement admits it. */
  readonly by: Statement | undefined;
}
export interface Setting {
  /** Gateway endpoints read an account as principal as that account's root user only. */
  readonly gateway?: boolean;
}

/**
 * Whether this policy, by itself, allows this one request: some Allow matches and no Deny does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policy: Policy, request: Request, setting: Setting = {}): Decision {
  const values = contextOf(request);
  const applies = (one: Statement): boolean => matchesPrincipal(one, request.principal, setting) && matchesAction(one, request.action)
    && matchesResource(one, request.resource, (key) => single(values.get(key)))
    && one.conditions.every((condition) => holds(condition, values.get(condition.key), (key) => single(values.get(key))));
  const deny = policy.statements.find((one) => one.effect === 'Deny' && applies(one));
  if (deny !== undefined) return { allowed: false, by: deny };
  const allow = policy.statements.find((one) => one.effect === 'Allow' && applies(one));
  return { allowed: allow !== undefined, by: allow };
}

const contextOf = (request: Request): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]));

/** A variable's value; a multi-valued key cannot be a variable. */
export const single = (values: readonly string[] | undefined): string | undefined => values?.length === 1 ? values[0] : undefined;

export function matchesAction({ actions }: Statement, action: string): boolean {
  return actions.patterns.some((one) => matches(one, action, true)) !== actions.negated;
}

/** An action without resource is held against `*`, which only a wildcard alone matches. */
export function matchesResource({ resources }: Statement, resource: string | undefined, valueOf: (key: string) => string | undefined): boolean {
  if (resources === undefined) return true;
  const one = (template: Template): boolean => {
    const pattern = fill(template, valueOf);
    return pattern !== undefined && matches(pattern, resource ?? '*');
  };
  return resources.patterns.some(one) !== resources.negated;
}

/** A statement without Principal: an Allow is read as open to all, a Deny as reaching nobody, so that neither hides an exposure. */
export function matchesPrincipal({ principals, effect }: Statement, principal: Principal, setting: Setting): boolean {
  if (principals === undefined) return effect === 'Allow';
  return isListed(principals, principal, setting) !== principals.negated;
}

const accountOf = (arn: string): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

function isListed(list: Principals, principal: Principal, { gateway = false }: Setting): boolean {
  if (list.everyone) return true;
  switch (principal.kind) {
    case 'anonymous': return false;
    case 'service': return list.services.includes(principal.name ?? '');
    case 'web-identity': case 'saml': return list.federated.some((one) => one === '*' || one === principal.provider);
    case 'role': case 'user': case 'root': return list.aws.some((one) => {
      const account = /^\d{12}$/.test(one) ? one : /^arn:[^:]+:iam::\d{12}:root$/.test(one) ? accountOf(one) : undefined;
      if (account !== undefined) return account === principal.account && (!gateway || principal.kind === 'root');
      return one === principal.arn || one === principal.sessionArn;
    });
  }
}
