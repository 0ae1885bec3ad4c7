import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runInit, runRender } from '../../../entry/deploy/run.ts';
import type { Status } from '../../../entry/deploy/status.ts';
import { code, openStage, settingsText, templatesFor, writesIn, type Stage } from './stage.ts';

let stage: Stage;
afterEach(async () => {
  expect(stage.organization.violations).toEqual([]);
  await stage.close();
});
const looked = async (): Promise<Status> => JSON.parse((await stage.status({ json: true })).out) as Status;
const at = ({ places }: Status, account: string, region = 'eu-west-1') => places.find((one) => one.account === account && one.region === region)!;

describe('a look', () => {
  it('tells recorders, code and accounts apart, and takes nothing for fine that it could not see', async () => {
    stage = await openStage({ suspended: [7], recorders: { '100000000003': 'none', '100000000004/us-east-1': 'off' } }, `${settingsText}excludeAccounts: ["100000000006"]\n`);
    expect((await stage.apply()).exit).toBe(0);
    const { faults } = stage.organization;
    faults.tampered = { '100000000005': { 'perimeter-evaluator': 'exports.handler = () => undefined' } };
    faults.deny = [{ action: 'lambda:GetFunction', account: '100000000004' }];
    const found = await looked();
    expect(found.stackSet).toBe('current');
    expect(at(found, '100000000002')).toEqual({ account: '100000000002', region: 'eu-west-1', coverage: 'covered', recorder: 'on', code: { state: 'same' } });
    expect(at(found, '100000000003').recorder).toBe('none');
    expect(at(found, '100000000004', 'us-east-1').recorder).toBe('off');
    expect(at(found, '100000000005').code).toEqual({ state: 'differs', functions: ['perimeter-evaluator (code)'] });
    expect(at(found, '100000000004').code).toMatchObject({ state: 'unknown', reason: expect.stringContaining('lambda:GetFunction is denied to arn:aws:sts::100000000004:assumed-role/perimeter-status-eu-west-1/') as string });
    expect(found.outside).toEqual([
      { account: '100000000001', because: 'manages the organization: see `perimeter deploy status --management`' },
      { account: '100000000006', because: 'is in `excludeAccounts`' }, { account: '100000000008', because: 'is suspended or being closed' },
    ]);
    const { exit, out } = await stage.status();
    expect(exit).toBe(1);
    expect(out.split('\n').slice(0, 6)).toEqual([
      'Not everything is as it should be, or known to be.', '', 'Of 10 accounts and Regions:', '  10  covered', '  3   without a recorder that records', '  2   with code that is not what was deployed',
    ]);
    expect(out).toContain('  2   not known which code runs\n');
    expect(writesIn(stage.organization, stage.organization.calls.findIndex(({ operation }) => operation === 'AssumeRole'))).toEqual([]);
  });

  it('sees other settings and another definition pointer', async () => {
    stage = await openStage();
    await stage.apply();
    stage.write('deployment.yaml', `${settingsText}logRetentionDays: 30\n`);
    expect((await looked()).stackSet).toBe('outdated');
    expect((await stage.preview()).out).toContain('parameter LogRetentionDays  365 → 30\n');
  });
});

describe('an organization pack', () => {
  it('is made after the stacks of all accounts, in each Region, without accounts that have none', async () => {
    stage = await openStage({}, `${settingsText}pack: organization-pack\nexcludeAccounts: ["100000000006"]\n`);
    const first = await stage.apply();
    expect(first.exit).toBe(0);
    expect(stage.organization.state.organizationPacks.map(({ region, excluded }) => ({ region, excluded }))).toEqual(['eu-west-1', 'us-east-1'].map((region) => ({ region, excluded: ['100000000001', '100000000006'] })));
    expect((await stage.apply()).out).toContain('Nothing to change.');
    expect((await stage.destroy()).exit).toBe(0);
    expect(stage.organization.state.organizationPacks).toEqual([]);
  });
});

describe('a bucket that was kept', () => {
  it('is taken in by the next deployment, or removed with all of its versions', async () => {
    stage = await openStage({}, `${settingsText}ledger: existing\n`);
    await stage.apply();
    await stage.destroy();
    expect(stage.organization.state.buckets.size).toBe(1);
    expect((await stage.preview()).out).toContain('Stack perimeter-bucket in eu-west-1 would take in what an earlier one left');
    expect((await stage.apply()).exit).toBe(0);
    expect(stage.organization.state.stacks.find(({ name, status }) => name === 'perimeter-bucket' && status !== 'DELETE_COMPLETE')?.status).toBe('IMPORT_COMPLETE');
    expect((await stage.preview()).exit).toBe(0);
    expect((await stage.destroy({ deleteBucket: true })).exit).toBe(0);
    expect(stage.organization.state.buckets.size).toBe(0);
  });
});

