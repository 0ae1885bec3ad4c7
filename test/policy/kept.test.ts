import { describe, expect, it } from 'vitest';
import { ask, emptyPerimeter, parsePolicy, type Objective, type Perimeter, type Question } from '../../policy/index.ts';

/** Answers are kept with the policy they are about, so a question that differs in one member must not get another's answer. */
const mine = 'o-4tkekae453';
const [own, other, partner, stranger] = ['111111111111', '222222222222', '123456789012', '333333333333'];
const perimeter: Perimeter = {
  ...emptyPerimeter, organizations: [mine], accounts: [own, other], networks: { ...emptyPerimeter.networks, vpcs: ['vpc-012abc01'] },
  partners: [{ name: 'Example Monitoring', accounts: [partner], externalIds: ['12345'], resources: [], reachable: [] }],
};
type Subject = Omit<Question, 'policy'>;
const endpoint: Subject = { kind: 'vpc-endpoint', perimeter, account: own, service: 's3', now: Date.parse('2026-01-01T00:00:00Z') };
const bucket: Subject = { ...endpoint, kind: 'resource', resource: 'arn:aws:s3:::acme-data' };
const role: Subject = { kind: 'trust', perimeter, account: own, now: endpoint.now };

const allow = (more: object): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...more }] });
const when = (operator: string, key: string, value: string): object => ({ Condition: { [operator]: { [key]: value } } });

interface Row { readonly member: keyof Subject; readonly base: Subject; readonly values: readonly [unknown, unknown]; readonly document: object; readonly objective?: Objective }
const rows: readonly Row[] = [
  { member: 'perimeter', base: endpoint, values: [perimeter, { ...perimeter, organizations: [] }], document: allow(when('StringEquals', 'aws:PrincipalOrgID', mine)) },
  { member: 'kind', base: bucket, values: ['resource', 'vpc-endpoint'], document: allow({}) },
  { member: 'account', base: bucket, values: [own, stranger], document: allow({ Principal: { AWS: stranger } }) },
  { member: 'service', base: endpoint, values: ['s3', 'sqs'], document: allow({}) },
  // A gateway endpoint knows no caller but `*`, and admits nobody by ARN.
  { member: 'endpointType', base: endpoint, values: ['interface', 'gateway'], document: allow({ Principal: { AWS: stranger } }) },
  { member: 'resource', base: bucket, values: ['arn:aws:s3:::acme-data', 'arn:aws:s3:::acme-logs'], document: allow({}) },
  { member: 'resource', base: role, values: [`arn:aws:iam::${own}:role/r`, `arn:aws-cn:iam::${own}:role/r`], document: allow({ Action: 'sts:AssumeRole', Resource: undefined, ...when('ArnLike', 'aws:PrincipalArn', 'arn:aws-cn:iam::*:role/x') }) },
  // AWS refuses a trust policy that names a resource, but a policy that does is about the role that it names.
  { member: 'resource', base: role, values: [`arn:aws:iam::${own}:role/b`, `arn:aws:iam::${own}:role/a`], document: allow({ Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${own}:role/a` }) },
  { member: 'resourceTags', base: bucket, values: [{ open: 'yes' }, { open: 'no' }], document: allow(when('StringEquals', 'aws:ResourceTag/open', 'yes')) },
  { member: 'now', base: endpoint, values: [endpoint.now, Date.parse('2027-01-01T00:00:00Z')], document: allow(when('DateLessThan', 'aws:CurrentTime', '2026-06-01T00:00:00Z')) },
  { member: 'callers', base: role, values: ['all', 'partners'], document: allow({ Principal: { AWS: stranger }, Action: 'sts:AssumeRole', Resource: undefined }) },
  { member: 'acceptNetworkBound', base: bucket, values: [true, false], document: allow(when('StringEquals', 'aws:SourceVpc', 'vpc-012abc01')) },
  { member: 'viaEndpoint', base: bucket, values: [true, false], document: allow(when('Null', 'aws:SourceVpce', 'true')) },
];

describe('kept answers', () => {
  it.each(rows)('are told apart by $member', ({ member, base, values, document, objective = 'principals' }) => {
    const text = JSON.stringify(document);
    const shared = parsePolicy(text);
    const [a, b] = values.map((value): Subject => ({ ...base, [member]: value })) as [Subject, Subject];
    const alone = [a, b].map((subject) => ask({ ...subject, policy: parsePolicy(text) }, objective));
    expect(alone[0]).not.toEqual(alone[1]);
    expect([a, b, a].map((subject) => ask({ ...subject, policy: shared }, objective))).toEqual([alone[0], alone[1], alone[0]]);
  });
  it('are given again to the same question', () => {
    const policy = parsePolicy(allow({}));
    const question: Question = { ...bucket, resourceTags: { open: 'yes' }, policy };
    const first = ask(question, 'principals');
    ask({ ...bucket, policy }, 'principals');
    expect(ask({ ...question, resourceTags: { open: 'yes' } }, 'principals')).toBe(first);
    expect(ask(question, 'deputies')).not.toBe(first);
  });
  it('are shared by roles that trust alike, for nobody asks about what is below a role', () => {
    const policy = parsePolicy(allow({ Action: 'sts:AssumeRole', Resource: undefined }));
    const [a, b] = ['a', 'b'].map((name) => ask({ ...role, resource: `arn:aws:iam::${own}:role/${name}`, policy }, 'principals'));
    expect(a).toBe(b);
  });
});
