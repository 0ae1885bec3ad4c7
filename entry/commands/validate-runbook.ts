import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { permissionsOf, type Permissions } from '../../deployment/runbook-permissions.ts';
import { readModel, validateRunbook, type GivenModel, type RunbookProblem } from '../../deployment/validate-runbook.ts';
import { unreadable } from '../unreadable.ts';
import type { Io } from './io.ts';

interface Options { readonly format: string; readonly model: readonly string[]; readonly permissions?: boolean }
const NAME = 'perimeter validate-runbook';

export function register(program: Command, io: Io): void {
  program.command('validate-runbook')
    .summary('hold an Automation runbook to the limits of AWS and to the APIs it calls')
    .description('Checks an SSM Automation runbook, ours or another, before AWS refuses it or a step fails: its grammar, its references, and every API call against the model of that API.\nExit status: 0 no errors, 1 errors, 2 a file cannot be read.')
    .argument('<file>', 'the runbook, YAML or JSON')
    .option('--permissions', 'also list the IAM actions its steps call')
    .option('--model <file>', "botocore's service-2.json, or its .gz, of a service the table does not hold; may stand several times", (file: string, files: readonly string[]) => [...files, file], [])
    .option('--format <format>', 'text or json', 'text')
    .addHelpText('after', '\nExample:\n  perimeter validate-runbook runbook.yaml --permissions')
    .action((file: string, options: Options) => { io.setExitCode(validate(file, options, io)); });
}

function validate(file: string, { format, model: files, permissions = false }: Options, io: Io): number {
  const refuse = (text: string): number => { io.err(`${NAME}: ${text}\n`); return 2; };
  if (format !== 'text' && format !== 'json') return refuse(`unknown format \`${format}\`; known: text, json`);
  let text: string;
  try { text = readFileSync(file, 'utf8'); } catch (error) { return refuse(unreadable(file, error)); }
  const models: GivenModel[] = [];
  for (const name of files) {
    let model: GivenModel | undefined;
    try { model = readModel(JSON.parse(unpacked(readFileSync(name))) as unknown); } catch (error) { return refuse(unreadable(name, error)); }
    if (model === undefined) return refuse(`\`${name}\` is not botocore's service-2.json`);
    models.push(model);
  }
  const problems = validateRunbook(text, models);
  const needed = permissionsOf(text, models);
  io.out(format === 'json' ? `${JSON.stringify({ problems, permissions: needed }, null, 2)}\n` : `${lines(file, problems)}${permissions ? listed(needed) : ''}`);
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Gzip says so in its first two bytes. */
const unpacked = (bytes: Buffer): string => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');

function lines(file: string, problems: readonly RunbookProblem[]): string {
  const of = (severity: string): number => problems.filter((problem) => problem.severity === severity).length;
  const told = problems.map(({ severity, line, message }) => `${file}:${line}: ${severity}: ${message}\n`).join('');
  return `${told}${count(of('error'), 'error')}, ${count(of('warning'), 'warning')}${of('note') === 0 ? '' : `, ${count(of('note'), 'note')}`}\n`;
}
const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

function listed({ actions, unknown }: Permissions): string {
  return `${actions.map(({ action, steps }) => `${action} (${steps.join(', ')})\n`).join('')}${unknown.map((step) => `not known: what step ${step} calls\n`).join('')}`;
}
