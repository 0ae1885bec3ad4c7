import { actionNames, actionOf, type Action } from './actions.ts';
import { checkBoolean, checkKeys, checkOneOf, checkPresent, described, instead, listOf, mapOf, refuse, textOf, warn, wholeOf, type Place } from './fields.ts';
import type { Flow } from './flow.ts';
import { checkInputs, checkSelector, checkTarget } from './inputs.ts';
import { allSteps, called, type Runbook, type Step } from './runbook.ts';
import type { Entry, Value } from './tree.ts';
import { types } from './types.ts';

const properties = ['action', 'description', 'inputs', 'isCritical', 'isEnd', 'maxAttempts', 'name', 'nextStep', 'onCancel', 'onFailure', 'outputs', 'timeoutSeconds'];

export function checkSteps(runbook: Runbook, flow: Flow): void {
  checkKinds(runbook, runbook.top.entries.get('mainSteps'));
  for (const step of allSteps(runbook.steps)) {
    const place: Place = { report: runbook.report, name: called(step), source: 'steps' };
    checkName(runbook, place, step);
    checkKeys(place, step.map, properties);
    for (const key of ['isCritical', 'isEnd']) checkBoolean(place, step.map, key);
    textOf(place, step.map, 'description');
    checkAction(runbook, place, step);
    checkWays(runbook, place, step);
    // Of two steps with one name only the first can be reached by it.
    if (!flow.reached.has(step) && (step.within === undefined || flow.reached.has(step.within)) && runbook.named.get(step.name) === step) refuse(place, step.line, 'no step leads here', 'let one lead here or remove it');
  }
  for (const step of flow.endless) runbook.report.warning(step.line, `${called(step)} begins a circle that only a failure ends`, 'let one of its steps lead out or end', 'steps');
}

/** Steps that are no mappings have no name to report them by. */
function checkKinds(runbook: Runbook, entry: Entry | undefined): void {
  const steps: Value | undefined = entry?.value;
  for (const item of steps?.kind === 'list' ? steps.items : []) {
    if (item.kind !== 'map') runbook.report.error(item.line, `a step is ${described(item)}`, 'write its `name`, `action` and `inputs`', 'steps');
    else {
      const inputs = item.entries.get('inputs')?.value;
      const action = item.entries.get('action')?.value;
      if (inputs?.kind === 'map' && action?.kind === 'scalar' && action.text === 'aws:loop') checkKinds(runbook, inputs.entries.get('Steps'));
    }
  }
}

function checkName(runbook: Runbook, place: Place, step: Step): void {
  if (!checkPresent(place, step.map, 'name', step.line) || textOf(place, step.map, 'name') === undefined) return;
  if (!/^[a-zA-Z0-9_]+$/.test(step.name)) refuse(place, step.line, 'the name has other characters than letters, digits and `_`', 'rename it');
  if (step.name.length > 128) refuse({ ...place, source: 'stepNames' }, step.line, `the name has ${step.name.length} characters, at most 128`, 'shorten it');
  if (runbook.named.get(step.name) !== step) refuse(place, step.line, 'another step has this name', 'give each step its own name');
}

function checkAction(runbook: Runbook, place: Place, step: Step): void {
  const action = actionOf(step.action);
  if (action === undefined) {
    if (checkPresent(place, step.map, 'action', step.line)) checkOneOf(place, step.map, 'action', actionNames);
    return;
  }
  const own: Place = { ...place, source: action.page };
  if (mapOf(own, step.map, 'inputs') === undefined) {
    const needed = action.inputs === undefined || action.required.length > 0 ? action.required : action.inputs;
    if (needed.length > 0 && !step.map.entries.has('inputs')) refuse(own, step.line, '`inputs` is missing', `add it with ${needed.map((key) => `\`${key}\``).join(action.required.length > 0 ? ', ' : ' or ')}`);
  } else if (step.inputs !== undefined) {
    for (const key of action.required) if (!step.inputs.entries.has(key)) refuse(own, step.line, `\`${key}\` is missing from \`inputs\``, instead(key, step.inputs.entries.keys(), 'add it').replace(/^write `(.+)`$/, `rename \`$1\` to \`${key}\``));
    if (action.inputs !== undefined) checkKeys(own, step.inputs, action.inputs);
    checkInputs(runbook, own, step);
    if (action.checked !== true) runbook.report.note(step.line, `${place.name}: the inputs of \`${step.action}\` are not checked beyond those it needs`, 'compare them with its page', action.page);
  }
  checkLimits(own, step, action);
  checkStepOutputs(place, step, action);
}

function checkLimits(place: Place, step: Step, action: Action): void {
  wholeOf({ ...place, source: 'steps' }, step.map, 'maxAttempts', 1);
  const seconds = wholeOf({ ...place, source: 'steps' }, step.map, 'timeoutSeconds', 1);
  if (seconds !== undefined && action.longest !== undefined && seconds > action.longest) warn(place, step.map.entries.get('timeoutSeconds')?.line ?? step.line, `\`timeoutSeconds\` is ${seconds}, and \`${step.action}\` runs ${action.longest} seconds at most`, 'lower it');
}

function checkStepOutputs(place: Place, step: Step, action: Action): void {
  const own: Place = { ...place, source: 'outputs' };
  const outputs = listOf(own, step.map, 'outputs');
  if (outputs !== undefined && action.selects !== true) refuse(own, outputs.line, `\`${step.action}\` selects no outputs`, 'remove `outputs`');
  const names = new Set<string>();
  for (const item of outputs?.items ?? []) {
    if (item.kind !== 'map') { refuse(own, item.line, `an output is ${described(item)}`, 'write its `Name`, `Selector` and `Type`'); continue; }
    checkKeys(own, item, ['Name', 'Selector', 'Type']);
    for (const key of ['Name', 'Selector']) checkPresent(own, item, key, item.line);
    checkOneOf(own, item, 'Type', types);
    const selector = textOf(own, item, 'Selector');
    if (selector !== undefined) checkSelector(own, '`Selector`', selector.text, selector.line);
    const name = textOf(own, item, 'Name');
    if (name === undefined) continue;
    if (names.has(name.text)) refuse(own, name.line, `the output \`${name.text}\` stands twice`, 'give each its own name');
    names.add(name.text);
  }
}

function checkWays(runbook: Runbook, place: Place, step: Step): void {
  if (step.map.entries.has('nextStep')) {
    checkTarget(runbook, place, step.map, 'nextStep', undefined, step.line);
    const end = step.map.entries.get('isEnd');
    if (end?.value.kind === 'scalar' && end.value.text.toLowerCase() === 'true') refuse(place, end.line, '`isEnd` stands beside `nextStep`', 'keep one of them');
  }
  for (const [key, words] of [['onFailure', ['Abort', 'Continue']], ['onCancel', ['Abort']]] as const) {
    const found = textOf(place, step.map, key);
    if (found === undefined) continue;
    if (key === 'onCancel' && actionOf(step.action)?.cancels === false) refuse(place, found.line, `\`${step.action}\` takes no \`onCancel\``, 'remove it');
    if (found.text.startsWith('step:')) checkTarget(runbook, place, step.map, key, 'step:', step.line);
    else if (!(words as readonly string[]).includes(found.text)) refuse(place, found.line, `\`${key}\` is ${described(found)}`, instead(found.text, words, `write ${words.join(', ')} or \`step:\` with the name of a step`));
  }
}
