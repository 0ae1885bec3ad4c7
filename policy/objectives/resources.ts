import { all, any, negated, type Node } from '../search/logic.ts';
import { literal, plainGlob } from '../pattern.ts';
import { anonymousCallers, insideCallers, patternTest, strangers, type Caller } from '../world/callers.ts';
import { foreignOwners } from '../world/owners.ts';
import { strangeServices } from '../world/services.ts';
import { acting, bucketOf, onResources, withBelow } from '../world/targets.ts';
import type { World } from '../world/world.ts';
import { allActs, isHopeless, regionOf, type Case } from './case.ts';

/** Requests to a resource that is not mine, whoever calls; buckets named exactly, whose owner nothing tells, are left out. */
export function* foreignResources(world: World): Generator<Case> {
  yield* casesOn(world, () => negated(onBuckets(exactBuckets(world))));
}

/** Requests to one bucket that a statement names exactly and the definition does not list. */
export const onUnknownBucket = (world: World, bucket: string): Generator<Case> => casesOn(world, () => onBuckets([bucket]));

function* casesOn(world: World, where: () => Node): Generator<Case> {
  const acts = allActs(world).filter((one) => one.takesResource);
  const owners = [...foreignOwners(world)];
  for (const caller of callersOf(world)) {
    if (isHopeless(world, caller)) continue;
    const others = (): Node => negated(any([inOrder(world, caller), excluded(world, caller)]));
    for (const owner of owners) {
      const { unknownAccount: _, ...known } = caller;
      const found: Caller = { ...known, reach: owner.reach, ...(owner.unknown === true ? { unknownAccount: owner.account } : {}) };
      for (const act of acts) yield { caller: found, region: regionOf(world, caller, owner, act, () => all([where(), others()])) };
    }
  }
}

function* callersOf(world: World): Generator<Caller> {
  const isEndpoint = world.question.kind === 'vpc-endpoint';
  yield* insideCallers(world, [isEndpoint || world.question.viaEndpoint === true ? 'this-endpoint' : 'named-address']);
  if (!isEndpoint) return;
  yield* anonymousCallers(world);
  yield* strangers(world, false);
  yield* strangeServices(world);
}

/** Requests to resources of others that the definition admits. */
function inOrder(world: World, caller: Caller): Node {
  const { awsOwnedResources, buckets, partners, unsignedActions } = world.perimeter;
  const mine = [world.account, ...world.profile.accounts.filter((id) => world.isMine(id))];
  const listed = [
    ...withBelow(awsOwnedResources), ...partners.flatMap((one) => one.reachable), ...withBelow(buckets.map((name) => `arn:*:s3:::${name}`)),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
    ...withBelow(mine.map((id) => `arn:*:s3:::*-${id}-\${region}-an`)),
  ];
  return any([onResources(listed), ...caller.principal.kind === 'anonymous' && unsignedActions.length > 0 ? [acting(unsignedActions)] : []]);
}

/** A principal of mine with an exclusion tag may reach what it likes. */
const excluded = (world: World, caller: Caller): Node => any(!world.isMine(caller.principal.account ?? '') ? []
  : Object.entries(world.perimeter.exclusionTags.principal).map(([name, value]) => patternTest(`aws:principaltag/${name.toLowerCase()}`, [value])));

const onBuckets = (names: readonly string[]): Node => names.length === 0 ? any([])
  : onResources(names.flatMap((name) => [literal(`arn:aws:s3:::${name}`), plainGlob(`arn:aws:s3:::${name}/*`), plainGlob(`arn:aws-*:s3:::${name}`), plainGlob(`arn:aws-*:s3:::${name}/*`)]));

/** Buckets that a statement names itself, without a wildcard in their name. */
export const exactBuckets = (world: World): string[] => [...new Set(world.policies.flatMap(({ statements }) => statements).flatMap((one) => one.effect !== 'Allow' || one.resources === undefined || one.resources.negated ? []
  : one.resources.test.templates.flatMap(({ text }) => { const bucket = bucketOf(text); return bucket === undefined || /[*?$]/.test(bucket) ? [] : [bucket]; })))];

