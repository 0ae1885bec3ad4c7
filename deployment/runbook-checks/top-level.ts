import { checkKeys, instead, isTemplate, listOf, mapOf, textOf, type Place } from './fields.ts';
import { missingOutput, wholeName } from './references.ts';
import type { Report } from './report.ts';
import { called, type Runbook } from './runbook.ts';
import type { Mapping } from './tree.ts';

/** With the parameters of an execution. */
const BYTES = 64 * 1024;
const ROLE = 'AutomationAssumeRole';

export function checkSize(report: Report, text: string): void {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > BYTES) report.error(1, `the runbook has ${bytes} bytes, at most ${BYTES}`, 'move steps to a child runbook', 'quotas');
}

export function checkTopLevel(runbook: Runbook, text: string): void {
  const { report, top } = runbook;
  const place: Place = { report, name: 'runbook', source: 'elements' };
  checkKeys(place, top, ['assumeRole', 'description', 'files', 'mainSteps', 'outputs', 'parameters', 'schemaVersion', 'variables']);
  checkVersion(report, top);
  textOf(place, top, 'description');
  for (const key of ['files', 'parameters', 'variables']) mapOf(place, top, key);
  const steps = top.entries.get('mainSteps');
  if (steps === undefined) report.error(1, 'the runbook has no `mainSteps`', 'write its steps below `mainSteps:`', 'elements');
  else if (steps.value.kind !== 'list' || steps.value.items.length === 0) report.error(steps.line, '`mainSteps` is not a list of steps', 'write the steps with dashes', 'elements');
  checkRole(runbook, place);
  checkOutputs(runbook, place);
  if (runbook.parameters.size > 200) report.error(top.entries.get('parameters')?.line ?? 1, `\`parameters\` has ${runbook.parameters.size} entries, at most 200`, 'take some out', 'execution');
  // Only YAML keeps a script's lines.
  for (const step of runbook.named.values()) {
    const script = step.action === 'aws:executeScript' ? step.inputs?.entries.get('Script') : undefined;
    if (script !== undefined && text.trimStart().startsWith('{')) report.warning(script.line, `${called(step)}: \`Script\` stands in a JSON runbook`, 'write the runbook as YAML or use `Attachment`', 'executeScript');
  }
}

function checkVersion(report: Report, top: Mapping): void {
  const version = top.entries.get('schemaVersion');
  const value = version?.value;
  if (value === undefined) report.error(1, '`schemaVersion` is missing', "write `schemaVersion: '0.3'`", 'schema');
  else if (value.kind !== 'scalar' || value.text !== '0.3') report.error(value.line, '`schemaVersion` is not 0.3, that of Automation runbooks', "write `schemaVersion: '0.3'`", 'schema');
  else if (typeof value.value !== 'string') report.error(value.line, '`schemaVersion` is a number', "write `schemaVersion: '0.3'` with quotes", 'schema');
}

function checkRole({ report, top, parameters }: Runbook, place: Place): void {
  const parameter = parameters.get(ROLE);
  const role = textOf(place, top, 'assumeRole');
  if (parameter !== undefined) {
    const section = top.entries.get('parameters')?.value;
    const declared = section?.kind === 'map' ? section.entries.get(ROLE)?.value : undefined;
    const type = declared?.kind === 'map' ? declared.entries.get('type')?.value : undefined;
    if (type?.kind === 'scalar' && parameter.type !== undefined && type.text !== 'AWS::IAM::Role::Arn' && type.text !== 'String') report.error(type.line, `parameter \`${ROLE}\` is of the type \`${type.text}\``, 'write AWS::IAM::Role::Arn or String', 'parameterTypes');
    if (role === undefined || wholeName(role.text) !== ROLE) report.error(role?.line ?? parameter.line, `\`assumeRole\` does not use the parameter \`${ROLE}\`, so the steps run without it`, `write \`assumeRole: '{{ ${ROLE} }}'\``, 'configRole');
  } else if (role === undefined && !top.entries.has('assumeRole')) report.warning(1, 'there is no `assumeRole`, so the steps run with the rights of whoever starts the runbook', `declare \`${ROLE}\` and write \`assumeRole: '{{ ${ROLE} }}'\``, 'permissions');
  if (role !== undefined && !isTemplate(role.text) && !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(role.text)) report.error(role.line, `\`assumeRole\` is \`${role.text}\`, not the ARN of a role`, `write \`'{{ ${ROLE} }}'\` or a role ARN`, 'elements');
}

function checkOutputs(runbook: Runbook, place: Place): void {
  for (const item of listOf(place, runbook.top, 'outputs')?.items ?? []) {
    const error = (what: string, next: string): void => { runbook.report.error(item.line, what, next, 'outputs'); };
    if (item.kind !== 'scalar' || !item.text.includes('.')) { error('an entry of `outputs` is not `Step.Output`', 'write the name of a step, a dot, and the name of its output'); continue; }
    const dot = item.text.indexOf('.');
    const [head, output] = [item.text.slice(0, dot), item.text.slice(dot + 1)];
    const step = runbook.named.get(head);
    if (step === undefined) { error(`\`outputs\` names \`${item.text}\`, but there is no step \`${head}\``, instead(head, runbook.named.keys(), 'correct the name or add the step')); continue; }
    const missing = missingOutput(step, output);
    if (missing !== undefined) error(`\`outputs\` names \`${item.text}\`, but \`${output}\` ${missing.what}`, missing.next);
  }
}
