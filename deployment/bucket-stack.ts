import { bucketName, DEFINITION_KEY, DEFINITION_SOURCE_KEY, TEMPLATES_PREFIX } from './names.ts';
import { isGiven, ORGANIZATION_ID } from './stack/parameters.ts';
import { none, sub, subAll } from './stack/role-resource.ts';
import { templateText } from './template-text.ts';

/** What members of the organization may read: what their functions and stacks are made from. Not what the administrator wrote, nor versions. */
const READABLE = [DEFINITION_KEY, `${TEMPLATES_PREFIX}*`];
const name = bucketName('${AWS::AccountId}', '${AWS::Region}');
const bucketArn = `arn:\${AWS::Partition}:s3:::${name}`;
const DAYS_OF_OLD_VERSIONS = 90;

/** Versions that a newer one has replaced; a stack is updated from the newest only, and a definition can be put back for this long. */
const expiry = (id: string, Prefix: string): object => ({
  Id: id, Status: 'Enabled', Prefix, NoncurrentVersionExpiration: { NoncurrentDays: DAYS_OF_OLD_VERSIONS }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
});

/**
 * With the keys of the bucket itself: a key of KMS would need a policy of its own for all members, and nothing here is secret from them.
 * It outlives the stack, as its definition does, which functions everywhere go on reading.
 */
const bucket = {
  Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
  Properties: {
    BucketName: sub(name),
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    LifecycleConfiguration: { Rules: [expiry('old-definitions', 'definition'), expiry('old-templates', TEMPLATES_PREFIX)] },
  },
};

/**
 * Nobody outside of the organization reads anything, nobody reads without TLS. Principals of the account itself need no more than their own
 * policies, so without an organization nothing is allowed here at all.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
 */
const bucketPolicy = {
  Type: 'AWS::S3::BucketPolicy', DependsOn: 'Bucket', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
  Properties: {
    // Not by reference: what is kept is taken up again by a later stack, and CloudFormation finds it by a name that it knows beforehand.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
    Bucket: sub(name),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        subAll({
          Sid: 'OnlyWithTls', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucketArn, `${bucketArn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
        { 'Fn::If': ['HasOrganization', subAll({
          Sid: 'MembersRead', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: READABLE.map((key) => `${bucketArn}/${key}`),
          Condition: { StringEquals: { 'aws:PrincipalOrgID': '${OrganizationId}' } },
        }), none] },
      ],
    },
  },
};

/**
 * The bucket of definition and templates, as CloudFormation text: in the administrator account, or the only one, in its home Region.
 * Small enough to be given as it is, since there is no bucket yet to hold it.
 */
export function bucketStack(): string {
  return templateText('deployment/bucket-stack.ts', {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Bucket of the data perimeter: the definition and the templates that the other stacks are made from. Kept when the stack is deleted.',
    Parameters: {
      OrganizationId: {
        Type: 'String', Default: '', AllowedPattern: `^(${ORGANIZATION_ID})?$`, ConstraintDescription: 'the id of an organization, such as o-4tkekae453, or nothing',
        Description: `Id of the organization whose accounts may read ${DEFINITION_KEY} and the templates, but not ${DEFINITION_SOURCE_KEY}; empty if there is but this account.`,
      },
    },
    Conditions: { HasOrganization: isGiven('OrganizationId') },
    Resources: { Bucket: bucket, BucketPolicy: bucketPolicy },
    Outputs: {
      BucketName: { Description: 'Parameter DefinitionBucket of the member stacks.', Value: { Ref: 'Bucket' } },
      BucketDomainName: { Description: 'Where the URLs of the templates begin.', Value: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } },
    },
  });
}
