import { describe, expect, it } from 'vitest';
import { planNeeds } from '../../core/plan-fix.ts';
import { attachLambdaToVpc } from '../../remediations/attach-lambda-to-vpc.ts';
import { emptyPerimeter } from '../../policy/index.ts';
import { lambdaFunction, policy, subnet } from '../support/items.ts';
import { executionRole, securityGroup } from '../support/network-items.ts';
import { siblingAccount } from '../support/perimeter.ts';
import { definitionOf, testRemediation } from '../support/test-remediation.ts';

const mine = 'vpc-0a1b2c3d4e5f60718';
const foreign = 'vpc-0ffffffffffffffff';
const role = 'arn:aws:iam::111111111111:role/resize';
const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const networks = (some: Partial<typeof emptyPerimeter.networks>) => ({ networks: { ...emptyPerimeter.networks, ...some } });
const withState = (one: ReturnType<typeof subnet>, more: Record<string, unknown>) => ({ ...one, configuration: { ...one.configuration, ...more } });

const inA = subnet('subnet-aaaa1111', mine, 'eu-west-1a');
const inB = subnet('subnet-bbbb1111', mine, 'eu-west-1b');
const elsewhere = subnet('subnet-cccc1111', foreign, 'eu-west-1a');
const group = securityGroup('sg-0123456789abcdef0', mine);
const able = executionRole({ attached: [aws('service-role/AWSLambdaVPCAccessExecutionRole')] });
const unable = executionRole({ attached: [aws('service-role/AWSLambdaBasicExecutionRole')] });
const around = [inA, inB, elsewhere, group];

