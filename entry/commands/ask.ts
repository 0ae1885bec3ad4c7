import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { answersOf, explain } from '../ask/answer.ts';
import { answerer } from '../ask/batch.ts';
import { BadQuestion, readQuestion } from '../ask/question.ts';
import { definitionFromOptions, type DefinitionOptions } from './definition-options.ts';
import type { Io } from './io.ts';

interface Options extends DefinitionOptions {
  readonly kind?: string; readonly account?: string; readonly service?: string; readonly endpointType?: string; readonly resource?: string;
  readonly format: string; readonly jsonl?: boolean;
}

export function register(program: Command, io: Io): void {
  program.command('ask')
    .summary('ask whether anyone outside gets through one policy')
    .description('Answers whether anyone outside the perimeter can get through a policy, with a request that shows it.\nExit status: 0 all inside, 1 something outside or undecided, 2 bad input.')
    .argument('[policy]', 'file with the policy document as JSON')
    .option('--kind <kind>', 'vpc-endpoint, trust or resource')
    .option('--perimeter <file>', 'the definition (default: ./perimeter.yaml)')
    .option('--organization <id>', 'instead of a definition: your organization')
    .option('--accounts <file>', 'with --organization: output of `aws organizations list-accounts`, or a list')
    .option('--account <id>', 'the account that owns the policy')
    .option('--service <name>', 'the service of the endpoint or resource, such as s3')
    .option('--endpoint-type <type>', 'gateway or interface')
    .option('--resource <arn>', 'the resource the policy hangs on')
    .option('--format <format>', 'text or json', 'text')
    .option('--jsonl', 'read one question a line from standard input, write one answer a line')
    .addHelpText('after', '\nExamples:\n  perimeter ask policy.json --kind trust --account 111111111111\n  perimeter ask --jsonl < questions.jsonl > answers.jsonl')
    .action(async (file: string | undefined, options: Options) => {
      io.setExitCode(options.jsonl === true ? await batch(io) : await single(file, options, io));
    });
}

async function batch(io: Io): Promise<number> {
  const answer = answerer(io.now());
  let [status, number] = [0, 0];
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number++;
    const written = answer(line, number);
    if (written === undefined) continue;
    io.out(`${written.text}\n`);
    status = Math.max(status, written.status);
  }
  return status;
}

async function single(file: string | undefined, options: Options, io: Io): Promise<number> {
  if (file === undefined) { io.err('perimeter ask: name a policy file, or pass --jsonl to read questions from standard input\n'); return 2; }
  if (options.format !== 'text' && options.format !== 'json') { io.err(`perimeter ask: unknown format \`${options.format}\`; known: text, json\n`); return 2; }
  const definition = await definitionFromOptions(options, io);
  if (definition === undefined) return 2;
  let document: string;
  try { document = readFileSync(file, 'utf8'); } catch (error) { io.err(`perimeter ask: cannot read \`${file}\`: ${(error as Error).message}\n`); return 2; }
  const { perimeter } = definition;
  const account = options.account ?? perimeter.accounts?.[0] ?? perimeter.standaloneAccounts[0] ?? '000000000000';
  try {
    const { question, objectives } = readQuestion({ ...options, policy: document, account, objectives: undefined }, perimeter, io.now());
    const answers = answersOf(question, objectives);
    io.out(options.format === 'json' ? `${JSON.stringify({ objectives: answers }, null, 2)}\n` : explain(answers));
    return Object.values(answers).some((one) => one.answer !== 'inside') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof BadQuestion)) throw error;
    io.err(`perimeter ask: ${file}: ${error.message}\n`);
    return 2;
  }
}
