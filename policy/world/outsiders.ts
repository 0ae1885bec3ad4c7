import type { Reach } from '../request.ts';
import { anonymousCallers, hopeful, iamCallers, type Caller } from './callers.ts';
import { federatedThrough, tokensTested } from './federation.ts';
import { partners, strangers } from './members.ts';
import { networksOf } from './networks.ts';
import { Remembered } from './remembered.ts';
import { strangeServices } from './services.ts';
import { prefixesOf } from './targets.ts';
import type { World } from './world.ts';

/** Who may reach a resource or an endpoint from outside, widest reach first; those from a named network alone where `bound`. */
export const outsiders = (world: World, bound: boolean): Iterable<Caller> => world.once(`outsiders ${bound}`, () => new Remembered(() => everyOutsider(world, bound)));

function* everyOutsider(world: World, bound: boolean): Generator<Caller> {
  const networks = networksOf(world, bound);
  const { kind } = world.question;
  yield* hopeful(world, anonymousCallers(world, networks));
  const tokens = hopeful(world, !mayCallSts(world) ? [] : kind === 'vpc-endpoint' ? federatedThrough(world) : kind === 'rcp' ? tokensTested(world, networks) : []);
  yield* tokens.filter((one) => one.reach === 'anonymous');
  for (const reach of reaches) {
    yield* iamCallers(world, [...strangers(world), ...partners(world)].filter((one) => one.reach === reach), networks);
    yield* tokens.filter((one) => one.reach === reach);
  }
  if (!bound) yield* hopeful(world, strangeServices(world));
}

/** How far callers with an account or a token may reach, widest first. */
export const reaches: readonly Reach[] = ['any-account', 'shared-issuer', 'any-organization-member', 'named-account'];

/** STS takes calls with tokens and assertions, which nobody else can be told by. */
export const mayCallSts = (world: World): boolean => prefixesOf(world).includes('sts');
