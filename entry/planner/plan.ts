import { relatedIds, type Surroundings } from '../../core/evaluate.ts';
import { planFix, planNeeds } from '../../core/plan-fix.ts';
import { planText } from '../../core/plan-text.ts';
import type { AnyRemediation, FixPlan } from '../../core/remediation.ts';
import type { AnyRule } from '../../core/rule.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { sha256 } from '../remediation/hash.ts';
import { dateTime, type Item, type State } from '../remediation/ledger.ts';
import { decide, refusal, type Asked, type Decided } from './decide.ts';
import { readNow, type Given } from './given.ts';
import { isAbsent, readRelated } from './read.ts';
import { isTooLarge, recordOf } from './record.ts';
import { summaryOf } from './summary.ts';

/** The record of a plan for the resource as it is now; a plan that is held or refused is a record too. */
export async function plan(remediation: AnyRemediation, asked: Asked & { readonly resourceId: string }, given: Given): Promise<Item> {
  const { resourceId, mode, approved } = asked;
  const now = given.ports.now();
  const record = (decided: Decided, made?: Made): Item => {
    const change = made !== undefined && 'calls' in made.fix ? made.fix : undefined;
    return recordOf({
      ...decided, mode, approved, change, planSha256: made?.planSha256,
      summary: summaryOf({ ...decided, title: remediation.title, resource: resourceId, change, planSha256: made?.planSha256, undo: remediation.undo }),
    }, now);
  };
  const held = holdOf(await given.ledger.state({ remediation: remediation.id, resourceId }), now);
  if (held !== undefined) return record({ decision: 'held', because: held });
  const item = await readNow(remediation, asked, given);
  if (isAbsent(item)) return record(refusal(item.absent, item.next));
  const made = await make(remediation, item, given, now);
  const whole = record(decide(made.fix, made.planSha256, asked), made);
  return isTooLarge(whole) ? record(refusal('the plan is larger than the ledger takes', 'make the change by hand')) : whole;
}

interface Made { readonly fix: FixPlan; readonly planSha256: string | undefined }

async function make(remediation: AnyRemediation, item: ConfigurationItem, given: Given, now: number): Promise<Made> {
  const fix = planFix(remediation, item, await surroundingsOf(remediation, item, given, now));
  if (fix.outcome === 'noop' || fix.outcome === 'refuse') return { fix, planSha256: undefined };
  if (expands(fix.calls)) return { fix: { outcome: 'refuse', because: 'the plan contains `{{`, which Systems Manager expands', next: 'make the change by hand' }, planSha256: undefined };
  return { fix, planSha256: sha256(planText(remediation.id, item, fix)) };
}

/** Whether Systems Manager would take a piece of what it is to send for a variable of the runbook. */
export const expands = (calls: unknown): boolean => JSON.stringify(calls).includes('{{');

/** What rules and remediation look at beside the item, read now. */
export async function surroundingsOf(remediation: AnyRemediation, item: ConfigurationItem, { definition, place, ports }: Given, now: number): Promise<Surroundings> {
  const wanted = [...planNeeds(remediation, item, definition), ...remediation.rules.flatMap((rule: AnyRule) => relatedIds(rule, item, definition))];
  return { definition, related: await readRelated(wanted, place, ports), now };
}

/** Why nothing is to be changed for now. */
export function holdOf({ holdUntil, holdBy, holdReason }: State, now: number): string | undefined {
  if (holdUntil <= dateTime(now)) return undefined;
  return `a hold is in force until ${holdUntil}${holdBy === undefined ? '' : `, by ${holdBy}`}${holdReason === undefined ? '' : `: ${holdReason}`}`;
}
