import { allow, deny, document, inside, outside, own, trust, undecided, when, type Group, type Test } from './case.ts';

/** Values that operators read as numbers, times, addresses or flags, beside others that read the same key as something else, or beside variables. */

const objects = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/*' };
const only = (...tests: Test[]): object => document(allow(objects, when(...tests)));
const [tag, level, until] = ['aws:PrincipalTag/level', 's3:ExistingObjectTag/level', 'aws:PrincipalTag/until'];
const anyAccount = outside('any-account', ['role', 'user']);
const everybody = outside('anonymous', 'anonymous');
const below = (key: string, ...tests: Test[]): object => document(allow({ ...objects, Resource: `arn:aws:s3:::acme-data/level-\${${key}}/*` }, when(...tests)));
const same: Test = ['StringEquals', level, `\${${tag}}`];
const wideOnly = (statement: object): object => document(deny(when(['NotIpAddress', 'aws:SourceIp', '16.0.0.0/8'], ['StringNotEquals', 'aws:UserAgent', 'x'])), statement);
const both = (...tests: Test[]): object => document(allow(objects, when(...tests)));
const letters = [...'xyzqwkjvbmh9876543210XYZ-/:_.@ ~'];

export const kinds: readonly Group[] = [
  { title: 'a variable whose key is read as something else as well', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'numbers below one', policy: below(tag, ['NumericLessThan', tag, '3']), principals: anyAccount, because: 'the tag says 2' },
    { name: 'numbers above one', policy: below(tag, ['NumericGreaterThan', tag, '0']), principals: anyAccount, because: 'the tag says 1' },
    { name: 'numbers between two', policy: below(tag, ['NumericGreaterThan', tag, '1'], ['NumericLessThan', tag, '4']), principals: anyAccount, because: 'the tag says 2' },
    { name: 'no number', policy: below(tag, ['NumericGreaterThan', tag, '4'], ['NumericLessThan', tag, '1']), principals: inside, because: 'no number is both' },
    { name: 'a number that no tag like it says', policy: document(allow({ ...objects, Resource: `arn:aws:s3:::acme-data/level-\${${tag}}/*` }, when(['NumericLessThan', tag, '3'])), deny({ NotResource: 'arn:aws:s3:::acme-data/level-7?/*' })), principals: undecided(), because: 'none does, but the search does not try all tags' },
    { name: 'times', policy: below(until, ['DateGreaterThan', until, '2026-01-01T00:00:00Z']), principals: anyAccount, because: 'the tag says any later time' },
    { name: 'addresses', policy: below(tag, ['IpAddress', tag, '198.51.100.0/24']), principals: anyAccount, because: 'the tag says one of them' },
    { name: 'names of users', policy: below('aws:username', ['NumericGreaterThan', 'aws:username', '1000']), principals: outside('any-account', 'user'), because: 'the user is called 1001' },
    { name: 'a key of no table', policy: below('foo:bar', ['NumericLessThan', 'foo:bar', '3']), principals: everybody, because: 'the key says 2' },
    { name: 'numbers of another key', policy: only(same, ['NumericLessThan', level, '3']), principals: anyAccount, because: 'both tags say 2' },
    { name: 'times of another key', policy: only(same, ['DateGreaterThan', level, '2026-01-01T00:00:00Z']), principals: anyAccount, because: 'both tags say the same later time' },
    { name: 'addresses of another key', policy: only(same, ['IpAddress', level, '198.51.100.0/24']), principals: anyAccount, because: 'both tags say the same address' },
    { name: 'no number of another key', policy: only(same, ['NumericLessThan', level, '3'], ['NumericGreaterThan', level, '5']), principals: inside, because: 'no number is both' },
    { name: 'no number of two keys', policy: only(same, ['NumericLessThan', level, '3'], ['NumericGreaterThan', tag, '5']), principals: undecided(), because: 'no number is both, but the search does not try all tags' },
  ] },
  { title: 'a role by a variable that is read as a number', setting: { kind: 'trust' }, cases: [
    { name: 'an external id', policy: document(trust('*', when(['NumericGreaterThan', 'sts:ExternalId', '5'], ['StringEquals', 'sts:RoleSessionName', '${sts:ExternalId}']))), principals: anyAccount, because: 'id and name of the session are the same number' },
  ] },
  { title: 'one key by operators of several kinds', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'a flag that is denied, beside a text', policy: document(deny(when(['Bool', tag, 'false'])), allow(objects, when(['StringLike', tag, 'data-*']))), principals: outside('any-account', ['role', 'user'], 1), because: 'data-x is no flag' },
    { name: 'a flag that is denied, beside a text in any case', policy: document(deny(when(['Bool', tag, 'false'])), allow(objects, when(['StringEqualsIgnoreCase', tag, 'data']))), principals: outside('any-account', ['role', 'user'], 1), because: 'data is no flag' },
    { name: 'a flag that is denied, beside all but some texts', policy: document(deny(when(['Bool', tag, 'false'], ['StringNotLike', tag, 'zzz'])), deny(when(['StringNotLike', tag, ['prod-*', 'dev-*']])), allow(objects)), principals: outside('any-account', ['role', 'user'], 2), because: 'prod-x is spared' },
    { name: 'a flag that is not written in small letters', policy: both(['Bool', tag, 'true'], ['StringNotEquals', tag, 'true']), principals: anyAccount, because: 'TRUE is a flag as well' },
    ...[0, 1].map((first) => ({ name: `a flag and no number, the ${['number', 'flag'][first]!} first`, policy: both(...([['NumericNotEquals', tag, '5'], ['Bool', tag, 'true']] as const).toSorted(() => first === 0 ? 0 : -1)), principals: anyAccount, because: 'true is no number' })),
    { name: 'a flag and no address', policy: both(['NotIpAddress', tag, '192.0.2.0/24'], ['Bool', tag, 'true']), principals: anyAccount, because: 'true is no address' },
    { name: 'a flag and a number', policy: both(['NumericLessThan', tag, '5'], ['Bool', tag, 'true']), principals: inside, because: 'no value is both' },
    { name: 'no number, by two Denies', policy: document(deny(when(['NumericLessThan', tag, '5'])), deny(when(['NumericGreaterThanEquals', tag, '5'])), allow(objects, when(['Null', tag, 'false']))), principals: outside('any-account', ['role', 'user'], 2), because: 'a text is no number' },
    { name: 'no time, but a text', policy: document(deny(when(['DateLessThan', tag, '2026-01-01T00:00:00Z'])), deny(when(['DateGreaterThanEquals', tag, '2026-01-01T00:00:00Z'])), allow(objects, when(['StringLike', tag, 'a*']))), principals: outside('any-account', ['role', 'user'], 2), because: 'a text is no time' },
    { name: 'no address', policy: document(deny(when(['IpAddress', tag, ['0.0.0.0/0', '::/0']])), allow(objects, when(['Null', tag, 'false']))), principals: outside('any-account', ['role', 'user'], 1), because: 'a text is no address' },
    { name: 'a number, and no address', policy: both(['NotIpAddress', tag, '10.0.0.0/8'], ['NumericGreaterThan', tag, '3']), principals: anyAccount, because: '4 is no address' },
    { name: 'a year, which is a number and a time', policy: both(['NumericLessThan', tag, '3000'], ['DateGreaterThan', tag, '2021-01-01T00:00:00Z'], ['StringLike', tag, '202*']), principals: undecided(), because: '2022 is both, but is not tried' },
    { name: 'numbers that are far smaller than one', policy: both(['NumericGreaterThan', tag, '0.0000001'], ['NumericLessThan', tag, '0.0000002']), principals: anyAccount, because: 'AWS writes no exponent' },
    { name: 'numbers that are very large', policy: both(['NumericGreaterThan', tag, '1000000000000000000000000']), principals: anyAccount, because: 'AWS writes no exponent' },
    { name: 'a flag and a text that begins otherwise', policy: both(['Bool', 'aws:RequestTag/r', 'true'], ['StringLike', 'aws:RequestTag/r', 'prod-*']), principals: inside, because: 'no text is both' },
    { name: 'a flag that four spellings are not', policy: both(['Bool', tag, 'true'], ['StringNotEquals', tag, ['true', 'TRUE', 'True', 'tRue']], ['Null', tag, 'false']), principals: anyAccount, because: 'trUe is a flag as well' },
    { name: 'a flag of a VPC', policy: both(['Bool', 'aws:SourceVpc', 'true']), principals: inside, because: 'no id of a VPC is a flag' },
    { name: 'an address of a VPC\'s endpoint', policy: both(['IpAddress', 'aws:SourceVpce', '10.0.0.0/8']), principals: inside, because: 'no id of an endpoint is an address' },
    { name: 'a year under a key that carries numbers', policy: both(['DateEquals', 's3:max-keys', '2020']), principals: everybody, because: '2020 keys are a year as well' },
    { name: 'seconds under a key that carries numbers', policy: both(['DateLessThan', 's3:max-keys', '2020-01-01T00:00:00Z']), principals: everybody, because: '10000 keys are seconds since 1970 as well' },
    { name: 'milliseconds taken for seconds', policy: both(['DateGreaterThan', tag, '1767225600000']), principals: anyAccount, because: 'a tag may tell as many seconds' },
    { name: 'the time as a text', policy: both(['StringEquals', 'aws:EpochTime', '1800000000']), principals: everybody, because: 'it comes' },
    { name: 'a time of the past as a text', policy: both(['StringEquals', 'aws:EpochTime', '1500000000']), principals: inside, because: 'it is past' },
    { name: 'a narrow address beside a wide one that the text leaves out', policy: both(['IpAddress', 'aws:SourceIp', ['1.1.0.0/16', '200.0.0.0/6']], ['StringLike', 'aws:SourceIp', '1*']), principals: outside('network-bound', 'anonymous'), because: 'addresses that begin so are of the narrow one alone' },
    { name: 'a thousand networks, and none of them', policy: both(...(['NotIpAddress', 'IpAddress'] as const).map((operator): Test => [operator, 'aws:VpcSourceIp', Array.from({ length: 1_000 }, (_, i) => `${20 + (i % 150)}.${(7 * i) % 256}.${(13 * i) % 256}.0/24`)])), principals: inside, because: 'no address is in them and not' },
    { name: 'all addresses but one, as a text', policy: document(deny(when(['StringEquals', 'aws:SourceIp', '203.0.113.9'])), allow(objects, when(['IpAddress', 'aws:SourceIp', '0.0.0.0/0']))), principals: outside('anonymous', 'anonymous', 1), because: 'others are left' },
  ] },
  { title: 'a time of a Deny that no request comes after', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    { name: 'the last that four digits tell', policy: document(allow(when(['DateGreaterThan', 'aws:CurrentTime', '9999-12-31T23:59:59.999Z']))), principals: inside, because: 'no request tells a later time' },
    { name: 'without a zone', policy: document(allow(when(['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:30:00']))), principals: everybody, because: 'it is the time of UTC, wherever it is asked' },
    { name: 'without a zone, in the past', policy: document(allow(when(['DateLessThan', 'aws:CurrentTime', '2025-12-31T23:30:00']))), principals: inside, because: 'it is the time of UTC, wherever it is asked' },
  ] },
  { title: 'wide networks beside another way', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'a Deny of all but half of it, but for one client', policy: wideOnly(allow(objects, when(['IpAddress', 'aws:SourceIp', '16.0.0.0/7']))), principals: outside('anonymous', 'anonymous', 1), because: 'for that client all of it is open' },
    { name: 'the same, where networks alone are accepted', policy: wideOnly(allow(objects, when(['IpAddress', 'aws:SourceIp', '16.0.0.0/7']))), given: { acceptNetworkBound: true }, principals: outside('anonymous', 'anonymous', 1), because: 'it is no network of anybody\'s' },
  ] },
  { title: 'several values of a key of no table', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'the list last', policy: both(['StringEquals', 'foo:bar', 'a'], ['StringLike', 'foo:bar', 'b*'], ['ForAnyValue:StringEquals', 'foo:bar', 'c']), principals: everybody, because: 'a, b and c pass' },
    { name: 'the list first', policy: both(['ForAnyValue:StringEquals', 'foo:bar', 'c'], ['StringEquals', 'foo:bar', 'a'], ['StringLike', 'foo:bar', 'b*']), principals: everybody, because: 'a, b and c pass' },
    { name: 'no list', policy: both(['StringEquals', 'foo:bar', 'a'], ['StringLike', 'foo:bar', 'b*']), principals: inside, because: 'nothing says that it carries several' },
    { name: 'as a variable', policy: document(allow(objects, when(['ForAnyValue:StringEquals', 'foo:bar', 'c'])), deny(when(['StringEquals', 's3:prefix', '${foo:bar}'], ['ForAnyValue:StringEquals', 'foo:bar', 'd']))), principals: everybody, because: 'one value suffices' },
  ] },
  { title: 'nearly every character by name', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'of a tag', policy: document(deny(when(['StringLike', tag, letters.map((one) => `${one}*`)])), allow(objects, when(['StringLike', tag, '?*']))), principals: outside('any-account', ['role', 'user'], 1), because: 'a is left' },
    { name: 'of an organization', policy: document(deny(when(['StringLike', 'aws:PrincipalOrgID', letters.filter((one) => /[a-z0-9]/.test(one)).map((one) => `o-${one}*`)])), allow(objects, when(['StringLike', 'aws:PrincipalOrgID', 'o-*'], ['StringNotEquals', 'aws:PrincipalAccount', own]))), principals: outside('any-organization-member', ['role', 'user'], 1), because: 'an id that begins otherwise is left' },
  ] },
];
