import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check, type CheckResult } from '../../entry/check.ts';
import type { AnyRule } from '../../core/rule.ts';
import { lambdaInPerimeterVpc } from '../../rules/lambda-in-perimeter-vpc.ts';
import { rdsInstanceNotPublic } from '../../rules/rds-instance-not-public.ts';
import { jsonFault } from '../support/json-fault.ts';
import { definition, now, ownAccount } from '../support/perimeter.ts';

type Raw = Record<string, unknown>;
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'perimeter-test-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const item = (resourceType: string, resourceId: string, hour: number, configuration: Raw | null, status = 'OK'): Raw => ({
  resourceType, resourceId, awsAccountId: ownAccount, awsRegion: 'eu-west-1', ARN: `arn:${resourceId}`, configurationItemStatus: status,
  configurationItemCaptureTime: `2026-08-31T${String(hour).padStart(2, '0')}:00:00.000Z`, configuration,
});
const db = (hour: number, publiclyAccessible: boolean, id = 'db-1'): Raw => item('AWS::RDS::DBInstance', id, hour, { dBInstanceIdentifier: id, publiclyAccessible });
const gone = (hour: number, id = 'db-1'): Raw => item('AWS::RDS::DBInstance', id, hour, null, 'ResourceDeleted');
const lambda = (hour: number, ...subnetIds: string[]): Raw => item('AWS::Lambda::Function', 'resize', hour, { functionName: 'resize', vpcConfig: { subnetIds } });
const subnet = (hour: number, vpcId = 'vpc-0a1b2c3d4e5f60718'): Raw => item('AWS::EC2::Subnet', 'subnet-1', hour, { subnetId: 'subnet-1', vpcId, availabilityZone: 'eu-west-1a' });
const noSubnet = (hour: number): Raw => item('AWS::EC2::Subnet', 'subnet-1', hour, null, 'ResourceDeleted');

/** One file for each list, read in this order. */
async function checked(files: readonly (readonly Raw[])[], rules: readonly AnyRule[] = [rdsInstanceNotPublic, lambdaInPerimeterVpc]): Promise<CheckResult> {
  files.forEach((items, i) => { writeFileSync(join(folder, `${i}.json`), JSON.stringify({ configurationItems: items })); });
  return check({ paths: [folder], definition, rules, now });
}
const brief = ({ findings, summary, input }: CheckResult): { found: string[]; counts: Record<string, number>; input: Record<string, number> } => ({
  found: findings.map(({ resourceId, captureTime, verdict }) => `${resourceId} ${captureTime.slice(11, 13)} ${verdict.kind}`),
  counts: Object.fromEntries(Object.values(summary).flatMap((one) => Object.entries(one).filter(([, count]) => count > 0))),
  input: Object.fromEntries(Object.entries(input).filter((one): one is [string, number] => ['superseded', 'deleted', 'duplicates', 'conflicts'].includes(one[0]) && one[1] !== 0)),
});

/** All orders of the same files. */
const orders = <T>(all: readonly T[]): T[][] => all.length < 2 ? [[...all]] : all.flatMap((one, i) => orders([...all.slice(0, i), ...all.slice(i + 1)]).map((rest) => [one, ...rest]));

