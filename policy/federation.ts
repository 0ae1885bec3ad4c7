import { isMine } from './accounts.ts';
import type { Caller } from './callers.ts';
import type { Choice, Freedom } from './domains.ts';
import { commonFreedom, fitsGlob, never, textGlob } from './freedom.ts';
import { glob, matches } from './pattern.ts';
import type { IdentityProvider } from './perimeter.ts';
import type { Question } from './question.ts';
import type { Reach } from './request.ts';
import { tenancyClaims } from './tables/shared-issuers.ts';

/** Providers of web identity that are named by issuer alone. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const builtIn = ['cognito-identity.amazonaws.com', 'accounts.google.com', 'graph.facebook.com', 'www.amazon.com'];

interface Provider { readonly arn: string; readonly account: string | undefined; readonly issuer: string; readonly type: 'oidc' | 'saml' }

export function providerOf(name: string): Provider | undefined {
  if (builtIn.includes(name)) return { arn: name, account: undefined, issuer: name, type: 'oidc' };
  const [, account, type, issuer] = /^arn:[^:]+:iam::(\d{12}):(oidc|saml)-provider\/(.+)$/.exec(name) ?? [];
  return account === undefined || issuer === undefined ? undefined : { arn: name, account, issuer, type: type as 'oidc' | 'saml' };
}

const listed = (question: Question): string[] => [...new Set(question.policy.statements.filter((one) => one.principals?.negated === false).flatMap((one) => one.principals!.federated))];
const isOpenToAll = (question: Question): boolean => question.policy.statements.some((one) => one.effect === 'Allow' && one.principals !== undefined
  && (one.principals.everyone || one.principals.negated || one.principals.federated.includes('*')));

export interface Federated { readonly callers: readonly Caller[]; readonly notes: readonly string[]; readonly undecided: readonly { readonly callers: readonly Caller[]; readonly because: string }[] }

/** Web-identity and SAML callers from outside, one for each way a token can be a stranger's. */
export function federatedCallers(question: Question): Federated {
  const callers: Caller[] = [];
  const notes: string[] = [];
  const undecided: { callers: readonly Caller[]; because: string }[] = [];
  const strangersProvider = 'arn:aws:iam::999999999999:oidc-provider/token.example.org';
  const names = isOpenToAll(question) ? [...listed(question).filter((one) => one !== '*'), strangersProvider, 'arn:aws:iam::999999999999:saml-provider/stranger'] : listed(question);
  for (const name of names) {
    const provider = providerOf(name);
    if (provider === undefined) { notes.push(`\`${name}\` names no provider, so nobody comes in through it`); continue; }
    const foreign = provider.account !== undefined && !isMine(question, provider.account);
    if (foreign) {
      const anyToken = provider.type === 'saml' ? saml(question, provider, 'named-account') : webIdentity(question, provider, 'named-account', () => undefined);
      const unknown = question.perimeter.accounts === undefined && provider.account !== '999999999999';
      callers.push(unknown ? { ...anyToken, unknownAccount: provider.account! } : { ...anyToken, reach: provider.account === '999999999999' ? 'any-account' : 'named-account' });
      continue;
    }
    if (provider.type === 'saml') {
      const mine = samlProviders(question.perimeter.identityProviders);
      if (mine.length > 0 && !mine.some((one) => isMySaml(question, one, provider))) callers.push(saml(question, provider, 'named-account'));
      continue;
    }
    const entries = (question.perimeter.identityProviders ?? []).filter((one) => issuerOf(one) !== undefined && fitsGlob(issuerOf(one)!, provider.issuer));
    if (entries.some((one) => one.kind === 'own')) continue;
    const shared = tenancyClaims(provider.issuer);
    if (entries.length > 0) callers.push(...strangersTokens(question, provider, entries, shared ?? []));
    else if (shared !== undefined) callers.push(webIdentity(question, provider, 'shared-issuer', () => undefined));
    else if (question.perimeter.identityProviders !== undefined) callers.push(webIdentity(question, provider, 'shared-issuer', () => undefined));
    else if (/^oidc\.eks\./.test(provider.issuer)) notes.push(`\`${provider.issuer}\` issues tokens for one cluster; list it in \`identityProviders\` to say whose`);
    else undecided.push({ callers: [webIdentity(question, provider, 'shared-issuer', () => undefined)], because: `whether every token of \`${provider.issuer}\` is yours: list it in \`identityProviders\`` });
  }
  return { callers, notes, undecided };
}

