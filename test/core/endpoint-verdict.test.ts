import { describe, expect, it, vi } from 'vitest';
import { endpointVerdict } from '../../core/endpoint-verdict.ts';
import { vpcEndpoint as read } from '../../items/vpc-endpoint.ts';
import { policy, vpcEndpoint } from '../support/items.ts';
import { now, ownAccount, perimeter } from '../support/perimeter.ts';

// The table of services is dated and changes; what the verdict makes of each of its answers does not.
vi.mock('../../items/tables/endpoint-services.ts', () => ({
  endpointService: (name: string) => name.endsWith('.without') ? { supportsPolicy: false, prefix: 'without' }
    : name.endsWith('.unclear') ? { supportsPolicy: undefined, prefix: undefined } : name.endsWith('.sqs') ? { supportsPolicy: true, prefix: 'sqs' } : undefined,
}));

const send = policy({ Effect: 'Allow', Principal: { AWS: ownAccount }, Action: 'sqs:SendMessage', Resource: '*' });
const verdict = (service: string, document: unknown = send) =>
  endpointVerdict(read(vpcEndpoint(document, { serviceName: `com.amazonaws.eu-west-1.${service}` })), 'principals', { perimeter, account: ownAccount, now });
const inside = { kind: 'compliant', notes: [] };

describe('an endpoint of a service', () => {
  it.each([
    ['that supports policies', 'sqs', inside],
    ['of which the table is not sure', 'unclear', inside],
    ['that the table does not know', 'new', inside],
    ['that supports none', 'without', { kind: 'not-applicable', because: '`com.amazonaws.eu-west-1.without` does not support endpoint policies' }],
  ])('%s', (_, service, expected) => { expect(verdict(service)).toEqual(expected); });
});
