import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../policy/index.ts';
import { literal, plainGlob } from '../../../policy/pattern.ts';
import { fewChoices, passes, solveKey } from '../../../policy/search/keys.ts';
import type { Search } from '../../../policy/search/kinds.ts';
import { literalOf, type Literal } from '../../../policy/search/logic.ts';
import { absent, always, anything, maybe, only, present, type Choice, type Domain } from '../../../policy/search/region.ts';
import { Work } from '../../../policy/search/work.ts';

/** Tests of one key that must hold, or must not (`no`), and what a request may then carry under it. */
type Test = readonly [operator: string, values: unknown, no?: 'no'];
const literalsOf = (key: string, tests: readonly Test[]): Literal[] => tests.map(([operator, values, no]) =>
  literalOf(key.toLowerCase(), parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { [operator]: { [key]: values } } }] }).statements[0]!.conditions[0]!, no === undefined));
const fresh = (): Search => ({ work: new Work(1_000_000), now: Date.parse('2026-01-01T00:00:00Z'), gap: undefined });

const [tag, tags, address, keys, issued, flag] = ['aws:PrincipalTag/team', 'aws:TagKeys', 'aws:SourceIp', 's3:max-keys', 'aws:TokenIssueTime', 'aws:SecureTransport'];
const ofMany = 'is tested by operators of several kinds';

type Row = readonly [what: string, key: string, domain: Domain, tests: readonly Test[], expected: Choice | undefined, gap?: string];
const table = (title: string, rows: readonly Row[]): unknown => describe(title, () => {
  for (const [what, key, domain, tests, expected, gap] of rows) it(what, () => {
    const search = fresh();
    const literals = literalsOf(key, tests);
    const found = solveKey(key.toLowerCase(), domain, literals, search);
    expect([found, search.gap]).toEqual([expected, gap === undefined ? undefined : `\`${key}\` ${gap}`]);
    if (found !== undefined) expect(literals.every((one) => passes(one, found))).toBe(true);
  });
});

table('a key', [
  ['that is never there, but must equal something', tag, absent, [['StringEquals', 'x']], undefined],
  ['that is never there, and must not', tag, absent, [['StringNotEquals', 'x']], null],
  ['that may be missing, where nothing keeps it from that', tag, anything, [['StringNotEquals', 'x']], null],
  ['that is always there, and must not equal something', tag, always, [['StringNotEquals', 'x']], ['xx']],
  ['that is always the same', tag, only('a'), [['StringEquals', ['a', 'b']], ['StringNotEquals', 'b']], ['a']],
  ['that is always the same, but ought to be two things', tag, only('a'), [['StringLike', 'a*'], ['StringEquals', 'b']], undefined],
  ['that must be one of none', tag, always, [['StringEquals', []]], undefined],
  ['that must not be one of none', tag, always, [['StringEquals', [], 'no']], ['x']],
  ['that must be there', tag, anything, [['Null', false]], ['x']],
  ['that must not be there', tag, always, [['Null', true]], undefined],
  ['that must be there by a test that fails', tag, anything, [['Null', true, 'no']], ['x']],
  ['with a form', tag, present({ forms: [literal('a'), literal('b')] }), [['StringNotEquals', 'a']], ['b']],
  ['with tests of its own', tag, present({ tests: [{ test: literalsOf(tag, [['StringLike', 'a*']])[0]!.test, want: true }] }), [['StringNotEquals', 'a']], ['ax']],
  ['with values that people know', tag, present({ liked: ['red', 'blue'] }), [['StringNotEquals', 'red']], ['blue']],
]);

