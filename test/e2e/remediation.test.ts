import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startConfigServer } from '../support/config-server.ts';
import type { Result } from '../support/automation/types.ts';
import { runEvaluator } from './evaluator-process.ts';
import { functionsAt } from './moto/functions.ts';
import { motoAccount, motoRegion, startMoto, type Moto } from './moto/moto.ts';
import { installRoles } from './moto/roles.ts';
import { runbook } from './moto/world.ts';

/** A breach at a server that plays AWS and that nobody here wrote: found by the built evaluator, mended by the runbook under its own role, found mended. */

const parts = inject('parts');
const folder = mkdtempSync(join(tmpdir(), 'perimeter-remediation-'));
const definition = `file:${join(folder, 'definition.json')}`;
writeFileSync(join(folder, 'definition.json'), JSON.stringify({ version: 1, organizations: ['o-4tkekae453'], accounts: [motoAccount] }));
let moto: Moto;
let run: ReturnType<typeof runbook>;

beforeAll(async () => {
  moto = await startMoto(parts.python);
  const roles = await installRoles(moto);
  await moto.call('dynamodb', 'CreateTable', {
    TableName: 'perimeter-ledger', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' }],
  });
  run = runbook(moto, roles, functionsAt(moto, roles, parts.node22, definition));
});
afterAll(async () => { await moto.stop(); rmSync(folder, { recursive: true }); });

const withIam = async <T>(act: () => Promise<T>): Promise<T> => {
  await moto.enforceIam(true);
  try { return await act(); } finally { await moto.enforceIam(false); }
};
const outcome = ({ status, message, outputs }: Result): unknown => ({ status, message, outcome: Object.entries(outputs).filter(([name]) => name.endsWith('.Outcome')).map(([, value]) => value) });
const ended = (how: string): unknown => ({ status: 'Success', message: undefined, outcome: [how] });
const sent = ({ calls }: Result): string[] => calls.filter(({ service, api }) => service !== 'dynamodb' && !/^(Describe|Get)/.test(api)).map(({ service, api }) => `${service}:${api}`);

/** What the built evaluator reports of an item, as AWS Config would get it. */
async function verdict(ruleId: string, resourceType: string, resourceId: string, configuration: object): Promise<unknown> {
  const server = await startConfigServer();
  const time = '2026-01-10T10:00:00.000Z';
  try {
    const invokingEvent = {
      messageType: 'ConfigurationItemChangeNotification', notificationCreationTime: time, recordVersion: '1.3', configurationItemDiff: null,
      configurationItem: {
        awsAccountId: motoAccount, awsRegion: motoRegion, ARN: `arn:aws:x:${motoRegion}:${motoAccount}:${resourceId}`, resourceType, resourceId, resourceName: resourceId,
        configurationItemVersion: '1.3', configurationItemStatus: 'OK', configurationItemCaptureTime: time, tags: {}, supplementaryConfiguration: {}, configuration,
      },
    };
    const { outcomes } = await runEvaluator(parts.node22, server.url, definition, [{
      functionArn: `arn:aws:lambda:${motoRegion}:${motoAccount}:function:aws-perimeter-pack-evaluator`,
      event: {
        version: '1.0', invokingEvent: JSON.stringify(invokingEvent), ruleParameters: JSON.stringify({ ruleId }), resultToken: 'token', eventLeftScope: false, executionRoleArn: `arn:aws:iam::${motoAccount}:role/config`,
        configRuleArn: `arn:aws:config:${motoRegion}:${motoAccount}:config-rule/config-rule-1`, configRuleName: ruleId, configRuleId: 'config-rule-1', accountId: motoAccount,
      },
    }]);
    expect(outcomes).toEqual([null]);
    const [put] = server.calls.filter(({ operation }) => operation === 'PutEvaluations');
    return (put!.input['Evaluations'] as { ComplianceType: string }[])[0]!.ComplianceType;
  } finally { await server.close(); }
}

/** AWS Config writes members with a small first letter. */
const recorded = (described: object): Record<string, unknown> => Object.fromEntries(Object.entries(described).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value as unknown]));

