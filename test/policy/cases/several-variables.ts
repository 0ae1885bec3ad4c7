import { allow, define, deny, document, inside, notOfOrganization, ofOrganization, outside, own, undecided, when, type Case, type Group, type Test } from './case.ts';

/** Folders, indexes and items that several variables name, beside a Deny of outsiders on the same resources or in a bucket of mine. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_s3_home-directory-console.html */

const bucket = 'arn:aws:s3:::acme-data';
const folders = ['home/${aws:username}/*', 'teams/${aws:PrincipalTag/team}/*'];
const listing = (...tests: Test[]): object => allow({ Action: 's3:ListBucket', Resource: bucket }, when(['StringLike', 's3:prefix', folders], ...tests));
const reading = (...tests: Test[]): object => allow({ Action: 's3:GetObject', Resource: folders.map((one) => `${bucket}/${one}`) }, ...tests.length > 0 ? [when(...tests)] : []);
const home = (more: object, ...tests: Test[]): object => document(listing(), reading(), deny({ Action: 's3:*', Resource: [bucket, `${bucket}/*`], ...more }, when(...tests)));
const anybody = outside('any-account', 'role');
const networks = define({ networks: { vpcs: ['vpc-012abc01'], subnets: [], vpcEndpoints: [], cidrs: ['192.0.2.0/24'], organization: false } });
const elsewhere = deny({ Action: 's3:*', Resource: [bucket, `${bucket}/*`] }, when(['NotIpAddressIfExists', 'aws:SourceIp', '192.0.2.0/24'], ['StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-012abc01'], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'], ['BoolIfExists', 'aws:ViaAWSService', 'false']));
const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));
const identity = { kind: 'identity', service: 's3' } as const;
const row = (name: string, policy: object, principals: NonNullable<Case['principals']>, because: string, given: Case['given'] = {}): Case => ({ name, policy, principals, because, given });
const reaches = (name: string, policy: object, resources: NonNullable<Case['resources']>, because: string): Case => ({ name, policy, resources, because, given: identity });
const byPrefix = (begin: string): string[] => ['team', 'env'].map((tag) => `${begin}\${aws:PrincipalTag/${tag}}-*`);
const [domain, table, api] = [`arn:aws:es:eu-west-1:${own}:domain/d`, `arn:aws:dynamodb:eu-west-1:${own}:table/t`, `arn:aws:execute-api:eu-west-1:${own}:a1b2c3d4e5`];

