import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, type Deployed, type Estimate } from '../../../deployment/cost/estimate.ts';
import { evaluationsIn, type Place } from '../../../deployment/cost/evaluations.ts';
import { costOf, usualPrices, type Price, type Prices } from '../../../deployment/cost/prices.ts';
import { rules } from '../../../rules/index.ts';

/** Prices and assumptions that are easy to reckon with. */
const prices: Prices = {
  ...usualPrices,
  assumptions: {
    changesPerResource: { low: 1, high: 2, about: 'a' }, definitionChanges: { low: 1, high: 3, about: 'a' }, complianceChanges: { low: 0.1, high: 0.5, about: 'a' }, evaluationSeconds: { low: 1, high: 2, about: 'a' },
    plannerSeconds: { low: 1, high: 2, about: 'a' }, reevaluatorSeconds: { low: 1, high: 2, about: 'a' }, publisherSeconds: { low: 1, high: 2, about: 'a' }, logBytes: { low: 1_000, high: 2_000, about: 'a' },
  },
};
const alone: Deployed = { alarms: 4, memory: { evaluator: 512, planner: 1024, reevaluator: 256 }, administrator: undefined };
const organization: Deployed = { ...alone, administrator: { alarms: 3, keys: 1, publisherMemory: 256 } };
const home = (resources: Record<string, number>, more: Partial<Place> = {}): Place => ({ times: 1, isHome: true, resources, changes: {}, ...more });
const evaluations = (place: Place): object => Object.fromEntries(evaluationsIn(place, rules, prices).filter(({ resources }) => resources > 0).map(({ rule, monthly, first }) => [rule, [monthly.low, monthly.high, first]]));

describe('evaluations in a month', () => {
  it.each<[name: string, place: Place, found: object]>([
    ['changes and a changed definition', home({ 'AWS::Lambda::Function': 10 }), { 'lambda-in-perimeter-vpc': [10 * 1 + 10 * 1, 10 * 2 + 10 * 3, 10] }],
    ['changes that were recorded', home({ 'AWS::Lambda::Function': 10 }, { changes: { 'AWS::Lambda::Function': 7 } }), { 'lambda-in-perimeter-vpc': [17, 37, 10] }],
    ['a daily rule', home({ 'AWS::RedshiftServerless::Workgroup': 12 }), { 'redshift-serverless-not-public': [12 * 730 / 24 + 12, 12 * 730 / 24 + 36, 12] }],
    ['two rules on one type', home({ 'AWS::EC2::VPCEndpoint': 1 }), { 'vpc-endpoint-trusted-principals': [2, 5, 1], 'vpc-endpoint-trusted-resources': [2, 5, 1] }],
    ['roles away from home', home({ 'AWS::IAM::Role': 5 }, { isHome: false }), {}],
    ['a type that no rule judges', home({ 'AWS::EC2::Instance': 5 }), {}],
  ])('%s', (_, place, found) => { expect(evaluations(place)).toEqual(found); });
});

describe('a price with tiers', () => {
  const tiered: Price = { unit: 'u', per: 10, tiers: [{ upTo: 100, price: 1 }, { upTo: 300, price: 0.5 }, { price: 0.1 }], date: '2026-11-26', source: 's' };
  it.each([[0, 0], [50, 5], [100, 10], [101, 10.05], [300, 20], [301, 20.01], [1_300, 30]])('for %s units is %s', (units, cost) => { expect(costOf(tiered, units)).toBeCloseTo(cost, 10); });
});

const linesOf = (found: Estimate): Record<string, [number, number]> => Object.fromEntries(found.lines.map(({ what, cost: { low, high } }) => [what, [low, high]]));

