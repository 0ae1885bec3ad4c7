import { AccountNotRegisteredException, paginateListDelegatedServicesForAccount } from '@aws-sdk/client-organizations';
import { register } from '../../aws/denials.ts';
import type { Check, Context } from '../check.ts';
import { problem } from '../finding.ts';
import { servicesFor } from './services.ts';

export const delegatedAdministrator: Check = {
  id: 'delegated-administrator',
  title: 'This account administers the services that the deployment needs',
  async run(context) {
    const { caller, settings, organization } = context;
    // The management account administers everything anyway.
    if ((await organization()).managementAccount === caller.account) return [];
    const delegated = await delegatedTo(context);
    return servicesFor(settings).filter(({ principal }) => !delegated.has(principal)).map(({ principal, uses }) => problem(
      `account ${caller.account} is no delegated administrator for ${principal}, by which ${uses}`, `in the management account: ${register(caller.account, principal)}`,
    ));
  },
};

async function delegatedTo({ aws, caller, settings }: Context): Promise<ReadonlySet<string>> {
  const services = new Set<string>();
  try {
    for await (const { DelegatedServices = [] } of paginateListDelegatedServicesForAccount({ client: aws.organizations(settings.homeRegion) }, { AccountId: caller.account })) {
      for (const { ServicePrincipal } of DelegatedServices) if (ServicePrincipal !== undefined) services.add(ServicePrincipal);
    }
  } catch (error) { if (!(error instanceof AccountNotRegisteredException)) throw error; }
  return services;
}
