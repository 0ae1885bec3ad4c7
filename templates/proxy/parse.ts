/** A line of squid.conf: `acl clients src 10.0.0.0/8` is the directive `acl` with three words. */
export interface Directive { readonly line: number; readonly name: string; readonly words: readonly string[] }

const MOST_LINES = 100_000;
export class TooLong extends Error { override name = 'TooLong' }

/**
 * The directives of a squid.conf. A backslash joins lines; `#` begins a comment at the start of a line, and after white space, as Squid has
 * it. https://www.squid-cache.org/Doc/config/
 */
export function parseSquid(text: string): readonly Directive[] {
  const lines = text.split(/\r?\n/);
  if (lines.length > MOST_LINES) throw new TooLong(`it has more than ${MOST_LINES} lines`);
  const made: Directive[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    const joined: string[] = [];
    for (; lines[i]?.endsWith('\\') && !lines[i]!.trimStart().startsWith('#'); i++) joined.push(lines[i]!.slice(0, -1));
    joined.push(lines[i] ?? '');
    const words = joined.join(' ').trim().split(/[\t ]+/);
    const comment = words.findIndex((word) => word.startsWith('#'));
    const [name = '', ...rest] = comment < 0 ? words : words.slice(0, comment);
    if (name !== '') made.push({ line, name, words: rest });
  }
  return made;
}
