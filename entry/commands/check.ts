import type { Command } from 'commander';
import { rules as allRules } from '../../rules/index.ts';
import { check, type CheckResult } from '../check.ts';
import { jsonlReport, jsonReport } from '../report/json.ts';
import { textReport } from '../report/text.ts';
import { definitionFromOptions, type DefinitionOptions } from './definition-options.ts';
import type { Io } from './io.ts';
import { progressBar } from './progress.ts';

interface Options extends DefinitionOptions { readonly rule?: readonly string[]; readonly format: string; readonly exitZero?: boolean; readonly progress: boolean; readonly color: boolean }

export function register(program: Command, io: Io): void {
  program.command('check')
    .summary('evaluate what AWS Config recorded')
    .description('Evaluates configuration snapshots, history files, query results, single items and rule events, in files or folders, gzipped or not.\nExit status: 0 nothing non-compliant, 1 findings or undecided results, 2 unreadable input or bad usage.')
    .argument('<path...>', 'files and folders')
    .option('--perimeter <file>', 'the definition (default: ./perimeter.yaml)')
    .option('--organization <id>', 'instead of a definition: your organization')
    .option('--accounts <file>', 'with --organization: output of `aws organizations list-accounts`, or a list')
    .option('--rule <id...>', 'only these rules')
    .option('--format <format>', 'text, json or jsonl', 'text')
    .option('--exit-zero', 'exit 0 also where there are findings or undecided results')
    .option('--no-color', 'plain text')
    .option('--no-progress', 'no progress bar')
    .addHelpText('after', '\nExamples:\n  perimeter check snapshots/\n  perimeter check snapshot.json.gz --organization o-4tkekae453 --format json')
    .action(async (paths: readonly string[], options: Options) => { io.setExitCode(await run(paths, options, io)); });
}

async function run(paths: readonly string[], options: Options, io: Io): Promise<number> {
  const reports: Readonly<Record<string, (result: CheckResult) => string>> = {
    text: (result) => textReport(result, { color: io.color && options.color, columns: io.columns, rules }), json: jsonReport, jsonl: jsonlReport,
  };
  const report = Object.hasOwn(reports, options.format) ? reports[options.format] : undefined;
  if (report === undefined) { io.err(`perimeter check: unknown format \`${options.format}\`; known: ${Object.keys(reports).join(', ')}\n`); return 2; }
  const unknown = options.rule?.find((id) => !allRules.some((rule) => rule.id === id));
  if (unknown !== undefined) { io.err(`perimeter check: unknown rule \`${unknown}\`; known: ${allRules.map((rule) => rule.id).join(', ')}\n`); return 2; }
  const rules = allRules.filter((rule) => options.rule?.includes(rule.id) ?? true);
  const definition = await definitionFromOptions(options, io);
  if (definition === undefined) return 2;
  const bar = options.progress ? progressBar() : undefined;
  const result = await check({ paths, definition, rules, now: io.now(), ...(bar === undefined ? {} : { onProgress: bar.update }) });
  bar?.stop();
  io.out(report(result));
  if (result.input.problems.length > 0) {
    if (options.format !== 'text') io.err(`perimeter check: ${result.input.problems.length} problem${result.input.problems.length === 1 ? '' : 's'} with the input; see \`input.problems\`\n`);
    return 2;
  }
  const open = Object.values(result.summary).some((one) => one.nonCompliant + one.undecided > 0);
  return open && options.exitZero !== true ? 1 : 0;
}
