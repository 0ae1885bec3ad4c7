import type { Domain, Region } from './region.ts';
import { unlessPast, type Work } from './work.ts';

/** What there is for all other regions once one is past the budget. */
const SECOND = 2_000_000;
/** What a region counts at least for each statement, which is read anew; and each of those others besides. */
const [EACH, LEAST] = [2, 500];

/**
 * Goes on where a region is past the work budget: what is hard of one service shall hide no easy way through another's. From then on a region takes half
 * of what is left at most, and those with actions that were too hard come last.
 */
export class Patience {
  readonly #work: Work;
  readonly #reading: number;
  readonly #hard = new Set<Domain>();
  /** `statements`: how many are searched. */
  constructor(work: Work, statements: number) { this.#work = work; this.#reading = EACH * statements; }

  *inOrder<T extends { readonly region: Region }>(cases: Iterable<T>): Iterable<T> {
    const later: T[] = [];
    for (const one of cases) if (this.#hard.has(one.region.actions)) later.push(one); else yield one;
    yield* later;
  }

  /** What is found in a region; `undefined` where it is past its share. Throws PastBudget where nothing is left to share. */
  on<T>({ actions }: Region, find: () => T): T | undefined {
    const work = this.#work;
    const isFirst = this.#hard.size === 0;
    work.spend(this.#reading + (isFirst ? 0 : LEAST));
    const kept = isFirst ? 0 : work.left >> 1;
    work.left -= kept;
    const found = unlessPast<T | undefined>(find, () => {
      if (isFirst) work.left = SECOND;
      this.#hard.add(actions);
      return undefined;
    });
    work.left += kept;
    return found;
  }
}
