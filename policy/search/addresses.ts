import { formatAddress } from '../addresses.ts';
import { complement, contains, intersect, union, upTo, type Range, type Ranges } from '../ranges.ts';
import type { TextTest } from './region.ts';
import type { Work } from './work.ts';

interface Space {
  readonly version: 4 | 6;
  /** How many there are. */
  readonly size: bigint;
  /** A range of more addresses than this is no network of anybody's in particular. */
  readonly wide: bigint;
  /** Addresses of the blocks for documentation, which read well in a witness. */
  readonly examples: readonly bigint[];
}
const spaces: readonly Space[] = [
  { version: 4, size: 1n << 32n, wide: 1n << 24n, examples: [0xcb007109n, 0xc6336409n, 0xc0000209n] },
  { version: 6, size: 1n << 128n, wide: 1n << 96n, examples: [(0x20010db8n << 96n) + 9n] },
];

/** Addresses that pass every test, from wide ranges where that is asked, all over the ranges that are left as far as `most` go; none where no range is left. */
export function addressesPassing(tests: readonly TextTest[], wide: boolean, most: number, work: Work): string[] {
  return spaces.flatMap((space) => {
    let left: Ranges<bigint> = [upTo(0n, space.size)];
    for (const { test, want } of tests) {
      const blocks = union(test.blocks.filter((one) => one.version === space.version).map((one) => one.range));
      work.spend(1 + blocks.length + left.length);
      left = intersect(left, want ? blocks : complement(blocks));
    }
    if (wide) left = left.filter((range) => sizeOf(range) > space.wide);
    const some = left.slice(0, most).flatMap((range, _, { length }) => spread(range, Math.ceil(most / length)));
    const example = space.examples.find((at) => left.some((one) => contains(one, at)));
    return [...example === undefined ? [] : [example], ...some].map((number) => formatAddress({ version: space.version, number }));
  });
}

/** Addresses all over a range, its first one first. */
function spread(range: Range<bigint>, most: number): bigint[] {
  const size = sizeOf(range);
  const count = size < BigInt(most) ? size : BigInt(most);
  return Array.from({ length: Number(count) }, (_, i) => firstOf(range) + BigInt(i) * (size / count));
}

// Both ends are there: the whole space has them.
const firstOf = ({ from }: Range<bigint>): bigint => from!.at;
const sizeOf = ({ from, to }: Range<bigint>): bigint => to!.at - from!.at;
