import { and, ask, compare, describeRequest, formulaOf, parsePolicy, policy as policyFormula, satisfies, type Difference, type Objective, type Policy, type Request, type Subject } from '../policy/index.ts';
import type { Clause } from '../core/inside.ts';
import { asList, statementsOf, type Document, type Statement } from '../core/policy-document.ts';
import { documentOfParts, type Claim, type Draft } from './template.ts';

/** Where a policy hangs, apart from the time. */
export type Place = Omit<Subject, 'now'>;
/** How the document is read: beside others, for one that says nothing by itself. */
type As = (document: Document) => Document;
const asIs: As = (document) => document;

const open: Statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
/** The document beside a statement that lets everybody do everything: what its Deny statements alone keep out. */
export const besideOpen: As = (document) => ({ ...document, Statement: [...statementsOf(document), open] });

/**
 * A long list of AWS-owned resources or of actions is past the work budget of the search. What a policy allows is what it allows with one
 * part of an Allow's list and what it allows with another, so each part is asked about alone; and so with what a Deny spares.
 */
const MOST_IN_LIST = 24;
function piecesOf(document: Document): readonly Document[] {
  const statements = statementsOf(document);
  for (const [element, effect] of [['Resource', 'Allow'], ['Action', 'Allow'], ['NotResource', 'Deny']] as const) {
    const index = statements.findIndex((one) => one['Effect'] === effect && asList(one[element]).length > MOST_IN_LIST);
    if (index < 0) continue;
    const list = asList(statements[index]![element]);
    return Array.from({ length: Math.ceil(list.length / MOST_IN_LIST) }, (_, part) => list.slice(part * MOST_IN_LIST, (part + 1) * MOST_IN_LIST))
      .flatMap((some) => piecesOf({ ...document, Statement: statements.map((one, i) => i === index ? { ...one, [element]: some } : one) }));
  }
  return [document];
}

/**
 * The definition with those of its AWS-owned resources only that the document names. It admits less, so what is inside by it is inside by
 * the whole; and a policy can let in nothing that it does not name.
 */
function perimeterFor(perimeter: Place['perimeter'], document: Document): Place['perimeter'] {
  if (perimeter.awsOwnedResources.length <= MOST_IN_LIST) return perimeter;
  const named = new Set(statementsOf(document).flatMap((one) => [...asList(one['Resource'] ?? []), ...asList(one['NotResource'] ?? [])]).map(String));
  return { ...perimeter, awsOwnedResources: [...named].filter((one) => isOwned(perimeter, one)) };
}
const isOwned = ({ awsOwnedResources }: Place['perimeter'], arn: string): boolean => awsOwnedResources.some((one) => {
  const [head = '', ...rest] = one.replaceAll('${region}', '\n').split('\n');
  if (rest.length === 0) return arn === one || arn === `${one}/*`;
  const tail = rest.at(-1)!;
  return arn.startsWith(head) && (arn.endsWith(tail) || arn.endsWith(`${tail}/*`));
});

/** Nobody outside gets through the policy. */
export const inside = (objective: Objective, place: Place, of: string, as: As = asIs): Claim => ({
  of: `${of}: no request from outside (${objective})`,
  fault: (document, now) => firstOf(piecesOf(document), (piece) => {
    const answer = ask({ ...place, perimeter: perimeterFor(place.perimeter, piece), policy: parsePolicy(as(piece)), now }, objective);
    return answer.answer === 'inside' ? undefined : `${answer.answer}: ${answer.because}`;
  }),
});

/** What the clauses allow together, the policy allows too. */
export const keeps = (place: Place, clauses: readonly Clause[], as: As = asIs): Claim => ({
  of: `${place.service ?? place.kind}: keeps ${clauses.map((one) => one.of).join(', for ')}`,
  fault: (document, now) => {
    const subject: Subject = { ...place, now };
    const lost = (of: Document): Difference => compare(subject, and(...clauses.map((one) => policyFormula(one.policy))), formulaOf({ ...subject, policy: parsePolicy(as(of)) })).removed;
    const removed = lost(document);
    if (removed.kind !== 'undecided') return faultIn('refused', removed);
    return firstOf(oneByOne(document), (one) => faultIn('refused', lost(withFewerExceptions(one, place.service))));
  },
});

/** Deny statements alone keep what each of them keeps. */
const oneByOne = (document: Document): readonly Document[] => {
  const statements = statementsOf(document);
  return statements.every((one) => one['Effect'] === 'Deny') ? statements.map((one) => ({ ...document, Statement: [one] })) : [document];
};

/**
 * With fewer resources spared a Deny refuses more, so what it keeps then, it keeps in full as well; and a shorter list is decided sooner.
 * Left are some of the service asked about.
 */
const withFewerExceptions = (document: Document, service = ''): Document => ({
  ...document, Statement: statementsOf(document).map((one) => {
    if (one['Effect'] !== 'Deny' || one['NotResource'] === undefined) return one;
    const spared = asList(one['NotResource']).map(String).filter((arn) => arn.split(':')[2] === service).slice(0, 2);
    const { NotResource: _, ...rest } = one;
    return spared.length > 0 ? { ...rest, NotResource: spared } : { ...rest, Resource: '*' };
  }),
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

function firstOf<T>(all: readonly T[], fault: (one: T) => string | undefined): string | undefined {
  for (const one of all) { const found = fault(one); if (found !== undefined) return found; }
  return undefined;
}

export interface Fault { readonly of: string; readonly because: string }

/** What of its claims a policy does not hold; none: it may be handed out. */
export function faultsOf(draft: Draft, now: number): readonly Fault[] {
  const document = documentOfParts(draft.parts);
  return draft.claims.flatMap(({ of, fault }) => {
    const because = fault(document, now);
    return because === undefined ? [] : [{ of, because }];
  });
}
