import { patternsOperator } from '../operators.ts';
import { testOn } from '../conditions.ts';
import { arnGlob, literal, patternOf, plainGlob, type Pattern } from '../pattern.ts';
import { absent, always, anything, maybe, present, type Domain, type TextTest } from '../search/region.ts';
import { examples } from '../tables/carried.ts';
import { networkKeys, serviceNetworkKeys, vpcKeys } from '../tables/key-groups.ts';
import { actionPrefix } from '../tables/service-prefixes.ts';
import { sendsEndpointOwner, type EndpointOwnerKey } from '../tables/vpce-keys.ts';
import { accountForm, organizationForm } from './accounts.ts';
import type { World } from './world.ts';

/** Where a request comes from. */
export type Network =
  /** From the internet, any address a stranger could have. */
  | 'internet'
  /** Through a VPC endpoint of the caller's own, which no policy names. */
  | 'own-vpc'
  /** From a network the policies may name, through an endpoint or not. */
  | 'named-address' | 'named-vpc'
  /** Through the endpoint the policy hangs on. */
  | 'this-endpoint';

const allNetworkKeys = new Set(networkKeys);
export const isNetworkKey = (key: string): boolean => allNetworkKeys.has(key);

/** Whether requests come through an endpoint of mine. */
export const isThroughEndpoint = ({ question: { kind, viaEndpoint } }: World): boolean => kind === 'vpc-endpoint' || viaEndpoint === true;

/** The networks a caller from outside may come from: where the policies look at none, one serves for all. */
export function networksOf(world: World, bound: boolean): readonly Network[] {
  if (isThroughEndpoint(world)) return bound ? [] : throughIt;
  if (!world.testsAny(networkKeys)) return bound ? [] : anywhere;
  return bound ? named : strangersOwn;
}

/** Every network there is. */
export const everyNetwork = (world: World): readonly Network[] => isThroughEndpoint(world) ? throughIt : world.testsAny(networkKeys) ? named : anywhere;

const throughIt = ['this-endpoint'] as const;
const anywhere = ['internet'] as const;
const strangersOwn = ['internet', 'own-vpc'] as const;
const named = ['named-address', 'named-vpc'] as const;

/** What a key about the network carries. */
export function networkDomain(key: string, network: Network, world: World): Domain {
  if (key === 'aws:sourceip') return network === 'internet' ? wide : network === 'named-address' ? always : absent;
  switch (network) {
    case 'internet': return key === 's3:accesspointnetworkorigin' ? fromInternet : absent;
    case 'named-address': return serviceNetworkKeys.includes(key) ? anything : absent;
    case 'named-vpc': return vpcKeys.includes(key) && key !== 'aws:sourcevpcarn' ? present({ forms: ids[key] }) : anything;
    case 'own-vpc': return world.once(`stranger's ${key}`, () => strangersEndpoint(key, world));
    case 'this-endpoint': return thisEndpoint(key, world);
  }
}

const wide = present({ wide: true });
const fromInternet = maybe({ forms: [literal('Internet')] });
const vpcArn = arnGlob('arn:aws:ec2:*:*:vpc/vpc-?*');
const ids: Readonly<Record<string, readonly Pattern[]>> = { 'aws:sourcevpc': [plainGlob('vpc-?*')], 'aws:sourcevpce': [plainGlob('vpce-?*')] };
/** Paths of an organization. */
export const pathsIn = (organization: string | Pattern): Pattern => patternOf(organization, '/r-', { of: 'id-or-path', times: 'many' }, '/');

/** An endpoint of some stranger's, who need not be the caller. */
function strangersEndpoint(key: string, world: World): Domain {
  const { question: { service }, accountsOfMine, perimeter: { organizations }, profile } = world;
  // What AWS does not list may send none of the keys that tell the endpoint's owner.
  const told = (one: EndpointOwnerKey): typeof present => service === undefined || !sendsEndpointOwner(actionPrefix(service), one) ? maybe : present;
  const not = (patterns: readonly string[]): TextTest => ({ test: testOn(key, patternsOperator, patterns.map(plainGlob)), want: false });
  // A stranger has no network that a policy names.
  const named = (): TextTest => ({ test: testOn(key, patternsOperator, (profile.conditions.get(key) ?? []).flatMap((one) => [...one.literals])), want: false });
  const liked = examples[key] === undefined ? undefined : [examples[key]];
  switch (key) {
    case 'aws:vpceaccount': return told(key)({ forms: [accountForm], tests: [not(accountsOfMine)], liked });
    case 'aws:vpceorgid': return maybe({ forms: [organizationForm], tests: [not(organizations)] });
    case 'aws:vpceorgpaths': return maybe({ many: false, forms: [pathsIn(organizationForm)], tests: [not(organizations.map((one) => `${one}/*`))] });
    case 'aws:sourcevpcarn': return told(key)({ forms: [vpcArn], tests: [named(), not(accountsOfMine.map((id) => `arn:*:ec2:*:${id}:vpc/*`))] });
    default: return serviceNetworkKeys.includes(key) ? absent : present({ forms: ids[key], tests: [named()], liked });
  }
}

function thisEndpoint(key: string, world: World): Domain {
  const organizations = world.organizationsOf(world.account);
  switch (key) {
    case 'aws:vpceaccount': return maybe({ forms: [literal(world.account)] });
    case 'aws:vpceorgid': return organizations.length === 0 ? absent : maybe({ forms: organizations.map(literal) });
    case 'aws:vpceorgpaths': return organizations.length === 0 ? absent : maybe({ many: false, forms: organizations.map(pathsIn) });
    default: return vpcKeys.includes(key) ? always : anything;
  }
}