table('a key with several values', [
  ['both of which must be there', tags, always, [['ForAnyValue:StringEquals', 'a'], ['ForAnyValue:StringEquals', 'b']], ['a', 'b']],
  ['of which one does for two tests', tags, always, [['ForAnyValue:StringEquals', 'a'], ['ForAnyValue:StringLike', 'a*']], ['a']],
  ['of which one fits no other', tags, always, [['ForAnyValue:StringEquals', 'a'], ['ForAnyValue:StringEquals', 'b'], ['ForAllValues:StringEquals', ['a', 'c']]], undefined],
  ['of which all must be known', tags, always, [['ForAllValues:StringEquals', ['a', 'b']], ['ForAnyValue:StringNotEquals', 'a']], ['b']],
  ['of which some are not known', tags, always, [['ForAllValues:StringEquals', ['a', 'b'], 'no']], ['x']],
  ['none of which may be known', tags, always, [['ForAnyValue:StringEquals', ['x', 'y'], 'no']], ['xx']],
  ['without quantifier, which is about any', tags, always, [['StringEquals', 'a'], ['StringEquals', 'b']], ['a', 'b']],
  ['without quantifier and negated, which is about all', tags, always, [['StringNotEquals', 'x'], ['StringEquals', 'a'], ['StringEquals', 'b']], ['a', 'b']],
  ['two of them under a key of a service that a policy treats so', 's3:RequestObjectTagKeys', always, [['ForAnyValue:StringEquals', 'a'], ['ForAnyValue:StringEquals', 'b']], ['a', 'b']],
  ['two of them under a key that carries one', tag, always, [['StringEquals', 'a'], ['StringEquals', 'b']], undefined],
]);

table('texts of a key that carries addresses', [
  ['an address as a text', address, always, [['StringEquals', '192.0.2.1']], ['192.0.2.1']],
  ['a block as a text', address, always, [['StringEquals', '192.0.2.0/24']], undefined],
  ['how it begins', address, always, [['StringLike', '203.0.114.*'], ['IpAddress', '203.0.0.0/16']], ['203.0.114.1']],
  ['how half of it begins', address, always, [['StringLike', '203.0.*'], ['IpAddress', '203.0.1.0/24']], ['203.0.1.0']],
  ['how a quarter of it begins', address, always, [['StringLike', '203.*'], ['NotIpAddress', '203.0.0.0/16']], ['203.1.0.0']],
  ['a digit of it', address, always, [['StringLike', '203.0.113.?'], ['NotIpAddress', '203.0.113.9']], ['203.0.113.1']],
  ['how a long one begins', address, always, [['StringLike', '2001:db8:*'], ['IpAddress', '2001::/16']], ['2001:db8:0:0:0:0:0:9']],
  ['texts of which none is in the block', address, always, [['StringEquals', ['192.0.2.1', 'x']], ['IpAddress', '198.51.100.0/24']], undefined],
  ['how another block begins', address, always, [['StringLike', '192.0.2.*'], ['IpAddress', '198.51.100.0/24']], undefined, ofMany],
  ['one outside a block', address, always, [['NotIpAddress', '10.0.0.0/8']], ['203.0.113.9']],
  ['a text of some addresses, where strangers anywhere are asked about', address, present({ wide: true }), [['StringLike', '203.0.113.*']], undefined],
  ['a text of far more', address, present({ wide: true }), [['StringLike', '2*']], ['203.0.113.9']],
  ['a text of all but some', address, present({ wide: true }), [['StringNotLike', '10.*']], ['203.0.113.9']],
]);

