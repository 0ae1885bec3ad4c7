import { describe, expect, it } from 'vitest';
import { endpointVerdict } from '../../core/endpoint-verdict.ts';
import { vpcEndpoint as read } from '../../items/vpc-endpoint.ts';
import { policy, vpcEndpoint } from '../support/items.ts';
import { now, organization, ownAccount, perimeter } from '../support/perimeter.ts';

const send = policy({ Effect: 'Allow', Principal: { AWS: ownAccount }, Action: 'sqs:SendMessage', Resource: '*' });
const verdict = (service: string, document: unknown = send) =>
  endpointVerdict(read(vpcEndpoint(document, { serviceName: `com.amazonaws.eu-west-1.${service}` })), 'principals', { perimeter, account: ownAccount, now });
const inside = { kind: 'compliant', notes: [] };

const open = (...actions: string[]): object => policy(...actions.map((Action) => ({ Effect: 'Allow', Principal: '*', Action, Resource: '*' })));
describe('an endpoint of a service', () => {
  it.each([
    ['of which the actions may begin otherwise than its name does', 'foo-data', open('foo:*'), 'non-compliant'],
    ['of which the policy says nothing that is open', 'foo-data', policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization, 'aws:ResourceOrgID': organization } } }), 'compliant'],
    ['that the tables know, beside actions of another', 'sqs', open('foo:*'), 'compliant'],
    ['that the tables know, none of whose actions takes a resource, beside actions of another', 'lakeformation', open('foo:*'), 'compliant'],
    ['without a name', '', open('foo:*'), 'undecided'],
  ])('%s', (_, service, document, expected) => {
    for (const objective of ['principals', 'resources'] as const) expect(endpointVerdict(read(vpcEndpoint(document, { serviceName: service === '' ? '' : `com.amazonaws.eu-west-1.${service}` })), objective, { perimeter, account: ownAccount, now }).kind).toBe(expected);
  });
  it.each([
    ['that supports policies', 'sqs', inside],
    ['that the table does not know', 'made-tomorrow', { kind: 'compliant', notes: ['the service is not known: the answer is exact where `service` is given'] }],
    ['that only the table of endpoints knows', 'macie2', inside],
    ['of which a table tells what its actions begin with', 'pipes-data', inside],
    ['that supports none', 'cloudhsmv2', { kind: 'not-applicable', because: '`com.amazonaws.eu-west-1.cloudhsmv2` does not support endpoint policies' }],
  ])('%s', (_, service, expected) => { expect(verdict(service)).toEqual(expected); });
});
