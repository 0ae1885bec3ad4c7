import type { Aws, Caller } from '../aws/clients.ts';
import { describeOrganization, isNoUnit, listMembers, type Member } from '../aws/organization.ts';
import { accountsBelow, administrators, callAs, rootsOf, type Organization } from './organization.ts';
import type { Settings } from './settings.ts';

/** Where a deployment goes, as the caller's account sees it. */
export type Place =
  | { readonly kind: 'account'; readonly caller: Caller }
  | {
    readonly kind: 'organization'; readonly caller: Caller; readonly organization: Organization; readonly callAs: 'SELF' | 'DELEGATED_ADMIN';
    /** All accounts of the organization, */
    readonly members: readonly Member[];
    /** those of them that get the pack by the StackSet, */
    readonly accounts: readonly string[];
    /** and those of these that come first. */
    readonly canary: readonly string[];
  }
  /** The management account, which the StackSet does not reach. */
  | { readonly kind: 'management'; readonly caller: Caller; readonly organization: Organization; readonly administrator: string };

export type OrganizationPlace = Extract<Place, { kind: 'organization' }>;

/** Why a deployment cannot be, in words for the person who asked. */
export class NotDeployable extends Error { override name = 'NotDeployable' }

/** Without asking AWS: for texts, not for a deployment. Which accounts there are is not known. */
export function offlinePlace(account: string, organization: string | undefined, partition: string): Place {
  const caller: Caller = { account, arn: `arn:${partition}:iam::${account}:root`, partition };
  if (organization === undefined) return { kind: 'account', caller };
  return { kind: 'organization', caller, organization: { id: organization, managementAccount: '' }, callAs: 'DELEGATED_ADMIN', members: [], accounts: [], canary: [] };
}

export async function accountPlace(aws: Aws, { homeRegion }: Settings): Promise<Place> {
  return { kind: 'account', caller: await aws.caller(homeRegion) };
}

/** Throws NotDeployable where the settings name no targets. */
export async function organizationPlace(aws: Aws, { homeRegion, targets, canary, excludeAccounts }: Settings): Promise<OrganizationPlace> {
  if (targets.length === 0) throw new NotDeployable('deployment.yaml names no `targets`: add the organizational units, or the root for all accounts, or pass --single-account');
  const caller = await aws.caller(homeRegion);
  const organization = await describeOrganization(aws.organizations(homeRegion));
  const members = await listMembers(aws.organizations(homeRegion));
  const excluded = new Set([...excludeAccounts, organization.managementAccount]);
  const active = members.filter(({ id, isActive }) => isActive && !excluded.has(id)).map(({ id }) => id).sort();
  const below = new Map<string, ReadonlySet<string>>();
  const roots = await rootsOf(aws, homeRegion);
  for (const unit of new Set([...targets, ...canary])) below.set(unit, roots.includes(unit) ? new Set(active) : await unitOf(aws, homeRegion, unit, roots));
  const first = new Set(canary.flatMap((unit) => [...below.get(unit) ?? []]));
  const all = new Set([...below.values()].flatMap((ids) => [...ids]));
  return {
    kind: 'organization', caller, organization, callAs: callAs(caller, organization), members,
    accounts: active.filter((id) => all.has(id)), canary: active.filter((id) => first.has(id)),
  };
}

async function unitOf(aws: Aws, region: string, unit: string, roots: readonly string[]): Promise<ReadonlySet<string>> {
  const unknown = new NotDeployable(`deployment.yaml names \`${unit}\`, which the organization does not have; its root is ${roots.join(', ')}, and \`aws organizations list-organizational-units-for-parent --parent-id ${roots[0] ?? 'ROOT'}\` lists the units below`);
  if (unit.startsWith('r-')) throw unknown;
  return accountsBelow(aws, region, [unit]).catch((error: unknown) => { throw isNoUnit(error) ? unknown : error; });
}

/** `administrator`: the account whose bucket holds the templates; left out, the one that administers StackSets. Throws NotDeployable. */
export async function managementPlace(aws: Aws, { homeRegion }: Settings, administrator: string | undefined): Promise<Place> {
  const caller = await aws.caller(homeRegion);
  const organization = await describeOrganization(aws.organizations(homeRegion));
  if (caller.account !== organization.managementAccount) throw new NotDeployable(`--management is for account ${organization.managementAccount}, which manages the organization; the credentials are of account ${caller.account}`);
  if (administrator !== undefined) return { kind: 'management', caller, organization, administrator };
  const known = await administrators(aws, homeRegion);
  if (known.length > 1) throw new NotDeployable(`which account administers the pack? Pass --administrator with one of ${known.join(', ')}`);
  // Without a delegated administrator the management account administers the pack itself.
  return { kind: 'management', caller, organization, administrator: known[0] ?? caller.account };
}
