import type { Shape, Shapes } from './api-model.ts';
import { described, instead, isTemplate, refuse, warn, type Place } from './fields.ts';
import { resolve, wholeName } from './references.ts';
import type { Runbook } from './runbook.ts';
import type { Mapping, Scalar, Value } from './tree.ts';
import type { Type } from './types.ts';

interface Context { readonly runbook: Runbook; readonly place: Place; readonly shapes: Shapes }

/** Holds what a step sends to the shape of the operation's input. */
export function checkInput(context: Context, input: string | undefined, map: Mapping, own: readonly string[], line: number, operation: string): void {
  const shape = input === undefined ? undefined : context.shapes[input];
  const members = shape?.members ?? {};
  for (const [key, { line: at, value }] of map.entries) {
    if (own.includes(key)) continue;
    const member = Object.hasOwn(members, key) ? members[key] : undefined;
    if (member === undefined) refuse(context.place, at, `\`${operation}\` takes no \`${key}\``, instead(key, Object.keys(members), 'remove it or correct the name'));
    else checkValue(context, value, member, key);
  }
  for (const key of shape?.required ?? []) if (!map.entries.has(key)) refuse(context.place, line, `\`${operation}\` needs \`${key}\``, 'add it');
}

function checkValue(context: Context, value: Value, name: string, path: string): void {
  const shape = context.shapes[name];
  if (shape === undefined) return;
  if (value.kind === 'scalar' && isTemplate(value.text)) { checkTemplate(context, value, shape, path); return; }
  const misfit = (): void => { refuse(context.place, value.line, `\`${path}\` is ${described(value)}, not ${words[shape.type] ?? shape.type}`, value.kind === 'scalar' && value.value === null ? 'give it a value or remove it' : hints[shape.type] ?? 'write such a value'); };
  switch (shape.type) {
    case 'structure': if (value.kind === 'map') checkStructure(context, value, shape, path); else misfit(); return;
    case 'map':
      if (value.kind !== 'map') { misfit(); return; }
      checkSize(context, value.line, path, value.entries.size, shape, 'entries');
      for (const [key, entry] of value.entries) {
        const of = context.shapes[shape.key ?? ''];
        if (of?.type === 'string' && !isTemplate(key)) checkText(context, { kind: 'scalar', line: entry.line, text: key, value: key }, of, `${path} key`);
        checkValue(context, entry.value, shape.value ?? '', `${path}.${key}`);
      }
      return;
    case 'list':
      if (value.kind !== 'list') { misfit(); return; }
      checkSize(context, value.line, path, value.items.length, shape, 'items');
      for (const [index, item] of value.items.entries()) checkValue(context, item, shape.member ?? '', `${path}[${index}]`);
      return;
    case 'boolean': if (value.kind !== 'scalar' || typeof value.value !== 'boolean') misfit(); return;
    case 'integer': case 'long': case 'float': case 'double':
      if (value.kind !== 'scalar' || typeof value.value !== 'number' || (whole.includes(shape.type) && !Number.isInteger(value.value))) misfit();
      else checkRange(context, value, shape, path, value.value);
      return;
    case 'string': if (value.kind === 'scalar' && typeof value.value === 'string') checkText(context, value, shape, path); else misfit(); return;
    default: if (value.kind !== 'scalar' || value.value === null) misfit();
  }
}
const whole: readonly string[] = ['integer', 'long'];
const words: Readonly<Record<string, string>> = { structure: 'a mapping', map: 'a mapping', list: 'a list', boolean: 'true or false', integer: 'a whole number', long: 'a whole number', float: 'a number', double: 'a number', string: 'text', timestamp: 'a time', blob: 'text' };
const hints: Readonly<Record<string, string>> = { structure: 'write `name: value` lines below it', map: 'write `name: value` lines below it', list: 'write its items with dashes', boolean: 'write it without quotes', integer: 'write digits without quotes', long: 'write digits without quotes', float: 'write it without quotes', double: 'write it without quotes', string: 'write it in quotes' };

