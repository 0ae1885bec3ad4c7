import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Definition } from '../../core/definition.ts';
import { evaluateItem } from '../../core/evaluate.ts';
import { passedParameters } from '../../deployment/conformance-pack.ts';
import { evaluatorRole, reevaluatorRole } from '../../deployment/evaluation-roles.ts';
import { memberStack, memberStackCompact, withoutCode } from '../../deployment/member-stack.ts';
import { documentName, logicalId } from '../../deployment/names.ts';
import { remediationRoles } from '../../deployment/remediation-roles.ts';
import { forwarderRole, statusRole } from '../../deployment/reporting-roles.ts';
import { nameOf } from '../../deployment/role.ts';
import { runbooksOf } from '../../deployment/runbooks.ts';
import { validatePack } from '../../deployment/validate-pack.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { deploy, unused, type Resource, type Stack, type Template } from '../support/cloudformation.ts';
import { lambdaFunction, subnet } from '../support/items.ts';
import { definition, now, ownAccount } from '../support/perimeter.ts';

const folder = new URL('../../ssm-documents/', import.meta.url);
const documents = Object.fromEntries(readdirSync(folder).map((file) => [file.replace(/\.yaml$/, ''), readFileSync(new URL(file, folder), 'utf8')]));
/** Modules that can be told apart, with what JSON and YAML escape. */
const code = { evaluator: 'exports.a = "\\n";\n', planner: 'exports.b = `${1}`;\n', writer: 'exports.c = "\\xe4\t";\n', reevaluator: 'exports.d = 1;\n' };
const text = memberStack(rules, remediations, documents, code);
const template = parse(text) as Template;
const resource = (id: string): Resource => template.Resources[id]!;
const idsOf = (type: string): string[] => Object.entries(template.Resources).filter(([, { Type }]) => Type === type).map(([id]) => id);
const runbooks = runbooksOf(remediations);
const allRoles = [...remediationRoles(remediations), evaluatorRole(rules), reevaluatorRole(), statusRole(), forwarderRole()];
const arn = (id: string): object => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** One Region of each partition, as the organization deploys to it. */
const places: readonly (readonly [string, Stack])[] = ([['aws', 'eu-west-1'], ['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']] as const).map(([partition, region]) => [partition, {
  partition, region, account: ownAccount, parameters: {
    DefinitionBucket: 'perimeter-222222222222-x', DefinitionKey: 'definition.json', AdministratorAccount: '222222222222', OrganizationId: 'o-4tkekae453', HomeRegion: region,
    FindingsBusArn: `arn:${partition}:events:${region}:222222222222:event-bus/perimeter-findings`,
  },
}]);
const [, here] = places[0]!;
const made = (parameters: Readonly<Record<string, string>> = {}, stack = here): Readonly<Record<string, Resource>> => deploy(template, { ...stack, parameters: { ...stack.parameters, ...parameters } });
const idsIn = (resources: Readonly<Record<string, Resource>>, type: string): string[] => Object.entries(resources).filter(([, { Type }]) => Type === type).map(([id]) => id);

