/** What went wrong, and a word for the kind of it by which a smaller input is known to fail alike. */
export interface Failure { readonly kind: string; readonly detail: string }

/** Milliseconds that a question may take. */
export const SLOW = 2_000;

/** Milliseconds of this process, not of the clock, so that a busy machine makes nothing slow. */
export function timed<T>(act: () => T): { readonly made: T; readonly took: number } {
  const start = process.cpuUsage();
  const made = act();
  const { user, system } = process.cpuUsage(start);
  return { made, took: (user + system) / 1_000 };
}

/** Asks something of the engine, which may neither throw nor be slow, and judges what it says. */
export function guarded<T>(what: string, beat: () => void, act: (isFirst: boolean) => T, judge: (made: T) => Failure | undefined): Failure | undefined {
  beat();
  try {
    const { made, took } = timed(() => act(true));
    const wrong = judge(made);
    if (wrong !== undefined) return { kind: wrong.kind, detail: `${what}: ${wrong.detail}` };
    if (took <= SLOW) return undefined;
    // Once more, since the collector may have run in between.
    const again = timed(() => act(false)).took;
    return again <= SLOW ? undefined : { kind: 'slow', detail: `${what}: ${Math.min(took, again).toFixed(0)} ms` };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: `the engine throws: ${message.replace(/[:`({].*/s, '')}`, detail: `${what}: ${message}` };
  }
}
