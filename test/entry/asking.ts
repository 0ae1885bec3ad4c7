import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { run } from '../../entry/cli.ts';
import { now, organization, ownAccount, strangerAccount } from '../support/perimeter.ts';

let folder: string;
/** Writes policies and definitions into a folder of the test file, which the command line is asked about. */
export function askedAboutFiles(): void {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'perimeter-ask-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'latin.json'), Buffer.from('{"Statement": [], "Id": "\u00e4"}', 'latin1'));
    writeFileSync(join(folder, 'printed-wide.json'), Buffer.from(`\ufeff${JSON.stringify(policies.members)}`, 'utf16le'));
  });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  afterEach(() => { vi.restoreAllMocks(); });
}
/** The file of that name in the folder. */
export const inFolder = (name: string): string => join(folder, name);

export const document = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });
export const attached = (Effect: 'Allow' | 'Deny', Condition?: object): object => document({ Effect, Action: '*', Resource: '*', ...(Condition === undefined ? {} : { Condition }) });
export const bucket = 'arn:aws:s3:::acme-data';
export const [sibling, alone] = ['222222222222', '444444444444'];
export const reads = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${bucket}/*` };
export const ofMembers = { StringEquals: { 'aws:PrincipalOrgID': organization } };
export const policies = {
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
export const files: Readonly<Record<string, string>> = {
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

export interface Said { readonly code: number | undefined; readonly out: string; readonly err: string }
/** Words that begin with a tilde are files in the folder; `input` is what standard input holds. */
export async function perimeter(line: string, input?: string | Uint8Array): Promise<Said> {
  if (input !== undefined) vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([Buffer.from(input)], { objectMode: false }) as typeof process.stdin);
  let [code, out, err]: [number | undefined, string, string] = [undefined, '', ''];
  await run(line.split(' ').filter((word) => word !== '').map((word) => word.replace(/^~/, `${folder}/`)), {
    out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: false, color: false, columns: 80, now: () => now, setExitCode: (given) => { code = given; },
  });
  return { code, out, err: err.replaceAll(folder, '~') };
}
export const p = '--perimeter ~perimeter.yaml';
export const ofBucket = `--resource ${bucket} ${p}`;

export const someone = (account: string): string => `arn:aws:iam::${account}:role/someone`;
export const callers = 'Can anyone outside get through?';
export const resources = 'Can anyone reach resources that are not yours?';
export const deputies = 'Can an AWS service be made to act for somebody else?';
export const networks = 'Can your principals act from networks that are not yours?';
export const unsigned = 'anyone, without signing in to AWS, can reach the resource through Statement 0: an unsigned caller could call s3:GetObject on `arn:aws:s3:::acme-data/some-key`.';
export const reached = `callers can reach resources of any AWS account through Statement 0: the role \`${someone(ownAccount)}\` could call s3:GetObject on \`arn:aws:s3:::some-bucket/some-key\`.`;
export const assumed = `any AWS account can assume the role through Statement 0: the role \`${someone(strangerAccount)}\` could call sts:AssumeRole.`;
export const both = 'the resource policy and the RCP each stop it.';
export const changed = `add \`"Condition": {"StringEquals": {"aws:PrincipalOrgID": "${organization}"}}\` to Statement 0`;
