import { isCidr } from '../core/formats.ts';
import { list, readParameters, text, wholeNumber, type Values } from '../core/parameters.ts';
import type { Perimeter } from '../policy/index.ts';
import { lintProxy } from './proxy/lint.ts';
import { awsPattern, hostPattern, namePattern, partitionOf, regionPatterns } from './proxy/names.ts';
import { globalServices, legacyS3 } from './tables/global-services.ts';
import { CannotWrite } from './template.ts';

/** The proxies of a perimeter: one file of Squid for each Region. Not a policy, so it is no `Template`. */
export const proxy = {
  kind: 'proxy',
  title: 'Calls to AWS leave by the proxy of their Region, and those to other Regions not at all',
  options: {
    regions: list('Regions that have a proxy, such as `eu-west-1,eu-central-1`'),
    region: text('write the file of this Region only', ''),
    peers: list('where the proxy of a Region listens, such as `eu-west-1=proxy.example.internal:3128`; left out: `REGION.proxy.internal:3128`'),
    globals: list('where global services go, such as `iam=us-east-1,sts=direct,s3=deny`; left out: their home Region where it has a proxy, else direct; s3 (`s3.amazonaws.com`, which reaches buckets of any Region): deny'),
    clients: list('networks that may use the proxies, these among them for chaining; left out: `networks.cidrs` of the definition'),
    others: text('what becomes of names that are none of AWS: allow or deny', 'deny'),
    port: wholeNumber('where the proxies listen', 3128, 1, 65_535),
    sslPort: wholeNumber('the only port that may be reached', 443, 1, 65_535),
  },
  requirements: ['R32', 'R36', 'R37', 'R61'],
  references: ['https://docs.aws.amazon.com/whitepapers/latest/building-an-aws-perimeter/building-an-aws-perimeter.html', 'https://docs.aws.amazon.com/general/latest/gr/rande.html'],
} as const;

export interface ProxyFile {
  readonly name: string;
  readonly text: string;
  /** What goes where, and what is refused: a line each. */
  readonly does: readonly string[];
}
export interface ProvedProxy extends ProxyFile {
  /** What our own linter calls an error: a fault of ours, and a reason to hand out nothing. */
  readonly faults: readonly string[];
}
/** What holds of each file, in words. */
export const proxyProved: readonly string[] = [
  'every name of a Region, in each form that AWS uses, goes one way: direct, by the proxy there, or not at all', 'names that only look like those of a Region do not go its way',
  'nobody but `clients`, and nothing but tunnels to names and one port, gets through', 'a proxy that is down is not passed by',
];

type Options = Values<typeof proxy.options>;
interface Peer { readonly region: string; readonly host: string; readonly port: number }
interface Global { readonly name: string; readonly pattern: string }
/** `globals`: by where they go, which is a Region, `direct` or `deny`. */
interface Fleet { readonly peers: readonly Peer[]; readonly globals: ReadonlyMap<string, readonly Global[]>; readonly clients: readonly string[] }

/** Pure: definition and options in, files out. Throws BadParameter or CannotWrite. */
export function writeProxy(perimeter: Perimeter, given: Readonly<Record<string, unknown>>): readonly ProxyFile[] {
  const options = readParameters(proxy.options, given);
  const fleet = fleetOf(perimeter, options);
  const chosen = options.region === '' ? options.regions : [options.region];
  if (!chosen.every((one) => options.regions.includes(one))) throw new CannotWrite(`\`region\`: \`${options.region}\` is not among \`regions\`: ${options.regions.join(', ')}`);
  return chosen.map((region) => ({ name: `squid-${region}.conf`, text: conf(region, fleet, options), does: doesOf(region, fleet, options) }));
}

/** Writes the files and asks them for what they must refuse; throws as `writeProxy`. */
export function proveProxy(perimeter: Perimeter, given: Readonly<Record<string, unknown>>): readonly ProvedProxy[] {
  const { sslPort } = readParameters(proxy.options, given);
  return writeProxy(perimeter, given).map((one) => ({ ...one, faults: lintProxy(one.text, { region: /^squid-(.*)\.conf$/.exec(one.name)![1]!, sslPort }).filter(({ severity }) => severity === 'error').map(({ line, message }) => `line ${line}: ${message}`) }));
}

