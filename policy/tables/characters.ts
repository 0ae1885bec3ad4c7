/**
 * Which characters stand at a place, as regular expressions write them between brackets. As of 2026-11. Sources:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (ExternalId, RoleSessionName, SourceIdentity),
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (names of users and roles),
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html,
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
 */
export const characters = {
  any: '^', 'no-colon': '^:', 'no-slash': '^/', 'no-colon-or-digit': '^:0-9', name: '^:*?', 'name-or-colon': '^*?', 'name-no-digit': '^:*?0-9', digit: '0-9', letter: 'A-Za-z', alphanumeric: 'A-Za-z0-9',
  id: 'a-z0-9', 'id-or-path': 'a-z0-9/-', bucket: 'A-Za-z0-9._-', region: 'a-z0-9-', 'region-word': 'a-z-', 'service-name': 'a-z0-9.-', 'external-id': '\\w+=,.@:/-',
  'iam-name': '\\w+=,.@-',
};
