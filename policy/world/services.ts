import { testOn, type Condition } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { glob, oneOrMore, patternOf, plainGlob } from '../pattern.ts';
import type { Perimeter } from '../perimeter.ts';
import { absent, maybe, only, present, type Domain } from '../search/region.ts';
import { accountForm, anyPartition, organizationForm, regionForm } from './accounts.ts';
import { ofService } from '../tables/carried.ts';
import { deputies } from '../tables/deputy-sources.ts';
import { homes } from '../tables/example-arns.ts';
import { serviceNameKeys } from '../tables/key-groups.ts';
import type { Caller } from './callers.ts';
import { carriedBy, commonDomain, notOfMine, sessionNames } from './carried.ts';
import { isNetworkKey, isThroughEndpoint, pathsIn, type Network } from './networks.ts';
import { isOfToken, partitionsOf } from './providers.ts';
import type { World } from './world.ts';

/** AWS service principals calling directly. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (service principals) */
export function serviceCaller(world: World, name: string, carried: (key: string) => Domain | undefined = () => undefined): Caller {
  const network: Network = isThroughEndpoint(world) ? 'this-endpoint' : 'named-address';
  return { principal: { kind: 'service', name }, reach: 'service', domain: (key) => carried(key) ?? serviceDomain(key, name, world, network) };
}

/** The same by what it may be called beside its name: under one name a service has instances, which are called after their Regions. */
export const serviceCallers = (world: World, name: string, carried: (key: string) => Domain | undefined = () => undefined): Caller[] => [
  serviceCaller(world, name, carried),
  ...world.tests(NAMES) ? otherNames(world, name).map((other) => serviceCaller(world, name, (key) => key === NAMES ? only(name, other) : carried(key))) : [],
];
const NAMES = 'aws:principalservicenameslist';
const IN_REGION = /\.[a-z]{2,4}(-[a-z]+)+-\d(?=\.amazonaws\.)/;
const otherNames = (world: World, name: string): string[] => IN_REGION.test(name) ? [name.replace(IN_REGION, '')] : regionsTested(world).map((region) => name.replace('.amazonaws.', `.${region}$&`));

const byService = carriedBy(ofService);
const accounts = maybe({ forms: [accountForm] });
const organizations = maybe({ forms: [organizationForm] });
const paths = maybe({ many: false, forms: [pathsIn(organizationForm)] });

function serviceDomain(key: string, name: string, world: World, network: Network): Domain {
  // Principals of accounts have tags, and sessions that IAM Roles Anywhere begins have those of their certificates.
  if (isOfToken(key) || (key.startsWith('aws:principaltag/') && name !== rolesAnywhere)) return absent;
  switch (key) {
    case 'aws:principalservicename': case NAMES: return only(name);
    case 'aws:sourceaccount': case 'aws:sourceowner': return accounts;
    case 'sts:rolesessionname': return sessionNames;
    case 'aws:sourceorgid': return organizations;
    case 'aws:sourceorgpaths': return paths;
    // AWS documents neither for service principals: absent, or of an account that is not known.
    case 'aws:principalaccount': return world.once(`service's ${key}`, () => maybe({ forms: [accountForm], tests: notOfMine(world, key, (id) => id) }));
    case 'aws:principalarn': return world.once(`service's ${key}`, () => maybe({ forms: [patternOf(anyPartition, ':iam::', accountForm, ':role/', oneOrMore('name'))], tests: notOfMine(world, key, (id) => `arn:*:iam::${id}:*`) }));
    default: return byService.get(key) ?? (isNetworkKey(key) ? redacted(commonDomain(key, network, world)) : commonDomain(key, network, world));
  }
}
/** AWS may leave out where its services call from. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (properties of the network) */
const redacted = (of: Domain): Domain => of.missing ? of : { ...of, missing: true };

