import { afterEach, describe, expect, it } from 'vitest';
import { code, openStage, settingsText, writesIn, type Stage } from './stage.ts';

let stage: Stage;
afterEach(async () => {
  expect(stage.organization.violations).toEqual([]);
  await stage.close();
});

const instances = (): readonly string[] => [...stage.organization.state.stackSets[0]?.instances.values() ?? []].map(({ account, region, status }) => `${account} ${region} ${status}`).sort();
const failure = (account: string, region: string, reason: string, times?: number) => ({ account, region, stack: 'perimeter-member', reason, ...times === undefined ? {} : { times } });

describe('an organization of 300 accounts', () => {
  it('is shown, deployed to, left alone by a second run, brought up to date and removed', async () => {
    stage = await openStage({ accounts: 300, suspended: [17], polls: 1, faults: { throttle: { 'organizations:ListAccounts': 1, 'cloudformation:ListStackInstances': 1 } } });
    const { organization } = stage;

    const before = await stage.preview();
    expect(before).toMatchObject({ exit: 1, err: '' });
    expect(before.out).toContain('To 298 accounts of organization o-perimeter01, administered by account 100000000002 (delegated administrator)');
    expect(before.out).toContain('make 596 stacks in eu-west-1, us-east-1: below r-perm');
    expect(before.out).toMatch(/^Cost: [\d.,]+ to [\d.,]+ USD a month for 596 accounts and Regions, and more for each resource that is judged; no resources are counted yet/m);
    expect(writesIn(organization)).toEqual([]);

    const first = await stage.apply();
    expect(first).toMatchObject({ exit: 0, err: '' });
    expect(first.out).toContain('596 of 596 accounts and Regions');
    expect(instances()).toHaveLength(596);
    expect(instances().filter((one) => !one.endsWith('CURRENT'))).toEqual([]);
    const [bucket] = [...organization.state.buckets.values()];
    expect(JSON.parse(bucket!.objects.get('definition.json')!.at(-1)!.body.toString('utf8'))).toMatchObject({ accounts: organization.state.accounts.map(({ id }) => id) });
    expect(JSON.parse(bucket!.objects.get('definition-source.json')!.at(-1)!.body.toString('utf8'))).toMatchObject({ accounts: 'organization' });

    // Names of buckets are of all accounts of AWS: somebody else may have taken this one.
    expect(organization.calls.filter(({ service, input }) => service === 's3' && input['ExpectedBucketOwner'] !== '100000000002')).toEqual([]);

    const calls = organization.calls.length;
    expect(await stage.apply()).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing to change.') as string });
    const unchanged = await stage.preview();
    expect(unchanged).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing to change.') as string });
    // The aggregator stands now, and counts.
    expect(unchanged.out).toMatch(/^Cost: [\d.,]+ to [\d.,]+ USD a month for 596 accounts and Regions; `perimeter cost` shows the arithmetic\.$/m);
    expect(writesIn(organization, calls)).toEqual([]);

    stage.release({ ...code, writer: "exports.handler = () => 'next';" });
    const next = await stage.preview();
    expect(next.out).toContain('update 596 stacks');
    expect(next.out).toContain('  change WriterFunction\n');
    expect(await stage.status({ shallow: true })).toMatchObject({ exit: 1, out: expect.stringContaining('596  out of date') as string });
    expect((await stage.apply()).exit).toBe(0);
    expect(instances().filter((one) => !one.endsWith('CURRENT'))).toEqual([]);

    const gone = await stage.destroy();
    expect(gone).toMatchObject({ exit: 0, err: '' });
    expect(organization.state.stackSets).toEqual([]);
    expect(organization.state.stacks.filter(({ status }) => status !== 'DELETE_COMPLETE')).toEqual([]);
    expect(organization.state.buckets.size).toBe(1);
    expect(gone.out).toContain('bucket perimeter-100000000002-eu-west-1 with definition and templates; --delete-bucket removes it');
  }, 60_000);
});

