import {
  CreateChangeSetCommand, DeleteChangeSetCommand, DeleteStackCommand, DescribeChangeSetCommand, DescribeStacksCommand, ExecuteChangeSetCommand, GetTemplateCommand,
  paginateDescribeStackEvents, type Change, type CloudFormationClient, type ResourceToImport, type Stack,
} from '@aws-sdk/client-cloudformation';
import type { Parameters } from './parameters.ts';
import { isEmptyDiff, templateDiff } from './template-diff.ts';

/** A stack of the caller's own account, as it is to be. */
export interface WantedStack {
  readonly name: string;
  readonly region: string;
  /** Small templates are given as they are, others by the URL of an object in a bucket. */
  readonly template: { readonly body: string } | { readonly url: string };
  /** The template's text in any case. */
  readonly text: string;
  readonly parameters: Parameters;
  /** Resources that are there already, without a stack, by logical id. */
  readonly imports?: readonly ResourceToImport[];
}

/** Change to one resource; `replacement`: AWS makes another in its place. */
export interface ResourceChange { readonly action: string; readonly logicalId: string; readonly type: string; readonly replacement: boolean }

export interface Clock { /** Milliseconds since 1970. */ readonly now: () => number; readonly sleep: (duration: number) => Promise<void> }

/** A stack that did not become what it should, with the reasons AWS gave. */
export class StackFailed extends Error {
  override name = 'StackFailed';
  readonly reasons: readonly string[];
  constructor(message: string, reasons: readonly string[]) {
    super([message, ...reasons.map((reason) => `  ${reason}`)].join('\n'));
    this.reasons = reasons;
  }
}

const CHANGE_SET = 'perimeter-deploy';
const POLL_EVERY = 5000;
const tags = [{ Key: 'perimeter', Value: 'deployment' }];

/** The stack as it is, or `undefined`. A name that CloudFormation deleted is not found by name. */
export async function findStack(client: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try { return (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]; } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Whether a stack has been made: one in review holds nothing yet. */
export const isMade = (stack: Stack | undefined): stack is Stack => stack !== undefined && stack.StackStatus !== 'REVIEW_IN_PROGRESS' && stack.StackStatus !== 'DELETE_COMPLETE';

const stands: ReadonlySet<string> = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE']);

/** A creation that failed leaves a stack which can only be deleted. */
const isRuined = ({ StackStatus }: Stack): boolean => ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'IMPORT_ROLLBACK_COMPLETE', 'DELETE_FAILED'].includes(StackStatus ?? '');

export const parametersOf = ({ Parameters: given = [] }: Stack): Parameters => Object.fromEntries(given.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]));

/** Whether a stack that stands has the template and the parameters that it is to have. */
export async function isAsWanted(client: CloudFormationClient, stack: Stack, { name, text, parameters }: WantedStack): Promise<boolean> {
  const known = parametersOf(stack);
  return stands.has(stack.StackStatus ?? '') && Object.entries(parameters).every(([key, value]) => known[key] === value) && isEmptyDiff(templateDiff(await templateOf(client, name), text));
}

export async function templateOf(client: CloudFormationClient, StackName: string): Promise<string> {
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
  return TemplateBody;
}

/** What an update of a stack that stands would change, by a change set that is deleted again. */
export async function previewUpdate(client: CloudFormationClient, wanted: WantedStack, clock: Clock): Promise<readonly ResourceChange[]> {
  const changes = await makeChangeSet(client, wanted, 'UPDATE', clock);
  await client.send(new DeleteChangeSetCommand({ StackName: wanted.name, ChangeSetName: CHANGE_SET }));
  return changes ?? [];
}

/**
 * Makes or updates a stack and waits until it stands. A run that was cut off is gone on with: what is under way is waited for, a stack that
 * failed at its creation is removed and made again. Throws StackFailed.
 */
export async function applyStack(client: CloudFormationClient, wanted: WantedStack, clock: Clock, say: (what: string) => void): Promise<'created' | 'updated' | 'unchanged'> {
  let stack = await settled(client, wanted.name, clock, say);
  if (stack?.StackStatus === 'UPDATE_ROLLBACK_FAILED') {
    throw new StackFailed(`stack ${wanted.name} in ${wanted.region} is stuck: ${stack.StackStatusReason ?? 'an update could not be taken back'}`, [`aws cloudformation continue-update-rollback --region ${wanted.region} --stack-name ${wanted.name}`, 'then run this again']);
  }
  if (stack !== undefined && isRuined(stack)) {
    say(`removing ${wanted.name}, which is ${stack.StackStatus ?? 'in no state'}`);
    await removeStack(client, wanted.name, wanted.region, clock);
    stack = undefined;
  }
  if (isMade(stack) && await isAsWanted(client, stack, wanted)) return 'unchanged';
  const isNew = !isMade(stack);
  const type = isNew ? wanted.imports === undefined ? 'CREATE' : 'IMPORT' : 'UPDATE';
  const since = clock.now();
  const changes = await makeChangeSet(client, wanted, type, clock);
  if (changes === undefined) {
    await client.send(new DeleteChangeSetCommand({ StackName: wanted.name, ChangeSetName: CHANGE_SET }));
    return 'unchanged';
  }
  // Said by name: an answer that was lost does not make the change twice.
  await client.send(new ExecuteChangeSetCommand({ StackName: wanted.name, ChangeSetName: CHANGE_SET }));
  const done = await settled(client, wanted.name, clock, say);
  if (!stands.has(done?.StackStatus ?? '')) {
    throw new StackFailed(`stack ${wanted.name} in ${wanted.region} is ${done?.StackStatus ?? 'gone'}`, await failuresOf(client, done?.StackId ?? wanted.name, since));
  }
  return isNew ? 'created' : 'updated';
}

