import type { Reach } from '../request.ts';
import { doubtAbout, type Doubt } from './callers.ts';
import { tells } from './profile.ts';
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
}

/** Strangers by how many of them there are: any account, any organization's, then those that a policy names. */
export const strangers = (world: World): readonly Member[] => world.once('strange members', () => {
  const { organizations, profile, strangers: { unnamed, callers } } = world;
  const members: Member[] = [];
  if (profile.isOpen) {
    for (const account of unnamed) members.push({ account, organization: undefined, reach: 'any-account' });
    for (const organization of organizations) for (const account of unnamed) members.push({ account, organization, reach: 'any-organization-member' });
    for (const organization of narrowed(world)) members.push({ account: unnamed[0]!, organization, paths: 'off', reach: 'any-organization-member' });
  }
  for (const account of callers) {
    if (!mayMatch(world, account)) continue;
    for (const organization of [undefined, ...organizations]) members.push({ account, organization, reach: 'named-account', doubt: doubtAbout(world, account) });
  }
  return members;
});

/** The partners' accounts. */
export const partners = (world: World): readonly Member[] => world.once('partners', () => {
  const { organizations, profile, question, strangers: { partners: accounts } } = world;
  // One that no policy can tell from a stranger gets through nowhere that a stranger does not.
  const told = accounts.filter((account) => (question.callers === 'partners' || tells(profile, 'callers', account) || profile.mixesDigits) && mayMatch(world, account));
  return told.flatMap((account) => [undefined, ...organizations].map((organization): Member => ({ account, organization, reach: 'named-account', partner: account })));
});

/** Accounts of mine: the resource's own and others of mine that the policies name. */
export const insiders = (world: World): readonly Member[] => world.once('insiders', () => {
  const { account: own, accountsOfMine, profile } = world;
  const paths = narrowed(world).length > 0 ? { paths: 'on' as const } : {};
  return accountsOfMine.filter((account) => account === own || tells(profile, 'callers', account)).flatMap((account) => {
    const organizations = world.organizationsOf(account);
    return (organizations.length === 0 ? [undefined] : organizations).map((organization): Member => ({ account, organization, ...paths, reach: 'any-account' }));
  });
});

/** Whether an Allow could name a principal of the account at all. */
const mayMatch = ({ profile }: World, account: string): boolean => profile.isOpen || profile.principals.has(account);

/** My organizations, where the definition narrows to paths which of their members are mine. */
const narrowed = ({ perimeter }: World): readonly string[] => perimeter.organizationPaths.length === 0 || perimeter.accounts !== undefined ? [] : perimeter.organizations;
