import { describe, expect, test } from 'vitest';
import { startConfigServer } from '../support/config-server.ts';
import { motoRegion } from './moto/moto.ts';
import { ended, outcome, recorded, sent, Stage } from './moto/stage.ts';

/** A breach at a server that plays AWS and that nobody here wrote: found by the built evaluator, mended by the runbook under its own role, found mended. */
const stage = new Stage();

describe('a public RDS instance', () => {
  const described = async (): Promise<Record<string, unknown>> => (await stage.moto.call('rds', 'DescribeDBInstances', {}) as { DBInstances: Record<string, unknown>[] }).DBInstances[0]!;
  const judged = async (): Promise<unknown> => { const instance = await described(); return stage.verdict('rds-instance-not-public', 'AWS::RDS::DBInstance', String(instance['DbiResourceId']), recorded(instance)); };

  test('is found, mended under its own role, and left alone from then on', async () => {
    await stage.moto.call('rds', 'CreateDBInstance', { DBInstanceIdentifier: 'ledger', DBInstanceClass: 'db.t3.small', Engine: 'postgres', MasterUsername: 'admin', MasterUserPassword: 'longenough', AllocatedStorage: 20, PubliclyAccessible: true });
    expect(await judged()).toBe('NON_COMPLIANT');
    const id = String((await described())['DbiResourceId']);
    const planned = await stage.run('make-rds-instance-private', { ResourceId: id, Mode: 'Plan' });
    expect({ ended: outcome(planned), sent: sent(planned) }).toEqual({ ended: ended('planned'), sent: [] });
    const applied = await stage.run('make-rds-instance-private', { ResourceId: id });
    expect({ ended: outcome(applied), sent: sent(applied) }).toEqual({ ended: ended('applied'), sent: ['rds:ModifyDBInstance'] });
    expect(await judged()).toBe('COMPLIANT');
    const again = await stage.run('make-rds-instance-private', { ResourceId: id });
    expect({ ended: outcome(again), sent: sent(again) }).toEqual({ ended: ended('noop'), sent: [] });
  });
});

describe('a public Redshift cluster', () => {
  const described = async (): Promise<Record<string, unknown>> => (await stage.moto.call('redshift', 'DescribeClusters', {}) as { Clusters: Record<string, unknown>[] }).Clusters[0]!;
  const judged = async (): Promise<unknown> => stage.verdict('redshift-cluster-not-public', 'AWS::Redshift::Cluster', 'warehouse', recorded(await described()));

  test('is found, held, then mended under its own role', async () => {
    await stage.moto.call('redshift', 'CreateCluster', { ClusterIdentifier: 'warehouse', NodeType: 'ra3.large', MasterUsername: 'admin', MasterUserPassword: 'Longenough1', PubliclyAccessible: true, EnhancedVpcRouting: true });
    expect(await judged()).toBe('NON_COMPLIANT');
    const hold = (until: string): Promise<unknown> => stage.moto.call('dynamodb', 'PutItem', { TableName: 'perimeter-ledger', Item: { pk: { S: 'make-redshift-cluster-private#warehouse' }, sk: { S: 'STATE' }, holdUntil: { S: until } } });
    await hold('2999-01-01_00.00.00');
    const held = await stage.run('make-redshift-cluster-private', { ResourceId: 'warehouse' });
    expect({ ended: outcome(held), sent: sent(held) }).toEqual({ ended: ended('held'), sent: [] });
    await hold('2020-01-01_00.00.00');
    const applied = await stage.run('make-redshift-cluster-private', { ResourceId: 'warehouse' });
    expect({ ended: outcome(applied), sent: sent(applied) }).toEqual({ ended: ended('applied'), sent: ['redshift:ModifyCluster'] });
    expect(await judged()).toBe('COMPLIANT');
  });
});

describe('a public Redshift Serverless workgroup', () => {
  test('is found, mended, and left alone from then on', async () => {
    let publiclyAccessible = true;
    const workgroup = (): Record<string, unknown> => ({
      workgroupName: 'reports', workgroupId: 'a1b2c3d4', workgroupArn: `arn:aws:redshift-serverless:${motoRegion}:123456789012:workgroup/reports`, status: 'AVAILABLE', publiclyAccessible,
    });
    // moto does not play the service; the loopback server holds each request and answer to its model.
    const server = await startConfigServer({ always: {
      GetWorkgroup: () => ({ workgroup: workgroup() }),
      UpdateWorkgroup: (input) => { publiclyAccessible = input['publiclyAccessible'] as boolean; return { workgroup: workgroup() }; },
    } });
    try {
      stage.moto.redirect('redshift-serverless', server.url);
      const judged = (): Promise<unknown> => stage.scheduledVerdict('redshift-serverless-not-public', { ListWorkgroups: () => ({ workgroups: [workgroup()] }) });
      expect(await judged()).toBe('NON_COMPLIANT');
      const applied = await stage.run('make-redshift-serverless-private', { ResourceId: 'reports' });
      expect({ ended: outcome(applied), sent: sent(applied) }).toEqual({ ended: ended('applied'), sent: ['redshift-serverless:UpdateWorkgroup'] });
      expect(await judged()).toBe('COMPLIANT');
      const again = await stage.run('make-redshift-serverless-private', { ResourceId: 'reports' });
      expect({ ended: outcome(again), sent: sent(again) }).toEqual({ ended: ended('noop'), sent: [] });
      expect(server.violations).toEqual([]);
    } finally { await server.close(); }
  });
});

test('a role without the write permission mends nothing', async () => {
  await stage.moto.call('redshift', 'ModifyCluster', { ClusterIdentifier: 'warehouse', PubliclyAccessible: true });
  await stage.moto.call('iam', 'PutRolePolicy', { RoleName: `perimeter-make-redshift-cluster-private-${motoRegion}`, PolicyName: 'remediation', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['redshift:Describe*', 'dynamodb:*'], Resource: '*' }] }) });
  const refused = await stage.run('make-redshift-cluster-private', { ResourceId: 'warehouse' });
  expect(refused).toMatchObject({ status: 'Failed', message: expect.stringContaining('redshift:ModifyCluster: AccessDenied') as string });
});