describe('a public RDS instance', () => {
  const described = async (): Promise<Record<string, unknown>> => (await moto.call('rds', 'DescribeDBInstances', {}) as { DBInstances: Record<string, unknown>[] }).DBInstances[0]!;
  const judged = async (): Promise<unknown> => { const instance = await described(); return verdict('rds-instance-not-public', 'AWS::RDS::DBInstance', String(instance['DbiResourceId']), recorded(instance)); };

  test('is found, mended under its own role, and left alone from then on', async () => {
    await moto.call('rds', 'CreateDBInstance', { DBInstanceIdentifier: 'ledger', DBInstanceClass: 'db.t3.small', Engine: 'postgres', MasterUsername: 'admin', MasterUserPassword: 'longenough', AllocatedStorage: 20, PubliclyAccessible: true });
    expect(await judged()).toBe('NON_COMPLIANT');
    const id = String((await described())['DbiResourceId']);
    const planned = await withIam(() => run('make-rds-instance-private', { ResourceId: id, Mode: 'Plan' }));
    expect({ ended: outcome(planned), sent: sent(planned) }).toEqual({ ended: ended('planned'), sent: [] });
    const applied = await withIam(() => run('make-rds-instance-private', { ResourceId: id }));
    expect({ ended: outcome(applied), sent: sent(applied) }).toEqual({ ended: ended('applied'), sent: ['rds:ModifyDBInstance'] });
    expect(await judged()).toBe('COMPLIANT');
    const again = await withIam(() => run('make-rds-instance-private', { ResourceId: id }));
    expect({ ended: outcome(again), sent: sent(again) }).toEqual({ ended: ended('noop'), sent: [] });
  });
});

describe('a public Redshift cluster', () => {
  const described = async (): Promise<Record<string, unknown>> => (await moto.call('redshift', 'DescribeClusters', {}) as { Clusters: Record<string, unknown>[] }).Clusters[0]!;
  const judged = async (): Promise<unknown> => verdict('redshift-cluster-not-public', 'AWS::Redshift::Cluster', 'warehouse', recorded(await described()));

  test('is found, held, then mended under its own role', async () => {
    await moto.call('redshift', 'CreateCluster', { ClusterIdentifier: 'warehouse', NodeType: 'ra3.large', MasterUsername: 'admin', MasterUserPassword: 'Longenough1', PubliclyAccessible: true, EnhancedVpcRouting: true });
    expect(await judged()).toBe('NON_COMPLIANT');
    const hold = (until: string): Promise<unknown> => moto.call('dynamodb', 'PutItem', { TableName: 'perimeter-ledger', Item: { pk: { S: 'make-redshift-cluster-private#warehouse' }, sk: { S: 'STATE' }, holdUntil: { S: until } } });
    await hold('2999-01-01_00.00.00');
    const held = await withIam(() => run('make-redshift-cluster-private', { ResourceId: 'warehouse' }));
    expect({ ended: outcome(held), sent: sent(held) }).toEqual({ ended: ended('held'), sent: [] });
    await hold('2020-01-01_00.00.00');
    const applied = await withIam(() => run('make-redshift-cluster-private', { ResourceId: 'warehouse' }));
    expect({ ended: outcome(applied), sent: sent(applied) }).toEqual({ ended: ended('applied'), sent: ['redshift:ModifyCluster'] });
    expect(await judged()).toBe('COMPLIANT');
  });
});

const anybody = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

describe.each(['Step', 'Function'])('an open VPC endpoint, written by %s', (WriteWith) => {
  let id: string;
  const described = async (): Promise<Record<string, unknown>> => (await moto.call('ec2', 'DescribeVpcEndpoints', { VpcEndpointIds: [id] }) as { VpcEndpoints: Record<string, unknown>[] }).VpcEndpoints[0]!;
  const judged = async (): Promise<unknown> => Promise.all(['principals', 'resources'].map(async (of) => verdict(`vpc-endpoint-trusted-${of}`, 'AWS::EC2::VPCEndpoint', id, recorded(await described()))));

  test('is found, planned, mended under the runbook\'s role, and rolled back to what it was', async () => {
    const { Vpc } = await moto.call('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' }) as { Vpc: { VpcId: string } };
    const { VpcEndpoint } = await moto.call('ec2', 'CreateVpcEndpoint', { VpcId: Vpc.VpcId, ServiceName: `com.amazonaws.${motoRegion}.sqs`, VpcEndpointType: 'Interface', PolicyDocument: JSON.stringify(anybody) }) as { VpcEndpoint: { VpcEndpointId: string } };
    id = VpcEndpoint.VpcEndpointId;
    expect(await judged()).toEqual(['NON_COMPLIANT', 'NON_COMPLIANT']);

    const planned = await withIam(() => run('confine-vpc-endpoint-policy', { ResourceId: id }));
    expect({ ended: outcome(planned), sent: sent(planned) }).toEqual({ ended: ended('planned'), sent: ['lambda:Invoke'] });
    const applied = await withIam(() => run('confine-vpc-endpoint-policy', { ResourceId: id, Mode: 'Apply', WriteWith }));
    expect(outcome(applied)).toEqual(ended('applied'));
    expect(sent(applied).includes('ec2:ModifyVpcEndpoint')).toBe(WriteWith === 'Step');
    expect(await judged()).toEqual(['COMPLIANT', 'COMPLIANT']);

    const back = await withIam(() => run('roll-back-vpc-endpoint-policy', { ResourceId: id, UndoExecutionId: applied.executionId, WriteWith }));
    expect(outcome(back)).toEqual(ended('rolled-back'));
    expect(JSON.parse(String((await described())['PolicyDocument']))).toEqual(anybody);
    const held = await withIam(() => run('confine-vpc-endpoint-policy', { ResourceId: id, Mode: 'Apply', WriteWith }));
    expect(outcome(held)).toEqual(ended('held'));
  });
});

