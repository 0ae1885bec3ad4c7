import { describe, expect, it } from 'vitest';
import { BadParameter } from '../../core/parameters.ts';
import { statementsOf, type Document } from '../../core/policy-document.ts';
import { decide, parsePolicy } from '../../policy/index.ts';
import { cloudFormation, forLinter } from '../../templates/cloudformation.ts';
import { templates, write } from '../../templates/index.ts';
import { scpQuota } from '../../templates/quotas.ts';
import { split } from '../../templates/split.ts';
import { CannotWrite, type Draft } from '../../templates/template.ts';
import { terraform } from '../../templates/terraform.ts';
import { now } from '../support/perimeter.ts';
import { perimeterOf } from './definitions.ts';

const definition = { version: 1, organizations: ['o-4tkekae453'], awsOwnedResources: [], networks: { vpcs: ['vpc-012abc01'], cidrs: ['192.0.2.0/24'] }, partners: [{ name: 'Example Monitoring', accounts: ['123456789012'], trust: { externalIds: ['12345'] } }] };
type Options = Readonly<Record<string, string>>;
const made = (kind: string, options: Options = {}, more: object = {}) => write(templates.find((one) => one.kind === kind)!, perimeterOf({ ...definition, ...more }), options, now);
const sidsOf = (document: Document): unknown[] => statementsOf(document).map((one) => one['Sid']);
const statements = (kind: string, options: Options = {}, more: object = {}): unknown => made(kind, options, more).documents[0]!.document['Statement'];

