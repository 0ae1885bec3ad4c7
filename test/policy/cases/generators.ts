import fc from 'fast-check';
import type { Objective, Perimeter, Question } from '../../../policy/index.ts';
import { define, foreign, mine, now, own, perimeter, sibling, stranger, type Test } from './case.ts';

/** Policies as people write them, for the laws: a few services, the kinds of policies, the operators that matter. */

/** A statement before it is written down, so that it can be written in several ways. */
export interface Spec {
  readonly effect: 'Allow' | 'Deny';
  readonly principal: unknown;
  readonly actions: readonly string[];
  /** `undefined`: the statement names no resource, as in trust policies. */
  readonly resources: readonly string[] | undefined;
  readonly tests: readonly Test[];
}
export interface Situation { readonly question: Omit<Question, 'policy'>; readonly objective: Objective; readonly specs: readonly Spec[]; readonly extra: Spec; readonly test: Test }

interface Setting {
  readonly question: Pick<Question, 'kind' | 'service' | 'endpointType' | 'resource'>;
  readonly objectives: readonly Objective[];
  readonly actions: readonly string[];
  readonly resources: readonly string[] | undefined;
  readonly principals: readonly unknown[];
  readonly tests: readonly (readonly [key: string, operators: readonly string[], values: readonly string[]])[];
}

const texts = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIfExists', 'StringNotEqualsIfExists'];
const arns = ['ArnLike', 'ArnNotLike', 'ArnEquals', 'StringLike', 'ArnLikeIfExists'];
const sets = ['ForAnyValue:StringLike', 'ForAllValues:StringLike', 'ForAnyValue:StringNotLike', 'ForAllValues:StringNotLike'];
const everyone = ['*', '*', '*', { AWS: '*' }];
const named = [{ AWS: own }, { AWS: stranger }, { AWS: `arn:aws:iam::${stranger}:role/app` }, { AWS: [own, `arn:aws:iam::${sibling}:root`] }];

const ofCallers: Setting['tests'] = [
  ['aws:PrincipalOrgID', texts, [mine, mine, foreign, 'o-*', 'o-4*']],
  ['aws:PrincipalAccount', texts, [own, sibling, stranger, '1111*']],
  ['aws:PrincipalArn', arns, [`arn:aws:iam::${own}:role/*`, `arn:aws:iam::${stranger}:role/app`, 'arn:aws:iam::*:role/app', `arn:aws:iam::*:user/*`]],
  ['aws:PrincipalOrgPaths', sets, [`${mine}/*`, `${mine}/r-ab12/*`, `${foreign}/*`]],
  ['aws:PrincipalTag/team', texts, ['blue', 'b*']],
  ['aws:PrincipalIsAWSService', ['Bool', 'BoolIfExists'], ['true', 'false']],
  ['aws:PrincipalOrgID', ['Null'], ['true', 'false']],
  ['aws:CurrentTime', ['DateLessThan', 'DateGreaterThan'], ['2020-01-01T00:00:00Z', '2031-01-01T00:00:00Z']],
];
const ofOwners: Setting['tests'] = [
  ['aws:ResourceOrgID', texts, [mine, foreign, '${aws:PrincipalOrgID}']],
  ['aws:ResourceAccount', texts, [own, sibling, stranger, '${aws:PrincipalAccount}']],
];
const ofNetworks: Setting['tests'] = [
  ['aws:SourceIp', ['IpAddress', 'NotIpAddress'], ['192.0.2.0/24', '0.0.0.0/0', '0.0.0.0/1']],
  ['aws:SourceVpc', texts, ['vpc-012abc01']],
];
const ofSources: Setting['tests'] = [
  ['aws:SourceAccount', texts, [own, stranger, '1111*']],
  ['aws:SourceOrgID', texts, [mine, foreign]],
  ['aws:SourceArn', arns, [`arn:aws:cloudtrail:*:${own}:trail/*`, 'arn:aws:cloudtrail:*:*:trail/main']],
];

