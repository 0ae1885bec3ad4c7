import { logGroupName, PREFIX } from '../names.ts';
import type { Role, Statement } from '../role.ts';
import { none, policy, roleResource } from './role-resource.ts';

/** For the service, which makes the network interfaces: calls by the function's own code carry the key. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const networkInterfaces: Statement = {
  Sid: 'NetworkInterfaces', Effect: 'Allow',
  Action: ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'],
  Resource: ['*'], Condition: { Null: { 'lambda:SourceFunctionArn': 'true' } },
};
const inVpc = { 'Fn::If': ['InVpc', policy('vpc', [networkInterfaces]), none] };

interface Given {
  /** The function's name is that of its role without the Region. */
  readonly role: Role;
  readonly description: string;
  /** Text of the one CommonJS module. */
  readonly code: string;
  readonly environment: Readonly<Record<string, unknown>>;
  /** Policies of the role that hang on conditions of the template. */
  readonly policies: readonly unknown[];
  /** Seconds, and MiB. */
  readonly timeout: number;
  readonly memory: number;
  /** Logical ids of what must stand before the function does. */
  readonly after?: readonly string[];
}

/**
 * A function with its role and its log, by logical ids that begin with `id`. The template has the conditions `InVpc` and
 * `HasPermissionsBoundary`, and the parameters `SubnetIds`, `SecurityGroupIds`, `PermissionsBoundary` and `LogRetentionDays`.
 *
 * The code stands in the template: Lambda takes code in a bucket from a bucket of its own Region only, and so every Region would need one
 * before anything is deployed there. CloudFormation puts the text into `index.js`, and takes 4 MB of it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 */
export function lambdaFunction(id: string, { role, description, code, environment, policies, timeout, memory, after = [] }: Given): Readonly<Record<string, object>> {
  const name = `${PREFIX}${role.stem}`;
  const odd = /[^\t\n\r -~]/.exec(code)?.[0];
  if (odd !== undefined) throw new Error(`the code of \`${name}\` holds the character U+${odd.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}, and whether CloudFormation keeps it is not known; write it as an escape in the source`);
  return {
    [`${id}Role`]: roleResource(role, [...policies, inVpc]),
    // Not kept after the stack: its name would be taken when the next one makes it.
    [`${id}Log`]: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete', Properties: { LogGroupName: logGroupName(name), RetentionInDays: { Ref: 'LogRetentionDays' } } },
    // Without reserved concurrency: it is taken from what the account's functions share, and new accounts have none to spare.
    [`${id}Function`]: {
      Type: 'AWS::Lambda::Function', DependsOn: [`${id}Log`, ...after],
      Properties: {
        FunctionName: name, Description: description, Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: memory, Timeout: timeout,
        Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
        Code: { ZipFile: code },
        Environment: { Variables: environment },
        VpcConfig: { 'Fn::If': ['InVpc', { SubnetIds: { Ref: 'SubnetIds' }, SecurityGroupIds: { Ref: 'SecurityGroupIds' } }, none] },
      },
    },
  };
}
