import { testOn, type Condition } from '../conditions.ts';
import { fill, isPattern, literal, oneOrMore, plainGlob, withVariables, patternOf, Pattern, type Template, type Token } from '../pattern.ts';
import { patternsOperator } from '../operators.ts';
import { entriesOf, everyKind } from '../search/languages.ts';
import { findText } from '../search/texts.ts';
import { accountKeys, arnKeys, organizationKeys, pathKeys } from '../tables/key-groups.ts';
import type { Work } from '../search/work.ts';
import { butAlike } from './alike.ts';
import { aroundIds, aroundVariables, piecesOf } from './pieces.ts';
import { tells, textsOnResource, type Profile } from './profile.ts';
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
  /** One more that no policy names, for an account that may be mine where nothing lists those that are. */
  readonly another: (besides?: string) => string;
  readonly named: readonly string[];
  /** Of those named, the accounts that may tell a caller, and those that may tell a resource's owner. */
  readonly callers: readonly string[];
  readonly owners: readonly string[];
  readonly partners: readonly string[];
}

export function strangeAccounts(world: World, work: Work): Strangers {
  const { partners, perimeter, profile } = world;
  const patterns = accountPatterns(world);
  const taken = (id: string): boolean => profile.accounts.has(id) || partners.includes(id) || world.isMine(id);
  const fresh = freshAccount(patterns, taken);
  // Where a policy holds one account against another, two that it does not name are told apart.
  const second = holdsAccounts(profile) ? [freshAccount(patterns, (id) => id === fresh || taken(id))] : [];
  let matched: string[] = [];
  if (patterns.length > 0) {
    const others = [...profile.accounts.keys(), ...partners, ...perimeter.accounts ?? [], ...perimeter.standaloneAccounts, world.account].filter((id) => areTold(patterns, id, fresh));
    matched = othersThan(fresh, accountForm, patterns, [...new Set(others)].map(plainGlob), work).filter((id) => !taken(id));
  }
  const named = butAlike(world, [...profile.accounts.keys()].filter((id) => !world.isMine(id) && !partners.includes(id)));
  const unnamed = [...new Set([fresh, ...matched, ...second])];
  return { another: (besides) => freshAccount(patterns, (id) => id === besides || unnamed.includes(id) || taken(id)), unnamed, named, callers: named.filter((id) => tells(profile, 'callers', id)), owners: named.filter((id) => tells(profile, 'owners', id)), partners: butAlike(world, partners) };
}

/** Whether policies hold one account against another. */
export const holdsAccounts = ({ variables }: Profile): boolean => variables.some((key) => accountKeys.has(key) || arnKeys.has(key));

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

/** Ids below a whole number of twelve digits, and the one that is the same; above it is the rest. */
function aboutNumber(number: number): Pattern[] {
  const id = String(number).padStart(12, '0');
  const below = Array.from(id, (digit, i) => Array.from({ length: Number(digit) }, (_, lower) => plainGlob(`${id.slice(0, i)}${lower}*`))).flat();
  return [new Pattern('', below), literal(id)];
}

/** What accounts may be told apart by: what policies test, and what is known of the resource. */
interface Told { readonly profile: Profile; readonly question?: World['question'] }

/** Patterns and numbers that an account id meets, where they tell one account from another. */
export function accountPatterns(world: Told): Pattern[] {
  const { profile: { accounts, accountNumbers, conditions, resources, variables, mixesDigits } } = world;
  const numbers = [...new Set(accountNumbers.map(Math.ceil))].filter((one) => one >= 0 && one < 1e12).flatMap(aboutNumber);
  if (!mixesDigits && variables.length === 0) return numbers;
  const given = (keys: Iterable<string>): Condition[] => [...keys].flatMap((key) => conditions.get(key) ?? []);
  const onAccounts = given(accountKeys).flatMap((one) => one.given.flatMap(readings)).filter((one) => one.literal === undefined && !one.isEverything);
  const arns = [...given([...arnKeys, 'aws:userid']).flatMap(({ given, operator }) => given.map((value) => [value, operator.family === 'arn' && isPattern(value)] as const)), ...resources.map((value) => [value, false] as const)];
  const carried = [...carriedIn(world, /[\d*?]+/g, 12), ...valuesCarried(world).filter((one) => /^\d{4,11}$/.test(one)).flatMap((one) => [`${one}*`, `*${one}`])];
  const found = [...arns.flatMap(([value, isByPart]) => readings(value).flatMap((one) => accountParts(one, isByPart))), ...carried, ...accountsBelow(resources)];
  return [...numbers, ...new Set([...onAccounts, ...found.filter((one) => tellsAccount(one) && !accounts.has(one)).map(plainGlob)])];
}
/** Whether of twelve digits a pattern takes some and not others. */
export const tellsAccount = (text: string): boolean => /\d/.test(text) && (text.includes('*') || text.length === 12);

/** Parts of objects' keys that may stand for an account: services deliver below a path that names it. */
const accountsBelow = (resources: Profile['resources']): string[] => resources.flatMap(({ text }) => text.includes(':s3:::') ? piecesOf(opened(text), aroundIds, /[\d*?]+/g, 12) : []);

