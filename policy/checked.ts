import { decide as decideGiven, type Decision, type Setting } from './decide.ts';
import { satisfies as satisfiesGiven, type Formula } from './formula.ts';
import { refuseFormula, refusePolicy, refuseRequest, refuseSetting } from './misuse.ts';
import type { Policy } from './parse.ts';
import type { Request } from './request.ts';

// The search replays its own requests, so the definition within looks at none of them.

/**
 * Whether this policy, by itself, allows this one request: some Allow matches and no Deny does. `setting`: how it reads principals.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * Throws TypeError for a policy that `parsePolicy` has not read, and for a request or setting that its type rules out.
 */
export function decide(policy: Policy, request: Request, setting?: Setting): Decision {
  refusePolicy(policy);
  refuseRequest(request);
  refuseSetting(setting);
  return decideGiven(policy, request, setting);
}

/** Whether one request satisfies a formula. Throws TypeError for a formula or request that its type rules out. */
export function satisfies(formula: Formula, request: Request): boolean {
  refuseFormula(formula, 'formula');
  refuseRequest(request);
  return satisfiesGiven(formula, request);
}
