import { insideCallers, type Place } from '../core/inside.ts';
import { wholeNumber } from '../core/parameters.ts';
import { defineRemediation, type Proposal } from '../core/remediation.ts';
import { withCondition } from '../core/pinned-statements.ts';
import { placeInWords } from '../core/statement-changes.ts';
import type { ConfigurationItem } from '../items/configuration-item.ts';
import { iamRole, type IamRole } from '../items/iam-role.ts';
import { policySource, type PolicySource } from '../items/policy-source.ts';
import type { Question } from '../policy/index.ts';
import { iamRoleTrustedPrincipals } from '../rules/iam-role-trusted-principals.ts';
import { inPlace, replacing, without } from './narrow/candidates.ts';
import { guards } from './narrow/guard.ts';
import type { Candidate, Goal, Opening } from './narrow/narrow.ts';
import { proposePolicy } from './narrow/proposal.ts';

interface Facts { readonly role: IamRole; readonly source: PolicySource }

export const confineIamRoleTrust = defineRemediation({
  id: 'confine-iam-role-trust',
  title: 'Hold the trust policy of an IAM role to principals of the perimeter',
  rules: [iamRoleTrustedPrincipals],
  resourceType: 'AWS::IAM::Role',
  start: 'manual', decidedBy: 'planner',
  risk: 'Principals outside the definition can no longer assume the role; sessions that run go on until they end.',
  undo: 'Run `perimeter-roll-back-iam-role-trust` with the id of the execution to undo.',
  parameters: { trustPolicyQuota: wholeNumber('characters that IAM takes in a trust policy, the quota L-C07B4B0D as it applies to the account', 2048, 2048, 8192) },
  permissions: [
    { action: 'iam:GetRole', resource: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' },
    { action: 'iam:UpdateAssumeRolePolicy', resource: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' },
  ],
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html',
  ],
  requirements: ['R19', 'R39', 'R59'],
  facts: (item: ConfigurationItem): Facts => ({ role: iamRole(item), source: policySource(item, 'assumeRolePolicyDocument') }),
  plan({ role, source }, { perimeter, parameters, now, item }): Proposal {
    const keeper = keeperOf(role);
    if (keeper !== undefined) return { outcome: 'refuse', because: `${keeper} keeps the role and would put its trust policy back`, next: 'enter an exception in `perimeter.yaml`, or change the role where it is made' };
    const question: Question = { kind: 'trust', policy: role.trustPolicy, perimeter, account: item.accountId, now, resource: role.arn, callers: 'all-but-partners' };
    const place: Place = { kind: 'trust', account: item.accountId, region: item.region, service: 'sts' };
    const goal: Goal = {
      objective: 'principals', inside: insideCallers(perimeter, place),
      candidates: function* (opening) { yield* inPlace(opening); yield* claims(opening); yield* without(opening); yield* guards(opening); },
    };
    return proposePolicy({
      question, document: source, goals: [goal], member: 'assumeRolePolicyDocument', quota: parameters.trustPolicyQuota,
      call: (text) => ({ service: 'iam', api: 'UpdateAssumeRolePolicy', input: { RoleName: role.name, PolicyDocument: text } }),
      risks: ['principals of other organizations can no longer assume the role; sessions that run go on until they end', 'a stack or a pipeline that made the role may put the old policy back'],
    });
  },
});

/** The claims of my tenancy, where the definition lists them for the issuer. */
const claims = ({ question, document, outside, index, statement }: Opening): Candidate[] => outside.witness.principal.kind !== 'web-identity' ? []
  : withCondition(question, 'principals', outside, statement, placeInWords(outside, statement)).map((change) => replacing(document, index, change));

/** Who keeps a role that others must not change. https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html */
function keeperOf({ name, path }: IamRole): string | undefined {
  if (/^(aws-?controltower|stacksets-exec-)/i.test(name)) return /^stacksets/i.test(name) ? 'AWS CloudFormation StackSets' : 'AWS Control Tower';
  if (name === 'OrganizationAccountAccessRole') return 'AWS Organizations';
  if (path.startsWith('/aws-service-role/') || path.startsWith('/aws-reserved/')) return 'an AWS service';
  return name.startsWith('perimeter-') ? 'this pack' : undefined;
}
