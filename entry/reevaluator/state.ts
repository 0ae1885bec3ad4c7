import { REEVALUATOR_STATE } from '../../deployment/names.ts';
import type { Log } from '../evaluator/log.ts';
import { textOf, type LedgerPorts } from '../remediation/ledger.ts';
import type { Fingerprint } from './fingerprint.ts';

/** What a rule was evaluated with when it was started last. */
export interface Started extends Fingerprint { /** Milliseconds since 1970. */ readonly at: number }

export interface State {
  /** By the rule's name in AWS Config. */
  readonly rules: ReadonlyMap<string, Started>;
  /** Since when some rule could not be started, in milliseconds since 1970. */
  readonly waitingSince: number | undefined;
}

export type StatePorts = Pick<LedgerPorts, 'getItem' | 'putItem'>;

const key = { pk: { S: REEVALUATOR_STATE }, sk: { S: 'STATE' } };

/** One item, and no other of the ledger: the function's role lets it at no other. Without it all rules are taken for changed. */
export async function readState(table: string, { getItem }: StatePorts, log: Log): Promise<State> {
  const { Item: item } = await getItem({ TableName: table, Key: key, ConsistentRead: true });
  const waiting = item?.['waitingSince']?.N;
  return { rules: rulesIn(item === undefined ? undefined : textOf(item, 'rules'), log), waitingSince: waiting === undefined ? undefined : Number(waiting) };
}

function rulesIn(text: string | undefined, log: Log): State['rules'] {
  if (text === undefined) return new Map();
  try { return new Map(Object.entries(JSON.parse(text) as Record<string, Started>)); } catch (error) {
    log('warn', 'the ledger does not tell what the rules were evaluated with, and all are started', { error: error instanceof Error ? error.message : String(error) });
    return new Map();
  }
}

export async function writeState(table: string, { rules, waitingSince }: State, { putItem }: StatePorts): Promise<void> {
  await putItem({
    TableName: table,
    Item: { ...key, rules: { S: JSON.stringify(Object.fromEntries(rules)) }, ...waitingSince === undefined ? {} : { waitingSince: { N: String(waitingSince) } } },
  });
}
