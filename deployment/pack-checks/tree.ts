import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Report } from './report.ts';

/** A template as a tree that knows its lines; short and long forms of a function are the same `call`. */
export type Value = Scalar | List | Mapping | Call;
export interface Scalar { readonly kind: 'scalar'; readonly line: number; /** As written, without quotes. */ readonly text: string; readonly value: string | number | boolean | null }
export interface List { readonly kind: 'list'; readonly line: number; readonly items: readonly Value[] }
export interface Entry { /** Line of the key. */ readonly line: number; readonly value: Value }
export interface Mapping { readonly kind: 'map'; readonly line: number; readonly entries: ReadonlyMap<string, Entry> }
/** `name` is `Ref`, `Condition` or `Fn::…`. */
export interface Call { readonly kind: 'call'; readonly line: number; readonly name: string; readonly argument: Value }

const functions = ['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub'];
const tags = new Map([['!Ref', 'Ref'], ['!Condition', 'Condition'], ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const)]);
const names = new Set(tags.values());

/** Reads YAML or JSON; `undefined` when the text cannot be read at all, and then the report says why. */
export function readTree(text: string, report: Report): Value | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const { code, pos, message } of document.errors) {
    const { line } = lines.linePos(pos[0]);
    if (code === 'DUPLICATE_KEY') {
      const key = /^[^\s:,}]+/.exec(text.slice(pos[0]))?.[0].replace(/^["']|["']$/g, '') ?? '';
      report.error(line, `the key \`${key}\` stands twice in one mapping`, 'keep one of them, since only one would count', 'yaml');
    } else report.error(line, `the template is not YAML: ${lowerFirst(message)}`, 'mend the syntax here', 'yaml');
  }
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return undefined;
  return document.contents === null ? undefined : read(document.contents, lines, report);
}

function read(node: Node, lines: LineCounter, report: Report): Value {
  const line = lines.linePos(node.range?.[0] ?? 0).line || 1;
  if (isAlias(node)) {
    report.error(line, `the alias \`*${node.source}\` is not supported by CloudFormation`, 'write the value out', 'yaml');
    return { kind: 'scalar', line, text: '', value: null };
  }
  const plain = withoutTag(node, line, lines, report);
  const { tag } = node;
  if (tag === undefined || tag.startsWith('tag:yaml.org,')) return plain;
  const name = tags.get(tag);
  if (name !== undefined) return { kind: 'call', line, name, argument: plain };
  report.error(line, `the tag \`${tag}\` is not a function of CloudFormation`, `use one of ${[...tags.keys()].join(', ')}`, 'functions');
  return plain;
}

function withoutTag(node: Node, line: number, lines: LineCounter, report: Report): Value {
  if (isSeq<Node>(node)) return { kind: 'list', line, items: node.items.map((item) => read(item, lines, report)) };
  if (isMap<Node | null, Node | null>(node)) {
    const entries = new Map<string, Entry>();
    for (const { key, value } of node.items) {
      const keyLine = key?.range ? lines.linePos(key.range[0]).line : line;
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined) report.error(keyLine, 'a key is not text', 'write a plain key', 'yaml');
      else entries.set(name, { line: keyLine, value: value === null ? { kind: 'scalar', line: keyLine, text: '', value: null } : read(value, lines, report) });
    }
    const [only] = entries;
    if (entries.size === 1 && only !== undefined && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
      const [name, entry] = only;
      if (!names.has(name)) report.error(entry.line, `\`${name}\` is not a function known here`, `use one of ${[...names].join(', ')}`, 'functions');
      return { kind: 'call', line: entry.line, name, argument: entry.value };
    }
    return { kind: 'map', line, entries };
  }
  const value = isScalar(node) ? node.value : null;
  const text = isScalar(node) ? node.source ?? String(value ?? '') : '';
  return { kind: 'scalar', line, text, value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null };
}

/** Every value below, itself included. */
export function* walk(value: Value): Generator<Value> {
  yield value;
  if (value.kind === 'list') for (const item of value.items) yield* walk(item);
  if (value.kind === 'map') for (const { value: child } of value.entries.values()) yield* walk(child);
  if (value.kind === 'call') yield* walk(value.argument);
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1).replace(/\.$/, '');
