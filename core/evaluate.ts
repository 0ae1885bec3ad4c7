import type { ConfigurationItem } from '../items/configuration-item.ts';
import type { Definition } from './definition.ts';
import type { AnyRule } from './rule.ts';
import type { Verdict } from './verdict.ts';

/** What an evaluation is given beside the item. */
export interface Surroundings {
  readonly definition: Definition;
  /** Finds a related item; `undefined` where there is none. */
  readonly related: (type: string, id: string) => ConfigurationItem | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The one path from a configuration item to a verdict; the Lambda, the CLI, the docs check and the tests all take it. */
export declare function evaluateItem(rule: AnyRule, item: ConfigurationItem, surroundings: Surroundings): Verdict;
