import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../support/json-fault.ts';
import { organization, ownAccount, strangerAccount } from '../support/perimeter.ts';
import { askedAboutFiles, assumed, both, bucket, callers, changed, deputies, document, inFolder, networks, ofBucket, p, perimeter, policies, reached, reads, resources, someone, unsigned } from './asking.ts';

askedAboutFiles();

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
  [`--identity ~number.json ${p}`, 'perimeter ask: ~/number.json: expected a policy, as text or as an object with Version and Statement, found 1\n'],
  [`--identity ~blank.json ${p}`, 'perimeter ask: ~/blank.json: the file is empty; expected a policy document as JSON\n'],
  [`--identity ~policy.yaml ${p}`, `perimeter ask: ~/policy.yaml: not JSON: ${jsonFault('Version: "2012-10-17"')}; policies are read as JSON, not as YAML\n`],
  [`--identity ~large.json ${p}`, 'perimeter ask: ~/large.json: larger than any policy that AWS takes; `perimeter check` reads recordings\n'],
  [`--identity ~twiceInside.json ${p}`, 'perimeter ask: ~/twiceInside.json: `/PolicyVersion/Document/Statement`: the member stands there twice\n'],
  [`~twiceAround.json --kind resource ${p}`, 'perimeter ask: ~/twiceAround.json: `/Policy`: the member stands there twice\n'],
  [`~noDocument.json --kind resource ${p}`, `perimeter ask: ~/noDocument.json: not JSON: ${jsonFault('none')}\n`],
  [`~halfEncoded.json --kind trust ${p}`, `perimeter ask: ~/halfEncoded.json: not JSON: ${jsonFault('%7B%')}\n`],
  [`--identity ~latin.json ${p}`, 'perimeter ask: ~/latin.json: not UTF-8 text; save it as UTF-8\n'],
  [`--identity ~ ${p}`, 'perimeter ask: `~/` is a folder; name a file with one policy document\n'],
  [`--identity ~full.json --identity ~ofMine.json ${p}`, "error: option '--identity <file>' argument '~/ofMine.json' is invalid. Expected once: put the statements of several into one file.\n(`--help` lists what is possible)\n"],
  [`~open.json --jsonl ${p}`, 'perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out `~/open.json`\n'],
  [`--jsonl --kind trust`, 'perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out `--kind`\n'],
  [`--jsonl --format json`, 'perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out `--format`\n'],
  [`--jsonl --via-endpoint`, 'perimeter ask: with --jsonl the questions come from standard input, each with all that it asks; leave out `--via-endpoint`\n'],
  [`--identity ~full.json --scp ~scp.json --scp ~wrong.json ${p}`, 'perimeter ask: ~/wrong.json: `/Statement/0/Effect`: expected "Allow" or "Deny", found "Maybe"\n'],
  [`--rcp ~twice.json ${p}`, 'perimeter ask: ~/twice.json: `/Statement`: the member stands there twice\n'],
  [`~open.json --kind resource --resource acme-data ${p}`, 'perimeter ask: `--resource`: there is no file `acme-data`; a resource is named by its ARN, such as `arn:aws:s3:::acme-data` a bucket\n'],
  [`--resource ~gone.json ${p}`, "perimeter ask: there is no file `~/gone.json`; give its path from the folder you are in, or the whole path\n"],
  [`--boundary ~gone.json ${p}`, "perimeter ask: there is no file `~/gone.json`; give its path from the folder you are in, or the whole path\n"],
  [`~open.json --kind resource --rcp ~gone.json ${p}`, "perimeter ask: there is no file `~/gone.json`; give its path from the folder you are in, or the whole path\n"],
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
  ...([
    ['resource ~open.json', 'principals, deputies, networks'], ['trust ~trust.json', 'principals, networks'], ['rcp ~rcp.json', 'principals, deputies, networks'], ['identity ~full.json', 'resources, networks'], ['scp ~scp.json', 'resources, networks'],
    ['boundary ~full.json', 'resources, networks'], ['identity ~full.json --endpoint ~endpoint.json', 'resources, networks'], ['identity ~full.json --resource ~open.json', 'principals, deputies, resources, networks'],
    ['endpoint ~endpoint.json --via-endpoint --service s3', 'principals, deputies, resources, networks'], ['trust ~trust.json --endpoint ~endpoint.json --via-endpoint', 'principals, resources, networks'],
  ].map(([files, all]) => [`--${files} --objective nope ${p}`, `perimeter ask: \`--objective\`: the policies given can be asked about ${all}, not "nope"\n`] as const)),
  [`--scp ~scp.json --objective principals ${p}`, 'perimeter ask: `--objective`: the policies given can be asked about resources, networks, not "principals"\n'],
  [`--endpoint ~endpoint.json --service s3 ${p}`, 'perimeter ask: `--via-endpoint` is missing: an endpoint\'s policy counts beside others only where requests come through it; alone it is a question of kind vpc-endpoint\n'],
  [`~open.json --kind resource --objective resources ${p}`, 'perimeter ask: `--objective`: resource policies can be asked about principals, deputies, networks, not "resources"\n'],
  [`--trust ~trust.json --account 12 ${p}`, 'perimeter ask: `--account`: expected 12 digits, found `12`\n'],
  [`--endpoint ~endpoint.json --endpoint-type door ${p}`, 'perimeter ask: `--endpoint-type`: expected one of gateway, interface, found `door`\n'],
  [`--trust ~trust.json --perimeter ~gone.yaml`, 'there is no definition `~/gone.yaml`; `perimeter init` writes a first one\n'],
  [`--trust ~trust.json --organization nope`, 'organizations[0]: expected an organization id such as `o-4tkekae453`, found `nope`\n'],
  [`--trust ~trust.json --format xml ${p}`, 'perimeter ask: unknown format `xml`; known: text, json\n'],
];

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
  it('tells of a statement with an empty name by its place alone', async () => {
    writeFileSync(inFolder('unnamed.json'), JSON.stringify(document({ ...reads, Sid: '' })));
    expect((await perimeter(`ask ~unnamed.json --kind resource --objective principals ${ofBucket}`)).out.split('\n')[0]).toBe(`${callers} Yes: ${unsigned}`);
    writeFileSync(inFolder('unnamed.json'), JSON.stringify(document({ ...reads, Sid: '', Condition: { StringEquals: { 'aws:PrincipalOrgID': [] } } })));
    expect((await perimeter(`ask ~unnamed.json --kind resource --objective principals ${ofBucket}`)).out).toContain('  Held by: `aws:PrincipalOrgID` in Statement 0, whose list of values is empty\n');
  });
  it('tells which accounts a person has to settle', async () => {
    expect((await perimeter(`ask ~mine.json --kind trust --account 222222222222 --perimeter ~unknown.yaml`)).out.split('\n').slice(1)).toEqual(['  Where:   /Statement/0', `  Yours?   add to \`accounts\`: ${ownAccount}; or to \`partners\`, where access is agreed`, '']);
  });
  it('tells who else comes from a network where services do', async () => {
    writeFileSync(inFolder('network.json'), JSON.stringify(document({ ...reads, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })));
    writeFileSync(inFolder('services.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}"]\nservices: [lambda.amazonaws.com]\n`);
    const { out } = await perimeter(`ask ~network.json --kind resource --resource ${bucket} --objective principals --perimeter ~services.yaml`);
    expect(out.split('\n').filter((one) => one.startsWith('  Note:    not only'))).toEqual([
      `  Note:    not only services: anyone, without signing in to AWS, if they come from the named network, can reach the resource through Statement 0: an unsigned caller could call s3:GetObject on \`${bucket}/some-key\``,
    ]);
    expect((await perimeter(`ask --resource ~network.json --resource ${bucket} --objective principals --perimeter ~services.yaml`)).out).toContain('  Note:    not only services: anyone, ');
    writeFileSync(inFolder('network.json'), JSON.stringify(document({ ...reads, Principal: { Service: 'sns.amazonaws.com' } })));
    expect((await perimeter(`ask ~network.json --kind resource --resource ${bucket} --objective principals --perimeter ~services.yaml`)).out).not.toContain('not only services');
  });
  it.each(['~anywhere.json --kind trust', '--trust ~anywhere.json'])('takes IAM Roles Anywhere for a service, whatever its trust anchors: %s', async (asked) => {
    const sessions = { Effect: 'Allow', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: 'sts:AssumeRole' };
    writeFileSync(inFolder('anchors.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}"]\nidentityProviders: [{trustAnchors: ["arn:aws:rolesanywhere:*:${ownAccount}:trust-anchor/a1"]}]\n`);
    const out = async (...statements: object[]): Promise<string> => {
      writeFileSync(inFolder('anywhere.json'), JSON.stringify(document(...statements)));
      return (await perimeter(`ask ${asked} --perimeter ~anchors.yaml --account ${ownAccount}`)).out;
    };
    expect(await out(sessions)).not.toContain('not only services');
    expect(await out(sessions, { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })).toContain('  Note:    not only services: callers of any account, ');
  });
  it('tells which buckets a person has to settle, and which are of a partner', async () => {
    const definition = `organizations: [${organization}]\naccounts: ["${ownAccount}"]\npartners: [{name: Example, accounts: ["123456789012"], reachable: ["arn:aws:s3:::drop/in/*"]}]\n`;
    writeFileSync(inFolder('drop.json'), JSON.stringify(document({ Effect: 'Allow', Action: 's3:PutObject', Resource: ['arn:aws:s3:::drop/*', 'arn:aws:s3:::other/*'] })));
    writeFileSync(inFolder('drop.yaml'), definition);
    expect((await perimeter('ask ~drop.json --kind identity --account 111111111111 --service s3 --perimeter ~drop.yaml')).out.split('\n')).toEqual([
      `${resources} Undecided: owner of bucket \`drop\`, \`other\`.`, '  Yours?   add to `buckets`: other; or, of others, to a partner\'s `reachable` or to `awsOwnedResources`, where a list takes the place of the catalogue',
      '  Note:    bucket `drop` is of partner Example by `reachable`: list there what else of it your principals may reach, such as `arn:aws:s3:::drop`', '',
    ]);
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
      { id: 'd', ...together(['resource', policies.trail], ['rcp', policies.rcp]), objectives: ['principals'] },
      { id: 'e', ...together(['resource', policies.trail], ['rcp', policies.rcp]), objectives: ['principals', 'resources'] }, { id: 'f', ...together(['vpc-endpoint', policies.endpoint]) },
    )).toEqual({ code: 2, err: '', out: [
      { id: 'a', objectives: { principals: rcpStops } }, { id: 'b', objectives: { principals: outsideTogether } }, { line: 4, error: `not JSON: ${jsonFault('{')}` },
      { id: 'c', error: '`policies/1/kind`: expected one of identity, boundary, scp, rcp, vpc-endpoint, resource, trust, found `door`' },
      { id: 'd', objectives: { principals: { answer: 'inside', because: both.replace(/\.$/, ''), stoppedBy: ['resource policy', 'RCP'] } } },
      { id: 'e', error: '`objectives`: the policies given can be asked about principals, deputies, networks, not "resources"' },
      { id: 'f', error: '`viaEndpoint` is missing: an endpoint\'s policy counts beside others only where requests come through it; alone it is a question of kind vpc-endpoint' },
    ] });
  });
  it.each<[string, string]>([['nothing', ''], ['empty lines', '\n \n']])('wants a question: %s', async (_, input) => {
    expect(await perimeter('ask --jsonl', input)).toEqual({ code: 2, out: '', err: 'perimeter ask: no question on standard input; write one JSON object a line, which `perimeter ask --jsonl < questions.jsonl` reads\n' });
  });
  it('refuses a line that is not UTF-8, and goes on', async () => {
    const line = (id: string): string => JSON.stringify({ id, ...together(['resource', policies.open], ['rcp', policies.rcp]) });
    const { out, ...said } = await perimeter('ask --jsonl', Buffer.concat([Buffer.from(`${line('ä\u2028 one line')}\n`), Buffer.from(`${line('ä')}\n`, 'latin1'), Buffer.from(line('b'))]));
    expect({ ...said, out: out.trim().split('\n').map((one) => JSON.parse(one) as unknown) }).toEqual({ code: 2, err: '', out: [
      { id: 'ä\u2028 one line', objectives: { principals: rcpStops } }, { line: 2, error: 'not UTF-8 text; save it as UTF-8' }, { id: 'b', objectives: { principals: rcpStops } },
    ] });
  });
  it('refuses a line that names a member twice', async () => {
    const line = JSON.stringify({ ...asked, kind: 'resource', policy: policies.open }).replace('"Allow"', '"Allow","Effect":"Deny"');
    expect(await answered(line)).toEqual({ code: 2, err: '', out: [{ line: 1, error: '`/policy/Statement/0/Effect`: the member stands there twice' }] });
  });
  it.each<[string, object[], number]>([
    ['all inside', [together(['resource', policies.members]), together(['resource', policies.open], ['rcp', policies.rcp])], 0], ['something outside', [together(['resource', policies.open]), together(['resource', policies.members])], 1],
    ['something undecided', [together(['resource', document({ Effect: 'Allow', Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, Action: '*', Resource: '*' })])], 1], ['a bad line, whatever follows', [{ ...asked }, together(['resource', policies.open])], 2],
  ])('exits as the worst of its lines: %s', async (_, lines, code) => { expect(await answered(...lines)).toMatchObject({ code }); });
  it('counts an endpoint where requests come through it', async () => {
    const question = { ...together(['resource', policies.open], ['vpc-endpoint', policies.endpoint]), id: 1 };
    const only = { answer: 'inside', because: 'the endpoint policy stops it', stoppedBy: ['endpoint policy'] };
    expect(await answered(question, { ...question, viaEndpoint: true }, { ...question, viaEndpoint: 'yes' })).toEqual({ code: 2, err: '', out: [
      { id: 1, objectives: { principals: outsideTogether } }, { id: 1, objectives: { principals: only } }, { id: 1, error: '`viaEndpoint`: expected true or false, found "yes"' },
    ] });
  });
});
