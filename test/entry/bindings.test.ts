import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindings } from '../../entry/ask/bindings.ts';
import { ask, parsePolicy, type Objective, type Question } from '../../policy/index.ts';
import { allow, define, deny, document, isService, mine, notOfOrganization, now, ofOrganization, own, partner, perimeter, sibling, stranger, trust, when, type Test } from '../policy/cases/case.ts';
import { situations, type Spec } from '../policy/cases/generators.ts';

type Setting = Pick<Question, 'kind'> & Partial<Omit<Question, 'kind' | 'policy'>>;
type Document = Readonly<Record<string, unknown>>;
/** Nothing in it can be written to. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) { Object.values(value).forEach(frozen); Object.freeze(value); }
  return value;
}

const endpoint: Setting = { kind: 'vpc-endpoint', service: 's3' };
const ofBucket: Setting = { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' };
const ofRole: Setting = { kind: 'trust' };
const claims = define({ identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }] });
const sub = 'token.actions.githubusercontent.com:sub';
const github = (...tests: Test[]): object => document(trust({ Federated: `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com` }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(...tests)));
const trail = (...tests: Test[]): object => document(allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }, when(...tests)));
const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));
const ofAccount = (...ids: string[]): Test => ['StringEquals', 'aws:PrincipalAccount', ids];
const roles = ['a', 'b', 'c'].map((name) => `arn:aws:iam::${own}:role/${name}`);

const canonicalUser = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const originIdentity = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE';
const must = (key: string, value: string, place = 'Statement 0'): string => `\`${key}\` in ${place}, which must be \`${value}\``;
const members = must('aws:PrincipalOrgID', mine);
const several = (...such: string[]): string => `more than one part, of which some would do without the others: for one, ${such.join(', and ')}`;

const rows: readonly (readonly [name: string, objective: Objective, setting: Setting, policy: object, held: readonly string[]])[] = [
  ['a condition', 'principals', endpoint, document(allow(when(ofOrganization()))), [members]],
  ['a condition of a statement with a name', 'principals', endpoint, document(allow({ Sid: 'Mine' }, when(ofOrganization()))), [must('aws:PrincipalOrgID', mine, 'Statement 0 (`Mine`)')]],
  ['a condition of a statement that is no list', 'principals', ofRole, { Version: '2012-10-17', Statement: trust({ AWS: '*' }, when(ofOrganization())) }, [must('aws:PrincipalOrgID', mine, 'Statement')]],
  ['one of two values', 'principals', endpoint, document(allow(when(ofAccount(own, sibling)))), [`\`aws:PrincipalAccount\` in Statement 0, which must be \`${own}\` or \`${sibling}\``]],
  ['one of more values than a sentence holds', 'principals', { ...endpoint, ...define({ accounts: [own, sibling, '555555555555', '666666666666', '777777777777'] }) }, document(allow(when(ofAccount(own, sibling, '555555555555', '666666666666', '777777777777')))), [`\`aws:PrincipalAccount\` in Statement 0, which must be \`${own}\` or \`${sibling}\` or \`555555555555\` or 2 more`]],
  ['any value of several', 'principals', endpoint, document(allow(when(['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${mine}/*`]))), [must('aws:PrincipalOrgPaths', `${mine}/*`)]],
  ['what a value must not be', 'principals', { ...endpoint, ...define({ accounts: [own] }) }, document(allow({ Principal: { AWS: [own, stranger] } }, when(['StringNotEquals', 'aws:PrincipalAccount', [stranger]]))), [`\`aws:PrincipalAccount\` in Statement 0, which must not be \`${stranger}\``, `Statement 0 names only \`${own}\`, \`${stranger}\``]],
  ['the one condition of two that matters', 'principals', endpoint, document(allow(when(ofOrganization(), ['Bool', 'aws:SecureTransport', 'true']))), [members]],
  ['two conditions, each of which suffices', 'principals', endpoint, document(allow(when(ofOrganization(), ofAccount(own)))), [several(members)]],
  ['a condition in each of two statements', 'principals', endpoint, document(allow({ Action: 's3:Get*' }, when(ofOrganization())), allow({ Action: 's3:Put*' }, when(ofAccount(own)))), [members, must('aws:PrincipalAccount', own, 'Statement 1')]],
  ['a Deny', 'principals', endpoint, document(deny(when(notOfOrganization())), allow()), ['the Deny of Statement 0 on `aws:PrincipalOrgID`']],
  ['a Deny with a name and two keys', 'principals', endpoint, document(allow(), deny({ Sid: 'Others' }, when(notOfOrganization(), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), ['the Deny of Statement 1 (`Others`) on `aws:PrincipalOrgID`, `aws:PrincipalIsAWSService`']],
  ['a Deny without condition', 'principals', ofBucket, document(deny({ NotPrincipal: { AWS: own } }), allow()), ['the Deny of Statement 0']],
  ['two Denies, of which one matters', 'principals', endpoint, document(deny({ Action: 's3:Put*' }, when(notOfOrganization())), deny(when(notOfOrganization())), allow()), ['the Deny of Statement 1 on `aws:PrincipalOrgID`']],
  ['a Deny and a condition, each of which suffices', 'principals', endpoint, document(deny(when(notOfOrganization())), allow(when(ofOrganization()))), [several(must('aws:PrincipalOrgID', mine, 'Statement 1'))]],
  ['a Deny, and a condition in each of two statements', 'principals', endpoint, document(deny(when(notOfOrganization())), allow({ Action: 's3:Get*' }, when(ofOrganization())), allow({ Action: 's3:Put*' }, when(ofAccount(own)))), [several(must('aws:PrincipalOrgID', mine, 'Statement 1'), must('aws:PrincipalAccount', own, 'Statement 2'))]],
  ['a principal', 'principals', ofRole, document(trust({ AWS: own })), [`Statement 0 names only \`${own}\``]],
  ['a service as principal', 'principals', ofRole, document(trust({ Service: 'lambda.amazonaws.com' }, { Sid: 'Lambda' })), ['Statement 0 (`Lambda`) names only `lambda.amazonaws.com`']],
  ['principals of two types', 'principals', ofRole, document(trust({ AWS: roles[0], Service: ['lambda.amazonaws.com'] })), [`Statement 0 names only \`${roles[0]}\`, \`lambda.amazonaws.com\``]],
  ['more principals than a sentence holds', 'principals', ofRole, document(trust({ AWS: [own, sibling, ...roles] })), [`Statement 0 names only \`${own}\`, \`${sibling}\`, \`${roles[0]}\`, 2 more`]],
  ['principals and a condition, each of which suffices', 'principals', ofRole, document(trust({ AWS: own }, when(ofOrganization()))), [several(members)]],
  ['a partner, and its external id', 'principals', ofRole, document(trust({ AWS: partner }, when(['StringEquals', 'sts:ExternalId', '12345']))), [must('sts:ExternalId', '12345'), `Statement 0 names only \`${partner}\``]],
  ['GitHub\'s subject, and an audience that anybody may ask for', 'principals', { ...ofRole, ...claims }, github(['StringLike', sub, 'repo:acme/*'], ['StringEquals', 'token.actions.githubusercontent.com:aud', 'sts.amazonaws.com']), [must(sub, 'repo:acme/*')]],
  ['a Deny, without which nothing would tell whose a canonical user is', 'principals', ofBucket, document(allow({ Principal: { CanonicalUser: canonicalUser } }), deny(when(notOfOrganization()))), ['the Deny of Statement 1 on `aws:PrincipalOrgID`']],
  ['a condition, without which nothing would tell whose an origin access identity is', 'principals', ofBucket, document(allow({ Principal: { AWS: originIdentity } }, when(ofOrganization()))), [members]],
  ['a Deny, without which nothing would tell whose an account is', 'principals', { ...ofBucket, ...define({ accounts: undefined }) }, document(allow({ Principal: { AWS: stranger } }), deny(when(['StringNotEquals', 'aws:PrincipalAccount', own]))), ['the Deny of Statement 1 on `aws:PrincipalAccount`']],
  ['every AWS service', 'principals', ofBucket, document(allow({ Principal: { Service: '*' } })), ['Statement 0 names only AWS services']],
  ['every AWS service and a role', 'principals', ofBucket, document(allow({ Principal: { AWS: roles[0], Service: '*' } })), [`Statement 0 names only \`${roles[0]!}\`, AWS services`]],
  ['a condition that lists no value', 'principals', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalOrgID', []]))), ['`aws:PrincipalOrgID` in Statement 0, whose list of values is empty']],
  ['a condition that excludes no value', 'principals', ofBucket, document(allow(when(['StringNotEquals', 'aws:PrincipalOrgID', []]))), ['`aws:PrincipalOrgID` in Statement 0, whose list of values is empty']],
  ['nobody, for nothing is allowed', 'principals', ofBucket, document(deny()), []],
  ['that it is about another resource', 'principals', ofBucket, document(allow({ Resource: 'arn:aws:s3:::other/*' })), ['Statement 0 allows only resources `arn:aws:s3:::other/*`']],
  ['that it is about all but this resource', 'principals', ofBucket, document(allow({ NotResource: ['arn:aws:s3:::acme-data', 'arn:aws:s3:::acme-data/*'] })), ['Statement 0 allows nothing on `arn:aws:s3:::acme-data`, `arn:aws:s3:::acme-data/*`']],
  ['an action by which nobody assumes the role', 'principals', ofRole, document(trust({ AWS: '*' }, { Action: 'sts:TagSession' })), ['Statement 0 allows only actions `sts:TagSession`']],
  ['that it allows all but what assumes the role', 'principals', ofRole, document({ Effect: 'Allow', Principal: '*', NotAction: 'sts:AssumeRole*' }), ['Statement 0 allows nothing of `sts:AssumeRole*`']],
  ['the resources', 'resources', { kind: 'identity' }, attached(allow({ Action: 'sqs:*', Resource: `arn:aws:sqs:*:${own}:*` })), [`Statement 0 allows only resources \`arn:aws:sqs:*:${own}:*\``]],
  ['NotAction and a condition', 'principals', endpoint, document(allow({ NotAction: 's3:Put*' }, when(ofOrganization()))), [members]],
  ['an RCP', 'principals', { kind: 'rcp', service: 's3' }, document(deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), ['the Deny of Statement 0 on `aws:PrincipalOrgID`, `aws:PrincipalIsAWSService`']],
  ['the owner', 'resources', endpoint, document(allow(when(['StringEquals', 'aws:ResourceOrgID', mine], ofOrganization()))), [must('aws:ResourceOrgID', mine)]],
  ['the owner, by an SCP', 'resources', { kind: 'scp', service: 's3' }, attached(deny(when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine]))), ['the Deny of Statement 0 on `aws:ResourceOrgID`']],
  ['the source\'s account', 'deputies', ofBucket, trail(['StringEquals', 'aws:SourceAccount', own]), [must('aws:SourceAccount', own)]],
  ['the source', 'deputies', ofBucket, trail(['ArnLike', 'aws:SourceArn', `arn:aws:cloudtrail:*:${own}:trail/*`]), [must('aws:SourceArn', `arn:aws:cloudtrail:*:${own}:trail/*`)]],
  ['no service', 'deputies', ofBucket, document(allow(when(ofOrganization()))), [members]],
  ['the VPC', 'networks', ofBucket, document(allow(when(ofOrganization(), ['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']))), [must('aws:SourceVpc', 'vpc-012abc01')]],
  ['a Deny of other addresses', 'networks', ofBucket, document(deny(when(['NotIpAddressIfExists', 'aws:SourceIp', ['192.0.2.0/24']])), allow(when(ofOrganization()))), ['the Deny of Statement 0 on `aws:SourceIp`']],
  ['services alone, whom no network holds', 'networks', ofBucket, document(allow(when(isService()))), [must('aws:PrincipalIsAWSService', 'true')]],
];

describe('what keeps outsiders out', () => {
  it.each(rows)('%s (%s)', (_, objective, setting, policy, held) => {
    const question: Question = { perimeter, account: own, now, ...setting, policy: parsePolicy(policy) };
    expect(ask(question, objective).answer).toBe('inside');
    expect(bindings(question, frozen(policy as Document), objective)).toEqual(held);
  });
});

describe('what keeps outsiders out of a long policy', () => {
  const told = (most: number, ...statements: object[]): string[] => {
    const policy = document(...statements);
    return bindings({ perimeter, account: own, now, ...ofBucket, policy: parsePolicy(policy) }, policy as Document, 'principals', most);
  };
  const paths = Array.from({ length: 60 }, (_, i) => `arn:aws:s3:::acme-data/${i}/*`);
  const names = (i: number): string => `Statement ${i} names only \`${own}\``;

  it('is asked of one Allow after another, each as if it were alone', () => {
    const allows = paths.map((Resource) => allow({ Principal: { AWS: own }, Resource }));
    expect(told(3 * paths.length, ...allows)).toEqual(paths.map((_, i) => names(i)));
  });
  it('is not tried of more statements than the work allows, which are counted', () => {
    const denies = paths.map((Resource) => deny({ Resource }, when(notOfOrganization())));
    expect(told(3 * 61 + 60 * 60, allow({ Principal: { AWS: own } }), ...denies)).toEqual([names(0)]);
    expect(told(3 * 61, allow({ Principal: { AWS: own } }), ...denies)).toEqual([names(0), 'perhaps 60 more of the statements: to try each takes too long']);
    expect(told(100, allow({ Principal: { AWS: own } }), ...denies)).toEqual(['perhaps 61 more of the statements: to try each takes too long']);
  });
});

/** A statement as it is written, and as it is without each of its parts that may keep somebody out. */
const write = ({ effect, principal, actions, resources, tests }: Spec): Readonly<Record<string, unknown>> => ({ Effect: effect, Principal: principal, Action: actions, ...(resources === undefined ? {} : { Resource: resources }), ...(tests.length > 0 ? when(...tests) : {}) });
const looser = (one: Spec): readonly (Spec | undefined)[] => one.effect === 'Deny' ? [undefined]
  : [...one.tests.map((_, i) => ({ ...one, tests: one.tests.filter((_test, other) => other !== i) })), ...one.principal === '*' ? [] : [{ ...one, principal: '*' }], ...one.resources === undefined ? [] : [{ ...one, resources: ['*'] }], { ...one, actions: ['*'] }];

describe('what is said to keep outsiders out', () => {
  it('lets somebody in when it goes, or somebody of whom nothing tells whose he is, as nothing else does', () => {
    let held = 0;
    fc.assert(fc.property(situations(), ({ question, objective, specs }) => {
      const policy = frozen(document(...specs.map(write)) as Document);
      const asked: Question = { ...question, policy: parsePolicy(policy) };
      fc.pre(ask(asked, objective).answer === 'inside');
      const opening = specs.flatMap((one, i) => looser(one).filter((other) => {
        const without = document(...specs.flatMap((spec, at) => at !== i ? [write(spec)] : other === undefined ? [] : [write(other)]));
        return ask({ ...question, policy: parsePolicy(without) }, objective).answer !== 'inside';
      }));
      held += opening.length;
      const said = bindings(asked, policy, objective);
      const several = said.filter((one) => one.startsWith('more than one part'));
      expect(said.length - several.length, `${objective} ${JSON.stringify(policy)}`).toBe(opening.length);
      expect(several.length === 0 || (opening.length === 0 && several.length === 1)).toBe(true);
    }), { numRuns: 22, seed: 20_261_007, endOnFailure: true });
    expect(held).toBeGreaterThan(10);
  }, 60_000);
});
