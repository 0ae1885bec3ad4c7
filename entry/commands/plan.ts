import type { Command } from 'commander';
import { remediations as allRemediations } from '../../remediations/index.ts';
import { rules as allRules } from '../../rules/index.ts';
import { isChange, plan, type PlanResult } from '../plan.ts';
import { apply, NotStarted } from '../plan/apply.ts';
import { NotWritten, policyFiles, writePolicies } from '../plan/files.ts';
import { plural } from '../report/lines.ts';
import { planJson } from '../report/plan-json.ts';
import { planMarkdown } from '../report/plan-markdown.ts';
import { planText } from '../report/plan-text.ts';
import { definitionFromOptions, type DefinitionOptions } from './definition-options.ts';
import type { Io } from './io.ts';
import { progressBar } from './progress.ts';

interface Options extends DefinitionOptions {
  readonly rule?: readonly string[]; readonly remediation?: readonly string[]; readonly resource?: readonly string[];
  readonly format: string; readonly out?: string; readonly force?: boolean; readonly exitZero?: boolean; readonly color: boolean; readonly progress: boolean;
  readonly apply?: boolean; readonly approve?: readonly string[]; readonly yes?: boolean; readonly wait?: boolean; readonly homeRegion: string;
}

/** Fewer plans than this are made before anybody would look for a bar. */
const MANY_PLANS = 20;

export function register(program: Command, io: Io): void {
  program.command('plan')
    .summary('plan a fix for each finding; with --apply, start it')
    .description('Plans a fix for each finding: what changes, as a diff, what may break, how to undo it; or why it is left to people. Reads what `check` reads and changes nothing in AWS, unless --apply starts the deployed runbooks.\nExit status: 0 nothing to fix, 1 plans or findings by hand, 2 unreadable input, bad usage, or a runbook that failed.')
    .argument('<path...>', 'files and folders')
    .option('--perimeter <file>', 'the definition (default: ./perimeter.yaml)')
    .option('--organization <id>', 'instead of a definition: your organization')
    .option('--accounts <file>', 'with --organization: output of `aws organizations list-accounts`, or a list')
    .option('--rule <id...>', 'only what these rules find')
    .option('--remediation <id...>', 'only what these remediations mend')
    .option('--resource <id...>', 'only these resources, by id, name or ARN')
    .option('--format <format>', 'text, json or markdown', 'text')
    .option('--out <folder>', 'write each policy to change, as it is and as planned, to files')
    .option('--force', 'with --out: replace files that are there')
    .option('--exit-zero', 'exit 0 also where there is something to fix')
    .option('--no-color', 'plain text')
    .option('--no-progress', 'no progress bar')
    .option('--apply', 'start the deployed runbooks of the plans, in the account of your credentials')
    .option('--approve <hash...>', 'with --apply: also start these plans, which need approval; 8 or more digits of the hash')
    .option('--yes', 'with --apply: start without asking')
    .option('--wait', 'with --apply: wait for the runbooks and show their outcomes')
    .option('--home-region <region>', 'the Region in which runbooks for IAM stand', 'us-east-1')
    .addHelpText('after', '\nExamples:\n  perimeter plan snapshots/\n  perimeter plan snapshots/ --format markdown > plans.md\n  perimeter plan snapshots/ --out policies/\n  perimeter plan snapshots/ --resource orders-db --apply --wait')
    .action(async (paths: readonly string[], options: Options) => { io.setExitCode(await run(paths, options, io)); });
}

