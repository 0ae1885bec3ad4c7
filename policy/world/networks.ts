import { patternsOperator } from '../operators.ts';
import { testOn } from '../conditions.ts';
import { arnGlob, literal, patternOf, plainGlob, type Pattern } from '../pattern.ts';
import { absent, always, anything, type Domain, type TextTest } from '../search/region.ts';
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

/** The networks a caller from outside may come from: where the policies look at none, one serves for all. */
export function networksOf(world: World, bound: boolean): readonly Network[] {
  if (world.question.kind === 'vpc-endpoint' || world.question.viaEndpoint === true) return bound ? [] : throughIt;
  if (!world.testsAny(networkKeys)) return bound ? [] : anywhere;
  return bound ? named : strangersOwn;
}

/** Every network there is. */
export const everyNetwork = (world: World): readonly Network[] => world.question.kind === 'vpc-endpoint' || world.question.viaEndpoint === true ? throughIt : world.testsAny(networkKeys) ? named : anywhere;

const throughIt = ['this-endpoint'] as const;
const anywhere = ['internet'] as const;
const strangersOwn = ['internet', 'own-vpc'] as const;
const named = ['named-address', 'named-vpc'] as const;

/** What a key about the network carries. */
export function networkDomain(key: string, network: Network, world: World): Domain {
  if (key === 'aws:sourceip') return network === 'internet' ? { ...always, wide: true } : network === 'named-address' ? always : absent;
  switch (network) {
    case 'internet': return key === 's3:accesspointnetworkorigin' ? { missing: true, present: true, forms: [literal('Internet')] } : absent;
    case 'named-address': return serviceNetworkKeys.includes(key) ? anything : absent;
    case 'own-vpc': return strangersEndpoint(key, world);
    case 'named-vpc': return namedEndpoint(key);
    case 'this-endpoint': return thisEndpoint(key, world);
  }
}

const vpcArn = arnGlob('arn:aws:ec2:*:*:vpc/vpc-?*');
const ids: Readonly<Record<string, Pattern>> = { 'aws:sourcevpc': plainGlob('vpc-?*'), 'aws:sourcevpce': plainGlob('vpce-?*') };
const liked: Readonly<Record<string, string>> = { 'aws:sourcevpc': 'vpc-0123456789abcdef0', 'aws:sourcevpce': 'vpce-0123456789abcdef0', 'aws:vpcsourceip': '10.0.0.9' };

/** An endpoint of some stranger's, who need not be the caller. */
function strangersEndpoint(key: string, world: World): Domain {
  const { service } = world.question;
  // What AWS does not list may send none of the keys that tell the endpoint's owner.
  const missing = (one: EndpointOwnerKey): boolean => service === undefined || !sendsEndpointOwner(actionPrefix(service), one);
  const notAmong = (patterns: readonly string[]): TextTest => ({ test: testOn(key, patternsOperator, patterns.map(plainGlob)), want: false });
  switch (key) {
    case 'aws:vpceaccount': return { missing: missing(key), present: true, forms: [accountForm], tests: [notAmong(world.accountsOfMine)], liked: ['999999999999'] };
    case 'aws:vpceorgid': return { missing: true, present: true, forms: [organizationForm], tests: [notAmong(world.perimeter.organizations)] };
    case 'aws:vpceorgpaths': return { missing: true, present: true, many: false, forms: [patternOf(organizationForm, '/r-', { of: 'id-or-path', times: 'many' }, '/')], tests: [notAmong(world.perimeter.organizations.map((one) => `${one}/*`))] };
    case 'aws:sourcevpcarn': return { missing: missing(key), present: true, forms: [vpcArn], tests: [notNamed(key, world), notAmong(world.accountsOfMine.map((id) => `arn:*:ec2:*:${id}:vpc/*`))] };
    default: return serviceNetworkKeys.includes(key) ? absent : { ...always, tests: [notNamed(key, world)], ...(ids[key] === undefined ? {} : { forms: [ids[key]!] }), ...(liked[key] === undefined ? {} : { liked: [liked[key]!] }) };
  }
}

/** A stranger has no network that a policy names. */
function notNamed(key: string, { profile }: World): TextTest {
  const named = (profile.conditions.get(key) ?? []).flatMap((one) => [...one.literals]);
  return { test: testOn(key, patternsOperator, named), want: false };
}

function namedEndpoint(key: string): Domain {
  return vpcKeys.includes(key) && key !== 'aws:sourcevpcarn' ? { ...always, ...(ids[key] === undefined ? {} : { forms: [ids[key]!] }) } : anything;
}

function thisEndpoint(key: string, { account, perimeter }: World): Domain {
  if (key === 'aws:vpceaccount') return { missing: true, present: true, forms: [literal(account)] };
  const isStandalone = perimeter.standaloneAccounts.includes(account) || perimeter.organizations.length === 0;
  if (key === 'aws:vpceorgid') return isStandalone ? absent : { missing: true, present: true, forms: perimeter.organizations.map(literal) };
  if (key === 'aws:vpceorgpaths') return isStandalone ? absent : { missing: true, present: true, many: false, forms: perimeter.organizations.map((one) => patternOf(`${one}/r-`, { of: 'id-or-path', times: 'many' }, '/')) };
  return vpcKeys.includes(key) ? always : anything;
}

