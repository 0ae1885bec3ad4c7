import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { InvalidArgumentError, type Command } from 'commander';
import { documentOf } from '../../core/policy-document.ts';
import { parsePolicy, type Perimeter } from '../../policy/index.ts';
import { accountIn, accountsToAsk, isNamed, isOwnerOpen, saying, toSayOf, usualAccount, type SayingWhose } from '../ask/accounts.ts';
import { explain, explainedAnswers } from '../ask/answer.ts';
import { answerer } from '../ask/batch.ts';
import { fromFiles } from '../ask/file-question.ts';
import { policyIn } from '../ask/policy-file.ts';
import { BadQuestion } from '../ask/bad-question.ts';
import { kinds, readQuestion, type Asked, type PlaneKind } from '../ask/question.ts';
import { definitionFromOptions, type DefinitionOptions } from './definition-options.ts';
import type { Io } from './io.ts';

interface Options extends DefinitionOptions {
  readonly kind?: string; readonly account?: string; readonly service?: string; readonly endpointType?: string; readonly resource: readonly string[]; readonly objective: readonly string[];
  readonly identity?: string; readonly boundary?: string; readonly scp: readonly string[]; readonly rcp: readonly string[]; readonly endpoint?: string; readonly trust?: string; readonly viaEndpoint?: boolean;
  readonly format: string; readonly jsonl?: boolean;
}

const each = (value: string, before: readonly string[]): readonly string[] => [...before, value];
/** A second file would take the place of the first in silence, and with it what that opens. */
const once = (value: string, before: string | undefined): string => {
  if (before !== undefined) throw new InvalidArgumentError('Expected once: put the statements of several into one file.');
  return value;
};

export function register(program: Command, io: Io): void {
  program.command('ask')
    .summary('ask whether anyone outside gets through a policy, or several together')
    .description('Answers, with a request that shows it: can anyone outside get through (endpoint, resource, trust policies, RCPs); can your principals reach what is not yours (endpoint and identity policies, SCPs); can an AWS service be made to act for somebody else (resource policies); on request, can your principals act from networks that are not yours. With --identity, --boundary, --scp, --rcp, --endpoint, --resource or --trust it asks about all of them together, as AWS evaluates them.\nExit status: 0 all inside, 1 something outside or undecided, 2 bad input.')
    .argument('[policy]', 'file with the policy document as JSON, or with what the AWS CLI prints around it; `-`: standard input')
    .option('--kind <kind>', 'vpc-endpoint, trust, resource, identity, scp or rcp')
    .option('--perimeter <file>', 'the definition (default: ./perimeter.yaml)')
    .option('--organization <id>', 'instead of a definition: your organization')
    .option('--accounts <file>', 'with --organization: output of `aws organizations list-accounts`, or a list')
    .option('--account <id>', 'the account of the resource, role, endpoint or principal; left out: the one that an ARN tells, else each of yours in turn, of which the widest answer counts')
    .option('--service <name>', 'the service of the endpoint or resource, such as s3')
    .option('--endpoint-type <type>', 'gateway or interface')
    .option('--resource <arn-or-file>', 'the ARN the policy hangs on; or a file with the resource\'s policy, asked about together with others; may be given twice, file and ARN', each, [])
    .option('--identity <file>', 'together: the identity policy of a principal of yours', once)
    .option('--boundary <file>', 'together: its permissions boundary', once)
    .option('--scp <file>', 'together: a service control policy; give it once for each level (root, OU, account), of which each must allow, and put policies that hang on one level into one file', each, [])
    .option('--rcp <file>', 'together: a resource control policy; levels as of --scp', each, [])
    .option('--endpoint <file>', 'together: the policy of the VPC endpoint', once)
    .option('--trust <file>', 'together: the trust policy of a role', once)
    .option('--via-endpoint', 'together: ask only about requests through the endpoint of --endpoint; left out, its policy keeps nobody out, since others may come another way')
    .option('--objective <name>', 'principals, resources, deputies or networks, may be given several times; instead of: endpoint principals and resources; resource principals and deputies; trust, rcp principals; identity, scp resources; together: those of the policies given, deputies only by name', each, [])
    .option('--format <format>', 'text or json', 'text')
    .option('--jsonl', 'read one question a line from standard input, write one answer a line')
    .addHelpText('after', '\nExamples:\n  perimeter ask policy.json --kind trust --account 111111111111\n  perimeter ask --resource bucket-policy.json --resource arn:aws:s3:::data --rcp rcp.json\n  perimeter ask --jsonl < questions.jsonl > answers.jsonl')
    .action(async (file: string | undefined, options: Options) => {
      if (options.jsonl !== true) { io.setExitCode(await single(file, options, io)); return; }
      const other = file ?? optionBeside(options);
      if (other !== undefined) { io.err(`perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out \`${other}\`\n`); io.setExitCode(2); return; }
      io.setExitCode(await batch(io));
    });
}

