import type { Condition } from '../conditions.ts';
import { policiesOf, type Formula } from '../formula.ts';
import { RESOURCE } from '../parse.ts';
import { enter, isPattern, literal, patternOf, plainGlob, step, type Pattern, type Template } from '../pattern.ts';
import { isMultivalued, keyKind } from '../tables/keys.ts';
import { PRINCIPAL_ARN, USER_NAME, valuesIn } from './compile.ts';
import { solveKey, type Search } from './keys.ts';
import { entriesOf, everyKind, type Entry } from './languages.ts';
import { CLOCK, EPOCH, inUnitsOf } from './numbers.ts';
import type { Literal } from './logic.ts';
import { absent, only, settledChoice, type Choice, type Domain, type Region } from './region.ts';

const MOST = 300;

/** Keys that the formula's policies put into texts. */
export function variablesOf(formula: Formula): readonly string[] {
  const named: string[] = [];
  for (const { statements } of policiesOf(formula)) for (const { variables } of statements) named.push(...variables);
  return named;
}

/** Steps that it takes to fill the variables of the formula's texts in once, in the measure of Work. */
export function fillingOf(formula: Formula): number {
  let texts = 0;
  for (const one of testsOf(formula)) if (one.variables.length > 0) texts += one.given.length;
  return 200 * texts;
}

/**
 * The region, once for every way in which the keys that variables name matter: where a variable's value is free, each
 * choice stands for all values that no pattern can tell from it, wherever the variable is put.
 */
export function* settled(formula: Formula, region: Region, search: Search): Generator<Region> {
  const free = variablesOf(formula).filter(isFreeIn(region));
  if (free.length === 0) { yield region; return; }
  // A user's name is the end of its ARN: what is held against the one tells values of the other apart.
  const isUsers = free.includes(USER_NAME) && free.includes(PRINCIPAL_ARN);
  if (isUsers) search.gap ??= 'name and ARN of a user are variables both';
  // What stands in a test of another variable comes after it, for that must be told by all that is held against either.
  const later = new Set(free.flatMap((other) => ownTemplates(other, formula).flatMap(({ template }) => template.variables.filter((one) => one !== other))));
  const key = isUsers ? USER_NAME : free.find((one) => !later.has(one));
  if (key === undefined) { search.gap ??= `\`\${${free[0]!}}\` is held against itself through other variables`; return; }
  for (const choice of choicesOf(key, formula, region, search)) yield* settled(formula, withChoice(region, key, choice), search);
}

/** Whether what a variable stands for is open yet; a multi-valued key cannot be one. */
const isFreeIn = (region: Region) => (key: string): boolean => !isMultivalued(key) && settledChoice(region.domain(key)) === undefined;

function withChoice(region: Region, key: string, choice: Choice): Region {
  const settledKey = choice === null ? absent : only(...choice);
  const value = choice?.[0];
  const made: Region = { ...region, domain: (one) => one === key ? settledKey : region.domain(one) };
  // Both keys tell the same time.
  if (key === EPOCH && value !== undefined) return { ...made, domain: (one) => one === CLOCK ? only(new Date(Number(value) * 1000).toISOString()) : made.domain(one) };
  if (key === CLOCK && value !== undefined) return { ...made, domain: (one) => one === EPOCH ? only(...inUnitsOf(EPOCH, [value])) : made.domain(one) };
  if (key === PRINCIPAL_ARN && value !== undefined) return { ...made, principal: { ...region.principal, arn: value } };
  if (key !== USER_NAME || value === undefined) return made;
  // The name is the end of the user's ARN.
  const domain = region.domain(PRINCIPAL_ARN);
  if (domain.only !== undefined) return made;
  const head = domain.forms?.[0]?.head ?? '';
  const forms = [literal(`${head}${value}`), patternOf(head, { of: 'any', times: 'many' }, `/${value}`)];
  return { ...made, domain: (one) => one === PRINCIPAL_ARN ? { ...domain, forms, liked: [`${head}${value}`] } : made.domain(one) };
}

function choicesOf(key: string, formula: Formula, region: Region, search: Search): Choice[] {
  const domain = region.domain(key);
  const choices: Choice[] = domain.missing ? [null] : [];
  if (!domain.present) return choices;
  const kind = keyKind(key);
  if (kind === 'bool') return [...choices, ['true'], ['false']];
  if (kind === 'number' || kind === 'date' || kind === 'ip') return [...choices, ...examplesOf(key, formula, region, search)];
  return [...choices, ...textsOf(key, domain, formula, region, search).map((one) => [one])];
}

