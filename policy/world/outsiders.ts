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
  yield* hopeful(world, anonymousCallers(world, networks));
  if (world.question.kind === 'vpc-endpoint' && mayCallSts(world)) yield* hopeful(world, federatedThrough(world));
  if (world.question.kind === 'rcp' && mayCallSts(world)) yield* hopeful(world, tokensTested(world, networks));
  yield* iamCallers(world, [...strangers(world), ...partners(world)], networks);
  if (!bound) yield* hopeful(world, strangeServices(world));
}

/** STS takes calls with tokens and assertions, which nobody else can be told by. */
export const mayCallSts = (world: World): boolean => prefixesOf(world).includes('sts');
