import { describe, expect, it } from 'vitest';
import { decide, parsePolicy, PolicyError, type Principal, type Request } from '../../policy/index.ts';

const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const one = (more: object): object => ({ Version: '2012-10-17', Statement: [{ ...statement, ...more }] });
const when = (operator: string, key: string, value: unknown): object => one({ Condition: { [operator]: { [key]: value } } });
const without = (name: string): object => ({ Version: '2012-10-17', Statement: [Object.fromEntries(Object.entries(statement).filter(([given]) => given !== name))] });
const unknownOperator = (name: string, asPlace = name): string => `\`/Statement/0/Condition/${asPlace}\`: unknown condition operator \`${name}\`; known, also with ForAllValues: or ForAnyValue: before them and IfExists behind: `
  + 'StringEquals, StringNotEquals, StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, StringLike, StringNotLike, ArnEquals, ArnNotEquals, ArnLike, ArnNotLike, '
  + 'NumericEquals, NumericNotEquals, NumericLessThan, NumericLessThanEquals, NumericGreaterThan, NumericGreaterThanEquals, '
  + 'DateEquals, DateNotEquals, DateLessThan, DateLessThanEquals, DateGreaterThan, DateGreaterThanEquals, IpAddress, NotIpAddress, Bool, BinaryEquals, Null';
