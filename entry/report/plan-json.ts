import type { Result } from '../check.ts';
import { isChange, type Fix, type PlanResult } from '../plan.ts';
import { commandOf, startOf } from '../plan/start.ts';
import { handworkOf, tally } from './plan-words.ts';

const resource = ({ accountId, region, resourceType, resourceId, resourceName, arn, captureTime }: Result): object => ({ accountId, region, resourceType, resourceId, resourceName: resourceName ?? null, arn, captureTime });
const finding = ({ rule, verdict }: Result): object => ({
  rule, kind: verdict.kind, ...verdict.kind === 'non-compliant' ? { findings: verdict.findings } : verdict.kind === 'undecided' ? { because: verdict.because, unknowns: verdict.unknowns } : {},
});

function planned(fix: Fix, homeRegion: string): object {
  const { remediation, findings, plan } = fix;
  const { outcome, ...rest } = plan;
  return {
    remediation: remediation.id, ...resource(findings[0]), outcome, findings: findings.map(finding), ...rest,
    ...isChange(fix) ? { planSha256: fix.planSha256, undo: remediation.undo, start: startOf(fix, homeRegion), command: commandOf(startOf(fix, homeRegion)) } : {},
  };
}

/** One object: version, counts, plans, findings by hand, what is let off, what was read. */
export const planJson = (result: PlanResult, homeRegion: string): string => `${JSON.stringify({
  version: 1, summary: tally(result),
  plans: result.fixes.map((fix) => planned(fix, homeRegion)),
  byHand: result.byHand.map((one) => ({ ...resource(one.result), ...finding(one.result), reason: one.reason, do: handworkOf(one) })),
  nothingToDo: result.nothing.map(({ result: one, because }) => ({ ...resource(one), rule: one.rule, because })),
  unmatched: result.unmatched, input: result.input,
}, null, 2)}\n`;
