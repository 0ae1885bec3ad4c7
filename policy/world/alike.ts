import type { Policy } from '../parse.ts';
import type { Pattern } from '../pattern.ts';
import type { Perimeter } from '../perimeter.ts';
import { takenBy } from './account-patterns.ts';
import { ofDefinition } from './of-definition.ts';
import { idsIn, mixesDigits, type Profile } from './profile.ts';
import type { World } from './world.ts';

/** From so many on it pays to look which accounts are alike. */
const MANY = 8;

/**
 * Of accounts that stand in the same lists of the policies, and of which the definition says the same, two: with one in place of
 * the other every policy says what it said. Two, since caller and owner may be one account or not.
 */
export function butAlike(world: World, accounts: readonly string[]): readonly string[] {
  // Where texts are held against ids, ids are more than names.
  if (accounts.length < MANY || world.profile.variables.length > 0) return accounts;
  const likeness = likenessIn(world);
  const found = new Map<string, number>();
  return accounts.filter((id) => {
    if (id === world.account) return true;
    const like = likeness(id);
    const before = found.get(like) ?? 0;
    found.set(like, before + 1);
    return before < 2;
  });
}
const likenessIn = (world: World): (id: string) => string => world.once('likeness of accounts', () => likenessBy(world.policies, world, world.accountPatterns));
/** Those of some accounts for which one stands that was left of them. */
export const alikeTo = (world: World, account: string, accounts: readonly string[]): readonly string[] => accounts.filter((id) => likenessIn(world)(id) === likenessIn(world)(account));

/** Tells accounts apart by where they stand in policies, by what the definition says of them, and by the patterns that take them. */
export function likenessBy(policies: readonly Policy[], about: About, patterns: readonly Pattern[]): (id: string) => string {
  const write = tellsNames(about) ? asAccount : anywhere;
  const [places, terms] = [placesIn(policies, write), saidIn(about.perimeter, write)];
  return (id) => JSON.stringify([places.get(id), terms.get(id), takenBy(patterns, id)]);
}

/** By what names are told apart. */
interface About { readonly profile: Profile; readonly perimeter: Perimeter }
/** Whether what holds an account's id as a name, or as part of one, may be told from what holds another's: by a pattern with digits, or as a number. */
export const tellsNames = ({ profile, perimeter }: About): boolean => profile.mixesDigits || profile.conditions.get('aws:username')?.some(({ operator }) => operator.family !== 'string') === true
  || ofDefinition(perimeter, 'mixes digits', () => [mixesDigits(JSON.stringify(perimeter))])[0]!;

/** Writes a text without an account's id: wherever it stands, or where an ARN or a federated user's id begins with it, so that names stay what they are. */
type Write = (text: string, id: string) => string;
const anywhere: Write = (text, id) => text.replaceAll(id, '@');
const asAccount: Write = (text, id) => { const at = text.indexOf(id); return /^(?:arn:[^:]*:[^:]*:[^:]*:)?$/.test(text.slice(0, at)) ? text.replace(id, '@') : text; };

export const put = (to: Map<string, string[]>, id: string, text: string): void => { const all = to.get(id); if (all === undefined) to.set(id, [text]); else all.push(text); };

/** Where accounts stand: list by list, in which text. */
function placesIn(policies: readonly Policy[], write: Write): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  let lists = 0;
  const add = (texts: readonly string[]): void => {
    lists++;
    for (const text of texts) for (const id of idsIn(text)) put(places, id, `${lists} ${write(text, id)}`);
  };
  for (const { statements } of policies) for (const { principals, resources, conditions } of statements) {
    for (const some of [principals?.aws, principals?.federated, ...[resources?.test, ...conditions].map((one) => one?.given.map(({ text }) => text))]) if (some !== undefined) add(some);
  }
  for (const all of places.values()) all.sort();
  return places;
}

/** What the definition says of accounts, by id. */
export const saidIn = (perimeter: Perimeter, write = anywhere): ReadonlyMap<string, readonly string[]> => ofDefinition(perimeter, write === anywhere ? 'said of accounts' : 'said of their names', () => {
  const made = new Map<string, string[]>();
  const { partners, standaloneAccounts, buckets, awsOwnedResources, identityProviders = [] } = perimeter;
  for (const id of standaloneAccounts) put(made, id, 'standalone');
  for (const { accounts, externalIds, resources, reachable } of partners) {
    for (const id of accounts) put(made, id, JSON.stringify([externalIds, resources.map(({ arn, actions }) => [write(arn, id), actions]), reachable.map((one) => write(one, id))]));
    // Grant by grant, so that accounts of each of which a partner may use the same are alike.
    for (const [arn, actions] of [...resources.map((one) => [one.arn, one.actions] as const), ...reachable.map((one) => [one, undefined] as const)]) for (const id of idsIn(arn)) if (!accounts.includes(id)) put(made, id, JSON.stringify([accounts, write(arn, id), actions]));
  }
  // Trust anchors tell apart only whose role it is that is asked about.
  for (const text of [...buckets, ...awsOwnedResources, ...identityProviders.flatMap((one) => one.kind === 'trust-anchors' ? [] : [JSON.stringify(one)])]) for (const id of idsIn(text)) put(made, id, write(text, id));
  return made;
});

/** Accounts that the definition lists, by what else it says of them. */
export function saidAlike(about: About, accounts: readonly string[]): readonly (readonly string[])[] {
  const write = tellsNames(about) ? asAccount : anywhere;
  const all = ofDefinition(about.perimeter, write === anywhere ? 'said alike' : 'said alike of their names', () => new Map<readonly string[], readonly (readonly string[])[]>());
  const known = all.get(accounts);
  if (known !== undefined) return known;
  const terms = saidIn(about.perimeter, write);
  const groups = new Map<string, string[]>();
  for (const id of accounts) put(groups, terms.get(id)?.join('\n') ?? '', id);
  const made = [...groups.values()];
  all.set(accounts, made);
  return made;
}
