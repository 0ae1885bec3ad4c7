import { certify, isHarmless, type Certificate } from '../../core/certificate.ts';
import type { Clause } from '../../core/inside.ts';
import { placeOf, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import type { Outside } from '../../core/pins.ts';
import { ask, describeAnswer, parsePolicy, type Objective, type Question } from '../../policy/index.ts';

/** A document in place of another, with the statements of the old one that it takes apart or changes. */
export interface Candidate { readonly text: string; readonly document: Document }

/** Where a policy is open, and what the search of a narrower one may look at. */
export interface Opening {
  readonly question: Question;
  readonly document: Document;
  readonly outside: Outside;
  readonly index: number;
  readonly statement: Statement;
  /** What a document in place of this one would cost. */
  readonly cost: (document: Document) => Certificate;
  /** Whether nobody gets through any longer what stands in the place of the open statement. */
  readonly closes: (document: Document) => boolean;
}

export interface Goal {
  readonly objective: Objective;
  /** Kinds of requests that a change must keep. */
  readonly inside: readonly Clause[];
  /** Changes worth trying, the smallest first. */
  readonly candidates: (opening: Opening) => Iterable<Candidate>;
}

export type Narrowed =
  | { readonly kind: 'closed'; readonly document: Document; readonly steps: readonly string[]; /** Outsiders whom the policy lets in on purpose. */ readonly named: readonly string[] }
  | { readonly kind: 'stuck'; readonly because: string };

const MOST_STEPS = 20;

/** Narrows a policy, statement by statement, until nobody outside gets through; each step is the first that costs the inside least. */
export function narrow(question: Question, document: Document, goal: Goal): Narrowed {
  const steps: string[] = [];
  const named: string[] = [];
  let [asked, current] = [question, document];
  for (;;) {
    const answer = ask(asked, goal.objective);
    if (answer.answer === 'inside') return { kind: 'closed', document: current, steps, named };
    if (answer.answer === 'undecided') return { kind: 'stuck', because: `it is undecided whether anyone outside gets through: ${answer.because}` };
    const index = statementsOf(current).findIndex((_, i) => placeOf(current, i) === answer.at);
    const statement = statementsOf(current)[index];
    if (steps.length === MOST_STEPS || statement === undefined) return { kind: 'stuck', because: `${MOST_STEPS} changes do not close the policy` };
    // Whoever writes `*` means everybody; a name is there because somebody wanted it.
    if (answer.reach !== 'any-account' && answer.reach !== 'anonymous') named.push(describeAnswer(answer));
    const chosen = cheapest(asked, current, goal, { outside: answer, index, statement });
    if (chosen === undefined) return { kind: 'stuck', because: `no change closes the policy: ${describeAnswer(answer)}` };
    steps.push(chosen.text);
    current = chosen.document;
    asked = { ...asked, policy: parsePolicy(current) };
  }
}

function cheapest(question: Question, document: Document, goal: Goal, opening: Pick<Opening, 'outside' | 'index' | 'statement'>): Candidate | undefined {
  const cost = (made: Document): Certificate => certify(question, [{ policy: parsePolicy(made), inside: goal.inside }]);
  const closes = (made: Document): boolean => isClosed(question, goal.objective, document, made, opening.outside);
  let best: { readonly candidate: Candidate; readonly lost: number } | undefined;
  for (const candidate of goal.candidates({ ...opening, question, document, cost, closes })) {
    if (!closes(candidate.document)) continue;
    const certificate = cost(candidate.document);
    if (isHarmless(certificate)) return candidate;
    if (certificate.granted.length === 0 && (best === undefined || certificate.lost.length < best.lost)) best = { candidate, lost: certificate.lost.length };
  }
  return best?.candidate;
}

function isClosed(question: Question, objective: Objective, before: Document, after: Document, { at }: Outside): boolean {
  const answer = ask({ ...question, policy: parsePolicy(after) }, objective);
  if (answer.answer !== 'outside') return answer.answer === 'inside';
  const [old, made] = [statementsOf(before), statementsOf(after)];
  const open = made[made.findIndex((_, i) => placeOf(after, i) === answer.at)];
  // Statements that a change leaves alone are the same objects in both documents.
  return open !== undefined && old.includes(open) && placeOf(before, old.indexOf(open)) !== at;
}
