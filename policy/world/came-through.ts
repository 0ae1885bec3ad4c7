import { plainGlob } from '../pattern.ts';
import type { Request } from '../request.ts';
import type { Node } from '../search/logic.ts';
import { doubtAbout, type Doubt } from './doubt.ts';
import { isThroughEndpoint } from './networks.ts';
import { patternTest } from './tests.ts';
import type { World } from './world.ts';

/** Whether a key tells in whose account what a request comes through lies, where that makes a difference: access points, to which what hangs on resources leaves who comes, and VPCs and their endpoints, of which those of an endpoint of mine are any. */
const tellsWhose = (key: string, world: World): boolean => /:dataaccesspoint(?:account|arn)$/.test(key) ? ['resource', 'rcp'].includes(world.question.kind)
  : key === 'aws:vpceaccount' || ((key === 'aws:sourcevpcarn' || key === 'vpc-lattice-svcs:sourcevpcowneraccount') && !isThroughEndpoint(world));

/** The doubt that a request comes through what may be mine, in an account that policies name and nothing lists; and that others do not. */
export function cameThrough(world: World, { context }: Request): { readonly doubt: Doubt; readonly because: string; readonly without: Node } | undefined {
  if (world.perimeter.accounts !== undefined) return undefined;
  for (const key of world.profile.keys) {
    if (!tellsWhose(key, world)) continue;
    const text = String(Object.entries(context).find(([name]) => name.toLowerCase() === key)?.[1]);
    // Names hold ids of whomever.
    const isArn = text.startsWith('arn:');
    const account = isArn ? text.split(':')[4]! : text;
    if (!world.profile.accounts.has(account) || world.isMine(account) || world.partners.includes(account)) continue;
    const doubt = doubtAbout(world, account);
    if (doubt !== undefined) return { doubt, because: String(doubt.because), without: patternTest(key, [plainGlob(isArn ? `arn:*:*:*:${account}:*` : account)], false) };
  }
  return undefined;
}
