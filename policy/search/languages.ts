import { bitOf, classesOf, enter, step, type Pattern, type Token } from '../pattern.ts';
import type { Work } from './work.ts';

/** Characters that stand for all those that no pattern names, liked first so that witnesses read well: every one that is printed in ASCII, for a policy may name most, but for wildcards, and one beyond. */
const fresh = [...new Set([...'xyzqwkjvbmh9876543210XYZ-/:_.@ ~', ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter((one) => one !== '*' && one !== '?'), 'é'])];
/** The same by how classes tell them apart. */
const freshIn = new Map<number, readonly (readonly string[])[]>();
function kindsOf(classes: number): readonly (readonly string[])[] {
  const known = freshIn.get(classes);
  if (known !== undefined) return known;
  const kinds = new Map<number, string[]>();
  for (const char of fresh) {
    const kind = classesOf(char) & classes;
    const some = kinds.get(kind);
    if (some === undefined) kinds.set(kind, [char]); else some.push(char);
  }
  const made = [...kinds.values()];
  freshIn.set(classes, made);
  return made;
}
export const DEAD = 0;

/** Where a pattern is entered: its beginning, or some positions inside it, in order and with all that is reached from them. */
export interface Entry { readonly tokens: readonly Token[]; readonly ignoreCase: boolean; readonly from?: readonly number[] }
export const entriesOf = (patterns: readonly Pattern[], ignoreCase = false): Entry[] => patterns.flatMap((one) => one.alternatives.map(({ tokens }) => ({ tokens, ignoreCase })));

/** Where texts stand in one of the patterns, and what follows from that. */
interface Place {
  readonly id: number;
  readonly entry: Entry;
  /** Places of the same pattern by their positions. */
  readonly ofEntry: Map<string, Place>;
  readonly positions: readonly number[];
  readonly accepts: boolean;
  readonly forever: boolean;
  readonly names: readonly string[];
  /** A bit for each. */
  readonly classes: number;
  /** Where a character leads; `undefined`: the pattern is lost. */
  readonly steps: Map<string, Place | undefined>;
}

interface State {
  /** Of the patterns that some text can still match, in order: of a long list most are soon lost. */
  readonly at: readonly Place[];
  readonly accepts: boolean;
  /** Whether every longer text is accepted too. */
  readonly forever: boolean;
  readonly steps: Map<string, number>;
  readonly names: ReadonlySet<string>;
  readonly classes: number;
}

/** The union of some patterns as a deterministic automaton, made as far as it is walked; its states are numbers. */
export class Language {
  readonly #work: Work;
  readonly #states: State[] = [];
  readonly #numbers = new Map<string, number>();
  readonly start: number;
  #places = 0;

  constructor(entries: readonly Entry[], work: Work) {
    this.#work = work;
    this.#numberOf([]);
    this.start = this.#numberOf(entries.map((entry) => this.#placeAt(entry, new Map<string, Place>(), entry.from ?? enter(entry.tokens, 0))).filter((one) => one !== undefined));
  }

  #placeAt(entry: Entry, ofEntry: Map<string, Place>, positions: readonly number[]): Place | undefined {
    if (positions.length === 0) return undefined;
    const key = positions.join();
    let place = ofEntry.get(key);
    if (place === undefined) ofEntry.set(key, place = { id: this.#places++, entry, ofEntry, positions, ...toldAt(entry, positions), steps: new Map() });
    return place;
  }

  #numberOf(at: readonly Place[]): number {
    let key = '';
    for (const { id } of at) key += `${id},`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const names = new Set<string>();
    let [accepts, forever, classes] = [false, false, 0];
    for (const one of at) {
      accepts ||= one.accepts;
      forever ||= one.forever;
      classes |= one.classes;
      for (const name of one.names) names.add(name);
    }
    this.#numbers.set(key, this.#states.length);
    return this.#states.push({ at, accepts, forever, steps: new Map(), names, classes }) - 1;
  }

  step(state: number, char: string): number {
    if (state === DEAD) return DEAD;
    const from = this.#states[state]!;
    const known = from.steps.get(char);
    if (known !== undefined) return known;
    let moved = 1;
    const live: Place[] = [];
    for (const place of from.at) {
      moved += place.positions.length;
      const next = this.#after(place, char);
      if (next !== undefined) live.push(next);
    }
    const after = this.#numberOf(live);
    // A new state is written out and looked up, which costs more than a comparison.
    this.#work.spend(8 * moved);
    from.steps.set(char, after);
    return after;
  }

