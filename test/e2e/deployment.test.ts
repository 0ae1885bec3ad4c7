import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Status } from '../../entry/deploy/status.ts';
import type { Fields } from '../support/automation/types.ts';
import { deploy, type Resource, type Template } from '../support/cloudformation.ts';
import { motoAccount, motoRegion, startMoto, type Credentials, type Moto } from './moto/moto.ts';
import { administrator, type Administrator } from './moto/perimeter.ts';
import { filesOf, held, type Call } from './moto/resources.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
const bundle = (stem: string): string => readFileSync(new URL(`../../dist/${stem}/index.js`, import.meta.url), 'utf8');
const types = ['AWS::DynamoDB::Table', 'AWS::Events::Rule', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Lambda::Permission', 'AWS::Logs::LogGroup', 'AWS::SSM::Document'];

/** The member stack as it is to be, by the template and the parameters that moto was given. */
const memberOf = (template: unknown, given: readonly Fields[], account: string): Readonly<Record<string, Resource>> => deploy(template as Template, {
  partition: 'aws', region: motoRegion, account, parameters: Object.fromEntries(given.map(({ ParameterKey, ParameterValue }) => [String(ParameterKey), String(ParameterValue)])),
});

/** Puts another module into a function. */
async function tamper(moto: Moto, FunctionName: string, module: string, { AccessKeyId, SecretAccessKey, SessionToken }: Partial<Credentials> = {}): Promise<void> {
  const lambda = new LambdaClient({ endpoint: moto.url, region: motoRegion, credentials: { accessKeyId: AccessKeyId ?? 'testing', secretAccessKey: SecretAccessKey ?? 'testing', ...SessionToken === undefined ? {} : { sessionToken: SessionToken } } });
  try { await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipSync({ 'index.js': strToU8(module) }) })); } finally { lambda.destroy(); }
}

const looked = async (admin: Administrator, ...args: readonly string[]): Promise<{ readonly exit: number; readonly status: Status }> => {
  const { exit, out, err } = await admin.deploy('status', '--json', ...args);
  expect(err).toBe('');
  return { exit, status: JSON.parse(out) as Status };
};

async function record(call: Call): Promise<void> {
  await call('config', 'PutConfigurationRecorder', { ConfigurationRecorder: { name: 'default', roleARN: 'arn:aws:iam::123456789012:role/config' } });
  await call('config', 'PutDeliveryChannel', { DeliveryChannel: { name: 'default', s3BucketName: 'records' } });
  await call('config', 'StartConfigurationRecorder', { ConfigurationRecorderName: 'default' });
}

/**
 * moto makes no conformance pack and no alarm, delivers no event and runs no function; its change sets are never refused, and of `IMPORT` it
 * knows nothing, so a deployment over a bucket that was kept is not played; nor is `preview`, which ends at AWS Config's counts of resources.
 * A changed parameter reaches the stack, but not all of its resources. Of these nothing is proved here.
 */
