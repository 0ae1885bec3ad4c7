import { describe, expect, it, test } from 'vitest';
import { emptyDefinition, type Exception } from '../../core/definition.ts';
import { exceptionsFor, matches, widen } from '../../core/exceptions.ts';
import { emptyPerimeter } from '../../policy/index.ts';

test.each([
  ['arn:aws:s3:::site', 'arn:aws:s3:::site', true], ['arn:aws:s3:::site', 'arn:aws:s3:::site2', false], ['arn:aws:s3:::site2', 'arn:aws:s3:::site', false],
  ['arn:aws:s3:::*', 'arn:aws:s3:::site', true], ['arn:*:s3:::s?te', 'arn:aws-cn:s3:::site', true], ['arn:aws:s3:::s?te', 'arn:aws:s3:::ste', false],
  ['*site', 'arn:aws:s3:::site-of-the-site', true], ['a*b*c', 'abbcbc', true], ['a*b*c', 'abbcb', false], ['a**', 'a', true],
  ['arn:aws:s3:::Site', 'arn:aws:s3:::site', false], ['arn:aws:s3:::s.te', 'arn:aws:s3:::site', false],
])('%s matches %s: %s', (pattern, text, does) => expect(matches(pattern, text)).toBe(does));

describe('exceptionsFor', () => {
  const exception: Exception = { rule: 'a-rule', resource: 'arn:aws:s3:::site*', owner: 'web', reason: 'public', expires: '2027-01-31' };
  const definition = { ...emptyDefinition, exceptions: [exception] };
  const lastMoment = Date.parse('2027-01-31T23:59:59.999Z');
  test.each<[string, string, string, number, readonly Exception[], readonly Exception[]]>([
    ['in force through its last day', 'a-rule', 'arn:aws:s3:::site-1', lastMoment, [exception], []],
    ['expired the moment after', 'a-rule', 'arn:aws:s3:::site-1', lastMoment + 1, [], [exception]],
    ['of another rule', 'b-rule', 'arn:aws:s3:::site-1', lastMoment, [], []],
    ['of another resource', 'a-rule', 'arn:aws:s3:::other', lastMoment, [], []],
    ['a resource whose ARN is not recorded', 'a-rule', '', lastMoment, [], []],
  ])('%s', (_, rule, arn, now, inForce, expired) => expect(exceptionsFor(definition, rule, arn, now)).toEqual({ inForce, expired }));
});

describe('widen', () => {
  const allow = { unsignedActions: ['s3:GetObject'], accounts: ['999999999999'], organizations: ['o-0000000000'], services: ['events.amazonaws.com'], resources: ['arn:aws:s3:::a/*'] };
  it('adds what is allowed, and leaves the list of accounts unknown', () => {
    expect(widen({ ...emptyPerimeter, organizations: ['o-4tkekae453'] }, allow)).toEqual({
      ...emptyPerimeter, organizations: ['o-4tkekae453', 'o-0000000000'], standaloneAccounts: ['999999999999'], unsignedActions: ['s3:GetObject'], awsOwnedResources: ['arn:aws:s3:::a/*'],
    });
  });
  it('adds to a list of services, and gives an organization a path where paths narrow', () => {
    const { services, organizationPaths } = widen({ ...emptyPerimeter, services: ['sns.amazonaws.com'], organizationPaths: ['o-4tkekae453/r-ab12/*'] }, allow);
    expect({ services, organizationPaths }).toEqual({ services: ['sns.amazonaws.com', 'events.amazonaws.com'], organizationPaths: ['o-4tkekae453/r-ab12/*', 'o-0000000000/*'] });
  });
  it('changes nothing where nothing is allowed', () => expect(widen(emptyPerimeter, {})).toEqual(emptyPerimeter));
});
