import { checkKeys, checkOneOf, checkPresent, isTemplate, listOf, refuse, textOf, warn, wholeOf, type Place } from './fields.ts';
import { entriesOf, type Runbook } from './runbook.ts';
import type { Mapping, Scalar, Value } from './tree.ts';
import { LONGEST, misfitOf, parameterTypes, typeOf, types, type Type } from './types.ts';

export function checkParameters({ report, top }: Runbook): void {
  for (const [name, { line, value }] of entriesOf(top, 'parameters')) {
    const place: Place = { report, name: `parameter \`${name}\``, source: 'elements' };
    if (!/^[A-Za-z0-9]+$/.test(name)) warn(place, line, 'the name has other characters than letters and digits, which AWS refuses in some documents', 'rename it');
    if (name.length > 50) refuse({ ...place, source: 'execution' }, line, `the name has ${name.length} characters, at most 50`, 'shorten it');
    if (value.kind !== 'map') { refuse(place, line, 'is not a mapping', 'write its `type` below it'); continue; }
    checkKeys(place, value, ['allowedPattern', 'allowedValues', 'default', 'description', 'displayType', 'maxChars', 'maxItems', 'minChars', 'minItems', 'type']);
    textOf(place, value, 'description');
    checkOneOf(place, value, 'displayType', ['textfield', 'textarea']);
    const type = checkType(place, value, line);
    if (type !== undefined) checkValues(place, value, type);
  }
}

function checkType(place: Place, map: Mapping, line: number): Type | undefined {
  if (!checkPresent(place, map, 'type', line)) return undefined;
  const found = textOf(place, map, 'type');
  if (found === undefined) return undefined;
  const type = typeOf(found.text);
  if (type === undefined) checkOneOf(place, map, 'type', parameterTypes);
  else if (!parameterTypes.includes(found.text)) warn({ ...place, source: 'parameterTypes' }, found.line, `the type \`${found.text}\` is not known here`, `use one of ${parameterTypes.join(', ')} unless AWS added it`);
  return type;
}

function checkValues(place: Place, map: Mapping, type: Type): void {
  const allowed = listOf(place, map, 'allowedValues');
  if (allowed?.items.length === 0) refuse(place, allowed.line, '`allowedValues` is empty', 'write the values or remove it');
  // The allowed values of a list may be lists or items.
  for (const item of allowed?.items ?? []) checkFit(place, 'allowedValues', item, item.kind === 'list' ? type : itemType[type] ?? type);
  const standard = map.entries.get('default')?.value;
  const pattern = checkPattern(place, map);
  checkBounds(place, map, type, standard);
  if (standard === undefined || (standard.kind === 'scalar' && isTemplate(standard.text))) return;
  if (!checkFit(place, 'default', standard, type)) return;
  if (allowed !== undefined && allowed.items.length > 0 && !isAmong(standard, allowed.items)) refuse(place, standard.line, '`default` is none of the `allowedValues`', 'write one of them');
  for (const text of textsOf(standard)) if (pattern?.test(text.text) === false) refuse(place, text.line, `\`default\` \`${text.text}\` does not fit \`allowedPattern\``, 'change either');
}

function checkFit(place: Place, key: string, value: Value, type: Type): boolean {
  const misfit = misfitOf(value, type);
  if (misfit !== undefined) refuse({ ...place, source: misfit.what.endsWith(`at most ${LONGEST}`) ? 'execution' : place.source }, misfit.line, `\`${key}\` ${misfit.what}`, misfit.next);
  return misfit === undefined;
}
const itemType: Partial<Record<Type, Type>> = { StringList: 'String', MapList: 'StringMap' };

function isAmong(value: Value, allowed: readonly Value[]): boolean {
  return allowed.some((one) => same(one, value)) || (value.kind === 'list' && value.items.every((item) => allowed.some((one) => same(one, item))));
}
function same(one: Value, other: Value): boolean {
  if (one.kind === 'scalar') return other.kind === 'scalar' && one.text === other.text;
  if (one.kind === 'list') return other.kind === 'list' && one.items.length === other.items.length && one.items.every((item, at) => { const beside = other.items[at]; return beside !== undefined && same(item, beside); });
  return other.kind === 'map' && one.entries.size === other.entries.size && [...one.entries].every(([key, entry]) => { const beside = other.entries.get(key); return beside !== undefined && same(entry.value, beside.value); });
}
function textsOf(value: Value): readonly Scalar[] {
  if (value.kind === 'scalar') return [value];
  return value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'scalar' ? [item] : [])) : [];
}

/** What Java knows and this engine does not: inline flags, possessive and atomic groups, POSIX classes, intersections, some escapes. */
const ofJava = /\(\?[a-z-]+[:)]|\(\?>|[*+?}]\+|\\[AZzGQEhHRX]|\\p\{|&&|\[:/;

/** The pattern, where this engine reads it as Java does. */
function checkPattern(place: Place, map: Mapping): RegExp | undefined {
  const found = textOf(place, map, 'allowedPattern');
  if (found === undefined) return undefined;
  if (ofJava.test(found.text)) { warn(place, found.line, '`allowedPattern` uses what only Java knows and is not checked', 'try it before you rely on it'); return undefined; }
  try { return new RegExp(found.text); } catch { refuse(place, found.line, `\`allowedPattern\` \`${found.text}\` is no regular expression`, 'mend it'); return undefined; }
}

function checkBounds(place: Place, map: Mapping, type: Type, standard: Value | undefined): void {
  for (const [what, size] of [['Items', standard?.kind === 'list' ? standard.items.length : undefined], ['Chars', standard?.kind === 'scalar' && !isTemplate(standard.text) ? standard.text.length : undefined]] as const) {
    const least = wholeOf(place, map, `min${what}`, 0);
    const most = wholeOf(place, map, `max${what}`, 0);
    const fitting = what === 'Items' ? type === 'StringList' || type === 'MapList' : type === 'String';
    for (const key of [`min${what}`, `max${what}`]) { const entry = map.entries.get(key); if (entry !== undefined && !fitting) refuse(place, entry.line, `\`${key}\` does not go with the type ${type}`, 'remove it'); }
    if (least !== undefined && most !== undefined && least > most) refuse(place, map.entries.get(`min${what}`)?.line ?? map.line, `\`min${what}\` ${least} is above \`max${what}\` ${most}`, 'swap them');
    else if (fitting && size !== undefined && (size < (least ?? 0) || size > (most ?? Infinity))) refuse(place, standard?.line ?? map.line, `\`default\` has ${size} ${what === 'Items' ? 'items' : 'characters'}, outside \`min${what}\` and \`max${what}\``, 'change either');
  }
}

/** Values that `aws:updateVariable` changes. */
export function checkVariables({ report, top }: Runbook): void {
  for (const [name, { line, value }] of entriesOf(top, 'variables')) {
    const place: Place = { report, name: `variable \`${name}\``, source: 'updateVariable' };
    if (value.kind !== 'map') { refuse(place, line, 'is not a mapping', 'write its `type` below it'); continue; }
    checkKeys(place, value, ['default', 'description', 'type']);
    if (!checkPresent(place, value, 'type', line)) continue;
    checkOneOf(place, value, 'type', types);
    const found = textOf(place, value, 'type');
    const type = found === undefined ? undefined : types.find((one) => one === found.text);
    const standard = value.entries.get('default')?.value;
    if (type !== undefined && standard !== undefined) checkFit(place, 'default', standard, type);
  }
}
