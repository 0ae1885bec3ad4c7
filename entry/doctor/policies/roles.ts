import type { AnyRemediation } from '../../../core/remediation.ts';
import type { AnyRule } from '../../../core/rule.ts';
import { evaluatorRole, reevaluatorRole } from '../../../deployment/evaluation-roles.ts';
import { remediationRoles } from '../../../deployment/remediation-roles.ts';
import { forwarderRole, statusRole } from '../../../deployment/reporting-roles.ts';
import type { Role } from '../../../deployment/role.ts';

/** All roles of a member stack. */
export const memberRoles = (rules: readonly AnyRule[], remediations: readonly AnyRemediation[]): readonly Role[] =>
  [evaluatorRole(rules), reevaluatorRole(), ...remediationRoles(remediations), statusRole(), forwarderRole()];
