import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { certify, isHarmless } from '../../core/certificate.ts';
import { emptyDefinition } from '../../core/definition.ts';
import { insideCallers, type Place } from '../../core/inside.ts';
import { planFix } from '../../core/plan-fix.ts';
import type { FixPlan } from '../../core/remediation.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { decide, parsePolicy, type Policy, type Question, type Request } from '../../policy/index.ts';
import { confineIamRoleTrust } from '../../remediations/confine-iam-role-trust.ts';
import { confineVpcEndpointPolicy } from '../../remediations/confine-vpc-endpoint-policy.ts';
import { endpointPolicy } from '../../scripts/bench/endpoint-policies.ts';
import { seeded } from '../../scripts/bench/random.ts';
import { trustPolicy } from '../../scripts/bench/trust-policies.ts';
import { accounts, organization, partner, perimeterWith, posed, strangers, strangeOrganization } from '../../scripts/bench/world.ts';
import { iamRole, vpcEndpoint } from '../support/items.ts';
import { now } from '../support/perimeter.ts';

/** Requests are decided one by one, by the definition of a policy alone: nothing here asks the search that plans and certificates rest on. */
const perimeter = { ...perimeterWith(), awsOwnedResources: ['arn:aws:s3:::prod-${region}-starport-layer-bucket'] };
const surroundings = { definition: { ...emptyDefinition, perimeter }, related: () => undefined, now };

interface Subject { readonly item: ConfigurationItem; readonly member: string; readonly account: string; readonly service: string; readonly gateway: boolean }
const remediationOf = ({ service }: Subject) => service === 'trust' ? confineIamRoleTrust : confineVpcEndpointPolicy;

function endpointSubject(seed: number): Subject {
  const { text, account, service = '', endpointType } = posed(endpointPolicy(seeded(seed), false));
  const item = vpcEndpoint(text, { serviceName: `com.amazonaws.eu-west-1.${service}`, vpcEndpointType: endpointType === 'gateway' ? 'Gateway' : 'Interface' });
  return { item: { ...item, accountId: account }, member: 'policyDocument', account, service: service.split('-')[0]!.split('.')[0]!, gateway: endpointType === 'gateway' };
}
function trustSubject(seed: number): Subject {
  const { text, account } = posed(trustPolicy(seeded(seed), false));
  return { item: { ...iamRole(text), accountId: account, arn: `arn:aws:iam::${account}:role/deploy` }, member: 'assumeRolePolicyDocument', account, service: 'trust', gateway: false };
}
const subjects = { endpoint: fc.integer({ min: 1, max: 1e9 }).map(endpointSubject), trust: fc.integer({ min: 1, max: 1e9 }).map(trustSubject) };

const plan = (subject: Subject, item = subject.item): FixPlan => planFix(remediationOf(subject), item, surroundings);
const after = ({ item }: Subject, change: Extract<FixPlan, { after: unknown }>): ConfigurationItem => ({ ...item, configuration: { ...item.configuration, ...change.after } });

interface Asked { readonly request: Request; readonly inside: boolean }

