import { describe, expect, it } from 'vitest';
import { operatorNamed } from '../../../policy/operators.ts';
import { arnGlob, plainGlob } from '../../../policy/pattern.ts';
import { testOn } from '../../../policy/conditions.ts';
import { anything, present, type Domain, type TextTest } from '../../../policy/search/region.ts';
import { findValue } from '../../../policy/search/kinds.ts';
import { Work } from '../../../policy/search/work.ts';

/** Values of one key that tests read as numbers, times, addresses and texts: one that passes all, none, or that one may have been missed. */
const now = Date.parse('2026-01-01T00:00:00Z');
type Asked = readonly [operator: string, ...values: string[]];
const [tag, keys, address, issued] = ['aws:principaltag/level', 's3:max-keys', 'aws:sourceip', 'aws:tokenissuetime'];
const of = (...forms: string[]): Domain => present({ forms: forms.map(plainGlob) });

/** A `Not` before an operator's name is what must not hold. */
function valueOf(key: string, asked: readonly Asked[], domain: Domain = anything): readonly [value: string | undefined, gap: string | undefined] {
  const tests = asked.map(([written, ...values]): TextTest => {
    const operator = operatorNamed(written.replace(/^! /, ''))!;
    return { want: !written.startsWith('! '), test: testOn(key, operator, values.map(operator.family === 'arn' ? arnGlob : plainGlob)) };
  });
  const search = { work: new Work(8_000_000), now, gap: undefined as string | undefined };
  return [findValue(key, domain, tests, search), search.gap];
}

describe('a value', () => {
  it.each<[name: string, key: string, expected: string, asked: readonly Asked[], domain?: Domain]>([
    ['of a wide range that one of two texts leaves', address, '203.0.113.9', [['IpAddress', '0.0.0.0/0'], ['StringLike', '77.0.*', '2*']], present({ wide: true })],
    ['that is a number, and no address', keys, '0', [['! IpAddress', '10.0.0.0/8'], ['NumericLessThan', '5']]],
    ['that is a time and a large number', tag, '1577836801', [['DateGreaterThanEquals', '2020-01-01T00:00:01Z'], ['NumericGreaterThan', '3000']]],
    ['of a form that goes on as a time does', tag, '2020-01-01T00:00:00.001Z', [['DateGreaterThan', '2020-01-01T00:00:00Z'], ['DateLessThan', '2020-01-01T12:00:00Z']], of('2020-01-01T*')],
    ['of one of two forms', tag, '16', [['NumericGreaterThan', '5']], of('x*', '1*')],
    ['of a network and a part of it as a text', address, '10.7.1.1', [['IpAddress', '10.0.0.0/8'], ['StringLike', '10.7.*']]],
    ['of all networks and a part as a text', address, '77.1.1.1', [['IpAddress', '0.0.0.0/0'], ['StringLike', '77.*']]],
    ['of all networks and a part as a text without its dot', address, '77.1.1.1', [['IpAddress', '0.0.0.0/0'], ['StringLike', '77*']]],
    ['of IPv6 and a part of it as a text', address, '2001:db8:7::1', [['IpAddress', '2000::/3'], ['StringLike', '2001:db8:7:*']]],
    ['of a text that is a whole address', address, '10.7.7.7', [['IpAddress', '10.0.0.0/8'], ['StringLike', '10.7.7.7*']]],
    ['of a number that begins as a text does', tag, '71', [['NumericLessThan', '100'], ['StringLike', '7*'], ['! StringLike', '7']]],
    ['of a time that begins as a text does', tag, '2031-01', [['DateGreaterThan', '2030-01-01'], ['StringLike', '2031-*']]],
    ['of a time that begins as a text does, with its month', tag, '2031-02-01', [['DateGreaterThan', '2030-01-01'], ['StringLike', '2031-02-*']]],
  ])('%s', (_, key, expected, asked, domain) => { expect(valueOf(key, asked, domain)).toEqual([expected, undefined]); });
});

describe('no value', () => {
  it.each<[name: string, key: string, asked: readonly Asked[], domain?: Domain]>([
    ['of other forms is an address', tag, [['IpAddress', '10.0.0.0/8'], ['! IpAddress', '10.1.0.0/16']], of('vpc-*')],
    ['of other forms is an address or a number', tag, [['IpAddress', '10.0.0.0/8']], of('x*')],
    ['of other forms is a number', tag, [['NumericLessThan', '5']], of('x*')],
    ['of other forms is a time', tag, [['DateLessThan', '2020-01-01']], of('x*')],
    ['that is a number by nature is an address', keys, [['IpAddress', '10.0.0.0/8'], ['StringLike', '1*']]],
    ['that is an address by nature is a time', address, [['DateLessThan', '2020-01-01'], ['StringLike', '1*']]],
    ['that is an address by nature is a number', address, [['NumericLessThan', '20'], ['StringLike', '1*']]],
    ['is in two ranges that do not meet', tag, [['NumericLessThan', '3'], ['NumericGreaterThan', '5'], ['StringLike', '1*']]],
    ['that is a number by nature is in no range', keys, [['! NumericLessThan', '5'], ['! NumericGreaterThanEquals', '5'], ['StringLike', '1*']]],
    ['is of texts that exclude each other', tag, [['StringLike', 'a*'], ['! StringLike', 'a*'], ['! NumericLessThan', '5']]],
    ['is a number and an address', tag, [['NumericLessThan', '3'], ['IpAddress', '10.0.0.0/8']]],
  ])('%s', (_, key, asked, domain) => { expect(valueOf(key, asked, domain)).toEqual([undefined, undefined]); });
});

describe('it is not known whether a value', () => {
  it.each<[name: string, key: string, because: string, asked: readonly Asked[]]>([
    ['lies between two numbers that are told apart by nothing written', tag, `\`${tag}\` is held to less than a value can tell`, [['NumericGreaterThan', '0.000000000000000000000000000001'], ['NumericLessThan', '0.000000000000000000000000000002']]],
    ['that is a number by nature begins with a letter', keys, `\`${keys}\` is tested by operators of several kinds`, [['StringLike', 'a*']]],
    ['that is a time by nature begins with a letter', issued, `\`${issued}\` is tested by operators of several kinds`, [['StringLike', 'a*']]],
  ])('%s', (_, key, because, asked) => { expect(valueOf(key, asked)).toEqual([undefined, because]); });
});
