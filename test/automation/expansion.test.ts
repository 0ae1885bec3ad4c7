import { describe, expect, it } from 'vitest';
import { convert } from '../support/automation/convert.ts';
import { parseSelector, select } from '../support/automation/selector.ts';
import type { Type } from '../support/automation/values.ts';
import { api, play, type Play } from './play.ts';

const answer = { DBInstances: [{ Id: 'one', Public: false, Port: 5432, Groups: ['a', 'b'], Tags: { S: 'deep' }, Text: '{"a":1}', Sneaky: '{{ Secret }}', Nothing: null }, { Id: 'two' }] };

describe('a selector', () => {
  it.each<[string, unknown]>([
    ['$', answer],
    ['$.DBInstances[0].Id', 'one'],
    ['$.DBInstances[1].Id', 'two'],
    ['$.DBInstances[0].Public', false],
    ['$..Id', ['one', 'two']],
    ['$.DBInstances[0]..S', ['deep']],
    ['$.DBInstances[2].Id', undefined],
    ['$.DBInstances.Id', undefined],
    ['$.DBInstances[0].Nothing', undefined],
    ['$..Absent', undefined],
    ['$.toString', undefined],
  ])('%s', (text, expected) => { expect(select(answer, parseSelector(text)!)).toEqual(expected); });

  it.each(['DBInstances', '$.', '$.a[*]', '$.a[-1]', "$['a']", '$.a[?(@.b)]', '$.a b', ''])('does not take %o', (text) => { expect(parseSelector(text)).toBeUndefined(); });
});

describe('an output is converted', () => {
  it.each<[unknown, Type, unknown]>([
    ['a', 'String', 'a'], [5, 'String', '5'], [['a'], 'String', 'a'], [[5], 'String', '5'],
    ['5', 'Integer', 5], ['-5', 'Integer', -5], [5, 'Integer', 5], [['5'], 'Integer', 5],
    ['true', 'Boolean', true], ['True', 'Boolean', true], ['false', 'Boolean', false], ['False', 'Boolean', false], [true, 'Boolean', true], [[false], 'Boolean', false],
    ['a', 'StringList', ['a']], [5, 'StringList', ['5']], [['a', 'b'], 'StringList', ['a', 'b']], [[], 'StringList', []],
    [{ a: 1 }, 'StringMap', { a: 1 }], [[{ a: 1 }], 'MapList', [{ a: 1 }]],
  ])('%o to %s', (value, type, expected) => { expect(convert(value, type)).toEqual(expected); });

  it.each<[unknown, Type, string]>([
    [['a', 'b'], 'String', '`["a","b"]` cannot be converted to String'],
    [[], 'String', '`[]` cannot be converted to String'],
    [[['a']], 'String', '`[["a"]]` cannot be converted to String'],
    [{ a: 1 }, 'String', '`{"a":1}` cannot be converted to String'],
    [true, 'String', 'AWS does not say how `true` reads as String; declare Boolean'],
    [true, 'StringList', 'AWS does not say how `true` reads as StringList; declare Boolean'],
    ['5.5', 'Integer', '`5.5` cannot be converted to Integer'],
    [5.5, 'Integer', '`5.5` cannot be converted to Integer'],
    ['yes', 'Boolean', '`yes` cannot be converted to Boolean'],
    [1, 'Boolean', '`1` cannot be converted to Boolean'],
    [[1, 2], 'StringList', '`[1,2]` cannot be converted to StringList'],
    ['{"a":1}', 'StringMap', '`{"a":1}` cannot be converted to StringMap'],
    [{ a: 1 }, 'MapList', '`{"a":1}` cannot be converted to MapList'],
  ])('%o not to %s', (value, type, message) => { expect(() => convert(value, type)).toThrow(message); });
});

