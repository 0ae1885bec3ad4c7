import type { BatchGetResourceConfigCommandInput, BatchGetResourceConfigCommandOutput } from '@aws-sdk/client-config-service';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import type { RelatedType } from '../../items/facts.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { plain } from './plain.ts';

const FRESH_FOR = 5 * 60 * 1000;
const MOST_A_CALL = 100;
const ATTEMPTS = 4;

export interface RelatedPorts {
  readonly batchGetResourceConfig: (input: BatchGetResourceConfigCommandInput) => Promise<Pick<BatchGetResourceConfigCommandOutput, 'baseConfigurationItems' | 'unprocessedResourceKeys'>>;
  /** Subnets that exist, by id, for accounts whose recorder leaves the type out. */
  readonly describeSubnets: (ids: readonly string[]) => Promise<readonly ConfigurationItem[]>;
  readonly sleep: (duration: number) => Promise<void>;
  readonly now: () => number;
}

interface Wanted { readonly type: RelatedType; readonly id: string }
export type Lookup = (type: string, id: string) => ConfigurationItem | undefined;

/** Finds related items in what Config recorded, else by the service's API; remembers what it found for 5 minutes. */
export function relatedSource(ports: RelatedPorts): (wanted: readonly Wanted[]) => Promise<Lookup> {
  const cache = new Map<string, { readonly item: ConfigurationItem; readonly until: number }>();
  const find: Lookup = (type, id) => cache.get(`${type} ${id}`)?.item;
  const keep = (item: ConfigurationItem): void => { cache.set(`${item.resourceType} ${item.resourceId}`, { item, until: ports.now() + FRESH_FOR }); };
  return async (wanted) => {
    for (const [key, { until }] of cache) if (until <= ports.now()) cache.delete(key);
    const missing = (): readonly Wanted[] => wanted.filter(({ type, id }) => find(type, id) === undefined);
    for (const item of await recorded(missing(), ports)) keep(item);
    const left = missing();
    const fetched = left.length === 0 ? [] : await fetchers['AWS::EC2::Subnet'](left.map(({ id }) => id), ports);
    for (const item of fetched) keep(item);
    return find;
  };
}

const fetchers: Readonly<Record<RelatedType, (ids: readonly string[], ports: RelatedPorts) => Promise<readonly ConfigurationItem[]>>> = {
  'AWS::EC2::Subnet': (ids, { describeSubnets }) => describeSubnets(ids),
};

async function recorded(wanted: readonly Wanted[], { batchGetResourceConfig, sleep }: RelatedPorts): Promise<readonly ConfigurationItem[]> {
  const found: ConfigurationItem[] = [];
  for (let from = 0; from < wanted.length; from += MOST_A_CALL) {
    let keys: BatchGetResourceConfigCommandInput['resourceKeys'] = wanted.slice(from, from + MOST_A_CALL).map(({ type, id }) => ({ resourceType: type, resourceId: id }));
    for (let attempt = 1; keys.length > 0; attempt++) {
      const { baseConfigurationItems = [], unprocessedResourceKeys = [] } = await batchGetResourceConfig({ resourceKeys: keys });
      found.push(...baseConfigurationItems.map((item) => normalizeItem(plain(item))));
      if (unprocessedResourceKeys.length > 0 && attempt === ATTEMPTS) throw new Error(`AWS Config left ${unprocessedResourceKeys.length} resources unprocessed in ${ATTEMPTS} attempts`);
      if (unprocessedResourceKeys.length > 0) await sleep(200 * 2 ** (attempt - 1));
      keys = unprocessedResourceKeys;
    }
  }
  return found;
}
