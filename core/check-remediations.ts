import type { Definition, DefinitionIssue } from './definition.ts';
import { parameterIssues } from './parameter-issues.ts';
import type { AnyRemediation } from './remediation.ts';

/** What is wrong with what a definition says about remediations, held against those there are. */
export function remediationIssues(definition: Definition, remediations: readonly AnyRemediation[]): readonly DefinitionIssue[] {
  return Object.entries(definition.remediations).flatMap(([id, given]): readonly DefinitionIssue[] => {
    const remediation = remediations.find((one) => one.id === id);
    if (remediation !== undefined) return parameterIssues(['remediations', id], remediation.parameters, given);
    return [{ path: ['remediations', id], message: `there is no remediation \`${id}\`; known: ${remediations.map((one) => `\`${one.id}\``).join(', ')}` }];
  });
}
