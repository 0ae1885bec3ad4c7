import { describe, expect, it } from 'vitest';
import { ask, compare, emptyPerimeter, formulaOf, not, parsePolicy, type Objective, type Perimeter, type Question } from '../../policy/index.ts';

/** What an answer says beside inside or outside: why, where, what to add to the definition, what to know. */
const mine = 'o-4tkekae453';
const [own, stranger, standalone] = ['111111111111', '333333333333', '444444444444'];
const perimeter: Perimeter = { ...emptyPerimeter, organizations: [mine], accounts: [own], networks: { ...emptyPerimeter.networks, vpcs: ['vpc-012abc01'] } };
/** As in a first definition, which names an organization and no account. */
const unlisted: Perimeter = { ...perimeter, accounts: undefined };
const bucket = 'arn:aws:s3:::acme-data';
const key = `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const subjects = {
  bucket: { kind: 'resource', perimeter, account: own, service: 's3', resource: bucket, now: 0 },
  endpoint: { kind: 'vpc-endpoint', perimeter, account: own, service: 's3', now: 0 },
  scp: { kind: 'scp', perimeter, account: own, service: 's3', now: 0 },
  role: { kind: 'trust', perimeter, account: own, now: 0 },
  anything: { kind: 'resource', perimeter, account: own, now: 0 },
  identity: { kind: 'identity', perimeter, account: own, now: 0 },
  undefinedBucket: { kind: 'resource', perimeter: emptyPerimeter, account: own, service: 's3', resource: bucket, now: 0 },
  aloneBucket: { kind: 'resource', perimeter: { ...emptyPerimeter, standaloneAccounts: [own] }, account: own, service: 's3', resource: bucket, now: 0 },
  unlistedScp: { kind: 'scp', perimeter: unlisted, account: own, service: 'sqs', now: 0 },
  rcp: { kind: 'rcp', perimeter: { ...perimeter, accounts: [own, '222222222222'] }, account: own, service: 's3', now: 0 },
  anyRcp: { kind: 'resource', perimeter, account: own, now: 0 },
} satisfies Record<string, Omit<Question, 'policy'>>;

const allow = (more: object = {}): object => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${bucket}/*`, ...more });
const deny = (more: object): object => ({ ...allow({ Resource: '*', ...more }), Effect: 'Deny' });
const when = (operator: string, key: string, value: unknown): object => ({ Condition: { [operator]: { [key]: value } } });
const office = { 'aws:SourceIp': '203.0.113.0/24' };
const fromOffice = { Condition: { IpAddress: office } };
const mineOnly = allow(when('StringEquals', 'aws:PrincipalOrgID', mine));

