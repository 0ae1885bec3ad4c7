import type { AnyRule } from '../core/rule.ts';
import { AGGREGATOR } from './names.ts';
import { aggregator } from './stack/administrator/aggregator.ts';
import { findings, tellTopic } from './stack/administrator/findings.ts';
import { publisher } from './stack/administrator/publisher.ts';
import { isGiven, isListGiven, LOG_RETENTION_DAYS, ORGANIZATION_ID } from './stack/parameters.ts';
import { compactText, templateText } from './template-text.ts';

const parameters = {
  OrganizationId: { Type: 'String', AllowedPattern: `^${ORGANIZATION_ID}$`, ConstraintDescription: 'the id of an organization, such as o-4tkekae453', Description: 'Id of the organization whose accounts send findings.' },
  NotifyEmail: { Type: 'String', Default: '', AllowedPattern: '^([^@\\s]+@[^@\\s]+)?$', ConstraintDescription: 'an e-mail address, or nothing', Description: 'Who is told of new findings and alarms by e-mail; empty if others subscribe to the topic. AWS asks the address to confirm first.' },
  PermissionsBoundary: { Type: 'String', Default: '', Description: 'ARN of the permissions boundary of all roles, if your organization asks for one.' },
  SubnetIds: { Type: 'CommaDelimitedList', Default: '', Description: 'Subnets of the publisher. They must lead to Organizations, S3 and CloudWatch Logs; empty for a function outside of VPCs.' },
  SecurityGroupIds: { Type: 'CommaDelimitedList', Default: '', Description: 'Security groups of the publisher in those subnets.' },
  LogRetentionDays: { Type: 'Number', Default: 365, AllowedValues: LOG_RETENTION_DAYS, Description: 'For how long the log of the publisher is kept.' },
};
const conditions = {
  HasPermissionsBoundary: isGiven('PermissionsBoundary'),
  // Saved queries, and queries of aggregators, are not available in China. https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html
  HasStoredQueries: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] }] },
  InVpc: isListGiven('SubnetIds'),
  Notifies: isGiven('NotifyEmail'),
};

/** The function's one CommonJS module, as text: what `npm run build` writes to `dist/publisher/index.js`. */
export interface AdministratorCode { readonly publisher: string }

/**
 * What stands once, in the administrator account's home Region, as CloudFormation text: what keeps the list of accounts current, what gathers
 * results, and what tells of new ones. The StackSet is not of it: CloudFormation would take a stack back when one account of a thousand fails.
 */
export const administratorStack = (rules: readonly AnyRule[], code: AdministratorCode): string => templateText('rules/ and deployment/administrator-stack.ts', template(rules, code));

/** The same for CloudFormation, which takes a million bytes from a bucket, and most of them are code. */
export const administratorStackCompact = (rules: readonly AnyRule[], code: AdministratorCode): string => compactText(template(rules, code));

const template = (rules: readonly AnyRule[], code: AdministratorCode): object => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'Administration of the data perimeter: the list of accounts, the aggregator of results with its queries, and who is told of findings.',
  Parameters: parameters,
  Conditions: conditions,
  Resources: { ...publisher(code.publisher, tellTopic), ...aggregator(rules), ...findings(rules) },
  Outputs: {
    FindingsBusArn: { Description: 'Parameter FindingsBusArn of the member stacks.', Value: { 'Fn::GetAtt': ['FindingsBus', 'Arn'] } },
    FindingsTopicArn: { Description: 'Topic to subscribe to.', Value: { Ref: 'FindingsTopic' } },
    Aggregator: { Description: 'Query scope to choose in the console of AWS Config.', Value: AGGREGATOR },
  },
});
