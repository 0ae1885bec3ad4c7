import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../policy/index.ts';
import { glob, literal, patternOf, plainGlob, type Pattern } from '../../../policy/pattern.ts';
import type { TextTest } from '../../../policy/search/region.ts';
import { findText, isApart } from '../../../policy/search/texts.ts';
import { Work } from '../../../policy/search/work.ts';
import { regionForm } from '../../../policy/world/accounts.ts';

/** A test that must hold, or must not (`no`). */
type Test = readonly [operator: string, values: string | readonly string[], no?: 'no'];
const testOf = ([operator, values, no]: Test): TextTest => ({ test: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { [operator]: { 'aws:PrincipalTag/team': values } } }] }).statements[0]!.conditions[0]!, want: no === undefined });
const much = 1_000_000;
const star = { of: 'any', times: 'many' } as const;

interface Asked { readonly forms?: readonly (string | Pattern)[]; readonly liked?: readonly string[] }
const patternsOf = (forms: readonly (string | Pattern)[]): Pattern[] => forms.map((one) => typeof one === 'string' ? plainGlob(one) : one);
const find = (tests: readonly TextTest[], { forms, liked = [] }: Asked = {}, work = new Work(much)): string | undefined => findText(tests, forms && patternsOf(forms), liked, work);

type Row = readonly [what: string, tests: readonly Test[], expected: string | undefined, asked?: Asked];
const table = (title: string, rows: readonly Row[]): unknown => describe(title, () => {
  for (const [what, tests, expected, asked] of rows) it(what, () => {
    const made = tests.map(testOf);
    expect(find(made, asked)).toBe(expected);
    if (expected !== undefined) expect(made.every(({ test, want }) => test.fits(expected) === want)).toBe(true);
  });
});

table('one text among patterns', [
  ['is found where no text of the form has what stands in the pattern', [['StringLike', ['data/app', 'd*:sqs:*:orders']]], 'data/app', { forms: [patternOf('data/', { of: 'name', times: 'one' }, { of: 'name', times: 'many' })] }],
  ['is not, where it is no text of the form either', [['StringLike', ['data:app', 'd*:sqs:*:orders']]], undefined, { forms: [patternOf('data/', { of: 'name', times: 'one' }, { of: 'name', times: 'many' })] }],
]);

table('one text among patterns beside what is excluded', [
  ['is none where it and the pattern are', [['StringLike', ['ab', 'a?c']], ['StringLike', ['?b', 'a?c*'], 'no']], undefined],
  ['is found where the pattern alone is', [['StringLike', ['ab', 'a?c']], ['StringLike', 'a?c*', 'no']], 'ab'],
  ['is none where another test does not take it', [['StringLike', ['ab', 'a?c']], ['StringLike', ['a?c', 'b*']], ['StringLike', 'a?c*', 'no']], undefined],
  ['gives way to the pattern where it alone is', [['StringLike', ['ab', 'a?c']], ['StringLike', '?b', 'no']], 'axc'],
]);

// "StringEqualsIgnoreCase: Exact matching, ignoring case": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
table('a text that matches whatever its case', [
  ['is written as its form has it', [['StringEqualsIgnoreCase', 'abc']], 'Abc', { forms: ['A*'] }],
  ['is written as its form has it, though others are not of the form', [['StringEqualsIgnoreCase', ['abc', 'xyz']]], 'Abc', { forms: ['A*'] }],
  ['is written otherwise where a text is excluded', [['StringEqualsIgnoreCase', 'a'], ['StringEquals', 'a', 'no']], 'A'],
  ['is written otherwise where a pattern is excluded', [['StringEqualsIgnoreCase', 'abc'], ['StringLike', 'a*', 'no']], 'Abc'],
  ['is none where it is excluded whatever its case', [['StringEqualsIgnoreCase', 'a'], ['StringEqualsIgnoreCase', 'A', 'no']], undefined],
  ['is one of many of a form', [['StringEqualsIgnoreCase', ['abc', 'abd', 'xyz']], ['StringLike', '*D']], 'abD', { forms: ['a*'] }],
]);

