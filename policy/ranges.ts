/**
 * Sets of numbers, times or addresses as ordered, disjoint ranges. A cut lies just before or just after a value, so that
 * open and closed ends, and dense and whole numbers, are one thing.
 */
export interface Cut<T> { readonly at: T; readonly after: boolean }
/** From a cut up to a cut; `undefined`: without end. */
export interface Range<T> { readonly from: Cut<T> | undefined; readonly to: Cut<T> | undefined }
export type Ranges<T> = readonly Range<T>[];

type Ordered = number | bigint;
const before = <T extends Ordered>(at: T): Cut<T> => ({ at, after: false });
const after = <T extends Ordered>(at: T): Cut<T> => ({ at, after: true });
const order = <T extends Ordered>(a: Cut<T>, b: Cut<T>): number => a.at < b.at ? -1 : a.at > b.at ? 1 : Number(a.after) - Number(b.after);

export const everything: Ranges<never> = [{ from: undefined, to: undefined }];
export const between = <T extends Ordered>(first: T, last: T): Range<T> => ({ from: before(first), to: after(last) });
/** Whole numbers from one up to, and without, another, so that adjoining ranges become one. */
export const upTo = (first: bigint, end: bigint): Range<bigint> => ({ from: before(first), to: before(end) });
export const below = <T extends Ordered>(at: T, inclusive: boolean): Range<T> => ({ from: undefined, to: inclusive ? after(at) : before(at) });
export const above = <T extends Ordered>(at: T, inclusive: boolean): Range<T> => ({ from: inclusive ? before(at) : after(at), to: undefined });

export const contains = <T extends Ordered>({ from, to }: Range<T>, value: T): boolean =>
  (from === undefined || order(from, before(value)) <= 0) && (to === undefined || order(after(value), to) <= 0);

/** In order, with overlapping and adjoining ranges made one. */
export function union<T extends Ordered>(all: readonly Range<T>[]): Ranges<T> {
  const sorted = [...all].sort((a, b) => a.from === undefined ? (b.from === undefined ? 0 : -1) : b.from === undefined ? 1 : order(a.from, b.from));
  const made: { from: Cut<T> | undefined; to: Cut<T> | undefined }[] = [];
  for (const one of sorted) {
    const last = made.at(-1);
    if (last === undefined || (last.to !== undefined && one.from !== undefined && order(last.to, one.from) < 0)) made.push({ ...one });
    else if (last.to !== undefined && (one.to === undefined || order(last.to, one.to) < 0)) last.to = one.to;
  }
  return made;
}

export function complement<T extends Ordered>(all: Ranges<T>): Ranges<T> {
  const made: Range<T>[] = [];
  let from: Cut<T> | undefined;
  let open = true;
  for (const one of all) {
    if (one.from !== undefined && (from === undefined || order(from, one.from) < 0)) made.push({ from, to: one.from });
    if (one.to === undefined) { open = false; break; }
    from = one.to;
  }
  return open ? [...made, { from, to: undefined }] : made;
}

export function intersect<T extends Ordered>(a: Ranges<T>, b: Ranges<T>): Ranges<T> {
  const made: Range<T>[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [x, y] = [a[i]!, b[j]!];
    const from = x.from === undefined ? y.from : y.from === undefined ? x.from : order(x.from, y.from) >= 0 ? x.from : y.from;
    const xEndsFirst = x.to !== undefined && (y.to === undefined || order(x.to, y.to) <= 0);
    const to = xEndsFirst ? x.to : y.to;
    if (from === undefined || to === undefined || order(from, to) < 0) made.push({ from, to });
    if (xEndsFirst) i++; else j++;
  }
  return made;
}
