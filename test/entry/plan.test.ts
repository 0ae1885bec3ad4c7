import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { AnyRemediation } from '../../core/remediation.ts';
import { loadDefinition } from '../../entry/definition-file.ts';
import { plan, type PlanOptions, type PlanResult } from '../../entry/plan.ts';
import { reasonByHand } from '../../entry/plan/by-hand.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { remediations } from '../../remediations/index.ts';
import { makeRdsInstancePrivate } from '../../remediations/make-rds-instance-private.ts';
import { rules } from '../../rules/index.ts';
import { accounts } from '../../scripts/examples/accounts.ts';
import { endpointId } from '../../scripts/examples/endpoints.ts';
import { executionRole, securityGroup } from '../support/network-items.ts';
import { definition, now, ownAccount } from '../support/perimeter.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');

type Account = keyof typeof accounts;
const plans: readonly (readonly [remediation: string, account: Account, resource: string, outcome: string])[] = [
  ['confine-iam-role-trust', 'security', 'break-glass', 'apply'],
  ['confine-iam-role-trust', 'data', 'lake-analyst', 'apply'],
  ['confine-iam-role-trust', 'payments', 'payments-deploy', 'needs-approval'],
  ['confine-iam-role-trust', 'data', 'data-deploy', 'needs-approval'],
  ['confine-iam-role-trust', 'security', 'annual-audit-2023', 'needs-approval'],
  ['confine-iam-role-trust', 'storefront', 'release-publisher', 'needs-approval'],
  ['confine-vpc-endpoint-policy', 'storefront', 'storefront-sqs', 'apply'],
  ['confine-vpc-endpoint-policy', 'storefront', 'storefront-dynamodb', 'apply'], // what two rules found is one plan
  ['confine-vpc-endpoint-policy', 'data', 'data-secretsmanager', 'apply'],
  ['confine-vpc-endpoint-policy', 'payments', 'payments-dynamodb', 'apply'],
  ['confine-vpc-endpoint-policy', 'payments', 'payments-s3', 'apply'],
  ['confine-vpc-endpoint-policy', 'data', 'data-dynamodb', 'apply'],
  ['confine-vpc-endpoint-policy', 'logistics', 'logistics-dynamodb', 'apply'],
  ['confine-vpc-endpoint-policy', 'network', 'workspaces-s3', 'apply'],
  ['confine-vpc-endpoint-policy', 'data', 'data-sns', 'refuse'],
  ['confine-vpc-endpoint-policy', 'logistics', 'logistics-s3', 'refuse'],
  ['make-rds-instance-private', 'storefront', 'catalogue-2', 'apply'],
  ['make-rds-instance-private', 'payments', 'ledger', 'apply'],
  ['make-rds-instance-private', 'payments', 'ledger-reporting', 'apply'],
  ['make-redshift-cluster-private', 'data', 'finance', 'apply'],
  ['make-redshift-cluster-private', 'data', 'marketing', 'refuse'], // enhanced VPC routing
  ['make-redshift-serverless-private', 'data', 'adhoc', 'apply'],
  ['attach-lambda-to-vpc', 'storefront', 'coupon-import', 'refuse'], // no subnets are configured
  ['attach-lambda-to-vpc', 'storefront', 'image-resize', 'refuse'],
  ['attach-lambda-to-vpc', 'payments', 'ledger-export', 'refuse'],
  ['attach-lambda-to-vpc', 'payments', 'settlement-nightly', 'refuse'],
  ['attach-lambda-to-vpc', 'logistics', 'carrier-poll', 'refuse'], // undecided
];
const byHand: readonly (readonly [rule: string, account: Account, resource: string])[] = [
  ['iam-role-external-id', 'security', 'break-glass'], ['iam-role-external-id', 'data', 'lake-analyst'], ['iam-role-external-id', 'storefront', 'example-monitoring'],
  ['iam-role-external-id', 'payments', 'example-monitoring'], ['iam-role-external-id', 'data', 'example-monitoring'], ['iam-role-external-id', 'logistics', 'vendor-read'],
  ['iam-role-single-service', 'payments', 'ledger-export'], ['rds-cluster-not-public', 'logistics', 'warehouse-stock'],
];
const nothing: readonly (readonly [rule: string, account: Account, resource: string])[] = [
  ['rds-instance-not-public', 'logistics', 'carrier-tracking'], ['vpc-endpoint-trusted-resources', 'network', 'workspaces-s3'],
];

