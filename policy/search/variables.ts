import type { Formula } from '../formula.ts';
import { literal, patternOf } from '../pattern.ts';
import { keyKind } from '../tables/keys.ts';
import { PRINCIPAL_ARN, USER_NAME } from './compile.ts';
import { examplesOf } from './examples.ts';
import { isFreeIn, isNatural, isRanged, ownTemplates, variablesOf } from './held.ts';
import type { Search } from './kinds.ts';
import { CLOCK, EPOCH, inUnitsOf } from './numbers.ts';
import { absent, only, type Choice, type Domain, type Region } from './region.ts';
import { textsOf } from './told.ts';

/**
 * The region, once for every way in which the keys that variables name matter: where a variable's value is free, each
 * choice stands for all values that no pattern can tell from it, wherever the variable is put.
 */
export function* settled(formula: Formula, region: Region, search: Search): Generator<Region> {
  const free = [...new Set(variablesOf(formula))].filter(isFreeIn(region));
  if (free.length === 0) { yield region; return; }
  // A user's name is the end of its ARN: what is held against the one tells values of the other apart.
  const isUsers = free.includes(USER_NAME) && free.includes(PRINCIPAL_ARN);
  if (isUsers) search.gap ??= 'name and ARN of a user are variables both';
  yield* inTurn(formula, free, { region, domains: new Map() }, search);
}

/** A region in which some keys are settled, with the domains that they have now, so that looking one up takes no longer the more there are. */
interface Settling { readonly region: Region; readonly domains: ReadonlyMap<string, Domain> }

function* inTurn(formula: Formula, open: readonly string[], { region, domains }: Settling, search: Search): Generator<Region> {
  const made: Region = { ...region, domain: (one) => domains.get(one) ?? region.domain(one) };
  const free = open.filter(isFreeIn(made));
  if (free.length === 0) { yield made; return; }
  search.work.spend(50 * (free.length + domains.size));
  // What is held against a user's ARN is held against its name, which ends it.
  const next = free.includes(USER_NAME) && (free.includes(PRINCIPAL_ARN) || ownTemplates(PRINCIPAL_ARN, formula).length > 0) ? [USER_NAME] : nextOf(free, formula);
  for (const key of next) {
    const tried = { ...search };
    const choices = choicesOf(key, formula, made, tried);
    // Of two that stand in texts of one key, the one may be told from all that the other makes of its text, and the other once the first is settled, but not the other way round.
    if (tried.gap !== search.gap && key !== next.at(-1)) continue;
    search.gap = tried.gap;
    const others = free.filter((one) => one !== key);
    for (const choice of choices) yield* inTurn(formula, others, withChoice({ region, domains }, key, choice), search);
    return;
  }
  search.gap ??= `\`\${${free[0]!}}\` is held against itself through other variables`;
}

/** What stands in a test of another variable comes after it, for that must be told by all that is held against either. */
function nextOf(free: readonly string[], formula: Formula): string[] {
  const later = new Set<string>();
  for (const other of free) for (const on of other === PRINCIPAL_ARN ? [other, USER_NAME] : [other]) for (const { template } of ownTemplates(on, formula)) for (const one of template.variables) if (one !== other) later.add(one);
  return free.filter((one) => !later.has(one));
}

function withChoice({ region, domains }: Settling, key: string, choice: Choice): Settling {
  const value = choice?.[0];
  const made = new Map(domains).set(key, choice === null ? absent : only(...choice));
  const given = { region, domains: made };
  if (value === undefined) return given;
  switch (key) {
    // Both keys tell the same time.
    case EPOCH: made.set(CLOCK, only(new Date(Number(value) * 1000).toISOString())); return given;
    case CLOCK: made.set(EPOCH, only(...inUnitsOf(EPOCH, [value]))); return given;
    case PRINCIPAL_ARN: return { ...given, region: { ...region, principal: { ...region.principal, arn: value } } };
    case USER_NAME: {
      // The name is the end of the user's ARN.
      const domain = domains.get(PRINCIPAL_ARN) ?? region.domain(PRINCIPAL_ARN);
      if (domain.only !== undefined) return given;
      const head = domain.forms?.[0]?.head ?? '';
      made.set(PRINCIPAL_ARN, { ...domain, forms: [literal(`${head}${value}`), patternOf(head, { of: 'any', times: 'many' }, `/${value}`)], liked: [`${head}${value}`] });
      return given;
    }
    default: return given;
  }
}

function choicesOf(key: string, formula: Formula, region: Region, search: Search): Choice[] {
  const domain = region.domain(key);
  const choices: Choice[] = domain.missing ? [null] : [];
  if (!domain.present) return choices;
  // Several values of a key fill no variable, but pass tests of some value each.
  if (domain.many === true) search.gap ??= `\`\${${key}}\` may stand for several values`;
  if (keyKind(key) === 'bool') return [...choices, ...['true', 'false'].filter((one) => domain.forms?.some((form) => form.matches(one)) ?? true).map((one) => [one])];
  if (!isRanged(key, formula)) return [...choices, ...textsOf(key, domain, formula, region, search).map((one) => [one])];
  search.gap ??= `the variable \`\${${key}}\` stands for too many values to try`;
  const examples = examplesOf(key, formula, region, search).map((one) => [one]);
  return [...choices, ...examples, ...isNatural(key) ? [] : textsOf(key, domain, formula, region, search).map((one) => [one])];
}
