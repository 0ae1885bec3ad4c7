import { holds } from '../conditions.ts';
import { parseAddress } from '../addresses.ts';
import { parseDate, parseNumber } from '../operators.ts';
import type { Pattern } from '../pattern.ts';
import { isMultivalued, isUnlisted, keyKind } from '../tables/keys.ts';
import { findAddress } from './addresses.ts';
import type { Literal } from './logic.ts';
import { CLOCK, findNumber, findTime, inUnitsOf } from './numbers.ts';
import type { Choice, Domain, TextTest } from './region.ts';
import { findText } from './texts.ts';
import type { Work } from './work.ts';

export interface Search {
  readonly work: Work;
  readonly now: number;
  /** Why values may have been missed, where they may. */
  gap: string | undefined;
}

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
  const many = domain.many ?? (isMultivalued(key) || (isUnlisted(key) && literals.some((one) => one.test.quantifier !== undefined)));
  if (!many || some.length < 2) {
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

type Kind = 'bool' | 'ip' | 'number' | 'date';
const isRange = (kind: string | undefined): kind is Exclude<Kind, 'bool'> => kind === 'ip' || kind === 'date' || kind === 'number';

/** What values are looked for; `undefined`: texts. */
function kindOf(key: string, tests: readonly TextTest[]): Kind | undefined {
  const known = keyKind(key);
  if (known === 'bool' || isRange(known)) return known;
  let kind: Kind | undefined;
  for (const { test: { operator: { family } } } of tests) {
    if (isRange(family)) return family;
    if (family === 'bool') kind = family;
  }
  return kind;
}
const isText = ({ test: { operator: { family } } }: TextTest): boolean => family === 'string' || family === 'arn' || family === 'binary';

function findValue(key: string, domain: Domain, tests: readonly TextTest[], search: Search): string | undefined {
  const kind = kindOf(key, tests);
  return kind === undefined ? findText(tests, domain.forms, domain.liked ?? [], search.work) : findOfKind(kind, key, domain, tests, search);
}

function findOfKind(kind: Kind, key: string, { forms, liked = [], wide = false }: Domain, tests: readonly TextTest[], search: Search): string | undefined {
  const { work } = search;
  const fits = (value: string): boolean => tests.every(({ test, want }) => test.fits(inUnitsOf(test.key, [value])[0]!) === want) && (forms?.some((form) => form.matches(value)) ?? true);
  const others = tests.filter((one) => !isText(one));
  let found: string | undefined;
  switch (kind) {
    // A key that is no flag by nature, such as a tag, may carry neither.
    case 'bool': return [...liked, 'false', 'true', ...keyKind(key) === 'bool' ? [] : ['x', 'X']].find(fits);
    case 'ip': found = findAddress(others, wide, work); break;
    case 'number': found = findNumber(others, work); break;
    case 'date': found = findTime(key, others, search.now, work); break;
  }
  // A text that goes beyond the first part of an address is one of some addresses only.
  if (wide && tests.some((one) => one.want && isText(one) && one.test.patterns.every(({ head }) => /[.:]/.test(head)))) return undefined;
  if (found === undefined || fits(found)) return found;
  if (wide) return undefined;
  const isByNature = keyKind(key) === kind;
  // Of a user's name, which ends its ARN, the value is found and not the text.
  const value = [...liked, ...(forms ?? []).map((one) => one.head + found), ...tests.filter(isText).flatMap(({ test }) => test.patterns.flatMap((one) => completed(one, kind)))].find((one) => (!isByNature || isOfKind(kind, key, one, search.now)) && fits(one));
  // Texts that are listed whole have all been tried.
  const isListed = tests.some((one) => one.want && isText(one) && !one.test.operator.ignoreCase && one.test.globs.length === 0);
  if (value === undefined && !isListed) search.gap ??= `\`${tests[0]?.test.name ?? key}\` is tested by operators of several kinds`;
  return value;
}

/** What may stand where a pattern leaves a value open, so that it is one of the kind. */
const endings: Readonly<Record<Exclude<Kind, 'bool'>, readonly string[]>> = { ip: ['', '1', '1.1', '1.1.1', ':1'], number: ['', '1'], date: ['', '01', '01-01', '-01-01', 'T00:00:00Z'] };
const completed = (pattern: Pattern, kind: Kind): string[] => pattern.literal !== undefined || kind === 'bool' ? [pattern.text] : endings[kind].map((end) => pattern.text.replaceAll('*', end).replaceAll('?', '1'));

/** Whether a request could carry the value: no address is a block, and no request is made in the past. */
function isOfKind(kind: Kind, key: string, value: string, now: number): boolean {
  switch (kind) {
    case 'ip': return parseAddress(value) !== undefined;
    case 'number': return parseNumber(value) !== undefined;
    case 'date': { const at = parseDate(value); return at !== undefined && (key !== CLOCK || at >= now); }
    case 'bool': return true;
  }
}
