import { describe, expect, it } from 'vitest';
import { decide, parsePolicy, type Request } from '../../policy/index.ts';

const request: Request = {
  principal: { kind: 'role', account: '111111111111', arn: 'arn:aws:iam::111111111111:role/app' },
  action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key',
  context: { 'aws:Nothing': [], 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:PrincipalOrgPaths': ['o-4tkekae453/r-ab12/ou-x/'], 'aws:SourceIp': '192.0.2.9', 'aws:CurrentTime': '2026-01-01T00:00:00Z', 'aws:TagKeys': ['a', 'b'], 'aws:username': 'ann', 's3:max-keys': '10', 'aws:SecureTransport': 'true', 'aws:PrincipalTag/unit': '\u212a' },
};
/** Whether an Allow under this one condition admits the request. */
const holds = (operator: string, key: string, value: unknown): boolean =>
  decide(parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { [operator]: { [key]: value } } }] }), request).allowed;

describe('a condition', () => {
  it.each<[string, string, unknown, boolean]>([
    ['StringEquals', 'AWS:principalorgid', 'o-4tkekae453', true],
    ['StringEquals', 'aws:PrincipalOrgID', 'o-4*', false],
    ['StringLike', 'aws:PrincipalOrgID', 'o-4*', true],
    ['StringEqualsIgnoreCase', 'aws:PrincipalOrgID', 'O-4TKEKAE453', true],
    ['StringNotEquals', 'aws:Absent', 'x', true],
    ['StringEquals', 'aws:Absent', 'x', false],
    ['StringEqualsIfExists', 'aws:Absent', 'x', true],
    ['Null', 'aws:Absent', 'true', true],
    ['Null', 'aws:PrincipalOrgID', true, false],
    ['ForAllValues:StringEquals', 'aws:Absent', 'x', true],
    ['ForAnyValue:StringEquals', 'aws:Absent', 'x', false],
    ['ForAnyValue:StringEqualsIfExists', 'aws:Absent', 'x', true],
    ['ForAllValues:StringEquals', 'aws:TagKeys', ['a'], false],
    ['ForAnyValue:StringEquals', 'aws:TagKeys', ['a'], true],
    ['ForAnyValue:StringNotLike', 'aws:TagKeys', ['a'], true],
    ['StringNotEquals', 'aws:TagKeys', ['a'], false],
    ['IpAddress', 'aws:SourceIp', '192.0.2.0/24', true],
    ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', true],
    ['IpAddress', 'aws:SourceIp', '::/0', false],
    ['NotIpAddress', 'aws:SourceIp', '192.0.2.9', false],
    ['DateGreaterThan', 'aws:CurrentTime', '2025-12-31', true],
    ['DateLessThan', 'aws:CurrentTime', '1735689600', false],
    // The end of what is less or greater belongs to it where the operator says so.
    ['NumericEquals', 's3:max-keys', '10.0', true],
    ['NumericEquals', 's3:max-keys', '11', false],
    ['NumericEquals', 's3:max-keys', '9', false],
    ['NumericNotEquals', 's3:max-keys', '10', false],
    ['NumericLessThan', 's3:max-keys', '10', false],
    ['NumericLessThan', 's3:max-keys', '10.5', true],
    ['NumericLessThanEquals', 's3:max-keys', '10', true],
    ['NumericLessThanEquals', 's3:max-keys', '9', false],
    ['NumericGreaterThan', 's3:max-keys', '10', false],
    ['NumericGreaterThan', 's3:max-keys', '9.5', true],
    ['NumericGreaterThanEquals', 's3:max-keys', '10', true],
    ['NumericGreaterThanEquals', 's3:max-keys', '11', false],
    ['NumericEquals', 's3:max-keys', ['1', '10', '100'], true],
    ['DateEquals', 'aws:CurrentTime', '2026-01-01', true],
    ['DateNotEquals', 'aws:CurrentTime', '1767225600', false],
    ['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', false],
    ['DateLessThanEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', true],
    ['DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', false],
    ['DateGreaterThanEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', true],
    // What a request carries that is no number, date or address fits none.
    ['NumericLessThan', 'aws:username', '10', false],
    ['NumericNotEquals', 'aws:username', '10', true],
    ['DateGreaterThan', 'aws:username', '1970-01-01', false],
    ['IpAddress', 'aws:username', ['0.0.0.0/0', '::/0'], false],
    ['IpAddress', 'aws:SourceIp', ['198.51.100.0/24', '192.0.2.0/24'], true],
    ['Bool', 'aws:Absent', 'false', false],
    ['Bool', 'aws:SecureTransport', 'TRUE', true],
    ['Bool', 'aws:SecureTransport', 'false', false],
    ['Bool', 'aws:username', 'true', false],
    ['StringEquals', 'aws:username', '${aws:username}', true],
    ['StringEquals', 'aws:username', "${aws:Absent, 'ann'}", true],
    ['StringNotEquals', 'aws:username', '${aws:Absent}', true],
    ['StringLike', 'aws:username', '${*}', false],
    ['ArnLike', 'aws:Absent', '*', false],
    ['NumericLessThan', 'aws:Absent', '5', false],
    ['NumericNotEquals', 'aws:Absent', '5', true],
    // A list of values that is empty, in the policy or in the request.
    ['StringEquals', 'aws:username', [], false],
    ['StringNotEquals', 'aws:username', [], false],
    ['StringEqualsIfExists', 'aws:username', [], false],
    ['StringEqualsIfExists', 'aws:Absent', [], true],
    ['StringEqualsIfExists', 'aws:Nothing', [], true],
    ['ForAllValues:StringEquals', 'aws:TagKeys', [], false],
    ['ForAllValues:StringEquals', 'aws:Absent', [], true],
    ['ForAllValues:StringEquals', 'aws:Nothing', [], true],
    ['ForAnyValue:StringEquals', 'aws:Absent', [], false],
    ['StringEquals', 'aws:Nothing', 'x', false],
    ['StringEqualsIfExists', 'aws:Nothing', 'x', true],
    ['ForAnyValue:StringEqualsIfExists', 'aws:Nothing', 'x', true],
    ['StringNotEquals', 'aws:Nothing', 'x', true],
    ['ForAllValues:StringEquals', 'aws:Nothing', 'x', true],
    ['ForAnyValue:StringNotEquals', 'aws:Nothing', 'x', false],
    ['Null', 'aws:Nothing', 'true', true],
    // Values as a list of texts and variables, some of which stand for nothing.
    ['StringEquals', 'aws:username', ['bob', '${aws:Absent}', '${aws:username}'], true],
    ['StringEquals', 'aws:username', ['bob', '${aws:Absent}'], false],
    ['StringNotEquals', 'aws:username', ['bob', '${aws:username}'], false],
    ['StringLike', 'aws:username', ['${aws:username}', 'b*'], true],
    ['StringEquals', 'aws:username', ['a', 'b', 'c', 'd', '${aws:username}'], true],
    ['StringEquals', 'aws:username', ['a', 'b', 'c', 'd', '${aws:Absent}'], false],
    // So many values that they are looked up.
    ['StringEquals', 'aws:username', ['a', 'b', 'c', 'd', 'ann'], true],
    ['StringEquals', 'aws:username', ['a', 'b', 'c', 'd', 'Ann'], false],
    ['StringEqualsIgnoreCase', 'aws:username', ['a', 'b', 'c', 'd', 'ANN'], true],
    // The sign of the Kelvin, whose small letter has another capital.
    ['StringEqualsIgnoreCase', 'aws:PrincipalTag/unit', 'k', false],
    ['StringEqualsIgnoreCase', 'aws:PrincipalTag/unit', ['a', 'b', 'c', 'd', 'k'], false],
    ['StringLike', 'aws:username', ['a', 'b', 'c', 'd', 'a?n'], true],
    ['StringLike', 'aws:username', ['a', 'b', 'c', 'd', 'b*'], false],
  ])('%s on %s with %j is %s', (operator, key, value, expected) => {
    expect(holds(operator, key, value)).toBe(expected);
  });
});

