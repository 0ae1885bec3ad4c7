import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CloudFormationClient, CreateChangeSetCommand, DeleteChangeSetCommand, DeleteStackCommand, DescribeChangeSetCommand, DescribeStackEventsCommand, DescribeStacksCommand, ExecuteChangeSetCommand, GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startOrganization, type Organization } from './index.ts';
import { bucket, changeSet, deploy, member, settled } from './sample.ts';

let organization: Organization;
let client: CloudFormationClient;
let s3: S3Client;
beforeEach(async () => {
  organization = await startOrganization({ accounts: 5 });
  client = new CloudFormationClient(organization.client('eu-west-1'));
  s3 = new S3Client(organization.client('eu-west-1'));
});
afterEach(async () => { await organization.close(); expect(organization.violations).toEqual([]); });

const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing', (error: Error) => `${error.name}: ${error.message}`);
const create = (more: object): Promise<unknown> => client.send(new CreateChangeSetCommand({ StackName: 'one', ChangeSetName: 'next', ChangeSetType: 'CREATE', Capabilities: ['CAPABILITY_NAMED_IAM'], TemplateBody: member(), ...more }));

test('a stack that is not there', async () => {
  expect(await failure(client.send(new DescribeStacksCommand({ StackName: 'one' })))).toBe('ValidationError: Stack with id one does not exist');
  expect(await failure(client.send(new DescribeStackEventsCommand({ StackName: 'one' })))).toBe('ValidationError: Stack [one] does not exist');
  expect(await failure(create({ ChangeSetType: 'UPDATE' }))).toBe('ValidationError: Stack [one] does not exist');
  expect(await failure(client.send(new DescribeChangeSetCommand({ ChangeSetName: 'arn:aws:cloudformation:eu-west-1:100000000002:changeSet/next/1' })))).toMatch(/^ChangeSetNotFoundException: /);
  expect((await client.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
  await client.send(new DeleteStackCommand({ StackName: 'one' }));
});

test('a change set takes some looks, and its stack waits for it', async () => {
  await create({});
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await client.send(new DescribeChangeSetCommand({ StackName: 'one', ChangeSetName: 'next' }))).Status);
  expect(statuses).toEqual(['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
  expect(await settled(client, 'one')).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS' });
});

test('a change set becomes a stack with parameters and outputs, and its resources', async () => {
  const described = await changeSet(client, 'one', member(), 'CREATE', { Parameters: [{ ParameterKey: 'Pack', ParameterValue: 'no' }], Tags: [{ Key: 'owner', Value: 'security' }] });
  expect(described.Changes?.map(({ ResourceChange: change }) => [change?.Action, change?.LogicalResourceId])).toEqual([['Add', 'Role'], ['Add', 'Function'], ['Add', 'Table']]);
  await client.send(new ExecuteChangeSetCommand({ StackName: 'one', ChangeSetName: 'next' }));
  const looks = [];
  for (let i = 0; i < 3; i++) looks.push((await client.send(new DescribeStacksCommand({ StackName: 'one' }))).Stacks![0]!.StackStatus);
  expect(looks).toEqual(['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
  expect((await client.send(new DescribeStacksCommand({ StackName: 'one' }))).Stacks![0]).toMatchObject({
    Description: 'a member', Parameters: [{ ParameterKey: 'Trusted', ParameterValue: '100000000002' }, { ParameterKey: 'Pack', ParameterValue: 'no' }], Tags: [{ Key: 'owner', Value: 'security' }],
    Outputs: [{ OutputKey: 'FunctionArn', OutputValue: 'arn:aws:lambda:eu-west-1:100000000002:function:sample' }], Capabilities: ['CAPABILITY_NAMED_IAM'],
  });
  const events = (await client.send(new DescribeStackEventsCommand({ StackName: 'one' }))).StackEvents!;
  expect(events.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`)).toEqual(['one CREATE_COMPLETE', 'Table CREATE_COMPLETE', 'Function CREATE_COMPLETE', 'Role CREATE_COMPLETE', 'one CREATE_IN_PROGRESS']);
  expect((await client.send(new GetTemplateCommand({ StackName: 'one' }))).TemplateBody).toBe(member());
});

test('lists keep their order over ten, and texts their characters', async () => {
  const Tags = Array.from({ length: 12 }, (_, i) => ({ Key: `key-${i}`, Value: `<${i}> & "more"\r\n` }));
  expect((await changeSet(client, 'one', member(), 'CREATE', { Tags })).Tags).toEqual(Tags);
});

test('a stack that stands: no change, one change, a new name', async () => {
  await deploy(client, 'one', member());
  expect(await failure(create({}))).toMatch(/^ValidationError: Stack \[one\] already exists/);
  expect(await changeSet(client, 'one', member(), 'UPDATE')).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason: "The submitted information didn't contain changes. Submit different information to create a change set." });
  expect(await failure(client.send(new ExecuteChangeSetCommand({ StackName: 'one', ChangeSetName: 'next' })))).toMatch(/^InvalidChangeSetStatusException: .* cannot be executed in its current status of \[FAILED\]/);
  expect(await failure(create({ ChangeSetType: 'UPDATE' }))).toMatch(/^AlreadyExistsException: /);
  await client.send(new DeleteChangeSetCommand({ StackName: 'one', ChangeSetName: 'next' }));
  await client.send(new DeleteChangeSetCommand({ StackName: 'one', ChangeSetName: 'next' }));
  const { Changes } = await changeSet(client, 'one', member('other', { Topic: { Type: 'AWS::SNS::Topic' } }), 'UPDATE');
  expect(Changes?.map(({ ResourceChange: change }) => [change?.Action, change?.LogicalResourceId, change?.Replacement, change?.Details?.map(({ Target }) => Target?.Name)])).toEqual([['Modify', 'Function', 'False', ['Code']], ['Add', 'Topic', undefined, []]]);
  await client.send(new ExecuteChangeSetCommand({ StackName: 'one', ChangeSetName: 'next' }));
  expect(await failure(create({ ChangeSetType: 'UPDATE' }))).toMatch(/is in UPDATE_IN_PROGRESS state and can not be updated/);
  expect((await settled(client, 'one')).StackStatus).toBe('UPDATE_COMPLETE');
});

test('a failure rolls a new stack back, and what comes after must delete it first', async () => {
  organization.faults.fail.push({ account: organization.state.administrator, logicalId: 'Function', reason: 'The runtime is not supported', times: 1 });
  expect(await deploy(client, 'one', member())).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  const events = (await client.send(new DescribeStackEventsCommand({ StackName: 'one' }))).StackEvents!;
  expect(events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')).toMatchObject({ LogicalResourceId: 'Function', ResourceStatusReason: 'The runtime is not supported' });
  expect(await failure(create({ ChangeSetType: 'UPDATE' }))).toMatch(/is in ROLLBACK_COMPLETE state and can not be updated/);
  await client.send(new DeleteStackCommand({ StackName: 'one' }));
  organization.settle();
  expect(await deploy(client, 'one', member())).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
});

test('a failed update leaves what stood', async () => {
  await deploy(client, 'one', member());
  organization.faults.fail.push({ account: organization.state.administrator, action: 'UPDATE', stack: 'one', reason: 'no' });
  expect(await deploy(client, 'one', member('other'), 'UPDATE')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect((await client.send(new GetTemplateCommand({ StackName: 'one' }))).TemplateBody).toBe(member());
});

test('what a stack retains stands in the way of the next', async () => {
  const { StackId } = await deploy(client, 'one', member());
  await client.send(new DeleteStackCommand({ StackName: 'one' }));
  expect((await client.send(new DescribeStacksCommand({ StackName: 'one' }))).Stacks![0]!.StackStatus).toBe('DELETE_IN_PROGRESS');
  organization.settle();
  expect(await failure(client.send(new DescribeStacksCommand({ StackName: 'one' })))).toBe('ValidationError: Stack with id one does not exist');
  expect((await client.send(new DescribeStacksCommand({ StackName: StackId }))).Stacks![0]!.StackStatus).toBe('DELETE_COMPLETE');
  expect(await deploy(client, 'one', member())).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  expect((await client.send(new DescribeStackEventsCommand({ StackName: 'one' }))).StackEvents!.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason).toBe("Resource of type 'AWS::DynamoDB::Table' with identifier 'sample' already exists.");
});

test('a name that another stack of the account took', async () => {
  await deploy(client, 'one', member());
  expect(await deploy(client, 'two', member())).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  expect((await client.send(new DescribeStackEventsCommand({ StackName: 'two' }))).StackEvents!.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')).toMatchObject({ LogicalResourceId: 'Role', ResourceStatusReason: "Resource of type 'AWS::IAM::Role' with identifier 'sample-eu-west-1' already exists." });
});

test('a bucket that is not empty is not deleted', async () => {
  await deploy(client, 'bucket', bucket('held'));
  await s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'a', Body: 'a' }));
  await client.send(new DeleteStackCommand({ StackName: 'bucket' }));
  expect(await settled(client, 'bucket')).toMatchObject({ StackStatus: 'DELETE_FAILED' });
  const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'held' }));
  await s3.send(new DeleteObjectsCommand({ Bucket: 'held', Delete: { Objects: Versions!.map(({ Key, VersionId }) => ({ Key, VersionId })) } }));
  await client.send(new DeleteStackCommand({ StackName: 'bucket' }));
  organization.settle();
  expect(organization.state.buckets.size).toBe(0);
});

describe('templates', () => {
  const resource = (properties: object): string => JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: properties } } });
  test.each<[string, object, string | RegExp]>([
    ['too large for a request', { TemplateBody: member('x'.repeat(51_200)) }, /at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200$/],
    ['none', { TemplateBody: undefined }, 'ValidationError: Either Template URL or Template Body must be specified.'],
    ['a URL elsewhere', { TemplateBody: undefined, TemplateURL: 'https://example.com/a.json' }, 'ValidationError: TemplateURL must be a supported URL.'],
    ['a bucket that is not there', { TemplateBody: undefined, TemplateURL: 'https://none.s3.eu-west-1.amazonaws.com/a.json' }, /^ValidationError: S3 error: The specified bucket does not exist/],
    ['no JSON', { TemplateBody: '{' }, /^ValidationError: Template format error: JSON not well-formed/],
    ['no resources', { TemplateBody: '{}' }, 'ValidationError: Template format error: At least one Resources member must be defined.'],
    ['a reference to nothing', { TemplateBody: resource({ TopicName: { Ref: 'Nothing' } }) }, 'ValidationError: Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template'],
    ['a reference to nothing in a text', { TemplateBody: resource({ TopicName: { 'Fn::Sub': '${Nothing.Arn}-${!Literal}' } }) }, 'ValidationError: Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template'],
    ['a condition that is not there', { TemplateBody: resource({ TopicName: { 'Fn::If': ['Nothing', 'a', 'b'] } }) }, 'ValidationError: Template format error: Unresolved condition dependency Nothing in the Resources block of the template'],
    ['a parameter that is not there', { Parameters: [{ ParameterKey: 'Other', ParameterValue: '1' }] }, 'ValidationError: Parameters: [Other] do not exist in the template'],
    ['a value outside the list', { Parameters: [{ ParameterKey: 'Pack', ParameterValue: 'maybe' }] }, "ValidationError: Parameter 'Pack' must be one of AllowedValues"],
    ['a value outside the pattern', { Parameters: [{ ParameterKey: 'Trusted', ParameterValue: '1' }] }, "ValidationError: Parameter 'Trusted' must match pattern \\d{12}"],
    ['a parameter without a value', { TemplateBody: JSON.stringify({ Parameters: { A: { Type: 'String' } }, Resources: { T: { Type: 'AWS::SNS::Topic' } } }) }, 'ValidationError: Parameters: [A] must have values'],
    ['no capability', { Capabilities: [] }, 'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]'],
  ])('%s', async (_, more, expected) => { expect(await failure(create(more))).toMatch(expected); });

  test('by URL: a key that is not there, one that is too large, one that is read', async () => {
    await deploy(client, 'bucket', bucket('templates'));
    const at = (key: string): object => ({ TemplateBody: undefined, TemplateURL: `https://s3.eu-west-1.amazonaws.com/templates/${key}` });
    await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'large.json', Body: member('x'.repeat(1_000_000)) }));
    await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'good.json', Body: member('x'.repeat(900_000)) }));
    expect(await failure(create(at('none.json')))).toMatch(/^ValidationError: S3 error: The specified key does not exist/);
    expect(await failure(create(at('large.json')))).toBe('ValidationError: Template may not exceed 1000000 bytes in size.');
    expect(await failure(create(at('good.json')))).toBe('nothing');
    expect(await failure(client.send(new CreateChangeSetCommand({ StackName: 'two', ChangeSetName: 'next', ChangeSetType: 'CREATE', Capabilities: ['CAPABILITY_NAMED_IAM'], TemplateURL: `${organization.url}/templates/good.json` })))).toBe('nothing');
  });
});

test('a nested stack stands and falls with its parent', async () => {
  await deploy(client, 'bucket', bucket('templates'));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'member.json', Body: member() }));
  const parent = (key: string): string => JSON.stringify({ Resources: { Member: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://templates.s3.eu-west-1.amazonaws.com/${key}`, Parameters: { Pack: 'no' } } } } });
  expect(await deploy(client, 'lost', parent('none.json'))).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  expect(await deploy(client, 'parent', parent('member.json'))).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  const nested = organization.state.stacks.find(({ name }) => name.startsWith('parent-Member-'))!.name;
  expect((await settled(client, nested)).Parameters).toContainEqual({ ParameterKey: 'Pack', ParameterValue: 'no' });
  await client.send(new DeleteStackCommand({ StackName: 'parent' }));
  organization.settle();
  expect(organization.state.stacks.filter(({ status }) => status !== 'DELETE_COMPLETE' && status !== 'ROLLBACK_COMPLETE').map(({ name }) => name)).toEqual(['bucket']);
});
