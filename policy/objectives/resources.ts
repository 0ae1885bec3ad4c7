import { all, any, negated, type Node } from '../search/logic.ts';
import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE } from '../parse.ts';
import { glob, literal, plainGlob } from '../pattern.ts';
import { anonymousCallers, insideCallers, partnerCallers, patternTest, strangers, type Caller } from '../world/callers.ts';
import { foreignOwners } from '../world/owners.ts';
import { strangeServices } from '../world/services.ts';
import { acting, bucketOf, onResources, withBelow } from '../world/targets.ts';
import type { World } from '../world/world.ts';
import { allActs, isHopeless, regionOf, type Case } from './case.ts';

/** Requests to a resource that is not mine, whoever calls; buckets named exactly, whose owner nothing tells, are left out. */
export function* foreignResources(world: World): Generator<Case> {
  yield* casesOn(world, () => world.once('not named exactly', () => negated(onBuckets(exactBuckets(world)))));
}

/** Requests to one bucket that a statement names exactly and the definition does not list. */
export const onUnknownBucket = (world: World, bucket: string): Generator<Case> => casesOn(world, () => onBuckets([bucket]));

function* casesOn(world: World, where: () => Node): Generator<Case> {
  const acts = allActs(world).filter((one) => one.takesResource);
  const callers = [...callersOf(world)].filter((one) => !isHopeless(world, one));
  if (callers.length === 0) return;
  // Whose resources they are says how bad it is, so owners go first.
  for (const owner of foreignOwners(world)) {
    for (const caller of callers) {
      const { unknownAccount: _, ...known } = caller;
      const found: Caller = { ...known, reach: owner.reach, ...(owner.unknown === true ? { unknownAccount: owner.account } : {}) };
      const others = (): Node => negated(any([world.once('in order', () => inOrder(world)), excluded(world, caller)]));
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
  yield* partnerCallers(world, false);
  yield* strangeServices(world);
}

/** ARN patterns of what is mine by name or may be reached all the same. */
function resourcesInOrder(world: World): string[] {
  const { awsOwnedResources, buckets, partners } = world.perimeter;
  const mine = [world.account, ...world.profile.accounts.filter((id) => world.isMine(id))];
  return [
    ...withBelow(awsOwnedResources), ...partners.flatMap((one) => one.reachable), ...withBelow(buckets.map((name) => `arn:*:s3:::${name}`)),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
    ...withBelow(mine.map((id) => `arn:*:s3:::*-${id}-\${region}-an`)),
  ];
}

/** Requests to resources of others that the definition admits. */
const inOrder = (world: World): Node => any([onResources(resourcesInOrder(world)), ...world.perimeter.unsignedActions.length > 0 ? [acting(world.perimeter.unsignedActions)] : []]);

/** A principal of mine with an exclusion tag may reach what it likes. */
const excluded = (world: World, caller: Caller): Node => any(!world.isMine(caller.principal.account ?? '') ? []
  : Object.entries(world.perimeter.exclusionTags.principal).map(([name, value]) => patternTest(`aws:principaltag/${name.toLowerCase()}`, [value])));

const onBuckets = (names: readonly string[]): Node => names.length === 0 ? any([])
  : onResources(names.flatMap((name) => [literal(`arn:aws:s3:::${name}`), plainGlob(`arn:aws:s3:::${name}/*`), plainGlob(`arn:aws-*:s3:::${name}`), plainGlob(`arn:aws-*:s3:::${name}/*`)]));

/** Buckets that a statement names and that nothing in the definition tells whose they are. */
export function unknownBuckets(world: World): string[] {
  const listed = testOn(RESOURCE, patternsOperator, resourcesInOrder(world).map(glob));
  return exactBuckets(world).filter((bucket) => !listed.fits(`arn:aws:s3:::${bucket}`) || !listed.fits(`arn:aws:s3:::${bucket}/some-key`));
}

/** Buckets that a statement names itself, without a wildcard in their name. */
const exactBuckets = (world: World): string[] => [...new Set(world.policies.flatMap(({ statements }) => statements).flatMap((one) => one.effect !== 'Allow' || one.resources === undefined || one.resources.negated ? []
  : one.resources.test.templates.flatMap(({ text }) => { const bucket = bucketOf(text); return bucket === undefined || /[*?$]/.test(bucket) || isStrangers(world, bucket) ? [] : [bucket]; })))];

/** Whether a bucket's own name tells that it is of an account that is not mine. */
function isStrangers(world: World, bucket: string): boolean {
  const owner = /-(\d{12})-[a-z0-9-]+-an$/.exec(bucket)?.[1];
  return owner !== undefined && world.perimeter.accounts !== undefined && !world.isMine(owner);
}

