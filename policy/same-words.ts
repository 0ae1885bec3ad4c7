import type { Condition } from './conditions.ts';
import type { Element, Statement } from './parse.ts';
import { isPattern, type Pattern, type Template } from './pattern.ts';

/** A statement in words that only statements of the same meaning share, part by part, but for its effect, place and name. */
export interface Words { readonly of: Statement; readonly principals: string; readonly actions: string; readonly resources: string; readonly conditions: readonly string[] }
export const wordsOf = (of: Statement): Words => ({ of,
  principals: JSON.stringify(of.principals && [of.principals.negated, of.principals.everyone, ...[of.principals.aws, of.principals.services, of.principals.federated, of.principals.canonicalUsers].map((all) => [...all].sort())]) ?? '',
  actions: ofElement(of.actions), resources: ofElement(of.resources),
  conditions: of.conditions.map(ofCondition).sort() });
export const ofCondition = (one: Condition): string => JSON.stringify([one.operator.name, one.quantifier, one.ifExists, one.key, valuesOf(one)]);
export const asOne = (of: Statement): string => JSON.stringify({ ...wordsOf(of), of: undefined });
const ofElement = (one: Element | undefined): string => JSON.stringify(one && [one.negated, valuesOf(one.test)]) ?? '';
/** A `*` that stands for itself is another value than a wildcard. */
export const ofText = (one: Pattern | Template): string => JSON.stringify(isPattern(one) ? one.tokens : one.text);
const valuesOf = ({ given }: Condition): readonly string[] => given.map(ofText).sort();
