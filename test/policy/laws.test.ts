import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, parsePolicy } from '../../policy/index.ts';
import { document, when, type Test } from './cases/case.ts';
import { situations, type Situation, type Spec } from './cases/generators.ts';
import { runs } from '../support/runs.ts';

/** What holds of every policy: how it is spelled does not matter, and what is added has one direction only. */

const write = ({ effect, principal, actions, resources, tests }: Spec): Record<string, unknown> => ({
  Effect: effect, Principal: principal, Action: actions, ...(resources === undefined ? {} : { Resource: resources }), ...(tests.length > 0 ? when(...tests) : {}),
});
const inOrder = (specs: readonly Spec[]): object => document(...specs.map(write));
const areApart = (tests: readonly Test[]): boolean => new Set(tests.map(([operator, key]) => `${operator} ${key}`)).size === tests.length;
/** Tests in another spelling, but for statements where two would then be written in the same place. */
const rewriteTests = (specs: readonly Spec[], rewrite: (test: Test) => Test): object => inOrder(specs.map((one) => {
  const tests = one.tests.map(rewrite);
  return areApart(tests) ? { ...one, tests } : one;
}));

/** Who gets in, or that nobody does or somebody has to tell. */
function verdict({ question, objective }: Situation, policy: object): string {
  const answer = ask({ ...question, policy: parsePolicy(policy) }, objective);
  return answer.answer === 'outside' ? answer.reach : answer.answer;
}

const hasWildcard = (values: unknown): boolean => JSON.stringify(values).match(/[*?]/) !== null;
const single = <T>(values: readonly T[]): T | readonly T[] => values.length === 1 ? values[0]! : values;
const turned = (operator: string): string => {
  const [, quantifier = '', base = ''] = /^(For\w+:)?(.*)$/.exec(operator) ?? [];
  const opposite = { 'ForAnyValue:': 'ForAllValues:', 'ForAllValues:': 'ForAnyValue:' }[quantifier] ?? '';
  return opposite + (base.includes('Not') ? base.replace('Not', '') : base.replace(/^(String|Arn)/, '$1Not').replace(/^Ip/, 'NotIp'));
};

/** Denies that together refuse what a test does not admit; `undefined` where no operator says so. */
function refusing([operator, key, values]: Test): readonly (readonly Test[])[] | undefined {
  const others = ['true', 'false'].filter((one) => ![values].flat().includes(one));
  if (operator === 'Null') return others.map((one) => [['Null', key, one]]);
  if (operator === 'Bool') return [[['Null', key, 'true']], ...others.map((one): Test[] => [['Bool', key, one]])];
  if (operator.endsWith('IfExists')) {
    const base = operator.slice(0, -'IfExists'.length);
    // A negated operator holds for a missing key anyway, so its positive counterpart refuses all the rest; a positive one with IfExists spares it.
    return /^(String|Arn)/.test(base) ? [base.includes('Not') ? [[turned(base), key, values]] : [[turned(base), key, values], ['Null', key, 'false']]] : undefined;
  }
  return /^(For\w+:)?(String|Arn|Ip|NotIp)/.test(operator) ? [[[turned(operator), key, values]]] : undefined;
}

const spellings: Readonly<Record<string, (specs: readonly Spec[]) => object>> = {
  'the case of keys': (specs) => rewriteTests(specs, ([operator, key, values]) => [operator, key.toUpperCase(), values]),
  'the case of actions': (specs) => inOrder(specs.map((one) => ({ ...one, actions: one.actions.map((action) => action.toUpperCase()) }))),
  'the order of statements': (specs) => inOrder([...specs].reverse()),
  'the order of tests': (specs) => inOrder(specs.map((one) => ({ ...one, tests: [...one.tests].reverse() }))),
  'the order of values': (specs) => rewriteTests(specs, ([operator, key, values]) => [operator, key, [values].flat().reverse()]),
  'the order of actions and resources': (specs) => inOrder(specs.map((one) => ({ ...one, actions: [...one.actions].reverse(), resources: one.resources && [...one.resources].reverse() }))),
  'StringLike without wildcard, and StringEquals': (specs) => rewriteTests(specs, ([operator, key, values]) =>
    /String(Not)?(Like|Equals)(IfExists)?$/.test(operator) && !hasWildcard(values) ? [operator.includes('Like') ? operator.replace('Like', 'Equals') : operator.replace('Equals', 'Like'), key, values] : [operator, key, values]),
  'ArnLike and ArnEquals': (specs) => rewriteTests(specs, ([operator, key, values]) => [operator.startsWith('Arn') ? operator.includes('Like') ? operator.replace('Like', 'Equals') : operator.replace('Equals', 'Like') : operator, key, values]),
  'IfExists on a negated operator': (specs) => rewriteTests(specs, ([operator, key, values]) => [/^(String|Arn)Not\w+(?<!IfExists)$/.test(operator) ? `${operator}IfExists` : operator, key, values]),
  'booleans as JSON': (specs) => rewriteTests(specs, ([operator, key, values]) => [operator, key, /^(Bool|Null)/.test(operator) ? [values].flat().map((one) => one === 'true') : values]),
  'one instead of a list of one': (specs) => {
    const Statement = specs.map((one) => ({ ...write({ ...one, tests: one.tests.map(([operator, key, values]) => [operator, key, single([values].flat())]) }), Action: single(one.actions), ...(one.resources === undefined ? {} : { Resource: single(one.resources) }) }));
    return { Version: '2012-10-17', Statement: single(Statement) };
  },
  'the ways to write everybody': (specs) => inOrder(specs.map((one) => ({ ...one, principal: one.principal === '*' ? { AWS: ['*'] } : one.principal }))),
  'an account, and its root ARN': (specs) => inOrder(specs.map((one) => ({ ...one, principal: JSON.parse(JSON.stringify(one.principal).replace(/"(\d{12})"/g, '"arn:aws:iam::$1:root"')) as unknown }))),
  'one statement for each action': (specs) => inOrder(specs.flatMap((one) => one.actions.map((action) => ({ ...one, actions: [action] })))),
  'one statement for each resource': (specs) => inOrder(specs.flatMap((one) => one.resources === undefined ? [one] : one.resources.map((resource) => ({ ...one, resources: [resource] })))),
  'every statement twice': (specs) => inOrder([...specs, ...specs]),
};

