import { DescribeConfigurationRecordersCommand, DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';
import { DEFINITION_KEY, DEFINITION_PARAMETER, roleName, STATUS } from '../../deployment/names.ts';
import { partitionOf } from '../../policy/tables/regions.ts';
import type { Aws } from '../aws/clients.ts';
import { describeFault } from '../aws/faults.ts';
import { inPool } from '../aws/pool.ts';
import type { Desired, DesiredStack } from './desired.ts';
import { codeState, expectedCode, type CodeState } from './drift.ts';
import { isOutOfDate, look } from './rollout.ts';
import type { Settings } from './settings.ts';
import { isUnderWay, type Instance } from './stack-set-plan.ts';
import { findStack, isAsWanted, isMade } from './stack.ts';
import type { Templates } from './templates.ts';

/**
 * `covered`: it stands as this version would deploy it; `outdated`: it stands, of another version or with other settings; `failing`: its stack
 * could not be made or changed; `under way`: an operation is about to; `not covered`: it should have a stack and has none.
 */
export type Coverage = 'covered' | 'outdated' | 'failing' | 'under way' | 'not covered';
export type Recorder = 'on' | 'off' | 'none' | 'unknown';

export interface PlaceStatus {
  readonly account: string;
  readonly region: string;
  readonly coverage: Coverage;
  /** Why it is failing, as AWS said. */
  readonly reason: string | undefined;
  readonly recorder: Recorder;
  /** Why that is unknown. */
  readonly recorderReason: string | undefined;
  readonly code: CodeState;
}

const ABREAST = 8;

export interface StackStatus { readonly name: string; readonly region: string; readonly state: 'current' | 'outdated' | 'absent' | 'failing'; readonly status: string | undefined }

export interface Status {
  readonly stacks: readonly StackStatus[];
  /** `undefined` where there is no StackSet to look at. */
  readonly stackSet: 'current' | 'outdated' | 'absent' | undefined;
  readonly places: readonly PlaceStatus[];
  /** Accounts of the organization that nothing is deployed to, and why that is so. */
  readonly outside: readonly { readonly account: string; readonly because: string }[];
}

interface StatusPorts { readonly aws: Aws; readonly settings: Settings; readonly templates: Templates; /** Whether members are looked into for recorders and code. */ readonly deep: boolean; readonly onProgress: (done: number, total: number) => void }

/** How the deployment is, by account and Region. What could not be looked at is unknown, never fine. */
export async function status(desired: Desired, ports: StatusPorts): Promise<Status> {
  const { place, bucketStack, stacks, packs, stackSet } = desired;
  const { aws, settings, deep, onProgress } = ports;
  const own = [...bucketStack === undefined ? [] : [bucketStack], ...stacks, ...packs];
  const stackStates: StackStatus[] = [];
  for (const stack of own) stackStates.push(await stackStatus(aws, stack));
  const covered = stackSet === undefined || place.kind !== 'organization' ? coverageOfStacks(place.caller.account, stackStates, settings.regions) : undefined;
  const found = covered === undefined && stackSet !== undefined && place.kind === 'organization'
    ? await look(aws, { client: aws.cloudFormation(settings.homeRegion), callAs: place.callAs }, settings, stackSet) : undefined;
  const isOld = found?.set !== undefined && stackSet !== undefined && isOutOfDate(found.set, stackSet);
  const coverage = covered ?? (stackSet === undefined ? [] : coverageOfInstances(stackSet.wanted.accounts, settings.regions, found?.current.instances ?? [], isOld));
  const expected = expectedCode(ports.templates.code, pointerOf(desired));
  return {
    stacks: stackStates,
    stackSet: stackSet === undefined ? undefined : found?.set === undefined ? 'absent' : isOld ? 'outdated' : 'current',
    places: await inPool(coverage, ABREAST, async (one): Promise<PlaceStatus> => {
      if (one.coverage === 'not covered') return { ...one, recorder: 'unknown', recorderReason: undefined, code: { state: 'unknown', reason: 'nothing is deployed there' } };
      if (!deep) return { ...one, recorder: 'unknown', recorderReason: 'members were not looked into', code: { state: 'unknown', reason: 'members were not looked into' } };
      const there = memberAt(aws, place.caller.account, one);
      const { recorder, reason } = await recorderState(there, one.region);
      return { ...one, recorder, recorderReason: reason, code: await codeState(there, one.region, expected) };
    }, (done) => { onProgress(done, coverage.length); }),
    outside: outsideOf(desired, settings),
  };
}

/** As the evaluator is told where the definition is. */
const pointerOf = ({ parameters, bucket }: Desired): string => parameters.length > 0 ? `ssm:${DEFINITION_PARAMETER}` : `s3://${bucket.name}/${DEFINITION_KEY}`;

async function stackStatus(aws: Aws, stack: DesiredStack): Promise<StackStatus> {
  const client = aws.cloudFormation(stack.region);
  const found = await findStack(client, stack.name);
  const of = { name: stack.name, region: stack.region, status: found?.StackStatus };
  if (!isMade(found)) return { ...of, state: 'absent' };
  if (/(ROLLBACK_COMPLETE|_FAILED)$/.test(found.StackStatus ?? '') && found.StackStatus !== 'UPDATE_ROLLBACK_COMPLETE') return { ...of, state: 'failing' };
  return { ...of, state: await isAsWanted(client, found, stack) ? 'current' : 'outdated' };
}

interface Covered { readonly account: string; readonly region: string; readonly coverage: Coverage; readonly reason: string | undefined }

/** For one account, whose stacks are its own. */
function coverageOfStacks(account: string, stacks: readonly StackStatus[], regions: readonly string[]): readonly Covered[] {
  return regions.map((region): Covered => {
    const stack = stacks.find((one) => one.region === region && ['perimeter-member', 'perimeter-management'].includes(one.name));
    const coverage = ({ current: 'covered', outdated: 'outdated', failing: 'failing', absent: 'not covered' } as const)[stack?.state ?? 'absent'];
    return { account, region, coverage, reason: coverage === 'failing' ? `stack ${stack?.name ?? ''} is ${stack?.status ?? 'in no state'}` : undefined };
  });
}

function coverageOfInstances(accounts: readonly string[], regions: readonly string[], instances: readonly Instance[], isOld: boolean): readonly Covered[] {
  const byPlace = new Map(instances.map((one) => [`${one.account} ${one.region}`, one]));
  return accounts.flatMap((account) => regions.map((region): Covered => {
    const instance = byPlace.get(`${account} ${region}`);
    if (instance === undefined) return { account, region, coverage: 'not covered', reason: undefined };
    if (instance.status === 'CURRENT') return { account, region, coverage: isOld ? 'outdated' : 'covered', reason: undefined };
    if (isUnderWay(instance)) return { account, region, coverage: 'under way', reason: undefined };
    // One that never failed has only not been reached yet.
    const isWaiting = instance.status === 'OUTDATED' && instance.reason === undefined && instance.detail !== 'FAILED';
    return { account, region, coverage: isWaiting ? 'outdated' : 'failing', reason: instance.reason };
  }));
}

/** Accounts of the organization that the deployment leaves out. */
function outsideOf({ place }: Desired, { excludeAccounts, targets }: Settings): Status['outside'] {
  if (place.kind !== 'organization') return [];
  const inside = new Set(place.accounts);
  return place.members.filter(({ id }) => !inside.has(id)).map(({ id, isActive }) => ({
    account: id,
    because: id === place.organization.managementAccount ? 'manages the organization: see `perimeter deploy status --management`'
      : !isActive ? 'is suspended or being closed' : excludeAccounts.includes(id) ? 'is in `excludeAccounts`' : `is not below ${targets.join(', ')}`,
  }));
}

/** An account as the role that the member stack makes for this; the caller's own as itself. */
const memberAt = (aws: Aws, own: string, { account, region }: Covered): Aws =>
  account === own ? aws : aws.assume(`arn:${partitionOf(region)}:iam::${account}:role/${roleName(STATUS, region)}`, region);

async function recorderState(there: Aws, region: string): Promise<{ readonly recorder: Recorder; readonly reason: string | undefined }> {
  try {
    const { ConfigurationRecorders: recorders = [] } = await there.config(region).send(new DescribeConfigurationRecordersCommand({}));
    if (recorders.length === 0) return { recorder: 'none', reason: undefined };
    const { ConfigurationRecordersStatus: states = [] } = await there.config(region).send(new DescribeConfigurationRecorderStatusCommand({}));
    return { recorder: states.some(({ recording }) => recording === true) ? 'on' : 'off', reason: undefined };
  } catch (error) { return { recorder: 'unknown', reason: describeFault(error) }; }
}

/** Whether everything is known to be as it should be. */
export const isFine = ({ stacks, stackSet, places }: Status): boolean =>
  stacks.every(({ state }) => state === 'current') && (stackSet === undefined || stackSet === 'current')
  && places.every(({ coverage, recorder, code }) => coverage === 'covered' && recorder === 'on' && code.state === 'same');
