import { describe, expect, it } from 'vitest';
import type { AnyRemediation } from '../../core/remediation.ts';
import { permissionsOf } from '../../deployment/runbook-permissions.ts';
import { validateRunbook } from '../../deployment/validate-runbook.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { makeRdsInstancePrivate } from '../../remediations/make-rds-instance-private.ts';
import { makeRedshiftClusterPrivate } from '../../remediations/make-redshift-cluster-private.ts';
import { makeRedshiftServerlessPrivate } from '../../remediations/make-redshift-serverless-private.ts';
import { AwsError, type Resource, type State } from '../support/automation/fake-aws/service.ts';
import { concurrentWriter, killAfter, killWhen, lostAnswer, staleRead, stuckStatus, throttle, type Fault } from '../support/automation/faults.ts';
import { explore, finish } from '../support/automation/schedule.ts';
import type { Call, Fields, Result } from '../support/automation/types.ts';
import { planCase } from '../support/test-remediation.ts';
import { role } from './play.ts';
import { documentOf, ending, recordOf, stageOf, unrecordedWrites, writesOf, type Setting, type Stage } from './runbook.ts';

type Kind = 'dbInstances' | 'clusters' | 'workgroups';
interface Flag {
  readonly remediation: AnyRemediation;
  readonly kind: Kind;
  readonly name: string;
  readonly resourceId: string;
  readonly resource: Resource;
  /** Members of the API by what they say. */
  readonly flag: string;
  readonly status: string;
  readonly available: string;
  readonly modifying: string;
  readonly read: string;
  readonly write: string;
  /** Where an answer of `read` holds the resource. */
  readonly inAnswer: (answer: never) => Resource;
}

const flags: readonly Flag[] = [
  {
    remediation: makeRdsInstancePrivate, kind: 'dbInstances', name: 'orders', resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    resource: { DBInstanceIdentifier: 'orders', DbiResourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ', DBInstanceArn: 'arn:aws:rds:eu-west-1:111111111111:db:orders', Engine: 'postgres', DBInstanceStatus: 'available', PubliclyAccessible: true, PendingModifiedValues: { DBInstanceClass: 'db.m7g.xlarge' } },
    flag: 'PubliclyAccessible', status: 'DBInstanceStatus', available: 'available', modifying: 'modifying', read: 'rds:DescribeDBInstances', write: 'rds:ModifyDBInstance',
    inAnswer: ({ DBInstances: [one] }: { DBInstances: [Resource] }) => one,
  },
  {
    remediation: makeRedshiftClusterPrivate, kind: 'clusters', name: 'warehouse', resourceId: 'warehouse',
    resource: { ClusterIdentifier: 'warehouse', ClusterStatus: 'available', PubliclyAccessible: true, EnhancedVpcRouting: true },
    flag: 'PubliclyAccessible', status: 'ClusterStatus', available: 'available', modifying: 'modifying', read: 'redshift:DescribeClusters', write: 'redshift:ModifyCluster',
    inAnswer: ({ Clusters: [one] }: { Clusters: [Resource] }) => one,
  },
  {
    remediation: makeRedshiftServerlessPrivate, kind: 'workgroups', name: 'reports', resourceId: 'reports',
    resource: { workgroupName: 'reports', workgroupArn: 'arn:aws:redshift-serverless:eu-west-1:111111111111:workgroup/a1b2', status: 'AVAILABLE', publiclyAccessible: true },
    flag: 'publiclyAccessible', status: 'status', available: 'AVAILABLE', modifying: 'MODIFYING', read: 'redshift-serverless:GetWorkgroup', write: 'redshift-serverless:UpdateWorkgroup',
    inAnswer: ({ workgroup }: { workgroup: Resource }) => workgroup,
  },
];

const ledgerActions = ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];
const declared = ({ remediation }: Flag): string[] => [...remediation.permissions.map(({ action }) => action), ...ledgerActions].sort();
const isRecord = ({ service, api, input }: Call): boolean => service === 'dynamodb' && api === 'PutItem' && String(((input['Item'] as Fields)['before'] as Fields)['S']).includes('true');

interface Scenario extends Setting { readonly given?: Fields; readonly resource?: Resource; readonly faultsOf?: (stage: () => Stage) => readonly Fault[] }

