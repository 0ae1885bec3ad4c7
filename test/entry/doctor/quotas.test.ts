import { describe, expect, it } from 'vitest';
import { quotaChecks } from '../../../entry/doctor/member-checks/quotas.ts';
import { contextOf, memberOf } from './context.ts';

const said = async (id: string, answers: Readonly<Record<string, unknown>>, isHome = true): Promise<string[]> => {
  const check = quotaChecks.find((one) => one.id === id)!;
  return (await check.run(memberOf(answers, { isHome }), contextOf())).map(({ severity, message }) => `${severity}: ${message}`);
};
const named = (member: string, count: number, name = 'other'): Record<string, string>[] => Array.from({ length: count }, (_, i) => ({ [member]: `${name}-${i}` }));

describe('room for the pack', () => {
  it.each<[title: string, id: string, answers: Readonly<Record<string, unknown>>, expected: readonly string[]]>([
    ['rules fit', 'quota-config-rules', { DescribeConfigRules: { ConfigRules: named('ConfigRuleName', 990) } }, []],
    ['rules do not', 'quota-config-rules', { DescribeConfigRules: { ConfigRules: named('ConfigRuleName', 991) } }, ['warning: 991 of 1000 AWS Config rules are in use, and the pack makes 10, unless they stand already']],
    ['a pack fits', 'quota-conformance-packs', { DescribeConformancePacks: { ConformancePackDetails: named('ConformancePackName', 49) } }, []],
    ['a pack does not', 'quota-conformance-packs', { DescribeConformancePacks: { ConformancePackDetails: named('ConformancePackName', 50) } }, ['problem: 50 of 50 conformance packs are in use, and the pack makes 1']],
    ['a pack stands', 'quota-conformance-packs', { DescribeConformancePacks: { ConformancePackDetails: [...named('ConformancePackName', 49), { ConformancePackName: 'perimeter' }] } }, []],
    ['the organization\'s stands', 'quota-conformance-packs', { DescribeConformancePacks: { ConformancePackDetails: [...named('ConformancePackName', 49), { ConformancePackName: 'OrgConformsPack-perimeter-abcd1234' }] } }, []],
    ['documents fit', 'quota-ssm-documents', { ListDocuments: { DocumentIdentifiers: named('Name', 491) } }, []],
    ['documents do not, some of which stand', 'quota-ssm-documents', { ListDocuments: { DocumentIdentifiers: [...named('Name', 493), ...named('Name', 2, 'perimeter')] } }, ['problem: 495 of 500 Systems Manager documents are in use, and the pack makes 8, of which 2 stand already']],
    ['functions can run', 'quota-lambda-concurrency', { GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 20 } } }, []],
    ['a new account', 'quota-lambda-concurrency', { GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } } }, ['warning: 0 of 10 concurrent executions of Lambda functions are in use, and the pack should find free 20']],
    ['most is reserved', 'quota-lambda-concurrency', { GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 19 } } }, ['warning: 981 of 1000 concurrent executions of Lambda functions are in use, and the pack should find free 20']],
    ['roles fit', 'quota-iam-roles', { GetAccountSummary: { SummaryMap: { Roles: 972, RolesQuota: 1000 } } }, []],
    ['roles do not, in two Regions', 'quota-iam-roles', { GetAccountSummary: { SummaryMap: { Roles: 973, RolesQuota: 1000 } } }, ['warning: 973 of 1000 IAM roles are in use, and the pack makes 28, unless they stand already']],
  ])('%s', async (_, id, answers, expected) => { expect(await said(id, answers)).toEqual(expected); });

  it('takes no rules about IAM but in the home Region', async () => {
    const answers = { DescribeConfigRules: { ConfigRules: named('ConfigRuleName', 993) } };
    expect([await said('quota-config-rules', answers, false), (await said('quota-config-rules', answers)).length]).toEqual([[], 1]);
  });
  it('does not take a missing number for none', async () => { await expect(said('quota-iam-roles', { GetAccountSummary: { SummaryMap: {} } })).rejects.toThrow('tells no number of roles'); });
});
