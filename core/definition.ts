import { safeParse } from 'valibot';
import { defaultPerimeter, emptyPerimeter, type IdentityProvider, type Partner, type Perimeter } from '../policy/index.ts';
import { sharedIssuers, tenancyClaims } from '../policy/tables/shared-issuers.ts';
import { definitionSchema, type WrittenDefinition, type WrittenProvider } from './definition-schema.ts';
import { matches } from './exceptions.ts';

/** `perimeter.yaml`, validated, with its defaults applied. */
export interface Definition {
  readonly perimeter: Perimeter;
  /** Parameters as written, by rule id. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Ids of rules that the definition switches on, by `on` or by giving them parameters. */
  readonly on: readonly string[];
  /** Ids of rules that the definition switches off. */
  readonly off: readonly string[];
  readonly exceptions: readonly Exception[];
  /** Parameters as written, by remediation id. */
  readonly remediations: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Exception {
  readonly rule: string;
  /** ARN, or a pattern of it with `*` and `?`. */
  readonly resource: string;
  readonly owner: string;
  readonly reason: string;
  /** `YYYY-MM-DD`; the exception holds through that day (UTC). */
  readonly expires: string;
  readonly allow?: Allowance;
}

/** What an exception lets in beyond the perimeter. */
export interface Allowance {
  readonly unsignedActions?: readonly string[];
  readonly accounts?: readonly string[];
  readonly organizations?: readonly string[];
  readonly services?: readonly string[];
  readonly resources?: readonly string[];
}

/** A definition that says nothing, around a perimeter with nothing in it. */
export const emptyDefinition: Definition = { perimeter: emptyPerimeter, rules: {}, on: [], off: [], exceptions: [], remediations: {} };

/** One thing wrong with a definition; `path` leads to it, such as `['exceptions', 0, 'owner']`. */
export interface DefinitionIssue { readonly path: readonly (string | number)[]; readonly message: string }

export class DefinitionError extends Error {
  override name = 'DefinitionError';
  readonly issues: readonly DefinitionIssue[];

  constructor(issues: readonly DefinitionIssue[]) {
    super(issues.map(describeIssue).join('\n'));
    this.issues = issues;
  }
}

/** `exceptions[0].owner: is missing`; an issue of the whole definition has no path. */
export const describeIssue = ({ path, message }: DefinitionIssue): string => {
  const place = path.map((step, index) => typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`).join('');
  return place === '' ? message : `${place}: ${message}`;
};

/** In `accounts`: the accounts of the organization that the pack is deployed to. */
export const OWN_ORGANIZATION = 'organization';

/** Reads `perimeter.yaml` as parsed YAML or JSON; throws DefinitionError with everything that is wrong. */
export function readDefinition(value: unknown): Definition {
  const { success, output, issues } = safeParse(definitionSchema, value, { abortPipeEarly: true });
  if (!success) throw new DefinitionError(issues.map(({ path = [], message }) => ({ path: path.map(({ key }) => key as string | number), message })));
  const contradictions = findContradictions(output);
  if (contradictions.length > 0) throw new DefinitionError(contradictions);
  const rules = Object.entries(output.rules ?? {});
  return {
    perimeter: perimeterOf(output),
    rules: Object.fromEntries(rules.flatMap(([id, setting]) => typeof setting === 'string' ? [] : [[id, setting]])),
    on: rules.flatMap(([id, setting]) => setting === 'off' ? [] : [id]),
    off: rules.flatMap(([id, setting]) => setting === 'off' ? [id] : []),
    exceptions: (output.exceptions ?? []) as readonly Exception[],
    remediations: output.remediations ?? {},
  };
}

/** What each section allows by itself, but not beside the others. */
function findContradictions(written: WrittenDefinition): readonly DefinitionIssue[] {
  const issues: DefinitionIssue[] = [];
  const { organizations, organizationPaths = [], standaloneAccounts = [], accounts, partners = [], identityProviders = [] } = written;
  if (organizations.length === 0 && standaloneAccounts.length === 0) {
    issues.push({ path: ['organizations'], message: 'expected at least one organization id, found an empty list; accounts without an organization go into `standaloneAccounts`' });
  } else if (organizations.length === 0 && accounts !== undefined && accounts.length > 0) {
    issues.push({ path: ['accounts'], message: 'expected an organization they belong to in `organizations`, found none; accounts without an organization go into `standaloneAccounts`' });
  }
  organizationPaths.forEach((path, index) => {
    const [organization = ''] = path.split('/');
    if (!organizations.includes(organization)) {
      issues.push({ path: ['organizationPaths', index], message: `expected a path of one of \`organizations\`, found \`${organization}\`, which is not listed there` });
    }
  });
  const placesIn = (section: string, ids: readonly string[]): (readonly [string, string])[] => ids.map((id, index) => [id, `${section}[${index}]`]);
  const members = new Map(placesIn('accounts', typeof accounts === 'string' ? [] : accounts ?? []));
  const mine = new Map([...placesIn('standaloneAccounts', standaloneAccounts), ...members]);
  standaloneAccounts.forEach((account, index) => {
    const place = members.get(account);
    if (place !== undefined) issues.push({ path: ['standaloneAccounts', index], message: `expected an account in no organization, found \`${account}\`, which stands in \`${place}\`` });
  });
  partners.forEach(({ accounts: theirs = [], trust, resources = [] }, index) => {
    theirs.forEach((account, i) => {
      const place = mine.get(account);
      if (place !== undefined) issues.push({ path: ['partners', index, 'accounts', i], message: `expected an account that is not mine, found \`${account}\`, which stands in \`${place}\`` });
    });
    if (theirs.length === 0 && (trust !== undefined || resources.length > 0)) {
      issues.push({ path: ['partners', index], message: 'expected `accounts` beside `trust` and `resources`, found none: nobody could use the access' });
    }
  });
  identityProviders.forEach((one, index) => {
    if (!('tenancy' in one) && !('claims' in one)) return;
    const issuer = one.issuer.toLowerCase();
    const [shared, ...more] = issuersShared.filter((other) => matches(issuer, other));
    if ('claims' in one) {
      if (shared === undefined) return;
      const telling = [shared, ...more].flatMap((other) => tenancyClaims(other)!);
      for (const claim of Object.keys(one.claims)) if (!telling.includes(claim.toLowerCase())) issues.push({ path: ['identityProviders', index, 'claims', claim], message: notTelling(shared, claim, telling) });
      return;
    }
    if (shared !== undefined) issues.push({ path: ['identityProviders', index], message: `expected \`claims\` or \`identityPools\`, found \`own\`, but \`${shared}\` issues tokens to everybody` });
    identityProviders.forEach((other, i) => {
      if ('claims' in other && other.issuer.toLowerCase() === issuer) issues.push({ path: ['identityProviders', index], message: `expected \`own\` or \`claims\` of an issuer, found both: \`identityProviders[${i}]\` names claims` });
    });
  });
  return issues;
}
/** A pattern may take several issuers, whose claims are then those of all. */
const notTelling = (issuer: string, claim: string, telling: readonly string[]): string => telling.length === 0 ? `expected an issuer that some claim divides, found \`${issuer}\`: every tenant of it may have the same \`${claim}\``
  : `expected a claim that tells tenants of \`${issuer}\` apart (${[...new Set(telling)].map((one) => `\`${one}\``).join(', ')}), found \`${claim}\`, whose values every tenant may have`;
