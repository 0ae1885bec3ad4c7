import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { and, compare, emptyPerimeter, formulaOf, not, parsePolicy, satisfies, type Difference, type Perimeter, type QuestionKind, type Request } from '../../policy/index.ts';
import { allow, deny, document, foreign, isService, mine, notOfOrganization, now, ofOrganization, oldDocument, own, perimeter, roleOf, serviceCaller, sibling, stranger, trust, unsigned, when, type Test } from './cases/case.ts';
import { runs } from '../support/runs.ts';

/** What may stand in a condition on a key, and what requests of the small world carry under it where callers do not settle it. */
interface Key { readonly operators: readonly string[]; readonly values: readonly string[]; readonly carried?: readonly (string | readonly string[] | undefined)[] }
const texts = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIfExists', 'StringNotEqualsIfExists', 'StringLikeIfExists'];
const arns = [...texts, 'ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnLikeIfExists'];
const sets = ['ForAnyValue:StringLike', 'ForAllValues:StringLike', 'ForAnyValue:StringNotLike', 'ForAllValues:StringNotEquals', 'ForAnyValue:StringEqualsIfExists', 'ForAllValues:StringEqualsIfExists'];
const booleans = ['Bool', 'BoolIfExists'];
const numbers = ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals', 'NumericLessThanIfExists'];
const dates = ['DateLessThan', 'DateGreaterThanEquals', 'DateNotEquals'];
const addresses = ['IpAddress', 'NotIpAddress', 'IpAddressIfExists', 'NotIpAddressIfExists'];

const ofCallers: Readonly<Record<string, Key>> = {
  'aws:PrincipalOrgID': { operators: texts, values: [mine, foreign, 'o-*', 'o-a*'] },
  'aws:PrincipalAccount': { operators: texts, values: [own, stranger, '3*', '?11111111111'] },
  'aws:PrincipalArn': { operators: arns, values: [`arn:aws:iam::${own}:role/*`, `arn:aws:iam::${stranger}:role/a`, 'arn:aws:iam::*:role/a', '*:user/ann', `arn:aws:iam::${own}:root`] },
  'aws:PrincipalOrgPaths': { operators: sets, values: [`${mine}/*`, `${mine}/r-ab12/*`, `${foreign}/*`] },
  'aws:PrincipalTag/team': { operators: texts, values: ['blue', 'b*', 'red'], carried: [undefined, 'blue', 'red', 'x'] },
  'aws:PrincipalIsAWSService': { operators: booleans, values: ['true', 'false'] },
  'aws:username': { operators: texts, values: ['ann', 'a*', 'bob'] },
  'aws:SecureTransport': { operators: booleans, values: ['true', 'false'], carried: ['true', 'false'] },
  'aws:CurrentTime': { operators: dates, values: ['2020-01-01T00:00:00Z', '2031-01-01T00:00:00Z'], carried: ['2026-06-01T00:00:00Z', '2031-01-01T00:00:00Z', '2032-01-01T00:00:00Z'] },
  'aws:TagKeys': { operators: [...sets, 'StringEquals', 'StringNotEquals'], values: ['a', 'b*', 'c'], carried: [undefined, ['a'], ['a', 'bb'], ['z']] },
  's3:max-keys': { operators: numbers, values: ['5', '10'], carried: [undefined, '1', '5', '7', '10'] },
};
const ofNetworks: Readonly<Record<string, Key>> = {
  'aws:SourceIp': { operators: addresses, values: ['192.0.2.0/24', '192.0.2.192/26', '0.0.0.0/0', '2001:db8::/32'] },
  'aws:SourceVpc': { operators: texts, values: ['vpc-012abc01', 'vpc-*'] },
};
const ofOwners: Readonly<Record<string, Key>> = {
  'aws:ResourceAccount': { operators: texts, values: [own, stranger, '${aws:PrincipalAccount}'] },
  'aws:ResourceOrgID': { operators: texts, values: [mine, foreign, '${aws:PrincipalOrgID}'] },
};
const ofRoles: Readonly<Record<string, Key>> = { 'sts:ExternalId': { operators: texts, values: ['12345', '1*', 'two'], carried: [undefined, '12345', '1x', 'zz'] } };

interface Caller { readonly principal: Request['principal']; readonly context: Request['context'] }
const person = (kind: 'role' | 'user' | 'root', account: string, name: string, organization?: string): Caller => {
  const arn = kind === 'root' ? `arn:aws:iam::${account}:root` : `arn:aws:iam::${account}:${kind}/${name}`;
  return { principal: { kind, account, arn }, context: {
    ...roleOf(account, organization).context, 'aws:PrincipalArn': arn, ...(kind === 'user' ? { 'aws:username': name } : {}),
    ...(organization === undefined ? {} : { 'aws:PrincipalOrgPaths': [`${organization}/r-ab12/ou-ab12-11111111/`] }),
  } };
};
const signed: readonly Caller[] = [
  person('role', own, 'a', mine), person('role', own, 'b', mine), person('user', own, 'ann', mine), person('user', sibling, 'bob', mine),
  person('role', stranger, 'a'), person('role', stranger, 'b', foreign), person('user', '999999999999', 'ann', 'o-bbbbbbbbbb'),
];
const root = person('root', own, '', mine);
const service = serviceCaller('cloudtrail.amazonaws.com');

interface Kind {
  readonly kind: QuestionKind; readonly setting: object; readonly callers: readonly Caller[]; readonly keys: Readonly<Record<string, Key>>;
  readonly principals: readonly object[]; readonly actions: readonly string[]; readonly patterns: readonly string[]; readonly resources: readonly string[]; readonly owners: readonly Request['context'][];
}
const everyone = [{ Principal: '*' }, { Principal: '*' }, { Principal: { AWS: '*' } }];
const principals = [...everyone, { Principal: { AWS: [own, `arn:aws:iam::${stranger}:role/a`] } }, { Principal: { AWS: `arn:aws:iam::${own}:user/ann`, Service: 'cloudtrail.amazonaws.com' } }, { NotPrincipal: { AWS: stranger } }, { NotPrincipal: { AWS: `arn:aws:iam::${own}:role/a` } }];
const bucket = 'arn:aws:s3:::acme-data';
const patterns = ['*', '*', `${bucket}/*`, bucket, 'arn:aws:s3:::a*'];
const resources = [bucket, `${bucket}/blue/y`, `${bucket}/ann/y`];
const others = [...resources, 'arn:aws:s3:::other/ann/z'];
/** Folders of callers, of which a pair of policies has at most one. */
const folders = [[], [], [`${bucket}/\${aws:PrincipalTag/team}/*`], [`${bucket}/\${aws:username}/*`]];
const ownOwner = { 'aws:ResourceAccount': own, 'aws:ResourceOrgID': mine };
const owners = [ownOwner, { 'aws:ResourceAccount': stranger }, { 'aws:ResourceAccount': '999999999999', 'aws:ResourceOrgID': foreign }];
const actions = ['s3:GetObject', 's3:PutObject', 's3:ListBucket'];
const s3 = { actions, patterns, service: 's3' };
const kinds: readonly Kind[] = [
  { ...s3, kind: 'vpc-endpoint', setting: { service: 's3' }, callers: [...signed, root, unsigned, service], keys: { ...ofCallers, ...ofOwners }, principals, resources: others, owners },
  { ...s3, kind: 'resource', setting: { service: 's3', resource: bucket }, callers: [...signed, root, unsigned, service], keys: { ...ofCallers, ...ofNetworks }, principals, resources, owners: [ownOwner] },
  { ...s3, kind: 'rcp', setting: { service: 's3', resource: bucket }, callers: [...signed, root, unsigned, service], keys: { ...ofCallers, ...ofNetworks }, principals: everyone, resources, owners: [ownOwner] },
  { ...s3, kind: 'identity', setting: { service: 's3' }, callers: signed.slice(0, 4), keys: { ...ofCallers, ...ofOwners, ...ofNetworks }, principals: [{}], resources: others, owners },
  { ...s3, kind: 'scp', setting: { service: 's3' }, callers: [...signed.slice(0, 4), root], keys: { ...ofCallers, ...ofOwners, ...ofNetworks }, principals: [{}], resources: others, owners },
  { kind: 'trust', setting: {}, callers: [...signed, service], keys: { ...ofCallers, ...ofRoles, ...ofNetworks }, principals, actions: ['sts:AssumeRole', 'sts:TagSession'], patterns: [], resources: [], owners: [ownOwner] },
];

