import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { Result } from '../../../entry/check.ts';
import type { Fix } from '../../../entry/plan.ts';
import { NotWritten, policyFiles, writePolicies } from '../../../entry/plan/files.ts';
import { remediations } from '../../../remediations/index.ts';

function fixOf(found: Partial<Result>, remediation = 'confine-iam-role-trust', member = 'assumeRolePolicyDocument'): Fix {
  const result: Result = {
    rule: 'a-rule', accountId: '111111111111', region: 'global', resourceType: 'AWS::IAM::Role', resourceId: 'AROA1', resourceName: 'x', arn: '', captureTime: '',
    verdict: { kind: 'not-applicable', because: '' }, ...found,
  };
  return {
    remediation: remediations.find(({ id }) => id === remediation)!, findings: [result], planSha256: 'ab',
    plan: { outcome: 'apply', steps: ['x'], before: { [member]: { Statement: [] } }, after: { [member]: { Statement: [1] } }, calls: [{ service: 'iam', api: 'X', input: {} }], approval: [], risks: [] },
  };
}
const refused: Fix = { ...fixOf({}), plan: { outcome: 'refuse', because: 'x', next: 'y' }, planSha256: undefined };

test.each<[string, readonly Fix[], readonly string[]]>([
  ['by name', [fixOf({ resourceName: 'break-glass' })], ['111111111111-global-break-glass']],
  ['by id where there is no name', [fixOf({ resourceName: undefined, resourceId: 'vpce-1', region: 'eu-west-1' }, 'confine-vpc-endpoint-policy', 'policyDocument')], ['111111111111-eu-west-1-vpce-1']],
  ['a name that leads elsewhere', [fixOf({ resourceName: '../../etc/passwd' })], ['111111111111-global-.._.._etc_passwd']],
  ['a very long name', [fixOf({ resourceName: 'x'.repeat(300) })], [`111111111111-global-${'x'.repeat(100)}`]],
  ['names that are one to a file system without case', [fixOf({ resourceName: 'Deploy' }), fixOf({ resourceName: 'deploy' }), fixOf({ resourceName: 'dePloy' })], ['111111111111-global-Deploy', '111111111111-global-deploy-2', '111111111111-global-dePloy-3']],
  ['no file for what is no policy', [fixOf({}, 'make-rds-instance-private', 'publiclyAccessible'), fixOf({}, 'attach-lambda-to-vpc', 'vpcConfig')], []],
  ['no file for what is refused', [refused], []],
])('%s', (_, fixes, stems) => { expect(policyFiles({ fixes }).map(({ name }) => name)).toEqual(stems.flatMap((stem) => [`${stem}.before.json`, `${stem}.after.json`])); });

describe('writePolicies', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'perimeter-test-')); });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });
  const files = policyFiles({ fixes: [fixOf({ resourceName: 'a' }), fixOf({ resourceName: 'b' })] });
  const attempt = (force: boolean): string => {
    try { writePolicies(files, join(folder, 'out'), force); } catch (error) {
      if (error instanceof NotWritten) return error.message.replaceAll(folder, '~');
      throw error;
    }
    return 'written';
  };

  it('writes them as JSON for people', () => {
    expect(attempt(false)).toBe('written');
    expect(readFileSync(join(folder, 'out', '111111111111-global-a.after.json'), 'utf8')).toBe('{\n  "Statement": [\n    1\n  ]\n}\n');
  });
  it('writes none where one is there, unless forced', () => {
    attempt(false);
    const [first, second] = files.map(({ name }) => join(folder, 'out', name));
    writeFileSync(second!, 'mine');
    rmSync(first!);
    expect(attempt(false)).toBe('`~/out/111111111111-global-a.after.json` and 2 more are there already: pass --force to replace files, or another folder');
    expect([readdirSync(join(folder, 'out')).length, readFileSync(second!, 'utf8')]).toEqual([3, 'mine']);
    expect([attempt(true), readdirSync(join(folder, 'out')).length]).toEqual(['written', 4]);
  });
  it('says where it cannot write', () => {
    writeFileSync(join(folder, 'out'), '');
    expect(attempt(true)).toMatch(/^cannot write to `~\/out`: EEXIST/);
  });
});
