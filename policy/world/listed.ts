import { testOn } from '../conditions.ts';
import { kept } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE } from '../parse.ts';
import { arnAsDefined } from '../pattern.ts';
import { FALSE, literalOf, type Node } from '../search/logic.ts';
import { servicesReached } from './heads.ts';
import { ofDefinition } from './of-definition.ts';
import { withBelow } from './targets.ts';
import type { World } from './world.ts';

/** What the definition lists of a service's resources that are not in accounts of mine; made once for a definition. */
export interface Listed {
  /** AWS's own, and all below them. */
  readonly awsOwned: Node;
  /** The same, what partners let my principals reach, and buckets of mine by name. */
  readonly reachable: Node;
  /** Buckets of mine by name. */
  readonly buckets: Node;
}

/** What is listed of the services that requests with actions of `prefix` may reach. */
export const listedFor = (world: World, prefix: string): Listed => world.once(`listed ${prefix}`, () => {
  const { perimeter, profile: { partitions } } = world;
  const listedOf = ofDefinition(perimeter, `listed ${partitions.join()}`, () => kept((names): Listed => {
    const services = names.split(',');
    const awsOwned = withBelow(ofServices(perimeter.awsOwnedResources, services));
    const buckets = ofServices(withBelow(perimeter.buckets.flatMap((name) => partitions.map((one) => `arn:${one}:s3:::${name}`))), services);
    const others = ofServices(perimeter.partners.flatMap((one) => one.reachable.flatMap((arn) => /:s3:::[^/]*\*$/.test(arn) ? withBelow([arn]) : [arn])), services);
    return { awsOwned: among(awsOwned), reachable: among([...awsOwned, ...others, ...buckets]), buckets: among(buckets) };
  }));
  return listedOf(servicesReached(world, prefix).join());
});

const among = (patterns: readonly string[]): Node => patterns.length === 0 ? FALSE : literalOf(RESOURCE, testOn(RESOURCE, patternsOperator, patterns.map((one) => arnAsDefined(inAnyRegion(one)))), true);
/** In a Region that does not exist nobody has anything, so where the Region stands by itself in an ARN, any will do. A bucket's name anybody can take. */
const inAnyRegion = (arn: string): string => arn.replace(/(arn:[^:]*:[^:]+:)\$\{region\}(?=:)/, '$1*');

/** Patterns that an ARN of one of the services may match. */
const ofServices = (patterns: readonly string[], services: readonly string[]): string[] => patterns.filter((one) => {
  const [, , service = '*'] = one.split(':');
  return /[*?]/.test(service) || services.includes(service);
});
