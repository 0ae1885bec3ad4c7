import type { Request } from '../policy/index.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** One thing wrong with one resource. */
export interface Finding {
  /** JSON pointer into the item's configuration; inside a policy document the pointer goes on, as in `/policyDocument/Statement/0`. */
  readonly at: string;
  /** A sentence a stranger can use: who could do what. Begins lower-case, no full stop. */
  readonly message: string;
  readonly severity: Severity;
  /** What closes it, where the finding knows better than the rule's `fix`. */
  readonly fix?: string;
  /** A concrete request that gets through. */
  readonly witness?: Request;
}

/** What a person could settle by adding it to `perimeter.yaml`; reports group verdicts by it. */
export interface Unknown { readonly kind: 'account' | 'bucket'; readonly id: string }

/** What a rule says of a resource. `undecided` is reported NON_COMPLIANT: the pack never passes what it could not read. */
export type Verdict =
  | { readonly kind: 'compliant'; readonly notes: readonly string[]; readonly excepted?: Excepted }
  | { readonly kind: 'not-applicable'; readonly because: string }
  | { readonly kind: 'undecided'; readonly because: string; readonly unknowns: readonly Unknown[] }
  | { readonly kind: 'non-compliant'; readonly findings: readonly [Finding, ...Finding[]]; readonly notes: readonly string[] };

/** The exception under which a resource passes. */
export interface Excepted { readonly owner: string; readonly reason: string; readonly expires: string }

export const compliant = (...notes: string[]): Verdict => ({ kind: 'compliant', notes });
export const notApplicable = (because: string): Verdict => ({ kind: 'not-applicable', because });
export const undecided = (because: string, unknowns: readonly Unknown[] = []): Verdict => ({ kind: 'undecided', because, unknowns });
export const nonCompliant = (...findings: [Finding, ...Finding[]]): Verdict => ({ kind: 'non-compliant', findings, notes: [] });
