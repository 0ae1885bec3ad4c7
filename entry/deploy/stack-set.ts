import {
  CreateStackInstancesCommand, CreateStackSetCommand, DeleteStackInstancesCommand, DeleteStackSetCommand, DescribeStackSetCommand, DescribeStackSetOperationCommand, paginateListStackInstances,
  paginateListStackSetOperationResults, paginateListStackSetOperations, UpdateStackInstancesCommand, UpdateStackSetCommand,
  type CloudFormationClient, type CreateStackSetCommandInput, type DeploymentTargets, type StackSet, type StackSetOperationPreferences,
} from '@aws-sdk/client-cloudformation';
import { MEMBER_STACK } from '../../deployment/names.ts';
import type { Parameters } from './parameters.ts';
import type { Settings } from './settings.ts';
import type { Clock } from './stack.ts';
import type { Batch, Instance, Wanted } from './stack-set-plan.ts';

/** StackSets as one account and Region call them. */
export interface StackSets { readonly client: CloudFormationClient; readonly callAs: 'SELF' | 'DELEGATED_ADMIN' }

/** One account and Region of an operation: `SUCCEEDED`, `FAILED`, `CANCELLED`, `RUNNING` or `PENDING`. */
export interface Result { readonly account: string; readonly region: string; readonly status: string; readonly reason: string | undefined }

const POLL_EVERY = 10_000;
/** Looked at whole at each poll for a count; of more, reading would take longer than waiting. */
const MOST_COUNTED = 2000;
const named = ({ callAs }: Pick<StackSets, 'callAs'>): { readonly StackSetName: string; readonly CallAs: 'SELF' | 'DELEGATED_ADMIN' } => ({ StackSetName: MEMBER_STACK, CallAs: callAs });
const listOf = (parameters: Parameters): { ParameterKey: string; ParameterValue: string }[] => Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
const isAbsent = (error: unknown): boolean => error instanceof Error && error.name === 'StackSetNotFoundException';

/** The StackSet with its template, or `undefined`. */
export async function findStackSet(sets: StackSets): Promise<StackSet | undefined> {
  try { return (await sets.client.send(new DescribeStackSetCommand(named(sets)))).StackSet; } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

export const stackSetParameters = ({ Parameters: given = [] }: StackSet): Parameters => Object.fromEntries(given.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]));

/** All instances; none if there is no StackSet. */
export async function listInstances(sets: StackSets): Promise<readonly Instance[]> {
  const all: Instance[] = [];
  try {
    for await (const { Summaries = [] } of paginateListStackInstances({ client: sets.client, pageSize: 100 }, named(sets))) {
      all.push(...Summaries.map(({ Account = '', Region = '', Status = '', StackInstanceStatus, StatusReason }) => ({
        account: Account, region: Region, status: Status, detail: StackInstanceStatus?.DetailedStatus, reason: StatusReason,
      })));
    }
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return all;
}

/** Capacity is spent on concurrency even after failures, which the tolerance ends; an account that fails holds no other up. */
const preferences = ({ failureTolerancePercentage, maxConcurrentPercentage, regions }: Settings): StackSetOperationPreferences => ({
  RegionConcurrencyType: 'PARALLEL', RegionOrder: [...regions], FailureTolerancePercentage: failureTolerancePercentage, MaxConcurrentPercentage: maxConcurrentPercentage, ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
});
const preferencesOf = (settings: Settings, { regions }: Batch): StackSetOperationPreferences => ({ ...preferences(settings), RegionOrder: [...regions] });

/** Units with what they are narrowed by. A list of accounts is of accounts in those units. */
function targetsOf({ units, accounts }: Pick<Batch, 'units' | 'accounts'>, excluded: readonly string[]): DeploymentTargets {
  const OrganizationalUnitIds = [...units];
  if (accounts !== undefined) return { OrganizationalUnitIds, Accounts: [...accounts], AccountFilterType: 'INTERSECTION' };
  return excluded.length === 0 ? { OrganizationalUnitIds, AccountFilterType: 'NONE' } : { OrganizationalUnitIds, Accounts: [...excluded], AccountFilterType: 'DIFFERENCE' };
}

interface Content { readonly templateUrl: string; readonly parameters: Parameters }

const common = { Capabilities: ['CAPABILITY_NAMED_IAM' as const], PermissionModel: 'SERVICE_MANAGED' as const, AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false }, ManagedExecution: { Active: true } };

const creation = ({ templateUrl, parameters }: Content): Omit<CreateStackSetCommandInput, 'StackSetName' | 'CallAs'> => ({
  ...common, TemplateURL: templateUrl, Parameters: listOf(parameters), Description: 'The data perimeter in each account and Region of the organization.', Tags: [{ Key: 'perimeter', Value: 'deployment' }],
});

export async function createStackSet(sets: StackSets, content: Content): Promise<void> {
  await sets.client.send(new CreateStackSetCommand({ ...named(sets), ...creation(content) }));
}

/** What the AWS command line is given (`--cli-input-json`) to make the StackSet and all of its instances. */
export function stackSetRequests(callAs: StackSets['callAs'], { wanted, ...content }: Content & { readonly wanted: Wanted }, settings: Settings): { readonly create: object; readonly instances: object } {
  const names = named({ callAs });
  return {
    create: { ...names, ...creation(content) },
    instances: { ...names, DeploymentTargets: targetsOf({ units: wanted.units, accounts: undefined }, wanted.excluded), Regions: [...wanted.regions], OperationPreferences: preferences(settings) },
  };
}

