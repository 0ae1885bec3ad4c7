import { describe, expect, it } from 'vitest';
import type { Exception } from '../../../core/definition.ts';
import type { Check, Context, Located } from '../../../entry/doctor/check.ts';
import { exceptions } from '../../../entry/doctor/checks/exceptions.ts';
import { homeRegion } from '../../../entry/doctor/checks/home-region.ts';
import { ownFunctions } from '../../../entry/doctor/checks/own-functions.ts';
import { remediations } from '../../../entry/doctor/checks/remediations.ts';
import { targets } from '../../../entry/doctor/checks/targets.ts';
import { accountsInScope } from '../../../entry/doctor/scope.ts';
import { definition } from '../../support/perimeter.ts';
import { contextOf, organization, settingsOf } from './context.ts';

const said = async (check: Check, more: Partial<Context>): Promise<string[]> => (await check.run(contextOf(more))).map(inWords);
const inWords = ({ severity, message, place }: Located): string => [severity, ...place === undefined ? [] : [`${place.account} ${place.region}`], message].join(': ');

const exception = (more: Partial<Exception>): Exception => ({ rule: 'lambda-in-perimeter-vpc', resource: 'arn:aws:lambda:*:*:function:legacy', owner: 'ana', reason: 'until the move', expires: '2027-08-31', ...more });
const having = (...list: readonly Exception[]): Partial<Context> => ({ definition: { ...definition, exceptions: list } });

describe('exceptions', () => {
  const named = 'the exception of lambda-in-perimeter-vpc for arn:aws:lambda:*:*:function:legacy';
  // Now is midnight of 2026-09-01.
  it.each<[expires: string, expected: readonly string[]]>([
    ['2026-08-31', [`problem: ${named} expired on 2026-08-31: the rule finds the resource again`]],
    ['2026-09-01', [`warning: ${named} expires today`]],
    ['2026-09-02', [`warning: ${named} expires in 1 day, on 2026-09-02`]],
    ['2026-10-01', [`warning: ${named} expires in 30 days, on 2026-10-01`]],
    ['2026-10-02', []],
  ])('%s', async (expires, expected) => { expect(await said(exceptions, having(exception({ expires })))).toEqual(expected); });
  it('tells whom to ask', async () => {
    expect((await exceptions.run(contextOf(having(exception({ expires: '2026-08-31' })))))[0]!.next).toEqual(['ask ana whether it is still needed (“until the move”): write a later day under `expires`, or take the exception out']);
  });
});

describe('own functions', () => {
  const all = 'perimeter-evaluator, perimeter-planner, perimeter-reevaluator, perimeter-writer';
  // The publisher is in the administrator account's home Region only.
  const namesIn = (account: string, region: string): string => account === '111111111111' && region === 'eu-west-1' ? all.replace('planner', 'planner, perimeter-publisher') : all;
  const finding = (account: string, region: string, names = namesIn(account, region)): string => `warning: ${account} ${region}: the rule lambda-in-perimeter-vpc will find the pack's own functions ${names}, which run in no VPC`;
  const everywhere = ['eu-west-1', 'us-east-1'].flatMap((region) => ['111111111111', '222222222222'].map((account) => finding(account, region)));
  const vpc = (subnet: string): Partial<Context> => ({ settings: settingsOf(`vpc: { eu-west-1: { subnetIds: [${subnet}], securityGroupIds: [sg-012abc01] }, us-east-1: { subnetIds: [${subnet}], securityGroupIds: [sg-012abc01] } }\n`) });
  const inSubnet = { ...definition, perimeter: { ...definition.perimeter, networks: { ...definition.perimeter.networks, vpcs: [], subnets: ['subnet-012abc01'] } } };
  it.each<[title: string, more: Partial<Context>, expected: readonly string[]]>([
    ['in no VPC', {}, everywhere],
    ['with an exception for all', having(exception({ resource: 'arn:aws:lambda:*:*:function:perimeter-*' })), []],
    ['with one that has expired', having(exception({ resource: 'arn:aws:lambda:*:*:function:perimeter-*', expires: '2026-08-31' })), everywhere],
    ['with an exception in one account, for some', having(exception({ resource: 'arn:aws:lambda:*:222222222222:function:perimeter-[!e]' }), exception({ resource: 'arn:aws:lambda:*:222222222222:function:perimeter-?[!v]*' }), exception({ resource: 'arn:aws:lambda:*:222222222222:function:perimeter-p*' })), ['eu-west-1', 'us-east-1'].flatMap((region) => [finding('111111111111', region), finding('222222222222', region, 'perimeter-evaluator, perimeter-reevaluator, perimeter-writer')])],
    ['left out by the rule', { definition: { ...definition, rules: { 'lambda-in-perimeter-vpc': { excludeNames: ['perimeter-*'] } } } }, []],
    ['without the tag that the rule looks for', { definition: { ...definition, rules: { 'lambda-in-perimeter-vpc': { includeTag: 'data=yes' } } } }, []],
    ['where the rule is off', { definition: { ...definition, off: ['lambda-in-perimeter-vpc'] } }, []],
    ['in subnets of the perimeter', { ...vpc('subnet-012abc01'), definition: inSubnet }, []],
    ['in subnets whose VPC nobody knows', vpc('subnet-012abc01'), []],
  ])('%s', async (_, more, expected) => { expect(await said(ownFunctions, more)).toEqual(expected); });
  it('in other subnets', async () => {
    expect(await said(ownFunctions, { ...vpc('subnet-0ffffff1'), definition: inSubnet, accounts: () => Promise.reject(new Error('denied')) }))
      .toEqual(['eu-west-1', 'us-east-1'].map((region) => `warning: 111111111111 ${region}: the rule lambda-in-perimeter-vpc will find the pack's own functions ${namesIn('111111111111', region)}: the subnets of \`vpc\` are outside the networks of the perimeter`));
  });
  it('names an exception that mends it', async () => {
    const next = (await ownFunctions.run(contextOf()))[0]!.next[1]!;
    const [, resource = '', expires = ''] = /resource: "([^"]+)".*expires: ([\d-]+)/.exec(next) ?? [];
    expect({ resource, expires, left: await said(ownFunctions, having(exception({ resource, expires }))) }).toEqual({ resource: 'arn:aws:lambda:*:*:function:perimeter-*', expires: '2027-09-01', left: [] });
  });
});

