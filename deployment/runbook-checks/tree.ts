import { readYaml, type Dialect, type EntryOf, type ListOf, type MappingOf, type Scalar } from '../yaml-tree.ts';
import type { Report, Source } from './report.ts';

/** A runbook as a tree that knows its lines. */
export type Value = Scalar | ListOf<Value> | MappingOf<Value>;
export type { Scalar };
export type List = ListOf<Value>;
export type Entry = EntryOf<Value>;
export type Mapping = MappingOf<Value>;

const runbook: Dialect<Value, Source> = {
  called: 'runbook', noAlias: 'not documented for runbooks', source: 'schema',
  make(plain, tag, error) {
    if (tag !== undefined) error(plain.line, `the tag \`${tag}\` means nothing in a runbook`, 'remove it', 'schema');
    return plain;
  },
};

/** Reads YAML or JSON; `undefined` when the text cannot be read at all, and then the report says why. */
export function readTree(text: string, report: Report): Value | undefined {
  return readYaml(text, report.error, runbook);
}

/** Every scalar below, in the order of the text. */
export function* scalarsOf(value: Value): Generator<Scalar> {
  if (value.kind === 'scalar') yield value;
  else if (value.kind === 'list') for (const item of value.items) yield* scalarsOf(item);
  else for (const { value: child } of value.entries.values()) yield* scalarsOf(child);
}
