import written from '../tables/prices.json' with { type: 'json' };

/** What the estimate multiplies by. */
export const priceNames = [
  'configurationItem', 'ruleEvaluation', 'packEvaluation', 'lambdaRequest', 'lambdaGigabyteSecond', 'logGigabyte', 'alarm', 's3Get', 'dynamoDbRead', 'dynamoDbWrite',
  'eventToOtherAccount', 'email', 'key', 'automationStep',
] as const;
export type PriceName = typeof priceNames[number];
/** What no price list tells and no recording either. */
export const assumptionNames = ['changesPerResource', 'definitionChanges', 'accountChanges', 'complianceChanges', 'evaluationSeconds', 'planSeconds', 'dailyPlanSeconds', 'reevaluatorSeconds', 'publisherSeconds', 'planUnits', 'logBytes'] as const;
export type AssumptionName = typeof assumptionNames[number];

export interface Price {
  /** What is paid for, in the plural. */
  readonly unit: string;
  /** For how many units the prices are. */
  readonly per: number;
  /** Each up to so many units; the last has no end. */
  readonly tiers: readonly { readonly upTo?: number | undefined; readonly price: number }[];
  /** When and where it was read. */
  readonly date: string;
  readonly source: string;
}
export interface Assumption { readonly low: number; readonly high: number; readonly about: string }

/** Prices and assumptions, as in deployment/tables/prices.json. */
export interface Prices {
  readonly currency: string;
  /** Whose prices they are. */
  readonly region: string;
  readonly prices: Readonly<Record<PriceName, Price>>;
  readonly assumptions: Readonly<Record<AssumptionName, Assumption>>;
}

/** Those of the pack, of the date each bears. */
export const usualPrices: Prices = written;

/** What so many units cost, each tier at its own price. */
export function costOf({ per, tiers }: Price, units: number): number {
  let [cost, from] = [0, 0];
  for (const { upTo = Infinity, price: each } of tiers) {
    if (units <= from) break;
    cost += (Math.min(units, upTo) - from) * each / per;
    from = upTo;
  }
  return cost;
}
