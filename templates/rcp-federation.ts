import { statementsOf, type Document } from '../core/policy-document.ts';
import type { IdentityProvider, Perimeter } from '../policy/index.ts';
import { some, type Values } from './conditions.ts';
import type { Part } from './template.ts';

/** The document beside a role that everybody may assume. */
export const assumeOnly = (document: Document): Document => ({ ...document, Statement: [...statementsOf(document), { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] });

/** The document beside a role that trusts every token of one provider. */
export const trusting = (provider: string) => (document: Document): Document => ({ ...document, Statement: [...statementsOf(document), { Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity' }] });

/** Providers that roles of the account may trust by the definition, one for each pattern. */
export const providersTrusted = ({ identityProviders }: Perimeter, account: string): readonly string[] => (identityProviders ?? []).flatMap((one) => {
  if (one.kind === 'cognito') return ['cognito-identity.amazonaws.com'];
  return one.kind === 'claims' || one.kind === 'own' ? [`arn:aws:iam::${account}:oidc-provider/${one.issuer.replaceAll(/[*?]/g, 'x')}`] : [];
});

/**
 * Refuses tokens and assertions of providers that the definition does not list. Each test is an exception: a token has claims of one issuer
 * only, and to all others a negated test is true. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function federationDenials({ identityProviders }: Perimeter): readonly Part[] {
  if (identityProviders === undefined) return [];
  const claims: Record<string, Values> = {};
  const add = (key: string, values: readonly string[]): void => { claims[key] = some([...[claims[key] ?? []].flat(), ...values]); };
  const exceptions: string[] = [];
  for (const one of identityProviders) {
    if (one.kind === 'claims') for (const [claim, values] of Object.entries(one.claims)) {
      add(`${one.issuer}:${claim}`, values);
      exceptions.push(`tokens whose \`${one.issuer}:${claim}\` is ${values.map((value) => `\`${value}\``).join(' or ')}`);
    }
    if (one.kind === 'cognito') { add('cognito-identity.amazonaws.com:aud', one.identityPools); exceptions.push(`tokens of the identity pools ${one.identityPools.join(', ')}`); }
    if (one.kind === 'own') { add('aws:FederatedProvider', [`arn:aws:iam::*:oidc-provider/${one.issuer}`]); exceptions.push(`tokens of \`${one.issuer}\``); }
  }
  const anchors = identityProviders.flatMap((one) => one.kind === 'trust-anchors' ? one.arns : []);
  const pools = identityProviders.filter((one): one is Extract<IdentityProvider, { kind: 'cognito' }> => one.kind === 'cognito' && !one.guests).flatMap((one) => one.identityPools);
  return [
    { statement: { Sid: 'OnlyMyTokens', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*', ...Object.keys(claims).length === 0 ? {} : { Condition: { StringNotLikeIfExists: claims } } }, does: 'refuses roles to tokens that are not of my tenancy', exceptions },
    ...pools.length === 0 ? [] : [{ statement: { Sid: 'NoGuests', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*', Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': some(pools) }, 'ForAnyValue:StringEquals': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' } } }, does: 'refuses roles to guests of my identity pools' }],
    ...anchors.length === 0 ? [] : [{ statement: { Sid: 'OnlyMyTrustAnchors', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalServiceName': 'rolesanywhere.amazonaws.com' }, ArnNotLikeIfExists: { 'aws:SourceArn': some(anchors) } } }, does: 'refuses roles to IAM Roles Anywhere but for my trust anchors' }],
  ];
}
