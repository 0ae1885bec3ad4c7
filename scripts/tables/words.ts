import { symbols } from '../../policy/tables/unfold.ts';
import { piecesOf } from './fold.ts';

// Which words the symbols of unfold.ts stand for: runs of pieces that occur often. The same texts always give the same words.

const LONGEST = 10;
/** How long the symbol of each word is. */
type Lengths = ReadonlyMap<string, number>;
interface Part { readonly text: string; readonly isWord: boolean }

/** Divides the pieces so that they take the fewest characters, into words and into pieces that are none. A word is written with others, `not` with itself. */
function divide(pieces: readonly string[], lengths: Lengths, not?: string): Part[] {
  const fewest = pieces.map(() => Infinity).concat(0);
  const best: (Part & { end: number })[] = [];
  for (let from = pieces.length - 1; from >= 0; from--) {
    let text = '';
    for (let end = from + 1; end <= Math.min(pieces.length, from + LONGEST); end++) {
      text += pieces[end - 1]!;
      const symbol = text === not ? undefined : lengths.get(text);
      const all = fewest[end]! + (symbol ?? (end === from + 1 ? text.length : Infinity));
      if (all < fewest[from]!) { fewest[from] = all; best[from] = { text, isWord: symbol !== undefined, end }; }
    }
  }
  const parts: Part[] = [];
  for (let from = 0; from < pieces.length; from = best[from]!.end) parts.push(best[from]!);
  return parts;
}

/** Runs of pieces that occur more than once. */
function runsIn(texts: readonly (readonly string[])[]): Set<string> {
  const [once, more] = [new Set<string>(), new Set<string>()];
  for (const pieces of texts) {
    for (let from = 0; from < pieces.length; from++) {
      let run = '';
      for (const piece of pieces.slice(from, from + LONGEST)) {
        run += piece;
        if (run.length > 1) (once.has(run) ? more : once).add(run);
      }
    }
  }
  return more;
}

/** The words that shorten the texts most, at most one for each symbol, in the order of the symbols. */
export function chooseWords(texts: readonly string[]): string[] {
  const rows = texts.map(piecesOf);
  const pieces = new Map([...runsIn(rows)].sort().map((word) => [word, piecesOf(word)]));
  let lengths: Lengths = new Map([...pieces.keys()].map((word) => [word, 2]));
  for (;;) {
    const uses = new Map<string, number>();
    const lengthOf = (parts: readonly Part[]): number => parts.reduce((sum, { text, isWord }) => sum + (isWord ? lengths.get(text)! : text.length), 0);
    const count = (parts: readonly Part[]): Part[] => {
      for (const { text, isWord } of parts) if (isWord) uses.set(text, (uses.get(text) ?? 0) + 1);
      return [...parts];
    };
    for (const row of rows) count(divide(row, lengths));
    const written = new Map([...lengths.keys()].map((word) => [word, lengthOf(count(divide(pieces.get(word)!, lengths, word)))]));
    const usesOf = (word: string): number => uses.get(word) ?? 0;
    // What the word saves wherever it stands, less itself and the space behind it.
    const gains = new Map([...written].map(([word, length]) => [word, usesOf(word) * (length - lengths.get(word)!) - length - 1]));
    const byGain = [...gains.keys()].sort((one, other) => gains.get(one)! - gains.get(other)!);
    const excess = Math.max(byGain.filter((word) => gains.get(word)! <= 0).length, byGain.length - symbols.length);
    const byUse = byGain.slice(Math.ceil(Math.max(0, excess) / 3)).sort((one, other) => usesOf(other) - usesOf(one));
    lengths = new Map(byUse.map((word, at) => [word, symbols[at]?.length ?? 2]));
    if (excess > 0) continue;
    const short = symbols.filter((one) => one.length === 1).length;
    return [...byUse.slice(0, short), ...byUse.slice(short).sort()];
  }
}

/** The opposite of `speller`: the words as it reads them, and what writes texts with their symbols. */
export function writer(words: readonly string[]): { readonly written: string; readonly write: (text: string) => string } {
  const symbolOf = new Map(words.map((word, at) => [word, symbols[at]!]));
  const lengths = new Map([...symbolOf].map(([word, symbol]) => [word, symbol.length]));
  const write = (text: string, not?: string): string => divide(piecesOf(text), lengths, not).map((part) => part.isWord ? symbolOf.get(part.text)! : part.text).join('');
  return { written: words.map((word) => write(word, word)).join(' '), write: (text) => write(text) };
}
