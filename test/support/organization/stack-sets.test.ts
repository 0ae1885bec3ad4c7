import { afterEach, expect, test } from 'vitest';
import {
  CloudFormationClient, CreateStackInstancesCommand, CreateStackSetCommand, DeleteStackInstancesCommand, DeleteStackSetCommand, DescribeOrganizationsAccessCommand, DescribeStackSetCommand, DescribeStackSetOperationCommand,
  ListStackInstancesCommand, ListStackSetOperationResultsCommand, ListStackSetOperationsCommand, UpdateStackInstancesCommand, UpdateStackSetCommand, paginateListStackInstances, paginateListStackSetOperationResults, type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { startOrganization, type Organization, type OrganizationOptions } from './index.ts';
import { deploySet, member, set, through } from './sample.ts';

let organization: Organization;
afterEach(async () => { await organization.close(); expect(organization.violations).toEqual([]); });
const start = async (options: OrganizationOptions): Promise<{ readonly client: CloudFormationClient; readonly s3: S3Client }> => {
  organization = await startOrganization(options);
  return { client: new CloudFormationClient(organization.client('eu-west-1')), s3: new S3Client(organization.client('eu-west-1')) };
};
const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing', (error: Error) => `${error.name}: ${error.message}`);
const instances = async (client: CloudFormationClient): Promise<StackInstanceSummary[]> => {
  const all: StackInstanceSummary[] = [];
  for await (const page of paginateListStackInstances({ client }, { ...set })) all.push(...page.Summaries!);
  return all;
};
const short = (list: readonly StackInstanceSummary[]): string[] => list.map(({ Account, Region, Status, StackInstanceStatus: detail }) => `${Account!.slice(-2)} ${Region} ${Status} ${detail?.DetailedStatus}`).sort();
const unit = (name: string): string => organization.state.units.find((one) => one.name === name)!.id;
const targets = { DeploymentTargets: { OrganizationalUnitIds: ['r-perm'] }, Regions: ['eu-west-1'] };

test('a StackSet over 300 accounts: pages, and never the management account', async () => {
  const { client, s3 } = await start({ suspended: [9] });
  expect(await deploySet(client, s3, ['r-perm'])).toMatchObject({ Status: 'SUCCEEDED', Action: 'CREATE', StatusDetails: { FailedStackInstancesCount: 0 } });
  expect((await client.send(new ListStackInstancesCommand(set))).Summaries).toHaveLength(100);
  const all = await instances(client);
  expect(all).toHaveLength(298 * 2);
  expect(new Set(all.map(({ Status }) => Status))).toEqual(new Set(['CURRENT']));
  expect(all.some(({ Account }) => Account === organization.state.management || Account === organization.state.accounts[9]!.id)).toBe(false);
  expect((await client.send(new DescribeStackSetCommand(set))).StackSet).toMatchObject({ StackSetName: 'sample', Status: 'ACTIVE', TemplateBody: member(), OrganizationalUnitIds: ['r-perm'], Regions: ['eu-west-1', 'us-east-1'], ManagedExecution: { Active: true }, AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false } });
  expect((await client.send(new ListStackInstancesCommand({ ...set, StackInstanceAccount: '100000000005', StackInstanceRegion: 'us-east-1' }))).Summaries).toMatchObject([{ Account: '100000000005', Region: 'us-east-1', StackId: expect.stringContaining(':100000000005:stack/StackSet-sample-') }]);
});

test('failures within the tolerance do not fail the operation; the next one mends them', async () => {
  const { client, s3 } = await start({ accounts: 8, faults: { fail: [{ account: '100000000005', region: 'eu-west-1', reason: 'role limit', logicalId: 'Role', times: 1 }] } });
  const operation = await deploySet(client, s3, ['r-perm'], { preferences: { FailureToleranceCount: 1 } });
  expect(operation).toMatchObject({ Status: 'SUCCEEDED', StatusDetails: { FailedStackInstancesCount: 1 } });
  expect(short(await instances(client)).filter((one) => !one.endsWith('CURRENT SUCCEEDED'))).toEqual(['05 eu-west-1 OUTDATED FAILED']);
  const { Summaries } = await client.send(new ListStackSetOperationResultsCommand({ ...set, OperationId: operation.OperationId, Filters: [{ Name: 'OPERATION_RESULT_STATUS', Values: 'FAILED' }] }));
  expect(Summaries).toMatchObject([{ Account: '100000000005', Region: 'eu-west-1', Status: 'FAILED', StatusReason: 'ResourceLogicalId:Role, ResourceType:AWS::IAM::Role, ResourceStatusReason:role limit.' }]);
  const { OperationId } = await client.send(new CreateStackInstancesCommand({ ...set, ...targets }));
  expect(await through(client, 'sample', OperationId)).toMatchObject({ Status: 'SUCCEEDED' });
  expect((await instances(client)).every(({ Status, StatusReason }) => Status === 'CURRENT' && StatusReason === undefined)).toBe(true);
});

