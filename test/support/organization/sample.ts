import type { S3Client } from '@aws-sdk/client-s3';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateChangeSetCommand, CreateStackInstancesCommand, CreateStackSetCommand, DescribeChangeSetCommand, DescribeStackSetOperationCommand, DescribeStacksCommand, ExecuteChangeSetCommand, type CloudFormationClient, type DescribeChangeSetOutput, type Stack, type StackSetOperation } from '@aws-sdk/client-cloudformation';

/** A template like those of the pack, as small as it gets: a named role, a function with its code inline, a table that outlives it. */
export const member = (code = 'exports.handler = async () => 1;', more: object = {}): string => JSON.stringify({
  Description: 'a member',
  Parameters: { Trusted: { Type: 'String', Default: '100000000002', AllowedPattern: '\\d{12}' }, Pack: { Type: 'String', Default: 'yes', AllowedValues: ['yes', 'no'] } },
  Conditions: { HasPack: { 'Fn::Equals': [{ Ref: 'Pack' }, 'yes'] } },
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: {
      RoleName: { 'Fn::Sub': 'sample-${AWS::Region}' },
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${Trusted}:root' } }, Action: 'sts:AssumeRole' }] },
    } },
    Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'sample', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Runtime: 'nodejs20.x', Handler: 'index.handler', Code: { ZipFile: code }, Environment: { Variables: { TRUSTED: { Ref: 'Trusted' } } } } },
    Table: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', Properties: { TableName: 'sample' } },
    Pack: { Type: 'AWS::Config::ConformancePack', Condition: 'HasPack', Properties: {
      ConformancePackName: 'sample', ConformancePackInputParameters: [{ ParameterName: 'Text', ParameterValue: 'held' }],
      TemplateBody: 'Parameters:\n  Text: {Type: String}\nResources:\n  Rule:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      ConfigRuleName: sample-rule\n      InputParameters: {text: {Ref: Text}}\n      Source: {Owner: CUSTOM_LAMBDA, SourceIdentifier: sample}\n',
    } },
    ...more,
  },
  Outputs: { FunctionArn: { Value: { 'Fn::GetAtt': ['Function', 'Arn'] } } },
});

/** A versioned bucket under the name that is given. */
export const bucket = (name: string): string => JSON.stringify({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name, VersioningConfiguration: { Status: 'Enabled' } } } } });

export async function changeSet(client: CloudFormationClient, StackName: string, TemplateBody: string, ChangeSetType: 'CREATE' | 'UPDATE', more: object = {}): Promise<DescribeChangeSetOutput> {
  await client.send(new CreateChangeSetCommand({ StackName, ChangeSetName: 'next', ChangeSetType, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'], ...more }));
  for (;;) {
    const described = await client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName: 'next' }));
    if (described.Status === 'CREATE_COMPLETE' || described.Status === 'FAILED') return described;
  }
}

/** A stack as it stands when nothing is under way. */
export async function settled(client: CloudFormationClient, StackName: string): Promise<Stack> {
  for (;;) {
    const stack = (await client.send(new DescribeStacksCommand({ StackName }))).Stacks![0]!;
    if (stack.StackStatus === 'REVIEW_IN_PROGRESS' || !stack.StackStatus!.endsWith('IN_PROGRESS')) return stack;
  }
}

export async function deploy(client: CloudFormationClient, StackName: string, template: string, type: 'CREATE' | 'UPDATE' = 'CREATE'): Promise<Stack> {
  await changeSet(client, StackName, template, type);
  await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'next' }));
  return settled(client, StackName);
}

/** An operation when it is through. */
export async function through(client: CloudFormationClient, StackSetName: string, OperationId: string | undefined): Promise<StackSetOperation> {
  for (;;) {
    const operation = (await client.send(new DescribeStackSetOperationCommand({ StackSetName, OperationId, CallAs: 'DELEGATED_ADMIN' }))).StackSetOperation!;
    if (operation.Status !== 'RUNNING' && operation.Status !== 'QUEUED') return operation;
  }
}

/** A bucket with a template in it, and a StackSet of that; `instances` are made where `targets` say. */
export async function deploySet(cloudFormation: CloudFormationClient, s3: S3Client, targets: readonly string[], { active = true, regions = ['eu-west-1', 'us-east-1'], preferences = {} }: { readonly active?: boolean; readonly regions?: string[]; readonly preferences?: object } = {}): Promise<StackSetOperation> {
  await deploy(cloudFormation, 'bucket', bucket('templates'));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'templates/member.json', Body: member() }));
  await cloudFormation.send(new CreateStackSetCommand({ ...set, TemplateURL: url, ManagedExecution: { Active: active }, AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false }, PermissionModel: 'SERVICE_MANAGED', Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  const { OperationId } = await cloudFormation.send(new CreateStackInstancesCommand({ ...set, DeploymentTargets: { OrganizationalUnitIds: [...targets] }, Regions: regions, OperationPreferences: preferences }));
  return through(cloudFormation, set.StackSetName, OperationId);
}
export const set = { StackSetName: 'sample', CallAs: 'DELEGATED_ADMIN' } as const;
export const url = 'https://templates.s3.eu-west-1.amazonaws.com/templates/member.json';
