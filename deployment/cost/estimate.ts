import type { AnyRule } from '../../core/rule.ts';
import { DAYS, evaluationsIn, HOURS, type Place } from './evaluations.ts';
import { costOf, type PriceName, type Prices } from './prices.ts';
import { exactly, mapRange, plus, times, type Range } from './range.ts';

/** What of the stacks is paid for, as their templates say. */
export interface Deployed {
  /** In each account and Region; memory in MB. */
  readonly alarms: number;
  readonly memory: Readonly<Record<'evaluator' | 'planner' | 'reevaluator', number>>;
  /** What stands once; `undefined` without an organization. */
  readonly administrator: { readonly alarms: number; readonly keys: number; readonly publisherMemory: number } | undefined;
}

export interface Line {
  readonly what: string;
  /** How the sum comes about, in words and numbers. */
  readonly arithmetic: string;
  readonly cost: Range;
}
export interface RuleLine { readonly rule: string; readonly resources: number; readonly monthly: Range; readonly first: number }
export interface Estimate {
  readonly currency: string;
  /** Accounts and Regions, each pair counted once. */
  readonly places: number;
  /** Of all places together. */
  readonly rules: readonly RuleLine[];
  /** A month as any other. */
  readonly lines: readonly Line[];
  readonly monthly: Range;
  /** Once, when the pack is deployed. */
  readonly once: readonly Line[];
  /** What AWS Config takes for recording the types that the rules judge; it is paid whether the pack stands or not. */
  readonly recording: Line;
}

export interface Given { readonly places: readonly Place[]; readonly deployed: Deployed; /** Steps of runbooks that run in a month. */ readonly automationSteps: number }

/** A function that is busy reads the definition every five minutes. */
const GET_OF_A_WARM_FUNCTION = HOURS * 12;

/**
 * What the pack costs a month. Tiers are those of one account and Region, so each place is reckoned by itself.
 * https://aws.amazon.com/config/pricing/
 */
export function estimate(rules: readonly AnyRule[], { places, deployed, automationSteps }: Given, prices: Prices): Estimate {
  const { assumptions } = prices;
  const number = places.reduce((sum, { times: count }) => sum + count, 0);
  const byPlace = places.map((place) => ({ place, rules: evaluationsIn(place, rules, prices) }));
  const evaluated = byPlace.map(({ place, rules: all }) => ({ place, evaluations: plus(exactly(0), ...all.map(({ monthly }) => monthly)), first: all.reduce((sum, { first }) => sum + first, 0) }));
  const total = plus(exactly(0), ...evaluated.map(({ place, evaluations }) => times(place.times, evaluations)));
  const price = (name: PriceName, units: Range): Range => mapRange(units, (some) => costOf(prices.prices[name], some));
  const placeByPlace = (name: PriceName): Range => plus(exactly(0), ...evaluated.map(({ place, evaluations }) => times(place.times, price(name, evaluations))));

  const pack = placeByPlace('packEvaluation');
  const shown = times(total, assumptions.complianceChanges);
  const planner = plus(exactly(DAYS * number), shown);
  const publisher = deployed.administrator === undefined ? 0 : HOURS * 4;
  const invocations = plus(total, planner, exactly(HOURS * number), exactly(publisher));
  const gigabyteSeconds = plus(
    times(total, assumptions.evaluationSeconds, deployed.memory.evaluator / 1024), times(planner, assumptions.plannerSeconds, deployed.memory.planner / 1024),
    times(HOURS * number, assumptions.reevaluatorSeconds, deployed.memory.reevaluator / 1024), times(publisher, assumptions.publisherSeconds, (deployed.administrator?.publisherMemory ?? 0) / 1024),
  );
  // The re-evaluator reads it hourly, whatever the evaluator does.
  const gets: Range = { low: HOURS * number, high: (GET_OF_A_WARM_FUNCTION + HOURS) * number };
  const alarms = deployed.alarms * number + (deployed.administrator?.alarms ?? 0);
  const states = times(HOURS * number, 1);
  const plans = times(shown, 3);

  const lines: Line[] = [
    { what: 'Evaluations by rules of the pack', arithmetic: `${range(total)} evaluations, ${tiers(prices, 'packEvaluation')}`, cost: pack },
    { what: 'The same as evaluations by rules', arithmetic: 'whether AWS Config asks for them besides is not known: from nothing to as much again', cost: { low: 0, high: placeByPlace('ruleEvaluation').high } },
    { what: 'Configuration items of compliance', arithmetic: `${range(total)} evaluations × ${share(assumptions.complianceChanges)} that change what is shown × ${unit(prices, 'configurationItem')}`, cost: price('configurationItem', shown) },
    { what: 'Lambda invocations', arithmetic: `${range(invocations)} of evaluator, planner, re-evaluator and publisher, ${unit(prices, 'lambdaRequest')}`, cost: price('lambdaRequest', invocations) },
    { what: 'Lambda time', arithmetic: `${range(gigabyteSeconds)} GB-seconds, ${unit(prices, 'lambdaGigabyteSecond')}`, cost: price('lambdaGigabyteSecond', gigabyteSeconds) },
    { what: 'Logs', arithmetic: `${range(invocations)} invocations × ${range(assumptions.logBytes)} bytes, ${unit(prices, 'logGigabyte')}`, cost: price('logGigabyte', times(invocations, assumptions.logBytes, 1 / 1e9)) },
    { what: 'Alarms', arithmetic: `${deployed.alarms} × ${count(number)} accounts and Regions${deployed.administrator === undefined ? '' : ` + ${deployed.administrator.alarms} of the administrator`}, ${unit(prices, 'alarm')}`, cost: price('alarm', exactly(alarms)) },
    { what: 'Reading the definition', arithmetic: `${range(gets)} requests, hourly to every five minutes, ${unit(prices, 's3Get')}`, cost: price('s3Get', gets) },
    { what: 'Ledger', arithmetic: `${range(states)} reads and ${range(plans)} writes`, cost: plus(price('dynamoDbRead', states), price('dynamoDbWrite', plans)) },
    ...deployed.administrator === undefined ? [] : [
      { what: 'Findings to the administrator account', arithmetic: `${range(shown)} events, ${unit(prices, 'eventToOtherAccount')}`, cost: price('eventToOtherAccount', shown) },
      { what: 'Findings by e-mail', arithmetic: `${range(shown)} mails, ${tiers(prices, 'email')}; nothing if nobody subscribes`, cost: { low: 0, high: price('email', shown).high } },
      { what: 'Key of the topic', arithmetic: `${deployed.administrator.keys}, ${unit(prices, 'key')}`, cost: price('key', exactly(deployed.administrator.keys)) },
    ],
    { what: 'Runbooks', arithmetic: automationSteps === 0 ? 'remediation is off until it is switched on' : `${count(automationSteps)} steps, ${unit(prices, 'automationStep')}`, cost: price('automationStep', exactly(automationSteps)) },
  ];
  const first = evaluated.reduce((sum, { place, first: some }) => sum + place.times * some, 0);
  const firstCost = evaluated.reduce((sum, { place, first: some }) => sum + place.times * costOf(prices.prices.packEvaluation, some), 0);
  return {
    currency: prices.currency, places: number, rules: together(byPlace), lines, monthly: plus(...lines.map(({ cost }) => cost)),
    once: [
      { what: 'First evaluation of every resource', arithmetic: `${count(first)} evaluations, as above`, cost: { low: firstCost, high: 2 * firstCost } },
      { what: 'A configuration item of compliance for each resource', arithmetic: `at most ${count(first)} × ${unit(prices, 'configurationItem')}`, cost: { low: 0, high: costOf(prices.prices.configurationItem, first) } },
    ],
    recording: recordingOf(places, rules, prices),
  };
}

