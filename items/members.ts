import type { ConfigurationItem } from './configuration-item.ts';
import { optionalObject, UnreadableItem } from './read.ts';
import { spelled } from './spelling.ts';

type Raw = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of objects, each with the named members in Config's spelling; absent counts as empty. */
export function objects(item: ConfigurationItem, name: string, members: readonly string[]): readonly Raw[] {
  const value = item.configuration[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw new UnreadableItem(`${item.resourceType} ${item.resourceName ?? item.resourceId}: \`${name}\` is not a list of objects`);
  return value.map((one) => spelled(one, members));
}

/** Ids of the VPC security groups of a database or a warehouse. */
export function vpcSecurityGroupIds(item: ConfigurationItem): readonly string[] {
  return objects(item, 'vpcSecurityGroups', ['vpcSecurityGroupId']).flatMap(({ vpcSecurityGroupId: id }) => typeof id === 'string' ? [id] : []);
}

/** Names of modifications that wait for a maintenance window; Config writes members that wait for nothing as null or leaves them out. */
export function pendingModifications(item: ConfigurationItem): readonly string[] {
  const isEmpty = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  return Object.entries(optionalObject(item, 'pendingModifiedValues') ?? {}).flatMap(([name, value]) => isEmpty(value) ? [] : [name]);
}
