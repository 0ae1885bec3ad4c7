/**
 * Issuers of web identity tokens that serve many tenants, with the claims that tell whose a token is: those that AWS asks a trust policy
 * for, and beyond them those that AWS hands to policies and the issuer gives to one tenant alone. A GitHub `job_workflow_ref` is none,
 * for strangers may call a workflow of mine, nor is Google's `oaud`, which holds whatever audience a service account asked for.
 * As of 2026-10. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
const tenancy = new Map<string, readonly string[]>([
  ['token.actions.githubusercontent.com', ['sub', 'repository', 'repository_id', 'repository_owner_id', 'enterprise_id']],
  ['gitlab.com', ['sub', 'namespace_id', 'project_id']], ['agent.buildkite.com', ['sub', 'organization_id', 'organization_slug', 'pipeline_id', 'cluster_id']],
  ['accounts.google.com', ['aud', 'sub', 'google/organization_number']],
  ...['graph.facebook.com', 'www.amazon.com'].map((name) => [name, ['app_id']] as const),
  // Their subjects hold the organization's or team's name: https://www.pulumi.com/docs/esc/providers/login/gcp-login/, https://vercel.com/docs/oidc/reference
  ...['api.pulumi.com/oidc', 'oidc.vercel.com'].map((name) => [name, ['aud', 'sub']] as const),
  ...['cognito-identity.amazonaws.com', 'sandboxes.cloud'].map((name) => [name, ['aud']] as const),
  // The last six are IBM Turbonomic's.
  ...['app.terraform.io', 'oidc-configuration.audit-log.githubusercontent.com', 'oidc.codefresh.io', 'proidc.upbound.io', 'scalr.io', 'studio.datachain.ai/api', 'tokens.cloud.shisho.dev',
    'vstoken.actions.githubusercontent.com', ...['22ejnvnnturfmt6km08idd0nt4hekbn7', '23e3sd27sju1hoou6ohfs68vbno607tr', '23ne21h005qjl3n33d8dui5dlrmv2tmg', '24jrf12m5dj7ljlfb4ta2frhrcoadm26']
      .map((id) => `rh-oidc.s3.us-east-1.amazonaws.com/${id}`), ...['2f785sojlpb85i7402pk3qogugim5nfb', '2c51blsaqa9gkjt0o9rt11mle8mmropu'].map((id) => `oidc.op1.openshiftapps.com/${id}`),
  ].map((name) => [name, ['sub']] as const),
  // Azure Sentinel, as AWS writes it and as Microsoft does: AWS asks for sts:RoleSessionName instead, so no claim tells its tenants apart.
  ...['33e01921-4d64-4f8c-a055-5bdaffd5e33d', 'cab8a31a-1906-4287-a0d8-4eef66b95f6e'].flatMap((id) => [id, `${id}/`]).map((id) => [`sts.windows.net/${id}`, []] as const),
]);

export const github = 'token.actions.githubusercontent.com';
const cognito = 'cognito-identity.amazonaws.com';
/** Cognito's other issuers by partition; that its first is taken nowhere but in the partition `aws`, AWS does not say. https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html */
const ofCognito: Readonly<Record<string, readonly string[]>> = { 'aws-cn': ['cognito-identity.cn-north-1.amazonaws.com.cn'], 'aws-us-gov': ['cognito-identity-us-gov.amazonaws.com', 'cognito-identity.us-gov-east-1.amazonaws.com'] };
const cognitoIn = (partitions: readonly string[]): readonly string[] => [cognito, ...partitions.flatMap((one) => ofCognito[one] ?? [])];
/** Those and whatever it may be called in one more Region. */
export const isCognito = (issuer: string): boolean => /^cognito-identity[a-z0-9.-]*\.amazonaws\.com(\.cn)?$/i.test(issuer);
/** An issuer as the tables here have it. */
const listed = (issuer: string): string => isCognito(issuer) ? cognito : issuer.toLowerCase();
const companies = ['accounts.google.com', 'graph.facebook.com', 'www.amazon.com'];
/** Providers of web identity that are named by issuer alone. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export const builtIn = (partitions: readonly string[]): readonly string[] => [...cognitoIn(partitions), ...companies];
export const isBuiltIn = (issuer: string): boolean => companies.includes(issuer) || isCognito(issuer);

export const sharedIssuers = (partitions: readonly string[]): readonly string[] => [...[...tenancy.keys()].filter((one) => one !== cognito), ...cognitoIn(partitions)];
/** The tenancy claims of a shared issuer, `undefined` where the issuer is not known to be shared. */
export const tenancyClaims = (issuer: string): readonly string[] | undefined => tenancy.get(listed(issuer));

const usual = ['amr', 'aud', 'email', 'oaud', 'sub'];
/** As of 2026-10. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
const mapped: readonly (readonly [issuer: RegExp, claims: readonly string[]])[] = [
  [/^token\.actions\.(githubusercontent\.com(\/[^/]+)?|[^./]+\.ghe\.com)$/, [...usual, 'actor', 'actor_id', 'enterprise_id', 'environment', 'job_workflow_ref', 'ref', 'repository', 'repository_id', 'repository_owner_id', 'workflow']],
  [/^gitlab\.com$/, [...usual, 'namespace_id', 'pipeline_source', 'project_id', 'ref_protected', 'runner_environment', 'user_access_level', 'user_email', 'user_id', 'user_login']],
  [/^agent\.(buildkite\.com|[^./]+\.buildkite\.(dev|site))$/, [...usual, 'build_branch', 'cluster_id', 'cluster_name', 'organization_id', 'organization_slug', 'pipeline_id', 'pipeline_slug']],
  [/^oidc\.circleci\.com\/org\/[^/]+$/, [...usual, 'oidc.circleci.com/project-id']], [/^idcs-[^./]+\.identity\.oraclecloud\.com$/, [...usual, 'rpst_id']],
  [/^accounts\.google\.com$/, [...usual, 'google/organization_number']], [/^cognito-identity\.amazonaws\.com$/, ['amr', 'aud', 'oaud', 'sub']],
  [/^graph\.facebook\.com$/, ['app_id', 'id']], [/^www\.amazon\.com$/, ['app_id', 'sub', 'user_id']],
];

/** The claims of its tokens that AWS hands to policies; a condition on any other finds no value. */
export const mappedClaims = (issuer: string): readonly string[] => mapped.find(([pattern]) => pattern.test(listed(issuer)))?.[1] ?? usual;

/**
 * Whether a session that began with a token or assertion still tells what that said when it assumes a role or calls another service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html (cross-service context keys)
 */
export function isInSessions(key: string): boolean {
  if (key.startsWith('saml:')) return /^saml:(namequalifier|sub|sub_type)$/.test(key);
  const end = key.lastIndexOf(':');
  const [issuer, claim] = [key.slice(0, end), key.slice(end + 1)];
  return (isBuiltIn(issuer) ? mappedClaims(issuer) : usual).includes(claim);
}
