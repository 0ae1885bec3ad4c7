import { expect, it } from 'vitest';
import { testOn } from '../../../policy/conditions.ts';
import { operatorNamed } from '../../../policy/operators.ts';
import { addressesPassing } from '../../../policy/search/addresses.ts';
import type { TextTest } from '../../../policy/search/region.ts';
import { Work } from '../../../policy/search/work.ts';

const ip = (blocks: readonly string[], want: boolean): TextTest => ({ test: testOn('aws:sourceip', operatorNamed('IpAddress')!, blocks), want });
const outside = (count: number): TextTest => ip(Array.from({ length: count }, (_, i) => `10.${2 * i}.0.0/16`), false);

/** Each test is held against what the earlier ones left, which a budget must know. */
it('costs more the more blocks there are and the more pieces they leave', () => {
  const spent = (tests: readonly TextTest[]): number => { const work = new Work(1_000_000); addressesPassing(tests, false, 4, work); return 1_000_000 - work.left; };
  const another = (count: number): number => spent([outside(count), ip(['203.0.113.0/24'], true)]) - spent([outside(count)]);
  expect(spent([outside(4)])).toBeGreaterThan(spent([outside(1)]));
  expect(another(4)).toBeGreaterThan(another(1));
});

it('tries an address for documentation first, as long as one is left', () => {
  const first = (...blocks: string[]): string | undefined => addressesPassing([ip(blocks, false)], false, 4, new Work(1_000_000))[0];
  expect(first()).toBe('203.0.113.9');
  expect(first('203.0.113.0/24')).toBe('198.51.100.9');
  expect(first('203.0.113.0/24', '198.51.100.0/24')).toBe('192.0.2.9');
  expect(first('192.0.0.0/2')).toBe('0.0.0.0');
});
