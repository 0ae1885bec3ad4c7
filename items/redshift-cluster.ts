import type { ConfigurationItem } from './configuration-item.ts';
import { flag, optionalFlag } from './read.ts';

export interface RedshiftCluster {
  readonly publiclyAccessible: boolean;
  /** `undefined` in items older than the property. */
  readonly enhancedVpcRouting: boolean | undefined;
}

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html */
export const redshiftCluster = (item: ConfigurationItem): RedshiftCluster => ({
  publiclyAccessible: flag(item, 'publiclyAccessible'), enhancedVpcRouting: optionalFlag(item, 'enhancedVpcRouting'),
});
