import { expect, test } from 'vitest';
import { planFix } from '../../../core/plan-fix.ts';
import { planText } from '../../../core/plan-text.ts';
import type { AnyRemediation } from '../../../core/remediation.ts';
import { isAbsent, readRelated, readResource } from '../../../entry/planner/read.ts';
import type { ConfigurationItem } from '../../../items/configuration-item.ts';
import { readers } from '../../../items/facts.ts';
import { lambdaFunctionState } from '../../../items/lambda-function-state.ts';
import { rolePermissions } from '../../../items/role-permissions.ts';
import { securityGroup } from '../../../items/security-group.ts';
import { subnetState } from '../../../items/subnet-state.ts';
import { confineIamRoleTrust } from '../../../remediations/confine-iam-role-trust.ts';
import { confineVpcEndpointPolicy } from '../../../remediations/confine-vpc-endpoint-policy.ts';
import { iamRole, vpcEndpoint } from '../../support/items.ts';
import { definition, now } from '../../support/perimeter.ts';
import { place, worldOf } from './world.ts';

const policy = { Version: '2012-10-17', Statement: [] };
const found = async (...[type, id, answers]: [string, string, Parameters<typeof worldOf>[0]]) => {
  const item = await readResource(type, id, place, worldOf(answers).ports);
  if (isAbsent(item)) throw new Error(item.absent);
  return item;
};

test('a VPC endpoint has the form in which AWS Config records it', async () => {
  const asked: unknown[] = [];
  const item = await found('AWS::EC2::VPCEndpoint', 'vpce-1', { describeVpcEndpoints: async (input) => {
    asked.push(input);
    return { VpcEndpoints: [{ VpcEndpointId: 'vpce-1', VpcEndpointType: 'Interface', VpcId: 'vpc-1', ServiceName: 'com.amazonaws.eu-west-1.sqs', State: 'Available', PolicyDocument: JSON.stringify(policy), RequesterManaged: true, CreationTimestamp: new Date(0), Tags: [{ Key: 'team', Value: 'a' }] }] };
  } });
  expect(asked).toEqual([{ Filters: [{ Name: 'vpc-endpoint-id', Values: ['vpce-1'] }] }]);
  expect([item.resourceId, item.accountId, item.region, item.arn, item.tags, item.configuration['creationTimestamp']]).toEqual([
    'vpce-1', '111111111111', 'eu-west-1', 'arn:aws:ec2:eu-west-1:111111111111:vpc-endpoint/vpce-1', { team: 'a' }, '1970-01-01T00:00:00.000Z',
  ]);
  expect(readers['AWS::EC2::VPCEndpoint'](item)).toEqual({ id: 'vpce-1', type: 'Interface', vpcId: 'vpc-1', serviceName: 'com.amazonaws.eu-west-1.sqs', requesterManaged: true, policy: expect.anything() as unknown });
});

const aRole = { RoleName: 'deploy', RoleId: 'AROA1', Path: '/apps/', Arn: 'arn:aws:iam::111111111111:role/apps/deploy', CreateDate: new Date(0), AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(policy)) };
const listed = async () => ({ resourceIdentifiers: [{ resourceType: 'AWS::IAM::Role', resourceId: 'AROA1', resourceName: 'deploy' } as const] });

test('a role is found by its id, through AWS Config', async () => {
  const item = await found('AWS::IAM::Role', 'AROA1', { listDiscoveredResources: listed, role: async (name) => ({ ...aRole, RoleName: name, Tags: [{ Key: 'team', Value: 'a' }] }) });
  expect([item.resourceId, item.resourceName, item.region, item.tags]).toEqual(['AROA1', 'deploy', 'global', { team: 'a' }]);
  expect(readers['AWS::IAM::Role'](item)).toEqual({ name: 'deploy', path: '/apps/', arn: aRole.Arn, managedByAws: false, trustPolicy: expect.anything() as unknown });
});

test('a function has its tags, and not its environment', async () => {
  const asked: string[] = [];
  const item = await found('AWS::Lambda::Function', 'resize', {
    functionConfiguration: async () => ({
      FunctionName: 'resize', FunctionArn: 'arn:f', RevisionId: 'r1', State: 'Active', LastUpdateStatus: 'Successful', Role: 'arn:role', Environment: { Variables: { TOKEN: 'secret' } },
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'], VpcId: 'vpc-1' },
    }),
    functionTags: async (arn) => { asked.push(arn); return { team: 'a' }; },
  });
  expect([asked, item.arn, item.tags, JSON.stringify(item).includes('secret')]).toEqual([['arn:f'], 'arn:f', { team: 'a' }, false]);
  expect(lambdaFunctionState(item)).toEqual({ name: 'resize', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], role: 'arn:role', state: 'Active', lastUpdateStatus: 'Successful', revisionId: 'r1' });
});

test.each<[string, string, Parameters<typeof worldOf>[0], string]>([
  ['AWS::EC2::VPCEndpoint', 'vpce-1', { describeVpcEndpoints: async () => ({ VpcEndpoints: [{ VpcEndpointId: 'vpce-2' }] }) }, 'there is no VPC endpoint `vpce-1` any more'],
  ['AWS::IAM::Role', 'AROA1', { listDiscoveredResources: async () => ({}) }, 'AWS Config lists no role with the id `AROA1` in `eu-west-1`'],
  ['AWS::IAM::Role', 'AROA1', { listDiscoveredResources: listed, role: async () => undefined }, 'there is no role `deploy` any more'],
  ['AWS::IAM::Role', 'AROA1', { listDiscoveredResources: listed, role: async () => ({ ...aRole, RoleId: 'AROA2' }) }, 'the role `deploy` was deleted and made again: its id is `AROA2` now, not `AROA1`'],
  ['AWS::Lambda::Function', 'resize', { functionConfiguration: async () => undefined }, 'there is no function `resize` any more'],
])('%s %s is absent', async (type, id, answers, absent) => {
  expect(await readResource(type, id, place, worldOf(answers).ports)).toEqual({ absent, next: expect.any(String) as unknown });
});