/** What the reader says of a document that it refuses, by its place unless that is the whole; anything but a PolicyError is a fault. */
function refusal(input: unknown): string | undefined {
  try { parsePolicy(input); } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    expect(error.at).toBe(/^`(\/[^`]*)`: /.exec(error.message)?.[1] ?? '');
    return error.message;
  }
  return undefined;
}

describe('a document', () => {
  // IAM's grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
  it.each<[name: string, input: unknown, message: string]>([
    ['that is a list', [], 'expected a policy, as text or as an object with Version and Statement, found []'],
    ['that is null', null, 'expected a policy, as text or as an object with Version and Statement, found null'],
    ['that is nothing', undefined, 'expected a policy, as text or as an object with Version and Statement, found nothing'],
    ['that is bytes', Buffer.from('{}'), 'expected a policy, as text or as an object with Version and Statement, found Buffer'], ['that is a text object', Object('{}'), 'expected a policy, as text or as an object with Version and Statement, found String'], ['with a hole among its statements', { Statement: Object.assign([], { 1: {} }) }, '`/Statement/0`: expected a statement object'],
    ['that is the text of a number', '12', 'expected a policy, as text or as an object with Version and Statement, found 12'],
    ['with an unknown element', { ...one({}), Statements: [] }, 'unknown element `Statements`; known: Version, Id, Statement'],
    ['without statement', { Version: '2012-10-17' }, 'has no Statement'],
    ['of a version AWS never published', { ...one({}), Version: '2020-01-01' }, '`/Version`: expected "2012-10-17" or "2008-10-17", found "2020-01-01"'],
    ['whose version is a number', { ...one({}), Version: 2012 }, '`/Version`: expected "2012-10-17" or "2008-10-17", found 2012'],
    ['with a member written twice', '{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}', '`/Statement/0/Effect`: the member stands there twice'],
    ['whose statement is a text', { Statement: 'Allow' }, '`/Statement`: expected a statement object'],
    ['whose statement is null', { Statement: null }, '`/Statement`: expected a statement object'],
    ['whose second statement is a list', { Statement: [statement, [statement]] }, '`/Statement/1`: expected a statement object'],

    ['with an unknown element in a statement', one({ Principle: '*' }), '`/Statement/0`: unknown element `Principle`; known: Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition'],
    ['without effect', without('Effect'), '`/Statement/0/Effect`: expected "Allow" or "Deny", found nothing'],
    ['with an effect in lower case', one({ Effect: 'allow' }), '`/Statement/0/Effect`: expected "Allow" or "Deny", found "allow"'],
    ['with an effect of exactly as much text as is shown', one({ Effect: 'a'.repeat(198) }), `\`/Statement/0/Effect\`: expected "Allow" or "Deny", found "${'a'.repeat(198)}"`],
    ['with an effect of more text than is shown', one({ Effect: 'a'.repeat(199) }), `\`/Statement/0/Effect\`: expected "Allow" or "Deny", found "${'a'.repeat(199)}…`],
    ['with a value of more depth than can be shown', `{"Statement":{"Effect":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`, '`/Statement/Effect`: expected "Allow" or "Deny", found something nested too deeply'],
    ['with a Sid that is a number', one({ Sid: 1 }), '`/Statement/0/Sid`: expected text'],

    ['without action', without('Action'), '`/Statement/0`: has neither Action nor NotAction'],
    ['with both Action and NotAction', one({ NotAction: 's3:*' }), '`/Statement/0`: has both Action and NotAction'],
    ['with both Resource and NotResource', one({ NotResource: '*' }), '`/Statement/0`: has both Resource and NotResource'],
    ['with both Principal and NotPrincipal', one({ NotPrincipal: '*' }), '`/Statement/0`: has both Principal and NotPrincipal'],
    ['with an action that is an object', one({ Action: { s3: 'GetObject' } }), '`/Statement/0/Action`: expected an action, found {"s3":"GetObject"}'],
    ['with an action that is null in a list', one({ Action: ['s3:GetObject', null] }), '`/Statement/0/Action/1`: expected an action, found null'],
    ['with no action in the list', one({ Action: [] }), '`/Statement/0/Action`: expected an action, found []'],
    ['with no action in the list of those spared', { Statement: { Effect: 'Deny', NotAction: [], Resource: '*' } }, '`/Statement/NotAction`: expected an action, found []'],
    ['with a resource that is a number', one({ Resource: 1 }), '`/Statement/0/Resource`: expected a resource, found 1'],
    ['with a resource that is a list in a list', one({ Resource: [['*']] }), '`/Statement/0/Resource/0`: expected a resource, found ["*"]'],
    ['with a spared resource that is true', { Statement: { Effect: 'Deny', Action: '*', NotResource: true } }, '`/Statement/NotResource`: expected a resource, found true'],

    ['with a principal by its bare ARN', one({ Principal: 'arn:aws:iam::111111111111:root' }), '`/Statement/0/Principal`: expected "*" or an object, found "arn:aws:iam::111111111111:root"'],
    ['with a list of principals', one({ Principal: ['*'] }), '`/Statement/0/Principal`: expected "*" or an object, found ["*"]'],
    ['with a kind of principal that does not exist', one({ Principal: { Amazon: '*' } }), '`/Statement/0/Principal`: unknown kind of principal `Amazon`; known: AWS, Service, Federated, CanonicalUser'],
    ['with an account written as a number', one({ Principal: { AWS: 111111111111 } }), '`/Statement/0/Principal/AWS`: expected text, found 111111111111'],
    ['with a spared account written as a number', { Statement: { Effect: 'Deny', NotPrincipal: { AWS: ['*', 111111111111] }, Action: '*', Resource: '*' } }, '`/Statement/NotPrincipal/AWS/1`: expected text, found 111111111111'],
    ['with a service that is an object', one({ Principal: { Service: {} } }), '`/Statement/0/Principal/Service`: expected text, found {}'],
    ['with a provider that is null', one({ Principal: { Federated: null } }), '`/Statement/0/Principal/Federated`: expected text, found null'],
    ['with a canonical user that is false', one({ Principal: { CanonicalUser: [false] } }), '`/Statement/0/Principal/CanonicalUser/0`: expected text, found false'],

    ['with a list of conditions', one({ Condition: [] }), '`/Statement/0/Condition`: expected an object of operators'],
    ['with a text as condition', one({ Condition: 'StringEquals' }), '`/Statement/0/Condition`: expected an object of operators'],
    ['with an operator on a text', one({ Condition: { StringEquals: 'aws:PrincipalOrgID' } }), '`/Statement/0/Condition/StringEquals`: expected an object of keys'],
    ['with an operator on null', one({ Condition: { StringEquals: null } }), '`/Statement/0/Condition/StringEquals`: expected an object of keys'],
    ['with an operator that does not exist', when('StringMatches', 'aws:PrincipalOrgID', 'x'), unknownOperator('StringMatches')],
    ['with a quantifier that does not exist', when('ForAnyValues:StringEquals', 'aws:TagKeys', 'x'), unknownOperator('ForAnyValues:StringEquals')],
    ['with text before a quantifier', when('NotForAnyValue:StringEquals', 'aws:TagKeys', 'x'), unknownOperator('NotForAnyValue:StringEquals')],
    ['with a quantifier alone', when('ForAllValues:', 'aws:TagKeys', 'x'), unknownOperator('ForAllValues:')],
    ['with IfExists alone', when('IfExists', 'aws:TagKeys', 'x'), unknownOperator('IfExists')],
    ['with IfExists within an operator', when('StringIfExistsEquals', 'aws:TagKeys', 'x'), unknownOperator('StringIfExistsEquals')],
    ['with a line break behind an operator', when('StringEquals\n', 'aws:TagKeys', 'x'), unknownOperator('StringEquals\n')],
    ['with a line break before an operator', when('\nStringEquals', 'aws:TagKeys', 'x'), unknownOperator('\nStringEquals')],
    // Names that stand for what a request does itself, so that a condition on them would be one on that.
    ['with a key that begins like none of AWS', when('Null', '#resource', 'true'), '`/Statement/0/Condition/Null`: `#resource` is not a condition key'],
    ['with a variable that begins like none of AWS', when('StringEquals', 'aws:username', ['ann', '${#Action}']), '`/Statement/0/Condition/StringEquals/aws:username`: `#action` is not a condition key'],
    ['with such a variable in a resource', one({ Resource: ['*', 'arn:aws:s3:::${aws:username}/${#action}'] }), '`/Statement/0/Resource`: `#action` is not a condition key'],
    ['with Null and IfExists', when('NullIfExists', 'aws:PrincipalOrgID', 'true'), '`/Statement/0/Condition/NullIfExists`: Null takes no IfExists'],
    ['with a value that is no address', when('IpAddress', 'aws:SourceIp', '300.1.1.1'), '`/Statement/0/Condition/IpAddress/aws:SourceIp`: `300.1.1.1` is not an IP address or CIDR block'],
    ['with a second value that is no date', when('DateLessThan', 'aws:CurrentTime', ['2027-01-01', 'soon']), '`/Statement/0/Condition/DateLessThan/aws:CurrentTime`: `soon` is not a date'],
    // Numbers, dates and addresses take no variables, so this is none of them.
    ['with a variable for a number', when('NumericEquals', 's3:max-keys', '${aws:PrincipalTag/keys}'), '`/Statement/0/Condition/NumericEquals/s3:max-keys`: `${aws:PrincipalTag/keys}` is not a number'],
    ['with a value that is an object, of a key with a slash', when('StringEquals', 'aws:ResourceTag/~team', { a: 1 }), '`/Statement/0/Condition/StringEquals/aws:ResourceTag~1~0team`: expected text, found {"a":1}'],
    ['with a value that is no number, of such a key', when('NumericEquals', 'aws:PrincipalTag/age', 'x'), '`/Statement/0/Condition/NumericEquals/aws:PrincipalTag~1age`: `x` is not a number'],
    ['with an operator that has one', when('String/Equals', 'aws:userid', 'x'), unknownOperator('String/Equals', 'String~1Equals')],
    ['with a key twice that has one', '{"Statement":{"Condition":{"StringLike":{"a/b":"x","a/b":"y"}}}}', '`/Statement/Condition/StringLike/a~1b`: the member stands there twice'],
    ['with a value that is an object', when('StringEquals', 'aws:PrincipalOrgID', { a: 1 }), '`/Statement/0/Condition/StringEquals/aws:PrincipalOrgID`: expected text, found {"a":1}'],
    ['with a value that is null', when('StringEquals', 'aws:PrincipalOrgID', null), '`/Statement/0/Condition/StringEquals/aws:PrincipalOrgID`: expected text, found null'],
    ['with a value that is a list in a list', when('StringEquals', 'aws:PrincipalOrgID', ['o-4tkekae453', []]), '`/Statement/0/Condition/StringEquals/aws:PrincipalOrgID`: expected text, found []'],
  ])('%s is refused', (_, input, message) => { expect(refusal(input)).toBe(message); });

  it('that is no JSON is refused with the reason', () => {
    expect(refusal('{')).toMatch(/^not JSON: ./);
    expect(() => parsePolicy('')).toThrow(expect.objectContaining({ name: 'PolicyError' }));
  });
});

