import { describe, expect, it } from 'vitest';
import { virtualClock } from '../support/automation/clock.ts';
import { fakeAws, type FakeAws, type Options } from '../support/automation/fake-aws/index.ts';
import type { Clock, Fields } from '../support/automation/types.ts';
import { role } from './play.ts';

const db = { DBInstanceIdentifier: 'orders', DbiResourceId: 'db-ABC', DBInstanceStatus: 'available', PubliclyAccessible: true, PendingModifiedValues: { DBInstanceClass: 'db.r8g.large' } };
const cluster = { ClusterIdentifier: 'warehouse', ClusterStatus: 'available', PubliclyAccessible: true, PendingModifiedValues: {} };
const workgroup = { workgroupName: 'reports', status: 'AVAILABLE', publiclyAccessible: true };
const fn = { FunctionName: 'resize', RevisionId: 'r1', State: 'Active', LastUpdateStatus: 'Successful' };
const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
const endpoint = { VpcEndpointId: 'vpce-1', VpcId: 'vpc-1', ServiceName: 'com.amazonaws.eu-west-1.s3', State: 'available', PolicyDocument: JSON.stringify(open) };
const deploy = { RoleName: 'deploy', RoleId: 'AROA1', Path: '/', Arn: 'arn:aws:iam::111111111111:role/deploy', AssumeRolePolicyDocument: open };
const narrow = { Version: '2012-10-17', Statement: [] };

function setUp(options: Partial<Options> = {}): { readonly fake: FakeAws; readonly clock: Clock; readonly call: (name: string, input?: Fields) => Promise<unknown> } {
  const clock = virtualClock(0);
  const fake = fakeAws({ clock, ...options, state: {
    dbInstances: { orders: db, other: { ...db, DBInstanceIdentifier: 'other', DbiResourceId: 'db-DEF' } }, clusters: { warehouse: cluster }, workgroups: { reports: workgroup }, functions: { resize: fn },
    endpoints: { 'vpce-1': endpoint }, roles: { deploy, aws: { ...deploy, RoleName: 'aws', Path: '/aws-service-role/x/' } }, discovered: [{ resourceType: 'AWS::IAM::Role', resourceId: 'AROA1', resourceName: 'deploy' }, { resourceType: 'AWS::IAM::Role', resourceId: 'AROA2', resourceName: 'two' }, { resourceType: 'AWS::IAM::User', resourceId: 'AROA1' }],
    ...options.state,
  } });
  return { fake, clock, call: (name, input = {}) => { const [service = '', api = ''] = name.split(':'); return fake.callApi(service, api, input, role); } };
}

describe('a read', () => {
  it.each<[string, Fields, unknown]>([
    ['rds:DescribeDBInstances', { DBInstanceIdentifier: 'orders' }, { DBInstances: [db] }],
    ['rds:DescribeDBInstances', { Filters: [{ Name: 'dbi-resource-id', Values: ['db-ABC'] }] }, { DBInstances: [db] }],
    ['rds:DescribeDBInstances', { Filters: [{ Name: 'dbi-resource-id', Values: ['db-XYZ'] }] }, { DBInstances: [] }],
    ['redshift:DescribeClusters', { ClusterIdentifier: 'warehouse' }, { Clusters: [cluster] }],
    ['redshift-serverless:GetWorkgroup', { workgroupName: 'reports' }, { workgroup }],
    ['redshift-serverless:ListWorkgroups', {}, { workgroups: [workgroup] }],
    ['lambda:GetFunctionConfiguration', { FunctionName: 'resize' }, fn],
    ['lambda:GetFunctionConfiguration', { FunctionName: 'arn:aws:lambda:eu-west-1:111111111111:function:resize' }, fn],
    ['ec2:DescribeVpcEndpoints', { VpcEndpointIds: ['vpce-1'] }, { VpcEndpoints: [endpoint] }],
    ['ec2:DescribeVpcEndpoints', { Filters: [{ Name: 'vpc-id', Values: ['vpc-2'] }] }, { VpcEndpoints: [] }],
    ['iam:GetRole', { RoleName: 'deploy' }, { Role: deploy }],
    ['sts:GetCallerIdentity', {}, { UserId: 'AROAEXAMPLE:session', Account: '111111111111', Arn: 'arn:aws:sts::111111111111:assumed-role/remediate/session' }],
    ['config:ListDiscoveredResources', { resourceType: 'AWS::IAM::Role', resourceIds: ['AROA1'] }, { resourceIdentifiers: [{ resourceType: 'AWS::IAM::Role', resourceId: 'AROA1', resourceName: 'deploy' }] }],
    ['config:ListDiscoveredResources', { resourceType: 'AWS::IAM::Role', resourceName: 'two' }, { resourceIdentifiers: [{ resourceType: 'AWS::IAM::Role', resourceId: 'AROA2', resourceName: 'two' }] }],
  ])('%s %o', async (name, input, expected) => { expect(await setUp().call(name, input)).toEqual(expected); });
});

