import { testOn } from '../conditions.ts';
import { fill, isPattern, oneOrMore, plainGlob, patternOf, type Pattern, type Template, type Token } from '../pattern.ts';
import { patternsOperator } from '../operators.ts';
import { entriesOf, everyKind } from '../search/languages.ts';
import { findText } from '../search/texts.ts';
import { organizationKeys, ownerOrganizationKeys, pathKeys } from '../tables/key-groups.ts';
import type { Work } from '../search/work.ts';
import { carriedIn, carries, holdsAccounts, piecesDefined } from './account-patterns.ts';
import { textsLinkedTo } from './linked.ts';
import { idLetters, Readings, tellsOrganization } from './readings.ts';
import { alikeTo, butAlike, saidIn } from './alike.ts';
import { tells, type Profile } from './profile.ts';
import type { World } from './world.ts';

const digits = (length: number): Token[] => Array.from({ length }, () => ({ of: 'digit', times: 'one' }));
/** Twelve digits. */
export const accountForm: Pattern = patternOf(digits(12));
const regionWord = oneOrMore('region-word');
/** A Region's name is of words with dashes between them, and a digit at the end, so it holds no account's id. */
export const regionForm: Pattern = patternOf(regionWord, '-', regionWord, '-', { of: 'digit', times: 'one' });
/** What ARNs of any partition begin with. */
export const anyPartition: Pattern = patternOf('arn:aws', { of: 'region', times: 'many' });
/** `o-` and 10 to 32 of [a-z0-9]. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const organizationForm: Pattern = patternOf('o-', Array.from({ length: 32 }, (_, i): Token => ({ of: 'id', times: i < 10 ? 'one' : 'optional' })));

/** Accounts that are not mine, one for every way the policies tell them apart. */
export interface Strangers {
  /** Accounts that no policy names: first one of nobody we know, and one for each way wildcards tell others from it. */
  readonly unnamed: readonly string[];
  /** More that no policy names, for accounts that may be mine where nothing lists those that are. */
  readonly more: () => readonly [string, string, string];
  readonly named: readonly string[];
  /** Those named for which an account stands that is left of them, or itself: where nothing lists accounts, each is in doubt by its name. */
  readonly alike: (account: string) => readonly string[];
  /** Of those named, the accounts that may tell a caller, and those that may tell a resource's owner, by name or by a pattern. */
  readonly callers: readonly string[];
  readonly owners: readonly string[];
  /** Partners' accounts that the policies can tell from a stranger's: the definition lets partners do more than that, never less, so others get through nowhere that a stranger does not. */
  readonly partners: readonly string[];
}

export function strangeAccounts(world: World, work: Work): Strangers {
  const { partners, perimeter, profile, question: { callers } } = world;
  const patterns = world.accountPatterns;
  const terms = saidIn(perimeter);
  const taken = (id: string): boolean => profile.accounts.has(id) || terms.has(id) || partners.includes(id) || world.isMine(id);
  const fresh = freshAccount(patterns, taken);
  const another = (id: string): string[] => anotherLike(id, freshAccount(patterns, (other) => other === id || taken(other)), accountForm, patterns, taken, work);
  // An account that the definition alone speaks of stands for itself where no other is like it; for what else is taken others do, or it is asked about as well.
  const inPlaceOf = (id: string): string[] => { const others = another(id); return others.length > 0 || (profile.accounts.get(id) ?? 'owners') !== 'owners' || partners.includes(id) || world.isMine(id) ? others : [id]; };
  const matched = patterns.length === 0 ? [] : othersThan(fresh, accountForm, patterns, [], work).flatMap((id) => taken(id) ? inPlaceOf(id) : [id]);
  // Where a policy holds one account against another, or an account lies in one organization, two of each kind are told apart.
  const second = holdsAccounts(profile) || (patterns.length > 0 && world.testsAny(ownerOrganizationKeys)) ? [fresh, ...matched].flatMap(another) : [];
  const others = [...profile.accounts.keys()].filter((id) => !world.isMine(id) && !partners.includes(id));
  const named = butAlike(world, others);
  const unnamed = [...new Set([fresh, ...matched, ...second])];
  const besides = (...known: readonly string[]): string => freshAccount(patterns, (id) => known.includes(id) || unnamed.includes(id) || taken(id));
  return { more: () => { const first = besides(); const second = besides(first); return [first, second, besides(first, second)]; }, unnamed, named, alike: (account) => named.length < others.length && others.includes(account) ? alikeTo(world, account, others) : [account], callers: named.filter((id) => tells(profile, 'callers', id)), owners: named.filter((id) => tells(profile, 'owners', id) || areTold(patterns, fresh, id)), partners: butAlike(world, callers === 'partners' ? partners : partners.filter((id) => profile.accounts.has(id) || areTold(patterns, fresh, id))) };
}

/** An account of nobody we know, the same one every time so that a witness does not change from run to run; of those that read well one that no pattern takes, if there is one. */
function freshAccount(patterns: readonly Pattern[], taken: (id: string) => boolean): string {
  let known: string | undefined;
  for (const id of repeated) {
    if (taken(id)) continue;
    if (!patterns.some((one) => one.matches(id))) return id;
    known ??= id;
  }
  if (known !== undefined) return known;
  let id = 900_000_000_001;
  while (taken(String(id))) id++;
  return String(id);
}
const repeated = [...'987654321'].map((digit) => digit.repeat(12));