/** Issuers that serve everybody, in all partitions. */
const issuersShared = sharedIssuers(['aws-cn', 'aws-us-gov']);

const perimeterOf = (written: WrittenDefinition): Perimeter => ({
  organizations: written.organizations,
  organizationPaths: written.organizationPaths ?? [],
  // They are of my organizations. Until deployment fills the word in, the list is not complete, and an account that is not on it may be mine.
  accounts: written.organizations.length === 0 ? [] : typeof written.accounts === 'string' || written.accounts?.includes(OWN_ORGANIZATION) ? undefined : written.accounts,
  standaloneAccounts: written.standaloneAccounts ?? [],
  partners: (written.partners ?? []).map((partner): Partner => ({
    name: partner.name,
    accounts: partner.accounts ?? [],
    externalIds: partner.trust?.externalIds,
    resources: partner.resources ?? [],
    reachable: partner.reachable ?? [],
  })),
  services: written.services ?? 'any',
  identityProviders: written.identityProviders?.map(providerOf),
  networks: {
    vpcs: written.networks?.vpcs ?? [],
    subnets: written.networks?.subnets ?? [],
    vpcEndpoints: written.networks?.vpcEndpoints ?? [],
    cidrs: written.networks?.cidrs ?? [],
    organization: written.networks?.organization ?? false,
  },
  buckets: written.buckets ?? [],
  awsOwnedResources: written.awsOwnedResources === undefined || written.awsOwnedResources === 'catalogue' ? defaultPerimeter.awsOwnedResources : written.awsOwnedResources,
  unsignedActions: written.unsignedActions ?? defaultPerimeter.unsignedActions,
  exclusionTags: { principal: written.exclusionTags?.principal ?? {}, resource: written.exclusionTags?.resource ?? {} },
});

function providerOf(written: WrittenProvider): IdentityProvider {
  if ('claims' in written) return { kind: 'claims', issuer: written.issuer, claims: written.claims };
  if ('tenancy' in written) return { kind: 'own', issuer: written.issuer };
  if ('identityPools' in written) return { kind: 'cognito', identityPools: written.identityPools, guests: written.guests ?? false };
  if ('saml' in written) return { kind: 'saml', arn: written.saml };
  return { kind: 'trust-anchors', arns: written.trustAnchors };
}
