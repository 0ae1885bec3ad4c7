import { makeId, now, unitsAbove, type Instance, type Result, type Stack, type StackSet, type StackSetOperation, type State } from '../state.ts';
import { AwsError, validationError } from '../wire/error.ts';
import { addStack, remove, settle, turn } from './lifecycle.ts';

type Fields = Record<string, unknown>;
interface Targets { readonly OrganizationalUnitIds?: string[]; readonly Accounts?: string[]; readonly AccountFilterType?: string }
const CANCELLED = 'Cancelled since failure tolerance has exceeded';
const keyOf = ({ account, region }: { readonly account: string; readonly region: string }): string => `${account}/${region}`;

/** Whether targets take an account that stands under `parent`; the unit they take it by. */
export function unitTargeting(state: State, { OrganizationalUnitIds: units = [], Accounts: accounts = [], AccountFilterType: filter = 'NONE' }: Targets, account: string, parent: string): string | undefined {
  const unit = unitsAbove(state, parent).find((one) => units.includes(one));
  const listed = accounts.includes(account);
  if (filter === 'UNION') return unit ?? (listed ? parent : undefined);
  if (unit === undefined || (filter === 'INTERSECTION' && !listed) || (filter === 'DIFFERENCE' && listed)) return undefined;
  return unit;
}

/** Targets of a service-managed StackSet as AWS wants them: units that exist, accounts only with a filter. */
export function targetsOf(state: State, input: Fields): Targets {
  if (input['Accounts'] !== undefined) throw validationError('Accounts cannot be specified for a StackSet with SERVICE_MANAGED permission model; use DeploymentTargets');
  const targets = (input['DeploymentTargets'] ?? {}) as Targets;
  if ((targets.OrganizationalUnitIds ?? []).length === 0) throw validationError('OrganizationalUnitIds are required');
  for (const unit of targets.OrganizationalUnitIds!) if (unit !== state.root && !state.units.some(({ id }) => id === unit)) throw validationError(`Organizational unit ${unit} does not exist in the organization`);
  const filter = targets.AccountFilterType ?? 'NONE';
  if ((filter === 'NONE') !== ((targets.Accounts ?? []).length === 0)) throw validationError(filter === 'NONE' ? 'Accounts cannot be specified without AccountFilterType' : `Accounts are required for AccountFilterType ${filter}`);
  return targets;
}

/** New and known instances that a CreateStackInstances asks for, Region by Region. Never the management account, never one that is suspended. */
export function wantedInstances(state: State, set: StackSet, targets: Targets, regions: readonly string[], overrides: Readonly<Record<string, string>>, operation: string): Result[] {
  return regions.flatMap((region) => state.accounts.filter(({ id, status }) => id !== state.management && status === 'ACTIVE').flatMap(({ id: account, parent }) => {
    const unit = unitTargeting(state, targets, account, parent);
    if (unit === undefined) return [];
    const known = set.instances.get(keyOf({ account, region }));
    if (known === undefined) set.instances.set(keyOf({ account, region }), { account, region, unit: parent, status: 'OUTDATED', detail: 'PENDING', reason: undefined, stackId: undefined, lastOperation: operation, overrides });
    return [{ account, region, unit: parent, status: 'PENDING' as const, reason: undefined }];
  }));
}

/** Instances that stand under the targets in the Regions; all of them without. */
export const knownInstances = (state: State, set: StackSet, targets: Targets | undefined, regions: readonly string[] | undefined): Result[] =>
  [...set.instances.values()].filter(({ account, region, unit }) => (regions?.includes(region) ?? true) && (targets === undefined || unitTargeting(state, targets, account, unit) !== undefined))
    .sort((a, b) => (regions === undefined ? 0 : regions.indexOf(a.region) - regions.indexOf(b.region)))
    .map(({ account, region, unit }) => ({ account, region, unit, status: 'PENDING', reason: undefined }));

const isOpen = ({ status }: StackSetOperation): boolean => status === 'RUNNING' || status === 'QUEUED';

