import { describe, expect, it } from 'vitest';
import { and, ask, askTogether, compare, decide, emptyPerimeter, findRequest, formulaOf, not, objectivesOf, or, parsePolicy, policy, satisfies, type Objective, type Planes, type Policy, type Question, type Request } from '../../policy/index.ts';
import { allow, document, now, own, perimeter, request, roleOf } from './cases/case.ts';

// What JavaScript lets through, which TypeScript would not.
const written = document(allow()) as unknown as Policy;
const read = parsePolicy(written);
const subject = { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::data', account: own, now, perimeter } as const;
const question: Question = { ...subject, policy: read };
const planes: Planes = { scps: [], rcps: [], resource: read };
const reads = request(roleOf(own), 's3:GetObject', 'arn:aws:s3:::data/key');
const formula = policy(read);

const unread = 'expected what parsePolicy returns, found `object`';
const noFormula = 'expected what formulaOf, policy, and, or or not returns, found';

describe('what the types rule out', () => {
  it.each<[string, object, string, string?]>([
    ['a policy as written', { policy: written }, `\`policy\`: ${unread}`], ['no policy', { policy: undefined }, '`policy`: expected what parsePolicy returns, found `undefined`'],
    ['text for a policy', { policy: JSON.stringify(written) }, `\`policy\`: expected what parsePolicy returns, found \`string\``],
    ['a kind of AWS\'s', { kind: 'RESOURCE_POLICY' }, '`kind`: expected vpc-endpoint, resource, trust, identity, scp, rcp, found `RESOURCE_POLICY`'], ['no kind', { kind: undefined }, '`kind`: expected vpc-endpoint, resource, trust, identity, scp, rcp, found `undefined`'],
    ['an account as a number', { account: 111111111111 }, '`account`: expected 12 digits as text, found `111111111111`'], ['an account with dashes', { account: '1111-1111-1111' }, '`account`: expected 12 digits as text, found `1111-1111-1111`'],
    ['no account', { account: undefined }, '`account`: expected 12 digits as text, found `undefined`'],
    ['no time', { now: undefined }, '`now`: expected milliseconds since 1970, up to the year 9999, found `undefined`'], ['a time that is none', { now: Date.parse('today') }, '`now`: expected milliseconds since 1970, up to the year 9999, found `NaN`'],
    ['microseconds', { now: 1.8e15 }, '`now`: expected milliseconds since 1970, up to the year 9999, found `1800000000000000`'],
    ['a date', { now: new Date(0).toISOString() }, '`now`: expected milliseconds since 1970, up to the year 9999, found `1970-01-01T00:00:00.000Z`'],
    ['a bucket by its name', { resource: 'data' }, '`resource`: expected an ARN, found `data`'],
    ['no perimeter', { perimeter: undefined }, '`perimeter`: expected an object such as defaultPerimeter with what is yours, found `undefined`'],
    ['a perimeter of one section', { perimeter: { organizations: ['o-4tkekae453'] } }, '`perimeter.organizationPaths`: expected a list, empty where there is none, found `undefined`'],
    ['accounts as text', { perimeter: { ...perimeter, accounts: own } }, `\`perimeter.accounts\`: expected a list, empty where there is none, found \`${own}\``],
    ['networks as a list', { perimeter: { ...perimeter, networks: [] } }, '`perimeter.networks`: expected an object as in emptyPerimeter, found ``'],
    ['an objective of nobody\'s', {}, '`objective`: expected principals, resources, deputies, networks, found `callers`', 'callers'], ['what every object has', {}, '`objective`: expected principals, resources, deputies, networks, found `toString`', 'toString'],
    ['no objective', {}, '`objective`: expected principals, resources, deputies, networks, found `undefined`', ''],
  ])('is refused in a question: %s', (_, wrong, message, objective = 'principals') => {
    expect(() => ask({ ...question, ...wrong }, (objective === '' ? undefined : objective) as Objective)).toThrow(new TypeError(message));
  });

  it('is refused in a question that was asked before', () => {
    expect(ask(question, 'principals').answer).toBe('outside');
    expect(() => ask(question, 'callers' as Objective)).toThrow(TypeError);
  });

  it.each<[string, object, string]>([
    ['an SCP as written', { scps: [read, written] }, `\`scps.1\`: ${unread}`], ['an RCP as written', { rcps: [written] }, `\`rcps.0\`: ${unread}`], ['one SCP without a list', { scps: read }, '`scps`: expected a list of policies, empty where there are none, found `[object Object]`'],
    ['no RCPs', { rcps: undefined }, '`rcps`: expected a list of policies, empty where there are none, found `undefined`'], ['an endpoint\'s policy as written', { endpoint: written }, `\`endpoint\`: ${unread}`],
    ['a plane by another name', { scp: read }, '`planes`: expected identity, boundary, endpoint, resource, found `scp`'],
  ])('is refused in policies together: %s', (_, wrong, message) => {
    expect(() => askTogether(subject, { ...planes, ...wrong }, 'principals')).toThrow(new TypeError(message));
    expect(() => objectivesOf({ ...planes, ...wrong })).toThrow(new TypeError(message));
  });

  it.each<[string, unknown, string]>([
    ['a policy', read, `\`@\`: ${noFormula} \`object\``], ['nothing', undefined, `\`@\`: ${noFormula} \`undefined\``],
    ['of a policy as written', policy(written), `\`@.policy\`: ${unread}`], ['with a policy among its parts', and(formula, or(not(read as never))), `\`@.of.1.of.0.of\`: ${noFormula} \`object\``],
    ['made of a question with a policy as written', { ...formulaOf(question), policy: written }, `\`@.policy\`: ${unread}`],
  ])('is refused in a formula: %s', (_, wrong, message) => {
    const refused = (place: string): TypeError => new TypeError(message.replace('@', place));
    expect(() => findRequest(subject, wrong as never)).toThrow(refused('formula'));
    expect(() => satisfies(wrong as never, reads)).toThrow(refused('formula'));
    expect(() => compare(subject, wrong as never, formula)).toThrow(refused('before'));
    expect(() => compare(subject, formula, wrong as never)).toThrow(refused('after'));
  });

  it.each<[string, object, string]>([
    ['a boolean', { context: { 'aws:SecureTransport': true } }, '`context.aws:SecureTransport`: expected text or a list of texts, found `true`'], ['numbers', { context: { 's3:max-keys': [1, 2] } }, '`context.s3:max-keys`: expected text or a list of texts, found `1,2`'],
    ['no context', { context: undefined }, '`context`: expected an object of condition keys, found `undefined`'], ['a principal as policies name it', { principal: { AWS: own } }, '`principal.kind`: expected anonymous, role, user, root, service, web-identity, saml, found `undefined`'],
    ['no principal', { principal: undefined }, '`principal.kind`: expected anonymous, role, user, root, service, web-identity, saml, found `undefined`'], ['no action', { action: undefined }, '`action`: expected text such as s3:GetObject, found `undefined`'],
  ])('is refused in a request: %s', (_, wrong, message) => {
    const given = { ...reads, ...wrong } as Request;
    expect(() => decide(read, given)).toThrow(new TypeError(message));
    expect(() => satisfies(formula, given)).toThrow(new TypeError(message));
  });

  it('is refused by all that take a policy or subject', () => {
    expect(() => decide(written, reads)).toThrow(new TypeError(`\`policy\`: ${unread}`));
    const nobodys = { ...subject, account: '' };
    for (const call of [() => askTogether(nobodys, planes, 'principals'), () => compare(nobodys, formula, formula), () => findRequest(nobodys, formula)]) expect(call).toThrow(new TypeError('`account`: expected 12 digits as text, found ``'));
    expect(() => askTogether(subject, planes, 'callers' as Objective)).toThrow(new TypeError('`objective`: expected principals, resources, deputies, networks, found `callers`'));
  });
});

it('takes what the types allow', () => {
  expect(ask({ ...question, perimeter: emptyPerimeter, now: 0 }, 'principals').answer).toBe('outside');
  expect(askTogether(subject, { ...planes, identity: read, boundary: read, endpoint: read }, 'principals').answer).toBe('outside');
  expect(decide(read, { ...reads, context: { ...reads.context, 'aws:TagKeys': [] } }).allowed).toBe(true);
  expect(findRequest(subject, or())).toEqual({ kind: 'nothing' });
});