test('what a plan looks at beside is read page by page, and found by what it was wanted by', async () => {
  const asked: unknown[] = [];
  const { ports } = worldOf({
    describeSubnets: async (input) => {
      asked.push(input);
      const subnet = (SubnetId: string) => ({ SubnetId, OwnerId: '222222222222', VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1a', AvailableIpAddressCount: 7, MapPublicIpOnLaunch: true, Ipv6CidrBlockAssociationSet: [{ AssociationId: 'a' }] });
      return input.NextToken === undefined ? { Subnets: [subnet('subnet-1')], NextToken: '2' } : { Subnets: [subnet('subnet-2')] };
    },
    describeSecurityGroups: async () => ({ SecurityGroups: [{ GroupId: 'sg-1', VpcId: 'vpc-1', IpPermissions: [{ IpRanges: [{ CidrIp: '203.0.113.0/24' }] }] }] }),
    role: async (name) => name === 'deploy' ? aRole : undefined,
    rolePolicies: async () => ({ inline: [{ name: 'all', document: encodeURIComponent(JSON.stringify(policy)) }], attached: [{ PolicyArn: 'arn:p', PolicyName: 'p' }] }),
  });
  const find = await readRelated([
    { type: 'AWS::EC2::Subnet', id: 'subnet-1' }, { type: 'AWS::EC2::Subnet', id: 'subnet-2' }, { type: 'AWS::EC2::Subnet', id: 'subnet-1' }, { type: 'AWS::EC2::SecurityGroup', id: 'sg-1' },
    { type: 'AWS::IAM::Role', id: aRole.Arn }, { type: 'AWS::IAM::Role', id: 'arn:aws:iam::222222222222:role/deploy' }, { type: 'AWS::IAM::Role', id: 'arn:aws:iam::111111111111:role/other' },
  ], place, ports);
  const Filters = [{ Name: 'subnet-id', Values: ['subnet-1', 'subnet-2'] }];
  expect(asked).toEqual([{ Filters }, { Filters, NextToken: '2' }]);
  expect(subnetState(find('AWS::EC2::Subnet', 'subnet-2')!)).toEqual({ id: 'subnet-2', vpcId: 'vpc-1', zone: 'eu-west-1a', freeAddresses: 7, hasIpv6: true, isForPublicAddresses: true });
  expect(find('AWS::EC2::Subnet', 'subnet-1')!.accountId).toBe('222222222222');
  expect(securityGroup(find('AWS::EC2::SecurityGroup', 'sg-1')!)).toEqual({ id: 'sg-1', vpcId: 'vpc-1', publicSources: ['203.0.113.0/24'] });
  expect(rolePermissions(find('AWS::IAM::Role', aRole.Arn)!)).toEqual({ arn: aRole.Arn, inline: [expect.anything()], attached: ['arn:p'], boundary: undefined, unread: [] });
  expect([find('AWS::IAM::Role', 'arn:aws:iam::222222222222:role/deploy'), find('AWS::IAM::Role', 'arn:aws:iam::111111111111:role/other'), find('AWS::EC2::Subnet', 'sg-1')]).toEqual([undefined, undefined, undefined]);
});

/** What a person approves on a laptop, from a recording, is what the planner makes of the resource itself. */
const sameText = (remediation: AnyRemediation, recorded: ConfigurationItem, live: ConfigurationItem): readonly string[] => [recorded, live].map((item) => {
  const plan = planFix(remediation, item, { definition, related: () => undefined, now });
  if (plan.outcome === 'noop' || plan.outcome === 'refuse') throw new Error(plan.because);
  return planText(remediation.id, item, plan);
});
const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

test('the plan for an endpoint is the same of a recording and of the endpoint', async () => {
  const recorded = vpcEndpoint(open);
  const live = await found('AWS::EC2::VPCEndpoint', recorded.resourceId, { describeVpcEndpoints: async () => ({ VpcEndpoints: [{
    VpcEndpointId: recorded.resourceId, VpcEndpointType: 'Interface', VpcId: 'vpc-0a1b2c3d4e5f60718', ServiceName: 'com.amazonaws.eu-west-1.sqs', State: 'Available', RequesterManaged: false, Tags: [],
    // EC2 answers with white space that Config does not keep.
    PolicyDocument: JSON.stringify(open, null, 2),
  }] }) });
  const [approved, planned] = sameText(confineVpcEndpointPolicy, recorded, live);
  expect(planned).toBe(approved);
});

test('the plan for a role is the same of a recording and of the role', async () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] };
  const recorded = iamRole(trust);
  const live = await found('AWS::IAM::Role', recorded.resourceId, {
    listDiscoveredResources: async () => ({ resourceIdentifiers: [{ resourceType: 'AWS::IAM::Role', resourceId: recorded.resourceId, resourceName: 'deploy' }] }),
    role: async () => ({ RoleName: 'deploy', RoleId: recorded.resourceId, Path: '/', Arn: recorded.arn, CreateDate: new Date(0), AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)) }),
  });
  const [approved, planned] = sameText(confineIamRoleTrust, recorded, live);
  expect(planned).toBe(approved);
});
