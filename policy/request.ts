/** One concrete request, complete enough for any IAM evaluator to replay it. */
export interface Request {
  readonly principal: Principal;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** The ARN the request is about; absent in trust policies and for actions without resource. */
  readonly resource?: string;
  /** Every condition key the request carries; a key that is not here is missing from the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export type PrincipalKind = 'anonymous' | 'role' | 'user' | 'root' | 'service' | 'web-identity' | 'saml';

export interface Principal {
  readonly kind: PrincipalKind;
  readonly account?: string;
  /** ARN of the role or user; of the root user; of a federated user. */
  readonly arn?: string;
  /** ARN of the assumed-role session, where the policy names one. */
  readonly sessionArn?: string;
  /** The service principal's name. */
  readonly name?: string;
  /** The provider of a web-identity or SAML caller, or of the token that a role's session began with: an ARN or a built-in issuer. */
  readonly provider?: string;
  /** The canonical id of the account, where the policy names it so. https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html */
  readonly canonicalUser?: string;
}

/** The issuer of a provider of web identity, whose ARN holds it; a built-in provider is named by it. */
export const issuerOf = (provider = ''): string => provider.replace(/^.*oidc-provider\//, '');
/** The key under which a caller's token tells whose it is. */
export const subjectKey = ({ provider }: Principal): string => `${issuerOf(provider)}:sub`;
/** Keys that show best why a caller is who it is: of a token its subject, and whether a guest holds it; of a service its source. */
export const tellingKeys = (principal: Principal): readonly string[] =>
  principal.kind === 'web-identity' ? [subjectKey(principal), `${issuerOf(principal.provider)}:amr`] : principal.kind === 'service' ? ['aws:SourceArn'] : [];

/** Who could get in, from widest to narrowest; severity follows from it. */
export type Reach =
  | 'anonymous' | 'any-account' | 'shared-issuer' | 'any-organization-member' | 'named-account' | 'service' | 'network-bound';
