import { isPresent, type ConfigurationItem } from '../items/configuration-item.ts';
import { policyDocument, UnreadableItem } from '../items/read.ts';
import type { Policy } from '../policy/index.ts';
import { filesBelow, type InputProblem } from './input/files.ts';
import { itemIn, itemProblem } from './input/item.ts';
import { readItems, type DeliveredItem } from './input/read.ts';

/** What AWS Config recorded that a perimeter.yaml may have to name. Every list is sorted and free of repetition. */
export interface Inventory {
  /** Accounts that own items, with the number of items read (older states and deletions included). */
  readonly accounts: readonly { readonly id: string; readonly items: number }[];
  /** Accounts that policies name; `owner`: whether it is one of `accounts`, too. */
  readonly namedAccounts: readonly NamedAccount[];
  readonly organizations: readonly { readonly id: string; readonly policies: number }[];
  readonly buckets: readonly { readonly name: string; readonly account: string; readonly region: string }[];
  readonly vpcs: readonly { readonly id: string; readonly account: string; readonly region: string; readonly isDefault: boolean }[];
  readonly identityProviders: readonly NamedProvider[];
  readonly input: { readonly files: number; readonly items: number; readonly bytes: number; readonly problems: readonly InputProblem[] };
}

export interface NamedAccount {
  readonly id: string;
  readonly owner: boolean;
  /** How many policies name it. */
  readonly policies: number;
  readonly kinds: readonly PolicyKind[];
  /** External ids that trust policies naming it ask for. */
  readonly externalIds: readonly string[];
  /** One resource whose policy names it: the first by name. */
  readonly example: string;
}

