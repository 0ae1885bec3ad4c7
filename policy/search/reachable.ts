import { Condition, testOn } from '../conditions.ts';
import type { Setting } from '../decide.ts';
import { mustAllow, type Formula } from '../formula.ts';
import { KeepingPolicy } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE, type Element, type Policy, type Statement } from '../parse.ts';
import { isOpen, isPattern, patternOf, type Pattern, type Template } from '../pattern.ts';
import { compileCondition, compilePrincipal, valuesIn } from './compile.ts';
import { ANY, fillingOf, isFreeIn } from './held.ts';
import { solveKey } from './keys.ts';
import type { Search } from './kinds.ts';
import { FALSE, TRUE, type Node } from './logic.ts';
import type { Domain, Region, TextTest } from './region.ts';
import { findText } from './texts.ts';
import type { Work } from './work.ts';

/**
 * The formula without statements that hold of no request of the region, and without the texts of Resource elements that no request of it which satisfies the formula is for,
 * whatever their variables stand for: seen once, where it would be walked for each of the variables' values.
 */
export function reachable(formula: Formula, region: Region, work: Work): Formula {
  const { actions } = region;
  work.spend(fillingOf(formula));
  const idle = outcomes(formula, (one, setting) => isIdle(one, setting, region));
  const resources = region.resources?.();
  const domain = resources?.forms === undefined ? undefined : resources;
  const left = domain === undefined ? [] : keptOut(region.also?.() ?? TRUE);
  const denials = domain === undefined ? [] : mustAllow(formula).flatMap(({ policy, setting }) => policy.statements.filter((one) => isOfAll(one, setting, region, work)));
  const known = work.reachable(domain ?? actions, actions, [idle, ...left.map((one) => one.id), ...denials.map((one) => one.resources!.test.id)].join());
  const before = known.get(formula);
  if (before !== undefined) return before;
  const made = without(formula, { region, domain, left, denials, work }, true);
  known.set(formula, made);
  return made;
}

/** What requests may be for: of the domain, not of what is left out, nor of what denials refuse that hold of every request of the region for their resources. */
interface Reach { readonly region: Region; readonly domain: Domain | undefined; readonly left: readonly Condition[]; readonly denials: readonly Statement[]; readonly work: Work }

/** What is so of the statements of a formula's policies, as they are read there, one after the other. */
const outcomes = (formula: Formula, of: (one: Statement, setting: Setting) => boolean): string =>
  formula.kind === 'policy' ? formula.policy.statements.map((one) => Number(of(one, formula.setting))).join('') : formula.kind === 'not' ? outcomes(formula.of, of) : formula.of.map((one) => outcomes(one, of)).join('');

/** Whether a statement with variables speaks of no request of the region, whatever those stand for that are open. */
const isIdle = (one: Statement, setting: Setting, region: Region): boolean => one.variables.length > 0 && (compilePrincipal(one, setting, region) === FALSE
  || one.conditions.some((condition) => outcomeOf(condition, region) === FALSE));

/** What a condition asks of the region's requests; `undefined`: a variable is open. */
const outcomeOf = (condition: Condition, region: Region): Node | undefined => condition.variables.some(isFreeIn(region)) ? undefined : compileCondition(condition.filled(valuesIn(region)), region);

/** Resources that a node leaves out, whatever else it asks. */
const keptOut = (node: Node): readonly Condition[] => node.kind === 'all' ? node.of.flatMap(keptOut) : node.kind === 'literal' && node.key === RESOURCE && !node.positive ? [node.test] : [];

/** Whether a statement denies to every request of the region the resources of its texts without variables: each of its conditions, by itself, holds of all. */
function isOfAll(one: Statement, setting: Setting, region: Region, work: Work): boolean {
  if (one.effect === 'Allow' || one.resources === undefined || (one.resources.negated && one.resources.test.variables.length > 0) || compilePrincipal(one, setting, region) !== TRUE) return false;
  const search: Search = { work, now: region.now, gap: undefined };
  return one.conditions.every((condition) => {
    const node = outcomeOf(condition, region);
    return node === TRUE || (node?.kind === 'literal' && solveKey(node.key, region.domain(node.key), [{ ...node, positive: !node.positive }], search) === undefined && search.gap === undefined);
  });
}

/** The same formula where no text is left out. `isRequired`: what satisfies it satisfies the whole. */
function without(formula: Formula, reach: Reach, isRequired: boolean): Formula {
  switch (formula.kind) {
    case 'policy': { const policy = policyWithout(formula.policy, formula.setting, reach, isRequired); return policy === formula.policy ? formula : { ...formula, policy }; }
    case 'not': { const of = without(formula.of, reach, false); return of === formula.of ? formula : { ...formula, of }; }
    default: { const of = formula.of.map((one) => without(one, reach, isRequired && formula.kind === 'and')); return of.every((one, i) => one === formula.of[i]) ? formula : { ...formula, of }; }
  }
}

function policyWithout(policy: Policy, setting: Setting, reach: Reach, isRequired: boolean): Policy {
  const { domain, region } = reach;
  const statements = policy.statements.flatMap((one): readonly Statement[] => {
    if (isIdle(one, setting, region)) return [];
    if (domain === undefined || one.resources === undefined || one.variables.length === 0) return [one];
    const { test, negated } = one.resources;
    const denials = isRequired && one.effect === 'Allow' ? reach.denials.filter(({ actions }) => covers(actions, one.actions, reach)) : [];
    const left: TextTest[] = [...reach.left.map((each) => ({ test: each, want: false })), ...denials.map(({ resources }) => ({ test: resources!.test, want: resources!.negated }))];
    const given = test.given.filter((text) => (left.length === 0 && isPattern(text)) || mayBe(text, left, domain, reach.work));
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

const mayBe = (text: Pattern | Template, left: readonly TextTest[], { forms, tests = [], liked }: Domain, work: Work): boolean => findText([{ test: openOf(text), want: true }, ...tests, ...left], forms, liked ?? [], work) !== undefined;
