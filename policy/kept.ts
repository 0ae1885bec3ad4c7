import type { Policy } from './parse.ts';

/**
 * A policy that keeps what is found out about it. It does so itself, for the collector takes what a WeakMap holds through
 * several rounds before it lets go, which costs more than to judge most policies.
 */
export class KeepingPolicy implements Policy {
  readonly version: Policy['version'];
  readonly statements: Policy['statements'];
  readonly #kept = new Map<string, unknown>();

  constructor({ version }: Pick<Policy, 'version'>, statements: Policy['statements']) {
    this.version = version;
    this.statements = statements;
  }

  /** What is made once for a policy, by name; each time for one that others have put together. */
  static once<T>(policy: Policy, name: string, make: () => T): T {
    return #kept in policy ? once(policy.#kept, name, make) : make();
  }
}

/** What is kept by name, until there is too much of it. */
export class Memory<T> extends Map<string, T> {
  readonly #most: number;
  constructor(most = 1_000) { super(); this.#most = most; }
  add(name: string, made: T): T {
    if (this.size >= this.#most) this.clear();
    this.set(name, made);
    return made;
  }
}

/** Remembers what was made for a text: policies of an organization write the same ones over and over. */
export function kept<T>(make: (text: string) => T, most?: number): (text: string) => T {
  const known = new Memory<T>(most);
  return (text) => known.get(text) ?? known.add(text, make(text));
}

/** What is made once under a key. */
export function once<Key, T>(kept: Map<Key, unknown>, name: Key, make: () => T): T {
  const known = kept.get(name);
  if (known !== undefined || kept.has(name)) return known as T;
  const made = make();
  kept.set(name, made);
  return made;
}
