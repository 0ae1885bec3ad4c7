import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, test } from 'vitest';
import { run } from '../../entry/cli.ts';
import { takeInventory } from '../../entry/inventory.ts';

const folder = mkdtempSync(join(tmpdir(), 'inventory-'));
afterAll(() => { rmSync(folder, { recursive: true }); });
let files = 0;
function snapshot(...configurationItems: unknown[]): string {
  const path = join(folder, `${++files}.json`);
  writeFileSync(path, JSON.stringify({ configurationItems }));
  return path;
}

const item = (resourceType: string, resourceId: string, more: object = {}) => ({
  awsAccountId: '111111111111', awsRegion: 'eu-west-1', resourceType, resourceId, ARN: `arn:aws:x:::${resourceId}`,
  configurationItemStatus: 'OK', configurationItemCaptureTime: '2026-11-01T00:00:00.000Z', configuration: {}, ...more,
});
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const role = (name: string, document: string, more: object = {}) =>
  item('AWS::IAM::Role', name, { ARN: `arn:aws:iam::111111111111:role/${name}`, resourceName: name, configuration: { assumeRolePolicyDocument: encodeURIComponent(document) }, ...more });
const trusts = (Principal: object, Condition: object = {}) => policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition });
const endpoint = (id: string, policyDocument: string) => item('AWS::EC2::VPCEndpoint', id, { ARN: `arn:aws:ec2:::${id}`, configuration: { policyDocument } });
const bucket = (name: string, policyText: string | null, more: object = {}) =>
  item('AWS::S3::Bucket', name, { ARN: `arn:aws:s3:::${name}`, supplementaryConfiguration: { BucketPolicy: { policyText } }, ...more });
const named = (id: string, kind: string, example: string, more: object = {}) => ({ id, owner: false, policies: 1, kinds: [kind], externalIds: [], example, ...more });
const partner = { AWS: 'arn:aws:iam::222222222222:root' };
const oidc = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';

