import { kept } from '../kept.ts';
import { builtIn, cognito } from '../tables/shared-issuers.ts';
import type { World } from './world.ts';

/** Whose tokens or assertions a principal element names. `account`: of those that are made in one. */
export interface Provider { readonly arn: string; readonly account: string | undefined; readonly issuer: string; readonly type: 'oidc' | 'saml' }

export const providerOf = kept((name): Provider | undefined => {
  if (builtIn.includes(name)) return { arn: name, account: undefined, issuer: name, type: 'oidc' };
  const found = /^arn:[^:]+:iam::(\d{12}):(oidc|saml)-provider\/([^*?\s]+)$/.exec(name);
  return found === null ? undefined : { arn: name, account: found[1], issuer: found[3]!, type: found[2] as Provider['type'] };
});

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

/**
 * Providers that policies of resources and endpoints name: there they stand for sessions of roles that began with their tokens, roles of the
 * provider's account or, of a built-in one, of any. (In a trust policy they stand for whoever presents the token.)
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (session principals)
 */
export const providersOfSessions = (world: World): readonly Provider[] => world.question.kind === 'trust' ? []
  : world.once('providers of sessions', () => [...new Set(world.profile.federated.map((one) => one === '*' ? cognito : one))].flatMap((one) => providerOf(one) ?? []));
