import type { Condition } from '../conditions.ts';
import { policiesOf, type Formula } from '../formula.ts';
import { RESOURCE, type Policy, type Statement } from '../parse.ts';
import { enter, folded, isOpen, isPattern, literal, patternOf, plainGlob, step, type Pattern, type Template, type Token } from '../pattern.ts';
import { keyKind } from '../tables/keys.ts';
import { namesIn, PRINCIPAL_ARN, USER_NAME, valuesIn } from './compile.ts';
import { ANY, colonsTold, endOfArn, fillingOfTest, isAlike, isFreeIn, isNatural, isRanged, isSplit, isVariable, ownTemplates, patternsOn, testsOf, throughOthers, type Patterns } from './held.ts';
import { solveKey } from './keys.ts';
import type { Search } from './kinds.ts';
import { entriesOf, everyKind, type Entry, type Nowhere } from './languages.ts';
import { CLOCK, EPOCH, inUnitsOf } from './numbers.ts';
import type { Literal } from './logic.ts';
import { absent, only, settledChoice, type Choice, type Domain, type Region } from './region.ts';
import type { Work } from './work.ts';

const MOST = 300;

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


/** Some values of a key that has too many to try, on either side of each test: they show what any value allows. */
function examplesOf(key: string, formula: Formula, region: Region, search: Search): string[] {
  const [asked, others] = key === EPOCH || key === CLOCK ? [CLOCK, [EPOCH, CLOCK]] : [key, [key]];
  const domain = { ...region.domain(asked), missing: false };
  const tests = testsOf(formula).filter((test) => others.includes(test.key) && test.variables.length === 0);
  const literals = tests.flatMap((test): Literal[] => [true, false].map((positive) => ({ kind: 'literal', key: asked, test, positive })));
  const found = [[], ...literals.map((one) => [one])].flatMap((some) => solveKey(asked, domain, some, search)?.[0] ?? []);
  return [...new Set(found)].flatMap((one) => inUnitsOf(key, [one]));
}

/** One text for every way in which it matters what the variable stands for, wherever it stands. */
function textsOf(key: string, domain: Domain, formula: Formula, region: Region, search: Search): string[] {
  const { accepting, open, loose } = told(key, formula, region, search);
  const through = throughOthers(key, formula, region, search).map(({ patterns, ignoreCase }) => entriesOf(patterns, ignoreCase));
  const nowhere = loose === undefined ? undefined : namedIn([...accepting, ...through, open], loose);
  const found = everyKind(domain.forms ?? [ANY], loose === undefined ? [...accepting, ...through] : oneByOne([...accepting, ...through]), open, MOST, search.work, nowhere);
  if (found.length > MOST || nowhere?.isShort === true) search.gap ??= `the variable \`\${${key}}\` stands for too many values to try`;
  const fits = (text: string): boolean => (domain.tests ?? []).every(({ test, want }) => test.fits(text) === want);
  return [...new Set([...domain.liked ?? [], ...found, ...domain.forms === undefined ? [''] : []])].filter(fits);
}

/**
 * The tests of the variable's own key, and whatever else is held against the texts it stands in; open, where more follows it there. Loose, where a
 * text has to be kept from many at once that begin with the value (`${variable}*`): of values that patterns are left alike by, one that names what they all
 * must go on with leaves nothing beside it, and one with a character that they do not name leaves most.
 */
