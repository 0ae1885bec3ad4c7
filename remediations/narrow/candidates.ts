import { statementsOf, withStatements, type Document, type Statement } from '../../core/policy-document.ts';
import { inConditions, placeInWords, withoutPrincipals, type StatementChange } from '../../core/statement-changes.ts';
import { heldTo, type Hold } from './copy.ts';
import type { Candidate, Opening } from './narrow.ts';

/** A value, an operator or a principal that goes or gives way. */
export function inPlace({ question, document, outside, index, statement }: Opening): Candidate[] {
  const place = placeInWords(outside, statement);
  return [...inConditions(statement, place, question.perimeter), ...withoutPrincipals(statement, outside, place, question.perimeter)].map((change) => replacing(document, index, change));
}

export const replacing = (document: Document, index: number, { text, statement }: StatementChange): Candidate => ({ text, document: withStatements(document, index, [statement]) });

/** The statement goes, where another that allows something stays. */
export function without({ document, outside, index, statement }: Opening): Candidate[] {
  const left = statementsOf(document).filter((one, i) => i !== index && one['Effect'] === 'Allow');
  return left.length === 0 ? [] : [{ text: `remove ${placeInWords(outside, statement)}`, document: withStatements(document, index, []) }];
}

/**
 * The statement as copies, each held to one kind of requests: as few as keep what is inside. The first takes the statement's place and
 * `Sid`; the others follow it, so that the order of the policy stays.
 */
export function split({ document, outside, index, statement, cost, closes }: Opening, holds: readonly Hold[]): Candidate[] {
  const made = (some: readonly Copy[]): Document => withStatements(document, index, named(some, document, statement));
  const copies = holds.flatMap((hold): Copy[] => { const held = heldTo(statement, hold); return held === undefined ? [] : [{ hold, statement: held }]; })
    .filter((copy) => closes(made([copy])));
  if (copies.length === 0) return [];
  const all = cost(made(copies)).lost.length;
  let kept: readonly Copy[] = copies;
  for (const copy of [...copies].reverse()) {
    const fewer = kept.filter((one) => one !== copy);
    if (fewer.length > 0 && cost(made(fewer)).lost.length <= all) kept = fewer;
  }
  return [{ text: `hold ${placeInWords(outside, statement)} to ${kept.map(({ hold }) => hold.of).join(', ')}${kept.length > 1 ? `, a statement each` : ''}`, document: made(kept) }];
}

interface Copy { readonly hold: Hold; readonly statement: Statement }

/** Copies with a `Sid` each, where the statement has one, that no other statement has. */
function named(copies: readonly Copy[], document: Document, { Sid }: Statement): Statement[] {
  if (typeof Sid !== 'string') return copies.map(({ statement }) => statement);
  const taken = new Set(statementsOf(document).map((one) => one['Sid']));
  return copies.map(({ hold, statement }, i) => {
    if (i === 0) return statement;
    let sid = `${Sid}${hold.suffix}`;
    for (let n = 2; taken.has(sid); n++) sid = `${Sid}${hold.suffix}${n}`;
    taken.add(sid);
    return { ...statement, Sid: sid };
  });
}
