import { describe, expect, it } from 'vitest';
import type { Fields } from '../support/automation/types.ts';
import { play, sleep, ways } from './play.ts';

const parameters = { Text: { type: 'String', default: 'Apply' }, Number: { type: 'Integer', default: 5 }, Flag: { type: 'Boolean', default: false }, Wanted: { type: 'String', default: 'Apply' } };
async function takes(inputs: Fields, more: Fields = {}): Promise<string> {
  const result = await play([{ name: 'Branch', action: 'aws:branch', inputs, ...more }, sleep('Next', { isEnd: true }), sleep('Yes', { isEnd: true }), sleep('No', { isEnd: true })], { document: { parameters } });
  return result.message ?? ways(result).slice(1).join();
}
const text = { Variable: '{{ Text }}' };
const number = { Variable: '{{ Number }}' };
const flag = { Variable: '{{ Flag }}' };

describe('a choice', () => {
  it.each<[Fields, boolean]>([
    [{ ...text, StringEquals: 'Apply' }, true], [{ ...text, StringEquals: 'apply' }, false], [{ ...text, StringEquals: '{{ Wanted }}' }, true],
    [{ ...text, EqualsIgnoreCase: 'aPPLY' }, true], [{ ...text, EqualsIgnoreCase: 'Plan' }, false],
    [{ ...text, StartsWith: 'App' }, true], [{ ...text, StartsWith: 'ply' }, false],
    [{ ...text, EndsWith: 'ply' }, true], [{ ...text, EndsWith: 'App' }, false],
    [{ ...text, Contains: 'ppl' }, true], [{ ...text, Contains: 'PPL' }, false],
    [{ ...number, NumericEquals: 5 }, true], [{ ...number, NumericEquals: 4 }, false],
    [{ ...number, NumericGreater: 4 }, true], [{ ...number, NumericGreater: 5 }, false],
    [{ ...number, NumericLesser: 6 }, true], [{ ...number, NumericLesser: 5 }, false],
    [{ ...number, NumericGreaterOrEquals: 5 }, true], [{ ...number, NumericGreaterOrEquals: 6 }, false],
    [{ ...number, NumericLesserOrEquals: 5 }, true], [{ ...number, NumericLesserOrEquals: 4 }, false],
    [{ ...flag, BooleanEquals: false }, true], [{ ...flag, BooleanEquals: true }, false],
    [{ And: [{ ...text, StringEquals: 'Apply' }, { ...number, NumericEquals: 5 }] }, true], [{ And: [{ ...text, StringEquals: 'Apply' }, { ...number, NumericEquals: 4 }] }, false],
    [{ Or: [{ ...text, StringEquals: 'Plan' }, { ...number, NumericEquals: 5 }] }, true], [{ Or: [{ ...text, StringEquals: 'Plan' }, { ...number, NumericEquals: 4 }] }, false],
    [{ Not: { ...text, StringEquals: 'Plan' } }, true], [{ Not: { ...text, StringEquals: 'Apply' } }, false],
    [{ And: [{ Not: { ...text, StringEquals: 'Plan' } }, { Or: [{ ...flag, BooleanEquals: true }, { ...number, NumericLesser: 6 }] }] }, true],
  ])('%o is %s', async (condition, taken) => {
    expect(await takes({ Choices: [{ NextStep: 'Yes', ...condition }], Default: 'No' })).toBe(taken ? 'Yes Success' : 'No Success');
  });

  it.each<[Fields, string]>([
    [{ ...number, StringEquals: '5' }, '`StringEquals` met `5`, not a String'],
    [{ ...text, NumericEquals: 5 }, '`NumericEquals` met `Apply`, not a Integer'],
    [{ ...text, BooleanEquals: true }, '`BooleanEquals` met `Apply`, not a Boolean'],
    [{ ...text, StringEquals: '{{ Number }}' }, '`StringEquals` met `5`, not a String'],
    [{ Or: [{ ...text, StringEquals: 'Apply' }, { ...number, StringEquals: '5' }] }, '`StringEquals` met `5`, not a String'],
    [{ And: [{ ...text, StringEquals: 'Plan' }, { ...number, StringEquals: '5' }] }, '`StringEquals` met `5`, not a String'],
    [{ Variable: '{{ Get.Absent }}', StringEquals: 'x' }, '`{{ Get.Absent }}` cannot be resolved'],
  ])('%o fails the step', async (condition, message) => { expect(await takes({ Choices: [{ NextStep: 'Yes', ...condition }] })).toBe(message); });
});

describe('a branch', () => {
  const never = { NextStep: 'Yes', ...text, StringEquals: 'never' };
  const always = { ...text, StringEquals: 'Apply' };
  it.each<[string, Fields, Fields, string]>([
    ['takes the first choice that holds', { Choices: [never, { NextStep: 'No', ...always }, { NextStep: 'Yes', ...always }] }, {}, 'No Success'],
    ['takes Default where none holds', { Choices: [never], Default: 'No' }, {}, 'No Success'],
    ['goes on in order without Default', { Choices: [never] }, {}, 'Next Success'],
    ['ends with isEnd where none holds', { Choices: [never] }, { isEnd: true }, ''],
    ['goes where a choice says in spite of isEnd', { Choices: [{ NextStep: 'No', ...always }] }, { isEnd: true }, 'No Success'],
    ['resolves every choice first', { Choices: [{ NextStep: 'No', ...always }, { NextStep: 'Yes', Variable: '{{ Absent }}', StringEquals: 'x' }] }, {}, '`{{ Absent }}` cannot be resolved'],
  ])('%s', async (_, inputs, more, expected) => { expect(await takes(inputs, more)).toBe(expected); });
});
