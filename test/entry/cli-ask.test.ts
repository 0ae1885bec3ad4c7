import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../entry/cli.ts';
import { jsonFault } from '../support/json-fault.ts';
import { now, organization, ownAccount, strangerAccount } from '../support/perimeter.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perimeter-ask-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'printed-wide.json'), Buffer.from(`\ufeff${JSON.stringify(policies.members)}`, 'utf16le'));
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
afterEach(() => { vi.restoreAllMocks(); });

const document = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });
const attached = (Effect: 'Allow' | 'Deny', Condition?: object): object => document({ Effect, Action: '*', Resource: '*', ...(Condition === undefined ? {} : { Condition }) });
const bucket = 'arn:aws:s3:::acme-data';
const [sibling, alone] = ['222222222222', '444444444444'];
const reads = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${bucket}/*` };
const ofMembers = { StringEquals: { 'aws:PrincipalOrgID': organization } };
const policies = {
  open: document(reads), members: document({ ...reads, Condition: ofMembers }), trail: document({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: `${bucket}/*` }),
  full: attached('Allow'), ofMine: attached('Allow', { StringEquals: { 'aws:ResourceOrgID': organization } }),
  scp: attached('Deny', { StringNotEqualsIfExists: { 'aws:ResourceOrgID': organization } }),
  rcp: document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }),
  endpoint: document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization, 'aws:ResourceOrgID': organization } } }),
  trust: document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }), mine: document({ Effect: 'Allow', Principal: { AWS: ownAccount }, Action: 'sts:AssumeRole' }),
  github: document({ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${ownAccount}:oidc-provider/token.actions.githubusercontent.com` }, Action: 'sts:AssumeRoleWithWebIdentity' }),
  ofSibling: document({ ...reads, Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } }), ofAlone: document({ ...reads, Condition: { Null: { 'aws:ResourceOrgID': 'true' } } }),
  wrong: document({ Effect: 'Maybe', Action: '*', Resource: '*' }),
};
const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(policies).map(([name, policy]) => [`${name}.json`, JSON.stringify(policy)])),
  ...Object.fromEntries(Object.entries({
    Policy: JSON.stringify(policies.members), PolicyVersion: { Document: policies.members, VersionId: 'v1' }, Role: { RoleName: 'app', AssumeRolePolicyDocument: policies.members }, ResourcePolicy: JSON.stringify(policies.members),
    Attributes: { Policy: JSON.stringify(policies.members) }, PolicyDocument: policies.members, policyText: JSON.stringify(policies.members), VpcEndpoints: [{ PolicyDocument: JSON.stringify(policies.members) }],
  }).map(([name, value]) => [`printed-${name}.json`, JSON.stringify({ ARN: bucket, [name]: value }, null, 2)])),
  'printed-Content.json': JSON.stringify({ Policy: { PolicySummary: { Id: 'p-1' }, Content: JSON.stringify(policies.members) } }), 'printed-text.json': JSON.stringify(JSON.stringify(policies.members)),
  'printed-mark.json': `\ufeff${JSON.stringify(policies.members, null, 2).replaceAll('\n', '\r\n')}`,
  'endpoints.json': '{"VpcEndpoints": [{}, {}]}', 'template.json': '{"Resources": {}}', 'recording.json': '{"configurationItems": []}', 'queue.json': '{"Attributes": {"QueueArn": "x"}}', 'managed.json': '{"Policy": {"DefaultVersionId": "v1"}}',
  'other.json': '{"a": 1, "b": 2, "c": 3, "d": 4}', 'object.json': '{}', 'number.json': '1', 'blank.json': ' \n', 'policy.yaml': 'Version: "2012-10-17"\n', 'large.json': ' '.repeat(1_048_577),
  'printed-encoded.json': JSON.stringify({ Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(policies.members)) } }), 'printed-encodedText.json': JSON.stringify(encodeURIComponent(JSON.stringify(policies.members))),
  'halfEncoded.json': '{"Role": {"AssumeRolePolicyDocument": "%7B%"}}', 'noDocument.json': '{"Policy": "none"}', 'twiceAround.json': `{"Policy": ${JSON.stringify(JSON.stringify(policies.open))}, "Policy": "{\\"Statement\\":[]}"}`,
  'twiceInside.json': '{"PolicyVersion": {"Document": {"Version": "2012-10-17", "Statement": [], "Statement": []}}}',
  'broken.json': '{', 'comma.json': '{\n  "Version": "2012-10-17",\n}', 'list.json': '[]', 'twice.json': '{"Version": "2012-10-17", "Statement": [], "Statement": []}',
  'perimeter.yaml': `organizations: [${organization}]\naccounts: ["${ownAccount}"]\n`, 'standalone.yaml': `organizations: []\nstandaloneAccounts: ["${ownAccount}"]\n`, 'unknown.yaml': `organizations: [${organization}]\n`,
  'several.yaml': `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\nstandaloneAccounts: ["${alone}"]\n`,
};

interface Said { readonly code: number | undefined; readonly out: string; readonly err: string }
/** Words that begin with a tilde are files in the folder; `input` is what standard input holds. */
async function perimeter(line: string, input?: string): Promise<Said> {
  if (input !== undefined) vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as typeof process.stdin);
  let [code, out, err]: [number | undefined, string, string] = [undefined, '', ''];
  await run(line.split(' ').filter((word) => word !== '').map((word) => word.replace(/^~/, `${folder}/`)), {
    out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: false, color: false, columns: 80, now: () => now, setExitCode: (given) => { code = given; },
  });
  return { code, out, err: err.replaceAll(folder, '~') };
}
const p = '--perimeter ~perimeter.yaml';
const ofBucket = `--resource ${bucket} ${p}`;

const someone = (account: string): string => `arn:aws:iam::${account}:role/someone`;
const callers = 'Can anyone outside get through?';
const resources = 'Can anyone reach resources that are not yours?';
const deputies = 'Can an AWS service be made to act for somebody else?';
const networks = 'Can your principals act from networks that are not yours?';
const unsigned = 'anyone, without signing in to AWS, can reach the resource through Statement 0: an unsigned caller could call s3:GetObject on `arn:aws:s3:::acme-data/some-key`.';
const reached = `callers can reach resources of any AWS account through Statement 0: the role \`${someone(ownAccount)}\` could call s3:GetObject on \`arn:aws:s3:::some-bucket/some-key\`.`;
const assumed = `any AWS account can assume the role through Statement 0: the role \`${someone(strangerAccount)}\` could call sts:AssumeRole.`;
const notOnTheWay = (objective: string): string => `none of the policies given can be asked about ${objective}; the endpoint counts only where requests come through it.`;
const both = 'the resource policy and the RCP each stop it.';

describe('whose principals an identity policy hangs on', () => {
  const note = `asked about principals of account ${ownAccount}, which nothing names; \`--account\` names another`;
  it.each([
    ['~full.json --kind identity', true], ['--identity ~full.json', true], ['--boundary ~full.json', true],
    [`~full.json --kind identity --account ${ownAccount}`, false], [`~full.json --kind identity --resource arn:aws:sqs:eu-west-1:${ownAccount}:orders`, false], [`~full.json --kind identity --resource arn:aws:sqs:eu-west-1:${strangerAccount}:orders`, true], [`--identity ~full.json --resource arn:aws:sqs:eu-west-1:${strangerAccount}:orders`, true], ['~scp.json --kind scp', false], ['--scp ~scp.json', false],
  ])('is said where nothing tells: %s', async (line, said) => { expect(await perimeter(`ask ${line} --service sqs ${p}`)).toMatchObject({ err: '', out: said ? expect.stringContaining(note) : expect.not.stringContaining(note) }); });
});

