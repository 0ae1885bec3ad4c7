import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import { describeOrganization, listRoots, membersBelow, type Unit } from '../../aws/organization.ts';

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

/** The organization with its tree. */
export async function readOrganization(client: OrganizationsClient): Promise<Organization> {
  const described = await describeOrganization(client);
  const roots = await listRoots(client);
  // Suspended accounts run nothing, and StackSets leave them out.
  const accounts = (await membersBelow(client, roots.map(({ id, name }) => ({ id, name })))).filter(({ isActive }) => isActive).map(({ id, path }) => ({ id, path }));
  return { ...described, policyTypes: new Set(roots.flatMap(({ policyTypes }) => policyTypes)), accounts };
}
