import { checkConfigRule } from './pack-checks/config-rule.ts';
import { knownText, type Pack } from './pack-checks/fields.ts';
import { checkReferences } from './pack-checks/references.ts';
import { checkRemediation } from './pack-checks/remediation.ts';
import { reportTo, type PackProblem } from './pack-checks/report.ts';
import { checkCount, checkDeployable, checkParameterList, checkSections, checkSize, resourceProperties } from './pack-checks/template.ts';
import { readTree, type Entry, type Mapping } from './pack-checks/tree.ts';

export type { PackProblem } from './pack-checks/report.ts';

const RULE = 'AWS::Config::ConfigRule';
const REMEDIATION = 'AWS::Config::RemediationConfiguration';

/**
 * Holds a conformance pack template, YAML or JSON, to the limits AWS sets before AWS does; problems stand in the order of their lines.
 * A value that only the deployment knows is not measured. With `deployable`, the placeholder account is an error.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html
 */
export function validatePack(text: string, { deployable }: { readonly deployable: boolean }): PackProblem[] {
  const problems: PackProblem[] = [];
  const report = reportTo(problems);
  checkSize(report, text);
  const template = readTree(text, report);
  if (template?.kind === 'map') checkTemplate(template, { report, parameters: section(template, 'Parameters'), resources: section(template, 'Resources') }, deployable);
  else if (!problems.some(({ severity }) => severity === 'error')) report.error(1, 'the template is not a mapping', 'write `Resources:` with the rules below it', 'template');
  return problems.sort((a, b) => a.line - b.line);
}

function section(template: Mapping, name: string): ReadonlyMap<string, Entry> {
  const value = template.entries.get(name)?.value;
  return value?.kind === 'map' ? value.entries : new Map();
}

function checkTemplate(template: Mapping, pack: Pack, deployable: boolean): void {
  checkSections(pack, template);
  checkParameterList(pack, template.entries.get('Parameters')?.line ?? 1);
  const line = template.entries.get('Resources')?.line ?? 1;
  const { value } = template.entries.get('Resources') ?? {};
  if (pack.resources.size === 0 && (value === undefined || value.kind === 'map')) pack.report.error(line, 'the template has no `Resources`', 'write the rules of the pack below `Resources:`', 'template');
  const read = [...pack.resources].flatMap(([id, entry]) => {
    const found = resourceProperties(pack, id, entry, [RULE, REMEDIATION]);
    return found === undefined ? [] : [{ id, line: entry.line, ...found }];
  });
  const rules = read.filter(({ type }) => type === RULE);
  const remediations = read.filter(({ type }) => type === REMEDIATION);
  checkCount(pack, line, rules.length, remediations.length);
  const ids = ruleNames(pack, rules);
  for (const { id, properties, line: at } of rules) checkConfigRule(pack, id, properties, at);
  for (const { id, resource, properties, line: at } of remediations) checkRemediation(pack, id, resource, properties, at, ids);
  checkReferences(pack, template);
  if (deployable) checkDeployable(pack, template);
}

/** From each rule's name to its logical id; two rules of one name are an error. */
function ruleNames(pack: Pack, rules: readonly { readonly id: string; readonly properties: Mapping }[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { id, properties } of rules) {
    const name = knownText(properties, 'ConfigRuleName', pack);
    // A rule without a name gets one from AWS, which no remediation can know; its logical id can still be referred to.
    if (name === undefined) { ids.set(`\n${id}`, id); continue; }
    const other = ids.get(name);
    if (other === undefined) ids.set(name, id);
    else pack.report.error(properties.entries.get('ConfigRuleName')?.line ?? properties.line, `rule \`${id}\` has the \`ConfigRuleName\` \`${name}\` of \`${other}\``, 'give each rule its own name', 'rule');
  }
  return ids;
}
