import { statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { and, compare, formulaOf, or, parsePolicy, policy, type Formula, type Objective, type Question } from '../../policy/index.ts';
import { insideOf, isOwn, ownCallers } from './cost.ts';

/**
 * Tells of documents in the place of one whether the changed statement and each that is added still let somebody of the inside in, and together somebody
 * of my own where the statement did before, under the Denies beside them: a change after which they do not would lock out its owner, whatever services it leaves.
 */
export function admitting(question: Question, objective: Objective, before: Document, index: number): (after: Document) => boolean {
  const inside = insideOf(question, objective);
  const ofAny = or(...inside.map((one) => policy(one.policy)));
  const ofOwn = and(or(...inside.filter(isOwn).map((one) => policy(one.policy))), or(...ownCallers(question).map((one) => policy(one.policy))));
  const admits = (whom: Formula, document: Document, allows: readonly Statement[]): boolean =>
    compare(question, or(), and(whom, formulaOf({ ...question, policy: parsePolicy({ ...document, Statement: statementsOf(document).filter((one) => one['Effect'] === 'Deny' || allows.includes(one)) }) }))).added.kind !== 'nothing';
  // Of what allows nothing by itself, an RCP, the whole counts.
  const allowsOf = (document: Document): Statement[] => statementsOf(document).filter((one, i) => one['Effect'] !== 'Deny' && (index === -1 || i === index || i >= statementsOf(before).length));
  let isForOwn: boolean | undefined;
  return (after) => {
    const allows = allowsOf(after);
    isForOwn ??= admits(ofOwn, before, allowsOf(before));
    if (isForOwn && !admits(ofOwn, after, allows)) return false;
    // My own are of the inside.
    return (isForOwn && allows.length === 1) || allows.every((one) => admits(ofAny, after, [one]));
  };
}