function doesOf(region: string, { peers, globals, clients }: Fleet, { others, sslPort }: Options): readonly string[] {
  const to = (...places: readonly string[]): string => [...places.filter((one) => one !== 'direct' && one !== 'deny').map((one) => `endpoints of ${one}`), ...places.flatMap((one) => globals.get(one) ?? []).map(({ name }) => name).filter((name, index, all) => all.indexOf(name) === index)].join(', ');
  const refused = to('deny');
  return [
    `for ${clients.join(', ')}, to port ${sslPort}`, `direct: ${to(region, 'direct')}${others === 'allow' ? ', and names that are none of AWS' : ''}`,
    ...peers.filter((one) => one.region !== region).map((one) => `by the proxy of ${one.region} (${one.host}:${one.port}): ${to(one.region)}`),
    `refused: ${refused === '' ? '' : `${refused}, `}all other names of AWS${others === 'allow' ? '' : ', names that are none of AWS'}, addresses`,
  ];
}

function fleetOf({ networks }: Perimeter, { regions, peers, globals, clients: given, others }: Options): Fleet {
  if (regions.length === 0) throw new CannotWrite('name the Regions that have a proxy, such as `--set regions=eu-west-1,eu-central-1`');
  const strange = regions.find((one) => partitionOf(one) === undefined);
  if (strange !== undefined) throw new CannotWrite(`\`regions\`: \`${strange}\` is no Region whose endpoints are known; name one such as \`eu-west-1\``);
  if (new Set(regions).size < regions.length) throw new CannotWrite('`regions`: a Region stands twice: name each once');
  const partition = partitionOf(regions[0]!)!;
  const apart = regions.find((one) => partitionOf(one) !== partition);
  if (apart !== undefined) throw new CannotWrite(`\`regions\`: \`${apart}\` is in another partition than \`${regions[0]!}\`: write a fleet for each`);
  if (others !== 'allow' && others !== 'deny') throw new CannotWrite(`\`others\`: expected allow or deny, found \`${others}\``);
  const clients = given.length === 0 ? networks.cidrs : given;
  if (clients.length === 0) throw new CannotWrite('nothing tells who may use the proxies: list `networks.cidrs` in the definition or pass `--set clients=10.0.0.0/8`');
  const broad = clients.find((one) => !isCidr(one) || one.endsWith('/0'));
  if (broad !== undefined) throw new CannotWrite(`\`clients\`: expected address ranges such as \`10.0.0.0/8\`, and not the whole internet, found \`${broad}\``);
  return { clients, peers: peersOf(regions, peers), globals: globalsOf(partition, regions, globals) };
}