describe('a refusal', () => {
  it.each<[string, Fields, string]>([
    ['rds:DescribeDBInstances', { DBInstanceIdentifier: 'none' }, 'DBInstanceNotFound'], ['rds:ModifyDBInstance', { DBInstanceIdentifier: 'none' }, 'DBInstanceNotFound'],
    ['rds:DescribeDBInstances', { Filters: [{ Name: 'engine', Values: [] }] }, 'InvalidParameterValue'],
    ['redshift:DescribeClusters', { ClusterIdentifier: 'none' }, 'ClusterNotFound'], ['redshift-serverless:GetWorkgroup', { workgroupName: 'none' }, 'ResourceNotFoundException'],
    ['redshift-serverless:UpdateWorkgroup', { workgroupName: 'reports', publiclyAccessible: false, port: 5439 }, 'ValidationException'],
    ['lambda:GetFunctionConfiguration', { FunctionName: 'none' }, 'ResourceNotFoundException'],
    ['lambda:UpdateFunctionConfiguration', { FunctionName: 'resize', RevisionId: 'r0' }, 'PreconditionFailedException'],
    ['lambda:UpdateFunctionConfiguration', { FunctionName: 'resize', VpcConfig: { SubnetIds: 'subnet-1' } }, 'ParamValidationError'],
    ['ec2:DescribeVpcEndpoints', { VpcEndpointIds: ['vpce-2'] }, 'InvalidVpcEndpointId.NotFound'],
    ['ec2:ModifyVpcEndpoint', { VpcEndpointId: 'vpce-1', PolicyDocument: 'x' }, 'InvalidPolicyDocument'],
    ['ec2:ModifyVpcEndpoint', { VpcEndpointId: 'vpce-1', PolicyDocument: narrow }, 'ParamValidationError'],
    ['ec2:ModifyVpcEndpoint', { VpcEndpointId: 'vpce-1', PolicyDocument: JSON.stringify({ ...narrow, Id: 'x'.repeat(20_480) }) }, 'InvalidPolicyDocument'],
    ['iam:GetRole', { RoleName: 'none' }, 'NoSuchEntity'],
    ['iam:UpdateAssumeRolePolicy', { RoleName: 'deploy', PolicyDocument: '{}' }, 'MalformedPolicyDocument'],
    ['iam:UpdateAssumeRolePolicy', { RoleName: 'deploy', PolicyDocument: JSON.stringify({ ...narrow, Id: 'x'.repeat(2048) }) }, 'LimitExceeded'],
    ['iam:UpdateAssumeRolePolicy', { RoleName: 'aws', PolicyDocument: JSON.stringify(narrow) }, 'UnmodifiableEntity'],
    ['config:ListDiscoveredResources', {}, 'ParamValidationError'],
    ['rds:ModifyDBInstance', { DBInstanceIdentifier: 'orders', PubliclyAccessible: 'False' }, 'ParamValidationError'],
    ['rds:ModifyDBInstance', { DBInstanceIdentifier: 'orders', Foo: 1 }, 'ParamValidationError'],
    ['rds:DeleteDBInstance', {}, 'UnknownOperationException'], ['s3:ListBuckets', {}, 'UnknownOperationException'],
  ])('%s %o: %s', async (name, input, code) => { await expect(setUp().call(name, input)).rejects.toMatchObject({ name: code }); });
});

