import { testOn } from '../conditions.ts';
import type { Setting } from '../decide.ts';
import type { Subject } from '../question.ts';
import { absent, only, present, type Domain, type Region, type TextTest } from '../search/region.ts';
import { all, TRUE, type Node } from '../search/logic.ts';
import { actionsOperator } from '../operators.ts';
import { ACTION } from '../parse.ts';
import { literal, plainGlob } from '../pattern.ts';
import type { PrincipalKind, Reach } from '../request.ts';
import type { Caller } from '../world/caller.ts';
import type { Doubt } from '../world/doubt.ts';
import { isTornApart, ownerDomain, type Owner } from '../world/owners.ts';
import { tagsOfItself } from '../world/tags.ts';
import { actsNamed, actsOf, amongActs, assumingRoot, ownSts, untoldActsOf, type Acts } from '../world/acts.ts';
import { prefixesOf } from '../world/prefixes.ts';
import { ownResources, ownSessions, resourcesOf, rootUser } from '../world/targets.ts';
import { mayOmitVia, RULES, ruleKeys } from '../tables/key-groups.ts';
import { untoldKeys } from '../tables/untold-owners.ts';
import { sendsEndpointOwner } from '../tables/vpce-keys.ts';
import type { World } from '../world/world.ts';

/** A set of requests that violate an objective, with what finding one would mean. */
export interface Case {
  readonly region: Region;
  readonly reach: Reach;
  /** Of callers who come from a named network alone: their reach from anywhere. */
  readonly of?: Reach;
  readonly doubt: Doubt | undefined;
}

/** How the policy of a question reads principals. */
export const settingOf = ({ kind, endpointType }: Subject): Setting => ({
  ...(kind === 'vpc-endpoint' && endpointType === 'gateway' ? { gateway: true } : {}),
  ...(kind === 'identity' || kind === 'scp' ? { attached: true } : {}),
});

/** The requests of one caller on an owner's resources, by what they do. */
export function regionOf(world: World, caller: Caller, owner: Owner, acts: Acts, also?: () => Node): Region {
  let resources: Domain | undefined;
  // One account lies in one organization, of several of mine in that of the caller.
  const isCallers = acts.isOfItself === true || (owner.mine && owner.organization === undefined && caller.principal.account === owner.account);
  const placed = (key: string): Domain | undefined => !isCallers ? undefined : key === 'aws:resourceorgid' ? caller.domain('aws:principalorgid') : key === 'aws:resourceorgpaths' ? caller.domain('aws:principalorgpaths') : undefined;
  return {
    principal: caller.principal, now: world.question.now, actions: callable(caller, acts),
    // An action without resource acts on the caller's own account, so it belongs to no owner in particular.
    resources: acts.takesResource ? () => (resources ??= acts.isOfItself === true ? ownSessions(world, owner.account, caller.partition) : ownResources(world, acts.prefix) ?? resourcesOf(world, acts.prefix, owner.account, caller.partition)) : undefined,
    // What tells the owner is asked for with all other acts.
    domain: (key) => acts.isUntold === true && untoldKeys.has(key) ? absent : placed(key) ?? ownerDomain(key, world, owner, acts.prefix) ?? carriedTo(acts.prefix, caller, key),
    also: () => all([caller.also?.() ?? TRUE, also?.() ?? TRUE, owner.mine && world.question.resourceTags !== undefined ? tagsOfItself(world) : TRUE]),
  };
}

/** What a caller does to what is its own alone, whosever resources are asked about: sessions of its account that STS has itself, and root users of members of its organization among the owners. */
export const regionsOfItself = (world: World, caller: Caller, owners: readonly Owner[], also?: (owner: Owner) => Node): readonly Region[] => {
  const { principal: { account }, reach, mine = false } = caller;
  if (account === undefined || !callsOwnSts(world)) return [];
  const organization = caller.domain('aws:principalorgid').only?.[0];
  const isOfOwn = (owner: Owner): boolean => !isTornApart(world, caller, owner) && (owner.mine ? mine : !mine && owner.organization === organization);
  return [
    ...[{ account, mine, reach }].map((owner) => regionOf(world, caller, owner, ownSts, also && (() => also(owner)))),
    ...owners.filter(isOfOwn).map((owner) => ({ ...regionOf(world, caller, owner, assumingRoot, also && (() => also(owner))), resources: () => rootUser(world, owner.account, caller.partition) })),
  ];
};
/** Whether requests to STS for what is the caller's own are asked about at all. */
export const callsOwnSts = (world: World): boolean => world.once('calls own STS', () => !['resource', 'rcp', 'trust'].includes(world.question.kind) && prefixesOf(world).includes(ownSts.prefix));

