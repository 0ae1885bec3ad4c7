import { askedAbout } from './accounts.ts';
import type { WrittenAnswer } from './answer.ts';

/** One answer for each account that was asked about. */
export interface AnswerOf { readonly account: string; readonly answer: WrittenAnswer }

const order = ['inside', 'undecided', 'outside'] as const;

/** The answer for the account for which most gets through, with what is to be said of the others; `how` they were asked, where nothing names the account. */
export function widestOf(all: readonly AnswerOf[], how: string | undefined): AnswerOf {
  const widest = all.reduce((before, one) => order.indexOf(one.answer.answer) > order.indexOf(before.answer.answer) ? one : before);
  if (how === undefined) return widest;
  const differing = order.filter((one) => one !== widest.answer.answer).flatMap((other) => {
    const accounts = all.filter((one) => one.answer.answer === other).map((one) => one.account);
    return accounts.length === 0 ? [] : [`for ${accounts.length > 5 ? `${accounts.slice(0, 5).join(', ')} and ${accounts.length - 5} more` : accounts.join(', ')} it is ${other}`];
  });
  const notes = [...widest.answer.notes ?? [], askedAbout(how, widest.account, all.map((one) => one.account)), ...differing];
  return { account: widest.account, answer: { ...widest.answer, notes } };
}
