import { testOn } from '../conditions.ts';
import { kept } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { glob, oneOrMore, patternOf, plainGlob } from '../pattern.ts';
import type { IdentityProvider } from '../perimeter.ts';
import type { Reach } from '../request.ts';
import { all } from '../search/logic.ts';
import { maybe, only, present, type TextTest } from '../search/region.ts';
import { builtIn, github, isCognito, mappedClaims, tenancyClaims } from '../tables/shared-issuers.ts';
import { accountForm } from './accounts.ts';
import type { Caller } from './caller.ts';
import { notOfMine } from './carried.ts';
import { doubtAbout } from './doubt.ts';
import { isNetworkKey, networkDomain, type Network } from './networks.ts';
import { myOwners, tellsOwners } from './owners.ts';
import { issuersWritten, isWhollyMine, partitionsOf, providerOf, providersIn, type Provider } from './providers.ts';
import { acting, onResources } from './tests.ts';
import { inEveryToken, saml, subjectsLiked, tokenOf, webIdentity } from './tokens.ts';
import { anyUnnamedAssertions, anyUnnamedTokens, notesOnClusters, strangersUnnamedTokens, unnamedAssertions, unnamedTokens } from './unnamed-providers.ts';
import type { World } from './world.ts';

/** Providers of an account that is nobody's we know, which stand for all that strangers have. */
const strangersProviders = (world: World): readonly string[] => partitionsOf(world).flatMap((one) => [`arn:${one}:iam::${world.stranger}:oidc-provider/token.example.org`, `arn:${one}:iam::${world.stranger}:saml-provider/stranger`]);

const isOpenToAll = ({ profile }: World): boolean => profile.isOpen || profile.federated.includes('*');

/** Providers that conditions name, themselves, by their claims or by what STS tells of an assertion, and those that the definition lists. */
function providersTested(world: World, account = world.account): string[] {
  const { profile, perimeter } = world;
  const tests = profile.conditions.get('aws:federatedprovider') ?? [];
  const named = tests.flatMap((one) => [...one.literals]);
  const listed = !world.tests('aws:federatedprovider') ? [] : [github, ...(perimeter.identityProviders ?? []).flatMap((one) => { const issuer = issuerOf(one); return one.kind === 'own' || issuer === undefined || /[*?]/.test(issuer) ? [] : [issuer]; })];
  return [...new Set([...named, ...asserting(world, account), ...[...listed, ...issuersTested(world)].flatMap((one) => providersIn(world, account, one))])].filter((one) => !profile.federated.includes(one));
}

/** What tests hold against the account and name of an assertion's provider. */
const documentsTested = ({ profile }: World): string[] => (profile.conditions.get('saml:doc') ?? []).flatMap((one) => one.values);
const accountsAsserted = (world: World): readonly string[] => [...new Set(documentsTested(world).flatMap((one) => /^\d{12}(?=\/)/.exec(one) ?? []))];
/** Providers of assertions that tests name or leave, in the account and in those named. */
function asserting(world: World, account: string): string[] {
  const documents = documentsTested(world);
  return documents.length === 0 ? [] : ['someone', ...documents.map((one) => filled(one.slice(one.indexOf('/') + 1)))].flatMap((name) => [...new Set([account, ...accountsAsserted(world)])].flatMap((id) => partitionsOf(world).map((partition) => `arn:${partition}:iam::${id}:saml-provider/${name}`)));
}

export interface Federated { readonly callers: readonly Caller[]; readonly notes: readonly string[] }

/** Web-identity and SAML callers from outside, one for each way a token can be a stranger's. */
export function federatedCallers(world: World, networks: readonly Network[]): Federated {
  const { callers, notes } = strangersAt(world, [...providersNamed(world), ...isOpenToAll(world) ? [...providersTested(world), ...strangersProviders(world)] : []]);
  const unnamed = isOpenToAll(world) ? unnamedIn(world, world.account) : [];
  return { notes: [...notes, ...isOpenToAll(world) ? notesOnClusters(world) : []], callers: [...callers, ...unnamed].flatMap((one) => networks.map((network) => through(world, network, one))) };
}

/** Strangers' tokens and assertions of providers in an account that no policy names. */
const unnamedIn = (world: World, account: string): Caller[] => [...unnamedTokens(world, account), ...unnamedAssertions(world, account)];

/** Providers that principals name one by one. */
const providersNamed = ({ profile }: World): readonly string[] => profile.federated.filter((one) => one !== '*');

