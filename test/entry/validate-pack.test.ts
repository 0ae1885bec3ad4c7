import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../../entry/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'pack-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const good = "Resources: { R: { Type: 'AWS::Config::ConfigRule', Properties: { Description: '000000000000', Source: { Owner: AWS, SourceIdentifier: X } } } }\n";
const placeholder = 'the account is still the placeholder `000000000000`; write the id of the account that deploys the pack (https://docs.aws.amazon.com/config/latest/developerguide/cpack-prerequisites.html)';
const rows = [
  { name: 'no errors', argv: ['pack.yaml'], out: '0 errors, 0 warnings\n', err: '', code: 0 },
  { name: 'an error', argv: ['pack.yaml', '--deployable'], out: `pack.yaml:1: error: ${placeholder}\n1 error, 0 warnings\n`, err: '', code: 1 },
  { name: 'an error as JSON', argv: ['pack.yaml', '--deployable', '--format', 'json'], out: `${JSON.stringify({ problems: [{ severity: 'error', line: 1, message: placeholder }] }, null, 2)}\n`, err: '', code: 1 },
  { name: 'an unknown format', argv: ['pack.yaml', '--format', 'xml'], out: '', err: 'perimeter validate-pack: unknown format `xml`; known: text, json\n', code: 2 },
  { name: 'no such file', argv: ['other.yaml'], out: '', err: "perimeter validate-pack: there is no file `other.yaml`; give its path from the folder you are in, or the whole path\n", code: 2 },
];
for (const { name, argv: [file = '', ...options], out, err, code } of rows) {
  test(name, async () => {
    writeFileSync(join(folder, 'pack.yaml'), good);
    const written = { out: '', err: '', code: -1 };
    const plain = (text: string): string => text.replaceAll(`${folder}/`, '');
    await run(['validate-pack', join(folder, file), ...options], {
      out: (text) => { written.out += plain(text); }, err: (text) => { written.err += plain(text); },
      isTTY: false, color: false, columns: 80, now: () => 0, setExitCode: (status) => { written.code = status; },
    });
    expect(written).toEqual({ out, err, code });
  });
}
