import { decide, type Setting } from './decide.ts';
import type { Policy, Statement } from './parse.ts';
import type { Request } from './request.ts';

/**
 * Policies put together. What one policy exposes, what a change adds and what several policies allow at once are
 * questions about one formula: does any request satisfy it? `findRequest` answers that, `satisfies` says it of one request.
 */
export type Formula =
  /** The requests that a policy allows by itself. */
  | { readonly kind: 'policy'; readonly policy: Policy; readonly setting: Setting }
  /** Those that satisfy all of some formulas, or at least one. */
  | { readonly kind: 'and' | 'or'; readonly of: readonly Formula[] }
  /** Those that do not satisfy a formula. */
  | { readonly kind: 'not'; readonly of: Formula };

/** Satisfied by what the policy allows, read as `setting` says; without it as the policy of a resource is. `formulaOf` knows each kind's setting. */
export const policy = (of: Policy, setting: Setting = {}): Formula => ({ kind: 'policy', policy: of, setting });
/** Satisfied by what satisfies all of the formulas; by every request where there is none. */
export const and = (...of: readonly Formula[]): Formula => ({ kind: 'and', of });
/** Satisfied by what satisfies one of the formulas at least; by no request where there is none. */
export const or = (...of: readonly Formula[]): Formula => ({ kind: 'or', of });
/** Satisfied by what does not satisfy the formula: of a policy by what it denies, and by what it does not allow. */
export const not = (of: Formula): Formula => ({ kind: 'not', of });

/** Whether one request satisfies a formula. */
export function satisfies(formula: Formula, request: Request): boolean {
  switch (formula.kind) {
    case 'policy': return decide(formula.policy, request, formula.setting).allowed;
    case 'and': return formula.of.every((one) => satisfies(one, request));
    case 'or': return formula.of.some((one) => satisfies(one, request));
    case 'not': return !satisfies(formula.of, request);
  }
}

/** Every policy of a formula, in order. */
export function policiesOf(formula: Formula): readonly Policy[] {
  return formula.kind === 'policy' ? [formula.policy] : formula.kind === 'not' ? policiesOf(formula.of) : formula.of.flatMap(policiesOf);
}

/** The same of other policies in place of its own. */
export function withPolicies(formula: Formula, change: (policy: Policy) => Policy): Formula {
  switch (formula.kind) {
    case 'policy': return { ...formula, policy: change(formula.policy) };
    case 'not': return not(withPolicies(formula.of, change));
    case 'and': case 'or': return { kind: formula.kind, of: formula.of.map((one) => withPolicies(one, change)) };
  }
}

/** Whether a request has to be refused by something to satisfy the formula. */
export const refuses = (formula: Formula): boolean => formula.kind === 'not' || (formula.kind !== 'policy' && formula.of.some(refuses));

/** The policies each of which must allow a request that satisfies the formula. */
export function mustAllow(formula: Formula): readonly { readonly policy: Policy; readonly setting: Setting }[] {
  return formula.kind === 'policy' ? [formula] : formula.kind === 'and' ? formula.of.flatMap(mustAllow) : [];
}

/** The statement that admits the request where the formula asks for a policy to allow it; the first such, and first of all one that somebody wrote. */
export function admittedBy(formula: Formula, request: Request): Statement | undefined {
  if (formula.kind === 'policy') return decide(formula.policy, request, formula.setting).by;
  let unwritten: Statement | undefined;
  if (formula.kind !== 'not') for (const one of formula.of) {
    const by = satisfies(one, request) ? admittedBy(one, request) : undefined;
    if (by !== undefined && by.at !== '') return by;
    unwritten ??= by;
  }
  return unwritten;
}
