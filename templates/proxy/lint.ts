import { regions } from '../../policy/tables/regions.ts';
import { nameOfPeer, proxyOf, shown, type Asked, type Decision, type Proxy } from './decide.ts';
import { globalServices } from '../tables/global-services.ts';
import { partitionOf, suffixes } from './names.ts';
import { parseSquid, type Directive } from './parse.ts';

export interface ProxyProblem { readonly severity: 'error' | 'warning'; readonly line: number; readonly message: string }
/** `region`: where the proxy stands; left out: the one Region that goes direct. */
export interface LintOptions { readonly region?: string; readonly sslPort: number }

/** No Region, and in the form of one: what AWS may open tomorrow. */
const TOMORROW = 'xx-nowhere-9';
const known = regions.filter((one) => partitionOf(one) !== undefined);

/** Holds a squid.conf to what our own keep, by asking it; problems stand in the order of their lines. Throws TooLong. */
export function lintProxy(text: string, options: LintOptions): ProxyProblem[] {
  const directives = parseSquid(text);
  const proxy = proxyOf(directives);
  const problems: ProxyProblem[] = proxy.unread.map((one) => ({ severity: 'warning', ...one }));
  // A file without rules has no line that decided.
  const error: Report = (line, message) => { problems.push({ severity: 'error', line: Math.max(line, 1), message }); };
  checkText(directives, proxy, problems);
  if (!checkRegions(proxy, options, error)) checkGlobals(proxy, options, error, (line, message) => { problems.push({ severity: 'warning', line, message }); });
  checkWays(proxy, directives, options, error);
  const seen = new Set<string>();
  return problems.filter(({ line, message }) => { const key = `${line} ${message}`; return seen.has(key) ? false : seen.add(key); }).sort((a, b) => a.line - b.line);
}
type Report = (line: number, message: string) => void;

/** Names of endpoints of a Region in each form that AWS uses. */
export function hostsOf(region: string): readonly string[] {
  const tld = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return [
    `ec2.${region}.${tld}`, `some.bucket.s3.${region}.${tld}`, `some-bucket.s3.dualstack.${region}.${tld}`, `name-111111111111.s3-accesspoint.${region}.${tld}`, `bucket.vpce-0a1b.s3.${region}.vpce.${tld}`,
    `name-0a1b.${region}.elb.${tld}`, `db.0a1b.${region}.rds.${tld}`, ...region.startsWith('cn-') ? [] : [`some-bucket.s3-${region}.${tld}`, `lambda.${region}.api.aws`, `0a1b.lambda-url.${region}.on.aws`],
  ];
}

function checkText(directives: readonly Directive[], { acls }: Proxy, problems: ProxyProblem[]): void {
  const access = directives.filter(({ name }) => name === 'http_access');
  const last = access.at(-1);
  if (last?.words.join(' ') !== 'deny all') problems.push({ severity: 'error', line: last?.line ?? 1, message: 'the last `http_access` is not `deny all`: add it, for without a match Squid does the opposite of the last line' });
  for (const { line, name, words } of directives) {
    const used = name === 'http_access' || name === 'never_direct' || name === 'always_direct' ? words.slice(1) : name === 'cache_peer_access' ? words.slice(2) : [];
    for (const one of used.filter((word) => !acls.has(word.replace(/^!/, '')))) problems.push({ severity: 'error', line, message: `the ACL \`${shown(one.replace(/^!/, ''))}\` is not defined: Squid does not start` });
    if (name === 'cache_peer' && !directives.some((one) => one.name === 'cache_peer_access' && one.words[0] === nameOfPeer(words))) {
      problems.push({ severity: 'error', line, message: `the peer \`${shown(nameOfPeer(words))}\` has no \`cache_peer_access\` and takes every request: name what goes there` });
    }
    if (name === 'cache_peer_access' && !directives.some((one) => one.name === 'cache_peer' && nameOfPeer(one.words) === words[0])) problems.push({ severity: 'error', line, message: `the peer \`${shown(words[0] ?? '')}\` is not defined: Squid passes the line by` });
    if (name !== 'acl' || !/^dst/.test(words[1] ?? '')) continue;
    for (const value of words.slice(2)) {
      if (words[1] === 'dstdom_regex' && /amazonaws|\.aws\b/.test(value) && !value.endsWith('$')) problems.push({ severity: 'error', line, message: `the pattern \`${shown(value)}\` has no \`$\` at its end: \`amazonaws.com.example.org\` may match` });
      if (words[1] === 'dstdom_regex' && !words.includes('-i') && /(^|[^\\])[A-Z]/.test(value)) problems.push({ severity: 'error', line, message: `the pattern \`${shown(value)}\` has capitals and matches nothing, for Squid asks names in lower case: write \`dstdom_regex -n -i\`` });
      for (const [region] of value.matchAll(/(?<![a-z0-9-])(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-[a-z]{2,12}){1,2}-\d(?![a-z0-9-])/g)) {
        if (!regions.includes(region)) problems.push({ severity: 'warning', line, message: `there is no Region \`${region}\`` });
      }
    }
    if (words[1]?.startsWith('dstdom') && !words.includes('-n')) problems.push({ severity: 'warning', line, message: `\`${shown(words[0]!)}\` looks up the name of an address, which its owner chooses: write \`${words[1]} -n\`` });
  }
}