describe('networks', () => {
  it('stand in the template by Region, so that accounts that join later get them, too', async () => {
    stage = await openStage({}, `${settingsText}vpc: { us-east-1: { subnetIds: [subnet-012abc01], securityGroupIds: [sg-012abc01] } }\n`);
    expect((await stage.apply()).exit).toBe(0);
    const template = JSON.parse(stage.organization.state.stackSets[0]!.content.template.text) as { Mappings: object; Resources: Record<string, { Properties: { VpcConfig: object } }> };
    expect(template.Mappings).toEqual({ Networks: { 'eu-west-1': { SubnetIds: [''], SecurityGroupIds: [''] }, 'us-east-1': { SubnetIds: ['subnet-012abc01'], SecurityGroupIds: ['sg-012abc01'] } } });
    const network = (name: string): object => ({ 'Fn::FindInMap': ['Networks', { Ref: 'AWS::Region' }, name] });
    expect(template.Resources['EvaluatorFunction']!.Properties.VpcConfig).toEqual({ 'Fn::If': ['InVpc', { SubnetIds: network('SubnetIds'), SecurityGroupIds: network('SecurityGroupIds') }, { Ref: 'AWS::NoValue' }] });
    expect(JSON.stringify(template)).not.toContain('{"Ref":"SubnetIds"}');
  });
});

describe('units that are not there', () => {
  it('are an error before anything is changed', async () => {
    stage = await openStage({}, 'homeRegion: eu-west-1\ntargets: [ou-perm-nowhere00]\n');
    expect(await stage.apply()).toMatchObject({ exit: 2, err: expect.stringContaining('names `ou-perm-nowhere00`, which the organization does not have; its root is r-perm') as string });
    expect(writesIn(stage.organization)).toEqual([]);
  });
});

describe('the management account', () => {
  it('is refused to others, and waits for the templates of the administrator', async () => {
    stage = await openStage();
    expect(await stage.apply({ management: true })).toMatchObject({ exit: 2, err: expect.stringContaining('--management is for account 100000000001') as string });
    stage.as('100000000001');
    expect(await stage.apply({ management: true })).toMatchObject({ exit: 2, err: expect.stringContaining('first run `perimeter deploy apply` of this version, with these settings, in account 100000000002') as string });
  });
});

describe('files', () => {
  it('are written for other ways to deploy, without asking AWS where the account is given', async () => {
    stage = await openStage();
    const folder = mkdtempSync(join(tmpdir(), 'render-'));
    const said = { out: '', err: '' };
    const io = { out: (text: string) => { said.out += text; }, err: (text: string) => { said.err += text; }, isTTY: false, color: false, columns: 100, now: Date.now, setExitCode: () => undefined };
    const around = { io, aws: stage.aws(), clock: { now: Date.now, sleep: () => Promise.resolve() }, synthesize: (given: Parameters<typeof templatesFor>[0]) => templatesFor(given, code) };
    const files = join(folder, 'out');
    const init = { out: join(folder, 'deployment.yaml') };
    expect(await runInit({ ...init, homeRegion: 'eu-west-1', region: ['us-east-1'] }, around)).toBe(0);
    expect(readFileSync(init.out, 'utf8')).toContain('\ntargets: [r-perm]\n');
    expect(await runInit(init, around)).toBe(2);
    const calls = stage.organization.calls.length;
    const perimeter = join(folder, 'perimeter.yaml');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(perimeter, 'version: 1\norganizations: [o-perimeter01]\n');
    expect(await runRender({ perimeter, settings: init.out, out: files, account: '100000000002', organization: 'o-perimeter01' }, around)).toBe(0);
    expect(stage.organization.calls.length).toBe(calls);
    const uploads = JSON.parse(readFileSync(join(files, 'uploads.json'), 'utf8')) as { file: string; key: string }[];
    expect(uploads.map(({ file }) => file).filter((file) => !existsSync(join(files, file)))).toEqual([]);
    expect(JSON.parse(readFileSync(join(files, 'perimeter-member.create-stack-set.json'), 'utf8'))).toMatchObject({ StackSetName: 'perimeter-member', PermissionModel: 'SERVICE_MANAGED', AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false } });
    expect(await runRender({ perimeter, settings: init.out, out: files, account: '100000000002', organization: 'o-perimeter01' }, around)).toBe(2);
    expect(said.err).toContain('is there already: pass --force');
    rmSync(folder, { recursive: true });
  });
});
