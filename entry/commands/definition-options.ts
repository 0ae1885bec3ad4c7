import { existsSync, readFileSync } from 'node:fs';
import { DefinitionError, readDefinition, type Definition } from '../../core/definition.ts';
import { loadDefinition } from '../definition-file.ts';
import { jsonFault } from '../json-fault.ts';
import { YamlFileError } from '../yaml-file.ts';
import { unreadable } from '../unreadable.ts';
import type { Io } from './io.ts';

/** How a command is told what "mine" means. */
export interface DefinitionOptions { readonly perimeter?: string; readonly organization?: string; readonly accounts?: string }

const USUAL = 'perimeter.yaml';
/** Whether the options name a definition, or one is where it is looked for. */
export const isDefinitionGiven = ({ perimeter, organization, accounts }: DefinitionOptions): boolean => (perimeter ?? organization ?? accounts) !== undefined || existsSync(USUAL);

/** The definition that the options name, or `undefined` after saying on `io.err` what is wrong with it. */
export async function definitionFromOptions(options: DefinitionOptions, io: Io): Promise<Definition | undefined> {
  if (options.accounts !== undefined && options.organization === undefined) {
    io.err('`--accounts` goes with `--organization o-…`; in a definition accounts stand under `accounts`\n');
    return undefined;
  }
  if (options.perimeter !== undefined && options.organization !== undefined) {
    io.err('expected `--perimeter` or `--organization`, found both: the definition says whose organization it is\n');
    return undefined;
  }
  try {
    if (options.perimeter !== undefined) return await loadDefinition(options.perimeter);
    if (options.organization !== undefined) {
      return readDefinition({ version: 1, organizations: [options.organization], ...(options.accounts === undefined ? {} : { accounts: readAccounts(options.accounts) }) });
    }
    if (existsSync(USUAL)) return await loadDefinition(USUAL);
    io.err('no perimeter.yaml here: name one with --perimeter FILE, write one with `perimeter init`, or pass --organization o-…\n');
    return undefined;
  } catch (error) {
    if (!(error instanceof YamlFileError || error instanceof DefinitionError || error instanceof BadAccounts)) throw error;
    io.err(`${error.message}\n`);
    return undefined;
  }
}

class BadAccounts extends Error { override name = 'BadAccounts' }

/** Account ids from `aws organizations list-accounts` output, a JSON list, or text with one id a line. */
function readAccounts(file: string): string[] {
  let content: string;
  try { content = readFileSync(file, 'utf8'); } catch (error) { throw new BadAccounts(unreadable(file, error)); }
  const ids = /^\s*[[{]/.test(content) ? fromJson(content, file) : content.split(/[\s,]+/).filter((one) => one !== '');
  if (ids.length === 0) throw new BadAccounts(`${file}: holds no account; leave \`--accounts\` out where you do not know them all`);
  const strange = ids.find((one) => !/^\d{12}$/.test(one));
  if (strange !== undefined) throw new BadAccounts(`${file}: \`${strange}\` is not an account id of 12 digits`);
  return ids;
}

function fromJson(content: string, file: string): string[] {
  let value: unknown;
  try { value = JSON.parse(content); } catch (error) { throw new BadAccounts(`${file}: not JSON: ${jsonFault(content, error)}`); }
  const list: unknown = Array.isArray(value) ? value : (value as { Accounts?: unknown }).Accounts;
  if (!Array.isArray(list)) throw new BadAccounts(`${file}: expected \`Accounts\`, as \`aws organizations list-accounts\` writes them`);
  return list.map((one: unknown) => typeof one === 'string' ? one : String((one as { Id?: unknown } | null)?.Id));
}