describe('the member stack', () => {
  it('fits into a bucket, and leaves most of it to the code', () => { expect(Buffer.byteLength(memberStackCompact(rules, remediations, documents, { evaluator: '', planner: '', writer: '', reevaluator: '' }))).toBeLessThan(250_000); });
  it('is the same in its compact form', () => { expect(JSON.parse(memberStackCompact(rules, remediations, documents, code))).toEqual(template); });
  it('means the same to a reader of YAML 1.1, which CloudFormation is', () => { expect(parse(text, { version: '1.1' })).toEqual(template); });
  it('names no account, Region or partition but a default that can be changed', () => { expect(text.replaceAll('Default: us-east-1', '')).not.toMatch(/arn:aws[:-]|(?<!\d)\d{12}(?!\d)|\b(?:us|eu|ap)-[a-z]+-\d\b/); });
  it('has no parameter and no condition that nothing asks for', () => { expect(unused(template)).toEqual([]); });
  it.each(places)('can be deployed in the partition %s, and everything in it is named for that partition', (partition, stack) => {
    const resources = made({}, stack);
    expect(Object.keys(resources)).toEqual(Object.keys(template.Resources));
    expect([...JSON.stringify(resources).matchAll(/arn:(aws[a-z-]*):/g)].map(([, one]) => one).filter((one) => one !== partition)).toEqual([]);
  });
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['without an administrator account, in single-account mode', { AdministratorAccount: '', OrganizationId: '', FindingsBusArn: '', DefinitionBucket: '', DefinitionKey: '', DefinitionParameter: '/perimeter/definition' }, ['ForwarderRole', 'ForwardFindings', 'ForwardAlarms', 'StatusRole']],
    ['beside an organization conformance pack', { PackMode: 'organization-pack' }, ['Pack']],
    ['beside a pack that was put otherwise', { PackMode: 'none' }, ['Pack']],
    ['where a ledger was left', { LedgerTable: 'existing' }, ['Ledger']],
  ])('leaves out, %s, what there is no use for', (_, parameters, without) => {
    const resources = made(parameters);
    expect(Object.keys(template.Resources).filter((id) => resources[id] === undefined)).toEqual(without);
  });
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['no definition', { DefinitionBucket: '' }, 'Give DefinitionParameter, or DefinitionBucket with DefinitionKey.'],
    ['an administrator account of no organization', { OrganizationId: '' }, 'Give OrganizationId with AdministratorAccount'],
    ['an account that is none', { AdministratorAccount: '1234' }, 'the parameter `AdministratorAccount` does not take `1234`'],
    ['a bus that is none', { FindingsBusArn: 'perimeter-findings' }, 'the parameter `FindingsBusArn` does not take `perimeter-findings`'],
  ])('is refused with %s', (_, parameters, message) => { expect(() => made(parameters)).toThrow(message); });
  it('keeps the ledger: by recovery, against deletion, and after the stack; makes it last, for it would outlive a failure', () => {
    expect(resource('Ledger')).toEqual({
      DependsOn: Object.keys(template.Resources).filter((id) => id !== 'Ledger' && resource(id).Condition === undefined),
      Metadata: { After: Object.keys(template.Resources).filter((id) => id !== 'Ledger' && resource(id).Condition !== undefined).map((id) => ({ 'Fn::If': [resource(id).Condition, { Ref: id }, { Ref: 'AWS::NoValue' }] })) },
      Type: 'AWS::DynamoDB::Table', Condition: 'CreatesLedger', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'perimeter-ledger', BillingMode: 'PAY_PER_REQUEST', DeletionProtectionEnabled: true,
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { SSEEnabled: true },
      },
    });
  });
  it('gives a name of the pack to whatever can have one, so that a policy can protect it', () => {
    const names = ['FunctionName', 'RoleName', 'AlarmName', 'Name', 'TableName', 'ConformancePackName'];
    for (const [id, { Type, Properties }] of Object.entries(made())) {
      if (Type === 'AWS::Lambda::Permission') continue;
      expect(Type === 'AWS::Logs::LogGroup' ? Properties['LogGroupName'] : names.map((name) => Properties[name]).find((name) => name !== undefined), id).toMatch(/^(?:\/aws\/lambda\/)?perimeter(?:-|$)/);
    }
  });
});

