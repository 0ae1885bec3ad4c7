import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { managementStack } from '../../deployment/management-stack.ts';
import { memberParameters } from '../../deployment/stack/member-parameters.ts';
import { remediations } from '../../remediations/index.ts';
import { deploy, unused, type Template } from '../support/cloudformation.ts';
import { organization, ownAccount } from '../support/perimeter.ts';

const text = managementStack(remediations);
const template: Template = { ...parse(text) as Template, Conditions: {} };
const declared = memberParameters(remediations) as Template['Parameters'];
const TemplateURL = 'https://perimeter-222222222222-eu-west-1.s3.eu-west-1.amazonaws.com/templates/0f3a/member.json';
const nested = (parameters: Readonly<Record<string, string>> = {}): Readonly<Record<string, unknown>> =>
  deploy(template, { partition: 'aws', region: 'eu-west-1', account: ownAccount, parameters: { TemplateURL, ...parameters } })['Member']!.Properties;

describe('the management stack', () => {
  it('is small enough to be given as it is', () => { expect(Buffer.byteLength(text)).toBeLessThan(51_200); });
  it('means the same to a reader of YAML 1.1, which CloudFormation is', () => { expect(parse(text, { version: '1.1' })).toEqual(parse(text)); });
  it('takes what the member stack takes, and where its template is', () => { expect(template.Parameters).toEqual({ TemplateURL: template.Parameters['TemplateURL'], ...declared }); });
  it('uses all of its parameters', () => { expect(unused(template)).toEqual([]); });
  it('hands on what the member stack would take for itself, as text', () => {
    expect(nested()).toEqual({ TemplateURL, Parameters: Object.fromEntries(Object.entries(declared).map(([name, { Default }]) => [name, String(Default)])) });
  });
  it('hands on what it is given, lists with commas', () => {
    expect(nested({ OrganizationId: organization, SubnetIds: 'subnet-1,subnet-2', LogRetentionDays: '90' })).toMatchObject({ Parameters: { OrganizationId: organization, SubnetIds: 'subnet-1,subnet-2', LogRetentionDays: '90' } });
  });
  it.each(['http://example.com/member.json', 's3://bucket/member.json', ''])('takes no template from %j', (url) => { expect(() => nested({ TemplateURL: url })).toThrow('does not take'); });
});
