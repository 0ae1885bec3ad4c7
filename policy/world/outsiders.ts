import { anonymousCallers, iamCallers, type Caller } from './callers.ts';
import { federatedThrough } from './federation.ts';
import { isHopeless } from './hopeless.ts';
import { partners, strangers } from './members.ts';
import { networksOf } from './networks.ts';
import { Remembered } from './remembered.ts';
import { strangeServices } from './services.ts';
import type { World } from './world.ts';

/** Those who may get through, as far as what they carry in every request tells. */
export function* hopeful(world: World, callers: Iterable<Caller>): Generator<Caller> {
  for (const caller of callers) if (!isHopeless(world, caller.principal, caller.domain)) yield caller;
}

/** Who could reach a resource or an endpoint from outside, widest reach first; those from a named network alone where `bound`. */
export const outsiders = (world: World, bound: boolean): Iterable<Caller> => world.once(`outsiders ${bound}`, () => new Remembered(hopeful(world, everyOutsider(world, bound))));

function* everyOutsider(world: World, bound: boolean): Generator<Caller> {
  const networks = networksOf(world, bound);
  yield* anonymousCallers(world, networks);
  if (world.question.kind === 'vpc-endpoint' && world.prefix === 'sts' && !bound) yield* federatedThrough(world);
  yield* iamCallers(world, [...strangers(world), ...partners(world)], networks);
  if (!bound) yield* strangeServices(world);
}
