import type { Formula } from '../formula.ts';
import { RESOURCE } from '../parse.ts';
import { literal, plainGlob, type Template, type Token } from '../pattern.ts';
import { keyKind } from '../tables/keys.ts';
import { beginnings } from './beginnings.ts';
import { namesIn, PRINCIPAL_ARN, USER_NAME, valuesIn } from './compile.ts';
import { examplesOf } from './examples.ts';
import { ANY, colonsTold, isFreeIn, isRanged, isSplit, patternsOn, throughOthers, variablesOf, type Patterns } from './held.ts';
import type { Search } from './kinds.ts';
import { entriesOf, everyKind, type Entry, type Nowhere } from './languages.ts';
import { areShifted, headOf, inArn, mayMeet, placesOf, type Place } from './places.ts';
import { settledChoice, type Choice, type Domain, type Region } from './region.ts';
import type { Work } from './work.ts';

const MOST = 300;

/** One text for every way in which it matters what the variable stands for, wherever it stands. */
export function textsOf(key: string, domain: Domain, formula: Formula, region: Region, search: Search): string[] {
  const { accepting, open, loose } = told(key, formula, region, search);
  const through = throughOthers(key, formula, region, search).map(({ patterns, ignoreCase }) => entriesOf(patterns, ignoreCase));
  const nowhere = loose === undefined ? undefined : namedIn([...accepting, ...through, open], loose);
  const found = everyKind(domain.forms ?? [ANY], loose === undefined ? [...accepting, ...through] : oneByOne([...accepting, ...through]), open, MOST, search.work, nowhere);
  if (found.length > MOST || nowhere?.isShort === true) search.gap ??= `the variable \`\${${key}}\` stands for too many values to try`;
  const fits = (text: string): boolean => (domain.tests ?? []).every(({ test, want }) => test.fits(text) === want);
  return [...new Set([...domain.liked ?? [], ...found, ...domain.forms?.some((form) => form.matches('')) ?? true ? [''] : []])].filter(fits);
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
  if (unsettled.some((one, i) => unsettled.slice(0, i).some((other) => areShifted(one, other, key)))) search.gap ??= `\`\${${key}}\` stands in several texts of \`${unsettled[0]!.on.replace(RESOURCE, 'Resource')}\``;
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

/** What patterns and texts name, in either case. */
function namedIn(languages: readonly (readonly Entry[])[], templates: readonly Template[]): Nowhere {
  const named = new Set<string>();
  // Many entries are of one pattern, in other places of it.
  for (const parts of new Set([...languages.flatMap((one) => one.map(({ tokens }) => tokens)), ...templates.map((one) => one.parts)])) for (const part of parts) if (typeof part === 'string') named.add(part).add(part.toLowerCase()).add(part.toUpperCase());
  return { named, lacking: [], isShort: false };
}
/** Lists with each text of theirs by itself: which of them a value is tells what may go on with it. */
const oneByOne = (languages: readonly Entry[][]): Entry[][] => languages.flatMap((one) => {
  const isText = ({ tokens }: Entry): boolean => tokens.every((token) => typeof token === 'string');
  return one.length < 2 || !one.some(isText) ? [one] : [one, ...one.filter(isText).map((entry) => [entry])];
});

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
