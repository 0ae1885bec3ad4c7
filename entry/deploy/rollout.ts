import type { StackSet } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../aws/clients.ts';
import { isNoUnit } from '../aws/organization.ts';
import type { DesiredStackSet } from './desired.ts';
import { accountsBelow } from './organization.ts';
import type { Settings } from './settings.ts';
import { hasLeftLedger, isUnderWay, planInstances, type Batch, type Current, type Instance, type InstancePlan, type Wanted } from './stack-set-plan.ts';
import {
  createInstances, createStackSet, deleteInstances, findStackSet, listInstances, runningOperations, stackSetParameters, takeInLedgers, updateInstances, updateStackSet, waitFor, type OnProgress, type StackSets,
} from './stack-set.ts';
import type { Clock } from './stack.ts';
import { isEmptyDiff, parameterDiff, templateDiff } from './template-diff.ts';

/** The StackSet as it stands, with what planning its instances needs. */
export interface Found { readonly set: StackSet | undefined; readonly current: Current }

export async function look(aws: Aws, sets: StackSets, { homeRegion }: Settings, { wanted: { units, canary } }: DesiredStackSet): Promise<Found> {
  const set = await findStackSet(sets);
  if (set === undefined) return { set, current: { instances: [], units: [], stale: new Map() } };
  const targeted = set.OrganizationalUnitIds ?? [];
  const stale = new Map<string, ReadonlySet<string>>();
  for (const unit of targeted.filter((one) => !units.includes(one) && !canary.includes(one))) {
    // A unit that has been deleted holds nothing.
    stale.set(unit, await accountsBelow(aws, homeRegion, [unit]).catch((error: unknown) => { if (isNoUnit(error)) return new Set<string>(); throw error; }));
  }
  return { set, current: { instances: await listInstances(sets), units: targeted, stale } };
}

/** Whether the StackSet holds another template or other parameters than it is to. */
export const isOutOfDate = (set: StackSet, { template, parameters }: DesiredStackSet): boolean =>
  !isEmptyDiff(templateDiff(set.TemplateBody ?? '{}', template.text)) || parameterDiff(stackSetParameters(set), parameters).length > 0;

/** An account and Region that is not as it should be, and what AWS gave as the reason. */
export interface Failing { readonly account: string; readonly region: string; readonly what: string; readonly reason: string }

/** How a roll-out ended. `stopped`: accounts that come first failed, so nothing was done to the others. */
export interface RolledOut { readonly changed: number; readonly failing: readonly Failing[]; readonly stopped: boolean }

interface Ports { readonly aws: Aws; readonly sets: StackSets; readonly settings: Settings; readonly clock: Clock; readonly say: (line: string) => void; readonly onProgress: (what: string) => OnProgress }

/**
 * Brings the StackSet and all of its instances to what they are to be. Whatever a run before left under way is waited for, and whatever it
 * left undone is done. What fails in some accounts leaves those that stand as they are.
 */
export async function rollOut(ports: Ports, desired: DesiredStackSet): Promise<RolledOut> {
  const { aws, sets, settings, say } = ports;
  await waitForOthers(ports);
  const found = await look(aws, sets, settings, desired);
  const content = { templateUrl: desired.templateUrl, parameters: desired.parameters };
  let changed = 0;
  let isUpdating = false;
  if (found.set === undefined) {
    await createStackSet(sets, content);
    say('made the StackSet');
    changed++;
  } else if (isOutOfDate(found.set, desired)) isUpdating = true;

  for (const wanted of [...desired.canary === undefined ? [] : [desired.canary], desired.wanted]) {
    const isCanary = wanted === desired.canary;
    const where = isCanary ? 'accounts that come first' : 'all accounts';
    const hasUpdated = isUpdating;
    if (isUpdating) {
      isUpdating = false;
      // A StackSet without instances would not know the units.
      const units = isCanary && found.current.instances.length > 0 ? wanted.units : undefined;
      changed += await run(ports, `updating ${where}`, () => updateStackSet(sets, content, settings, wanted, units), found.current.instances.length);
    }
    const plan = planInstances(wanted, (await look(aws, sets, settings, desired)).current);
    // What has just failed is left for another run: somebody has to do something about it first.
    if (!hasUpdated) for (const batch of plan.update) changed += await run(ports, `updating ${describe(batch)}`, () => updateInstances(sets, batch, wanted, desired.parameters, settings), batch.count);
    if (!hasUpdated) for (const batch of plan.takeIn) changed += await run(ports, `taking in ledgers that were left in ${describe(batch)}`, () => takeInLedgers(sets, batch, settings), batch.count);
    for (const batch of plan.create) changed += await run(ports, `deploying to ${describe(batch)}`, () => createInstances(sets, batch, wanted, settings), batch.count);
    if (isCanary) {
      const failing = failingOf(wanted, (await look(aws, sets, settings, desired)).current.instances);
      if (failing.length > 0) return { changed, failing, stopped: true };
      continue;
    }
    for (const batch of plan.remove) changed += await run(ports, `removing from ${describe(batch)}`, () => deleteInstances(sets, batch, settings), batch.count);
  }
  const { current } = await look(aws, sets, settings, desired);
  const plan = planInstances(desired.wanted, current);
  return { changed, failing: [...failingOf(desired.wanted, current.instances), ...leftOver(plan, desired.wanted, current.instances)], stopped: false };
}