table('a text', [
  ['that people know comes first', [['StringLike', '*a*']], 'data', { liked: ['red', 'data'] }],
  ['of a list is the first that fits', [['StringEquals', ['zebra', 'yak', 'ox']], ['StringLike', 'z*', 'no']], 'yak'],
  ['of a list is the first of all that fit', [['StringEquals', ['zebra', 'ox']]], 'zebra'],
  ['of a list beside a pattern is the first that fits it', [['StringLike', '*x'], ['StringEquals', ['zebra', 'fox', 'ox']]], 'fox'],
  ['of some forms without wildcards is the first that fits', [['StringLike', '*a*']], 'zebra', { forms: ['zebra', 'yak'] }],
  ['of some forms without wildcards is none, where none fits', [['StringLike', 'b*']], undefined, { forms: ['zebra', 'yak'] }],
  ['has a name behind a slash', [['StringLike', 'a/*']], 'a/x'],
  ['has a name behind a colon', [['StringLike', 'a:*']], 'a:x'],
  ['has nothing behind a slash where the name is excluded', [['StringLike', 'a/*'], ['StringEquals', 'a/x', 'no']], 'a/'],
  ['has no name between a slash and what follows', [['StringLike', 'a/*b']], 'a/b'],
  ['has a letter where nothing is excluded', [['StringLike', 'a*b'], ['StringEquals', 'ab', 'no']], 'axb'],
  ['has what its wildcards stand for', [], '9/x', { forms: [patternOf({ of: 'digit', times: 'one' }, '/', star)] }],
  ['leaves out what may be left out', [], 'a/x', { forms: [patternOf('a', { of: 'digit', times: 'optional' }, '/', star)] }],
  ['is not empty', [], 'x', { forms: ['*'] }],
  ['ends as it must, behind how a known one begins', [['StringLike', '*:*role/app']], 'arn:role/app', { liked: ['arn:other'], forms: ['arn:*'] }],
  ['is not the half of one that people know', [['StringLike', '*b', 'no']], 'x', { forms: ['*'], liked: ['a:b'] }],
  ['is sought where patterns overlap', [['StringLike', 'a*'], ['StringLike', '*b'], ['StringLike', '?b*', 'no']], 'axb'],
  ['is sought among all forms', [['StringLike', '*c*']], 'bc', { forms: ['a', 'b*'] }],
  ['of a pattern that names any Region', [['StringLike', '*us-*t-1/a']], 'b/us-east-1/a', { forms: [glob('b/${region}/a')] }],
  ['is an ARN in a Region that there is', [['StringLike', '*:layer:some*b']], 'arn:aws:lambda:us-east-1:1:layer:someb', { forms: [patternOf('arn:aws:lambda:', regionForm, ':1:', star)] }],
  ['is an ARN in a Region of those that are asked for', [['StringLike', 'arn:aws:lambda:eu-w*:layer:some*b']], 'arn:aws:lambda:eu-west-1:1:layer:someb', { forms: [patternOf('arn:aws:lambda:', regionForm, ':1:', star)] }],
  ['is an ARN in a Region of its partition', [['StringLike', '*:layer:some*b']], 'arn:aws-cn:lambda:cn-north-1:1:layer:someb', { forms: [patternOf('arn:aws-cn:lambda:', regionForm, ':1:', star)] }],
  ['is an ARN in no Region that there is, where none does', [['StringLike', '*:layer:some*b'], ['StringLike', ['arn:aws:*:us-*', 'arn:aws:*-*-1:*', 'arn:aws:*-*-2:*', 'arn:aws:*-*-3:*', 'arn:aws:*:ap-*'], 'no']], 'arn:aws:lambda:x-x-9:1:layer:someb', { forms: [patternOf('arn:aws:lambda:', regionForm, ':1:', star)] }],
  ['is none of what is excluded altogether', [['StringLike', 'a*'], ['StringLike', '*', 'no']], undefined],
]);