describe('the breached organization', () => {
  let result: PlanResult;
  beforeAll(async () => { result = await plan({ paths: [join(examples, 'breached')], definition: await loadDefinition(join(examples, 'perimeter.yaml')), now: Date.parse('2026-11-17T09:00:00Z') }); });
  const name = (what: string, account: Account, resource: string): string => `${what} ${accounts[account]} ${what.includes('vpc-endpoint') ? endpointId(resource) : resource}`;

  it('has these plans and no others, the worst first', () => {
    const made = result.fixes.map(({ remediation, findings: [one], plan: { outcome } }) => `${remediation.id} ${one.accountId} ${one.resourceName ?? one.resourceId} ${outcome}`);
    expect([...made].sort()).toEqual(plans.map(([remediation, account, resource, outcome]) => `${name(remediation, account, resource)} ${outcome}`).sort());
    const ranks = result.fixes.map(({ findings }) => Math.min(...findings.flatMap(({ verdict }) => verdict.kind === 'non-compliant' ? verdict.findings.map(({ severity }) => ['critical', 'high', 'medium', 'low'].indexOf(severity)) : [4])));
    expect(ranks).toEqual([...ranks].sort());
  });
  it('leaves these to people', () => { expect(result.byHand.map(({ rule, result: one }) => `${rule.id} ${one.accountId} ${one.resourceName}`).sort()).toEqual(byHand.map((row) => name(...row)).sort()); });
  it('lets these off', () => { expect(result.nothing.map(({ result: one }) => `${one.rule} ${one.accountId} ${one.resourceName ?? one.resourceId}`).sort()).toEqual(nothing.map((row) => name(...row)).sort()); });
  it('gives a hash to each plan that changes something, and to no two the same', () => {
    const hashes = result.fixes.flatMap(({ planSha256 }) => planSha256 ?? []);
    expect(hashes.every((one) => /^[0-9a-f]{64}$/.test(one))).toBe(true);
    expect([hashes.length, new Set(hashes).size]).toEqual([plans.filter(([, , , outcome]) => outcome !== 'refuse').length, hashes.length]);
  });
});

test('the sound organization needs no plan', async () => {
  const { fixes, byHand: left, nothing: off } = await plan({ paths: [join(examples, 'sound')], definition: await loadDefinition(join(examples, 'perimeter.yaml')), now: Date.parse('2026-11-17T09:00:00Z') });
  expect([fixes, left, off.length]).toEqual([[], [], 3]);
});

test.each(rules.map(({ id }) => ({ id })))('$id is mended by one remediation, or says why by hand', ({ id }) => {
  const mending = remediations.filter((one) => one.rules.some((rule) => rule.id === id)).length;
  expect([mending, reasonByHand(id) === reasonByHand('no-such-rule')]).toEqual([mending === 0 ? 0 : 1, mending === 1]);
});

