import type { AnyRule } from '../../core/rule.ts';
import { changesOf, timesAnew, type Place, type RuleEvaluations } from './evaluations.ts';
import { costOf, priceNames, type PriceName, type Prices } from './prices.ts';
import { exactly, mapRange, plus, times, type Range } from './range.ts';
import { administratorUnits, costOfUnits, usageOf, type Deployed, type Units, type Usage } from './usage.ts';
import { count, priceText, range, share } from './words.ts';

export interface Line {
  readonly what: string;
  /** How the sum comes about, in words and numbers. */
  readonly arithmetic: string;
  readonly cost: Range;
}
export interface Estimate {
  readonly currency: string;
  readonly accounts: number;
  /** Accounts and Regions, each pair counted once. */
  readonly places: number;
  /** How often a month all resources are evaluated anew. */
  readonly anew: Range;
  /** Of all places together. */
  readonly rules: readonly RuleEvaluations[];
  /** A month like any other. */
  readonly lines: readonly Line[];
  readonly monthly: Range;
  /** What stands in each account, the dearest first; empty where accounts are not told apart. The administrator stack is in none. */
  readonly byAccount: readonly { readonly account: string; readonly monthly: Range }[];
  /** Once, when the pack is deployed. */
  readonly once: readonly Line[];
  /** What AWS Config takes for recording the types that the rules judge; it is paid whether the pack stands or not. */
  readonly recording: Line;
}

export interface Given { readonly accounts: number; readonly places: readonly Place[]; readonly deployed: Deployed; /** Steps of runbooks that run in a month. */ readonly automationSteps: number }

/**
 * What the pack costs a month. Tiers are those of one account and Region, so each place is reckoned by itself.
 * https://aws.amazon.com/config/pricing/
 */
export function estimate(rules: readonly AnyRule[], { accounts, places, deployed, automationSteps }: Given, prices: Prices): Estimate {
  const { administrator } = deployed;
  const used = places.map((place): Used => ({ place, usage: usageOf(place, rules, deployed, prices) }));
  const number = places.reduce((sum, { times: some }) => sum + some, 0);
  const evaluations = inAll(used, ({ usage }) => usage.evaluations);
  const [shown, plans] = [inAll(used, ({ usage }) => usage.shown), inAll(used, ({ usage }) => usage.plans)];
  const once: Units = { ...administrator === undefined ? {} : administratorUnits(administrator, shown, prices), automationStep: exactly(automationSteps) };
  const unitsOf = (name: PriceName): Range => plus(inAll(used, ({ usage }) => usage.units[name] ?? exactly(0)), once[name] ?? exactly(0));
  const line = (what: string, names: readonly PriceName[], arithmetic: string): Line => ({ what, arithmetic, cost: plus(inAll(used, ({ usage }) => costOfUnits(usage.units, names, prices)), costOfUnits(once, names, prices)) });
  /** A line with so many units at their price. */
  const plain = (what: string, name: PriceName, units: string): Line => line(what, [name], `${range(unitsOf(name))} ${units}, ${priceText(prices, name)}`);
  const lines: Line[] = [
    plain('Evaluations by rules of the pack', 'packEvaluation', 'evaluations'),
    line('The same as evaluations by rules', ['ruleEvaluation'], 'whether AWS Config asks for them besides is not known: from nothing to as much again'),
    line('Configuration items of compliance', ['configurationItem'], `${range(evaluations)} evaluations × ${share(prices.assumptions.complianceChanges)} that change what is shown × ${priceText(prices, 'configurationItem')}; nothing where AWS::Config::ResourceCompliance is not recorded`),
    plain('Lambda invocations', 'lambdaRequest', `(${range(evaluations)} evaluations, ${range(plans)} plans, the rest by schedules)`),
    plain('Lambda time', 'lambdaGigabyteSecond', 'GB-seconds'),
    line('Logs', ['logGigabyte'], `${range(unitsOf('lambdaRequest'))} invocations × ${range(prices.assumptions.logBytes)} bytes, ${priceText(prices, 'logGigabyte')}`),
    line('Alarms', ['alarm'], `${deployed.alarms} × ${count(number)} accounts and Regions${administrator === undefined ? '' : ` + ${administrator.alarms} of the administrator`}, ${priceText(prices, 'alarm')}`),
    plain('Reading the definition', 's3Get', 'requests'),
    line('Ledger', ['dynamoDbRead', 'dynamoDbWrite'], `${range(unitsOf('dynamoDbRead'))} units read, ${priceText(prices, 'dynamoDbRead')}; ${range(unitsOf('dynamoDbWrite'))} written, ${priceText(prices, 'dynamoDbWrite')}`),
    ...administrator === undefined ? [] : [
      plain('Findings to the administrator account', 'eventToOtherAccount', 'events'),
      line('Findings by e-mail', ['email'], `${range(shown)} mails, ${priceText(prices, 'email')}; nothing if nobody subscribes`),
      line('Key of the topic', ['key'], `${administrator.keys}, ${priceText(prices, 'key')}`),
    ],
    line('Runbooks', ['automationStep'], automationSteps === 0 ? 'remediation is off until it is switched on' : `${count(automationSteps)} steps, ${priceText(prices, 'automationStep')}`),
  ];
  return {
    currency: prices.currency, accounts, places: number, anew: timesAnew(prices, administrator !== undefined), rules: together(used), lines, monthly: plus(...lines.map(({ cost }) => cost)),
    byAccount: byAccount(used, prices), once: onceOf(used, prices), recording: recordingOf(places, rules, prices),
  };
}

