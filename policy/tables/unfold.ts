import { words } from './words-data.ts';

// The generated tables are short, for the evaluator carries them: symbols stand for the words of words-data.ts, and names share what they have in common.

/** A symbol is a mark, or a lead and the character behind it. Names hold neither marks nor leads, and none of these needs an escape in a string or between `[` and `]`. */
const marks = '"();<>?@[^`|';
const leads = '!#$%&+=~';
const SYMBOL = new RegExp(`[${leads}].|[${marks}]`, 'g');
/** What may stand behind a lead: all of ASCII that is printed and needs no escape. Not the space, for it ends a word. */
const behind = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter((one) => !'\'\\'.includes(one));
/** What stands for the first word, the second and so on. */
export const symbols: readonly string[] = [...marks, ...[...leads].flatMap((lead) => behind.map((one) => lead + one))];

/** What puts words for symbols. The words are written with a space between them, and with symbols of each other. */
export function speller(written: string): (text: string) => string {
  const named = new Map(written.split(' ').map((word, at) => [symbols[at], word]));
  const spell = (text: string): string => text.replace(SYMBOL, (symbol) => spell(named.get(symbol)!));
  return spell;
}
const spell = speller(words);

/** What the tables fold: `{Get,Put}Item{,s},List` is GetItem, GetItems, PutItem, PutItems and List. */
export function unfold(folded: string): string[] {
  const parts = spell(folded).match(/[{},]|[^{},]+/g) ?? [];
  let at = 0;
  const list = (): string[] => {
    const all: string[] = [];
    let one = [''];
    for (; at < parts.length && parts[at] !== '}'; at++) {
      const part = parts[at]!;
      if (part === ',') { all.push(...one); one = ['']; continue; }
      const next = part === '{' ? (at++, list()) : [part];
      one = one.flatMap((head) => next.map((tail) => head + tail));
    }
    return [...all, ...one];
  };
  return folded === '' ? [] : list();
}
