import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { plainGlob } from '../pattern.ts';
import { all, literalOf, TRUE, type Node } from '../search/logic.ts';
import { chainKeys, viaKeys } from '../tables/key-groups.ts';
import { sendsEndpointOwner } from '../tables/vpce-keys.ts';
import { othersOfMine } from './members.ts';
import { isThroughEndpoint } from './networks.ts';
import { patternTest } from './tests.ts';
import type { World } from './world.ts';

export const VIA = 'aws:viaawsservice';

/** A chain of calls is there only where AWS calls on somebody's behalf. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html */
export const calledDirectly = (world: World): Node => !world.testsAny(chainKeys) || !world.testsAny(viaKeys) ? TRUE : world.once('called directly', () => {
  const chain = [...chainKeys].filter((key) => world.tests(key));
  const unchained = all(chain.map((key) => literalOf(key, testOn(key, patternsOperator, [plainGlob('*')]), false)));
  return { kind: 'any', of: [patternTest(VIA, ['false'], false), unchained] };
});

/** An endpoint's owner lies in one organization and at a place of it, of which a service tells both or may leave out what AWS does not list. */
export const endpointPlaced = (world: World): Node => world.once('place of the endpoint', () => all([endpointInOne(world), endpointAlone(world)]));
const untold = (keys: readonly string[]): Node => all(keys.map((key) => patternTest(key, [plainGlob('*')], false)));
/** One that lies in an account of mine that stands alone is in none. */
const endpointAlone = (world: World): Node => !isThroughEndpoint(world) || !world.tests(ACCOUNT) || !(world.tests(ID) || world.tests(PATHS)) ? TRUE
  : { kind: 'any', of: [untold([ID, PATHS]), patternTest(ACCOUNT, world.perimeter.standaloneAccounts, false)] };
function endpointInOne(world: World): Node {
  const { prefix = '' } = world;
  return inOneOrganization(world, ID, PATHS, (key) => !sendsEndpointOwner(prefix, key));
}
const [ACCOUNT, ID, PATHS] = ['aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'] as const;

/** What tells an organization, and the place in it that another key tells, or one of both that `mayLack` says may be missing. */
function inOneOrganization<Key extends string>(world: World, id: Key, paths: Key, mayLack: (key: Key) => boolean): Node {
  if (!world.tests(id) || !world.tests(paths)) return TRUE;
  const { perimeter, organizations } = world;
  return { kind: 'any', of: [untold([id, paths]), ...[id, paths].filter(mayLack).map((key) => untold([key])), ...[...perimeter.organizations, ...organizations].map((one) => all([patternTest(id, [one]), patternTest(paths, [plainGlob(`${one}/*`)])]))] };
}

/** A service that tells the organization of its source tells its place there and its account. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export const sourcePlaced = (world: World): Node => world.once('place of the source', () => all([
  inOneOrganization(world, SOURCE_ID, SOURCE_PATHS, () => false),
  ...[SOURCE_ID, SOURCE_PATHS].filter((key) => world.tests(key) && world.tests(SOURCE)).map((key): Node => ({ kind: 'any', of: [untold([key]), patternTest(SOURCE, [plainGlob('*')])] })),
  sourceAsDefined(world),
]));
const [SOURCE, SOURCE_ID, SOURCE_PATHS] = ['aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths'] as const;

/** A source is in the organization that the definition has its account in: members in mine, who stands alone in none, and where all of mine are listed strangers in others. */
function sourceAsDefined(world: World): Node {
  const keys = [SOURCE_ID, SOURCE_PATHS].filter((key) => world.tests(key));
  const { perimeter: { accounts, organizations, standaloneAccounts } } = world;
  if (keys.length === 0 || !world.tests(SOURCE) || (organizations.length === 0 && standaloneAccounts.length === 0)) return TRUE;
  // Where nothing lists them, whoever else may be mine may as well be a stranger.
  const mine = accounts === undefined ? world.accountsOfMine : [...world.accountsOfMine, ...othersOfMine(world, world.accountsOfMine)];
  const inMine = (isIn: boolean): Node => organizations.length === 0 ? TRUE : all(keys.map((key) => patternTest(key, organizations.map((one) => key === SOURCE_ID ? one : plainGlob(`${one}/*`)), isIn)));
  const { unnamed, named, partners } = world.strangers;
  return { kind: 'any', of: [
    untold(keys), all([patternTest(SOURCE, mine.filter((id) => !standaloneAccounts.includes(id))), inMine(true)]),
    accounts === undefined ? patternTest(SOURCE, mine, false) : all([patternTest(SOURCE, [...unnamed, ...named, ...partners]), inMine(false)]),
  ] };
}