export const severalVariables: readonly Group[] = [
  { title: 'folders of users and teams', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('beside a Deny of outsiders', home({}, notOfOrganization()), inside, 'the Deny is of everything that the Allows let in'),
    row('beside a Deny that names another folder besides', home({ Resource: [bucket, `${bucket}/*`, 'arn:aws:s3:::acme-logs/${aws:username}/*'] }, notOfOrganization()), inside, 'the Deny is of everything that the Allows let in'),
    row('beside a Deny of all but one folder', home({ Resource: undefined, NotResource: `${bucket}/home/\${aws:username}/*` }, notOfOrganization()), outside('any-account', 'user', '/Statement/1'), 'the folder is not denied'),
    row('beside a Deny of other accounts', home({}, ['StringNotEquals', 'aws:PrincipalAccount', own]), inside, 'the Deny is of everything that the Allows let in'),
    row('beside a Deny of whoever is not named', document(listing(), reading(), deny({ Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${own}:root` }, Action: 's3:*', Resource: [bucket, `${bucket}/*`] })), inside, 'no outsider is named'),
    row('beside a Deny of another folder', home({ Resource: `${bucket}/archive/*` }, notOfOrganization()), anybody, 'the Deny is of what nobody is let into'),
    row('beside a Deny of writing', home({ Action: 's3:Put*' }, notOfOrganization()), anybody, 'reading it leaves alone'),
    row('beside a Deny of outsiders in a Region', home({}, notOfOrganization(), ['StringEquals', 'aws:RequestedRegion', 'eu-west-1']), anybody, 'in others it denies nothing'),
    { name: 'beside a Deny of other networks', policy: document(listing(ofOrganization()), reading(ofOrganization()), elsewhere), principals: inside, networks: inside, because: 'the Deny is of everything that the Allows let in', given: networks },
  ] },
  { title: 'what several variables name elsewhere', setting: { kind: 'resource' }, cases: [
    row('indexes', document(allow({ Action: 'es:ESHttp*', Resource: ['a', 'b'].map((one) => `${domain}/\${aws:PrincipalTag/${one}}-*/*`) }), deny({ Action: 'es:*', Resource: `${domain}/*` }, when(notOfOrganization()))), inside, 'the Deny is of all indexes', { service: 'es', resource: domain }),
    row('items', document(allow({ Action: ['dynamodb:Query', 'dynamodb:GetItem'], Resource: table }, when(['ForAllValues:StringLike', 'dynamodb:LeadingKeys', ['${aws:PrincipalTag/a}#*', '${aws:PrincipalTag/b}#*', '${aws:userid}']])), deny({ Action: 'dynamodb:*', Resource: table }, when(notOfOrganization()))), inside, 'the Deny is of the table', { service: 'dynamodb', resource: table }),
    row('methods of an API', document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/prod/GET/${aws:PrincipalTag/tenant}/*' }), deny({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, when(notOfOrganization()))), inside, 'the Deny is of all methods', { service: 'execute-api', resource: api }),
  ] },
  { title: 'names that begin with one tag or another, beside an organization as a variable', setting: { kind: 'resource' }, cases: [
    { name: 'queues that an identity reaches', policy: attached(allow({ Action: 'sqs:*', Resource: byPrefix(`arn:aws:sqs:*:${own}:`) }), deny({ Action: '*' }, when(['StringNotEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}']))), resources: inside, because: 'what is of another organization is denied', given: { kind: 'identity' } },
    { name: 'queues that an SCP leaves', policy: attached(allow({ Action: 'sqs:*', Resource: byPrefix('arn:aws:sqs:*:*:') }, when(['StringEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}']))), resources: inside, because: 'what is of another organization is not allowed', given: { kind: 'scp', service: 'sqs' } },
    { name: 'objects behind an endpoint', policy: document(allow({ Action: 's3:GetObject', Resource: byPrefix('arn:aws:s3:::').map((one) => `${one}/*`) }, when(['StringEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'], ofOrganization()))), principals: inside, resources: inside, because: 'callers and resources are of one organization', given: { kind: 'vpc-endpoint', service: 's3' } },
    row('secrets', document(allow({ Action: 'secretsmanager:GetSecretValue' }, when(['StringLike', 'secretsmanager:SecretId', byPrefix('')])), deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}'], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), inside, 'whoever is of another organization is denied', { service: 'secretsmanager', resource: `arn:aws:secretsmanager:eu-west-1:${own}:secret:eng-key-AbCdEf` }),
    row('one secret, that the Deny names', document(allow({ Action: 'secretsmanager:GetSecretValue', Resource: byPrefix(`arn:aws:secretsmanager:*:${own}:secret:`) }), deny({ Action: '*', Resource: `arn:aws:secretsmanager:eu-west-1:${own}:secret:eng-key-AbCdEf` }, when(['StringNotEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}']))), inside, 'who has no organization, or another, is denied', { service: 'secretsmanager', resource: `arn:aws:secretsmanager:eu-west-1:${own}:secret:eng-key-AbCdEf` }),
    row('secrets of whoever has the tag of an organization', document(allow({ Action: 'secretsmanager:GetSecretValue' }, when(['StringLike', 'secretsmanager:SecretId', byPrefix('')], ['StringEquals', 'aws:PrincipalTag/team', '${aws:PrincipalOrgID}']))), undecided(), 'strangers tag themselves so, but what the tags say of each other is not told', { service: 'secretsmanager', resource: `arn:aws:secretsmanager:eu-west-1:${own}:secret:eng-key-AbCdEf` }),
  ] },
  { title: 'folders that an identity reaches', setting: { kind: 'resource', service: 's3' }, cases: [
    reaches('of users and teams, in a bucket of mine', attached(listing(), reading()), inside, 'the definition lists the bucket'),
    reaches('by three variables in one place', attached(allow({ Action: 's3:GetObject', Resource: ['${aws:userid}', '${saml:sub}', '${cognito-identity.amazonaws.com:sub}'].map((one) => `${bucket}/${one}/*`) })), inside, 'the definition lists the bucket'),
    reaches('in whatever bucket a tag names', attached(listing(), reading(), allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' })), outside('any-account', 'role', '/Statement/2'), 'the tag may name a bucket of a stranger'),
  ] },
];