const some = <T>(of: readonly T[], most = 2): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: most });
const testOf = (keys: Kind['keys']): fc.Arbitrary<Test> => fc.constantFrom(...Object.entries(keys)).chain(([key, { operators, values }]): fc.Arbitrary<Test> =>
  fc.oneof({ weight: 6, arbitrary: fc.tuple(fc.constantFrom(...operators), fc.constant(key), some(values)) }, { weight: 1, arbitrary: fc.tuple(fc.constant('Null'), fc.constant(key), some(['true', 'false'], 1)) }));
const isTrust = ({ kind }: Kind): boolean => kind === 'trust';
const statementOf = (kind: Kind): fc.Arbitrary<object> => fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'), principal: fc.constantFrom(...kind.principals),
  action: fc.oneof(some(['*', ...kind.actions, kind.actions[0]!.replace(/:.*/, ':*')]).map((Action) => ({ Action })), some(kind.actions).map((NotAction) => ({ NotAction }))),
  resource: isTrust(kind) ? fc.constant({}) : fc.oneof({ weight: 4, arbitrary: some(kind.patterns).map((Resource) => ({ Resource })) }, { weight: 1, arbitrary: some(kind.patterns.slice(2)).map((NotResource) => ({ NotResource })) }),
  tests: fc.array(testOf(kind.keys), { maxLength: 2 }),
}).map(({ Effect, principal, action, resource, tests }) => ({ Effect, ...principal, ...action, ...resource, ...(tests.length > 0 ? when(...tests) : {}) }));
const statementsOf = (kind: Kind): fc.Arbitrary<object[]> => fc.array(statementOf(kind), { minLength: 1, maxLength: 2 });
/** Two policies that share some statements, as before and after a change. */
const pairsOf = (of: Kind): fc.Arbitrary<readonly [object, object]> => fc.constantFrom(...folders).map((folder): Kind => ({ ...of, patterns: [...of.patterns, ...folder, ...folder] }))
  .chain((kind) => fc.tuple(statementsOf(kind), statementsOf(kind), fc.array(statementOf(kind), { maxLength: 1 })))
  .map(([one, other, both]) => [document(...both, ...one), document(...other, ...both)]);

/** Every request of the small world, as far as the texts of the policies can tell them apart. */
function* world({ kind, callers, actions: all, resources: named, owners: whose, keys }: Kind, written: string): Generator<Request> {
  const lower = written.toLowerCase();
  const free = Object.entries(keys).filter(([key, { carried }]) => carried !== undefined && lower.includes(key.toLowerCase()));
  const isNetworkTested = /aws:source(ip|vpc)/.test(lower);
  const networks: Request['context'][] = !isNetworkTested || kind === 'vpc-endpoint' ? [{}] : [{ 'aws:SourceIp': '192.0.2.9' }, { 'aws:SourceIp': '192.0.2.200' }, { 'aws:SourceIp': '2001:db8:0:0:0:0:0:1' }, { 'aws:SourceVpc': 'vpc-012abc01' }, { 'aws:SourceVpc': 'vpc-z' }];
  const contexts = free.reduce<Request['context'][]>((made, [key, { carried }]) => made.flatMap((one) => carried!.map((value) => value === undefined ? one : { ...one, [key]: value })), [{}]);
  for (const caller of callers) for (const network of networks) {
    if (caller.principal.kind === 'service' && 'aws:SourceVpc' in network) continue;
    for (const owner of /resource(account|orgid)/.test(lower) ? whose : whose.slice(0, 1)) for (const context of contexts) for (const action of all) {
      if (caller.principal.kind === 'anonymous' && 'aws:PrincipalTag/team' in context) continue;
      for (const resource of isTrust({ kind } as Kind) ? [undefined] : named) yield { principal: caller.principal, action, ...(resource === undefined ? {} : { resource }), context: { ...context, ...network, ...caller.context, ...owner } };
    }
  }
}

/** What no caller could send, as far as one request can tell. */
function faultOf({ principal: { kind, account, arn }, context }: Request): string | undefined {
  const texts = Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), String(value)]));
  const [organization, paths, user, from] = ['aws:principalorgid', 'aws:principalorgpaths', 'aws:username', 'aws:sourceip'].map((key) => texts[key]);
  if (arn !== undefined && arn.split(':')[4] !== account) return 'the ARN is of another account';
  if (![undefined, account, 'anonymous'].includes(texts['aws:principalaccount']) && kind !== 'service') return 'the key tells another account';
  if (texts['aws:principalarn'] !== arn && kind !== 'service') return 'the key tells another ARN';
  if (user !== undefined && !(kind === 'user' && arn!.endsWith(`/${user}`) && user !== '')) return 'the name is not the end of the ARN';
  if (paths !== undefined && !paths.startsWith(`${organization}/`)) return 'the path is of another organization';
  if (from !== undefined && texts['aws:sourcevpc'] !== undefined) return 'both an address and a VPC';
  if (Date.parse(texts['aws:currenttime'] ?? '2030-01-01') < now) return 'the time has passed';
  return undefined;
}

interface Setting { readonly kind: QuestionKind; readonly service?: string; readonly resource?: string; readonly endpointType?: 'gateway'; readonly perimeter?: Perimeter }
function compared(setting: Setting, one: object, other: object): { readonly added: Difference; readonly removed: Difference; readonly faults: readonly string[] } {
  const subject = { account: own, now, perimeter, ...setting };
  const [before, after] = [formulaOf({ ...subject, policy: parsePolicy(one) }), formulaOf({ ...subject, policy: parsePolicy(other) })];
  const found = compare(subject, before, after);
  const faults = ([['added', after, before], ['removed', before, after]] as const).flatMap(([side, wide, narrow]) => {
    const difference = found[side];
    if (difference.kind !== 'request') return [];
    const fault = satisfies(and(wide, not(narrow)), difference.request) ? faultOf(difference.request) : 'it does not tell them apart';
    return fault === undefined ? [] : [`${side}: ${fault}: ${JSON.stringify(difference.request)}`];
  });
  return { ...found, faults };
}

/** What hangs on principals or accounts names no principal. */
const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));
const endpoint: Setting = { kind: 'vpc-endpoint', service: 's3' };
const ofBucket: Setting = { kind: 'resource', service: 's3', resource: bucket };
const ofRole: Setting = { kind: 'trust' };
const everything: Setting = { kind: 'identity' };
const ownKey = `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const identity: Setting = { kind: 'identity', service: 's3' };
const scp: Setting = { kind: 'scp', service: 's3' };
const rcp: Setting = { kind: 'rcp', service: 's3' };
const ownersOfMine: Test = ['StringEquals', 's3:ResourceAccount', [own, sibling]];
const resourcesOf = (...organizations: string[]): Test => ['StringEquals', 'aws:ResourceOrgID', organizations];
const ownRoles = `arn:aws:iam::${own}:role/*`;
const github = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;
const fromGitHub = (subject: string): object => document(trust({ Federated: github }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'token.actions.githubusercontent.com:sub', subject])));
const claimed = (effect: string, operator: string, subject: string): object => ({ Effect: effect, Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', ...when([operator, 'token.actions.githubusercontent.com:sub', subject]) });
const asserted = (...actions: string[]): object => document(trust({ Federated: `arn:aws:iam::${own}:saml-provider/Okta` }, { Action: actions }));
const named = (provider: string): object => trust('*', { Action: 'sts:AssumeRole*' }, when(['StringEquals', 'SAML:doc', `${own}/${provider}`]));
const addressesIn = (...blocks: string[]): object => document(allow(when(['IpAddress', 'aws:SourceIp', blocks])));
const trail = { Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' };
const inFolders = (...tests: Test[]): object[] => [
  allow({ Action: 's3:ListBucket', Resource: bucket }, when(['StringLike', 's3:prefix', ['home/${aws:username}/*', 'teams/${aws:PrincipalTag/team}/*']], ...tests)),
  allow({ Action: 's3:GetObject', Resource: [`${bucket}/home/\${aws:username}/*`, `${bucket}/teams/\${aws:PrincipalTag/team}/*`] }, ...tests.length === 0 ? [] : [when(...tests)]),
];
const annsFolder = `${bucket}/\${aws:username}/*`;
const ann = `arn:aws:iam::${own}:user/ann`;
/** Queues named by the team of whoever calls, and those of another account. */
const teams = ['arn:aws:sqs:*:*:${aws:PrincipalTag/team}-*', `arn:aws:sqs:*:${stranger}:*`];
const [queues, backwards] = [allow({ Resource: teams }), allow({ Resource: teams.toReversed() })];
const ofTheAccount = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': '${aws:PrincipalAccount}' } } };