/** The operation that an id was given to before: a request that comes twice is done once. */
export function repeated(set: StackSet, id: unknown, input: Fields): StackSetOperation | undefined {
  const known = set.operations.find((operation) => operation.id === id);
  if (known !== undefined && JSON.stringify(known.input) !== JSON.stringify(input)) throw new AwsError('OperationIdAlreadyExistsException', `The specified operation ID ${String(id)} already exists`);
  return known;
}

/** Without managed execution a StackSet does one thing at a time; with it, what comes is queued. */
export function refuseWhileRunning(set: StackSet, evenIfManaged = false): void {
  if ((evenIfManaged || !set.managed) && set.operations.some(isOpen)) throw new AwsError('OperationInProgressException', `Another Operation on StackSet ${set.arn} is in progress`);
}

export function enqueue(state: State, set: StackSet, operation: Pick<StackSetOperation, 'id' | 'action' | 'input' | 'results'> & { readonly retain?: boolean }): StackSetOperation {
  const preferences = (operation.input['OperationPreferences'] ?? {}) as { FailureToleranceCount?: number; FailureTolerancePercentage?: number; MaxConcurrentCount?: number; MaxConcurrentPercentage?: number };
  if (preferences.FailureToleranceCount !== undefined && preferences.FailureTolerancePercentage !== undefined) throw validationError('FailureToleranceCount and FailureTolerancePercentage cannot be specified together');
  if (preferences.MaxConcurrentCount !== undefined && preferences.MaxConcurrentPercentage !== undefined) throw validationError('MaxConcurrentCount and MaxConcurrentPercentage cannot be specified together');
  const queued: StackSetOperation = { retain: false, ...operation, status: set.operations.some(isOpen) ? 'QUEUED' : 'RUNNING', reason: undefined, createdAt: now(), endedAt: undefined, polls: state.polls };
  for (const result of queued.results) {
    const instance = set.instances.get(keyOf(result));
    if (instance !== undefined) { instance.detail = 'PENDING'; if (queued.action === 'UPDATE') instance.status = 'OUTDATED'; }
  }
  set.operations.unshift(queued);
  return queued;
}

/** One look at a StackSet's operations: the one that runs gets on by a part of its instances, and the next in the queue starts when it is through. */
export function lookAtOperations(state: State, set: StackSet): void {
  const oldestFirst = [...set.operations].reverse();
  const running = oldestFirst.find(({ status }) => status === 'RUNNING');
  if (running !== undefined) advance(state, set, running);
  if (!set.operations.some(({ status }) => status === 'RUNNING')) { const next = oldestFirst.find(({ status }) => status === 'QUEUED'); if (next !== undefined) next.status = 'RUNNING'; }
}

function advance(state: State, set: StackSet, operation: StackSetOperation): void {
  const left = operation.results.filter(({ status }) => status === 'PENDING' || status === 'RUNNING');
  const part = operation.polls === 0 ? left.length : Math.ceil(left.length / (operation.polls + 1));
  for (const result of left.slice(0, part)) if (result.status === 'PENDING' || result.status === 'RUNNING') carryOut(state, set, operation, result);
  if (operation.polls-- > 0 && operation.results.some(({ status }) => status === 'PENDING')) {
    for (const result of operation.results.filter(({ status }) => status === 'PENDING').slice(0, 5)) result.status = 'RUNNING';
    return;
  }
  if (operation.polls >= 0 && !operation.results.some(({ status }) => status === 'CANCELLED')) return;
  operation.status = operation.results.some(({ status }) => status === 'CANCELLED') || exceeded(operation) ? 'FAILED' : 'SUCCEEDED';
  if (operation.status === 'FAILED') operation.reason = 'The operation exceeded the specified failure tolerance';
  operation.endedAt = now();
  if (operation.action === 'DELETE') for (const unit of [...set.targets.keys()]) if (![...set.instances.values()].some((one) => unitsAbove(state, one.unit).includes(unit))) set.targets.delete(unit);
}