/** Each rule over all places. */
function together(byPlace: readonly { readonly place: Place; readonly rules: readonly RuleLine[] }[]): readonly RuleLine[] {
  const sums = new Map<string, RuleLine>();
  for (const { place, rules } of byPlace) for (const { rule, resources, monthly, first } of rules) {
    const sum = sums.get(rule) ?? { rule, resources: 0, monthly: exactly(0), first: 0 };
    sums.set(rule, { rule, resources: sum.resources + place.times * resources, monthly: plus(sum.monthly, times(place.times, monthly)), first: sum.first + place.times * first });
  }
  return [...sums.values()];
}

function recordingOf(places: readonly Place[], rules: readonly AnyRule[], prices: Prices): Line {
  const types = [...new Set(rules.flatMap((rule) => rule.trigger === 'periodic' ? [] : rule.resourceTypes as readonly string[]))];
  const changes = plus(exactly(0), ...places.flatMap((place) => types.map((type) => times(place.times, place.changes[type] === undefined ? times(place.resources[type] ?? 0, prices.assumptions.changesPerResource) : exactly(place.changes[type])))));
  return { what: 'Recording of the types that rules judge', arithmetic: `${range(changes)} changes × ${unit(prices, 'configurationItem')}`, cost: mapRange(changes, (some) => costOf(prices.prices.configurationItem, some)) };
}

const count = (value: number): string => value >= 10 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-US') : value.toPrecision(2);
const range = ({ low, high }: Range): string => count(low) === count(high) ? count(low) : `${count(low)} to ${count(high)}`;
const share = ({ low, high }: Range): string => `${Number((low * 100).toPrecision(3))} to ${Number((high * 100).toPrecision(3))} %`;
const money = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 6, useGrouping: false });
/** `0.2 USD for 1,000,000 invocations`, by the last tier. */
function unit({ prices, currency }: Prices, name: PriceName): string {
  const { tiers: all, per, unit: what } = prices[name];
  return `${money(all.at(-1)!.price)} ${currency} ${per === 1 ? 'each' : `for ${count(per)} ${what}`}`;
}
/** `0.001 USD each up to 100,000, 0.0008 USD up to 500,000, 0.0005 USD beyond`. */
function tiers({ prices, currency }: Prices, name: PriceName): string {
  const { tiers: all, per, unit: what } = prices[name];
  const [first, ...others] = all.map(({ upTo, price }) => ({ price: `${money(price)} ${currency}`, end: upTo === undefined ? 'beyond' : `up to ${count(upTo)}` }));
  return [`${first!.price} ${per === 1 ? 'each' : `for ${count(per)} ${what}`}${others.length === 0 ? '' : ` ${first!.end}`}`, ...others.map(({ price, end }) => `${price} ${end}`)].join(', ');
}
