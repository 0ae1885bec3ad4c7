import { expect, test } from 'vitest';
import { handle } from '../../../entry/planner/handle.ts';
import type { Ports } from '../../../entry/planner/given.ts';
import { remediations } from '../../../remediations/index.ts';
import { itemsOf, place, runOf, setIn, worldOf } from './world.ts';

const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }] };
const sound = { ...open, Statement: [{ ...open.Statement[0], Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:ResourceOrgID': 'o-4tkekae453' } } }] };
const endpoints = (policies: Readonly<Record<string, object>>): Ports['describeVpcEndpoints'] => async ({ Filters: [filter] = [] }) => {
  const [id = ''] = filter?.Values ?? [];
  return policies[id] === undefined ? {} : { VpcEndpoints: [{ VpcEndpointId: id, VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.sqs', PolicyDocument: JSON.stringify(policies[id]) }] };
};
const rule = (ConfigRuleName: string, ruleId: string, Owner: 'CUSTOM_LAMBDA' | 'AWS' = 'CUSTOM_LAMBDA') => ({ ConfigRuleName, Source: { Owner }, InputParameters: JSON.stringify({ ruleId }) });
const rulesInConfig = [
  rule('principals-conformance-pack-x1', 'vpc-endpoint-trusted-principals'), rule('resources-conformance-pack-x1', 'vpc-endpoint-trusted-resources'), rule('rds-conformance-pack-x1', 'rds-instance-not-public'),
  rule('theirs', 'vpc-endpoint-trusted-principals', 'AWS'), { ConfigRuleName: 'odd', Source: { Owner: 'CUSTOM_LAMBDA' as const }, InputParameters: 'ruleId' }, { ConfigRuleName: 'bare', Source: { Owner: 'CUSTOM_LAMBDA' as const } },
];
const describeConfigRules: Ports['describeConfigRules'] = async ({ ConfigRuleNames, NextToken }) => {
  if (ConfigRuleNames !== undefined) return { ConfigRules: rulesInConfig.filter(({ ConfigRuleName }) => ConfigRuleNames.includes(ConfigRuleName)) };
  return NextToken === undefined ? { ConfigRules: rulesInConfig.slice(0, 1), NextToken: '2' } : { ConfigRules: rulesInConfig.slice(1) };
};
const results = (...ids: readonly string[]) => ({ EvaluationResults: ids.map((ResourceId) => ({ EvaluationResultIdentifier: { EvaluationResultQualifier: { ResourceId } } })) });

const change = (more: object = {}, id = 'e1'): object => ({ id, 'detail-type': 'Config Rules Compliance Change', source: 'aws.config', detail: {
  awsAccountId: place.accountId, awsRegion: place.region, configRuleName: 'principals-conformance-pack-x1', resourceType: 'AWS::EC2::VPCEndpoint', resourceId: 'vpce-1', newEvaluationResult: { complianceType: 'NON_COMPLIANT' }, ...more,
} });
const recorded = (more: object = {}, id = 'e1'): object => ({ id, 'detail-type': 'Config Configuration Item Change', source: 'aws.config', detail: { messageType: 'ConfigurationItemChangeNotification', configurationItem: {
  awsAccountId: place.accountId, awsRegion: place.region, resourceType: 'AWS::EC2::VPCEndpoint', resourceId: 'vpce-1', configurationItemStatus: 'OK', ...more,
} } });
const schedule = (id = 'e1'): object => ({ id, 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} });

test('a finding is planned as it comes, and nothing is started', async () => {
  const world = worldOf({ describeConfigRules, describeVpcEndpoints: endpoints({ 'vpce-1': open }) });
  expect(await handle(change(), place, remediations, world.ports)).toEqual({ ok: 'true' });
  expect(runOf(world, 'event-e1', ['pk', 'mode', 'decision', 'outcome', 'precheck'])).toEqual(['confine-vpc-endpoint-policy#vpce-1', 'Plan', 'planned', 'planned', 'none']);
});

test.each(['OK', 'ResourceDiscovered'])('a resource is planned for when its item is recorded as %s, before a rule has judged it', async (configurationItemStatus) => {
  const world = worldOf({ describeVpcEndpoints: endpoints({ 'vpce-1': open }) });
  await handle(recorded({ configurationItemStatus }), place, remediations, world.ports);
  expect(runOf(world, 'event-e1', ['pk', 'mode', 'decision', 'outcome'])).toEqual(['confine-vpc-endpoint-policy#vpce-1', 'Plan', 'planned', 'planned']);
});

test('a resource that changed and is as it should be fills no ledger, unless something was planned for it', async () => {
  const policies: Record<string, object> = { 'vpce-1': sound };
  const world = worldOf({ describeVpcEndpoints: (input) => endpoints(policies)(input) });
  await handle(recorded({}, '1'), place, remediations, world.ports);
  expect(itemsOf(world)).toEqual([]);
  expect(world.log.map(([, message]) => message)).toEqual(['noop']);
  policies['vpce-1'] = open;
  await handle(recorded({}, '2'), place, remediations, world.ports);
  policies['vpce-1'] = sound;
  await handle(recorded({}, '3'), place, remediations, world.ports);
  expect(['1', '2', '3'].map((id) => runOf(world, `event-${id}`, ['decision']))).toEqual([[undefined], ['planned'], ['noop']]);
});

test('a role is planned for though AWS Config keeps it under no Region', async () => {
  const world = worldOf({ listDiscoveredResources: async () => ({ resourceIdentifiers: [] }) });
  await handle(recorded({ resourceType: 'AWS::IAM::Role', resourceId: 'AROA1', awsRegion: 'global' }), place, remediations, world.ports);
  expect(runOf(world, 'event-e1', ['pk', 'decision'])).toEqual(['confine-iam-role-trust#AROA1', 'refuse']);
});

test.each<[string, object, Partial<Ports>]>([
  ['a resource that was deleted', recorded({ configurationItemStatus: 'ResourceDeleted' }), {}],
  ['a resource that nothing is planned for', recorded({ resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1' }), {}],
  ['a resource that became compliant', change({ newEvaluationResult: { complianceType: 'COMPLIANT' } }), {}],
  ['a rule of others', change({ configRuleName: 'theirs' }), { describeConfigRules }],
  ['a rule that has no input', change({ configRuleName: 'bare' }), { describeConfigRules }],
  ['a rule whose findings runbooks mend by themselves', change({ configRuleName: 'rds-conformance-pack-x1' }), { describeConfigRules }],
])('%s is not planned for', async (_, event, answers) => {
  const world = worldOf(answers);
  await handle(event, place, remediations, world.ports);
  expect(itemsOf(world)).toEqual([]);
});

test.each<[string, object, string]>([
  ['of another account', change({ awsAccountId: '222222222222' }), 'the event is of account `222222222222` in `eu-west-1`, and this function plans for account `111111111111` in `eu-west-1` only'],
  ['of another Region', change({ awsRegion: 'us-east-1' }), 'the event is of account `111111111111` in `us-east-1`'],
  ['of another account\'s resource', recorded({ awsAccountId: '222222222222' }), 'the event is of account `222222222222` in `eu-west-1`'],
  ['of a resource in another Region', recorded({ awsRegion: 'us-east-1' }), 'the event is of account `111111111111` in `us-east-1`'],
  ['without its resource', change({ resourceId: undefined }), '`detail` names no rule and resource'],
  ['of an item without its resource', recorded({ resourceId: undefined }), '`detail` names no resource'],
  ['without an id', { ...schedule(), id: undefined }, '`id` of the event is missing'],
  ['of another kind', { ...schedule(), 'detail-type': 'EC2 Instance State-change Notification' }, '`detail-type` is `EC2 Instance State-change Notification`; known: `Config Rules Compliance Change`, `Config Configuration Item Change`, `Scheduled Event`'],
])('an event %s is refused', async (_, event, message) => {
  const world = worldOf();
  await expect(handle(event, place, remediations, world.ports)).rejects.toThrow(message);
  expect(itemsOf(world)).toEqual([]);
});

test('the schedule plans what our rules call non-compliant, page by page and once', async () => {
  const asked: unknown[] = [];
  const world = worldOf({
    describeConfigRules, describeVpcEndpoints: endpoints({ 'vpce-1': open, 'vpce-2': open, 'vpce-3': sound }),
    getComplianceDetails: async (input) => {
      asked.push(input);
      if (input.ConfigRuleName === 'resources-conformance-pack-x1') return results('vpce-2', 'vpce-4');
      return input.NextToken === undefined ? { ...results('vpce-1'), NextToken: '2' } : results('vpce-2', 'vpce-3');
    },
  });
  await handle(schedule(), place, remediations, world.ports);
  const input = { ConfigRuleName: 'principals-conformance-pack-x1', ComplianceTypes: ['NON_COMPLIANT'], Limit: 100 };
  expect(asked).toEqual([input, { ...input, NextToken: '2' }, { ...input, ConfigRuleName: 'resources-conformance-pack-x1' }]);
  expect(itemsOf(world).map(({ pk, decision, outcome }) => [pk, decision, outcome].map((one) => (one as { S: string }).S))).toEqual([
    ['confine-vpc-endpoint-policy#vpce-1', 'planned', 'planned'], ['confine-vpc-endpoint-policy#vpce-2', 'planned', 'planned'],
    ['confine-vpc-endpoint-policy#vpce-3', 'noop', 'noop'], ['confine-vpc-endpoint-policy#vpce-4', 'refuse', 'refused'],
  ]);
});

test('what was planned is planned again only where the plan is another, or was carried out', async () => {
  const policies: Record<string, object> = { 'vpce-1': open, 'vpce-2': open, 'vpce-4': sound };
  const world = worldOf({ describeConfigRules, describeVpcEndpoints: (input) => endpoints(policies)(input), getComplianceDetails: async ({ ConfigRuleName = '' }) => ConfigRuleName.startsWith('principals') ? results('vpce-1', 'vpce-2', 'vpce-3', 'vpce-4') : {} });
  const planned = async (id: string): Promise<unknown> => {
    await handle(schedule(id), place, remediations, world.ports);
    return itemsOf(world).filter(({ sk }) => (sk as { S: string }).S === `RUN#event-${id}`).map(({ pk }) => (pk as { S: string }).S.split('#')[1]);
  };
  expect(await planned('1')).toEqual(['vpce-1', 'vpce-2', 'vpce-3', 'vpce-4']);
  expect(await planned('2')).toEqual([]);
  expect(world.log.slice(-4).map(([, message]) => message)).toEqual(Array.from({ length: 4 }, () => 'planned before'));
  policies['vpce-2'] = { ...open, Id: 'another' };
  policies['vpce-4'] = open;
  expect(await planned('3')).toEqual(['vpce-2', 'vpce-4']);
  setIn(world, 'RUN#event-1', 'decision', { S: 'apply' });
  expect(await planned('4')).toEqual(['vpce-1']);
});

test('one that cannot be planned leaves the others to be planned, and fails the event', async () => {
  const world = worldOf({
    describeConfigRules, getComplianceDetails: async ({ ConfigRuleName = '' }) => ConfigRuleName.startsWith('principals') ? results('vpce-1', 'vpce-2') : {},
    describeVpcEndpoints: async (input) => { if (input.Filters?.[0]?.Values?.[0] === 'vpce-1') throw new Error('Rate exceeded'); return endpoints({ 'vpce-2': open })(input); },
  });
  await expect(handle(schedule(), place, remediations, world.ports)).rejects.toThrow('1 of 2 findings could not be planned: `vpce-1`: Rate exceeded');
  expect(runOf(world, 'event-e1', ['pk'])).toEqual(['confine-vpc-endpoint-policy#vpce-2']);
});
