import { describe, expect, it } from 'vitest';
import { readDocument } from '../support/automation/document.ts';
import { runAutomation } from '../support/automation/run.ts';
import type { Fields } from '../support/automation/types.ts';
import { api, documentOf, role, sleep, worldOf } from './play.ts';

const read = (steps: readonly Fields[], more: Fields = {}) => () => readDocument(documentOf(steps, more));
const branch = (name: string, inputs: Fields, more: Fields = {}): Fields => ({ name, action: 'aws:branch', inputs, ...more });
const choice = (more: Fields): Fields => ({ Choices: [{ NextStep: 'B', Variable: '{{ X }}', ...more }] });
const property = (inputs: Fields): Fields => ({ name: 'A', action: 'aws:assertAwsResourceProperty', inputs: { Service: 'sts', Api: 'GetCallerIdentity', PropertySelector: '$.Account', DesiredValues: ['1'], ...inputs } });
const output = (more: Fields): Fields => api('A', 'sts', 'GetCallerIdentity', {}, { outputs: [{ Name: 'O', Selector: '$.Account', ...more }] });

describe('the document is refused', () => {
  it.each<[string, readonly Fields[], string]>([
    ['two names alike', [sleep('A'), sleep('A')], 'two steps have the same name'],
    ['a bad name', [sleep('A-1')], '{"name":"A-1","action":"aws:sleep","inputs":{"Duration":"PT1S"}}` is not a step with a name of letters, digits and _'],
    ['an unknown action', [{ name: 'A', action: 'aws:loop' }], 'step `A`: the action `aws:loop` is not played here; known are aws:executeAwsApi, aws:assertAwsResourceProperty, aws:waitForAwsResourceProperty, aws:branch, aws:sleep, aws:invokeLambdaFunction, aws:updateVariable'],
    ['an unknown property', [sleep('A', { onCancel: 'Abort' })], 'step `A`: `onCancel` is not played here'],
    ['nextStep to nowhere', [sleep('A', { nextStep: 'B' })], 'step `A`: there is no step `B`'],
    ['onFailure to nowhere', [sleep('A', { onFailure: 'step:B' })], 'step `A`: there is no step `B`'],
    ['onFailure in other words', [sleep('A', { onFailure: 'abort' })], 'step `A`: `onFailure` is `abort`, not Abort, Continue or step:name'],
    ['a choice to nowhere', [branch('A', choice({ StringEquals: 'x' }))], 'step `A`: there is no step `B`'],
    ['a circle', [sleep('A'), sleep('B', { nextStep: 'C' }), sleep('C', { nextStep: 'B' })], 'the steps run in a circle: B → C → B'],
    ['a circle by failure', [sleep('A'), sleep('B', { onFailure: 'step:A' })], 'the steps run in a circle: A → B → A'],
    ['isEnd and nextStep', [sleep('A', { isEnd: true, nextStep: 'B' }), sleep('B')], 'step `A`: `isEnd` contradicts `nextStep` and `onFailure: step:…`'],
    ['isEnd and onFailure', [sleep('A', { isEnd: true, onFailure: 'step:B' }), sleep('B')], 'step `A`: `isEnd` contradicts `nextStep` and `onFailure: step:…`'],
    ['isEnd and Default', [branch('A', { ...choice({ StringEquals: 'x' }), Default: 'B' }, { isEnd: true }), sleep('B')], 'step `A`: `isEnd` of a branch contradicts `Default`'],
    ['a branch with nextStep', [branch('A', choice({ StringEquals: 'x' }), { nextStep: 'B' }), sleep('B')], 'step `A`: a branch says where it goes in its inputs'],
    ['isEnd as text', [sleep('A', { isEnd: 'true' })], 'step `A`: `isEnd` and `isCritical` are true or false'],
    ['maxAttempts', [sleep('A', { maxAttempts: 0 })], 'step `A`: `maxAttempts` is `0`, not a number above 0'],
    ['timeoutSeconds', [sleep('A', { timeoutSeconds: '{{ T }}' })], 'step `A`: `timeoutSeconds` is `{{ T }}`, not a number above 0'],
    ['a missing input', [{ name: 'A', action: 'aws:sleep' }], 'step `A`: the input `Duration` is missing'],
    ['an unknown input', [{ name: 'A', action: 'aws:sleep', inputs: { Duration: 'PT1S', Timestamp: 'x' } }], 'step `A`: the input `Timestamp` is unknown'],
    ['a duration', [{ name: 'A', action: 'aws:sleep', inputs: { Duration: '10' } }], 'step `A`: `Duration` is `10`, not such as `PT10M`'],
    ['a service', [api('A', 'RDS', 'DescribeDBInstances')], 'step `A`: `Service` is `RDS`, not a service\'s name'],
    ['a method of boto3', [api('A', 'rds', 'describe_db_instances')], 'step `A`: `Api` is `describe_db_instances`, not an operation\'s name such as `GetItem`'],
    ['a streaming call', [api('A', 'lambda', 'Invoke')], 'step `A`: `lambda:Invoke` streams, which the action does not'],
    ['a bare flag', [property({ DesiredValues: [false] })], 'step `A`: `DesiredValues` is `[false]`, not a list of texts'],
    ['no desired value', [property({ DesiredValues: [] })], 'step `A`: `DesiredValues` is `[]`, not a list of texts'],
    ['a selector', [property({ PropertySelector: '$.a[*]' })], 'step `A`: `PropertySelector` is `$.a[*]`, no path of ., .. and [i]'],
    ['an output\'s selector', [output({ Selector: 'Account' })], 'step `A`: output `O`: `Account` is no path of ., .. and [i]'],
    ['an output\'s type', [output({ Type: 'Number' })], 'step `A`: output `O`: the type `Number` is unknown'],
    ['two outputs alike', [api('A', 'sts', 'GetCallerIdentity', {}, { outputs: [{ Name: 'O', Selector: '$.a' }, { Name: 'O', Selector: '$.b' }] })], 'step `A`: `{"Name":"O","Selector":"$.b"}` is not an output with a name of its own'],
    ['outputs of a function', [{ name: 'A', action: 'aws:invokeLambdaFunction', inputs: { FunctionName: 'f' }, outputs: [{ Name: 'O', Selector: '$.Payload.o' }] }], 'step `A`: the action takes no `outputs`'],
    ['two payloads', [{ name: 'A', action: 'aws:invokeLambdaFunction', inputs: { FunctionName: 'f', Payload: '{}', InputPayload: {} } }], 'step `A`: both `Payload` and `InputPayload` are given'],
    ['an asynchronous invocation', [{ name: 'A', action: 'aws:invokeLambdaFunction', inputs: { FunctionName: 'f', InvocationType: 'Event' } }], 'step `A`: the invocation type `Event` is not played here'],
    ['an unknown variable', [{ name: 'A', action: 'aws:updateVariable', inputs: { Name: 'variable:x', Value: 1 } }], 'step `A`: `Name` is `variable:x`, not `variable:` and one of the document\'s variables'],
    ['no choices', [branch('A', { Choices: [] })], 'step `A`: `Choices` needs a list of one choice or more'],
    ['a choice without a step', [branch('A', { Choices: [{ Variable: '{{ X }}', StringEquals: 'x' }] })], 'step `A`: `{"Variable":"{{ X }}","StringEquals":"x"}` has no `NextStep`'],
    ['a constant choice', [branch('A', { Choices: [{ NextStep: 'B', Variable: 'x', StringEquals: 'x' }] }), sleep('B')], 'step `A`: `Variable` is `x`, not a reference'],
    ['an unknown operation', [branch('A', choice({ StringLike: 'x' })), sleep('B')], '`{"NextStep":"B","Variable":"{{ X }}","StringLike":"x"}` needs one operation that AWS knows'],
    ['two operations', [branch('A', choice({ StringEquals: 'x', Contains: 'x' })), sleep('B')], 'needs one operation that AWS knows'],
    ['an operand of another type', [branch('A', choice({ BooleanEquals: 'true' })), sleep('B')], 'step `A`: `BooleanEquals` compares with `true`, not a Boolean'],
    ['And of one', [branch('A', { Choices: [{ NextStep: 'B', And: [{ Variable: '{{ X }}', StringEquals: 'x' }] }] }), sleep('B')], 'step `A`: `And` needs a list of two conditions or more'],
    ['a fault inside Not', [branch('A', { Choices: [{ NextStep: 'B', Not: { Or: [{ Variable: '{{ X }}', StringEquals: 1 }, 5] } }] }), sleep('B')], 'step `A`: `StringEquals` compares with `1`, not a String'],
    ['no step', [], '`mainSteps` needs a step'],
  ])('%s', (_, steps, message) => { expect(read(steps)).toThrow(message); });

  it.each<[string, Fields, string]>([
    ['another schema', { schemaVersion: 0.3 }, '`schemaVersion` is `0.3`, not the text 0.3'],
    ['no role', { assumeRole: undefined }, '`assumeRole` is missing'],
    ['an unknown section', { files: {} }, '`files` is not played here'],
    ['a variable as output', { outputs: ['variable:x'] }, 'outputs: `variable:x` is not an output of a step, written `Step.Output`'],
    ['an output of no step', { outputs: ['B.O'] }, 'outputs: `B.O` is not an output of a step, written `Step.Output`'],
    ['an output the step lacks', { outputs: ['A.P'] }, 'outputs: `A.P` is not an output of a step, written `Step.Output`'],
    ['a reference as output', { outputs: ['{{ A.O }}'] }, 'outputs: `{{ A.O }}` is not an output of a step, written `Step.Output`'],
  ])('%s', (_, more, message) => { expect(read([output({})], more)).toThrow(message); });

  it('when versions of YAML read it differently', () => {
    expect(() => readDocument('schemaVersion: "0.3"\nassumeRole: no\nmainSteps: []')).toThrow('versions 1.1 and 1.2 of YAML read the document differently; quote the value');
  });
  it('when it is no map', () => { expect(() => readDocument('- a')).toThrow('the document is not a map'); });
  it('when it is too long', () => {
    expect(() => runAutomation(documentOf([sleep('A', { description: 'x'.repeat(65_536) })]), { AutomationAssumeRole: role }, worldOf())).toThrow(/^the document and its parameters have 65\d+ bytes, more than 65536$/);
  });
});

it('takes outputs of calls and of functions, and reads YAML', () => {
  expect(read([output({}), { name: 'F', action: 'aws:invokeLambdaFunction', inputs: { FunctionName: 'f' } }], { outputs: ['A.O', 'F.Payload'] })().outputs).toEqual(['A.O', 'F.Payload']);
  expect(readDocument("schemaVersion: '0.3'\nassumeRole: role\nmainSteps:\n  - name: A\n    action: aws:sleep\n    inputs: {Duration: PT1S}\n").steps.map(({ name }) => name)).toEqual(['A']);
});
