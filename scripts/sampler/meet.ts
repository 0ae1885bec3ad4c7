import type { Random } from '../bench/random.ts';

/** What stands for any digit in the beginning of a text. */
export const DIGIT = '\u0000';
export const ANY_ACCOUNT = DIGIT.repeat(12);

/**
 * A text that a pattern stands for and that begins in a given way, whatever its wildcards cross; where `usual` is given it goes on as it likes,
 * mostly as that says. `undefined`: there is none.
 */
export function meeting(random: Random, pattern: string, begin: string, usual?: string): string | undefined {
  const failed = new Set<number>();
  const rest = (of: string): string | undefined => usual === undefined ? (/^\**$/.test(of) ? '' : undefined) : of.replace(/[*?]/g, (one) => one === '*' ? random.pick([usual, usual, '', 'x', '/x']) : random.pick(['x', '1', 'a']));
  const from = (i: number, j: number): string | undefined => {
    if (j === begin.length) return rest(pattern.slice(i));
    if (i === pattern.length || failed.has(i * 1000 + j)) return undefined;
    const [asked, given] = [pattern[i]!, begin[j]!];
    const taking = (character: string, next: number): string | undefined => { const after = from(next, j + 1); return after === undefined ? undefined : character + after; };
    const character = given === DIGIT ? String(random.below(10)) : given;
    let found: string | undefined;
    if (asked === '*') found = random.chance(0.5) ? from(i + 1, j) ?? taking(character, i) : taking(character, i) ?? from(i + 1, j);
    else if (asked === '?' || asked === given) found = taking(character, i + 1);
    else if (given === DIGIT && /\d/.test(asked)) found = taking(asked, i + 1);
    if (found === undefined) failed.add(i * 1000 + j);
    return found;
  };
  return from(0, 0);
}

/** A text with one or two runs of its characters behind wildcards, whatever they cross. */
export function blurred(random: Random, text: string): string {
  const { below, chance, pick } = random;
  const [from, to] = [below(text.length + 1), below(text.length + 1)].sort((one, other) => one - other) as [number, number];
  const once = `${text.slice(0, from)}${chance(0.75) ? '*' : '?'.repeat(Math.min(to - from, 14))}${text.slice(to)}`;
  return chance(0.3) ? pick([`*${once.slice(below(5))}`, blurred(random, once)]) : once;
}
