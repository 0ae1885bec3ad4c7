import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { literal, patternOf, plainGlob, type Pattern, type Wildcard } from '../pattern.ts';
import type { Principal, Reach } from '../request.ts';
import { all, literalOf, TRUE, type Node } from '../search/logic.ts';
import { absent, always, anything, only, type Domain } from '../search/region.ts';
import { chainKeys, kindKeys, signedKeys, viaKeys } from '../tables/key-groups.ts';
import { commonDomain } from './carried.ts';
import { isHopeless } from './hopeless.ts';
import { networksOf, type Network } from './networks.ts';
import { tells } from './profile.ts';
import type { World } from './world.ts';

/** A class of callers: who they are, and what their requests carry under every key but those of the resource. */
export interface Caller {
  readonly principal: Principal;
  readonly domain: (key: string) => Domain;
  readonly reach: Reach;
  readonly also?: () => Node;
  /** An account whose owner the definition does not tell. */
  readonly unknownAccount?: string;
  readonly partner?: string;
}

/** Calls without a signature. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (anonymous access) */
export function* anonymousCallers(world: World, bound = false): Generator<Caller> {
  // Nobody can name them, so only what is open to all is open to them.
  if (!world.profile.isOpen) return;
  for (const network of networksOf(world, bound)) yield anonymousFrom(world, network, bound ? 'network-bound' : 'anonymous');
}
export const anonymousFrom = (world: World, network: Network, reach: Reach): Caller => ({ principal: { kind: 'anonymous' }, domain: (key) => anonymousDomain(key, network, world), reach });

const isSignedOnly = (key: string): boolean => signedKeys.has(key) || key.startsWith('aws:principaltag/') || key.startsWith('aws:multifactorauth') || key.startsWith('ec2:sourceinstance');

function anonymousDomain(key: string, network: Network, world: World): Domain {
  if (isSignedOnly(key)) return absent;
  switch (key) {
    case 'aws:principalaccount': case 'aws:userid': return only('anonymous');
    case 'aws:principaltype': return only('Anonymous');
    case 'lambda:functionurlauthtype': return { ...anything, forms: [literal('NONE')] };
    default: return commonDomain(key, network, world);
  }
}

export interface Membership {
  /** `undefined`: in no organization. */
  readonly organization: string | undefined;
  /** Whether the account lies on one of the definition's paths: on them, off them, or either. */
  readonly paths?: 'on' | 'off';
}

type Kind = 'role' | 'user' | 'root' | 'federated-user';
const types: Readonly<Record<Kind, string>> = { role: 'AssumedRole', user: 'User', root: 'Account', 'federated-user': 'FederatedUser' };

const rolesOnly: readonly Kind[] = ['role'];
const assuming: readonly Kind[] = ['role', 'user'];
const everyKind: readonly Kind[] = ['role', 'user', 'root', 'federated-user'];

/** IAM principals of one account in one organization, kind by kind where the policies can tell kinds apart. */
export function* iamCallers(world: World, account: string, membership: Membership, reach: Reach, networks: readonly Network[]): Generator<Caller> {
  // Root users and federated users cannot call sts:AssumeRole: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  const kinds = !tellsKinds(world) ? rolesOnly : world.question.kind === 'trust' ? assuming : everyKind;
  for (const partition of world.profile.partitions) {
    for (const network of networks) {
      if (kinds.length > 1 && isHopeless(world, ofAnyKind(iamCaller(world, 'role', account, partition, membership, network, reach)))) continue;
      for (const one of sessionsOf(world, account, partition)) yield iamCaller(world, 'role', account, partition, membership, network, reach, one);
      for (const kind of kinds) yield iamCaller(world, kind, account, partition, membership, network, reach);
    }
  }
}

const tellsKinds = (world: World): boolean => world.profile.principalArns.length > 0 || world.testsAny(kindKeys) || (world.question.kind === 'vpc-endpoint' && world.question.endpointType === 'gateway');