describe('a role that anybody may assume', () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] };
  const described = async (): Promise<Record<string, unknown>> => (await moto.call('iam', 'GetRole', { RoleName: 'deploy' }) as { Role: Record<string, unknown> }).Role;
  const judged = async (): Promise<unknown> => { const { RoleId, AssumeRolePolicyDocument, Path } = await described(); return verdict('iam-role-trusted-principals', 'AWS::IAM::Role', String(RoleId), { path: Path, assumeRolePolicyDocument: encodeURIComponent(JSON.stringify(AssumeRolePolicyDocument)) }); };

  test('is found, mended under the runbook\'s role, and rolled back to what it was', async () => {
    await moto.call('iam', 'CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: JSON.stringify(trust) });
    expect(await judged()).toBe('NON_COMPLIANT');
    const id = String((await described())['RoleId']);
    const applied = await withIam(() => run('confine-iam-role-trust', { ResourceId: id, Mode: 'Apply' }));
    expect({ ended: outcome(applied), sent: sent(applied).filter((one) => one !== 'lambda:Invoke') }).toEqual({ ended: ended('applied'), sent: ['iam:UpdateAssumeRolePolicy'] });
    expect(await judged()).toBe('COMPLIANT');
    const back = await withIam(() => run('roll-back-iam-role-trust', { ResourceId: id, UndoExecutionId: applied.executionId }));
    expect(outcome(back)).toEqual(ended('rolled-back'));
    expect((await described())['AssumeRolePolicyDocument']).toEqual(trust);
  });

  test('with a stranger in its policy waits for the hash of the plan', async () => {
    await moto.call('iam', 'CreateRole', { RoleName: 'vendor', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' }, Action: 'sts:AssumeRole' }] }) });
    const { Role: { RoleId } } = await moto.call('iam', 'GetRole', { RoleName: 'vendor' }) as { Role: { RoleId: string } };
    const asked = await withIam(() => run('confine-iam-role-trust', { ResourceId: RoleId, Mode: 'Apply' }));
    expect({ ended: outcome(asked), sent: sent(asked) }).toEqual({ ended: ended('needs-approval'), sent: ['lambda:Invoke'] });
    const wrong = await withIam(() => run('confine-iam-role-trust', { ResourceId: RoleId, Mode: 'Apply', ApprovedPlanSha256: '0'.repeat(64) }));
    expect(outcome(wrong)).toEqual(ended('refused'));
    const approved = await withIam(() => run('confine-iam-role-trust', { ResourceId: RoleId, Mode: 'Apply', ApprovedPlanSha256: asked.outputs['GetPlan.PlanSha256'] }));
    expect(outcome(approved)).toEqual(ended('applied'));
  });
});

test('a role without the write permission mends nothing', async () => {
  await moto.call('redshift', 'ModifyCluster', { ClusterIdentifier: 'warehouse', PubliclyAccessible: true });
  await moto.call('iam', 'PutRolePolicy', { RoleName: `perimeter-make-redshift-cluster-private-${motoRegion}`, PolicyName: 'remediation', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['redshift:Describe*', 'dynamodb:*'], Resource: '*' }] }) });
  const refused = await withIam(() => run('make-redshift-cluster-private', { ResourceId: 'warehouse' }));
  expect(refused).toMatchObject({ status: 'Failed', message: expect.stringContaining('redshift:ModifyCluster: AccessDenied') as string });
});
