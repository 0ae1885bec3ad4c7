import { issuerOf, parsePolicy, type Perimeter, type Policy, type QuestionKind } from '../policy/index.ts';
import { regions } from '../policy/tables/regions.ts';
import { matches } from './exceptions.ts';
import { serviceNames } from './services.ts';

/** One kind of request from inside, as a policy that allows just those. */
export interface Clause {
  /** Such as `members of the organization o-4tkekae453`. */
  readonly of: string;
  readonly policy: Policy;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Scope { readonly Principal?: unknown; readonly Action?: readonly string[]; readonly Resource?: readonly string[]; readonly Condition?: Conditions }

const clause = (of: string, { Principal = '*', Action = ['*'], Resource = ['*'], Condition = {} }: Scope): Clause =>
  ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action, Resource, Condition }] }) });

/** Where the policy hangs: what fills the Region of AWS-owned resources, and which service's reads count. */
export interface Place { readonly kind: QuestionKind; readonly account: string; readonly region: string; readonly service: string | undefined }

/**
 * Callers that the definition counts as inside, kind by kind: what a new policy must keep of what an old one allowed. Written from the
 * definition alone, beside the engine's own reading of it, so that neither can hide a fault of the other.
 */
export function insideCallers(perimeter: Perimeter, place: Place): readonly Clause[] {
  const { organizations, organizationPaths, partners, unsignedActions } = perimeter;
  const accounts = withoutOrganization(perimeter, place);
  const paths: Conditions = organizationPaths.length === 0 ? {} : { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': organizationPaths } };
  return [
    ...organizations.length === 0 ? [] : [clause(`members of ${listed(organizations)}`, { Condition: { StringEquals: { 'aws:PrincipalOrgID': organizations }, ...paths } })],
    ...accounts.length === 0 ? [] : [clause(`principals of ${listed(accounts)}`, { Condition: { StringEquals: { 'aws:PrincipalAccount': accounts }, ...isPrincipal } })],
    ...organizationPaths.length === 0 ? [] : [clause('known accounts that lie off `organizationPaths`', { Condition: { StringEquals: { 'aws:PrincipalAccount': [place.account, ...perimeter.accounts ?? []] }, ...isPrincipal } })],
    ...servicesOfMine(perimeter, place),
    ...place.kind === 'trust' ? federation(perimeter) : unsigned(perimeter, place, unsignedActions),
    ...partners.flatMap((partner) => place.kind === 'trust' ? withExternalId(partner) : partner.resources.map(({ arn, actions }) =>
      clause(`what partner ${partner.name} was granted`, { Action: actions, Resource: [arn], Condition: { StringEquals: { 'aws:PrincipalAccount': partner.accounts } } }))),
  ];
}

function servicesOfMine({ services, identityProviders }: Perimeter, { kind, account }: Place): readonly Clause[] {
  const condition: Conditions = services === 'any' ? { Bool: { 'aws:PrincipalIsAWSService': 'true' } } : { 'ForAnyValue:StringEquals': { [serviceNames]: services } };
  // IAM takes sessions from trust anchors of the role's own account only.
  const listsAnchors = (identityProviders ?? []).some((one) => one.kind === 'trust-anchors');
  const anchors = (identityProviders ?? []).flatMap((one) => one.kind === 'trust-anchors' ? one.arns.filter((arn) => arn.split(':')[4] === account) : []);
  if (kind !== 'trust' || !listsAnchors) return [clause('AWS services that count as mine', { Condition: condition })];
  const rolesAnywhere = { 'aws:PrincipalServiceName': 'rolesanywhere.amazonaws.com' };
  return [
    clause('AWS services that count as mine', { Condition: { ...condition, StringNotEquals: rolesAnywhere } }),
    ...anchors.length === 0 ? [] : [clause('sessions of IAM Roles Anywhere from my trust anchors', { Condition: { StringEquals: rolesAnywhere, ArnLike: { 'aws:SourceArn': anchors } } })],
  ];
}

/** AWS services may carry an account of theirs. */
const isPrincipal: Conditions = { Bool: { 'aws:PrincipalIsAWSService': 'false' } };

/** Keys of signed requests are missing from unsigned ones. */
const isUnsigned: Conditions = { Null: { 'aws:PrincipalIsAWSService': 'true' } };

function unsigned(perimeter: Perimeter, place: Place, actions: readonly string[]): readonly Clause[] {
  const owned = ownedByAws(perimeter, place);
  const accounts = withoutOrganization(perimeter, place);
  const { service = 's3' } = place;
  const mine: readonly Conditions[] = [
    ...perimeter.organizations.length === 0 ? [] : [{ StringEquals: { 'aws:ResourceOrgID': perimeter.organizations } }],
    ...accounts.length === 0 ? [] : [{ StringEquals: { 'aws:ResourceAccount': accounts } }],
  ];
  return [
    ...actions.length === 0 ? [] : mine.map((condition) => clause('unsigned calls of `unsignedActions` to resources of mine', { Action: actions, Condition: { ...isUnsigned, ...condition } })),
    // Public objects are public wherever they lie.
    ...actions.some((one) => matches(one.toLowerCase(), 's3:getobject')) ? [clause('unsigned reads of public objects', { Action: ['s3:GetObject'], Condition: isUnsigned })] : [],
    ...owned.length === 0 ? [] : [clause('unsigned reads of AWS-owned resources', { Action: ['Get', 'List', 'Head', 'Describe'].map((verb) => `${service}:${verb}*`), Resource: owned, Condition: isUnsigned })],
  ];
}

function withExternalId({ name, accounts, externalIds }: Perimeter['partners'][number]): readonly Clause[] {
  if (externalIds === undefined || accounts.length === 0) return [];
  return [clause(`partner ${name} with its external id`, {
    Condition: { StringEquals: { 'aws:PrincipalAccount': accounts, ...externalIds === 'pinned' ? {} : { 'sts:ExternalId': externalIds } }, Null: { 'sts:ExternalId': 'false' }, ...isPrincipal },
  })];
}

/** Tokens and assertions: those of the providers that the definition lists, or all where it lists none. */
function federation({ identityProviders }: Perimeter): readonly Clause[] {
  const calls = { Action: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'] };
  if (identityProviders === undefined) return [clause('federated identities', calls)];
  return [
    clause('SAML assertions', { Action: ['sts:AssumeRoleWithSAML'] }),
    ...identityProviders.flatMap((one): readonly Clause[] => {
      switch (one.kind) {
        case 'claims': return [clause(`tokens of my tenancy at ${one.issuer}`, { ...calls, Condition: { StringLike: Object.fromEntries(Object.entries(one.claims).map(([claim, values]) => [`${one.issuer}:${claim}`, values])) } })];
        case 'own': return [clause(`tokens of ${one.issuer}`, { ...calls, Condition: { StringLike: { 'aws:FederatedProvider': `arn:*:iam::*:oidc-provider/${one.issuer}` } } })];
        // No token is of a guest and of a user.
        case 'cognito': return [clause('tokens of my identity pools', { ...calls, Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': one.identityPools }, ...one.guests ? {} : { 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' }, 'ForAllValues:StringNotEquals': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' } } } })];
        case 'saml': case 'trust-anchors': return [];
      }
    }),
  ];
}

/** Whoever presents a token or an assertion of one of some providers. */
export const presenting = (providers: readonly string[]): readonly Clause[] =>
  providers.map((one) => clause(/:saml-provider\//.test(one) ? 'SAML assertions' : `tokens of ${issuerOf(one)}`, { Principal: { Federated: one } }));

/** Resources that the definition counts as mine or lets my principals reach, kind by kind. Buckets that are mine by name are in accounts of mine. */
export function insideResources(perimeter: Perimeter, place: Place): readonly Clause[] {
  const { organizations, partners, unsignedActions, exclusionTags } = perimeter;
  const accounts = withoutOrganization(perimeter, place);
  const owned = ownedByAws(perimeter, place);
  const reachable = partners.flatMap((one) => one.reachable);
  const callers: readonly Conditions[string][] = [...organizations.length === 0 ? [] : [{ 'aws:PrincipalOrgID': organizations }], ...accounts.length === 0 ? [] : [{ 'aws:PrincipalAccount': accounts }]];
  return [
    ...organizations.length === 0 ? [] : [clause(`resources of ${listed(organizations)}`, { Condition: { StringEquals: { 'aws:ResourceOrgID': organizations } } })],
    ...accounts.length === 0 ? [] : [clause(`resources of ${listed(accounts)}`, { Condition: { StringEquals: { 'aws:ResourceAccount': accounts } } })],
    ...owned.length === 0 ? [] : [clause('AWS-owned resources', { Resource: owned })],
    ...reachable.length === 0 ? [] : [clause('what partners let my principals reach', { Resource: reachable })],
    ...unsignedActions.length === 0 ? [] : [clause('calls of `unsignedActions`', { Action: unsignedActions })],
    clause('calls that AWS services make', { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }),
    ...Object.entries(exclusionTags.principal).flatMap(([tag, value]) => callers.map((mine) => clause(`my principals with the tag \`${tag}\``, { Condition: { StringEquals: { [`aws:PrincipalTag/${tag}`]: value, ...mine } } }))),
  ];
}

/** AWS-owned resources of the definition that the place's service could name, with all below them; without those of other Regions, which are not what an endpoint is for. */
export const ownedByAws = ({ awsOwnedResources }: Perimeter, { region, service: wanted }: Place): readonly string[] => awsOwnedResources
  .filter((arn) => { const [, , service = ''] = arn.split(':'); return wanted === undefined || service === wanted || /[*?]/.test(service); })
  .map((arn) => arn.replaceAll('${region}', region))
  .filter((arn) => !namesAnotherRegion(arn, region))
  .flatMap((arn) => /[*/]$/.test(arn) || !arn.includes(':s3:') ? [arn] : [arn, `${arn}/*`]);

/** Regions as names of buckets hold them: `eu-west-1`, or `euwest1` at the end. */
const named = regions.map((region) => ({ region, pattern: new RegExp(`(?<![a-z])${region}(?!\\d)|-${region.replaceAll('-', '')}(?:$|/)`) }));
/** A Region that a text names. */
export const regionNamed = (text: string): string | undefined => named.find(({ pattern }) => pattern.test(text))?.region;
export const namesAnotherRegion = (arn: string, here: string): boolean => named.some(({ region, pattern }) => region !== here && pattern.test(arn));

/** Accounts of mine that only their number tells. */
const withoutOrganization = ({ organizations, standaloneAccounts }: Perimeter, { account }: Place): readonly string[] => organizations.length > 0 ? standaloneAccounts : [...new Set([account, ...standaloneAccounts])];

const listed = (values: readonly string[]): string => values.length > 3 ? `${values.slice(0, 2).join(', ')} and ${values.length - 2} more` : values.join(', ');
