import type { AnyRemediation } from '../core/remediation.ts';
import { MEMBER_STACK } from './names.ts';
import { memberParameters } from './stack/member-parameters.ts';
import { templateText } from './template-text.ts';

/** As text, which is all that a nested stack takes. */
const passed = (name: string, parameter: object): object => 'Type' in parameter && parameter.Type === 'CommaDelimitedList' ? { 'Fn::Join': [',', { Ref: name }] } : { Ref: name };

/**
 * What the member stack is elsewhere, for the management account, which service-managed StackSets do not reach, as CloudFormation text. Its
 * template stands in the administrator account's bucket, and its parameters are handed on.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
export function managementStack(remediations: readonly AnyRemediation[]): string {
  const parameters = memberParameters(remediations);
  return templateText('deployment/member-stack.ts', {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The data perimeter in one Region of the management account.',
    Parameters: {
      TemplateURL: { Type: 'String', AllowedPattern: '^https://.+$', ConstraintDescription: 'an https URL of an object in a bucket', Description: "URL of the member stack's template in the administrator account's bucket." },
      ...parameters,
    },
    Resources: {
      Member: {
        Type: 'AWS::CloudFormation::Stack', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete',
        Properties: { TemplateURL: { Ref: 'TemplateURL' }, Parameters: Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, passed(name, parameter)])) },
      },
    },
    Outputs: { MemberStack: { Description: `What is called ${MEMBER_STACK} in other accounts.`, Value: { Ref: 'Member' } } },
  });
}
