import { evaluateItem } from '../../core/evaluate.ts';
import type { AnyRemediation } from '../../core/remediation.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { UnreadableItem } from '../../items/read.ts';
import type { PolicySource } from '../../items/policy-source.ts';
import { textOf, type Item } from '../remediation/ledger.ts';
import { readNow, type Given } from './given.ts';
import { differenceOf } from './meaning.ts';
import { surroundingsOf } from './plan.ts';
import { policyKind } from './policies.ts';
import { isAbsent } from './read.ts';
import { membersIn, runToApply } from './recorded.ts';
import type { RunRequest } from './request.ts';

/** Milliseconds between reads: IAM shows a change everywhere within a minute, and a step of a runbook waits for two. */
const waits = [5_000, 10_000, 20_000, 30_000];

/** After the write: `verified`, or what is still not as planned after a while, behind `failed: `. */
export async function verify(remediation: AnyRemediation, run: RunRequest, given: Given): Promise<string> {
  const record = await runToApply(run, given);
  for (let reads = 0; ; reads += 1) {
    const fault = await faultOf(remediation, run, record, given);
    if (fault === undefined) return 'verified';
    const wait = waits[reads];
    if (wait === undefined) return `failed: ${fault}`;
    await given.ports.sleep(wait);
  }
}

async function faultOf(remediation: AnyRemediation, run: RunRequest, record: Item, given: Given): Promise<string | undefined> {
  const item = await readNow(remediation, run, given);
  if (isAbsent(item)) return item.absent;
  const now = given.ports.now();
  const difference = differs(remediation, item, record, given, now);
  if (difference !== undefined) return difference;
  // What a rollback puts back is what the rules found fault with.
  if (textOf(record, 'undoes') !== 'none') return undefined;
  const surroundings = await surroundingsOf(remediation, item, given, now);
  for (const rule of remediation.rules) {
    const { kind } = evaluateItem(rule, item, surroundings);
    if (kind === 'non-compliant' || kind === 'undecided') return `\`${rule.id}\` finds it ${kind}`;
  }
  return undefined;
}

function differs({ id }: AnyRemediation, item: ConfigurationItem, record: Item, { definition: { perimeter } }: Given, now: number): string | undefined {
  const kind = policyKind(id);
  for (const [name, planned] of Object.entries(membersIn(record, 'after'))) {
    if (name !== kind?.member) {
      if (!covers(item.configuration[name], planned)) return `\`${name}\` is not as planned`;
      continue;
    }
    try {
      const difference = differenceOf(item, planned as PolicySource, { kind, perimeter, now });
      if (difference !== undefined) return difference;
    } catch (error) {
      if (error instanceof UnreadableItem) return error.message;
      throw error;
    }
  }
  return undefined;
}

/** Whether a live value has all that was planned of it: services add members of their own, and keep lists of ids in any order. */
function covers(live: unknown, planned: unknown): boolean {
  if (Array.isArray(planned)) return Array.isArray(live) && live.length === planned.length && planned.every((one) => live.some((other) => covers(other, one)));
  if (typeof planned !== 'object' || planned === null) return live === planned;
  return typeof live === 'object' && live !== null && Object.entries(planned).every(([name, value]) => covers((live as Record<string, unknown>)[name], value));
}
