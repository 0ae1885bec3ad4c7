import { describe, expect, it } from 'vitest';
import { emptyPerimeter } from '../../policy/index.ts';
import { proxyOf } from '../../templates/proxy/decide.ts';
import { lintProxy } from '../../templates/proxy/lint.ts';
import { parseSquid } from '../../templates/proxy/parse.ts';
import { matcher } from '../../templates/proxy/regex.ts';
import { writeProxy } from '../../templates/proxy.ts';

const sound = writeProxy({ ...emptyPerimeter, networks: { ...emptyPerimeter.networks, cidrs: ['192.0.2.0/24'] } }, { regions: 'eu-west-1,us-east-1', region: 'eu-west-1' })[0]!.text;
const lint = (text: string): string[] => lintProxy(text, { sslPort: 443 }).map(({ severity, line, message }) => `${line} ${severity}: ${message}`);
const lineOf = (text: string): number => sound.split('\n').findIndex((line) => line.startsWith(text)) + 1;
const ending = '(amazonaws\\.com|amazonaws\\.com\\.cn|api\\.aws|on\\.aws|amazonwebservices\\.com\\.cn)\\.*$';
const allowed = lineOf('http_access allow clients region_us_east_1');
const refused = lineOf('http_access deny !clients');
const here = lineOf('http_access allow clients region_eu_west_1');
const globals = lineOf('http_access allow clients global_us_east_1');
const inVain = (count: number): string => `${globals} error: global services are let through in vain, for no peer takes them and they may not go direct: \`${count === 18 ? 'account.us-east-1' : 'budgets'}.amazonaws.com\` and ${count - 1} more; add \`cache_peer_access\` for them, or deny them`;

