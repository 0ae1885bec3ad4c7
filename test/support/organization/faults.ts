import type { Context } from './context.ts';
import type { State } from './state.ts';
import type { Fields } from './wire/decode.ts';

/** IAM's prefix where it is not the name that requests are signed with, and actions that are not named after their operation. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const renamed: Readonly<Record<string, string>> = { 's3:HeadBucket': 's3:ListBucket', 's3:HeadObject': 's3:GetObject', 's3:ListObjectVersions': 's3:ListBucketVersions', 's3:DeleteObjects': 's3:DeleteObjectVersion' };

/** The IAM action of an operation. */
export const actionOf = (service: string, operation: string): string => renamed[`${service}:${operation}`] ?? `${service}:${operation}`;

const matches = (pattern: string, action: string): boolean => pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
export const isDenied = ({ faults }: State, action: string, account: string): boolean =>
  faults.deny.some((one) => typeof one === 'string' ? matches(one, action) : one.account === account && matches(one.action, action));

/** The ARN that a denial names. */
function resourceOf(service: string, operation: string, input: Fields, { state, account, region }: Context): string {
  const of = (key: string, fallback = '*'): string => String(input[key] ?? fallback);
  switch (service) {
    case 'cloudformation': return operation.includes('StackSet') || operation.includes('StackInstances') ? `arn:${state.partition}:cloudformation:${region}:${account}:stackset/${of('StackSetName')}:*`
      : operation === 'DescribeOrganizationsAccess' ? '*' : `arn:${state.partition}:cloudformation:${region}:${account}:stack/${of('StackName')}/*`;
    case 's3': return `"arn:${state.partition}:s3:::${of('Bucket')}${input['Key'] === undefined ? '' : `/${of('Key')}`}"`;
    case 'lambda': return `arn:${state.partition}:lambda:${region}:${account}:function:${of('FunctionName')}`;
    case 'ssm': return `arn:${state.partition}:ssm:${region}:${account}:parameter${of('Name', '/*')}`;
    case 'sts': return of('RoleArn');
    default: return '*';
  }
}

export const denial = (service: string, operation: string, input: Fields, context: Context): string => {
  const action = actionOf(service, operation);
  return `User: ${context.arn} is not authorized to perform: ${action} on resource: ${resourceOf(service, operation, input, context)} because no identity-based policy allows the ${action} action`;
};
