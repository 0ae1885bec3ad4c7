import { describe, expect, it } from 'vitest';
import { and, askTogether, formulaOf, objectivesOf, or, parsePolicy, satisfies, type Objective, type Perimeter, type Planes, type Subject } from '../../policy/index.ts';
import { allow, define, deny, document, isService, mine, notOfOrganization, now, ofOrganization, own, perimeter, sibling, standalone, stranger, trust, when, type Test } from './cases/case.ts';
import { faultsOf } from './cases/witness.ts';

/** Policies as people write them, by plane; SCPs and RCPs are lists, one for every level. */
type Given = Partial<Readonly<Record<'identity' | 'boundary' | 'endpoint' | 'resource', object>> & Readonly<Record<'scps' | 'rcps', readonly object[]>>>;
const planesOf = ({ scps = [], rcps = [], ...single }: Given): Planes => ({
  scps: scps.map((one) => parsePolicy(one)), rcps: rcps.map((one) => parsePolicy(one)), ...Object.fromEntries(Object.entries(single).map(([plane, one]) => [plane, parsePolicy(one)])),
});

type Expected = { readonly answer: 'inside' } | { readonly stoppedBy: readonly string[]; readonly because?: string } | { readonly reach: string; readonly kind: string; readonly action: string; readonly at: string } | { readonly undecided: string };
const stopped = (...stoppedBy: string[]): Expected => ({ stoppedBy, ...(stoppedBy.length > 1 ? { because: `the ${stoppedBy.join(' and the ')} each stop it` } : { because: `the ${stoppedBy[0]} stops it` }) });
const onlyTogether = (...stoppedBy: string[]): Expected => ({ stoppedBy, because: `no policy alone stops it, but the ${stoppedBy.join(' and the ')} together do` });
const open = (reach: string, kind: string, action: string, at = '/Statement/0'): Expected => ({ reach, kind, action, at });
const inside: Expected = { answer: 'inside' };
const unasked = (objective: Objective, more = ''): Expected => ({ undecided: `none of the policies given can be asked about ${objective}${more}` });
const notOnTheWay = '; the endpoint counts only where requests come through it';

/** What hangs on principals or accounts names no principal. */
const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));
const bucket = 'arn:aws:s3:::acme-data';
const reading = { Action: 's3:GetObject', Resource: `${bucket}/*` };
const vpc: Test = ['StringEquals', 'aws:SourceVpc', 'vpc-012abc01'];
const elsewhere: Test = ['StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-012abc01'];
const notFromOffice: Test = ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24'];
const resourcesOfMine: Test = ['StringEquals', 'aws:ResourceOrgID', mine];
const resourcesOfOthers: Test = ['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine];

const openBucket = document(allow(reading));
const membersBucket = document(allow(reading, when(ofOrganization())));
const membersOrServices = document(deny({ Action: 's3:*' }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])));
const membersOrServicesOfAll = document(deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])));
const rolesForMembers = (...given: object[]): object => document(deny({ Action: 'sts:*' }, ...given, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])));
const sparingSibling = document(deny({ Action: 's3:*' }, when(['StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-012abc01'], ['StringNotEqualsIfExists', 'aws:ResourceAccount', sibling])));
const fullAccess = attached(allow());
const nothingAtAll = attached(deny());
const exceptRoots = (...tests: Test[]): object => attached(deny(when(...tests, ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:root'])));
const sparing = (principal: string, given: object = {}): object => { const { Principal: _, ...one } = deny(given) as { Principal: unknown }; return { ...one, NotPrincipal: { AWS: principal } }; };
const noForeignResources = attached(deny(when(resourcesOfOthers)));
const notFromElsewhere = attached(deny(when(elsewhere)));
const onlyFromVpc = attached(allow(when(vpc)));
const membersEndpoint = document(allow(when(ofOrganization())));
const ofTheAccount = document(allow({ Principal: { AWS: own } }));
const trail = document(allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: `${bucket}/*` }));
const foreignArn: Test = ['ArnNotLike', 'aws:SourceArn', `arn:aws:*:*:${own}:*`];
const rotating = document(allow({ Principal: { Service: 'secretsmanager.amazonaws.com' }, Action: 'sqs:*' }, when(['ArnLikeIfExists', 'aws:SourceArn', `arn:aws:secretsmanager:*:${own}:secret:*`])));

const github = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;
const openGitHub = document(trust({ Federated: github }, { Action: 'sts:AssumeRoleWithWebIdentity' }));
const claims = define({ identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }] });

const membersOrTokens = document(deny({ Action: 'sts:*' }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['StringNotLikeIfExists', 'token.actions.githubusercontent.com:sub', 'repo:acm*'])));

