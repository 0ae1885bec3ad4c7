import { fewChoices, passes, solveKey } from './keys.ts';
import type { Search } from './kinds.ts';
import type { Literal, Node } from './logic.ts';
import type { Choice, Domain } from './region.ts';

type Alternatives = Exclude<Node, Literal>;

/** A key with the tests of it that are taken for true, and what it carries; `left`: all that it might, where that is little. */
interface Assigned { readonly literals: readonly Literal[]; readonly choice: Choice; readonly left: readonly Choice[] | undefined }

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
    const goals: Alternatives[] = [];
    if (!this.#assume(node, goals, []) || !this.#settle(goals)) return undefined;
    const values = new Map<string, Choice>();
    for (const [key, choice] of this.#untested) if (choice !== undefined) values.set(key, choice);
    for (const [key, { choice }] of this.#assigned) values.set(key, choice);
    return values;
  }

  /** What a key may carry where nothing is asked of it. */
  anyOf(key: string): Choice | undefined { return this.#choiceOf(key); }

  /** Makes every goal hold, or leaves everything as it was. */
  #settle(goals: readonly Alternatives[]): boolean {
    const goal = this.#next(goals);
    if (goal === undefined) return true;
    const rest = goals.filter((one) => one !== goal);
    const undo: (() => void)[] = [];
    for (const one of goal.of) {
      const [more, undoOne]: [Alternatives[], (() => void)[]] = [[], []];
      if (this.#assume(one, more, undoOne) && this.#settle([...rest, ...more])) return true;
      revert(undoOne);
      // What was tried in vain is ruled out for those that follow, so that nothing is searched twice; of a wide range neither a test nor its opposite may hold.
      if (one.kind === 'literal' && !this.#isWide(one.key) && !this.#assume({ ...one, positive: !one.positive }, [], undo)) break;
    }
    revert(undo);
    return false;
  }

  /** Of the goals that do not hold, the first that has fewest alternatives left, as far as is known: none or one settles most. */
  #next(goals: readonly Alternatives[]): Alternatives | undefined {
    let next: Alternatives | undefined;
    let fewest = Infinity;
    for (const goal of goals) {
      if (this.#holds(goal)) continue;
      let left = 0;
      for (const one of goal.of) if (!this.#isRuledOut(one)) left++;
      if (left < fewest) [next, fewest] = [goal, left];
      if (fewest < 2) break;
    }
    return next;
  }

  /** Takes a node for true; alternatives become goals. `false`: it contradicts what was taken before. */
  #assume(node: Node, goals: Alternatives[], undo: (() => void)[]): boolean {
    if (node.kind === 'all') return node.of.every((one) => this.#assume(one, goals, undo));
    if (node.kind === 'any') { goals.push(node); return node.of.length > 0; }
    const { key } = node;
    const before = this.#assigned.get(key);
    const literals = before === undefined ? [node] : [...before.literals, node];
    this.#search.work.spend(40 + 5 * node.test.globs.length);
    const left = before?.left?.filter((one) => passes(node, one)) ?? fewChoices(key, this.#domain(key), literals, this.#search);
    let choice = left === undefined ? before === undefined ? this.#untested.get(key) : before.choice : left[0];
    if (left === undefined && (choice === undefined || this.#isWide(key) || !passes(node, choice))) choice = solveKey(key, this.#domain(key), literals, this.#search);
    if (choice === undefined) return false;
    undo.push(() => { if (before === undefined) this.#assigned.delete(key); else this.#assigned.set(key, before); });
    this.#assigned.set(key, { literals, choice, left });
    return true;
  }

  /** Whether it is seen at once that a node contradicts what was taken for true. */
  #isRuledOut(node: Node): boolean {
    if (node.kind === 'all') return node.of.some((one) => this.#isRuledOut(one));
    if (node.kind === 'any') return node.of.every((one) => this.#isRuledOut(one));
    const left = this.#assigned.get(node.key)?.left;
    if (left === undefined) return false;
    this.#search.work.spend(20 * left.length);
    return !left.some((one) => passes(node, one));
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
