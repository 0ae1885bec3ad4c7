import type { Policy } from '../policy/index.ts';
import type { ConfigurationItem } from './configuration-item.ts';
import { objects } from './members.ts';
import { optionalObject, policyDocument, UnreadableItem } from './read.ts';
import { spelled, spelledItem } from './spelling.ts';

/** What a role may do, as far as its own item tells. */
export interface RolePermissions {
  readonly arn: string;
  readonly inline: readonly Policy[];
  /** ARNs of attached policies; their documents stand in items of their own, or nowhere where AWS keeps them. */
  readonly attached: readonly string[];
  readonly boundary: string | undefined;
  /** What of it could not be read, such as the name of an inline policy. */
  readonly unread: readonly string[];
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html */
export function rolePermissions(recorded: ConfigurationItem): RolePermissions {
  const item = spelledItem(recorded, ['rolePolicyList', 'attachedManagedPolicies', 'permissionsBoundary']);
  const unread = ['rolePolicyList', 'attachedManagedPolicies'].filter((name) => !Array.isArray(item.configuration[name]));
  const inline: Policy[] = [];
  for (const { policyName, policyDocument: document } of objects(item, 'rolePolicyList', ['policyName', 'policyDocument'])) {
    try { inline.push(policyDocument(item, String(policyName), document)); } catch (error) {
      if (!(error instanceof UnreadableItem)) throw error;
      unread.push(String(policyName));
    }
  }
  const attached = objects(item, 'attachedManagedPolicies', ['policyArn']).map(({ policyArn }) => String(policyArn));
  const boundary = optionalObject(item, 'permissionsBoundary');
  return {
    arn: item.arn, inline, attached, unread,
    boundary: boundary === undefined ? undefined : String(spelled(boundary, ['permissionsBoundaryArn'])['permissionsBoundaryArn']),
  };
}
