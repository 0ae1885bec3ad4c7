import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { validatePack, type PackProblem } from '../../deployment/validate-pack.ts';
import { unreadable } from '../unreadable.ts';
import type { Io } from './io.ts';

interface Options { readonly deployable?: boolean; readonly format: string }

export function register(program: Command, io: Io): void {
  program.command('validate-pack')
    .summary('hold a conformance pack template to the limits of AWS')
    .description('Checks a conformance pack template, ours or another, against the limits AWS sets, before AWS refuses it.\nExit status: 0 no errors, 1 errors, 2 the file cannot be read.')
    .argument('<file>', 'the template, YAML or JSON')
    .option('--deployable', 'also refuse the placeholder account `000000000000`')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText('after', '\nExample:\n  perimeter validate-pack conformance-pack.yaml --deployable')
    .action((file: string, options: Options) => { io.setExitCode(validate(file, options, io)); });
}

function validate(file: string, { deployable = false, format }: Options, io: Io): number {
  if (format !== 'text' && format !== 'json') { io.err(`perimeter validate-pack: unknown format \`${format}\`; known: text, json\n`); return 2; }
  let text: string;
  try { text = readFileSync(file, 'utf8'); } catch (error) { io.err(`perimeter validate-pack: ${unreadable(file, error)}\n`); return 2; }
  const problems = validatePack(text, { deployable });
  io.out(format === 'json' ? `${JSON.stringify({ problems }, null, 2)}\n` : lines(file, problems));
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function lines(file: string, problems: readonly PackProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const listed = problems.map(({ severity, line, message }) => `${file}:${line}: ${severity}: ${message}\n`).join('');
  return `${listed}${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}\n`;
}
const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
