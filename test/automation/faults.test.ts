import { describe, expect, it } from 'vitest';
import { virtualClock } from '../support/automation/clock.ts';
import { fakeAws, type FakeAws, type Options } from '../support/automation/fake-aws/index.ts';
import { concurrentWriter, killAfter, killWhen, lostAnswer, staleRead, stuckStatus, throttle, withFaults, type Fault } from '../support/automation/faults.ts';
import { runAutomation } from '../support/automation/run.ts';
import { finish } from '../support/automation/schedule.ts';
import type { Fields, Point, Result, Run } from '../support/automation/types.ts';
import { api, documentOf, role, start, ways, worldOf } from './play.ts';

const Id = { DBInstanceIdentifier: 'orders' };
const waitFor = (name: string, PropertySelector: string, ...DesiredValues: string[]): Fields => ({ name, action: 'aws:waitForAwsResourceProperty', timeoutSeconds: 600, inputs: { Service: 'rds', Api: 'DescribeDBInstances', ...Id, PropertySelector, DesiredValues } });
const steps: readonly Fields[] = [
  waitFor('Ready', '$.DBInstances[0].DBInstanceStatus', 'available'),
  api('Modify', 'rds', 'ModifyDBInstance', { ...Id, PubliclyAccessible: false }, { maxAttempts: 2 }),
  waitFor('Private', '$.DBInstances[0].PubliclyAccessible', 'False'),
  waitFor('Settled', '$.DBInstances[0].DBInstanceStatus', 'available'),
];

const modify = 'rds:ModifyDBInstance';
const look = 'rds:DescribeDBInstances';
function setUp(faults: (fake: FakeAws) => Fault[], options: Partial<Options> = {}): { readonly run: Run; readonly fake: FakeAws } {
  const clock = virtualClock(start);
  const fake = fakeAws({ clock, state: { dbInstances: { orders: { ...Id, DBInstanceStatus: 'available', PubliclyAccessible: true } } }, ...options });
  return { fake, run: runAutomation(documentOf(steps), { AutomationAssumeRole: role }, withFaults(worldOf({}, { ...fake, clock }), ...faults(fake))) };
}
const told = (result: Result): unknown[] => [result.status, result.message, ...ways(result)];
const public_ = (fake: FakeAws): unknown => fake.state.dbInstances.orders!.PubliclyAccessible;

