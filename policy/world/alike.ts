import type { Policy } from '../parse.ts';
import type { Pattern } from '../pattern.ts';
import type { Perimeter } from '../perimeter.ts';
import { takenBy } from './account-patterns.ts';
import { idsIn } from './profile.ts';
import type { World } from './world.ts';

/** From so many on it pays to look which accounts are alike. */
const MANY = 8;

/**
 * Of accounts that stand in the same lists of the policies, and of which the definition says the same, two: with one in place of
 * the other every policy says what it said. Two, since caller and owner may be one account or not.
 */
export function butAlike(world: World, accounts: readonly string[]): readonly string[] {
  const { perimeter, profile: { variables } } = world;
  // Where nothing lists the accounts, each is in doubt by its name; where texts are held against ids, ids are more than names.
  if (accounts.length < MANY || perimeter.accounts === undefined || variables.length > 0) return accounts;
  const likeness = world.once('likeness of accounts', () => likenessBy(world.policies, perimeter, world.accountPatterns));
  const found = new Map<string, number>();
  return accounts.filter((id) => {
    if (id === world.account) return true;
    const like = likeness(id);
    const before = found.get(like) ?? 0;
    found.set(like, before + 1);
    return before < 2;
  });
}

/** Tells accounts apart by where they stand in policies, by what the definition says of them, and by the patterns that take them. */
export function likenessBy(policies: readonly Policy[], perimeter: Perimeter, patterns: readonly Pattern[]): (id: string) => string {
  const [places, terms] = [placesIn(policies), saidIn(perimeter)];
  return (id) => JSON.stringify([places.get(id), terms.get(id), takenBy(patterns, id)]);
}

const put = (to: Map<string, string[]>, id: string, text: string): void => { const all = to.get(id); if (all === undefined) to.set(id, [text]); else all.push(text); };

/** Where accounts stand: list by list, in which text. */
function placesIn(policies: readonly Policy[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  let lists = 0;
  const add = (texts: readonly string[]): void => {
    lists++;
    for (const text of texts) for (const id of idsIn(text)) put(places, id, `${lists} ${text.replaceAll(id, '@')}`);
  };
  for (const { statements } of policies) for (const { principals, resources, conditions } of statements) {
    for (const some of [principals?.aws, principals?.federated, ...[resources?.test, ...conditions].map((one) => one?.given.map(({ text }) => text))]) if (some !== undefined) add(some);
  }
  for (const all of places.values()) all.sort();
  return places;
}

const said = new WeakMap<Perimeter, ReadonlyMap<string, readonly string[]>>();
/** What the definition says of accounts, by id. */
export function saidIn(perimeter: Perimeter): ReadonlyMap<string, readonly string[]> {
  const known = said.get(perimeter);
  if (known !== undefined) return known;
  const made = new Map<string, string[]>();
  const add = (ids: readonly string[], text: string): void => { for (const id of ids) put(made, id, text.replaceAll(id, '@')); };
  const { partners, standaloneAccounts, buckets, awsOwnedResources, identityProviders = [] } = perimeter;
  add(standaloneAccounts, 'standalone');
  for (const { accounts, externalIds, resources, reachable } of partners) {
    add(accounts, JSON.stringify([externalIds, resources, reachable]));
    // Grant by grant, so that accounts of each of which a partner may use the same are alike.
    for (const [arn, actions] of [...resources.map((one) => [one.arn, one.actions] as const), ...reachable.map((one) => [one, undefined] as const)]) add(idsIn(arn).filter((id) => !accounts.includes(id)), JSON.stringify([accounts, arn, actions]));
  }
  // Trust anchors tell apart only whose role it is that is asked about.
  for (const text of [...buckets, ...awsOwnedResources, ...identityProviders.flatMap((one) => one.kind === 'trust-anchors' ? [] : [JSON.stringify(one)])]) add(idsIn(text), text);
  said.set(perimeter, made);
  return made;
}

const alike = new WeakMap<Perimeter, Map<readonly string[], readonly (readonly string[])[]>>();
/** Accounts that the definition lists, by what else it says of them. */
export function saidAlike(perimeter: Perimeter, accounts: readonly string[]): readonly (readonly string[])[] {
  const all = alike.get(perimeter) ?? new Map<readonly string[], readonly (readonly string[])[]>();
  alike.set(perimeter, all);
  const known = all.get(accounts);
  if (known !== undefined) return known;
  const terms = saidIn(perimeter);
  const groups = new Map<string, string[]>();
  for (const id of accounts) put(groups, terms.get(id)?.join('\n') ?? '', id);
  const made = [...groups.values()];
  all.set(accounts, made);
  return made;
}
