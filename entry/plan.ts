import type { AnyRemediation, Change, FixPlan } from '../core/remediation.ts';
import { planFix } from '../core/plan-fix.ts';
import { planText } from '../core/plan-text.ts';
import type { AnyRule } from '../core/rule.ts';
import type { Severity, Verdict } from '../core/verdict.ts';
import { relatedReaders } from '../items/facts.ts';
import { remediations as allRemediations } from '../remediations/index.ts';
import { rules as allRules } from '../rules/index.ts';
import { checkAnd, type CheckOptions, type CheckResult, type Recorded, type Result } from './check.ts';
import { reasonByHand } from './plan/by-hand.ts';
import { sha256 } from './remediation/hash.ts';

export interface PlanOptions extends CheckOptions {
  readonly remediations?: readonly AnyRemediation[];
  /** Resource ids, names or ARNs; left out: all. */
  readonly resources?: readonly string[];
  /** Findings that no remediation mends are left out. */
  readonly onlyRemediations?: boolean;
  readonly onPlanned?: (done: number, total: number) => void;
}

/** What a remediation would do to one resource, or why it does nothing. */
export interface Fix {
  readonly remediation: AnyRemediation;
  /** What the remediation's rules found on the resource. */
  readonly findings: readonly [Result, ...Result[]];
  readonly plan: Exclude<FixPlan, { outcome: 'noop' }>;
  /** What an approval names; none where the plan is refused. */
  readonly planSha256: string | undefined;
}
/** A fix that changes something. */
export interface ChangingFix extends Fix { readonly plan: Change & { readonly outcome: 'apply' | 'needs-approval' }; readonly planSha256: string }
export interface ByHand { readonly rule: AnyRule; readonly result: Result; readonly reason: string }
/** A resource that is let off. */
export interface Nothing { readonly result: Result; readonly because: string }

export interface PlanResult {
  readonly fixes: readonly Fix[];
  readonly byHand: readonly ByHand[];
  readonly nothing: readonly Nothing[];
  /** Of `resources`, those that no finding is of. */
  readonly unmatched: readonly string[];
  readonly input: CheckResult['input'];
}

export const isChange = (fix: Fix): fix is ChangingFix => fix.plan.outcome !== 'refuse';

/** Plans a fix for everything that the rules find fault with, worst first. */
export async function plan(options: PlanOptions): Promise<PlanResult> {
  const { rules = allRules, remediations = allRemediations, onlyRemediations = false } = options;
  const mending = (id: string): AnyRemediation | undefined => remediations.find((one) => one.rules.some((rule) => rule.id === id));
  const asked = onlyRemediations ? rules.filter(({ id }) => mending(id) !== undefined) : rules;
  const types = [...Object.keys(relatedReaders), ...remediations.flatMap(({ needs = {} }) => Object.values<{ readonly type: string }>(needs).map(({ type }) => type))];
  return checkAnd({ ...options, rules: asked }, types, (result, recorded) => {
    const { resources } = options;
    const names = (one: Result): readonly (string | undefined)[] => [one.resourceId, one.resourceName, one.arn];
    const found = result.findings.filter((one) => resources === undefined || names(one).some((name) => name !== undefined && resources.includes(name)));
    const byResource = new Map<string, { readonly remediation: AnyRemediation; readonly findings: Result[] }>();
    const byHand: ByHand[] = [];
    const nothing: Nothing[] = [];
    for (const one of found) {
      const remediation = mending(one.rule);
      const rule = asked.find(({ id }) => id === one.rule)!;
      if (one.verdict.kind === 'compliant') nothing.push({ result: one, because: excepted(one.verdict) });
      else if (remediation === undefined) byHand.push({ rule, result: one, reason: one.verdict.kind === 'undecided' ? 'nothing can be planned before the rule decides' : reasonByHand(rule.id) });
      else {
        const key = [remediation.id, one.accountId, one.region, one.arn, one.resourceId].join('\n');
        const known = byResource.get(key);
        if (known === undefined) byResource.set(key, { remediation, findings: [one] });
        else known.findings.push(one);
      }
    }
    const fixes = [...byResource.values()].map(({ remediation, findings: [first, ...others] }, i) => {
      options.onPlanned?.(i, byResource.size);
      return planned(remediation, [first!, ...others], recorded, options);
    });
    return {
      fixes: sorted(fixes, ({ findings }) => findings), byHand: sorted(byHand, (one) => [one.result]), nothing: sorted(nothing, (one) => [one.result]),
      unmatched: (resources ?? []).filter((name) => !found.some((one) => names(one).includes(name))), input: result.input,
    };
  });
}

function planned(remediation: AnyRemediation, findings: Fix['findings'], { itemOf, find, problem }: Recorded, { definition, now }: PlanOptions): Fix {
  const item = itemOf(findings[0]);
  const refused = (because: string): Fix => ({ remediation, findings, plan: { outcome: 'refuse', because, next: 'mend it by hand, as the rule says' }, planSha256: undefined });
  let made: FixPlan;
  try { made = planFix(remediation, item, { definition, now, related: find }); } catch (error) {
    problem({ file: item.arn, place: remediation.id, message: `the remediation failed, which is a fault of this program: ${(error as Error).message}` });
    return refused(`the remediation failed: ${(error as Error).message}`);
  }
  // The rules found something, so nobody may read that nothing is to be done.
  if (made.outcome === 'noop') return refused(`the remediation sees nothing to change: ${made.because}`);
  return { remediation, findings, plan: made, planSha256: made.outcome === 'refuse' ? undefined : sha256(planText(remediation.id, item, made)) };
}

const excepted = (verdict: Extract<Verdict, { kind: 'compliant' }>): string =>
  verdict.excepted === undefined ? 'is compliant' : `${verdict.excepted.reason}; ${verdict.excepted.owner} answers for it until ${verdict.excepted.expires}`;

export type Rank = Severity | 'undecided';
const ranks: readonly Rank[] = ['critical', 'high', 'medium', 'low', 'undecided'];
/** The worst of what was found on a resource. */
export const worst = (results: readonly Result[]): Rank => {
  const held = new Set(results.flatMap(({ verdict }) => verdict.kind === 'non-compliant' ? verdict.findings.map(({ severity }) => severity) : []));
  return ranks.find((rank) => rank !== 'undecided' && held.has(rank)) ?? 'undecided';
};

function sorted<T>(all: readonly T[], resultsOf: (one: T) => readonly Result[]): T[] {
  const keyOf = (one: T): string => {
    const results = resultsOf(one);
    const [{ rule, accountId, region, arn, resourceId }] = results as readonly [Result];
    return [ranks.indexOf(worst(results)), rule, accountId, region, arn, resourceId].join('\u0000');
  };
  return all.map((one) => ({ one, key: keyOf(one) })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one);
}
