import { describe, expect, it } from 'vitest';
import { endpointVerdict } from '../../core/endpoint-verdict.ts';
import { vpcEndpoint as read } from '../../items/vpc-endpoint.ts';
import { policy, vpcEndpoint } from '../support/items.ts';
import { now, ownAccount, perimeter } from '../support/perimeter.ts';

const send = policy({ Effect: 'Allow', Principal: { AWS: ownAccount }, Action: 'sqs:SendMessage', Resource: '*' });
const verdict = (service: string, document: unknown = send) =>
  endpointVerdict(read(vpcEndpoint(document, { serviceName: `com.amazonaws.eu-west-1.${service}` })), 'principals', { perimeter, account: ownAccount, now });
const inside = { kind: 'compliant', notes: [] };

describe('an endpoint of a service', () => {
  it.each([
    ['that supports policies', 'sqs', inside],
    ['that the table does not know', 'made-tomorrow', inside],
    ['that supports none', 'cloudhsmv2', { kind: 'not-applicable', because: '`com.amazonaws.eu-west-1.cloudhsmv2` does not support endpoint policies' }],
  ])('%s', (_, service, expected) => { expect(verdict(service)).toEqual(expected); });
});
