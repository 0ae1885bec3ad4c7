import { describe, expect, it } from 'vitest';
import { virtualClock } from '../support/automation/clock.ts';
import { fakeAws, type FakeAws } from '../support/automation/fake-aws/index.ts';
import { runAutomation } from '../support/automation/run.ts';
import { explore, finish, interleave, inTurns, type Choose } from '../support/automation/schedule.ts';
import type { Clock, Fields, Run } from '../support/automation/types.ts';
import { api, documentOf, role, sleep, start, ways, worldOf } from './play.ts';

const ledger = { TableName: 'ledger', Key: { pk: { S: 'r' }, sk: { S: 'STATE' } } };
const me = { ':me': { S: '{{ automation:EXECUTION_ID }}' } };
/** Reads a count, adds one by a function and writes it. */
const increment: readonly Fields[] = [
  api('Read', 'dynamodb', 'GetItem', { TableName: 'ledger', Key: { pk: { S: 'r' }, sk: { S: 'COUNT' } }, ConsistentRead: true }, { outputs: [{ Name: 'N', Selector: '$.Item.n.N' }] }),
  { name: 'Add', action: 'aws:invokeLambdaFunction', inputs: { FunctionName: 'add', InputPayload: { n: '{{ Read.N }}' } } },
  api('Write', 'dynamodb', 'UpdateItem', { TableName: 'ledger', Key: { pk: { S: 'r' }, sk: { S: 'COUNT' } }, UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': { N: '{{ Add.Payload }}' } } }),
];
const locked: readonly Fields[] = [
  api('Lock', 'dynamodb', 'UpdateItem', { ...ledger, UpdateExpression: 'SET lockedBy = :me', ConditionExpression: 'attribute_not_exists(lockedBy)', ExpressionAttributeValues: me }),
  ...increment,
  api('Release', 'dynamodb', 'UpdateItem', { ...ledger, UpdateExpression: 'REMOVE lockedBy', ConditionExpression: 'lockedBy = :me', ExpressionAttributeValues: me }),
];

function two(steps: readonly Fields[]): { readonly runs: readonly Run[]; readonly clock: Clock; readonly fake: FakeAws } {
  const clock = virtualClock(start);
  const fake = fakeAws({
    clock, state: { tables: { ledger: { key: ['pk', 'sk'], items: [{ pk: { S: 'r' }, sk: { S: 'COUNT' }, n: { N: '0' } }] } } },
    handlers: { add: ({ n }: { n: string }) => Number(n) + 1 },
  });
  const run = (executionId: string): Run => runAutomation(documentOf(steps), { AutomationAssumeRole: role }, worldOf({}, { ...fake, clock, executionId }));
  return { runs: [run('first'), run('second')], clock, fake };
}
const count = ({ state }: FakeAws): unknown => state.tables.ledger!.items.find(({ sk }) => (sk as Fields).S === 'COUNT')!.n;

describe('interleave', () => {
  const first: Choose = (ready) => ready[0]!;
  it.each<[string, Choose, string]>([['one after the other', first, '2'], ['in turns', inTurns, '1']])('%s', async (_, choose, n) => {
    const { runs, clock, fake } = two(increment);
    const results = await interleave(runs, clock, choose);
    expect([results.map(({ status }) => status), count(fake)]).toEqual([['Success', 'Success'], { N: n }]);
  });
  it('lets the one go on whose wait ends first, and time with it', async () => {
    const clock = virtualClock(0);
    const order: string[] = [];
    const run = (name: string, seconds: number): Run => runAutomation(documentOf([{ ...sleep('S'), inputs: { Duration: `PT${seconds}S` } }, api('C', 'x', 'Call')]), { AutomationAssumeRole: role }, worldOf({ 'x:Call': () => { order.push(`${name} ${clock.now()}`); } }, { clock }));
    await interleave([run('long', 60), run('short', 10), run('middle', 30)], clock, first);
    expect(order).toEqual(['short 10000', 'middle 30000', 'long 60000']);
  });
});

describe('explore', () => {
  it.each<[string, readonly Fields[], number, number, string[]]>([
    ['without a lock an update is lost', increment, 1, 12, ['1', '2']],
    ['no preemption, no race', increment, 0, 2, ['2']],
    ['with a lock one writes or both do in turn', locked, 1, 20, ['1', '2']],
  ])('%s', async (_, steps, preemptions, orders, counts) => {
    const seen = new Set<string>();
    const lost: string[] = [];
    const found = await explore(() => two(steps), (results, { fake }, order) => {
      const { N } = count(fake) as { N: string };
      seen.add(N);
      const succeeded = results.filter(({ status }) => status === 'Success').length;
      if (Number(N) !== succeeded) lost.push(order.join(''));
    }, preemptions);
    expect([found, [...seen].sort(), lost.length > 0]).toEqual([orders, counts, steps === increment && preemptions > 0]);
  });
});

it('yields before every step, call and wait', async () => {
  const { clock } = worldOf();
  const run = runAutomation(documentOf([api('A', 'x', 'Call'), sleep('B')]), { AutomationAssumeRole: role }, worldOf({}, { clock }));
  const points: unknown[] = [];
  let next = await run.next();
  for (; next.done !== true; next = await run.next()) {
    const { soFar, ...point } = next.value;
    points.push({ ...point, steps: soFar.steps.length, calls: soFar.calls.length });
  }
  expect(points).toEqual([
    { at: 'step', step: 'A', steps: 0, calls: 0 }, { at: 'call', step: 'A', call: 'x:Call', steps: 0, calls: 0 },
    { at: 'step', step: 'B', steps: 1, calls: 1 }, { at: 'wait', step: 'B', until: Date.parse(start) + 1000, steps: 1, calls: 1 },
  ]);
  expect(ways(next.value)).toEqual(['A Success', 'B Success']);
});

it('finishes a run alone', async () => {
  expect(ways(await finish(two(increment).runs[0]!))).toEqual(['Read Success', 'Add Success', 'Write Success']);
});
