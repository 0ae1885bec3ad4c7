import { afterEach, expect, test } from 'vitest';
import {
  DescribeOrganizationCommand, DescribePolicyCommand, ListAccountsForParentCommand, ListAWSServiceAccessForOrganizationCommand, ListDelegatedAdministratorsCommand, ListDelegatedServicesForAccountCommand, ListOrganizationalUnitsForParentCommand,
  ListParentsCommand, ListPoliciesCommand, ListPoliciesForTargetCommand, ListRootsCommand, ListAccountsCommand, OrganizationsClient, paginateListAccounts, paginateListAccountsForParent, paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand, ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { MEMBER_ACCESS, startOrganization, type Organization, type OrganizationOptions } from './index.ts';

let organization: Organization;
afterEach(async () => { await organization.close(); expect(organization.violations).toEqual([]); });
const start = async (options: OrganizationOptions = {}): Promise<OrganizationsClient> => {
  organization = await startOrganization(options);
  return new OrganizationsClient(organization.client('us-east-1'));
};
const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing', (error: Error) => `${error.name}: ${error.message}`);

test('300 accounts come 20 a page', async () => {
  const client = await start({ suspended: [7] });
  expect((await client.send(new ListAccountsCommand({}))).Accounts).toHaveLength(20);
  const all = [];
  for await (const page of paginateListAccounts({ client }, {})) all.push(...page.Accounts!);
  expect(all).toHaveLength(300);
  expect(all.filter(({ Status }) => Status === 'SUSPENDED').map(({ Id }) => Id)).toEqual(['100000000008']);
  expect(all[1]).toMatchObject({ Id: '100000000002', Name: 'security-tooling', Arn: 'arn:aws:organizations::100000000001:account/o-perimeter01/100000000002', JoinedTimestamp: new Date(1_600_000_000_000) });
});

test('the tree of units', async () => {
  const client = await start({ accounts: 60 });
  expect((await client.send(new ListRootsCommand({}))).Roots).toMatchObject([{ Id: 'r-perm', Name: 'Root' }]);
  const units = (await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: 'r-perm' }))).OrganizationalUnits!;
  expect(units.map(({ Name }) => Name)).toEqual(['Security', 'Infrastructure', 'Workloads', 'Sandbox']);
  const workloads = (await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: units[2]!.Id }))).OrganizationalUnits!;
  expect(workloads.map(({ Name, Path }) => [Name, Path])).toEqual([['Production', 'o-perimeter01/r-perm/ou-perm-workloads/ou-perm-production/'], ['Staging', 'o-perimeter01/r-perm/ou-perm-workloads/ou-perm-staging0/']]);
  expect((await client.send(new ListAccountsForParentCommand({ ParentId: 'r-perm' }))).Accounts?.map(({ Id }) => Id)).toEqual([organization.state.management]);
  let count = 0;
  for await (const page of paginateListAccountsForParent({ client }, { ParentId: workloads[0]!.Id, MaxResults: 5 })) count += page.Accounts!.length;
  expect(count).toBe(organization.state.accounts.filter(({ parent }) => parent === workloads[0]!.Id).length);
  expect((await client.send(new ListParentsCommand({ ChildId: workloads[0]!.Id }))).Parents).toEqual([{ Id: units[2]!.Id, Type: 'ORGANIZATIONAL_UNIT' }]);
  expect((await client.send(new ListParentsCommand({ ChildId: organization.state.management }))).Parents).toEqual([{ Id: 'r-perm', Type: 'ROOT' }]);
  expect(await failure(client.send(new ListAccountsForParentCommand({ ParentId: 'ou-perm-nowhere0' })))).toMatch(/^ParentNotFoundException/);
  expect(await failure(client.send(new ListParentsCommand({ ChildId: '999999999999' })))).toMatch(/^ChildNotFoundException/);
});

test('service access and delegation', async () => {
  const client = await start({ accounts: 4, serviceAccess: [MEMBER_ACCESS], delegated: [MEMBER_ACCESS] });
  expect((await client.send(new ListAWSServiceAccessForOrganizationCommand({}))).EnabledServicePrincipals?.map(({ ServicePrincipal }) => ServicePrincipal)).toEqual([MEMBER_ACCESS]);
  expect((await client.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: MEMBER_ACCESS }))).DelegatedAdministrators?.map(({ Id }) => Id)).toEqual(['100000000002']);
  expect((await client.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: 'config.amazonaws.com' }))).DelegatedAdministrators).toEqual([]);
  expect((await client.send(new ListDelegatedServicesForAccountCommand({ AccountId: '100000000002' }))).DelegatedServices?.map(({ ServicePrincipal }) => ServicePrincipal)).toEqual([MEMBER_ACCESS]);
  expect(await failure(client.send(new ListDelegatedServicesForAccountCommand({ AccountId: '100000000003' })))).toMatch(/^AccountNotRegisteredException/);
});

