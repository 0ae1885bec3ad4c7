import type { ConfigurationItem } from './configuration-item.ts';
import { flag } from './read.ts';

export interface DbInstance { readonly publiclyAccessible: boolean }

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
export const dbInstance = (item: ConfigurationItem): DbInstance => ({ publiclyAccessible: flag(item, 'publiclyAccessible') });
