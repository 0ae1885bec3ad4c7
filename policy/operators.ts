import { parseBlock } from './addresses.ts';
import { above, below, between, type Range } from './ranges.ts';

/**
 * Condition operators as a table.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export interface Operator {
  readonly name: string;
  readonly family: 'string' | 'arn' | 'number' | 'date' | 'bool' | 'ip' | 'binary' | 'null';
  /** `…Not…`: true where no value of the policy fits, also where the key is missing. */
  readonly negated: boolean;
  readonly wildcards: boolean;
  /** Whether its values may hold variables: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
  readonly variables: boolean;
  readonly ignoreCase: boolean;
  /** What is wrong with a value of the policy, if anything. */
  readonly problem?: (value: string) => string | undefined;
  /** The numbers, or milliseconds, that fit a value of the policy. */
  readonly range?: (value: string) => Range<number> | undefined;
}

/** Milliseconds since 1970 of an ISO 8601 date or an epoch number of seconds. */
export function parseDate(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000;
  const time = /^\d{4}(-\d{2}(-\d{2}(T.*)?)?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
export const parseNumber = (text: string): number | undefined => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;

type Kind = Omit<Operator, 'name' | 'negated'>;
const must = (is: (value: string) => boolean, what: string) => (value: string): string | undefined => is(value) ? undefined : `\`${value}\` is not ${what}`;

const string: Kind = { family: 'string', wildcards: false, variables: true, ignoreCase: false };
const ignoreCase: Kind = { ...string, ignoreCase: true };
const like: Kind = { ...string, wildcards: true };
const arn: Kind = { family: 'arn', wildcards: true, variables: true, ignoreCase: false };
const ip: Kind = { family: 'ip', wildcards: false, variables: false, ignoreCase: false, problem: must((value) => parseBlock(value) !== undefined, 'an IP address or CIDR block') };
const bool: Kind = { family: 'bool', wildcards: false, variables: true, ignoreCase: true, problem: must((value) => /^(true|false)$/i.test(value), 'true or false') };
const binary: Kind = { family: 'binary', wildcards: false, variables: false, ignoreCase: false };

type Compare = (value: number) => Range<number>;
const ordered = (family: 'number' | 'date', parse: (text: string) => number | undefined, what: string) => (compare: Compare): Kind => ({
  family, wildcards: false, variables: false, ignoreCase: false, problem: must((value) => parse(value) !== undefined, what),
  range: (value) => { const at = parse(value); return at === undefined ? undefined : compare(at); },
});
const number = ordered('number', parseNumber, 'a number');
const date = ordered('date', parseDate, 'a date');

const equals: Compare = (value) => between(value, value);
const compares: readonly [string, Compare][] = [
  ['Equals', equals], ['LessThan', (value) => below(value, false)], ['LessThanEquals', (value) => below(value, true)],
  ['GreaterThan', (value) => above(value, false)], ['GreaterThanEquals', (value) => above(value, true)],
];

const table: readonly (readonly [name: string, negated: boolean, kind: Kind])[] = [
  ['StringEquals', false, string], ['StringNotEquals', true, string],
  ['StringEqualsIgnoreCase', false, ignoreCase], ['StringNotEqualsIgnoreCase', true, ignoreCase],
  ['StringLike', false, like], ['StringNotLike', true, like],
  ['ArnEquals', false, arn], ['ArnLike', false, arn], ['ArnNotEquals', true, arn], ['ArnNotLike', true, arn],
  ['IpAddress', false, ip], ['NotIpAddress', true, ip],
  ['Bool', false, bool], ['BinaryEquals', false, binary],
  ...compares.map(([name, compare]) => [`Numeric${name}`, false, number(compare)] as const), ['NumericNotEquals', true, number(equals)],
  ...compares.map(([name, compare]) => [`Date${name}`, false, date(compare)] as const), ['DateNotEquals', true, date(equals)],
  ['Null', false, { ...bool, family: 'null', variables: false }],
];

const operators = new Map(table.map(([name, negated, kind]): [string, Operator] => [name.toLowerCase(), { name, negated, ...kind }]));

/** The operator of that name, without quantifier and IfExists; names are case-insensitive. */
export const operatorNamed = (name: string): Operator | undefined => operators.get(name.toLowerCase());

/** What a request's action, resource or principal is held against: any of some patterns. */
export const patternsOperator: Operator = { name: 'matches', negated: false, ...like };
export const actionsOperator: Operator = { ...patternsOperator, ignoreCase: true };
