import { callsApi, waits } from './actions.ts';
import { checkCondition } from './branch.ts';
import { checkLength, checkOneOf, described, instead, isTemplate, listOf, literalOf, mapOf, refuse, textOf, warn, wholeOf, type Place } from './fields.ts';
import type { Runbook, Step } from './runbook.ts';
import { readSelector } from './selector.ts';
import type { Mapping } from './tree.ts';
import { misfitOf, types } from './types.ts';

type Check = (runbook: Runbook, place: Place, inputs: Mapping, step: Step) => void;

/** What each action's own page says of its inputs. */
const checks: Readonly<Record<string, Check>> = {
  'aws:approve': checkApprove, 'aws:branch': checkBranch, 'aws:executeScript': checkScript, 'aws:invokeLambdaFunction': checkLambda, 'aws:loop': checkLoop,
  'aws:sleep': checkSleep, 'aws:updateVariable': checkUpdate,
};
export function checkInputs(runbook: Runbook, place: Place, step: Step): void {
  if (step.inputs === undefined) return;
  if (waits(step.action)) checkDesiredValues(place, step.inputs);
  else if (Object.hasOwn(checks, step.action)) checks[step.action]?.(runbook, place, step.inputs, step);
  else if (callsApi(step.action)) for (const key of ['Service', 'Api']) textOf(place, step.inputs, key);
}

function checkDesiredValues(place: Place, inputs: Mapping): void {
  for (const key of ['Service', 'Api']) textOf(place, inputs, key);
  const selector = textOf(place, inputs, 'PropertySelector');
  if (selector !== undefined) checkSelector(place, '`PropertySelector`', selector.text, selector.line);
  const value = inputs.entries.get('DesiredValues')?.value;
  if (value === undefined || (value.kind === 'scalar' && isTemplate(value.text))) return;
  const list = listOf(place, inputs, 'DesiredValues');
  if (list?.items.length === 0) refuse(place, list.line, '`DesiredValues` is empty, so nothing equals it', 'write what is waited for');
  for (const item of list?.items ?? []) {
    if (item.kind !== 'scalar' || typeof item.value === 'string') continue;
    if (typeof item.value === 'boolean') refuse(place, item.line, `\`DesiredValues\` has ${described(item)} without quotes`, `write '${item.value ? 'True' : 'False'}' in quotes`);
    else refuse(place, item.line, `\`DesiredValues\` has ${described(item)}, not text`, 'write it in quotes');
  }
}

/** A path that cannot be read is refused; one beyond what is documented is named. */
export function checkSelector(place: Place, what: string, text: string, line: number): void {
  if (isTemplate(text)) return;
  const parts = readSelector(text);
  const own: Place = { ...place, source: 'outputs' };
  if (parts === undefined) refuse(own, line, `${what} is \`${text}\`, not a JSONPath`, 'write a path such as `$.Name[0].Member`');
  else if (parts.some(({ kind }) => kind === 'filter' || kind === 'each')) warn(own, line, `${what} \`${text}\` uses more of JSONPath than is documented`, 'use `.`, `..` and `[0]`');
}

function checkApprove(_: Runbook, place: Place, inputs: Mapping): void {
  const approvers = inputs.entries.get('Approvers')?.value;
  const count = approvers?.kind === 'list' ? approvers.items.length : undefined;
  if (count !== undefined && (count < 1 || count > 10)) refuse(place, approvers?.line ?? inputs.line, `\`Approvers\` has ${count} entries, from 1 to 10`, 'name a role instead');
  const least = wholeOf(place, inputs, 'MinRequiredApprovals', 1, 10);
  const some = approvers?.kind === 'list' && approvers.items.some((item) => item.kind === 'scalar' && isTemplate(item.text));
  if (least !== undefined && count !== undefined && !some && least > count) refuse(place, inputs.entries.get('MinRequiredApprovals')?.line ?? inputs.line, `\`MinRequiredApprovals\` is ${least} of ${count} approvers`, 'lower it or add approvers');
  checkLength(place, inputs, 'Message', 4096);
  const topic = textOf(place, inputs, 'NotificationArn');
  if (topic !== undefined && !isTemplate(topic.text) && !/^arn:aws[a-z-]*:sns:[^:]*:\d{12}:Automation/.test(topic.text)) warn(place, topic.line, `\`NotificationArn\` is \`${topic.text}\`, not a topic whose name begins with \`Automation\``, 'use such a topic, which the managed policy of the role allows');
}

