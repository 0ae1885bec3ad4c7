import { describe, expect, it } from 'vitest';
import { BUDGET } from '../../../policy/answer.ts';
import { formulaOf, parsePolicy, type Question } from '../../../policy/index.ts';
import { actsOf, type Acts, everySts } from '../../../policy/world/acts.ts';
import { servicesReached } from '../../../policy/world/heads.ts';
import { prefixesOf, prefixOf } from '../../../policy/world/prefixes.ts';
import { bucketOf, ownResources, resourcesOf } from '../../../policy/world/targets.ts';
import type { Domain } from '../../../policy/search/region.ts';
import { World } from '../../../policy/world/world.ts';
import { definition, other, own, sibling, worldOf, type Situation } from './world-of.ts';

const allows = (domain: Domain, text: string): boolean => (domain.forms?.some((one) => one.matches(text)) ?? true) && (domain.tests ?? []).every(({ test, want }) => test.fits(text) === want);

/** The world of several statements, each an Allow of everything to everybody unless it says otherwise. */
const worldWith = (Statement: readonly object[], more: Partial<Question> = {}): World => {
  const policy = parsePolicy({ Version: '2012-10-17', Statement: Statement.map((one) => ({ Effect: 'Allow', Principal: '*', ...('NotResource' in one ? {} : { Resource: '*' }), ...one })) });
  const question: Question = { kind: 'vpc-endpoint', account: own, now: 0, perimeter: definition, policy, ...more };
  return new World(question, formulaOf(question), BUDGET);
};

