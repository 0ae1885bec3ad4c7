import { describe, expect, it } from 'vitest';
import { virtualClock } from '../support/automation/clock.ts';
import { AwsError } from '../support/automation/fake-aws/service.ts';
import type { Fields, Result } from '../support/automation/types.ts';
import { api, denied, play, role, sleep, start, ways, type Play } from './play.ts';

const identity = { 'sts:GetCallerIdentity': { Account: '111111111111' } };
const throttled = new AwsError('ThrottlingException', 'Rate exceeded');
const failing = (name: string, more: Fields = {}): Fields => api(name, 'x', 'Fail', {}, more);
const answers = { ...identity, 'x:Fail': denied };

describe('aws:executeAwsApi', () => {
  it('sends its members in the role and puts out what the selectors find', async () => {
    const result = await play([api('Who', 'sts', 'GetCallerIdentity', { Deep: { List: [1, true] } }, { outputs: [{ Name: 'Account', Selector: '$.Account' }] })], { answers: identity, document: { outputs: ['Who.Account'] } });
    expect(result).toEqual({
      status: 'Success', outputs: { 'Who.Account': '111111111111' },
      steps: [{ name: 'Who', status: 'Success', outputs: { Account: '111111111111' }, attempts: 1 }],
      calls: [{ service: 'sts', api: 'GetCallerIdentity', input: { Deep: { List: [1, true] } }, role }],
    } satisfies Result);
  });
  it('fails with AWS\'s code', async () => {
    expect(await play([failing('Call')], { answers })).toEqual({
      status: 'Failed', failedStep: 'Call', message: 'x:Fail: AccessDenied: no', outputs: {},
      steps: [{ name: 'Call', status: 'Failed', outputs: {}, attempts: 1, message: 'x:Fail: AccessDenied: no' }],
      calls: [{ service: 'x', api: 'Fail', input: {}, role, error: 'AccessDenied' }],
    } satisfies Result);
  });
  it('leaves errors of the harness alone', async () => {
    await expect(play([failing('Call')], { answers: { 'x:Fail': new TypeError('oops') } })).rejects.toThrow('oops');
  });
  it.each<[string, Fields, unknown, string]>([
    ['a missing target', { Selector: '$.Absent' }, {}, 'output `O`: `$.Absent` finds nothing in the answer of x:Get'],
    ['a void answer', { Selector: '$.Absent' }, undefined, 'output `O`: `$.Absent` finds nothing in the answer of x:Get'],
    ['a type that does not fit', { Selector: '$.O', Type: 'Integer' }, { O: 'five' }, '`five` cannot be converted to Integer'],
  ])('fails for %s', async (_, output, answer, message) => {
    expect((await play([api('Get', 'x', 'Get', {}, { outputs: [{ Name: 'O', ...output }] })], { answers: { 'x:Get': answer } })).message).toBe(message);
  });
  it.each<[number | undefined, string, string]>([
    [undefined, 'Failed', 'Call Failed'], [2, 'Failed', 'Call Failed ×2'], [3, 'Success', 'Call Success ×3'],
  ])('throttled twice with maxAttempts %s it ends %s', async (maxAttempts, status, way) => {
    const result = await play([api('Call', 'x', 'Get', {}, maxAttempts === undefined ? {} : { maxAttempts })], { answers: { 'x:Get': (_: Fields, count: number) => count < 2 ? throttled : {} } });
    expect([result.status, ...ways(result)]).toEqual([status, way]);
  });
  it.each<[number, number | undefined, string]>([[25, undefined, 'Success'], [26, undefined, 'TimedOut'], [26, 60, 'TimedOut'], [6, 5, 'TimedOut']])('after %s s with timeoutSeconds %s is %s', async (seconds, timeoutSeconds, status) => {
    const clock = virtualClock(start);
    const result = await play([api('Call', 'x', 'Get', {}, timeoutSeconds === undefined ? {} : { timeoutSeconds })], { world: { clock }, answers: { 'x:Get': () => { clock.advanceTo(clock.now() + seconds * 1000); return {}; } } });
    expect([result.status, result.steps[0]!.status]).toEqual([status, status]);
  });
});

