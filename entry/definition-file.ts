import { remediationIssues } from '../core/check-remediations.ts';
import { ruleIssues } from '../core/check-rules.ts';
import { DefinitionError, readDefinition, type Definition } from '../core/definition.ts';
import type { AnyRemediation } from '../core/remediation.ts';
import type { AnyRule } from '../core/rule.ts';
import { remediations as allRemediations } from '../remediations/index.ts';
import { rules as allRules } from '../rules/index.ts';
import { parseYamlText, readYamlFile, type FileKind } from './yaml-file.ts';

const kind: FileKind = { what: 'definition', firstBy: 'perimeter init' };

/** Reads `perimeter.yaml`, or the same as JSON, and holds it against the rules and remediations; throws YamlFileError. */
export async function loadDefinition(path: string, rules: readonly AnyRule[] = allRules, remediations: readonly AnyRemediation[] = allRemediations): Promise<Definition> {
  return parseDefinitionText(await readYamlFile(path, kind), path, rules, remediations);
}

/** The same with what was written, for those who pass it on; throws YamlFileError. */
export async function loadWrittenDefinition(path: string): Promise<{ readonly definition: Definition; readonly written: unknown }> {
  return parseYamlText(await readYamlFile(path, kind), path, kind, (written) => ({ definition: judged(written, allRules, allRemediations), written }));
}

/** Reads a definition from its text; `name` stands before the line in errors. */
export const parseDefinitionText = (text: string, name: string, rules: readonly AnyRule[] = allRules, remediations: readonly AnyRemediation[] = allRemediations): Definition =>
  parseYamlText(text, name, kind, (written) => judged(written, rules, remediations));

function judged(written: unknown, rules: readonly AnyRule[], remediations: readonly AnyRemediation[]): Definition {
  const definition = readDefinition(written);
  const issues = [...ruleIssues(definition, rules), ...remediationIssues(definition, remediations)];
  if (issues.length > 0) throw new DefinitionError(issues);
  return definition;
}