/** The ARNs that an account's resources may have, for a policy whose resources are `named`. */
interface Reach { readonly prefix: string; readonly named?: unknown; readonly takes: readonly string[]; readonly leaves: readonly string[]; readonly shown: string; readonly more?: Situation }
const queue = `arn:aws:sqs:eu-west-1:${other}:orders`;
describe('the resources of an account', () => {
  it.each<[string, Reach]>([
    ['are queues for SQS', { prefix: 'sqs', takes: [queue, queue.replace('orders', 'a:b'), queue.replace('orders', 'a:b:1')], leaves: [queue.replace(other, own), queue.replace('aws', 'aws-cn'), queue.replace('sqs', 'sns'), queue.replace('orders', '1:b'), queue.replace('orders', 'a:123456789:b'), queue.replace('orders', `a:${own}:b`), queue.replace('orders', 'a:b:c:d'), queue.replace('orders', ''), queue.replace('eu-west-1', ''), queue.replace('eu-west-1', '123456789012')], shown: `arn:aws:sqs:us-east-1:${other}:something` }],
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html#amazoncloudwatchlogs-resources-for-iam-policies
    ['are log groups and their streams', { prefix: 'logs', takes: ['app', 'app:*', 'app:log-stream:today', '12345678:log-stream:today', '/aws/lambda/a:log-stream:2025/a'].map((one) => `arn:aws:logs:eu-west-1:${other}:log-group:${one}`), leaves: [`arn:aws:logs:eu-west-1:${other}:log-group:${own}:log-stream:today`, `arn:aws:logs:eu-west-1:${other}:log-group:app:${own}:today`], shown: `arn:aws:logs:us-east-1:${other}:log-group:app` }],
    ['have Regions and accounts, where a wildcard stands for all that follows', { prefix: 'sqs', named: ['arn:aws:sq*', 'arn:aws:sqs*', 'arn:*'], takes: [queue], leaves: [queue.replace('eu-west-1', ''), queue.replace(other, ''), queue.replace(`eu-west-1:${other}`, ':')], shown: `arn:aws:sqs:us-east-1:${other}:something` }],
    ['have names of their own', { prefix: 'dynamodb', takes: [`arn:aws:dynamodb:eu-west-1:${other}:table/a`], leaves: [], shown: `arn:aws:dynamodb:us-east-1:${other}:table/orders` }],
    ['are roles for STS', { prefix: 'sts', takes: [`arn:aws:iam::${other}:role/app`], leaves: [`arn:aws:iam::${own}:role/app`, `arn:aws:sts:eu-west-1:${other}:x`, `arn:aws:iam:eu-west-1:${other}:role/app`], shown: `arn:aws:iam::${other}:role/someone` }],
    ['are in no Region for IAM', { prefix: 'iam', takes: [`arn:aws:iam::${other}:role/app`], leaves: [`arn:aws:iam:eu-west-1:${other}:role/app`], shown: `arn:aws:iam::${other}:something` }],
    ['are buckets and objects for S3', { prefix: 's3', takes: ['arn:aws:s3:::data', 'arn:aws:s3:::data/a/b'], leaves: ['arn:aws:s3:::data/', 'arn:aws:s3:::da', 'arn:aws:s3:::-data', 'arn:aws:s3:::data:a', 'arn:aws:s3:::data:a/b', `arn:aws:s3:eu-west-1:${other}:accesspoint/a`], shown: 'arn:aws:s3:::some-bucket/some-key' }],
    ['are access points with a function, no buckets, for S3 Object Lambda', { prefix: 's3-object-lambda', takes: [`arn:aws:s3-object-lambda:eu-west-1:${other}:accesspoint/x`], leaves: ['arn:aws:s3:::data'], shown: `arn:aws:s3-object-lambda:us-east-1:${other}:accesspoint/some-access-point` }],
    ['are no access points where buckets are named to be allowed', { prefix: 's3', named: 'arn:aws:s3:::data/*', takes: ['arn:aws:s3:::data'], leaves: [`arn:aws:s3:eu-west-1:${other}:accesspoint/a`], shown: 'arn:aws:s3:::some-bucket/some-key' }],
    ['are snapshots of EC2 for EBS, which has none of its own', { prefix: 'ebs', takes: ['arn:aws:ec2:eu-west-1::snapshot/snap-1'], leaves: [`arn:aws:ec2:eu-west-1:${other}:snapshot/snap-1`, `arn:aws:ebs:eu-west-1:${other}:x`, 'arn:aws:ec2:eu-west-1::image/ami-1'], shown: 'arn:aws:ec2:us-east-1::snapshot/something' }],
    ['are of every service of which one takes some', { prefix: 'redshift-data', takes: [`arn:aws:redshift:eu-west-1:${other}:cluster:a`, `arn:aws:redshift-serverless:eu-west-1:${other}:workgroup/a`], leaves: [`arn:aws:redshift-data:eu-west-1:${other}:a`, `arn:aws:redshift:eu-west-1:${other}:namespace:a`], shown: `arn:aws:redshift:us-east-1:${other}:cluster:something` }],
    ['are of types that have no account, where such are named', { prefix: 'ec2', named: 'arn:aws:ec2:*::*', takes: ['image/ami-1', 'snapshot/snap-1', 'fpga-image/agfi-1'].map((one) => `arn:aws:ec2:eu-west-1::${one}`), leaves: ['arn:aws:ec2:eu-west-1::instance/i-1'], shown: `arn:aws:ec2:us-east-1:${other}:instance/i-0123456789abcdef0` }],
    ['are none of EC2 for SQS, though they are named', { prefix: 'sqs', named: 'arn:aws:ec2:*::snapshot/*', takes: [queue], leaves: ['arn:aws:ec2:eu-west-1::snapshot/snap-1'], shown: `arn:aws:sqs:us-east-1:${other}:something` }],
    ['are images, where a wildcard stands for the service', { prefix: 'ec2', named: 'arn:aws:*:*::image/*', takes: ['arn:aws:ec2:eu-west-1::image/ami-1', `arn:aws:ec2:eu-west-1:${other}:instance/i-1`], leaves: ['arn:aws:ebs:eu-west-1::image/ami-1'], shown: `arn:aws:ec2:us-east-1:${other}:instance/i-0123456789abcdef0` }],
    ['are those of AWS itself, where they are named', { prefix: 'iam', named: 'arn:aws:iam::aws:policy/*', takes: ['arn:aws:iam::aws:policy/ReadOnly'], leaves: ['arn:aws:iam:eu-west-1:aws:policy/ReadOnly'], shown: `arn:aws:iam::${other}:something` }],
    ['are those of AWS itself, where a Region is left open as well', { prefix: 'iam', named: 'arn:aws:iam:*:aws:policy/*', takes: ['arn:aws:iam::aws:policy/ReadOnly'], leaves: ['arn:aws:iam:eu-west-1:aws:policy/ReadOnly'], shown: `arn:aws:iam::${other}:something` }],
    ['are in every partition that is named', { prefix: 'sqs', named: ['arn:aws-cn:sqs:*:*:*', 'arn:aws:sqs:*:*:*'], takes: [queue, queue.replace('aws', 'aws-cn')], leaves: [queue.replace('aws', 'aws-us-gov')], shown: `arn:aws-cn:sqs:cn-north-1:${other}:something` }],
    ['are not in another\'s namespace of buckets, where one of several is named so', { prefix: 's3', named: ['arn:aws:s3:::data/*', `arn:aws:s3:::data-${sibling}-eu-west-1-an/*`], takes: [`arn:aws:s3:::data-${other}-eu-west-1-an/key`], leaves: [`arn:aws:s3:::data-${own}-eu-west-1-an`], shown: 'arn:aws:s3:::some-bucket/some-key' }],
    ['are not in another\'s namespace of buckets', { prefix: 's3', named: `arn:aws:s3:::data-${sibling}-eu-west-1-an`, takes: [`arn:aws:s3:::data-${other}-eu-west-1-an`, `arn:aws:s3:::data-${sibling}-an`], leaves: [`arn:aws:s3:::data-${sibling}-eu-west-1-an`, `arn:aws:s3:::data-${sibling}-eu-west-1-an/key`], shown: 'arn:aws:s3:::some-bucket/some-key' }],
  ])('%s', (_, { prefix, named = '*', takes, leaves, shown, more }) => {
    const domain = resourcesOf(worldOf({}, { Resource: named, kind: 'vpc-endpoint', ...more }), prefix, other);
    expect([takes.filter((one) => !allows(domain, one)), leaves.filter((one) => allows(domain, one)), domain.liked?.[0]]).toEqual([[], [], shown]);
  });

  it.each<[string, object, boolean]>([
    ['where buckets are denied', { Effect: 'Deny', Resource: 'arn:aws:s3:::data/*' }, true], ['where all but buckets are allowed', { NotResource: 'arn:aws:s3:::data/*' }, true],
    ['not where all but buckets are denied', { Effect: 'Deny', NotResource: 'arn:aws:s3:::data/*' }, false], ['not where everything is denied', { Effect: 'Deny', Resource: ['*', 'arn:aws:s3:::data/*'] }, false],
    ['where access points are named', { Resource: 'arn:aws:s3:*:*:accesspoint/app' }, true],
  ])('are access points, too, %s', (_, statement, expected) => {
    expect(allows(resourcesOf(worldWith([{ Action: 's3:*' }, { Action: 's3:*', ...statement }]), 's3', other), `arn:aws:s3:eu-west-1:${other}:accesspoint/app`)).toBe(expected);
  });

  it('are shown in a Region of their partition', () => {
    const { liked } = resourcesOf(worldOf({}, { Resource: ['arn:aws-cn:ec2:*::image/*', 'arn:aws-iso:ec2:*::image/*'], kind: 'vpc-endpoint' }), 'ec2', other);
    expect(liked).toEqual(expect.arrayContaining([`arn:aws-cn:ec2:cn-north-1:${other}:instance/i-0123456789abcdef0`, `arn:aws-iso:ec2:us-east-1:${other}:instance/i-0123456789abcdef0`, 'arn:aws:ec2:us-east-1::image/something', 'arn:aws-cn:ec2:cn-north-1::image/something', 'arn:aws-iso:ec2:us-east-1::image/something']));
    expect(resourcesOf(worldOf({}, { Resource: 'arn:aws:ssm:*::parameter/aws/*', kind: 'vpc-endpoint' }), 'ssm', other).liked).toEqual([`arn:aws:ssm:us-east-1:${other}:parameter/app`, 'arn:aws:ssm:us-east-1::parameter/app']);
  });
});

