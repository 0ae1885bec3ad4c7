import { canonical } from '../../core/plan-text.ts';
import { policySource, type PolicySource } from '../../items/policy-source.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { compare, describeRequest, formulaOf, parsePolicy, type Difference, type Perimeter } from '../../policy/index.ts';
import type { PolicyKind } from './policies.ts';

/** Where policies are compared. */
export interface At { readonly kind: PolicyKind; readonly perimeter: Perimeter; readonly now: number }

/**
 * How the item's policy differs in meaning from another, or `undefined` where it does not. By the engine, in both directions: AWS
 * writes principals, actions and lists anew, so that texts seldom stay equal.
 */
export function differenceOf(item: ConfigurationItem, other: PolicySource, { kind, perimeter, now }: At): string | undefined {
  const live = policySource(item, kind.member);
  if (canonical(live) === canonical(other)) return undefined;
  const [question, wanted] = [live, other].map((one) => kind.question(item, parsePolicy(one), perimeter, now)) as [ReturnType<PolicyKind['question']>, ReturnType<PolicyKind['question']>];
  const { added, removed } = compare(question, formulaOf(wanted), formulaOf(question));
  return inWords('allows', added) ?? inWords('refuses', removed);
}

function inWords(verb: 'allows' | 'refuses', difference: Difference): string | undefined {
  switch (difference.kind) {
    case 'nothing': return undefined;
    case 'request': return `the policy ${verb} that ${describeRequest(difference.request)}`;
    case 'undecided': return `nobody can tell whether the policy ${verb} the same: ${difference.because}`;
  }
}
