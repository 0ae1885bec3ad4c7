import type { Random } from '../bench/random.ts';
import { foreign, mine, own, stranger } from './cast.ts';
import type { Document } from './documents.ts';

/** One test of a condition. */
export interface Test { readonly operator: string; readonly key: string; readonly values: readonly string[] }
/** What policies say: the values by key, in lower case, and whom and what they name. */
export interface Said {
  readonly tests: readonly Test[];
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  readonly actions: readonly string[];
  readonly text: string;
}
/** What a request tells so far, in lower case. */
export type Told = Readonly<Record<string, string | readonly string[]>>;

const listed = (value: unknown): string[] => value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);

export function saidBy(documents: readonly Document[]): Said {
  const [tests, keys, principals, resources, actions] = [[] as Test[], new Map<string, string[]>(), [] as string[], [] as string[], [] as string[]];
  for (const { Statement } of documents) for (const one of Statement) {
    resources.push(...listed(one['Resource']), ...listed(one['NotResource']));
    actions.push(...listed(one['Action']), ...listed(one['NotAction']));
    for (const named of [one['Principal'], one['NotPrincipal']]) if (typeof named === 'object' && named !== null) principals.push(...Object.values(named).flatMap(listed));
    for (const [operator, of] of Object.entries(one.Condition ?? {})) for (const [name, values] of Object.entries(of)) tests.push({ operator: operator.toLowerCase(), key: name.toLowerCase(), values: listed(values) });
  }
  for (const { operator, key, values } of tests) keys.set(key, [...keys.get(key) ?? [], ...operator.endsWith('null') ? [] : values]);
  const text = JSON.stringify(documents);
  for (const [, key] of text.matchAll(/\$\{([a-z0-9.-]+:[^},]+)/gi)) if (!keys.has(key!.toLowerCase())) keys.set(key!.toLowerCase(), []);
  return { tests, keys, principals, resources, actions, text };
}

/** One of the texts that a pattern stands for, with what is told already in place of its variables; `onlyVariables`: the pattern, with those filled. */
export const instance = ({ chance, pick }: Random, pattern: string, told: Told = {}, onlyVariables = false): string => {
  const values = new Map<string, string>();
  const valueOf = (variable: string): string => {
    const [key = '', fallback] = variable.split(/\s*,\s*/);
    const known = told[key.toLowerCase()];
    const value = values.get(key) ?? (typeof known === 'string' && chance(0.8) ? known : fallback !== undefined && chance(0.4) ? fallback.slice(1, -1) : pick(['red', '', own, 'jo', mine, stranger, foreign, '33333333', 'x']));
    values.set(key, value);
    return value;
  };
  return pattern.replace(/\$\{([^}]*)\}|[*?]/g, (whole, variable?: string) => variable !== undefined ? (/^[*?$]$/.test(variable) ? variable : valueOf(variable)) : onlyVariables ? whole : whole === '*' ? pick(['', 'x', '1', 'a', 'a/b', 'app']) : pick(['x', '1', 'a', ':']));
};

const lookalikes: Readonly<Record<string, string>> = { k: '\u212a', s: '\u017f', i: '\u0130' };
const near = ({ below, pick }: Random, text: string): string => { const at = below(text.length + 1); return pick([`${text}x`, text.slice(0, -1), text.toUpperCase(), text.toLowerCase(), `${text.slice(0, at)}1${text.slice(at + 1)}`, text.replace(/[ksi]/i, (one) => lookalikes[one.toLowerCase()]!)]); };

/** A value for a key: one that the policies say or one near it, or one that is told already, or another; such as `fits`. */
export function valueOf(random: Random, { keys }: Said, key: string, others: readonly string[], fits: RegExp = /./, told: Told = {}): string {
  const { chance, pick } = random;
  const said = keys.get(key.toLowerCase()) ?? [];
  const known = Object.values(told).filter((one) => typeof one === 'string');
  for (let i = 0; i < 4; i++) {
    const one = said.length > 0 && chance(0.7) ? instance(random, pick(said), told) : known.length > 0 && chance(0.2) ? pick(known) : pick(others);
    const value = chance(0.15) ? near(random, one) : one;
    if (fits.test(value)) return value;
  }
  return pick(others);
}
