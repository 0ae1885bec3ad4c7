import { expect } from 'vitest';
import { iamRoleTrustedPrincipals } from '../../rules/iam-role-trusted-principals.ts';
import { iamRole, policy } from '../support/items.ts';
import { organization, ownAccount, partnerAccount, siblingAccount, strangerAccount } from '../support/perimeter.ts';
import { testRule } from '../support/test-rule.ts';

const trust = (principal: unknown, condition?: Record<string, unknown>, action = 'sts:AssumeRole') => ({
  Effect: 'Allow', Principal: principal, Action: action, ...condition === undefined ? {} : { Condition: condition },
});
const role = (...statements: Record<string, unknown>[]) => iamRole(policy(...statements));
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const ofMine = { StringEquals: { 'aws:PrincipalOrgID': organization } };
const github = `arn:aws:iam::${ownAccount}:oidc-provider/token.actions.githubusercontent.com`;

const finding = (severity: 'critical' | 'high' | 'medium' | 'low', message: string, principal: Record<string, unknown>, { statement = 0, action = 'sts:AssumeRole', fix, context = {} }: { statement?: number; action?: string; fix?: string; context?: Record<string, unknown> } = {}) => ({
  at: `/assumeRolePolicyDocument/Statement/${statement}`, message, severity, ...fix === undefined ? {} : { fix },
  witness: expect.objectContaining({ action, principal: expect.objectContaining(principal), context: expect.objectContaining(context) }),
});

