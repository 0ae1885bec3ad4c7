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

/** What operators read a value as beyond its text. An address is nothing else; a number may be a time as well, a year or the seconds since 1970. */
type Kind = 'ip' | 'number' | 'date';
/** Whether tests by an operator of the family tell values apart by more than their text: there are too many of them to try. */
export const isKind = (family: string | undefined): family is Kind => family === 'ip' || family === 'number' || family === 'date';
/** Those by Bool are tests of two texts in any case. */
export const isText = ({ test: { operator: { family } } }: TextTest): boolean => !isKind(family);

/** A value of a key that passes every test; `undefined`: there is none, or the search's gap says why one may have been missed. */
export function findValue(key: string, domain: Domain, tests: readonly TextTest[], search: Search): string | undefined {
  const nature = keyKind(key);
  if (nature === 'bool') return [...domain.liked ?? [], 'false', 'true'].find((value) => passing(tests, value) && isOfForms(domain, value));
  return isKind(nature) || !tests.every(isText) ? findOfKinds(key, isKind(nature) ? nature : undefined, domain, tests, search) : findText(tests, domain.forms, domain.liked ?? [], search.work);
}

const passing = (tests: readonly TextTest[], value: string): boolean => tests.every(({ test, want }) => test.fits(inUnitsOf(test.key, [value])[0]!) === want);
const isOfForms = ({ forms }: Domain, value: string): boolean => forms?.some((form) => form.matches(value)) ?? true;

/** The same where some test reads values as a kind, or the key carries one by nature. */
function findOfKinds(key: string, nature: Kind | undefined, domain: Domain, tests: readonly TextTest[], search: Search): string | undefined {
  const { forms, liked = [], wide = false } = domain;
  const texts = tests.filter(isText);
  // A text that goes beyond the first part of an address is one of some addresses only.
  if (wide && texts.some((one) => one.want && one.test.patterns.every(({ head }) => /[.:]/.test(head)))) return undefined;
  const asked = new Set<Kind>(nature === undefined ? [] : [nature]);
  for (const one of tests) { const kind = kindOf(one); if (kind !== undefined) asked.add(kind); }
  const isBoth = asked.has('number') && asked.has('date');
  // Without texts one value of a kind stands for all, unless it may be of another as well.
  const most = texts.length === 0 && !isBoth ? FEW : MANY;
  const values: string[] = [];
  let isMissed = false;
  for (const kind of asked) {
    const own = tests.filter((one) => kindOf(one) === kind);
    const isAsked = own.some((one) => one.want);
    const isPossible = nature === undefined ? mayBe(kind, own, key, forms) : kind === nature || (kind !== 'ip' && nature !== 'ip');
    if (!isPossible) { if (isAsked) return undefined; continue; }
    const found = valuesOf(kind, key, own, wide, most, search);
    // Whatever else is asked, no value of the kind passes what is asked of it.
    if (found.length === 0 && (kind === nature || isAsked)) return undefined;
    const some = kind === 'ip' ? found : found.filter((value) => { search.work.spend(costOf(own)); return passing(own, value); });
    isMissed ||= some.length === 0 && found.length > 0;
    values.push(...some, ...kind === 'date' && isBoth ? some.map((at) => String(Date.parse(at) / 1000)) : []);
  }
  // A value that is of no kind passes no test of one.
  const text = nature === undefined ? findText(texts, forms, liked, search.work) : undefined;
  if (nature === undefined && text === undefined) return undefined;
  const ends = (forms ?? []).flatMap(({ head }) => values.map((one) => head + one));
  // Of a wide range not every address counts that a text names.
  const named = wide ? [] : [...asked].flatMap((kind) => texts.flatMap(({ test }) => test.patterns.flatMap((one) => completed(one, kind).map((value) => asTold(test.key, value)))));
  const value = [...liked, ...values, ...text === undefined ? [] : ['x', 'X', text], ...ends, ...named].find((one) => {
    search.work.spend(costOf(tests));
    return (nature === undefined || isOfKind(nature, key, one, search.now)) && passing(tests, one) && isOfForms(domain, one);
  });
  // Texts that are listed whole have all been tried, and a flag is of no kind.
  const isSettled = texts.some((one) => one.want && (one.test.operator.family === 'bool' || (!one.test.operator.ignoreCase && one.test.globs.length === 0))) || (texts.length === 0 && forms === undefined && !isMissed && !isBoth);
  if (value === undefined && !isSettled) search.gap ??= `\`${tests[0]?.test.name ?? key}\` ${isMissed ? 'is held to less than a value can tell' : 'is tested by operators of several kinds'}`;
  return value;
}
/** How many values of a kind are tried. */
const [FEW, MANY] = [4, 64];
const costOf = (tests: readonly TextTest[]): number => tests.reduce((sum, { test }) => sum + 2 * test.given.length, 2);

/** The kind that a test reads values as; the time of a request as a number of seconds is a time. */
function kindOf({ test: { key, operator: { family } } }: TextTest): Kind | undefined {
  return !isKind(family) ? undefined : family === 'number' && key === EPOCH ? 'date' : family;
}

/** What no text of a kind begins with. */
const notIn: Readonly<Record<Kind, RegExp>> = { ip: /[^0-9a-f.:]/i, number: /[^0-9.+\s-]/, date: /^[^0-9-]/ };
/** Whether a value of the forms may be of a kind, for all that is seen by how they begin; a user's name is no ARN, which its tests are put to. */
const mayBe = (kind: Kind, own: readonly TextTest[], key: string, forms: readonly Pattern[] | undefined): boolean => forms === undefined || own.some((one) => one.test.key !== key) || forms.some(({ head }) => !notIn[kind].test(head));

/** Values of a kind, from every range that its tests leave as far as `most` go; none where they leave nothing. */
function valuesOf(kind: Kind, key: string, tests: readonly TextTest[], wide: boolean, most: number, { work, now }: Search): string[] {
  switch (kind) {
    case 'ip': return addressesPassing(tests, wide, most, work);
    case 'number': return numbersPassing(tests, most, work);
    case 'date': return timesPassing(key, tests, now, most, work);
  }
}

/** What may stand where a pattern leaves a value open, so that it is one of the kind. */
const endings: Readonly<Record<Kind, readonly string[]>> = { ip: ['', '1', '1.1', '1.1.1', '.1.1.1', ':1'], number: ['', '1'], date: ['', '01', '01-01', '-01-01', 'T00:00:00Z'] };
const completed = (pattern: Pattern, kind: Kind): string[] => pattern.literal !== undefined ? [pattern.text] : endings[kind].map((end) => pattern.text.replaceAll('*', end).replaceAll('?', '1'));
/** Seconds since 1970 as the time that they are. */
function asTold(key: string, value: string): string {
  const at = key === EPOCH && /^\d{1,12}$/.test(value) ? Number(value) * 1000 : undefined;
  return at === undefined ? value : new Date(at).toISOString();
}

/** Whether a request could carry the value: no address is a block, and no request is made in the past. */
function isOfKind(kind: Kind, key: string, value: string, now: number): boolean {
  switch (kind) {
    case 'ip': return parseAddress(value) !== undefined;
    case 'number': return parseNumber(value) !== undefined;
    case 'date': { const at = parseDate(value); return at !== undefined && (key !== CLOCK || at >= now); }
  }
}
