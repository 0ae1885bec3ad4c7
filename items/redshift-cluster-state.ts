import type { ConfigurationItem } from './configuration-item.ts';
import { pendingModifications, vpcSecurityGroupIds } from './members.ts';
import { flag, optionalObject, optionalText, text } from './read.ts';
import { spelled, spelledItem } from './spelling.ts';

/** What a change of a cluster turns on. */
export interface RedshiftClusterState {
  readonly name: string;
  readonly publiclyAccessible: boolean;
  readonly status: string | undefined;
  /** The address that was given to the cluster; without it public access cannot be restored as it was. */
  readonly elasticIp: string | undefined;
  readonly pending: readonly string[];
  readonly securityGroupIds: readonly string[];
}

const members = ['clusterIdentifier', 'publiclyAccessible', 'clusterStatus', 'elasticIpStatus', 'pendingModifiedValues', 'vpcSecurityGroups'];

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html */
export function redshiftClusterState(recorded: ConfigurationItem): RedshiftClusterState {
  const item = spelledItem(recorded, members);
  const elasticIp = spelled(optionalObject(item, 'elasticIpStatus') ?? {}, ['elasticIp'])['elasticIp'];
  return {
    name: text(item, 'clusterIdentifier'),
    publiclyAccessible: flag(item, 'publiclyAccessible'),
    status: optionalText(item, 'clusterStatus'),
    elasticIp: typeof elasticIp === 'string' && elasticIp !== '' ? elasticIp : undefined,
    pending: pendingModifications(item),
    securityGroupIds: vpcSecurityGroupIds(item),
  };
}
