import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { conformancePack, placeholder } from '../../deployment/conformance-pack.ts';
import { EVALUATOR, logicalId } from '../../deployment/names.ts';
import { validatePack } from '../../deployment/validate-pack.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';

const text = conformancePack(rules, remediations, placeholder);
interface Pack { readonly Parameters: Readonly<Record<string, object>>; readonly Conditions: Readonly<Record<string, object>>; readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>> }
const pack = parse(text) as Pack;
const ofType = (type: string): string[] => Object.entries(pack.Resources).filter(([, { Type }]) => Type === `AWS::Config::${type}`).map(([id]) => id);

const source = (...details: object[]): object => ({
  Owner: 'CUSTOM_LAMBDA',
  SourceIdentifier: { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${EvaluatorFunctionName}' },
  SourceDetails: details.map((detail) => ({ EventSource: 'aws.config', ...detail })),
});
const bothChanges = [{ MessageType: 'ConfigurationItemChangeNotification' }, { MessageType: 'OversizedConfigurationItemChangeNotification' }];
const titleOf = (id: string): string => rules.find((rule) => rule.id === id)!.title;
const description = (id: string): object => ({ 'Fn::If': ['HasEdition', { 'Fn::Sub': `${titleOf(id)} (edition \${Edition})` }, titleOf(id)] });

describe('the conformance pack', () => {
  it('declares every rule, under a name made of its id', () => {
    expect(ofType('ConfigRule')).toEqual(rules.map(({ id }) => logicalId(id)));
  });
  it('keeps within the limits of AWS', () => {
    expect(validatePack(text, { deployable: false })).toEqual([]);
    expect(Buffer.byteLength(text)).toBeLessThan(51_200);
  });
  it.each(['aws', 'aws-us-gov', 'aws-cn'])('can be deployed once it is rendered for an account, in the partition %s', (partition) => {
    const deployed = conformancePack(rules, remediations, { partition, account: '111122223333', region: 'eu-west-1' });
    expect(validatePack(deployed, { deployable: true })).toEqual([]);
    expect(deployed).toContain(`arn:${partition}:iam::111122223333:role/perimeter-make-rds-instance-private-eu-west-1\n`);
  });
  it('is refused for deployment with the account of the placeholder', () => {
    expect(validatePack(text, { deployable: true }).filter(({ severity }) => severity === 'error')).toHaveLength(ofType('RemediationConfiguration').length);
  });
  it('asks for the name of the function and the home Region, and works without an answer', () => {
    expect(pack.Parameters).toMatchObject({ EvaluatorFunctionName: { Type: 'String', Default: EVALUATOR }, HomeRegion: { Type: 'String', Default: 'us-east-1' } });
    expect(pack.Conditions).toMatchObject({ InHomeRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'HomeRegion' }] } });
  });
  it.each([
    ['a rule on changes', 'vpc-endpoint-trusted-principals', {
      Scope: { ComplianceResourceTypes: ['AWS::EC2::VPCEndpoint'] }, Source: source(...bothChanges),
    }, undefined],
    ['a periodic rule', 'redshift-serverless-not-public', {
      Source: source({ MessageType: 'ScheduledNotification', MaximumExecutionFrequency: 'TwentyFour_Hours' }),
    }, undefined],
    ['a rule about IAM', 'iam-role-trusted-principals', {
      Scope: { ComplianceResourceTypes: ['AWS::IAM::Role'] }, Source: source(...bothChanges),
    }, 'InHomeRegion'],
  ])('declares %s', (_, id, more, condition) => {
    expect(pack.Resources[logicalId(id)]).toEqual({
      Type: 'AWS::Config::ConfigRule', ...condition === undefined ? {} : { Condition: condition },
      Properties: { ConfigRuleName: id, Description: description(id), InputParameters: { ruleId: id }, ...more },
    });
  });
  it('makes only rules about IAM wait for the home Region', () => {
    const conditional = ofType('ConfigRule').filter((id) => 'Condition' in pack.Resources[id]!);
    expect(conditional).toEqual(rules.filter((rule) => (rule.resourceTypes as readonly string[]).includes('AWS::IAM::Role')).map(({ id }) => logicalId(id)));
  });
  it('can change every rule without changing what it does, so that AWS Config evaluates it anew', () => {
    expect(pack.Parameters['Edition']).toMatchObject({ Type: 'String', Default: '' });
    expect(pack.Conditions['HasEdition']).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Edition' }, ''] }] });
    const longest = 'x'.repeat(20);
    expect(longest).toMatch(new RegExp(String((pack.Parameters['Edition'] as { AllowedPattern: string }).AllowedPattern)));
    expect(`${longest}x`).not.toMatch(new RegExp(String((pack.Parameters['Edition'] as { AllowedPattern: string }).AllowedPattern)));
    // https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html
    for (const { title } of rules) expect(`${title} (edition ${longest})`.length).toBeLessThanOrEqual(256);
  });
  it('writes functions in the long form, which is JSON too', () => {
    expect(text).not.toMatch(/!\w|[&*]\w+\s*$/m);
  });
  it('means the same to a reader of YAML 1.1, which CloudFormation is', () => {
    expect(parse(text, { version: '1.1' })).toEqual(pack);
  });
});

