import type { Report, Source } from './report.ts';
import type { List, Mapping, Scalar, Value } from './tree.ts';

/** A part of the runbook under check: how messages call it and where it is described. */
export interface Place { readonly report: Report; readonly name: string; readonly source: Source }

export function refuse(place: Place, line: number, what: string, next: string): void { place.report.error(line, `${place.name}: ${what}`, next, place.source); }
export function warn(place: Place, line: number, what: string, next: string): void { place.report.warning(line, `${place.name}: ${what}`, next, place.source); }

/** What to write for a name that is not known: the known one that differs in case alone, or `otherwise`. */
export function instead(name: string, known: Iterable<string>, otherwise: string): string {
  const bare = plainName(name);
  for (const one of known) if (plainName(one) === bare) return `write \`${one}\``;
  return otherwise;
}
const plainName = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');

/** Unknown keys are named: AWS refuses them or passes over them. */
export function checkKeys(place: Place, map: Mapping, known: readonly string[]): void {
  for (const [key, { line }] of map.entries) if (!known.includes(key)) refuse(place, line, `unknown property \`${key}\``, instead(key, known, `remove it or use one of ${known.join(', ')}`));
}
export function checkPresent(place: Place, map: Mapping, key: string, line: number): boolean {
  if (map.entries.has(key)) return true;
  refuse(place, line, `\`${key}\` is missing`, 'add it');
  return false;
}

export const isTemplate = (text: string): boolean => text.includes('{{');
/** What a message calls a value. */
export function described(value: Value): string {
  if (value.kind === 'map') return 'a mapping';
  if (value.kind === 'list') return 'a list';
  return value.value === null ? 'empty' : `\`${short(value.text)}\``;
}
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** The text of a field; a field of another kind is refused. */
export function textOf(place: Place, map: Mapping, key: string): Scalar | undefined {
  const value = map.entries.get(key)?.value;
  if (value === undefined) return undefined;
  if (value.kind === 'scalar' && value.value !== null && value.text !== '') return value;
  refuse(place, value.line, `\`${key}\` is not text`, 'write one value');
  return undefined;
}
export function mapOf(place: Place, map: Mapping, key: string): Mapping | undefined {
  const value = map.entries.get(key)?.value;
  if (value === undefined || value.kind === 'map') return value;
  refuse(place, value.line, `\`${key}\` is not a mapping`, 'write `name: value` lines below it');
  return undefined;
}
export function listOf(place: Place, map: Mapping, key: string): List | undefined {
  const value = map.entries.get(key)?.value;
  if (value === undefined || value.kind === 'list') return value;
  refuse(place, value.line, `\`${key}\` is not a list`, 'write its items with dashes');
  return undefined;
}
/** The text of a field that is no template. */
export function literalOf(map: Mapping, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'scalar' && value.value !== null && !isTemplate(value.text) ? value.text : undefined;
}
export function checkOneOf(place: Place, map: Mapping, key: string, allowed: readonly string[]): void {
  const found = textOf(place, map, key);
  if (found !== undefined && !isTemplate(found.text) && !allowed.includes(found.text)) refuse(place, found.line, `\`${key}\` is \`${short(found.text)}\``, instead(found.text, allowed, `write ${allowed.length === 1 ? '' : 'one of '}${allowed.join(', ')}`));
}
/** The number in a field; one out of range, or none, is refused. */
export function wholeOf(place: Place, map: Mapping, key: string, least: number, most = Infinity): number | undefined {
  const found = textOf(place, map, key);
  if (found === undefined || isTemplate(found.text)) return undefined;
  const number = /^-?\d+$/.test(found.text) ? Number(found.text) : NaN;
  if (number >= least && number <= most) return number;
  refuse(place, found.line, `\`${key}\` is \`${short(found.text)}\``, `write a whole number from ${least}${most === Infinity ? '' : ` to ${most}`}`);
  return undefined;
}
export function checkBoolean(place: Place, map: Mapping, key: string): void {
  const found = textOf(place, map, key);
  if (found !== undefined && !isTemplate(found.text) && !['true', 'false'].includes(found.text.toLowerCase())) refuse(place, found.line, `\`${key}\` is \`${short(found.text)}\``, 'write true or false');
}
export function checkLength(place: Place, map: Mapping, key: string, most: number): void {
  const found = textOf(place, map, key);
  if (found !== undefined && found.text.length > most) refuse(place, found.line, `\`${key}\` has ${found.text.length} characters, at most ${most}`, 'shorten it');
}