describe('the resource of a question', () => {
  const bucket = 'arn:aws:s3:::acme-data';
  const key = `arn:aws:kms:eu-west-1:${own}:key/1`;
  const fn = `arn:aws:lambda:eu-west-1:${own}:function:f`;
  const table = `arn:aws:dynamodb:eu-west-1:${own}:table/a`;
  it.each<[string, Situation, string, { readonly takes: readonly string[]; readonly leaves: readonly string[]; readonly shown: readonly string[] } | undefined]>([
    ['is a bucket and its objects', { resource: bucket }, 's3', { takes: [bucket, `${bucket}/a`], leaves: [`${bucket}:a`, `${bucket}2`], shown: [bucket, `${bucket}/some-key`] }],
    ['is a key alone', { resource: key }, 'kms', { takes: [key], leaves: [`${key}/a`, `${key}:a`, `${key}2`], shown: [key] }],
    ['is a function and what lies below it', { resource: fn }, 'lambda', { takes: [fn, `${fn}:a`], leaves: [`${fn}2`, `${fn}:`, `${fn}/a`, `${fn}:a:b`], shown: [fn] }],
    ['is a table and what lies below it', { resource: table }, 'dynamodb', { takes: [table, `${table}/index/a`, `${table}:a`], leaves: [`${table}2`, `${table}/`, `${table}:a:b`], shown: [table] }],
    ['is a bucket and objects whose keys hold another account', { resource: bucket, Resource: `arn:aws:s3:*:${other}:x` }, 's3', { takes: [`${bucket}/x:${other}:y`], leaves: [], shown: [bucket, `${bucket}/some-key`] }],
    ['is a table without what holds an account below it', { resource: table, Resource: [queue, table] }, 'dynamodb', { takes: [table, `${table}/x:y:z`], leaves: [`${table}/x:${own}:y`, `${table}/x:${other}:y`], shown: [table] }],
    ['is open where it is not given', {}, 's3', undefined],
    ['is open for an endpoint', { kind: 'vpc-endpoint', resource: bucket }, 's3', undefined],
    ['is open for an identity', { kind: 'identity', resource: bucket }, 's3', undefined],
    ['is open for an SCP', { kind: 'scp', resource: bucket }, 's3', undefined],
    ['is the resource itself for an RCP', { kind: 'rcp', resource: bucket }, 's3', { takes: [bucket], leaves: [`${bucket}2`], shown: [bucket, `${bucket}/some-key`] }],
    ['is an event bus itself for an RCP, which speaks of any resource', { kind: 'rcp', resource: `arn:aws:events:eu-west-1:${own}:event-bus/a` }, 'events', { takes: [`arn:aws:events:eu-west-1:${own}:event-bus/a`], leaves: [`arn:aws:events:eu-west-1:${own}:rule/a`], shown: [`arn:aws:events:eu-west-1:${own}:event-bus/a`] }],
    ['is a Data Catalog with its tables', { resource: `arn:aws:glue:eu-west-1:${own}:catalog` }, 'glue', { takes: [`arn:aws:glue:eu-west-1:${own}:table/a/b`], leaves: [`arn:aws:glue:eu-west-2:${own}:table/a/b`, `arn:aws:glue:eu-west-1:${other}:table/a/b`], shown: [`arn:aws:glue:eu-west-1:${own}:catalog`] }],
  ])('%s', (_, situation, prefix, expected) => {
    const domain = ownResources(worldOf({}, { service: prefix, ...situation }), prefix);
    if (expected === undefined || domain === undefined) { expect(domain).toBe(expected); return; }
    expect([expected.takes.filter((one) => !allows(domain, one)), expected.leaves.filter((one) => allows(domain, one)), domain.liked]).toEqual([[], [], expected.shown]);
  });
});

