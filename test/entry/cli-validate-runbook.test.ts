import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { run } from '../../entry/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'runbook-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const head = "schemaVersion: '0.3'\nassumeRole: 'arn:aws:iam::111111111111:role/r'\nmainSteps:\n";
const model = JSON.stringify({ metadata: { serviceId: 'New Queue' }, operations: { Ping: {} }, shapes: {} });
const files: Readonly<Record<string, string | Buffer>> = {
  'good.yaml': `${head}  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: sts, Api: GetCallerIdentity } }\n  - { name: B, action: 'aws:executeScript', inputs: { Runtime: python3.11, Handler: f, Script: s } }\n`,
  'bad.yaml': `${head}  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: sts, Api: getCallerIdentity } }\n`,
  'queue.yaml': `${head}  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: new-queue, Api: Ping, X: 1 } }\n`,
  'stop.yaml': `${head}  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: rds, Api: StopDBInstance } }\n`,
  'model.json': model, 'model.json.gz': gzipSync(model), 'broken.json': '', 'other.json': '{}', 'broken.gz': Buffer.from([0x1f, 0x8b, 0]),
};
const CALL = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html';
const API = 'https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/index.html';
const misspelt = `step \`A\`: \`sts\` has no operation \`getCallerIdentity\`; write \`GetCallerIdentity\` (${CALL})`;
const queueError = `queue.yaml:4: error: step \`A\`: \`Ping\` takes no \`X\`; remove it or correct the name (${API})\n1 error, 0 warnings\n`;

const rows: readonly (readonly [line: string, out: string, err: string, code: number])[] = [
  ['~good.yaml', '0 errors, 0 warnings\n', '', 0],
  ['~good.yaml --permissions', '0 errors, 0 warnings\nsts:GetCallerIdentity (A)\nnot known: what step B calls\n', '', 0],
  ['~good.yaml --format json', `${JSON.stringify({ problems: [], permissions: { actions: [{ action: 'sts:GetCallerIdentity', steps: ['A'] }], unknown: ['B'] } }, null, 2)}\n`, '', 0],
  ['~bad.yaml', `bad.yaml:4: error: ${misspelt}\n1 error, 0 warnings\n`, '', 1],
  ['~bad.yaml --format json', `${JSON.stringify({ problems: [{ severity: 'error', line: 4, message: misspelt }], permissions: { actions: [], unknown: ['A'] } }, null, 2)}\n`, '', 1],
  ['~stop.yaml', `stop.yaml:4: note: step \`A\`: API not checked: the table does not hold \`StopDBInstance\` of \`rds\`; pass its service-2.json of botocore 1.43.11 or newer with --model (${API})\n0 errors, 0 warnings, 1 note\n`, '', 0],
  ['~queue.yaml', `queue.yaml:4: error: step \`A\`: there is no service \`new-queue\`; write the name that boto3 gives it, or pass its model with --model (${CALL})\n1 error, 0 warnings\n`, '', 1],
  ['~queue.yaml --model ~model.json', queueError, '', 1],
  ['~queue.yaml --model ~model.json.gz', queueError, '', 1],
  ['~good.yaml --model ~broken.json', '', 'perimeter validate-runbook: cannot read `broken.json`: Unexpected end of JSON input\n', 2],
  ['~good.yaml --model ~broken.gz', '', 'perimeter validate-runbook: cannot read `broken.gz`: unexpected end of file\n', 2],
  ['~good.yaml --model ~other.json', '', "perimeter validate-runbook: `other.json` is not botocore's service-2.json\n", 2],
  ['~good.yaml --model ~gone.json', '', "perimeter validate-runbook: there is no file `gone.json`; give its path from the folder you are in, or the whole path\n", 2],
  ['~gone.yaml', '', "perimeter validate-runbook: there is no file `gone.yaml`; give its path from the folder you are in, or the whole path\n", 2],
  ['~good.yaml --format xml', '', 'perimeter validate-runbook: unknown format `xml`; known: text, json\n', 2],
];
/** Words that begin with a tilde are files in the folder. */
test.each(rows)('%s', async (line, out, err, code) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const written = { out: '', err: '', code: -1 };
  const plain = (text: string): string => text.replaceAll(`${folder}/`, '');
  await run(['validate-runbook', ...line.split(' ').map((word) => word.replace(/^~/, `${folder}/`))], {
    out: (text) => { written.out += plain(text); }, err: (text) => { written.err += plain(text); },
    isTTY: false, color: false, columns: 80, now: () => 0, setExitCode: (status) => { written.code = status; },
  });
  expect(written).toEqual({ out, err, code });
});
