import type { IdentityProvider } from '../../policy/index.ts';
import type { Random } from '../bench/random.ts';
import { foreignPool, github, own, pool } from './cast.ts';

/** A value under a claim: one that policies say, one near it, or one of those given. */
export type Choose = (claim: string, others: readonly string[], fits?: RegExp) => string;
type Claims = Readonly<Record<string, string | readonly string[]>>;

/** An issuer of tokens: what policies ask of them, which of them definitions call mine, and how it makes them. */
export interface Issuer {
  readonly name: string;
  /** Whether it serves many tenants. */
  readonly isShared: boolean;
  readonly tested: Readonly<Record<string, readonly string[]>>;
  readonly mine: readonly IdentityProvider[];
  readonly token: (choose: Choose, random: Random) => Claims;
}

const claims = (issuer: string, ...of: readonly Readonly<Record<string, readonly string[]>>[]): readonly IdentityProvider[] => of.map((one) => ({ kind: 'claims', issuer, claims: one }));
const [gitlab, terraform, google, facebook, amazon, cognito, cognitoOfGov, cognitoOfChina, cluster, idp] = ['gitlab.com', 'app.terraform.io', 'accounts.google.com', 'graph.facebook.com', 'www.amazon.com', 'cognito-identity.amazonaws.com', 'cognito-identity-us-gov.amazonaws.com', 'cognito-identity.cn-north-1.amazonaws.com.cn', 'oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111BBBB2222', 'idp.example.com'] as const;
/** What no tenant chooses for itself follows from who it is. */
const idOf = (owner: string): string => owner === 'acme' ? '123' : '666';

