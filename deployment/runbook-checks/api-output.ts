import type { Shape, Shapes } from './api-model.ts';
import { instead } from './fields.ts';
import type { Part } from './selector.ts';
import type { Type } from './types.ts';

/** Where a selector leads: `many` when it takes from several places; no shape when the model does not tell. */
export interface Target { readonly shape?: Shape; readonly many: boolean }
export interface Lost { readonly what: string; readonly next: string }

/** The type of a shape with its article. */
export const article = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

/** Follows a path through the shape of an answer. */
export function follow(shapes: Shapes, output: string | undefined, parts: readonly Part[]): Target | Lost {
  if (output === undefined) return parts.length === 0 ? { many: false } : { what: 'leads into an answer that is empty', next: 'select from a step that answers something' };
  let name = output;
  let many = false;
  for (const part of parts) {
    const shape = shapes[name];
    if (shape === undefined) return { many };
    const step = onward(shapes, name, shape, part);
    if (step === undefined) return { many: true };
    if (typeof step !== 'string') return step;
    many ||= part.kind === 'below' || part.kind === 'each';
    name = step;
  }
  const shape = shapes[name];
  return shape === undefined ? { many } : { shape, many };
}

/** The next shape; `undefined` when the model does not tell. */
function onward(shapes: Shapes, name: string, shape: Shape, part: Part): string | Lost | undefined {
  switch (part.kind) {
    case 'filter': return undefined;
    case 'below': return below(shapes, name, part.name);
    case 'index': case 'each':
      if (shape.type === 'list') return shape.member;
      if (part.kind === 'each') return shape.type === 'map' ? shape.value : undefined;
      return { what: `takes an item of ${article(shape.type)}`, next: 'take the brackets out' };
    case 'member': break;
  }
  if (shape.type === 'map') return shape.value;
  if (shape.type === 'list') return { what: `looks for \`${part.name}\` in a list`, next: 'write which item, as `[0]`' };
  const members = shape.members ?? {};
  if (Object.hasOwn(members, part.name)) return members[part.name];
  if (shape.type !== 'structure') return { what: `looks for \`${part.name}\` in ${article(shape.type)}`, next: 'end the path before it' };
  return { what: `finds no \`${part.name}\``, next: instead(part.name, Object.keys(members), 'select a member that the answer has') };
}

function below(shapes: Shapes, from: string, member: string): string | Lost | undefined {
  const seen = new Set([from]);
  const found = new Set<string>();
  const members = new Set<string>();
  for (const name of seen) {
    const shape = shapes[name];
    // Keys of a map are not in the model.
    if (shape?.type === 'map') return undefined;
    for (const [key, of] of Object.entries(shape?.members ?? {})) { members.add(key); seen.add(of); if (key === member) found.add(of); }
    if (shape?.member !== undefined) seen.add(shape.member);
  }
  if (found.size === 0) return { what: `finds no \`${member}\``, next: instead(member, members, 'select a member that the answer has') };
  return found.size === 1 ? [...found][0] : undefined;
}

/** Whether an answer's value can be had as a type, by the conversions Automation makes. */
export function fitsType({ shape, many }: Target, type: Type, shapes: Shapes): boolean {
  if (shape === undefined) return true;
  const held = kindOf(shape, shapes);
  if (many) return held === 'map' ? type === 'MapList' : type !== 'StringMap' && type !== 'MapList';
  return conversions[held]?.includes(type) ?? true;
}
/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-outputs-inputs.html; a list of one item becomes that item. */
const conversions: Readonly<Record<string, readonly Type[]>> = {
  string: ['String', 'StringList', 'Integer', 'Boolean'], integer: ['Integer', 'String', 'StringList'], boolean: ['Boolean', 'String', 'StringList'],
  map: ['StringMap'], texts: ['StringList', 'String', 'Integer', 'Boolean'], maps: ['MapList'],
};
function kindOf(shape: Shape, shapes: Shapes): string {
  switch (shape.type) {
    case 'structure': case 'map': return 'map';
    case 'integer': case 'long': case 'float': case 'double': return 'integer';
    case 'boolean': return 'boolean';
    case 'list': { const item = shapes[shape.member ?? '']; return item === undefined || item.type === 'list' ? 'lists' : kindOf(item, shapes) === 'map' ? 'maps' : 'texts'; }
    default: return 'string';
  }
}
