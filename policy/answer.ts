import { absent, type Region } from './search/region.ts';
import { Patience } from './search/patience.ts';
import { search, type Found } from './search/search.ts';
import { unlessPast, Work } from './search/work.ts';
import type { Case } from './objectives/case.ts';
import { foreignSources, forSenders } from './objectives/deputies.ts';
import { foreignNetworks, fromForeignNetworks } from './objectives/networks.ts';
import { outsidePrincipals } from './objectives/principals.ts';
import { foreignResources, unknownBucket } from './objectives/resources.ts';
import type { Answer, Objective } from './question.ts';
import type { Reach } from './request.ts';
import { all, TRUE } from './search/logic.ts';
import { UNENFORCED, withoutUnenforced } from './unenforced.ts';
import { cameThrough } from './world/came-through.ts';
import type { Doubt } from './world/doubt.ts';
import { isNetworkKey, isThroughEndpoint } from './world/networks.ts';
import { describeOutside } from './words/describe.ts';
import { notesOn } from './words/notes.ts';
import { whyInside } from './words/why-inside.ts';
import type { World } from './world/world.ts';

/** Steps of work an objective may take. */
export const BUDGET = 8_000_000;

interface Raised extends Doubt { readonly because: string; readonly at: string }
/** What the cases seen so far come to. */
interface Seen { readonly notes: string[]; readonly doubts: Raised[]; readonly unknownBuckets: string[]; readonly patience: Patience; gap: string | undefined }

/** Whether any request violates the objective and satisfies the world's formula. */
export function answer(world: World, objective: Objective): Answer {
  const work = world.work = new Work(BUDGET);
  const seen: Seen = { notes: [...world.once('notes', () => notesOn(world))], doubts: [], unknownBuckets: [], patience: new Patience(work, world.statements), gap: undefined };
  const outside = unlessPast(() => {
    for (const cases of casesOf(world, objective, seen)) {
      const found = firstOutside(world, objective, cases, seen, work);
      if (found !== undefined) return found;
    }
    return undefined;
  }, () => { seen.gap = PAST; return undefined; });
  if (outside !== undefined) return outside;
  if (world.isPartial) seen.gap = PAST;
  const loosened = objective === 'deputies' ? undefined : withoutUnenforced(world);
  if (loosened !== undefined && answer(world.asOf(loosened), objective).answer !== 'inside') seen.gap ??= UNENFORCED;
  return undecidedOf(seen) ?? new Inside(world, objective, seen.notes);
}

/** The reason is worked out where somebody reads it, for the question has to be asked again for it. One function reads it of all answers, or no two of them would have the same shape to the engine that runs this. */
class Inside {
  static readonly #reason: PropertyDescriptor & ThisType<Inside> = { enumerable: true, configurable: true, get() { return (this.#because ??= this.#why()); } };
  readonly answer = 'inside';
  declare readonly because: string;
  readonly notes: readonly string[];
  readonly #world: World;
  readonly #objective: Objective;
  #because: string | undefined;

