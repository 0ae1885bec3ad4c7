import type { Random } from '../bench/random.ts';
import { atomsOf, recomposed, type Atom } from './atoms.ts';
import { exceptionFor } from './exceptions.ts';
import type { Document, Statement } from './random-policies.ts';
import { applies, openStatement, type Situation } from './sides.ts';
import type { Split } from './splits.ts';

type Side = (document: Document, situation: Situation) => boolean;
export interface Sides { readonly ours: Side; readonly theirs: Side }
export interface Unexplained { readonly title: string; readonly document: Document; readonly situation: Situation }
export interface Difference {
  /** Whether the answers for the whole policy differ. */
  readonly isWhole: boolean;
  readonly named: readonly string[];
  readonly unexplained: readonly Unexplained[];
}

/** The same difference with no more keys in the request than it takes. */
function reduced({ ours, theirs }: Sides, document: Document, situation: Situation): Situation {
  let best = situation;
  for (const key of Object.keys(situation.request.context)) {
    const { [key]: _, ...context } = best.request.context;
    const candidate = { ...best, request: { ...best.request, context } };
    if (ours(document, candidate) !== theirs(document, candidate)) best = candidate;
  }
  return best;
}

/**
 * Takes a policy apart into single tests and finds those on which the sides differ. Where the whole answers agree, one
 * statement is looked at all the same: a Deny beside it, or another element that fails, would hide what differs.
 */
export function explain(document: Document, situation: Situation, sides: Sides, random: Random): Difference {
  const isWhole = sides.ours(document, situation) !== sides.theirs(document, situation);
  const version = document.Version;
  const holding = (side: Side) => (atom: Atom): boolean => applies((one) => side(one, situation), document, atom.statement);
  const alone = (statement: Statement): Document => ({ ...(version === undefined ? {} : { Version: version }), Statement: statement['Effect'] === 'Deny' ? [openStatement, statement] : [statement] });
  const splitOf = (atom: Atom): Split | undefined => {
    const split = { atom, situation, version, ours: holding(sides.ours)(atom), theirs: holding(sides.theirs)(atom) };
    return split.ours === split.theirs ? undefined : split;
  };
  const statements = isWhole ? document.Statement : [random.pick(document.Statement)];
  const named = new Set<string>();
  const unexplained: Unexplained[] = [];
  for (const whole of statements.flatMap(atomsOf).flatMap((atom) => splitOf(atom) ?? [])) {
    // Each value that differs by itself needs a reason; where none does, the test as a whole needs one.
    const singles = whole.atom.values.length > 1 ? whole.atom.singles().flatMap((atom) => splitOf(atom) ?? []) : [];
    for (const split of singles.length > 0 ? singles : [whole]) {
      const exception = exceptionFor(split);
      if (exception !== undefined) { named.add(exception.name); continue; }
      const smaller = alone(split.atom.statement);
      unexplained.push({ title: `a test of ${split.atom.element} that ${split.ours ? 'holds for us and not for the peer' : 'holds for the peer and not for us'}`, document: smaller, situation: reduced(sides, smaller, situation) });
    }
  }
  if (isWhole) {
    for (const [who, side] of [['our', sides.ours], ['the peer\'s', sides.theirs]] as const) {
      if (recomposed(document, holding(side)) !== side(document, situation)) unexplained.push({ title: `${who} answer is not what its own answers to the single tests come to`, document, situation });
    }
  }
  return { isWhole, named: [...named], unexplained };
}
