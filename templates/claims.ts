import { and, ask, compare, describeRequest, formulaOf, parsePolicy, policy as policyFormula, satisfies, type Answer, type Difference, type Objective, type Policy, type Request, type Subject } from '../policy/index.ts';
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
function piecesOf(document: Document, most: number): readonly Document[] {
  const statements = statementsOf(document);
  for (const [element, effect] of [['Resource', 'Allow'], ['Action', 'Allow'], ['NotResource', 'Deny']] as const) {
    const index = statements.findIndex((one) => one['Effect'] === effect && asList(one[element]).length > most);
    if (index < 0) continue;
    const list = asList(statements[index]![element]);
    return chunks(list, most).flatMap((some) => piecesOf({ ...document, Statement: statements.map((one, i) => i === index ? { ...one, [element]: some } : one) }, most));
  }
  return [document];
}
const chunks = <T>(list: readonly T[], most: number): readonly (readonly T[])[] => Array.from({ length: Math.ceil(list.length / most) }, (_, part) => list.slice(part * most, (part + 1) * most));

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
  fault: (document, now) => openIn(document, MOST_IN_LIST, (piece) => ask({ ...place, perimeter: perimeterFor(place.perimeter, piece), policy: parsePolicy(as(piece)), now }, objective)),
});

/** Asks about ever smaller pieces, as long as one is past the budget. */
const openIn = (document: Document, most: number, asked: (piece: Document) => Answer): string | undefined => firstOf(piecesOf(document, most), (piece) => {
  const answer = asked(piece);
  if (answer.answer === 'inside') return undefined;
  return answer.answer === 'undecided' && most >= 6 ? openIn(piece, most / 2, asked) : `${answer.answer}: ${answer.because}`;
});

/** What the clauses allow together, the policy allows too. */
export const keeps = (place: Place, clauses: readonly Clause[], as: As = asIs): Claim => ({
  of: `${place.service ?? place.kind}: keeps ${clauses.map((one) => one.of).join(', for ')}`,
  fault: (document, now) => {
    const subject: Subject = { ...place, now };
    const lost = (of: Document, policies: readonly Policy[]): Difference => compare(subject, and(...policies.map((one) => policyFormula(one))), formulaOf({ ...subject, policy: parsePolicy(as(of)) })).removed;
    const removed = lost(document, clauses.map((one) => one.policy));
    if (removed.kind !== 'undecided') return faultIn('refused', removed);
    return firstOf(inParts(clauses), ({ policies, named }) => firstOf(oneByOne(document), (one) => faultIn('refused', lost(withFew(one, named, place.service), policies))));
  },
});

/** What clauses keep of some resources at a time they keep of all; and without the others that name many, they ask for more than with them. */
function inParts(clauses: readonly Clause[]): readonly { readonly policies: readonly Policy[]; readonly named: readonly string[] }[] {
  const isLong = ({ resources = [] }: Clause): boolean => resources.length > MOST_NAMED;
  const long = clauses.find(isLong);
  if (long === undefined) return [{ policies: clauses.map((one) => one.policy), named: [] }];
  const short = clauses.filter((one) => !isLong(one)).map((one) => one.policy);
  return chunks(long.resources!, MOST_NAMED).map((named) => ({ policies: [long.about!(named), ...short], named }));
}
const MOST_NAMED = 8;

/** Deny statements alone keep what each of them keeps. */
const oneByOne = (document: Document): readonly Document[] => {
  const statements = statementsOf(document);
  return statements.every((one) => one['Effect'] === 'Deny') ? statements.map((one) => ({ ...document, Statement: [one] })) : [document];
};

/**
 * With fewer resources spared a Deny refuses more, and with fewer resources an Allow allows less; so what the document keeps then, it keeps in
 * full as well, and shorter lists are decided sooner. Left are those named or, where a Deny spares none of them, some of the service asked about.
 */
const withFew = (document: Document, named: readonly string[], service = ''): Document => ({
  ...document, Statement: statementsOf(document).flatMap((one) => {
    const { NotResource: spared, Resource: allowed, ...rest } = one;
    if (one['Effect'] === 'Deny') {
      if (spared === undefined) return [one];
      const list = asList(spared).map(String);
      const some = list.filter((arn) => named.includes(arn));
      const few = some.length > 0 ? some : list.filter((arn) => arn.split(':')[2] === service).slice(0, 2);
      return [few.length > 0 ? { ...rest, NotResource: few } : { ...rest, Resource: '*' }];
    }
    const list = asList(allowed ?? []).map(String);
    if (named.length === 0 || list.length <= MOST_NAMED) return [one];
    const few = list.filter((arn) => named.includes(arn));
    return few.length > 0 ? [{ ...rest, Resource: few }] : [];
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
