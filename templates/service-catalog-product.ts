import { text, wholeNumber } from '../core/parameters.ts';
import type { Document } from '../core/policy-document.ts';
import { documentOfParts, CannotWrite, defineTemplate, writeWith, type Written } from './template.ts';
import { resourcePolicy } from './resource-policy.ts';

const ACCOUNT = '000000000000';

/** A resource of a product, and how its template names what the policy names. */
interface Product { readonly arn: string; readonly ref: string; readonly resources: (policy: unknown) => Document }

const logical = 'Resource';
const products: Readonly<Record<string, Product>> = {
  s3: {
    arn: 'arn:aws:s3:::perimeter-product', ref: `\${${logical}.Arn}`,
    resources: (policy) => ({
      [logical]: {
        Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
        Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
      },
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: logical }, PolicyDocument: policy } },
    }),
  },
  sqs: {
    arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:perimeter-product`, ref: `\${${logical}.Arn}`,
    resources: (policy) => ({ [logical]: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: true } }, Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: logical }], PolicyDocument: policy } } }),
  },
  sns: {
    arn: `arn:aws:sns:eu-west-1:${ACCOUNT}:perimeter-product`, ref: `\${${logical}}`,
    resources: (policy) => ({ [logical]: { Type: 'AWS::SNS::Topic' }, Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: logical }], PolicyDocument: policy } } }),
  },
  kms: {
    arn: '', ref: '',
    resources: (policy) => ({ [logical]: { Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { EnableKeyRotation: true, KeyPolicy: policy } } }),
  },
  secretsmanager: {
    arn: '', ref: '',
    resources: (policy) => ({ [logical]: { Type: 'AWS::SecretsManager::Secret', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { GenerateSecretString: {} } }, Policy: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: { Ref: logical }, ResourcePolicy: policy } } }),
  },
};

export const serviceCatalogProduct = defineTemplate({
  kind: 'service-catalog-product',
  title: 'A Service Catalog product makes a resource with its policy',
  hangsOn: 'resource',
  options: {
    service: text(`the service: ${Object.keys(products).join(', ')}`, ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R25'],
  references: ['https://docs.aws.amazon.com/servicecatalog/latest/adminguide/productmgmt-cloudresource.html'],
  usual: () => Object.keys(products).map((service) => ({ service })),
  write(perimeter, { service, quota }): Written {
    const product = Object.hasOwn(products, service) ? products[service] : undefined;
    if (product === undefined) throw new CannotWrite(`\`service\`${service === '' ? ' is missing' : `: there is no product for \`${service}\``}; possible: ${Object.keys(products).join(', ')}`);
    const written = writeWith(resourcePolicy, perimeter, { service, account: ACCOUNT, quota, ...product.arn === '' ? {} : { resource: product.arn } });
    const [draft] = written.drafts;
    const name = `service-catalog-product-${service}`;
    return {
      leftOut: written.leftOut, drafts: [{ ...draft!, name }],
      stack: { name, template: { AWSTemplateFormatVersion: '2010-09-09', Description: `A resource of ${service} that answers only callers of the perimeter`, Resources: product.resources(substituted(documentOfParts(draft!.parts), product)) } },
    };
  },
});

/** The policy was proved for an example; in the template the resource's own ARN and account stand in its place. */
function substituted(value: unknown, product: Product): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => substituted(one, product));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, substituted(held, product)]));
  if (typeof value !== 'string') return value;
  const named = product.arn === '' ? value : value.replaceAll(product.arn, product.ref);
  const made = named.replaceAll(ACCOUNT, '${AWS::AccountId}').replace(/^arn:aws:iam::\$/, 'arn:${AWS::Partition}:iam::$');
  return made === value ? value : { 'Fn::Sub': made };
}