/** Organizations of others, one for every way the policies tell them apart; none where they test no organization. */
export function foreignOrganizations(world: World, work: Work): readonly string[] {
  if (!world.profile.keys.some(tellsOrganization)) return [];
  const { perimeter } = world;
  const told = [...organizationsTold(world)];
  const globs = told.filter((one) => one !== '*' && /[*?]/.test(one));
  const literals = told.filter((one) => /^o-[a-z0-9]{10,32}$/.test(one));
  const fresh = foreignOrganization(new Set([...perimeter.organizations, ...told]));
  // As of accounts.
  const patterns = globs.map(plainGlob);
  const matched = globs.length === 0 ? [] : othersThan(fresh, organizationForm, patterns, [...literals, ...perimeter.organizations].map(plainGlob), work);
  const isTaken = (one: string): boolean => perimeter.organizations.includes(one) || literals.includes(one);
  const isHeld = carries(world.profile, tellsOrganization);
  const second = isHeld ? [fresh, ...matched].flatMap((one) => anotherLike(one, foreignOrganization(new Set([...perimeter.organizations, ...told, one])), organizationForm, patterns, isTaken, work)) : [];
  return [...new Set([fresh, ...matched, ...literals, ...second])].filter((one) => !perimeter.organizations.includes(one));
}

const textsOnOrganizations = (profile: Profile): string[] => textsLinkedTo(tellsOrganization, profile);
/** Texts that an organization's id is held against. */
function organizationsTold(world: World): ReadonlySet<string> {
  const { perimeter, profile } = world;
  const { conditions, keys } = profile;
  const readings = new Readings(world, idLetters);
  const defined = carries(profile, tellsOrganization) ? piecesDefined(world, idLetters, 34).filter((one) => one.startsWith('o-')) : [];
  const told = new Set<string>([...carriedIn(world, idLetters, 34, textsOnOrganizations), ...defined].filter((one) => /^(?:[o?][-?*]|\*)[a-z0-9*?-]*[a-z0-9?]/.test(one)));
  // A text that begins with a variable for an organization may go on behind the id of mine.
  const ofMine = (value: Pattern | Template): string[] => isPattern(value) || !value.variables.some((one) => organizationKeys.has(one)) ? [] : perimeter.organizations.flatMap((one) => fill(value, (name) => organizationKeys.has(name) ? one : undefined)?.text ?? []);
  for (const key of keys.filter(tellsOrganization)) {
    for (const { given, operator } of conditions.get(key) ?? []) for (const value of given) for (const said of [...readings.of(value), ...ofMine(value)]) {
      const text = operator.ignoreCase ? said.toLowerCase() : said;
      for (const one of pathKeys.has(key) ? organizationsOn(text) : [text]) told.add(one);
    }
  }
  return told;
}

/** What a pattern of paths, each of which begins with its organization, may say of that: what stands before its first slash, or before a wildcard that may be the slash. */
function organizationsOn(path: string): string[] {
  const [before] = path.replace(/\*+/g, '*').split('/', 1) as [string];
  const [short] = MOST_OF_ID.exec(before)!;
  return [...short === before ? [before] : [], ...Array.from(short.matchAll(/[*?]/g), ({ 0: wildcard, index }) => short.slice(0, index + (wildcard === '*' ? 1 : 0)))];
}
/** An organization's id has 34 characters at most: what has more takes none. */
const MOST_OF_ID = /^(?:\*?[^*]){0,35}\*?/;

/** Whether some pattern takes one text and not the other. */
export const areTold = (patterns: readonly Pattern[], a: string, b: string): boolean => patterns.some((one) => one.matches(a) !== one.matches(b));

/** Texts of a form, none of them among `named`: one for every way, but that of a text there is already, in which the patterns tell them apart. */
export function othersThan(known: string, form: Pattern, patterns: readonly Pattern[], named: readonly Pattern[], work: Work): string[] {
  const [only, ...others] = patterns;
  if (only !== undefined && others.length === 0) {
    const found = findText([{ test: testOn('', patternsOperator, [only]), want: !only.matches(known) }, { test: testOn('', patternsOperator, named), want: false }], [form], [], work);
    return found === undefined ? [] : [found];
  }
  return everyKind([form], [...patterns, ...named].map((one) => entriesOf([one])), [], Infinity, work).filter((text) => areTold(patterns, text, known));
}

/** One more that patterns take as they take `known`, if there is any: `readable` where it is such a one. */
export function anotherLike(known: string, readable: string, form: Pattern, patterns: readonly Pattern[], isTaken: (text: string) => boolean, work: Work): string[] {
  if (!areTold(patterns, readable, known)) return [readable];
  const like = patterns.map((one) => ({ test: testOn('', patternsOperator, [one]), want: one.matches(known) }));
  for (const besides = [known];;) {
    const found = findText([...like, { test: testOn('', patternsOperator, besides.map(plainGlob)), want: false }], [form], [], work);
    if (found === undefined) return [];
    if (!isTaken(found)) return [found];
    besides.push(found);
  }
}

/** An organization that is not mine and that no policy names. */
function foreignOrganization(taken: ReadonlySet<string>): string {
  const candidates = ['o-zzzzzzzzzz', 'o-yyyyyyyyyy', 'o-xxxxxxxxxx'];
  return candidates.find((one) => !taken.has(one)) ?? `o-zzzzzzzzzz${taken.size}`;
}
