import type { Condition } from './conditions.ts';
import { withPolicies, type Formula } from './formula.ts';
import { KeepingPolicy } from './kept.ts';
import type { Statement } from './parse.ts';

/** The same where some conditions do not count: an Allow goes without them. A Deny would deny more without its conditions; it goes as a whole. */
export const withoutConditions = (formula: Formula, isLeftOut: (condition: Condition, effect: Statement['effect']) => boolean): Formula => withPolicies(formula, (policy) => new KeepingPolicy(policy, policy.statements.flatMap((one): readonly Statement[] => {
  const conditions = one.conditions.filter((condition) => !isLeftOut(condition, one.effect));
  return conditions.length === one.conditions.length ? [one] : one.effect === 'Deny' ? [] : [{ ...one, conditions }];
})));
