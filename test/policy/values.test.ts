import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { formatAddress, parseAddress, parseBlock } from '../../policy/addresses.ts';
import { decide, and, not, or, parsePolicy, policy, satisfies, type Request } from '../../policy/index.ts';
import { operatorNamed, parseDate, parseNumber, problemWith } from '../../policy/operators.ts';

const number = (text: string): bigint | undefined => parseAddress(text)?.number;

describe('an address', () => {
  it.each<[string, bigint | undefined]>([
    ['0.0.0.0', 0n], ['192.0.2.1', 3221225985n], ['255.255.255.255', 4294967295n], ['256.0.0.1', undefined], ['1.2.3', undefined], ['1.2.3.4.5', undefined], ['1.2.3.x', undefined], ['1.2.3.4x', undefined], ['x1.2.3.4', undefined], ['1.2.3.0004', undefined], ['', undefined],
    ['::', 0n], ['::1', 1n], ['1::', 1n << 112n], ['1:2:3:4:5:6:7:8', 0x1000200030004000500060007_0008n], ['2001:db8::ff', 0x20010db80000000000000000000000ffn], ['1:2:3:4:5:6:7::', 0x10002000300040005000600070000n],
    ['::192.0.2.1', 0xc0000201n], ['::ffff:192.0.2.129', 0xffffc0000281n], ['1:2:3:4:5:6:10.20.30.40', 0x1000200030004000500060a14_1e28n],
    ['::256.0.0.1', undefined], ['1::2::3', undefined], ['1:2:3:4:5:6:7', undefined], ['1:2:3:4:5:6:7:8:9', undefined], ['1:2:3:4::5:6:7:8', undefined], ['::12345', undefined], ['::g', undefined], [':', undefined], [':1', undefined], ['1.2.3.4:80', undefined], ['x::1.2.3.4', undefined],
  ])('%s', (text, expected) => { expect(number(text)).toBe(expected); });

  it('is one where Node finds one, written short or long', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((one) => one.toString(16));
    const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ unit: fc.constantFrom(...'0123456789abf:.'), maxLength: 24 }), fc.tuple(fc.array(group, { maxLength: 8 }), fc.array(group, { maxLength: 8 })).map(([a, b]) => `${a.join(':')}::${b.join(':')}`));
    fc.assert(fc.property(text, (one) => { expect(number(one) !== undefined).toBe(isIPv4(one) || isIPv6(one)); }), { numRuns: 2_000, seed: 7 });
  });
  it('is itself again when it is written out', () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (one) => { expect(parseAddress(formatAddress(parseAddress(one)!))).toEqual(parseAddress(one)); }), { numRuns: 500, seed: 8 });
  });
});

describe('a block', () => {
  const ends = (text: string): unknown => { const block = parseBlock(text); return block === undefined ? undefined : [block.version, block.range]; };
  it.each([
    ['192.0.2.7/24', '192.0.2.0/24'], ['192.0.2.7', '192.0.2.7/32'], ['10.1.2.3/0', '0.0.0.0/0'], ['2001:db8:0:1::5/64', '2001:db8:0:1::/64'], ['::1', '::1/128'],
  ])('%s is %s', (given, whole) => { expect(ends(given)).toEqual(ends(whole)); expect(ends(given)).toBeDefined(); });
  it.each(['192.0.2.0/33', '::/129', '192.0.2.0/x', '192.0.2.0/24/8', '192.0.2.0/', 'nowhere/8', '192.0.2.0/024x'])('%s is none', (text) => { expect(parseBlock(text)).toBeUndefined(); });
  it('tells neighbours apart', () => { expect(ends('192.0.2.0/25')).not.toEqual(ends('192.0.2.128/25')); expect(ends('192.0.2.0/24')).not.toEqual(ends('192.0.2.0/25')); });
});

