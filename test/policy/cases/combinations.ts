import { allow, define, deny, document, foreign, inside, isService, mine, notOfOrganization, ofOrganization, outside, own, second, sibling, standalone, stranger, trust, when, type Case, type Group, type Test } from './case.ts';

/** Keys that belong together, Denies that only together leave nobody, and values that exist for nobody. */

const only = (...tests: Test[]): object => document(allow(when(...tests)));
const unless = (...tests: Test[]): object => document(deny(when(...tests)), allow());
const row = (name: string, policy: unknown, principals: NonNullable<Case['principals']>, because: string, given?: Case['given']): Case => ({ name, policy, principals, because, ...(given === undefined ? {} : { given }) });
const account = (operator: string, value: unknown): Test => [operator, 'aws:PrincipalAccount', value];
const arn = (operator: string, value: unknown): Test => [operator, 'aws:PrincipalArn', value];
const path = (value: unknown): Test => ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', value];
const organization = (operator: string, value: unknown): Test => [operator, 'aws:PrincipalOrgID', value];
const tag = (operator: string, value: unknown): Test => [operator, 'aws:PrincipalTag/team', value];

const members = outside('any-organization-member', 'role');
const anybody = outside('any-account', 'role');
const unsigned = outside('anonymous', 'anonymous');
const bucket = 'arn:aws:s3:::acme-data';
const openTo = (...statements: object[]): object => document(...statements, allow({ Action: 's3:GetObject', Resource: `${bucket}/*` }));

