import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../core/definition.ts';
import { statementsOf, type Document } from '../../core/policy-document.ts';
import { compare, describeRequest, formulaOf, parsePolicy, type Difference, type Question } from '../../policy/index.ts';
import { templates, write } from '../../templates/index.ts';
import { now } from '../support/perimeter.ts';
import { whitepaper } from './whitepaper.ts';

interface Row {
  readonly example: keyof typeof whitepaper; readonly kind: string; readonly options: Readonly<Record<string, string>>; readonly definition: object;
  readonly asked: Pick<Question, 'kind' | 'account'> & Partial<Question>;
  /** The statement of ours that is compared; left out: all of them. */
  readonly only?: string;
  /** Stands beside both: what a statement of the whitepaper is added to. */
  readonly beside?: readonly object[];
  /** A request that ours allows and the whitepaper's does not, and the reverse. */
  readonly ours: string; readonly theirs: string;
  /** What the request carries that makes the difference. */
  readonly with?: Readonly<Record<string, unknown>>;
}

const mine = '123456789012';
const organization = { version: 1, organizations: ['o-4tkekae453'], awsOwnedResources: [] };
const own = { ...organization, accounts: [mine, '987654321098'] };
const single = { ...organization, accounts: [mine] };
const networks = { ...single, networks: { cidrs: ['192.0.2.0/24', '203.0.113.0/24'], vpcs: ['vpc-012abc01', 'vpc-023edf34'] }, exclusionTags: { principal: { IpRestrictedExempt: 'true' } } };
const nothing = 'nothing';
const role = (account: string, what: string): string => `the role \`arn:aws:iam::${account}:role/someone\` could call ${what}`;
const service = (name: string, what: string): string => `the AWS service \`${name}\` could call ${what}`;
const bucket = { kind: 'resource', account: mine, service: 's3', resource: 'arn:aws:s3:::bucketname' } as const;
const endpoint = (of: string) => ({ kind: 'vpc-endpoint', account: mine, service: of, endpointType: 'gateway' }) as const;
const scp = (of: string) => ({ kind: 'scp', account: mine, service: of }) as const;
const trust = (account: string) => ({ kind: 'trust', account, resource: `arn:aws:iam::${account}:role/role` }) as const;
const foreignTable = '`arn:aws:dynamodb:us-east-1:999999999999:table/orders`';
/** An account that is nobody's we know, and no caller's. */
const another = '888888888888';
const roles = [...Array.from({ length: 8 }, (_, i) => `arn:aws:iam::094697565664:role/role${i + 1}`), ...['role9', 'role10'].map((name) => `arn:aws:iam::087695765465:role/${name}`)];

