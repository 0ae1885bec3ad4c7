import { parseAddress, parseBlock, type Block } from './addresses.ts';
import { kept, once } from './kept.ts';
import { parseDate, parseNumber, rangeOf, type Operator } from './operators.ts';
import { fill, folded, isPattern, literal, type Pattern, type Template } from './pattern.ts';
import { contains, union, type Ranges } from './ranges.ts';

export type ValueOf = (key: string) => string | undefined;
/** An operator with what stands around its name. */
export interface Written {
  readonly operator: Operator;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
}

/** One key under one operator; keys and operators are AND-ed, values OR-ed (NOR-ed where the operator negates). */
export class Condition implements Written {
  readonly operator: Operator;
  readonly quantifier: Written['quantifier'];
  readonly ifExists: boolean;
  /** Lower case: key names are case-insensitive. */
  readonly key: string;
  /** The key as written. */
  readonly name: string;
  readonly given: readonly (Pattern | Template)[];
  /** The values as patterns; those with variables left out. */
  readonly patterns: readonly Pattern[];
  /** Keys that variables of the values name, in lower case. */
  readonly variables: readonly string[];
  /** Whether the policy gives no value at all. */
  readonly isEmpty: boolean;
  #id: number | undefined;
  #literals: ReadonlySet<string> | undefined;
  #globs: readonly Pattern[] | undefined;
  #byHead: ReadonlyMap<number, ReadonlyMap<string, readonly Pattern[]>> | undefined;
  #ranges: Ranges<number> | undefined;
  #blocks: readonly Block[] | undefined;

  constructor(name: string, { operator, quantifier, ifExists }: Written, given: readonly (Pattern | Template)[], isEmpty = given.length === 0) {
    this.operator = operator;
    this.quantifier = quantifier;
    this.ifExists = ifExists;
    this.key = keyNamed(name);
    this.name = name;
    this.given = given;
    this.isEmpty = isEmpty;
    const isPlain = given.every(isPattern);
    this.patterns = isPlain ? given : given.filter(isPattern);
    this.variables = isPlain ? NONE : [...new Set(given.flatMap((one) => isPattern(one) ? NONE : one.variables))];
  }

  /** The condition with its variables filled in; a value whose variable has none fits nothing. */
  filled(valueOf: ValueOf): Condition {
    return this.variables.length === 0 ? this : new Condition(this.name, this, this.given.flatMap((one) => fill(one, valueOf) ?? NONE), false);
  }

  /** Tells the test from others, so that what was found for it can be kept. */
  get id(): number { return (this.#id ??= ++made); }
  /** The values as written. */
  get values(): readonly string[] { return this.given.map((one) => one.text); }
  get ranges(): Ranges<number> { return (this.#ranges ??= union(this.patterns.flatMap(({ text }) => rangeOf(this.operator, text) ?? []))); }
  get blocks(): readonly Block[] { return (this.#blocks ??= this.patterns.flatMap(({ text }) => parseBlock(text) ?? [])); }
  /** The values without wildcards, folded where case does not matter. */
  get literals(): ReadonlySet<string> {
    if (this.#literals !== undefined) return this.#literals;
    const literals = this.#literals = new Set<string>();
    for (const { literal: text } of this.patterns) if (text !== undefined) literals.add(this.operator.ignoreCase ? folded(text) : text);
    return literals;
  }
  get globs(): readonly Pattern[] { return (this.#globs ??= this.patterns.filter((one) => one.literal === undefined)); }
  /** Those of the values with wildcards that may match a text, or cover a pattern, which begins so: found by their beginnings where there are many. */
  near(begin: string): readonly Pattern[] {
    if (this.globs.length < MANY || this.operator.ignoreCase) return this.globs;
    return [...(this.#byHead ??= byHead(this.globs))].flatMap(([length, heads]) => length > begin.length ? NONE : heads.get(begin.slice(0, length)) ?? NONE);
  }

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
        if (this.patterns.length < FEW) return this.patterns.some((one) => one.matches(requested, ignoreCase));
        return this.literals.has(ignoreCase ? folded(requested) : requested) || this.near(requested).some((one) => one.matches(requested, ignoreCase));
    }
  }
}
const NONE: readonly never[] = [];
/** A key in lower case: the same text every time and one that the engine has interned, as names of members are, since keys are compared over and over. */
const keyNamed = kept((name) => Object.keys({ [name.toLowerCase()]: true })[0]!);
/** So few values are looked at one by one; from so many on with wildcards it pays to look only at some. */
const [FEW, MANY] = [4, 200];
/** By how long their beginnings are, and by those. */
function byHead(globs: readonly Pattern[]): ReadonlyMap<number, ReadonlyMap<string, readonly Pattern[]>> {
  const all = new Map<number, Map<string, Pattern[]>>();
  for (const one of globs) {
    const { head } = one;
    const heads = once(all, head.length, () => new Map<string, Pattern[]>());
    once(heads, head, (): Pattern[] => []).push(one);
  }
  return all;
}
let made = 0;

/** A test without a policy behind it: one of the patterns matches. */
export const testOn = (key: string, operator: Operator, patterns: readonly (Pattern | string)[]): Condition =>
  new Condition(key, { operator, quantifier: undefined, ifExists: false }, patterns.map((one) => typeof one === 'string' ? literal(one) : one));

/**
 * Whether a condition holds for the values a request carries under its key; `undefined`: the key is missing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-key-or-value-conditions.html
 */
export function holds(condition: Condition, requested: readonly string[] | undefined, valueOf: ValueOf): boolean {
  const { operator, quantifier, ifExists } = condition;
  const test = condition.filled(valueOf);
  // An empty list of values: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (condition.isEmpty) return (requested === undefined || requested.length === 0) && (ifExists || quantifier === 'ForAllValues');
  if (operator.family === 'null') return test.fits(String(requested === undefined || requested.length === 0));
  // ForAllValues is true of nothing; ForAnyValue is false of nothing, which IfExists turns (AWS: a missing key is true).
  if (requested === undefined || requested.length === 0) return ifExists || quantifier === 'ForAllValues' || (quantifier === undefined && operator.negated);
  const { negated } = operator;
  // Without a quantifier some value must match; a negated operator asks that none does.
  return quantifier === 'ForAllValues' || (quantifier === undefined && negated) ? requested.every((value) => test.fits(value) !== negated) : requested.some((value) => test.fits(value) !== negated);
}
