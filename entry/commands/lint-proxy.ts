import { readFileSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { lintProxy, type ProxyProblem } from '../../templates/proxy/lint.ts';
import { partitionOf } from '../../templates/proxy/names.ts';
import { TooLong } from '../../templates/proxy/parse.ts';
import { unreadable } from '../unreadable.ts';
import type { Io } from './io.ts';

interface Options { readonly region?: string; readonly sslPort: number; readonly format: string }
const NAME = 'perimeter lint-proxy';

export function register(program: Command, io: Io): void {
  program.command('lint-proxy')
    .summary('hold a squid.conf to the perimeter')
    .description('Asks a configuration of Squid for names in every Region, ports, methods and sources, and names what gets through that should not.\nExit status: 0 no errors, 1 errors, 2 the file cannot be read.')
    .argument('<file>', 'the squid.conf')
    .option('--region <name>', 'where the proxy stands; left out: the one Region that goes direct')
    .option('--ssl-port <number>', 'the only port that may be reached', wholePort, 443)
    .option('--format <format>', 'text or json', 'text')
    .addHelpText('after', '\nExample:\n  perimeter lint-proxy /etc/squid/squid.conf --region eu-west-1')
    .action((file: string, options: Options) => { io.setExitCode(lint(file, options, io)); });
}

function wholePort(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) < 1 || Number(value) > 65_535) throw new InvalidArgumentError('expected a port from 1 to 65535');
  return Number(value);
}

function lint(file: string, { region, sslPort, format }: Options, io: Io): number {
  const refuse = (text: string): number => { io.err(`${NAME}: ${text}\n`); return 2; };
  if (format !== 'text' && format !== 'json') return refuse(`unknown format \`${format}\`; known: text, json`);
  if (region !== undefined && partitionOf(region) === undefined) return refuse(`\`${region}\` is no Region whose endpoints we know; pass one such as \`eu-west-1\``);
  let text: string;
  try { text = readFileSync(file, 'utf8'); } catch (error) { return refuse(unreadable(file, error)); }
  let problems: readonly ProxyProblem[];
  try { problems = lintProxy(text, { sslPort, ...region === undefined ? {} : { region } }); } catch (error) {
    if (error instanceof TooLong) return refuse(`\`${file}\`: ${error.message}; check a part of it`);
    throw error;
  }
  io.out(format === 'json' ? `${JSON.stringify({ problems }, null, 2)}\n` : lines(file, problems));
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function lines(file: string, problems: readonly ProxyProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return `${problems.map(({ severity, line, message }) => `${file}:${line}: ${severity}: ${message}\n`).join('')}${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}\n`;
}
const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
