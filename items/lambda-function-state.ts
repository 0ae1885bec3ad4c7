import type { ConfigurationItem } from './configuration-item.ts';
import { optionalObject, optionalText, texts } from './read.ts';
import { spelled, spelledItem } from './spelling.ts';

/** What a change of a function's network turns on. */
export interface LambdaFunctionState {
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** ARN of the execution role. */
  readonly role: string | undefined;
  readonly state: string | undefined;
  readonly lastUpdateStatus: string | undefined;
  /** Names this very configuration: an update that gives it fails where somebody was faster. */
  readonly revisionId: string | undefined;
}

const members = ['functionName', 'vpcConfig', 'role', 'state', 'lastUpdateStatus', 'revisionId'];

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
export function lambdaFunctionState(recorded: ConfigurationItem): LambdaFunctionState {
  const item = spelledItem(recorded, members);
  const vpcConfig = spelled(optionalObject(item, 'vpcConfig') ?? {}, ['subnetIds', 'securityGroupIds']);
  return {
    name: optionalText(item, 'functionName') ?? item.resourceName ?? item.resourceId,
    subnetIds: texts(item, 'vpcConfig.subnetIds', vpcConfig['subnetIds']),
    securityGroupIds: texts(item, 'vpcConfig.securityGroupIds', vpcConfig['securityGroupIds']),
    role: optionalText(item, 'role'),
    state: stateOf(item.configuration['state']),
    lastUpdateStatus: optionalText(item, 'lastUpdateStatus'),
    revisionId: optionalText(item, 'revisionId'),
  };
}

/** Config writes `{ "value": "Active" }`, the API a text. */
const stateOf = (value: unknown): string | undefined => {
  const state: unknown = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['value'] : value;
  return typeof state === 'string' ? state : undefined;
};
