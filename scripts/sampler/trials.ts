import { ask, askTogether, compare, emptyPerimeter, formulaOf, parsePolicy, satisfies, decide, type Objective, type Perimeter, type Policy, type Question, type QuestionKind, type Request } from '../../policy/index.ts';
import type { Setting as Reading } from '../../policy/decide.ts';
import { isBoundByRcps } from '../../policy/tables/rcp-services.ts';
import type { Random } from '../bench/random.ts';
import { now, own, services } from './cast.ts';
import { mixedDocument } from './across.ts';
import { distance } from './climb.ts';
import { randomDefinition } from './definitions.ts';
import { randomDocument, type Document, type Statement } from './documents.ts';
import { saidBy } from './said.ts';
import type { Setting } from './scene.ts';
import { smaller } from './shrink.ts';

/** Something asked of the engine, with what says of a single request whether it is allowed. */
export interface Trial {
  readonly about: string;
  readonly documents: Readonly<Record<string, Document>>;
  readonly definition: Perimeter;
  readonly setting: Setting;
  readonly isAllowed: (request: Request) => boolean;
  readonly distanceOf: (request: Request) => number;
  readonly ask: () => Told;
  /** The same of other policies or another definition. */
  readonly again: (documents: Readonly<Record<string, Document>>, definition: Perimeter) => Trial;
}
export type Told = { readonly answer: 'inside' | 'undecided'; readonly because: string } | { readonly answer: 'outside'; readonly witness: Request };

const objectives: Readonly<Record<QuestionKind, readonly Objective[]>> = {
  'vpc-endpoint': ['principals', 'resources'], resource: ['principals', 'principals', 'deputies', 'networks'], trust: ['principals', 'principals', 'networks'], identity: ['resources'], scp: ['resources', 'networks'], rcp: ['principals', 'deputies', 'networks'],
};
export const kinds = Object.keys(objectives) as readonly QuestionKind[];
const onResource = ['s3', 's3', 'kms', 'sqs', 'sns', 'lambda', 'secretsmanager', 'ecr', 'elasticfilesystem', 'zebra'];
const anywhere = ['s3', 's3', 'dynamodb', 'kms', 'sqs', 'secretsmanager', 'ecr', 'ec2', 'route53', 'logs', 'zebra'];
const everywhere = [...anywhere, 'lambda', 's3-object-lambda', 'sts'];
const serviceFor = (random: Random, kind: QuestionKind): string => kind === 'trust' ? 'sts' : random.pick(kind === 'resource' ? onResource : kind === 'rcp' ? ['sts', ...onResource.filter(isBoundByRcps)] : kind === 'vpc-endpoint' ? ['sts', ...anywhere] : anywhere);
const hangsOn = (kind: QuestionKind): boolean => kind === 'resource' || kind === 'rcp' || kind === 'trust';

/** One policy, one objective. */
export function singleTrial(random: Random, only?: QuestionKind): Trial {
  const kind = only ?? random.pick(kinds);
  const service = serviceFor(random, kind);
  const objective = random.pick(objectives[kind]);
  const isGateway = kind === 'vpc-endpoint' && ['s3', 'dynamodb'].includes(service) && random.chance(0.4);
  // A policy of identities about whom the service is not said speaks of all of them.
  const isSaid = hangsOn(kind) || isGateway || random.chance(kind === 'vpc-endpoint' ? 0.8 : 0.4);
  const callers = kind === 'trust' && objective === 'principals' && random.chance(0.3) ? random.pick(['partners', 'all-but-partners'] as const) : undefined;
  const several = [...new Set([service, ...random.some(everywhere, 1, 2)])];
  const reading: Reading = isGateway ? { gateway: true } : kind === 'identity' || kind === 'scp' ? { attached: true } : {};
  const make = (documents: Trial['documents'], definition: Perimeter): Trial => {
    const policy = parsePolicy(documents['policy']);
    const question: Question = { kind, perimeter: definition, account: own, now, policy, ...kind === 'trust' || !isSaid ? {} : { service }, ...hangsOn(kind) && kind !== 'trust' ? { resource: services[service]!.asked } : {}, ...isGateway ? { endpointType: 'gateway' } : {}, ...callers === undefined ? {} : { callers } };
    const formula = formulaOf(question);
    return {
      about: `${objective}${callers === undefined ? '' : ` (${callers})`} of ${kind}${isGateway ? ' (gateway)' : ''} on ${isSaid ? service : 'any service'}`, documents, definition, again: make, isAllowed: (request) => satisfies(formula, request), distanceOf: (request) => satisfies(formula, request) ? 0 : Math.max(0.5, distance(policy, request, reading)),
      setting: { kind, objective, definition, services: isSaid ? [service] : [...several, 'sqs', 'zebra'], hangsOnResource: hangsOn(kind), hasIdentity: false, viaEndpoint: false, ...callers === undefined ? {} : { callers }, said: saidBy([documents['policy']!]) },
      ask: () => ask(question, objective),
    };
  };
  return make({ policy: isSaid || random.chance(0.3) ? randomDocument(random, kind, service) : mixedDocument(random, kind, several) }, randomDefinition(random));
}

