import type { Aws } from '../aws/clients.ts';
import type { Desired, DesiredStack } from './desired.ts';
import { limitsOf, type LimitProblem } from './limits.ts';
import { missingAccess, type Missing } from './organization.ts';
import { readParameter } from './parameter-store.ts';
import { failingOf, look, type Failing } from './rollout.ts';
import type { Settings } from './settings.ts';
import { planInstances, type Batch } from './stack-set-plan.ts';
import { stackSetParameters } from './stack-set.ts';
import { findStack, isAsWanted, isMade, parametersOf, previewUpdate, templateOf, type Clock, type ResourceChange } from './stack.ts';
import { mustExist } from './templates-elsewhere.ts';
import { isEmptyDiff, parameterDiff, templateDiff, type ParameterDiff, type TemplateDiff } from './template-diff.ts';
import { bucketExists, objectExists, readObject } from './uploads.ts';

/** What a deployment would do to one stack of the caller's account. */
export interface StackPreview {
  readonly name: string;
  readonly region: string;
  /** `import`: its resources are there already; `replace`: its creation failed, so it is removed and made anew. */
  readonly change: 'create' | 'import' | 'update' | 'replace' | 'none';
  /** Status of a stack that is there. */
  readonly status: string | undefined;
  /** By a change set of CloudFormation, where one could be made; for a new stack all of its resources. */
  readonly resources: readonly ResourceChange[] | undefined;
  /** Where CloudFormation was not asked. */
  readonly template: TemplateDiff | undefined;
  readonly parameters: readonly ParameterDiff[];
}

export interface StackSetPreview {
  readonly name: string;
  readonly change: 'create' | 'update' | 'none';
  readonly template: TemplateDiff | undefined;
  readonly parameters: readonly ParameterDiff[];
  readonly create: readonly Batch[];
  /** All that stand, where template or parameters change. */
  readonly update: readonly Batch[];
  readonly remove: readonly Batch[];
  /** Stacks that are not as they should be today. */
  readonly failing: readonly Failing[];
  readonly accounts: number;
  readonly regions: readonly string[];
}

export interface Preview {
  /** Reasons why nothing can be deployed yet. */
  readonly missing: readonly Missing[];
  readonly stacks: readonly StackPreview[];
  readonly stackSet: StackSetPreview | undefined;
  /** Objects and parameters to be written. */
  readonly writes: readonly { readonly what: string; readonly change: 'create' | 'update' }[];
  readonly limits: readonly LimitProblem[];
  /** The monthly estimate, as text; absent where it was not made. */
  readonly cost?: string;
}

export interface PreviewPorts { readonly aws: Aws; readonly settings: Settings; readonly clock: Clock; /** Whether CloudFormation is asked by change sets, which are deleted again. */ readonly changeSets: boolean }

/** What `apply` would do. Changes nothing but for change sets, which it deletes. */
export async function preview(desired: Desired, ports: PreviewPorts): Promise<Preview> {
  const { place, bucketStack, stacks, packs } = desired;
  const { aws, settings } = ports;
  const missing = place.kind === 'organization' ? await missingAccess(aws, place.caller, place.organization, settings) : [];
  const isElsewhere = place.kind === 'management';
  const hasBucket = isElsewhere || await bucketExists(desired.bucket);
  const missingTemplates = new Set<string>();
  for (const { key } of desired.templates) {
    if (isElsewhere) await mustExist(desired.bucket, key);
    else if (!hasBucket || !await objectExists(desired.bucket, key)) missingTemplates.add(key);
  }
  const previews: StackPreview[] = [];
  for (const stack of [...bucketStack === undefined ? [] : [bucketStack], ...stacks, ...packs]) previews.push(await previewStack(ports, stack, missingTemplates.has(stack.source.key), stack === bucketStack && hasBucket));
  // What the account may not ask for yet is not asked for.
  const stackSet = missing.length > 0 ? undefined : await previewStackSet(desired, ports);
  return { missing, stacks: previews, stackSet, writes: await writesOf(desired, ports, hasBucket, missingTemplates), limits: await limitsOf(desired, ports, stackSet) };
}