/** Whole documents, for a small definition. */
const documents: Readonly<Record<string, readonly [kind: string, options: Options, statements: readonly object[]]>> = {
  'an endpoint policy for SQS': ['endpoint-policy', { service: 'sqs' }, [
    { Sid: 'MyPrincipalsOnMyResources', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:ResourceOrgID': 'o-4tkekae453' } } },
    { Sid: 'MyPrincipalsWithoutResource', Effect: 'Allow', Principal: '*', Action: 'sqs:ListQueues', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } } },
    { Sid: 'AwsServicesOnMyResources', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringEquals: { 'aws:ResourceOrgID': 'o-4tkekae453' } } },
  ]],
  'an endpoint policy for EC2': ['endpoint-policy', { service: 'ec2' }, [
    { Sid: 'MyPrincipalsOnMyResources', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:ResourceOrgID': 'o-4tkekae453' } } },
    { Sid: 'AwsServicesOnMyResources', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringEquals: { 'aws:ResourceOrgID': 'o-4tkekae453' } } },
    { Sid: 'MyPrincipalsOnImagesOfAmazon', Effect: 'Allow', Principal: '*', Action: '*', Resource: ['arn:aws:ec2:*::image/*', 'arn:aws:ec2:*::snapshot/*'], Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'ec2:Owner': 'amazon' } } },
  ]],
  'an endpoint policy for events that lets calls through that tell no owner': ['endpoint-policy', { service: 'events', allowOwnerless: 'true', accountActions: 'false' }, [
    { Sid: 'MyPrincipalsOnMyResources', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:ResourceOrgID': 'o-4tkekae453' } } },
    { Sid: 'MyPrincipalsOwnerless', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } } },
    { Sid: 'AwsServicesOnMyResources', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringEquals: { 'aws:ResourceOrgID': 'o-4tkekae453' } } },
  ]],
  'a trust policy': ['trust-policy', { account: '111111111111' }, [
    { Sid: 'MyPrincipals', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } } },
    { Sid: 'Partner1', Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': '12345' } } },
    { Sid: 'NobodyElse', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:PrincipalAccount': ['111111111111', '123456789012'] }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } },
    { Sid: 'Partner1WithExternalId', Effect: 'Deny', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'sts:ExternalId': '12345' } } },
  ]],
  'a trust policy that is for no partner': ['trust-policy', { account: '111111111111', from: 'organization' }, [
    { Sid: 'MyPrincipals', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } } },
    { Sid: 'NobodyElse', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:PrincipalAccount': '111111111111' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } },
  ]],
  'an RCP for SQS': ['rcp', { services: 'sqs' }, [
    { Sid: 'OnlyMyPrincipals', Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-4tkekae453' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } },
    { Sid: 'NoConfusedDeputies', Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-4tkekae453' }, Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' } } },
  ]],
  'an RCP for services by whose unsigned calls users sign in': ['rcp', { services: 'sqs,cognito-idp,opensearch' }, [
    { Sid: 'OnlyMyPrincipals', Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-4tkekae453' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } },
    { Sid: 'OnlyMyPrincipalsWhereSigned', Effect: 'Deny', Principal: '*', Action: ['cognito-idp:*', 'opensearch:*'], Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-4tkekae453' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' }, Null: { 'aws:PrincipalIsAWSService': 'false' } } },
    { Sid: 'NoConfusedDeputies', Effect: 'Deny', Principal: '*', Action: ['sqs:*', 'cognito-idp:*', 'opensearch:*'], Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-4tkekae453' }, Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' } } },
  ]],
  'an SCP for EC2 that spares calls that tell no owner': ['resource-scp', { service: 'ec2', allowOwnerless: 'true' }, [
    { Sid: 'OnlyMyResources', Effect: 'Deny', Action: 'ec2:*', NotResource: ['arn:aws:ec2:*::image/*', 'arn:aws:ec2:*::snapshot/*'], Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': 'o-4tkekae453' }, Null: { 'aws:ResourceAccount': 'false' } } },
    { Sid: 'OnlyMyImages', Effect: 'Deny', Action: 'ec2:*', Resource: ['arn:aws:ec2:*::image/*', 'arn:aws:ec2:*::snapshot/*'], Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': 'o-4tkekae453', 'ec2:Owner': 'amazon' }, Null: { 'aws:ResourceAccount': 'false' } } },
  ]],
  'an SCP for Lambda': ['lambda-vpc-scp', {}, [
    { Sid: 'LambdaInVpc', Effect: 'Deny', Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'], Resource: '*', Condition: { Null: { 'lambda:VpcIds': 'true' } } },
    { Sid: 'LambdaVpc', Effect: 'Deny', Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'], Resource: '*', Condition: { 'ForAnyValue:StringNotEquals': { 'lambda:VpcIds': 'vpc-012abc01' } } },
  ]],
  'a guardrail for SQS': ['identity-guardrail', { service: 'sqs' }, [
    { Sid: 'MyResources', Effect: 'Allow', Action: 'sqs:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-4tkekae453' } } }, { Sid: 'WithoutResource', Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' },
  ]],
};
describe('documents', () => {
  it.each(Object.entries(documents))('%s', (_, [kind, options, expected]) => { expect(statements(kind, options)).toEqual(expected); });
});

describe('what cannot be written', () => {
  const rows: readonly (readonly [kind: string, options: Options, message: string, more?: object])[] = [
    ['endpoint-policy', {}, '`service` is missing: the service of the endpoint as its name ends, such as s3, dynamodb, sts, kms, sqs, sns, secretsmanager, ssm, ecr.api, ecr.dkr, logs, lambda or execute-api'],
    ['endpoint-policy', { service: 'sqs', type: 'gateway' }, '`type`: only S3 and DynamoDB have gateway endpoints, not `sqs`'], ['endpoint-policy', { service: 'sqs', type: 'both' }, '`type`: expected `gateway` or `interface`, found `both`'],
    ['endpoint-policy', { service: 'nope' }, 'the service authorization data of this version has no `nope`, so `nope` is no service that it can write for; endpoints are named such as s3, dynamodb, sts, kms, sqs, ecr.api or kinesis-streams'],
    ['endpoint-policy', { service: 'cloudhsmv2' }, 'endpoints of `cloudhsmv2` take no policy: whoever reaches one may use the service'],
    ...['endpoint-policy', 'identity-guardrail'].map((kind) => [kind, { service: 'ebs' }, 'no call of `ebs` tells an owner, so nobody would reach resources of yours: pass `allowOwnerless=true`, by which principals of mine may make them on what belongs to others'] as const),
    ['resource-policy', { service: 'backup' }, '`quota` is missing: how large a resource policy of `backup` may be is not known here, so look it up; how these take policies is known: s3, sqs, sns, kms, secretsmanager, ecr, dynamodb, lambda, events, es, codeartifact, s3tables, kinesis'],
    ['resource-policy', { service: 'backup', quota: '10240' }, '`resource` is missing: the ARN, such as `arn:aws:backup:eu-west-1:111111111111:…`'],
    ['resource-policy', { service: 'foo' }, '`service`: the service authorization data of this version has no `foo`; how these take policies is known: s3, sqs, sns, kms, secretsmanager, ecr, dynamodb, lambda, events, es, codeartifact, s3tables, kinesis'],
    ['resource-policy', { service: 'elasticfilesystem', resource: 'arn:aws:elasticfilesystem:eu-west-1:111111111111:file-system/fs-0123456789abcdef0' }, '`service`: Amazon EFS holds NFS clients to no condition on who they are, so no Deny keeps strangers away; name accounts or roles as principals in the policy of the file system'],
    ['resource-policy', { service: 'lambda', resource: 'arn:aws:lambda:eu-west-1:111111111111:layer:libs:3' }, '`resource`: a layer takes no policy as a whole; hold it to your organization with `aws lambda add-layer-version-permission --organization-id`'],
    ['resource-policy', { service: 's3' }, '`resource` is missing: the ARN, such as `arn:aws:s3:::my-bucket`'], ['resource-policy', { service: 'kms' }, '`account` is missing: a key policy names the account of the key, or nobody could change it'],
    ['trust-policy', { from: 'saml' }, 'nobody could assume the role: the definition has nothing for saml'], ['trust-policy', { from: 'all' }, '`from`: expected some of organization, partners, saml, oidc, anchors, found `all`'],
    ['trust-policy', { service: 'a.amazonaws.com,b.amazonaws.com' }, '`service`: expected one service principal such as `lambda.amazonaws.com`, found `a.amazonaws.com,b.amazonaws.com`'],
    ['network-scp', {}, 'the definition lists no `networks`, so nothing tells where callers may come from', { networks: {} }], ['rcp', { services: 'sns' }, '`services`: resources of `sns` are not bound by RCPs'],
    ...['identity', 'network'].map((boundary) => ['rcp', { services: 's3,signin', boundary }, '`services`: AWS checks signin:Authenticate before it knows who calls, so a Deny on the caller would lock everybody out; hold that to networks, as AWS shows (https://docs.aws.amazon.com/signin/latest/userguide/console-access-control.html)'] as const),
    ['pack-protection-scp', { administrators: '*' }, '`administrators`: expected an ARN pattern of a role, such as `arn:aws:iam::*:role/perimeter-admin`, found `*`'], ['pack-protection-scp', { administrators: 'arn:aws:iam::*:role/*' }, '`administrators`: expected an ARN pattern of a role, such as `arn:aws:iam::*:role/perimeter-admin`, found `arn:aws:iam::*:role/*`'],
    ['lambda-vpc-scp', { services: 'ec2' }, '`services`: expected some of lambda, sagemaker, glue, cloudshell, apprunner, codebuild, bedrock-agentcore, found `ec2`'],
    ['trust-policy', { account: '111111111111', quota: '300' }, '`trust-policy` has 826 characters, and 300 characters of a trust policy without white space are the most (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html); shorten the lists of the definition, or leave parts out by the options'],
  ];
  it.each(rows.map(([kind, options, message, more = {}]) => ({ kind, options, message, more })))('$kind with $options', ({ kind, options, message, more }) => {
    expect(() => made(kind, options, more)).toThrow(new CannotWrite(message));
  });
  it('an option that a kind does not have', () => { expect(() => made('rcp', { color: 'red' })).toThrow(BadParameter); });
});

describe('an RCP says of unsigned calls', () => {
  const unsigned = 'unsigned calls of cognito-identity, cognito-idp, such as cognito-identity:GetId, cognito-idp:InitiateAuth: users sign in by them, so they tell no caller and anybody may make them';
  it.each([['of the usual services', {}, [unsigned]], ['of Cognito, by networks', { services: 'cognito-identity,cognito-idp', boundary: 'network' }, [unsigned]], ['of services that keep them out', { services: 's3,sts' }, []]] as const)('%s', (_, options, said) => {
    expect(made('rcp', options, { identityProviders: [] }).leftOut).toEqual(said);
  });
  it('that they go on, and proves strangers kept out of what is signed', () => {
    expect(made('rcp', { services: 'cognito-idp' }).proved).toEqual([
      'signed calls of cognito-idp: no request from outside (principals)', 'cognito-idp: keeps unsigned calls', 'cognito-idp: no request from outside (deputies)', 'cognito-idp: keeps members of o-4tkekae453, for IAM principals',
      'cognito-idp: keeps AWS services that count as mine, for calls that tell no source', 'cognito-idp: keeps AWS services that count as mine, for calls for my organization',
    ]);
  });
});

describe('an RCP beside partners', () => {
  const partners = [{ name: 'Example Monitoring', accounts: ['123456789012'], trust: { externalIds: 'pinned' } }, { name: 'Storage', accounts: ['210987654321'], trust: { externalIds: ['67890'] }, resources: [{ arn: 'arn:aws:s3:::shared/*', actions: ['s3:GetObject'] }] }];
  const written = made('rcp', { services: 's3,sqs,sts', federation: 'false' }, { partners });
  it('calls their statements by one count', () => {
    expect(sidsOf(written.documents[0]!.document).filter((one) => /^Partner/.test(String(one)))).toEqual(['Partner2OnItsGrants', 'Partner1WithExternalId', 'Partner2WithExternalId']);
  });
  it('tells in the proof what it leaves to other policies', () => {
    expect(written.proved.filter((one) => one.endsWith('(principals)'))).toEqual([
      's3, but for the actions of partners on what they were granted: no request from outside (principals)', 'sqs: no request from outside (principals)',
      'a role that everybody may assume, but for which external id a partner shows whose ids are pinned: no request from outside (principals)',
    ]);
  });
});

describe('an RCP where some services count as mine', () => {
  const stops = (such: string): string => `roles of AWS services that the definition does not list${such}: sts:AssumeRole is refused to them in the whole organization, and what runs as such a role stops; list those you use under \`services\`, or pass \`services\` without sts`;
  it.each<[services: string, mine: readonly string[], said: readonly string[]]>([
    ['s3,sts', ['cloudtrail.amazonaws.com', 'lambda.amazonaws.com'], [stops(', such as ec2.amazonaws.com, ecs-tasks.amazonaws.com')]], ['sts', ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'], [stops('')]], ['s3', ['cloudtrail.amazonaws.com'], []],
  ])('says for %s and %j whose roles nobody assumes any more', (services, mine, said) => {
    const { leftOut, faults, documents } = made('rcp', { services }, { services: mine, identityProviders: [] });
    expect({ leftOut, faults, isHeld: sidsOf(documents[0]!.document).includes('NoOtherServices') }).toEqual({ leftOut: said, faults: [], isHeld: true });
  });
});

it('an RCP keeps tokens of issuers that a pattern names, and calls what it spares by what it is', () => {
  const issuer = 'oidc.eks.eu-west-1.amazonaws.com/id/*';
  const { documents, proved, faults } = made('rcp', { services: 'sts' }, { identityProviders: [{ issuer, tenancy: 'own' }, { issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*', 'repo:acme@123/*'] } }] });
  expect(documents[0]!.parts.find((one) => one.statement['Sid'] === 'OnlyMyTokens')!.exceptions).toEqual([`tokens of \`${issuer}\``, 'tokens whose `token.actions.githubusercontent.com:sub` is `repo:acme/*` or `repo:acme@123/*`']);
  expect({ faults, of: proved.filter((one) => one.startsWith('trust: keeps tokens of oidc')) }).toEqual({ faults: [], of: [`trust: keeps tokens of ${issuer}, for arn:aws:iam::000000000000:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/x`] });
});

it('an endpoint policy proves nothing of what cannot be', () => {
  const partners = [{ name: 'Storage', accounts: ['210987654321'], resources: [{ arn: 'arn:aws:s3:::shared/*', actions: ['s3:GetObject'] }], reachable: ['arn:aws:s3:::vendor-drop/*'] }];
  const { proved } = made('endpoint-policy', { service: 'sqs' }, { partners, exclusionTags: { principal: { 'dp:exclude': 'true' } }, unsignedActions: ['s3:GetObject'] });
  expect(proved.filter((one) => one.includes('keeps'))).toEqual([
    'sqs: keeps members of o-4tkekae453, for resources of o-4tkekae453', 'sqs: keeps members of o-4tkekae453, for my principals with the tag `dp:exclude`', 'sqs: keeps AWS services that count as mine, for resources of o-4tkekae453', 'sqs: keeps members of o-4tkekae453 calling what takes no resource',
  ]);
});

// Users sign in to pools, of whomever these are, by calls that name no resource.
describe('an endpoint policy for pools of users', () => {
  it.each<[service: string, more: object, said: readonly string[]]>([
    ['cognito-idp', {}, ['unsigned calls of cognito-idp by which users sign in, such as cognito-idp:InitiateAuth: list those you need under `unsignedActions`']],
    ['cognito-idp', { unsignedActions: ['cognito-idp:*'] }, []],
    ['cognito-identity', {}, ['unsigned calls of cognito-identity by which users sign in, such as cognito-identity:GetId: list those you need under `unsignedActions`']],
  ])('of %s with %j lets through what makes and lists those of the own account', (service, more, said) => {
    const { documents, leftOut, faults } = made('endpoint-policy', { service }, more);
    const statement = statementsOf(documents[0]!.document).find((one) => one['Sid'] === 'MyPrincipalsWithoutResource')!;
    expect({ leftOut, faults, condition: statement['Condition'] }).toEqual({ leftOut: said, faults: [], condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' }, Null: { 'aws:ResourceAccount': 'true' } } });
    expect((statement['Action'] as readonly string[]).filter((one) => /InitiateAuth|GetId|CreateUserPool|CreateIdentityPool/.test(one))).toEqual([service === 'cognito-idp' ? 'cognito-idp:CreateUserPool' : 'cognito-identity:CreateIdentityPool']);
  });
});

describe('calls that tell no owner', () => {
  const denied = 'principals of mine are denied them on resources of mine, too; pass `allowOwnerless=true` to let them through';
  const notAllowed = 'principals of mine are not let through to resources of mine, either; pass `allowOwnerless=true` to let them through';
  const onOthers = 'principals of mine may make them on what belongs to others';
  it.each<[kind: string, options: Options, leftOut: readonly string[]]>([
    ['resource-scp', {}, [`calls that tell no owner, such as ec2:CreateVolume, ec2:CopyImage, ebs:*, events:PutEvents (all are listed at https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid): ${denied}`]],
    ['resource-scp', { service: 'events' }, [`calls that tell no owner, events:PutEvents: ${denied}`]],
    ['resource-scp', { service: 'events', allowOwnerless: 'true' }, [`calls that tell no owner, events:PutEvents: ${onOthers}`]],
    ['resource-scp', { service: 'sqs' }, []],
    ['endpoint-policy', { service: 'events' }, [`calls that tell no owner, events:PutEvents: ${notAllowed}`]],
    ['endpoint-policy', { service: 'ebs', allowOwnerless: 'true' }, [`calls that tell no owner, ebs:*: ${onOthers}`]],
    ['endpoint-policy', { service: 'events', owners: 'accounts', accounts: '111111111111' }, []],
    ['identity-guardrail', { service: 'events' }, [`calls that tell no owner, events:PutEvents: ${notAllowed}`]],
    ['identity-guardrail', { service: 'events', allowOwnerless: 'true' }, [`calls that tell no owner, events:PutEvents: ${onOthers}`]],
    ['identity-guardrail', { service: 'events', owners: 'accounts', accounts: '111111111111' }, []],
  ])('%s with %j says of them', (kind, options, leftOut) => { expect(made(kind, options).leftOut).toEqual(leftOut); });
  it.each(['route53', 'guardduty', 'workspaces'])('are not among those of %s that take no resource', (service) => {
    const { documents, faults } = made('endpoint-policy', { service });
    expect({ faults, sids: sidsOf(documents[0]!.document) }).toEqual({ faults: [], sids: ['MyPrincipalsOnMyResources', 'MyPrincipalsWithoutResource', 'AwsServicesOnMyResources'] });
  });
  it.each([['false', 'refuses'], ['true', 'allows']])('are asked about by one request (allowOwnerless=%s)', (allowOwnerless, does) => {
    expect(made('resource-scp', { service: 'ebs', allowOwnerless }).proved).toEqual(['ebs: no request from outside (resources)', 'ebs: keeps resources of o-4tkekae453', `ebs: ${does} calls that tell no owner`]);
  });
});

describe('size', () => {
  const part = (sid: string, actions: number) => ({ statement: { Sid: sid, Effect: 'Deny', Action: Array.from({ length: actions }, (_, i) => `s3:Action${i}`), Resource: '*' }, does: 'denies' });
  const draft = (most: number, documents: number, ...sizes: number[]): Draft => ({ name: 'big', hangsOn: 'scp', parts: sizes.map((size, i) => part(`S${i}`, size)), claims: [], quota: { ...scpQuota, most, documents } });
  it('is split by statements, in order', () => {
    expect(split(draft(450, 3, 10, 10, 20)).map(({ name, characters, parts }) => [name, characters, parts.map((one) => one.statement['Sid'])])).toEqual([['big-1', 408, ['S0', 'S1']], ['big-2', 363, ['S2']]]);
  });
  it.each([
    [draft(300, 3, 30), '`big`: the statement `S0` has 503 characters by itself, and 300 characters of an SCP are the most (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html)'],
    [draft(300, 2, 10, 10, 10), '`big` fills 3 policies, and 2 may hang on one root, unit or account beside the one of AWS (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html)'],
  ])('or refused', (one, message) => { expect(() => split(one)).toThrow(new CannotWrite(message)); });
  // Systems Manager's actions take buckets.
  it.each([['resource-scp', { service: 'ssm' }], ['endpoint-policy', { service: 'ssm', region: 'eu-west-1' }]] as const)('%s for one service lets through what partners let reach of those that it takes', (kind, options) => {
    const { documents, faults } = made(kind, options, { partners: [{ name: 'Vendor', accounts: ['123456789012'], reachable: ['arn:aws:s3:::vendor-drop/*'] }] });
    expect(faults).toEqual([]);
    expect(JSON.stringify(documents.map(({ document }) => document))).toContain('arn:aws:s3:::vendor-drop/*');
  });
  it.each([
    ['s3:GetObject', 'prod-eu-west-1-starport-layer-bucket/layer', true], ['s3:PutObject', 'prod-eu-west-1-starport-layer-bucket/layer', false], ['s3:GetObject', 'aws-mgn-clients-eu-west-1/agent', true],
    ['s3:GetObject', 'aws-ssm-eu-west-1/agent', false], ['s3:GetObject', 'somebodys-bucket/key', false],
  ])('an account of others, as which AWS signs some URLs, may %s on %s: %s', (action, name, isAllowed) => {
    const [one] = made('endpoint-policy', { service: 's3', region: 'eu-west-1' }, { awsOwnedResources: 'catalogue' }).documents;
    const request = { principal: { kind: 'role', account: '999999999999', arn: 'arn:aws:iam::999999999999:role/signer' }, action, resource: `arn:aws:s3:::${name}`, context: { 'aws:PrincipalAccount': '999999999999', 'aws:PrincipalIsAWSService': 'false', 'aws:ResourceAccount': '999999999999' } } as const;
    expect(decide(parsePolicy(one!.document), request).allowed).toBe(isAllowed);
  });
  it('the whole catalogue of a Region fits an endpoint policy for S3', () => {
    const [one] = made('endpoint-policy', { service: 's3', region: 'eu-west-1' }, { awsOwnedResources: 'catalogue' }).documents;
    expect(one!.characters).toBeLessThan(one!.quota.most);
    expect(JSON.stringify(one!.document)).toContain('arn:aws:s3:::aws-ssm-eu-west-1/*');
  });
});

describe('formats', () => {
  const scp = made('lambda-vpc-scp').documents;
  it('CloudFormation', () => {
    expect(cloudFormation(scp)).toEqual({
      AWSTemplateFormatVersion: '2010-09-09', Parameters: { TargetIds: { Type: 'CommaDelimitedList', Description: 'roots, organizational units or accounts it hangs on' } },
      Resources: { LambdaVpcScp: { Type: 'AWS::Organizations::Policy', Properties: { Name: 'lambda-vpc-scp', Description: 'denies lambda outside a VPC; denies lambda with a VPC that is not among vpc-012abc01', Type: 'SERVICE_CONTROL_POLICY', Content: scp[0]!.document, TargetIds: { Ref: 'TargetIds' } } } },
    });
  });
  it('Terraform, whose own variables are not those of a policy', () => {
    expect(terraform(scp, () => '{"a":"${aws:username}"}')).toBe([
      '# 409 of 10240 characters of an SCP', '# LambdaInVpc: denies lambda outside a VPC', '# LambdaVpc: denies lambda with a VPC that is not among vpc-012abc01', 'resource "aws_organizations_policy" "lambda_vpc_scp" {',
      '  name    = "lambda-vpc-scp"', '  type    = "SERVICE_CONTROL_POLICY"', '  content = <<-POLICY', '    {"a":"$${aws:username}"}', '  POLICY', '}', '',
    ].join('\n'));
  });
  it('a grammar that cfn-lint reads', () => {
    const types = ['endpoint-policy', 'rcp', 'trust-policy', 'lambda-vpc-scp', 'resource-policy'].map((kind) => forLinter(made(kind, kind === 'endpoint-policy' ? { service: 's3' } : kind === 'resource-policy' ? { service: 's3', resource: 'arn:aws:s3:::logs' } : {}).documents[0]!));
    expect(types.map((one) => Object.values(one['Resources'] as Record<string, { Type: string }>).map(({ Type }) => Type))).toEqual([['AWS::KMS::Key'], ['AWS::KMS::Key'], ['AWS::IAM::Role'], ['AWS::IAM::ManagedPolicy'], ['AWS::S3::BucketPolicy']]);
  });
  it('a product names its own resource', () => {
    const { stack } = made('service-catalog-product', { service: 'sqs' });
    expect(JSON.stringify(stack!.template)).toContain('{"Fn::Sub":"${Resource.Arn}"}');
    expect(JSON.stringify(stack!.template)).not.toContain('perimeter-product');
  });
});