test('failures beyond the tolerance stop the Region and those after it', async () => {
  const { client, s3 } = await start({ accounts: 8, polls: 0, faults: { fail: [{ account: '100000000004', reason: 'no' }, { account: '100000000005', reason: 'no' }] } });
  const operation = await deploySet(client, s3, ['r-perm'], { preferences: { FailureTolerancePercentage: 20, RegionOrder: ['us-east-1', 'eu-west-1'] } });
  expect(operation).toMatchObject({ Status: 'FAILED', StatusReason: 'The operation exceeded the specified failure tolerance' });
  expect(short(await instances(client))).toEqual([
    ...['02', '03', '04', '05', '06', '07', '08'].map((account) => `${account} eu-west-1 OUTDATED CANCELLED`),
    '02 us-east-1 CURRENT SUCCEEDED', '03 us-east-1 CURRENT SUCCEEDED', '04 us-east-1 OUTDATED FAILED', '05 us-east-1 OUTDATED FAILED', ...['06', '07', '08'].map((account) => `${account} us-east-1 OUTDATED CANCELLED`),
  ].sort());
  let results = 0;
  for await (const page of paginateListStackSetOperationResults({ client }, { ...set, OperationId: operation.OperationId, MaxResults: 3 })) results += page.Summaries!.length;
  expect(results).toBe(14);
});

test('units in units, and filters of accounts', async () => {
  const { client, s3 } = await start({ accounts: 10, polls: 0 });
  await deploySet(client, s3, [unit('Workloads')], { regions: ['eu-west-1'] });
  const inWorkloads = organization.state.accounts.filter(({ parent }) => parent === unit('Production') || parent === unit('Staging')).map(({ id }) => id);
  expect((await instances(client)).map(({ Account }) => Account)).toEqual(inWorkloads);
  const sandbox = organization.state.accounts.filter(({ parent }) => parent === unit('Sandbox')).map(({ id }) => id);
  const { OperationId } = await client.send(new CreateStackInstancesCommand({ ...set, DeploymentTargets: { OrganizationalUnitIds: [unit('Sandbox')], Accounts: [sandbox[0]!], AccountFilterType: 'DIFFERENCE' }, Regions: ['eu-west-1'] }));
  await through(client, 'sample', OperationId);
  expect((await instances(client)).map(({ Account }) => Account)).toEqual([...inWorkloads, ...sandbox.slice(1)]);
  const take = await client.send(new DeleteStackInstancesCommand({ ...set, DeploymentTargets: { OrganizationalUnitIds: ['r-perm'], Accounts: [inWorkloads[0]!], AccountFilterType: 'INTERSECTION' }, Regions: ['eu-west-1'], RetainStacks: false }));
  await through(client, 'sample', take.OperationId);
  expect((await instances(client)).map(({ Account }) => Account)).toEqual([...inWorkloads.slice(1), ...sandbox.slice(1)]);
});

test('an update reaches all instances; those it fails in stay behind', async () => {
  const { client, s3 } = await start({ accounts: 5, polls: 1 });
  await deploySet(client, s3, ['r-perm'], { regions: ['eu-west-1'] });
  organization.faults.fail.push({ account: '100000000003', action: 'UPDATE', reason: 'no', times: 1 });
  const { OperationId } = await client.send(new UpdateStackSetCommand({ ...set, TemplateBody: member('other'), Capabilities: ['CAPABILITY_NAMED_IAM'], OperationPreferences: { FailureToleranceCount: 1 } }));
  expect(new Set((await instances(client)).map(({ Status }) => Status))).toEqual(new Set(['OUTDATED']));
  await through(client, 'sample', OperationId);
  expect(short(await instances(client))).toEqual(['02 eu-west-1 CURRENT SUCCEEDED', '03 eu-west-1 OUTDATED FAILED', '04 eu-west-1 CURRENT SUCCEEDED', '05 eu-west-1 CURRENT SUCCEEDED']);
  expect(organization.state.stacks.find(({ account, name }) => account === '100000000003' && name.startsWith('StackSet-'))).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', content: { template: { text: member() } } });
  const again = await client.send(new CreateStackInstancesCommand({ ...set, ...targets }));
  await through(client, 'sample', again.OperationId);
  expect((await instances(client)).every(({ Status }) => Status === 'CURRENT')).toBe(true);
  expect(organization.state.stacks.find(({ account, name }) => account === '100000000003' && name.startsWith('StackSet-'))).toMatchObject({ status: 'UPDATE_COMPLETE', content: { template: { text: member('other') } } });
  expect((await client.send(new ListStackSetOperationsCommand(set))).Summaries?.map(({ Action, Status }) => `${Action} ${Status}`)).toEqual(['CREATE SUCCEEDED', 'UPDATE SUCCEEDED', 'CREATE SUCCEEDED']);
});

