import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testOn } from '../../../policy/conditions.ts';
import { operatorNamed, patternsOperator } from '../../../policy/operators.ts';
import { literal, plainGlob } from '../../../policy/pattern.ts';
import { passes, solveKey } from '../../../policy/search/keys.ts';
import type { Search } from '../../../policy/search/kinds.ts';
import { literalOf, type Literal, type Node } from '../../../policy/search/logic.ts';
import { always, anything, maybe, only, present, type Choice, type Domain } from '../../../policy/search/region.ts';
import { Solver } from '../../../policy/search/solver.ts';
import { PastBudget, Work } from '../../../policy/search/work.ts';
import { runs } from '../../support/runs.ts';

const STEPS = 10_000_000;
const fresh = (steps = STEPS): Search => ({ work: new Work(steps), now: 0, gap: undefined });

/** By key; every other may carry anything or nothing. */
const domains: Readonly<Record<string, Domain>> = {
  'aws:a': present({ forms: ['x', 'y', 'z'].map(literal) }), 'aws:b': maybe({ forms: ['x', 'y'].map(literal), liked: ['y'] }), 'aws:c': only('x'), 'aws:d': always,
  'aws:sourceip': present({ wide: true }),
};
const domainOf = (key: string): Domain => domains[key] ?? anything;

const addressOperator = operatorNamed('IpAddress')!;
const texts = (key: string, positive: boolean, ...values: string[]): Literal => literalOf(key, testOn(key, patternsOperator, values.map(plainGlob)), positive);
const addresses = (positive: boolean, ...blocks: string[]): Literal => literalOf('aws:sourceip', testOn('aws:sourceip', addressOperator, blocks), positive);

/** Every way to make a node hold, as the tests that must then pass: what the solver goes through bit by bit, written out. */
function ways(node: Node): readonly (readonly Literal[])[] {
  if (node.kind === 'literal') return [[node]];
  if (node.kind === 'any') return node.of.flatMap(ways);
  return node.of.reduce<readonly (readonly Literal[])[]>((all, one) => all.flatMap((before) => ways(one).map((more) => [...before, ...more])), [[]]);
}
const canHold = (literals: readonly Literal[]): boolean => [...new Set(literals.map(({ key }) => key))].every((key) => solveKey(key, domainOf(key), literals.filter((one) => one.key === key), fresh()) !== undefined);
const isHeld = (literals: readonly Literal[], values: ReadonlyMap<string, Choice>): boolean => literals.every((one) => values.has(one.key) && passes(one, values.get(one.key)!));

const values = fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'x*', '*y', '*'), { minLength: 1, maxLength: 3 });
const test: fc.Arbitrary<Node> = fc.oneof(
  fc.tuple(fc.constantFrom('aws:a', 'aws:b', 'aws:c', 'aws:d', 'aws:e'), fc.boolean(), values).map(([key, positive, some]) => texts(key, positive, ...some)),
  fc.tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom('0.0.0.0/1', '128.0.0.0/1', '192.0.2.0/24', '10.0.0.0/7', '::/0', '2000::/3'), { minLength: 1, maxLength: 2 })).map(([positive, some]) => addresses(positive, ...some)),
);
const { node } = fc.letrec<{ node: Node; all: Node; any: Node }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, test, tie('any'), tie('all')),
  all: fc.array(tie('node'), { maxLength: 3 }).map((of) => ({ kind: 'all', of })),
  any: fc.array(tie('node'), { maxLength: 3 }).map((of) => ({ kind: 'any', of })),
}));

