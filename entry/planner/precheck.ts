import { canonical } from '../../core/plan-text.ts';
import type { AnyRemediation } from '../../core/remediation.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { lambdaFunctionState } from '../../items/lambda-function-state.ts';
import { policySource } from '../../items/policy-source.ts';
import { textOf, type Item } from '../remediation/ledger.ts';
import { readNow, type Given } from './given.ts';
import { holdOf } from './plan.ts';
import { policyKind } from './policies.ts';
import { isAbsent } from './read.ts';
import { membersIn, runToApply } from './recorded.ts';
import type { RunRequest } from './request.ts';

/** Under the lock and before the write: whether the resource is still as it was planned for. */
export async function precheck(remediation: AnyRemediation, run: RunRequest, given: Given): Promise<'unchanged' | 'changed'> {
  const record = await runToApply(run, given);
  const state = await given.ledger.state(run);
  const now = given.ports.now();
  if (state.lockedBy !== run.executionId || state.lockUntil * 1000 <= now) throw new Error(`the run \`${run.executionId}\` does not hold the lock of \`${run.resourceId}\``);
  // A hold that came after the plan: another run put the old state back, and this one would change it again.
  if (textOf(record, 'undoes') === 'none' && holdOf(state, now) !== undefined) return 'changed';
  const item = await readNow(remediation, run, given);
  return !isAbsent(item) && isAsBefore(remediation, item, record) ? 'unchanged' : 'changed';
}

function isAsBefore({ id }: AnyRemediation, item: ConfigurationItem, record: Item): boolean {
  const kind = policyKind(id);
  const revision = textOf(record, 'revisionId');
  if (revision !== undefined && lambdaFunctionState(item).revisionId !== revision) return false;
  return Object.entries(membersIn(record, 'before')).every(([name, before]) => canonical(name === kind?.member ? policySource(item, name) : item.configuration[name] ?? null) === canonical(before));
}
