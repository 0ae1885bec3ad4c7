import { readFile } from 'node:fs/promises';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml';
import { DefinitionError, describeIssue } from '../core/definition.ts';

/** What is wrong with a file that people write: one line for each fault, such as `perimeter.yaml:12: exceptions[0].owner: is missing: who answers for it`. */
export class YamlFileError extends Error { override name = 'YamlFileError' }

/** What messages call a file, and the command that writes a first one. */
export interface FileKind { readonly what: string; readonly firstBy: string }

/** The text of a file; throws YamlFileError. */
export async function readYamlFile(path: string, { what, firstBy }: FileKind): Promise<string> {
  let bytes: Buffer;
  try { bytes = await readFile(path); } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new YamlFileError(`there is no ${what} \`${path}\`; \`${firstBy}\` writes a first one`);
    throw new YamlFileError(`\`${path}\` cannot be read: ${code === 'EISDIR' ? 'it is a folder; name the file in it' : error instanceof Error ? error.message : String(error)}`);
  }
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { throw new YamlFileError(`\`${path}\` is not UTF-8 text; save it as UTF-8`); }
}

/**
 * What `read` makes of the value of a YAML or JSON text; `name` stands before the line in errors. Issues of a DefinitionError that it
 * throws are told with the lines that they are about. Throws YamlFileError.
 */
export function parseYamlText<T>(text: string, name: string, { firstBy }: FileKind, read: (value: unknown) => T): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fail = (faults: readonly { readonly line: number; readonly message: string }[]): never => {
    throw new YamlFileError([...faults].sort((a, b) => a.line - b.line).map(({ line, message }) => `${name}:${line}: ${message}`).join('\n'));
  };
  const lineAt = (offset: number): number => lines.linePos(Math.min(offset, text.length)).line || 1;
  // A warning is a tag that nothing resolves: the value would be read as if the tag were not there.
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return fail(faults.map((fault) => ({ line: lineAt(fault.pos[0]), message: describeFault(fault, text) })));
  const dangling = danglingAliases(document);
  if (dangling.length > 0) return fail(dangling.map(({ offset, source }) => ({ line: lineAt(offset), message: `\`*${source}\` refers to \`&${source}\`, which is not set above it` })));
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    throw new YamlFileError(`${name}: is empty; \`${firstBy}\` writes a first one`);
  }
  try { return read(document.toJS()); } catch (error) {
    if (error instanceof DefinitionError) return fail(error.issues.map((issue) => ({ line: lineAt(offsetOf(document, issue.path)), message: describeIssue(issue) })));
    // Aliases of aliases, so many that the value would not fit into memory.
    if (error instanceof ReferenceError) throw new YamlFileError(`${name}: ${lowerFirst(error.message)}`);
    throw error;
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function describeFault(fault: YAMLError, text: string): string {
  if (fault.code === 'DUPLICATE_KEY') return `the key \`${/^(?:"[^"]*"|'[^']*'|[^\s:]*)/.exec(text.slice(fault.pos[0]))?.[0].replace(/^(["'])(.*)\1$/, '$2') ?? ''}\` is written twice in one mapping; keep one`;
  if (fault.code === 'MULTIPLE_DOCS') return 'expected one document, found a second after `---`';
  return `not valid YAML: ${lowerFirst(fault.message)}`;
}

function danglingAliases(document: Document): readonly { readonly offset: number; readonly source: string }[] {
  const dangling: { offset: number; source: string }[] = [];
  visit(document, { Alias(_, alias) { if (alias.resolve(document) === undefined) dangling.push({ offset: startOf(alias) ?? 0, source: alias.source }); } });
  return dangling;
}

/** Where a path leads: to its key or list entry, or as near as the file goes. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : key) === String(step));
      if (pair === undefined) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => isNode(node) ? node.range?.[0] : undefined;
