import { paginateListAWSServiceAccessForOrganization, paginateListDelegatedAdministrators, type OrganizationsClient } from '@aws-sdk/client-organizations';
import { DescribeOrganizationsAccessCommand } from '@aws-sdk/client-cloudformation';
import type { Aws, Caller } from '../aws/clients.ts';
import { activateStackSets, CONFIG_PRINCIPALS, enableAccess, register, STACKSETS_PRINCIPAL } from '../aws/denials.ts';
import { listRoots, membersBelow } from '../aws/organization.ts';
import type { Settings } from './settings.ts';

export interface Organization { readonly id: string; readonly managementAccount: string }

/** A reason why a deployment to the organization cannot begin, and the commands that mend it. */
export interface Missing { readonly what: string; readonly commands: readonly string[] }

/** Ids of the organization's roots; there is one. */
export const rootsOf = async (aws: Aws, region: string): Promise<readonly string[]> => (await listRoots(aws.organizations(region))).map(({ id }) => id);

/** Ids of accounts below organizational units or roots, at any depth; throws ParentNotFoundException for one that is not there. */
export const accountsBelow = async (aws: Aws, region: string, units: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set((await membersBelow(aws.organizations(region), units.map((id) => ({ id, name: '' })))).map(({ id }) => id));

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