/** The resource as `resource` changes it, and the runbook in a role with the remediation's permissions and the ledger's. */
function stage(flag: Flag, { given = {}, resource = {}, faultsOf, faults = [], ...setting }: Scenario = {}): Stage {
  const state = { [flag.kind]: { [flag.name]: { ...flag.resource, ...resource } } } as unknown as Partial<State>;
  const made: Stage = stageOf(flag.remediation.id, declared(flag), { ResourceId: flag.resourceId, ...given }, { ...setting, state, faults: [...faults, ...faultsOf?.(() => made) ?? []] });
  return made;
}
const resourceOf = (flag: Flag, { fake: { state } }: Stage): Resource => state[flag.kind][flag.name]!;

/** What the fix plan of the same resource would send: the names of the API, with the first letters lowered as a live read brings them. */
function plannedCalls(flag: Flag): readonly unknown[] {
  const configuration = Object.fromEntries(Object.entries(flag.resource).map(([name, value]) => [name === 'Engine' || name === flag.flag || name === flag.status ? `${name[0]!.toLowerCase()}${name.slice(1)}` : name, value]));
  const item = normalizeItem({
    awsAccountId: '111111111111', awsRegion: 'eu-west-1', resourceType: flag.remediation.resourceType, resourceId: flag.resourceId, resourceName: flag.name, ARN: `arn:aws:x:eu-west-1:111111111111:${flag.name}`, configuration,
  });
  const plan = planCase(flag.remediation, { item });
  return 'calls' in plan ? plan.calls : [plan];
}

const start = { ':now': '2026-11-01_09.30.05' };
const hold = (flag: Flag, until: string) => ({ pk: { S: `${flag.remediation.id}#${flag.resourceId}` }, sk: { S: 'STATE' }, holdUntil: { S: until }, holdBy: { S: 'ann' }, holdReason: { S: 'migration' } });

