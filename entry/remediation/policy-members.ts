/** Members of an item's configuration that hold the policy, by the remediation that changes it. */
export const policyMembers = {
  'confine-vpc-endpoint-policy': 'policyDocument',
  'confine-iam-role-trust': 'assumeRolePolicyDocument',
} as const;

export const changesPolicy = (remediation: string): remediation is keyof typeof policyMembers => Object.hasOwn(policyMembers, remediation);
