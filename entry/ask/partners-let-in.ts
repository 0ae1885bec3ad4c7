import type { Clause } from '../../core/inside.ts';
import { and, formulaOf, policy, type Formula } from '../../policy/index.ts';
import { insideOf, isAny } from './cost.ts';
import type { Asked } from './question.ts';
import { questionOf } from './together.ts';

/** Whether a partner gets through with what is agreed with it, where what is asked about names its account in a condition, or by which of several policies it comes is not said. */
export function letsPartnersIn(asked: Asked): boolean {
  const questions = 'question' in asked ? [asked.question] : asked.parts.flatMap(({ kind }, i) => kind === 'vpc-endpoint' && asked.subject.viaEndpoint !== true ? [] : questionOf(asked, i, 'principals') ?? []);
  const [question] = questions;
  const documents = JSON.stringify('question' in asked ? asked.document : asked.parts.map((one) => one.document));
  const named = ('question' in asked ? asked.question : asked.subject).perimeter.partners.filter((one) => one.accounts.some((id) => documents.includes(id)));
  if (question === undefined || named.length === 0) return false;
  const allowed: readonly Formula[] = questions.map(formulaOf);
  const isAgreed = ({ of }: Clause): boolean => named.some(({ name }) => of === `what partner ${name} was granted` || of === `partner ${name} with its external id`);
  return insideOf(question, 'principals').filter(isAgreed).some((one) => isAny(question, and(policy(one.policy), ...allowed)));
}
