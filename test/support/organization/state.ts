import { randomUUID } from 'node:crypto';
import type { Resource, Template } from './stacks/template.ts';
import type { Faults, OrganizationOptions, Policy } from './options.ts';

type Fields = Record<string, unknown>;
export interface Account { readonly id: string; readonly name: string; readonly email: string; status: 'ACTIVE' | 'SUSPENDED'; parent: string }
export interface Unit { readonly id: string; readonly name: string; readonly parent: string | undefined }
export interface AttachedPolicy extends Policy { readonly id: string }

export interface StackEvent { readonly EventId: string; readonly Timestamp: number; readonly LogicalResourceId: string; readonly PhysicalResourceId: string; readonly ResourceType: string; readonly ResourceStatus: string; readonly ResourceStatusReason?: string }
/** What a stack consists of once an operation is through. */
export interface Content { readonly template: Template; readonly parameters: Readonly<Record<string, string>>; readonly capabilities: readonly string[]; readonly tags: readonly { Key: string; Value: string }[] }
export interface ChangeSet {
  readonly id: string; readonly name: string; readonly type: 'CREATE' | 'IMPORT' | 'UPDATE'; readonly content: Content; readonly changes: readonly Fields[]; readonly onFailure: string; readonly description: string | undefined; readonly createdAt: number;
  status: string; reason: string | undefined; execution: string; polls: number;
}
export interface Stack {
  readonly account: string; readonly region: string; readonly name: string; readonly id: string; readonly createdAt: number; readonly root?: string;
  status: string; reason: string | undefined; content: Content | undefined; updatedAt: number | undefined;
  readonly events: StackEvent[]; readonly changeSets: Map<string, ChangeSet>;
  /** What is under way: looks left, and what stands at its end. */
  pending: { polls: number; readonly finish: () => void } | undefined;
  /** Resources of `content`, computed once. */
  held: { readonly content: Content; readonly resources: Resource[] } | undefined;
}