describe('a fault', () => {
  const all = ['Ready Success', 'Modify Success', 'Private Success', 'Settled Success'];
  it.each<[string, (fake: FakeAws) => Fault[], unknown[], boolean]>([
    ['none', () => [], ['Success', undefined, ...all], false],
    ['throttle, tried again', () => [throttle(modify)], ['Success', undefined, 'Ready Success', 'Modify Success ×2', 'Private Success', 'Settled Success'], false],
    ['throttle twice', () => [throttle(modify, 1), throttle(modify, 1)], ['Failed', 'rds:ModifyDBInstance: ThrottlingException: Rate exceeded', 'Ready Success', 'Modify Failed ×2'], true],
    ['throttle of a later call', () => [throttle(look, 2)], ['Failed', 'rds:DescribeDBInstances: ThrottlingException: Rate exceeded', 'Ready Success', 'Modify Success', 'Private Failed'], true],
    ['a lost answer', () => [lostAnswer(modify)], ['Failed', 'rds:ModifyDBInstance: InvalidDBInstanceState: `orders` is modifying', 'Ready Success', 'Modify Failed ×2'], true],
    ['a concurrent writer', ({ state }) => [concurrentWriter(modify, () => { state.dbInstances.orders!.DBInstanceStatus = 'rebooting'; })], ['Failed', 'rds:ModifyDBInstance: InvalidDBInstanceState: `orders` is rebooting', 'Ready Success', 'Modify Failed ×2'], true],
    ['a status that is stuck', () => [stuckStatus({ write: modify, read: look, change: (answer: { DBInstances: Fields[] }) => { (answer.DBInstances[0] as Record<string, unknown>).DBInstanceStatus = 'modifying'; } })],
      ['TimedOut', 'after 600 s `$.DBInstances[0].DBInstanceStatus` is `modifying`, none of `["available"]`', 'Ready Success', 'Modify Success', 'Private Success', 'Settled TimedOut'], false],
  ])('%s', async (_, faults, expected, isPublic) => {
    const { run, fake } = setUp(faults);
    expect(told(await finish(run))).toEqual(expected);
    expect(public_(fake)).toBe(isPublic);
  });

  it.each<[number, number]>([[0, 1 + 13 + 1], [13, 1 + 14 + 1], [20, 1 + 21 + 1]])('a read that is stale %s times costs looks and nothing else', async (times, looks) => {
    const { run } = setUp(({ snapshot }) => [staleRead({ write: modify, read: look, times, snapshot })]);
    const result = await finish(run);
    expect([result.status, result.calls.filter((call) => call.api === 'DescribeDBInstances').length]).toEqual(['Success', looks]);
  });

  it('leaves strongly consistent reads of DynamoDB fresh', async () => {
    const fake = fakeAws({ clock: virtualClock(start), state: { tables: { t: { key: ['pk'], items: [] } } } });
    const { callApi } = withFaults(worldOf({}, fake), staleRead({ write: 'dynamodb:PutItem', read: 'dynamodb:GetItem', times: 1, snapshot: fake.snapshot }));
    const Key = { pk: { S: 'a' } };
    await callApi('dynamodb', 'PutItem', { TableName: 't', Item: Key }, role);
    await callApi('dynamodb', 'PutItem', { TableName: 't', Item: { pk: { S: 'b' } } }, role);
    const read = (ConsistentRead: boolean): Promise<unknown> => callApi('dynamodb', 'GetItem', { TableName: 't', Key, ConsistentRead }, role);
    expect([await read(true), await read(false), await read(false)]).toEqual([{ Item: Key }, {}, { Item: Key }]);
  });

  it('leaves what the world holds alone', async () => {
    const held = { status: 'available' };
    const { callApi } = withFaults(worldOf({ 'x:Get': held }), stuckStatus({ write: 'x:Put', read: 'x:Get', change: (answer: { status: string }) => { answer.status = 'modifying'; } }));
    await callApi('x', 'Put', {}, role);
    expect([await callApi('x', 'Get', {}, role), held]).toEqual([{ status: 'modifying' }, { status: 'available' }]);
  });

  it('reaches invocations too', async () => {
    const world = withFaults(worldOf({ 'lambda:Invoke': { StatusCode: 200 } }), throttle('lambda:Invoke'));
    await expect(world.invoke('planner', {}, role)).rejects.toThrow('Rate exceeded');
    expect(await world.invoke('planner', {}, role)).toEqual({ StatusCode: 200 });
  });

  it('stuck modifying in the fake itself', async () => {
    const { run } = setUp(() => [], { settleSeconds: Infinity });
    expect(told(await finish(run))).toEqual(['TimedOut', 'after 600 s `$.DBInstances[0].PubliclyAccessible` is `True`, none of `["False"]`', 'Ready Success', 'Modify Success', 'Private TimedOut']);
  });
});

describe('a killed run', () => {
  it.each<[number, string[]]>([[0, []], [1, ['Ready Success']], [2, ['Ready Success', 'Modify Success']]])('stops after %s steps', async (count, expected) => {
    const { run, fake } = setUp(() => []);
    const result = await finish(killAfter(run, count));
    expect([result.status, ...ways(result), fake.state.dbInstances.orders!.DBInstanceStatus]).toEqual(['Cancelled', ...expected, count < 2 ? 'available' : 'modifying']);
  });
  it.each<[string, (point: Point) => boolean, string]>([
    ['before its write', ({ call }) => call === modify, 'killed before step `Modify` went on'],
    ['while it waits', ({ at }) => at === 'wait', 'killed before step `Private` went on'],
  ])('stops %s', async (_, when, message) => { expect((await finish(killWhen(setUp(() => []).run, when))).message).toBe(message); });
  it('that ends before is left alone', async () => { expect((await finish(killAfter(setUp(() => []).run, 9))).status).toBe('Success'); });
});
