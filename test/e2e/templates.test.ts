import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { conformancePack } from '../../deployment/conformance-pack.ts';
import { memberStackCompact, type MemberCode } from '../../deployment/member-stack.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';

/** What the command `cfn-lint` runs. */
const lint = 'import sys; from cfnlint.runner import main; sys.exit(main())';
const templates = ['conformance-pack.yaml', ...readdirSync('deployment/templates').map((file) => `deployment/templates/${file}`)];
/** One Region of each partition. */
const regions = { aws: 'eu-west-1', 'aws-us-gov': 'us-gov-west-1', 'aws-cn': 'cn-north-1' };

function lintOf(template: string, more: readonly string[] = []): object {
  const { status, stdout, stderr } = spawnSync(inject('parts').python, ['-c', lint, '--include-checks', 'I', '--format', 'parseable', ...more, '--', template], { encoding: 'utf8' });
  return { status, stdout: stdout.trim(), stderr };
}
const nothing = { status: 0, stdout: '', stderr: '' };

// E1029 takes what the pack in another template fills in itself for a forgotten `Fn::Sub`.
test.each(templates)('cfn-lint has nothing to say about %s', (template) => { expect(lintOf(template, template.includes('organization-pack') ? ['--ignore-checks', 'E1029'] : [])).toEqual(nothing); });
test.each(Object.values(regions))('cfn-lint knows all that the member stack makes in %s', (region) => { expect(lintOf('deployment/templates/member.yaml', ['--regions', region])).toEqual(nothing); });
// With remediations it knows their type in some Regions only, and that may be so.
test.each(Object.entries(regions))('cfn-lint knows all that the pack makes in the partition %s while no remediation is switched on', (partition, region) => {
  const folder = mkdtempSync(join(tmpdir(), 'perimeter-pack-'));
  try {
    const file = join(folder, 'pack.yaml');
    writeFileSync(file, conformancePack(rules, remediations, { partition, account: '111122223333', region }, { remediates: false }));
    // Parameters of what was left out.
    expect(lintOf(file, ['--regions', region, '--ignore-checks', 'W2001'])).toEqual(nothing);
  } finally { rmSync(folder, { recursive: true }); }
});

/** The functions as they are built, and the runbooks. */
const code = (): MemberCode => Object.fromEntries(['evaluator', 'planner', 'writer', 'reevaluator'].map((name) => [name, readFileSync(`dist/${name}/index.js`, 'utf8')])) as MemberCode;
const documents = Object.fromEntries(readdirSync('ssm-documents').map((file) => [file.replace(/\.yaml$/, ''), readFileSync(`ssm-documents/${file}`, 'utf8')]));

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html: a template in a bucket has at most 1,048,576 bytes, of which a twentieth is kept free.
test('the member stack with all code in it is well below what CloudFormation takes', () => {
  expect(Buffer.byteLength(memberStackCompact(rules, remediations, documents, code()))).toBeLessThan(985_000);
});
test('cfn-lint has nothing to say about the member stack with all code in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perimeter-member-'));
  try {
    const file = join(folder, 'member.json');
    writeFileSync(file, memberStackCompact(rules, remediations, documents, code()));
    // E1029 takes what the planner's code holds in `${…}` for a forgotten `Fn::Sub`; I1002 tells of a template's size, which the test above holds to a limit.
    expect(lintOf(file, ['--ignore-checks', 'E1029', 'I1002'])).toEqual(nothing);
  } finally { rmSync(folder, { recursive: true }); }
});
