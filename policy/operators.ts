import { contains, parseAddress, parseRange } from './addresses.ts';
import { asArnPattern, fill, matches, type Pattern, type Template } from './pattern.ts';

/**
 * Condition operators as a table: how one value of the request is held against one value of the policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export interface Operator {
  readonly name: string;
  readonly family: 'string' | 'arn' | 'number' | 'date' | 'bool' | 'ip' | 'binary' | 'null';
  /** `…Not…`: true where no value of the policy fits, also where the key is missing. */
  readonly negated: boolean;
  readonly wildcards: boolean;
  readonly ignoreCase: boolean;
  /** What is wrong with a value of the policy, if anything. */
  readonly problem?: (value: string) => string | undefined;
  readonly fits: (requested: string, template: Template, valueOf: (key: string) => string | undefined) => boolean;
}

type Fits = Operator['fits'];
type Kind = Pick<Operator, 'family' | 'wildcards' | 'ignoreCase'> & { problem?: NonNullable<Operator['problem']>; fits: Fits };

const filled = (test: (requested: string, pattern: Pattern) => boolean): Fits => (requested, template, valueOf) => {
  const pattern = fill(template, valueOf);
  return pattern !== undefined && test(requested, pattern);
};
const plain = (test: (requested: string, value: string) => boolean): Fits => filled((requested, pattern) => test(requested, pattern.join('')));

/** Milliseconds since 1970 of an ISO 8601 date or an epoch number of seconds. */
export function parseDate(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000;
  const time = /^\d{4}(-\d{2}(-\d{2}(T.*)?)?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
export const parseNumber = (text: string): number | undefined => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;

type Compare = (a: number, b: number) => boolean;
const ordered = (parse: (text: string) => number | undefined, compare: Compare): Fits => plain((requested, value) => {
  const [a, b] = [parse(requested), parse(value)];
  return a !== undefined && b !== undefined && compare(a, b);
});
const must = (is: (value: string) => boolean, what: string) => (value: string): string | undefined => is(value) ? undefined : `\`${value}\` is not ${what}`;

const string: Kind = { family: 'string', wildcards: false, ignoreCase: false, fits: filled((requested, pattern) => matches(pattern, requested)) };
const ignoreCase: Kind = { ...string, ignoreCase: true, fits: filled((requested, pattern) => matches(pattern, requested, true)) };
const like: Kind = { ...string, wildcards: true };
const arn: Kind = { family: 'arn', wildcards: true, ignoreCase: false, fits: filled((requested, pattern) => matches(asArnPattern(pattern), requested)) };
const ip: Kind = {
  family: 'ip', wildcards: false, ignoreCase: false, problem: must((value) => parseRange(value) !== undefined, 'an IP address or CIDR block'),
  fits: plain((requested, value) => {
    const [address, range] = [parseAddress(requested), parseRange(value)];
    return address !== undefined && range !== undefined && contains(range, address);
  }),
};
const bool: Kind = {
  family: 'bool', wildcards: false, ignoreCase: true, problem: must((value) => /^(true|false)$/i.test(value), 'true or false'),
  fits: plain((requested, value) => requested.toLowerCase() === value.toLowerCase()),
};
const binary: Kind = { family: 'binary', wildcards: false, ignoreCase: false, fits: plain((requested, value) => requested === value) };
const number = (compare: Compare): Kind => ({ family: 'number', wildcards: false, ignoreCase: false, problem: must((value) => parseNumber(value) !== undefined, 'a number'), fits: ordered(parseNumber, compare) });
const date = (compare: Compare): Kind => ({ family: 'date', wildcards: false, ignoreCase: false, problem: must((value) => parseDate(value) !== undefined, 'a date'), fits: ordered(parseDate, compare) });

const compares: readonly [string, Compare][] = [
  ['Equals', (a, b) => a === b], ['LessThan', (a, b) => a < b], ['LessThanEquals', (a, b) => a <= b],
  ['GreaterThan', (a, b) => a > b], ['GreaterThanEquals', (a, b) => a >= b],
];
const equals: Compare = (a, b) => a === b;

const table: readonly (readonly [name: string, negated: boolean, kind: Kind])[] = [
  ['StringEquals', false, string], ['StringNotEquals', true, string],
  ['StringEqualsIgnoreCase', false, ignoreCase], ['StringNotEqualsIgnoreCase', true, ignoreCase],
  ['StringLike', false, like], ['StringNotLike', true, like],
  ['ArnEquals', false, arn], ['ArnLike', false, arn], ['ArnNotEquals', true, arn], ['ArnNotLike', true, arn],
  ['IpAddress', false, ip], ['NotIpAddress', true, ip],
  ['Bool', false, bool], ['BinaryEquals', false, binary],
  ...compares.map(([name, compare]) => [`Numeric${name}`, false, number(compare)] as const), ['NumericNotEquals', true, number(equals)],
  ...compares.map(([name, compare]) => [`Date${name}`, false, date(compare)] as const), ['DateNotEquals', true, date(equals)],
  ['Null', false, { ...bool, family: 'null' }],
];

const operators = new Map(table.map(([name, negated, kind]): [string, Operator] => [name.toLowerCase(), { name, negated, ...kind }]));

/** The operator of that name, without quantifier and IfExists; names are case-insensitive. */
export const operatorNamed = (name: string): Operator | undefined => operators.get(name.toLowerCase());
