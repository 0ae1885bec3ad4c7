import {
  BatchGetResourceConfigCommand, ConfigServiceClient, GetComplianceDetailsByConfigRuleCommand, GetResourceConfigHistoryCommand, PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import type { AnyRule } from '../../core/rule.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { getObject, getParameter, once, settings } from './clients.ts';
import { definitionSource } from './definition.ts';
import type { Place, Ports } from './handle.ts';
import { jsonLog } from './log.ts';
import { relatedSource } from './related.ts';

// Imported when first needed: the Lambda runtime carries these clients, and most invocations need none of them.
const ec2 = once(async () => { const sdk = await import('@aws-sdk/client-ec2'); return { sdk, client: new sdk.EC2Client(settings) }; });
const redshiftServerless = once(async () => { const sdk = await import('@aws-sdk/client-redshift-serverless'); return { sdk, client: new sdk.RedshiftServerlessClient(settings) }; });

/** The evaluator's ports as AWS answers them; caches live as long as what this returns. */
export function awsPorts(rules: readonly AnyRule[], place: Place): Ports {
  const config = new ConfigServiceClient(settings);
  const now = (): number => Date.now();
  const sleep = (duration: number): Promise<void> => new Promise((wake) => { setTimeout(wake, duration); });
  return {
    now, sleep,
    log: jsonLog((line) => { process.stdout.write(`${line}\n`); }),
    definition: definitionSource(process.env['PERIMETER_DEFINITION'], rules, { now, getObject, getParameter }),
    related: relatedSource({ now, sleep, describeSubnets: (ids) => describeSubnets(ids, place), batchGetResourceConfig: (input) => config.send(new BatchGetResourceConfigCommand(input)) }),
    endpointPolicy,
    putEvaluations: (input) => config.send(new PutEvaluationsCommand(input)),
    getResourceConfigHistory: (input) => config.send(new GetResourceConfigHistoryCommand(input)),
    getComplianceDetails: (input) => config.send(new GetComplianceDetailsByConfigRuleCommand(input)),
    async listWorkgroups(nextToken) {
      const { sdk, client } = await redshiftServerless();
      return client.send(new sdk.ListWorkgroupsCommand(nextToken === undefined ? {} : { nextToken }));
    },
  };
}

// By filter, not by id: one endpoint or subnet that has gone would fail the whole call.
async function endpointPolicy(id: string): Promise<string | undefined> {
  const { sdk, client } = await ec2();
  const { VpcEndpoints = [] } = await client.send(new sdk.DescribeVpcEndpointsCommand({ Filters: [{ Name: 'vpc-endpoint-id', Values: [id] }] }));
  return VpcEndpoints.find(({ VpcEndpointId }) => VpcEndpointId === id)?.PolicyDocument;
}

async function describeSubnets(ids: readonly string[], { accountId, region }: Place): Promise<readonly ConfigurationItem[]> {
  const { sdk, client } = await ec2();
  const items: ConfigurationItem[] = [];
  let token: string | undefined;
  do {
    const { Subnets = [], NextToken } = await client.send(new sdk.DescribeSubnetsCommand({ Filters: [{ Name: 'subnet-id', Values: [...ids] }], ...token === undefined ? {} : { NextToken: token } }));
    items.push(...Subnets.map(({ SubnetId = '', SubnetArn = '', OwnerId = accountId, VpcId, AvailabilityZone }): ConfigurationItem => ({
      accountId: OwnerId, region, resourceType: 'AWS::EC2::Subnet', resourceId: SubnetId, resourceName: undefined, arn: SubnetArn, status: 'OK',
      captureTime: new Date().toISOString(), tags: {}, availabilityZone: AvailabilityZone,
      configuration: { vpcId: VpcId, availabilityZone: AvailabilityZone }, supplementaryConfiguration: {},
    })));
    token = NextToken;
  } while (token !== undefined && token !== '');
  return items;
}
