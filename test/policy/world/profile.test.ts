import { describe, expect, it } from 'vitest';
import { emptyPerimeter, parsePolicy, type Policy, type Subject } from '../../../policy/index.ts';
import { profileOf, tells, textsOnResource, withResource, type Profile } from '../../../policy/world/profile.ts';
import { allow, deny, document, own, sibling, stranger, when } from '../cases/case.ts';

const policyOf = (...statements: object[]): Policy => parsePolicy(document(...statements));
const read = (...statements: object[]): Profile => profileOf([policyOf(...statements)]);

describe('accounts that a policy names', () => {
  it.each<[name: string, statement: object, accounts: Readonly<Record<string, string>>]>([
    ['nowhere', allow(when(['StringLike', 'aws:PrincipalTag/team', 'a team with a long name'])), {}],
    ['as principals', allow({ Principal: { AWS: [own, `arn:aws:iam::${stranger}:role/a`] } }), { [own]: 'callers', [stranger]: 'callers' }],
    ['as a provider\'s', allow({ Principal: { Federated: `arn:aws:iam::${stranger}:saml-provider/Okta` } }), { [stranger]: 'both' }],
    ['as a resource\'s', allow({ Resource: `arn:aws:sqs:*:${own}:orders` }), { [own]: 'owners' }],
    ['as the owner', allow(when(['StringEquals', 'aws:ResourceAccount', own], ['StringEquals', 's3:ResourceAccount', sibling], ['StringEquals', 'ec2:Owner', stranger])), { [own]: 'owners', [sibling]: 'owners', [stranger]: 'owners' }],
    ['as the caller', allow(when(['StringEquals', 'aws:PrincipalAccount', own])), { [own]: 'callers' }],
    ['as a source, which may be either', allow(when(['StringEquals', 'aws:SourceAccount', own])), { [own]: 'both' }],
    ['as the caller and as the owner', allow(when(['StringEquals', 'aws:PrincipalAccount', own], ['StringEquals', 'aws:ResourceAccount', own])), { [own]: 'both' }],
    ['twice as the caller', allow({ Principal: { AWS: own } }, when(['StringEquals', 'aws:PrincipalAccount', own])), { [own]: 'callers' }],
    ['beside a variable, which may carry it over', allow({ Resource: 'arn:aws:s3:::${aws:PrincipalAccount}' }, when(['StringEquals', 'aws:ResourceAccount', own])), { [own]: 'both' }],
    ['two in one text', allow({ Resource: `arn:aws:s3:::${own}-${stranger}` }), { [own]: 'owners', [stranger]: 'owners' }],
    ['not by a longer number', allow({ Resource: 'arn:aws:s3:::logs-1111111111110' }), {}],
  ])('%s', (_, statement, accounts) => { expect(Object.fromEntries(read(statement).accounts)).toEqual(accounts); });

  it('may tell callers, owners or both', () => {
    const profile = read(allow({ Principal: { AWS: own }, Resource: `arn:aws:sqs:*:${sibling}:orders` }, when(['StringEquals', 'aws:SourceAccount', stranger])));
    const told = (whose: 'owners' | 'callers'): string[] => [own, sibling, stranger, '999999999999'].filter((id) => tells(profile, whose, id));
    expect({ owners: told('owners'), callers: told('callers') }).toEqual({ owners: [sibling, stranger], callers: [own, stranger] });
  });
  it('are those of all policies together', () => {
    const one = policyOf(allow({ Principal: { AWS: own } }));
    const others = [stranger, sibling].map((id) => policyOf(allow({ Principal: { AWS: id } })));
    expect([[one], ...others.map((other) => [one, other])].map((all) => [...profileOf(all).accounts.keys()])).toEqual([[own], [own, stranger], [own, sibling]]);
  });
  it('are found once for a policy', () => {
    const policy = policyOf(allow());
    expect(profileOf([policy])).toBe(profileOf([policy]));
  });
});

describe('accounts that a resource names', () => {
  const subject: Subject = { kind: 'resource', perimeter: emptyPerimeter, account: own, now: 0, resource: `arn:aws:s3:::logs-${sibling}`, resourceTags: { owner: stranger } };
  const named = (statement: object, of: Subject): object => Object.fromEntries(withResource(read(statement), of).accounts);
  it('count where a variable may be held against them', () => {
    expect(named(allow(when(['StringEquals', 'aws:PrincipalAccount', '${aws:ResourceTag/owner}'])), subject)).toEqual({ [sibling]: 'both', [stranger]: 'both' });
    expect(named(allow(when(['StringEquals', 'aws:PrincipalAccount', '${aws:ResourceTag/owner}'])), { ...subject, resource: 'arn:aws:s3:::logs', resourceTags: {} })).toEqual({});
  });
  it('do not count where none may', () => { expect(named(allow({ Principal: { AWS: own } }), subject)).toEqual({ [own]: 'callers' }); });
  it('stand in its ARN and its tags, if these are known', () => {
    expect(textsOnResource(subject)).toEqual([`arn:aws:s3:::logs-${sibling}`, stranger]);
    expect(textsOnResource({ kind: 'resource' })).toEqual([]);
  });
});

