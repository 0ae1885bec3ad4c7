import { Condition, testOn } from '../conditions.ts';
import type { Setting } from '../decide.ts';
import { mustAllow, type Formula } from '../formula.ts';
import { KeepingPolicy } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE, type Element, type Policy, type Statement } from '../parse.ts';
import { isOpen, isPattern, patternOf, type Pattern, type Template } from '../pattern.ts';
import { compileCondition, compilePrincipal, valuesIn } from './compile.ts';
import { ANY, isFreeIn } from './held.ts';
import { solveKey } from './keys.ts';
import type { Search } from './kinds.ts';
import { TRUE, type Node } from './logic.ts';
import type { Domain, Region, TextTest } from './region.ts';
import { findText } from './texts.ts';
import type { Work } from './work.ts';

/**
 * The formula without the texts of Resource elements that no request of the region which satisfies it is for, whatever their variables stand for, and without
 * statements that are left with none: seen once, where it would be walked for each of the variables' values.
 */
export function reachable(formula: Formula, region: Region, work: Work): Formula {
  const domain = region.resources?.();
  if (domain?.forms === undefined) return formula;
  const left = keptOut(region.also?.() ?? TRUE);
  const denials = mustAllow(formula).flatMap(({ policy, setting }) => policy.statements.filter((one) => isOfAll(one, setting, region, work)));
  const known = work.reachable(domain, region.actions, [...left, ...denials.map((one) => one.resources!.test)]);
  const before = known.get(formula);
  if (before !== undefined) return before;
  const made = without(formula, { region, domain, left, denials, work }, true);
  known.set(formula, made);
  return made;
}

/** What requests may be for: of the domain, not of what is left out, nor of what denials refuse that hold of every request of the region for their resources. */
interface Reach { readonly region: Region; readonly domain: Domain; readonly left: readonly Condition[]; readonly denials: readonly Statement[]; readonly work: Work }

/** Resources that a node leaves out, whatever else it asks. */
const keptOut = (node: Node): readonly Condition[] => node.kind === 'all' ? node.of.flatMap(keptOut) : node.kind === 'literal' && node.key === RESOURCE && !node.positive ? [node.test] : [];

/** Whether a statement denies to every request of the region the resources of its texts without variables: each of its conditions, by itself, holds of all. */
function isOfAll(one: Statement, setting: Setting, region: Region, work: Work): boolean {
  if (one.effect === 'Allow' || one.resources === undefined || (one.resources.negated && one.resources.test.variables.length > 0) || compilePrincipal(one, setting, region) !== TRUE) return false;
  const search: Search = { work, now: region.now, gap: undefined };
  return one.conditions.every((condition) => {
    if (condition.variables.some(isFreeIn(region))) return false;
    const node = compileCondition(condition.filled(valuesIn(region)), region);
    return node === TRUE || (node.kind === 'literal' && solveKey(node.key, region.domain(node.key), [{ ...node, positive: !node.positive }], search) === undefined && search.gap === undefined);
  });
}

/** The same formula where no text is left out. `isRequired`: what satisfies it satisfies the whole. */
function without(formula: Formula, reach: Reach, isRequired: boolean): Formula {
  switch (formula.kind) {
    case 'policy': { const policy = policyWithout(formula.policy, reach, isRequired); return policy === formula.policy ? formula : { ...formula, policy }; }
    case 'not': { const of = without(formula.of, reach, false); return of === formula.of ? formula : { ...formula, of }; }
    default: { const of = formula.of.map((one) => without(one, reach, isRequired && formula.kind === 'and')); return of.every((one, i) => one === formula.of[i]) ? formula : { ...formula, of }; }
  }
}

function policyWithout(policy: Policy, reach: Reach, isRequired: boolean): Policy {
  const statements = policy.statements.flatMap((one): readonly Statement[] => {
    if (one.resources === undefined || one.variables.length === 0) return [one];
    const { test, negated } = one.resources;
    const denials = isRequired && one.effect === 'Allow' ? reach.denials.filter(({ actions }) => covers(actions, one.actions, reach)) : [];
    const left: TextTest[] = [...reach.left.map((each) => ({ test: each, want: false })), ...denials.map(({ resources }) => ({ test: resources!.test, want: resources!.negated }))];
    const given = test.given.filter((text) => (left.length === 0 && isPattern(text)) || mayBe(text, left, reach));
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

/** Whether every action of the region that one element takes in another does. */
const covers = (wide: Element, narrow: Element, { region: { actions: { forms, tests = [], liked = [] } }, work }: Reach): boolean =>
  findText([{ test: narrow.test, want: !narrow.negated }, { test: wide.test, want: wide.negated }, ...tests], forms, liked, work) === undefined;

const opened = new WeakMap<Pattern | Template, Condition>();
/** A text with anything in place of its variables, as a test. */
export function openOf(text: Pattern | Template): Condition {
  const made = opened.get(text) ?? testOn(RESOURCE, patternsOperator, [isPattern(text) ? text : patternOf(...text.parts.map((part) => isOpen(part) ? ANY : part))]);
  opened.set(text, made);
  return made;
}

const mayBe = (text: Pattern | Template, left: readonly TextTest[], { domain: { forms, tests = [], liked }, work }: Reach): boolean => findText([{ test: openOf(text), want: true }, ...tests, ...left], forms, liked ?? [], work) !== undefined;