describe('the services to ask about', () => {
  it.each<[string, readonly object[], readonly string[], Partial<Question>?]>([
    ['are the question\'s', [{ Action: 'sqs:*' }], ['s3'], { service: 's3' }],
    ['are those named', [{ Action: ['sqs:SendMessage', 'S3:*'] }, { Effect: 'Deny', Action: 'kms:*' }], ['sqs', 's3', 'kms']],
    ['are none by what is no action', [{ Action: ['GetObject', 'sqs:SendMessage'] }], ['sqs']],
    ['are two more, where all are allowed', [{ Action: '*' }], ['s3', 'sqs', 'sts']],
    ['are those, but no STS, of what hangs on principals', [{ Action: '*' }], ['s3', 'sqs'], { kind: 'identity' }],
    ['are two that are not named, where those named are not all', [{ Action: '*' }, { Effect: 'Deny', Action: 's3:*' }], ['s3', 'sqs', 'dynamodb', 'sts']],
    ['are two more, where all but some are allowed', [{ NotAction: 's3:*' }], ['s3', 'sqs', 'dynamodb', 'sts']],
    ['are none more, where all but some are denied', [{ Action: 's3:*' }, { Effect: 'Deny', NotAction: 's3:*' }], ['s3']],
    ['are those that a pattern takes, and two more', [{ Action: 'dynam*:*' }], ['dynamodb', 's3', 'sqs', 'sts']],
    ['are those that a pattern takes by how they end, and two more', [{ Action: '*modb:*' }], ['dynamodb', 's3', 'sqs', 'sts']],
    ['are also those that no table knows', [{ Action: 'unheard-of:*' }], ['unheard-of']],
    ['are those that many use first', [{ Action: '*' }, { Effect: 'Deny', Action: ['s3:*', 'sqs:*', 'dynamodb:*'] }], ['s3', 'sqs', 'dynamodb', 'kms', 'secretsmanager', 'sts']],
    ['are two more, where no resource is named', [{ Action: '*', Resource: undefined }], ['s3', 'sqs', 'sts']],
    ['are none more for a Deny by pattern', [{ Action: 's3:*' }, { Effect: 'Deny', Action: 'dynam*:*' }], ['s3', 'dynamodb']],
    ['are those whose resources are named where all actions are allowed', [{ Action: '*', Resource: ['arn:aws:kms:*:*:key/*', 'kms'] }], ['kms', 'events', 'kinesis', 's3', 'sqs', 'sts']],
    ['are those that take the resources named', [{ NotAction: 'iam:*', Action: undefined, Resource: 'arn:aws:iam::*:role/*' }], ['iam', 'codestar', 'ec2', 'es', 'ssm', 'sts', 's3', 'sqs']],
    ['are one by a pattern that takes none of the table', [{ Action: 'rbi*:*' }], ['rbi', 's3', 'sqs', 'sts']],
    ['are not those whose resources are named beside actions', [{ Action: 'sqs:*', Resource: 'arn:aws:kms:*:*:key/*' }], ['sqs']],
    ['have STS among them, where providers are named', [{ Action: '*', Principal: { Federated: '*' } }], ['sts', 's3', 'sqs']],
    ['are only those that an RCP names', [{ Effect: 'Deny', Action: 'kms:*' }], ['kms'], { kind: 'rcp' }],
    ['are two and STS, where an RCP names none', [{ Effect: 'Deny', Action: '*' }], ['s3', 'sqs', 'sts'], { kind: 'rcp' }],
    ['are two more, where an RCP names all others', [{ Effect: 'Deny', NotAction: 'kms:*' }], ['kms', 's3', 'sqs', 'sts'], { kind: 'rcp' }],
    ['are those that an RCP binds, of those that take the resources named', [{ Effect: 'Deny', Action: '*', Resource: 'arn:aws:kms:*:*:key/*' }], ['kms', 'events', 's3', 'sqs', 'sts'], { kind: 'rcp' }],
    ['are those that an RCP binds, of those that many use', [{ Effect: 'Deny', Action: '*', Resource: ['s3', 'sqs', 'dynamodb', 'kms', 'secretsmanager'].map((one) => `arn:aws:${one}:*`) }], ['s3', 'sqs', 'dynamodb', 'kms', 'secretsmanager', 'events', 'aoss', 'appconfig', 'sts'], { kind: 'rcp' }],
  ])('%s', (_, statements, expected, more) => { expect(prefixesOf(worldWith(statements, more)).slice(0, expected.length + 1)).toEqual(expected); });

  it('are told by the service or the resource', () => {
    const told = (more: Partial<Question>): string | undefined => prefixOf({ kind: 'resource', ...more } as Question);
    expect([told({ service: 'ecr.api' }), told({ resource: queue }), told({ resource: 'no arn' }), told({ resource: `x${queue}` }), told({})]).toEqual(['ecr', 'sqs', undefined, undefined, undefined]);
  });
  it('are told by a resource that is asked about', () => {
    expect((['rcp', 'identity', 'scp', 'vpc-endpoint'] as const).map((kind) => prefixOf({ kind, resource: queue } as Question))).toEqual(['sqs', undefined, undefined, undefined]);
  });
  it('are those whose resources may be reached, too', () => {
    expect([servicesReached(worldOf({}, { Resource: 'arn:aws:ec2:*::snapshot/*' }), 'ebs'), servicesReached(worldOf({}), 'sts'), servicesReached(worldOf({}), 'sqs')]).toEqual([['ebs', 'ec2'], ['sts', 'iam'], ['sqs']]);
    const several = worldOf({}, { Resource: 'arn:aws:ec2:*::snapshot/*', kind: 'identity' });
    expect(['sqs', 'ebs', 'ec2'].map((one) => servicesReached(several, one))).toEqual([['sqs'], ['ebs', 'ec2'], ['ec2']]);
  });
});

it('actions begin with their service, and take a resource or none', () => {
  const [some, none] = actsOf('sqs') as [Acts, Acts];
  expect([[some, none].map((one) => allows(one.domain, 'sqs:SendMessage')), [some, none].map((one) => allows(one.domain, 'sqs:ListQueues')), allows(some.domain, 's3:GetObject'), allows(some.domain, 'sqs:'), some.takesResource, none.takesResource])
    .toEqual([[true, false], [false, true], false, false, true, false]);
});

it('actions of STS are those that a trust policy may allow', () => {
  expect([everySts.prefix, everySts.takesResource, ...['AssumeRole', 'AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML', 'TagSession', 'SetSourceIdentity', 'SetContext', 'Assume', 'GetCallerIdentity'].map((one) => allows(everySts.domain, `sts:${one}`))])
    .toEqual(['sts', false, true, true, true, true, true, true, false, false]);
});

it.each([['arn:aws:s3:::data/a', 'data'], ['arn:aws-cn:s3:::data', 'data'], [queue, undefined], ['x-arn:aws:s3:::data', undefined]])('the bucket of %s is %s', (arn, bucket) => { expect(bucketOf(arn)).toBe(bucket); });
