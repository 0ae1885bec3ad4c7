import { matches } from '../../core/exceptions.ts';
import type { Document } from '../../core/policy-document.ts';
import { ask, askTogether, type Answer, type Objective, type Perimeter, type Subject } from '../../policy/index.ts';
import { isUnheardOf } from '../../policy/tables/keys.ts';
import { standingFor, type SayingWhose } from './accounts.ts';
import { answerTo } from './answer-to.ts';
import { bindings } from './bindings.ts';
import { closingChanges, MOST_CHANGES } from './changes.ts';
import { emptyValues } from './empty-values.ts';
import { lettingNobodyIn } from './lets-nobody-in.ts';
import { isNone, meantFor } from './misspelled.ts';
import { comingThrough, notesTogether } from './notes-together.ts';
import { letsPartnersIn } from './partners-let-in.ts';
import type { Asked, AskedTogether, Part } from './question.ts';
import { sparedByTags } from './spared-tags.ts';
import { stoppedAlone } from './stopped-alone.ts';
import { bindingsTogether, closingTogether, withFiles } from './together.ts';
import { widestOf } from './widest.ts';

/** An answer as `perimeter ask --jsonl` writes it. */
export interface WrittenAnswer {
  readonly answer: Answer['answer'];
  readonly reach?: string;
  readonly because?: string;
  readonly at?: string;
  readonly witness?: unknown;
  readonly unknownAccounts?: readonly string[];
  readonly unknownBuckets?: readonly string[];
  /** Of policies together: the planes that stop outsiders. */
  readonly stoppedBy?: readonly string[];
  /** Of policies together: the statement of each that admits the request, and of several files in which it stands. */
  readonly through?: readonly { readonly plane: string; readonly at: string; readonly file?: string }[];
  readonly notes?: readonly string[];
  /** What closes it, one change after another, and whether nothing is open after the last. */
  readonly changes?: readonly string[];
  readonly closed?: boolean;
  /** What keeps outsiders out: without any one of these somebody would get through; of policies together each of which does so, through that one. */
  readonly heldBy?: readonly string[];
}

/** Asks each objective; the result is what the answer's line holds under `objectives`. */
export function answersOf(asked: Asked): Record<string, WrittenAnswer> {
  return Object.fromEntries(asked.objectives.map((objective) => {
    const { notes: given, ...answer } = besidePartners(asked, objective, 'question' in asked ? ask(asked.question, objective) : answerTogether(asked, objective));
    const notes = [...given, ...'question' in asked ? [] : notesTogether(asked, objective, answer), ...keysOfNone(asked), ...objective === 'principals' && answer.answer === 'inside' ? leftToAccessPoints(asked) : []];
    return [objective, { ...answer, ...(notes.length > 0 ? { notes } : {}) }];
  }));
}

const answerTogether = (asked: AskedTogether, objective: Objective): Answer => comingThrough(asked, objective, stoppedAlone(asked, objective, askTogether(asked.subject, asked.planes, objective)));

/** What keeps strangers out is said to let in whom of partners it does. */
const besidePartners = <T extends Answer>(asked: Asked, objective: Objective, answer: T): T => objective !== 'principals' || answer.answer !== 'inside' || answer.because.includes(AGREED) || !letsPartnersIn(asked) ? answer
  : { ...answer, because: `${answer.because}, but for ${AGREED}` };
const AGREED = 'what is agreed with partners';

/** Keys that AWS does not have though they are called after one of its services; the engine's notes name the others. */
function keysOfNone(asked: Asked): string[] {
  const tested = ('question' in asked ? [asked.question] : asked.parts).flatMap(({ policy }) => policy.statements).flatMap(({ conditions }) => conditions);
  const names = new Map(tested.filter(({ key }) => isNone(key) && !isUnheardOf(key)).map(({ key, name }) => [key, name]));
  return [...names.values()].map((one) => `AWS has no key \`${one}\`: requests are taken to lack it, or to carry anything`);
}

/** A bucket's policy, or an RCP, that leaves to the policies of access points who comes through them. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html */
function leftToAccessPoints(asked: Asked): string[] {
  const { policies, resource = '' } = 'question' in asked ? { policies: [asked.question], resource: asked.question.resource } : { policies: asked.parts, resource: asked.subject.resource };
  const isLeft = policies.some(({ kind, policy }) => (kind === 'resource' || kind === 'rcp') && policy.statements.some(({ effect, conditions }) =>
    conditions.some(({ key, operator }) => /:dataaccesspoint(?:account|arn)$/.test(key) && operator.negated === (effect === 'Deny'))));
  return isLeft && !/:accesspoint\//.test(resource) ? ['who comes through access points of yours is left to their own policies, which are not judged here: ask about each'] : [];
}

