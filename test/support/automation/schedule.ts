import type { Clock, Point, Result, Run } from './types.ts';

/** One run alone to its end. */
export async function finish(run: Run): Promise<Result> {
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
  }
}

/** Which run goes on: one of `ready`, places in the list of runs. `last`: who went before. */
export type Choose = (ready: readonly number[], last: number | undefined) => number;

/**
 * Several runs, one point at a time. A run that waits is not ready until its time has come; when all wait, the earliest goes on and time with it.
 * Runs that share a clock and a fake meet as executions in one account do.
 */
export async function interleave(runs: readonly Run[], clock: Clock, choose: Choose): Promise<Result[]> {
  const results: Result[] = [];
  const open = new Map<number, Point>();
  const advance = async (place: number): Promise<void> => {
    const next = await runs[place]!.next();
    if (next.done === true) { results[place] = next.value; open.delete(place); } else open.set(place, next.value);
  };
  for (const place of runs.keys()) await advance(place);
  let last: number | undefined;
  while (open.size > 0) {
    const places = [...open.keys()].sort((a, b) => a - b);
    const until = (place: number): number => open.get(place)!.until ?? 0;
    const ready = places.filter((place) => until(place) <= clock.now());
    last = ready.length > 0 ? choose(ready, last) : places.reduce((a, b) => until(b) < until(a) ? b : a);
    await advance(last);
  }
  return results;
}

export const inTurns: Choose = (ready, last) => ready.find((place) => place > (last ?? -1)) ?? ready[0]!;

/**
 * Every order of the runs in which at most `preemptions` times one is stopped that could have gone on; most races show with two.
 * `make` builds the world anew for each order; `check` gets its results and the order, so that a failure can be told. Answers how many orders there were.
 */
export async function explore<W extends { readonly runs: readonly Run[]; readonly clock: Clock }>(
  make: () => W, check: (results: readonly Result[], world: W, order: readonly number[]) => void, preemptions = 2,
): Promise<number> {
  let count = 0;
  let script: number[] = [];
  for (;;) {
    const turns: { readonly options: readonly number[]; readonly pick: number; readonly spent: number }[] = [];
    const world = make();
    const results = await interleave(world.runs, world.clock, (ready, last) => {
      const goesOn = last !== undefined && ready.includes(last);
      const before = turns.at(-1)?.spent ?? 0;
      const others = goesOn && before >= preemptions ? [] : ready.filter((place) => place !== last);
      const options = goesOn ? [last, ...others] : others;
      const pick = script[turns.length] ?? 0;
      turns.push({ options, pick, spent: before + (goesOn && pick > 0 ? 1 : 0) });
      return options[pick]!;
    });
    check(results, world, turns.map(({ options, pick }) => options[pick]!));
    count += 1;
    const turn = turns.findLastIndex(({ options, pick }) => pick + 1 < options.length);
    if (turn < 0) return count;
    script = [...turns.slice(0, turn).map(({ pick }) => pick), turns[turn]!.pick + 1];
  }
}