/** Gives the StackSet its new template and parameters, and starts to bring them to instances of `units`, or to all; answers with the operation. */
export async function updateStackSet(sets: StackSets, { templateUrl, parameters }: Content, settings: Settings, wanted: Wanted, units: readonly string[] | undefined): Promise<string> {
  const { OperationId = '' } = await sets.client.send(new UpdateStackSetCommand({
    ...named(sets), ...common, TemplateURL: templateUrl, Parameters: listOf(parameters), OperationPreferences: preferences(settings),
    ...units === undefined ? {} : { DeploymentTargets: targetsOf({ units, accounts: undefined }, wanted.excluded), Regions: [...wanted.regions] },
  }));
  return OperationId;
}

/** Brings the StackSet as it is to instances that do not have it; answers with the operation. */
export async function updateInstances(sets: StackSets, batch: Batch, wanted: Wanted, parameters: Parameters, settings: Settings): Promise<string> {
  const { OperationId = '' } = await sets.client.send(new UpdateStackSetCommand({
    ...named(sets), ...common, UsePreviousTemplate: true, Parameters: Object.keys(parameters).map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })), OperationPreferences: preferencesOf(settings, batch),
    DeploymentTargets: targetsOf(batch, wanted.excluded), Regions: [...batch.regions],
  }));
  return OperationId;
}

/** Has instances take in the ledgers that earlier stacks left behind, and make all else anew; answers with the operation. */
export async function takeInLedgers(sets: StackSets, batch: Batch, settings: Settings): Promise<string> {
  const { OperationId = '' } = await sets.client.send(new UpdateStackInstancesCommand({
    ...named(sets), DeploymentTargets: targetsOf(batch, []), Regions: [...batch.regions], ParameterOverrides: listOf({ LedgerTable: 'existing' }), OperationPreferences: preferencesOf(settings, batch),
  }));
  return OperationId;
}

/** Makes instances; answers with the operation. */
export async function createInstances(sets: StackSets, batch: Batch, wanted: Wanted, settings: Settings): Promise<string> {
  const { OperationId = '' } = await sets.client.send(new CreateStackInstancesCommand({
    ...named(sets), DeploymentTargets: targetsOf(batch, wanted.excluded), Regions: [...batch.regions], OperationPreferences: preferencesOf(settings, batch),
  }));
  return OperationId;
}

/** Deletes instances with their stacks; answers with the operation. */
export async function deleteInstances(sets: StackSets, batch: Batch, settings: Settings): Promise<string> {
  const { OperationId = '' } = await sets.client.send(new DeleteStackInstancesCommand({
    ...named(sets), DeploymentTargets: targetsOf(batch, []), Regions: [...batch.regions], RetainStacks: false, OperationPreferences: preferencesOf(settings, batch),
  }));
  return OperationId;
}

export async function deleteStackSet(sets: StackSets): Promise<void> {
  await sets.client.send(new DeleteStackSetCommand(named(sets)));
}

const running: ReadonlySet<string> = new Set(['RUNNING', 'QUEUED', 'STOPPING']);

/** Operations that somebody, or a run that was cut off, started and that have not ended. */
export async function runningOperations(sets: StackSets): Promise<readonly { readonly id: string; readonly action: string }[]> {
  const found: { id: string; action: string }[] = [];
  try {
    for await (const { Summaries = [] } of paginateListStackSetOperations({ client: sets.client }, named(sets))) {
      found.push(...Summaries.filter(({ Status = '' }) => running.has(Status)).map(({ OperationId = '', Action = '' }) => ({ id: OperationId, action: Action })));
    }
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  // They are listed from the last to the first.
  return found.reverse();
}

/** Accounts and Regions that have ended, and how many there are; `total` is unknown where they are too many to be counted. */
export type OnProgress = (done: number, failed: number, total: number | undefined) => void;

/** Waits for an operation to end; answers with its status. */
export async function waitFor(sets: StackSets, id: string, { sleep }: Clock, onProgress: OnProgress): Promise<string> {
  for (let counted: number | undefined = 0;;) {
    const { StackSetOperation: operation } = await sets.client.send(new DescribeStackSetOperationCommand({ ...named(sets), OperationId: id }));
    const status: string = operation?.Status ?? 'unknown';
    const isRunning = running.has(status);
    if (counted !== undefined) {
      const results = await resultsOf(sets, id, MOST_COUNTED);
      counted = results.length >= MOST_COUNTED ? undefined : results.length;
      onProgress(results.filter((one) => !['PENDING', 'RUNNING'].includes(one.status)).length, results.filter((one) => one.status === 'FAILED').length, counted);
    }
    if (!isRunning) return status;
    await sleep(POLL_EVERY);
  }
}

/** What came of an operation, by account and Region; `most`: no more pages are read than hold so many. */
export async function resultsOf(sets: StackSets, OperationId: string, most = Infinity): Promise<readonly Result[]> {
  const all: Result[] = [];
  for await (const { Summaries = [] } of paginateListStackSetOperationResults({ client: sets.client, pageSize: 100 }, { ...named(sets), OperationId })) {
    all.push(...Summaries.map(({ Account = '', Region = '', Status = '', StatusReason }) => ({ account: Account, region: Region, status: Status, reason: StatusReason })));
    if (all.length >= most) break;
  }
  return all;
}