const ofTrail = (...tests: Test[]): object => allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }, when(...tests));
/** A Deny as AWS's sample of an SCP for networks has it. */
const ofNetwork = (given: object, ...vpcs: readonly string[]): object => deny(given, when(
  ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'], ['BoolIfExists', 'aws:ViaAWSService', 'false'], ['NotIpAddressIfExists', 'aws:SourceIp', '192.0.2.0/24'], ['StringNotEqualsIfExists', 'aws:SourceVpc', ['vpc-012abc01', ...vpcs]],
  ['StringNotEqualsIfExists', 'aws:PrincipalTag/dp:exclude:network', 'true'], ['ArnNotLikeIfExists', 'aws:PrincipalArn', ['arn:aws:iam::*:role/aws:ec2-infrastructure', 'arn:aws:iam::*:role/svc-*']],
));
const sourcesIn = (key: 'aws:SourceOrgID' | 'aws:SourceOrgPaths', organization: string): Test => key === 'aws:SourceOrgID' ? ['StringEquals', key, organization] : ['ForAnyValue:StringLike', key, `${organization}/*`];
const bucketsOf = (definition: Partial<Perimeter> = {}): Setting => ({ kind: 'resource', service: 's3', perimeter: { ...perimeter, ...definition } });
const equal: readonly (readonly [name: string, setting: Setting, one: object, other: object])[] = [
  ['services that act for my organization, which tell an account', { kind: 'resource', service: 's3' }, document(ofTrail(['StringEquals', 'aws:SourceOrgID', mine])), document(ofTrail(['StringEquals', 'aws:SourceOrgID', mine], ['Null', 'aws:SourceAccount', 'false']))],
  ...(['aws:SourceOrgID', 'aws:SourceOrgPaths'] as const).flatMap((key): (readonly [string, Setting, object, object])[] => {
    const [ofMine, ofOthers] = [sourcesIn(key, mine), sourcesIn(key, foreign)];
    return [
      [`sources in my organization, which all accounts of mine are, by ${key}`, bucketsOf(), document(ofTrail(ofMine)), document(ofTrail(ofMine, ['StringEquals', 'aws:SourceAccount', [own, sibling]]))],
      [`the same by a Deny of others, by ${key}`, bucketsOf(), document(ofTrail(ofMine)), document(ofTrail(ofMine), deny(when(['StringNotEquals', 'aws:SourceAccount', [own, sibling]], isService('true'), ['Null', key, 'false'])))],
      [`a stranger in my organization as a source, by ${key}`, bucketsOf(), document(), document(ofTrail(ofMine, ['StringEquals', 'aws:SourceAccount', stranger]))],
      [`an account of mine in a stranger's organization as a source, by ${key}`, bucketsOf(), document(), document(ofTrail(ofOthers, ['StringEquals', 'aws:SourceAccount', own]))],
      [`an account that stands alone as a source in an organization, by ${key}`, bucketsOf({ standaloneAccounts: ['444444444444'], accounts: undefined }), document(), document(ofTrail(['Null', key, 'false'], ['StringEquals', 'aws:SourceAccount', '444444444444']))],
    ];
  }),
  ['services that act for my organization, by its paths', { kind: 'resource', service: 's3' }, document(ofTrail(['StringEquals', 'aws:SourceOrgID', mine])), document(ofTrail(['ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${mine}/*`]))],
  ['a condition on callers, or a Deny of others', endpoint, document(allow(when(ofOrganization()))), document(deny(when(notOfOrganization())), allow())],
  ['conditions on callers and owners, or Denies of others', endpoint, document(allow(when(ofOrganization(), ownersOfMine))), document(deny(when(notOfOrganization())), deny(when(['StringNotEquals', 's3:ResourceAccount', [sibling, own]])), allow())],
  ['sessions of federated users of another account, which the own principals do not begin', everything, attached(), attached(allow({ Action: 'sts:GetFederationToken', Resource: `arn:aws:sts::${sibling}:federated-user/*` }))],
  ['an action that takes no assertion', ofRole, asserted('sts:AssumeRoleWithSAML'), asserted('sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity')],
  ['actions that no trust policy is asked about', ofRole, document(trust('*', { Action: ['sts:AssumeRole*', 'sts:TagSession', 'sts:Set*'] })), document(trust('*', { Action: 'sts:*' }))],
  ['one statement for two services, or one for each', everything, attached(allow({ Action: ['s3:GetObject', 'sqs:SendMessage'], Resource: ['arn:aws:s3:::data/*', `arn:aws:sqs:eu-west-1:${own}:jobs`] })), attached(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' }), allow({ Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:eu-west-1:${own}:jobs` }))],
  ['any resource, or any of the service', everything, attached(allow({ Action: 'sqs:SendMessage' })), attached(allow({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:*:*:*' }))],
  ['the owner, as S3 or AWS tells it', everything, attached(allow({ Action: 's3:GetObject' }, when(['StringEquals', 's3:ResourceAccount', own]))), attached(allow({ Action: 's3:GetObject' }, when(['StringEquals', 'aws:ResourceAccount', own])))],
  ['the key, or whatever it is', { kind: 'resource', service: 'kms', resource: ownKey }, document(allow({ Principal: { AWS: own }, Action: 'kms:*', Resource: ownKey })), document(allow({ Principal: { AWS: own }, Action: 'kms:*' }))],
  ['services by a pattern, or by two that come to it', ofBucket, document(allow(when(['StringLike', 'aws:PrincipalServiceName', 'ec*.amazonaws.com']))), document(allow(when(['StringLike', 'aws:PrincipalServiceName', ['ec.amazonaws.com', 'ec?*.amazonaws.com']])))],
  ['a certificate, or none at a bucket', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalTag/x509Subject/CN', 'app'], isService()))), document()],
  ['StringLike without wildcard', endpoint, document(allow(when(['StringLike', 'aws:PrincipalOrgID', mine]))), document(allow(when(ofOrganization())))],
  ['a quantifier on a key with one value', endpoint, document(allow(when(['ForAnyValue:StringEquals', 'aws:PrincipalOrgID', mine]))), document(allow(when(ofOrganization())))],
  ['any or every value of a key of a service with one value', endpoint, document(allow(when(['ForAnyValue:StringLike', 's3:prefix', 'a*']))), document(allow(when(['ForAllValues:StringLike', 's3:prefix', 'a*'], ['Null', 's3:prefix', 'false'])))],
  ['every value of a claim, which each token has', ofRole, document(trust({ Federated: `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com` }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', 'token.actions.githubusercontent.com:sub', 'repo:acme/*']))), document(trust({ Federated: `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com` }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['ForAllValues:StringLike', 'token.actions.githubusercontent.com:sub', 'repo:acme/*'])))],
  ['a wildcard alone, or any value', endpoint, document(allow(when(['StringLike', 'aws:PrincipalOrgID', '*']))), document(allow(when(['Null', 'aws:PrincipalOrgID', 'false'])))],
  ['letters of keys and actions', endpoint, document(allow({ Action: 'S3:getobject' }, when(['StringEquals', 'AWS:principalorgid', mine]))), document(allow({ Action: 's3:GetObject' }, when(ofOrganization())))],
  ['statements and values in another order', endpoint, document(deny({ Action: 's3:Put*' }), allow(when(ofOrganization([mine, foreign])))), document(allow(when(ofOrganization([foreign, mine]))), deny({ Action: 's3:Put*' }))],
  ['one statement for two, or one for each', endpoint, document(allow({ Action: ['s3:GetObject', 's3:PutObject'] }, when(ofOrganization([mine, foreign])))), document(...[mine, foreign].flatMap((one) => ['s3:PutObject', 's3:GetObject'].map((Action) => allow({ Action }, when(ofOrganization(one))))))],
  ['a folder of each user, in one statement for two actions, or one for each', everything, attached(allow({ Action: ['s3:GetObject', 's3:PutObject'], Resource: annsFolder })), attached(allow({ Action: 's3:GetObject', Resource: annsFolder }), allow({ Action: 's3:PutObject', Resource: annsFolder }))],
  ['a value within another', endpoint, document(allow({ Action: ['s3:GetObject', 's3:Get*'] })), document(allow({ Action: 's3:Get*' }))],
  ['everything, or everything of the service', endpoint, document(allow()), document(allow({ Action: ['s3:*', 'sqs:*'] }))],
  ['all actions but some, or a Deny of those', endpoint, document(allow({ NotAction: 's3:Get*' })), document(deny({ Action: 's3:Get*' }), allow())],
  ['all resources but some, or a Deny of those', endpoint, document(allow({ NotResource: `${bucket}/*` })), document(deny({ Resource: `${bucket}/*` }), allow())],
  ['an account by its id, or its root', endpoint, document(allow({ Principal: { AWS: own } })), document(allow({ Principal: { AWS: `arn:aws:iam::${own}:root` } }))],
  ['ArnLike and ArnEquals', endpoint, document(allow(when(['ArnLike', 'aws:PrincipalArn', ownRoles]))), document(allow(when(['ArnEquals', 'aws:PrincipalArn', ownRoles])))],
  ['an ARN without a name, or nobody', endpoint, document(allow(when(['StringLike', 'aws:PrincipalArn', `arn:aws:iam::${own}:user/team/`]))), document()],
  ['the owner is as the caller, or the caller as the owner', endpoint, document(allow(when(resourcesOf('${aws:PrincipalOrgID}')))), document(allow(when(['StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}'])))],
  ['an account, or its root user, behind a gateway', { ...endpoint, endpointType: 'gateway' }, document(allow({ Principal: { AWS: own } })), document(allow({ Principal: { AWS: own } }, when(['ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${own}:root`])))],
  ['an account as principal, or as condition', ofBucket, document(allow({ Principal: { AWS: own } })), document(allow(when(['StringEquals', 'aws:PrincipalAccount', own])))],
  ['everybody but an account, or a Deny of it', ofBucket, document(allow({ NotPrincipal: { AWS: stranger } })), document(deny({ Principal: { AWS: stranger } }), allow())],
  ['two halves of a network', ofBucket, addressesIn('192.0.2.0/24'), addressesIn('192.0.2.128/25', '192.0.2.0/25')],
  ['a network within another', ofBucket, addressesIn('192.0.2.0/24'), addressesIn('192.0.2.0/24', '192.0.2.9')],
  ['two limits, or the wider', ofBucket, document(allow(when(['NumericLessThan', 's3:max-keys', ['5', '10']]))), document(allow(when(['NumericLessThan', 's3:max-keys', '10'])))],
  ['what is always there by Bool, or a Deny of the opposite', ofBucket, document(allow(when(['Bool', 'aws:SecureTransport', 'true']))), document(deny(when(['Bool', 'aws:SecureTransport', 'false'])), allow())],
  ['ForAllValues, or a Deny of any other value', ofBucket, document(allow(when(['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b']]))), document(deny(when(['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['a', 'b']])), allow())],
  ['the clock as a date, or as seconds', ofBucket, document(allow(when(['DateLessThan', 'aws:CurrentTime', '2031-01-01T00:00:00Z']))), document(allow(when(['NumericLessThan', 'aws:EpochTime', '1924992000'])))],
  ['a Deny until a day that has passed, or none', ofBucket, document(deny(when(['DateLessThan', 'aws:CurrentTime', '2020-01-01'])), allow()), document(allow())],
  ['the role\'s own account, by variable or by id', ofRole, document(trust({ AWS: '*' }, when(['StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}']))), document(trust({ AWS: own }))],
  ['every action, or every action of STS', ofRole, document(trust({ AWS: own }, { Action: '*' })), document(trust({ AWS: own }, { Action: 'sts:*' }))],
  ['those named, or a Deny of all others', ofRole, document(trust({ AWS: own })), document(trust('*', { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: own } }), trust('*'))],
  ['owners of mine, or a Deny of others, for an identity', identity, attached(allow(when(resourcesOf(mine)))), attached(deny(when(['StringNotEquals', 'aws:ResourceOrgID', mine])), allow())],
  ['all but some, or a Deny beside full access', scp, attached(allow({ NotAction: 's3:Get*' })), attached(deny({ Action: 's3:Get*' }))],
  ['the root user by one text, or by an ARN', scp, attached(deny(when(['StringLike', 'aws:PrincipalArn', 'arn:aws:iam::*:root']))), attached(deny(when(['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:root'])))],
  ['IfExists on what holds of a missing key anyway', scp, attached(deny(when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine]))), attached(deny(when(['StringNotEquals', 'aws:ResourceOrgID', mine])))],
  ['what RCPs do not bind, or nothing', { kind: 'rcp' }, document(deny({ Action: ['sns:Publish', 's3:GetObject'] })), document(deny({ Action: 's3:GetObject' }))],
  ['full access written out, or attached by AWS', rcp, document(deny(when(notOfOrganization()))), document(allow(), deny(when(notOfOrganization())))],
  // Past the work budget, if statements that both share were not left out.
  ['a variable that many values may take, beside others and in another order', { ...endpoint, service: 'sqs' }, document(queues, deny({ Action: 'sqs:Purge*' })), document(deny({ Action: 'sqs:Purge*' }), backwards)],
  // So are ways to say a condition beside texts with several variables.
  ['a condition written otherwise beside two folders', ofBucket, document(...inFolders(ofOrganization())), document(...inFolders(), deny(when(notOfOrganization())))],
  ['a Deny written otherwise beside two folders', ofBucket, document(...inFolders(), deny(when(['Null', 'aws:SourceVpc', 'true']))), document(...inFolders(), deny(when(['StringNotLike', 'aws:SourceVpc', '?*'])))],
  // And a Deny split by actions, service by service.
  ['a Deny of networks, or the same split by actions', { kind: 'scp' }, attached(ofNetwork({ NotAction: 'iam:*' })), attached(ofNetwork({ NotAction: ['iam:*', 's3:*'] }), ofNetwork({ Action: 's3:*' }))],
  ['the same split in three', { kind: 'scp' }, attached(ofNetwork({ NotAction: 'iam:*' })), attached(ofNetwork({ NotAction: ['iam:*', 's3:*', 'sqs:*'] }), ofNetwork({ Action: 's3:*' }), ofNetwork({ Action: 'SQS:*' }))],
  ['the same of an identity', { kind: 'identity' }, attached(allow(), ofNetwork({ NotAction: 'iam:*' })), attached(allow(), ofNetwork({ NotAction: ['iam:*', 's3:*'] }), ofNetwork({ Action: 's3:*' }))],
  // Standing alone is being in no organization, also where no organization is mine.
  ['an account that stands alone, by an organization or not at all', { ...identity, perimeter: { ...emptyPerimeter, accounts: [own], standaloneAccounts: [sibling] } }, attached(allow(when(['StringEquals', 'aws:ResourceAccount', sibling], resourcesOf(mine)))), attached(deny())],
];

/** Past the work budget, if what an Allow of both admits were not left out: many variables, of which each may be many texts. */
const asOnesOwn = (...tags: string[]): object => allow({ Action: 'ec2:StartInstances' }, when(...tags.map((one): Test => ['StringEquals', `aws:ResourceTag/${one}`, `\${aws:PrincipalTag/${one}}`])));
const oneInstance = `arn:aws:ec2:eu-west-1:${own}:instance/i-1`;
const ofServices: readonly (readonly [action: string, resource: string])[] = [
  ['s3:GetObject', 'arn:aws:s3:::data/'], ['dynamodb:GetItem', `arn:aws:dynamodb:eu-west-1:${own}:table/`], ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-west-1:${own}:secret:`],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${own}:`], ['logs:PutLogEvents', `arn:aws:logs:eu-west-1:${own}:log-group:`], ['lambda:InvokeFunction', `arn:aws:lambda:eu-west-1:${own}:function:`],
  ['ssm:GetParameter', `arn:aws:ssm:eu-west-1:${own}:parameter/`], ['kinesis:PutRecord', `arn:aws:kinesis:eu-west-1:${own}:stream/`],
];
const ofOnesTeam = '${aws:PrincipalTag/team}/${aws:PrincipalTag/project}/*';
const namedBy = (tail: string): object => attached(allow({ Action: ofServices.map(([action]) => action), Resource: ofServices.map(([, resource]) => `${resource}${tail}`) }));
const apartBy = (tail: string): object => attached(...ofServices.map(([Action, resource]) => allow({ Action, Resource: `${resource}${tail}` })));

interface Shown { readonly side: 'added' | 'removed'; readonly kind: string; readonly action: string; readonly at: string; readonly facts: Readonly<Record<string, unknown>> }
const shows = (side: Shown['side'], kind: string, action: string, facts: Shown['facts'] = {}, at = '/Statement/0'): Shown => ({ side, kind, action, at, facts });
type Different = readonly [name: string, setting: Setting, before: object, after: object, ...shown: Shown[]];
const different: readonly Different[] = [
  ['a Deny more beside a variable that many values may take', { ...endpoint, service: 'sqs' }, document(queues), document(queues, deny({ Action: 'sqs:SendMessage' })), shows('removed', 'role', 'sqs:SendMessage')],
  ['a condition more beside two folders', ofBucket, document(...inFolders()), document(...inFolders(ofOrganization())), shows('removed', 'role', 's3:ListBucket', { 'aws:PrincipalOrgID': undefined })],
  ['a Deny of less beside two folders', ofBucket, document(...inFolders(), deny(when(['ForAnyValue:StringNotEquals', 'aws:PrincipalOrgID', mine]))), document(...inFolders(), deny(when(['ForAllValues:StringNotEquals', 'aws:PrincipalOrgID', mine]))), shows('removed', 'role', 's3:ListBucket', { 'aws:PrincipalOrgID': undefined })],
  ['a tag less that has to be one\'s own', everything, attached(asOnesOwn('team', 'project', 'cost')), attached(asOnesOwn('project', 'team')), shows('added', 'role', 'ec2:StartInstances')],
  ['the same of all instances but one, whatever the letters of the action', everything, attached({ ...asOnesOwn('team', 'project', 'cost'), Action: 'EC2:startinstances', Resource: undefined, NotResource: oneInstance }), attached({ ...asOnesOwn('project', 'team'), Resource: undefined, NotResource: oneInstance }), shows('added', 'role', 'ec2:StartInstances')],
  ['all but a folder, or the folder', identity, attached(allow({ Action: 's3:GetObject', Resource: undefined, NotResource: 'arn:aws:s3:::data/a/*' })), attached(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/a/*' })), shows('added', 'role', 's3:GetObject'), shows('removed', 'role', 's3:GetObject')],
  ['IfExists on owners, which some requests do not tell', everything, attached(allow(when(['StringEquals', 'aws:ResourceAccount', [own, sibling]]))), attached(allow(when(['StringEqualsIfExists', 'aws:ResourceAccount', [own, sibling]]))), shows('added', 'role', 'ebs:GetSnapshotBlock')],
  ['letters of a folder', identity, attached(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/Team/*' })), attached(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/team/*' })), shows('added', 'role', 's3:GetObject'), shows('removed', 'role', 's3:GetObject')],
  ['what clients send to a channel, ruled by its policy under a prefix of its own', { kind: 'rcp', resource: `arn:aws:cloudtrail:eu-west-1:${own}:channel/c-1` }, document(deny()), document(deny({ Action: 'cloudtrail:*' })), shows('added', 'role', 'cloudtrail-data:PutAuditEvents', {}, '')],
  ['images of Amazon beside those of mine', { kind: 'scp', service: 'ec2' }, ...[[own], [own, 'amazon']].map((owners) => attached(allow(), deny({ Action: 'ec2:RunInstances', Resource: 'arn:aws:ec2:*::image/*' }, when(['StringNotEquals', 'ec2:Owner', owners])))) as [object, object], shows('added', 'role', 'ec2:RunInstances')],
  ['a Deny of versions of models', { kind: 'scp', service: 'bedrock' }, attached(allow({ Action: 'bedrock:*' })), attached(allow({ Action: 'bedrock:*' }), deny({ Action: 'bedrock:*', Resource: 'arn:aws:bedrock:*::foundation-model/*:0' })), shows('removed', 'role', 'bedrock:InvokeModel')],
  ['some actions, or all but those', identity, attached(allow({ Action: 's3:Get*' })), attached(allow({ Action: undefined, NotAction: 's3:Get*' })), shows('added', 'role', 's3:PutObject'), shows('removed', 'role', 's3:GetObject')],
  ['what goes by one\'s team, or all', everything, apartBy(ofOnesTeam), namedBy('*'), shows('added', 'role', 's3:GetObject')],
  ['what goes by one\'s team, and all of one service beside it', everything, apartBy(ofOnesTeam), attached(allow({ Action: ['s3:*', 'dynamodb:Get*', 'ssm:*'], Resource: ['arn:aws:s3:::data/*', 'arn:aws:dynamodb:*'] }), ...(apartBy(ofOnesTeam) as { Statement: object[] }).Statement.slice(1)), shows('added', 'role', 's3:GetObject')],
  ['one\'s own folder less, beside one\'s team\'s', identity, attached(allow({ Action: 's3:GetObject', Resource: ['arn:aws:s3:::data/${aws:username}/*', 'arn:aws:s3:::data/${aws:PrincipalTag/team}-*'] })), attached(allow({ Action: 's3:*', Resource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}-*' })), shows('added', 'role', 's3:PutObject', { 'aws:PrincipalTag/team': 'x' }), shows('removed', 'user', 's3:GetObject', { 'aws:username': 'x' })],
  ['a star and a wildcard', identity, attached(allow(when(['StringLike', 'aws:PrincipalTag/team', '${*}*']))), attached(allow(when(['StringLike', 'aws:PrincipalTag/team', '**']))), shows('added', 'role', 's3:GetObject')],
  ['a variable and its text', identity, document(ofTheAccount), oldDocument(ofTheAccount), shows('added', 'role', 's3:GetObject', { 'aws:PrincipalTag/team': '${aws:PrincipalAccount}' }), shows('removed', 'role', 's3:GetObject', { 'aws:PrincipalTag/team': own })],
  ['a second organization', endpoint, document(allow({ Action: 's3:GetObject' }, when(ofOrganization()))), document(allow({ Action: 's3:GetObject' }, when(ofOrganization([mine, foreign])))), shows('added', 'role', 's3:GetObject', { 'aws:PrincipalOrgID': foreign })],
  ['IfExists', endpoint, document(allow({ Action: 's3:GetObject' }, when(ofOrganization()))), document(allow({ Action: 's3:GetObject' }, when(['StringEqualsIfExists', 'aws:PrincipalOrgID', mine]))), shows('added', 'role', 's3:GetObject', { 'aws:PrincipalOrgID': undefined })],
  ['a Deny that spares what carries no flag', endpoint, document(allow({ Action: 's3:GetObject' }, when(ofOrganization()))), document(deny(when(notOfOrganization(), isService('false'))), allow({ Action: 's3:GetObject' })), shows('added', 'anonymous', 's3:GetObject', { 'aws:PrincipalIsAWSService': undefined }, '/Statement/1')],
  ['a Deny that spares AWS services', endpoint, document(allow({ Action: 's3:GetObject' }, when(ofOrganization()))), document(deny(when(notOfOrganization(), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])), allow({ Action: 's3:GetObject' })), shows('added', 'service', 's3:GetObject', { 'aws:PrincipalIsAWSService': 'true' }, '/Statement/1')],
  ['StringLike on an ARN, which a path satisfies', endpoint, document(allow({ Action: 's3:GetObject' }, when(['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::*${own}:role/app`], ['StringEquals', 'aws:PrincipalAccount', stranger]))), document(allow({ Action: 's3:GetObject' }, when(['StringLike', 'aws:PrincipalArn', `arn:aws:iam::*${own}:role/app`], ['StringEquals', 'aws:PrincipalAccount', stranger]))), shows('added', 'role', 's3:GetObject', { 'aws:PrincipalAccount': stranger })],
  ['a variable that the old version reads as text', endpoint, document(allow({ Action: 's3:GetObject' }, when(resourcesOf('${aws:PrincipalOrgID}')))), oldDocument(allow({ Action: 's3:GetObject' }, when(resourcesOf('${aws:PrincipalOrgID}')))), shows('removed', 'role', 's3:GetObject', { 'aws:ResourceOrgID': mine })],
  ['one action for another', endpoint, document(allow({ Action: 's3:GetObject' })), document(deny({ Action: 's3:GetObject' }), allow({ Action: ['s3:GetObject', 's3:PutObject'] })), shows('added', 'role', 's3:PutObject', {}, '/Statement/1'), shows('removed', 'role', 's3:GetObject')],
  ['what one user may, though folders go by name', ofBucket, document(allow({ Action: 's3:GetObject', Resource: annsFolder })), document(allow({ Action: 's3:GetObject', Resource: annsFolder }), allow({ Principal: { AWS: ann }, Action: 's3:PutObject' })), shows('added', 'user', 's3:PutObject', { 'aws:PrincipalArn': ann, 'aws:username': 'ann' }, '/Statement/1')],
  ['what a policy without Resource is of, narrowed, by one\'s team', { kind: 'resource', service: 'ecr', resource: `arn:aws:ecr:eu-west-1:${own}:repository/app` }, ...[undefined, `arn:aws:ecr:eu-west-1:${own}:repository/other`].map((Resource) => document(allow({ Action: 'ecr:BatchGetImage', Resource }, when(['StringEquals', 'aws:PrincipalTag/team', '${aws:ResourceTag/team}'])))) as [object, object], shows('removed', 'role', 'ecr:BatchGetImage')],
  ['one\'s own account by a tag, beside what is mine', endpoint, ...[[], [allow({ Action: 's3:GetObject' }, when(['StringEquals', 'aws:ResourceAccount', '${aws:PrincipalTag/a}'], ['StringEquals', 'aws:PrincipalAccount', '${aws:PrincipalTag/a}'], notOfOrganization()))]].map((more) => document(allow({ Action: 's3:GetObject' }, when(ofOrganization(), resourcesOf(mine))), ...more)) as [object, object], shows('added', 'role', 's3:GetObject', { 'aws:PrincipalTag/a': '999999999999' }, '/Statement/1')],
  ['a folder by name for one user', ofBucket, document(), document(allow({ Principal: { AWS: ann }, Action: 's3:GetObject', Resource: annsFolder })), shows('added', 'user', 's3:GetObject', { 'aws:PrincipalArn': ann, 'aws:username': 'ann' })],
  ['all but the folder of one\'s tag, to whoever has none', ofBucket, document(), document(allow({ NotResource: `${bucket}/\${aws:PrincipalTag/team}/*`, Action: 's3:GetObject' }, when(['Null', 'aws:PrincipalTag/team', 'true'], ofOrganization()))), shows('added', 'role', 's3:GetObject', { 'aws:PrincipalTag/team': undefined })],
  ['what one user may whose tag says its name', ofBucket, document(), document(allow({ Principal: { AWS: ann }, Action: 's3:GetObject' }, when(['StringEquals', 'aws:username', '${aws:PrincipalTag/owner}']))), shows('added', 'user', 's3:GetObject', { 'aws:username': 'ann', 'aws:PrincipalTag/owner': 'ann' })],
  ['what a tag says, in any case', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['StringEquals', 'aws:PrincipalTag/a', '${aws:PrincipalTag/b}']))), document(allow({ Action: 's3:GetObject' }, when(['StringEqualsIgnoreCase', 'aws:PrincipalTag/a', '${aws:PrincipalTag/b}']))), shows('added', 'role', 's3:GetObject')],
  ['what lies between two networks', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['IpAddress', 'aws:SourceIp', ['192.0.2.0/26', '192.0.2.128/25']]))), document(allow({ Action: 's3:GetObject' }, when(['IpAddress', 'aws:SourceIp', '192.0.2.0/24']))), shows('added', 'role', 's3:GetObject', { 'aws:SourceIp': '192.0.2.64' })],
  ['half of a network', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['IpAddress', 'aws:SourceIp', '192.0.2.8/31']))), document(allow({ Action: 's3:GetObject' }, when(['IpAddress', 'aws:SourceIp', '192.0.2.9']))), shows('removed', 'role', 's3:GetObject', { 'aws:SourceIp': '192.0.2.8' })],
  ['a bound that belongs to it', ofBucket, document(allow({ Action: 's3:ListBucket' }, when(['NumericLessThan', 's3:max-keys', '10']))), document(allow({ Action: 's3:ListBucket' }, when(['NumericLessThanEquals', 's3:max-keys', '10']))), shows('added', 'role', 's3:ListBucket', { 's3:max-keys': '10' })],
  ['any value, or all values', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['ForAnyValue:StringEquals', 'aws:TagKeys', 'a']))), document(allow({ Action: 's3:GetObject' }, when(['ForAllValues:StringEquals', 'aws:TagKeys', 'a']))), shows('added', 'role', 's3:GetObject', { 'aws:TagKeys': undefined }), shows('removed', 'role', 's3:GetObject', { 'aws:TagKeys': ['a', 'x'] })],
  ['a stranger\'s trail', ofBucket, document(allow(trail, when(['StringEquals', 'aws:SourceAccount', own]))), document(allow(trail, when(['StringEquals', 'aws:SourceAccount', [own, stranger]]))), shows('added', 'service', 's3:PutObject', { 'aws:SourceAccount': stranger })],
  ['an external id with a wildcard', ofRole, document(trust({ AWS: stranger }, when(['StringEquals', 'sts:ExternalId', 'abc']))), document(trust({ AWS: stranger }, when(['StringLike', 'sts:ExternalId', 'ab?']))), shows('added', 'role', 'sts:AssumeRole', { 'aws:PrincipalAccount': stranger, 'sts:ExternalId': 'abx' })],
  ['the role\'s own account, which nobody names', ofRole, document(), document(trust({ AWS: '*' }, when(['StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}']))), shows('added', 'role', 'sts:AssumeRole', { 'aws:PrincipalAccount': own })],
  ['one Region\'s service in place of all', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['StringLike', 'aws:PrincipalServiceName', 'logs.*.amazonaws.com']))), document(allow({ Action: 's3:GetObject' }, when(['StringEquals', 'aws:PrincipalServiceName', 'logs.us-east-1.amazonaws.com']))), shows('removed', 'service', 's3:GetObject')],
  ['most services of a pattern', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['StringLike', 'aws:PrincipalServiceName', 'ec*.amazonaws.com']))), document(allow({ Action: 's3:GetObject' }, when(['StringLike', 'aws:PrincipalServiceName', ['ec.amazonaws.com', 'ec2*.amazonaws.com']]))), shows('removed', 'service', 's3:GetObject')],
  ['one service of a pattern, by the list of names', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', 'ec?.amazonaws.com']))), document(allow({ Action: 's3:GetObject' }, when(['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'ec2.amazonaws.com']))), shows('removed', 'service', 's3:GetObject')],
  ['a certificate, which IAM Roles Anywhere tells', ofRole, document(trust('*', when(['StringEquals', 'aws:PrincipalTag/x509Subject/CN', 'app'], isService()))), document(), shows('removed', 'service', 'sts:AssumeRole', { 'aws:PrincipalServiceName': 'rolesanywhere.amazonaws.com' })],
  ['a service more', ofRole, document(trust({ Service: 'lambda.amazonaws.com' })), document(trust({ Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] })), shows('added', 'service', 'sts:AssumeRole', { 'aws:PrincipalServiceName': 'ec2.amazonaws.com' })],
  ['a role by its ARN, which AWS takes in no such policy', ofRole, document(), document({ ...trust('*'), Resource: 'arn:aws:iam::*:role/app' }), shows('added', 'role', 'sts:AssumeRole')],
  ['a GitHub subject without the slash', ofRole, fromGitHub('repo:acme/*'), fromGitHub('repo:acme*'), shows('added', 'web-identity', 'sts:AssumeRoleWithWebIdentity', { 'aws:FederatedProvider': github })],
  ['a GitHub subject, whatever the provider', ofRole, document(claimed('Allow', 'StringLike', 'repo:acme/*')), document(claimed('Allow', 'StringLike', 'repo:acme*')), shows('added', 'web-identity', 'sts:AssumeRoleWithWebIdentity', { 'aws:FederatedProvider': github })],
  ['a GitHub subject, through an endpoint', { kind: 'vpc-endpoint', service: 'sts' }, ...['repo:acme/*', 'repo:acme*'].map((subject) => document({ ...claimed('Allow', 'StringLike', subject), Resource: '*' })) as [object, object], shows('added', 'web-identity', 'sts:AssumeRoleWithWebIdentity', { 'aws:FederatedProvider': github })],
  ['a GitHub subject, for all roles of the organization', { kind: 'rcp', service: 'sts' }, ...['repo:acme/*', 'repo:acme*'].map((subject) => document({ ...claimed('Deny', 'StringNotLike', subject), Resource: '*' })) as [object, object], shows('added', 'web-identity', 'sts:AssumeRoleWithWebIdentity', { 'aws:FederatedProvider': github }, '')],
  ['tags for the session of an assertion', ofRole, asserted('sts:AssumeRoleWithSAML'), asserted('sts:AssumeRoleWithSAML', 'sts:TagSession'), shows('added', 'saml', 'sts:TagSession')],
  ['an assertion for a provider by its name', ofRole, document(named('Okta')), document(named('OKTA')), shows('added', 'saml', 'sts:AssumeRoleWithSAML', { 'SAML:doc': `${own}/OKTA` }), shows('removed', 'saml', 'sts:AssumeRoleWithSAML', { 'SAML:doc': `${own}/Okta` })],
  ['what comes through access points of mine', identity, attached(), attached(allow(when(['StringEquals', 's3:DataAccessPointAccount', own]))), shows('added', 'role', 's3:GetObject', { 's3:DataAccessPointAccount': own })],
  ['access points without a Region', identity, attached(allow({ Resource: 'arn:aws:s3:*' }), deny({ Resource: `arn:aws:s3::${own}:accesspoint/*` })), attached(allow({ Resource: 'arn:aws:s3:*' })), shows('added', 'role', 's3:GetObject')],
  ['images and snapshots, whose ARNs name no account', { kind: 'identity' }, attached(allow({ Action: 'ec2:*', Resource: 'arn:aws:ec2:*:????????????:*' })), attached(allow({ Action: 'ec2:*', Resource: 'arn:aws:ec2:*' })), shows('added', 'role', 'ec2:RunInstances')],
  ['databases, for actions on their data', { kind: 'identity' }, attached(allow({ Action: 'rds-data:*', Resource: 'arn:aws:rds-data:*:*:*' })), attached(allow({ Action: 'rds-data:*' })), shows('added', 'role', 'rds-data:BatchExecuteStatement')],
  ['address managers, which have no Region', { ...endpoint, service: 'ec2' }, document(allow({ Action: 'ec2:*', Resource: `arn:aws:ec2:*-*:${own}:*` })), document(allow({ Action: 'ec2:*', Resource: [`arn:aws:ec2:*-*:${own}:*`, `arn:aws:ec2::${own}:ipam-scope/*`] })), shows('added', 'role', 'ec2:RunInstances')],
  ...(['resource', 'vpc-endpoint', 'trust', 'identity'] as const).map((kind): Different => [`instances in a VPC of mine, for ${kind}`, { kind, ...kind === 'trust' ? {} : { service: 's3' } }, document(), document(kind === 'trust' ? trust('*', when(['StringEquals', 'aws:Ec2InstanceSourceVpc', 'vpc-012abc01'])) : allow({ Action: 's3:GetObject' }, when(['StringEquals', 'aws:Ec2InstanceSourceVpc', 'vpc-012abc01']))), shows('added', 'role', kind === 'trust' ? 'sts:AssumeRole' : 's3:GetObject')]),
  ['the root users of member accounts', everything, attached(), attached(allow({ Action: 'sts:AssumeRoot', Resource: 'arn:aws:iam::*:root' })), shows('added', 'role', 'sts:AssumeRoot')],
  ['a Deny of the root users of member accounts', { kind: 'scp' }, attached(allow()), attached(allow(), deny({ Action: 'sts:AssumeRoot', Resource: `arn:aws:iam::${sibling}:root` })), shows('removed', 'role', 'sts:AssumeRoot')],
  ['sessions of federated users', everything, attached(), attached(allow({ Action: 'sts:GetFederationToken', Resource: `arn:aws:iam::${own}:user/*` })), shows('added', 'role', 'sts:GetFederationToken')],
  ['a queue of one of eight accounts, whose ids stand in its name too', everything, ...[[], [deny({ Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:q-*4' })]].map((denied) => attached(allow({ Action: 'sqs:*', Resource: [...'01234567'].map((digit) => `arn:aws:sqs:*:30000000000${digit}:q-30000000000${digit}`) }), ...denied)) as [object, object], shows('removed', 'role', 'sqs:SendMessage', { 'aws:ResourceAccount': '300000000004' })],
  ['queues of an account that a pattern singles out, named as a principal alone', { ...endpoint, service: 'sqs' }, ...['sqs:SendMessage', 'sqs:DeleteMessage'].map((Action) => document(allow({ Principal: { AWS: stranger }, Action: 'sqs:ListQueues' }), allow({ Action, Resource: 'arn:aws:sqs:*:33333333333?:q' }, when(['StringLike', 'aws:ResourceAccount', '*3'])))) as [object, object], shows('added', 'role', 'sqs:DeleteMessage', { 'aws:ResourceAccount': stranger }, '/Statement/1'), shows('removed', 'role', 'sqs:SendMessage', { 'aws:ResourceAccount': stranger }, '/Statement/1')],
  ...([
    ['an account of mine in my organization', {}, mine, sibling], ['one that a pattern takes', {}, mine, '2*', sibling], ['one of mine that nothing names', {}, mine, undefined, sibling],
    ['a stranger in another', {}, foreign, stranger], ['a stranger in my organization, where nothing lists accounts', { accounts: undefined }, mine, stranger],
    ['the own account in another, where no organization is known', { organizations: [], accounts: undefined }, foreign, own],
  ] as const).map(([name, definition, organization, account, shown = account]): Different => [`sources: ${name}`, bucketsOf(definition), document(),
    document(ofTrail(sourcesIn('aws:SourceOrgID', organization), account === undefined ? ['StringNotEquals', 'aws:SourceAccount', own] : ['StringLike', 'aws:SourceAccount', account])), shows('added', 'service', 's3:PutObject', { 'aws:SourceOrgID': organization, 'aws:SourceAccount': shown })]),
  ['a Deny of networks split by actions, of which one half spares another VPC', { kind: 'scp' }, attached(ofNetwork({ NotAction: 'iam:*' })), attached(ofNetwork({ NotAction: ['iam:*', 's3:*'] }), ofNetwork({ Action: 's3:*' }, 'vpc-0bbbbbbb')), shows('added', 'role', 's3:GetObject', { 'aws:SourceVpc': 'vpc-0bbbbbbb' }, '')],
  ['a Deny of networks split by actions, both halves of which spare another VPC', { kind: 'scp' }, attached(ofNetwork({ NotAction: 'iam:*' })), attached(ofNetwork({ NotAction: ['iam:*', 's3:*'] }, 'vpc-0bbbbbbb'), ofNetwork({ Action: 's3:*' }, 'vpc-0bbbbbbb')), shows('added', 'role', 's3:GetObject', { 'aws:SourceVpc': 'vpc-0bbbbbbb' }, '')],
  ['a Deny of networks split by actions, some of which it leaves out', { kind: 'scp' }, attached(ofNetwork({ NotAction: 'iam:*' })), attached(ofNetwork({ NotAction: ['iam:*', 's3:*'] }), ofNetwork({ Action: 's3:Get*' })), shows('added', 'role', 's3:PutObject', {}, '')],
  ['services that act for a part of my organization', { kind: 'resource', service: 's3' }, document(ofTrail(['StringEquals', 'aws:SourceOrgID', mine])), document(ofTrail(['ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${mine}/r-ab12/*`])), shows('removed', 'service', 's3:PutObject', { 'aws:SourceOrgID': mine })],
  ['the external id of a service', ofRole, document(trust({ Service: 'cognito-idp.amazonaws.com' }, when(['StringEquals', 'sts:ExternalId', 'one']))), document(trust({ Service: 'cognito-idp.amazonaws.com' }, when(['StringEquals', 'sts:ExternalId', ['one', 'two']]))), shows('added', 'service', 'sts:AssumeRole', { 'sts:ExternalId': 'two' })],
  ...(['resource', 'vpc-endpoint', 'trust'] as const).map((kind): Different => [`a partner that patterns single out, for ${kind}`, { kind, ...kind === 'trust' ? {} : { service: 's3' } }, document(), document((kind === 'trust' ? trust : (Principal: string, ...more: object[]) => allow({ Principal, Action: 's3:GetObject' }, ...more))('*', when(['StringLike', 'aws:PrincipalAccount', '12345678901?'], ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*2:role/*'], isService('false')))), shows('added', 'role', kind === 'trust' ? 'sts:AssumeRole' : 's3:GetObject', { 'aws:PrincipalAccount': '123456789012' })]),
  ['sessions of more federated users', everything, ...['Manager*', '*'].map((name) => attached(allow({ Action: 'sts:GetFederationToken', Resource: `arn:aws:sts::${own}:federated-user/${name}` }))) as [object, object], shows('added', 'role', 'sts:GetFederationToken')],
  ['sessions of some federated users less', everything, ...[[], [deny({ Action: 'sts:GetFederationToken', Resource: `arn:aws:sts::${own}:federated-user/Admin*` })]].map((denied) => attached(allow({ Action: 'sts:GetFederationToken' }), ...denied)) as [object, object], shows('removed', 'role', 'sts:GetFederationToken')],
  ['sessions of federated users of another account of mine', { kind: 'vpc-endpoint', service: 'sts' }, ...[own, '*'].map((id) => document(allow({ Action: 'sts:*', Resource: `arn:aws:sts::${id}:federated-user/*` }, when(ofOrganization())))) as [object, object], shows('added', 'role', 'sts:GetFederationToken', { 'aws:PrincipalAccount': sibling })],
  ['things whose names hold a colon', everything, attached(), attached(allow({ Action: 'iotjobsdata:DescribeJobExecution', Resource: `arn:aws:iot:*:${own}:thing/plant:*` })), shows('added', 'role', 'iotjobsdata:DescribeJobExecution')],
  ...[['iotjobsdata:DescribeJobExecution', 'iot', 'thing/plant:line:'], ['kafka-cluster:ReadData', 'kafka', 'group/c/u/x:y:'], ['iotjobsdata:DescribeJobExecution', 'iot', 'thing/plant:line:1:a:']].map(([Action, service, name]): Different => [`names with more colons, ${name!}`, everything, ...['1', '*'].map((end) => attached(allow({ Action, Resource: `arn:aws:${service!}:us-east-1:${own}:${name!}${end}` }))) as [object, object], shows('added', 'role', Action!)]),
  ['a service less', everything, attached(allow()), attached(allow(), deny({ Action: 'glue:GetTable' })), shows('removed', 'role', 'glue:GetTable')],
  ['a bucket of China', { ...ofBucket, resource: 'arn:aws-cn:s3:::log' }, document(), document(allow({ Principal: { AWS: `arn:aws-cn:iam::${own}:root` }, Action: 's3:GetObject' })), shows('added', 'role', 's3:GetObject', { 'aws:PrincipalArn': `arn:aws-cn:iam::${own}:role/someone` })],
  ['a prefix that is empty', identity, attached(allow({ Action: 's3:ListBucket' }, when(['StringEquals', 's3:prefix', ['', 'home/']]))), attached(allow({ Action: 's3:ListBucket' }, when(['StringEquals', 's3:prefix', 'home/']))), shows('removed', 'role', 's3:ListBucket', { 's3:prefix': '' })],
  ['a tag that may be empty', scp, attached(deny({ Action: 's3:PutObject' }, when(['StringNotLike', 'aws:RequestTag/cost', '?*']))), attached(deny({ Action: 's3:PutObject' }, when(['Null', 'aws:RequestTag/cost', 'true']))), shows('added', 'role', 's3:PutObject', { 'aws:RequestTag/cost': '' }, '')],
  ['every bucket, or whatever takes the action', identity, attached(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' })), attached(allow({ Action: 's3:GetObject' })), shows('added', 'role', 's3:GetObject')],
  ['the same of an endpoint', endpoint, document(allow({ Action: 's3:GetObject' })), document(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' })), shows('removed', 'role', 's3:GetObject')],
  ['owners of another organization, for an identity', identity, attached(allow({ Action: 's3:GetObject' }, when(resourcesOf(mine)))), attached(allow({ Action: 's3:GetObject' }, when(resourcesOf(mine, foreign)))), shows('added', 'role', 's3:GetObject', { 'aws:ResourceOrgID': foreign })],
  ...(['vpc-endpoint', 'rcp'] as const).flatMap((kind): Different[] => {
    const setting: Setting = { kind, service: 'sts' };
    const taken = (Resource: unknown, ...tests: Test[]): object => ({ ...claimed('Allow', 'StringEquals', 'repo:acme/app:ref:refs/heads/main'), Resource, Condition: { ...(claimed('Allow', 'StringEquals', 'repo:acme/app:ref:refs/heads/main') as { Condition: object }).Condition, ...tests.length === 0 ? {} : (when(...tests) as { Condition: object }).Condition } });
    const at = (account: string): string => `arn:aws:iam::${account}:role/ci`;
    return [
      [`tokens of GitHub for a role of another account, of an ${kind}`, setting, document(taken(at(own))), document(taken(at(own)), taken(at(sibling))), { ...shows('added', 'web-identity', 'sts:AssumeRoleWithWebIdentity'), at: '/Statement/1' }],
      [`tokens of GitHub for roles of another account no more, of an ${kind}`, setting, document(taken('*')), document(taken('*'), deny({ Resource: `arn:aws:iam::${sibling}:role/*` })), shows('removed', 'web-identity', 'sts:AssumeRoleWithWebIdentity')],
      [`tokens of GitHub for roles of one account of mine alone, of an ${kind}`, setting, document(taken('*', ['StringLike', 'aws:ResourceAccount', [own, sibling]])), document(taken('*', ['StringLike', 'aws:ResourceAccount', own])), shows('removed', 'web-identity', 'sts:AssumeRoleWithWebIdentity')],
    ];
  }),
  ['tokens of GitHub for a role of a stranger', { kind: 'vpc-endpoint', service: 'sts' }, document(claimed('Allow', 'StringEquals', 'repo:acme/app')), document({ ...claimed('Allow', 'StringEquals', 'repo:acme/app'), Resource: `arn:aws:iam::${own}:role/*` }), shows('removed', 'web-identity', 'sts:AssumeRoleWithWebIdentity')],
  ['certificates in some Regions no more', ofRole, ...[[], [deny({ Action: 'sts:*', Resource: undefined }, when(['ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', 'rolesanywhere.eu*'], ['Null', 'aws:PrincipalTag/x509Subject/CN', 'false']))]].map((denied) => document(trust('*', when(['Bool', 'aws:PrincipalIsAWSService', 'true'])), ...denied)) as [object, object], shows('removed', 'service', 'sts:AssumeRole')],
  ['a Deny less, where AWS\'s own Allow admits', scp, attached(deny({ Action: ['s3:PutObject', 's3:GetObject'] })), attached(deny({ Action: 's3:PutObject' })), shows('added', 'role', 's3:GetObject', {}, '')],
  ['a Deny that unsigned callers slip by', rcp, document(deny({ Action: 's3:GetObject' }, when(notOfOrganization(), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), document(deny({ Action: 's3:GetObject' }, when(notOfOrganization(), isService('false')))), shows('added', 'anonymous', 's3:GetObject', {}, '')],
];

describe('two policies', () => {
  it.each(equal)('are equal: %s', (_, setting, one, other) => { expect(compared(setting, one, other)).toEqual({ added: { kind: 'nothing' }, removed: { kind: 'nothing' }, faults: [] }); });
  for (const [name, setting, before, after, ...shown] of different) it(`differ: ${name}`, () => {
    const { faults, ...sides } = compared(setting, before, after);
    const of = (side: Shown['side']): unknown => {
      const [difference, wanted] = [sides[side], shown.find((one) => one.side === side)];
      if (difference.kind !== 'request') return difference;
      const { principal: { kind }, action, context } = difference.request;
      return { side, kind, action, at: difference.at, facts: Object.fromEntries(Object.keys(wanted?.facts ?? {}).map((key) => [key, context[key]])) };
    };
    const expected = (side: Shown['side']): unknown => shown.find((one) => one.side === side) ?? { kind: 'nothing' };
    expect([of('added'), of('removed'), faults], JSON.stringify(sides)).toEqual([expected('added'), expected('removed'), []]);
  });
});

const shuffled = (policy: object): object => JSON.parse(JSON.stringify(policy), (_, value: unknown) => Array.isArray(value) ? [...(value as unknown[])].reverse() : value) as object;

describe('two policies of a small world', () => {
  it.each(kinds.map((one) => [one.kind, one] as const))('%s: are told apart where some request tells them apart', (kind, of) => {
    fc.assert(fc.property(pairsOf(of), ([one, other]) => {
      const found = compared({ kind, ...of.setting }, one, other);
      const written = JSON.stringify([one, other]);
      expect(found.faults, written).toEqual([]);
      const [before, after] = [one, other].map((policy) => formulaOf({ kind, account: own, now, perimeter, ...of.setting, policy: parsePolicy(policy) }));
      const example: { added?: Request; removed?: Request } = {};
      for (const request of world(of, written)) {
        const [old, made] = [satisfies(before!, request), satisfies(after!, request)];
        if (old !== made) example[made ? 'added' : 'removed'] ??= request;
      }
      for (const side of ['added', 'removed'] as const) if (found[side].kind !== 'request') expect([found[side], example[side]], `${side}: ${written}`).toEqual([{ kind: 'nothing' }, undefined]);
    }), { numRuns: runs(9), seed: 20_261_001, endOnFailure: true });
  }, 60_000);

  it.each(kinds.map((one) => [one.kind, one] as const))('%s: are equal to themselves, and in another order', (kind, of) => {
    fc.assert(fc.property(pairsOf(of), ([one]) => {
      const none = { added: { kind: 'nothing' }, removed: { kind: 'nothing' }, faults: [] };
      expect([compared({ kind, ...of.setting }, one, one), compared({ kind, ...of.setting }, one, shuffled(one))], JSON.stringify(one)).toEqual([none, none]);
    }), { numRuns: runs(4), seed: 20_261_002, endOnFailure: true });
  }, 60_000);
});

describe('one policy in two settings', () => {
  const subject = { kind: 'vpc-endpoint', account: own, now, perimeter, service: 's3' } as const;
  it.each([['an Allow', [{ Effect: 'Allow', Principal: { AWS: own }, Action: '*', Resource: '*' }], true], ['a Deny', [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }, { Effect: 'Deny', Principal: { AWS: own }, Action: '*', Resource: '*' }], false]] as const)('%s for an account is read otherwise by a gateway', (_, Statement, isAdded) => {
    const policy = parsePolicy({ Version: '2012-10-17', Statement });
    const [gateway, other] = (['gateway', 'interface'] as const).map((endpointType) => formulaOf({ ...subject, endpointType, policy }));
    const { added, removed } = compare(subject, gateway!, other!);
    expect([added.kind, removed.kind]).toEqual(isAdded ? ['request', 'nothing'] : ['nothing', 'request']);
  });
});
