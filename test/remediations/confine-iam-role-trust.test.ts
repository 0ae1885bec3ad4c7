import { describe, expect, it, test } from 'vitest';
import { confineIamRoleTrust } from '../../remediations/confine-iam-role-trust.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import type { Perimeter } from '../../policy/index.ts';
import { iamRole, policy } from '../support/items.ts';
import { organization, ownAccount, partnerAccount, siblingAccount, strangerAccount } from '../support/perimeter.ts';
import { planOf, told } from './policy-plan.ts';

type Json = Record<string, unknown>;
const assume = (Principal: unknown, more: Json = {}): Json => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
const guard = (accounts: unknown, tests: Json = { Bool: { 'aws:PrincipalIsAWSService': 'false' } }, more: Json = { 'aws:PrincipalOrgID': organization }): Json => ({
  Sid: 'DataPerimeterGuard', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Condition: { StringNotEquals: { ...more, 'aws:PrincipalAccount': accounts }, ...tests },
});
const both = [ownAccount, partnerAccount];
const denied = (accounts = `s ${both.join(', ')}`): string => `deny sts:AssumeRole to all but the organization, AWS services and account${accounts}, in a statement at the end`;
const github = 'token.actions.githubusercontent.com';
const token = (condition: Json): Json => ({ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${ownAccount}:oidc-provider/${github}` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition });
const claims: Partial<Perimeter> = { identityProviders: [{ kind: 'claims', issuer: github, claims: { sub: ['repo:acme/*'] } }] };
const stranger = 'the policy lets somebody in by name: account 999999999999, which is outside the perimeter, can assume the role through Statement 0: the role `arn:aws:iam::999999999999:role/someone` could call sts:AssumeRole';
const openToken = (owner: string): string => `the policy lets somebody in by name: anyone with a token of \`${github}\` can assume the role through Statement 0: a token of \`${github}\` with the subject \`repo:${owner}/app:ref:refs/heads/main\` could call sts:AssumeRoleWithWebIdentity`;
const anchors = ['111111111111', '222222222222'].map((account) => `arn:aws:rolesanywhere:eu-west-1:${account}:trust-anchor/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`);

interface Row { readonly item: ConfigurationItem; readonly perimeter?: Partial<Perimeter>; readonly parameters?: Json; readonly plan: unknown }
const rows: Readonly<Record<string, Row>> = {
  'everybody': { item: iamRole(policy(assume('*'))), plan: { outcome: 'apply', steps: [denied()], statements: [assume('*'), guard(both)] } },
  'everybody with an external id keeps the partner that has it': {
    item: iamRole(policy(assume({ AWS: '*' }, { Condition: { StringEquals: { 'sts:ExternalId': 'acme-7Fk2' } } }))),
    plan: { outcome: 'apply', steps: [denied()], statements: [assume({ AWS: '*' }, { Condition: { StringEquals: { 'sts:ExternalId': 'acme-7Fk2' } } }), guard(both)] },
  },
  'everybody in the role\'s account and AWS services, without partners': {
    item: iamRole(policy(assume({ AWS: '*', Service: 'ec2.amazonaws.com' }))), perimeter: { partners: [] },
    plan: { outcome: 'apply', steps: [denied(` ${ownAccount}`)], statements: [assume({ AWS: '*', Service: 'ec2.amazonaws.com' }), guard(ownAccount)] },
  },
  'a standalone account that the role lets in is spared': {
    item: iamRole(policy(assume('*'))), perimeter: { partners: [], standaloneAccounts: ['333333333333'] },
    plan: { outcome: 'apply', steps: [denied(`s ${ownAccount}, 333333333333`)], statements: [assume('*'), guard([ownAccount, '333333333333'])] },
  },
  'a standalone account that the role does not let in is not': {
    item: iamRole(policy(assume('*', { Condition: { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/*', 'arn:aws:iam::*:role/audit'] }, StringNotEquals: { 'aws:PrincipalAccount': '333333333333' } } }))), perimeter: { partners: [], standaloneAccounts: ['333333333333'] },
    plan: {
      outcome: 'apply', steps: [denied(` ${ownAccount}`)],
      statements: [assume('*', { Condition: { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/*', 'arn:aws:iam::*:role/audit'] }, StringNotEquals: { 'aws:PrincipalAccount': '333333333333' } } }), guard(ownAccount)],
    },
  },
  'paths of the organization': {
    item: iamRole(policy(assume('*'))), perimeter: { partners: [], accounts: undefined, organizationPaths: [`${organization}/r-ab12/*`] },
    plan: {
      outcome: 'apply', steps: [denied(` ${ownAccount}`)],
      statements: [assume('*'), guard(ownAccount, { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': `${organization}/r-ab12/*` }, Bool: { 'aws:PrincipalIsAWSService': 'false' } }, {})],
    },
  },
  'services by name': {
    item: iamRole(policy(assume('*'))), perimeter: { partners: [], services: ['lambda.amazonaws.com'] },
    plan: {
      outcome: 'apply', steps: [denied(` ${ownAccount}`)],
      statements: [assume('*'), { ...guard(ownAccount), Condition: { StringNotEquals: { 'aws:PrincipalOrgID': organization, 'aws:PrincipalAccount': ownAccount }, 'ForAllValues:StringNotEquals': { 'aws:PrincipalServiceNamesList': 'lambda.amazonaws.com' } } }],
    },
  },
  'trust anchors of mine': {
    item: iamRole(policy(assume('*'))), perimeter: { partners: [], identityProviders: [{ kind: 'trust-anchors', arns: anchors }] },
    plan: {
      outcome: 'apply', steps: [`${denied(` ${ownAccount}`)}, and to IAM Roles Anywhere from trust anchors that are not mine in another`],
      statements: [assume('*'), guard(ownAccount), { Sid: 'DataPerimeterAnchors', Effect: 'Deny', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { ArnNotEquals: { 'aws:SourceArn': anchors[0] } } }],
    },
  },
  'a guard that is there already gives way to the one that holds': {
    item: iamRole(policy(assume('*'), guard([ownAccount, strangerAccount]))), perimeter: { partners: [] },
    plan: { outcome: 'needs-approval', steps: [denied(` ${ownAccount}`)], statements: [assume('*'), guard(ownAccount)], approval: [stranger] },
  },
  'a stranger among principals': {
    item: iamRole(policy(assume({ AWS: [strangerAccount, siblingAccount] }))),
    plan: { outcome: 'needs-approval', steps: ['remove `999999999999` from Statement 0'], statements: [assume({ AWS: [siblingAccount] })], approval: [stranger] },
  },
  'a stranger alone in one statement of two': {
    item: iamRole(policy(assume({ AWS: strangerAccount }), assume({ Service: 'ec2.amazonaws.com' }))),
    plan: { outcome: 'needs-approval', steps: ['remove Statement 0'], statements: [assume({ Service: 'ec2.amazonaws.com' })], approval: [stranger] },
  },
  'a stranger alone in the policy': {
    item: iamRole(policy(assume({ AWS: strangerAccount }))),
    plan: { outcome: 'needs-approval', steps: [denied(` ${ownAccount}`)], statements: [assume({ AWS: strangerAccount }), guard(ownAccount)], approval: [stranger] },
  },
  'GitHub without subject': {
    item: iamRole(policy(token({ StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } }))), perimeter: claims,
    plan: {
      outcome: 'needs-approval', steps: [`add \`"StringLike": {"${github}:sub": "repo:acme/*"}\` to the \`Condition\` of Statement 0`],
      statements: [token({ StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${github}:sub`]: 'repo:acme/*' } })], approval: [openToken('someone')],
    },
  },
  'GitHub with a subject that ends too early': {
    item: iamRole(policy(token({ StringLike: { [`${github}:sub`]: 'repo:acme*' } }))), perimeter: claims,
    plan: { outcome: 'needs-approval', steps: [`write \`repo:acme/*\` instead of \`repo:acme*\` for \`${github}:sub\` in Statement 0`], statements: [token({ StringLike: { [`${github}:sub`]: 'repo:acme/*' } })], approval: [openToken('acme-x')] },
  },
  'GitHub of nobody in particular': {
    item: iamRole(policy(token({ StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } }))),
    plan: { outcome: 'refuse', because: `no change closes the policy: anyone with a token of \`${github}\` can assume the role through Statement 0: a token of \`${github}\` with the subject \`repo:someone/app:ref:refs/heads/main\` could call sts:AssumeRoleWithWebIdentity` },
  },
  'my organization only': {
    item: iamRole(policy(assume({ AWS: '*' }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }))), plan: { outcome: 'noop', because: '`iam-role-trusted-principals` is compliant' },
  },
  'a role that AWS keeps': {
    item: iamRole(policy(assume('*')), { path: '/aws-service-role/ec2.amazonaws.com/' }),
    plan: { outcome: 'noop', because: '`iam-role-trusted-principals` does not apply: AWS keeps the trust policies of roles under `/aws-service-role/ec2.amazonaws.com/`' },
  },
  'a role of Control Tower': { item: iamRole(policy(assume('*')), { name: 'AWSControlTowerExecution' }), plan: { outcome: 'refuse', because: 'AWS Control Tower keeps the role and would put its trust policy back' } },
  'a role of StackSets': { item: iamRole(policy(assume('*')), { name: 'stacksets-exec-0123456789abcdef' }), plan: { outcome: 'refuse', because: 'AWS CloudFormation StackSets keeps the role and would put its trust policy back' } },
  'the role of AWS Organizations': { item: iamRole(policy(assume('*')), { name: 'OrganizationAccountAccessRole' }), plan: { outcome: 'refuse', because: 'AWS Organizations keeps the role and would put its trust policy back' } },
  'a role of this pack': { item: iamRole(policy(assume('*')), { name: 'perimeter-planner-eu-west-1' }), plan: { outcome: 'refuse', because: 'this pack keeps the role and would put its trust policy back' } },
  'a policy that the guard would make too long': {
    item: iamRole(policy(assume('*', { Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'x'.repeat(1800) } } }))),
    plan: { outcome: 'refuse', because: 'the new policy has 2217 characters, and AWS takes 2048' },
  },
  'the same under a higher quota': {
    item: iamRole(policy(assume('*', { Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'x'.repeat(1800) } } }))), parameters: { trustPolicyQuota: 4096 },
    plan: { outcome: 'apply', steps: [denied()], statements: [assume('*', { Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'x'.repeat(1800) } } }), guard(both)] },
  },
};

describe('confine-iam-role-trust', () => {
  it.each(Object.entries(rows))('%s', (_, { item, perimeter, parameters, plan }) => {
    expect(told(planOf(confineIamRoleTrust, item, perimeter, parameters))).toEqual(plan);
  });

  test('the plan says what it changes, calls and proved', () => {
    const after = policy(assume('*'), guard(both));
    expect(planOf(confineIamRoleTrust, iamRole(policy(assume('*'))))).toEqual({
      outcome: 'apply', steps: [denied()], approval: [],
      before: { assumeRolePolicyDocument: policy(assume('*')) }, after: { assumeRolePolicyDocument: after },
      calls: [{ service: 'iam', api: 'UpdateAssumeRolePolicy', input: { RoleName: 'deploy', PolicyDocument: JSON.stringify(after) } }],
      risks: ['principals of other organizations can no longer assume the role; sessions that run go on until they end', 'a stack or a pipeline that made the role may put the old policy back'],
      certificate: { granted: [], lost: [] },
    });
  });
});
