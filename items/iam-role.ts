import type { Policy } from '../policy/index.ts';
import type { ConfigurationItem } from './configuration-item.ts';
import { optionalText, policyDocument, text } from './read.ts';

export interface IamRole {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly trustPolicy: Policy;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export const iamRole = (item: ConfigurationItem): IamRole => ({
  name: item.resourceName ?? optionalText(item, 'roleName') ?? item.resourceId,
  path: optionalText(item, 'path') ?? '/',
  arn: item.arn,
  trustPolicy: policyDocument(item, 'assumeRolePolicyDocument', text(item, 'assumeRolePolicyDocument')),
});
