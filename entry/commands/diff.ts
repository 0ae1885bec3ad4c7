import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { compare, describeRequest, emptyPerimeter, formulaOf, UNLISTED, type Difference, type Perimeter, type Question, type QuestionKind } from '../../policy/index.ts';
import { documentOf } from '../../core/policy-document.ts';
import { accountIn, accountsToAsk, isOwnerOpen, standingFor, toSayOf, usualAccount } from '../ask/accounts.ts';
import { fromFiles } from '../ask/file-question.ts';
import { policyIn } from '../ask/policy-file.ts';
import { BadQuestion } from '../ask/bad-question.ts';
import { plainer } from '../ask/plainer.ts';
import { readQuestion } from '../ask/question.ts';
import { tellingKeys } from '../ask/telling.ts';
import { definitionFromOptions, isDefinitionGiven, type DefinitionOptions } from './definition-options.ts';
import type { Io } from './io.ts';

interface Options extends DefinitionOptions {
  readonly kind?: string; readonly account?: string; readonly service?: string; readonly endpointType?: string; readonly resource?: string; readonly format: string;
}

export function register(program: Command, io: Io): void {
  program.command('diff')
    .summary('compare what two policies allow')
    .description('Compares two policies by what they allow, not by their text: what the new one allows that the old one did not, and the reverse, each with a request that shows it.\nExit status: 0 equal, 1 different or undecided, 2 bad input.')
    .argument('<old>', 'file with the policy document as it was')
    .argument('<new>', 'file with the policy document as it would be')
    .option('--kind <kind>', 'vpc-endpoint, trust, resource, identity, scp or rcp')
    .option('--perimeter <file>', 'the definition, so that accounts and organizations of yours are told from others (default: ./perimeter.yaml, if it is there)')
    .option('--organization <id>', 'instead of a definition: your organization')
    .option('--accounts <file>', 'with --organization: output of `aws organizations list-accounts`, or a list')
    .option('--account <id>', 'the account of the resource, role, endpoint or principal; left out: the one that an ARN tells, else those of yours that the policies tell apart')
    .option('--service <name>', 'the service of the endpoint or resource, such as s3; left out: any')
    .option('--endpoint-type <type>', 'gateway or interface')
    .option('--resource <arn>', 'the resource the policy hangs on')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText('after', '\nExample:\n  perimeter diff before.json after.json --kind vpc-endpoint --service s3')
    .action(async (before: string, after: string, options: Options) => { io.setExitCode(await run(before, after, options, io)); });
}

async function run(before: string, after: string, options: Options, io: Io): Promise<number> {
  if (options.format !== 'text' && options.format !== 'json') { io.err(`perimeter diff: unknown format \`${options.format}\`; known: text, json\n`); return 2; }
  const isDefined = isDefinitionGiven(options);
  const perimeter = isDefined ? (await definitionFromOptions(options, io))?.perimeter : emptyPerimeter;
  if (perimeter === undefined) return 2;
  try {
    const { added, removed, note, telling } = compared(before, after, options, perimeter, io.now());
    const notes = [...note === undefined ? [] : [note], ...isDefined ? standingFor({ added, removed, note }) : [`compared without a definition: no organization, no network and no account but the owner's counts as yours, for which ${UNLISTED} stands where nothing names it; \`--perimeter\` gives one`]];
    io.out(options.format === 'json' ? `${JSON.stringify({ equal: added.kind === 'nothing' && removed.kind === 'nothing', added, removed, ...notes.length === 0 ? {} : { notes } }, null, 2)}\n`
      : `${inWords(added, removed, telling)}${notes.map((one) => `Note: ${one}\n`).join('')}`);
    return added.kind === 'nothing' && removed.kind === 'nothing' ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BadQuestion)) throw error;
    io.err(`perimeter diff: ${error.message}\n`);
    return 2;
  }
}

/** `telling`: in words, the keys by which what is added or removed is told from what both allow. */
interface Compared { readonly added: Difference; readonly removed: Difference; readonly telling: Telling; readonly note: string | undefined }
interface Telling { readonly added: string; readonly removed: string }

