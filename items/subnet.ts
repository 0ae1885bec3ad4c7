import type { ConfigurationItem } from './configuration-item.ts';
import { text } from './read.ts';

export interface Subnet { readonly id: string; readonly vpcId: string; readonly zone: string }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html */
export const subnet = (item: ConfigurationItem): Subnet => ({ id: item.resourceId, vpcId: text(item, 'vpcId'), zone: text(item, 'availabilityZone') });