const configuration = (rule: string, type: string, id: string, automatic: unknown, more: object = {}): object => ({
  Type: 'AWS::Config::RemediationConfiguration', Condition: `${logicalId(id)}IsOn`, DependsOn: logicalId(rule),
  Properties: {
    ConfigRuleName: rule, ResourceType: type, TargetType: 'SSM_DOCUMENT', TargetId: `perimeter-${id}`, Automatic: automatic,
    MaximumAutomaticAttempts: 3, RetryAttemptSeconds: 3600, ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: 5, ErrorPercentage: 10 } },
    Parameters: {
      AutomationAssumeRole: { StaticValue: { Values: [`arn:aws:iam::000000000000:role/perimeter-${id}-us-east-1`] } }, ResourceId: { ResourceValue: { Value: 'RESOURCE_ID' } }, ...more,
    },
  },
});
const either = (id: string): object => ({ 'Fn::If': [`${id}IsAutomatic`, true, false] });
const mode = { Mode: { StaticValue: { Values: [{ Ref: 'PlannedRemediationMode' }] } } };

describe('remediations in the pack', () => {
  it.each([
    ['rds-instance-not-public', configuration('rds-instance-not-public', 'AWS::RDS::DBInstance', 'make-rds-instance-private', either('MakeRdsInstancePrivate'))],
    ['redshift-cluster-not-public', configuration('redshift-cluster-not-public', 'AWS::Redshift::Cluster', 'make-redshift-cluster-private', either('MakeRedshiftClusterPrivate'))],
    ['lambda-in-perimeter-vpc', configuration('lambda-in-perimeter-vpc', 'AWS::Lambda::Function', 'attach-lambda-to-vpc', false, mode)],
    ['vpc-endpoint-trusted-principals', configuration('vpc-endpoint-trusted-principals', 'AWS::EC2::VPCEndpoint', 'confine-vpc-endpoint-policy', false, mode)],
    ['vpc-endpoint-trusted-resources', configuration('vpc-endpoint-trusted-resources', 'AWS::EC2::VPCEndpoint', 'confine-vpc-endpoint-policy', false, mode)],
    ['iam-role-trusted-principals', configuration('iam-role-trusted-principals', 'AWS::IAM::Role', 'confine-iam-role-trust', false, mode)],
  ])('mend what %s finds', (rule, expected) => { expect(pack.Resources[`${logicalId(rule)}Remediation`]).toEqual(expected); });
  it('are those that AWS Config can start, and no others', () => {
    expect(ofType('RemediationConfiguration').sort()).toEqual([
      'IamRoleTrustedPrincipalsRemediation', 'LambdaInPerimeterVpcRemediation', 'RdsInstanceNotPublicRemediation', 'RedshiftClusterNotPublicRemediation',
      'VpcEndpointTrustedPrincipalsRemediation', 'VpcEndpointTrustedResourcesRemediation',
    ]);
  });
  it.each([
    ['MakeRdsInstancePrivate', ['off', 'manual', 'automatic']], ['MakeRedshiftClusterPrivate', ['off', 'manual', 'automatic']],
    ['AttachLambdaToVpc', ['off', 'manual']], ['ConfineVpcEndpointPolicy', ['off', 'manual']], ['ConfineIamRoleTrust', ['off', 'manual']],
  ])('are off unless the administrator says so: %s', (parameter, AllowedValues) => {
    const on = { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: parameter }, 'off'] }] };
    expect(pack.Parameters[parameter]).toMatchObject({ Type: 'String', Default: 'off', AllowedValues });
    expect(pack.Conditions[`${parameter}IsOn`]).toEqual(parameter === 'ConfineIamRoleTrust' ? { 'Fn::And': [{ Condition: 'InHomeRegion' }, on] } : on);
    expect(pack.Conditions[`${parameter}IsAutomatic`]).toEqual(AllowedValues.includes('automatic') ? { 'Fn::Equals': [{ Ref: parameter }, 'automatic'] } : undefined);
  });
  it('only plan, where there is a plan, unless the administrator says so', () => {
    expect(pack.Parameters['PlannedRemediationMode']).toMatchObject({ Default: 'Plan', AllowedValues: ['Plan', 'Apply'] });
  });
});
