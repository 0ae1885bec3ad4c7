import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { glob, oneOrMore, patternOf, plainGlob } from '../pattern.ts';
import { absent, maybe, only, present, type Domain, type TextTest } from '../search/region.ts';
import { entriesOf, everyKind } from '../search/languages.ts';
import { all } from '../search/logic.ts';
import { findText } from '../search/texts.ts';
import { Work } from '../search/work.ts';
import { Readings } from './readings.ts';
import { accountForm, anyPartition, organizationForm, regionForm } from './accounts.ts';
import { ofService } from '../tables/carried.ts';
import { deputies } from '../tables/deputy-sources.ts';
import { homes } from '../tables/example-arns.ts';
import { serviceNameKeys, serviceNetworkKeys } from '../tables/key-groups.ts';
import { IN_REGION, isListedService, partitionOf, regions } from '../tables/regions.ts';
import type { Caller } from './caller.ts';
import { endpointPlaced, sourcePlaced } from './ties.ts';
import { carriedBy, commonDomain, isVacant, notOfMine, sessionNames } from './carried.ts';
import { isNetworkKey, isThroughEndpoint, pathsIn, type Network } from './networks.ts';
import { ofDefinition, trustAnchorsOf } from './of-definition.ts';
import { textsLinkedTo } from './linked.ts';
import { textsOnResource } from './profile.ts';
import { isOfToken, partitionsOf } from './providers.ts';
import type { World } from './world.ts';

/** AWS service principals calling directly. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (service principals) */
export function serviceCaller(world: World, name: string, carried: (key: string) => Domain | undefined = () => undefined): Caller {
  const network: Network = isThroughEndpoint(world) ? 'this-endpoint' : 'named-address';
  return { principal: { kind: 'service', name }, reach: 'service', domain: (key) => carried(key) ?? serviceDomain(key, name, world, network), also: () => all([endpointPlaced(world), sourcePlaced(world)]) };
}

/** The same by what it may be called beside its name: under one name a service has instances, which are called after their Regions. */
export const serviceCallers = (world: World, name: string, carried: (key: string) => Domain | undefined = () => undefined): Caller[] => [
  serviceCaller(world, name, carried),
  ...world.tests(NAMES) ? otherNames(world, name).map((other) => serviceCaller(world, name, (key) => key === NAMES ? only(name, other) : carried(key))) : [],
];
const NAMES = 'aws:principalservicenameslist';
const otherNames = (world: World, name: string): readonly string[] => IN_REGION.test(name) ? [name.replace(IN_REGION, '')] : instancesTested(world, name);

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
    // AWS documents neither for service principals: absent, or of an account that nothing tells us of.
    case 'aws:principalaccount': return world.once(`service's ${key}`, () => maybe({ forms: [accountForm], tests: ofNobodyKnown(world, key, (id) => id) }));
    case 'aws:principalarn': return world.once(`service's ${key}`, () => maybe({ forms: [patternOf(anyPartition, ':iam::', accountForm, ':role/', oneOrMore('name'))], tests: ofNobodyKnown(world, key, (id) => `arn:*:iam::${id}:*`) }));
    case 'aws:userid': return world.once(`service's ${key}`, () => maybe({ tests: [...ofNobodyKnown(world, key, (id) => id), ...ofNobodyKnown(world, key, (id) => `${id}:*`), ofNoPrincipal] }));
    // A service is in no VPC, and mounts nothing.
    default: return byService.get(key) ?? (isNetworkKey(key) ? redacted(commonDomain(key, network !== 'this-endpoint' && serviceNetworkKeys.has(key) ? 'internet' : network, world)) : commonDomain(key, network, world));
  }
}
/** Of no account of mine, of a partner's, or that may be mine where none are listed, as far as policies name them. */
const ofNobodyKnown: typeof notOfMine = (world, key, pattern) => [...notOfMine(world, key, pattern),
  { want: false, test: testOn(key, patternsOperator, [...world.profile.accounts.keys()].filter((id) => world.perimeter.accounts === undefined || world.partners.includes(id)).map((id) => plainGlob(pattern(id)))) }];