describe('what is read', () => {
  it.each<[name: string, input: unknown, policy: object]>([
    // Without Version it is 2008-10-17: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    ['of a document without version', { Statement: [] }, { version: '2008-10-17', statements: [] }],
    ['of a document of the first version, with an id', { Version: '2008-10-17', Id: 'x', Statement: [] }, { version: '2008-10-17', statements: [] }],
    ['of a document of the second version', { Version: '2012-10-17', Statement: [] }, { version: '2012-10-17' }],
    ['of text', '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}', { version: '2012-10-17', statements: [{ at: '/Statement', effect: 'Allow' }] }],
    ['of one statement without a list', { Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } }, { statements: [{ at: '/Statement', effect: 'Deny', sid: undefined, principals: undefined, conditions: [], variables: [] }] }],
    ['of statements in a list', { Statement: [{ ...statement, Sid: 'Readers' }, { ...statement, Effect: 'Deny', Sid: '' }] }, { statements: [{ at: '/Statement/0', effect: 'Allow', sid: 'Readers' }, { at: '/Statement/1', effect: 'Deny', sid: '' }] }],
    ['of a trust policy, which names no resource', without('Resource'), { statements: [{ resources: undefined }] }],
    ['of actions and resources', one({ Action: ['s3:Get*', 's3:PutObject'], Resource: 'arn:aws:s3:::a/*' }), { statements: [{ actions: { negated: false, test: { values: ['s3:Get*', 's3:PutObject'] } }, resources: { negated: false, test: { values: ['arn:aws:s3:::a/*'] } } }] }],
    ['of what is spared', { Statement: { Effect: 'Deny', NotPrincipal: { Service: 'sns.amazonaws.com' }, NotAction: 's3:*', NotResource: ['a', 'b'] } }, { statements: [{ principals: { negated: true, services: ['sns.amazonaws.com'] }, actions: { negated: true, test: { values: ['s3:*'] } }, resources: { negated: true, test: { values: ['a', 'b'] } } }] }],

    ['of everybody', one({}), { statements: [{ principals: { negated: false, everyone: true, aws: [], services: [], federated: [], canonicalUsers: [] } }] }],
    ['of nobody', one({ Principal: undefined, NotPrincipal: '*' }), { statements: [{ principals: { negated: true, everyone: true, aws: [], services: [], federated: [], canonicalUsers: [] } }] }],
    // "AWS": "*" is the same as "*": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
    ['of everybody and somebody', one({ Principal: { AWS: ['111111111111', '*'] } }), { statements: [{ principals: { negated: false, everyone: true, aws: ['111111111111'] } }] }],
    ['of principals of every kind', one({ Principal: { AWS: '111111111111', Service: ['sns.amazonaws.com', 'sqs.amazonaws.com'], Federated: 'accounts.google.com', CanonicalUser: 'ab12' } }),
      { statements: [{ principals: { negated: false, everyone: false, aws: ['111111111111'], services: ['sns.amazonaws.com', 'sqs.amazonaws.com'], federated: ['accounts.google.com'], canonicalUsers: ['ab12'] } }] }],
    ['of every federated caller, which is not everybody', one({ Principal: { Federated: '*' } }), { statements: [{ principals: { everyone: false, federated: ['*'] } }] }],

    ['of several operators and keys', one({ Condition: { StringLike: { 'aws:PrincipalArn': ['a', 'b'], 'aws:PrincipalTag/Team': 'c' }, Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 's3:max-keys': 10 } } }), { statements: [{ conditions: [
      { operator: { name: 'StringLike' }, quantifier: undefined, ifExists: false, key: 'aws:principalarn', name: 'aws:PrincipalArn', values: ['a', 'b'] }, { operator: { name: 'StringLike' }, key: 'aws:principaltag/team', values: ['c'] },
      { operator: { name: 'Bool' }, values: ['true'] }, { operator: { name: 'NumericLessThan' }, values: ['10'] },
    ] }] }],
    ['of a quantifier and IfExists in any case', one({ Condition: { 'foranyvalue:sTRINGlIKE': { a: 'b' }, 'FORALLVALUES:stringNotEqualsIFEXISTS': { a: 'b' }, stringequalsifexists: { a: 'b' } } }), { statements: [{ conditions: [
      { operator: { name: 'StringLike' }, quantifier: 'ForAnyValue', ifExists: false }, { operator: { name: 'StringNotEquals' }, quantifier: 'ForAllValues', ifExists: true }, { operator: { name: 'StringEquals' }, quantifier: undefined, ifExists: true },
    ] }] }],
    ['of an operator written once more', one({ Condition: { 'foranyvalue:sTRINGlIKE': { a: 'b' } } }), { statements: [{ conditions: [{ operator: { name: 'StringLike' }, quantifier: 'ForAnyValue', ifExists: false }] }] }],
    ['of variables', one({ Resource: ['arn:aws:s3:::${aws:PrincipalAccount}/*', 'x'], Condition: { StringLike: { 'aws:userid': ['a', '${AWS:UserName}:*'] } } }), { statements: [{ variables: ['aws:principalaccount', 'aws:username'] }] }],
    // Variables are literal in the first version: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    ['of what is no variable', { Statement: { ...statement, Resource: 'arn:aws:s3:::${aws:username}', Condition: { StringEquals: { 'aws:userid': '${aws:username}' } } } }, { statements: [{ variables: [] }] }],
  ])('%s', (_, input, policy) => { expect(parsePolicy(input)).toMatchObject(policy); });
});

