import { describe, expect, it } from 'vitest';
import type { Handler } from '../support/automation/fake-aws/lambda.ts';
import { concurrentWriter, killAfter, killWhen, lostAnswer, throttle, type Fault } from '../support/automation/faults.ts';
import { explore, finish } from '../support/automation/schedule.ts';
import type { Fields, Result, Run } from '../support/automation/types.ts';
import { declared, kinds, plannerRole, stageOf, stateOf, writerRole, type Setting, type Stage } from './policy-stage.ts';
import { role } from './play.ts';
import { ending, ledgerTable, recordOf, writesOf } from './runbook.ts';

const leaseSeconds = 3600;
/** Milliseconds: these run runbooks by the hundred. */
const long = 120_000;
const day = 24 * 60 * 60 * 1000;
const later = ({ clock }: Stage, milliseconds: number): void => { clock.advanceTo(clock.now() + milliseconds); };
const text = ({ fake }: Stage, executionId: string, name: string): unknown => recordOf(fake, executionId)?.[name]?.['S'];
const member = (record: unknown): unknown => Object.values(JSON.parse(String(record)) as object)[0];
const refusedLate = 'the policy was changed, or a hold placed, since it was planned; start again';

describe.each(Object.entries(kinds))('the policy of a %s', (_, kind) => {
  const { open, named, sound, braces } = kind.policies;
  const now = (stage: Stage): unknown => kind.policyOf(stage.fake);
  const pk = { S: `${kind.apply}#${kind.resourceId}` };
  const hold = (holdUntil: string) => [{ pk, sk: { S: 'STATE' }, holdUntil: { S: holdUntil }, holdBy: { S: 'e0' }, holdReason: { S: 'run e9 was rolled back' } }];
  const lock = (until: number) => [{ pk, sk: { S: 'STATE' }, lockedBy: { S: 'e0' }, lockUntil: { N: String(until) } }];
  /** A stage where a run has confined the policy. */
  const applied = async (setting: Setting = {}): Promise<Stage> => {
    const stage = stageOf(kind, setting);
    expect(ending(await finish(stage.apply('e1')))).toBe('Success applied');
    return stage;
  };
  const play = async (setting: Setting = {}, given?: Fields): Promise<readonly [Result, Stage]> => {
    const stage = stageOf(kind, setting);
    const result = await finish(stage.apply('e1', given));
    expect(stateOf(stage.fake)?.['lockedBy']?.['S'], 'the lock').not.toBe('e1');
    return [result, stage];
  };

  it('is confined as planned, with no permission more', async () => {
    const [result, stage] = await play();
    expect(ending(result)).toBe('Success applied');
    expect(now(stage)).toEqual(member(text(stage, 'e1', 'after')));
    expect(writesOf(result).map(({ input }) => input['PolicyDocument'])).toEqual([text(stage, 'e1', 'policy')]);
    expect(member(text(stage, 'e1', 'before'))).toEqual(open);
    expect(stage.fake.used(role)).toEqual(declared(kind));
    expect(stage.fake.used(plannerRole)).toEqual(['config:ListDiscoveredResources', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', kind.read].filter((one) => kind.apply === 'confine-iam-role-trust' || !one.startsWith('config:')).sort());
    expect(stage.fake.used(writerRole)).toEqual([]);
    expect(['precheck', 'verify', 'outcome'].map((name) => text(stage, 'e1', name))).toEqual(['unchanged', 'verified', 'applied']);
    expect(result.outputs).toEqual({ 'EndApplied.Outcome': 'applied', 'GetPlan.Summary': text(stage, 'e1', 'summary'), 'GetPlan.PlanSha256': text(stage, 'e1', 'planSha256') });
    expect(stateOf(stage.fake)).toEqual({ pk, sk: { S: 'STATE' } });
  });
  it('is written by the function as by the step', async () => {
    const [step, function_] = await Promise.all(['Step', 'Function'].map((WriteWith) => play({}, { Mode: 'Apply', WriteWith })));
    expect(ending(function_![0])).toBe('Success applied');
    expect([now(function_![1]), writesOf(function_![0])]).toEqual([now(step![1]), []]);
    expect(function_![1].fake.used(role)).toEqual(declared(kind).filter((one) => one !== kind.write));
    expect(function_![1].fake.used(writerRole)).toEqual(['dynamodb:GetItem', kind.write].sort());
  });
  it('needs the function where Automation hands on JSON as an object', async () => {
    const readings = { jsonText: 'parsed' } as const;
    const [step] = await play({ readings });
    const [function_] = await play({ readings }, { Mode: 'Apply', WriteWith: 'Function' });
    expect([ending(step), step.failedStep, ending(function_)]).toEqual(['Failed', 'Write', 'Success applied']);
  });

  const alone = (wrap: (planner: Handler) => Handler): Setting => ({ handlers: (all) => ({ ...all, 'perimeter-planner': wrap(all['perimeter-planner']!) }) });
  const asApply = alone((planner) => ((event: Fields) => planner({ ...event, ...event['mode'] === undefined ? {} : { mode: 'Apply' } } as never)) as Handler);
  it.each<[string, Setting, Fields, string, string]>([
    ['Mode Plan, the default', {}, {}, 'planned', 'nobody need approve it'],
    ['Mode Plan with an approval', { policy: named }, { ApprovedPlanSha256: 'f'.repeat(64) }, 'planned', 'it needs approval: the policy lets somebody in by name: account 999999999999'],
    ['nobody approved', { policy: named }, { Mode: 'Apply' }, 'needs-approval', 'the policy lets somebody in by name: account 999999999999'],
    ['another plan was approved', { policy: named }, { Mode: 'Apply', ApprovedPlanSha256: 'f'.repeat(64) }, 'refused', `the approved plan is \`${'f'.repeat(64)}\` and the plan is`],
    ['another plan was approved, and none need be', {}, { Mode: 'Apply', ApprovedPlanSha256: 'f'.repeat(64) }, 'refused', `the approved plan is \`${'f'.repeat(64)}\` and the plan is`],
    ['it is sound', { policy: sound }, { Mode: 'Apply' }, 'noop', 'is compliant'],
    ['it holds what Automation expands', { policy: braces }, { Mode: 'Apply' }, 'refused', 'the policy contains `{ {`, which Systems Manager expands'],
    ['a hold', { ledger: hold('2026-11-01_09.30.06') }, { Mode: 'Apply' }, 'held', 'a hold is in force until 2026-11-01_09.30.06, by e0: run e9 was rolled back'],
    ['a planner that applies in Mode Plan', asApply, {}, 'refused', 'nobody need approve it'],
  ])('stays: %s', async (_name, setting, given, outcome, because) => {
    const [result, stage] = await play(setting, given);
    expect([ending(result), text(stage, 'e1', 'outcome'), writesOf(result), now(stage)]).toEqual([`Success ${outcome}`, outcome, [], setting.policy ?? open]);
    expect(text(stage, 'e1', 'because')).toContain(because);
  });
  it('stays where the resource is gone', async () => {
    const stage = stageOf(kind);
    kind.remove(stage.fake);
    const result = await finish(stage.apply('e1'));
    expect([ending(result), text(stage, 'e1', 'because')]).toEqual(['Success refused', expect.stringContaining('any more; nothing is to be done where the resource is gone')]);
  });
  it('is confined where a hold has ended', async () => { expect(ending((await play({ ledger: hold('2026-11-01_09.30.05') }))[0])).toBe('Success applied'); });

  describe('with an approval', () => {
    const planned = async (): Promise<readonly [Stage, string]> => {
      const stage = stageOf(kind, { policy: named });
      await finish(stage.apply('e0', {}));
      return [stage, String(text(stage, 'e0', 'planSha256'))];
    };
    it('is confined as the approved plan says', async () => {
      const [stage, ApprovedPlanSha256] = await planned();
      expect(ending(await finish(stage.apply('e1', { Mode: 'Apply', ApprovedPlanSha256 })))).toBe('Success applied');
      expect([now(stage), text(stage, 'e1', 'planSha256'), text(stage, 'e1', 'approvedPlanSha256')]).toEqual([member(text(stage, 'e0', 'after')), ApprovedPlanSha256, ApprovedPlanSha256]);
    });
    it('stays where it was changed since', async () => {
      const [stage, ApprovedPlanSha256] = await planned();
      const changed = { ...named, Id: 'another' };
      kind.set(stage.fake, changed);
      expect(ending(await finish(stage.apply('e1', { Mode: 'Apply', ApprovedPlanSha256 })))).toBe('Success refused');
      expect([now(stage), text(stage, 'e1', 'because')]).toEqual([changed, expect.stringContaining('changed since; read the new plan and approve that one')]);
    });
  });

  describe('undone', () => {
    it('is as before, and a hold keeps it', async () => {
      const stage = await applied();
      const result = await finish(stage.undo('e2', 'e1'));
      expect([ending(result), now(stage)]).toEqual(['Success rolled-back', open]);
      expect(stage.fake.used(role)).toEqual(declared(kind));
      const holdUntil = { S: '2026-12-01_09.30.05' };
      expect(stateOf(stage.fake)).toEqual({ pk, sk: { S: 'STATE' }, holdUntil, holdBy: { S: 'e2' }, holdReason: { S: 'run e1 was rolled back' } });
      expect(ending(await finish(stage.apply('e3')))).toBe('Success held');
      later(stage, 31 * day);
      expect(ending(await finish(stage.apply('e4')))).toBe('Success applied');
    });
    it('is written by the function too', async () => {
      const stage = await applied();
      const result = await finish(stage.undo('e2', 'e1', { WriteWith: 'Function' }));
      expect([ending(result), now(stage), writesOf(result)]).toEqual(['Success rolled-back', open, []]);
    });
    it('can be done again', async () => {
      const stage = await applied();
      const made = now(stage);
      await finish(stage.undo('e2', 'e1'));
      expect([ending(await finish(stage.undo('e3', 'e2'))), now(stage)]).toEqual(['Success rolled-back', made]);
    });
    it('keeps a longer hold', async () => {
      const stage = await applied();
      await finish(stage.undo('e2', 'e1', { HoldDays: '60' }));
      await finish(stage.undo('e3', 'e2', { HoldDays: '1' }));
      expect(stateOf(stage.fake)!['holdUntil']).toEqual({ S: '2026-12-31_09.30.05' });
    });
    it.each<[string, string, Fields, string, string]>([
      ['a run there is not', 'e7', {}, 'refused', `the ledger holds no run \`e7\` of \`${kind.apply}\` on \`${kind.resourceId}\``],
      ['a run that changed nothing', 'e0', {}, 'refused', 'the run `e0` changed nothing: its decision was `planned`'],
      ['a run that was undone', 'e1', { Force: 'true' }, 'noop', 'the policy means what it meant before the run `e1`'],
    ])('stays: %s', async (_name, undoes, given, outcome, because) => {
      const stage = stageOf(kind);
      await finish(stage.apply('e0', {}));
      if (outcome === 'noop') { await finish(stage.apply('e1')); kind.set(stage.fake, open); }
      const before = now(stage);
      const result = await finish(stage.undo('e2', undoes, given));
      expect([ending(result), text(stage, 'e2', 'because'), now(stage), stateOf(stage.fake)?.['holdUntil']]).toEqual([`Success ${outcome}`, expect.stringContaining(because), before, undefined]);
    });
    it('stays where it was changed since, unless by force', async () => {
      const stage = await applied();
      kind.set(stage.fake, named);
      expect([ending(await finish(stage.undo('e2', 'e1'))), now(stage), stateOf(stage.fake)!['holdUntil']]).toEqual(['Success refused', named, undefined]);
      expect(text(stage, 'e2', 'because')).toMatch(/^the policy was changed after the run `e1`: the policy (allows|refuses) that .*; undo that change first/);
      expect([ending(await finish(stage.undo('e3', 'e1', { Force: 'true' }))), now(stage), member(text(stage, 'e3', 'before'))]).toEqual(['Success rolled-back', open, named]);
    });
    it('is undone where AWS has written it anew', async () => {
      const stage = await applied();
      const { Statement, ...rest } = now(stage) as { readonly Statement: readonly Fields[] };
      kind.set(stage.fake, { Statement: Statement.map((one) => ({ ...one, Action: [one['Action']] })), ...rest, Id: 'anew' });
      expect([ending(await finish(stage.undo('e2', 'e1'))), now(stage)]).toEqual(['Success rolled-back', open]);
    });
    it('fails where the policy is another afterwards, and leaves the hold', async () => {
      const stage = await applied({ faults: (stageNow) => [concurrentWriter('lambda:Invoke', () => kind.set(stageNow().fake, named), 6)] });
      const result = await finish(stage.undo('e2', 'e1'));
      expect([ending(result), result.failedStep, stateOf(stage.fake)!['holdBy'], stateOf(stage.fake)!['lockedBy']]).toEqual(['Failed', 'GetVerification', { S: 'e2' }, undefined]);
    });
  });

  describe('with another at work', () => {
    const changeAt = (on: string, nth: number): Setting => ({ faults: (stage) => [concurrentWriter(on, () => kind.set(stage().fake, named), nth)] });
    it('stays where it is changed before the lock', async () => {
      const [result, stage] = await play(changeAt('lambda:Invoke', 2));
      expect([ending(result), writesOf(result), now(stage), text(stage, 'e1', 'because')]).toEqual(['Success refused', [], named, refusedLate]);
    });
    it('stays where a hold comes before the lock', async () => {
      const [result, stage] = await play({ faults: (stageNow) => [concurrentWriter('lambda:Invoke', () => { (stateOf(stageNow().fake) as Record<string, unknown>)['holdUntil'] = { S: '2027-01-01_00.00.00' }; }, 2)] });
      expect([ending(result), writesOf(result), now(stage)]).toEqual(['Success refused', [], open]);
    });
    it('fails where it is changed between the write and the verification', async () => {
      const [result, stage] = await play(changeAt('lambda:Invoke', 3));
      expect([ending(result), result.failedStep, text(stage, 'e1', 'verify')]).toEqual(['Failed', 'GetVerification', expect.stringMatching(/^failed: the policy (allows|refuses) that /)]);
    });
    // EC2 and IAM know no revisions: nothing tells of a change in the seconds between precheck and write.
    it('overwrites a change between precheck and write', async () => {
      const [result, stage] = await play(changeAt(kind.write, 1));
      expect([ending(result), now(stage)]).toEqual(['Success applied', member(text(stage, 'e1', 'after'))]);
    });
    it('is left to the run that has the lock', async () => {
      const [result, stage] = await play({ ledger: lock(Math.floor(Date.parse('2026-11-01T09:30:06Z') / 1000)) });
      expect([ending(result), writesOf(result), text(stage, 'e1', 'because')]).toEqual(['Success refused', [], expect.stringMatching(/^run e0 is at work on the /)]);
      expect(stateOf(stage.fake)!['lockedBy']).toEqual({ S: 'e0' });
    });
    it('is confined where a lock has expired', async () => { expect(ending((await play({ ledger: lock(Math.floor(Date.parse('2026-11-01T09:30:04Z') / 1000)) }))[0])).toBe('Success applied'); });
    it('fails where the lock has passed to another, and writes nothing', async () => {
      const [result, stage] = await play({ faults: (stageNow) => [concurrentWriter('lambda:Invoke', () => { (stateOf(stageNow().fake) as Record<string, unknown>)['lockedBy'] = { S: 'e9' }; }, 2)] });
      expect([ending(result), result.failedStep, writesOf(result), stateOf(stage.fake)!['lockedBy']]).toEqual(['Failed', 'Precheck', [], { S: 'e9' }]);
    });
  });

  const without = (op: string): Setting => alone((planner) => ((event: Fields) => { if (event['op'] === op) throw new Error('no'); return planner(event as never); }) as Handler);
  it.each<[string, Setting, Fields, string]>([
    ['nothing is planned', without('plan'), {}, 'Failed Plan'],
    ['nothing is planned, and the error passes', { ...without('plan'), readings: { functionError: 'passes' } }, {}, 'Failed GetPlan'],
    ['no precheck is made', without('precheck'), {}, 'Failed Precheck'],
    ['no precheck is made, and the error passes', { ...without('precheck'), readings: { functionError: 'passes' } }, {}, 'Failed Fail'],
    ['nothing is verified', without('verify'), {}, 'Failed Verify'],
    ['nothing is verified, and the error passes', { ...without('verify'), readings: { functionError: 'passes' } }, {}, 'Failed GetVerification'],
    ['a write that nobody sees', { lagSeconds: 1000 }, {}, 'Failed GetVerification'],
    ['it may not write', { actions: declared(kind).filter((one) => one !== kind.write) }, {}, 'Failed Write'],
    ['it may not use the ledger', { actions: declared(kind).filter((one) => one !== 'dynamodb:UpdateItem') }, {}, 'Failed AcquireLockAgain'],
    ['the writer writes nothing', { handlers: (all) => ({ ...all, 'perimeter-writer': () => { throw new Error('no'); } }) }, { WriteWith: 'Function' }, 'Failed WriteByFunction'],
    ['the writer writes nothing, and the error passes', { handlers: (all) => ({ ...all, 'perimeter-writer': () => { throw new Error('no'); } }), readings: { functionError: 'passes' } }, { WriteWith: 'Function' }, 'Failed GetVerification'],
  ])('fails, without the lock: %s', async (_name, setting, given, ended) => {
    const [result] = await play(setting, { Mode: 'Apply', ...given });
    expect(`${ending(result)} ${result.failedStep!}`).toBe(ended);
  });

  const operations = ['lambda:Invoke', kind.write, kind.read, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'];
  it.each<[string, readonly Fault[]]>([throttle, lostAnswer].flatMap((fault) => operations.flatMap((on) => [1, 2, 3, 4, 5].map((nth): [string, readonly Fault[]] => [`${fault.name} at call ${nth} of ${on}`, [fault(on, nth)]]))))('is confined all the same: %s', async (_name, faults) => {
    const [result, stage] = await play({ faults: () => faults });
    expect([ending(result), now(stage)]).toEqual(['Success applied', member(text(stage, 'e1', 'after'))]);
  });
  it('is confined where a write shows late', async () => {
    const [result, stage] = await play({ lagSeconds: 50 });
    expect([ending(result), text(stage, 'e1', 'verify')]).toEqual(['Success applied', 'verified']);
  });

  describe('with runs killed anywhere', () => {
    /** Kills a run at every point there is, one after the other, until it ends by itself. */
    async function everywhere(check: (kill: (run: Run) => Run) => Promise<Result>): Promise<number> {
      let points = 0;
      for (let steps = 0; (await check((run) => killAfter(run, steps))).status === 'Cancelled'; steps += 1) points += 1;
      for (let calls = 0; ; calls += 1, points += 1) {
        let seen = 0;
        if ((await check((run) => killWhen(run, () => { seen += 1; return seen > calls; }))).status !== 'Cancelled') return points;
      }
    }
    it('is confined by a run after the lease', async () => {
      const points = await everywhere(async (kill) => {
        const stage = stageOf(kind);
        const first = await finish(kill(stage.apply('e1')));
        expect(ending(await finish(stage.apply('e2')))).toMatch(/^Success (applied|noop|refused)$/);
        later(stage, leaseSeconds * 1000 + 1000);
        expect(['Success applied', 'Success noop']).toContain(ending(await finish(stage.apply('e3'))));
        expect(stateOf(stage.fake)?.['lockedBy']?.['S']).not.toBe('e3');
        return first;
      });
      expect(points).toBeGreaterThan(30);
    }, long);
    it('is put back by a rollback after the lease, and never open without a hold', async () => {
      const points = await everywhere(async (kill) => {
        const stage = await applied();
        const made = now(stage);
        const first = await finish(kill(stage.undo('e2', 'e1')));
        if (stateOf(stage.fake)?.['holdUntil'] === undefined) expect(now(stage)).toEqual(made);
        later(stage, leaseSeconds * 1000 + 1000);
        expect(['Success rolled-back', 'Success noop']).toContain(ending(await finish(stage.undo('e3', 'e1'))));
        expect(now(stage)).toEqual(open);
        expect(ending(await finish(stage.apply('e4')))).toBe('Success held');
        return first;
      });
      expect(points).toBeGreaterThan(30);
    }, long);
  });

  describe('with two runs in whatever order', () => {
    const writes = (results: readonly Result[]): number => results.flatMap(writesOf).length;
    it('is written once', async () => {
      const orders = await explore(() => {
        const stage = stageOf(kind);
        return { ...stage, runs: [stage.apply('e1'), stage.apply('e2')] };
      }, (results, { fake }, order) => {
        const context = order.join('');
        expect(writes(results), context).toBe(1);
        for (const result of results) expect(ending(result), context).toMatch(/^Success (applied|noop|refused)$/);
        expect(stateOf(fake)?.['lockedBy'], context).toBeUndefined();
      }, 1);
      expect(orders).toBeGreaterThan(10);
    }, long);
    it('stays as it was when it is undone while another run would confine it', async () => {
      const { fake } = await applied();
      const [confined, ledger] = [kind.policyOf(fake) as object, fake.state.tables[ledgerTable]!.items];
      const others = new Set<string>();
      const orders = await explore(() => {
        const stage = stageOf(kind, { policy: confined, ledger });
        return { ...stage, runs: [stage.undo('e2', 'e1'), stage.apply('e3')] };
      }, ([undone, other], world, order) => {
        expect([ending(undone!), kind.policyOf(world.fake)], order.join('')).toEqual(['Success rolled-back', open]);
        others.add(ending(other!));
      }, 1);
      expect(orders).toBeGreaterThan(10);
      // Before the hold the policy is a confined one yet.
      expect([...others].sort()).toEqual(['Success held', 'Success noop']);
    }, long);
  });
});

describe('a role made anew', () => {
  const kind = kinds['IAM role'];
  const anew = ({ state }: Stage['fake']): void => { state.roles['deploy'] = { ...state.roles['deploy'], RoleId: 'AROAANOTHERONE1234567' }; };
  it('is not planned for under the old id', async () => {
    const stage = stageOf(kind);
    anew(stage.fake);
    expect([ending(await finish(stage.apply('e1'))), text(stage, 'e1', 'because')]).toEqual([
      'Success refused', 'the role `deploy` was deleted and made again: its id is `AROAANOTHERONE1234567` now, not `AROAEXAMPLEEXAMPLE123`; let AWS Config record the new role, and plan that one',
    ]);
  });
  it.each(['apply', 'undo'])('is not written between precheck and write: %s', async (which) => {
    // The reads of IAM: plan, precheck, and that of the runbook; before a rollback those of the first run.
    const stage = stageOf(kind, { faults: (stageNow) => [concurrentWriter('iam:GetRole', () => { anew(stageNow().fake); }, which === 'apply' ? 3 : 7)] });
    if (which === 'undo') await finish(stage.apply('e1'));
    const before = kind.policyOf(stage.fake);
    const result = await finish(which === 'apply' ? stage.apply('e2') : stage.undo('e2', 'e1'));
    expect([ending(result), result.failedStep, writesOf(result), kind.policyOf(stage.fake), stateOf(stage.fake)?.['holdUntil']]).toEqual(['Failed', 'AssertRole', [], before, undefined]);
  });
});