function checkStructure(context: Context, value: Mapping, shape: Shape, path: string): void {
  const members = shape.members ?? {};
  for (const [key, { line, value: held }] of value.entries) {
    const member = Object.hasOwn(members, key) ? members[key] : undefined;
    if (member === undefined) refuse(context.place, line, `\`${path}\` has no member \`${key}\``, instead(key, Object.keys(members), `use one of ${Object.keys(members).join(', ')}`));
    else checkValue(context, held, member, `${path}.${key}`);
  }
  for (const key of shape.required ?? []) if (!value.entries.has(key)) refuse(context.place, value.line, `\`${path}\` needs \`${key}\``, 'add it');
}
function checkSize({ place }: Context, line: number, path: string, size: number, { min, max }: Shape, what: string): void {
  if (min !== undefined && size < min) refuse(place, line, `\`${path}\` has ${size} ${what}, at least ${min}`, 'add to it');
  if (max !== undefined && size > max) refuse(place, line, `\`${path}\` has ${size} ${what}, at most ${max}`, 'take some out');
}
function checkRange({ place }: Context, { line }: Scalar, { min, max }: Shape, path: string, value: number): void {
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) refuse(place, line, `\`${path}\` is ${value}`, `write a number ${min === undefined ? `up to ${max}` : max === undefined ? `from ${min}` : `from ${min} to ${max}`}`);
}
function checkText(context: Context, value: Scalar, shape: Shape, path: string): void {
  checkSize(context, value.line, path, [...value.text].length, shape, 'characters');
  if (shape.enum !== undefined && !shape.enum.includes(value.text)) refuse(context.place, value.line, `\`${path}\` is ${described(value)}`, instead(value.text, shape.enum, shape.enum.length > 20 ? 'write one of the values of its page' : `write one of ${shape.enum.join(', ')}`));
  if (shape.pattern !== undefined && fits(value.text, shape.pattern) === false) refuse(context.place, value.line, `\`${path}\` is ${described(value)}, which does not fit \`${shape.pattern}\``, 'write such a value');
}
/** Some patterns of the models are of other engines; of those nothing is said. */
function fits(text: string, pattern: string): boolean | undefined {
  try { return new RegExp(`^(?:${pattern})$`, 'u').test(text); } catch { return undefined; }
}

/** A reference keeps its type when it is the whole value; within other text it becomes text. */
function checkTemplate(context: Context, value: Scalar, shape: Shape, path: string): void {
  const name = wholeName(value.text);
  const type = name === undefined ? 'String' : resolve(context.runbook, name)?.type;
  if (type === undefined) return;
  const what = name === undefined ? 'is text around a reference' : `is \`${name}\` of the type ${type}`;
  const wanted = accepted[shape.type] ?? ['String'];
  if (wanted.includes(type)) return;
  // Automation is known to flatten a list in a list of its own inputs.
  if (type === 'StringList' && path.endsWith(']')) return;
  const said = `\`${path}\` ${what}, not ${words[shape.type] ?? 'text'}`;
  if (kinds[type] === (kindOfShape[shape.type] ?? 'one')) warn({ ...context.place, source: 'outputs' }, value.line, said, `declare it as ${wanted.join(' or ')}, since types are not converted in an input`);
  else refuse({ ...context.place, source: 'outputs' }, value.line, said, `refer to what is ${wanted.join(' or ')}`);
}
const accepted: Readonly<Record<string, readonly Type[]>> = { structure: ['StringMap'], map: ['StringMap'], list: ['StringList', 'MapList'], boolean: ['Boolean'], integer: ['Integer'], long: ['Integer'], float: ['Integer'], double: ['Integer'] };
const kinds: Readonly<Record<Type, string>> = { String: 'one', Integer: 'one', Boolean: 'one', StringList: 'list', MapList: 'list', StringMap: 'map' };
const kindOfShape: Readonly<Record<string, string>> = { structure: 'map', map: 'map', list: 'list' };