/** The caller, whatever its kind: what is settled of it, is settled of all kinds. */
const ofAnyKind = (caller: Caller): Caller => ({ ...caller, domain: (key) => kindKeys.includes(key) ? anything : caller.domain(key) });

/** Sessions of roles that a principal element names. */
const sessionsOf = ({ profile }: World, account: string, partition: string): string[] => profile.principalArns.filter((one) => one.startsWith(`arn:${partition}:sts::${account}:assumed-role/`));

function iamCaller(world: World, kind: Kind, account: string, partition: string, membership: Membership, network: Network, reach: Reach, sessionArn?: string): Caller {
  const { organization } = membership;
  const rootArn = `arn:${partition}:iam::${account}:root`;
  const head = kind === 'federated-user' ? `arn:${partition}:sts::${account}:federated-user/` : `arn:${partition}:iam::${account}:${kind}/`;
  let arns: Domain | undefined;
  return {
    principal: { kind: kind === 'federated-user' ? 'user' : kind, account, ...(kind === 'root' ? { arn: rootArn } : {}), ...(sessionArn === undefined ? {} : { sessionArn }) },
    reach,
    domain: (key) => {
      switch (key) {
        case 'aws:principalaccount': case 'aws:sourceowner': case 'kms:calleraccount': return only(account);
        case 'aws:principalarn': return (arns ??= kind === 'root' ? only(rootArn) : arnDomain(head, sessionArn?.split('/')[1]));
        case 'aws:principaltype': return only(types[kind]);
        case 'aws:principalisawsservice': return only('false');
        case 'aws:principalorgid': return organization === undefined ? absent : only(organization);
        case 'aws:principalorgpaths': return world.once(`paths ${organization} ${membership.paths}`, () => pathsOf(world, membership));
        case 'aws:username': return kind === 'user' ? always : absent;
        case 'aws:userid': return always;
        case 'lambda:functionurlauthtype': return { ...anything, forms: [literal('AWS_IAM')] };
        default: return commonDomain(key, network, world);
      }
    },
    also: () => calledDirectly(world),
  };
}

const NO_SLASH: Wildcard = { of: 'no-slash', times: 'one' };
const name: readonly Wildcard[] = [NO_SLASH, { of: 'no-slash', times: 'many' }];

const MOST_KEPT = 1_000;
const arnDomains = new Map<string, Domain>();

/** ARNs that begin so; of one role on whatever path, where it is named. Made once: an account's callers are asked about over and over. */
function arnDomain(head: string, role: string | undefined): Domain {
  const key = `${head} ${role ?? ''}`;
  let made = arnDomains.get(key);
  if (made === undefined) {
    if (arnDomains.size >= MOST_KEPT) arnDomains.clear();
    arnDomains.set(key, made = arnsUnder(head, role));
  }
  return made;
}

function arnsUnder(head: string, role: string | undefined): Domain {
  // A path ends in a slash, and a name holds none. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  if (role === undefined) return { ...always, forms: [patternOf(head, name), patternOf(head, NO_SLASH, { of: 'any', times: 'many' }, '/', name)], liked: [`${head}someone`] };
  return { ...always, forms: [literal(`${head}${role}`), patternOf(head, { of: 'any', times: 'many' }, `/${role}`)], liked: [`${head}${role}`] };
}

function pathsOf({ perimeter }: World, { organization, paths }: Membership): Domain {
  if (organization === undefined) return absent;
  const form = patternOf(`${organization}/r-`, { of: 'id', times: 'one' }, { of: 'id-or-path', times: 'many' }, '/');
  const mine = perimeter.organizationPaths.flatMap((one) => [plainGlob(one), plainGlob(`${one.replace(/\/$/, '')}/`)]);
  return {
    ...always, many: false, forms: [form], liked: [`${organization}/r-ab12/`],
    ...(paths === undefined || mine.length === 0 ? {} : { tests: [{ test: testOn('aws:principalorgpaths', patternsOperator, mine), want: paths === 'on' }] }),
  };
}