describe('a proxy with one thing changed', () => {
  it.each<[string, string, string, string[]]>([
    ['nothing', '', '', []],
    ['a catch-all first', 'http_access deny aws', 'http_access allow clients', [`${lineOf('http_access deny aws')} error: Regions that are not listed get through: \`ec2.xx-nowhere-9.amazonaws.com\` goes direct; deny all names of AWS before anything else is allowed`]],
    ['any source', 'http_access deny !clients\n', 'http_access allow named\n', [
      `${refused} error: Regions that are not listed get through: \`ec2.xx-nowhere-9.amazonaws.com\` goes direct; deny all names of AWS before anything else is allowed`,
      `${refused} error: anybody may use the proxy: \`ec2.af-south-1.amazonaws.com\` can be reached from any address; allow only with an ACL of type \`src\``,
      ...[22, 80, 8443, 25].map((port) => `${refused} error: port ${port} gets through: \`ec2.af-south-1.amazonaws.com:${port}\` can be reached; deny all ports but 443`),
      `${refused} error: requests without a tunnel get through: \`GET\` of \`ec2.af-south-1.amazonaws.com\`; deny all methods but CONNECT`,
    ]],
    ['all clients', 'acl clients src 192.0.2.0/24', 'acl clients src all', [`${lineOf('http_access allow clients region_eu_west_1')} error: anybody may use the proxy: \`ec2.eu-west-1.amazonaws.com\` can be reached from any address; allow only with an ACL of type \`src\``]],
    ['port 80', 'acl ssl_ports port 443', 'acl ssl_ports port 80 443', [`${lineOf('http_access allow clients region_eu_west_1')} error: port 80 gets through: \`ec2.eu-west-1.amazonaws.com:80\` can be reached; deny all ports but 443`]],
    ['GET', 'acl tunnel method CONNECT', 'acl tunnel method CONNECT GET', [`${lineOf('http_access allow clients region_eu_west_1')} error: requests without a tunnel get through: \`GET\` of \`ec2.eu-west-1.amazonaws.com\`; deny all methods but CONNECT`]],
    ['no last line', 'http_access deny all\n', '', [`${lineOf('http_access deny aws')} error: the last \`http_access\` is not \`deny all\`: add it, for without a match Squid does the opposite of the last line`]],
    ['a peer that is passed by', 'never_direct allow region_us_east_1\n', '', [`${allowed} error: us-east-1 goes direct when its peer is down: add \`never_direct allow\` for \`ec2.us-east-1.amazonaws.com\``]],
    ['a second Region direct', 'always_direct allow region_eu_west_1', 'always_direct allow region_eu_west_1\nalways_direct allow region_us_east_1', [`${allowed} error: us-east-1 goes direct: \`ec2.us-east-1.amazonaws.com\` must be denied or go to the peer there, for this is the proxy of eu-west-1`]],
    ['a peer for everything', 'cache_peer_access us_east_1 allow global_us_east_1\ncache_peer_access us_east_1 allow region_us_east_1\ncache_peer_access us_east_1 deny all\n', '', [`${lineOf('cache_peer us')} error: the peer \`us_east_1\` has no \`cache_peer_access\` and takes every request: name what goes there`]],
    ['a range of ports', 'acl ssl_ports port 443', 'acl ssl_ports port 443-500', [`${here} error: port 444 gets through: \`ec2.eu-west-1.amazonaws.com:444\` can be reached; deny all ports but 443`]],
    ['a method of another kind', 'acl tunnel method CONNECT', 'acl tunnel method CONNECT PURGE', [`${here} error: requests without a tunnel get through: \`PURGE\` of \`ec2.eu-west-1.amazonaws.com\`; deny all methods but CONNECT`]],
    ['half of all sources', 'acl clients src 192.0.2.0/24', 'acl clients src 0.0.0.0/1', [`${here} error: anybody may use the proxy: \`ec2.eu-west-1.amazonaws.com\` can be reached from any address; allow only with an ACL of type \`src\``]],
    ['most of IPv6', 'acl clients src 192.0.2.0/24', 'acl clients src 2000::/3', [`${here} error: anybody may use the proxy: \`ec2.eu-west-1.amazonaws.com\` can be reached from any address; allow only with an ACL of type \`src\``]],
    ['private sources', 'acl clients src 192.0.2.0/24', 'acl clients src 10.0.0.0/8 fc00::/7', []],
    ['clients refused', 'http_access deny !clients', 'http_access deny clients', [`${refused} error: no endpoint of any Region gets through: \`ec2.us-east-1.amazonaws.com\` and all others are denied to clients; allow those of the Region before what denies them`]],
    ['no such peer', 'cache_peer us-east-1.proxy.internal parent 3128 0 no-query no-digest proxy-only name=us_east_1\n', '', [inVain(18), `${allowed} error: us-east-1 is let through in vain: \`ec2.us-east-1.amazonaws.com\` goes nowhere, for no peer takes it and it may not go direct; add \`cache_peer_access\` for it, or deny it`,
      ...[0, 1, 2].map((more) => `${lineOf('cache_peer us-east-1') + more} error: the peer \`us_east_1\` is not defined: Squid passes the line by`)]],
    ['a Region that no peer takes', 'cache_peer_access us_east_1 allow region_us_east_1', 'cache_peer_access us_east_1 deny region_us_east_1', [`${allowed} error: us-east-1 is let through in vain: \`ec2.us-east-1.amazonaws.com\` goes nowhere, for no peer takes it and it may not go direct; add \`cache_peer_access\` for it, or deny it`]],
    ['a global service that passes its peer by', 'never_direct allow global_us_east_1\n', '', [`${globals} error: global services go direct when their peer is down: \`budgets.amazonaws.com\` and 10 more; add \`never_direct allow\` for them`]],
    ['a global service that no peer takes', 'cache_peer_access us_east_1 allow global_us_east_1\n', '', [inVain(11)]],
    ['a global service with a loose name', '^iam\\.amazonaws\\.com\\.*$', '^iam.amazonaws.com$', [`${globals} error: \`iamxamazonaws.com\` counts as iam: begin the pattern with \`^\`, escape its dots and end it with \`$\``]],
    ['a Region with a loose dot', `s3(-website|-fips)?-eu-west-1\\.(`, `s3(-website|-fips)?-eu-west-1.(`, [`${here} error: \`some-bucket.s3-eu-west-1xamazonaws.com\` counts as eu-west-1: begin the pattern with \`(^|\\.)\`, escape its dots and end it with \`$\``]],
    ['S3 without a Region', 'http_access deny global_deny', 'http_access allow clients global_deny', [`${lineOf('http_access deny global_deny')} warning: \`some-bucket.s3.amazonaws.com\` gets through: it names no Region and leads to buckets of any; deny it before, unless programs need it`]],
    ['addresses of IPv6', 'http_access deny !named', 'acl colons dstdom_regex -n ^\\[\nhttp_access allow clients colons', [`${lineOf('http_access deny !named') + 1} error: addresses get through: \`[2001:db8::a]\` may be an endpoint of any Region; deny what is not a name`]],
    ['capitals', 'http_access deny aws', 'acl shouted dstdom_regex -n ^EC2$\nhttp_access deny aws', [`${lineOf('http_access deny aws')} error: the pattern \`^EC2$\` has capitals and matches nothing, for Squid asks names in lower case: write \`dstdom_regex -n -i\``]],
    ['no -i, which Squid does not need', 'acl aws dstdom_regex -n -i', 'acl aws dstdom_regex -n', []],
    ['no dots at the end, which Squid takes away', `acl aws dstdom_regex -n -i (^|\\.)${ending}`, `acl aws dstdom_regex -n -i (^|\\.)${ending.replace('\\.*$', '$')}`, []],
    ['a bucket that looks like a Region', `acl region_eu_west_1 dstdom_regex -n -i (^|\\.)s3(-website|-fips)?-eu-west-1\\.${ending}`, 'acl region_eu_west_1 dstdom_regex -n -i (^|\\.|-)eu-west-1\\..*amazonaws\\.com$', [
      `${lineOf('http_access allow clients region_eu_west_1')} error: \`bucket.vpce-0a1b.s3.eu-west-1.vpcexamazonaws.com\` counts as eu-west-1: begin the pattern with \`(^|\\.)\`, escape its dots and end it with \`$\``,
      `${lineOf('http_access allow clients region_eu_west_1')} error: \`data.eu-west-1.s3.xx-nowhere-9.amazonaws.com\` counts as eu-west-1, but that is the name of a bucket elsewhere: read the Region from the right`]],
    ['no end', `acl region_eu_west_1 dstdom_regex -n -i (^|\\.)eu-west-1\\.${ending}`, 'acl region_eu_west_1 dstdom_regex -n -i (^|\\.)eu-west-1\\.(amazonaws.com|api.aws|on.aws)', [
      `${lineOf('acl region_eu_west_1')} error: the pattern \`(^|\\.)eu-west-1\\.(amazonaws.com|api.aws|on.aws)\` has no \`$\` at its end: \`amazonaws.com.example.org\` may match`,
      `${lineOf('http_access allow clients region_eu_west_1')} error: \`ec2.eu-west-1.amazonaws.com.example.org\` counts as eu-west-1: begin the pattern with \`(^|\\.)\`, escape its dots and end it with \`$\``]],
    ['a Region that is none', 'http_access deny aws', 'acl odd dstdomain -n .eu-west-7.amazonaws.com\nhttp_access deny aws', [`${lineOf('http_access deny aws')} warning: there is no Region \`eu-west-7\``]],
    ['an ACL that is none', 'http_access deny aws', 'http_access deny amazon\nhttp_access deny aws', [`${lineOf('http_access deny aws')} error: the ACL \`amazon\` is not defined: Squid does not start`]],
    ['names of addresses', 'acl named dstdom_regex -n', 'acl named dstdom_regex', [`${lineOf('acl named')} warning: \`named\` looks up the name of an address, which its owner chooses: write \`dstdom_regex -n\``]],
    ['addresses', 'http_access deny aws', 'acl numbers dstdom_regex -n ^[0-9.]+$\nhttp_access allow clients numbers\nhttp_access deny aws', []],
    ['addresses first', 'http_access deny !named', 'acl numbers dstdom_regex -n ^[0-9.]+$\nhttp_access allow clients numbers', [`${lineOf('http_access deny !named') + 1} error: addresses get through: \`192.0.2.1\` may be an endpoint of any Region; deny what is not a name`]],
    ['what is not read', 'http_access deny aws', 'acl weekend time SA\ninclude other.conf\nacl many dstdomain -n "list.txt"\nacl broken dstdom_regex -n (\nhttp_access deny aws', [
      `${lineOf('http_access deny aws')} warning: the ACL type \`time\` is not read: what depends on it is taken to get through`, `${lineOf('http_access deny aws') + 1} warning: includes \`other.conf\`, which is not read: check the files put together`,
      `${lineOf('http_access deny aws') + 2} warning: reads values from "list.txt", which is not read: put them into the file`, `${lineOf('http_access deny aws') + 3} warning: the pattern \`(\` has a \`(\` too many: it is taken to match anything`]],
  ])('%s', (_, before, after, problems) => {
    expect(sound).toContain(before);
    expect(lint(sound.replace(before, after))).toEqual(problems);
  });
  it.each<[string, string, string, string[]]>([
    ['is denied', 'http_access allow clients region_eu_west_1\n', '', [`${allowed} error: this is the proxy of eu-west-1, but \`ec2.eu-west-1.amazonaws.com\` is denied: allow it, with \`always_direct allow\``]],
    ['goes to another', 'always_direct allow region_eu_west_1\n', 'always_direct deny all\nnever_direct allow region_eu_west_1\ncache_peer_access us_east_1 allow region_eu_west_1\n', [`${here} error: this is the proxy of eu-west-1, but \`ec2.eu-west-1.amazonaws.com\` goes to the peer \`us_east_1\`: allow it, with \`always_direct allow\``]],
  ])('where its own Region %s', (_, before, after, problems) => {
    expect(lintProxy(sound.replace(before, after), { sslPort: 443, region: 'eu-west-1' }).filter(({ message }) => message.startsWith('this is')).map(({ severity, line, message }) => `${line} ${severity}: ${message}`)).toEqual(problems);
  });
  it('nothing at all', () => { expect(lint('')).toEqual(['1 error: the last `http_access` is not `deny all`: add it, for without a match Squid does the opposite of the last line', '1 error: no endpoint of any Region gets through: `ec2.us-east-1.amazonaws.com` and all others are denied to clients; allow those of the Region before what denies them']); });
});

