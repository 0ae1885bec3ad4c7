import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, type Estimate } from '../../../deployment/cost/estimate.ts';
import { evaluationsIn, type Place } from '../../../deployment/cost/evaluations.ts';
import { costOf, usualPrices, type Price, type Prices } from '../../../deployment/cost/prices.ts';
import type { Deployed } from '../../../deployment/cost/usage.ts';
import { rules } from '../../../rules/index.ts';

/** Prices and assumptions that are easy to reckon with. */
const prices: Prices = {
  ...usualPrices,
  assumptions: {
    changesPerResource: { low: 1, high: 2, about: 'a' }, definitionChanges: { low: 1, high: 3, about: 'a' }, accountChanges: { low: 0, high: 4, about: 'a' }, complianceChanges: { low: 0.1, high: 0.5, about: 'a' }, evaluationSeconds: { low: 1, high: 2, about: 'a' },
    planSeconds: { low: 1, high: 2, about: 'a' }, dailyPlanSeconds: { low: 10, high: 20, about: 'a' }, reevaluatorSeconds: { low: 1, high: 2, about: 'a' }, publisherSeconds: { low: 1, high: 2, about: 'a' }, planUnits: { low: 2, high: 5, about: 'a' }, logBytes: { low: 1_000, high: 2_000, about: 'a' },
  },
};
const alone: Deployed = { alarms: 4, plannedTypes: [], memory: { evaluator: 512, planner: 1024, reevaluator: 256 }, administrator: undefined };
const organization: Deployed = { ...alone, plannedTypes: ['AWS::Lambda::Function', 'AWS::IAM::Role'], administrator: { alarms: 3, keys: 1, publisherMemory: 256 } };
const home = (resources: Record<string, number>, more: Partial<Place> = {}): Place => ({ times: 1, isHome: true, resources, changes: {}, ...more });
const evaluations = (place: Place, hasOrganization: boolean): object =>
  Object.fromEntries(evaluationsIn(place, rules, prices, hasOrganization).filter(({ resources }) => resources > 0).map(({ rule, asUsual, anew, monthly, first }) => [rule, [asUsual, anew, monthly].map(({ low, high }) => `${low}-${high}`).concat(String(first)).join(' ')]));

describe('evaluations in a month: as usual, anew, together; and first', () => {
  it.each<[name: string, place: Place, hasOrganization: boolean, found: object]>([
    ['changes and a changed definition', home({ 'AWS::Lambda::Function': 10 }), false, { 'lambda-in-perimeter-vpc': '10-20 10-30 20-50 10' }],
    ['in an organization, whose accounts come and go', home({ 'AWS::Lambda::Function': 10 }), true, { 'lambda-in-perimeter-vpc': '10-20 10-70 20-90 10' }],
    ['changes that were recorded', home({ 'AWS::Lambda::Function': 10 }, { changes: { 'AWS::Lambda::Function': 7 } }), false, { 'lambda-in-perimeter-vpc': '7-7 10-30 17-37 10' }],
    ['a daily rule', home({ 'AWS::RedshiftServerless::Workgroup': 24 }), false, { 'redshift-serverless-not-public': '730-730 24-72 754-802 24' }],
    ['two rules on one type', home({ 'AWS::EC2::VPCEndpoint': 1 }), false, { 'vpc-endpoint-trusted-principals': '1-2 1-3 2-5 1', 'vpc-endpoint-trusted-resources': '1-2 1-3 2-5 1' }],
    ['roles away from home', home({ 'AWS::IAM::Role': 5 }, { isHome: false }), false, {}],
    ['a type that no rule judges', home({ 'AWS::EC2::Instance': 5 }), false, {}],
  ])('%s', (_, place, hasOrganization, found) => { expect(evaluations(place, hasOrganization)).toEqual(found); });
});

describe('a price with tiers', () => {
  const tiered: Price = { unit: 'u', per: 10, tiers: [{ upTo: 100, price: 1 }, { upTo: 300, price: 0.5 }, { price: 0.1 }], date: '2026-11-26', source: 's' };
  it.each([[0, 0], [50, 5], [100, 10], [101, 10.05], [300, 20], [301, 20.01], [1_300, 30]])('for %s units is %s', (units, cost) => { expect(costOf(tiered, units)).toBeCloseTo(cost, 10); });
});

