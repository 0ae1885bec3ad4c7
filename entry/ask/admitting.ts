import type { Clause } from '../../core/inside.ts';
import { statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { and, or, policy, type Formula, type Objective, type Question } from '../../policy/index.ts';
import { insideOf, isFromMine, isMet, isOwn, ownCallers } from './cost.ts';

/** Requests of my own, not of services and partners. */
export const ownOf = (question: Question, objective: Objective): Formula => and(or(...ownKinds(question, objective).map((one) => policy(one.policy))), or(...ownCallers(question).map((one) => policy(one.policy))));

/** Of those who come from networks of mine the others are no sign that anybody is left: whoever carries a tag may call through an AWS service, which most Denies of networks spare. */
function ownKinds(question: Question, objective: Objective): readonly Clause[] {
  const kinds = insideOf(question, objective).filter(isOwn);
  const fromMine = objective === 'networks' ? kinds.filter(({ of }) => isFromMine(of)) : [];
  return fromMine.length === 0 ? kinds : fromMine;
}

/** Whether a statement by itself would let somebody of my own in, whatever Denies stand beside it. */
export const isForOwn = (question: Question, objective: Objective, document: Document, statement: Statement): boolean => isMet(question, ownOf(question, objective), { ...document, Statement: [statement] });

/**
 * Tells of documents in the place of one whether the changed statement and each that is added still let somebody of the inside in, and together somebody
 * of my own where the statement did before, under the Denies beside them, about callers where it does by itself: a change after which they do not would lock out its owner, whatever services it leaves.
 * Of networks somebody must be left in any case: what refuses mine from wherever they come is closed to others, too, and nobody would call it mended.
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
    isOwnIn ??= objective === 'networks' || (objective === 'principals' ? isMet(question, ofOwn, { ...before, Statement: allowsOf(before) }) : admits(ofOwn, before, allowsOf(before)));
    if (isOwnIn && !admits(ofOwn, after, allows)) return false;
    // My own are of the inside.
    return (isOwnIn && allows.length === 1) || allows.every((one) => admits(ofAny, after, [one]));
  };
}
