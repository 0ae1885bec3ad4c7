import type { Reach } from '../request.ts';
import type { Caller } from './caller.ts';
import { anonymousCallers, hopeful, iamCallers } from './callers.ts';
import { federatedThrough, tokensTested } from './federation.ts';
import { areOutsidersHopeless } from './hopeless.ts';
import { partners, strangers } from './members.ts';
import { networksOf } from './networks.ts';
import { Remembered } from './remembered.ts';
import { strangeServices } from './services.ts';
import { prefixesOf } from './prefixes.ts';
import type { World } from './world.ts';

/** Who may reach a resource or an endpoint from outside, widest reach first; those from a named network alone where `bound`. */
export const outsiders = (world: World, bound: boolean): Iterable<Caller> => world.once(`outsiders ${bound}`, () => areOutsidersHopeless(world) ? [] : new Remembered(() => everyOutsider(world, bound)));

function* everyOutsider(world: World, bound: boolean): Generator<Caller> {
  const networks = networksOf(world, bound);
  const { kind } = world.question;
  yield* hopeful(world, anonymousCallers(world, networks));
  const tokens = hopeful(world, !mayCallSts(world) ? [] : kind === 'vpc-endpoint' ? federatedThrough(world) : kind === 'rcp' ? tokensTested(world, networks) : []);
  yield* tokens.filter((one) => one.reach === 'anonymous');
  for (const isOf of stages(tokens)) {
    yield* iamCallers(world, [...strangers(world), ...partners(world)].filter(isOf), networks);
    yield* tokens.filter(isOf);
  }
  if (!bound) for (const one of strangeServices(world)) yield* hopeful(world, [one]);
}

interface Reaching { readonly reach: Reach }
const reaches: readonly Reach[] = ['any-account', 'shared-issuer', 'any-organization-member', 'named-account'];
const byReach = reaches.map((reach) => (one: Reaching): boolean => one.reach === reach);
const atOnce = [(): boolean => true];
/** Stages in which callers with an account and those with a token are asked for, so that the widest reach comes first; without tokens they stand in that order. */
export const stages = (tokens: readonly Reaching[]): readonly ((one: Reaching) => boolean)[] => tokens.length === 0 ? atOnce : byReach;

/** STS takes calls with tokens and assertions, which nobody else can be told by. */
export const mayCallSts = (world: World): boolean => prefixesOf(world).includes('sts');