describe('the pack of the stack', () => {
  const packIn = (partition: string, stack: Stack, switches: Readonly<Record<string, string>>) => {
    const resources = made(switches, stack);
    const { TemplateBody: body, ...more } = resources['Pack']!.Properties as { readonly TemplateBody: string; readonly ConformancePackName: string; readonly ConformancePackInputParameters: readonly { readonly ParameterName: string; readonly ParameterValue: string }[] };
    return { partition, stack, resources, body, ...more };
  };
  const packs = places.map(([partition, stack]) => packIn(partition, stack, { MakeRdsInstancePrivate: 'automatic', AttachLambdaToVpc: 'manual' }));
  const withoutRemediations = places.map(([partition, stack]) => packIn(partition, stack, {}));
  it.each([...packs, ...withoutRemediations])('is one that AWS Config takes, in the partition $partition', ({ body }) => {
    expect(validatePack(body, { deployable: true })).toEqual([]);
    expect(Buffer.byteLength(body)).toBeLessThan(51_200);
  });
  it.each(packs)('names functions, roles and documents of this very stack, in the partition $partition', ({ body, stack, resources, ConformancePackInputParameters }) => {
    const named = (type: string, name: string): unknown[] => idsIn(resources, type).map((id) => resources[id]!.Properties[name]);
    const roles = named('AWS::IAM::Role', 'RoleName').map((name) => `arn:${stack.partition}:iam::${stack.account}:role/${String(name)}`);
    const inPack = deploy(parse(body) as Template, { ...stack, parameters: Object.fromEntries(ConformancePackInputParameters.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue])) });
    const [evaluator] = [...new Set(idsIn(inPack, 'AWS::Config::ConfigRule').map((id) => (inPack[id]!.Properties['Source'] as { SourceIdentifier: string }).SourceIdentifier))];
    expect(evaluator).toBe(`arn:${stack.partition}:lambda:${stack.region}:${stack.account}:function:${String(resources['EvaluatorFunction']!.Properties['FunctionName'])}`);
    const started = idsIn(inPack, 'AWS::Config::RemediationConfiguration');
    expect(started).toEqual(['LambdaInPerimeterVpcRemediation', 'RdsInstanceNotPublicRemediation']);
    for (const id of started) {
      const { TargetId, Parameters } = inPack[id]!.Properties as { readonly TargetId: string; readonly Parameters: { readonly AutomationAssumeRole: { readonly StaticValue: { readonly Values: readonly string[] } } } };
      expect(named('AWS::SSM::Document', 'Name')).toContain(TargetId);
      expect(roles).toContain(Parameters.AutomationAssumeRole.StaticValue.Values[0]);
    }
  });
  it.each(withoutRemediations)('holds no remediation where none is switched on, for AWS CloudFormation does not have the type everywhere, in the partition $partition', ({ body, ConformancePackInputParameters }) => {
    const { Parameters, Conditions, Resources } = parse(body) as Template;
    expect([...new Set(Object.values(Resources).map(({ Type }) => Type))]).toEqual(['AWS::Config::ConfigRule']);
    expect(Object.keys(Resources)).toEqual(rules.map(({ id }) => logicalId(id)));
    expect(Object.keys(Conditions)).toEqual(['InHomeRegion', 'HasEdition']);
    // AWS Config refuses a value for a parameter that the pack does not have.
    expect(ConformancePackInputParameters.map(({ ParameterName }) => ParameterName).filter((name) => Parameters[name] === undefined)).toEqual([]);
  });
  it.each(['AttachLambdaToVpc', 'ConfineIamRoleTrust', 'ConfineVpcEndpointPolicy', 'MakeRdsInstancePrivate', 'MakeRedshiftClusterPrivate'])('holds remediations where one is switched on: %s', (name) => {
    expect(packIn('aws', here, { [name]: 'manual' }).body).toContain('AWS::Config::RemediationConfiguration');
  });
  it('is put after all that it invokes and starts', () => {
    expect(resource('Pack').DependsOn).toEqual(['EvaluatorPermission', ...runbooks.map(({ stem }) => `${logicalId(stem)}Document`), ...runbooks.map(({ stem }) => `${logicalId(stem)}Role`)]);
    expect(resource('EvaluatorPermission').Properties['FunctionName']).toEqual({ Ref: 'EvaluatorFunction' });
  });
  it('gets every parameter that it asks for, and finds its function without one', () => {
    const { body, ConformancePackInputParameters } = packs[0]!;
    const asked = (parse(body) as Template).Parameters;
    expect(ConformancePackInputParameters.map(({ ParameterName }) => ParameterName)).toEqual(Object.keys(asked));
    // As a literal text: no published pack has a function of CloudFormation there.
    expect(body).not.toContain('EvaluatorFunctionName');
    expect([...new Set([...body.matchAll(/SourceIdentifier: (.*)/g)].map(([, source]) => source))]).toEqual([`arn:${here.partition}:lambda:${here.region}:${ownAccount}:function:perimeter-evaluator`]);
    for (const [name, declared] of Object.entries(passedParameters(remediations))) { expect(template.Parameters[name], name).toEqual(declared); expect(asked[name], name).toEqual(declared); }
  });
  it('runs the rules about IAM in the home Region alone', () => {
    const rolesJudged = (HomeRegion: string): boolean => {
      const { body, stack } = packs[0]!;
      return 'IamRoleTrustedPrincipals' in deploy(parse(body) as Template, { ...stack, parameters: { HomeRegion } });
    };
    expect([rolesJudged('eu-west-1'), rolesJudged('us-east-1')]).toEqual([true, false]);
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
    expect(() => memberStack(rules, remediations, others, withoutCode)).toThrow('there is no runbook `ssm-documents/make-rds-instance-private.yaml`');
  });
});

