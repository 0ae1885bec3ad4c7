import { allow, define, deny, document, foreign, inside, isService, mine, ofOrganization, outside, own, partner, sibling, standalone, stranger, undecided, when, type Case, type Group, type Test } from './case.ts';

/** AWS services that act for somebody else, asked of a bucket's policy. Which services tell their source is a table of the engine's. */

const write = { Action: 's3:PutObject', Resource: 'arn:aws:s3:::acme-logs/*' };
const service = (name: string, ...tests: Test[]): object => allow({ Principal: { Service: name } }, write, tests.length > 0 ? when(...tests) : {});
const trail = (...tests: Test[]): object => document(service('cloudtrail.amazonaws.com', ...tests));
const denying = (...tests: Test[]): object => document(deny({ Principal: { Service: 'cloudtrail.amazonaws.com' } }, when(...tests)), service('cloudtrail.amazonaws.com'));
const account = (operator: string, value: unknown): Test => [operator, 'aws:SourceAccount', value];
const arn = (operator: string, value: unknown): Test => [operator, 'aws:SourceArn', value];
const organization = (operator: string, value: unknown): Test => [operator, 'aws:SourceOrgID', value];
const queue = `arn:aws:sqs:eu-west-1:${own}:orders`;
const sending = (...tests: Test[]): object => document(allow({ Action: 'sqs:SendMessage', Resource: queue }, when(...tests)));
const trailOf = (id: string): string => `arn:aws:cloudtrail:eu-west-1:${id}:trail/main`;

const told: Test = ['Null', 'aws:SourceArn', 'false'];
const foreignArn = arn('ArnNotLike', `arn:aws:*:*:${own}:*`);
const rotating = (...denies: object[]): object => document(allow({ Principal: { Service: 'secretsmanager.amazonaws.com' }, Action: 'lambda:InvokeFunction' }, when(arn('ArnLikeIfExists', `arn:aws:secretsmanager:*:${own}:secret:*`))), ...denies);

const forOthers = outside('service', 'service');
/** The service is inside whatever it does; only the second question differs. */
const named = (names: string): Test => ['StringLike', 'aws:PrincipalServiceName', names];
const listed = (names: string): Test => ['ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', names];
const logs = { Principal: { Service: 'logs.amazonaws.com' }, Action: 's3:PutObject' };
const row = (name: string, policy: object, deputies: NonNullable<Case['deputies']>, because: string, given?: Case['given']): Case => ({ name, policy, principals: inside, deputies, because, ...(given === undefined ? {} : { given }) });

