import type { Policy, Request } from '../../policy/index.ts';
import type { Setting as Reading } from '../../policy/decide.ts';
import { matchesAction, matchesPrincipal, matchesResource } from '../../policy/decide.ts';
import { holds } from '../../policy/conditions.ts';
import type { Random } from '../bench/random.ts';
import { parts, Scenes } from './draw.ts';
import { isOutside } from './outside.ts';
import { requestOf } from './request.ts';
import { isImpossible, type Setting } from './scene.ts';

/** How many tests a policy is away from allowing the request. */
export function distance(policy: Policy, { principal, action, resource, context }: Request, reading: Reading): number {
  const [values, variables] = [new Map<string, readonly string[]>(), new Map<string, string>()];
  for (const [name, value] of Object.entries(context)) {
    values.set(name.toLowerCase(), typeof value === 'string' ? [value] : value);
    if (typeof value === 'string') variables.set(name.toLowerCase(), value);
  }
  const valueOf = (key: string): string | undefined => variables.get(key);
  let [nearest, denials] = [50, 0];
  for (const one of policy.statements) {
    const missed = [matchesPrincipal(one, principal, reading), matchesAction(one, action), matchesResource(one, resource, valueOf), ...one.conditions.map((condition) => holds(condition, values.get(condition.key), valueOf))].filter((fits) => !fits).length;
    if (one.effect === 'Allow') nearest = Math.min(nearest, missed); else if (missed === 0) denials++;
  }
  return nearest + 2 * denials;
}

/** Looks for a request from outside that is allowed: from random scenes on, with one part drawn anew at a time. */
export function climb(random: Random, setting: Setting, distanceOf: (request: Request) => number, isAllowed: (request: Request) => boolean, starts: number, count: () => void): Request | undefined {
  const scenes = new Scenes(random, setting);
  for (let start = 0; start < starts; start++) {
    let scene = scenes.start();
    let least = Infinity;
    for (let step = 0; step < 40; step++) {
      const candidate = step === 0 ? scene : scenes.redraw(scene, random.pick(parts));
      if (isImpossible(candidate, setting)) continue;
      const request = requestOf(candidate);
      count();
      const outside = isOutside(setting, candidate, request);
      const far = distanceOf(request) + (outside ? 0 : 1.5);
      if (far > least) continue;
      [scene, least] = [candidate, far];
      if (outside && isAllowed(request)) return request;
    }
  }
  return undefined;
}
