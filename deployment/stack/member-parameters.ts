import type { AnyRemediation } from '../../core/remediation.ts';
import { passedParameters, remediatesCondition } from '../conformance-pack.ts';
import { isEmpty, isGiven, isListGiven, LOG_RETENTION_DAYS, ORGANIZATION_ID } from './parameters.ts';

const text = (Description: string, more: object = {}): object => ({ Type: 'String', Default: '', Description, ...more });

/** The parameters of the member stack. What the pack takes has the names that it has there. */
export const memberParameters = (remediations: readonly AnyRemediation[]): Readonly<Record<string, object>> => ({
  DefinitionBucket: text('Bucket of the definition, unless a parameter holds it.'),
  DefinitionKey: text('Key of the definition as JSON.'),
  DefinitionParameter: text('Name of the Systems Manager parameter that holds the definition, from its first slash on.', { AllowedPattern: '^(/[\\w.-]+)*$' }),
  PackMode: {
    Type: 'String', Default: 'stackset', AllowedValues: ['stackset', 'organization-pack', 'none'],
    Description: 'Where the conformance pack comes from: this stack, an organization conformance pack of the administrator account, or elsewhere.',
  },
  ...passedParameters(remediations),
  AdministratorAccount: text('Account that may look at what is deployed here, if another one administers it.', { AllowedPattern: '^(\\d{12})?$' }),
  OrganizationId: text('Organization of that account.', { AllowedPattern: `^(${ORGANIZATION_ID})?$` }),
  FindingsBusArn: text('ARN of the event bus that is told of findings and of failing functions.', { AllowedPattern: '^(arn:[a-z-]+:events:[a-z0-9-]+:\\d{12}:event-bus/.+)?$' }),
  PlanFindings: { Type: 'String', Default: 'on', AllowedValues: ['on', 'off'], Description: 'Whether plans are made when resources are made, changed or become non-compliant, and daily. Plans change nothing.' },
  // Tags may hold more characters; those here cannot end the text of a policy.
  ExclusionTagKey: text('Key of a tag that keeps remediation from a resource, as in `exclusionTags` of the definition; empty if there is none.', { AllowedPattern: '^[\\w .:/=+@-]{0,128}$' }),
  ExclusionTagValue: text('Value of that tag.', { AllowedPattern: '^[\\w .:/=+@-]{0,256}$' }),
  PermissionsBoundary: text('ARN of the permissions boundary of all roles, if your organization asks for one.'),
  SubnetIds: { Type: 'CommaDelimitedList', Default: '', Description: 'Subnets of the functions. They must lead to Config, DynamoDB, EC2, IAM, Lambda, Redshift Serverless, CloudWatch Logs, and S3 or Systems Manager; empty for functions outside of VPCs.' },
  SecurityGroupIds: { Type: 'CommaDelimitedList', Default: '', Description: 'Security groups of the functions in those subnets.' },
  LogRetentionDays: { Type: 'Number', Default: 365, AllowedValues: LOG_RETENTION_DAYS, Description: 'For how long the logs of the functions are kept.' },
  LedgerTable: { Type: 'String', Default: 'create', AllowedValues: ['create', 'existing'], Description: 'Deleting the stack keeps the ledger, and a new stack must then find it `existing`.' },
});

const isSet = (name: string, value: string): object => ({ 'Fn::Equals': [{ Ref: name }, value] });

export const memberConditions = (remediations: readonly AnyRemediation[]): Readonly<Record<string, object>> => ({
  CreatesLedger: isSet('LedgerTable', 'create'),
  DefinitionIsParameter: isGiven('DefinitionParameter'),
  ForwardsFindings: isGiven('FindingsBusArn'),
  HasAdministrator: isGiven('AdministratorAccount'),
  HasExclusionTag: isGiven('ExclusionTagKey'),
  HasPermissionsBoundary: isGiven('PermissionsBoundary'),
  HoldsPack: isSet('PackMode', 'stackset'),
  InHomeRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'HomeRegion' }] },
  InVpc: isListGiven('SubnetIds'),
  PlansFindings: isSet('PlanFindings', 'on'),
  Remediates: remediatesCondition(remediations),
});

/** What CloudFormation refuses before it makes anything. */
export const memberRules = {
  DefinitionIsSomewhere: { Assertions: [{
    Assert: { 'Fn::Or': [isGiven('DefinitionParameter'), { 'Fn::And': ['DefinitionBucket', 'DefinitionKey'].map(isGiven) }] },
    AssertDescription: 'Give DefinitionParameter, or DefinitionBucket with DefinitionKey.',
  }] },
  AdministratorIsOfOrganization: { Assertions: [{
    Assert: { 'Fn::Or': [isEmpty('AdministratorAccount'), isGiven('OrganizationId')] },
    AssertDescription: 'Give OrganizationId with AdministratorAccount: the role for that account asks for both.',
  }] },
};