export interface NamedProvider {
  readonly kind: 'oidc' | 'saml';
  /** As trust policies write it: the ARN of the provider, or the name of an issuer that needs none. */
  readonly provider: string;
  /** An issuer without `https://`; for SAML the provider's name. */
  readonly name: string;
  /** `undefined` for issuers that need no provider in an account. */
  readonly account: string | undefined;
  /** How many trust policies name it. */
  readonly policies: number;
  /** Values that those policies ask of its claims, by claim. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
}

type PolicyKind = 'trust' | 'vpc-endpoint' | 'bucket';

/** What one resource in its latest state adds. */
interface Contribution {
  readonly time: number;
  readonly resource: string;
  readonly policy?: { readonly kind: PolicyKind } & Named;
  readonly bucket?: Inventory['buckets'][number];
  readonly vpc?: Inventory['vpcs'][number];
}
interface Named {
  readonly accounts: readonly string[]; readonly organizations: readonly string[];
  /** By account. */
  readonly externalIds: ReadonlyMap<string, ReadonlySet<string>>;
  readonly providers: readonly { readonly provider: string; readonly claims: Readonly<Record<string, readonly string[]>> }[];
}

const policies: Readonly<Record<string, { readonly kind: PolicyKind; readonly name: string; readonly document: (item: ConfigurationItem) => unknown }>> = {
  'AWS::IAM::Role': { kind: 'trust', name: 'assumeRolePolicyDocument', document: (item) => item.configuration['assumeRolePolicyDocument'] },
  'AWS::EC2::VPCEndpoint': { kind: 'vpc-endpoint', name: 'policyDocument', document: (item) => item.configuration['policyDocument'] },
  'AWS::S3::Bucket': { kind: 'bucket', name: 'BucketPolicy', document: (item) => (item.supplementaryConfiguration['BucketPolicy'] as { policyText?: unknown } | null | undefined)?.policyText },
};
const isRead = (type: string): boolean => Object.hasOwn(policies, type) || type === 'AWS::EC2::VPC';

/** Reads everything below the paths and lists what a definition of the perimeter may name; what cannot be read is in `input.problems`. */
export async function takeInventory(paths: readonly string[]): Promise<Inventory> {
  const problems: InputProblem[] = [];
  const items = new Map<string, number>();
  const latest = new Map<string, Contribution>();
  const item = (delivered: DeliveredItem): void => {
    try {
      // Most items only count for their owner, which can be told without parsing them.
      const owner = delivered.type === undefined || isRead(delivered.type) ? undefined : ownerIn(delivered.bytes);
      const read = owner === undefined ? itemIn(delivered.bytes) : undefined;
      const account = owner ?? read!.accountId;
      items.set(account, (items.get(account) ?? 0) + 1);
      if (read === undefined || !isRead(read.resourceType)) return;
      const key = `${read.accountId} ${read.resourceType} ${read.arn === '' ? `${read.region} ${read.resourceId}` : read.arn}`;
      const time = Date.parse(read.captureTime) || 0;
      const before = latest.get(key);
      if (before !== undefined && before.time >= time) return;
      const resource = read.arn === '' ? read.resourceId : read.arn;
      // Kept also when nothing can be read of it: an older state must not speak for this one.
      latest.set(key, { time, resource });
      if (isPresent(read)) latest.set(key, { time, resource, ...contribution(read, (message) => { problems.push({ file: delivered.file, place: delivered.place, message }); }) });
    } catch (error) {
      problems.push(itemProblem(delivered, error));
    }
  };
  const problem = (one: InputProblem): void => { problems.push(one); };
  const files = filesBelow(paths, problem);
  let bytes = 0;
  for (const file of files) bytes += (await readItems(file, { item, problem, progress: () => undefined })).bytes;
  const count = [...items.values()].reduce((sum, one) => sum + one, 0);
  return { ...collect([...latest.values()], items), input: { files: files.length, items: count, bytes, problems } };
}

/** `undefined` where the text leaves a doubt. */
function ownerIn(bytes: Buffer): string | undefined {
  const name = '"awsAccountId"';
  const at = bytes.indexOf(name);
  if (at < 0 || bytes.includes(name, at + 1)) return undefined;
  return /^\s*:\s*"(\d{12})"/.exec(bytes.toString('latin1', at + name.length, at + name.length + 40))?.[1];
}

function contribution(item: ConfigurationItem, problem: (message: string) => void): Omit<Contribution, 'time' | 'resource'> {
  const { accountId: account, region, resourceType } = item;
  if (resourceType === 'AWS::EC2::VPC') return { vpc: { id: item.resourceId, account, region, isDefault: item.configuration['isDefault'] === true } };
  const { kind, name, document } = policies[resourceType]!;
  const bucket = resourceType === 'AWS::S3::Bucket' ? { bucket: { name: item.resourceName ?? item.resourceId, account, region } } : {};
  const written = document(item);
  // Buckets without a policy and endpoints that lead to no service have none.
  if (written === undefined || written === null || written === '') return bucket;
  try { return { ...bucket, policy: { kind, ...namesIn(policyDocument(item, name, written)) } }; } catch (error) {
    if (!(error instanceof UnreadableItem)) throw error;
    problem(error.message);
    return bucket;
  }
}

const accountKey = /^(aws:(principal|source|resource|vpce)account|aws:sourceowner|s3:resourceaccount|ec2:owner|kms:calleraccount)$/;
const accountOf = (text: string): string | undefined => /^\d{12}$/.test(text) ? text : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(text)?.[1];

function namesIn({ statements }: Policy): Named {
  const [accounts, organizations, externalIds] = [new Set<string>(), new Set<string>(), new Map<string, Set<string>>()];
  const providers: { provider: string; claims: Record<string, readonly string[]> }[] = [];
  const account = (text: string): void => { const id = accountOf(text); if (id !== undefined) accounts.add(id); };
  for (const { principals, conditions, resources, effect } of statements) {
    for (const one of [...principals?.aws ?? [], ...principals?.federated ?? []]) account(one);
    // A resource counts when it is one text: a wildcard or variable before its account leaves the owner open.
    for (const one of resources?.test.values ?? []) account(one);
    for (const { key, values, operator } of conditions) {
      for (const value of values) {
        if (value.startsWith('arn:') || accountKey.test(key)) account(value);
        const organization = /^(o-[a-z0-9]{10,32})(\/|$)/.exec(value)?.[1];
        if (organization !== undefined) organizations.add(organization);
        if (key !== 'sts:externalid' || effect !== 'Allow' || operator.negated || operator.name === 'Null' || /[*?$]/.test(value)) continue;
        for (const id of principals?.aws.map(accountOf) ?? []) if (id !== undefined) externalIds.set(id, (externalIds.get(id) ?? new Set()).add(value));
      }
    }
    if (effect === 'Allow' && principals?.negated === false) {
      for (const provider of principals.federated.filter((one) => one !== '*')) {
        const prefix = `${describeProvider(provider).name.toLowerCase()}:`;
        const claims = conditions.filter(({ key, operator }) => key.startsWith(prefix) && !operator.negated && operator.name !== 'Null');
        providers.push({ provider, claims: Object.fromEntries(claims.map(({ key, values }) => [key.slice(prefix.length), values])) });
      }
    }
  }
  return { accounts: [...accounts], organizations: [...organizations], externalIds, providers };
}

function describeProvider(provider: string): Pick<NamedProvider, 'kind' | 'name' | 'account'> {
  const [, account, kind, name] = /^arn:[^:]*:iam::([^:]*):(oidc|saml)-provider\/(.+)$/.exec(provider) ?? [];
  return { kind: kind === 'saml' ? 'saml' : 'oidc', name: name ?? provider, account };
}

function collect(contributions: readonly Contribution[], items: ReadonlyMap<string, number>): Omit<Inventory, 'input'> {
  const named = new Map<string, { policies: number; kinds: Set<PolicyKind>; externalIds: Set<string>; example: string }>();
  const organizations = new Map<string, number>();
  const providers = new Map<string, { policies: Set<string>; claims: Map<string, Set<string>> }>();
  for (const { resource, policy } of contributions) {
    for (const id of policy?.accounts ?? []) {
      const known = named.get(id) ?? { policies: 0, kinds: new Set(), externalIds: new Set(), example: resource };
      known.policies++;
      known.kinds.add(policy!.kind);
      if (resource < known.example) known.example = resource;
      for (const one of policy!.externalIds.get(id) ?? []) known.externalIds.add(one);
      named.set(id, known);
    }
    for (const id of policy?.organizations ?? []) organizations.set(id, (organizations.get(id) ?? 0) + 1);
    for (const { provider, claims } of policy?.providers ?? []) {
      const known = providers.get(provider) ?? { policies: new Set(), claims: new Map<string, Set<string>>() };
      known.policies.add(resource);
      for (const [claim, values] of Object.entries(claims)) known.claims.set(claim, new Set([...known.claims.get(claim) ?? [], ...values]));
      providers.set(provider, known);
    }
  }
  return {
    accounts: sorted([...items], ([id]) => id).map(([id, count]) => ({ id, items: count })),
    namedAccounts: sorted([...named], ([id]) => id).map(([id, { policies: count, kinds, externalIds, example }]) =>
      ({ id, owner: items.has(id), policies: count, kinds: [...kinds].sort(), externalIds: [...externalIds].sort(), example })),
    organizations: sorted([...organizations], ([id]) => id).map(([id, count]) => ({ id, policies: count })),
    buckets: sorted(contributions.flatMap(({ bucket }) => bucket === undefined ? [] : [bucket]), (one) => one.name),
    vpcs: sorted(contributions.flatMap(({ vpc }) => vpc === undefined ? [] : [vpc]), (one) => `${one.id} ${one.account}`),
    identityProviders: sorted([...providers], ([provider]) => provider).map(([provider, { policies: roles, claims }]) => ({
      ...describeProvider(provider), provider, policies: roles.size,
      claims: Object.fromEntries(sorted([...claims], ([claim]) => claim).map(([claim, values]) => [claim, [...values].sort()])),
    })),
  };
}

const sorted = <T>(list: readonly T[], key: (one: T) => string): T[] => [...list].sort((a, b) => key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
