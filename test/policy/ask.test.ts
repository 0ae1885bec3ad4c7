import { describe, expect, it } from 'vitest';
import { ask, emptyPerimeter, parsePolicy, type Objective, type Perimeter, type Question, type QuestionKind } from '../../policy/index.ts';

const mine = 'o-4tkekae453';
const perimeter: Perimeter = {
  ...emptyPerimeter, organizations: [mine], accounts: ['111111111111', '222222222222'],
  partners: [{ name: 'Example Monitoring', accounts: ['123456789012'], externalIds: ['12345'], resources: [], reachable: [] }],
  unsignedActions: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'execute-api:Invoke'],
};
interface Row { name: string; policy: unknown; answer: string; reach?: string; at?: string; unknown?: readonly string[] }
interface Setting { kind: QuestionKind; objective: Objective; service?: string; perimeter?: Perimeter; resource?: string; endpointType?: 'gateway' | 'interface' }

const statement = (extra: object): object => ({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...extra });
const document = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });
const where = (operator: string, key: string, value: unknown): object => ({ Condition: { [operator]: { [key]: value } } });

function table(title: string, setting: Setting, rows: readonly Row[]): void {
  describe(title, () => {
    it.each(rows)('$name', ({ policy, ...expected }) => {
      const { kind, objective, ...rest } = setting;
      const question: Question = { kind, account: '111111111111', now: Date.parse('2026-01-01T00:00:00Z'), perimeter, ...rest, policy: parsePolicy(policy) };
      const answer = ask(question, objective);
      expect({
        answer: answer.answer,
        ...(answer.answer === 'outside' ? { reach: answer.reach, at: answer.at } : {}),
        ...(answer.answer === 'undecided' ? { unknown: [...answer.unknownAccounts ?? [], ...answer.unknownBuckets ?? []] } : {}),
      }, answer.because).toEqual({ ...expected, name: undefined });
    });
  });
}

