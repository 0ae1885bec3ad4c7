import { testOn } from '../conditions.ts';
import { all, any, literalOf, negated, type Node } from '../search/logic.ts';
import type { Partner } from '../perimeter.ts';
import { plainGlob } from '../pattern.ts';
import type { Region } from '../search/region.ts';
import type { Caller } from '../world/caller.ts';
import { hopeful, iamCallers } from '../world/callers.ts';
import { federatedCallers } from '../world/federation.ts';
import { narrowed, partners, strangers } from '../world/members.ts';
import { isThroughEndpoint, networksOf, type Network } from '../world/networks.ts';
import { tells } from '../world/profile.ts';
import { outsiders, stages } from '../world/outsiders.ts';
import { isTornApart, ownOwner, tellsOwners, type Owner } from '../world/owners.ts';
import { strangeServices, strangeTrustAnchors } from '../world/services.ts';
import { unsignedActionsOf } from '../tables/unsigned-actions.ts';
import { listedFor } from '../world/listed.ts';
import { acting, onResources, patternTest } from '../world/tests.ts';
import type { World } from '../world/world.ts';
import { areOutsidersHopeless, ownersInReach, ownersSpokenOf } from '../world/hopeless.ts';
import { assuming, isUnsigned, regionOf, regionsOfItself, waysIn, type Case } from './case.ts';

/** Requests whose caller is outside, widest reach first; those from a named network alone where `bound`. */
export function outsidePrincipals(world: World, bound: boolean, notes: string[]): Iterable<Case> {
  const networks = networksOf(world, bound);
  if (networks.length === 0) return [];
  const caseOf = ({ reach, doubt }: Caller, region: Region): Case => ({ region, reach: bound ? 'network-bound' : reach, of: reach, doubt });
  return world.question.kind === 'trust' ? ofTrust(world, networks, bound, caseOf, notes) : ofResource(world, bound, caseOf, notes);
}

type CaseOf = (caller: Caller, region: Region) => Case;

function* ofTrust(world: World, networks: readonly Network[], bound: boolean, caseOf: CaseOf, notes: string[]): Generator<Case> {
  const { question: { callers }, profile: { federated: providers, services } } = world;
  // Of whom the policy names, and of tokens whose provider it tests, there may be something to note.
  if (providers.length === 0 && services.length === 0 && !world.tests('aws:federatedprovider') && areOutsidersHopeless(world)) return;
  const owner = ownOwner(world);
  const federated = callers === 'partners' ? undefined : federatedCallers(world, networks);
  if (federated !== undefined && !bound) notes.push(...federated.notes);
  const tokens = hopeful(world, federated?.callers ?? []);
  for (const isOf of stages(tokens)) {
    if (callers !== 'partners') {
      for (const caller of iamCallers(world, strangers(world).filter(isOf), networks)) yield caseOf(caller, assuming(world, caller, owner));
      for (const caller of tokens.filter(isOf)) yield caseOf(caller, assuming(world, caller, owner));
    }
    if (callers !== 'all-but-partners') for (const caller of iamCallers(world, partners(world).filter(isOf), networks)) yield caseOf(caller, assuming(world, caller, owner, () => withoutAgreedId(world, caller)));
  }
  if (callers === 'partners' || bound) return;
  for (const some of [strangeServices(world), strangeTrustAnchors(world, notes)]) for (const one of some) for (const caller of hopeful(world, [one])) yield caseOf(caller, assuming(world, caller, owner));
}

/** What was agreed with whoever has a partner's account, which several entries of the definition may name. */
const termsOf = ({ perimeter }: World, { partner }: Caller): readonly Partner[] => partner === undefined ? [] : perimeter.partners.filter((one) => one.accounts.includes(partner));

/** A partner's requests that carry no external id agreed with it: those that do are inside. */
const withoutAgreedId = (world: World, caller: Caller): Node => world.once(`without an id agreed with ${caller.partner}`, () => negated(withAgreedId(world, caller)));
const withAgreedId = (world: World, caller: Caller): Node => any(termsOf(world, caller).flatMap(({ externalIds = [] }) => externalIds === 'pinned' ? pinnedExternalIds(world) : [patternTest(EXTERNAL_ID, externalIds)]));
const EXTERNAL_ID = 'sts:externalid';

/** External ids that an Allow fixes, in any case where it ignores that: literals, without wildcard or variable, of a positive string operator. (Under IfExists and ForAllValues a missing id passes too; such a request carries none of them.) */
const pinnedExternalIds = ({ policies }: World): Node[] => policies.flatMap(({ statements }) => statements).flatMap((one) => one.effect !== 'Allow' ? []
  : one.conditions.flatMap((test) => test.key !== EXTERNAL_ID || test.operator.family !== 'string' || test.operator.negated ? []
    : literalOf(EXTERNAL_ID, testOn(EXTERNAL_ID, test.operator, test.patterns.filter(({ literal }) => literal !== undefined)), true)));

