import type { ConfigurationItem } from './configuration-item.ts';
import { optionalObject, optionalText, texts } from './read.ts';

export interface LambdaFunction {
  readonly name: string;
  /** Empty: in no VPC. Config writes two empty lists, or leaves `vpcConfig` out; the two mean the same. */
  readonly subnetIds: readonly string[];
  /** The function Lambda@Edge replicated this one from, where it is a replica. */
  readonly masterArn: string | undefined;
  /** Whether it runs on a capacity provider, which brings its own VPC configuration. */
  readonly onCapacityProvider: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
export function lambdaFunction(item: ConfigurationItem): LambdaFunction {
  const vpcConfig = optionalObject(item, 'vpcConfig');
  return {
    name: item.resourceName ?? item.resourceId,
    subnetIds: texts(item, 'vpcConfig.subnetIds', vpcConfig?.['subnetIds']),
    masterArn: optionalText(item, 'masterArn'),
    onCapacityProvider: optionalObject(item, 'capacityProviderConfig') !== undefined,
    tags: item.tags,
  };
}
