import { testOn } from '../conditions.ts';
import { operatorNamed, patternsOperator } from '../operators.ts';
import { plainGlob } from '../pattern.ts';
import { PRINCIPAL_ARN } from '../search/compile.ts';
import { all, TRUE } from '../search/logic.ts';
import { absent, type Domain, type Region, type TextTest } from '../search/region.ts';
import type { Caller } from '../world/caller.ts';
import { direct, iamCallers } from '../world/callers.ts';
import { patternTest } from '../world/tests.ts';
import { isHopeless, ownersInReach, ownersSpokenOf } from '../world/hopeless.ts';
import { chainKeys } from '../tables/key-groups.ts';
import { rolesOfServices } from '../tables/service-roles.ts';
import { callersOfMine, insiders } from '../world/members.ts';
import { endpointAccounts, isNetworkKey, isThroughEndpoint, type Network } from '../world/networks.ts';
import { isTornApart, myOwners, tellsOwners } from '../world/owners.ts';
import type { World } from '../world/world.ts';
import { assuming, regionOf, regionsOfItself, waysIn, type Case } from './case.ts';
import { doubtAbout } from '../world/doubt.ts';

/** Requests of a principal of mine that calls directly from a network that is not mine. */
export function* foreignNetworks(world: World): Generator<Case> {
  const { kind } = world.question;
  // What hangs on accounts or principals speaks of whatever those reach.
  const owners = (kind === 'scp' || kind === 'identity') && tellsOwners(world) ? ownersInReach(world) : ownersSpokenOf(world);
  const regionsOf = (caller: Caller, strange: readonly string[]): Region[] => owners.flatMap((owner) => isTornApart(world, caller, owner) || strange.includes(owner.account) ? [] : kind === 'trust' ? [assuming(world, caller, owner)] : waysIn(world).map((act) => regionOf(world, caller, owner, act))).concat(regionsOfItself(world, caller, owners));
  const { networks, standaloneAccounts } = world.perimeter;
  // Behind an endpoint of mine there is no other network than its own.
  if (isThroughEndpoint(world) && networks.organization && !endpointAccounts(world).some((id) => standaloneAccounts.includes(id))) return;
  for (const network of isThroughEndpoint(world) ? ['this-endpoint'] as const : ['named-address', 'named-vpc'] as const) {
    for (const inside of iamCallers(world, insiders(world), [network])) {
      const doubtful = network === 'named-vpc' ? untoldVpcs(world).filter((id) => id !== inside.principal.account) : [];
      for (const [whose, doubt] of doubtful.length === 0 ? [[[], undefined]] as const : [[[], undefined], [doubtful, doubtAbout(world, ...doubtful)]] as const) {
        const caller = elsewhere(world, inside, network, whose);
        if (isHopeless(world, caller.principal, caller)) continue;
        for (const region of regionsOf(caller, whose)) yield { reach: 'network-bound', doubt, region };
      }
    }
  }
}

/** Accounts of mine, as far as policies tell them apart, but for standalone ones, which are not of the organization whose VPCs count. */
const accountsWithVpcs = (world: World): readonly string[] => world.once('accounts with VPCs', () =>
  [...new Set([...isThroughEndpoint(world) ? endpointAccounts(world) : [], ...world.accountsOfMine, ...[...callersOfMine(world), ...myOwners(world).map(({ account }) => account)].flatMap(world.strangers.alike)])].filter((id) => !world.perimeter.standaloneAccounts.includes(id)));

/** Accounts whose VPCs a policy names though no definition tells whose they are. */
const untoldVpcs = (world: World): readonly string[] => world.once('untold VPCs', () => {
  if (world.perimeter.accounts !== undefined || !world.perimeter.networks.organization) return [];
  const named = ['aws:vpceaccount', 'aws:sourcevpcarn', 'vpc-lattice-svcs:sourcevpcowneraccount'].flatMap((key) => world.profile.conditions.get(key) ?? []).flatMap((test) => test.values);
  return accountsWithVpcs(world).filter((id) => !world.accountsOfMine.includes(id) && named.some((text) => text.includes(id)));
});

/** What a key tells of networks that are mine; `strange`: accounts of which it is taken that their VPCs are not. */
function amongMine(world: World, key: string, strange: readonly string[]): TextTest['test'] | undefined {
  const { networks, organizations } = world.perimeter;
  const accounts = (): string[] => accountsWithVpcs(world).filter((id) => !strange.includes(id));
  const patterns = (values: readonly string[]): TextTest['test'] => testOn(key, patternsOperator, values.map(plainGlob));
  switch (key) {
    case 'aws:sourceip': return testOn(key, operatorNamed('IpAddress')!, networks.cidrs);
    case 'aws:sourcevpc': case 'vpc-lattice-svcs:sourcevpc': return patterns(networks.vpcs);
    case 'aws:sourcevpcarn': return patterns([...networks.vpcs.map((one) => `arn:*:ec2:*:*:vpc/${one}`), ...networks.organization ? accounts().map((id) => `arn:*:ec2:*:${id}:vpc/*`) : []]);
    case 'aws:sourcevpce': return patterns(networks.vpcEndpoints);
  }
  if (!networks.organization) return undefined;
  switch (key) {
    case 'aws:vpceorgid': return patterns(organizations);
    case 'aws:vpceorgpaths': return patterns(organizations.map((one) => `${one}/*`));
    case 'aws:vpceaccount': case 'vpc-lattice-svcs:sourcevpcowneraccount': return patterns(accounts());
  }
  return undefined;
}

/** What a key carries in requests from a network that is not mine. */
function foreign(world: World, key: string, of: Domain, strange: readonly string[]): Domain {
  const test = of.present && isNetworkKey(key) ? amongMine(world, key, strange) : undefined;
  return test === undefined ? of : { ...of, tests: [...of.tests ?? [], { test, want: false }], liked: others[key] };
}

/** The same requests, but for those from networks of mine. */
export const fromForeignNetworks = (world: World, region: Region): Region => ({ ...region, domain: (key) => foreign(world, key, region.domain(key), []) });

/** The caller in another network. */
function elsewhere(world: World, inside: Caller, network: Network, strange: readonly string[]): Caller {
  const domain = (key: string): Domain => {
    // AWS acting with my credentials is not calling directly.
    if (chainKeys.has(key)) return absent;
    const of = inside.domain(key);
    if (key === 'aws:viaawsservice') return direct;
    if (!of.present || !isNetworkKey(key)) return of;
    // The same for all callers that it does not tell apart, so that what is asked of them in vain is not asked again.
    return world.once(`elsewhere by ${network} and ${strange.join()}: ${key}`, () => foreign(world, key, of, strange));
  };
  const isRole = inside.principal.kind === 'role';
  const bound = world.once(`bound to networks, roles ${isRole}`, () => all([
    ...Object.entries(world.perimeter.exclusionTags.principal).map(([name, value]) => patternTest(`aws:principaltag/${name.toLowerCase()}`, [value], false)),
    ...isRole ? [patternTest(PRINCIPAL_ARN, ofServices, false)] : [],
  ]));
  return { principal: inside.principal, partition: inside.partition, reach: inside.reach, mine: inside.mine, domain, also: () => all([inside.also?.() ?? TRUE, bound]) };
}
const ofServices = rolesOfServices.map(plainGlob);
const others: Readonly<Record<string, readonly string[]>> = { 'aws:sourcevpc': ['vpc-0fedcba9876543210'], 'aws:sourcevpce': ['vpce-0fedcba9876543210'] };
