import { describe, expect, it } from 'vitest';
import { jsonlReport, jsonReport } from '../../../entry/report/json.ts';
import { sample } from './sample.ts';

const database = (name: string): object => ({
  rule: 'rds-instance-not-public', accountId: '111111111111', region: 'eu-west-1', resourceType: 'AWS::RDS::DBInstance', resourceId: `db-${name}`, resourceName: name,
  arn: `arn:aws:rds:eu-west-1:111111111111:db:${name}`, captureTime: '2026-08-31T10:15:00.000Z',
});
const role = (rule: string, name: string): object => ({
  rule, accountId: '111111111111', region: 'global', resourceType: 'AWS::IAM::Role', resourceId: `AROA${name}`, resourceName: name,
  arn: `arn:aws:iam::111111111111:role/${name}`, captureTime: '2026-08-31T10:15:00.000Z',
});
const account = (id: string): object => ({ kind: 'account', id });
const findings = [{ at: '/publiclyAccessible', message: 'it has a public address', severity: 'high' }];
const because = 'the owner of an account is unknown';

/** By rule, account and ARN. */
const results = [
  { ...role('iam-role-external-id', 'partner\u001b[31m'), kind: 'non-compliant', findings: [{ at: '/Statement/0', message: 'no ExternalId is asked for', severity: 'critical', fix: 'Ask for one' }] },
  { ...role('iam-role-trusted-principals', 'audit'), kind: 'undecided', because, unknowns: [account('444444444444')] },
  { ...role('iam-role-trusted-principals', 'deploy'), kind: 'undecided', because, unknowns: [account('333333333333'), account('444444444444')] },
  { ...database('archive'), kind: 'non-compliant', findings },
  { ...database('late'), kind: 'undecided', because: 'the item has no `publiclyAccessible`', unknowns: [] },
  { ...database('ledger'), kind: 'compliant', excepted: { owner: 'data@example.com', reason: 'moves in May', expires: '2026-12-31' } },
  { ...database('orders'), kind: 'non-compliant', findings },
];
const unknowns = [{ kind: 'account', id: '444444444444', resources: 2 }, { kind: 'account', id: '333333333333', resources: 1 }];
const { summary, input } = sample;

describe('jsonReport', () => {
  it('holds the summary, the results in order, the unknown owners and what was read', () => {
    const text = jsonReport(sample);
    expect(JSON.parse(text)).toEqual({ version: 1, summary, results, unknowns, input });
    expect(text).toMatch(/^\{\n {2}"version": 1,[^]*\n\}\n$/);
    expect(text).not.toContain('\u001b');
  });
});

describe('jsonlReport', () => {
  it('holds a result a line, then the summary', () => {
    const lines = jsonlReport(sample).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([...results, { version: 1, summary, unknowns, input }]);
  });
  it('is the summary alone where all is well', () => {
    expect(jsonlReport({ ...sample, findings: [] })).toBe(`${JSON.stringify({ version: 1, summary, unknowns: [], input })}\n`);
  });
});