describe('a date', () => {
  it.each<[string, number | undefined]>([
    ['2026-09-01T00:00:00Z', 1788220800000], ['2026-09-01', 1788220800000], ['2026-09', 1788220800000], ['2026', 1767225600000], ['1788220800', 1788220800000], ['1788220800.5', 1788220800500], ['1788220800.25', 1788220800250], ['2026-09-01T12:30:00+02:00', 1788258600000], ['-10000', -10_000_000],
    ['2026-13-01', undefined], ['x2026-09-01', undefined], ['2026-09-01x', undefined], ['2026-9-1', undefined], ['soon', undefined], ['', undefined], ['17882208y0', undefined], ['1 September 2026', undefined], ['2026-09-01 12:30', undefined], ['2026-09-01T25:00:00Z', undefined],
    ['2026-09-01T12:30', 1788265800000], ['2026-09-01T12:30:00.5Z', 1788265800500], ['2026-09-01T12:30:00+0200', 1788258600000], ['2026-09-01T12:30:00 GMT', undefined], ['2026-09-01T', undefined],
  ])('%s', (text, expected) => { expect(parseDate(text)).toBe(expected); });
  it('without a zone is read in none but that of UTC, wherever that is', () => {
    const parse = vi.spyOn(Date, 'parse');
    parseDate('2026-09-01T12:30:00');
    expect(parse.mock.calls).toEqual([['2026-09-01T12:30:00Z']]);
    parse.mockRestore();
  });
});

describe('a number', () => {
  it.each<[string, number | undefined]>([['10', 10], ['10.25', 10.25], ['-1.5', -1.5], ['+3', 3], ['.5', 0.5], ['.25', 0.25], ['7.', 7], [' 12 ', 12], ['x1', undefined], ['1x', undefined], ['1e3', undefined], ['', undefined], ['.', undefined]])('%s', (text, expected) => { expect(parseNumber(text)).toBe(expected); });
});

describe('a value that does not fit its operator', () => {
  it.each([
    ['NumericEquals', '10', undefined], ['NumericEquals', 'ten', '`ten` is not a number'], ['DateGreaterThan', '2026-09-01', undefined], ['DateGreaterThan', 'soon', '`soon` is not a date'],
    ['IpAddress', '192.0.2.0/24', undefined], ['IpAddress', 'here', '`here` is not an IP address or CIDR block'], ['Bool', 'TRUE', undefined], ['Bool', 'yes', '`yes` is not true or false'], ['Bool', 'truely', '`truely` is not true or false'], ['Bool', 'untrue', '`untrue` is not true or false'],
    ['Null', 'false', undefined], ['Null', '1', '`1` is not true or false'], ['StringEquals', 'anything', undefined],
  ])('%s %s', (name, value, problem) => { expect(problemWith(operatorNamed(name)!, value)).toBe(problem); });
  it('has a name that case does not matter to, and no other', () => {
    expect([operatorNamed('stringnotlike')?.name, operatorNamed('StringNotLike')?.negated, operatorNamed('StringLike')?.negated, operatorNamed('StringMatches')]).toEqual(['StringNotLike', true, false, undefined]);
  });
});

describe('a formula', () => {
  const allows = (action: string) => policy(parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }] }));
  const [reads, writes] = [allows('s3:GetObject'), allows('s3:PutObject')];
  const request: Request = { principal: { kind: 'anonymous' }, action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', context: {} };
  it.each([
    ['a policy that allows it', reads, true], ['a policy that does not', writes, false], ['both', and(reads, reads), true], ['one of two that must', and(reads, writes), false], ['the other of two that must', and(writes, reads), false], ['none that must', and(), true],
    ['one of two that may', or(writes, reads), true], ['none of two that may', or(writes, writes), false], ['none that may', or(), false], ['not one that allows it', not(reads), false], ['not one that does not', not(writes), true], ['within each other', and(reads, not(or(writes, and(reads, writes)))), true],
  ])('%s', (_, formula, expected) => { expect(satisfies(formula, request)).toBe(expected); });
  it('rests on decisions', () => { expect(decide(parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }), request).allowed).toBe(true); });
});