export const deputies: readonly Group[] = [
  { title: 'a service that writes to a bucket', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-logs' }, cases: [
    row('for anybody', trail(), forOthers, 'nothing is asked of the source'),
    row('for the own account', trail(account('StringEquals', own)), inside, 'the source must be the own account'),
    row('for accounts of mine', trail(account('StringEquals', [own, sibling])), inside, 'both are known'),
    row('for an account of mine in no organization', trail(account('StringEquals', standalone)), inside, 'a standalone account is mine', define({ standaloneAccounts: [standalone] })),
    row('for anybody, from no address that is told', trail(['Null', 'aws:SourceIp', 'true']), forOthers, 'AWS may leave out where its services call from'),
    row('for anybody, but from a network that is not mine', document(service('cloudtrail.amazonaws.com'), deny(when(['IpAddress', 'aws:SourceIp', ['0.0.0.0/0', '::/0']]))), forOthers, 'AWS may leave out where its services call from'),
    ...(([
      ['by the account anywhere in its ARN', [allow(when(arn('StringLike', `*:${own}:*`)))]],
      ['by one of two accounts anywhere in its ARN', [allow(when(arn('StringLike', [`*:${own}:*`, `*:${sibling}:*`])))]],
      ['by the account, denied otherwise', [allow(), deny(when(arn('StringNotLike', `*:${own}:*`), isService()))]],
      ['by the owner of the resource, denied otherwise', [allow(), deny(when(arn('StringNotLike', '*:${aws:ResourceAccount}:*'), isService()))]],
      ['by the account, beside two strangers of the organization', [allow(when(arn('StringLike', `arn:aws:*:*:${own}:*`))), allow({ Principal: { AWS: [stranger, partner] } }, when(ofOrganization()))]],
      ['by the owner of the resource, for any service', [allow({ Principal: { Service: '*' } }, when(arn('StringLike', '*:${aws:ResourceAccount}:*')))]],
    ]) as readonly (readonly [string, readonly object[]])[]).map(([name, statements]): Case => ({ name: `a source of mine ${name}`, policy: document(...statements), deputies: inside, because: 'no source of a stranger has my account between colons', given: { service: 'sqs', resource: queue } })),
    { name: 'a bucket of mine by a pattern across colons', policy: sending(arn('StringLike', 'arn:aws:s3:*:*:acme-data')), deputies: inside, because: 'no other source of S3 has a colon in its name', given: { service: 'sqs', resource: queue } },
    row('for a stranger', trail(account('StringEquals', [own, stranger])), forOthers, 'one of the accounts is a stranger\'s'),
    row('for a partner', trail(account('StringEquals', partner)), forOthers, 'a partner\'s account is not mine, and no use of the bucket was agreed'),
    row('for accounts by their first digits', trail(account('StringLike', '1111*')), forOthers, 'other accounts begin so too'),
    row('for the own account, if it is told', trail(account('StringEqualsIfExists', own)), inside, 'a service that tells its source tells the account'),
    row('for all accounts but one', trail(account('StringNotEquals', stranger)), forOthers, 'all others are left'),
    row('for an account of which nobody knows, in another organization', trail(account('StringEquals', stranger), ['StringEquals', 'aws:SourceOrgID', foreign]), undecided(stranger), 'the definition does not list accounts, and whoever is named may be mine', define({ accounts: undefined })),
    row('for any account of a pattern, in another organization', trail(account('StringLike', '4*'), ['StringEquals', 'aws:SourceOrgID', foreign]), forOthers, 'accounts of strangers begin so', define({ accounts: undefined })),
    row('for an account of which nobody knows', trail(account('StringEquals', stranger)), undecided(stranger), 'the definition lists no accounts, so it may be mine', define({ accounts: undefined })),
    row('for my organization', trail(organization('StringEquals', mine)), inside, 'the source must be in my organization'),
    row('for another organization', trail(organization('StringEquals', [mine, foreign])), forOthers, 'one of the two is not mine'),
    row('for my organization, if there is one', trail(organization('StringEqualsIfExists', mine)), forOthers, 'an account in no organization carries no aws:SourceOrgID'),
    row('for paths of my organization', trail(['ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${mine}/r-ab12/*`]), inside, 'the path begins with my organization'),
    row('for all paths of my organization, or none', trail(['ForAllValues:StringLike', 'aws:SourceOrgPaths', `${mine}/*`]), forOthers, 'an account in no organization has no path'),
    row('for one trail of mine', trail(arn('StringEquals', trailOf(own))), inside, 'the ARN names an account of mine'),
    row('for any trail of mine', trail(arn('ArnLike', `arn:aws:cloudtrail:*:${sibling}:trail/*`)), inside, 'the ARN names an account of mine'),
    row('for a stranger\'s trail', trail(arn('StringEquals', trailOf(stranger))), forOthers, 'the ARN names a stranger'),
    row('for a trail of that name in any account', trail(arn('ArnLike', 'arn:aws:cloudtrail:*:*:trail/main')), forOthers, 'anybody can name a trail so'),
    row('for an account within a trail\'s name', trail(arn('ArnLike', `arn:aws:cloudtrail:*:*:trail/${own}`)), forOthers, 'anybody can name a trail by my account'),
    row('for a trail of mine by a pattern across colons', trail(arn('StringLike', `arn:aws:cloudtrail:*:${own}:trail/*`)), inside, 'no Region or name of a trail holds a colon'),
    row('for a stranger\'s trail and the own account at once', trail(arn('StringEquals', trailOf(stranger)), account('StringEquals', own)), inside, 'the account of a source is the account in its ARN'),
    row('a Deny of other accounts', denying(account('StringNotEquals', own)), inside, 'a missing account would be denied as well'),
    row('a Deny of other accounts where one is told', denying(account('StringNotEquals', own), ['Null', 'aws:SourceAccount', 'false']), inside, 'whatever foreign value is told is denied; a missing one is spared, with a note'),
    row('a Deny of other sources where one is told', document(deny({ Principal: { Service: 'lambda.amazonaws.com' } }, when(arn('ArnNotLike', `arn:aws:lambda:*:${own}:*`), ['Null', 'aws:SourceArn', 'false'])), service('lambda.amazonaws.com')), inside, 'whatever foreign value is told is denied; a missing one is spared, with a note'),
    row('a Deny of other organizations where one is told', denying(organization('StringNotEquals', mine), ['Null', 'aws:SourceOrgID', 'false']), outside('service', 'service', 1), 'an account in no organization carries no aws:SourceOrgID, and is spared'),
    row('a Deny of one stranger', denying(account('StringEquals', stranger)), outside('service', 'service', 1), 'all others are left'),
    row('a Deny of reads', document(deny({ Action: 's3:GetObject' }, when(account('StringNotEquals', own))), service('cloudtrail.amazonaws.com')), outside('service', 'service', 1), 'writes are what is allowed'),
    row('exports of Compute Optimizer', document(service('compute-optimizer.amazonaws.com')), forOthers, 'anybody can export to the bucket'),
    row('exports of mine', document(service('compute-optimizer.amazonaws.com', account('StringEquals', own))), inside, 'the source must be the own account'),
    row('a service that is not in the table', document(service('unheard-of.amazonaws.com')), inside, 'nobody knows what it tells of its source'),
    row('a service of one Region', document(service('logs.eu-west-1.amazonaws.com')), forOthers, 'the label of a Region does not matter'),
    row('several services, one held to the own account', document(service('cloudtrail.amazonaws.com', account('StringEquals', own)), service('config.amazonaws.com')), outside('service', 'service', 1), 'the other acts for anybody'),
    row('one statement for several services', document(allow({ Principal: { Service: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'] } }, write, when(account('StringEquals', own)))), inside, 'the condition holds for both'),
    row('only calls that tell no source', trail(['Null', 'aws:SourceArn', 'true'], ['Null', 'aws:SourceAccount', 'true']), inside, 'a foreign source is told'),
    row('for a trail of mine, if it is told', trail(arn('ArnLikeIfExists', `arn:aws:cloudtrail:*:${own}:trail/*`)), inside, 'the service tells its source\'s ARN'),
    row('for another organization, on a path of mine', trail(organization('StringEquals', foreign), ['ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${mine}/*`]), inside, 'a path begins with the source\'s organization'),
    row('a Deny of callers without ARN', document(deny(when(['Null', 'aws:PrincipalArn', 'true'])), service('cloudtrail.amazonaws.com')), outside('service', 'service', 1), 'whether a service carries an ARN is not settled: one of an account that is not known may be there'),
  ] },
  { title: 'a queue open to whoever tells a source', setting: { kind: 'resource', service: 'sqs', resource: queue }, cases: [
    row('a topic of mine', sending(arn('ArnEquals', `arn:aws:sns:eu-west-1:${own}:orders`)), inside, 'only services tell a source, and the topic\'s ARN names an account of mine'),
    row('a topic of a stranger', sending(arn('ArnEquals', `arn:aws:sns:eu-west-1:${stranger}:orders`)), forOthers, 'SNS tells the stranger\'s topic'),
    row('any topic', sending(arn('ArnLike', 'arn:aws:sns:*:*:*')), forOthers, 'anybody has topics'),
    row('topics of that name', sending(arn('StringLike', '*:orders')), forOthers, 'anybody can name a topic so'),
    row('a topic named by a star that is none', sending(arn('StringEquals', `arn:aws:sns:eu-west-1:${stranger}:*`)), inside, 'under StringEquals a star is a star, and no topic has one in its name'),
    row('topics in no Region', sending(arn('ArnLike', 'arn:aws:sns::*:*')), inside, 'every topic is in a Region'),
    row('whatever names the own account between colons', sending(arn('StringLike', `*:${own}:*`)), inside, 'neither a Region nor a bucket is named by an account\'s id between colons'),
    ...([['arn:*:*33:function:x:prod', 'strangers\' accounts may end so'], ['arn:aws:lambda:us-east-1?777*', 'a `?` may be the colon'], ['arn:aws:*g:x:log-stream:*', 'a star may be the service and the account of a log group whose name ends so']] as const)
      .map(([pattern, because]) => row(`sources by ${pattern}`, sending(isService(), arn('StringLike', pattern)), forOthers, because)),
    row('sources by a pattern of accounts, whose names end otherwise', document(allow(when(isService(), arn('StringLike', 'arn:aws:lambda:us-east-1:3*7'))), deny(when(account('StringLike', '*7')))), forOthers, 'the star may go on into the name'),
    row('sources by a pattern across colons, part by part', sending(isService(), arn('ArnLike', ['arn:aws:*g:x:log-stream:*', 'arn:aws:lambda:*33:function:x:prod'])), inside, 'under ArnLike a star stops at the colon, and accounts have twelve digits'),
    row('a bucket of others', sending(arn('ArnLike', 'arn:aws:s3:*:*:globex-data')), forOthers, 'the bucket is not listed as mine'),
    row('a bucket of mine', sending(arn('ArnLike', 'arn:aws:s3:*:*:acme-data')), inside, 'the bucket is listed as mine'),
    row('a rule of any account, for the own account', sending(arn('ArnLike', 'arn:aws:events:*:*:rule/*'), account('StringEquals', own)), inside, 'the account settles it'),
    row('services of China by their names', document({ ...allow({ Action: 'sqs:SendMessage' }, when(['StringLike', 'aws:PrincipalServiceName', '*.amazonaws.com.cn'])) }), forOthers, 'SNS acts for anybody there, too', { resource: `arn:aws-cn:sqs:cn-north-1:${own}:orders` }),
    row('every service', document(allow({ Principal: { Service: '*' }, Action: 'sqs:SendMessage', Resource: queue })), forOthers, 'the star names all services, those that act for others, too'),
    row('every service, for the own account', document(allow({ Principal: { Service: '*' }, Action: 'sqs:SendMessage', Resource: queue }, when(account('StringEquals', own)))), inside, 'the source must be the own account'),
  ] },
  { title: 'a service that may leave out the ARN', setting: { kind: 'resource', service: 'lambda', resource: `arn:aws:lambda:eu-west-1:${own}:function:rotate` }, cases: [
    row('for secrets of mine, if one is told', rotating(), forOthers, 'whose secret it is, the service may tell by the account alone'),
    ...([['another action', { Action: 'lambda:DeleteFunction' }], ['a stranger', { Principal: { AWS: stranger } }], ['another service', { Principal: { Service: 's3.amazonaws.com' } }], ['the service, which binds where the ARN is told alone', {}]] as const)
      .map(([whom, given]) => row(`the same, and a Deny of sources of ${whom}`, rotating(deny(given, when(told))), forOthers, 'whoever does not tell the ARN is let through')),
    row('the same, and a Deny of another action by foreign sources', rotating(deny({ Action: 'lambda:DeleteFunction' }, when(foreignArn, told))), forOthers, 'the Deny is not of what is allowed'),
    row('the same, and a Deny of foreign accounts where the ARN is told', rotating(deny(when(account('StringNotEquals', own), told))), inside, 'a Deny of foreign sources spares those that tell none, with a note'),
    row('the same, and a Deny of one stranger where the ARN is told', rotating(deny(when(account('StringEquals', stranger), told))), forOthers, 'all others are left'),
    row('the same, and a Deny of foreign sources where the ARN is told, but over TLS', rotating(deny(when(foreignArn, told, ['Bool', 'aws:SecureTransport', 'false']))), forOthers, 'the Deny is of calls without TLS'),
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
    row('anybody\'s, and AWS\'s sample against confused deputies', document(allow({ Principal: { Service: 'secretsmanager.amazonaws.com' } }), deny(when(['StringNotEqualsIfExists', 'aws:SourceOrgID', mine], ['StringNotEqualsIfExists', 'aws:SourceAccount', [standalone]], isService(), told))), inside, 'it spares those that tell no source, with a note', define({ standaloneAccounts: [standalone] })),
  ] },
  { title: 'a bucket that tells a bucket', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-logs' }, cases: [
    row('a bucket of mine by ARN', document(service('s3.amazonaws.com', arn('ArnLike', 'arn:aws:s3:::acme-data'))), inside, 'the bucket is listed as mine; its ARN names no account, which the note says'),
    row('a bucket of others by ARN', document(service('s3.amazonaws.com', arn('ArnLike', 'arn:aws:s3:::globex-data'))), forOthers, 'the bucket is not listed as mine, and once deleted anybody can make it again'),
    row('buckets of mine by a pattern', document(service('s3.amazonaws.com', arn('ArnLike', 'arn:aws:s3:::acme-*'))), forOthers, 'others have buckets of such names'),
    row('any bucket of the own account', document(service('s3.amazonaws.com', arn('ArnLike', 'arn:aws:s3:::*'), account('StringEquals', own))), inside, 'the account settles it'),
    row('access logs of any bucket', document(service('logging.s3.amazonaws.com')), forOthers, 'nothing is asked of the source'),
    row('access logs of the own account\'s buckets', document(service('logging.s3.amazonaws.com', arn('ArnLike', 'arn:aws:s3:::*'), account('StringEquals', own))), inside, 'the account settles it'),
    row('load balancers of the own account, below any prefix', document(allow({ Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Action: 's3:PutObject', Resource: `arn:aws:s3:::acme-logs/*/AWSLogs/${own}/*` })), inside, 'what follows the account is the service\'s own, and no other account'),
    ...['AWSLogs/1111*/*', 'AWSLogs/3*', 'AWSLogs/11111111111?/*', 'AWSLogs/??????????11/*', '*/AWSLogs/1111*', 'x/AWSLogs/5*'].map((path) =>
      row(`load balancers of accounts like ${path}`, document(allow({ Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Action: 's3:PutObject', Resource: `arn:aws:s3:::acme-logs/${path}` })), forOthers, 'strangers have such accounts')),
    row('load balancers of all but accounts like mine', document(allow({ Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Action: 's3:PutObject' }), deny({ Action: 's3:*', NotResource: 'arn:aws:s3:::acme-logs/AWSLogs/11111111*' })), forOthers, 'strangers have such accounts'),
    row('load balancers of anybody, below any prefix', document(allow({ Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::acme-logs/*/AWSLogs/*' })), forOthers, 'anybody\'s load balancers write below their account'),
  ] },
  { title: 'a policy open to everybody, asked about services', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-logs' }, cases: [
    row('any service', document(allow(write, when(isService()))), forOthers, 'any service for anybody'),
    { name: 'a partner by its account', policy: document(allow(write, when(['StringEquals', 'aws:PrincipalAccount', partner]))), deputies: inside, because: 'no service has a customer\'s account' },
    { name: 'a role of a partner', policy: document(allow(write, when(['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${partner}:role/reader`]))), deputies: inside, because: 'no service has a customer\'s ARN' },
    { name: 'accounts that nothing lists', policy: document(allow(write, when(['StringEquals', 'aws:PrincipalAccount', [own, stranger]]))), given: define({ accounts: undefined }), deputies: inside, because: 'no service has a customer\'s account' },
    { name: 'accounts by a pattern', policy: document(allow(write, when(['StringLike', 'aws:PrincipalAccount', '12*']))), deputies: forOthers, because: 'AWS does not say that a service has none' },
    row('any service for the own account', document(allow(write, when(isService(), account('StringEquals', own)))), inside, 'the source must be the own account'),
    row('sources of two services, one of them mine', document(allow(write, when(isService(), arn('ArnLike', [`arn:aws:sns:*:${own}:*`, 'arn:aws:events:*:*:rule/*'])))), forOthers, 'EventBridge acts for anybody\'s rules'),
    row('any caller with a source of mine', document(allow(write, when(account('StringEquals', own)))), inside, 'only services carry a source'),
    row('any caller with a stranger\'s source', document(allow(write, when(account('StringEquals', stranger)))), forOthers, 'only services carry a source, here for a stranger'),
    row('any caller with a source bucket of mine', document(allow(write, when(arn('ArnEquals', trailOf(own))))), inside, 'the ARN names an account of mine'),
    row('one service by name', document(allow(write, when(['StringEquals', 'aws:PrincipalServiceName', 'cloudtrail.amazonaws.com']))), forOthers, 'the service acts for anybody'),
    row('one service by its instance in a Region', document(allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }, when(['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'cloudtrail.eu-west-1.amazonaws.com']))), forOthers, 'the service acts for anybody in every Region'),
    row('a service by one of its names, as what it calls with says', document(allow(write, when(['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', '${aws:UserAgent}']))), forOthers, 'services call under their names'),
    row('services by a pattern of names', document(allow(write, when(['StringLike', 'aws:PrincipalServiceName', 'logs.*.amazonaws.com']))), forOthers, 'logs of any Region act for anybody'),
    row('services by a pattern of names and Regions', document(allow(write, when(['StringLike', 'aws:PrincipalServiceName', 'logs.*west-?.amazonaws.com'], ['StringNotLike', 'aws:PrincipalServiceName', '*-west-*']))), inside, 'no Region is called so'),
    row('services by a pattern of Regions', document(allow(write, when(['StringLike', 'aws:PrincipalServiceName', 'logs.*-west-1.amazonaws.com'], ['StringNotLike', 'aws:PrincipalServiceName', '*.ca-*']))), forOthers, 'logs of every Region act for anybody'),
    row('services by a pattern of names without one Region', document(allow(write, when(named('logs.*.amazonaws.com'), ['StringNotEquals', 'aws:PrincipalServiceName', 'logs.us-east-1.amazonaws.com']))), forOthers, 'logs of the other Regions act for anybody'),
    row('services by a pattern of names and a Deny of Regions by another', document(allow(write, when(named('logs.*.amazonaws.com'))), deny(when(named('*.*east*.amazonaws.com')))), forOthers, 'logs of Regions elsewhere act for anybody'),
    row('services by a pattern of names and a Deny of one that it names', document(allow(write, when(named('logs.*.amazonaws.com'))), { ...deny(), Principal: { Service: 'logs.us-east-1.amazonaws.com' } }), forOthers, 'logs of the other Regions act for anybody'),
    row('services by a pattern that takes names and Regions in one', document(allow(write, when(named('logs*west-1.amazonaws.com')))), forOthers, 'logs of some Regions act for anybody'),
    row('a service of a Region in other letters', document(allow(write, when(['StringEqualsIgnoreCase', 'aws:PrincipalServiceName', 'LOGS.EU-WEST-1.amazonaws.com']))), forOthers, 'it is the same name'),
    row('a service of a Region that came later', document(allow(write, when(['StringEquals', 'aws:PrincipalServiceName', 'logs.eu-south-9.amazonaws.com']))), forOthers, 'it acts for anybody'),
    row('a service of the Region that is called', document(allow(write, when(['StringEquals', 'aws:PrincipalServiceName', 'logs.${aws:RequestedRegion}.amazonaws.com'], ['StringEquals', 'aws:RequestedRegion', 'eu-west-1']))), forOthers, 'logs act for anybody there'),
    row('a service of a Region by its list of names', document(allow(logs, when(listed('logs.*.amazonaws.com'))), deny(when(listed('logs.*east*.amazonaws.com')))), forOthers, 'logs of Regions elsewhere act for anybody'),
    { name: 'a service that the bucket\'s tag names', policy: document(allow(write, when(['StringEquals', 'aws:PrincipalServiceName', '${aws:ResourceTag/by}']))), given: { resourceTags: { by: 'logs.eu-west-1.amazonaws.com' } }, deputies: forOthers, because: 'logs act for anybody' },
    { name: 'the source that the bucket\'s tag names', policy: document(allow(write, when(isService(), ['ArnEquals', 'aws:ResourceTag/by', '${aws:SourceArn}']))), given: { resourceTags: { by: `arn:aws:events:us-east-1:${stranger}:rule/x` } }, deputies: forOthers, because: 'it is a stranger\'s' },
    row('a source of a service that the request names', document(allow(write, when(isService(), ['ArnLike', 'aws:SourceArn', 'arn:aws:${aws:RequestTag/by}:*:*:*'], ['StringEquals', 'aws:RequestTag/by', 'events']))), forOthers, 'EventBridge acts for anybody\'s rules'),
    row('all services but one', document(deny(when(['StringEquals', 'aws:PrincipalServiceName', 'cloudtrail.amazonaws.com'])), allow(write, when(isService()))), outside('service', 'service', 1), 'the others act for anybody'),
    row('callers of the organization', document(allow(write, when(ofOrganization()))), inside, 'a service is in no organization'),
    row('the organization or a source of mine', document(allow(write, when(ofOrganization())), allow(write, when(isService(), organization('StringEquals', mine)))), inside, 'callers of mine, and services for my organization'),
  ] },
  { title: 'a distribution before a bucket', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, cases: [
    row('one of mine', document(allow({ Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' }, when(['StringEquals', 'AWS:SourceArn', `arn:aws:cloudfront::${own}:distribution/E1EXAMPLE`]))), inside, 'the ARN names an account of mine'),
    row('any', document(allow({ Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' })), forOthers, 'anybody can put a distribution before the bucket'),
  ] },
  { title: 'a queue', setting: { kind: 'resource', service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:orders` }, cases: [
    row('from a topic of mine', document(allow({ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' }, when(arn('ArnEquals', `arn:aws:sns:eu-west-1:${sibling}:orders`)))), inside, 'the ARN names an account of mine'),
    row('from a topic of a stranger', document(allow({ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' }, when(arn('ArnEquals', `arn:aws:sns:eu-west-1:${stranger}:orders`)))), forOthers, 'the ARN names a stranger'),
    row('from everybody by a topic of mine', document(allow({ Principal: '*', Action: 'sqs:SendMessage' }, when(arn('ArnEquals', `arn:aws:sns:eu-west-1:${own}:orders`)))), inside, 'only services carry a source'),
  ] },
  { title: 'services that the definition admits', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-logs', ...define({ services: ['cloudtrail.amazonaws.com'] }) }, cases: [
    { name: 'one that is listed', policy: trail(account('StringEquals', own)), principals: inside, because: 'the definition lists it' },
    { name: 'one that is not', policy: document(service('config.amazonaws.com', account('StringEquals', own))), principals: outside('service', 'service'), because: 'the definition does not list it' },
    ...['cloudtrail.cn-north-1.amazonaws.com.cn', 'cloudtrail.amazonaws.com.cn'].map((name): Case => ({ name: `one that is listed, as ${name}`, policy: document(allow({ Principal: { Service: name } }, when(account('StringEquals', own)))), given: { resource: 'arn:aws-cn:s3:::acme-logs' }, principals: inside, because: 'in China names of services may end otherwise' })),
    { name: 'one that is not, in China', policy: document(allow({ Principal: { Service: 'config.cn-north-1.amazonaws.com.cn' } }, when(account('StringEquals', own)))), given: { resource: 'arn:aws-cn:s3:::acme-logs' }, principals: outside('service', 'service'), because: 'the definition does not list it' },
    { name: 'listed ones of China by a pattern', policy: document(allow(when(['StringLike', 'aws:PrincipalServiceName', ['cloudtrail.cn-north-1.amazonaws.com.?n', 'cloudtrail.amazonaws.com.?n']]))), given: { resource: 'arn:aws-cn:s3:::acme-logs' }, principals: inside, because: 'the definition lists it' },
    { name: 'any', policy: document(allow(write, when(isService()))), principals: outside('service', 'service'), because: 'services that are not listed get in too' },
    { name: 'some by a pattern of their names', policy: document(allow(write, when(['StringLike', 'aws:PrincipalServiceName', 'cloud*.amazonaws.com']))), principals: outside('service', 'service'), because: 'CloudFormation matches and is not listed' },
    ...['ec2.*', 'ec2*', '*ec2.amazonaws.com', 'ec2.*.amazonaws.com', '*.ec2.amazonaws.com', 'ec2.amazonaws.com*'].map((names): Case => ({ name: `one whose sources nobody lists by \`${names}\``, policy: document(allow(write, when(['StringLike', 'aws:PrincipalServiceName', names]))), principals: outside('service', 'service'), because: 'EC2 matches and is not listed' })),
    { name: 'none by a pattern that no service\'s name takes', policy: document(allow(write, when(['StringLike', 'aws:PrincipalServiceName', ['ec2.*.example', '-*']]))), principals: inside, because: 'names of services end in `amazonaws.com`' },
    { name: 'a listed one by its key', policy: document(allow(write, when(['StringEquals', 'aws:PrincipalServiceName', 'cloudtrail.amazonaws.com']))), principals: inside, because: 'only that service carries the name' },
    { name: 'an unlisted one by a key and a part of its name', policy: document(allow(write, when(['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'frob.${aws:RequestTag/r}.amazonaws.com'], ['StringEquals', 'aws:RequestTag/r', 'eu-west-1']))), principals: outside('service', 'service'), because: 'it is called so in that Region' },
    { name: 'an unlisted one in some Regions', policy: document(allow(logs, when(listed('logs.*.amazonaws.com'))), deny(when(listed('logs.*east*.amazonaws.com')))), principals: outside('service', 'service'), because: 'the definition does not list it' },
    { name: 'an unlisted one that the bucket\'s tag names, beside listed ones', policy: document(allow(write, when(['StringEquals', 'aws:ResourceTag/by', '${aws:PrincipalServiceName}'], ['ForAllValues:StringNotEquals', 'aws:PrincipalServiceNamesList', 'cloudtrail.amazonaws.com']))), given: { resourceTags: { by: 'frob.amazonaws.com' } }, principals: outside('service', 'service'), because: 'the definition does not list it' },
    { name: 'an unlisted one by its key', policy: document(allow(write, when(['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'config.amazonaws.com']))), principals: outside('service', 'service'), because: 'the definition does not list it' },
    { name: 'a role that trusts an unlisted one', policy: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }), given: { kind: 'trust' }, principals: outside('service', 'service'), because: 'the definition does not list it' },
    { name: 'a role that trusts a listed one', policy: document({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'sts:AssumeRole' }), given: { kind: 'trust' }, principals: inside, because: 'the definition lists it' },
  ] },
];