const property = (action: string, DesiredValues: unknown, more: Fields = {}): Fields => ({ name: 'Look', action: `aws:${action}AwsResourceProperty`, inputs: { Service: 'x', Api: 'Get', Id: 'one', PropertySelector: '$.P', DesiredValues }, ...more });

describe('aws:assertAwsResourceProperty', () => {
  it.each<[unknown, string[], string | undefined]>([
    ['a', ['b', 'a'], undefined], [false, ['False'], undefined], [true, ['True'], undefined], [5, ['5'], undefined],
    [false, ['false'], '`$.P` is `False`, none of `["false"]`'], [true, ['true', '1'], '`$.P` is `True`, none of `["true","1"]`'],
    ['A', ['a'], '`$.P` is `A`, none of `["a"]`'], [['a'], ['a'], '`$.P` is `["a"]`, none of `["a"]`'],
    [undefined, ['a'], '`$.P` finds nothing in the answer of x:Get'],
  ])('%o against %o: %s', async (P, desired, message) => {
    const result = await play([property('assert', desired)], { answers: { 'x:Get': { P } } });
    expect(result.message).toBe(message);
    expect(result.calls).toEqual([{ service: 'x', api: 'Get', input: { Id: 'one' }, role }]);
  });
});

describe('aws:waitForAwsResourceProperty', () => {
  const until = (count: number): Play => ({ answers: { 'x:Get': (_: Fields, already: number) => ({ P: already < count ? 'modifying' : 'available' }) } });
  const waited = async (more: Fields, rest: Play): Promise<unknown[]> => {
    const clock = virtualClock(start);
    const result = await play([property('waitFor', ['available'], more)], { ...rest, world: { clock } });
    return [result.status, ...ways(result), result.calls.length, (clock.now() - Date.parse(start)) / 1000, result.message];
  };
  it.each<[string, Fields, Play, unknown[]]>([
    ['what is there at once', {}, until(0), ['Success', 'Look Success', 1, 0, undefined]],
    ['three looks', {}, until(3), ['Success', 'Look Success', 4, 30, undefined]],
    ['the last look', { timeoutSeconds: 40 }, until(3), ['Success', 'Look Success', 4, 30, undefined]],
    ['too short a time', { timeoutSeconds: 30 }, until(3), ['TimedOut', 'Look TimedOut', 3, 30, 'after 30 s `$.P` is `modifying`, none of `["available"]`']],
    ['a time between two looks', { timeoutSeconds: 25 }, until(Infinity), ['TimedOut', 'Look TimedOut', 3, 25, 'after 25 s `$.P` is `modifying`, none of `["available"]`']],
    ['an hour unless told', {}, until(Infinity), ['TimedOut', 'Look TimedOut', 360, 3600, 'after 3600 s `$.P` is `modifying`, none of `["available"]`']],
    ['each attempt anew', { timeoutSeconds: 20, maxAttempts: 2 }, until(3), ['Success', 'Look Success ×2', 4, 30, undefined]],
    ['a failed call', {}, { answers: { 'x:Get': throttled } }, ['Failed', 'Look Failed', 1, 0, 'x:Get: ThrottlingException: Rate exceeded']],
    ['a missing property', {}, { answers: { 'x:Get': {} } }, ['Failed', 'Look Failed', 1, 0, '`$.P` finds nothing in the answer of x:Get']],
  ])('%s', async (_, more, rest, expected) => { expect(await waited(more, rest)).toEqual(expected); });
});

