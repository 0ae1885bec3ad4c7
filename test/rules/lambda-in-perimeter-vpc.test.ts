import { describe, expect, it } from 'vitest';
import { relatedIds } from '../../core/evaluate.ts';
import { emptyPerimeter } from '../../policy/index.ts';
import { lambdaInPerimeterVpc } from '../../rules/lambda-in-perimeter-vpc.ts';
import { lambdaFunction, subnet } from '../support/items.ts';
import { definition } from '../support/perimeter.ts';
import { testRule } from '../support/test-rule.ts';

const mine = 'vpc-0a1b2c3d4e5f60718';
const foreign = 'vpc-0ffffffffffffffff';
const inA = subnet('subnet-aaaa1111', mine, 'eu-west-1a');
const alsoInA = subnet('subnet-aaaa2222', mine, 'eu-west-1a');
const inB = subnet('subnet-bbbb1111', mine, 'eu-west-1b');
const elsewhere = subnet('subnet-cccc1111', foreign, 'eu-west-1a');
const inSubnets = (...subnetIds: string[]) => lambdaFunction({ vpcConfig: { subnetIds, securityGroupIds: ['sg-0123456789abcdef0'] } });
const networks = (some: Partial<typeof emptyPerimeter.networks>) => ({ networks: { ...emptyPerimeter.networks, ...some } });

const inNoVpc = {
  at: '/vpcConfig',
  message: 'the function runs in no VPC: it calls out from a network of AWS, past your endpoints and firewalls',
  severity: 'medium',
} as const;
const outside = (i: number, where: string) => ({
  at: `/vpcConfig/subnetIds/${i}`, message: `the function runs in subnet ${where}, which is outside the networks of the perimeter`, severity: 'medium',
} as const);
const zones = (count: number, wanted: number) => ({
  at: '/vpcConfig/subnetIds',
  message: `the function's subnets span ${count} of the ${wanted} Availability Zones that \`minimumZones\` asks for`,
  severity: 'low',
  fix: 'Add subnets of the same VPC in other Availability Zones.',
} as const);

