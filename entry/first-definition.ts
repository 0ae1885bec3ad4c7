import { tenancyClaims } from '../policy/tables/shared-issuers.ts';
import type { Inventory, NamedProvider } from './inventory.ts';

/** Stands for an organization that nobody has named yet. */
export const placeholderOrganization = 'o-0000000000';

/** The text of a first perimeter.yaml: what was found is proposed, what only a person can tell is a comment. */
export function firstDefinition(organization: string | undefined, inventory: Inventory | undefined): string {
  return [
    ['# The perimeter: what "ours" means, said once. Rules, reports and policies that are written for you read nothing else.',
      inventory === undefined ? '# A template: remove the `# ` before what you need.' : '# A proposal from what AWS Config recorded: confirm every line before you rely on it.',
      'version: 1'],
    organizationLines(organization, inventory),
    accountLines(inventory),
    partnerLines(inventory),
    providerLines(inventory),
    networkLines(inventory),
    bucketLines(inventory),
    ['# Buckets, parameters and topics of AWS that may be reached, such as package repositories: `catalogue` is the dated list that ships with the pack.',
      'awsOwnedResources: catalogue'],
    ['# Parameters of rules, and rules that are off unless named here.', '# rules:', '#   lambda-in-perimeter-vpc: { minimumZones: 2 }'],
    ['# What is let off, who answers for it and until when: after that day it is a finding again.', '# exceptions:', '#   - rule: rds-instance-not-public',
      '#     resource: arn:aws:rds:eu-west-1:111111111111:db:name', '#     owner: team', '#     reason: why it is granted', '#     expires: 2030-01-31'],
    // What was recorded must not break out of its line.
  ].map((lines) => lines.map((line) => `${line.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')}\n`).join('')).join('\n');
}

const quoted = (text: string): string => JSON.stringify(text);
const policyCount = (count: number): string => `${count} ${count === 1 ? 'policy' : 'policies'}`;

function organizationLines(given: string | undefined, inventory: Inventory | undefined): string[] {
  const about = '# Your organization: a principal, resource or network in it is yours. `aws organizations describe-organization` tells its id.';
  const found = [...inventory?.organizations ?? []].sort((a, b) => b.policies - a.policies);
  const chosen = given ?? found[0]?.id;
  if (chosen === undefined) return [about, `organizations: [${placeholderOrganization}] # replace with the id of your organization`];
  const others = found.filter(({ id }) => id !== chosen);
  const named = found.find(({ id }) => id === chosen);
  return [
    about,
    ...others.map(({ id, policies }) => `# Policies name ${id}, too (${policyCount(policies)}): add it if it is yours.`),
    `organizations: [${chosen}]${given === undefined && named !== undefined ? ` # named in ${policyCount(named.policies)}: confirm that it is yours` : ''}`,
  ];
}

function accountLines(inventory: Inventory | undefined): string[] {
  const about = ['# All accounts of the organization. A list that is given is complete: any other account that a policy names is a stranger.',
    '# Left out, a named account is unknown: reported as undecided, with the question whether it is yours.'];
  const accounts = inventory?.accounts ?? [];
  if (accounts.length === 0) return [...about, '# accounts:', '#   - "111111111111"'];
  return [...about, '# Found are those that own recorded items; compare with `aws organizations list-accounts` and add what is missing.',
    'accounts:', ...accounts.map(({ id, items }) => `  - "${id}" # owns ${items} recorded item${items === 1 ? '' : 's'}`)];
}

function partnerLines(inventory: Inventory | undefined): string[] {
  const about = '# Outsiders with agreed access, for just what was agreed. An external id that the policy pins keeps others from using a partner against you.';
  const strangers = inventory?.namedAccounts.filter(({ owner }) => !owner) ?? [];
  if (strangers.length === 0) return [about, '# partners:', '#   - name: Example Monitoring', '#     accounts: ["123456789012"]', '#     trust: { externalIds: ["12345"] }'];
  return [
    about, '# Policies name these accounts, which own no recorded item. An account of yours belongs in `accounts`; of a partner: remove the `# ` and name it;',
    '# of neither: the policy is what to change.', '# partners:',
    ...strangers.flatMap(({ id, policies, externalIds, example }) => [
      `#   - name: Account ${id} # in ${policyCount(policies)}, such as that of ${example}`,
      `#     accounts: ["${id}"]`, ...(externalIds.length === 0 ? [] : [`#     trust: { externalIds: [${externalIds.map(quoted).join(', ')}] }`]),
    ]),
  ];
}