interface Case { readonly items: readonly Raw[]; readonly found?: readonly string[]; readonly counts?: Record<string, number>; readonly input?: Record<string, number> }
const inAnyOrder: Readonly<Record<string, Case>> = {
  'the latest counts: closed since': { items: [db(1, true), db(2, true), db(3, false)], counts: { compliant: 1 }, input: { superseded: 2 } },
  'the latest counts: opened since': { items: [db(1, false), db(2, true)], found: ['db-1 02 non-compliant'], counts: { nonCompliant: 1 }, input: { superseded: 1 } },
  'resources apart': { items: [db(1, true, 'db-1'), db(2, false, 'db-2')], found: ['db-1 01 non-compliant'], counts: { nonCompliant: 1, compliant: 1 } },
  'a deletion ends it': { items: [db(1, true), gone(2)], input: { superseded: 1, deleted: 1 } },
  'a resource made again lives': { items: [db(1, false), gone(2), db(3, true)], found: ['db-1 03 non-compliant'], counts: { nonCompliant: 1 }, input: { superseded: 2 } },
  'an item delivered twice': { items: [db(1, true), db(1, true)], found: ['db-1 01 non-compliant'], counts: { nonCompliant: 1 }, input: { duplicates: 1 } },
  'an item delivered twice, as an event and by the history API': {
    items: [db(1, true), { ...db(1, true), configuration: JSON.stringify(db(1, true)['configuration']) }], found: ['db-1 01 non-compliant'], counts: { nonCompliant: 1 }, input: { duplicates: 1 },
  },
  'a function and its subnet': { items: [lambda(1, 'subnet-1'), subnet(1)], counts: { compliant: 1 } },
  'a function in a subnet elsewhere': { items: [lambda(1, 'subnet-1'), subnet(1, 'vpc-other')], found: ['resize 01 non-compliant'], counts: { nonCompliant: 1 } },
  'a function whose subnet moved': { items: [lambda(1, 'subnet-1'), subnet(1, 'vpc-other'), subnet(2)], counts: { compliant: 1 }, input: { superseded: 1 } },
  'a function whose subnet is gone': { items: [lambda(1, 'subnet-1'), subnet(1), noSubnet(2)], found: ['resize 01 undecided'], counts: { undecided: 1 }, input: { superseded: 1, deleted: 1 } },
  'a function that left its subnet': { items: [lambda(1, 'subnet-1'), lambda(2), subnet(1)], found: ['resize 02 non-compliant'], counts: { nonCompliant: 1 }, input: { superseded: 1 } },
  'a function that came into a subnet': { items: [lambda(1), lambda(2, 'subnet-1'), subnet(1)], counts: { compliant: 1 }, input: { superseded: 1 } },
  'a function with two states that both wait': { items: [lambda(1, 'subnet-0'), lambda(2, 'subnet-1'), subnet(1)], counts: { compliant: 1 }, input: { superseded: 1 } },
  'a waiting function delivered twice': { items: [lambda(1, 'subnet-1'), lambda(1, 'subnet-1'), subnet(1)], counts: { compliant: 1 }, input: { duplicates: 1 } },
  'of two items of the same time the worse': { items: [db(1, true), db(1, false)], found: ['db-1 01 non-compliant'], counts: { nonCompliant: 1 }, input: { conflicts: 1 } },
  'of two items of the same time the worse, where others are needed': { items: [lambda(1, 'subnet-1'), lambda(1, 'subnet-1', 'subnet-2'), subnet(1)], found: ['resize 01 undecided'], counts: { undecided: 1 }, input: { conflicts: 1 } },
  'of two items of the same time the worse, of which one needs others': { items: [lambda(1, 'subnet-1'), lambda(1), subnet(1)], found: ['resize 01 non-compliant'], counts: { nonCompliant: 1 }, input: { conflicts: 1 } },
  'an item and a deletion of the same time': { items: [db(1, true), gone(1)], found: ['db-1 01 non-compliant'], counts: { nonCompliant: 1 }, input: { conflicts: 1 } },
  'types no rule reads': { items: [item('AWS::S3::Bucket', 'b', 1, {}), db(1, false)], counts: { compliant: 1 } },
};

