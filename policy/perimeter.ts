import { frozen } from './frozen.ts';
import { awsOwnedResources } from './tables/aws-owned-resources.ts';

/**
 * The perimeter: what "mine" means, in the form the engine reads. `core/definition.ts` makes it from validated
 * `perimeter.yaml` data; defaults are applied there, so nothing here is optional unless absence has a meaning of its own.
 */
export interface Perimeter {
  /** Organization ids (`o-…`), at least one unless every account is standalone. */
  readonly organizations: readonly string[];
  /** Patterns of organization paths that narrow which principals are mine; empty: the whole organization. */
  readonly organizationPaths: readonly string[];
  /** Every account of the organization. `undefined`: the list is not known, so an exactly named account is undecided. */
  readonly accounts: readonly string[] | undefined;
  /** Accounts that are mine and belong to no organization. */
  readonly standaloneAccounts: readonly string[];
  readonly partners: readonly Partner[];
  /** Service principals that count as AWS acting for me; `any`: all of them. */
  readonly services: 'any' | readonly string[];
  /** `undefined`: SAML providers of known accounts are mine and issuers shared between tenants are nobody's. */
  readonly identityProviders: readonly IdentityProvider[] | undefined;
  readonly networks: Networks;
  /** Names of S3 buckets that are mine, with or without wildcards. */
  readonly buckets: readonly string[];
  /** ARN patterns of AWS-owned resources that may be reached; Regions already written out as `*` alternatives. */
  readonly awsOwnedResources: readonly string[];
  /** Actions whose calls may arrive unsigned, such as `s3:GetObject`. */
  readonly unsignedActions: readonly string[];
  readonly exclusionTags: { readonly principal: Readonly<Record<string, string>>; readonly resource: Readonly<Record<string, string>> };
}

export interface Partner {
  readonly name: string;
  readonly accounts: readonly string[];
  /** The external ids agreed with the partner; `pinned`: any exact id a policy fixes; `undefined`: none agreed. */
  readonly externalIds: readonly string[] | 'pinned' | undefined;
  /** What the partner may use through resource and endpoint policies. */
  readonly resources: readonly { readonly arn: string; readonly actions: readonly string[] }[];
  /** ARN patterns of the partner's resources that my principals may reach. */
  readonly reachable: readonly string[];
}

export type IdentityProvider =
  | { readonly kind: 'claims'; readonly issuer: string; readonly claims: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'own'; readonly issuer: string }
  | { readonly kind: 'cognito'; readonly identityPools: readonly string[]; readonly guests: boolean }
  | { readonly kind: 'saml'; readonly arn: string }
  | { readonly kind: 'trust-anchors'; readonly arns: readonly string[] };

export interface Networks {
  readonly vpcs: readonly string[];
  readonly subnets: readonly string[];
  readonly vpcEndpoints: readonly string[];
  readonly cidrs: readonly string[];
  /** Whether any VPC of my organization (aws:VpceOrgID) counts. */
  readonly organization: boolean;
}

/** A perimeter with nothing in it, not even what a definition takes in unless it says otherwise. */
export const emptyPerimeter: Perimeter = frozen({
  organizations: [], organizationPaths: [], accounts: undefined, standaloneAccounts: [], partners: [], services: 'any',
  identityProviders: undefined, networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: [], organization: false },
  buckets: [], awsOwnedResources: [], unsignedActions: [], exclusionTags: { principal: {}, resource: {} },
});

/**
 * What a definition comes to that leaves every section out, for callers that build one by hand: AWS's own resources may be reached, and calls
 * that are never signed may arrive. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const defaultPerimeter: Perimeter = frozen({ ...emptyPerimeter, awsOwnedResources, unsignedActions: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'execute-api:Invoke'] });
