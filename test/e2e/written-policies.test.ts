import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { readDefinition } from '../../core/definition.ts';
import { forLinter } from '../../templates/cloudformation.ts';
import { templates, write } from '../../templates/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'perimeter-written-'));
afterAll(() => { rmSync(folder, { recursive: true }); });
/** Without W3037: its list of actions is older than ours. */
const lint = (files: readonly string[]): string => spawnSync(inject('parts').python, ['-c', 'import sys; from cfnlint.runner import main; sys.exit(main())', '--format', 'parseable', '--template', ...files, '--ignore-checks', 'W3037'], { encoding: 'utf8' }).stdout.trim();

test('cfn-lint finds nothing wrong with the whole set as CloudFormation', () => {
  const set = join(folder, 'set');
  const { status, stderr } = spawnSync(process.execPath, ['bin/perimeter.mjs', 'write', '--all', set, '--format', 'cloudformation', '--perimeter', 'examples/perimeter.yaml', '--region', 'eu-west-1'], { encoding: 'utf8' });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  // The proxy's file is none of CloudFormation's.
  const files = readdirSync(set).filter((file) => file.endsWith('.yaml')).map((file) => join(set, file));
  expect(files.length).toBeGreaterThan(20);
  expect(lint(files)).toBe('');
});

test('cfn-lint finds nothing wrong with the grammar of any policy', () => {
  const { perimeter } = readDefinition(parse(readFileSync('examples/perimeter.yaml', 'utf8')));
  const wrapped = join(folder, 'wrapped');
  mkdirSync(wrapped);
  const files = templates.flatMap((template) => template.usual(perimeter).flatMap((given) => write(template, perimeter, given, Date.parse('2026-09-01')).documents).map((one) => {
    const path = join(wrapped, `${one.name}.json`);
    writeFileSync(path, JSON.stringify(forLinter(one)));
    return path;
  }));
  expect(files.length).toBeGreaterThan(20);
  expect(lint(files)).toBe('');
});
