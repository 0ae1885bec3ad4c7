import { describe, expect, it } from 'vitest';
import { and, not, or, parsePolicy, policy, type Formula, type Policy, type Principal, type Request, type Statement } from '../../../policy/index.ts';
import { literal, plainGlob } from '../../../policy/pattern.ts';
import { absent, always, anything, only, present, type Domain, type Region } from '../../../policy/search/region.ts';
import { search, type Found } from '../../../policy/search/search.ts';
import { PastBudget, Work } from '../../../policy/search/work.ts';

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const now = Date.parse('2026-01-01T00:00:00Z');
const policyOf = (Condition: Conditions = {}, more: object = {}): Policy => parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition, ...more }] });
interface Asked { readonly principal?: Principal; readonly domains?: Readonly<Record<string, Domain>>; readonly resource?: string | null }
const regionOf = ({ principal = { kind: 'anonymous' }, domains = {}, resource = 'arn:aws:s3:::data' }: Asked): Region => ({
  principal, now, actions: only('s3:GetObject'), domain: (key) => domains[key] ?? anything, resources: resource === null ? undefined : () => only(resource),
});
const find = (formula: Formula, asked: Asked = {}, work = new Work(1_000_000)): Found => search(formula, regionOf(asked), work);
const requestIn = (conditions: Conditions, asked: Asked = {}, more: object = {}): Request | string => { const found = find(policy(policyOf(conditions, more)), asked); return found.kind === 'found' ? found.request : found.kind; };

const account = '999999999999';
const arns = present({ forms: [plainGlob(`arn:aws:iam::${account}:user/?*`)], liked: [`arn:aws:iam::${account}:user/ann`] });
const issuer = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
const provider = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
const common = { action: 's3:GetObject', resource: 'arn:aws:s3:::data' };

describe('the request that is found', () => {
  it.each<[string, Conditions, Asked, Request | string]>([
    ['is the caller\'s, as it stands', {}, {}, { ...common, principal: { kind: 'anonymous' }, context: {} }],
    ['names no resource where there is none', {}, { resource: null }, { action: 's3:GetObject', principal: { kind: 'anonymous' }, context: {} }],
    ['has keys as the policy writes them', { StringEquals: { 'aws:PrincipalTag/Team': 'a', 'AWS:sourceip': '1.2.3.4' } }, {}, { ...common, principal: { kind: 'anonymous' }, context: { 'aws:PrincipalTag/Team': 'a', 'aws:SourceIp': '1.2.3.4' } }],
    ['has one value as a text, and of a key that may have several a list', { StringEquals: { 'aws:PrincipalTag/a': 'x' }, 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'x' } }, {}, { ...common, principal: { kind: 'anonymous' }, context: { 'aws:PrincipalTag/a': 'x', 'aws:TagKeys': ['x'] } }],
    ['leaves out what it leaves out', { Null: { 'aws:PrincipalTag/a': 'true' } }, {}, { ...common, principal: { kind: 'anonymous' }, context: {} }],
    ['shows what is settled of it', {}, { domains: { 'aws:principalorgid': only('o-1'), 'aws:resourceorgid': absent } }, { ...common, principal: { kind: 'anonymous' }, context: { 'aws:PrincipalOrgID': 'o-1' } }],
    ['shows what it surely carries under a key that is named', { StringNotEqualsIfExists: { 'aws:PrincipalTag/a': 'y' } }, { domains: { 'aws:principaltag/a': present({ forms: [literal('x'), literal('y')] }) } }, { ...common, principal: { kind: 'anonymous' }, context: { 'aws:PrincipalTag/a': 'x' } }],
    ['has the ARN of its user, and the name in it', {}, { principal: { kind: 'user', account }, domains: { 'aws:principalarn': arns, 'aws:username': always } }, {
      ...common, principal: { kind: 'user', account, arn: `arn:aws:iam::${account}:user/ann` }, context: { 'aws:PrincipalArn': `arn:aws:iam::${account}:user/ann`, 'aws:username': 'ann' },
    }],
    ['has the ARN that is tested', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/b*' } }, { principal: { kind: 'role', account }, domains: { 'aws:principalarn': arns, 'aws:username': absent } }, {
      ...common, principal: { kind: 'role', account, arn: `arn:aws:iam::${account}:user/b` }, context: { 'aws:PrincipalArn': `arn:aws:iam::${account}:user/b` },
    }],
    ['has the ARN that is given', {}, { principal: { kind: 'root', account, arn: `arn:aws:iam::${account}:root` } }, { ...common, principal: { kind: 'root', account, arn: `arn:aws:iam::${account}:root` }, context: {} }],
    ['keeps a name that is given', {}, { principal: { kind: 'user', account }, domains: { 'aws:principalarn': arns, 'aws:username': only('bob') } }, {
      ...common, principal: { kind: 'user', account, arn: `arn:aws:iam::${account}:user/ann` }, context: { 'aws:PrincipalArn': `arn:aws:iam::${account}:user/ann`, 'aws:username': 'bob' },
    }],
    ['tells the time under the key that asks for it', { NumericGreaterThan: { 'aws:EpochTime': '1800000000' } }, { domains: { 'aws:currenttime': always, 'aws:epochtime': always } }, { ...common, principal: { kind: 'anonymous' }, context: { 'aws:EpochTime': '1800000000.001' } }],
    ['tells the time under both keys', { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' }, NumericGreaterThan: { 'aws:EpochTime': '1' } }, { domains: { 'aws:currenttime': always, 'aws:epochtime': always } }, {
      ...common, principal: { kind: 'anonymous' }, context: { 'aws:CurrentTime': '2027-01-01T00:00:00.001Z', 'aws:EpochTime': '1798761600.001' },
    }],
    ['has the subject of a token, and whether a guest has it', {}, { principal: { kind: 'web-identity', provider }, domains: { [`${issuer.toLowerCase()}:sub`]: present({ liked: ['ann'] }), [`${issuer.toLowerCase()}:amr`]: only('unauthenticated') } }, {
      ...common, principal: { kind: 'web-identity', provider }, context: { [`${issuer}:sub`]: 'ann', [`${issuer}:amr`]: 'unauthenticated' },
    }],
    ['has no subject where a token may have none', {}, { principal: { kind: 'web-identity', provider } }, { ...common, principal: { kind: 'web-identity', provider }, context: {} }],
    ['has the subject that is tested, under its key as the policy writes it', { StringLike: { [`${issuer.toUpperCase()}:sub`]: 'b*' } }, { principal: { kind: 'web-identity', provider }, domains: { [`${issuer.toLowerCase()}:sub`]: present({ liked: ['ann'] }) } }, {
      ...common, principal: { kind: 'web-identity', provider }, context: { [`${issuer.toUpperCase()}:sub`]: 'b' },
    }],
    ['has the source of a service that tells one', {}, { principal: { kind: 'service', name: 'sns.amazonaws.com' }, domains: { 'aws:sourcearn': only('arn:aws:sns:x:1:y') } }, { ...common, principal: { kind: 'service', name: 'sns.amazonaws.com' }, context: { 'aws:SourceArn': 'arn:aws:sns:x:1:y' } }],
    ['is none where nobody gets through', { StringEquals: { 'aws:PrincipalTag/a': 'x' } }, { domains: { 'aws:principaltag/a': absent } }, 'none'],
  ])('%s', (_, conditions, asked, expected) => { expect(requestIn(conditions, asked)).toEqual(expected); });

  it('is the first statement\'s that admits it', () => {
    const found = find(policy(parsePolicy({ Version: '2012-10-17', Statement: ['s3:Put*', 's3:Get*', '*'].map((Action) => ({ Effect: 'Allow', Principal: '*', Action, Resource: '*' })) })));
    expect(found).toMatchObject({ kind: 'found', statement: { at: '/Statement/1' } });
  });
  it('is none, and not known to be none, where not all was tried', () => {
    const asked = { domains: { 'aws:principaltag/a': always } };
    expect(find(policy(policyOf({ NumericEquals: { 'aws:PrincipalTag/a': '1' }, StringLike: { 'aws:PrincipalTag/a': '*x*' } })), asked)).toEqual({ kind: 'gap', because: expect.stringContaining('operators of several kinds') as string });
    expect(find(policy(policyOf({ StringEquals: { 'aws:PrincipalTag/a': '' } })), { domains: { 'aws:principaltag/a': present({ forms: [literal('b')] }) } })).toEqual({ kind: 'none' });
  });
  it('takes steps also where all is seen at once', () => { expect(() => find(policy(policyOf()), {}, new Work(100))).toThrow(PastBudget); });
});

