import type { Condition } from './parse.ts';

/**
 * Whether a condition holds for the values a request carries under its key; `undefined`: the key is missing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-key-or-value-conditions.html
 */
export function holds(condition: Condition, requested: readonly string[] | undefined, valueOf: (key: string) => string | undefined): boolean {
  const { operator, quantifier, ifExists, templates } = condition;
  if (operator.family === 'null') return condition.values.some((one) => one.toLowerCase() === String(requested === undefined || requested.length === 0));
  // ForAllValues is true of nothing; ForAnyValue is false of nothing, which IfExists turns (AWS: a missing key is true).
  if (requested === undefined || requested.length === 0) return ifExists || quantifier === 'ForAllValues' || (quantifier === undefined && operator.negated);
  const fitsSome = (value: string): boolean => templates.some((template) => operator.fits(value, template, valueOf));
  const passes = (value: string): boolean => fitsSome(value) !== operator.negated;
  if (quantifier === 'ForAllValues') return requested.every(passes);
  if (quantifier === 'ForAnyValue') return requested.some(passes);
  // Without a quantifier some value must match; a negated operator asks that none does.
  return operator.negated ? requested.every(passes) : requested.some(passes);
}
