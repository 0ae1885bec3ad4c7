import type { ConfigurationItem } from './configuration-item.ts';
import { objects } from './members.ts';
import { optionalFlag, UnreadableItem } from './read.ts';
import { spelledItem } from './spelling.ts';
import { subnet, type Subnet } from './subnet.ts';

/** What placing something in a subnet turns on. */
export interface SubnetState extends Subnet {
  /** As of the recording; a subnet in use has others now. */
  readonly freeAddresses: number | undefined;
  readonly hasIpv6: boolean;
  /** Whether instances get public addresses there, as they do in subnets that route to an internet gateway. */
  readonly isForPublicAddresses: boolean;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html */
export function subnetState(recorded: ConfigurationItem): SubnetState {
  const item = spelledItem(recorded, ['vpcId', 'availabilityZone', 'availableIpAddressCount', 'ipv6CidrBlockAssociationSet', 'mapPublicIpOnLaunch']);
  const free = item.configuration['availableIpAddressCount'];
  if (free !== undefined && free !== null && typeof free !== 'number') throw new UnreadableItem(`${item.resourceType} ${item.resourceId}: \`availableIpAddressCount\` is not a number`);
  return {
    ...subnet(item),
    freeAddresses: free ?? undefined,
    hasIpv6: objects(item, 'ipv6CidrBlockAssociationSet', []).length > 0,
    isForPublicAddresses: optionalFlag(item, 'mapPublicIpOnLaunch') ?? false,
  };
}
