import { testOn } from './conditions.ts';
import { deniedBy } from './denied.ts';
import type { Setting } from './decide.ts';
import { and, not, policy, type Formula } from './formula.ts';
import { KeepingPolicy } from './kept.ts';
import { actionsOperator } from './operators.ts';
import { ACTION, type Element, type Statement } from './parse.ts';
import { isPattern, plainGlob, type Pattern, type Template } from './pattern.ts';
import { asOne, ofCondition, ofText, wordsOf, type Words } from './same-words.ts';
import { openOf, withResources } from './search/reachable.ts';

/**
 * What the one allows and the other does not, without what is seen to be allowed by both, in formulas of which some holds where that does: a Deny of both stops nobody
 * whom the one allows, and where the other has no Deny of its own, it allows all that an Allow admits which one of its own is as wide as.
 */
export function butShared(allowed: Formula, refused: Formula): readonly Formula[] {
  const [first, ...besides] = allowed.kind === 'and' ? allowed.of : [allowed];
  if (first?.kind !== 'policy' || refused.kind !== 'policy' || !readAlike(first.setting, refused.setting)) return [and(allowed, not(refused))];
  const ownDenies = first.policy.statements.filter(isDeny);
  const denied = new Set(ownDenies.map(asOne));
  const isDenied = deniedBy(ownDenies);
  const others = refused.policy.statements.filter((one) => !isDeny(one) || !(denied.has(asOne(one)) || isDenied(one)));
  const denies = others.filter(isDeny);
  const admitting = denies.length > 0 ? [] : others.map(wordsOf);
  const own = first.policy.statements.flatMap((one) => isDeny(one) || admitting.length === 0 ? [one] : butAdmitted(one, admitting));
  const made = (some: readonly Statement[], those: readonly Statement[]): Formula => {
    const one = and(policy(new KeepingPolicy(first.policy, some), first.setting), not(policy(new KeepingPolicy(refused.policy, those), refused.setting)));
    return besides.length === 0 ? one : and(one, ...besides);
  };
  if (![own, others].every((some) => some.some(({ variables }) => variables.length > 0))) return [made(own, others)];
  // Where both hold variables, each Allow is asked for itself: what it admits an Allow that is as wide admits by the rest of its conditions, in which they seldom stand.
  const words = others.filter((one) => !isDeny(one)).map(wordsOf);
  return own.filter((one) => !isDeny(one)).map(wordsOf).map((one) => made([one.of, ...own.filter(isDeny)], [...words.map((other) => whereAdmitted(one, other)), ...denies]));
}

/** An Allow as it is for what another admits: without the elements by which it is as wide, and the conditions of both. */
function whereAdmitted(own: Words, other: Words): Statement {
  if (!isAsWide(own, other) || (own.resources !== other.resources && (own.of.resources === undefined || textsLeft(own.of, [other]).length > 0))) return other.of;
  const conditions = other.of.conditions.filter((each) => !own.conditions.includes(ofCondition(each)));
  return { ...other.of, principals: undefined, actions: anything, resources: undefined, conditions, variables: conditions.flatMap(({ variables }) => variables) };
}
const anything: Element = { negated: false, test: testOn(ACTION, actionsOperator, [plainGlob('*')]) };

/** Whether both are read in the same setting, without which the same words say something else. */
const readAlike = (a: Setting, b: Setting): boolean => (a.gateway === true) === (b.gateway === true) && (a.attached === true) === (b.attached === true);

const isDeny = ({ effect }: Statement): boolean => effect === 'Deny';

/** What is left of an Allow without the texts of its Resource that another names for the same callers and actions, under no more conditions. */
function butAdmitted(one: Statement, others: readonly Words[]): readonly Statement[] {
  const { resources } = one;
  const own = wordsOf(one);
  const conditions = new Set(own.conditions);
  const wider = others.filter((other) => isAsWide(own, other) && other.conditions.every((each) => conditions.has(each)));
  if (wider.some((other) => other.resources === own.resources)) return [];
  const given = textsLeft(one, wider);
  return resources === undefined || given.length === resources.test.given.length ? [one] : given.length === 0 ? [] : [withResources(one, given)];
}

/** Whether an Allow names the same callers, and all actions that another does. */
const isAsWide = (own: Words, other: Words): boolean => other.principals === own.principals && (other.actions === own.actions || areAmong(own.of.actions, other.of.actions));

/** The texts of an Allow's Resource, or NotResource, but those of a Resource that others are seen to take in. */
function textsLeft({ resources }: Statement, wider: readonly Words[]): readonly (Pattern | Template)[] {
  if (resources === undefined) return [];
  const texts = resources.negated ? [] : wider.flatMap(({ of }) => of.resources === undefined || of.resources.negated ? [] : of.resources.test.given);
  const named = new Set(texts.map(ofText));
  const wide = texts.filter(isPattern);
  return resources.test.given.filter((text) => !named.has(ofText(text)) && !wide.some((each) => each.covers(isPattern(text) ? text : openOf(text).patterns[0]!, false)));
}

/** Whether each action of the one is seen to be one of the other's. */
const areAmong = (actions: Element, others: Element): boolean =>
  !actions.negated && !others.negated && actions.test.patterns.every((one) => others.test.patterns.some((other) => other.covers(one, true)));