describe('a question', () => {
  const [few, many, one] = [testOf(['StringLike', ['abc*', 'd*']]), testOf(['StringLike', Array.from({ length: 50 }, (_, i) => `*${i}?`)]), testOf(['StringLike', '*?'])];
  it('has the same answer in whatever order its tests come', () => { expect(find([few, one])).toBe(find([one, few])); });
  it('is told from its opposite, asked before', () => {
    const work = new Work(much);
    const [yes, no] = [testOf(['StringLike', 'a*']), testOf(['StringLike', 'a*', 'no'])];
    expect([find([yes], {}, work), find([{ ...yes, want: false }], {}, work), find([no], {}, work)]).toEqual(['a', 'x', 'x']);
  });
  it('is told from one about other forms, asked before', () => {
    const work = new Work(much);
    expect([find([], { forms: ['b*', 'a*'] }, work), find([], { forms: ['b*a*'] }, work)]).toEqual(['b', 'ba']);
  });

  // What a question costs decides which are given up, so it must grow with what there is to do.
  const spent = (tests: readonly TextTest[], asked: Asked = {}, work = new Work(much)): number => { const { left } = work; find(tests, asked, work); return left - work.left; };
  const globs = (count: number, no?: 'no'): TextTest => {
    const values = Array.from({ length: count }, (_, i) => `${no === undefined ? '*' : String(i)}?${i}`);
    return testOf(no === undefined ? ['StringLike', values] : ['StringLike', values, no]);
  };
  const rising = (costs: readonly number[]): void => { expect(costs).toEqual([...new Set(costs)].sort((a, b) => a - b)); };
  const [short, long] = ['x', 'x'.repeat(400)];
  it('costs more the more patterns and the longer texts are compared', () => {
    rising([1, 5, 20].map((count) => spent([globs(count, 'no')], { liked: [short] })));
    rising([short, long].map((text) => spent([globs(5, 'no')], { liked: [text] })));
    rising([1, 5].map((count) => spent([globs(count, 'no')], { liked: [long] }) - spent([globs(count, 'no')], { liked: [short] })));
    rising([['*'], ['?*', '*'], ['a*', '?*', '*']].map((forms) => spent([], { forms, liked: [short] })));
    rising([short, long].map((text) => spent([], { forms: ['?*', '*'], liked: [text] })));
  });
  it('costs more for each pattern with each of those that are excluded', () => {
    const apart = (count: number): TextTest => testOf(['StringLike', Array.from({ length: count }, (_, i) => `a${i}*`)]);
    rising([1, 10, 50].map((count) => spent([apart(50), globs(count, 'no')], { forms: ['b*'] })));
    rising([1, 10, 50].map((count) => spent([apart(count), globs(50, 'no')], { forms: ['b*'] })));
  });
  it('costs less where the same was asked of other forms before', () => {
    const [work, tests] = [new Work(much), [testOf(['StringLike', Array.from({ length: 50 }, (_, i) => `a${i}*`)]), globs(50, 'no')]];
    const before = spent(tests, { forms: ['b*'] }, work);
    expect(spent(tests, { forms: ['c*'] }, work)).toBeLessThan(before / 2);
  });
  it('costs nothing where it was asked before', () => {
    const work = new Work(much);
    expect(spent([many], {}, work)).toBeGreaterThan(0);
    expect(spent([many], {}, work)).toBe(0);
  });
  it('costs little where one text of many is of the form', () => { expect(spent([testOf(['StringLike', ['c?', ...Array.from({ length: 200 }, (_, i) => `a${i}`)]])], { forms: ['a*', 'b*'] })).toBeLessThan(5000); });
  it('costs nothing where a form is excluded as a whole', () => { expect(spent([testOf(['StringLike', 'a*', 'no'])], { forms: ['ab*'] })).toBe(0); });
});

describe('a test and some forms of which no text fits it, as their beginnings and ends show', () => {
  it.each<[Test, readonly string[], boolean]>([
    [['StringLike', 'a*'], ['b*'], true], [['StringLike', 'a*'], ['ab*'], false], [['StringLike', 'ab*'], ['a*'], false],
    [['StringLike', '*a'], ['*b'], true], [['StringLike', '*z'], ['*xyz'], false], [['StringLike', '*xyz'], ['*z'], false], [['StringLike', 'a*z'], ['a*y'], true], [['StringLike', 'a*z'], ['b*z'], true],
    [['StringLike', '*'], ['b*'], false], [['StringLike', ['b*', 'a*']], ['a*'], false], [['StringLike', ['b*', 'c*']], ['a*'], true], [['StringLike', 'a*'], ['b*', 'a*'], false], [['StringLike', 'a*'], ['b*', 'c*'], true],
    [['StringEquals', 'a'], ['b*'], true], [['StringEquals', 'B'], ['b*'], true], [['StringEqualsIgnoreCase', 'B'], ['b*'], false], [['StringEqualsIgnoreCase', 'b'], ['B*'], false], [['StringEqualsIgnoreCase', 'A'], ['b*'], true],
    [['ArnLike', 'arn:aws:iam::111122223333:role/*'], ['arn:aws:iam::444455556666:*'], true], [['ArnLike', 'arn:aws:iam::*:role/*'], ['arn:aws:iam::444455556666:*'], false],
    // Other kinds of values are not compared as texts.
    [['NumericEquals', '1'], ['2*'], false], [['IpAddress', '192.0.2.0/24'], ['203.*'], false],
  ])('%j and %j: %s', (test, forms, expected) => { expect(isApart(testOf(test).test, forms.map((one) => plainGlob(one)))).toBe(expected); });
  it('are so of a form without wildcards', () => { expect(isApart(testOf(['StringLike', 'a*']).test, [literal('b')])).toBe(true); });
});
