import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../policy/index.ts';

const one = (statement: object): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...statement }] });

describe('parsePolicy', () => {
  it.each<[string, unknown, string]>([
    ['text that is not JSON', '{', 'not JSON:'],
    ['a list', [], 'expected a policy object'],
    ['an unknown element of the document', { ...one({}), Statements: [] }, '`/`: unknown element `Statements`'],
    ['an unknown element of a statement', one({ Principle: '*' }), '`/Statement/0`: unknown element `Principle`'],
    ['no statement', { Version: '2012-10-17' }, '`/`: has no Statement'],
    ['an effect in lower case', one({ Effect: 'allow' }), '`/Statement/0/Effect`: expected "Allow" or "Deny", found "allow"'],
    ['both Action and NotAction', one({ NotAction: 's3:*' }), '`/Statement/0`: has both Action and NotAction'],
    ['an operator that does not exist', one({ Condition: { StringMatches: { 'aws:PrincipalOrgID': 'x' } } }), '`/Statement/0/Condition/StringMatches`: unknown condition operator `StringMatches`'],
    ['Null with IfExists', one({ Condition: { NullIfExists: { 'aws:PrincipalOrgID': 'true' } } }), '`/Statement/0/Condition/NullIfExists`: Null takes no IfExists'],
    ['a value that is no address', one({ Condition: { IpAddress: { 'aws:SourceIp': '300.1.1.1' } } }), '`/Statement/0/Condition/IpAddress/aws:SourceIp`: `300.1.1.1` is not an IP address or CIDR block'],
    ['an object as a value', one({ Condition: { StringEquals: { 'aws:PrincipalOrgID': { a: 1 } } } }), '`/Statement/0/Condition/StringEquals/aws:PrincipalOrgID`: expected text, found {"a":1}'],
    ['a kind of principal that does not exist', one({ Principal: { Amazon: '*' } }), '`/Statement/0/Principal`: unknown kind of principal `Amazon`; known: AWS, Service, Federated, CanonicalUser'],
    ['a version AWS never published', { ...one({}), Version: '2020-01-01' }, '`/Version`: expected "2012-10-17" or "2008-10-17", found "2020-01-01"'],
    ['a member written twice', '{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}', '`/Statement/0/Effect`: the member stands there twice'],
  ])('refuses %s', (_, input, message) => {
    expect(() => parsePolicy(input)).toThrow(message);
  });

  it('reads one statement without a list, and keeps its place', () => {
    expect(parsePolicy({ Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } }).statements[0]).toMatchObject({ at: '/Statement', effect: 'Deny', principals: undefined });
  });
});
