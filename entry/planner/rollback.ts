import { planText } from '../../core/plan-text.ts';
import type { AnyRemediation, Change } from '../../core/remediation.ts';
import { policySource, type PolicySource } from '../../items/policy-source.ts';
import { sha256 } from '../remediation/hash.ts';
import { dateTime, textOf, type Item } from '../remediation/ledger.ts';
import { refusal, type Decided } from './decide.ts';
import { readNow, type Given } from './given.ts';
import { differenceOf } from './meaning.ts';
import { expands } from './plan.ts';
import { policyKind } from './policies.ts';
import { isAbsent } from './read.ts';
import { membersIn } from './recorded.ts';
import { recordOf } from './record.ts';
import { BadRequest, type Of } from './request.ts';
import { summaryOf } from './summary.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The record of a plan to put back what a run found; only where nothing else changed the policy since, unless by force. */
export async function planRollback(remediation: AnyRemediation, asked: Of<'plan-rollback'>, given: Given): Promise<Item> {
  const kind = policyKind(remediation.id);
  if (kind === undefined) throw new BadRequest(`\`remediation\` is \`${remediation.id}\`, whose runs are not rolled back here`);
  const now = given.ports.now();
  const { holdUntil: held } = await given.ledger.state(asked);
  const until = dateTime(now + asked.holdDays * DAY);
  // One that is in force for longer stays.
  const rollback = { undoes: asked.undo, holdUntil: held > until ? held : until };
  const record = (decided: Decided, change?: Change, planSha256?: string): Item => recordOf({
    ...decided, mode: 'Apply', approved: undefined, change, planSha256, rollback,
    summary: summaryOf({ ...decided, title: `Undo run ${asked.undo}`, resource: asked.resourceId, change, planSha256, undo: `Run the rollback again with the id of this execution, \`${asked.executionId}\`.` }),
  }, now);

  const undone = await given.ledger.run({ ...asked, executionId: asked.undo });
  if (undone === undefined) return record(refusal(`the ledger holds no run \`${asked.undo}\` of \`${remediation.id}\` on \`${asked.resourceId}\``, 'take the id of the execution that changed this resource'));
  const decision = textOf(undone, 'decision');
  if (decision !== 'apply') return record(refusal(`the run \`${asked.undo}\` changed nothing: its decision was \`${decision}\``, 'take the id of the execution that changed this resource'));
  const item = await readNow(remediation, asked, given);
  if (isAbsent(item)) return record(refusal(item.absent, item.next));

  const [old, made] = [membersIn(undone, 'before'), membersIn(undone, 'after')].map((one) => one[kind.member] as PolicySource) as [PolicySource, PolicySource];
  const at = { kind, perimeter: given.definition.perimeter, now };
  if (differenceOf(item, old, at) === undefined) return record({ decision: 'noop', because: `the policy means what it meant before the run \`${asked.undo}\`` });
  const later = differenceOf(item, made, at);
  if (later !== undefined && !asked.force) return record(refusal(`the policy was changed after the run \`${asked.undo}\`: ${later}`, 'undo that change first, or start again with `Force` true, which loses it'));
  const call = kind.call(item, JSON.stringify(old));
  if (expands(call)) return record(refusal('the old policy contains `{{`, which Systems Manager expands', 'put it back by hand'));
  const change: Change = {
    steps: [`put back the policy from before the run \`${asked.undo}\``], before: { [kind.member]: policySource(item, kind.member) }, after: { [kind.member]: old },
    calls: [call], approval: [], risks: ['what the run closed is open again, and stays so until the hold ends'],
  };
  const because = later === undefined ? 'nothing else changed the policy since' : `by force, though the policy was changed since: ${later}`;
  return record({ decision: 'apply', because }, change, sha256(planText(remediation.id, item, { ...change, outcome: 'apply' })));
}
