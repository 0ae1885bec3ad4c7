import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emptyDefinition } from '../../../core/definition.ts';
import { firstSettings } from '../../../entry/deploy/first-settings.ts';
import { administratorParameters, bucketParameters, managementParameters, memberParameters, organizationPackParameters, type Administration } from '../../../entry/deploy/parameters.ts';
import { parseSettings } from '../../../entry/deploy/settings.ts';
import { YamlFileError } from '../../../entry/yaml-file.ts';
import { settingsText, templatesFor } from './stage.ts';

const fault = (text: string): string => {
  try { parseSettings(text, 'deployment.yaml'); return 'none'; } catch (error) {
    if (error instanceof YamlFileError) return error.message;
    throw error;
  }
};

describe('deployment.yaml', () => {
  it('has defaults for all but the home Region', () => {
    expect(parseSettings('homeRegion: eu-west-1\n', 'deployment.yaml')).toEqual({
      homeRegion: 'eu-west-1', regions: ['eu-west-1'], targets: [], canary: [], excludeAccounts: [], pack: 'stackset', remediations: {}, plannedRemediationMode: 'Plan', planFindings: true, vpc: {}, logRetentionDays: 365, ledger: 'create',
      failureTolerancePercentage: 10, maxConcurrentPercentage: 25, edition: undefined, notify: undefined, permissionsBoundary: undefined,
    });
  });

  it.each<readonly [title: string, text: string, message: string]>([
    ['nothing', '', 'deployment.yaml: is empty; `perimeter deploy init` writes a first one'],
    ['no home Region', 'regions: [eu-west-1]\n', 'deployment.yaml:1: homeRegion: is missing: the Region of the bucket and the administrator stack, where rules about IAM run'],
    ['Regions without the home Region', 'homeRegion: eu-west-1\nregions: [us-east-1]\n', 'deployment.yaml:2: regions: expected the home Region `eu-west-1` among them, for rules about IAM run there and nowhere else'],
    ['a Region of another partition', 'homeRegion: eu-west-1\nregions:\n  - eu-west-1\n  - cn-north-1\n', 'deployment.yaml:4: regions[1]: expected a Region of the partition `aws`, as `eu-west-1` is; another partition is another organization, with a deployment of its own'],
    ['no Region', 'homeRegion: eu-west-1\nregions: []\n', 'deployment.yaml:2: regions: expected at least one Region, found an empty list'],
    ['a remediation that only a person starts', 'homeRegion: eu-west-1\nremediations:\n  confine-iam-role-trust: automatic\n', 'deployment.yaml:3: remediations.confine-iam-role-trust: expected `off` or `manual`, found `automatic`: a person must start it'],
    ['a remediation that AWS Config cannot start', 'homeRegion: eu-west-1\nremediations: { make-redshift-serverless-private: manual }\n', 'deployment.yaml:2: remediations.make-redshift-serverless-private: AWS Config can start no remediation `make-redshift-serverless-private`; known here: `attach-lambda-to-vpc`, `confine-iam-role-trust`, `confine-vpc-endpoint-policy`, `make-rds-instance-private`, `make-redshift-cluster-private`'],
    ['an account without quotes', 'homeRegion: eu-west-1\nexcludeAccounts: [012345678901]\n', 'deployment.yaml:2: excludeAccounts[0]: expected an account id of 12 digits in quotes, found the number `12345678901`; put it in quotes, for a YAML number loses its leading zeros'],
    ['a network of another Region', 'homeRegion: eu-west-1\nvpc:\n  us-east-1: { subnetIds: [subnet-012abc01], securityGroupIds: [sg-012abc01] }\n', 'deployment.yaml:3: vpc.us-east-1: expected one of `regions`, found a Region that is not listed there'],
    ['half a network', 'homeRegion: eu-west-1\nvpc:\n  eu-west-1: { subnetIds: [subnet-012abc01] }\n', 'deployment.yaml:3: vpc.eu-west-1: expected `subnetIds` and `securityGroupIds`; leave the Region out for functions outside of VPCs'],
    ['units that come before none', 'homeRegion: eu-west-1\ncanary: [ou-ab12-c3d4e5f6]\n', 'deployment.yaml:2: canary: expected `targets` beside it, found none: units that come first, before nothing'],
    ['a retention that CloudWatch does not have', 'homeRegion: eu-west-1\nlogRetentionDays: 31\n', 'deployment.yaml:2: logRetentionDays: expected one of 30, 90, 180, 365, 731, 1827, 3653, found the number `31`'],
    ['a share above all', 'homeRegion: eu-west-1\nmaxConcurrentPercentage: 101\n', 'deployment.yaml:2: maxConcurrentPercentage: expected a whole number from 1 to 100, found the number `101`'],
  ])('%s is told with its line', (_, text, message) => { expect(fault(text)).toBe(message); });

  it.each([true, false])('has a first text that can be read, alone: %s', (isSingleAccount) => {
    const text = firstSettings({ isSingleAccount });
    expect(parseSettings(text, 'deployment.yaml').targets).toEqual(isSingleAccount ? [] : ['r-0000']);
    // What is commented out can be read, too, once it is not.
    const all = text.replaceAll(/^# (?=[a-zA-Z]+:( |$))|^#(?= {3})/gm, '');
    expect(fault(all.replace(/^permissionsBoundary:.*$/m, ''))).toBe('none');
  });
});

describe('values of parameters', () => {
  const settings = parseSettings(settingsText, 'deployment.yaml');
  const templates = templatesFor(settings);
  const administration: Administration = { account: '100000000002', organization: 'o-perimeter01', definition: 'bucket' };
  const member = memberParameters(settings, administration, emptyDefinition);
  const pack = templates.organizationPack('100000000002', 'eu-west-1');
  const named = (text: string): readonly string[] => Object.keys((parse(text) as { Parameters: object }).Parameters).sort();

  it.each([
    ['bucket', templates.bucket.text, bucketParameters(administration), []],
    ['administrator', templates.administrator.text, administratorParameters(settings, administration), []],
    ['member', templates.member.text, member, []],
    ['management', templates.management.text, managementParameters('https://bucket/key', member), []],
    // Its default is what the member stack makes.
    ['organization-pack', pack.text, organizationPackParameters(settings, []), ['EvaluatorFunctionName']],
  ] as const)('%s are given for each parameter of the template, and no other', (_, text, values, left) => {
    expect([...Object.keys(values), ...left].sort()).toEqual(named(text));
  });

  it('are of a parameter of Systems Manager where there is one account', () => {
    expect(memberParameters(settings, { account: '100000000002', organization: undefined, definition: 'parameter' }, emptyDefinition)).toMatchObject({
      DefinitionParameter: '/perimeter/definition', DefinitionBucket: '', DefinitionKey: '', AdministratorAccount: '', OrganizationId: '', FindingsBusArn: '', PackMode: 'stackset',
    });
  });
});
