import { reaches } from '../../policy/index.ts';
import type { SayingWhose } from './accounts.ts';
import type { WrittenAnswer } from './answer.ts';

/** One answer for each account that was asked about. */
export interface AnswerOf { readonly account: string; readonly answer: WrittenAnswer }

const order: readonly string[] = ['inside', 'undecided', ...reaches.toReversed()];
/** How much gets through, in `order`. */
const extentOf = ({ answer }: AnswerOf): number => order.indexOf(answer.reach ?? answer.answer);
const verdicts = ['inside', 'undecided', 'outside'] as const;

/** The answer for the account for which most gets through, with what is to be said of the others; `how` says as of which they were asked, where that is worth a word. */
export function widestOf(all: readonly AnswerOf[], how: SayingWhose | undefined): AnswerOf {
  const widest = all.reduce((before, one) => extentOf(one) > extentOf(before) ? one : before);
  if (how === undefined) return widest;
  const differing = verdicts.filter((one) => one !== widest.answer.answer).flatMap((other) => {
    const accounts = all.filter((one) => one.answer.answer === other).map((one) => one.account);
    return accounts.length === 0 ? [] : [`for ${accounts.length > 5 ? `${accounts.slice(0, 5).join(', ')} and ${accounts.length - 5} more` : accounts.join(', ')} it is ${other}`];
  });
  // Of accounts that come to the same none needs a word.
  if (all.length > 1 && all.every((one) => extentOf(one) === extentOf(widest))) return widest;
  const notes = [...widest.answer.notes ?? [], how(widest.account, all.map((one) => one.account)), ...differing];
  return { account: widest.account, answer: { ...widest.answer, notes } };
}