test('policies of units', async () => {
  const content = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'lambda:*', Resource: '*' }] };
  const client = await start({ accounts: 60, policies: [{ name: 'no-lambda', type: 'SERVICE_CONTROL_POLICY', content, targets: ['ou-perm-sandbox0'] }] });
  const listed = (await client.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }))).Policies!;
  expect(listed.map(({ Name, AwsManaged }) => [Name, AwsManaged])).toEqual([['FullAWSAccess', true], ['no-lambda', false]]);
  expect((await client.send(new ListPoliciesCommand({ Filter: 'RESOURCE_CONTROL_POLICY' }))).Policies?.map(({ Id }) => Id)).toEqual(['p-RCPFullAWSAccess']);
  expect((await client.send(new ListPoliciesForTargetCommand({ TargetId: 'ou-perm-sandbox0', Filter: 'SERVICE_CONTROL_POLICY' }))).Policies?.map(({ Name }) => Name)).toEqual(['FullAWSAccess', 'no-lambda']);
  const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId: listed[1]!.Id }));
  expect(JSON.parse(Policy!.Content!)).toEqual(content);
  const targets = [];
  for await (const page of paginateListTargetsForPolicy({ client }, { PolicyId: 'p-FullAWSAccess' })) targets.push(...page.Targets!);
  expect(targets).toHaveLength(60 + 7);
  expect(targets[0]).toMatchObject({ TargetId: 'r-perm', Type: 'ROOT' });
  expect(await failure(client.send(new DescribePolicyCommand({ PolicyId: 'p-nothing0' })))).toMatch(/^PolicyNotFoundException/);
  expect(await failure(client.send(new ListPoliciesForTargetCommand({ TargetId: 'ou-perm-nowhere0', Filter: 'SERVICE_CONTROL_POLICY' })))).toMatch(/^TargetNotFoundException/);
});

test('only the management account and delegated administrators may list; anyone may describe', async () => {
  await start({ accounts: 4 });
  const as = (account: string): OrganizationsClient => new OrganizationsClient(organization.client('us-east-1', account));
  expect(await failure(as('100000000003').send(new ListAccountsCommand({})))).toBe("AccessDeniedException: You don't have permissions to access this resource.");
  expect((await as('100000000001').send(new ListAccountsCommand({}))).Accounts).toHaveLength(4);
  expect((await as('100000000003').send(new DescribeOrganizationCommand({}))).Organization).toMatchObject({ Id: 'o-perimeter01', MasterAccountId: '100000000001' });
});

test('an account in no organization', async () => {
  const client = await start({ accounts: 2, organization: false });
  expect(await failure(client.send(new DescribeOrganizationCommand({})))).toMatch(/^AWSOrganizationsNotInUseException/);
});

test('the partition of ARNs', async () => {
  const client = await start({ accounts: 2, partition: 'aws-us-gov' });
  expect((await client.send(new ListAccountsCommand({}))).Accounts?.[0]?.Arn).toBe('arn:aws-us-gov:organizations::100000000001:account/o-perimeter01/100000000001');
});

test('quotas: applied, default, listed, unknown', async () => {
  await start({ accounts: 2, quotas: [{ service: 'cloudformation', code: 'L-0485CB21', name: 'Stack count', value: 12, default: 2000 }] });
  const client = new ServiceQuotasClient(organization.client('eu-west-1'));
  const stackCount = { ServiceCode: 'cloudformation', QuotaCode: 'L-0485CB21' };
  expect((await client.send(new GetServiceQuotaCommand(stackCount))).Quota?.Value).toBe(12);
  expect((await client.send(new GetAWSDefaultServiceQuotaCommand(stackCount))).Quota?.Value).toBe(2000);
  expect((await client.send(new ListServiceQuotasCommand({ ServiceCode: 'cloudformation' }))).Quotas?.map(({ QuotaName, Value }) => [QuotaName, Value])).toEqual([['Stack count', 12], ['Stack sets per administrator account', 1000]]);
  expect(await failure(client.send(new GetServiceQuotaCommand({ ...stackCount, QuotaCode: 'L-00000000' })))).toMatch(/^NoSuchResourceException/);
  expect(await failure(client.send(new ListServiceQuotasCommand({ ServiceCode: 'nothing' })))).toMatch(/^NoSuchResourceException/);
});
