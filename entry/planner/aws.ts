import type { Role } from '@aws-sdk/client-iam';
import type { AnyRule } from '../../core/rule.ts';
import { getObject, getParameter, once, settings } from '../evaluator/clients.ts';
import { definitionSource } from '../evaluator/definition.ts';
import { jsonLog } from '../evaluator/log.ts';
import { ledgerPorts, ledgerTable } from '../remediation/aws-ledger.ts';
import type { Ports } from './given.ts';
import type { RolePolicies } from './read.ts';

const config = once(async () => { const sdk = await import('@aws-sdk/client-config-service'); return { sdk, client: new sdk.ConfigServiceClient(settings) }; });
const ec2 = once(async () => { const sdk = await import('@aws-sdk/client-ec2'); return { sdk, client: new sdk.EC2Client(settings) }; });
const iam = once(async () => { const sdk = await import('@aws-sdk/client-iam'); return { sdk, client: new sdk.IAMClient(settings) }; });
const lambda = once(async () => { const sdk = await import('@aws-sdk/client-lambda'); return { sdk, client: new sdk.LambdaClient(settings) }; });

/** The planner's ports as AWS answers them. */
export function awsPorts(rules: readonly AnyRule[]): Ports {
  const now = (): number => Date.now();
  return {
    ...ledgerPorts, ledgerTable: ledgerTable(), now,
    sleep: (duration) => new Promise((wake) => { setTimeout(wake, duration); }),
    log: jsonLog((line) => { process.stdout.write(`${line}\n`); }),
    definition: definitionSource(process.env['PERIMETER_DEFINITION'], rules, { now, getObject, getParameter }),
    async describeVpcEndpoints(input) { const { sdk, client } = await ec2(); return client.send(new sdk.DescribeVpcEndpointsCommand(input)); },
    async describeSubnets(input) { const { sdk, client } = await ec2(); return client.send(new sdk.DescribeSubnetsCommand(input)); },
    async describeSecurityGroups(input) { const { sdk, client } = await ec2(); return client.send(new sdk.DescribeSecurityGroupsCommand(input)); },
    async listDiscoveredResources(input) { const { sdk, client } = await config(); return client.send(new sdk.ListDiscoveredResourcesCommand(input)); },
    async describeConfigRules(input) { const { sdk, client } = await config(); return client.send(new sdk.DescribeConfigRulesCommand(input)); },
    async getComplianceDetails(input) { const { sdk, client } = await config(); return client.send(new sdk.GetComplianceDetailsByConfigRuleCommand(input)); },
    role, rolePolicies,
    async functionConfiguration(name) {
      const { sdk, client } = await lambda();
      try { return await client.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: name })); } catch (error) {
        if (error instanceof sdk.ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async functionTags(arn) { const { sdk, client } = await lambda(); return (await client.send(new sdk.ListTagsCommand({ Resource: arn }))).Tags ?? {}; },
  };
}

async function role(name: string): Promise<Role | undefined> {
  const { sdk, client } = await iam();
  try { return (await client.send(new sdk.GetRoleCommand({ RoleName: name }))).Role; } catch (error) {
    if (error instanceof sdk.NoSuchEntityException) return undefined;
    throw error;
  }
}

async function rolePolicies(RoleName: string): Promise<RolePolicies> {
  const { sdk, client } = await iam();
  const inline: { name: string; document: string }[] = [];
  for await (const { PolicyNames = [] } of sdk.paginateListRolePolicies({ client }, { RoleName })) {
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument = '' } = await client.send(new sdk.GetRolePolicyCommand({ RoleName, PolicyName }));
      inline.push({ name: PolicyName, document: PolicyDocument });
    }
  }
  const attached: RolePolicies['attached'][number][] = [];
  for await (const { AttachedPolicies = [] } of sdk.paginateListAttachedRolePolicies({ client }, { RoleName })) attached.push(...AttachedPolicies);
  return { inline, attached };
}
