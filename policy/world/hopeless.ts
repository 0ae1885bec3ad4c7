import { holds, type Condition } from '../conditions.ts';
import { matchesPrincipal, type Setting } from '../decide.ts';
import type { Element, Statement } from '../parse.ts';
import { USER_NAME } from '../search/compile.ts';
import { solveKey } from '../search/keys.ts';
import { literalOf } from '../search/logic.ts';
import { settledChoice, type Domain } from '../search/region.ts';
import { statementsFor } from '../search/relevant.ts';
import type { Principal } from '../request.ts';
import type { Caller } from './callers.ts';
import { ownerDomain, type Owner } from './owners.ts';
import { isOfOwner } from './profile.ts';
import type { World } from './world.ts';

/** What is known of a set of requests: by key, what all of them carry; `undefined` where that is open. */
interface Known {
  /** Of an IAM principal. */
  readonly account: string | undefined;
  readonly domain: (key: string) => Domain | undefined;
  readonly principal?: Principal;
}

/**
 * Whether what a caller carries in every request already settles that a policy refuses it, whatever is asked for: no
 * Allow can hold, or a Deny of everything does.
 */
export const isHopeless = (world: World, { principal, domain }: Caller): boolean => isRefused(world, {
  account: principal.account,
  // An ARN that is open says nothing yet of who is listed.
  ...(principal.account === undefined || principal.arn !== undefined ? { principal } : {}),
  domain: (key) => isOfOwner(key) || key.includes(':resourcetag/') || key === USER_NAME ? undefined : domain(key),
});

/** The same of whose resources are asked for. */
export const isOutOfReach = (world: World, owner: Owner): boolean => isRefused(world, { account: undefined, domain: (key) => ownerDomain(key, world, owner) });

function isRefused(world: World, known: Known): boolean {
  for (const { policy, setting } of world.required) {
    let isOpen = false;
    for (const one of statementsFor(policy, known.account)) {
      if (one.effect === 'Allow') { if (!isOpen) isOpen = !isRefuted(one, known, setting, world); } else if (isCertain(one, known, setting)) return true;
    }
    if (!isOpen) return true;
  }
  return false;
}

/** Whether a condition holds of all requests, or of none; `undefined`: of some, for all we know. */
function truthOf(condition: Condition, { domain }: Known): boolean | undefined {
  if (condition.variables.length > 0) return undefined;
  const of = domain(condition.key);
  const choice = of && settledChoice(of);
  return choice === undefined ? undefined : holds(condition, choice ?? undefined, () => undefined);
}

const isRefuted = (one: Statement, known: Known, setting: Setting, world: World): boolean =>
  (known.principal !== undefined && !matchesPrincipal(one, known.principal, setting)) || one.conditions.some((condition) => truthOf(condition, known) === false || isImpossible(condition, known, world));

/** Whether no value that may be carried passes. */
function isImpossible(condition: Condition, { domain }: Known, { work, question: { now } }: World): boolean {
  if (condition.variables.length > 0) return false;
  const of = domain(condition.key);
  // Where any value may stand, one passes.
  return of !== undefined && (of.forms !== undefined || of.wide === true || !of.present) && solveKey(condition.key, of, [literalOf(condition.key, condition, true)], { work, now, gap: undefined }) === undefined;
}

const isCertain = (one: Statement, known: Known, setting: Setting): boolean => (one.principals === undefined ? setting.attached === true : one.principals.everyone && !one.principals.negated)
  && isOfAll(one.actions) && (one.resources === undefined || isOfAll(one.resources)) && one.conditions.every((condition) => truthOf(condition, known) === true);
const isOfAll = ({ negated, test }: Element): boolean => !negated && test.patterns.some((pattern) => pattern.isEverything);