/** What a changed policy allows that the one before did not. */
export function comparingTrial(random: Random, only?: QuestionKind): Trial {
  const kind = only ?? random.pick(kinds);
  const service = serviceFor(random, kind);
  const isAttached = kind === 'identity' || kind === 'scp';
  const several = isAttached && random.chance(0.4) ? [...new Set([service, ...random.some(everywhere, 1, 2)])] : [service];
  const make = (documents: Trial['documents'], definition: Perimeter): Trial => {
    const subject = { kind, perimeter: definition, account: own, now, ...kind === 'trust' || several.length > 1 ? {} : { service }, ...hangsOn(kind) && kind !== 'trust' ? { resource: services[service]!.asked } : {} };
    const [before, after] = [formulaOf({ ...subject, policy: parsePolicy(documents['before']) }), formulaOf({ ...subject, policy: parsePolicy(documents['after']) })];
    const [allowing, refusing] = [parsePolicy(documents['after']), parsePolicy(documents['before'])];
    const reading: Reading = isAttached ? { attached: true } : {};
    const isAllowed = (request: Request): boolean => satisfies(after, request) && !satisfies(before, request);
    return {
      about: `change of ${kind} on ${several.join(' and ')}`, documents, definition, again: make, isAllowed,
      distanceOf: (request) => isAllowed(request) ? 0 : Math.max(0.5, distance(allowing, request, reading) + (decide(refusing, request, reading).allowed ? 1 : 0)),
      setting: { kind, objective: 'any', definition, services: several, hangsOnResource: hangsOn(kind), hasIdentity: false, viaEndpoint: false, said: saidBy(Object.values(documents)) },
      ask: () => { const { added } = compare(subject, before, after); return added.kind === 'request' ? { answer: 'outside', witness: added.request } : added.kind === 'nothing' ? { answer: 'inside', because: 'the change adds nothing' } : { answer: 'undecided', because: added.because }; },
    };
  };
  const draw = (): Document => several.length > 1 ? mixedDocument(random, kind, several) : randomDocument(random, kind, service);
  const before = draw();
  const steps = [...smaller(before)];
  const after = steps.length > 0 && random.chance(0.5) ? random.pick(steps) : random.chance(0.5) ? { ...before, Statement: [...before.Statement, ...draw().Statement] } : draw();
  const documents = random.chance(0.5) ? { before, after } : { before: after, after: before };
  return make(documents, random.chance(0.3) ? emptyPerimeter : randomDefinition(random));
}