/** Some values of a key that has too many to try, on either side of each test: they show what any value allows. */
function examplesOf(key: string, formula: Formula, region: Region, search: Search): Choice[] {
  search.gap ??= `the variable \`\${${key}}\` stands for too many values to try`;
  const [asked, others] = key === EPOCH || key === CLOCK ? [CLOCK, [EPOCH, CLOCK]] : [key, [key]];
  const domain = { ...region.domain(asked), missing: false };
  const tests = testsOf(formula).filter((test) => others.includes(test.key) && test.variables.length === 0);
  const literals = tests.flatMap((test): Literal[] => [true, false].map((positive) => ({ kind: 'literal', key: asked, test, positive })));
  const found = [[], ...literals.map((one) => [one])].flatMap((some) => solveKey(asked, domain, some, search)?.[0] ?? []);
  return [...new Set(found)].map((one) => inUnitsOf(key, [one]));
}

/** One text for every way in which it matters what the variable stands for, wherever it stands. */
function textsOf(key: string, domain: Domain, formula: Formula, region: Region, search: Search): string[] {
  const { accepting, open } = told(key, formula, region, search);
  const found = everyKind(domain.forms ?? [ANY], [...accepting, ...throughOthers(key, formula, region, search).map(({ patterns, ignoreCase }) => entriesOf(patterns, ignoreCase))], open, MOST, search.work);
  if (found.length > MOST) search.gap ??= `the variable \`\${${key}}\` stands for too many values to try`;
  const fits = (text: string): boolean => (domain.tests ?? []).every(({ test, want }) => test.fits(text) === want);
  return [...new Set([...domain.liked ?? [], ...found])].filter(fits);
}

const ANY = plainGlob('?*');

/** A list that takes or leaves a value as a whole. */
interface Patterns { readonly patterns: readonly Pattern[]; readonly ignoreCase: boolean }
/** The texts with variables that a key's own tests hold. */
interface Held { readonly template: Template; readonly ignoreCase: boolean }
const known = new WeakMap<Formula, ReadonlyMap<string, readonly Held[]>>();
/** All of them by key, made once for a formula. */
function templatesOf(formula: Formula): ReadonlyMap<string, readonly Held[]> {
  const before = known.get(formula);
  if (before !== undefined) return before;
  const made = new Map<string, Held[]>();
  for (const { key, given, operator: { ignoreCase }, variables } of testsOf(formula)) {
    if (variables.length > 0) made.set(key, [...made.get(key) ?? [], ...given.flatMap((value) => isPattern(value) ? [] : [{ template: value, ignoreCase }])]);
  }
  known.set(formula, made);
  return made;
}
const ownTemplates = (key: string, formula: Formula): readonly Held[] => templatesOf(formula).get(key) ?? [];

/** What is held against variables, all but one, that stand in the key's own tests, written as those have it: a value that they cannot make is of another kind. */
function throughOthers(key: string, formula: Formula, region: Region, search: Search, but?: string, from: readonly string[] = [key]): Patterns[] {
  const all = ownTemplates(key, formula);
  return all.flatMap(({ template, ignoreCase }) => {
    const free = template.variables.filter(isFreeIn(region));
    const anything = { patterns: [written(template, ANY, valuesIn(region))], ignoreCase };
    if (free.length === 0) return [];
    // Against another text of its own a variable is held, too; in a resource, where one names it and what lies below, that tells nothing.
    if (but !== undefined && free.includes(but)) return key === RESOURCE || all.every((one) => one.template.text === template.text || !one.template.variables.includes(but)) ? [] : [anything];
    const isRound = free.some((one) => from.includes(one));
    const held = isRound ? [] : free.flatMap((one) => [...patternsOn(one, formula, region), ...throughOthers(one, formula, region, search, but, [...from, one])]);
    // Where one text can be cut into variables in several ways, or one of them stands elsewhere as well, more is to be told than this does.
    const isPlain = free.length === 1 && template.parts.every((part) => typeof part === 'string' || 'variable' in part) && template.parts.filter((part) => isVariable(part, free[0]!)).length === 1;
    search.work.spend(2_000);
    const isElsewhere = [...templatesOf(formula)].some(([on, some]) => some.some((one) => (on !== key || one.template.text !== template.text) && one.template.variables.some((name) => free.includes(name))));
    if (isRound || isElsewhere || (!isPlain && held.length > 0) || free.some((one) => keyKind(one) !== undefined)) search.gap ??= `the variable \`\${${free[0]!}}\` is held against another`;
    return [anything, ...(isPlain ? held : []).map((one) => ({ patterns: one.patterns.flatMap(({ alternatives }) => alternatives.map((pattern) => written(template, pattern, valuesIn(region)))), ignoreCase: one.ignoreCase || ignoreCase }))];
  });
}

/** A template with a pattern in place of the variables that have no value. */
const written = ({ parts }: Template, pattern: Pattern, valueOf: (name: string) => string | undefined): Pattern =>
  patternOf(...parts.map((part) => typeof part === 'object' && 'variable' in part ? valueOf(part.variable) ?? pattern : part));

