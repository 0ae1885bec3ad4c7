import { Condition, testOn } from '../conditions.ts';
import type { Formula } from '../formula.ts';
import { KeepingPolicy } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE, type Policy, type Statement } from '../parse.ts';
import { isOpen, isPattern, patternOf, type Pattern, type Template } from '../pattern.ts';
import { ANY } from './held.ts';
import { TRUE, type Node } from './logic.ts';
import type { Domain, Region, TextTest } from './region.ts';
import { findText } from './texts.ts';
import type { Work } from './work.ts';

/**
 * The formula without the texts of Resource elements that no request of the region is for, whatever their variables stand for, and without statements that are left with
 * none: seen once, where it would be walked for each of the variables' values.
 */
export function reachable(formula: Formula, region: Region, work: Work): Formula {
  const domain = region.resources?.();
  if (domain?.forms === undefined) return formula;
  const left = keptOut(region.also?.() ?? TRUE);
  const known = work.reachable(domain, left);
  const before = known.get(formula);
  if (before !== undefined) return before;
  const made = without(formula, { domain, left: left.map((test) => ({ test, want: false })), work });
  known.set(formula, made);
  return made;
}

/** What requests may be for: of the domain, and not of what is left out. */
interface Reach { readonly domain: Domain; readonly left: readonly TextTest[]; readonly work: Work }

/** Resources that a node leaves out, whatever else it asks. */
const keptOut = (node: Node): readonly Condition[] => node.kind === 'all' ? node.of.flatMap(keptOut) : node.kind === 'literal' && node.key === RESOURCE && !node.positive ? [node.test] : [];

/** The same formula where no text is left out. */
function without(formula: Formula, reach: Reach): Formula {
  switch (formula.kind) {
    case 'policy': { const policy = policyWithout(formula.policy, reach); return policy === formula.policy ? formula : { ...formula, policy }; }
    case 'not': { const of = without(formula.of, reach); return of === formula.of ? formula : { ...formula, of }; }
    default: { const of = formula.of.map((one) => without(one, reach)); return of.every((one, i) => one === formula.of[i]) ? formula : { ...formula, of }; }
  }
}

function policyWithout(policy: Policy, reach: Reach): Policy {
  const statements = policy.statements.flatMap((one): readonly Statement[] => {
    if (one.resources === undefined || one.variables.length === 0) return [one];
    const { test, negated } = one.resources;
    const given = test.given.filter((text) => (reach.left.length === 0 && isPattern(text)) || mayBe(text, reach));
    if (given.length === test.given.length) return [one];
    if (given.length === 0 && !negated) return [];
    return [withResources(one, given)];
  });
  return statements.length === policy.statements.length && statements.every((one, i) => one === policy.statements[i]) ? policy : new KeepingPolicy(policy, statements);
}

/** The statement with other texts in its Resource, or NotResource. */
export function withResources(statement: Statement, given: readonly (Pattern | Template)[]): Statement {
  const { test, negated } = statement.resources!;
  const made = new Condition(test.name, test, given, false);
  return { ...statement, resources: { negated, test: made }, variables: [...made.variables, ...statement.conditions.flatMap(({ variables }) => variables)] };
}

const opened = new WeakMap<Pattern | Template, Condition>();
/** A text with anything in place of its variables, as a test. */
export function openOf(text: Pattern | Template): Condition {
  const made = opened.get(text) ?? testOn(RESOURCE, patternsOperator, [isPattern(text) ? text : patternOf(...text.parts.map((part) => isOpen(part) ? ANY : part))]);
  opened.set(text, made);
  return made;
}

const mayBe = (text: Pattern | Template, { domain: { forms, tests = [], liked }, left, work }: Reach): boolean => findText([{ test: openOf(text), want: true }, ...tests, ...left], forms, liked ?? [], work) !== undefined;
