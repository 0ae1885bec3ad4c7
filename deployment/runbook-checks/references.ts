import { actionOf } from './actions.ts';
import { instead, isTemplate } from './fields.ts';
import type { Flow } from './flow.ts';
import type { Source } from './report.ts';
import { allSteps, called, type Runbook, type Step } from './runbook.ts';
import { scalarsOf, type Scalar, type Value } from './tree.ts';
import type { Type } from './types.ts';

const system: readonly string[] = ['global:ACCOUNT_ID', 'global:AWS_PARTITION', 'global:DATE', 'global:DATE_TIME', 'global:REGION', 'automation:EXECUTION_ID'];
/** What a loop gives its steps. */
const ofLoop: readonly string[] = ['CurrentIteration', 'CurrentIteratorValue'];

/** The names between double braces. */
export const namesIn = (text: string): string[] => [...text.matchAll(/\{\{(.*?)\}\}/gs)].map(([, name = '']) => name.trim());
/** The name, when the text is one reference and nothing else, so that its value keeps its type. */
export const wholeName = (text: string): string | undefined => /^\s*\{\{([^{}]*)\}\}\s*$/.exec(text)?.[1]?.trim();

export interface Resolved { readonly type: Type | undefined; readonly allowed?: readonly string[] }
interface Refusal { readonly severity: 'error' | 'warning'; readonly what: string; readonly next: string; readonly source: Source }

/** What a name stands for where it is used; nothing when nobody can tell. */
export function resolve(runbook: Runbook, name: string): Resolved | undefined {
  if (system.includes(name)) return { type: 'String' };
  if (name.startsWith('variable:')) return runbook.variables.get(name.slice('variable:'.length));
  const dot = name.indexOf('.');
  if (dot < 0) return runbook.parameters.get(name);
  const step = runbook.named.get(name.slice(0, dot));
  const output = name.slice(dot + 1);
  if (step === undefined) return undefined;
  const given = actionOf(step.action)?.gives ?? {};
  return step.outputs.get(output) ?? (Object.hasOwn(given, output) ? { type: given[output] } : undefined);
}

/** Every reference must lead somewhere, and every parameter should be used. */
export function checkReferences(runbook: Runbook, flow: Flow): void {
  const used = new Set<string>();
  for (const step of allSteps(runbook.steps)) {
    for (const [key, { value }] of step.map.entries) {
      if (key === 'inputs' && value.kind === 'map') for (const [input, entry] of value.entries) checkInput(runbook, flow, step, input, entry.value, used);
      else if (key !== 'description') for (const scalar of scalarsOf(value)) checkScalar(runbook, flow, step, scalar, used);
    }
  }
  const role = runbook.top.entries.get('assumeRole')?.value;
  if (role?.kind === 'scalar') {
    for (const name of namesIn(role.text)) {
      used.add(name);
      if (!runbook.parameters.has(name) && !system.includes(name)) runbook.report.error(role.line, `\`assumeRole\` refers to \`${name}\`, which is no parameter`, instead(name, runbook.parameters.keys(), 'declare it below `parameters` or write a role ARN'), 'elements');
    }
  }
  for (const [name, { line }] of runbook.parameters) if (!used.has(name)) runbook.report.warning(line, `parameter \`${name}\` is not used`, 'remove it', 'elements');
  for (const [name, { line }] of runbook.variables) if (!used.has(`variable:${name}`)) runbook.report.warning(line, `variable \`${name}\` is not read`, 'remove it', 'updateVariable');
}

function checkInput(runbook: Runbook, flow: Flow, step: Step, key: string, value: Value, used: Set<string>): void {
  // The steps of a loop come by themselves.
  if (step.action === 'aws:loop' && key === 'Steps') return;
  for (const scalar of scalarsOf(value)) {
    // Braces in a script may be the script's own.
    if (step.action === 'aws:executeScript' && key === 'Script') for (const name of namesIn(scalar.text)) used.add(name);
    else checkScalar(runbook, flow, step, scalar, used);
  }
}

