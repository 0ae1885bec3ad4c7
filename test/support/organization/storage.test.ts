import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetFunctionCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectsCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client, type ListObjectVersionsOutput } from '@aws-sdk/client-s3';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startOrganization, type Organization } from './index.ts';
import { bucket, deploy, member } from './sample.ts';

let organization: Organization;
let cloudFormation: CloudFormationClient;
let s3: S3Client;
beforeEach(async () => {
  organization = await startOrganization({ accounts: 4, polls: 0, roles: ['OrganizationAccountAccessRole'] });
  cloudFormation = new CloudFormationClient(organization.client('eu-west-1'));
  s3 = new S3Client(organization.client('eu-west-1'));
});
afterEach(async () => { await organization.close(); expect(organization.violations).toEqual([]); });
const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing', (error: Error) => `${error.name}: ${error.message}`);

test('objects: what is put is got, with its version, its type and its tag', async () => {
  expect(await failure(s3.send(new HeadBucketCommand({ Bucket: 'held' })))).toMatch(/^NotFound/);
  expect(await failure(s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'a', Body: 'a' })))).toMatch(/^NoSuchBucket/);
  await deploy(cloudFormation, 'bucket', bucket('held'));
  expect((await s3.send(new HeadBucketCommand({ Bucket: 'held' }))).BucketRegion).toBe('eu-west-1');
  const text = 'a & b < c – ü';
  const put = await s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'dir/a b.json', Body: text, ContentType: 'application/json', Metadata: { from: 'test' } }));
  const got = await s3.send(new GetObjectCommand({ Bucket: 'held', Key: 'dir/a b.json' }));
  expect(await got.Body!.transformToString()).toBe(text);
  expect(got).toMatchObject({ ETag: `"${createHash('md5').update(text).digest('hex')}"`, VersionId: put.VersionId, ContentType: 'application/json', Metadata: { from: 'test' } });
  expect(await s3.send(new HeadObjectCommand({ Bucket: 'held', Key: 'dir/a b.json' }))).toMatchObject({ ContentLength: Buffer.byteLength(text), ETag: got.ETag });
  expect(await failure(s3.send(new GetObjectCommand({ Bucket: 'held', Key: 'none' })))).toMatch(/^NoSuchKey/);
  expect(await failure(s3.send(new HeadObjectCommand({ Bucket: 'held', Key: 'none' })))).toMatch(/^NotFound/);
  expect(await s3.send(new GetObjectCommand({ Bucket: 'held', Key: 'dir/a b.json', IfNoneMatch: got.ETag })).catch((error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode)).toBe(304);
  expect(await failure(s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'dir/a b.json', Body: 'b', IfNoneMatch: '*' })))).toMatch(/^PreconditionFailed/);
  organization.faults.deny.push('s3:ListBucket');
  expect(await failure(s3.send(new GetObjectCommand({ Bucket: 'held', Key: 'none' })))).toBe('AccessDenied: Access Denied');
});

test('a stream is put in chunks', async () => {
  await deploy(cloudFormation, 'bucket', bucket('held'));
  await s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'stream', Body: Readable.from([Buffer.from('one '), Buffer.from('two')]), ContentLength: 7 }));
  expect(organization.state.buckets.get('held')!.objects.get('stream')![0]!.body.toString()).toBe('one two');
});

