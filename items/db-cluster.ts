import type { ConfigurationItem } from './configuration-item.ts';
import { optionalFlag, optionalText } from './read.ts';

export interface DbCluster {
  /** `undefined` on Aurora, where the instances carry the flag. */
  readonly publiclyAccessible: boolean | undefined;
  readonly engine: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html */
export const dbCluster = (item: ConfigurationItem): DbCluster => ({
  publiclyAccessible: optionalFlag(item, 'publiclyAccessible'), engine: optionalText(item, 'engine'),
});