function providerLines(inventory: Inventory | undefined): string[] {
  const about = ['# Federation that is yours. Left out: SAML providers of your accounts are yours, shared issuers are nobody’s.'];
  const found = inventory?.identityProviders ?? [];
  if (found.length === 0) {
    return [...about, '# identityProviders:', '#   - issuer: token.actions.githubusercontent.com', '#     claims: { sub: ["repo:your-organization/*"] }',
      '#   - { saml: "arn:aws:iam::*:saml-provider/Okta" } # `*` stands for your accounts'];
  }
  const owners = new Set(inventory!.accounts.map(({ id }) => id));
  const entries = [...new Set(found.map((one) => providerEntry(one, owners, found)))];
  // A section that holds comments only would be empty, which is not the same as left out.
  const active = entries.some((one) => !one.startsWith('#'));
  return [...about, '# A list that is given is complete. An issuer that others share needs the claims that only your tokens carry.', active ? 'identityProviders:' : '# identityProviders:', ...entries];
}

function providerEntry({ kind, provider, name, account }: NamedProvider, owners: ReadonlySet<string>, all: readonly NamedProvider[]): string {
  if (kind === 'saml') {
    const mine = account !== undefined && owners.has(account);
    const arn = mine ? provider.replace(`::${account}:`, '::*:') : provider;
    return mine ? `  - { saml: ${quoted(arn)} } # \`*\` stands for your accounts` : `#   - { saml: ${quoted(arn)} } # of an account that owns no recorded item: yours?`;
  }
  if (/^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/id\/[A-Z0-9]+$/.test(name)) return `  - { issuer: ${quoted(name)}, tenancy: own } # a cluster of yours? Then every token of it is yours`;
  if (name === 'cognito-identity.amazonaws.com') {
    const pools = all.filter((one) => one.name === name).flatMap(({ claims }) => claims['aud'] ?? []);
    return `#   - { issuer: ${name}, identityPools: [${[...new Set(pools)].sort().map(quoted).join(', ')}], guests: false } # the pools that are yours`;
  }
  const tenancy = tenancyClaims(name);
  if (tenancy === undefined) return `#   - { issuer: ${quoted(name)}, tenancy: own } # if it issues tokens to nobody else; otherwise name \`claims\` that only yours carry`;
  const asked = tenancy.flatMap((claim) => {
    const values = [...new Set(all.filter((one) => one.name === name).flatMap(({ claims }) => claims[claim.toLowerCase()] ?? []))].sort();
    return values.length === 0 ? [] : [`${claim}: [${values.map(quoted).join(', ')}]`];
  });
  const claims = asked.length === 0 ? `${tenancy[0] ?? 'sub'}: []` : asked.join(', ');
  return `#   - { issuer: ${quoted(name)}, claims: { ${claims} } } # shared: what roles ask for today, perhaps too wide; keep only what is yours`;
}

function networkLines(inventory: Inventory | undefined): string[] {
  const about = '# Networks that count as yours: VPCs, subnets, endpoints and the address ranges of your way out.';
  const vpcs = inventory?.vpcs ?? [];
  const active = vpcs.some(({ isDefault }) => !isDefault);
  const entries = vpcs.map(({ id, account, region, isDefault }) => isDefault ? `#     - ${id} # default VPC of ${account}, ${region}: should anything run there?` : `    - ${id} # ${account}, ${region}`);
  const head = active ? ['networks:', '  vpcs:'] : ['# networks:', '#   vpcs:', ...(vpcs.length === 0 ? ['#     - vpc-012abc01'] : [])];
  return [about, ...head, ...entries, '#   cidrs: [192.0.2.0/24]'];
}

function bucketLines(inventory: Inventory | undefined): string[] {
  const about = '# S3 buckets that are yours: an ARN in S3 names no account, so a policy says nothing of the owner of a bucket it names.';
  const buckets = inventory?.buckets ?? [];
  if (buckets.length === 0) return [about, '# buckets:', '#   - your-bucket'];
  return [about, 'buckets:', ...buckets.map(({ name, account, region }) => `  - ${quoted(name)} # ${account}, ${region}`)];
}