export const issuers: readonly Issuer[] = [
  {
    name: github, isShared: true, mine: claims(github, { sub: ['repo:acme/*'] }, { sub: ['repo:acme/app:*', 'repo:acme@123/*'] }, { repository_owner_id: ['123'] }, { repository: ['acme/*'] }, { sub: ['repo:acme/*'], enterprise_id: ['77'] }),
    tested: { sub: ['repo:acme/*', 'repo:acme/app:*', 'repo:acme*', 'repo:acme/app:ref:refs/heads/main', 'repo:*/app:*', 'repo:acm?/*', 'repo:acme@123/*', 'repo:*acme/*', '*:ref:refs/heads/main', '*'], aud: ['sts.amazonaws.com', 'https://github.com/acme'], repository: ['acme/app', 'acme/*', '*/app'], repository_owner_id: ['123', '12*'], job_workflow_ref: ['acme/wf/.github/workflows/x.yml@refs/heads/main', 'acme/*'], environment: ['prod'], actor: ['acme-bot'] },
    token: (choose, { pick, chance }) => {
      const sub = choose('sub', ['repo:evil/app:pull_request', 'repo:acme-evil/app:ref:refs/heads/main', 'repo:evil@666/app@1:ref:refs/heads/main'], /^repo:[A-Za-z0-9-]+(@\d+)?\/[\w.-]+(@\d+)?:.+$/);
      const [, owner = '', id = idOf(owner), repository = ''] = /^repo:([^/@]+)(?:@(\d+))?\/([^:@]+)/.exec(sub) ?? [];
      // Owners' ids are nobody's to choose.
      const told = id === idOf(owner) ? sub : sub.replace(`@${id}`, `@${idOf(owner)}`);
      return { sub: told, aud: choose('aud', ['sts.amazonaws.com', 'https://github.com/evil']), repository: `${owner}/${repository}`, repository_owner_id: idOf(owner), repository_id: owner === 'acme' ? '456' : '457', job_workflow_ref: choose('job_workflow_ref', ['evil/wf/.github/workflows/x.yml@refs/heads/main']), actor: pick(['eve', 'acme-bot']), ref: 'refs/heads/main', ...chance(0.5) ? { environment: choose('environment', ['prod']) } : {}, ...owner === 'acme' ? { enterprise_id: '77' } : {} };
    },
  },
  {
    name: gitlab, isShared: true, mine: claims(gitlab, { sub: ['project_path:acme/*'] }, { namespace_id: ['72'] }), tested: { sub: ['project_path:acme/*', 'project_path:acme*', 'project_path:*:ref_type:branch:ref:main', 'project_path:acme/app:ref_type:branch:ref:main'], aud: ['https://gitlab.com'], namespace_id: ['72', '7*'] },
    token: (choose) => { const sub = choose('sub', ['project_path:evil/app:ref_type:branch:ref:main', 'project_path:acme-evil/app:ref_type:branch:ref:main'], /^project_path:[\w.-]+(\/[\w.-]+)+:ref_type:\w+:ref:.+$/); return { sub, aud: choose('aud', ['https://gitlab.com']), namespace_id: sub.startsWith('project_path:acme/') ? '72' : '73' }; },
  },
  {
    name: terraform, isShared: true, mine: claims(terraform, { sub: ['organization:acme:*'] }), tested: { sub: ['organization:acme:*', 'organization:acme*', 'organization:*:workspace:prod:*', 'organization:acme:project:p:workspace:w:run_phase:*'], aud: ['aws.workload.identity'] },
    token: (choose) => ({ sub: choose('sub', ['organization:evil:project:p:workspace:prod:run_phase:apply', 'organization:acme-evil:project:p:workspace:w:run_phase:plan'], /^organization:[\w-]+:project:[^:]+:workspace:[\w-]+:run_phase:(plan|apply)$/), aud: choose('aud', ['aws.workload.identity']) }),
  },
  {
    name: google, isShared: true, mine: claims(google, { aud: ['111-mine.apps.googleusercontent.com'] }, { sub: ['1000000'] }, { 'google/organization_number': ['424242'], aud: ['111-mine.apps.googleusercontent.com'] }),
    tested: { aud: ['111-mine.apps.googleusercontent.com', '222-evil.apps.googleusercontent.com', '111*'], oaud: ['111-oaud', '*'], sub: ['1000000', '1*'], email: ['*@acme.com'], 'google/organization_number': ['424242', '4*'] },
    token: (choose, { chance }) => { const sub = choose('sub', ['1000001', '2000000'], /^\d+$/); return { aud: choose('aud', ['222-evil.apps.googleusercontent.com']), sub, ...chance(0.5) ? { oaud: choose('oaud', ['222-oaud']) } : {}, ...sub === '1000000' ? { 'google/organization_number': '424242' } : chance(0.5) ? { 'google/organization_number': '434343' } : {} }; },
  },
  ...[cognito, cognitoOfGov, cognitoOfChina].map((name): Issuer => ({
    name, isShared: true, mine: [{ kind: 'cognito', identityPools: [pool], guests: false }, { kind: 'cognito', identityPools: [pool], guests: true }], tested: { aud: [pool, pool, foreignPool, 'eu-west-1:*'], amr: ['authenticated', 'unauthenticated', '*authenticated', 'un*'], sub: ['eu-west-1:*'] },
    token: (choose, { pick }) => ({ aud: choose('aud', [foreignPool, pool], /^[a-z-]+-\d:[0-9a-f-]{36}$/), amr: pick([['unauthenticated'], ['authenticated', 'graph.facebook.com']]), sub: 'eu-west-1:77777777-2222-3333-4444-555555555555' }),
  })),
  { name: facebook, isShared: true, mine: claims(facebook, { app_id: ['5550001'] }), tested: { app_id: ['5550001', '555*'], id: ['42'] }, token: (choose) => ({ app_id: choose('app_id', ['6660001'], /^\d+$/), id: choose('id', ['43'], /^\d+$/) }) },
  { name: amazon, isShared: true, mine: claims(amazon, { app_id: ['amzn1.application.mine'] }), tested: { app_id: ['amzn1.application.mine', 'amzn1.application.*'], user_id: ['amzn1.account.me'] }, token: (choose) => ({ app_id: choose('app_id', ['amzn1.application.evil']), user_id: choose('user_id', ['amzn1.account.you']), sub: 'x' }) },
  { name: cluster, isShared: false, mine: [{ kind: 'own', issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/*' }], tested: { sub: ['system:serviceaccount:prod:app', 'system:serviceaccount:*'], aud: ['sts.amazonaws.com'] }, token: (choose) => ({ sub: choose('sub', ['system:serviceaccount:dev:x']), aud: choose('aud', ['sts.amazonaws.com']) }) },
  { name: idp, isShared: false, mine: [{ kind: 'own', issuer: idp }, ...claims(idp, { aud: ['client'] }, { sub: ['team-*'] })], tested: { sub: ['jo', 'team-*'], aud: ['client', 'c*'] }, token: (choose) => ({ sub: choose('sub', ['eve', 'team-x']), aud: choose('aud', ['client', 'other']) }) },
];

/** Those that policies name by their issuer alone. */
const builtIn: readonly string[] = [google, facebook, amazon, cognito, cognitoOfGov, cognitoOfChina];
export const isCognito = (issuer: string): boolean => issuer.startsWith('cognito-identity');
export const providerOf = (issuer: string, account: string = own): string => builtIn.includes(issuer) ? issuer : `arn:aws:iam::${account}:oidc-provider/${issuer}`;
export const [anchor, foreignAnchor] = [`arn:aws:rolesanywhere:eu-west-1:${own}:trust-anchor/11111111-aaaa-bbbb-cccc-111111111111`, `arn:aws:rolesanywhere:eu-west-1:${own}:trust-anchor/99999999-aaaa-bbbb-cccc-111111111111`] as const;
export const rolesAnywhere = 'rolesanywhere.amazonaws.com';
