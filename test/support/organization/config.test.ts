import { afterEach, expect, test } from 'vitest';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  ConfigServiceClient, DescribeConfigRulesCommand, DescribeConfigurationRecordersCommand, DescribeConfigurationRecorderStatusCommand, DescribeConformancePacksCommand, DescribeConformancePackStatusCommand, DescribeDeliveryChannelsCommand,
  DescribeOrganizationConformancePacksCommand, DescribeOrganizationConformancePackStatusesCommand, GetAggregateDiscoveredResourceCountsCommand, GetDiscoveredResourceCountsCommand, GetOrganizationConformancePackDetailedStatusCommand, StartConfigRulesEvaluationCommand,
} from '@aws-sdk/client-config-service';
import { startOrganization, type Organization, type OrganizationOptions } from './index.ts';
import { deploy, member } from './sample.ts';

let organization: Organization;
afterEach(async () => { await organization.close(); expect(organization.violations).toEqual([]); });
const start = async (options: OrganizationOptions = {}): Promise<{ readonly client: ConfigServiceClient; readonly cloudFormation: CloudFormationClient }> => {
  organization = await startOrganization({ accounts: 4, polls: 1, ...options });
  return { client: as('100000000002'), cloudFormation: new CloudFormationClient(organization.client('eu-west-1')) };
};
const as = (account: string, region = 'eu-west-1'): ConfigServiceClient => new ConfigServiceClient(organization.client(region, account));
const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing', (error: Error) => `${error.name}: ${error.message}`);

test.each<[string, OrganizationOptions['recorders'], object, object, number]>([
  ['records all', {}, { allSupported: true, includeGlobalResourceTypes: true }, { recording: true, lastStatus: 'Success' }, 1],
  ['without IAM', { '100000000003': { all: true, global: false } }, { allSupported: true, includeGlobalResourceTypes: false }, { recording: true }, 1],
  ['stopped in the Region', { '100000000003/eu-west-1': 'off', '100000000003': 'failing' }, { allSupported: true }, { recording: false }, 1],
  ['cannot deliver', { '100000000003': 'failing' }, { allSupported: true }, { recording: true, lastStatus: 'Failure', lastErrorCode: 'AccessDenied' }, 1],
  ['without a channel', { '100000000003': 'no-channel' }, { allSupported: true }, { recording: true }, 0],
  ['some types', { '100000000003': { types: ['AWS::S3::Bucket'] } }, { allSupported: false, resourceTypes: ['AWS::S3::Bucket'] }, { recording: true }, 1],
  ['all but some types', { '100000000003': { except: ['AWS::S3::Bucket'] } }, { exclusionByResourceTypes: { resourceTypes: ['AWS::S3::Bucket'] }, recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } }, { recording: true }, 1],
])('a recorder that %s', async (_, recorders, group, status, channels) => {
  await start({ recorders: recorders! });
  const client = as('100000000003');
  expect((await client.send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders).toMatchObject([{ name: 'default', recordingGroup: group }]);
  expect((await client.send(new DescribeConfigurationRecorderStatusCommand({}))).ConfigurationRecordersStatus).toMatchObject([status]);
  expect((await client.send(new DescribeDeliveryChannelsCommand({}))).DeliveryChannels).toHaveLength(channels);
});

test('no recorder', async () => {
  await start({ recorders: { '100000000003': 'none' } });
  const client = as('100000000003');
  expect((await client.send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders).toEqual([]);
  expect((await client.send(new DescribeConfigurationRecorderStatusCommand({}))).ConfigurationRecordersStatus).toEqual([]);
  expect((await client.send(new DescribeDeliveryChannelsCommand({}))).DeliveryChannels).toEqual([]);
  expect(await failure(client.send(new DescribeConfigurationRecordersCommand({ ConfigurationRecorderNames: ['default'] })))).toMatch(/^NoSuchConfigurationRecorderException/);
  expect(await failure(client.send(new DescribeDeliveryChannelsCommand({ DeliveryChannelNames: ['default'] })))).toMatch(/^NoSuchDeliveryChannelException/);
});

test('a pack and its rules', async () => {
  const { client, cloudFormation } = await start();
  expect(await failure(client.send(new DescribeConformancePacksCommand({ ConformancePackNames: ['sample'] })))).toMatch(/^NoSuchConformancePackException/);
  await deploy(cloudFormation, 'member', member());
  expect((await client.send(new DescribeConformancePacksCommand({ ConformancePackNames: ['sample'] }))).ConformancePackDetails).toMatchObject([{ ConformancePackName: 'sample', ConformancePackInputParameters: [{ ParameterName: 'Text', ParameterValue: 'held' }] }]);
  expect((await client.send(new DescribeConformancePackStatusCommand({}))).ConformancePackStatusDetails).toMatchObject([{ ConformancePackName: 'sample', ConformancePackState: 'CREATE_COMPLETE' }]);
  const rules = (await client.send(new DescribeConfigRulesCommand({}))).ConfigRules!;
  expect(rules).toMatchObject([{ ConfigRuleName: expect.stringMatching(/^sample-rule-conformance-pack-/), InputParameters: '{"text":"held"}', CreatedBy: 'config-conforms.amazonaws.com', Source: { Owner: 'CUSTOM_LAMBDA' } }]);
  await client.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: [rules[0]!.ConfigRuleName!] }));
  expect(organization.state.evaluations).toEqual([{ account: '100000000002', region: 'eu-west-1', rules: [rules[0]!.ConfigRuleName] }]);
  expect(await failure(client.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: ['sample-rule'] })))).toMatch(/^NoSuchConfigRuleException/);
  expect((await as('100000000002', 'us-east-1').send(new DescribeConfigRulesCommand({}))).ConfigRules).toEqual([]);
});