/** Concrete requests of every kind of caller, each with whether the definition counts it as inside. */
function requests({ service, account }: Subject): Asked[] {
  if (service === 'trust') return trustRequests(account);
  const actions = service === 's3' ? ['s3:GetObject', 's3:PutObject', 's3:ListBucket'] : [`${service}:${{ sqs: 'SendMessage', dynamodb: 'GetItem', kms: 'Decrypt' }[service] ?? 'GetThing'}`, `${service}:ListThings`, ...service === 'sts' ? ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] : []];
  const resources = [account, accounts[0]!, strangers[0]!].map((owner): { arn: string; owner: string; isMine: boolean } => ({
    arn: service === 's3' ? `arn:aws:s3:::bucket-of-${owner}/key` : service === 'sts' ? `arn:aws:iam::${owner}:role/app` : `arn:aws:${service}:eu-west-1:${owner}:thing`, owner, isMine: owner !== strangers[0],
  }));
  const owned = service === 's3' ? [{ arn: 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/layer', owner: '089990156004', isMine: true }] : [];
  return callers(account).flatMap(({ request, inside }) => actions.flatMap((action) => [...resources, ...owned].flatMap(({ arn, owner, isMine }): Asked[] => {
    const isUnsigned = request.principal.kind === 'anonymous';
    if (service === 'sts' && isUnsigned !== action.endsWith('WithWebIdentity')) return [];
    const ownerOrganization = owner === strangers[0] ? strangeOrganization : owner === '089990156004' ? undefined : organization;
    const context = { ...request.context, 'aws:ResourceAccount': owner, 's3:ResourceAccount': owner, ...ownerOrganization === undefined ? {} : { 'aws:ResourceOrgID': ownerOrganization } };
    const admitted = isUnsigned ? (action === 'sts:AssumeRoleWithWebIdentity' && isMine) || (owned.some((one) => one.arn === arn) && action.includes(':Get')) : inside && (isMine || request.principal.kind === 'service');
    return [{ request: { ...request, action, resource: arn, context }, inside: admitted }];
  })));
}

type Caller = { readonly request: Pick<Request, 'principal' | 'context'>; readonly inside: boolean };
function callers(account: string): Caller[] {
  const role = (of: string, inOrganization: string | undefined, inside: boolean, name = 'app'): Caller => ({
    inside, request: {
      principal: { kind: 'role', account: of, arn: `arn:aws:iam::${of}:role/${name}` },
      context: {
        'aws:PrincipalAccount': of, 'aws:PrincipalArn': `arn:aws:iam::${of}:role/${name}`, 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false', 'aws:SecureTransport': 'true',
        ...inOrganization === undefined ? {} : { 'aws:PrincipalOrgID': inOrganization, 'aws:PrincipalOrgPaths': [`${inOrganization}/r-ab12/`] },
      },
    },
  });
  return [
    role(account, organization, true), role(accounts[0]!, organization, true), role(accounts[3]!, organization, true, 'batch/nightly'), role(accounts[5]!, organization, true, 'ops'),
    role(strangers[0]!, strangeOrganization, false), role(strangers[1]!, undefined, false, 'batch/nightly'), role('999999999999', undefined, false),
    { inside: true, request: { principal: { kind: 'service', name: 'lambda.amazonaws.com' }, context: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': 'lambda.amazonaws.com', 'aws:SecureTransport': 'true', 'aws:SourceAccount': account } } },
    { inside: false, request: { principal: { kind: 'anonymous' }, context: { 'aws:PrincipalAccount': 'anonymous', 'aws:PrincipalType': 'Anonymous', 'aws:SecureTransport': 'true' } } },
  ];
}

function trustRequests(account: string): Asked[] {
  const own = { 'aws:ResourceAccount': account, 'aws:ResourceOrgID': organization };
  const signed = callers(account).filter(({ request }) => request.principal.kind !== 'anonymous')
    .map(({ request, inside }): Asked => ({ inside, request: { ...request, action: 'sts:AssumeRole', context: { ...request.context, ...own, 'aws:SourceIp': '192.0.2.7' } } }));
  const withId: Asked = {
    inside: true, request: { principal: { kind: 'role', account: partner.account, arn: `arn:aws:iam::${partner.account}:role/collector` }, action: 'sts:AssumeRole', context: { ...own, 'aws:PrincipalAccount': partner.account, 'aws:PrincipalArn': `arn:aws:iam::${partner.account}:role/collector`, 'aws:PrincipalIsAWSService': 'false', 'sts:ExternalId': partner.externalId, 'aws:SourceIp': '192.0.2.7' } },
  };
  const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
  const github = (subject: string, inside: boolean): Asked => ({
    inside, request: { principal: { kind: 'web-identity', provider }, action: 'sts:AssumeRoleWithWebIdentity', context: { ...own, 'aws:FederatedProvider': provider, 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': subject } },
  });
  return [...signed, withId, github('repo:acme/app:ref:refs/heads/main', true), github('repo:acme-evil/app:ref:refs/heads/main', false)];
}

const allowed = (policy: Policy, { gateway }: Subject, { request }: Asked): boolean => decide(policy, request, gateway ? { gateway: true } : {}).allowed;
const policyOf = ({ member }: Subject, { configuration }: ConfigurationItem): Policy => {
  const value = configuration[member];
  return parsePolicy(typeof value === 'string' && value.startsWith('%') ? decodeURIComponent(value) : value);
};

describe.each(Object.entries(subjects))('a plan for an open %s policy', (_, arbitrary) => {
  it('heals, settles, grants nothing new, keeps the inside and calls only what its role may', () => {
    let changed = 0;
    fc.assert(fc.property(arbitrary, (subject) => {
      const made = plan(subject);
      if (made.outcome !== 'apply' && made.outcome !== 'needs-approval') return;
      changed++;
      expect(plan(subject, after(subject, made)).outcome).toBe('noop');
      const [old, fresh] = [policyOf(subject, subject.item), policyOf(subject, after(subject, made))];
      for (const asked of requests(subject)) {
        if (allowed(fresh, subject, asked)) expect({ asked, before: allowed(old, subject, asked) }).toEqual({ asked, before: true });
        else if (made.outcome === 'apply' && asked.inside) expect({ asked, before: allowed(old, subject, asked) }).toEqual({ asked, before: false });
      }
      for (const { service, api } of made.calls) expect(remediationOf(subject).permissions.map((one) => one.action)).toContain(`${service}:${api}`);
    }), { numRuns: 25, seed: 20_260_901 });
    // Without changes the law would hold of nothing.
    expect(changed).toBeGreaterThan(15);
  });
});

type Json = Record<string, unknown>;
/** What somebody could get wrong in a new policy. */
const damages: Readonly<Record<string, (statement: Json) => Json[]>> = {
  'a statement is gone': () => [],
  'a Deny turns into an Allow': (one) => [{ ...one, Effect: 'Allow' }],
  'the conditions are gone': ({ Condition: _, ...rest }) => [rest],
  'one operator is gone': ({ Condition, ...rest }) => [{ ...rest, ...Condition === undefined ? {} : { Condition: Object.fromEntries(Object.entries(Condition as Json).slice(1)) } }],
  'an operator passes what is missing': (one) => [{ ...one, ...one['Condition'] === undefined ? {} : { Condition: Object.fromEntries(Object.entries(one['Condition'] as Json).map(([operator, keys]) => [/^(Null|.*IfExists)$/.test(operator) ? operator : `${operator}IfExists`, keys])) } }],
  'another organization joins': (one) => [JSON.parse(JSON.stringify(one).replaceAll(`"${organization}"`, `["${organization}","${strangeOrganization}"]`).replaceAll('[[', '[').replaceAll(']]', ']')) as Json],
  'another organization takes the place': (one) => [JSON.parse(JSON.stringify(one).replaceAll(organization, strangeOrganization)) as Json],
  'one resource': (one) => [{ ...one, ...one['Resource'] === undefined ? {} : { Resource: 'arn:aws:sqs:eu-west-1:111111111111:one' } }],
  'every action': ({ NotAction: _, ...one }) => [{ ...one, Action: '*' }],
  'everybody': ({ NotPrincipal: _, ...one }) => [{ ...one, Principal: '*' }],
  'a Deny of everything beside it': (one) => [one, { Effect: 'Deny', Principal: '*', Action: one['Action'] ?? '*', ...one['Resource'] === undefined ? {} : { Resource: '*' } }],
  'an Allow of everything beside it': (one) => [one, { Effect: 'Allow', Principal: '*', Action: '*', ...one['Resource'] === undefined ? {} : { Resource: '*' } }],
};

test('a damaged policy in the place of a good one is never certified, where a request shows the damage', () => {
  const tried: Record<string, number> = {};
  for (let seed = 1; seed <= 120; seed++) {
    const subject = (seed % 2 === 0 ? endpointSubject : trustSubject)(seed * 7919);
    // Names of buckets tell no account, so questions about S3 take ten times as long; a few are enough.
    if (subject.service === 's3' && seed > 16) continue;
    const made = plan(subject);
    if (made.outcome !== 'apply') continue;
    const good = policyOf(subject, after(subject, made));
    const { Statement, ...rest } = made.after[subject.member] as { Statement: Json | Json[] };
    const statements = [Statement].flat();
    const place = placeOf(subject);
    const question: Question = {
      kind: place.kind, policy: good, perimeter, account: subject.account, now,
      ...subject.service === 'trust' ? { resource: subject.item.arn, callers: 'all-but-partners' } : { service: subject.service, endpointType: subject.gateway ? 'gateway' : 'interface' },
    };
    for (const [name, damage] of Object.entries(damages)) {
      for (const index of statements.keys()) {
        const document = { ...rest, Statement: statements.flatMap((one, i) => i === index ? damage(one) : [one]) };
        if (document.Statement.length === 0) continue;
        const damaged = parsePolicy(document);
        const harmed = requests(subject).find((asked) => allowed(damaged, subject, asked) !== allowed(good, subject, asked) && (asked.inside || allowed(damaged, subject, asked)));
        if (harmed === undefined) continue;
        tried[name] = (tried[name] ?? 0) + 1;
        expect({ name, seed, index, clean: isHarmless(certify(question, [{ policy: damaged, inside: insideCallers(perimeter, place) }])) }).toEqual({ name, seed, index, clean: false });
      }
    }
  }
  // Each kind of damage was done somewhere, or the test would say nothing of it.
  expect(Object.keys(damages).filter((name) => (tried[name] ?? 0) === 0)).toEqual([]);
});

const placeOf = ({ service, account }: Subject): Place => ({ kind: service === 'trust' ? 'trust' : 'vpc-endpoint', account, region: 'eu-west-1', service: service === 'trust' ? 'sts' : service });