/** Failures that one Region may have. */
function toleranceOf({ input, results }: StackSetOperation, region: string): number {
  const { FailureToleranceCount: count, FailureTolerancePercentage: percentage = 0 } = (input['OperationPreferences'] ?? {}) as { FailureToleranceCount?: number; FailureTolerancePercentage?: number };
  return count ?? Math.floor(results.filter((result) => result.region === region).length * percentage / 100);
}
const exceeded = (operation: StackSetOperation, region?: string): boolean => [...new Set(operation.results.map((result) => result.region))].some((one) =>
  (region ?? one) === one && operation.results.filter((result) => result.region === one && result.status === 'FAILED').length > toleranceOf(operation, one));

function carryOut(state: State, set: StackSet, operation: StackSetOperation, result: Result): void {
  const instance = set.instances.get(keyOf(result));
  if (instance === undefined) { result.status = 'SUCCEEDED'; return; }
  instance.lastOperation = operation.id;
  if (operation.action !== 'DELETE' && state.accounts.find(({ id }) => id === result.account)?.status !== 'ACTIVE') {
    instance.detail = 'SKIPPED_SUSPENDED_ACCOUNT';
    result.status = 'SUCCEEDED';
    return;
  }
  const reason = operation.action === 'DELETE' ? takeAway(state, set, instance, operation.retain) : bring(state, set, instance, operation.action);
  if (reason === undefined) { result.status = 'SUCCEEDED'; return; }
  result.status = 'FAILED';
  result.reason = instance.reason = reason;
  instance.detail = 'FAILED';
  instance.status = operation.action === 'DELETE' ? 'INOPERABLE' : 'OUTDATED';
  if (!exceeded(operation, result.region)) return;
  const parallel = (operation.input['OperationPreferences'] as { RegionConcurrencyType?: string } | undefined)?.RegionConcurrencyType === 'PARALLEL';
  for (const other of operation.results) {
    if ((other.status !== 'PENDING' && other.status !== 'RUNNING') || (parallel && other.region !== result.region)) continue;
    other.status = 'CANCELLED';
    other.reason = CANCELLED;
    const stopped = set.instances.get(keyOf(other));
    if (stopped !== undefined) { stopped.lastOperation = operation.id; stopped.detail = 'CANCELLED'; stopped.reason = CANCELLED; if (operation.action !== 'DELETE') stopped.status = 'OUTDATED'; }
  }
}

const stackOf = (state: State, { stackId }: Instance): Stack | undefined => state.stacks.find(({ id, status }) => id === stackId && status !== 'DELETE_COMPLETE');

function bring(state: State, set: StackSet, instance: Instance, action: 'CREATE' | 'UPDATE'): string | undefined {
  const known = stackOf(state, instance);
  const content = { ...set.content, parameters: { ...set.content.parameters, ...instance.overrides } };
  const stack = known ?? addStack(state, instance.account, instance.region, `StackSet-${set.name}-${makeId()}`, 'CREATE_IN_PROGRESS');
  instance.stackId = stack.id;
  const isNew = stack.content === undefined;
  const failure = known?.content === undefined || action === 'UPDATE' || instance.status !== 'CURRENT' ? settle(state, stack, isNew ? 'CREATE' : 'UPDATE', content, set.name) : undefined;
  if (failure !== undefined) {
    turn(stack, isNew ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE', failure.reason);
    return `ResourceLogicalId:${failure.resource.logicalId}, ResourceType:${failure.resource.type}, ResourceStatusReason:${failure.reason}.`;
  }
  turn(stack, isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
  Object.assign(instance, { status: 'CURRENT', detail: 'SUCCEEDED', reason: undefined });
  return undefined;
}

function takeAway(state: State, set: StackSet, instance: Instance, retain: boolean): string | undefined {
  const stack = stackOf(state, instance);
  const failure = stack === undefined || retain ? undefined : remove(state, stack, set.name);
  if (failure !== undefined) {
    turn(stack!, 'DELETE_FAILED', failure.reason);
    return `ResourceLogicalId:${failure.resource.logicalId}, ResourceType:${failure.resource.type}, ResourceStatusReason:${failure.reason}.`;
  }
  set.instances.delete(keyOf(instance));
  return undefined;
}
