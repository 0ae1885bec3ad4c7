import type { Condition } from '../conditions.ts';
import { single } from '../decide.ts';
import { policiesOf, type Formula } from '../formula.ts';
import { RESOURCE } from '../parse.ts';
import { closure, literal, patternOf, plainGlob, step, type Pattern, type Template } from '../pattern.ts';
import { keyKind } from '../tables/keys.ts';
import { PRINCIPAL_ARN, USER_NAME, valuesIn } from './compile.ts';
import type { Search } from './keys.ts';
import { entriesOf, everyState, type Entry } from './languages.ts';
import { absent, only, settledChoice, type Choice, type Domain, type Region } from './region.ts';

const MOST = 300;

const variables = new WeakMap<Formula, readonly string[]>();
/** Keys that the formula's policies put into texts. */
export function variablesOf(formula: Formula): readonly string[] {
  let named = variables.get(formula);
  if (named === undefined) variables.set(formula, named = [...new Set(policiesOf(formula).flatMap(({ statements }) => statements.flatMap((one) => one.variables)))]);
  return named;
}

/**
 * The region, once for every way in which the keys that variables name matter: where a variable's value is free, each
 * choice stands for all values that no pattern can tell from it, wherever the variable is put.
 */
export function* settled(formula: Formula, region: Region, search: Search): Generator<Region> {
  const key = variablesOf(formula).find((one) => settledChoice(region.domain(one)) === undefined);
  if (key === undefined) { yield region; return; }
  const tests = policiesOf(formula).flatMap(({ statements }) => statements.flatMap((one) => [...one.conditions, ...one.resources === undefined ? [] : [one.resources.test]]));
  for (const choice of choicesOf(key, tests, region, search)) yield* settled(formula, withChoice(region, key, choice), search);
}

function withChoice(region: Region, key: string, choice: Choice): Region {
  const settledKey: Domain = choice === null ? absent : only(...choice);
  const value = single(choice ?? undefined);
  const made: Region = { ...region, domain: (one) => one === key ? settledKey : region.domain(one) };
  if (key === PRINCIPAL_ARN && value !== undefined) return { ...made, principal: { ...region.principal, arn: value } };
  if (key !== USER_NAME || value === undefined) return made;
  // The name is the end of the user's ARN.
  const domain = region.domain(PRINCIPAL_ARN);
  if (domain.only !== undefined) return made;
  const head = domain.forms?.[0]?.head ?? '';
  const forms = [literal(`${head}${value}`), patternOf(head, { of: 'any', times: 'many' }, `/${value}`)];
  return { ...made, domain: (one) => one === PRINCIPAL_ARN ? { ...domain, forms, liked: [`${head}${value}`] } : made.domain(one) };
}

function choicesOf(key: string, tests: readonly Condition[], region: Region, search: Search): Choice[] {
  const domain = region.domain(key);
  const choices: Choice[] = domain.missing ? [null] : [];
  if (!domain.present) return choices;
  const kind = keyKind(key);
  if (kind === 'bool') return [...choices, ['true'], ['false']];
  if (kind === 'number' || kind === 'date' || kind === 'ip') search.gap ??= `the variable \`\${${key}}\` stands for too many values to try`;
  return [...choices, ...textsOf(key, domain, tests, region, search).map((one) => [one])];
}

/** One text for every state that the patterns can be in after it, begun wherever the variable stands. */
function textsOf(key: string, domain: Domain, tests: readonly Condition[], region: Region, search: Search): string[] {
  const told = [...entriesFor(key, tests, region), ...(domain.tests ?? []).flatMap(({ test }) => entriesOf(test.patterns, test.operator.ignoreCase))];
  const found = everyState(domain.forms ?? [plainGlob('?*')], told, MOST, search.work);
  if (found.length > MOST) search.gap ??= `the variable \`\${${key}}\` stands for too many values to try`;
  const fits = (text: string): boolean => (domain.tests ?? []).every(({ test, want }) => test.fits(text) === want);
  return [...new Set([...domain.liked ?? [], ...found])].filter(fits);
}

/** What a value of the variable meets: the tests of its own key, and whatever else is held against the texts it stands in. */
function entriesFor(key: string, tests: readonly Condition[], region: Region): Entry[] {
  const valueOf = valuesIn(region);
  const patternsOn = (name: string): { pattern: Pattern; ignoreCase: boolean }[] => {
    const own = tests.filter((one) => one.key === name).flatMap((one) => one.filled(valueOf).patterns.map((pattern) => ({ pattern, ignoreCase: one.operator.ignoreCase })));
    const value = valueOf(name);
    const forms = value !== undefined ? [literal(value)] : (name === RESOURCE ? region.resources?.() : region.domain(name))?.forms ?? [];
    return [...own, ...forms.map((pattern) => ({ pattern, ignoreCase: false }))];
  };
  const own = patternsOn(key).map(({ pattern, ignoreCase }): Entry => ({ tokens: pattern.tokens, ignoreCase }));
  const inside = tests.flatMap((one) => one.templates.flatMap((template) => !template.variables.includes(key) ? []
    : patternsOn(one.key).flatMap(({ pattern, ignoreCase }) => beginnings(template, key, pattern, ignoreCase || one.operator.ignoreCase, valueOf).map((from): Entry => ({ tokens: pattern.tokens, ignoreCase, from })))));
  return [...new Map([...own, ...inside].map((one) => [JSON.stringify(one), one])).values()];
}

/** Where in a pattern the variable may begin: the positions after what the template has before it, each way apart. */
function beginnings({ parts }: Template, key: string, { tokens }: Pattern, ignoreCase: boolean, valueOf: (name: string) => string | undefined): (readonly number[])[] {
  let ways: (readonly number[])[] = [closure(tokens, [0])];
  for (const part of parts) {
    const text = typeof part === 'string' ? part : 'variable' in part && part.variable !== key ? valueOf(part.variable) : undefined;
    if (typeof part === 'object' && 'variable' in part && part.variable === key) return ways;
    if (text !== undefined) for (const char of text.split('')) ways = ways.map((one) => step(tokens, one, char, ignoreCase)).filter((one) => one.length > 0);
    // Any text may stand here, so the variable may begin at any place from here on.
    else if (ways.length > 0) ways = tokens.map((_, i) => i).concat(tokens.length).filter((i) => i >= Math.min(...ways.flat())).map((i) => closure(tokens, [i]));
  }
  return ways;
}
