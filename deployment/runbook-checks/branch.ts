import { described, instead, isTemplate, refuse, warn, type Place } from './fields.ts';
import { resolve, wholeName } from './references.ts';
import type { Runbook } from './runbook.ts';
import type { Mapping, Scalar, Value } from './tree.ts';
import type { Type } from './types.ts';

const text = ['StringEquals', 'EqualsIgnoreCase', 'StartsWith', 'EndsWith', 'Contains'];
const numeric = ['NumericEquals', 'NumericGreater', 'NumericLesser', 'NumericGreaterOrEquals', 'NumericLesserOrEquals'];
const operators = [...text, ...numeric, 'BooleanEquals'];
const joiners = ['And', 'Or', 'Not'];

/** Checks a condition; `beside` are keys that may stand with it. */
export function checkCondition(runbook: Runbook, place: Place, map: Mapping, beside: readonly string[] = []): void {
  const keys = [...map.entries.keys()].filter((key) => !beside.includes(key));
  const joiner = keys.find((key) => joiners.includes(key));
  if (joiner !== undefined) { checkJoined(runbook, place, map, joiner, keys); return; }
  for (const key of keys) if (key !== 'Variable' && !operators.includes(key)) refuse(place, map.entries.get(key)?.line ?? map.line, `unknown operator \`${key}\``, instead(key, ['Variable', ...beside, ...operators, ...joiners], `use one of ${[...operators, ...joiners].join(', ')}`));
  const used = keys.filter((key) => operators.includes(key));
  if (!map.entries.has('Variable')) refuse(place, map.line, 'a condition has no `Variable`', "write `Variable: '{{ … }}'`");
  if (used.length !== 1) { refuse(place, map.line, `a condition has ${used.length} operators, exactly one`, 'write one of them, or join conditions with `And` or `Or`'); return; }
  const [operator = ''] = used;
  const [variable, operand] = [map.entries.get('Variable')?.value, map.entries.get(operator)?.value];
  if (operand !== undefined && checkOperand(place, operator, operand) && variable !== undefined) checkVariable(runbook, place, variable, operator, operand);
}

function checkJoined(runbook: Runbook, place: Place, map: Mapping, joiner: string, keys: readonly string[]): void {
  const { line, value } = map.entries.get(joiner) ?? { line: map.line, value: undefined };
  for (const key of keys) if (key !== joiner) refuse(place, map.entries.get(key)?.line ?? line, `\`${key}\` stands beside \`${joiner}\``, `move it below \`${joiner}\``);
  const items = joiner === 'Not' ? [value] : value?.kind === 'list' ? value.items : [undefined];
  if (items.length === 0) refuse(place, line, `\`${joiner}\` is empty`, 'write its conditions with dashes');
  for (const item of items) {
    if (item?.kind === 'map') checkCondition(runbook, place, item);
    else refuse(place, item?.line ?? line, `\`${joiner}\` holds something else than conditions`, joiner === 'Not' ? 'write one condition below it' : 'write its conditions with dashes');
  }
}

function checkOperand(place: Place, operator: string, operand: Value): operand is Scalar {
  if (operand.kind === 'scalar' && operand.value !== null && isTemplate(operand.text)) return true;
  const wanted = operator === 'BooleanEquals' ? 'boolean' : numeric.includes(operator) ? 'number' : 'string';
  if (operand.kind === 'scalar' && typeof operand.value === wanted) return true;
  const next = { boolean: 'write true or false without quotes', number: 'write digits without quotes', string: 'write text, in quotes if need be' }[wanted];
  refuse(place, operand.line, `\`${operator}\` compares with ${operand.kind === 'scalar' && operand.value === null ? 'nothing' : described(operand)}`, next);
  return false;
}

function checkVariable(runbook: Runbook, place: Place, variable: Value, operator: string, operand: Scalar): void {
  const name = variable.kind === 'scalar' ? wholeName(variable.text) : undefined;
  if (name === undefined) { refuse(place, variable.line, '`Variable` is not one reference', "write `Variable: '{{ … }}'`"); return; }
  const found = resolve(runbook, name);
  if (found?.type === undefined) return;
  const wanted: readonly Type[] = operator === 'BooleanEquals' ? ['Boolean'] : numeric.includes(operator) ? ['Integer'] : operator === 'Contains' ? ['String', 'StringList'] : ['String'];
  if (!wanted.includes(found.type)) warn(place, variable.line, `\`${operator}\` compares \`${name}\`, which is of the type ${found.type}`, `compare what is ${wanted.join(' or ')}, or use another operator`);
  if (operator === 'StringEquals' && found.allowed !== undefined && !isTemplate(operand.text) && !found.allowed.includes(operand.text)) warn(place, operand.line, `\`${name}\` is never \`${operand.text}\``, `compare with one of ${found.allowed.join(', ')}`);
}
