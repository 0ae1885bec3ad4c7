import { described, isTemplate } from './fields.ts';
import type { Value } from './tree.ts';

/** The types of outputs and variables, and of parameters beside those that name AWS resources. */
export const types = ['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList'] as const;
export type Type = (typeof types)[number];

/** Parameter types that let the console offer resources: https://docs.aws.amazon.com/systems-manager/latest/userguide/populating-input-parameters.html */
const resources = ['AWS::EC2::Instance::Id', 'AWS::IAM::Role::Arn', 'AWS::S3::Bucket::Name'];
export const parameterTypes: readonly string[] = [...types, ...resources, ...resources.map((name) => `List<${name}>`)];

/** What a declared type holds; `undefined` for a word that is no type. */
export function typeOf(name: string): Type | undefined {
  if (/^List<AWS::[A-Za-z0-9:]+>$/.test(name)) return 'StringList';
  if (/^AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+)+$/.test(name)) return 'String';
  return types.find((type) => type === name);
}

/** The longest text of a parameter, a variable or an item of a list of texts. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html */
export const LONGEST = 512;

export interface Misfit { readonly line: number; readonly what: string; readonly next: string }

/** What keeps a literal from being of a type; a template's value is not known. */
export function misfitOf(value: Value, type: Type): Misfit | undefined {
  if (value.kind === 'scalar' && isTemplate(value.text)) return undefined;
  const not = (next: string): Misfit => ({ line: value.line, what: `is ${described(value)}, not ${words[type]}`, next });
  switch (type) {
    case 'String':
      if (value.kind !== 'scalar' || value.value === null) return not('write one text');
      if (typeof value.value !== 'string') return not('write it in quotes');
      return value.text.length > LONGEST ? { line: value.line, what: `has ${value.text.length} characters, at most ${LONGEST}`, next: 'shorten it' } : undefined;
    case 'Integer': return value.kind === 'scalar' && /^-?\d+$/.test(value.text) ? undefined : not('write digits');
    case 'Boolean': return value.kind === 'scalar' && typeof value.value === 'boolean' ? undefined : not('write true or false without quotes');
    case 'StringList': return value.kind === 'list' ? first(value.items, 'String') : not('write its items with dashes');
    case 'StringMap': return value.kind === 'map' ? undefined : not('write `name: value` lines below it');
    case 'MapList': return value.kind === 'list' ? first(value.items, 'StringMap') : not('write its items with dashes');
  }
}
function first(items: readonly Value[], type: Type): Misfit | undefined {
  for (const item of items) {
    const found = misfitOf(item, type);
    if (found !== undefined) return { ...found, what: `has an item that ${found.what}` };
  }
  return undefined;
}
const words: Readonly<Record<Type, string>> = { String: 'text', StringList: 'a list of texts', Integer: 'a whole number', Boolean: 'true or false', StringMap: 'a mapping', MapList: 'a list of mappings' };
