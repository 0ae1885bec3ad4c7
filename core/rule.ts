import type { Facts, Related, RelatedType, ResourceType } from '../items/facts.ts';
import type { Perimeter } from '../policy/index.ts';
import type { Parameters, Values } from './parameters.ts';
import type { Severity, Verdict } from './verdict.ts';

/** What a rule needs beyond its own item, by name: items of another type, found by the ids that `ids` reads from the facts. */
export interface Need<F> {
  readonly type: RelatedType;
  /** Each id may cost a look-up, so a need asks only for what the verdict can turn on under this perimeter and the rule's parameters. */
  readonly ids: (facts: F, perimeter: Perimeter, parameters: Readonly<Record<string, unknown>>) => readonly string[];
}
export type Needs<F> = Readonly<Record<string, Need<F>>>;

export interface Rule<T extends ResourceType = ResourceType, P extends Parameters = Parameters, N extends Needs<Facts<T>> = Needs<Facts<T>>> {
  /** The stem of the rule's file, its test and its docs page; at most 37 characters (packs append 27, and an API takes 64). */
  readonly id: string;
  /** The state we want, as a sentence without a full stop. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What a person does on Monday morning. */
  readonly fix: string;
  readonly severity: Severity;
  readonly boundary: 'identity' | 'resource' | 'network';
  readonly objective: 'principals' | 'resources' | 'networks';
  readonly resourceTypes: readonly [T, ...T[]];
  /** `periodic`: Config does not record the type, so the evaluator lists it (`listing` in items/). */
  readonly trigger: 'change' | 'periodic';
  readonly parameters: P;
  readonly needs?: N;
  readonly references: readonly [string, ...string[]];
  /** Rows of the requirements table (docs/requirements.yaml). */
  readonly requirements: readonly [string, ...string[]];
  /** An engine rule's exception must say what it allows; a flag rule may be excepted whole. */
  readonly exception: 'whole' | 'allow';
  /** Pure: facts in, verdict out. No clock, no network, no environment. */
  evaluate(facts: Facts<T>, given: Given<P, N>): Verdict;
}

export interface Given<P extends Parameters, N> {
  readonly perimeter: Perimeter;
  readonly parameters: Values<P>;
  /** Related items' facts by need and id; an id that is absent could not be found. */
  readonly related: { readonly [K in keyof N]: ReadonlyMap<string, Related<N[K] extends { type: infer R extends RelatedType } ? R : never>> };
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly account: string;
  readonly region: string;
  readonly arn: string;
}

export function defineRule<T extends ResourceType, const P extends Parameters, const N extends Needs<Facts<T>> = Record<never, never>>(rule: Rule<T, P, N>): Rule<T, P, N> {
  return rule;
}
/** A rule of any type and parameters: what lists of rules hold. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list of rules holds each with its own facts, which only evaluateItem joins again
export type AnyRule = Rule<any, any, any>;
