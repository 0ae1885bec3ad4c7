import type { Failure } from './guarded.ts';
import { check } from './invariants.ts';
import { inputAt, type Input } from './inputs.ts';
import { shrunk } from './shrink.ts';

/** What this process is started with, and what it tells the one that watches it: a process that hangs cannot say so itself. */
export interface Work { readonly seed: number; readonly first: number; readonly milliseconds: number; readonly seen: readonly string[] }
export type Report =
  | { readonly at: number }
  | { readonly failure: Failure; readonly input: Input; readonly original: Input; readonly index: number }
  | { readonly done: { readonly cases: number; readonly slowest: number; readonly slowestIndex: number; readonly byName: Readonly<Record<string, number>> } };

const { seed, first, milliseconds, seen: before } = JSON.parse(process.argv[2]!) as Work;
/** Waits until it is gone: a message that does not fit into the pipe at once is sent only when this thread has nothing else to do. */
const report = (message: Report): Promise<void> => new Promise((resolve) => { process.send!(message, undefined, {}, () => { resolve(); }); });

const end = performance.now() + milliseconds;
const seen = new Set(before);
const byName: Record<string, number> = {};
let [cases, slowest, slowestIndex, beaten] = [0, 0, 0, 0];
for (let index = first; performance.now() < end; index++) {
  await report({ at: index });
  const beat = (): void => {
    if (performance.now() - beaten < 1_000) return;
    beaten = performance.now();
    process.send!({ at: index } satisfies Report);
  };
  const input = inputAt(seed, index);
  const start = performance.now();
  const failure = check(input, beat);
  const took = performance.now() - start;
  if (took > slowest) [slowest, slowestIndex] = [took, index];
  cases++;
  byName[input.name] = (byName[input.name] ?? 0) + 1;
  if (failure === undefined || seen.has(failure.kind)) continue;
  // One of each kind is enough to mend it; the rest of the time looks for others.
  seen.add(failure.kind);
  await report({ failure, input: shrunk(input, failure, beat), original: input, index });
}
await report({ done: { cases, slowest, slowestIndex, byName } });
process.disconnect();
