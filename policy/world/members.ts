import type { Reach } from '../request.ts';
import { ownerOrganizationKeys } from '../tables/key-groups.ts';
import { butAlike, saidAlike } from './alike.ts';
import { takenBy } from './account-patterns.ts';
import { areTold } from './accounts.ts';
import { doubtAbout, type Doubt } from './doubt.ts';
import { tells } from './profile.ts';
import { providersOfSessions, takesAnyAccounts } from './providers.ts';
import type { World } from './world.ts';

/** An account that calls, as a member of one organization or of none. */
export interface Member {
  readonly account: string;
  readonly organization: string | undefined;
  /** Whether the account lies on one of the definition's paths; `undefined`: either. */
  readonly paths?: 'on' | 'off';
  readonly reach: Reach;
  readonly doubt?: Doubt | undefined;
  readonly partner?: string;
  /** Whether it counts as mine. */
  readonly mine?: boolean;
}

/** Strangers by how many of them there are: any account, any organization's, then those that a policy names. */
export const strangers = (world: World): readonly Member[] => world.once('strange members', () => {
  const { organizations, strangers: { unnamed, callers } } = world;
  const members: Member[] = [];
  if (isOpen(world)) {
    for (const account of unnamed) members.push({ account, organization: undefined, reach: 'any-account' });
    for (const organization of organizations) for (const account of unnamed) members.push({ account, organization, reach: 'any-organization-member' });
    for (const organization of narrowed(world)) for (const account of unnamed) members.push({ account, organization, paths: 'off', reach: 'any-organization-member' });
  }
  return [...members, ...namedMembers(world, callers, (account) => ({ doubt: doubtAbout(world, account) }))];
});

/** The partners' accounts. */
export const partners = (world: World): readonly Member[] => world.once('partners', () => namedMembers(world, world.strangers.partners, (partner) => ({ partner })));

/** Accounts that a policy may name, each in no organization, in those of others and, off the definition's paths, in mine. */
const namedMembers = (world: World, accounts: readonly string[], more: (account: string) => Partial<Member>): Member[] => accounts.filter((account) => mayMatch(world, account)).flatMap((account) => {
  const named = { account, reach: 'named-account', ...more(account) } as const;
  return [...[undefined, ...world.organizations].map((organization): Member => ({ ...named, organization })), ...narrowed(world).map((organization): Member => ({ ...named, organization, paths: 'off' }))];
});

/** Accounts of mine, one for every way the policies tell them apart; the own account is, wherever it lies. */
export const insiders = (world: World): readonly Member[] => world.once('insiders', () => {
  const paths = narrowed(world).length > 0 ? { paths: 'on' as const } : {};
  return callersOfMine(world).flatMap((account) => {
    const organizations = world.organizationsOf(account);
    // SCPs bind accounts of an organization, as that which is asked about is taken to be: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
    if (world.question.kind === 'scp' && account !== world.account && organizations.length === 0 && world.perimeter.organizations.length > 0) return [];
    return (organizations.length === 0 ? [undefined] : organizations).map((organization): Member => ({ account, organization, ...account === world.account ? {} : paths, reach: 'any-account', mine: true }));
  });
});

/** The resource's own account, those of mine that the policies name, and of others one for each kind. */
export const callersOfMine = (world: World): readonly string[] => world.once('callers of mine', () => {
  const { account: own, accountsOfMine, profile } = world;
  if (world.isOfOwnPrincipals) return [own];
  const named = butAlike(world, accountsOfMine.filter((account) => account === own || tells(profile, 'callers', account)));
  if (!tellsAccounts(world)) return named;
  return [...named, ...othersOfMine(world, named)];
});

/** Accounts of mine beside those named: one of each kind, and where they own what partners may use, of each of which the definition says something else. */
export function othersOfMine(world: World, named: readonly string[], areOwners = false): readonly string[] {
  const { account: own, perimeter, profile, strangers } = world;
  const patterns = world.accountPatterns;
  const unlisted: string[] = [];
  // Where nothing lists them, any account may be of my organization; one more stands for all that nothing tells from it.
  if (perimeter.accounts === undefined && perimeter.organizations.length > 0) {
    const { callers, unnamed } = strangers;
    const [first] = strangers.more();
    unlisted.push(...world.unlistedOfMine, ...unnamed.filter((id) => areTold(patterns, first, id)), ...callers);
  }
  const kindOf = (id: string): string => takenBy(patterns, id);
  const most = world.alikeTried;
  /** Of accounts of which the definition says the same those of each kind, rather ones that no policy names at all than ones named as something else. */
  const chosen = (accounts: readonly string[]): string[] => {
    const found = new Map<string, string[]>();
    for (const isNamed of [false, true]) for (const id of accounts) {
      if (named.includes(id) || profile.accounts.has(id) !== isNamed) continue;
      const before = found.get(kindOf(id)) ?? [];
      if (before.length < most) found.set(kindOf(id), [...before, id]);
      else if (patterns.length === 0) return before;
    }
    return [...found.values()].flat();
  };
  // The own account stands for others that stand alone where no policy can tell it from them.
  const isTold = !perimeter.standaloneAccounts.includes(own) || profile.accounts.has(own) || profile.variables.length > 0 || patterns.length > 0;
  const members = areOwners || profile.variables.length > 0 ? saidAlike(world, world.membersOfMine) : [world.membersOfMine];
  return [...unlisted, ...[...members, ...isTold ? saidAlike(world, perimeter.standaloneAccounts) : []].flatMap(chosen)];
}

/** Whether some policy could tell one account of mine from another. */
const tellsAccounts = (world: World): boolean => {
  const { perimeter, profile } = world;
  return perimeter.standaloneAccounts.length > 0 || profile.variables.length > 0 || [...profile.accounts.values()].some((of) => of !== 'owners') || world.accountPatterns.length > 0
    // The own account lies in one organization, of which one of mine may be in another.
    || (perimeter.organizations.length > 1 && world.testsAny(ownerOrganizationKeys));
};
/** Whether some Allow is open to callers of any account, or names somebody of whom it does not tell which. */
const isOpen = (world: World): boolean => world.profile.isOpen || world.profile.canonicalUsers.length > 0 || world.profile.principals.has('cloudfront') || takesAnyAccounts(world);
/** Whether an Allow could name a principal of the account at all. */
const mayMatch = (world: World, account: string): boolean => isOpen(world) || world.profile.principals.has(account) || providersOfSessions(world, account).length > 0;

/** My organizations, where the definition narrows to paths which of their members are mine. */
export const narrowed = ({ perimeter }: World): readonly string[] => perimeter.organizationPaths.length === 0 || perimeter.accounts !== undefined ? [] : perimeter.organizations;