// As a real Squid does: test/e2e/proxy.test.ts.
it.each(['ec2.eu-west-1.amazonaws.com', 'EC2.EU-west-1.amazonaws.com', 'ec2.eu-west-1.amazonaws.com..'])('asks for %s in lower case and without dots at the end', (host) => {
  const { decide } = proxyOf(parseSquid('acl one dstdom_regex -n ^ec2\\.eu-west-1\\.amazonaws\\.com$\nhttp_access allow one\nhttp_access deny all'));
  expect(decide({ client: true, method: 'CONNECT', host, port: 443 })).toEqual({ to: 'direct', line: 2 });
});
it('reads lines, comments and what is joined', () => {
  expect(parseSquid('# a\nacl a src \\\n  10.0.0.0/8 # mine\r\n\n  http_port\t3128')).toEqual([{ line: 2, name: 'acl', words: ['a', 'src', '10.0.0.0/8'] }, { line: 5, name: 'http_port', words: ['3128'] }]);
});
it.each<[string, boolean, string, boolean]>([
  ['a+b', false, 'xaab', true], ['^a*b$', false, 'aab', true], ['^a*b$', false, 'aabc', false], ['^(a|bc)+$', false, 'abca', true], ['[^.]x', false, '.x', false], ['A\\.B', true, 'a.b', true], ['A', false, 'a', false], ['^[a-c-]+$', false, 'a-c', true], ['^a?$', false, '', true],
  ['^.*?b$', false, 'aab', true], ['(^|\\.)b$', false, 'a.b', true], ['(^|\\.)b$', false, 'ab', false],
])('%s (any case: %s) on `%s`: %s', (pattern, fold, text, found) => { expect(matcher(pattern, fold)(text)).toBe(found); });
it.each([['a)', 'has a `)` too many'], ['[a', 'has a `[` too many'], ['*a', 'repeats nothing with `*`'], ['a{2}', 'counts with `{}`, which is not read'], ['\\w', 'has a `\\` that is not read'], ['[[:alpha:]]', 'names a class of characters, which is not read'], ['('.repeat(99), 'is nested too deep'], ['a'.repeat(2001), 'is longer than 2000 characters']])('refuses a pattern: %.20s', (pattern, message) => {
  expect(() => matcher(pattern, false)).toThrow(message);
});
it('is not kept busy by a pattern', () => { expect(matcher('^((a+)+)+$', false)(`${'a'.repeat(250)}b`)).toBe(false); });