describe('aws:sleep', () => {
  it.each<[string, Fields, string, number]>([['PT1S', {}, 'Success', 1], ['PT10M', {}, 'Success', 600], ['PT1H1M1S', {}, 'Success', 3661], ['{{ D }}', {}, 'Success', 5], ['PT10M', { timeoutSeconds: 60 }, 'TimedOut', 60]])('%s %o', async (Duration, more, status, seconds) => {
    const clock = virtualClock(start);
    const result = await play([{ name: 'S', action: 'aws:sleep', inputs: { Duration }, ...more }], { world: { clock }, document: { parameters: { D: { type: 'String', default: 'PT5S' } } } });
    expect([result.status, (clock.now() - Date.parse(start)) / 1000]).toEqual([status, seconds]);
  });
});

describe('aws:invokeLambdaFunction', () => {
  const invoke = (inputs: Fields): Fields => ({ name: 'F', action: 'aws:invokeLambdaFunction', inputs: { FunctionName: 'planner', ...inputs } });
  it.each<[string, Fields, unknown]>([
    ['a map', { InputPayload: { op: 'plan', id: '{{ automation:EXECUTION_ID }}' } }, { op: 'plan', id: '11111111-aaaa' }],
    ['JSON text', { Payload: '{"op":"plan"}' }, { op: 'plan' }],
    ['nothing', {}, {}],
  ])('sends %s and puts the answer out as text', async (_, inputs, payload) => {
    const result = await play([invoke(inputs)], { answers: { 'lambda:Invoke': { StatusCode: 200, Payload: '{"ok":"true"}' } } });
    expect(result.steps).toEqual([{ name: 'F', status: 'Success', attempts: 1, outputs: { StatusCode: 200, Payload: '{"ok":"true"}' } }]);
    expect(result.calls).toEqual([{ service: 'lambda', api: 'Invoke', input: { FunctionName: 'planner', Payload: payload }, role }]);
  });
  const unhandled = { StatusCode: 200, FunctionError: 'Unhandled', Payload: '{"errorMessage":"boom"}' };
  it.each<[string, Fields, unknown, string]>([
    ['no JSON', { Payload: 'x' }, {}, '`Payload` is `x`, not JSON text'],
    ['a refusal', {}, new AwsError('TooManyRequestsException', 'busy'), 'lambda:Invoke: TooManyRequestsException: busy'],
    ['an error of the function', {}, unhandled, '`planner` failed: Unhandled: {"errorMessage":"boom"}'],
    ['too long an answer', {}, { StatusCode: 200, Payload: 'x'.repeat(204_801) }, '`planner` answered 204801 characters, more than 204800'],
  ])('fails for %s', async (_, inputs, answer, message) => { expect((await play([invoke(inputs)], { answers: { 'lambda:Invoke': answer } })).message).toBe(message); });
  it('passes an error of the function on, under that reading', async () => {
    expect((await play([invoke({})], { answers: { 'lambda:Invoke': unhandled }, world: { readings: { functionError: 'passes' } } })).steps[0]).toEqual({ name: 'F', status: 'Success', attempts: 1, outputs: unhandled });
  });
});

describe('aws:updateVariable', () => {
  const variables = { text: { type: 'String' }, list: { type: 'StringList' }, maps: { type: 'MapList' }, count: { type: 'Integer', default: 1 } };
  const update = (name: string, Value: unknown): Promise<Result> => play([{ name: 'U', action: 'aws:updateVariable', inputs: { Name: `variable:${name}`, Value } }, api('Use', 'x', 'Use', { v: `{{ variable:${name} }}` })], { document: { variables, parameters: { P: { type: 'StringList', default: ['p'] } } } });
  it.each<[string, unknown, unknown]>([['text', 'a', 'a'], ['list', ['a'], ['a']], ['list', '{{ P }}', ['p']], ['count', 2, 2], ['text', 'x'.repeat(512), 'x'.repeat(512)]])('%s takes %o', async (name, value, expected) => {
    expect((await update(name, value)).calls[0]!.input).toEqual({ v: expected });
  });
  it.each<[string, unknown, string]>([
    ['text', 5, 'variable `text` is `5`, not a String'], ['count', '5', 'variable `count` is `5`, not a Integer'], ['text', '', 'variable `text` has 0 characters, not 1 to 512'],
    ['text', 'x'.repeat(513), 'variable `text` has 513 characters, more than the 512 that AWS takes'], ['list', Array.from({ length: 51 }, () => 'a'), 'variable `list` has 51 items, not 0 to 50'],
    ['maps', Array.from({ length: 201 }, () => ({ a: 1 })), 'variable `maps` has 201 items, not 0 to 200'],
  ])('%s refuses %o', async (name, value, message) => { expect((await update(name, value)).message).toBe(message); });
});

