import { expect } from 'vitest';
import type { Partner } from '../../policy/index.ts';
import { iamRoleExternalId } from '../../rules/iam-role-external-id.ts';
import { iamRole, policy } from '../support/items.ts';
import { partnerAccount } from '../support/perimeter.ts';
import { testRule } from '../support/test-rule.ts';

const other = '210987654321';
const trust = (account: string | string[], condition?: Record<string, unknown>) => ({
  Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole', ...condition === undefined ? {} : { Condition: condition },
});
const role = (condition?: Record<string, unknown>, account: string | string[] = partnerAccount) => iamRole(policy(trust(account, condition)));
const id = (value: string | string[], operator = 'StringEquals') => ({ [operator]: { 'sts:ExternalId': value } });
const partner = (name: string, account: string, externalIds: Partner['externalIds']): Partner => ({ name, accounts: [account], externalIds, resources: [], reachable: [] });
const alpha = partner('Alpha', partnerAccount, 'pinned');
const beta = partner('Beta', other, 'pinned');

/** The partner's request, with the external id it carries. */
const witness = (externalId?: string) => expect.objectContaining({
  principal: expect.objectContaining({ kind: 'role', account: partnerAccount }), action: 'sts:AssumeRole',
  context: externalId === undefined ? expect.not.objectContaining({ 'sts:ExternalId': expect.anything() }) : expect.objectContaining({ 'sts:ExternalId': expect.stringMatching(externalId) }),
});
const finding = (how: string | RegExp, externalId?: string, name = 'Example Monitoring') => ({
  at: '/assumeRolePolicyDocument/Statement/0',
  message: typeof how === 'string' ? `partner \`${name}\` (account ${partnerAccount}) can assume the role ${how}, through Statement 0` : expect.stringMatching(how),
  severity: 'high' as const,
  witness: witness(externalId),
});
const shared = (name: string, statement = 0) => ({
  at: `/assumeRolePolicyDocument/Statement/${statement}`,
  message: `partners \`Alpha\` and \`Beta\` share the external id \`${name}\`, so it does not tell one from the other`,
  severity: 'medium' as const,
  fix: 'Agree on an external id of its own with each partner, and give each a statement of its own.',
});
const chosen = /^partner `Example Monitoring` \(account 123456789012\) can assume the role with an external id that it may choose, such as `[^`]+`, through Statement 0$/;

testRule(iamRoleExternalId, {
  compliant: {
    'the agreed id': { item: role(id('acme-7Fk2')) },
    'the agreed id under a key in other case': { item: role({ StringEquals: { 'STS:externalid': 'acme-7Fk2' } }) },
    'the agreed id, the statement confined by a Deny': {
      item: iamRole(policy(trust(partnerAccount), { ...trust(partnerAccount, id('acme-7Fk2', 'StringNotEquals')), Effect: 'Deny' })),
    },
    'a role that trusts no partner': { item: iamRole(policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })) },
    'a stranger without id, which is the business of trusted-principals': { item: role(undefined, '999999999999') },
    'any fixed id, for a partner whose ids are pinned by policies': { item: role(id('made-up-here')), perimeter: { partners: [alpha] } },
    'two partners, each with a statement and an id of its own': {
      item: iamRole(policy(trust(partnerAccount, id('one')), trust(other, id('two')))), perimeter: { partners: [alpha, beta] },
    },
  },
  nonCompliant: {
    'no external id': { item: role(), findings: [finding('without an external id')] },
    'an id asked for only if there is one': { item: role(id('acme-7Fk2', 'StringEqualsIfExists')), findings: [finding('without an external id')] },
    'an id that is excluded rather than fixed': { item: role(id('old', 'StringNotEquals')), findings: [finding('without an external id')] },
    'a wildcard': { item: role(id('acme-*', 'StringLike')), findings: [finding(chosen, '^acme-')] },
    'any id at all': { item: role({ Null: { 'sts:ExternalId': 'false' } }), findings: [finding(chosen, '.')] },
    'a stray beside the agreed id': {
      item: role(id(['acme-7Fk2', 'test'])), findings: [finding('with the external id `test`, which was not agreed with it', '^test$')],
    },
    'a fixed id, where none is agreed': {
      item: role(id('one')), perimeter: { partners: [{ ...alpha, externalIds: undefined }] },
      findings: [finding('with the external id `one`, which was not agreed with it', '^one$', 'Alpha')],
    },
    'a wildcard, for a partner whose ids are pinned by policies': {
      item: role(id('one*', 'StringLike')), perimeter: { partners: [alpha] },
      findings: [finding(/^partner `Alpha` .* with an external id that it may choose, such as `one[^`]*`, through Statement 0$/, '^one')],
    },
    'one id for two partners of one statement': {
      item: role(id('one'), [partnerAccount, other]), perimeter: { partners: [alpha, beta] }, findings: [shared('one')],
    },
    'one id for two partners in two statements, the first named': {
      item: iamRole(policy(trust(other, id(['two', 'one'])), trust(partnerAccount, id('one')))), perimeter: { partners: [alpha, beta] }, findings: [shared('one')],
    },
    'one id for two accounts of a condition': {
      item: role({ StringEquals: { 'sts:ExternalId': 'one', 'aws:PrincipalAccount': [partnerAccount, other] } }, '*'),
      perimeter: { partners: [alpha, beta] }, findings: [shared('one')],
    },
    'an id that is agreed with another partner as well': {
      item: role(id('one')), perimeter: { partners: [{ ...alpha, externalIds: ['one'] }, { ...beta, externalIds: ['one'] }] }, findings: [shared('one')],
    },
  },
  undecided: {
    'a trust policy that is cut off': {
      item: iamRole('{"Version"'),
      because: expect.stringMatching(/^AWS::IAM::Role deploy: `assumeRolePolicyDocument` cannot be read: not JSON: /) as string,
    },
  },
  notApplicable: {
    'a perimeter without partners': { item: role(), perimeter: { partners: [] }, because: 'the perimeter names no partners' },
    'a role that AWS keeps': {
      item: iamRole(policy(trust(partnerAccount)), { path: '/aws-reserved/sso.amazonaws.com/' }),
      because: 'AWS keeps the trust policies of roles under `/aws-reserved/sso.amazonaws.com/`',
    },
  },
});
