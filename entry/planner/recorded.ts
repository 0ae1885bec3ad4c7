import type { Item } from '../remediation/ledger.ts';
import { textOf, type RunName } from '../remediation/ledger.ts';
import type { Given } from './given.ts';

/** The record of a run that is to change something. */
export async function runToApply(run: RunName, { ledger }: Given): Promise<Item> {
  const record = await ledger.run(run);
  if (record === undefined) throw new Error(`the ledger holds no run \`${run.executionId}\` of \`${run.remediation}\` on \`${run.resourceId}\``);
  const decision = textOf(record, 'decision');
  if (decision !== 'apply') throw new Error(`the run \`${run.executionId}\` is to change nothing: its decision is \`${decision}\``);
  return record;
}

/** Members of the configuration that a record holds as JSON text. */
export const membersIn = (record: Item, name: 'before' | 'after'): Readonly<Record<string, unknown>> => JSON.parse(textOf(record, name) ?? '') as Record<string, unknown>;
