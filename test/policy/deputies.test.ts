import { describe, expect, it } from 'vitest';
import { deputies, deputySources } from '../../policy/tables/deputy-sources.ts';
import { ask, emptyPerimeter, parsePolicy, type Perimeter, type Question } from '../../policy/index.ts';

/** What AWS services tell of whom they act for, and what an answer says of it. */
const [mine, other] = ['o-4tkekae453', 'o-aaaaaaaaaa'];
const [own, stranger] = ['111111111111', '999999999999'];
const perimeter: Perimeter = { ...emptyPerimeter, organizations: [mine], accounts: [own], buckets: ['acme-uploads', 'acme-media-*'] };
const bucket = 'arn:aws:s3:::acme-data';
const queue = `arn:aws:sqs:eu-west-1:${own}:jobs`;
const key = `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const subjects = {
  bucket: { kind: 'resource', perimeter, account: own, service: 's3', resource: bucket, now: 0 },
  inChina: { kind: 'resource', perimeter, account: own, service: 's3', resource: 'arn:aws-cn:s3:::acme-data', now: 0 },
  isolated: { kind: 'resource', perimeter, account: own, service: 's3', resource: 'arn:aws-iso:s3:::acme-data', now: 0 },
  queue: { kind: 'resource', perimeter, account: own, service: 'sqs', resource: queue, now: 0 },
  /** Of whichever bucket, as an RCP is asked about. */
  anyBucket: { kind: 'resource', perimeter, account: own, service: 's3', now: 0 },
  key: { kind: 'resource', perimeter, account: own, service: 'kms', resource: key, now: 0 },
  function: { kind: 'resource', perimeter, account: own, service: 'lambda', resource: `arn:aws:lambda:eu-west-1:${own}:function:orders`, now: 0 },
} satisfies Record<string, Omit<Question, 'policy'>>;
const put = { Action: 's3:PutObject', Resource: '*' };
const calls = { bucket: { Action: 's3:PutObject', Resource: `${bucket}/*` }, inChina: put, isolated: put, queue: { Action: 'sqs:SendMessage', Resource: queue }, anyBucket: { Action: 's3:PutObject', Resource: `${bucket}/*` }, key: { Action: 'kms:Decrypt', Resource: '*' }, function: { Action: 'lambda:InvokeFunction', Resource: '*' } };

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
  'a trail below two units at once': {
    on: 'bucket', service: 'cloudtrail.amazonaws.com',
    condition: { ...when('ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${other}/r-ab12/ou-ab12-11111111/*`), ...when('ForAnyValue:StringLikeIfExists', 'aws:SourceOrgPaths', `${other}/r-ab12/ou-ab12-22222222/*`) },
    // An account lies in one place of its organization.
    says: inside(by('`aws:SourceOrgPaths`')),
  },
  'a trail below a unit of another organization': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${other}/r-ab12/ou-ab12-11111111/*`), says: outside({ 'aws:SourceOrgPaths': [expect.stringContaining(`${other}/r-ab12/ou-ab12-11111111/`)] }) },
  // A path begins with the organization and its root and ends in a slash.
  'a trail on a path without root': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${other}/ou-ab12-11111111/*`), says: inside(by('`aws:SourceOrgPaths`')) },
  'a trail on a path that does not end': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ForAnyValue:StringEquals', 'aws:SourceOrgPaths', `${other}/r-ab12/ou-ab12-11111111`), says: inside(by('`aws:SourceOrgPaths`')) },
  // Services send no MFA and no chain of calls: AWS's own sample of a bucket that asks for MFA keeps them out.
  'a trail, where MFA is asked for': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('Null', 'aws:MultiFactorAuthAge', 'false'), says: inside('no AWS service that tells its source can act for somebody else') },
  'a trail, where a session is asked for': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('Null', 'aws:TokenIssueTime', 'false'), says: inside('no AWS service that tells its source can act for somebody else') },
  // Only services of old send aws:SourceOwner.
  'a trail of my account, if it tells its owner': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('StringEqualsIfExists', 'aws:SourceOwner', own), says: outside({ 'aws:SourceAccount': stranger }) },
  'whichever service but trails': { on: 'bucket', service: '*', condition: when('ArnNotLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:*:*'), says: outside({ 'aws:SourceAccount': stranger }) },
  'a trail of mine, if a key is told which': { on: 'key', service: '*', condition: when('ArnLikeIfExists', 'kms:EncryptionContext:aws:cloudtrail:arn', `arn:aws:cloudtrail:*:${own}:trail/*`), says: outside({ 'aws:SourceAccount': stranger }) },
  'a trail of no partition': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('StringNotLike', 'aws:SourceArn', 'arn:aws:*'), says: inside('no AWS service that tells its source can act for somebody else') },
  'a bucket of no partition': { on: 'queue', service: 's3.amazonaws.com', condition: when('StringNotLike', 'aws:SourceArn', 'arn:aws:*'), says: inside('no AWS service that tells its source can act for somebody else') },
  'whichever service, for my account': { on: 'bucket', service: '*', condition: when('StringEquals', 'aws:SourceAccount', own), says: inside(by('`aws:SourceAccount`')) },
  'a trail of that name in any account of China': { on: 'inChina', service: 'cloudtrail.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws-cn:cloudtrail:*:*:trail/main'), says: outside({ 'aws:SourceArn': expect.stringMatching(new RegExp(`^arn:aws-cn:cloudtrail:cn-[a-z0-9-]+:${stranger}:trail/main$`)) }) },
  'a trail of that name in any account of a partition whose Regions we do not know': { on: 'isolated', service: 'cloudtrail.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws-iso:cloudtrail:*:*:trail/main'), says: outside({ 'aws:SourceArn': expect.stringMatching(new RegExp(`^arn:aws-iso:cloudtrail:[a-z-]+-\\d:${stranger}:trail/main$`)) }) },
  'a trail of China, asked of a bucket elsewhere': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws-cn:cloudtrail:*:*:trail/main'), says: inside(by('`aws:SourceArn`')) },
  'a trail of anybody that is told': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('Null', 'aws:SourceArn', 'false'), says: outside({ 'aws:SourceArn': expect.stringMatching(new RegExp(`^arn:aws:cloudtrail:[a-z-]+-\\d:${stranger}:.`)) }) },
  // Response plans have no Region in their ARN, though the service's guide shows one in the policy.
  'a response plan of that name in any account': { on: 'queue', service: 'ssm-incidents.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:ssm-incidents::*:response-plan/high'), says: outside({ 'aws:SourceArn': `arn:aws:ssm-incidents::${stranger}:response-plan/high` }) },
  // Of some services AWS documents aws:SourceAccount alone.
  'a secret of my account, if it is told': { on: 'queue', service: 'secretsmanager.amazonaws.com', condition: when('ArnLikeIfExists', 'aws:SourceArn', `arn:aws:secretsmanager:*:${own}:*`), says: outside({ 'aws:SourceAccount': stranger }) },
  'whichever service\'s source of my account, if it is told': { on: 'queue', service: '*', condition: when('ArnLikeIfExists', 'aws:SourceArn', `arn:aws:*:*:${own}:*`), says: outside({ 'aws:SourceAccount': stranger }) },
  'a secret of my account': { on: 'queue', service: 'secretsmanager.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', `arn:aws:secretsmanager:*:${own}:*`), says: inside(by('`aws:SourceArn`')) },
  'a secret, for my account': { on: 'queue', service: 'secretsmanager.amazonaws.com', condition: when('StringEquals', 'aws:SourceAccount', own), says: inside(by('`aws:SourceAccount`')) },
  'a secret of my account, for it': { on: 'queue', service: 'secretsmanager.amazonaws.com', condition: { ...when('ArnLikeIfExists', 'aws:SourceArn', `arn:aws:secretsmanager:*:${own}:*`), ...when('StringEquals', 'aws:SourceAccount', own) }, says: inside(by('`aws:SourceAccount`')) },
  'a trail of my account, by its ARN': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', `arn:aws:cloudtrail:*:${own}:trail/*`), says: inside(by('`aws:SourceArn`')) },
  'a trail of that name in any account': { on: 'bucket', service: 'cloudtrail.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:*:trail/main'), says: outside({ 'aws:SourceArn': expect.stringMatching(new RegExp(`^arn:aws:cloudtrail:[a-z0-9-]+:${stranger}:trail/main$`)) }) },
  'a bucket of mine, whose ARN names no account': {
    on: 'queue', service: 's3.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-uploads'),
    says: inside(by('`aws:SourceArn`'), ['`arn:aws:s3:::acme-uploads` tells no account: whoever owns a bucket of that name could be the source, should yours be deleted']),
  },
  'a bucket of mine by the definition\'s pattern': {
    on: 'queue', service: 's3.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-media-eu'),
    says: inside(by('`aws:SourceArn`'), ['`arn:aws:s3:::acme-media-eu` tells no account: whoever owns a bucket of that name could be the source, should yours be deleted']),
  },
  'a bucket of mine, and its account': { on: 'queue', service: 's3.amazonaws.com', condition: { ...when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-uploads'), ...when('StringEquals', 'aws:SourceAccount', own) }, says: { ...inside(by('`aws:SourceAccount`'), []), notes: [] } },
  'a bucket of mine, as its ARN was once written': {
    on: 'queue', service: 's3.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:acme-uploads'),
    says: inside(by('`aws:SourceArn`'), ['`arn:aws:s3:*:*:acme-uploads` tells no account: whoever owns a bucket of that name could be the source, should yours be deleted']),
  },
  'buckets by a pattern, of my account': { on: 'queue', service: 's3.amazonaws.com', condition: { ...when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::acme-uploads*'), ...when('StringEquals', 'aws:SourceAccount', own) }, says: inside(by('`aws:SourceAccount`')) },
  'a bucket of a name too short for one': { on: 'queue', service: 's3.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::ab'), says: inside(by('`aws:SourceArn`')) },
  'a bucket that nobody listed': { on: 'queue', service: 's3.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-other'), says: outside({ 'aws:SourceArn': 'arn:aws:s3:::acme-other' }) },
  'buckets by a pattern': { on: 'queue', service: 's3.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::acme-*'), says: outside({ 'aws:SourceArn': expect.stringMatching(/^arn:aws:s3:::acme-/) }) },
  'a bucket that nobody listed, of my account': { on: 'queue', service: 's3.amazonaws.com', condition: { ...when('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-other'), ...when('StringEquals', 'aws:SourceAccount', own) }, says: inside(by('`aws:SourceAccount`')) },
  'a rule of my account': { on: 'queue', service: 'events.amazonaws.com', condition: when('ArnEquals', 'aws:SourceArn', `arn:aws:events:eu-west-1:${own}:rule/nightly`), says: inside(by('`aws:SourceArn`')) },
  'a rule of anybody': { on: 'queue', service: 'events.amazonaws.com', says: outside({ 'aws:PrincipalServiceName': 'events.amazonaws.com', 'aws:SourceAccount': stranger }) },
  // It writes below a path with the source's account in it, so the path alone tells whose logs they are.
  'logs of anybody': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', says: { answer: 'outside', witness: { resource: expect.stringMatching(new RegExp(`^${bucket}/(.*/)?AWSLogs/${stranger}/`)) as string } } },
  'logs of anybody below no prefix': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: `${bucket}/AWSLogs/*` }, says: { answer: 'outside', witness: { resource: expect.stringMatching(new RegExp(`^${bucket}/AWSLogs/${stranger}/.`)) as string } } },
  'logs of anybody below a prefix': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: `${bucket}/lb/AWSLogs/*` }, says: { answer: 'outside', witness: { resource: expect.stringMatching(new RegExp(`^${bucket}/lb/AWSLogs/${stranger}/.`)) as string } } },
  'logs of anybody in another bucket': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: 'arn:aws:s3:::acme-other/*' }, says: { answer: 'inside' } },
  'logs of anybody, asked of whichever bucket': { on: 'anyBucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', says: { answer: 'outside', witness: { resource: expect.stringMatching(new RegExp(`^${bucket}/(.*/)?AWSLogs/${stranger}/.`)) as string } } },
  'logs of anybody in China, asked of whichever bucket': { on: 'anyBucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: 'arn:aws-cn:s3:::acme-data/*' }, says: { answer: 'outside', witness: { resource: expect.stringMatching(/^arn:aws-cn:s3:::acme-data\/.*AWSLogs\/\d{12}\//) } } },
  'logs of my account in China, asked of whichever bucket': { on: 'anyBucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: `arn:aws-cn:s3:::acme-data/AWSLogs/${own}/*` }, says: { answer: 'inside' } },
  'bills of anybody in China': { on: 'inChina', service: 'billingreports.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws-cn:cur:cn-northwest-1:*:definition/*'), says: outside({ 'aws:SourceArn': expect.stringMatching(/^arn:aws-cn:cur:cn-northwest-1:\d{12}:definition\//) }) },
  'logs of my account, asked of whichever bucket': { on: 'anyBucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: `${bucket}/AWSLogs/${own}/*` }, says: { answer: 'inside' } },
  // CloudWatch Logs and CloudTrail tell the log group and the trail by the encryption context as well.
  'log groups of my account': { on: 'key', service: 'logs.eu-west-1.amazonaws.com', condition: when('ArnLike', 'kms:EncryptionContext:aws:logs:arn', `arn:aws:logs:eu-west-1:${own}:log-group:*`), says: { answer: 'inside' } },
  'log groups of anybody': { on: 'key', service: 'logs.eu-west-1.amazonaws.com', condition: when('ArnLike', 'kms:EncryptionContext:aws:logs:arn', 'arn:aws:logs:eu-west-1:*:log-group:*'), says: outside({ 'kms:EncryptionContext:aws:logs:arn': expect.stringMatching(new RegExp(`^arn:aws:logs:eu-west-1:${stranger}:log-group:.`)) }) },
  'trails of my account, by a pattern across colons': { on: 'key', service: 'cloudtrail.amazonaws.com', condition: when('StringLike', 'kms:EncryptionContext:aws:cloudtrail:arn', `arn:aws:cloudtrail:*:${own}:trail/*`), says: { answer: 'inside' } },
  'a trail of that name in any account, by the context of encryption': { on: 'key', service: 'cloudtrail.amazonaws.com', condition: when('StringLike', 'kms:EncryptionContext:aws:cloudtrail:arn', 'arn:aws:cloudtrail:*:trail/main'), says: outside({ 'kms:EncryptionContext:aws:cloudtrail:arn': expect.stringMatching(new RegExp(`^arn:aws:cloudtrail:[a-z0-9-]+:${stranger}:trail/main$`)) }) },
  'an alarm of that name in any account': { on: 'function', service: 'lambda.alarms.cloudwatch.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:cloudwatch:*:*:alarm:high'), says: outside({ 'aws:SourceArn': expect.stringMatching(new RegExp(`^arn:aws:cloudwatch:[a-z0-9-]+:${stranger}:alarm:high$`)) }) },
  'an alarm of a name with colons in any account': { on: 'function', service: 'lambda.alarms.cloudwatch.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:cloudwatch:*:*:alarm:a:b:c:d*'), says: outside({ 'aws:SourceArn': expect.stringMatching(new RegExp(`^arn:aws:cloudwatch:[a-z0-9-]+:${stranger}:alarm:a:b:c:d`)) }) },
  // An id of mine behind the account is part of a name, and no name holds another's.
  'an alarm of mine by a pattern across colons': { on: 'function', service: 'lambda.alarms.cloudwatch.amazonaws.com', condition: when('StringLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${own}:alarm:a:b:c:d*`), says: inside(by('`aws:SourceArn`')) },
  'a distribution of that id in any account': { on: 'bucket', service: 'cloudfront.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:cloudfront::*:distribution/E1EXAMPLE'), says: outside({ 'aws:SourceArn': `arn:aws:cloudfront::${stranger}:distribution/E1EXAMPLE` }) },
  // CloudFront gets to the access point behind an Object Lambda access point by way of that: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
  'a distribution of anybody by way of S3 Object Lambda': { on: 'bucket', service: 'cloudfront.amazonaws.com', condition: when('ForAnyValue:StringEquals', 'aws:CalledVia', 's3-object-lambda.amazonaws.com'), says: outside({ 'aws:CalledVia': ['s3-object-lambda.amazonaws.com'], 'aws:SourceAccount': stranger }) },
  // The ARN of a distribution names no Region.
  'a distribution of one Region': { on: 'bucket', service: 'cloudfront.amazonaws.com', condition: when('ArnLike', 'aws:SourceArn', 'arn:aws:cloudfront:eu-west-1:*:distribution/E1EXAMPLE'), says: inside(by('`aws:SourceArn`')) },
  'logs of my account, by their path': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: `${bucket}/AWSLogs/${own}/*` }, says: { answer: 'inside' } },
  'logs of my account below a prefix': { on: 'bucket', service: 'logdelivery.elasticloadbalancing.amazonaws.com', more: { Resource: `${bucket}/lb/AWSLogs/${own}/*` }, says: { answer: 'inside' } },
  // Load balancers write their logs below a path of a bucket; of other services' resources nothing is said.
  'logs of anybody in what is no bucket': { on: 'queue', service: 'logdelivery.elasticloadbalancing.amazonaws.com', says: { answer: 'outside', witness: { resource: queue } } },
  // Under String operators a wildcard crosses colons, and so the name of the service need not stand in its place.
  'whichever service, for buckets by a pattern across colons': { on: 'queue', service: '*', condition: when('StringLike', 'aws:SourceArn', '*:s3:::acme-*'), says: outside({ 'aws:SourceArn': expect.stringMatching(/^arn:aws:s3:::acme-/) }) },
  'whichever service, for functions by a pattern across colons': { on: 'queue', service: '*', condition: when('StringLike', 'aws:SourceArn', '*:lambda:eu-west-1:*:function:*'), says: outside({ 'aws:SourceArn': expect.stringMatching(new RegExp(`^arn:aws:lambda:eu-west-1:${stranger}:function:.`)) }) },
  'whichever service, for rules in another case': { on: 'queue', service: '*', condition: when('StringEqualsIgnoreCase', 'aws:SourceArn', `arn:aws:EVENTS:eu-west-1:${stranger}:rule/a`), says: outside({ 'aws:SourceAccount': stranger }) },
  'whichever service under the name of a Region': { on: 'queue', service: '*', condition: when('StringLike', 'aws:PrincipalServiceName', '*.eu-west-1.amazonaws.com'), says: outside({ 'aws:PrincipalServiceName': expect.stringMatching(/^[a-z-]+\.eu-west-1\.amazonaws\.com$/) }) },
  'log groups of accounts like mine, by the context that tells them': { on: 'key', service: 'logs.eu-west-1.amazonaws.com', condition: when('ArnLike', 'kms:EncryptionContext:aws:logs:arn', 'arn:aws:logs:eu-west-1:1111*:*'), says: outside({ 'aws:SourceAccount': expect.stringMatching(/^1111/) }) },
  'trails of accounts like another, by the context that tells them': { on: 'key', service: 'cloudtrail.amazonaws.com', condition: when('ArnLike', 'kms:EncryptionContext:aws:cloudtrail:arn', 'arn:aws:cloudtrail:*:5*:trail/*'), says: outside({ 'aws:SourceAccount': expect.stringMatching(/^5/) }) },
  'log groups of my account, by the context that tells them': { on: 'key', service: 'logs.eu-west-1.amazonaws.com', condition: when('ArnLike', 'kms:EncryptionContext:aws:logs:arn', `arn:aws:logs:*:${own}:log-group:*`), says: inside('no AWS service that tells its source can act for somebody else') },
  'a service that no table knows': {
    on: 'queue', service: 'unheard-of.amazonaws.com',
    says: inside('no AWS service that tells its source can act for somebody else', ['what `unheard-of.amazonaws.com` sends of its source is not in our table, so it is not judged as a deputy']),
  },
};

describe('services that act for somebody', () => {
  it('are not named by a pattern of their names', () => {
    const policy = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', ...calls.bucket, Condition: { StringLike: { 'aws:PrincipalServiceName': 'cloudtrail.*' }, StringEquals: { 'aws:SourceAccount': own } } }] });
    expect(ask({ ...subjects.bucket, policy }, 'deputies')).toMatchObject(inside(by('`aws:SourceAccount`')));
  });
  it.each<[string, object, object]>([
    ['a service', { Service: 'cloudtrail.amazonaws.com' }, {}], ['two services', { Service: ['cloudtrail.amazonaws.com', 'acm-pca.amazonaws.com'] }, {}],
    ['two services, where their sources are asked for', { Service: ['cloudtrail.amazonaws.com', 'acm-pca.amazonaws.com'] }, when('ArnNotLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:*:*')],
  ])('are the others where %s is refused', (_, refused, condition) => {
    const policy = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', ...calls.bucket, Condition: condition }, { Effect: 'Deny', Principal: refused, Action: '*', Resource: '*' }] });
    expect(ask({ ...subjects.bucket, policy }, 'deputies')).toMatchObject({ answer: 'outside', witness: { context: { 'aws:SourceAccount': stranger } } });
  });
  const open = (...conditions: readonly object[]): ReturnType<typeof parsePolicy> => parsePolicy({ Version: '2012-10-17', Statement: [
    { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }, ...conditions.map((Condition) => ({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition })),
  ] });
  it.each<[string, object, object]>([
    ['by the statement that asks for no address', { Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: `${bucket}/logs/*` }, { at: '/Statement/1', witness: { action: 's3:PutObject', context: expect.not.objectContaining({ 'aws:SourceIp': expect.anything() as string }) as object } }],
    ['from the address asked for, where nothing else lets them in', { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' }, { at: '/Statement/0', witness: { context: { 'aws:SourceIp': '192.0.2.9' } } }],
  ])('are let in %s', (_, second, says) => {
    const policy = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', ...calls.bucket, Action: 's3:*', Condition: when('IpAddress', 'aws:SourceIp', '192.0.2.0/24') }, second] });
    expect(ask({ ...subjects.bucket, policy }, 'deputies')).toMatchObject({ answer: 'outside', ...says });
  });
  // What none of them could send is asked once, and hides none that could.
  it.each([...deputies.flatMap((name) => deputySources(name)!.arns.map((form) => `arn:aws:${form}`)), 'arn:aws:cloudwatch:*:@:alarm:a:1b:c', 'arn:aws:cloudwatch:*:@:alarm:a:b:c:d:e', 'arn:aws:logs:*:@:log-group:1a:stream:b', 'arn:aws:ssm-incidents::@:response-plan/high'])('are all asked who sends %s', (arn) => {
    const policy = open(when('StringNotLike', 'aws:SourceArn', arn.replace('@', stranger)), when('StringLike', 'aws:SourceArn', '*:role/*'));
    expect(ask({ ...subjects.queue, policy }, 'deputies')).toMatchObject({ answer: 'outside' });
  });
  it.each<[string, string, number]>([['ARNs', 'ArnNotLike', 100], ['texts', 'StringNotLike', 20]])('are refused at once by many accounts of mine in %s', (_, operator, count) => {
    const accounts = Array.from({ length: count }, (_none, i) => String(111111111111 + i));
    const policy = open(when(operator, 'aws:SourceArn', accounts.map((id) => `arn:aws:*:*:${id}:*`)));
    expect(ask({ ...subjects.queue, perimeter: { ...perimeter, accounts }, policy }, 'deputies')).toMatchObject({ answer: 'inside' });
  });
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
  it.each<[string, object]>([['asked about roles', { service: 'sts' }], ['asked of the services that it names', {}]])('assume roles of their callers\' own account: an RCP, %s', (_, more) => {
    const forMembers = { Effect: 'Deny', Principal: '*', Resource: '*' };
    const policy = parsePolicy({ Version: '2012-10-17', Statement: [
      { ...forMembers, Action: 's3:*', Condition: { ...when('StringNotEqualsIfExists', 'aws:SourceOrgID', mine), ...when('Null', 'aws:SourceAccount', 'false') } },
      { ...forMembers, Action: 'sts:AssumeRole', Condition: { ...when('StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine), ...when('BoolIfExists', 'aws:PrincipalIsAWSService', 'false') } },
    ] });
    expect(ask({ kind: 'rcp', perimeter, account: own, now: 0, ...more, policy }, 'deputies')).toMatchObject({ answer: 'inside' });
  });
  it.each(Object.entries(rows))('%s', (_, { on, service, condition, more, says }) => {
    const policy = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, ...calls[on], ...more, ...condition === undefined ? {} : { Condition: condition } }] });
    expect(ask({ ...subjects[on], policy }, 'deputies')).toMatchObject(says);
  });
});