  constructor(world: World, objective: Objective, notes: readonly string[]) {
    Object.defineProperty(this, 'because', Inside.#reason);
    this.notes = notes;
    this.#world = world;
    this.#objective = objective;
  }

  #why(): string {
    // Another objective may have spent what there was.
    this.#world.work = new Work(BUDGET);
    return whyInside(this.#world, this.#objective, (formula) => answer(this.#world.asOf(formula), this.#objective).answer === 'inside');
  }
}

/** Stage by stage, and within one as far as somebody reads. */
function casesOf(world: World, objective: Objective, { notes, unknownBuckets }: Seen): Iterable<Case>[] {
  switch (objective) {
    case 'principals': return [outsidePrincipals(world, false, notes), outsidePrincipals(world, true, notes)];
    case 'resources': return [foreignResources(world, unknownBuckets)];
    case 'deputies': return [foreignSources(world, notes)];
    case 'networks': return [foreignNetworks(world)];
  }
}

function firstOutside(world: World, objective: Objective, cases: Iterable<Case>, seen: Seen, work: Work): Answer | undefined {
  const { question } = world;
  const { notes, doubts, patience } = seen;
  for (const { region, reach, of = reach, doubt } of patience.inOrder(cases)) {
    const found = patience.on(region, () => {
      const first = firstKnown(world, objective, region, reach, seen, work);
      if (first.kind !== 'found' || objective !== 'principals' || reach !== 'network-bound' || question.acceptNetworkBound !== true) return first;
      const further = firstKnown(world, objective, fromForeignNetworks(world, region), reach, seen, work);
      if (further.kind !== 'found' && !notes.includes(ACCEPTED)) notes.push(ACCEPTED);
      return further;
    });
    if (found === undefined) { seen.gap = PAST; continue; }
    if (found.kind === 'gap') seen.gap ??= found.because;
    if (found.kind !== 'found') continue;
    const { request, statement } = objective === 'deputies' ? withoutNetwork(world, region, found) : found;
    const at = statement?.at ?? '/Statement';
    if (doubt !== undefined) { doubts.push({ ...doubt, because: `the definition does not tell ${typeof doubt.because === 'string' ? doubt.because : doubt.because(request)}`, at }); continue; }
    if (seen.gap !== undefined || world.isPartial) notes.push('not all kinds of request could be tried: others may reach further');
    return { answer: 'outside', reach, at, witness: request, notes, because: describeOutside(question, objective, of, request, statement, of !== reach) };
  }
  return undefined;
}

/** Services are seldom told by where they call from: one that is let in without that is shown so. */
function withoutNetwork(world: World, region: Region, found: FoundRequest): FoundRequest {
  if (isThroughEndpoint(world) || !Object.keys(found.request.context).some((key) => isNetworkKey(key.toLowerCase()))) return found;
  const other = unlessPast<Found>(() => search(forSenders(world), { ...region, domain: (key) => isNetworkKey(key) ? absent : region.domain(key) }, new Work(BUDGET)), () => found);
  return other.kind === 'found' ? other : found;
}
type FoundRequest = Extract<Found, { kind: 'found' }>;

const PAST = 'the policy is past the work budget of the search';
const ACCEPTED = 'a network of mine alone keeps outsiders out, which the question accepts';

/** A request of the region that neither goes to a bucket of unknown owner nor comes through what is of an unknown one; such are noted and left out from then on. */
function firstKnown(world: World, objective: Objective, of: Region, reach: Reach, { doubts, unknownBuckets }: Seen, work: Work): Found {
  for (let region = of;;) {
    const found = search(objective === 'deputies' ? forSenders(world) : world.formula, region, work);
    // From a network alone a request is from outside whosever it is.
    const through = objective === 'principals' && reach !== 'network-bound' && found.kind === 'found' ? cameThrough(world, found.request) : undefined;
    if (through !== undefined && found.kind === 'found') {
      doubts.push({ ...through.doubt, because: `the definition does not tell ${through.because}`, at: found.statement?.at ?? '/Statement' });
      const { also } = region;
      region = { ...region, also: () => all([also?.() ?? TRUE, through.without]) };
      continue;
    }
    const bucket = objective === 'resources' && found.kind === 'found' ? unknownBucket(world, found.request) : undefined;
    if (bucket === undefined) return found;
    unknownBuckets.push(bucket);
  }
}

function undecidedOf({ doubts, gap, notes, unknownBuckets }: Seen): Answer | undefined {
  const question: { readonly because: string; readonly at?: string } | undefined = doubts[0]
    ?? (unknownBuckets.length > 0 ? { because: `owner of bucket ${unknownBuckets.map((one) => `\`${one}\``).join(', ')}` }
      : gap === undefined ? undefined : { because: gap });
  if (question === undefined) return undefined;
  const unknownAccounts = [...new Set(doubts.flatMap((one) => one.accounts ?? []))];
  return {
    answer: 'undecided', because: question.because, notes, ...(question.at === undefined ? {} : { at: question.at }),
    ...(unknownAccounts.length > 0 ? { unknownAccounts } : {}), ...(unknownBuckets.length > 0 ? { unknownBuckets } : {}),
  };
}
