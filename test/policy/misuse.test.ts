import { describe, expect, it } from 'vitest';
import * as face from '../../policy/index.ts';
import { accountsApart, and, ask, askTogether, compare, decide, describeAnswer, describePrincipal, describeRequest, defaultPerimeter, duplicateKey, emptyPerimeter, findRequest, formulaOf, issuerOf, not, objectivesByKind, objectivesOf, or, parsePolicy, policy, prefixOf, reaches, satisfies, type IdentityProvider, type Objective, type Perimeter, type Planes, type Policy, type Question, type QuestionKind, type Request } from '../../policy/index.ts';
import { allow, deny, document, now, own, perimeter, request, roleOf, when } from './cases/case.ts';

// What JavaScript lets through, which TypeScript would not.
const written = document(allow()) as unknown as Policy;
const read = parsePolicy(written);
const subject = { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::data', account: own, now, perimeter } as const;
const question: Question = { ...subject, policy: read };
const planes: Planes = { scps: [], rcps: [], resource: read };
const reads = request(roleOf(own), 's3:GetObject', 'arn:aws:s3:::data/key');
const formula = policy(read);

const itself: { kind: 'not'; of?: unknown } = { kind: 'not' };
itself.of = itself;

const unread = 'expected what parsePolicy returns, found `object`';
const noFormula = 'expected what formulaOf, policy, and, or or not returns, found';
const noList = 'expected a list, empty where there is none, found';
const tested = parsePolicy(document(allow(), deny(when(['StringNotEquals', 'aws:PrincipalOrgID', 'o-4tkekae453']))));
const spoilt = (part: object): object => ({ policy: { ...tested, statements: [tested.statements[0], { ...tested.statements[1], ...part }] } });

describe('what the types rule out', () => {
  it.each<[string, object, string, string?]>([
    ['a policy as written', { policy: written }, `\`policy\`: ${unread}`], ['no policy', { policy: undefined }, '`policy`: expected what parsePolicy returns, found `undefined`'],
    ['a policy from JSON', { policy: JSON.parse(JSON.stringify(read)) as Policy }, `\`policy\`: ${unread}`], ['a clone of a policy', { policy: structuredClone(read) }, `\`policy\`: ${unread}`],
    ['a policy with a clone of its actions', spoilt({ actions: structuredClone(tested.statements[1]!.actions) }), `\`policy\`: ${unread}`], ['with a clone of its resources', spoilt({ resources: structuredClone(tested.statements[1]!.resources) }), `\`policy\`: ${unread}`],
    ['with a clone of its conditions', spoilt({ conditions: structuredClone(tested.statements[1]!.conditions) }), `\`policy\`: ${unread}`], ['without conditions', spoilt({ conditions: undefined }), `\`policy\`: ${unread}`], ['with a statement that is text', { policy: { ...tested, statements: ['Allow'] } }, `\`policy\`: ${unread}`],
    ['text for a policy', { policy: JSON.stringify(written) }, `\`policy\`: expected what parsePolicy returns, found \`string\``],
    ['a kind of AWS\'s', { kind: 'RESOURCE_POLICY' }, '`kind`: expected vpc-endpoint, resource, trust, identity, scp, rcp, found `RESOURCE_POLICY`'], ['no kind', { kind: undefined }, '`kind`: expected vpc-endpoint, resource, trust, identity, scp, rcp, found `undefined`'],
    ['an account as a number', { account: 111111111111 }, '`account`: expected 12 digits as text, found `111111111111`'], ['an account with dashes', { account: '1111-1111-1111' }, '`account`: expected 12 digits as text, found `1111-1111-1111`'],
    ['no account', { account: undefined }, '`account`: expected 12 digits as text, found `undefined`'],
    ['no time', { now: undefined }, '`now`: expected milliseconds since 1970, up to the year 9999, found `undefined`'], ['a time that is none', { now: Date.parse('today') }, '`now`: expected milliseconds since 1970, up to the year 9999, found `NaN`'],
    ['microseconds', { now: 1.8e15 }, '`now`: expected milliseconds since 1970, up to the year 9999, found `1800000000000000`'],
    ['a date', { now: new Date(0).toISOString() }, '`now`: expected milliseconds since 1970, up to the year 9999, found `1970-01-01T00:00:00.000Z`'],
    ['a bucket by its name', { resource: 'data' }, '`resource`: expected the ARN of one resource, with six fields and no * or ?, found `data`'], ['a pattern of buckets', { resource: 'arn:aws:s3:::*' }, '`resource`: expected the ARN of one resource, with six fields and no * or ?, found `arn:aws:s3:::*`'], ['an ARN that ends early', { resource: 'arn:aws:s3' }, '`resource`: expected the ARN of one resource, with six fields and no * or ?, found `arn:aws:s3`'],
    ['a service that is not the resource\'s', { service: 'sqs' }, '`service`: expected a service that acts on `arn:aws:s3:::data`, or none, found `sqs`'], ['the same of an RCP', { kind: 'rcp', service: 'kms' }, '`service`: expected a service that acts on `arn:aws:s3:::data`, or none, found `kms`'],
    ['resources', { resource: ['arn:aws:s3:::data'] }, '`resource`: expected the ARN of one resource, with six fields and no * or ?, found a list'],
    ['a time before 1970', { now: -1 }, '`now`: expected milliseconds since 1970, up to the year 9999, found `-1`'],
    ['a service as a number', { service: 5 }, '`service`: expected text, found `5`'], ['a type of endpoints as AWS writes it', { endpointType: 'Gateway' }, '`endpointType`: expected gateway, interface, found `Gateway`'],
    ['callers of nobody\'s', { callers: 'partner' }, '`callers`: expected all, all-but-partners, partners, roles-and-users, found `partner`'], ['a flag in words', { acceptNetworkBound: 'yes' }, '`acceptNetworkBound`: expected true or false, found `yes`'], ['a flag as a number', { viaEndpoint: 1 }, '`viaEndpoint`: expected true or false, found `1`'],
    ['tags in pairs', { resourceTags: [['a', 'b']] }, '`resourceTags`: expected an object of tags, found a list'], ['a tag as a number', { resourceTags: { a: 1 } }, '`resourceTags.a`: expected text, found `1`'],
    ['a member by another name', { ressource: 'arn:aws:s3:::data' }, '`question`: expected policy, kind, account, perimeter, now, service, endpointType, resourceTags, resource, callers, acceptNetworkBound, viaEndpoint, found `ressource`'],
    ['no perimeter', { perimeter: undefined }, '`perimeter`: expected an object such as defaultPerimeter with what is yours, found `undefined`'],
    ['a perimeter of one section', { perimeter: { organizations: ['o-4tkekae453'] } }, '`perimeter.organizationPaths`: expected a list, empty where there is none, found `undefined`'],
    ['accounts as text', { perimeter: { ...perimeter, accounts: own } }, `\`perimeter.accounts\`: expected a list, empty where there is none, found \`${own}\``],
    ['networks as a list', { perimeter: { ...perimeter, networks: [] } }, '`perimeter.networks`: expected an object as in emptyPerimeter, found a list'],
    ['a perimeter by its name', { perimeter: 'mine' }, '`perimeter`: expected an object such as defaultPerimeter with what is yours, found `mine`'],
    ['an objective of nobody\'s', {}, '`objective`: expected principals, resources, deputies, networks, found `callers`', 'callers'], ['what every object has', {}, '`objective`: expected principals, resources, deputies, networks, found `toString`', 'toString'],
    ['no objective', {}, '`objective`: expected principals, resources, deputies, networks, found `undefined`', ''],
  ])('is refused in a question: %s', (_, wrong, message, objective = 'principals') => {
    expect(() => ask({ ...question, ...wrong }, (objective === '' ? undefined : objective) as Objective)).toThrow(new TypeError(message));
  });

  it('is refused in a question that was asked before', () => {
    expect(ask(question, 'principals').answer).toBe('outside');
    expect(() => ask(question, 'callers' as Objective)).toThrow(TypeError);
    expect(() => ask({ ...question, account: Number(own) as never }, 'principals')).toThrow(new TypeError('`account`: expected 12 digits as text, found `111111111111`'));
    expect(() => ask({ ...question, resource: [question.resource] as never }, 'principals')).toThrow(new TypeError('`resource`: expected the ARN of one resource, with six fields and no * or ?, found a list'));
  });

  it.each<[string, object, string]>([
    ['an organization without its beginning', { organizations: ['4tkekae453'] }, '`perimeter.organizations.0`: expected an id such as o-4tkekae453, found `4tkekae453`'], ['a pattern of organizations', { organizations: ['o-4tkekae453', 'o-*'] }, '`perimeter.organizations.1`: expected an id such as o-4tkekae453, found `o-*`'],
    ['a path without organization', { organizationPaths: ['r-ab12/*'] }, '`perimeter.organizationPaths.0`: expected a path such as o-4tkekae453/*, found `r-ab12/*`'], ['an account as a number', { accounts: [own, Number(own)] }, '`perimeter.accounts.1`: expected 12 digits as text, found `111111111111`'],
    ['a word for accounts', { standaloneAccounts: ['organization'] }, '`perimeter.standaloneAccounts.0`: expected 12 digits as text, found `organization`'], ['a bucket as an object', { buckets: [{ name: 'data' }] }, '`perimeter.buckets.0`: expected text, found an object'],
    ['a word for services', { services: 'none' }, '`perimeter.services`: expected any, or a list, found `none`'], ['services that are none', { services: [undefined] }, '`perimeter.services.0`: expected text, found `undefined`'],
    ['a partner with two members', { partners: [{ name: 'Example', accounts: [own] }] }, `\`perimeter.partners.0.reachable\`: ${noList} \`undefined\``], ['a partner by its name', { partners: ['Example'] }, '`perimeter.partners.0`: expected a partner, found `Example`'],
    ['an external id without a list', { partners: [{ ...perimeter.partners[0]!, externalIds: '12345' }] }, '`perimeter.partners.0.externalIds`: expected pinned, or a list, found `12345`'],
    ['a partner\'s resource by its ARN', { partners: [{ ...perimeter.partners[0]!, resources: ['arn:aws:s3:::data'] }] }, '`perimeter.partners.0.resources.0`: expected an object with arn and actions, found `arn:aws:s3:::data`'],
    ['a partner as the definition writes it', { partners: [{ ...perimeter.partners[0]!, trust: {} }] }, '`perimeter.partners.0`: expected name, accounts, externalIds, reachable, resources, found `trust`'],
    ['networks without members', { networks: {} }, `\`perimeter.networks.vpcs\`: ${noList} \`undefined\``], ['a range that is none', { networks: { ...perimeter.networks, cidrs: ['192.0.2.0/24', '10.0.0.0/99'] } }, '`perimeter.networks.cidrs.1`: expected an address range such as 192.0.2.0/24, found `10.0.0.0/99`'],
    ['a range as a number', { networks: { ...perimeter.networks, cidrs: [10] } }, '`perimeter.networks.cidrs.0`: expected an address range such as 192.0.2.0/24, found `10`'], ['no word on the organization\'s VPCs', { networks: { ...perimeter.networks, organization: undefined } }, '`perimeter.networks.organization`: expected true or false, found `undefined`'],
    ['no exclusion tags', { exclusionTags: {} }, '`perimeter.exclusionTags.principal`: expected an object of tags, found `undefined`'], ['a section by another name', { organisations: [] }, `\`perimeter\`: expected ${['organizations', 'organizationPaths', 'accounts', 'standaloneAccounts', 'partners', 'services', 'identityProviders', 'networks', 'buckets', 'awsOwnedResources', 'unsignedActions', 'exclusionTags'].join(', ')}, found \`organisations\``],
    ['a provider as the definition writes it', { identityProviders: [{ issuer: 'issuer.example', tenancy: 'own' }] }, '`perimeter.identityProviders.0.kind`: expected claims, own, cognito, saml, trust-anchors, found `undefined`'], ['a provider by its name', { identityProviders: ['issuer.example'] }, '`perimeter.identityProviders.0`: expected an identity provider, found `issuer.example`'],
    ['a kind of provider that every object has', { identityProviders: [{ kind: 'toString' }] }, '`perimeter.identityProviders.0.kind`: expected claims, own, cognito, saml, trust-anchors, found `toString`'],
    ['a claim without a list', { identityProviders: [{ kind: 'claims', issuer: 'issuer.example', claims: { sub: 'mine' } }] }, `\`perimeter.identityProviders.0.claims.sub\`: ${noList} \`mine\``],
    ['an issuer by its address', { identityProviders: [{ kind: 'own', issuer: 'https://issuer.example' }] }, '`perimeter.identityProviders.0.issuer`: expected an issuer without its https://, such as token.actions.githubusercontent.com, found `https://issuer.example`'],
    ['pools without a word on guests', { identityProviders: [{ kind: 'cognito', identityPools: [] }] }, '`perimeter.identityProviders.0.guests`: expected true or false, found `undefined`'],
  ])('is refused in a perimeter, however often: %s', (_, wrong, message) => {
    const given = { ...perimeter, ...wrong } as Perimeter;
    for (const call of [() => ask({ ...question, perimeter: given }, 'principals'), () => compare({ ...subject, perimeter: given }, formula, formula), () => accountsApart([read], given)]) expect(call).toThrow(new TypeError(message));
  });

  const objectives = ['principals', 'resources', 'deputies', 'networks'] as const;
  const unasked = (Object.keys(objectivesByKind) as QuestionKind[]).flatMap((kind) => objectives.filter((one) => !objectivesByKind[kind].includes(one)).map((objective) => [kind, objective] as const));
  it('is told by kind', () => { expect(unasked.map((one) => one.join(' '))).toEqual(['vpc-endpoint deputies', 'vpc-endpoint networks', 'resource resources', 'trust resources', 'trust deputies', 'trust networks', 'identity principals', 'identity deputies', 'identity networks', 'scp principals', 'scp deputies', 'rcp resources']); });
  it.each(unasked)('is refused of a kind that is not asked about it: %s, %s', (kind, objective) => {
    expect(() => ask({ ...question, kind }, objective)).toThrow(new TypeError(`\`objective\`: expected what policies of kind ${kind} are asked about: ${objectivesByKind[kind].join(', ')}, found \`${objective}\``));
  });

  it.each<[string, object, string]>([
    ['an SCP as written', { scps: [read, written] }, `\`scps.1\`: ${unread}`], ['an RCP as written', { rcps: [written] }, `\`rcps.0\`: ${unread}`], ['one SCP without a list', { scps: read }, '`scps`: expected a list of policies, empty where there are none, found an object'],
    ['no RCPs', { rcps: undefined }, '`rcps`: expected a list of policies, empty where there are none, found `undefined`'], ['an endpoint\'s policy as written', { endpoint: written }, `\`endpoint\`: ${unread}`],
    ['a plane by another name', { scp: read }, '`planes`: expected identity, boundary, scps, rcps, endpoint, resource, found `scp`'], ['a clone of an identity\'s policy', { identity: structuredClone(read) }, `\`identity\`: ${unread}`],
  ])('is refused in policies together: %s', (_, wrong, message) => {
    expect(() => askTogether(subject, { ...planes, ...wrong }, 'principals')).toThrow(new TypeError(message));
    expect(() => objectivesOf({ ...planes, ...wrong })).toThrow(new TypeError(message));
  });

  it.each<[string, unknown, string]>([
    ['a policy', read, `\`@\`: ${noFormula} \`object\``], ['nothing', undefined, `\`@\`: ${noFormula} \`undefined\``],
    ['of a policy as written', policy(written), `\`@.policy\`: ${unread}`], ['with a policy among its parts', and(formula, or(not(read as never))), `\`@.of.1.of.0.of\`: ${noFormula} \`object\``],
    ['made of a question with a policy as written', { ...formulaOf(question), policy: written }, `\`@.policy\`: ${unread}`],
    ['that is too deep', Array.from({ length: 1_000 }).reduce<typeof formula>((made) => not(made), formula), '`@`: expected a formula of at most 1000 levels, found one of more, or one that holds itself'], ['that holds itself', itself, '`@`: expected a formula of at most 1000 levels, found one of more, or one that holds itself'],
    ['without parts', { kind: 'and' }, `\`@.of\`: ${noList} \`undefined\``], ['read in no setting', { kind: 'policy', policy: read }, '`@.setting`: expected an object with gateway or attached, found `undefined`'],
  ])('is refused in a formula: %s', (_, wrong, message) => {
    const refused = (place: string): TypeError => new TypeError(message.replace('@', place));
    expect(() => findRequest(subject, wrong as never)).toThrow(refused('formula'));
    expect(() => satisfies(wrong as never, reads)).toThrow(refused('formula'));
    expect(() => compare(subject, wrong as never, formula)).toThrow(refused('before'));
    expect(() => compare(subject, formula, wrong as never)).toThrow(refused('after'));
  });

  it.each<[string, object, string]>([
    ['a boolean', { context: { 'aws:SecureTransport': true } }, '`context.aws:SecureTransport`: expected text or a list of texts, found `true`'], ['numbers', { context: { 's3:max-keys': [1, 2] } }, '`context.s3:max-keys.0`: expected text, found `1`'],
    ['no context', { context: undefined }, '`context`: expected an object of condition keys, found `undefined`'], ['a principal as policies name it', { principal: { AWS: own } }, '`principal.kind`: expected anonymous, role, user, root, service, web-identity, saml, found `undefined`'],
    ['no principal', { principal: undefined }, '`principal`: expected an object with kind, found `undefined`'], ['no action', { action: undefined }, '`action`: expected text such as s3:GetObject, found `undefined`'],
    ['an action without service', { action: 'GetObject' }, '`action`: expected text such as s3:GetObject, found `GetObject`'], ['a resource as a number', { resource: 4 }, '`resource`: expected text, found `4`'], ['an account as a number', { principal: { kind: 'root', account: 111111111111 } }, '`principal.account`: expected text, found `111111111111`'],
    ['a member by another name', { ressource: 'arn:aws:s3:::data' }, '`request`: expected principal, action, resource, context, found `ressource`'], ['one of a principal', { principal: { kind: 'root', id: own } }, '`principal`: expected kind, account, arn, sessionArn, name, provider, canonicalUser, found `id`'],
  ])('is refused in a request: %s', (_, wrong, message) => {
    const given = { ...reads, ...wrong } as Request;
    expect(() => decide(read, given)).toThrow(new TypeError(message));
    expect(() => satisfies(formula, given)).toThrow(new TypeError(message));
    expect(() => describeRequest(given)).toThrow(new TypeError(message));
  });

  it('is refused by all that take a policy or subject', () => {
    expect(() => decide(written, reads)).toThrow(new TypeError(`\`policy\`: ${unread}`));
    const nobodys = { ...subject, account: '' };
    for (const call of [() => askTogether(nobodys, planes, 'principals'), () => compare(nobodys, formula, formula), () => findRequest(nobodys, formula)]) expect(call).toThrow(new TypeError('`account`: expected 12 digits as text, found ``'));
    expect(() => askTogether(subject, planes, 'callers' as Objective)).toThrow(new TypeError('`objective`: expected principals, resources, deputies, networks, found `callers`'));
  });

  // Those that put formulas together take any number, and what they are given is looked at where the formula is asked about.
  const silent = ['and', 'or', 'not', 'policy', 'parsePolicy', 'PolicyError', 'issuerOf'];
  it.each(Object.entries(face).filter(([name, one]) => typeof one === 'function' && !silent.includes(name)))('is refused where nothing is given: %s', (_, call) => {
    for (const given of [[], [null, null, null], [5, 5, 5]]) expect(() => (call as (...given: unknown[]) => unknown)(...given)).toThrow(/^`\w+`: expected /);
  });

  it.each<[string, () => unknown, string]>([
    ['a question of formulaOf', () => formulaOf({ ...question, policy: structuredClone(read) }), `\`policy\`: ${unread}`], ['a kind of prefixOf', () => prefixOf({ ...subject, kind: 'bucket' as never }), '`kind`: expected vpc-endpoint, resource, trust, identity, scp, rcp, found `bucket`'],
    ['a setting', () => decide(read, reads, { gateway: 'yes' as never }), '`setting.gateway`: expected true or false, found `yes`'], ['a setting by another name', () => decide(read, reads, { atached: true } as never), '`setting`: expected gateway, attached, found `atached`'],
    ['a principal', () => describePrincipal({ kind: 'lambda' as never }), '`principal.kind`: expected anonymous, role, user, root, service, web-identity, saml, found `lambda`'], ['an answer', () => describeAnswer({} as never), '`answer.because`: expected text, found `undefined`'],
    ['a provider', () => issuerOf(5 as never), '`provider`: expected text, found `5`'], ['a document for its text', () => duplicateKey(written as never, written), '`text`: expected text, found an object'], ['a symbol', () => issuerOf(Symbol('x') as never), '`provider`: expected text, found `Symbol(x)`'],
    ['what is known of a resource', () => accountsApart([read], perimeter, { resource: 'data' }), '`about.resource`: expected the ARN of one resource, with six fields and no * or ?, found `data`'], ['accounts that are named', () => accountsApart([read], perimeter, {}, ['1']), '`named.0`: expected 12 digits as text, found `1`'],
    ['what is known under another name', () => accountsApart([read], perimeter, { knd: 'resource' } as never), '`about`: expected kind, resource, resourceTags, account, perimeter, now, service, endpointType, callers, acceptNetworkBound, viaEndpoint, policy, found `knd`'],
    ['policies as written', () => accountsApart([read, written], perimeter), `\`policies.1\`: ${unread}`],
  ])('is refused elsewhere: %s', (_, call, message) => { expect(call).toThrow(new TypeError(message)); });
});

it('takes a formula as deep as may be', () => { expect(findRequest(subject, Array.from({ length: 998 }).reduce<typeof formula>((made) => not(made), formula)).kind).toBe('request'); });

it.each<[string, () => unknown]>([
  ['lists of a perimeter', () => (defaultPerimeter.buckets as string[]).push('theirs')], ['those within', () => (emptyPerimeter.networks.vpcs as string[]).push('vpc-1')], ['objectives', () => (objectivesByKind.trust as Objective[]).push('networks')], ['what is reached', () => (reaches as unknown as string[]).pop()],
])('shares nothing that one of its users could change: %s', (_, change) => { expect(change).toThrow(TypeError); });

it('takes what the types allow', () => {
  expect(ask({ ...question, perimeter: emptyPerimeter, now: 0 }, 'principals').answer).toBe('outside');
  expect(askTogether(subject, { ...planes, identity: read, boundary: read, endpoint: read }, 'principals').answer).toBe('outside');
  expect(decide(read, { ...reads, context: { ...reads.context, 'aws:TagKeys': [] } }).allowed).toBe(true);
  expect(findRequest(subject, or())).toEqual({ kind: 'nothing' });
  const providers: readonly IdentityProvider[] = [
    { kind: 'claims', issuer: 'issuer.example', claims: { sub: ['mine'] } }, { kind: 'own', issuer: 'other.example' }, { kind: 'cognito', identityPools: ['eu-west-1:0'], guests: true }, { kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/x' }, { kind: 'trust-anchors', arns: [] },
  ];
  const all: Perimeter = { ...perimeter, services: ['events.amazonaws.com'], identityProviders: providers, partners: [{ ...perimeter.partners[0]!, externalIds: 'pinned', resources: [{ arn: '*', actions: ['s3:*'] }] }, { ...perimeter.partners[0]!, externalIds: undefined }], exclusionTags: { principal: { a: 'b' }, resource: {} } };
  expect(ask({ ...question, perimeter: all, endpointType: 'interface', resourceTags: { a: '' }, callers: 'all', acceptNetworkBound: false, viaEndpoint: true }, 'principals').answer).toBe('outside');
  expect(compare(question, formula, policy({ ...read, statements: [...read.statements] }, {})).added.kind).toBe('nothing');
  expect(accountsApart([read], perimeter, question)).toEqual([own]);
  expect(issuerOf()).toBe('');
});
