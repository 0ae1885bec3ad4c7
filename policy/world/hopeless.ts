import { holds, type Condition } from '../conditions.ts';
import { matchesPrincipal, type Setting } from '../decide.ts';
import type { Element, Statement } from '../parse.ts';
import { USER_NAME } from '../search/compile.ts';
import { solveKey } from '../search/keys.ts';
import { literalOf } from '../search/logic.ts';
import { settledChoice } from '../search/region.ts';
import type { Caller } from './callers.ts';
import { isOfOwner } from './profile.ts';
import type { World } from './world.ts';

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
