import { formatAddress } from '../addresses.ts';
import { between, complement, contains, intersect, union, type Range, type Ranges } from '../ranges.ts';
import type { TextTest } from './region.ts';
import type { Work } from './work.ts';

interface Space {
  readonly version: 4 | 6;
  readonly last: bigint;
  /** A range of more addresses than this is no network of anybody's in particular. */
  readonly wide: bigint;
  /** An address of the blocks for documentation, which reads well in a witness. */
  readonly example: bigint;
}
const spaces: readonly Space[] = [
  { version: 4, last: (1n << 32n) - 1n, wide: 1n << 24n, example: 0xcb007109n },
  { version: 6, last: (1n << 128n) - 1n, wide: 1n << 96n, example: (0x20010db8n << 96n) + 9n },
];

/** An address that passes every test, from a wide range where that is asked. */
export function findAddress(tests: readonly TextTest[], wide: boolean, work: Work): string | undefined {
  for (const space of spaces) {
    let left: Ranges<bigint> = [between(0n, space.last)];
    for (const { test, want } of tests) {
      const blocks = union(test.blocks.filter((one) => one.version === space.version).map((one) => one.range));
      work.spend(1 + blocks.length + left.length);
      left = intersect(left, want ? blocks : complement(blocks));
    }
    if (wide) left = left.filter((range) => sizeOf(range) > space.wide);
    const [range] = left;
    if (range === undefined) continue;
    const number = left.some((one) => contains(one, space.example)) ? space.example : firstOf(range);
    return formatAddress({ version: space.version, number });
  }
  return undefined;
}

// Both ends are there: the whole space has them, and cuts lie just before or after whole numbers.
const firstOf = ({ from }: Range<bigint>): bigint => from!.at + (from!.after ? 1n : 0n);
const sizeOf = (range: Range<bigint>): bigint => range.to!.at + (range.to!.after ? 1n : 0n) - firstOf(range);
