import type { PutEvaluationsCommandInput } from '@aws-sdk/client-config-service';
import { expect, test } from 'vitest';
import { emptyDefinition } from '../../../core/definition.ts';
import { handle, type Ports } from '../../../entry/evaluator/handle.ts';
import { rules } from '../../../rules/index.ts';

const time = '2026-01-10T10:00:00.000Z';
const place = { accountId: '111122223333', region: 'eu-west-1' };
const summary = {
  awsAccountId: '111122223333', awsRegion: 'eu-west-1', ARN: 'arn:aws:rds:eu-west-1:111122223333:db:a', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'a',
  configurationItemVersion: '1.3', configurationItemStatus: 'OK', configurationItemCaptureTime: time, tags: {}, supplementaryConfiguration: {},
};
const instance = { ...summary, configuration: { publiclyAccessible: false, dBInstanceIdentifier: 'a' } };
const envelope = (ruleId: string, invokingEvent: object, more: object = {}): object => ({
  invokingEvent: JSON.stringify(invokingEvent), ruleParameters: JSON.stringify({ ruleId }), resultToken: 'token', eventLeftScope: false, accountId: place.accountId, configRuleName: 'some-name', ...more,
});
const changed = (configurationItem: object): object => ({ messageType: 'ConfigurationItemChangeNotification', configurationItem });
const oversized = { messageType: 'OversizedConfigurationItemChangeNotification', configurationItemSummary: summary };
const scheduled = { messageType: 'ScheduledNotification', awsAccountId: place.accountId, notificationCreationTime: time };

/** Answers by port; every call is recorded, and one that a row does not expect fails it. */
function world(answers: Partial<Ports> = {}): { calls: [string, unknown][]; ports: Ports } {
  const calls: [string, unknown][] = [];
  const port = (name: string) => async (input: unknown): Promise<never> => { calls.push([name, input]); throw new Error(`unexpected call of ${name}`); };
  return { calls, ports: {
    now: () => Date.parse(time), sleep: async () => {}, log: () => {}, definition: async () => emptyDefinition,
    related: port('related'), endpointPolicy: port('endpointPolicy'), getResourceConfigHistory: port('history'), listWorkgroups: port('listWorkgroups'), getComplianceDetails: port('details'),
    putEvaluations: async (input: PutEvaluationsCommandInput) => { calls.push(['put', input.Evaluations?.map(({ ComplianceResourceId, ComplianceType, Annotation }) => [ComplianceResourceId, ComplianceType, Annotation])]); return {}; },
    ...answers,
  } };
}
const rds = 'rds-instance-not-public';

test.each<[string, object, [string, string, string | undefined]]>([
  ['a change', envelope(rds, changed(instance)), ['db-1', 'COMPLIANT', undefined]],
  ['a deleted resource with no configuration', envelope(rds, changed({ ...summary, configurationItemStatus: 'ResourceDeleted', configuration: null })), ['db-1', 'NOT_APPLICABLE', 'the item has the status `ResourceDeleted`']],
  ['an oversized notice of a deleted resource', envelope(rds, { ...oversized, configurationItemSummary: { ...summary, configurationItemStatus: 'ResourceDeletedNotRecorded' } }), ['db-1', 'NOT_APPLICABLE', 'the item has the status `ResourceDeletedNotRecorded`']],
  ['a resource that left the scope', envelope(rds, changed(instance), { eventLeftScope: true }), ['db-1', 'NOT_APPLICABLE', "the resource left the rule's scope"]],
])('%s costs one call', async (_, event, evaluation) => {
  const { calls, ports } = world();
  await handle(event, place, rules, ports);
  expect(calls).toEqual([['put', [evaluation]]]);
});