type Row = readonly [name: string, given: Given, expected: Expected, more?: Partial<Subject>];
const via = { viaEndpoint: true };
const ofBucket: Partial<Subject> = { kind: 'resource', service: 's3', resource: bucket };
const app = `arn:aws:iam::${own}:role/app`;
const ofService: Partial<Subject> = { kind: 'resource', service: 's3' };
const ofRole: Partial<Subject> = { kind: 'trust', resource: app };
const ofKey: Partial<Subject> = { kind: 'resource', service: 'kms', resource: `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab` };
const ofQueue: Partial<Subject> = { kind: 'resource', service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:jobs` };
const ofTopic: Partial<Subject> = { kind: 'resource', service: 'sns', resource: `arn:aws:sns:eu-west-1:${own}:alerts` };
const ofLattice: Partial<Subject> = { kind: 'resource', service: 'vpc-lattice-svcs', resource: `arn:aws:vpc-lattice:eu-west-1:${own}:service/svc-0123456789abcdef0` };
const invoking = { Action: 'vpc-lattice-svcs:Invoke' };
const ofLatticeVpc: Test = ['StringEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-012abc01'];
const ofNone: Partial<Subject> = { kind: 'resource', service: 's3' };

const tables: readonly (readonly [title: string, setting: Partial<Subject>, objective: Objective, rows: readonly Row[]])[] = [
  ['who reaches a bucket', ofBucket, 'principals', [
    ['an open bucket', { resource: openBucket }, open('anonymous', 'anonymous', 's3:GetObject')],
    ['an open bucket under an RCP', { resource: openBucket, rcps: [membersOrServices] }, stopped('RCP')],
    ['an open bucket under an RCP on the second level', { resource: openBucket, rcps: [document(allow()), membersOrServices] }, stopped('RCP')],
    ['a bucket for members under an RCP', { resource: membersBucket, rcps: [membersOrServices] }, stopped('resource policy', 'RCP')],
    ['a bucket for members under an RCP that allows all', { resource: membersBucket, rcps: [document(allow())] }, stopped('resource policy')],
    ['the RCP alone', { rcps: [membersOrServices] }, stopped('RCP')],
    ['an RCP that spares whoever carries no flag', { resource: openBucket, rcps: [document(deny(when(notOfOrganization(), isService('false'))))] }, open('anonymous', 'anonymous', 's3:GetObject')],
    ['reads closed by one policy, writes by the other', { resource: document(allow(), deny({ Action: 's3:Put*' }, when(notOfOrganization()))), rcps: [document(deny({ NotAction: 's3:Put*' }, when(notOfOrganization())))] }, onlyTogether('resource policy', 'RCP')],
    ['a stranger by name, through what the RCP leaves open', { resource: document(allow({ ...reading, Principal: { AWS: stranger } })), rcps: [document(deny({ Action: 's3:Put*' }))] }, open('named-account', 'role', 's3:GetObject')],
    ['an open bucket, and what hangs on my own principals', { resource: openBucket, identity: nothingAtAll, boundary: nothingAtAll, scps: [nothingAtAll] }, open('anonymous', 'anonymous', 's3:GetObject')],
    ['an open bucket, and an endpoint that is not the only way', { resource: openBucket, endpoint: membersEndpoint }, open('anonymous', 'anonymous', 's3:GetObject')],
    ['an open bucket, through an endpoint', { resource: openBucket, endpoint: membersEndpoint }, stopped('endpoint policy'), via],
    ['an open bucket, through an endpoint of all', { resource: openBucket, endpoint: document(allow()) }, open('anonymous', 'anonymous', 's3:GetObject'), via],
    ['all three closed', { resource: membersBucket, rcps: [membersOrServices], endpoint: membersEndpoint }, stopped('resource policy', 'RCP', 'endpoint policy'), via],
    ['a bucket\'s policy about another bucket, under an RCP', { resource: document(allow({ Resource: 'arn:aws:s3:::other/*' })), rcps: [document(allow())] }, stopped('resource policy')],
    ['what can only be guessed, under an RCP', { resource: document(allow({ Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } })), rcps: [document(allow())] }, { undecided: 'the definition does not tell whose canonical user `79a59df900b9…` is' }],
    ['an endpoint alone, and other ways', { endpoint: membersEndpoint }, unasked('principals', notOnTheWay)],
    ['an endpoint alone, and no other way', { endpoint: membersEndpoint }, stopped('endpoint policy'), via],
    ['an RCP for members and tokens of others, and sessions that began with such, through an endpoint of STS', { rcps: [membersOrTokens], endpoint: document(allow()) }, open('any-account', 'role', 'sts:AssumeRole'), { ...via, ...claims, service: 'sts', resource: app }],
    ['an endpoint alone that lets unsigned reads pass, which the definition admits', { endpoint: document(allow(when(ofOrganization())), allow({ Action: 's3:GetObject' }, when(resourcesOfMine, ['StringEquals', 'aws:PrincipalType', 'Anonymous']))) }, stopped('endpoint policy'), { ...via, ...define({ unsignedActions: ['s3:GetObject'] }) }],
    ['the same, and a bucket that is open to all', { endpoint: document(allow(when(ofOrganization())), allow({ Action: 's3:GetObject' }, when(resourcesOfMine, ['StringEquals', 'aws:PrincipalType', 'Anonymous']))), resource: openBucket }, stopped('endpoint policy'), { ...via, ...define({ unsignedActions: ['s3:GetObject'] }) }],
    ['the same, and the definition admits no unsigned reads', { endpoint: document(allow(when(ofOrganization())), allow({ Action: 's3:GetObject' }, when(resourcesOfMine, ['StringEquals', 'aws:PrincipalType', 'Anonymous']))), resource: openBucket }, open('anonymous', 'anonymous', 's3:GetObject'), via],
    ['what hangs on my own principals alone', { identity: fullAccess, scps: [fullAccess] }, unasked('principals')],
    ['no policy at all', {}, unasked('principals')],
    ['no policy at all, and no other way', {}, unasked('principals'), via],
    ['an endpoint and what hangs on my principals, asked for whom services act', { identity: fullAccess, scps: [fullAccess] }, unasked('principals'), via],
  ]],
  ['who tells a channel of events', { kind: 'resource', resource: `arn:aws:cloudtrail:eu-west-1:${own}:channel/1` }, 'principals', [
    // RCPs cover the actions of its data, not its own.
    ['an RCP that covers its events', { resource: document(allow({ Action: 'cloudtrail-data:PutAuditEvents' })), rcps: [membersOrServicesOfAll] }, onlyTogether('resource policy', 'RCP')],
    ['an RCP that does not cover its management', { resource: document(allow({ Action: 'cloudtrail:*' })), rcps: [membersOrServicesOfAll] }, open('anonymous', 'anonymous', 'cloudtrail:CreateServiceLinkedChannel')],
  ]],
  ['who calls a function through an endpoint', { kind: 'resource', resource: `arn:aws:lambda:eu-west-1:${own}:function:f`, ...via }, 'principals', [
    ['under an RCP of buckets, which alone the endpoint is for', { rcps: [document(deny({ Action: 's3:*' }))], endpoint: document(allow({ Action: 's3:*' })) }, stopped('endpoint policy')],
    ['under an RCP of buckets', { rcps: [document(deny({ Action: 's3:*' }))], endpoint: document(allow()) }, open('anonymous', 'anonymous', 'lambda:InvokeFunction')],
  ]],
  ['who publishes to a topic', ofTopic, 'principals', [
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html lists the services that RCPs cover
    ['an RCP, which does not cover topics', { resource: document(allow({ Action: 'sns:Publish' })), rcps: [membersOrServices, document(deny(when(notOfOrganization())))] }, open('anonymous', 'anonymous', 'sns:Publish')],
  ]],
  ['who publishes where nothing says which service it is', { kind: 'resource' }, 'principals', [
    ['an RCP of all services, which does not cover topics', { resource: document(allow({ Action: 'sns:Publish' })), rcps: [membersOrServicesOfAll] }, open('anonymous', 'anonymous', 'sns:Publish')],
    // Alone, the RCP leaves open what it does not cover.
    ['the same of queues, which it covers', { resource: document(allow({ Action: 'sqs:SendMessage' })), rcps: [membersOrServicesOfAll] }, onlyTogether('resource policy', 'RCP')],
    ['functions, through an endpoint for them, under an RCP of buckets', { rcps: [membersOrServices], endpoint: document(allow({ Action: 'lambda:*' })) }, open('anonymous', 'anonymous', 'lambda:InvokeFunction'), via],
    ['anything, through an endpoint for all, under an RCP of buckets', { rcps: [membersOrServices], endpoint: document(allow()) }, open('anonymous', 'anonymous', 'sqs:SendMessage'), via],
    ['buckets, through an endpoint for them, under their RCP', { rcps: [membersOrServices], endpoint: document(allow({ Action: 's3:*' })) }, onlyTogether('RCP', 'endpoint policy'), via],
    ['everything, under an RCP of all services', { resource: document(allow()), rcps: [membersOrServicesOfAll] }, open('anonymous', 'anonymous', 'lambda:InvokeFunction')],
  ]],
  ['who assumes a role', ofRole, 'principals', [
    ['anybody', { resource: document(trust({ AWS: '*' })), identity: nothingAtAll, scps: [nothingAtAll] }, open('any-account', 'role', 'sts:AssumeRole')],
    ['anybody of the organization', { resource: document(trust({ AWS: '*' }, when(ofOrganization()))) }, stopped('trust policy')],
    ['anybody, under an RCP', { resource: document(trust({ AWS: '*' })), rcps: [document(deny({ Action: 'sts:AssumeRole' }, when(notOfOrganization(), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])))] }, { stoppedBy: ['trust policy', 'RCP'] }],
    ['GitHub, under an RCP that leaves its call out', { resource: openGitHub, rcps: [document(deny({ Action: 'sts:AssumeRole' }, when(notOfOrganization())))] }, open('shared-issuer', 'web-identity', 'sts:AssumeRoleWithWebIdentity'), claims],
    ['GitHub, under an RCP that pins the subject', { resource: openGitHub, rcps: [document(deny({ Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringNotLikeIfExists', 'token.actions.githubusercontent.com:sub', 'repo:acme/*'])))] }, { stoppedBy: ['trust policy', 'RCP'] }, claims],
    ['anybody, under an RCP for roles', { resource: document(trust({ AWS: '*' })), rcps: [rolesForMembers({ Resource: 'arn:aws:iam::*:role/*' })] }, stopped('RCP')],
    ['anybody, under an RCP for another role', { resource: document(trust({ AWS: '*' })), rcps: [rolesForMembers({ Resource: `${app}2` })] }, open('any-account', 'role', 'sts:AssumeRole')],
    ['anybody, under an RCP that spares the role', { resource: document(trust({ AWS: '*' })), rcps: [rolesForMembers({ NotResource: app })] }, open('any-account', 'role', 'sts:AssumeRole')],
    ['anybody, under an RCP that spares another role', { resource: document(trust({ AWS: '*' })), rcps: [rolesForMembers({ NotResource: `${app}2` })] }, stopped('RCP')],
    ['anybody, through an endpoint that is for the role', { resource: document(trust({ AWS: '*' })), endpoint: document(allow({ Action: 'sts:AssumeRole', Resource: app })) }, open('any-account', 'role', 'sts:AssumeRole'), via],
    ['a partner with its external id', { resource: document(trust({ AWS: '123456789012' }, when(['StringEquals', 'sts:ExternalId', '12345']))) }, stopped('trust policy')],
  ]],
  ['who assumes some role', { kind: 'trust' }, 'principals', [
    ['anybody, under an RCP that spares some role, which may be this one', { resource: document(trust({ AWS: '*' })), rcps: [rolesForMembers({ NotResource: `${app}2` })] }, open('any-account', 'role', 'sts:AssumeRole')],
  ]],
  ['where my principals assume some role from', { kind: 'trust' }, 'networks', [
    ['a role of the account', { resource: document(trust({ AWS: own })) }, open('network-bound', 'role', 'sts:AssumeRole')],
  ]],
  ['what principals of mine reach', ofNone, 'resources', [
    ['an identity with full access', { identity: fullAccess }, open('any-account', 'role', 's3:GetObject')],
    ['an identity for one stranger\'s queues', { identity: attached(allow({ Resource: `arn:aws:sqs:*:${stranger}:*` })) }, open('named-account', 'role', 'sqs:SendMessage'), { service: 'sqs' }],
    ['an identity with full access under an SCP', { identity: fullAccess, scps: [noForeignResources] }, stopped('SCP')],
    ['an SCP alone, where a bucket of mine is named', { scps: [fullAccess] }, open('any-account', 'role', 's3:GetObject'), { resource: bucket }],
    ['an SCP alone that binds one account of mine', { scps: [attached(deny(when(resourcesOfOthers, ['StringEquals', 'aws:PrincipalAccount', own])))] }, open('any-account', 'role', 's3:GetObject', '')],
    ['the same beside an identity policy of that account', { identity: fullAccess, scps: [attached(deny(when(resourcesOfOthers, ['StringEquals', 'aws:PrincipalAccount', own])))] }, stopped('SCP')],
    // A bucket's ARN tells no owner, whichever policy names it.
    ['a bucket of unknown owner, which only the identity names', { identity: attached(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::globex-data/*' })), scps: [fullAccess] }, { undecided: 'owner of bucket `globex-data`' }],
    ['a bucket of unknown owner, which only the SCP names', { identity: attached(allow({ Action: 's3:GetObject' })), scps: [attached(allow({ Resource: 'arn:aws:s3:::globex-data/*' }))] }, { undecided: 'owner of bucket `globex-data`' }],
    ['an SCP on one level of several', { identity: fullAccess, scps: [fullAccess, noForeignResources, fullAccess] }, stopped('SCP')],
    ['an SCP that allows another service only', { identity: fullAccess, scps: [attached(allow({ Action: 'ec2:*' }))] }, stopped('SCP')],
    ['levels that allow nothing in common', { identity: fullAccess, scps: [attached(allow({ Action: 's3:Get*' })), attached(allow({ Action: 's3:Put*' }))] }, stopped('SCP')],
    ['levels that each deny a part', { identity: fullAccess, scps: [attached(deny({ Action: 's3:Put*' }, when(resourcesOfOthers))), attached(deny({ NotAction: 's3:Put*' }, when(resourcesOfOthers)))] }, stopped('SCP')],
    ['policies of which one does not matter', { identity: attached(allow({ Action: 's3:PutObject' })), boundary: attached(allow({ Action: 's3:GetObject' })), scps: [fullAccess] }, onlyTogether('identity policy', 'permissions boundary')],
    ['a boundary', { identity: fullAccess, boundary: attached(allow(when(resourcesOfMine))) }, stopped('permissions boundary')],
    ['an identity and a boundary that share no action', { identity: attached(allow({ Action: 's3:PutObject' })), boundary: attached(allow({ Action: 's3:GetObject' })) }, onlyTogether('identity policy', 'permissions boundary')],
    ['an SCP and a boundary, without an identity policy', { boundary: attached(allow({ Action: 's3:GetObject' })), scps: [attached(deny({ Action: 's3:Get*' }, when(resourcesOfOthers)))] }, onlyTogether('permissions boundary', 'SCP')],
    ['all three closed', { identity: attached(allow(when(resourcesOfMine))), boundary: attached(allow(when(resourcesOfMine))), scps: [noForeignResources] }, stopped('identity policy', 'permissions boundary', 'SCP')],
    ['an endpoint that is not the only way', { identity: fullAccess, endpoint: document(allow(when(resourcesOfMine))) }, open('any-account', 'role', 's3:GetObject')],
    ['through an endpoint', { identity: fullAccess, endpoint: document(allow(when(resourcesOfMine))) }, stopped('endpoint policy'), via],
    ['through an endpoint of members', { identity: fullAccess, endpoint: membersEndpoint }, open('any-account', 'role', 's3:GetObject'), via],
    ['through an interface endpoint of the account', { identity: fullAccess, endpoint: ofTheAccount }, open('any-account', 'role', 's3:GetObject'), via],
    ['through a gateway endpoint of the account, which is that of its root user', { identity: fullAccess, endpoint: ofTheAccount }, stopped('endpoint policy'), { ...via, endpointType: 'gateway' }],
    ['a role that a Deny of an endpoint spares by name', { identity: fullAccess, endpoint: document(allow(), sparing(app)) }, open('any-account', 'role', 's3:GetObject'), via],
    ['the same with a boundary', { identity: fullAccess, boundary: fullAccess, endpoint: document(allow(), sparing(app)) }, stopped('endpoint policy'), via],
    ['an endpoint alone, and no other way', { endpoint: membersEndpoint }, open('any-account', 'role', 's3:GetObject'), via],
    // SCPs bind every account of mine, root users too, also where an endpoint is on the way.
    ['an SCP that binds one account of mine, through an endpoint', { scps: [attached(deny(when(resourcesOfOthers, ['StringEquals', 'aws:PrincipalAccount', own])))], endpoint: document(allow()) }, open('any-account', 'role', 's3:GetObject'), via],
    ['strangers, whom no SCP of mine binds, through an endpoint', { scps: [noForeignResources], endpoint: document(allow()) }, open('any-account', 'anonymous', 's3:GetObject'), via],
    ['strangers of one organization, through an endpoint for them', { scps: [fullAccess], endpoint: document(allow(when(['StringEquals', 'aws:PrincipalOrgID', 'o-aaaaaaaaaa']))) }, open('any-account', 'role', 's3:GetObject'), via],
    ['members alone, through an endpoint for them', { scps: [noForeignResources], endpoint: membersEndpoint }, onlyTogether('SCP', 'endpoint policy'), via],
    // AWS's own Allow, beside the Deny, stands in no policy; the endpoint's does.
    ['an SCP that only denies, through an endpoint', { scps: [attached(deny({ Action: 'ec2:*' }))], endpoint: document(deny({ Action: 's3:Put*' }), allow()) }, open('any-account', 'role', 's3:GetObject', '/Statement/1'), via],
    ['an SCP through an endpoint that is for another account of mine', { scps: [fullAccess], endpoint: document(allow({ Principal: { AWS: sibling } })) }, open('any-account', 'role', 's3:GetObject'), via],
    ['an SCP through a gateway endpoint of the account, which is that of its root user', { scps: [fullAccess], endpoint: ofTheAccount }, open('any-account', 'root', 's3:GetObject'), { ...via, endpointType: 'gateway' }],
    ['an SCP that spares root users', { scps: [exceptRoots(resourcesOfOthers)] }, open('any-account', 'root', 's3:GetObject', '')],
    ['the same above an identity policy, which no root user has', { identity: fullAccess, scps: [exceptRoots(resourcesOfOthers)] }, stopped('SCP')],
    ['the same above a boundary', { boundary: fullAccess, scps: [exceptRoots(resourcesOfOthers)] }, stopped('SCP')],
    ['what hangs on my own resources, which foreign ones do not have', { identity: fullAccess, resource: membersBucket, rcps: [membersOrServices] }, open('any-account', 'role', 's3:GetObject')],
    ['the same, where the bucket of mine is named', { identity: fullAccess, resource: membersBucket }, open('any-account', 'role', 's3:GetObject'), { resource: bucket }],
    ['what hangs on my own resources alone', { resource: openBucket, rcps: [document(allow())] }, unasked('resources')],
    ['the same beside a role that may be assumed', { identity: fullAccess, resource: document(trust({ AWS: own })) }, open('any-account', 'role', 's3:GetObject'), ofRole],
    ['roles of anybody, beside one that may be assumed', { identity: attached(allow({ Action: 'sts:AssumeRole' })), resource: document(trust({ AWS: own })) }, open('any-account', 'role', 'sts:AssumeRole'), { ...ofRole, service: 'sts' }],
    ['roles of mine, beside one that may be assumed', { identity: attached(allow({ Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${own}:role/*` })), resource: document(trust({ AWS: own })) }, stopped('identity policy'), { ...ofRole, service: 'sts' }],
  ]],
  ['what principals of mine reach, whatever the resource beside them', { kind: 'resource', resource: `arn:aws:sqs:us-east-1:${own}:q` }, 'resources', [
    ['an identity with any bucket, where a queue of mine is named', { identity: attached(allow({ Action: 's3:*' })) }, open('any-account', 'role', 's3:GetObject')],
    ['the same beside the queue\'s policy', { identity: attached(allow({ Action: 's3:*' })), resource: ofTheAccount }, open('any-account', 'role', 's3:GetObject')],
    ['an identity with queues of mine', { identity: attached(allow({ Action: 'sqs:*', Resource: `arn:aws:sqs:*:${own}:*` })) }, stopped('identity policy')],
    ['an SCP that denies queues', { scps: [attached(deny({ Action: 'sqs:*' }))] }, open('any-account', 'role', 's3:GetObject', '')],
    ['any bucket through an endpoint', { identity: attached(allow({ Action: 's3:*' })), endpoint: document(allow()) }, open('any-account', 'role', 's3:GetObject'), via],
  ]],
  ['who comes through an endpoint, whatever the resource behind it', { kind: 'resource', resource: `arn:aws:sqs:us-east-1:${own}:q`, ...via }, 'principals', [
    ['an endpoint of S3 alone', { endpoint: document(allow({ Action: 's3:*' })) }, open('anonymous', 'anonymous', 's3:GetObject')],
    ['the same before the queue', { endpoint: document(allow({ Action: 's3:*' })), resource: document(allow()) }, stopped('endpoint policy')],
  ]],
  ['where my principals act from, where a queue of mine is named', { kind: 'resource', resource: `arn:aws:sqs:us-east-1:${own}:q` }, 'networks', [
    ['an SCP that denies queues, which binds whatever they reach', { scps: [attached(deny({ Action: 'sqs:*' }))] }, open('network-bound', 'role', 's3:GetObject', '')],
    ['an identity with any bucket', { identity: attached(allow({ Action: 's3:*' })) }, open('network-bound', 'role', 's3:GetObject')],
    ['the same beside the queue\'s policy', { identity: attached(allow({ Action: 's3:*' })), resource: document(allow({ Principal: { AWS: stranger } })) }, inside],
    ['an SCP that denies queues, beside the queue\'s policy', { resource: ofTheAccount, scps: [attached(deny({ Action: 'sqs:*' }))] }, stopped('SCP')],
    ['the same above the RCPs that bind the queue', { rcps: [document(allow())], scps: [attached(deny({ Action: 'sqs:*' }))] }, stopped('SCP')],
  ]],
  ['where accounts of mine that stand alone act from', { ...ofBucket, ...define({ standaloneAccounts: [standalone] }) }, 'networks', [
    ['an SCP, which binds accounts of the organization', { resource: document(allow({ Principal: { AWS: [own, standalone] }, Action: 's3:*' })), scps: [attached(deny(when(notFromOffice)))] }, open('network-bound', 'role', 's3:GetObject')],
    ['an SCP on each of two levels', { resource: document(allow({ Principal: { AWS: [own, standalone] }, Action: 's3:*' })), scps: [attached(deny(when(notFromOffice))), attached(deny(when(notFromOffice)))] }, open('network-bound', 'role', 's3:GetObject')],
    ['an SCP beside a bucket that denies the account', { resource: document(allow({ Principal: { AWS: [own, standalone] }, Action: 's3:*' }), deny({ Principal: { AWS: standalone } })), scps: [attached(deny(when(notFromOffice)))] }, onlyTogether('SCP', 'resource policy')],
    ['an SCP beside a bucket of members', { resource: document(allow({ Action: 's3:*' }, when(ofOrganization()))), scps: [attached(deny(when(notFromOffice)))] }, onlyTogether('SCP', 'resource policy')],
    ['an SCP beside a bucket of the account that is asked about', { resource: document(allow({ Principal: { AWS: own }, Action: 's3:*' })), scps: [attached(deny(when(notFromOffice)))] }, onlyTogether('SCP', 'resource policy')],
    ['an SCP and an RCP', { rcps: [document(allow())], scps: [attached(deny(when(notFromOffice)))] }, open('network-bound', 'role', 's3:GetObject')],
    ['a role that two accounts may assume', { resource: document(trust({ AWS: [own, standalone] })), scps: [attached(deny(when(notFromOffice)))] }, open('network-bound', 'role', 'sts:AssumeRole'), ofRole],
    // Who asks about an SCP alone asks about those that it binds.
    ['the SCP alone', { scps: [attached(deny(when(notFromOffice)))] }, stopped('SCP')],
    ['the SCP above an identity', { identity: fullAccess, scps: [attached(deny(when(notFromOffice)))] }, stopped('SCP')],
    ['a bucket of an account that stands alone, and an SCP', { resource: document(allow({ Principal: { AWS: standalone }, Action: 's3:*' })), scps: [attached(deny(when(notFromOffice)))] }, open('network-bound', 'role', 's3:GetObject'), { account: standalone }],
    ['the same above an identity of the account, whose own SCPs there are none of', { identity: fullAccess, resource: document(allow({ Principal: { AWS: standalone }, Action: 's3:*' })), scps: [attached(deny(when(notFromOffice)))] }, open('network-bound', 'role', 's3:GetObject'), { account: standalone }],
  ]],
  ['where identities of accounts that stand alone act from, beside an RCP', { kind: 'resource', ...define({ standaloneAccounts: [standalone] }) }, 'networks', [
    ['on any bucket, of which no RCP binds their own account\'s', { identity: attached(allow({ Action: 's3:*' })), rcps: [document(deny(when(notFromOffice)))] }, open('network-bound', 'role', 's3:GetObject'), { account: standalone }],
    ['on queues of a member alone', { identity: attached(allow({ Action: 'sqs:*', Resource: `arn:aws:sqs:*:${own}:*` })), rcps: [document(deny(when(notFromOffice)))] }, onlyTogether('identity policy', 'RCP'), { account: standalone }],
    ['on any bucket, as members', { identity: attached(allow({ Action: 's3:*' })), rcps: [document(deny(when(notFromOffice)))] }, onlyTogether('identity policy', 'RCP')],
  ]],
  ['what RCPs bind of accounts that stand alone', { ...ofBucket, ...define({ standaloneAccounts: [standalone] }), account: standalone }, 'principals', [
    ['an open bucket', { resource: openBucket, rcps: [membersOrServices] }, open('anonymous', 'anonymous', 's3:GetObject')],
    ['a bucket for members', { resource: membersBucket, rcps: [membersOrServices] }, stopped('resource policy')],
    ['a role that anybody may assume', { resource: document(trust('*')), rcps: [document(deny(when(notOfOrganization())))] }, open('any-account', 'role', 'sts:AssumeRole'), ofRole],
    ['an open bucket of the organization', { resource: openBucket, rcps: [membersOrServices] }, stopped('RCP'), { account: own }],
    // Who asks about RCPs alone asks about what they bind.
    ['the RCP alone', { rcps: [membersOrServices] }, stopped('RCP')],
  ]],
  ['for whom services act', ofBucket, 'deputies', [
    ['a trail of anybody', { resource: trail }, open('service', 'service', 's3:PutObject')],
    ['a trail of anybody, under an RCP', { resource: trail, rcps: [document(deny(when(['StringNotEqualsIfExists', 'aws:SourceOrgID', mine], ['Null', 'aws:SourceAccount', 'false'], isService())))] }, stopped('RCP')],
    ['a trail of mine', { resource: document(allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, ...reading, Action: 's3:PutObject' }, when(['StringEquals', 'aws:SourceAccount', own]))), rcps: [membersOrServices] }, stopped('resource policy')],
    ['no service', { resource: membersBucket }, stopped('resource policy')],
    ['an identity policy alone', { identity: fullAccess }, unasked('deputies')],
    ['a role, which services assume for its own account', { resource: document(trust({ Service: 'lambda.amazonaws.com' })), rcps: [membersOrServices] }, unasked('deputies'), ofRole],
  ]],
  ['for whom services act that may leave out the ARN', ofQueue, 'deputies', [
    ...([['of what is no queue', { Action: 's3:*' }, []], ['of another action', { Action: 'sqs:DeleteQueue' }, [foreignArn]]] as const).map(([whom, given, tests]): Row =>
      [`secrets of mine, if one is told, under an RCP ${whom}`, { resource: rotating, rcps: [document(deny(given, when(['Null', 'aws:SourceArn', 'false'], ...tests)))] }, open('service', 'service', 'sqs:SendMessage')]),
    ['secrets of mine, if one is told, under an RCP against confused deputies', { resource: rotating, rcps: [document(deny({ Action: 'sqs:*' }, when(['Null', 'aws:SourceArn', 'false'], foreignArn)))] }, stopped('RCP')],
  ]],
  ['where my principals act from', ofBucket, 'networks', [
    ['a bucket for members', { resource: membersBucket }, open('network-bound', 'role', 's3:GetObject')],
    ['an SCP', { resource: membersBucket, scps: [notFromElsewhere] }, stopped('SCP')],
    ['an RCP', { resource: membersBucket, rcps: [document(deny(when(elsewhere)))] }, stopped('RCP')],
    ['a boundary', { identity: fullAccess, boundary: onlyFromVpc }, stopped('permissions boundary')],
    ['through an endpoint', { resource: membersBucket, endpoint: document(allow(when(vpc))) }, stopped('endpoint policy'), via],
    ['an identity held to the VPC', { identity: onlyFromVpc }, stopped('identity policy')],
    ['an identity held to the VPC, and a bucket that admits it anyway', { identity: onlyFromVpc, resource: membersBucket }, open('network-bound', 'role', 's3:GetObject')],
    ['a bucket held to the VPC, and an identity with full access', { identity: fullAccess, resource: document(allow(when(vpc))) }, open('network-bound', 'role', 's3:GetObject')],
    ['both held to the VPC', { identity: onlyFromVpc, resource: document(allow(when(vpc))) }, onlyTogether('resource policy', 'identity policy')],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html: an account as principal leaves it to identity policies
    ['an identity held to the VPC, and a bucket that admits its account', { identity: onlyFromVpc, resource: document(allow({ ...reading, Principal: { AWS: own } })) }, stopped('identity policy')],
    ['an identity held to the VPC, and a bucket that admits its role', { identity: onlyFromVpc, resource: document(allow({ ...reading, Principal: { AWS: app } })) }, open('network-bound', 'role', 's3:GetObject')],
    ['an identity held to the VPC, and a bucket that admits a sibling, whose identities must be allowed too', { identity: onlyFromVpc, resource: document(allow({ ...reading, Principal: { AWS: `arn:aws:iam::${sibling}:role/app` } })) }, onlyTogether('resource policy', 'identity policy')],
    // …policy-eval-denyallow.html: boundaries do not limit what is granted by a star for principal, or to a session
    ['a role by condition beyond its boundary', { resource: document(allow(reading, when(['ArnEquals', 'aws:PrincipalArn', app]))), identity: fullAccess, boundary: onlyFromVpc }, open('network-bound', 'role', 's3:GetObject')],
    ['a session by name beyond its boundary', { resource: document(allow({ ...reading, Principal: { AWS: `arn:aws:sts::${own}:assumed-role/app/session` } })), identity: onlyFromVpc, boundary: onlyFromVpc }, open('network-bound', 'role', 's3:GetObject')],
    ['an account beyond the boundary', { resource: document(allow({ ...reading, Principal: { AWS: own } })), identity: fullAccess, boundary: onlyFromVpc }, stopped('permissions boundary')],
    ['everybody, denied by the boundary', { resource: membersBucket, identity: fullAccess, boundary: attached(allow(), deny(when(elsewhere))) }, stopped('permissions boundary')],
    // An explicit Deny in either policy overrides an Allow in the other.
    ['a bucket that denies other networks, and an identity with full access', { identity: fullAccess, resource: document(deny(when(elsewhere)), allow(reading, when(ofOrganization()))) }, inside],
    ['an identity that denies other networks, and a bucket for members', { identity: attached(allow(), deny(when(elsewhere))), resource: membersBucket }, inside],
    ['a role by name beyond its boundary', { resource: document(allow({ ...reading, Principal: { AWS: `arn:aws:iam::${own}:role/app` } })), boundary: attached(allow({ Action: 'ec2:*' })) }, stopped('permissions boundary')],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html: what a resource's policy grants a user by its ARN, no boundary limits by not allowing it
    ['a user by name beyond its boundary', { resource: document(allow({ ...reading, Principal: { AWS: `arn:aws:iam::${own}:user/ann` } })), boundary: attached(allow({ Action: 'ec2:*' })) }, open('network-bound', 'user', 's3:GetObject')],
    ['a user by name, denied by its boundary', { resource: document(allow({ ...reading, Principal: { AWS: `arn:aws:iam::${own}:user/ann` } })), boundary: nothingAtAll }, stopped('permissions boundary')],
    // The same page: a Deny with NotPrincipal denies whoever has a boundary, whomever it lists.
    ['whom a Deny spares by name, without a boundary', { resource: document(allow(reading), sparing(app)), identity: fullAccess }, open('network-bound', 'role', 's3:GetObject')],
    ['whom a Deny spares by name, with a boundary', { resource: document(allow(reading), sparing(app)), identity: fullAccess, boundary: fullAccess }, stopped('resource policy')],
    ['whom a Deny on some actions spares, with a boundary', { resource: document(allow({ Action: ['s3:GetObject', 's3:PutObject'] }), sparing(own, { Action: 's3:GetObject' })), boundary: fullAccess }, open('network-bound', 'role', 's3:PutObject')],
    ['an SCP that spares root users', { resource: membersBucket, scps: [exceptRoots(elsewhere)] }, open('network-bound', 'root', 's3:GetObject', '')],
    ['an SCP beside a bucket that only denies', { resource: document(deny(when(['Bool', 'aws:SecureTransport', 'false']))), scps: [attached(deny({ Action: 'organizations:LeaveOrganization' }))] }, open('network-bound', 'role', 's3:GetObject', '')],
    ['a boundary beside a bucket of a sibling\'s', { resource: document(allow({ Principal: { AWS: sibling } })), boundary: fullAccess }, open('network-bound', 'role', 's3:GetObject')],
    ['a boundary that allows nothing, beside a bucket that only denies', { resource: document(deny(when(['Bool', 'aws:SecureTransport', 'false']))), boundary: attached(allow({ Action: 'ec2:*' })) }, stopped('permissions boundary')],
    ['an RCP beside a bucket that only denies', { resource: document(deny(when(['Bool', 'aws:SecureTransport', 'false']))), rcps: [document(allow())] }, stopped('resource policy')],
    ['the same beside an identity policy, which no root user has', { resource: membersBucket, identity: fullAccess, scps: [exceptRoots(elsewhere)] }, stopped('SCP')],
    ['no policy on the way', { endpoint: document(allow()) }, unasked('networks', notOnTheWay)],
  ]],
  ['where an API is called from', { kind: 'resource', service: 'execute-api', resource: `arn:aws:execute-api:eu-west-1:${own}:a1b2c3` }, 'networks', [
    ['an API that is private to the VPC by its paths', { resource: document(allow({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }), deny({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, when(elsewhere))), identity: attached(allow({ Action: 'execute-api:Invoke' })) }, onlyTogether('resource policy', 'identity policy')],
  ]],
  // https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html: auth policies and identity policies must both allow
  ['where services of VPC Lattice are called from', ofLattice, 'networks', [
    ['an auth policy held to the VPC, and an identity with full access', { resource: document(allow(invoking, when(ofLatticeVpc))), identity: fullAccess }, stopped('resource policy')],
    ['an auth policy for a role, and an identity without', { resource: document(allow({ ...invoking, Principal: { AWS: app } })), identity: attached(allow({ Action: 'ec2:*' })) }, stopped('identity policy')],
    ['an auth policy for everybody, and an identity without', { resource: document(allow(invoking)), identity: attached(allow({ Action: 'ec2:*' })) }, stopped('identity policy')],
    ['an auth policy for everybody, and a boundary without', { resource: document(allow(invoking)), boundary: attached(allow({ Action: 'ec2:*' })) }, stopped('permissions boundary')],
    ['an auth policy held to the VPC, under an SCP', { resource: document(allow(invoking, when(ofLatticeVpc))), scps: [attached(allow())] }, stopped('resource policy')],
    ['both for everybody', { resource: document(allow(invoking)), identity: attached(allow(invoking)) }, open('network-bound', 'role', 'vpc-lattice-svcs:Invoke')],
    ['an auth policy held to the VPC, where the service is the resource\'s', { resource: document(allow(invoking, when(ofLatticeVpc))), identity: attached(allow(invoking)) }, onlyTogether('resource policy', 'identity policy'), { service: 'vpc-lattice' }],
    ['an auth policy for everybody, and an identity without, where the service is the resource\'s', { resource: document(allow(invoking)), identity: attached(allow({ Action: 'ec2:*' })) }, onlyTogether('resource policy', 'identity policy'), { service: 'vpc-lattice' }],
    ['the same beyond a boundary', { resource: document(allow(invoking)), boundary: attached(allow({ Action: 'ec2:*' })) }, onlyTogether('resource policy', 'permissions boundary'), { service: 'vpc-lattice' }],
    // What manages the service is no call of it.
    ['an auth policy held to the VPC, and an identity that may change it', { resource: document(allow(invoking, when(ofLatticeVpc))), identity: fullAccess }, open('network-bound', 'role', 'vpc-lattice:CreateAccessLogSubscription'), { service: 'vpc-lattice' }],
  ]],
  ['where my principals reach resources from', ofService, 'networks', [
    ['an identity with the resources of a sibling alone', { identity: attached(allow(when(['StringEquals', 'aws:ResourceAccount', sibling]))) }, open('network-bound', 'role', 's3:GetObject')],
    ['the same beside a bucket of the account', { identity: attached(allow(when(['StringEquals', 'aws:ResourceAccount', sibling]))), resource: document(allow({ ...reading, Principal: { AWS: own } })) }, stopped('identity policy')],
    ['a boundary and an SCP that leave those of a sibling', { boundary: fullAccess, scps: [attached(deny(when(['StringNotEquals', 'aws:ResourceAccount', sibling])))] }, open('network-bound', 'role', 's3:GetObject')],
  ]],
  ['where my principals reach whatever is theirs from', { kind: 'resource', ...define({ accounts: [own, sibling] }) }, 'networks', [
    ['full access under an RCP that spares one of my accounts', { scps: [fullAccess], rcps: [sparingSibling] }, open('network-bound', 'role', 's3:GetObject'), { service: 's3' }],
    ['the same of an identity', { identity: fullAccess, rcps: [sparingSibling] }, open('network-bound', 'role', 's3:GetObject'), { service: 's3' }],
    ['queues of another account of mine, under an RCP that allows all', { identity: attached(allow({ Action: 'sqs:*', Resource: `arn:aws:sqs:*:${sibling}:*` })), rcps: [document(allow())] }, open('network-bound', 'role', 'sqs:SendMessage')],
    ['principals of another account, of which an identity\'s policy does not speak', { boundary: attached(allow(when(['StringEquals', 'aws:PrincipalAccount', sibling]))), rcps: [document(allow())] }, stopped('permissions boundary')],
    ['full access under an RCP of all services', { scps: [fullAccess], rcps: [document(deny(when(elsewhere)))] }, open('network-bound', 'role', 'lambda:InvokeFunction')],
    ['full access under an RCP that denies everything', { identity: fullAccess, rcps: [document(deny())] }, open('network-bound', 'role', 'lambda:InvokeFunction')],
  ]],
  ['where my principals use a key from', ofKey, 'networks', [
    ['a key held to the VPC, whatever an identity allows', { identity: fullAccess, resource: document(allow(when(vpc))) }, stopped('resource policy')],
    ['a key that leaves it to identities, of which one is held to the VPC', { identity: onlyFromVpc, resource: ofTheAccount }, stopped('identity policy')],
    ['a key that names a role, and its identity held to the VPC', { identity: onlyFromVpc, resource: document(allow({ Principal: { AWS: app } })) }, open('network-bound', 'role', 'kms:Decrypt')],
    ['an identity with full access, and a key\'s policy not given', { identity: fullAccess }, open('network-bound', 'role', 'kms:Decrypt')],
    ['a key for members under an SCP', { resource: membersEndpoint, identity: fullAccess, scps: [notFromElsewhere] }, stopped('SCP')],
  ]],
  ['where my principals assume a role from', ofRole, 'networks', [
    ['a role held to the VPC, whatever an identity allows', { identity: fullAccess, resource: document(trust({ AWS: own }, when(vpc))) }, stopped('trust policy')],
    ['a role of the account', { resource: document(trust({ AWS: own })) }, open('network-bound', 'role', 'sts:AssumeRole')],
    ['a role of the account that the identity names', { resource: document(trust({ AWS: own })), identity: attached(allow({ Action: 'sts:AssumeRole', Resource: app })) }, open('network-bound', 'role', 'sts:AssumeRole')],
    ['a role of the account, beside an identity for another', { resource: document(trust({ AWS: own })), identity: attached(allow({ Action: 'sts:AssumeRole', Resource: `${app}2` })) }, stopped('identity policy')],
    ['a role that names another of its account', { resource: document(trust({ AWS: `${app}2` })), identity: onlyFromVpc }, open('network-bound', 'role', 'sts:AssumeRole')],
    ['a role of the account under an SCP', { resource: document(trust({ AWS: own })), scps: [notFromElsewhere] }, stopped('SCP')],
  ]],
];

