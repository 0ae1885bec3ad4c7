import { matches } from '../../core/exceptions.ts';
import type { Outside } from '../../core/pins.ts';
import { asList, operatorParts, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, principalsOf } from '../../core/statement-changes.ts';
import { issuerOf, type Perimeter, type Question } from '../../policy/index.ts';
import { isCognito, tenancyClaims } from '../../policy/tables/shared-issuers.ts';
import { accountIn } from './accounts.ts';
import { isOfMine } from './own-accounts.ts';

/** Whether the definition tells which tokens of an issuer are mine. */
export const isListed = ({ identityProviders = [] }: Perimeter, issuer: string): boolean => identityProviders.some((one) => one.kind === 'cognito' ? isCognito(issuer) : (one.kind === 'claims' || one.kind === 'own') && matches(one.issuer, issuer));

/** Providers of web identity that a statement names, of mine or called by the issuer's name alone, of whose issuers the definition tells nothing. */
export const unlistedIn = (question: Question, statement: Statement): string[] => principalsOf(statement).flatMap(([type, names]) => type === 'Federated' ? names.map(String) : [])
  .filter((one) => !/:saml-provider\//.test(one) && (accountIn(one) === undefined || isOfMine(question, one)) && !isListed(question.perimeter, issuerOf(one)));

/** Whether the answer shows a token of an issuer whose tenants a statement tells apart, though the definition does not say which of them are mine: what is pinned so is meant. */
export const isPinnedUnlisted = (question: Question, { witness: { principal } }: Outside, statement: Statement | undefined): statement is Statement =>
  statement !== undefined && question.kind === 'trust' && principal.kind === 'web-identity' && unlistedIn(question, statement).includes(principal.provider!) && isPinned(statement, issuerOf(principal.provider));

/** Whether a statement asks that a claim of tenancy have some values, and not any. */
export const isPinned = (statement: Statement, issuer: string): boolean => {
  const held = claimsHeld(statement, issuer);
  return tenancyClaims(issuer) !== undefined && Object.entries(conditionsOf(statement)).some(([operator, keys]) => /^String(?!Not)/.test(operatorParts(operator).name) && Object.entries(keys).some(([key, given]) => held.includes(key) && !asList(given).some((one) => /^\**$/.test(String(one)))));
};

/** Claims of an issuer that a statement tests: those that tell tenants apart, or where it is not known which do, all but those that seldom do. */
export const claimsHeld = (statement: Statement, issuer: string): string[] => Object.values(conditionsOf(statement)).flatMap((keys) => Object.keys(keys)).filter((key) => {
  const claim = key.slice(issuer.length + 1).toLowerCase();
  return key.toLowerCase().startsWith(`${issuer.toLowerCase()}:`) && (tenancyClaims(issuer)?.includes(claim) ?? (claim !== 'aud' && claim !== 'amr'));
});
