import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyPerimeter } from '../../policy/index.ts';
import { regions } from '../../policy/tables/regions.ts';
import { proxyOf } from '../../templates/proxy/decide.ts';
import { hostsOf } from '../../templates/proxy/lint.ts';
import { partitionOf } from '../../templates/proxy/names.ts';
import { parseSquid } from '../../templates/proxy/parse.ts';
import { proveProxy, writeProxy } from '../../templates/proxy.ts';
import { CannotWrite } from '../../templates/template.ts';

const perimeter = { ...emptyPerimeter, networks: { ...emptyPerimeter.networks, cidrs: ['192.0.2.0/24'] } };
const ending = '(amazonaws\\.com|amazonaws\\.com\\.cn|api\\.aws|on\\.aws|amazonwebservices\\.com\\.cn)\\.*$';
const region = (acl: string, name: string): string => [`(^|\\.)${name}\\.${ending}`, `(^|\\.)${name}\\.([^s.][^.]*|s([^3.][^.]*)?)\\.${ending}`, `(^|\\.)s3(-website|-fips)?-${name}\\.${ending}`].map((one) => `acl ${acl} dstdom_regex -n -i ${one}`).join('\n');

it('writes a proxy', () => {
  expect(writeProxy(perimeter, { regions: 'us-gov-east-1,us-gov-west-1', region: 'us-gov-east-1', peers: 'us-gov-west-1=10.1.2.3:8080', others: 'allow' })).toEqual([{ name: 'squid-us-gov-east-1.conf', does: [
    'for 192.0.2.0/24, to port 443', 'direct: endpoints of us-gov-east-1, and names that are none of AWS',
    'by the proxy of us-gov-west-1 (10.1.2.3:8080): endpoints of us-gov-west-1, iam, networkmanager, organizations, route53, support', 'refused: all other names of AWS, addresses',
  ], text: `\
# Squid of us-gov-east-1: its endpoints are reached from here, those of us-gov-west-1 by the proxy there, those of other Regions not at all.
http_port 3128
visible_hostname proxy-us-gov-east-1
# Tunnels only: there is nothing to keep.
cache deny all

# Who may ask; the other proxies must be among them.
acl clients src 192.0.2.0/24
acl ssl_ports port 443
acl tunnel method CONNECT

# -n: an address is no name, and whoever owns it says what name it goes by.
acl named dstdom_regex -n -i \\.[a-z][a-z0-9-]*\\.*$
acl aws dstdom_regex -n -i (^|\\.)${ending}

# The Region is read from the right: on the left may stand the name of a bucket.
${region('region_us_gov_east_1', 'us-gov-east-1')}
${region('region_us_gov_west_1', 'us-gov-west-1')}

# Services with one endpoint for all Regions, by where their calls go.
acl global_us_gov_west_1 dstdom_regex -n -i ^iam\\.us-gov\\.amazonaws\\.com\\.*$
acl global_us_gov_west_1 dstdom_regex -n -i ^networkmanager\\.us-gov-west-1\\.amazonaws\\.com\\.*$
acl global_us_gov_west_1 dstdom_regex -n -i ^organizations\\.us-gov-west-1\\.amazonaws\\.com\\.*$
acl global_us_gov_west_1 dstdom_regex -n -i ^route53\\.us-gov\\.amazonaws\\.com\\.*$
acl global_us_gov_west_1 dstdom_regex -n -i ^support\\.us-gov-west-1\\.amazonaws\\.com\\.*$

# What is refused to everybody.
http_access deny !clients
http_access deny !tunnel
http_access deny !ssl_ports
http_access deny !named
# What is let through, and then no more of AWS: Regions that are made later are refused as well.
http_access allow clients global_us_gov_west_1
http_access allow clients region_us_gov_east_1
http_access allow clients region_us_gov_west_1
http_access deny aws
# Whatever is none of AWS.
http_access allow clients named
http_access deny all

# Global services come first, for some carry the name of a Region.
always_direct deny global_us_gov_west_1
always_direct allow region_us_gov_east_1
# A proxy that is down is no reason to go around it.
never_direct allow global_us_gov_west_1
never_direct allow region_us_gov_west_1

cache_peer 10.1.2.3 parent 8080 0 no-query no-digest proxy-only name=us_gov_west_1
cache_peer_access us_gov_west_1 allow global_us_gov_west_1
cache_peer_access us_gov_west_1 allow region_us_gov_west_1
cache_peer_access us_gov_west_1 deny all
` }]);
});

