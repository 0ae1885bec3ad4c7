import { frozen } from './frozen.ts';

/**
 * One concrete request, complete enough for any IAM evaluator to replay it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
 */
export interface Request {
  /** Who makes it. */
  readonly principal: Principal;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** The ARN the request is about; absent in trust policies and for actions without resource. */
  readonly resource?: string;
  /**
   * Every condition key the request carries, in any case; a key that is not here is missing from the request. Numbers, times and booleans are
   * texts, as policies write them; several values are a list.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
   */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export const principalKinds = ['anonymous', 'role', 'user', 'root', 'service', 'web-identity', 'saml'] as const;
/**
 * Who makes a request:
 * - `anonymous`: nobody who is known, for the call is not signed.
 * - `role`: a role, by one of its sessions.
 * - `user`: an IAM user, or a federated user of STS, whose `arn` tells.
 * - `root`: an account's root user.
 * - `service`: an AWS service by its service principal, not one that acts on with somebody's credentials, which is that caller.
 * - `web-identity`, `saml`: whoever presents a token of an OpenID Connect provider, or an assertion of a SAML provider, to assume a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type PrincipalKind = (typeof principalKinds)[number];

/** Who makes a request, by all that a Principal element could name. What a policy's conditions test of it stands in the request's `context` as well. */
export interface Principal {
  readonly kind: PrincipalKind;
  /** The account of a role, user or root user; 12 digits. */
  readonly account?: string;
  /** ARN of the role or user; of the root user; of a federated user. */
  readonly arn?: string;
  /** ARN of the assumed-role session, where the policy names one. */
  readonly sessionArn?: string;
  /** The service principal's name, such as `cloudtrail.amazonaws.com`. */
  readonly name?: string;
  /** The provider of a web-identity or SAML caller, or of the token that a role's session began with: an ARN or a built-in issuer. */
  readonly provider?: string;
  /** The canonical id of the account, where the policy names it so. https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html */
  readonly canonicalUser?: string;
}

/**
 * Who could get in, from widest to narrowest, or asked about `resources`, whose resources can be reached; severity follows from it:
 * - `anonymous`: everybody, without signing.
 * - `any-account`: whoever has an AWS account.
 * - `shared-issuer`: whoever has a token of an issuer that many tenants share.
 * - `any-organization-member`: principals of organizations that are not mine.
 * - `named-account`: principals of an account that the policy names and that is not mine.
 * - `service`: an AWS service, acting for somebody else.
 * - `network-bound`: whoever comes from a network that the policy names.
 */
export type Reach = typeof reaches[number];
/** From widest to narrowest. */
export const reaches = frozen(['anonymous', 'any-account', 'shared-issuer', 'any-organization-member', 'named-account', 'service', 'network-bound'] as const);
