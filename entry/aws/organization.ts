import {
  DescribeOrganizationCommand, paginateListAccounts, paginateListAccountsForParent, paginateListOrganizationalUnitsForParent, paginateListRoots, type Account, type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { inPool } from './pool.ts';

/** The root, or an organizational unit. */
export interface Unit { readonly id: string; readonly name: string }
/** `policyTypes`: kinds of policies that are switched on, such as `SERVICE_CONTROL_POLICY`. */
export interface Root extends Unit { readonly policyTypes: readonly string[] }
/** `isActive`: neither suspended nor being closed or opened. */
export interface Member { readonly id: string; readonly name: string; readonly isActive: boolean }
/** An account with the units above it, the outermost first. */
export interface PlacedMember extends Member { readonly path: readonly Unit[] }

/** Organizations answers a few calls a second; more at a time are only throttled. */
const ABREAST = 4;

/** The organization of the caller; throws Denied where there is none. */
export async function describeOrganization(client: OrganizationsClient): Promise<{ readonly id: string; readonly managementAccount: string; readonly hasAllFeatures: boolean }> {
  const { Organization: described } = await client.send(new DescribeOrganizationCommand({}));
  if (described?.Id === undefined || described.MasterAccountId === undefined) throw new Error('organizations:DescribeOrganization names no organization');
  return { id: described.Id, managementAccount: described.MasterAccountId, hasAllFeatures: described.FeatureSet === 'ALL' };
}

/** The organization's roots; there is one. */
export async function listRoots(client: OrganizationsClient): Promise<readonly Root[]> {
  const roots: Root[] = [];
  for await (const { Roots = [] } of paginateListRoots({ client }, {})) {
    roots.push(...Roots.map(({ Id = '', Name = '', PolicyTypes = [] }) => ({ id: Id, name: Name, policyTypes: PolicyTypes.flatMap(({ Type, Status }) => Type !== undefined && Status === 'ENABLED' ? [Type] : []) })));
  }
  return roots;
}

/** All accounts of the organization. */
export async function listMembers(client: OrganizationsClient): Promise<readonly Member[]> {
  const members: Member[] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {})) members.push(...Accounts.map(memberOf));
  return members;
}

/**
 * Accounts below units or roots, at any depth, which takes two calls for each unit rather than one for each account. Throws
 * ParentNotFoundException for a unit that is not there.
 */
export async function membersBelow(client: OrganizationsClient, units: readonly Unit[]): Promise<readonly PlacedMember[]> {
  const members: PlacedMember[] = [];
  for (let level: readonly (readonly Unit[])[] = units.map((unit) => [unit]); level.length > 0;) {
    const below = await inPool(level, ABREAST, (path) => childrenOf(client, path));
    members.push(...below.flatMap((children) => children.members));
    level = below.flatMap((children) => children.units);
  }
  return members;
}

async function childrenOf(client: OrganizationsClient, path: readonly Unit[]): Promise<{ readonly units: readonly (readonly Unit[])[]; readonly members: readonly PlacedMember[] }> {
  const ParentId = path.at(-1)!.id;
  const [units, members] = [[] as (readonly Unit[])[], [] as PlacedMember[]];
  for await (const { OrganizationalUnits = [] } of paginateListOrganizationalUnitsForParent({ client }, { ParentId })) units.push(...OrganizationalUnits.map(({ Id = '', Name = '' }) => [...path, { id: Id, name: Name }]));
  for await (const { Accounts = [] } of paginateListAccountsForParent({ client }, { ParentId })) members.push(...Accounts.map((account) => ({ ...memberOf(account), path })));
  return { units, members };
}

/** Whether an error says that there is no such unit. */
export const isNoUnit = (error: unknown): boolean => error instanceof Error && error.name === 'ParentNotFoundException';

const memberOf = ({ Id = '', Name = '', State, Status }: Account): Member => ({ id: Id, name: Name, isActive: (State ?? Status) === 'ACTIVE' });