function told(key: string, formula: Formula, region: Region, search: Search): { readonly accepting: Entry[][]; readonly open: Entry[]; readonly loose: readonly Template[] | undefined } {
  search.work.spend(2_000);
  const accepting = patternsOn(key, formula, region, search.work).map(({ patterns, ignoreCase }) => entriesOf(patterns, ignoreCase));
  const settledOn = (one: Place): Choice | undefined => settledChoice(region.domain(one.on));
  const places = placesOf(key, formula).filter((one) => settledOn(one) !== null);
  search.work.spend(20 * places.length ** 2);
  // Of a text that is settled, or a flag, patterns tell all that may stand in it.
  const unsettled = places.filter((one) => settledOn(inArn(one)) === undefined && keyKind(one.on) !== 'bool');
  if (unsettled.some((one, i) => unsettled.slice(0, i).some((other) => areShifted(one, other, key)))) search.gap ??= `\`\${${key}}\` stands in several texts of \`${unsettled[0]!.on}\``;
  const isLoose = places.some(({ isAsked, template: { parts } }) => !isAsked && parts.filter((part) => typeof part !== 'string').length > 1);
  const inside = key === USER_NAME ? [...places, itself] : places;
  const filled = new Map<string, Patterns[]>();
  const found = (on: string): Patterns[] => {
    if (on === USER_NAME) return inNames(heldAgainst(PRINCIPAL_ARN), region, search.work);
    const tried = { ...search };
    const made = [...ofKind(on, key, formula, region, search), ...patternsOn(on, formula, region, search.work), ...throughOthers(on, formula, region, tried, key)];
    // Of resources, policies write texts for one or another: what holds variables in them tells this one nothing where no resource has to be of both.
    if (on !== RESOURCE || (tried.gap !== search.gap && isCrossed())) search.gap ??= tried.gap;
    return made;
  };
  const heldAgainst = (on: string): Patterns[] => {
    const made = filled.get(on) ?? found(on);
    filled.set(on, made);
    return made;
  };
  const isCrossed = (): boolean => [...new Set(variablesOf(formula))].some((other) => {
    if (other === key || !isFreeIn(region)(other)) return false;
    search.work.spend(2_000);
    return placesOf(other, formula).some((one) => one.on === RESOURCE && !one.template.variables.includes(key) && places.some((place) => place.on === RESOURCE && mayMeet(one, place)));
  });
  const numbers = new Numbers();
  const accepted = new Map(accepting.map((one) => [one.map((entry) => numbers.nameOf(entry)).join(';'), one]));
  const left = new Map<string, Entry>();
  if (unsettled.some(({ on, ignoreCase, isAsked }) => ignoreCase && isAsked && isSplit(heldAgainst(on)))) search.gap ??= `\`\${${key}}\` stands in a text in any case that is told by case as well`;
  for (const { on, template, ignoreCase: caseless } of inside) {
    const head = headOf(template);
    for (let most = colonsTold(template, key); most > 0; most--) {
      const [entry] = entriesOf([plainGlob(`${'*:'.repeat(most)}*`)]);
      accepted.set(numbers.nameOf(entry!), [entry!]);
    }
    for (const one of heldAgainst(on)) {
      const ignoreCase = one.ignoreCase || caseless;
      for (const pattern of one.patterns.flatMap(({ alternatives }) => alternatives)) {
        search.work.spend(8);
        // Most of many texts begin otherwise.
        if (!ignoreCase && !head.startsWith(pattern.head) && !pattern.head.startsWith(head)) continue;
        for (const { ways, isLast } of beginnings(template, key, pattern, ignoreCase, valuesIn(region), search.work)) {
          for (const from of ways) {
            const entry: Entry = { tokens: pattern.tokens, ignoreCase, from };
            if (isLast) accepted.set(numbers.nameOf(entry), [entry]); else left.set(numbers.nameOf(entry), entry);
          }
        }
      }
    }
  }
  return { accepting: [...accepted.values()], open: [...left.values()], loose: isLoose ? inside.map(({ template }) => template) : undefined };
}

/** A text with the variable, as a test of some key holds it: whether a request that satisfies the formula has to match it, or be kept from it. */
interface Place { readonly on: string; readonly template: Template; readonly ignoreCase: boolean; readonly isAsked: boolean; readonly test?: Condition; readonly granted?: { readonly by: Policy; readonly at: Statement } | undefined }
function placesOf(variable: string, formula: Formula, isWanted = true): readonly Place[] {
  if (formula.kind === 'not') return placesOf(variable, formula.of, !isWanted);
  if (formula.kind !== 'policy') return formula.of.flatMap((one) => placesOf(variable, one, isWanted));
  const by = formula.policy;
  return by.statements.flatMap((statement) => {
    const { effect, conditions, resources, variables } = statement;
    if (!variables.includes(variable)) return [];
    const within = (test: Condition, negated: boolean): Place[] => test.given.flatMap((template) => isPattern(template) || !template.variables.includes(variable) ? []
      : [{ on: test.key, template, ignoreCase: test.operator.ignoreCase, isAsked: isWanted === ((effect === 'Allow') !== negated), test, granted: isWanted && effect === 'Allow' ? { by, at: statement } : undefined }]);
    return [...conditions.flatMap((one) => within(one, one.operator.negated)), ...resources === undefined ? [] : within(resources.test, resources.negated)];
  });
}

