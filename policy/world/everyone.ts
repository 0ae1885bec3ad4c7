import type { Caller } from './caller.ts';
import { anonymousFrom, iamCallers } from './callers.ts';
import { anyTokens } from './federation.ts';
import { callersOfMine, type Member } from './members.ts';
import { everyNetwork } from './networks.ts';
import { rolesAnywhere, serviceCallers, unnamedServices } from './services.ts';
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
  // STS has no resources with policies; RCPs and its endpoints' policies ask for claims too.
  if ((kind === 'rcp' || kind === 'vpc-endpoint') && ['sts', undefined].includes(world.prefix)) yield* anyTokens(world, networks);
  for (const name of world.profile.services) yield* serviceCallers(world, name);
  yield* unnamedServices(world, 'service.amazonaws.com');
  // Of services it alone tells tags, those of a certificate.
  if (kind === 'trust') yield* serviceCallers(world, rolesAnywhere);
}

/** Accounts with the organizations they may be in: those of mine in mine, others in any. */
function* everyMember(world: World): Generator<Member> {
  const { perimeter, strangers, organizations, question: { kind } } = world;
  const of = (account: string, some: readonly (string | undefined)[]): Member[] => some.map((organization) => ({ account, organization, reach: 'any-account' }));
  for (const account of callersOfMine(world)) {
    // Without a definition any organization that the policies name may be mine.
    yield* of(account, perimeter.standaloneAccounts.includes(account) ? [undefined] : perimeter.organizations.length > 0 ? perimeter.organizations : [undefined, ...organizations]);
  }
  // What hangs on principals hangs on mine, which without a definition are any.
  if (kind === 'identity' || (kind === 'scp' && (perimeter.accounts !== undefined || perimeter.organizations.length > 0))) return;
  // Where nothing says which accounts are mine, an unknown one may be in my organization.
  const open = perimeter.accounts === undefined ? perimeter.organizations : [];
  for (const account of [...strangers.unnamed, ...strangers.callers, ...strangers.partners]) yield* of(account, [undefined, ...organizations, ...open]);
}
