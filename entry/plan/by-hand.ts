/** Why no remediation mends what these rules find. */
const reasons: Readonly<Record<string, string>> = {
  'iam-role-external-id': 'an external id is agreed with the partner, who must send it from then on',
  'iam-role-single-service': 'the role must be split, and only its owner knows which service needs which of its permissions',
  'rds-cluster-not-public': 'RDS settles the public access of a Multi-AZ DB cluster when it is made, so it takes another cluster',
};
export const reasonByHand = (rule: string): string => Object.hasOwn(reasons, rule) ? reasons[rule]! : 'no remediation that was asked for mends it';
