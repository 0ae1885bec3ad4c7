import { describeAnswer, type Answer, type Reach } from '../policy/index.ts';
import type { Severity, Unknown, Verdict } from './verdict.ts';

/** How bad an outside answer is, by who gets in. */
const severityOf: Readonly<Record<Reach, Severity>> = {
  anonymous: 'critical', 'any-account': 'critical', 'shared-issuer': 'critical',
  'any-organization-member': 'high', 'named-account': 'high',
  service: 'medium', 'network-bound': 'low',
};

export type Outside = Extract<Answer, { answer: 'outside' }>;

/** What a rule says of an answer in its own words: the sentence, and what closes it where the rule's advice does not. */
interface Words { readonly describe?: (outside: Outside) => string; readonly fix?: (outside: Outside) => string | undefined }

/** The engine's answer about the policy at `document` (a JSON pointer into the configuration) as a verdict. */
export function answerVerdict(answer: Answer, document: string, { describe = describeAnswer, fix }: Words = {}): Verdict {
  switch (answer.answer) {
    case 'inside': return { kind: 'compliant', notes: answer.notes };
    case 'undecided': {
      const unknowns: Unknown[] = [
        ...(answer.unknownAccounts ?? []).map((id) => ({ kind: 'account' as const, id })),
        ...(answer.unknownBuckets ?? []).map((id) => ({ kind: 'bucket' as const, id })),
      ];
      return { kind: 'undecided', because: describeAnswer(answer), unknowns };
    }
    case 'outside': {
      const { at, reach, witness, notes } = answer;
      const closing = fix?.(answer);
      return { kind: 'non-compliant', findings: [{ at: document + at, message: describe(answer), severity: severityOf[reach], witness, ...(closing === undefined ? {} : { fix: closing }) }], notes };
    }
  }
}
