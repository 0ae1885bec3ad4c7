import { kept } from '../kept.ts';
import { plainGlob } from '../pattern.ts';
import { isBuiltIn } from '../tables/shared-issuers.ts';
import type { World } from './world.ts';

/** Whose tokens or assertions a principal element names. `account`: of those that are made in one. */
export interface Provider { readonly arn: string; readonly account: string | undefined; readonly issuer: string; readonly type: 'oidc' | 'saml' }

export const providerOf = kept((name): Provider | undefined => {
  if (isBuiltIn(name)) return { arn: name, account: undefined, issuer: name, type: 'oidc' };
  const found = /^arn:[^:]+:iam::(\d{12}):(oidc|saml)-provider\/([^*?\s]+)$/.exec(name);
  return found === null ? undefined : { arn: name, account: found[1], issuer: found[3]!, type: found[2] as Provider['type'] };
});

/** Whether every token of an issuer is mine, whatever it says. */
export const isWhollyMine = ({ perimeter: { identityProviders = [] } }: World, issuer: string): boolean => identityProviders.some((one) => one.kind === 'own' && plainGlob(one.issuer).matches(issuer));

/**
 * Partitions share no credentials, so a resource is reached from its own, and a role takes tokens, assertions and certificates of its own; what
 * hangs on principals or an endpoint reaches those that the policies speak of.
 */
export function partitionsOf({ profile: { partitions }, question: { kind, resource } }: World): readonly string[] {
  const own = kind === 'resource' || kind === 'rcp' || kind === 'trust' ? resource?.split(':')[1] : undefined;
  return own === undefined ? partitions : [own];
}

/** Whether a key is a claim of some issuer's tokens: global keys and those of services have no dot before their colon. */
export const isClaim = (key: string): boolean => /^[^:]*\./.test(key);
/** Whether a key tells what a token or an assertion says. */
export const isOfToken = (key: string): boolean => key.startsWith('saml:') || isClaim(key);

/** A provider of web identity in an account, partition by partition; a built-in one is named by its issuer. */
export const providersIn = (world: World, account: string, issuer: string): readonly string[] => isBuiltIn(issuer) ? [issuer] : partitionsOf(world).map((one) => `arn:${one}:iam::${account}:oidc-provider/${issuer}`);

/** Issuers of the claims that conditions name and variables hold, as written. */
export const issuersWritten = ({ profile: { conditions, variables } }: World): readonly string[] =>
  [...[...conditions.values()].map(([first]) => first!.name), ...variables].filter(isClaim).map((key) => key.slice(0, key.lastIndexOf(':')));

/** Whether policies of resources and endpoints speak of sessions that began with tokens or assertions of any provider, where in a trust policy it is whoever presents one; of those of roles in any account. */
export const takesAnyProvider = ({ question: { kind }, profile: { federated } }: World): boolean => kind !== 'trust' && federated.includes('*');
export const takesAnyAccounts = (world: World): boolean => takesAnyProvider(world) || (world.question.kind !== 'trust' && world.profile.federated.some(isBuiltIn));
/**
 * Providers that policies of resources and endpoints name, or where they take any whose claims they ask for: there they stand for sessions of roles
 * that began with their tokens, roles of the provider's account or, of a built-in one, of any.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (session principals)
 */
export const providersOfSessions = (world: World, account: string): readonly Provider[] => world.question.kind === 'trust' || world.profile.federated.length === 0 ? [] : world.once(`providers of sessions in ${account}`, () => {
  const asked = takesAnyProvider(world) ? issuersWritten(world).flatMap((issuer) => providersIn(world, account, issuer)) : [];
  return [...new Set([...world.profile.federated, ...asked])].flatMap((one) => providerOf(one) ?? []).filter((one) => one.account === undefined || one.account === account);
});
