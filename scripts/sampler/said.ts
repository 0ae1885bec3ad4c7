import type { Random } from '../bench/random.ts';
import { foreign, mine, own, stranger } from './cast.ts';
import type { Document } from './documents.ts';

/** What policies say: the values by key, in lower case, and whom and what they name. */
export interface Said {
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  readonly actions: readonly string[];
  readonly text: string;
}

const listed = (value: unknown): string[] => value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);

export function saidBy(documents: readonly Document[]): Said {
  const [keys, principals, resources, actions] = [new Map<string, string[]>(), [] as string[], [] as string[], [] as string[]];
  for (const { Statement } of documents) for (const one of Statement) {
    resources.push(...listed(one['Resource']), ...listed(one['NotResource']));
    actions.push(...listed(one['Action']), ...listed(one['NotAction']));
    for (const named of [one['Principal'], one['NotPrincipal']]) if (typeof named === 'object' && named !== null) principals.push(...Object.values(named).flatMap(listed));
    for (const [operator, tests] of Object.entries(one.Condition ?? {})) for (const [key, values] of Object.entries(tests)) keys.set(key.toLowerCase(), [...keys.get(key.toLowerCase()) ?? [], ...(operator.endsWith('Null') ? [] : listed(values))]);
  }
  const text = JSON.stringify(documents);
  for (const [, key] of text.matchAll(/\$\{([a-z0-9]+:[^},]+)/gi)) if (!keys.has(key!.toLowerCase())) keys.set(key!.toLowerCase(), []);
  return { keys, principals, resources, actions, text };
}

/** One of the texts that a pattern stands for. */
export const instance = ({ pick }: Random, pattern: string): string => {
  const values = new Map<string, string>();
  const valueOf = (variable: string): string => { const value = values.get(variable) ?? pick(['red', '', own, 'jo', mine, stranger, foreign, '33333333']); values.set(variable, value); return value; };
  return pattern.replace(/\$\{[^}]*\}/g, valueOf).replace(/\*/g, () => pick(['', 'x', '1', 'a/b', 'app'])).replace(/\?/g, () => pick(['x', '1', 'a', ':']));
};

const near = ({ below, pick }: Random, text: string): string => { const at = below(text.length + 1); return pick([`${text}x`, text.slice(0, -1), text.toUpperCase(), text.toLowerCase(), `${text.slice(0, at)}1${text.slice(at + 1)}`]); };

/** A value for a key: one that the policies say or one near it, or another; such as `fits`. */
export function valueOf(random: Random, { keys }: Said, key: string, others: readonly string[], fits: RegExp = /./): string {
  const { chance, pick } = random;
  const said = keys.get(key.toLowerCase()) ?? [];
  for (let i = 0; i < 4; i++) {
    const one = said.length > 0 && chance(0.7) ? instance(random, pick(said)) : pick(others);
    const value = chance(0.15) ? near(random, one) : one;
    if (fits.test(value)) return value;
  }
  return pick(others);
}

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
/** Accounts that the policies write out, and some that their patterns stand for. */
export function accountsSaid({ below }: Random, { keys, text }: Said): readonly string[] {
  const patterns = [...keys].flatMap(([key, values]) => /account$/.test(key) ? values : key === 'aws:principalarn' ? values.map((one) => one.split(':')[4] ?? '') : []).filter((one) => /^[\d*?]+$/.test(one) && /[*?]/.test(one));
  const filled = patterns.map((one) => { const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join(''); return one.replace(/\?/g, () => digits(1)).replace('*', digits(Math.max(0, 13 - one.length))).replace(/\*/g, ''); });
  const numbers = /Numeric/.test(text) ? (text.match(ACCOUNT) ?? []).flatMap((one) => [Number(one) - 1, Number(one) + 1].map(String)) : [];
  return [...text.match(ACCOUNT) ?? [], ...[...numbers, ...filled].filter((one) => /^\d{12}$/.test(one))];
}
/** Organizations that the policies tell of. */
export const organizationsSaid = (random: Random, { keys, text }: Said): readonly string[] =>
  [...(text.match(/o-[a-z0-9]{10,32}/g) ?? []), ...[...keys].filter(([key]) => /org(id|paths)$/.test(key)).flatMap(([, values]) => values).map((one) => instance(random, one.split('/')[0]!)).filter((one) => /^o-[a-z0-9]{10,32}$/.test(one))];