describe('check', () => {
  it('names a capture time that is none', async () => {
    const { input } = await checked([[{ ...db(1, true), configurationItemCaptureTime: 'yesterday' }]]);
    expect(input.problems.map(({ place, message }) => `${place}: ${message}`)).toEqual([
      'item 1, byte 23: `configurationItemCaptureTime` is not a time: `yesterday`; the item counts as the oldest of its resource',
    ]);
  });

  it.each(Object.entries(inAnyOrder))('comes to the same in any order: %s', async (_, { items, found = [], counts = {}, input = {} }) => {
    for (const order of orders(items)) expect(brief(await checked(order.map((one) => [one])))).toEqual({ found, counts, input });
    expect(brief(await checked([items, ...items.slice(1).map(() => [])]))).toEqual({ found, counts, input });
  });

  it('takes back what two items of the same time came to', async () => {
    for (const order of orders([db(1, true), db(1, false)])) expect(brief(await checked([order, [db(2, false)]]))).toEqual({ found: [], counts: { compliant: 1 }, input: { superseded: 1, conflicts: 1 } });
  });

  it('gives the whole result', async () => {
    expect(await checked([[db(1, true)]], [rdsInstanceNotPublic])).toEqual({
      findings: [{
        rule: 'rds-instance-not-public', accountId: ownAccount, region: 'eu-west-1', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: undefined,
        arn: 'arn:db-1', captureTime: '2026-08-31T01:00:00.000Z',
        verdict: {
          kind: 'non-compliant', notes: [],
          findings: [{ at: '/publiclyAccessible', severity: 'high', message: 'anyone on the internet whom its security groups let in can connect to this database: it has a public address' }],
        },
      }],
      summary: { 'rds-instance-not-public': { compliant: 0, nonCompliant: 1, undecided: 0, notApplicable: 0, excepted: 0 } },
      input: { files: 1, items: 1, bytes: JSON.stringify({ configurationItems: [db(1, true)] }).length, superseded: 0, deleted: 0, duplicates: 0, conflicts: 0, problems: [] },
    });
  });

  it('names items it cannot read, and goes on', async () => {
    const { resourceId: _, ...nameless } = db(1, true);
    writeFileSync(join(folder, '0.json'), `[${JSON.stringify(nameless)},{"resourceType":"AWS::RDS::DBInstance" 1},7,${JSON.stringify(db(1, false))}]`);
    const { summary, input } = await check({ paths: [folder], definition, rules: [rdsInstanceNotPublic], now });
    expect([summary['rds-instance-not-public']?.compliant, input.items, input.problems.map(({ place, message }) => `${place.split(',')[0]}: ${message}`)]).toEqual([1, 4, [
      'item 1: an item has no `resourceId`',
      `item 2: not JSON: ${jsonFault('{"resourceType":"AWS::RDS::DBInstance" 1}')}`,
      'item 3: an item is an object',
    ]]);
  });

  const failing: Readonly<Record<string, AnyRule>> = {
    'while it judges': { ...rdsInstanceNotPublic, evaluate: () => { throw new Error('boom'); } },
    'while it names what it needs': { ...rdsInstanceNotPublic, needs: { subnets: { type: 'AWS::EC2::Subnet', ids: () => { throw new Error('boom'); } } } },
  };
  it.each(Object.entries(failing))('takes a rule that throws %s for undecided, and goes on', async (_, rule) => {
    const { findings, summary, input } = await checked([[db(1, true), db(1, true, 'db-2')]], [rule]);
    expect([findings.map(({ resourceId, verdict }) => [resourceId, verdict]), summary, input.items, input.problems]).toEqual([
      ['db-1', 'db-2'].map((id) => [id, { kind: 'undecided', because: 'the rule failed: boom', unknowns: [] }]),
      { 'rds-instance-not-public': { compliant: 0, nonCompliant: 0, undecided: 2, notApplicable: 0, excepted: 0 } }, 2,
      ['db-1', 'db-2'].map((id) => ({ file: `arn:${id}`, place: 'rds-instance-not-public', message: 'the rule failed, which is a fault of this program: boom' })),
    ]);
  });

  it('tells how far it is', async () => {
    writeFileSync(join(folder, '0.json'), JSON.stringify([db(1, true)]));
    writeFileSync(join(folder, '1.json'), '[]');
    const size = JSON.stringify([db(1, true)]).length;
    const seen: (readonly [number, number])[] = [];
    await check({ paths: [folder], definition, now, onProgress: (done, total) => { seen.push([done, total]); } });
    expect(seen).toEqual([[size, size + 2], [size + 2, size + 2]]);
  });
});