for (const [title, setting, objective, rows] of tables) {
  describe(title, () => {
    for (const [name, given, expected, more = {}] of rows) it(name, () => {
      const subject = { kind: 'resource' as const, account: own, perimeter, now, ...setting, ...more };
      const answer = askTogether(subject, planesOf(given), objective);
      const { because, notes } = answer;
      expect(notes.filter((one) => !/^the service is not known|spares requests without|do not bind/.test(one))).toEqual([]);
      if (answer.answer === 'outside') {
        const { reach, at, witness } = answer;
        expect({ reach, kind: witness.principal.kind, action: witness.action, at }, because).toEqual(expected);
        const asked = subject.kind === 'trust' && objective === 'resources' ? { ...subject, kind: 'identity' as const } : subject;
        expect(faultsOf({ ...asked, policy: parsePolicy(document()) }, objective, witness)).toEqual([]);
      } else if (answer.answer === 'inside') expect('answer' in expected ? { answer: 'inside' } : { stoppedBy: answer.stoppedBy, ...('because' in expected ? { because } : {}) }, because).toEqual(expected);
      else expect({ undecided: because }).toEqual(expected);
    });
  });
}

describe('what planes can be asked about', () => {
  it.each<[string, Given, readonly Objective[]]>([
    ['a resource', { resource: openBucket }, ['principals']], ['an RCP', { rcps: [membersOrServices] }, ['principals']], ['an identity', { identity: fullAccess }, ['resources']],
    ['a boundary', { boundary: fullAccess }, ['resources']], ['an SCP', { scps: [fullAccess] }, ['resources']], ['both sides', { identity: fullAccess, resource: openBucket }, ['principals', 'resources']],
    ['an endpoint', { endpoint: membersEndpoint }, ['principals', 'resources']], ['an endpoint before a resource', { endpoint: membersEndpoint, resource: openBucket }, ['principals']],
    ['an RCP beside an identity', { rcps: [membersOrServices], identity: fullAccess }, ['principals', 'resources']], ['an endpoint behind an identity', { endpoint: membersEndpoint, identity: fullAccess }, ['resources']], ['nothing', {}, []],
  ])('%s', (_, given, expected) => { expect(objectivesOf(planesOf(given))).toEqual(expected); });
});

