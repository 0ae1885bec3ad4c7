import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rolesOfServices } from '../../policy/tables/service-roles.ts';
import { organization, ownAccount } from '../support/perimeter.ts';
import { alone, askedAboutFiles, attached, bucket, changed, document, inFolder, perimeter, policies, reads, sibling } from './asking.ts';

askedAboutFiles();

describe('what opens or closes policies together', () => {
  const foreign = 'o-bbbbbbbbbb';
  const denying = (key: string, values: unknown, Action = '*', more: object = {}): object => ({ Effect: 'Deny', Action, Resource: '*', Condition: { StringNotEqualsIfExists: { [key]: values }, ...more } });
  const rcpDenying = (...ids: string[]): object => document({ ...denying('aws:PrincipalOrgID', ids, '*', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }), Principal: '*' });
  const given: Readonly<Record<string, object>> = {
    two: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }), full: attached('Allow'),
    scpTwo: document(denying('aws:ResourceOrgID', [organization, foreign])), scpQueues: document(denying('aws:ResourceOrgID', organization, 'sqs:*')), scpOfS3: document(denying('aws:ResourceOrgID', [organization, foreign], 's3:*')), scpBuckets: document(denying('aws:ResourceOrgID', organization, 's3:*')),
    scpMine: document(denying('aws:ResourceOrgID', organization)), scpNone: document(denying('aws:RequestedRegion', 'eu-west-1')),
    ownOnly: document({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::acme-data/*' }, { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
    toVendor: document({ Effect: 'Allow', Action: 's3:*', Resource: [`${bucket}/*`, 'arn:aws:s3:::vend-in/*', 'arn:aws:s3:::other-*/*'] }), toAgent: document({ Effect: 'Allow', Action: 's3:*', Resource: [`${bucket}/*`, 'arn:aws:s3:::amazoncloudwatch-agent-us-east-1/*', 'arn:aws:s3:::other-*/*'] }),
    scpTagged: document({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalTag/dp:x': 'true' } } }),
    mineThrough: document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }, { Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: '*' }),
    ifExists: document({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': organization } } }),
    queue: document({ Effect: 'Deny', Principal: '*', Action: 'sqs:DeleteQueue', Resource: '*' }),
    old: { Statement: [{ ...reads, Resource: `${bucket}/\${aws:username}/*` }] }, new: document({ ...reads, Resource: `${bucket}/\${aws:username}/*` }),
    scpNet: document({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '198.51.100.0/24' }, BoolIfExists: { 'aws:ViaAWSService': 'false' } } }),
    ...Object.fromEntries(([['fromRanges', '192.0.2.0/24', '198.51.100.0/24'], ['from3', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'], ['fromOther', '198.51.100.0/24']] as const).map(([name, ...ranges]) => [name, attached('Allow', { IpAddress: { 'aws:SourceIp': ranges } })])),
    butRanges: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*', Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] }, Bool: { 'aws:ViaAWSService': 'false' } } }),
    ifNoVpc: attached('Allow', { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-012abc01' } }),
    // AWS's sample leaves open what tells no network.
    scpStray: document({ Effect: 'Deny', NotAction: 'es:ES*', Resource: '*', Condition: { NotIpAddressIfExists: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] }, BoolIfExists: { 'aws:ViaAWSService': 'false' } } }),
    scpRange: document({ Effect: 'Deny', NotAction: 'es:ES*', Resource: '*', Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, BoolIfExists: { 'aws:ViaAWSService': 'false' } } }),
    scpSome: document({ Effect: 'Deny', NotAction: 'es:ES*', Resource: '*', Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, BoolIfExists: { 'aws:ViaAWSService': 'false' }, StringEquals: { 'aws:PrincipalTag/team': 'blue' } } }),
    ofS3: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), search: document({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, { Effect: 'Allow', Action: 'es:ESHttpGet', Resource: '*' }),
    noValue: document({ ...reads, Condition: { StringEquals: { 'aws:PrincipalOrgID': [] } } }), noValueIfExists: document({ ...reads, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': [] } } }),
    noTls: document({ ...reads, Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }, { ...reads, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransprt': 'false' } } }), misspelled: document({ ...reads, Condition: { StringEquals: { 'aws:PrincpalOrgID': organization } } }), prefixed: document({ ...reads, Condition: { StringEquals: { 'sts:PrincipalOrgID': organization } } }), own: document({ ...reads, Principal: { AWS: ownAccount } }), trail: document({ ...reads, Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }), many: document(...'abcdefgh'.split('').map((letter) => ({ ...reads, Action: `s3:Get${letter}*` }))),
    scpOf: document(denying('aws:ResourceOrgID', organization, '*', { StringEquals: { 'aws:PrincipalAccount': ownAccount } })), rcpTwo: rcpDenying(organization, foreign), rcpMine: rcpDenying(organization), rcpOld: { ...rcpDenying(organization), Version: undefined }, open: policies.open, members: policies.members, trust: policies.trust, github: policies.github, endpoint: policies.endpoint,
  };
  const said = async (line: string, definition = `organizations: [${organization}]\naccounts: ["${ownAccount}"]\nbuckets: [acme-data]\n`): Promise<string[]> => {
    for (const [name, policy] of Object.entries(given)) writeFileSync(inFolder(`t-${name}.json`), JSON.stringify(policy));
    writeFileSync(inFolder('given.yaml'), definition);
    const { out } = await perimeter(`ask ${line.replaceAll('~', '~t-')} --perimeter ~given.yaml`);
    return out.replaceAll(`${inFolder('t-')}`, '').split('\n').filter((one) => / {2}(?:Where|Change|then|Held by|  and|Note): |^ {11}/.test(one)).map((one) => one.trim().replace(/ +/g, ' '));
  };
  const LITERAL = 'Note: a policy without `"Version": "2012-10-17"` has no variables: `${…}` in it are characters';
  const NO_KEY = 'Note: AWS has no key `sts:PrincipalOrgID`: requests are taken to lack it, or to carry anything';
  const VERSION = 'Note: AWS asks for `"Version": "2012-10-17"` in every RCP';
  const butOwned = '; that keeps out AWS-owned resources, too';
  const closes = 'which closes it; asked again to be sure';
  const [inMine, onAccount] = [`\`"Condition": {"StringEquals": {"aws:ResourceOrgID": "${organization}"}}\``, `Note: asked about principals of account ${ownAccount}, which nothing names; \`--account\` names another`];
  const lessOf = (key: string): string => `remove \`${foreign}\` from \`${key}\` in Statement 0`;
  it.each<[string, string, string[]]>([
    ['an SCP that spares another organization, rather than each statement of the identity policy', '--identity ~two.json --scp ~scpTwo.json', ['Where: identity policy /Statement/0 (`two.json`)', `Change: in \`scpTwo.json\`: ${lessOf('aws:ResourceOrgID')}`, closes, onAccount]],
    ['the statement that no SCP closes, and not the one that it does', '--identity ~two.json --scp ~full.json --scp ~scpQueues.json', ['Where: identity policy /Statement/0 (`two.json`), SCP /Statement/0 (`full.json`)', `Change: in \`two.json\`: add ${inMine} to Statement 0${butOwned}`, closes, onAccount]],
    ['an SCP of one service that spares another organization, where nothing else is allowed', '--identity ~ofS3.json --scp ~scpOfS3.json', ['Where: identity policy /Statement/0 (`ofS3.json`)', `Change: in \`scpOfS3.json\`: ${lessOf('aws:ResourceOrgID')}`, closes, onAccount]],
    ['both statements, where the SCP speaks of something else', '--identity ~two.json --scp ~scpNone.json', ['Where: identity policy /Statement/0 (`two.json`)', `Change: in \`two.json\`: add ${inMine} to Statement 0${butOwned}`, `then: in \`two.json\`: add ${inMine} to Statement 1`, closes, onAccount]],
    ['an RCP that spares another organization', `--resource ~open.json --resource ${bucket} --rcp ~rcpTwo.json --objective principals`, ['Where: resource policy /Statement/0 (`open.json`)', `Change: in \`rcpTwo.json\`: ${lessOf('aws:PrincipalOrgID')}`, closes]],
    ['one that does for a role', '--trust ~trust.json --rcp ~rcpTwo.json', ['Where: trust policy /Statement/0 (`trust.json`)', `Change: in \`rcpTwo.json\`: ${lessOf('aws:PrincipalOrgID')}`, closes]],
    ['a role, where no change closes it', '--trust ~github.json', ['Where: trust policy /Statement/0', 'Change: pin the claim that names your tenancy, such as `token.actions.githubusercontent.com:sub`, in Statement 0, and list the issuer under `identityProviders`', 'ask again after that: it was not tried']],
    ['a bucket, beside an endpoint that need not be passed', `--resource ~open.json --resource ${bucket} --endpoint ~endpoint.json --objective principals`, ['Where: resource policy /Statement/0 (`open.json`)', `Change: in \`open.json\`: ${changed}`, closes, onAccount.replace('about principals of', 'as of'),
      'Note: the endpoint policy does not count: whoever has another way in does not come through it; `--via-endpoint` asks about requests that do']],
  ])('is changed in one of them: %s', async (_, line, lines) => { expect(await said(line)).toEqual(lines); });
  it('is asked again for the next objective with what closed the one before', async () => {
    expect((await said(`--resource ~open.json --resource ${bucket} --endpoint ~endpoint.json --objective principals --objective deputies`)).filter((one) => one.startsWith('Change'))).toEqual([`Change: in \`open.json\`: ${changed}`, 'Change: the same as for the question before']);
  });
  it.each([
    ['of one policy', '~ifExists.json --kind vpc-endpoint --service s3', '', `add \`"aws:ResourceOrgID": "${organization}"\` to \`StringEquals\` of Statement 0`], ['of several', '--endpoint ~ifExists.json --identity ~full.json --via-endpoint --objective principals --objective resources', 'in `ifExists.json`: ', `in \`ifExists.json\`: add \`"aws:ResourceOrgID": "${organization}"\` to \`StringEquals\` of Statement 0`],
  ])('says that it builds on what closed the one before: %s', async (_, line, where, then) => {
    expect((await said(line)).filter((one) => one.startsWith('Change'))).toEqual([
      `Change: ${where}write \`StringEquals\` instead of \`StringEqualsIfExists\` for \`aws:PrincipalOrgID\` in Statement 0${where === '' ? butOwned.replace('AWS', 'unsigned reads of AWS') : ''}`, `Change: after the changes above: ${then}${butOwned}`,
    ]);
  });
  it('is closed as of each account that is asked about', async () => {
    expect(await said('--identity ~two.json --scp ~scpOf.json', `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n`)).toEqual(['Where: identity policy /Statement/0 (`two.json`)', `Change: in \`two.json\`: add ${inMine} to Statement 0${butOwned}`, `then: in \`two.json\`: add ${inMine} to Statement 1`, closes, expect.stringContaining(`this is the answer for ${sibling};`), expect.stringContaining('it is inside')]);
  });
  it.each([
    ['a bucket of a partner\'s that the identity policy names', 'toVendor', 'what partners let my principals reach', 'partners: [{name: Vendor, accounts: ["333333333333"], reachable: ["arn:aws:s3:::vend-in/*"]}]\n'],
    ['a bucket of AWS\'s that the identity policy names', 'toAgent', 'AWS-owned resources', ''],
    ['a tag that the SCP spares', 'full', 'my principals with the tag `dp:x`', 'exclusionTags: {principal: {"dp:x": "true"}}\n', '--scp ~scpTagged.json'],
  ])('costs what another of them means: %s', async (_, identity, of, definition, more = '') => {
    expect((await said(`--identity ~${identity}.json ${more} --endpoint ~mineThrough.json --via-endpoint`, `organizations: [${organization}]\naccounts: ["${ownAccount}"]\nbuckets: [acme-data]\n${definition}`)).filter((one) => one.startsWith('Change'))).toEqual([expect.stringMatching(new RegExp(`; that keeps out (?:AWS-owned resources, )?${of}(?:, calls that tell no owner .*)?, too$`))]);
  });
  const fromRange = `organizations: [${organization}]\naccounts: ["${ownAccount}"]\nnetworks: {cidrs: [192.0.2.0/24]}\n`;
  it('is changed where the network is wrong: in an SCP of one service, not in the bucket beside', async () => {
    expect(await said(`--resource ~own.json --resource ${bucket} --scp ~scpNet.json --objective networks`, fromRange)).toEqual([
      'Where: SCP /Statement/0 (`scpNet.json`)', 'Change: in `scpNet.json`: write `192.0.2.0/24` instead of `198.51.100.0/24` for `aws:SourceIp` in Statement 1; that lets through what is refused now: my principals from addresses of mine', closes]);
  });
  const leftByScp = 'hold es:ESHttpGet in policies of resources and by security groups: its calls stay in a VPC and tell no network, so `perimeter write network-scp` leaves it open as well';
  it.each<[string, string, string[]]>([
    ['a stray range', '--identity ~ofS3.json --scp ~scpStray.json', ['Change: in `scpStray.json`: remove `198.51.100.0/24` from `aws:SourceIp` in Statement 0', closes]],
    ['some callers alone', '--identity ~ofS3.json --scp ~scpSome.json', ['Change: in `scpSome.json`: add the statements that `perimeter write network-scp` writes of the definition, or attach its policy beside', closes]],
    ['some callers alone, and what no SCP can close', '--identity ~search.json --scp ~scpSome.json', ['Change: in `scpSome.json`: add the statements that `perimeter write network-scp` writes of the definition, or attach its policy beside', `then: in \`scpSome.json\`: ${leftByScp}`, 'ask again after that: the last was not tried']],
    ['what no SCP can close', '--identity ~search.json --scp ~scpRange.json', [`Change: in \`scpRange.json\`: ${leftByScp}`, 'ask again after that: it was not tried']],
  ])('is changed in an SCP for what gets through all of them, not for what another refuses: %s', async (_, line, lines) => {
    expect((await said(`${line} --objective networks`, fromRange)).slice(1, -1)).toEqual(lines);
  });
  it.each([
    ['by a Deny of all actions in the bucket\'s policy, where another lets through what its Allow does not', '--resource ~own.json', [`${bucket}`, `${bucket}/*`], 's3:*', bucket],
    ['by a Deny of all actions in a queue\'s policy that allows nothing', '--resource ~queue.json', 'arn:aws:sqs:eu-west-1:111111111111:work', 'sqs:*', 'arn:aws:sqs:eu-west-1:111111111111:work'],
  ])('is closed to other networks %s', async (_, line, Resource, Action, on) => {
    const statement = { Effect: 'Deny', Principal: '*', Action, Resource, Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' }, ArnNotLikeIfExists: { 'aws:PrincipalArn': [...rolesOfServices] } } };
    expect((await said(`--identity ~full.json ${line} --resource ${on} --objective networks`, fromRange)).slice(1, 3)).toEqual([`Change: in \`${line.split('~')[1]!}\`: add the statement \`${JSON.stringify(statement)}\``, closes]);
  });
  it.each([
    ['an identity policy alone', '--identity ~full.json', 'this policy', fromRange], ['one that a change would close to ranges of mine, too', '--identity ~ifNoVpc.json', 'this policy', fromRange.replace('{cidrs', '{vpcs: [vpc-012abc01], cidrs')], ['one beside that of a resource that is not said', '--identity ~full.json --resource ~own.json', 'one of these', fromRange],
    ['one beside that of a topic, which takes some actions alone', '--identity ~full.json --resource ~queue.json --resource arn:aws:sns:eu-west-1:111111111111:t', 'one of these', fromRange],
  ])('is closed to other networks by an SCP or elsewhere: %s', async (_, line, which, definition) => {
    expect((await said(`${line} --objective networks`, definition)).slice(1, 3)).toEqual([`Change: deny what comes from elsewhere: by the SCP that \`perimeter write network-scp\` writes of the definition, or in policies of resources, for no change to ${which} was found that does`, 'ask again after that: it was not tried']);
  });
  it.each([
    ['a range that an identity policy allows', '--identity ~fromRanges.json', '', 'remove `198.51.100.0/24` from `aws:SourceIp` in Statement 0'], ['one that a Deny of it spares', '--identity ~butRanges.json --scp ~full.json', 'in `butRanges.json`: ', 'remove `198.51.100.0/24` from `aws:SourceIp` in Statement 1'],
    ['two that a boundary allows', '--identity ~full.json --boundary ~from3.json', 'in `from3.json`: ', 'remove `198.51.100.0/24`, `203.0.113.0/24` from `aws:SourceIp` in Statement 0'],
    ['another in the place of mine', '--identity ~fromOther.json', '', 'write `192.0.2.0/24` instead of `198.51.100.0/24` for `aws:SourceIp` in Statement 0; that lets through what is refused now: my principals from addresses of mine'],
  ])('is closed to other networks where an identity policy names them: %s', async (_, line, where, change) => {
    expect((await said(`${line} --objective networks`, fromRange)).slice(1, 3)).toEqual([`Change: ${where}${change}`, closes]);
  });
  it('cannot be closed to other networks where the definition lists none', async () => {
    expect((await said('--identity ~full.json --objective networks'))[1]).toBe('Change: list what is yours under `networks`; then deny what comes from elsewhere');
  });
  it.each([
    ['an RCP does not bind the bucket of an account that stands alone', `--resource ~open.json --resource ${bucket} --rcp ~rcpMine.json --objective principals --account ${alone}`, [`Note: RCPs do not bind ${alone}, which is in no organization, and were left out`]],
    ['an SCP does not bind its principals', `--identity ~two.json --scp ~scpMine.json --account ${alone}`, [`Note: SCPs do not bind ${alone}, which is in no organization, and were left out`]],
    ['where nobody says whose the bucket is, it is one that the RCP binds', `--resource ~open.json --resource ${bucket} --rcp ~rcpMine.json --objective principals --objective deputies`, []],
    ['where nobody says whose the principals are, they are some that the SCP binds', '--identity ~two.json --scp ~scpMine.json', [onAccount]],
  ])('%s', async (_, line, notes) => {
    expect((await said(line, `organizations: [${organization}]\naccounts: ["${ownAccount}"]\nstandaloneAccounts: ["${alone}"]\n`)).filter((one) => one.startsWith('Note'))).toEqual(notes);
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
    ['a key that nothing needs, with the one that is meant', `~noTls.json --kind resource --resource ${bucket}`, `Note: \`aws:SecureTransprt\` is in none of our tables: requests are taken to lack it, or to carry anything; is \`aws:SecureTransport\` meant?`],
    ['a key under the name of a service', `~prefixed.json --kind resource --resource ${bucket}`, NO_KEY], ['the same of one of several, another of which keeps outsiders out', `--resource ~prefixed.json --resource ${bucket} --rcp ~rcpMine.json`, `${NO_KEY}; is \`aws:PrincipalOrgID\` meant?`],
    ['a service that is not said', '~open.json --kind resource', 'Note: the service is not known: the answer is exact where `--service` is given'],
    ['a condition that lists no value', '~noValue.json --kind resource', 'Note: `StringEquals` for `aws:PrincipalOrgID` in Statement 0 lists no value: no request meets it'], ['one that lacks its key alone meets', '~noValueIfExists.json --kind resource', 'Note: `ForAllValues:StringEquals` for `aws:TagKeys` in Statement 0 lists no value: only a request without the key meets it'],
    ['one of one of several policies', '--resource ~noValue.json --rcp ~rcpMine.json', 'Note: in `noValue.json`: `StringEquals` for `aws:PrincipalOrgID` in Statement 0 lists no value: no request meets it'],
    ['variables of a policy without Version', '~old.json --kind resource', LITERAL], ['those of one of several', '--resource ~old.json --rcp ~rcpMine.json', LITERAL],
    ['an RCP without Version', '~rcpOld.json --kind rcp', VERSION], ['one of several', `--resource ~open.json --resource ${bucket} --rcp ~rcpOld.json`, VERSION],
  ])('a note says by its option, or of the file: %s', async (_, line, note) => { expect(await said(`${line} --objective principals`)).toContain(note); });
  it.each(['misspelled', 'members'])('no note says that AWS has no key where another does, or where it has: %s', async (name) => { expect((await said(`~${name}.json --kind resource --resource ${bucket} --objective principals`)).join()).not.toContain('AWS has no key `'); });
  it('no note says so of variables that are some', async () => { expect(await said(`--resource ~new.json --resource ${bucket} --objective principals`)).not.toContain(LITERAL); });
  it('no note asks for the Version of what is no RCP or SCP', async () => { expect(await said(`--resource ~old.json --resource ${bucket} --rcp ~rcpMine.json --objective principals`)).not.toContain(VERSION); });
  it.each<[string, string, string[]]>([
    ['one of two SCPs', '--identity ~full.json --scp ~scpNone.json --scp ~scpMine.json', ['Held by: the Deny of Statement 0 on `aws:ResourceOrgID`, in `scpMine.json`', onAccount]],
    ['two SCPs together', '--identity ~two.json --scp ~scpBuckets.json --scp ~scpQueues.json', ['Held by: the Deny of Statement 0 on `aws:ResourceOrgID`, in `scpBuckets.json`', 'and: the Deny of Statement 0 on `aws:ResourceOrgID`, in `scpQueues.json`', onAccount]],
    ['what an identity policy names beside what an SCP denies', '--identity ~ownOnly.json --scp ~scpQueues.json', ['Held by: the resources that Statement 0 names, in `ownOnly.json`', 'and: the Deny of Statement 0 on `aws:ResourceOrgID`, in `scpQueues.json`', onAccount]],
    ['a bucket\'s policy and an RCP, each by itself', `--resource ~members.json --resource ${bucket} --rcp ~rcpMine.json`, ['Held by: the Deny of Statement 0 on `aws:PrincipalOrgID`, `aws:PrincipalIsAWSService`, in `rcpMine.json`', `and: \`aws:PrincipalOrgID\` in Statement 0, which must be \`${organization}\`, in \`members.json\``]],
    ['one policy', `--resource ~members.json --resource ${bucket}`, [`Held by: \`aws:PrincipalOrgID\` in Statement 0, which must be \`${organization}\``]],
  ])('is held by: %s', async (_, line, lines) => { expect(await said(line)).toEqual(lines); });
});
