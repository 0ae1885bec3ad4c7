import type { ListDiscoveredResourcesCommandInput, ListDiscoveredResourcesCommandOutput } from '@aws-sdk/client-config-service';
import type {
  DescribeSecurityGroupsCommandInput, DescribeSecurityGroupsCommandOutput, DescribeSubnetsCommandInput, DescribeSubnetsCommandOutput,
  DescribeVpcEndpointsCommandInput, DescribeVpcEndpointsCommandOutput,
} from '@aws-sdk/client-ec2';
import type { Role } from '@aws-sdk/client-iam';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { itemOf, tagsOf, type Place } from './item.ts';

/** Reads of AWS; what is not there is `undefined` or left out. */
export interface ReadPorts {
  readonly describeVpcEndpoints: (input: DescribeVpcEndpointsCommandInput) => Promise<Pick<DescribeVpcEndpointsCommandOutput, 'VpcEndpoints'>>;
  readonly describeSubnets: (input: DescribeSubnetsCommandInput) => Promise<Pick<DescribeSubnetsCommandOutput, 'Subnets' | 'NextToken'>>;
  readonly describeSecurityGroups: (input: DescribeSecurityGroupsCommandInput) => Promise<Pick<DescribeSecurityGroupsCommandOutput, 'SecurityGroups' | 'NextToken'>>;
  readonly listDiscoveredResources: (input: ListDiscoveredResourcesCommandInput) => Promise<Pick<ListDiscoveredResourcesCommandOutput, 'resourceIdentifiers'>>;
  readonly role: (name: string) => Promise<Role | undefined>;
  readonly rolePolicies: (name: string) => Promise<RolePolicies>;
  readonly functionConfiguration: (name: string) => Promise<FunctionConfiguration | undefined>;
  readonly functionTags: (arn: string) => Promise<Readonly<Record<string, string>>>;
}
export interface RolePolicies {
  readonly inline: readonly { readonly name: string; readonly document: string }[];
  readonly attached: readonly { readonly PolicyArn?: string | undefined; readonly PolicyName?: string | undefined }[];
}

/** A resource that is not there as it was recorded. */
export interface Absent { readonly absent: string; readonly next: string }
type Found = ConfigurationItem | Absent;
export const isAbsent = (found: Found): found is Absent => 'absent' in found;

const gone = (what: string): Absent => ({ absent: `there is no ${what} any more`, next: 'nothing is to be done where the resource is gone' });

/** The resource as it is now, by its id in AWS Config and in the form in which Config records it. */
export async function readResource(type: string, id: string, place: Place, ports: ReadPorts): Promise<Found> {
  switch (type) {
    case 'AWS::EC2::VPCEndpoint': return endpoint(id, place, ports);
    case 'AWS::IAM::Role': return role(id, place, ports);
    case 'AWS::Lambda::Function': return lambdaFunction(id, place, ports);
    default: throw new Error(`resources of type \`${type}\` cannot be read here`);
  }
}

// By filter, not by id: EC2 makes an error of an id that it does not know.
async function endpoint(id: string, place: Place, { describeVpcEndpoints }: ReadPorts): Promise<Found> {
  const { VpcEndpoints = [] } = await describeVpcEndpoints({ Filters: [{ Name: 'vpc-endpoint-id', Values: [id] }] });
  const found = VpcEndpoints.find(({ VpcEndpointId }) => VpcEndpointId === id);
  if (found === undefined) return gone(`VPC endpoint \`${id}\``);
  return itemOf(place, { resourceType: 'AWS::EC2::VPCEndpoint', resourceId: id, arn: `arn:${place.partition}:ec2:${place.region}:${place.accountId}:vpc-endpoint/${id}`, tags: tagsOf(found.Tags), configuration: found });
}

/** No API of IAM takes the id under which Config keeps a role, and one that was deleted and made again keeps the name, not the id. */
async function role(id: string, place: Place, { listDiscoveredResources, role: get }: ReadPorts): Promise<Found> {
  const { resourceIdentifiers = [] } = await listDiscoveredResources({ resourceType: 'AWS::IAM::Role', resourceIds: [id] });
  const name = resourceIdentifiers.find(({ resourceId }) => resourceId === id)?.resourceName;
  if (name === undefined) return { absent: `AWS Config lists no role with the id \`${id}\` in \`${place.region}\``, next: 'run this in the Region in which AWS Config records IAM, with the id that it gives the role' };
  const found = await get(name);
  if (found === undefined) return gone(`role \`${name}\``);
  if (found.RoleId !== id) return { absent: `the role \`${name}\` was deleted and made again: its id is \`${found.RoleId}\` now, not \`${id}\``, next: 'let AWS Config record the new role, and plan that one' };
  return roleItem(found, place);
}