describe('an RCP of a service that is not said', () => {
  const onBuckets = document(deny({ Action: 's3:*' }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])));
  it.each<[string, Given, string]>([['by itself', { rcps: [onBuckets] }, 'inside'], ['above an open resource', { rcps: [onBuckets], resource: document(allow()) }, 'outside']])('is asked %s', (_, given, expected) => {
    expect(askTogether({ kind: 'resource', account: own, perimeter, now }, planesOf(given), 'principals').answer).toBe(expected);
  });
});

describe('a key where no service is said', () => {
  it.each<[string, Given, string]>([
    ['whose own policy names a stranger', { identity: attached(allow({ Action: 'kms:Decrypt' })), resource: document(allow({ Principal: { AWS: stranger }, Action: 'kms:*' })) }, 'inside'],
    ['whose own policy names its account', { identity: attached(allow({ Action: 'kms:Decrypt' })), resource: document(allow({ Principal: { AWS: own }, Action: 'kms:*' })) }, 'outside'],
  ])('%s', (_, given, expected) => { expect(askTogether({ kind: 'resource', account: own, perimeter, now }, planesOf(given), 'networks').answer).toBe(expected); });
});

describe('where my principals act from, through an endpoint of mine', () => {
  const members = document(allow({ Action: 's3:GetObject' }, when(ofOrganization())));
  const organization = { ...perimeter, networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: [], organization: true } };
  const from = (...tests: Test[]): object => document(allow(when(...tests)));
  it.each<[string, Given, Perimeter, string]>([
    ['an address', { resource: members, endpoint: from(['IpAddress', 'aws:SourceIp', '198.51.100.0/24']) }, perimeter, 'inside'],
    ['no endpoint', { resource: members, endpoint: from(['Null', 'aws:SourceVpce', 'true']) }, perimeter, 'inside'],
    ['an endpoint of a stranger', { resource: document(allow({ Action: 's3:GetObject' }, when(ofOrganization(), ['StringEquals', 'aws:VpceAccount', stranger]))), endpoint: document(allow()) }, perimeter, 'inside'],
    ['an endpoint in a foreign organization', { resource: document(allow({ Action: 's3:GetObject' }, when(ofOrganization(), ['StringEquals', 'aws:VpceOrgID', 'o-aaaaaaaaaa']))), endpoint: document(allow()) }, perimeter, 'inside'],
    ['a VPC that the definition does not list', { resource: members, endpoint: document(allow()) }, perimeter, 'outside'],
    ['the VPC that it lists', { resource: members, endpoint: from(['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']) }, perimeter, 'inside'],
    ['any VPC of the organization, which counts', { resource: members, endpoint: document(allow()) }, organization, 'inside'],
    ['any VPC of an account that stands alone', { resource: document(allow({ Action: 's3:GetObject' })), endpoint: document(allow()) }, { ...organization, standaloneAccounts: [own] }, 'outside'],
  ])('%s', (_, given, of, expected) => {
    expect(askTogether({ kind: 'resource', service: 's3', resource: bucket, account: own, perimeter: of, now, ...via }, planesOf(given), 'networks').answer).toBe(expected);
  });
});