/** What conditions and resources of policies are held against. */
export const textsTested = ({ conditions, resources }: Profile): string[] => [...[...conditions.values()].flat().flatMap((one) => one.given), ...resources].map(({ text }) => text);

/** Pieces of whatever texts policies and the question have that may stand for an id which a variable carries; none where there are no variables. */
function carriedIn({ profile, question }: Told, alphabet: RegExp, most: number): string[] {
  if (profile.variables.length === 0) return [];
  const texts = textsTested(profile);
  const said = new Map(Object.entries(question?.resourceTags ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  // With what the resource's tags say in place of their variables.
  const told = said.size === 0 ? [] : texts.map((text) => withVariables(text, (variable) => said.get(/resourcetag\/([^,]*)/i.exec(variable)?.[1]?.trim().toLowerCase() ?? '') ?? `\${${variable}}`));
  const around = aroundVariables([...texts, ...told]);
  return [...new Set([...texts, ...told, ...question === undefined ? [] : textsOnResource(question)].map(opened))].flatMap((text) => piecesOf(text, around, alphabet, most));
}
/** What keys that variables name are held against. */
const valuesCarried = ({ profile: { conditions, variables } }: Told): readonly string[] => variables.flatMap((key) => (conditions.get(key) ?? []).flatMap((one) => one.values));

/** A text with anything in place of its variables. */
const opened = (text: string): string => withVariables(text, () => '*');
/** What a text may say: where its variables may stand for anything, and where only their defaults do. */
export const readings = (value: Pattern | Template): Pattern[] => isPattern(value) ? [value] : [plainGlob(opened(value.text)), fill(value, () => undefined)].filter((one) => one !== undefined);

/** Pieces of an ARN's pattern that may stand for its account, with four colons before it, or for that with which a federated user's id begins: of the fifth part where parts are matched one by one, and else of any as far as that, for a wildcard may stand for colons. */
function accountParts({ literal, text }: Pattern, isByPart: boolean): string[] {
  if (literal !== undefined) return [];
  const parts = text.split(':', 5);
  return isByPart ? parts.slice(4).filter((one) => /^[\d*?]+$/.test(one)) : piecesOf(parts.join(':'), aroundIds, /[\d*?]+/g, 12);
}

const testsOrganizations = (world: World): boolean => world.testsAny(organizationKeys) || world.testsAny(pathKeys);

/** Organizations of others, one for every way the policies tell them apart; none where they test no organization. */
export function foreignOrganizations(world: World, work: Work): readonly string[] {
  if (!testsOrganizations(world)) return [];
  const { perimeter } = world;
  const told = [...organizationsTold(world)];
  const globs = told.filter((one) => one !== '*' && /[*?]/.test(one));
  const literals = told.filter((one) => /^o-[a-z0-9]{10,32}$/.test(one));
  const fresh = foreignOrganization(new Set([...perimeter.organizations, ...told]));
  // As of accounts.
  const second = world.profile.variables.some((key) => organizationKeys.has(key) || pathKeys.has(key)) ? [foreignOrganization(new Set([...perimeter.organizations, ...told, fresh]))] : [];
  const matched = globs.length === 0 ? [] : othersThan(fresh, organizationForm, globs.map(plainGlob), [...literals, ...perimeter.organizations].map(plainGlob), work);
  return [...new Set([fresh, ...matched, ...literals, ...second])].filter((one) => !perimeter.organizations.includes(one));
}

/** Texts that an organization's id is held against. */
function organizationsTold(world: World): ReadonlySet<string> {
  const { perimeter, profile: { conditions, keys } } = world;
  const told = new Set<string>([...carriedIn(world, /[a-z0-9*?-]+/g, 34).filter((one) => /^(?:o-|[o?]\*|\?[-?]|\*)[a-z0-9*?-]*[a-z0-9]/.test(one)), ...valuesCarried(world).filter((one) => /^[a-z0-9]{10,32}$/.test(one)).map((one) => `o-${one}`)]);
  // A text that begins with a variable for an organization may go on behind the id of mine.
  const ofMine = (value: Pattern | Template): Pattern[] => isPattern(value) || !value.variables.some((one) => organizationKeys.has(one)) ? [] : perimeter.organizations.flatMap((one) => fill(value, (name) => organizationKeys.has(name) ? one : undefined) ?? []);
  for (const key of keys) {
    const isPath = pathKeys.has(key);
    if (!isPath && !organizationKeys.has(key)) continue;
    for (const { given, operator } of conditions.get(key) ?? []) for (const value of given) for (const { text } of [...readings(value), ...ofMine(value)]) {
      const slash = isPath ? text.indexOf('/') : -1;
      // A path begins with its organization, so a pattern of paths is one of organizations.
      const organization = slash < 0 ? text : text.slice(0, slash);
      told.add(operator.ignoreCase ? organization.toLowerCase() : organization);
    }
  }
  return told;
}

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

/** An organization that is not mine and that no policy names. */
function foreignOrganization(taken: ReadonlySet<string>): string {
  const candidates = ['o-zzzzzzzzzz', 'o-yyyyyyyyyy', 'o-xxxxxxxxxx'];
  return candidates.find((one) => !taken.has(one)) ?? `o-zzzzzzzzzz${taken.size}`;
}
