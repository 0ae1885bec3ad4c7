import type { ConfigurationItem } from './configuration-item.ts';
import { objects } from './members.ts';
import { text } from './read.ts';
import { spelled, spelledItem } from './spelling.ts';

export interface SecurityGroup {
  readonly id: string;
  readonly vpcId: string;
  /** Ranges it lets in that belong to no private network, in the order in which they are written. */
  readonly publicSources: readonly string[];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html */
export function securityGroup(recorded: ConfigurationItem): SecurityGroup {
  const item = spelledItem(recorded, ['vpcId', 'ipPermissions']);
  // Config writes IPv4 ranges twice, as `ipRanges` (texts) and as `ipv4Ranges`; the API calls the objects `IpRanges`.
  const sources = objects(item, 'ipPermissions', ['ipRanges', 'ipv4Ranges', 'ipv6Ranges']).flatMap((permission) => Object.values(permission).flatMap(rangesOf));
  return { id: item.resourceId, vpcId: text(item, 'vpcId'), publicSources: [...new Set(sources)].filter((one) => !isPrivate(one)) };
}

const rangesOf = (list: unknown): string[] => !Array.isArray(list) ? [] : list.flatMap((one: unknown) => {
  if (typeof one === 'string') return [one];
  if (typeof one !== 'object' || one === null) return [];
  return Object.values(spelled(one as Record<string, unknown>, ['cidrIp', 'cidrIpv6'])).filter((range) => typeof range === 'string');
});

/** Private networks as the number that their first bits make, and how many bits those are: RFC 1918, RFC 6598. */
const privateNetworks = [[10, 8], [172 * 16 + 1, 12], [192 * 256 + 168, 16], [100 * 4 + 1, 10]] as const;

/** Whether all addresses of a range are such as nobody has on the internet. */
function isPrivate(range: string): boolean {
  const ipv4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(range)?.slice(1).map(Number);
  // RFC 4193: fc00::/7
  if (ipv4 === undefined) return /^f[cd][\da-f]{2}:/i.test(range) && Number(range.split('/')[1]) >= 7;
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = ipv4;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return privateNetworks.some(([network, bits]) => length >= bits && Math.floor(address / 2 ** (32 - bits)) === network);
}
