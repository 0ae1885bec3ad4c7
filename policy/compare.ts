import { BUDGET } from './answer.ts';
import type { Condition } from './conditions.ts';
import { and, not, policy, type Formula } from './formula.ts';
import { KeepingPolicy } from './kept.ts';
import { allActs, regionOf } from './objectives/case.ts';
import type { Policy, Statement } from './parse.ts';
import { isPattern } from './pattern.ts';
import type { Subject } from './question.ts';
import type { Request } from './request.ts';
import type { Region } from './search/region.ts';
import { search } from './search/search.ts';
import { PastBudget } from './search/work.ts';
import { everyone } from './world/everyone.ts';
import { isHopeless, isOutOfReach } from './world/hopeless.ts';
import { everyOwner, isSpokenOf, isTornApart, tellsOwners } from './world/owners.ts';
import { everySts } from './world/targets.ts';
import { World } from './world/world.ts';

/** What one formula allows and another does not. `at`: the statement of the first that admits the request. */
export type Difference =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'request'; readonly request: Request; readonly at: string | undefined }
  | { readonly kind: 'undecided'; readonly because: string };

/** What two formulas of the same kind of policy allow that the other does not; both nothing: they are equal. */
export function compare(subject: Subject, before: Formula, after: Formula): { readonly added: Difference; readonly removed: Difference } {
  return { added: difference(subject, after, before), removed: difference(subject, before, after) };
}

function difference(subject: Subject, allowed: Formula, refused: Formula): Difference {
  if (allowed === refused) return { kind: 'nothing' };
  const formula = butShared(allowed, refused);
  const world = new World(subject, formula, BUDGET);
  const { work } = world;
  let because: string | undefined;
  try {
    for (const region of everyRegion(world)) {
      const found = search(formula, region, work);
      if (found.kind === 'found') return { kind: 'request', request: found.request, at: found.statement?.at };
      if (found.kind === 'gap') because ??= found.because;
    }
  } catch (error) {
    if (!(error instanceof PastBudget)) throw error;
    because = 'the policies are past the work budget of the search';
  }
  return because === undefined ? { kind: 'nothing' } : { kind: 'undecided', because };
}

/**
 * What the one allows and the other does not, without what both say in the same words: a Deny of both stops nobody whom the one
 * allows, and where the other has no Deny of its own, it refuses nothing that an Allow of both admits.
 */
function butShared(allowed: Formula, refused: Formula): Formula {
  if (allowed.kind !== 'policy' || refused.kind !== 'policy' || allowed.policy.version !== refused.policy.version) return and(allowed, not(refused));
  const apart = (one: Policy, other: Policy, effect: Statement['effect']): Policy => {
    const shared = new Set(other.statements.map(inWords));
    return new KeepingPolicy(one, one.statements.filter((each) => each.effect !== effect || !shared.has(inWords(each))));
  };
  const others = apart(refused.policy, allowed.policy, 'Deny');
  const own = others.statements.some((one) => one.effect === 'Deny') ? allowed.policy : apart(allowed.policy, others, 'Allow');
  return and(policy(own, allowed.setting), not(policy(others, refused.setting)));
}
/** A statement in words that only statements of the same meaning share, but for its place and name. */
const inWords = ({ effect, principals, actions, resources, conditions }: Statement): string => JSON.stringify([effect,
  principals && [principals.negated, principals.everyone, ...[principals.aws, principals.services, principals.federated, principals.canonicalUsers].map(sorted)],
  ...[actions, resources].map((one) => one && [one.negated, valuesOf(one.test)]), sorted(conditions.map((one) => [one.operator.name, one.quantifier, one.ifExists, one.key, valuesOf(one)]))]);
/** A `*` that stands for itself is another value than a wildcard. */
const valuesOf = ({ given }: Condition): unknown => sorted(given.map((one) => isPattern(one) ? one.tokens : one.text));
const sorted = (all: readonly unknown[]): unknown => all.map((one) => JSON.stringify(one)).sort();

/** Every request there is, class by class. */
function* everyRegion(world: World): Generator<Region> {
  const { kind } = world.question;
  const isEndpoint = kind === 'vpc-endpoint' || kind === 'identity' || kind === 'scp';
  const owners = everyOwner(world).filter((one) => (one.account === world.account || (tellsOwners(world) && (isEndpoint || isSpokenOf(world, one)))) && !isOutOfReach(world, one));
  const acts = kind === 'trust' ? [everySts] : allActs(world);
  for (const caller of everyone(world)) {
    if (!isHopeless(world, caller.principal, caller)) for (const owner of owners) if (!isTornApart(world, caller, owner)) for (const act of acts) yield regionOf(world, caller, owner, act);
  }
}