describe('a witness of policies together', () => {
  it('names the statements that admit it, and no plane that does not', () => {
    const answer = askTogether({ kind: 'resource', service: 's3', resource: bucket, account: own, perimeter, now }, planesOf({ identity: attached(deny({ Action: 'ec2:*' }), allow()), resource: document(allow(when(vpc))), scps: [attached(deny({ Action: 'ec2:*' }))] }), 'networks');
    expect(answer.answer === 'outside' ? answer.through : answer).toEqual([{ plane: 'identity policy', at: '/Statement/1' }]);
  });

  it('calls on a role of the caller\'s own partition', () => {
    const answer = askTogether({ kind: 'trust', account: own, perimeter, now }, planesOf({ scps: [attached(allow(), allow({ Resource: 'arn:aws-cn:s3:::data' }))], rcps: [document(deny({ Resource: 'arn:aws:*:*:${aws:PrincipalAccount}:*' }))] }), 'networks');
    if (answer.answer !== 'outside') throw new Error(answer.because);
    expect([answer.witness.principal.arn, answer.witness.resource].map((arn) => arn?.split(':')[1])).toEqual(['aws-cn', 'aws-cn']);
  });

  it('passes every policy on its way', () => {
    const subject: Subject = { kind: 'resource', service: 's3', resource: bucket, account: own, perimeter, now, viaEndpoint: true };
    const [resource, rcp, endpoint] = [document(allow()), document(deny({ Action: 's3:Get*' })), document(allow({ NotAction: 's3:Put*' }))];
    const answer = askTogether(subject, planesOf({ resource, rcps: [rcp], endpoint }), 'principals');
    if (answer.answer !== 'outside') throw new Error(answer.because);
    const all = [['resource', resource], ['rcp', rcp], ['vpc-endpoint', endpoint]] as const;
    const formulas = all.map(([kind, policy]) => formulaOf({ ...subject, kind, policy: parsePolicy(policy) }));
    expect(answer.through).toEqual([{ plane: 'resource policy', at: '/Statement/0' }, { plane: 'endpoint policy', at: '/Statement/0' }]);
    expect([satisfies(and(...formulas), answer.witness), satisfies(or(), answer.witness), /^s3:(Get|Put)/.test(answer.witness.action)]).toEqual([true, false, false]);
  });
});
