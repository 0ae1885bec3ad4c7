import type { AnyRule } from '../../core/rule.ts';
import { GLOBAL_TYPES } from '../conformance-pack.ts';
import type { Prices } from './prices.ts';
import { exactly, plus, times, type Range } from './range.ts';

/** Accounts and Regions that hold alike. */
export interface Place {
  /** How many of them there are. */
  readonly times: number;
  /** Its account, where that is known. */
  readonly account?: string;
  /** Whether it is in the Region where the rules about IAM run. */
  readonly isHome: boolean;
  /** Resources that are there, by type, in one of them. */
  readonly resources: Readonly<Record<string, number>>;
  /** Changes a month of all resources of a type, where a recording tells. */
  readonly changes: Readonly<Record<string, number>>;
}

/** A month has 730 hours, and so many days. */
export const HOURS = 730;
export const DAYS = HOURS / 24;

/** How a rule comes to its evaluations in one account and Region. */
export interface RuleEvaluations {
  readonly rule: string;
  readonly trigger: 'change' | 'periodic';
  readonly resources: number;
  /** In a month: as resources change, or daily; */
  readonly asUsual: Range;
  /** of all resources, since the definition, the list of accounts or an exception changed; */
  readonly anew: Range;
  readonly monthly: Range;
  /** and once, after the deployment. */
  readonly first: number;
}

/** Changes a month of resources of a type. */
export const changesOf = (type: string, { resources, changes }: Place, { assumptions }: Prices): Range =>
  changes[type] === undefined ? times(resources[type] ?? 0, assumptions.changesPerResource) : exactly(changes[type]);

/** How often a month all rules are evaluated anew; the list of accounts is kept current only in an organization. */
export const timesAnew = ({ assumptions }: Prices, hasOrganization: boolean): Range => hasOrganization ? plus(assumptions.definitionChanges, assumptions.accountChanges) : assumptions.definitionChanges;

/** What each rule evaluates in one of the places; rules that do not run there are left out. */
export function evaluationsIn(place: Place, rules: readonly AnyRule[], prices: Prices, hasOrganization: boolean): readonly RuleEvaluations[] {
  return rules.flatMap(({ id, resourceTypes, trigger }): RuleEvaluations[] => {
    const types = resourceTypes as readonly string[];
    if (!place.isHome && types.some((type) => GLOBAL_TYPES.has(type))) return [];
    const resources = types.reduce((sum, type) => sum + (place.resources[type] ?? 0), 0);
    const asUsual = trigger === 'periodic' ? exactly(DAYS * resources) : plus(...types.map((type) => changesOf(type, place, prices)));
    const anew = times(resources, timesAnew(prices, hasOrganization));
    return [{ rule: id, trigger, resources, asUsual, anew, monthly: plus(asUsual, anew), first: resources }];
  });
}
