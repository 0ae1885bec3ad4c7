import { BUDGET } from './answer.ts';
import type { Formula } from './formula.ts';
import { refuseFormula, refuseSubject } from './misuse.ts';
import { allActs, regionOf, regionsOfItself, roleAssumed } from './objectives/case.ts';
import type { Statement } from './parse.ts';
import type { Subject } from './question.ts';
import type { Request } from './request.ts';
import type { Region } from './search/region.ts';
import { Patience } from './search/patience.ts';
import { search } from './search/search.ts';
import { unlessPast } from './search/work.ts';
import { everyone } from './world/everyone.ts';
import { isHopeless, isOutOfReach } from './world/hopeless.ts';
import { everyOwner, isSpokenOf, isTornApart, tellsOwners } from './world/owners.ts';
import { everySts } from './world/acts.ts';
import { isLikeStranger } from './world/told-apart.ts';
import { World } from './world/world.ts';

/** What the search for a request that satisfies a formula comes to. */
export type Found =
  /** No request satisfies the formula; every kind of request has been tried. */
  | { readonly kind: 'nothing' }
  | {
    readonly kind: 'request'; readonly request: Request;
    /** The statement that admits it, one of the formula's own policies; `undefined`: nothing has to allow it. Its `at` is empty where it is AWS's FullAWSAccess beside an SCP or RCP of Denies. */
    readonly statement: Statement | undefined;
  }
  /** None was found, but not every kind of request could be tried. */
  | { readonly kind: 'undecided'; readonly because: string };

/**
 * Does any request satisfy the formula? Asked of every caller there is, inside and outside, and of all that the subject's kind of policy
 * can be asked about; `satisfies(formula, request)` is true of the request found. The formula's policies are read as its settings say, those
 * of `formulaOf` as the subject does. Of the perimeter only what it knows of accounts, organizations, buckets and networks counts, for nobody
 * is asked to be outside; of the subject's `callers` only `roles-and-users`, and `acceptNetworkBound` not at all.
 *
 * Throws TypeError for a subject or formula that its type rules out.
 */
export function findRequest(subject: Subject, formula: Formula): Found {
  refuseSubject(subject);
  refuseFormula(formula, 'formula');
  return requestFor(subject, formula);
}

/** The same for a subject and formula that are known to be ones. */
export function requestFor(subject: Subject, formula: Formula): Found {
  const world = new World(subject, formula, BUDGET);
  const { work } = world;
  const patience = new Patience(work, world.statements);
  let because: string | undefined;
  const request = unlessPast<Found | undefined>(() => {
    for (const { region } of patience.inOrder(everyRegion(world))) {
      const found = patience.on(region, () => search(formula, region, work));
      if (found?.kind === 'found') return { kind: 'request', request: found.request, statement: found.statement };
      if (found?.kind !== 'none') because ??= found?.because ?? PAST;
    }
    return undefined;
  }, () => { because = PAST; return undefined; });
  if (world.isPartial) because = PAST;
  return request ?? (because === undefined ? { kind: 'nothing' } : { kind: 'undecided', because });
}
const PAST = 'the policies are past the work budget of the search';

/** Every request there is, class by class. */
function* everyRegion(world: World): Generator<{ readonly region: Region }> {
  const { kind } = world.question;
  const isEndpoint = kind === 'vpc-endpoint' || kind === 'identity' || kind === 'scp';
  const owners = everyOwner(world).filter((one) => (one.account === world.account || (tellsOwners(world) && (isEndpoint || isSpokenOf(world, one)))) && !isOutOfReach(world, one));
  const acts = kind === 'trust' ? [everySts] : allActs(world);
  for (const caller of everyone(world)) {
    if (isHopeless(world, caller.principal, caller)) continue;
    for (const owner of owners) if (!isTornApart(world, caller, owner)) for (const act of acts) {
      if (isLikeStranger(world, caller, owner, act)) continue;
      const region = regionOf(world, caller, owner, act);
      yield { region: kind === 'trust' ? { ...region, resources: roleAssumed(world, caller) } : region };
    }
    for (const region of regionsOfItself(world, caller, [])) yield { region };
  }
}
