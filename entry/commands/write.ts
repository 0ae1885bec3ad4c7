import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { BadParameter, type Parameters } from '../../core/parameters.ts';
import type { Perimeter } from '../../policy/index.ts';
import { templates, write } from '../../templates/index.ts';
import { CannotWrite, type AnyTemplate } from '../../templates/template.ts';
import { explain } from '../write/explain.ts';
import { formats, render, type Format } from '../write/render.ts';
import { Unproved, writers, type File } from '../write/writers.ts';
import { definitionFromOptions, type DefinitionOptions } from './definition-options.ts';
import type { Io } from './io.ts';

interface Options extends DefinitionOptions {
  readonly service?: string; readonly account?: string; readonly region?: string; readonly resource?: string; readonly set: readonly string[];
  readonly format: string; readonly minify?: boolean; readonly explain?: boolean; readonly all?: string; readonly force?: boolean;
}
const NAME = 'perimeter write';

export function register(program: Command, io: Io): void {
  program.command('write')
    .summary('write the policies of the perimeter')
    .description('Writes a policy from the definition and proves it before it is printed: nobody outside gets through, and nobody inside is kept out. Sizes and what was left out go to standard error.\nExit status: 0 written, 2 not written.')
    .argument('[kind]', `one of ${templates.map(({ kind }) => kind).join(', ')}`)
    .option('--perimeter <file>', 'the definition (default: ./perimeter.yaml)')
    .option('--organization <id>', 'instead of a definition: your organization')
    .option('--accounts <file>', 'with --organization: output of `aws organizations list-accounts`, or a list')
    .option('--service <name>', 'the service of the endpoint or resource, such as s3')
    .option('--account <id>', 'the account that owns the policy')
    .option('--region <name>', 'the Region of the endpoint; with --all: whose AWS-owned resources are named')
    .option('--resource <arn>', 'the ARN the policy hangs on')
    .option('--set <name=value>', 'an option of the kind; `perimeter write KIND --explain` lists them', (value: string, before: readonly string[]) => [...before, value], [])
    .option('--format <format>', 'json, cloudformation or terraform', 'json')
    .option('--minify', 'JSON without white space')
    .option('--explain', 'say what each statement is for, which exceptions it makes and what was proved, instead of the policy')
    .option('--all <dir>', 'write the whole set for an organization into a folder')
    .option('--force', 'with --all: replace files that are there')
    .addHelpText('after', '\nExamples:\n  perimeter write endpoint-policy --service s3 --region eu-west-1 --minify\n  perimeter write trust-policy --set from=partners --account 111111111111\n  perimeter write resource-policy --service s3 --resource arn:aws:s3:::logs --account 111111111111 --set deliveries=cloudtrail\n  perimeter write --all policies/ --format cloudformation')
    .action(async (kind: string | undefined, options: Options) => { io.setExitCode(await run(kind, options, io)); });
}

async function run(kind: string | undefined, options: Options, io: Io): Promise<number> {
  const refuse = (text: string): number => { io.err(`${NAME}: ${text}\n`); return 2; };
  const known = templates.map((one) => one.kind).join(', ');
  const format = formats.find((one) => one === options.format);
  if (format === undefined) return refuse(`unknown format \`${options.format}\`; known: ${formats.join(', ')}`);
  if (kind === undefined && options.all === undefined) return refuse(`name a kind of policy, or pass --all DIR; kinds: ${known}`);
  if (kind !== undefined && options.all !== undefined) return refuse(`expected a kind or --all, found both`);
  const template = templates.find((one) => one.kind === kind);
  if (kind !== undefined && template === undefined) return refuse(`unknown kind \`${kind}\`; known: ${known}`);
  const definition = await definitionFromOptions(options, io);
  if (definition === undefined) return 2;
  if (template === undefined) return writeAll(options.all!, definition.perimeter, format, options, io);
  try { return writeOne(template, definition.perimeter, format, options, io); } catch (error) {
    if (error instanceof CannotWrite || error instanceof BadParameter) return refuse(`${template.kind}: ${error.message}`);
    throw error;
  }
}

function writeOne(template: AnyTemplate, perimeter: Perimeter, format: Format, options: Options, io: Io): number {
  const made = write(template, perimeter, given(template, options), io.now());
  if (made.faults.length > 0) {
    io.err(`${NAME}: ${template.kind}: the policy does not hold what it must, which is a fault of this program; nothing is printed\n${made.faults.map(({ of, because }) => `  ${of}: ${because}\n`).join('')}`);
    return 2;
  }
  if (options.explain === true) { io.out(`${explain(made)}\n${listOptions(template)}`); return 0; }
  const rendered = render(made, format, options.minify === true);
  io.out(rendered.length === 1 || format !== 'json' ? rendered.map((one) => one.text).join(format === 'cloudformation' ? '---\n' : '\n')
    : `${JSON.stringify(Object.fromEntries(made.documents.map((one) => [one.name, one.document])), null, options.minify === true ? 0 : 2)}\n`);
  for (const { name, characters, quota } of made.documents) io.err(`${name}: ${characters} of ${quota.most} ${quota.of}\n`);
  for (const one of made.leftOut) io.err(`left out: ${one}\n`);
  return 0;
}

function given(template: AnyTemplate, { service, account, region, resource, set }: Options): Readonly<Record<string, string>> {
  const named = Object.entries({ service, account, region, resource }).flatMap(([name, value]) => value === undefined ? [] : [[name, value] as const]);
  const pairs = set.map((one) => {
    const at = one.indexOf('=');
    if (at < 1) throw new BadParameter(`\`--set\`: expected name=value, found \`${one}\``);
    return [one.slice(0, at), one.slice(at + 1)] as const;
  });
  const options = template.options as Parameters;
  const unknown = [...named, ...pairs].find(([name]) => !Object.hasOwn(options, name));
  if (unknown !== undefined) throw new BadParameter(`it has no option \`${unknown[0]}\`; known: ${Object.keys(options).join(', ')}`);
  return Object.fromEntries([...named, ...pairs]);
}

const listOptions = ({ options }: AnyTemplate): string => `Options:\n${Object.entries(options as Parameters).map(([name, { about }]) => `  ${name}: ${about}\n`).join('')}`;

/** Nothing is written unless all can be: a set with a hole looks whole. */
function writeAll(folder: string, perimeter: Perimeter, format: Format, options: Options, io: Io): number {
  const files: File[] = [];
  for (const { kind, files: of } of writers) {
    try { files.push(...of(perimeter, { format, minify: options.minify === true, region: options.region, now: io.now() })); } catch (error) {
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
  return 0;
}