/** What is held against a key's values, as patterns. */
function patternsOn(name: string, formula: Formula, region: Region): Patterns[] {
  const valueOf = valuesIn(region);
  const own = testsOf(formula).filter((one) => one.key === name).map((one) => ({ patterns: one.filled(valueOf).patterns, ignoreCase: one.operator.ignoreCase }));
  const listed = name !== PRINCIPAL_ARN ? [] : policiesOf(formula).flatMap(({ statements }) => statements.map((one) => ({ patterns: (one.principals?.aws ?? []).map(literal), ignoreCase: false })));
  const value = valueOf(name);
  const domain = name === RESOURCE ? region.resources?.() : region.domain(name);
  const forms = value !== undefined ? [literal(value)] : domain?.forms ?? [];
  // What keeps an account's resources from others' names tells texts that go into them in hundreds of ways, none of which matters.
  const tests = value !== undefined || name === RESOURCE ? [] : domain?.tests ?? [];
  return [...own, ...listed, ...forms.map((one) => ({ patterns: [one], ignoreCase: false })), ...tests.map(({ test }) => ({ patterns: test.patterns, ignoreCase: test.operator.ignoreCase }))].filter((one) => one.patterns.length > 0);
}

/** The tests of the variable's own key, and whatever else is held against the texts it stands in; open, where more follows it there. */
function told(key: string, formula: Formula, region: Region, search: Search): { readonly accepting: Entry[][]; readonly open: Entry[] } {
  search.work.spend(2_000);
  const accepting = patternsOn(key, formula, region).map(({ patterns, ignoreCase }) => entriesOf(patterns, ignoreCase));
  const open: Entry[] = [];
  const inside: (readonly [on: string, template: Template, ignoreCase: boolean])[] = testsOf(formula).flatMap((one) => one.given.flatMap((value) => isPattern(value) || !value.variables.includes(key) ? [] : [[one.key, value, one.operator.ignoreCase] as const]));
  if (key === USER_NAME) for (const template of namesInArns(region)) inside.push([PRINCIPAL_ARN, template, false]);
  const filled = new Map<string, Patterns[]>();
  const heldAgainst = (on: string): Patterns[] => {
    const found = filled.get(on) ?? [...patternsOn(on, formula, region), ...throughOthers(on, formula, region, on === RESOURCE ? { ...search } : search, key)];
    filled.set(on, found);
    return found;
  };
  for (const [on, template, ignoreCase] of inside) {
    const isLast = isVariable(template.parts.at(-1)!, key);
    for (const one of heldAgainst(on)) {
      for (const pattern of one.patterns.flatMap(({ alternatives }) => alternatives)) {
        search.work.spend(pattern.tokens.length + template.parts.length);
        const entries = beginnings(template, key, pattern, one.ignoreCase || ignoreCase, valuesIn(region)).map((from): Entry => ({ tokens: pattern.tokens, ignoreCase: one.ignoreCase || ignoreCase, from }));
        if (isLast) accepting.push(...entries.map((entry) => [entry])); else open.push(...entries);
      }
    }
  }
  const distinct = <T>(all: readonly T[]): T[] => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return { accepting: distinct(accepting), open: distinct(open) };
}

/** A user's name is the end of its ARN, with or without a path before it. */
function namesInArns(region: Region): Template[] {
  const head = (region.domain(PRINCIPAL_ARN).forms?.[0]?.head ?? '').split('');
  const name = { variable: USER_NAME, fallback: undefined };
  return [[...head, name], [...head, { of: 'any', times: 'many' } as const, name]].map((parts) => ({ text: '', parts, variables: [USER_NAME], arn: false }));
}

const testsOf = (formula: Formula): Condition[] => policiesOf(formula).flatMap(({ statements }) => statements.flatMap((one) => [...one.conditions, ...one.resources === undefined ? [] : [one.resources.test]]));
const isVariable = (part: Template['parts'][number], key: string): boolean => typeof part === 'object' && 'variable' in part && part.variable === key;

/** Where in a pattern the variable may begin: the positions after what the template has before it, each way apart. */
function beginnings({ parts }: Template, key: string, { tokens }: Pattern, ignoreCase: boolean, valueOf: (name: string) => string | undefined): (readonly number[])[] {
  let ways: (readonly number[])[] = [enter(tokens, 0)];
  for (const part of parts) {
    const text = typeof part === 'string' ? part : 'variable' in part && part.variable !== key ? valueOf(part.variable) : undefined;
    if (isVariable(part, key)) return ways;
    if (text !== undefined) for (const char of text.split('')) ways = ways.map((one) => step(tokens, one, char, ignoreCase)).filter((one) => one.length > 0);
    // Any text may stand here, so the variable may begin at any place from here on.
    else if (ways.length > 0) ways = tokens.map((_, i) => i).concat(tokens.length).filter((i) => i >= Math.min(...ways.flat())).map((i) => enter(tokens, i));
  }
  return ways;
}
