import { asList, operatorParts, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, quoted } from '../../core/statement-changes.ts';
import type { Objective, Question } from '../../policy/index.ts';

/** Tags by which an Allow lets principals go anywhere that the definition does not list, or with other values. */
export function tagsUnlisted({ perimeter: { exclusionTags } }: Question, objective: Objective, statement: Statement): readonly string[] {
  if (objective !== 'resources' || statement['Effect'] !== 'Allow' || asList(statement['Resource']).join() !== '*') return [];
  const listed = Object.entries(exclusionTags.principal).map(([tag, value]) => `${tag.toLowerCase()} ${value}`);
  return Object.entries(conditionsOf(statement)).filter(([operator]) => isHeld(operator)).flatMap(([, keys]) => Object.entries(keys)).flatMap(([key, given]) => {
    const tag = /^aws:PrincipalTag\/(.+)$/i.exec(key)?.[1];
    return tag === undefined || asList(given).some((one) => listed.includes(`${tag.toLowerCase()} ${String(one)}`)) ? [] : [tag];
  });
}

/** Whether a test holds of those alone who carry a value. */
const isHeld = (operator: string): boolean => {
  const { quantifier, name, ifExists } = operatorParts(operator);
  return quantifier !== 'ForAllValues' && /^String(?:Equals|Like)/.test(name) && !ifExists;
};

/** What goes with a statement that is there for the sake of tags, and what a person may do in its place. */
export const withoutTagged = (tags: readonly string[], place: string): { readonly text: string; readonly or: string } => ({
  text: `remove ${place}, which lets principals with the tag ${quoted(tags)} go anywhere`, or: 'list the tag under `exclusionTags.principal`, where they may',
});
