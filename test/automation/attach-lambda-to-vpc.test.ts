import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FixPlan } from '../../core/remediation.ts';
import { permissionsOf } from '../../deployment/runbook-permissions.ts';
import { validateRunbook } from '../../deployment/validate-runbook.ts';
import { attachLambdaToVpc } from '../../remediations/attach-lambda-to-vpc.ts';
import { lambdaFunction, subnet } from '../support/items.ts';
import { executionRole, securityGroup } from '../support/network-items.ts';
import { planCase } from '../support/test-remediation.ts';
import type { Resource } from '../support/automation/fake-aws/service.ts';
import { concurrentWriter, killAfter, killWhen, lostAnswer, throttle, type Fault } from '../support/automation/faults.ts';
import { explore, finish } from '../support/automation/schedule.ts';
import type { Fields, Result } from '../support/automation/types.ts';
import { role } from './play.ts';
import { documentOf, ending, itemsOf, ledgerTable, recordOf, stageOf, writesOf, type Attributes, type Setting, type Stage } from './runbook.ts';

const vpc = 'vpc-0a1b2c3d4e5f60718';
const ledgerActions = ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'lambda:InvokeFunction'];
const declared = [...attachLambdaToVpc.permissions.map(({ action }) => action as string), ...ledgerActions].sort();
const leaseSeconds = 3600;

const outside = { SubnetIds: [], SecurityGroupIds: [] };
const inside = { SubnetIds: ['subnet-aaaa1111', 'subnet-bbbb1111'], SecurityGroupIds: ['sg-0123456789abcdef0'], Ipv6AllowedForDualStack: false };
const theFunction: Resource = { FunctionName: 'resize', RevisionId: 'r1', State: 'Active', LastUpdateStatus: 'Successful', VpcConfig: outside };

