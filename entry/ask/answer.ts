import { ask, suggestChange, type Answer, type Objective, type Question } from '../../policy/index.ts';

/** An answer as `perimeter ask --jsonl` writes it. */
export interface WrittenAnswer {
  readonly answer: Answer['answer'];
  readonly reach?: string;
  readonly because?: string;
  readonly at?: string;
  readonly witness?: unknown;
  readonly change?: string;
  readonly unknownAccounts?: readonly string[];
  readonly unknownBuckets?: readonly string[];
  readonly notes?: readonly string[];
}

/** Asks each objective; the result is what the answer's line holds under `objectives`. */
export function answersOf(question: Question, objectives: readonly Objective[]): Record<string, WrittenAnswer> {
  return Object.fromEntries(objectives.map((objective) => {
    const { notes, ...answer } = ask(question, objective);
    const change = suggestChange(question, objective, { ...answer, notes } as Answer);
    return [objective, { ...answer, ...(change === undefined ? {} : { change }), ...(notes.length > 0 ? { notes } : {}) }];
  }));
}

const questions: Readonly<Record<Objective, string>> = {
  principals: 'Can anyone outside get through?', resources: 'Can anyone reach resources that are not yours?', deputies: 'Can an AWS service be made to act for somebody else?',
  networks: 'Can your principals act from networks that are not yours?',
};

/** What a colleague would say: the sentence, the place, the request that shows it, and the change that closes it. */
export function explain(answers: Readonly<Record<string, WrittenAnswer>>): string {
  const lines = Object.entries(answers).flatMap(([objective, one]) => {
    const head = one.answer === 'outside' ? 'Yes' : one.answer === 'inside' ? 'No' : 'Undecided';
    return [
      `${questions[objective as Objective]} ${head}: ${one.because ?? ''}.`,
      ...(one.at === undefined ? [] : [`  Where:   ${one.at}`]),
      ...(one.witness === undefined ? [] : [`  Request: ${JSON.stringify(one.witness)}`]),
      ...(one.change === undefined ? [] : [`  Change:  ${one.change}`]),
      ...(one.unknownAccounts === undefined ? [] : [`  Yours?   add to \`accounts\`: ${one.unknownAccounts.join(', ')}`]),
      ...(one.unknownBuckets === undefined ? [] : [`  Yours?   add to \`buckets\`: ${one.unknownBuckets.join(', ')}`]),
      ...(one.notes ?? []).map((note) => `  Note:    ${note}`),
      '',
    ];
  });
  return `${lines.join('\n')}`;
}