describe('one account', () => {
  let moto: Moto;
  let admin: Administrator;
  beforeAll(async () => {
    moto = await startMoto(inject('parts').python);
    admin = administrator(moto, 'version: 1\norganizations: [o-4tkekae453]\n', 'homeRegion: eu-west-1\nregions: [eu-west-1, us-east-1]\n');
    await record(moto.call);
    const { exit, err } = await admin.deploy('apply', '--single-account', '--yes');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
  });
  afterAll(async () => { admin.leave(); await moto.stop(); });
  const one = ['--single-account'];

  test('has all that the template says, as the services themselves tell of it', async () => {
    const { TemplateBody } = await moto.call('cloudformation', 'GetTemplate', { StackName: 'perimeter-member' });
    const { Stacks } = await moto.call('cloudformation', 'DescribeStacks', { StackName: 'perimeter-member' });
    const { found, wanted, types: seen } = await held(moto.call, memberOf(TemplateBody, (Stacks as [{ Parameters: Fields[] }])[0].Parameters, motoAccount));
    expect(found).toEqual(wanted);
    expect(seen).toEqual(types);
  });

  test.each(['evaluator', 'planner', 'writer', 'reevaluator'])('has the %s that was built', async (stem) => {
    expect(await filesOf(moto.call, `perimeter-${stem}`)).toEqual({ 'index.js': bundle(stem) });
  });

  test('has the definition where its evaluator looks', async () => {
    const { Parameter } = await moto.call('ssm', 'GetParameter', { Name: '/perimeter/definition' });
    expect(JSON.parse(String((Parameter as Fields)['Value']))).toEqual({ version: 1, organizations: ['o-4tkekae453'] });
    const { Configuration } = await moto.call('lambda', 'GetFunction', { FunctionName: 'perimeter-evaluator' });
    expect(Configuration).toMatchObject({ Environment: { Variables: { PERIMETER_DEFINITION: 'ssm:/perimeter/definition' } } });
  });

  test('stays as it is when it is deployed again', async () => {
    const { exit, out } = await admin.deploy('apply', '--yes', ...one);
    expect({ exit, last: out.trim().split('\n').at(-1) }).toEqual({ exit: 0, last: 'Nothing to change.' });
  });

  test('is told to be as it should, and what was tampered with is told', async () => {
    const place = (region: string, recorder: string, code: object): object => ({ account: motoAccount, region, coverage: 'covered', recorder, code });
    const same = { state: 'same' };
    expect((await looked(admin, ...one)).status.places).toEqual([place('eu-west-1', 'on', same), place('us-east-1', 'none', same)]);
    await tamper(moto, 'perimeter-writer', `${bundle('writer')}// Something else.`);
    await moto.call('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'perimeter-planner', Environment: { Variables: { PERIMETER_DEFINITION: 'ssm:/perimeter/definition', PERIMETER_LEDGER: 'perimeter-ledger', NODE_OPTIONS: '--require /tmp/other.js' } } });
    await moto.call('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'perimeter-evaluator', Environment: { Variables: { PERIMETER_DEFINITION: 'ssm:/other' } } });
    const { exit, status } = await looked(admin, ...one);
    expect({ exit, code: status.places[0]!.code }).toEqual({ exit: 1, code: { state: 'differs', functions: ['perimeter-evaluator (environment)', 'perimeter-planner (environment)', 'perimeter-writer (code)'] } });
    expect(status.places[1]!.code).toEqual(same);
  });

  test('is gone when it is removed, but for the ledger and the bucket', async () => {
    expect((await admin.deploy('destroy', ...one, '--yes', 'perimeter-member')).exit).toBe(0);
    const left = await Promise.all([['lambda', 'ListFunctions', 'Functions'], ['iam', 'ListRoles', 'Roles'], ['ssm', 'DescribeParameters', 'Parameters'], ['events', 'ListRules', 'Rules'], ['dynamodb', 'ListTables', 'TableNames'], ['s3', 'ListBuckets', 'Buckets']]
      .map(async ([service = '', api = '', list = '']) => [list, ((await moto.call(service, api, {}))[list] as readonly (string | Fields)[]).map((held) => typeof held === 'string' ? held : held['Name'])] as const));
    expect(Object.fromEntries(left)).toEqual({ Functions: [], Roles: [], Parameters: [], Rules: [], TableNames: ['perimeter-ledger'], Buckets: [`perimeter-${motoAccount}-${motoRegion}`] });
  });
});

/**
 * As somebody deploys what `perimeter deploy render` wrote. `apply` ends at DescribeOrganizationsAccess and at service quotas, which moto does not
 * play. Its StackSets make stacks in accounts for true, all at once and without failures; they take delegated administrators, automatic
 * deployment, tolerances and filters of accounts in silence, so of those nothing is proved here. A role can be assumed there that does not
 * exist, and a permission for some functions is taken for none: neither shows that `status` may do what it does.
 */
describe('an organization', () => {
  let moto: Moto;
  let admin: Administrator;
  let members: readonly string[];
  let organization: string;
  const file = (name: string): string => readFileSync(join(admin.folder, 'out', name), 'utf8');
  const json = (name: string): unknown => JSON.parse(file(name)) as unknown;

  beforeAll(async () => {
    moto = await startMoto(inject('parts').python);
    const made = await moto.call('organizations', 'CreateOrganization', { FeatureSet: 'ALL' });
    organization = (made['Organization'] as { Id: string }).Id;
    const { Roots } = await moto.call('organizations', 'ListRoots', {}) as { Roots: [{ Id: string }] };
    const { OrganizationalUnit } = await moto.call('organizations', 'CreateOrganizationalUnit', { ParentId: Roots[0].Id, Name: 'Workloads' }) as { OrganizationalUnit: { Id: string } };
    const ids: string[] = [];
    for (const AccountName of ['inside', 'inside-too', 'outside']) {
      const { CreateAccountStatus: { AccountId } } = await moto.call('organizations', 'CreateAccount', { Email: `${AccountName}@example.com`, AccountName }) as { CreateAccountStatus: { AccountId: string } };
      ids.push(AccountId);
      if (AccountName !== 'outside') await moto.call('organizations', 'MoveAccount', { AccountId, SourceParentId: Roots[0].Id, DestinationParentId: OrganizationalUnit.Id });
    }
    members = ids;
    admin = administrator(moto, `version: 1\norganizations: [${organization}]\naccounts: organization\n`, `homeRegion: eu-west-1\nregions: [eu-west-1, us-east-1]\ntargets: [${OrganizationalUnit.Id}]\n`);
    expect((await admin.deploy('render', '--out', 'out')).err).toBe('');
    await moto.call('cloudformation', 'CreateStack', { StackName: 'perimeter-bucket', TemplateBody: file('perimeter-bucket.yaml'), Parameters: json('perimeter-bucket.parameters.json') });
    for (const { bucket, key, file: name } of json('uploads.json') as { bucket: string; key: string; file: string }[]) await moto.call('s3', 'PutObject', { Bucket: bucket, Key: key, Body: file(name) });
    await moto.call('cloudformation', 'CreateStackSet', json('perimeter-member.create-stack-set.json') as Fields);
    await moto.call('cloudformation', 'CreateStackInstances', json('perimeter-member.create-stack-instances.json') as Fields);
  });
  afterAll(async () => { admin.leave(); await moto.stop(); });

  async function credentialsOf(account: string, role = 'OrganizationAccountAccessRole'): Promise<Credentials> {
    return (await moto.call('sts', 'AssumeRole', { RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 'test' }))['Credentials'] as Credentials;
  }
  async function as(account: string, role?: string): Promise<Call> {
    const credentials = await credentialsOf(account, role);
    return (service, api, input) => moto.call(service, api, input, credentials);
  }

  test('has all that the template says in an account of its units', async () => {
    const [account] = members;
    const { Parameters } = json('perimeter-member.create-stack-set.json') as { Parameters: Fields[] };
    const resources = memberOf(json('perimeter-member.json'), Parameters, account!);
    expect(Object.values(resources).map(({ Properties }) => Properties['RoleName'])).toEqual(expect.arrayContaining(['perimeter-status-eu-west-1', 'perimeter-forwarder-eu-west-1']));
    const { found, wanted, types: seen } = await held(await as(account!), resources);
    expect(found).toEqual(wanted);
    expect(seen).toEqual(types);
  });

  test('has nothing in an account outside of them', async () => {
    const { Roles } = await (await as(members[2]!))('iam', 'ListRoles', {}) as { Roles: { RoleName: string }[] };
    expect(Roles.map(({ RoleName }) => RoleName)).toEqual(['OrganizationAccountAccessRole']);
  });

  test('is told to be covered, with the recorder and the code of each account', async () => {
    const [recorded, other, outside] = members;
    await record(await as(recorded!));
    await tamper(moto, 'perimeter-writer', 'exports.handler = () => undefined;', await credentialsOf(other!));
    const { status } = await looked(admin);
    const at = (account: string) => status.places.filter((place) => place.account === account && place.region === motoRegion).map(({ coverage, recorder, code }) => ({ coverage, recorder, code }));
    expect(status.stackSet).toBe('current');
    expect(at(recorded!)).toEqual([{ coverage: 'covered', recorder: 'on', code: { state: 'same' } }]);
    expect(at(other!)).toEqual([{ coverage: 'covered', recorder: 'none', code: { state: 'differs', functions: ['perimeter-writer (code)'] } }]);
    expect(status.outside.map(({ account }) => account).sort()).toEqual([motoAccount, outside].sort());
  });

  test('lets the administrator read what Config records, and no more', async () => {
    const reader = await as(members[0]!, 'perimeter-status-eu-west-1');
    await moto.enforceIam(true);
    try {
      await reader('config', 'DescribeConfigurationRecorders', {});
      await reader('config', 'DescribeConfigurationRecorderStatus', {});
      await expect(reader('config', 'StopConfigurationRecorder', { ConfigurationRecorderName: 'default' })).rejects.toThrow('perimeter-status-eu-west-1/test is not authorized to perform: config:StopConfigurationRecorder');
    } finally { await moto.enforceIam(false); }
  });

  test('has a list of its accounts for all of them', async () => {
    expect(json('definition.json')).toEqual({ version: 1, organizations: [organization], accounts: [motoAccount, ...members].sort() });
  });
});