function checkBranch(runbook: Runbook, place: Place, inputs: Mapping): void {
  const choices = listOf(place, inputs, 'Choices');
  if (choices?.items.length === 0) refuse(place, choices.line, '`Choices` is empty', 'write the choices with dashes');
  for (const choice of choices?.items ?? []) {
    if (choice.kind !== 'map') { refuse(place, choice.line, 'a choice is not a mapping', 'write `NextStep`, `Variable` and an operator'); continue; }
    checkTarget(runbook, place, choice, 'NextStep', undefined, choice.line);
    checkCondition(runbook, place, choice, ['NextStep']);
  }
  if (inputs.entries.has('Default')) checkTarget(runbook, place, inputs, 'Default', undefined, inputs.line);
}

/** The step that a field names must be there. */
export function checkTarget(runbook: Runbook, place: Place, map: Mapping, key: string, prefix: string | undefined, line: number): void {
  if (!map.entries.has(key)) { refuse(place, line, `\`${key}\` is missing`, 'write the name of a step'); return; }
  const found = textOf(place, map, key);
  if (found === undefined) return;
  const name = prefix === undefined ? found.text : found.text.slice(prefix.length);
  if (!runbook.named.has(name)) refuse(place, found.line, `\`${key}\` leads to \`${name}\`, which is no step`, instead(name, runbook.named.keys(), 'correct the name or add the step'));
}

const retired = ['python3.6', 'python3.7', 'python3.8'];
function checkScript(runbook: Runbook, place: Place, inputs: Mapping, step: Step): void {
  const runtime = literalOf(inputs, 'Runtime');
  const line = inputs.entries.get('Runtime')?.line ?? step.line;
  if (runtime !== undefined && retired.includes(runtime)) refuse(place, line, `\`Runtime\` \`${runtime}\` is no longer run`, 'write python3.11');
  else if (runtime !== undefined && !/^(python3\.\d+|PowerShell( Core)? \d+\.\d+)$/.test(runtime)) refuse(place, line, `\`Runtime\` is \`${runtime}\``, 'write python3.11 or PowerShell 7.4');
  if (runtime?.startsWith('python') === true && !inputs.entries.has('Handler')) refuse(place, step.line, '`Handler` is missing', 'name the function that the script defines');
  if (!inputs.entries.has('Script') && !inputs.entries.has('Attachment')) refuse(place, step.line, 'neither `Script` nor `Attachment` is there', 'add one of them');
  if (inputs.entries.has('Attachment') && !runbook.top.entries.has('files')) refuse(place, inputs.entries.get('Attachment')?.line ?? step.line, '`Attachment` needs the section `files`', 'add it with the checksum');
  textOf(place, inputs, 'Handler');
  textOf(place, inputs, 'Script');
}

function checkLambda(_: Runbook, place: Place, inputs: Mapping, step: Step): void {
  textOf(place, inputs, 'FunctionName');
  checkOneOf(place, inputs, 'InvocationType', ['Event', 'RequestResponse', 'DryRun']);
  checkOneOf(place, inputs, 'LogType', ['None', 'Tail']);
  const payload = inputs.entries.get('InputPayload');
  if (payload !== undefined && inputs.entries.has('Payload')) refuse(place, payload.line, '`InputPayload` stands beside `Payload`', 'keep one of them');
  if (payload !== undefined && !(payload.value.kind === 'scalar' && isTemplate(payload.value.text))) mapOf(place, inputs, 'InputPayload');
  for (const { line, value } of selectors(step)) if (/^\$\.Payload\b./.test(value)) warn(place, line, `the selector \`${value}\` looks into \`Payload\`, which is one text`, 'pass the whole text on, or read what the function stored');
}
function selectors(step: Step): { line: number; value: string }[] {
  const outputs = step.map.entries.get('outputs')?.value;
  return (outputs?.kind === 'list' ? outputs.items : []).flatMap((item) => {
    const selector = item.kind === 'map' ? item.entries.get('Selector')?.value : undefined;
    return selector?.kind === 'scalar' ? [{ line: selector.line, value: selector.text }] : [];
  });
}

