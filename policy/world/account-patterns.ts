import type { Condition } from '../conditions.ts';
import { isPattern, literal, plainGlob, Pattern, withVariables, type Template } from '../pattern.ts';
import type { Perimeter } from '../perimeter.ts';
import { PastBudget } from '../search/work.ts';
import { accountKeys, arnKeys } from '../tables/key-groups.ts';
import { ofDefinition, trustAnchorsOf } from './of-definition.ts';
import { aroundIds, aroundVariables, piecesOf } from './pieces.ts';
import { idsIn, textsOnResource, type Profile } from './profile.ts';
import { isOfIds, Readings, tellsAccount, type Told } from './readings.ts';

/** Ids below a whole number of twelve digits, and the one that is the same; above it is the rest. */
function aboutNumber(number: number): Pattern[] {
  const id = String(number).padStart(12, '0');
  const below = Array.from(id, (digit, i) => Array.from({ length: Number(digit) }, (_, lower) => plainGlob(`${id.slice(0, i)}${lower}*`))).flat();
  return [new Pattern('', below), literal(id)];
}

/** Patterns and numbers that an account id meets, where they tell one account from another. Throws PastBudget where variables may say too much. */
export function accountPatterns(told: Told): readonly Pattern[] {
  const { profile: { accountNumbers, mixesDigits, variables } } = told;
  const ofDefinition = patternsIn(told);
  if (!mixesDigits && variables.length === 0 && accountNumbers.length === 0) return ofDefinition;
  if (carriesIds(told.profile) && isPartOfNumber(told.profile)) throw new PastBudget();
  const numbers = [...new Set(accountNumbers.map(Math.ceil))].filter((one) => one >= 0 && one < 1e12).flatMap(aboutNumber);
  return [...new Set([...numbers, ...patternsTested(told), ...ofDefinition])];
}

/** Which of some patterns take an id, as a text. */
export const takenBy = (patterns: readonly Pattern[], id: string): string => patterns.map((one) => Number(one.matches(id))).join('');

function patternsTested(told: Told): readonly Pattern[] {
  const { profile: { accounts, conditions, resources } } = told;
  const given = (keys: Iterable<string>): Condition[] => [...keys].flatMap((key) => conditions.get(key) ?? []);
  const readings = new Readings(told, DIGITS);
  const onAccounts = given(accountKeys).flatMap((one) => one.given.flatMap((value) => readings.of(value)));
  const arns = [...given([...arnKeys, 'aws:userid']).flatMap(({ given, operator }) => given.map((value) => [value, operator.family === 'arn' && isPattern(value)] as const)), ...resources.map((value) => [isPattern(value) || variesInAccount(value) ? value : plainGlob(asFarAsAccount(withVariables(value.text, () => '*'))), false] as const)];
  const found = [...arns.filter(([value]) => !isPattern(value) || value.literal === undefined).flatMap(([value, isByPart]) => readings.of(value).flatMap((one) => accountParts(one, isByPart))), ...carriedIn(told, DIGITS, 12), ...accountsBelow(told)];
  return [...new Set([...onAccounts, ...found])].filter((one) => tellsIds(one) && !accounts.has(one)).map(plainGlob);
}
const DIGITS = /[\d*?]+/g;
/** Whether of twelve digits a pattern may take some and not others. */
const tellsIds = (text: string): boolean => /\d/.test(text) && (text.includes('*') || text.length === 12);

/** Pieces of an ARN's pattern that may stand for its account, with four colons before it, or for that with which a federated user's id begins: of the fifth part where parts are matched one by one, and else of any as far as that, for a wildcard may stand for colons. */
function accountParts(text: string, isByPart: boolean): string[] {
  return isByPart ? text.split(':', 5).slice(4).filter((one) => /^[\d*?]+$/.test(one)) : piecesOf(asFarAsAccount(text), aroundIds, DIGITS, 12);
}

/** An ARN as far as its account, which has four colons before it. */
const asFarAsAccount = (text: string): string => text.split(':', 5).join(':');
/** Whether a variable stands there, but for one of Regions, which hold no account; what variables say behind it tells of none. */
const variesInAccount = (value: Pattern | Template): boolean => !isPattern(value) && asFarAsAccount(withVariables(value.text, (name) => name.toLowerCase() === 'aws:requestedregion' ? '' : '\0')).includes('\0');

