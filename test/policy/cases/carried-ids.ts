import { allow, define, deny, document, inside, mine, outside, own, stranger, trust, undecided, when, type Case, type Group, type Test } from './case.ts';

/** What a variable carries from one key, or from a resource, into another: ids of accounts and organizations, names, flags and addresses. */

const row = (name: string, policy: object, principals: NonNullable<Case['principals']>, because: string, given?: Case['given']): Case => ({ name, policy, principals, because, ...(given === undefined ? {} : { given }) });
const reached = (name: string, policy: object, resources: NonNullable<Case['resources']>, because: string, given?: Case['given']): Case => ({ name, policy, resources, because, ...(given === undefined ? {} : { given }) });
const queueOf = (account: string): string => `arn:aws:sqs:eu-west-1:${account}:q`;
const bucket = 'arn:aws:s3:::acme-data';
const anybodys = outside('any-account', 'role');
const [anybody, member] = [outside('any-account', 'role'), outside('any-organization-member', 'role')];
const assumed = (...tests: Test[]): object => document(trust({ AWS: '*' }, when(...tests)));
const byStranger = (...tests: Test[]): object => document(trust({ AWS: stranger }, when(...tests)));
const account = (value: string, operator = 'StringEquals'): Test => [operator, 'aws:PrincipalAccount', value];
const organization = (value: string): Test => ['StringEquals', 'aws:PrincipalOrgID', value];
const tag = (value: unknown, operator = 'StringEquals'): Test => [operator, 'aws:PrincipalTag/x', value];
const carried = '${aws:PrincipalTag/x}';
const below = (path: string, more: object = {}): object => allow({ Action: 's3:GetObject', Resource: `${bucket}/${path}`, ...more });
const numbered = (name: string, many: number, digits = 0): string[] => Array.from({ length: many }, (_, i) => `${name}${String(i).padStart(digits, '0')}`);
/** Ten letters each. */
const lettered = (many: number): string[] => Array.from({ length: many }, (_, i) => [...String(i).padStart(10, '0')].map((digit) => 'bcdefghijk'[Number(digit)]).join(''));
const ofMembers = (path: string, ...tests: Test[]): object => document(below(`\${aws:PrincipalAccount}/${path}`, when(...tests, organization(mine))));
const onPaths = (path: string, ...tests: Test[]): object => document(below(`\${aws:PrincipalOrgID}/${path}`, when(...tests, ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${mine}/*`])));
const held = (key: string, operator = 'StringEquals'): object => document(allow(when([operator, key, carried])));

export const carriedIds: readonly Group[] = [
  { title: 'an id that a variable carries', setting: { kind: 'trust' }, cases: [
    row('an organization in a tag', assumed(tag([mine, 'o-aaaaaaaaaa']), organization(carried)), member, 'strangers of that organization tag themselves so'),
    row('an organization that a tag must not begin as', assumed(tag('o-z*', 'StringNotLike'), organization(carried)), member, 'others are left'),
    row('the end of an organization', assumed(tag('aaaaaaaaaa'), organization(`o-${carried}`)), member, 'the two make an id'),
    row('the end of an organization, of six hundred', assumed(tag([...lettered(600), 'aaaaaaaaaa']), organization(`o-${carried}`)), member, 'strangers of each of them tag themselves so'),
    row('an organization in an external id', assumed(['StringEquals', 'sts:ExternalId', 'o-aaaaaaaaaa'], ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', '${sts:ExternalId}/*']), member, 'whoever is of that organization sends it'),
    row('an organization of mine', assumed(tag(mine), organization(carried)), inside, 'only members of mine have that organization'),
    row('accounts that begin as a tag may', assumed(tag('3333*', 'StringLike'), account(carried)), anybody, 'strangers have such accounts'),
    row('accounts that end as a tag may', assumed(tag('*11111111111', 'StringLike'), account(carried)), anybody, 'strangers have such accounts'),
    row('accounts but for one place', assumed(tag('11111111111?', 'StringLike'), account(carried)), anybody, 'nine others differ there'),
    row('accounts below a number', assumed(tag('400000000000', 'NumericLessThan'), account(carried)), anybody, 'strangers have such accounts'),
    row('two parts of an account', assumed(tag('33333333'), account(`3333${carried}`, 'StringLike')), anybody, 'the two make an id'),
    row('the own account', assumed(tag(own), account(carried)), inside, 'only callers of mine are of it'),
  ] },
  { title: 'an account that a variable puts into the ARN of a resource', setting: { kind: 'identity' }, cases: [
    reached('accounts that begin as a tag may', document(allow({ Action: 'sqs:*', Resource: queueOf(carried) }, when(tag('3333*', 'StringLike')))), anybodys, 'a role whose tag says so reaches a stranger\'s queue'),
    reached('accounts that a tag may not be', document(allow({ Action: 'sqs:*', Resource: queueOf(carried) }), deny(when(tag('2222*', 'StringNotLike')))), anybodys, 'others begin so than mine'),
    reached('by the source identity', document(allow({ Action: 'sqs:*', Resource: queueOf('${aws:SourceIdentity}') }, when(['StringLike', 'aws:SourceIdentity', '3333*']))), anybodys, 'a role whose identity says so reaches a stranger\'s queue'),
    reached('through another tag', document(allow({ Action: 'sqs:*', Resource: queueOf('${aws:PrincipalTag/y}') }, when(['StringEquals', 'aws:PrincipalTag/y', carried], tag('3333*', 'StringLike')))), anybodys, 'the two tags say the same'),
    reached('at an endpoint', document(allow({ Action: 'kms:*', Resource: `arn:aws:kms:eu-west-1:${carried}:key/*` }, when(tag('2222*', 'StringLike'), ['StringEquals', 'aws:PrincipalOrgID', mine]))), anybodys, 'others begin so than mine', { kind: 'vpc-endpoint' }),
    reached('an SCP that spares them', document(deny({ NotResource: queueOf(carried) }), deny(when(tag('2222*', 'StringNotLike')))), outside('any-account', 'role', ''), 'others begin so than mine', { kind: 'scp', service: 'sqs' }),
    reached('one of mine', document(allow({ Action: 'sqs:*', Resource: queueOf(carried) }, when(tag(own)))), inside, 'it is mine'),
  ] },
  { title: 'variables behind the account', setting: { kind: 'identity' }, cases: [
    reached('two tags of many values each', document(allow({ Action: 's3:GetObject', Resource: `${bucket}/${carried}-\${aws:PrincipalTag/y}/*` }, when(tag(Array.from({ length: 100 }, (_, i) => `p-${100 + i}`)), ['StringEquals', 'aws:PrincipalTag/y', ['dev1', 'dev2', 'test1', 'prod1']]))), inside, 'the bucket is mine'),
    reached('three tags of several values each', document(allow({ Action: 's3:GetObject', Resource: `${bucket}/${carried}/\${aws:PrincipalTag/y}/\${aws:PrincipalTag/z}` }, when(tag(Array.from({ length: 12 }, (_, i) => `p${i}`)), ['StringEquals', 'aws:PrincipalTag/y', Array.from({ length: 8 }, (_, i) => `e${i}`)], ['StringEquals', 'aws:PrincipalTag/z', Array.from({ length: 8 }, (_, i) => `f${i}`)]))), inside, 'the bucket is mine'),
    reached('secrets of users, in accounts by all but a digit', document(allow({ Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:eu-west-1:22222222222?:secret:${aws:username}/*' })), outside('any-account', 'user'), 'nine others differ there'),
    reached('roles of teams, in accounts by how they begin', document(allow({ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::2222*:role/${aws:PrincipalTag/team}-deploy' })), anybodys, 'others begin so than mine'),
    reached('queues in the Region that is asked, in accounts by how they begin', document(allow({ Action: 'sqs:*', Resource: 'arn:aws:sqs:${aws:RequestedRegion}:2222*:orders' })), anybodys, 'others begin so than mine'),
    reached('sixty folders that begin with digits', document(allow({ Action: 's3:GetObject', Resource: Array.from({ length: 60 }, (_, i) => `${bucket}/clients/${1000 + i}*`) })), inside, 'the bucket is mine'),
    reached('sixty folders that begin with digits below any', document(allow({ Action: 's3:GetObject', Resource: Array.from({ length: 60 }, (_, i) => `${bucket}/clients/*/${1000 + i}*`) })), inside, 'the bucket is mine'),
    row('sixty folders that begin with digits, for the organization', document(allow({ Action: 's3:GetObject', Resource: Array.from({ length: 60 }, (_, i) => `${bucket}/clients/${1000 + i}*`) }, when(organization(mine)))), inside, 'only members of mine have that organization', { kind: 'resource', service: 's3', resource: bucket }),
  ] },
  { title: 'variables beside one that carries an account', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('three tags of several values, each a folder of its own', ofMembers(`${carried}/\${aws:PrincipalTag/y}/\${aws:PrincipalTag/z}/*`, tag(numbered('v', 12)), ['StringEquals', 'aws:PrincipalTag/y', numbered('v', 9)], ['StringEquals', 'aws:PrincipalTag/z', numbered('v', 9)]), inside, 'only members of mine have that organization'),
    row('a tag of a thousand values, a prefix of its own', document(allow({ Action: 's3:ListBucket' }, when(['StringEquals', 's3:prefix', [carried, '${aws:PrincipalAccount}']], tag(numbered('v', 1_000)), organization(mine)))), inside, 'only members of mine have that organization'),
    row('two tags of thirty names', ofMembers(`${carried}-\${aws:PrincipalTag/y}/*`, tag(numbered('v', 30)), ['StringEquals', 'aws:PrincipalTag/y', numbered('v', 30)]), inside, 'only members of mine have that organization'),
    row('two tags of forty names', ofMembers(`${carried}-\${aws:PrincipalTag/y}/*`, tag(numbered('v', 40)), ['StringEquals', 'aws:PrincipalTag/y', numbered('v', 40)]), inside, 'only members of mine have that organization'),
    row('two tags of forty names, by paths', onPaths(`${carried}-\${aws:PrincipalTag/y}/*`, tag(numbered('v', 40)), ['StringEquals', 'aws:PrincipalTag/y', numbered('v', 40)]), undecided(), 'there are more texts than the search tells apart'),
    row('two tags of forty names, for accounts', document(below(`\${aws:PrincipalAccount}/${carried}-\${aws:PrincipalTag/y}/*`, when(tag(numbered('v', 40)), ['StringEquals', 'aws:PrincipalTag/y', numbered('v', 40)], account(own)))), inside, 'only callers of mine are of it'),
    row('a tag of almost a thousand names', ofMembers(`a${carried}/*`, tag(numbered('v', 999))), inside, 'only members of mine have that organization'),
    row('a tag of a thousand names', ofMembers(`a${carried}/*`, tag(numbered('v', 1_000))), inside, 'only members of mine have that organization'),
    row('a tag of almost a thousand names, by paths', onPaths(`a${carried}/*`, tag(numbered('v', 999))), inside, 'only members of mine lie on them'),
    row('a tag of a thousand names, by paths', onPaths(`a${carried}/*`, tag(numbered('v', 1_000))), undecided(), 'there are more texts than the search tells apart'),
    row('the Region twice, of many', document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs-${aws:RequestedRegion}-${aws:PrincipalAccount}/x-${aws:RequestedRegion}/*' }, when(['StringEquals', 'aws:RequestedRegion', numbered('eu-west-', 32)], organization(mine)))), inside, 'only members of mine have that organization'),
    row('the account itself, of a thousand', document(allow({ Action: 's3:GetObject', Resource: `${bucket}/home-\${aws:PrincipalAccount}/*` }, when(['StringEquals', 'aws:PrincipalAccount', numbered('60000000', 1_000, 4)]))), inside, 'all of them are mine', define({ accounts: [own, ...numbered('60000000', 1_000, 4)] })),
    row('two tags that are held against each other', document(allow(when(['StringLike', 'aws:PrincipalAccount', `2${carried}`], tag('${aws:PrincipalTag/y}3*', 'StringLike'), ['StringLike', 'aws:PrincipalTag/y', `${carried}4*`]))), undecided(), 'what a text says of itself is not told'),
  ] },
  { title: 'an organization in any case', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('of a tag', document(allow(when(tag('O-BBBBBBBBBB', 'StringEqualsIgnoreCase'), organization(carried)))), member, 'members of that organization have its id as their tag'),
    row('of an account, among letters', document(allow(when(tag('x3333*', 'StringLike'), ['StringEqualsIgnoreCase', 'aws:PrincipalTag/x', 'X${aws:PrincipalAccount}']))), anybody, 'strangers have such accounts'),
    row('of which a tag is the end, behind a capital', document(allow(when(tag('bbbbbbbbb'), ['StringEqualsIgnoreCase', 'aws:PrincipalOrgID', `O-B${carried}`]))), member, 'members of that organization tag themselves so'),
    row('by a tag', document(allow(when(tag('O-BBBBBBBBBB'), ['StringEqualsIgnoreCase', 'aws:PrincipalOrgID', carried]))), member, 'members of that organization have its id in capitals as their tag'),
    row('of a tag, as it is written', document(allow(when(tag('O-BBBBBBBBBB'), organization(carried)))), inside, 'no id has capitals'),
  ] },
  { title: 'an id that a resource or a prefix carries', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('an organization below the bucket', document(deny({ NotResource: `${bucket}/\${aws:PrincipalOrgID}/*` }), below('o-aaaaaaaaaa/*')), outside('any-organization-member', 'role', 1), 'members of that organization have a folder there'),
    row('an organization of which mine is the beginning', document(deny({ NotResource: `${bucket}/${mine}*` }), below('${aws:PrincipalOrgID}/*')), outside('any-organization-member', 'role', 1), 'a longer id begins so'),
    row('accounts below the bucket', document(deny({ NotResource: `${bucket}/home/\${aws:PrincipalAccount}/*` }), below('home/3333*')), outside('any-account', 'role', 1), 'accounts that begin so have a folder there'),
    row('an organization in a prefix', document(deny({ Action: 's3:ListBucket' }, when(['StringNotLike', 's3:prefix', 'shared/${aws:PrincipalOrgID}/*'])), allow({ Action: 's3:ListBucket' }, when(['StringLike', 's3:prefix', 'shared/o-aaaaaaaaaa/*']))), outside('any-organization-member', 'role', 1), 'members of that organization may list it'),
  ] },
  { title: 'an id that a variable puts among other characters', setting: { kind: 'resource', service: 's3' }, cases: [
    ...(['logs-11*', 'logs-?1*', 'logs-*1', 'logs-2*3'] as const).map((name) => row(`accounts of buckets like ${name}`, document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs-${aws:PrincipalAccount}/*' }), deny({ NotResource: `arn:aws:s3:::${name}` }), deny({ Action: 's3:*' }, when(['Null', 'aws:PrincipalArn', 'true']))), anybody, 'strangers have such accounts')),
    ...(['logs-o-b*', 'logs-o-aaaaaaaaaa/*', 'logs-?-b*', 'logs-*b/*'] as const).map((name) => row(`organizations of buckets like ${name}`, document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs-${aws:PrincipalOrgID}/*' }), deny({ NotResource: `arn:aws:s3:::${name}` }), deny({ Action: 's3:*' }, when(['Null', 'aws:PrincipalOrgID', 'true']))), member, 'strangers have such organizations')),
    row('no account of buckets of another name', document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs-${aws:PrincipalAccount}/*' }), deny({ NotResource: 'arn:aws:s3:::log-11*' })), inside, 'no bucket is left'),
    row('through another tag', document(allow(when(['StringEquals', 'aws:PrincipalAccount', carried], ['StringEquals', 'aws:PrincipalTag/y', `k${carried}`])), deny(when(['StringNotLike', 'aws:PrincipalTag/y', 'k44*']))), anybody, 'strangers have such accounts'),
    row('between digits', document(allow(when(['StringEquals', 'aws:PrincipalTag/y', '20${aws:PrincipalAccount}30'])), deny(when(['StringNotEquals', 'aws:PrincipalTag/y', '2033333333333330']))), anybody, 'an account stands there'),
    { name: 'accounts of a service in a bucket\'s name', policy: document(allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs-${aws:SourceAccount}/*' }), deny({ NotResource: 'arn:aws:s3:::logs-44*' })), deputies: outside('service', 'service'), because: 'strangers have such accounts' },
  ] },
  { title: 'an id in parts, of which one tells another', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('a tag that is another', document(allow(when(account(`33${carried}`), tag('${aws:PrincipalTag/y}'), ['StringEquals', 'aws:PrincipalTag/y', '3'.repeat(10)]))), anybody, 'both tags of a stranger\'s role may be the rest of its id'),
    row('a tag that is the end of another', document(allow(when(account(`33${carried}`), tag('3${aws:PrincipalTag/y}'), ['StringEquals', 'aws:PrincipalTag/y', '3${aws:PrincipalTag/z}'], ['StringEquals', 'aws:PrincipalTag/z', '33333333']))), anybody, 'together they are the rest of its id'),
    row('of an organization, a tag that is another', document(allow(when(organization(`o-${carried}`), tag('${aws:PrincipalTag/y}'), ['StringEquals', 'aws:PrincipalTag/y', 'b'.repeat(10)]))), member, 'both tags of a member may be the rest of its organization\'s id'),
    row('tags that tell one another in a circle', document(allow(when(account(`33${carried}`), tag('3${aws:PrincipalTag/y}'), ['StringEquals', 'aws:PrincipalTag/y', carried]))), undecided(), 'what a text says of itself is not told'),
    row('a tag that holds it, and is asked for', document(allow(when(account(`33${carried}`), ['StringEquals', 'aws:PrincipalTag/y', carried])), deny(when(['StringNotEquals', 'aws:PrincipalTag/y', '3'.repeat(10)]))), anybody, 'both tags may be the rest of its id'),
    row('a tag that holds it, and is a third', document(allow(when(account(`11${carried}`), ['StringEquals', 'aws:PrincipalTag/y', `x${carried}`], ['StringEquals', 'aws:PrincipalTag/z', `x${'3'.repeat(10)}`])), deny(when(['StringNotEquals', 'aws:PrincipalTag/y', '${aws:PrincipalTag/z}']))), undecided(), 'each tells the other in a circle; a stranger whose id ends so may have all three'),
    row('a folder that holds it, and is asked for', document(below(`${carried}/x`, when(account(`33${carried}`))), deny({ Resource: undefined, NotResource: `${bucket}/33*4/x` })), anybody, 'a stranger of such an account has such a folder'),
    row('a folder that holds it, of mine', document(below(`${carried}/x`, when(account(`11${carried}`))), deny({ Resource: undefined, NotResource: `${bucket}/${own.slice(2)}/x` })), inside, 'the rest of the id is mine'),
    row('names of teams and stages in sixty folders', document({ ...below('', when(organization(mine), ['StringEquals', 'aws:PrincipalTag/team', numbered('team', 30)], ['StringEquals', 'aws:PrincipalTag/stage', numbered('stage', 30)])), Resource: numbered(`${bucket}/r`, 60).map((one) => `${one}/\${aws:PrincipalOrgID}/\${aws:PrincipalTag/team}-\${aws:PrincipalTag/stage}/*`) }), inside, 'only members of mine have that organization'),
  ] },
  { title: 'a name that a variable carries', setting: { kind: 'trust' }, cases: [
    ...['sts:RoleSessionName', 'sts:ExternalId', 'aws:PrincipalTag/owner'].map((key) => row(`that of one user, as ${key}`, document(trust({ AWS: `arn:aws:iam::${stranger}:user/bob` }, when(['StringEquals', 'aws:username', `\${${key}}`]))), outside('named-account', 'user'), 'bob says so')),
    row('that of one user by its ARN', byStranger(['StringEquals', 'aws:username', '${sts:RoleSessionName}'], ['ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${stranger}:user/bob`]), outside('named-account', 'user'), 'bob calls its session so'),
    row('that of one of my users', document(trust({ AWS: `arn:aws:iam::${own}:user/bob` }, when(['StringEquals', 'aws:username', '${sts:RoleSessionName}']))), inside, 'bob is mine'),
    row('of one character, for a session', document(trust({ AWS: `arn:aws:iam::${stranger}:user/b` }, when(['StringEquals', 'aws:username', '${sts:RoleSessionName}']))), inside, 'names of sessions have two at least'),
  ] },
  { title: 'an ARN that a variable carries, beside a name', setting: { kind: 'trust' }, cases: [
    row('in an external id', byStranger(['StringEquals', 'sts:ExternalId', '${aws:PrincipalArn}'], ['StringEquals', 'aws:username', 'eve']), outside('named-account', 'user'), 'a user of that name sends its ARN'),
    row('below a bucket', document(below('${aws:PrincipalArn}/*', when(['StringLike', 'aws:username', 'al*']))), outside('any-account', 'user'), 'users of such names have a folder there', { kind: 'resource', service: 's3', resource: bucket }),
    row('in a prefix that is denied', document(deny({ Action: 's3:*' }, when(['StringEquals', 's3:prefix', 'user/${aws:PrincipalArn}'])), below('*', when(['StringEquals', 'aws:username', 'x-y']))), outside('any-account', 'user', 1), 'a call without a prefix is not denied', { kind: 'resource', service: 's3', resource: bucket }),
  ] },
  { title: 'what is no text, held against a variable', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('a flag', held('aws:SecureTransport', 'Bool'), anybody, 'a tag may say true'),
    row('a flag as a text', held('aws:MultiFactorAuthPresent'), anybody, 'a tag may say true'),
    row('a number', held('s3:max-keys'), anybody, 'a tag may say how many'),
    row('a time', held('aws:EpochTime'), outside('any-account', 'role'), 'which time it is, a tag may say'),
    row('an address', byStranger(['StringEquals', 'aws:SourceIp', carried]), outside('network-bound', 'role'), 'a tag may say from where', { kind: 'trust' }),
    row('an address, in part', byStranger(['StringEquals', 'aws:SourceIp', `192.0.2.${carried}`]), undecided(), 'a tag may say the rest, but not all are tried', { kind: 'trust' }),
  ] },
  { title: 'a provider that a variable carries', setting: { kind: 'trust', ...define({ identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }] }) }, cases: [
    row('GitLab in a tag', document(trust('*', { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEquals', 'aws:FederatedProvider', '${aws:RequestTag/p}'], ['StringEquals', 'aws:RequestTag/p', `arn:aws:iam::${own}:oidc-provider/gitlab.com`]))), outside('shared-issuer', 'web-identity'), 'GitLab gives tokens to anybody'),
  ] },
];
