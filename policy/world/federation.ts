import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { glob, literal, plainGlob } from '../pattern.ts';
import type { IdentityProvider } from '../perimeter.ts';
import type { Reach } from '../request.ts';
import { absent, always, anything, only, type Domain } from '../search/region.ts';
import { identityKeys } from '../tables/key-groups.ts';
import { mappedClaims, tenancyClaims } from '../tables/shared-issuers.ts';
import type { Caller } from './callers.ts';
import { commonDomain } from './carried.ts';
import { isNetworkKey, networkDomain, networksOf, type Network } from './networks.ts';
import { acting } from './targets.ts';
import type { World } from './world.ts';

/** Providers of web identity that are named by issuer alone. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const builtIn = ['cognito-identity.amazonaws.com', 'accounts.google.com', 'graph.facebook.com', 'www.amazon.com'];

interface Provider { readonly arn: string; readonly account: string | undefined; readonly issuer: string; readonly type: 'oidc' | 'saml' }

export function providerOf(name: string): Provider | undefined {
  if (builtIn.includes(name)) return { arn: name, account: undefined, issuer: name, type: 'oidc' };
  const [, account, type, issuer] = /^arn:[^:]+:iam::(\d{12}):(oidc|saml)-provider\/(.+)$/.exec(name) ?? [];
  return account === undefined || issuer === undefined ? undefined : { arn: name, account, issuer, type: type as 'oidc' | 'saml' };
}

const isOpenToAll = ({ profile }: World): boolean => profile.isOpen || profile.federated.includes('*');

/** Providers that conditions name, and of those they match by pattern one of mine that strangers share. */
function providersTested({ account, profile }: World): string[] {
  const shared = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
  const tests = profile.conditions.get('aws:federatedprovider') ?? [];
  return [...new Set(tests.flatMap((one) => [...one.literals, shared]))].filter((one) => !profile.federated.includes(one));
}

const strangersProviders = ['arn:aws:iam::999999999999:oidc-provider/token.example.org', 'arn:aws:iam::999999999999:saml-provider/stranger'];

export interface Federated { readonly callers: readonly Caller[]; readonly notes: readonly string[]; readonly undecided: readonly { readonly callers: readonly Caller[]; readonly because: string }[] }

/** Web-identity and SAML callers from outside, one for each way a token can be a stranger's, from every network. */
export function federatedCallers(world: World, bound: boolean): Federated {
  const networks = networksOf(world, bound);
  if (networks.length === 0 || (world.profile.federated.length === 0 && !world.profile.isOpen)) return NONE;
  const all = tokensOf(world);
  const from = (one: Caller): Caller[] => networks.map((network) => ({
    ...one, ...(bound ? { reach: 'network-bound' as const } : {}),
    domain: (key) => isNetworkKey(key) ? networkDomain(key, network, world) : one.domain(key),
  }));
  return { notes: bound ? [] : all.notes, callers: all.callers.flatMap(from), undecided: all.undecided.map((one) => ({ ...one, callers: one.callers.flatMap(from) })) };
}

const NONE: Federated = { callers: [], notes: [], undecided: [] };

function tokensOf(world: World): Federated {
  const callers: Caller[] = [];
  const notes: string[] = [];
  const undecided: { callers: readonly Caller[]; because: string }[] = [];
  const listed = world.profile.federated.filter((one) => one !== '*');
  const names = isOpenToAll(world) ? [...listed, ...providersTested(world), ...strangersProviders] : listed;
  for (const name of names) {
    const provider = providerOf(name);
    if (provider === undefined) { notes.push(`\`${name}\` names no provider, so nobody comes in through it`); continue; }
    const foreign = provider.account !== undefined && !world.isMine(provider.account);
    if (foreign) {
      const anyToken = provider.type === 'saml' ? saml(world, provider, 'named-account') : webIdentity(world, provider, 'named-account', () => undefined);
      const unknown = world.perimeter.accounts === undefined && provider.account !== '999999999999';
      callers.push(unknown ? { ...anyToken, unknownAccount: provider.account! } : { ...anyToken, reach: provider.account === '999999999999' ? 'any-account' : 'named-account' });
      continue;
    }
    if (provider.type === 'saml') {
      const mine = samlProviders(world.perimeter.identityProviders);
      if (mine.length > 0 && !mine.some((one) => isMySaml(world, one, provider))) callers.push(saml(world, provider, 'named-account'));
      continue;
    }
    const entries = (world.perimeter.identityProviders ?? []).filter((one) => issuerOf(one) !== undefined && plainGlob(issuerOf(one)!).matches(provider.issuer));
    if (entries.some((one) => one.kind === 'own')) continue;
    const shared = tenancyClaims(provider.issuer);
    if (entries.length > 0) callers.push(...strangersTokens(world, provider, entries, shared ?? []));
    else if (shared !== undefined) callers.push(webIdentity(world, provider, 'shared-issuer', () => undefined));
    else if (world.perimeter.identityProviders !== undefined) callers.push(webIdentity(world, provider, 'shared-issuer', () => undefined));
    else if (/^oidc\.eks\./.test(provider.issuer)) notes.push(`\`${provider.issuer}\` issues tokens for one cluster; list it in \`identityProviders\` to say whose`);
    else undecided.push({ callers: [webIdentity(world, provider, 'shared-issuer', () => undefined)], because: `whether every token of \`${provider.issuer}\` is yours: list it in \`identityProviders\`` });
  }
  return { callers, notes, undecided };
}

