import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../../entry/cli.ts';
import { checkIds } from '../../../entry/doctor/checks/index.ts';
import { startOrganization, type Organization, type OrganizationOptions, type Policy } from '../../support/organization/index.ts';
import { now } from '../../support/perimeter.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perimeter-doctor-'));
  writeFileSync(join(folder, 'perimeter.yaml'), 'organizations: [o-perimeter01]\naccounts: organization\nexceptions:\n  - { rule: lambda-in-perimeter-vpc, resource: "arn:aws:lambda:*:*:function:perimeter-*", owner: ana, reason: the pack itself, expires: "2027-08-31" }\n');
  writeFileSync(join(folder, 'expired.yaml'), 'organizations: [o-perimeter01]\nrules: { lambda-in-perimeter-vpc: off }\nexceptions:\n  - { rule: lambda-in-perimeter-vpc, resource: "arn:aws:lambda:*:*:function:old", owner: ana, reason: old, expires: "2026-08-31" }\n');
  writeFileSync(join(folder, 'deployment.yaml'), 'homeRegion: eu-west-1\nregions: [eu-west-1, us-east-1]\ntargets: [r-perm]\n');
  writeFileSync(join(folder, 'home.yaml'), 'homeRegion: eu-west-1\ntargets: [r-perm]\n');
  writeFileSync(join(folder, 'pack.yaml'), 'homeRegion: eu-west-1\npack: organization-pack\nexcludeAccounts: ["100000000001"]\n');
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

let organization: Organization | undefined;
afterEach(async () => { vi.unstubAllEnvs(); await organization?.close(); organization = undefined; });

const ROLE = 'OrganizationAccountAccessRole';
/** An organization into whose members the management account can look. */
async function start(options: OrganizationOptions = {}): Promise<Organization> {
  organization = await startOrganization({ accounts: 8, roles: [ROLE], ...options });
  as(organization, organization.state.management);
  return organization;
}
function as({ env }: Organization, account?: string): void {
  for (const [name, value] of Object.entries({ ...env(account), AWS_MAX_ATTEMPTS: '1' })) vi.stubEnv(name, value);
}

interface Told { readonly check: string; readonly severity: string; readonly message: string; readonly next: readonly string[]; readonly details?: readonly string[]; readonly places: readonly { readonly account: string; readonly regions: readonly string[] }[] }
interface Report { readonly code: number | undefined; readonly err: string; readonly text: string; readonly findings: readonly Told[]; readonly lookedInto: { readonly places: number; readonly of: number }; readonly accounts: number | null }

async function doctor(...words: readonly string[]): Promise<Report> {
  let [code, out, err]: [number | undefined, string, string] = [undefined, '', ''];
  const given = (name: string, file: string): readonly string[] => words.includes(name) ? [] : [name, join(folder, file)];
  await run(['doctor', ...given('--perimeter', 'perimeter.yaml'), ...given('--settings', 'deployment.yaml'), ...words.map((word) => word.replace(/^~/, `${folder}/`))], {
    out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: false, color: false, columns: 200, now: () => now, setExitCode: (status) => { code = status; },
  });
  const report = words.includes('--json') ? JSON.parse(out) as Pick<Report, 'findings' | 'lookedInto' | 'accounts'> : { findings: [], lookedInto: { places: 0, of: 0 }, accounts: null };
  return { code, err: err.replaceAll(folder, '~'), text: out, ...report };
}
const looking = ['--member-role', ROLE, '--json'];
const heads = ({ findings }: Report): string[] => findings.map(({ check, severity, message, places }) => `${severity} ${check}: ${message}${places.length === 0 ? '' : ` [${places.map(({ account, regions }) => `${account.replace(/^1000+/, '')}${regions.length === 1 ? `/${regions[0]}` : ''}`).join(' ')}]`}`);

