import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { nameOf, rolesOf } from '../../deployment/remediation-roles.ts';
import { remediationStack } from '../../deployment/remediation-stack.ts';
import { documentName, logicalId, runbooksOf } from '../../deployment/runbooks.ts';
import { remediations } from '../../remediations/index.ts';

const folder = new URL('../../ssm-documents/', import.meta.url);
const documents = Object.fromEntries(readdirSync(folder).map((file) => [file.replace(/\.yaml$/, ''), readFileSync(new URL(file, folder), 'utf8')]));
const text = remediationStack(remediations, documents);
interface Resource { readonly Type: string; readonly DependsOn?: string; readonly Condition?: string; readonly DeletionPolicy?: string; readonly UpdateReplacePolicy?: string; readonly Properties: Readonly<Record<string, unknown>> }
interface Template { readonly Parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>; readonly Conditions: Readonly<Record<string, object>>; readonly Resources: Readonly<Record<string, Resource>> }
const template = parse(text) as Template;
const resource = (id: string): Resource => template.Resources[id]!;
const idsOf = (type: string): string[] => Object.entries(template.Resources).filter(([, { Type }]) => Type === type).map(([id]) => id);
const runbooks = runbooksOf(remediations);
const equals = (name: string, value: string): object => ({ 'Fn::Equals': [{ Ref: name }, value] });
const arn = (id: string): object => ({ 'Fn::GetAtt': [id, 'Arn'] });

describe('the remediation stack', () => {
  // A template in a bucket may have a million.
  it('fits into a bucket', () => { expect(Buffer.byteLength(text)).toBeLessThan(400_000); });
  it('means the same to a reader of YAML 1.1, which CloudFormation is', () => { expect(parse(text, { version: '1.1' })).toEqual(template); });
  it('names no account, Region or partition', () => { expect(text).not.toMatch(/arn:aws[:-]|(?<!\d)\d{12}(?!\d)|\b(?:us|eu|ap)-[a-z]+-\d\b/); });
  it('keeps the ledger: by recovery, against deletion, and after the stack', () => {
    expect(resource('Ledger')).toEqual({
      Type: 'AWS::DynamoDB::Table', Condition: 'CreatesLedger', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'perimeter-ledger', BillingMode: 'PAY_PER_REQUEST', DeletionProtectionEnabled: true,
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { SSEEnabled: true },
      },
    });
  });
});

describe('documents', () => {
  it('are the files of ssm-documents/, one for each runbook and no others', () => {
    expect(Object.keys(documents).sort()).toEqual(runbooks.map(({ stem }) => stem).sort());
    expect(idsOf('AWS::SSM::Document')).toEqual(runbooks.map(({ stem }) => `${logicalId(stem)}Document`));
  });
  it.each(runbooks.map(({ stem }) => stem))('deploy %s as it is, as a new default version', (stem) => {
    expect(resource(`${logicalId(stem)}Document`).Properties).toEqual({
      Name: documentName(stem), DocumentType: 'Automation', DocumentFormat: 'JSON', UpdateMethod: 'NewVersion', Content: parse(documents[stem]!) as unknown,
    });
    // Systems Manager counts the document as JSON.
    expect(JSON.stringify(resource(`${logicalId(stem)}Document`).Properties['Content']).length).toBeLessThan(64 * 1024);
  });
  it('are made five at a time', () => {
    expect(idsOf('AWS::SSM::Document').map((id) => resource(id).DependsOn)).toEqual([...Array<undefined>(5).fill(undefined), ...idsOf('AWS::SSM::Document').slice(0, -5)]);
  });
  it('must all be there', () => {
    const { 'make-rds-instance-private': _, ...others } = documents;
    expect(() => remediationStack(remediations, others)).toThrow('there is no runbook `ssm-documents/make-rds-instance-private.yaml`');
  });
});