describe('the estimate', () => {
  // 100 functions: 200 to 500 evaluations, of which 20 to 250 change what is shown.
  const one = estimate(rules, { places: [home({ 'AWS::Lambda::Function': 100 })], deployed: organization, automationSteps: 0 }, prices);
  const days = 730 / 24;
  it('has each sum', () => {
    const lines = linesOf(one);
    const expected: Record<string, [number, number]> = {
      'Evaluations by rules of the pack': [0.2, 0.5], 'The same as evaluations by rules': [0, 0.5], 'Configuration items of compliance': [20 * 0.003, 250 * 0.003],
      'Lambda invocations': [(200 + days + 20 + 730 + 2_920) * 0.2e-6, (500 + days + 250 + 730 + 2_920) * 0.2e-6],
      'Lambda time': [(200 * 0.5 + (days + 20) * 1 + 730 * 0.25 + 2_920 * 0.25) * 0.0000166667, (500 * 2 * 0.5 + (days + 250) * 2 + 730 * 2 * 0.25 + 2_920 * 2 * 0.25) * 0.0000166667],
      'Logs': [(200 + days + 20 + 730 + 2_920) * 1_000 / 1e9 * 0.5, (500 + days + 250 + 730 + 2_920) * 2_000 / 1e9 * 0.5],
      'Alarms': [0.7, 0.7], 'Reading the definition': [730 * 0.0004 / 1_000, 13 * 730 * 0.0004 / 1_000],
      'Ledger': [730 * 0.125e-6 + 60 * 0.625e-6, 730 * 0.125e-6 + 750 * 0.625e-6], 'Findings to the administrator account': [20e-6, 250e-6], 'Findings by e-mail': [0, 0], 'Key of the topic': [1, 1], 'Runbooks': [0, 0],
    };
    expect(Object.keys(lines)).toEqual(Object.keys(expected));
    for (const [what, [low, high]] of Object.entries(expected)) {
      expect(lines[what]![0], what).toBeCloseTo(low, 9);
      expect(lines[what]![1], what).toBeCloseTo(high, 9);
    }
    expect(one.monthly.low).toBeCloseTo(Object.values(expected).reduce((sum, [low]) => sum + low, 0), 9);
    expect(one.monthly.high).toBeCloseTo(Object.values(expected).reduce((sum, [, high]) => sum + high, 0), 9);
    expect(one.once.map(({ cost }) => cost)).toEqual([{ low: 0.1, high: 0.2 }, { low: 0, high: 100 * 0.003 }]);
    expect(one.recording.cost).toEqual({ low: 100 * 0.003, high: 200 * 0.003 });
  });
  it('says how a sum comes about', () => {
    const arithmetic = Object.fromEntries(one.lines.map((line) => [line.what, line.arithmetic]));
    expect(arithmetic['Evaluations by rules of the pack']).toBe('200 to 500 evaluations, 0.001 USD each up to 100,000, 0.0008 USD up to 500,000, 0.0005 USD beyond');
    expect(arithmetic['Configuration items of compliance']).toBe('200 to 500 evaluations × 10 to 50 % that change what is shown × 0.003 USD each');
    expect(arithmetic['Lambda invocations']).toBe('3,900 to 4,430 of evaluator, planner, re-evaluator and publisher, 0.2 USD for 1,000,000 invocations');
    expect(arithmetic['Alarms']).toBe('4 × 1 accounts and Regions + 3 of the administrator, 0.1 USD each');
  });
  it('reckons the tiers of each account and Region by themselves', () => {
    // 60,000 evaluations each: together they would reach the second tier.
    const place = home({ 'AWS::Lambda::Function': 30_000 }, { times: 2 });
    const cost = linesOf(estimate(rules, { places: [place], deployed: alone, automationSteps: 0 }, prices))['Evaluations by rules of the pack'];
    expect(cost).toEqual([2 * 60, 2 * (100 + 50_000 * 0.0008)]);
  });
  it('leaves the administrator out where there is none', () => {
    const found = estimate(rules, { places: [home({ 'AWS::Lambda::Function': 100 })], deployed: alone, automationSteps: 50 }, prices);
    const lines = linesOf(found);
    expect(Object.keys(lines)).not.toContain('Key of the topic');
    expect(lines['Alarms']![0]).toBeCloseTo(0.4, 10);
    expect(lines['Runbooks']).toEqual([0.1, 0.1]);
  });
  it('sums each rule over all places', () => {
    const places = [home({ 'AWS::Lambda::Function': 10 }, { times: 3 }), home({ 'AWS::Lambda::Function': 1 }, { isHome: false })];
    expect(estimate(rules, { places, deployed: alone, automationSteps: 0 }, prices).rules.find(({ rule }) => rule === 'lambda-in-perimeter-vpc')).toEqual({ rule: 'lambda-in-perimeter-vpc', resources: 31, monthly: { low: 62, high: 155 }, first: 31 });
  });
  it('does not fall when there is more', () => {
    const counts = fc.record({ functions: fc.nat(500_000), roles: fc.nat(500_000), times: fc.integer({ min: 1, max: 5_000 }) });
    const of = ({ functions, roles, times }: { functions: number; roles: number; times: number }): Estimate =>
      estimate(rules, { places: [home({ 'AWS::Lambda::Function': functions, 'AWS::IAM::Role': roles }, { times })], deployed: organization, automationSteps: 0 }, usualPrices);
    fc.assert(fc.property(counts, counts, (a, b) => {
      const [least, most] = [of(a), of({ functions: a.functions + b.functions, roles: a.roles + b.roles, times: a.times + b.times })];
      for (const { what, cost } of [...least.lines, { what: 'all', cost: least.monthly }]) {
        const other = what === 'all' ? most.monthly : most.lines.find((line) => line.what === what)!.cost;
        expect(cost.low, what).toBeLessThanOrEqual(cost.high);
        expect(cost.low, what).toBeLessThanOrEqual(other.low);
        expect(cost.high, what).toBeLessThanOrEqual(other.high);
      }
    }), { seed: 20261126 });
  });
});
