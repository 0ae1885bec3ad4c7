import type { Clause } from '../../core/inside.ts';
import type { Document } from '../../core/policy-document.ts';
import { and, compare, formulaOf, not, or, policy, type Formula, type Objective, type Question } from '../../policy/index.ts';
import { insideOf, isAny } from './cost.ts';
import { parsed } from './parsed.ts';

/**
 * Kinds of requests of mine that a document lets through in the place of another; `undefined`: some are of nobody of mine, or nobody can tell whose.
 * `slip`: the document with what is mistyped in it put right, and nothing else: what that lets through was meant to be.
 */
export function addedBy(question: Question, objective: Objective, before: Document, after: Document, slip: Document = before): readonly string[] | undefined {
  if (slip === after) return [];
  const formula = (document: Document): Formula => formulaOf({ ...question, policy: parsed(document) });
  const [given, made] = [slip === before ? formula(before) : or(formula(before), formula(slip)), formula(after)];
  const isWithin = (wider: Formula): boolean => compare(question, wider, made).added.kind === 'nothing';
  if (isWithin(given)) return [];
  // Whose resources they are for tells nothing of who calls.
  const callers = insideOf(question, 'principals');
  if (!isWithin(or(given, ...callers.map((one) => policy(one.policy))))) return undefined;
  const kinds = (of: readonly Clause[]): string[] => of.filter((one) => isAny(question, and(policy(one.policy), made, not(given)))).map((one) => one.of);
  return [...new Set([insideOf(question, objective), callers].map(kinds).find((some) => some.length > 0))];
}

/** What is let through, as a change's text goes on. */
export const lettingThrough = (added: readonly string[]): string => added.length === 0 ? '' : `; that lets through what is refused now: ${added.join(', ')}`;
