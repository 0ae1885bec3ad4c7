import type { ConfigurationItem } from './configuration-item.ts';
import { pendingModifications, vpcSecurityGroupIds } from './members.ts';
import { optionalText, text, texts } from './read.ts';
import { spelledItem } from './spelling.ts';

/** What a change of an instance turns on, beyond what rules read. */
export interface DbInstanceState {
  readonly name: string;
  readonly engine: string;
  readonly status: string | undefined;
  /** The DB cluster it is a member of. */
  readonly cluster: string | undefined;
  readonly pending: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** The instances and clusters it copies and those that copy it: names, or ARNs where they stand in another Region. */
  readonly replication: readonly string[];
}

const members = [
  'dBInstanceIdentifier', 'engine', 'dBInstanceStatus', 'dBClusterIdentifier', 'pendingModifiedValues', 'vpcSecurityGroups',
  'readReplicaSourceDBInstanceIdentifier', 'readReplicaSourceDBClusterIdentifier', 'readReplicaDBInstanceIdentifiers', 'readReplicaDBClusterIdentifiers',
];

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
export function dbInstanceState(recorded: ConfigurationItem): DbInstanceState {
  const item = spelledItem(recorded, members);
  const list = (name: string): readonly string[] => texts(item, name, item.configuration[name]);
  const sources = [optionalText(item, 'readReplicaSourceDBInstanceIdentifier'), optionalText(item, 'readReplicaSourceDBClusterIdentifier')];
  return {
    name: text(item, 'dBInstanceIdentifier'),
    engine: text(item, 'engine'),
    status: optionalText(item, 'dBInstanceStatus'),
    cluster: optionalText(item, 'dBClusterIdentifier'),
    pending: pendingModifications(item),
    securityGroupIds: vpcSecurityGroupIds(item),
    replication: [...sources.filter((one) => one !== undefined), ...list('readReplicaDBInstanceIdentifiers'), ...list('readReplicaDBClusterIdentifiers')],
  };
}
