import { refuseService } from '../misuse.ts';
import { plainGlob } from '../pattern.ts';
import type { Subject } from '../question.ts';
import { services } from '../tables/actions.ts';
import { endpointOwnerKeys, mayOmitVia, RULES, ruleKeys, viaKeys } from '../tables/key-groups.ts';
import { isBoundByRcps } from '../tables/rcp-services.ts';
import { prefixesRuled, takersOf } from '../tables/resource-services.ts';
import { actionPrefix } from '../tables/service-prefixes.ts';
import { untoldActions, untoldKeys } from '../tables/untold-owners.ts';
import { sendsEndpointOwner } from '../tables/vpce-keys.ts';
import { servicesAcross } from './heads.ts';
import type { World } from './world.ts';

/** Whether a resource that is given is what is asked about: what hangs on principals, or on an endpoint, is about whatever they reach. */
export const isAboutResource = ({ kind }: Subject): boolean => kind === 'resource' || kind === 'rcp' || kind === 'trust';

/** The prefix that the actions of a question's service or resource begin with; `undefined` where it is about neither. Throws TypeError where kind, service or resource is what its type rules out. */
export function prefixOf(subject: Subject): string | undefined {
  refuseService(subject);
  return subject.service !== undefined ? actionPrefix(subject.service) : isAboutResource(subject) ? /^arn:[^:]*:([a-z0-9-]+):/.exec(subject.resource ?? '')?.[1] : undefined;
}

/** The prefixes to try: the question's, or those that its policies leave open. */
export const prefixesOf = (world: World): readonly string[] => world.prefix === undefined ? world.once('prefixes', () => prefixesTold(world)) : world.question.kind === 'resource' || world.question.kind === 'rcp' ? prefixesRuled(world.prefix) : [world.prefix];

/**
 * The prefixes that the policies name, and where an Allow takes in services that it does not name, two of those, which no policy tells
 * from the others, one that tells no owner where owners are asked for, one that may leave out what others surely tell, one that RCPs do not bind beside an RCP, those that take resources which the policies name, and STS, to which whom providers send is told from everybody else. An RCP says nothing of services that it does not
 * name or bind, and is not asked about them, unless there are no others, or it denies all others by a NotAction, a `*` or a `*:…`.
 */
function prefixesTold(world: World): readonly string[] {
  const { policies, profile, question } = world;
  const [named, onResources] = [new Set<string>(), new Set<string>()];
  const across: string[] = [];
  let [isOpen, hasUnbound, isOfOthers] = [false, false, false];
  const isAsked = (service: string): boolean => !world.isOfRcps || isBoundByRcps(service);
  for (const { at, effect, actions, resources } of policies.flatMap(({ statements }) => statements)) {
    // What no policy as written says names no service.
    if (at === '') { isOpen = true; hasUnbound ||= actions.negated; continue; }
    isOfOthers ||= actions.negated || (effect === 'Deny' && actions.test.patterns.some(({ text }) => text.split(':', 1)[0] === '*'));
    for (const { text, literal } of actions.test.patterns) {
      // No action goes without its service.
      if (literal?.includes(':') === false) continue;
      const service = text.split(':')[0]!.toLowerCase();
      const isNamed = addServices(service, named);
      if (effect === 'Allow' && (actions.negated || !isNamed)) isOpen = true;
    }
    // Resources tell services too: a Deny may spare some or take others out.
    for (const arn of resources?.test.values ?? []) {
      const [, , service = '*', where = '*'] = arn.split(':');
      if (saysNoService(arn)) across.push(arn);
      // A wildcard in it may stand for what is behind it too.
      addServices(/[^*?][*?]+[^*?]/.test(service) ? service.replace(/[*?].*$/, '*') : service, onResources);
      // Of all services with a Region, which those of IAM have not.
      if (/[*?]/.test(service) && where !== '*') onResources.add('sts');
    }
  }
  for (const some of [named, onResources]) for (const one of some) if (!isAsked(one)) some.delete(one);
  if (!isOpen) return [...named];
  if (world.isOfRcps && named.size > 0 && !isOfOthers) return [...new Set([...named, ...onResources])];
  const told = new Set([...named, ...onResources, ...[...onResources].flatMap(takersOf).filter(isAsked), ...profile.federated.length > 0 ? ['sts'] : []]);
  const others = usual.filter((one) => !named.has(one) && !onResources.has(one) && isAsked(one));
  const oneMore = (isOf: (service: string) => boolean): string[] => others.filter(isOf).slice(0, 1);
  return [...new Set([...told, ...others.slice(0, 2),
    // Some tell no owner, which no policy has to name to tell them from others; beside an RCP stand those that it does not bind.
    ...across.filter((arn) => arn.slice(0, BEGIN).includes('*')).length > MOST_ACROSS ? others : servicesAcross(across, others),
    ...world.testsAny(untoldKeys) && !world.isOfRcps ? oneMore((service) => untoldActions(service).length > 0) : [],
    ...!world.isOfRcps && hasUnbound ? oneMore((service) => !isBoundByRcps(service)) : [],
    // Some leave out what all others surely tell.
    ...world.testsAny(viaKeys) ? oneMore((service) => mayOmitVia.has(service)) : [],
    ...world.testsAny(endpointOwnerKeys) ? oneMore((service) => !sendsEndpointOwner(service)) : [],
    // By rules one service's callers tell a source, which is nobody else's but AWS services'.
    ...world.testsAny(ruleKeys) && isAsked(RULES) ? [RULES] : [],
    // Tokens come to STS alone, and carry less than all others.
    ...question.kind === 'rcp' || (question.kind === 'vpc-endpoint' && profile.isOpen) ? ['sts'] : [],
  ])];
}
/** Of so many patterns that may begin with anything it is looked up what they take; where there are more, all are tried. */
const MOST_ACROSS = 4;
/** What is before a service's name. */
const BEGIN = 'arn:aws:'.length;
/** Whether a wildcard stands for the colons before a service's place, or for the service. */
const saysNoService = (arn: string): boolean => arn !== '*' && !/^arn:[a-z*-]*:(?:[^:*?$]+|\*(?=:\*)):/.test(arn);
/** Adds the services that a text names, by its name or by a pattern that is not all of them; whether it is a name. */
function addServices(text: string, to: Set<string>): boolean {
  const isNamed = /^[a-z0-9-]+$/.test(text);
  if (isNamed) to.add(text);
  else if (text !== '*') {
    const known = services.filter((one) => plainGlob(text).matches(one));
    // The table does not hold every service.
    for (const one of known.length > 0 ? known : [text.replaceAll('*', '').replaceAll('?', 'x')]) if (/^[a-z0-9-]+$/.test(one)) to.add(one);
  }
  return isNamed;
}
/** What is taken for services that no policy names: those that many use first. */
const usual = ['s3', 'sqs', 'dynamodb', 'kms', 'secretsmanager', 'lambda', 'sns', ...services];
