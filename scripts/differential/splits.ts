import type { Atom } from './atoms.ts';
import type { Situation } from './sides.ts';

/** One test on which the two sides differ. */
export interface Split {
  readonly atom: Atom;
  readonly situation: Situation;
  readonly version: string | undefined;
  readonly ours: boolean;
  readonly theirs: boolean;
}

export const onlyOurs = ({ ours, theirs }: Split): boolean => ours && !theirs;
export const onlyTheirs = ({ ours, theirs }: Split): boolean => theirs && !ours;

/** What the request carries under a key, whatever its spelling. */
export const carried = ({ situation: { request } }: Split, key: string): string | readonly string[] | undefined =>
  Object.entries(request.context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];

/** A condition, read as far as the exceptions need it. */
export interface Test {
  readonly base: string;
  readonly family: 'string' | 'arn' | 'numeric' | 'date' | 'ip' | 'bool' | 'binary' | 'null';
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly values: readonly string[];
  readonly requested: string | readonly string[] | undefined;
  readonly requestedList: readonly string[];
}
export function testOf(split: Split): Test | undefined {
  const { operator, key, negated, values } = split.atom;
  if (operator === undefined || key === undefined) return undefined;
  const [, quantifier, rest = ''] = /^(?:(forallvalues|foranyvalue):)?(.*)$/i.exec(operator) ?? [];
  const base = rest.replace(/ifexists$/i, '');
  const [, family = ''] = /^(string|arn|numeric|date|(?:not)?ip|bool|binary|null)/i.exec(base) ?? [];
  const requested = carried(split, key);
  return {
    base, negated, values: values.map(String), requested, ifExists: rest !== base,
    family: family.toLowerCase().replace(/^notip$/, 'ip') as Test['family'],
    quantifier: quantifier === undefined ? undefined : quantifier.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue',
    requestedList: requested === undefined ? [] : typeof requested === 'string' ? [requested] : requested,
  };
}

export interface Variable { readonly name: string; readonly fallback: string | undefined; readonly written: string; readonly at: number }
/** `${key}` and `${key, 'default'}`; `${*}`, `${?}` and `${$}` are no variables. */
export const variablesIn = (text: string): Variable[] => [...text.matchAll(/\$\{([^}]*)\}/g)].flatMap(({ 0: written, 1: inner = '', index }) => {
  if (/^[*?$]$/.test(inner)) return [];
  const [, name = inner, fallback] = /^([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? [];
  return [{ name: name.trim(), fallback, written, at: index }];
});
/** The texts of the policy in which variables may stand. */
export const templates = ({ atom }: Split): string[] => atom.element === 'condition' || atom.element === 'resource' ? atom.values.map(String) : [];