/**
 * The same of whichever account most gets through for, with what would close or open it, which takes the question several times. `all`: the question as
 * of each account that it may be about; `how` says as of which they were asked, where that is worth a word.
 */
export function explainedAnswers(all: readonly [Asked, ...Asked[]], how?: SayingWhose): Record<string, WrittenAnswer> {
  const answered = all.map((asked) => ({ asked, account: subjectOf(asked).account, answers: answersOf(asked) }));
  // One objective is asked of what the changes for those before it make, or changes that close each would lock everybody out together.
  let document = 'question' in all[0] ? all[0].document : undefined;
  let together = all.flatMap((one) => 'question' in one ? [] : [one]);
  const made = (): string => JSON.stringify(document ?? together.flatMap(documentsOf));
  const given = made();
  return Object.fromEntries(all[0].objectives.map((objective): [string, WrittenAnswer] => {
    const of = answered.flatMap((one) => one.answers[objective] === undefined ? [] : [{ account: one.account, answer: one.answers[objective] }]);
    // Where only some of the accounts are asked, the resource's ARN names its owner.
    const { account, answer: widest } = widestOf(of, of.length < answered.length ? undefined : how);
    const unnoted = withoutPartners(widest, subjectOf(all[0]).perimeter);
    const notes = [...(unnoted.notes ?? []).map((one) => asWritten(one, documentsOf(all[0]), unnoted.answer === 'outside').replace('`service` is given', '`--service` is given')), ...literalVariables(all[0]), ...withoutValues(all[0]), ...withoutVersion(all[0]), ...objective === 'principals' && unnoted.answer === 'inside' ? unaskedDeputies(all[0]) : [], ...objective === 'principals' && unnoted.reach === 'service' ? besidesServices(all[0]) : [], ...sparedIn(all.find((one) => subjectOf(one).account === account)!, objective)];
    const told = [...notes, ...objective === 'principals' && unnoted.answer === 'inside' ? notSaidYet(all.find((one) => subjectOf(one).account === account)!, unnoted.because ?? '', notes) : [], ...standingFor({ ...unnoted, notes })];
    const answer = told.length > 0 ? { ...unnoted, notes: told } : unnoted;
    if (document === undefined) {
      const [first, ...others] = together.filter((one) => one.objectives.includes(objective));
      const explained = aboutTogether([first!, ...others], objective, account, answer, made() !== given);
      together = [...explained.all, ...together.filter((one) => !one.objectives.includes(objective))];
      return [objective, explained.answer];
    }
    const [first, ...others] = all.flatMap((one) => 'question' in one ? [one.question] : []);
    if (answer.answer === 'outside') {
      const closing = closingChanges([first!, ...others], document, objective);
      const changes = written(closing, made() !== given);
      document = closing.document;
      return [objective, { ...answer, ...changes }];
    }
    const held = answer.answer === 'inside' ? bindings([first!, ...others].find((one) => one.account === account)!, documentOf(all[0]), objective) : [];
    return [objective, { ...answer, ...(held.length > 0 ? { heldBy: held } : {}) }];
  }));
}

/** A bucket of which a partner lets something be reached is its own: listed under `buckets` it would be mine. */
function withoutPartners({ unknownBuckets = [], ...answer }: WrittenAnswer, { partners }: Perimeter): WrittenAnswer {
  const owned = unknownBuckets.flatMap((bucket) => partners.filter(({ reachable }) => reachable.some((arn) => matches(arn.split(':').at(5)?.split('/', 1)[0] ?? '', bucket))).slice(0, 1).map(({ name }) => ({ bucket, name })));
  const left = unknownBuckets.filter((one) => !owned.some(({ bucket }) => bucket === one));
  const notes = [...answer.notes ?? [], ...owned.map(({ bucket, name }) => `bucket \`${bucket}\` is of partner ${name} by \`reachable\`: list there what else of it your principals may reach, such as \`arn:aws:s3:::${bucket}\``)];
  return { ...answer, ...left.length === 0 ? {} : { unknownBuckets: left }, ...notes.length === 0 ? {} : { notes } };
}

