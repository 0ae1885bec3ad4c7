import { testOn, type Condition } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { literal, oneOrMore, patternOf, plainGlob, type Pattern } from '../pattern.ts';
import { issuerOf } from '../issuers.ts';
import type { Reach } from '../request.ts';
import { absent, always, present, type TextTest } from '../search/region.ts';
import { builtIn, sharedIssuers } from '../tables/shared-issuers.ts';
import { accountForm } from './accounts.ts';
import type { Caller } from './caller.ts';
import { commonDomain, notOfMine } from './carried.ts';
import type { Doubt } from './doubt.ts';
import { isClaim, isOfToken, issuersWritten, partitionsOf, providerOf, providersIn } from './providers.ts';
import { isSigned, saml } from './tokens.ts';
import type { World } from './world.ts';

const PROVIDER = 'aws:federatedprovider';
const DOCUMENT = 'saml:doc';

const tested = ({ profile }: World): readonly Condition[] => profile.conditions.get(PROVIDER) ?? [];
const none = (patterns: readonly Pattern[]): TextTest[] => patterns.length === 0 ? [] : [{ test: testOn(PROVIDER, patternsOperator, patterns), want: false }];
const ofIssuer = (issuer: string): Pattern[] => [`arn:*:iam::*:oidc-provider/${issuer}`, issuer].map(plainGlob);

/** A token whose provider `aws:FederatedProvider` tells: one of the forms, and none whose claims the policies test or that they name, which are asked for by name. */
function token(world: World, forms: readonly Pattern[], tests: readonly TextTest[], reach: Reach, doubt: Doubt | undefined): Caller {
  const named = [...world.profile.federated.filter((one) => one !== '*').map(literal), ...issuersWritten(world).flatMap(ofIssuer)];
  const begun = tested(world).flatMap(({ values }) => values.map((value) => value.replace(/\*$/, 'example.org')));
  const provider = present({ forms, tests: [...tests, ...none(named)], liked: [...partitionsOf(world).map((one) => `arn:${one}:iam::${world.account}:oidc-provider/token.example.org`), ...begun] });
  return {
    principal: { kind: 'web-identity', provider: '' }, reach, doubt,
    // Of its claims none is tested.
    domain: (key) => key === PROVIDER ? provider : isOfToken(key) ? (isClaim(key) && key.endsWith(':sub') && !world.tests(key) ? always : absent) : isSigned(key) ? absent : commonDomain(key, 'internet', world),
  };
}

const formsIn = (world: World, account: string | Pattern): Pattern[] => partitionsOf(world).map((one) => patternOf(`arn:${one}:iam::`, account, ':oidc-provider/', oneOrMore('name')));

/** Issuers of EKS clusters, each of which issues tokens for one; nobody else's is taken to be called so. */
const clusters = ['oidc.eks.*.amazonaws.com/id/*', 'oidc.eks.*.amazonaws.com.cn/id/*'];
/** What to know of conditions that take clusters by a pattern, of which nothing tells whose they are. */
export const notesOnClusters = (world: World): string[] => world.perimeter.identityProviders !== undefined ? [] : tested(world).filter((one) => !one.operator.negated).flatMap(({ globs }) => globs)
  .flatMap(({ text }) => /:oidc-provider\/oidc\.eks\./.test(text) ? [`\`${text}\` takes issuers of clusters; list those of yours in \`identityProviders\``] : []);

/** Where a condition asks for providers: tokens of those in an account that no policy names and that strangers may share, by what the definition tells. */
export function unnamedTokens(world: World, account: string): Caller[] {
  if (!world.tests(PROVIDER)) return [];
  const { identityProviders } = world.perimeter;
  const listed = (identityProviders ?? []).flatMap((one) => one.kind === 'own' || one.kind === 'claims' ? [one.issuer] : []);
  const isListed = (issuer: string): boolean => listed.some((one) => plainGlob(one).matches(issuer));
  const issuers = sharedIssuers(partitionsOf(world));
  const shared = issuers.filter((one) => !isListed(one));
  const mine = (identityProviders ?? []).flatMap((one) => one.kind === 'own' ? [one.issuer] : []);
  const doubt: Doubt | undefined = identityProviders !== undefined ? undefined
    : { because: ({ principal }) => `whether every token of \`${issuerOf(principal.provider)}\` is yours: list it in \`identityProviders\`` };
  return [
    token(world, shared.flatMap((one) => providersIn(world, account, one)).map(literal), [], 'shared-issuer', undefined),
    token(world, formsIn(world, account), none([...issuers, ...mine, ...doubt === undefined ? [] : clusters].flatMap(ofIssuer)), 'shared-issuer', doubt),
  ];
}

/** The same of all that an account has, whoever's they are; of all that are in no account of mine. */
export const anyUnnamedTokens = (world: World, account: string, reach: Reach): Caller[] => !world.tests(PROVIDER) ? [] : [token(world, [...formsIn(world, account), ...builtIn(partitionsOf(world)).map(literal)], [], reach, undefined)];
export const strangersUnnamedTokens = (world: World, reach: Reach): Caller[] => !world.tests(PROVIDER) ? []
  : [token(world, formsIn(world, accountForm), notOfMine(world, PROVIDER, (id) => `arn:*:iam::${id}:*`), reach, undefined)];

/** Where a condition asks for the provider of an assertion: those of an account that no policy names and the definition does not list, where it lists some. */
export function unnamedAssertions(world: World, account: string): Caller[] {
  if (!world.tests(DOCUMENT)) return [];
  const listed = (world.perimeter.identityProviders ?? []).flatMap((one) => one.kind === 'saml' ? [one.arn] : []);
  if (listed.length === 0) return [];
  return partitionsOf(world).flatMap((one) => assertion(world, account, one, listed.flatMap((arn) => documentOf(arn, one))));
}
export const anyUnnamedAssertions = (world: World, account: string): Caller[] => !world.tests(DOCUMENT) ? [] : assertion(world, account, partitionsOf(world)[0]!, []);

function assertion(world: World, account: string, partition: string, listed: readonly string[]): Caller[] {
  const named = world.profile.federated.flatMap((one) => { const provider = providerOf(one); return provider?.type === 'saml' && provider.account === account ? [`${account}/${provider.issuer}`] : []; });
  const documents = present({ forms: [patternOf(`${account}/`, oneOrMore('iam-name'))], tests: [...listed.map(plainGlob), ...named.map(literal)].map((one) => ({ test: testOn(DOCUMENT, patternsOperator, [one]), want: false })), liked: [`${account}/someone`] });
  const any = saml(world, { arn: `arn:${partition}:iam::`, account, issuer: '', type: 'saml' }, 'named-account');
  return [{ ...any, domain: (key) => key === DOCUMENT ? documents : any.domain(key) }];
}

/** What `saml:doc` tells of the providers that an ARN pattern takes in a partition. */
function documentOf(arn: string, partition: string): string[] {
  const [, where = '', , , account = '', ...name] = arn.split(':');
  // A wildcard that crosses colons takes whatever is in the account.
  if (name.length === 0) return plainGlob(arn).matches(`arn:${partition}:iam::111111111111:saml-provider/x`) ? ['*'] : [];
  return plainGlob(where).matches(partition) ? [`${account}/${name.join(':').replace(/^[^/]*\//, '')}`] : [];
}