/** Roles and users of IAM have unique ids. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ofNoPrincipal: TextTest = { want: false, test: testOn('aws:userid', patternsOperator, ['AROA*', 'AIDA*'].map(plainGlob)) };
/** AWS may leave out where its services call from. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (properties of the network) */
const redacted = (of: Domain): Domain => of.missing ? of : { ...of, missing: true };

/** What it costs to hold a name against a pattern. */
const A_MATCH = 24;
/** Services we know that a test of the caller's name may let in beside those that policies name, also under the name of a Region. */
export function servicesTested(world: World): readonly string[] {
  if (!world.testsAny(serviceNameKeys)) return [];
  const names = suffixesOf(world).flatMap((suffix) => deputies.map((name) => name.replace('.amazonaws.com', suffix)).flatMap((name) => [name, ...instancesTested(world, name)]));
  // Those first that a test takes, for of them one may get through before the budget is spent on the others.
  const tests = namesTested(world).filter((text) => text !== '*').map(plainGlob);
  world.work.spend(tests.length * names.length * A_MATCH);
  const isTaken = (name: string): boolean => tests.some((one) => one.matches(name, true));
  return [...names.filter(isTaken), ...names.filter((name) => !isTaken(name))];
}

/** In China some end otherwise. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (AWS service principals) */
const suffixesOf = (world: World): readonly string[] => ['.amazonaws.com', ...partitionsOf(world).includes('aws-cn') ? ['.amazonaws.com.cn'] : []];

/** What tests of names may say. */
const namesTested = (world: World): readonly string[] => world.once('names of services', () => {
  const readings = new Readings(world, nameLetters);
  // A variable may carry a name, or what is held against one.
  const linked = world.profile.variables.length === 0 ? [] : [...textsLinkedTo((key) => serviceNameKeys.has(key), world.profile), ...textsOnResource(world.question)];
  return [...new Set([...[...serviceNameKeys].flatMap((key) => world.profile.conditions.get(key) ?? []).flatMap((one) => one.given.flatMap((value) => readings.of(value))), ...linked])];
});
/** Names of a service's instances in Regions: of all that tests or principals name, and one for every way in which tests tell the others apart. */
function instancesTested(world: World, name: string): readonly string[] {
  const { named, others, globs } = world.once('Regions of services', () => {
    const texts = [...namesTested(world), ...world.profile.services];
    const inForce = ['us-east-1', ...regions].filter((one) => partitionsOf(world).includes(partitionOf(one)));
    const isNamed = (region: string): boolean => texts.some((text) => text.toLowerCase().includes(region));
    // Regions that came since our list are known by where they stand.
    return { named: [...inForce.filter(isNamed), ...texts.flatMap((text) => text.match(/(?<![^.])[a-z]{2,4}(-[a-z]+)+-\d(?![^.])/gi) ?? []).map((one) => one.toLowerCase())], others: inForce.filter((region) => !isNamed(region)).reverse(), globs: texts.filter((text) => /[*?]/.test(text)).map(plainGlob) };
  });
  world.work.spend(globs.length * others.length * A_MATCH);
  const inRegion = (region: string): string => name.replace('.amazonaws.', `.${region}$&`);
  return [...new Set([...named.map(inRegion), ...new Map((globs.length === 0 ? others.slice(-1) : others).map(inRegion).map((one) => [globs.map((glob) => glob.matches(one, true)).join(), one])).values()])];
}

/** A name that no principal is called by: the one given, or another in its place. */
export const unless = (taken: readonly string[], name: string): string => taken.includes(name) ? unless(taken, `x${name}`) : name;
/** Stands for services that neither policy nor definition names. */
export const UNLISTED = 'unlisted.amazonaws.com';
/** Service principals that do not count as AWS acting for me. */
export function* strangeServices(world: World): Generator<Caller> {
  const { perimeter: { services }, profile } = world;
  if (services === 'any') return;
  for (const name of profile.services) if (!isListedService(services, name)) yield* serviceCallers(world, name);
  if (profile.isOpenToServices) yield* unnamedServices(world, UNLISTED, services);
}

