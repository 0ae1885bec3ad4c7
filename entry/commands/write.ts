import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { BadParameter, type Parameters } from '../../core/parameters.ts';
import type { Perimeter } from '../../policy/index.ts';
import { templates, write } from '../../templates/index.ts';
import { proveProxy, proxy } from '../../templates/proxy.ts';
import { CannotWrite, type AnyTemplate } from '../../templates/template.ts';
import { explain, explainProxy } from '../write/explain.ts';
import { given, type GivenOptions } from '../write/given.ts';
import { formats, render, type Format } from '../write/render.ts';
import { Unproved, writers, type File } from '../write/writers.ts';
import { definitionFromOptions, type DefinitionOptions } from './definition-options.ts';
import type { Io } from './io.ts';

interface Options extends DefinitionOptions, GivenOptions {
  readonly format: string; readonly minify?: boolean; readonly explain?: boolean; readonly all?: string; readonly force?: boolean;
}
const NAME = 'perimeter write';
const kinds: readonly { readonly kind: string; readonly options: Parameters }[] = [...templates.map(({ kind, options }) => ({ kind, options: options as Parameters })), proxy];

export function register(program: Command, io: Io): void {
  program.command('write')
    .summary('write the policies and proxies of the perimeter')
    .description('Writes a policy, or a proxy, from the definition and proves it before it is printed: nobody outside gets through, and nobody inside is kept out, but for what it lists as left out and as exceptions. Sizes and what was left out go to standard error.\nExit status: 0 written, 2 not written.')
    .argument('[kind]', `one of ${kinds.map(({ kind }) => kind).join(', ')}`)
    .option('--perimeter <file>', 'the definition (default: ./perimeter.yaml)')
    .option('--organization <id>', 'instead of a definition: your organization')
    .option('--accounts <file>', 'with --organization: output of `aws organizations list-accounts`, or a list')
    .option('--service <name>', 'the service of the endpoint or resource, such as s3')
    .option('--account <id>', 'the account of the resource, role, endpoint or principals')
    .option('--region <name>', 'the Region of the endpoint or proxy; with --all: whose AWS-owned resources are named, and which has a proxy')
    .option('--resource <arn>', 'the ARN the policy hangs on')
    .option('--set <name=value>', 'an option of the kind, lists several times; `perimeter write KIND --explain` shows all', (value: string, before: readonly string[]) => [...before, value], [])
    .option('--format <format>', 'json, cloudformation or terraform', 'json')
    .option('--minify', 'JSON without white space')
    .option('--explain', 'say what each statement is for, which exceptions it makes and what was proved, instead of the policy')
    .option('--all <dir>', 'write the whole set for an organization into a folder')
    .option('--force', 'with --all: replace files that are there')
    .addHelpText('after', '\nExamples:\n  perimeter write endpoint-policy --service s3 --region eu-west-1 --minify\n  perimeter write trust-policy --set from=partners --account 111111111111\n  perimeter write resource-policy --service s3 --resource arn:aws:s3:::logs --account 111111111111 --set deliveries=cloudtrail\n  perimeter write proxy --set regions=eu-west-1,eu-central-1 --region eu-west-1\n  perimeter write --all policies/ --format cloudformation')
    .action(async (kind: string | undefined, options: Options, command: Command) => { io.setExitCode(await run(kind, options, command.getOptionValueSource('format') === 'cli', io)); });
}

async function run(kind: string | undefined, options: Options, isFormatGiven: boolean, io: Io): Promise<number> {
  const refuse = (text: string): number => { io.err(`${NAME}: ${text}\n`); return 2; };
  const known = kinds.map((one) => one.kind).join(', ');
  const format = formats.find((one) => one === options.format);
  if (format === undefined) return refuse(`unknown format \`${options.format}\`; known: ${formats.join(', ')}`);
  if (kind === undefined && options.all === undefined) return refuse(`name a kind, or pass --all DIR; kinds: ${known}`);
  if (kind !== undefined && options.all !== undefined) return refuse(`expected a kind or --all, found both`);
  const chosen = kinds.find((one) => one.kind === kind);
  if (kind !== undefined && chosen === undefined) return refuse(`unknown kind \`${kind}\`; known: ${known}`);
  if (options.all !== undefined && options.explain === true) return refuse('--explain is about one kind: name it, without --all');
  // What can be asked helps most where something is missing.
  const listed = options.explain === true && chosen !== undefined ? listOptions(chosen.options) : '';
  const definition = await definitionFromOptions(options, io);
  if (definition === undefined) { io.out(listed); return 2; }
  if (chosen === undefined) return writeAll(options.all!, definition.perimeter, format, options, io);
  const template = templates.find((one) => one.kind === kind);
  try {
    if (template !== undefined) return writeOne(template, definition.perimeter, format, options, io);
    return isFormatGiven || options.minify === true ? refuse('proxy: a squid.conf has one form: leave out --format and --minify') : writeProxies(definition.perimeter, options, io);
  } catch (error) {
    if (!(error instanceof CannotWrite || error instanceof BadParameter)) throw error;
    io.out(listed);
    return refuse(`${chosen.kind}: ${error.message}`);
  }
}