const roleItem = (found: Role, place: Place, more: object = {}): ConfigurationItem => itemOf(place, {
  // Config keeps what belongs to no Region under this name.
  region: 'global',
  resourceType: 'AWS::IAM::Role', resourceId: found.RoleId ?? '', resourceName: found.RoleName, arn: found.Arn ?? '', tags: tagsOf(found.Tags), configuration: { ...found, ...more },
});

async function lambdaFunction(name: string, place: Place, { functionConfiguration, functionTags }: ReadPorts): Promise<Found> {
  const found = await functionConfiguration(name);
  if (found === undefined) return gone(`function \`${name}\``);
  const { FunctionArn: arn = '', Environment: _, ...configuration } = found;
  return itemOf(place, { resourceType: 'AWS::Lambda::Function', resourceId: name, resourceName: name, arn, tags: await functionTags(arn), configuration: { FunctionArn: arn, ...configuration } });
}

export interface Wanted { readonly type: string; readonly id: string }
export type Find = (type: string, id: string) => ConfigurationItem | undefined;

/** Items that a plan looks at beside its own, found by the type and id they were wanted by. */
export async function readRelated(wanted: readonly Wanted[], place: Place, ports: ReadPorts): Promise<Find> {
  const found = new Map<string, ConfigurationItem>();
  for (const type of new Set(wanted.map((one) => one.type))) {
    const ids = [...new Set(wanted.filter((one) => one.type === type).map(({ id }) => id))];
    for (const [id, item] of await readAll(type, ids, place, ports)) found.set(`${type} ${id}`, item);
  }
  return (type, id) => found.get(`${type} ${id}`);
}

async function readAll(type: string, ids: readonly string[], place: Place, ports: ReadPorts): Promise<readonly (readonly [string, ConfigurationItem])[]> {
  switch (type) {
    case 'AWS::EC2::Subnet': return (await paged('Subnets', 'subnet-id', ids, ports.describeSubnets)).map((one) => [one.SubnetId ?? '', itemOf(place, {
      resourceType: type, resourceId: one.SubnetId ?? '', arn: one.SubnetArn ?? '', accountId: one.OwnerId, tags: tagsOf(one.Tags), configuration: one,
    })]);
    case 'AWS::EC2::SecurityGroup': return (await paged('SecurityGroups', 'group-id', ids, ports.describeSecurityGroups)).map((one) => [one.GroupId ?? '', itemOf(place, {
      resourceType: type, resourceId: one.GroupId ?? '', arn: one.SecurityGroupArn ?? '', accountId: one.OwnerId, tags: tagsOf(one.Tags), configuration: one,
    })]);
    case 'AWS::IAM::Role': return (await Promise.all(ids.map(async (arn) => executionRole(arn, place, ports)))).flat();
    default: throw new Error(`resources of type \`${type}\` cannot be read here`);
  }
}

/** By filter, not by id: one that has gone would fail the whole call. */
async function paged<Name extends string, T>(name: Name, filter: string, ids: readonly string[], describe: (input: { Filters: { Name: string; Values: string[] }[]; NextToken?: string }) => Promise<{ [K in Name]?: T[] | undefined } & { NextToken?: string | undefined }>): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const page = await describe({ Filters: [{ Name: filter, Values: [...ids] }], ...token === undefined ? {} : { NextToken: token } });
    all.push(...page[name] ?? []);
    token = page.NextToken;
  } while (token !== undefined && token !== '');
  return all;
}

/** A role by the ARN by which a function names it, with what it may do. */
async function executionRole(arn: string, place: Place, { role: get, rolePolicies }: ReadPorts): Promise<(readonly [string, ConfigurationItem])[]> {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const found = await get(name);
  if (found?.Arn !== arn) return [];
  const { inline, attached } = await rolePolicies(name);
  return [[arn, roleItem(found, place, { RolePolicyList: inline.map(({ name: PolicyName, document }) => ({ PolicyName, PolicyDocument: document })), AttachedManagedPolicies: attached })]];
}
