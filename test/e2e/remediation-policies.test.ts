import { describe, expect, test } from 'vitest';
import { motoRegion } from './moto/moto.ts';
import { ended, outcome, recorded, sent, Stage } from './moto/stage.ts';

/** A breach at a server that plays AWS and that nobody here wrote: found by the built evaluator, mended by the runbook under its own role, found mended. */
const stage = new Stage();

const anybody = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

describe.each(['Step', 'Function'])('an open VPC endpoint, written by %s', (WriteWith) => {
  let id: string;
  const described = async (): Promise<Record<string, unknown>> => (await stage.moto.call('ec2', 'DescribeVpcEndpoints', { VpcEndpointIds: [id] }) as { VpcEndpoints: Record<string, unknown>[] }).VpcEndpoints[0]!;
  const judged = async (): Promise<unknown> => Promise.all(['principals', 'resources'].map(async (of) => stage.verdict(`vpc-endpoint-trusted-${of}`, 'AWS::EC2::VPCEndpoint', id, recorded(await described()))));

  test('is found, planned, mended under the runbook\'s role, and rolled back to what it was', async () => {
    const { Vpc } = await stage.moto.call('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' }) as { Vpc: { VpcId: string } };
    const { VpcEndpoint } = await stage.moto.call('ec2', 'CreateVpcEndpoint', { VpcId: Vpc.VpcId, ServiceName: `com.amazonaws.${motoRegion}.sqs`, VpcEndpointType: 'Interface', PolicyDocument: JSON.stringify(anybody) }) as { VpcEndpoint: { VpcEndpointId: string } };
    id = VpcEndpoint.VpcEndpointId;
    expect(await judged()).toEqual(['NON_COMPLIANT', 'NON_COMPLIANT']);

    const planned = await stage.run('confine-vpc-endpoint-policy', { ResourceId: id });
    expect({ ended: outcome(planned), sent: sent(planned) }).toEqual({ ended: ended('planned'), sent: ['lambda:Invoke'] });
    const applied = await stage.run('confine-vpc-endpoint-policy', { ResourceId: id, Mode: 'Apply', WriteWith });
    expect(outcome(applied)).toEqual(ended('applied'));
    expect(sent(applied).includes('ec2:ModifyVpcEndpoint')).toBe(WriteWith === 'Step');
    expect(await judged()).toEqual(['COMPLIANT', 'COMPLIANT']);

    const back = await stage.run('roll-back-vpc-endpoint-policy', { ResourceId: id, UndoExecutionId: applied.executionId, WriteWith });
    expect(outcome(back)).toEqual(ended('rolled-back'));
    expect(JSON.parse(String((await described())['PolicyDocument']))).toEqual(anybody);
    const held = await stage.run('confine-vpc-endpoint-policy', { ResourceId: id, Mode: 'Apply', WriteWith });
    expect(outcome(held)).toEqual(ended('held'));
  });
});

describe('a role that anybody may assume', () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] };
  const described = async (): Promise<Record<string, unknown>> => (await stage.moto.call('iam', 'GetRole', { RoleName: 'deploy' }) as { Role: Record<string, unknown> }).Role;
  const judged = async (): Promise<unknown> => { const { RoleId, AssumeRolePolicyDocument, Path } = await described(); return stage.verdict('iam-role-trusted-principals', 'AWS::IAM::Role', String(RoleId), { path: Path, assumeRolePolicyDocument: encodeURIComponent(JSON.stringify(AssumeRolePolicyDocument)) }); };

  test('is found, mended under the runbook\'s role, and rolled back to what it was', async () => {
    await stage.moto.call('iam', 'CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: JSON.stringify(trust) });
    expect(await judged()).toBe('NON_COMPLIANT');
    const id = String((await described())['RoleId']);
    const applied = await stage.run('confine-iam-role-trust', { ResourceId: id, Mode: 'Apply' });
    expect({ ended: outcome(applied), sent: sent(applied).filter((one) => one !== 'lambda:Invoke') }).toEqual({ ended: ended('applied'), sent: ['iam:UpdateAssumeRolePolicy'] });
    expect(await judged()).toBe('COMPLIANT');
    const back = await stage.run('roll-back-iam-role-trust', { ResourceId: id, UndoExecutionId: applied.executionId });
    expect(outcome(back)).toEqual(ended('rolled-back'));
    expect((await described())['AssumeRolePolicyDocument']).toEqual(trust);
  });

  test('with a stranger in its policy waits for the hash of the plan', async () => {
    await stage.moto.call('iam', 'CreateRole', { RoleName: 'vendor', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' }, Action: 'sts:AssumeRole' }] }) });
    const { Role: { RoleId } } = await stage.moto.call('iam', 'GetRole', { RoleName: 'vendor' }) as { Role: { RoleId: string } };
    const asked = await stage.run('confine-iam-role-trust', { ResourceId: RoleId, Mode: 'Apply' });
    expect({ ended: outcome(asked), sent: sent(asked) }).toEqual({ ended: ended('needs-approval'), sent: ['lambda:Invoke'] });
    const wrong = await stage.run('confine-iam-role-trust', { ResourceId: RoleId, Mode: 'Apply', ApprovedPlanSha256: '0'.repeat(64) });
    expect(outcome(wrong)).toEqual(ended('refused'));
    const approved = await stage.run('confine-iam-role-trust', { ResourceId: RoleId, Mode: 'Apply', ApprovedPlanSha256: asked.outputs['GetPlan.PlanSha256'] });
    expect(outcome(approved)).toEqual(ended('applied'));
  });
});