const subjectOf = (asked: Asked): Subject => 'question' in asked ? asked.question : asked.subject;
const documentOf = (asked: Asked): Document => 'question' in asked ? asked.document : {};
const partsOf = (asked: Asked): readonly Pick<Part, 'kind' | 'document' | 'file'>[] => 'question' in asked ? [{ kind: asked.question.kind, document: asked.document }] : asked.parts;
const documentsOf = (asked: Asked): readonly Document[] => partsOf(asked).map((one) => one.document);
/** A note on a key with its name as the policies write it, where a person looks for it; the engine reads it in lower case. Where no change says it, with the key that is meant. */
const asWritten = (note: string, documents: readonly Document[], isChanged: boolean): string => note.replace(/^(?:AWS has no key )?`([^`]+)`(?: is in none of our tables)?: requests are taken to lack it, or to carry anything$/, (of, key: string) => {
  const meant = isChanged ? undefined : meantFor(key, documents);
  return meant === undefined ? of : `${of}; is \`${meant}\` meant?`;
}).replace(/^`([^`]+)`(?= is in none )/, (name, key: string) => {
  const found = new RegExp(`"(${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})":`, 'i').exec(JSON.stringify(documents));
  return found === null ? name : `\`${found[1]!}\``;
});
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
const literalVariables = (asked: Asked): string[] => documentsOf(asked).some((one) => one['Version'] !== '2012-10-17' && JSON.stringify(one).includes('${'))
  ? ['a policy without `"Version": "2012-10-17"` has no variables: `${…}` in it are characters'] : [];
const withoutValues = (asked: Asked): string[] => partsOf(asked).flatMap(({ kind, document, file = kind }, _, all) => emptyValues(document).map((one) => all.length === 1 ? one : `in \`${file}\`: ${one}`));
/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html, https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html */
const withoutVersion = (asked: Asked): string[] => (['scp', 'rcp'] as const).filter((kind) => partsOf(asked).some((one) => one.kind === kind && one.document['Version'] !== '2012-10-17'))
  .map((kind) => `AWS asks for \`"Version": "2012-10-17"\` in every ${kind.toUpperCase()}`);
/** Statements that let nobody in, where the sentence or a note does not say it of what they name. */
const notSaidYet = (asked: Asked, because: string, notes: readonly string[]): string[] => !('question' in asked) || /^it allows no/.test(because) || notes.some((one) => /nobody|names nothing|no request|requests (?:lack it|are taken to)|that IAM takes/.test(one)) ? [] : lettingNobodyIn(asked.question, asked.document);
/** A resource's policy by itself is asked about deputies, too; together with others only where that is said. */
const unaskedDeputies = (asked: Asked): string[] => 'question' in asked || asked.objectives.includes('deputies') || asked.planes.resource === undefined || askTogether(asked.subject, asked.planes, 'deputies').answer !== 'outside' ? []
  : ['an AWS service can be made to act for somebody else; `--objective deputies` asks about that'];
/** Tags by which a Deny of one policy spares what gets through. */
function sparedIn(asked: Asked, objective: Objective): string[] {
  const answer = 'question' in asked ? answerTo(asked.question, objective) : undefined;
  return answer?.answer === 'outside' && 'question' in asked ? sparedByTags(asked.question, asked.document, answer) : [];
}
/** Services go before whoever comes from a network; where he gets through as well, they are not the point. IAM Roles Anywhere is one of them, whatever its trust anchors. */
function besidesServices(asked: Asked): string[] {
  const anyService = <T extends { readonly perimeter: Perimeter }>(one: T): T => ({ ...one, perimeter: { ...one.perimeter, services: 'any', identityProviders: one.perimeter.identityProviders?.filter(({ kind }) => kind !== 'trust-anchors') } });
  const besides = 'question' in asked ? ask(anyService(asked.question), 'principals') : askTogether(anyService(asked.subject), asked.planes, 'principals');
  return besides.answer === 'outside' ? [`not only services: ${besides.because}`] : [];
}
const AS_BEFORE = 'the same as for the question before';
/** `isBeside`: those for a question before are made already. */
function written({ changes: [first, ...others], closed }: Pick<ReturnType<typeof closingTogether>, 'changes' | 'closed'>, isBeside: boolean): Pick<WrittenAnswer, 'changes' | 'closed'> {
  return { changes: first === undefined ? [AS_BEFORE] : [isBeside ? `after the changes above: ${first}` : first, ...others], closed };
}

