import { testOn } from '../conditions.ts';
import { refuses } from '../formula.ts';
import { actionsOperator, patternsOperator } from '../operators.ts';
import { kept, Memory } from '../kept.ts';
import { arnAsDefined, glob, literal, oneOrMore, patternOf, plainGlob, withoutVariables, withVariables, type Pattern, type Token, type Wildcard } from '../pattern.ts';
import { literalOf, type Node } from '../search/logic.ts';
import { ACTION, RESOURCE } from '../parse.ts';
import { present, type Domain, type TextTest } from '../search/region.ts';
import { findText } from '../search/texts.ts';
import { Work } from '../search/work.ts';
import { actionsOf, services } from '../tables/actions.ts';
import { byName } from '../tables/by-name.ts';
import { isBoundByRcps } from '../tables/rcp-services.ts';
import { collectionOf, prefixesRuled, servicesTaken, sisterOf, takersOf, takesResourceOf } from '../tables/resource-services.ts';
import { headsBesides, headsOf, homes, namesUnder, objects, resourceNames } from '../tables/example-arns.ts';
import { actionPrefix } from '../tables/service-prefixes.ts';
import { endpointOwnerKeys, mayOmitVia, viaKeys } from '../tables/key-groups.ts';
import { untoldActions, untoldKeys } from '../tables/untold-owners.ts';
import { sendsEndpointOwner } from '../tables/vpce-keys.ts';
import type { Subject } from '../question.ts';
import { callersOfMine } from './members.ts';
import { accountForm, regionForm } from './accounts.ts';
import type { World } from './world.ts';

/** Whether a resource that is given is what is asked about: what hangs on principals, or on an endpoint, is about whatever they reach. */
export const isAboutResource = ({ kind }: Subject): boolean => kind === 'resource' || kind === 'rcp' || kind === 'trust';

/** The prefix that the actions of a question's service or resource begin with; `undefined` where it is about neither. */
export const prefixOf = (subject: Subject): string | undefined =>
  subject.service !== undefined ? actionPrefix(subject.service) : isAboutResource(subject) ? /^arn:[^:]*:([a-z0-9-]+):/.exec(subject.resource ?? '')?.[1] : undefined;

/** The prefixes to try: the question's, or those that its policies leave open. */
export const prefixesOf = (world: World): readonly string[] => world.prefix === undefined ? world.once('prefixes', () => prefixesTold(world)) : world.question.kind === 'resource' || world.question.kind === 'rcp' ? prefixesRuled(world.prefix) : [world.prefix];

/**
 * The prefixes that the policies name, and where an Allow takes in services that it does not name, two of those, which no policy tells
 * from the others, one that tells no owner where owners are asked for, one that may leave out what others surely tell, one that RCPs do not bind beside an RCP, those that take resources which the policies name, and STS, to which whom providers send is told from everybody else. An RCP says nothing of services that it does not
 * name or bind, and is not asked about them, unless there are no others, or it denies all others by a NotAction.
 */
function prefixesTold(world: World): readonly string[] {
  const { policies, profile, question } = world;
  const [named, onResources] = [new Set<string>(), new Set<string>()];
  let [isOpen, hasUnbound, isOfOthers] = [false, false, false];
  const isAsked = (service: string): boolean => !world.isOfRcps || isBoundByRcps(service);
  for (const { at, effect, actions, resources } of policies.flatMap(({ statements }) => statements)) {
    // What no policy as written says names no service.
    if (at === '') { isOpen = true; hasUnbound ||= actions.negated; continue; }
    isOfOthers ||= actions.negated;
    for (const { text } of actions.test.patterns) {
      const service = text.split(':')[0]!.toLowerCase();
      const isNamed = addServices(service, named);
      if (effect === 'Allow' && (actions.negated || !isNamed)) isOpen = true;
    }
    // Resources tell services too: a Deny may spare some or take others out.
    for (const arn of resources?.test.values ?? []) {
      const [, , service = '*', where = '*'] = arn.split(':');
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
    ...world.testsAny(untoldKeys) && !world.isOfRcps ? oneMore((service) => untoldActions(service).length > 0) : [],
    ...!world.isOfRcps && hasUnbound ? oneMore((service) => !isBoundByRcps(service)) : [],
    // Some leave out what all others surely tell.
    ...world.testsAny(viaKeys) ? oneMore((service) => mayOmitVia.has(service)) : [],
    ...world.testsAny(endpointOwnerKeys) ? oneMore((service) => !sendsEndpointOwner(service)) : [],
    // Tokens come to STS alone, and carry less than all others.
    ...question.kind === 'rcp' || (question.kind === 'vpc-endpoint' && profile.isOpen) ? ['sts'] : [],
  ])];
}
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

