import { testOn, type Condition } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { arnGlob, plainGlob } from '../pattern.ts';
import type { Perimeter } from '../perimeter.ts';
import { absent, anything, formed, only, type Domain } from '../search/region.ts';
import { accountForm, organizationForm } from './accounts.ts';
import { deputies } from '../tables/deputy-sources.ts';
import { serviceNameKeys } from '../tables/key-groups.ts';
import type { Caller } from './callers.ts';
import { commonDomain, notOfMine } from './carried.ts';
import type { Network } from './networks.ts';
import type { World } from './world.ts';

/** AWS service principals calling directly. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (service principals) */
export function serviceCaller(world: World, name: string, carried: (key: string) => Domain | undefined = () => undefined): Caller {
  const network: Network = world.question.kind === 'vpc-endpoint' || world.question.viaEndpoint === true ? 'this-endpoint' : 'named-address';
  return { principal: { kind: 'service', name }, reach: 'service', domain: (key) => carried(key) ?? serviceDomain(key, name, world, network) };
}

function serviceDomain(key: string, name: string, world: World, network: Network): Domain {
  if (key.startsWith('aws:principaltag/')) return anything;
  switch (key) {
    case 'aws:principalorgid': case 'aws:principalorgpaths': case 'aws:username': case 'kms:calleraccount': case 'aws:calledvia': case 'aws:calledviafirst': case 'aws:calledvialast': return absent;
    case 'aws:principalisawsservice': return only('true');
    case 'aws:principalservicename': return only(name);
    case 'aws:principalservicenameslist': return { ...only(name), many: false };
    case 'aws:viaawsservice': return only('false');
    case 'aws:sourceaccount': case 'aws:sourceowner': return formed([accountForm], true);
    case 'aws:sourceorgid': return formed([organizationForm], true);
    case 'aws:sourcearn': case 'aws:sourceorgpaths': return anything;
    // AWS documents neither for service principals: absent, or of an account that is not known.
    case 'aws:principalaccount': return { ...formed([accountForm], true), tests: notOfMine(world, key, (id) => id) };
    case 'aws:principalarn': return { ...formed([arnGlob('arn:aws*:iam::*:role/?*')], true), tests: notOfMine(world, key, (id) => `arn:*:iam::${id}:*`) };
    default: return commonDomain(key, network, world);
  }
}

/** Services that a test of the caller's name may let in beside those that policies name: all we know, also under a Region's name. */
export const servicesTested = (world: World): readonly string[] => world.testsAny(serviceNameKeys) ? [...deputies, ...deputies.map((name) => name.replace('.amazonaws.com', '.us-east-1.amazonaws.com'))] : [];

/** Service principals that do not count as AWS acting for me. */
export function* strangeServices(world: World): Generator<Caller> {
  const { services } = world.perimeter;
  if (services === 'any') return;
  for (const name of [...world.profile.services, ...world.profile.isOpen ? ['unlisted.amazonaws.com', ...servicesTested(world)] : []]) if (!services.includes(name)) yield serviceCaller(world, name);
}

const listedAnchors = new WeakMap<Perimeter, Condition>();
/** Sessions of IAM Roles Anywhere from a trust anchor that the definition does not list. */
export function* strangeTrustAnchors(world: World): Generator<Caller> {
  const anchors = (world.perimeter.identityProviders ?? []).flatMap((one) => one.kind === 'trust-anchors' ? one.arns : []);
  if (anchors.length === 0 || !(world.profile.isOpen || world.profile.services.includes('rolesanywhere.amazonaws.com'))) return;
  let listed = listedAnchors.get(world.perimeter);
  if (listed === undefined) listedAnchors.set(world.perimeter, listed = testOn('aws:sourcearn', patternsOperator, anchors.map(plainGlob)));
  const sources: Domain = { ...formed([plainGlob(`arn:aws:rolesanywhere:*:${world.account}:trust-anchor/?*`)]), tests: [{ test: listed, want: false }] };
  yield serviceCaller(world, 'rolesanywhere.amazonaws.com', (key) => key === 'aws:sourcearn' ? sources : key === 'aws:sourceaccount' ? only(world.account) : undefined);
}
