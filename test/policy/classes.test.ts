import { describe, expect, it } from 'vitest';
import { ask, compare, formulaOf, parsePolicy, type Objective, type Question } from '../../policy/index.ts';
import { define, document, mine, now, own } from './cases/case.ts';

/** Callers and owners that policies can tell apart though none of them is named. */
const [second, third] = ['222222222222', '333333333333'];
const listed = define({ accounts: [own, second], partners: [] }).perimeter;
const unlisted = define({ accounts: undefined, partners: [] }).perimeter;
const narrowed = define({ accounts: undefined, partners: [], organizationPaths: [`${mine}/r-ab12/ou-ab12-11111111/*`] }).perimeter;
const networked = define({ accounts: [own, second], partners: [] }).perimeter;
const excluding = define({ accounts: undefined, partners: [], exclusionTags: { principal: { 'dp:x': 'true' }, resource: {} } }).perimeter;

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const allow = (Condition: Conditions, more: object = {}): object => ({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition, ...more });
const deny = (Condition: Conditions): object => ({ ...allow(Condition), Effect: 'Deny' });
const attached = (statement: object): object => ({ ...statement, Principal: undefined });
const member = { 'aws:PrincipalOrgID': mine };
const ofOthers = { 'aws:ResourceOrgID': mine };