export interface Acts {
  readonly prefix: string;
  readonly domain: Domain;
  readonly takesResource: boolean;
  /** Whether requests may leave out whose resource it is. */
  readonly isUntold?: boolean;
}
const letter: Wildcard = { of: 'letter', times: 'one' };
const letters: Wildcard = { of: 'alphanumeric', times: 'many' };

/** Actions of a service: those that take a resource, existing ones first, and those that support no resource type. */
export const actsOf = kept((prefix): readonly Acts[] => {
  const { withResource, withoutResource, takesNone } = actionsOf(prefix);
  const any = patternOf(`${prefix}:`, letter, letters);
  if (takesNone) return [{ prefix, takesResource: false, domain: present({ forms: [any], liked: withoutResource }) }];
  const none = { test: testOn(ACTION, actionsOperator, withoutResource), want: false };
  const acts: Acts[] = [{ prefix, takesResource: true, domain: present({ forms: [any], tests: withoutResource.length > 0 ? [none] : [], liked: withResource }) }];
  return withoutResource.length === 0 ? acts : [...acts, { prefix, takesResource: false, domain: present({ forms: withoutResource.map(literal) }) }];
});

/**
 * Those that support no resource type, as far as the policies name them one by one: some policies of resources rule them all the same.
 * https://docs.aws.amazon.com/codeartifact/latest/ug/domain-policies.html (CreateRepository), https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html (GetBootstrapBrokers)
 */
export function actsNamed({ policies }: World, prefix: string): readonly Acts[] {
  const unresourced = namesWithout(prefix);
  if (unresourced.size === 0) return NONE;
  const names = new Set<string>();
  for (const { statements } of policies) for (const { actions } of statements) for (const { literal: text } of actions.test.patterns) {
    const name = text === undefined ? undefined : unresourced.get(text.toLowerCase());
    if (name !== undefined) names.add(name);
  }
  return names.size === 0 ? NONE : [{ prefix, takesResource: true, domain: present({ forms: [...names].map(literal) }) }];
}
const NONE: readonly never[] = [];
/** By the name in lower case. */
const namesWithout = kept((prefix): ReadonlyMap<string, string> => new Map(actionsOf(prefix).withoutResource.map((one) => [one.toLowerCase(), one])));

/** Those of a service that may leave out whose resource it is. */
export const untoldActsOf = kept((prefix): readonly Acts[] => {
  const names = untoldActions(prefix);
  return names.length === 0 ? [] : [{ prefix, takesResource: true, isUntold: true, domain: names.includes('*') ? actsOf(prefix)[0]!.domain : present({ forms: names.map((one) => literal(`${prefix}:${one}`)) }) }];
});

/** What a trust policy may allow. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html */
export const everySts: Acts = {
  prefix: 'sts', takesResource: false,
  domain: present({ forms: ['AssumeRole', 'AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML', 'TagSession', 'SetSourceIdentity', 'SetContext'].map((one) => literal(`sts:${one}`)) }),
};

