import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, inject, test } from 'vitest';

/** What the command `cfn-lint` runs. */
const lint = 'import sys; from cfnlint.runner import main; sys.exit(main())';
const templates = ['conformance-pack.yaml', ...readdirSync('deployment/templates').map((file) => `deployment/templates/${file}`)];

test.each(templates)('cfn-lint has nothing to say about %s', (template) => {
  const { status, stdout, stderr } = spawnSync(inject('parts').python, ['-c', lint, '--include-checks', 'I', '--format', 'parseable', template], { encoding: 'utf8' });
  expect({ status, stdout: stdout.trim(), stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