test('versions: listed in pages, deleted one by one or behind a marker', async () => {
  await deploy(cloudFormation, 'bucket', bucket('held'));
  for (const Body of ['1', '2', '3']) await s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'a', Body }));
  await s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'b', Body: '4' }));
  expect((await s3.send(new DeleteObjectsCommand({ Bucket: 'held', Delete: { Objects: [{ Key: 'a' }] } }))).Deleted).toEqual([{ Key: 'a' }]);
  expect(await failure(s3.send(new GetObjectCommand({ Bucket: 'held', Key: 'a' })))).toMatch(/^NoSuchKey/);
  const all: (string | undefined)[] = [];
  const listed = [];
  let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (from !== undefined) {
    const page: ListObjectVersionsOutput = await s3.send(new ListObjectVersionsCommand({ Bucket: 'held', MaxKeys: 2, ...from }));
    from = page.IsTruncated === true ? { KeyMarker: page.NextKeyMarker!, VersionIdMarker: page.NextVersionIdMarker! } : undefined;
    listed.push(...page.Versions ?? [], ...page.DeleteMarkers ?? []);
    all.push(...(page.Versions ?? []).map(({ Key, IsLatest }) => `${Key} ${IsLatest}`), ...(page.DeleteMarkers ?? []).map(({ Key }) => `${Key} marker`));
  }
  expect(all).toEqual(['a false', 'a marker', 'a false', 'a false', 'b true']);
  await s3.send(new DeleteObjectsCommand({ Bucket: 'held', Delete: { Quiet: true, Objects: listed.map(({ Key, VersionId }) => ({ Key, VersionId })) } }));
  expect((await s3.send(new ListObjectVersionsCommand({ Bucket: 'held' }))).Versions ?? []).toEqual([]);
  expect(organization.state.buckets.get('held')!.objects.size).toBe(0);
});

test('members read the definition and templates of another account, nothing else', async () => {
  await deploy(cloudFormation, 'bucket', bucket('held'));
  for (const Key of ['definition.json', 'definition-source.json', 'templates/a.json']) await s3.send(new PutObjectCommand({ Bucket: 'held', Key, Body: Key }));
  const other = new S3Client(organization.client('eu-west-1', '100000000003'));
  expect(await (await other.send(new GetObjectCommand({ Bucket: 'held', Key: 'definition.json' }))).Body!.transformToString()).toBe('definition.json');
  expect(await failure(other.send(new GetObjectCommand({ Bucket: 'held', Key: 'templates/a.json' })))).toBe('nothing');
  expect(await failure(other.send(new GetObjectCommand({ Bucket: 'held', Key: 'definition-source.json' })))).toMatch(/^AccessDenied/);
  expect(await failure(other.send(new PutObjectCommand({ Bucket: 'held', Key: 'definition.json', Body: 'x' })))).toMatch(/^AccessDenied/);
});

