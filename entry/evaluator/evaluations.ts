import type { Evaluation } from '@aws-sdk/client-config-service';
import type { Finding, Severity, Verdict } from '../../core/verdict.ts';

/** https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html */
const LONGEST = 256;

const order: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** A verdict as Config keeps it. `undecided` is NON_COMPLIANT and says so, for what could not be read must not pass. */
export function evaluationOf(verdict: Verdict, resource: { readonly resourceType: string; readonly resourceId: string }, orderingTimestamp: Date): Evaluation {
  const annotation = annotate(describe(verdict));
  return {
    ComplianceResourceType: resource.resourceType,
    ComplianceResourceId: resource.resourceId,
    ComplianceType: complianceOf[verdict.kind],
    // An empty annotation is refused, an absent one is not.
    ...annotation === '' ? {} : { Annotation: annotation },
    OrderingTimestamp: orderingTimestamp,
  };
}

const complianceOf = {
  compliant: 'COMPLIANT', 'not-applicable': 'NOT_APPLICABLE', undecided: 'NON_COMPLIANT', 'non-compliant': 'NON_COMPLIANT',
} as const satisfies Record<Verdict['kind'], string>;

function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'not-applicable': return verdict.because;
    case 'undecided': return `Undecided: ${verdict.because}`;
    case 'compliant': {
      const { excepted, notes } = verdict;
      const exception = excepted === undefined ? [] : [`Excepted until ${excepted.expires} for ${excepted.owner}: ${excepted.reason}`];
      return [...exception, ...notes].join('; ');
    }
    case 'non-compliant': {
      const { findings, notes } = verdict;
      const count = findings.length === 1 ? '' : `${findings.length} findings: `;
      return count + [...worstFirst(findings).map(({ message }) => message), ...notes].join('; ');
    }
  }
}

const worstFirst = (findings: readonly Finding[]): readonly Finding[] => [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));

/**
 * One line of at most 256 characters, cut at a word. Without quotation marks and backslashes: EventBridge puts it unescaped into what it
 * tells of a finding, which they would make no text. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function annotate(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/["\\]/g, "'").trim();
  if (line.length <= LONGEST) return line;
  const head = line.slice(0, LONGEST);
  const space = head.lastIndexOf(' ');
  // A word as long as the line has no better place; half a surrogate pair is no character.
  const cut = space > LONGEST / 2 ? head.slice(0, space) : head.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.replace(/[\s,;:]+$/, '')}…`;
}
