import { patternsOperator } from '../operators.ts';
import { testOn } from '../conditions.ts';
import { literal, patternOf, plainGlob, type Pattern } from '../pattern.ts';
import { absent, always, anything, type Domain, type TextTest } from '../search/region.ts';
import { sendsEndpointOwner } from '../tables/vpce-keys.ts';
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

/** Whose networks they are, where that shows in a key. */
export interface CallersNetwork { readonly account: string | undefined; readonly organization: string | undefined }

const vpcKeys = ['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip', 'aws:sourcevpcarn'];
const endpointOwnerKeys = ['aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'];
const serviceKeys = ['s3:accesspointnetworkorigin', 'elasticfilesystem:accessedviamounttarget'];
const networkKeys = ['aws:sourceip', ...vpcKeys, ...endpointOwnerKeys, ...serviceKeys];
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
export function networkDomain(key: string, network: Network, world: World, caller: CallersNetwork): Domain {
  if (key === 'aws:sourceip') return network === 'internet' ? { ...always, wide: true } : network === 'named-address' ? always : absent;
  switch (network) {
    case 'internet': return key === 's3:accesspointnetworkorigin' ? { missing: true, present: true, forms: [literal('Internet')] } : absent;
    case 'named-address': return serviceKeys.includes(key) ? anything : absent;
    case 'own-vpc': return ownEndpoint(key, world, caller, true);
    case 'named-vpc': return namedEndpoint(key, world);
    case 'this-endpoint': return thisEndpoint(key, world);
  }
}

const vpcArn = (account: string): Pattern => plainGlob(`arn:aws:ec2:*:${account}:vpc/vpc-?*`);
const ids: Readonly<Record<string, Pattern>> = { 'aws:sourcevpc': plainGlob('vpc-?*'), 'aws:sourcevpce': plainGlob('vpce-?*') };
const liked: Readonly<Record<string, string>> = { 'aws:sourcevpc': 'vpc-0123456789abcdef0', 'aws:sourcevpce': 'vpce-0123456789abcdef0', 'aws:vpcsourceip': '10.0.0.9' };

function ownEndpoint(key: string, world: World, { account, organization }: CallersNetwork, unnamed: boolean): Domain {
  // Some services tell no owner of the endpoint, and a caller may choose such a one where the service is not known.
  const missing = world.question.service === undefined || !sendsEndpointOwner(world.question.service);
  if (serviceKeys.includes(key)) return absent;
  if (key === 'aws:vpceaccount') return account === undefined ? { missing, present: true, forms: [literal('999999999999')] } : { missing, present: true, forms: [literal(account)] };
  if (key === 'aws:vpceorgid') return organization === undefined ? absent : { missing, present: true, forms: [literal(organization)] };
  if (key === 'aws:vpceorgpaths') return organization === undefined ? absent : { missing, present: true, many: false, forms: [patternOf(`${organization}/r-`, { of: 'id-or-path', times: 'many' }, '/')] };
  const tests = unnamed ? [notNamed(key, world)] : [];
  if (key === 'aws:sourcevpcarn') return { missing, present: true, tests, forms: [vpcArn(account ?? '999999999999')] };
  return { ...always, tests, ...(ids[key] === undefined ? {} : { forms: [ids[key]!] }), ...(liked[key] === undefined ? {} : { liked: [liked[key]!] }) };
}

/** A stranger has no network that a policy names. */
function notNamed(key: string, { profile }: World): TextTest {
  const named = (profile.conditions.get(key) ?? []).flatMap((one) => [...one.literals]);
  return { test: testOn(key, patternsOperator, named), want: false };
}

function namedEndpoint(key: string, _world: World): Domain {
  return vpcKeys.includes(key) && key !== 'aws:sourcevpcarn' ? { ...always, ...(ids[key] === undefined ? {} : { forms: [ids[key]!] }) } : anything;
}

function thisEndpoint(key: string, { account, perimeter }: World): Domain {
  if (key === 'aws:vpceaccount') return { missing: true, present: true, forms: [literal(account)] };
  const isStandalone = perimeter.standaloneAccounts.includes(account) || perimeter.organizations.length === 0;
  if (key === 'aws:vpceorgid') return isStandalone ? absent : { missing: true, present: true, forms: perimeter.organizations.map(literal) };
  if (key === 'aws:vpceorgpaths') return isStandalone ? absent : { missing: true, present: true, many: false, forms: perimeter.organizations.map((one) => patternOf(`${one}/r-`, { of: 'id-or-path', times: 'many' }, '/')) };
  return vpcKeys.includes(key) ? always : anything;
}

