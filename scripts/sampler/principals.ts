import type { QuestionKind } from '../../policy/index.ts';
import type { Random } from '../bench/random.ts';
import { accounts, callerArns, own, partner, partnersOther, principals } from './cast.ts';
import { anchor, foreignAnchor, issuers, providerOf, rolesAnywhere } from './issuers.ts';
import { claimKeys, type Key } from './keys.ts';
import { joined, randomTest, type Conditions } from './tests.ts';
import type { Statement } from './documents.ts';

export const namesNobody = (kind: QuestionKind): boolean => kind === 'identity' || kind === 'scp';

/** Whom a statement names. */
export function principalElement(random: Random, kind: QuestionKind, effect: string, focus: readonly Key[] = []): object {
  const { chance, pick } = random;
  if (namesNobody(kind)) return {};
  // Who asks which provider a session began with names any, or one.
  if ((kind === 'resource' || kind === 'vpc-endpoint') && focus.some(({ name }) => name === 'aws:FederatedProvider') && chance(0.6)) return { [effect === 'Deny' && chance(0.3) ? 'NotPrincipal' : 'Principal']: { Federated: pick(['*', '*', ...issuers.map(({ name }) => providerOf(name))]) } };
  if (kind === 'rcp' || (effect === 'Deny' && chance(0.7)) || chance(0.35)) return { Principal: chance(0.85) ? '*' : { AWS: '*' } };
  return { [effect === 'Deny' && kind !== 'trust' && chance(0.5) ? 'NotPrincipal' : 'Principal']: named(random, kind) };
}
function named({ pick, chance, some }: Random, kind: QuestionKind): object {
  const arn = (): string => { const account = pick(accounts); return pick([account, account, `arn:aws:iam::${account}:root`, ...callerArns(account), `arn:aws:sts::${account}:assumed-role/app/jo`]); };
  const federated = (): string => chance(kind === 'trust' ? 0 : 0.35) ? '*' : pick([...issuers.map(({ name }) => providerOf(name, pick([own, own, own, ...accounts]))), `arn:aws:iam::${own}:saml-provider/Okta`, `arn:aws:iam::${pick(accounts)}:saml-provider/Other`]);
  const listed = (one: () => string): string | string[] => { const length = pick([1, 1, 2, 3]); return length === 1 ? one() : Array.from({ length }, one); };
  const kinds = some(['AWS', 'AWS', 'Service', ...kind === 'trust' || chance(0.35) ? ['Federated'] : []], 1, 3);
  return Object.fromEntries(kinds.map((one) => [one, one === 'AWS' ? (chance(0.12) ? '*' : listed(arn)) : one === 'Service' ? some(principals, 1, 2) : listed(federated)]));
}

/** A statement of a trust policy as AWS recommends it for somebody who comes with a token, an assertion, a certificate or an external id. */
export function trusting(random: Random, issuer: string): Statement {
  const { chance, pick, some } = random;
  const allow = (principal: object | string, action: string | readonly string[], tests: readonly Conditions[]): Statement => ({ Effect: 'Allow', Principal: principal, Action: chance(0.15) ? 'sts:*' : action, ...tests.length === 0 ? {} : { Condition: joined(tests) } });
  const tested = claimKeys(issuer, 1);
  return pick<() => Statement>([
    () => allow({ Federated: chance(0.9) ? providerOf(issuer) : [providerOf(issuer), providerOf(pick(issuers).name)] }, pick(['sts:AssumeRoleWithWebIdentity', ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']]), Array.from({ length: pick([0, 1, 1, 2, 2]) }, () => randomTest(random, 'sts', tested))),
    () => allow(chance(0.15) ? '*' : { Federated: some([`arn:aws:iam::${own}:saml-provider/Okta`, `arn:aws:iam::${pick(accounts)}:saml-provider/Okta`], 1, 2) }, 'sts:AssumeRoleWithSAML', chance(0.2) ? [] : [{ StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }]),
    () => allow({ AWS: pick<string | readonly string[]>([partner, [partner, partnersOther], `arn:aws:iam::${partner}:root`, `arn:aws:iam::${partner}:role/app`, '*']) }, 'sts:AssumeRole', [{ [pick(['StringEquals', 'StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'StringEqualsIfExists'])]: { 'sts:ExternalId': pick([['12345'], ['12345', 'Ext-Id'], ['67890'], ['123*'], ['Ext-Id']]) } }]),
    () => allow({ Service: rolesAnywhere }, ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], chance(0.2) ? [] : [{ [pick(['ArnEquals', 'ArnLike', 'StringEquals', 'ArnNotEquals'])]: { 'aws:SourceArn': pick([anchor, foreignAnchor, `arn:aws:rolesanywhere:*:${own}:trust-anchor/*`]) } }]),
  ])();
}