/** A place in a user's name as one in its ARN. */
const inArn = (one: Place): Place => one.on === USER_NAME ? { ...one, on: PRINCIPAL_ARN, template: endOfArn(one.template) } : one;

/** Whether one text may have to be of both places, or of one and not the other, and the value stands in it at two places then: it matters how that goes on within itself. */
function areShifted(one: Place, other: Place, key: string): boolean {
  const [a, b] = one.on === other.on ? [one, other] : [inArn(one), inArn(other)];
  if (a.on !== b.on || !mayMeet(a, b)) return false;
  // Only a value with letters has another case, to be of the one text and not of the other.
  if (a.ignoreCase !== b.ignoreCase && a.isAsked !== b.isAsked && a.ignoreCase === a.isAsked) return true;
  const isPlain = (parts: Template['parts']): boolean => isVariable(parts[headOf({ parts }).length]!, key) && parts.filter((part) => isVariable(part, key)).length === 1;
  // As far from the beginning, or from the end, the value is the same piece of either text.
  const areAligned = (x: Template['parts'], y: Template['parts']): boolean => isPlain(x) && isPlain(y) && headOf({ parts: x }).length === headOf({ parts: y }).length;
  const [x, y] = [a.template.parts, b.template.parts];
  return !isAlike(a.template, b.template) && !areAligned(x, y) && !areAligned(x.toReversed(), y.toReversed());
}
/** Whether one text may have to be of both places, or of one and not the other. */
function mayMeet(a: Place, b: Place): boolean {
  if (!(a.isAsked || b.isAsked)) return false;
  // Of several values, and of several statements of a policy that allow, one suffices.
  if (a.isAsked && b.isAsked && (a.test === b.test || (a.granted !== undefined && a.granted.by === b.granted?.by && a.granted.at !== b.granted.at))) return false;
  const [x, y] = [a.template.parts, b.template.parts];
  const ignoreCase = a.ignoreCase || b.ignoreCase;
  return !areApart(x, y, ignoreCase) && !areApart(x.toReversed(), y.toReversed(), ignoreCase);
}
/** Whether two templates begin differently, whatever the variables that they have in common stand for. */
function areApart(x: Template['parts'], y: Template['parts'], ignoreCase: boolean): boolean {
  const isSame = (one: Template['parts'][number], other: Template['parts'][number] | undefined): boolean => typeof one === 'string'
    ? typeof other === 'string' && (one === other || (ignoreCase && folded(one) === folded(other))) : isOpen(one) && other !== undefined && isVariable(other, one.variable) && one.fallback === (other as typeof one).fallback;
  const at = x.findIndex((part, i) => !isSame(part, y[i]));
  return at >= 0 && typeof x[at] === 'string' && typeof y[at] === 'string';
}

/** What patterns and texts name, in either case. */
function namedIn(languages: readonly (readonly Entry[])[], templates: readonly Template[]): Nowhere {
  const named = new Set<string>();
  for (const part of [...languages.flat().flatMap(({ tokens }) => tokens), ...templates.flatMap(({ parts }) => parts)]) if (typeof part === 'string') named.add(part).add(part.toLowerCase()).add(part.toUpperCase());
  return { named, lacking: [], isShort: false };
}
/** Lists with each text of theirs by itself: which of them a value is tells what may go on with it. */
const oneByOne = (languages: readonly Entry[][]): Entry[][] => languages.flatMap((one) => {
  const isText = ({ tokens }: Entry): boolean => tokens.every((token) => typeof token === 'string');
  return one.length < 2 || !one.some(isText) ? [one] : [one, ...one.filter(isText).map((entry) => [entry])];
});

/** The text before a template's first wildcard or variable. */
function headOf({ parts }: Pick<Template, 'parts'>): string {
  const end = parts.findIndex((part) => typeof part !== 'string');
  return parts.slice(0, end).join('');
}