/** Several planes at once. */
export function togetherTrial(random: Random): Trial {
  const { chance, pick } = random;
  const isTrust = chance(0.2);
  const objective = pick<Objective>(isTrust ? ['principals', 'networks'] : ['principals', 'resources', 'resources', 'networks', 'networks', 'deputies']);
  const service = isTrust ? 'sts' : pick(objective === 'resources' ? anywhere : onResource);
  const viaEndpoint = chance(0.4);
  const plane = (of: QuestionKind, probability: number): Document[] => chance(probability) ? [chance(0.3) ? open(of) : randomDocument(random, of, service)] : [];
  const documents = Object.fromEntries([
    ...plane('identity', objective === 'resources' ? 0.7 : 0.5).map((one) => ['identity', one]), ...plane('identity', 0.35).map((one) => ['boundary', one]), ...plane('scp', 0.5).map((one) => ['scp', one]), ...plane('scp', 0.2).map((one) => ['second scp', one]),
    ...plane('rcp', 0.4).map((one) => ['rcp', one]), ...(viaEndpoint ? plane('vpc-endpoint', 1) : []).map((one) => ['endpoint', one]), ...objective === 'resources' ? [] : plane(isTrust ? 'trust' : 'resource', 1).map((one) => ['resource', toOwn(random, one)]),
  ] as [string, Document][]);
  const make = (documents: Trial['documents'], definition: Perimeter): Trial => {
    const speaks = speaksOf(Object.keys(documents).filter((name) => counts(name, objective)), isTrust, objective);
    const parsed = Object.fromEntries(Object.entries(documents).map(([name, one]) => [name, parsePolicy(one)]));
    const { identity, boundary, endpoint, resource } = parsed;
    const given = { ...identity === undefined ? {} : { identity }, ...boundary === undefined ? {} : { boundary }, ...endpoint === undefined ? {} : { endpoint }, ...resource === undefined ? {} : { resource }, scps: some(parsed['scp'], parsed['second scp']), rcps: some(parsed['rcp']) };
    const subject = { kind: isTrust ? 'trust' as const : 'resource' as const, perimeter: definition, account: own, now, viaEndpoint, ...isTrust ? {} : { service }, ...isTrust || speaks === 'identity' || speaks === 'scp' || speaks === 'vpc-endpoint' ? {} : { resource: services[service]!.asked } };
    const isAllowed = evaluation(documents, objective, service, isTrust, definition);
    const readings = Object.entries(parsed).filter(([name]) => counts(name, objective)).map(([name, one]): [Policy, Reading] => [one, onPrincipal.has(name) ? { attached: true } : {}]);
    return {
      about: `${objective} of ${Object.keys(documents).join(' and ')} on ${service}`, documents, definition, again: make, isAllowed,
      distanceOf: (request) => isAllowed(request) ? 0 : Math.max(0.5, readings.reduce((sum, [one, reading]) => sum + distance(one, request, reading), 0)),
      setting: { kind: speaks, objective, definition, services: [service], hangsOnResource: subject.resource !== undefined || isTrust, hasIdentity: 'identity' in documents || 'boundary' in documents, viaEndpoint, said: saidBy(Object.values(documents)) },
      ask: () => askTogether(subject, given, objective),
    };
  };
  return make(documents, randomDefinition(random));
}

/** Whose requests policies of these planes speak of: of a principal's, of an organization's, of whoever reaches the resource or endpoint. */
function speaksOf(names: readonly string[], isTrust: boolean, objective: Objective): QuestionKind {
  if (isTrust) return 'trust';
  if (names.includes('resource') || names.includes('rcp')) return 'resource';
  if (names.includes('identity') || names.includes('boundary')) return 'identity';
  return names.some((name) => onPrincipal.has(name)) && !(objective === 'resources' && names.includes('endpoint')) ? 'scp' : 'vpc-endpoint';
}
const some = (...policies: readonly (Policy | undefined)[]): readonly Policy[] => policies.filter((one) => one !== undefined);
const onPrincipal: ReadonlySet<string> = new Set(['identity', 'boundary', 'scp', 'second scp']);
const counts = (name: string, objective: Objective): boolean => name === 'endpoint' || objective === 'networks' || onPrincipal.has(name) === (objective === 'resources');
const everything: Statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const open = (kind: QuestionKind): Document => ({ Version: '2012-10-17', Statement: [kind === 'identity' || kind === 'scp' ? { Effect: 'Allow', Action: '*', Resource: '*' } : kind === 'trust' ? { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } : everything] });
/** Principals of the account that the resource is of, so that rules within an account come into play. */
const toOwn = ({ chance, pick }: Random, document: Document): Document => ({
  ...document, Statement: document.Statement.map((one) => typeof one['Principal'] === 'object' && chance(0.5) ? { ...one, Principal: { AWS: pick([own, `arn:aws:iam::${own}:role/app`, `arn:aws:iam::${own}:user/jo`, `arn:aws:sts::${own}:assumed-role/app/jo`, '*']) } } : one),
});