/** The plan for the function as it is now. */
function planOf({ fake: { state } }: Stage): FixPlan {
  const { RevisionId, State, LastUpdateStatus, VpcConfig } = state.functions['resize'] as { VpcConfig: typeof outside } & Resource;
  const item = lambdaFunction({ revisionId: RevisionId, state: State, lastUpdateStatus: LastUpdateStatus, vpcConfig: { subnetIds: VpcConfig.SubnetIds, securityGroupIds: VpcConfig.SecurityGroupIds } });
  return planCase(attachLambdaToVpc, {
    item, parameters: { subnetIds: inside.SubnetIds, securityGroupIds: inside.SecurityGroupIds },
    related: [subnet('subnet-aaaa1111', vpc, 'eu-west-1a'), subnet('subnet-bbbb1111', vpc, 'eu-west-1b'), securityGroup('sg-0123456789abcdef0', vpc), executionRole({ attached: ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'] })],
  });
}
const hashOf = (plan: FixPlan): string => createHash('sha256').update(JSON.stringify(plan)).digest('hex');

/** What the runbook relies on of the planner: the members of its payload and the attributes it writes, and nothing else. */
function planner(stageNow: () => Stage, wrong: Planner) {
  return ({ op, resourceId, executionId, mode, approvedPlanSha256 }: Record<string, string>): unknown => {
    if (wrong.throws === op) throw new Error('no');
    const { fake, clock } = stageNow();
    const key = { pk: { S: `attach-lambda-to-vpc#${resourceId}` }, sk: { S: `RUN#${executionId}` } };
    const table = fake.state.tables[ledgerTable]!;
    const live = fake.state.functions['resize']!;
    if (op === 'plan') {
      const plan = planOf(stageNow());
      const now = Math.floor(clock.now() / 1000);
      const change = 'calls' in plan ? plan.calls[0].input['VpcConfig'] as typeof inside : undefined;
      const decision = wrong.decision ?? (plan.outcome !== 'needs-approval' ? plan.outcome : mode === 'Plan' ? 'planned' : approvedPlanSha256 === hashOf(plan) ? 'apply' : 'needs-approval');
      const texts = (list: readonly string[]) => ({ L: list.map((S) => ({ S })) });
      table.items = [...table.items.filter(({ sk }) => (sk as { S: string }).S !== key.sk.S), {
        ...key, decision: { S: decision }, summary: { S: 'a plan' }, because: { S: 'in no VPC' }, planSha256: { S: hashOf(plan) }, before: { S: JSON.stringify({ VpcConfig: live['VpcConfig'] }) }, now: { N: String(now) }, leaseUntil: { N: String(now + leaseSeconds) },
        precheck: { S: 'none' }, verify: { S: 'none' }, outcome: { S: 'none' },
        ...change === undefined ? {} : { revisionId: { S: String(live['RevisionId']) }, subnetIds: texts(change.SubnetIds), securityGroupIds: texts(change.SecurityGroupIds), ipv6: { BOOL: change.Ipv6AllowedForDualStack } },
      }];
      return { ok: 'true' };
    }
    const record = table.items.find(({ sk }) => (sk as { S: string }).S === key.sk.S) as Record<string, { S: string }>;
    if (op === 'precheck') record['precheck'] = { S: record['revisionId']!.S === live['RevisionId'] ? 'unchanged' : 'changed' };
    if (op === 'verify') record['verify'] = { S: wrong.verify ?? ((live['VpcConfig'] as typeof inside).SubnetIds.length > 0 ? 'verified' : 'failed') };
    return { ok: 'true' };
  };
}
interface Planner { readonly throws?: string; readonly decision?: string; readonly verify?: string }

interface Scenario extends Setting { readonly resource?: Resource; readonly planner?: Planner; readonly faultsOf?: (stageNow: () => Stage) => readonly Fault[]; readonly actions?: readonly string[] }
function stage({ resource = {}, planner: wrong = {}, faults = [], faultsOf, actions = declared, state, ...setting }: Scenario = {}): Stage {
  const made: Stage = stageOf('attach-lambda-to-vpc', actions, { ResourceId: 'resize' }, {
    ...setting, state: { functions: { resize: { ...theFunction, ...resource } }, ...state }, faults: [...faults, ...faultsOf?.(() => made) ?? []],
    handlers: { 'perimeter-planner': planner(() => made, wrong) as never },
  });
  return made;
}
const approved = (made: Stage): Fields => ({ Mode: 'Apply', ApprovedPlanSha256: hashOf(planOf(made)) });
const stateOf = ({ fake }: Stage): Attributes | undefined => itemsOf(fake).find(({ sk }) => sk!['S'] === 'STATE');
const play = async (scenario: Scenario = {}, given?: Fields): Promise<readonly [Result, Stage]> => {
  const made = stage(scenario);
  const result = await finish(made.run('e1', given ?? approved(made)));
  expect(stateOf(made)?.['lockedBy']?.['S'], 'the lock').not.toBe('e1');
  return [result, made];
};
const vpcOf = ({ fake }: Stage): unknown => fake.state.functions['resize']!['VpcConfig'];

describe('attach-lambda-to-vpc', () => {
  it('is a runbook without a problem, whose steps ask for the declared permissions', () => {
    expect(validateRunbook(documentOf('attach-lambda-to-vpc'))).toEqual([]);
    // Those of EC2 serve Lambda, which looks at the network as whoever attaches the function.
    expect(permissionsOf(documentOf('attach-lambda-to-vpc')).actions.map(({ action }) => action)).toEqual(declared.filter((action) => !action.startsWith('ec2:')));
  });
  it('attaches a function as its approved plan says, with no permission more', async () => {
    const made = stage();
    const plan = planOf(made);
    const result = await finish(made.run('e1', approved(made)));
    expect(ending(result)).toBe('Success applied');
    expect(vpcOf(made)).toEqual(inside);
    expect(writesOf(result)).toEqual('calls' in plan ? plan.calls : []);
    expect(made.fake.used(role)).toEqual(declared);
    expect(recordOf(made.fake, 'e1')!['outcome']).toEqual({ S: 'applied' });
    expect(stateOf(made)).toEqual({ pk: { S: 'attach-lambda-to-vpc#resize' }, sk: { S: 'STATE' } });
  });

  const secured = { resource: { VpcConfig: inside } };
  it.each<[string, Scenario, Fields | undefined, string]>([
    ['Mode Plan, the default', {}, {}, 'planned'],
    ['nobody approved', {}, { Mode: 'Apply' }, 'needs-approval'],
    ['another plan was approved', {}, { Mode: 'Apply', ApprovedPlanSha256: 'f'.repeat(64) }, 'needs-approval'],
    ['the function is in the VPC', secured, undefined, 'noop'],
    ['the plan refuses', { resource: { State: 'Failed' } }, undefined, 'refused'],
    ['a hold', { planner: { decision: 'held' } }, undefined, 'held'],
    ['a decision nobody knows', { planner: { decision: 'perhaps' } }, undefined, 'refused'],
    ['a planner that applies in Mode Plan', { planner: { decision: 'apply' } }, { Mode: 'Plan' }, 'refused'],
  ])('changes nothing: %s', async (_, scenario, given, outcome) => {
    const [result, made] = await play(scenario, given);
    expect([ending(result), writesOf(result), recordOf(made.fake, 'e1')!['outcome']]).toEqual([`Success ${outcome}`, [], { S: outcome }]);
    expect(stateOf(made)).toBeUndefined();
  });
  it('shows the plan and its hash, for a person to approve', async () => {
    const [result, made] = await play({}, {});
    expect(result.outputs).toEqual({ 'EndPlanned.Outcome': 'planned', 'GetPlan.Summary': 'a plan', 'GetPlan.PlanSha256': hashOf(planOf(made)) });
  });

  const changeFunction = (on: string, nth = 1): Scenario => ({ faultsOf: (stageNow) => [concurrentWriter(on, () => { stageNow().fake.state.functions['resize']!['RevisionId'] = 'r2'; }, nth)] });
  it('refuses where the function was changed before the lock', async () => {
    const [result, made] = await play(changeFunction('lambda:Invoke', 2));
    expect([ending(result), writesOf(result), recordOf(made.fake, 'e1')!['because']]).toEqual(['Success refused', [], { S: 'the function was changed while it was planned; plan again' }]);
  });
  it('fails where the function is changed after the precheck, and leaves it alone', async () => {
    const [result, made] = await play(changeFunction('lambda:UpdateFunctionConfiguration'));
    expect([ending(result), result.failedStep, vpcOf(made)]).toEqual(['Failed', 'Attach', outside]);
  });
  it.each<[string, Scenario, string]>([
    ['the update fails', { state: { failingUpdates: { resize: 'EniLimitExceeded' } } }, 'Failed AssertUpdated'],
    ['the update never ends', { settleSeconds: Infinity }, 'TimedOut WaitUpdated'],
    ['the planner does not find it attached', { planner: { verify: 'failed' } }, 'Failed GetVerification'],
    ['no precheck is made', { planner: { throws: 'precheck' } }, 'Failed Precheck'],
    ['no precheck is made, and the error passes', { planner: { throws: 'precheck' }, readings: { functionError: 'passes' } }, 'Failed Fail'],
    ['nothing is planned', { planner: { throws: 'plan' } }, 'Failed Plan'],
    ['nothing is planned, and the error passes', { planner: { throws: 'plan' }, readings: { functionError: 'passes' } }, 'Failed GetPlan'],
    ['nothing is verified', { planner: { throws: 'verify' } }, 'Failed Verify'],
    ['nothing is verified, and the error passes', { planner: { throws: 'verify' }, readings: { functionError: 'passes' } }, 'Failed GetVerification'],
    ['it may not update the function', { actions: declared.filter((one) => one !== 'lambda:UpdateFunctionConfiguration') }, 'Failed Attach'],
    ['it may not write the ledger', { actions: declared.filter((one) => one !== 'dynamodb:UpdateItem') }, 'Failed AcquireLockAgain'],
  ])('fails, without the lock: %s', async (_, scenario, ended) => {
    const [result] = await play(scenario);
    expect(`${ending(result)} ${result.failedStep!}`).toBe(ended);
  });

  it.each<[string, readonly Fault[]]>([
    ...['lambda:Invoke', 'lambda:UpdateFunctionConfiguration', 'lambda:GetFunctionConfiguration', 'dynamodb:GetItem', 'dynamodb:UpdateItem'].flatMap((on) => [1, 2, 3, 4].map((nth): [string, readonly Fault[]] => [`throttled at call ${nth} of ${on}`, [throttle(on, nth)]])),
    ...[1, 2, 3].map((nth): [string, readonly Fault[]] => [`no answer from dynamodb:UpdateItem, call ${nth}`, [lostAnswer('dynamodb:UpdateItem', nth)]]),
  ])('attaches it all the same: %s', async (_, faults) => {
    const [result, made] = await play({ faults });
    expect([ending(result), vpcOf(made)]).toEqual(['Success applied', inside]);
  });
  it('fails after an update whose answer was lost, and the next run has nothing to do', async () => {
    const [result, made] = await play({ faults: [lostAnswer('lambda:UpdateFunctionConfiguration')] });
    expect([ending(result), result.failedStep]).toEqual(['Failed', 'Attach']);
    made.clock.advanceTo(made.clock.now() + 300_000);
    expect(ending(await finish(made.run('e2', { Mode: 'Apply' })))).toBe('Success noop');
  });

  const now = Math.floor(Date.parse('2026-11-01T09:30:05Z') / 1000);
  const lock = (until: number) => [{ pk: { S: 'attach-lambda-to-vpc#resize' }, sk: { S: 'STATE' }, lockedBy: { S: 'e0' }, lockUntil: { N: String(until) } }];
  it('leaves the function to the run that has the lock, and says so', async () => {
    const [result, made] = await play({ ledger: lock(now + 1) });
    expect([ending(result), writesOf(result), recordOf(made.fake, 'e1')!['because']]).toEqual(['Success refused', [], { S: 'run e0 is at work on the function; start again when it has ended' }]);
    expect(stateOf(made)!['lockedBy']).toEqual({ S: 'e0' });
  });
  it('takes over a lock that has expired', async () => { expect(ending((await play({ ledger: lock(now - 1) }))[0])).toBe('Success applied'); });
  it('does not release a lock that passed to another run', async () => {
    const [result, made] = await play({ faultsOf: (stageNow) => [concurrentWriter('dynamodb:UpdateItem', () => { (stateOf(stageNow()) as Record<string, unknown>)['lockedBy'] = { S: 'e9' }; }, 3)] });
    expect([ending(result), stateOf(made)!['lockedBy']]).toEqual(['Success applied', { S: 'e9' }]);
  });

  describe('killed anywhere, a run after the lease ends the work', () => {
    const afterwards = async (kill: (run: ReturnType<Stage['run']>) => ReturnType<Stage['run']>): Promise<boolean> => {
      const made = stage();
      const first = await finish(kill(made.run('e1', approved(made))));
      const second = await finish(made.run('e2', approved(made)));
      made.clock.advanceTo(made.clock.now() + leaseSeconds * 1000 + 1000);
      const third = await finish(made.run('e3', approved(made)));
      expect(ending(second)).toMatch(/^Success (applied|noop|refused)$/);
      expect(['Success applied', 'Success noop']).toContain(ending(third));
      expect(vpcOf(made)).toEqual(inside);
      return first.status === 'Cancelled';
    };
    it('between two steps', async () => {
      let steps = 0;
      while (await afterwards((run) => killAfter(run, steps))) steps += 1;
      expect(steps).toBeGreaterThan(10);
    });
    it('before any call and in any wait', async () => {
      let points = 0;
      for (let more = true; more; points += 1) {
        let seen = 0;
        more = await afterwards((run) => killWhen(run, () => { seen += 1; return seen > points; }));
      }
      expect(points).toBeGreaterThan(20);
    });
  });

  it('never lets two runs write, in whatever order they go', async () => {
    const orders = await explore(() => {
      const made = stage();
      return { ...made, runs: [made.run('e1', approved(made)), made.run('e2', approved(made))] };
    }, (results, made, order) => {
      const context = order.join('');
      const writes = results.flatMap(({ calls }) => calls.filter(({ api, error }) => api === 'UpdateFunctionConfiguration' && error === undefined));
      expect(writes.length, context).toBe(1);
      for (const result of results) expect(ending(result), context).toMatch(/^Success (applied|noop|refused)$/);
      expect(vpcOf(made), context).toEqual(inside);
      expect(stateOf(made)?.['lockedBy'], context).toBeUndefined();
    }, 1);
    expect(orders).toBeGreaterThan(10);
  });
});
