import { checkKeys, checkLength, checkOneOf, checkPresent, knownText, listsOf, mapOf, mapsOf, refersTo, refuse, textOf, textsOf, type Pack, type Place } from './fields.ts';
import type { Mapping, Value } from './tree.ts';

const CHANGE = 'ConfigurationItemChangeNotification';
const OVERSIZED = 'OversizedConfigurationItemChangeNotification';
const SCHEDULED = 'ScheduledNotification';
const SNAPSHOT = 'ConfigurationSnapshotDeliveryCompleted';
const frequencies = ['One_Hour', 'Three_Hours', 'Six_Hours', 'Twelve_Hours', 'TwentyFour_Hours'];
/** 64 in GetComplianceDetailsByConfigRule, less `-conformance-pack-` and nine characters that AWS Config appends. */
const BASE_NAME = 37;

/** Checks an AWS::Config::ConfigRule; `line` is that of its logical id. */
export function checkConfigRule(pack: Pack, id: string, properties: Mapping, line: number): void {
  const place: Place = { pack, name: `rule \`${id}\``, source: 'rule' };
  checkKeys({ ...place, source: 'ruleResource' }, properties, ['Compliance', 'ConfigRuleName', 'Controls', 'Description', 'EvaluationModes', 'InputParameters', 'MaximumExecutionFrequency', 'Scope', 'Source']);
  // Some packs that AWS publishes carry it, though no page describes it.
  const controls = properties.entries.get('Controls');
  if (controls !== undefined) pack.report.warning(controls.line, `${place.name}: \`Controls\` is not documented`, 'remove it unless you know what reads it', 'ruleResource');
  checkLength(place, properties, 'ConfigRuleName', 128);
  for (const name of textsOf(place, properties, 'ConfigRuleName')) {
    const { length } = name.text;
    if (length > BASE_NAME && length <= 128) pack.report.warning(name.line, `${place.name}: \`ConfigRuleName\` has ${length} characters, over ${BASE_NAME} it passes the API's 64 with the suffix a pack appends`, 'shorten it', 'details');
  }
  checkLength(place, properties, 'Description', 256);
  checkOneOf(place, properties, 'MaximumExecutionFrequency', frequencies);
  for (const input of mapsOrText(properties.entries.get('InputParameters')?.value)) checkInput(place, input);
  for (const scope of mapsOf(place, properties, 'Scope')) checkScope({ ...place, source: 'scope' }, scope);
  if (checkPresent(place, properties, 'Source', line)) for (const source of mapsOf(place, properties, 'Source')) checkSource({ ...place, source: 'source' }, source, properties);
}

function mapsOrText(value: Value | undefined): Value[] {
  if (value?.kind === 'call' && value.name === 'Fn::If' && value.argument.kind === 'list') return value.argument.items.slice(1).flatMap(mapsOrText);
  return value === undefined || refersTo(value) !== undefined ? [] : [value];
}

function checkInput(place: Place, input: Value): void {
  if (input.kind === 'call') return;
  let value = plain(input, place.pack);
  if (typeof value === 'string') {
    try { value = JSON.parse(value) as unknown; } catch { /* a text that is not JSON is refused below */ }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { refuse(place, input.line, '`InputParameters` is not a JSON object', 'write `name: value` lines below it'); return; }
  const { length } = JSON.stringify(value);
  if (length > 1024) refuse(place, input.line, `\`InputParameters\` has ${length} characters as JSON, at most 1024`, 'move long lists into the definition file');
}

/** The value as JSON; what only the deployment knows counts as empty text, so lengths are the least possible. */
function plain(value: Value, pack: Pack): unknown {
  switch (value.kind) {
    case 'scalar': return value.value;
    case 'list': return value.items.map((item) => plain(item, pack));
    case 'map': return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry.value, pack)]));
    case 'call': return textOf({ pack, name: '', source: 'rule' }, '', value)[0]?.text ?? '';
  }
}