const NAME = 'aws:principalservicename';
const nameLetters = /[a-z0-9.*?-]+/g;
/** Services that no policy names and the definition does not list: one called `usual`, or where conditions ask for names as many as they tell apart. */
export function* unnamedServices(world: World, name: string, listed: readonly string[] = []): Generator<Caller> {
  const usual = unless(world.profile.services, name);
  if (!world.testsAny(serviceNameKeys)) { yield serviceCaller(world, usual); return; }
  const others = [...listed.flatMap((name) => [name, `${name}.cn`]).flatMap((name) => [name, name.replace('.amazonaws.', '.${region}.amazonaws.')]), ...world.profile.services].map(glob);
  const forms = suffixesOf(world).map((suffix) => patternOf({ of: 'id', times: 'one' }, { of: 'service-name', times: 'many' }, { of: 'id', times: 'one' }, suffix));
  const known = [usual, ...servicesTested(world)];
  if (!world.tests(NAMES)) {
    const name = present({ forms, tests: [{ test: testOn(NAME, patternsOperator, others), want: false }], liked: [...known, ...namesTested(world).map((text) => text.replace(/\.\*(?=\.)/, '.eu-west-1'))] });
    yield serviceCaller(world, '', (key) => key === NAME ? name : undefined);
    return;
  }
  // Which names stand in one list the service's own tells, so it has to be known.
  const called = (names: readonly string[]): Caller[] => names.filter((name) => !others.some((one) => one.matches(name))).flatMap((name) => serviceCallers(world, name));
  // A test may be of the name of an instance in a Region.
  const tested = namesTested(world).map(plainGlob);
  yield* called([...known, ...tested.flatMap(({ literal: name }) => name !== undefined && forms.some((one) => one.matches(name)) ? [name] : [])]);
  const globs = tested.filter((one) => one.literal === undefined);
  const patterns = [...tested, ...globs.map(({ text }) => plainGlob(text.replace(/\.[^.]*(?=\.amazonaws\.)/, '')))];
  if (globs.length === 0) return;
  const apart = patterns.map((one) => testOn(NAME, patternsOperator, [one]));
  const unlisted: TextTest = { test: testOn(NAME, patternsOperator, others), want: false };
  // Names that patterns do not tell apart are one service's that is listed, or another's.
  const besides = (name: string): string | undefined => !others.some((one) => one.matches(name)) ? name : findText([...apart.map((test): TextTest => ({ test, want: test.fits(name) })), unlisted], forms, [], world.work);
  yield* called(everyKind(forms, patterns.map((one) => entriesOf([one])), [], Infinity, world.work).flatMap((name) => besides(name) ?? []));
}

export const rolesAnywhere = 'rolesanywhere.amazonaws.com';
/** Sessions of IAM Roles Anywhere from a trust anchor that the definition does not list; where it lists none, any of the account counts, which is noted. */
export function strangeTrustAnchors(world: World, notes: string[]): Caller[] {
  const { account, perimeter, profile } = world;
  const listed = trustAnchorsOf(perimeter);
  const isNamed = profile.services.includes(rolesAnywhere);
  if (listed.length === 0) {
    if (isNamed) notes.push('the definition lists no `trustAnchors`, so any of the account counts as yours');
    return [];
  }
  if (!isNamed && !profile.isOpenToServices) return [];
  const partitions = partitionsOf(world);
  const { sources, isNobody } = ofDefinition(perimeter, `trust anchors ${account} ${partitions.length === 1 ? partitions[0]! : partitions.join()}`, () => {
    const made = present({
      forms: partitions.map((one) => patternOf(`arn:${one}:rolesanywhere:`, regionForm, `:${account}:trust-anchor/`, oneOrMore('name'))), tests: [{ test: testOn('aws:sourcearn', patternsOperator, listed.map(plainGlob)), want: false }],
      liked: partitions.map((one) => `arn:${one}:rolesanywhere:${homes[one] ?? homes['aws']!}:${account}:trust-anchor/another`),
    });
    return { sources: made, isNobody: isVacant(new Work(1_000_000), made) };
  });
  return isNobody ? [] : serviceCallers(world, rolesAnywhere, (key) => key === 'aws:sourcearn' ? sources : key === 'aws:sourceaccount' ? only(account) : undefined);
}