test('an update of some instances leaves the others behind', async () => {
  const { client, s3 } = await start({ accounts: 4, polls: 0 });
  await deploySet(client, s3, ['r-perm']);
  const { OperationId } = await client.send(new UpdateStackSetCommand({ ...set, ...targets, TemplateBody: member('other'), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  await through(client, 'sample', OperationId);
  expect((await instances(client)).map(({ Region, Status }) => `${Region} ${Status}`)).toEqual([...Array<string>(3).fill('eu-west-1 CURRENT'), ...Array<string>(3).fill('us-east-1 OUTDATED')]);
});

test('Regions side by side do not stop each other', async () => {
  const { client, s3 } = await start({ accounts: 4, polls: 0, faults: { fail: [{ account: '100000000002', region: 'eu-west-1', stack: 'sample', reason: 'no' }] } });
  expect(await deploySet(client, s3, ['r-perm'], { preferences: { RegionConcurrencyType: 'PARALLEL' } })).toMatchObject({ Status: 'FAILED' });
  expect(short(await instances(client))).toEqual([
    '02 eu-west-1 OUTDATED FAILED', '02 us-east-1 CURRENT SUCCEEDED', '03 eu-west-1 OUTDATED CANCELLED', '03 us-east-1 CURRENT SUCCEEDED', '04 eu-west-1 OUTDATED CANCELLED', '04 us-east-1 CURRENT SUCCEEDED',
  ]);
});

test('an account that was closed is passed over', async () => {
  const { client, s3 } = await start({ accounts: 4, polls: 0 });
  await deploySet(client, s3, ['r-perm'], { regions: ['eu-west-1'] });
  organization.closeAccount('100000000003');
  const { OperationId } = await client.send(new UpdateStackSetCommand({ ...set, TemplateBody: member('other'), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  expect(await through(client, 'sample', OperationId)).toMatchObject({ Status: 'SUCCEEDED' });
  expect(short(await instances(client))).toEqual(['02 eu-west-1 CURRENT SUCCEEDED', '03 eu-west-1 OUTDATED SKIPPED_SUSPENDED_ACCOUNT', '04 eu-west-1 CURRENT SUCCEEDED']);
});

test('without managed execution one operation at a time', async () => {
  const { client, s3 } = await start({ accounts: 4 });
  await deploySet(client, s3, [unit('Sandbox')], { active: false });
  await client.send(new CreateStackInstancesCommand({ ...set, ...targets }));
  expect(await failure(client.send(new CreateStackInstancesCommand({ ...set, ...targets })))).toMatch(/^OperationInProgressException: Another Operation on StackSet arn:aws:cloudformation:eu-west-1:100000000001:stackset\/sample:.* is in progress$/);
  expect(await failure(client.send(new DeleteStackSetCommand(set)))).toMatch(/^OperationInProgressException/);
});

test('with managed execution operations queue; the same id is done once', async () => {
  const { client, s3 } = await start({ accounts: 4, polls: 1 });
  await deploySet(client, s3, [unit('Sandbox')]);
  const first = await client.send(new CreateStackInstancesCommand({ ...set, ...targets, OperationId: 'first' }));
  await client.send(new CreateStackInstancesCommand({ ...set, ...targets, OperationId: 'first' }));
  expect(await failure(client.send(new CreateStackInstancesCommand({ ...set, ...targets, Regions: ['us-east-1'], OperationId: 'first' })))).toMatch(/^OperationIdAlreadyExistsException/);
  await client.send(new UpdateStackInstancesCommand({ ...set, ...targets, OperationId: 'second' }));
  const status = async (OperationId: string): Promise<string | undefined> => (await client.send(new DescribeStackSetOperationCommand({ ...set, OperationId }))).StackSetOperation?.Status;
  expect(await status('second')).toBe('QUEUED');
  await through(client, 'sample', first.OperationId);
  expect(await status('second')).toBe('RUNNING');
  await through(client, 'sample', 'second');
  expect(organization.state.stackSets[0]!.operations.map(({ id }) => id).slice(0, 2)).toEqual(['second', 'first']);
});

test('auto-deployment follows accounts that join, move and leave', async () => {
  const { client, s3 } = await start({ accounts: 4 });
  await deploySet(client, s3, [unit('Sandbox')], { regions: ['eu-west-1'] });
  const before = (await instances(client)).length;
  const elsewhere = organization.addAccount(unit('Infrastructure'));
  const { id } = organization.addAccount(unit('Sandbox'));
  organization.settle();
  expect((await instances(client)).map(({ Account }) => Account)).toContain(id);
  expect((await instances(client)).map(({ Account }) => Account)).not.toContain(elsewhere.id);
  organization.moveAccount(id, unit('Security'));
  organization.settle();
  expect(await instances(client)).toHaveLength(before);
  expect(organization.state.stacks.filter(({ account, status }) => account === id && status !== 'DELETE_COMPLETE')).toEqual([]);
});

test('a deletion that fails leaves an instance that works no more; a StackSet with instances is not deleted', async () => {
  const { client, s3 } = await start({ accounts: 4, polls: 0, faults: { fail: [{ account: '100000000003', stack: 'sample', action: 'DELETE', reason: 'no', times: 1 }] } });
  await deploySet(client, s3, ['r-perm'], { regions: ['eu-west-1'] });
  expect(await failure(client.send(new DeleteStackSetCommand(set)))).toBe('StackSetNotEmptyException: StackSet is not empty');
  const take = new DeleteStackInstancesCommand({ ...set, ...targets, RetainStacks: false, OperationPreferences: { FailureToleranceCount: 1 } });
  await through(client, 'sample', (await client.send(take)).OperationId);
  expect(short(await instances(client))).toEqual(['03 eu-west-1 INOPERABLE FAILED']);
  await through(client, 'sample', (await client.send(new DeleteStackInstancesCommand({ ...set, ...targets, RetainStacks: false }))).OperationId);
  await client.send(new DeleteStackSetCommand(set));
  expect(await failure(client.send(new DescribeStackSetCommand(set)))).toBe('StackSetNotFoundException: StackSet sample not found');
});

test('who may operate StackSets', async () => {
  const { client, s3 } = await start({ accounts: 4, polls: 0 });
  await deploySet(client, s3, ['r-perm']);
  const as = (account: string): CloudFormationClient => new CloudFormationClient(organization.client('eu-west-1', account));
  const create = (CallAs: 'SELF' | 'DELEGATED_ADMIN', more: object = {}): CreateStackSetCommand => new CreateStackSetCommand({ StackSetName: 'other', TemplateBody: member(), PermissionModel: 'SERVICE_MANAGED', Capabilities: ['CAPABILITY_NAMED_IAM'], AutoDeployment: { Enabled: false }, CallAs, ...more });
  expect(await failure(as('100000000003').send(create('DELEGATED_ADMIN')))).toBe('ValidationError: Account used is not a delegated administrator');
  expect(await failure(as('100000000001').send(create('DELEGATED_ADMIN')))).toBe('ValidationError: Account used is not a delegated administrator');
  expect(await failure(client.send(create('SELF')))).toBe('ValidationError: You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set');
  expect(await failure(client.send(new DescribeStackSetCommand({ StackSetName: 'sample' })))).toBe('StackSetNotFoundException: StackSet sample not found');
  expect((await as('100000000001').send(new DescribeStackSetCommand({ StackSetName: 'sample' }))).StackSet?.StackSetName).toBe('sample');
  expect(await failure(client.send(create('DELEGATED_ADMIN', { TemplateBody: JSON.stringify({ Resources: { A: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://templates.s3.amazonaws.com/a' } } } }) })))).toMatch(/do not support nested stacks$/);
  expect(await failure(client.send(create('DELEGATED_ADMIN')))).toBe('nothing');
  expect(await failure(client.send(create('DELEGATED_ADMIN')))).toMatch(/^NameAlreadyExistsException/);
  expect(await failure(client.send(new CreateStackInstancesCommand({ ...set, Accounts: ['100000000003'], Regions: ['eu-west-1'] })))).toMatch(/^ValidationError: Accounts cannot be specified/);
  expect(await failure(client.send(new CreateStackInstancesCommand({ ...set, ...targets, DeploymentTargets: { OrganizationalUnitIds: ['ou-perm-nowhere0'] } })))).toMatch(/^ValidationError: Organizational unit ou-perm-nowhere0 does not exist/);
  expect((await client.send(new DescribeOrganizationsAccessCommand({ CallAs: 'DELEGATED_ADMIN' }))).Status).toBe('ENABLED');
  organization.faults.deny.push('organizations:ListDelegatedAdministrators');
  expect(await failure(client.send(new DescribeStackSetCommand(set)))).toBe('ValidationError: Account used is not a delegated administrator');
});

test('an organization that CloudFormation has no access to', async () => {
  const { client } = await start({ accounts: 4, stackSetsAccess: false });
  expect((await client.send(new DescribeOrganizationsAccessCommand({ CallAs: 'DELEGATED_ADMIN' }))).Status).toBe('DISABLED');
  expect(await failure(client.send(new CreateStackSetCommand({ ...set, TemplateBody: member(), PermissionModel: 'SERVICE_MANAGED', AutoDeployment: { Enabled: false } })))).toBe('ValidationError: You must enable organizations access to operate a service managed stack set');
});