/** Parts of objects' keys that may stand for an account: a service delivers below a path that names it, where the policy of a resource lets it. */
function accountsBelow({ profile: { resources, services, isOpenToServices }, question }: Told): string[] {
  const mayDeliver = question.kind !== 'identity' && question.kind !== 'scp' && (isOpenToServices || services.some((one) => one.startsWith('logdelivery.elasticloadbalancing')));
  return (mayDeliver ? resources : []).filter(({ text }) => !/^arn:[^:*?$]*:(?!s3:)[a-z0-9-]+:/.test(text)).flatMap(({ text }) => piecesOf(withVariables(text, () => '*'), aroundIds, BELOW, 12));
}
/** What stands behind `AWSLogs`, or behind what may be that. */
const BELOW = /(?<=(?:AWSLogs|[*?][^/]*)[/?])[\d*?]+|\*[\d*?]*/g;

/** Patterns of the definition that an account may meet: by ARNs of what is whose, or where a variable of the policies puts it. */
const patternsIn = ({ perimeter, profile }: Told): readonly Pattern[] => carriesIds(profile) ? patternsAround(perimeter, aroundVariables(textsTested(profile))) : ofDefinition(perimeter, 'patterns of accounts', () => patternsAround(perimeter, aroundIds));
function patternsAround(perimeter: Perimeter, around: typeof aroundIds): readonly Pattern[] {
  return [...new Set([...textsDefined(perimeter), ...trustAnchorsOf(perimeter)].flatMap((text) => piecesOf(text, around, DIGITS, 12).filter((one) => tellsIds(one) && !idsIn(text).includes(one))))].map(plainGlob);
}
/** Pieces of the definition's texts that may stand for an id which a variable carries. */
export function piecesDefined({ perimeter, profile }: Told, alphabet: RegExp, most: number): string[] {
  const around = aroundVariables(textsTested(profile));
  return textsDefined(perimeter).flatMap((text) => piecesOf(text, around, alphabet, most));
}
/** ARNs and names by which the definition tells what is whose. */
const textsDefined = ({ partners, buckets, awsOwnedResources }: Perimeter): readonly string[] => [...partners.flatMap((one) => [...one.resources.map(({ arn }) => arn), ...one.reachable]), ...buckets, ...awsOwnedResources];

/** Whether what is compared as a number may be an id with digits beside it: which ids that tells apart is not worked out. */
const isPartOfNumber = ({ conditions }: Profile): boolean => [...conditions.values()].some((all) => all.some((one) => one.operator.family === 'number' || one.operator.family === 'date') && all.some((one) => one.given.some(({ text }) => /\d\$\{|\}\d/.test(text))));

/** What conditions and resources of policies are held against. */
const textsTested = ({ conditions, resources }: Profile): string[] => [...[...conditions.values()].flat().flatMap((one) => one.given), ...resources].map(({ text }) => text);

/** Whether a variable may carry an id: that of a key which tells one, or one that is held against such a key or stands where ARNs have an account. */
const carriesIds = (profile: Profile): boolean => mayCarry(profile, isOfIds);
const mayCarry = (profile: Profile, isOf: (key: string) => boolean): boolean => profile.variables.length > 0 && (carries(profile, isOf) || profile.resources.some(variesInAccount));
/** Whether a variable may carry what some keys tell: that of such a key, or one that is held against it. */
export const carries = ({ conditions, variables }: Profile, isOf: (key: string) => boolean): boolean => variables.some(isOf) || [...conditions].some(([key, all]) => isOf(key) && all.some((one) => one.variables.length > 0));
/** Whether policies may hold one account against another, be it by way of what is neither's. */
export const holdsAccounts = (profile: Profile): boolean => mayCarry(profile, tellsAccount);

/** Pieces of texts of the policies, and of whatever the question has, that may stand for an id which a variable carries. */
export function carriedIn(told: Told, alphabet: RegExp, most: number, textsOf: (profile: Profile) => readonly string[] = textsTested): string[] {
  const { profile, question } = told;
  if (!carriesIds(profile)) return [];
  const texts = textsOf(profile);
  const said = [...new Readings(told, alphabet).ofAll(texts), ...textsOnResource(question)];
  // In any case a text may be that of an id, which has small letters.
  const inAnyCase = [...profile.conditions.values()].some((all) => all.some((one) => one.operator.ignoreCase)) ? (some: readonly string[]): string[] => [...new Set([...some, ...some.map((text) => text.toLowerCase())])] : (some: readonly string[]): readonly string[] => some;
  const around = aroundVariables(inAnyCase(texts));
  return inAnyCase([...new Set(said)]).flatMap((text) => piecesOf(text, around, alphabet, most));
}
