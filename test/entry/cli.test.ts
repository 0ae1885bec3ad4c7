import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../entry/cli.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { rules } from '../../rules/index.ts';
import { now, organization, ownAccount } from '../support/perimeter.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'perimeter-test-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const database = (publiclyAccessible: boolean | undefined): object => ({
  resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'orders', awsAccountId: ownAccount, awsRegion: 'eu-west-1', ARN: 'arn:db-1',
  configurationItemStatus: 'OK', configurationItemCaptureTime: '2026-08-31T10:15:00.000Z', configuration: { dBInstanceIdentifier: 'orders', publiclyAccessible },
});
const trust = (principal: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }] });
const files: Readonly<Record<string, string>> = {
  'sound.json': JSON.stringify([database(false)]), 'open.json': JSON.stringify([database(true)]), 'unclear.json': JSON.stringify([database(undefined)]), 'broken.json': '[',
  'perimeter.yaml': `version: 1\norganizations: [${organization}]\naccounts: ["${ownAccount}"]\n`, 'wrong.yaml': 'version: 1\norganizations: [mine]\n',
  'accounts.json': JSON.stringify({ Accounts: [{ Id: ownAccount }] }), 'accounts.txt': `${ownAccount}\n222222222222\n`, 'names.txt': 'mine\n',
  'mine.json': trust(`arn:aws:iam::${ownAccount}:root`), 'anyone.json': trust('*'),
};

/** Words that begin with a tilde are files in the folder. */
async function perimeter(line: string): Promise<{ code: number | undefined; out: string; err: string }> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  let [code, out, err]: [number | undefined, string, string] = [undefined, '', ''];
  await run(line.split(' ').filter((word) => word !== '').map((word) => word.replace(/^~/, `${folder}/`)), {
    out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: false, color: false, columns: 80, now: () => now, setExitCode: (given) => { code = given; },
  });
  return { code, out, err: err.replaceAll(folder, '~') };
}

const mine = `--organization ${organization}`;
const codes: readonly (readonly [string, number])[] = [
  [`check ~sound.json ${mine}`, 0], ['check ~sound.json --perimeter ~perimeter.yaml', 0],
  [`check ~open.json ${mine}`, 1], [`check ~unclear.json ${mine}`, 1], [`check ~open.json ~unclear.json ${mine}`, 1],
  [`check ~broken.json ${mine}`, 2], [`check ~gone.json ${mine}`, 2], [`check ~open.json ~broken.json ${mine}`, 2],
  [`check ~open.json ${mine} --exit-zero`, 0], [`check ~broken.json ${mine} --exit-zero`, 2],
  [`check ~open.json ${mine} --rule rds-cluster-not-public`, 0], [`check ~open.json ${mine} --rule rds-instance-not-public`, 1],
  [`check ~open.json ${mine} --accounts ~accounts.json`, 1], [`check ~open.json ${mine} --accounts ~accounts.txt`, 1],
  ['ask ~mine.json --kind trust --perimeter ~perimeter.yaml', 0], ['ask ~anyone.json --kind trust --perimeter ~perimeter.yaml', 1],
  ['ask ~mine.json --kind trust --perimeter ~perimeter.yaml --format json', 0], ['--version', 0], ['--help', 0], ['check --help', 0],
];

const usage = '(`--help` lists what is possible)\n';
const refused: readonly (readonly [string, string])[] = [
  ['nope', `error: unknown command 'nope'\n${usage}`],
  ['check', `error: missing required argument 'path'\n${usage}`],
  ['check ~sound.json --nope', `error: unknown option '--nope'\n${usage}`],
  [`check ~sound.json ${mine} --rule nope`, `perimeter check: unknown rule \`nope\`; known: ${rules.map(({ id }) => id).join(', ')}\n`],
  [`check ~sound.json ${mine} --format toString`, 'perimeter check: unknown format `toString`; known: text, json, jsonl\n'],
  ['check ~sound.json', 'no perimeter.yaml here: name one with --perimeter FILE, write one with `perimeter init`, or pass --organization o-…\n'],
  ['check ~sound.json --perimeter ~gone.yaml', 'there is no definition `~/gone.yaml`; `perimeter init` writes a first one\n'],
  [`check ~sound.json ${mine} --perimeter ~perimeter.yaml`, 'expected `--perimeter` or `--organization`, found both: the definition says whose organization it is\n'],
  [`check ~sound.json ${mine} --accounts ~names.txt`, '~/names.txt: `mine` is not an account id of 12 digits\n'],
  [`check ~sound.json ${mine} --accounts ~perimeter.yaml`, '~/perimeter.yaml: `version:` is not an account id of 12 digits\n'],
  [`check ~broken.json ${mine} --format json`, 'perimeter check: 1 problem with the input; see `input.problems`\n'],
  ['ask', 'perimeter ask: name a policy file, or pass --jsonl to read questions from standard input\n'],
  ['ask ~mine.json --format xml', 'perimeter ask: unknown format `xml`; known: text, json\n'],
  [`ask ~mine.json ${mine}`, 'perimeter ask: `--kind` is missing: one of vpc-endpoint, resource, trust, identity, scp, rcp\n'],
  [`ask ~mine.json --kind role ${mine}`, 'perimeter ask: `--kind`: expected one of vpc-endpoint, resource, trust, identity, scp, rcp, found `role`\n'],
  [`ask ~gone.json --kind trust ${mine}`, "perimeter ask: there is no file `~/gone.json`; give its path from the folder you are in, or the whole path\n"],
];

describe('perimeter', () => {
  it.each(codes)('%s exits %i', async (line, code) => { expect((await perimeter(line)).code).toBe(code); });
  it.each(refused)('%s exits 2 and says why', async (line, message) => {
    const { code, err } = await perimeter(line);
    expect([code, err]).toEqual([2, message]);
  });
  it('names the line of a definition that is wrong', async () => {
    const { code, out, err } = await perimeter('check ~sound.json --perimeter ~wrong.yaml');
    expect([code, out, err.split(' ')[0]]).toEqual([2, '', '~/wrong.yaml:2:']);
  });
  it('writes its version', async () => { expect(await perimeter('--version')).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' }); });
  it('tells in its help only of defaults that say something', async () => {
    const { out } = await perimeter('ask --help');
    expect([out.includes('(default: "text")'), out.includes('default: []')]).toEqual([true, false]);
  });
  it('writes the report of the rules asked for', async () => {
    const { out } = await perimeter(`check ~open.json ${mine} --rule rds-instance-not-public`);
    expect(out.split('\n').slice(0, 5)).toEqual([
      '                           breached undecided  excepted     sound       n/a', 'Resource boundary',
      '  rds-instance-not-public         1         0         0         0         0', '', 'HIGH orders rds-instance-not-public',
    ]);
  });
  it('writes JSON alone to standard output', async () => {
    const { out, err } = await perimeter(`check ~open.json ${mine} --format json`);
    expect([(JSON.parse(out) as { results: unknown[] }).results.length, err]).toEqual([1, '']);
  });
});
