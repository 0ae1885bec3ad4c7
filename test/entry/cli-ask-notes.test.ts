import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { organization, ownAccount } from '../support/perimeter.ts';
import { askedAboutFiles, document, inFolder, perimeter } from './asking.ts';

askedAboutFiles();

const partner = '123456789012';
const queue = `arn:aws:sqs:eu-west-1:${ownAccount}:vendor-in`;
const definition = `organizations: [${organization}]\naccounts: ["${ownAccount}"]\n`;
const vendor = `${definition}partners: [{name: Vendor, accounts: ["${partner}"], trust: {externalIds: ["12345"]}, resources: [{arn: "arn:aws:sqs:*:${ownAccount}:vendor-*", actions: ["sqs:SendMessage"]}]}]\n`;
const sends = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue };
const ofAccounts = (operator: string, ...accounts: string[]): object => ({ Condition: { [operator]: { 'aws:PrincipalAccount': accounts } } });
const refusing = (Condition: object): object => ({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { ...Condition, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } });

/** What is said of policies that the words name by a tilde. */
async function said(line: string, policies: Readonly<Record<string, object>>, given = definition): Promise<string> {
  for (const [name, policy] of Object.entries(policies)) writeFileSync(inFolder(`n-${name}.json`), JSON.stringify(policy));
  writeFileSync(inFolder('noted.yaml'), given);
  const { out, err } = await perimeter(`ask ${line.replaceAll('~', '~n-')} --perimeter ~noted.yaml`);
  return `${out}${err}`.replaceAll(inFolder('n-'), '');
}
const sentence = (out: string): string => out.split('\n', 1)[0]!;

