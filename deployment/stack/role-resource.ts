import { nameOf, type Role, type Statement } from '../role.ts';

/** A text of `Fn::Sub` as CloudFormation takes it; others as they are. */
export const sub = (text: string): unknown => text.includes('${') ? { 'Fn::Sub': text } : text;
export function subAll(value: unknown): unknown {
  if (typeof value === 'string') return sub(value);
  if (Array.isArray(value)) return value.map(subAll);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, subAll(held)])) : value;
}

export const policy = (name: string, statements: readonly Statement[]): object => ({ PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: subAll(statements) } });
export const none = { Ref: 'AWS::NoValue' };

/** `more`: policies that hang on conditions of the template. */
export function roleResource(role: Role, more: readonly unknown[] = []): object {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: sub(nameOf(role)), Description: role.description,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [subAll(role.trust)] },
      PermissionsBoundary: { 'Fn::If': ['HasPermissionsBoundary', { Ref: 'PermissionsBoundary' }, none] },
      Policies: [
        policy('work', role.statements),
        ...role.heedsExclusion.length === 0 ? [] : [{ 'Fn::If': ['HasExclusionTag', { PolicyName: 'leave-excluded', PolicyDocument: exclusion(role.heedsExclusion) }, none] }],
        ...more,
      ],
    },
  };
}

/** As text: the tag's key stands in the name of a condition key, where CloudFormation takes no function. */
const exclusion = (actions: readonly string[]): object => ({ 'Fn::Sub': JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'LeaveExcluded', Effect: 'Deny', Action: actions, Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/${ExclusionTagKey}': '${ExclusionTagValue}' } } }],
}) });
