import type { ConfigurationItem } from './configuration-item.ts';
import { flag } from './read.ts';

export interface RedshiftServerlessWorkgroup { readonly publiclyAccessible: boolean }

/** https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_Workgroup.html — listed by API, since Config does not record the type. */
export const redshiftServerlessWorkgroup = (item: ConfigurationItem): RedshiftServerlessWorkgroup => ({ publiclyAccessible: flag(item, 'publiclyAccessible') });