/** Deletes a stack and waits until it is gone; throws StackFailed. */
export async function removeStack(client: CloudFormationClient, name: string, region: string, clock: Clock): Promise<void> {
  const stack = await findStack(client, name);
  if (stack === undefined) return;
  const since = clock.now();
  // A deleted stack is found by its id only.
  const id = stack.StackId ?? name;
  if (stack.StackStatus !== 'DELETE_IN_PROGRESS') await client.send(new DeleteStackCommand({ StackName: id }));
  const done = await settled(client, id, clock, () => undefined);
  if (done !== undefined && done.StackStatus !== 'DELETE_COMPLETE') throw new StackFailed(`stack ${name} in ${region} could not be deleted: it is ${done.StackStatus ?? 'in no state'}`, await failuresOf(client, id, since));
}

/** The stack when nothing is under way in it any more. */
async function settled(client: CloudFormationClient, name: string, { sleep }: Clock, say: (what: string) => void): Promise<Stack | undefined> {
  for (let said = '';;) {
    const stack = await findStack(client, name);
    const StackStatus: string = stack?.StackStatus ?? '';
    if (!StackStatus.endsWith('_IN_PROGRESS') || StackStatus === 'REVIEW_IN_PROGRESS') return stack;
    if (StackStatus !== said) say(StackStatus);
    said = StackStatus;
    await sleep(POLL_EVERY);
  }
}

/** Makes the change set anew and waits for it; `undefined`: it has no changes. Throws StackFailed. */
async function makeChangeSet(client: CloudFormationClient, { name, region, template, parameters, imports }: WantedStack, type: 'CREATE' | 'UPDATE' | 'IMPORT', { sleep }: Clock): Promise<readonly ResourceChange[] | undefined> {
  const create = new CreateChangeSetCommand({
    StackName: name, ChangeSetName: CHANGE_SET, ChangeSetType: type, Capabilities: ['CAPABILITY_NAMED_IAM'], Tags: tags,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    ...'body' in template ? { TemplateBody: template.body } : { TemplateURL: template.url },
    ...type === 'IMPORT' ? { ResourcesToImport: [...imports ?? []] } : {},
  });
  try { await client.send(create); } catch (error) {
    if (!(error instanceof Error && error.name === 'AlreadyExistsException')) throw error;
    // Of a run that was cut off.
    await client.send(new DeleteChangeSetCommand({ StackName: name, ChangeSetName: CHANGE_SET }));
    await client.send(create);
  }
  for (;;) {
    const { Status, StatusReason = '', Changes = [], NextToken } = await client.send(new DescribeChangeSetCommand({ StackName: name, ChangeSetName: CHANGE_SET }));
    if (Status === 'FAILED') {
      if (/didn't contain changes|No updates are to be performed/.test(StatusReason)) return undefined;
      throw new StackFailed(`CloudFormation refuses what stack ${name} in ${region} is to be`, [StatusReason]);
    }
    if (Status === 'CREATE_COMPLETE') return [...Changes, ...await furtherChanges(client, name, NextToken)].flatMap(changeOf);
    await sleep(POLL_EVERY / 2);
  }
}

async function furtherChanges(client: CloudFormationClient, StackName: string, token: string | undefined): Promise<readonly Change[]> {
  const all: Change[] = [];
  for (let next = token; next !== undefined;) {
    const { Changes = [], NextToken } = await client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName: CHANGE_SET, NextToken: next }));
    all.push(...Changes);
    next = NextToken;
  }
  return all;
}

const changeOf = ({ ResourceChange: change }: Change): readonly ResourceChange[] => change === undefined ? [] : [{
  action: (change.Action ?? 'Modify').toLowerCase(), logicalId: change.LogicalResourceId ?? '', type: change.ResourceType ?? '', replacement: change.Replacement === 'True' || change.Replacement === 'Conditional',
}];

/** What failed since then, the cause first: later failures are mostly cancellations. */
async function failuresOf(client: CloudFormationClient, StackName: string, since: number): Promise<readonly string[]> {
  const failures: string[] = [];
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName })) {
    const recent = StackEvents.filter(({ Timestamp }) => Timestamp === undefined || Timestamp.getTime() >= since - 60_000);
    failures.push(...recent.filter(({ ResourceStatus = '', ResourceStatusReason = '' }) => ResourceStatus.endsWith('_FAILED') && !/cancelled/i.test(ResourceStatusReason))
      .map(({ LogicalResourceId = '', ResourceType = '', ResourceStatusReason = 'AWS gave no reason' }) => `${LogicalResourceId} (${ResourceType}): ${ResourceStatusReason}`));
    if (recent.length < StackEvents.length) break;
  }
  return failures.reverse().slice(0, 10);
}