test.each<[string, object, string]>([
  ['an event of another account', envelope(rds, changed(instance), { accountId: '444455556666' }), 'the event is of account `444455556666`, and this function judges account `111122223333` only'],
  ['an item of another account', envelope(rds, changed({ ...instance, awsAccountId: '444455556666' })), 'the item is of account `444455556666`, and the event of account `111122223333`'],
  ['a rule there is not', envelope('no-such', changed(instance)), '`ruleParameters.ruleId` is `no-such`, which this version does not have'],
  ['a schedule for a change rule', envelope(rds, scheduled), 'is triggered by changes and takes no `ScheduledNotification`'],
  ['a change for a periodic rule', envelope('redshift-serverless-not-public', changed(instance)), 'is a periodic rule and takes no change notifications'],
])('%s is refused, with nothing put', async (_, event, message) => {
  const { calls, ports } = world();
  await expect(handle(event, place, rules, ports)).rejects.toThrow(message);
  expect(calls).toEqual([]);
});

test('without a definition nothing is put', async () => {
  const { calls, ports } = world({ definition: async () => { throw new Error('the definition is gone'); } });
  await expect(handle(envelope(rds, changed(instance)), place, rules, ports)).rejects.toThrow('the definition is gone');
  expect(calls).toEqual([]);
});

const recorded = {
  accountId: place.accountId, awsRegion: 'eu-west-1', arn: summary.ARN, resourceType: 'AWS::RDS::DBInstance' as const, resourceId: 'db-1', version: '1.3',
  configurationItemStatus: 'OK' as const, configurationItemCaptureTime: new Date(time), configuration: '{"publiclyAccessible":false,"dBInstanceIdentifier":"a"}', supplementaryConfiguration: {},
};

test('an oversized item is read from its history, past an empty page', async () => {
  const asked: unknown[] = [];
  const { calls, ports } = world({ getResourceConfigHistory: async (input) => { asked.push(input); return asked.length === 1 ? { configurationItems: [], nextToken: 'next' } : { configurationItems: [recorded] }; } });
  await handle(envelope(rds, oversized), place, rules, ports);
  const input = { resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', laterTime: new Date(time), limit: 1 };
  expect(asked).toEqual([input, { ...input, nextToken: 'next' }]);
  expect(calls).toEqual([['put', [['db-1', 'COMPLIANT', undefined]]]]);
});

test.each([
  ['of another resource', { ...recorded, resourceId: 'db-2' }, 'answers with `AWS::RDS::DBInstance db-2`'],
  ['of an earlier time', { ...recorded, configurationItemCaptureTime: new Date('2026-01-09T10:00:00Z') }, 'does not hold the item captured at 2026-01-10T10:00:00.000Z'],
])('a history item %s is refused', async (_, item, message) => {
  const { calls, ports } = world({ getResourceConfigHistory: async () => ({ configurationItems: [item] }) });
  await expect(handle(envelope(rds, oversized), place, rules, ports)).rejects.toThrow(message);
  expect(calls).toEqual([]);
});

test('a scheduled run lists page by page and ends what has vanished, with its recorded type', async () => {
  const workgroup = (name: string, publiclyAccessible: boolean) => ({ workgroupName: name, workgroupArn: `arn:${name}`, publiclyAccessible });
  const { calls, ports } = world({
    listWorkgroups: async (token) => token === undefined ? { workgroups: [workgroup('a', false)], nextToken: '2' } : { workgroups: [workgroup('b', true)] },
    getComplianceDetails: async ({ NextToken }) => ({ EvaluationResults: [NextToken === undefined ? 'a' : 'old'].map((ResourceId) => ({ EvaluationResultIdentifier: { EvaluationResultQualifier: { ResourceType: 'AWS::RedshiftServerless::Workgroup', ResourceId } } })), ...NextToken === undefined ? { NextToken: '2' } : {} }),
  });
  await handle(envelope('redshift-serverless-not-public', scheduled), place, rules, ports);
  expect(calls).toEqual([['put', [
    ['a', 'COMPLIANT', undefined],
    ['b', 'NON_COMPLIANT', 'anyone on the internet whom its security groups let in can connect to this workgroup: it has a public address'],
    ['old', 'NOT_APPLICABLE', 'the resource no longer exists'],
  ]]]);
});
