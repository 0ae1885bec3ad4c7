import { planFix } from '../../core/plan-fix.ts';
import type { AnyRemediation, FixPlan } from '../../core/remediation.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import type { Perimeter } from '../../policy/index.ts';
import { definition, now } from '../support/perimeter.ts';

export const planOf = (remediation: AnyRemediation, item: ConfigurationItem, perimeter: Partial<Perimeter> = {}, parameters: Readonly<Record<string, unknown>> = {}): FixPlan =>
  planFix(remediation, item, { definition: { ...definition, perimeter: { ...definition.perimeter, ...perimeter }, remediations: { [remediation.id]: parameters } }, related: () => undefined, now });

/** What a table tells of a plan for a policy: the new statements, how they came about, and what a person is asked. */
export function told(plan: FixPlan): unknown {
  if (plan.outcome === 'noop') return { outcome: plan.outcome, because: plan.because };
  if (plan.outcome === 'refuse') return { outcome: plan.outcome, because: plan.because };
  const [document] = Object.values(plan.after) as { Statement: unknown }[];
  return { outcome: plan.outcome, steps: plan.steps, statements: document!.Statement, ...plan.approval.length === 0 ? {} : { approval: plan.approval } };
}
