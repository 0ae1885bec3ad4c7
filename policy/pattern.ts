/**
 * Texts with wildcards and policy variables, as conditions, actions and resources write them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */

/** Which characters a wildcard stands for. ARN segments are matched one by one, so there a wildcard stops at a colon. */
export type CharClass = 'any' | 'no-colon' | 'digit' | 'id' | 'id-or-path' | 'letter' | 'bucket' | 'region';
/** One place of a pattern: a character, or one (`?`), any number (`*`) or at most one (`optional`) of a class. */
export type Token = string | { readonly of: CharClass; readonly times: 'one' | 'many' | 'optional' };
export type Pattern = readonly Token[];

/** A pattern before its variables are filled in. */
export type Template = readonly (Token | { readonly variable: string; readonly fallback: string | undefined })[];

const inClass: Readonly<Record<CharClass, RegExp>> = {
  any: /^[^]$/, 'no-colon': /^[^:]$/, digit: /^\d$/, id: /^[a-z0-9]$/, 'id-or-path': /^[a-z0-9/-]$/, letter: /^[A-Za-z]$/, bucket: /^[a-z0-9.-]$/, region: /^[a-z0-9-]$/,
};
export const isInClass = (char: string, name: CharClass): boolean => inClass[name].test(char);

export const literal = (text: string): Pattern => [...text];
const STAR = { of: 'any', times: 'many' } as const;
const ONE = { of: 'any', times: 'one' } as const;

export interface TemplateOptions { readonly wildcards: boolean; readonly variables: boolean }

/** Reads `${key}`, `${key, 'default'}`, `${*}`, `${?}`, `${$}` and, where they are active, `*` and `?`. */
export function parseTemplate(text: string, { wildcards, variables }: TemplateOptions): Template {
  const tokens: (Token | { variable: string; fallback: string | undefined })[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (variables && char === '$' && text[i + 1] === '{') {
      const end = text.indexOf('}', i);
      if (end > 0) {
        const inner = text.slice(i + 2, end);
        if (inner === '*' || inner === '?' || inner === '$') tokens.push(inner);
        else {
          const [, name, fallback] = /^([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? [];
          tokens.push({ variable: (name ?? inner).trim().toLowerCase(), fallback });
        }
        i = end;
        continue;
      }
    }
    tokens.push(wildcards && char === '*' ? STAR : wildcards && char === '?' ? ONE : char);
  }
  return tokens;
}

export const variablesOf = (template: Template): readonly string[] =>
  template.flatMap((token) => typeof token === 'object' && 'variable' in token ? [token.variable] : []);

/** The pattern with its variables' values as literal text; `undefined` where a variable has neither value nor default. */
export function fill(template: Template, valueOf: (key: string) => string | undefined): Pattern | undefined {
  const tokens: Token[] = [];
  for (const token of template) {
    if (typeof token === 'object' && 'variable' in token) {
      const value = valueOf(token.variable) ?? token.fallback;
      if (value === undefined) return undefined;
      tokens.push(...value);
    } else tokens.push(token);
  }
  return tokens;
}

/** An ARN pattern under an Arn operator: six parts matched separately, the sixth keeping later colons; a bare `*` is every ARN. */
export function asArnPattern(pattern: Pattern): Pattern {
  if (pattern.length === 1 && typeof pattern[0] === 'object' && pattern[0].times === 'many') return pattern;
  let colons = 0;
  return pattern.map((token) => {
    if (token === ':') colons++;
    return typeof token === 'object' && token.of === 'any' && colons < 5 ? { ...token, of: 'no-colon' as const } : token;
  });
}

export const isLiteral = (pattern: Pattern): boolean => pattern.every((token) => typeof token === 'string');
export const textOf = (pattern: Pattern): string => pattern.map((token) => typeof token === 'string' ? token : token.times === 'many' ? '*' : '?').join('');

/** A bare `*`, the commonest pattern of all. */
const isEverything = (pattern: Pattern): boolean => pattern.length === 1 && typeof pattern[0] === 'object' && pattern[0].of === 'any' && pattern[0].times === 'many';

const fits = (token: Token, char: string, ignoreCase: boolean): boolean =>
  typeof token === 'string' ? token === char || (ignoreCase && token.toLowerCase() === char.toLowerCase()) : isInClass(char, token.of);

/** The positions reachable without reading a character: stars and optional places may be left out. */
export function closure(pattern: Pattern, positions: Iterable<number>): Set<number> {
  const all = new Set(positions);
  for (const at of all) {
    const token = pattern[at];
    if (typeof token === 'object' && token.times !== 'one') all.add(at + 1);
  }
  return all;
}

/** Reads one character from a set of positions. */
export function step(pattern: Pattern, positions: ReadonlySet<number>, char: string, ignoreCase = false): Set<number> {
  const next: number[] = [];
  for (const at of positions) {
    const token = pattern[at];
    if (token === undefined || !fits(token, char, ignoreCase)) continue;
    next.push(typeof token === 'object' && token.times === 'many' ? at : at + 1);
  }
  return closure(pattern, next);
}

export function matches(pattern: Pattern, text: string, ignoreCase = false): boolean {
  if (isEverything(pattern)) return true;
  if (isLiteral(pattern)) {
    const own = pattern.join('');
    return ignoreCase ? own.toLowerCase() === text.toLowerCase() : own === text;
  }
  let positions = closure(pattern, [0]);
  for (const char of text) {
    positions = step(pattern, positions, char, ignoreCase);
    if (positions.size === 0) return false;
  }
  return positions.has(pattern.length);
}

/** A pattern from text in which only `*` and `?` are special. */
export const plainGlob = (text: string): Pattern => [...text].map((char) => char === '*' ? STAR : char === '?' ? ONE : char);

/** A pattern as `perimeter.yaml` writes it: `*`, `?`, and `${region}` for a Region's name. */
export const glob = (text: string): Pattern => {
  const [head = '', ...rest] = text.split('${region}');
  return rest.reduce<Pattern>((all, part) => [...all, { of: 'region', times: 'many' }, ...plainGlob(part)], plainGlob(head));
};
