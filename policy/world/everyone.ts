import { anonymousFrom, iamCallers, type Caller } from './callers.ts';
import { anyTokens } from './federation.ts';
import type { Member } from './members.ts';
import { everyNetwork } from './networks.ts';
import { tells } from './profile.ts';
import { serviceCaller } from './services.ts';
import type { World } from './world.ts';

/** Every class of callers, inside and outside, as far as the policies can tell them apart. */
export function* everyone(world: World): Generator<Caller> {
  const networks = everyNetwork(world);
  yield* iamCallers(world, everyMember(world), networks);
  const { kind } = world.question;
  // What hangs on principals speaks of IAM principals only.
  if (kind === 'identity' || kind === 'scp') return;
  if (kind === 'trust') yield* anyTokens(world, networks);
  else for (const network of networks) yield anonymousFrom(world, network);
  for (const name of [...world.profile.services, 'service.amazonaws.com']) yield serviceCaller(world, name);
}

/** Accounts with the organizations they may be in: those of mine in mine, others in any. */
function* everyMember(world: World): Generator<Member> {
  const { perimeter, profile, strangers, organizations, question: { kind } } = world;
  const of = (account: string, some: readonly (string | undefined)[]): Member[] => some.map((organization) => ({ account, organization, reach: 'any-account' }));
  const unnamed = (perimeter.accounts ?? []).filter((id) => id !== world.account && !profile.accounts.has(id)).slice(0, 1);
  for (const account of [world.account, ...unnamed, ...world.accountsOfMine.filter((id) => id !== world.account && tells(profile, 'callers', id))]) {
    // Without a definition any organization that the policies name may be mine.
    yield* of(account, perimeter.standaloneAccounts.includes(account) ? [undefined] : perimeter.organizations.length > 0 ? perimeter.organizations : [undefined, ...organizations]);
  }
  // What hangs on principals hangs on mine.
  if (kind === 'identity' || kind === 'scp') return;
  // Where nothing says which accounts are mine, an unknown one may be in my organization.
  const open = perimeter.accounts === undefined ? perimeter.organizations : [];
  for (const account of [...strangers.unnamed, ...strangers.callers, ...strangers.partners.filter((id) => tells(profile, 'callers', id))]) yield* of(account, [undefined, ...organizations, ...open]);
}
