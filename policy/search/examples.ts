import type { Formula } from '../formula.ts';
import { testsOf } from './held.ts';
import { solveKey } from './keys.ts';
import type { Search } from './kinds.ts';
import type { Literal } from './logic.ts';
import { CLOCK, EPOCH, inUnitsOf } from './numbers.ts';
import type { Region } from './region.ts';

/** Some values of a key that has too many to try, on either side of each test: they show what any value allows. */
export function examplesOf(key: string, formula: Formula, region: Region, search: Search): string[] {
  const [asked, others] = key === EPOCH || key === CLOCK ? [CLOCK, [EPOCH, CLOCK]] : [key, [key]];
  const domain = { ...region.domain(asked), missing: false };
  const tests = testsOf(formula).filter((test) => others.includes(test.key) && test.variables.length === 0);
  const literals = tests.flatMap((test): Literal[] => [true, false].map((positive) => ({ kind: 'literal', key: asked, test, positive })));
  const found = [[], ...literals.map((one) => [one])].flatMap((some) => solveKey(asked, domain, some, search)?.[0] ?? []);
  return [...new Set(found)].flatMap((one) => inUnitsOf(key, [one]));
}
