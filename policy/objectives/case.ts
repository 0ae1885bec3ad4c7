import { holds, testOn, type Condition } from '../conditions.ts';
import { matchesPrincipal, type Setting } from '../decide.ts';
import type { Subject } from '../question.ts';
import { settledChoice, type Domain, type Region } from '../search/region.ts';
import { USER_NAME } from '../search/compile.ts';
import { solveKey } from '../search/keys.ts';
import { all, literalOf, TRUE, type Node } from '../search/logic.ts';
import { actionsOperator } from '../operators.ts';
import { ACTION, type Element, type Statement } from '../parse.ts';
import { literal } from '../pattern.ts';
import type { Caller } from '../world/callers.ts';
import { ownerDomain, type Owner } from '../world/owners.ts';
import { isOfOwner } from '../world/profile.ts';
import { actsOf, ownResources, prefixesOf, resourcesOf, type Acts } from '../world/targets.ts';
import type { World } from '../world/world.ts';

/** A set of requests that violate an objective, with what finding one would mean. */
export interface Case {
  readonly region: Region;
  readonly caller: Caller;
  /** What the definition does not tell, if finding a request only raises a question. */
  readonly doubt?: string;
}

/** How the policy of a question reads principals. */
export const settingOf = ({ kind, endpointType }: Subject): Setting => ({
  ...(kind === 'vpc-endpoint' && endpointType === 'gateway' ? { gateway: true } : {}),
  ...(kind === 'identity' || kind === 'scp' ? { attached: true } : {}),
});

/** The requests of one caller on an owner's resources, by what they do. */
export function regionOf(world: World, caller: Caller, owner: Owner, acts: Acts, also?: () => Node): Region {
  return {
    principal: caller.principal, now: world.question.now, actions: callable(caller, acts),
    // An action without resource acts on the caller's own account, so it belongs to no owner in particular.
    resources: acts.takesResource ? ownResources(world, acts.prefix) ?? resourcesOf(world, acts.prefix, owner.account) : undefined,
    domain: (key) => ownerDomain(key, world, owner) ?? caller.domain(key),
    also: () => all([caller.also?.() ?? TRUE, also?.() ?? TRUE]),
  };
}

export const isUnsigned = ({ principal: { kind } }: Caller): boolean => kind === 'anonymous' || kind === 'web-identity' || kind === 'saml';

/** STS takes calls with a token or assertion unsigned, and no others. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const federation = testOn(ACTION, actionsOperator, ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML']);
function callable(caller: Caller, { prefix, domain }: Acts): Domain {
  if (prefix !== 'sts') return domain;
  return { ...domain, tests: [...domain.tests ?? [], { test: federation, want: isUnsigned(caller) }], liked: [...domain.liked ?? [], ...federation.values] };
}

/** All that callers can do, service by service: with a resource first. */
export const allActs = (world: World): Acts[] => prefixesOf(world).flatMap((prefix) => {
  const [some, others] = actsOf(prefix);
  // What acts on the caller's own account never meets the policy of a resource.
  const meets = world.question.kind !== 'resource' && world.question.kind !== 'rcp' && others.domain.forms!.length > 0;
  return meets ? [some, others] : [some];
});

/** A call to STS that assumes the role the policy hangs on. */
export function assuming(world: World, caller: Caller, owner: Owner, also?: () => Node): Region {
  const action = caller.principal.kind === 'saml' ? 'sts:AssumeRoleWithSAML' : caller.principal.kind === 'web-identity' ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole';
  const domain: Domain = { missing: false, present: true, forms: [literal(action)] };
  return { ...regionOf(world, caller, owner, { prefix: 'sts', domain, takesResource: false }, also), domain: (key) => ownerDomain(key, world, owner) ?? caller.domain(key) };
}

/**
 * Whether what a caller carries in every request already settles that a policy refuses it, whatever is asked for: no
 * Allow can hold, or a Deny of everything does.
 */
export function isHopeless(world: World, caller: Caller): boolean {
  for (const { policy, setting } of world.required) {
    let isOpen = false;
    for (const one of policy.statements) {
      if (one.effect === 'Allow') { if (!isOpen) isOpen = !isRefuted(one, caller, setting, world); } else if (isCertain(one, caller, setting)) return true;
    }
    if (!isOpen) return true;
  }
  return false;
}

/** Whether more than the caller settles what the condition sees. */
const isOpen = ({ variables, key }: Condition): boolean => variables.length > 0 || isOfOwner(key) || key.includes(':resourcetag/') || key === USER_NAME;

/** Whether a condition holds of all the caller's requests, or of none; `undefined`: of some. */
function truthOf(condition: Condition, caller: Caller): boolean | undefined {
  if (isOpen(condition)) return undefined;
  const choice = settledChoice(caller.domain(condition.key));
  return choice === undefined ? undefined : holds(condition, choice ?? undefined, () => undefined);
}

const isRefuted = (one: Statement, caller: Caller, setting: Setting, world: World): boolean =>
  ((caller.principal.account === undefined || caller.principal.arn !== undefined) && !matchesPrincipal(one, caller.principal, setting)) || one.conditions.some((condition) => truthOf(condition, caller) === false || isImpossible(condition, caller, world));

/** Whether no value the caller may carry passes. */
function isImpossible(condition: Condition, caller: Caller, { work, question: { now } }: World): boolean {
  if (isOpen(condition)) return false;
  const domain = caller.domain(condition.key);
  // Where any value may stand, one passes.
  return (domain.forms !== undefined || domain.wide === true || !domain.present) && solveKey(condition.key, domain, [literalOf(condition.key, condition, true)], { work, now, gap: undefined }) === undefined;
}

const isCertain = (one: Statement, caller: Caller, setting: Setting): boolean => (one.principals === undefined ? setting.attached === true : one.principals.everyone && !one.principals.negated)
  && isOfAll(one.actions) && (one.resources === undefined || isOfAll(one.resources)) && one.conditions.every((condition) => truthOf(condition, caller) === true);
const isOfAll = ({ negated, test }: Element): boolean => !negated && test.patterns.some((pattern) => pattern.isEverything);
