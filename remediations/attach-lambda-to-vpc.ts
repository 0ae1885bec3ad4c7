import { defineRemediation, type Proposal } from '../core/remediation.ts';
import type { ConfigurationItem } from '../items/configuration-item.ts';
import { lambdaFunctionState, type LambdaFunctionState } from '../items/lambda-function-state.ts';
import { lambdaInPerimeterVpc } from '../rules/lambda-in-perimeter-vpc.ts';
import { needs, parameters, refuse, type Refusal } from './lambda/given.ts';
import { placeOf, subnetRisks } from './lambda/place.ts';
import { judgeRole } from './lambda/role-reason.ts';
import { named, stackDrift } from './network/risks.ts';

export const attachLambdaToVpc = defineRemediation({
  id: 'attach-lambda-to-vpc',
  title: 'Attach a Lambda function to subnets of the perimeter',
  rules: [lambdaInPerimeterVpc],
  resourceType: 'AWS::Lambda::Function',
  start: 'manual', decidedBy: 'planner',
  risk: 'The function loses whatever it calls that the routes and endpoints of the subnets do not lead to, first of all the internet.',
  undo: 'Update the function with the `vpcConfig` of the record, or with two empty lists; a service control policy that asks for a VPC (`lambda:VpcIds`) stops that unless it spares the caller.',
  parameters, needs,
  permissions: [
    { action: 'lambda:GetFunctionConfiguration', resource: 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*' },
    // Only requests that set a VPC: the role can neither detach a function nor change anything else of one alone.
    {
      action: 'lambda:UpdateFunctionConfiguration', resource: 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*',
      condition: { Null: { 'lambda:VpcIds': 'false' } },
    },
    // Lambda looks at the network with the permissions of whoever attaches the function.
    { action: 'ec2:DescribeSecurityGroups', resource: '*' },
    { action: 'ec2:DescribeSubnets', resource: '*' },
    { action: 'ec2:DescribeVpcs', resource: '*' },
  ],
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html',
  ],
  requirements: ['R16', 'R18', 'R19', 'R44'],
  facts: lambdaFunctionState,
  plan(lambda, given): Proposal {
    const { item, parameters: { ipv6 } } = given;
    const unsettled = whyNotNow(lambda);
    if (unsettled !== undefined) return unsettled;
    const place = placeOf(lambda, given);
    if ('outcome' in place) return place;
    const { vpcId, subnets, securityGroupIds, leaves } = place;
    const role = judgeRole(lambda, given, { account: item.accountId, region: item.region, partition: partitionOf(item), subnetIds: subnets.map(({ id }) => id), securityGroupIds });
    if (typeof role === 'object') return role;

    const subnetIds = subnets.map(({ id }) => id).sort();
    const dualStack = ipv6 ? { ipv6AllowedForDualStack: true } : {};
    return {
      outcome: 'change',
      steps: [`attach \`${lambda.name}\` to ${named(subnetIds)} of \`${vpcId}\` with ${named(securityGroupIds)}`],
      before: { vpcConfig: item.configuration['vpcConfig'] ?? null },
      after: { vpcConfig: { subnetIds, securityGroupIds, ...dualStack } },
      calls: [{
        service: 'lambda', api: 'UpdateFunctionConfiguration',
        input: { FunctionName: lambda.name, RevisionId: lambda.revisionId, VpcConfig: { SubnetIds: subnetIds, SecurityGroupIds: securityGroupIds, Ipv6AllowedForDualStack: ipv6 } },
      }],
      approval: [
        `what \`${lambda.name}\` calls is not recorded: in \`${vpcId}\` it reaches only what the routes and endpoints of its subnets lead to, and loses the rest of AWS and the internet`,
        ...leaves.length === 0 ? [] : [`\`${lambda.name}\` leaves ${named(leaves)} and whatever it reaches there at private addresses`],
        ...role === undefined ? [] : [role],
      ],
      risks: [
        'only the unpublished version changes: published versions, and the aliases on them, stay where they are until you publish anew and move the aliases, though the rule finds nothing any more',
        ...subnetRisks(subnets),
        ...stackDrift(item),
      ],
    };
  },
});

/** What of the function itself stands against an update, as far as its item tells. */
function whyNotNow({ name, state, lastUpdateStatus, revisionId }: LambdaFunctionState): Refusal | undefined {
  if (state !== undefined && state !== 'Active') return refuse(`\`${name}\` is in the state \`${state}\``, 'get it to `Active`, then plan again; an inactive function becomes so when it is invoked');
  if (lastUpdateStatus !== undefined && lastUpdateStatus !== 'Successful') return refuse(`the last update of \`${name}\` is \`${lastUpdateStatus}\``, 'let it succeed, then plan again');
  if (revisionId === undefined) return refuse(`the item has no \`revisionId\`, without which an update could overwrite another's`, 'record the function anew by any change to it, then plan again');
  return undefined;
}

const partitionOf = ({ arn }: ConfigurationItem): string => arn.split(':')[1] ?? 'aws';
