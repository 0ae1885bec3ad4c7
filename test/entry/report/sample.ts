import type { CheckResult, Result } from '../../../entry/check.ts';
import { iamRoleExternalId } from '../../../rules/iam-role-external-id.ts';
import { iamRoleTrustedPrincipals } from '../../../rules/iam-role-trusted-principals.ts';
import { rdsInstanceNotPublic } from '../../../rules/rds-instance-not-public.ts';

export const sampleRules = [iamRoleExternalId, iamRoleTrustedPrincipals, rdsInstanceNotPublic];

const database = (name: string, more: Pick<Result, 'verdict'>): Result => ({
  rule: 'rds-instance-not-public', accountId: '111111111111', region: 'eu-west-1', resourceType: 'AWS::RDS::DBInstance', resourceId: `db-${name}`, resourceName: name,
  arn: `arn:aws:rds:eu-west-1:111111111111:db:${name}`, captureTime: '2026-08-31T10:15:00.000Z', ...more,
});
const role = (rule: string, name: string, more: Pick<Result, 'verdict'>): Result => ({
  rule, accountId: '111111111111', region: 'global', resourceType: 'AWS::IAM::Role', resourceId: `AROA${name}`, resourceName: name,
  arn: `arn:aws:iam::111111111111:role/${name}`, captureTime: '2026-08-31T10:15:00.000Z', ...more,
});
const open = { kind: 'non-compliant', notes: [], findings: [{ at: '/publiclyAccessible', message: 'it has a public address', severity: 'high' }] } as const;
const unknown = (...ids: string[]): Result['verdict'] => ({ kind: 'undecided', because: 'the owner of an account is unknown', unknowns: ids.map((id) => ({ kind: 'account', id })) });

/** One of everything that a report holds. */
export const sample: CheckResult = {
  findings: [
    database('orders', { verdict: open }),
    database('ledger', { verdict: { kind: 'compliant', notes: [], excepted: { owner: 'data@example.com', reason: 'moves in May', expires: '2026-12-31' } } }),
    database('late', { verdict: { kind: 'undecided', because: 'the item has no `publiclyAccessible`', unknowns: [] } }),
    role('iam-role-trusted-principals', 'deploy', { verdict: unknown('333333333333', '444444444444') }),
    role('iam-role-trusted-principals', 'audit', { verdict: unknown('444444444444') }),
    role('iam-role-external-id', 'partner\u001b[31m', { verdict: { kind: 'non-compliant', notes: [], findings: [{ at: '/Statement/0', message: 'no ExternalId is asked for', severity: 'critical', fix: 'Ask for one' }] } }),
    database('archive', { verdict: open }),
  ],
  summary: {
    'iam-role-external-id': { compliant: 0, nonCompliant: 1, undecided: 0, notApplicable: 4, excepted: 0 },
    'iam-role-trusted-principals': { compliant: 3, nonCompliant: 0, undecided: 2, notApplicable: 0, excepted: 0 },
    'rds-instance-not-public': { compliant: 12, nonCompliant: 2, undecided: 1, notApplicable: 0, excepted: 1 },
  },
  input: {
    files: 1, items: 1234, bytes: 99, superseded: 2, deleted: 1, duplicates: 3, conflicts: 1,
    problems: [{ file: 'a\u202e.json', place: 'byte 7', message: 'not JSON' }, { file: 'gone.json', place: '', message: 'there is no such file or folder' }],
  },
};