function writeOne(template: AnyTemplate, perimeter: Perimeter, format: Format, options: Options, io: Io): number {
  const made = write(template, perimeter, given(template.options as Parameters, options), io.now());
  if (made.faults.length > 0) {
    io.err(`${NAME}: ${template.kind}: the policy does not hold what it must, which is a fault of this program; nothing is printed\n${made.faults.map(({ of, because }) => `  ${of}: ${because}\n`).join('')}`);
    return 2;
  }
  if (options.explain === true) { io.out(`${explain(made)}\n${listOptions(template.options as Parameters)}`); return 0; }
  if (made.stack !== undefined && format === 'terraform') throw new CannotWrite('a product is a CloudFormation template: pass `--format cloudformation` or `json`');
  const rendered = render(made, format, options.minify === true);
  io.out(rendered.length === 1 || format !== 'json' ? rendered.map((one) => one.text).join(format === 'cloudformation' ? '---\n' : '\n')
    : `${JSON.stringify(Object.fromEntries(made.documents.map((one) => [one.name, one.document])), null, options.minify === true ? 0 : 2)}\n`);
  for (const { name, characters, quota } of made.documents) io.err(`${name}: ${characters} of ${quota.most} ${quota.of}\n`);
  for (const one of made.leftOut) io.err(`left out: ${one}\n`);
  return 0;
}

function writeProxies(perimeter: Perimeter, options: Options, io: Io): number {
  const made = proveProxy(perimeter, given(proxy.options, options));
  const faults = made.flatMap((one) => one.faults.map((fault) => `  ${one.name}: ${fault}\n`));
  if (faults.length > 0) { io.err(`${NAME}: proxy: the files do not hold what they must, which is a fault of this program; nothing is printed\n${faults.join('')}`); return 2; }
  if (options.explain === true) { io.out(`${explainProxy(made)}\n${listOptions(proxy.options)}`); return 0; }
  io.out(made.map(({ name, text }) => made.length === 1 ? text : `### ${name}\n${text}`).join('\n'));
  for (const { name, text } of made) io.err(`${name}: ${text.length} characters\n`);
  return 0;
}

const listOptions = (options: Parameters): string => `Options, by --set NAME=VALUE:\n${Object.entries(options).map(([name, { about }]) => `  ${name}: ${about}\n`).join('')}`;

/** Nothing is written unless all can be: a set with a hole looks whole. */
function writeAll(folder: string, perimeter: Perimeter, format: Format, options: Options, io: Io): number {
  const files: File[] = [];
  const not: string[] = [];
  for (const { kind, write: of } of writers) {
    try {
      const made = of(perimeter, { format, minify: options.minify === true, region: options.region, now: io.now() });
      files.push(...made.files);
      not.push(...made.not.map((one) => `${kind}: not written: ${one}\n`));
    } catch (error) {
      if (!(error instanceof CannotWrite || error instanceof Unproved)) throw error;
      io.err(`${NAME}: ${kind}: ${error.message}\n`);
      return 2;
    }
  }
  const there = files.filter(({ name }) => existsSync(join(folder, name)));
  if (there.length > 0 && options.force !== true) {
    io.err(`${NAME}: \`${join(folder, there[0]!.name)}\`${there.length === 1 ? ' is' : ` and ${there.length - 1} more are`} there already: pass --force to replace ${there.length === 1 ? 'it' : 'them'}\n`);
    return 2;
  }
  mkdirSync(folder, { recursive: true });
  for (const { name, text, sizes, leftOut } of files) {
    writeFileSync(join(folder, name), text);
    io.out(`${name}: ${sizes.join(', ')}\n`);
    for (const one of leftOut) io.err(`${name}: left out: ${one}\n`);
  }
  for (const one of not) io.err(one);
  return 0;
}
