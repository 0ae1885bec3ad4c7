/**
 * Texts with wildcards and policy variables, as conditions, actions and resources write them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { kept } from './kept.ts';
import { characters } from './tables/characters.ts';
import { partitionOf, regions } from './tables/regions.ts';

/** Which characters a wildcard stands for. ARN segments are matched one by one, so there a wildcard stops at a colon. */
export type CharClass = keyof typeof characters;
/** One (`?`), any number (`*`) or at most one (`optional`) of a class. */
export interface Wildcard { readonly of: CharClass; readonly times: 'one' | 'many' | 'optional' }
/** One place of a pattern: a character or a wildcard. */
export type Token = string | Wildcard;

/** A bit for every class. */
const bits = Object.fromEntries(Object.keys(characters).map((name, i) => [name, 1 << i])) as Record<CharClass, number>;
/** The classes of every ASCII character; and, as no class names others one by one, of all the rest. */
const byCode = Array.from({ length: 129 }, (_, code) => (Object.keys(characters) as CharClass[]).reduce((all, name) => new RegExp(`[${characters[name]}]`).test(String.fromCharCode(code)) ? all | bits[name] : all, 0));
export const bitOf = (name: CharClass): number => bits[name];
export const classesOf = (char: string): number => byCode[Math.min(char.charCodeAt(0), 128)]!;
const isInClass = (char: string, name: CharClass): boolean => name === 'any' || (classesOf(char) & bits[name]) !== 0;

/** A text as it is compared where case does not matter: letters that are each other's only other case are the same, so that each stands for two characters. */
export const folded = (text: string): string => /[^\0-\x7f]/.test(text) ? text.replace(/[^]/g, lowered) : text.toLowerCase();
function lowered(char: string): string {
  const lower = char.toLowerCase();
  return lower.length === 1 && lower.toUpperCase() === char ? lower : char;
}

export const STAR: Wildcard = { of: 'any', times: 'many' };
const ONE: Wildcard = { of: 'any', times: 'one' };

/** Characters of a class, one at least. */
export const oneOrMore = (of: CharClass): readonly Wildcard[] => [{ of, times: 'one' }, { of, times: 'many' }];

/** One of several patterns; they differ between a common beginning and a common end. */
type Alternatives = readonly Pattern[];

/** A set of texts. */
export class Pattern {
  /** As people write it; wildcards of a narrower class show as `*` and `?`. */
  readonly text: string;
  /** The one text it matches; `undefined` where it has wildcards. */
  readonly literal: string | undefined;
  /** Whether it matches every text. */
  readonly isEverything: boolean;
  #tokens: readonly Token[] | undefined;
  readonly #alternatives: Alternatives | undefined;
  #isOrdered: boolean | undefined;
  #head: string | undefined;
  #tail: string | undefined;
  #runs: readonly (readonly string[])[] | undefined;

  constructor(text: string, content: readonly Token[] | Alternatives | undefined) {
    this.text = text;
    if (isAlternatives(content)) this.#alternatives = content;
    else this.#tokens = content;
    this.literal = content === undefined ? text : undefined;
    this.isEverything = content !== undefined && content.length > 0 && content.every((one) => one === STAR);
  }

