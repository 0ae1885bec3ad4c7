import type { Definition } from '../../core/definition.ts';
import { isExpired } from '../../core/exceptions.ts';
import { canonical } from '../../core/plan-text.ts';
import { sha256 } from '../remediation/hash.ts';

/** What a rule's verdicts depend on beside the resources: they are as they were while both are. */
export interface Fingerprint {
  /** Of the evaluator, and of all in the definition that the rule reads, */
  readonly basis: string;
  /** but for the list of accounts. */
  readonly accounts: string;
}

/**
 * `evaluator`: what tells one evaluator's code from another's. An exception is in it with whether it has expired at `now` (milliseconds
 * since 1970), so that a fingerprint changes at the midnight (UTC) on which one ends.
 */
export function fingerprintOf(ruleId: string, { perimeter: { accounts, ...perimeter }, rules, exceptions }: Definition, evaluator: string, now: number): Fingerprint {
  const granted = exceptions.filter(({ rule }) => rule === ruleId).map((exception) => ({ ...exception, isExpired: isExpired(exception, now) }));
  return {
    // Whether the list is complete or unknown is another question than who is on it.
    basis: sha256(canonical({ evaluator, perimeter, isComplete: accounts !== undefined, parameters: rules[ruleId] ?? {}, exceptions: granted })),
    accounts: sha256(canonical(accounts ?? [])),
  };
}