const settings: readonly Setting[] = [
  { question: { kind: 'vpc-endpoint', service: 's3' }, objectives: ['principals', 'resources'], actions: ['*', 's3:*', 's3:GetObject', 's3:Put*', 's3:ListAllMyBuckets'], resources: ['*', '*', 'arn:aws:s3:::acme-data/*', 'arn:aws:s3:::acme-*', 'arn:aws:s3:::globex/*'], principals: [...everyone, ...named], tests: [...ofCallers, ...ofOwners] },
  { question: { kind: 'vpc-endpoint', service: 'dynamodb', endpointType: 'gateway' }, objectives: ['principals', 'resources'], actions: ['*', 'dynamodb:*', 'dynamodb:GetItem', 'dynamodb:ListTables'], resources: ['*', `arn:aws:dynamodb:*:${own}:*`, `arn:aws:dynamodb:*:${stranger}:table/*`], principals: everyone, tests: [...ofCallers, ...ofOwners] },
  { question: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, objectives: ['principals', 'deputies'], actions: ['*', 's3:GetObject', 's3:PutObject'], resources: ['*', 'arn:aws:s3:::acme-data/*', 'arn:aws:s3:::acme-data'], principals: [...everyone, ...named, { Service: 'cloudtrail.amazonaws.com' }], tests: [...ofCallers, ...ofNetworks, ...ofSources] },
  { question: { kind: 'resource', service: 'kms', resource: `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab` }, objectives: ['principals', 'deputies'], actions: ['kms:*', 'kms:Decrypt'], resources: ['*'], principals: [...everyone, ...named], tests: [...ofCallers, ...ofSources] },
  { question: { kind: 'trust' }, objectives: ['principals'], actions: ['sts:AssumeRole', 'sts:*', 'sts:TagSession'], resources: undefined, principals: [{ AWS: '*' }, { AWS: '*' }, ...named, { Service: 'lambda.amazonaws.com' }], tests: [...ofCallers, ...ofNetworks, ['sts:ExternalId', texts, ['12345', '54321', '1*']]] },
];
const perimeters: readonly Perimeter[] = [perimeter, define({ accounts: undefined }).perimeter, define({ services: ['cloudtrail.amazonaws.com'] }).perimeter];

const some = <T>(values: readonly T[], maxLength: number): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength });
const testOf = ({ tests }: Setting): fc.Arbitrary<Test> => fc.constantFrom(...tests).chain(([key, operators, values]) => fc.tuple(fc.constantFrom(...operators), fc.constant(key), some(values, 2)));
/** Tests of which no two would be written in the same place. */
const testsOf = (setting: Setting): fc.Arbitrary<Test[]> => fc.uniqueArray(testOf(setting), { maxLength: 3, selector: ([operator, key]) => `${operator} ${key}` });
const specOf = (setting: Setting, effects: readonly Spec['effect'][] = ['Allow', 'Allow', 'Deny']): fc.Arbitrary<Spec> => fc.record({
  effect: fc.constantFrom(...effects), principal: fc.constantFrom(...setting.principals), actions: some(setting.actions, 2),
  resources: setting.resources === undefined ? fc.constant(undefined) : some(setting.resources, 2), tests: testsOf(setting),
});

/** A question about an Allow and up to two more statements, with one more statement and one more test to add. */
export const situations = (effect?: Spec['effect']): fc.Arbitrary<Situation> => fc.tuple(fc.constantFrom(...settings), fc.constantFrom(...perimeters)).chain(([setting, its]) => fc.record({
  question: fc.constant({ account: own, perimeter: its, now, ...setting.question }), objective: fc.constantFrom(...setting.objectives),
  specs: fc.tuple(specOf(setting, ['Allow']), fc.array(specOf(setting), { maxLength: 2 })).chain(([first, others]) => fc.shuffledSubarray([first, ...others], { minLength: 1 + others.length })), extra: specOf(setting, effect === undefined ? undefined : [effect]), test: testOf(setting),
}));
