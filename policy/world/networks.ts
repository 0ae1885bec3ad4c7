import { patternsOperator } from '../operators.ts';
import { testOn } from '../conditions.ts';
import { literal, oneOrMore, patternOf, plainGlob, type Pattern, type Token } from '../pattern.ts';
import { absent, always, anything, maybe, present, type Domain, type TextTest } from '../search/region.ts';
import { examples } from '../tables/carried.ts';
import { networkKeys, serviceNetworkKeys, vpcKeys } from '../tables/key-groups.ts';
import { accountForm, anyPartition, organizationForm } from './accounts.ts';
import { callersOfMine, othersOfMine } from './members.ts';
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

export const isNetworkKey = (key: string): boolean => networkKeys.has(key);

/** Whether requests come through an endpoint of mine. */
export const isThroughEndpoint = ({ question: { kind, viaEndpoint } }: World): boolean => kind === 'vpc-endpoint' || viaEndpoint === true;

/** The networks a caller from outside may come from: where the policies look at none, one serves for all. */
export function networksOf(world: World, bound: boolean): readonly Network[] {
  if (isThroughEndpoint(world)) return bound ? [] : throughIt;
  if (!world.testsAny(networkKeys)) return bound ? [] : anywhere;
  return bound ? named : wherever;
}

/** Every network there is. */
export const everyNetwork = (world: World): readonly Network[] => isThroughEndpoint(world) ? throughIt : world.testsAny(networkKeys) ? named : anywhere;

const throughIt = ['this-endpoint'] as const;
const anywhere = ['internet'] as const;
const wherever = ['internet', 'own-vpc'] as const;
const named = ['named-address', 'named-vpc'] as const;

/** What a key about the network carries. */
export function networkDomain(key: string, network: Network, world: World): Domain {
  if (key === 'aws:sourceip') return network === 'internet' ? wide : network === 'named-address' ? always : absent;
  switch (network) {
    case 'internet': return strangersOwn(key);
    case 'named-address': return key === ORIGIN ? fromInternet : serviceNetworkKeys.has(key) ? anything : absent;
    case 'named-vpc': return key === ORIGIN ? fromAnywhere : serviceNetworkKeys.has(key) ? anything : world.once(`VPC's ${key}`, () => someVpc(key, world));
    // To a bucket of mine a stranger may come by an access point of its own. https://docs.aws.amazon.com/AmazonS3/latest/userguide/creating-access-points.html
    case 'own-vpc': return key === ORIGIN && !isAccessPoint(world) ? fromAnywhere : serviceNetworkKeys.has(key) && key !== CALLING && key !== CALLING_OWNER ? strangersOwn(key) : world.once(`stranger's ${key}`, () => someVpc(key, world, strangersOnly(key, world)));
    case 'this-endpoint': return thisEndpoint(key, world);
  }
}

const ORIGIN = 's3:accesspointnetworkorigin';
const isAccessPoint = ({ question: { resource = '' } }: World): boolean => resource.includes(':accesspoint/');
const wide = present({ wide: true });
const fromInternet = maybe({ forms: [literal('Internet')] });
/** What single services tell of requests from networks that no policy names. https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
const strangersOwn = (key: string): Domain => key === ORIGIN ? fromInternet : key === 'elasticfilesystem:accessedviamounttarget' ? unmounted : absent;
const unmounted = maybe({ forms: [literal('false')] });
const fromAnywhere = maybe({ forms: [literal('VPC'), literal('Internet')] });
/** A root's id has 4 to 32 characters. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Root.html */
const rootId = Array.from({ length: 4 }, (): Token => ({ of: 'id', times: 'one' }));
/** Paths of an organization. */
export const pathsIn = (organization: string | Pattern): Pattern => patternOf(organization, '/r-', rootId, { of: 'id-or-path', times: 'many' }, '/');
const vpcArns = patternOf(anyPartition, ':ec2:', { of: 'region-word', times: 'one' }, { of: 'region', times: 'many' }, ':', accountForm, ':vpc/vpc-', oneOrMore('id'));
/** The VPC that calls a service of VPC Lattice, as every caller's does, and whose it is. https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html */
const [CALLING, CALLING_OWNER] = ['vpc-lattice-svcs:sourcevpc', 'vpc-lattice-svcs:sourcevpcowneraccount'] as const;
const vpcIds = [patternOf('vpc-', oneOrMore('id'))];
const forms: Readonly<Record<string, readonly Pattern[]>> = {
  'aws:sourcevpc': vpcIds, [CALLING]: vpcIds, [CALLING_OWNER]: [accountForm], 'aws:sourcevpce': [patternOf('vpce-', oneOrMore('id'))], 'aws:sourcevpcarn': [vpcArns],
  'aws:vpceaccount': [accountForm], 'aws:vpceorgid': [organizationForm], 'aws:vpceorgpaths': [pathsIn(organizationForm)],
};