const issuerOf = (one: IdentityProvider): string | undefined => one.kind === 'claims' || one.kind === 'own' ? one.issuer : one.kind === 'cognito' ? 'cognito-identity.amazonaws.com' : undefined;
const samlProviders = (all: readonly IdentityProvider[] | undefined): string[] => (all ?? []).flatMap((one) => one.kind === 'saml' ? [one.arn] : []);
/** In a provider's ARN `*` stands for my accounts. */
const isMySaml = (world: World, pattern: string, provider: Provider): boolean => plainGlob(pattern).matches(provider.arn) && world.isMine(provider.account ?? '');

const among = (key: string, patterns: readonly string[], want: boolean): Domain['tests'] => [{ test: testOn(key, patternsOperator, patterns.map(glob)), want }];

/** Calls with somebody's token or assertion, which are unsigned, through an endpoint of STS. */
export function* federatedThrough(world: World): Generator<Caller> {
  for (const name of strangersProviders) {
    const provider = providerOf(name)!;
    const caller = provider.type === 'saml' ? saml(world, provider, 'anonymous') : webIdentity(world, provider, 'anonymous', () => undefined);
    const action = provider.type === 'saml' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';
    yield { ...caller, domain: (key) => isNetworkKey(key) ? networkDomain(key, 'this-endpoint', world) : caller.domain(key), also: () => acting([action]) };
  }
}

/** Tokens of every provider that the policies name, and of one they do not, whoever's they are. */
export function* anyTokens(world: World, networks: readonly Network[]): Generator<Caller> {
  for (const name of [...world.profile.federated.filter((one) => one !== '*'), ...strangersProviders]) {
    const provider = providerOf(name);
    if (provider === undefined) continue;
    const one = provider.type === 'saml' ? saml(world, provider, 'named-account') : webIdentity(world, provider, 'named-account', () => undefined);
    for (const network of networks) yield { ...one, domain: (key) => isNetworkKey(key) ? networkDomain(key, network, world) : one.domain(key) };
  }
}

/** Tokens of a shared issuer that are not of my tenancy: no tenancy claim takes a value of mine. */
function strangersTokens(world: World, provider: Provider, entries: readonly IdentityProvider[], tenancy: readonly string[]): Caller[] {
  const cognito = entries.flatMap((one) => one.kind === 'cognito' ? [one] : []);
  if (cognito.length > 0) {
    const pools = cognito.flatMap((one) => one.identityPools);
    const foreignPool = webIdentity(world, provider, 'shared-issuer', (claim) => claim === 'aud' ? { ...always, tests: among(claim, pools, false)! } : undefined);
    const guest = webIdentity(world, provider, 'shared-issuer', (claim) => claim === 'aud' ? { ...always, forms: pools.map(literal) } : claim === 'amr' ? only('unauthenticated') : undefined);
    return cognito.every((one) => one.guests) ? [foreignPool] : [foreignPool, guest];
  }
  const mine = claimsOfMine(entries);
  if (mine.size === 0 && tenancy.length === 0) return [];
  return [webIdentity(world, provider, 'shared-issuer', (claim) => {
    const patterns = mine.get(claim);
    return patterns === undefined ? undefined : { missing: claim !== 'sub', present: true, tests: among(claim, patterns, false)! };
  })];
}

/** The values of mine by claim, with those that follow from a GitHub subject: `repo:owner/…` fixes the repository's owner. */
function claimsOfMine(entries: readonly IdentityProvider[]): Map<string, string[]> {
  const mine = new Map<string, string[]>();
  const add = (claim: string, values: readonly string[]): void => { mine.set(claim, [...(mine.get(claim) ?? []), ...values]); };
  for (const one of entries) {
    if (one.kind !== 'claims') continue;
    for (const [claim, values] of Object.entries(one.claims)) {
      // Anybody may ask for an audience where it does not tell tenants apart.
      if (claim.toLowerCase() === 'aud' && tenancyClaims(one.issuer)?.includes('aud') === false) continue;
      add(claim.toLowerCase(), values);
      if (claim !== 'sub' || one.issuer !== 'token.actions.githubusercontent.com') continue;
      for (const value of values) {
        const owner = /^repo:([^/*?:]+)\//.exec(value)?.[1]?.replace(/@.*$/, '');
        if (owner !== undefined) add('repository', [`${owner}/*`]);
      }
    }
  }
  return mine;
}

const isSigned = (key: string): boolean => identityKeys.has(key) || key.startsWith('aws:principaltag/');
function webIdentity(world: World, provider: Provider, reach: Reach, claimDomain: (claim: string) => Domain | undefined): Caller {
  const prefix = `${provider.issuer.toLowerCase()}:`;
  const mapped = mappedClaims(provider.issuer);
  return {
    principal: { kind: 'web-identity', provider: provider.arn }, reach,
    domain: (key) => {
      if (isSigned(key)) return absent;
      if (key === 'aws:federatedprovider') return only(provider.arn);
      // Claims of another issuer; global and sts keys have no dot before their colon.
      if (!key.startsWith(prefix)) return /^[^:]*\..*:[a-z_]+$/.test(key) && !key.startsWith('aws:') ? absent : commonDomain(key, 'internet', world);
      const claim = key.slice(prefix.length);
      if (!mapped.includes(claim)) return absent;
      return claimDomain(claim) ?? { missing: claim !== 'sub' && claim !== 'aud', present: true };
    },
  };
}

function saml(world: World, provider: Provider, reach: Reach): Caller {
  return {
    principal: { kind: 'saml', provider: provider.arn }, reach,
    domain: (key) => isSigned(key) || key === 'aws:federatedprovider' ? absent
      : key.startsWith('saml:') ? (/^saml:(aud|iss|sub|doc)$/.test(key) ? always : anything) : commonDomain(key, 'internet', world),
  };
}
