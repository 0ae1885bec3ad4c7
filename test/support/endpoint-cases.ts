import type { Table } from './test-rule.ts';
import { policy, vpcEndpoint } from './items.ts';

const open = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });

/** Endpoints that both rules about endpoint policies leave alone, whatever the document. */
export const endpointsWithoutPolicy: NonNullable<Table['notApplicable']> = {
  'a Gateway Load Balancer endpoint': {
    item: vpcEndpoint(open, { vpcEndpointType: 'GatewayLoadBalancer', serviceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' }),
    because: 'endpoints of type `GatewayLoadBalancer` take no policy',
  },
  'an endpoint of a resource, which names no service': {
    item: vpcEndpoint(undefined, { vpcEndpointType: 'Resource', serviceName: undefined, resourceConfigurationArn: 'arn:aws:vpc-lattice:eu-west-1:222222222222:resourceconfiguration/rcfg-0123456789abcdef0' }),
    because: 'endpoints of type `Resource` take no policy',
  },
  'an endpoint of a service network': {
    item: vpcEndpoint(undefined, { vpcEndpointType: 'ServiceNetwork', serviceName: null }),
    because: 'endpoints of type `ServiceNetwork` take no policy',
  },
  'an endpoint that an AWS service manages': {
    item: vpcEndpoint(open, { requesterManaged: true }), because: 'an AWS service manages the endpoint, and nobody else can change its policy',
  },
  'an endpoint of somebody\'s own service': {
    item: vpcEndpoint(open, { serviceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' }),
    because: '`com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0` is not a service of AWS, and its endpoints take no policy',
  },
};

/** Items from which neither rule can tell. */
export const unreadableEndpoints: NonNullable<Table['undecided']> = {
  'an item without document': {
    item: vpcEndpoint(undefined), because: 'the item holds no policy document; the evaluator in the account asks EC2 for it, a recording alone cannot tell',
  },
  'an item without service': { item: vpcEndpoint(open, { serviceName: undefined }), because: 'the item has no `serviceName`' },
  'a document with an element twice': {
    item: vpcEndpoint('{"Version":"2012-10-17","Statement":[],"Statement":[]}'),
    because: 'AWS::EC2::VPCEndpoint vpce-0123456789abcdef0: `policyDocument` cannot be read: `/Statement`: the member stands there twice',
  },
  'an item without type': {
    item: vpcEndpoint(open, { vpcEndpointType: undefined }), because: 'AWS::EC2::VPCEndpoint vpce-0123456789abcdef0: the item has no `vpcEndpointType`',
  },
};