const asking = (host: string, port: number): Asked => ({ client: true, method: 'CONNECT', host, port });
const place = (one: Decision): string => one.to === 'peer' ? `peer ${one.peer}` : one.to;
const isThrough = ({ to }: Decision): boolean => to === 'direct' || to === 'peer';
const goes = (one: Decision): string => {
  switch (one.to) {
    case 'peer': return `goes to the peer \`${shown(one.peer)}\``;
    case 'direct': return 'goes direct';
    case 'denied': return 'is denied';
    case 'nowhere': return 'goes nowhere, for no peer takes it and it may not go direct';
  }
};

/**
 * Each Region must have one way for all its names; only one Region goes direct; a name that only looks like AWS goes no way of AWS. Tells
 * whether all Regions get through, which is said once and by its line.
 */
function checkRegions({ decide }: Proxy, { region, sslPort }: LintOptions, error: Report): boolean {
  const to = (host: string): Decision => decide(asking(host, sslPort));
  const waysOf = (one: string): { host: string; way: Decision }[] => hostsOf(one).map((host) => ({ host, way: to(host) }));
  const tomorrow = waysOf(TOMORROW).find(({ way }) => isThrough(way));
  if (tomorrow !== undefined) error(tomorrow.way.line, `Regions that are not listed get through: \`${tomorrow.host}\` ${goes(tomorrow.way)}; deny all names of AWS before anything else is allowed`);
  const listed = known.map((one) => ({ one, ways: waysOf(one) })).filter(({ ways }) => ways.some(({ way }) => way.to !== 'denied'));
  if (listed.length === known.length) return true;
  if (listed.length === 0) error(to('ec2.us-east-1.amazonaws.com').line, 'no endpoint of any Region gets through: `ec2.us-east-1.amazonaws.com` and all others are denied to clients; allow those of the Region before what denies them');
  let here = region;
  for (const { one, ways } of listed) {
    const main = ways[0]!;
    const other = ways.find(({ way }) => place(way) !== place(main.way));
    if (other !== undefined) error(other.way.line, `${one} has two ways: \`${main.host}\` ${goes(main.way)}, \`${other.host}\` ${goes(other.way)}; match both`);
    else if (main.way.to === 'nowhere') error(main.way.line, `${one} is let through in vain: \`${main.host}\` ${goes(main.way)}; add \`cache_peer_access\` for it, or deny it`);
    const direct = ways.find(({ way }) => way.to === 'direct');
    if (direct !== undefined && here === undefined) here = one;
    else if (direct !== undefined && one !== here) error(direct.way.line, `${one} goes direct: \`${direct.host}\` must be denied or go to the peer there, for this is the proxy of ${here}`);
    const falls = ways.find(({ way }) => way.to === 'peer' && way.falls);
    if (falls !== undefined) error(falls.way.line, `${one} goes direct when its peer is down: add \`never_direct allow\` for \`${falls.host}\``);
    checkLookAlikes(one, to, error);
  }
  const own = region === undefined ? undefined : waysOf(region)[0]!;
  if (own !== undefined && listed.length > 0 && own.way.to !== 'direct' && own.way.to !== 'nowhere') error(own.way.line, `this is the proxy of ${region}, but \`${own.host}\` ${goes(own.way)}: allow it, with \`always_direct allow\``);
  return false;
}

/** Names of somebody else's that a loose pattern takes for a name of AWS. */
const lookAlikesOf = (host: string): readonly string[] => {
  const suffix = suffixes.filter((one) => host.endsWith(`.${one}`)).sort((a, b) => b.length - a.length)[0]!;
  return [`${host}.example.org`, `${host.slice(0, -suffix.length - 1)}x${suffix}`];
};

