/**
 * Issuers of web identity tokens that serve many tenants, with the claims that tell whose a token is.
 * As of 2026-11. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
const issuers: Readonly<Record<string, readonly string[]>> = {
  'token.actions.githubusercontent.com': ['sub', 'repository', 'repository_id', 'repository_owner', 'repository_owner_id', 'job_workflow_ref', 'enterprise_id'],
  'vstoken.actions.githubusercontent.com': ['sub'], 'gitlab.com': ['sub', 'namespace_path', 'project_path'], 'app.terraform.io': ['sub'], 'agent.buildkite.com': ['sub'],
  'oidc.codefresh.io': ['sub'], 'studio.datachain.ai/api': ['sub'], 'proidc.upbound.io': ['sub'], 'scalr.io': ['sub'], 'api.pulumi.com/oidc': ['aud'], 'oidc.vercel.com': ['aud'],
  'sandboxes.cloud': ['aud'], 'cognito-identity.amazonaws.com': ['aud'], 'accounts.google.com': ['aud', 'oaud', 'sub'], 'graph.facebook.com': ['app_id'], 'www.amazon.com': ['app_id'],
};

/** The tenancy claims of a shared issuer, `undefined` where the issuer is not known to be shared. */
export const tenancyClaims = (issuer: string): readonly string[] | undefined => issuers[issuer.toLowerCase()];