describe('the way of an execution', () => {
  it.each<[string, readonly Fields[], string[], string, string?]>([
    ['in order', [sleep('A'), sleep('B')], ['A Success', 'B Success'], 'Success'],
    ['nextStep', [sleep('A', { nextStep: 'C' }), sleep('B'), sleep('C')], ['A Success', 'C Success'], 'Success'],
    ['isEnd', [sleep('A', { isEnd: true }), sleep('B')], ['A Success'], 'Success'],
    ['Abort', [failing('A'), sleep('B')], ['A Failed'], 'Failed', 'A'],
    ['Abort, not critical', [failing('A', { isCritical: false }), sleep('B')], ['A Failed'], 'Success'],
    ['Continue', [failing('A', { onFailure: 'Continue' }), sleep('B')], ['A Failed', 'B Success'], 'Failed', 'A'],
    ['Continue, not critical', [failing('A', { onFailure: 'Continue', isCritical: false }), sleep('B')], ['A Failed', 'B Success'], 'Success'],
    ['Continue to nextStep', [failing('A', { onFailure: 'Continue', isCritical: false, nextStep: 'C' }), sleep('B'), sleep('C')], ['A Failed', 'C Success'], 'Success'],
    ['Continue at the end', [failing('A', { onFailure: 'Continue', isCritical: false, isEnd: true }), sleep('B')], ['A Failed'], 'Success'],
    ['step:x', [failing('A', { onFailure: 'step:C' }), sleep('B'), sleep('C')], ['A Failed', 'C Success'], 'Failed', 'A'],
    ['step:x, not critical', [failing('A', { onFailure: 'step:C', isCritical: false }), sleep('B'), sleep('C')], ['A Failed', 'C Success'], 'Success'],
    ['onFailure of a step that succeeds', [sleep('A', { onFailure: 'step:C', nextStep: 'B' }), sleep('B', { isEnd: true }), sleep('C')], ['A Success', 'B Success'], 'Success'],
    ['the first failure counts', [sleep('A', { onFailure: 'step:C', timeoutSeconds: 1, inputs: { Duration: 'PT2S' } }), sleep('B'), failing('C')], ['A TimedOut', 'C Failed'], 'TimedOut', 'A'],
    ['an output of a failed step', [failing('A', { onFailure: 'Continue', isCritical: false, outputs: [{ Name: 'O', Selector: '$' }] }), api('B', 'x', 'Get', { v: '{{ A.O }}' })], ['A Failed', 'B Failed'], 'Failed', 'B'],
    ['an unresolved reference is tried as often as told', [api('A', 'x', 'Get', { v: '{{ Nothing }}' }, { maxAttempts: 2 })], ['A Failed ×2'], 'Failed', 'A'],
  ])('%s', async (_, steps, expected, status, failedStep) => {
    const result = await play(steps, { answers });
    expect([ways(result), result.status, result.failedStep]).toEqual([expected, status, failedStep]);
  });
  it('leaves out what no step has put out', async () => {
    const outputs = [{ Name: 'O', Selector: '$.Account' }];
    expect((await play([api('A', 'sts', 'GetCallerIdentity', {}, { outputs, isEnd: true }), api('B', 'sts', 'GetCallerIdentity', {}, { outputs })], { answers, document: { outputs: ['A.O', 'B.O'] } })).outputs).toStrictEqual({ 'A.O': '111111111111' });
  });
});