function peersOf(regions: readonly string[], pairs: readonly string[]): readonly Peer[] {
  const given = new Map(pairs.map((pair) => {
    const [, region = '', host = '', port = '3128'] = /^([a-z0-9-]+)=([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(pair) ?? [];
    if (!regions.includes(region) || Number(port) < 1 || Number(port) > 65_535) throw new CannotWrite(`\`peers\`: expected a Region of \`regions\` with the place of its proxy, such as \`${regions[0]!}=proxy.example.internal:3128\`, found \`${pair}\``);
    return [region, { region, host, port: Number(port) }];
  }));
  return regions.map((region) => given.get(region) ?? { region, host: `${region}.proxy.internal`, port: 3128 });
}

function globalsOf(partition: string, regions: readonly string[], pairs: readonly string[]): ReadonlyMap<string, readonly Global[]> {
  const services = globalServices[partition] ?? [];
  const s3 = legacyS3[partition] === undefined ? [] : [{ name: 's3', home: 'deny', pattern: hostPattern('s3.amazonaws.com', true) }];
  const known = [...services.map(({ name, home, host }) => ({ name, home, pattern: hostPattern(host) })), ...s3];
  const places = new Map(pairs.map((pair) => {
    const [name = '', to = ''] = pair.split('=');
    if (!known.some((one) => one.name === name)) throw new CannotWrite(`\`globals\`: unknown service \`${name}\`; known: ${[...new Set(known.map((one) => one.name))].join(', ')}`);
    if (!['direct', 'deny', ...regions].includes(to)) throw new CannotWrite(`\`globals\`: \`${name}\` can go to ${[...regions, 'direct', 'deny'].join(', ')}, found \`${to}\``);
    return [name, to];
  }));
  const made = new Map<string, Global[]>();
  for (const { name, home, pattern } of known) {
    const to = places.get(name) ?? (home === 'deny' || regions.includes(home) ? home : 'direct');
    made.set(to, [...made.get(to) ?? [], { name, pattern }]);
  }
  return made;
}

const aclOf = (kind: 'region' | 'global', name: string): string => `${kind}_${name.replaceAll('-', '_')}`;
const names = (acl: string, patterns: readonly string[]): string[] => patterns.map((one) => `acl ${acl} dstdom_regex -n -i ${one}`);

function conf(region: string, { peers, globals, clients }: Fleet, { others, port, sslPort }: Options): string {
  const elsewhere = peers.filter((one) => one.region !== region);
  const places = [...globals.keys()].filter((to) => to !== 'deny');
  const direct = places.filter((to) => to === 'direct' || to === region);
  const chained = places.filter((to) => !direct.includes(to));
  const allowed = [...places.map((to) => aclOf('global', to)), ...peers.map((one) => aclOf('region', one.region))];
  return [
    `# Squid of ${region}: its endpoints are reached from here, those of ${elsewhere.length === 0 ? 'other Regions' : `${elsewhere.map((one) => one.region).join(', ')} by the proxy there, those of other Regions`} not at all.`,
    `http_port ${port}`, `visible_hostname proxy-${region}`, '# Tunnels only: there is nothing to keep.', 'cache deny all', '',
    '# Who may ask; the other proxies must be among them.', ...clients.map((one) => `acl clients src ${one}`),
    `acl ssl_ports port ${sslPort}`, 'acl tunnel method CONNECT', '',
    '# -n: an address is no name, and whoever owns it says what name it goes by.', ...names('named', [namePattern]), ...names('aws', [awsPattern]), '',
    '# The Region is read from the right: on the left may stand the name of a bucket.', ...peers.flatMap((one) => names(aclOf('region', one.region), regionPatterns(one.region))), '',
    '# Services with one endpoint for all Regions, by where their calls go.', ...[...globals].flatMap(([to, services]) => names(aclOf('global', to), services.map(({ pattern }) => pattern))), '',
    '# What is refused to everybody.', ...['clients', 'tunnel', 'ssl_ports', 'named'].map((one) => `http_access deny !${one}`), ...globals.has('deny') ? ['# Names of buckets without a Region lead to buckets of any.', 'http_access deny global_deny'] : [],
    '# What is let through, and then no more of AWS: Regions that are made later are refused as well.', ...allowed.map((one) => `http_access allow clients ${one}`), 'http_access deny aws',
    ...others === 'allow' ? ['# Whatever is none of AWS.', 'http_access allow clients named'] : [], 'http_access deny all', '',
    '# Global services come first, for some carry the name of a Region.', ...direct.map((to) => `always_direct allow ${aclOf('global', to)}`), ...chained.map((to) => `always_direct deny ${aclOf('global', to)}`), `always_direct allow ${aclOf('region', region)}`,
    ...elsewhere.length === 0 ? [] : ['# A proxy that is down is no reason to go around it.'], ...chained.map((to) => `never_direct allow ${aclOf('global', to)}`), ...elsewhere.map((one) => `never_direct allow ${aclOf('region', one.region)}`),
    ...elsewhere.flatMap((one) => peerLines(one, chained)), '',
  ].join('\n');
}

function peerLines({ region, host, port }: Peer, chained: readonly string[]): string[] {
  const peer = region.replaceAll('-', '_');
  const access = (rule: string): string => `cache_peer_access ${peer} ${rule}`;
  return [
    '', `cache_peer ${host} parent ${port} 0 no-query no-digest proxy-only name=${peer}`,
    ...chained.includes(region) ? [access(`allow ${aclOf('global', region)}`)] : [], ...chained.filter((to) => to !== region).map((to) => access(`deny ${aclOf('global', to)}`)),
    access(`allow ${aclOf('region', region)}`), access('deny all'),
  ];
}
