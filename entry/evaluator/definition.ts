import { readFile } from 'node:fs/promises';
import { checkRules } from '../../core/check-rules.ts';
import { readDefinition, type Definition } from '../../core/definition.ts';
import type { AnyRule } from '../../core/rule.ts';

/** Milliseconds for which a definition is used without asking whether it has changed. */
export const FRESH_FOR = 5 * 60 * 1000;

interface Loaded {
  readonly body: string;
  readonly etag?: string | undefined;
  /** When it was written last, as far as that is known. */
  readonly modified?: Date | undefined;
}

export interface LoadPorts {
  /** `undefined`: the object still has the ETag. */
  readonly getObject: (bucket: string, key: string, etag: string | undefined) => Promise<Loaded | undefined>;
  readonly getParameter: (name: string) => Promise<Loaded>;
}
export interface DefinitionPorts extends LoadPorts { readonly now: () => number }

export interface LoadedDefinition { readonly definition: Definition; readonly etag: string | undefined; readonly modified: Date | undefined }

/**
 * The definition that a pointer leads to, as JSON: `s3://bucket/key`, `ssm:/name`, or `file:/path` (local runs only). `undefined`: the object
 * still has the ETag. What cannot be had or read, or does not pass the check, is an error: no verdict is given without it.
 */
export async function loadDefinition(pointer: string | undefined, etag: string | undefined, check: (definition: Definition) => void, ports: LoadPorts): Promise<LoadedDefinition | undefined> {
  if (pointer === undefined || pointer === '') throw new Error('the environment variable `PERIMETER_DEFINITION` is missing; set it to `s3://bucket/key` or `ssm:/name`');
  const loaded = await attempt(pointer, 'cannot be loaded', () => load(pointer, etag, ports));
  if (loaded === undefined) return undefined;
  const definition = await attempt(pointer, 'is not valid', () => {
    const read = readDefinition(JSON.parse(loaded.body));
    check(read);
    return read;
  });
  return { definition, etag: loaded.etag, modified: loaded.modified };
}

/** The same kept for 5 minutes, then asked for by its ETag. */
export function definitionSource(pointer: string | undefined, rules: readonly AnyRule[], ports: DefinitionPorts): () => Promise<Definition> {
  let cached: { readonly definition: Definition; readonly etag: string | undefined; readonly until: number } | undefined;
  return async () => {
    if (cached !== undefined && ports.now() < cached.until) return cached.definition;
    const until = ports.now() + FRESH_FOR;
    const { definition, etag } = await loadDefinition(pointer, cached?.etag, (read) => { checkRules(read, rules); }, ports) ?? cached ?? unread(pointer);
    cached = { definition, etag, until };
    return definition;
  };
}

const unread = (pointer: string | undefined): never => { throw new Error(`the definition \`${pointer}\` was answered as unchanged before it was read`); };

async function load(pointer: string, etag: string | undefined, ports: LoadPorts): Promise<Loaded | undefined> {
  const object = /^s3:\/\/([^/]+)\/(.+)$/.exec(pointer);
  if (object !== null) return ports.getObject(object[1] ?? '', object[2] ?? '', etag);
  if (pointer.startsWith('ssm:/')) return ports.getParameter(pointer.slice('ssm:'.length));
  if (pointer.startsWith('file:')) return { body: await readFile(pointer.slice('file:'.length), 'utf8') };
  throw new Error('expected `s3://bucket/key` or `ssm:/name`');
}

async function attempt<T>(pointer: string, what: string, act: () => T | Promise<T>): Promise<T> {
  try { return await act(); } catch (error) {
    throw new Error(`the definition \`${pointer}\` ${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