function checkScope(place: Place, scope: Mapping): void {
  checkKeys(place, scope, ['ComplianceResourceId', 'ComplianceResourceTypes', 'TagKey', 'TagValue']);
  const types = listsOf(place, scope, 'ComplianceResourceTypes');
  for (const { line, items } of types) if (items.length > 100) refuse(place, line, `\`ComplianceResourceTypes\` has ${items.length} types, at most 100`, 'split the rule');
  const id = scope.entries.get('ComplianceResourceId');
  if (id !== undefined && (!scope.entries.has('ComplianceResourceTypes') || types.some(({ items }) => items.length !== 1))) refuse(place, id.line, `\`ComplianceResourceId\` stands beside ${types[0]?.items.length ?? 0} types, it needs exactly one`, 'name the type of that resource in `ComplianceResourceTypes`');
  checkLength(place, scope, 'ComplianceResourceId', 768);
  checkLength(place, scope, 'TagKey', 128);
  checkLength(place, scope, 'TagValue', 256);
}

function checkSource(place: Place, source: Mapping, properties: Mapping): void {
  const line = properties.entries.get('Source')?.line ?? source.line;
  checkKeys(place, source, ['CustomPolicyDetails', 'Owner', 'SourceDetails', 'SourceIdentifier']);
  checkPresent(place, source, 'Owner', line);
  checkOneOf(place, source, 'Owner', ['AWS', 'CUSTOM_LAMBDA', 'CUSTOM_POLICY']);
  const owner = knownText(source, 'Owner', place.pack);
  if (owner !== 'CUSTOM_POLICY') checkPresent(place, source, 'SourceIdentifier', line);
  checkLength(place, source, 'SourceIdentifier', 256);
  const details = listsOf({ ...place, source: 'sourceDetail' }, source, 'SourceDetails').flatMap(({ items }) => items.flatMap((item) => mapOf(place, 'SourceDetails', item)));
  for (const detail of details) checkDetail({ ...place, source: 'sourceDetail' }, detail);
  checkTriggers(place, source, properties, details, owner);
}

function checkDetail(place: Place, detail: Mapping): void {
  checkKeys(place, detail, ['EventSource', 'MaximumExecutionFrequency', 'MessageType']);
  checkPresent(place, detail, 'EventSource', detail.line);
  checkOneOf(place, detail, 'EventSource', ['aws.config']);
  checkPresent(place, detail, 'MessageType', detail.line);
  checkOneOf(place, detail, 'MessageType', [CHANGE, OVERSIZED, SCHEDULED, SNAPSHOT]);
  checkOneOf(place, detail, 'MaximumExecutionFrequency', frequencies);
  const type = knownText(detail, 'MessageType', place.pack);
  const frequency = detail.entries.get('MaximumExecutionFrequency');
  if (frequency !== undefined && type !== SCHEDULED) refuse(place, frequency.line, `\`MaximumExecutionFrequency\` stands beside \`MessageType\` \`${type ?? 'unknown'}\``, `remove it or use ${SCHEDULED}`);
}

/** A managed rule (owner `AWS`) brings its own triggers, so that a frequency may stand on it without any. */
function checkTriggers(place: Place, source: Mapping, properties: Mapping, details: readonly Mapping[], owner: string | undefined): void {
  const entry = source.entries.get('SourceDetails');
  if (owner === 'AWS' && entry !== undefined) refuse(place, entry.line, '`SourceDetails` stands on a managed rule', 'remove it, since AWS sets the triggers');
  if (owner === 'AWS') return;
  if (owner !== undefined && (entry === undefined || (entry.value.kind === 'list' && entry.value.items.length === 0))) refuse(place, entry?.line ?? source.line, '`SourceDetails` names no trigger, so the rule is never evaluated', `add ${CHANGE} with ${OVERSIZED}, or ${SCHEDULED}`);
  const types = details.map((detail) => knownText(detail, 'MessageType', place.pack));
  const change = details[types.indexOf(CHANGE)];
  if (change !== undefined && !types.includes(OVERSIZED)) refuse({ ...place, source: 'oversized' }, change.line, `${CHANGE} stands without ${OVERSIZED}, so large resources are silently never evaluated`, `add a source detail with ${OVERSIZED}`);
  const frequency = properties.entries.get('MaximumExecutionFrequency');
  if (frequency !== undefined && !types.includes(SCHEDULED) && !types.includes(SNAPSHOT)) refuse(place, frequency.line, '`MaximumExecutionFrequency` stands on a rule without a scheduled trigger', `remove it or add a source detail with ${SCHEDULED}`);
}
