import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateItem } from '../../core/evaluate.ts';
import { planNeeds } from '../../core/plan-fix.ts';
import type { AnyRemediation } from '../../core/remediation.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { attachLambdaToVpc } from '../../remediations/attach-lambda-to-vpc.ts';
import { makeRdsInstancePrivate } from '../../remediations/make-rds-instance-private.ts';
import { makeRedshiftClusterPrivate } from '../../remediations/make-redshift-cluster-private.ts';
import { makeRedshiftServerlessPrivate } from '../../remediations/make-redshift-serverless-private.ts';
import { dbInstance, lambdaFunction, policy, redshiftCluster, redshiftServerlessWorkgroup, subnet } from '../support/items.ts';
import { executionRole, ingress, securityGroup } from '../support/network-items.ts';
import { now } from '../support/perimeter.ts';
import { actionOf, afterwards, definitionOf, finderOf, planCase, type Case } from '../support/test-remediation.ts';

type Raw = Record<string, unknown>;
/** Members that are there or not. */
const some = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Raw> => fc.record(members, { requiredKeys: [] });
const tags = fc.constantFrom<Record<string, string>>({}, { team: 'data' }, { 'aws:cloudformation:stack-name': 'stack' }, { exclude: 'true' });
const tagged = (item: fc.Arbitrary<ConfigurationItem>): fc.Arbitrary<ConfigurationItem> => fc.tuple(item, tags).map(([one, given]) => ({ ...one, tags: given }));

const vpcs = ['vpc-0a1b2c3d4e5f60718', 'vpc-0ffffffffffffffff'] as const;
const range = fc.constantFrom('0.0.0.0/0', '::/0', '10.0.0.0/8', '198.51.100.0/24', 'fd00::/8');
const groups: fc.Arbitrary<ConfigurationItem[]> = fc.uniqueArray(fc.record({ id: fc.constantFrom('sg-1', 'sg-2', 'sg-3'), vpc: fc.constantFrom(...vpcs), ranges: fc.array(range, { maxLength: 3 }) }), { selector: ({ id }) => id, maxLength: 3 })
  .map((all) => all.map(({ id, vpc, ranges }) => securityGroup(id, vpc, [ingress(...ranges)])));
const groupIds = fc.subarray(['sg-1', 'sg-2', 'sg-3']);
const vpcSecurityGroups = groupIds.map((ids) => ids.map((vpcSecurityGroupId) => ({ vpcSecurityGroupId })));
const subnets: fc.Arbitrary<ConfigurationItem[]> = fc.uniqueArray(fc.record({
  id: fc.constantFrom('subnet-1', 'subnet-2', 'subnet-3', 'subnet-4'), vpc: fc.constantFrom(vpcs[0], vpcs[0], vpcs[0], vpcs[1]), zone: fc.constantFrom('a', 'b'),
  more: some({ availableIpAddressCount: fc.nat(20), mapPublicIpOnLaunch: fc.boolean(), ipv6CidrBlockAssociationSet: fc.constantFrom([], [{}]) }),
}), { selector: ({ id }) => id, maxLength: 4 }).map((all) => all.map(({ id, vpc, zone, more }) => {
  const one = subnet(id, vpc, `eu-west-1${zone}`);
  return { ...one, configuration: { ...one.configuration, ...more } };
}));
const subnetIds = fc.subarray(['subnet-1', 'subnet-2', 'subnet-3', 'subnet-4']);
const managed = fc.subarray(['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole', 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'arn:aws:iam::111111111111:policy/own']);
const inline = fc.constantFrom<Raw>({}, { a: policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }) }, { a: policy({ Effect: 'Deny', Action: 'ec2:*', Resource: '*' }) }, { a: policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }) });
const role = fc.record({ attached: managed, inline }).map((one) => executionRole(one));
const routing = fc.constantFrom({}, { 'redshift-cluster-not-public': { requireEnhancedVpcRouting: true } });
const zones = fc.constantFrom({}, { 'lambda-in-perimeter-vpc': { minimumZones: 2 } });
const exclusion = { exclusionTags: { principal: {}, resource: { exclude: 'true' } } };

