import { Condition, testOn } from '../conditions.ts';
import type { Formula } from '../formula.ts';
import { KeepingPolicy } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE, type Policy, type Statement } from '../parse.ts';
import { isOpen, isPattern, patternOf, type Pattern, type Template } from '../pattern.ts';
import { ANY } from './held.ts';
import type { Domain, Region } from './region.ts';
import { findText } from './texts.ts';
import type { Work } from './work.ts';

/**
 * The formula without the texts of Resource elements that no resource of the region is, whatever their variables stand for: seen
 * once, where it would be walked for each of their values.
 */
export function reachable(formula: Formula, region: Region, work: Work): Formula {
  const domain = region.resources?.();
  if (domain?.forms === undefined) return formula;
  const known = work.reachable(domain);
  const before = known.get(formula);
  if (before !== undefined) return before;
  const made = without(formula, (template) => !mayBe(template, domain, work));
  known.set(formula, made);
  return made;
}

/** The same formula where no text is left out. */
function without(formula: Formula, isLeftOut: (template: Template) => boolean): Formula {
  switch (formula.kind) {
    case 'policy': { const policy = policyWithout(formula.policy, isLeftOut); return policy === formula.policy ? formula : { ...formula, policy }; }
    case 'not': { const of = without(formula.of, isLeftOut); return of === formula.of ? formula : { ...formula, of }; }
    default: { const of = formula.of.map((one) => without(one, isLeftOut)); return of.every((one, i) => one === formula.of[i]) ? formula : { ...formula, of }; }
  }
}

function policyWithout(policy: Policy, isLeftOut: (template: Template) => boolean): Policy {
  const statements = policy.statements.map((one): Statement => {
    const test = one.resources?.test;
    if (test === undefined || test.variables.length === 0) return one;
    const given = test.given.filter((text) => isPattern(text) || !isLeftOut(text));
    if (given.length === test.given.length) return one;
    return withResources(one, given);
  });
  return statements.every((one, i) => one === policy.statements[i]) ? policy : new KeepingPolicy(policy, statements);
}

/** The statement with other texts in its Resource, or NotResource. */
export function withResources(statement: Statement, given: readonly (Pattern | Template)[]): Statement {
  const { test, negated } = statement.resources!;
  const made = new Condition(test.name, test, given, false);
  return { ...statement, resources: { negated, test: made }, variables: [...made.variables, ...statement.conditions.flatMap(({ variables }) => variables)] };
}

const opened = new WeakMap<Template, Condition>();
/** A text with anything in place of its variables, as a test. */
export function openOf(template: Template): Condition {
  const made = opened.get(template) ?? testOn(RESOURCE, patternsOperator, [patternOf(...template.parts.map((part) => isOpen(part) ? ANY : part))]);
  opened.set(template, made);
  return made;
}

const mayBe = (template: Template, { forms, tests = [], liked }: Domain, work: Work): boolean => findText([{ test: openOf(template), want: true }, ...tests], forms, liked ?? [], work) !== undefined;
