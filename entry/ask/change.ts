import type { Outside } from '../../core/pins.ts';
import { withStatement, type Document, type Statement } from '../../core/policy-document.ts';
import type { Answer } from '../../policy/index.ts';
import { weightOf } from './cost.ts';
import type { CountedChange } from './counted.ts';

/**
 * `isOnPurpose`: what it takes away goes on purpose, a statement or the principal of one that is outside. `isForOne`: it is about one of several outsiders, so it helps
 * where another is left. `from`: what it costs counts from there, not from the document as it is: what asks for a key that AWS never sends may let nobody in, and a
 * template proves what it keeps. `or`: what a person may do in its place. `slip`: with what is mistyped put right, and nothing else. `isBeside`: a template's statements, beside which what is there stays as it is.
 */
export interface Change { readonly text: string; readonly document: Document; readonly isOnPurpose?: true; readonly isForOne?: true; readonly from?: Document; readonly slip?: Document; readonly isBeside?: true; readonly or?: string | undefined }
/** A change to one statement as one to the document. */
export const inDocument = (document: Document, index: number) => ({ text, statement, from, slip }: CountedChange): Change => {
  const put = (one: Statement): Document => withStatement(document, index, one);
  const made = put(statement);
  return { text, document: made, ...from === undefined ? {} : { from: put(from) }, ...slip === undefined ? {} : { slip: slip === statement ? made : put(slip) } };
};

export interface Costly { readonly change: Change; readonly cost: readonly string[] }
/** The first of those that cost the inside least; what comes after one that costs nothing is not tried. */
export function cheapestOf(changes: readonly Change[], isMeant: (change: Change) => boolean, costOf: (change: Change) => readonly string[]): Costly | undefined {
  let best: Costly | undefined;
  for (const change of changes) {
    if (!isMeant(change)) continue;
    const cost = costOf(change);
    if (best === undefined || weightOf(cost) < weightOf(best.cost)) best = { change, cost };
    if (cost.length === 0) break;
  }
  return best;
}

/** Whether whoever gets through after a change is somebody else. */
export const isOfAnother = (after: Answer, { witness: { principal } }: Outside): boolean => after.answer === 'outside'
  && (after.witness.principal.account !== principal.account || after.witness.principal.provider !== principal.provider || after.witness.principal.name !== principal.name);

/** Whether nobody gets through after a change, or only elsewhere. */
export const helps = (after: Answer, before: Outside): boolean => after.answer === 'inside' || (after.answer === 'outside' && after.at !== before.at);

/** The same, found once of each. */
export function once<K, V>(find: (of: K) => V): (of: K) => V {
  const known = new Map<K, V>();
  return (of) => {
    if (!known.has(of)) known.set(of, find(of));
    return known.get(of) as V;
  };
}