test('parameters: standard, advanced, too large', async () => {
  const client = new SSMClient(organization.client('eu-west-1'));
  const Name = '/perimeter/definition';
  expect(await failure(client.send(new GetParameterCommand({ Name })))).toMatch(/^ParameterNotFound/);
  expect(await failure(client.send(new PutParameterCommand({ Name, Value: 'x' })))).toMatch(/^ValidationException: A parameter type is required/);
  expect(await client.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String' }))).toMatchObject({ Version: 1, Tier: 'Standard' });
  expect(await failure(client.send(new PutParameterCommand({ Name, Value: 'y', Type: 'String' })))).toMatch(/^ParameterAlreadyExists/);
  expect(await failure(client.send(new PutParameterCommand({ Name, Value: 'y'.repeat(4097), Type: 'String', Overwrite: true })))).toMatch(/^ValidationException: Standard tier/);
  expect(await client.send(new PutParameterCommand({ Name, Value: 'y'.repeat(8192), Type: 'String', Overwrite: true, Tier: 'Advanced' }))).toMatchObject({ Version: 2, Tier: 'Advanced' });
  expect(await failure(client.send(new PutParameterCommand({ Name, Value: 'y'.repeat(8193), Type: 'String', Overwrite: true, Tier: 'Intelligent-Tiering' })))).toMatch(/^ValidationException: Advanced tier/);
  expect(await failure(client.send(new PutParameterCommand({ Name, Value: 'x', Overwrite: true, Tier: 'Standard' })))).toMatch(/can't downgrade/);
  expect((await client.send(new GetParameterCommand({ Name }))).Parameter).toMatchObject({ Value: 'y'.repeat(8192), Version: 2, ARN: 'arn:aws:ssm:eu-west-1:100000000002:parameter/perimeter/definition' });
  await client.send(new DeleteParameterCommand({ Name }));
  expect(await failure(client.send(new DeleteParameterCommand({ Name })))).toMatch(/^ParameterNotFound/);
});

test('a function is what its stack says, and another where someone changed it', async () => {
  const client = new LambdaClient(organization.client('eu-west-1'));
  expect(await failure(client.send(new GetFunctionConfigurationCommand({ FunctionName: 'sample' })))).toMatch(/^ResourceNotFoundException/);
  await deploy(cloudFormation, 'member', member('exports.handler = 1;'));
  const code = async (): Promise<[string, string | undefined]> => {
    const { Code, Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'sample' }));
    const zip = new Uint8Array(await (await fetch(Code!.Location!)).arrayBuffer());
    expect(createHash('sha256').update(zip).digest('base64')).toBe(Configuration!.CodeSha256);
    return [strFromU8(unzipSync(zip)['index.js']!), Configuration!.CodeSha256];
  };
  const [text, hash] = await code();
  expect(text).toBe('exports.handler = 1;');
  expect(await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'arn:aws:lambda:eu-west-1:100000000002:function:sample' }))).toMatchObject({ CodeSha256: hash, Role: 'arn:aws:iam::100000000002:role/sample-eu-west-1', Environment: { Variables: { TRUSTED: '100000000002' } }, Runtime: 'nodejs20.x' });
  organization.faults.tampered['100000000002'] = { sample: 'exports.handler = 2;' };
  const tampered = await code();
  expect(tampered[0]).toBe('exports.handler = 2;');
  expect(tampered[1]).not.toBe(hash);
});

test('roles: those of stacks for whom they trust, those of before for the management account', async () => {
  const sts = (account: string): STSClient => new STSClient(organization.client('eu-west-1', account));
  expect(await sts('100000000002').send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '100000000002', Arn: 'arn:aws:sts::100000000002:assumed-role/Administrator/ana' });
  const assume = (account: string, name: string): AssumeRoleCommand => new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${name}`, RoleSessionName: 'perimeter' });
  const denied = /^AccessDenied: User: arn:aws:sts::1000000000\d\d:assumed-role\/Administrator\/ana is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::/;
  expect(await failure(sts('100000000002').send(assume('100000000003', 'sample-eu-west-1')))).toMatch(denied);
  await deploy(new CloudFormationClient(organization.client('eu-west-1', '100000000003')), 'member', member());
  const { Credentials } = await sts('100000000002').send(assume('100000000003', 'sample-eu-west-1'));
  const credentials = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
  expect((await new STSClient({ ...organization.client('eu-west-1'), credentials }).send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:sts::100000000003:assumed-role/sample-eu-west-1/perimeter');
  expect(await failure(new STSClient({ ...organization.client('eu-west-1'), credentials: { ...credentials, sessionToken: 'other' } }).send(new GetCallerIdentityCommand({})))).toMatch(/^InvalidClientTokenId/);
  expect(organization.calls.at(-2)).toMatchObject({ account: '100000000003', role: 'sample-eu-west-1', action: 'sts:GetCallerIdentity' });
  expect(await failure(sts('100000000004').send(assume('100000000003', 'sample-eu-west-1')))).toMatch(denied);
  expect(await failure(sts('100000000001').send(assume('100000000004', 'OrganizationAccountAccessRole')))).toBe('nothing');
  expect(await failure(sts('100000000002').send(assume('100000000004', 'OrganizationAccountAccessRole')))).toMatch(denied);
  organization.closeAccount('100000000004');
  expect(await failure(sts('100000000001').send(assume('100000000004', 'OrganizationAccountAccessRole')))).toMatch(denied);
});
