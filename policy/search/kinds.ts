import { parseAddress } from '../addresses.ts';
import { parseDate, parseNumber } from '../operators.ts';
import type { Pattern } from '../pattern.ts';
import { keyKind } from '../tables/keys.ts';
import { addressesPassing } from './addresses.ts';
import { CLOCK, EPOCH, inUnitsOf, numbersPassing, timesPassing } from './numbers.ts';
import type { Domain, TextTest } from './region.ts';
import { findText } from './texts.ts';
import type { Work } from './work.ts';

export interface Search {
  readonly work: Work;
  readonly now: number;
  /** Why values may have been missed, where they may. */
  gap: string | undefined;
}

/** What a value is read as, other than a text. No value is two of them, but for years, which are numbers and dates. */
type Kind = 'bool' | 'ip' | 'number' | 'date';
const kinds: ReadonlySet<string> = new Set<Kind>(['bool', 'ip', 'number', 'date']);
const isKind = (one: string | undefined): one is Kind => one !== undefined && kinds.has(one);

export const isText = ({ test: { operator: { family } } }: TextTest): boolean => family === 'string' || family === 'arn' || family === 'binary';
/** Whether tests by an operator tell values apart by more than their text: there are too many of them to try. */
export const isOfRange = (family: string): boolean => family !== 'bool' && isKind(family);

/** A value of a key that passes every test; `undefined`: there is none, or the search's gap says why one may have been missed. */
export function findValue(key: string, domain: Domain, tests: readonly TextTest[], search: Search): string | undefined {
  const nature = keyKind(key);
  return isKind(nature) || tests.some((one) => isKind(one.test.operator.family)) ? findOfKinds(key, isKind(nature) ? nature : undefined, domain, tests, search)
    : findText(tests, domain.forms, domain.liked ?? [], search.work);
}

/** The same where some test is of a kind, or the key is by nature. */
function findOfKinds(key: string, nature: Kind | undefined, { forms, liked = [], wide = false }: Domain, tests: readonly TextTest[], search: Search): string | undefined {
  const texts = tests.filter(isText);
  // A text that goes beyond the first part of an address is one of some addresses only.
  if (wide && texts.some((one) => one.want && one.test.patterns.every(({ head }) => /[.:]/.test(head)))) return undefined;
  const fitsAll = (some: readonly TextTest[], value: string): boolean => some.every(({ test, want }) => test.fits(inUnitsOf(test.key, [value])[0]!) === want);
  const fits = (value: string): boolean => fitsAll(tests, value) && (forms?.some((form) => form.matches(value)) ?? true);
  const asked = new Set<Kind>(nature === undefined ? [] : [nature]);
  for (const one of tests) { const kind = kindOf(one); if (kind !== undefined) asked.add(kind); }
  const values: string[] = [];
  let isMissed = false;
  for (const kind of asked) {
    const own = tests.filter((one) => kindOf(one) === kind);
    const isAsked = own.some((one) => one.want);
    if (nature !== undefined && kind !== nature) { if (isAsked) return undefined; continue; }
    const found = valuesOf(kind, key, own, wide, nature !== undefined, search);
    const some = found.filter((value) => fitsAll(own, value));
    // Whatever else is asked, no value of the kind passes what is asked of it.
    if (found.length === 0 && (kind === nature || isAsked)) return undefined;
    isMissed ||= some.length === 0 && found.length > 0;
    values.push(...some);
  }
  // A value that is of no kind passes no test of one.
  const text = nature === undefined ? findText(texts, forms, liked, search.work) : undefined;
  if (nature === undefined && text === undefined) return undefined;
  const candidates = [...liked, ...values, ...text === undefined ? [] : ['x', 'X', text], ...(forms ?? []).flatMap(({ head }) => values.map((one) => head + one)), ...[...asked].flatMap((kind) => texts.flatMap(({ test }) => test.patterns.flatMap((one) => completed(one, kind))))];
  const value = candidates.find((one) => (nature === undefined || isOfKind(nature, key, one, search.now)) && fits(one));
  // There are two flags, and texts that are listed whole have all been tried; without texts, one value of a kind stands for all.
  const isSettled = nature === 'bool' || texts.some((one) => one.want && !one.test.operator.ignoreCase && one.test.globs.length === 0) || (texts.length === 0 && forms === undefined && !isMissed && !(nature === undefined && asked.has('number') && asked.has('date')));
  if (value === undefined && !isSettled) search.gap ??= `\`${tests[0]?.test.name ?? key}\` ${isMissed ? 'is held to less than a value can tell' : 'is tested by operators of several kinds'}`;
  return value;
}

/** The kind that a test reads values as; the time of a request as a number of seconds is a time. */
function kindOf({ test: { key, operator: { family } } }: TextTest): Kind | undefined {
  return !isKind(family) ? undefined : family === 'number' && key === EPOCH ? 'date' : family;
}

/** Values of a kind, some from every range that its tests leave; none where they leave nothing. */
function valuesOf(kind: Kind, key: string, tests: readonly TextTest[], wide: boolean, isByNature: boolean, { work, now }: Search): string[] {
  switch (kind) {
    // Case does not matter to the operator, but to texts beside it.
    case 'bool': return (isByNature ? ['false', 'true'] : ['false', 'true', 'FALSE', 'TRUE', 'False', 'True']).filter((value) => tests.every(({ test, want }) => test.fits(value) === want));
    case 'ip': return addressesPassing(tests, wide, work);
    case 'number': return numbersPassing(tests, work);
    case 'date': return timesPassing(key, tests, now, work);
  }
}

/** What may stand where a pattern leaves a value open, so that it is one of the kind. */
const endings: Readonly<Record<Exclude<Kind, 'bool'>, readonly string[]>> = { ip: ['', '1', '1.1', '1.1.1', '.1.1.1', ':1'], number: ['', '1'], date: ['', '01', '01-01', '-01-01', 'T00:00:00Z'] };
const completed = (pattern: Pattern, kind: Kind): string[] => pattern.literal !== undefined || kind === 'bool' ? [pattern.text] : endings[kind].map((end) => pattern.text.replaceAll('*', end).replaceAll('?', '1'));

/** Whether a request could carry the value: no address is a block, and no request is made in the past. */
function isOfKind(kind: Kind, key: string, value: string, now: number): boolean {
  switch (kind) {
    case 'ip': return parseAddress(value) !== undefined;
    case 'number': return parseNumber(value) !== undefined;
    case 'date': { const at = parseDate(value); return at !== undefined && (key !== CLOCK || at >= now); }
    case 'bool': return value === 'true' || value === 'false';
  }
}