/** An option that says what the questions say themselves. */
function optionBeside({ format, jsonl: _, ...others }: Options): string | undefined {
  const given = Object.entries(others).find(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))?.[0] ?? (format === 'text' ? undefined : 'format');
  return given === undefined ? undefined : `--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

async function batch(io: Io): Promise<number> {
  const answer = answerer(io.now());
  // Bytes as they are, of which each line is read by itself.
  const lines = createInterface({ input: process.stdin.setEncoding('latin1'), crlfDelay: Infinity });
  let [status, number, answered] = [0, 0, 0];
  let failure: Error | undefined;
  // The lines end without a word where standard input cannot be read.
  process.stdin.once('error', (error) => { failure = error; });
  for await (const line of lines) {
    number++;
    const written = answer(utf8(line), number);
    if (written === undefined) continue;
    answered++;
    io.out(`${written.text}\n`);
    status = Math.max(status, written.status);
    // A reader that leaves early ends the batch with what it has come to.
    io.setExitCode(status);
  }
  if (failure === undefined && answered > 0) return status;
  io.err(`perimeter ask: ${failure === undefined ? 'no question on standard input; write one JSON object a line, which `perimeter ask --jsonl < questions.jsonl` reads' : `cannot read standard input: ${failure.message}`}\n`);
  return 2;
}

/** What the bytes of a line say; `undefined`: they are no UTF-8. */
function utf8(bytes: string): string | undefined {
  try { return decoder.decode(Buffer.from(bytes, 'latin1')); } catch { return undefined; }
}
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

async function single(file: string | undefined, options: Options, io: Io): Promise<number> {
  const together = filesOf(options);
  if (file === undefined && together.length === 0) { io.err('perimeter ask: name a policy file, or pass --jsonl to read questions from standard input\n'); return 2; }
  if (options.format !== 'text' && options.format !== 'json') { io.err(`perimeter ask: unknown format \`${options.format}\`; known: text, json\n`); return 2; }
  const definition = await definitionFromOptions(options, io);
  if (definition === undefined) return 2;
  try {
    const { all, how } = read(file, together, options, definition.perimeter, io.now());
    const answers = explainedAnswers(all, how);
    io.out(options.format === 'json' ? `${JSON.stringify({ objectives: answers }, null, 2)}\n` : explain(answers));
    return Object.values(answers).some((one) => one.answer !== 'inside') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof BadQuestion)) throw error;
    io.err(`perimeter ask: ${error.message}\n`);
    return 2;
  }
}

interface PlaneFile { readonly kind: PlaneKind; readonly file: string }

function filesOf({ identity, boundary, scp, rcp, endpoint, resource, trust }: Options): PlaneFile[] {
  const all: readonly (readonly [PlaneKind, readonly (string | undefined)[]])[] = [
    ['identity', [identity]], ['boundary', [boundary]], ['scp', scp], ['rcp', rcp], ['vpc-endpoint', [endpoint]], ['resource', resource.filter((one) => !isArn(one))], ['trust', [trust]],
  ];
  return all.flatMap(([kind, files]) => files.flatMap((file) => file === undefined ? [] : [{ kind, file }]));
}
const isArn = (text: string): boolean => text.startsWith('arn:');

/** `--kind` says what a policy is whose option does not: that of `--resource`, where it hangs on a role. */
function ofKind(together: readonly PlaneFile[], kind: string | undefined): readonly PlaneFile[] {
  if (kind === undefined) return together;
  const hangs = together.find((one) => one.kind === 'resource');
  if (hangs === undefined) throw new BadQuestion('`--kind`: goes with a policy file that no option says the kind of; leave it out');
  if (kind !== 'resource' && kind !== 'trust') throw new BadQuestion(`\`--kind\`: expected resource or trust for \`${hangs.file}\`, found \`${kind}\`; policies of other kinds have options of their own`);
  return together.map((one) => one.kind === 'resource' ? { ...one, kind } : one);
}

