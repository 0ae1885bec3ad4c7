import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Functions whose bundle goes into a template. */
export const FUNCTIONS = ['evaluator', 'planner', 'writer', 'reevaluator', 'publisher'] as const;
export type FunctionStem = typeof FUNCTIONS[number];

/** Text of each function's one module, by stem. */
export type Code = Readonly<Record<FunctionStem, string>>;

/** What of this package a deployment is made from is not there. */
export class NotBuilt extends Error { override name = 'NotBuilt' }

/** The folder of this package, from a module at any depth: the command line is bundled, tests run the sources. */
export function packageRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'ssm-documents'))) return from;
  const above = dirname(from);
  if (above === from) throw new NotBuilt('the package of this command is incomplete: install it anew');
  return packageRoot(above);
}

/** The bundles of the functions; throws NotBuilt. */
export function readCode(root = packageRoot()): Code {
  return Object.fromEntries(FUNCTIONS.map((stem) => {
    const file = join(root, 'dist', stem, 'index.js');
    try { return [stem, readFileSync(file, 'utf8')]; } catch { throw new NotBuilt(`there is no \`${file}\`: run \`npm run build\``); }
  })) as Record<FunctionStem, string>;
}

/** Texts of the runbooks, by stem. */
export function readRunbooks(root = packageRoot()): Readonly<Record<string, string>> {
  const folder = join(root, 'ssm-documents');
  return Object.fromEntries(readdirSync(folder).filter((file) => file.endsWith('.yaml')).sort().map((file) => [file.slice(0, -'.yaml'.length), readFileSync(join(folder, file), 'utf8')]));
}
