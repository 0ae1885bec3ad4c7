import fc from 'fast-check';
import type { Objective, QuestionKind } from '../../../policy/index.ts';
import { block, foreign, github, mine, own, partner, stranger, units, vpc } from '../../../scripts/sampler/cast.ts';
import type { Document, Statement } from '../../../scripts/sampler/documents.ts';
import { document, when, type Test } from '../cases/case.ts';

// Random policies over an alphabet small enough that all requests which its texts tell apart can be tried.

/** What may stand in a condition on a key. */
interface Key { readonly operators: readonly string[]; readonly values: readonly string[] }
const texts = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIfExists', 'StringNotEqualsIfExists', 'StringLikeIfExists', 'ForAnyValue:StringLike', 'ForAllValues:StringEquals'];
const arns = [...texts, 'ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnLikeIfExists'];
const lists = ['ForAnyValue:StringLike', 'ForAllValues:StringLike', 'ForAnyValue:StringNotLike', 'ForAllValues:StringNotEquals', 'ForAnyValue:StringEqualsIfExists', 'StringLike', 'StringNotLike'];
const booleans = ['Bool', 'BoolIfExists'];
const truths: Key = { operators: booleans, values: ['true', 'false'] };
const text = (...values: readonly string[]): Key => ({ operators: texts, values });
const list = (...values: readonly string[]): Key => ({ operators: lists, values });

const ofCallers: Readonly<Record<string, Key>> = {
  'aws:PrincipalOrgID': text(mine, foreign, 'o-*', 'o-4*', '${aws:ResourceOrgID}'),
  'aws:PrincipalAccount': text(own, stranger, partner, '3*', '${aws:ResourceAccount}'),
  'aws:PrincipalArn': { operators: arns, values: [`arn:aws:iam::${own}:role/*`, `arn:aws:iam::${stranger}:role/app`, 'arn:aws:iam::*:role/app', '*:user/jo', 'arn:aws:iam::*:root'] },
  'aws:PrincipalOrgPaths': list(`${mine}/*`, `${mine}/r-ab12/${units[1]!}*`, `${foreign}/*`),
  'aws:PrincipalIsAWSService': truths,
  'aws:PrincipalType': text('AssumedRole', 'User', 'Account', 'Anonymous', 'A*'),
  'aws:username': text('jo', 'j*', 'x'),
  'aws:PrincipalTag/team': text('red', 'r*', 'blue'),
  'aws:PrincipalTag/dp:exclude': text('true'),
  'aws:TagKeys': list('A', 'B', 'C*'),
  'aws:SecureTransport': truths,
  'aws:ViaAWSService': truths,
  'aws:CurrentTime': { operators: ['DateLessThan', 'DateGreaterThanEquals', 'DateLessThanIfExists'], values: ['2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z'] },
};
const ofNetworks: Readonly<Record<string, Key>> = {
  'aws:SourceIp': { operators: ['IpAddress', 'NotIpAddress', 'IpAddressIfExists', 'NotIpAddressIfExists'], values: [block, '192.0.2.192/26', '0.0.0.0/0', '2001:db8::/32'] },
  'aws:SourceVpc': text(vpc, 'vpc-*', 'vpc-0ffff111'),
  'aws:VpceOrgID': text(mine, foreign, '${aws:PrincipalOrgID}'),
};
const ofOwners: Readonly<Record<string, Key>> = {
  'aws:ResourceAccount': text(own, stranger, '3*', '${aws:PrincipalAccount}'),
  'aws:ResourceOrgID': text(mine, foreign, '${aws:PrincipalOrgID}'),
  'aws:ResourceOrgPaths': list(`${mine}/*`, `${foreign}/*`),
};
const ofSources: Readonly<Record<string, Key>> = {
  'aws:SourceAccount': text(own, stranger, '3*', '${aws:ResourceAccount}'),
  'aws:SourceOrgID': text(mine, foreign, '${aws:ResourceOrgID}'),
  'aws:SourceArn': { operators: arns, values: [`arn:aws:cloudtrail:*:${own}:*`, `arn:aws:cloudtrail:eu-west-1:${stranger}:trail/t`, 'arn:aws:s3:::acme-*', '*'] },
  'aws:PrincipalServiceName': text('cloudtrail.amazonaws.com', 's3.*'),
};
const ofS3: Readonly<Record<string, Key>> = { 's3:max-keys': { operators: ['NumericEquals', 'NumericLessThan', 'NumericGreaterThanEquals', 'NumericNotEqualsIfExists'], values: ['5', '10'] } };
const ofTokens: Readonly<Record<string, Key>> = {
  'sts:ExternalId': text('12345', '1*', 'two'),
  [`${github}:sub`]: text('repo:acme/*', 'repo:acme*', 'repo:evil/app:*', '*:ref:refs/heads/main'),
  [`${github}:aud`]: text('sts.amazonaws.com'),
};
const all: Readonly<Record<string, Key>> = { ...ofCallers, ...ofNetworks, ...ofOwners, ...ofSources, ...ofS3, ...ofTokens };
const named = (...groups: readonly Readonly<Record<string, Key>>[]): readonly string[] => groups.flatMap(Object.keys);
const alphabet: Readonly<Record<QuestionKind, readonly string[]>> = {
  'vpc-endpoint': named(ofCallers, ofOwners, ofS3), resource: named(ofCallers, ofNetworks, ofSources, ofS3), rcp: named(ofCallers, ofNetworks, ofSources),
  identity: named(ofCallers, ofOwners, ofNetworks), scp: named(ofCallers, ofOwners, ofNetworks), trust: named(ofCallers, ofTokens, ofNetworks),
};
/** By which policies keep out what violates an objective. */
const telling: Readonly<Record<Objective, readonly string[]>> = {
  principals: ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:PrincipalAccount', 'aws:PrincipalIsAWSService', 'aws:PrincipalArn', 'sts:ExternalId', 'sts:ExternalId', `${github}:sub`, 'aws:SourceIp'],
  resources: [...named(ofOwners), 'aws:PrincipalTag/dp:exclude', 'aws:PrincipalTag/dp:exclude'], networks: [...named(ofNetworks), 'aws:ViaAWSService', 'aws:PrincipalTag/dp:exclude'], deputies: named(ofSources),
};