const organizationPack = JSON.stringify({ Resources: { Pack: { Type: 'AWS::Config::OrganizationConformancePack', Properties: { OrganizationConformancePackName: 'sample', ExcludedAccounts: ['100000000001'], TemplateBody: 'Resources:\n  Rule:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      ConfigRuleName: organization-rule\n      Source: {Owner: CUSTOM_LAMBDA, SourceIdentifier: sample}\n' } } } });
const named = { OrganizationConformancePackNames: ['sample'] };

test('an organization pack stands in every account that is not excluded', async () => {
  const { client, cloudFormation } = await start();
  expect(await deploy(cloudFormation, 'pack', organizationPack)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  expect((await client.send(new DescribeOrganizationConformancePacksCommand(named))).OrganizationConformancePacks).toMatchObject([{ OrganizationConformancePackName: 'sample', ExcludedAccounts: ['100000000001'] }]);
  const status = async (): Promise<string | undefined> => (await client.send(new DescribeOrganizationConformancePackStatusesCommand(named))).OrganizationConformancePackStatuses![0]!.Status;
  expect([await status(), await status()]).toEqual(['CREATE_IN_PROGRESS', 'CREATE_SUCCESSFUL']);
  expect((await client.send(new GetOrganizationConformancePackDetailedStatusCommand({ OrganizationConformancePackName: 'sample' }))).OrganizationConformancePackDetailedStatuses?.map(({ AccountId, Status }) => [AccountId, Status])).toEqual([['100000000002', 'CREATE_SUCCESSFUL'], ['100000000003', 'CREATE_SUCCESSFUL'], ['100000000004', 'CREATE_SUCCESSFUL']]);
  expect((await as('100000000003').send(new DescribeConfigRulesCommand({}))).ConfigRules).toMatchObject([{ ConfigRuleName: expect.stringMatching(/^organization-rule-/) }]);
  expect((await as('100000000001').send(new DescribeConfigRulesCommand({}))).ConfigRules).toEqual([]);
  // The two administrations do not see each other's packs.
  expect(await failure(as('100000000001').send(new DescribeOrganizationConformancePacksCommand(named)))).toMatch(/^NoSuchOrganizationConformancePackException/);
});

test('one account without a recorder fails an organization pack', async () => {
  const { client, cloudFormation } = await start({ polls: 0, recorders: { '100000000003': 'none' } });
  await deploy(cloudFormation, 'pack', organizationPack);
  expect((await client.send(new DescribeOrganizationConformancePackStatusesCommand({}))).OrganizationConformancePackStatuses).toMatchObject([{ Status: 'CREATE_FAILED', ErrorCode: 'NoAvailableConfigurationRecorder' }]);
  expect((await client.send(new GetOrganizationConformancePackDetailedStatusCommand({ OrganizationConformancePackName: 'sample', Filters: { Status: 'CREATE_FAILED' } }))).OrganizationConformancePackDetailedStatuses?.map(({ AccountId }) => AccountId)).toEqual(['100000000003']);
});

test.each([['no service access', { serviceAccess: ['config.amazonaws.com'] }], ['no delegation', { delegated: ['config.amazonaws.com'] }]])('organization packs with %s', async (_, options) => {
  const { client, cloudFormation } = await start(options);
  expect(await deploy(cloudFormation, 'pack', organizationPack)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  expect(await failure(client.send(new DescribeOrganizationConformancePacksCommand({})))).toMatch(/^OrganizationAccessDeniedException/);
});

test('what recorders discovered, here and over the aggregator', async () => {
  const { client, cloudFormation } = await start({ discovered: { 'AWS::S3::Bucket': 10, 'AWS::IAM::Role': 7 }, recorders: { '100000000003': { all: true, global: false }, '100000000004': 'off' } });
  expect(await client.send(new GetDiscoveredResourceCountsCommand({ resourceTypes: ['AWS::IAM::Role'] }))).toMatchObject({ totalDiscoveredResources: 7, resourceCounts: [{ resourceType: 'AWS::IAM::Role', count: 7 }] });
  expect(await as('100000000004').send(new GetDiscoveredResourceCountsCommand({}))).toMatchObject({ totalDiscoveredResources: 0, resourceCounts: [] });
  const aggregate = new GetAggregateDiscoveredResourceCountsCommand({ ConfigurationAggregatorName: 'all', GroupByKey: 'RESOURCE_TYPE' });
  expect(await failure(client.send(aggregate))).toMatch(/^NoSuchConfigurationAggregatorException/);
  await deploy(cloudFormation, 'aggregator', JSON.stringify({ Resources: { All: { Type: 'AWS::Config::ConfigurationAggregator', Properties: { ConfigurationAggregatorName: 'all' } } } }));
  expect(await client.send(aggregate)).toMatchObject({ TotalDiscoveredResources: 88, GroupedResourceCounts: [{ GroupName: 'AWS::S3::Bucket', ResourceCount: 60 }, { GroupName: 'AWS::IAM::Role', ResourceCount: 28 }] });
  expect((await client.send(new GetAggregateDiscoveredResourceCountsCommand({ ConfigurationAggregatorName: 'all', GroupByKey: 'ACCOUNT_ID', Filters: { Region: 'us-east-1' } }))).GroupedResourceCounts).toContainEqual({ GroupName: '100000000003', ResourceCount: 10 });
});
