import { isPattern, type Pattern, type Template } from '../pattern.ts';
import type { Perimeter } from '../perimeter.ts';
import { PastBudget } from '../search/work.ts';
import { accountKeys, arnKeys, organizationKeys, pathKeys } from '../tables/key-groups.ts';
import { aroundVariables, piecesOf } from './pieces.ts';
import type { About, Profile } from './profile.ts';

/** What accounts and organizations may be told apart by: what policies test, what is known of the resource, what the definition says. */
export interface Told { readonly profile: Profile; readonly perimeter: Perimeter; readonly question: About }

export const tellsAccount = (key: string): boolean => accountKeys.has(key) || arnKeys.has(key);
export const tellsOrganization = (key: string): boolean => organizationKeys.has(key) || pathKeys.has(key);
export const isOfIds = (key: string): boolean => tellsAccount(key) || tellsOrganization(key);

const VARIABLES = /\$\{([^},]*)(?:,\s*'([^']*)')?[^}]*\}/g;
const variablesIn = (text: string): string[] => Array.from(text.slice(0, text.lastIndexOf('}') + 1).matchAll(VARIABLES), ([, name = '']) => name.trim().toLowerCase());
/** What ids of organizations are made of, and wildcards. */
export const idLetters = /[a-z0-9*?-]+/g;

/** So many texts at most that one with variables is read as, and ten times as many that all of a question are. */
const MOST = 1_000;
/** So many variables at most are read one within another. */
const DEPTH = 4;
/** The characters that stand beside a text where it is put; none where it stands alone. */
type Edges = readonly [before?: string | undefined, after?: string | undefined];
/** Those of a text that is held against one with variables: what it says may be cut anywhere. */
const WITHIN: Edges = ['}', '$'];

/** What texts with variables may say where ids are looked for that are made of `alphabet`. Throws PastBudget where that is too much. */
export class Readings {
  readonly #told: Told;
  readonly #alphabet: RegExp;
  readonly #held = new Map<string, readonly { readonly putting: readonly string[]; readonly others: readonly string[] }[]>();
  #left = 10 * MOST;

  constructor(told: Told, alphabet: RegExp) {
    this.#told = told;
    this.#alphabet = alphabet;
  }

  /** What a value may say, as patterns. */
  of(value: Pattern | Template): readonly string[] { return isPattern(value) ? [value.text] : this.#read(value.text); }

  /** The same of all texts: of what stands in each between characters that no id has by itself, for whatever it says it says beside any other. */
  ofAll(texts: readonly string[]): readonly string[] {
    return [...new Set([...new Set(texts.flatMap((text) => this.#runsOf(text)))].flatMap((run) => this.#read(run)))];
  }

  /** A text in its runs of variables and of what ids are made of, each with the characters beside it. */
  #runsOf(text: string): readonly string[] {
    const runs = [...text.matchAll(new RegExp(`(?:\\$\\{[^}]*\\}|${this.#alphabet.source})+`, 'gi'))];
    return runs.length < 2 ? [text] : runs.map(({ 0: run, index }) => `${text[index - 1] ?? ''}${run}${text[index + run.length] ?? ''}`);
  }

  /**
   * What a text may say: in place of its variables anything, their defaults, and where what stands beside them may be of one id with them what the resource's tags or
   * conditions say of them, which may hold variables again. What tells an id by itself is left open, for of it all ways are tried, and so is a Region.
   */
  #read(text: string, depth = DEPTH, edges: Edges = []): readonly string[] {
    let texts = [''];
    let end = 0;
    for (const { 0: all, 1: name = '', 2: fallback, index } of text.slice(0, text.lastIndexOf('}') + 1).matchAll(VARIABLES)) {
      const [before, key] = [text.slice(end, index), name.trim().toLowerCase()];
      end = index + all.length;
      const beside: Edges = [text[index - 1] ?? edges[0], text[end] ?? edges[1]];
      const isBeside = beside.some((one) => this.#touches(one));
      const values = [...new Set(['*', ...fallback === undefined ? [] : [fallback], ...this.#tags(key), ...isBeside ? this.#valuesOf(key, depth, beside) : []])];
      if (texts.length * values.length > MOST) throw new PastBudget();
      texts = texts.flatMap((one) => values.map((value) => `${one}${before}${value}`));
    }
    this.#left -= texts.length;
    if (this.#left < 0) throw new PastBudget();
    return texts.map((one) => `${one}${text.slice(end)}`.replace(/\*{2,}/g, '*'));
  }

  /** Whether what a variable says may be of one id with the character beside it, which another variable may begin or end there. */
  #touches(char = ''): boolean { return char === '}' || char === '$' || char.toLowerCase().search(this.#alphabet) >= 0; }

  #tags(key: string): readonly string[] {
    return Object.entries(this.#told.question.resourceTags ?? {}).flatMap(([name, value]) => key.endsWith(`:resourcetag/${name.toLowerCase()}`) ? [value] : []);
  }

  #valuesOf(key: string, depth: number, edges: Edges): readonly string[] {
    if (key === 'aws:requestedregion' || isOfIds(key)) return [];
    const given = (this.#told.profile.conditions.get(key) ?? []).flatMap((one) => one.given);
    const held = this.#heldAgainst(key);
    if (depth === 0 && (given.length > 0 || held.length > 0)) throw new PastBudget();
    return [...given.flatMap(({ text }) => this.#read(text, depth - 1, edges)), ...held.flatMap(({ putting, others }) => {
      const around = aroundVariables(putting);
      return others.flatMap((text) => this.#read(text, depth - 1, WITHIN)).flatMap((text) => piecesOf(text, around, this.#alphabet, LONGEST));
    })];
  }

  /** Texts that a variable stands in, with others of the same key or of resources, which tell what it may say as well. */
  #heldAgainst(key: string): readonly { readonly putting: readonly string[]; readonly others: readonly string[] }[] {
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    const { conditions, resources } = this.#told.profile;
    const lists = [...[...conditions].flatMap(([of, all]) => isOfIds(of) ? [] : [all.flatMap((one) => one.given)]), resources].map((all) => all.map(({ text }) => text));
    const made = lists.flatMap((texts) => {
      const puts = new Set(texts.filter((text) => variablesIn(text).includes(key)));
      return puts.size === 0 || puts.size === texts.length ? [] : [{ putting: [...puts], others: texts.filter((text) => !puts.has(text)) }];
    });
    this.#held.set(key, made);
    return made;
  }
}
/** An organization's id has 34 characters at most. */
const LONGEST = 34;
