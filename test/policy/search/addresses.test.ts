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
