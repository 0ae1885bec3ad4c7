import { policiesOf, type Formula } from '../formula.ts';
import { RESOURCE } from '../parse.ts';
import { enter, isPattern, literal, patternOf, step, type Pattern, type Template } from '../pattern.ts';
import { keyKind } from '../tables/keys.ts';
import { PRINCIPAL_ARN, USER_NAME, valuesIn } from './compile.ts';
import { ANY, isFreeIn, isVariable, ownTemplates, patternsOn, testsOf, throughOthers, type Patterns } from './held.ts';
import { solveKey, type Search } from './keys.ts';
import { entriesOf, everyKind, type Entry } from './languages.ts';
import { CLOCK, EPOCH, inUnitsOf } from './numbers.ts';
import type { Literal } from './logic.ts';
import { absent, only, type Choice, type Domain, type Region } from './region.ts';

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
  return [...new Set([...domain.liked ?? [], ...found, ...domain.forms === undefined ? [''] : []])].filter(fits);
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
    const found = filled.get(on) ?? [...ofKind(on, key, region, search), ...patternsOn(on, formula, region), ...throughOthers(on, formula, region, on === RESOURCE ? { ...search } : search, key)];
    filled.set(on, found);
    return found;
  };
  for (const [on, template, ignoreCase] of inside) {
    for (const one of heldAgainst(on)) {
      for (const pattern of one.patterns.flatMap(({ alternatives }) => alternatives)) {
        search.work.spend(pattern.tokens.length + template.parts.length);
        for (const { ways, isLast } of beginnings(template, key, pattern, one.ignoreCase || ignoreCase, valuesIn(region))) {
          const entries = ways.map((from): Entry => ({ tokens: pattern.tokens, ignoreCase: one.ignoreCase || ignoreCase, from }));
          if (isLast) accepting.push(...entries.map((entry) => [entry])); else open.push(...entries);
        }
      }
    }
  }
  const distinct = <T>(all: readonly T[]): T[] => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return { accepting: distinct(accepting), open: distinct(open) };
}

/** What a key that holds no text may carry, for a variable that is held against it as text: both flags, and one of many addresses, numbers or dates. */
function ofKind(on: string, key: string, region: Region, search: Search): Patterns[] {
  const texts = examples[keyKind(on) ?? 'string'];
  if (texts === undefined || !isFreeIn(region)(on)) return [];
  if (texts !== examples['bool']) search.gap ??= `the variable \`\${${key}}\` is held against another`;
  return texts.map((text) => ({ patterns: [literal(text)], ignoreCase: false }));
}
const examples: { readonly [kind in NonNullable<ReturnType<typeof keyKind>>]?: readonly string[] } = { bool: ['true', 'false'], ip: ['198.51.100.7', '10.0.0.9'], number: ['1'], date: ['2100-01-01T00:00:00Z'] };

/** A user's name is the end of its ARN, with or without a path before it. */
function namesInArns(region: Region): Template[] {
  const head = (region.domain(PRINCIPAL_ARN).forms?.[0]?.head ?? '').split('');
  const name = { variable: USER_NAME, fallback: undefined };
  return [[...head, name], [...head, { of: 'any', times: 'many' } as const, name]].map((parts) => ({ text: '', parts, variables: [USER_NAME], arn: false }));
}

/** Where in a pattern the variable may begin: the positions after what the template has before it, each way apart, once for every place where it stands. */
function beginnings({ parts }: Template, key: string, { tokens }: Pattern, ignoreCase: boolean, valueOf: (name: string) => string | undefined): { readonly ways: readonly (readonly number[])[]; readonly isLast: boolean }[] {
  let ways: readonly (readonly number[])[] = [enter(tokens, 0)];
  const found: { ways: typeof ways; isLast: boolean }[] = [];
  const last = parts.findLastIndex((part) => isVariable(part, key));
  for (const [i, part] of parts.entries()) {
    const isKey = isVariable(part, key);
    if (isKey) found.push({ ways, isLast: i === parts.length - 1 });
    if (i >= last) break;
    const text = typeof part === 'string' ? part : 'variable' in part && !isKey ? valueOf(part.variable) : undefined;
    if (text !== undefined) for (const char of text.split('')) ways = ways.map((one) => step(tokens, one, char, ignoreCase)).filter((one) => one.length > 0);
    // Any text may stand here, so the variable may begin at any place from here on.
    else if (ways.length > 0) ways = tokens.map((_, i) => i).concat(tokens.length).filter((i) => i >= Math.min(...ways.flat())).map((i) => enter(tokens, i));
  }
  return found;
}
