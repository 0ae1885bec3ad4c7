import type { Role, Statement } from '../remediation-roles.ts';
import { LEDGER, PREFIX } from '../runbooks.ts';
import { none, policy, roleResource } from './role-resource.ts';

/** The definition is one object or one parameter, and the function may read just that. */
const readDefinition = {
  'Fn::If': [
    'DefinitionIsParameter',
    policy('definition', [{ Sid: 'ReadDefinition', Effect: 'Allow', Action: ['ssm:GetParameter'], Resource: ['arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${DefinitionParameter}'] }]),
    policy('definition', [{ Sid: 'ReadDefinition', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:${AWS::Partition}:s3:::${DefinitionBucket}/${DefinitionKey}'] }]),
  ],
};
/** For the service, which makes the network interfaces: calls by the function's own code carry the key. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const networkInterfaces: Statement = {
  Sid: 'NetworkInterfaces', Effect: 'Allow',
  Action: ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'],
  Resource: ['*'], Condition: { Null: { 'lambda:SourceFunctionArn': 'true' } },
};
const inVpc = { 'Fn::If': ['InVpc', policy('vpc', [networkInterfaces]), none] };

interface Given { readonly role: Role; readonly description: string; readonly codeKey: string; readonly readsDefinition: boolean; readonly timeout: number; readonly memory: number }

/** A function with its role and its log, by logical ids that begin with `id`. */
export function lambdaFunction(id: string, { role, description, codeKey, readsDefinition, timeout, memory }: Given): Readonly<Record<string, object>> {
  const name = `${PREFIX}${role.stem}`;
  return {
    [`${id}Role`]: roleResource(role, [...readsDefinition ? [readDefinition] : [], inVpc]),
    // Not kept after the stack: its name would be taken when the next one makes it.
    [`${id}Log`]: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete', Properties: { LogGroupName: `/aws/lambda/${name}`, RetentionInDays: { Ref: 'LogRetentionDays' } } },
    // Without reserved concurrency: it is taken from what the account's functions share, and new accounts have none to spare.
    [`${id}Function`]: {
      Type: 'AWS::Lambda::Function', DependsOn: `${id}Log`,
      Properties: {
        FunctionName: name, Description: description, Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: memory, Timeout: timeout,
        Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
        Code: { S3Bucket: { Ref: 'CodeBucket' }, S3Key: { Ref: codeKey } },
        Environment: { Variables: {
          PERIMETER_LEDGER: LEDGER,
          ...readsDefinition ? { PERIMETER_DEFINITION: { 'Fn::If': ['DefinitionIsParameter', { 'Fn::Sub': 'ssm:${DefinitionParameter}' }, { 'Fn::Sub': 's3://${DefinitionBucket}/${DefinitionKey}' }] } } : {},
        } },
        VpcConfig: { 'Fn::If': ['InVpc', { SubnetIds: { Ref: 'SubnetIds' }, SecurityGroupIds: { Ref: 'SecurityGroupIds' } }, none] },
      },
    },
  };
}
