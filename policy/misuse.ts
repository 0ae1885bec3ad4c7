import type { Formula } from './formula.ts';
import type { Policy } from './parse.ts';
import type { Planes } from './planes.ts';
import { emptyPerimeter, type Perimeter } from './perimeter.ts';
import { kinds, type Objective, type Subject } from './question.ts';
import { principalKinds, type Request } from './request.ts';
import { binding } from './tables/key-groups.ts';
import { LATEST } from './search/numbers.ts';

/**
 * What callers in JavaScript can hand over although the types rule it out: a TypeError with the place and what belongs there. Only what would
 * fail somewhere within, or pass there for something else, is looked for.
 */
function refuseUnless(isRight: unknown, place: string, expected: string | readonly string[], found: unknown): asserts isRight {
  if (!isRight) throw new TypeError(`\`${place}\`: expected ${[expected].flat().join(', ')}, found \`${found}\``);
}

const objectives = Object.keys(binding);
export function refuseObjective(objective: Objective): void {
  refuseUnless(objectives.includes(objective), 'objective', objectives, objective);
}

const known = new WeakSet<Perimeter>();
function refusePerimeter(perimeter: Perimeter): void {
  if (known.has(perimeter)) return;
  refuseUnless(typeof perimeter === 'object' && perimeter !== null, 'perimeter', 'an object such as defaultPerimeter with what is yours', perimeter);
  for (const [section, empty] of Object.entries(emptyPerimeter)) {
    const given = perimeter[section as keyof Perimeter];
    // What may be left out has a meaning of its own; `services` may be a word.
    if (empty === undefined ? given !== undefined : section !== 'services') refuseUnless(Array.isArray(given) === Array.isArray(empty ?? []) && typeof given === 'object', `perimeter.${section}`, Array.isArray(empty ?? []) ? 'a list, empty where there is none' : 'an object as in emptyPerimeter', given);
  }
  known.add(perimeter);
}

export function refuseSubject({ kind, account, now, resource, perimeter }: Subject): void {
  refuseUnless(kinds.includes(kind), 'kind', kinds, kind);
  refuseUnless(typeof account === 'string' && /^\d{12}$/.test(account), 'account', '12 digits as text', account);
  // Later years have no date that conditions could be held against; such a number is one of microseconds.
  refuseUnless(Number.isFinite(now) && now >= 0 && now <= LATEST, 'now', 'milliseconds since 1970, up to the year 9999', now);
  refusePerimeter(perimeter);
  // A policy that hangs on what is no ARN would pass for closed.
  refuseUnless(resource === undefined || resource?.startsWith?.('arn:'), 'resource', 'an ARN', resource);
}

export const refusePolicy = (policy: Policy, place: string): void => refuseUnless(policy?.statements, place, 'what parsePolicy returns', typeof policy);

const singles: readonly string[] = ['identity', 'boundary', 'endpoint', 'resource'] satisfies (keyof Planes)[];
export function refusePlanes({ scps, rcps, ...single }: Planes): void {
  for (const [plane, all] of Object.entries({ scps, rcps })) {
    refuseUnless(Array.isArray(all), plane, 'a list of policies, empty where there are none', all);
    all.forEach((one, i) => { refusePolicy(one, `${plane}.${i}`); });
  }
  for (const [plane, one] of Object.entries(single)) {
    refuseUnless(singles.includes(plane), 'planes', singles, plane);
    if (one !== undefined) refusePolicy(one, plane);
  }
}

export function refuseFormula(formula: Formula, place: string): void {
  switch (formula?.kind) {
    case 'policy': refusePolicy(formula.policy, `${place}.policy`); break;
    case 'not': refuseFormula(formula.of, `${place}.of`); break;
    case 'and': case 'or': formula.of.forEach((one, i) => { refuseFormula(one, `${place}.of.${i}`); }); break;
    default: refuseUnless(false, place, 'what formulaOf, policy, and, or or not returns', typeof formula);
  }
}

export function refuseRequest({ principal, action, context }: Request): void {
  refuseUnless(principalKinds.includes(principal?.kind), 'principal.kind', principalKinds, principal?.kind);
  refuseUnless(typeof action === 'string', 'action', 'text such as s3:GetObject', action);
  refuseUnless(typeof context === 'object' && context !== null, 'context', 'an object of condition keys', context);
  for (const [key, value] of Object.entries(context)) refuseUnless([value].flat().every((one) => typeof one === 'string'), `context.${key}`, 'text or a list of texts', value);
}
