import type { Condition } from '../conditions.ts';
import { policiesOf, type Formula } from '../formula.ts';
import { RESOURCE } from '../parse.ts';
import { bitOf, classesOf, isOpen, isPattern, literal, patternOf, plainGlob, type Pattern, type Template, type Token } from '../pattern.ts';
import { isMultivalued, keyKind } from '../tables/keys.ts';
import { inArns, PRINCIPAL_ARN, USER_NAME, valuesIn } from './compile.ts';
import { isKind, type Search } from './kinds.ts';
import { settledChoice, type Region } from './region.ts';
import type { Work } from './work.ts';

/** Every test of conditions and resources that a formula's policies hold. */
export const testsOf = (formula: Formula): Condition[] => policiesOf(formula).flatMap(({ statements }) => statements.flatMap((one) => [...one.conditions, ...one.resources === undefined ? [] : [one.resources.test]]));
/** Steps that it takes to fill a test's variables in, in the measure of Work. */
const fillingOfTest = ({ variables, given }: Condition): number => variables.length === 0 ? 0 : 200 * given.length + given.reduce((sum, one) => sum + (isPattern(one) ? 0 : one.parts.reduce((some, part) => some + (isOpen(part) ? 150 + (part.fallback?.length ?? 0) : 5), 0)), 0);
/** Keys that the formula's policies put into texts. */
export function variablesOf(formula: Formula): readonly string[] {
  const named: string[] = [];
  for (const { statements } of policiesOf(formula)) for (const { variables } of statements) named.push(...variables);
  return named;
}

/** Steps that it takes to fill the variables of the formula's texts in once, in the measure of Work. */
export const fillingOf = (formula: Formula): number => filling.get(formula) ?? counted(formula);
const filling = new WeakMap<Formula, number>();
function counted(formula: Formula): number {
  const steps = testsOf(formula).reduce((sum, one) => sum + fillingOfTest(one), 0);
  filling.set(formula, steps);
  return steps;
}

/** Whether a part of a template is the variable of that key. */
export const isVariable = (part: Template['parts'][number], key: string): boolean => isOpen(part) && part.variable === key;

/** Whether what a variable stands for is open yet; a multi-valued key cannot be one. */
export const isFreeIn = (region: Region) => (key: string): boolean => !isMultivalued(key) && settledChoice(region.domain(key)) === undefined;

/** Whether a key holds numbers, times or addresses by nature; whether some test reads its values, or what they end with, as such, too: patterns do not tell those apart. */
export const isNatural = (key: string): boolean => isKind(keyKind(key));
export const isRanged = (key: string, formula: Formula): boolean => isNatural(key) || testsOf(formula).some((one) => (one.key === key || (key === PRINCIPAL_ARN && one.key === USER_NAME)) && isKind(one.operator.family));

/** A text of which nothing else is known. */
export const ANY = plainGlob('*');

/** A list that takes or leaves a value as a whole. */
export interface Patterns { readonly patterns: readonly Pattern[]; readonly ignoreCase: boolean }
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
export const ownTemplates = (key: string, formula: Formula): readonly Held[] => templatesOf(formula).get(key) ?? [];

/** What is held against variables, all but one, that stand in the key's own tests, written as those have it: a value that they cannot make is of another kind. */
export function throughOthers(key: string, formula: Formula, region: Region, search: Search, but?: string, from: readonly string[] = [key]): Patterns[] {
  const all = ownTemplates(key, formula);
  // A user's name ends its ARN.
  const names = key === PRINCIPAL_ARN ? throughOthers(USER_NAME, formula, region, search, but, from).map(({ patterns, ignoreCase }) => ({ patterns: inArns(patterns), ignoreCase })) : [];
  return [...names, ...all.flatMap(({ template, ignoreCase }) => {
    search.work.spend(20 * template.parts.length);
    const free = template.variables.filter(isFreeIn(region));
    const anything = { patterns: [written(template, ANY, region)], ignoreCase };
    if (free.length === 0) return [];
    // Against another text of its own a variable is held, too; in a resource, where one names it and what lies below, that tells nothing.
    if (but !== undefined && free.includes(but)) return key === RESOURCE || all.every((one) => isAlike(one.template, template) || !one.template.variables.includes(but)) ? [] : [anything];
    const isRound = free.some((one) => from.includes(one));
    const held = isRound ? [] : free.flatMap((one) => [...patternsOn(one, formula, region, search.work), ...throughOthers(one, formula, region, search, but, [...from, one])]);
    // Where one text can be cut into variables in several ways, or one of them stands twice in it or elsewhere as well, more is to be told than this does.
    const isTwice = isAnyTwice(template, free);
    const isPlain = free.length === 1 && !isTwice && template.parts.every((part) => typeof part === 'string' || 'variable' in part);
    search.work.spend(2_000);
    const isElsewhere = [...templatesOf(formula)].some(([on, some]) => some.some((one) => (on !== key || one.ignoreCase !== ignoreCase || !isAlike(one.template, template)) && one.template.variables.some((name) => free.includes(name))));
    if (isRound || isElsewhere || isTwice || (!isPlain && held.length > 0) || (ignoreCase && isSplit(held)) || free.some((one) => keyKind(one) !== undefined || isRanged(one, formula) || colonsTold(template, one) > 0)) search.gap ??= `the variable \`\${${free[0]!}}\` is held against another`;
    return [anything, ...(isPlain ? held : []).map((one) => ({ patterns: one.patterns.flatMap(({ alternatives }) => alternatives.map((pattern) => written(template, pattern, region))), ignoreCase: one.ignoreCase || ignoreCase }))];
  })];
}

