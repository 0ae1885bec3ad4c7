import { parseBlock } from './addresses.ts';
import { above, below, between, type Range } from './ranges.ts';
import { operators, type Kind } from './tables/operators.ts';

export interface Operator {
  readonly name: string;
  readonly family: Kind['family'];
  /** `…Not…`: true where no value of the policy fits, also where the key is missing. */
  readonly negated: boolean;
  readonly wildcards: boolean;
  readonly variables: boolean;
  readonly ignoreCase: boolean;
}

const DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;
/** Milliseconds since 1970 of an ISO 8601 date, of UTC where it tells no zone, or an epoch number of seconds. */
export function parseDate(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000;
  const [date, clock, zone] = DATE.exec(text) ?? [];
  const time = date === undefined ? Number.NaN : Date.parse(clock !== undefined && zone === undefined ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
export const parseNumber = (text: string): number | undefined => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;

/** What is wrong with a value of the policy, if anything. */
export function problemWith({ family }: Operator, value: string): string | undefined {
  const what = family === 'number' ? parseNumber(value) === undefined && 'a number'
    : family === 'date' ? parseDate(value) === undefined && 'a date'
      : family === 'ip' ? parseBlock(value) === undefined && 'an IP address or CIDR block'
        : (family === 'bool' || family === 'null') && !/^(true|false)$/i.test(value) && 'true or false';
  return what === false ? undefined : `\`${value}\` is not ${what}`;
}

/** The numbers, or milliseconds, that fit a value of the policy. */
export function rangeOf({ name, family }: Operator, value: string): Range<number> | undefined {
  const at = family === 'number' ? parseNumber(value) : family === 'date' ? parseDate(value) : undefined;
  if (at === undefined) return undefined;
  return name.includes('LessThan') ? below(at, name.endsWith('Equals')) : name.includes('GreaterThan') ? above(at, name.endsWith('Equals')) : between(at, at);
}

const byName = new Map<string, Operator>();
for (const { names, family, wildcards = false, variables = false, ignoreCase = false } of operators) {
  for (const written of names.split(' ')) {
    const name = written.replace('!', '');
    byName.set(name.toLowerCase(), { name, negated: name !== written, family, wildcards, variables, ignoreCase });
  }
}

/** The operator of that name, without quantifier and IfExists; names are case-insensitive. */
export const operatorNamed = (name: string): Operator | undefined => byName.get(name.toLowerCase());

export const operatorNames: readonly string[] = [...byName.values()].map(({ name }) => name);

/** What a request's action, resource or principal is held against: any of some patterns. */
export const patternsOperator: Operator = operatorNamed('StringLike')!;
export const actionsOperator: Operator = { ...patternsOperator, ignoreCase: true };