describe('a principal', () => {
  const admits = (principals: object, principal: Request['principal'], setting = {}): boolean =>
    decide(parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...principals }] }), { ...request, principal }, setting).allowed;
  const role = request.principal;
  it.each<[string, object, Request['principal'], boolean]>([
    ['the account by its id', { Principal: { AWS: '111111111111' } }, role, true],
    ['the account by its root ARN', { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }, role, true],
    ['a wildcard inside an ARN, which matches nobody', { Principal: { AWS: 'arn:aws:iam::*:root' } }, role, false],
    ['an unsigned caller by *', { Principal: '*' }, { kind: 'anonymous' }, true],
    ['an unsigned caller by account', { Principal: { AWS: '111111111111' } }, { kind: 'anonymous' }, false],
    ['a service', { Principal: { Service: 'sns.amazonaws.com' } }, { kind: 'service', name: 'sns.amazonaws.com' }, true],
    ['everybody but the listed', { NotPrincipal: { AWS: '111111111111' } }, role, false],
    ['no principal at all', {}, role, true],
  ])('%s', (_, principals, principal, expected) => { expect(admits(principals, principal)).toBe(expected); });

  it('by account is the root user behind a gateway endpoint', () => {
    expect(admits({ Principal: { AWS: '111111111111' } }, role, { gateway: true })).toBe(false);
    expect(admits({ Principal: { AWS: '111111111111' } }, { kind: 'root', account: '111111111111' }, { gateway: true })).toBe(true);
  });
});