function checkScalar(runbook: Runbook, flow: Flow, step: Step, { text, line }: Scalar, used: Set<string>): void {
  if (!isTemplate(text)) return;
  const names = namesIn(text);
  const open = text.split('{{').length - 1;
  if (open !== names.length) runbook.report.error(line, `${called(step)}: \`{{\` is not closed`, 'write `}}` behind the name', 'variables');
  for (const name of names) {
    used.add(name);
    const refusal = refusalOf(runbook, flow, step, name);
    if (refusal !== undefined) runbook.report[refusal.severity](line, `${called(step)}: \`${name}\` ${refusal.what}`, refusal.next, refusal.source);
  }
}

function refusalOf(runbook: Runbook, flow: Flow, step: Step, name: string): Refusal | undefined {
  const error = (what: string, next: string, source: Source = 'variables'): Refusal => ({ severity: 'error', what, next, source });
  if (system.includes(name)) return undefined;
  const [, scope] = /^([a-zA-Z]+):/.exec(name) ?? [];
  if (scope === 'ssm') return error('cannot stand in a step', 'make it the `default` of a parameter and refer to that');
  if (scope === 'variable') return runbook.variables.has(name.slice('variable:'.length)) ? undefined : error('is no variable', instead(name, [...runbook.variables.keys()].map((one) => `variable:${one}`), 'declare it below `variables`'), 'updateVariable');
  if (scope !== undefined) return error('is no system variable', instead(name, system, `use one of ${system.join(', ')}`));
  if (name.includes('.')) return outputRefusal(runbook, flow, step, name, error);
  if (runbook.parameters.has(name)) return undefined;
  return error('is no parameter', instead(name, runbook.parameters.keys(), 'declare it below `parameters` or correct the name'), 'elements');
}

function outputRefusal(runbook: Runbook, flow: Flow, step: Step, name: string, error: (what: string, next: string, source?: Source) => Refusal): Refusal | undefined {
  const dot = name.indexOf('.');
  const [head, output] = [name.slice(0, dot), name.slice(dot + 1)];
  if (ofLoop.includes(output) && loopsAround(step).some((loop) => head === 'loop' || loop.name === head)) return undefined;
  const earlier = runbook.named.get(head);
  if (earlier === undefined) return error(`refers to no step \`${head}\``, instead(head, runbook.named.keys(), 'correct the name or add the step'), 'outputs');
  if (earlier.action === 'aws:loop' && ofLoop.includes(output)) return error('is there in the steps of the loop only', 'refer to it there', 'loop');
  const missing = missingOutput(earlier, output);
  if (missing !== undefined) return error(missing.what, missing.next, 'outputs');
  // A loop reads what its own steps gave, once they are done.
  if (loopsAround(earlier).includes(step)) return undefined;
  if (!flow.reached.has(step)) return undefined;
  const state = flow.before(step, earlier);
  if (state === 'never') return error(`is never there: no way leads from \`${head}\`, done, to this step`, 'refer to a step that runs before', 'outputs');
  if (state === 'perhaps') return { severity: 'warning', what: `may not be there: not every way to this step passes \`${head}\``, next: 'refer to a step that every way passes', source: 'outputs' };
  return undefined;
}
function loopsAround(step: Step): Step[] { return step.within === undefined ? [] : [step.within, ...loopsAround(step.within)]; }

/** What is wrong with taking an output from a step. */
export function missingOutput(step: Step, output: string): { readonly what: string; readonly next: string } | undefined {
  const action = actionOf(step.action);
  if (step.outputs.has(output) || action === undefined || action.givesMore === true || Object.hasOwn(action.gives, output)) return undefined;
  const known = [...step.outputs.keys(), ...Object.keys(action.gives)];
  const next = instead(output, known, action.selects === true ? `add it to the \`outputs\` of \`${step.name}\`` : known.length === 0 ? `\`${step.action}\` gives nothing to refer to` : `use one of ${known.join(', ')}`);
  return { what: `is no output of step \`${step.name}\``, next };
}
