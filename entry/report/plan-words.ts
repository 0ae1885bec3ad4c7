import type { Change } from '../../core/remediation.ts';
import type { Result } from '../check.ts';
import type { ByHand, ChangingFix, PlanResult } from '../plan.ts';

/** Who gets in or what is not known, as the rule says it. */
export const foundOn = ({ rule, verdict }: Result): readonly string[] => {
  switch (verdict.kind) {
    case 'non-compliant': return verdict.findings.map(({ message }) => `${message} (${rule})`);
    case 'undecided': return [`undecided: ${verdict.because} (${rule})`];
    case 'compliant': case 'not-applicable': return [];
  }
};

/** What a person does about a finding by hand; one that is undecided tells by itself what it lacks. */
export const handworkOf = ({ result: { verdict }, rule: { fix } }: ByHand): readonly string[] => {
  if (verdict.kind !== 'non-compliant') return ['settle what the rule asks for, then plan again'];
  return [...new Set(verdict.findings.map((one) => one.fix ?? fix))];
};

/** What was proved of a policy; nothing of other changes. */
export const provedOf = ({ certificate }: Change): readonly string[] => {
  if (certificate === undefined) return [];
  return [`the new policy allows nothing that the old one did not, ${certificate.lost.length === 0 ? 'and keeps everything that it allowed from inside the perimeter' : 'but takes from the inside what is named above'}`];
};

/** What this plan may break, else what its remediation may. */
export const risksOf = ({ plan: { risks }, remediation: { risk } }: ChangingFix): readonly string[] => risks.length === 0 ? [risk] : risks;

/** How many of what: everything that was found stands in one of them. */
export const tally = ({ fixes, byHand, nothing, input }: PlanResult): Readonly<Record<'apply' | 'needs-approval' | 'refuse' | 'by-hand' | 'nothing-to-do' | 'unreadable', number>> => {
  const of = (outcome: string): number => fixes.filter(({ plan }) => plan.outcome === outcome).length;
  return { apply: of('apply'), 'needs-approval': of('needs-approval'), refuse: of('refuse'), 'by-hand': byHand.length, 'nothing-to-do': nothing.length, unreadable: input.problems.length };
};
