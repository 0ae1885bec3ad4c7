import { DescribeOrganizationsAccessCommand } from '@aws-sdk/client-cloudformation';
import { paginateListAWSServiceAccessForOrganization } from '@aws-sdk/client-organizations';
import { activateStackSets, enableAccess, STACKSETS_PRINCIPAL } from '../../aws/denials.ts';
import type { Check, Context } from '../check.ts';
import { problem, unread, type Said } from '../finding.ts';
import { servicesFor } from './services.ts';

export const trustedAccess: Check = {
  id: 'trusted-access',
  title: 'The organization trusts the services that the deployment needs',
  async run(context) {
    const { aws, settings } = context;
    const trusted = new Set<string>();
    for await (const { EnabledServicePrincipals = [] } of paginateListAWSServiceAccessForOrganization({ client: aws.organizations(settings.homeRegion) }, {})) {
      for (const { ServicePrincipal } of EnabledServicePrincipals) if (ServicePrincipal !== undefined) trusted.add(ServicePrincipal);
    }
    const missing = servicesFor(settings).filter(({ principal }) => !trusted.has(principal));
    return [
      ...missing.map(({ principal, uses }) => problem(
        `the organization does not trust ${principal}, by which ${uses}`,
        `in the management account: ${principal === STACKSETS_PRINCIPAL ? activateStackSets(settings.homeRegion) : enableAccess(principal)}`,
      )),
      ...trusted.has(STACKSETS_PRINCIPAL) ? await activation(context) : [],
    ];
  },
};

/** Trust alone does not do: CloudFormation makes a role in the management account when it is activated. */
async function activation({ aws, settings, caller, organization }: Context): Promise<readonly Said[]> {
  try {
    const inMember = (await organization()).managementAccount !== caller.account;
    const { Status } = await aws.cloudFormation(settings.homeRegion).send(new DescribeOrganizationsAccessCommand({ CallAs: inMember ? 'DELEGATED_ADMIN' : 'SELF' }));
    return Status === 'ENABLED' ? [] : [problem('the organization trusts StackSets, but CloudFormation has not been activated for it', `in the management account: ${activateStackSets(settings.homeRegion)}`)];
  } catch (error) { return [unread('whether CloudFormation was activated for the organization could not be seen', error)]; }
}
