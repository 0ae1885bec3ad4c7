import { DescribeOrganizationCommand, paginateListAccountsForParent, paginateListOrganizationalUnitsForParent, paginateListRoots, type OrganizationsClient } from '@aws-sdk/client-organizations';
import { inPool } from '../pool.ts';

/** The root, or an organizational unit. */
export interface Unit { readonly id: string; readonly name: string }

/** An active account with the units above it, the root first. */
export interface OrganizationAccount { readonly id: string; readonly path: readonly Unit[] }

export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
  readonly hasAllFeatures: boolean;
  /** Kinds of policies that the root has switched on, such as `SERVICE_CONTROL_POLICY`. */
  readonly policyTypes: ReadonlySet<string>;
  readonly accounts: readonly OrganizationAccount[];
}

/** Organizations answers a few calls a second; more at a time are only throttled. */
const ABREAST = 4;

/** Reads the tree from the root down, which takes a call for each unit rather than for each account. */
export async function readOrganization(client: OrganizationsClient): Promise<Organization> {
  const { Organization: described } = await client.send(new DescribeOrganizationCommand({}));
  if (described?.Id === undefined || described.MasterAccountId === undefined) throw new Error('organizations:DescribeOrganization names no organization');
  const policyTypes = new Set<string>();
  let level: (readonly Unit[])[] = [];
  for await (const { Roots = [] } of paginateListRoots({ client }, {})) {
    for (const { Id, Name = '', PolicyTypes = [] } of Roots) {
      if (Id === undefined) continue;
      level.push([{ id: Id, name: Name }]);
      for (const { Type, Status } of PolicyTypes) if (Type !== undefined && Status === 'ENABLED') policyTypes.add(Type);
    }
  }
  const accounts: OrganizationAccount[] = [];
  while (level.length > 0) {
    const below = await inPool(level, ABREAST, async (path) => {
      const ParentId = path.at(-1)!.id;
      const [units, members] = [[] as (readonly Unit[])[], [] as OrganizationAccount[]];
      for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId })) {
        for (const { Id, Name = '' } of page.OrganizationalUnits ?? []) if (Id !== undefined) units.push([...path, { id: Id, name: Name }]);
      }
      for await (const page of paginateListAccountsForParent({ client }, { ParentId })) {
        // Suspended accounts run nothing, and StackSets leave them out.
        for (const { Id, State, Status } of page.Accounts ?? []) if (Id !== undefined && (State ?? Status) === 'ACTIVE') members.push({ id: Id, path });
      }
      return { units, members };
    });
    accounts.push(...below.flatMap(({ members }) => members));
    level = below.flatMap(({ units }) => units);
  }
  return { id: described.Id, managementAccount: described.MasterAccountId, hasAllFeatures: described.FeatureSet === 'ALL', policyTypes, accounts };
}
