import type { Document } from '../../core/policy-document.ts';
import { ask, askTogether, type Answer, type Objective } from '../../policy/index.ts';
import type { SayingWhose } from './accounts.ts';
import { bindings } from './bindings.ts';
import { closingChanges } from './changes.ts';
import type { Asked } from './question.ts';
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
  /** Of policies together: the statement of each that admits the request. */
  readonly through?: readonly { readonly plane: string; readonly at: string }[];
  readonly notes?: readonly string[];
  /** What closes it, one change after another, and whether nothing is open after the last. */
  readonly changes?: readonly string[];
  readonly closed?: boolean;
  /** What keeps outsiders out: without any one of these somebody would get through. */
  readonly heldBy?: readonly string[];
}

/** Asks each objective; the result is what the answer's line holds under `objectives`. */
export function answersOf(asked: Asked): Record<string, WrittenAnswer> {
  return Object.fromEntries(asked.objectives.map((objective) => {
    const { notes, ...answer } = 'question' in asked ? ask(asked.question, objective) : askTogether(asked.subject, asked.planes, objective);
    return [objective, { ...answer, ...(notes.length > 0 ? { notes } : {}) }];
  }));
}

/**
 * The same of whichever account most gets through for, with what would close or open it, which takes the question several times. `all`: the question as
 * of each account that it may be about; `how` says as of which they were asked, where that is worth a word.
 */
export function explainedAnswers(all: readonly [Asked, ...Asked[]], how?: SayingWhose): Record<string, WrittenAnswer> {
  const answered = all.map((asked) => ({ asked, account: ('question' in asked ? asked.question : asked.subject).account, answers: answersOf(asked) }));
  // One objective is asked of what closes those before it, or changes that close each would lock everybody out together.
  let document = 'question' in all[0] ? all[0].document : undefined;
  return Object.fromEntries(all[0].objectives.map((objective): [string, WrittenAnswer] => {
    const of = answered.flatMap((one) => one.answers[objective] === undefined ? [] : [{ account: one.account, answer: one.answers[objective] }]);
    // Where only some of the accounts are asked, the resource's ARN names its owner.
    const { account, answer } = widestOf(of, of.length < answered.length ? undefined : how);
    const questions = all.flatMap((one) => 'question' in one ? [one.question] : []);
    const [first, ...others] = questions;
    if (first === undefined || document === undefined) return [objective, answer];
    if (answer.answer === 'outside') {
      const closing = closingChanges([first, ...others], document, objective);
      if (closing.closed) document = closing.document;
      return [objective, { ...answer, changes: closing.changes.length > 0 ? closing.changes : ['the same as for the question before'], closed: closing.closed }];
    }
    const held = answer.answer === 'inside' ? bindings(questions.find((one) => one.account === account)!, documentOf(all[0]), objective) : [];
    return [objective, { ...answer, ...(held.length > 0 ? { heldBy: held } : {}) }];
  }));
}
const documentOf = (asked: Asked): Document => 'question' in asked ? asked.document : {};

const questions: Readonly<Record<Objective, string>> = {
  principals: 'Can anyone outside get through?', resources: 'Can anyone reach resources that are not yours?', deputies: 'Can an AWS service be made to act for somebody else?',
  networks: 'Can your principals act from networks that are not yours?',
};

/** What a colleague would say: the sentence, the place, the request that shows it, and the change that closes it; or what keeps outsiders out. */
export function explain(answers: Readonly<Record<string, WrittenAnswer>>): string {
  // Whoever makes them one by one finds fewer statements after the first that goes.
  const renumbers = Object.values(answers).flatMap(({ changes = [] }) => changes).slice(0, -1).some((one) => one.startsWith('remove Statement'));
  const asInFile = renumbers ? '; statements have the numbers of the file as it is now' : '';
  const lines = Object.entries(answers).flatMap(([objective, one]) => {
    const head = one.answer === 'outside' ? 'Yes' : one.answer === 'inside' ? 'No' : 'Undecided';
    const changes = one.changes ?? [];
    const where = one.through?.map(({ plane, at }) => `${plane} ${at}`).join(', ') ?? one.at ?? '';
    return [
      `${questions[objective as Objective]} ${head}: ${one.because ?? ''}.`,
      ...(where === '' ? [] : [`  Where:   ${where}`]),
      ...(one.witness === undefined ? [] : [`  Request: ${JSON.stringify(one.witness)}`]),
      ...changes.map((change, i) => `  ${i === 0 ? 'Change: ' : 'then:   '} ${change}`),
      ...(changes.length === 0 ? [] : [`           ${one.closed === true ? 'which closes it; asked again to be sure' : 'ask again after that: it was not tried, or more is left'}${asInFile}`]),
      ...(one.heldBy ?? []).map((held, i) => `  ${i === 0 ? 'Held by:' : '    and: '} ${held}`),
      ...(one.unknownAccounts === undefined ? [] : [`  Yours?   add to \`accounts\`: ${one.unknownAccounts.join(', ')}`]),
      ...(one.unknownBuckets === undefined ? [] : [`  Yours?   add to \`buckets\`: ${one.unknownBuckets.join(', ')}`]),
      ...(one.notes ?? []).map((note) => `  Note:    ${note}`),
      '',
    ];
  });
  return `${lines.join('\n')}`;
}