table('texts of a key that carries numbers', [
  ['how it begins', keys, always, [['StringLike', '1?'], ['NumericGreaterThan', '5']], ['12']],
  ['how it begins, and nothing behind', keys, always, [['StringLike', '7*'], ['NumericGreaterThan', '2']], ['7']],
  ['that it is none', keys, always, [['StringLike', 'many*'], ['NumericGreaterThan', '5']], undefined, ofMany],
  ['a number that people know', keys, present({ liked: ['40'] }), [['StringLike', '4*'], ['NumericGreaterThan', '5']], ['40']],
  ['one of a list', keys, always, [['StringEquals', ['3', '12']], ['NumericGreaterThan', '5']], ['12']],
  ['more than one whole number, less than the next', keys, always, [['NumericGreaterThan', '5'], ['NumericLessThan', '6']], ['5.5']],
  ['more than one whole number, up to the next', keys, always, [['NumericGreaterThan', '5'], ['NumericLessThanEquals', '6']], ['6']],
  ['more than one whole number, less than the one after the next', keys, always, [['NumericGreaterThan', '5'], ['NumericLessThan', '7']], ['6']],
  ['more than half a number', keys, always, [['NumericGreaterThan', '5.5'], ['NumericLessThan', '5.75']], ['5.625']],
  ['from half a number on', keys, always, [['NumericGreaterThanEquals', '5.5']], ['5.5']],
  ['less than a number', keys, always, [['NumericLessThan', '5']], ['0']],
  ['less than nothing', keys, always, [['NumericLessThan', '0']], ['-1']],
  ['at most nothing', keys, always, [['NumericLessThanEquals', '0']], ['0']],
  ['at most a negative number', keys, always, [['NumericLessThanEquals', '-5']], ['-5']],
  ['numbers that exclude each other', keys, always, [['NumericLessThan', '5'], ['NumericGreaterThanEquals', '5']], undefined],
  ['numbers in a tag', tag, always, [['StringLike', '1*'], ['NumericGreaterThan', '5']], ['12']],
]);

table('texts of a key that carries times', [
  ['a year', issued, always, [['StringLike', '2027*'], ['DateGreaterThan', '2026-06-01']], ['2027']],
  ['a year, and more behind', issued, always, [['StringLike', '2027-*'], ['DateGreaterThan', '2026-06-01']], ['2027-01']],
  ['a year, and a month from two digits', issued, always, [['StringLike', '2027-??-*'], ['DateGreaterThan', '2026-06-01']], ['2027-11-01']],
  ['an hour', issued, always, [['StringLike', '2027-05-05T*'], ['DateGreaterThan', '2026-06-01']], undefined, ofMany],
  ['a time of the past', 'aws:CurrentTime', always, [['DateLessThan', '2025-06-01']], undefined],
  ['a token that may still serve', issued, always, [['DateLessThan', '2025-12-31']], ['2025-12-30T12:00:00.000Z']],
  ['a token that no longer serves', issued, always, [['DateLessThan', '2025-12-30T12:00:00Z']], undefined],
  ['a token from the past', issued, always, [['DateLessThan', '2025-06-01']], undefined],
  ['a time of the past in a tag', tag, always, [['DateEquals', '2025-06-01']], ['2025-06-01T00:00:00.000Z']],
  ['a time from now on', 'aws:CurrentTime', always, [['DateLessThan', '2026-06-01']], ['2026-01-01T00:00:00.000Z']],
  ['a year of the past as a text', 'aws:CurrentTime', always, [['StringLike', '2025*'], ['DateGreaterThan', '2024-06-01']], undefined, ofMany],
]);

/** aws:EpochTime is the other name of the clock, in seconds. */
describe('seconds of the clock', () => {
  const [june, july] = [Date.parse('2026-06-01T00:00:00Z') / 1_000, Date.parse('2026-07-01T00:00:00Z') / 1_000];
  it.each<[string, readonly Test[], Choice | undefined]>([
    ['from a time on', [['NumericGreaterThanEquals', String(june)]], ['2026-06-01T00:00:00.000Z']],
    ['before and behind two times', [['NumericGreaterThanEquals', String(june)], ['NumericLessThan', String(july)]], ['2026-06-01T00:00:00.000Z']],
    ['behind a time and before an earlier one', [['NumericGreaterThan', String(july)], ['NumericLessThan', String(june)]], undefined],
    ['up to a time of the past', [['NumericLessThan', '1700000000']], undefined],
    ['as a date', [['DateGreaterThan', String(june)]], ['2026-06-01T00:00:00.001Z']],
  ])('%s', (_, tests, expected) => { expect(solveKey('aws:currenttime', always, literalsOf('aws:EpochTime', tests), fresh())).toEqual(expected); });
});

