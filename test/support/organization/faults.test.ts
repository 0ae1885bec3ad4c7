import { afterEach, expect, test } from 'vitest';
import { CloudFormationClient, CreateStackSetCommand, DescribeStacksCommand, ListStackSetOperationsCommand, UpdateStackSetCommand, paginateListStackInstances } from '@aws-sdk/client-cloudformation';
import { ConfigServiceClient, DescribeConfigRulesCommand } from '@aws-sdk/client-config-service';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startOrganization, type Organization } from './index.ts';
import { deploySet, member, set } from './sample.ts';

let organization: Organization;
afterEach(async () => { await organization.close(); });
const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing', (error: Error) => `${error.name}: ${error.message}`);
const who = 'User: arn:aws:sts::100000000002:assumed-role/Administrator/ana is not authorized to perform:';

test('denials have the code and the words of their service', async () => {
  organization = await startOrganization({ accounts: 3, faults: { deny: ['cloudformation:CreateStackSet', 'config:*', 'lambda:GetFunction', 'organizations:ListAccounts', 's3:PutObject', 'servicequotas:GetServiceQuota', 'ssm:GetParameter', { action: 'sts:GetCallerIdentity', account: '100000000002' }] } });
  const of = organization.client('eu-west-1');
  const because = (action: string): string => `because no identity-based policy allows the ${action} action`;
  expect(await failure(new CloudFormationClient(of).send(new CreateStackSetCommand({ ...set, TemplateBody: member() })))).toBe(`AccessDenied: ${who} cloudformation:CreateStackSet on resource: arn:aws:cloudformation:eu-west-1:100000000002:stackset/sample:* ${because('cloudformation:CreateStackSet')}`);
  expect(await failure(new ConfigServiceClient(of).send(new DescribeConfigRulesCommand({})))).toBe(`AccessDeniedException: ${who} config:DescribeConfigRules on resource: * ${because('config:DescribeConfigRules')}`);
  expect(await failure(new LambdaClient(of).send(new GetFunctionCommand({ FunctionName: 'a' })))).toBe(`AccessDeniedException: ${who} lambda:GetFunction on resource: arn:aws:lambda:eu-west-1:100000000002:function:a ${because('lambda:GetFunction')}`);
  expect(await failure(new OrganizationsClient(of).send(new ListAccountsCommand({})))).toBe(`AccessDeniedException: ${who} organizations:ListAccounts on resource: * ${because('organizations:ListAccounts')}`);
  expect(await failure(new S3Client(of).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' })))).toBe(`AccessDenied: ${who} s3:PutObject on resource: "arn:aws:s3:::b/k" ${because('s3:PutObject')}`);
  expect(await failure(new ServiceQuotasClient(of).send(new GetServiceQuotaCommand({ ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' })))).toBe(`AccessDeniedException: ${who} servicequotas:GetServiceQuota on resource: * ${because('servicequotas:GetServiceQuota')}`);
  expect(await failure(new SSMClient(of).send(new GetParameterCommand({ Name: '/a' })))).toBe(`AccessDeniedException: ${who} ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:100000000002:parameter/a ${because('ssm:GetParameter')}`);
  expect(await failure(new STSClient(of).send(new GetCallerIdentityCommand({})))).toMatch(/^AccessDenied: .* sts:GetCallerIdentity/);
  expect(await failure(new STSClient(organization.client('eu-west-1', '100000000003')).send(new GetCallerIdentityCommand({})))).toBe('nothing');
  expect(organization.violations).toEqual([]);
});

test('throttled calls come through when they are tried again', async () => {
  organization = await startOrganization({ accounts: 3, faults: { throttle: { 'organizations:ListAccounts': 2, 'cloudformation:DescribeStacks': 1, 's3:PutObject': 1 } } });
  const once = organization.client('us-east-1');
  expect(await failure(new CloudFormationClient(once).send(new DescribeStacksCommand({})))).toBe('Throttling: Rate exceeded');
  expect(await failure(new S3Client(once).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' })))).toMatch(/^SlowDown/);
  expect((await new OrganizationsClient({ ...once, maxAttempts: 4 }).send(new ListAccountsCommand({}))).Accounts).toHaveLength(3);
  expect(organization.calls.filter(({ action }) => action === 'organizations:ListAccounts').map(({ outcome }) => outcome)).toEqual(['ThrottlingException', 'ThrottlingException', 'done']);
  expect(organization.violations).toEqual([]);
});

test.each(['refuse', 'close', 'error'] as const)('a kill (%s) ends all until it is revived; what was done before it stays', async (how) => {
  organization = await startOrganization({ accounts: 4, polls: 0 });
  const client = new CloudFormationClient(organization.client('eu-west-1'));
  await deploySet(client, new S3Client(organization.client('eu-west-1')), ['r-perm']);
  const update = (OperationId: string): Promise<unknown> => client.send(new UpdateStackSetCommand({ ...set, TemplateBody: member('other'), Capabilities: ['CAPABILITY_NAMED_IAM'], OperationId }));
  organization.faults.kill = { at: 'cloudformation:UpdateStackSet', when: 'after', how };
  expect(await failure(update('one'))).not.toBe('nothing');
  expect(await failure(client.send(new ListStackSetOperationsCommand(set)))).not.toBe('nothing');
  organization.revive();
  expect((await client.send(new ListStackSetOperationsCommand(set))).Summaries?.map(({ OperationId }) => OperationId)).toContain('one');
  organization.faults.kill = { at: organization.calls.length, when: 'before', how };
  expect(await failure(update('two'))).not.toBe('nothing');
  organization.revive();
  expect((await client.send(new ListStackSetOperationsCommand(set))).Summaries?.map(({ OperationId }) => OperationId)).not.toContain('two');
  expect(organization.violations).toEqual([]);
});

test('environment variables are credentials of an account', async () => {
  organization = await startOrganization({ accounts: 3 });
  expect(organization.env()).toMatchObject({ AWS_ENDPOINT_URL: organization.url, AWS_ACCESS_KEY_ID: 'AKIA0000100000000002', AWS_REGION: 'eu-west-1' });
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = organization.env('100000000003') as { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string };
  expect((await new STSClient({ ...organization.client('eu-west-1'), credentials: { accessKeyId, secretAccessKey } }).send(new GetCallerIdentityCommand({}))).Account).toBe('100000000003');
  expect(await failure(new OrganizationsClient({ ...organization.client('us-east-1'), credentials: { accessKeyId: 'AKIA0000999999999999', secretAccessKey } }).send(new ListAccountsCommand({})))).toMatch(/^UnrecognizedClientException/);
});

const form = async (path: string, service: string, init: RequestInit): Promise<number> =>
  (await fetch(`${organization.url}${path}`, { ...init, headers: { ...init.headers, authorization: `AWS4-HMAC-SHA256 Credential=AKIA0000100000000002/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0` } })).status;

test('wrong requests are violations', async () => {
  organization = await startOrganization({ accounts: 3 });
  const bodies: [string, string, RequestInit][] = [
    ['/', 'cloudformation', { method: 'POST', body: 'Action=CreateStackSet&Version=2010-05-15&StackSetName=a&Foo=1&Capabilities.member.1=CAPABILITY_ALL&ManagedExecution.Active=maybe' }],
    ['/', 'cloudformation', { method: 'POST', body: 'Action=DeleteStackInstances&StackSetName=a&Regions.member.1=eu-west-1&DeploymentTargets.OrganizationalUnitIds.member.1=o-wrong' }],
    ['/', 'cloudformation', { method: 'POST', body: 'Action=ListStacks' }],
    ['/', 'organizations', { method: 'POST', headers: { 'x-amz-target': 'AWSOrganizationsV20161128.ListAccounts' }, body: '{"MaxResults":21}' }],
    ['/bucket?versions&max-keys=many', 's3', { method: 'GET' }],
    ['/bucket/key?unknown=1', 's3', { method: 'GET' }],
    ['/bucket?delete', 's3', { method: 'POST', body: '<Delete><Object><Key>a</Key><Other>1</Other></Object></Delete>' }],
    ['/bucket?policy', 's3', { method: 'PATCH' }],
    ['/', 'sqs', { method: 'POST', body: '' }],
  ];
  for (const [path, service, init] of bodies) expect(await form(path, service, init)).toBeGreaterThanOrEqual(400);
  expect((await fetch(`${organization.url}/bucket/key`)).status).toBe(403);
  expect(organization.violations).toEqual([
    'CreateStackSet.Foo: is unknown', 'CreateStackSet.Capabilities[0]: `CAPABILITY_ALL` is none of the values of Capability', 'CreateStackSet.ManagedExecution.Active: expected true or false, got "maybe"',
    'DeleteStackInstances.RetainStacks: is required', 'DeleteStackInstances.DeploymentTargets.OrganizationalUnitIds[0]: `o-wrong` does not fit ^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$',
    'cloudformation: `POST / Action=ListStacks` is not an operation of the model', 'ListAccounts.MaxResults: value 21 is above 20', 'ListObjectVersions.MaxKeys: expected an integer, got null', 'GetObject.unknown: is unknown',
    'DeleteObjects.Delete.Objects[0].Other: is unknown', 's3: `PATCH /bucket?policy` is not an operation of the model', '`sqs` is not a service this server plays', 'GET /bucket/key is not signed',
  ]);
});

test('a token of a page is good for its own request only', async () => {
  organization = await startOrganization({ accounts: 120, polls: 0 });
  const client = new CloudFormationClient(organization.client('eu-west-1'));
  await deploySet(client, new S3Client(organization.client('eu-west-1')), ['r-perm']);
  // The SDK's paginator writes the token into the input that it was given, so that a shared one begins at the last page.
  const shared = { ...set };
  for await (const _ of paginateListStackInstances({ client }, shared));
  for await (const _ of paginateListStackInstances({ client }, { ...shared, StackInstanceRegion: 'eu-west-1' }));
  expect(organization.violations).toEqual([expect.stringMatching(/^ListStackInstances: the NextToken `.*` was not given out to this request$/)]);
});
