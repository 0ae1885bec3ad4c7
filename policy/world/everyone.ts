import { anonymousFrom, iamCallers, type Caller, type Membership } from './callers.ts';
import { anyTokens } from './federation.ts';
import { everyNetwork } from './networks.ts';
import { tells } from './profile.ts';
import { serviceCaller } from './services.ts';
import type { World } from './world.ts';

/** Every class of callers, inside and outside, as far as the policies can tell them apart. */
export function* everyone(world: World): Generator<Caller> {
  const networks = everyNetwork(world);
  for (const [account, membership] of accountsOf(world)) yield* iamCallers(world, account, membership, 'any-account', networks);
  const { kind } = world.question;
  // What hangs on principals speaks of IAM principals only.
  if (kind === 'identity' || kind === 'scp') return;
  if (kind === 'trust') yield* anyTokens(world, networks);
  else for (const network of networks) yield anonymousFrom(world, network, 'anonymous');
  for (const name of [...world.profile.services, 'service.amazonaws.com']) yield serviceCaller(world, name);
}

/** Accounts with the organizations they may be in: those of mine in mine, others in any. */
function* accountsOf(world: World): Generator<readonly [string, Membership]> {
  const { perimeter, profile, strangers, organizations, question: { kind } } = world;
  const unnamed = (perimeter.accounts ?? []).filter((id) => id !== world.account && !profile.accounts.has(id)).slice(0, 1);
  for (const account of new Set([world.account, ...unnamed, ...world.accountsOfMine.filter((id) => tells(profile, 'callers', id))])) {
    const isStandalone = perimeter.standaloneAccounts.includes(account);
    // Without a definition any organization that the policies name may be mine.
    const mine = isStandalone ? [undefined] : perimeter.organizations.length > 0 ? perimeter.organizations : [undefined, ...organizations];
    for (const organization of mine) yield [account, { organization }];
  }
  // What hangs on principals hangs on mine.
  if (kind === 'identity' || kind === 'scp') return;
  // Where nothing says which accounts are mine, an unknown one may be in my organization.
  const open = perimeter.accounts === undefined ? perimeter.organizations : [];
  for (const account of [...strangers.unnamed, ...strangers.callers, ...strangers.partners.filter((id) => tells(profile, 'callers', id))]) {
    for (const organization of [undefined, ...organizations, ...open]) yield [account, { organization }];
  }
}
