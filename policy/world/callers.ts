import { literal } from '../pattern.ts';
import type { Principal } from '../request.ts';
import { PRINCIPAL_ARN } from '../search/compile.ts';
import { absent, maybe, type Domain } from '../search/region.ts';
import { ofAnonymous } from '../tables/carried.ts';
import { kindKeys } from '../tables/key-groups.ts';
import type { Caller } from './caller.ts';
import { carriedBy, commonDomain, isVacant } from './carried.ts';
import { isHopeless } from './hopeless.ts';
import { IamCaller, memberDomain, type Kind, type Session } from './iam-caller.ts';
import type { Member } from './members.ts';
import { isNetworkKey, type Network } from './networks.ts';
import { isOfToken, partitionsOf, providersOfSessions, takesAnyProvider } from './providers.ts';
import { unless } from './services.ts';
import { endpointPlaced, VIA } from './ties.ts';
import type { World } from './world.ts';

/** Calls without a signature. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (anonymous access) */
export const anonymousFrom = (world: World, network: Network): Caller => ({ principal: { kind: 'anonymous' }, domain: (key) => anonymousDomain(key, network, world), also: () => endpointPlaced(world), reach: 'anonymous' });
/** Nobody can name them, so only what is open to all is open to them. */
export const anonymousCallers = (world: World, networks: readonly Network[]): Caller[] => world.profile.isOpen ? networks.map((network) => anonymousFrom(world, network)) : [];

/** Those who may get through, as far as what they carry in every request tells. */
export const hopeful = (world: World, callers: readonly Caller[]): readonly Caller[] => callers.filter((one) => !isHopeless(world, one.principal, one));

/** What a call tells that AWS does not make for somebody else, if it tells anything. */
export const direct = maybe({ forms: [literal('false')] });
const byAnonymous = carriedBy(ofAnonymous);
const withoutSignature = maybe({ forms: [literal('NONE')] });

function anonymousDomain(key: string, network: Network, world: World): Domain {
  if (isOfToken(key) || key.startsWith('aws:principaltag/')) return absent;
  if (key === VIA) return direct;
  return key === 'lambda:functionurlauthtype' ? withoutSignature : byAnonymous.get(key) ?? commonDomain(key, network, world);
}

const rolesOnly: readonly Kind[] = ['role'];
const assuming: readonly Kind[] = ['role', 'user'];
const holding: readonly Kind[] = ['role', 'user', 'federated-user'];
const everyKind: readonly Kind[] = ['role', 'user', 'root', 'federated-user'];

/** IAM principals of some accounts that may get through, account by account. */
export function* iamCallers(world: World, members: Iterable<Member>, networks: readonly Network[]): Generator<Caller> {
  for (const member of members) yield* callersOf(world, member, networks);
}

/** IAM principals of one account, kind by kind where the policies can tell kinds apart. */
function callersOf(world: World, member: Member, networks: readonly Network[]): readonly Caller[] {
  // The definition's paths may leave no member on either side of them.
  const { organization, paths } = member;
  if (paths !== undefined && world.once(`nobody in ${organization} ${paths}`, () => isVacant(world.work, memberDomain('aws:principalorgpaths', world, member)!))) return [];
  // Root users and federated users cannot call sts:AssumeRole: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  // Neither identity policies nor boundaries hang on root users: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html
  const { kind: of, callers: asked } = world.question;
  const kinds = !tellsKinds(world) ? rolesOnly : of === 'trust' || (of === 'rcp' && world.prefix === 'sts') ? assuming : of === 'identity' || asked === 'roles-and-users' ? holding : everyKind;
  const someone: Principal = { kind: 'role', account: member.account };
  // What is settled of an account is settled of all its callers, and often enough to see that all are refused.
  if (networks.length > 1 && isHopeless(world, someone, { domain: (key) => memberDomain(key, world, member) ?? (isNetworkKey(key) || kindKeys.has(key) ? undefined : commonDomain(key, 'internet', world)) })) return [];
  const callers: Caller[] = [];
  for (const network of networks) {
    if (kinds.length > 1 && isHopeless(world, someone, { domain: (key) => memberDomain(key, world, member) ?? (kindKeys.has(key) ? undefined : commonDomain(key, network, world)) })) continue;
    for (const partition of partitionsOf(world)) {
      for (const session of sessionsOf(world, member.account, partition)) callers.push(new IamCaller(world, 'role', member, partition, network, session));
      for (const kind of kinds) {
        callers.push(new IamCaller(world, kind, member, partition, network));
        for (const session of canonical(world, member)) callers.push(new IamCaller(world, kind, member, partition, network, session));
      }
      for (const session of identities(world, member, partition)) callers.push(new IamCaller(world, 'user', member, partition, network, session));
    }
  }
  return hopeful(world, callers);
}

const tellsKinds = (world: World): boolean => world.profile.principalArns.length > 0 || world.testsAny(kindKeys) || world.question.endpointType === 'gateway';

function sessionsOf(world: World, account: string, partition: string): Session[] {
  const sessions: Session[] = [];
  for (const sessionArn of world.profile.principalArns) if (sessionArn.startsWith(`arn:${partition}:sts::${account}:assumed-role/`)) sessions.push({ sessionArn });
  for (const provider of providersOfSessions(world, account)) sessions.push({ provider });
  if (takesAnyProvider(world)) {
    const head = `arn:${partition}:iam::${account}:saml-provider/`;
    const issuer = unless(world.profile.federated.map((one) => one.replace(head, '')), 'someone');
    sessions.push({ provider: { arn: '', account, issuer: '', type: 'oidc' } }, { provider: { arn: `${head}${issuer}`, account, issuer, type: 'saml' } });
  }
  return sessions;
}

/** Canonical users: any account may be one of them, and nothing tells which. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const canonical = (world: World, { mine }: Member): readonly Session[] => mine === true ? [] : world.once('canonical users', () => world.profile.canonicalUsers.map((canonicalUser): Session =>
  ({ canonicalUser, doubt: { because: `whose canonical user \`${canonicalUser.slice(0, 12)}…\` is` } })));

/** CloudFront's origin access identities, which are users of an account of AWS's; whose distribution they are of nothing tells, but where a pattern takes any, strangers have such. */
const identities = (world: World, { account }: Member, partition: string): readonly Session[] => account !== world.strangers.unnamed[0] ? [] : world.once(`identities in ${partition}`, () => {
  const tests = world.profile.conditions.get(PRINCIPAL_ARN) ?? [];
  const named = [...world.profile.principalArns, ...tests.flatMap((one) => one.values)].flatMap((one) => /:user\/(?:CloudFront Origin Access Identity) (\w+)$/i.exec(one)?.[1] ?? []);
  const identityOf = (id: string): string => `arn:${partition}:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`;
  const some = identityOf('E2EXAMPLE1STRANGER');
  const isTaken = ['s3', undefined].includes(world.prefix) && tests.some(({ globs, operator }) => globs.some((one) => one.matches(some, operator.ignoreCase)));
  return [...isTaken ? [{ identity: some }] : [], ...[...new Set(named)].map(identityOf).map((identity): Session => ({ identity, doubt: { because: `whose \`${identity}\` is` } }))];
});
