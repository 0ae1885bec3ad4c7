import type { Formula } from '../formula.ts';
import { KeepingPolicy } from '../kept.ts';
import type { Policy, Statement } from '../parse.ts';
import { isOpen, isPattern, STAR, type Pattern, type Template } from '../pattern.ts';
import { variablesOf } from './held.ts';
import { openOf, withResources } from './reachable.ts';

type IsFree = (key: string) => boolean;
const known = new WeakMap<Formula, Map<string, Formula>>();

/**
 * A formula that holds of all requests of which another holds, and of more, in which none of the variables stands that are open: where it cannot be satisfied,
 * no value of theirs need be tried.
 */
export function relaxed(formula: Formula, isFree: IsFree): Formula {
  const free = [...new Set(variablesOf(formula))].filter(isFree).join();
  let of = known.get(formula);
  if (of === undefined) known.set(formula, of = new Map());
  let made = of.get(free);
  if (made === undefined) of.set(free, made = leaning(formula, isFree, true));
  return made;
}

/** The formula that holds of more requests, or of fewer. */
function leaning(formula: Formula, isFree: IsFree, ofMore: boolean): Formula {
  switch (formula.kind) {
    case 'policy': return { ...formula, policy: policyLeaning(formula.policy, isFree, ofMore) };
    case 'not': return { ...formula, of: leaning(formula.of, isFree, !ofMore) };
    default: return { ...formula, of: formula.of.map((one) => leaning(one, isFree, ofMore)) };
  }
}

const policyLeaning = (policy: Policy, isFree: IsFree, ofMore: boolean): Policy => new KeepingPolicy(policy, policy.statements.flatMap((one) => {
  const made = one.variables.some(isFree) ? statementLeaning(one, isFree, (one.effect === 'Allow') === ofMore) : one;
  return made === undefined ? [] : [made];
}));

/** A statement that speaks of more requests, or of fewer; `undefined`: of none. */
function statementLeaning(one: Statement, isFree: IsFree, ofMore: boolean): Statement | undefined {
  const conditions = one.conditions.filter(({ variables }) => !variables.some(isFree));
  if (!ofMore && conditions.length < one.conditions.length) return undefined;
  const bare = { ...one, conditions };
  if (one.resources === undefined) return { ...bare, variables: conditions.flatMap(({ variables }) => variables) };
  const { test, negated } = one.resources;
  const opens = ofMore !== negated;
  const given = test.given.flatMap((text) => isPattern(text) || !text.variables.some(isFree) ? [text] : opens ? [openIn(text, isFree)] : []);
  return given.length === 0 && !negated ? undefined : withResources(bare, given);
}

/** A text with anything in place of the variables that are open. */
function openIn(text: Template, isFree: IsFree): Pattern | Template {
  const parts = text.parts.map((part): Template['parts'][number] => isOpen(part) && isFree(part.variable) ? STAR : part);
  const variables = text.variables.filter((key) => !isFree(key));
  return variables.length === 0 ? openOf(text).patterns[0]! : { ...text, parts, variables };
}