  #after(place: Place, char: string): Place | undefined {
    const { entry, ofEntry, positions, steps } = place;
    const known = steps.get(char);
    if (known !== undefined || steps.has(char)) return known;
    const after = this.#placeAt(entry, ofEntry, step(entry.tokens, positions, char, entry.ignoreCase));
    steps.set(char, after);
    return after;
  }

  accepts(state: number): boolean { return this.#states[state]!.accepts; }
  acceptsForever(state: number): boolean { return this.#states[state]!.forever; }
  names(state: number): ReadonlySet<string> { return this.#states[state]!.names; }
  classes(state: number): number { return this.#states[state]!.classes; }
}

/** What a pattern takes next at some of its positions, and whether it takes nothing or anything. */
function toldAt({ tokens, ignoreCase }: Entry, positions: readonly number[]): Pick<Place, 'accepts' | 'forever' | 'names' | 'classes'> {
  const names: string[] = [];
  let [accepts, forever, classes] = [false, false, 0];
  for (const position of positions) {
    const token = tokens[position];
    if (token === undefined) accepts = true;
    else if (typeof token === 'string') {
      names.push(token);
      // What is several characters in the other case is none of them: texts are held against patterns character by character.
      if (ignoreCase) for (const other of [token.toLowerCase(), token.toUpperCase()]) if (other.length === 1) names.push(other);
    } else {
      classes |= bitOf(token.of);
      if (token.of === 'any' && token.times === 'many' && position === tokens.length - 1) forever = true;
    }
  }
  return { accepts, forever, names, classes };
}

/**
 * The characters worth reading where some automata stand: those their patterns name there, and one for every way their
 * wildcards tell the rest apart, and besides one that is named nowhere.
 */
export function charactersAt(languages: readonly Language[], states: readonly number[], nowhere?: Nowhere): string[] {
  const names = new Set<string>();
  let classes = 0;
  for (let i = 0; i < languages.length; i++) {
    for (const name of languages[i]!.names(states[i]!)) names.add(name);
    classes |= languages[i]!.classes(states[i]!);
  }
  const chars: string[] = [];
  if (classes !== 0) {
    for (const kind of kindsOf(classes)) {
      const char = kind.find((one) => !names.has(one));
      if (char !== undefined) chars.push(char);
      if (nowhere === undefined || (char !== undefined && !nowhere.named.has(char))) continue;
      const beyond = kind.find((one) => !names.has(one) && !nowhere.named.has(one));
      if (beyond === undefined) nowhere.lacking.push(kind[0]!); else chars.push(beyond);
    }
  }
  for (const name of names) chars.push(name);
  return chars;
}

/** What some patterns name anywhere, by which texts that hold another character are told from the rest; whether there was none to try where a wildcard takes one. */
export interface Nowhere {
  readonly named: ReadonlySet<string>;
  /** One of each kind of characters that wildcards take where the text stands, of which all are named. */
  readonly lacking: string[];
  isShort: boolean;
}

interface Reached { readonly text: string; readonly states: readonly number[]; readonly isFresh: boolean }

/**
 * Every combination of states that some automata are in after the same text, with a shortest such text that is not empty;
 * what is behind a lost combination is not looked at.
 */
function* reached(languages: readonly Language[], isLost: (states: readonly number[]) => boolean, work: Work, nowhere?: Nowhere): Generator<Reached> {
  const start = languages.map((one) => one.start);
  if (isLost(start)) return;
  // The start itself is not seen yet: a text that leads back to it may be the one that is looked for.
  const seen = new Set<string>();
  let layer: Reached[] = [{ text: '', states: start, isFresh: false }];
  while (layer.length > 0) {
    const next: Reached[] = [];
    for (const { text, states, isFresh: was } of layer) {
      const chars = charactersAt(languages, states, nowhere);
      // What leads nowhere is not lacking, such as a slash in a name.
      if (nowhere !== undefined) nowhere.isShort = nowhere.lacking.splice(0).some((char) => !isLost(states.map((state, i) => languages[i]!.step(state, char)))) || nowhere.isShort;
      for (const char of chars) {
        work.spend(20 + 10 * languages.length + (text.length >> 6));
        const after = states.map((state, i) => languages[i]!.step(state, char));
        const isFresh = was || (nowhere !== undefined && !nowhere.named.has(char));
        const key = `${after.join()}${isFresh ? '+' : ''}`;
        if (seen.has(key) || isLost(after)) continue;
        seen.add(key);
        const one = { text: text + char, states: after, isFresh };
        yield one;
        next.push(one);
      }
    }
    layer = next;
  }
}

/** A shortest text, not empty, that every language of `within` holds and none of `without`; `undefined`: there is none. */
export function shortestText(within: readonly Language[], without: readonly Language[], work: Work): string | undefined {
  const languages = [...within, ...without];
  const isLost = (states: readonly number[]): boolean => states.some((state, i) => i < within.length ? state === DEAD : languages[i]!.acceptsForever(state));
  for (const { text, states } of reached(languages, isLost, work)) if (states.every((state, i) => languages[i]!.accepts(state) === i < within.length)) return text;
  return undefined;
}

/**
 * One text of the forms for every way in which the patterns tell texts apart: which of `accepting` take it, and which
 * state those of `open` are left in, on whose behalf more may follow; with `nowhere` also whether it holds a character that is
 * named nowhere. Stops after `most`.
 */
export function everyKind(forms: readonly Pattern[], accepting: readonly (readonly Entry[])[], open: readonly Entry[], most: number, work: Work, nowhere?: Nowhere): string[] {
  work.spend(50 * (accepting.length + open.length));
  const languages = [new Language(entriesOf(forms), work), ...accepting.map((one) => new Language(one, work)), new Language(open, work)];
  const kindOf = (states: readonly number[]): string => states.map((state, i) => i === 0 ? '' : i < languages.length - 1 ? Number(languages[i]!.accepts(state)) : state).join();
  const found = new Map<string, string>();
  for (const { text, states, isFresh } of reached(languages, ([inForms]) => inForms === DEAD, work, nowhere)) {
    if (!languages[0]!.accepts(states[0]!)) continue;
    const kind = `${kindOf(states)}${isFresh ? '+' : ''}`;
    if (!found.has(kind)) found.set(kind, text);
    if (found.size > most) break;
  }
  return [...found.values()];
}
