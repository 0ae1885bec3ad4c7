import { absent, always, anything, only, present, type Domain } from '../search/region.ts';
import type { Reach } from '../request.ts';
import { ofToken } from '../tables/carried.ts';
import { github, mappedClaims } from '../tables/shared-issuers.ts';
import type { Caller } from './caller.ts';
import { carriedBy, commonDomain, sessionNames } from './carried.ts';
import { isClaim, isOfToken, type Provider } from './providers.ts';
import type { World } from './world.ts';

/** Any token or assertion of a provider. */
export const tokenOf = (world: World, provider: Provider, reach: Reach): Caller => provider.type === 'saml' ? saml(world, provider, reach) : webIdentity(world, provider, reach);

/** Subjects of strangers as people know them: of any owner, and as patterns have them, with names in the places of their wildcards. */
export function subjectsLiked({ profile }: World, issuer: string): string[] {
  if (issuer !== github) return [];
  const patterns = (profile.conditions.get(`${github}:sub`) ?? []).flatMap((one) => one.values).filter((one) => one.startsWith('repo:'));
  return [`repo:someone/app:${BRANCH}`, ...patterns.filter((one) => /^[^?$]*\*[^?$]*$/.test(one)).slice(0, MOST_SHOWN).map(named)];
}
/** A witness takes one; which of many it is says no more. */
const MOST_SHOWN = 3;
/** https://docs.github.com/en/actions/reference/security/oidc (example subject claims) */
const named = (pattern: string): string => pattern.replace(/\*/g, (_, at: number) => {
  const [before, isLast] = [pattern.slice('repo:'.length, at), at === pattern.length - 1];
  const name = before === '' ? 'someone' : before.endsWith('/') ? 'app' : '-x';
  if (before.includes(':')) return isLast && before.indexOf(':') === before.length - 1 ? BRANCH : 'x';
  return !isLast ? name : before.includes('/') ? `${name}:${BRANCH}` : `${name}/app:${BRANCH}`;
});
const BRANCH = 'ref:refs/heads/main';

/** Claims that no token lacks: https://openid.net/specs/openid-connect-core-1_0.html#IDToken, and the application of Facebook's and Amazon's. */
export const inEveryToken: ReadonlySet<string> = new Set(['sub', 'aud', 'app_id']);
const byToken = carriedBy(ofToken);
export const isSigned = (key: string): boolean => byToken.has(key) || key.startsWith('aws:principaltag/');
export function webIdentity(world: World, provider: Provider, reach: Reach, claimDomain: (claim: string) => Domain | undefined = () => undefined): Caller {
  const prefix = `${provider.issuer.toLowerCase()}:`;
  const mapped = mappedClaims(provider.issuer);
  return {
    principal: { kind: 'web-identity', provider: provider.arn }, reach,
    domain: (key) => {
      if (key.startsWith(prefix)) {
        const claim = key.slice(prefix.length);
        return !mapped.includes(claim) ? absent : claimDomain(claim) ?? (claim === 'sub' ? present({ liked: subjectsLiked(world, provider.issuer) }) : inEveryToken.has(claim) ? always : anything);
      }
      if (key === 'aws:federatedprovider') return only(provider.arn);
      return isSigned(key) || isOfToken(key) ? absent : commonDomain(key, 'internet', world);
    },
  };
}

const inAssertions = ['saml:aud', 'saml:iss', 'saml:sub', 'saml:doc'];
export function saml(world: World, provider: Provider, reach: Reach): Caller {
  return {
    principal: { kind: 'saml', provider: provider.arn }, reach,
    // What else an assertion says, it may leave out. STS itself tells the provider by its account and name.
    domain: (key) => isSigned(key) || isClaim(key) || key === 'aws:federatedprovider' ? absent : key === 'sts:rolesessionname' ? sessionNames : key === 'saml:doc' && provider.account !== world.stranger ? only(`${provider.account}/${provider.issuer}`)
      : inAssertions.includes(key) ? always : commonDomain(key, 'internet', world),
  };
}
