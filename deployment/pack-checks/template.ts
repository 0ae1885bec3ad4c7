import { checkKeys, checkPresent, type Pack, type Place } from './fields.ts';
import type { Report } from './report.ts';
import { walk, type Entry, type Mapping } from './tree.ts';

const INLINE = 51_200;
const IN_S3 = 300 * 1024;
const RESOURCES = 130;

export function checkSize(report: Report, text: string): void {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > IN_S3) report.error(1, `the template has ${bytes} bytes, at most ${IN_S3}`, 'split the pack', 'pack');
  else if (bytes > INLINE) report.warning(1, `the template has ${bytes} bytes, over ${INLINE} it cannot be passed inline`, 'put it into an S3 bucket of the same Region and pass `TemplateS3Uri`', 'pack');
}

export function checkSections(pack: Pack, template: Mapping): void {
  checkKeys({ pack, name: 'template', source: 'template' }, template, ['AWSTemplateFormatVersion', 'Conditions', 'Description', 'Mappings', 'Metadata', 'Outputs', 'Parameters', 'Resources', 'Rules']);
  for (const name of ['Conditions', 'Mappings', 'Parameters', 'Resources']) {
    const section = template.entries.get(name);
    if (section !== undefined && section.value.kind !== 'map') pack.report.error(section.line, `\`${name}\` is not a mapping`, 'write `name:` lines below it', 'template');
  }
}

export function checkParameterList({ report, parameters }: Pack, line: number): void {
  if (parameters.size > 60) report.error(line, `\`Parameters\` has ${parameters.size} entries, at most 60`, 'remove those no rule needs', 'pack');
  for (const [name, { line: at, value }] of parameters) {
    if (name.length > 255) report.error(at, `parameter \`${name.slice(0, 20)}…\` has a name of ${name.length} characters, at most 255`, 'shorten it', 'parameter');
    if (value.kind !== 'map') { report.error(at, `parameter \`${name}\` is not a mapping`, 'write its `Type` and `Default` below it', 'template'); continue; }
    const type = value.entries.get('Type')?.value;
    if (type?.kind !== 'scalar' || type.text === '') report.error(type?.line ?? at, `parameter \`${name}\` has no \`Type\``, 'add `Type: String`', 'template');
    const standard = value.entries.get('Default')?.value;
    if (standard !== undefined && standard.kind !== 'scalar') report.error(standard.line, `parameter \`${name}\` has a default that is not text`, 'write one value; functions are not supported here', 'template');
    if (standard?.kind === 'scalar' && standard.text.length > 4096) report.error(standard.line, `parameter \`${name}\` has a default of ${standard.text.length} characters, at most 4096`, 'shorten it', 'parameter');
  }
}

/** Whether remediations count is not documented; AWS's refusal speaks of resources, hence the warning. */
export function checkCount({ report }: Pack, line: number, rules: number, remediations: number): void {
  const all = rules + remediations;
  if (rules > RESOURCES) report.error(line, `the pack has ${rules} rules, at most ${RESOURCES}`, 'split the pack', 'limits');
  else if (all > RESOURCES) report.warning(line, `the pack has ${all} resources, ${rules} rules and ${remediations} remediations, and AWS may count both to its ${RESOURCES}`, 'split the pack', 'limits');
}

/** The account of the placeholder stays in templates until somebody fills it in. */
export function checkDeployable({ report }: Pack, template: Mapping): void {
  for (const value of walk(template)) {
    if (value.kind === 'scalar' && /(?<!\d)0{12}(?!\d)/.test(value.text)) report.error(value.line, 'the account is still the placeholder `000000000000`', 'write the id of the account that deploys the pack', 'prerequisites');
  }
}

/** The attributes of a resource; gives its properties when they can be read. */
export function resourceProperties(pack: Pack, id: string, { line, value }: Entry, known: readonly string[]): { resource: Mapping; properties: Mapping; type: string } | undefined {
  const place: Place = { pack, name: `resource \`${id}\``, source: 'template' };
  if (value.kind !== 'map') { pack.report.error(line, `${place.name} is not a mapping`, 'write its `Type` and `Properties` below it', 'template'); return undefined; }
  if (!checkPresent(place, value, 'Type', line)) return undefined;
  const type = value.entries.get('Type')?.value;
  if (type?.kind !== 'scalar' || !known.includes(type.text)) {
    pack.report.error(type?.line ?? line, `${place.name} has the type \`${type?.kind === 'scalar' ? type.text : 'unknown'}\`, a pack holds ${known.join(' and ')} only`, 'deploy it with a stack of its own', 'packTemplate');
    return undefined;
  }
  checkKeys(place, value, ['Condition', 'DeletionPolicy', 'DependsOn', 'Metadata', 'Properties', 'Type', 'UpdateReplacePolicy']);
  const properties = value.entries.get('Properties')?.value;
  if (properties?.kind !== 'map') { pack.report.error(line, `${place.name} has no \`Properties\``, 'add them', 'template'); return undefined; }
  return { resource: value, properties, type: type.text };
}
