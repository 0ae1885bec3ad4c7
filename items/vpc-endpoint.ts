import type { Policy } from '../policy/index.ts';
import type { ConfigurationItem } from './configuration-item.ts';
import { optionalFlag, optionalText, policyDocument, text } from './read.ts';

export interface VpcEndpoint {
  readonly id: string;
  readonly vpcId: string | undefined;
  /** As recorded: `Gateway`, `Interface`, `GatewayLoadBalancer`, `Resource`, `ServiceNetwork`, … */
  readonly type: string;
  /** Such as `com.amazonaws.eu-west-1.s3`; `undefined` on endpoints of resources and service networks, which lead to no service. */
  readonly serviceName: string | undefined;
  /** Managed by an AWS service (`requesterManaged`), so that nobody else can change its policy. */
  readonly requesterManaged: boolean;
  /** `undefined`: the item holds no document. */
  readonly policy: Policy | undefined;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html */
export function vpcEndpoint(item: ConfigurationItem): VpcEndpoint {
  const document = item.configuration['policyDocument'];
  return {
    id: item.resourceId,
    vpcId: optionalText(item, 'vpcId'),
    type: text(item, 'vpcEndpointType'),
    serviceName: optionalText(item, 'serviceName'),
    requesterManaged: optionalFlag(item, 'requesterManaged') ?? false,
    policy: document === undefined || document === null || document === '' ? undefined : policyDocument(item, 'policyDocument', document),
  };
}
