import { expect } from 'vitest';
import { vpcEndpointTrustedResources } from '../../rules/vpc-endpoint-trusted-resources.ts';
import { endpointsWithoutPolicy, unreadableEndpoints } from '../support/endpoint-cases.ts';
import { policy, vpcEndpoint } from '../support/items.ts';
import { organization, ownAccount, strangerAccount } from '../support/perimeter.ts';
import { testRule } from '../support/test-rule.ts';

const mine = { 'aws:PrincipalOrgID': organization };
const send = (resource: string, condition: Record<string, unknown> = { StringEquals: mine }) => ({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: resource, Condition: condition });
const put = (resource: string | string[], condition: Record<string, unknown> = { StringEquals: mine }) => ({ Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: resource, Condition: condition });
const gateway = { vpcEndpointType: 'Gateway', serviceName: 'com.amazonaws.eu-west-1.s3' };
const caller = `the role \`arn:aws:iam::${ownAccount}:role/someone\` could call`;
const finding = (severity: 'critical' | 'high', message: string, action: string) => ({
  at: '/policyDocument/Statement/0', message, severity,
  witness: expect.objectContaining({ action, principal: expect.objectContaining({ kind: 'role', account: ownAccount }) }),
});

testRule(vpcEndpointTrustedResources, {
  compliant: {
    'only queues of the own account': { item: vpcEndpoint(policy(send(`arn:aws:sqs:*:${ownAccount}:*`))) },
    'only resources of the organization': { item: vpcEndpoint(policy(send('*', { StringEquals: { ...mine, 'aws:ResourceOrgID': organization } }))) },
    'whatever organization the caller is of': { item: vpcEndpoint(policy(send('*', { StringEquals: { ...mine, 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } }))) },
    'buckets of the own account, by the older key': { item: vpcEndpoint(policy(put('*', { StringEquals: { ...mine, 's3:ResourceAccount': ownAccount } })), gateway) },
    'a bucket the definition lists': { item: vpcEndpoint(policy(put('arn:aws:s3:::acme-logs/*')), gateway) },
    'calls of AWS services, wherever they lead': { item: vpcEndpoint(policy(send('*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }))) },
  },
  nonCompliant: {
    'the document an endpoint has by default': {
      item: vpcEndpoint(policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })),
      findings: [finding('critical', expect.stringMatching(/^callers can reach resources of any AWS account through Statement 0: .* could call sqs:\w+ on `[^`]+`$/) as string, expect.stringMatching(/^sqs:/) as string)],
    },
    'queues of any account': {
      item: vpcEndpoint(policy(send('arn:aws:sqs:eu-west-1:*:orders'))),
      findings: [finding('critical', `callers can reach resources of any AWS account through Statement 0: ${caller} sqs:SendMessage on \`arn:aws:sqs:eu-west-1:${strangerAccount}:orders\``, 'sqs:SendMessage')],
    },
    'a queue of a named stranger': {
      item: vpcEndpoint(policy(send(`arn:aws:sqs:eu-west-1:${strangerAccount}:drop`))),
      findings: [finding('high', `callers can reach resources of account ${strangerAccount} through Statement 0: ${caller} sqs:SendMessage on \`arn:aws:sqs:eu-west-1:${strangerAccount}:drop\``, 'sqs:SendMessage')],
    },
    'any bucket with an open name': {
      item: vpcEndpoint(policy(put('arn:aws:s3:::*-uploads/in')), gateway),
      findings: [finding('critical', expect.stringMatching(/^callers can reach resources of any AWS account through Statement 0: the role `arn:aws:iam::111111111111:role\/someone` could call s3:PutObject on `arn:aws:s3:::[^`]*-uploads\/in`$/) as string, 's3:PutObject')],
    },
  },
  undecided: {
    ...unreadableEndpoints,
    'a bucket of which the definition does not tell': {
      item: vpcEndpoint(policy(put(['arn:aws:s3:::acme-logs/*', 'arn:aws:s3:::prod-artifacts/*'])), gateway),
      because: 'owner of bucket `prod-artifacts`', unknowns: [{ kind: 'bucket', id: 'prod-artifacts' }],
    },
  },
  notApplicable: endpointsWithoutPolicy,
});