/**
 * Whether all planes together allow a request, written from AWS's page beside the engine's formulas:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
function evaluation(documents: Trial['documents'], objective: Objective, service: string, isTrust: boolean, { accounts = [], organizations, standaloneAccounts }: Perimeter): (request: Request) => boolean {
  const policyOf = (of: Document): Policy | undefined => of.Statement.length === 0 ? undefined : parsePolicy(of);
  const pick = (name: string, effect: 'Allow' | 'Deny', more: readonly Statement[] = []): Policy | undefined => { const of = documents[name]; return of === undefined ? undefined : policyOf({ ...of, Statement: [...of.Statement.filter((one) => one.Effect === effect), ...more] }); };
  const reading = (name: string): Reading => onPrincipal.has(name) ? { attached: true } : {};
  const names = Object.keys(documents).filter((name) => counts(name, objective) && (name !== 'rcp' || isBoundByRcps(service)));
  // A Deny with NotPrincipal denies whoever has a boundary: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  const denials = names.map((name): [string, Policy, Reading] => [name, withoutSpared(pick(name, 'Deny', [everything])!, names.includes('boundary') && name === 'resource'), reading(name)]);
  const grants = new Map(names.map((name) => [name, pick(name, 'Allow')]));
  const allows = (name: string, request: Request): boolean => { const of = grants.get(name); return of !== undefined && decide(of, request, reading(name)).allowed; };
  const direct = directGrants(documents['resource']);
  const allowsOrLacks = (name: string, request: Request): boolean => !names.includes(name) || allows(name, request);
  // A guardrail that only denies is one beside the full access that AWS attaches.
  const guards = names.filter((name) => ['scp', 'second scp', 'rcp', 'endpoint'].includes(name) && (name === 'endpoint' || grants.get(name) !== undefined));
  // Whoever reaches a resource may be in no organization; an SCP above an identity policy binds its account.
  const [isOnResource, isOnIdentity] = [names.includes('resource') || names.includes('rcp'), names.includes('identity') || names.includes('boundary')];
  // Nor need whoever comes to an endpoint be of an organization of mine.
  const isStrange = ({ principal: { account = '' }, context }: Request): boolean => organizations.length > 0 ? !organizations.includes(String(context['aws:PrincipalOrgID'])) : ![own, ...accounts].includes(account);
  const isForAll = objective === 'resources' && names.includes('endpoint') && !isOnIdentity;
  const isUnbound = (name: string, request: Request): boolean => name.endsWith('scp') && (isForAll ? isStrange(request) : isOfNone(request));
  const isOfNone = ({ principal: { account = '' } }: Request): boolean => isOnResource && standaloneAccounts.includes(account) && !(isOnIdentity && account === own);
  return (request) => {
    if (denials.some(([name, one, how]) => !isUnbound(name, request) && !decide(one, request, how).allowed) || guards.some((name) => !isUnbound(name, request) && !allows(name, request))) return false;
    if (objective !== 'networks') return ['identity', 'boundary', 'resource'].every((name) => allowsOrLacks(name, request));
    if (!names.includes('resource')) return allowsOrLacks('identity', request) && allowsOrLacks('boundary', request);
    if (!names.some((name) => onPrincipal.has(name))) return allows('resource', request);
    if (request.principal.account !== own) return ['identity', 'boundary', 'resource'].every((name) => allowsOrLacks(name, request));
    const limited = allowsOrLacks('boundary', request);
    const granted = direct.some(({ policy, byRole }) => decide(policy, request).allowed && (!byRole || limited));
    if (isTrust || service === 'kms') return allows('resource', request) && (granted || (allowsOrLacks('identity', request) && limited));
    // What is not given may grant anything.
    return granted || (allowsOrLacks('identity', request) && limited);
  };
}

const withoutSpared = (policy: Policy, isBounded: boolean): Policy => !isBounded ? policy : {
  ...policy, statements: policy.statements.map((one) => one.effect === 'Deny' && one.principals?.negated === true ? { ...one, principals: { ...one.principals, negated: false, everyone: true } } : one),
};

/** What a resource's policy grants principals of its account whatever their own policies say; a role by its ARN within its boundary. */
function directGrants(of: Document | undefined): readonly { readonly policy: Policy; readonly byRole: boolean }[] {
  const isAccount = (one: string): boolean => /^\d{12}$/.test(one) || one.endsWith(':root');
  const isRole = (one: string): boolean => /:iam::\d+:role\//.test(one);
  return (of?.Statement ?? []).filter(({ Effect }) => Effect === 'Allow').flatMap((one) => {
    const { Principal } = one as { readonly Principal?: string | { readonly AWS?: string | readonly string[]; readonly Federated?: unknown } };
    const with_ = (principal: unknown, byRole: boolean) => ({ policy: parsePolicy({ Version: of!.Version, Statement: [{ ...one, Principal: principal }] }), byRole });
    if (typeof Principal !== 'object') return Principal === undefined ? [] : [with_(Principal, false)];
    const named = [Principal.AWS ?? []].flat();
    return [...named.filter((name) => !isAccount(name)).map((name) => with_({ AWS: name }, isRole(name))), ...Principal.Federated === undefined ? [] : [with_({ Federated: Principal.Federated }, false)]];
  });
}
