import { literalOf, negated, any, TRUE, type Node } from '../search/logic.ts';
import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { plainGlob } from '../pattern.ts';
import { all } from '../search/logic.ts';
import { anonymousCallers, partnerCallers, strangers, type Caller } from '../world/callers.ts';
import { federatedCallers, federatedThrough } from '../world/federation.ts';
import { networksOf } from '../world/networks.ts';
import { foreignOwners, myOwners, ownOwner, tellsOwners, type Owner } from '../world/owners.ts';
import { strangeServices, strangeTrustAnchors } from '../world/services.ts';
import { listedFor } from '../world/listed.ts';
import { acting, onResources } from '../world/targets.ts';
import type { World } from '../world/world.ts';
import { isHopeless, isOutOfReach } from '../world/hopeless.ts';
import { allActs, assuming, isUnsigned, regionOf, type Case } from './case.ts';

/** Requests whose caller is outside, widest reach first; those from a named network alone where `bound`. */
export function outsidePrincipals(world: World, bound: boolean, notes: string[]): Generator<Case> {
  return world.question.kind === 'trust' ? ofTrust(world, bound, notes) : ofResource(world, bound, notes);
}

function* ofTrust(world: World, bound: boolean, notes: string[]): Generator<Case> {
  const callers = world.question.callers ?? 'all';
  const owner = ownOwner(world);
  if (callers !== 'partners') {
    for (const caller of strangers(world, bound)) yield { caller, region: assuming(world, caller, owner) };
    const federated = federatedCallers(world, bound);
    notes.push(...federated.notes);
    for (const caller of federated.callers) yield { caller, region: assuming(world, caller, owner) };
    for (const { callers: some, because } of federated.undecided) for (const caller of some) yield { caller, region: assuming(world, caller, owner), doubt: because };
    if (!bound) {
      for (const caller of strangeServices(world)) yield { caller, region: assuming(world, caller, owner) };
      for (const caller of strangeTrustAnchors(world)) yield { caller, region: assuming(world, caller, owner) };
    }
  }
  if (callers !== 'all-but-partners') {
    for (const caller of partnerCallers(world, bound)) yield { caller, region: assuming(world, caller, owner, () => withoutAgreedId(world, caller)) };
  }
}

/** A partner's requests that carry no external id agreed with it: those that do are inside. */
function withoutAgreedId(world: World, caller: Caller): Node {
  const partner = world.perimeter.partners.find((one) => one.accounts.includes(caller.partner!))!;
  const agreed = partner.externalIds === 'pinned' ? pinnedExternalIds(world) : partner.externalIds ?? [];
  return agreed.length === 0 ? TRUE : literalOf('sts:externalid', testOn('sts:externalid', patternsOperator, agreed), false);
}

/** External ids that an Allow fixes: literals, without wildcard or variable, of a positive string operator. */
const pinnedExternalIds = ({ policies }: World): string[] => policies.flatMap(({ statements }) => statements).flatMap((one) => one.effect !== 'Allow' ? []
  : one.conditions.flatMap((test) => test.key !== 'sts:externalid' || test.operator.family !== 'string' || test.operator.negated || test.quantifier === 'ForAllValues' || test.ifExists ? []
    : test.patterns.flatMap(({ literal }) => literal ?? [])));

function* ofResource(world: World, bound: boolean, notes: string[]): Generator<Case> {
  if (networksOf(world, bound).length === 0) return;
  if (world.prefix === undefined && !bound) notes.push('the service is not known: pass `service` for an exact answer');
  const { kind } = world.question;
  const acts = allActs(world);
  let owners: readonly Owner[] | undefined;
  for (const caller of callersOf(world, bound)) {
    if (isHopeless(world, caller)) continue;
    owners ??= kind === 'vpc-endpoint' ? ownersReached(world) : [ownOwner(world)];
    for (const owner of owners) for (const act of acts) yield { caller, region: regionOf(world, caller, owner, act, () => negated(inOrder(world, caller, owner, act.prefix))) };
  }
}

function* callersOf(world: World, bound: boolean): Generator<Caller> {
  yield* anonymousCallers(world, bound);
  if (world.question.kind === 'vpc-endpoint' && world.prefix === 'sts' && !bound) yield* federatedThrough(world);
  yield* strangers(world, bound);
  yield* partnerCallers(world, bound);
  if (!bound) yield* strangeServices(world);
}

/** Whose resources callers may reach through an endpoint: mine and others', as far as the policy tells them apart. */
const ownersReached = (world: World): Owner[] => tellsOwners(world)
  ? [...myOwners(world), ...foreignOwners(world)].filter((one) => !isOutOfReach(world, one)) : [ownOwner(world), { account: world.strangers.unnamed[0]!, mine: false, reach: 'any-account' }];

/** Requests of an outsider that the definition admits all the same. */
function inOrder(world: World, caller: Caller, owner: Owner, prefix: string): Node {
  const { perimeter } = world;
  if (caller.partner !== undefined) {
    const partner = perimeter.partners.find((one) => one.accounts.includes(caller.partner!));
    return any((partner?.resources ?? []).map((grant) => all([onResources([plainGlob(grant.arn)]), acting(grant.actions)])));
  }
  if (!isUnsigned(caller) || world.question.kind !== 'vpc-endpoint') return any([]);
  const { unsignedActions } = perimeter;
  const unsigned = owner.mine ? unsignedActions : unsignedActions.some((one) => plainGlob(one).matches('s3:GetObject', true)) ? ['s3:GetObject'] : [];
  return any([
    all([listedFor(perimeter, prefix).awsOwned, reading]),
    ...unsigned.length === 0 ? [] : [acting(unsigned)],
  ]);
}
const reading = acting(['*:Get*', '*:List*', '*:Head*', '*:Describe*']);