async function previewStack({ aws, clock, changeSets }: PreviewPorts, stack: DesiredStack, isMissing: boolean, isKept: boolean): Promise<StackPreview> {
  const client = aws.cloudFormation(stack.region);
  const found = await findStack(client, stack.name);
  const of = { name: stack.name, region: stack.region, status: found?.StackStatus };
  if (!isMade(found)) return { ...of, change: isKept ? 'import' : 'create', resources: resourcesOf(stack.text), template: undefined, parameters: parameterDiff({}, stack.parameters) };
  if (['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'].includes(found.StackStatus ?? '')) return { ...of, change: 'replace', resources: resourcesOf(stack.text), template: undefined, parameters: parameterDiff({}, stack.parameters) };
  const parameters = parameterDiff(parametersOf(found), stack.parameters);
  if (await isAsWanted(client, found, stack)) return { ...of, change: 'none', resources: undefined, template: undefined, parameters: [] };
  // CloudFormation cannot be asked of a template that is not in the bucket yet, nor of a stack that is being changed.
  if (!changeSets || ('url' in stack.template && isMissing) || found.StackStatus?.endsWith('_IN_PROGRESS') === true) {
    return { ...of, change: 'update', resources: undefined, template: templateDiff(await templateOf(client, stack.name), stack.text), parameters };
  }
  return { ...of, change: 'update', resources: await previewUpdate(client, stack, clock), template: undefined, parameters };
}

const resourcesOf = (text: string): readonly ResourceChange[] => templateDiff('{}', text).added.map((logicalId) => ({ action: 'add', logicalId, type: '', replacement: false }));

async function previewStackSet({ place, stackSet: desired }: Desired, { aws, settings }: PreviewPorts): Promise<StackSetPreview | undefined> {
  if (desired === undefined || place.kind !== 'organization') return undefined;
  const { set, current } = await look(aws, { client: aws.cloudFormation(settings.homeRegion), callAs: place.callAs }, settings, desired);
  const { wanted, canary, parameters: values } = desired;
  const template = set === undefined ? undefined : templateDiff(set.TemplateBody ?? '{}', desired.template.text);
  const parameters = parameterDiff(set === undefined ? {} : stackSetParameters(set), values);
  const plan = planInstances(wanted, current);
  const first = canary === undefined ? undefined : planInstances(canary, current);
  const hasChanged = set !== undefined && (!isEmptyDiff(template!) || parameters.length > 0);
  const kept = current.instances.length - plan.remove.reduce((sum, { count }) => sum + count, 0);
  return {
    name: 'perimeter-member', change: set === undefined ? 'create' : hasChanged ? 'update' : 'none', template, parameters,
    create: canary === undefined ? plan.create : inOrder(first!.create, plan.create),
    update: hasChanged && kept > 0 ? [{ units: wanted.units, accounts: undefined, regions: wanted.regions, count: kept }] : [...plan.takeIn, ...plan.update],
    remove: plan.remove, failing: failingOf(wanted, current.instances).filter(({ what }) => what !== 'not deployed'), accounts: wanted.accounts.length, regions: wanted.regions,
  };
}

/** Those that come first, then the others, without those that have come. */
function inOrder(first: readonly Batch[], all: readonly Batch[]): readonly Batch[] {
  const come = first.reduce((sum, { count }) => sum + count, 0);
  return [...first, ...all.map((batch) => batch.accounts === undefined ? { ...batch, count: Math.max(0, batch.count - come) } : batch)].filter(({ count }) => count > 0);
}

async function writesOf({ bucket, templates, definitions, parameters, place }: Desired, { aws }: PreviewPorts, hasBucket: boolean, missingTemplates: ReadonlySet<string>): Promise<Preview['writes']> {
  const writes: { what: string; change: 'create' | 'update' }[] = place.kind === 'management' ? [] : templates.filter(({ key }) => missingTemplates.has(key)).map(({ key }) => ({ what: `${bucket.name}/${key}`, change: 'create' }));
  for (const { key, text } of definitions) {
    const known = hasBucket ? await readObject(bucket, key) : undefined;
    if (known !== text) writes.push({ what: `${bucket.name}/${key}`, change: known === undefined ? 'create' : 'update' });
  }
  for (const { region, name, value } of parameters) {
    const known = await readParameter(aws.ssm(region), name);
    if (known !== value) writes.push({ what: `parameter ${name} in ${region}`, change: known === undefined ? 'create' : 'update' });
  }
  return writes;
}

/** Whether `apply` would change anything. */
export const hasChanges = ({ stacks, stackSet, writes }: Preview): boolean =>
  writes.length > 0 || stacks.some(({ change }) => change !== 'none') || (stackSet !== undefined && (stackSet.change !== 'none' || [stackSet.create, stackSet.update, stackSet.remove].some((batches) => batches.length > 0)));
