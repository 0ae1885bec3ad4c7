import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bucketStack } from '../../deployment/bucket-stack.ts';
import { ask, decide, parsePolicy, type Objective } from '../../policy/index.ts';
import { deploy, unused, type Resource, type Template } from '../support/cloudformation.ts';
import { now, organization, ownAccount, perimeter, siblingAccount, strangerAccount } from '../support/perimeter.ts';

const text = bucketStack();
const template = parse(text) as Template;
const made = (parameters: Readonly<Record<string, string>> = { OrganizationId: organization }, partition = 'aws', region = 'eu-west-1'): Readonly<Record<string, Resource>> =>
  deploy(template, { partition, region, account: ownAccount, parameters });
const policyOf = (resources: Readonly<Record<string, Resource>>): { readonly Statement: readonly Record<string, unknown>[] } => resources['BucketPolicy']!.Properties['PolicyDocument'] as { readonly Statement: readonly Record<string, unknown>[] };

describe('the bucket stack', () => {
  // There is no bucket yet from which CloudFormation could take more.
  it('is small enough to be given as it is', () => { expect(Buffer.byteLength(text)).toBeLessThan(51_200 / 8); });
  it('means the same to a reader of YAML 1.1, which CloudFormation is', () => { expect(parse(text, { version: '1.1' })).toEqual(template); });
  it('names no account, Region or partition', () => { expect(text).not.toMatch(/arn:aws[:-]|(?<!\d)\d{12}(?!\d)|\b(?:us|eu|ap)-[a-z]+-\d\b/); });
  it('uses all of its parameters and conditions', () => { expect(unused(template)).toEqual([]); });
  it('makes a bucket that is versioned, encrypted, of one owner, not public, and kept', () => {
    expect(made()['Bucket']).toEqual({
      Type: 'AWS::S3::Bucket', DependsOn: [], DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketName: `perimeter-${ownAccount}-eu-west-1`, VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: { Rules: [['old-definitions', 'definition'], ['old-templates', 'templates/']].map(([Id, Prefix]) => ({
          Id, Prefix, Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        })) },
      },
    });
  });
  it('keeps the policy with it', () => {
    expect(made()['BucketPolicy']).toMatchObject({ DependsOn: 'Bucket', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { Bucket: `perimeter-${ownAccount}-eu-west-1` } });
  });
  it.each(['o-4tkekae45', 'O-4tkekae453', 'r-abcd', ownAccount])('takes no organization that is none: %s', (id) => { expect(() => made({ OrganizationId: id })).toThrow('does not take'); });
});

const arn = (key: string): string => `arn:aws:s3:::perimeter-${ownAccount}-eu-west-1/${key}`;
interface Asks { readonly action?: string; readonly key?: string; readonly account?: string; readonly from?: string; readonly tls?: string }
const allows = ({ action = 's3:GetObject', key = 'definition.json', account = siblingAccount, from = organization, tls = 'true' }: Asks, parameters?: Readonly<Record<string, string>>): boolean => decide(parsePolicy(policyOf(made(parameters))), {
  principal: { kind: 'role', account, arn: `arn:aws:iam::${account}:role/perimeter-evaluator-eu-west-1` }, action, resource: arn(key),
  context: { 'aws:PrincipalAccount': account, 'aws:PrincipalOrgID': from, 'aws:SecureTransport': tls },
}).allowed;

describe("the bucket's policy", () => {
  it.each<[string, Asks, boolean]>([
    ['a member reads the definition', {}, true],
    ['a member reads a template', { key: 'templates/0f3a/member.json' }, true],
    ['a member reads what the administrator wrote', { key: 'definition-source.json' }, false],
    ['a member reads something else', { key: 'anything' }, false],
    ['a member reads an old version', { action: 's3:GetObjectVersion' }, false],
    ['a member writes the definition', { action: 's3:PutObject' }, false],
    ['a member writes a template', { action: 's3:PutObject', key: 'templates/0f3a/member.json' }, false],
    ['a member deletes the definition', { action: 's3:DeleteObject' }, false],
    ['a member reads without TLS', { tls: 'false' }, false],
    ['an account of another organization reads the definition', { account: strangerAccount, from: 'o-stranger00' }, false],
  ])('%s', (_, asks, allowed) => { expect(allows(asks)).toBe(allowed); });
  it.each<[string, Asks]>([['the definition', {}], ['a template', { key: 'templates/0f3a/member.json' }]])('lets nobody read %s where there is no organization', (_, asks) => { expect(allows({ ...asks, from: '' }, {})).toBe(false); });
  it('allows nothing without an organization, and still asks for TLS', () => { expect(policyOf(made({})).Statement.map(({ Sid }) => Sid)).toEqual(['OnlyWithTls']); });

  describe.each([['aws', 'eu-west-1'], ['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']])('in %s', (partition, region) => {
    it('names what is there', () => { expect(policyOf(made(undefined, partition, region)).Statement[1]!['Resource']).toEqual(['definition.json', 'templates/*'].map((key) => `arn:${partition}:s3:::perimeter-${ownAccount}-${region}/${key}`)); });
    it.each<Objective>(['principals', 'deputies'])('lets nobody in from outside: %s', (objective) => {
      const policy = parsePolicy(policyOf(made(undefined, partition, region)));
      expect(ask({ kind: 'resource', policy, perimeter, account: ownAccount, service: 's3', resource: `arn:${partition}:s3:::perimeter-${ownAccount}-${region}`, now }, objective)).toMatchObject({ answer: 'inside' });
    });
  });
});
