import { ask, compare, emptyPerimeter, formulaOf, parsePolicy, satisfies, decide, type Objective, type Perimeter, type Policy, type Question, type QuestionKind, type Request } from '../../policy/index.ts';
import type { Setting as Reading } from '../../policy/decide.ts';
import { isBoundByRcps } from '../../policy/tables/rcp-services.ts';
import type { Random } from '../bench/random.ts';
import { now, own } from './cast.ts';
import { mixedDocument } from './across.ts';
import { distance } from './climb.ts';
import { randomDefinition } from './definitions.ts';
import { randomDocument, type Document } from './documents.ts';
import { asInChina, inPartition, partitionFor } from './home.ts';
import { saidBy } from './said.ts';
import type { Setting } from './scene.ts';
import { services } from './services.ts';
import { askedOf, isBound } from './evaluation.ts';
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
  'vpc-endpoint': ['principals', 'resources'], resource: ['principals', 'principals', 'deputies', 'networks'], trust: ['principals'], identity: ['resources'], scp: ['resources', 'networks'], rcp: ['principals', 'deputies', 'networks'],
};
export const kinds = Object.keys(objectives) as readonly QuestionKind[];
export const onResource = ['s3', 's3', 'kms', 'sqs', 'sns', 'lambda', 'secretsmanager', 'ecr', 'elasticfilesystem', 'glue', 'cloudtrail', 'zebra'];
export const anywhere = ['s3', 's3', 'dynamodb', 'kms', 'sqs', 'secretsmanager', 'ecr', 'ec2', 'ec2', 'ebs', 'rds', 'rds-data', 'bedrock', 'license-manager', 'sso', 'artifact', 'ssm', 'cloudfront', 'glue', 'lambda', 'route53', 'logs', 'zebra'];
export const everywhere = [...anywhere, 's3-object-lambda', 'sts'];
const serviceFor = (random: Random, kind: QuestionKind): string => kind === 'trust' ? 'sts' : random.pick(kind === 'resource' ? onResource : kind === 'rcp' ? ['sts', ...bound] : kind === 'vpc-endpoint' ? ['sts', 'sts', ...anywhere] : anywhere);
const hangsOn = (kind: QuestionKind): boolean => kind === 'resource' || kind === 'rcp' || kind === 'trust';
/** Of those with policies of resources, the ones whose resources RCPs bind. */
export const bound = onResource.filter((service) => services[service]!.actions.some((one) => isBoundByRcps(one.split(':')[0]!)));

/** Whether one policy of a kind allows a request: guardrails that only deny stand beside the full access that AWS attaches, and RCPs let through what they do not bind. */
function allowedBy(kind: QuestionKind, policy: Policy, document: Document, reading: Reading): (request: Request) => boolean {
  const isGuard = (kind === 'scp' || kind === 'rcp') && document.Statement.every(({ Effect }) => Effect === 'Deny');
  const inForce = isGuard ? parsePolicy({ ...document, Statement: [...document.Statement, { Effect: 'Allow', ...kind === 'rcp' ? { Principal: '*' } : {}, Action: '*', Resource: '*' }] }) : policy;
  return (request) => (kind === 'rcp' && !isBound(request)) || decide(inForce, request, reading).allowed;
}

/** One policy, one objective. */
export function singleTrial(random: Random, only?: QuestionKind): Trial {
  const kind = only ?? random.pick(kinds);
  const service = serviceFor(random, kind);
  const objective = random.pick(objectives[kind]);
  const isGateway = kind === 'vpc-endpoint' && ['s3', 'dynamodb'].includes(service) && random.chance(0.4);
  // A policy of identities, or of all resources, about whom the service is not said speaks of all of them.
  const isSaid = kind === 'resource' || kind === 'trust' || isGateway || random.chance(kind === 'vpc-endpoint' ? 0.8 : kind === 'rcp' ? 0.6 : 0.4);
  const callers = kind === 'trust' && objective === 'principals' && random.chance(0.3) ? random.pick(['partners', 'all-but-partners'] as const) : undefined;
  const several = [...new Set([service, ...random.some(kind === 'rcp' ? ['sts', ...bound] : everywhere, 1, 2)])];
  const partition = partitionFor(random, hangsOn(kind) && isSaid && kind !== 'trust');
  const isNamed = hangsOn(kind) && kind !== 'trust' && isSaid;
  const reading: Reading = isGateway ? { gateway: true } : kind === 'identity' || kind === 'scp' ? { attached: true } : {};
  const make = (documents: Trial['documents'], definition: Perimeter): Trial => {
    const policy = parsePolicy(documents['policy']);
    const question: Question = { kind, perimeter: definition, account: own, now, policy, ...kind === 'trust' || !isSaid ? {} : { service }, ...isNamed ? { resource: inPartition(services[service]!.asked, partition) } : {}, ...isGateway ? { endpointType: 'gateway' } : {}, ...callers === undefined ? {} : { callers } };
    const isAllowed = allowedBy(kind, policy, documents['policy']!, reading);
    return {
      about: `${objective}${callers === undefined ? '' : ` (${callers})`} of ${kind}${isGateway ? ' (gateway)' : ''} on ${isSaid ? service : 'any service'}${partition === 'aws' ? '' : ` in ${partition}`}`, documents, definition, again: make, isAllowed, distanceOf: (request) => isAllowed(request) ? 0 : Math.max(0.5, distance(policy, request, reading)),
      setting: { kind, objective, definition, services: isSaid ? [service] : [...several, ...kind === 'rcp' ? [] : ['sqs', 'zebra']], hangsOnResource: hangsOn(kind), partition, hasIdentity: false, viaEndpoint: false, ...callers === undefined ? {} : { callers }, said: saidBy([documents['policy']!]), ...kind === 'rcp' && !isSaid ? { isAsked: askedOf([documents['policy']!]) } : {} },
      ask: () => ask(question, objective),
    };
  };
  const document = isSaid || random.chance(0.3) ? randomDocument(random, kind, service) : mixedDocument(random, kind, several);
  const policy = inPartition(document, partition);
  return make({ policy: random.chance(0.5) ? asInChina(policy, partition) : policy }, randomDefinition(random));
}

/** What a changed policy allows that the one before did not. */
export function comparingTrial(random: Random, only?: QuestionKind): Trial {
  const kind = only ?? random.pick(kinds);
  const service = serviceFor(random, kind);
  const isAttached = kind === 'identity' || kind === 'scp';
  const several = (isAttached || kind === 'vpc-endpoint') && random.chance(0.4) ? [...new Set([service, ...random.some(everywhere, 1, 2)])] : [service];
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
