import type { AnyRule } from '../../core/rule.ts';
import { GLOBAL_TYPES } from '../conformance-pack.ts';
import type { Prices } from './prices.ts';
import { exactly, plus, times, type Range } from './range.ts';

/** Accounts and Regions that hold alike. */
export interface Place {
  /** How many of them there are. */
  readonly times: number;
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
  readonly resources: number;
  /** In a month as any other, and once after the deployment. */
  readonly monthly: Range;
  readonly first: number;
}

/** What each rule evaluates in one of the places; rules that do not run there are left out. */
export function evaluationsIn(place: Place, rules: readonly AnyRule[], { assumptions }: Prices): readonly RuleEvaluations[] {
  return rules.flatMap((rule): RuleEvaluations[] => {
    const types = rule.resourceTypes as readonly string[];
    if (!place.isHome && types.some((type) => GLOBAL_TYPES.has(type))) return [];
    const resources = types.reduce((sum, type) => sum + (place.resources[type] ?? 0), 0);
    // A periodic rule is evaluated daily, and by the same call as the others when the definition changes.
    const changes = rule.trigger === 'periodic' ? exactly(DAYS * resources)
      : plus(...types.map((type) => place.changes[type] === undefined ? times(place.resources[type] ?? 0, assumptions.changesPerResource) : exactly(place.changes[type])));
    return [{ rule: rule.id, resources, monthly: plus(changes, times(resources, assumptions.definitionChanges)), first: resources }];
  });
}