/** For each remediation the situations it may meet. */
const situations: readonly [AnyRemediation, fc.Arbitrary<Case>][] = [
  [makeRdsInstancePrivate, fc.record({
    item: tagged(some({
      publiclyAccessible: fc.boolean(), engine: fc.constantFrom('postgres', 'mysql', 'aurora-mysql', 'neptune', 'docdb'), dBInstanceStatus: fc.constantFrom('available', 'modifying', 'stopped', 'storage-full'),
      dBClusterIdentifier: fc.constant('cluster'), pendingModifiedValues: some({ iops: fc.nat(), engineVersion: fc.constant('17.7') }), vpcSecurityGroups,
      readReplicaSourceDBInstanceIdentifier: fc.constantFrom('source', 'arn:aws:rds:us-east-1:111111111111:db:source'),
    }).map(dbInstance)),
    perimeter: fc.constant(exclusion), related: groups,
  })],
  [makeRedshiftClusterPrivate, fc.record({
    item: tagged(some({
      publiclyAccessible: fc.boolean(), enhancedVpcRouting: fc.boolean(), clusterStatus: fc.constantFrom('available', 'resizing', 'paused'), vpcSecurityGroups,
      elasticIpStatus: some({ elasticIp: fc.constant('198.51.100.7') }), pendingModifiedValues: some({ nodeType: fc.constant('ra3.4xlarge') }),
    }).map(redshiftCluster)),
    perimeter: fc.constant(exclusion), related: groups, rules: routing,
  })],
  [makeRedshiftServerlessPrivate, fc.record({
    item: tagged(some({ publiclyAccessible: fc.boolean(), status: fc.constantFrom('AVAILABLE', 'MODIFYING', 'DELETING'), securityGroupIds: groupIds }).map(redshiftServerlessWorkgroup)),
    perimeter: fc.constant(exclusion), related: groups,
  })],
  [attachLambdaToVpc, fc.record({
    item: tagged(some({
      vpcConfig: fc.record({ subnetIds, securityGroupIds: groupIds }), state: fc.constantFrom('Active', { value: 'Active' }, 'Failed'), lastUpdateStatus: fc.constantFrom('Successful', 'Failed'),
      role: fc.constantFrom('arn:aws:iam::111111111111:role/resize', 'arn:aws:iam::111111111111:role/none'),
    }).map((configuration) => lambdaFunction({ revisionId: 'e1f2', ...configuration }))),
    parameters: some({ subnetIds, securityGroupIds: groupIds, ipv6: fc.boolean() }), rules: zones,
    perimeter: fc.subarray([...vpcs]).map((listed) => ({ ...exclusion, networks: { vpcs: listed, subnets: [], vpcEndpoints: [], cidrs: [], organization: false } })),
    related: fc.tuple(subnets, groups, role).map(([a, b, c]) => [...a, ...b, c]),
  })],
];

describe.each(situations.map(([remediation, situation]) => [remediation.id, remediation, situation] as const))('%s', (_, remediation, situation) => {
  it('heals what it changes, and settles', () => {
    const seen = new Set<string>();
    fc.assert(fc.property(situation, (given) => {
      const plan = planCase(remediation, given);
      seen.add(plan.outcome);
      if (plan.outcome !== 'apply' && plan.outcome !== 'needs-approval') return;
      const item = afterwards(given.item, plan);
      const surroundings = { definition: definitionOf(remediation, given), now, related: finderOf(given.related ?? []) };
      for (const rule of remediation.rules) {
        expect(evaluateItem(rule, given.item, surroundings).kind).toBe('non-compliant');
        expect(evaluateItem(rule, item, surroundings).kind).toBe('compliant');
      }
      expect(planCase(remediation, { ...given, item }).outcome).toBe('noop');
      expect(Object.keys(plan.after)).toEqual(Object.keys(plan.before));
    }), { numRuns: 300, seed: 1 });
    // Situations that never come to a change would keep every law.
    expect([...seen]).toEqual(expect.arrayContaining(['noop', 'refuse', remediation === attachLambdaToVpc ? 'needs-approval' : 'apply']));
  });

  it('asks only for its permissions, and the same of the same', () => {
    const permitted = remediation.permissions.map(({ action }) => action);
    fc.assert(fc.property(situation, (given) => {
      const plan = planCase(remediation, given);
      if ('calls' in plan) for (const call of plan.calls) expect(permitted).toContain(actionOf(call));
      expect(planCase(remediation, given)).toEqual(plan);
    }), { numRuns: 200, seed: 2 });
  });

  it('never throws, whatever an item holds', () => {
    const hostile = (item: ConfigurationItem): fc.Arbitrary<ConfigurationItem> =>
      some(Object.fromEntries([...Object.keys(item.configuration), ...membersRead].map((name) => [name, fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, '', [], [null], [{}], {}, 'Active'))])))
        .map((configuration) => ({ ...item, configuration: { ...item.configuration, ...configuration } }));
    const case_ = situation.chain((given) => fc.record({ item: hostile(given.item), related: fc.tuple(...(given.related ?? []).map(hostile)) }).map((more): Case => ({ ...given, ...more })));
    fc.assert(fc.property(case_, (given) => {
      expect(['noop', 'apply', 'needs-approval', 'refuse']).toContain(planCase(remediation, given).outcome);
      planNeeds(remediation, given.item, definitionOf(remediation, given));
    }), { numRuns: 200, seed: 3 });
  });
});

/** What the plans' own readers look at. */
const membersRead = [
  'dBClusterIdentifier', 'pendingModifiedValues', 'vpcSecurityGroups', 'readReplicaSourceDBInstanceIdentifier', 'readReplicaDBInstanceIdentifiers', 'elasticIpStatus', 'securityGroupIds',
  'state', 'lastUpdateStatus', 'revisionId', 'rolePolicyList', 'attachedManagedPolicies', 'permissionsBoundary', 'availableIpAddressCount', 'ipv6CidrBlockAssociationSet', 'mapPublicIpOnLaunch',
];