/** An Allow with conditions, and an Allow of the same without them behind Denies; `undefined` where Denies cannot say it. */
function behindDenies(one: Spec): object | undefined {
  const denies = one.tests.map(refusing);
  if (denies.includes(undefined)) return undefined;
  const all = denies.flatMap((some) => some!.map((tests): Spec => ({ effect: 'Deny', principal: '*', actions: ['*'], resources: one.resources && ['*'], tests })));
  return inOrder([...all, { ...one, tests: [] }]);
}

/** From nobody to everybody; an unknown owner is less than a stranger who certainly gets in. */
const order: readonly string[] = ['inside', 'undecided', 'network-bound', 'service', 'named-account', 'any-organization-member', 'shared-issuer', 'any-account', 'anonymous'];
/** The first policy allows a part of what the second allows. */
function expectNoMore(situation: Situation, narrow: object, wide: object): void {
  const [less, more] = [verdict(situation, narrow), verdict(situation, wide)];
  expect(order.indexOf(less), `${situation.objective}: ${less} through the narrower policy, ${more} through the wider\n${JSON.stringify(narrow)}\n${JSON.stringify(wide)}`).toBeLessThanOrEqual(order.indexOf(more));
}

function expectSame(situation: Situation, one: object, other: object): void {
  fc.pre(JSON.stringify(one) !== JSON.stringify(other));
  expect(verdict(situation, other), `${situation.objective}\n${JSON.stringify(one)}\n${JSON.stringify(other)}`).toBe(verdict(situation, one));
}

describe('a policy means the same whatever', () => {
  it.each(Object.entries(spellings))('%s', (_, rewrite) => {
    fc.assert(fc.property(situations(), (situation) => { expectSame(situation, inOrder(situation.specs), rewrite(situation.specs)); }), { numRuns: runs(6), seed: 20_260_201 });
  });

  it('a condition of a lone Allow, or a Deny before it', () => {
    fc.assert(fc.property(situations('Allow'), (situation) => {
      const other = behindDenies(situation.extra);
      fc.pre(other !== undefined);
      expectSame(situation, inOrder([situation.extra]), other!);
    }), { numRuns: runs(40), seed: 20_260_206 });
  });
});

describe('what is added', () => {
  it('never opens, if it is a Deny', () => {
    fc.assert(fc.property(situations('Deny'), (situation) => {
      expectNoMore(situation, inOrder([...situation.specs, situation.extra]), inOrder(situation.specs));
    }), { numRuns: runs(30), seed: 20_260_202 });
  });

  it('never opens, if it is a condition of an Allow', () => {
    fc.assert(fc.property(situations(), fc.nat(2), (situation, which) => {
      const { specs, test } = situation;
      const { effect, tests } = specs[which % specs.length]!;
      fc.pre(effect === 'Allow' && areApart([...tests, test]));
      const narrower = specs.map((one, i) => i === which % specs.length ? { ...one, tests: [...tests, test] } : one);
      expectNoMore(situation, inOrder(narrower), inOrder(specs));
    }), { numRuns: runs(30), seed: 20_260_203 });
  });

  it('never closes, if it is an Allow', () => {
    fc.assert(fc.property(situations('Allow'), (situation) => {
      expectNoMore(situation, inOrder(situation.specs), inOrder([...situation.specs, situation.extra]));
    }), { numRuns: runs(30), seed: 20_260_204 });
  });

  it('never closes, if Denies and conditions are taken away', () => {
    fc.assert(fc.property(situations(), (situation) => {
      const wider = situation.specs.flatMap((one): Spec[] => one.effect === 'Deny' ? [] : [{ ...one, tests: one.tests.slice(1) }]);
      expectNoMore(situation, inOrder(situation.specs), inOrder(wider));
    }), { numRuns: runs(20), seed: 20_260_205 });
  });
});
