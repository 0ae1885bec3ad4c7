import { withVariables } from '../pattern.ts';

/** What may stand right before an id and right after it in texts that policies hold against each other: characters, `*` for any, nothing where a text begins or ends. */
export interface Around { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> }

const VARIABLE = '\0';
const shown = (char: string | undefined): string => char === undefined ? '' : /[*?\0]/.test(char) ? '*' : char;

/** Around ids in what keys tell by themselves: accounts, ARNs, federated users' ids, paths of organizations, and paths to which services deliver. */
export const aroundIds: Around = { before: new Set(['', ...':/=_.']), after: new Set(['', ...':/_.']) };

/** And around the variables of texts: one that carries an id, or part of what does, puts it there. */
export function aroundVariables(texts: readonly string[]): Around {
  const [before, after] = [new Set(aroundIds.before), new Set(aroundIds.after)];
  for (const text of texts) {
    const opened = withVariables(text, () => VARIABLE);
    for (let at = opened.indexOf(VARIABLE); at >= 0; at = opened.indexOf(VARIABLE, at + 1)) {
      before.add(shown(opened[at - 1]));
      after.add(shown(opened[at + 1]));
    }
  }
  return { before, after };
}

/**
 * The pieces of a pattern that an id may meet where the pattern takes a text with the id in it: within runs of what ids are made of and of wildcards, as `alphabet`
 * finds them, from a star, or from behind what may stand before an id, to a star or what may stand after it. `most`: how many characters an id has at most.
 */
export function piecesOf(pattern: string, { before, after }: Around, alphabet: RegExp, most: number): string[] {
  const text = pattern.replace(/\*+/g, '*');
  const pieces: string[] = [];
  for (const { 0: run, index } of text.matchAll(alphabet)) for (let from = 0; from < run.length; from++) {
    if (run[from] !== '*' && !fits(before, text[index + from - 1])) continue;
    for (let to = from + 1, length = 0; to <= run.length; to++) {
      if (run[to - 1] !== '*' && ++length > most) break;
      if (run[to - 1] === '*' || fits(after, text[index + to])) pieces.push(run.slice(from, to));
    }
  }
  return pieces;
}

/** Whether a character of a pattern may be one of some. */
const fits = (some: ReadonlySet<string>, char: string | undefined): boolean => char === undefined ? some.has('') : char !== '*' && (some.has(char) || some.has('*') || (char === '?' && [...some].some((one) => one !== '')));
