import { describe, expect, it } from 'vitest';
import { ask, emptyPerimeter, parsePolicy, type Perimeter, type Question } from '../../policy/index.ts';

/** What AWS services tell of whom they act for, and what an answer says of it. */
const [mine, other] = ['o-4tkekae453', 'o-aaaaaaaaaa'];
const [own, stranger] = ['111111111111', '999999999999'];
const perimeter: Perimeter = { ...emptyPerimeter, organizations: [mine], accounts: [own], buckets: ['acme-uploads', 'acme-media-*'] };
const bucket = 'arn:aws:s3:::acme-data';
const queue = `arn:aws:sqs:eu-west-1:${own}:jobs`;
const subjects = {
  bucket: { kind: 'resource', perimeter, account: own, service: 's3', resource: bucket, now: 0 },
  queue: { kind: 'resource', perimeter, account: own, service: 'sqs', resource: queue, now: 0 },
} satisfies Record<string, Omit<Question, 'policy'>>;
const calls = { bucket: { Action: 's3:PutObject', Resource: `${bucket}/*` }, queue: { Action: 'sqs:SendMessage', Resource: queue } };

const when = (operator: string, key: string, value: unknown): object => ({ [operator]: { [key]: value } });
const inside = (because: string, notes: readonly string[] = []): object => ({ answer: 'inside', because, notes });
const outside = (context: object): object => ({ answer: 'outside', reach: 'service', at: '/Statement/0', witness: { context }, notes: [] });
const by = (keys: string): string => `conditions on ${keys} keep outsiders out`;

interface Row { readonly on: keyof typeof subjects; readonly service: string; readonly condition?: object; readonly more?: object; readonly says: object }
const rows: Readonly<Record<string, Row>> = {
  'a trail of anybody': { on: 'bucket', service: 'cloudtrail.amazonaws.com', says: outside({ 'aws:SourceAccount': stranger }) },
  'a trail of my organization': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('StringEquals', 'aws:SourceOrgID', mine), says: inside(by('`aws:SourceOrgID`')) },
  'a trail below my organization': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${mine}/*`), says: inside(by('`aws:SourceOrgPaths`')) },
  'a trail of another organization': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('StringEquals', 'aws:SourceOrgID', other), says: outside({ 'aws:SourceAccount': stranger, 'aws:SourceOrgID': other }) },
  'a trail below another organization': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${other}/*`), says: outside({ 'aws:SourceOrgID': other, 'aws:SourceOrgPaths': [expect.stringContaining(`${other}/`)] }) },
  'a trail of my account, by its ARN': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', `arn:aws:cloudtrail:*:${own}:trail/*`), says: inside(by('`aws:SourceArn`')) },
  'a trail of that name in any account': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:*:trail/main'), says: outside({ 'aws:SourceArn': expect.stringMatching(new RegExp(`^arn:aws:cloudtrail:[a-z0-9-]*:${stranger}:trail/main$`)) }) },
  'a bucket of mine, whose ARN names no account': {
    on: 'queue', service: 's3.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-uploads'),
    says: inside(by('`aws:SourceArn`'), ['`arn:aws:s3:::acme-uploads` tells no account: whoever owns a bucket of that name could be the source, should yours be deleted']),
  },
  'a bucket of mine by the definition\'s pattern': {
    on: 'queue', service: 's3.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-media-eu'),
    says: inside(by('`aws:SourceArn`'), ['`arn:aws:s3:::acme-media-eu` tells no account: whoever owns a bucket of that name could be the source, should yours be deleted']),
  },
  'buckets by a pattern, of my account': { on: 'queue', service: 's3.amazonaws.com', condition: { ...when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::acme-uploads*'), ...when('StringEquals', 'aws:SourceAccount', own) }, says: inside(by('`aws:SourceArn`, `aws:SourceAccount`')) },
  'a bucket of a name too short for one': { on: 'queue', service: 's3.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::ab'), says: inside(by('`aws:SourceArn`')) },
  'a bucket that nobody listed': { on: 'queue', service: 's3.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-other'), says: outside({ 'aws:SourceArn': 'arn:aws:s3:::acme-other' }) },
  'buckets by a pattern': { on: 'queue', service: 's3.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::acme-*'), says: outside({ 'aws:SourceArn': expect.stringMatching(/^arn:aws:s3:::acme-/) }) },
  'a bucket that nobody listed, of my account': { on: 'queue', service: 's3.amazonaws.com', condition: { ...when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-other'), ...when('StringEquals', 'aws:SourceAccount', own) }, says: inside(by('`aws:SourceArn`, `aws:SourceAccount`')) },
  'a rule of my account': { on: 'queue', service: 'events.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', `arn:aws:events:eu-west-1:${own}:rule/nightly`), says: inside(by('`aws:SourceArn`')) },
  'a rule of anybody': { on: 'queue', service: 'events.amazonaws.com', says: outside({ 'aws:PrincipalServiceName': 'events.amazonaws.com', 'aws:SourceAccount': stranger }) },
  // It writes below a path with the source's account in it, so the path alone tells whose logs they are.
  'logs of anybody': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', says: { answer: 'outside', witness: { resource: expect.stringMatching(new RegExp(`^${bucket}/(.*/)?AWSLogs/${stranger}/`)) as string } } },
  'logs of my account, by their path': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: `${bucket}/AWSLogs/${own}/*` }, says: { answer: 'inside' } },
  'logs of my account below a prefix': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: `${bucket}/lb/AWSLogs/${own}/*` }, says: { answer: 'inside' } },
  'a service that no table knows': {
    on: 'queue', service: 'unheard-of.amazonaws.com',
    says: inside('no AWS service that tells its source can act for somebody else', ['what `unheard-of.amazonaws.com` sends of its source is not in our table, so it is not judged as a deputy']),
  },
};

describe('services that act for somebody', () => {
  it.each(Object.entries(rows))('%s', (_, { on, service, condition, more, says }) => {
    const policy = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, ...calls[on], ...more, ...condition === undefined ? {} : { Condition: condition } }] });
    expect(ask({ ...subjects[on], policy }, 'deputies')).toMatchObject(says);
  });
});
