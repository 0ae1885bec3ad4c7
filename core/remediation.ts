import type { ConfigurationItem } from '../items/configuration-item.ts';
import type { ResourceType } from '../items/facts.ts';
import type { Perimeter } from '../policy/index.ts';
import type { Certificate } from './certificate.ts';
import type { Parameters, Values } from './parameters.ts';
import type { AnyRule } from './rule.ts';

/** An AWS API call as data, in the words of `aws:executeAwsApi`: what a plan shows a person and what the runbook's step sends. */
export interface ApiCall {
  /** As botocore names it, such as `rds` or `redshift-serverless`. */
  readonly service: string;
  /** Such as `ModifyDBInstance`. */
  readonly api: string;
  /** Members in the API's own case. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a runbook's role may do to workloads; `resource` and condition values are texts of `Fn::Sub`. */
export interface Permission {
  readonly action: `${string}:${string}`;
  readonly resource: string;
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What a remediation would do to one resource. */
export type FixPlan =
  | { readonly outcome: 'noop'; readonly because: string }
  /** `next`: what a person can do, as a sentence. */
  | { readonly outcome: 'refuse'; readonly because: string; readonly next: string }
  | Change & { readonly outcome: 'apply' | 'needs-approval' };

export interface Change {
  /** What changes, a sentence a step, in the words of the resource. */
  readonly steps: readonly [string, ...string[]];
  /** Members of the item's `configuration` as they are and as they will be, under the names AWS Config gives them. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly calls: readonly [ApiCall, ...ApiCall[]];
  /** Why a person must agree first; none: nobody need to. */
  readonly approval: readonly string[];
  /** What may break for the resource's owner. */
  readonly risks: readonly string[];
  /** For policies: what was proved of the new one. */
  readonly certificate?: Certificate;
}

/** What `plan` answers; `planFix` makes it a FixPlan once the rules have judged it. */
export type Proposal = Extract<FixPlan, { outcome: 'noop' | 'refuse' }> | Change & { readonly outcome: 'change' };

/** Items a plan looks at beside its own, found by type and id as AWS Config records them. */
export interface PlanNeed<F, P extends Parameters> {
  readonly type: string;
  readonly ids: (facts: F, perimeter: Perimeter, parameters: Values<P>) => readonly string[];
}

export interface PlanGiven<P extends Parameters, N> {
  readonly perimeter: Perimeter;
  readonly parameters: Values<P>;
  /** By need and id; an id that is absent could not be found. */
  readonly related: { readonly [K in keyof N]: ReadonlyMap<string, ConfigurationItem> };
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly item: ConfigurationItem;
}

export interface Remediation<F = unknown, P extends Parameters = Parameters, N extends Readonly<Record<string, PlanNeed<F, P>>> = Readonly<Record<string, PlanNeed<F, P>>>> {
  /** The stem of the remediation's file, its test and its runbook. */
  readonly id: string;
  /** What it does, as a sentence without a full stop. */
  readonly title: string;
  /** The rules whose findings it mends. */
  readonly rules: readonly [AnyRule, ...AnyRule[]];
  readonly resourceType: ResourceType;
  /** `automatic` and `manual`: AWS Config starts the runbook; `direct`: a person or EventBridge does, for Config does not record the type. */
  readonly start: 'automatic' | 'manual' | 'direct';
  /** `runbook`: the target state is a constant, so the runbook checks for itself; `planner`: the planner function decides and the ledger holds the plan. */
  readonly decidedBy: 'runbook' | 'planner';
  /** What an owner may lose by it. */
  readonly risk: string;
  /** How it is undone. */
  readonly undo: string;
  readonly parameters: P;
  readonly needs?: N;
  readonly permissions: readonly Permission[];
  readonly references: readonly [string, ...string[]];
  readonly requirements: readonly [string, ...string[]];
  /** Reads what the plan turns on; throws UnreadableItem. */
  facts(item: ConfigurationItem): F;
  /** Pure: never calls AWS. Asked only of an item that a rule of `rules` finds non-compliant. */
  plan(facts: F, given: PlanGiven<P, N>): Proposal;
}

export function defineRemediation<F, const P extends Parameters, const N extends Readonly<Record<string, PlanNeed<F, P>>> = Record<never, never>>(remediation: Remediation<F, P, N>): Remediation<F, P, N> {
  return remediation;
}
/** A remediation of any facts and parameters: what lists of them hold. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list holds each with its own facts, which only planFix joins again
export type AnyRemediation = Remediation<any, any, any>;
