import { expect, it } from 'vitest';
import { Remembered } from '../../../policy/world/remembered.ts';

it('makes each member once, and only as far as somebody reads', () => {
  const made: number[] = [];
  const all = new Remembered(function* () { for (let i = 0; i < 3; i++) { made.push(i); yield i; } });
  for (const one of all) if (one === 1) break;
  expect(made).toEqual([0, 1]);
  expect([[...all], [...all], made]).toEqual([[0, 1, 2], [0, 1, 2], [0, 1, 2]]);
});

it('begins anew after an error, for what was seen before it is not everything', () => {
  let isSpent = true;
  const all = new Remembered(function* () { yield 'seen'; if (isSpent) throw new Error('spent'); yield 'behind'; });
  expect(() => [...all]).toThrow('spent');
  expect(() => [...all]).toThrow('spent');
  isSpent = false;
  expect([...all]).toEqual(['seen', 'behind']);
});
