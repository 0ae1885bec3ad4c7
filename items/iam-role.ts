import type { Policy } from '../policy/index.ts';
import type { ConfigurationItem } from './configuration-item.ts';
import { arnOf, optionalText, policyDocument } from './read.ts';

export interface IamRole {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** Whether an AWS service made the role and keeps it: nobody else can change its trust policy. */
  readonly managedByAws: boolean;
  readonly trustPolicy: Policy;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export function iamRole(item: ConfigurationItem): IamRole {
  const path = optionalText(item, 'path') ?? '/';
  return {
    name: item.resourceName ?? optionalText(item, 'roleName') ?? item.resourceId,
    path,
    arn: arnOf(item),
    // IAM refuses these paths to everybody else: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
    managedByAws: path.startsWith('/aws-service-role/') || path.startsWith('/aws-reserved/'),
    trustPolicy: policyDocument(item, 'assumeRolePolicyDocument', item.configuration['assumeRolePolicyDocument']),
  };
}
