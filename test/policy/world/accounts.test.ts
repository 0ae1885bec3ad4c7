import { describe, expect, it } from 'vitest';
import type { Perimeter } from '../../../policy/index.ts';
import { accountPatterns } from '../../../policy/world/account-patterns.ts';
import { accounts, definition, mine, other, own, partnered, worldOf, type Conditions, type Situation } from './world-of.ts';

/** Which accounts and organizations of others are told apart: no two that all policies take alike, and always the same ones, so that a witness does not change. */
const third = '444444444444';
const [nobody, nobodyElse] = ['999999999999', '888888888888'];
const repeated = [...'123456789'].map((digit) => digit.repeat(12));

describe('strange accounts', () => {
  it.each<[string, string, Perimeter, Conditions?]>([
    ['is 999999999999', nobody, definition],
    ['is none of mine', nobodyElse, { ...definition, accounts: [own, nobody] }],
    ['is none of mine that stands alone', nobodyElse, { ...definition, standaloneAccounts: [nobody] }],
    ['is no partner', nobodyElse, partnered(nobody)],
    ['is none that the policy names', nobodyElse, definition, accounts(nobody)],
    ['has another number where all that read well are taken', '900000000001', { ...definition, accounts: repeated }],
    ['has the next where that is taken too', '900000000003', { ...definition, accounts: [...repeated, '900000000001', '900000000002'] }],
  ])('one that no policy names %s', (_, account, perimeter, condition = {}) => { expect(worldOf(condition, { perimeter }).strangers.unnamed).toEqual([account]); });

  it.each<[string, readonly string[], Conditions, Situation?]>([
    ['nothing', [nobody], {}],
    ['a name', [nobody], accounts(other, 'StringEquals')],
    ['a pattern of no digits', [nobody], accounts(['anon*', '????????????'])],
    ['a pattern that none meets', [nobody], accounts('1*x')],
    ['a pattern', [nobody, '199999999999'], accounts('1*')],
    ['a pattern that 999999999999 meets', [nobodyElse, nobody], accounts('9*')],
    ['two patterns that usual ones meet', ['777777777777', '999999999999', '899999999999'], accounts(['9*', '8*'])],
    ['patterns of which each takes some', [nobody, '099999999999', ...[...'12345678'].map((digit) => `${digit}99999999999`)], accounts([...'123456789'].map((digit) => `${digit}*`))],
    ['a pattern that all that read well meet', [nobody, '899999999999'], accounts('9*'), { perimeter: { ...definition, accounts: repeated.slice(0, -1) } }],
    ['two patterns apart', [nobody, '199999999999', '299999999999'], accounts(['1*', '2*'])],
    ['two patterns that some meet both', [nobody, '999999999992', '199999999999', '199999999992'], accounts(['1*', '*2'])],
    // What matches first is mine, a partner's or named, so another stands for the strangers that match.
    ['a pattern that one of mine meets', [nobody, '888889999999'], accounts('8888*'), { perimeter: { ...definition, accounts: [own, '888899999999'] } }],
    ['a pattern that one alone meets', [nobody, '888889999999'], accounts('8888*'), { perimeter: { ...definition, accounts: undefined, standaloneAccounts: ['888899999999'] } }],
    ['a pattern that a partner meets', [nobody, '888889999999'], accounts('8888*'), { perimeter: partnered('888899999999') }],
    ['a pattern that one named meets', [nobody, '888889999999'], accounts(['8888*', '888899999999'])],
    ['a pattern that the own account meets', [nobody, '888889999999'], accounts('8888*'), { account: '888899999999' }],
    ['a pattern that only mine meet', [nobody], accounts('11111111111?'), { perimeter: { ...definition, accounts: [...'0123456789'].map((digit) => `11111111111${digit}`) } }],
    ['two patterns, one met by one of mine', [nobody, '888889999999', '799999999999'], accounts(['8888*', '7*']), { perimeter: { ...definition, accounts: [own, '888899999999'] } }],
    ['a pattern in ARNs', [nobody, '199999999999'], { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1*:role/app' } }],
    ['a pattern in resources', [nobody, '199999999999'], {}, { Resource: 'arn:aws:sqs:*:1*:queue' }],
    ['numbers', [nobody, '099999999999'], accounts('500000000000', 'NumericLessThan')],
    ['small numbers', [nobody, '000000000000', '000000000005'], accounts('5', 'NumericLessThan')],
    ['the number zero', [nobody, '000000000000'], accounts('0', 'NumericLessThanEquals')],
    ['fractions', [nobody, '000000000000', '000000000006'], accounts('5.5', 'NumericLessThan')],
    ['numbers that no account has', [nobody], accounts(['10000000000000', '-100000000000'], 'NumericLessThan')],
    ['a number and a pattern', [nobody, '099999999999', '099999999997', '999999999997'], accounts('900000000000', 'NumericLessThan'), { Resource: 'arn:aws:sqs:*:*7:queue' }],
    ['a time', [nobody, '099999999999'], accounts('500000000000', 'DateLessThan')],
    ['a text that is a number', [nobody], accounts('5', 'StringEquals')],
    ['each other', [nobody, nobodyElse], accounts('${aws:ResourceAccount}', 'StringEquals')],
    ['each other\'s ARNs', [nobody, nobodyElse], { StringEquals: { 'aws:PrincipalTag/role': ['${aws:PrincipalArn}', '${aws:username}'] } }],
    ['a variable that is no account', [nobody], { StringEquals: { 'aws:PrincipalTag/name': '${aws:username}' } }],
  ])('that no policy names are told apart by %s', (_, expected, condition, more) => { expect(worldOf(condition, more).strangers.unnamed).toEqual(expected); });

  it.each<[string, string, Perimeter, Conditions]>([
    ['the one that nobody names', nobodyElse, definition, {}],
    ['those told apart', '777777777777', definition, accounts('${aws:ResourceAccount}', 'StringEquals')],
    ['mine', '777777777777', { ...definition, accounts: [own, nobodyElse] }, {}],
  ])('may be mine beside %s', (_, account, perimeter, condition) => { expect(worldOf(condition, { perimeter }).strangers.more()[0]).toBe(account); });

  it('are named where a policy names them, as callers or as owners', () => {
    const { strangers: { named, callers, owners, partners } } = worldOf(
      { StringEquals: { 'aws:PrincipalAccount': [own, other, '555555555555'], 'aws:ResourceAccount': third } }, { perimeter: partnered(own, '555555555555', '666666666666') },
    );
    expect({ named, callers, owners, partners }).toEqual({ named: [other, third], callers: [other], owners: [third], partners: ['555555555555'] });
  });
});

describe('patterns that accounts meet', () => {
  const x = 'aws:PrincipalTag/x';
  const like = (...tests: readonly (readonly [key: string, values: unknown])[]): Conditions => ({ StringLike: Object.fromEntries(tests) });
  const tagged = { resourceTags: { a: '7' } };
  const below = (path: string): string => `arn:aws:s3:::logs/${path}`;
  it.each<[string, readonly string[], Conditions, unknown?, Situation?]>([
    ['those on accounts', ['1*'], accounts([own, '1*', '*', '*x', '5', '1?'])],
    ['none, where none holds digits', [], accounts(['anon*', '????????????'])],
    ['none of numbers that no account has', [], accounts(['-5', '1000000000000'], 'NumericLessThan')],
    ['what stands before a variable', ['1*', '2*'], accounts(['1*', '2${aws:PrincipalTag/x}'])],
    ['what stands before a variable and a wildcard', ['2*'], accounts('2${aws:PrincipalTag/x}*')],
    ['what the default of a variable completes', ['2*', '222222222222'], accounts(["2${aws:PrincipalTag/x, '22222222222'}"])],
    ['what a default completes with blanks behind it or none before', ['2*', '222222222222', '3*', '333333333333'], accounts(["2${aws:PrincipalTag/x,'22222222222'}", "3${aws:PrincipalTag/x, '33333333333' }"])],
    ['what a tag of the resource completes', ['*2*', '72*'], accounts('${ aws:ResourceTag/a }2*'), '*', tagged],
    ['nothing that another tag does', ['*2*'], accounts(['${aws:ResourceTag/b}2*', '${aws:PrincipalTag/a}2*']), '*', tagged],
    ['what one of a key\'s conditions holds a variable against', ['1*'], { ...accounts(own, 'StringEquals'), ...like(['aws:PrincipalAccount', `\${${x}}`], [x, '1*']) }],
    ['what a variable for an account is held against, beside another', ['1*'], like([x, ['${aws:PrincipalAccount}', '${aws:username}', '1*']])],
    ['nothing that other variables are held against', [], { ...accounts(own, 'StringEquals'), ...like([x, ['${aws:username}', '1*']]) }],
    ['what stands by itself of two accounts', ['2*', '1*'], like(['aws:PrincipalAccount', '2${aws:ResourceAccount}*'], ['aws:ResourceAccount', '1*'])],
    ['the account of an ARN', ['1*'], { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::1*:role/app', 'arn:aws:iam::1*:user/app', 'arn:aws:iam::2?:role/9*'] } }],
    ['no account of an ARN with letters', [], { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::3*x:role/app', 'arn:aws:iam::x3*:role/app'] } }],
    ['the account of a resource, and where variables are what stands by itself', ['3*', '1*'], {}, ['arn:aws:sqs:*:3*:${aws:username}', 'arn:aws:sqs:*:*:1*', 'arn:aws:sqs:*:333333333333:1*', 'arn:aws:s3:::logs-1*', 'arn:aws:sqs:*:${aws:PrincipalAccount}:1*']],
    ['the account of a resource in the Region that is asked', ['3*'], {}, ['arn:aws:sqs:${aws:RequestedRegion}:3*:1*', 'arn:aws:sqs:${AWS:RequestedRegion}:3*:1*']],
    ['no text without wildcards', [], { StringEquals: { 'aws:SourceArn': 'arn:aws:sqs:us-east-1:1*:queue' } }],
    ['any part, where one wildcard stands for several', ['1*', '2*', '3*', '3*4', '*4'], {}, ['*:1*:queue', '*sqs:2*', '*3name4:queue', 'arn:aws:lambda:*:3*4:x:prod']],
    ['the account alone, where parts are matched one by one', ['3*4'], { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam:*1:3*4:role/app', 'arn:aws:*2'] } }],
    ['the account below which a service delivers', ['1*'], {}, below('AWSLogs/1*')],
    ['one below what may be that path', ['1*', '2*', '3*', '4*', '*56*'], {}, ['*Logs/1*', 'AWSLog?/2*', '${aws:username}/3*', 'AWSLogs?4*', 'x*56*'].map(below)],
    ['none below another', [], {}, below('clients/1*')],
    ['none of a queue of such a name', [], {}, 'arn:aws:sqs:eu-west-1:111111111111:AWSLogs/1*'],
    ['one below which load balancers write', ['1*'], {}, below('AWSLogs/1*'), { Principal: { Service: ['cloudtrail.amazonaws.com', 'logdelivery.elasticloadbalancing.amazonaws.com'] } }],
    ['none where only other services write', [], {}, below('AWSLogs/1*'), { Principal: { Service: 'cloudtrail.amazonaws.com' } }],
    ['none where only principals write', [], {}, below('AWSLogs/1*'), { Principal: { AWS: own } }],
    ['none in identity policies, which bind no service', [], {}, below('AWSLogs/1*'), { kind: 'identity' }],
    ['none in SCPs, which bind no service', [], {}, below('AWSLogs/1*'), { kind: 'scp' }],
    ['none of thousands of variables that do not end', [], like(['aws:PrincipalArn', `\${aws:username}${'${'.repeat(3_000)}`])],
    ['none of thousands of variables', [], {}, 'arn:aws:sqs:*:1:${aws:username}'.slice(0, -15) + '${aws:username}'.repeat(30_000)],
  ])('are %s', (_, expected, condition, Resource, more) => { expect(accountPatterns(worldOf(condition, { Resource, ...more })).map(({ text }) => text)).toEqual(expected); });
  it('are of the definition as the policy asked about has them', () => {
    const perimeter = { ...definition, buckets: ['data-2*'] };
    const found = ['*', 'arn:aws:s3:::data-${aws:ResourceAccount}/*', '*'].map((Resource) => accountPatterns(worldOf({}, { Resource, perimeter })).map(({ text }) => text));
    expect(found).toEqual([[], ['2*'], []]);
  });
});

describe('strange organizations', () => {
  const organizations = (values: unknown, operator = 'StringLike'): Conditions => ({ [operator]: { 'aws:PrincipalOrgID': values } });
  const paths = (values: unknown): Conditions => ({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': values } });
  const [none, second, last] = ['o-zzzzzzzzzz', 'o-yyyyyyyyyy', 'o-xxxxxxxxxx'];
  const tagged = { resourceTags: { owner: 'o-aaaaaaaaaa' } };
  it.each<[string, readonly string[], Conditions, Situation?]>([
    ['nothing', [], accounts('1*')],
    ['membership', [none], { Null: { 'aws:PrincipalOrgID': 'false' } }],
    ['membership, where one of mine has the usual name', [second], { Null: { 'aws:PrincipalOrgPaths': 'false' } }, { perimeter: { ...definition, organizations: [none] } }],
    ['my name', [none], organizations(mine)],
    ['a name', [none, 'o-aaaaaaaaaa'], organizations([mine, 'o-aaaaaaaaaa'])],
    ['a name that is none', [none], organizations(['xo-aaaaaaaaaa', 'o-aaaaaaaaaa-', 'o-a', 'o-aaaaaaaaaa/r-ab12'])],
    ['the usual names', [last, second, none], organizations([second, none])],
    ['all the usual names', [`${none}3`, second, last], organizations([second, last]), { perimeter: { ...definition, organizations: [none] } }],
    ['a name in any case', [none, 'o-aaaaaaaaaa'], organizations('O-AAAAAAAAAA', 'StringEqualsIgnoreCase')],
    ['a name in another case', [none], organizations('O-AAAAAAAAAA')],
    ['everything', [none], organizations('*')],
    ['a pattern', [none, 'o-axxxxxxxxx'], organizations('o-a*')],
    ['a pattern beside everything', [none, 'o-axxxxxxxxx'], organizations(['*', 'o-a*'])],
    ['a pattern that none meets', [none], organizations('x-*')],
    ['a pattern of paths on another key', [none], organizations('o-a*/x')],
    ['two patterns', [none, 'o-axxxxxxxxx', 'o-bxxxxxxxxx'], organizations(['o-a*', 'o-b*'])],
    ['a pattern that the usual name meets', [none, 'o-xxxxxxxxxx'], organizations('o-z*')],
    ['a pattern and a name that meets it', [none, 'o-axxxxxxxxx', 'o-aaaaaaaaaa'], organizations(['o-a*', 'o-aaaaaaaaaa'])],
    ['a pattern that mine meets', [none, 'o-4xxxxxxxxx'], organizations('o-4*')],
    ['a path', [none, 'o-aaaaaaaaaa'], paths(['o-aaaaaaaaaa/r-ab12/*', `${mine}/*`])],
    ['a path with a variable', [none, 'o-aaaaaaaaaa', second], paths('o-aaaaaaaaaa/r-ab12/${aws:PrincipalOrgID}/*')],
    // As long as a policy may be; no organization's id is.
    ['a path of wildcards and letters', [none], paths('a*'.repeat(9_000))],
    ['each other', [none, second], organizations('${aws:ResourceOrgID}', 'StringEquals')],
    ['each other\'s paths', [none, second], { StringEquals: { 'aws:PrincipalTag/paths': ['${aws:username}', '${aws:PrincipalOrgPaths}'] } }],
    ['a variable that is no organization', [none], { StringEquals: { 'aws:PrincipalTag/name': '${aws:username}' }, Null: { 'aws:PrincipalOrgID': 'false' } }],
    ['a tag of the resource, of which there may be two', [none, 'o-aaaaaaaaaa', 'o-yyyyyyyyyy'], { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceTag/owner}' } }, tagged],
    ['no tag of the resource that nothing is held against', [none], { Null: { 'aws:PrincipalOrgID': 'false' } }, tagged],
  ])('are told apart by %s', (_, expected, condition, more) => { expect(worldOf(condition, more).organizations).toEqual(expected); });
});
