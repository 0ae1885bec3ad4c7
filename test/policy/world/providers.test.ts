import { describe, expect, it } from 'vitest';
import { providerOf } from '../../../policy/world/providers.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (federated principals) */
describe('a federated principal', () => {
  const hub = 'token.actions.githubusercontent.com';
  it.each<[string, object]>([
    ['cognito-identity.amazonaws.com', { account: undefined, issuer: 'cognito-identity.amazonaws.com', type: 'oidc' }],
    ['accounts.google.com', { account: undefined, issuer: 'accounts.google.com', type: 'oidc' }],
    [`arn:aws:iam::111111111111:oidc-provider/${hub}`, { account: '111111111111', issuer: hub, type: 'oidc' }],
    ['arn:aws-cn:iam::111111111111:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLE', { account: '111111111111', issuer: 'oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLE', type: 'oidc' }],
    ['arn:aws:iam::111111111111:saml-provider/Okta', { account: '111111111111', issuer: 'Okta', type: 'saml' }],
  ])('%s names a provider', (arn, provider) => { expect(providerOf(arn)).toEqual({ arn, ...provider }); });
  it.each([
    '*', hub, 'Accounts.google.com', `arn:aws:iam::11111111111:oidc-provider/${hub}`, `arn:aws:iam::111111111111:oidc-provider/`, `arn:aws:iam:us-east-1:111111111111:oidc-provider/${hub}`, 'arn:aws:iam::111111111111:role/app',
    `x:arn:aws:iam::111111111111:oidc-provider/${hub}`, `arn:aws:iam::111111111111:oidc-provider/${hub}\n`, 'arn:aws:sts::111111111111:saml-provider/Okta',
  ])('%j names none', (name) => { expect(providerOf(name)).toBeUndefined(); });
});