const rows: Readonly<Record<string, Row>> = {
  'A1: an SQS guardrail': { example: 'A1 SQS guardrail', kind: 'identity-guardrail', options: { service: 'sqs', owners: 'accounts' }, definition: own, asked: { kind: 'identity', account: mine, service: 'sqs' }, ours: role(mine, `sqs:x on \`arn:aws:sqs:us-east-1:${mine}:something\``), theirs: nothing },
  'A1: an S3 guardrail': { example: 'A1 S3 guardrail', kind: 'identity-guardrail', options: { service: 's3', owners: 'accounts' }, definition: own, asked: { kind: 'identity', account: mine, service: 's3' }, ours: role(mine, 's3:CreateJob'), theirs: nothing, with: { 'aws:ResourceAccount': '999999999999' } },
  'A1: the same as an SCP': { example: 'A1 S3 guardrail as SCP', kind: 'resource-scp', options: { service: 's3' }, definition: own, asked: scp('s3'), ours: nothing, theirs: nothing },
  'A2: EC2, which may not tell aws:ViaAWSService': { example: 'A2 network boundary', kind: 'network-scp', options: {}, definition: networks, asked: scp('ec2'), ours: nothing, theirs: role(mine, `ec2:RunInstances on \`arn:aws:ec2:us-east-1:${mine}:instance/i-0123456789abcdef0\``), with: { 'aws:SourceIp': '198.51.100.9' } },
  'A2: a tag with another value': { example: 'A2 network boundary', kind: 'network-scp', options: {}, definition: networks, asked: scp('s3'), ours: nothing, theirs: role(mine, 's3:GetObject on `arn:aws:s3:::some-bucket/some-key`'), with: { 'aws:PrincipalTag/IpRestrictedExempt': 'x' } },
  'A2: a database inside the VPC': { example: 'A2 network boundary', kind: 'network-scp', options: {}, definition: networks, asked: scp('rds-db'), ours: role(mine, `rds-db:connect on \`arn:aws:rds-db:us-east-1:${mine}:something\``), theirs: role(mine, `rds-db:x on \`arn:aws:rds-db:us-east-1:${mine}:something\``) },
  'A3: a resource policy': { example: 'A3 resource policy', kind: 'resource-policy', options: { service: 's3', resource: 'arn:aws:s3:::bucketname' }, definition: single, asked: bucket, beside: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }], ours: service('service.amazonaws.com', 's3:GetObject on `arn:aws:s3:::bucketname`'), theirs: nothing },
  'A3: a bucket for CloudTrail': { example: 'A3 CloudTrail bucket', kind: 'resource-policy', options: { service: 's3', resource: 'arn:aws:s3:::bucketname', account: mine, deliveries: 'cloudtrail' }, definition: single, asked: bucket, ours: nothing, theirs: service('cloudtrail.amazonaws.com', 's3:GetBucketAcl on `arn:aws:s3:::bucketname`') },
  'A4: principals at DynamoDB': { example: 'A4 DynamoDB, principals', kind: 'endpoint-policy', options: { service: 'dynamodb' }, definition: { ...single, services: [] }, asked: endpoint('dynamodb'), ours: nothing, theirs: role(mine, `dynamodb:GetItem on ${foreignTable.replace('999999999999', another)}`), with: { 'aws:ResourceAccount': another } },
  'A4: the same by Deny and Allow': { example: 'A4 DynamoDB, principals by Deny', kind: 'endpoint-policy', options: { service: 'dynamodb' }, definition: { ...single, services: [] }, asked: endpoint('dynamodb'), ours: nothing, theirs: role(mine, `dynamodb:GetItem on ${foreignTable.replace('999999999999', another)}`), with: { 'aws:ResourceAccount': another } },
  'A4: principals and resources at DynamoDB': { example: 'A4 DynamoDB, principals and resources', kind: 'endpoint-policy', options: { service: 'dynamodb', owners: 'accounts' }, definition: { ...single, services: [] }, asked: endpoint('dynamodb'), ours: role(mine, 'dynamodb:DescribeEndpoints'), theirs: role(mine, `dynamodb:ListExports on ${foreignTable}`) },
  'A4: S3': { example: 'A4 S3', kind: 'endpoint-policy', options: { service: 's3', owners: 'accounts', awsServices: 'any', accountActions: 'false' }, definition: single, asked: endpoint('s3'), ours: nothing, theirs: nothing },
  'A4: S3, AWS services': { example: 'A4 S3', kind: 'endpoint-policy', options: { service: 's3', owners: 'accounts', accountActions: 'false' }, definition: single, asked: endpoint('s3'), ours: nothing, theirs: service('service.amazonaws.com', 's3:GetObject on `arn:aws:s3:::some-bucket/some-key`'), with: { 'aws:ResourceAccount': '999999999999' } },
  'A4: S3 with anonymous reads': { example: 'A4 S3 with anonymous reads', kind: 'endpoint-policy', options: { service: 's3', owners: 'accounts', awsServices: 'any', accountActions: 'false' }, definition: { ...single, unsignedActions: ['s3:GetObject'] }, asked: endpoint('s3'), ours: nothing, theirs: role('999999999999', 's3:GetObject on `arn:aws:s3:::some-bucket/some-key`') },
  'A5: a Deny in a trust policy': { example: 'A5 Deny in a trust policy', kind: 'trust-policy', options: { from: 'organization', account: mine }, definition: single, asked: trust(mine), only: 'NobodyElse', beside: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }], ours: service('service.amazonaws.com', 'sts:AssumeRole'), theirs: nothing },
  'A5: an organization and a customer': { example: 'A5 organization and customer', kind: 'trust-policy', options: { account: '094697565664', guard: 'false', principals: roles.join() }, definition: { ...organization, partners: [{ name: 'Customer', accounts: [mine], trust: { externalIds: ['12345'] } }] }, asked: trust('094697565664'), ours: nothing, theirs: nothing },
};
interface Found { readonly ours: Difference; readonly theirs: Difference }

function compared({ example, kind, options, definition, asked, only, beside = [] }: Row): Found {
  const { perimeter } = readDefinition(definition);
  const made = write(templates.find((one) => one.kind === kind)!, perimeter, options, now);
  expect(made.faults).toEqual([]);
  const question = (statements: readonly unknown[]): Question => ({ ...asked, perimeter, now, policy: parsePolicy({ Version: '2012-10-17', Statement: [...beside, ...statements] }) });
  const before = question(statementsOf(whitepaper[example] as Document));
  const after = question(statementsOf(made.documents[0]!.document).filter((one) => only === undefined || one['Sid'] === only));
  const { added, removed } = compare(before, formulaOf(before), formulaOf(after));
  return { ours: added, theirs: removed };
}

const words = (difference: Difference): string => difference.kind === 'request' ? describeRequest(difference.request) : difference.kind;

describe('the examples of the whitepaper, against ours from the same parameters', () => {
  const page = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8');
  it.each(Object.entries(rows))('%s', (name, row) => {
    const { ours, theirs } = compared(row);
    expect({ ours: words(ours), theirs: words(theirs) }).toEqual({ ours: row.ours, theirs: row.theirs });
    const [request] = [ours, theirs].flatMap((one) => one.kind === 'request' ? [one.request] : []);
    expect(request?.context ?? {}).toMatchObject(row.with ?? {});
    expect(page).toContain(`| ${name} | ${words(ours)} | ${words(theirs)} |`);
  });
  it('has a row for each', () => {
    expect(Object.keys(whitepaper).filter((example) => !Object.values(rows).some((row) => row.example === example))).toEqual([]);
  });
});
