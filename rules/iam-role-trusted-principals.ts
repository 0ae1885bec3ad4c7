import { answerVerdict, type Outside } from '../core/answer.ts';
import { defineRule } from '../core/rule.ts';
import { notApplicable } from '../core/verdict.ts';
import { ask, issuerOf } from '../policy/index.ts';

export const iamRoleTrustedPrincipals = defineRule({
  id: 'iam-role-trusted-principals',
  title: 'IAM roles trust only principals of the perimeter',
  why: 'Whoever can assume a role becomes one of your principals, and every other control then takes them for yours; one mistyped account id in a trust policy is enough.',
  fix: 'Condition each Allow of the trust policy on aws:PrincipalOrgID of your organization; enter outsiders you work with as partners in `perimeter.yaml`, with an external id.',
  severity: 'high', boundary: 'identity', objective: 'principals',
  resourceTypes: ['AWS::IAM::Role'], trigger: 'change',
  parameters: {},
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
  ],
  requirements: ['R39', 'R59', 'R60'],
  exception: 'allow',
  evaluate({ managedByAws, path, trustPolicy, arn }, { perimeter, account, now }) {
    if (managedByAws) return notApplicable(`AWS keeps the trust policies of roles under \`${path}\``);
    return answerVerdict(
      ask({ kind: 'trust', policy: trustPolicy, perimeter, account, now, resource: arn, callers: 'all-but-partners' }, 'principals'),
      '/assumeRolePolicyDocument', { fix: fixOf },
    );
  },
});

const cognito = 'cognito-identity.amazonaws.com';
/** Tokens, assertions and services carry no organization, so a condition on it would keep out everybody who comes in that way. */
function fixOf({ witness: { principal } }: Outside): string | undefined {
  switch (principal.kind) {
    case 'web-identity': return principal.provider === cognito ? `Hold \`${cognito}:aud\` to identity pools of yours and \`${cognito}:amr\` to \`authenticated\` in each Allow for Cognito, and list the pools under \`identityProviders\` in \`perimeter.yaml\`.`
      : `Hold the claim that tells whose a token is, such as \`${issuerOf(principal.provider)}:sub\`, to values of yours in each Allow for the provider, and list the issuer under \`identityProviders\` in \`perimeter.yaml\`.`;
    case 'saml': return 'Remove the provider, or list it under `identityProviders` in `perimeter.yaml`.';
    case 'service': return principal.name === 'rolesanywhere.amazonaws.com' ? 'Hold `aws:SourceArn` to trust anchors of yours, and list those under `identityProviders` in `perimeter.yaml`.' : 'Remove the service, or list it under `services` in `perimeter.yaml`.';
    default: return undefined;
  }
}
