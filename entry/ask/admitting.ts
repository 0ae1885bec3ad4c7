import { statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { and, or, policy, type Formula, type Objective, type Question } from '../../policy/index.ts';
import { insideOf, isMet, isOwn, ownCallers } from './cost.ts';

/** Requests of my own, not of services and partners. */
export const ownOf = (question: Question, objective: Objective): Formula => and(or(...insideOf(question, objective).filter(isOwn).map((one) => policy(one.policy))), or(...ownCallers(question).map((one) => policy(one.policy))));

/** Whether a statement by itself would let somebody of my own in, whatever Denies stand beside it. */
export const isForOwn = (question: Question, objective: Objective, document: Document, statement: Statement): boolean => isMet(question, ownOf(question, objective), { ...document, Statement: [statement] });

/**
 * Tells of documents in the place of one whether the changed statement and each that is added still let somebody of the inside in, and together somebody
 * of my own where the statement did before, under the Denies beside them: a change after which they do not would lock out its owner, whatever services it leaves.
 */
export function admitting(question: Question, objective: Objective, before: Document, index: number): (after: Document) => boolean {
  const ofAny = or(...insideOf(question, objective).map((one) => policy(one.policy)));
  const ofOwn = ownOf(question, objective);
  const admits = (whom: Formula, document: Document, allows: readonly Statement[]): boolean => isMet(question, whom, { ...document, Statement: statementsOf(document).filter((one) => one['Effect'] === 'Deny' || allows.includes(one)) });
  // Of what allows nothing by itself, an RCP, the whole counts.
  const allowsOf = (document: Document): Statement[] => statementsOf(document).filter((one, i) => one['Effect'] !== 'Deny' && (index === -1 || i === index || i >= statementsOf(before).length));
  let isOwnIn: boolean | undefined;
  return (after) => {
    const allows = allowsOf(after);
    isOwnIn ??= admits(ofOwn, before, allowsOf(before));
    if (isOwnIn && !admits(ofOwn, after, allows)) return false;
    // My own are of the inside.
    return (isOwnIn && allows.length === 1) || allows.every((one) => admits(ofAny, after, [one]));
  };
}