describe('partners who get through by an agreement', () => {
  const agreed = ', but for what is agreed with partners.';
  const policies = {
    named: document({ ...sends, ...ofAccounts('StringEquals', ownAccount, partner) }), spared: document(sends, { ...sends, Effect: 'Deny', ...ofAccounts('StringNotEquals', ownAccount, partner) }), mine: document({ ...sends, ...ofAccounts('StringEquals', ownAccount) }),
    trusted: document({ Effect: 'Allow', Principal: { AWS: partner }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': '12345' } } }), rcp: document(refusing({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization } })),
  };
  const [one, no] = [`--account ${ownAccount} --objective principals`, 'Can anyone outside get through? No: '];
  it.each([
    ['by an account that a condition names', `~named.json --kind resource --resource ${queue}`, `conditions on \`aws:PrincipalAccount\` keep outsiders out${agreed}`], ['by one that a Deny spares', `~spared.json --kind resource --resource ${queue}`, `conditions on \`aws:PrincipalAccount\` keep outsiders out${agreed}`],
    ['by none', `~mine.json --kind resource --resource ${queue}`, 'conditions on `aws:PrincipalAccount` keep outsiders out.'],
    ['with an external id', '--trust ~trusted.json', `the trust policy stops it${agreed}`], ['not beside an RCP that refuses the partner', '--trust ~trusted.json --rcp ~rcp.json', 'the trust policy and the RCP each stop it.'],
    ['by a queue\'s policy beside others', `--resource ~named.json --resource ${queue} --rcp ~rcp.json`, 'the resource policy and the RCP each stop it.'], ['by a queue\'s policy alone', `--resource ~named.json --resource ${queue}`, `the resource policy stops it${agreed}`],
  ])('are told: %s', async (_, line, because) => { expect(sentence(await said(`${line} ${one}`, policies, vendor))).toBe(`${no}${because}`); });
});

describe('policies together', () => {
  const vpc = 'vpc-012abc01';
  const here = { Condition: { StringEquals: { 'aws:SourceVpc': vpc } } };
  const latticeHere = { Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': vpc } } };
  const may = (Action: string, more: object = {}): object => ({ Effect: 'Allow', Action, Resource: '*', ...more });
  const policies = {
    s3: document(may('s3:*')), s3Here: document(may('s3:*', here)), all: document(may('*')), allHere: document(may('*', latticeHere)), sqs: document(may('sqs:*')), s3OrSqs: document(may('s3:*'), may('sqs:*')), s3Denied: document({ ...may('s3:DeleteBucket'), Effect: 'Deny' }), through: document(may('*', { Principal: '*' })),
    roleOfSibling: document(may('s3:GetObject', { Principal: { AWS: 'arn:aws:iam::222222222222:role/x' } })), role: document(may('s3:GetObject', { Principal: { AWS: `arn:aws:iam::${ownAccount}:role/x` }, ...here })),
    calls: document(may('vpc-lattice-svcs:Invoke')), callsHere: document(may('vpc-lattice-svcs:Invoke', latticeHere)), called: document(may('vpc-lattice-svcs:Invoke', { Principal: '*' })), calledHere: document(may('vpc-lattice-svcs:Invoke', { Principal: '*', ...latticeHere })),
  };
  const given = `${definition.replace(`"${ownAccount}"`, `"${ownAccount}", "222222222222"`)}networks: {vpcs: [${vpc}]}\n`;
  const [bucket, service] = ['arn:aws:s3:::acme-data', `arn:aws:vpc-lattice:eu-west-1:${ownAccount}:service/svc-0123456789abcdef0`];
  it.each([
    ['an identity policy beside a role of another account that the bucket names', `--identity ~s3Here.json --resource ~roleOfSibling.json --resource ${bucket}`, 'the identity policy stops it.'],
    ['both, where a role that the bucket names needs no other', `--identity ~s3Here.json --resource ~role.json --resource ${bucket}`, 'no policy alone stops it, but the resource policy and the identity policy together do.'],
    ['an identity policy beside a service of VPC Lattice that is open', `--identity ~callsHere.json --resource ~called.json --resource ${service}`, 'the identity policy stops it.'], ['the service beside an identity policy that is open', `--identity ~calls.json --resource ~calledHere.json --resource ${service}`, 'the resource policy stops it.'],
    ['one that allows nothing of the service', `--identity ~s3.json --resource ~called.json --resource ${service}`, 'the identity policy stops it.'], ['a boundary', `--identity ~calls.json --boundary ~allHere.json --resource ~called.json --resource ${service}`, 'the permissions boundary stops it.'], ['each of two', `--identity ~callsHere.json --resource ~calledHere.json --resource ${service}`, 'the resource policy and the identity policy each stop it.'],
  ])('are told apart by which stops it: %s', async (_, line, because) => { expect(sentence(await said(`${line} --objective networks --account ${ownAccount}`, policies, given))).toBe(`Can your principals act from networks that are not yours? No: ${because}`); });

  const notesOf = async (line: string): Promise<string[]> => (await said(`${line} --account ${ownAccount}`, policies, given)).split('\n').filter((one) => one.startsWith('  Note:')).map((one) => one.slice(11));
  const levels = 'each SCP counts as a level of its own, of which all must allow; what those of one level allow adds up, so put them into one file';
  it.each([
    ['two SCPs that allow different services', '--identity ~all.json --scp ~s3.json --scp ~sqs.json', [levels]], ['not one of which allows all that the other does', '--identity ~all.json --scp ~s3OrSqs.json --scp ~s3Here.json --objective networks', []], ['not one that allows all', '--identity ~s3Here.json --scp ~s3.json --scp ~all.json --objective networks', []],
    ['a boundary of Denies', '--identity ~s3.json --boundary ~s3Denied.json', ['the permissions boundary allows nothing, so that its principal can do nothing that an identity policy grants: Denies alone need an Allow beside them']], ['not one that allows', '--identity ~s3Here.json --boundary ~all.json --objective networks', []],
    ['an endpoint, of which nothing tells where it is', `--identity ~s3.json --endpoint ~through.json --via-endpoint --resource ${bucket} --objective networks`, ['nothing tells in which VPC the endpoint is: where that is yours, so is the network that these requests come from']], ['not one that need not be passed', `--identity ~s3.json --resource ${bucket} --objective networks`, []],
  ])('have a note: %s', async (_, line, notes) => { expect(await notesOf(line)).toEqual(notes); });
  it('are passed through the endpoint where that is asked', async () => {
    expect(sentence(await said(`--identity ~s3.json --endpoint ~through.json --via-endpoint --resource ${bucket} --objective networks --account ${ownAccount}`, policies, given))).toMatch(/: it could call s3:GetObject through the endpoint\.$/);
  });
});

describe('statements that let nobody in', () => {
  const topic = { ...sends, Principal: { Service: 'sns.amazonaws.com' } };
  const github = { Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${ownAccount}:oidc-provider/token.actions.githubusercontent.com` }, Action: 'sts:AssumeRoleWithWebIdentity' };
  const ofMine = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization } };
  const { Resource: _, ...refused } = { Resource: '*', ...refusing(ofMine), Action: 'sts:*' };
  const policies = {
    services: document({ ...topic, Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }), sources: document({ ...topic, Condition: { StringEquals: { 'aws:SourceOrgID': organization } } }), ifAny: document({ ...topic, Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': organization } } }),
    early: document({ ...sends, Principal: { AWS: ownAccount }, Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } }), elsewhere: document({ ...sends, ...ofAccounts('StringEquals', ownAccount) }, { ...sends, ...ofAccounts('StringEquals', ownAccount), Resource: queue.replace('vendor-in', 'other') }),
    tokens: document({ ...github, Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } } }, { ...refused, Sid: 'Perimeter' }), members: document({ Effect: 'Allow', Principal: { AWS: ownAccount }, Action: 'sts:AssumeRole' }, refused), canonical: document({ ...sends, Principal: { AWS: ownAccount } }, { ...sends, Principal: { CanonicalUser: 'a'.repeat(64) } }, refusing(ofMine)),
  };
  const ofQueue = `--kind resource --resource ${queue}`;
  it.each<[string, string, string[]]>([
    ['services of which an organization of callers is asked', `~services.json ${ofQueue}`, ['Statement 0 lets nobody in, for requests of AWS services carry no `aws:PrincipalOrgID`; is `aws:SourceOrgID` meant?']], ['not those of which one of sources is', `~sources.json ${ofQueue}`, []], ['nor those that need not carry it', `~ifAny.json ${ofQueue}`, []],
    ['a time that is past', `~early.json ${ofQueue}`, ['Statement 0 lets nobody in: no request meets all that it asks']], ['another queue than the policy hangs on', `~elsewhere.json ${ofQueue}`, ['Statement 1 lets nobody in: no request meets all that it asks']],
    ['tokens, which a Deny on callers refuses', '~tokens.json --kind trust', ['the Deny of Statement 1 (`Perimeter`) refuses all whom Statement 0 lets in']], ['not callers, whom it spares', '~members.json --kind trust', []],
  ])('have a note: %s', async (_, line, notes) => {
    expect((await said(`${line} --account ${ownAccount} --objective principals`, policies)).split('\n').filter((one) => one.startsWith('  Note:')).map((one) => one.slice(11))).toEqual(notes);
  });
  it('are none of callers of whom nothing tells whose they are', async () => { expect(await said(`~canonical.json ${ofQueue} --account ${ownAccount} --objective principals`, policies)).not.toContain('lets nobody in'); });
});

describe('a Deny that spares resources by a tag', () => {
  const ofMine = { 'aws:PrincipalOrgID': organization };
  const policies = {
    tagged: document({ ...refusing({ StringNotEqualsIfExists: { ...ofMine, 'aws:ResourceTag/dp:exclude:identity': 'true' } }), Action: 's3:*', Sid: 'Perimeter' }), untagged: document({ ...refusing({ StringNotEqualsIfExists: ofMine }), Action: 's3:PutObject' }),
  };
  it.each<[string, string, string[]]>([
    ['is named with it', 'tagged', ['the Deny of Statement 0 (`Perimeter`) spares resources by their tag `dp:exclude:identity`: whoever may tag one opens it']], ['is not where it spares by none', 'untagged', []],
  ])('%s', async (_, name, notes) => {
    expect((await said(`~${name}.json --kind rcp --service s3 --account ${ownAccount} --objective principals`, policies)).split('\n').filter((one) => one.startsWith('  Note:')).map((one) => one.slice(11))).toEqual(notes);
  });
});
