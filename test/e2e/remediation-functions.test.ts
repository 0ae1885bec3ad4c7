import { expect, test } from 'vitest';
import { motoAccount, motoRegion } from './moto/moto.ts';
import { ended, outcome, recorded, sent, Stage } from './moto/stage.ts';

const stage = new Stage();

/** One file in a ZIP archive, stored as it is: all that moto wants of a function's code. */
const code = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

test('a function outside the VPCs of the perimeter is found, planned, approved and attached', async () => {
  const { Vpc: { VpcId } } = await stage.moto.call('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' }) as { Vpc: { VpcId: string } };
  const zones = await Promise.all(['a', 'b'].map(async (zone, i) => (await stage.moto.call('ec2', 'CreateSubnet', { VpcId, CidrBlock: `10.0.${i}.0/24`, AvailabilityZone: `${motoRegion}${zone}` }) as { Subnet: { SubnetId: string } }).Subnet.SubnetId));
  const { GroupId } = await stage.moto.call('ec2', 'CreateSecurityGroup', { GroupName: 'functions', Description: 'functions', VpcId }) as { GroupId: string };
  stage.define({ networks: { vpcs: [VpcId] }, remediations: { 'attach-lambda-to-vpc': { subnetIds: zones, securityGroupIds: [GroupId] } } });
  await stage.moto.call('iam', 'CreateRole', { RoleName: 'resize', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
  const network = ['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'].map((one) => `ec2:${one}`);
  await stage.moto.call('iam', 'PutRolePolicy', { RoleName: 'resize', PolicyName: 'network', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: network, Resource: '*' }] }) });
  await stage.moto.call('lambda', 'CreateFunction', { FunctionName: 'resize', Role: `arn:aws:iam::${motoAccount}:role/resize`, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: code } });

  const judged = async (): Promise<unknown> => {
    const { VpcConfig = {}, ...rest } = await stage.moto.call('lambda', 'GetFunctionConfiguration', { FunctionName: 'resize' });
    const subnets = zones.map((id) => ({ accountId: motoAccount, awsRegion: motoRegion, resourceType: 'AWS::EC2::Subnet', resourceId: id, configurationItemStatus: 'OK', configuration: JSON.stringify({ vpcId: VpcId, availabilityZone: `${motoRegion}a` }) }));
    return stage.verdict('lambda-in-perimeter-vpc', 'AWS::Lambda::Function', 'resize', { ...recorded(rest), vpcConfig: recorded(VpcConfig as object) }, subnets);
  };
  expect(await judged()).toBe('NON_COMPLIANT');
  const asked = await stage.run('attach-lambda-to-vpc', { ResourceId: 'resize', Mode: 'Apply' });
  expect({ ended: outcome(asked), sent: sent(asked) }).toEqual({ ended: ended('needs-approval'), sent: ['lambda:Invoke'] });
  const applied = await stage.run('attach-lambda-to-vpc', { ResourceId: 'resize', Mode: 'Apply', ApprovedPlanSha256: asked.outputs['GetPlan.PlanSha256'] });
  expect({ ended: outcome(applied), sent: sent(applied).filter((one) => one !== 'lambda:Invoke') }).toEqual({ ended: ended('applied'), sent: ['lambda:UpdateFunctionConfiguration'] });
  expect(await judged()).toBe('COMPLIANT');
});
