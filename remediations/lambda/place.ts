import type { ConfigurationItem } from '../../items/configuration-item.ts';
import type { LambdaFunctionState } from '../../items/lambda-function-state.ts';
import { securityGroup } from '../../items/security-group.ts';
import { subnetState, type SubnetState } from '../../items/subnet-state.ts';
import type { Networks } from '../../policy/index.ts';
import { named } from '../network/risks.ts';
import { configuredSubnets, refuse, type Given, type Refusal } from './given.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html */
const MOST_SUBNETS = 16;
const MOST_GROUPS = 5;
/** AWS keeps five addresses of each subnet; one with few others may run out while the interfaces are made. */
const FEW_ADDRESSES = 8;

export interface Place {
  readonly vpcId: string;
  readonly subnets: readonly SubnetState[];
  readonly securityGroupIds: readonly string[];
  /** Subnets the function is in now and will be no more. */
  readonly leaves: readonly string[];
}

/** Where the function goes: the subnets and groups of the lists that exist in its account and Region. */
export function placeOf({ subnetIds: current, securityGroupIds: currentGroups }: LambdaFunctionState, { item, parameters: given, perimeter, related }: Given): Place | Refusal {
  const { accountId, region } = item;
  const isHere = (one: ConfigurationItem): boolean => one.accountId === accountId && one.region === region;
  const here = (ids: readonly string[], found: ReadonlyMap<string, ConfigurationItem>) => [...new Set(ids)].flatMap((id) => {
    const one = found.get(id);
    return one !== undefined && isHere(one) ? [one] : [];
  });
  const wanted = configuredSubnets(perimeter, given);
  if (wanted.length === 0) return refuse('no subnet is configured', 'list private subnets as `subnetIds` of `attach-lambda-to-vpc` under `remediations` in `perimeter.yaml`');
  const configured = here(wanted, related.subnets).map(subnetState);
  const [first] = configured;
  if (first === undefined) return refuse(`none of the configured subnets was found in account ${accountId}, ${region}`, 'add subnets of this account and Region to `subnetIds`, or record AWS::EC2::Subnet there');
  const { vpcId } = first;
  const vpcs = [...new Set(configured.map((one) => one.vpcId))];
  if (vpcs.length > 1) return refuse(`the configured subnets of account ${accountId}, ${region}, lie in several VPCs: ${named(vpcs)}`, 'leave those of one VPC in `subnetIds`');
  const outside = configured.filter((one) => !isInside(one, perimeter.networks));
  if (outside.length > 0) return refuse(`${named(outside.map(({ id }) => id))} of \`${vpcId}\` ${outside.length === 1 ? 'is' : 'are'} outside the networks of the perimeter`, 'list subnets of the perimeter, or add the VPC to `networks`');

  // A function of this VPC keeps its subnets and groups, and gets what it lacks.
  const own = here(current, related.subnets).map(subnetState);
  const stays = current.length > 0 && own.length === current.length && own.every((one) => one.vpcId === vpcId && isInside(one, perimeter.networks));
  const subnets = stays ? [...own, ...configured.filter(({ id }) => !current.includes(id))] : configured;
  if (subnets.length > MOST_SUBNETS) return refuse(`${subnets.length} subnets are configured for the function, and Lambda takes ${MOST_SUBNETS}`, 'leave fewer in `subnetIds`');
  const withoutIpv6 = given.ipv6 ? subnets.filter(({ hasIpv6 }) => !hasIpv6).map(({ id }) => id) : [];
  if (withoutIpv6.length > 0) return refuse(`${named(withoutIpv6)} ${withoutIpv6.length === 1 ? 'has' : 'have'} no IPv6 range, which \`ipv6\` asks for`, 'leave them out of `subnetIds`, or switch `ipv6` off');
  const full = subnets.filter(({ freeAddresses }) => freeAddresses === 0).map(({ id }) => id);
  if (full.length > 0) return refuse(`${named(full)} had no free address when recorded`, 'leave full subnets out of `subnetIds`, or record them anew');
  if (stays && currentGroups.length > 0) return { vpcId, subnets, securityGroupIds: [...currentGroups].sort(), leaves: [] };

  if (given.securityGroupIds.length === 0) return refuse('no security group is configured', 'list them as `securityGroupIds` of `attach-lambda-to-vpc` under `remediations` in `perimeter.yaml`');
  const groups = here(given.securityGroupIds, related.securityGroups).map(securityGroup);
  if (groups.length === 0) return refuse(`none of the configured security groups was found in account ${accountId}, ${region}`, 'add groups of this account and Region to `securityGroupIds`, or record AWS::EC2::SecurityGroup there');
  const foreign = groups.filter((one) => one.vpcId !== vpcId).map(({ id }) => id);
  if (foreign.length > 0) return refuse(`${named(foreign)} ${foreign.length === 1 ? 'belongs' : 'belong'} to another VPC than the subnets`, `leave only groups of \`${vpcId}\` in \`securityGroupIds\``);
  if (groups.length > MOST_GROUPS) return refuse(`${groups.length} security groups are configured for the function, and Lambda takes ${MOST_GROUPS}`, 'leave fewer in `securityGroupIds`');
  return { vpcId, subnets, securityGroupIds: groups.map(({ id }) => id).sort(), leaves: current.filter((id) => !subnets.some((one) => one.id === id)) };
}

/** As the rule judges it: a perimeter that lists neither VPCs nor subnets takes any VPC. */
const isInside = ({ id, vpcId }: SubnetState, { vpcs, subnets }: Networks): boolean => (vpcs.length === 0 && subnets.length === 0) || vpcs.includes(vpcId) || subnets.includes(id);

/** What of the subnets themselves may trouble the function. */
export function subnetRisks(subnets: readonly SubnetState[]): readonly string[] {
  const zones = [...new Set(subnets.map(({ zone }) => zone))];
  const few = subnets.filter(({ freeAddresses }) => freeAddresses !== undefined && freeAddresses < FEW_ADDRESSES).map(({ id }) => id);
  const open = subnets.filter(({ isForPublicAddresses }) => isForPublicAddresses).map(({ id }) => id);
  return [
    ...zones.length > 1 ? [] : [`all subnets lie in \`${zones[0]}\`: the function fails with that Availability Zone`],
    ...few.length === 0 ? [] : [`few addresses were free in ${named(few)}`],
    ...open.length === 0 ? [] : [`${named(open)} ${open.length === 1 ? 'gives' : 'give'} out public addresses, and functions get none: through an internet gateway they reach nothing`],
  ];
}
