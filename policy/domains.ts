import { formatAddress, parseRange, type Address } from './addresses.ts';
import { representatives, type Test, type Work } from './classes.ts';
import { keyKind, isMultivalued } from './tables/keys.ts';
import { parseDate, parseNumber } from './operators.ts';
import type { Condition } from './parse.ts';
import { asArnPattern, fill, type Pattern } from './pattern.ts';

/** What one key may carry: missing (`null`) or values. */
export type Choice = readonly string[] | null;
export interface Domain {
  readonly choices: readonly Choice[];
  /** Why the choices may not stand for every value, where they may not. */
  readonly gap?: string;
}

/** What a caller may put under a key. */
export interface Freedom {
  /** May the key be missing? May it be present? */
  readonly missing: boolean;
  readonly present: boolean;
  /** The form of its texts; left out: any text. */
  readonly form?: Pattern;
  /** Texts it may not take. */
  readonly except?: (value: string) => boolean;
  /** Patterns that matter to `except`, so that the representatives fall on both sides of it. */
  readonly exceptPatterns?: readonly Pattern[];
  /** Only such addresses as a stranger anywhere could come from: blocks wider than /8, or /32 for IPv6 (what S3 counts as public). */
  readonly wideAddressesOnly?: boolean;
  /** The key carries exactly one value though it is multi-valued. */
  readonly one?: boolean;
}

const ANY_TEXT: Pattern = [{ of: 'any', times: 'one' }, { of: 'any', times: 'many' }];

/** Representatives of all that `key` may carry, as far as these conditions can tell. */
export function domainOf(key: string, conditions: readonly Condition[], freedom: Freedom, valueOf: (key: string) => string | undefined, now: number, work: Work): Domain {
  const own = conditions.filter((one) => one.key === key);
  const families = new Set(own.map((one) => one.operator.family).filter((one) => one !== 'null'));
  const kind = keyKind(key);
  const values = new Set<string>();
  let gap: string | undefined;
  if (freedom.present) {
    if (families.has('ip') || kind === 'ip') for (const one of addresses(own, freedom.wideAddressesOnly ?? false)) values.add(one);
    if (families.has('number') || kind === 'number') for (const one of numbers(own)) values.add(one);
    if (families.has('date') || kind === 'date') for (const one of dates(own, now)) values.add(one);
    if (families.has('bool') || kind === 'bool') { values.add('false'); values.add('true'); }
    if (values.size === 0 || families.has('string') || families.has('arn') || families.has('binary')) {
      const texts = textual(own, freedom, valueOf, work);
      if (texts === undefined) gap = `the values of \`${own[0]?.name ?? key}\` are too many to try`;
      if (values.size > 0 && families.size > 1) gap ??= `\`${own[0]?.name ?? key}\` is tested by operators of several kinds`;
      for (const one of texts ?? []) values.add(one);
    }
  }
  const allowed = [...values].filter((one) => !freedom.except?.(one));
  const multivalued = !freedom.one && (isMultivalued(key) || own.some((one) => one.quantifier !== undefined));
  const sets = multivalued ? subsets(allowed, 1 + own.length) : { choices: allowed.map((one) => [one]), gap: undefined };
  gap ??= sets.gap;
  const choices: Choice[] = [...(freedom.missing ? [null] : []), ...sets.choices];
  return gap === undefined ? { choices } : { choices, gap };
}

function textual(own: readonly Condition[], { form = ANY_TEXT, exceptPatterns = [] }: Freedom, valueOf: (key: string) => string | undefined, work: Work): readonly string[] | undefined {
  const tests: Test[] = own.flatMap(({ operator, templates }) => operator.family !== 'string' && operator.family !== 'arn' && operator.family !== 'binary' ? [] : templates.flatMap((template) => {
    const pattern = fill(template, valueOf);
    return pattern === undefined ? [] : [{ pattern: operator.family === 'arn' ? asArnPattern(pattern) : pattern, ignoreCase: operator.ignoreCase }];
  }));
  return representatives([...tests, ...exceptPatterns.map((pattern) => ({ pattern, ignoreCase: false }))], form, work);
}

/** Sets of values: each alone, and as many together as the tests could ask for one each. */
function subsets(values: readonly string[], most: number): { choices: Choice[]; gap: string | undefined } {
  let choices: string[][] = values.map((one) => [one]);
  let last = choices;
  for (let size = 2; size <= Math.min(most, values.length); size++) {
    last = last.flatMap((set) => values.slice(values.indexOf(set.at(-1)!) + 1).map((one) => [...set, one]));
    if (choices.length + last.length > 2_000) return { choices: [[], ...choices], gap: 'a multi-valued key has too many combinations to try' };
    choices = [...choices, ...last];
  }
  return { choices: [...choices, []], gap: undefined };
}

const V4: Address = { version: 4, number: 0xcb007109n }; // 203.0.113.9, an address of the documentation block, reads well in a witness
function addresses(own: readonly Condition[], wideOnly: boolean): string[] {
  const ranges = own.flatMap((one) => one.operator.family === 'ip' ? one.values.flatMap((value) => parseRange(value) ?? []) : []);
  return ([4, 6] as const).flatMap((version) => {
    const [end, wide] = version === 4 ? [1n << 32n, 1n << 24n] : [1n << 128n, 1n << 96n];
    const mine = ranges.filter((one) => one.version === version);
    const starts = [...new Set([0n, ...mine.flatMap((one) => [one.first, one.last + 1n])])].filter((one) => one < end).sort((a, b) => (a < b ? -1 : 1));
    const found = starts.flatMap((start, i) => {
      const next = starts[i + 1] ?? end;
      if (wideOnly && next - start <= wide) return [];
      const nice = version === 4 && start <= V4.number && V4.number < next ? V4.number : start === 0n ? (version === 4 ? 0x05000001n : 0x20010db8n << 96n) : start;
      return [formatAddress({ version, number: nice < next ? nice : start })];
    });
    // The documentation address first, if it is among them.
    return found.sort((a, b) => Number(b === formatAddress(V4)) - Number(a === formatAddress(V4)));
  });
}

function numbers(own: readonly Condition[]): string[] {
  const points = own.flatMap((one) => one.operator.family === 'number' ? one.values.flatMap((value) => parseNumber(value) ?? []) : []).sort((a, b) => a - b);
  return [...new Set([0, ...points.flatMap((point, i) => [point, (point + (points[i + 1] ?? point + 2)) / 2, point - 1])])].map(String);
}

function dates(own: readonly Condition[], now: number): string[] {
  const points = own.flatMap((one) => one.operator.family === 'date' ? one.values.flatMap((value) => parseDate(value) ?? []) : []).filter((one) => one > now).sort((a, b) => a - b);
  return [...new Set([now, ...points.flatMap((point, i) => [point, point + (((points[i + 1] ?? point + 2_000) - point) / 2)])])].map((time) => new Date(time).toISOString());
}