describe('what is read means', () => {
  const app: Principal = { kind: 'role', account: '111111111111', arn: 'arn:aws:iam::111111111111:role/app' };
  const request: Request = { principal: app, action: 's3:GetObject', resource: 'arn:aws:s3:::ann/key', context: { 'aws:username': 'ann', 'aws:userid': 'AIDA:ann', 'aws:PrincipalTag/home': 'arn:aws:s3:::ann' } };
  const first = (more: object): object => ({ Statement: [{ ...statement, ...more }] });
  it.each<[name: string, document: object, allowed: boolean]>([
    ['a resource with wildcards', one({ Resource: 'arn:aws:s3:::*/ke?' }), true],
    ['a resource with a variable', one({ Resource: 'arn:aws:s3:::${aws:username}/*' }), true],
    ['a resource with what is no variable yet', first({ Resource: 'arn:aws:s3:::${aws:username}/*' }), false],
    ['a value with a variable', when('StringEquals', 'aws:userid', 'AIDA:${aws:username}'), true],
    ['a value with what is no variable yet', first({ Condition: { StringEquals: { 'aws:userid': 'AIDA:${aws:username}' } } }), false],
    ['an action in another case', one({ Action: 'S3:getobject' }), true],
    ['a resource in another case', one({ Resource: 'arn:aws:s3:::ANN/key' }), false],
    // The parts of an ARN are matched by themselves under Arn operators, and as one text under String operators.
    ['an ARN whose parts fit', when('ArnLike', 'aws:PrincipalTag/home', 'arn:*:s3:::a*'), true],
    ['an ARN that a wildcard of one part would have to cross', when('ArnLike', 'aws:PrincipalTag/home', 'arn:*::ann'), false],
    ['a text that a wildcard crosses', when('StringLike', 'aws:PrincipalTag/home', 'arn:*::ann'), true],
    ['the same wildcard behind a variable', when('ArnLike', 'aws:PrincipalTag/home', 'arn:*::${aws:username}'), false],
    ['a spared principal', one({ Principal: undefined, NotPrincipal: { AWS: app.arn } }), false],
    ['nobody', one({ Principal: undefined, NotPrincipal: '*' }), false],
    ['a spared action', one({ Action: undefined, NotAction: 's3:*' }), false],
    ['a spared resource', one({ Resource: undefined, NotResource: '*/key' }), false],
  ])('%s', (_, document, allowed) => { expect(decide(parsePolicy(document), request).allowed).toBe(allowed); });
});

describe('a policy once read', () => {
  const given = (Resource: string): object => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: ['111111111111'] }, Action: 's3:GetObject', Resource } });
  it('does not change with the document', () => {
    const document = given('*') as { Statement: { Principal: { AWS: string[] } } };
    const policy = parsePolicy(document);
    document.Statement.Principal.AWS.push('*');
    expect(policy.statements[0]!.principals!.aws).toEqual(['111111111111']);
  });
  it('holds what begins like a hundred thousand variables, and values as long', () => {
    const begun = `arn:\${a}${'${'.repeat(100_000)}`;
    expect(parsePolicy(given(begun)).statements[0]!.resources!.test.values).toEqual([`${begun}:*:*:*:*`]);
    const filled = parsePolicy(given(`\${aws:username, '${'x'.repeat(200_000)}'}`));
    const principal = { kind: 'user', account: '111111111111', arn: 'arn:aws:iam::111111111111:user/ann' } as const;
    expect(decide(filled, { principal, action: 's3:GetObject', resource: 'x'.repeat(200_000), context: {} }).allowed).toBe(true);
  });
});