const assumedBy = (Principal: object): object => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity' });
const anyToken = (...[operator, key, value]: [operator: string, key: string, value: string]): object => ({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', ...when(operator, key, value) });
const cluster = `arn:aws:iam::${own}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E`;
const oidc = (issuer: string): string => `arn:aws:iam::${own}:oidc-provider/${issuer}`;
const noteOnCluster = '`oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E` issues tokens for one cluster; list it in `identityProviders` to say whose';
const noteOnService = 'the service is not known: the answer is exact where `service` is given';

const sibling = '222222222222';
const outsideOf = (account: string): object => ({ answer: 'outside', witness: { context: { 'aws:ResourceAccount': account } } });

interface Row { readonly of: keyof typeof subjects; readonly objective?: Objective; readonly more?: Partial<Question>; readonly statements: readonly object[]; readonly says: object }
const github = 'token.actions.githubusercontent.com';
const admittingUnsigned = { service: 'sts', perimeter: { ...perimeter, unsignedActions: ['sts:AssumeRoleWithWebIdentity'] } };
const [unsignedToMine, callsOfMine] = [allow({ Action: 'sts:AssumeRoleWithWebIdentity', Resource: `arn:aws:iam::${own}:role/x` }), allow({ Action: 'sts:AssumeRole', Resource: '*', ...when('StringEquals', 'aws:PrincipalOrgID', mine) })];
const [ended, byArn] = ['no request from outside is allowed', 'conditions on `aws:PrincipalArn` keep outsiders out'];
const notAdmin = when('ArnNotEquals', 'aws:PrincipalArn', `arn:aws:iam::${own}:role/admin`);
const withPartner: Perimeter = { ...perimeter, partners: [{ name: 'Example', accounts: [stranger], externalIds: undefined, resources: [{ arn: `${bucket}/*`, actions: ['s3:GetObject'] }], reachable: [] }] };
const withClaims: Perimeter = { ...perimeter, identityProviders: [{ kind: 'claims', issuer: github, claims: { sub: ['repo:acme/*'] } }] };
const rows: Readonly<Record<string, Row>> = {
  'actions of other services': { of: 'bucket', statements: [allow({ Action: ['sqs:*', 'SNS:Publish'] })], says: { answer: 'inside', because: 'it allows no action of `s3`', notes: [] } },
  'actions of other services in a trust policy': { of: 'bucket', more: { kind: 'trust' }, statements: [allow()], says: { answer: 'inside', because: 'it allows no action of `sts`', notes: [] } },
  // Beside the bus it speaks of rules, which are no other resources.
  'a bus, of rules of mine': { of: 'anything', more: { service: 'events', resource: `arn:aws:events:eu-west-1:${own}:event-bus/b` }, statements: [allow({ Principal: { AWS: own }, Action: 'events:PutRule', Resource: `arn:aws:events:eu-west-1:${own}:rule/b/*` })], says: { answer: 'inside', because: `it names only \`${own}\`` } },
  'one name several times': { of: 'bucket', statements: [allow({ Principal: { AWS: own } }), allow({ Principal: { AWS: own }, Action: 's3:PutObject' })], says: { answer: 'inside', because: `it names only \`${own}\`` } },
  'an account of mine beside everybody, under a condition': { of: 'bucket', statements: [allow({ Principal: { AWS: own } }), mineOnly], says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out' } },
  // The condition that is named is one without which somebody would get in.
  ...Object.fromEntries(([
    ['a role of any account', 'bucket', [allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': mine }, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app*' } } })], 'conditions on `aws:PrincipalOrgID` keep outsiders out'],
    ['two, of which one would do', 'bucket', [mineOnly, deny(when('StringNotEquals', 'aws:PrincipalAccount', own))], 'conditions on `aws:PrincipalAccount` keep outsiders out'],
    ['two, both of which are needed', 'bucket', [mineOnly, allow(when('StringEquals', 'aws:PrincipalAccount', own))], 'conditions on `aws:PrincipalOrgID`, `aws:PrincipalAccount` keep outsiders out'],
    ['a foreign organization, beside my access points', 'bucket', [allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa', 's3:DataAccessPointAccount': own } } })], ended],
    ['a cluster, by any subject', 'role', [{ ...assumedBy({ Federated: cluster }), ...when('StringLike', 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E:sub', 'system:serviceaccount:*:*') }], `it names only \`${cluster}\``],
    ['a provider of a stranger that makes no such call', 'role', [{ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${stranger}:saml-provider/Okta` }, Action: 'sts:AssumeRole' }], ended],
    ['a claim beside a Deny of everything', 'role', [{ ...assumedBy({ Federated: oidc(github) }), ...when('StringLike', `${github}:sub`, 'repo:acme/*') }, { Effect: 'Deny', Principal: '*', Action: '*' }], ended],
  ] as const).map(([name, of, statements, because]): [string, Row] => [`what holds it: ${name}`, { of, statements, says: { answer: 'inside', because } }])),
  ...Object.fromEntries(([
    ['a service that is not judged', [allow({ Principal: { Service: 'ec2.amazonaws.com' }, ...when('StringEquals', 'aws:SourceAccount', stranger) })], 'deputies', 'bucket', 'no AWS service that tells its source can act for somebody else'],
    ['queues of a stranger, which a Deny keeps away', [{ Effect: 'Allow', Action: 'sqs:*', Resource: `arn:aws:sqs:*:${stranger}:*` }, { Effect: 'Deny', Action: 'sqs:*', NotResource: `arn:aws:sqs:*:${own}:*` }], 'resources', 'identity', 'nobody whom it lets in reaches resources of others, but by calls that the definition admits'],
  ] as const).map(([name, statements, objective, of, because]): [string, Row] => [`what holds it: ${name}`, { of, objective, statements, says: { answer: 'inside', because } }])),
  'SAML beside issuers that are listed': { of: 'role', more: { perimeter: { ...perimeter, identityProviders: [{ kind: 'own', issuer: 'issuer.example' }] } }, statements: [{ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${own}:saml-provider/Okta` }, Action: 'sts:AssumeRoleWithSAML' }], says: { answer: 'inside', because: `it names only \`arn:aws:iam::${own}:saml-provider/Okta\``, notes: ['`identityProviders` lists no SAML provider, so any of your accounts counts as yours'] } },
  // A Deny keeps outsiders out only of what it denies.
  ...Object.fromEntries(([
    ['another action', 's3:DeleteBucket', ended], ['some of the actions', 's3:Get*', ended, { Action: 's3:*' }], ['all but that action', undefined, ended, {}, { NotAction: 's3:Get*' }],
    ['that action', 's3:GetObject', byArn], ['all actions like it', 's3:get*', byArn], ['all actions but others', undefined, byArn, {}, { NotAction: 's3:Put*' }], ['all actions', '*', byArn, { Action: undefined, NotAction: 's3:Put*' }], ['one of two', 's3:GetObject', byArn, { Action: ['s3:GetObject', 's3:PutObject'] }, {}, [deny({ Action: 's3:PutObject', ...notAdmin })]],
  ] as const).map(([name, Action, because, more = {}, denied = {}, besides = []]): [string, Row] => [`a Deny of ${name} beside what outsiders may not do`, {
    of: 'bucket', statements: [allow({ ...more, ...because === ended ? when('DateLessThan', 'aws:CurrentTime', '1969-01-01T00:00:00Z') : {} }), deny({ Action, ...denied, ...notAdmin }), ...besides], says: { answer: 'inside', because },
  }])),
  'a Deny of some of what may be done to queues of mine': { of: 'identity', objective: 'resources', statements: [{ Effect: 'Allow', Action: 'sqs:*', Resource: `arn:aws:sqs:*:${own}:*` }, { Effect: 'Deny', Action: 'sqs:DeleteQueue', Resource: '*', ...when('StringNotEquals', 'aws:ResourceAccount', '222222222222') }], says: { answer: 'inside', because: 'it names only resources that are yours or that the definition lists' } },
  'what is agreed with a partner': { of: 'bucket', more: { perimeter: withPartner }, statements: [allow({ Principal: { AWS: stranger } }), deny({ Action: 's3:DeleteBucket', ...notAdmin })], says: { answer: 'inside', because: `${ended}, but for what is agreed with partners` } },
  'unsigned reads of what AWS owns': { of: 'endpoint', more: { perimeter: { ...perimeter, awsOwnedResources: ['arn:aws:s3:::amazonlinux.${region}.amazonaws.com'] } }, statements: [allow({ Resource: 'arn:aws:s3:::amazonlinux.eu-west-1.amazonaws.com/*', ...when('StringEquals', 'aws:PrincipalType', 'Anonymous') })], says: { answer: 'inside', because: `${ended}, but for reads of what AWS owns` } },
  'a condition on an account of mine beside one that has passed': {
    of: 'role', statements: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', ...when('DateLessThan', 'aws:CurrentTime', '1969-01-01T00:00:00Z') }, { Effect: 'Allow', Principal: { AWS: own }, Action: 'sts:AssumeRole', ...when('StringEquals', 'aws:PrincipalOrgID', mine) }],
    says: { answer: 'inside', because: 'no request from outside is allowed' },
  },
  'a condition on an account of mine beside one that keeps others out': {
    of: 'bucket', statements: [allow({ Principal: { AWS: `arn:aws:iam::${own}:role/x` }, ...when('StringEquals', 'aws:PrincipalAccount', own) }), mineOnly], says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out' },
  },
  'a condition on an account of others': { of: 'bucket', statements: [allow({ Principal: { AWS: [own, stranger] }, ...when('StringEquals', 'aws:PrincipalOrgID', mine) })], says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out' } },
  'a call that the definition admits unsigned, to a role of mine': { of: 'endpoint', more: admittingUnsigned, statements: [unsignedToMine], says: { answer: 'inside', because: 'no request from outside is allowed, but for calls that the definition admits unsigned' } },
  'a call that the definition admits unsigned, beside calls of mine': { of: 'endpoint', more: admittingUnsigned, statements: [unsignedToMine, callsOfMine], says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out, but for calls that the definition admits unsigned' } },
  'a call that the definition admits unsigned on endpoints, of a role': { of: 'role', more: admittingUnsigned, statements: [assumedBy({ Federated: 'nobody' }), { ...callsOfMine, Resource: undefined }], says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out' } },
  'a call that the definition admits unsigned, to a role of others': { of: 'endpoint', objective: 'resources', more: { service: 'sts', perimeter: { ...perimeter, unsignedActions: ['sts:AssumeRoleWithWebIdentity'] } }, statements: [allow({ Action: 'sts:AssumeRoleWithWebIdentity', Resource: `arn:aws:iam::${stranger}:role/x` })], says: { answer: 'inside', because: 'nobody whom it lets in reaches resources of others, but by calls that the definition admits' } },
  // Whom alone it names says more than the conditions on them.
  'a provider of which every token is mine, whoever it is of': {
    of: 'role', more: { perimeter: { ...perimeter, identityProviders: [{ kind: 'own', issuer: 'oidc.eks.*.amazonaws.com/id/*' }] } },
    statements: [{ ...assumedBy({ Federated: oidc('oidc.eks.eu-west-1.amazonaws.com/id/AB12') }), ...when('StringEquals', 'oidc.eks.eu-west-1.amazonaws.com/id/AB12:sub', 'system:serviceaccount:a:b') }], says: { answer: 'inside', because: `it names only \`${oidc('oidc.eks.eu-west-1.amazonaws.com/id/AB12')}\`` },
  },
  'sources asked of accounts alone': { of: 'bucket', objective: 'deputies', statements: [allow({ Principal: { AWS: own } }), deny({ Condition: { StringNotEquals: { 'aws:SourceAccount': own }, Null: { 'aws:SourceAccount': 'false' } } })], says: { answer: 'inside', because: 'it lets no AWS service in' } },
  'one account of mine, under a condition': { of: 'role', statements: [{ ...assumedBy({ AWS: own }), Action: 'sts:AssumeRole', ...when('StringEquals', 'aws:PrincipalOrgID', mine) }], says: { answer: 'inside', because: `it names only \`${own}\`` } },
  'a SAML provider of mine': { of: 'role', statements: [{ ...assumedBy({ Federated: `arn:aws:iam::${own}:saml-provider/Okta` }), Action: 'sts:AssumeRoleWithSAML', ...when('StringEquals', 'SAML:aud', 'https://signin.aws.amazon.com/saml') }], says: { answer: 'inside', because: `it names only \`arn:aws:iam::${own}:saml-provider/Okta\`` } },
  'GitHub by subject and audience': {
    of: 'role', more: { perimeter: { ...perimeter, identityProviders: [{ kind: 'claims', issuer: github, claims: { sub: ['repo:acme/*'] } }] } },
    statements: [{ ...assumedBy({ Federated: oidc(github) }), Condition: { StringLike: { [`${github}:sub`]: 'repo:acme/*' }, StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } } }], says: { answer: 'inside', because: `conditions on \`${github}:sub\` keep outsiders out` },
  },
  'an action that a wildcard may name': { of: 'bucket', statements: [allow({ Action: '?qs:*' })], says: { answer: 'inside', because: 'no request from outside is allowed', notes: [] } },
  'all but other services': { of: 'bucket', statements: [{ ...allow({ NotAction: 'sqs:*', Resource: 'arn:aws:s3:::other' }), Action: undefined }], says: { answer: 'inside', because: 'it allows nothing on `arn:aws:s3:::acme-data`, for it names other resources', notes: [] } },
  'a pattern as long as the policy': {
    of: 'bucket', statements: [allow(), deny(when('StringNotLike', 'aws:PrincipalArn', `*${'a'.repeat(9_000)}*b`)), deny(when('StringLike', 'aws:PrincipalArn', `*${'a?'.repeat(4_500)}*`))],
    says: { answer: 'undecided', because: 'the policy is past the work budget of the search', notes: [] },
  },
  'a variable for a time that must be a text': {
    of: 'bucket', statements: [allow({ Condition: { StringEquals: { 'aws:PrincipalTag/since': '${aws:EpochTime}', 'aws:PrincipalTag/Since': 'x' } } })],
    says: { answer: 'undecided', because: 'the variable `${aws:epochtime}` stands for too many values to try', notes: [] },
  },
  'a variable for a time that any fits': {
    of: 'bucket', statements: [allow({ Condition: { StringEquals: { 'aws:PrincipalTag/since': '${aws:EpochTime}' }, DateGreaterThanEquals: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } } })],
    says: { answer: 'outside', witness: { context: { 'aws:CurrentTime': '2027-01-01T00:00:00.000Z', 'aws:EpochTime': '1798761600', 'aws:PrincipalTag/since': '1798761600' } } },
  },
  'a variable for a time told by the other clock': {
    of: 'bucket', statements: [allow({ Condition: { StringEquals: { 'aws:PrincipalTag/since': '${aws:CurrentTime}' }, NumericGreaterThanEquals: { 'aws:EpochTime': '1798761600' } } })],
    says: { answer: 'outside', witness: { context: { 'aws:CurrentTime': '2027-01-01T00:00:00.000Z', 'aws:EpochTime': '1798761600', 'aws:PrincipalTag/since': '2027-01-01T00:00:00.000Z' } } },
  },
  'a variable for an address': {
    of: 'bucket', statements: [allow({ Condition: { StringLike: { 'aws:PrincipalTag/from': '${aws:SourceIp}' }, IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })],
    says: { answer: 'outside', witness: { context: { 'aws:SourceIp': '198.51.100.9', 'aws:PrincipalTag/from': '198.51.100.9' } } },
  },
  'a variable for a number': {
    of: 'bucket', statements: [allow({ Condition: { StringEquals: { 'aws:PrincipalTag/keys': '${s3:max-keys}' }, NumericLessThan: { 's3:max-keys': '-5' } } })],
    says: { answer: 'outside', witness: { context: { 's3:max-keys': '-6', 'aws:PrincipalTag/keys': '-6' } } },
  },
  'a star under an operator without wildcards': {
    of: 'bucket', statements: [allow(when('StringEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/deploy'))],
    says: { answer: 'inside', because: 'conditions on `aws:PrincipalArn` keep outsiders out', notes: ['the `*` in `arn:aws:iam::*:role/deploy` is a character of `aws:PrincipalArn` under `StringEquals`, no wildcard'] },
  },
  'a session by its own ARN under a key that has its role\'s': { of: 'bucket', statements: [allow(when('ArnLike', 'aws:PrincipalArn', `arn:aws:sts::${own}:assumed-role/app/*`))], says: { answer: 'inside', because: expect.any(String), notes: [`\`arn:aws:sts::${own}:assumed-role/app/*\` is no request's \`aws:PrincipalArn\`, which of a session is the ARN of its role (such as \`arn:aws:iam::111122223333:role/app\`)`] } },
  'a star under an operator with wildcards': { of: 'bucket', statements: [allow(when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${own}:role/*`))], says: { answer: 'inside', because: 'conditions on `aws:PrincipalArn` keep outsiders out', notes: [] } },
  'a resource whose name is left open': {
    of: 'endpoint', objective: 'resources', more: { service: 'ssm' }, statements: [allow({ Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:*::parameter/*' })],
    says: { answer: 'outside', witness: { resource: 'arn:aws:ssm:us-east-1::parameter/app' } },
  },
  'a resource whose type has no account': {
    of: 'endpoint', objective: 'resources', more: { service: 'bedrock' }, statements: [allow({ Action: 'bedrock:InvokeModel', Resource: 'arn:aws:bedrock:*::foundation-model/*' })],
    says: { answer: 'outside', witness: { resource: 'arn:aws:bedrock:us-east-1::foundation-model/something' } },
  },
  'a bucket that another service takes': {
    of: 'endpoint', objective: 'resources', more: { service: 'ssm' }, statements: [allow({ Action: 'ssm:SendCommand', Resource: 'arn:aws:s3:::*' })],
    says: { answer: 'outside', witness: { resource: 'arn:aws:s3:::some-bucket' } },
  },
  'a principal of another partition': { of: 'role', statements: [{ Effect: 'Allow', Principal: { AWS: `arn:aws-cn:iam::${stranger}:root` }, Action: 'sts:AssumeRole' }], says: { answer: 'outside', witness: { principal: { arn: `arn:aws-cn:iam::${stranger}:role/someone` } } } },
  'a Region that is not the only one refused': { of: 'bucket', statements: [allow(when('StringNotLike', 'aws:RequestedRegion', 'eu-*'))], says: { answer: 'outside', witness: { context: { 'aws:RequestedRegion': 'us-east-1' } } } },
  // Names of log groups start with a slash or a digit as well, and streams lie two colons further. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
  ...Object.fromEntries(['/aws/lambda/worker', '/aws/lambda/worker:*', '2025-import:*', '2025:*', '2025:log-stream:today', 'app:log-stream:today', '/app:log-stream:2025/*'].map((name): [string, Row] => [`a log group of the own account, ${name}`, {
    of: 'endpoint', more: { service: 'logs' }, statements: [allow({ Action: 'logs:*', Resource: `arn:aws:logs:eu-west-1:${own}:log-group:${name}` })], says: { answer: 'outside', reach: 'anonymous' },
  }])),
  // A function's name may be digits alone, and its alias follows. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
  'an alias of a function whose name is a number': { of: 'endpoint', objective: 'resources', more: { service: 'lambda' }, statements: [allow({ Action: 'lambda:*', Resource: 'arn:aws:lambda:*:*:function:2025:prod' })], says: { answer: 'outside', reach: 'any-account' } },
  'an account between colons, which is no name': { of: 'endpoint', objective: 'resources', more: { service: 'logs' }, statements: [allow({ Action: 'logs:*', Resource: `arn:aws:logs:*:${own}:log-group:*` })], says: { answer: 'inside' } },
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html lists s3:ResourceAccount, and no other service does.
  'the owner as S3 says it, on another service\'s endpoint': { of: 'endpoint', objective: 'resources', more: { service: 'sqs' }, statements: [allow({ Action: '*', Resource: '*', ...when('StringEqualsIfExists', 's3:ResourceAccount', own) })], says: { answer: 'outside', reach: 'any-account' } },
  'the owner as S3 says it, of services that do not': {
    of: 'anything', objective: 'resources', more: { kind: 'scp' }, statements: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 's3:ResourceAccount': own }, Null: { 's3:ResourceAccount': 'false' } } }], says: { answer: 'outside', witness: { action: 'sqs:SendMessage' } },
  },
  'the caller as KMS says it, on another service\'s endpoint': { of: 'endpoint', more: { service: 'sqs' }, statements: [allow({ Principal: { AWS: stranger }, Action: '*', Resource: '*', ...when('StringEqualsIfExists', 'kms:CallerAccount', own) })], says: { answer: 'outside', reach: 'named-account' } },
  'the caller as KMS says it, on its endpoint': { of: 'endpoint', more: { service: 'kms' }, statements: [allow({ Action: '*', Resource: '*', Principal: { AWS: stranger }, ...when('StringEqualsIfExists', 'kms:CallerAccount', own) })], says: { answer: 'inside' } },
  'members\' resources, through the endpoint of an account in no organization': { of: 'endpoint', more: { account: standalone, perimeter: { ...perimeter, standaloneAccounts: [standalone] } }, statements: [allow({ Resource: '*', ...when('StringEquals', 'aws:ResourceOrgID', mine) })], says: { answer: 'outside', reach: 'anonymous' } },
  'members\' resources, but for the endpoint\'s account': { of: 'endpoint', more: { perimeter: { ...perimeter, accounts: [own, '222222222222'] } }, statements: [allow({ Resource: '*', Condition: { StringEquals: { 'aws:ResourceOrgID': mine }, StringNotEquals: { 'aws:ResourceAccount': own } } })], says: { answer: 'outside', reach: 'anonymous' } },
  'members\' resources, but for the endpoint\'s account, where none are listed': { of: 'endpoint', more: { perimeter: unlisted }, statements: [allow({ Resource: '*', Condition: { StringEquals: { 'aws:ResourceOrgID': mine }, StringNotEquals: { 'aws:ResourceAccount': own } } })], says: { answer: 'outside', reach: 'anonymous' } },
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html: an SCP binds principals, whosever the resource.
  'an SCP that closes networks for some resources of mine': {
    of: 'scp', objective: 'networks', more: { perimeter: { ...perimeter, accounts: [own, '222222222222'] } }, statements: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-012abc01' }, StringEquals: { 'aws:ResourceAccount': own } } }],
    says: { answer: 'outside', reach: 'network-bound' },
  },
  'an SCP of a standalone account that names a member as owner': {
    of: 'scp', objective: 'resources', more: { account: standalone, perimeter: { ...perimeter, standaloneAccounts: [standalone] } },
    statements: [{ Effect: 'Allow', Action: '*', Resource: '*', ...when('StringEquals', 'aws:ResourceAccount', own) }, { Effect: 'Allow', Action: '*', Resource: '*', ...when('StringEquals', 'aws:PrincipalOrgID', mine) }],
    says: { answer: 'outside', at: '/Statement/1', witness: { principal: { account: own } } },
  },
  'a caller and an owner in different organizations': { of: 'endpoint', more: { perimeter: unlisted }, objective: 'resources', statements: [allow({ Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-bbbbbbbbbb' }, StringNotEquals: { 'aws:ResourceOrgID': mine } } })], says: { answer: 'outside', witness: { principal: { account: '999999999999' }, context: { 'aws:ResourceAccount': '777777777777' } } } },
  'what every request carries, though it decides nothing': {
    of: 'endpoint', objective: 'principals', more: { perimeter: { ...perimeter, organizations: [mine, 'o-secondofmine'] } }, statements: [allow({ Resource: '*', ...when('StringNotEquals', 'aws:ResourceOrgID', 'o-aaaaaaaaaa') })],
    says: { answer: 'outside', witness: { context: { 'aws:ResourceOrgID': mine } } },
  },
  'a member of my organization off my paths': {
    of: 'bucket', more: { perimeter: { ...perimeter, accounts: undefined, organizationPaths: [`${mine}/r-ab12/ou-ab12-11111111/*`] } }, statements: [mineOnly],
    says: { answer: 'outside', because: expect.stringMatching(/^members of your organization that lie on none of your `organizationPaths` can reach/) },
  },
  'a global key that AWS does not have': { of: 'bucket', statements: [mineOnly, allow(when('StringEquals', 'aws:PrincipleOrgID', mine))], says: { answer: 'outside', reach: 'anonymous', at: '/Statement/1', because: expect.any(String), witness: expect.anything(), notes: ['`aws:principleorgid` is in none of our tables: requests are taken to lack it, or to carry anything'] } },
  'tags, which people name': { of: 'bucket', statements: [allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': mine, 'aws:PrincipalTag/team': 'a', 'aws:ResourceTag/team': 'a', 'aws:RequestTag/team': 'a' } } })], says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out', notes: [] } },
  'a key in none of the tables': { of: 'bucket', statements: [mineOnly, deny(when('StringEquals', 'foo:deny', 'x'))], says: { answer: 'inside', because: expect.any(String), notes: ['`foo:deny` is in none of our tables: requests are taken to lack it, or to carry anything'] } },
  'trust anchors that nothing lists': {
    of: 'bucket', more: { kind: 'trust' }, statements: [{ Effect: 'Allow', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    says: { answer: 'inside', because: expect.any(String), notes: ['the definition lists no `trustAnchors`, so any of the account counts as yours'] },
  },
  'clusters by a pattern': {
    of: 'role', statements: [anyToken('StringLike', 'aws:FederatedProvider', oidc('oidc.eks.*.amazonaws.com/id/*'))],
    says: { answer: 'inside', because: expect.any(String), notes: [`\`${oidc('oidc.eks.*.amazonaws.com/id/*')}\` takes issuers of clusters; list those of yours in \`identityProviders\``] },
  },
  'clusters by a pattern, where providers are listed': {
    of: 'role', more: { perimeter: { ...perimeter, identityProviders: [{ kind: 'own', issuer: 'oidc.eks.*' }] } }, statements: [anyToken('StringLike', 'aws:FederatedProvider', oidc('oidc.eks.*.amazonaws.com/id/*'))],
    says: { answer: 'inside', because: expect.any(String), notes: [] },
  },
  'all but clusters': {
    of: 'role', statements: [anyToken('StringNotLike', 'aws:FederatedProvider', oidc('oidc.eks.*.amazonaws.com/id/*'))],
    says: { answer: 'outside', reach: 'any-account', at: '/Statement/0', because: expect.any(String), witness: expect.anything(), notes: [] },
  },
  'issuers that begin like clusters\'': {
    of: 'role', statements: [anyToken('StringLike', 'aws:FederatedProvider', oidc('oidc.eks.*'))],
    says: { answer: 'undecided', because: 'the definition does not tell whether every token of `oidc.eks.example.org` is yours: list it in `identityProviders`' },
  },
  'a Deny that spares what tells no source': {
    of: 'bucket', objective: 'deputies', statements: [allow({ Principal: { Service: 'cloudtrail.amazonaws.com' } }), deny({ Condition: { StringNotEquals: { 'aws:SourceAccount': own }, Null: { 'aws:SourceAccount': 'false' } } })],
    says: { answer: 'inside', because: expect.any(String), notes: ['`/Statement/1` spares requests without `aws:SourceAccount`, so it binds the services that send it'] },
  },
  'a Deny of whoever tells a source': {
    of: 'bucket', objective: 'deputies', statements: [allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, ...when('StringEquals', 'aws:SourceAccount', own) }), deny({ Principal: { AWS: stranger }, ...when('Null', 'aws:SourceArn', 'false') })],
    says: { answer: 'inside', because: expect.any(String), notes: [] },
  },
  'no Region': { of: 'bucket', statements: [allow(when('Null', 'aws:RequestedRegion', 'true'))], says: { answer: 'inside' } },
  // Some services do not always tell whether AWS calls on somebody's behalf.
  'a call that does not tell for whom, of a service that is not known': { of: 'anything', statements: [allow({ Action: '*', Resource: '*', Condition: { Null: { 'aws:ViaAWSService': 'true', 'aws:PrincipalArn': 'false' } } })], says: { answer: 'outside', witness: { action: expect.stringMatching(/^(ec2|glue|lakeformation|opsworks):/) } } },
  'a call that does not tell for whom, of S3, which the policy alone names': { of: 'anything', statements: [allow({ Condition: { Null: { 'aws:ViaAWSService': 'true', 'aws:PrincipalArn': 'false' } } })], says: { answer: 'inside' } },
  'a call to KMS that does not tell the caller, of a service that is not known': { of: 'anything', statements: [allow({ Action: 'kms:Decrypt', Resource: '*', Condition: { Null: { 'kms:CallerAccount': 'true', 'aws:PrincipalArn': 'false' } } })], says: { answer: 'inside' } },
  'a call that does not tell for whom, of S3': { of: 'bucket', statements: [allow({ Condition: { Null: { 'aws:ViaAWSService': 'true', 'aws:PrincipalArn': 'false' } } })], says: { answer: 'inside' } },
  'an action with a letter that is two in the other case': { of: 'anything', objective: 'networks', more: { service: 'ecr' }, statements: [allow({ Action: 'ecr:İ*', Resource: '*' })], says: { answer: 'inside' } },
  'a value in another case than the one that is denied': { of: 'bucket', statements: [allow(when('StringEqualsIgnoreCase', 'aws:PrincipalTag/team', 'blue')), deny(when('StringEquals', 'aws:PrincipalTag/team', 'blue'))], says: { answer: 'outside' } },
  'a value in another case than the ones that are denied': { of: 'bucket', statements: [allow(when('StringEqualsIgnoreCase', 'aws:PrincipalTag/team', ['a', 'b'])), deny(when('StringEquals', 'aws:PrincipalTag/team', ['a', 'A', 'b']))], says: { answer: 'outside', witness: { context: { 'aws:PrincipalTag/team': 'B' } } } },
  'a value in no case': { of: 'bucket', statements: [allow(when('StringEqualsIgnoreCase', 'aws:PrincipalTag/team', 'a')), deny(when('StringEquals', 'aws:PrincipalTag/team', ['a', 'A']))], says: { answer: 'inside' } },
  'a value with a letter that is two in the other case': { of: 'bucket', statements: [allow(when('StringEqualsIgnoreCase', 'aws:PrincipalTag/team', 'straße')), deny(when('StringEquals', 'aws:PrincipalTag/team', 'straße'))], says: { answer: 'outside' } },
  'a network that is accepted': {
    of: 'bucket', more: { acceptNetworkBound: true }, statements: [allow(when('StringEquals', 'aws:SourceVpc', 'vpc-012abc01'))],
    says: { answer: 'inside', because: expect.any(String), notes: ['a network of mine alone keeps outsiders out, which the question accepts'] },
  },
  'one of somebody else\'s, where mine would be accepted': { of: 'bucket', more: { acceptNetworkBound: true }, statements: [allow(when('StringEquals', 'aws:SourceVpc', 'vpc-012abc99'))], says: expect.objectContaining({ answer: 'outside', reach: 'network-bound', notes: [] }) },
  'a network that is not': { of: 'bucket', statements: [allow(when('StringEquals', 'aws:SourceVpc', 'vpc-012abc01'))], says: { answer: 'outside', reach: 'network-bound', at: '/Statement/0' } },
  // Whoever comes from there is named as far as the policy tells.
  ...Object.fromEntries(([
    ['anybody', allow(fromOffice), 'anyone, without signing in to AWS, if they come from the named network, can reach the resource'],
    ['any account', allow({ Principal: '*', Condition: { IpAddress: office, Null: { 'aws:PrincipalArn': 'false' } } }), 'callers of any account, if they come from the named network, can reach the resource'],
    ['an account by its name', allow({ Principal: { AWS: [own, stranger] }, ...fromOffice }), `account ${stranger}, if it comes from the named network, can reach the resource`],
    ['an account by a condition', allow({ Condition: { IpAddress: office, StringEquals: { 'aws:PrincipalAccount': [own, stranger] } } }), `account ${stranger}, if it comes from the named network, can reach the resource`],
    ['another organization', allow({ Condition: { IpAddress: office, StringEquals: { 'aws:PrincipalOrgID': 'o-bbbbbbbbbb' } } }), 'members of the organization `o-bbbbbbbbbb`, which is not yours, if they come from the named network, can reach the resource'],
  ] as const).map(([name, statement, because]): [string, Row] => [`a network, and ${name}`, { of: 'bucket', statements: [statement], says: { answer: 'outside', reach: 'network-bound', because: expect.stringMatching(new RegExp(`^${because} through Statement 0: `)) } }])),
  'a network, and a role for one vendor': { of: 'role', statements: [{ Effect: 'Allow', Principal: { AWS: stranger }, Action: 'sts:AssumeRole', ...fromOffice }], says: { answer: 'outside', reach: 'network-bound', because: expect.stringMatching(`^account ${stranger}, if it comes from the named network, can assume the role through Statement 0: `) } },
  'a network by how its addresses begin': { of: 'bucket', statements: [allow(when('StringLike', 'aws:SourceIp', '203.0.113.*'))], says: { answer: 'outside', reach: 'network-bound', at: '/Statement/0' } },
  'addresses by their first digit': { of: 'bucket', statements: [allow(when('StringLike', 'aws:SourceIp', '2*'))], says: { answer: 'outside', reach: 'anonymous', at: '/Statement/0' } },
  'a network or members, by one Deny': { of: 'bucket', statements: [allow(), deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, StringNotEquals: { 'aws:PrincipalOrgID': mine } } })], says: { answer: 'outside', reach: 'network-bound' } },
  'a network or members, by two Denies': {
    of: 'bucket', statements: [allow(), ...['aws:PrincipalOrgID', 'aws:PrincipalAccount'].map((key) => deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, StringNotEquals: { [key]: key.endsWith('ID') ? mine : own } } }))],
    says: { answer: 'outside', reach: 'network-bound' },
  },
  'half the addresses or members, by two Denies': {
    of: 'bucket', statements: [allow(), ...['aws:PrincipalOrgID', 'aws:PrincipalAccount'].map((key) => deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '128.0.0.0/1' }, StringNotEquals: { [key]: key.endsWith('ID') ? mine : own } } }))],
    says: { answer: 'outside', reach: 'anonymous' },
  },
  'a network beside everybody': { of: 'bucket', more: { acceptNetworkBound: true }, statements: [allow(when('StringEquals', 'aws:SourceVpc', 'vpc-012abc01')), allow()], says: { answer: 'outside', reach: 'anonymous', at: '/Statement/1' } },
  'two buckets of whoever took the names': {
    of: 'endpoint', objective: 'resources', statements: [allow({ Resource: ['arn:aws:s3:::some-data/*', 'arn:aws:s3:::some-logs/*'] })],
    says: { answer: 'undecided', because: 'owner of bucket `some-data`, `some-logs`', unknownBuckets: ['some-data', 'some-logs'], notes: [] },
  },
  'two accounts, where none are listed': {
    of: 'bucket', more: { perimeter: unlisted, account: own }, statements: [mineOnly, allow({ Principal: { AWS: stranger } }), allow({ Principal: { AWS: '444444444444' } })],
    says: { answer: 'undecided', because: expect.stringContaining(stranger), at: '/Statement/1', unknownAccounts: [stranger, '444444444444'], notes: [] },
  },
  'a canonical user': {
    of: 'bucket', statements: [mineOnly, allow({ Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } })],
    says: { answer: 'undecided', because: 'the definition does not tell whose canonical user `79a59df900b9…` is', at: '/Statement/1', notes: [] },
  },
  'a canonical user, asked about services': {
    of: 'bucket', objective: 'deputies', statements: [allow({ Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } })], says: { answer: 'inside' },
  },
  'a canonical user who is denied': { of: 'bucket', statements: [mineOnly, { ...deny({}), Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } }], says: { answer: 'inside' } },
  'an origin access identity': {
    of: 'bucket', statements: [allow({ Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE' } })],
    says: { answer: 'undecided', because: 'the definition does not tell whose `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE` is', at: '/Statement/0', notes: [] },
  },
  'principals that match nobody': {
    of: 'bucket', statements: [mineOnly, allow({ Principal: { AWS: ['AROAEXAMPLE0EXAMPLE00', 'AIDAEXAMPLE0EXAMPLE00', `arn:aws:iam::${own}:role/app-*`, `arn:aws:iam::${own}:role/AROAEXAMPLE0EXAMPLE00`] } })],
    says: { answer: 'inside', because: expect.any(String), notes: [
      '`AROAEXAMPLE0EXAMPLE00` is the unique id of a deleted principal and matches nobody', '`AIDAEXAMPLE0EXAMPLE00` is the unique id of a deleted principal and matches nobody',
      `\`arn:aws:iam::${own}:role/app-*\` has a wildcard inside a principal, which IAM does not allow, and matches nobody`,
    ] },
  },
  ...Object.fromEntries(['1234', '', 'role/deploy', `arn:aws:iam::${own}:group/admins`, 'arn:aws:s3:::acme-logs', `arn:aws:iam::${own}:root `, `arn:aws:sts::${own}:assumed-role/deploy`].map((one) => [`a principal that IAM refuses, ${one}`, {
    of: 'bucket', statements: [mineOnly, allow({ Principal: { AWS: one } })], says: { answer: 'inside', because: expect.any(String), notes: [`\`${one}\` is no principal that IAM takes (\`*\`, an account's id, the ARN of its root, of a user, role or session) and matches nobody`] },
  } satisfies Row])),
  ...Object.fromEntries([own, `arn:aws-cn:iam::${own}:root`, `arn:aws:iam::${own}:user/a/b`, `arn:aws:sts::${own}:assumed-role/deploy/me`, `arn:aws:sts::${own}:federated-user/me`].map((one) => [`a principal that IAM takes, ${one}`, {
    of: 'bucket', statements: [mineOnly, allow({ Principal: { AWS: one } })], says: { answer: 'inside', because: expect.any(String), notes: [] },
  } satisfies Row])),
  'names that IAM takes in no policy': {
    of: 'bucket', statements: [mineOnly, { ...allow({ Principal: { Service: ['s3', 's3'], AWS: [] }, Action: ['GetObject', 'Get*', ''], Resource: ['data/*', ''] }) }, { ...allow({}), Principal: {}, NotResource: [], Resource: undefined }],
    says: { answer: 'inside', because: expect.any(String), notes: [
      '`s3` is no service principal that IAM takes (their names are such as `s3.amazonaws.com`)',
      ...['GetObject', 'Get*', '""'].map((one) => `\`${one}\` is no action that IAM takes (\`*\`, or a name after its service's prefix, such as \`s3:GetObject\`)`),
      ...['data/*', '""'].map((one) => `\`${one}\` is no resource that IAM takes (\`*\` or an ARN)`),
      'an empty list of principals is none that AWS takes; it names nobody', 'an empty list of resources is none that AWS takes; it names nothing',
    ] },
  },
  'names that IAM takes, without a prefix or in place of one': {
    of: 'bucket', statements: [mineOnly, allow({ Principal: { Service: ['s3.amazonaws.com', 'logs.*.amazonaws.com'] }, Action: ['**', 's3:*'], Resource: ['*', '${aws:PrincipalTag/team}', 'execute-api:/*'] })],
    says: { answer: 'inside', because: expect.any(String), notes: [] },
  },
  'a slip for a service, asked about deputies': {
    of: 'bucket', objective: 'deputies', statements: [allow({ Principal: { Service: 's3' } })],
    says: { answer: 'inside', because: expect.any(String), notes: ['`s3` is no service principal that IAM takes (their names are such as `s3.amazonaws.com`)'] },
  },
  'a cluster whose tokens are asked about': { of: 'role', statements: [assumedBy({ Federated: cluster })], says: { answer: 'inside', because: expect.any(String), notes: [noteOnCluster] } },
  'a cluster whose tokens are asked about, from my VPC': { of: 'role', statements: [{ ...assumedBy({ Federated: cluster }), ...when('StringEquals', 'aws:SourceVpc', 'vpc-012abc01') }], says: { answer: 'inside', because: expect.any(String), notes: [noteOnCluster] } },
  'an organization whose id goes on behind that of mine': { of: 'bucket', statements: [allow(when('StringLike', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}*'))], says: { answer: 'outside', witness: { context: { 'aws:PrincipalOrgID': `${mine}x` } } } },
  'an organization that is mine by a variable': { of: 'bucket', statements: [allow(when('StringLike', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}'))], says: { answer: 'inside' } },
  'any token of GitHub': {
    of: 'role', statements: [assumedBy({ Federated: oidc(github) })],
    says: { because: `anyone with a token of \`${github}\` can assume the role through Statement 0: a token of \`${github}\` with the subject \`repo:someone/app:ref:refs/heads/main\` could call sts:AssumeRoleWithWebIdentity`, witness: { context: { [`${github}:sub`]: 'repo:someone/app:ref:refs/heads/main' } } },
  },
  'tokens of GitHub, of owners that begin alike': { of: 'role', statements: [{ ...assumedBy({ Federated: oidc(github) }), ...when('StringLike', `${github}:sub`, ['repo:acme/*', 'repo:acme*']) }], more: { perimeter: withClaims }, says: { witness: { context: { [`${github}:sub`]: 'repo:acme-x/app:ref:refs/heads/main' } } } },
  'tokens of GitHub, of repositories that begin alike or of no owner': { of: 'role', statements: [{ ...assumedBy({ Federated: oidc(github) }), ...when('StringLike', `${github}:sub`, ['repo:octo/app*', 'x-repo:octo*']) }], more: { perimeter: withClaims }, says: { witness: { context: { [`${github}:sub`]: 'repo:octo/app-x:ref:refs/heads/main' } } } },
  ...Object.fromEntries(([['repo:*/*:ref:refs/heads/corgi', 'repo:someone/app:ref:refs/heads/corgi'], ['repo:*/svc-0:*', 'repo:someone/svc-0:ref:refs/heads/main'], ['repo:octo/*', 'repo:octo/app:ref:refs/heads/main'], ['repo:octo*', 'repo:octo-x/app:ref:refs/heads/main'], ['repo:octo/*:environment:*', 'repo:octo/app:environment:x']] as const)
    .map(([pattern, subject]): [string, Row] => [`a subject that GitHub issues, by ${pattern}`, { of: 'role', statements: [{ ...assumedBy({ Federated: oidc(github) }), ...when('StringLike', `${github}:sub`, pattern) }], more: { perimeter: withClaims }, says: { witness: { context: { [`${github}:sub`]: subject } } } }])),
  'any token of another issuer': {
    of: 'role', statements: [assumedBy({ Federated: oidc('gitlab.com') })], more: { perimeter: { ...perimeter, identityProviders: [{ kind: 'claims', issuer: 'gitlab.com', claims: { sub: ['project_path:acme/*'] } }] } },
    says: { because: 'anyone with a token of `gitlab.com` can assume the role through Statement 0: a token of `gitlab.com` with the subject `x` could call sts:AssumeRoleWithWebIdentity' },
  },
  'an issuer that nobody lists': { of: 'role', statements: [assumedBy({ Federated: oidc('id.example.org') })], says: { answer: 'undecided', at: '/Statement/0', because: 'the definition does not tell whether every token of `id.example.org` is yours: list it in `identityProviders`', notes: [] } },
  'a name that is no provider': { of: 'role', statements: [assumedBy({ Federated: 'id.example.org' })], says: { answer: 'inside', because: expect.any(String), notes: ['`id.example.org` names no provider, so nobody comes in through it'] } },
  'a name that is no provider, by principal and by key': {
    of: 'role', statements: [{ ...assumedBy({ Federated: ['*', 'id.example.org'] }), ...when('StringEquals', 'aws:FederatedProvider', 'id.example.org') }],
    says: { answer: 'inside', because: expect.any(String), notes: ['`id.example.org` names no provider, so nobody comes in through it'] },
  },
  'a name that is no provider, asked of a token whose provider is named': {
    of: 'role', more: { perimeter: { ...perimeter, identityProviders: [{ kind: 'own', issuer: 'id.example.org' }] } },
    statements: [{ ...assumedBy({ Federated: oidc('id.example.org') }), ...when('StringEquals', 'aws:FederatedProvider', 'id.example.org') }], says: { answer: 'inside', because: expect.any(String), notes: [] },
  },
  'a cluster that two statements name': { of: 'role', statements: [assumedBy({ Federated: cluster }), { ...assumedBy({ Federated: cluster }), Action: 'sts:TagSession' }], says: { answer: 'inside', because: expect.any(String), notes: [noteOnCluster] } },
  'a VPC of a stranger': {
    of: 'bucket', statements: [allow({ Condition: { Null: { 'aws:SourceVpc': 'false', 'aws:SourceVpce': 'false', 'aws:VpceAccount': 'false', 'aws:SourceVpcArn': 'false' } } })],
    says: { answer: 'outside', reach: 'anonymous', witness: { context: {
      'aws:SourceVpc': 'vpc-0123456789abcdef0', 'aws:SourceVpce': 'vpce-0123456789abcdef0', 'aws:VpceAccount': '999999999999', 'aws:SourceVpcArn': expect.stringMatching(/^arn:aws:ec2:[^:]*:[^:]*:vpc\/vpc-./),
    } } },
  },
  // Nothing but a role is called with a token, and what hangs on a role is a trust policy.
  'a resource that is open to tokens': { of: 'anything', statements: [allow({ Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*', ...when('Null', 'aws:PrincipalAccount', 'true') })], says: { answer: 'inside' } },
  'an endpoint that is open to tokens': { of: 'endpoint', more: { service: 'sts' }, statements: [allow({ Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*', ...when('Null', 'aws:PrincipalAccount', 'true') })], says: { answer: 'outside', witness: { principal: { kind: 'web-identity' } } } },
  'a condition that names one of mine, beside one that leaves out a stranger': { of: 'bucket', statements: [allow({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '999999999999' }, StringEquals: { 'aws:PrincipalOrgID': mine } } })], says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out' } },
  'a Deny of a stranger beside a Deny of all': { of: 'bucket', statements: [allow(), deny({}), deny(when('StringEquals', 'aws:PrincipalOrgID', 'o-aaaaaaaaaa'))], says: { answer: 'inside', because: 'no request from outside is allowed' } },
  'a service whose name must be told': { of: 'bucket', more: { perimeter: { ...perimeter, services: ['config.amazonaws.com'] } }, statements: [allow(when('Null', 'aws:PrincipalServiceName', 'false'))], says: { answer: 'outside', reach: 'service', witness: { principal: { kind: 'service', name: 'unlisted.amazonaws.com' } } } },
  'an account that has an AWS service call for it': { of: 'bucket', statements: [allow(when('Bool', 'aws:ViaAWSService', 'true'))], says: { answer: 'outside', because: `any AWS account can reach the resource through Statement 0: the role \`arn:aws:iam::999999999999:role/someone\` could have an AWS service call s3:GetObject on \`arn:aws:s3:::acme-data/some-key\`` } },
  'a service that no policy names': { of: 'bucket', more: { perimeter: { ...perimeter, services: ['config.amazonaws.com'] } }, statements: [allow(when('Bool', 'aws:PrincipalIsAWSService', 'true'))], says: { answer: 'outside', reach: 'service', because: 'an AWS service that `services` does not list can reach the resource through Statement 0: the AWS service `unlisted.amazonaws.com` could call s3:GetObject on `arn:aws:s3:::acme-data/some-key`', witness: { principal: { kind: 'service', name: 'unlisted.amazonaws.com' } } } },
  'a resource of any service': { of: 'anything', statements: [mineOnly], says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out', notes: [noteOnService] } },
  'an RCP of any service': { of: 'anything', more: { kind: 'rcp' }, statements: [deny({ Action: 's3:*' })], says: { answer: 'inside', because: 'no request from outside is allowed', notes: ['asked of the services that it names; what it does not name it leaves open'] } },
  // Root users cannot call it: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  'an RCP for roles that spares root users': { of: 'rcp', more: { service: 'sts' }, statements: [deny({ Action: 'sts:*', ...when('StringNotEquals', 'aws:PrincipalType', 'Account') })], says: { answer: 'inside' } },
  ...Object.fromEntries<Row>(([
    ['for another account of mine', {}, outsideOf(sibling)], ['for another account of mine, asked of a bucket', { resource: bucket }, { answer: 'inside' }],
    ['for another account of mine, where nothing lists those', { perimeter: unlisted }, outsideOf(sibling)],
    ['for an account that stands alone', { perimeter: { ...perimeter, standaloneAccounts: [sibling] } }, { answer: 'inside' }],
  ] as const).map(([name, more, says]) => [`an RCP that spares resources ${name}`, { of: 'rcp', more, statements: [deny({ Action: 's3:*', ...when('StringNotEquals', 'aws:ResourceAccount', sibling) })], says }])),
  'an RCP for resources of one account': { of: 'rcp', more: { perimeter: { ...perimeter, accounts: [own, sibling] } }, statements: [deny({ Action: 's3:*', ...when('StringEquals', 'aws:ResourceAccount', own) })], says: outsideOf(sibling) },
  'an RCP for resources of one account, asked about services': { of: 'rcp', objective: 'deputies', more: { perimeter: { ...perimeter, accounts: [own, sibling] } }, statements: [deny({ Action: 's3:*', ...when('StringEquals', 'aws:ResourceAccount', own) })], says: outsideOf(sibling) },
  'an RCP for resources of one account, asked about networks': { of: 'rcp', objective: 'networks', more: { perimeter: { ...perimeter, accounts: [own, sibling] } }, statements: [deny({ Action: 's3:*', ...when('StringEquals', 'aws:ResourceAccount', own) })], says: outsideOf(sibling) },
  // Whose resources they are by a variable, their own access points and endpoints are mine.
  ...Object.fromEntries<Row>([{}, { perimeter: unlisted }, { perimeter: { ...perimeter, accounts: [own, sibling] }, service: 'kms' }].flatMap((more, i): readonly [string, Row][] => ['s3:DataAccessPointAccount', 'aws:VpceAccount'].map((tested) =>
    [`an RCP that asks whose ${tested} it is, ${i}`, { of: 'rcp', more, statements: [deny({ Action: '*', ...when('StringNotEquals', tested, '${aws:ResourceAccount}') })], says: tested === 'aws:VpceAccount' ? { answer: 'outside', reach: 'network-bound' } : { answer: 'inside' } }]))),
  'an RCP that tells two organizations of mine by their paths and ids': {
    of: 'rcp', more: { perimeter: { ...perimeter, organizations: [mine, 'o-acmeacme22'] } },
    statements: [deny({ Action: '*', ...when('StringLike', 'aws:ResourceOrgPaths', `${mine}/*`) }), deny({ Action: '*', ...when('StringNotEquals', 'aws:ResourceOrgID', mine) })], says: { answer: 'inside' },
  },
  'a resource of any service, from my VPC': {
    of: 'anything', statements: [{ ...mineOnly, Condition: { StringEquals: { 'aws:PrincipalOrgID': mine, 'aws:SourceVpc': 'vpc-012abc01' } } }],
    says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out', notes: [noteOnService] },
  },
  // A name of IAM holds no `*`, whatever else the policy does with it.
  'a user of a name that nobody has': { of: 'bucket', statements: [allow({ Resource: [`${bucket}/\${aws:username}/*`, `${bucket}/a`], ...when('StringEquals', 'aws:username', 'a*') })], says: { answer: 'inside' } },
  'a path that no organization has': { of: 'bucket', statements: [allow(when('ForAllValues:StringNotLike', 'aws:ResourceOrgPaths', `${mine}/r-*`))], says: { answer: 'inside' } },
  // VPCs of different accounts have the same addresses: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (aws:VpcSourceIp)
  'an address within whichever VPC': { of: 'bucket', more: { acceptNetworkBound: true }, statements: [allow(when('IpAddress', 'aws:VpcSourceIp', '10.0.0.5'))], says: { answer: 'outside', reach: 'anonymous' } },
  'a path without a root': { of: 'bucket', statements: [allow(when('ForAnyValue:StringLike', 'aws:ResourceOrgPaths', `${mine}/r-/*`))], says: { answer: 'inside' } },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html: it is reached through endpoints, which tell no public address.
  'an access point of a VPC from the office': { of: 'bucket', statements: [allow({ Condition: { StringEquals: { 's3:AccessPointNetworkOrigin': 'VPC' }, IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })], says: { answer: 'inside' } },
  // https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html (elasticfilesystem:AccessedViaMountTarget): whoever is in no VPC of the file system's uses none.
  'a file system without its mount targets': { of: 'anything', more: { service: 'elasticfilesystem', acceptNetworkBound: true }, statements: [allow({ Action: 'elasticfilesystem:*', Resource: '*', ...when('Bool', 'elasticfilesystem:AccessedViaMountTarget', 'false') })], says: { answer: 'outside', reach: 'anonymous' } },
  'a file system by its mount targets': { of: 'anything', more: { service: 'elasticfilesystem' }, statements: [allow({ Action: 'elasticfilesystem:*', Resource: '*', ...when('Bool', 'elasticfilesystem:AccessedViaMountTarget', 'true') })], says: { answer: 'outside', reach: 'network-bound' } },
  'an access point of neither kind': { of: 'bucket', statements: [allow({ Condition: { Null: { 's3:AccessPointNetworkOrigin': 'false' }, StringNotEquals: { 's3:AccessPointNetworkOrigin': ['VPC', 'Internet'] } } })], says: { answer: 'inside' } },
  'an access point of neither kind, asked about services': {
    of: 'bucket', objective: 'deputies', statements: [allow({ Condition: { Null: { 's3:AccessPointNetworkOrigin': 'false' }, StringNotEquals: { 's3:AccessPointNetworkOrigin': ['VPC', 'Internet'] } } })], says: { answer: 'inside' },
  },
  'a VPC without Region or account': { of: 'bucket', statements: [allow(when('ArnLike', 'aws:SourceVpcArn', 'arn:aws:ec2:::vpc/*'))], says: { answer: 'inside' } },
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html (kms:ViaService): what AWS calls for a principal is not called directly.
  'a key for one service or my VPC': {
    of: 'bucket', objective: 'networks', more: { service: 'kms', resource: key },
    statements: [allow({ Action: 'kms:*', Resource: '*', ...when('StringEquals', 'aws:PrincipalOrgID', mine) }), deny({ Action: 'kms:*', Condition: { StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-012abc01' }, Null: { 'kms:ViaService': 'true' } } })],
    says: { answer: 'inside' },
  },
  'a key for one service that nobody calls': {
    of: 'bucket', more: { service: 'kms', resource: key }, statements: [allow({ Action: 'kms:*', Resource: '*', Condition: { StringLike: { 'kms:ViaService': 's3.*' }, Bool: { 'aws:ViaAWSService': 'false' } } })], says: { answer: 'inside' },
  },
  'a caller of mine from an endpoint of its account': {
    of: 'bucket', objective: 'networks', more: { perimeter: { ...perimeter, accounts: [own, '222222222222'], networks: { ...perimeter.networks, organization: true } } },
    statements: [mineOnly, deny(when('StringNotEquals', 'aws:VpceAccount', '${aws:PrincipalAccount}'))], says: { answer: 'inside' },
  },
  // A standalone account is mine whether or not the definition lists those of the organization.
  'a standalone caller of mine, where no accounts are listed': {
    of: 'bucket', objective: 'networks', more: { perimeter: { ...unlisted, standaloneAccounts: ['444444444444'] } },
    statements: [allow({ Condition: { Null: { 'aws:PrincipalOrgID': 'true', 'aws:PrincipalArn': 'false' } } })], says: { answer: 'outside', witness: { principal: { account: '444444444444' } } },
  },
  'a caller of mine from a VPC of my account': {
    of: 'bucket', objective: 'networks', more: { perimeter: { ...perimeter, networks: { ...perimeter.networks, organization: true } } },
    statements: [mineOnly, deny(when('ArnNotLike', 'aws:SourceVpcArn', `arn:aws:ec2:*:${own}:vpc/*`))], says: { answer: 'inside' },
  },
  'a caller of mine from VPCs of two accounts, where no accounts are listed': {
    of: 'bucket', objective: 'networks', more: { perimeter: { ...unlisted, networks: { ...perimeter.networks, organization: true } } },
    statements: [{ ...mineOnly, ...when('StringEquals', 'aws:VpceAccount', [stranger, sibling]) }],
    says: { answer: 'undecided', because: `the definition does not tell whose accounts \`${stranger}\`, \`${sibling}\` are`, unknownAccounts: [stranger, sibling] },
  },
  'a caller of mine from a VPC of my account, where the definition lists VPCs alone': {
    of: 'bucket', objective: 'networks', statements: [mineOnly, deny(when('ArnNotLike', 'aws:SourceVpcArn', `arn:aws:ec2:*:${own}:vpc/*`))], says: { answer: 'outside' },
  },
  'a caller of mine from some VPC': {
    of: 'bucket', objective: 'networks', statements: [{ ...mineOnly, Condition: { StringEquals: { 'aws:PrincipalOrgID': mine }, Null: { 'aws:SourceVpc': 'false', 'aws:SourceVpce': 'false' } } }],
    says: { answer: 'outside', because: expect.stringMatching(/ from `vpc-[0-9a-f]{17}`$/), witness: { context: { 'aws:SourceVpc': expect.stringMatching(/^vpc-[0-9a-f]{17}$/), 'aws:SourceVpce': expect.stringMatching(/^vpce-[0-9a-f]{17}$/) } } },
  },
  'an endpoint whose owner is in one organization and at a place of another': { of: 'bucket', statements: [allow({ Condition: { StringEquals: { 'aws:VpceOrgID': 'o-aaaaaaaaaa' }, 'ForAnyValue:StringLike': { 'aws:VpceOrgPaths': 'o-bbbbbbbbbb/*' } } })], says: { answer: 'inside' } },
  'an endpoint whose owner is at a place of its organization': {
    of: 'bucket', statements: [allow({ Condition: { StringEquals: { 'aws:VpceOrgID': 'o-aaaaaaaaaa' }, 'ForAnyValue:StringLike': { 'aws:VpceOrgPaths': ['o-bbbbbbbbbb/*', 'o-aaaaaaaaaa/r-ab12/*'] } } })],
    says: { answer: 'outside', reach: 'anonymous', witness: { context: { 'aws:VpceOrgPaths': [expect.stringMatching(/^o-aaaaaaaaaa\/r-ab12\//)] } } },
  },
  'an endpoint whose owner is in an organization, whose place nothing tells': { of: 'bucket', statements: [allow({ Condition: { StringEquals: { 'aws:VpceOrgID': 'o-aaaaaaaaaa' }, Null: { 'aws:VpceOrgPaths': 'true' } } })], says: { answer: 'inside' } },
  // AWS lists Secrets Manager for the place alone.
  'an endpoint of a service that tells the place alone': { of: 'anything', more: { service: 'secretsmanager' }, statements: [allow({ Action: '*', Resource: '*', Condition: { Null: { 'aws:VpceOrgID': 'true', 'aws:VpceOrgPaths': 'false' } } })], says: { answer: 'outside' } },
  // It lists SQS for the organization alone, which is told wherever there is one.
  'an endpoint of a service that tells the organization alone': { of: 'anything', more: { service: 'sqs' }, statements: [allow({ Action: '*', Resource: '*', Condition: { Null: { 'aws:VpceOrgID': 'true', 'aws:VpceOrgPaths': 'false' } } })], says: { answer: 'inside' } },
  'a caller of mine from an endpoint at a place of another organization than its own': {
    of: 'bucket', objective: 'networks', statements: [allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': mine, 'aws:VpceOrgID': 'o-aaaaaaaaaa' }, 'ForAnyValue:StringLike': { 'aws:VpceOrgPaths': 'o-bbbbbbbbbb/*' } } })], says: { answer: 'inside' },
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (aws:PrincipalTag): of IAM users, roles and sessions
  'a tag of the caller, which no service has': { of: 'bucket', objective: 'deputies', statements: [allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } })], says: { answer: 'inside' } },
  'a Deny of callers without a tag, which services are': { of: 'bucket', objective: 'deputies', statements: [allow({ Principal: { Service: 'cloudtrail.amazonaws.com' } }), deny({ Condition: { Null: { 'aws:PrincipalTag/team': 'true' } } })], says: { answer: 'inside' } },
  'a tag of a certificate, in the trust policy of a role for IAM Roles Anywhere': {
    of: 'role', more: { perimeter: { ...perimeter, identityProviders: [{ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:eu-west-1:${own}:trust-anchor/11111111-aaaa-bbbb-cccc-111111111111`] }] } },
    statements: [{ Effect: 'Allow', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: 'sts:AssumeRole', ...when('StringEquals', 'aws:PrincipalTag/x509Subject/CN', 'acme') }], says: { answer: 'outside' },
  },
  'an endpoint in some organization, seen by nobody who signs': { of: 'bucket', statements: [allow({ Condition: { Null: { 'aws:PrincipalArn': 'true', 'aws:VpceOrgID': 'false', 'aws:VpceOrgPaths': 'true' } } })], says: { answer: 'inside' } },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (aws:SourceVpcArn) does not list DynamoDB, but S3.
  'an endpoint of a service that does not tell the VPC\'s ARN': { of: 'endpoint', more: { service: 'dynamodb' }, statements: [allow({ Principal: '*', Action: '*', Resource: '*', ...when('Null', 'aws:SourceVpcArn', 'true') })], says: { answer: 'outside' } },
  'an endpoint of a service that tells the VPC\'s ARN': { of: 'endpoint', statements: [allow({ Principal: '*', Action: '*', Resource: '*', ...when('Null', 'aws:SourceVpcArn', 'true') })], says: { answer: 'inside' } },
  'an endpoint of STS that anybody uses': { of: 'endpoint', more: { service: 'sts' }, statements: [allow({ Principal: { AWS: '*' }, Action: '*', Resource: '*', ...when('StringLike', 'aws:PrincipalArn', '*') })], says: { answer: 'outside', witness: { action: 'sts:AssumeRole' } } },
  'an SCP that only denies, beside AWS\'s own': { of: 'scp', objective: 'resources', statements: [{ Effect: 'Deny', Action: 's3:PutObject', Resource: '*' }], says: { answer: 'outside', at: '' } },
  'an endpoint of STS for assertions of a provider of mine': { of: 'endpoint', objective: 'resources', more: { service: 'sts' }, statements: [allow({ Principal: { Federated: 'arn:aws:iam::111111111111:saml-provider/Okta' }, Action: 'sts:AssumeRoleWithSAML', Resource: '*' })], says: { answer: 'inside', because: 'nobody whom it lets in reaches resources of others, but by calls that the definition admits' } },
  'members, beside a Deny of networks that spares a role': {
    of: 'bucket', statements: [mineOnly, deny({ Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, ArnNotLikeIfExists: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws:ec2-infrastructure' } } })],
    says: { answer: 'inside', because: 'conditions on `aws:PrincipalOrgID` keep outsiders out' },
  },
  'a variable in two resources, which no resource is together': {
    of: 'bucket', statements: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/user*/${aws:username}/*' }, deny({ NotResource: 'arn:aws:s3:::acme-data/user/${aws:username}/*', Resource: undefined }), deny({ Resource: 'arn:aws:s3:::acme-data/user/${aws:username}/*' }),
    ],
    says: { answer: 'undecided', because: '`${aws:username}` stands in several texts of `Resource`' },
  },
  'a trust policy that only lets sessions be tagged': { of: 'role', statements: [{ Effect: 'Allow', Principal: { AWS: stranger }, Action: ['sts:TagSession', 'sts:SetSourceIdentity'] }], says: { answer: 'inside', because: 'it allows no action that assumes the role' } },
  'a trust policy for a stranger whose session no name fits': { of: 'role', statements: [{ Effect: 'Allow', Principal: { AWS: stranger }, Action: 'sts:AssumeRole', ...when('StringEquals', 'sts:SourceIdentity', 'x') }], says: { answer: 'inside', because: 'no request from outside is allowed' } },
  'a trust policy for a claim that GitHub does not make': { of: 'role', statements: [{ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com` }, Action: 'sts:AssumeRoleWithWebIdentity', ...when('StringEquals', 'token.actions.githubusercontent.com:subject', 'repo:acme/app') }], says: { answer: 'inside', because: 'no request from outside is allowed' } },
  ...Object.fromEntries([
    ['all addresses but mine', when('NotIpAddress', 'aws:SourceIp', '192.0.2.0/24'), 'aws:SourceIp', 'vpc-0fedcba9876543210'],
    ['all VPCs but mine', when('StringNotEquals', 'aws:SourceVpc', 'vpc-012abc01'), 'aws:SourceVpc', '203.0.113.9'],
  ].map(([name, others, key, from]) => [`callers of mine, denied from ${String(name)} where those are told`, {
    of: 'bucket', objective: 'networks', more: { perimeter: { ...perimeter, networks: { ...perimeter.networks, vpcs: ['vpc-012abc01'], cidrs: ['192.0.2.0/24'] } } },
    statements: [mineOnly, deny({ Condition: { ...(others as { Condition: object }).Condition, Null: { [String(key)]: 'false' } } })],
    says: { answer: 'outside', because: `the role \`arn:aws:iam::${own}:role/someone\` can act from a network outside the perimeter through Statement 0: it could call s3:GetObject from \`${String(from)}\`` },
  }] as const)),
  'a session of mine that the policy names': { of: 'bucket', objective: 'networks', statements: [allow({ Principal: { AWS: `arn:aws:sts::${own}:assumed-role/app/one` } })], says: { answer: 'outside', because: `the session \`arn:aws:sts::${own}:assumed-role/app/one\` can act from a network outside the perimeter through Statement 0: it could call s3:GetObject from anywhere` } },
  'a caller of mine through an endpoint of an account': { of: 'bucket', objective: 'networks', statements: [allow({ Condition: { StringEquals: { 'aws:VpceAccount': own } } })], says: { answer: 'outside', because: `the role \`arn:aws:iam::${own}:role/someone\` can act from a network outside the perimeter through Statement 0: it could call s3:GetObject through an endpoint of \`${own}\`` } },
  'an SCP that denies everything': { of: 'scp', objective: 'resources', statements: [{ Effect: 'Deny', Action: '*', Resource: '*' }], says: { answer: 'inside', because: 'what it denies leaves no resource but yours and those that the definition lists' } },
  'an identity policy that holds the caller against the owner': {
    of: 'identity', objective: 'resources', statements: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::patches-*', Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } } }],
    says: { answer: 'inside', because: 'conditions on `aws:PrincipalAccount` keep outsiders out' },
  },
  'an identity policy for what takes no resource': {
    of: 'identity', objective: 'resources', statements: [{ Effect: 'Allow', Action: 'fsx:DescribeVolumes', Resource: 'arn:aws:fsx:*:*:volume/*' }],
    says: { answer: 'inside', because: 'nobody whom it lets in reaches resources of others, but by calls that the definition admits' },
  },
  'an identity policy for the list of buckets': {
    of: 'identity', objective: 'resources', statements: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' }],
    says: { answer: 'inside', because: 'nobody whom it lets in reaches resources of others, but by calls that the definition admits' },
  },
  'an SCP that allows access points of mine': { of: 'scp', objective: 'resources', statements: [{ Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:eu-west-1:${own}:accesspoint/*` }], says: { answer: 'inside', because: 'it names only resources that are yours or that the definition lists' } },
  'an SCP that allows little': { of: 'scp', objective: 'resources', statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }], says: { answer: 'outside', at: '/Statement/0' } },
};

describe('what an answer says', () => {
  it.each(Object.entries(rows))('%s', (_, { of, objective = 'principals', more, statements, says }) => {
    const answer = ask({ ...subjects[of], ...more, policy: parsePolicy({ Version: '2012-10-17', Statement: statements }) }, objective);
    // An answer that is all given here holds nothing else.
    if (Object.hasOwn(says, 'notes')) expect(answer).toEqual(says); else expect(answer).toMatchObject(says);
  });
});

describe('what an answer notes of claims', () => {
  const [github, buildkite] = ['token.actions.githubusercontent.com', 'agent.buildkite.com'];
  it.each<[name: string, principal: unknown, claim: string, notes: readonly string[]]>([
    ['none that AWS hands over', { Federated: oidc(buildkite) }, `${buildkite}:org_slug`, [`\`${buildkite}:org_slug\` is no claim that AWS hands to policies: requests lack it`]],
    ['one of another issuer than any that is named', { Federated: oidc(github) }, 'token.actions.github.com:sub', ['`token.actions.github.com:sub` is a claim of an issuer of which no provider is named: requests lack it']],
    ['one of an issuer that is named in letters of another case', { Federated: oidc('Agent.buildkite.com') }, `${buildkite}:cluster_id`, []],
    ['one of an issuer beside nobody in particular', '*', `${buildkite}:cluster_id`, []],
    ['one of an issuer beside what is no provider', { Federated: [oidc(github), 'id.example.org'] }, `${buildkite}:cluster_id`, ['`id.example.org` names no provider, so nobody comes in through it']],
  ])('%s', (_, Principal, claim, notes) => {
    const policy = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [claim]: 'x' } } }] });
    expect(ask({ ...subjects.role, policy }, 'principals').notes).toEqual(notes);
  });
});

describe('what a comparison says', () => {
  const nothing = { kind: 'nothing' };
  const undecided = (because: string): object => ({ kind: 'undecided', because });
  const long = [deny(when('StringNotLike', 'aws:PrincipalArn', `*${'a'.repeat(9_000)}*b`)), deny(when('StringLike', 'aws:PrincipalArn', `*${'a?'.repeat(4_500)}*`))];
  const since = allow({ Condition: { StringEquals: { 'aws:PrincipalTag/since': '${aws:EpochTime}', 'aws:PrincipalTag/Since': 'x' } } });
  const anything = { Effect: 'Allow', Action: '*', Resource: '*' };
  it.each<[name: string, of: keyof typeof subjects, before: readonly object[], after: readonly object[], added: object, removed: object]>([
    ['the same', 'bucket', [mineOnly], [mineOnly], nothing, nothing],
    ['one more', 'bucket', [mineOnly], [mineOnly, allow()], { kind: 'request', at: '/Statement/1' }, nothing],
    ['a provider, in the trust policy of a role', 'role', [assumedBy({ Federated: 'accounts.google.com' })], [assumedBy({ Federated: [oidc('id.example.org'), 'id.example.org', 'accounts.google.com'] })], { kind: 'request', at: '/Statement/0', request: { principal: { kind: 'web-identity', provider: oidc('id.example.org') } } }, nothing],
    ['a name that is no provider, in the trust policy of a role', 'role', [assumedBy({ Federated: 'accounts.google.com' })], [assumedBy({ Federated: ['id.example.org', 'accounts.google.com'] })], nothing, nothing],
    ['a provider for another, by a condition on it', 'role', [anyToken('StringEquals', 'aws:FederatedProvider', 'cognito-identity.amazonaws.com')], [anyToken('StringEqualsIgnoreCase', 'aws:FederatedProvider', 'ACCOUNTS.GOOGLE.COM')], { kind: 'request', request: { principal: { provider: 'accounts.google.com' } } }, { kind: 'request' }],
    ['a provider for another, by patterns', 'role', [anyToken('StringLike', 'aws:FederatedProvider', oidc('a*'))], [anyToken('StringLike', 'aws:FederatedProvider', oidc('b*'))], { kind: 'request' }, { kind: 'request' }],
    ['a subject for another, whoever issues it', 'role', [anyToken('StringLike', `${github}:sub`, 'repo:acme/*')], [anyToken('StringLike', `${github}:sub`, 'repo:acme*')], { kind: 'request' }, nothing],
    ['a place of a service\'s source', 'bucket', [deny({})], [allow({ Condition: { 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-aaaaaaaaaa/r-ab12/*' } } })], { kind: 'request', request: { context: { 'aws:SourceOrgPaths': [expect.stringMatching(/^o-aaaaaaaaaa\/r-ab12\/([^/]+\/)*$/)] } } }, nothing],
    ['a text that is no place, as that of a service\'s source', 'bucket', [deny({})], [allow(when('ForAnyValue:StringEquals', 'aws:SourceOrgPaths', 'o-aaaaaaaaaa'))], nothing, nothing],
    ['two places of one source', 'bucket', [deny({})], [allow({ Condition: { 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-aaaaaaaaaa/*' }, 'ForAnyValue:StringEquals': { 'aws:SourceOrgPaths': 'o-bbbbbbbbbb/r-ab12/' } } })], nothing, nothing],
    ['services that do not tell S3\'s owner', 'identity', [{ ...anything, Effect: 'Deny' }], [{ ...anything, ...when('Null', 's3:ResourceAccount', 'true') }], { kind: 'request' }, nothing],
    ['a stranger as S3\'s owner, where no service is said', 'identity', [{ ...anything, Effect: 'Deny' }], [{ ...anything, ...when('StringEquals', 's3:ResourceAccount', stranger) }], { kind: 'request', request: { context: { 'aws:ResourceAccount': stranger, 's3:ResourceAccount': stranger } } }, nothing],
    ['an owner that S3 tells otherwise', 'identity', [{ ...anything, Effect: 'Deny' }], [{ ...anything, ...when('StringEquals', 's3:ResourceAccount', stranger) }, { ...anything, Effect: 'Deny', ...when('StringEquals', 'aws:ResourceAccount', stranger) }], nothing, nothing],
    ['past the budget', 'bucket', [allow(), ...long], [mineOnly], { kind: 'request', at: '/Statement/0' }, undecided('the policies are past the work budget of the search')],
    ['a variable for a time', 'bucket', [since], [mineOnly], { kind: 'request', at: '/Statement/0' }, undecided('the variable `${aws:epochtime}` stands for too many values to try')],
    ['every action for those of one service', 'identity', [{ ...anything, Action: 's3:*' }], [anything], { kind: 'request', at: '/Statement/0', request: { action: expect.not.stringMatching(/^s3:/) as string } }, nothing],
    ['another owner, by an endpoint', 'endpoint', [allow({ Resource: '*', ...when('StringEquals', 'aws:ResourceAccount', own) })], [allow({ Resource: '*', ...when('StringEquals', 'aws:ResourceAccount', [own, stranger]) })], { kind: 'request', at: '/Statement/0', request: { context: { 'aws:ResourceAccount': stranger } } }, nothing],
    ['a resource of others, by an endpoint', 'endpoint', [allow(when('StringEquals', 'aws:ResourceAccount', own))], [allow({ ...when('StringEquals', 'aws:ResourceAccount', [own, stranger]), Resource: '*' })], { kind: 'request', at: '/Statement/0' }, nothing],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: a member's resources carry its organization, whether or not a definition lists it
    ['whose organization no definition tells', 'undefinedBucket', [deny({})], [allow(when('StringEquals', 'aws:ResourceOrgID', mine))], { kind: 'request', at: '/Statement/0', request: { context: { 'aws:ResourceOrgID': mine } } }, nothing],
    ['of an account that stands alone, whose resources are in no organization', 'aloneBucket', [deny({})], [allow(when('StringEquals', 'aws:ResourceOrgID', mine))], nothing, nothing],
    ['whose account may be of my organization', 'unlistedScp', [{ Effect: 'Deny', Action: '*', Resource: '*' }], [{ Effect: 'Allow', Action: '*', Resource: `arn:aws:sqs:*:${stranger}:*`, ...when('StringEquals', 'aws:ResourceOrgID', mine) }], { kind: 'request', request: { context: { 'aws:ResourceOrgID': mine } } }, nothing],
    ['a name that holds the own account', 'anyRcp', [deny({ Action: '*' })], [allow({ Resource: `arn:aws:ecr:eu-west-1:${stranger}:repository/app*`, Action: '*' }), deny({ Resource: 'arn:aws:s3:*' })], nothing, nothing],
    ['a resource of another account of mine, by an RCP', 'rcp', [deny({ Action: '*' })], [deny({ Action: '*', ...when('StringNotEquals', 'aws:ResourceAccount', sibling) })], { kind: 'request', request: { context: { 'aws:ResourceAccount': sibling } } }, nothing],
    ['a resource of a stranger, of which an RCP says nothing', 'rcp', [deny({ Action: '*' })], [deny({ Action: '*', ...when('StringNotEquals', 'aws:ResourceAccount', stranger) })], nothing, nothing],
    ['a resource of others, by an SCP', 'scp', [{ Effect: 'Deny', Action: '*', Resource: '*', ...when('StringNotEquals', 'aws:ResourceAccount', own) }], [{ Effect: 'Deny', Action: '*', Resource: '*', ...when('StringNotEquals', 'aws:ResourceAccount', [own, stranger]) }], { kind: 'request' }, nothing],
  ])('of %s', (_, of, before, after, added, removed) => {
    const [old, made] = [before, after].map((Statement) => ({ ...subjects[of], policy: parsePolicy({ Version: '2012-10-17', Statement }) })) as [Question, Question];
    expect(compare(old, formulaOf(old), formulaOf(made))).toMatchObject({ added, removed });
  });

  it('of a policy with itself, however long', () => {
    const formula = formulaOf({ ...subjects.bucket, policy: parsePolicy({ Version: '2012-10-17', Statement: [allow(), ...long] }) });
    expect(compare(subjects.bucket, formula, formula)).toEqual({ added: nothing, removed: nothing });
  });
  it('of what a policy does not allow, which no statement does', () => {
    const formula = formulaOf({ ...subjects.bucket, policy: parsePolicy({ Version: '2012-10-17', Statement: [mineOnly] }) });
    expect(compare(subjects.bucket, formula, not(formula))).toMatchObject({ added: { kind: 'request', at: undefined }, removed: { kind: 'request', at: '/Statement/0' } });
  });
  it('is no answer where something else than the budget stops it', () => {
    const formulas = [[mineOnly], [allow()]].map((Statement) => formulaOf({ ...subjects.bucket, policy: parsePolicy({ Version: '2012-10-17', Statement }) }));
    const broken: Perimeter = { ...perimeter, get organizations(): readonly string[] { throw new TypeError('not there'); } };
    expect(() => compare({ ...subjects.bucket, perimeter: broken }, formulas[0]!, formulas[1]!)).toThrow('not there');
  });
});
