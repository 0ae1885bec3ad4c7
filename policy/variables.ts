import type { Statement } from './parse.ts';
import { variablesOf } from './pattern.ts';

/** Keys that variables of a statement name, in lower case. */
export const variablesIn = (one: Statement): string[] => [
  ...(one.resources?.patterns.flatMap(variablesOf) ?? []), ...one.conditions.flatMap((condition) => condition.templates.flatMap(variablesOf)),
];