describe('the solver', () => {
  it('finds values exactly where some way to make the node hold has some', () => {
    fc.assert(fc.property(node, (one) => {
      const all = ways(one);
      if (all.length > 2_000) return;
      const found = new Solver(domainOf, fresh()).solve(one);
      expect(found !== undefined).toBe(all.some(canHold));
      // A wide key's value says nothing of tests that were not taken for true together.
      if (found !== undefined) expect(all.some((way) => isHeld(way, found) && canHold(way))).toBe(true);
    }), { numRuns: runs(3_000) });
  });

  it('takes back all that an alternative took for true', () => {
    const tried: Node = { kind: 'all', of: [texts('aws:d', true, 'x*'), texts('aws:d', true, '*z'), texts('aws:c', true, 'y')] };
    expect(new Solver(domainOf, fresh()).solve({ kind: 'any', of: [tried, texts('aws:d', true, 'y')] })).toEqual(new Map([['aws:d', ['y']]]));
  });

  it('takes a wide address for its own tests only', () => {
    // Either half of the internet will do, but not both at once.
    const [low, high] = [addresses(true, '0.0.0.0/1'), addresses(true, '128.0.0.0/1')];
    const solve = (one: Node): unknown => new Solver(domainOf, fresh()).solve(one)?.get('aws:sourceip');
    expect(solve({ kind: 'all', of: [low, { kind: 'any', of: [high, addresses(false, '::/0')] }] })).toEqual(['0.0.0.0']);
    expect(solve({ kind: 'all', of: [low, { kind: 'any', of: [high, addresses(true, '0.0.0.0/2')] }] })).toEqual(['0.0.0.0']);
    expect(solve({ kind: 'all', of: [low, { kind: 'any', of: [high, addresses(false, '0.0.0.0/0')] }] })).toBeUndefined();
  });
});

describe('the steps that the solver spends', () => {
  const spent = (of: Node): number => { const search = fresh(); new Solver(domainOf, search).solve(of); return STEPS - search.work.left; };
  const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));
  /** So many keys, so many values, and no two keys alike; each alternative as it is, or made into a node. */
  const apart = (keys: number, count: number, made: (one: Literal) => Node = (one) => one): Node => {
    const names = numbers(keys).map((one) => `aws:${one}`);
    const differ = names.flatMap((a, i) => names.slice(i + 1).flatMap((b) => numbers(count).map((value): Node => ({ kind: 'any', of: [made(texts(a, false, value)), made(texts(b, false, value))] }))));
    return { kind: 'all', of: [...names.map((name) => texts(name, true, ...numbers(count))), ...differ] };
  };
  const besides = (one: Literal): Node => ({ kind: 'all', of: [texts('aws:other', true, 'x*'), one] });
  const orElse = (one: Literal): Node => ({ kind: 'any', of: [texts(one.key, true, 'x'), one] });
  const low = addresses(true, '0.0.0.0/1');
  const blocks = numbers(100).map((one) => `${one}.0.0.0/8`);
  const globs = numbers(50).map((one) => `${one}*`);

  // In steps, give or take a tenth.
  it.each<[string, Node, number]>([
    ['values run out', apart(5, 4), 133_760],
    ['values suffice', apart(5, 5), 18_750],
    ['values run out for parts of alternatives', apart(4, 3, besides), 55_622],
    ['values suffice for parts of alternatives', apart(4, 4, besides), 14_156],
    ['values run out for alternatives of alternatives', apart(4, 3, orElse), 169_720],
    ['values suffice for alternatives of alternatives', apart(4, 4, orElse), 22_480],
    ['patterns are many', { kind: 'all', of: [texts('aws:0', true, ...globs), { kind: 'any', of: [texts('aws:0', true, ...globs, 'x')] }] }, 2_348],
    ['a wide address is asked for what it was asked for', { kind: 'all', of: [low, { kind: 'any', of: [addresses(true, ...blocks), low] }] }, 83],
  ])('are few where %s', (_, one, steps) => {
    expect(spent(one)).toBeGreaterThan(0.9 * steps);
    expect(spent(one)).toBeLessThan(1.1 * steps);
  });
  it('are what the budget has, at most', () => { expect(() => new Solver(domainOf, fresh(100)).solve(apart(5, 4))).toThrow(PastBudget); });
});
