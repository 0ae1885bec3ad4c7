import { closure, isInClass, isLiteral, matches, step, type Pattern } from './pattern.ts';

/** A pattern some test of the policy holds a text against. */
export interface Test { readonly pattern: Pattern; readonly ignoreCase: boolean }

/** What a question may still spend, in steps. */
export interface Work { left: number }

/**
 * Representatives by their tests and form: policies of an organization ask for the same ones over and over. What they
 * cost is charged every time, so that no answer depends on what was asked before.
 */
const known = new Map<string, { readonly texts: readonly string[]; readonly cost: number }>();
const MOST_KEPT = 20_000;

/** Characters that stand for all those that no pattern names, liked first so that witnesses read well. */
const fresh = ['x', 'y', 'z', 'q', 'w', 'k', 'j', 'v', '9', '8', '7', '6', '5', '4', '3', '2', '1', '0', 'X', '-', '/'];

/**
 * One text for every way the texts of `domain` can fall under the tests: texts that match the same tests cannot be told
 * apart by the policy, so these representatives stand for all. `undefined`: more work than is left.
 *
 * All patterns are read side by side, character by character (the product of their automata); the first text that ends
 * in a new combination of matches is kept. Two characters that no pattern names behave alike, so one of a kind is tried.
 */
export function representatives(tests: readonly Test[], domain: Pattern, work: Work): readonly string[] | undefined {
  const key = keyOfTests(tests, domain);
  const before = known.get(key);
  if (before !== undefined) {
    work.left -= before.cost;
    return work.left < 0 ? undefined : before.texts;
  }
  const start = work.left;
  const literals = [...new Set(tests.filter((one) => isLiteral(one.pattern)).map((one) => one.pattern.join('')))].filter((text) => matches(domain, text));
  const globs = distinct(tests.filter((one) => !isLiteral(one.pattern)));
  const others = products(globs, domain, new Set(literals), work);
  if (others === undefined) return undefined;
  const all = [...literals, ...others];
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, { texts: all, cost: start - work.left });
  return all;
}

/** The same representatives, with a text people recognize in the place of one that no test tells from it. */
export function readable(tests: readonly Test[], found: readonly string[], liked: readonly string[]): string[] {
  const vector = (text: string): string => tests.map(({ pattern, ignoreCase }) => (matches(pattern, text, ignoreCase) ? '1' : '0')).join('');
  const byVector = new Map([...liked].reverse().map((text) => [vector(text), text]));
  return found.map((text) => byVector.get(vector(text)) ?? text);
}

function distinct(tests: readonly Test[]): Test[] {
  const seen = new Map(tests.map((one) => [JSON.stringify([one.pattern, one.ignoreCase]), one]));
  return [...seen.values()];
}

function products(globs: readonly Test[], domain: Pattern, taken: ReadonlySet<string>, work: Work): string[] | undefined {
  const all: readonly Test[] = [{ pattern: domain, ignoreCase: false }, ...globs];
  const named = new Set(all.flatMap(({ pattern, ignoreCase }) => pattern.flatMap((token) => typeof token !== 'string' ? [] : ignoreCase ? [token.toLowerCase(), token.toUpperCase()] : [token])));
  const classes = new Set(all.flatMap(({ pattern }) => pattern.flatMap((token) => typeof token === 'string' ? [] : [token.of])));
  const alphabet = [...new Set([...[...classes].flatMap((name) => freshOf(name, named)), ...named])];
  const automata = all.map((one) => new Automaton(one));
  interface State { readonly text: string; readonly at: readonly number[] }
  const found = new Map<string, string>();
  const seen = new Set<string>();
  let layer: State[] = [{ text: '', at: automata.map((one) => one.start) }];
  while (layer.length > 0) {
    const next: State[] = [];
    for (const { text, at } of layer) {
      for (const char of automata[0]!.charactersFrom(at[0]!) ?? alphabet) {
        // A step moves every pattern, and a state remembers where each of them is.
        work.left -= all.length;
        if (work.left < 0) return undefined;
        const inDomain = automata[0]!.step(at[0]!, char);
        if (inDomain === DEAD) continue;
        const after = automata.map((one, i) => i === 0 ? inDomain : one.step(at[i]!, char));
        const state = { text: text + char, at: after };
        if (automata[0]!.accepts(inDomain) && !taken.has(state.text)) {
          const vector = automata.map((one, i) => (one.accepts(after[i]!) ? '1' : '0')).join('');
          if (!found.has(vector)) found.set(vector, state.text);
        }
        const key = after.join(',');
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(state);
      }
    }
    layer = next;
  }
  return [...found.values()];
}

const DEAD = 0;

/** A pattern as a deterministic automaton, made as far as it is walked: sets of positions are its states, by number. */
class Automaton {
  readonly #test: Test;
  readonly #states: ReadonlySet<number>[] = [new Set()];
  readonly #numbers = new Map<string, number>([['', DEAD]]);
  readonly #steps: Map<string, number>[] = [new Map()];
  readonly start: number;

  constructor(test: Test) {
    this.#test = test;
    this.start = this.#numberOf(closure(test.pattern, [0]));
  }

  #numberOf(positions: ReadonlySet<number>): number {
    const key = [...positions].sort((a, b) => a - b).join(',');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#states.length);
    this.#steps.push(new Map());
    return this.#states.push(positions) - 1;
  }

  step(state: number, char: string): number {
    if (state === DEAD) return DEAD;
    const known = this.#steps[state]!.get(char);
    if (known !== undefined) return known;
    const after = this.#numberOf(step(this.#test.pattern, this.#states[state]!, char, this.#test.ignoreCase));
    this.#steps[state]!.set(char, after);
    return after;
  }

  accepts(state: number): boolean { return this.#states[state]!.has(this.#test.pattern.length); }

  /** The only characters to go on with, where the pattern names them: along fixed text there is no choice. */
  charactersFrom(state: number): string[] | undefined {
    const chars: string[] = [];
    for (const at of this.#states[state]!) {
      const token = this.#test.pattern[at];
      if (typeof token === 'string') chars.push(token);
      else if (token !== undefined) return undefined;
    }
    return chars;
  }
}

const textOfPattern = (pattern: Pattern): string => pattern.map((token) => typeof token === 'string' ? token : `\u0000${token.of}${token.times}`).join('');
const keyOfTests = (tests: readonly Test[], domain: Pattern): string => [textOfPattern(domain), ...tests.map((one) => `${one.ignoreCase ? 'i' : ''}${textOfPattern(one.pattern)}`)].join('\u0001');

/** A character of the class that no pattern names; two where the first might complete a literal by chance. */
function freshOf(name: Parameters<typeof isInClass>[1], named: ReadonlySet<string>): string[] {
  const some = fresh.filter((char) => isInClass(char, name));
  const free = some.filter((char) => !named.has(char));
  return (free.length > 0 ? free : some).slice(0, 1);
}