describe('what was asked in vain', () => {
  const [first, second] = parsePolicy({ Version: '2012-10-17', Statement: [{ StringEquals: { 'aws:PrincipalTag/a': 'x' } }, { StringNotEquals: { 'aws:PrincipalTag/a': 'x' }, StringEquals: { 'aws:PrincipalTag/b': 'y' } }].map((Condition) => ({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition })) }).statements as [Statement, Statement];
  const [is, isNot, other] = [...first.conditions, ...second.conditions] as [Statement['conditions'][number], Statement['conditions'][number], Statement['conditions'][number]];
  const holding = (...conditions: Statement['conditions']): Formula => policy({ version: '2012-10-17', statements: [{ ...first, conditions }] });
  const domains: Readonly<Record<string, Domain>> = { 'aws:principaltag/a': always, 'aws:principaltag/b': always };
  const vain = holding(is, isNot);

  it.each<[string, Formula]>([
    ['a part of it turned round', and(not(holding(is)), holding(isNot))], ['either part of it', or(holding(is), holding(isNot))], ['another thing beside one of them', holding(is, other)], ['one of them', holding(isNot)],
  ])('does not settle %s', (_, asked) => {
    const work = new Work(1_000_000);
    expect([find(vain, { domains }, work).kind, find(asked, { domains }, work).kind]).toEqual(['none', 'found']);
  });
  it('does not settle the same of other domains', () => {
    const [work, asked] = [new Work(1_000_000), holding(isNot, other)];
    expect([find(asked, { domains: { ...domains, 'aws:principaltag/a': present({ forms: [plainGlob('x'), plainGlob('x')], tests: [{ test: is, want: true }] }) } }, work).kind, find(asked, { domains }, work).kind]).toEqual(['none', 'found']);
  });
  it('is not asked again', () => {
    const work = new Work(1_000_000);
    const spent = (): number => { const before = work.left; expect(find(vain, { domains }, work).kind).toBe('none'); return before - work.left; };
    expect(spent()).toBeGreaterThan(spent());
  });
});
