import { readFile } from 'node:fs/promises';
import { checkRules } from '../../core/check-rules.ts';
import { readDefinition, type Definition } from '../../core/definition.ts';
import type { AnyRule } from '../../core/rule.ts';

const FRESH_FOR = 5 * 60 * 1000;

export interface DefinitionPorts {
  /** `undefined`: the object still has the ETag. */
  readonly getObject: (bucket: string, key: string, etag: string | undefined) => Promise<{ readonly body: string; readonly etag: string | undefined } | undefined>;
  readonly getParameter: (name: string) => Promise<string>;
  readonly now: () => number;
}

/**
 * Loads the definition that a pointer leads to, as JSON: `s3://bucket/key`, `ssm:/name`, or `file:/path` (local runs only).
 * Kept for 5 minutes, then asked for by its ETag. What cannot be had or read is an error: no verdict is given without it.
 */
export function definitionSource(pointer: string | undefined, rules: readonly AnyRule[], ports: DefinitionPorts): () => Promise<Definition> {
  let cached: { readonly definition: Definition; readonly etag: string | undefined; readonly until: number } | undefined;
  return async () => {
    if (cached !== undefined && ports.now() < cached.until) return cached.definition;
    const until = ports.now() + FRESH_FOR;
    if (pointer === undefined || pointer === '') throw new Error('the environment variable `PERIMETER_DEFINITION` is missing; set it to `s3://bucket/key` or `ssm:/name`');
    const loaded = await attempt(pointer, 'cannot be loaded', () => load(pointer, cached?.etag, ports));
    if (loaded === undefined) {
      if (cached === undefined) throw new Error(`the definition \`${pointer}\` was answered as unchanged before it was read`);
      cached = { ...cached, until };
      return cached.definition;
    }
    const definition = await attempt(pointer, 'is not valid', () => {
      const read = readDefinition(JSON.parse(loaded.body));
      checkRules(read, rules);
      return read;
    });
    cached = { definition, etag: loaded.etag, until };
    return definition;
  };
}

async function load(pointer: string, etag: string | undefined, ports: DefinitionPorts): ReturnType<DefinitionPorts['getObject']> {
  const object = /^s3:\/\/([^/]+)\/(.+)$/.exec(pointer);
  if (object !== null) return ports.getObject(object[1] ?? '', object[2] ?? '', etag);
  if (pointer.startsWith('ssm:/')) return { body: await ports.getParameter(pointer.slice('ssm:'.length)), etag: undefined };
  if (pointer.startsWith('file:')) return { body: await readFile(pointer.slice('file:'.length), 'utf8'), etag: undefined };
  throw new Error('expected `s3://bucket/key` or `ssm:/name`');
}

async function attempt<T>(pointer: string, what: string, act: () => T | Promise<T>): Promise<T> {
  try { return await act(); } catch (error) {
    throw new Error(`the definition \`${pointer}\` ${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