const issuerOf = (one: IdentityProvider): string | undefined => one.kind === 'claims' || one.kind === 'own' ? one.issuer : one.kind === 'cognito' ? 'cognito-identity.amazonaws.com' : undefined;
const samlProviders = (all: readonly IdentityProvider[] | undefined): string[] => (all ?? []).flatMap((one) => one.kind === 'saml' ? [one.arn] : []);
/** In a provider's ARN `*` stands for my accounts. */
const isMySaml = (question: Question, pattern: string, provider: Provider): boolean => fitsGlob(pattern, provider.arn) && isMine(question, provider.account ?? '');

/** Tokens of a shared issuer that are not of my tenancy: no tenancy claim takes a value of mine. */
function strangersTokens(question: Question, provider: Provider, entries: readonly IdentityProvider[], tenancy: readonly string[]): Caller[] {
  const cognito = entries.flatMap((one) => one.kind === 'cognito' ? [one] : []);
  if (cognito.length > 0) {
    const pools = cognito.flatMap((one) => one.identityPools);
    const foreignPool = webIdentity(question, provider, 'shared-issuer', (claim) => claim === 'aud' ? { missing: false, present: true, except: (value) => pools.includes(value) } : undefined);
    const guest = webIdentity(question, provider, 'shared-issuer', (claim) => claim === 'aud' ? { missing: false, present: true, except: (value) => !pools.includes(value), exceptPatterns: pools.map((one) => [...one]) }
      : claim === 'amr' ? { missing: false, present: true, one: true, form: textGlob('unauthenticated') } : undefined);
    return cognito.every((one) => one.guests) ? [foreignPool] : [foreignPool, guest];
  }
  const mine = claimsOfMine(entries);
  return [webIdentity(question, provider, 'shared-issuer', (claim) => {
    const patterns = mine.get(claim);
    if (patterns === undefined) return undefined;
    return { missing: claim !== 'sub', present: true, except: (value) => patterns.some((one) => matches(glob(one), value)), exceptPatterns: patterns.map(glob) };
  })].filter(() => mine.size > 0 || tenancy.length > 0);
}

/** The values of mine by claim, with those that follow from a GitHub subject: `repo:owner/…` fixes owner and repository. */
function claimsOfMine(entries: readonly IdentityProvider[]): Map<string, string[]> {
  const mine = new Map<string, string[]>();
  const add = (claim: string, values: readonly string[]): void => { mine.set(claim, [...(mine.get(claim) ?? []), ...values]); };
  for (const one of entries) {
    if (one.kind !== 'claims') continue;
    for (const [claim, values] of Object.entries(one.claims)) {
      add(claim.toLowerCase(), values);
      if (claim !== 'sub' || one.issuer !== 'token.actions.githubusercontent.com') continue;
      for (const value of values) {
        const owner = /^repo:([^/*?:]+)\//.exec(value)?.[1]?.replace(/@.*$/, '');
        if (owner !== undefined) { add('repository_owner', [owner]); add('repository', [`${owner}/*`]); }
      }
    }
  }
  return mine;
}

const unsigned: Record<string, Choice> = Object.fromEntries(['aws:principalorgid', 'aws:principalorgpaths', 'aws:principalaccount', 'aws:principalarn', 'aws:principalisawsservice',
  'aws:principalservicename', 'aws:principalservicenameslist', 'aws:username', 'aws:userid', 'aws:principaltype', 'kms:calleraccount'].map((key) => [key, null]));

function webIdentity(question: Question, provider: Provider, reach: Reach, claimFreedom: (claim: string) => Freedom | undefined): Caller {
  const prefix = `${provider.issuer.toLowerCase()}:`;
  return {
    principal: { kind: 'web-identity', provider: provider.arn }, reach,
    fixed: { ...unsigned, 'aws:federatedprovider': [provider.arn] },
    freedom: (key) => {
      if (key.startsWith('aws:principaltag/')) return never;
      if (!key.startsWith(prefix)) return /:(sub|aud|amr|oaud)$/.test(key) && key.includes('.') ? never : commonFreedom(key, 'internet', question, undefined);
      const claim = key.slice(prefix.length);
      return claimFreedom(claim) ?? { missing: claim !== 'sub' && claim !== 'aud', present: true };
    },
  };
}

function saml(question: Question, provider: Provider, reach: Reach): Caller {
  return {
    principal: { kind: 'saml', provider: provider.arn }, reach,
    fixed: { ...unsigned, 'aws:federatedprovider': null },
    freedom: (key) => key.startsWith('saml:') ? { missing: !/^saml:(aud|iss|sub|doc)$/.test(key), present: true } : commonFreedom(key, 'internet', question, undefined),
  };
}