const describeStep = api('Look', 'rds', 'DescribeDBInstances', {}, { outputs: [
  { Name: 'Id', Selector: '$.DBInstances[0].Id', Type: 'String' }, { Name: 'Public', Selector: '$.DBInstances[0].Public', Type: 'Boolean' },
  { Name: 'Port', Selector: '$.DBInstances[0].Port', Type: 'Integer' }, { Name: 'Groups', Selector: '$.DBInstances[0].Groups', Type: 'StringList' },
  { Name: 'Tags', Selector: '$.DBInstances[0].Tags', Type: 'StringMap' }, { Name: 'Text', Selector: '$.DBInstances[0].Text' }, { Name: 'Sneaky', Selector: '$.DBInstances[0].Sneaky' },
] });
/** What the second of two steps sends for an input. */
async function sent(input: unknown, more: Play = {}): Promise<unknown> {
  const { steps, calls } = await play([describeStep, api('Use', 'x', 'Use', { input })], {
    given: { Word: 'w', List: ['x', 'y'] }, answers: { 'rds:DescribeDBInstances': answer }, ...more,
    document: { parameters: { Word: { type: 'String' }, List: { type: 'StringList' }, Secret: { type: 'String', default: 's3cret' } }, variables: { v: { type: 'Integer', default: 7 } } },
  });
  return steps[1]!.message ?? calls[1]!.input.input;
}

describe('a reference', () => {
  it.each<[unknown, unknown]>([
    ['{{ Word }}', 'w'], ['{{Word}}', 'w'], ['{{ List }}', ['x', 'y']], ['a-{{ Word }}-{{Word}}', 'a-w-w'], ['{{ Word }}{{ Word }}', 'ww'],
    ['{{ Look.Id }}', 'one'], ['{{ Look.Public }}', false], ['{{ Look.Port }}', 5432], ['port {{ Look.Port }}', 'port 5432'], ['{{ Look.Groups }}', ['a', 'b']], ['{{ Look.Tags }}', { S: 'deep' }],
    ['{{ variable:v }}', 7],
    ['{{ global:ACCOUNT_ID }}', '111111111111'], ['{{ global:REGION }}', 'eu-west-1'], ['{{ global:AWS_PARTITION }}', 'aws'],
    ['{{ global:DATE }}', '2026-11-01'], ['{{ global:DATE_TIME }}', '2026-11-01_09.30.05'], ['RUN#{{ automation:EXECUTION_ID }}', 'RUN#11111111-aaaa'],
    [{ S: ['{{ Word }}', { M: '{{ List }}' }], N: 5, B: true }, { S: ['w', { M: ['x', 'y'] }], N: 5, B: true }],
    ['{"a":{"b":"{{ Word }}"}}', '{"a":{"b":"w"}}'],
    ['{{ Look.Sneaky }}', '{{ Secret }}'], ['<{{ Look.Sneaky }}>', '<{{ Secret }}>'],
    ['{{ Look.Text }}', '{"a":1}'],
  ])('%o becomes %o', async (input, expected) => { expect(await sent(input)).toEqual(expected); });

  it.each<[unknown, string]>([
    ['{{ Absent }}', '`{{ Absent }}` cannot be resolved'],
    ['{{ Look.Absent }}', '`{{ Look.Absent }}` cannot be resolved'],
    ['{{ Later.Id }}', '`{{ Later.Id }}` cannot be resolved'],
    ['{{ variable:w }}', '`{{ variable:w }}` cannot be resolved'],
    ['{{ global:TIME }}', '`{{ global:TIME }}` cannot be resolved'],
    ['{{ ssm:name }}', '`{{ ssm:name }}` cannot be resolved'],
    ['{{ toString }}', '`{{ toString }}` cannot be resolved'],
    ['{{ Word', '`{{ Word` holds a broken reference'],
    ['is {{ Look.Public }}', '`{{ Look.Public }}` is `false`, which has no form inside a text'],
    ['are {{ List }}', '`{{ List }}` is `["x","y"]`, which has no form inside a text'],
    [{ '{{ Word }}': 1 }, 'the key `{{ Word }}` holds a reference'],
  ])('%o fails the step', async (input, message) => { expect(await sent(input)).toBe(message); });

  it.each([['us-gov-west-1', 'aws-us-gov'], ['cn-north-1', 'aws-cn']])('in %s the partition is %s', async (region, partition) => {
    expect(await sent('{{ global:AWS_PARTITION }}', { world: { region } })).toBe(partition);
  });
  it.each<[unknown, unknown]>([['{{ Look.Text }}', { a: 1 }], ['{{ Look.Id }}', 'one'], ['x{{ Look.Text }}', 'x{"a":1}']])('under the reading in which JSON is parsed %o becomes %o', async (input, expected) => {
    expect(await sent(input, { world: { readings: { jsonText: 'parsed' } } })).toEqual(expected);
  });
});