/** What follows the ARN of a resource with a policy where something below it is asked for, of services that are known to have no other. */
const marks = byName<readonly string[]>({ s3: ['/'], 'execute-api': ['/'], lambda: [':'], sqs: [], sns: [], kms: [], secretsmanager: [], ecr: [], elasticfilesystem: [] });
const eitherMark = ['/', ':'];

const step = oneOrMore('no-slash');

/** The resource of a question and what lies below it, or beside it where its policy speaks of that. */
export const ownResources = (world: World, prefix: string): Domain | undefined => world.once(`own resources ${prefix}`, () => {
  const { resource: named, kind } = world.question;
  if (named === undefined) return undefined;
  // A private domain name has a policy for calls and one for its management, which name it by different ARNs.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains-provider-share-cli.html
  const resource = prefix === 'execute-api' ? named.replace(/^(arn:[^:]*:)apigateway(?=:[^:]*:\d{12}:\/domainnames\/)/, '$1execute-api') : named;
  // Every call names a stage, a method and a path: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
  if (/^arn:[^:]*:execute-api:[^:]*:[^:]*:[^:/]+$/.test(resource)) return present({ forms: [patternOf(`${resource}/`, step, '/', step, '/', { of: 'any', times: 'many' })], liked: [`${resource}/prod/GET/orders`] });
  const below = marks[prefix] ?? eitherMark;
  // An RCP speaks of any resource, so it is asked about this one.
  const collection = kind === 'rcp' ? undefined : collectionOf(resource);
  if (collection !== undefined) {
    const others = otherHeads(world, prefix).flatMap((head) => formsUnder(prefix, collection.split(':')[1]!, head, world.account));
    return present({ forms: [...nameFormsOf(prefix).map((one) => patternOf(collection, one)), ...others], liked: [resource] });
  }
  // As in names elsewhere, no account's id stands between colons below it.
  const ids = prefix === 's3' ? [] : [...new Set([world.account, ...world.profile.accounts.keys()])];
  const tests = ids.length === 0 ? [] : [{ test: testOn(RESOURCE, patternsOperator, ids.map((id) => glob(`${resource}*:${id}:*`))), want: false }];
  return present({ tests, forms: [literal(resource), ...below.map((mark) => patternOf(`${resource}${mark}`, oneOrMore(mark === ':' && prefix !== 'logs' ? 'no-colon' : 'any')))], liked: [resource, ...prefix === 's3' ? [`${resource}/some-key`] : []] });
});

/**
 * The last part of an ARN: `name`, `type:name`, `type:name:qualifier` or, of log streams alone, `type:name:type:name`. What colons
 * follow is no account's id, so that no resource of a stranger has another's between colons, which a wildcard that crosses
 * colons would take for the account: types start with a letter, names with eight digits at most.
 */
