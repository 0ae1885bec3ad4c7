import { askTogether, parsePolicy, type Objective, type Perimeter, type Policy, type QuestionKind } from '../../policy/index.ts';
import type { Setting as Reading } from '../../policy/decide.ts';
import type { Random } from '../bench/random.ts';
import { mixedDocument } from './across.ts';
import { now, own } from './cast.ts';
import { distance } from './climb.ts';
import { randomDefinition } from './definitions.ts';
import { randomDocument, type Document } from './documents.ts';
import { askedOf, counts, evaluation, onPrincipal } from './evaluation.ts';
import { saidBy } from './said.ts';
import { services } from './services.ts';
import { anywhere, bound, everywhere, onResource, type Trial } from './trials.ts';

/** Several planes at once. */
export function togetherTrial(random: Random): Trial {
  const { chance, pick } = random;
  const isTrust = chance(0.2);
  const objective = pick<Objective>(isTrust ? ['principals', 'networks'] : ['principals', 'resources', 'resources', 'networks', 'networks', 'deputies']);
  const service = isTrust ? 'sts' : pick(objective === 'resources' ? anywhere : onResource);
  const viaEndpoint = chance(0.4);
  // What hangs on no resource in particular speaks of all services, where none is said.
  const hasResource = objective !== 'resources' && (isTrust || chance(0.8));
  const isSaid = hasResource || chance(0.6);
  const several = [...new Set([service, ...random.some(objective === 'resources' ? everywhere : [...onResource, ...bound], 1, 2)])];
  const plane = (of: QuestionKind, probability: number): Document[] => chance(probability) ? [chance(0.3) ? open(of) : isSaid ? randomDocument(random, of, service) : mixedDocument(random, of, several)] : [];
  const documents = Object.fromEntries([
    ...plane('identity', objective === 'resources' ? 0.7 : 0.5).map((one) => ['identity', one]), ...plane('identity', 0.35).map((one) => ['boundary', one]), ...plane('scp', 0.5).map((one) => ['scp', one]), ...plane('scp', 0.2).map((one) => ['second scp', one]),
    ...plane('rcp', hasResource || objective === 'resources' ? 0.4 : 1).map((one) => ['rcp', one]), ...(viaEndpoint ? plane('vpc-endpoint', 1) : []).map((one) => ['endpoint', one]), ...hasResource ? plane(isTrust ? 'trust' : 'resource', 1).map((one) => ['resource', toOwn(random, one)]) : [],
  ] as [string, Document][]);
  const make = (documents: Trial['documents'], definition: Perimeter): Trial => {
    const counted = Object.keys(documents).filter((name) => counts(name, objective));
    const said = saidBy(counted.map((name) => documents[name]!));
    const speaks = speaksOf(counted, isTrust, objective);
    const parsed = Object.fromEntries(Object.entries(documents).map(([name, one]) => [name, parsePolicy(one)]));
    const { identity, boundary, endpoint, resource } = parsed;
    const given = { ...identity === undefined ? {} : { identity }, ...boundary === undefined ? {} : { boundary }, ...endpoint === undefined ? {} : { endpoint }, ...resource === undefined ? {} : { resource }, scps: some(parsed['scp'], parsed['second scp']), rcps: some(parsed['rcp']) };
    const subject = { kind: isTrust ? 'trust' as const : 'resource' as const, perimeter: definition, account: own, now, viaEndpoint, ...isTrust || !isSaid ? {} : { service }, ...isTrust || !isSaid || speaks !== 'resource' ? {} : { resource: services[service]!.asked } };
    const isAllowed = evaluation(documents, objective, isTrust, definition);
    const readings = Object.entries(parsed).filter(([name]) => counts(name, objective)).map(([name, one]): [Policy, Reading] => [one, onPrincipal.has(name) ? { attached: true } : {}]);
    return {
      about: `${objective} of ${Object.keys(documents).join(' and ')} on ${isSaid ? service : 'any service'}`, documents, definition, again: make, isAllowed,
      distanceOf: (request) => isAllowed(request) ? 0 : Math.max(0.5, readings.reduce((sum, [one, reading]) => sum + distance(one, request, reading), 0)),
      setting: { kind: speaks, objective, definition, services: isSaid ? [service] : several, hangsOnResource: isTrust || speaks === 'resource', hasIdentity: 'identity' in documents || 'boundary' in documents, viaEndpoint, isOfOwnPrincipals: !('resource' in documents) && ('identity' in documents || 'boundary' in documents), said, ...isSaid || !counted.every((name) => name === 'rcp') ? {} : { isAsked: askedOf(Object.values(documents)) } },
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
const open = (kind: QuestionKind): Document => ({ Version: '2012-10-17', Statement: [kind === 'identity' || kind === 'scp' ? { Effect: 'Allow', Action: '*', Resource: '*' } : kind === 'trust' ? { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } : { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
/** Principals of the account that the resource is of, so that rules within an account come into play. */
const toOwn = ({ chance, pick }: Random, document: Document): Document => ({
  ...document, Statement: document.Statement.map((one) => typeof one['Principal'] === 'object' && chance(0.5) ? { ...one, Principal: { AWS: pick([own, `arn:aws:iam::${own}:role/app`, `arn:aws:iam::${own}:user/jo`, `arn:aws:sts::${own}:assumed-role/app/jo`, '*']) } } : one),
});