describe('an organization in order', () => {
  it('has nothing to do', async () => {
    const { violations, calls } = await start();
    const { code, text, err } = await doctor('--member-role', ROLE);
    // IAM is asked once for each account, whatever the Regions.
    expect({ code, text, err, violations, iam: calls.filter(({ service }) => service === 'iam').length }).toEqual({ iam: 8, code: 0, text: '0 problems, 0 warnings, 0 not known, 0 notes.\n20 checks; 8 accounts in 2 Regions.\n', err: '', violations: [] });
  });
  it('is looked into from the administrator account after the deployment', async () => {
    const { state, calls } = await start({ roles: [] });
    as(organization!);
    // The administrator looks at its own account as itself.
    const { findings } = await doctor('--only', 'recorder', '--json');
    expect(findings.map(({ check, places }) => [check, places.map(({ account }) => account)])).toEqual([['members', state.accounts.map(({ id }) => id).filter((id) => id !== state.administrator)]]);
    expect(calls.filter(({ operation }) => operation === 'AssumeRole').map(({ input }) => String(input['RoleArn'])).filter((arn) => arn.includes('::100000000003:'))).toEqual(['eu-west-1', 'us-east-1'].map((region) => `arn:aws:iam::100000000003:role/perimeter-status-${region}`));
  });
});

describe('recorders', () => {
  it('are told by account and Region, equal ones as one', async () => {
    await start({ recorders: {
      '100000000003': 'none', '100000000004': 'none', '100000000005/us-east-1': 'off', '100000000006': { all: true, global: false }, '100000000007': 'no-channel',
      '100000000008': { except: ['AWS::EC2::VPCEndpoint'] },
    } });
    const endpoints = 'vpc-endpoint-trusted-principals, vpc-endpoint-trusted-resources never judge anything';
    expect(heads(await doctor(...looking))).toEqual([
      'problem recorder: AWS Config has no recorder, so no rule runs, and an organization conformance pack fails as a whole [3 4]',
      'problem recorder: the recorder is off, so no rule runs on changes [5/us-east-1]',
      'problem recorded-types: the recorder leaves out AWS::IAM::Role in the home Region: iam-role-external-id, iam-role-single-service, iam-role-trusted-principals never judge anything [6/eu-west-1]',
      'problem delivery-channel: AWS Config has no delivery channel, without which its recorder does not start [7]',
      `problem recorded-types: the recorder leaves out AWS::EC2::VPCEndpoint: ${endpoints} [8]`,
    ]);
  });
  it('that fail say why', async () => {
    await start({ recorders: { '100000000003/eu-west-1': 'failing' } });
    expect(heads(await doctor(...looking))).toEqual(['problem recorder: the recorder fails: AccessDenied: Insufficient delivery policy to s3 bucket [3/eu-west-1]']);
  });
});

