import type { Document } from '../core/policy-document.ts';
import type { PolicyDocument } from './split.ts';
import { CannotWrite } from './template.ts';

/** A resource of CloudFormation around a policy, with the parameters it needs. */
interface Wrapped { readonly type: string; readonly properties: Document; readonly parameters?: Readonly<Record<string, Document>>; readonly more?: Document }

const parameter = (Type: string, Description: string): Document => ({ Type, Description });
const targets = { TargetIds: parameter('CommaDelimitedList', 'roots, organizational units or accounts it hangs on') };

/** Policies as a CloudFormation template. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/introduction.html */
export function cloudFormation(documents: readonly PolicyDocument[]): Document {
  const all = documents.map((one) => ({ id: logicalId(one.name), ...wrap(one) }));
  const parameters = Object.assign({}, ...all.map((one) => one.parameters ?? {})) as Document;
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...Object.keys(parameters).length === 0 ? {} : { Parameters: parameters },
    Resources: Object.fromEntries(all.map(({ id, type, properties, more = {} }) => [id, { Type: type, ...more, Properties: properties }])),
  };
}

const logicalId = (name: string): string => name.split(/[^a-zA-Z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');

function wrap(one: PolicyDocument): Wrapped {
  const { hangsOn, name, document, parts } = one;
  switch (hangsOn) {
    case 'scp': case 'rcp': return {
      type: 'AWS::Organizations::Policy', parameters: targets,
      properties: { Name: name, Description: description(parts.map((part) => part.does)), Type: hangsOn === 'scp' ? 'SERVICE_CONTROL_POLICY' : 'RESOURCE_CONTROL_POLICY', Content: document, TargetIds: { Ref: 'TargetIds' } },
    };
    case 'identity': return { type: 'AWS::IAM::ManagedPolicy', properties: { ManagedPolicyName: name, PolicyDocument: document } };
    case 'trust': return { type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: document } };
    case 'vpc-endpoint': return endpoint(one);
    case 'resource': return onResource(one);
  }
}

/** At most 512 characters. https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html */
const description = (texts: readonly string[]): string => { const text = texts.join('; '); return text.length > 500 ? `${text.slice(0, 497)}...` : text; };

function endpoint({ service = '', endpointType, document }: PolicyDocument): Wrapped {
  const isGateway = endpointType === 'gateway';
  return {
    type: 'AWS::EC2::VPCEndpoint',
    parameters: { VpcId: parameter('AWS::EC2::VPC::Id', 'the VPC of the endpoint'), ...isGateway ? { RouteTableIds: parameter('CommaDelimitedList', 'route tables that lead to it') } : { SubnetIds: parameter('List<AWS::EC2::Subnet::Id>', 'subnets it has addresses in'), SecurityGroupIds: parameter('List<AWS::EC2::SecurityGroup::Id>', 'security groups in front of it') } },
    properties: {
      VpcId: { Ref: 'VpcId' }, ServiceName: { 'Fn::Sub': `com.amazonaws.\${AWS::Region}.${service}` }, VpcEndpointType: isGateway ? 'Gateway' : 'Interface',
      ...isGateway ? { RouteTableIds: { Ref: 'RouteTableIds' } } : { SubnetIds: { Ref: 'SubnetIds' }, SecurityGroupIds: { Ref: 'SecurityGroupIds' }, PrivateDnsEnabled: true }, PolicyDocument: document,
    },
  };
}

/** The last part of an ARN, which is the name. */
const nameIn = (arn: string | undefined): string => arn?.split(/[:/]/).at(-1) ?? '';

function onResource({ service = '', resource, document }: PolicyDocument): Wrapped {
  const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  switch (service) {
    case 's3': return { type: 'AWS::S3::BucketPolicy', properties: { Bucket: nameIn(resource), PolicyDocument: document } };
    case 'sqs': return { type: 'AWS::SQS::QueuePolicy', parameters: { QueueUrl: parameter('String', 'the URL of the queue') }, properties: { Queues: [{ Ref: 'QueueUrl' }], PolicyDocument: document } };
    case 'sns': return { type: 'AWS::SNS::TopicPolicy', properties: { Topics: [resource], PolicyDocument: document } };
    case 'kms': return { type: 'AWS::KMS::Key', more: kept, properties: { EnableKeyRotation: true, KeyPolicy: document } };
    case 'secretsmanager': return { type: 'AWS::SecretsManager::ResourcePolicy', parameters: { SecretId: parameter('String', 'ARN or name of the secret') }, properties: { SecretId: { Ref: 'SecretId' }, ResourcePolicy: document } };
    case 'ecr': return { type: 'AWS::ECR::Repository', more: kept, properties: { RepositoryPolicyText: document } };
    case 'kinesis': return { type: 'AWS::Kinesis::ResourcePolicy', properties: { ResourceArn: resource, ResourcePolicy: document } };
    case 'events': return { type: 'AWS::Events::EventBus', properties: { Name: nameIn(resource), Policy: document } };
    case 'lambda': return { type: 'AWS::Lambda::ResourcePolicy', properties: { ResourceArn: resource, PolicyDocument: document } };
    case 'dynamodb': return {
      type: 'AWS::DynamoDB::Table', more: kept, parameters: { PartitionKey: parameter('String', 'name of the partition key') },
      properties: { TableName: nameIn(resource), BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: { Ref: 'PartitionKey' }, AttributeType: 'S' }], KeySchema: [{ AttributeName: { Ref: 'PartitionKey' }, KeyType: 'HASH' }], ResourcePolicy: { PolicyDocument: document } },
    };
    default: throw new CannotWrite(`how CloudFormation takes a policy of \`${service}\` is not known here: write it as json`);
  }
}

/**
 * The same grammar inside a resource that cfn-lint reads policies of, for it knows none inside endpoints and organizations' policies. A key
 * policy takes any action and any resource.
 */
export function forLinter({ name, hangsOn, service, document }: PolicyDocument): Document {
  const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  const [type, properties, more]: readonly [string, Document, Document] = hangsOn === 'trust' ? ['AWS::IAM::Role', { AssumeRolePolicyDocument: document }, {}]
    : hangsOn === 'scp' || hangsOn === 'identity' ? ['AWS::IAM::ManagedPolicy', { PolicyDocument: document }, {}]
      : hangsOn === 'resource' && service === 's3' ? ['AWS::S3::BucketPolicy', { Bucket: 'example-bucket', PolicyDocument: document }, {}]
        : hangsOn === 'resource' && service === 'ecr' ? ['AWS::ECR::Repository', { RepositoryPolicyText: document }, kept] : ['AWS::KMS::Key', { EnableKeyRotation: true, KeyPolicy: document }, kept];
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: { [logicalId(name)]: { Type: type, ...more, Properties: properties } } };
}
