import { holds, type ValueOf } from './conditions.ts';
import type { Policy, Principals, Statement } from './parse.ts';
import type { Principal, Request } from './request.ts';

/** What a policy says of one request. */
export interface Decision {
  readonly allowed: boolean;
  /** The statement that settles it: the Deny that stops it, the Allow that admits it; `undefined`: no statement admits it. */
  readonly by: Statement | undefined;
}
/** How a policy reads principals, which depends on what it hangs on; nothing set: as the policies of resources and roles do, and of interface endpoints. */
export interface Setting {
  /**
   * Gateway endpoints read an account as principal as that account's root user only.
   * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
   */
  readonly gateway?: boolean;
  /**
   * Identity policies, SCPs and permissions boundaries name no principal: they speak of whom they hang on.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
   */
  readonly attached?: boolean;
}

/**
 * Whether this policy, by itself, allows this one request: some Allow matches and no Deny does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policy: Policy, request: Request, setting: Setting = {}): Decision {
  const [values, variables] = contextOf(request);
  const valueOf: ValueOf = (key) => variables.get(key);
  const applies = (one: Statement): boolean => matchesPrincipal(one, request.principal, setting) && matchesAction(one, request.action)
    && matchesResource(one, request.resource, valueOf) && one.conditions.every((condition) => holds(condition, values.get(condition.key), valueOf));
  const deny = policy.statements.find((one) => one.effect === 'Deny' && applies(one));
  if (deny !== undefined) return { allowed: false, by: deny };
  const allow = policy.statements.find((one) => one.effect === 'Allow' && applies(one));
  return { allowed: allow !== undefined, by: allow };
}

/** The values by key, and those that variables may take: a multi-valued key cannot be a variable, however many it carries. */
function contextOf(request: Request): readonly [ReadonlyMap<string, readonly string[]>, ReadonlyMap<string, string>] {
  const [values, variables] = [new Map<string, readonly string[]>(), new Map<string, string>()];
  for (const [name, value] of Object.entries(request.context)) {
    const key = name.toLowerCase();
    values.set(key, typeof value === 'string' ? [value] : value);
    if (typeof value === 'string') variables.set(key, value);
  }
  return [values, variables];
}

export const matchesAction = ({ actions }: Statement, action: string): boolean => actions.test.fits(action) !== actions.negated;

/** An action without resource is held against `*`, which only wildcards alone match. */
export function matchesResource({ resources }: Statement, resource: string | undefined, valueOf: ValueOf): boolean {
  if (resources === undefined) return true;
  const test = resources.test.filled(valueOf);
  return (resource === undefined ? test.patterns.some((one) => one.isEverything) : test.fits(resource)) !== resources.negated;
}

/** A statement without Principal: an Allow is read as open to all, a Deny as reaching nobody, so that neither hides an exposure. */
export function matchesPrincipal({ principals, effect }: Statement, principal: Principal, { gateway = false, attached = false }: Setting): boolean {
  if (principals === undefined) return attached || effect === 'Allow';
  return isListed(principals, principal, gateway) !== principals.negated;
}

function isListed(list: Principals, principal: Principal, gateway: boolean): boolean {
  if (list.everyone) return true;
  switch (principal.kind) {
    case 'anonymous': return false;
    case 'service': return list.services.some((one) => one === '*' || one === principal.name);
    case 'web-identity': case 'saml': return isFederatedBy(list, principal);
    case 'role': case 'user': case 'root': return isFederatedBy(list, principal) || isCanonical(list, principal) || list.aws.some((one) => {
      const account = accountNamed(one);
      if (account !== undefined) return account === principal.account && (!gateway || principal.kind === 'root');
      return (one === principal.arn || one === principal.sessionArn) && !matchesNobody(one);
    });
  }
}

export const isFederatedBy = (list: Principals, { provider }: Principal): boolean => provider !== undefined && list.federated.some((one) => one === '*' || one === provider);

export const isCanonical = (list: Principals, { canonicalUser }: Principal): boolean => canonicalUser !== undefined && list.canonicalUsers.includes(canonicalUser);

/** A principal is named whole: with a wildcard inside it matches nobody, though a path of IAM may hold a `*`. */
export const matchesNobody = (principal: string): boolean => /[*?]/.test(principal);

/** The account that a principal names as a whole: its id, or the ARN of its root. */
export const accountNamed = (principal: string): string | undefined =>
  principal.length === 12 ? (/^\d{12}$/.test(principal) ? principal : undefined) : principal.endsWith(':root') ? /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1] : undefined;
