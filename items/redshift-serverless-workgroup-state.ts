import type { ConfigurationItem } from './configuration-item.ts';
import { optionalText, text, texts } from './read.ts';
import { spelledItem } from './spelling.ts';

/** What a change of a workgroup turns on. */
export interface RedshiftServerlessWorkgroupState {
  readonly name: string;
  readonly status: string | undefined;
  readonly securityGroupIds: readonly string[];
}

/** https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_Workgroup.html */
export function redshiftServerlessWorkgroupState(recorded: ConfigurationItem): RedshiftServerlessWorkgroupState {
  const item = spelledItem(recorded, ['workgroupName', 'status', 'securityGroupIds']);
  return {
    name: text(item, 'workgroupName'),
    status: optionalText(item, 'status'),
    securityGroupIds: texts(item, 'securityGroupIds', item.configuration['securityGroupIds']),
  };
}
