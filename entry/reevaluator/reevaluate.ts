import type { ConfigRule } from '@aws-sdk/client-config-service';
import { FRESH_FOR, type LoadedDefinition } from '../evaluator/definition.ts';
import { firstOf } from '../evaluator/first-of.ts';
import { fingerprintOf, type Fingerprint } from './fingerprint.ts';
import { packRules } from './pack-rules.ts';
import { startAll, type StartPorts } from './start.ts';
import { readState, writeState, type Started, type StatePorts } from './state.ts';

export interface Ports extends StartPorts, StatePorts {
  readonly ledgerTable: string;
  readonly definition: () => Promise<LoadedDefinition>;
  /** All rules of the account and Region, from all pages. */
  readonly describeConfigRules: () => Promise<readonly ConfigRule[]>;
}

export interface Given {
  /** ARN of the function that the pack's rules ask, */
  readonly evaluator: string;
  /** and what tells its code from another's. */
  readonly code: string;
  /** When the time for waiting ends, in milliseconds since 1970. */
  readonly until: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Evaluators that are running use what they read before for so long. */
const SETTLED_AFTER = FRESH_FOR + MINUTE;
/** Accounts come and go every day in a large organization, and every evaluation of every resource is paid for; other changes are few. */
const BETWEEN_LISTS = 24 * HOUR;
/** An evaluation of many resources takes its time, but not so much. */
const LONGEST_WAIT = 6 * HOUR;

/**
 * Has AWS Config evaluate those rules of the pack anew whose verdicts may have changed though their resources did not: the definition, an
 * exception's end, or the evaluator. Throws where a rule cannot be started, after the others have been.
 */
export async function reevaluate({ evaluator, code, until }: Given, ports: Ports): Promise<void> {
  const { definition, modified } = await ports.definition();
  if (modified !== undefined && ports.now() - modified.getTime() < SETTLED_AFTER) {
    ports.log('info', 'the definition was written a moment ago, and evaluators may not have read it; the next run starts what it changes', { modified: modified.toISOString() });
    return;
  }
  const now = ports.now();
  const before = await readState(ports.ledgerTable, ports, ports.log);
  const rules = packRules(await ports.describeConfigRules(), evaluator);
  if (rules.length === 0) ports.log('warn', `no rule of AWS Config asks \`${evaluator}\``, {});

  const wanted = new Map(rules.map(({ name, ruleId }) => [name, fingerprintOf(ruleId, definition, code, now)]));
  const changed = [...wanted].filter(([name, one]) => isDue(before.rules.get(name), one, now)).map(([name]) => name);
  if (changed.length === 0) ports.log('info', 'nothing to evaluate anew', { rules: rules.length });
  // Rules that have gone are forgotten.
  const known = new Map([...before.rules].filter(([name]) => wanted.has(name)));
  // After each call, so that what has been started is not started again if a later one fails.
  const started = async (names: readonly string[]): Promise<void> => {
    for (const name of names) known.set(name, { ...wanted.get(name)!, at: now });
    await writeState(ports.ledgerTable, { rules: known, waitingSince: before.waitingSince }, ports);
    ports.log('info', 'started', { rules: names });
  };
  const busy = new Set(rules.filter(({ isEvaluating }) => isEvaluating).map(({ name }) => name));
  const outcome = await startAll(changed.filter((name) => !busy.has(name)), until, started, ports);
  const { refused } = outcome;
  const waiting = [...changed.filter((name) => busy.has(name)), ...outcome.waiting];

  // Told once: the alarm ends, and rings again for the next change.
  for (const name of refused) known.set(name, { ...wanted.get(name)!, at: now });
  const waitingSince = waiting.length === 0 ? undefined : before.waitingSince ?? now;
  if (waitingSince !== before.waitingSince || refused.length > 0) await writeState(ports.ledgerTable, { rules: known, waitingSince }, ports);
  if (waiting.length > 0) ports.log('warn', 'AWS Config evaluates them already or had too many calls; the next run tries again', { rules: waiting });
  if (refused.length > 0) throw new Error(`AWS Config does not evaluate ${refused.length} of the pack's rules on demand: ${firstOf(refused)}; what they show is from before the change, see \`Rules that cannot be started\` in docs/operations.md`);
  if (waitingSince !== undefined && now - waitingSince > LONGEST_WAIT) throw new Error(`${waiting.length} rules could not be started since ${new Date(waitingSince).toISOString()}: ${firstOf(waiting)}`);
}

/** A rule without a record is started too: AWS Config evaluated it when it was made, but nobody knows with which definition. */
function isDue(before: Started | undefined, { basis, accounts }: Fingerprint, now: number): boolean {
  if (before === undefined || before.basis !== basis) return true;
  return before.accounts !== accounts && now - before.at >= BETWEEN_LISTS;
}