testRule(iamRoleTrustedPrincipals, {
  compliant: {
    'an AWS service': { item: role(trust({ Service: 'lambda.amazonaws.com' })) },
    'the own account and a sibling': { item: role(trust({ AWS: [ownAccount, `arn:aws:iam::${siblingAccount}:role/ci`] })) },
    'everybody of the organization': { item: role(trust({ AWS: '*' }, ofMine)) },
    'the same as Allow and Deny, services spared': {
      item: role(trust({ AWS: '*' }), { ...trust({ AWS: '*' }, { StringNotEquals: { 'AWS:principalorgid': organization }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }), Effect: 'Deny' }),
    },
    'a partner, which is the business of iam-role-external-id': { item: role(trust(root(partnerAccount))) },
    'a SAML provider of the own account': {
      item: role(trust({ Federated: `arn:aws:iam::${ownAccount}:saml-provider/Okta` }, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }, 'sts:AssumeRoleWithSAML')),
    },
    'tokens of my repositories': {
      item: role(trust({ Federated: github }, { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } }, 'sts:AssumeRoleWithWebIdentity')),
      perimeter: { identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }] },
    },
    'a principal that was deleted since': {
      item: role(trust({ AWS: 'AROAEXAMPLEDELETED123' })),
      notes: ['`AROAEXAMPLEDELETED123` is the unique id of a deleted principal and matches nobody'],
    },
  },
  nonCompliant: {
    'any AWS account': {
      item: role(trust({ AWS: '*' })),
      findings: [finding('critical', `any AWS account can assume the role through Statement 0: the role \`arn:aws:iam::${strangerAccount}:role/someone\` could call sts:AssumeRole`, { kind: 'role', account: strangerAccount })],
    },
    'a mistyped account beside the organization': {
      item: role(trust({ AWS: '*' }, ofMine), trust(root('222222222223'))),
      findings: [finding('high', 'account 222222222223, which is outside the perimeter, can assume the role through Statement 1: the role `arn:aws:iam::222222222223:role/someone` could call sts:AssumeRole', { kind: 'role', account: '222222222223' }, { statement: 1 })],
    },
    'any repository of a shared issuer': {
      item: role(trust({ Federated: github }, { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }, 'sts:AssumeRoleWithWebIdentity')),
      findings: [finding('critical', 'anyone with a token of `token.actions.githubusercontent.com` can assume the role through Statement 0: a token of `token.actions.githubusercontent.com` with the subject `repo:someone/app:ref:refs/heads/main` could call sts:AssumeRoleWithWebIdentity', { kind: 'web-identity', provider: github }, {
        action: 'sts:AssumeRoleWithWebIdentity', fix: 'Hold the claim that tells whose a token is, such as `token.actions.githubusercontent.com:sub`, to values of yours in each Allow for the provider, and list the issuer under `identityProviders` in `perimeter.yaml`.',
      })],
    },
    'a SAML provider that is not listed': {
      item: role(trust({ Federated: `arn:aws:iam::${ownAccount}:saml-provider/Okta` }, undefined, 'sts:AssumeRoleWithSAML')),
      perimeter: { identityProviders: [{ kind: 'saml', arn: `arn:aws:iam::${ownAccount}:saml-provider/Entra` }] },
      findings: [finding('high', `a user of the SAML provider \`arn:aws:iam::${ownAccount}:saml-provider/Okta\` can assume the role through Statement 0: a user of the SAML provider \`arn:aws:iam::${ownAccount}:saml-provider/Okta\` could call sts:AssumeRoleWithSAML`, { kind: 'saml' }, { action: 'sts:AssumeRoleWithSAML', fix: 'Remove the provider, or list it under `identityProviders` in `perimeter.yaml`.' })],
    },
    'guests of a pool that are not mine': {
      item: role(trust({ Federated: 'cognito-identity.amazonaws.com' }, { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:1' } }, 'sts:AssumeRoleWithWebIdentity')),
      perimeter: { identityProviders: [{ kind: 'cognito', identityPools: ['eu-west-1:1'], guests: false }] },
      findings: [finding('critical', expect.stringContaining('anyone with a token of `cognito-identity.amazonaws.com`') as string, { kind: 'web-identity' }, {
        action: 'sts:AssumeRoleWithWebIdentity', context: { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' }, fix: 'Hold `cognito-identity.amazonaws.com:aud` to identity pools of yours and `cognito-identity.amazonaws.com:amr` to `authenticated` in each Allow for Cognito, and list the pools under `identityProviders` in `perimeter.yaml`.',
      })],
    },
    'any trust anchor of IAM Roles Anywhere': {
      item: role(trust({ Service: 'rolesanywhere.amazonaws.com' })),
      perimeter: { identityProviders: [{ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:eu-west-1:${ownAccount}:trust-anchor/1`] }] },
      findings: [finding('medium', 'the AWS service `rolesanywhere.amazonaws.com` can assume the role through Statement 0: the AWS service `rolesanywhere.amazonaws.com` could call sts:AssumeRole', { kind: 'service' }, { context: { 'aws:SourceArn': expect.stringMatching(/:trust-anchor\/./) }, fix: 'Hold `aws:SourceArn` to trust anchors of yours, and list those under `identityProviders` in `perimeter.yaml`.' })],
    },
    'any organization': {
      item: role(trust({ AWS: '*' }, { StringLike: { 'aws:PrincipalOrgID': 'o-*' } })),
      findings: [finding('high', `members of other organizations can assume the role through Statement 0: the role \`arn:aws:iam::${strangerAccount}:role/someone\` could call sts:AssumeRole`, { kind: 'role' })],
    },
    'a service that is not admitted': {
      item: role(trust({ Service: 'lambda.amazonaws.com' })), perimeter: { services: ['ec2.amazonaws.com'] },
      findings: [finding('medium', 'the AWS service `lambda.amazonaws.com` can assume the role through Statement 0: the AWS service `lambda.amazonaws.com` could call sts:AssumeRole', { kind: 'service', name: 'lambda.amazonaws.com' }, { fix: 'Remove the service, or list it under `services` in `perimeter.yaml`.' })],
    },
    'nothing but an address keeps strangers out': {
      item: role(trust({ AWS: '*' }, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
      findings: [finding('low', `callers of any account, if they come from the named network, can assume the role through Statement 0: the role \`arn:aws:iam::${strangerAccount}:role/someone\` could call sts:AssumeRole`, { kind: 'role', account: strangerAccount })],
    },
  },
  undecided: {
    'an account of which the definition does not tell': {
      item: role(trust(root(strangerAccount))), perimeter: { accounts: undefined },
      because: `the definition does not tell whose account \`${strangerAccount}\` is`, unknowns: [{ kind: 'account', id: strangerAccount }],
    },
    'a condition operator that does not exist': {
      item: role(trust({ AWS: '*' }, { StringMatches: { 'aws:PrincipalOrgID': organization } })),
      because: expect.stringContaining('AWS::IAM::Role deploy: `assumeRolePolicyDocument` cannot be read: `/Statement/0/Condition/StringMatches`: unknown condition operator `StringMatches`; known, ') as string,
    },
  },
  notApplicable: {
    'a service-linked role': {
      item: iamRole(policy(trust({ Service: 'support.amazonaws.com' })), { name: 'AWSServiceRoleForSupport', path: '/aws-service-role/support.amazonaws.com/' }),
      because: 'AWS keeps the trust policies of roles under `/aws-service-role/support.amazonaws.com/`',
    },
    'a role of IAM Identity Center': {
      item: iamRole(policy(trust({ Federated: `arn:aws:iam::${ownAccount}:saml-provider/AWSSSO_1_DO_NOT_DELETE` }, undefined, 'sts:AssumeRoleWithSAML')), { path: '/aws-reserved/sso.amazonaws.com/eu-west-1/' }),
      because: 'AWS keeps the trust policies of roles under `/aws-reserved/sso.amazonaws.com/eu-west-1/`',
    },
  },
});