describe('whose principals an identity policy hangs on, where the policies tell accounts apart', () => {
  const denying = (Condition: object): object => document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*', Condition });
  const byText = denying({ StringEquals: { 'aws:PrincipalAccount': ownAccount } });
  const dataOf = (key: string): object => document({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::data-\${${key}}/*` });
  const queue = `arn:aws:sqs:us-east-1:${ownAccount}:q`;
  const asked = (widest: string, ...accounts: string[]): string => `asked about principals of accounts ${accounts.join(', ')}, each for those alike: this is the answer for ${widest};`;
  const [both, second] = [[sibling, ownAccount], `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n`];
  it.each<[string, object, string, string, string]>([
    ['by itself', byText, '', second, asked(sibling, ...both)],
    ['beside a policy of a bucket that tells nothing', byText, `--resource ~members.json --resource ${bucket}`, second, asked(sibling, ...both)],
    ['beside the name of a queue', byText, `--resource ${queue}`, second, asked(sibling, ...both)],
    ['beside a queue\'s policy that names it', byText, `--resource ~ofQueue.json`, second, asked(sibling, ownAccount, sibling)],
    ['beside a queue\'s policy and its name', byText, `--resource ~ofQueue.json --resource ${queue}`, second, asked(sibling, ownAccount, sibling)],
    ['by a number', denying({ StringEquals: { 'aws:PrincipalAccount': Number(ownAccount) } }), '', second, asked(sibling, ...both)],
    ['by a number between them', denying({ NumericLessThan: { 'aws:PrincipalAccount': 150_000_000_000 } }), '', second, asked(sibling, ownAccount, sibling)],
    ['by a variable, where the definition lists the bucket of one', dataOf('aws:PrincipalAccount'), '', `${second}buckets: [data-${ownAccount}]\n`, asked(sibling, ownAccount, sibling)],
    ['by a variable, where it lists those of some by a pattern', dataOf('aws:PrincipalAccount'), '', `${second}buckets: ["data-1*"]\n`, asked(sibling, ownAccount, sibling)],
    ['by a variable, where principals may reach the bucket of a partner', dataOf('aws:PrincipalAccount'), '', `${second}partners: [{name: Example, accounts: ["123456789012"], reachable: ["arn:aws:s3:::data-${ownAccount}/*"]}]\n`, asked(sibling, ownAccount, sibling)],
  ])('is asked of each: %s', async (_, policy, more, definition, note) => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(policy));
    writeFileSync(join(folder, 'ofQueue.json'), JSON.stringify(document({ Effect: 'Allow', Principal: { AWS: sibling }, Action: 'sqs:SendMessage', Resource: queue })));
    writeFileSync(join(folder, 'given.yaml'), definition);
    const { code, out } = await perimeter(`ask --identity ~given.json ${more} --objective resources --perimeter ~given.yaml`);
    expect([code, out]).toEqual([1, expect.stringContaining(note)]);
  });
  it.each([
    ['a variable, where each has a bucket of its own', 'aws:PrincipalAccount', `[data-${ownAccount}, data-${sibling}]`, 'No'],
    ['no variable of accounts', 'aws:username', `["data-*"]`, 'No'],
  ])('is asked of one, where they are alike: %s', async (_, key, buckets, answer) => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(dataOf(key)));
    writeFileSync(join(folder, 'given.yaml'), `${second}buckets: ${buckets}\n`);
    const { out } = await perimeter('ask --identity ~given.json --perimeter ~given.yaml');
    expect(out).toContain(`${resources} ${answer}: `);
    expect(out).toContain(`asked about principals of account ${ownAccount}, which nothing names`);
  });
  it('says of the queue what is said for its account', async () => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(byText));
    writeFileSync(join(folder, 'ofQueue.json'), JSON.stringify(document({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue })));
    writeFileSync(join(folder, 'given.yaml'), second);
    const { out } = await perimeter(`ask --identity ~given.json --resource ~ofQueue.json --resource ${queue} --perimeter ~given.yaml`);
    const [ofCallers = '', ofResources = ''] = out.split('\n\n');
    expect([ofCallers.includes(`${callers} Yes: `), /asked (?:as of|about)/.test(ofCallers), ofResources.includes(`${resources} Yes: `), ofResources.includes(asked(sibling, ownAccount, sibling))]).toEqual([true, false, true, true]);
  });
});

describe('whose a policy is, where the definition lists accounts that stand alone and no others', () => {
  it.each([
    ['~ofMineOnly.json --kind resource', 'as of', 1], ['~trustOfMine.json --kind trust', 'as of', 1], ['--identity ~ofOutsiders.json', 'about principals of', 1],
  ])('is an account of the organization as well: %s', async (line, how, code) => {
    const ofMine = { StringEquals: { 'aws:ResourceOrgID': organization } };
    writeFileSync(join(folder, 'ofMineOnly.json'), JSON.stringify(document({ ...reads, Condition: ofMine })));
    writeFileSync(join(folder, 'trustOfMine.json'), JSON.stringify(document({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Condition: ofMine })));
    writeFileSync(join(folder, 'ofOutsiders.json'), JSON.stringify(document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } })));
    writeFileSync(join(folder, 'alone.yaml'), `organizations: [${organization}]\nstandaloneAccounts: ["${alone}"]\n`);
    const said = await perimeter(`ask ${line} --objective ${line.startsWith('--identity') ? 'resources' : 'principals'} --perimeter ~alone.yaml`);
    expect([said.code, said.out]).toEqual([code, expect.stringContaining(`asked ${how} accounts 000000000000, ${alone}, each for those alike: this is the answer for 000000000000;`)]);
  });
  it('is no other where there is no organization', async () => {
    expect((await perimeter('ask --identity ~full.json --service sqs --perimeter ~standalone.yaml')).out).toContain(`asked about principals of account ${ownAccount}, which nothing names`);
  });
});

describe('whose bucket a policy hangs on, where it tells accounts apart', () => {
  const asked = (policy: string, ...more: string[]): Promise<Said> => perimeter(`ask ~${policy}.json --kind resource --resource ${bucket} --objective principals --perimeter ~several.yaml ${more.join(' ')}`);
  it.each([
    ['an account that it names', 'ofSibling', [sibling, ownAccount, alone]], ['one that stands alone', 'ofAlone', [alone, ownAccount]],
  ])('is asked of every account that may tell: %s', async (_, policy, [widest, ...others]) => {
    const { code, out } = await asked(policy);
    const all = [ownAccount, alone, sibling].filter((one) => one === widest || others.includes(one));
    expect([code, out]).toEqual([1, expect.stringContaining(`${callers} Yes: ${unsigned}`)]);
    expect(out).toContain(`  Note:    asked as of accounts ${all.join(', ')}, each for those alike: this is the answer for ${widest!}; \`--account\` names one\n  Note:    for ${others.join(', ')} it is inside\n`);
  });
  it.each([
    ['two of three alike, by a pattern', [{ ...reads, Condition: { StringLike: { 'aws:ResourceAccount': '22*' } } }], `as of accounts ${ownAccount}, ${sibling}, ${alone}`, sibling],
    ['those whom no definition lists', [{ ...reads, Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } }], `as of accounts 000000000000, ${sibling}`, sibling, '--organization o-4tkekae453'],
  ])('is asked of %s', async (_, statements, asked, widest, mine = '--perimeter ~several.yaml') => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document(...statements)));
    const { code, out } = await perimeter(`ask ~given.json --kind resource --resource ${bucket} --objective principals ${mine}`);
    expect([code, out]).toEqual([1, expect.stringContaining(`  Note:    asked ${asked}, each for those alike: this is the answer for ${widest}; \`--account\` names one`)]);
  });
  it.each([['policy.json --kind resource', ''], ['--resource ~given.json', '']])('is that of the ARNs which it names: %s', async (line) => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Action: 'sqs:*', Resource: `arn:aws:sqs:eu-west-1:${sibling}:q` })));
    const { code, out } = await perimeter(`ask ${line.replace('policy.json', '~given.json')} --service sqs --objective principals --perimeter ~several.yaml`);
    expect([code, out.includes(`${callers} Yes: anyone`), out.includes('asked as of')]).toEqual([1, true, false]);
  });
  it.each(['2?*', '?2*', '*?2', '2*?'])('is asked of those whom a pattern tells apart: %s', async (pattern) => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Action: 'sqs:*', Resource: '*', Condition: { StringLike: { 'aws:ResourceAccount': pattern } } })));
    const { code, out } = await perimeter('ask ~given.json --kind resource --service sqs --objective principals --perimeter ~several.yaml');
    expect([code, /this is the answer for (\d+);/.exec(out)?.[1]]).toEqual([1, sibling]);
  });
  it.each<[string, object[]]>([
    ['a Deny names one', [{ ...reads, Action: 'sqs:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } }, { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: `arn:aws:sqs:eu-west-1:${ownAccount}:special` }]],
    ['another Allow names one', [{ ...reads, Action: 'sqs:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } }, { Effect: 'Allow', Principal: { AWS: ownAccount }, Action: 'sqs:*', Resource: `arn:aws:sqs:eu-west-1:${ownAccount}:special` }]],
  ])('is asked of all though the policy names a queue of one: %s', async (_, statements) => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document(...statements)));
    const { code, out } = await perimeter('ask ~given.json --kind resource --service sqs --objective principals --perimeter ~several.yaml');
    expect([code, /this is the answer for (\d+);/.exec(out)?.[1]]).toEqual([1, sibling]);
  });
  it.each([
    ['by one of two patterns in a text', { Action: 'kms:*', Resource: 'arn:aws:kms:eu-west-1:2222*:key/1111*' }, '--service kms'],
    ['by a pattern with fewer colons', { Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:2222*' }, '--service sqs'],
    ['by digits beside a variable', { Action: 'sqs:*', Resource: '*', Condition: { StringLike: { 'aws:ResourceAccount': '22${aws:PrincipalTag/x}' } } }, '--service sqs'],
    ['by an API, whose ARN names none', { Principal: { AWS: '123456789012' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, '--resource arn:aws:apigateway:eu-west-1::/restapis/abc'],
  ])('is asked of all that a policy tells apart: %s', async (_, statement, more) => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, ...statement })));
    writeFileSync(join(folder, 'given.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\npartners: [{name: Example, accounts: ["123456789012"], resources: [{arn: "arn:aws:execute-api:*:${ownAccount}:*", actions: ["execute-api:*"]}]}]\n`);
    const { out } = await perimeter(`ask ~given.json --kind resource ${more} --objective principals --perimeter ~given.yaml`);
    expect([/^[^?]*\? (\w+)/.exec(out)?.[1], /this is the answer for (\d+);/.exec(out)?.[1]]).toEqual(['Yes', sibling]);
  });
  it('is that which the name of the bucket holds, as is what a change adds', async () => {
    writeFileSync(join(folder, 'given.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n`);
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Resource: 'arn:aws:s3:::acme-logs-${aws:ResourceAccount}/*' })));
    writeFileSync(join(folder, 'closed.json'), JSON.stringify(document({ ...reads, Effect: 'Deny', Resource: '*' })));
    const named = `--kind resource --resource arn:aws:s3:::acme-logs-${sibling} --perimeter ~given.yaml`;
    const { out } = await perimeter(`ask ~given.json --objective principals ${named}`);
    expect([out.includes(`${callers} Yes: anyone`), out.includes(`answer for ${sibling};`)]).toEqual([true, true]);
    expect((await perimeter(`diff ~closed.json ~given.json ${named}`)).out).toContain('s3:GetObject');
  });
  it('is not that of a provider whose sessions a policy lets in', async () => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${strangerAccount}:oidc-provider/token.actions.githubusercontent.com` }, Action: 'ecr:BatchGetImage' })));
    const { code, out } = await perimeter('ask ~given.json --kind resource --service ecr --objective principals --perimeter ~several.yaml');
    expect([code, out.includes(`${callers} Yes: `)]).toEqual([1, true]);
  });
  it('is that for which the widest reach gets through', async () => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Principal: { AWS: strangerAccount }, Condition: { StringEquals: { 'aws:ResourceAccount': ownAccount } } }, { ...reads, Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } })));
    const { out } = await perimeter(`ask ~given.json --kind resource --resource ${bucket} --objective principals --perimeter ~several.yaml`);
    expect([out.includes(`${callers} Yes: ${unsigned.replace('Statement 0', 'Statement 1')}`), out.includes(`answer for ${sibling};`)]).toEqual([true, true]);
  });
  it('is said where it is one that the definition does not list', async () => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Action: 'sqs:*', Principal: { AWS: strangerAccount }, Resource: `arn:aws:sqs:eu-west-1:${strangerAccount}:q` })));
    const { code, out } = await perimeter('ask ~given.json --kind resource --service sqs --objective principals --perimeter ~several.yaml');
    expect([code, out]).toEqual([0, expect.stringContaining(`asked as of account ${strangerAccount}, whose resources or providers the policy names, but which the definition does not list as yours; \`--account\` names one that it does`)]);
  });
  it('says so where there are too many ways', async () => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Condition: { StringLike: { 'aws:ResourceAccount': Array.from({ length: 40 }, (_, i) => `*${i % 10}*${(i * 7) % 10}*${(i * 3) % 10}*`) } } })));
    expect(await perimeter(`ask ~given.json --kind resource --resource ${bucket} --organization ${organization}`)).toMatchObject({ code: 2, err: 'perimeter ask: `--account` is missing: the policies and the definition tell accounts apart in too many ways to ask as of each\n' });
  });
  it('is closed for all of them, and answered for each question by itself', async () => {
    const [forOwn, forSibling] = [ownAccount, sibling].map((account) => ({ StringEquals: { 'aws:ResourceAccount': account } }));
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Condition: forOwn }, { ...reads, Condition: forSibling })));
    const both = await perimeter(`ask ~given.json --kind resource --resource ${bucket} --objective principals --perimeter ~several.yaml`);
    expect(both.out).toMatch(/Change: .*Statement 0.*\n {2}then: .*Statement 1.*\n.*which closes it/);
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Principal: { AWS: strangerAccount }, Condition: forSibling }, { ...reads, Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Condition: forOwn })));
    const apart = await perimeter(`ask ~given.json --kind resource --resource ${bucket} --perimeter ~several.yaml`);
    expect([apart.out.includes(`${callers} Yes: `), apart.out.includes(`${deputies} Yes: `), apart.out.includes(`answer for ${sibling};`), apart.out.includes(`answer for ${ownAccount};`)]).toEqual([true, true, true, true]);
  });
  it('is asked of few where hundreds are alike', async () => {
    const many = Array.from({ length: 300 }, (_, i) => String(500_000_000_000 + i));
    writeFileSync(join(folder, 'many.txt'), many.join('\n'));
    writeFileSync(join(folder, 'given.json'), JSON.stringify(attached('Allow', { StringEquals: { 'aws:ResourceAccount': many } })));
    const { out } = await perimeter(`ask ~given.json --kind identity --service sqs --organization ${organization} --accounts ~many.txt`);
    expect(out).toContain(`asked about principals of account ${many[0]!}, which nothing names`);
  });
  it('is none that stands alone, where an RCP is asked about', async () => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' }, StringEquals: { 'aws:ResourceOrgID': organization }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } })));
    expect(await perimeter(`ask ~given.json --kind rcp --resource ${bucket} --objective principals --perimeter ~several.yaml`)).toMatchObject({ code: 0, out: expect.stringContaining(`asked as of account ${ownAccount},`) as string });
  });
  it('is asked of those whom an RCP tells apart', async () => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...(policies.rcp as { Statement: [object] }).Statement[0], Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceAccount': ownAccount } } })));
    const { code, out } = await perimeter(`ask --resource ~open.json --resource ${bucket} --rcp ~given.json --objective principals --perimeter ~several.yaml`);
    expect([code, out]).toEqual([1, expect.stringContaining(`each for those alike: this is the answer for ${sibling};`)]);
  });
  it.each<[string, string, string, number, string | undefined]>([
    ['queues of one account', `arn:aws:sqs:*:${ownAccount}:*`, '', 1, sibling], ['queues by a pattern', 'arn:aws:sqs:*:1*:*', '', 1, sibling],
    ['queues of any', 'arn:aws:sqs:*:*:*', '', 0, undefined], ['a queue, where a bucket is asked about', `arn:aws:sqs:*:${ownAccount}:*`, `--resource ${bucket}`, 0, undefined],
  ])('is asked of those whom the definition tells apart, by what a partner may use: %s', async (_, arn, more, code, widest) => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document({ ...reads, Principal: { AWS: '123456789012' }, Action: 'sqs:*', Resource: '*' })));
    writeFileSync(join(folder, 'given.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\npartners: [{name: Example, accounts: ["123456789012"], resources: [{arn: "${arn}", actions: ["sqs:*"]}]}]\n`);
    const said = await perimeter(`ask ~given.json --kind resource ${more === '' ? '--service sqs' : more} --objective principals --perimeter ~given.yaml`);
    expect([said.code, /this is the answer for (\d+);/.exec(said.out)?.[1]]).toEqual([code, widest]);
  });
  it('is one where it is said, or nothing tells', async () => {
    for (const [policy, option, answer] of [['ofSibling', ownAccount, 'No'], ['ofSibling', sibling, 'Yes'], ['ofAlone', alone, 'Yes']] as const) {
      const { out } = await asked(policy, '--account', option);
      expect([out.includes(`${callers} ${answer}: `), out.includes('asked as of')]).toEqual([true, false]);
    }
    expect((await asked('open')).out).not.toContain('asked as of');
  });
});

describe('whose role a trust policy hangs on', () => {
  const web = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity' };
  const anchorsOfOwn = `identityProviders: [{trustAnchors: ["arn:aws:rolesanywhere:*:${ownAccount}:trust-anchor/*"]}]\n`;
  const anchors = { Effect: 'Allow', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:rolesanywhere:eu-west-1:*:trust-anchor/*' } } };
  const asked = async (statement: object, definition = ''): Promise<Said> => {
    writeFileSync(join(folder, 'given.json'), JSON.stringify(document(statement)));
    writeFileSync(join(folder, 'given.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n${definition}`);
    return perimeter('ask ~given.json --kind trust --perimeter ~given.yaml');
  };
  it.each<[string, object, string?]>([
    ['the providers of one are let in', { ...web, Condition: { StringLike: { 'aws:FederatedProvider': `arn:aws:iam::${sibling}:oidc-provider/*` } } }],
    ['those of some are, by a pattern', { ...web, Condition: { StringLike: { 'aws:FederatedProvider': 'arn:aws:iam::2*:oidc-provider/*' } } }],
    ['the definition lists the trust anchors of the other', anchors, anchorsOfOwn],
  ])('is asked of those whom it tells apart: %s', async (_, statement, definition) => {
    const { code, out } = await asked(statement, definition);
    expect([code, /this is the answer for (\d+);/.exec(out)?.[1]]).toEqual([1, sibling]);
  });
  it('is that of the provider which it names', async () => {
    const { code, out } = await asked({ ...web, Principal: { Federated: `arn:aws:iam::${sibling}:oidc-provider/token.actions.githubusercontent.com` } });
    expect([code, out.includes(`"aws:ResourceAccount":"${sibling}"`), out.includes('asked as of')]).toEqual([1, true, false]);
  });
  it('does not matter where it names only accounts', async () => {
    expect((await asked({ Effect: 'Allow', Principal: { AWS: sibling }, Action: 'sts:AssumeRole' }, anchorsOfOwn)).out).not.toContain('asked as of');
  });
});

/** What the command answers, each question in a line, and its exit status. */
const answers: readonly (readonly [line: string, code: number, ...lines: string[]])[] = [
  [`~open.json --kind resource ${ofBucket}`, 1, `${callers} Yes: ${unsigned}`, `${deputies} Yes: the AWS service \`cloudtrail.amazonaws.com\` can be made to act for account ${strangerAccount} through Statement 0: it could call s3:GetObject.`],
  [`~members.json --kind resource ${ofBucket} --objective principals`, 0, `${callers} No: conditions on \`aws:PrincipalOrgID\` keep outsiders out.`],
  [`~trail.json --kind resource ${ofBucket} --objective deputies`, 1, `${deputies} Yes: the AWS service \`cloudtrail.amazonaws.com\` can be made to act for account ${strangerAccount} through Statement 0: it could call s3:PutObject.`],
  [`~full.json --kind identity --service s3 ${p}`, 1, `${resources} Yes: ${reached}`],
  [`~scp.json --kind scp --service s3 ${p}`, 0, `${resources} No: conditions on \`aws:ResourceOrgID\` keep outsiders out.`],
  [`~mine.json --kind trust --account ${ownAccount} --organization ${organization}`, 0, `${callers} No: it names only \`${ownAccount}\`.`],
  [`~mine.json --kind trust --account 222222222222 --perimeter ~unknown.yaml`, 1, `${callers} Undecided: the definition does not tell whose account \`${ownAccount}\` is.`],
  [`--resource ~open.json ${ofBucket}`, 1, `${callers} Yes: ${unsigned}`],
  [`--resource ~open.json ${ofBucket} --rcp ~rcp.json`, 0, `${callers} No: the RCP stops it.`],
  [`--resource ~members.json ${ofBucket} --rcp ~rcp.json`, 0, `${callers} No: ${both}`],
  [`--resource ~members.json ${ofBucket} --rcp ~rcp.json --rcp ~rcp.json`, 0, `${callers} No: ${both}`],
  [`~open.json --rcp ~rcp.json ${ofBucket}`, 0, `${callers} No: the RCP stops it.`],
  [`~mine.json --kind trust --rcp ~rcp.json ${p}`, 0, `${callers} No: the trust policy and the RCP each stop it.`],
  [`--resource ~trust.json --kind trust ${p}`, 1, `${callers} Yes: ${assumed}`],
  [`--trust ~trust.json ${p}`, 1, `${callers} Yes: ${assumed}`],
  [`--trust ~trust.json --rcp ~rcp.json ${p}`, 0, `${callers} No: the RCP stops it.`],
  [`--identity ~full.json --service s3 ${p}`, 1, `${resources} Yes: ${reached}`],
  [`--identity ~full.json --scp ~full.json --scp ~scp.json --service s3 ${p}`, 0, `${resources} No: the SCP stops it.`],
  [`--identity ~full.json --boundary ~ofMine.json --service s3 ${p}`, 0, `${resources} No: the permissions boundary stops it.`],
  [`--identity ~full.json --trust ~mine.json --service s3 ${p}`, 1, `${callers} No: the trust policy stops it.`, `${resources} Yes: ${reached}`],
  [`--identity ~full.json --endpoint ~endpoint.json --service s3 ${p}`, 1, `${resources} Yes: ${reached}`],
  [`--identity ~full.json --endpoint ~endpoint.json --via-endpoint --service s3 ${p}`, 0, `${resources} No: the endpoint policy stops it.`],
  [`--endpoint ~endpoint.json --service s3 ${p}`, 1, `${callers} Undecided: ${notOnTheWay('principals')}`, `${resources} Undecided: ${notOnTheWay('resources')}`],
  [`--endpoint ~endpoint.json --via-endpoint --service s3 ${p}`, 0, `${callers} No: the endpoint policy stops it.`, `${resources} No: the endpoint policy stops it.`],
  [`--resource ~members.json ${ofBucket} --objective networks --objective principals`, 1, `${networks} Yes: the role \`${someone(ownAccount)}\` can act from a network outside the perimeter through Statement 0: it could call s3:GetObject from anywhere.`, `${callers} No: the resource policy stops it.`],
  [`--resource ~trail.json ${ofBucket} --objective deputies`, 1, `${deputies} Yes: the AWS service \`cloudtrail.amazonaws.com\` can be made to act for account ${strangerAccount} through Statement 0: it could call s3:PutObject.`],
  [`--trust ~trust.json --perimeter ~standalone.yaml`, 1, `${callers} Yes: ${assumed}`],
];

/** Newer versions of Node say the place themselves. */
const faultAt = (text: string, place: string): string => `${jsonFault(text).replace(/ \(line .*\)$/, '')} ${place}`;
const refused: readonly (readonly [line: string, message: string])[] = [
  ['', 'perimeter ask: name a policy file, or pass --jsonl to read questions from standard input\n'],
  [`--resource ${bucket}`, 'perimeter ask: name a policy file, or pass --jsonl to read questions from standard input\n'],
  [`--identity ~broken.json ${p}`, `perimeter ask: ~/broken.json: not JSON: ${faultAt('{', '(line 1 column 2)')}\n`],
  [`--identity ~comma.json ${p}`, `perimeter ask: ~/comma.json: not JSON: ${faultAt('{\n  "Version": "2012-10-17",\n}', '(line 3 column 1)')}\n`],
  [`--identity ~list.json ${p}`, 'perimeter ask: ~/list.json: expected one policy document, found a list; give each document a file of its own\n'],
  [`--identity ~endpoints.json ${p}`, 'perimeter ask: ~/endpoints.json: expected one policy document, found 2 endpoints; name one with `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids …`\n'],
  [`--identity ~template.json ${p}`, 'perimeter ask: ~/template.json: expected a policy document with `Statement`, found a CloudFormation template; take the document out of it\n'],
  [`--identity ~recording.json ${p}`, 'perimeter ask: ~/recording.json: expected a policy document with `Statement`, found a recording of AWS Config; `perimeter check` reads those\n'],
  [`--identity ~queue.json ${p}`, 'perimeter ask: ~/queue.json: expected a policy document with `Statement`, found `Attributes` without `Policy`; name it with `--attribute-names Policy`, if the queue has one\n'],
  [`--identity ~managed.json ${p}`, 'perimeter ask: ~/managed.json: expected a policy document with `Statement`, found `Policy` without its document, which `aws iam get-policy-version` prints\n'],
  [`--identity ~other.json ${p}`, 'perimeter ask: ~/other.json: expected a policy document with `Statement`, found `a`, `b`, `c`\n'],
  [`--identity ~object.json ${p}`, 'perimeter ask: ~/object.json: expected a policy document with `Statement`, found {}\n'],
  [`--identity ~number.json ${p}`, 'perimeter ask: ~/number.json: expected a policy object\n'],
  [`--identity ~blank.json ${p}`, 'perimeter ask: ~/blank.json: the file is empty; expected a policy document as JSON\n'],
  [`--identity ~policy.yaml ${p}`, `perimeter ask: ~/policy.yaml: not JSON: ${jsonFault('Version: "2012-10-17"')}; policies are read as JSON, not as YAML\n`],
  [`--identity ~large.json ${p}`, 'perimeter ask: ~/large.json: larger than any policy that AWS takes; `perimeter check` reads recordings\n'],
  [`--identity ~twiceInside.json ${p}`, 'perimeter ask: ~/twiceInside.json: `/PolicyVersion/Document/Statement`: the member stands there twice\n'],
  [`~twiceAround.json --kind resource ${p}`, 'perimeter ask: ~/twiceAround.json: `/Policy`: the member stands there twice\n'],
  [`~noDocument.json --kind resource ${p}`, `perimeter ask: ~/noDocument.json: not JSON: ${jsonFault('none')}\n`],
  [`~halfEncoded.json --kind trust ${p}`, `perimeter ask: ~/halfEncoded.json: not JSON: ${jsonFault('%7B%')}\n`],
  [`--identity ~ ${p}`, 'perimeter ask: `~/` is a folder; name a file with one policy document\n'],
  [`--identity ~full.json --identity ~ofMine.json ${p}`, "error: option '--identity <file>' argument '~/ofMine.json' is invalid. Expected once: put the statements of several into one file.\n(`--help` lists what is possible)\n"],
  [`~open.json --jsonl ${p}`, 'perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out `~/open.json`\n'],
  [`--jsonl --kind trust`, 'perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out `--kind`\n'],
  [`--jsonl --format json`, 'perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out `--format`\n'],
  [`--jsonl --via-endpoint`, 'perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out `--via-endpoint`\n'],
  [`--identity ~full.json --scp ~scp.json --scp ~wrong.json ${p}`, 'perimeter ask: ~/wrong.json: `/Statement/0/Effect`: expected "Allow" or "Deny", found "Maybe"\n'],
  [`--rcp ~twice.json ${p}`, 'perimeter ask: ~/twice.json: `/Statement`: the member stands there twice\n'],
  [`~open.json --kind resource --resource acme-data ${p}`, 'perimeter ask: `--resource`: there is no file `acme-data`; a resource is named by its ARN, such as `arn:aws:s3:::acme-data` a bucket\n'],
  [`--resource ~gone.json ${p}`, "perimeter ask: cannot read `~/gone.json`: ENOENT: no such file or directory, stat '~/gone.json'\n"],
  [`--boundary ~gone.json ${p}`, "perimeter ask: cannot read `~/gone.json`: ENOENT: no such file or directory, stat '~/gone.json'\n"],
  [`~open.json --kind resource --rcp ~gone.json ${p}`, "perimeter ask: cannot read `~/gone.json`: ENOENT: no such file or directory, stat '~/gone.json'\n"],
  [`~github.json --rcp ~rcp.json ${p}`, 'perimeter ask: `--kind` is missing: what `~/github.json` is, one of vpc-endpoint, resource, trust, identity, scp, rcp; or give it by its option, such as `--resource ~/github.json`\n'],
  [`~github.json --rcp ~rcp.json --resource arn:aws:iam::${ownAccount}:role/app ${p}`, 'perimeter ask: ~/github.json: /Statement/0: this allows only what a trust policy does, and names no resource; is its kind trust?\n'],
  [`--resource ~github.json ${p}`, 'perimeter ask: ~/github.json: /Statement/0: this allows only what a trust policy does, and names no resource; is its kind trust?\n'],
  [`--resource ~open.json --kind scp ${p}`, 'perimeter ask: `--kind`: expected resource or trust for `~/open.json`, found `scp`; policies of other kinds have options of their own\n'],
  [`--identity ~full.json --kind identity ${p}`, 'perimeter ask: `--kind`: goes with a policy file that no option says the kind of; leave it out\n'],
  [`--endpoint ~trust.json --via-endpoint ${p}`, 'perimeter ask: ~/trust.json: /Statement/0: an endpoint policy names resources, but this names none; is it a policy of another kind?\n'],
  [`--resource ~open.json --resource ~members.json ${p}`, 'perimeter ask: expected one policy of kind resource or trust, found 2\n'],
  [`--resource ~open.json --trust ~trust.json ${p}`, 'perimeter ask: expected one policy of kind resource or trust, found 2\n'],
  [`~open.json --kind resource --resource ~members.json ${p}`, 'perimeter ask: expected one policy of kind resource or trust, found 2\n'],
  [`--resource ~open.json --resource ${bucket} --resource arn:aws:s3:::other ${p}`, 'perimeter ask: `--resource`: expected one ARN, found 2\n'],
  [`--resource ~open.json --objective nope ${p}`, 'perimeter ask: `--objective`: policies together can be asked about principals, resources, deputies, networks, not "nope"\n'],
  [`~open.json --kind resource --objective resources ${p}`, 'perimeter ask: `--objective`: resource policies can be asked about principals, deputies, networks, not "resources"\n'],
  [`--trust ~trust.json --account 12 ${p}`, 'perimeter ask: `--account`: expected 12 digits, found `12`\n'],
  [`--endpoint ~endpoint.json --endpoint-type door ${p}`, 'perimeter ask: `--endpoint-type`: expected one of gateway, interface, found `door`\n'],
  [`--trust ~trust.json --perimeter ~gone.yaml`, 'there is no definition `~/gone.yaml`; `perimeter init` writes a first one\n'],
  [`--trust ~trust.json --organization nope`, 'organizations[0]: expected an organization id such as `o-4tkekae453`, found `nope`\n'],
  [`--trust ~trust.json --format xml ${p}`, 'perimeter ask: unknown format `xml`; known: text, json\n'],
];

const changed = `add \`"Condition": {"StringEquals": {"aws:PrincipalOrgID": "${organization}"}}\` to Statement 0`;
const witness = { principal: { kind: 'anonymous' }, action: 's3:GetObject', resource: `${bucket}/some-key`, context: { 'aws:PrincipalAccount': 'anonymous', 'aws:PrincipalType': 'Anonymous', 'aws:ResourceAccount': ownAccount, 'aws:ResourceOrgID': organization } };
const outside = { answer: 'outside', reach: 'anonymous', because: unsigned.replace(/\.$/, ''), at: '/Statement/0', witness };
const outsideTogether = { ...outside, through: [{ plane: 'resource policy', at: '/Statement/0' }] };

describe('perimeter ask', () => {
  for (const [line, code, ...lines] of answers) it(`${line} exits ${code}`, async () => {
    const { out, err, ...said } = await perimeter(`ask ${line}`);
    expect({ ...said, err, lines: out.split('\n').filter((one) => one.startsWith('Can ')) }).toEqual({ code, err: '', lines });
  });
  it.each(refused)('%s exits 2 and says why', async (line, message) => { expect(await perimeter(`ask ${line}`)).toEqual({ code: 2, out: '', err: message }); });

  it.each(['Policy', 'PolicyVersion', 'Role', 'ResourcePolicy', 'Attributes', 'PolicyDocument', 'policyText', 'VpcEndpoints', 'Content', 'text', 'mark', 'wide', 'encoded', 'encodedText'])('reads the policy in what AWS prints or shells write: %s', async (name) => {
    expect(await perimeter(`ask ~printed-${name}.json --kind resource --objective principals ${ofBucket}`)).toEqual(await perimeter(`ask ~members.json --kind resource --objective principals ${ofBucket}`));
  });
  it('tells the request that gets through and the change that closes it', async () => {
    expect((await perimeter(`ask ~open.json --kind resource --objective principals ${ofBucket}`)).out.split('\n')).toEqual([
      `${callers} Yes: ${unsigned}`, '  Where:   /Statement/0', `  Request: ${JSON.stringify(witness)}`, `  Change:  ${changed}`, '           which closes it; asked again to be sure', '',
    ]);
  });
  it('asks the next question of what closes the one before, so that both changes together lock nobody out', async () => {
    expect((await perimeter(`ask ~open.json --kind resource ${ofBucket}`)).out.split('\n').filter((line) => / {2}Change: /.test(line))).toEqual([`  Change:  ${changed}`, '  Change:  the same as for the question before']);
    expect((await perimeter(`ask ~open.json --kind resource ${ofBucket} --objective deputies`)).out).toContain('  Change:  add the statement `{"Effect":"Deny"');
  });
  it('tells of policies together which statement of which one admits the request', async () => {
    expect((await perimeter(`ask --resource ~open.json ${ofBucket}`)).out.split('\n')[1]).toBe('  Where:   resource policy /Statement/0');
  });
  it('tells that a person has more to do where no change closes it', async () => {
    expect((await perimeter(`ask ~github.json --kind trust ${p}`)).out.split('\n').slice(3)).toEqual([
      '  Change:  pin the claim that names your tenancy, such as `token.actions.githubusercontent.com:sub`, in Statement 0, and list the issuer under `identityProviders`', '           ask again after that: it was not tried', '',
    ]);
  });
  it('tells what keeps outsiders out', async () => {
    expect((await perimeter(`ask ~members.json --kind resource --objective principals ${ofBucket}`)).out.split('\n')).toEqual([
      `${callers} No: conditions on \`aws:PrincipalOrgID\` keep outsiders out.`, `  Held by: \`aws:PrincipalOrgID\` in Statement 0, which must be \`${organization}\``, '',
    ]);
  });
  it('tells which accounts a person has to settle', async () => {
    expect((await perimeter(`ask ~mine.json --kind trust --account 222222222222 --perimeter ~unknown.yaml`)).out.split('\n').slice(1)).toEqual(['  Where:   /Statement/0', `  Yours?   add to \`accounts\`: ${ownAccount}`, '']);
  });
  it.each<[string, string, number, object]>([
    ['one policy that is open', `~open.json --kind resource --objective principals ${ofBucket}`, 1, { ...outside, changes: [changed], closed: true }],
    ['one policy that is not', `~members.json --kind resource --objective principals ${ofBucket}`, 0, { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out', heldBy: [`\`aws:PrincipalOrgID\` in Statement 0, which must be \`${organization}\``] }],
    ['policies together that are open', `--resource ~open.json ${ofBucket}`, 1, { ...outsideTogether, changes: [changed], closed: true }],
    ['policies together that are not', `--resource ~members.json --rcp ~rcp.json ${ofBucket}`, 0, { answer: 'inside', because: both.replace(/\.$/, ''), stoppedBy: ['resource policy', 'RCP'], heldBy: expect.any(Array) }],
  ])('writes JSON of %s', async (_, line, code, principals) => {
    const said = await perimeter(`ask ${line} --format json`);
    expect({ code: said.code, err: said.err, out: JSON.parse(said.out) as unknown }).toEqual({ code, err: '', out: { objectives: { principals } } });
  });
});

describe('the account of a policy', () => {
  it.each<[string, string, string]>([
    ['the first of the definition', p, ownAccount], ['the first that stands alone', '--perimeter ~standalone.yaml', ownAccount], ['that of the resource', `--resource arn:aws:iam::222222222222:role/app ${p}`, '222222222222'],
    ['the one that is given', `--account 333333333333 ${p}`, '333333333333'],
  ])('is %s', async (_, options, account) => {
    const { out } = await perimeter(`ask --trust ~trust.json --format json ${options}`);
    expect((JSON.parse(out) as { objectives: { principals: unknown } }).objectives.principals).toMatchObject({ witness: { context: { 'aws:ResourceAccount': account } } });
  });
});

describe('what opens or closes policies together', () => {
  const foreign = 'o-bbbbbbbbbb';
  const denying = (key: string, values: unknown, Action = '*', more: object = {}): object => ({ Effect: 'Deny', Action, Resource: '*', Condition: { StringNotEqualsIfExists: { [key]: values }, ...more } });
  const rcpDenying = (...ids: string[]): object => document({ ...denying('aws:PrincipalOrgID', ids, '*', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }), Principal: '*' });
  const given: Readonly<Record<string, object>> = {
    two: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }), full: attached('Allow'),
    scpTwo: document(denying('aws:ResourceOrgID', [organization, foreign])), scpQueues: document(denying('aws:ResourceOrgID', organization, 'sqs:*')), scpBuckets: document(denying('aws:ResourceOrgID', organization, 's3:*')),
    scpMine: document(denying('aws:ResourceOrgID', organization)), scpNone: document(denying('aws:RequestedRegion', 'eu-west-1')),
    ownOnly: document({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::acme-data/*' }, { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
    old: { Statement: [{ ...reads, Resource: `${bucket}/\${aws:username}/*` }] }, new: document({ ...reads, Resource: `${bucket}/\${aws:username}/*` }),
    scpNet: document({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '198.51.100.0/24' }, BoolIfExists: { 'aws:ViaAWSService': 'false' } } }),
    misspelled: document({ ...reads, Condition: { StringEquals: { 'aws:PrincpalOrgID': organization } } }), own: document({ ...reads, Principal: { AWS: ownAccount } }), trail: document({ ...reads, Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }), many: document(...'abcdefgh'.split('').map((letter) => ({ ...reads, Action: `s3:Get${letter}*` }))),
    scpOf: document(denying('aws:ResourceOrgID', organization, '*', { StringEquals: { 'aws:PrincipalAccount': ownAccount } })), rcpTwo: rcpDenying(organization, foreign), rcpMine: rcpDenying(organization), open: policies.open, members: policies.members, trust: policies.trust, github: policies.github, endpoint: policies.endpoint,
  };
  const said = async (line: string, definition = `organizations: [${organization}]\naccounts: ["${ownAccount}"]\nbuckets: [acme-data]\n`): Promise<string[]> => {
    for (const [name, policy] of Object.entries(given)) writeFileSync(join(folder, `t-${name}.json`), JSON.stringify(policy));
    writeFileSync(join(folder, 'given.yaml'), definition);
    const { out } = await perimeter(`ask ${line.replaceAll('~', '~t-')} --perimeter ~given.yaml`);
    return out.replaceAll(`${folder}/t-`, '').split('\n').filter((one) => / {2}(?:Where|Change|then|Held by|  and|Note): |^ {11}/.test(one)).map((one) => one.trim().replace(/ +/g, ' '));
  };
  const LITERAL = 'Note: a policy without `"Version": "2012-10-17"` has no variables: `${…}` in it are characters';
  const closes = 'which closes it; asked again to be sure';
  const [inMine, onAccount] = [`\`"Condition": {"StringEquals": {"aws:ResourceOrgID": "${organization}"}}\``, `Note: asked about principals of account ${ownAccount}, which nothing names; \`--account\` names another`];
  const lessOf = (key: string): string => `remove \`${foreign}\` from \`${key}\` in Statement 0`;
  it.each<[string, string, string[]]>([
    ['an SCP that spares another organization, rather than each statement of the identity policy', '--identity ~two.json --scp ~scpTwo.json', ['Where: identity policy /Statement/0 (`two.json`)', `Change: in \`scpTwo.json\`: ${lessOf('aws:ResourceOrgID')}`, closes, onAccount]],
    ['the statement that no SCP closes, and not the one that it does', '--identity ~two.json --scp ~full.json --scp ~scpQueues.json', ['Where: identity policy /Statement/0 (`two.json`), SCP /Statement/0 (`full.json`)', `Change: in \`two.json\`: add ${inMine} to Statement 0`, closes, onAccount]],
    ['both statements, where the SCP speaks of something else', '--identity ~two.json --scp ~scpNone.json', ['Where: identity policy /Statement/0 (`two.json`)', `Change: in \`two.json\`: add ${inMine} to Statement 0`, `then: in \`two.json\`: add ${inMine} to Statement 1`, closes, onAccount]],
    ['an RCP that spares another organization', `--resource ~open.json --resource ${bucket} --rcp ~rcpTwo.json --objective principals`, ['Where: resource policy /Statement/0 (`open.json`)', `Change: in \`rcpTwo.json\`: ${lessOf('aws:PrincipalOrgID')}`, closes]],
    ['one that does for a role', '--trust ~trust.json --rcp ~rcpTwo.json', ['Where: trust policy /Statement/0 (`trust.json`)', `Change: in \`rcpTwo.json\`: ${lessOf('aws:PrincipalOrgID')}`, closes]],
    ['a role, where no change closes it', '--trust ~github.json', ['Where: trust policy /Statement/0', 'Change: pin the claim that names your tenancy, such as `token.actions.githubusercontent.com:sub`, in Statement 0, and list the issuer under `identityProviders`', 'ask again after that: it was not tried']],
    ['a bucket, beside an endpoint that need not be passed', `--resource ~open.json --resource ${bucket} --endpoint ~endpoint.json --objective principals`, ['Where: resource policy /Statement/0 (`open.json`)', `Change: in \`open.json\`: ${changed}`, closes, onAccount.replace('about principals of', 'as of'),
      'Note: the endpoint policy does not count: whoever has another way in does not come through it; `--via-endpoint` asks about requests that do']],
  ])('is changed in one of them: %s', async (_, line, lines) => { expect(await said(line)).toEqual(lines); });
  it('is asked again for the next objective with what closed the one before', async () => {
    expect((await said(`--resource ~open.json --resource ${bucket} --endpoint ~endpoint.json --objective principals --objective deputies`)).filter((one) => one.startsWith('Change'))).toEqual([`Change: in \`open.json\`: ${changed}`, 'Change: the same as for the question before']);
  });
  it('is closed as of each account that is asked about', async () => {
    expect(await said('--identity ~two.json --scp ~scpOf.json', `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n`)).toEqual(['Where: identity policy /Statement/0 (`two.json`)', `Change: in \`two.json\`: add ${inMine} to Statement 0`, `then: in \`two.json\`: add ${inMine} to Statement 1`, closes, expect.stringContaining(`this is the answer for ${sibling};`), expect.stringContaining('it is inside')]);
  });
  it('is changed where the network is wrong: in an SCP of one service, not in the bucket beside', async () => {
    expect(await said(`--resource ~own.json --resource ${bucket} --scp ~scpNet.json --objective networks`, `organizations: [${organization}]\naccounts: ["${ownAccount}"]\nnetworks: {cidrs: [192.0.2.0/24]}\n`)).toEqual([
      'Where: SCP /Statement/0 (`scpNet.json`)', 'Change: in `scpNet.json`: write `192.0.2.0/24` instead of `198.51.100.0/24` for `aws:SourceIp` in Statement 1', closes]);
  });
  it('a note tells of services where only callers are asked about', async () => {
    const note = 'Note: an AWS service can be made to act for somebody else; `--objective deputies` asks about that';
    expect(await said(`--resource ~trail.json --resource ${bucket} --rcp ~rcpMine.json`)).toContain(note);
    expect(await said(`--resource ~trail.json --resource ${bucket} --rcp ~rcpMine.json --objective principals --objective deputies`)).not.toContain(note);
    expect(await said(`--resource ~members.json --resource ${bucket} --rcp ~rcpMine.json`)).not.toContain(note);
  });
  it('is changed for one question in what the changes for another make, though more is left', async () => {
    const lines = await said(`~many.json --kind resource --resource ${bucket}`);
    const six = [0, 1, 2, 3, 4, 5].map((i) => `${i === 0 ? 'Change' : 'then'}: add \`"Condition": {"StringEquals": {"aws:PrincipalOrgID": "${organization}"}}\` to Statement ${i}`);
    const denying = (action: string): unknown => expect.stringContaining(`add the statement \`{"Effect":"Deny","Principal":"*","Action":"${action}"`);
    expect(lines).toEqual(['Where: /Statement/0', ...six, 'ask again after that: more is left', 'Where: /Statement/0', denying('s3:Getg*'), denying('s3:Geth*'), closes]);
  });
  it.each([
    ['a key in letters as they stand there', `~misspelled.json --kind resource --resource ${bucket}`, 'Note: `aws:PrincpalOrgID` is in none of our tables: requests are taken to lack it, or to carry anything'],
    ['a service that is not said', '~open.json --kind resource', 'Note: the service is not known: the answer is exact where `--service` is given'],
    ['variables of a policy without Version', '~old.json --kind resource', LITERAL], ['those of one of several', '--resource ~old.json --rcp ~rcpMine.json', LITERAL],
  ])('a note says by its option, or of the file: %s', async (_, line, note) => { expect(await said(`${line} --objective principals`)).toContain(note); });
  it('no note says so of variables that are some', async () => { expect(await said(`--resource ~new.json --resource ${bucket} --objective principals`)).not.toContain(LITERAL); });
  it.each<[string, string, string[]]>([
    ['one of two SCPs', '--identity ~full.json --scp ~scpNone.json --scp ~scpMine.json', ['Held by: the Deny of Statement 0 on `aws:ResourceOrgID`, in `scpMine.json`', onAccount]],
    ['two SCPs together', '--identity ~two.json --scp ~scpBuckets.json --scp ~scpQueues.json', ['Held by: the Deny of Statement 0 on `aws:ResourceOrgID`, in `scpBuckets.json`', 'and: the Deny of Statement 0 on `aws:ResourceOrgID`, in `scpQueues.json`', onAccount]],
    ['what an identity policy names beside what an SCP denies', '--identity ~ownOnly.json --scp ~scpQueues.json', ['Held by: the resources that Statement 0 names, in `ownOnly.json`', 'and: the Deny of Statement 0 on `aws:ResourceOrgID`, in `scpQueues.json`', onAccount]],
    ['a bucket\'s policy and an RCP, each by itself', `--resource ~members.json --resource ${bucket} --rcp ~rcpMine.json`, ['Held by: the Deny of Statement 0 on `aws:PrincipalOrgID`, `aws:PrincipalIsAWSService`, in `rcpMine.json`', `and: \`aws:PrincipalOrgID\` in Statement 0, which must be \`${organization}\`, in \`members.json\``]],
    ['one policy', `--resource ~members.json --resource ${bucket}`, [`Held by: \`aws:PrincipalOrgID\` in Statement 0, which must be \`${organization}\``]],
  ])('is held by: %s', async (_, line, lines) => { expect(await said(line)).toEqual(lines); });
});

describe('perimeter ask --jsonl', () => {
  const asked = { account: ownAccount, perimeter: { organizations: [organization], accounts: [ownAccount] }, resource: bucket };
  const together = (...kinds: (readonly [string, object])[]): object => ({ ...asked, policies: kinds.map(([kind, policy]) => ({ kind, policy })) });
  const answered = async (...lines: (object | string)[]): Promise<unknown> => {
    const { out, ...said } = await perimeter('ask --jsonl', lines.map((one) => typeof one === 'string' ? one : JSON.stringify(one)).join('\n'));
    return { ...said, out: out.split('\n').filter((one) => one !== '').map((one) => JSON.parse(one) as unknown) };
  };
  const rcpStops = { answer: 'inside', because: 'the RCP stops it', stoppedBy: ['RCP'] };

  it('answers policies together, in order, and goes on after a bad line', async () => {
    expect(await answered(
      { id: 'a', ...together(['resource', policies.open], ['rcp', policies.rcp]) }, '', { id: 'b', ...together(['resource', policies.open]) }, '{', { id: 'c', ...together(['resource', policies.open], ['door', policies.rcp]) },
      { id: 'd', ...together(['resource', policies.trail], ['rcp', policies.rcp]), objectives: ['principals', 'resources'] },
    )).toEqual({ code: 2, err: '', out: [
      { id: 'a', objectives: { principals: rcpStops } }, { id: 'b', objectives: { principals: outsideTogether } }, { line: 4, error: `not JSON: ${jsonFault('{')}` },
      { id: 'c', error: '`policies/1/kind`: expected one of identity, boundary, scp, rcp, vpc-endpoint, resource, trust, found `door`' },
      { id: 'd', objectives: { principals: { answer: 'inside', because: both.replace(/\.$/, ''), stoppedBy: ['resource policy', 'RCP'] }, resources: { answer: 'undecided', because: 'none of the policies given can be asked about resources' } } },
    ] });
  });
  it('refuses a line that names a member twice', async () => {
    const line = JSON.stringify({ ...asked, kind: 'resource', policy: policies.open }).replace('"Allow"', '"Allow","Effect":"Deny"');
    expect(await answered(line)).toEqual({ code: 2, err: '', out: [{ line: 1, error: '`/policy/Statement/0/Effect`: the member stands there twice' }] });
  });
  it.each<[string, object[], number]>([
    ['all inside', [together(['resource', policies.members]), together(['resource', policies.open], ['rcp', policies.rcp])], 0], ['something outside', [together(['resource', policies.open]), together(['resource', policies.members])], 1],
    ['something undecided', [together(['vpc-endpoint', policies.endpoint])], 1], ['a bad line, whatever follows', [{ ...asked }, together(['resource', policies.open])], 2],
  ])('exits as the worst of its lines: %s', async (_, lines, code) => { expect(await answered(...lines)).toMatchObject({ code }); });
  it('counts an endpoint where requests come through it', async () => {
    const question = { ...together(['resource', policies.open], ['vpc-endpoint', policies.endpoint]), id: 1 };
    const only = { answer: 'inside', because: 'the endpoint policy stops it', stoppedBy: ['endpoint policy'] };
    expect(await answered(question, { ...question, viaEndpoint: true }, { ...question, viaEndpoint: 'yes' })).toEqual({ code: 2, err: '', out: [
      { id: 1, objectives: { principals: outsideTogether } }, { id: 1, objectives: { principals: only } }, { id: 1, error: '`viaEndpoint`: expected true or false, found "yes"' },
    ] });
  });
});
