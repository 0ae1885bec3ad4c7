import { paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { Check } from '../check.ts';
import { problem } from '../finding.ts';

const QUOTA = 'Stack instances per stack set';
/** Where Service Quotas does not list it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const USUAL = 100_000;

export const stackInstances: Check = {
  id: 'quota-stack-instances',
  title: 'One StackSet can hold all accounts and Regions',
  async run({ aws, settings, accounts }) {
    const needed = (await accounts()).length * settings.regions.length;
    let limit: number | undefined;
    for await (const { Quotas = [] } of paginateListServiceQuotas({ client: aws.serviceQuotas(settings.homeRegion) }, { ServiceCode: 'cloudformation' })) {
      limit ??= Quotas.find(({ QuotaName }) => QuotaName === QUOTA)?.Value;
    }
    if (needed <= (limit ?? USUAL)) return [];
    return [problem(`the StackSet would hold ${needed} instances, and ${limit ?? USUAL} is the most`, `ask for more in the console of Service Quotas, AWS CloudFormation, “${QUOTA}”, in ${settings.homeRegion}`)];
  },
};
