import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testOn } from '../../policy/conditions.ts';
import { operatorNamed, patternsOperator } from '../../policy/operators.ts';
import { glob, plainGlob } from '../../policy/pattern.ts';
import { runs } from '../support/runs.ts';

describe('a list of many values with wildcards', () => {
  const filler = Array.from({ length: 200 }, (_, i) => plainGlob(`z${i}*`));
  const piece = fc.constantFrom('a', 'b', 'A', '*', '?', 'ab', 'a/b', 'z1');
  const values = fc.array(fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')), { minLength: 1, maxLength: 12 });
  const texts = fc.array(fc.constantFrom('a', 'b', 'A', 'ab', 'z1', 'z19', '/', 'x'), { maxLength: 5 }).map((parts) => parts.join(''));
  it.each(['StringLike', 'StringEqualsIgnoreCase'])('takes what one of them takes: %s', (name) => {
    const operator = name === 'StringLike' ? patternsOperator : operatorNamed(name)!;
    fc.assert(fc.property(values, texts, (some, text) => {
      const patterns = [...filler, ...some.map(plainGlob)];
      expect(testOn('aws:PrincipalTag/x', operator, patterns).fits(text)).toBe(patterns.some((one) => one.matches(text, operator.ignoreCase)));
    }), { numRuns: runs(300) });
  });
  it('takes what a Region in the place of a variable makes', () => {
    const test = testOn('aws:PrincipalTag/x', patternsOperator, [...filler, glob('logs-${region}-*')]);
    expect(['logs-eu-west-1-a', 'logs-us-east-1-', 'logs-x-a', 'log'].map((text) => test.fits(text))).toEqual([true, true, false, false]);
  });
});
