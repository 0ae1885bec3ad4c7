import { and, ask, compare, describeRequest, formulaOf, parsePolicy, policy as policyFormula, satisfies, type Difference, type Objective, type Policy, type Request, type Subject } from '../policy/index.ts';
import type { Clause } from '../core/inside.ts';
import { statementsOf, type Document, type Statement } from '../core/policy-document.ts';
import { documentOfParts, type Claim, type Draft } from './template.ts';

/** Where a policy hangs, apart from the time. */
export type Place = Omit<Subject, 'now'>;
/** How the document is read: beside others, for one that says nothing by itself. */
type As = (document: Document) => Document;
const asIs: As = (document) => document;

const open: Statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
/** The document beside a statement that lets everybody do everything: what its Deny statements alone keep out. */
export const besideOpen: As = (document) => ({ ...document, Statement: [...statementsOf(document), open] });

/** Nobody outside gets through the policy. */
export const inside = (objective: Objective, place: Place, of: string, as: As = asIs): Claim => ({
  of: `${of}: no request from outside (${objective})`,
  fault: (document, now) => {
    const answer = ask({ ...place, policy: parsePolicy(as(document)), now }, objective);
    return answer.answer === 'inside' ? undefined : `${answer.answer}: ${answer.because}`;
  },
});

/** What the clauses allow together, the policy allows too. */
export const keeps = (place: Place, clauses: readonly Clause[], as: As = asIs): Claim => ({
  of: `${place.service ?? place.kind}: keeps ${clauses.map((one) => one.of).join(', for ')}`,
  fault: (document, now) => {
    const subject: Subject = { ...place, now };
    return faultIn('refused', compare(subject, and(...clauses.map((one) => policyFormula(one.policy))), formulaOf({ ...subject, policy: parsePolicy(as(document)) })).removed);
  },
});

/** The policy allows nothing of what the clause allows. */
export const refuses = (place: Place, clause: Clause): Claim => ({
  of: `${place.service ?? place.kind}: refuses ${clause.of}`,
  fault: (document, now) => {
    const subject: Subject = { ...place, now };
    const { removed } = compare(subject, and(formulaOf({ ...subject, policy: parsePolicy(document) }), policyFormula(clause.policy)), policyFormula(nothing));
    return faultIn('allowed', removed);
  },
});
const nothing: Policy = parsePolicy({ Version: '2012-10-17', Statement: [] });

const faultIn = (word: string, difference: Difference): string | undefined => {
  switch (difference.kind) {
    case 'nothing': return undefined;
    case 'undecided': return `undecided: ${difference.because}`;
    case 'request': return `${word}: ${describeRequest(difference.request)}, with ${JSON.stringify(difference.request.context)}`;
  }
};

/** What the policy says of one request, for what the engine's world does not hold. */
export const decides = (place: Place, of: string, request: Request, allowed: boolean): Claim => ({
  of: `${place.service ?? place.kind}: ${allowed ? 'allows' : 'refuses'} ${of}`,
  fault: (document, now) => satisfies(formulaOf({ ...place, now, policy: parsePolicy(document) }), request) === allowed ? undefined : `${allowed ? 'refused' : 'allowed'}: ${describeRequest(request)}`,
});

export interface Fault { readonly of: string; readonly because: string }

/** What of its claims a policy does not hold; none: it may be handed out. */
export function faultsOf(draft: Draft, now: number): readonly Fault[] {
  const document = documentOfParts(draft.parts);
  return draft.claims.flatMap(({ of, fault }) => {
    const because = fault(document, now);
    return because === undefined ? [] : [{ of, because }];
  });
}
