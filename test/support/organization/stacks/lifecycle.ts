import { makeId, now, type Content, type Stack, type State } from '../state.ts';
import { contentOf, resolverOf, resourcesOf } from './content.ts';
import { AwsError, validationError } from '../wire/error.ts';
import { uniqueName, type Resource } from './template.ts';

type Action = 'CREATE' | 'UPDATE' | 'DELETE';

/** The stack of a name (one that has not been deleted) or of an ARN. */
export const findStack = ({ stacks }: State, account: string, region: string, nameOrId: string): Stack | undefined =>
  stacks.find((stack) => stack.account === account && stack.region === region && (stack.id === nameOrId || (stack.name === nameOrId && stack.status !== 'DELETE_COMPLETE')));

export function addStack(state: State, account: string, region: string, name: string, status: string): Stack {
  const stack: Stack = {
    account, region, name, id: `arn:${state.partition}:cloudformation:${region}:${account}:stack/${name}/${makeId()}`, createdAt: now(), status, reason: undefined, content: undefined, updatedAt: undefined,
    events: [], changeSets: new Map(), pending: undefined, held: undefined,
  };
  state.stacks.push(stack);
  return stack;
}

/** Sets a stack's status and tells it as an event. */
export function turn(stack: Stack, status: string, reason?: string): void {
  stack.status = status;
  stack.reason = reason;
  tell(stack, { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' }, status, reason);
}

function tell(stack: Stack, { logicalId, physicalId, type }: Pick<Resource, 'logicalId' | 'physicalId' | 'type'>, status: string, reason?: string): void {
  stack.events.unshift({ EventId: `${logicalId}-${status}-${makeId()}`, Timestamp: now(), LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type, ResourceStatus: status, ...reason === undefined ? {} : { ResourceStatusReason: reason } });
}

/** The failure that the script has for an operation, used up by one. `name`: of the stack, or of the StackSet for an instance. */
export function scriptedFailure(state: State, { account, region, name }: { readonly account: string; readonly region: string; readonly name: string }, action: Action): { readonly reason: string; readonly logicalId: string | undefined } | undefined {
  const failure = state.faults.fail.find((one) => one.account === account && (one.region ?? region) === region && (one.stack ?? name) === name && (one.action ?? action) === action && one.times !== 0);
  if (failure?.times !== undefined) failure.times--;
  return failure === undefined ? undefined : { reason: failure.reason, logicalId: failure.logicalId };
}

/** What stands in the way of the new resources of a stack: a resource of the same name in the account, of another stack or left by one. */
function conflict(state: State, stack: Stack, wanted: readonly Resource[]): { readonly resource: Resource; readonly reason: string } | undefined {
  const own = new Set(resourcesOf(state, stack).map((resource) => uniqueName(resource, stack.region)));
  const others = new Set(state.stacks.filter((other) => other !== stack && other.account === stack.account).flatMap((other) => resourcesOf(state, other).map((resource) => uniqueName(resource, other.region))));
  for (const resource of wanted) {
    const name = uniqueName(resource, stack.region);
    if (name === undefined || own.has(name)) continue;
    const kept = resource.type === 'AWS::S3::Bucket' ? state.buckets.has(resource.physicalId) : state.retained.has(`${stack.account}/${name}`);
    if (others.has(name) || kept) return { resource, reason: `Resource of type '${resource.type}' with identifier '${resource.physicalId}' already exists.` };
  }
  return undefined;
}

/** Why an organization pack cannot stand: it is the only resource here that the organization itself can refuse. */
const refusedPack = (state: State, stack: Stack, wanted: readonly Resource[]): { readonly resource: Resource; readonly reason: string } | undefined => {
  const resource = wanted.find(({ type }) => type === 'AWS::Config::OrganizationConformancePack');
  const allowed = state.serviceAccess.has('config-multiaccountsetup.amazonaws.com') && (stack.account === state.management || state.delegated.get(stack.account)?.has('config-multiaccountsetup.amazonaws.com') === true);
  return resource === undefined || allowed ? undefined : { resource, reason: 'This action can only be performed if you are a registered delegated administrator for AWS Config with permissions to call ListDelegatedAdministrators API. (Service: AmazonConfig; Status Code: 400; Error Code: OrganizationAccessDeniedException)' };
};

/** Brings a stack to the content, at once: `undefined`, or why it could not. A stack that failed holds what it held before. */
export function settle(state: State, stack: Stack, action: 'CREATE' | 'IMPORT' | 'UPDATE', content: Content, scriptedAs = stack.name): { readonly resource: Pick<Resource, 'logicalId' | 'type' | 'physicalId'>; readonly reason: string } | undefined {
  const wanted = resolverOf(state, content, stack).resources();
  const scripted = scriptedFailure(state, { ...stack, name: scriptedAs }, action === 'IMPORT' ? 'CREATE' : action);
  if (scripted !== undefined) return { resource: wanted.find(({ logicalId }) => logicalId === scripted.logicalId) ?? wanted[0]!, reason: scripted.reason };
  const failure = (action === 'IMPORT' ? undefined : conflict(state, stack, wanted)) ?? refusedPack(state, stack, wanted) ?? nest(state, stack, wanted, content.capabilities);
  if (failure !== undefined) return failure;
  const gone = resourcesOf(state, stack).filter((old) => !wanted.some(({ logicalId }) => logicalId === old.logicalId));
  drop(state, stack, gone);
  stack.content = content;
  for (const { type, physicalId, properties } of wanted) {
    if (type === 'AWS::S3::Bucket' && !state.buckets.has(physicalId)) state.buckets.set(physicalId, { name: physicalId, account: stack.account, region: stack.region, versioned: JSON.stringify(properties()['VersioningConfiguration'] ?? {}).includes('Enabled'), objects: new Map() });
    if (type === 'AWS::Config::OrganizationConformancePack') {
      const { OrganizationConformancePackName: name, TemplateBody = '', DeliveryS3Bucket = '', ConformancePackInputParameters = [], ExcludedAccounts = [] } = properties() as { OrganizationConformancePackName: string; TemplateBody?: string; DeliveryS3Bucket?: string; ConformancePackInputParameters?: Record<string, unknown>[]; ExcludedAccounts?: string[] };
      const known = state.organizationPacks.findIndex((pack) => pack.account === stack.account && pack.region === stack.region && pack.name === name);
      if (known >= 0) state.organizationPacks.splice(known, 1);
      state.organizationPacks.push({ name, account: stack.account, region: stack.region, template: TemplateBody, bucket: DeliveryS3Bucket, parameters: ConformancePackInputParameters, excluded: ExcludedAccounts, updatedAt: now(), polls: state.polls });
    }
  }
  return undefined;
}

/** Makes or updates the nested stacks of a stack; the first that fails fails it. */
function nest(state: State, stack: Stack, wanted: readonly Resource[], capabilities: readonly string[]): { readonly resource: Resource; readonly reason: string } | undefined {
  for (const resource of wanted.filter(({ type }) => type === 'AWS::CloudFormation::Stack')) {
    const name = resource.physicalId;
    const known = findStack(state, stack.account, stack.region, name);
    const { TemplateURL, Parameters = {} } = resource.properties() as { TemplateURL: string; Parameters?: Record<string, unknown> };
    let content: Content;
    try {
      content = contentOf(state, { TemplateURL, Parameters: Object.entries(Parameters).map(([ParameterKey, value]) => ({ ParameterKey, ParameterValue: String(value) })), Capabilities: capabilities }, undefined);
    } catch (error) { if (error instanceof AwsError) return { resource, reason: error.message }; throw error; }
    const nested = known ?? addStack(state, stack.account, stack.region, name, 'CREATE_IN_PROGRESS');
    const failure = settle(state, nested, known === undefined ? 'CREATE' : 'UPDATE', content);
    if (failure !== undefined) {
      if (known === undefined) turn(nested, 'DELETE_COMPLETE');
      return { resource, reason: `Embedded stack ${nested.id} was not successfully ${known === undefined ? 'created' : 'updated'}: The following resource(s) failed to ${known === undefined ? 'create' : 'update'}: [${failure.resource.logicalId}]. ${failure.reason}` };
    }
    turn(nested, known === undefined ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
  }
  return undefined;
}

/** Takes resources of a stack away, but for those that it retains. */
function drop(state: State, stack: Stack, gone: readonly Resource[]): void {
  for (const resource of gone) {
    const name = uniqueName(resource, stack.region);
    if (resource.retained) { if (name !== undefined) state.retained.add(`${stack.account}/${name}`); continue; }
    if (resource.type === 'AWS::S3::Bucket') state.buckets.delete(resource.physicalId);
    if (resource.type === 'AWS::CloudFormation::Stack') { const nested = findStack(state, stack.account, stack.region, resource.physicalId); if (nested !== undefined) remove(state, nested); }
    if (resource.type === 'AWS::Config::OrganizationConformancePack') state.organizationPacks.splice(state.organizationPacks.findIndex((pack) => pack.account === stack.account && pack.region === stack.region && pack.name === resource.physicalId), 1);
  }
}

/** Deletes what a stack holds, at once: `undefined`, or why not. */
export function remove(state: State, stack: Stack, scriptedAs = stack.name): { readonly resource: Pick<Resource, 'logicalId' | 'type' | 'physicalId'>; readonly reason: string } | undefined {
  const held = resourcesOf(state, stack);
  const scripted = scriptedFailure(state, { ...stack, name: scriptedAs }, 'DELETE');
  if (scripted !== undefined) return { resource: held.find(({ logicalId }) => logicalId === scripted.logicalId) ?? held[0]!, reason: scripted.reason };
  const full = held.find(({ type, physicalId, retained }) => type === 'AWS::S3::Bucket' && !retained && (state.buckets.get(physicalId)?.objects.size ?? 0) > 0);
  if (full !== undefined) return { resource: full, reason: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket. (Service: Amazon S3; Status Code: 409; Error Code: BucketNotEmpty)' };
  drop(state, stack, held);
  stack.content = undefined;
  turn(stack, 'DELETE_COMPLETE');
  return undefined;
}

/** Begins to bring a stack to the content; `look` ends it after some looks. */
export function begin(state: State, stack: Stack, action: 'CREATE' | 'IMPORT' | 'UPDATE', content: Content, onFailure: string): void {
  turn(stack, `${action}_IN_PROGRESS`, 'User Initiated');
  if (action === 'UPDATE') stack.updatedAt = now();
  stack.pending = { polls: state.polls, finish: () => {
    const failure = settle(state, stack, action, content);
    if (failure === undefined) {
      for (const resource of resourcesOf(state, stack)) tell(stack, resource, `${action}_COMPLETE`);
      turn(stack, `${action}_COMPLETE`);
      return;
    }
    tell(stack, failure.resource, `${action}_FAILED`, failure.reason);
    const reason = `The following resource(s) failed to ${action.toLowerCase()}: [${failure.resource.logicalId}]. `;
    const rollback = { CREATE: 'ROLLBACK', IMPORT: 'IMPORT_ROLLBACK', UPDATE: 'UPDATE_ROLLBACK' }[action];
    if (onFailure === 'DO_NOTHING') { turn(stack, `${action}_FAILED`, reason); return; }
    if (action === 'CREATE' && onFailure === 'DELETE') { turn(stack, 'DELETE_IN_PROGRESS', `${reason}Delete requested by user.`); turn(stack, 'DELETE_COMPLETE'); return; }
    turn(stack, `${rollback}_IN_PROGRESS`, action === 'CREATE' ? `${reason}Rollback requested by user.` : reason);
    stack.pending = { polls: state.polls, finish: () => { turn(stack, `${rollback}_COMPLETE`); } };
  } };
}

export function beginDeletion(state: State, stack: Stack): void {
  turn(stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  stack.pending = { polls: state.polls, finish: () => {
    const failure = remove(state, stack);
    if (failure === undefined) return;
    tell(stack, failure.resource, 'DELETE_FAILED', failure.reason);
    turn(stack, 'DELETE_FAILED', `The following resource(s) failed to delete: [${failure.resource.logicalId}]. `);
  } };
}

/** One look at a stack: what is under way comes to its end after so many. */
export function look(stack: Stack): Stack {
  const { pending } = stack;
  if (pending === undefined) return stack;
  if (pending.polls-- > 0) return stack;
  stack.pending = undefined;
  pending.finish();
  return stack;
}

export function refuseWhileBusy(stack: Stack): void {
  if (stack.pending !== undefined || ['ROLLBACK_COMPLETE', 'DELETE_FAILED', 'ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED'].includes(stack.status)) throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}
