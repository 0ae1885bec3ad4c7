import { refuseText } from './misuse.ts';

/**
 * The JSON pointer of the first object that names a member twice, or `undefined`. JSON.parse keeps the last one in
 * silence, while IAM's grammar has no place for duplicates, so a policy with one must not be judged by either.
 * Takes the text and what JSON.parse has made of it: only where that seems to have fewer members is one looked for. Throws TypeError where the text is none.
 */
export function duplicateKey(text: string, document: unknown): string | undefined {
  refuseText(text);
  return namesIn(text) === membersOf(document) ? undefined : firstDuplicate(text);
}

/** A member's name as JSON pointers write it. https://datatracker.ietf.org/doc/html/rfc6901 */
export const inPointer = (name: string): string => /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;

/** How many colons follow a quote, as behind a member's name. Not fewer than there are: within a text, too, one may. */
function namesIn(text: string): number {
  let count = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (before > 0 && text.charCodeAt(before) <= SPACE) before--;
    if (text.charCodeAt(before) === QUOTE) count++;
  }
  return count;
}
const [SPACE, QUOTE] = [32, 34];

function membersOf(document: unknown): number {
  let count = 0;
  const open: unknown[] = [document];
  for (const value of open) {
    if (Array.isArray(value)) { for (const one of value) if (typeof one === 'object' && one !== null) open.push(one); continue; }
    for (const name in value as object) {
      count++;
      const one = (value as Record<string, unknown>)[name];
      if (typeof one === 'object' && one !== null) open.push(one);
    }
  }
  return count;
}

/** What is escaped within texts, their quotes, with the colon behind a name, and what stands around them. */
const tokens = /\\.|"(\s*:)?|[{}[\],]/g;

function firstDuplicate(text: string): string | undefined {
  const open: { readonly keys: Set<string>; index: number; key: string | undefined }[] = [];
  let begin: number | undefined;
  for (const { 0: token, 1: colon, index } of text.matchAll(tokens)) {
    const isQuote = token.startsWith('"');
    if (begin === undefined) {
      if (isQuote) begin = index;
      else if (token === ',') open.at(-1)!.index++;
      else if (/[{[]/.test(token)) open.push({ keys: new Set(), index: 0, key: undefined });
      else open.pop();
    } else if (isQuote) {
      if (colon !== undefined) {
        const top = open.at(-1)!;
        const key = top.key = JSON.parse(text.slice(begin, index + 1)) as string;
        if (top.keys.has(key)) return open.map((one) => `/${inPointer(one.key ?? String(one.index))}`).join('');
        top.keys.add(key);
      }
      begin = undefined;
    }
  }
  return undefined;
}
