import { parse } from 'yaml';
import type { Parameters } from './parameters.ts';

/** How a template differs from the one that is deployed: resources by logical id, and sections other than resources by name. */
export interface TemplateDiff { readonly added: readonly string[]; readonly changed: readonly string[]; readonly removed: readonly string[]; readonly sections: readonly string[] }
export interface ParameterDiff { readonly name: string; /** `undefined`: it has no value of its own. */ readonly from: string | undefined; readonly to: string }

type Sections = Readonly<Record<string, unknown>>;

/** Compares by meaning: YAML and JSON of the same value, and members in another order, do not differ. */
export function templateDiff(before: string, after: string): TemplateDiff {
  if (before === after) return { added: [], changed: [], removed: [], sections: [] };
  const [old, fresh] = [sectionsOf(before), sectionsOf(after)];
  const resources = (sections: Sections): Sections => (sections['Resources'] ?? {}) as Sections;
  const [was, is] = [resources(old), resources(fresh)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return {
    added: Object.keys(is).filter((id) => !Object.hasOwn(was, id)).sort(),
    changed: Object.keys(is).filter((id) => Object.hasOwn(was, id) && canonical(was[id]) !== canonical(is[id])).sort(),
    removed: Object.keys(was).filter((id) => !Object.hasOwn(is, id)).sort(),
    sections: names.filter((name) => name !== 'Resources' && canonical(old[name]) !== canonical(fresh[name])).sort(),
  };
}

export const isEmptyDiff = ({ added, changed, removed, sections }: TemplateDiff): boolean => [added, changed, removed, sections].every((list) => list.length === 0);

/** Parameters that are to have another value. Others that are there have the template's default, and come and go with it. */
export const parameterDiff = (before: Parameters, after: Parameters): readonly ParameterDiff[] =>
  Object.keys(after).sort().filter((name) => before[name] !== after[name]).map((name) => ({ name, from: before[name], to: after[name]! }));

/** A template without its comments; YAML 1.1, as CloudFormation reads it. */
const sectionsOf = (text: string): Sections => (text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { version: '1.1', logLevel: 'silent' })) as Sections;

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one)
    ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => a < b ? -1 : 1)) : one) ?? '';
}
