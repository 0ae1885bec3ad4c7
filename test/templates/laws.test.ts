import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../core/policy-document.ts';
import { decide, parsePolicy, type Request } from '../../policy/index.ts';
import { besideOpen, faultsOf } from '../../templates/claims.ts';
import { templates, write } from '../../templates/index.ts';
import { CannotWrite, writeWith, type Draft } from '../../templates/template.ts';
import { now } from '../support/perimeter.ts';
import { definitions, perimeterOf } from './definitions.ts';

type Options = Readonly<Record<string, string>>;
/** What each kind is written with. */
const written: readonly (readonly [kind: string, first: Options, ...options: Options[]])[] = [
  ['endpoint-policy', { service: 's3', region: 'eu-west-1' }, { service: 'sqs' }, { service: 'sts' }, { service: 's3', awsServices: 'any' }, { service: 'ecr.api', region: 'eu-west-1' }, { service: 'execute-api' }],
  ['endpoint-policy', { service: 'ec2' }], ['endpoint-policy', { service: 'events', allowOwnerless: 'true' }, { service: 'ebs', allowOwnerless: 'true' }, { service: 'route53' }, { service: 'route53', allowOwnerless: 'true' }, { service: 'cognito-idp' }, { service: 'cognito-identity', owners: 'accounts' }],
  ['trust-policy', { account: '111111111111' }, { account: '111111111111', from: 'organization,partners,saml,oidc,anchors', quota: '4096' }, { account: '111111111111', service: 'cloudtrail.amazonaws.com' }],
  ['resource-policy', { service: 's3', resource: 'arn:aws:s3:::shared', account: '111111111111' }, { service: 'sqs', resource: 'arn:aws:sqs:eu-west-1:111111111111:jobs' }, { service: 'sns', resource: 'arn:aws:sns:eu-west-1:111111111111:alerts' }, { service: 'kms', account: '111111111111' }, { service: 's3', resource: 'arn:aws:s3:::logs', account: '111111111111', deliveries: 'cloudtrail,config,vpc-flow-logs,load-balancers,s3-access-logs', members: 'true' }, { service: 'ecr' }, { service: 'dynamodb', resource: 'arn:aws:dynamodb:eu-west-1:111111111111:table/orders' }, { service: 'es', resource: 'arn:aws:es:eu-west-1:111111111111:domain/search' }, { service: 'codeartifact', account: '111111111111' }, { service: 's3tables', resource: 'arn:aws:s3tables:eu-west-1:111111111111:bucket/tables' }, { service: 'backup', resource: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:vault', quota: '10240' }],
  ['rcp', {}], ['rcp', { boundary: 'network' }], ['resource-scp', {}], ['resource-scp', { service: 's3', regions: 'eu-west-1' }], ['network-scp', {}],
  ['identity-guardrail', { service: 'sqs' }, { service: 's3', region: 'eu-west-1' }, { service: 'route53' }, { service: 'cognito-idp' }], ['identity-guardrail', { service: 'events', allowOwnerless: 'true' }], ['lambda-vpc-scp', { services: 'lambda,sagemaker,codebuild', securityGroups: 'sg-012abc01' }],
  ['pack-protection-scp', {}, { administrators: 'arn:aws:iam::*:role/perimeter-admin' }], ['service-catalog-product', { service: 's3' }],
];
const templateOf = (kind: string) => templates.find((one) => one.kind === kind)!;

/** Whatever the definition does not allow to be written, it says so. */
function made(kind: string, definition: object, options: Options): ReturnType<typeof write> | undefined {
  try { return write(templateOf(kind), perimeterOf(definition), options, now); } catch (error) {
    if (error instanceof CannotWrite) return undefined;
    throw error;
  }
}

describe('what is written is inside, and keeps what the definition grants', () => {
  it.each(written.map(([kind, ...all]) => ({ kind, all })))('$kind with $all', ({ kind, all }) => {
    let count = 0;
    fc.assert(fc.property(definitions, (definition) => {
      for (const options of all) {
        const one = made(kind, definition, options);
        if (one === undefined) continue;
        count++;
        expect({ definition, options, faults: one.faults }).toEqual({ definition, options, faults: [] });
      }
    }), { numRuns: 8, seed: 7 });
    expect(count).toBeGreaterThan(0);
  }, 60_000);
});

it('writes the same for the same definition', () => {
  fc.assert(fc.property(definitions, (definition) => {
    for (const [kind, options] of written) expect(writeWithout(kind, definition, options)).toEqual(writeWithout(kind, definition, options));
  }), { numRuns: 3, seed: 11 });
});
const writeWithout = (kind: string, definition: object, options: Options): unknown => { try { return writeWith(templateOf(kind), perimeterOf(definition), options).drafts.map(({ parts }) => parts); } catch (error) { return (error as Error).message; } };

/** Requests by hand, against an endpoint policy of S3: nothing here knows how a policy is made. */
describe('an endpoint policy decides', () => {
  const definition = {
    version: 1, organizations: ['o-4tkekae453'], accounts: ['111111111111'], standaloneAccounts: ['333333333333'], unsignedActions: ['s3:GetObject'], awsOwnedResources: ['arn:aws:s3:::aws-ssm-${region}'],
    partners: [{ name: 'Example Monitoring', accounts: ['123456789012'], resources: [{ arn: 'arn:aws:s3:::shared/*', actions: ['s3:GetObject'] }], reachable: ['arn:aws:s3:::vendor-drop/*'] }], exclusionTags: { principal: { 'dp:exclude': 'true' } },
  };
  const policy = parsePolicy(made('endpoint-policy', definition, { service: 's3', region: 'eu-west-1' })!.documents[0]!.document);
  type Who = readonly [Request['principal'], Readonly<Record<string, string>>];
  const iam = (account: string, more: Readonly<Record<string, string>> = {}): Who => [{ kind: 'role', account, arn: `arn:aws:iam::${account}:role/app` }, { 'aws:PrincipalAccount': account, 'aws:PrincipalIsAWSService': 'false', ...more }];
  const who: Readonly<Record<string, Who>> = {
    member: iam('111111111111', { 'aws:PrincipalOrgID': 'o-4tkekae453' }), 'tagged member': iam('111111111111', { 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:PrincipalTag/dp:exclude': 'true' }), standalone: iam('333333333333'),
    stranger: iam('999999999999'), 'tagged stranger': iam('999999999999', { 'aws:PrincipalTag/dp:exclude': 'true' }), 'other organization': iam('999999999999', { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' }), partner: iam('123456789012'),
    service: [{ kind: 'service', name: 'cloudformation.amazonaws.com' }, { 'aws:PrincipalIsAWSService': 'true' }], anonymous: [{ kind: 'anonymous' }, { 'aws:PrincipalAccount': 'anonymous' }],
  };
  const owners: Readonly<Record<string, Readonly<Record<string, string>>>> = { mine: { 'aws:ResourceAccount': '111111111111', 'aws:ResourceOrgID': 'o-4tkekae453' }, standalone: { 'aws:ResourceAccount': '333333333333' }, others: { 'aws:ResourceAccount': '999999999999' } };
  const rows: readonly (readonly [caller: string, action: string, resource: string, owner: string, allowed: boolean])[] = [
    ['member', 'PutObject', 'data/key', 'mine', true], ['member', 'PutObject', 'data/key', 'standalone', true], ['member', 'PutObject', 'data/key', 'others', false], ['member', 'GetObject', 'data/key', 'others', true],
    ['member', 'GetObject', 'aws-ssm-eu-west-1/agent', 'others', true], ['member', 'PutObject', 'aws-ssm-us-east-1/agent', 'others', false], ['member', 'PutObject', 'vendor-drop/report', 'others', true],
    ['tagged member', 'PutObject', 'data/key', 'others', true], ['tagged stranger', 'PutObject', 'data/key', 'mine', false], ['standalone', 'PutObject', 'data/key', 'mine', true], ['standalone', 'PutObject', 'data/key', 'others', false],
    ['stranger', 'GetObject', 'data/key', 'mine', false], ['stranger', 'GetObject', 'aws-ssm-eu-west-1/agent', 'others', false], ['other organization', 'GetObject', 'data/key', 'mine', false],
    ['partner', 'GetObject', 'shared/key', 'mine', true], ['partner', 'PutObject', 'shared/key', 'mine', false], ['partner', 'GetObject', 'data/key', 'mine', false], ['partner', 'GetObject', 'aws-ssm-eu-west-1/agent', 'others', false],
    ['service', 'PutObject', 'data/key', 'mine', true], ['service', 'PutObject', 'data/key', 'others', false], ['service', 'GetObject', 'aws-ssm-eu-west-1/agent', 'others', true],
    ['anonymous', 'GetObject', 'data/key', 'others', true], ['anonymous', 'PutObject', 'data/key', 'mine', false], ['anonymous', 'PutObject', 'aws-ssm-eu-west-1/agent', 'others', false], ['anonymous', 'ListBucket', 'aws-ssm-eu-west-1', 'others', true],
  ];
  it.each(rows)('%s, %s on %s of %s: %s', (caller, action, resource, owner, allowed) => {
    const [principal, context] = who[caller]!;
    expect(decide(policy, { principal, action: `s3:${action}`, resource: `arn:aws:s3:::${resource}`, context: { ...context, ...owners[owner] } }, { gateway: true }).allowed).toBe(allowed);
  });
});

/** By hand, too: apps sign their users in to what else is the organization's alone. */
describe('an RCP decides', () => {
  const policy = parsePolicy(besideOpen(made('rcp', { version: 1, organizations: ['o-4tkekae453'], awsOwnedResources: [] }, { services: 's3,cognito-idp,cognito-identity,opensearch' })!.documents[0]!.document));
  const who: Readonly<Record<string, readonly [Request['principal'], Readonly<Record<string, string>>]>> = {
    nobody: [{ kind: 'anonymous' }, { 'aws:PrincipalAccount': 'anonymous' }],
    ...Object.fromEntries([['member', '111111111111', 'o-4tkekae453'], ['stranger', '999999999999', 'o-zzzzzzzzzz']].map(([name, account, organization]) => [name, [{ kind: 'role', account, arn: `arn:aws:iam::${account}:role/app` }, { 'aws:PrincipalAccount': account, 'aws:PrincipalOrgID': organization, 'aws:PrincipalIsAWSService': 'false' }]])),
  };
  const rows: readonly (readonly [caller: string, action: string, allowed: boolean])[] = [
    ['nobody', 'cognito-idp:InitiateAuth', true], ['nobody', 'cognito-identity:GetCredentialsForIdentity', true], ['nobody', 'opensearch:ViewLoginPage', true], ['nobody', 's3:GetObject', false],
    ['stranger', 'cognito-idp:AdminGetUser', false], ['stranger', 'cognito-identity:GetOpenIdTokenForDeveloperIdentity', false], ['stranger', 'opensearch:ApplicationAccessAll', false], ['stranger', 's3:GetObject', false],
    ['member', 'cognito-idp:AdminGetUser', true], ['member', 's3:GetObject', true],
  ];
  it.each(rows)('%s, %s: %s', (caller, action, allowed) => {
    const [principal, context] = who[caller]!;
    expect(decide(policy, { principal, action, resource: `arn:aws:${action.split(':')[0]!}:eu-west-1:111111111111:something`, context: { ...context, 'aws:ResourceAccount': '111111111111' } }).allowed).toBe(allowed);
  });
});

/** By hand, too: whatever statement somebody adds, a partner that the role is for must show its own external id, and another partner gets nowhere. */
describe('a trust policy beside a statement that lets everybody assume the role decides', () => {
  const partner = (name: string, account: string, externalIds: unknown): object => ({ name, accounts: [account], trust: { externalIds } });
  const definition = { version: 1, organizations: ['o-4tkekae453'], awsOwnedResources: [], partners: [partner('Monitoring', '123456789012', ['12345']), partner('Scanning', '210987654321', ['67890']), partner('Storage', '345678901234', 'pinned')] };
  const policyFor = (options: Options) => parsePolicy(besideOpen(made('trust-policy', definition, { account: '111111111111', ...options })!.documents[0]!.document));
  const rows: readonly (readonly [options: Options, account: string, externalId: string | undefined, allowed: boolean])[] = [
    [{}, '123456789012', '12345', true], [{}, '123456789012', undefined, false], [{}, '123456789012', '67890', false], [{}, '210987654321', '67890', true], [{}, '345678901234', '12345', false], [{}, '999999999999', '12345', false],
    [{ externalId: 'pinned-7' }, '345678901234', 'pinned-7', true], [{ externalId: 'pinned-7' }, '345678901234', '12345', false],
    [{ partners: 'Monitoring' }, '123456789012', '12345', true], [{ partners: 'Monitoring' }, '210987654321', '67890', false], [{ from: 'organization' }, '123456789012', '12345', false], [{ service: 'lambda.amazonaws.com' }, '123456789012', '12345', false],
  ];
  it.each(rows)('%j: account %s with external id %s: %s', (options, account, externalId, allowed) => {
    const context = { 'aws:PrincipalAccount': account, 'aws:PrincipalIsAWSService': 'false', ...externalId === undefined ? {} : { 'sts:ExternalId': externalId } };
    expect(decide(policyFor(options), { principal: { kind: 'role', account, arn: `arn:aws:iam::${account}:role/app` }, action: 'sts:AssumeRole', resource: 'arn:aws:iam::111111111111:role/role', context }).allowed).toBe(allowed);
  });
  it('and fits with four partners', () => {
    const four = { ...definition, partners: Array.from({ length: 4 }, (_, i) => partner(`Partner ${i}`, `20000000000${i}`, [`acme-${i}`])) };
    expect(made('trust-policy', four, { account: '111111111111' })!.documents.map(({ characters, quota }) => characters <= quota.most)).toEqual([true]);
  });
});

/** By hand, too: a service calls under its own name or that of a Region. */
describe('services that the definition lists', () => {
  const definition = { version: 1, organizations: ['o-4tkekae453'], accounts: ['111111111111'], services: ['logs.amazonaws.com', 'states.amazonaws.com'], awsOwnedResources: [] };
  const kinds: readonly (readonly [kind: string, options: Options, call: Pick<Request, 'action' | 'resource'>])[] = [
    ['rcp', {}, { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-1:111111111111:key/1' }], ['trust-policy', { account: '111111111111', service: 'logs.eu-west-1.amazonaws.com' }, { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111111111111:role/app' }],
    ['resource-policy', { service: 'kms', account: '111111111111' }, { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-1:111111111111:key/1' }], ['endpoint-policy', { service: 'kms' }, { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-1:111111111111:key/1' }],
  ];
  it.each(kinds.flatMap(([kind, options, call]) => ([
    [['logs.amazonaws.com'], true], [['logs.eu-west-1.amazonaws.com', 'logs.amazonaws.com'], true], [['config.amazonaws.com'], false], [['config.eu-west-1.amazonaws.com', 'config.amazonaws.com'], false],
  ] as const).map(([names, kept]) => [kind, names, kept, options, call] as const)))('%s: %s %s', (kind, names, kept, options, call) => {
    const context = { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': names[0], 'aws:PrincipalServiceNamesList': names, 'aws:ResourceAccount': '111111111111', 'aws:ResourceOrgID': 'o-4tkekae453' };
    const held = kind === 'endpoint-policy' ? (document: object) => document : besideOpen;
    for (const { document } of made(kind, definition, options)!.documents) expect(decide(parsePolicy(held(document)), { principal: { kind: 'service', name: names[0] }, ...call, context }).allowed).toBe(kept);
  });
});

/** A proof that nothing can fail proves nothing. */
describe('what somebody damages is found out', () => {
  const definition = {
    version: 1, organizations: ['o-4tkekae453'], accounts: ['111111111111'], awsOwnedResources: [], partners: [{ name: 'Example Monitoring', accounts: ['123456789012'], trust: { externalIds: ['12345'] }, resources: [{ arn: 'arn:aws:s3:::shared/*', actions: ['s3:GetObject'] }] }],
    networks: { cidrs: ['192.0.2.0/24'], vpcs: ['vpc-012abc01'] }, identityProviders: [{ issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }],
  };
  const drafts = written.flatMap(([kind, options]): Draft[] => [...writeWith(templateOf(kind), perimeterOf(definition), options).drafts]);
  const damaged = drafts.flatMap((draft) => draft.parts.flatMap((part, index) => [
    [`${draft.name} without ${String(part.statement['Sid'])}`, { ...draft, parts: draft.parts.filter((_, i) => i !== index) }] as const,
    ...part.statement['Condition'] === undefined ? [] : [[`${draft.name} without the condition of ${String(part.statement['Sid'])}`, { ...draft, parts: draft.parts.map((one, i) => { const { Condition: _, ...rest } = one.statement; return i === index ? { ...one, statement: rest } : one; }) }] as const],
  ])).filter(([, { parts }]) => parts.length > 0);
  it.each(damaged)('%s', (name, draft) => {
    expect(statementsOf({ Statement: draft.parts.map((one) => one.statement) }).length).toBeGreaterThan(0);
    expect({ name, found: faultsOf(draft, now).length > 0 }).toEqual({ name, found: true });
  });
});
