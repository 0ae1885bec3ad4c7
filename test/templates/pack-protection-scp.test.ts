import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memberStackCompact, withoutCode } from '../../deployment/member-stack.ts';
import { decide, parsePolicy } from '../../policy/index.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { templates, write } from '../../templates/index.ts';
import { deploy, type Template } from '../support/cloudformation.ts';
import { now } from '../support/perimeter.ts';
import { perimeterOf } from './definitions.ts';

const definition = { version: 1, organizations: ['o-4tkekae453'], accounts: ['111111111111'], awsOwnedResources: [] };
const written = (options: Readonly<Record<string, string>>): { readonly Version: string; readonly Statement: readonly object[] } =>
  write(templates.find(({ kind }) => kind === 'pack-protection-scp')!, perimeterOf(definition), options, now).documents[0]!.document as never;
const scp = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, ...written({}).Statement] });

type Partition = 'aws' | 'aws-us-gov' | 'aws-cn';
/** Whether a role of the account may do something on a resource. */
function may(role: string, action: string, resource: string, partition: Partition = 'aws', policy = scp): boolean {
  const arn = `arn:${partition}:iam::111111111111:role/${role}`;
  return decide(policy, { principal: { kind: 'role', account: '111111111111', arn }, action, resource, context: { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': '111111111111' } }, { attached: true }).allowed;
}

const documents = Object.fromEntries(readdirSync('ssm-documents').map((file) => [file.replace(/\.yaml$/, ''), readFileSync(`ssm-documents/${file}`, 'utf8')]));
const member = JSON.parse(memberStackCompact(rules, remediations, documents, withoutCode)) as Template;

/** How each type is changed and deleted, and by which ARN. */
const changes: Readonly<Record<string, readonly [name: string, arn: (name: string, at: string) => string, ...actions: readonly string[]]>> = {
  'AWS::Lambda::Function': ['FunctionName', (name, at) => `lambda:${at}:function:${name}`, 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:DeleteFunction', 'lambda:PutFunctionConcurrency', 'lambda:RemovePermission'],
  'AWS::IAM::Role': ['RoleName', (name) => `iam::111111111111:role/${name}`, 'iam:PutRolePolicy', 'iam:DeleteRole', 'iam:UpdateAssumeRolePolicy', 'iam:CreateRole'],
  'AWS::SSM::Document': ['Name', (name, at) => `ssm:${at}:document/${name}`, 'ssm:UpdateDocument', 'ssm:DeleteDocument', 'ssm:UpdateDocumentDefaultVersion'],
  'AWS::DynamoDB::Table': ['TableName', (name, at) => `dynamodb:${at}:table/${name}`, 'dynamodb:DeleteTable', 'dynamodb:UpdateTable', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
  'AWS::Logs::LogGroup': ['LogGroupName', (name, at) => `logs:${at}:log-group:${name}:*`, 'logs:DeleteLogGroup', 'logs:PutRetentionPolicy'],
  'AWS::Events::Rule': ['Name', (name, at) => `events:${at}:rule/${name}`, 'events:DisableRule', 'events:DeleteRule', 'events:RemoveTargets'],
  'AWS::CloudWatch::Alarm': ['AlarmName', (name, at) => `cloudwatch:${at}:alarm:${name}`, 'cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions'],
  'AWS::Config::ConformancePack': ['ConformancePackName', (name, at) => `config:${at}:conformance-pack/${name}/conformance-pack-abcdefgh1`, 'config:DeleteConformancePack', 'config:PutConformancePack'],
};

describe.each([['aws', 'eu-west-1'], ['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']] as const)('in the partition %s', (partition, region) => {
  const made = deploy(member, { partition, region, account: '111111111111', parameters: { DefinitionBucket: 'b', DefinitionKey: 'k', AdministratorAccount: '222222222222', OrganizationId: 'o-4tkekae453', FindingsBusArn: `arn:${partition}:events:${region}:222222222222:event-bus/perimeter-findings` } });
  // A permission is part of its function.
  const rows = Object.entries(made).filter(([, { Type }]) => Type !== 'AWS::Lambda::Permission').flatMap(([id, { Type, Properties }]) => {
    const [name, arn, ...actions] = changes[Type] ?? (() => { throw new Error(`how is \`${Type}\` changed?`); })();
    return actions.map((action) => ({ id, action, resource: `arn:${partition}:${arn(String(Properties[name]), `${region}:111111111111`)}` }));
  });
  it('nobody in the account changes what the member stack made', () => { expect(rows.filter(({ action, resource }) => may('Admin', action, resource, partition))).toEqual([]); });
  it('CloudFormation StackSets changes all of it', () => { expect(rows.filter(({ action, resource }) => !may('stacksets-exec-0123456789abcdef', action, resource, partition))).toEqual([]); });
});

it.each<[string, string, string, string, boolean]>([
  ['the planner writes to the ledger', 'perimeter-planner-eu-west-1', 'dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-1:111111111111:table/perimeter-ledger', true],
  ['a runbook writes to the ledger', 'perimeter-make-rds-instance-private-eu-west-1', 'dynamodb:UpdateItem', 'arn:aws:dynamodb:eu-west-1:111111111111:table/perimeter-ledger', true],
  ['the planner does not change the evaluator', 'perimeter-planner-eu-west-1', 'lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-west-1:111111111111:function:perimeter-evaluator', false],
  ['a person stops the stack of the StackSet', 'Admin', 'cloudformation:DeleteStack', 'arn:aws:cloudformation:eu-west-1:111111111111:stack/StackSet-perimeter-member-1a2b/3c4d', false],
  ['a person changes another stack', 'Admin', 'cloudformation:UpdateStack', 'arn:aws:cloudformation:eu-west-1:111111111111:stack/app/3c4d', true],
  ['a person leaves types out of the recorder', 'Admin', 'config:PutConfigurationRecorder', '*', false],
  ['a person deletes the pack of the organization', 'Admin', 'config:DeleteConformancePack', 'arn:aws:config:eu-west-1:111111111111:conformance-pack/OrgConformsPack-perimeter-1a2b3c4d/conformance-pack-abcdefgh1', false],
  ['a person puts a pack of another name', 'Admin', 'config:PutConformancePack', 'arn:aws:config:eu-west-1:111111111111:conformance-pack/cis/conformance-pack-abcdefgh1', true],
  ['a person becomes StackSets by making such a role', 'Admin', 'iam:CreateRole', 'arn:aws:iam::111111111111:role/stacksets-exec-mine', false],
  ['a person gives the writer\'s role to a function', 'Admin', 'iam:PassRole', 'arn:aws:iam::111111111111:role/perimeter-writer-eu-west-1', false],
  ['a person starts a runbook with its role', 'Admin', 'iam:PassRole', 'arn:aws:iam::111111111111:role/perimeter-confine-iam-role-trust-eu-west-1', true],
  ['a person rewrites the definition of a single account', 'Admin', 'ssm:PutParameter', 'arn:aws:ssm:eu-west-1:111111111111:parameter/perimeter/definition', false],
  ['a person changes a function of their own', 'Admin', 'lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-west-1:111111111111:function:app', true],
])('%s', (_, role, action, resource, allowed) => { expect(may(role, action, resource)).toBe(allowed); });

it('administrators may as well, and nobody may make or change a role of theirs', () => {
  const { Version, Statement } = written({ administrators: 'arn:aws:iam::*:role/platform/deploy' });
  const policy = parsePolicy({ Version, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, ...Statement] });
  const evaluator = 'arn:aws:lambda:eu-west-1:111111111111:function:perimeter-evaluator';
  expect(['platform/deploy', 'stacksets-exec-0123456789abcdef', 'Admin'].map((role) => may(role, 'lambda:UpdateFunctionCode', evaluator, 'aws', policy))).toEqual([true, true, false]);
  expect(may('Admin', 'iam:CreateRole', 'arn:aws:iam::111111111111:role/platform/deploy', 'aws', policy)).toBe(false);
});
