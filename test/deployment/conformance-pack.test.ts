import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { conformancePack, EVALUATOR_NAME, logicalId } from '../../deployment/conformance-pack.ts';
import { validatePack } from '../../deployment/validate-pack.ts';
import { rules } from '../../rules/index.ts';

const text = conformancePack(rules);
const pack = parse(text) as { readonly Parameters: object; readonly Conditions: object; readonly Resources: Readonly<Record<string, object>> };

const source = (...details: object[]): object => ({
  Owner: 'CUSTOM_LAMBDA',
  SourceIdentifier: { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${EvaluatorFunctionName}' },
  SourceDetails: details.map((detail) => ({ EventSource: 'aws.config', ...detail })),
});
const bothChanges = [{ MessageType: 'ConfigurationItemChangeNotification' }, { MessageType: 'OversizedConfigurationItemChangeNotification' }];
const titleOf = (id: string): string | undefined => rules.find((rule) => rule.id === id)?.title;

describe('the conformance pack', () => {
  it('declares every rule, under a name made of its id', () => {
    expect(Object.keys(pack.Resources)).toEqual(rules.map(({ id }) => logicalId(id)));
  });
  it('keeps within the limits of AWS, also as it is deployed', () => {
    expect(validatePack(text, { deployable: true })).toEqual([]);
  });
  it('asks for the name of the function and the home Region, and works without an answer', () => {
    expect(pack.Parameters).toMatchObject({ EvaluatorFunctionName: { Type: 'String', Default: EVALUATOR_NAME }, HomeRegion: { Type: 'String', Default: 'us-east-1' } });
    expect(pack.Conditions).toEqual({ InHomeRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'HomeRegion' }] } });
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
      Properties: { ConfigRuleName: id, Description: titleOf(id), InputParameters: { ruleId: id }, ...more },
    });
  });
  it('makes only rules about IAM wait for the home Region', () => {
    const conditional = Object.entries(pack.Resources).filter(([, resource]) => 'Condition' in resource).map(([id]) => id);
    expect(conditional).toEqual(rules.filter((rule) => (rule.resourceTypes as readonly string[]).includes('AWS::IAM::Role')).map(({ id }) => logicalId(id)));
  });
  it('writes functions in the long form, which is JSON too', () => {
    expect(text).not.toMatch(/!\w|[&*]\w+\s*$/m);
  });
});
