import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../entry/cli.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { startAutomationServer, type AutomationServer, type Script } from '../support/automation-server.ts';
import { now } from '../support/perimeter.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'perimeter-test-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const breached = 'plan examples/breached --perimeter examples/perimeter.yaml';
interface Given { readonly color?: boolean; readonly types?: string }
interface Ran { readonly code: number | undefined; readonly out: string; readonly err: string; readonly asked: string | undefined }

/** Words that begin with a tilde are files in the folder. */
async function perimeter(line: string, { color = false, types }: Given = {}): Promise<Ran> {
  writeFileSync(join(folder, 'broken.json'), '[');
  let [code, out, err, asked]: [number | undefined, string, string, string | undefined] = [undefined, '', '', undefined];
  await run(line.split(' ').map((word) => word.replace(/^~/, `${folder}/`)), {
    out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: color, color, columns: 100, now: () => now, setExitCode: (given) => { code = given; },
    ...types === undefined ? {} : { question: (text: string) => { asked = text; return Promise.resolve(types); } },
  });
  return { code, out: out.replaceAll(folder, '~'), err: err.replaceAll(folder, '~'), asked };
}

const expected = (file: string): string => readFileSync(new URL(`report/${file}`, import.meta.url), 'utf8');
/** One resource for each way a finding can go. */
const some = `${breached} --resource release-publisher adhoc marketing warehouse-stock carrier-tracking nope`;

describe('perimeter plan', () => {
  it.each([['text', 'plan.txt'], ['markdown', 'plan.md'], ['json', 'plan.json']])('writes %s', async (format, file) => {
    const { code, out, err } = await perimeter(`${some} --format ${format}`);
    expect([code, err]).toEqual([1, '']);
    expect(out).toBe(expected(file));
  });
  it('writes the same in colour', async () => {
    const { out } = await perimeter(some, { color: true });
    expect(out.replace(/\u001b\[\d+m/g, '')).toBe(expected('plan.txt'));
    expect(out.split('\n').filter((line) => /^ {4}.*role\/role\d"/.test(line))).toEqual([
      '               "arn:aws:iam::333344445555:role/role1",', '               "arn:aws:iam::333344445555:role/role2"', '    \u001b[31m-          "arn:aws:iam::333344454555:role/role8"\u001b[39m',
    ]);
    expect((await perimeter(`${some} --no-color`, { color: true })).out).toBe(expected('plan.txt'));
  });
  it('counts everything at the end', async () => {
    const { out } = await perimeter(`${breached} ~broken.json`);
    expect(out.split('\n\n').slice(-4, -1)).toEqual([
      'Read 130 items from 14 files; 5 older than another of the same resource; 1 deletion.',
      'NOT READ: 1 problem; what is above may be incomplete\n  ~/broken.json (byte 2): the file ends in the middle of a document',
      '  apply   needs approval   refuse   by hand   nothing to do   unreadable\n     15                4        8         8               2            1',
    ]);
  });
});

const codes: readonly (readonly [string, number])[] = [
  ['plan examples/sound --perimeter examples/perimeter.yaml', 0], [`${breached} --resource release-publisher`, 1], [`${breached} --resource warehouse-stock`, 1], [`${breached} --resource marketing`, 1],
  [`${breached} --resource carrier-tracking`, 0], [`${breached} --resource nope`, 0], [`${breached} --resource release-publisher --exit-zero`, 0],
  [`${breached} ~broken.json --resource release-publisher`, 2], [`${breached} ~broken.json --resource release-publisher --exit-zero --format json`, 2], ['plan --help', 0],
  [`${breached} --rule iam-role-single-service`, 1], [`${breached} --remediation make-redshift-serverless-private`, 1], [`${breached} --remediation make-rds-instance-private --rule rds-cluster-not-public`, 0],
];
describe('exits', () => { it.each(codes)('%s: %i', async (line, code) => { expect((await perimeter(line)).code).toBe(code); }); });

const refused: readonly (readonly [string, string])[] = [
  ['--rule nope', `unknown rule \`nope\`; known: ${rules.map(({ id }) => id).join(', ')}`],
  ['--remediation nope', `unknown remediation \`nope\`; known: ${remediations.map(({ id }) => id).join(', ')}`],
  ['--format toString', 'unknown format `toString`; known: text, json, markdown'],
  ['--yes', '--yes needs --apply'], ['--wait', '--wait needs --apply'], ['--approve abcdef01', '--approve needs --apply'], ['--force', '--force needs --out'],
  ['--apply --format json', '--apply writes text: leave --format out'],
  ['--apply --approve abc', '`abc` is not the hash of a plan: expected 8 to 64 hexadecimal digits'],
  ['--home-region Frankfurt', '`Frankfurt` is not a Region such as `us-east-1`'],
];
describe('refuses', () => {
  it.each(refused)('%s', async (options, message) => { expect(await perimeter(`${breached} ${options}`)).toEqual({ code: 2, out: '', err: `perimeter plan: ${message}\n`, asked: undefined }); });
});

describe('--out', () => {
  const line = `${breached} --resource release-publisher vpce-018ac5bda76b78891 adhoc --out ~policies`;
  it('writes each policy as it is and as planned, and no file twice unless forced', async () => {
    const first = await perimeter(line);
    expect([first.code, first.err]).toEqual([1, 'perimeter plan: wrote 2 policies to ~/policies, each as it is (.before.json) and as planned (.after.json)\n']);
    expect(readdirSync(join(folder, 'policies'))).toEqual(['222233334444-global-release-publisher', '333344445555-eu-west-1-vpce-018ac5bda76b78891'].flatMap((stem) => [`${stem}.after.json`, `${stem}.before.json`]));
    expect(JSON.parse(readFileSync(join(folder, 'policies', '222233334444-global-release-publisher.after.json'), 'utf8'))).toEqual({
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: ['arn:aws:iam::333344445555:role/role1', 'arn:aws:iam::333344445555:role/role2'] }, Action: 'sts:AssumeRole' }],
    });
    const second = await perimeter(line);
    expect([second.code, second.err]).toEqual([2, 'perimeter plan: `~/policies/333344445555-eu-west-1-vpce-018ac5bda76b78891.before.json` and 3 more are there already: pass --force to replace files, or another folder\n']);
    expect((await perimeter(`${line} --force`)).code).toBe(1);
  });
  it('makes no folder where there is no policy to write', async () => {
    await perimeter(`${breached} --resource adhoc --out ~policies`);
    expect(existsSync(join(folder, 'policies'))).toBe(false);
  });
});