/** Tokens and assertions of providers by name that are not mine; those in doubt last. */
function strangersAt(world: World, names: readonly string[]): Federated {
  const { identityProviders } = world.perimeter;
  const [callers, doubtful, notes]: [Caller[], Caller[], string[]] = [[], [], []];
  for (const name of names) {
    const provider = providerOf(name);
    if (provider === undefined) { notes.push(`\`${name}\` names no provider, so nobody comes in through it`); continue; }
    const { account, issuer, type } = provider;
    if (account !== undefined && !world.isMine(account)) {
      const isNobodys = account === world.stranger;
      callers.push({ ...strangersToken(world, provider, isNobodys ? 'any-account' : 'named-account'), doubt: isNobodys ? undefined : doubtAbout(world, account) });
      continue;
    }
    if (type === 'saml') {
      const mine = samlProviders(identityProviders);
      // Its account is mine, and for those `*` stands.
      if (mine.length === 0 && identityProviders !== undefined) notes.push('`identityProviders` lists no SAML provider, so any of your accounts counts as yours');
      if (mine.length > 0 && !mine.some((one) => plainGlob(one).matches(provider.arn))) callers.push(saml(world, provider, 'named-account'));
      continue;
    }
    const strangers = strangersOf(world, provider);
    const isDoubtful = strangers.some((one) => one.doubt !== undefined);
    if (isDoubtful && /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/id\//.test(issuer)) notes.push(`\`${issuer}\` issues tokens for one cluster; list it in \`identityProviders\` to say whose`);
    else (isDoubtful ? doubtful : callers).push(...strangers);
  }
  return { notes, callers: [...callers, ...doubtful] };
}

/** `ACCOUNT/NAME`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html (saml:doc) */
const documentForms = [patternOf(accountForm, '/', oneOrMore('iam-name'))];
/** The same, of which the stranger's stand for those of all strangers: STS tells of an assertion's provider the account, which is none of mine. */
function strangersToken(world: World, provider: Provider, reach: Reach): Caller {
  const any = tokenOf(world, provider, reach);
  return provider.type !== 'saml' || provider.account !== world.stranger ? any : { ...any, domain: (key) => key === 'saml:doc' ? present({ forms: documentForms, tests: [...notOfMine(world, key, (id) => `${id}/*`), ...among(key, accountsAsserted(world).map((id) => `${id}/*`), false)] }) : any.domain(key) };
}

const through = (world: World, network: Network, caller: Caller): Caller => ({ ...caller, domain: (key) => isNetworkKey(key) ? networkDomain(key, network, world) : caller.domain(key) });

const issuerOf = (one: IdentityProvider): string | undefined => one.kind === 'claims' || one.kind === 'own' ? one.issuer : undefined;
const speaksOf = (one: IdentityProvider, issuer: string): boolean => one.kind === 'cognito' ? isCognito(issuer) : issuerOf(one) !== undefined && plainGlob(issuerOf(one)!).matches(issuer);
const samlProviders = (all: readonly IdentityProvider[] | undefined): string[] => (all ?? []).flatMap((one) => one.kind === 'saml' ? [one.arn] : []);

const among = (key: string, patterns: readonly string[], want: boolean): TextTest[] => [{ test: testOn(key, patternsOperator, patterns.map(glob)), want }];

// Tests are made once, so that what is found for them once is known.
const [presentingAssertion, presentingToken] = [acting(['sts:AssumeRoleWithSAML']), acting(['sts:AssumeRoleWithWebIdentity'])];
const rolesIn = kept((account) => onResources([plainGlob(`arn:*:iam::${account}:*`)]));
/**
 * A call to STS that presents the token or assertion, which is unsigned, for a role of the provider's account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
function presenting(world: World, network: Network, caller: Caller, account = providerOf(caller.principal.provider ?? '')?.account): Caller {
  const { principal } = caller;
  // The stranger's provider stands for any.
  const roles = account === undefined || account === world.stranger ? [] : [rolesIn(account)];
  return { ...through(world, network, caller), also: () => all([principal.kind === 'saml' ? presentingAssertion : presentingToken, ...roles]) };
}

/** Tokens and assertions of strangers' providers, which need no more than that. */
const anybodys = (world: World, names: readonly string[]): Caller[] => names.flatMap((name) => providerOf(name) ?? []).flatMap((one) => strangersOf(world, one)).map((one) => ({ ...one, reach: 'anonymous', doubt: undefined }));

/** Strangers' tokens and assertions presented through an endpoint of STS. */
export function federatedThrough(world: World): Caller[] {
  const isOpen = isOpenToAll(world);
  const tested = isOpen ? anyTested(world) : [];
  // A token of mine stays mine whatever account its provider is in; an assertion is of whoever made the provider.
  const isTheirs = (name: string): boolean => { const { type, account } = providerOf(name) ?? {}; return type === 'oidc' && account !== undefined && !world.isMine(account); };
  const throughIt = (callers: readonly Caller[], account?: string): Caller[] => callers.map((one) => presenting(world, 'this-endpoint', one, account));
  return [
    ...throughIt(anybodys(world, [...new Set([...strangersProviders(world), ...tested.filter(isTheirs)])])),
    ...isOpen ? throughIt(strangersUnnamedTokens(world, 'anonymous')) : [],
    ...throughIt(strangersAt(world, [...providersNamed(world), ...tested.filter((one) => !isTheirs(one))]).callers),
    ...isOpen ? world.accountsOfMine.flatMap((account) => throughIt(unnamedIn(world, account), account)) : [],
  ];
}

/** Tokens and assertions presented through an endpoint of STS for roles of others, whoever's they are. */
export const tokensThrough = (world: World): Caller[] => [
  ...[...new Set([...providersNamed(world), ...isOpenToAll(world) ? [...anyTested(world), ...strangersProviders(world)] : []])].flatMap((name) => {
    const provider = providerOf(name);
    return provider === undefined ? [] : [strangersToken(world, provider, 'any-account')];
  }),
  ...isOpenToAll(world) ? strangersUnnamedTokens(world, 'any-account') : [],
].map((one) => presenting(world, 'this-endpoint', one));

/** Strangers' tokens and assertions presented for roles of mine, of the providers that conditions tell and of those that they do not. */
export function tokensTested(world: World, networks: readonly Network[]): Caller[] {
  const from = (callers: readonly Caller[], account?: string): Caller[] => callers.flatMap((one) => networks.map((network) => presenting(world, network, one, account)));
  const inAccount = (account: string): Caller[] => {
    const issued = issuersTested(world).flatMap((one) => providersIn(world, account, one));
    const others = strangersAt(world, providersTested(world, account).filter((one) => !issued.includes(one))).callers;
    return [...from([...issued.flatMap((one) => providerOf(one) ?? []).flatMap((one) => strangersOf(world, one)), ...others]), ...from(unnamedIn(world, account), account)];
  };
  const accounts = tellsOwners(world) ? new Set(myOwners(world).map(({ account }) => account)) : [world.account];
  return [...[...accounts].flatMap(inAccount), ...from(anybodys(world, strangersProviders(world)))];
}

/** Issuers of the claims that conditions name and variables hold, as the definition or a principal spells them, for keys are the same in either case; else as written, but for those that have one spelling. */
function issuersTested(world: World): readonly string[] {
  const written = issuersWritten(world);
  if (written.length === 0) return written;
  const spelled = new Map([...(world.perimeter.identityProviders ?? []).map(issuerOf), ...world.profile.federated.map((one) => providerOf(one)?.issuer)].flatMap((one) => one === undefined ? [] : [[one.toLowerCase(), one]]));
  return [...new Set(written.map((issuer) => spelled.get(issuer.toLowerCase()) ?? (tenancyClaims(issuer) === undefined ? issuer : issuer.toLowerCase())))];
}

/** Tokens of a provider that are not mine; in doubt, where nothing tells whether strangers share the issuer. */
function strangersOf(world: World, provider: Provider): readonly Caller[] {
  const { issuer } = provider;
  const { identityProviders } = world.perimeter;
  if (isWhollyMine(world, issuer)) return [];
  const entries = (identityProviders ?? []).filter((one) => speaksOf(one, issuer));
  if (entries.length > 0) return strangersTokens(world, provider, entries);
  const any = strangersToken(world, provider, 'shared-issuer');
  return tenancyClaims(issuer) !== undefined || identityProviders !== undefined ? [any] : [{ ...any, doubt: { because: `whether every token of \`${issuer}\` is yours: list it in \`identityProviders\`` } }];
}

/** Tokens of every provider that the policies name or test, and of those they do not, whoever's they are. */
export function anyTokens(world: World, networks: readonly Network[]): Caller[] {
  // A trust policy allows by itself what a session is to have beside its role.
  const from = (callers: readonly Caller[], account?: string): Caller[] => callers.flatMap((one) => networks.map((network) => world.question.kind === 'trust' ? through(world, network, one) : presenting(world, network, one, account)));
  const named = [...new Set([...world.profile.federated, ...anyTested(world), ...strangersProviders(world)])].flatMap((name) => providerOf(name) ?? []);
  return [
    ...from(named.map((one) => strangersToken(world, one, 'named-account'))), ...from(strangersUnnamedTokens(world, 'named-account')),
    ...world.accountsOfMine.flatMap((account) => from([...anyUnnamedTokens(world, account, 'named-account'), ...anyUnnamedAssertions(world, account)], account)),
  ];
}
/** Providers that conditions name, with those that AWS has, in every account that policies may tell from others: its own, those of mine, strangers'. */
const anyTested = (world: World): readonly string[] => {
  const { account, stranger, strangers: { unnamed, named, partners } } = world;
  const accounts = tellsOwners(world) || world.tests('aws:federatedprovider') ? [account, ...world.accountsOfMine, ...myOwners(world).map((one) => one.account), ...named, ...partners, ...unnamed] : [account, stranger];
  return [...new Set([...[...new Set(accounts)].flatMap((one) => providersTested(world, one)), ...world.tests('aws:federatedprovider') ? builtIn(partitionsOf(world)) : []])];
};
const filled = (pattern: string): string => pattern.replace(/[*?]/g, 'x');

/** Tokens of a shared issuer that are not of my tenancy: no tenancy claim takes a value of mine. There are none where what every token tells is mine whatever it is. */
function strangersTokens(world: World, provider: Provider, entries: readonly IdentityProvider[]): Caller[] {
  const ofCognito = entries.flatMap((one) => one.kind === 'cognito' ? [one] : []);
  if (ofCognito.length > 0) {
    const pools = ofCognito.flatMap((one) => one.identityPools);
    const foreignPool = webIdentity(world, provider, 'shared-issuer', (claim) => claim === 'aud' ? present({ tests: among(claim, pools, false) }) : undefined);
    const withoutGuests = ofCognito.flatMap((one) => one.guests ? [] : one.identityPools);
    const guest = webIdentity(world, provider, 'shared-issuer', (claim) => claim === 'aud' ? present({ forms: withoutGuests.map(glob) }) : claim === 'amr' ? only('unauthenticated') : undefined);
    return [...takesAll(pools) ? [] : [foreignPool], ...withoutGuests.length === 0 ? [] : [guest]];
  }
  const mine = claimsOfMine(provider, entries);
  if ([...mine].some(([claim, values]) => inEveryToken.has(claim) && takesAll(values))) return [];
  return [webIdentity(world, provider, 'shared-issuer', (claim) => {
    const patterns = mine.get(claim);
    if (patterns === undefined) return undefined;
    const tests = among(claim, patterns, false);
    return claim === 'sub' ? present({ tests, liked: subjectsLiked(world, provider.issuer) }) : inEveryToken.has(claim) ? present({ tests }) : maybe({ tests });
  })];
}

const takesAll = (values: readonly string[]): boolean => values.some((one) => one.includes('*') && /^\**\??\**$/.test(one));

/** The values of mine by claim, with those that follow from a GitHub subject: `repo:owner/name:…` tells the repository, whatever else it is of, and `repo:owner@id/*` the owner. */
function claimsOfMine({ issuer }: Provider, entries: readonly IdentityProvider[]): Map<string, string[]> {
  const mine = new Map<string, string[]>();
  const add = (claim: string, values: readonly string[]): void => { mine.set(claim, [...(mine.get(claim) ?? []), ...values]); };
  for (const one of entries) {
    if (one.kind !== 'claims') continue;
    for (const [name, values] of Object.entries(one.claims)) {
      const claim = name.toLowerCase();
      // What does not tell tenants apart, such as an audience or the name of an environment, every tenant may have.
      if (tenancyClaims(issuer)?.includes(claim) === false) continue;
      add(claim, values);
      // GitHub alone, with an enterprise's own issuers, has tokens that tell a repository.
      if (claim === 'sub') for (const value of values) {
        const [, owner, ownerId, name = '', id] = /^repo:([^/*?:@]+)(?:@(\d+)|[^/*?:]*)\/([^:@]+)(?:@(\d+)(?=:|$))?/.exec(value) ?? [];
        // A wildcard beside an id takes the names that this repository has had.
        if (owner !== undefined && (id === undefined || !/[*?]/.test(name))) add('repository', [`${owner}/${name}`]);
        if (id !== undefined) add('repository_id', [id]);
        if (ownerId !== undefined && id === undefined && name === '*') add('repository_owner_id', [ownerId]);
      }
      if (claim === 'repository' && mappedClaims(issuer).includes(claim)) for (const value of values) {
        const [, owner, isAny] = /^([^/*?]+)\/(\*$)?/.exec(value) ?? [];
        if (owner !== undefined) add('sub', [`repo:${value}`, `repo:${value}:*`, ...isAny === undefined ? [] : [`repo:${owner}@*`]]);
      }
    }
  }
  return mine;
}