function* ofResource(world: World, bound: boolean, caseOf: CaseOf, notes: string[]): Generator<Case> {
  if (world.prefix === undefined && !bound) notes.push(world.isOfRcps ? 'asked of the services that it names; what it does not name it leaves open' : 'the service is not known: the answer is exact where `service` is given');
  const acts = waysIn(world);
  let reached: readonly Owner[] | undefined;
  for (const caller of outsiders(world, bound)) {
    reached ??= world.question.kind === 'vpc-endpoint' ? ownersReached(world) : ownersSpokenOf(world);
    const own = ofMember(world, caller);
    const owners = own === undefined ? reached : [own, ...reached];
    for (const owner of owners) if (!isTornApart(world, caller, owner)) for (const act of acts) yield caseOf(caller, regionOf(world, caller, owner, act, () => unlessInOrder(world, caller, owner, act.prefix)));
    for (const region of regionsOfItself(world, caller, owners, (owner) => unlessInOrder(world, caller, owner, 'sts'))) yield caseOf(caller, region);
  }
}

/**
 * A caller of my organization that lies on none of the definition's paths has resources which are mine, at its own place: paths narrow callers alone.
 * Another account of mine stands for it where no policy can tell their resources apart.
 */
function ofMember(world: World, caller: Caller): Owner | undefined {
  const { account } = caller.principal;
  const isMember = account !== undefined && narrowed(world).some((one) => caller.domain('aws:principalorgid').only?.[0] === one);
  if (!isMember || world.question.kind === 'resource' || !tellsOwners(world)) return undefined;
  return world.profile.variables.length > 0 || world.accountPatterns.length > 0 || tells(world.profile, 'owners', account) ? { account, mine: true, organization: undefined, reach: 'any-account' } : undefined;
}

/** Whose resources callers may reach through an endpoint: mine and others', as far as the policy tells them apart. */
const ownersReached = (world: World): Owner[] => tellsOwners(world)
  ? ownersInReach(world) : [ownOwner(world), { account: world.strangers.unnamed[0]!, mine: false, reach: 'any-account' }];

/** Not what is in order, made once of all callers of whom that is the same: what was found for a test is found again by the test. */
const unlessInOrder = (world: World, caller: Caller, owner: Owner, prefix: string): Node =>
  world.once(`unless in order ${caller.partner ?? caller.principal.kind} ${owner.mine} ${prefix}`, () => negated(inOrder(world, caller, owner, prefix)));

/** Requests of an outsider that the definition admits all the same. */
function inOrder(world: World, caller: Caller, owner: Owner, prefix: string): Node {
  const { perimeter } = world;
  const unsignable = world.question.kind !== 'vpc-endpoint' || isUnsigned(caller) ? [] : [...owner.mine ? neverSigned(world, prefix) : [], ...signedByAws(world, prefix)];
  if (caller.partner !== undefined) {
    const granted = termsOf(world, caller).flatMap((one) => one.resources).map((grant) => all([onResources([plainGlob(grant.arn)]), acting(grant.actions)]));
    return any([...granted, ...prefix === 'sts' && owner.mine ? [all([acting(['sts:AssumeRole']), withAgreedId(world, caller)])] : [], ...unsignable]);
  }
  // What tokens are worth, the policies of what they open tell better than an endpoint's.
  if (!isUnsigned(caller) || !isThroughEndpoint(world) || (world.question.kind !== 'vpc-endpoint' && caller.principal.kind !== 'anonymous')) return any(unsignable);
  const { unsignedActions } = perimeter;
  const unsigned = owner.mine ? unsignedActions : unsignedActions.some((one) => plainGlob(one).matches('s3:GetObject', true)) ? ['s3:GetObject'] : [];
  return any([
    all([listedFor(world, prefix).buckets, acting(unsignedActions)]),
    all([listedFor(world, prefix).awsOwned, reading]),
    ...unsigned.length === 0 ? [] : [acting(unsigned)],
  ]);
}
/** Calls that the definition admits unsigned and that nobody can sign: whoever makes them is nobody to AWS. */
const neverSigned = ({ perimeter: { unsignedActions } }: World, prefix: string): readonly Node[] => {
  const actions = unsignedActionsOf(prefix);
  return actions.length === 0 || unsignedActions.length === 0 ? [] : [all([acting(actions), acting(unsignedActions)])];
};
/**
 * URLs to its own buckets AWS signs as accounts of its own, such as those of the layers of images, so whoever signs may read what may be read unsigned.
 * https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/vpc_endpoint_policies (AllowRequestsToAWSOwnedResources)
 */
const signedByAws = (world: World, prefix: string): readonly Node[] => prefix === 's3' ? [all([listedFor(world, prefix).awsOwned, reading])] : [];
const reading = acting(['*:Get*', '*:List*', '*:Head*', '*:Describe*']);
