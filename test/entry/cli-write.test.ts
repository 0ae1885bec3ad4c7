import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../entry/cli.ts';
import { now } from '../support/perimeter.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perimeter-write-'));
  writeFileSync(join(folder, 'perimeter.yaml'), 'organizations: [o-4tkekae453]\naccounts: ["111111111111"]\nawsOwnedResources: []\nnetworks: { cidrs: [192.0.2.0/24] }\n');
  writeFileSync(join(folder, 'bare.yaml'), 'organizations: [o-4tkekae453]\nawsOwnedResources: []\n');
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

interface Said { readonly code: number | undefined; readonly out: string; readonly err: string }
/** Words that begin with a tilde are files in the folder. */
async function write(line: string): Promise<Said> {
  let [code, out, err]: [number | undefined, string, string] = [undefined, '', ''];
  await run(['write', ...line.split(' ').filter((word) => word !== '').map((word) => word.replace(/^~/, `${folder}/`))], {
    out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: false, color: false, columns: 80, now: () => now, setExitCode: (given) => { code = given; },
  });
  return { code, out, err: err.replaceAll(folder, '~') };
}
const p = '--perimeter ~perimeter.yaml';
const statement = { Sid: 'OnlyMyBuckets', Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': 'o-4tkekae453' } } };
const document = { Version: '2012-10-17', Statement: [statement] };

describe('perimeter write', () => {
  it('prints a policy, and its size on standard error', async () => {
    expect(await write(`resource-scp --service s3 --minify ${p}`)).toEqual({ code: 0, out: `${JSON.stringify(document)}\n`, err: `resource-scp-s3: ${JSON.stringify(document).length} of 10240 characters of an SCP\n` });
    expect((await write(`resource-scp --service s3 ${p}`)).out).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });
  it('prints CloudFormation with comments', async () => {
    const { code, out } = await write(`resource-scp --service s3 --format cloudformation ${p}`);
    expect({ code, comments: out.split('\n').filter((line) => line.startsWith('#')), content: (parse(out) as { Resources: { ResourceScpS3: { Properties: { Content: unknown } } } }).Resources.ResourceScpS3.Properties.Content })
      .toEqual({ code: 0, comments: [`# ${JSON.stringify(document).length} of 10240 characters of an SCP`, '# OnlyMyBuckets: denies buckets of others'], content: document });
  });
  it('prints several documents as one object', async () => {
    const { code, out } = await write(`rcp --set services=sqs --set boundary=identity,network ${p}`);
    expect({ code, names: Object.keys(JSON.parse(out) as object) }).toEqual({ code: 0, names: ['rcp-identity', 'rcp-network'] });
  });
  it('explains', async () => {
    const { code, out } = await write(`trust-policy --account 111111111111 --explain ${p}`);
    expect({ code, lines: out.split('\n').slice(0, 8) }).toEqual({ code: 0, lines: [
      'trust-policy (trust), 443 of 2048 characters of a trust policy without white space', '  MyPrincipals: lets members of o-4tkekae453 assume the role', '  NobodyElse: refuses sts:AssumeRole to callers of others, whatever statement is added later',
      '    except AWS services', '    except account 111111111111 itself', '', 'Proved:', '  assuming the role: no request from outside (principals)',
    ] });
    expect(out).toContain('Options, by --set NAME=VALUE:\n  from: who may assume the role');
  });
  it('tells what an Allow lets through by exception from what a Deny spares', async () => {
    const { out } = await write(`endpoint-policy --service events --set allowOwnerless=true --explain ${p}`);
    expect(out).toContain('make calls that tell no owner\n    exception: what such calls reach may belong to others\n');
  });

  it('adds up lists that stand several times', async () => {
    expect((await write(`rcp --set services=sqs --set services=kms --minify ${p}`)).out).toBe((await write(`rcp --set services=sqs,kms --minify ${p}`)).out);
  });
  it.each([[`resource-policy --explain ${p}`, 'perimeter write: resource-policy: `service` is missing'], ['rcp --explain --perimeter ~none.yaml', 'there is no definition `~/none.yaml`']])('lists the options where it cannot explain: %s', async (line, message) => {
    const { code, out, err } = await write(line);
    expect({ code, out: out.split('\n')[0], err: err.slice(0, message.length) }).toEqual({ code: 2, out: 'Options, by --set NAME=VALUE:', err: message });
  });

  const kinds = 'network-scp, resource-scp, lambda-vpc-scp, pack-protection-scp, rcp, identity-guardrail, endpoint-policy, resource-policy, trust-policy, service-catalog-product, proxy';
  it.each([
    [p, `name a kind, or pass --all DIR; kinds: ${kinds}`], [`foo ${p}`, `unknown kind \`foo\`; known: ${kinds}`], [`rcp --all ~set ${p}`, 'expected a kind or --all, found both'], [`--all ~set --explain ${p}`, '--explain is about one kind: name it, without --all'],
    [`rcp --format xml ${p}`, 'unknown format `xml`; known: json, cloudformation, terraform'], [`rcp --set color ${p}`, 'rcp: `--set`: expected name=value, found `color`'],
    [`rcp --service s3 ${p}`, 'rcp: it has no option `service`; known: services, boundary, federation, account, quota'], ['network-scp --perimeter ~bare.yaml', 'network-scp: the definition lists no `networks`, so nothing tells where callers may come from'],
    [`rcp --set quota=1 --set quota=2 ${p}`, 'rcp: `quota` is given twice, as `1` and as `2`: give it once'], [`resource-scp --service s3 --set service=sqs ${p}`, 'resource-scp: `service` is given twice, as `s3` and as `sqs`: give it once'],
    [`resource-policy --service codeartifact --format cloudformation ${p}`, 'resource-policy: how CloudFormation takes a policy of `codeartifact` is not known here: write it as json'],
    [`service-catalog-product --service s3 --format terraform ${p}`, 'service-catalog-product: a product is a CloudFormation template: pass `--format cloudformation` or `json`'],
    [`rcp --account 12 ${p}`, 'rcp: `account`: expected 12 digits, found `12`'],
    [`resource-scp --set quota=many ${p}`, 'resource-scp: parameter `quota`: expected a whole number from 0 to 1000000, found `many`'],
  ])('%s', async (line, message) => { expect(await write(line)).toEqual({ code: 2, out: '', err: `perimeter write: ${message}\n` }); });
  it('without a definition', async () => { expect(await write('rcp --perimeter ~none.yaml')).toEqual({ code: 2, out: '', err: 'there is no definition `~/none.yaml`; `perimeter init` writes a first one\n' }); });
});

describe('perimeter write --all', () => {
  it('writes the set, and replaces nothing unless it is forced to', async () => {
    const { code, out, err } = await write(`--all ~set ${p}`);
    expect(err.split('\n').filter((line) => line.includes('not written'))).toEqual([
      'resource-policy: not written: for s3, sqs, sns, dynamodb, lambda, events, es, codeartifact, s3tables, kinesis: such a policy names its resource, so pass `--service` and `--resource`',
      'resource-policy: not written: for kms: a key policy names the account of the key, so pass `--service kms --account`',
      'proxy: not written: which Regions have a proxy no definition says: pass `--region` for one, or run `perimeter write proxy --set regions=…` for more',
    ]);
    const files = readdirSync(join(folder, 'set'));
    expect({ code, said: out.split('\n').length - 1 }).toEqual({ code: 0, said: files.length });
    expect(files.filter((name) => /scp|rcp|trust/.test(name))).toEqual(['lambda-vpc-scp.json', 'network-scp.json', 'pack-protection-scp.json', 'rcp-identity.json', 'rcp-network.json', 'resource-scp.json', 'trust-policy.json']);
    for (const name of files) expect(JSON.parse(readFileSync(join(folder, 'set', name), 'utf8'))).toBeTypeOf('object');
    writeFileSync(join(folder, 'set', 'rcp-identity.json'), 'mine');
    const again = await write(`--all ~set ${p}`);
    expect({ code: again.code, err: again.err }).toEqual({ code: 2, err: `perimeter write: \`~/set/network-scp.json\` and ${files.length - 1} more are there already: pass --force to replace them\n` });
    expect(readFileSync(join(folder, 'set', 'rcp-identity.json'), 'utf8')).toBe('mine');
    expect((await write(`--all ~set --force ${p}`)).code).toBe(0);
    expect(readFileSync(join(folder, 'set', 'rcp-identity.json'), 'utf8')).not.toBe('mine');
  }, 60_000);
  it('writes the proxy of the Region that is asked for', async () => {
    const { code, out } = await write(`--all ~proxied --region eu-west-1 ${p}`);
    const text = readFileSync(join(folder, 'proxied', 'squid-eu-west-1.conf'), 'utf8');
    expect({ code, said: out.includes(`squid-eu-west-1.conf: ${text.length} characters\n`) }).toEqual({ code: 0, said: true });
    expect(text).toBe((await write(`proxy --set regions=eu-west-1 ${p}`)).out);
  }, 60_000);
  it('names AWS-owned buckets of the Region that is asked for', async () => {
    writeFileSync(join(folder, 'owned.yaml'), 'organizations: [o-4tkekae453]\nawsOwnedResources: ["arn:aws:s3:::aws-ssm-${region}"]\n');
    expect((await write('--all ~owned --region eu-west-1 --perimeter ~owned.yaml')).code).toBe(0);
    for (const name of ['endpoint-policy-s3', 'resource-scp', 'identity-guardrail-s3']) expect(readFileSync(join(folder, 'owned', `${name}.json`), 'utf8'), name).toContain('arn:aws:s3:::aws-ssm-eu-west-1/*');
  }, 60_000);
  it('leaves out what the definition says nothing of', async () => {
    const { code, err } = await write('--all ~bare --region eu-west-1 --perimeter ~bare.yaml');
    expect({ code, not: err.split('\n').filter((line) => /^(network-scp|proxy): /.test(line)) }).toEqual({ code: 0, not: [
      'network-scp: not written: the definition lists no `networks`, so nothing tells where callers may come from', 'proxy: not written: the definition lists no `networks.cidrs`, so nothing tells who may use it',
    ] });
    expect(readdirSync(join(folder, 'bare')).filter((name) => /network-scp|squid/.test(name))).toEqual([]);
  }, 60_000);
});
