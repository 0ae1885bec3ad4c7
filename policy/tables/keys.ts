/**
 * What kind of values condition keys carry, where an operator does not already say it, and which keys carry several.
 * As of 2026-11. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export type KeyKind = 'string' | 'arn' | 'bool' | 'number' | 'date' | 'ip' | 'binary';

const kinds: Readonly<Record<string, KeyKind>> = {
  'aws:sourceip': 'ip', 'aws:vpcsourceip': 'ip', 'aws:ec2instancesourceprivateipv4': 'ip', 'aws:currenttime': 'date', 'aws:epochtime': 'date', 'aws:tokenissuetime': 'date',
  'aws:securetransport': 'bool', 'aws:viaawsservice': 'bool', 'aws:principalisawsservice': 'bool', 'aws:multifactorauthpresent': 'bool', 'aws:multifactorauthage': 'number',
  'elasticfilesystem:accessedviamounttarget': 'bool', 'kms:granteeisawsresource': 'bool', 'kms:bypasspolicylockoutsafetycheck': 'bool', 's3:signatureage': 'number', 's3:max-keys': 'number',
  'aws:principalarn': 'arn', 'aws:sourcearn': 'arn', 'aws:sourcevpcarn': 'arn',
};
const lists = new Set([
  'aws:principalorgpaths', 'aws:resourceorgpaths', 'aws:sourceorgpaths', 'aws:vpceorgpaths', 'aws:calledvia', 'aws:tagkeys', 'aws:principalservicenameslist',
  'dynamodb:attributes', 'dynamodb:leadingkeys', 'ses:recipients', 's3:requestobjecttagkeys', 'kms:resourcealiases', 'kms:encryptioncontextkeys', 'sts:transitivetagkeys',
  'cognito-identity.amazonaws.com:amr', 'lambda:subnetids', 'lambda:securitygroupids', 'sagemaker:vpcsubnets', 'sagemaker:vpcsecuritygroupids', 'route53:changeresourcerecordsetsrecordtypes',
]);

/** What values the key carries; `undefined`: texts, as far as we know. Takes the key in lower case. */
export const keyKind = (key: string): KeyKind | undefined => kinds[key];
/** Whether a request may carry several values under the key. Takes the key in lower case. */
export const isMultivalued = (key: string): boolean => lists.has(key) || key.endsWith(':amr');
