import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { conformancePack, placeholder } from '../../deployment/conformance-pack.ts';
import { excludedAccounts, organizationPackStack } from '../../deployment/organization-pack-stack.ts';
import { validatePack } from '../../deployment/validate-pack.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { deploy, unused, type Template } from '../support/cloudformation.ts';
import { ownAccount } from '../support/perimeter.ts';

const places = [['aws', 'eu-west-1'], ['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']] as const;
const stackIn = (partition: string, region: string): Template => parse(organizationPackStack(rules, remediations, { partition, account: ownAccount, region })) as Template;
const packOf = (partition: string, region: string, parameters: Readonly<Record<string, string>> = {}): Readonly<Record<string, unknown>> =>
  deploy(stackIn(partition, region), { partition, region, account: ownAccount, parameters })['Pack']!.Properties;
const accounts = (count: number): string[] => Array.from({ length: count }, (_, i) => String(100_000_000_000 + i));

describe('the organization pack stack', () => {
  it('is small enough to be given as it is, and so is the pack', () => {
    const text = organizationPackStack(rules, remediations, placeholder);
    expect([text, conformancePack(rules, remediations, placeholder)].map((one) => Buffer.byteLength(one)).filter((size) => size > 51_200)).toEqual([]);
  });
  it('means the same to a reader of YAML 1.1, which CloudFormation is', () => {
    const text = organizationPackStack(rules, remediations, placeholder);
    expect(parse(text, { version: '1.1' })).toEqual(parse(text));
  });
  it('uses all of its parameters and conditions', () => { expect(unused(stackIn('aws', 'eu-west-1'))).toEqual([]); });
  it('takes no more parameters than AWS Config', () => { expect((packOf('aws', 'eu-west-1')['ConformancePackInputParameters'] as readonly unknown[]).length).toBeLessThanOrEqual(60); });
  it('delivers to no bucket', () => { expect(packOf('aws', 'eu-west-1')).not.toHaveProperty('DeliveryS3Bucket'); });

  describe.each(places)('in %s', (partition, region) => {
    it('holds the pack of its account and Region, which is deployable', () => {
      const { OrganizationConformancePackName, TemplateBody } = packOf(partition, region, { MakeRdsInstancePrivate: 'manual' });
      expect([OrganizationConformancePackName, TemplateBody]).toEqual(['perimeter', conformancePack(rules, remediations, { partition, account: ownAccount, region })]);
      expect(TemplateBody).toContain(`- arn:${partition}:iam::${ownAccount}:role/perimeter-make-rds-instance-private-${region}\n`);
      expect(validatePack(String(TemplateBody), { deployable: true }).filter(({ severity }) => severity === 'error')).toEqual([]);
    });
    it('holds no remediation where none is switched on, for CloudFormation does not have the type everywhere', () => {
      const { TemplateBody } = packOf(partition, region);
      expect(TemplateBody).toBe(conformancePack(rules, remediations, { partition, account: ownAccount, region }, { remediates: false }));
      expect(validatePack(String(TemplateBody), { deployable: true })).toEqual([]);
    });
    it('passes on every parameter of the pack, with the values that the stack is given', () => {
      const { Parameters } = parse(conformancePack(rules, remediations, { partition, account: ownAccount, region })) as Template;
      const { ConformancePackInputParameters } = packOf(partition, region, { HomeRegion: region, MakeRdsInstancePrivate: 'automatic' });
      expect(ConformancePackInputParameters).toEqual(Object.entries(Parameters).map(([ParameterName, { Default }]) => ({
        ParameterName, ParameterValue: ParameterName === 'HomeRegion' ? region : ParameterName === 'MakeRdsInstancePrivate' ? 'automatic' : Default,
      })));
    });
  });
});

describe('excluded accounts', () => {
  it.each([0, 1, 315, 316, 630, 631, 1_000])('%i reach AWS Config, in values that CloudFormation takes', (count) => {
    const given = excludedAccounts(accounts(count));
    expect(Object.values(given).filter((value) => Buffer.byteLength(value) > 4_096)).toEqual([]);
    expect(packOf('aws', 'eu-west-1', given)['ExcludedAccounts']).toEqual(count === 0 ? undefined : accounts(count));
  });
  it('are as many as AWS Config takes', () => {
    expect(() => excludedAccounts(accounts(1_001))).toThrow('an organization pack excludes at most 1000 accounts, found 1001; deploy the pack with the StackSet (`pack: stackset`), which takes organizational units');
  });
  it.each([['ExcludedAccounts', '12345'], ['ExcludedAccounts', ',123456789012'], ['ExcludedAccounts2', '123456789012']])('are twelve digits each, with commas between them: %s %s', (name, value) => {
    expect(() => packOf('aws', 'eu-west-1', { [name]: value })).toThrow('does not take');
  });
});
