import type { Directive } from './parse.ts';
import { BadPattern, matcher } from './regex.ts';

/** What a client asks of the proxy; `client`: whether it comes from a network that is listed. */
export interface Asked { readonly client: boolean; readonly method: string; readonly host: string; readonly port: number }

/**
 * `line`: of the http_access that decided, 0 where none did. `falls`: a peer that is down is passed by. `nowhere`: it is let through, but no
 * peer takes it and it may not go direct.
 */
export type Decision = { readonly to: 'denied' | 'direct' | 'nowhere'; readonly line: number } | { readonly to: 'peer'; readonly peer: string; readonly falls: boolean; readonly line: number };

/** `undefined`: not known. */
type Truth = boolean | undefined;
interface Acl { readonly test: (asked: Asked) => Truth }
export interface Proxy {
  readonly acls: ReadonlyMap<string, Acl>;
  /** What of the file is not understood, so that nothing passes quietly. */
  readonly unread: readonly { readonly line: number; readonly message: string }[];
  readonly decide: (asked: Asked) => Decision;
}

const everywhere = ['all', '0.0.0.0/0.0.0.0', 'ipv4', 'ipv6'];
/** More than anybody has: the largest private ranges are 10.0.0.0/8 and fc00::/7. */
const isEverywhere = (network: string): boolean => {
  const length = /\/(\d{1,3})$/.exec(network)?.[1];
  return everywhere.includes(network) || (length !== undefined && Number(length) < (network.includes(':') ? 7 : 8));
};
const builtIn: readonly [string, Acl][] = [['all', { test: () => true }], ['manager', { test: () => false }], ['localhost', { test: ({ client }) => client }], ['to_localhost', { test: () => false }], ['CONNECT', { test: ({ method }) => method === 'CONNECT' }]];

/** The decisions of a configuration. Where an ACL is not understood it is read so that more gets through. */
export function proxyOf(directives: readonly Directive[]): Proxy {
  const unread: { line: number; message: string }[] = [];
  const acls = new Map(builtIn);
  for (const { line, name, words: [acl, type, ...values] } of directives) {
    if (name === 'include') unread.push({ line, message: `includes \`${acl ?? ''}\`, which is not read: check the files put together` });
    if (name !== 'acl' || acl === undefined || type === undefined) continue;
    const one = readAcl(type, values, (message) => unread.push({ line, message }));
    const before = acls.get(acl);
    // Lines of one name are alternatives.
    acls.set(acl, before === undefined || acl === 'CONNECT' ? one : { test: (asked) => either(before.test(asked), one.test(asked)) });
  }
  const rules = (directive: string, name?: string): Rule[] => directives.filter((one) => one.name === directive && (name === undefined || one.words[0] === name))
    .map(({ line, words }) => { const [verb = '', ...of] = name === undefined ? words : words.slice(1); return { line, allow: verb === 'allow', of }; });
  const [access, always, never] = [rules('http_access'), rules('always_direct'), rules('never_direct')];
  const peers = directives.filter(({ name }) => name === 'cache_peer').map(({ words }) => nameOfPeer(words)).map((name) => ({ name, rules: rules('cache_peer_access', name) }));
  return { acls, unread, decide(given) {
    // Squid asks names in lower case and without dots at their end.
    const asked = { ...given, host: given.host.toLowerCase().replace(/\.+$/, '') };
    const { allow, line } = first(access, acls, asked, true, false);
    if (!allow) return { to: 'denied', line };
    // What may go direct does, as far as is known.
    if (first(always, acls, asked, true, false).allow) return { to: 'direct', line };
    const mustChain = first(never, acls, asked, false, false).allow;
    const peer = peers.find((one) => first(one.rules, acls, asked, false, one.rules.length === 0).allow);
    if (peer !== undefined) return { to: 'peer', peer: peer.name, falls: !mustChain, line };
    return mustChain ? { to: 'nowhere', line } : { to: 'direct', line };
  } };
}

/** The name by which `cache_peer_access` knows a peer. */
export const nameOfPeer = (words: readonly string[]): string => words.find((word) => word.startsWith('name='))?.slice(5) ?? words[0] ?? '';

interface Rule { readonly line: number; readonly allow: boolean; readonly of: readonly string[] }

/** The first rule that matches; where none does, the opposite of the last, as Squid has it, and `none` where there are none. `open`: how what is not known is read. */
function first(rules: readonly Rule[], acls: ReadonlyMap<string, Acl>, asked: Asked, open: boolean, none: boolean): { readonly allow: boolean; readonly line: number } {
  for (const { line, allow, of } of rules) {
    const truths = of.map((word) => { const found = acls.get(word.replace(/^!/, ''))?.test(asked); return found === undefined ? undefined : found !== word.startsWith('!'); });
    if (truths.includes(false) || (truths.includes(undefined) && allow !== open)) continue;
    return { allow, line };
  }
  return { allow: rules.length === 0 ? none : !rules.at(-1)!.allow, line: rules.at(-1)?.line ?? 0 };
}
const either = (a: Truth, b: Truth): Truth => a === true || b === true ? true : a === undefined || b === undefined ? undefined : false;

function readAcl(type: string, given: readonly string[], report: (message: string) => void): Acl {
  const flags = given.filter((word) => /^[-+][a-z]$/.test(word));
  const values = given.filter((word) => !flags.includes(word));
  const file = values.find((word) => /^["']|^parameters\(/.test(word));
  if (file !== undefined) { report(`reads values from ${file}, which is not read: put them into the file`); return { test: () => undefined }; }
  switch (type) {
    case 'src': return { test: ({ client }) => client || values.some(isEverywhere) };
    case 'method': return { test: ({ method }) => values.includes(method) };
    case 'port': return { test: ({ port }) => values.some((one) => { const [low, high = low] = one.split('-').map(Number); return low! <= port && port <= high!; }) };
    case 'dstdomain': return { test: ({ host }) => values.some((one) => inDomain(host, one.toLowerCase())) };
    case 'dstdom_regex': {
      const tests = values.map((one): (host: string) => Truth => {
        try { return matcher(one, flags.includes('-i')); } catch (error) {
          if (!(error instanceof BadPattern)) throw error;
          report(`the pattern \`${shown(one)}\` ${error.message}: it is taken to match anything`);
          return () => undefined;
        }
      });
      // The linter asks for the same names many times over, with other ports and methods.
      const asked = new Map<string, Truth>();
      return { test({ host }) {
        if (!asked.has(host)) asked.set(host, tests.reduce<Truth>((found, test) => either(found, test(host)), false));
        return asked.get(host);
      } };
    }
    default: report(`the ACL type \`${shown(type)}\` is not read: what depends on it is taken to get through`); return { test: () => undefined };
  }
}
const inDomain = (host: string, domain: string): boolean => domain.startsWith('.') ? `.${host}`.endsWith(domain) : host === domain;
export const shown = (text: string): string => text.length > 60 ? `${text.slice(0, 60)}…` : text;
