import { callsApi, waits } from './actions.ts';
import type { GivenModel, Shapes } from './api-model.ts';
import { checkInput } from './api-input.ts';
import { article, fitsType, follow } from './api-output.ts';
import { described, isTemplate, refuse, warn, type Place } from './fields.ts';
import { calledBy } from './operations.ts';
import { called, type Runbook, type Step } from './runbook.ts';
import { readSelector, type Part } from './selector.ts';
import type { Value } from './tree.ts';
import { typeOf } from './types.ts';

/** Holds a step that calls an API to the model of that API. */
export function checkApi(runbook: Runbook, step: Step, models: readonly GivenModel[]): void {
  if (!callsApi(step.action) || step.inputs === undefined) return;
  const place: Place = { report: runbook.report, name: called(step), source: 'api' };
  const found = calledBy(step, models);
  if (found === undefined) return;
  if (found.kind === 'wrong') { refuse({ ...place, source: step.action === 'aws:executeAwsApi' ? 'executeAwsApi' : place.source }, found.at.line, found.what, found.next); return; }
  if (found.kind === 'unlisted') { runbook.report.note(step.line, `${place.name}: API not checked: ${found.why}`, found.next, 'api'); return; }
  const own = ['Service', 'Api', ...(waits(step.action) ? ['PropertySelector', 'DesiredValues'] : [])];
  const { shapes } = found.service;
  checkInput({ runbook, place, shapes }, found.shapes.input, step.inputs, own, step.line, found.operation);
  for (const { value, parts, declared } of selectorsOf(step)) {
    const target = follow(shapes, found.shapes.output, parts);
    if ('what' in target) refuse(place, value.line, `the selector \`${value.text}\` ${target.what}`, target.next);
    else if (declared !== undefined && !fitsType(target, declared, shapes)) refuse({ ...place, source: 'outputs' }, value.line, `the selector \`${value.text}\` leads to ${article(target.shape?.type ?? 'value')}, which does not become ${declared}`, 'change the `Type` or the path');
  }
  if (waits(step.action)) checkDesired(place, step, shapes, found.shapes.output);
}

interface Selected { readonly value: { readonly text: string; readonly line: number }; readonly parts: readonly Part[]; readonly declared: ReturnType<typeof typeOf> }
function selectorsOf(step: Step): Selected[] {
  const outputs = step.map.entries.get('outputs')?.value;
  const found: { value: Value | undefined; type: Value | undefined; typed: boolean }[] = (outputs?.kind === 'list' ? outputs.items : []).flatMap((item) => (item.kind === 'map' ? [{ value: item.entries.get('Selector')?.value, type: item.entries.get('Type')?.value, typed: true }] : []));
  if (waits(step.action)) found.push({ value: step.inputs?.entries.get('PropertySelector')?.value, type: undefined, typed: false });
  return found.flatMap(({ value, type, typed }) => {
    if (value?.kind !== 'scalar' || isTemplate(value.text)) return [];
    const parts = readSelector(value.text);
    const declared = !typed ? undefined : type === undefined ? 'String' as const : type.kind === 'scalar' ? typeOf(type.text) : undefined;
    return parts === undefined ? [] : [{ value, parts, declared }];
  });
}

function checkDesired(place: Place, step: Step, shapes: Shapes, output: string | undefined): void {
  const [selector, desired] = ['PropertySelector', 'DesiredValues'].map((key) => step.inputs?.entries.get(key)?.value);
  if (selector?.kind !== 'scalar' || desired?.kind !== 'list') return;
  const target = follow(shapes, output, readSelector(selector.text) ?? []);
  if ('what' in target || target.shape === undefined) return;
  const { type, enum: values } = target.shape;
  const own: Place = { ...place, source: step.action === 'aws:assertAwsResourceProperty' ? 'assert' : 'wait' };
  if (type === 'structure' || type === 'map') refuse(own, selector.line, `\`PropertySelector\` leads to ${article(type)}, which no text equals`, 'select a value in it');
  for (const item of desired.items) {
    if (item.kind !== 'scalar' || isTemplate(item.text)) continue;
    // A value that is no text was refused already.
    if (type === 'boolean' && typeof item.value === 'string' && item.text !== 'True' && item.text !== 'False') refuse(own, item.line, `\`DesiredValues\` has ${described(item)}, which a boolean never equals`, "write 'True' or 'False' in quotes");
    // The models differ from the answers in case.
    if (values !== undefined && !values.some((value) => value.toLowerCase() === item.text.toLowerCase())) warn(own, item.line, `\`DesiredValues\` has ${described(item)}, which is no value known of it`, values.length > 20 ? 'correct it' : `use one of ${values.join(', ')}`);
  }
}