export interface Instance {
  readonly account: string; readonly region: string; unit: string;
  status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE'; detail: string; reason: string | undefined; stackId: string | undefined; lastOperation: string; overrides: Readonly<Record<string, string>>;
}
export interface Result { readonly account: string; readonly region: string; readonly unit: string; status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'; reason: string | undefined }
export interface StackSetOperation {
  readonly id: string; readonly action: 'CREATE' | 'UPDATE' | 'DELETE'; readonly input: Fields; readonly results: Result[]; readonly retain: boolean; readonly createdAt: number;
  status: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED'; reason: string | undefined; endedAt: number | undefined; polls: number;
}
export interface StackSet {
  readonly id: string; readonly name: string; readonly region: string; readonly arn: string; readonly token: string | undefined;
  description: string | undefined; content: Content; permissionModel: string; autoDeployment: { Enabled: boolean; RetainStacksOnAccountRemoval: boolean } | undefined; managed: boolean;
  readonly instances: Map<string, Instance>; readonly operations: StackSetOperation[];
  /** Targets as they were asked for, by unit: what auto-deployment goes by. */
  readonly targets: Map<string, { filter: string; accounts: readonly string[]; regions: Set<string>; overrides: Readonly<Record<string, string>> }>;
}

export interface StoredObject { readonly version: string; readonly body: Buffer; readonly etag: string; readonly modified: number; readonly deleted: boolean; readonly headers: Fields }
export interface Bucket { readonly name: string; readonly account: string; readonly region: string; readonly versioned: boolean; readonly objects: Map<string, StoredObject[]> }
export interface Session { readonly account: string; readonly role: string; readonly session: string; readonly token: string }
export interface OrganizationPack { readonly name: string; readonly account: string; readonly region: string; readonly template: string; readonly bucket: string; readonly parameters: readonly Fields[]; readonly excluded: readonly string[]; updatedAt: number; polls: number }

/** All that the organization holds. Tests read it, and may change it as an administrator at a console would. */
export interface State {
  readonly partition: string;
  readonly id: string;
  readonly root: string;
  readonly management: string;
  readonly administrator: string;
  readonly options: OrganizationOptions;
  readonly faults: Faults;
  readonly accounts: Account[];
  readonly units: Unit[];
  readonly policies: AttachedPolicy[];
  readonly serviceAccess: Set<string>;
  /** Service principals by account registered for them. */
  readonly delegated: Map<string, Set<string>>;
  stackSetsAccess: boolean;
  readonly stacks: Stack[];
  readonly stackSets: StackSet[];
  readonly buckets: Map<string, Bucket>;
  readonly parameters: Map<string, { value: string; type: string; tier: string; version: number; modified: number }>;
  /** Resources that outlived their stack: `<account>/<unique name>`. */
  readonly retained: Set<string>;
  readonly sessions: Map<string, Session>;
  readonly evaluations: { account: string; region: string; rules: readonly string[] }[];
  readonly organizationPacks: OrganizationPack[];
  readonly polls: number;
}

export const MEMBER_ACCESS = 'member.org.stacksets.cloudformation.amazonaws.com';
const access = [MEMBER_ACCESS, 'config.amazonaws.com', 'config-multiaccountsetup.amazonaws.com'];
/** Seconds since 1970, as AWS counts on the wire. */
export const now = (): number => Math.floor(Date.now() / 1000);
const unitNames = ['Security', 'Infrastructure', 'Workloads', 'Production', 'Staging', 'Sandbox'] as const;

/**
 * An organization `o-perimeter01` with the root `r-perm` and the units Security, Infrastructure, Workloads (with Production and Staging in it)
 * and Sandbox. The management account (100000000001) stands in the root, the administrator (100000000002) in Security, the others evenly in
 * Infrastructure, Production, Staging and Sandbox.
 */
export function makeState(options: OrganizationOptions): State {
  const root = 'r-perm';
  const idOf = (name: string): string => `ou-perm-${name.toLowerCase()}`.padEnd(16, '0');
  const units: Unit[] = unitNames.map((name) => ({ id: idOf(name), name, parent: name === 'Production' || name === 'Staging' ? idOf('Workloads') : root }));
  const leaves = ['Infrastructure', 'Production', 'Staging', 'Sandbox'];
  const accounts: Account[] = Array.from({ length: options.accounts ?? 300 }, (_, i) => {
    const name = i === 0 ? 'management' : i === 1 ? 'security-tooling' : `workload-${String(i - 1).padStart(4, '0')}`;
    return { id: String(100_000_000_001 + i), name, email: `${name}@example.com`, status: options.suspended?.includes(i) === true ? 'SUSPENDED' : 'ACTIVE', parent: i === 0 ? root : idOf(i === 1 ? 'Security' : leaves[i % leaves.length]!) };
  });
  return {
    partition: options.partition ?? 'aws', id: 'o-perimeter01', root, management: accounts[0]!.id, administrator: accounts[1]!.id, options,
    faults: { throttle: {}, deny: [], fail: [], kill: undefined, tampered: {}, ...options.faults },
    accounts, units,
    policies: [
      ...(['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const).map((type) => ({ id: type === 'SERVICE_CONTROL_POLICY' ? 'p-FullAWSAccess' : 'p-RCPFullAWSAccess', name: type === 'SERVICE_CONTROL_POLICY' ? 'FullAWSAccess' : 'RCPFullAWSAccess', type,
        content: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...type === 'RESOURCE_CONTROL_POLICY' ? { Principal: '*' } : {}, Action: '*', Resource: '*' }] }, targets: [root, ...units.map(({ id }) => id), ...accounts.map(({ id }) => id)] })),
      ...(options.policies ?? []).map((policy, i) => ({ ...policy, id: `p-${String(i + 1).padStart(10, '0')}` })),
    ],
    serviceAccess: new Set(options.serviceAccess ?? access),
    delegated: new Map([[accounts[1]!.id, new Set(options.delegated ?? access)]]),
    stackSetsAccess: options.stackSetsAccess ?? true,
    stacks: [], stackSets: [], buckets: new Map(), parameters: new Map(), retained: new Set(), sessions: new Map(), evaluations: [], organizationPacks: [], polls: options.polls ?? 2,
  };
}

/** Whether the account is the management account or registered for one of the services (for any, if none is named). */
export const speaksForOrganization = ({ management, delegated }: State, account: string, ...services: readonly string[]): boolean =>
  account === management || [...delegated.get(account) ?? []].some((service) => services.length === 0 || services.includes(service));

/** The units that hold an account or unit, from its own parent to the root. */
export function unitsAbove(state: State, parent: string | undefined): string[] {
  if (parent === undefined) return [];
  return [parent, ...parent === state.root ? [] : unitsAbove(state, state.units.find(({ id }) => id === parent)?.parent)];
}

export const makeId = (): string => randomUUID();

/** One page of a list, and the token of the next: where the page before ended. */
export function page<T>(list: readonly T[], token: unknown, size: number): { readonly items: T[]; readonly next: { readonly NextToken?: string } } {
  const from = token === undefined ? 0 : Number(/^page-(\d+)$/.exec(String(token))?.[1]);
  if (Number.isNaN(from)) throw new Error(`the page \`${String(token)}\` was never given out`);
  return { items: list.slice(from, from + size), next: from + size < list.length ? { NextToken: `page-${from + size}` } : {} };
}
