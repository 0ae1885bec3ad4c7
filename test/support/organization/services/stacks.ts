import { makeId, now, page, type ChangeSet, type Content, type Stack, type State } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { addStack, begin, beginDeletion, findStack, look, refuseWhileBusy, turn } from '../stacks/lifecycle.ts';
import { contentOf, resolverOf, resourcesOf } from '../stacks/content.ts';
import { AwsError, validationError } from '../wire/error.ts';
import type { Fields } from '../wire/decode.ts';

function stackOf({ state, account, region }: Context, nameOrId: unknown): Stack {
  const stack = findStack(state, account, region, String(nameOrId));
  if (stack === undefined) throw validationError(`Stack with id ${String(nameOrId)} does not exist`);
  return stack;
}

const NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set.";

/** What turns the old resources into the new ones, in the order of the template. */
function changesBetween(state: State, stack: Stack, next: Content): Fields[] {
  const before = resourcesOf(state, stack);
  const after = resolverOf(state, next, stack).resources();
  const change = (Action: string, { logicalId, type, physicalId }: { logicalId: string; type: string; physicalId: string }, more: Fields = {}): Fields => (
    { Type: 'Resource', ResourceChange: { Action, LogicalResourceId: logicalId, ResourceType: type, ...Action === 'Add' ? {} : { PhysicalResourceId: physicalId }, Scope: [], Details: [], ...more } });
  return [
    ...after.flatMap((resource) => {
      const old = before.find(({ logicalId }) => logicalId === resource.logicalId);
      if (old === undefined) return [change('Add', resource)];
      const properties = resource.properties();
      const changed = [...new Set([...Object.keys(old.properties()), ...Object.keys(properties)])].filter((name) => JSON.stringify(old.properties()[name]) !== JSON.stringify(properties[name]));
      if (changed.length === 0) return [];
      return [change('Modify', old, { Replacement: old.physicalId === resource.physicalId ? 'False' : 'True', Scope: ['Properties'], Details: changed.map((Name) => ({ Target: { Attribute: 'Properties', Name, RequiresRecreation: 'Never' }, Evaluation: 'Static', ChangeSource: 'DirectModification' })) })];
    }),
    ...before.filter((old) => !after.some(({ logicalId }) => logicalId === old.logicalId)).map((old) => change('Remove', old, old.retained ? { PolicyAction: 'Retain' } : {})),
  ];
}

interface Imported { readonly LogicalResourceId: string; readonly ResourceIdentifier: Readonly<Record<string, string>> }

/** A new stack of resources that exist: all of them are named, have a deletion policy, and are there. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html */
function refuseImport(state: State, account: string, { template }: Content, imported: readonly Imported[]): void {
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const one = imported.find(({ LogicalResourceId }) => LogicalResourceId === logicalId);
    if (one === undefined) throw validationError(`When you import resources, you cannot modify or add resources: [${logicalId}]`);
    if ((resource as { DeletionPolicy?: string }).DeletionPolicy === undefined) throw validationError(`Resources [${logicalId}] is missing DeletionPolicy attribute in template`);
    const bucket = one.ResourceIdentifier['BucketName'] ?? one.ResourceIdentifier['Bucket'];
    if (bucket === undefined || state.buckets.get(bucket)?.account !== account) throw validationError(`Resource ${logicalId} does not exist`);
  }
}

const sameTags = (a: Content['tags'], b: Content['tags']): boolean => JSON.stringify(a) === JSON.stringify(b);

function changeSetOf(context: Context, { ChangeSetName, StackName }: Fields): { readonly stack: Stack; readonly set: ChangeSet } {
  const name = String(ChangeSetName);
  const candidates = StackName === undefined ? context.state.stacks.filter(({ account, region }) => account === context.account && region === context.region) : [stackOf(context, StackName)];
  for (const stack of candidates) for (const set of stack.changeSets.values()) if (set.name === name || set.id === name) return { stack, set };
  throw new AwsError('ChangeSetNotFoundException', `ChangeSet [${name}] does not exist`);
}

const parametersOut = (parameters: Readonly<Record<string, string>>): Fields[] => Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

