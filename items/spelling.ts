import type { ConfigurationItem } from './configuration-item.ts';

type Raw = Readonly<Record<string, unknown>>;

/**
 * The named members of an object, whatever the case of their letters. Config lowers the first letters of the API's names by no
 * one rule (`dBInstanceStatus` of an instance, `dbclusterIdentifier` of a cluster, `kmskeyArn` of a function), and an item that was
 * read live carries the API's own (`DBInstanceStatus`). A name in Config's spelling comes before all others.
 */
export function spelled(object: Raw, names: readonly string[]): Raw {
  const given = Object.entries(object).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(names.map((name) => [name, (given.find(([key]) => key === name) ?? given.find(([key]) => key.toLowerCase() === name.toLowerCase()))?.[1]]));
}

/** The item with just these members of its configuration, in Config's spelling. */
export const spelledItem = (item: ConfigurationItem, names: readonly string[]): ConfigurationItem => ({ ...item, configuration: spelled(item.configuration, names) });
