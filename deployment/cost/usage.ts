import type { AnyRule } from '../../core/rule.ts';
import { GLOBAL_TYPES } from '../conformance-pack.ts';
import { changesOf, DAYS, evaluationsIn, HOURS, type Place, type RuleEvaluations } from './evaluations.ts';
import { costOf, type PriceName, type Prices } from './prices.ts';
import { exactly, mapRange, plus, times, type Range } from './range.ts';

/** What of the stacks is paid for, as their templates say. */
export interface Deployed {
  /** In each account and Region; memory in MB. */
  readonly alarms: number;
  readonly memory: Readonly<Record<'evaluator' | 'planner' | 'reevaluator', number>>;
  /** Types whose resources the planner plans for whenever they change. */
  readonly plannedTypes: readonly string[];
  /** What stands once; `undefined` without an organization. */
  readonly administrator: { readonly alarms: number; readonly keys: number; readonly publisherMemory: number } | undefined;
}

/** What is paid for, in units of the prices. */
export type Units = Readonly<Partial<Record<PriceName, Range>>>;

/** A month in one account and Region. */
export interface Usage {
  readonly rules: readonly RuleEvaluations[];
  readonly evaluations: Range;
  /** Evaluations that change what AWS Config shows of a resource. */
  readonly shown: Range;
  /** Runs of the planner for one resource, */
  readonly plans: Range;
  readonly units: Units;
}

/** A function that is busy reads the definition every five minutes; one that is not reads it whenever it is asked. */
const READS_OF_A_BUSY_FUNCTION = HOURS * 12;
/** The publisher runs every 15 minutes. */
export const PUBLISHED = HOURS * 4;

export function usageOf(place: Place, rules: readonly AnyRule[], { memory, alarms, plannedTypes, administrator }: Deployed, prices: Prices): Usage {
  const { assumptions } = prices;
  const evaluated = evaluationsIn(place, rules, prices, administrator !== undefined);
  const evaluations = plus(exactly(0), ...evaluated.map(({ monthly }) => monthly));
  const shown = times(evaluations, assumptions.complianceChanges);
  const plans = plus(shown, ...plannedTypes.filter((type) => place.isHome || !GLOBAL_TYPES.has(type)).map((type) => changesOf(type, place, prices)));
  const invocations = plus(evaluations, plans, exactly(DAYS), exactly(HOURS));
  return {
    rules: evaluated, evaluations, shown, plans,
    units: {
      packEvaluation: evaluations,
      ruleEvaluation: { low: 0, high: evaluations.high },
      // A recorder may leave this type out.
      configurationItem: { low: 0, high: shown.high },
      lambdaRequest: invocations,
      lambdaGigabyteSecond: plus(
        times(evaluations, assumptions.evaluationSeconds, memory.evaluator / 1024), times(plans, assumptions.planSeconds, memory.planner / 1024), times(DAYS, assumptions.dailyPlanSeconds, memory.planner / 1024),
        times(HOURS, assumptions.reevaluatorSeconds, memory.reevaluator / 1024),
      ),
      logGigabyte: times(invocations, assumptions.logBytes, 1 / 1e9),
      alarm: exactly(alarms),
      // The re-evaluator reads it hourly, whatever the others do.
      s3Get: { low: HOURS, high: HOURS + Math.min(evaluations.high, READS_OF_A_BUSY_FUNCTION) + Math.min(plans.high + DAYS, READS_OF_A_BUSY_FUNCTION) },
      // The state of the re-evaluator, and the plans of a resource before a new one.
      dynamoDbRead: plus(exactly(HOURS), times(plans, assumptions.planUnits)),
      dynamoDbWrite: times(shown, assumptions.planUnits),
      ...administrator === undefined ? {} : { eventToOtherAccount: shown },
    },
  };
}

/** A month of what stands once; `shown`: in all accounts and Regions. */
export function administratorUnits(administrator: NonNullable<Deployed['administrator']>, shown: Range, { assumptions }: Prices): Units {
  return {
    lambdaRequest: exactly(PUBLISHED), lambdaGigabyteSecond: times(PUBLISHED, assumptions.publisherSeconds, administrator.publisherMemory / 1024), logGigabyte: times(PUBLISHED, assumptions.logBytes, 1 / 1e9),
    // What it published, to see whether that is current.
    s3Get: exactly(2 * PUBLISHED), alarm: exactly(administrator.alarms), key: exactly(administrator.keys),
    // Only what is non-compliant, if somebody subscribes.
    email: { low: 0, high: shown.high },
  };
}

/** What the units of one account and Region cost: tiers are theirs. */
export const costOfUnits = (units: Units, names: readonly PriceName[], { prices }: Prices): Range =>
  plus(exactly(0), ...names.map((name) => mapRange(units[name] ?? exactly(0), (some) => costOf(prices[name], some))));
