import type { Condition } from './conditions.ts';
import type { Setting } from './decide.ts';
import { and, not, policy, type Formula } from './formula.ts';
import { KeepingPolicy } from './kept.ts';
import type { Element, Policy, Statement } from './parse.ts';
import { isPattern, type Pattern, type Template } from './pattern.ts';
import { openOf, withResources } from './search/reachable.ts';

/**
 * What the one allows and the other does not, without what is seen to be allowed by both: a Deny of both stops nobody whom the one
 * allows, and where the other has no Deny of its own, it allows all that an Allow admits which one of its own is as wide as.
 */
export function butShared(allowed: Formula, refused: Formula): Formula {
  if (allowed.kind !== 'policy' || refused.kind !== 'policy' || !readAlike(allowed.setting, refused.setting)) return and(allowed, not(refused));
  const denied = new Set(allowed.policy.statements.filter(isDeny).map(asOne));
  const others = refused.policy.statements.filter((one) => !isDeny(one) || !denied.has(asOne(one)));
  const admitting = others.some(isDeny) ? [] : others.map(wordsOf);
  const own = allowed.policy.statements.flatMap((one) => isDeny(one) || admitting.length === 0 ? [one] : butAdmitted(one, admitting));
  const made = (of: Policy, statements: readonly Statement[]): Policy => new KeepingPolicy(of, statements);
  return and(policy(made(allowed.policy, own), allowed.setting), not(policy(made(refused.policy, others), refused.setting)));
}

/** Whether both are read in the same setting, without which the same words say something else. */
const readAlike = (a: Setting, b: Setting): boolean => (a.gateway === true) === (b.gateway === true) && (a.attached === true) === (b.attached === true);

const isDeny = ({ effect }: Statement): boolean => effect === 'Deny';

/** What is left of an Allow without the texts of its Resource that another names for the same callers and actions, under no more conditions. */
function butAdmitted(one: Statement, others: readonly Words[]): readonly Statement[] {
  const { resources } = one;
  const own = wordsOf(one);
  const conditions = new Set(own.conditions);
  const wider = others.filter((other) => other.principals === own.principals && (other.actions === own.actions || areAmong(one.actions, other.of.actions)) && other.conditions.every((each) => conditions.has(each)));
  if (wider.some((other) => other.resources === own.resources)) return [];
  if (resources === undefined || resources.negated) return [one];
  const texts = wider.flatMap(({ of }) => of.resources === undefined || of.resources.negated ? [] : of.resources.test.given);
  const named = new Set(texts.map(ofText));
  const wide = texts.filter(isPattern);
  const isAdmitted = (text: Pattern | Template): boolean => {
    const open = isPattern(text) ? text : openOf(text).patterns[0]!;
    return named.has(ofText(text)) || wide.some((each) => each.covers(open, false));
  };
  const given = resources.test.given.filter((text) => !isAdmitted(text));
  return given.length === resources.test.given.length ? [one] : given.length === 0 ? [] : [withResources(one, given)];
}

/** Whether each action of the one is seen to be one of the other's. */
const areAmong = (actions: Element, others: Element): boolean =>
  !actions.negated && !others.negated && actions.test.patterns.every((one) => others.test.patterns.some((other) => other.covers(one, true)));

/** A statement in words that only statements of the same meaning share, part by part, but for its effect, place and name. */
interface Words { readonly of: Statement; readonly principals: string; readonly actions: string; readonly resources: string; readonly conditions: readonly string[] }
const wordsOf = (of: Statement): Words => ({ of,
  principals: JSON.stringify(of.principals && [of.principals.negated, of.principals.everyone, ...[of.principals.aws, of.principals.services, of.principals.federated, of.principals.canonicalUsers].map((all) => [...all].sort())]) ?? '',
  actions: ofElement(of.actions), resources: ofElement(of.resources),
  conditions: of.conditions.map((one) => JSON.stringify([one.operator.name, one.quantifier, one.ifExists, one.key, valuesOf(one)])).sort() });
const asOne = (of: Statement): string => JSON.stringify({ ...wordsOf(of), of: undefined });
const ofElement = (one: Element | undefined): string => JSON.stringify(one && [one.negated, valuesOf(one.test)]) ?? '';
/** A `*` that stands for itself is another value than a wildcard. */
const ofText = (one: Pattern | Template): string => JSON.stringify(isPattern(one) ? one.tokens : one.text);
const valuesOf = ({ given }: Condition): readonly string[] => given.map(ofText).sort();