describe.each(flags.map((flag) => [flag.remediation.id, flag] as const))('%s', (id, flag) => {
  const play = async (scenario: Scenario = {}): Promise<readonly [Result, Stage]> => {
    const made = stage(flag, scenario);
    const result = await finish(made.run('e1'));
    expect(unrecordedWrites(result, isRecord)).toEqual([]);
    return [result, made];
  };

  it('is a runbook without a problem, whose steps ask for the declared permissions', () => {
    expect(validateRunbook(documentOf(id))).toEqual([]);
    expect(permissionsOf(documentOf(id)).actions.map(({ action }) => action)).toEqual(declared(flag));
  });
  it('makes a public resource private, by the calls of its plan and no permission more', async () => {
    const [result, made] = await play();
    expect(ending(result)).toBe('Success applied');
    expect(resourceOf(flag, made)).toEqual({ ...flag.resource, [flag.flag]: false, ...flag.kind === 'clusters' ? { PendingModifiedValues: {} } : {} });
    expect(writesOf(result)).toEqual(plannedCalls(flag));
    expect(made.fake.used(role)).toEqual(declared(flag));
  });
  it('records the run', async () => {
    const [, { fake }] = await play();
    expect(recordOf(fake, 'e1')).toMatchObject({
      pk: { S: `${id}#${flag.resourceId}` }, startedAt: { S: start[':now'] }, mode: { S: 'Apply' }, decision: { S: 'apply' },
      before: { S: '{"publiclyAccessible":true}' }, after: { S: '{"publiclyAccessible":false}' }, outcome: { S: 'applied' },
    });
  });
  it.each<[string, Scenario, string]>([
    ['a private resource', { resource: { [flag.flag]: false } }, 'noop'],
    ['a private resource in a status that would be refused', { resource: { [flag.flag]: false, [flag.status]: 'deleting' } }, 'noop'],
    ['Mode Plan', { given: { Mode: 'Plan' } }, 'planned'],
    ['a hold', { ledger: [hold(flag, '2026-11-01_09.30.06')] }, 'held'],
  ])('changes nothing: %s', async (_, scenario, outcome) => {
    const [result, made] = await play(scenario);
    expect(ending(result)).toBe(`Success ${outcome}`);
    expect(writesOf(result)).toEqual([]);
    expect(recordOf(made.fake, 'e1')!['outcome']).toEqual({ S: outcome });
  });
  it('goes on after a hold has ended', async () => {
    expect(ending((await play({ ledger: [hold(flag, '2026-11-01_09.30.05')] }))[0])).toBe('Success applied');
  });
  it('counts a hold that is placed during its wait', async () => {
    const [result] = await play({ faultsOf: (stageNow) => [concurrentWriter('dynamodb:Query', () => { stageNow().fake.state.tables['perimeter-ledger']!.items.push(hold(flag, '2026-12-01_00.00.00')); })] });
    expect(ending(result)).toBe('Success held');
  });

  it('waits for a resource that is being modified', async () => {
    const pending = [{ at: Date.parse('2026-11-01T09:50:00Z'), kind: flag.kind, id: flag.name, set: { [flag.status]: flag.available } }];
    const state = { [flag.kind]: { [flag.name]: { ...flag.resource, [flag.status]: flag.modifying } }, pending } as unknown as Partial<State>;
    const made = stageOf(id, declared(flag), { ResourceId: flag.resourceId }, { state });
    expect(ending(await finish(made.run('e1')))).toBe('Success applied');
  });
  it('fails where the resource never becomes ready', async () => {
    const [result] = await play({ resource: { [flag.status]: flag.modifying } });
    expect([ending(result), result.failedStep, writesOf(result)]).toEqual(['TimedOut', 'WaitReady', []]);
  });
  it('fails where the change never takes effect', async () => {
    const [result] = await play({ settleSeconds: Infinity });
    expect([ending(result), result.failedStep]).toEqual(['TimedOut', 'WaitPrivate']);
  });
  it('has done its work where only the status gets stuck', async () => {
    const [result] = await play({ faults: [stuckStatus({ write: flag.write, read: flag.read, change: (answer) => { flag.inAnswer(answer)[flag.status] = flag.modifying; } })] });
    expect(ending(result)).toBe('Success applied');
  });

  it.each<[string, (stageNow: () => Stage) => readonly Fault[]]>([
    ...[flag.read, flag.write, ...ledgerActions].flatMap((on) => [1, 2, 3, 4, 5].map((nth): [string, () => readonly Fault[]] => [`throttled at call ${nth} of ${on}`, () => [throttle(on, nth)]])),
    ...[flag.write, 'dynamodb:PutItem', 'dynamodb:UpdateItem'].map((on): [string, () => readonly Fault[]] => [`no answer from ${on}`, () => [lostAnswer(on)]]),
    ['reads from before the change', (stageNow) => [staleRead({ write: flag.write, read: flag.read, times: 3, snapshot: () => stageNow().fake.snapshot() })]],
    ['somebody else makes it private first', (stageNow) => [concurrentWriter(flag.write, () => { resourceOf(flag, stageNow())[flag.flag] = false; })]],
    ['the resource becomes busy just before the change', (stageNow) => [concurrentWriter(flag.write, () => {
      const { fake, clock } = stageNow();
      resourceOf(flag, stageNow())[flag.status] = flag.modifying;
      fake.state.pending.push({ at: clock.now() + 60_000, kind: flag.kind, id: flag.name, set: { [flag.status]: flag.available } });
    })]],
  ])('makes it private all the same: %s', async (_, faultsOf) => {
    const [result, made] = await play({ faultsOf });
    expect(ending(result)).toBe('Success applied');
    expect(resourceOf(flag, made)[flag.flag]).toBe(false);
  });
  it('makes it private where answers lag behind', async () => { expect(ending((await play({ lagSeconds: 30 }))[0])).toBe('Success applied'); });

  it('fails, and says where, when it may not change the resource', async () => {
    const made = stageOf(id, declared(flag).filter((action) => action !== flag.write), { ResourceId: flag.resourceId }, { state: { [flag.kind]: { [flag.name]: flag.resource } } as unknown as Partial<State> });
    const result = await finish(made.run('e1'));
    expect([result.status, result.outputs]).toEqual(['Failed', {}]);
    expect(result.steps.findLast(({ name }) => name === 'ModifyAgain')!.message).toContain('may not');
  });
  it('fails where there is no such resource', async () => {
    const made = stageOf(id, declared(flag), { ResourceId: flag.resourceId }, {});
    expect((await finish(made.run('e1'))).failedStep).toBe('Find');
  });

  describe('killed anywhere, a second run ends the work', () => {
    const afterwards = async (kill: (run: ReturnType<Stage['run']>) => ReturnType<Stage['run']>): Promise<boolean> => {
      const made = stage(flag);
      const first = await finish(kill(made.run('e1')));
      expect(unrecordedWrites(first, isRecord)).toEqual([]);
      const second = await finish(made.run('e2'));
      expect(['Success applied', 'Success noop']).toContain(ending(second));
      expect(unrecordedWrites(second, isRecord)).toEqual([]);
      expect(resourceOf(flag, made)[flag.flag]).toBe(false);
      return first.status === 'Cancelled';
    };
    it('between two steps', async () => {
      let steps = 0;
      while (await afterwards((run) => killAfter(run, steps))) steps += 1;
      expect(steps).toBeGreaterThan(9);
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

  it('two runs at once both end well, in whatever order they go', async () => {
    const orders = await explore(() => {
      const made = stage(flag);
      return { ...made, runs: [made.run('e1'), made.run('e2')] };
    }, (results, made, order) => {
      const context = order.join('');
      for (const result of results) {
        expect(['Success applied', 'Success noop'], context).toContain(ending(result));
        expect(unrecordedWrites(result, isRecord), context).toEqual([]);
      }
      expect(resourceOf(flag, made)[flag.flag], context).toBe(false);
    }, 1);
    expect(orders).toBeGreaterThan(10);
  });
});

const [rds, redshift, serverless] = flags as [Flag, Flag, Flag];
const refusedOf = async (flag: Flag, scenario: Scenario): Promise<readonly unknown[]> => {
  const made = stage(flag, scenario);
  const result = await finish(made.run('e1'));
  return [ending(result), writesOf(result), recordOf(made.fake, 'e1')!['because']!['S']];
};

describe('a refusal ends in Success, with its reason', () => {
  it.each<[string, Flag, Resource, string]>([
    ['Neptune', rds, { Engine: 'neptune' }, 'an instance of neptune in status available: those of neptune and docdb are changed through their own services, and a stopped one must be started first'],
    ['DocumentDB', rds, { Engine: 'docdb' }, 'an instance of docdb in status available: those of neptune and docdb are changed through their own services, and a stopped one must be started first'],
    ...['stopped', 'stopping', 'deleting'].map((status): [string, Flag, Resource, string] => [`${status} instance`, rds, { DBInstanceStatus: status }, `an instance of postgres in status ${status}: those of neptune and docdb are changed through their own services, and a stopped one must be started first`]),
    ...['paused', 'pausing', 'deleting'].map((status): [string, Flag, Resource, string] => [`${status} cluster`, redshift, { ClusterStatus: status }, `a cluster in status ${status}: a paused one must be resumed first`]),
    ['a workgroup on its way out', serverless, { status: 'DELETING' }, 'the workgroup is being deleted'],
  ])('%s', async (_, flag, resource, because) => { expect(await refusedOf(flag, { resource })).toEqual(['Success refused', [], because]); });
});

describe('an instance that refuses the change', () => {
  /** As RDS answers for members of a Multi-AZ DB cluster. */
  const refuses: Fault = (next) => (service, api, ...rest) => api === 'ModifyDBInstance' ? Promise.reject(new AwsError('InvalidParameterCombination', 'not for members of a cluster')) : next(service, api, ...rest);
  const outcome = async (resource: Resource): Promise<readonly unknown[]> => {
    const made = stage(rds, { resource, faults: [refuses] });
    const result = await finish(made.run('e1'));
    return [ending(result), result.failedStep, recordOf(made.fake, 'e1')!['outcome']!['S'], recordOf(made.fake, 'e1')!['because']!['S']];
  };
  it.each(['mysql', 'postgres'])('is refused as a member of a Multi-AZ DB cluster of %s', async (Engine) => {
    expect(await outcome({ Engine, DBClusterIdentifier: 'ledger' })).toEqual(['Success refused', undefined, 'refused', 'a member of the Multi-AZ DB cluster ledger, whose public access is fixed when the cluster is made']);
  });
  it('fails as a member of an Aurora cluster', async () => {
    expect(await outcome({ Engine: 'aurora-mysql', DBClusterIdentifier: 'catalogue' })).toEqual(['Failed', 'Fail', 'none', 'the instance has a public address']);
  });
  it('fails alone', async () => { expect((await outcome({}))[0]).toBe('Failed'); });
});

describe('the elastic IP address of a cluster', () => {
  it('is recorded before the change', async () => {
    const made = stage(redshift, { resource: { ElasticIpStatus: { ElasticIp: '198.51.100.7', Status: 'active' } } });
    const result = await finish(made.run('e1'));
    expect(ending(result)).toBe('Success applied');
    expect(recordOf(made.fake, 'e1')!['elasticIp']).toEqual({ S: '198.51.100.7' });
    const order = result.calls.map(({ api }) => api);
    expect(order.indexOf('UpdateItem')).toBeLessThan(order.indexOf('ModifyCluster'));
  });
  it('is left out where there is none', async () => {
    const made = stage(redshift);
    await finish(made.run('e1'));
    expect(recordOf(made.fake, 'e1')).not.toHaveProperty('elasticIp');
  });
});

describe('modifications that wait for their window', () => {
  it('still wait after the change', async () => {
    const made = stage(rds);
    await finish(made.run('e1'));
    expect(resourceOf(rds, made)['PendingModifiedValues']).toEqual({ DBInstanceClass: 'db.m7g.xlarge' });
  });
});