export const combinations: readonly Group[] = [
  { title: 'keys that belong together', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    row('my organization, and a path of another', only(ofOrganization(), path(`${foreign}/*`)), inside, 'a path begins with the caller\'s organization'),
    row('another organization, and a path of mine', only(ofOrganization(foreign), path(`${mine}/*`)), inside, 'a path begins with the caller\'s organization'),
    row('no organization, and a path', only(['Null', 'aws:PrincipalOrgID', 'true'], path('*')), inside, 'who is in no organization has no path'),
    row('an organization, and no path', only(ofOrganization(foreign), ['Null', 'aws:PrincipalOrgPaths', 'true']), inside, 'who is in an organization has a path'),
    row('a stranger\'s account, and an ARN of mine', only(account('StringEquals', stranger), arn('ArnLike', `arn:aws:iam::${own}:*`)), inside, 'the ARN names the caller\'s account'),
    row('an account of mine by principal, a stranger\'s by key', document(allow({ Principal: { AWS: own } }, when(account('StringEquals', stranger)))), inside, 'the key is the account of the principal'),
    row('a stranger by principal, my account by key', document(allow({ Principal: { AWS: stranger } }, when(account('StringEquals', own)))), inside, 'the key is the account of the principal'),
    row('a role by ARN, a user by type', only(arn('ArnLike', 'arn:aws:iam::*:role/*'), ['StringEquals', 'aws:PrincipalType', 'User']), inside, 'no caller is both'),
    row('a user by ARN, another by name', only(arn('ArnLike', 'arn:aws:iam::*:user/alice'), ['StringEquals', 'aws:username', 'bob']), inside, 'the name is the end of the ARN'),
    row('a user by path and name', only(arn('ArnLike', 'arn:aws:iam::*:user/team/*'), ['StringEquals', 'aws:username', 'bob']), outside('any-account', 'user'), 'a user\'s path is not part of its name'),
    row('a user by ARN, and any name', only(arn('ArnLike', 'arn:aws:iam::*:user/alice'), ['Null', 'aws:username', 'false']), outside('any-account', 'user'), 'every user has a name'),
    row('a user by ARN, and no name', only(arn('ArnLike', 'arn:aws:iam::*:user/alice'), ['Null', 'aws:username', 'true']), inside, 'every user has a name'),
    row('a user by ARN, and a name out of nothing', only(arn('ArnLike', 'arn:aws:iam::*:user/alice'), ['StringEquals', 'aws:username', []]), inside, 'of no values none is the name'),
    row('a user by ARN, and a name that is not out of nothing', only(arn('ArnLike', 'arn:aws:iam::*:user/alice'), ['StringNotEquals', 'aws:username', []]), inside, 'an empty list matches nothing, whatever the operator'),
    row('a user by ARN, and a name by how it begins', only(arn('ArnLike', 'arn:aws:iam::*:user/alice'), ['StringLike', 'aws:username', 'al*']), outside('any-account', 'user'), 'the star stands for the rest of the name'),
    row('a user by ARN, and a name by how another\'s begins', only(arn('ArnLike', 'arn:aws:iam::*:user/alice'), ['StringLike', 'aws:username', 'bo?*']), inside, 'the name is the end of the ARN'),
    row('a user on a path, and a name with a slash', only(arn('ArnLike', 'arn:aws:iam::*:user/team/bob'), ['StringEquals', 'aws:username', 'team/bob']), inside, 'a name holds no slash'),
    row('a user on a path, and a name that begins like the path', only(arn('StringLike', 'arn:aws:iam::*:user/team/bob'), ['StringLike', 'aws:username', 'team*']), inside, 'a star in a name does not reach back into the path'),
    row('a service that is in my organization', only(isService(), ofOrganization()), inside, 'a service is in no organization: nobody gets in'),
    row('a service with a user\'s name', only(isService(), ['Null', 'aws:username', 'false']), inside, 'nobody is both'),
    row('an unsigned caller with an ARN', only(account('StringEquals', 'anonymous'), ['Null', 'aws:PrincipalArn', 'false']), inside, 'nobody is both'),
    row('by way of a service, and not', only(['Bool', 'aws:ViaAWSService', 'false'], ['ForAnyValue:StringLike', 'aws:CalledVia', '*']), inside, 'a call by way of a service carries `true`'),
    row('by way of a service that Glue does not tell of', document(deny(when(['Bool', 'aws:ViaAWSService', 'true'])), allow(when(['ForAnyValue:StringLike', 'aws:CalledVia', '*']))), outside('any-account', 'role', 1), 'older text has Glue among services that do not always tell', { kind: 'resource', service: 'glue', resource: `arn:aws:glue:eu-west-1:${own}:catalog` }),
    row('by way of a service that S3 tells of', document(deny(when(['Bool', 'aws:ViaAWSService', 'true'])), allow(when(['ForAnyValue:StringLike', 'aws:CalledVia', '*']))), inside, 'S3 tells of every signed call whether a service makes it'),
    row('by way of a service, and not, of Glue', only(['Bool', 'aws:ViaAWSService', 'false'], ['ForAnyValue:StringLike', 'aws:CalledVia', '*']), inside, 'what a call by way of a service tells is `true`', { kind: 'resource', service: 'glue', resource: `arn:aws:glue:eu-west-1:${own}:catalog` }),
    row('last by way of a service', only(['StringEquals', 'aws:CalledViaLast', 'athena.amazonaws.com']), anybody, 'strangers call through Athena too'),
    { name: 'a resource of another organization on a path of mine', policy: only(ofOrganization(), ['StringEquals', 'aws:ResourceOrgID', foreign], ['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', `${mine}/*`]), principals: inside, resources: inside, because: 'a path begins with the owner\'s organization' },
    { name: 'an ARN of a stranger, and an owner of mine', policy: document(allow({ Action: 'sqs:*', Resource: `arn:aws:sqs:*:${stranger}:*` }, when(ofOrganization(), ['StringEquals', 'aws:ResourceAccount', own]))), given: { service: 'sqs' }, principals: inside, resources: inside, because: 'the ARN names the owner' },
    { name: 'S3\'s key for the owner against the global one', policy: only(ofOrganization(), ['StringEquals', 's3:ResourceAccount', stranger], ['StringEquals', 'aws:ResourceAccount', own]), principals: inside, resources: inside, because: 'both keys tell the same owner' },
    row('the resource\'s account, asked of a role', document(trust({ AWS: '*' }, when(account('StringEquals', '${aws:ResourceAccount}')))), inside, 'it is the role\'s own account', { kind: 'trust' }),
    row('the resource\'s organization, asked of a role', document(trust({ AWS: '*' }, when(organization('StringEquals', '${aws:ResourceOrgID}')))), inside, 'it is the organization of the role\'s account', { kind: 'trust' }),
    row('the resource\'s organization, asked of a role of a standalone account', document(trust({ AWS: '*' }, when(organization('StringEquals', '${aws:ResourceOrgID}')))), inside, 'the role\'s account has none, so nothing matches', { kind: 'trust', account: standalone, ...define({ standaloneAccounts: [standalone] }) }),
    row('the resource\'s account, asked of a bucket', only(account('StringEquals', '${aws:ResourceAccount}')), inside, 'it is the bucket\'s own account', { kind: 'resource', resource: bucket }),
    row('the resource\'s organization, asked of a bucket of two organizations', only(organization('StringEquals', '${aws:ResourceOrgID}')), inside, 'whichever of mine it is', { kind: 'resource', resource: bucket, ...define({ organizations: [mine, second] }) }),
  ] },
  { title: 'Denies that only together leave nobody', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    row('some actions, and all others', document(deny({ Action: 's3:Get*' }, when(notOfOrganization())), deny({ NotAction: 's3:Get*' }, when(notOfOrganization())), allow()), inside, 'every action is one or the other'),
    row('some resources, and all others', document(deny({ Resource: 'arn:aws:s3:::a*' }, when(notOfOrganization())), deny({ NotResource: 'arn:aws:s3:::a*' }, when(notOfOrganization())), allow()), inside, 'every resource is one or the other'),
    row('a tag, and any other or none', document(deny(when(notOfOrganization(), tag('StringEquals', 'blue'))), deny(when(notOfOrganization(), tag('StringNotEquals', 'blue'))), allow()), inside, 'every caller is one or the other'),
    row('a tag, and any other', document(deny(when(notOfOrganization(), tag('StringEquals', 'blue'))), deny(when(notOfOrganization(), tag('StringNotEquals', 'blue'), ['Null', 'aws:PrincipalTag/team', 'false'])), allow()), outside('anonymous', 'anonymous', 2), 'callers without tag are spared'),
    row('callers without organization, and patterns of others', document(deny(when(['Null', 'aws:PrincipalOrgID', 'true'])), deny(when(organization('StringLike', 'o-4*'), organization('StringNotEquals', mine))), deny(when(organization('StringNotLike', 'o-4*'))), allow()), inside, 'every organization but mine falls under one of them'),
    row('callers without organization, and a pattern of others', document(deny(when(['Null', 'aws:PrincipalOrgID', 'true'])), deny(when(organization('StringNotLike', 'o-4*'))), allow()), outside('any-organization-member', 'role', 2), 'organizations that begin like mine are spared'),
    row('unsigned callers, and signed ones of others', document(deny(when(['Null', 'aws:PrincipalArn', 'true'], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])), deny(when(notOfOrganization(), isService('false'))), allow()), inside, 'only services and callers of mine are left'),
    row('a named stranger, by account and by ARN', document(deny(when(arn('ArnLike', `arn:aws:iam::${stranger}:role/*`))), deny(when(arn('ArnLike', `arn:aws:iam::${stranger}:user/*`))), allow({ Principal: { AWS: stranger } })), outside('named-account', ['root', 'user'], 2), 'the root user and federated users are left'),
    row('a session, and its role', document(deny({ Principal: { AWS: `arn:aws:iam::${stranger}:role/deploy` } }), allow({ Principal: { AWS: `arn:aws:sts::${stranger}:assumed-role/deploy/me` } }, when(arn('ArnEquals', `arn:aws:iam::${stranger}:role/deploy`)))), inside, 'a session is its role'),
    row('a session, and its role by key', document(deny(when(arn('ArnEquals', `arn:aws:iam::${stranger}:role/deploy`))), allow({ Principal: { AWS: `arn:aws:sts::${stranger}:assumed-role/deploy/me` } })), outside('named-account', 'role', 1), 'the session\'s ARN leaves out the role\'s path, which the key holds'),
    row('a user\'s own folder', document(deny({ NotResource: `${bucket}/\${aws:username}/*` }), allow()), outside('any-account', 'user', 1), 'who has no user name is denied everywhere; a user is spared in its folder'),
  ] },
  { title: 'values that exist for somebody or nobody', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    row('two patterns that share an organization', only(organization('StringLike', 'o-a*'), organization('StringLike', '*z')), members, 'an organization may begin and end so'),
    row('two patterns that share none', only(organization('StringLike', 'o-a*'), organization('StringNotLike', 'o-?*')), inside, 'what begins with `o-a` has a character after `o-`'),
    row('an organization with a capital', only(organization('StringLike', '*A*')), inside, 'ids are in small letters'),
    row('an organization too short', only(organization('StringLike', 'o-?????')), inside, 'ids have ten characters at least'),
    row('an organization of the shortest form', only(organization('StringLike', 'o-??????????')), members, 'ids have ten characters at least'),
    row('an organization too long', only(organization('StringLike', `o-${'?'.repeat(33)}`)), inside, 'ids have thirty-two characters at most'),
    row('a path without the slash after my organization', only(path(`${mine}*`)), members, 'a longer id of another organization begins like mine'),
    row('one path of mine, exactly', only(['ForAnyValue:StringEquals', 'aws:PrincipalOrgPaths', `${mine}/r-ab12/ou-ab12-11111111/`]), inside, 'the path begins with my organization'),
    row('any account', only(account('StringLike', '*')), unsigned, 'unsigned callers carry `anonymous`'),
    row('any account of twelve characters', only(account('StringLike', '????????????')), anybody, '`anonymous` has nine'),
    row('an account with an `a`', only(account('StringLike', '*a*')), unsigned, '`anonymous` has one'),
    row('an account with a `b`', only(account('StringLike', '*b*')), inside, 'accounts have digits, and `anonymous` has no `b`'),
    row('Bool with both values', only(['Bool', 'aws:PrincipalIsAWSService', ['true', 'false']]), anybody, 'every signed caller carries the key'),
    row('Bool in capitals', only(isService('True')), inside, 'booleans ignore case'),
    row('a boolean by StringEquals', only(['StringEquals', 'aws:PrincipalIsAWSService', 'true']), inside, 'the key\'s text is `true` or `false`'),
    row('a boolean as JSON', only(['Bool', 'aws:PrincipalIsAWSService', true]), inside, 'a boolean is as good as its text'),
    row('roles of Identity Center in any account', only(arn('ArnLike', 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*')), anybody, 'strangers use Identity Center too'),
    row('service-linked roles of any account', unless(arn('ArnNotLike', 'arn:aws:iam::*:role/aws-service-role/*')), outside('any-account', 'role', 1), 'strangers have such roles too'),
  ] },
  { title: 'the widest reach goes first', setting: { kind: 'vpc-endpoint', service: 'dynamodb' }, cases: [
    { name: 'strangers to anything, mine to one account', policy: document(allow({ Resource: `arn:aws:dynamodb:*:${stranger}:table/*` }, when(ofOrganization())), allow(when(['Null', 'aws:PrincipalOrgID', 'true'], isService('false')))), principals: outside('any-account', 'role', 1), resources: outside('any-account', 'role', 1), because: 'severity follows from the reach, so a narrower way in must not hide a wider one' },
    { name: 'a named stranger, and members of any organization', policy: document(allow({ Principal: { AWS: stranger } }), allow(when(['Null', 'aws:PrincipalOrgID', 'false']))), principals: outside('any-organization-member', 'role', 1), because: 'severity follows from the reach, so a narrower way in must not hide a wider one' },
    { name: 'a network, and a service', policy: document(allow({ Principal: '*' }, when(['IpAddress', 'aws:SourceIp', '192.0.2.0/24'])), allow({ Principal: { Service: 'sns.amazonaws.com' } })), given: { kind: 'resource', service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:orders`, ...define({ services: ['events.amazonaws.com'] }) }, principals: outside('service', 'service', 1), because: 'a network alone is the narrowest of all' },
  ] },
  { title: 'policies that ask for work', setting: { kind: 'vpc-endpoint', service: 's3', ...define({ accounts: undefined }) }, cases: [
    { name: 'a Deny that reaches nobody', policy: document(
      allow(when(['StringEquals', 'aws:PrincipalOrgID', ['o-4*', mine]], ['StringNotLike', 'aws:PrincipalOrgID', mine])), allow({ Resource: `${bucket}/*` }),
      deny({ Principal: { AWS: `arn:aws:iam::${stranger}:role/app` } }, when(['StringEquals', 'aws:ResourceOrgID', foreign], account('StringEquals', sibling))),
    ), principals: outside('anonymous', 'anonymous', 1), resources: inside, because: 'the bucket is listed as mine; three statements are no reason to give up' },
    { name: 'tables by account, owner and tag', policy: document(
      allow({ Resource: `arn:aws:dynamodb:*:${own}:*` }, when(['StringEqualsIfExists', 'aws:PrincipalTag/team', 'blue'], ofOrganization([mine, foreign]), ['StringEquals', 'aws:ResourceOrgID', foreign])),
      deny({ Action: 'dynamodb:*', Resource: [`arn:aws:dynamodb:*:${own}:*`, `arn:aws:dynamodb:*:${stranger}:table/*`] }, when(['StringLike', 'aws:PrincipalAccount', '1111*'], ['StringEqualsIfExists', 'aws:PrincipalTag/team', ['blue', 'b*']])),
      allow({ Action: 'dynamodb:GetItem', Resource: `arn:aws:dynamodb:*:${own}:*` }), allow({ Action: 'dynamodb:GetItem', Resource: `arn:aws:dynamodb:*:${own}:table/*` }),
    ), given: { service: 'dynamodb' }, principals: outside('anonymous', 'anonymous', 2), resources: inside, because: 'every ARN names the own account; four statements are no reason to give up' },
    { name: 'tables that two statements name in turn', policy: document(...[0, 1].flatMap(() => [
      allow({ Resource: [`arn:aws:dynamodb:*:${stranger}:table/*`, `arn:aws:dynamodb:*:${own}:*`] }, when(['StringNotLike', 'aws:ResourceAccount', stranger], ['ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', [`${mine}/*`, `${foreign}/*`]])),
      allow({ Resource: `arn:aws:dynamodb:*:${own}:*` }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', foreign])),
    ])), given: { service: 'dynamodb', ...define() }, principals: outside('anonymous', 'anonymous', [0, 1]), resources: inside, because: 'a stranger\'s table has the stranger for owner, which the first test refuses; that every statement stands twice changes nothing' },
  ] },
  { title: 'no organization at all', setting: { kind: 'vpc-endpoint', service: 's3', account: standalone, ...define({ organizations: [], accounts: [], standaloneAccounts: [standalone, sibling] }) }, cases: [
    { name: 'my accounts on both sides', policy: only(account('StringEquals', [standalone, sibling]), ['StringEquals', 'aws:ResourceAccount', [standalone, sibling]]), principals: inside, resources: inside, because: 'both accounts are mine' },
    { name: 'some organization on both sides', policy: only(ofOrganization(mine), ['StringEquals', 'aws:ResourceOrgID', mine]), principals: members, resources: members, because: 'no organization is mine' },
    { name: 'an account that is not mine', policy: only(account('StringEquals', own)), principals: outside('named-account', 'role'), because: 'the list of accounts is complete' },
  ] },
  { title: 'what a bucket\'s policy is about', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('all but the bucket and its objects', document(allow({ NotResource: [bucket, `${bucket}/*`] })), inside, 'nothing of this bucket is left'),
    row('all but the objects', document(allow({ NotResource: `${bucket}/*` })), unsigned, 'the bucket itself is left'),
    row('a bucket whose name only begins so', document(allow({ Resource: [`${bucket}-eu`, `${bucket}-eu/*`] })), inside, 'it is another bucket'),
    row('buckets by a pattern that takes it in', document(allow({ Resource: 'arn:aws:s3:::acme-*' })), unsigned, 'the pattern takes the bucket in'),
    row('objects by a pattern', document(allow({ Action: 's3:GetObject', Resource: `${bucket}/public/*` })), unsigned, 'a folder is open'),
    row('objects by a pattern, denied by a wider one', document(deny({ Resource: `${bucket}/pub*` }), allow({ Action: 's3:GetObject', Resource: `${bucket}/public/*` })), inside, 'the Deny takes in all that is allowed'),
    row('objects by a pattern, denied by a narrower one', document(deny({ Resource: `${bucket}/public/secret/*` }), allow({ Action: 's3:GetObject', Resource: `${bucket}/public/*` })), outside('anonymous', 'anonymous', 1), 'the rest of the folder is open'),
    row('an alias of a function', document(allow({ Action: 'lambda:InvokeFunction', Resource: `arn:aws:lambda:eu-west-1:${own}:function:worker:live` })), unsigned, 'what lies below a resource is its policy\'s too', { service: 'lambda', resource: `arn:aws:lambda:eu-west-1:${own}:function:worker` }),
    row('a queue whose name only begins so', document(allow({ Action: 'sqs:*', Resource: `arn:aws:sqs:eu-west-1:${own}:orders-dead` })), inside, 'it is another queue', { service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:orders` }),
    row('what tags of callers allow on a queue, and nothing that its service does', document(...['a', 'b', 'c', 'd'].map((one) => allow(when(['StringEquals', `aws:ResourceTag/${one}`, `\${aws:PrincipalTag/${one}}`], ['StringEquals', `aws:RequestTag/${one}`, '${aws:PrincipalTag/y}'], ['StringLike', `aws:PrincipalTag/${one}`, ['a*', '*b', '*c*']], ['StringLike', 'aws:PrincipalOrgID', ['o-*', '${aws:PrincipalTag/z}']], ['StringLike', 'aws:PrincipalAccount', ['3*', '33*']]))), deny({ Action: 'sqs:*' })), inside, 'nothing of the service is left; value by value of each variable it is past the work budget', { service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:orders`, ...define({ accounts: undefined }) }),
    row('addresses within any VPC', openTo(deny(when(['NotIpAddress', 'aws:VpcSourceIp', '10.0.0.0/8']))), outside('anonymous', 'anonymous', 1), 'a stranger\'s VPC has such addresses too'),
    row('VPCs of the own account by ARN', only(['ArnLike', 'aws:SourceVpcArn', `arn:aws:ec2:*:${own}:vpc/*`]), outside('network-bound', 'anonymous'), 'networks of mine, not callers of mine'),
    row('VPCs of any account by ARN', only(['ArnLike', 'aws:SourceVpcArn', 'arn:aws:ec2:*:*:vpc/*']), unsigned, 'a stranger has a VPC of its own'),
    row('endpoints on a path of my organization', only(['ForAnyValue:StringLike', 'aws:VpceOrgPaths', `${mine}/*`]), outside('network-bound', 'anonymous'), 'networks of mine, not callers of mine'),
    row('a Deny of all addresses of IPv4', openTo(deny(when(['IpAddress', 'aws:SourceIp', '0.0.0.0/0']))), outside('anonymous', 'anonymous', 1), 'IPv6 and endpoints are left'),
    row('a Deny of all addresses', openTo(deny(when(['IpAddress', 'aws:SourceIp', ['0.0.0.0/0', '::/0']]))), outside('anonymous', 'anonymous', 1), 'behind an endpoint of one\'s own there is no address'),
    row('a Deny of all but IPv4', openTo(deny(when(['NotIpAddress', 'aws:SourceIp', '0.0.0.0/0']))), outside('anonymous', 'anonymous', 1), 'every address of IPv4 is spared'),
  ] },
];