/** What a resource looks like at these seconds after a write, and what a second write meets then. */
describe('a change takes its time', () => {
  const wide = { lagSeconds: 5, settleSeconds: 60 };
  it.each<[string, string, Fields, string, Fields, readonly (readonly [number, Fields])[], string]>([
    ['rds', 'rds:ModifyDBInstance', { DBInstanceIdentifier: 'orders', PubliclyAccessible: false }, 'rds:DescribeDBInstances', { DBInstanceIdentifier: 'orders' },
      [[0, { DBInstances: [db] }], [5, { DBInstances: [{ ...db, DBInstanceStatus: 'modifying' }] }], [64, { DBInstances: [{ ...db, DBInstanceStatus: 'modifying' }] }], [65, { DBInstances: [{ ...db, PubliclyAccessible: false }] }]], 'InvalidDBInstanceState'],
    ['rds, flushing', 'rds:ModifyDBInstance', { DBInstanceIdentifier: 'orders', ApplyImmediately: true }, 'rds:DescribeDBInstances', { DBInstanceIdentifier: 'orders' },
      [[65, { DBInstances: [{ ...db, DBInstanceClass: 'db.r8g.large', PendingModifiedValues: {} }] }]], 'InvalidDBInstanceState'],
    ['redshift', 'redshift:ModifyCluster', { ClusterIdentifier: 'warehouse', PubliclyAccessible: false }, 'redshift:DescribeClusters', { ClusterIdentifier: 'warehouse' },
      [[0, { Clusters: [cluster] }], [5, { Clusters: [{ ...cluster, ClusterStatus: 'modifying', PendingModifiedValues: { PubliclyAccessible: false } }] }], [65, { Clusters: [{ ...cluster, PubliclyAccessible: false }] }]], 'InvalidClusterState'],
    ['serverless', 'redshift-serverless:UpdateWorkgroup', { workgroupName: 'reports', publiclyAccessible: false }, 'redshift-serverless:GetWorkgroup', { workgroupName: 'reports' },
      [[0, { workgroup }], [5, { workgroup: { ...workgroup, status: 'MODIFYING' } }], [65, { workgroup: { ...workgroup, publiclyAccessible: false } }]], 'ConflictException'],
    ['lambda', 'lambda:UpdateFunctionConfiguration', { FunctionName: 'resize', RevisionId: 'r1', Timeout: 9 }, 'lambda:GetFunctionConfiguration', { FunctionName: 'resize' },
      [[0, { ...fn, Timeout: 9, RevisionId: 'r1+', LastUpdateStatus: 'InProgress' }], [60, { ...fn, Timeout: 9, RevisionId: 'r1++' }]], 'PreconditionFailedException'],
  ])('%s', async (_, write, input, read, readInput, looks, code) => {
    const { call, clock } = setUp(wide);
    await call(write, input);
    await expect(call(write, input)).rejects.toMatchObject({ name: code });
    for (const [second, expected] of looks) {
      clock.advanceTo(second * 1000);
      expect(await call(read, readInput)).toEqual(expected);
    }
  });
  it('a function in an update takes no other', async () => {
    const { call } = setUp(wide);
    await call('lambda:UpdateFunctionConfiguration', { FunctionName: 'resize', Timeout: 9 });
    await expect(call('lambda:UpdateFunctionConfiguration', { FunctionName: 'resize', Timeout: 9 })).rejects.toMatchObject({ name: 'ResourceConflictException' });
  });
  it('an update of a function can fail', async () => {
    const { call, clock } = setUp({ ...wide, state: { functions: { resize: { ...fn, Timeout: 3 } }, failingUpdates: { resize: 'EniLimitExceeded' } } });
    await call('lambda:UpdateFunctionConfiguration', { FunctionName: 'resize', Timeout: 9 });
    clock.advanceTo(60_000);
    expect(await call('lambda:GetFunctionConfiguration', { FunctionName: 'resize' })).toEqual({ ...fn, Timeout: 3, RevisionId: 'r1++', LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: 'EniLimitExceeded' });
  });
  it('policies show after the lag', async () => {
    const { call, clock } = setUp(wide);
    const PolicyDocument = JSON.stringify(narrow);
    expect([await call('ec2:ModifyVpcEndpoint', { VpcEndpointId: 'vpce-1', PolicyDocument }), await call('iam:UpdateAssumeRolePolicy', { RoleName: 'deploy', PolicyDocument })]).toEqual([{ Return: true }, {}]);
    const looks = (): Promise<unknown[]> => Promise.all([call('ec2:DescribeVpcEndpoints'), call('iam:GetRole', { RoleName: 'deploy' })]);
    expect(await looks()).toEqual([{ VpcEndpoints: [endpoint] }, { Role: deploy }]);
    clock.advanceTo(5000);
    expect(await looks()).toEqual([{ VpcEndpoints: [{ ...endpoint, PolicyDocument }] }, { Role: { ...deploy, AssumeRolePolicyDocument: narrow } }]);
  });
  it('a snapshot sees nothing of it', async () => {
    const { call, fake } = setUp({ settleSeconds: 0 });
    const before = fake.snapshot();
    await call('rds:ModifyDBInstance', { DBInstanceIdentifier: 'orders', PubliclyAccessible: false });
    expect([await before('rds', 'DescribeDBInstances', { DBInstanceIdentifier: 'orders' }, role), await call('rds:DescribeDBInstances', { DBInstanceIdentifier: 'orders' })]).toEqual([{ DBInstances: [db] }, { DBInstances: [{ ...db, PubliclyAccessible: false }] }]);
  });
});