const twoOrganizations = (accounts: readonly string[]): Question['perimeter'] => define({ accounts, partners: [], organizations: [mine, 'o-secondofmine'] }).perimeter;
const noServices = define({ accounts: [own], partners: [], services: ['ec2.amazonaws.com'] }).perimeter;
/** Nothing says which service. */
const anyService = { service: undefined } as unknown as Partial<Question>;
const images = (Condition: Conditions): object => ({ Effect: 'Allow', Action: 'ec2:RunInstances', Resource: 'arn:aws:ec2:*::image/*', Condition });
const ofChina: Partial<Question> = { service: 'sqs', resource: `arn:aws-cn:sqs:cn-north-1:${own}:orders` };
const topics = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' };
interface Row { readonly kind: Question['kind']; readonly objective?: Objective; readonly more?: Partial<Question>; readonly statements: readonly object[]; readonly answer: string }
const rows: Readonly<Record<string, Row>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: a Region code. StringEquals knows no wildcards.
  'a Region with a wildcard under StringEquals, which none is called': { kind: 'identity', objective: 'resources', statements: [attached(allow({ StringEquals: { 'aws:RequestedRegion': 'eu-*' } }))], answer: 'inside' },
  'Regions with a wildcard': { kind: 'identity', objective: 'resources', statements: [attached(allow({ StringLike: { 'aws:RequestedRegion': 'eu-*' } }))], answer: 'outside' },
  'resources of another service, whose name is no Region': { kind: 'identity', objective: 'resources', more: { service: 'dynamodb' }, statements: [attached(allow({}, { Resource: 'arn:aws*:ec2:*:*:*' }))], answer: 'inside' },
  // Buckets' names begin and end with a letter or number: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  'a bucket whose name ends in a dash': { kind: 'identity', objective: 'resources', more: { service: 's3' }, statements: [attached(allow({}, { Resource: 'arn:aws:s3:::acme-/*' }))], answer: 'inside' },
  // Credentials of one partition are none in another: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  'resources of another partition than the caller': { kind: 'identity', objective: 'resources', more: { service: 's3' }, statements: [attached(allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }, { Resource: 'arn:aws-cn:s3:::*' }))], answer: 'inside' },
  'resources of the partition of the caller': { kind: 'identity', objective: 'resources', more: { service: 's3' }, statements: [attached(allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws-cn:iam::*:role/app' } }, { Resource: 'arn:aws-cn:s3:::*' }))], answer: 'outside' },
  // Partitions that a pattern stands for are any that AWS has. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  'callers of a partition by a pattern': { kind: 'vpc-endpoint', statements: [allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws-*:iam::*:role/*' } })], answer: 'outside' },
  'callers of GovCloud by a pattern': { kind: 'vpc-endpoint', statements: [allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws-us-*:iam::*:role/*' } })], answer: 'outside' },
  'callers of a partition by a pattern that none is called by': { kind: 'vpc-endpoint', statements: [allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws-?:iam::*:role/*' } })], answer: 'inside' },
  'callers of mine of a partition by a pattern': { kind: 'vpc-endpoint', statements: [allow({ ArnLike: { 'aws:PrincipalArn': `arn:aws-*:iam::${own}:role/*` } })], answer: 'inside' },
  'callers of partitions that Denies by patterns leave': { kind: 'vpc-endpoint', statements: [allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws*:iam::*:role/*' } }), deny({ ArnLike: { 'aws:PrincipalArn': ['arn:aws:*:*:*:*', 'arn:aws-??:*:*:*:*'] } })], answer: 'outside' },
  'callers of partitions that Denies leave': { kind: 'vpc-endpoint', statements: [allow({ ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/*' } }), deny({ ArnLike: { 'aws:PrincipalArn': ['arn:aws:*:*:*:*', 'arn:aws-cn:*:*:*:*'] } })], answer: 'outside' },
  'callers of partitions that Denies by patterns take in': { kind: 'vpc-endpoint', statements: [allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws*:iam::*:role/*' } }), deny({ ArnLike: { 'aws:PrincipalArn': ['arn:aws:*:*:*:*', 'arn:aws-*:*:*:*:*'] } })], answer: 'inside' },
  'resources of a partition by a pattern': { kind: 'vpc-endpoint', objective: 'resources', statements: [allow({}, { Resource: 'arn:aws-*:s3:::*' })], answer: 'outside' },
  'resources of a partition by a pattern, from my roles': { kind: 'identity', objective: 'resources', statements: [attached(allow({}, { Resource: 'arn:aws-us*:s3:::*' }))], answer: 'outside' },
  'a role\'s callers of a partition by a pattern': { kind: 'trust', statements: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws-us*:iam::*:role/*' } } }], answer: 'outside' },
  'a role\'s callers of another partition by a pattern': { kind: 'trust', more: { resource: `arn:aws:iam::${own}:role/app` }, statements: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws-us*:iam::*:role/*' } } }], answer: 'inside' },
  // A source is of the resource's partition, whatever the policy names.
  'sources that a Deny of another partition leaves': { kind: 'resource', objective: 'deputies', more: ofChina, statements: [topics, deny({ ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:*:*' } })], answer: 'outside' },
  'sources that a Deny of the resource\'s partition takes in': { kind: 'resource', objective: 'deputies', more: ofChina, statements: [topics, deny({ ArnLike: { 'aws:SourceArn': 'arn:aws-cn:*:*:*:*' } })], answer: 'inside' },
  'sources of a partition by a pattern': { kind: 'resource', objective: 'deputies', more: ofChina, statements: [{ ...topics, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws-*:sns:*:*:*' } } }], answer: 'outside' },
  'sources of another partition by a pattern': { kind: 'resource', objective: 'deputies', more: ofChina, statements: [{ ...topics, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws-us*:sns:*:*:*' } } }], answer: 'inside' },
  'resources of another partition, from elsewhere': { kind: 'scp', objective: 'networks', more: { service: 'sqs' }, statements: [attached(allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }, { Resource: 'arn:aws-cn:sqs:*:*:*' }))], answer: 'inside' },
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html: arn:aws:route53:::hostedzone/Id
  'hosted zones, which are in no Region': { kind: 'identity', objective: 'resources', more: { service: 'route53' }, statements: [attached(allow({}, { Resource: 'arn:aws:route53:eu-west-1:*:*' }))], answer: 'inside' },
  'all but hosted zones of Route 53': { kind: 'identity', objective: 'resources', more: { service: 'route53' }, statements: [attached(allow({}, { Resource: undefined, NotResource: 'arn:aws:route53:::*' }))], answer: 'inside' },
  'distributions, which are in no Region': { kind: 'identity', objective: 'resources', more: { service: 'cloudfront' }, statements: [attached(allow({}, { Resource: undefined, NotResource: 'arn:aws:cloudfront::*' }))], answer: 'inside' },
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3objectlambda.html: arn:aws:s3-object-lambda:Region:Account:accesspoint/Name
  'access points with a function': { kind: 'identity', objective: 'resources', more: { service: 's3-object-lambda' }, statements: [attached(allow({}, { Resource: 'arn:aws:s3-object-lambda:*:*:accesspoint/*' }))], answer: 'outside' },
  'access points of a stranger with a function, where the service is not said': { kind: 'scp', objective: 'resources', more: anyService, statements: [attached(allow({}, { Action: 's3-object-lambda:*', Resource: `arn:aws:s3-object-lambda:eu-west-1:${third}:accesspoint/x` }))], answer: 'outside' },
  'access points of mine with a function': { kind: 'identity', objective: 'resources', more: { service: 's3-object-lambda' }, statements: [attached(allow({}, { Resource: `arn:aws:s3-object-lambda:*:${own}:accesspoint/*` }))], answer: 'inside' },
  'roles, which are in no Region, beside all that is in one': { kind: 'identity', objective: 'resources', more: anyService, statements: [attached(allow({}, { Resource: undefined, NotResource: ['arn:aws:s3:::*', 'arn:aws:*:*-*-*:*:*'] }))], answer: 'outside' },
  'address pools and global tables, which are in no Region, beside all that is in one': { kind: 'identity', objective: 'resources', more: anyService, statements: [attached(allow({}, { Resource: undefined, NotResource: ['arn:aws:s3:::*', 'arn:aws:*:*-*-*:*:*', 'arn:aws:iam::*'] }))], answer: 'outside' },
  'global databases, where all that has a Region is denied': { kind: 'vpc-endpoint', objective: 'resources', more: { service: 'rds' }, statements: [allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } }), { ...deny({}), Resource: 'arn:aws:rds:*-*-*:*:*' }], answer: 'outside' },
  'databases but no global ones, where all that has a Region is denied': { kind: 'vpc-endpoint', objective: 'resources', more: { service: 'rds' }, statements: [allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } }), { ...deny({}), Resource: ['arn:aws:rds:*-*-*:*:*', 'arn:aws:rds::*:global-cluster:*'] }], answer: 'inside' },
  'all of a stranger\'s in a Region, where what is in none is denied': { kind: 'identity', objective: 'resources', more: anyService, statements: [attached(allow({}, { Resource: undefined, NotResource: ['arn:aws:s3:::*', 'arn:aws:*:*-*-*:*:*', 'arn:aws:*::*'] }))], answer: 'inside' },
  'hosted zones': { kind: 'identity', objective: 'resources', more: { service: 'route53' }, statements: [attached(allow({}, { Resource: 'arn:aws:route53:*:*:hostedzone/*' }))], answer: 'outside' },
  'an account by its number': { kind: 'resource', statements: [allow({ NumericLessThan: { 'aws:PrincipalAccount': '500000000000' } })], answer: 'outside' },
  'accounts up to one of mine by their numbers': { kind: 'resource', statements: [allow({ NumericLessThan: { 'aws:PrincipalAccount': '111111111112' } })], answer: 'outside' },
  'accounts from one of mine on by their numbers': { kind: 'resource', statements: [allow({ NumericGreaterThan: { 'aws:PrincipalAccount': '222222222221' } })], answer: 'outside' },
  'the one account between two numbers, which is mine': { kind: 'resource', statements: [allow({ NumericGreaterThan: { 'aws:PrincipalAccount': '111111111110' }, NumericLessThanEquals: { 'aws:PrincipalAccount': own } })], answer: 'inside' },
  'no account below the first': { kind: 'resource', statements: [allow({ NumericLessThan: { 'aws:PrincipalAccount': '0' } })], answer: 'inside' },
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html (ec2:Owner): the id of an account, or a name that EC2 has for one
  ...Object.fromEntries(['5*', '1111*'].map((owner): [string, Row] => [`images of owners like ${owner}`, { kind: 'identity', objective: 'resources', more: { service: 'ec2' }, statements: [images({ StringLike: { 'ec2:Owner': owner } })], answer: 'outside' }])),
  'images of mine by an owner like it': { kind: 'identity', objective: 'resources', more: { service: 'ec2' }, statements: [images({ StringLike: { 'ec2:Owner': '11111111111*' }, StringEquals: { 'ec2:Owner': own } })], answer: 'inside' },
  'images of owners like Amazon': { kind: 'identity', objective: 'resources', more: { service: 'ec2' }, statements: [images({ StringLike: { 'ec2:Owner': 'amaz*' } })], answer: 'inside' },
  'an account by a number and its last digit': { kind: 'resource', statements: [allow({ NumericLessThan: { 'aws:PrincipalAccount': '500000000000' }, StringLike: { 'aws:PrincipalAccount': '*7' } })], answer: 'outside' },
  'an account by a number and the last digit in its ARN': { kind: 'resource', statements: [allow({ NumericLessThan: { 'aws:PrincipalAccount': '500000000000' }, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*7:role/*' } })], answer: 'outside' },
  'an account by two numbers and a last digit that none between them has': { kind: 'resource', statements: [allow({ NumericGreaterThan: { 'aws:PrincipalAccount': '333333333331' }, NumericLessThan: { 'aws:PrincipalAccount': '333333333337' }, StringLike: { 'aws:PrincipalAccount': '*7' } })], answer: 'inside' },
  'an account by a number and a first digit that is above it': { kind: 'resource', statements: [allow({ NumericLessThan: { 'aws:PrincipalAccount': '500000000000' }, StringLike: { 'aws:PrincipalAccount': '5*' } })], answer: 'inside' },
  'the account of a source by a number and its last digit': { kind: 'resource', objective: 'deputies', statements: [{ ...allow({ NumericLessThan: { 'aws:SourceAccount': '500000000000' }, StringLike: { 'aws:SourceAccount': '*7' } }), Principal: { Service: 'sns.amazonaws.com' } }], answer: 'outside' },
  'an owner by a number and its last digit': { kind: 'vpc-endpoint', objective: 'resources', statements: [allow({ StringEquals: member, NumericLessThan: { 'aws:ResourceAccount': '500000000000' }, StringLike: { 'aws:ResourceAccount': '*7' } })], answer: 'outside' },
  'an account by its number as seconds since 1970': { kind: 'resource', statements: [allow({ DateLessThan: { 'aws:PrincipalAccount': '500000000000' } })], answer: 'outside' },
  'an account of mine by its number as seconds since 1970': { kind: 'resource', statements: [allow({ DateEquals: { 'aws:PrincipalAccount': own } })], answer: 'inside' },
  'an account of mine by its number': { kind: 'resource', statements: [allow({ NumericEquals: { 'aws:PrincipalAccount': own } })], answer: 'inside' },
  // A user's name may be a number or an address: it holds letters, digits and +=,.@_-. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  'a user by its name as a number': { kind: 'resource', statements: [allow({ NumericLessThan: { 'aws:username': '5' } })], answer: 'outside' },
  'a user by its name as a number beyond one': { kind: 'resource', statements: [allow({ NumericGreaterThan: { 'aws:username': '5' } })], answer: 'outside' },
  'a user by its name as an address': { kind: 'resource', statements: [allow({ IpAddress: { 'aws:username': '10.0.0.0/8' } })], answer: 'outside' },
  'a user of mine by its name as a number': { kind: 'resource', statements: [allow({ NumericEquals: { 'aws:username': '7' }, StringEquals: member })], answer: 'inside' },
  'a user whose name is a number and a text': { kind: 'resource', statements: [allow({ NumericLessThan: { 'aws:username': '5' }, StringEquals: { 'aws:username': '04' } })], answer: 'outside' },
  'a user whose name is a time, which is not decided': { kind: 'resource', statements: [allow({ DateLessThan: { 'aws:username': '2020-01-01T00:00:00Z' } })], answer: 'undecided' },
  'no user by a list without numbers': { kind: 'resource', statements: [allow({ NumericEquals: { 'aws:username': [] } })], answer: 'inside' },
  'users whose names are no numbers': { kind: 'resource', statements: [allow({ Null: { 'aws:username': 'false' } }), deny({ NumericGreaterThanEquals: { 'aws:username': '0' } })], answer: 'outside' },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: the name is what follows the path in the ARN.
  'a user by its name, whose ARNs are denied': { kind: 'resource', statements: [allow({ StringEquals: { 'aws:username': 'ann' } }), deny({ StringLike: { 'aws:PrincipalArn': '*/ann' } })], answer: 'inside' },
  'a user by its name in any path but one': { kind: 'resource', statements: [allow({ StringEquals: { 'aws:username': 'ann' } }), deny({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/ann' } })], answer: 'outside' },
  'a user by its path, whose name is denied': { kind: 'resource', statements: [allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/a/*' } }), deny({ StringLike: { 'aws:username': '*' } })], answer: 'inside' },
  // A list without values matches nothing that is there.
  'no user by an empty list': { kind: 'resource', statements: [allow({ StringEquals: { 'aws:username': [] } })], answer: 'inside' },
  'no user whom an empty list does not hold': { kind: 'resource', statements: [allow({ StringNotEqualsIfExists: { 'aws:username': [] }, Null: { 'aws:username': 'false' } })], answer: 'inside' },
  'no caller whom an empty list does not hold': { kind: 'resource', statements: [allow({ 'ForAllValues:StringNotEquals': { 'aws:PrincipalArn': [] }, Null: { 'aws:PrincipalArn': 'false' } })], answer: 'inside' },
  // An account is in one organization: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html
  'one account, which is not in two organizations as caller and owner': {
    kind: 'vpc-endpoint', objective: 'resources', answer: 'inside',
    statements: [allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa', 'aws:PrincipalAccount': third, 'aws:ResourceAccount': third }, StringNotEquals: { 'aws:ResourceOrgID': 'o-aaaaaaaaaa' } })],
  },
  'one account, which is in one organization as caller and owner': {
    kind: 'vpc-endpoint', objective: 'resources', answer: 'outside', statements: [allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa', 'aws:PrincipalAccount': third, 'aws:ResourceAccount': third, 'aws:ResourceOrgID': 'o-aaaaaaaaaa' } })],
  },
  // Whosever an account is, what it does with its own resources takes nothing of mine out.
  'an account that nothing lists, on its own resources': { kind: 'scp', objective: 'resources', more: { perimeter: unlisted }, statements: [attached(allow({ StringEquals: { 'aws:PrincipalAccount': third, 'aws:ResourceAccount': third } }))], answer: 'inside' },
  'an account that nothing lists, on its own resources by a variable': { kind: 'scp', objective: 'resources', more: { perimeter: unlisted }, statements: [attached(allow({ StringEquals: { 'aws:PrincipalAccount': third, 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }))], answer: 'inside' },
  'accounts by a pattern, on their own resources': { kind: 'scp', objective: 'resources', more: { perimeter: unlisted }, statements: [attached(allow({ StringLike: { 'aws:PrincipalAccount': '3*' }, StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }))], answer: 'inside' },
  'accounts by a pattern, on resources of others by the same': { kind: 'scp', objective: 'resources', more: { perimeter: unlisted }, statements: [attached(allow({ StringLike: { 'aws:PrincipalAccount': '3*', 'aws:ResourceAccount': '3*' } }))], answer: 'outside' },
  'another account of mine that nothing lists, on a stranger\'s resources': {
    kind: 'vpc-endpoint', objective: 'resources', more: { perimeter: unlisted }, statements: [allow({ StringEquals: member, StringNotEquals: { 'aws:PrincipalAccount': own } })], answer: 'outside',
  },
  'a role of EC2\'s own that a Deny spares': { kind: 'resource', statements: [allow({}), { Effect: 'Deny', NotPrincipal: { AWS: 'arn:aws:iam::444444444444:role/aws:ec2-infrastructure' }, Action: '*', Resource: '*' }], answer: 'outside' },
  'an account that stands in the resource': { kind: 'resource', more: { resource: 'arn:aws:s3:::logs-444444444444' }, statements: [allow({}, { Resource: 'arn:aws:s3:::logs-${aws:PrincipalAccount}/*' })], answer: 'outside' },
  'an account that stands in a tag of the resource': { kind: 'resource', more: { resourceTags: { owner: '444444444444' } }, statements: [allow({ StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceTag/owner}' } })], answer: 'outside' },
  'an account of mine that stands in a tag of the resource': { kind: 'resource', more: { resourceTags: { owner: second } }, statements: [allow({ StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceTag/owner}' } })], answer: 'inside' },
  'an organization that stands in a tag of the resource': { kind: 'resource', more: { resourceTags: { owner: 'o-aaaaaaaaaa' } }, statements: [allow({ StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceTag/owner}' } })], answer: 'outside' },
  ...Object.fromEntries(([
    ['an account that begins as a tag says', { p: '3333' }, 'aws:PrincipalAccount', '${aws:ResourceTag/p}*'], ['an account that ends as a tag says', { p: '44445555' }, 'aws:PrincipalAccount', '3333${aws:ResourceTag/p}'],
    ['an account that two tags make up', { p: '333344', Q: '445555' }, 'aws:PrincipalAccount', '${aws:ResourceTag/p}${aws:ResourceTag/q}'], ['an account in an ARN that a tag begins', { p: '33334444' }, 'aws:PrincipalArn', 'arn:aws:iam::${aws:ResourceTag/p}*:role/*'],
    ['an organization that ends as a tag says', { org: 'aaaaaaaaaa' }, 'aws:PrincipalOrgID', 'o-${aws:ResourceTag/org}'], ['an organization that begins as a tag says', { org: 'o-aaa' }, 'aws:PrincipalOrgID', '${aws:ResourceTag/org}*'],
    ['an organization whose paths a tag tells', { org: 'aaaaaaaaaa' }, 'aws:PrincipalOrgPaths', 'o-${aws:ResourceTag/org}/*'],
  ] as const).map(([name, resourceTags, key, value]) => [name, { kind: 'resource', more: { service: 'secretsmanager', resource: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:s-AbCdEf', resourceTags }, statements: [allow({ [key.endsWith('Paths') ? 'ForAnyValue:StringLike' : 'StringLike']: { [key]: value } }, { Action: 'secretsmanager:GetSecretValue' })], answer: 'outside' } satisfies Row])),
  'an account of mine that begins as a tag says': { kind: 'resource', more: { resourceTags: { p: own.slice(0, 11) } }, statements: [allow({ StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceTag/p}1' } })], answer: 'inside' },
  'a source that stands in a tag of the resource': { kind: 'resource', objective: 'deputies', more: { resourceTags: { owner: '444444444444' } }, statements: [allow({ StringEquals: { 'aws:SourceAccount': '${aws:ResourceTag/owner}' } }, { Principal: { Service: 'cloudtrail.amazonaws.com' } })], answer: 'outside' },
  // Of two that a pattern tells apart, one alone is like the stranger that nobody names.
  'strangers whom a pattern of accounts leaves': { kind: 'resource', statements: [allow({ StringNotLike: { 'aws:PrincipalAccount': '9*' }, Null: { 'aws:PrincipalArn': 'false' } })], answer: 'outside' },
  'strangers whom patterns of accounts leave': { kind: 'resource', statements: [allow({ StringNotLike: { 'aws:PrincipalAccount': [...'123456789'].map((digit) => `${digit}*`) }, Null: { 'aws:PrincipalArn': 'false' } })], answer: 'outside' },
  'strangers whom a pattern of all accounts leaves': { kind: 'resource', statements: [allow({ StringNotLike: { 'aws:PrincipalAccount': '*9*' }, ArnNotLike: { 'aws:PrincipalArn': [...'12345678'].map((digit) => `arn:aws:iam::*${digit.repeat(2)}*:*`) } })], answer: 'outside' },
  'owners whom a pattern of accounts leaves': { kind: 'identity', objective: 'resources', more: { service: 'sqs' }, statements: [attached({ ...allow({}, { Resource: undefined, NotResource: 'arn:aws:sqs:*:9*:*' }), Resource: undefined })], answer: 'outside' },
  'organizations whom a pattern leaves': { kind: 'resource', statements: [allow({ StringNotLike: { 'aws:PrincipalOrgID': ['o-z*', mine] }, Null: { 'aws:PrincipalOrgID': 'false' } })], answer: 'outside' },
  'organizations whom patterns leave': { kind: 'resource', statements: [allow({ StringNotLike: { 'aws:PrincipalOrgID': ['o-z*', 'o-a*', mine] }, Null: { 'aws:PrincipalOrgID': 'false' } })], answer: 'outside' },
  'any account of mine by a pattern': { kind: 'vpc-endpoint', objective: 'resources', more: { perimeter: unlisted }, statements: [allow({ StringEquals: member, StringLike: { 'aws:PrincipalAccount': '9*' } })], answer: 'outside' },
  'accounts of mine whom patterns leave': { kind: 'vpc-endpoint', objective: 'resources', more: { perimeter: unlisted }, statements: [allow({ StringEquals: member, StringNotLike: { 'aws:PrincipalAccount': ['8*', '1*'] } })], answer: 'outside' },
  // A variable may stand for any text, so what stands before it tells accounts and organizations apart as before a wildcard.
  'owners by a pattern before a variable': { kind: 'identity', objective: 'resources', more: { service: 'sqs' }, statements: [attached(allow({}, { Resource: 'arn:aws:sqs:*:3*:${aws:username}' }))], answer: 'outside' },
  'owners by what stands behind a wildcard that takes in several parts of an ARN': { kind: 'identity', objective: 'resources', more: { service: 'sqs' }, statements: [attached(allow({}, { Resource: '*:3*:queue' }))], answer: 'outside' },
  'callers by a pattern of ARNs before a variable': { kind: 'resource', statements: [allow({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::3*:role/${aws:PrincipalTag/app}' } })], answer: 'outside' },
  'callers by digits before a variable': { kind: 'resource', statements: [allow({ StringEquals: { 'aws:PrincipalAccount': '3${aws:PrincipalTag/rest}' } })], answer: 'outside' },
  'callers by digits behind a variable': { kind: 'resource', statements: [allow({ StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalTag/rest}3' } })], answer: 'outside' },
  'an organization by its letters before a variable': { kind: 'resource', statements: [allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-a${aws:PrincipalTag/rest}' } })], answer: 'outside' },
  'an organization by a path with a variable': { kind: 'resource', statements: [allow({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-aaaaaaaaaa/r-ab12/${aws:PrincipalTag/unit}/*' } })], answer: 'outside' },
  'an organization by a variable\'s default': { kind: 'resource', statements: [allow({ StringEquals: { 'aws:PrincipalOrgID': '${aws:SourceIdentity, \'o-aaaaaaaaaa\'}' }, Null: { 'aws:SourceIdentity': 'true' } })], answer: 'outside' },
  'an organization of mine by a variable\'s default': { kind: 'resource', statements: [allow({ StringEquals: { 'aws:PrincipalOrgID': `\${aws:SourceIdentity, '${mine}'}` }, Null: { 'aws:SourceIdentity': 'true' } })], answer: 'inside' },
  'the account that is asked about, off my paths': { kind: 'identity', objective: 'resources', more: { perimeter: narrowed }, statements: [attached(allow({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${mine}/r-ab12/ou-ab12-22222222/*` } }, { Resource: 'arn:aws:s3:::other-*/*' }))], answer: 'outside' },
  'the account that is asked about, on a path of another organization': { kind: 'identity', objective: 'resources', more: { perimeter: narrowed }, statements: [attached(allow({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-aaaaaaaaaa/*' } }, { Resource: 'arn:aws:s3:::other-*/*' }))], answer: 'inside' },
  'another account, off my paths': { kind: 'scp', objective: 'resources', more: { perimeter: narrowed }, statements: [attached(allow({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${mine}/r-ab12/ou-ab12-22222222/*` }, StringNotEquals: { 'aws:PrincipalAccount': own } }))], answer: 'inside' },
  'a member off my paths, by a pattern': { kind: 'resource', more: { perimeter: narrowed }, statements: [allow({ StringEquals: member, StringLike: { 'aws:PrincipalAccount': '3*' } })], answer: 'outside' },
  'a member off my paths, by its account': { kind: 'resource', more: { perimeter: narrowed }, statements: [allow({ StringEquals: { ...member, 'aws:PrincipalAccount': third } })], answer: 'undecided' },
  'one stranger on the resources of another': {
    kind: 'vpc-endpoint', answer: 'outside',
    statements: [allow({ StringNotEquals: { 'aws:ResourceAccount': ['${aws:PrincipalAccount}', own, second], 'aws:PrincipalAccount': [own, second, 'anonymous'] } }), deny({ Null: { 'aws:PrincipalOrgID': 'false' } })],
  },
  'one organization on the resources of another': { kind: 'vpc-endpoint', statements: [allow({ StringNotEquals: { 'aws:ResourceOrgID': ['${aws:PrincipalOrgID}', mine], ...member }, Null: { 'aws:PrincipalOrgID': 'false', 'aws:ResourceOrgID': 'false' } })], answer: 'outside' },
  'another account of mine, by a pattern': { kind: 'vpc-endpoint', objective: 'resources', statements: [allow({ StringEquals: member, StringLike: { 'aws:PrincipalAccount': '2*' } })], answer: 'outside' },
  'another account of mine, by its number': { kind: 'vpc-endpoint', objective: 'resources', more: { perimeter: define({ accounts: [own, second, third], partners: [] }).perimeter }, statements: [allow({ StringEquals: member, NumericGreaterThan: { 'aws:PrincipalAccount': '300000000000' } })], answer: 'outside' },
  'every account of mine but the endpoint\'s': { kind: 'vpc-endpoint', objective: 'resources', statements: [allow({ StringEquals: member }), deny({ StringNotEquals: ofOthers, StringEquals: { 'aws:PrincipalAccount': own } })], answer: 'outside' },
  'every member but the endpoint\'s account': { kind: 'vpc-endpoint', objective: 'resources', more: { perimeter: unlisted }, statements: [allow({ StringEquals: member }), deny({ StringNotEquals: ofOthers, StringEquals: { 'aws:PrincipalAccount': own } })], answer: 'outside' },
  'another account of mine on its own resources': { kind: 'scp', objective: 'networks', statements: [attached(allow({ StringNotLike: { 'aws:ResourceAccount': `${own}*` } })), attached(deny({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }))], answer: 'outside' },
  'one account on its own resource, whose organization is asked for': { kind: 'resource', objective: 'networks', statements: [allow({ StringEquals: { ...ofOthers, 'aws:PrincipalAccount': own } })], answer: 'outside' },
  'one account on its own resource, whose place is asked for, in either organization': { kind: 'resource', objective: 'networks', more: { perimeter: twoOrganizations([own]) }, statements: [allow({ StringEquals: { 'aws:ResourceOrgID': 'o-secondofmine' }, StringLike: { 'aws:PrincipalOrgPaths': '*/ou-ab12-11111111/*' } })], answer: 'outside' },
  'one account, whose organization and place are asked for': { kind: 'resource', objective: 'networks', more: { perimeter: twoOrganizations([own]) }, statements: [allow({ StringEquals: member, StringNotEquals: { 'aws:ResourceOrgID': mine }, Null: { 'aws:ResourceOrgPaths': 'false' } })], answer: 'inside' },
  'two accounts, where organization and place are asked for': { kind: 'resource', objective: 'networks', more: { perimeter: twoOrganizations([own, second]) }, statements: [allow({ StringEquals: member, StringNotEquals: { 'aws:ResourceOrgID': mine }, Null: { 'aws:ResourceOrgPaths': 'false' } })], answer: 'outside' },
  'a place in one organization and the id of another': { kind: 'resource', objective: 'networks', more: { perimeter: twoOrganizations([own, second]) }, statements: [allow({ StringNotEquals: { 'aws:ResourceOrgID': mine }, StringLike: { 'aws:ResourceOrgPaths': `${mine}/*` } })], answer: 'inside' },
  'a place in the second organization': { kind: 'resource', objective: 'networks', more: { perimeter: twoOrganizations([own]) }, statements: [allow({ StringNotEquals: { 'aws:ResourceOrgID': mine }, StringLike: { 'aws:ResourceOrgPaths': 'o-secondofmine/r-ab12/*' } })], answer: 'outside' },
  ...Object.fromEntries(['zeb*', '*.zebra.amazonaws.com', 'zebra.*.amazonaws.com', 'zebra.amazonaws.com*', 'zebra.*'].map((name): [string, Row] => [`services named ${name}`, { kind: 'resource', more: { perimeter: noServices }, statements: [allow({ StringLike: { 'aws:PrincipalServiceName': name } })], answer: 'outside' }])),
  'deputies in a Region of many parts': { kind: 'resource', objective: 'deputies', statements: [allow({ StringLike: { 'aws:PrincipalServiceName': '*.us-gov-west-1.amazonaws.com' } })], answer: 'outside' },
  // Resources tell services as actions do: what a Deny spares or takes out may be of any.
  'a service that a Deny spares by its resources': { kind: 'identity', objective: 'resources', more: anyService, statements: [attached(allow({})), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:ecr:*:*:repository/eks/coredns' }], answer: 'outside' },
  'a service that a Deny spares by a pattern of its name': { kind: 'scp', objective: 'resources', more: anyService, statements: [{ Effect: 'Deny', Action: '*', NotResource: 'arn:aws:ec?:*' }], answer: 'outside' },
  'services beside those whose resources are denied': { kind: 'scp', objective: 'resources', more: anyService, statements: [{ Effect: 'Deny', Action: '*', Resource: ['arn:aws:s3:*', 'arn:aws:sqs:*'] }], answer: 'outside' },
  'every service whose resources are denied': { kind: 'scp', objective: 'resources', more: anyService, statements: [{ Effect: 'Deny', Action: '*', Resource: 'arn:*' }], answer: 'inside' },
  'an account of mine in another organization of mine': { kind: 'resource', objective: 'networks', more: { perimeter: define({ accounts: undefined, partners: [], organizations: [mine, 'o-secondofmine'] }).perimeter }, statements: [allow({ StringEquals: member, StringNotEquals: { 'aws:ResourceOrgID': mine } })], answer: 'outside' },
  'one account, which is in one organization of mine': { kind: 'resource', objective: 'networks', more: { perimeter: define({ accounts: [own], partners: [], organizations: [mine, 'o-secondofmine'] }).perimeter }, statements: [allow({ StringEquals: member, StringNotEquals: { 'aws:ResourceOrgID': mine } })], answer: 'inside' },
  'an SCP that binds one account': { kind: 'scp', objective: 'resources', statements: [attached(deny({ StringNotEquals: ofOthers, StringEquals: { 'aws:PrincipalAccount': own } }))], answer: 'outside' },
  'an SCP that spares an account by a pattern': { kind: 'scp', objective: 'resources', statements: [attached(deny({ StringNotEquals: ofOthers, StringNotLike: { 'aws:PrincipalAccount': '2*' } }))], answer: 'outside' },
  'an SCP that spares accounts that are none of mine': { kind: 'scp', objective: 'resources', statements: [attached(deny({ StringNotEquals: ofOthers, StringNotLike: { 'aws:PrincipalAccount': '3*' } }))], answer: 'inside' },
  'an SCP that spares an account that nothing lists': { kind: 'scp', objective: 'resources', more: { perimeter: unlisted }, statements: [attached(deny({ StringNotEquals: { ...ofOthers, 'aws:PrincipalAccount': third } }))], answer: 'outside' },
  'a tag that lets an account off that nothing lists': { kind: 'scp', objective: 'resources', more: { perimeter: excluding }, statements: [attached(deny({ StringNotEquals: { ...ofOthers, 'aws:PrincipalTag/dp:x': 'true', 'aws:PrincipalAccount': '0' } }))], answer: 'inside' },
  'each account on its own resources': { kind: 'scp', objective: 'resources', more: { perimeter: unlisted }, statements: [attached(deny({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }))], answer: 'inside' },
  'an identity, which is of its account': { kind: 'identity', objective: 'resources', statements: [attached(allow({ StringNotEquals: { 'aws:PrincipalAccount': own } }))], answer: 'inside' },
  'every account of mine but the resource\'s, from elsewhere': { kind: 'resource', objective: 'networks', more: { perimeter: networked }, statements: [allow({ StringEquals: member, StringNotEquals: { 'aws:PrincipalAccount': own } })], answer: 'outside' },
};

const questionOf = ({ kind, more, statements }: Pick<Row, 'kind' | 'more' | 'statements'>): Question => ({ kind, account: own, service: 's3', now, perimeter: listed, ...more, policy: parsePolicy(JSON.stringify(document(...statements))) });

describe('classes of callers and owners', () => {
  it.each(Object.entries(rows))('tell %s', (_, row) => {
    const found = ask(questionOf(row), row.objective ?? 'principals');
    expect(found.answer, found.because).toBe(row.answer);
  });
  it.each<[string, Question['kind'], Partial<Question>, Conditions]>([
    ['services by a pattern', 'resource', {}, { Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringLike: { 'aws:PrincipalServiceName': 'cloudt*.amazonaws.com' } }],
    ['accounts of mine by a pattern', 'scp', { perimeter: define({ accounts: [own, second, third] }).perimeter }, { StringLike: { 'aws:PrincipalAccount': '3*' } }],
    ['an account, without a definition', 'scp', { perimeter: define({ accounts: undefined, organizations: [] }).perimeter }, { StringEquals: { 'aws:PrincipalAccount': third } }],
    ['accounts by a pattern, without a definition', 'scp', { perimeter: define({ accounts: undefined, organizations: [] }).perimeter }, { StringLike: { 'aws:PrincipalAccount': '3*' } }],
  ])('tell policies apart by %s', (_, kind, more, condition) => {
    const [before, after] = [[allow({ StringEquals: { 'aws:RequestedRegion': 'none', 'aws:UserAgent': 'none' }, Null: { 'aws:RequestedRegion': 'true' } })], [allow(condition)]].map((all) => questionOf({ kind, more, statements: kind === 'scp' ? all.map(attached) : all })) as [Question, Question];
    expect(compare(before, formulaOf(before), formulaOf(after))).toMatchObject({ added: { kind: 'request' }, removed: { kind: 'nothing' } });
  });
});