function checkLookAlikes(region: string, to: (host: string) => Decision, error: Report): void {
  const stranger = to('attacker.example.org');
  for (const host of [...hostsOf(region).flatMap(lookAlikesOf), `${region}.amazonaws.com.attacker.example`, `${region}.notamazonaws.com`, `${region}-amazonaws.com`, `${region}.x.amazonawsxcom.example.org`]) {
    const way = to(host);
    if (isThrough(way) && place(way) !== place(stranger)) { error(way.line, `\`${host}\` counts as ${region}: begin the pattern with \`(^|\\.)\`, escape its dots and end it with \`$\``); break; }
  }
  for (const host of [`data.${region}.s3.${TOMORROW}.amazonaws.com`, `data.${region}.s3.amazonaws.com`, `data.${region}.s3-accelerate.amazonaws.com`]) {
    const way = to(host);
    // Without the Region in the bucket's name it may be let through on purpose.
    if (isThrough(way) && place(way) !== place(to(host.replace(`data.${region}.`, 'data.')))) { error(way.line, `\`${host}\` counts as ${region}, but that is the name of a bucket elsewhere: read the Region from the right`); break; }
  }
}

/** Where services without a Region go is for their map to say; but they go there, and nobody else's names with them. */
function checkGlobals({ decide }: Proxy, { sslPort }: LintOptions, error: Report, warn: Report): void {
  const to = (host: string): Decision => decide(asking(host, sslPort));
  const stranger = to('attacker.example.org');
  const ways = Object.values(globalServices).flat().map((one) => ({ ...one, way: to(one.host) }));
  const together = (is: (way: Decision) => boolean, say: (hosts: string) => string): void => {
    const found = ways.filter(({ way }) => is(way));
    if (found.length > 0) error(found[0]!.way.line, say(`\`${found[0]!.host}\`${found.length === 1 ? '' : ` and ${found.length - 1} more`}`));
  };
  together((way) => way.to === 'nowhere', (hosts) => `global services are let through in vain, for no peer takes them and they may not go direct: ${hosts}; add \`cache_peer_access\` for them, or deny them`);
  together((way) => way.to === 'peer' && way.falls, (hosts) => `global services go direct when their peer is down: ${hosts}; add \`never_direct allow\` for them`);
  for (const { name, host } of ways) {
    const other = lookAlikesOf(host).map((one) => ({ one, way: to(one) })).find(({ way }) => isThrough(way) && place(way) !== place(stranger));
    if (other !== undefined) error(other.way.line, `\`${other.one}\` counts as ${name}: begin the pattern with \`^\`, escape its dots and end it with \`$\``);
  }
  const open = ['some-bucket.s3.amazonaws.com', 's3.amazonaws.com'].find((host) => isThrough(to(host)));
  if (open !== undefined) warn(to(open).line, `\`${open}\` gets through: it names no Region and leads to buckets of any; deny it before, unless programs need it`);
}

/** Only tunnels to the one port, from networks that are listed, and to names. */
function checkWays({ decide }: Proxy, directives: readonly Directive[], { sslPort }: LintOptions, error: Report): void {
  const hosts = [...known.flatMap((one) => hostsOf(one).slice(0, 1)), 'iam.amazonaws.com', 'example.org'];
  const passes = (host: string, change: Partial<Asked>): Decision | undefined => { const way = decide({ ...asking(host, sslPort), ...change }); return isThrough(way) ? way : undefined; };
  const report = (change: Partial<Asked>, say: (host: string) => string): boolean => {
    const host = hosts.find((one) => passes(one, change) !== undefined);
    if (host !== undefined) error(passes(host, change)!.line, say(host));
    return host !== undefined;
  };
  report({ client: false }, (host) => `anybody may use the proxy: \`${host}\` can be reached from any address; allow only with an ACL of type \`src\``);
  const port = (one: number): boolean => report({ port: one }, (host) => `port ${one} gets through: \`${host}:${one}\` can be reached; deny all ports but ${sslPort}`);
  const plain = [22, 80, 8443, 25, 443].filter((one) => one !== sslPort);
  // Between the ends of the ranges that the file names nothing changes, so one port of each stretch tells all.
  if (!plain.map(port).includes(true)) [...edgesOf(directives), sslPort + 1].some((one) => one !== sslPort && one <= 65_535 && port(one));
  const methods = ['GET', ...valuesOf(directives, 'method').filter((one) => one !== 'CONNECT')];
  methods.some((method) => report({ method }, (host) => `requests without a tunnel get through: \`${method}\` of \`${host}\`; deny all methods but CONNECT`));
  const address = ['192.0.2.1', '[2001:db8::a]'].find((one) => passes(one, {}) !== undefined);
  if (address !== undefined) error(passes(address, {})!.line, `addresses get through: \`${address}\` may be an endpoint of any Region; deny what is not a name`);
}

const valuesOf = (directives: readonly Directive[], type: string): readonly string[] => directives.filter(({ name, words }) => name === 'acl' && words[1] === type).flatMap(({ words }) => words.slice(2));

/** Where a range of ports begins, and the port after it ends. */
const edgesOf = (directives: readonly Directive[]): readonly number[] => valuesOf(directives, 'port').flatMap((one) => {
  const [low, high = low] = one.split('-').map(Number);
  return [low!, high! + 1];
}).filter((one) => one >= 1);