/** A chain of calls is there only where AWS calls on somebody's behalf. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html */
function calledDirectly(world: World): Node {
  if (!world.testsAny(chainKeys) || !world.testsAny(viaKeys)) return TRUE;
  const chain = chainKeys.filter((key) => world.tests(key));
  const direct: Node = all(chain.map((key) => literalOf(key, testOn(key, patternsOperator, [plainGlob('*')]), false)));
  return { kind: 'any', of: [literalOf('aws:viaawsservice', testOn('aws:viaawsservice', patternsOperator, ['true']), true), direct] };
}

/** IAM principals of strangers by how many of them there are: any account's, any organization's, then those of accounts that a policy names. */
export function* strangers(world: World, bound: boolean): Generator<Caller> {
  const networks = networksOf(world, bound);
  if (networks.length === 0) return;
  const { organizations } = world;
  const none: Membership = { organization: undefined };
  const of = (account: string, membership: Membership, reach: Reach): Generator<Caller> => iamCallers(world, account, membership, bound ? 'network-bound' : reach, networks);
  const { unnamed, callers } = world.strangers;
  if (world.profile.isOpen) {
    for (const account of unnamed) yield* of(account, none, 'any-account');
    for (const organization of organizations) for (const account of unnamed) yield* of(account, { organization }, 'any-organization-member');
    for (const membership of outsidePaths(world)) yield* of(unnamed[0]!, membership, 'any-organization-member');
  }
  for (const account of callers) {
    if (!mayMatch(world, account)) continue;
    const unknown = world.perimeter.accounts === undefined ? { unknownAccount: account } : {};
    for (const membership of [none, ...organizations.map((organization) => ({ organization }))]) for (const one of of(account, membership, 'named-account')) yield { ...one, ...unknown };
  }
}

/** Whether an Allow could name a principal of the account at all. */
const mayMatch = ({ profile }: World, account: string): boolean => profile.isOpen || profile.principals.has(account);

/** Members of my organizations on paths that are not mine, where the definition narrows to paths. */
export function outsidePaths({ perimeter }: World): Membership[] {
  return perimeter.organizationPaths.length === 0 || perimeter.accounts !== undefined ? [] : perimeter.organizations.map((organization) => ({ organization, paths: 'off' }));
}

/** The partners' own callers. */
export function* partnerCallers(world: World, bound: boolean): Generator<Caller> {
  const { organizations, strangers: { partners } } = world;
  const { profile, question } = world;
  for (const account of partners) {
    // One that no policy can tell from a stranger gets through nowhere that a stranger does not.
    const isTold = question.callers === 'partners' || tells(profile, 'callers', account) || profile.mixesDigits;
    if (!isTold || !mayMatch(world, account)) continue;
    for (const organization of [undefined, ...organizations]) {
      for (const one of iamCallers(world, account, { organization }, bound ? 'network-bound' : 'named-account', networksOf(world, bound))) yield { ...one, partner: account };
    }
  }
}

/** Principals of mine: of the resource's own account and of others of mine that the policies name. */
export function* insideCallers(world: World, networks: readonly Network[]): Generator<Caller> {
  const { perimeter, profile } = world;
  const paths = perimeter.organizationPaths.length > 0 && perimeter.accounts === undefined ? { paths: 'on' as const } : {};
  for (const account of world.accountsOfMine) {
    if (account !== world.account && !tells(profile, 'callers', account)) continue;
    const standalone = perimeter.standaloneAccounts.includes(account) || perimeter.organizations.length === 0;
    for (const organization of standalone ? [undefined] : perimeter.organizations) yield* iamCallers(world, account, { organization, ...paths }, 'any-account', networks);
  }
}

export const patternTest = (key: string, patterns: readonly (Pattern | string)[], positive = true): Node => literalOf(key, testOn(key, patternsOperator, patterns), positive);
