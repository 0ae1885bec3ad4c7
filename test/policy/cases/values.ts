import { allow, define, deny, document, inside, mine, ofOrganization, outside, own, stranger, trust, when, type Case, type Group, type Test } from './case.ts';

/** Addresses and other networks, times and numbers. */

const objects = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/*' };
const only = (...tests: Test[]): object => document(allow(objects, when(...tests)));
const unless = (...tests: Test[]): object => document(deny(when(...tests)), allow(objects));
const address = (operator: string, value: unknown): Test => [operator, 'aws:SourceIp', value];
const time = (operator: string, value: string, key = 'aws:CurrentTime'): Test => [operator, key, value];
const [past, future, later] = ['2020-01-01T00:00:00Z', '2031-01-01T00:00:00Z', '2032-01-01T00:00:00Z'];
/** Seconds since 1970 of 2020-01-01 and of 2031-01-01. */
const [pastEpoch, futureEpoch] = ['1577836800', '1925000000'];

export const values: readonly Group[] = [
  { title: 'where a caller of a bucket comes from', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    { name: 'an office', policy: only(address('IpAddress', '192.0.2.0/24')), principals: outside('network-bound', 'anonymous'), because: 'an address makes nobody mine' },
    { name: 'an office, and the organization', policy: only(address('IpAddress', '192.0.2.0/24'), ofOrganization()), principals: inside, because: 'callers must be in the organization' },
    { name: 'one address without prefix', policy: only(address('IpAddress', '192.0.2.7')), principals: outside('network-bound', 'anonymous'), because: 'it is a block of one' },
    { name: 'a block of IPv6', policy: only(address('IpAddress', '2001:db8:1234::/48')), principals: outside('network-bound', 'anonymous'), because: 'an address makes nobody mine' },
    { name: 'a private block', policy: only(address('IpAddress', '10.0.0.0/8')), principals: outside('network-bound', 'anonymous'), because: 'private addresses may occur' },
    { name: 'all addresses', policy: only(address('IpAddress', '0.0.0.0/0')), principals: outside('anonymous', 'anonymous'), because: 'the block is the internet' },
    { name: 'all addresses of IPv6', policy: only(address('IpAddress', '::/0')), principals: outside('anonymous', 'anonymous'), because: 'the block is the internet' },
    { name: 'two halves of all addresses', policy: only(address('IpAddress', ['0.0.0.0/1', '128.0.0.0/1'])), principals: outside('anonymous', 'anonymous'), because: 'values are a union, here the internet' },
    { name: 'four quarters of all addresses', policy: only(address('IpAddress', ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'])), principals: outside('anonymous', 'anonymous'), because: 'values are a union, here the internet' },
    { name: 'half of all addresses', policy: only(address('IpAddress', '0.0.0.0/1')), principals: outside('anonymous', 'anonymous'), because: 'strangers have such addresses' },
    { name: 'anywhere but the office', policy: only(address('NotIpAddress', '192.0.2.0/24')), principals: outside('anonymous', 'anonymous'), because: 'the office is what is left out' },
    { name: 'a Deny of anywhere but the office', policy: unless(address('NotIpAddress', '192.0.2.0/24')), principals: outside('network-bound', 'anonymous', 1), because: 'behind an endpoint the key is missing and the Deny hits, so the office is what is left' },
    { name: 'a Deny of anywhere but two halves', policy: unless(address('NotIpAddress', ['0.0.0.0/1', '128.0.0.0/1'])), principals: outside('anonymous', 'anonymous', 1), because: 'the Deny spares every address' },
    { name: 'a Deny of the office', policy: unless(address('IpAddress', '192.0.2.0/24')), principals: outside('anonymous', 'anonymous', 1), because: 'everybody else is spared' },
    { name: 'the office, if there is an address', policy: only(address('IpAddressIfExists', '192.0.2.0/24')), principals: outside('anonymous', 'anonymous'), because: 'through an endpoint of one\'s own there is none' },
    { name: 'a block and its complement', policy: only(address('IpAddress', '192.0.2.0/24'), address('NotIpAddress', '192.0.0.0/16')), principals: inside, because: 'no address is in both' },
    { name: 'a VPC', policy: only(['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']), principals: outside('network-bound', 'anonymous'), because: 'whoever is in the VPC gets in, unsigned as well' },
    { name: 'a VPC that is none of mine, where mine are accepted', policy: only(['StringEquals', 'aws:SourceVpc', 'vpc-0deadbeef']), given: { acceptNetworkBound: true }, principals: outside('network-bound', 'anonymous'), because: 'everybody there gets through' },
    { name: 'addresses beside mine, where mine are accepted', policy: only(['IpAddress', 'aws:SourceIp', '192.0.2.0/23']), given: { acceptNetworkBound: true }, principals: outside('network-bound', 'anonymous'), because: 'half of them are none of mine' },
    { name: 'addresses of mine, accepted as such', policy: only(['IpAddress', 'aws:SourceIp', '192.0.2.0/25']), given: { acceptNetworkBound: true }, principals: inside, because: 'they are of mine' },
    { name: 'addresses of mine, accepted for an account that nothing lists', policy: document(allow({ Principal: { AWS: stranger } }, when(address('IpAddress', '192.0.2.0/25')))), given: { acceptNetworkBound: true, ...define({ accounts: undefined }) }, principals: inside, because: 'they are of mine, whosever the account is' },
    { name: 'a VPC, accepted as such', policy: only(['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']), given: { acceptNetworkBound: true }, principals: inside, because: 'the parameter accepts restriction to networks' },
    { name: 'a VPC, if there is one', policy: only(['StringEqualsIfExists', 'aws:SourceVpc', 'vpc-012abc01']), principals: outside('anonymous', 'anonymous'), because: 'from the internet there is none' },
    { name: 'any VPC', policy: only(['Null', 'aws:SourceVpc', 'false']), principals: outside('anonymous', 'anonymous'), because: 'a stranger has a VPC of its own' },
    { name: 'any VPC, by pattern', policy: only(['StringLike', 'aws:SourceVpc', 'vpc-*']), principals: outside('anonymous', 'anonymous'), because: 'a stranger has a VPC of its own' },
    { name: 'a Deny of all but a VPC', policy: unless(['StringNotEquals', 'aws:SourceVpc', 'vpc-012abc01']), principals: outside('network-bound', 'anonymous', 1), because: 'the VPC is what is left' },
    { name: 'a Deny of all but a VPC and the office', policy: unless(['StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-012abc01'], address('NotIpAddressIfExists', '192.0.2.0/24')), principals: outside('network-bound', 'anonymous', 1), because: 'either network is what is left' },
    { name: 'endpoints of the organization', policy: only(['StringEquals', 'aws:VpceOrgID', mine]), principals: outside('network-bound', 'anonymous'), because: 'it is a network of mine, not a caller of mine' },
    { name: 'endpoints of any organization', policy: only(['StringLike', 'aws:VpceOrgID', 'o-*']), principals: outside('anonymous', 'anonymous'), because: 'a stranger has endpoints of its own' },
    { name: 'endpoints of the own account', policy: only(['StringEquals', 'aws:VpceAccount', own]), principals: outside('network-bound', 'anonymous'), because: 'it is a network of mine, not a caller of mine' },
    { name: 'endpoints of the organization, if there is one', policy: only(['StringEqualsIfExists', 'aws:VpceOrgID', mine]), principals: outside('anonymous', 'anonymous'), because: 'from the internet there is none' },
    { name: 'an address and a VPC at once', policy: only(address('IpAddress', '192.0.2.0/24'), ['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']), principals: inside, because: 'a request has one or the other' },
    { name: 'a VPC for a named stranger', policy: document(allow({ ...objects, Principal: { AWS: stranger } }, when(['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']))), principals: outside('network-bound', 'role'), because: 'the witness names the network it has to come from' },
    { name: 'a block as if it were text', policy: document(allow(when(address('StringEquals', '192.0.2.0/24')))), principals: inside, because: 'an address is never written as a block, so nothing passes' },
    { name: 'a Deny of all but a block as if it were text', policy: document(deny(when(address('StringNotEquals', '192.0.2.0/24'))), allow()), principals: inside, because: 'no address is the text, so the Deny always hits' },
    { name: 'addresses by a pattern of texts', policy: document(allow(when(address('StringLike', '198.51.100.*')))), principals: outside('network-bound', 'anonymous'), because: 'addresses of that network are written so' },
    { name: 'addresses by a pattern of texts, and any that is told', policy: document(allow(when(address('StringLike', '*')))), principals: outside('anonymous', 'anonymous'), because: 'every address fits' },
  ] },
  { title: 'where a caller of an endpoint comes from', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    { name: 'its own VPC', policy: document(allow(when(['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']))), principals: outside('anonymous', 'anonymous'), because: 'the key is this endpoint\'s VPC, whoever calls' },
    { name: 'some endpoint', policy: document(allow(when(['Null', 'aws:SourceVpce', 'false']))), principals: outside('anonymous', 'anonymous'), because: 'every call comes through this one' },
    { name: 'one endpoint', policy: document(deny(when(['StringNotEquals', 'aws:SourceVpce', 'vpce-0123456789abcdef0'])), allow()), principals: outside('anonymous', 'anonymous', 1), because: 'it may be this one, and then the Deny never hits' },
    { name: 'an address within the VPC', policy: document(allow(when(['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8']))), principals: outside('anonymous', 'anonymous'), because: 'whoever is in the VPC has such an address' },
    { name: 'endpoints of the organization', policy: document(allow(when(['StringEquals', 'aws:VpceOrgID', mine]))), principals: outside('anonymous', 'anonymous'), because: 'this endpoint is mine, whoever calls' },
    { name: 'endpoints of a stranger', policy: document(allow(when(['StringEquals', 'aws:VpceAccount', stranger]))), principals: inside, because: 'this endpoint is mine, so nothing passes' },
    { name: 'an address', policy: document(allow(when(address('IpAddress', '0.0.0.0/0')))), principals: inside, because: 'behind an endpoint there is no aws:SourceIp, and nothing passes' },
    { name: 'a Deny of anywhere but the office', policy: document(deny(when(address('NotIpAddress', '192.0.2.0/24'))), allow()), principals: inside, because: 'behind an endpoint there is no aws:SourceIp, so the Deny always hits' },
    { name: 'a Deny of an address', policy: document(deny(when(address('IpAddress', '0.0.0.0/0'))), allow()), principals: outside('anonymous', 'anonymous', 1), because: 'behind an endpoint the Deny never hits' },
  ] },
  { title: 'where the caller of a role comes from', setting: { kind: 'trust' }, cases: [
    { name: 'half of all addresses', policy: document(trust({ AWS: '*' }, when(address('IpAddress', '128.0.0.0/1')))), principals: outside('any-account', 'role'), because: 'strangers have such addresses, and a role is never assumed unsigned' },
    { name: 'an office', policy: document(trust({ AWS: '*' }, when(address('IpAddress', '192.0.2.0/24')))), principals: outside('network-bound', 'role'), because: 'an address makes nobody mine' },
    { name: 'an office, for a stranger', policy: document(trust({ AWS: stranger }, when(address('IpAddress', '192.0.2.0/24')))), principals: outside('network-bound', 'role'), because: 'an address makes nobody mine' },
  ] },
  { title: 'a time', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    { name: 'until a day that has passed', policy: only(time('DateLessThan', past)), principals: inside, because: 'it cannot hold again' },
    { name: 'until a day to come', policy: only(time('DateLessThan', future)), principals: outside('anonymous', 'anonymous'), because: 'it holds now' },
    { name: 'from a day to come', policy: only(time('DateGreaterThan', future)), principals: outside('anonymous', 'anonymous'), because: 'it will hold' },
    { name: 'on one moment to come', policy: only(time('DateEquals', future)), principals: outside('anonymous', 'anonymous'), because: 'it will hold' },
    { name: 'on one moment that has passed', policy: only(time('DateEquals', past)), principals: inside, because: 'it cannot hold again' },
    { name: 'a window to come', policy: only(time('DateGreaterThan', future), time('DateLessThan', later)), principals: outside('anonymous', 'anonymous'), because: 'the window will open' },
    { name: 'a window turned round', policy: only(time('DateGreaterThan', later), time('DateLessThan', future)), principals: inside, because: 'no time is in it' },
    { name: 'a Deny from a day that has passed', policy: unless(time('DateGreaterThan', past)), principals: inside, because: 'it hits from now on' },
    { name: 'a Deny until a day to come', policy: unless(time('DateLessThan', future)), principals: outside('anonymous', 'anonymous', 1), because: 'after that day it no longer hits' },
    { name: 'seconds since 1970, passed', policy: only(time('DateLessThan', pastEpoch, 'aws:EpochTime')), principals: inside, because: 'it cannot hold again' },
    { name: 'seconds since 1970, to come', policy: only(time('DateGreaterThan', futureEpoch)), principals: outside('anonymous', 'anonymous'), because: 'dates may be written as seconds' },
    { name: 'both clocks, which contradict each other', policy: only(time('DateGreaterThan', future), time('DateLessThan', pastEpoch, 'aws:EpochTime')), principals: inside, because: 'both keys tell the same moment' },
  ] },
  { title: 'a number', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    { name: 'at most ten keys', policy: only(['NumericLessThanEquals', 's3:max-keys', '10']), principals: outside('anonymous', 'anonymous'), because: 'callers choose it' },
    { name: 'less than five and more than ten', policy: only(['NumericLessThan', 's3:max-keys', '5'], ['NumericGreaterThan', 's3:max-keys', '10']), principals: inside, because: 'no number is both' },
    { name: 'between two decimals', policy: only(['NumericGreaterThan', 's3:signatureAge', '1.5'], ['NumericLessThan', 's3:signatureAge', '1.6']), principals: outside('any-account', 'role'), because: 'there is a number between them' },
    { name: 'equal and not equal', policy: only(['NumericEquals', 's3:max-keys', '10'], ['NumericNotEquals', 's3:max-keys', '10']), principals: inside, because: 'no number is both' },
    { name: 'not equal, in a Deny', policy: unless(['NumericNotEquals', 's3:max-keys', '10']), principals: outside('anonymous', 'anonymous', 1), because: 'callers choose the number that is spared' },
    { name: 'a second factor of the last hour', policy: only(['NumericLessThan', 'aws:MultiFactorAuthAge', '3600']), principals: outside('any-account', 'role'), because: 'strangers sign in with two factors too' },
  ] },
  { title: 'keys of which a request carries one', setting: { kind: 'trust' }, cases: [
    ...(['sts:ExternalId', 'sts:RoleSessionName'] as const).map((key): Case => ({
      name: `some of ${key} is this, not all`, policy: document(trust({ AWS: '*' }, when(['ForAnyValue:StringEquals', key, 'abc'])), trust({ AWS: '*' }, { Effect: 'Deny' }, when(['ForAllValues:StringEquals', key, 'abc']))), principals: inside, because: 'it is one text',
    })),
    { name: 'some transitive tag is this, not all', policy: document(trust({ AWS: '*' }, when(['ForAnyValue:StringEquals', 'sts:TransitiveTagKeys', 'abc'])), trust({ AWS: '*' }, { Effect: 'Deny' }, when(['ForAllValues:StringEquals', 'sts:TransitiveTagKeys', 'abc']))), principals: outside('any-account', 'role'), because: 'there may be several' },
    { name: 'a session, by another name in its unique id', policy: document(trust({ AWS: `arn:aws:sts::${stranger}:assumed-role/x/y` }, when(['StringLike', 'aws:userid', '*:z']))), principals: inside, because: 'the id ends in the session\'s name' },
    { name: 'a session, by its name in its unique id', policy: document(trust({ AWS: `arn:aws:sts::${stranger}:assumed-role/x/y` }, when(['StringLike', 'aws:userid', '*:y']))), principals: outside('named-account', 'role'), because: 'the id ends in the session\'s name' },
    { name: 'a session by a name of one character', policy: document(trust({ AWS: '*' }, when(['StringLike', 'aws:userid', 'AROA*:?']))), principals: inside, because: 'names of sessions have two at least' },
  ] },
];