describe('remediations', () => {
  const automatic = { settings: settingsOf('remediations: { make-rds-instance-private: automatic }\n') };
  const tagged = { ...definition, perimeter: { ...definition.perimeter, exclusionTags: { principal: {}, resource: { 'dp:exclude': 'true' } } } };
  it.each<[title: string, more: Partial<Context>, expected: readonly string[]]>([
    ['none', {}, []],
    ['automatic, without an exclusion tag', automatic, ['warning: make-rds-instance-private starts automatically, and the definition has no exclusion tag by which an owner could keep a resource out']],
    ['automatic, with one', { ...automatic, definition: tagged }, []],
    ['manual', { settings: settingsOf('remediations: { make-rds-instance-private: manual }\n') }, []],
    ['applied at once', { settings: settingsOf('plannedRemediationMode: Apply\n') }, ['note: `plannedRemediationMode: Apply`: plans that need no approval are applied as soon as somebody starts their remediation in AWS Config']],
  ])('%s', async (_, more, expected) => { expect(await said(remediations, more)).toEqual(expected); });
});

describe('the home Region', () => {
  const spain = { ...settingsOf(''), homeRegion: 'eu-south-2' };
  const iamRules = ['iam-role-external-id', 'iam-role-single-service', 'iam-role-trusted-principals'];
  it.each<[title: string, more: Partial<Context>, expected: readonly string[]]>([
    ['an older one', {}, []],
    ['one that cannot record IAM', { settings: spain }, ['problem: AWS Config cannot record IAM in eu-south-2, so the rules about roles never judge anything']],
    ['the same without rules about IAM', { settings: spain, definition: { ...definition, off: iamRules } }, []],
  ])('%s', async (_, more, expected) => { expect(await said(homeRegion, more)).toEqual(expected); });
});

describe('targets', () => {
  const management = 'note: StackSets do not reach the management account 100000000001';
  it.each<[title: string, settings: string, expected: readonly string[]]>([
    ['a unit', 'targets: [ou-ab12-c3d4e5f6]\n', []],
    ['the root, with the management account in it', 'targets: [r-ab12]\n', [management]],
    ['the root without the management account', 'targets: [r-ab12]\nexcludeAccounts: ["100000000001"]\n', []],
    ['none', '', ['problem: the settings name no `targets`, so no account gets the pack']],
    ['a unit that is not there', 'targets: [ou-ab12-ffffffff]\n', ['problem: there is no active account below `ou-ab12-ffffffff`, which the settings name']],
    ['an account that is not there', 'targets: [ou-ab12-c3d4e5f6]\nexcludeAccounts: ["999999999999"]\n', ['note: `excludeAccounts` lists 999999999999, which is no active account of the organization']],
    ['an organization pack, which goes everywhere', 'pack: organization-pack\n', [management]],
  ])('%s', async (_, settings, expected) => { expect(await said(targets, { settings: settingsOf(settings) })).toEqual(expected); });
  it('are the accounts below the units', () => {
    const of = (settings: string): readonly string[] => accountsInScope(organization, settingsOf(settings));
    expect([of('targets: [ou-ab12-c3d4e5f6]\nexcludeAccounts: ["222222222222"]\n'), of('targets: [r-ab12]\n'), of('')]).toEqual([['111111111111'], ['100000000001', '111111111111', '222222222222'], []]);
  });
});
