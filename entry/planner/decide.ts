import type { FixPlan } from '../../core/remediation.ts';

export type Decision = 'noop' | 'apply' | 'planned' | 'needs-approval' | 'refuse' | 'held';
export interface Decided { readonly decision: Decision; readonly because: string }

export interface Asked { readonly mode: 'Plan' | 'Apply'; /** Hash of the plan that a person approved. */ readonly approved: string | undefined }

/** What comes of a plan. An approval holds for the very plan it names: `planSha256` is that of the plan as it comes out now. */
export function decide(plan: FixPlan, planSha256: string | undefined, { mode, approved }: Asked): Decided {
  if (plan.outcome === 'noop') return { decision: 'noop', because: plan.because };
  if (plan.outcome === 'refuse') return refusal(plan.because, plan.next);
  const reasons = plan.approval.join('; ');
  if (mode === 'Plan') return { decision: 'planned', because: reasons === '' ? 'nobody need approve it' : `it needs approval: ${reasons}` };
  if (approved !== undefined && approved !== planSha256) return refusal(`the approved plan is \`${approved}\` and the plan is \`${planSha256}\` now: the resource, or what the plan would make of it, changed since`, 'read the new plan and approve that one');
  if (approved === undefined && plan.outcome === 'needs-approval') return { decision: 'needs-approval', because: reasons };
  return { decision: 'apply', because: approved === undefined ? 'nobody need approve it' : 'this very plan was approved' };
}

export const refusal = (because: string, next: string): Decided => ({ decision: 'refuse', because: `${because}; ${next}` });
