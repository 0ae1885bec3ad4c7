import { issuerOf, type Answer, type IdentityProvider, type Objective, type Perimeter, type Question } from '../policy/index.ts';
import { isCognito } from '../policy/tables/shared-issuers.ts';
import { serviceNames } from './services.ts';

export type Outside = Extract<Answer, { answer: 'outside' }>;

/** A condition that holds a key to what is mine; `and`: another that it takes beside it. */
export interface Pin {
  readonly key: string;
  readonly values: readonly string[];
  readonly operator: 'StringEquals' | 'StringLike' | 'ForAnyValue:StringEquals' | 'ForAnyValue:StringLike' | 'ArnLike' | 'IpAddress';
  readonly and?: Pin;
}

/** The values as a policy writes them: one stands alone. */
export const written = ({ values }: Pick<Pin, 'values'>): unknown => values.length === 1 ? values[0] : values;

/** A standalone account is in no organization, and its own principals carry none. */
const mine = (perimeter: Perimeter, account: string, what: string): Pin => perimeter.organizations.length > 0 && !perimeter.standaloneAccounts.includes(account)
  ? { key: `aws:${what}OrgID`, values: perimeter.organizations, operator: 'StringEquals' } : { key: `aws:${what}Account`, values: accountsOf(perimeter, account), operator: 'StringEquals' };
const accountsOf = ({ accounts = [], standaloneAccounts }: Perimeter, account: string): readonly string[] => [...new Set([account, ...standaloneAccounts, ...accounts])];

/** Members by organization, or by the paths that narrow it. */
const members = (perimeter: Perimeter, account: string): Pin => perimeter.organizationPaths.length > 0 && !perimeter.standaloneAccounts.includes(account)
  ? { key: 'aws:PrincipalOrgPaths', values: perimeter.organizationPaths, operator: 'ForAnyValue:StringLike' } : mine(perimeter, account, 'Principal');

/** By what else a Deny may spare members: their paths, where nothing narrows them. */
export const pathsOfMine = ({ organizations, organizationPaths }: Perimeter): Pin[] => organizations.length === 0 || organizationPaths.length > 0 ? []
  : [{ key: 'aws:PrincipalOrgPaths', values: organizations.map((one) => `${one}/*`), operator: 'ForAnyValue:StringLike' }];

/** Conditions that would keep out whoever the answer shows, the likeliest first; none where no condition does. */
export function pinsFor(question: Question, objective: Objective, { witness: { principal } }: Outside): Pin[] {
  const { perimeter, account, kind } = question;
  const { identityProviders = [], partners, networks } = perimeter;
  switch (objective) {
    case 'resources': return [mine(perimeter, account, 'Resource')];
    // Accounts in no organization need all to be named.
    case 'deputies': return [mine(perimeter, account, 'Source'), ...[[account], perimeter.accounts === undefined || perimeter.standaloneAccounts.length === 0 ? [] : accountsOf(perimeter, account)]
      .flatMap((values) => values.length === 0 ? [] : [{ key: 'aws:SourceAccount', values, operator: 'StringEquals' } as const])];
    case 'networks': return [...networks.vpcs.length > 0 ? [among('aws:SourceVpc', networks.vpcs)] : [], ...networks.vpcEndpoints.length > 0 ? [among('aws:SourceVpce', networks.vpcEndpoints)] : [], ...networks.organization && perimeter.organizations.length > 0 ? [among('aws:VpceOrgID', perimeter.organizations)] : [], ...networks.cidrs.length > 0 ? [{ key: 'aws:SourceIp', values: networks.cidrs, operator: 'IpAddress' } as const] : []];
    case 'principals': {
      // Through an endpoint they come to roles of mine, whichever provider those trust.
      if (kind === 'vpc-endpoint' && (principal.kind === 'web-identity' || principal.kind === 'saml')) return [mine(perimeter, account, 'Resource')];
      if (principal.kind === 'web-identity') return identityProviders.flatMap((one) => claimsOf(one, issuerOf(principal.provider)));
      // They carry no organization, so that condition would only keep everybody out.
      if (principal.kind === 'saml') return [];
      // One may be no more than the first of all who come from a network.
      if (principal.kind === 'service') return [...pinsForServices(question, principal.name), members(perimeter, account)];
      const entries = partners.filter((one) => one.accounts.includes(principal.account ?? ''));
      // Unsigned calls carry no organization either; the resource they are for does.
      if (principal.kind === 'anonymous' && kind === 'vpc-endpoint') return [members(perimeter, account), mine(perimeter, account, 'Resource')];
      if (entries.length === 0) return [members(perimeter, account)];
      // A partner is in no organization of mine; what it may use is agreed by resources and actions.
      if (kind !== 'trust') return [];
      const ids = entries.flatMap(({ externalIds }) => externalIds === 'pinned' ? [] : externalIds ?? []);
      return ids.length === 0 ? [] : [{ key: 'sts:ExternalId', values: ids, operator: 'StringEquals' }];
    }
  }
}

const among = (key: string, values: readonly string[]): Pin => ({ key, values, operator: values.some((one) => /[*?]/.test(one)) ? 'StringLike' : 'StringEquals' });

/** Claims of my tenancy, any one of which tells it; of Cognito both the pool and whether its guests count. */
function claimsOf(one: IdentityProvider, issuer: string): Pin[] {
  if (one.kind === 'claims') return one.issuer !== issuer ? [] : Object.entries(one.claims).map(([claim, values]) => among(`${issuer}:${claim}`, values));
  if (one.kind !== 'cognito' || !isCognito(issuer)) return [];
  return [{ ...among(`${issuer}:aud`, one.identityPools), ...one.guests ? {} : { and: { key: `${issuer}:amr`, values: ['authenticated'], operator: 'ForAnyValue:StringLike' } } }];
}

/** The trust anchors of the role's account, for IAM takes sessions of no others, where one of another comes through; the services that the definition admits. */
function pinsForServices({ perimeter: { identityProviders = [], services }, account }: Question, name: string | undefined): Pin[] {
  const anchors = identityProviders.flatMap((one) => one.kind === 'trust-anchors' ? one.arns.filter((arn) => arn.split(':')[4] === account) : []);
  if (name === 'rolesanywhere.amazonaws.com' && anchors.length > 0) return [{ key: 'aws:SourceArn', values: anchors, operator: 'ArnLike' }];
  return services === 'any' || services.length === 0 ? [] : [{ key: serviceNames, values: services, operator: 'ForAnyValue:StringEquals' }, { key: 'aws:PrincipalServiceName', values: services, operator: 'StringEquals' }];
}