  /** The patterns of which it is the union; itself, where it is only one. */
  get alternatives(): readonly Pattern[] { return this.#alternatives ?? [this]; }

  /** The text up to the first wildcard. */
  get head(): string { return (this.#head ??= this.literal ?? plainRun(this.#alternatives === undefined ? this.tokens : this.text.slice(0, this.text.indexOf(REGION)).split('').map(wildcard))); }
  /** The text after the last wildcard. */
  get tail(): string { return (this.#tail ??= this.literal ?? (this.#alternatives === undefined ? [...plainRun([...this.tokens].reverse())].reverse().join('') : '')); }

  /** The runs of characters between wildcards, but for those at its beginning and end. */
  get runs(): readonly (readonly string[])[] {
    if (this.#runs !== undefined) return this.#runs;
    const runs: string[][] = [[]];
    for (const token of this.tokens) if (typeof token === 'string') runs.at(-1)!.push(token); else runs.push([]);
    return (this.#runs = runs.slice(1, -1).filter((one) => one.length > 0));
  }

  /** Whether the patterns' own shape shows that it matches all that the other matches; where it does not, it still may. */
  covers(other: Pattern, ignoreCase: boolean): boolean {
    if (this.isEverything) return true;
    if (other.#alternatives !== undefined) return other.#alternatives.every((one) => this.covers(one, ignoreCase));
    const begins = ignoreCase ? folded(other.head).startsWith(folded(this.head)) : other.head.startsWith(this.head);
    if (!begins) return false;
    return this.#alternatives === undefined ? walk(this.tokens, other.tokens, ignoreCase) : this.#alternatives.some((one) => one.covers(other, ignoreCase));
  }

  get tokens(): readonly Token[] { return (this.#tokens ??= this.text.split('')); }

  matches(text: string, ignoreCase = false): boolean {
    if (this.isEverything) return true;
    if (this.literal !== undefined) return this.literal === text || (ignoreCase && this.literal.length === text.length && folded(this.literal) === folded(text));
    if (this.#alternatives !== undefined) return text.startsWith(this.head) && this.#alternatives.some((one) => one.matches(text, ignoreCase));
    const { tokens } = this;
    this.#isOrdered ??= isOrdered(tokens);
    return this.#isOrdered ? walk(tokens, text, ignoreCase) : (ignoreCase || text.startsWith(this.head)) && simulate(tokens, text, ignoreCase);
  }
}

const isAlternatives = (content: readonly Token[] | Alternatives | undefined): content is Alternatives => content?.[0] instanceof Pattern;

/** The characters before the first wildcard. */
function plainRun(tokens: readonly Token[]): string {
  const end = tokens.findIndex((token) => typeof token !== 'string');
  return (end < 0 ? tokens : tokens.slice(0, end)).join('');
}

/** Whether going back to the latest `*` suffices: no later one is narrower than an earlier one. */
function isOrdered(tokens: readonly Token[]): boolean {
  let latest: CharClass | undefined;
  for (const token of tokens) {
    if (typeof token === 'string' || token.times === 'one') continue;
    if (token.times === 'optional' || (latest !== undefined && latest !== token.of && token.of !== 'any')) return false;
    latest = token.of;
  }
  return true;
}

/** Whether a token takes one character, or one place of another pattern with all it may stand for. */
function fitsToken(token: Token, read: Token, ignoreCase: boolean): boolean {
  if (typeof token === 'string') return token === read || (ignoreCase && typeof read === 'string' && token.toLowerCase() === read.toLowerCase() && folded(token) === folded(read));
  if (typeof read === 'string') return isInClass(read, token.of);
  return (token.of === 'any' || token.of === read.of) && (token.times === 'many' || read.times === 'one');
}

function walk(tokens: readonly Token[], text: string | readonly Token[], ignoreCase: boolean): boolean {
  let at = 0, star = -1, resume = 0, i = 0;
  while (i < text.length) {
    const token = tokens[at];
    if (typeof token === 'object' && token.times === 'many') { star = at++; resume = i; }
    else if (token !== undefined && fitsToken(token, text[i]!, ignoreCase)) { at++; i++; }
    else if (star >= 0 && fitsToken(tokens[star]!, text[resume]!, ignoreCase)) { at = star + 1; i = ++resume; }
    else return false;
  }
  for (let token = tokens[at]; typeof token === 'object' && token.times === 'many';) token = tokens[++at];
  return at === tokens.length;
}

/** Adds a position, and those reachable from it without reading a character: stars and optional places may be left out. Positions come in order. */
function reach(tokens: readonly Token[], position: number, all: number[]): void {
  for (let at = position; all.length === 0 || all[all.length - 1]! < at; at++) {
    all.push(at);
    const token = tokens[at];
    if (typeof token !== 'object' || token.times === 'one') return;
  }
}

/** Where a pattern stands that is entered at a place. */
export function enter(tokens: readonly Token[], position: number): number[] {
  const all: number[] = [];
  reach(tokens, position, all);
  return all;
}

/** The positions after one character, in order. */
export function step(tokens: readonly Token[], positions: readonly number[], char: string, ignoreCase: boolean): number[] {
  const next: number[] = [];
  for (const at of positions) {
    const token = tokens[at];
    if (token === undefined || !fitsToken(token, char, ignoreCase)) continue;
    reach(tokens, typeof token === 'object' && token.times === 'many' ? at : at + 1, next);
  }
  return next;
}

function simulate(tokens: readonly Token[], text: string, ignoreCase: boolean): boolean {
  let positions = enter(tokens, 0);
  for (let i = 0; i < text.length; i++) {
    positions = step(tokens, positions, text[i]!, ignoreCase);
    if (positions.length === 0) return false;
  }
  return positions.includes(tokens.length);
}

const MOST_KEPT = 20_000;
const wildcard = (char: string): Token => char === '*' ? STAR : char === '?' ? ONE : char;

export const literal = (text: string): Pattern => new Pattern(text, undefined);
/** A pattern from text in which only `*` and `?` are special. */
export const plainGlob = kept((text) => /[*?]/.test(text) ? new Pattern(text, text.split('').map(wildcard)) : literal(text), MOST_KEPT);
/** The same under an Arn operator: six parts matched separately, the sixth keeping later colons; a bare `*` is every ARN. */
export const arnGlob = kept((text) => asArn(plainGlob(text)), MOST_KEPT);
/** A pattern as `perimeter.yaml` writes it: `*`, `?`, and `${region}` for the name of a Region, in an ARN of one of its partition. */
export const glob = kept((text) => text.includes(REGION) ? new Pattern(text, regionsFor(text).map((one) => plainGlob(text.replaceAll(REGION, one)))) : plainGlob(text), MOST_KEPT);
function regionsFor(text: string): readonly string[] {
  const partition = /^arn:([a-z-]+):/.exec(text)?.[1];
  return partition === undefined ? regions : regions.filter((one) => partitionOf(one) === partition);
}
/** An ARN as `perimeter.yaml` writes it: of a bucket a wildcard in its name takes in none of the keys in other buckets, and one before it is of the partition alone. */
export const arnAsDefined = kept((text): Pattern => {
  if (!/^arn:[^:]*:s3:::/.test(text)) return glob(text);
  if (text.includes(REGION)) return new Pattern(text, regionsFor(text).map((one) => arnAsDefined(text.replaceAll(REGION, one))));
  const [head, name] = [text.indexOf(':s3:::'), text.indexOf('/')];
  const ofPlace = (i: number): Token => {
    const token = wildcard(text[i]!);
    return typeof token === 'string' || (name >= 0 && i > name) ? token : { ...token, of: i < head ? 'no-colon' : 'bucket' };
  };
  return patternOf(Array.from(text, (_, i) => ofPlace(i)));
}, MOST_KEPT);
const REGION = '${region}';
/** A pattern from its places; texts among them stand for themselves. */
export function patternOf(...parts: readonly (string | Wildcard | Pattern | readonly Token[])[]): Pattern {
  const tokens: Token[] = [];
  for (const part of parts) {
    if (typeof part === 'string') for (let i = 0; i < part.length; i++) tokens.push(part[i]!);
    else if (part instanceof Pattern) for (const token of part.tokens) tokens.push(token);
    else if (Array.isArray(part)) for (const token of part as readonly Token[]) tokens.push(token);
    else tokens.push(part as Wildcard);
  }
  let [text, isPlain] = ['', true];
  for (const token of tokens) {
    if (typeof token === 'string') { text += token; continue; }
    isPlain = false;
    if (token.times !== 'optional') text += token.times === 'many' ? '*' : '?';
  }
  return isPlain ? literal(text) : new Pattern(text, tokens);
}

export function asArn(pattern: Pattern): Pattern {
  if (pattern.literal !== undefined || pattern.isEverything) return pattern;
  let colons = 0;
  return new Pattern(pattern.text, pattern.tokens.map((token) => {
    if (token === ':') colons++;
    return typeof token === 'object' && token.of === 'any' && colons < 5 ? { ...token, of: 'no-colon' as const } : token;
  }));
}

/** `name`: the key as written, `variable` in lower case. */
export interface Variable { readonly variable: string; readonly name: string; readonly fallback: string | undefined }
/** Whether a place of a template is a variable. */
export const isOpen = (part: Token | Variable): part is Variable => typeof part === 'object' && 'variable' in part;
/** A pattern before its variables are filled in. */
export interface Template {
  readonly text: string;
  readonly parts: readonly (Token | Variable)[];
  /** Keys that its variables name, in lower case. */
  readonly variables: readonly string[];
  /** Whether the filled text is read as an ARN. */
  readonly arn: boolean;
}
export const isPattern = (value: Pattern | Template): value is Pattern => value instanceof Pattern;

/** A text with something else in place of what may be variables, of which `made` is given what stands between the braces. */
export function withVariables(text: string, made: (inner: string) => string): string {
  // Behind the last one that ends none begins, which would be looked for from every place.
  const end = text.lastIndexOf('}') + 1;
  return text.slice(0, end).replace(/\$\{([^}]*)\}/g, (_, inner: string) => made(inner)) + text.slice(end);
}
export const withoutVariables = (text: string): string => withVariables(text, () => '');

export interface TemplateOptions { readonly wildcards: boolean; readonly variables: boolean; readonly arn?: boolean }

/** Reads `${key}`, `${key, 'default'}`, `${*}`, `${?}`, `${$}` and, where they are active, `*` and `?`. */
export function parseTemplate(text: string, { wildcards, variables, arn = false }: TemplateOptions): Pattern | Template {
  if (!variables || !text.includes('${')) return !wildcards ? literal(text) : arn ? arnGlob(text) : plainGlob(text);
  const parts: (Token | Variable)[] = [];
  const last = text.lastIndexOf('}');
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    const end = i > last ? -1 : char === '$' && text[i + 1] === '{' ? text.indexOf('}', i) : -1;
    if (end < 0) { parts.push(wildcards ? wildcard(char) : char); continue; }
    const inner = text.slice(i + 2, end);
    if (inner === '*' || inner === '?' || inner === '$') parts.push(inner);
    else {
      const [, name = inner, fallback] = /^([^,]*),\s*'([^']*)'\s*$/.exec(inner) ?? [];
      parts.push({ variable: name.trim().toLowerCase(), name: name.trim(), fallback });
    }
    i = end;
  }
  const named = parts.flatMap((one) => isOpen(one) ? [one.variable] : []);
  if (named.length > 0) return { text, parts, variables: [...new Set(named)], arn };
  const pattern = patternOf(parts as readonly Token[]);
  return arn ? asArn(pattern) : pattern;
}

/** The pattern with its variables' values as literal text; `undefined` where a variable has neither value nor default. */
export function fill(value: Pattern | Template, valueOf: (key: string) => string | undefined): Pattern | undefined {
  if (isPattern(value)) return value;
  const tokens: Token[] = [];
  for (const part of value.parts) {
    if (isOpen(part)) {
      const value = valueOf(part.variable) ?? part.fallback;
      if (value === undefined) return undefined;
      for (let i = 0; i < value.length; i++) tokens.push(value[i]!);
    } else tokens.push(part);
  }
  const filled = patternOf(tokens);
  return value.arn ? asArn(filled) : filled;
}
