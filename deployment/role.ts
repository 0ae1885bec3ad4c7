import { logGroupName, roleName } from './names.ts';

/** A statement of IAM; texts with `${…}` are those of `Fn::Sub`. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
export interface Trust extends Omit<Statement, 'Resource'> { readonly Principal: { readonly Service: string } | { readonly AWS: string } }

export interface Role {
  /** Of the role's name, which ends in the Region. */
  readonly stem: string;
  readonly description: string;
  readonly trust: Trust;
  readonly statements: readonly Statement[];
  /** Actions it must not use on a resource with the exclusion tag. */
  readonly heedsExclusion: readonly string[];
}

export const nameOf = ({ stem }: Role): string => roleName(stem, '${AWS::Region}');

export const inAccount = (service: string, rest: string): string => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`;
export const roleArn = (path: string): string => `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${path}`;
export const functionArn = (name: string): string => inAccount('lambda', `function:${name}`);

/** Lambda tells no source when it assumes a role; only principals of the account can give a function a role of the account. */
export const lambdaTrust: Trust = { Sid: 'Lambda', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['sts:AssumeRole'] };

/** What a function needs to write its log. */
export const logs = (functionName: string): Statement => ({ Sid: 'Logs', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [inAccount('logs', `log-group:${logGroupName(functionName)}:*`)] });