const digits = Array.from({ length: 8 }, (): Wildcard => ({ of: 'digit', times: 'optional' }));
/** Those with two parts and fewer, then what precedes the last of more. */
function formsOfNames(of: 'name' | 'no-colon'): { readonly forms: readonly Pattern[]; readonly before: readonly (readonly Token[])[]; readonly type: readonly Wildcard[] } {
  const [name, type]: [readonly Wildcard[], readonly Wildcard[]] = [oneOrMore(of), [letter, { of, times: 'many' }]];
  const names: readonly (readonly Token[])[] = [[{ of: 'digit', times: 'one' }, ...digits.slice(1)], [...digits, { of: of === 'name' ? 'name-no-digit' : 'no-colon-or-digit', times: 'one' }, { of, times: 'many' }]];
  const before = names.map((one) => [...type, ':', ...one, ':']);
  return { forms: [patternOf(name), patternOf(type, ':', name), ...before.map((one) => patternOf(one, name))], before, type };
}
const { forms: nameForms } = formsOfNames('name');
// A log group's own ARN ends in `:*`.
const ofLogs = formsOfNames('no-colon');
const nameFormsOfLogs: readonly Pattern[] = [...ofLogs.forms, ...ofLogs.before.map((one) => patternOf(one, ofLogs.type, ':', oneOrMore('no-colon')))];
/** The last part of a service's ARNs. */
export const nameFormsOf = (service: string | undefined): readonly Pattern[] => service === 'logs' ? nameFormsOfLogs : service === 'ecr' ? repositories : nameForms;
// ECR has no other resources.
const repositories: readonly Pattern[] = [patternOf('repository/', oneOrMore('name'))];
/** Names of more parts than those, as states of machines and versions of components have, which only policies tell that write as many colons. */
const deepForm = patternOf(letter, oneOrMore('name-or-colon'));
const namesDeep = (world: World): boolean => world.once('names deep', () => world.profile.resources.some(({ text }) => {
  const parts = withoutVariables(text).split(':');
  // A wildcard may stand for all before those that are written.
  return parts.length > (parts[2] === 'logs' ? 9 : 8) || (mayTakeColons(text) && text.replace(/^arn:[^:]*:/, '').replace(/^[^*?$]*/, '').split(':').length > 4);
}));
/** That no account's id stands between colons behind the owner. */
const ofNobodyElse = (account: string): TextTest[] => [{ want: false, test: testOn(RESOURCE, patternsOperator, [patternOf({ of: 'any', times: 'many' }, `:${account}:`, { of: 'any', times: 'many' }, ':', Array.from({ length: 9 }, (): Wildcard => ({ of: 'digit', times: 'one' })), { of: 'digit', times: 'many' }, ':', { of: 'any', times: 'many' })]) }];

/** Whether some policy could tell buckets of an account's own namespace, whose names end in `-an`, from others. */
const namesNamespaces = (world: World): boolean => world.once('names namespaces', () => world.profile.resources.some(({ text }) => text.includes('-an')));

/** What a service's own ARNs begin with, behind the partition; `region` and `@` stand for a Region and the owner's account. */
const ownHead = (prefix: string): string => prefix === 's3' ? 's3:::' : prefix === 'sts' ? 'iam::@:' : `${prefix}:${headsOf[prefix] ?? 'region:@:'}`;

/**
 * What other ARNs begin with that the policies name and the service's actions may take: those of another service (`ebs` reads
 * snapshots of `ec2`), such as name no account (images), and S3's access points, which name one.
 */
const otherHeads = (world: World, prefix: string): readonly string[] => world.once(`other heads ${prefix}`, () => {
  const own = ownHead(prefix);
  const heads = new Set<string>();
  // What one policy allows of buckets by name is kept from access points where it is held against another.
  const isCompared = refuses(world.formula);
  let hasRest = false;
  for (const { effect, resources } of world.policies.flatMap(({ statements }) => statements)) {
    if (resources === undefined) continue;
    for (const text of resources.test.values) {
      const head = headOf(text, prefix);
      if (head !== undefined) heads.add(head);
      if (mayTakeColons(text)) for (const one of headsAcross(`${prefix} ${text}`)) heads.add(one);
    }
    // What is kept from resources of one form, as buckets are and what has a Region and an account, is not kept from others.
    hasRest ||= (isCompared || (effect === 'Deny') !== resources.negated) && !resources.test.values.includes('*');
  }
  // The policy of a resource speaks of that.
  if (hasRest && world.question.resource === undefined) for (const service of [prefix, ...sisterOf(prefix)]) for (const head of [ownHead(service), ...headsBesides(service)]) heads.add(head);
  // Of APIs the ARN names no account, of domains and portals it does.
  if (prefix === 'apigateway' && heads.size > 0) heads.add('apigateway:region:@:');
  heads.delete(own);
  return [...heads];
});

