import { GetAggregateDiscoveredResourceCountsCommand, GetDiscoveredResourceCountsCommand, type ConfigServiceClient } from '@aws-sdk/client-config-service';
import { GLOBAL_TYPES } from '../../deployment/conformance-pack.ts';
import { estimate, type Estimate } from '../../deployment/cost/estimate.ts';
import type { Place } from '../../deployment/cost/evaluations.ts';
import { usualPrices } from '../../deployment/cost/prices.ts';
import { AGGREGATOR } from '../../deployment/names.ts';
import { rules } from '../../rules/index.ts';
import type { Aws } from '../aws/clients.ts';
import { placesOf } from '../cost/counts.ts';
import { deployedIn } from '../cost/deployed.ts';
import { rangeOf } from '../cost/report.ts';
import { plural } from '../report/lines.ts';
import type { Desired } from './desired.ts';
import type { Settings } from './settings.ts';

/** Types that AWS Config records; it counts no others. */
const recordedTypes: readonly string[] = [...new Set(rules.flatMap(({ trigger, resourceTypes }) => trigger === 'periodic' ? [] : resourceTypes as readonly string[]))].sort();

type Counts = Readonly<Record<string, number>>;

/**
 * What the pack costs a month where it is deployed to, in a sentence: of the resources that AWS Config knows of. Those of an organization are
 * counted by the aggregator, which stands after the first deployment only.
 */
export async function costOfDeployment({ place }: Desired, { aws, settings }: { readonly aws: Aws; readonly settings: Settings }): Promise<string> {
  const isOrganization = place.kind === 'organization';
  const accounts = isOrganization ? place.accounts.length : 1;
  const counts = isOrganization ? await aggregated(aws.config(settings.homeRegion)) : undefined;
  const places = isOrganization ? averages(counts ?? {}, accounts, settings.regions) : await recorded(aws, settings);
  const found = estimate(rules, { accounts, places, deployed: deployedIn(isOrganization), automationSteps: 0 }, usualPrices);
  return isOrganization && counts === undefined ? withoutCounts(found) : `Cost: ${monthly(found)}; \`perimeter cost\` shows the arithmetic.`;
}

const monthly = ({ monthly: range, currency, places }: Estimate): string => `${rangeOf(range)} ${currency} a month for ${plural(places, 'account')} and Regions`;
const withoutCounts = (found: Estimate): string => `Cost: ${monthly(found)}, and more for each resource that is judged; no resources are counted yet, and \`perimeter cost\` reckons with them from a recording or from numbers.`;

/** Each account and Region with as many as there are on average. */
function averages(counts: Counts, accounts: number, regions: readonly string[]): readonly Place[] {
  const resources = Object.fromEntries(Object.entries(counts).map(([type, count]) => [type, accounts === 0 ? 0 : count / (GLOBAL_TYPES.has(type) ? accounts : accounts * regions.length)]));
  return placesOf({ accounts, regions: regions.length, resources });
}

/** Counts of the aggregator; `undefined` where there is none. */
async function aggregated(client: ConfigServiceClient): Promise<Counts | undefined> {
  const counts: Record<string, number> = {};
  for (const ResourceType of recordedTypes) {
    try {
      const { TotalDiscoveredResources = 0 } = await client.send(new GetAggregateDiscoveredResourceCountsCommand({ ConfigurationAggregatorName: AGGREGATOR, Filters: { ResourceType: ResourceType as never } }));
      counts[ResourceType] = TotalDiscoveredResources;
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchConfigurationAggregatorException') return undefined;
      throw error;
    }
  }
  return counts;
}

/** What AWS Config counts in each Region of the caller's account. */
async function recorded(aws: Aws, { regions, homeRegion }: Settings): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const region of regions) {
    const { resourceCounts = [] } = await aws.config(region).send(new GetDiscoveredResourceCountsCommand({ resourceTypes: [...recordedTypes], limit: 100 }));
    const resources = Object.fromEntries(resourceCounts.flatMap(({ resourceType, count }) => resourceType === undefined ? [] : [[resourceType, count ?? 0]]));
    places.push({ times: 1, isHome: region === homeRegion, resources, changes: {} });
  }
  return places;
}