describe('grants', () => {
  const vpc = { FunctionName: 'resize', VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } };
  it.each<[string, Fields, string[]]>([
    ['rds:ModifyDBInstance', { DBInstanceIdentifier: 'orders' }, ['rds:ModifyDBInstance']], ['dynamodb:GetItem', { TableName: 't', Key: { pk: { S: 'a' } } }, ['dynamodb:GetItem']],
    ['redshift-serverless:GetWorkgroup', { workgroupName: 'reports' }, ['redshift-serverless:GetWorkgroup']], ['sts:GetCallerIdentity', {}, []],
    ['lambda:UpdateFunctionConfiguration', vpc, ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'lambda:UpdateFunctionConfiguration']],
    ['lambda:UpdateFunctionConfiguration', { FunctionName: 'resize', Timeout: 3 }, ['lambda:UpdateFunctionConfiguration']],
  ])('%s %o uses %o', async (name, input, actions) => {
    const state = { tables: { t: { key: ['pk'], items: [] } } };
    const { call, fake } = setUp({ state, grants: { [role]: actions } });
    await call(name, input);
    expect(fake.used(role)).toEqual(actions);
    for (const missing of actions) await expect(setUp({ state, grants: { [role]: actions.filter((one) => one !== missing) } }).call(name, input)).rejects.toThrow(`\`${role}\` may not ${missing}`);
  });
  it.each([['rds:DescribeDBInstances', 'AccessDenied'], ['ec2:DescribeVpcEndpoints', 'UnauthorizedOperation'], ['config:ListDiscoveredResources', 'AccessDeniedException']])('%s without them is %s', async (name, code) => {
    await expect(setUp({ grants: {} }).call(name)).rejects.toMatchObject({ name: code });
  });
  it('without any, every role may everything', async () => { expect(await setUp().call('rds:DescribeDBInstances')).toMatchObject({ DBInstances: [{}, {}] }); });
});

describe('a function', () => {
  const handlers = { planner: ({ op }: { op: string }) => { if (op === 'boom') throw new TypeError('oops'); return { ok: op }; }, silent: () => undefined };
  const invoke = (name: string, payload: unknown, grants?: Record<string, string[]>): Promise<unknown> => setUp({ handlers, ...grants === undefined ? {} : { grants } }).fake.invoke(name, payload, role);
  it.each<[string, unknown, unknown]>([
    ['planner', { op: 'plan' }, { StatusCode: 200, Payload: '{"ok":"plan"}' }],
    ['arn:aws:lambda:eu-west-1:111111111111:function:planner:live', { op: 'plan' }, { StatusCode: 200, Payload: '{"ok":"plan"}' }],
    ['planner', { op: 'boom' }, { StatusCode: 200, FunctionError: 'Unhandled', Payload: '{"errorType":"TypeError","errorMessage":"oops"}' }],
    ['silent', {}, { StatusCode: 200, Payload: 'null' }],
  ])('%s answers %o', async (name, payload, expected) => { expect(await invoke(name, payload)).toEqual(expected); });
  it.each<[string, Record<string, string[]> | undefined, string]>([
    ['none', undefined, 'there is no function `none`'], ['planner', { [role]: ['lambda:Invoke'] }, `\`${role}\` may not lambda:InvokeFunction`],
  ])('%s refuses', async (name, grants, message) => { await expect(invoke(name, {}, grants)).rejects.toThrow(message); });
});