const numbered = (kind: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${kind}-${10 + i}`);
const parameters = { subnetIds: ['subnet-bbbb1111', 'subnet-aaaa1111'], securityGroupIds: ['sg-0123456789abcdef0'] };
const alone = (more: Record<string, unknown> = {}) => lambdaFunction({ revisionId: 'e1f2', ...more });
const inVpc = (subnetIds: string[], more: Record<string, unknown> = {}) => alone({ vpcConfig: { subnetIds, securityGroupIds: ['sg-0fedcba9876543210'] }, ...more });

const egress = `what \`resize\` calls is not recorded: in \`${mine}\` it reaches only what the routes and endpoints of its subnets lead to, and loses the rest of AWS and the internet`;
const versions = 'only the unpublished version changes: published versions, and the aliases on them, stay where they are until you publish anew and move the aliases, though the rule finds nothing any more';
const oneZone = 'all subnets lie in `eu-west-1a`: the function fails with that Availability Zone';
const update = (SubnetIds: string[], SecurityGroupIds = ['sg-0123456789abcdef0'], Ipv6AllowedForDualStack = false) => [
  { service: 'lambda', api: 'UpdateFunctionConfiguration', input: { FunctionName: 'resize', RevisionId: 'e1f2', VpcConfig: { SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack } } },
] as const;
const change = {
  steps: [`attach \`resize\` to \`subnet-aaaa1111\`, \`subnet-bbbb1111\` of \`${mine}\` with \`sg-0123456789abcdef0\``] as [string],
  before: { vpcConfig: { subnetIds: [], securityGroupIds: [] } },
  after: { vpcConfig: { subnetIds: ['subnet-aaaa1111', 'subnet-bbbb1111'], securityGroupIds: ['sg-0123456789abcdef0'] } },
  calls: update(['subnet-aaaa1111', 'subnet-bbbb1111']),
  approval: [egress], risks: [versions],
};
const changeInA = {
  ...change,
  steps: [`attach \`resize\` to \`subnet-aaaa1111\` of \`${mine}\` with \`sg-0123456789abcdef0\``] as [string],
  after: { vpcConfig: { subnetIds: ['subnet-aaaa1111'], securityGroupIds: ['sg-0123456789abcdef0'] } },
  calls: update(['subnet-aaaa1111']), risks: [versions, oneZone],
};
const asking = (reason: string) => ({ ...change, approval: [egress, reason] });
const interfaces = (...actions: string[]) => policy({ Effect: 'Allow', Action: actions.map((one) => `ec2:${one}`), Resource: '*' });
const all = ['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'];
const grants = (...statements: Record<string, unknown>[]) => executionRole({ inline: { network: policy(...statements) } });
const allow = (Action: unknown, Resource: unknown = '*', Condition?: unknown) => ({ Effect: 'Allow', Action, Resource, ...Condition === undefined ? {} : { Condition } });

testRemediation(attachLambdaToVpc, {
  noop: {
    'a function in a VPC of the perimeter': { item: inVpc(['subnet-aaaa1111']), parameters, related: around, because: '`lambda-in-perimeter-vpc` is compliant' },
    'a Lambda@Edge replica': {
      item: alone({ masterArn: 'arn:aws:lambda:us-east-1:111111111111:function:rewrite:4' }), parameters,
      because: '`lambda-in-perimeter-vpc` does not apply: a Lambda@Edge replica runs at edge locations, and those have no VPC',
    },
  },
  needsApproval: {
    'a function in no VPC': { item: alone(), parameters, related: [...around, able], change },
    'a function that never had a VPC, recorded without the member': { item: alone({ vpcConfig: undefined }), parameters, related: [...around, able], change: { ...change, before: { vpcConfig: null } } },
    'an active function whose last update succeeded': { item: alone({ state: { value: 'Active' }, lastUpdateStatus: 'Successful' }), parameters, related: [...around, able], change },
    'the same as the API says it': { item: alone({ State: 'Active', LastUpdateStatus: 'Successful' }), parameters, related: [...around, able], change },
    'the lists as texts, with subnets and groups of other accounts and Regions': {
      item: alone(), parameters: { subnetIds: 'subnet-aaaa1111, subnet-bbbb1111, subnet-dddd1111, subnet-eeee1111, subnet-gone1111', securityGroupIds: 'sg-0123456789abcdef0,sg-0000000000000000d' },
      related: [
        ...around, able, { ...subnet('subnet-dddd1111', foreign, 'eu-west-1a'), accountId: siblingAccount }, { ...subnet('subnet-eeee1111', foreign, 'eu-central-1a'), region: 'eu-central-1' },
        { ...securityGroup('sg-0000000000000000d', foreign), accountId: siblingAccount },
      ],
      change,
    },
    'no list of subnets, but subnets in the perimeter': {
      item: alone(), parameters: { securityGroupIds: ['sg-0123456789abcdef0'] }, perimeter: networks({ subnets: ['subnet-aaaa1111'] }), related: [...around, able], change: changeInA,
    },
    'a perimeter that lists no network, where any VPC will do': { item: alone(), parameters, perimeter: networks({}), related: [...around, able], change },
    'dual-stack subnets, and IPv6 asked for': {
      item: alone(), parameters: { ...parameters, ipv6: true },
      related: [...[inA, inB].map((one) => withState(one, { ipv6CidrBlockAssociationSet: [{ ipv6CidrBlock: '2001:db8::/64' }] })), group, able],
      change: {
        ...change, after: { vpcConfig: { ...change.after.vpcConfig, ipv6AllowedForDualStack: true } }, calls: update(['subnet-aaaa1111', 'subnet-bbbb1111'], undefined, true),
      },
    },
    'subnets with few addresses, that give out public ones': {
      item: alone(), parameters, related: [withState(inA, { availableIpAddressCount: 7, mapPublicIpOnLaunch: true }), withState(inB, { availableIpAddressCount: 8 }), group, able],
      change: {
        ...change,
        risks: [versions, 'few addresses were free in `subnet-aaaa1111`', '`subnet-aaaa1111` gives out public addresses, and functions get none: through an internet gateway they reach nothing'],
      },
    },
    'a function in another VPC': {
      item: inVpc(['subnet-cccc1111']), parameters, related: [...around, able],
      change: {
        ...change, before: { vpcConfig: { subnetIds: ['subnet-cccc1111'], securityGroupIds: ['sg-0fedcba9876543210'] } },
        approval: [egress, '`resize` leaves `subnet-cccc1111` and whatever it reaches there at private addresses'],
      },
    },
    'a function of this VPC in too few zones keeps its subnets and groups': {
      item: inVpc(['subnet-aaaa1111']), parameters: { subnetIds: ['subnet-bbbb1111'] }, rules: { 'lambda-in-perimeter-vpc': { minimumZones: 2 } }, related: [...around, able],
      change: {
        ...change,
        steps: [`attach \`resize\` to \`subnet-aaaa1111\`, \`subnet-bbbb1111\` of \`${mine}\` with \`sg-0fedcba9876543210\``],
        before: { vpcConfig: { subnetIds: ['subnet-aaaa1111'], securityGroupIds: ['sg-0fedcba9876543210'] } },
        after: { vpcConfig: { subnetIds: ['subnet-aaaa1111', 'subnet-bbbb1111'], securityGroupIds: ['sg-0fedcba9876543210'] } },
        calls: update(['subnet-aaaa1111', 'subnet-bbbb1111'], ['sg-0fedcba9876543210']),
      },
    },
    'a function in another subnet of that VPC, where the perimeter lists subnets': {
      item: inVpc(['subnet-bbbb1111']), parameters: { ...parameters, subnetIds: ['subnet-aaaa1111'] }, perimeter: networks({ subnets: ['subnet-aaaa1111'] }), related: [...around, able],
      change: {
        ...changeInA, before: { vpcConfig: { subnetIds: ['subnet-bbbb1111'], securityGroupIds: ['sg-0fedcba9876543210'] } },
        approval: [egress, '`resize` leaves `subnet-bbbb1111` and whatever it reaches there at private addresses'],
      },
    },
    'a function in too few zones of another VPC of the perimeter': {
      item: inVpc(['subnet-cccc1111']), parameters, perimeter: networks({ vpcs: [mine, foreign] }), rules: { 'lambda-in-perimeter-vpc': { minimumZones: 2 } }, related: [...around, able],
      change: {
        ...change, before: { vpcConfig: { subnetIds: ['subnet-cccc1111'], securityGroupIds: ['sg-0fedcba9876543210'] } },
        approval: [egress, '`resize` leaves `subnet-cccc1111` and whatever it reaches there at private addresses'],
      },
    },
    'a function in a subnet nobody recorded, and in too few zones whatever that one is': {
      item: inVpc(['subnet-aaaa1111', 'subnet-gone1111']), parameters: { ...parameters, subnetIds: ['subnet-aaaa1111', 'subnet-bbbb1111', 'subnet-cccc2222'] }, perimeter: networks({}),
      rules: { 'lambda-in-perimeter-vpc': { minimumZones: 3 } }, related: [...around, subnet('subnet-cccc2222', mine, 'eu-west-1c'), able],
      change: {
        ...change, steps: [`attach \`resize\` to \`subnet-aaaa1111\`, \`subnet-bbbb1111\`, \`subnet-cccc2222\` of \`${mine}\` with \`sg-0123456789abcdef0\``],
        before: { vpcConfig: { subnetIds: ['subnet-aaaa1111', 'subnet-gone1111'], securityGroupIds: ['sg-0fedcba9876543210'] } },
        after: { vpcConfig: { subnetIds: ['subnet-aaaa1111', 'subnet-bbbb1111', 'subnet-cccc2222'], securityGroupIds: ['sg-0123456789abcdef0'] } },
        calls: update(['subnet-aaaa1111', 'subnet-bbbb1111', 'subnet-cccc2222']),
        approval: [egress, '`resize` leaves `subnet-gone1111` and whatever it reaches there at private addresses'],
      },
    },
    'a function of this VPC recorded without groups gets those of the list': {
      item: alone({ vpcConfig: { subnetIds: ['subnet-aaaa1111'] } }), parameters, rules: { 'lambda-in-perimeter-vpc': { minimumZones: 2 } }, related: [...around, able],
      change: { ...change, before: { vpcConfig: { subnetIds: ['subnet-aaaa1111'] } } },
    },
    'a list that names a subnet twice': { item: alone(), parameters: { ...parameters, subnetIds: ['subnet-aaaa1111', 'subnet-aaaa1111'] }, related: [...around, able], change: changeInA },
    'as many subnets and groups as Lambda takes': {
      item: alone(), parameters: { subnetIds: numbered('subnet', 16), securityGroupIds: numbered('sg', 5) }, related: [...numbered('subnet', 16).map((id) => subnet(id, mine, 'eu-west-1a')), ...numbered('sg', 5).map((id) => securityGroup(id, mine)), able],
      change: {
        ...changeInA, steps: [`attach \`resize\` to ${numbered('subnet', 16).map((id) => `\`${id}\``).join(', ')} of \`${mine}\` with ${numbered('sg', 5).map((id) => `\`${id}\``).join(', ')}`],
        after: { vpcConfig: { subnetIds: numbered('subnet', 16), securityGroupIds: numbered('sg', 5) } }, calls: update(numbered('subnet', 16), numbered('sg', 5)),
      },
    },
    'a function that a stack made': {
      item: { ...alone(), tags: { 'aws:cloudformation:stack-name': 'thumbnails' } }, parameters, related: [...around, able],
      change: { ...change, risks: [versions, 'CloudFormation stack `thumbnails` made the resource: change its template too, or its next deployment may undo this or fail'] },
    },
    'a role nobody recorded': {
      item: alone(), parameters, related: around,
      change: asking(`the execution role \`${role}\` was not found, so nobody can say here whether it may make network interfaces; \`AWSLambdaVPCAccessExecutionRole\` allows it`),
    },
    'a function that names no role': {
      item: alone({ role: undefined }), parameters, related: around,
      change: asking('the execution role was not found, so nobody can say here whether it may make network interfaces; `AWSLambdaVPCAccessExecutionRole` allows it'),
    },
    'a role that may by an inline policy': { item: alone(), parameters, related: [...around, executionRole({ inline: { network: interfaces(...all) } })], change },
    'a role that may by two policies together': {
      item: alone(), parameters, related: [...around, executionRole({ attached: [aws('service-role/AWSLambdaENIManagementAccess')], inline: { network: interfaces('DescribeSubnets') } })], change,
    },
    'an administrator': { item: alone(), parameters, related: [...around, executionRole({ attached: [aws('AdministratorAccess')] })], change },
    'a role that may on resources of its own': {
      item: alone(), parameters, change,
      related: [...around, grants(allow('ec2:Describe*'), allow(['ec2:*NetworkInterface', 'ec2:*PrivateIpAddresses'], ['arn:aws:ec2:eu-west-1:111111111111:*/*']))],
    },
    'a role that may, beside a policy of the customer that was not read': {
      item: alone(), parameters, related: [...around, executionRole({ attached: [aws('PowerUserAccess'), 'arn:aws:iam::111111111111:policy/resize'], boundary: 'arn:aws:iam::111111111111:policy/limits' })],
      change: asking(`the execution role \`${role}\` may make network interfaces, unless one of these denies it, which were not read: \`arn:aws:iam::111111111111:policy/resize\`, \`arn:aws:iam::111111111111:policy/limits\``),
    },
    'a role of which only the trust policy was read': {
      item: alone(), parameters, related: [...around, executionRole({}, { rolePolicyList: undefined, attachedManagedPolicies: undefined })],
      change: asking(`whether the execution role \`${role}\` may make network interfaces is not known: these were not read: \`rolePolicyList\`, \`attachedManagedPolicies\``),
    },
    'a role with an inline policy that cannot be read': {
      item: alone(), parameters, related: [...around, executionRole({ inline: { broken: { Version: '2012-10-17', Statement: [{}] } } })],
      change: asking(`whether the execution role \`${role}\` may make network interfaces is not known: these were not read: \`broken\``),
    },
    'a role that may in one VPC only': {
      item: alone(), parameters,
      related: [...around, grants(allow(all.slice(1).map((one) => `ec2:${one}`)), allow('ec2:CreateNetworkInterface', '*', { StringEquals: { 'ec2:Vpc': 'arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1' } }))],
      change: asking(`whether the execution role \`${role}\` may make network interfaces is not known: conditions of its policies decide over \`ec2:CreateNetworkInterface\``),
    },
    'a role that is denied interfaces under a condition': {
      item: alone(), parameters, related: [...around, grants(allow('*'), { Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
      change: asking(`whether the execution role \`${role}\` may make network interfaces is not known: conditions of its policies decide over ${all.map((one) => `\`ec2:${one}\``).join(', ')}`),
    },
    'a role that is denied what a variable names, which may be anything': {
      item: alone(), parameters, related: [...around, grants(allow('*'), { Effect: 'Deny', Action: 'ec2:DeleteNetworkInterface', Resource: "arn:aws:ec2:*:*:${aws:PrincipalTag/kept, 'network-interface'}/*" })],
      change: asking(`whether the execution role \`${role}\` may make network interfaces is not known: conditions of its policies decide over \`ec2:DeleteNetworkInterface\``),
    },
    'a role whose policy names subnets by a variable': {
      item: alone(), parameters, related: [...around, grants(allow(all.slice(1).map((one) => `ec2:${one}`)), allow('ec2:CreateNetworkInterface', 'arn:aws:ec2:*:*:*/${aws:PrincipalTag/network}*'))],
      change: asking(`whether the execution role \`${role}\` may make network interfaces is not known: conditions of its policies decide over \`ec2:CreateNetworkInterface\``),
    },
  },
  refuse: {
    'a function that is inactive': {
      item: alone({ state: { value: 'Inactive' } }), parameters, because: '`resize` is in the state `Inactive`', next: 'get it to `Active`, then plan again; an inactive function becomes so when it is invoked',
    },
    'a function that failed, as the API says it': {
      item: alone({ State: 'Failed' }), parameters, because: '`resize` is in the state `Failed`', next: 'get it to `Active`, then plan again; an inactive function becomes so when it is invoked',
    },
    'a function under way': { item: alone({ lastUpdateStatus: 'InProgress' }), parameters, because: 'the last update of `resize` is `InProgress`', next: 'let it succeed, then plan again' },
    'an item without revision': {
      item: lambdaFunction(), parameters, because: 'the item has no `revisionId`, without which an update could overwrite another\'s', next: 'record the function anew by any change to it, then plan again',
    },
    'no subnet configured': { item: alone(), because: 'no subnet is configured', next: 'list private subnets as `subnetIds` of `attach-lambda-to-vpc` under `remediations` in `perimeter.yaml`' },
    'no subnet of this account': {
      item: alone(), parameters, related: [{ ...inA, accountId: siblingAccount }, { ...inB, region: 'eu-central-1' }],
      because: 'none of the configured subnets was found in account 111111111111, eu-west-1', next: 'add subnets of this account and Region to `subnetIds`, or record AWS::EC2::Subnet there',
    },
    'subnets of two VPCs': {
      item: alone(), parameters: { ...parameters, subnetIds: ['subnet-aaaa1111', 'subnet-cccc1111'] }, related: around,
      because: `the configured subnets of account 111111111111, eu-west-1, lie in several VPCs: \`${mine}\`, \`${foreign}\``, next: 'leave those of one VPC in `subnetIds`',
    },
    'a subnet outside the perimeter': {
      item: alone(), parameters: { ...parameters, subnetIds: ['subnet-cccc1111'] }, related: around,
      because: `\`subnet-cccc1111\` of \`${foreign}\` is outside the networks of the perimeter`, next: 'list subnets of the perimeter, or add the VPC to `networks`',
    },
    'more subnets than Lambda takes': {
      item: alone(), parameters: { ...parameters, subnetIds: Array.from({ length: 17 }, (_, i) => `subnet-${i}`) }, related: Array.from({ length: 17 }, (_, i) => subnet(`subnet-${i}`, mine, 'eu-west-1a')),
      because: '17 subnets are configured for the function, and Lambda takes 16', next: 'leave fewer in `subnetIds`',
    },
    'a subnet without IPv6, which is asked for': {
      item: alone(), parameters: { ...parameters, ipv6: 'true' }, related: [withState(inA, { ipv6CidrBlockAssociationSet: [{}] }), inB],
      because: '`subnet-bbbb1111` has no IPv6 range, which `ipv6` asks for', next: 'leave them out of `subnetIds`, or switch `ipv6` off',
    },
    'a subnet without a free address': {
      item: alone(), parameters, related: [withState(inA, { availableIpAddressCount: 0 }), inB],
      because: '`subnet-aaaa1111` had no free address when recorded', next: 'leave full subnets out of `subnetIds`, or record them anew',
    },
    'no security group configured': {
      item: alone(), parameters: { subnetIds: parameters.subnetIds }, related: around,
      because: 'no security group is configured', next: 'list them as `securityGroupIds` of `attach-lambda-to-vpc` under `remediations` in `perimeter.yaml`',
    },
    'no security group of this account': {
      item: alone(), parameters, related: [inA, inB, { ...group, accountId: siblingAccount }],
      because: 'none of the configured security groups was found in account 111111111111, eu-west-1', next: 'add groups of this account and Region to `securityGroupIds`, or record AWS::EC2::SecurityGroup there',
    },
    'a security group of another VPC': {
      item: alone(), parameters, related: [inA, inB, securityGroup('sg-0123456789abcdef0', foreign)],
      because: '`sg-0123456789abcdef0` belongs to another VPC than the subnets', next: `leave only groups of \`${mine}\` in \`securityGroupIds\``,
    },
    'more security groups than Lambda takes': {
      item: alone(), parameters: { ...parameters, securityGroupIds: ['sg-1', 'sg-2', 'sg-3', 'sg-4', 'sg-5', 'sg-6'] }, related: [inA, inB, ...[1, 2, 3, 4, 5, 6].map((i) => securityGroup(`sg-${i}`, mine))],
      because: '6 security groups are configured for the function, and Lambda takes 5', next: 'leave fewer in `securityGroupIds`',
    },
    'a role that writes logs only': {
      item: alone(), parameters, related: [...around, unable],
      because: `the execution role \`${role}\` lacks ${all.map((one) => `\`ec2:${one}\``).join(', ')}, which Lambda needs to attach the function`,
      next: `attach this policy to the role, then plan again: ${JSON.stringify(interfaces(...all))}`,
    },
    'a role with the older policy of AWS alone': {
      item: alone(), parameters, related: [...around, executionRole({ attached: [aws('service-role/AWSLambdaENIManagementAccess')] })],
      because: `the execution role \`${role}\` lacks \`ec2:DescribeSubnets\`, which Lambda needs to attach the function`,
      next: 'attach this policy to the role, then plan again: {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:DescribeSubnets"],"Resource":"*"}]}',
    },
    'a role that may in one subnet only, and not in the other': {
      item: alone(), parameters,
      related: [...around, grants(allow(all.slice(1).map((one) => `ec2:${one}`)), allow('ec2:CreateNetworkInterface', ['arn:aws:ec2:*:*:network-interface/*', 'arn:aws:ec2:*:*:security-group/*', 'arn:aws:ec2:*:*:subnet/subnet-aaaa1111']))],
      because: `the execution role \`${role}\` lacks \`ec2:CreateNetworkInterface\`, which Lambda needs to attach the function`,
      next: 'attach this policy to the role, then plan again: {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:CreateNetworkInterface"],"Resource":"*"}]}',
    },
    'a role that may list interfaces of a name only, which lists none': {
      item: alone(), parameters, related: [...around, grants(allow(all.filter((one) => one !== 'DescribeNetworkInterfaces').map((one) => `ec2:${one}`)), allow('ec2:DescribeNetworkInterfaces', 'arn:aws:ec2:*:*:network-interface/*'))],
      because: `the execution role \`${role}\` lacks \`ec2:DescribeNetworkInterfaces\`, which Lambda needs to attach the function`,
      next: 'attach this policy to the role, then plan again: {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:DescribeNetworkInterfaces"],"Resource":"*"}]}',
    },
    'a role that denies interfaces, whatever else was not read': {
      item: alone(), parameters,
      related: [...around, executionRole({ attached: ['arn:aws:iam::111111111111:policy/resize'], inline: { no: policy({ Effect: 'Deny', Action: 'ec2:CreateNetworkInterface', Resource: '*' }) } })],
      because: `the execution role \`${role}\` denies \`ec2:CreateNetworkInterface\`, which Lambda needs to attach the function`, next: 'take them out of the Deny, then plan again',
    },
    'subnets of one zone, where the rule asks for two': {
      item: alone(), parameters: { ...parameters, subnetIds: ['subnet-aaaa1111'] }, rules: { 'lambda-in-perimeter-vpc': { minimumZones: 2 } }, related: [...around, able],
      because: '`lambda-in-perimeter-vpc` would still find that the function\'s subnets span 1 of the 2 Availability Zones that `minimumZones` asks for', next: 'mend it by hand, as the rule says',
    },
    'subnets nobody recorded, in which the function is now': {
      item: inVpc(['subnet-dddd1111']), parameters, related: around,
      because: '`lambda-in-perimeter-vpc` is undecided: no configuration item was found of `subnet-dddd1111`; record AWS::EC2::Subnet too', next: 'settle what the rule asks for, then plan again',
    },
  },
});

describe('attach-lambda-to-vpc asks for', () => {
  it.each([
    ['subnets and groups of the lists, and the role by ARN', alone(), parameters, {}, [
      'AWS::EC2::Subnet subnet-bbbb1111', 'AWS::EC2::Subnet subnet-aaaa1111', 'AWS::EC2::SecurityGroup sg-0123456789abcdef0', `AWS::IAM::Role ${role}`,
    ]],
    ['subnets of the perimeter where none are listed, and those the function is in', inVpc(['subnet-cccc1111']), {}, networks({ subnets: ['subnet-aaaa1111'] }), [
      'AWS::EC2::Subnet subnet-aaaa1111', 'AWS::EC2::Subnet subnet-cccc1111', `AWS::IAM::Role ${role}`,
    ]],
  ] as const)('%s', (_, item, given, perimeter, expected) => {
    expect(planNeeds(attachLambdaToVpc, item, definitionOf(attachLambdaToVpc, { parameters: given, perimeter })).map(({ type, id }) => `${type} ${id}`)).toEqual(expected);
  });
});
