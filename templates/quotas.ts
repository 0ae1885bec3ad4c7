/** How large a policy may be, and how AWS counts. As of 2026-11. */
export interface Quota {
  /** Such as `characters of an SCP`. */
  readonly of: string;
  readonly most: number;
  /** Whether white space counts: then only the minified policy is sure to be what was counted. */
  readonly countsWhitespace: boolean;
  /** How many policies of the kind may hang on one thing; more than one: a policy that is too large can be split. */
  readonly documents: number;
  readonly source: string;
}

const organizations = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html';
const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

/**
 * White space counts where Organizations is called through its API. The page gives 5,120 characters for both kinds in its older
 * copies; an organization to which that still applies passes `quota=5120`.
 */
export const scpQuota: Quota = { of: 'characters of an SCP', most: 10_240, countsWhitespace: true, documents: 9, source: organizations };
/** One of the five that may hang on a root, unit or account is RCPFullAWSAccess, which nobody can take away. */
export const rcpQuota: Quota = { of: 'characters of an RCP', most: 5_120, countsWhitespace: true, documents: 4, source: organizations };
export const endpointQuota: Quota = { of: 'characters of an endpoint policy', most: 20_480, countsWhitespace: true, documents: 1, source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html' };
export const trustQuota: Quota = { of: 'characters of a trust policy without white space', most: 2_048, countsWhitespace: false, documents: 1, source: iam };
export const managedPolicyQuota: Quota = { of: 'characters of a managed policy without white space', most: 6_144, countsWhitespace: false, documents: 10, source: iam };

/** The quota as it applies to somebody, in the place of the usual one. */
export const quotaOf = (usual: Quota, most: number): Quota => most === 0 ? usual : { ...usual, most };