describe('300 accounts', () => {
  it('are looked into, and named as far as there is room', async () => {
    const recorders = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [String(100_000_000_101 + i), 'off' as const]));
    const { violations } = await start({ accounts: 300, recorders });
    const { code, text } = await doctor('--member-role', ROLE, '--only', 'recorder', '--settings', '~home.yaml');
    expect({ code, violations, lines: text.split('\n').slice(0, 6) }).toEqual({ code: 1, violations: [], lines: [
      'PROBLEMS', '', '  The recorder is off, so no rule runs on changes.',
      '    in 12 accounts: 100000000101, 100000000102, 100000000103, 100000000104, 100000000105, 100000000106 and 6 more',
      '    Do: aws configservice start-configuration-recorder --configuration-recorder-name default --region REGION', '    (recorder)',
    ] });
  });
  it('are judged once for each path, and those that a policy names by themselves', async () => {
    const { violations, calls } = await start({ accounts: 300, policies: [scp('NoLambda', 'ou-perm-workloads', { Sid: 'OnlyAdmins', Effect: 'Deny', Action: 'lambda:UpdateFunctionConfiguration', Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/admin', 'arn:aws:iam::100000000003:role/perimeter-*'] } } })] });
    const { findings } = await doctor(...looking, '--only', 'service-control-policies');
    const [found] = findings;
    expect({ violations, count: findings.length, accounts: found!.places.length, spared: found!.places.some(({ account }) => account === '100000000003'), details: found!.details })
      .toEqual({ violations: [], count: 1, accounts: accountsIn(organization!, 'ou-perm-production', 'ou-perm-staging0') - 1, spared: false, details: ['perimeter-attach-lambda-to-vpc: lambda:UpdateFunctionConfiguration'] });
    // By policy, not by account.
    expect(calls.filter(({ operation }) => operation === 'ListPoliciesForTarget')).toEqual([]);
  });
});
const accountsIn = ({ state }: Organization, ...units: readonly string[]): number => state.accounts.filter(({ parent }) => units.includes(parent)).length;
const scp = (name: string, target: string, ...Statement: readonly object[]): Policy => ({ name, type: 'SERVICE_CONTROL_POLICY', targets: [target], content: { Version: '2012-10-17', Statement } });

describe('places', () => {
  it.each<[title: string, recorders: NonNullable<OrganizationOptions['recorders']>, expected: string]>([
    ['all Regions of an account', { '100000000003': 'off' }, 'in 1 account: 100000000003'],
    ['one Region, the same in all', { '100000000003/us-east-1': 'off', '100000000004/us-east-1': 'off' }, 'in us-east-1 of 2 accounts: 100000000003, 100000000004'],
    ['different Regions', { '100000000003/us-east-1': 'off', '100000000004': 'off' }, 'in 2 accounts: 100000000003 (us-east-1), 100000000004'],
  ])('%s', async (_, recorders, expected) => {
    await start({ accounts: 4, recorders });
    expect((await doctor('--member-role', ROLE, '--only', 'recorder')).text.split('\n')[3]!.trim()).toBe(expected);
  });
});

describe('policies of the organization', () => {
  it('are told with statement, action and what exempts the pack', async () => {
    await start({ policies: [
      scp('NotOurs', 'ou-perm-sandbox0', { Sid: 'Reading', Effect: 'Deny', NotAction: ['iam:*', 'sts:*', 'lambda:*', 'logs:*', 'dynamodb:*', 'config:*', 'events:*', 'cloudwatch:*', 's3:*', 'ssm:*', 'ec2:*', 'redshift*:*'], Resource: '*' }),
      scp('Regions', 'ou-perm-infrastructure', { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
      scp('Tagged', 'ou-perm-staging0', { Sid: 'Core', Effect: 'Deny', Action: 'ec2:ModifyVpcEndpoint', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/Owner': 'core' } } }),
      { name: 'Sts', type: 'RESOURCE_CONTROL_POLICY', targets: ['ou-perm-production'], content: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-perimeter01' } } },
        // EC2 is none of the services that RCPs bind.
        { Effect: 'Deny', Principal: '*', Action: 'ec2:*', Resource: '*' }] } },
    ] });
    const report = await doctor(...looking, '--only', 'service-control-policies', '--only', 'resource-control-policies');
    const told = Object.fromEntries(report.findings.map(({ message, ...rest }) => [/`(\w+)`/.exec(message)?.[1] ?? '', { message: message.replace(/p-\w+/, 'p-ID'), ...rest }]));
    expect([report.findings.length, ...Object.keys(told).sort()]).toEqual([4, 'NotOurs', 'Regions', 'Sts', 'Tagged']);
    expect(told['NotOurs']).toMatchObject({ severity: 'problem', message: 'SCP `NotOurs` (p-ID) on ou-perm-sandbox0, statement `Reading` (/Statement/0) denies rds:DescribeDBInstances, rds:ModifyDBInstance to perimeter-make-rds-instance-private' });
    expect(told['Regions']).toMatchObject({ severity: 'problem', places: [{ account: '100000000005', regions: ['us-east-1'] }], next: [
      '"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/perimeter-*","arn:aws:iam::*:role/stacksets-exec-*"]}', 'pack-protection-scp', 'take it out of `regions`',
    ].map((part) => expect.stringContaining(part) as unknown) });
    expect(told['Tagged']).toMatchObject({ severity: 'unknown', message: 'SCP `Tagged` (p-ID) on ou-perm-staging0, statement `Core` (/Statement/0) may deny ec2:ModifyVpcEndpoint to perimeter-confine-vpc-endpoint-policy, perimeter-roll-back-vpc-endpoint-policy, perimeter-writer: that depends on aws:ResourceTag/Owner, which only the request tells' });
    expect(told['Sts']).toMatchObject({ severity: 'problem', message: 'RCP `Sts` (p-ID) on ou-perm-production, statement /Statement/0 denies sts:AssumeRole to events.amazonaws.com, lambda.amazonaws.com, ssm.amazonaws.com', next: ['add to the `Condition` of that statement: "BoolIfExists":{"aws:PrincipalIsAWSService":"false"}'] });
  });
  it('do not bind the management account', async () => {
    await start({ policies: [scp('All', 'r-perm', { Effect: 'Deny', Action: 'ec2:*', Resource: '*' })] });
    const { findings } = await doctor(...looking, '--only', 'service-control-policies');
    expect(findings.map(({ places }) => places.map(({ account }) => account.slice(-1)).join(''))).toEqual(['2345678']);
  });
});

describe('trust and delegation', () => {
  const member = 'member.org.stacksets.cloudformation.amazonaws.com';
  const [config, setup] = ['config.amazonaws.com', 'config-multiaccountsetup.amazonaws.com'];
  const only = ['--only', 'trusted-access', '--only', 'delegated-administrator', '--json'];
  it.each<[title: string, options: OrganizationOptions, words: readonly string[], expected: readonly string[]]>([
    ['nothing is trusted', { serviceAccess: [], delegated: [member] }, [], [
      'in the management account: aws cloudformation activate-organizations-access --region eu-west-1', `in the management account: aws organizations enable-aws-service-access --service-principal ${config}`,
      `in the management account: aws organizations register-delegated-administrator --account-id 100000000002 --service-principal ${config}`,
    ]],
    ['CloudFormation was not activated', { stackSetsAccess: false }, [], ['in the management account: aws cloudformation activate-organizations-access --region eu-west-1']],
    ['an organization pack needs one more', { serviceAccess: [member, config], delegated: [member, config] }, ['--settings', '~pack.yaml'], [
      `in the management account: aws organizations enable-aws-service-access --service-principal ${setup}`, `in the management account: aws organizations register-delegated-administrator --account-id 100000000002 --service-principal ${setup}`,
    ]],
    ['which accounts\' own stacks do not', { serviceAccess: [member, config], delegated: [member, config] }, [], []],
  ])('%s', async (_, options, words, expected) => {
    const { violations } = await start(options);
    as(organization!);
    const { findings } = await doctor(...only, ...words);
    expect({ next: findings.flatMap(({ next }) => next), severities: [...new Set(findings.map(({ severity }) => severity))], violations }).toEqual({ next: expected, severities: expected.length === 0 ? [] : ['problem'], violations: [] });
  });
  it('the management account needs no delegation', async () => {
    await start({ delegated: [] });
    expect((await doctor('--only', 'delegated-administrator', '--json')).findings).toEqual([]);
  });
});

describe('a denial of one call', () => {
  const ofOrganization = ['organizations:DescribeOrganization', 'organizations:ListRoots', 'organizations:ListOrganizationalUnitsForParent', 'organizations:ListAccountsForParent'];
  const ofChecks = [
    'organizations:ListAWSServiceAccessForOrganization', 'organizations:ListPolicies', 'organizations:ListTargetsForPolicy', 'organizations:DescribePolicy', 'cloudformation:DescribeOrganizationsAccess',
    'servicequotas:ListServiceQuotas', 'config:DescribeConfigurationRecorderStatus', 'config:DescribeDeliveryChannels', 'config:DescribeConfigRules', 'config:DescribeConformancePacks', 'iam:GetAccountSummary',
    'lambda:GetAccountSettings', 'ssm:ListDocuments',
  ];
  const off = { '100000000003/us-east-1': 'none' } as const;
  it.each(ofChecks)('%s names it, and the others are still told', async (action) => {
    await start({ accounts: 3, recorders: off, faults: { deny: [action] } });
    const { code, findings } = await doctor(...looking);
    const [unknown, others] = [findings.filter(({ severity }) => severity === 'unknown'), findings.filter(({ severity }) => severity !== 'unknown')];
    expect({ code, told: unknown.length > 0 && unknown.every(({ message, next }) => `${message} ${next.join(' ')}`.includes(action) && next.length > 0), others: others.map(({ check }) => check) }).toEqual({ code: 1, told: true, others: ['recorder'] });
  });
  it('config:DescribeConfigurationRecorders leaves unknown what depends on it', async () => {
    await start({ accounts: 3, recorders: off, faults: { deny: ['config:DescribeConfigurationRecorders'] } });
    const { findings } = await doctor(...looking);
    expect(findings.map(({ check, severity, places }) => `${severity} ${check} ${places.length}`)).toEqual(['unknown recorder 1', 'unknown recorder 2']);
    expect(findings[0]!.message).toMatch(/^the checks `recorder`, `recorded-types`, `recording-frequency`, `delivery-channel` could not be done: config:DescribeConfigurationRecorders is denied to /);
  });
  it('organizations:ListDelegatedServicesForAccount', async () => {
    await start({ faults: { deny: ['organizations:ListDelegatedServicesForAccount'] } });
    as(organization!);
    expect((await doctor('--only', 'delegated-administrator', '--json')).findings.map(({ severity, message }) => [severity, message.includes('organizations:ListDelegatedServicesForAccount is denied')])).toEqual([['unknown', true]]);
  });
  it.each(ofOrganization)('%s leaves the accounts unknown, told once, and the definition is still looked at', async (action) => {
    await start({ recorders: off, faults: { deny: [action] } });
    const { code, findings, accounts } = await doctor(...looking, '--perimeter', '~expired.yaml');
    expect({ code, accounts, findings: findings.map(({ check, severity, message }) => [check, severity, message.includes(action)]) })
      .toEqual({ code: 1, accounts: null, findings: [['members', 'unknown', true], ['trusted-access', 'unknown', true], ['exceptions', 'problem', false]] });
  });
  it('sts:AssumeRole into one account counts it apart', async () => {
    await start({ accounts: 4, faults: { deny: [] } });
    organization!.closeAccount('100000000004');
    as(organization!);
    const { text, code } = await doctor('--only', 'recorder');
    expect({ code, summary: text.split('\n').slice(-3) }).toEqual({ code: 1, summary: ['0 problems, 0 warnings, 1 not known, 0 notes.', '1 check; 3 accounts in 2 Regions; 4 of 6 accounts and Regions could not be looked into.', ''] });
  });
});

describe('what cannot run', () => {
  it.each<[title: string, words: readonly string[], err: string]>([
    ['an unknown check', ['--only', 'weather'], `perimeter doctor: unknown check \`weather\`; known: ${checkIds.join(', ')}\n`],
    ['no definition', ['--perimeter', '~none.yaml'], 'perimeter: there is no definition `~/none.yaml`; `perimeter init` writes a first one\n'],
  ])('%s', async (_, words, err) => {
    const said = await doctor(...words);
    expect({ code: said.code, err: said.err, text: said.text }).toEqual({ code: 2, err, text: '' });
  });
  it('without credentials that hold', async () => {
    await start();
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA0000999999999999');
    const said = await doctor();
    expect({ code: said.code, text: said.text, says: said.err.includes('there are no valid credentials') }).toEqual({ code: 2, text: '', says: true });
  });
});

it('in a single account asks nothing of an organization', async () => {
  const { calls, violations } = await start({ organization: false });
  const { code, text } = await doctor('--single-account');
  expect({ code, text, violations, asked: calls.filter(({ service }) => service === 'organizations') }).toEqual({ code: 0, text: '0 problems, 0 warnings, 0 not known, 0 notes.\n13 checks; 1 account in 2 Regions.\n', violations: [], asked: [] });
});
