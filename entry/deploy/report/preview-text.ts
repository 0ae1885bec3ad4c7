import { plural, sentence } from '../../report/lines.ts';
import type { Place } from '../place.ts';
import { hasChanges, type Preview, type StackPreview, type StackSetPreview } from '../preview.ts';
import type { Batch } from '../stack-set-plan.ts';
import type { ParameterDiff, TemplateDiff } from '../template-diff.ts';
import { failingTable, named, table } from './lines.ts';

/** What a person reads before a deployment: where it goes, what it changes there, what stands in its way. */
export function previewText(preview: Preview, place: Place): string {
  const { missing, stacks, stackSet, writes, limits, cost } = preview;
  const problems = limits.filter(({ severity }) => severity === 'error');
  const others = limits.filter(({ severity }) => severity !== 'error');
  return [
    whereText(place),
    ...missing.length === 0 ? [] : [`Cannot be deployed yet:\n${missing.map(({ what, commands }) => `  ${what}; in the management account, run:\n${commands.map((one) => `    ${one}\n`).join('')}`).join('')}`],
    ...problems.length === 0 ? [] : [`Limits of AWS that are in the way:\n${problems.map(({ message, next }) => `  ${message}\n    ${next}\n`).join('')}`],
    stacks.map(stackText).join(''),
    ...stackSet === undefined ? [] : [stackSetText(stackSet)],
    ...writes.length === 0 ? [] : [`To be written:\n${table(writes.map(({ what, change }) => [change, what]))}`],
    ...others.length === 0 ? [] : [`To keep in mind:\n${others.map(({ severity, message, next }) => `  ${severity === 'unknown' ? 'not known: ' : ''}${message}\n    ${next}\n`).join('')}`],
    ...cost === undefined ? [] : [`${cost}\n`],
    hasChanges(preview) ? `${summary(preview)}\n` : missing.length > 0 ? '' : 'Nothing to change.\n',
  ].filter((part) => part !== '').join('\n');
}

function whereText(place: Place): string {
  const { caller: { account, arn } } = place;
  const where = place.kind === 'account' ? `To account ${account} alone`
    : place.kind === 'management' ? `To management account ${account} of organization ${place.organization.id}; templates of account ${place.administrator}`
      : `To ${plural(place.accounts.length, 'account')} of organization ${place.organization.id}, administered by account ${account} (${place.callAs === 'SELF' ? 'its management account' : 'delegated administrator'})`;
  return `${where}, as ${arn}.\n`;
}

function stackText({ name, region, change, status, resources, template, parameters }: StackPreview): string {
  const words = { create: 'would be made', import: 'would take in what an earlier one left', update: 'would be changed', replace: `is ${status ?? ''}: would be removed and made anew`, none: 'stays as it is' }[change];
  const head = `Stack ${name} in ${region} ${words}`;
  if (change === 'none') return `${head}.\n`;
  if (change !== 'update') return `${head}: ${plural(resources?.length ?? 0, 'resource')}.\n`;
  return `${head}:\n${resources === undefined ? templateLines(template) : table(resources.map(({ action, logicalId, type, replacement }) => [action, logicalId, type, replacement ? 'may be replaced' : '']))}${parameterLines(parameters)}`;
}

function stackSetText({ name, change, template, parameters, create, update, remove, failing, accounts, regions }: StackSetPreview): string {
  const words = { create: 'would be made', update: 'would be changed', none: 'stays as it is' }[change];
  const batches = (verb: string, all: readonly Batch[]): string => all.map((batch) => `  ${verb} ${batchText(batch)}\n`).join('');
  return [
    `StackSet ${name} for ${plural(accounts, 'account')} in ${regions.join(', ')} ${words}${change === 'none' ? '' : ':'}\n`,
    ...change === 'update' ? [templateLines(template), parameterLines(parameters)] : [],
    batches('make', create), batches('update', update), batches('remove', remove),
    ...failing.length === 0 ? [] : [`  Not as they should be today:\n${failingTable(failing)}`],
  ].join('');
}

export const batchText = ({ count, regions, accounts, units }: Batch): string =>
  `${plural(count, 'stack')} in ${regions.join(', ')}: ${accounts === undefined ? `below ${units.join(', ')}` : named(accounts)}`;

function templateLines(template: TemplateDiff | undefined): string {
  if (template === undefined) return '';
  const { added, changed, removed, sections } = template;
  const lines = ([['add', added], ['change', changed], ['remove', removed], ['change section', sections]] as const).filter(([, ids]) => ids.length > 0);
  return lines.map(([verb, ids]) => `  ${verb} ${named(ids, 12)}\n`).join('');
}

const parameterLines = (parameters: readonly ParameterDiff[]): string => table(parameters.map(({ name, from, to }) => [`parameter ${name}`, `${quoted(from)} → ${quoted(to)}`]));
const quoted = (value: string | undefined): string => value === undefined ? 'none' : value === '' ? 'empty' : value;

function summary({ stacks, stackSet, writes }: Preview): string {
  const count = (all: readonly Batch[] = []): number => all.reduce((sum, batch) => sum + batch.count, 0);
  const parts = [
    [stacks.filter(({ change }) => change !== 'update' && change !== 'none').length + count(stackSet?.create), 'to make'],
    [stacks.filter(({ change }) => change === 'update').length + count(stackSet?.update), 'to update'],
    [count(stackSet?.remove), 'to remove'],
  ].filter(([number]) => number !== 0).map(([number, what]) => `${plural(Number(number), 'stack')} ${String(what)}`);
  return sentence([...parts, ...writes.length === 0 ? [] : [`${plural(writes.length, 'object')} to write`]].join(', ') || 'the StackSet is to be changed');
}