describe('what cannot be written', () => {
  it.each([
    [{}, 'name the Regions that have a proxy, such as `--set regions=eu-west-1,eu-central-1`'],
    [{ regions: 'eu-west-9' }, '`regions`: `eu-west-9` is no Region whose endpoints are known; name one such as `eu-west-1`'],
    [{ regions: 'us-iso-east-1' }, '`regions`: `us-iso-east-1` is no Region whose endpoints are known; name one such as `eu-west-1`'],
    [{ regions: 'eu-west-1,eu-west-1' }, '`regions`: a Region stands twice: name each once'],
    [{ regions: 'eu-west-1,cn-north-1' }, '`regions`: `cn-north-1` is in another partition than `eu-west-1`: write a fleet for each'],
    [{ regions: 'eu-west-1', region: 'eu-west-2' }, '`region`: `eu-west-2` is not among `regions`: eu-west-1'],
    [{ regions: 'eu-west-1', others: 'maybe' }, '`others`: expected allow or deny, found `maybe`'],
    [{ regions: 'eu-west-1', clients: '0.0.0.0/0' }, '`clients`: expected address ranges such as `10.0.0.0/8`, and not the whole internet, found `0.0.0.0/0`'],
    [{ regions: 'eu-west-1', clients: '10.0.0.0' }, '`clients`: expected address ranges such as `10.0.0.0/8`, and not the whole internet, found `10.0.0.0`'],
    [{ regions: 'eu-west-1', peers: 'eu-west-1=a b\nhttp_access' }, '`peers`: expected a Region of `regions` with the place of its proxy, such as `eu-west-1=proxy.example.internal:3128`, found `eu-west-1=a b\nhttp_access`'],
    [{ regions: 'eu-west-1', globals: 'ec2=direct' }, '`globals`: unknown service `ec2`; known: account, billingconductor, budgets, ce, cloudfront, health, iam, organizations, route53, savingsplans, shield, sts, support, tax, waf, globalaccelerator, networkmanager, s3'],
    [{ regions: 'eu-west-1', globals: 'iam=us-east-1' }, '`globals`: `iam` can go to eu-west-1, direct, deny, found `us-east-1`'],
  ])('%j', (given, message) => { expect(() => writeProxy(perimeter, given)).toThrow(new CannotWrite(message)); });
  it('without networks', () => { expect(() => writeProxy(emptyPerimeter, { regions: 'eu-west-1' })).toThrow('nothing tells who may use the proxies: list `networks.cidrs` in the definition or pass `--set clients=10.0.0.0/8`'); });
});

const commercial = regions.filter((one) => partitionOf(one) === 'aws');
/** Labels that look like Regions, services of S3 or neither: what anybody could call a bucket. */
const labels = fc.constantFrom('eu-west-1', 'us-east-1', 'us-east-2', 's3', 'data', 'amazonaws', 's3-eu-west-1', 'eu-west-1a');
it('sends every name where the definition says', () => {
  fc.assert(fc.property(fc.subarray(commercial, { minLength: 1, maxLength: 4 }), fc.nat(), fc.constantFrom(...commercial, 'xx-nowhere-9'), fc.nat(9), fc.array(labels, { maxLength: 3 }), fc.constantFrom('', '.', '.example.org'), fc.constantFrom('allow', 'deny'), fc.boolean(),
    (listed, which, region, form, before, after, others, upper) => {
      const here = listed[which % listed.length]!;
      const name = [...before, hostsOf(region)[form]!].join('.') + after;
      const { decide } = proxyOf(parseSquid(writeProxy(perimeter, { regions: listed, region: here, others })[0]!.text));
      const { line: _, ...decision } = decide({ client: true, method: 'CONNECT', host: upper ? name.toUpperCase() : name, port: 443 });
      const expected = after === '.example.org' ? { to: others === 'allow' ? 'direct' : 'denied' }
        : !listed.includes(region) ? { to: 'denied' } : region === here ? { to: 'direct' } : { to: 'peer', peer: region.replaceAll('-', '_'), falls: false };
      expect(decision).toEqual(expected);
    }), { numRuns: 400 });
});
it('sends global services where the map says', () => {
  const to = (given: object, host: string): string => {
    const decision = proxyOf(parseSquid(writeProxy(perimeter, { regions: 'eu-west-1,us-east-1,us-west-2', region: 'eu-west-1', ...given })[0]!.text)).decide({ client: true, method: 'CONNECT', host, port: 443 });
    return decision.to === 'peer' ? decision.peer : decision.to;
  };
  expect([
    to({}, 'iam.amazonaws.com'), to({}, 'x.iam.amazonaws.com'), to({}, 'globalaccelerator.us-west-2.amazonaws.com'), to({}, 'b.s3.amazonaws.com'), to({ globals: 's3=us-east-1' }, 'data.eu-west-1.s3.amazonaws.com'), to({ globals: 'iam=direct' }, 'iam.amazonaws.com'),
    to({ globals: 'iam=eu-west-1' }, 'iam.amazonaws.com'), to({ globals: 'sts=deny' }, 'sts.amazonaws.com'), to({ globals: 'organizations=us-west-2' }, 'organizations.us-east-1.amazonaws.com'), to({ globals: 'organizations=direct' }, 'organizations.us-east-1.amazonaws.com'),
  ]).toEqual(['us_east_1', 'denied', 'us_west_2', 'denied', 'us_east_1', 'direct', 'direct', 'denied', 'us_west_2', 'direct']);
});
it('writes nothing that its own linter complains of', () => {
  fc.assert(fc.property(fc.subarray(commercial, { minLength: 1, maxLength: 4 }), fc.constantFrom('allow', 'deny'), fc.constantFrom(443, 8443, 22, 65_535), fc.array(fc.tuple(fc.constantFrom('s3', 'iam', 'organizations', 'globalaccelerator'), fc.nat(5)), { maxLength: 3 }), (listed, others, sslPort, globals) => {
    const places = ['direct', 'deny', ...listed];
    const made = proveProxy(perimeter, { regions: listed, others, sslPort, globals: globals.map(([name, to]) => `${name}=${places[to % places.length]!}`) });
    expect(made.map(({ name, faults }) => [name, faults])).toEqual(listed.map((region) => [`squid-${region}.conf`, []]));
  }), { numRuns: 15 });
}, 60_000);
