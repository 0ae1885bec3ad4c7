import { expect, test } from 'vitest';
import { operationOf, serviceSignedAs, violations } from './aws-model.ts';

const evaluation = { ComplianceResourceType: 'AWS::RDS::DBInstance', ComplianceResourceId: 'db-1', ComplianceType: 'COMPLIANT', OrderingTimestamp: 1768039200 };

test.each<[string, unknown, string[]]>([
  ['PutEvaluations', { ResultToken: 'token', Evaluations: [evaluation] }, []],
  ['PutEvaluations', { ResultToken: 'token', Evaluations: [{ ...evaluation, Annotation: '🦊'.repeat(256) }] }, []],
  ['PutEvaluations', { Evaluations: [] }, ['PutEvaluations.ResultToken: is required']],
  ['PutEvaluations', { ResultToken: 'token', Foo: 1 }, ['PutEvaluations.Foo: is unknown']],
  ['PutEvaluations', { ResultToken: 1 }, ['PutEvaluations.ResultToken: expected text, got 1']],
  ['PutEvaluations', { ResultToken: 'token', TestMode: 'yes' }, ['PutEvaluations.TestMode: expected true or false, got "yes"']],
  ['PutEvaluations', { ResultToken: 'token', Evaluations: Array.from({ length: 101 }, () => evaluation) }, ['PutEvaluations.Evaluations: count 101 is above 100']],
  ['PutEvaluations', { ResultToken: 'token', Evaluations: [{ ...evaluation, Annotation: '' }] }, ['PutEvaluations.Evaluations[0].Annotation: length 0 is below 1']],
  ['PutEvaluations', { ResultToken: 'token', Evaluations: [{ ...evaluation, Annotation: 'x'.repeat(257) }] }, ['PutEvaluations.Evaluations[0].Annotation: length 257 is above 256']],
  ['PutEvaluations', { ResultToken: 'token', Evaluations: [{ ...evaluation, ComplianceType: 'WAT' }] }, ['PutEvaluations.Evaluations[0].ComplianceType: `WAT` is none of the values of ComplianceType']],
  ['PutEvaluations', { ResultToken: 'token', Evaluations: [{ ...evaluation, OrderingTimestamp: '2026-01-10' }] }, ['PutEvaluations.Evaluations[0].OrderingTimestamp: expected seconds since 1970, got "2026-01-10"']],
  ['GetComplianceDetailsByConfigRule', { ConfigRuleName: 'x'.repeat(65), Limit: 101 }, ['GetComplianceDetailsByConfigRule.ConfigRuleName: length 65 is above 64', 'GetComplianceDetailsByConfigRule.Limit: value 101 is above 100']],
  ['ListWorkgroups', { ownerAccount: '1' }, ['ListWorkgroups.ownerAccount: `1` does not fit (\\d{12})']],
  ['PutObject', { Bucket: 'b', Key: 'k', Body: new Uint8Array(1) }, []],
  ['PutObject', { Bucket: 'b', Key: 'k', Body: 1 }, ['PutObject.Body: expected bytes, got 1']],
  ['NoSuch', {}, ['NoSuch: is not in the model']],
])('%s %o', (operation, input, expected) => { expect(violations(operation, input)).toEqual(expected); });

test('an answer is held to the output', () => {
  expect(violations('ListWorkgroups', {}, 'output')).toEqual(['ListWorkgroups.workgroups: is required']);
});

test('a number with a fraction, and an operation that answers nothing', () => {
  expect(violations('GetServiceQuota', { Quota: { Value: '10' } }, 'output')).toEqual(['GetServiceQuota.Quota.Value: expected a number, got "10"']);
  expect(violations('DeleteStack', {}, 'output')).toEqual([]);
  expect(violations('DeleteStack', { StackId: 'a' }, 'output')).toEqual(['DeleteStack: has no output']);
});

test('a service is known by what its requests are signed for', () => {
  expect([serviceSignedAs('servicequotas')?.protocol, serviceSignedAs('s3')?.protocol, serviceSignedAs('sqs')]).toEqual(['json', 'rest-xml', undefined]);
});

test.each([['StarlingDoveService.PutEvaluations', 'PutEvaluations'], ['StarlingDoveService.ListWorkgroups', undefined], ['Other.PutEvaluations', undefined]])('the target %s', (target, operation) => {
  expect(operationOf(target)).toBe(operation);
});