/** Services that a test of the caller's name may let in beside those that policies name: all we know, also under the name of a Region, and one that each pattern takes. */
export function servicesTested(world: World): readonly string[] {
  if (!world.testsAny(serviceNameKeys)) return [];
  const tested = namesTested(world);
  const taken = tested.filter((text) => text.includes('*'))
    .map((text) => text.replace(/(\.amazonaws.*|\.?)\*$/, '.amazonaws.com').replace(/(^|\.)\*(?=\.)/g, '$1us-east-1').replaceAll('*', '')).filter((name) => /^[\w.-]+\w\.amazonaws\.com$/.test(name));
  return [...deputies, ...regionsTested(world).flatMap((region) => deputies.map((name) => name.replace('.amazonaws.com', `.${region}.amazonaws.com`))), ...taken];
}

const namesTested = ({ profile }: World): string[] => [...serviceNameKeys].flatMap((key) => profile.conditions.get(key) ?? []).flatMap((one) => one.values);
const regionsTested = (world: World): string[] => [...new Set(['us-east-1', ...namesTested(world).flatMap((text) => /[a-z]{2,4}(?:-[a-z]+)+-\d/.exec(text) ?? [])])];

/** Service principals that do not count as AWS acting for me. */
export function strangeServices(world: World): Caller[] {
  const { perimeter: { services }, profile } = world;
  if (services === 'any') return [];
  const known = [...profile.services, ...profile.isOpenToServices ? ['unlisted.amazonaws.com', ...servicesTested(world)] : []].filter((name) => !services.includes(name) && !services.includes(name.replace(IN_REGION, ''))).flatMap((name) => serviceCallers(world, name));
  return [...known, ...profile.isOpenToServices ? unnamedServices(world, services) : []];
}

const NAME = 'aws:principalservicename';
/** Where conditions ask for a service's name: those that no policy names and the definition does not list. */
function unnamedServices(world: World, listed: readonly string[]): Caller[] {
  if (!world.tests(NAME) || world.tests(NAMES)) return [];
  const others = [...listed.flatMap((name) => [name, name.replace('.amazonaws.', '.${region}.amazonaws.')]), ...world.profile.services].map(glob);
  const name = present({ forms: [patternOf({ of: 'id', times: 'one' }, { of: 'region', times: 'many' }, { of: 'id', times: 'one' }, '.amazonaws.com')], tests: [{ test: testOn(NAME, patternsOperator, others), want: false }], liked: ['unlisted.amazonaws.com'] });
  return [serviceCaller(world, '', (key) => key === NAME ? name : undefined)];
}

const listedAnchors = new WeakMap<Perimeter, Condition>();
/** The trust anchors that the definition lists; made once for a definition. */
function anchorsOf(perimeter: Perimeter): Condition {
  const made = listedAnchors.get(perimeter) ?? testOn('aws:sourcearn', patternsOperator, (perimeter.identityProviders ?? []).flatMap((one) => one.kind === 'trust-anchors' ? one.arns.map(plainGlob) : []));
  listedAnchors.set(perimeter, made);
  return made;
}

const rolesAnywhere = 'rolesanywhere.amazonaws.com';
/** Sessions of IAM Roles Anywhere from a trust anchor that the definition does not list; where it lists none, any of the account counts, which is noted. */
export function strangeTrustAnchors(world: World, notes: string[]): Caller[] {
  const { account, perimeter, profile } = world;
  const listed = anchorsOf(perimeter);
  const isNamed = profile.services.includes(rolesAnywhere);
  if (listed.isEmpty) {
    if (isNamed) notes.push('the definition lists no `trustAnchors`, so any of the account counts as yours');
    return [];
  }
  if (!isNamed && !profile.isOpenToServices) return [];
  const sources = present({
    forms: partitionsOf(world).map((one) => patternOf(`arn:${one}:rolesanywhere:`, regionForm, `:${account}:trust-anchor/`, oneOrMore('name'))), tests: [{ test: listed, want: false }],
    liked: partitionsOf(world).map((one) => `arn:${one}:rolesanywhere:${homes[one] ?? homes['aws']!}:${account}:trust-anchor/another`),
  });
  return [serviceCaller(world, rolesAnywhere, (key) => key === 'aws:sourcearn' ? sources : key === 'aws:sourceaccount' ? only(account) : undefined)];
}
