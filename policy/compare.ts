import { BUDGET } from './answer.ts';
import type { Formula } from './formula.ts';
import { allActs, regionOf } from './objectives/case.ts';
import type { Subject } from './question.ts';
import type { Request } from './request.ts';
import type { Region } from './search/region.ts';
import { search } from './search/search.ts';
import { PastBudget } from './search/work.ts';
import { butShared } from './shared.ts';
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

