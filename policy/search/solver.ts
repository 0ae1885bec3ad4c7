import { passes, solveKey, type Search } from './keys.ts';
import type { Literal, Node } from './logic.ts';
import type { Choice, Domain } from './region.ts';

interface Assigned { literals: readonly Literal[]; choice: Choice }

/**
 * Looks for values of all keys under which a node holds. One candidate stands at any time: alternatives that it
 * satisfies are left alone, and only where it satisfies none is each tried in turn, with those before it ruled out. A
 * search that ends without values has therefore tried every way to satisfy the node.
 */
export class Solver {
  readonly #domain: (key: string) => Domain;
  readonly #search: Search;
  readonly #assigned = new Map<string, Assigned>();
  readonly #untested = new Map<string, Choice | undefined>();

  constructor(domain: (key: string) => Domain, search: Search) {
    this.#domain = domain;
    this.#search = search;
  }

  /** The values under which the node holds, by the keys it tests; `undefined`: there are none. */
  solve(node: Node): ReadonlyMap<string, Choice> | undefined {
    const goals: Node[] = [];
    if (!this.#assume(node, goals, []) || !this.#settle(goals)) return undefined;
    const values = new Map<string, Choice>();
    for (const [key, choice] of this.#untested) if (choice !== undefined) values.set(key, choice);
    for (const [key, { choice }] of this.#assigned) values.set(key, choice);
    return values;
  }

  /** What a key may carry where nothing is asked of it. */
  anyOf(key: string): Choice | undefined { return this.#choiceOf(key); }

  /** Makes every goal hold, or leaves everything as it was. */
  #settle(goals: readonly Node[]): boolean {
    const open = goals.findIndex((one) => !this.#holds(one));
    const goal = goals[open];
    if (goal === undefined) return true;
    const rest = goals.filter((_, i) => i !== open);
    const undo: (() => void)[] = [];
    for (const one of (goal as { readonly of: readonly Node[] }).of) {
      const [more, undoOne]: [Node[], (() => void)[]] = [[], []];
      if (this.#assume(one, more, undoOne) && this.#settle([...rest, ...more])) return true;
      revert(undoOne);
      // What was tried in vain is ruled out for those that follow, so that nothing is searched twice.
      if (one.kind === 'literal' && !this.#assume({ ...one, positive: !one.positive }, [], undo)) break;
    }
    revert(undo);
    return false;
  }

  /** Takes a node for true; alternatives become goals. `false`: it contradicts what was taken before. */
  #assume(node: Node, goals: Node[], undo: (() => void)[]): boolean {
    if (node.kind === 'all') return node.of.every((one) => this.#assume(one, goals, undo));
    if (node.kind === 'any') { goals.push(node); return node.of.length > 0; }
    const before = this.#assigned.get(node.key);
    const literals = before === undefined ? [node] : [...before.literals, node];
    this.#search.work.spend(40 + 5 * node.test.globs.length);
    let choice: Choice | undefined = before === undefined ? this.#untested.get(node.key) : before.choice;
    if (choice === undefined || this.#isWide(node.key) || !passes(node, choice)) choice = solveKey(node.key, this.#domain(node.key), literals, this.#search);
    if (choice === undefined) return false;
    undo.push(() => { if (before === undefined) this.#assigned.delete(node.key); else this.#assigned.set(node.key, before); });
    this.#assigned.set(node.key, { literals, choice });
    return true;
  }

  #holds(node: Node): boolean {
    if (node.kind === 'all') return node.of.every((one) => this.#holds(one));
    if (node.kind === 'any') return node.of.some((one) => this.#holds(one));
    this.#search.work.spend(20 + 5 * node.test.globs.length);
    if (this.#isWide(node.key)) return this.#assigned.get(node.key)?.literals.some((one) => one.test === node.test && one.positive === node.positive) ?? false;
    const choice = this.#choiceOf(node.key);
    return choice !== undefined && passes(node, choice);
  }

  /** Whether a value speaks for itself only, so that a test must be taken for true before it is. */
  #isWide(key: string): boolean { return this.#domain(key).wide === true; }

  /** What the candidate carries under a key, tested so far or not; `undefined`: no value is possible. */
  #choiceOf(key: string): Choice | undefined {
    const assigned = this.#assigned.get(key);
    if (assigned !== undefined) return assigned.choice;
    if (!this.#untested.has(key)) this.#untested.set(key, solveKey(key, this.#domain(key), [], this.#search));
    return this.#untested.get(key);
  }
}

function revert(undo: (() => void)[]): void {
  for (const one of undo.reverse()) one();
}
