import type { Finding, Said } from './finding.ts';

/** Equal findings of several places, told as one. */
export interface Group extends Said {
  readonly check: string;
  /** By account the Regions it was found in; empty: in the account as a whole. */
  readonly accounts: ReadonlyMap<string, readonly string[]>;
}

/** Groups in the order in which they were first found. */
export function grouped(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, { readonly first: Finding; readonly accounts: Map<string, string[]> }>();
  for (const finding of findings) {
    const { check, severity, message, next, details, place: { account, region } } = finding;
    const key = JSON.stringify([check, severity, message, next, details]);
    const group = groups.get(key) ?? { first: finding, accounts: new Map<string, string[]>() };
    groups.set(key, group);
    if (account !== undefined) group.accounts.set(account, [...group.accounts.get(account) ?? [], ...region === undefined ? [] : [region]]);
  }
  return [...groups.values()].map(({ first: { place: _, ...said }, accounts }) => ({ ...said, accounts: new Map([...accounts].sort(([a], [b]) => a < b ? -1 : 1)) }));
}