/** The same of policies together, with the questions as they are once what is open is closed. */
function aboutTogether(all: readonly [AskedTogether, ...AskedTogether[]], objective: Objective, account: string, answer: WrittenAnswer, isBeside: boolean): { readonly answer: WrittenAnswer; readonly all: readonly AskedTogether[] } {
  const { subject, planes, parts } = all[0];
  // Where it stands alone the answer says so.
  const isLeftOut = planes.endpoint !== undefined && subject.viaEndpoint !== true && parts.length > 1;
  const answered: WrittenAnswer = isLeftOut ? { ...answer, notes: [...answer.notes ?? [], 'the endpoint policy does not count: whoever has another way in does not come through it; `--via-endpoint` asks about requests that do'] } : answer;
  if (answer.answer === 'outside') {
    const closing = closingTogether(all, objective);
    const noted: WrittenAnswer = { ...answered, ...answer.through === undefined ? {} : { through: withFiles(all[0], answer.through) } };
    return { answer: closing.closed || closing.changes.length > 0 ? { ...noted, ...written(closing, isBeside) } : noted, all: closing.all };
  }
  const held = answer.stoppedBy === undefined ? [] : bindingsTogether(all.find((one) => one.subject.account === account)!, objective, answer.stoppedBy);
  return { answer: held.length > 0 ? { ...answered, heldBy: held } : answered, all };
}

const questions: Readonly<Record<Objective, string>> = {
  principals: 'Can anyone outside get through?', resources: 'Can anyone reach resources that are not yours?', deputies: 'Can an AWS service be made to act for somebody else?',
  networks: 'Can your principals act from networks that are not yours?',
};

/** Whoever is listed as mine is inside everywhere, so of others only what is agreed with them belongs into the definition. */
const orPartners: Partial<Readonly<Record<Objective, string>>> = { principals: '; or to `partners`, where access is agreed', resources: '; or to a partner\'s `reachable`' };

/** What a colleague would say: the sentence, the place, the request that shows it, and the change that closes it; or what keeps outsiders out. */
export function explain(answers: Readonly<Record<string, WrittenAnswer>>): string {
  // Whoever makes them one by one finds fewer statements after the first that goes.
  const renumbers = Object.values(answers).flatMap(({ changes = [] }) => changes.filter((one) => one !== AS_BEFORE)).slice(0, -1).some((one) => /^(?:after the changes above: )?(?:in `[^`]*`: )?remove Statement/.test(one));
  const asInFile = renumbers ? '; statements have the numbers of the file as it is now' : '';
  const lines = Object.entries(answers).flatMap(([objective, one]) => {
    const head = one.answer === 'outside' ? 'Yes' : one.answer === 'inside' ? 'No' : 'Undecided';
    const changes = one.changes ?? [];
    const where = one.through?.map(({ plane, at, file }) => `${plane} ${at}${file === undefined ? '' : ` (\`${file}\`)`}`).join(', ') ?? one.at ?? '';
    return [
      `${questions[objective as Objective]} ${head}: ${one.because ?? ''}.`,
      ...(where === '' ? [] : [`  Where:   ${where}`]),
      ...(one.witness === undefined ? [] : [`  Request: ${JSON.stringify(one.witness)}`]),
      ...changes.map((change, i) => `  ${i === 0 ? 'Change: ' : 'then:   '} ${change}`),
      ...(changes.length === 0 ? [] : [`           ${afterwards(one.closed === true, changes.length)}${asInFile}`]),
      ...(one.heldBy ?? []).map((held, i) => `  ${i === 0 ? 'Held by:' : '    and: '} ${held}`),
      ...(one.unknownAccounts === undefined ? [] : [`  Yours?   add to \`accounts\`: ${one.unknownAccounts.join(', ')}${orPartners[objective as Objective] ?? ''}`]),
      ...(one.unknownBuckets === undefined ? [] : [`  Yours?   add to \`buckets\`: ${one.unknownBuckets.join(', ')}; or, of others, to a partner's \`reachable\` or to \`awsOwnedResources\`, where a list takes the place of the catalogue`]),
      ...(one.notes ?? []).map((note) => `  Note:    ${note}`),
      '',
    ];
  });
  return `${lines.join('\n')}`;
}

/** What is to be said of changes made: those that close nothing end with one for a person to make, or are as many as were tried. */
const afterwards = (isClosed: boolean, count: number): string => isClosed ? 'which closes it; asked again to be sure'
  : `ask again after that: ${count === 1 ? 'it was not tried' : count < MOST_CHANGES ? 'the last was not tried' : 'more is left'}`;