/** What a caller's requests to a service carry: it surely tells what others may leave out, but of AWS's services, whose calls are their own affair. */
function carriedTo(prefix: string, caller: Caller, key: string): Domain {
  if (ruleKeys.has(key) && prefix !== RULES && caller.principal.kind !== 'service') return absent;
  const domain = caller.domain(key);
  return domain.missing && domain.present && caller.principal.kind !== 'service' && isSurelySent(key, prefix, caller) ? withoutMissing(domain) : domain;
}
const never = new WeakMap<Domain, Domain>();
/** The same domain each time, by which what was asked of it in vain is known. */
function withoutMissing(domain: Domain): Domain {
  const made = never.get(domain) ?? { ...domain, missing: false };
  never.set(domain, made);
  return made;
}
function isSurelySent(key: string, prefix: string, caller: Caller): boolean {
  switch (key) {
    // Of signed calls AWS says so, of unsigned ones nothing.
    case 'aws:viaawsservice': return !mayOmitVia.has(prefix) && !isUnsigned(caller);
    case 'kms:calleraccount': return prefix === 'kms';
    case 'aws:sourceowner': return prefix === 'sns';
    case 'aws:vpceaccount': case 'aws:sourcevpcarn': return sendsEndpointOwner(prefix, key);
    default: return false;
  }
}

/**
 * STS takes calls with a token or assertion unsigned, and no others; what they ask for the session, a trust policy allows by itself.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html (permissions to add session tags)
 */
const [withToken, withAssertion, ofSession] = ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', ['sts:TagSession', 'sts:SetSourceIdentity']] as const;
const unsigned: { readonly [kind in PrincipalKind]?: readonly string[] } = { anonymous: [withToken, withAssertion], 'web-identity': [withToken, ...ofSession], saml: [withAssertion, ...ofSession] };
export const isUnsigned = ({ principal: { kind } }: Caller): boolean => unsigned[kind] !== undefined;

const ofCallers = new WeakMap<Domain, Map<PrincipalKind, Domain>>();
function callable({ principal: { kind } }: Caller, { prefix, domain }: Acts): Domain {
  if (prefix !== 'sts') return domain;
  let byKind = ofCallers.get(domain);
  if (byKind === undefined) ofCallers.set(domain, byKind = new Map());
  let made = byKind.get(kind);
  if (made === undefined) {
    const [can, cannot] = [unsigned[kind], unsigned.anonymous!];
    byKind.set(kind, made = { ...domain, tests: [...domain.tests ?? [], { test: testOn(ACTION, actionsOperator, can ?? cannot), want: can !== undefined }], liked: [...domain.liked ?? [], ...can ?? []] });
  }
  return made;
}

/** All that callers can do, service by service: with a resource first. */
export const allActs = (world: World): readonly Acts[] => world.once('acts', () => {
  const acts: Acts[] = [];
  // What acts on the caller's own account never meets the policy of a resource, as a rule.
  const hangsOnResource = world.question.kind === 'resource' || world.question.kind === 'rcp';
  const maybeUntold = world.testsAny(untoldKeys);
  for (const prefix of prefixesOf(world)) {
    for (const one of actsOf(prefix)) if (one.takesResource || !hangsOnResource) acts.push(one);
    if (maybeUntold) acts.push(...untoldActsOf(prefix));
    acts.push(...actsNamed(world, prefix));
  }
  return acts;
});

/** The same but for what only goes along with assuming a role, and by itself is no call. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export const waysIn = (world: World): readonly Acts[] => world.once('ways in', () => allActs(world).map((one) => one.prefix === 'sts' ? amongActs(one, companions) : one));
const companions: TextTest = { test: testOn(ACTION, actionsOperator, ofSession), want: false };

/** A call to STS that assumes the role the policy hangs on. */
export function assuming(world: World, caller: Caller, owner: Owner, also?: () => Node): Region {
  const { kind } = caller.principal;
  return { ...regionOf(world, caller, owner, kind === 'saml' ? withSaml : kind === 'web-identity' ? withWebIdentity : assumeRole, also), resources: roleAssumed(world, caller) };
}

/** The role, where policies beside its own ask which it is; a trust policy names no resource. */
export const roleAssumed = (world: World, { partition }: Caller): Region['resources'] => world.once(`role assumed ${partition}`, () => {
  if (world.profile.resources.every((one) => one.text === '*')) return undefined;
  const { account, question: { resource }, profile: { partitions: all } } = world;
  const partitions = partition === undefined ? all : [partition];
  const roles = resource === undefined ? present({ forms: partitions.map((one) => plainGlob(`arn:${one}:iam::${account}:role/?*`)), liked: partitions.map((one) => `arn:${one}:iam::${account}:role/someone`) }) : only(resource);
  return () => roles;
});
const [assumeRole, withSaml, withWebIdentity] = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']
  .map((name): Acts => ({ prefix: 'sts', domain: present({ forms: [literal(`sts:${name}`)] }), takesResource: false })) as [Acts, Acts, Acts];
