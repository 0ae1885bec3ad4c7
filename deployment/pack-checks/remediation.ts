import { checkKeys, checkLength, checkOneOf, checkPresent, checkRange, knownText, listsOf, mapOf, mapsOf, refersTo, refuse, textsOf, type Pack, type Place } from './fields.ts';
import type { Entry, Mapping } from './tree.ts';

const ROLE = 'AutomationAssumeRole';

/** Checks an AWS::Config::RemediationConfiguration; `rules` leads from a rule's name to its logical id. */
export function checkRemediation(pack: Pack, id: string, resource: Mapping, properties: Mapping, line: number, rules: ReadonlyMap<string, string>): void {
  const place: Place = { pack, name: `remediation \`${id}\``, source: 'remediation' };
  checkKeys({ ...place, source: 'remediationResource' }, properties, ['Automatic', 'ConfigRuleName', 'ExecutionControls', 'MaximumAutomaticAttempts', 'Parameters', 'ResourceType', 'RetryAttemptSeconds', 'TargetId', 'TargetType', 'TargetVersion']);
  if (checkPresent(place, properties, 'ConfigRuleName', line)) checkRule(place, resource, properties, line, rules);
  checkPresent(place, properties, 'TargetType', line);
  checkOneOf(place, properties, 'TargetType', ['SSM_DOCUMENT']);
  checkPresent(place, properties, 'TargetId', line);
  checkLength(place, properties, 'TargetId', 256);
  checkLength(place, properties, 'ResourceType', 256);
  checkRange(place, properties, 'MaximumAutomaticAttempts', 1, 25);
  checkRange(place, properties, 'RetryAttemptSeconds', 1, 2_678_000);
  for (const controls of mapsOf(place, properties, 'ExecutionControls')) checkControls(place, controls);
  for (const parameters of mapsOf(place, properties, 'Parameters')) checkParameters(place, parameters, properties);
  checkAutomatic(place, properties);
}

function checkRule(place: Place, resource: Mapping, properties: Mapping, line: number, rules: ReadonlyMap<string, string>): void {
  const entry = properties.entries.get('ConfigRuleName');
  const referred = entry === undefined ? undefined : refersTo(entry.value);
  const byReference = referred !== undefined && [...rules.values()].includes(referred);
  const name = byReference ? referred : knownText(properties, 'ConfigRuleName', place.pack);
  if (entry === undefined) return;
  if (name === undefined) { refuse(place, entry.line, '`ConfigRuleName` is not known before the deployment', 'write the name of a rule of this pack'); return; }
  const rule = byReference ? referred : rules.get(name);
  if (rule === undefined) { refuse(place, entry.line, `\`ConfigRuleName\` \`${name}\` is no rule of this pack`, 'write the `ConfigRuleName` of one of its rules, without the suffix AWS Config appends'); return; }
  const depends = resource.entries.get('DependsOn');
  const ids = depends?.value.kind === 'list' ? depends.value.items : depends === undefined ? [] : [depends.value];
  // A reference makes CloudFormation wait for the rule by itself.
  if (!byReference && !ids.some((one) => one.kind === 'scalar' && one.text === rule)) refuse(place, depends?.line ?? line, `\`DependsOn\` does not name \`${rule}\`, so the remediation may be made before its rule`, `add \`DependsOn: ${rule}\``);
}

function checkControls(place: Place, controls: Mapping): void {
  checkKeys(place, controls, ['SsmControls']);
  const inner: Place = { ...place, source: 'ssmControls' };
  for (const ssm of mapsOf(place, controls, 'SsmControls')) {
    checkKeys(inner, ssm, ['ConcurrentExecutionRatePercentage', 'ErrorPercentage']);
    checkRange(inner, ssm, 'ConcurrentExecutionRatePercentage', 1, 100);
    checkRange(inner, ssm, 'ErrorPercentage', 1, 100);
  }
}

function checkParameters(place: Place, parameters: Mapping, properties: Mapping): void {
  const { size } = parameters.entries;
  if (size > 25) refuse(place, properties.entries.get('Parameters')?.line ?? parameters.line, `\`Parameters\` has ${size} entries, at most 25`, 'let the document take fewer');
  for (const [key, entry] of parameters.entries) {
    for (const value of mapOf(place, key, entry.value)) checkParameter(place, key, value, entry);
    if (key === ROLE) checkRole({ ...place, name: `${place.name}, parameter \`${key}\``, source: 'prerequisites' }, entry);
  }
}

function checkParameter(place: Place, key: string, value: Mapping, entry: Entry): void {
  const inner: Place = { ...place, name: `${place.name}, parameter \`${key}\`` };
  checkKeys(inner, value, ['ResourceValue', 'StaticValue']);
  if (value.entries.size !== 1) refuse(inner, entry.line, `${value.entries.size} kinds of value`, 'write either `ResourceValue` or `StaticValue`');
  for (const resource of mapsOf(inner, value, 'ResourceValue')) {
    checkKeys(inner, resource, ['Value']);
    checkPresent(inner, resource, 'Value', resource.line);
    checkOneOf(inner, resource, 'Value', ['RESOURCE_ID']);
  }
  for (const fixed of mapsOf(inner, value, 'StaticValue')) {
    const statics: Place = { ...inner, source: 'staticValue' };
    checkKeys(statics, fixed, ['Values']);
    checkPresent(statics, fixed, 'Values', fixed.line);
    for (const { line, items } of listsOf(statics, fixed, 'Values')) if (items.length > 25 || items.length === 0) refuse(statics, line, `\`Values\` has ${items.length} entries, from 1 to 25`, 'let the document take fewer');
  }
}

/** AWS Config rewrites the account in this ARN for each member, which it can do with a literal only. */
function checkRole(place: Place, entry: Entry): void {
  const fixed = entry.value.kind === 'map' ? entry.value.entries.get('StaticValue')?.value : entry.value;
  const values = fixed?.kind === 'map' ? fixed.entries.get('Values')?.value : fixed;
  const [first, ...more] = values?.kind === 'list' ? values.items : values === undefined ? [] : [values];
  if (first?.kind === 'scalar' && more.length === 0 && /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(first.text)) return;
  const written = first?.kind === 'scalar' ? `\`${first.text}\`` : first?.kind === 'call' ? `\`${first.name}\`` : 'no single value';
  refuse(place, first?.line ?? entry.line, `the role is ${written}, not a literal ARN`, 'write `arn:aws:iam::` with the deploying account, `:role/` and the name; functions are not supported here');
}

function checkAutomatic(place: Place, properties: Mapping): void {
  for (const { line, text } of textsOf(place, properties, 'Automatic')) {
    // YAML takes `True` too, and published packs write it.
    const automatic = text.toLowerCase();
    if (automatic !== 'true' && automatic !== 'false') { refuse(place, line, `\`Automatic\` is \`${text}\``, 'write true or false'); continue; }
    if (automatic === 'false') continue;
    const parameters = properties.entries.get('Parameters')?.value;
    if (parameters?.kind !== 'map' || !parameters.entries.has(ROLE)) refuse(place, line, `\`Automatic\` is true without the parameter \`${ROLE}\``, `add \`${ROLE}\` to \`Parameters\`, with the role the document runs as`);
    for (const key of ['MaximumAutomaticAttempts', 'RetryAttemptSeconds']) if (!properties.entries.has(key)) refuse(place, line, `\`Automatic\` is true without \`${key}\``, 'add it, so that failed attempts end where you decided');
  }
}