describe('an organization pack', () => {
  it('that is left when the stacks of accounts hold the pack is told, with what removes it', async () => {
    stage = await openStage({ accounts: 4 }, `${settingsText}pack: organization-pack\n`);
    expect((await stage.apply()).exit).toBe(0);
    stage.write('deployment.yaml', settingsText);
    const { out } = await stage.preview();
    for (const region of ['eu-west-1', 'us-east-1']) {
      expect(out).toContain(`the stack perimeter-organization-pack in ${region} still gives every account the rules, which its own stack has, too`);
      expect(out).toContain(`aws cloudformation delete-stack --region ${region} --stack-name perimeter-organization-pack`);
    }
  });
});

describe('accounts that fail', () => {
  it('are told with the reason that AWS gave, and tried again by another run', async () => {
    stage = await openStage({ faults: { fail: [failure('100000000004', 'eu-west-1', 'no recorder here', 1), failure('100000000005', 'us-east-1', 'not allowed here', 1)] } }, `${settingsText}failureTolerancePercentage: 50\n`);
    const first = await stage.apply();
    expect(first.exit).toBe(1);
    expect(first.out).not.toContain('everything stands');
    expect(first.out).toContain('NOT AS THEY SHOULD BE: 2 stacks of 2 accounts');
    expect(first.out).toMatch(/100000000004 {2}eu-west-1 {2}failed {2}.*no recorder here/);
    expect(first.out).toMatch(/100000000005 {2}us-east-1 {2}failed {2}.*not allowed here/);
    const status = await stage.status({ shallow: true });
    expect(status.out).toContain('2   failing');
    expect(status.out).toContain('no recorder here');

    const from = stage.organization.calls.length;
    const second = await stage.apply();
    expect(second.exit).toBe(0);
    const updates = stage.organization.calls.slice(from).filter(({ operation }) => operation === 'UpdateStackSet').map(({ input }) => input['DeploymentTargets']);
    expect(updates).toEqual([
      { OrganizationalUnitIds: ['r-perm'], Accounts: ['100000000004'], AccountFilterType: 'INTERSECTION' },
      { OrganizationalUnitIds: ['r-perm'], Accounts: ['100000000005'], AccountFilterType: 'INTERSECTION' },
    ]);
    expect(instances().filter((one) => !one.endsWith('CURRENT'))).toEqual([]);
  });

  it('because an earlier stack left its ledger there are deployed to with that ledger', async () => {
    stage = await openStage({ accounts: 6 }, settingsText);
    expect((await stage.apply()).exit).toBe(0);
    stage.write('deployment.yaml', `${settingsText}excludeAccounts: ["100000000004"]\n`);
    expect((await stage.apply()).exit).toBe(0);
    stage.write('deployment.yaml', settingsText);
    const again = await stage.apply();
    expect(again.exit).toBe(1);
    expect(again.out).toMatch(/100000000004 {2}eu-west-1 {2}failed {2}.*perimeter-ledger' already exists.*an earlier stack left it, and another run takes it in/);
    const from = stage.organization.calls.length;
    const taken = await stage.apply();
    expect(taken).toMatchObject({ exit: 0, out: expect.stringContaining('taking in ledgers that were left in account 100000000004 in eu-west-1, us-east-1: 2 stacks') as string });
    expect(stage.organization.calls.slice(from).filter(({ operation }) => operation === 'UpdateStackInstances').map(({ input }) => [input['DeploymentTargets'], input['ParameterOverrides']])).toEqual([
      [{ OrganizationalUnitIds: ['r-perm'], Accounts: ['100000000004'], AccountFilterType: 'INTERSECTION' }, [{ ParameterKey: 'LedgerTable', ParameterValue: 'existing' }]],
    ]);
    expect(instances().filter((one) => !one.endsWith('CURRENT'))).toEqual([]);
    expect(await stage.apply()).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing to change.') as string });
  });

  it('keep what rests on them from being begun', async () => {
    stage = await openStage({ faults: { fail: [failure('100000000004', 'eu-west-1', 'no recorder here')] } }, `${settingsText}pack: organization-pack\nfailureTolerancePercentage: 50\n`);
    const { exit, out } = await stage.apply();
    expect(exit).toBe(1);
    expect(out).toContain('Not begun: stack perimeter-organization-pack in eu-west-1; stack perimeter-organization-pack in us-east-1.\n');
    expect(stage.organization.state.organizationPacks).toEqual([]);
  });

  it('stop the others beyond the tolerance, which are told, too', async () => {
    stage = await openStage({ faults: { fail: [failure('100000000003', 'eu-west-1', 'broken'), failure('100000000004', 'eu-west-1', 'broken')] } }, 'homeRegion: eu-west-1\ntargets: [r-perm]\nfailureTolerancePercentage: 0\n');
    const { exit, out } = await stage.apply();
    expect(exit).toBe(1);
    expect(out).toMatch(/NOT AS THEY SHOULD BE: [3-7] stacks/);
    expect(out).toContain('Cancelled since failure tolerance has exceeded');
  });

  it('that come first keep the others as they are', async () => {
    const canary = 'ou-perm-sandbox0';
    stage = await openStage({}, `${settingsText}canary: [${canary}]\nfailureTolerancePercentage: 0\n`);
    const { state, faults } = stage.organization;
    const first = state.accounts.filter(({ parent }) => parent === canary).map(({ id }) => id);
    expect(first.length).toBeGreaterThan(0);
    faults.fail = [failure(first[0]!, 'eu-west-1', 'broken', 1)];
    const stopped = await stage.apply();
    expect(stopped.exit).toBe(1);
    expect(stopped.out).toContain('accounts that come first failed; the others were left as they are');
    expect(new Set(instances().map((one) => one.slice(0, 12)))).toEqual(new Set(first));

    expect((await stage.apply()).exit).toBe(0);
    expect(instances()).toHaveLength(14);

    stage.release({ ...code, writer: "exports.handler = () => 'next';" });
    faults.fail = [failure(first[0]!, 'eu-west-1', 'broken again', 1)];
    expect((await stage.apply()).exit).toBe(1);
    expect(instances().filter((one) => one.endsWith('CURRENT') && !first.includes(one.slice(0, 12)))).toEqual([]);
    expect((await stage.apply()).exit).toBe(0);
    expect(instances().filter((one) => !one.endsWith('CURRENT'))).toEqual([]);
  });
});

describe('operations', () => {
  it('of a run that was cut off are waited for, not started again', async () => {
    stage = await openStage({ polls: 2 });
    stage.organization.faults.kill = { at: 'cloudformation:CreateStackInstances', when: 'after' };
    expect((await stage.apply()).exit).toBe(1);
    stage.organization.revive();
    const second = await stage.apply();
    expect(second.exit).toBe(0);
    expect(second.out).toContain('waiting for an operation that is under way: create ');
    expect(stage.organization.calls.filter(({ operation }) => operation === 'CreateStackInstances' || operation === 'UpdateStackSet')).toHaveLength(1);
  });

  it('of a removal that fail in an account end it, and leave standing what is still used', async () => {
    stage = await openStage();
    await stage.apply();
    stage.organization.faults.fail = [{ account: '100000000004', region: 'eu-west-1', stack: 'perimeter-member', action: 'DELETE', reason: 'a policy forbids it', times: 1 }];
    const { exit, out } = await stage.destroy();
    expect(exit).toBe(1);
    expect(out).toMatch(/100000000004 {2}eu-west-1 {2}not removed {2}.*a policy forbids it/);
    expect(out).toContain('Not begun: stack perimeter-administrator in eu-west-1; stack perimeter-bucket in eu-west-1.\n');
    expect(out).not.toMatch(/^Removed\./m);
    expect(stage.organization.state.stackSets).toHaveLength(1);
    expect((await stage.destroy()).exit).toBe(0);
    expect(stage.organization.state.stackSets).toEqual([]);
  });

  it('of a preview are change sets alone, which are gone afterwards', async () => {
    stage = await openStage();
    await stage.apply();
    stage.release({ ...code, publisher: "exports.handler = () => 'next';" });
    const calls = stage.organization.calls.length;
    expect((await stage.preview()).out).toContain('  modify  PublisherFunction  AWS::Lambda::Function\n');
    expect(new Set(writesIn(stage.organization, calls))).toEqual(new Set(['cloudformation:CreateChangeSet', 'cloudformation:DeleteChangeSet']));
    expect(stage.organization.state.stacks.flatMap(({ changeSets }) => [...changeSets.keys()])).toEqual([]);
  });
});

describe('what the settings name', () => {
  it('can be fewer accounts and Regions than before, whose stacks are removed', async () => {
    stage = await openStage();
    await stage.apply();
    stage.write('deployment.yaml', 'homeRegion: eu-west-1\ntargets: [r-perm]\nexcludeAccounts: ["100000000005"]\n');
    const { out } = await stage.preview();
    expect(out).toContain('remove 6 stacks in us-east-1: 100000000002, 100000000003, 100000000004, 100000000006, 100000000007, 100000000008\n');
    expect(out).toContain('remove 2 stacks in eu-west-1, us-east-1: 100000000005\n');
    expect((await stage.apply()).exit).toBe(0);
    expect(instances()).toEqual(['2', '3', '4', '6', '7', '8'].map((digit) => `10000000000${digit} eu-west-1 CURRENT`));
  });

  it('can be units, one of which is no longer named', async () => {
    stage = await openStage({}, 'homeRegion: eu-west-1\ntargets: [ou-perm-sandbox0, ou-perm-infrastructure]\n');
    const named = (unit: string): readonly string[] => stage.organization.state.accounts.filter(({ parent }) => parent === unit).map(({ id }) => `${id} eu-west-1 CURRENT`);
    expect((await stage.apply()).exit).toBe(0);
    expect(instances()).toEqual([...named('ou-perm-sandbox0'), ...named('ou-perm-infrastructure')].sort());
    stage.write('deployment.yaml', 'homeRegion: eu-west-1\ntargets: [ou-perm-sandbox0]\n');
    expect((await stage.apply()).exit).toBe(0);
    expect(instances()).toEqual(named('ou-perm-sandbox0'));
    const removal = stage.organization.calls.find(({ operation }) => operation === 'DeleteStackInstances');
    expect(removal?.input['DeploymentTargets']).toEqual({ OrganizationalUnitIds: ['ou-perm-infrastructure'], AccountFilterType: 'NONE' });
  });
});

describe('an account', () => {
  it('that joins gets its stacks from CloudFormation', async () => {
    stage = await openStage();
    await stage.apply();
    const joined = stage.organization.addAccount('ou-perm-sandbox0');
    stage.organization.settle();
    expect(instances()).toContain(`${joined.id} us-east-1 CURRENT`);
    expect((await stage.preview()).out).toContain('update  perimeter-100000000002-eu-west-1/definition.json');
  });

  it('without trusted access or delegation is told which commands to run, and nothing is changed', async () => {
    stage = await openStage({ delegated: ['config.amazonaws.com'], serviceAccess: ['member.org.stacksets.cloudformation.amazonaws.com'] });
    for (const { exit, out } of [await stage.preview(), await stage.apply()]) {
      expect(exit).toBe(2);
      expect(out).toContain('aws organizations register-delegated-administrator --account-id 100000000002 --service-principal member.org.stacksets.cloudformation.amazonaws.com\n');
      expect(out).toContain('aws organizations enable-aws-service-access --service-principal config.amazonaws.com\n');
    }
    expect(writesIn(stage.organization)).toEqual([]);
  });

  it('is told how to give StackSets access', async () => {
    stage = await openStage({ stackSetsAccess: false });
    const { exit, out } = await stage.apply();
    expect(exit).toBe(2);
    expect(out).toContain('aws cloudformation activate-organizations-access --region eu-west-1\n');
  });
});

describe('questions', () => {
  it('come before a change, and any other answer changes nothing', async () => {
    stage = await openStage();
    stage.answers = ['yes', '7', 'perimeter', 'perimeter-member'];
    expect(await stage.apply()).toMatchObject({ exit: 2, err: 'Type 7 to deploy to 7 accounts: perimeter deploy apply: nothing was deployed\n' });
    expect(writesIn(stage.organization)).toEqual([]);
    expect((await stage.apply()).exit).toBe(0);
    const calls = stage.organization.calls.length;
    expect(await stage.destroy()).toMatchObject({ exit: 2 });
    expect(writesIn(stage.organization, calls)).toEqual([]);
    expect(await stage.destroy()).toMatchObject({ exit: 0, err: 'This removes the pack from all accounts of organization o-perimeter01. Type perimeter-member to go on: ' });
  });
});
