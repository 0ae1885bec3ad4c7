import { parseAddress, parseBlock, type Block } from './addresses.ts';
import { parseDate, parseNumber, type Operator } from './operators.ts';
import { fill, literal, type Pattern, type Template } from './pattern.ts';
import { contains, union, type Ranges } from './ranges.ts';

export type ValueOf = (key: string) => string | undefined;
export interface Test {
  readonly operator: Operator;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  /** Lower case: key names are case-insensitive. */
  readonly key: string;
  /** The key as written. */
  readonly name: string;
  readonly templates: readonly Template[];
}

interface Read {
  id: number; patterns: readonly Pattern[]; literals: ReadonlySet<string>; globs: readonly Pattern[]; ranges: Ranges<number>; blocks: readonly Block[];
}

/** One key under one operator; keys and operators are AND-ed, values OR-ed (NOR-ed where the operator negates). */
export class Condition implements Test {
  readonly operator: Operator;
  readonly quantifier: Test['quantifier'];
  readonly ifExists: boolean;
  readonly key: string;
  readonly name: string;
  readonly templates: readonly Template[];
  /** Keys that variables of the values name, in lower case. */
  readonly variables: readonly string[];
  /** Whether the policy gives no value at all. */
  readonly isEmpty: boolean;
  #read: Partial<Read> | undefined;

  constructor({ operator, quantifier, ifExists, key, name, templates }: Test, isEmpty = templates.length === 0) {
    this.isEmpty = isEmpty;
    this.operator = operator;
    this.quantifier = quantifier;
    this.ifExists = ifExists;
    this.key = key;
    this.name = name;
    this.templates = templates;
    this.variables = templates.some((one) => one.variables.length > 0) ? [...new Set(templates.flatMap((one) => one.variables))] : NONE;
  }

  /** The condition with its variables filled in; a value whose variable has none fits nothing. */
  filled(valueOf: ValueOf): Condition {
    if (this.variables.length === 0) return this;
    const templates = this.templates.flatMap((template): Template[] => {
      const pattern = fill(template, valueOf);
      return pattern === undefined ? [] : [{ text: pattern.text, pattern, parts: NONE, variables: NONE, arn: template.arn }];
    });
    return new Condition({ operator: this.operator, quantifier: this.quantifier, ifExists: this.ifExists, key: this.key, name: this.name, templates }, false);
  }

  /** What is read off the values the first time it is asked for. */
  #once<K extends keyof Read>(name: K, make: () => Read[K]): Read[K] {
    const read = (this.#read ??= {});
    return (read[name] ??= make() as Partial<Read>[K]) as Read[K];
  }

  /** Tells the test from others, so that what was found for it can be kept. */
  get id(): number { return this.#once('id', () => ++made); }
  /** The values as written. */
  get values(): readonly string[] { return this.templates.map((one) => one.text); }
  /** The values as patterns; those with variables left out. */
  get patterns(): readonly Pattern[] { return this.#read?.patterns ?? this.#once('patterns', () => this.templates.flatMap(({ pattern }) => pattern ?? [])); }
  get ranges(): Ranges<number> { return this.#once('ranges', () => union(this.patterns.flatMap(({ text }) => this.operator.range?.(text) ?? []))); }
  get blocks(): readonly Block[] { return this.#once('blocks', () => this.patterns.flatMap(({ text }) => parseBlock(text) ?? [])); }
  /** The values without wildcards, in lower case where case does not matter. */
  get literals(): ReadonlySet<string> {
    return this.#read?.literals ?? this.#once('literals', () => new Set(this.patterns.flatMap((one) => one.literal === undefined ? [] : this.operator.ignoreCase ? one.literal.toLowerCase() : one.literal)));
  }
  get globs(): readonly Pattern[] { return this.#read?.globs ?? this.#once('globs', () => this.patterns.filter((one) => one.literal === undefined)); }

  /** Whether one value of a request fits some value of the policy; variables must have been filled in. */
  fits(requested: string): boolean {
    const { family, ignoreCase } = this.operator;
    switch (family) {
      case 'number': case 'date': {
        const value = family === 'number' ? parseNumber(requested) : parseDate(requested);
        return value !== undefined && this.ranges.some((range) => contains(range, value));
      }
      case 'ip': {
        const address = parseAddress(requested);
        return address !== undefined && this.blocks.some(({ version, range }) => version === address.version && contains(range, address.number));
      }
      default:
        if (this.templates.length === 1) return this.patterns[0]?.matches(requested, ignoreCase) ?? false;
        return this.literals.has(ignoreCase ? requested.toLowerCase() : requested) || this.globs.some((one) => one.matches(requested, ignoreCase));
    }
  }
}
const NONE: readonly never[] = [];
let made = 0;

/** A test without a policy behind it: one of the patterns matches. */
export function testOn(key: string, operator: Operator, patterns: readonly (Pattern | string)[]): Condition {
  const templates = patterns.map((one): Template => {
    const pattern = typeof one === 'string' ? literal(one) : one;
    return { text: pattern.text, pattern, parts: NONE, variables: NONE, arn: false };
  });
  return new Condition({ operator, quantifier: undefined, ifExists: false, key, name: key, templates });
}

/**
 * Whether a condition holds for the values a request carries under its key; `undefined`: the key is missing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-key-or-value-conditions.html
 */
export function holds(condition: Condition, requested: readonly string[] | undefined, valueOf: ValueOf): boolean {
  const { operator, quantifier, ifExists } = condition;
  const test = condition.filled(valueOf);
  // An empty list of values: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (condition.isEmpty) return (requested === undefined || requested.length === 0) && (ifExists || quantifier === 'ForAllValues');
  if (operator.family === 'null') return test.literals.has(String(requested === undefined || requested.length === 0));
  // ForAllValues is true of nothing; ForAnyValue is false of nothing, which IfExists turns (AWS: a missing key is true).
  if (requested === undefined || requested.length === 0) return ifExists || quantifier === 'ForAllValues' || (quantifier === undefined && operator.negated);
  const passes = (value: string): boolean => test.fits(value) !== operator.negated;
  if (quantifier === 'ForAllValues') return requested.every(passes);
  if (quantifier === 'ForAnyValue') return requested.some(passes);
  // Without a quantifier some value must match; a negated operator asks that none does.
  return operator.negated ? requested.every(passes) : requested.some(passes);
}
