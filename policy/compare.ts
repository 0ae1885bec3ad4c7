import { requestFor } from './find-request.ts';
import type { Formula } from './formula.ts';
import { refuseFormula, refuseSubject } from './misuse.ts';
import type { Subject } from './question.ts';
import type { Request } from './request.ts';
import { butShared } from './shared.ts';

/** What one formula allows and another does not. */
export type Difference =
  /** Nothing: every kind of request has been tried. */
  | { readonly kind: 'nothing' }
  /** `at`: the JSON pointer of the statement of the first that admits the request, such as `/Statement/0`; empty where AWS's FullAWSAccess beside an SCP or RCP of Denies does; `undefined` where nothing has to. */
  | { readonly kind: 'request'; readonly request: Request; readonly at: string | undefined }
  /** None was found, but not every kind of request could be tried. */
  | { readonly kind: 'undecided'; readonly because: string };

/**
 * What two formulas of the same kind of policy allow that the other does not: `added` the later one, `removed` the earlier one; both nothing:
 * they are equal. It asks `findRequest` for a request that satisfies one and not the other, without what both are seen to say.
 *
 * Throws TypeError for a subject or formula that its type rules out.
 */
export function compare(subject: Subject, before: Formula, after: Formula): { readonly added: Difference; readonly removed: Difference } {
  refuseSubject(subject);
  refuseFormula(before, 'before');
  refuseFormula(after, 'after');
  return { added: difference(subject, after, before), removed: difference(subject, before, after) };
}

function difference(subject: Subject, allowed: Formula, refused: Formula): Difference {
  if (allowed === refused) return { kind: 'nothing' };
  let undecided: Difference | undefined;
  for (const one of butShared(allowed, refused)) {
    const found = requestFor(subject, one);
    if (found.kind === 'request') return { kind: 'request', request: found.request, at: found.statement?.at };
    if (found.kind === 'undecided') undecided ??= found;
  }
  return undecided ?? { kind: 'nothing' };
}