describe('roles', () => {
  it.each(rolesOf(remediations).map((role) => [role.stem, role] as const))('%s: under its name, with its statements, a boundary where there is one', (stem, role) => {
    const { Properties } = resource(`${logicalId(stem)}Role`);
    const unsubbed = JSON.parse(JSON.stringify(Properties), (_, value: unknown) => typeof value === 'object' && value !== null && 'Fn::Sub' in value ? value['Fn::Sub'] : value) as Record<string, unknown>;
    expect(unsubbed).toMatchObject({
      RoleName: nameOf(role), PermissionsBoundary: { 'Fn::If': ['HasPermissionsBoundary', { Ref: 'PermissionsBoundary' }, { Ref: 'AWS::NoValue' }] },
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [role.trust] },
    });
    const [work, excluded] = unsubbed['Policies'] as readonly unknown[];
    expect(work).toEqual({ PolicyName: 'work', PolicyDocument: { Version: '2012-10-17', Statement: role.statements } });
    // Texts with variables are rendered, wherever they stand.
    expect(JSON.stringify(Properties).replaceAll(/\{"Fn::Sub":"(?:[^"\\]|\\.)*"\}/g, '')).not.toContain('${');
    expect(JSON.stringify(excluded ?? '').includes('leave-excluded')).toBe(role.heedsExclusion.length > 0);
  });
  it('write to nothing with the exclusion tag, as a policy whose text holds for every tag that the parameters take', () => {
    const [, excluded] = resource('MakeRdsInstancePrivateRole').Properties['Policies'] as [unknown, { 'Fn::If': [string, { PolicyDocument: { 'Fn::Sub': string } }, object] }];
    const [condition, { PolicyDocument }, otherwise] = excluded['Fn::If'];
    expect([condition, otherwise]).toEqual(['HasExclusionTag', { Ref: 'AWS::NoValue' }]);
    const given = { ExclusionTagKey: 'dp:exclude:a/b=c+d-e_f.g@h i', ExclusionTagValue: 'true' };
    for (const [name, value] of Object.entries(given)) expect(value).toMatch(new RegExp(String(template.Parameters[name]!['AllowedPattern'])));
    expect(JSON.parse(PolicyDocument['Fn::Sub'].replaceAll(/\$\{(\w+)\}/g, (_, name: keyof typeof given) => given[name]))).toEqual({ Version: '2012-10-17', Statement: [{
      Sid: 'LeaveExcluded', Effect: 'Deny', Action: ['rds:ModifyDBInstance'], Resource: '*', Condition: { StringEquals: { [`aws:ResourceTag/${given.ExclusionTagKey}`]: 'true' } },
    }] });
  });
  it.each(['a"b', 'a\\b', 'a${b}', 'a\nb'])('take no tag that would end the text: %j', (tag) => {
    for (const name of ['ExclusionTagKey', 'ExclusionTagValue']) expect(tag).not.toMatch(new RegExp(String(template.Parameters[name]!['AllowedPattern'])));
  });
});

describe('functions', () => {
  it.each([
    ['Planner', { PERIMETER_LEDGER: 'perimeter-ledger', PERIMETER_DEFINITION: { 'Fn::If': ['DefinitionIsParameter', { 'Fn::Sub': 'ssm:${DefinitionParameter}' }, { 'Fn::Sub': 's3://${DefinitionBucket}/${DefinitionKey}' }] } }],
    ['Writer', { PERIMETER_LEDGER: 'perimeter-ledger' }],
  ])('%s: its code, its role, its log that ends, its VPC where there is one', (id, Variables) => {
    const name = `perimeter-${id.toLowerCase()}`;
    expect(resource(`${id}Function`)).toMatchObject({ Type: 'AWS::Lambda::Function', DependsOn: `${id}Log`, Properties: {
      FunctionName: name, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: arn(`${id}Role`), Code: { S3Bucket: { Ref: 'CodeBucket' }, S3Key: { Ref: `${id}CodeKey` } }, Environment: { Variables },
      VpcConfig: { 'Fn::If': ['InVpc', { SubnetIds: { Ref: 'SubnetIds' }, SecurityGroupIds: { Ref: 'SecurityGroupIds' } }, { Ref: 'AWS::NoValue' }] },
    } });
    expect(resource(`${id}Log`).Properties).toEqual({ LogGroupName: `/aws/lambda/${name}`, RetentionInDays: { Ref: 'LogRetentionDays' } });
  });
});

describe('what starts the planner', () => {
  const targets = [{ Id: 'planner', Arn: arn('PlannerFunction') }];
  const State = { 'Fn::If': ['PlansFindings', 'ENABLED', 'DISABLED'] };
  it('is a resource that became non-compliant, by a rule whose remediation has a plan', () => {
    expect(resource('PlanChanges').Properties).toEqual({ Description: 'Plans for resources that became non-compliant.', State, Targets: targets, EventPattern: {
      source: ['aws.config'], 'detail-type': ['Config Rules Compliance Change'],
      detail: {
        messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        configRuleName: ['lambda-in-perimeter-vpc', 'iam-role-trusted-principals', 'vpc-endpoint-trusted-principals', 'vpc-endpoint-trusted-resources'].map((prefix) => ({ prefix })),
      },
    } });
  });
  it('is the day', () => { expect(resource('PlanDaily').Properties).toEqual({ Description: 'Plans for all resources that are non-compliant.', State, Targets: targets, ScheduleExpression: 'rate(1 day)' }); });
  it('is turned off by a parameter', () => { expect(template.Conditions['PlansFindings']).toEqual(equals('PlanFindings', 'on')); });
  it('may invoke it, each rule for itself, and nobody else may', () => {
    expect(idsOf('AWS::Lambda::Permission').map((id) => resource(id).Properties)).toEqual(['PlanChanges', 'PlanDaily'].map((id) => ({
      Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'PlannerFunction' }, Principal: 'events.amazonaws.com', SourceArn: arn(id),
    })));
  });
});