/** Nothing in a document tells a resource's policy from an endpoint's; beside others a resource's ARN does. */
function kindBeside(file: string, together: readonly PlaneFile[], { kind, resource }: Options): PlaneKind {
  if (kind === undefined && together.length > 0 && !resource.some(isArn)) throw new BadQuestion(`\`--kind\` is missing: what \`${file}\` is, one of ${kinds.join(', ')}; or give it by its option, such as \`--resource ${file}\``);
  return (kind ?? 'resource') as PlaneKind;
}

/** The question as of each account that it may be about; `how` says as of which they are asked, where that is worth a word. */
interface Read { readonly all: readonly [Asked, ...Asked[]]; readonly how?: SayingWhose }
/** The question the command line asks; what is wrong with a file is said with its name. */
function read(file: string | undefined, together: readonly PlaneFile[], options: Options, perimeter: Perimeter, now: number): Read {
  const { kind, service, endpointType, viaEndpoint } = options;
  const arns = options.resource.filter(isArn);
  if (arns.length > 1) throw new BadQuestion(`\`--resource\`: expected one ARN, found ${arns.length}`);
  const files: readonly PlaneFile[] = file === undefined ? ofKind(together, kind) : [{ kind: kindBeside(file, together, options), file }, ...together];
  const name = options.resource.find((one) => !isArn(one) && /^[\w.-]+$/.test(one) && !existsSync(one));
  if (name !== undefined) throw new BadQuestion(`\`--resource\`: there is no file \`${name}\`; a resource is named by its ARN, such as \`arn:aws:s3:::${name}\` a bucket`);
  const policies = files.map((one) => ({ ...one, policy: policyIn(one.file) }));
  const what = together.length === 0 ? { policy: policies[0]!.policy } : { policies };
  const askedOf = (account: string, but: { readonly policies?: typeof policies } & Readonly<Record<string, unknown>> = {}): Asked => fromFiles(files.map((one) => one.file), () => {
    const asked = readQuestion({ kind, service, endpointType, viaEndpoint, account, resource: arns[0], ...(options.objective.length > 0 ? { objectives: options.objective } : {}), ...what, ...but }, perimeter, now);
    return 'question' in asked ? asked : { ...asked, parts: asked.parts.map((one, i) => ({ ...one, file: (but.policies ?? policies)[i]!.file })) };
  });
  // An identity policy speaks of principals of one account, whosever the resource is, and many ARNs name none.
  const isIdentity = policies.some((one) => one.kind === 'identity' || one.kind === 'boundary');
  const owner = accountIn(arns[0]);
  const account = options.account ?? (isIdentity ? undefined : owner);
  const asked = askedOf(account ?? owner ?? usualAccount(perimeter));
  const about = 'question' in asked ? asked.question : asked.subject;
  if (account !== undefined || (!isIdentity && !isOwnerOpen(about))) return { all: [asked] };
  const parsed = policies.map((one) => ({ kind: one.kind, policy: parsePolicy(one.policy) }));
  const onResource = parsed.filter((one) => one.kind === 'resource' || one.kind === 'trust');
  // RCPs, and SCPs above an identity's policy, bind accounts of an organization: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
  const bound = policies.some((one) => one.kind === 'rcp' || (one.kind === 'scp' && isIdentity)) && perimeter.organizations.length > 0 ? { ...perimeter, standaloneAccounts: [] } : perimeter;
  const accounts = accountsToAsk(parsed.map((one) => one.policy), bound, about, isIdentity ? [] : onResource);
  const [first, ...others] = accounts;
  const onPrincipals = policies.filter((one) => !['resource', 'trust', 'rcp'].includes(one.kind));
  // What hangs on the resource is asked about as of its owner.
  const all: Read['all'] = owner === undefined || onPrincipals.length === policies.length ? [askedOf(first), ...others.map((one) => askedOf(one))]
    : [asked, ...asked.objectives.includes('resources') ? [first, ...others].filter((one) => one !== owner).map((one) => askedOf(one, { policies: onPrincipals, resource: undefined, objectives: ['resources'] })) : []];
  const written = [...policies.map((one) => documentOf(one.policy)), arns];
  const how = !isIdentity ? toSayOf(accounts, perimeter, written) : others.length > 0 || !isNamed(first, JSON.stringify(written)) ? saying('about principals of') : undefined;
  return how === undefined ? { all } : { all, how };
}
