import { actions, unresourced } from './actions-data.ts';
import { unfold } from './unfold.ts';

export interface Actions {
  /** Some that take a resource, those everybody knows first. */
  readonly withResource: readonly string[];
  /** All that support no resource type: they act on the caller's own account. */
  readonly withoutResource: readonly string[];
  /** Whether the service has no other. */
  readonly takesNone: boolean;
}
/** The services of the table, by the prefix of their actions. */
export const services: readonly string[] = Object.keys(actions);
const none: Actions = { withResource: [], withoutResource: [], takesNone: false };
const unresourcedAtAll: Actions = { ...none, takesNone: true };
const others = new Set(unresourced.split(' '));
const known = new Map<string, Actions>();
/** Whether the table holds actions of a service, be it as one that takes no resource at all. */
export const isKnown = (prefix: string): boolean => services.includes(prefix) || others.has(prefix);

/** Actions of a service by its prefix, such as `s3`; empty lists for a service that the table does not hold. */
export function actionsOf(prefix: string): Actions {
  const row = Object.hasOwn(actions, prefix) ? actions[prefix] : undefined;
  if (row === undefined) return others.has(prefix) ? unresourcedAtAll : none;
  const made = known.get(prefix) ?? read(prefix, row);
  known.set(prefix, made);
  return made;
}

function read(prefix: string, row: string): Actions {
  const [withResource, withoutResource] = row.split(' ').map((list) => unfold(list).map((one) => `${prefix}:${one}`));
  return { withResource: withResource!, withoutResource: withoutResource!.sort(), takesNone: withResource!.length === 0 };
}
