import { actions } from './actions-data.ts';

export interface Actions {
  /** Some that take a resource, those everybody knows first. */
  readonly withResource: readonly string[];
  /** All that support no resource type: they act on the caller's own account. */
  readonly withoutResource: readonly string[];
}
const none: Actions = { withResource: [], withoutResource: [] };
const known = new Map<string, Actions>();

/** Actions of a service by its prefix, such as `s3`; empty lists for a service that the table does not hold. */
export function actionsOf(prefix: string): Actions {
  const row = Object.hasOwn(actions, prefix) ? actions[prefix] : undefined;
  if (row === undefined) return none;
  const made = known.get(prefix) ?? read(prefix, row);
  known.set(prefix, made);
  return made;
}

function read(prefix: string, [withResource, withoutResource]: readonly [string, string]): Actions {
  const words = (list: string): string[] => list.split(' ').filter((one) => one !== '');
  return {
    withResource: words(withResource).map((one) => `${prefix}:${one}`),
    withoutResource: words(withoutResource).flatMap((group) => {
      const [verb = '', rests = ''] = group.split(':');
      return rests.split(',').map((rest) => `${prefix}:${verb}${rest}`);
    }),
  };
}
