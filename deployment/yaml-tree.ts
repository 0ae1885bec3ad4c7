import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Say } from './problems.ts';

/** A document as a tree that knows its lines; `V` is what stands at each place. */
export interface Scalar { readonly kind: 'scalar'; readonly line: number; /** As written, without quotes. */ readonly text: string; readonly value: string | number | boolean | null }
export interface ListOf<V> { readonly kind: 'list'; readonly line: number; readonly items: readonly V[] }
export interface EntryOf<V> { /** Line of the key. */ readonly line: number; readonly value: V }
export interface MappingOf<V> { readonly kind: 'map'; readonly line: number; readonly entries: ReadonlyMap<string, EntryOf<V>> }
export type Plain<V> = Scalar | ListOf<V> | MappingOf<V>;

/** How one kind of document uses YAML. */
export interface Dialect<V, Source extends string> {
  /** What messages call the document. */
  readonly called: string;
  /** Why an alias is an error, as the end of a sentence. */
  readonly noAlias: string;
  /** The page on syntax. */
  readonly source: Source;
  /** What a value stands for; `tag` is a tag that YAML does not define. */
  make(plain: Plain<V>, tag: string | undefined, error: Say<Source>): V;
}

/** Reads YAML or JSON; `undefined` when the text cannot be read at all, and then an error says why. */
export function readYaml<V, Source extends string>(text: string, error: Say<Source>, dialect: Dialect<V, Source>): V | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // What follows the first few is mostly their consequence.
  for (const { code, pos, message } of document.errors.slice(0, 10)) {
    const { line } = lines.linePos(pos[0]);
    if (code === 'DUPLICATE_KEY') {
      const key = /^[^\s:,}]+/.exec(text.slice(pos[0]))?.[0].replace(/^["']|["']$/g, '') ?? '';
      error(line, `the key \`${key}\` stands twice in one mapping`, 'keep one of them, since only one would count', dialect.source);
    } else error(line, `the ${dialect.called} is not YAML: ${lowerFirst(message)}`, 'mend the syntax here', dialect.source);
  }
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return undefined;
  return document.contents === null ? undefined : new Reader(lines, error, dialect).read(document.contents, 0);
}

/** More than any document that AWS takes, and little enough for checks that recurse. */
const DEEPEST = 200;

class Reader<V, Source extends string> {
  private readonly lines: LineCounter;
  private readonly error: Say<Source>;
  private readonly dialect: Dialect<V, Source>;
  constructor(lines: LineCounter, error: Say<Source>, dialect: Dialect<V, Source>) { this.lines = lines; this.error = error; this.dialect = dialect; }

  read(node: Node, depth: number): V {
    const line = this.lines.linePos(node.range?.[0] ?? 0).line || 1;
    if (isAlias(node)) {
      this.error(line, `the alias \`*${node.source}\` is ${this.dialect.noAlias}`, 'write the value out', this.dialect.source);
      return this.dialect.make({ kind: 'scalar', line, text: '', value: null }, undefined, this.error);
    }
    if (depth > DEEPEST) {
      this.error(line, `the ${this.dialect.called} is nested over ${DEEPEST} levels deep`, 'nest it less', this.dialect.source);
      return this.dialect.make({ kind: 'scalar', line, text: '', value: null }, undefined, this.error);
    }
    const tag = node.tag === undefined || node.tag.startsWith('tag:yaml.org,') ? undefined : node.tag;
    return this.dialect.make(this.plain(node, line, depth + 1), tag, this.error);
  }

  private plain(node: Node, line: number, depth: number): Plain<V> {
    if (isSeq<Node>(node)) return { kind: 'list', line, items: node.items.map((item) => this.read(item, depth)) };
    if (isMap<Node | null, Node | null>(node)) {
      const entries = new Map<string, EntryOf<V>>();
      for (const { key, value } of node.items) {
        const keyLine = key?.range ? this.lines.linePos(key.range[0]).line : line;
        const name = isScalar(key) ? String(key.value) : undefined;
        if (name === undefined) this.error(keyLine, 'a key is not text', 'write a plain key', this.dialect.source);
        else entries.set(name, { line: keyLine, value: value === null ? this.dialect.make({ kind: 'scalar', line: keyLine, text: '', value: null }, undefined, this.error) : this.read(value, depth) });
      }
      return { kind: 'map', line, entries };
    }
    const value = isScalar(node) ? node.value : null;
    const text = isScalar(node) ? node.source ?? String(value ?? '') : '';
    return { kind: 'scalar', line, text, value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null };
  }
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1).replace(/\.$/, '');