const linesOf = (found: Estimate): Record<string, [number, number]> => Object.fromEntries(found.lines.map(({ what, cost: { low, high } }) => [what, [low, high]]));

describe('the estimate', () => {
  // 100 functions: 200 to 900 evaluations, of which 20 to 450 change what is shown; those and 100 to 200 changes are planned for.
  const one = estimate(rules, { accounts: 1, places: [home({ 'AWS::Lambda::Function': 100 })], deployed: organization, automationSteps: 0 }, prices);
  const days = 730 / 24;
  const [publisher, schedules] = [4 * 730, days + 730];
  const [invocations, most] = [200 + 120 + schedules + publisher, 900 + 650 + schedules + publisher];
  it.each<[what: string, low: number, high: number]>([
    ['Evaluations by rules of the pack', 0.2, 0.9], ['The same as evaluations by rules', 0, 0.9], ['Configuration items of compliance', 0, 450 * 0.003],
    ['Lambda invocations', invocations * 0.2e-6, most * 0.2e-6],
    ['Lambda time', (200 * 0.5 + 120 + days * 10 + 730 * 0.25 + publisher * 0.25) * 0.0000166667, (900 * 2 * 0.5 + 650 * 2 + days * 20 + 730 * 2 * 0.25 + publisher * 2 * 0.25) * 0.0000166667],
    ['Logs', invocations * 1_000 / 1e9 * 0.5, most * 2_000 / 1e9 * 0.5],
    ['Alarms', 0.7, 0.7], ['Reading the definition', (730 + 2 * publisher) * 0.4e-6, (730 + 900 + 650 + days + 2 * publisher) * 0.4e-6],
    ['Ledger', (730 + 120 * 2) * 0.125e-6 + 20 * 2 * 0.625e-6, (730 + 650 * 5) * 0.125e-6 + 450 * 5 * 0.625e-6],
    ['Findings to the administrator account', 20e-6, 450e-6], ['Findings by e-mail', 0, 450 * 2e-5], ['Key of the topic', 1, 1], ['Runbooks', 0, 0],
  ])('has %s', (what, low, high) => {
    const [least, highest] = linesOf(one)[what]!;
    expect(least).toBeCloseTo(low, 9);
    expect(highest).toBeCloseTo(high, 9);
  });
  it('sums its lines', () => {
    const costs = Object.values(linesOf(one));
    expect(costs).toHaveLength(13);
    expect(one.monthly.low).toBeCloseTo(costs.reduce((sum, [low]) => sum + low, 0), 9);
    expect(one.monthly.high).toBeCloseTo(costs.reduce((sum, [, high]) => sum + high, 0), 9);
    expect(one.once.map(({ cost }) => cost)).toEqual([{ low: 0.1, high: 0.2 }, { low: 0, high: 100 * 0.003 }]);
    expect(one.recording.cost).toEqual({ low: 100 * 0.003, high: 200 * 0.003 });
  });
  it('reads the definition every five minutes at most', () => {
    const busy = linesOf(estimate(rules, { accounts: 1, places: [home({ 'AWS::Lambda::Function': 50_000 })], deployed: alone, automationSteps: 0 }, prices))['Reading the definition'];
    // Re-evaluator, evaluator and planner.
    expect(busy![1]).toBeCloseTo((730 + 2 * 12 * 730) * 0.4e-6, 9);
  });
  it('plans for changes of roles at home only', () => {
    const roles = (isHome: boolean): [number, number] => linesOf(estimate(rules, { accounts: 1, places: [home({ 'AWS::IAM::Role': 1_000 }, { isHome })], deployed: organization, automationSteps: 0 }, prices))['Ledger']!;
    expect(roles(true)[0]).toBeCloseTo((730 + (1_000 + 600) * 2) * 0.125e-6 + 600 * 2 * 0.625e-6, 9);
    expect(roles(false)[0]).toBeCloseTo(730 * 0.125e-6, 9);
  });
  it('says how a sum comes about', () => {
    const arithmetic = Object.fromEntries(one.lines.map((line) => [line.what, line.arithmetic]));
    expect(arithmetic['Evaluations by rules of the pack']).toBe('200 to 900 evaluations, 0.001 USD each up to 100,000, 0.0008 USD up to 500,000, 0.0005 USD beyond');
    expect(arithmetic['Configuration items of compliance']).toBe('200 to 900 evaluations × 10 to 50 % that change what is shown × 0.003 USD each; nothing where AWS::Config::ResourceCompliance is not recorded');
    expect(arithmetic['Lambda invocations']).toBe('4,000 to 5,230 (200 to 900 evaluations, 120 to 650 plans, the rest by schedules), 0.2 USD for 1,000,000 invocations');
    expect(arithmetic['Alarms']).toBe('4 × 1 accounts and Regions + 3 of the administrator, 0.1 USD each');
  });
  it('says one number where high and low are one', () => {
    const exact: Prices = { ...prices, assumptions: { ...prices.assumptions, complianceChanges: { low: 0.25, high: 0.25, about: 'a' } } };
    const { lines } = estimate(rules, { accounts: 1, places: [home({ 'AWS::Lambda::Function': 10 }, { changes: { 'AWS::Lambda::Function': 5 } })], deployed: alone, automationSteps: 0 }, exact);
    expect(lines.find(({ what }) => what === 'Configuration items of compliance')!.arithmetic).toMatch(/^15 to 35 evaluations × 25 % that change /);
  });
  it('tells accounts apart, over their Regions', () => {
    const place = (account: string, functions: number, isHome = true): Place => home({ 'AWS::Lambda::Function': functions }, { account, isHome });
    const found = estimate(rules, { accounts: 2, places: [place('111111111111', 0), place('222222222222', 5_000), place('111111111111', 10, false)], deployed: alone, automationSteps: 9 }, prices);
    const [first, second] = found.byAccount;
    expect([first!.account, second!.account]).toEqual(['222222222222', '111111111111']);
    // All but the steps of runbooks is in some account.
    expect(first!.monthly.high + second!.monthly.high).toBeCloseTo(found.monthly.high - 9 * 0.002, 9);
    expect(first!.monthly.low + second!.monthly.low).toBeCloseTo(found.monthly.low - 9 * 0.002, 9);
  });
  it('reckons the tiers of each account and Region by themselves', () => {
    // 60,000 evaluations each: together they would reach the second tier.
    const place = home({ 'AWS::Lambda::Function': 30_000 }, { times: 2 });
    const cost = linesOf(estimate(rules, { accounts: 1, places: [place], deployed: alone, automationSteps: 0 }, prices))['Evaluations by rules of the pack'];
    expect(cost).toEqual([2 * 60, 2 * (100 + 50_000 * 0.0008)]);
  });
  it('leaves the administrator out where there is none', () => {
    const found = estimate(rules, { accounts: 1, places: [home({ 'AWS::Lambda::Function': 100 })], deployed: alone, automationSteps: 50 }, prices);
    const lines = linesOf(found);
    expect(Object.keys(lines)).not.toContain('Key of the topic');
    expect(lines['Alarms']![0]).toBeCloseTo(0.4, 10);
    expect(lines['Runbooks']).toEqual([0.1, 0.1]);
  });
  it('sums each rule over all places', () => {
    const places = [home({ 'AWS::Lambda::Function': 10 }, { times: 3 }), home({ 'AWS::Lambda::Function': 1 }, { isHome: false })];
    expect(estimate(rules, { accounts: 1, places, deployed: alone, automationSteps: 0 }, prices).rules.find(({ rule }) => rule === 'lambda-in-perimeter-vpc')).toEqual({
      rule: 'lambda-in-perimeter-vpc', trigger: 'change', resources: 31, asUsual: { low: 31, high: 62 }, anew: { low: 31, high: 93 }, monthly: { low: 62, high: 155 }, first: 31,
    });
  });
  it('does not fall when there is more', () => {
    const counts = fc.record({ functions: fc.nat(500_000), roles: fc.nat(500_000), times: fc.integer({ min: 1, max: 5_000 }) });
    const of = ({ functions, roles, times }: { functions: number; roles: number; times: number }): Estimate =>
      estimate(rules, { accounts: 1, places: [home({ 'AWS::Lambda::Function': functions, 'AWS::IAM::Role': roles }, { times })], deployed: organization, automationSteps: 0 }, usualPrices);
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
