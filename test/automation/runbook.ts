import { readFileSync } from 'node:fs';
import { virtualClock } from '../support/automation/clock.ts';
import { fakeAws, type FakeAws, type Options } from '../support/automation/fake-aws/index.ts';
import { withFaults, type Fault } from '../support/automation/faults.ts';
import { runAutomation } from '../support/automation/run.ts';
import type { Call, Clock, Fields, Readings, Result, Run, World } from '../support/automation/types.ts';
import { role, start } from './play.ts';

export const ledgerTable = 'perimeter-ledger';
export type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Setting extends Omit<Partial<Options>, 'clock' | 'grants'> {
  readonly faults?: readonly Fault[];
  readonly readings?: Readings;
  /** What the ledger holds already. */
  readonly ledger?: readonly Record<string, unknown>[];
}
export interface Stage {
  readonly fake: FakeAws;
  readonly clock: Clock;
  readonly world: (executionId: string) => World;
  readonly run: (executionId: string, given?: Fields) => Run;
}

export const documentOf = (stem: string): string => readFileSync(new URL(`../../ssm-documents/${stem}.yaml`, import.meta.url), 'utf8');

/** An AWS with an empty ledger, in which a runbook of the pack runs under a role that may do just `actions`. */
export function stageOf(stem: string, actions: readonly string[], given: Fields, { faults = [], readings, ledger = [], state, ...options }: Setting): Stage {
  const clock = virtualClock(start);
  const fake = fakeAws({ ...options, clock, grants: { [role]: actions }, state: { ...state, tables: { [ledgerTable]: { key: ['pk', 'sk'], items: structuredClone([...ledger]) } } } });
  const document = documentOf(stem);
  // One front of faults for all runs, so that they count over all of them.
  const faulty = withFaults({ callApi: fake.callApi, invoke: fake.invoke, clock, account: '111111111111', region: 'eu-west-1', executionId: '', ...readings === undefined ? {} : { readings } }, ...faults);
  const world = (executionId: string): World => ({ ...faulty, executionId });
  return { fake, clock, world, run: (executionId, more = {}) => runAutomation(document, { AutomationAssumeRole: role, ...given, ...more }, world(executionId)) };
}

export const itemsOf = ({ state }: FakeAws): readonly Attributes[] => state.tables[ledgerTable]!.items as unknown as Attributes[];
export const recordOf = (fake: FakeAws, executionId: string): Attributes | undefined => itemsOf(fake).find(({ sk }) => sk!['S'] === `RUN#${executionId}`);

const isWrite = ({ service, api }: Call): boolean => service !== 'dynamodb' && /^(Modify|Update)/.test(api);
/** What a run asked workloads to change, as the plan writes it. */
export const writesOf = ({ calls }: Pick<Result, 'calls'>): Omit<Call, 'role' | 'error'>[] => calls.filter(isWrite).map(({ service, api, input }) => ({ service, api, input }));

/** Where a write came before the record of what it changes; empty when none did. */
export const unrecordedWrites = ({ calls }: Pick<Result, 'calls'>, isRecord: (call: Call) => boolean): Call[] =>
  calls.filter((call, place) => isWrite(call) && !calls.slice(0, place).some((one) => one.error === undefined && isRecord(one)));

/** How a run ended, as a person sees it. */
export const ending = ({ status, outputs }: Result): string => [status, ...Object.entries(outputs).filter(([name]) => name.endsWith('.Outcome')).map(([, outcome]) => outcome)].join(' ');