describe('from files', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'perimeter-test-')); });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  type Raw = Record<string, unknown>;
  const vpc = 'vpc-0a1b2c3d4e5f60718';
  const item = (resourceType: string, resourceId: string, configuration: Raw | null, more: Raw = {}): Raw => ({
    resourceType, resourceId, resourceName: resourceId, awsAccountId: ownAccount, awsRegion: 'eu-west-1', ARN: `arn:aws:x:eu-west-1:${ownAccount}:${resourceId}`, configurationItemStatus: 'OK',
    configurationItemCaptureTime: '2026-08-31T01:00:00.000Z', configuration, ...more,
  });
  const later = { configurationItemCaptureTime: '2026-08-31T02:00:00.000Z' };
  const recorded = ({ accountId, region, arn, captureTime: _, status: __, ...one }: ConfigurationItem): Raw => ({ ...one, awsAccountId: accountId, awsRegion: region, ARN: arn, configurationItemStatus: 'OK', configurationItemCaptureTime: '2026-08-31T01:00:00.000Z' });
  const db = (publiclyAccessible: boolean, more: Raw = {}): Raw => item('AWS::RDS::DBInstance', 'db-1', { dBInstanceIdentifier: 'orders', engine: 'postgres', publiclyAccessible }, { resourceName: 'orders', ...more });
  const subnet = (id: string, zone: string): Raw => item('AWS::EC2::Subnet', id, { subnetId: id, vpcId: vpc, availabilityZone: zone, cidrBlock: '10.0.0.0/24' });
  const group = recorded(securityGroup('sg-1', vpc));
  const trust = (principal: Raw): Raw => ({ assumeRolePolicyDocument: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] })) });
  const byLambda = trust({ Service: 'lambda.amazonaws.com' });
  const role = recorded(executionRole({ attached: ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'] }, byLambda));
  const bareRole = recorded(executionRole({}, byLambda));
  const lambda = item('AWS::Lambda::Function', 'resize', { functionName: 'resize', role: `arn:aws:iam::${ownAccount}:role/resize`, state: 'Active', lastUpdateStatus: 'Successful', revisionId: 'r1', vpcConfig: { subnetIds: [], securityGroupIds: [] } });
  const attaching = { ...definition, remediations: { 'attach-lambda-to-vpc': { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] } } };

  /** One file for each item, read in this order. */
  async function planned(items: readonly Raw[], options: Partial<PlanOptions> = {}): Promise<PlanResult> {
    items.forEach((one, i) => { writeFileSync(join(folder, `${String(i).padStart(2, '0')}.json`), JSON.stringify([one])); });
    return plan({ paths: [folder], definition, now, ...options });
  }
  const brief = ({ fixes, byHand: left, nothing: off, unmatched, input }: PlanResult): string[] => [
    ...fixes.map(({ remediation, findings: [one], plan: made }) => `${remediation.id} ${one.resourceId} ${made.outcome}${made.outcome === 'refuse' ? `: ${made.because}` : ''}`),
    ...left.map(({ rule, result, reason }) => `by hand ${rule.id} ${result.resourceId}: ${reason}`), ...off.map(({ result, because }) => `nothing ${result.resourceId}: ${because}`), ...unmatched.map((one) => `unmatched ${one}`),
    ...input.problems.map(({ place, message }) => `problem ${place}: ${message}`),
  ];

  const all = [lambda, subnet('subnet-1', 'eu-west-1a'), subnet('subnet-2', 'eu-west-1b'), group, role];
  it.each(all.map((_, i) => i))('finds what a plan looks at, by id and by ARN, wherever it stands: turned by %i', async (turn) => {
    for (const order of [all, [...all].reverse()]) {
      const result = await planned([...order.slice(turn), ...order.slice(0, turn)], { definition: attaching });
      expect(result.fixes.map(({ plan: made }) => made.outcome === 'refuse' ? made : made.after)).toEqual([{ vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] } }]);
    }
  });

  const gone = (one: Raw): Raw => ({ ...one, ...later, configuration: null, configurationItemStatus: 'ResourceDeleted' });
  const cases: Readonly<Record<string, readonly [items: readonly Raw[], options: Partial<PlanOptions>, brief: readonly string[]]>> = {
    'the latest state counts: closed since': [[db(true), db(false, later)], {}, []],
    'the latest state counts: opened since': [[db(true, later), db(false)], {}, ['make-rds-instance-private db-1 apply']],
    'a resource that is gone': [[db(true), gone(db(true))], {}, []],
    'a group that is gone is not found': [[...all, gone(group)], { definition: attaching }, [`attach-lambda-to-vpc resize refuse: none of the configured security groups was found in account ${ownAccount}, eu-west-1`]],
    'of a role the latest state counts': [[...all, { ...bareRole, ...later }], { definition: attaching }, ['attach-lambda-to-vpc resize refuse: the execution role `arn:aws:iam::111111111111:role/resize` lacks `ec2:CreateNetworkInterface`, `ec2:DescribeNetworkInterfaces`, `ec2:DescribeSubnets`, `ec2:DeleteNetworkInterface`, `ec2:AssignPrivateIpAddresses`, `ec2:UnassignPrivateIpAddresses`, which Lambda needs to attach the function']],
    'one resource, by id': [[db(true), lambda], { resources: ['db-1'] }, ['make-rds-instance-private db-1 apply']],
    'one resource, by name': [[db(true), lambda], { resources: ['orders'] }, ['make-rds-instance-private db-1 apply']],
    'one resource, by ARN': [[db(true), lambda], { resources: [`arn:aws:x:eu-west-1:${ownAccount}:db-1`] }, ['make-rds-instance-private db-1 apply']],
    'a resource without a finding': [[db(false)], { resources: ['orders', 'nope'] }, ['unmatched orders', 'unmatched nope']],
    'only these rules': [[db(true), lambda], { rules: rules.filter(({ id }) => id === 'lambda-in-perimeter-vpc') }, ['attach-lambda-to-vpc resize refuse: no subnet is configured']],
    'only these remediations': [[db(true), lambda], { remediations: [makeRdsInstancePrivate], onlyRemediations: true }, ['make-rds-instance-private db-1 apply']],
    'a remediation that was not given': [[db(true)], { remediations: [] }, ['by hand rds-instance-not-public db-1: no remediation that was asked for mends it']],
    'by hand and undecided': [[recorded(executionRole({}, { assumeRolePolicyDocument: '' }))], { rules: rules.filter(({ id }) => id === 'iam-role-single-service') }, ['by hand iam-role-single-service AROAEXAMPLEEXAMPLE123: nothing can be planned before the rule decides']],
    'by hand': [[recorded(executionRole({}, trust({ Service: ['lambda.amazonaws.com', 'glue.amazonaws.com'] })))], {}, ['by hand iam-role-single-service AROAEXAMPLEEXAMPLE123: the role must be split, and only its owner knows which service needs which of its permissions']],
    'an exception': [[db(true)], { definition: { ...definition, exceptions: [{ rule: 'rds-instance-not-public', resource: '*', owner: 'web', reason: 'agreed', expires: '2030-01-31' }] } }, ['nothing db-1: agreed; web answers for it until 2030-01-31']],
    'a remediation that sees nothing to do where a rule does': [[db(true)], { remediations: [{ ...makeRdsInstancePrivate, plan: () => ({ outcome: 'noop', because: 'all is well' }) } as AnyRemediation] }, ['make-rds-instance-private db-1 refuse: the remediation sees nothing to change: all is well']],
    'a remediation that throws': [[db(true)], { remediations: [{ ...makeRdsInstancePrivate, plan: () => { throw new Error('boom'); } } as AnyRemediation] }, [
      'make-rds-instance-private db-1 refuse: the remediation failed: boom', 'problem make-rds-instance-private: the remediation failed, which is a fault of this program: boom',
    ]],
    'what cannot be read': [[db(true), { resourceType: 'AWS::RDS::DBInstance' }], {}, ['make-rds-instance-private db-1 apply', 'problem item 1, byte 1: an item has no `resourceId`']],
  };
  it.each(Object.entries(cases))('%s', async (_, [items, options, lines]) => { expect(brief(await planned(items, options))).toEqual(lines); });
});
