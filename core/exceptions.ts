import type { Perimeter } from '../policy/index.ts';
import type { Allowance, Definition, Exception } from './definition.ts';

const DAY = 24 * 60 * 60 * 1000;

/** An exception holds through the day it names (UTC). */
export const isExpired = (exception: Exception, now: number): boolean => now >= Date.parse(`${exception.expires}T00:00:00Z`) + DAY;

/** The exceptions to a rule that name a resource, in the order of the file. */
export function exceptionsFor(definition: Definition, rule: string, arn: string, now: number): { readonly inForce: readonly Exception[]; readonly expired: readonly Exception[] } {
  const named = definition.exceptions.filter((exception) => exception.rule === rule && matches(exception.resource, arn));
  return { inForce: named.filter((one) => !isExpired(one, now)), expired: named.filter((one) => isExpired(one, now)) };
}

/** Whether a pattern with `*` and `?` matches the whole text. Not a regular expression: those take exponential time on patterns of many `*`. */
export function matches(pattern: string, text: string): boolean {
  let at = 0, star = -1, resume = 0, i = 0;
  while (i < text.length) {
    if (at < pattern.length && pattern[at] === '*') { star = at++; resume = i; }
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[i])) { at++; i++; }
    else if (star >= 0) { at = star + 1; i = ++resume; }
    else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/**
 * The perimeter as it is for a resource with an exception. Accounts let in join `standaloneAccounts`: they are no member of my
 * organizations, and one more entry in `accounts` would say that the list of those is complete.
 */
export function widen(perimeter: Perimeter, allow: Allowance): Perimeter {
  const { unsignedActions = [], accounts = [], organizations = [], services = [], resources = [] } = allow;
  return {
    ...perimeter,
    unsignedActions: [...perimeter.unsignedActions, ...unsignedActions],
    standaloneAccounts: [...perimeter.standaloneAccounts, ...accounts],
    organizations: [...perimeter.organizations, ...organizations],
    // Paths narrow every organization, so one that is let in needs a path of its own.
    organizationPaths: perimeter.organizationPaths.length === 0 ? [] : [...perimeter.organizationPaths, ...organizations.map((id) => `${id}/*`)],
    services: perimeter.services === 'any' ? 'any' : [...perimeter.services, ...services],
    awsOwnedResources: [...perimeter.awsOwnedResources, ...resources],
  };
}
