import { Memory } from '../kept.ts';
import type { Perimeter } from '../perimeter.ts';

const all = new WeakMap<Perimeter, Memory<object | boolean>>();
/** What is made once for a definition, by name, so that whoever judges many policies does not make it for each. */
export function ofDefinition<T extends object | boolean>(perimeter: Perimeter, name: string, make: () => T): T {
  let kept = all.get(perimeter);
  if (kept === undefined) all.set(perimeter, kept = new Memory());
  return (kept.get(name) ?? kept.add(name, make())) as T;
}

/** The trust anchors that a definition lists. */
export const trustAnchorsOf = (perimeter: Perimeter): readonly string[] => ofDefinition(perimeter, 'trust anchors', () => (perimeter.identityProviders ?? []).flatMap((one) => one.kind === 'trust-anchors' ? one.arns : []));