function headOf(text: string, prefix: string): string | undefined {
  const [, , named = '', where = '*', owner = '*'] = text.split(':', 5);
  const account = ['', 'aws', 'offering'].includes(owner) ? owner : '@';
  const own = ownHead(prefix).split(':')[0]!;
  // What takes resources of any service takes snapshots, which a text without a service may be.
  const service = /[*?]/.test(named) ? own : named === '' && takesResourceOf(prefix, '') ? 'ec2' : named;
  if (service !== own && !takesResourceOf(prefix, service)) return undefined;
  const [place = where === '' ? '' : 'region', whose = account] = headsOf[service]?.split(':') ?? [];
  return `${service}:${place}:${account === '@' ? whose : account}:`;
}

/** Whether a wildcard or variable stands in a pattern's Region or account, or before them, so that ARNs of another form may fit. */
const mayTakeColons = (text: string): boolean => text !== '*' && /^(?:arn:[a-z*-]*:[a-z0-9-]+:(?:[^:*?$]*:)?[^:*?$]*[*?$]|(?!arn:[a-z*-]*:[a-z0-9-]+:)(?:arn:.*|a?|ar|arn)[*?$])/.test(text);

/** What the ARNs begin with that a pattern takes by wildcards which stand for colons, or for nothing between them; by the prefix of actions and, behind a space, the pattern. */
const headsAcross = kept((asked): readonly string[] => {
  const at = asked.indexOf(' ');
  const [prefix, text] = [asked.slice(0, at), withVariables(asked.slice(at + 1), () => '*').replace(/^arn:[a-z*-]*:(?=[a-z0-9-]+:)/, 'arn:aws:')];
  const [begin] = /^arn:[a-z-]*:[a-z0-9-]*(?=[*?])/.exec(text) ?? [];
  const taken = takesResourceOf(prefix, '') ? services.filter((one) => one.startsWith(begin?.split(':')[2] ?? '')) : servicesTaken(prefix);
  // Of S3 other services take buckets alone.
  const heads = [ownHead(prefix).split(':')[0]!, ...taken].flatMap((service) => [ownHead(service), ...service === 's3' && prefix !== 's3' ? [] : headsBesides(service)]);
  const [, named = ''] = /^arn:([a-z-]+):/.exec(text) ?? [];
  const partitions = named === '' ? Object.keys(homes) : [named];
  const tests = [{ test: testOn(RESOURCE, patternsOperator, [plainGlob(text)]), want: true }];
  return heads.filter((head) => partitions.some((partition) => findText(tests, formsUnder(prefix, partition, head, accountForm), [], new Work(1_000_000)) !== undefined));
});

/** The services whose resources may be asked for: the one that is called, and others that the policies name. */
export const servicesReached = (world: World, prefix: string): readonly string[] => [...new Set([prefix, ...[ownHead(prefix), ...otherHeads(world, prefix)].map((head) => head.slice(0, head.indexOf(':')))])];

const byOwner = new Memory<Domain>();
/** ARNs of an account's resources as a service writes them, and as the policies name others. */
export function resourcesOf(world: World, prefix: string, account: string, partition?: string): Domain {
  const { partitions: all, accounts } = world.profile;
  // Partitions share no credentials: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  const partitions = partition === undefined ? all : [partition];
  const heads = otherHeads(world, prefix);
  // A bucket of an account's own namespace is nobody else's: https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
  const others = prefix === 's3' && namesNamespaces(world) ? [...new Set([...accounts.keys(), ...callersOfMine(world)])].filter((id) => id !== account) : [];
  const isDeep = namesDeep(world);
  const key = `${prefix} ${account} ${partitions.join()} ${others.join()} ${heads.join()} ${isDeep}`;
  return byOwner.get(key) ?? byOwner.add(key, present({
    forms: partitions.flatMap((one) => [ownHead(prefix), ...heads].flatMap((head) => formsUnder(prefix, one, head, account, isDeep))), liked: partitions.flatMap((one) => [...likedArns(one, prefix, account), ...heads.map((head) => likedUnder(one, head, account))]),
    tests: [...others.length === 0 ? [] : [{ test: testOn(RESOURCE, patternsOperator, withBelow(others.map(inNamespaceOf)).map(arnAsDefined)), want: false }], ...isDeep ? ofNobodyElse(account) : []],
  }));
}