testRule(lambdaInPerimeterVpc, {
  compliant: {
    'a subnet of a VPC of the perimeter': { item: inSubnets('subnet-aaaa1111'), related: [inA] },
    'any VPC will do where the perimeter lists none': { item: inSubnets('subnet-cccc1111'), perimeter: networks({}) },
    'a listed subnet, whose own item nobody recorded': { item: inSubnets('subnet-cccc1111'), perimeter: networks({ subnets: ['subnet-cccc1111'] }) },
    'a listed subnet beside a VPC of the perimeter': {
      item: inSubnets('subnet-cccc1111', 'subnet-aaaa1111'), perimeter: networks({ vpcs: [mine], subnets: ['subnet-cccc1111'] }), related: [inA, elsewhere],
    },
    'two zones where two are asked for': { item: inSubnets('subnet-aaaa1111', 'subnet-bbbb1111'), related: [inA, inB], parameters: { minimumZones: 2 } },
    'two zones known, a third subnet not recorded': {
      item: inSubnets('subnet-aaaa1111', 'subnet-bbbb1111', 'subnet-dddd1111'), perimeter: networks({}), related: [inA, inB], parameters: { minimumZones: '2' },
    },
    'a function with the tag that is asked for': {
      item: lambdaFunction({ vpcConfig: { subnetIds: ['subnet-aaaa1111'] } }, { tags: { perimeter: 'yes' } }), related: [inA], parameters: { includeTag: 'perimeter=yes' },
    },
  },
  nonCompliant: {
    'a function that left its VPC: two empty lists': { item: lambdaFunction(), findings: [inNoVpc] },
    'a function that never had a VPC: no vpcConfig': { item: lambdaFunction({ vpcConfig: undefined }), findings: [inNoVpc] },
    'in no VPC, though the perimeter lists no network': { item: lambdaFunction(), perimeter: networks({}), findings: [inNoVpc] },
    'a subnet of another VPC, named': {
      item: inSubnets('subnet-aaaa1111', 'subnet-cccc1111'), related: [inA, elsewhere],
      findings: [outside(1, '`subnet-cccc1111` of `vpc-0ffffffffffffffff`')],
    },
    'a subnet outside the listed ones, not recorded': {
      item: inSubnets('subnet-aaaa1111'), perimeter: networks({ subnets: ['subnet-bbbb1111'] }), findings: [outside(0, '`subnet-aaaa1111`')],
    },
    'a subnet outside counts though another is not recorded': {
      item: inSubnets('subnet-dddd1111', 'subnet-cccc1111'), related: [elsewhere], findings: [outside(1, '`subnet-cccc1111` of `vpc-0ffffffffffffffff`')],
    },
    'two subnets of one zone where two zones are asked for': {
      item: inSubnets('subnet-aaaa1111', 'subnet-aaaa2222'), related: [inA, alsoInA], parameters: { minimumZones: 2 }, findings: [zones(1, 2)],
    },
    'one subnet cannot span two zones, recorded or not': {
      item: inSubnets('subnet-aaaa1111'), perimeter: networks({}), parameters: { minimumZones: 2 }, findings: [zones(1, 2)],
    },
    'outside and in too few zones': {
      item: inSubnets('subnet-cccc1111'), related: [elsewhere], parameters: { minimumZones: 2 },
      findings: [outside(0, '`subnet-cccc1111` of `vpc-0ffffffffffffffff`'), zones(1, 2)],
    },
    'a function whose name only begins like an excluded one': {
      item: lambdaFunction(), parameters: { excludeNames: ['res', 'edge-*', '?resize'] }, findings: [inNoVpc],
    },
    'a function with the tag, whatever its value': {
      item: lambdaFunction({}, { tags: { perimeter: 'yes' } }), parameters: { includeTag: 'perimeter' }, findings: [inNoVpc],
    },
  },
  undecided: {
    'a subnet nobody recorded, where the VPC matters': {
      item: inSubnets('subnet-aaaa1111', 'subnet-dddd1111'), related: [inA],
      because: 'no configuration item was found of `subnet-dddd1111`; record AWS::EC2::Subnet too',
    },
    'subnets nobody recorded, where zones matter': {
      item: inSubnets('subnet-aaaa1111', 'subnet-dddd1111'), perimeter: networks({}), related: [inA], parameters: { minimumZones: 2 },
      because: 'no configuration item was found of `subnet-dddd1111`; record AWS::EC2::Subnet too',
    },
    'subnet ids that are no list': {
      item: lambdaFunction({ vpcConfig: { subnetIds: 'subnet-aaaa1111' } }),
      because: 'AWS::Lambda::Function resize: `vpcConfig.subnetIds` is not a list of texts',
    },
  },
  notApplicable: {
    'a Lambda@Edge replica': {
      item: lambdaFunction({ masterArn: 'arn:aws:lambda:us-east-1:111111111111:function:rewrite:4' }, { name: 'us-east-1.rewrite' }),
      because: 'a Lambda@Edge replica runs at edge locations, and those have no VPC',
    },
    'a function on a capacity provider': {
      item: lambdaFunction({ capacityProviderConfig: { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:pool' } } }),
      because: 'the function runs on a capacity provider, which holds the VPC settings',
    },
    'an excluded name': {
      item: lambdaFunction({}, { name: 'edge-rewrite-2' }), parameters: { excludeNames: 'cron, edge-*-?' },
      because: 'the parameter `excludeNames` leaves the function out',
    },
    'a function without the tag': {
      item: lambdaFunction(), parameters: { includeTag: 'perimeter=yes' },
      because: 'the function lacks the tag `perimeter=yes` of the parameter `includeTag`',
    },
    'a function whose tag has another value': {
      item: lambdaFunction({}, { tags: { perimeter: 'no' } }), parameters: { includeTag: 'perimeter=yes' },
      because: 'the function lacks the tag `perimeter=yes` of the parameter `includeTag`',
    },
  },
});

describe('subnets are looked up only where the verdict can turn on them', () => {
  const ids = (given: Partial<typeof emptyPerimeter.networks>, parameters: Record<string, unknown> = {}) => relatedIds(lambdaInPerimeterVpc, inSubnets('subnet-aaaa1111', 'subnet-bbbb1111'), {
    ...definition, perimeter: { ...definition.perimeter, ...networks(given) }, rules: { 'lambda-in-perimeter-vpc': parameters },
  }).map(({ id }) => id);
  it.each([
    ['no networks, one zone', {}, {}, []],
    ['subnets listed, no VPC', { subnets: ['subnet-aaaa1111'] }, {}, []],
    ['a VPC listed', { vpcs: [mine] }, {}, ['subnet-aaaa1111', 'subnet-bbbb1111']],
    ['a VPC listed, and one of the subnets', { vpcs: [mine], subnets: ['subnet-aaaa1111'] }, {}, ['subnet-bbbb1111']],
    ['two zones', {}, { minimumZones: '2' }, ['subnet-aaaa1111', 'subnet-bbbb1111']],
  ])('%s', (_, given, parameters, expected) => { expect(ids(given, parameters)).toEqual(expected); });
});
