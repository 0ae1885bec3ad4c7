import { describe, expect, it } from 'vitest';
import { printable } from '../../../entry/report/lines.ts';
import { textReport } from '../../../entry/report/text.ts';
import type { CheckResult } from '../../../entry/check.ts';
import { sample, sampleRules } from './sample.ts';

const whole = String.raw`                               breached undecided  excepted     sound       n/a
Identity boundary
  iam-role-external-id                1         0         0         0         4
  iam-role-trusted-principals         0         2         0         3         0
Resource boundary
  rds-instance-not-public             2         1         1        12         0

CRITICAL partner\u001b[31m iam-role-external-id
  No ExternalId is asked for.
  arn:aws:iam::111111111111:role/partner\u001b[31m (account 111111111111) at /Statement/0
  Do: Ask for one.

HIGH orders rds-instance-not-public
  It has a public address.
  arn:aws:rds:eu-west-1:111111111111:db:orders (account 111111111111, eu-west-1) at
  /publiclyAccessible
  arn:aws:rds:eu-west-1:111111111111:db:archive (account 111111111111, eu-west-1) at
  /publiclyAccessible
  Do: Modify the instance with public access turned off, after moving the clients that still connect
      from outside to a VPN or a private connection.

UNDECIDED late rds-instance-not-public
  The item has no ${'`publiclyAccessible`'}.
  arn:aws:rds:eu-west-1:111111111111:db:late (account 111111111111, eu-west-1)

UNKNOWN 2 accounts are unknown: yours? add them to ${'`accounts`'} in perimeter.yaml
  444444444444, which would settle 2 resources, such as deploy
  333333333333, which would settle deploy

EXCEPTIONS in force
  ledger (rds-instance-not-public): moves in May; data@example.com answers for it until 2026-12-31

Read 1,234 items from 1 file; 2 older than another of the same resource; 1 deletion; 3 delivered twice; 1 conflict (same resource and time, other content: the worst counts).

NOT READ: 2 problems; what is above may be incomplete
  a\u202e.json (byte 7): not JSON
  gone.json: there is no such file or folder
`;

const options = { color: false, columns: 100, rules: sampleRules };
const section = (result: Partial<CheckResult>, start: string): string | undefined => textReport({ ...sample, ...result }, options).split('\n\n').find((one) => one.startsWith(start));

describe('textReport', () => {
  it('writes the whole report', () => { expect(textReport(sample, options)).toBe(whole); });
  it('writes the same in colour', () => {
    const coloured = textReport(sample, { ...options, color: true });
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(whole);
    expect(coloured.split('\n').find((line) => line.includes('CRITICAL'))).toBe('\u001b[31mCRITICAL\u001b[39m \u001b[1mpartner\\u001b[31m\u001b[22m \u001b[2miam-role-external-id\u001b[22m');
  });
  it.each([[20, 60], [80, 80], [300, 120]])('on a terminal of %i columns keeps prose within %i', (columns, width) => {
    const prose = textReport(sample, { ...options, columns }).split('\n').filter((line) => line.startsWith('  ') && /Modify|Do:|from outside/.test(line));
    expect(prose.every((line) => line.length <= width)).toBe(true);
  });
  it('says little where there is nothing to say', () => {
    const summary = { 'rds-instance-not-public': { compliant: 1, nonCompliant: 0, undecided: 0, notApplicable: 0, excepted: 0 } };
    const input = { files: 2, items: 1, bytes: 9, superseded: 0, deleted: 0, duplicates: 0, conflicts: 0, problems: [] };
    expect(textReport({ findings: [], summary, input }, options)).toBe([
      '                               breached undecided  excepted     sound       n/a', 'Resource boundary',
      '  rds-instance-not-public             0         0         0         1         0', '', 'Read 1 item from 2 files.', '',
    ].join('\n'));
  });
  it('lists five resources of one sentence and counts the rest', () => {
    const findings = Array.from({ length: 7 }, (_, i) => ({ ...sample.findings[0]!, resourceName: `db${i}`, arn: `arn:${i}` }));
    expect(section({ findings }, 'HIGH')?.split('\n').slice(0, 8)).toEqual([
      'HIGH db0 rds-instance-not-public', '  It has a public address.',
      ...[0, 1, 2, 3, 4].map((i) => `  arn:${i} (account 111111111111, eu-west-1) at /publiclyAccessible`), '  and 2 more',
    ]);
  });
  it('lists twenty problems and counts the rest', () => {
    const input = { ...sample.input, problems: Array.from({ length: 22 }, (_, i) => ({ file: `${i}.json`, place: '', message: 'not JSON' })) };
    expect(section({ input }, 'NOT READ')?.trimEnd().split('\n').slice(-2)).toEqual(['  19.json: not JSON', '  and 2 more; --format json lists all']);
  });
});

describe('printable', () => {
  it.each([
    ['plain größe 🚀', 'plain größe 🚀'], ['\u001b[2J', '\\u001b[2J'], ['a\nb\r\tc', 'a\\u000ab\\u000d\\u0009c'],
    ['\u009b1m\u007f', '\\u009b1m\\u007f'], ['\u202etxt\u2066\u2028', '\\u202etxt\\u2066\\u2028'],
  ])('writes %j as %j', (text, wanted) => { expect(printable(text)).toBe(wanted); });
});
