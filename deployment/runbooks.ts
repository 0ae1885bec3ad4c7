import type { AnyRemediation } from '../core/remediation.ts';

/** The documents that undo a policy of a remediation. */
const rollbacks: Readonly<Record<string, string>> = {
  'confine-iam-role-trust': 'roll-back-iam-role-trust',
  'confine-vpc-endpoint-policy': 'roll-back-vpc-endpoint-policy',
};

/** `alone`: decides for itself; `planned`: asks the planner; `rollback`: puts back what a run of its remediation changed. */
export type RunbookKind = 'alone' | 'planned' | 'rollback';

export interface Runbook {
  /** Of its file in ssm-documents/. */
  readonly stem: string;
  readonly kind: RunbookKind;
  /** Whose items of the ledger it works on. */
  readonly remediation: AnyRemediation;
  /** Whether it can hand its write to the writer function. */
  readonly hasWriter: boolean;
}

/** One for each remediation, and one for each that can be rolled back. */
export const runbooksOf = (remediations: readonly AnyRemediation[]): readonly Runbook[] => remediations.flatMap((remediation): Runbook[] => {
  const undo = rollbacks[remediation.id];
  return [
    { stem: remediation.id, kind: remediation.decidedBy === 'planner' ? 'planned' : 'alone', remediation, hasWriter: undo !== undefined },
    ...undo === undefined ? [] : [{ stem: undo, kind: 'rollback', remediation, hasWriter: true } as const],
  ];
});
