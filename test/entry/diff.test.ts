import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../entry/cli.ts';
import { jsonFault } from '../support/json-fault.ts';
import { now, organization, ownAccount, strangerAccount } from '../support/perimeter.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perimeter-diff-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const second = 'o-secondofmine';
const bucket = 'arn:aws:s3:::acme-data';
const [sibling, alone] = ['222222222222', '444444444444'];
const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const reads = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${bucket}/*` };
const everything = { Principal: '*', Action: '*', Resource: '*' };
const members = (...organizations: string[]): object => ({ Condition: { StringEquals: { 'aws:PrincipalOrgID': organizations } } });
const distribution = `arn:aws:cloudfront::${ownAccount}:distribution/E1`;
const cloudFront = { Principal: { Service: 'cloudfront.amazonaws.com' } };
const trusts = (AWS: string, Condition: object = {}, Action = 'sts:AssumeRole'): string => document({ Effect: 'Allow', Principal: { AWS }, Action, Condition });
const github = { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } };
const ofNetwork = (given: object, ...vpcs: readonly string[]): object => ({ Effect: 'Deny', Resource: '*', ...given, Condition: {
  BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' }, NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, StringNotEqualsIfExists: { 'aws:SourceVpc': ['vpc-012abc01', ...vpcs], 'aws:PrincipalTag/dp:exclude:network': 'true' }, ArnNotLikeIfExists: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/svc-*' },
} });
const sparingTags = (...tags: readonly string[]): object => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition: {
  NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-012abc01', ...Object.fromEntries(tags.map((one) => [`aws:PrincipalTag/dp:exclude:${one}`, 'true'])) },
} });
const ofResources = ({ NotResource, ...given }: { readonly NotAction: string; readonly NotResource?: unknown }, ...owners: readonly string[]): object => ({ Effect: 'Deny', ...given, ...NotResource === undefined ? { Resource: '*' } : { NotResource }, Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': organization, 'ec2:Owner': owners } } });
const files: Readonly<Record<string, string>> = {
  'open.json': document(reads), 'members.json': document({ ...reads, ...members(organization) }), 'twoOrganizations.json': document({ ...reads, ...members(organization, second) }),
  'behindDeny.json': document({ Effect: 'Deny', ...everything, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': organization } } }, reads),
  'writes.json': document({ ...reads, Action: 's3:PutObject' }), 'nothing.json': document(), 'broken.json': '{', 'list.json': '[]', 'wrong.json': document({ Effect: 'Maybe', Action: '*', Resource: '*' }),
  'full.json': document({ Effect: 'Allow', Action: '*', Resource: '*' }), 'noReads.json': document({ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }), 'notReads.json': document({ Effect: 'Allow', NotAction: 's3:GetObject', Resource: '*' }),
  'roleOfMine.json': document({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ownAccount}:role/*` } } }),
  'mine.json': trusts(ownAccount), 'root.json': trusts(`arn:aws:iam::${ownAccount}:root`), 'anyone.json': trusts('*'), 'sameAccount.json': trusts('*', { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } }),
  'fits.json': document({ Effect: 'Allow', ...everything }, ...Array.from({ length: 60 }, (_, n) => ({ Effect: 'Deny', ...everything, Condition: { StringNotLike: { 'aws:PrincipalArn': `*a*${n}*b*c*` } } }))),
  'fits-others.json': document({ Effect: 'Allow', ...everything }, ...Array.from({ length: 60 }, (_, n) => ({ Effect: 'Deny', ...everything, Condition: { StringNotLike: { 'aws:PrincipalArn': `*c*${n}*d*e*` } } }))),
  'patterns.json': document(...Array.from({ length: 2 }, (_, i) => ({ Effect: i === 0 ? 'Allow' : 'Deny', ...everything, Condition: { StringLike: { 'aws:PrincipalArn': Array.from({ length: 60 }, (_one, n) => `*a*${n}*b*c*`) } } }))),
  'perimeter.yaml': `organizations: [${organization}]\naccounts: ["${ownAccount}"]\n`, 'two.yaml': `organizations: [${organization}, ${second}]\naccounts: ["${ownAccount}"]\n`, 'standalone.yaml': `organizations: []\nstandaloneAccounts: ["${ownAccount}"]\n`,
  'ofSibling.json': document({ ...reads, Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } }), 'several.yaml': `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n`,
  // A bucket's objects whose keys begin with an asterisk, and all.
  'ofStar.json': document({ ...reads, Resource: `${bucket}/\${*}*` }), 'ofAll.json': document({ ...reads, Resource: `${bucket}/**` }),
  'teamOfMine.json': document({ ...reads, Condition: { StringEquals: { 'aws:PrincipalTag/team': '${s3:ExistingObjectTag/team}' } } }), 'teamStar.json': document({ ...reads, Condition: { StringLike: { 'aws:PrincipalTag/team': 'a${*}*' } } }), 'teamAll.json': document({ ...reads, Condition: { StringLike: { 'aws:PrincipalTag/team': 'a**' } } }),
  'ofOwn.json': document({ ...reads, Condition: { StringEquals: { 'aws:ResourceAccount': ownAccount } } }),
  'ofMine.json': document({ ...reads, Condition: { StringEquals: { 'aws:ResourceOrgID': organization } } }), 'alone.yaml': `organizations: [${organization}]\nstandaloneAccounts: ["${alone}"]\n`,
  ...Object.fromEntries(Object.entries({
    Tls: { Bool: { 'aws:SecureTransport': 'false' } }, Vpc: { StringNotEquals: { 'aws:SourceVpc': 'vpc-012abc01' } }, Region: { StringNotLike: { 'aws:RequestedRegion': 'eu-*' } }, Late: { DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
    Network: { StringNotEquals: { 'aws:SourceVpc': 'vpc-012abc01' }, NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, Age: { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '300' } }, Tag: { StringNotEquals: { 'aws:PrincipalTag/team': '${aws:PrincipalAccount}' } }, Path: { StringLike: { 's3:prefix': 'a*' } },
  }).map(([name, Condition]) => [`deny${name}.json`, document({ ...reads, ...members(organization) }, { Effect: 'Deny', ...everything, Condition })])),
  // Beside what members of mine may do, a service or somebody of another account, bound and not.
  ...Object.fromEntries(Object.entries({
    Bare: [{}], Arn: [{ 'aws:SourceArn': distribution }], Account: [{ 'aws:SourceAccount': ownAccount }], Denied: [{}, { 'aws:SourceArn': distribution }],
  }).map(([name, [StringEquals, StringNotEquals]]) => [`cloudFront${name}.json`, document({ ...reads, ...members(organization) }, { ...reads, ...cloudFront, Condition: { StringEquals } }, ...StringNotEquals === undefined ? [] : [{ ...reads, ...cloudFront, Effect: 'Deny', Condition: { StringNotEquals } }])])),
  'cloudFrontWrites.json': document({ ...reads, ...cloudFront, Condition: { StringEquals: { 'aws:SourceArn': distribution } } }, { ...reads, ...cloudFront, Action: 's3:PutObject', Condition: { StringEquals: { 'aws:SourceArn': distribution } } }), 'cloudFrontReads.json': document({ ...reads, ...cloudFront, Condition: { StringEquals: { 'aws:SourceArn': distribution } } }),
  'strangerBound.json': document({ ...reads, ...members(organization) }, { ...reads, Principal: { AWS: strangerAccount }, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x', 's3:ExistingObjectTag/team': 'y', 's3:versionid': '1' }, IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }), 'strangerBare.json': document({ ...reads, ...members(organization) }, { ...reads, Principal: { AWS: strangerAccount } }),
  'ofService.json': document({ ...reads, Condition: { StringEquals: { 'aws:SourceAccount': ownAccount } } }),
  // The Deny of networks, and the same split by actions, of which one half spares another VPC.
  'ofSearch.json': document(ofNetwork({ NotAction: 'es:ES*' })), 'ofSearchWider.json': document(ofNetwork({ NotAction: 'es:ES*' }, 'vpc-0bbbbbbb')),
  'ofTag.json': document(sparingTags('network')), 'ofTags.json': document(sparingTags('network', 'identity')),
  'ofOwners.json': document(ofResources({ NotAction: 'es:ES*' }, 'amazon')), 'ofMoreOwners.json': document(ofResources({ NotAction: 'es:ES*' }, 'amazon', 'aws-marketplace')), 'notBuckets.json': document(ofResources({ NotAction: 'es:ES*', NotResource: ['arn:aws:ssm:*::*', 'arn:aws:s3:::*'] }, 'amazon')), 'notParameters.json': document(ofResources({ NotAction: 'es:ES*', NotResource: 'arn:aws:ssm:*::*' }, 'amazon')),
  'ofNetwork.json': document(ofNetwork({ NotAction: 'iam:*' })), 'ofNetworkSplit.json': document(ofNetwork({ NotAction: ['iam:*', 's3:*'] }), ofNetwork({ Action: 's3:*' })), 'ofNetworkWider.json': document(ofNetwork({ NotAction: ['iam:*', 's3:*'] }), ofNetwork({ Action: 's3:*' }, 'vpc-0bbbbbbb')),
  'anyToken.json': trusts('*', github, 'sts:AssumeRoleWithWebIdentity'), 'ownToken.json': document({ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${ownAccount}:oidc-provider/token.actions.githubusercontent.com` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: github }),
  'noDocument.json': '{"Policy": "none"}',
  'accounts.txt': `${ownAccount}\n`, 'names.txt': 'mine\n',
};

interface Said { readonly code: number | undefined; readonly out: string; readonly err: string }
/** Words that begin with a tilde are files in the folder. */
async function diff(line: string): Promise<Said> {
  let [code, out, err]: [number | undefined, string, string] = [undefined, '', ''];
  await run(['diff', ...line.split(' ').filter((word) => word !== '').map((word) => word.replace(/^~/, `${folder}/`))], {
    out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: false, color: false, columns: 80, now: () => now, setExitCode: (given) => { code = given; },
  });
  return { code, out, err: err.replaceAll(folder, '~') };
}
const p = '--perimeter ~perimeter.yaml';
const ofBucket = `--kind resource --resource ${bucket} ${p}`;