function formsUnder(prefix: string, partition: string, head: string, account: string | Pattern, isDeep = false): Pattern[] {
  // Other services than S3 take buckets alone.
  if (head === 's3:::') return [bucketForm(partition), ...prefix === 's3' ? [patternOf(bucketForm(partition), '/', oneOrMore('any'))] : []];
  const [service, where, owner = ''] = head.split(':');
  const of = owner === '@' ? account : owner;
  // Without a Region there are access points of several: https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointNaming.html
  if (service === 's3' && where === '') return multiRegion.map((one) => patternOf(`arn:${partition}:s3::`, of, ':accesspoint/', one));
  const begin = patternOf(`arn:${partition}:${service}:`, where === '' ? [] : regionForm, ':', of, ':');
  const names = namesUnder[head] ?? NONE;
  if (names.length > 0) return names.flatMap((one) => endings(service!, one).map((end) => patternOf(begin, one, end)));
  return [...nameFormsOf(service), ...isDeep ? [deepForm] : []].map((one) => patternOf(begin, one));
}

/** What stands behind the beginning of a name: keys of objects, which access points have too, are of any characters, and versions of models stand behind a colon. */
const endings = (service: string, name: string): readonly (readonly Token[])[] => name === 'accesspoint/' ? [oneOrMore('any')] : service === 'bedrock' ? [oneOrMore('name'), [...oneOrMore('name'), ':', ...oneOrMore('name')]] : [oneOrMore('name')];

const multiRegion: readonly Pattern[] = [patternOf(oneOrMore('id'), '.mrap'), patternOf(oneOrMore('id'), '.mrap/', oneOrMore('any'))];

function likedUnder(partition: string, head: string, account: string): string {
  if (head === 's3:::') return `arn:${partition}:${objects[1]}`;
  const begin = namesUnder[head]?.[0];
  const name = begin !== undefined ? `${begin}something` : resourceNames[head.split(':')[0]!] ?? 'something';
  return `arn:${partition}:${head.replace('region', homes[partition] ?? homes['aws']!).replace('@', account)}${name}`;
}

/** ARNs as people know them, for witnesses. */
function likedArns(partition: string, prefix: string, account: string): string[] {
  const known = prefix === 's3' ? objects : prefix === 'sts' ? [`iam::${account}:role/someone`] : undefined;
  return known?.map((one) => `arn:${partition}:${one}`) ?? [likedUnder(partition, ownHead(prefix), account)];
}

/** Bucket names hold no slash, and begin and end with a letter or digit; those of before March 2018 may hold capitals and underscores. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const inBucket = (times: Wildcard['times']): Wildcard => ({ of: 'bucket', times });
export const bucketNameForm: readonly Wildcard[] = [{ of: 'alphanumeric', times: 'one' }, inBucket('one'), inBucket('many'), { of: 'alphanumeric', times: 'one' }];
const bucketForm = (partition: string): Pattern => patternOf(`arn:${partition}:s3:::`, bucketNameForm);

/** Buckets of an account's own namespace. */
export const inNamespaceOf = (id: string): string => `arn:*:s3:::*-${id}-\${region}-an`;

/** The bucket an S3 ARN is of. */
export const bucketOf = (arn: string): string | undefined => /^arn:[^:]*:s3:::([^/]+)/.exec(arn)?.[1];

/** The action is one of these, or is not. */
export const acting = (patterns: readonly string[], positive = true): Node => literalOf(ACTION, testOn(ACTION, actionsOperator, patterns.map(plainGlob)), positive);
/** The resource is one of these. */
export const onResources = (patterns: readonly Pattern[]): Node => literalOf(RESOURCE, testOn(RESOURCE, patternsOperator, patterns), true);
/** ARN patterns with all that lies below what they name. */
export const withBelow = (patterns: readonly string[]): string[] => patterns.flatMap((one) => [one, `${one}/*`]);
