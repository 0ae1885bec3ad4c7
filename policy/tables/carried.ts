/**
 * What requests carry under condition keys, in lower case, by who makes them; keys that stand nowhere here may be missing or carry anything.
 * As of 2026-11. Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and, for unsigned calls,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html; keys about a signature:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
export interface Carries {
  /** Keys that no such request carries, that every one does, and that some may. */
  readonly absent: string;
  readonly always?: string;
  readonly open?: string;
  /** Keys with the one value they have. */
  readonly only?: Readonly<Record<string, string>>;
}

export const ofAnybody: Carries = {
  // Who comes with a source, or under a service's name, is a service principal.
  absent: 'aws:principalservicename aws:principalservicenameslist aws:sourceaccount aws:sourcearn aws:sourceorgid aws:sourceorgpaths aws:sourceowner',
  always: 'aws:securetransport aws:currenttime aws:epochtime',
};

/** Of calls that AWS makes on behalf of a principal. */
const chain = 'aws:calledvia aws:calledviafirst aws:calledvialast';

/** What a call tells of the session of its caller. */
const ofSession = 'aws:tokenissuetime aws:sourceidentity aws:assumedroot aws:multifactorauthpresent aws:multifactorauthage ec2:sourceinstancearn ec2:roledelivery ssm:sourceinstancearn lambda:sourcefunctionarn glue:credentialissuingservice glue:roleassumedby codebuild:buildarn codebuild:projectarn identitystore:userid aws:chatbotsourcearn aws:signinsessionarn aws:ec2instancesourcevpc aws:ec2instancesourceprivateipv4 aws:viaawsmcpservice';

export const ofAnonymous: Carries = {
  absent: 'aws:principalorgid aws:principalorgpaths aws:principalorgmasteraccountid aws:principalarn aws:principalisawsservice aws:username kms:calleraccount aws:sourceowner '
    + `${chain} ${ofSession} aws:federatedprovider sts:externalid kms:viaservice s3:authtype s3:signatureversion s3:signatureage`,
  only: { 'aws:principalaccount': 'anonymous', 'aws:userid': 'anonymous', 'aws:principaltype': 'Anonymous' },
};

/**
 * Whether a service that calls for itself tells kms:ViaService AWS does not say, so that is open. CloudFront calls an access point by way of S3 Object Lambda:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html Some send an external id with the roles they assume:
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SmsConfigurationType.html
 */
export const ofService: Carries = {
  absent: `aws:principalorgid aws:principalorgpaths aws:principalorgmasteraccountid aws:username kms:calleraccount ${ofSession} aws:federatedprovider`,
  open: `aws:sourcearn ${chain}`,
  only: { 'aws:principalisawsservice': 'true', 'aws:viaawsservice': 'false' },
};

/**
 * Of requests with a token or an assertion. Such a call has no parameter for an external id, and no session behind it:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const ofToken: Carries = {
  absent: 'aws:principalorgid aws:principalorgpaths aws:principalorgmasteraccountid aws:principalaccount aws:principalarn aws:principalisawsservice aws:principalservicename '
    + `aws:principalservicenameslist aws:username aws:userid aws:principaltype kms:calleraccount ${chain} ${ofSession} sts:externalid`,
};

/** Values that people know, for witnesses. */
export const examples: Readonly<Record<string, string>> = {
  'aws:securetransport': 'true', 'aws:sourcevpc': 'vpc-0123456789abcdef0', 'vpc-lattice-svcs:sourcevpc': 'vpc-0123456789abcdef0', 'aws:sourcevpce': 'vpce-0123456789abcdef0', 'aws:vpcsourceip': '10.0.0.9', 'aws:vpceaccount': '999999999999',
};