table('an endpoint policy of any service', { kind: 'vpc-endpoint', objective: 'principals' }, [
  { name: 'an action of a service by the name of what every object has', policy: document(statement({ Action: 'constructor:Get' })), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'a resource of such a service', policy: document(statement({ Resource: 'arn:aws:constructor:::x' })), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
]);

table('an endpoint policy, asked about callers', { kind: 'vpc-endpoint', objective: 'principals', service: 's3' }, [
  { name: 'the default policy', policy: document(statement({})), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'an Allow held to the organization, key in another case', policy: document(statement(where('StringEquals', 'aws:principalorgid', mine))), answer: 'inside' },
  { name: 'Deny and Allow, which means the same', policy: document(statement({ Effect: 'Deny', ...where('StringNotEquals', 'aws:PrincipalOrgID', mine) }), statement({})), answer: 'inside' },
  { name: 'a key by the name of what every object has', policy: JSON.stringify(document(statement({}), { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: {} } })).replace('{}', '{"__proto__":"3"}'), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'two organizations, one a stranger', policy: document(statement(where('StringEquals', 'aws:PrincipalOrgID', [mine, 'o-aaaaaaaaaa']))), answer: 'outside', reach: 'any-organization-member', at: '/Statement/0' },
  { name: 'any organization', policy: document(statement(where('StringLike', 'aws:PrincipalOrgID', 'o-*'))), answer: 'outside', reach: 'any-organization-member', at: '/Statement/0' },
  { name: 'IfExists lets in callers without organization', policy: document(statement(where('StringEqualsIfExists', 'aws:PrincipalOrgID', mine))), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'ForAllValues is true of nothing', policy: document(statement(where('ForAllValues:StringLike', 'aws:PrincipalOrgPaths', `${mine}/*`))), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'ForAnyValue paths of mine', policy: document(statement(where('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${mine}/*`))), answer: 'inside' },
  { name: 'AWS services beside the organization', policy: document(statement(where('StringEquals', 'aws:PrincipalOrgID', mine)), statement(where('Bool', 'aws:PrincipalIsAWSService', 'true'))), answer: 'inside' },
  { name: 'not a service, which every caller is', policy: document(statement(where('BoolIfExists', 'aws:PrincipalIsAWSService', 'true'))), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'only my resources says nothing of callers', policy: document(statement(where('StringEquals', 'aws:ResourceOrgID', mine))), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'anonymous reads without Principal element', policy: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, statement(where('StringEquals', 'aws:PrincipalOrgID', mine))] }, answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'an account of mine by role ARN', policy: document(statement({ Principal: { AWS: 'arn:aws:iam::222222222222:role/app' } })), answer: 'inside' },
  { name: 'an account of nobody I know', policy: document(statement({ Principal: { AWS: '333333333333' } })), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
  { name: 'NotPrincipal in an Allow', policy: document({ Effect: 'Allow', NotPrincipal: { AWS: '333333333333' }, Action: '*', Resource: '*' }), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'ArnLike to roles of an account of mine', policy: document(statement(where('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111111111111:role/*'))), answer: 'inside' },
  { name: 'StringLike that a path can satisfy', policy: document(statement(where('StringLike', 'aws:PrincipalArn', 'arn:aws:iam::*111111111111:role/*'))), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'ArnLike of the same text is closed', policy: document(statement(where('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*111111111111:role/*'))), answer: 'inside' },
  { name: 'the caller\'s organization equals the resource\'s', policy: document(statement(where('StringEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'))), answer: 'outside', reach: 'any-organization-member', at: '/Statement/0' },
  { name: 'a variable under the old version is a literal', policy: { Statement: [statement(where('StringEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'))] }, answer: 'inside' },
  { name: 'a date that has passed', policy: document(statement(where('DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z'))), answer: 'inside' },
  { name: 'a Deny that only hits another action', policy: document(statement({ Effect: 'Deny', Action: 's3:Put*', ...where('StringNotEquals', 'aws:PrincipalOrgID', mine) }), statement({})), answer: 'outside', reach: 'anonymous', at: '/Statement/1' },
]);

table('an endpoint policy, asked about resources', { kind: 'vpc-endpoint', objective: 'resources', service: 's3' }, [
  { name: 'the default policy', policy: document(statement({})), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'callers of mine, any resource', policy: document(statement(where('StringEquals', 'aws:PrincipalOrgID', mine))), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'resources of my organization', policy: document(statement(where('StringEquals', 'aws:ResourceOrgID', mine))), answer: 'inside' },
  { name: 's3:ResourceAccount of mine', policy: document(statement(where('StringEquals', 's3:ResourceAccount', ['111111111111', '222222222222']))), answer: 'inside' },
  { name: 's3:ResourceAccount with a stranger\'s', policy: document(statement(where('StringEquals', 's3:ResourceAccount', ['111111111111', '333333333333']))), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
  { name: 'IfExists lets in what has no organization', policy: document(statement(where('StringEqualsIfExists', 'aws:ResourceOrgID', mine))), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'a bucket named exactly, owner unknown', policy: document(statement({ Resource: ['arn:aws:s3:::artifacts', 'arn:aws:s3:::artifacts/*'] })), answer: 'undecided', unknown: ['artifacts'] },
  { name: 'a bucket name left open', policy: document(statement({ Resource: 'arn:aws:s3:::artifacts-*' })), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'listing takes no resource', policy: document(statement({ Action: 's3:ListAllMyBuckets' })), answer: 'inside' },
]);

table('a DynamoDB endpoint, asked about resources', { kind: 'vpc-endpoint', objective: 'resources', service: 'dynamodb', endpointType: 'gateway' }, [
  { name: 'tables of an account of mine', policy: document(statement({ Resource: 'arn:aws:dynamodb:*:111111111111:*' })), answer: 'inside' },
  { name: 'NotAction on my tables, the rest on everything', policy: document({ Effect: 'Allow', Principal: '*', NotAction: ['dynamodb:ListTables', 'dynamodb:DescribeLimits'], Resource: 'arn:aws:dynamodb:*:111111111111:*' }, statement({ Action: ['dynamodb:ListTables', 'dynamodb:DescribeLimits'] })), answer: 'inside' },
  { name: 'tables of a stranger', policy: document(statement({ Resource: 'arn:aws:dynamodb:*:333333333333:*' })), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
]);

table('a gateway endpoint', { kind: 'vpc-endpoint', objective: 'principals', service: 'dynamodb', endpointType: 'gateway' }, [
  { name: 'an account as principal is its root user', policy: document(statement({ Principal: { AWS: '333333333333' } })), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
]);

table('an RCP of a service that RCPs do not bind', { kind: 'rcp', objective: 'principals', service: 'sns' }, [
  { name: 'a Deny of everybody outside', policy: document(statement({ Effect: 'Deny', ...where('StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine) })), answer: 'outside', reach: 'anonymous', at: '' },
]);
table('the same RCP of a service that they bind', { kind: 'rcp', objective: 'principals', service: 'sqs' }, [
  { name: 'a Deny of everybody outside', policy: document(statement({ Effect: 'Deny', ...where('StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine) })), answer: 'inside' },
]);

const trusts = (extra: object): object => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...extra });
table('a trust policy', { kind: 'trust', objective: 'principals' }, [
  { name: 'anybody', policy: document(trusts({ Principal: { AWS: '*' } })), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'anybody of the organization', policy: document(trusts({ Principal: { AWS: '*' }, ...where('StringEquals', 'aws:PrincipalOrgID', mine) })), answer: 'inside' },
  { name: 'a service', policy: document(trusts({ Principal: { Service: 'lambda.amazonaws.com' } })), answer: 'inside' },
  { name: 'a Deny outside the organization and a mistyped account', policy: document(trusts({ Principal: { AWS: ['arn:aws:iam::111111111111:role/a', 'arn:aws:iam::333333333333:role/b'] } }), { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', ...where('StringNotEquals', 'aws:PrincipalOrgID', mine) }), answer: 'inside' },
  { name: 'a mistyped account', policy: document(trusts({ Principal: { AWS: ['arn:aws:iam::111111111111:role/a', 'arn:aws:iam::333333333333:role/b'] } })), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
  { name: 'a partner with its external id', policy: document(trusts({ Principal: { AWS: '123456789012' }, ...where('StringEquals', 'sts:ExternalId', '12345') })), answer: 'inside' },
  { name: 'a partner without external id', policy: document(trusts({ Principal: { AWS: '123456789012' } })), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
  { name: 'a partner with a stray external id', policy: document(trusts({ Principal: { AWS: '123456789012' }, ...where('StringEquals', 'sts:ExternalId', ['12345', 'other']) })), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
  { name: 'a role of a session only', policy: document(trusts({ Principal: { AWS: 'arn:aws:sts::333333333333:assumed-role/deploy/me' } })), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
  { name: 'a deleted principal', policy: document(trusts({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE' } })), answer: 'inside' },
  { name: 'only the root user of a stranger, who cannot assume roles', policy: document(trusts({ Principal: { AWS: '333333333333' }, ...where('ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::333333333333:root') })), answer: 'inside' },
  { name: 'a network alone', policy: document(trusts({ Principal: { AWS: '*' }, ...where('IpAddress', 'aws:SourceIp', '192.0.2.0/24') })), answer: 'outside', reach: 'network-bound', at: '/Statement/0' },
  { name: 'two halves of the internet', policy: document(trusts({ Principal: { AWS: '*' }, ...where('IpAddress', 'aws:SourceIp', ['0.0.0.0/1', '128.0.0.0/1']) })), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'only sts:TagSession', policy: document({ Effect: 'Allow', Principal: { AWS: '333333333333' }, Action: 'sts:TagSession' }), answer: 'inside' },
]);

const github = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';
const web = (extra: object): object => ({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: github }, ...extra });
table('federation', { kind: 'trust', objective: 'principals', perimeter: { ...perimeter, identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }] } }, [
  { name: 'GitHub without subject', policy: document(web(where('StringEquals', 'token.actions.githubusercontent.com:aud', 'sts.amazonaws.com'))), answer: 'outside', reach: 'shared-issuer', at: '/Statement/0' },
  { name: 'GitHub with a subject of mine', policy: document(web(where('StringLike', 'token.actions.githubusercontent.com:sub', 'repo:acme/app:*'))), answer: 'inside' },
  { name: 'GitHub with a second, open subject', policy: document(web(where('StringLike', 'token.actions.githubusercontent.com:sub', ['repo:acme/app:*', '*']))), answer: 'outside', reach: 'shared-issuer', at: '/Statement/0' },
  { name: 'a subject pattern without the slash', policy: document(web(where('StringLike', 'token.actions.githubusercontent.com:sub', 'repo:acme*'))), answer: 'outside', reach: 'shared-issuer', at: '/Statement/0' },
  { name: 'a repository of mine', policy: document(web(where('StringEquals', 'token.actions.githubusercontent.com:repository', 'acme/app'))), answer: 'inside' },
  { name: 'SAML of an account of mine', policy: document({ Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML', Principal: { Federated: 'arn:aws:iam::111111111111:saml-provider/Okta' } }), answer: 'inside' },
  { name: 'SAML of a stranger', policy: document({ Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML', Principal: { Federated: 'arn:aws:iam::333333333333:saml-provider/Okta' } }), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
]);

table('accounts not listed', { kind: 'trust', objective: 'principals', perimeter: { ...perimeter, accounts: undefined } }, [
  { name: 'an account that may be mine', policy: document(trusts({ Principal: { AWS: '333333333333' } })), answer: 'undecided', unknown: ['333333333333'] },
  { name: 'the organization says whose it is', policy: document(trusts({ Principal: { AWS: '333333333333' }, ...where('StringEquals', 'aws:PrincipalOrgID', mine) })), answer: 'inside' },
]);

table('a bucket policy', { kind: 'resource', objective: 'principals', service: 's3', resource: 'arn:aws:s3:::logs' }, [
  { name: 'Deny outside the organization, services spared', policy: document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgId': mine }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } },
    { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*' }), answer: 'inside' },
  { name: 'open reads', policy: document({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*' }), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'a statement about another bucket', policy: document({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' }), answer: 'inside' },
  { name: 'a VPC alone', policy: document({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*', ...where('StringEquals', 'aws:SourceVpc', 'vpc-012abc01') }), answer: 'outside', reach: 'network-bound', at: '/Statement/0' },
]);

table('a bucket policy, asked about deputies', { kind: 'resource', objective: 'deputies', service: 's3', resource: 'arn:aws:s3:::logs' }, [
  { name: 'CloudTrail for anybody', policy: document({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*' }), answer: 'outside', reach: 'service', at: '/Statement/0' },
  { name: 'CloudTrail for my account', policy: document({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*', ...where('StringEquals', 'aws:SourceAccount', '111111111111') }), answer: 'inside' },
  { name: 'CloudTrail for my account by source ARN', policy: document({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*', ...where('ArnLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:111111111111:trail/*') }), answer: 'inside' },
]);

const every = statement({});
const noS3 = statement({ Effect: 'Deny', Action: 's3:*' });
table('a policy of a service that is not said, asked about callers', { kind: 'resource', objective: 'principals' }, [
  { name: 'all but one service', policy: document({ Effect: 'Allow', Principal: '*', NotAction: 's3:*', Resource: '*' }), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'a Deny of one service', policy: document(every, noS3), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'a Deny of each service that is tried by its name', policy: document(every, statement({ Effect: 'Deny', Action: ['s3:*', 'sqs:*', 'sts:*'] })), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'reads of all but one service', policy: document(statement({ Action: '*:Get*' }), noS3), answer: 'outside', reach: 'anonymous', at: '/Statement/0' },
  { name: 'a Deny of all', policy: document(every, statement({ Effect: 'Deny' })), answer: 'inside' },
  { name: 'another service than the one denied, held to the organization', policy: document(noS3, statement(where('StringEquals', 'aws:PrincipalOrgID', mine))), answer: 'inside' },
]);
table('a policy of a service that is not said, asked about resources', { kind: 'identity', objective: 'resources' }, [
  { name: 'a Deny of one service\'s resources of others', policy: document({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*', ...where('StringNotEquals', 'aws:ResourceOrgID', mine) }), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'a Deny of every service\'s resources of others', policy: document({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*', ...where('StringNotEquals', 'aws:ResourceOrgID', mine) }), answer: 'inside' },
  { name: 'resources of an account of mine, whatever is done', policy: document({ Effect: 'Allow', Action: '*', Resource: 'arn:aws:sns:*:111111111111:*' }), answer: 'inside' },
  { name: 'actions that take no resource', policy: document({ Effect: 'Allow', Action: ['ec2:DescribeInstances', 'sts:GetCallerIdentity'], Resource: '*' }), answer: 'inside' },
]);
table('a service control policy', { kind: 'scp', objective: 'resources' }, [
  { name: 'of one service', policy: document({ Effect: 'Deny', Action: 's3:*', Resource: '*', ...where('StringNotEquals', 'aws:ResourceOrgID', mine) }), answer: 'outside', reach: 'any-account', at: '' },
]);

const overlapping = Array.from({ length: 60 }, (_, i) => `*a*${i}*b*c*`);
const hard = (Action: string): object[] => overlapping.map((one) => statement({ Effect: 'Deny', Action, ...where('StringNotLike', 'aws:PrincipalArn', one) }));
table('what is hard of one service', { kind: 'identity', objective: 'resources' }, [
  { name: 'beside an easy way through another', policy: document(statement({ Action: ['s3:*', 'sqs:*'] }), ...hard('s3:*')), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'beside what another keeps to mine', policy: document(statement({ Action: ['s3:*', 'sqs:*'] }), ...hard('s3:*'), statement({ Effect: 'Deny', Action: 'sqs:*', ...where('StringNotEquals', 'aws:ResourceOrgID', mine) })), answer: 'undecided', unknown: [] },
]);
table('a policy made to be hard', { kind: 'vpc-endpoint', objective: 'principals', service: 's3' }, [
  { name: 'patterns that overlap in more ways than can be tried', policy: document(statement(where('StringLike', 'aws:PrincipalArn', overlapping))), answer: 'outside', reach: 'any-account', at: '/Statement/0' },
  { name: 'patterns that overlap so, of which all must fit', policy: document(statement({}), ...overlapping.map((one) => statement({ Effect: 'Deny', ...where('StringNotLike', 'aws:PrincipalArn', one) }))), answer: 'undecided', unknown: [] },
  { name: 'a thousand accounts of strangers', policy: document(statement(where('StringEquals', 'aws:PrincipalAccount', Array.from({ length: 1000 }, (_, i) => String(200000000000 + i))))), answer: 'outside', reach: 'named-account', at: '/Statement/0' },
]);
