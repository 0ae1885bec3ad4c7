import { describe, expect, test } from 'vitest';
import { compliant, nonCompliant, notApplicable, undecided, type Verdict } from '../../../core/verdict.ts';
import { annotate, evaluationOf } from '../../../entry/evaluator/evaluations.ts';
import { BadEvent, readEvent } from '../../../entry/evaluator/event.ts';
import { putAll } from '../../../entry/evaluator/put.ts';
import { definitionSource } from '../../../entry/evaluator/definition.ts';
import type { Evaluation, PutEvaluationsCommandInput } from '@aws-sdk/client-config-service';

const time = '2026-01-10T10:00:00.000Z';
const item = { awsAccountId: '111122223333', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', configurationItemStatus: 'OK', configurationItemCaptureTime: time };
const change = { messageType: 'ConfigurationItemChangeNotification', configurationItem: item };
const event = {
  invokingEvent: JSON.stringify(change), ruleParameters: '{"ruleId":"rds-instance-not-public"}', resultToken: 'token', eventLeftScope: false,
  accountId: '111122223333', configRuleName: 'a-rule-conformance-pack-abcdefghi',
};

describe('events that are refused', () => {
  test.each<[string, unknown, string]>([
    ['no object', null, 'the event is not an object'],
    ['no rule parameters', { ...event, ruleParameters: undefined }, '`ruleParameters` is missing or empty; give the rule the input parameter `ruleId`'],
    ['empty rule parameters', { ...event, ruleParameters: '' }, '`ruleParameters` is missing or empty; give the rule the input parameter `ruleId`'],
    ['rule parameters that are no JSON', { ...event, ruleParameters: '{' }, '`ruleParameters` is not JSON'],
    ['no rule id', { ...event, ruleParameters: '{}' }, '`ruleParameters.ruleId` is missing; give the rule the input parameter `ruleId`'],
    ['a parameter of its own', { ...event, ruleParameters: '{"ruleId":"a","b":"c"}' }, '`ruleParameters.b` is unknown; parameters of a rule stand in the `rules` section of the definition'],
    ['no result token', { ...event, resultToken: '' }, '`resultToken` is missing or not text'],
    ['a scope that is no flag', { ...event, eventLeftScope: 'no' }, '`eventLeftScope` is not true or false'],
    ['an invoking event that is an object', { ...event, invokingEvent: change }, '`invokingEvent` is missing or not text'],
    ['a snapshot delivery', { ...event, invokingEvent: '{"messageType":"ConfigurationSnapshotDeliveryCompleted"}' }, "`invokingEvent.messageType` is `ConfigurationSnapshotDeliveryCompleted`, which no rule of this pack is triggered by; see the rule's `SourceDetails`"],
    ['an item without status', { ...event, invokingEvent: JSON.stringify({ ...change, configurationItem: { ...item, configurationItemStatus: undefined } }) }, '`invokingEvent.configurationItem.configurationItemStatus` is missing or not text'],
    ['a time that is none', { ...event, invokingEvent: '{"messageType":"ScheduledNotification","notificationCreationTime":"soon"}' }, '`invokingEvent.notificationCreationTime` is `soon`, which is not a time'],
  ])('%s', (_, given, message) => { expect(() => readEvent(given)).toThrow(new BadEvent(message)); });
});

test('a change event is read', () => {
  expect(readEvent(event)).toEqual({
    ruleId: 'rds-instance-not-public', accountId: '111122223333', configRuleName: 'a-rule-conformance-pack-abcdefghi', resultToken: 'token', eventLeftScope: false,
    message: { kind: 'change', item, identity: { accountId: '111122223333', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', status: 'OK', captureTime: new Date(time) } },
  });
});

describe('verdicts as evaluations', () => {
  const low = { at: '/a', message: 'a small thing', severity: 'low' } as const;
  const high = { at: '/b', message: 'a large thing', severity: 'high' } as const;
  test.each<[string, Verdict, Pick<Evaluation, 'ComplianceType' | 'Annotation'>]>([
    ['compliant has no annotation', compliant(), { ComplianceType: 'COMPLIANT' }],
    ['an exception is told', { kind: 'compliant', notes: [], excepted: { owner: 'Data team', reason: 'a migration', expires: '2027-01-31' } }, { ComplianceType: 'COMPLIANT', Annotation: 'Excepted until 2027-01-31 for Data team: a migration' }],
    ['not applicable', notApplicable('it is gone'), { ComplianceType: 'NOT_APPLICABLE', Annotation: 'it is gone' }],
    ['undecided never passes', undecided('no subnet was found'), { ComplianceType: 'NON_COMPLIANT', Annotation: 'Undecided: no subnet was found' }],
    ['the worst comes first', nonCompliant(low, high), { ComplianceType: 'NON_COMPLIANT', Annotation: '2 findings: a large thing; a small thing' }],
  ])('%s', (_, verdict, expected) => {
    expect(evaluationOf(verdict, item, new Date(time))).toStrictEqual({ ComplianceResourceType: 'AWS::RDS::DBInstance', ComplianceResourceId: 'db-1', OrderingTimestamp: new Date(time), ...expected });
  });
});

test.each<[string, string, string]>([
  ['256 characters stay', 'x'.repeat(256), 'x'.repeat(256)],
  ['257 are cut at a word', `${'word '.repeat(51)}go`, `${'word '.repeat(50)}word…`],
  ['a word without end is cut inside', 'x'.repeat(300), `${'x'.repeat(255)}…`],
  ['no half of a pair is left', `${'x'.repeat(254)}😀😀`, `${'x'.repeat(254)}…`],
  ['lines are joined', ' a\n b ', 'a b'],
  ['nothing that would end a text is left', 'found {"a":"\\d"}', "found {'a':''d'}"],
])('annotation: %s', (_, text, expected) => { expect(annotate(text)).toBe(expected); });

describe('putting', () => {
  const evaluations = (count: number): Evaluation[] => Array.from({ length: count }, (_, i) => ({ ComplianceResourceType: 'T', ComplianceResourceId: String(i), ComplianceType: 'COMPLIANT', OrderingTimestamp: new Date(time) }));
  const fake = (failures: readonly (readonly Evaluation[])[]) => {
    const calls: PutEvaluationsCommandInput[] = [], slept: number[] = [];
    return { calls, slept, ports: {
      putEvaluations: async (input: PutEvaluationsCommandInput) => { calls.push(input); return { FailedEvaluations: failures[calls.length - 1] ?? [] }; },
      sleep: async (duration: number) => { slept.push(duration); },
    } };
  };

  test.each([[0, [0]], [1, [1]], [100, [100]], [101, [100, 1]]])('%i evaluations', async (count, sizes) => {
    const { calls, ports } = fake([]);
    await putAll(evaluations(count), 'token', ports);
    expect(calls.map(({ Evaluations }) => Evaluations?.length)).toEqual(sizes);
  });

  test('only what failed is sent again, after a pause', async () => {
    const three = evaluations(3);
    const { calls, slept, ports } = fake([three.slice(1), three.slice(2)]);
    await putAll(three, 'token', ports);
    expect({ sent: calls.map(({ Evaluations }) => Evaluations), slept }).toEqual({ sent: [three, three.slice(1), three.slice(2)], slept: [200, 400] });
  });

  test('what fails for good is an error', async () => {
    const one = evaluations(1);
    const { slept, ports } = fake([one, one, one, one]);
    await expect(putAll(one, 'token', ports)).rejects.toThrow('AWS Config did not store 1 evaluations in 4 attempts: `T 0`');
    expect(slept).toEqual([200, 400, 800]);
  });

  test('the test token asks Config to store nothing', async () => {
    const { calls, ports } = fake([]);
    await putAll([], 'TESTMODE', ports);
    expect(calls).toEqual([{ ResultToken: 'TESTMODE', Evaluations: [], TestMode: true }]);
  });
});

describe('the definition', () => {
  const body = '{"organizations":["o-4tkekae453"]}';
  const source = (answers: ({ body: string; etag: string } | undefined)[], pointer: string | undefined = 's3://bucket/a/key') => {
    const asked: unknown[][] = [];
    const clock = { now: 0 };
    const load = definitionSource(pointer, [], {
      getObject: async (...given) => { asked.push(given); return answers[asked.length - 1]; },
      getParameter: async () => ({ body }), now: () => clock.now,
    });
    return { asked, clock, load };
  };

  test('is kept for 5 minutes, then asked for by its ETag', async () => {
    const { asked, clock, load } = source([{ body, etag: '"1"' }, undefined]);
    const first = await load();
    clock.now = 299_999;
    await load();
    clock.now = 300_000;
    expect(await load()).toBe(first);
    expect(asked).toEqual([['bucket', 'a/key', undefined], ['bucket', 'a/key', '"1"']]);
  });

  test.each<[string, string | undefined, string, string]>([
    ['no pointer', '', body, 'the environment variable `PERIMETER_DEFINITION` is missing; set it to `s3://bucket/key` or `ssm:/name`'],
    ['a pointer of another kind', 'http://x', body, 'the definition `http://x` cannot be loaded: expected `s3://bucket/key` or `ssm:/name`'],
    ['a definition with a mistake', 's3://b/k', '{"organizations":[]}', 'the definition `s3://b/k` is not valid: organizations: expected at least one organization id'],
    ['a definition that names a rule that there is not', 's3://b/k', '{"organizations":["o-4tkekae453"],"rules":{"x":"on"}}', 'the definition `s3://b/k` is not valid: rules.x: there is no rule `x`'],
  ])('%s is an error', async (_, pointer, written, message) => {
    await expect(source([{ body: written, etag: '"1"' }], pointer).load()).rejects.toThrow(message);
  });
});
