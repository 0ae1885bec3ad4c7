import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml';
import { remediationIssues } from '../core/check-remediations.ts';
import { ruleIssues } from '../core/check-rules.ts';
import { DefinitionError, describeIssue, readDefinition, type Definition } from '../core/definition.ts';
import type { AnyRemediation } from '../core/remediation.ts';
import type { AnyRule } from '../core/rule.ts';
import { remediations as allRemediations } from '../remediations/index.ts';
import { rules as allRules } from '../rules/index.ts';

/** What is wrong with a definition file: one line for each fault, such as `perimeter.yaml:12: exceptions[0].owner: is missing: who answers for it`. */
export class DefinitionFileError extends Error { override name = 'DefinitionFileError' }

/** Reads `perimeter.yaml`, or the same as JSON, and holds it against the rules and remediations; throws DefinitionFileError. */
export async function loadDefinition(path: string, rules: readonly AnyRule[] = allRules, remediations: readonly AnyRemediation[] = allRemediations): Promise<Definition> {
  let bytes: Buffer;
  try { bytes = await readFile(path); } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new DefinitionFileError(`there is no definition \`${path}\`; \`perimeter init\` writes a first one`);
    throw new DefinitionFileError(`\`${path}\` cannot be read: ${code === 'EISDIR' ? 'it is a folder; name the file in it' : error instanceof Error ? error.message : String(error)}`);
  }
  let text: string;
  try { text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { throw new DefinitionFileError(`\`${path}\` is not UTF-8 text; save it as UTF-8`); }
  return parseDefinitionText(text, basename(path), rules, remediations);
}

/** Reads a definition from its text; `name` stands before the line in errors. */
export function parseDefinitionText(text: string, name: string, rules: readonly AnyRule[] = allRules, remediations: readonly AnyRemediation[] = allRemediations): Definition {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fail = (faults: readonly { readonly line: number; readonly message: string }[]): never => {
    throw new DefinitionFileError([...faults].sort((a, b) => a.line - b.line).map(({ line, message }) => `${name}:${line}: ${message}`).join('\n'));
  };
  const lineAt = (offset: number): number => lines.linePos(Math.min(offset, text.length)).line || 1;
  // A warning is a tag that nothing resolves: the value would be read as if the tag were not there.
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return fail(faults.map((fault) => ({ line: lineAt(fault.pos[0]), message: describeFault(fault, text) })));
  const dangling = danglingAliases(document);
  if (dangling.length > 0) return fail(dangling.map(({ offset, source }) => ({ line: lineAt(offset), message: `\`*${source}\` refers to \`&${source}\`, which is not set above it` })));
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    throw new DefinitionFileError(`${name}: is empty; \`perimeter init\` writes a first one`);
  }
  try {
    const definition = readDefinition(document.toJS());
    const issues = [...ruleIssues(definition, rules), ...remediationIssues(definition, remediations)];
    if (issues.length > 0) throw new DefinitionError(issues);
    return definition;
  } catch (error) {
    if (error instanceof DefinitionError) return fail(error.issues.map((issue) => ({ line: lineAt(offsetOf(document, issue.path)), message: describeIssue(issue) })));
    // Aliases of aliases, so many that the value would not fit into memory.
    if (error instanceof ReferenceError) throw new DefinitionFileError(`${name}: ${lowerFirst(error.message)}`);
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
