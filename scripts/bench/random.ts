/** Choices that follow from a seed alone, so that a run can be repeated. */
export interface Random {
  /** A whole number from 0 up to, without, `bound`. */
  readonly below: (bound: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Between `least` and `most` different members, in the order of the list. */
  readonly some: <T>(list: readonly T[], least: number, most: number) => T[];
  readonly digits: (count: number) => string;
  readonly text: (count: number, alphabet?: string) => string;
}

/** Mulberry32: 32 bits of state, good enough to choose test cases. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function seeded(seed: number): Random {
  const next = numbers(seed);
  const below = (bound: number): number => Math.floor(next() * bound);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const text = (count: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string => Array.from({ length: count }, () => pick([...alphabet])).join('');
  return {
    below, pick, text,
    chance: (probability) => next() < probability,
    digits: (count) => text(count, '123456789'),
    some: (list, least, most) => {
      const wanted = Math.min(list.length, least + below(most - least + 1));
      const chosen = new Set<number>();
      while (chosen.size < wanted) chosen.add(below(list.length));
      return list.filter((_, i) => chosen.has(i));
    },
  };
}
