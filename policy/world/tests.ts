import { testOn } from '../conditions.ts';
import { actionsOperator, patternsOperator } from '../operators.ts';
import { ACTION, RESOURCE } from '../parse.ts';
import { plainGlob, type Pattern } from '../pattern.ts';
import { literalOf, type Node } from '../search/logic.ts';

/** Whether the key's value is one of these, or is none. */
export const patternTest = (key: string, patterns: readonly (Pattern | string)[], positive = true): Node => literalOf(key, testOn(key, patternsOperator, patterns), positive);
/** The action is one of these, or is not. */
export const acting = (patterns: readonly string[], positive = true): Node => literalOf(ACTION, testOn(ACTION, actionsOperator, patterns.map(plainGlob)), positive);
/** The resource is one of these. */
export const onResources = (patterns: readonly Pattern[]): Node => literalOf(RESOURCE, testOn(RESOURCE, patternsOperator, patterns), true);