const nothing = { accounts: [{ id: '111111111111', items: 1 }], namedAccounts: [], organizations: [], buckets: [], vpcs: [], identityProviders: [] };
test.each<[string, object[], object]>([
  ['an item of another type counts for its owner', [item('AWS::Lambda::Function', 'f', { configuration: { policy: '222222222222' } })], {}],
  ['a partner with its external id', [role('r', trusts(partner, { StringEquals: { 'sts:ExternalId': '333333333333' } }))],
    { namedAccounts: [named('222222222222', 'trust', 'arn:aws:iam::111111111111:role/r', { externalIds: ['333333333333'] })] }],
  ['external ids with a wildcard, or excluded, are none', [role('r', trusts(partner, { StringLike: { 'sts:ExternalId': 'a*' }, StringNotEquals: { 'sts:ExternalId': 'b' } }))],
    { namedAccounts: [named('222222222222', 'trust', 'arn:aws:iam::111111111111:role/r')] }],
  ['the own account is an owner', [role('r', trusts({ AWS: '111111111111' }))],
    { namedAccounts: [named('111111111111', 'trust', 'arn:aws:iam::111111111111:role/r', { owner: true })] }],
  ['conditions and resources of an endpoint policy', [endpoint('vpce-1', policy({
    Effect: 'Allow', Principal: '*', Action: '*', Resource: 'arn:aws:sqs:eu-west-1:222222222222:q',
    Condition: { StringEquals: { 'aws:PrincipalAccount': ['333333333333'], 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:PrincipalTag/team': '555555555555' }, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444444444444:role/*' } },
  }))], { organizations: [{ id: 'o-4tkekae453', policies: 1 }], namedAccounts: ['222222222222', '333333333333', '444444444444'].map((id) => named(id, 'vpc-endpoint', 'arn:aws:ec2:::vpce-1')) }],
  ['an organization path names its organization', [endpoint('vpce-1', policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-4tkekae453/r-ab12/*' } } }))],
    { organizations: [{ id: 'o-4tkekae453', policies: 1 }] }],
  ['a bucket with its policy', [bucket('b', policy({ Effect: 'Allow', Principal: partner, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }))],
    { buckets: [{ name: 'b', account: '111111111111', region: 'eu-west-1' }], namedAccounts: [named('222222222222', 'bucket', 'arn:aws:s3:::b')] }],
  ['a bucket without policy', [bucket('b', null)], { buckets: [{ name: 'b', account: '111111111111', region: 'eu-west-1' }] }],
  ['a deleted bucket is none', [bucket('b', null, { configurationItemStatus: 'ResourceDeleted' })], {}],
  ['the latest state counts, in whatever order', [
    role('r', trusts({ Service: 'ec2.amazonaws.com' }), { configurationItemCaptureTime: '2026-11-02T00:00:00.000Z' }), role('r', trusts(partner)),
    bucket('b', null), bucket('b', null, { configurationItemStatus: 'ResourceDeleted', configurationItemCaptureTime: '2026-11-02T00:00:00.000Z' }),
  ], { accounts: [{ id: '111111111111', items: 4 }] }],
  ['VPCs', [item('AWS::EC2::VPC', 'vpc-012abc02', { configuration: { isDefault: true } }), item('AWS::EC2::VPC', 'vpc-012abc01')], {
    accounts: [{ id: '111111111111', items: 2 }],
    vpcs: [{ id: 'vpc-012abc01', account: '111111111111', region: 'eu-west-1', isDefault: false }, { id: 'vpc-012abc02', account: '111111111111', region: 'eu-west-1', isDefault: true }],
  }],
  ['identity providers with the claims asked for', [
    role('ci', trusts({ Federated: oidc }, { StringLike: { 'token.actions.githubusercontent.com:sub': ['repo:b/*', 'repo:a/*'] }, StringNotLike: { 'token.actions.githubusercontent.com:sub': 'repo:c/*' } })),
    role('people', trusts({ Federated: 'arn:aws:iam::111111111111:saml-provider/Okta' })), role('app', trusts({ Federated: 'accounts.google.com' })),
  ], {
    accounts: [{ id: '111111111111', items: 3 }],
    namedAccounts: [named('111111111111', 'trust', 'arn:aws:iam::111111111111:role/ci', { owner: true, policies: 2 })],
    identityProviders: [
      { kind: 'oidc', provider: 'accounts.google.com', name: 'accounts.google.com', account: undefined, policies: 1, claims: {} },
      { kind: 'oidc', provider: oidc, name: 'token.actions.githubusercontent.com', account: '111111111111', policies: 1, claims: { sub: ['repo:a/*', 'repo:b/*'] } },
      { kind: 'saml', provider: 'arn:aws:iam::111111111111:saml-provider/Okta', name: 'Okta', account: '111111111111', policies: 1, claims: {} },
    ],
  }],
  ['a provider that is denied is not trusted', [role('r', policy({ Effect: 'Deny', Principal: { Federated: 'accounts.google.com' }, Action: '*' }))], {}],
])('%s', async (_, items, expected) => {
  const { input, ...found } = await takeInventory([snapshot(...items)]);
  expect(found).toEqual({ ...nothing, ...expected });
  expect({ ...input, bytes: 0 }).toEqual({ files: 1, items: items.length, bytes: 0, problems: [] });
});

it('counts an item whose owner the bytes do not settle', async () => {
  const path = snapshot(item('AWS::Lambda::Function', 'f', { awsAccountId: undefined, accountId: '222222222222', configuration: { awsAccountId: 7 } }));
  expect((await takeInventory([path])).accounts).toEqual([{ id: '222222222222', items: 1 }]);
});

it('names what cannot be read and goes on', async () => {
  const path = snapshot(role('r', '{"Statement":1}'), { resourceType: 'AWS::EC2::VPC' }, bucket('b', '{'));
  const { buckets, input } = await takeInventory([path, join(folder, 'none.json')]);
  expect({ buckets, problems: input.problems.map(({ file, message }) => ({ file, message })) }).toEqual({
    buckets: [{ name: 'b', account: '111111111111', region: 'eu-west-1' }],
    problems: [
      { file: join(folder, 'none.json'), message: 'there is no such file or folder' },
      { file: path, message: 'AWS::IAM::Role r: `assumeRolePolicyDocument` cannot be read: `/Statement`: expected a statement object' },
      { file: path, message: 'an item has no `resourceId`' },
      { file: path, message: expect.stringMatching(/^AWS::S3::Bucket b: `BucketPolicy` cannot be read: not JSON: /) as string },
    ],
  });
});

it('lists what the breached example names', async () => {
  const { accounts, namedAccounts, organizations, buckets, vpcs, identityProviders, input } = await takeInventory(['examples/breached']);
  expect({
    accounts: accounts.map(({ id }) => id), others: namedAccounts.filter(({ owner }) => !owner).map(({ id }) => id), organizations: organizations.map(({ id }) => id),
    buckets: buckets.map(({ name }) => name), vpcs: vpcs.filter(({ isDefault }) => !isDefault).map(({ id }) => id),
    providers: [...new Set(identityProviders.map(({ name }) => name))].sort(), problems: input.problems,
  }).toEqual({
    accounts: ['111122223333', '222233334444', '333344445555', '444455556666', '555566667777', '666677778888'],
    others: ['123456789012', '210987654321', '333344454555', '777788889999'], organizations: ['o-4tkekae453'],
    buckets: ['larkfield-config-111122223333', 'larkfield-lake-curated', 'larkfield-lake-raw', 'larkfield-log-archive', 'larkfield-payments-statements', 'larkfield-storefront-assets', 'larkfield-storefront-uploads'],
    vpcs: ['1', '2', '3', '4', '5'].map((n) => `vpc-0c5e1d20aa4f1000${n}`),
    providers: ['AWSSSO_a3c5e7091b2d4f68_DO_NOT_DELETE', 'Okta', 'oidc.eks.eu-central-1.amazonaws.com/id/8C1F0E6A2B7D4935A1E0C4D2B6F83A57', 'token.actions.githubusercontent.com'], problems: [],
  });
});

test.each<[string, string[], number, RegExp, RegExp]>([
  ['text', [], 0, /^Organizations that policies name: none\n\nAccounts that own items: 1\n {2}111111111111 {2}1 item\n[^]*\nBuckets: 1\n {2}b {2}111111111111 eu-west-1\n/, /^$/],
  ['JSON', ['--format', 'json'], 0, /^\{\n {2}"accounts": \[/, /^$/],
  ['an unknown format', ['--format', 'xml'], 2, /^$/, /^perimeter inventory: unknown format `xml`; known: text, json\n$/],
  ['unreadable input', [join(folder, 'none.json')], 2, /^Organizations/, /none\.json: there is no such file or folder\n$/],
])('the command: %s', async (_, more, status, out, err) => {
  const said = { out: '', err: '', code: -1 };
  await run(['inventory', snapshot(bucket('b', null)), ...more], {
    out: (text) => { said.out += text; }, err: (text) => { said.err += text; }, isTTY: false, color: false, columns: 100, now: () => 0, setExitCode: (code) => { said.code = code; },
  });
  expect(said).toEqual({ out: expect.stringMatching(out) as string, err: expect.stringMatching(err) as string, code: status });
});