table('flags', [
  ['one that is neither true nor false', flag, always, [['Bool', 'true', 'no'], ['Bool', 'false', 'no']], undefined],
  ['a tag that is neither', tag, always, [['Bool', 'true', 'no'], ['Bool', 'false', 'no']], ['x']],
  ['a tag that is neither, nor a small letter', tag, always, [['Bool', 'true', 'no'], ['Bool', 'false', 'no'], ['StringEquals', 'x', 'no']], ['xx']],
  ['one that is false', flag, always, [['Bool', 'false']], ['false']],
  ['one that is not false', flag, always, [['Bool', 'false', 'no']], ['true']],
  ['one that is true as a text', flag, always, [['StringEquals', 'true']], ['true']],
]);

describe('the values to try one by one', () => {
  const many = Array.from({ length: 65 }, (_, i) => `v${i}`);
  it.each<[string, string, Domain, readonly Test[], readonly Choice[] | undefined]>([
    ['a list', tag, always, [['StringEquals', ['a', 'b']]], [['a'], ['b']]],
    ['the shorter for another test', tag, always, [['StringEquals', ['a', 'b']], ['StringNotEquals', 'a']], [['b']]],
    ['with none at all, where the key may be missing', tag, anything, [['StringEqualsIfExists', ['a']]], [null, ['a']]],
    ['known ones first', tag, present({ liked: ['b', 'c'] }), [['StringEquals', ['a', 'b']]], [['b'], ['a']]],
    ['of the key\'s forms', tag, present({ forms: [plainGlob('a*')] }), [['StringEquals', ['a', 'b']]], [['a']]],
    ['that pass the key\'s tests', tag, present({ tests: [{ test: literalsOf(tag, [['StringEquals', 'a']])[0]!.test, want: false }] }), [['StringEquals', ['a', 'b']]], [['b']]],
    ['not of a pattern', tag, always, [['StringLike', 'a*']], undefined],
    ['not of a test that fails', tag, always, [['StringEquals', ['a'], 'no']], undefined],
    ['of a negated test that fails', tag, always, [['StringNotEquals', ['a'], 'no']], [['a']]],
    ['not where case does not matter', tag, always, [['StringEqualsIgnoreCase', ['a']]], undefined],
    ['not of no values', tag, always, [['StringEquals', []]], undefined],
    ['not of a list that is long', tag, always, [['StringEquals', many]], undefined],
    ['of a list that is nearly so', tag, always, [['StringEquals', many.slice(1)]], many.slice(1).map((one) => [one])],
    ['not where several may be carried', tags, always, [['ForAnyValue:StringEquals', ['a']]], undefined],
    ['not of a key of a service that no table knows, which may carry several', 'zebra:stripes', always, [['StringEquals', ['a']]], undefined],
    ['of a key of a service that the tables have as one', 's3:x-amz-acl', always, [['StringEquals', ['a']]], [['a']]],
    ['of one that is known to carry one', 'zebra:stripes', present({ many: false }), [['StringEquals', ['a']]], [['a']]],
    ['not of addresses', address, always, [['StringEquals', ['192.0.2.1']]], undefined],
    ['not of what is settled', tag, only('a'), [['StringEquals', ['a']]], undefined],
    ['not of what is never there', tag, absent, [['StringEquals', ['a']]], undefined],
    ['not of what strangers anywhere have', tag, present({ wide: true }), [['StringEquals', ['a']]], undefined],
  ])('%s', (_, key, domain, tests, expected) => { expect(fewChoices(key.toLowerCase(), domain, literalsOf(key, tests), fresh())).toEqual(expected); });
  it('are counted as work', () => {
    const spent = (values: readonly string[], domain = always): number => { const search = fresh(); fewChoices(tag.toLowerCase(), domain, literalsOf(tag, [['StringEquals', values]]), search); return 1_000_000 - search.work.left; };
    expect([spent(['a']), spent(['a', 'b', 'c']), spent(['a'], maybe({ tests: [{ test: literalsOf(tag, [['StringEquals', 'z']])[0]!.test, want: false }] }))]).toEqual([10, 30, 20]);
  });
});