describe('--apply', () => {
  let server: AutomationServer | undefined;
  afterEach(async () => { vi.unstubAllEnvs(); await server?.close(); server = undefined; });
  async function applied(script: Script, options: string, given: Given = {}): Promise<Ran & { readonly said: readonly string[]; readonly calls: readonly string[] }> {
    server = await startAutomationServer(script);
    for (const [name, value] of Object.entries({
      AWS_ENDPOINT_URL: server.url, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', AWS_MAX_ATTEMPTS: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    })) vi.stubEnv(name, value);
    const ran = await perimeter(`${breached} --apply ${options}`, given);
    expect(server.violations).toEqual([]);
    return { ...ran, said: ran.out.slice(ran.out.lastIndexOf('unreadable')).split('\n').slice(3, -1), calls: server.calls.map(({ operation, region }) => `${operation} ${region}`) };
  }
  const data = '444455556666';
  const [finance, adhoc, lake] = ['make-redshift-cluster-private for finance', 'make-redshift-serverless-private for adhoc', 'confine-iam-role-trust for lake-analyst'];
  const id = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`;

  it('starts the runbooks in the account of the caller, each in its Region, once the number is typed', async () => {
    const { code, asked, said, calls } = await applied({ account: data }, '--home-region eu-north-1 --resource lake-analyst finance ledger', { types: '2' });
    expect([code, asked]).toEqual([1, `Type 2 to start 2 runbooks in account ${data} as arn:aws:sts::${data}:assumed-role/SecurityLead/ana: `]);
    expect(said).toEqual([
      'not started: make-rds-instance-private for ledger lies in account 333344445555: run this again with credentials of that account',
      `to start: ${lake} in eu-north-1`, `to start: ${finance} in eu-central-1`,
      `started ${lake}: execution ${id(1)}`, `  aws ssm get-automation-execution --region eu-north-1 --automation-execution-id ${id(1)}`,
      `started ${finance}: execution ${id(2)}`, `  aws ssm get-automation-execution --region eu-central-1 --automation-execution-id ${id(2)}`,
    ]);
    expect(calls).toEqual(['GetCallerIdentity eu-north-1', 'StartAutomationExecution eu-north-1', 'StartAutomationExecution eu-central-1']);
    const [, first, second] = server!.calls.map(({ input }) => input);
    expect([first, second]).toEqual([
      {
        DocumentName: 'perimeter-confine-iam-role-trust', ClientToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        Parameters: {
          AutomationAssumeRole: [`arn:aws:iam::${data}:role/perimeter-confine-iam-role-trust-eu-north-1`], ResourceId: [expect.stringMatching(/^AROA/) as string], Mode: ['Apply'],
          ApprovedPlanSha256: [expect.stringMatching(/^[0-9a-f]{64}$/) as string],
        },
      },
      {
        DocumentName: 'perimeter-make-redshift-cluster-private', ClientToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        Parameters: { AutomationAssumeRole: [`arn:aws:iam::${data}:role/perimeter-make-redshift-cluster-private-eu-central-1`], ResourceId: ['finance'], Mode: ['Apply'] },
      },
    ]);
  });

  it('starts a plan that needs approval by the hash that the report gave, and no other', async () => {
    const hash = /Plan: +([0-9a-f]{64})/.exec((await perimeter(`${breached} --resource release-publisher`)).out)![1]!;
    const { code, said, calls } = await applied({ account: '222233334444', looks: { AROAND6PXD5CKBHJZH374: [['Success', 'applied']] } }, `--resource release-publisher --yes --wait --approve ${hash.slice(0, 12)}`);
    expect(said).toEqual(['to start: confine-iam-role-trust for release-publisher in us-east-1', `started confine-iam-role-trust for release-publisher: execution ${id(1)}`, 'applied: confine-iam-role-trust for release-publisher']);
    expect([code, calls]).toEqual([0, ['GetCallerIdentity us-east-1', 'StartAutomationExecution us-east-1', 'GetAutomationExecution us-east-1']]);
    expect((server!.calls[1]!.input['Parameters'] as Record<string, unknown>)['ApprovedPlanSha256']).toEqual([hash]);
  });

  const outcomes: readonly (readonly [what: string, script: Script, options: string, given: Given, code: number, said: readonly string[], err: string])[] = [
    ['starts nothing without a terminal', { account: data }, '--resource finance', {}, 2, [`to start: ${finance} in eu-central-1`], 'nothing was started: there is no terminal to confirm at: pass --yes'],
    ['starts nothing where another number is typed', { account: data }, '--resource finance', { types: 'y' }, 2, [`to start: ${finance} in eu-central-1`], 'nothing was started: expected `1`, found `y`'],
    ['starts nothing for who is nobody', { account: undefined }, '--resource finance --yes', {}, 2, [], 'nothing was started: AWS does not say who calls: InvalidClientTokenId: The token is not valid'],
    ['starts nothing beside what cannot be read', { account: data }, '~broken.json --resource finance --yes', {}, 2, [], 'nothing was started: what could not be read may be a later state; name paths that can be read whole'],
    ['starts nothing where there is nothing', { account: data }, '--resource carrier-tracking --yes', {}, 0, [], ''],
    ['says what is not deployed', { account: data, missing: ['perimeter-make-redshift-cluster-private'] }, '--resource finance --yes', {}, 2, [
      `to start: ${finance} in eu-central-1`, `not started: ${finance}: AutomationDefinitionNotFoundException: perimeter-make-redshift-cluster-private is not there`,
    ], ''],
    ['waits, and says how a run failed', { account: data, looks: { finance: [['Failed', 'step Wait timed out']] } }, '--resource finance --yes --wait', {}, 2, [
      `to start: ${finance} in eu-central-1`, `started ${finance}: execution ${id(1)}`, `Failed: ${finance}: step Wait timed out`, `  aws ssm get-automation-execution --region eu-central-1 --automation-execution-id ${id(1)}`,
    ], ''],
    ['waits, and says that a run refused', { account: data, looks: { finance: [['Success', 'refused']] } }, '--resource finance --yes --wait', {}, 1, [
      `to start: ${finance} in eu-central-1`, `started ${finance}: execution ${id(1)}`, `refused: ${finance}`,
    ], ''],
  ];
  it.each(outcomes)('%s', async (_, script, options, given, code, said, err) => {
    const ran = await applied(script, options, given);
    expect({ code: ran.code, err: ran.err, said: ran.said }).toEqual({ code, err: err === '' ? '' : `perimeter plan: ${err}\n`, said });
  });
  it('starts no two where one was asked for', async () => {
    const { said } = await applied({ account: data }, '--resource adhoc --yes');
    expect(said.filter((line) => line.startsWith('started'))).toEqual([`started ${adhoc}: execution ${id(1)}`]);
  });
});