/** What the two allow, as of an account for which they differ, where nothing names one and they tell accounts apart. */
function compared(before: string, after: string, options: Options, perimeter: Perimeter, now: number): Compared {
  const documents = [before, after].map((file) => ({ file, policy: policyIn(file) }));
  const { resource, account = accountIn(resource) } = options;
  const asOf = (owner: string): readonly [Question, Question] => documents.map((one) => read(one, options, owner, perimeter, now)) as [Question, Question];
  const asked = asOf(account ?? usualAccount(perimeter));
  const written = documents.map(({ policy }) => documentOf(policy));
  // Patterns that differ in what is a wildcard and what a character may look alike once they are read.
  const isSame = isDeepStrictEqual(written[0], written[1]);
  const difference = ([old, made]: readonly [Question, Question]): Omit<Compared, 'note'> => {
    const before = formulaOf(old);
    const formulas = [before, isSame ? before : formulaOf(made)] as const;
    const subject = whose(old, options);
    const { added, removed } = compare(subject, ...formulas);
    const [ofOld, ofMade] = [{ formula: formulas[0], policy: old.policy }, { formula: formulas[1], policy: made.policy }];
    const found = { added: plainer(subject, added, ofMade, ofOld), removed: plainer(subject, removed, ofOld, ofMade) };
    const by = ({ added, removed }: typeof found): Telling => ({ added: added.kind === 'request' ? tellingKeys(added.request, ofMade, ofOld) : '', removed: removed.kind === 'request' ? tellingKeys(removed.request, ofOld, ofMade) : '' });
    return { ...found, telling: by(found) };
  };
  if (account !== undefined || whose(asked[0], options) !== asked[0] || !isOwnerOpen(asked[0])) return { ...difference(asked), note: undefined };
  const policies = asked.map((one) => one.policy);
  const all = accountsToAsk(policies, perimeter, asked[0], asked[0].kind === 'resource' || asked[0].kind === 'trust' ? asked : []).map((owner) => ({ owner, ...difference(asOf(owner)) }));
  // What is added and what is removed may be so as of different accounts.
  const widest = (of: 'added' | 'removed'): typeof all[number] => all.reduce((one, other) => order.indexOf(other[of].kind) > order.indexOf(one[of].kind) ? other : one);
  const [{ owner, added, telling }, { owner: second, removed, telling: { removed: tellingRemoved } }] = [widest('added'), widest('removed')];
  const owners = all.map((one) => one.owner);
  // Of accounts that come to the same none needs a word.
  const isSaid = owners.length === 1 || all.some((one) => one.added.kind !== all[0]!.added.kind || one.removed.kind !== all[0]!.removed.kind);
  const shown = new Set([...removed.kind === 'nothing' || added.kind !== 'nothing' ? [owner] : [], ...removed.kind === 'nothing' ? [] : [second]]);
  return { added, removed, telling: { ...telling, removed: tellingRemoved }, note: isSaid ? toSayOf(owners, perimeter, written)?.([...shown].join(' and '), owners) : undefined };
}
const order: readonly Difference['kind'][] = ['nothing', 'undecided', 'request'];

/** Whose principals an identity policy hangs on is for `--account` to say; without it, on any of mine, as an SCP does. */
const whose = (question: Question, { account }: Options): Question => question.kind === 'identity' && account === undefined ? { ...question, kind: 'scp' } : question;

function read({ file, policy }: { readonly file: string; readonly policy: unknown }, { kind, service, endpointType, resource }: Options, account: string, perimeter: Perimeter, now: number): Question {
  return fromFiles([file], () => {
    const asked = readQuestion({ kind: kind as QuestionKind | undefined, policy, account, service, endpointType, resource }, perimeter, now);
    if (!('question' in asked)) throw new Error('a question about one file asks of one policy');
    return asked.question;
  });
}

function inWords(added: Difference, removed: Difference, telling: Telling): string {
  if (added.kind === 'nothing' && removed.kind === 'nothing') return 'Both allow the same requests.\n';
  return [...side('The new one allows what the old one did not', added, telling.added), ...side('The old one allowed what the new one does not', removed, telling.removed)].join('\n').concat('\n');
}

function side(title: string, difference: Difference, telling: string): string[] {
  switch (difference.kind) {
    case 'nothing': return [`${title}: nothing.`];
    case 'undecided': return [`${title}: undecided, since ${difference.because}.`];
    case 'request': return [`${title}: ${describeRequest(difference.request)}${telling}.`, ...difference.at === undefined || difference.at === '' ? [] : [`  Where:   ${difference.at}`], `  Request: ${JSON.stringify(difference.request)}`];
  }
}
