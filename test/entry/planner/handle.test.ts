import { expect, test } from 'vitest';
import type { AnyRemediation, Change } from '../../../core/remediation.ts';
import { handle } from '../../../entry/planner/handle.ts';
import type { Ports } from '../../../entry/planner/given.ts';
import { sha256 } from '../../../entry/remediation/hash.ts';
import { confineVpcEndpointPolicy } from '../../../remediations/confine-vpc-endpoint-policy.ts';
import { remediations } from '../../../remediations/index.ts';
import { definition } from '../../support/perimeter.ts';
import { itemsOf, place, runOf, setIn, worldOf, type World } from './world.ts';

const lambda = { remediation: 'attach-lambda-to-vpc', resourceId: 'resize', executionId: 'e1' };
const plan = (more: object = {}): object => ({ ...lambda, op: 'plan', mode: 'Apply', approvedPlanSha256: 'none', ...more });
const roleArn = 'arn:aws:iam::111111111111:role/resize';

/** A function outside the VPC, and all that a plan for it looks at. */
function network(live: { SubnetIds: string[]; SecurityGroupIds: string[]; RevisionId: string }): Partial<Ports> {
  return {
    definition: async () => ({ ...definition, remediations: { 'attach-lambda-to-vpc': { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] } } }),
    functionConfiguration: async () => ({ FunctionName: 'resize', FunctionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:resize', State: 'Active', LastUpdateStatus: 'Successful', Role: roleArn, RevisionId: live.RevisionId, VpcConfig: { SubnetIds: live.SubnetIds, SecurityGroupIds: live.SecurityGroupIds, VpcId: 'vpc-0a1b2c3d4e5f60718' } }),
    functionTags: async () => ({}),
    describeSubnets: async () => ({ Subnets: ['1', '2'].map((n) => ({ SubnetId: `subnet-${n}`, OwnerId: '111111111111', VpcId: 'vpc-0a1b2c3d4e5f60718', AvailabilityZone: `eu-west-1${n}`, AvailableIpAddressCount: 100 })) }),
    describeSecurityGroups: async () => ({ SecurityGroups: [{ GroupId: 'sg-1', OwnerId: '111111111111', VpcId: 'vpc-0a1b2c3d4e5f60718' }] }),
    role: async () => ({ RoleName: 'resize', RoleId: 'AROA1', Path: '/', Arn: roleArn, CreateDate: new Date(0) }),
    rolePolicies: async () => ({ inline: [], attached: [{ PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' }] }),
  };
}
const outside = () => ({ SubnetIds: [] as string[], SecurityGroupIds: [] as string[], RevisionId: 'r1' });

/** The function as a run with its approved plan has it. */
async function approved(live: ReturnType<typeof outside>): Promise<World> {
  const world = worldOf(network(live));
  await handle(plan({ mode: 'Plan', executionId: 'e0' }), place, remediations, world.ports);
  const [approvedPlanSha256] = runOf(world, 'e0', ['planSha256']);
  await handle(plan({ approvedPlanSha256 }), place, remediations, world.ports);
  return world;
}
const lockedBy = async ({ fake, ports }: World, owner: string, until = Math.floor(ports.now() / 1000) + 60): Promise<unknown> => fake.callApi('dynamodb', 'PutItem', {
  TableName: ports.ledgerTable, Item: { pk: { S: 'attach-lambda-to-vpc#resize' }, sk: { S: 'STATE' }, lockedBy: { S: owner }, lockUntil: { N: String(until) } },
}, 'runbook');

test('the plan of a function is recorded with what its runbook sends', async () => {
  const world = await approved(outside());
  expect(runOf(world, 'e0', ['decision', 'mode'])).toEqual(['planned', 'Plan']);
  expect(runOf(world, 'e1', ['decision', 'because', 'before', 'after', 'certificate', 'policy'])).toEqual([
    'apply', 'this very plan was approved', '{"vpcConfig":{"subnetIds":[],"securityGroupIds":[],"vpcId":"vpc-0a1b2c3d4e5f60718"}}', '{"vpcConfig":{"subnetIds":["subnet-1","subnet-2"],"securityGroupIds":["sg-1"]}}', 'none', 'none',
  ]);
  const record = itemsOf(world).find(({ sk }) => (sk as { S: string }).S === 'RUN#e1')!;
  const now = Math.floor(world.ports.now() / 1000);
  expect(['revisionId', 'subnetIds', 'securityGroupIds', 'ipv6', 'now', 'leaseUntil'].map((name) => record[name])).toEqual([
    { S: 'r1' }, { L: [{ S: 'subnet-1' }, { S: 'subnet-2' }] }, { L: [{ S: 'sg-1' }] }, { BOOL: false }, { N: String(now) }, { N: String(now + 3600) },
  ]);
});

test.each<[string, Partial<ReturnType<typeof outside>>, string]>([
  ['as it was', {}, 'unchanged'],
  ['of another revision', { RevisionId: 'r2' }, 'changed'],
  ['in other subnets', { SubnetIds: ['subnet-9'] }, 'changed'],
])('the precheck of a function %s', async (_, change, precheck) => {
  const live = outside();
  const world = await approved(live);
  await lockedBy(world, 'e1');
  Object.assign(live, change);
  await handle({ ...lambda, op: 'precheck' }, place, remediations, world.ports);
  expect(runOf(world, 'e1', ['precheck'])).toEqual([precheck]);
});

test.each<[string, Partial<ReturnType<typeof outside>>, string]>([
  ['in the subnets, in any order', { SubnetIds: ['subnet-2', 'subnet-1'], SecurityGroupIds: ['sg-1'] }, 'verified'],
  ['in one subnet less', { SubnetIds: ['subnet-2'], SecurityGroupIds: ['sg-1'] }, 'failed: `vpcConfig` is not as planned'],
  ['in one subnet more', { SubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'], SecurityGroupIds: ['sg-1'] }, 'failed: `vpcConfig` is not as planned'],
  ['where it was', {}, 'failed: `vpcConfig` is not as planned'],
])('the verification of a function %s', async (_, change, verify) => {
  const live = outside();
  const world = await approved(live);
  const start = world.ports.now();
  Object.assign(live, change);
  await handle({ ...lambda, op: 'verify' }, place, remediations, world.ports);
  expect(runOf(world, 'e1', ['verify'])).toEqual([verify]);
  expect(world.ports.now() - start).toBe(verify === 'verified' ? 0 : 65_000);
});

test.each<[string, object, (world: World) => unknown, string]>([
  ['a run there is not', { op: 'precheck', executionId: 'e9' }, () => undefined, 'the ledger holds no run `e9` of `attach-lambda-to-vpc` on `resize`'],
  ['a run that only planned', { op: 'precheck', executionId: 'e0' }, () => undefined, 'the run `e0` is to change nothing: its decision is `planned`'],
  ['a run that only planned, verified', { op: 'verify', executionId: 'e0' }, () => undefined, 'the run `e0` is to change nothing: its decision is `planned`'],
  ['a run without a lock', { op: 'precheck' }, () => undefined, 'the run `e1` does not hold the lock of `resize`'],
  ['a run whose lock has expired', { op: 'precheck' }, (world) => lockedBy(world, 'e1', Math.floor(world.ports.now() / 1000)), 'the run `e1` does not hold the lock of `resize`'],
  ['a run whose lock another has', { op: 'precheck' }, (world) => lockedBy(world, 'e0'), 'the run `e1` does not hold the lock of `resize`'],
  ['a run past its precheck, planned anew', plan(), (world) => { setIn(world, 'RUN#e1', 'precheck', { S: 'unchanged' }); }, 'The conditional request failed'],
  ['a rollback of what is no policy', { op: 'plan-rollback', executionId: 'e2', undo: 'e1', force: 'false', holdDays: '30' }, () => undefined, '`remediation` is `attach-lambda-to-vpc`, whose runs are not rolled back here'],
])('%s is an error', async (_, more, prepare, message) => {
  const world = await approved(outside());
  await prepare(world);
  const before = structuredClone(itemsOf(world));
  await expect(handle({ ...lambda, ...more }, place, remediations, world.ports)).rejects.toThrow(message);
  expect(itemsOf(world)).toEqual(before);
});

test.each<[string, unknown, Partial<Ports>, string]>([
  ['no object', 'plan', {}, 'the event is not an object'],
  ['a remediation that plans for itself', plan({ remediation: 'make-rds-instance-private' }), {}, '`remediation` is `make-rds-instance-private`, which nothing is planned for; known: `attach-lambda-to-vpc`, `confine-iam-role-trust`, `confine-vpc-endpoint-policy`'],
  ['a definition with a remediation that is not', plan(), { definition: async () => ({ ...definition, remediations: { 'attach-everything': {} } }) }, 'there is no remediation `attach-everything`'],
  ['no definition', plan(), { definition: async () => { throw new Error('the definition is gone'); } }, 'the definition is gone'],
])('%s is an error', async (_, event, answers, message) => {
  await expect(handle(event, place, remediations, worldOf(answers).ports)).rejects.toThrow(message);
});

const endpoint = { remediation: 'confine-vpc-endpoint-policy', resourceId: 'vpce-1' };
const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }] };
const sound = { Version: '2012-10-17', Statement: [] };
/** The remediation with another plan for an open endpoint. */
const planning = (text: string): AnyRemediation => ({ ...confineVpcEndpointPolicy, plan: () => ({
  outcome: 'change', steps: ['narrow it'], before: { policyDocument: open }, after: { policyDocument: sound }, approval: [], risks: [],
  calls: [{ service: 'ec2', api: 'ModifyVpcEndpoint', input: { VpcEndpointId: 'vpce-1', PolicyDocument: text } }],
} satisfies Change & { readonly outcome: 'change' }) });
const openEndpoint: Partial<Ports> = { describeVpcEndpoints: async () => ({ VpcEndpoints: [{ VpcEndpointId: 'vpce-1', VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.sqs', PolicyDocument: JSON.stringify(open) }] }) };

test.each<[string, string, string]>([
  ['that Automation would expand', '{"Id":"{{ global:REGION }}"}', 'the plan contains `{ {`, which Systems Manager expands; make the change by hand'],
  ['that an item does not hold', ' '.repeat(400_000), 'the plan is larger than the ledger takes; make the change by hand'],
])('a plan %s is refused', async (_, text, because) => {
  const world = worldOf(openEndpoint);
  await handle({ ...plan(endpoint) }, place, [planning(text)], world.ports);
  expect(runOf(world, 'e1', ['decision', 'because', 'before'])).toEqual(['refuse', because, 'none']);
});

test('a summary is short enough for the console, and hashes are those of the canonical text', async () => {
  const world = worldOf(openEndpoint);
  const long: AnyRemediation = { ...planning('{}'), undo: 'x'.repeat(9_000) };
  await handle({ ...plan(endpoint) }, place, [long], world.ports);
  const [summary, beforeSha, afterSha] = runOf(world, 'e1', ['summary', 'beforeSha', 'afterSha']);
  expect([String(summary).length, String(summary).endsWith('x…')]).toEqual([8_001, true]);
  expect([beforeSha, afterSha]).toEqual([
    sha256('{"policyDocument":{"Statement":[{"Action":"sqs:SendMessage","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2012-10-17"}}'), sha256('{"policyDocument":{"Statement":[],"Version":"2012-10-17"}}'),
  ]);
});

/** An endpoint that a run has confined. */
async function confined(): Promise<{ readonly world: World; readonly state: { policy: string; organization: string } }> {
  const state = { policy: JSON.stringify(open), organization: 'o-4tkekae453' };
  const world = worldOf({
    definition: async () => ({ ...definition, perimeter: { ...definition.perimeter, organizations: [state.organization] } }),
    describeVpcEndpoints: async () => ({ VpcEndpoints: [{ VpcEndpointId: 'vpce-1', VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.sqs', PolicyDocument: state.policy }] }),
  });
  await handle(plan(endpoint), place, remediations, world.ports);
  state.policy = String(runOf(world, 'e1', ['policy'])[0]);
  return { world, state };
}
test.each<[string, string, string]>([
  ['as planned', 'o-4tkekae453', 'verified'],
  ['as planned, for a definition of another organization', 'o-aaaaaaaaaa', 'failed: `vpc-endpoint-trusted-principals` finds it non-compliant'],
])('the verification of a policy %s', async (_, organization, verify) => {
  const { world, state } = await confined();
  state.organization = organization;
  await handle({ ...endpoint, executionId: 'e1', op: 'verify' }, place, remediations, world.ports);
  expect(runOf(world, 'e1', ['verify'])).toEqual([verify]);
});
test('a rollback to what Automation would expand is refused', async () => {
  const { world } = await confined();
  setIn(world, 'RUN#e1', 'before', { S: JSON.stringify({ policyDocument: { ...open, Id: '{{ global:REGION }}', Statement: [{ ...open.Statement[0], Action: '*' }] } }) });
  await handle({ ...endpoint, executionId: 'e2', op: 'plan-rollback', undo: 'e1', force: 'false', holdDays: '30' }, place, remediations, world.ports);
  expect(runOf(world, 'e2', ['decision', 'because'])).toEqual(['refuse', 'the old policy contains `{ {`, which Systems Manager expands; put it back by hand']);
});