describe('callers that a policy', () => {
  it('names are known by their accounts, and the ARNs of those that are no whole accounts', () => {
    const arns = [`arn:aws:iam::${stranger}:role/a`, `arn:aws:iam::${own}:user/b`, 'AROAEXAMPLE0EXAMPLE00'];
    const { principals, principalArns } = read(allow({ Principal: { AWS: [own, `arn:aws:iam::${sibling}:root`, ...arns] } }), deny({ Principal: { AWS: arns[0] } }));
    expect([[...principals], principalArns]).toEqual([[own, sibling, stranger], arns]);
  });
  it.each<[name: string, statement: object, open: boolean]>([
    ['allows, whoever they are', allow(), true], ['allows, whoever they are in AWS', allow({ Principal: { AWS: '*' } }), true], ['allows but for one', allow({ NotPrincipal: { AWS: own } }), true],
    ['allows by name', allow({ Principal: { AWS: own } }), false], ['denies, whoever they are', deny(), false], ['denies but for one', deny({ NotPrincipal: { AWS: own } }), false],
    ['hangs on', { ...allow(), Principal: undefined }, true], ['hangs on and denies', { ...deny(), Principal: undefined }, false],
  ])('%s', (_, statement, open) => { expect(read(statement).isOpen).toBe(open); });
});

describe('partitions that a policy names before the usual one', () => {
  it.each<[text: string, named: readonly string[], others: readonly string[]]>([
    ['arn:aws:s3:::acme-data', [], []], ['arn:aws-cn:s3:::acme-data', ['aws-cn'], []], ['arn:aws-us-gov:s3:::acme-data', ['aws-us-gov'], []],
    ['arn:aws-*:s3:::acme-data', [], ['aws-cn']], ['arn:aws-us*:s3:::acme-data', [], ['aws-us-gov']], ['arn:aws-cn-*:s3:::acme-data', [], []], ['arn:aws*:s3:::acme-data', [], []], ['arn:*:s3:::acme-data', [], []],
    ['arn:aws:s3:::arn:aws-cn:data', [], []], ['arn:aws-cn*', [], ['aws-cn']],
  ])('%s', (Resource, named, others) => { expect(read(allow({ Resource }), allow({ Resource })).partitions).toEqual([...named, 'aws', ...others]); });
  it.each(['?a', '*', '*a', 'arn:*'])('none, by as many as a policy takes of %s', (unit) => { expect(read(allow({ Resource: unit.repeat(18_000 / unit.length) })).partitions).toEqual(['aws']); });
  it('by patterns, beside those it names', () => { expect(read(allow({ Resource: ['arn:aws-cn:s3:::a', 'arn:aws:s3:::b', 'arn:aws-*:s3:::c'] })).partitions).toEqual(['aws-cn', 'aws', 'aws-us-gov']); });
});

describe('digits beside a wildcard', () => {
  it.each<[name: string, statement: object, mixed: boolean]>([
    ['in no text', allow({ Resource: 'arn:aws:s3:::acme-*' }), false], ['with a letter between', allow({ Resource: 'arn:aws:s3:::acme1-*' }), false],
    ['before it', allow({ Resource: 'arn:aws:sqs:*:1*:orders' }), true], ['behind it', allow({ Resource: 'arn:aws:sqs:*:?1111111111:orders' }), true], ['in a short text', allow(when(['StringLike', 'aws:PrincipalAccount', '1*'])), true],
  ])('%s', (_, statement, mixed) => { expect(read(statement).mixesDigits).toBe(mixed); });
});

describe('services that a policy names', () => {
  const trail = 'cloudtrail.amazonaws.com';
  it.each<[name: string, statement: object, services: readonly string[], open: boolean]>([
    ['none', allow({ Principal: { AWS: own } }), [], false],
    ['one', allow({ Principal: { Service: trail } }), [trail], false],
    ['one twice', allow({ Principal: { Service: trail } }, when(['StringEquals', 'aws:PrincipalServiceName', trail])), [trail], false],
    ['all, which is no name', allow({ Principal: { Service: '*' } }), [], true],
    ['none of those denied', deny({ Principal: { Service: '*' } }), [], false],
    ['in tests of the caller\'s names', allow({ Principal: { AWS: own } }, when(['StringEquals', 'aws:PrincipalServiceName', trail], ['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'sns.amazonaws.com'])), [trail, 'sns.amazonaws.com'], false],
    ['not by a pattern or a variable', allow({ Principal: { AWS: own } }, when(['StringLike', 'aws:PrincipalServiceName', ['cloudtrail*', 'sn?.amazonaws.com', '${aws:PrincipalTag/service}']])), [], false],
    ['everybody, services too', allow(), [], true],
  ])('%s', (_, statement, services, open) => {
    const profile = read(statement);
    expect([profile.services, profile.isOpenToServices]).toEqual([services, open]);
  });
});
