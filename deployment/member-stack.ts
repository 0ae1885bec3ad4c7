import { parse } from 'yaml';
import type { AnyRemediation } from '../core/remediation.ts';
import { rolesOf, type Role } from './remediation-roles.ts';
import { documentName, LEDGER, logicalId, runbooksOf, type Runbook } from './runbooks.ts';
import { lambdaFunction } from './stack/functions.ts';
import { planning } from './stack/planning.ts';
import { roleResource } from './stack/role-resource.ts';
import { templateText } from './template-text.ts';

const text = (Description: string, more: object = {}): object => ({ Type: 'String', Default: '', Description, ...more });
const parameters = {
  CodeBucket: { Type: 'String', Description: 'Bucket in this Region that holds the code of the functions.' },
  PlannerCodeKey: { Type: 'String', Description: 'Key of the zip file of the planner function.' },
  WriterCodeKey: { Type: 'String', Description: 'Key of the zip file of the writer function.' },
  DefinitionBucket: text('Bucket of the definition, unless a parameter holds it.'),
  DefinitionKey: text('Key of the definition as JSON.'),
  DefinitionParameter: text('Name of the Systems Manager parameter that holds the definition, from its first slash on.', { AllowedPattern: '^(/[\\w.-]+)*$' }),
  PlanFindings: { Type: 'String', Default: 'on', AllowedValues: ['on', 'off'], Description: 'Whether plans are made when resources become non-compliant, and daily. Plans change nothing.' },
  // Tags may hold more characters; those here cannot end the text of a policy.
  ExclusionTagKey: text('Key of a tag that keeps remediation from a resource, as in `exclusionTags` of the definition; empty if there is none.', { AllowedPattern: '^[\\w .:/=+@-]{0,128}$' }),
  ExclusionTagValue: text('Value of that tag.', { AllowedPattern: '^[\\w .:/=+@-]{0,256}$' }),
  PermissionsBoundary: text('ARN of the permissions boundary of all roles, if your organization asks for one.'),
  SubnetIds: { Type: 'CommaDelimitedList', Default: '', Description: 'Subnets of the functions. They must lead to Config, DynamoDB, EC2, IAM, Lambda, CloudWatch Logs, and S3 or Systems Manager; empty for functions outside of VPCs.' },
  SecurityGroupIds: { Type: 'CommaDelimitedList', Default: '', Description: 'Security groups of the functions in those subnets.' },
  LogRetentionDays: { Type: 'Number', Default: 365, AllowedValues: [30, 90, 180, 365, 731, 1827, 3653], Description: 'For how long the logs of the functions are kept.' },
  LedgerTable: { Type: 'String', Default: 'create', AllowedValues: ['create', 'existing'], Description: 'Deleting the stack keeps the ledger, and a new stack must then find it `existing`.' },
};
const isEmpty = (name: string): object => ({ 'Fn::Equals': [{ Ref: name }, ''] });
const conditions = {
  CreatesLedger: { 'Fn::Equals': [{ Ref: 'LedgerTable' }, 'create'] },
  DefinitionIsParameter: { 'Fn::Not': [isEmpty('DefinitionParameter')] },
  HasExclusionTag: { 'Fn::Not': [isEmpty('ExclusionTagKey')] },
  HasPermissionsBoundary: { 'Fn::Not': [isEmpty('PermissionsBoundary')] },
  InVpc: { 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': [',', { Ref: 'SubnetIds' }] }, ''] }] },
  PlansFindings: { 'Fn::Equals': [{ Ref: 'PlanFindings' }, 'on'] },
};

/** The record of what was before each change outlives the stack, so nothing deletes it by the way; no item of it expires. */
const ledger = {
  Type: 'AWS::DynamoDB::Table', Condition: 'CreatesLedger', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
  Properties: {
    TableName: LEDGER, BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { SSEEnabled: true }, DeletionProtectionEnabled: true,
  },
};

/** How many documents may be made at once: CreateDocument is throttled. */
const ABREAST = 5;

/**
 * What remediation needs in an account and Region, as CloudFormation text: ledger, roles, functions, runbooks and what starts the
 * planner. `documents` are the texts of ssm-documents/ by their stems.
 */
export function remediationStack(remediations: readonly AnyRemediation[], documents: Readonly<Record<string, string>>): string {
  const runbooks = runbooksOf(remediations);
  const roles = new Map(rolesOf(remediations).map((role) => [role.stem, role]));
  const roleOf = (stem: string): Role => {
    const role = roles.get(stem);
    if (role === undefined) throw new Error(`\`${stem}\` has no role`);
    return role;
  };
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Remediation of the data perimeter in one account and Region: ledger, planner, runbooks and their roles. It starts no remediation.',
    Parameters: parameters,
    Rules: { DefinitionIsSomewhere: { Assertions: [{
      Assert: { 'Fn::Or': [{ 'Fn::Not': [isEmpty('DefinitionParameter')] }, { 'Fn::And': ['DefinitionBucket', 'DefinitionKey'].map((name) => ({ 'Fn::Not': [isEmpty(name)] })) }] },
      AssertDescription: 'Give DefinitionParameter, or DefinitionBucket with DefinitionKey.',
    }] } },
    Conditions: conditions,
    Resources: {
      Ledger: ledger,
      // As long as Lambda allows: the daily run plans for everything, and steps of runbooks end by times of their own.
      ...lambdaFunction('Planner', { role: roleOf('planner'), description: 'Plans remediations, and checks before and after that they are as planned. Changes nothing but the ledger.', codeKey: 'PlannerCodeKey', readsDefinition: true, timeout: 900, memory: 1024 }),
      ...lambdaFunction('Writer', { role: roleOf('writer'), description: 'Writes policies as runs have planned them, for runbooks started with WriteWith Function.', codeKey: 'WriterCodeKey', readsDefinition: false, timeout: 60, memory: 256 }),
      ...planning(remediations),
      ...Object.fromEntries(runbooks.map(({ stem }) => [`${logicalId(stem)}Role`, roleResource(roleOf(stem))])),
      ...Object.fromEntries(runbooks.map((runbook, place) => [documentId(runbook), documentResource(runbook, documents, runbooks[place - ABREAST])])),
    },
    Outputs: {
      PlannerFunctionArn: { Description: 'The planner, which changes nothing but the ledger.', Value: { 'Fn::GetAtt': ['PlannerFunction', 'Arn'] } },
      LedgerTable: { Description: 'The table of plans, runs, locks and holds.', Value: LEDGER },
    },
  };
  return templateText('remediations/ and ssm-documents/', template);
}

const documentId = ({ stem }: Runbook): string => `${logicalId(stem)}Document`;

function documentResource({ stem }: Runbook, documents: Readonly<Record<string, string>>, before: Runbook | undefined): object {
  const content = documents[stem];
  if (content === undefined) throw new Error(`there is no runbook \`ssm-documents/${stem}.yaml\``);
  return {
    Type: 'AWS::SSM::Document', ...before === undefined ? {} : { DependsOn: documentId(before) },
    // A new version becomes the default; replacing a document that has a name of its own would fail.
    Properties: { Name: documentName(stem), DocumentType: 'Automation', DocumentFormat: 'JSON', UpdateMethod: 'NewVersion', Content: parse(content) as unknown },
  };
}
