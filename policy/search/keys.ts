import { holds } from '../conditions.ts';
import { isMultivalued, isUnlisted, keyKind } from '../tables/keys.ts';
import { findValue, isText, type Search } from './kinds.ts';
import type { Literal } from './logic.ts';
import { inUnitsOf } from './numbers.ts';
import type { Choice, Domain, TextTest } from './region.ts';

const noVariables = (): undefined => undefined;
export const passes = ({ test, positive }: Literal, choice: Choice): boolean => holds(test, choice === null ? undefined : inUnitsOf(test.key, choice), noVariables) === positive;

/** What the key may carry so that every literal passes; `undefined`: nothing. Missing, where it may be, comes first. */
export function solveKey(key: string, domain: Domain, literals: readonly Literal[], search: Search): Choice | undefined {
  if (domain.missing && literals.every((one) => passes(one, null))) return null;
  if (!domain.present) return undefined;
  if (domain.only !== undefined) return literals.every((one) => passes(one, domain.only!)) ? domain.only : undefined;
  const [each, some]: [TextTest[], TextTest[]] = [[...domain.tests ?? []], []];
  for (const { test, positive } of literals) {
    if (test.isEmpty) { if (!positive) continue; return undefined; }
    const { family, negated } = test.operator;
    if (family === 'null') { if (holds(test, ['x'], noVariables) !== positive) return undefined; continue; }
    // A negated operator asks each value not to fit, so its failure asks one to.
    const want = positive !== negated;
    const asksEach = test.quantifier === undefined ? !want : (test.quantifier === 'ForAllValues') === positive;
    (asksEach ? each : some).push({ test, want });
  }
  if (some.length < 2 || !(domain.many ?? isMultivalued(key))) {
    const value = findValue(key, domain, [...each, ...some], search);
    return value === undefined ? undefined : [value];
  }
  // Each value passes all that is asked of each; one value for every test that asks for some.
  const values = new Set<string>();
  for (const one of some) {
    if ([...values].some((value) => one.test.fits(value) === one.want)) continue;
    const value = findValue(key, domain, [...each, one], search);
    if (value === undefined) return undefined;
    values.add(value);
  }
  return [...values];
}

/** Beyond this, values are not counted one by one. */
const FEW = 64;

/**
 * All that a key may carry so that every literal passes, what is tried first in front; `undefined`: no literal leaves few
 * enough values, or several may be carried at once.
 */
export function fewChoices(key: string, domain: Domain, literals: readonly Literal[], { work }: Search): readonly Choice[] | undefined {
  const { forms, tests = [], liked = [] } = domain;
  if (!domain.present || domain.only !== undefined || domain.wide === true || !(domain.many === false || (!isUnlisted(key) && !isMultivalued(key))) || keyKind(key) !== undefined) return undefined;
  const listed = literals.find(({ test, positive }) => positive !== test.operator.negated && isText({ test, want: true }) && !test.operator.ignoreCase && !test.isEmpty && test.globs.length === 0 && test.patterns.length <= FEW)?.test;
  if (listed === undefined) return undefined;
  work.spend(listed.patterns.length * 10 * (literals.length + tests.length));
  const values = listed.patterns.map((one) => one.text);
  const fits = (value: string): boolean => (forms?.some((form) => form.matches(value)) ?? true) && tests.every(({ test, want }) => test.fits(value) === want);
  const choices: Choice[] = [...new Set([...liked.filter((one) => values.includes(one)), ...values])].filter(fits).map((one) => [one]);
  return (domain.missing ? [null, ...choices] : choices).filter((choice) => literals.every((one) => passes(one, choice)));
}
