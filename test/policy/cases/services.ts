import { allow, define, document, foreign, inside, isService, mine, outside, own, sibling, stranger, trust, when, type Case, type Group, type Test } from './case.ts';

/** AWS services that the definition does not admit: what their requests carry. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (service principals) */

const trail = { Principal: { Service: 'cloudtrail.amazonaws.com' } };
const row = (name: string, tests: readonly Test[], principals: NonNullable<Case['principals']>, because: string): Case => ({ name, policy: document(allow(trail, when(...tests))), principals, because });
const equals = (key: string, value: unknown): Test => ['StringEquals', `aws:${key}`, value];
const called = (...names: string[]): Test => ['StringLike', 'aws:PrincipalServiceName', names];
const listing = (...names: string[]): Test => ['ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', names];
const besides = (listed: string, name: string, tests: readonly Test[], principals: NonNullable<Case['principals']>, because: string): Case => ({ name, policy: document(allow(when(...tests))), given: define({ services: [listed] }), principals, because });
const arn = (id: string): Test => ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${id}:role/*`];
const admitted = define({ services: ['config.amazonaws.com'] });
const unlisted = outside('service', 'service');

const anywhere = (...tests: Test[]): object => document(trust({ Service: 'rolesanywhere.amazonaws.com' }, { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }, when(...tests)));
const anchored = (name: string, tests: readonly Test[], principals: NonNullable<Case['principals']>, because: string, given: Case['given']): Case => ({ name, policy: anywhere(...tests), principals, because, ...(given === undefined ? {} : { given }) });
const anchors = define({ identityProviders: [{ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:*:${own}:trust-anchor/12*`] }] });
const okta = define({ identityProviders: [{ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' }] });

export const services: readonly Group[] = [
  { title: 'a service that is not admitted, at a bucket', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-logs', ...admitted }, cases: [
    row('whatever it carries', [], unlisted, 'the definition lists the services that act for me, and this is none of them'),
    { name: 'one that is admitted, under the name of a Region', policy: document(allow({ Principal: { Service: 'config.eu-west-1.amazonaws.com' } })), principals: inside, because: 'it is the same service there' },
    { name: 'one of which its Region is admitted', policy: document(allow({ Principal: { Service: 'config.amazonaws.com' } })), given: define({ services: ['config.eu-west-1.amazonaws.com'] }), principals: unlisted, because: 'it may be of another Region' },
    { name: 'one that is admitted', policy: document(allow({ Principal: { Service: 'config.amazonaws.com' } })), principals: inside, because: 'the definition lists it' },
    row('by its name', [equals('PrincipalServiceName', 'cloudtrail.amazonaws.com')], unlisted, 'it tells its name'),
    row('by another name', [equals('PrincipalServiceName', 'config.amazonaws.com')], inside, 'it has one name'),
    row('by its list of names', [['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'cloudtrail.amazonaws.com']], unlisted, 'its name is in the list'),
    row('by another service\'s list of names', [['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'config.amazonaws.com']], inside, 'the list has names of the service that calls'),
    row('by the name of its instance in a Region', [['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'cloudtrail.eu-west-1.amazonaws.com']], unlisted, 'the list has the names of the instance that calls'),
    row('by a pattern of such names', [['ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', '*.eu-west-1.amazonaws.com']], unlisted, 'the list has the names of the instance that calls'),
    ...['StringLike', 'StringEquals'].flatMap((operator) => [['a pattern that no name meets', '*.example.com', inside], ['one that all names meet', '*.amazonaws.com', operator === 'StringLike' ? unlisted : inside]] as const).map(([by, pattern, principals], index): Case => ({
      name: `by a list of names and ${by}, beside many that are listed (${index})`, policy: document(allow(when([`ForAnyValue:${index < 2 ? 'StringLike' : 'StringEquals'}`, 'aws:PrincipalServiceNamesList', pattern]))), principals, because: 'which of those that are listed a name is makes no difference',
      given: define({ services: ['s3', 'cloudtrail', 'ec2', 'sns', 'logs', 'config', 'lambda', 'delivery.logs', 'ssm', 'events', 'sqs', 'backup'].map((one) => `${one}.amazonaws.com`) }),
    })),
    row('by names of two instances', [['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'cloudtrail.eu-west-1.amazonaws.com'], ['ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', '*.eu-west-2.*']], inside, 'an instance is in one Region'),
    row('by the names of an instance alone', [['ForAllValues:StringEquals', 'aws:PrincipalServiceNamesList', 'cloudtrail.eu-west-1.amazonaws.com']], inside, 'the list has the service\'s own name too'),
    row('that acts for an account of mine', [equals('SourceAccount', own)], unlisted, 'for whom it acts, it tells; whether it may, the definition'),
    row('that acts for what is no account', [['StringLike', 'aws:SourceAccount', 'trail-*']], inside, 'accounts have twelve digits'),
    row('that acts for the owner of a topic', [equals('SourceOwner', own)], unlisted, 'SNS once told the source\'s account so'),
    row('that acts for my organization', [equals('SourceOrgID', mine)], unlisted, 'for whom it acts, it tells; whether it may, the definition'),
    row('that acts for what is no organization', [['StringLike', 'aws:SourceOrgID', 'trail-*']], inside, 'ids of organizations begin with `o-`'),
    // AWS does not say whether a service principal has an account.
    row('of an account of nobody we know', [equals('PrincipalAccount', stranger)], unlisted, 'AWS does not say that a service carries none'),
    row('of an account of mine', [equals('PrincipalAccount', [own, sibling])], inside, 'what services run in is no account of mine'),
    row('of what is no account', [['StringLike', 'aws:PrincipalAccount', 'service-*']], inside, 'accounts have twelve digits'),
    row('with a role of nobody we know', [arn(stranger)], unlisted, 'AWS does not say that a service carries none'),
    row('with a role of mine', [['ArnLike', 'aws:PrincipalArn', [`arn:aws:iam::${own}:role/*`, `arn:aws:iam::${sibling}:role/*`]]], inside, 'what services run as is no role of mine'),
    row('with an ARN that is no role', [['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${stranger}:user/*`]], inside, 'services have no users'),
    row('of an account, with a role of it', [equals('PrincipalAccount', stranger), arn(stranger)], unlisted, 'it may carry both'),
    row('in an organization', [equals('PrincipalOrgID', [mine, foreign])], inside, 'services are in no organization'),
  ] },
  { title: 'a service that is not admitted, through an endpoint', setting: { kind: 'vpc-endpoint', service: 's3', ...admitted }, cases: [
    row('any of the endpoint\'s account', [equals('VpceAccount', own)], unlisted, 'every request through the endpoint is'),
    row('any of a stranger\'s account', [equals('VpceAccount', stranger)], inside, 'the endpoint is of my account'),
    row('any that tells an address', [['Null', 'aws:SourceIp', 'false']], inside, 'behind an endpoint there is no address of the internet'),
  ] },
  { title: 'services that nobody names', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-logs', ...admitted }, cases: [
    { name: 'all', policy: document(allow(when(isService()))), principals: unlisted, because: 'some services are not admitted' },
    { name: 'all, by the star', policy: document(allow({ Principal: { Service: '*' } })), principals: unlisted, because: 'some services are not admitted' },
  ] },
  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SmsConfigurationType.html
  { title: 'a service that sends an external id with roles', setting: { kind: 'trust', ...admitted }, cases: [
    { name: 'one that is not admitted', policy: document(trust({ Service: 'cognito-idp.amazonaws.com' }, when(['StringEquals', 'sts:ExternalId', 'acme-sms']))), principals: unlisted, because: 'a user pool includes the id that its owner gave it' },
    { name: 'one that is not admitted, but for a Deny of others', policy: document(trust({ Service: 'cognito-idp.amazonaws.com' }), { ...trust({ Service: 'cognito-idp.amazonaws.com' }), Effect: 'Deny', ...when(['StringNotEquals', 'sts:ExternalId', 'acme-sms']) }), principals: unlisted, because: 'its request has that id' },
    { name: 'one that is admitted', policy: document(trust({ Service: 'config.amazonaws.com' }, when(['StringEquals', 'sts:ExternalId', 'acme']))), principals: inside, because: 'the definition lists it' },
  ] },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html, and the principals that services' guides name
  { title: 'services by patterns of their names', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-logs' }, cases: [
    besides('logs.us-east-1.amazonaws.com', 'in any Region', [called('logs.*.amazonaws.com')], unlisted, 'one Region\'s is listed, and `logs.eu-west-1` fits as well'),
    besides('logs.us-east-1.amazonaws.com', 'in one Region', [called('logs.us-east-?.amazonaws.com'), ['StringNotLike', 'aws:PrincipalServiceName', 'logs.us-east-2.*']], unlisted, 'there may be more Regions'),
    besides('logs.us-east-1.amazonaws.com', 'in the Region that is listed', [called('logs.us-east-1.amazonaws.co?')], inside, 'the definition lists it'),
    besides('apigateway.amazonaws.com', 'of a part of one', [called('op?.apigateway.amazonaws.com')], unlisted, '`ops.apigateway` fits'),
    besides('ec2.amazonaws.com', 'of what another does for one', [called('ec2.*amazonaws.com'), ['StringNotLike', 'aws:PrincipalServiceName', '*.??-*.amazonaws.com']], unlisted, '`ec2.application-autoscaling` fits'),
    besides('config.amazonaws.com', 'in the list of names, by its end', [listing('config*.amazonaws.com')], unlisted, '`config-multiaccountsetup` fits'),
    besides('lambda.amazonaws.com', 'in the list of names, by its beginning', [listing('*lambda.amazonaws.com')], unlisted, '`edgelambda` fits'),
    besides('lambda.amazonaws.com', 'in the list of names, by two patterns', [listing('edge*.amazonaws.com'), ['ForAnyValue:StringLikeIfExists', 'aws:PrincipalServiceNamesList', '*lambda.amazonaws.com']], unlisted, '`edgelambda` fits both'),
    besides('lambda.amazonaws.com', 'in the list of names, by itself and its instance', [listing('?dge??????.amazonaws.com'), ['ForAnyValue:StringLikeIfExists', 'aws:PrincipalServiceNamesList', '?dge??????.eu-west-1.amazonaws.com']], unlisted, 'the list has both names of `edgelambda`'),
    besides('lambda.amazonaws.com', 'in the list of names, by two that are none of one service', [listing('edge*.amazonaws.com'), ['ForAnyValue:StringLikeIfExists', 'aws:PrincipalServiceNamesList', 'lambda.eu-*']], inside, 'the names are of one service'),
    besides('config.amazonaws.com', 'under both keys', [called('config*.amazonaws.com'), listing('*setup.amazonaws.com')], unlisted, '`config-multiaccountsetup` fits both'),
    besides('config.amazonaws.com', 'under both keys, by two names', [called('lambda*.amazonaws.com'), listing('config*.amazonaws.com')], inside, 'a service\'s own name is in its list'),
    besides('config.amazonaws.com', 'in letters that no name has', [called('CONFIG*.amazonaws.com', 'con_fig*.amazonaws.com', '-*.amazonaws.com')], inside, 'names are of small letters, digits, dashes and dots'),
    besides('config.amazonaws.com', 'of China, at a bucket elsewhere', [called('*.amazonaws.com.cn')], inside, 'partitions share no credentials'),
  ] },
  { title: 'services in China', setting: { kind: 'resource', service: 'sqs', resource: `arn:aws-cn:sqs:cn-north-1:${own}:orders` }, cases: [
    besides('ec2.amazonaws.com.cn', 'all whose names end so', [called('*.amazonaws.com.cn')], unlisted, 'Lambda\'s does, too'),
    besides('ec2.amazonaws.com.cn', 'the one that is listed, by its end', [called('ec2.amazonaws.com.c?')], inside, 'the definition lists it'),
  ] },
  { title: 'Roles Anywhere and whom a session is of', setting: { kind: 'trust', ...anchors }, cases: [
    anchored('the own account', [equals('SourceAccount', own)], unlisted, 'sessions from an anchor that is not listed are of the account as well', undefined),
    anchored('a stranger\'s account', [equals('SourceAccount', stranger)], inside, 'anchors stand in the role\'s own account', undefined),
    anchored('any, where only another provider is listed', [], inside, 'no anchor is listed, so any of the own account will do', okta),
  ] },
];