const service = { Service: ['cloudtrail.amazonaws.com', 's3.amazonaws.com'] };
const someone = [{ AWS: own }, { AWS: [stranger, `arn:aws:iam::${own}:user/jo`] }, { AWS: `arn:aws:iam::${stranger}:role/app` }];
const everybody = [{ Principal: '*' }, { Principal: '*' }, { Principal: { AWS: '*' } }];
const principals: Readonly<Record<QuestionKind, readonly object[]>> = {
  'vpc-endpoint': [...everybody, ...someone.map((Principal) => ({ Principal })), { NotPrincipal: { AWS: own } }],
  resource: [...everybody, ...[...someone, service].map((Principal) => ({ Principal })), { Principal: { ...service, AWS: partner } }, { NotPrincipal: { AWS: [own, stranger] } }],
  trust: [{ Principal: '*' }, ...[...someone, { AWS: partner }, { AWS: partner }, { Service: 'cloudtrail.amazonaws.com' }, { Federated: `arn:aws:iam::${own}:oidc-provider/${github}` }, { Federated: `arn:aws:iam::${own}:saml-provider/Okta`, AWS: own }].map((Principal) => ({ Principal })), { NotPrincipal: { AWS: stranger } }],
  rcp: [{ Principal: '*' }], identity: [{}], scp: [{}],
};

export const asked = 'arn:aws:s3:::acme-data';
const patterns = { own: ['*', '*', asked, `${asked}/*`, `${asked}/red/*`, `${asked}/\${aws:PrincipalTag/team}/*`, `${asked}/\${aws:username}/*`], others: ['*', '*', 'arn:aws:s3:::acme-*', `${asked}/*`, 'arn:aws:s3:::vendor-drop/*', 'arn:aws:s3:::data-${aws:PrincipalAccount}/*', 'arn:aws:s3:::*/red/*'] };
const actions = { s3: ['*', 's3:*', 's3:GetObject', 's3:Put*', 's3:List*'], sts: ['*', 'sts:AssumeRole', 'sts:AssumeRoleWith*', 'sts:AssumeRoleWithSAML'] };

const some = <T>(of: readonly T[], most = 2): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: most });
const either = <T>(often: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>): fc.Arbitrary<T> => fc.oneof({ weight: 5, arbitrary: often }, { weight: 1, arbitrary: seldom });

function statement(kind: QuestionKind, whom: readonly object[], keys: readonly string[]): fc.Arbitrary<Statement> {
  const test = fc.constantFrom(...keys).chain((key): fc.Arbitrary<Test> => {
    const { operators, values } = all[key]!;
    return either(fc.tuple(fc.constantFrom(...operators), fc.constant(key), some(values)), fc.tuple(fc.constant('Null'), fc.constant(key), some(['true', 'false'], 1)));
  });
  const does = kind === 'trust' ? actions.sts : actions.s3;
  const on = kind === 'resource' || kind === 'rcp' ? patterns.own : patterns.others;
  return fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'), principal: fc.constantFrom(...whom), tests: fc.array(test, { maxLength: 3 }),
    action: either(some(does).map((Action): object => ({ Action })), some(does.slice(2)).map((NotAction): object => ({ NotAction }))),
    resource: kind === 'trust' ? fc.constant({}) : either(some(on).map((Resource): object => ({ Resource })), some(on.slice(2)).map((NotResource): object => ({ NotResource }))),
  }).map(({ Effect, principal, action, resource, tests }) => ({ Effect, ...principal, ...action, ...resource, ...tests.length > 0 ? when(...tests) : {} }) as Statement);
}

/** Policies, one of each kind, that are all about the same few keys, of which some tell what an objective asks, so that their tests meet. */
export function policiesOf<const Kinds extends readonly QuestionKind[]>(kinds: Kinds, objective: Objective | 'any'): fc.Arbitrary<{ readonly [At in keyof Kinds]: Document }> {
  const possible = [...new Set(kinds.flatMap((kind) => alphabet[kind]))];
  const keys = objective === 'any' ? some(possible, 3) : fc.tuple(some(telling[objective].filter((one) => possible.includes(one))), some([...possible, 'aws:TagKeys'], 1)).map((groups) => [...new Set(groups.flat())]);
  const whom = (kind: QuestionKind): readonly object[] => objective === 'deputies' && kind === 'resource' ? [...principals.resource, ...everybody, { Principal: service }] : principals[kind];
  const documentOf = (kind: QuestionKind, about: readonly string[]): fc.Arbitrary<Document> => fc.array(statement(kind, whom(kind), about), { minLength: 1, maxLength: 3 }).map((statements) => document(...statements) as Document);
  return keys.chain((about) => fc.tuple(...kinds.map((kind) => documentOf(kind, about)))) as fc.Arbitrary<{ readonly [At in keyof Kinds]: Document }>;
}