function checkLoop(runbook: Runbook, place: Place, inputs: Mapping, step: Step): void {
  const [iterators, condition] = ['Iterators', 'LoopCondition'].map((key) => inputs.entries.get(key));
  if ((iterators === undefined) === (condition === undefined)) refuse(place, condition?.line ?? step.line, `\`Iterators\` and \`LoopCondition\` are ${iterators === undefined ? 'both missing' : 'both there'}`, 'write one of them');
  if (iterators?.value.kind === 'list' && iterators.value.items.length > 100) refuse(place, iterators.line, `\`Iterators\` has ${iterators.value.items.length} items, at most 100`, 'split the loop');
  if (condition !== undefined) { const map = mapOf(place, inputs, 'LoopCondition'); if (map !== undefined) checkCondition(runbook, place, map); }
  wholeOf(place, inputs, 'MaxIterations', 1, 100);
  checkOneOf(place, inputs, 'IteratorDataType', ['Boolean', 'Integer', 'String', 'StringMap']);
  const steps = listOf(place, inputs, 'Steps');
  if (steps?.items.length === 0) refuse(place, steps.line, '`Steps` is empty', 'write the steps of the loop with dashes');
}

const LONGEST_SLEEP = 604_799;
function checkSleep(_: Runbook, place: Place, inputs: Mapping, step: Step): void {
  const keys = ['Duration', 'TimeStamp', 'Timestamp'].filter((key) => inputs.entries.has(key));
  if (keys.length !== 1) refuse(place, step.line, `${keys.length === 0 ? 'neither `Duration` nor `Timestamp` is there' : `${keys.map((key) => `\`${key}\``).join(' and ')} are both there`}`, 'write one of them');
  const duration = textOf(place, inputs, 'Duration');
  if (duration === undefined || isTemplate(duration.text)) return;
  const [, days, hours, minutes, seconds] = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration.text) ?? [];
  const total = [days, hours, minutes, seconds].reduce((sum, part, at) => sum + Number(part ?? 0) * ([86_400, 3600, 60, 1][at] ?? 0), 0);
  if (total < 1 || total > LONGEST_SLEEP) refuse(place, duration.line, `\`Duration\` is \`${duration.text}\``, `write an ISO 8601 duration from one second to ${LONGEST_SLEEP} seconds, such as PT10M`);
}

function checkUpdate(runbook: Runbook, place: Place, inputs: Mapping): void {
  const name = textOf(place, inputs, 'Name');
  if (name === undefined) return;
  const variable = name.text.startsWith('variable:') ? runbook.variables.get(name.text.slice('variable:'.length)) : undefined;
  if (variable === undefined) { refuse(place, name.line, `\`Name\` is \`${name.text}\`, which is no variable`, instead(name.text, [...runbook.variables.keys()].map((one) => `variable:${one}`), 'write `variable:` and a name that stands in `variables`')); return; }
  const value = inputs.entries.get('Value')?.value;
  const type = types.find((one) => one === variable.type);
  if (value === undefined || type === undefined) return;
  const misfit = misfitOf(value, type);
  if (misfit !== undefined) refuse(place, misfit.line, `\`Value\` ${misfit.what}`, misfit.next);
  else if (value.kind === 'scalar' && value.text === '') refuse(place, value.line, '`Value` is empty, at least 1 character', 'write a word such as `none`');
}