async function run(paths: readonly string[], options: Options, io: Io): Promise<number> {
  const fail = (message: string): number => { io.err(`perimeter plan: ${message}\n`); return 2; };
  const usage = faultOf(options);
  if (usage !== undefined) return fail(usage);
  const definition = await definitionFromOptions(options, io);
  if (definition === undefined) return 2;

  const [reading, planning] = options.progress ? [progressBar(), progressBar('planning', MANY_PLANS)] : [];
  const result = await plan({
    paths, definition, now: io.now(), rules: allRules.filter(({ id }) => options.rule?.includes(id) ?? true),
    remediations: allRemediations.filter(({ id }) => options.remediation?.includes(id) ?? true), onlyRemediations: options.remediation !== undefined,
    ...options.resource === undefined ? {} : { resources: options.resource },
    ...reading === undefined ? {} : { onProgress: reading.update }, ...planning === undefined ? {} : { onPlanned: planning.update },
  });
  reading?.stop();
  planning?.stop();
  io.out(reports(options, io)[options.format]!(result));
  const { problems } = result.input;
  if (problems.length > 0 && options.format !== 'text') io.err(`perimeter plan: ${plural(problems.length, 'problem')} with the input\n`);

  if (options.out !== undefined) {
    const files = policyFiles(result);
    try { writePolicies(files, options.out, options.force === true); } catch (error) {
      if (error instanceof NotWritten) return fail(error.message);
      throw error;
    }
    io.err(`perimeter plan: wrote ${plural(files.length / 2, 'policy', 'policies')} to ${options.out}, each as it is (.before.json) and as planned (.after.json)\n`);
  }
  if (options.apply === true && problems.length > 0) return fail('nothing was started: what could not be read may be a later state; name paths that can be read whole');
  if (problems.length > 0) return 2;
  return options.apply === true ? start(result, options, io) : statusOf(result.fixes.length + result.byHand.length, options);
}

const reports = (options: Options, io: Io): Readonly<Record<string, (result: PlanResult) => string>> => ({
  text: (result) => planText(result, { color: io.color && options.color, columns: io.columns, isFollowed: options.apply === true }),
  json: (result) => planJson(result, options.homeRegion), markdown: (result) => planMarkdown(result, options.homeRegion),
});

const statusOf = (left: number, { exitZero }: Options): number => left > 0 && exitZero !== true ? 1 : 0;

async function start(result: PlanResult, options: Options, io: Io): Promise<number> {
  const changes = result.fixes.filter(isChange);
  io.out('\n');
  try {
    // The clients of AWS take longer to load than all the rest, and only this needs them.
    const { automation } = await import('../plan/automation.ts');
    const { mended, failed } = await apply(changes, automation(), {
      approve: options.approve ?? [], yes: options.yes === true, wait: options.wait === true, homeRegion: options.homeRegion,
      say: (line) => { io.out(`${line}\n`); }, question: io.question,
    });
    return failed ? 2 : statusOf(result.fixes.length - mended.length + result.byHand.length, options);
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    io.err(`perimeter plan: nothing was started: ${error.message}\n`);
    return 2;
  }
}

/** What is wrong with the options; `undefined`: nothing. */
function faultOf(options: Options): string | undefined {
  const formats = ['text', 'json', 'markdown'];
  const unknown = (what: string, given: readonly string[] | undefined, known: readonly string[]): string | undefined => {
    const one = given?.find((id) => !known.includes(id));
    return one === undefined ? undefined : `unknown ${what} \`${one}\`; known: ${known.join(', ')}`;
  };
  const alone = (['approve', 'yes', 'wait'] as const).find((name) => options[name] !== undefined && options.apply !== true);
  const badHash = options.approve?.find((hash) => !/^[0-9a-f]{8,64}$/.test(hash));
  return unknown('format', [options.format], formats)
    ?? unknown('rule', options.rule, allRules.map(({ id }) => id))
    ?? unknown('remediation', options.remediation, allRemediations.map(({ id }) => id))
    ?? (alone === undefined ? undefined : `--${alone} needs --apply`)
    ?? (options.force === true && options.out === undefined ? '--force needs --out' : undefined)
    ?? (options.apply === true && options.format !== 'text' ? '--apply writes text: leave --format out' : undefined)
    ?? (badHash === undefined ? undefined : `\`${badHash}\` is not the hash of a plan: expected 8 to 64 hexadecimal digits`)
    ?? (/^[a-z]{2}(-[a-z]+)+-\d$/.test(options.homeRegion) ? undefined : `\`${options.homeRegion}\` is not a Region such as \`us-east-1\``);
}
