import type { Severity } from '../../core/verdict.ts';
import type { Result } from '../check.ts';

/** One thing to do: a finding or an undecided verdict, on one resource or on several alike. */
export interface Entry {
  readonly severity: Severity | 'undecided';
  readonly rule: string;
  readonly message: string;
  readonly at: string | undefined;
  readonly fix: string | undefined;
  readonly witness: unknown;
  readonly resources: readonly Result[];
}

const order: readonly Entry['severity'][] = ['critical', 'high', 'medium', 'low', 'undecided'];

/** What the results come to, worst first; the same sentence of the same rule on several resources is one entry. */
export function entriesOf(results: readonly Result[]): Entry[] {
  const entries = new Map<string, Entry & { readonly resources: Result[] }>();
  const add = (entry: Omit<Entry, 'resources'>, result: Result): void => {
    const key = `${entry.rule}\n${entry.severity}\n${entry.message}\n${entry.at ?? ''}`;
    const known = entries.get(key);
    if (known === undefined) entries.set(key, { ...entry, resources: [result] });
    else known.resources.push(result);
  };
  for (const result of results) {
    const { verdict, rule } = result;
    if (verdict.kind === 'non-compliant') for (const one of verdict.findings) add({ severity: one.severity, rule, message: one.message, at: one.at, fix: one.fix, witness: one.witness }, result);
    else if (verdict.kind === 'undecided' && verdict.unknowns.length === 0) add({ severity: 'undecided', rule, message: verdict.because, at: undefined, fix: undefined, witness: undefined }, result);
  }
  const rank = (entry: Entry): string => [order.indexOf(entry.severity), entry.rule, entry.resources[0]!.accountId, entry.resources[0]!.arn, entry.at ?? ''].join('\u0000');
  return [...entries.values()].map((entry) => ({ entry, key: rank(entry) })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ entry }) => entry);
}

export interface UnknownOwner { readonly kind: 'account' | 'bucket'; readonly id: string; readonly results: readonly Result[] }

/** Accounts and buckets whose owner the definition does not tell, those that settle most first. */
export function unknownsOf(results: readonly Result[]): UnknownOwner[] {
  const unknowns = new Map<string, UnknownOwner & { readonly results: Result[] }>();
  for (const result of results) {
    if (result.verdict.kind !== 'undecided') continue;
    for (const { kind, id } of result.verdict.unknowns) {
      const known = unknowns.get(`${kind} ${id}`);
      if (known === undefined) unknowns.set(`${kind} ${id}`, { kind, id, results: [result] });
      else known.results.push(result);
    }
  }
  return [...unknowns.values()].sort((a, b) => b.results.length - a.results.length || (a.id < b.id ? -1 : 1));
}
