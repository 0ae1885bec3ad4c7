import {
  DescribeOrganizationCommand,
  paginateListAccounts, paginateListAccountsForParent, paginateListAWSServiceAccessForOrganization, paginateListDelegatedAdministrators, paginateListOrganizationalUnitsForParent, paginateListRoots,
  type Account, type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { DescribeOrganizationsAccessCommand } from '@aws-sdk/client-cloudformation';
import type { Aws, Caller } from '../aws/clients.ts';
import { activateStackSets, CONFIG_PRINCIPALS, enableAccess, register, STACKSETS_PRINCIPAL } from '../aws/denials.ts';
import type { Settings } from './settings.ts';

export interface Organization { readonly id: string; readonly managementAccount: string }
/** `isActive`: neither suspended nor being closed or opened. */
export interface Member { readonly id: string; readonly name: string; readonly isActive: boolean }

/** A reason why a deployment to the organization cannot begin, and the commands that mend it. */
export interface Missing { readonly what: string; readonly commands: readonly string[] }

/** The organization of the caller; throws Denied where there is none. */
export async function organizationOf(aws: Aws, region: string): Promise<Organization> {
  const { Organization: found } = await aws.organizations(region).send(new DescribeOrganizationCommand({}));
  return { id: found?.Id ?? '', managementAccount: found?.MasterAccountId ?? '' };
}

/** Ids of the organization's roots; there is one. */
export async function rootsOf(aws: Aws, region: string): Promise<readonly string[]> {
  const roots: string[] = [];
  for await (const { Roots = [] } of paginateListRoots({ client: aws.organizations(region) }, {})) roots.push(...Roots.map(({ Id = '' }) => Id));
  return roots;
}

/** Whether an error says that there is no such unit. */
export const isNoUnit = (error: unknown): boolean => error instanceof Error && error.name === 'ParentNotFoundException';

/** All accounts of the organization. */
export async function accountsOf(aws: Aws, region: string): Promise<readonly Member[]> {
  const members: Member[] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client: aws.organizations(region) }, {})) members.push(...Accounts.map(memberOf));
  return members;
}

/** Ids of accounts below organizational units or roots, at any depth; throws ParentNotFoundException for one that is not there. */
export async function accountsBelow(aws: Aws, region: string, units: readonly string[]): Promise<ReadonlySet<string>> {
  const client = aws.organizations(region);
  const found = new Set<string>();
  for (const unit of units) await collect(client, unit, found);
  return found;
}

async function collect(client: OrganizationsClient, ParentId: string, into: Set<string>): Promise<void> {
  for await (const { Accounts = [] } of paginateListAccountsForParent({ client }, { ParentId })) for (const { Id = '' } of Accounts) into.add(Id);
  for await (const { OrganizationalUnits = [] } of paginateListOrganizationalUnitsForParent({ client }, { ParentId })) for (const { Id = '' } of OrganizationalUnits) await collect(client, Id, into);
}

const memberOf = ({ Id = '', Name = '', State, Status }: Account): Member => ({ id: Id, name: Name, isActive: (State ?? Status) === 'ACTIVE' });

/** As whom StackSets are called: the management account is itself. */
export const callAs = (caller: Caller, { managementAccount }: Organization): 'SELF' | 'DELEGATED_ADMIN' => caller.account === managementAccount ? 'SELF' : 'DELEGATED_ADMIN';

/** Trusted access and delegation that a deployment to the organization needs and does not have. */
export async function missingAccess(aws: Aws, caller: Caller, organization: Organization, { homeRegion, pack }: Pick<Settings, 'homeRegion' | 'pack'>): Promise<readonly Missing[]> {
  const client = aws.organizations(homeRegion);
  const principals = pack === 'organization-pack' ? CONFIG_PRINCIPALS : CONFIG_PRINCIPALS.slice(0, 1);
  const enabled = new Set<string>();
  for await (const { EnabledServicePrincipals = [] } of paginateListAWSServiceAccessForOrganization({ client }, {})) for (const { ServicePrincipal = '' } of EnabledServicePrincipals) enabled.add(ServicePrincipal);
  const missing: Missing[] = principals.filter((one) => !enabled.has(one)).map((one) => ({ what: `the organization gives ${one} no access`, commands: [enableAccess(one)] }));
  if (callAs(caller, organization) === 'DELEGATED_ADMIN') {
    for (const principal of [STACKSETS_PRINCIPAL, ...principals]) {
      if (await isAdministrator(client, caller.account, principal)) continue;
      missing.push({ what: `account ${caller.account} is no delegated administrator for ${principal}`, commands: [register(caller.account, principal)] });
    }
  }
  // Asked last: of an account that administers no StackSets it answers with an error that says less than the above.
  if (!missing.some(({ what }) => what.includes(STACKSETS_PRINCIPAL))) {
    const { Status } = await aws.cloudFormation(homeRegion).send(new DescribeOrganizationsAccessCommand({ CallAs: callAs(caller, organization) }));
    if (Status !== 'ENABLED') missing.unshift({ what: 'the organization gives StackSets no access', commands: [activateStackSets(homeRegion)] });
  }
  return missing;
}

async function isAdministrator(client: OrganizationsClient, account: string, ServicePrincipal: string): Promise<boolean> {
  for await (const { DelegatedAdministrators = [] } of paginateListDelegatedAdministrators({ client }, { ServicePrincipal })) if (DelegatedAdministrators.some(({ Id }) => Id === account)) return true;
  return false;
}

/** The accounts that administer StackSets of the organization for it. */
export async function administrators(aws: Aws, region: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { DelegatedAdministrators = [] } of paginateListDelegatedAdministrators({ client: aws.organizations(region) }, { ServicePrincipal: STACKSETS_PRINCIPAL })) found.push(...DelegatedAdministrators.map(({ Id = '' }) => Id));
  return found;
}