/** Whether more is to be told of a text in any case than each list for itself tells: which of its cases some take may be none that others do. */
export const isSplit = (lists: readonly Patterns[]): boolean => new Set(lists.flatMap(({ patterns, ignoreCase }) => ignoreCase ? [] : patterns.flatMap((one) => one.alternatives.flatMap(({ tokens }) => tokens.some(isCased) ? [JSON.stringify(tokens)] : [])))).size > 1;
const isCased = (token: Token): boolean => typeof token === 'string' ? token.toLowerCase() !== token.toUpperCase() : ((classesOf('a') ^ classesOf('A')) & bitOf(token.of)) !== 0;

/** Up to how many colons in a variable's value tell what wildcards behind it stand for, which Arn operators count them for. */
export function colonsTold({ arn, parts }: Template, key: string): number {
  const first = parts.findIndex((part) => isVariable(part, key));
  const end = parts.findIndex((part, i) => i > first && typeof part !== 'string' && !isOpen(part));
  return arn && end > 0 ? 5 - parts.slice(0, end).filter((part) => part === ':').length : 0;
}

/** A text of a user's name as one of its ARN, which it ends. */
export const endOfArn = (template: Template): Template => ({ ...template, text: `*/${template.text}`, parts: [{ of: 'any', times: 'many' }, '/', ...template.parts], arn: false });

/** Whether two texts are read alike: what is written alike may hold wildcards under one operator and stars under another. */
export const isAlike = (a: Template, b: Template): boolean => a.text === b.text && a.arn === b.arn && a.parts.every((part, i) => typeof part === typeof b.parts[i]);

/** Whether one of the variables stands in a template more than once. */
function isAnyTwice({ parts }: Template, variables: readonly string[]): boolean {
  const [wanted, left] = [new Set(variables), new Set(variables)];
  return parts.some((part) => isOpen(part) && wanted.has(part.variable) && !left.delete(part.variable));
}

/** A template with a pattern in place of the variables that are open; its own wildcards are taken for what they stand for in front of those. */
function written({ parts, arn }: Template, pattern: Pattern, region: Region): Pattern {
  const [isFree, valueOf] = [isFreeIn(region), valuesIn(region)];
  let colons = arn ? 0 : 5;
  return patternOf(...parts.map((part) => {
    const made = !isOpen(part) ? part : valueOf(part.variable) ?? (isFree(part.variable) ? pattern : part.fallback ?? pattern);
    if (typeof made === 'string') colons += made.split(':').length - 1;
    return made === part && typeof part === 'object' && colons < 5 ? { ...part, of: 'no-colon' as const } : made;
  }));
}

/** What is held against a key's values, as patterns. */
export function patternsOn(name: string, formula: Formula, region: Region, work: Work): Patterns[] {
  const valueOf = valuesIn(region);
  // Whether a key is there tells no values apart.
  const on = (key: string): Condition[] => testsOf(formula).filter((one) => one.key === key && one.operator.family !== 'null');
  const tests = on(name);
  for (const one of tests) work.spend(20 + fillingOfTest(one));
  const own = tests.map((one) => ({ patterns: one.filled(valueOf).patterns, ignoreCase: one.operator.ignoreCase }));
  const listed = name !== PRINCIPAL_ARN ? [] : policiesOf(formula).flatMap(({ statements }) => statements.map((one) => ({ patterns: (one.principals?.aws ?? []).map(literal), ignoreCase: false })));
  // A user's name ends its ARN.
  const names = name !== PRINCIPAL_ARN ? [] : on(USER_NAME).map((one) => ({ patterns: inArns(one.filled(valueOf).patterns), ignoreCase: one.operator.ignoreCase }));
  const domain = name === RESOURCE ? region.resources?.() : region.domain(name);
  const forms = domain?.only?.map(literal) ?? domain?.forms ?? [];
  // What keeps an account's resources from others' names tells texts that go into them in hundreds of ways, of which seldom one matters.
  const others = domain?.only !== undefined || (name === RESOURCE && region.told === undefined) ? [] : domain?.tests ?? [];
  const told = (region.told ?? []).flatMap(({ key, test }) => key === name ? [{ patterns: test.patterns, ignoreCase: test.operator.ignoreCase }] : []);
  return [...own, ...listed, ...names, ...told, ...forms.map((one) => ({ patterns: [one], ignoreCase: false })), ...others.map(({ test }) => ({ patterns: test.patterns, ignoreCase: test.operator.ignoreCase }))].filter((one) => one.patterns.length > 0);
}
