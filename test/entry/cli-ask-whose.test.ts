import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { organization, ownAccount, strangerAccount } from '../support/perimeter.ts';
import { alone, askedAboutFiles, attached, bucket, callers, deputies, document, inFolder, p, perimeter, policies, reads, resources, sibling, type Said, unsigned } from './asking.ts';

askedAboutFiles();

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
  const asked = (widest: string, ...accounts: string[]): string => `asked about principals of accounts ${accounts.join(', ')}, which the policies may tell apart: this is the answer for ${widest};`;
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
    writeFileSync(inFolder('given.json'), JSON.stringify(policy));
    writeFileSync(inFolder('ofQueue.json'), JSON.stringify(document({ Effect: 'Allow', Principal: { AWS: sibling }, Action: 'sqs:SendMessage', Resource: queue })));
    writeFileSync(inFolder('given.yaml'), definition);
    const { code, out } = await perimeter(`ask --identity ~given.json ${more} --objective resources --perimeter ~given.yaml`);
    expect([code, out]).toEqual([1, expect.stringContaining(note)]);
  });
  it.each([
    ['a variable, where each has a bucket of its own', 'aws:PrincipalAccount', `[data-${ownAccount}, data-${sibling}]`, 'No'],
    ['no variable of accounts', 'aws:username', `["data-*"]`, 'No'],
  ])('is asked of one, where they are alike: %s', async (_, key, buckets, answer) => {
    writeFileSync(inFolder('given.json'), JSON.stringify(dataOf(key)));
    writeFileSync(inFolder('given.yaml'), `${second}buckets: ${buckets}\n`);
    const { out } = await perimeter('ask --identity ~given.json --perimeter ~given.yaml');
    expect(out).toContain(`${resources} ${answer}: `);
    expect(out).toContain(`asked about principals of account ${ownAccount}, which nothing names`);
  });
  it('says of the queue what is said for its account', async () => {
    writeFileSync(inFolder('given.json'), JSON.stringify(byText));
    writeFileSync(inFolder('ofQueue.json'), JSON.stringify(document({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue })));
    writeFileSync(inFolder('given.yaml'), second);
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
    writeFileSync(inFolder('ofMineOnly.json'), JSON.stringify(document({ ...reads, Condition: ofMine })));
    writeFileSync(inFolder('trustOfMine.json'), JSON.stringify(document({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Condition: ofMine })));
    writeFileSync(inFolder('ofOutsiders.json'), JSON.stringify(document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } })));
    writeFileSync(inFolder('alone.yaml'), `organizations: [${organization}]\nstandaloneAccounts: ["${alone}"]\n`);
    const said = await perimeter(`ask ${line} --objective ${line.startsWith('--identity') ? 'resources' : 'principals'} --perimeter ~alone.yaml`);
    expect(said.out).toContain('  Note:    000000000000 stands for any account of yours that nothing names\n');
    expect([said.code, said.out]).toEqual([code, expect.stringContaining(`asked ${how} accounts 000000000000, ${alone}, which the policies may tell apart: this is the answer for 000000000000;`)]);
  });
  it('is no other where there is no organization', async () => {
    expect((await perimeter('ask --identity ~full.json --service sqs --perimeter ~standalone.yaml')).out).toContain(`asked about principals of account ${ownAccount}, which nothing names`);
  });
  it('has no number that would stand for it', async () => {
    expect((await perimeter('ask --identity ~full.json --service sqs --perimeter ~standalone.yaml')).out).not.toContain('stands for');
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
    expect(out).toContain(`  Note:    asked as of accounts ${all.join(', ')}, which the policies may tell apart: this is the answer for ${widest!}; \`--account\` names one\n  Note:    for ${others.join(', ')} it is inside\n`);
  });
  it.each([
    ['two of three alike, by a pattern', [{ ...reads, Condition: { StringLike: { 'aws:ResourceAccount': '22*' } } }], `as of accounts ${ownAccount}, ${sibling}, ${alone}`, sibling],
    ['those whom no definition lists', [{ ...reads, Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } }], `as of accounts 000000000000, ${sibling}`, sibling, '--organization o-4tkekae453'],
  ])('is asked of %s', async (_, statements, asked, widest, mine = '--perimeter ~several.yaml') => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document(...statements)));
    const { code, out } = await perimeter(`ask ~given.json --kind resource --resource ${bucket} --objective principals ${mine}`);
    expect([code, out]).toEqual([1, expect.stringContaining(`  Note:    asked ${asked}, which the policies may tell apart: this is the answer for ${widest}; \`--account\` names one`)]);
  });
  it.each([['policy.json --kind resource', ''], ['--resource ~given.json', '']])('is that of the ARNs which it names: %s', async (line) => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Action: 'sqs:*', Resource: `arn:aws:sqs:eu-west-1:${sibling}:q` })));
    const { code, out } = await perimeter(`ask ${line.replace('policy.json', '~given.json')} --service sqs --objective principals --perimeter ~several.yaml`);
    expect([code, out.includes(`${callers} Yes: anyone`), out.includes('asked as of')]).toEqual([1, true, false]);
  });
  it.each(['2?*', '?2*', '*?2', '2*?'])('is asked of those whom a pattern tells apart: %s', async (pattern) => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Action: 'sqs:*', Resource: '*', Condition: { StringLike: { 'aws:ResourceAccount': pattern } } })));
    const { code, out } = await perimeter('ask ~given.json --kind resource --service sqs --objective principals --perimeter ~several.yaml');
    expect([code, /this is the answer for (\d+);/.exec(out)?.[1]]).toEqual([1, sibling]);
  });
  it.each<[string, object[]]>([
    ['a Deny names one', [{ ...reads, Action: 'sqs:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } }, { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: `arn:aws:sqs:eu-west-1:${ownAccount}:special` }]],
    ['another Allow names one', [{ ...reads, Action: 'sqs:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } }, { Effect: 'Allow', Principal: { AWS: ownAccount }, Action: 'sqs:*', Resource: `arn:aws:sqs:eu-west-1:${ownAccount}:special` }]],
  ])('is asked of all though the policy names a queue of one: %s', async (_, statements) => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document(...statements)));
    const { code, out } = await perimeter('ask ~given.json --kind resource --service sqs --objective principals --perimeter ~several.yaml');
    expect([code, /this is the answer for (\d+);/.exec(out)?.[1]]).toEqual([1, sibling]);
  });
  it.each([
    ['by one of two patterns in a text', { Action: 'kms:*', Resource: 'arn:aws:kms:eu-west-1:2222*:key/1111*' }, '--service kms'],
    ['by a pattern with fewer colons', { Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:2222*' }, '--service sqs'],
    ['by digits beside a variable', { Action: 'sqs:*', Resource: '*', Condition: { StringLike: { 'aws:ResourceAccount': '22${aws:PrincipalTag/x}' } } }, '--service sqs'],
    ['by an API, whose ARN names none', { Principal: { AWS: '123456789012' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, '--resource arn:aws:apigateway:eu-west-1::/restapis/abc'],
  ])('is asked of all that a policy tells apart: %s', async (_, statement, more) => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, ...statement })));
    writeFileSync(inFolder('given.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\npartners: [{name: Example, accounts: ["123456789012"], resources: [{arn: "arn:aws:execute-api:*:${ownAccount}:*", actions: ["execute-api:*"]}]}]\n`);
    const { out } = await perimeter(`ask ~given.json --kind resource ${more} --objective principals --perimeter ~given.yaml`);
    expect([/^[^?]*\? (\w+)/.exec(out)?.[1], /this is the answer for (\d+);/.exec(out)?.[1]]).toEqual(['Yes', sibling]);
  });
  it('is that which the name of the bucket holds, as is what a change adds', async () => {
    writeFileSync(inFolder('given.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n`);
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Resource: 'arn:aws:s3:::acme-logs-${aws:ResourceAccount}/*' })));
    writeFileSync(inFolder('closed.json'), JSON.stringify(document({ ...reads, Effect: 'Deny', Resource: '*' })));
    const named = `--kind resource --resource arn:aws:s3:::acme-logs-${sibling} --perimeter ~given.yaml`;
    const { out } = await perimeter(`ask ~given.json --objective principals ${named}`);
    expect([out.includes(`${callers} Yes: anyone`), out.includes(`answer for ${sibling};`)]).toEqual([true, true]);
    expect((await perimeter(`diff ~closed.json ~given.json ${named}`)).out).toContain('s3:GetObject');
  });
  it('is not that of a provider whose sessions a policy lets in', async () => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${strangerAccount}:oidc-provider/token.actions.githubusercontent.com` }, Action: 'ecr:BatchGetImage' })));
    const { code, out } = await perimeter('ask ~given.json --kind resource --service ecr --objective principals --perimeter ~several.yaml');
    expect([code, out.includes(`${callers} Yes: `)]).toEqual([1, true]);
  });
  it('is that for which the widest reach gets through', async () => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Principal: { AWS: strangerAccount }, Condition: { StringEquals: { 'aws:ResourceAccount': ownAccount } } }, { ...reads, Condition: { StringEquals: { 'aws:ResourceAccount': sibling } } })));
    const { out } = await perimeter(`ask ~given.json --kind resource --resource ${bucket} --objective principals --perimeter ~several.yaml`);
    expect([out.includes(`${callers} Yes: ${unsigned.replace('Statement 0', 'Statement 1')}`), out.includes(`answer for ${sibling};`)]).toEqual([true, true]);
  });
  it('is said where it is one that the definition does not list', async () => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Action: 'sqs:*', Principal: { AWS: strangerAccount }, Resource: `arn:aws:sqs:eu-west-1:${strangerAccount}:q` })));
    const { code, out } = await perimeter('ask ~given.json --kind resource --service sqs --objective principals --perimeter ~several.yaml');
    expect([code, out]).toEqual([0, expect.stringContaining(`asked as of account ${strangerAccount}, whose resources or providers the policy names, but which the definition does not list as yours; \`--account\` names one that it does`)]);
  });
  it('says so where there are too many ways', async () => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Condition: { StringLike: { 'aws:ResourceAccount': Array.from({ length: 40 }, (_, i) => `*${i % 10}*${(i * 7) % 10}*${(i * 3) % 10}*`) } } })));
    expect(await perimeter(`ask ~given.json --kind resource --resource ${bucket} --organization ${organization}`)).toMatchObject({ code: 2, err: 'perimeter ask: `--account` is missing: the policies and the definition tell accounts apart in too many ways to ask as of each\n' });
  });
  it('is closed for all of them, and answered for each question by itself', async () => {
    const [forOwn, forSibling] = [ownAccount, sibling].map((account) => ({ StringEquals: { 'aws:ResourceAccount': account } }));
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Condition: forOwn }, { ...reads, Condition: forSibling })));
    writeFileSync(inFolder('two.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n`);
    const both = await perimeter(`ask ~given.json --kind resource --resource ${bucket} --objective principals --perimeter ~two.yaml`);
    expect(both.out).toMatch(/Change: .*Statement 0.*\n {2}then: .*Statement 1.*\n.*which closes it/);
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Principal: { AWS: strangerAccount }, Condition: forSibling }, { ...reads, Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Condition: forOwn })));
    const apart = await perimeter(`ask ~given.json --kind resource --resource ${bucket} --perimeter ~several.yaml`);
    expect([apart.out.includes(`${callers} Yes: `), apart.out.includes(`${deputies} Yes: `), apart.out.includes(`answer for ${sibling};`), apart.out.includes(`answer for ${ownAccount};`)]).toEqual([true, true, true, true]);
  });
  it('is asked of few where hundreds are alike', async () => {
    const many = Array.from({ length: 300 }, (_, i) => String(500_000_000_000 + i));
    writeFileSync(inFolder('many.txt'), many.join('\n'));
    writeFileSync(inFolder('given.json'), JSON.stringify(attached('Allow', { StringEquals: { 'aws:ResourceAccount': many } })));
    const { out } = await perimeter(`ask ~given.json --kind identity --service sqs --organization ${organization} --accounts ~many.txt`);
    expect(out).toContain(`asked about principals of account ${many[0]!}, which nothing names`);
  });
  it('is none that stands alone, where an RCP is asked about', async () => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' }, StringEquals: { 'aws:ResourceOrgID': organization }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } })));
    expect(await perimeter(`ask ~given.json --kind rcp --resource ${bucket} --objective principals --perimeter ~several.yaml`)).toMatchObject({ code: 0, out: expect.stringContaining(`asked as of account ${ownAccount},`) as string });
  });
  it('is asked of those whom an RCP tells apart', async () => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...(policies.rcp as { Statement: [object] }).Statement[0], Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceAccount': ownAccount } } })));
    const { code, out } = await perimeter(`ask --resource ~open.json --resource ${bucket} --rcp ~given.json --objective principals --perimeter ~several.yaml`);
    expect([code, out]).toEqual([1, expect.stringContaining(`which the policies may tell apart: this is the answer for ${sibling};`)]);
  });
  it.each<[string, string, string, number, string | undefined]>([
    ['queues of one account', `arn:aws:sqs:*:${ownAccount}:*`, '', 1, sibling], ['queues by a pattern', 'arn:aws:sqs:*:1*:*', '', 1, sibling],
    ['queues of any', 'arn:aws:sqs:*:*:*', '', 0, undefined], ['a queue, where a bucket is asked about', `arn:aws:sqs:*:${ownAccount}:*`, `--resource ${bucket}`, 0, undefined],
  ])('is asked of those whom the definition tells apart, by what a partner may use: %s', async (_, arn, more, code, widest) => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document({ ...reads, Principal: { AWS: '123456789012' }, Action: 'sqs:*', Resource: '*' })));
    writeFileSync(inFolder('given.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\npartners: [{name: Example, accounts: ["123456789012"], resources: [{arn: "${arn}", actions: ["sqs:*"]}]}]\n`);
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
    writeFileSync(inFolder('given.json'), JSON.stringify(document(statement)));
    writeFileSync(inFolder('given.yaml'), `organizations: [${organization}]\naccounts: ["${ownAccount}", "${sibling}"]\n${definition}`);
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
  const ofStranger = { Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${strangerAccount}:saml-provider/Okta` }, Action: 'sts:AssumeRoleWithSAML' };
  it('is none to which the definition shows that it is not mine, though the policy names its provider', async () => {
    const { code, out } = await asked(ofStranger);
    expect([code, out.includes(`${callers} Yes: a user of the SAML provider`), out.includes(`"aws:ResourceAccount":"${ownAccount}"`)]).toEqual([1, true, true]);
  });
  it('is said where no definition tells', async () => {
    writeFileSync(inFolder('given.json'), JSON.stringify(document(ofStranger)));
    const { code, out } = await perimeter(`ask ~given.json --kind trust --organization ${organization}`);
    expect([code, out.includes(`asked as of account ${strangerAccount}, whose resources or providers the policy names, but which the definition does not list as yours`)]).toEqual([0, true]);
  });
  it('does not matter where it names only accounts', async () => {
    expect((await asked({ Effect: 'Allow', Principal: { AWS: sibling }, Action: 'sts:AssumeRole' }, anchorsOfOwn)).out).not.toContain('asked as of');
  });
});

/** What the command answers, each question in a line, and its exit status. */

describe('the account of a policy', () => {
  it.each<[string, string, string]>([
    ['the first of the definition', p, ownAccount], ['the first that stands alone', '--perimeter ~standalone.yaml', ownAccount], ['that of the resource', `--resource arn:aws:iam::222222222222:role/app ${p}`, '222222222222'],
    ['the one that is given', `--account 333333333333 ${p}`, '333333333333'],
  ])('is %s', async (_, options, account) => {
    const { out } = await perimeter(`ask --trust ~trust.json --format json ${options}`);
    expect((JSON.parse(out) as { objectives: { principals: unknown } }).objectives.principals).toMatchObject({ witness: { context: { 'aws:ResourceAccount': account } } });
  });
});
