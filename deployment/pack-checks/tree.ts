import { readYaml, type Dialect, type EntryOf, type ListOf, type MappingOf, type Plain, type Scalar } from '../yaml-tree.ts';
import type { Report, Source } from './report.ts';

/** A template as a tree that knows its lines; short and long forms of a function are the same `call`. */
export type Value = Scalar | ListOf<Value> | MappingOf<Value> | Call;
export type { Scalar };
export type List = ListOf<Value>;
export type Entry = EntryOf<Value>;
export type Mapping = MappingOf<Value>;
/** `name` is `Ref`, `Condition` or `Fn::…`. */
export interface Call { readonly kind: 'call'; readonly line: number; readonly name: string; readonly argument: Value }

const functions = ['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub'];
const tags = new Map([['!Ref', 'Ref'], ['!Condition', 'Condition'], ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const)]);
const names = new Set(tags.values());

const cloudFormation: Dialect<Value, Source> = {
  called: 'template', noAlias: 'not supported by CloudFormation', source: 'yaml',
  make(plain, tag, error) {
    const value = longForm(plain, error);
    if (tag === undefined) return value;
    const name = tags.get(tag);
    if (name !== undefined) return { kind: 'call', line: plain.line, name, argument: value };
    error(plain.line, `the tag \`${tag}\` is not a function of CloudFormation`, `use one of ${[...tags.keys()].join(', ')}`, 'functions');
    return value;
  },
};

function longForm(plain: Plain<Value>, error: Report['error']): Value {
  if (plain.kind !== 'map' || plain.entries.size !== 1) return plain;
  const [only] = plain.entries;
  if (only === undefined || (only[0] !== 'Ref' && !only[0].startsWith('Fn::'))) return plain;
  const [name, entry] = only;
  if (!names.has(name)) error(entry.line, `\`${name}\` is not a function known here`, `use one of ${[...names].join(', ')}`, 'functions');
  return { kind: 'call', line: entry.line, name, argument: entry.value };
}

/** Reads YAML or JSON; `undefined` when the text cannot be read at all, and then the report says why. */
export function readTree(text: string, report: Report): Value | undefined {
  return readYaml(text, report.error, cloudFormation);
}

/** Every value below, itself included. */
export function* walk(value: Value): Generator<Value> {
  yield value;
  if (value.kind === 'list') for (const item of value.items) yield* walk(item);
  if (value.kind === 'map') for (const { value: child } of value.entries.values()) yield* walk(child);
  if (value.kind === 'call') yield* walk(value.argument);
}
