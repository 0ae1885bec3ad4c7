import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { ownAccount } from './perimeter.ts';

const region = 'eu-west-1';

/** Ingress permissions of ranges, written twice for IPv4 as Config does. */
export const ingress = (...ranges: readonly string[]): Record<string, unknown> => {
  const [ipv6, ipv4] = [ranges.filter((one) => one.includes(':')), ranges.filter((one) => !one.includes(':'))];
  return {
    ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, ipRanges: ipv4, ipv4Ranges: ipv4.map((cidrIp) => ({ cidrIp })),
    ipv6Ranges: ipv6.map((cidrIpv6) => ({ cidrIpv6 })), prefixListIds: [], userIdGroupPairs: [],
  };
};

export const securityGroup = (id: string, vpcId: string, permissions: readonly unknown[] = [], more: Record<string, unknown> = {}): ConfigurationItem => normalizeItem({
  awsAccountId: ownAccount, awsRegion: region, resourceType: 'AWS::EC2::SecurityGroup', resourceId: id, ARN: `arn:aws:ec2:${region}:${ownAccount}:security-group/${id}`,
  configuration: { groupId: id, groupName: 'group', description: 'group', vpcId, ownerId: ownAccount, ipPermissions: permissions, ipPermissionsEgress: [], tags: [] }, ...more,
});

interface RolePolicies {
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, unknown>>;
  readonly boundary?: string;
}

/** A role as Config records it, with what it may do. */
export function executionRole({ attached = [], inline = {}, boundary }: RolePolicies, more: Record<string, unknown> = {}): ConfigurationItem {
  const arn = `arn:aws:iam::${ownAccount}:role/resize`;
  return normalizeItem({
    awsAccountId: ownAccount, awsRegion: 'global', resourceType: 'AWS::IAM::Role', resourceId: 'AROAEXAMPLEEXAMPLE123', resourceName: 'resize', ARN: arn,
    configuration: {
      path: '/', roleName: 'resize', roleId: 'AROAEXAMPLEEXAMPLE123', arn, assumeRolePolicyDocument: '', instanceProfileList: [],
      rolePolicyList: Object.entries(inline).map(([policyName, document]) => ({ policyName, policyDocument: encodeURIComponent(JSON.stringify(document)) })),
      attachedManagedPolicies: attached.map((policyArn) => ({ policyArn, policyName: policyArn.split('/').at(-1) })),
      permissionsBoundary: boundary === undefined ? null : { permissionsBoundaryArn: boundary, permissionsBoundaryType: 'Policy' }, tags: [], ...more,
    },
  });
}
