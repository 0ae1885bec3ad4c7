import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE } from '../parse.ts';
import { glob } from '../pattern.ts';
import type { Perimeter } from '../perimeter.ts';
import { FALSE, literalOf, type Node } from '../search/logic.ts';
import { withBelow } from './targets.ts';

/** What the definition lists of a service's resources that are not in accounts of mine; made once for a definition. */
export interface Listed {
  /** AWS's own, and all below them. */
  readonly awsOwned: Node;
  /** The same, what partners let my principals reach, and buckets of mine by name. */
  readonly reachable: Node;
}

const known = new WeakMap<Perimeter, Map<string, Listed>>();

export function listedFor(perimeter: Perimeter, prefix: string): Listed {
  let byPrefix = known.get(perimeter);
  if (byPrefix === undefined) known.set(perimeter, byPrefix = new Map());
  let made = byPrefix.get(prefix);
  if (made === undefined) {
    const awsOwned = withBelow(ofService(perimeter.awsOwnedResources, prefix));
    const others = [...ofService(perimeter.partners.flatMap((one) => one.reachable), prefix), ...prefix === 's3' ? withBelow(perimeter.buckets.map((name) => `arn:*:s3:::${name}`)) : []];
    byPrefix.set(prefix, made = { awsOwned: among(awsOwned), reachable: among([...awsOwned, ...others]) });
  }
  return made;
}

const among = (patterns: readonly string[]): Node => patterns.length === 0 ? FALSE : literalOf(RESOURCE, testOn(RESOURCE, patternsOperator, patterns.map(glob)), true);

/** Patterns that an ARN of the service may match. */
const ofService = (patterns: readonly string[], prefix: string): string[] => patterns.filter((one) => {
  const [, , service = '*'] = one.split(':');
  return prefix === '*' || /[*?]/.test(service) || service === (prefix === 'sts' ? 'iam' : prefix) || (prefix === 's3-object-lambda' && service === 's3');
});