/** CloudFormation: stacks and change sets. */
export const stacks: Handlers = {
  DescribeStacks({ StackName, NextToken }, context) {
    const { state, account, region } = context;
    const found = StackName === undefined ? state.stacks.filter((stack) => stack.account === account && stack.region === region && stack.status !== 'DELETE_COMPLETE') : [stackOf(context, StackName)];
    const { items, next } = page(found, NextToken, 20);
    return { ...next, Stacks: items.map((stack) => {
      look(stack);
      return {
        StackId: stack.id, StackName: stack.name, CreationTime: stack.createdAt, StackStatus: stack.status, DisableRollback: false,
        ...stack.updatedAt === undefined ? {} : { LastUpdatedTime: stack.updatedAt }, ...stack.reason === undefined ? {} : { StackStatusReason: stack.reason },
        ...stack.content === undefined ? {} : {
          ...stack.content.template.Description === undefined ? {} : { Description: stack.content.template.Description },
          Parameters: parametersOut(stack.content.parameters), Capabilities: stack.content.capabilities, Tags: stack.content.tags, Outputs: resolverOf(state, stack.content, stack).outputs(),
        },
      };
    }) };
  },
  CreateChangeSet(input, { state, account, region }) {
    const name = String(input['StackName']);
    const type = input['ChangeSetType'] === 'CREATE' || input['ChangeSetType'] === 'IMPORT' ? input['ChangeSetType'] : 'UPDATE';
    const known = findStack(state, account, region, name);
    if (known === undefined && type === 'UPDATE') throw validationError(`Stack [${name}] does not exist`);
    if (known !== undefined && type !== 'UPDATE' && known.status !== 'REVIEW_IN_PROGRESS') throw validationError(`Stack [${name}] already exists and cannot be created again with the changeSet [${String(input['ChangeSetName'])}].`);
    if (known?.changeSets.has(String(input['ChangeSetName'])) === true) throw new AwsError('AlreadyExistsException', `ChangeSet ${String(input['ChangeSetName'])} cannot be created due to a mismatch with existing attribute ClientToken`);
    if (known !== undefined && type === 'UPDATE') refuseWhileBusy(known);
    if (known?.status === 'REVIEW_IN_PROGRESS' && type === 'UPDATE') throw validationError(`Stack:${known.id} is in REVIEW_IN_PROGRESS state and can not be updated.`);
    const content = contentOf(state, input, known?.content);
    if (type === 'IMPORT') refuseImport(state, account, content, (input['ResourcesToImport'] ?? []) as Imported[]);
    const stack = known ?? addStack(state, account, region, name, 'REVIEW_IN_PROGRESS');
    const changes = changesBetween(state, stack, content);
    const empty = changes.length === 0 && stack.content !== undefined && sameTags(stack.content.tags, content.tags);
    const set: ChangeSet = {
      id: `arn:${state.partition}:cloudformation:${region}:${account}:changeSet/${String(input['ChangeSetName'])}/${makeId()}`, name: String(input['ChangeSetName']), type, content, changes, description: input['Description'] as string | undefined, createdAt: now(),
      onFailure: (input['OnStackFailure'] ?? 'ROLLBACK') as string, status: 'CREATE_PENDING', reason: empty ? NO_CHANGES : undefined, execution: 'UNAVAILABLE', polls: state.polls,
    };
    stack.changeSets.set(set.name, set);
    return { Id: set.id, StackId: stack.id };
  },
  DescribeChangeSet(input, context) {
    const { stack, set } = changeSetOf(context, input);
    if (set.status === 'CREATE_PENDING' || set.status === 'CREATE_IN_PROGRESS') {
      if (set.polls-- > 0) set.status = 'CREATE_IN_PROGRESS';
      else if (set.reason === undefined) { set.status = 'CREATE_COMPLETE'; set.execution = 'AVAILABLE'; } else set.status = 'FAILED';
    }
    const ready = set.status === 'CREATE_COMPLETE';
    const { items, next } = page(ready ? set.changes : [], input['NextToken'], 25);
    return {
      ChangeSetName: set.name, ChangeSetId: set.id, StackId: stack.id, StackName: stack.name, CreationTime: set.createdAt, Status: set.status, ExecutionStatus: set.execution, Parameters: parametersOut(set.content.parameters),
      Capabilities: set.content.capabilities, Tags: set.content.tags, NotificationARNs: [], IncludeNestedStacks: false, ...set.description === undefined ? {} : { Description: set.description },
      ...set.status === 'FAILED' ? { StatusReason: set.reason } : {}, Changes: items, ...next,
    };
  },
  ExecuteChangeSet(input, context) {
    const { stack, set } = changeSetOf(context, input);
    if (set.execution !== 'AVAILABLE') throw new AwsError('InvalidChangeSetStatusException', `ChangeSet [${set.id}] cannot be executed in its current status of [${set.status}]`);
    set.execution = 'EXECUTE_IN_PROGRESS';
    // An executed change set takes the others of its stack with it.
    stack.changeSets.clear();
    begin(context.state, stack, set.type, set.content, input['DisableRollback'] === true ? 'DO_NOTHING' : set.onFailure);
    return {};
  },
  DeleteChangeSet(input, context) {
    try { const { stack, set } = changeSetOf(context, input); stack.changeSets.delete(set.name); } catch (error) { if (!(error instanceof AwsError) || error.code !== 'ChangeSetNotFoundException') throw error; }
    return {};
  },
  DescribeStackEvents({ StackName, NextToken }, context) {
    const stack = findStack(context.state, context.account, context.region, String(StackName));
    if (stack === undefined) throw validationError(`Stack [${String(StackName)}] does not exist`);
    const { items, next } = page(stack.events, NextToken, 100);
    return { ...next, StackEvents: items.map((event) => ({ ...event, StackId: stack.id, StackName: stack.name })) };
  },
  DeleteStack({ StackName, RetainResources }, { state, account, region }) {
    if (RetainResources !== undefined) throw validationError('this server does not play RetainResources');
    const stack = findStack(state, account, region, String(StackName));
    if (stack === undefined || stack.status === 'DELETE_COMPLETE') return {};
    if (stack.status === 'REVIEW_IN_PROGRESS') turn(stack, 'DELETE_COMPLETE'); else if (stack.status !== 'DELETE_IN_PROGRESS') beginDeletion(state, stack);
    return {};
  },
  GetTemplate(input, context) {
    const content = input['ChangeSetName'] === undefined ? stackOf(context, input['StackName']).content : changeSetOf(context, input).set.content;
    if (content === undefined) throw validationError(`Stack with id ${String(input['StackName'])} does not exist`);
    return { TemplateBody: content.template.text, StagesAvailable: ['Original', 'Processed'] };
  },
};
