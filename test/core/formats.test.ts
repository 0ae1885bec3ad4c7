import { expect, test } from 'vitest';
import { isCidr, isDate } from '../../core/formats.ts';

test.each([
  ['192.0.2.0/24', true], ['0.0.0.0/0', true], ['255.255.255.255/32', true], ['2001:db8::/32', true], ['::/0', true], ['::1/128', true],
  ['1:2:3:4:5:6:7:8/64', true], ['::ffff:192.0.2.1/128', true], ['1:2:3:4:5:6:192.0.2.1/96', true],
  ['192.0.2.0', false], ['192.0.2.0/33', false], ['192.0.2.256/24', false], ['192.0.2/24', false], ['192.0.2.01/24', false], ['192.0.2.0/024', false],
  ['192.0.2.0/24/1', false], ['2001:db8::/129', false], ['1::2::3/64', false], ['1:2:3:4:5:6:7/64', false], ['1:2:3:4:5:6:7:8::/64', false],
  ['12345::/64', false], ['1:2:3:4:5:6:7:192.0.2.1/96', false], ['::192.0.2.300/96', false], ['/24', false], ['', false],
])('%s is an address range: %s', (text, is) => expect(isCidr(text)).toBe(is));

test.each([
  ['2027-01-31', true], ['2028-02-29', true], ['2027-02-29', false], ['2027-13-01', false], ['2027-00-10', false], ['2027-04-31', false], ['27-01-31', false], ['soon', false],
])('%s is a day of the calendar: %s', (text, is) => expect(isDate(text)).toBe(is));