describe('roles', () => {
  it.each(allRoles.map((role) => [role.stem, role] as const))('%s: under its name, with its statements, a boundary where there is one', (stem, role) => {
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

const ofLedger = { PERIMETER_LEDGER: 'perimeter-ledger' };
const ofDefinition = { PERIMETER_DEFINITION: { 'Fn::If': ['DefinitionIsParameter', { 'Fn::Sub': 'ssm:${DefinitionParameter}' }, { 'Fn::Sub': 's3://${DefinitionBucket}/${DefinitionKey}' }] } };
const functions = ['Evaluator', 'Planner', 'Reevaluator', 'Writer'] as const;

describe('functions', () => {
  it.each<[typeof functions[number], object]>([['Evaluator', ofDefinition], ['Planner', { ...ofLedger, ...ofDefinition }], ['Reevaluator', { ...ofLedger, ...ofDefinition }], ['Writer', ofLedger]])('%s: its code, its role, its log that ends, its VPC where there is one', (id, Variables) => {
    const stem = id.toLowerCase() as keyof typeof code;
    expect(resource(`${id}Function`)).toMatchObject({ Type: 'AWS::Lambda::Function', DependsOn: [`${id}Log`, ...id === 'Reevaluator' ? ['EvaluatorFunction'] : []], Properties: {
      FunctionName: `perimeter-${stem}`, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: arn(`${id}Role`), Code: { ZipFile: code[stem] }, Environment: { Variables },
      VpcConfig: { 'Fn::If': ['InVpc', { SubnetIds: { Ref: 'SubnetIds' }, SecurityGroupIds: { Ref: 'SecurityGroupIds' } }, { Ref: 'AWS::NoValue' }] },
    } });
    expect(resource(`${id}Log`).Properties).toEqual({ LogGroupName: `/aws/lambda/perimeter-${stem}`, RetentionInDays: { Ref: 'LogRetentionDays' } });
  });
  it.each([
    ['ssm:/perimeter/definition', { DefinitionParameter: '/perimeter/definition' }, 'ssm:GetParameter', 'arn:aws:ssm:eu-west-1:111111111111:parameter/perimeter/definition'],
    ['s3://perimeter-222222222222-x/definition.json', { AdministratorAccount: '', OrganizationId: '' }, 's3:GetObject', 'arn:aws:s3:::perimeter-222222222222-x/definition.json'],
    // Of the administrator's account and no other.
    ['s3://perimeter-222222222222-x/definition.json', { AdministratorAccount: '222222222222' }, 's3:GetObject', 'arn:aws:s3:::perimeter-222222222222-x/definition.json'],
  ])('read the one definition, %s, and the writer none', (pointer, parameters, action, where) => {
    const owner = (parameters as { readonly AdministratorAccount?: string }).AdministratorAccount;
    const resources = made(parameters);
    for (const id of functions) {
      const { Policies } = resources[`${id}Role`]!.Properties as { readonly Policies: readonly { readonly PolicyName: string; readonly PolicyDocument: { readonly Statement: readonly object[] } }[] };
      const { Variables } = resources[`${id}Function`]!.Properties['Environment'] as { readonly Variables: Readonly<Record<string, string>> };
      expect(Policies.find(({ PolicyName }) => PolicyName === 'definition')?.PolicyDocument.Statement, id).toEqual(id === 'Writer' ? undefined : [{ Sid: 'ReadDefinition', Effect: 'Allow', Action: [action], Resource: [where], ...owner === undefined || owner === '' ? {} : { Condition: { StringEquals: { 'aws:ResourceAccount': owner } } } }]);
      expect(Variables['PERIMETER_DEFINITION'], id).toBe(id === 'Writer' ? undefined : pointer);
    }
  });
  it('carry no code in the text that is shown, and say so when they are run', async () => {
    const module: { exports: { handler?: () => Promise<void> } } = { exports: {} };
    new Function('exports', withoutCode.evaluator)(module.exports);
    await expect(module.exports.handler!()).rejects.toThrow('this template carries no code; write one that does with `perimeter deploy render`');
  });
  it('take no code with characters that a template may lose', () => {
    expect(() => memberStack(rules, remediations, documents, { ...code, planner: 'exports.x = "\u0001";' })).toThrow('the code of `perimeter-planner` holds the character U+0001');
  });
  it('are made in subnets only where subnets are given', () => {
    expect(made()['PlannerFunction']!.Properties).not.toHaveProperty('VpcConfig');
    expect(made({ SubnetIds: 'subnet-1,subnet-2', SecurityGroupIds: 'sg-1' })['PlannerFunction']!.Properties['VpcConfig']).toEqual({ SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] });
  });

  describe.each(rules.filter(({ resourceTypes }) => (resourceTypes as readonly string[]).includes('AWS::Lambda::Function')).map((rule) => [rule.id, rule] as const))('held to our own %s', (_, rule) => {
    const verdicts = (parameters: Readonly<Record<string, string>>, by: Definition = definition): string[] => functions.map((id) => {
      const { VpcConfig, FunctionName } = made(parameters)[`${id}Function`]!.Properties as { readonly VpcConfig?: { readonly SubnetIds: readonly string[]; readonly SecurityGroupIds: readonly string[] }; readonly FunctionName: string };
      const item = lambdaFunction({ vpcConfig: { subnetIds: VpcConfig?.SubnetIds ?? [], securityGroupIds: VpcConfig?.SecurityGroupIds ?? [] } }, { name: FunctionName });
      return evaluateItem(rule, item, { definition: by, now, related: (type, one) => type === 'AWS::EC2::Subnet' ? subnet(one, 'vpc-0a1b2c3d4e5f60718', one === 'subnet-1' ? 'eu-west-1a' : 'eu-west-1b') : undefined }).kind;
    });
    it('pass with subnets of the perimeter', () => { expect(verdicts({ SubnetIds: 'subnet-1,subnet-2', SecurityGroupIds: 'sg-1' })).toEqual(functions.map(() => 'compliant')); });
    it('need an exception without, and the one that the guide gives will do', () => {
      const resource = /`(arn:aws:lambda:[^`]+)`/.exec(readFileSync('docs/remediation.md', 'utf8'))![1]!;
      expect(verdicts({})).toEqual(functions.map(() => 'non-compliant'));
      expect(verdicts({}, { ...definition, exceptions: [{ rule: rule.id, resource, owner: 'security', reason: 'functions of the pack', expires: '2030-01-31' }] })).toEqual(functions.map(() => 'compliant'));
    });
  });
});

describe('the evaluator', () => {
  it('is invoked by AWS Config of this account, and by nobody else', () => {
    expect(resource('EvaluatorPermission').Properties).toEqual({ Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'EvaluatorFunction' }, Principal: 'config.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } });
    expect(idsOf('AWS::Lambda::Permission').filter((id) => JSON.stringify(resource(id).Properties['FunctionName']).includes('Evaluator'))).toEqual(['EvaluatorPermission']);
  });
});

describe('what tells that the pack fails', () => {
  it('is an alarm at the first error of each function that nobody waits for, and where the evaluator is throttled', () => {
    expect(idsOf('AWS::CloudWatch::Alarm').map((id) => { const { AlarmName, MetricName, Dimensions, Threshold } = resource(id).Properties; return [AlarmName, MetricName, Dimensions, Threshold]; })).toEqual([
      ['perimeter-evaluator-errors', 'Errors', [{ Name: 'FunctionName', Value: { Ref: 'EvaluatorFunction' } }], 1],
      ['perimeter-evaluator-throttles', 'Throttles', [{ Name: 'FunctionName', Value: { Ref: 'EvaluatorFunction' } }], 1],
      ['perimeter-reevaluator-errors', 'Errors', [{ Name: 'FunctionName', Value: { Ref: 'ReevaluatorFunction' } }], 1],
      ['perimeter-planner-errors', 'Errors', [{ Name: 'FunctionName', Value: { Ref: 'PlannerFunction' } }], 1],
    ]);
  });
  it('is quiet where nothing ran', () => { for (const id of idsOf('AWS::CloudWatch::Alarm')) expect(resource(id).Properties['TreatMissingData'], id).toBe('notBreaching'); });
});

const sent = (id: string): unknown => made()[id]!.Properties['EventPattern'];
const planned = ['lambda-in-perimeter-vpc', 'iam-role-trusted-principals', 'vpc-endpoint-trusted-principals', 'vpc-endpoint-trusted-resources'];
const findingsOf = (ids: readonly string[]): object => ({
  source: ['aws.config'], 'detail-type': ['Config Rules Compliance Change'],
  detail: { messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] }, configRuleName: ids.map((prefix) => ({ prefix })) },
});

describe('what starts functions', () => {
  const State = { 'Fn::If': ['PlansFindings', 'ENABLED', 'DISABLED'] };
  it('for the planner is a resource that became non-compliant, by a rule whose remediation has a plan', () => {
    expect(resource('PlanChanges').Properties).toEqual({
      Name: 'perimeter-plan-findings', Description: 'Plans for resources that became non-compliant.', State, Targets: [{ Id: 'function', Arn: arn('PlannerFunction') }], EventPattern: findingsOf(planned),
    });
  });
  it('is a resource that was made or changed, roles in the home Region alone', () => {
    const pattern = (types: readonly string[]): object => ({
      source: ['aws.config'], 'detail-type': ['Config Configuration Item Change'],
      detail: { messageType: ['ConfigurationItemChangeNotification'], configurationItem: { resourceType: types, configurationItemStatus: ['OK', 'ResourceDiscovered'] } },
    });
    expect(resource('PlanResources').Properties).toMatchObject({ Name: 'perimeter-plan-resources', State, Targets: [{ Id: 'function', Arn: arn('PlannerFunction') }] });
    expect(sent('PlanResources')).toEqual(pattern(['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::EC2::VPCEndpoint']));
    expect(made({ HomeRegion: 'us-east-1' })['PlanResources']!.Properties['EventPattern']).toEqual(pattern(['AWS::Lambda::Function', 'AWS::EC2::VPCEndpoint']));
  });
  it('is the day', () => { expect(resource('PlanDaily').Properties).toMatchObject({ Name: 'perimeter-plan-daily', State, Targets: [{ Arn: arn('PlannerFunction') }], ScheduleExpression: 'rate(1 day)' }); });
  it('is turned off for the planner by a parameter', () => {
    const states = (PlanFindings: string): unknown[] => idsOf('AWS::Events::Rule').map((id) => made({ PlanFindings })[id]!.Properties['State']);
    expect(idsOf('AWS::Events::Rule')).toEqual(['ReevaluateHourly', 'PlanChanges', 'PlanResources', 'PlanDaily', 'ForwardFindings', 'ForwardAlarms']);
    expect([states('on'), states('off')]).toEqual([Array(6).fill('ENABLED'), ['ENABLED', 'DISABLED', 'DISABLED', 'DISABLED', 'ENABLED', 'ENABLED']]);
  });
  it('for the re-evaluator is the hour', () => { expect(resource('ReevaluateHourly').Properties).toMatchObject({ Name: 'perimeter-reevaluate', Targets: [{ Id: 'function', Arn: arn('ReevaluatorFunction') }], ScheduleExpression: 'rate(1 hour)' }); });
  it('may invoke its function, each rule for itself, and nobody else may', () => {
    expect(idsOf('AWS::Lambda::Permission').filter((id) => id !== 'EvaluatorPermission').map((id) => resource(id).Properties)).toEqual(([['ReevaluateHourly', 'Reevaluator'], ['PlanChanges', 'Planner'], ['PlanResources', 'Planner'], ['PlanDaily', 'Planner']] as const).map(([id, name]) => ({
      Action: 'lambda:InvokeFunction', FunctionName: { Ref: `${name}Function` }, Principal: 'events.amazonaws.com', SourceArn: arn(id),
    })));
  });
});

describe('what the administrator account is told', () => {
  const target = { State: 'ENABLED', Targets: [{ Id: 'administrator', Arn: 'arn:aws:events:eu-west-1:222222222222:event-bus/perimeter-findings', RoleArn: 'arn:aws:iam::111111111111:role/perimeter-forwarder-eu-west-1' }] };
  it('are findings of all rules of the pack', () => { expect(made()['ForwardFindings']!.Properties).toMatchObject({ ...target, EventPattern: findingsOf(rules.map(({ id }) => id)) }); });
  it('are alarms of the pack that went off', () => {
    expect(made()['ForwardAlarms']!.Properties).toMatchObject({ ...target, EventPattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], detail: { alarmName: [{ prefix: 'perimeter-' }], state: { value: ['ALARM'] } } } });
  });
  it('is sent by those rules of this account alone', () => {
    const { AssumeRolePolicyDocument } = made()['ForwarderRole']!.Properties as { readonly AssumeRolePolicyDocument: { readonly Statement: readonly object[] } };
    expect(AssumeRolePolicyDocument.Statement).toEqual([{
      Sid: 'EventBridgeOfThisAccount', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: ['sts:AssumeRole'],
      Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' }, ArnLike: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:111111111111:rule/perimeter-forward-*' } },
    }]);
    for (const id of ['ForwardFindings', 'ForwardAlarms']) expect(made()[id]!.Properties['Name']).toMatch(/^perimeter-forward-/);
  });
  it('goes to that bus alone', () => {
    const [{ PolicyDocument }] = made()['ForwarderRole']!.Properties['Policies'] as [{ readonly PolicyDocument: object }];
    expect(PolicyDocument).toEqual({ Version: '2012-10-17', Statement: [{ Sid: 'Forward', Effect: 'Allow', Action: ['events:PutEvents'], Resource: ['arn:aws:events:eu-west-1:222222222222:event-bus/perimeter-findings'] }] });
  });
  it('may be looked at by that account of that organization', () => {
    expect(made()['StatusRole']!.Properties['AssumeRolePolicyDocument']).toEqual({ Version: '2012-10-17', Statement: [{
      Sid: 'AdministratorAccount', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Action: ['sts:AssumeRole'], Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } },
    }] });
  });
});

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
it.each(idsOf('AWS::Events::Rule').filter((id) => 'EventPattern' in resource(id).Properties))('the event pattern of %s is no longer than EventBridge takes', (id) => { expect(JSON.stringify(sent(id)).length).toBeLessThanOrEqual(2048); });
