import { expect } from 'vitest';
import { vpcEndpointTrustedPrincipals } from '../../rules/vpc-endpoint-trusted-principals.ts';
import { endpointsWithoutPolicy, unreadableEndpoints } from '../support/endpoint-cases.ts';
import { policy, vpcEndpoint } from '../support/items.ts';
import { organization, ownAccount, strangerAccount } from '../support/perimeter.ts';
import { testRule } from '../support/test-rule.ts';

const queue = `arn:aws:sqs:eu-west-1:${ownAccount}:orders`;
const send = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue };
const ofMine = { StringEquals: { 'aws:PrincipalOrgID': organization } };
const gateway = { vpcEndpointType: 'Gateway', serviceName: 'com.amazonaws.eu-west-1.s3' };
const read = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-site/index.html' };
const finding = (severity: 'critical' | 'high' | 'medium', message: string, principal: Record<string, unknown>, action = 'sqs:SendMessage', statement = 0) => ({
  at: `/policyDocument/Statement/${statement}`, message, severity,
  witness: expect.objectContaining({ action, principal: expect.objectContaining(principal) }),
});
const stranger = `the role \`arn:aws:iam::${strangerAccount}:role/someone\` could call sqs:SendMessage on \`${queue}\``;

testRule(vpcEndpointTrustedPrincipals, {
  compliant: {
    'only the organization': { item: vpcEndpoint(policy({ ...send, Condition: ofMine })) },
    'the same as Allow and Deny': {
      item: vpcEndpoint(policy({ ...send, Action: '*', Resource: '*' }, { ...send, Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:principalorgid': organization } } })),
    },
    'the organization, and AWS services': {
      item: vpcEndpoint(policy({ ...send, Condition: ofMine }, { ...send, Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } })),
    },
    'the root user of the own account': { item: vpcEndpoint(policy({ ...send, Principal: { AWS: `arn:aws:iam::${ownAccount}:root` } })) },
    'nothing allowed at all': { item: vpcEndpoint(policy({ ...send, Effect: 'Deny' })) },
    'unsigned reads, where the definition admits them': { item: vpcEndpoint(policy(read, { ...read, Effect: 'Deny', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization } } }), gateway), perimeter: { unsignedActions: ['s3:GetObject'] } },
  },
  nonCompliant: {
    'the document an endpoint has by default': {
      item: vpcEndpoint(policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })),
      findings: [finding('critical', expect.stringMatching(/^anyone, without signing in to AWS, can use the endpoint through Statement 0: an unsigned caller could call sqs:\w+ on `[^`]+`$/) as string, { kind: 'anonymous' }, expect.stringMatching(/^sqs:/) as string)],
    },
    'anyone, even unsigned': {
      item: vpcEndpoint(policy(read), gateway),
      findings: [finding('critical', 'anyone, without signing in to AWS, can use the endpoint through Statement 0: an unsigned caller could call s3:GetObject on `arn:aws:s3:::acme-site/index.html`', { kind: 'anonymous' }, 's3:GetObject')],
    },
    'anyone with an AWS account': {
      item: vpcEndpoint(policy({ ...send, Condition: { Null: { 'aws:PrincipalArn': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } })),
      findings: [finding('critical', `any AWS account can use the endpoint through Statement 0: ${stranger}`, { kind: 'role', account: strangerAccount })],
    },
    'any organization': {
      item: vpcEndpoint(policy({ ...send, Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } })),
      findings: [finding('high', `members of other organizations can use the endpoint through Statement 0: ${stranger}`, { kind: 'role' })],
    },
    'a named stranger in the second statement': {
      item: vpcEndpoint(policy({ ...send, Condition: ofMine }, { ...send, Principal: { AWS: `arn:aws:iam::${strangerAccount}:root` } })),
      findings: [finding('high', `account ${strangerAccount}, which is outside the perimeter, can use the endpoint through Statement 1: ${stranger}`, { kind: 'role', account: strangerAccount }, 'sqs:SendMessage', 1)],
    },
    'a service that the definition does not admit': {
      item: vpcEndpoint(policy({ ...send, Condition: { StringEquals: { 'aws:PrincipalServiceName': 'sns.amazonaws.com' } } })), perimeter: { services: ['events.amazonaws.com'] },
      findings: [finding('medium', `the AWS service \`sns.amazonaws.com\` can use the endpoint through Statement 0: the AWS service \`sns.amazonaws.com\` could call sqs:SendMessage on \`${queue}\``, { kind: 'service', name: 'sns.amazonaws.com' })],
    },
  },
  undecided: {
    ...unreadableEndpoints,
    'an account of which the definition does not tell': {
      item: vpcEndpoint(policy({ ...send, Principal: { AWS: strangerAccount } })), perimeter: { accounts: undefined },
      because: `the definition does not tell whose account \`${strangerAccount}\` is`, unknowns: [{ kind: 'account', id: strangerAccount }],
    },
  },
  notApplicable: endpointsWithoutPolicy,
});
