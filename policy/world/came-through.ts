import { plainGlob } from '../pattern.ts';
import type { Request } from '../request.ts';
import type { Node } from '../search/logic.ts';
import { doubtAbout, type Doubt } from './doubt.ts';
import { idsIn } from './profile.ts';
import { patternTest } from './tests.ts';
import type { World } from './world.ts';

/** Keys that tell in whose account what a request comes through lies: access points, VPCs and their endpoints. */
const keys = new Set(['s3:dataaccesspointaccount', 's3:dataaccesspointarn', 'aws:vpceaccount', 'aws:sourcevpcarn', 'vpc-lattice-svcs:sourcevpcowneraccount']);

/** The doubt that a request comes through what may be mine, in an account that policies name and nothing lists; and that others do not. */
export function cameThrough(world: World, { context }: Request): { readonly doubt: Doubt; readonly because: string; readonly without: Node } | undefined {
  if (world.perimeter.accounts !== undefined || !world.testsAny(keys)) return undefined;
  for (const [name, value] of Object.entries(context)) {
    const key = name.toLowerCase();
    const account = !keys.has(key) ? undefined : idsIn(String(value)).find((id) => world.profile.accounts.has(id) && !world.isMine(id) && !world.partners.includes(id));
    const doubt = account === undefined ? undefined : doubtAbout(world, account);
    if (doubt !== undefined) return { doubt, because: String(doubt.because), without: patternTest(key, [plainGlob(`*${account!}*`)], false) };
  }
  return undefined;
}