interface Used { readonly place: Place; readonly usage: Usage }

const inAll = (used: readonly Used[], of: (one: Used) => Range): Range => plus(exactly(0), ...used.map((one) => times(one.place.times, of(one))));

/** Each rule over all places. */
function together(used: readonly Used[]): readonly RuleEvaluations[] {
  const sums = new Map<string, RuleEvaluations>();
  for (const { place, usage } of used) for (const one of usage.rules) {
    const { resources, asUsual, anew, monthly, first } = sums.get(one.rule) ?? { resources: 0, asUsual: exactly(0), anew: exactly(0), monthly: exactly(0), first: 0 };
    const more = (sum: Range, some: Range): Range => plus(sum, times(place.times, some));
    sums.set(one.rule, { ...one, resources: resources + place.times * one.resources, asUsual: more(asUsual, one.asUsual), anew: more(anew, one.anew), monthly: more(monthly, one.monthly), first: first + place.times * one.first });
  }
  return [...sums.values()];
}

function byAccount(used: readonly Used[], prices: Prices): Estimate['byAccount'] {
  const sums = new Map<string, Range>();
  for (const { place: { account }, usage } of used) if (account !== undefined) sums.set(account, plus(sums.get(account) ?? exactly(0), costOfUnits(usage.units, priceNames, prices)));
  return [...sums].map(([account, monthly]) => ({ account, monthly })).sort((a, b) => b.monthly.high - a.monthly.high || a.account.localeCompare(b.account));
}

function onceOf(used: readonly Used[], prices: Prices): readonly Line[] {
  const first = inAll(used, ({ usage }) => exactly(usage.rules.reduce((sum, rule) => sum + rule.first, 0))).low;
  const evaluated = inAll(used, ({ usage }) => exactly(costOf(prices.prices.packEvaluation, usage.rules.reduce((sum, rule) => sum + rule.first, 0)))).low;
  return [
    { what: 'First evaluation of every resource', arithmetic: `${count(first)} evaluations, ${priceText(prices, 'packEvaluation')}, once or twice as above`, cost: { low: evaluated, high: 2 * evaluated } },
    { what: 'A configuration item of compliance for each resource', arithmetic: `at most ${count(first)} × ${priceText(prices, 'configurationItem')}`, cost: { low: 0, high: costOf(prices.prices.configurationItem, first) } },
  ];
}

function recordingOf(places: readonly Place[], rules: readonly AnyRule[], prices: Prices): Line {
  const types = [...new Set(rules.flatMap((rule) => rule.trigger === 'periodic' ? [] : rule.resourceTypes as readonly string[]))];
  const changes = plus(exactly(0), ...places.flatMap((place) => types.map((type) => times(place.times, changesOf(type, place, prices)))));
  return { what: 'Recording of the types that rules judge', arithmetic: `${range(changes)} changes × ${priceText(prices, 'configurationItem')}`, cost: mapRange(changes, (some) => costOf(prices.prices.configurationItem, some)) };
}
