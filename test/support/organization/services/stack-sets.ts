import { makeId, MEMBER_ACCESS, page, type StackSet, type StackSetOperation } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { contentOf } from '../stacks/content.ts';
import { enqueue, knownInstances, lookAtOperations, refuseWhileRunning, repeated, targetsOf, wantedInstances } from '../stacks/stack-set-operations.ts';
import { AwsError, validationError } from '../wire/error.ts';
import { isDenied } from '../faults.ts';
import type { Fields } from '../wire/decode.ts';

/** Refuses who may not operate StackSets of the organization, with the messages that AWS gives. */
function check({ state, account }: Context, callAs: unknown): void {
  if (callAs === 'DELEGATED_ADMIN') {
    // CloudFormation looks the registration up with the caller's own permissions.
    const registered = state.delegated.get(account)?.has(MEMBER_ACCESS) === true && !isDenied(state, 'organizations:ListDelegatedAdministrators', account);
    if (!registered) throw validationError('Account used is not a delegated administrator');
  } else if (account !== state.management) throw validationError('You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set');
  if (!state.stackSetsAccess || !state.serviceAccess.has(MEMBER_ACCESS)) throw validationError('You must enable organizations access to operate a service managed stack set');
}

function setOf(context: Context, { StackSetName, CallAs }: Fields): StackSet {
  const { state, account, region } = context;
  if (CallAs === 'DELEGATED_ADMIN') check(context, CallAs);
  const found = account === state.management || CallAs === 'DELEGATED_ADMIN' ? state.stackSets.find((set) => set.region === region && (set.name === StackSetName || set.id === StackSetName || set.arn === StackSetName)) : undefined;
  if (found === undefined) throw new AwsError('StackSetNotFoundException', `StackSet ${String(StackSetName)} not found`);
  return found;
}

function operationOf(set: StackSet, id: unknown): StackSetOperation {
  const found = set.operations.find((operation) => operation.id === id);
  if (found === undefined) throw new AwsError('OperationNotFoundException', `Operation ${String(id)} on StackSet ${set.name} not found`);
  return found;
}

function regionsOf(input: Fields): string[] {
  const regions = input['Regions'] as string[];
  const { RegionOrder: order } = (input['OperationPreferences'] ?? {}) as { RegionOrder?: string[] };
  if (regions.length === 0) throw validationError('At least one Region must be specified');
  if (order !== undefined && (order.length !== regions.length || !order.every((region) => regions.includes(region)))) throw validationError('RegionOrder must contain the Regions of the request');
  return order ?? regions;
}

const overridesOf = (input: Fields): Record<string, string> => Object.fromEntries(((input['ParameterOverrides'] ?? []) as { ParameterKey: string; ParameterValue: string }[]).map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]));
const described = (set: StackSet, operation: StackSetOperation): Fields => ({
  OperationId: operation.id, Action: operation.action, Status: operation.status, CreationTimestamp: operation.createdAt, ...operation.endedAt === undefined ? {} : { EndTimestamp: operation.endedAt },
  ...operation.reason === undefined ? {} : { StatusReason: operation.reason }, ...operation.input['OperationPreferences'] === undefined ? {} : { OperationPreferences: operation.input['OperationPreferences'] },
  StatusDetails: { FailedStackInstancesCount: operation.results.filter(({ status }) => status === 'FAILED').length },
});