/** What requests from a VPC tell of it and of its endpoint. */
function someVpc(key: string, world: World, tests: readonly TextTest[] = []): Domain {
  const of = { forms: forms[key], tests, liked: examples[key] === undefined ? undefined : [examples[key]] };
  switch (key) {
    case 'aws:vpceaccount': case 'aws:sourcevpcarn': case CALLING: case CALLING_OWNER: return maybe(of);
    // The owner may be in no organization, and lies in one place of one.
    case 'aws:vpceorgid': case 'aws:vpceorgpaths': return maybe({ ...of, many: false });
    default: return present(of);
  }
}

/** An endpoint of some stranger's, who need not be the caller; a stranger has no network that a policy names. */
function strangersOnly(key: string, { accountsOfMine, perimeter: { organizations, networks }, profile }: World): readonly TextTest[] {
  const not = (patterns: readonly string[]): TextTest => ({ test: testOn(key, patternsOperator, patterns.map(plainGlob)), want: false });
  const named = (): TextTest => ({ test: testOn(key, patternsOperator, (profile.conditions.get(key) ?? []).flatMap((one) => [...one.literals])), want: false });
  switch (key) {
    case 'aws:vpceaccount': case CALLING_OWNER: return [not(accountsOfMine)];
    case 'aws:vpceorgid': return [not(organizations)];
    case 'aws:vpceorgpaths': return [not(organizations.map((one) => `${one}/*`))];
    case 'aws:sourcevpcarn': return [named(), not([...accountsOfMine.map((id) => `arn:*:ec2:*:${id}:vpc/*`), ...networks.vpcs.map((one) => `arn:*:ec2:*:*:vpc/${one}`)])];
    // Addresses within a VPC are nobody's own.
    case 'aws:vpcsourceip': return [];
    default: return [named(), not([...networks.vpcs, ...networks.vpcEndpoints])];
  }
}

/** Accounts that the endpoint may lie in: that of its policy, or where something else is asked about any of mine, as far as policies tell those apart. */
export const endpointAccounts = (world: World): readonly string[] => world.question.kind === 'vpc-endpoint' ? [world.account]
  : world.once('accounts of endpoints', () => [...new Set([...world.accountsOfMine, ...callersOfMine(world), ...othersOfMine(world, world.accountsOfMine)])]);

function thisEndpoint(key: string, world: World): Domain {
  const organizations = [...new Set(endpointAccounts(world).flatMap((id) => world.organizationsOf(id)))];
  switch (key) {
    case 'aws:vpceaccount': return maybe({ forms: endpointAccounts(world).map(literal) });
    case 'aws:sourcevpcarn': return someVpc(key, world);
    case 'aws:vpceorgid': return maybe({ forms: organizations.map(literal) });
    case 'aws:vpceorgpaths': return maybe({ many: false, forms: organizations.map(pathsIn) });
    default: return vpcKeys.has(key) ? someVpc(key, world) : anything;
  }
}