const describe = ({ units, accounts, regions, count }: Batch): string =>
  `${accounts === undefined ? units.join(', ') : accounts.length === 1 ? `account ${accounts[0]!}` : `${accounts.length} accounts`} in ${regions.join(', ')}: ${count} stack${count === 1 ? '' : 's'}`;

/** Operations that somebody else, or a run that was cut off, has under way. */
export async function waitForOthers({ sets, clock, say, onProgress }: Omit<Ports, 'aws' | 'settings'>): Promise<void> {
  for (const { id, action } of await runningOperations(sets)) {
    say(`waiting for an operation that is under way: ${action.toLowerCase()} ${id}`);
    await waitFor(sets, id, clock, onProgress(`${action.toLowerCase()} ${id}`));
  }
}

const TURNS = 20;

async function run({ sets, clock, say, onProgress }: Ports, what: string, start: () => Promise<string>, count: number): Promise<number> {
  say(what);
  const operation = await whenFree(start, { sets, clock, say, onProgress });
  const status = await waitFor(sets, operation, clock, onProgress(what));
  if (status !== 'SUCCEEDED') say(`${what}: ${status}`);
  return count;
}

/** Starts an operation as soon as no other one keeps it from starting. */
export async function whenFree(start: () => Promise<string>, ports: Omit<Ports, 'aws' | 'settings'>): Promise<string> {
  for (let turn = 1; ; turn++) {
    try { return await start(); } catch (error) {
      if (!(error instanceof Error && ['OperationInProgressException', 'StaleRequestException'].includes(error.name)) || turn === TURNS) throw error;
      await waitForOthers(ports);
    }
  }
}

/** Accounts and Regions that should have a current stack and have none. */
export function failingOf({ accounts, regions }: Wanted, instances: readonly Instance[]): readonly Failing[] {
  const byPlace = new Map(instances.map((one) => [`${one.account} ${one.region}`, one]));
  return accounts.flatMap((account) => regions.flatMap((region): Failing[] => {
    const instance = byPlace.get(`${account} ${region}`);
    if (instance === undefined) return [{ account, region, what: 'not deployed', reason: 'no stack was made: CloudFormation does not list the account as an instance' }];
    if (instance.status === 'CURRENT') return [];
    if (isUnderWay(instance)) return [{ account, region, what: 'under way', reason: 'an operation of the StackSet has not come to it yet' }];
    const reason = instance.reason ?? `CloudFormation gives no reason (${instance.detail ?? instance.status})`;
    if (hasLeftLedger(instance)) return [{ account, region, what: 'failed', reason: `${reason}; an earlier stack left it, and another run takes it in` }];
    return [{ account, region, what: instance.status === 'INOPERABLE' ? 'stuck' : 'failed', reason: instance.status === 'INOPERABLE' ? `${reason}; delete the instance with --retain-stacks, then its stack in the account, then run this again` : reason }];
  }));
}

/** Stacks that should be gone and are not. */
const leftOver = ({ remove }: InstancePlan, { accounts, regions }: Wanted, instances: readonly Instance[]): readonly Failing[] => remove.length === 0 ? [] :
  instances.filter(({ account, region, detail }) => !(accounts.includes(account) && regions.includes(region)) && detail !== 'SKIPPED_SUSPENDED_ACCOUNT')
    .map(({ account, region, reason }) => ({ account, region, what: 'not removed', reason: reason ?? 'CloudFormation gives no reason' }));
