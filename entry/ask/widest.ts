import { askedAbout } from './accounts.ts';
import { answersOf } from './answer.ts';
import type { Asked } from './question.ts';

/** The question as of the account for which most gets through, and, by objective, what is to be said of the others; `how` they were asked. */
export function widestOf(all: readonly Asked[], how: string): { readonly asked: Asked; readonly notes: Readonly<Record<string, readonly string[]>> } {
  const answered = all.map((asked) => ({ asked, account: ('question' in asked ? asked.question : asked.subject).account, answers: answersOf(asked) }));
  const width = ({ answers }: typeof answered[number]): number => Math.max(...Object.values(answers).map((one) => order.indexOf(one.answer)));
  const widest = answered.reduce((before, one) => width(one) > width(before) ? one : before);
  const notes = Object.entries(widest.answers).map(([objective, { answer }]) => {
    const differing = order.filter((one) => one !== answer).flatMap((other) => {
      const accounts = answered.filter((one) => one.answers[objective]!.answer === other).map((one) => one.account);
      return accounts.length === 0 ? [] : [`for ${accounts.join(', ')} it is ${other}`];
    });
    return [objective, [askedAbout(how, widest.account, answered.map((one) => one.account)), ...differing]] as const;
  });
  return { asked: widest.asked, notes: Object.fromEntries(notes) };
}
const order = ['inside', 'undecided', 'outside'];