function settingsOf(input: Fields): Pick<StackSet, 'autoDeployment' | 'managed'> {
  const { Enabled, RetainStacksOnAccountRemoval } = (input['AutoDeployment'] ?? {}) as { Enabled?: boolean; RetainStacksOnAccountRemoval?: boolean };
  if (Enabled === true && RetainStacksOnAccountRemoval === undefined) throw validationError('RetainStacksOnAccountRemoval must be specified when AutoDeployment is enabled');
  return { autoDeployment: input['AutoDeployment'] === undefined ? undefined : { Enabled: Enabled ?? false, RetainStacksOnAccountRemoval: RetainStacksOnAccountRemoval ?? false }, managed: (input['ManagedExecution'] as { Active?: boolean } | undefined)?.Active ?? false };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-considerations.html: neither nested stacks nor macros. */
function refuseNested({ template }: StackSet['content']): void {
  if (Object.values(template.Resources).some(({ Type }) => Type === 'AWS::CloudFormation::Stack')) throw validationError('SERVICE_MANAGED stack sets do not support nested stacks');
  if (Object.hasOwn(template, 'Transform')) throw validationError('SERVICE_MANAGED stack sets do not support templates with transforms');
}

/** CloudFormation: service-managed StackSets. */
export const stackSets: Handlers = {
  DescribeOrganizationsAccess({ CallAs }, { state, account }) {
    if (CallAs === 'DELEGATED_ADMIN' && state.delegated.get(account)?.has(MEMBER_ACCESS) !== true) throw validationError('Account used is not a delegated administrator');
    return { Status: state.stackSetsAccess ? 'ENABLED' : 'DISABLED' };
  },
  CreateStackSet(input, context) {
    const { state, region } = context;
    if (input['PermissionModel'] !== 'SERVICE_MANAGED') throw validationError('this server plays StackSets with PermissionModel SERVICE_MANAGED only');
    check(context, input['CallAs']);
    const known = state.stackSets.find((set) => set.region === region && set.name === input['StackSetName']);
    if (known !== undefined && known.token === input['ClientRequestToken']) return { StackSetId: known.id };
    if (known !== undefined) throw new AwsError('NameAlreadyExistsException', `StackSet ${known.name} already exists`);
    if (input['AutoDeployment'] === undefined) throw validationError('AutoDeployment must be specified for SERVICE_MANAGED permission model');
    const content = contentOf(state, input, undefined);
    refuseNested(content);
    const id = `${String(input['StackSetName'])}:${makeId()}`;
    state.stackSets.push({
      id, name: String(input['StackSetName']), region, arn: `arn:${state.partition}:cloudformation:${region}:${state.management}:stackset/${id}`, token: input['ClientRequestToken'] as string | undefined, description: input['Description'] as string | undefined,
      content, permissionModel: 'SERVICE_MANAGED', ...settingsOf(input), instances: new Map(), operations: [], targets: new Map(),
    });
    return { StackSetId: id };
  },
  DescribeStackSet(input, context) {
    const set = setOf(context, input);
    return { StackSet: {
      StackSetName: set.name, StackSetId: set.id, StackSetARN: set.arn, Status: 'ACTIVE', ...set.description === undefined ? {} : { Description: set.description }, TemplateBody: set.content.template.text,
      Parameters: Object.entries(set.content.parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })), Capabilities: set.content.capabilities, Tags: set.content.tags, PermissionModel: set.permissionModel,
      ...set.autoDeployment === undefined ? {} : { AutoDeployment: set.autoDeployment }, ManagedExecution: { Active: set.managed }, OrganizationalUnitIds: [...set.targets.keys()], Regions: [...new Set([...set.instances.values()].map(({ region }) => region))],
    } };
  },
  UpdateStackSet(input, context) {
    const set = setOf(context, input);
    check(context, input['CallAs']);
    const before = repeated(set, input['OperationId'], input);
    if (before !== undefined) return { OperationId: before.id };
    refuseWhileRunning(set);
    const targeted = input['DeploymentTargets'] !== undefined || input['Regions'] !== undefined;
    const targets = targeted ? targetsOf(context.state, input) : undefined;
    const regions = targeted ? regionsOf(input) : (input['OperationPreferences'] as { RegionOrder?: string[] } | undefined)?.RegionOrder;
    const content = contentOf(context.state, input, set.content);
    refuseNested(content);
    const settings = settingsOf(input);
    const changed = content.template !== set.content.template || JSON.stringify([content.parameters, content.tags]) !== JSON.stringify([set.content.parameters, set.content.tags]);
    if (settings.managed !== set.managed && input['ManagedExecution'] !== undefined) refuseWhileRunning(set, true);
    Object.assign(set, { content, description: input['Description'] ?? set.description, autoDeployment: settings.autoDeployment ?? set.autoDeployment, managed: input['ManagedExecution'] === undefined ? set.managed : settings.managed });
    if (changed) for (const instance of set.instances.values()) instance.status = instance.status === 'INOPERABLE' ? 'INOPERABLE' : 'OUTDATED';
    return { OperationId: enqueue(context.state, set, { id: String(input['OperationId']), action: 'UPDATE', input, results: knownInstances(context.state, set, targets, targeted ? regions : undefined) }).id };
  },
  DeleteStackSet(input, context) {
    const set = setOf(context, input);
    check(context, input['CallAs']);
    refuseWhileRunning(set, true);
    if (set.instances.size > 0) throw new AwsError('StackSetNotEmptyException', 'StackSet is not empty');
    context.state.stackSets.splice(context.state.stackSets.indexOf(set), 1);
    return {};
  },
  ListStackInstances(input, context) {
    const set = setOf(context, input);
    const filters = (input['Filters'] ?? []) as { Name: string; Values: string }[];
    const found = [...set.instances.values()].filter(({ account, region, detail, lastOperation }) => (
      (input['StackInstanceAccount'] ?? account) === account && (input['StackInstanceRegion'] ?? region) === region &&
      filters.every(({ Name, Values }) => Name === 'DETAILED_STATUS' ? Values === detail : Name === 'LAST_OPERATION_ID' ? Values === lastOperation : true)));
    const { items, next } = page(found, input['NextToken'], Math.min(Number(input['MaxResults'] ?? 100), 100));
    return { ...next, Summaries: items.map((one) => ({
      StackSetId: set.id, Account: one.account, Region: one.region, Status: one.status, StackInstanceStatus: { DetailedStatus: one.detail }, OrganizationalUnitId: one.unit, DriftStatus: 'NOT_CHECKED', LastOperationId: one.lastOperation,
      ...one.stackId === undefined ? {} : { StackId: one.stackId }, ...one.reason === undefined ? {} : { StatusReason: one.reason },
    })) };
  },
  CreateStackInstances(input, context) {
    const { state } = context;
    const set = setOf(context, input);
    check(context, input['CallAs']);
    const before = repeated(set, input['OperationId'], input);
    if (before !== undefined) return { OperationId: before.id };
    const targets = targetsOf(state, input);
    const regions = regionsOf(input);
    refuseWhileRunning(set);
    const overrides = overridesOf(input);
    for (const unit of targets.OrganizationalUnitIds!) {
      const known = set.targets.get(unit);
      set.targets.set(unit, { filter: targets.AccountFilterType ?? 'NONE', accounts: targets.Accounts ?? [], regions: new Set([...known?.regions ?? [], ...regions]), overrides });
    }
    return { OperationId: enqueue(state, set, { id: String(input['OperationId']), action: 'CREATE', input, results: wantedInstances(state, set, targets, regions, overrides, String(input['OperationId'])) }).id };
  },
  UpdateStackInstances(input, context) {
    const set = setOf(context, input);
    check(context, input['CallAs']);
    const before = repeated(set, input['OperationId'], input);
    if (before !== undefined) return { OperationId: before.id };
    const results = knownInstances(context.state, set, targetsOf(context.state, input), regionsOf(input));
    if (results.length === 0) throw new AwsError('StackInstanceNotFoundException', `No stack instances found for the targets of StackSet ${set.name}`);
    refuseWhileRunning(set);
    if (input['ParameterOverrides'] !== undefined) for (const result of results) Object.assign(set.instances.get(`${result.account}/${result.region}`)!, { overrides: overridesOf(input) });
    return { OperationId: enqueue(context.state, set, { id: String(input['OperationId']), action: 'UPDATE', input, results }).id };
  },
  DeleteStackInstances(input, context) {
    const set = setOf(context, input);
    check(context, input['CallAs']);
    const before = repeated(set, input['OperationId'], input);
    if (before !== undefined) return { OperationId: before.id };
    const results = knownInstances(context.state, set, targetsOf(context.state, input), regionsOf(input));
    refuseWhileRunning(set);
    return { OperationId: enqueue(context.state, set, { id: String(input['OperationId']), action: 'DELETE', input, results, retain: input['RetainStacks'] === true }).id };
  },
  DescribeStackSetOperation(input, context) {
    const set = setOf(context, input);
    const operation = operationOf(set, input['OperationId']);
    lookAtOperations(context.state, set);
    return { StackSetOperation: { ...described(set, operation), StackSetId: set.id, RetainStacks: operation.retain, ...operation.input['DeploymentTargets'] === undefined ? {} : { DeploymentTargets: operation.input['DeploymentTargets'] } } };
  },
  ListStackSetOperations(input, context) {
    const set = setOf(context, input);
    lookAtOperations(context.state, set);
    const { items, next } = page(set.operations, input['NextToken'], Math.min(Number(input['MaxResults'] ?? 100), 100));
    return { ...next, Summaries: items.map((operation) => described(set, operation)) };
  },
  ListStackSetOperationResults(input, context) {
    const { results } = operationOf(setOf(context, input), input['OperationId']);
    const wanted = ((input['Filters'] ?? []) as { Values: string }[])[0]?.Values;
    const { items, next } = page(results.filter(({ status }) => (wanted ?? status) === status), input['NextToken'], Math.min(Number(input['MaxResults'] ?? 100), 100));
    return { ...next, Summaries: items.map(({ account, region, unit, status, reason }) => ({ Account: account, Region: region, Status: status, OrganizationalUnitId: unit, ...reason === undefined ? {} : { StatusReason: reason } })) };
  },
};
