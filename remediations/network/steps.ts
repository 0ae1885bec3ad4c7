/** A change, after a wait where the resource was last seen in a status that does not take it; the runbook waits for itself. */
export const onceReady = (name: string, status: string | undefined, ready: readonly string[], change: string): readonly [string, ...string[]] =>
  status === undefined || ready.includes(status) ? [change] : [`wait until \`${name}\` is available; it is \`${status}\``, change];