/** Tells entries apart by what they hold: those of equal patterns in equal places have the same name. */
class Numbers {
  readonly #known = new Map<readonly Token[], number>();
  readonly #written = new Map<string, number>();

  nameOf({ tokens, ignoreCase, from }: Entry): string { return `${this.#numberOf(tokens)}${ignoreCase ? 'i' : ''}:${from?.join() ?? ''}`; }

  #numberOf(tokens: readonly Token[]): number {
    const known = this.#known.get(tokens);
    if (known !== undefined) return known;
    const text = JSON.stringify(tokens);
    const number = this.#written.get(text) ?? this.#written.size;
    this.#written.set(text, number);
    this.#known.set(tokens, number);
    return number;
  }
}

/** What a key that holds more than text may carry, for a variable that is held against it as text: both flags, and some of many addresses, numbers or dates. */
function ofKind(on: string, key: string, formula: Formula, region: Region, search: Search): Patterns[] {
  if (on === RESOURCE || !isFreeIn(region)(on)) return [];
  const isFlag = keyKind(on) === 'bool';
  if (!isFlag && !isRanged(on, formula)) return [];
  if (!isFlag) search.gap ??= `the variable \`\${${key}}\` is held against another`;
  return (isFlag ? ['true', 'false'] : examplesOf(on, formula, region, search)).map((text) => ({ patterns: [literal(text)], ignoreCase: false }));
}

/** What is held against the ARNs of a region's users, as it is held against the names that end them. */
function inNames(lists: readonly Patterns[], region: Region, work: Work): Patterns[] {
  const head = region.domain(PRINCIPAL_ARN).forms?.[0]?.head ?? '';
  return lists.map(({ patterns, ignoreCase }) => ({ ignoreCase, patterns: patterns.flatMap((one) => one.alternatives).flatMap((one) => {
    // Most of a long list are of other accounts.
    if (!ignoreCase && !head.startsWith(one.head) && !one.head.startsWith(head)) return [];
    const { tokens } = one;
    work.spend(tokens.length * (1 + tokens.filter((token) => typeof token !== 'string').length));
    return namesIn(one);
  }) }));
}
/** A user's name as it ends its ARN. */
const itself: Place = { on: USER_NAME, template: { text: '', parts: [{ variable: USER_NAME, name: USER_NAME, fallback: undefined }], variables: [USER_NAME], arn: false }, ignoreCase: false, isAsked: true };

/** Where in a pattern the variable may begin: the positions after what the template has before it, each way apart, once for every place where it stands. */
function beginnings({ parts }: Template, key: string, { tokens }: Pattern, ignoreCase: boolean, valueOf: (name: string) => string | undefined, work: Work): { readonly ways: Ways; readonly isLast: boolean }[] {
  work.spend(60 + 2 * parts.length);
  let ways: Ways = [enter(tokens, 0)];
  let anywhere: Ways | undefined;
  const found: { ways: Ways; isLast: boolean }[] = [];
  const last = parts.findLastIndex((part) => isVariable(part, key));
  for (const [i, part] of parts.entries()) {
    const isKey = isVariable(part, key);
    const isLast = i === parts.length - 1;
    if (isKey && (isLast || found.at(-1)?.ways !== ways)) {
      work.spend(20 * ways.length);
      found.push({ ways, isLast });
    }
    if (i >= last || ways.length === 0) break;
    const text = typeof part === 'string' ? part : 'variable' in part && !isKey ? valueOf(part.variable) : undefined;
    if (text !== undefined) {
      for (const char of text.split('')) {
        work.spend(10 * ways.length);
        ways = ways.map((one) => step(tokens, one, char, ignoreCase)).filter((one) => one.length > 0);
      }
    // Any text may stand here, so the variable may begin at any place from here on.
    } else if (ways !== anywhere) {
      work.spend(10 * tokens.length);
      const least = Math.min(...ways.flat());
      ways = anywhere = tokens.map((_, i) => i).concat(tokens.length).filter((i) => i >= least).map((i) => enter(tokens, i));
    }
  }
  return found;
}

/** Sets of positions in a pattern, of which one holds. */
type Ways = readonly (readonly number[])[];
