import type { Report, Source } from './report.ts';
import type { Call, Entry, List, Mapping, Scalar, Value } from './tree.ts';

/** What a check of one part of the template may use. */
export interface Pack {
  readonly report: Report;
  readonly parameters: ReadonlyMap<string, Entry>;
  readonly resources: ReadonlyMap<string, Entry>;
}
/** A mapping under check: how messages call it and where its fields are described. */
export interface Place { readonly pack: Pack; readonly name: string; readonly source: Source }

/** All values a field may take: both sides of `Fn::If`; nothing for `AWS::NoValue`. */
function outcomes(value: Value): Value[] {
  if (value.kind !== 'call') return [value];
  if (value.name === 'Fn::If' && value.argument.kind === 'list') return value.argument.items.slice(1).flatMap(outcomes);
  return refersTo(value) === 'AWS::NoValue' ? [] : [value];
}

/** The name in a `Ref`. */
export function refersTo(value: Value): string | undefined {
  return value.kind === 'call' && value.name === 'Ref' && value.argument.kind === 'scalar' ? value.argument.text : undefined;
}

/** The text a field holds, a parameter by its default; a function whose value only the deployment knows gives nothing. */
export function textsOf(place: Place, map: Mapping, key: string): Scalar[] {
  const entry = map.entries.get(key);
  return entry === undefined ? [] : outcomes(entry.value).flatMap((value) => textOf(place, key, value));
}
export function textOf(place: Place, key: string, value: Value): Scalar[] {
  const scalar = value.kind === 'call' ? defaultOf(place.pack, value) : value;
  if (scalar === undefined) return [];
  if (scalar.kind === 'scalar' && scalar.value !== null && scalar.text !== '') return [scalar];
  refuse(place, scalar.line, `\`${key}\` is not text`, 'write one value');
  return [];
}
function defaultOf({ parameters }: Pack, call: Call): Scalar | undefined {
  const parameter = parameters.get(refersTo(call) ?? '')?.value;
  const value = parameter?.kind === 'map' ? parameter.entries.get('Default')?.value : undefined;
  return value?.kind === 'scalar' && value.text !== '' ? { ...value, line: call.line } : undefined;
}

export function mapsOf(place: Place, map: Mapping, key: string): Mapping[] {
  const entry = map.entries.get(key);
  return entry === undefined ? [] : outcomes(entry.value).flatMap((value) => mapOf(place, key, value));
}
export function mapOf(place: Place, key: string, value: Value): Mapping[] {
  if (value.kind === 'map') return [value];
  if (value.kind !== 'call') refuse(place, value.line, `\`${key}\` is not a mapping`, 'write `name: value` lines below it');
  return [];
}
export function listsOf(place: Place, map: Mapping, key: string): List[] {
  const entry = map.entries.get(key);
  return entry === undefined ? [] : outcomes(entry.value).flatMap((value) => {
    if (value.kind === 'list') return [value];
    if (value.kind !== 'call') refuse(place, value.line, `\`${key}\` is not a list`, 'write its items with dashes');
    return [];
  });
}

export function refuse(place: Place, line: number, what: string, next: string): void {
  place.pack.report.error(line, `${place.name}: ${what}`, next, place.source);
}
/** Unknown keys are named: AWS refuses them, and a misspelt one would be missing. */
export function checkKeys(place: Place, map: Mapping, known: readonly string[]): void {
  for (const [key, { line }] of map.entries) if (!known.includes(key)) refuse(place, line, `unknown property \`${key}\``, `remove it or use one of ${known.join(', ')}`);
}
/** Whether the field is there; the error stands at `line`. */
export function checkPresent(place: Place, map: Mapping, key: string, line: number): boolean {
  if (map.entries.has(key)) return true;
  refuse(place, line, `\`${key}\` is missing`, 'add it');
  return false;
}
export function checkLength(place: Place, map: Mapping, key: string, most: number): void {
  for (const { line, text } of textsOf(place, map, key)) if (text.length > most) refuse(place, line, `\`${key}\` has ${text.length} characters, at most ${most}`, 'shorten it');
}
export function checkOneOf(place: Place, map: Mapping, key: string, allowed: readonly string[]): void {
  for (const { line, text } of textsOf(place, map, key)) if (!allowed.includes(text)) refuse(place, line, `\`${key}\` is \`${text}\``, `write ${allowed.length === 1 ? '' : 'one of '}${allowed.join(', ')}`);
}
export function checkRange(place: Place, map: Mapping, key: string, least: number, most: number): void {
  for (const { line, text } of textsOf(place, map, key)) {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least || number > most) refuse(place, line, `\`${key}\` is \`${text}\``, `write a whole number from ${least} to ${most}`);
  }
}
/** The one value every outcome agrees on, if it is known. */
export function knownText(map: Mapping, key: string, pack: Pack): string | undefined {
  const value = map.entries.get(key)?.value;
  if (value?.kind === 'scalar') return value.text;
  return value?.kind === 'call' ? defaultOf(pack, value)?.text : undefined;
}