const [adds, removes] = ['The new one allows what the old one did not', 'The old one allowed what the new one does not'];
const arnOf = (account: string): string => `arn:aws:iam::${account}:role/someone`;
const could = (account: string, action: string, on = ` on \`${bucket}/some-key\``, telling = ''): string => `the role \`${arnOf(account)}\` could call ${action}${on}${telling}.`;
const reading = (account: string, telling: string): string => could(account, 's3:GetObject', undefined, `, ${telling}`);
const served = (action: string, telling = ''): string => `the AWS service \`cloudfront.amazonaws.com\` could call ${action} on \`${bucket}/some-key\`${telling}.`;
const nothing = (title: string): string => `${title}: nothing.`;
const undefinedNote = 'compared without a definition: no organization, no network and no account but the owner\'s counts as yours, for which 000000000000 stands where nothing names it; `--perimeter` gives one';
const withoutDefinition = `Note: ${undefinedNote}`;
const taken = (account: string): string => `Note: asked as of account ${account}, which nothing names; \`--account\` names another`;

/** What the command says, without the request, and its exit status. */
const answers: readonly (readonly [line: string, code: number, ...lines: string[]])[] = [
  [`~open.json ~open.json ${ofBucket}`, 0, 'Both allow the same requests.'],
  [`~members.json ~behindDeny.json ${ofBucket}`, 0, 'Both allow the same requests.'],
  [`~mine.json ~root.json --kind trust ${p}`, 0, 'Both allow the same requests.'],
  [`~mine.json ~root.json --kind trust`, 0, 'Both allow the same requests.', withoutDefinition],
  [`~mine.json ~sameAccount.json --kind trust ${p}`, 0, 'Both allow the same requests.', taken(ownAccount)],
  [`~mine.json ~sameAccount.json --kind trust --account ${ownAccount}`, 0, 'Both allow the same requests.', withoutDefinition],
  [`~mine.json ~sameAccount.json --kind trust --resource arn:aws:iam::${ownAccount}:role/app`, 0, 'Both allow the same requests.', withoutDefinition],
  [`~mine.json ~sameAccount.json --kind trust --organization ${organization} --accounts ~accounts.txt`, 0, 'Both allow the same requests.', taken(ownAccount)],
  [`~mine.json ~sameAccount.json --kind trust --perimeter ~standalone.yaml`, 0, 'Both allow the same requests.', taken(ownAccount)],
  // The accounts that they tell apart are asked about one by one.
  [`~nothing.json ~ofSibling.json --kind resource --resource ${bucket} --perimeter ~several.yaml --account ${ownAccount}`, 0, 'Both allow the same requests.'],
  [`~nothing.json ~ofSibling.json --kind resource --resource ${bucket} --perimeter ~several.yaml`, 1, `${adds}: ${reading(sibling, `with \`aws:ResourceAccount\` \`${sibling}\``)}`, '  Where:   /Statement/0', nothing(removes), `Note: asked as of accounts ${ownAccount}, ${sibling}, which the policies may tell apart: this is the answer for ${sibling}; \`--account\` names one`],
  [`~nothing.json ~ofMine.json --kind resource --resource ${bucket} --perimeter ~alone.yaml`, 1, `${adds}: ${reading('000000000000', `with \`aws:ResourceOrgID\` \`${organization}\``)}`, '  Where:   /Statement/0', nothing(removes), `Note: asked as of accounts 000000000000, ${alone}, which the policies may tell apart: this is the answer for 000000000000; \`--account\` names one`, 'Note: 000000000000 stands for any account of yours that nothing names'],
  [`~ofSibling.json ~ofOwn.json --kind resource --resource ${bucket} --perimeter ~several.yaml`, 1, `${adds}: ${reading(ownAccount, `with \`aws:ResourceAccount\` \`${ownAccount}\``)}`, '  Where:   /Statement/0', `${removes}: ${reading(sibling, `with \`aws:ResourceAccount\` \`${sibling}\``)}`, '  Where:   /Statement/0', `Note: asked as of accounts ${ownAccount}, ${sibling}, which the policies may tell apart: this is the answer for ${ownAccount} and ${sibling}; \`--account\` names one`],
  // A variable for a character is no wildcard, though both are written alike once they are read.
  [`~ofStar.json ~ofAll.json ${ofBucket}`, 1, `${adds}: ${could(ownAccount, 's3:GetObject')}`, '  Where:   /Statement/0', nothing(removes)],
  [`~teamOfMine.json ~open.json ${ofBucket}`, 1, `${adds}: ${reading(ownAccount, 'without `aws:PrincipalTag/team` and without `s3:ExistingObjectTag/team`')}`, '  Where:   /Statement/0', nothing(removes)],
  [`~teamStar.json ~teamAll.json ${ofBucket}`, 1, `${adds}: ${reading(ownAccount, 'with `aws:PrincipalTag/team` `a`')}`, '  Where:   /Statement/0', nothing(removes)],
  [`~noReads.json ~notReads.json --kind scp --service s3 ${p}`, 0, 'Both allow the same requests.'],
  [`~open.json ~members.json ${ofBucket}`, 1, nothing(adds), `${removes}: ${reading(strangerAccount, 'without `aws:PrincipalOrgID`')}`, '  Where:   /Statement/0'],
  [`~members.json ~open.json ${ofBucket}`, 1, `${adds}: ${reading(strangerAccount, 'without `aws:PrincipalOrgID`')}`, '  Where:   /Statement/0', nothing(removes)],
  [`~open.json ~writes.json ${ofBucket}`, 1, `${adds}: ${could(ownAccount, 's3:PutObject')}`, '  Where:   /Statement/0', `${removes}: ${could(ownAccount, 's3:GetObject')}`, '  Where:   /Statement/0'],
  [`~nothing.json ~members.json --kind resource --resource ${bucket} --perimeter ~two.yaml`, 1, `${adds}: ${reading(ownAccount, `with \`aws:PrincipalOrgID\` \`${organization}\``)}`, '  Where:   /Statement/0', nothing(removes)],
  [`~members.json ~twoOrganizations.json --kind resource --resource ${bucket} --perimeter ~two.yaml`, 1, `${adds}: ${reading(ownAccount, `with \`aws:PrincipalOrgID\` \`${second}\``)}`, '  Where:   /Statement/0', nothing(removes)],
  // What both allow with other values of a key is told from what one refuses.
  ...([
    ['Tls', 'with `aws:SecureTransport` `false`'], ['Vpc', 'without `aws:SourceVpc`'], ['Region', 'with `aws:RequestedRegion` `us-east-1`'], ['Late', 'with `aws:CurrentTime` `2030-01-01T00:00:00.001Z`'], ['Network', 'without `aws:SourceVpc` and with `aws:SourceIp` `203.0.113.9`'],
    ['Age', 'with `aws:MultiFactorAuthAge` `301`'], ['Tag', 'without `aws:PrincipalTag/team`'], ['Path', 'with `s3:prefix` `a`'],
  ] as const).map(([name, telling]) => [`~deny${name}.json ~members.json ${ofBucket}`, 1, `${adds}: ${reading(ownAccount, telling)}`, '  Where:   /Statement/0', nothing(removes)] as const),
  // What a grant demands of a request is said of it, so that one that is bound reads otherwise than one that is not; no service could carry the organization of its caller.
  ...([['Bare', ''], ['Arn', `, with \`aws:SourceArn\` \`${distribution}\``], ['Account', `, with \`aws:SourceAccount\` \`${ownAccount}\``], ['Denied', `, with \`aws:SourceArn\` \`${distribution}\``]] as const)
    .map(([name, telling]) => [`~members.json ~cloudFront${name}.json ${ofBucket}`, 1, `${adds}: ${served('s3:GetObject', telling)}`, '  Where:   /Statement/1', nothing(removes)] as const),
  [`~cloudFrontReads.json ~cloudFrontWrites.json ${ofBucket}`, 1, `${adds}: ${served('s3:PutObject', `, with \`aws:SourceArn\` \`${distribution}\``)}`, '  Where:   /Statement/1', nothing(removes)],
  [`~members.json ~strangerBare.json ${ofBucket}`, 1, `${adds}: ${reading(strangerAccount, 'without `aws:PrincipalOrgID`')}`, '  Where:   /Statement/1', nothing(removes)],
  [`~members.json ~strangerBound.json ${ofBucket}`, 1, `${adds}: ${reading(strangerAccount, 'with `aws:SourceIp` `192.0.2.9` and with `aws:PrincipalTag/team` `x` and without `aws:PrincipalOrgID`')}`, '  Where:   /Statement/1', nothing(removes)],
  // What the edit is about comes first, in a request that AWS knows: of the service whose key or resources it is about.
  [`~ofSearch.json ~ofSearchWider.json --kind scp ${p}`, 1, `${adds}: ${could(ownAccount, 's3:GetObject', ' on `arn:aws:s3:::some-bucket/some-key`', ', with `aws:SourceVpc` `vpc-0bbbbbbb`')}`, nothing(removes)],
  [`~ofTags.json ~ofTag.json --kind scp ${p}`, 1, nothing(adds), `${removes}: ${could(ownAccount, 's3:GetObject', ' on `arn:aws:s3:::some-bucket/some-key`', ', with `aws:PrincipalTag/dp:exclude:identity` `true` and with `aws:SourceIp` `203.0.113.9` and without `aws:SourceVpc`')}`],
  [`~ofOwners.json ~ofMoreOwners.json --kind scp ${p}`, 1, `${adds}: ${could(ownAccount, 'ec2:RunInstances', ' on `arn:aws:ec2:us-east-1:888888888888:instance/i-0123456789abcdef0`', ', without `aws:ResourceOrgID` and with `ec2:Owner` `aws-marketplace`')}`, nothing(removes)],
  [`~notParameters.json ~notBuckets.json --kind scp ${p}`, 1, `${adds}: ${could(ownAccount, 's3:GetObject', ' on `arn:aws:s3:::some-bucket/some-key`', ', without `aws:ResourceOrgID` and without `ec2:Owner`')}`, nothing(removes)],
  [`~ofNetwork.json ~ofNetworkSplit.json --kind scp ${p}`, 0, 'Both allow the same requests.'],
  [`~ofNetwork.json ~ofNetworkWider.json --kind scp ${p}`, 1, `${adds}: ${could(ownAccount, 's3:GetObject', ' on `arn:aws:s3:::some-bucket/some-key`', ', with `aws:SourceVpc` `vpc-0bbbbbbb`')}`, nothing(removes)],
  // A role takes tokens of its own account's providers, so whose the provider is makes all the difference.
  [`~anyToken.json ~ownToken.json --kind trust --account ${ownAccount} ${p}`, 1, nothing(adds), `${removes}: a token of the provider \`arn:aws:iam::${strangerAccount}:oidc-provider/token.actions.githubusercontent.com\` with the subject \`repo:acme/app:ref:refs/heads/main\` could call sts:AssumeRoleWithWebIdentity.`, '  Where:   /Statement/0'],
  [`~nothing.json ~ownToken.json --kind trust --account ${ownAccount} ${p}`, 1, `${adds}: a token of \`token.actions.githubusercontent.com\` with the subject \`repo:acme/app:ref:refs/heads/main\` could call sts:AssumeRoleWithWebIdentity.`, '  Where:   /Statement/0', nothing(removes)],
  [`~ofService.json ~open.json ${ofBucket}`, 1, `${adds}: ${could(ownAccount, 's3:GetObject')}`, '  Where:   /Statement/0', nothing(removes)],
  [`~members.json ~denyTls.json ${ofBucket}`, 1, nothing(adds), `${removes}: ${reading(ownAccount, 'with `aws:SecureTransport` `false`')}`, '  Where:   /Statement/0'],
  [`~nothing.json ~members.json ${ofBucket}`, 1, `${adds}: ${reading(ownAccount, `with \`aws:PrincipalOrgID\` \`${organization}\``)}`, '  Where:   /Statement/0', nothing(removes)],
  [`~anyone.json ~mine.json --kind trust ${p}`, 1, nothing(adds), `${removes}: ${could(strangerAccount, 'sts:AssumeRole', '')}`, '  Where:   /Statement/0'],
  [`~full.json ~noReads.json --kind scp --service s3 ${p}`, 1, nothing(adds), `${removes}: ${could(ownAccount, 's3:GetObject', ' on `arn:aws:s3:::some-bucket/some-key`')}`, '  Where:   /Statement/0'],
  // AWS's own Allow, which stands in no file, is what admits.
  [`~noReads.json ~full.json --kind scp --service s3 ${p}`, 1, `${adds}: ${could(ownAccount, 's3:GetObject', ' on `arn:aws:s3:::some-bucket/some-key`')}`, '  Where:   /Statement/0', nothing(removes)],
  // Nobody says whose principals the policy hangs on, so it may be anybody's.
  ['~nothing.json ~roleOfMine.json --kind identity --service s3', 1, `${adds}: ${could(ownAccount, 's3:GetObject', ' on `arn:aws:s3:::some-bucket/some-key`')}`, '  Where:   /Statement/0', nothing(removes), withoutDefinition],
  [`~nothing.json ~roleOfMine.json --kind identity --service s3 --account ${strangerAccount}`, 0, 'Both allow the same requests.', withoutDefinition],
  // Too hard to be compared with others, but not with itself.
  [`~patterns.json ~patterns.json --kind vpc-endpoint --service s3 ${p}`, 0, 'Both allow the same requests.'],
  [`~fits.json ~fits-others.json --kind vpc-endpoint --service s3 ${p}`, 1, `${adds}: undecided, since the policies are past the work budget of the search.`, `${removes}: undecided, since the policies are past the work budget of the search.`],
];

const usage = '(`--help` lists what is possible)\n';
const refused: readonly (readonly [line: string, message: string])[] = [
  ['~open.json', `error: missing required argument 'new'\n${usage}`],
  ['~open.json ~open.json ~open.json --kind resource', `error: too many arguments for 'diff'. Expected 2 arguments but got 3.\n${usage}`],
  ['~gone.json ~open.json --kind resource', "perimeter diff: there is no file `~/gone.json`; give its path from the folder you are in, or the whole path\n"],
  ['~open.json ~gone.json --kind resource', "perimeter diff: there is no file `~/gone.json`; give its path from the folder you are in, or the whole path\n"],
  ['~open.json ~broken.json --kind resource', `perimeter diff: ~/broken.json: not JSON: ${jsonFault('{').replace(/ \(line .*\)$/, '')} (line 1 column 2)\n`],
  ['~open.json ~noDocument.json --kind resource', `perimeter diff: ~/noDocument.json: not JSON: ${jsonFault('none')}\n`],
  ['~list.json ~open.json --kind resource', 'perimeter diff: ~/list.json: expected one policy document, found a list; give each document a file of its own\n'],
  ['~open.json ~wrong.json --kind resource', 'perimeter diff: ~/wrong.json: `/Statement/0/Effect`: expected "Allow" or "Deny", found "Maybe"\n'],
  ['~open.json ~members.json', 'perimeter diff: `--kind` is missing: one of vpc-endpoint, resource, trust, identity, scp, rcp\n'],
  ['~open.json ~members.json --kind bucket', 'perimeter diff: `--kind`: expected one of vpc-endpoint, resource, trust, identity, scp, rcp, found `bucket`\n'],
  ['~open.json ~members.json --kind resource --account 1', 'perimeter diff: `--account`: expected 12 digits, found `1`\n'],
  ['~open.json ~members.json --kind resource --resource bucket', 'perimeter diff: `--resource`: expected an ARN, found `bucket`\n'],
  ['~open.json ~members.json --kind resource --resource arn:aws:s3:::acme-data/*', 'perimeter diff: `--resource`: a policy hangs on one resource, here the bucket `arn:aws:s3:::acme-data`, found `arn:aws:s3:::acme-data/*`\n'],
  ['~open.json ~members.json --kind vpc-endpoint --endpoint-type door', 'perimeter diff: `--endpoint-type`: expected one of gateway, interface, found `door`\n'],
  ['~open.json ~members.json --kind resource --format xml', 'perimeter diff: unknown format `xml`; known: text, json\n'],
  ['~open.json ~members.json --kind resource --perimeter ~gone.yaml', 'there is no definition `~/gone.yaml`; `perimeter init` writes a first one\n'],
  ['~open.json ~members.json --kind resource --organization acme', 'organizations[0]: expected an organization id such as `o-4tkekae453`, found `acme`\n'],
  ['~open.json ~members.json --kind resource --accounts ~accounts.txt', '`--accounts` goes with `--organization o-…`; in a definition accounts stand under `accounts`\n'],
  [`~open.json ~members.json --kind resource --organization ${organization} --accounts ~names.txt`, '~/names.txt: `mine` is not an account id of 12 digits\n'],
];

describe('perimeter diff', () => {
  for (const [line, code, ...lines] of answers) it(`${line} exits ${code}`, async () => {
    const { out, ...said } = await diff(line);
    expect({ ...said, lines: out.split('\n').filter((one) => one !== '' && !one.startsWith('  Request:')) }).toEqual({ code, err: '', lines });
  });
  it.each(refused)('%s exits 2 and says why', async (line, message) => { expect(await diff(line)).toEqual({ code: 2, out: '', err: message }); });

  const request = {
    principal: { kind: 'role', account: ownAccount, arn: arnOf(ownAccount) }, action: 's3:GetObject', resource: `${bucket}/some-key`,
    context: { 'aws:PrincipalOrgID': second, 'aws:PrincipalAccount': ownAccount, 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalIsAWSService': 'false', 'aws:ResourceAccount': ownAccount, 'aws:ResourceOrgID': second, 'aws:PrincipalArn': arnOf(ownAccount) },
  };
  const ofTwo = `~members.json ~twoOrganizations.json --kind resource --resource ${bucket} --perimeter ~two.yaml`;
  it('takes the definition of the folder that it is called in', async () => {
    const before = process.cwd();
    process.chdir(folder);
    try { expect(await diff('~ofMine.json ~ofOwn.json --kind vpc-endpoint --service s3')).toEqual({ code: 0, out: `Both allow the same requests.\n${taken(ownAccount)}\n`, err: '' }); } finally { process.chdir(before); }
  });
  it('shows the request that tells them apart', async () => {
    const shown = (await diff(ofTwo)).out.split('\n').flatMap((line) => line.startsWith('  Request: ') ? [JSON.parse(line.slice('  Request: '.length)) as unknown] : []);
    expect(shown).toEqual([request]);
  });
  const strangers = {
    ...request, principal: { kind: 'role', account: strangerAccount, arn: arnOf(strangerAccount) },
    context: { 'aws:PrincipalAccount': strangerAccount, 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalIsAWSService': 'false', 'aws:ResourceAccount': ownAccount, 'aws:ResourceOrgID': organization, 'aws:PrincipalArn': arnOf(strangerAccount) },
  };
  const undecided = { kind: 'undecided', because: 'the policies are past the work budget of the search' };
  it.each<[string, string, number, object]>([
    ['two that are equal', `~members.json ~behindDeny.json ${ofBucket}`, 0, { equal: true, added: { kind: 'nothing' }, removed: { kind: 'nothing' } }],
    ['two that differ', ofTwo, 1, { equal: false, added: { kind: 'request', request, at: '/Statement/0' }, removed: { kind: 'nothing' } }],
    ['two of which one allows less', `~open.json ~members.json ${ofBucket}`, 1, { equal: false, added: { kind: 'nothing' }, removed: { kind: 'request', request: strangers, at: '/Statement/0' } }],
    ['two without a definition', '~mine.json ~root.json --kind trust', 0, { equal: true, added: { kind: 'nothing' }, removed: { kind: 'nothing' }, notes: [undefinedNote] }],
    ['two that are past the budget', `~fits.json ~fits-others.json --kind vpc-endpoint --service s3 ${p}`, 1, { equal: false, added: undecided, removed: undecided }],
  ])('writes JSON of %s', async (_, line, code, expected) => {
    const { out, ...said } = await diff(`${line} --format json`);
    expect({ ...said, out: JSON.parse(out) as unknown }).toEqual({ code, err: '', out: expected });
  });
});
