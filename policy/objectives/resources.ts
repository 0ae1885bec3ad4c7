import { all, any, FALSE, negated, type Node } from '../search/logic.ts';
import { arnAsDefined } from '../pattern.ts';
import type { Caller } from '../world/caller.ts';
import { hopeful, iamCallers } from '../world/callers.ts';
import { tokensThrough } from '../world/federation.ts';
import { insiders } from '../world/members.ts';
import { everyNetwork } from '../world/networks.ts';
import { mayCallSts, outsiders } from '../world/outsiders.ts';
import { Remembered } from '../world/remembered.ts';
import { ownSts } from '../world/acts.ts';
import { listedFor } from '../world/listed.ts';
import { foreignOwners, isTornApart, type Owner } from '../world/owners.ts';
import type { Request } from '../request.ts';
import { bucketOf, withBelow } from '../world/targets.ts';
import { acting, onResources, patternTest } from '../world/tests.ts';
import { isLikeStranger } from '../world/told-apart.ts';
import { unsignedActionsOf } from '../tables/unsigned-actions.ts';
import { regions } from '../tables/regions.ts';
import type { World } from '../world/world.ts';
import { isOutOfReach } from '../world/hopeless.ts';
import { callsOwnSts, regionOf, regionsOfItself, waysIn, type Case } from './case.ts';

/**
 * Requests to a resource that is not mine, whoever calls. A bucket that a statement names and whose owner nothing tells is
 * no finding but a question: those in `reached` are left out, also of a case that was made before they were found.
 */
export function* foreignResources(world: World, reached: readonly string[]): Generator<Case> {
  // What takes no resource type acts on the caller's own account, but for signing in to pools.
  const acts = waysIn(world).filter((one) => one.takesResource && (one.isUntyped !== true || unsignedActionsOf(one.prefix).length > 0));
  const callers = new Remembered(() => callersOf(world));
  // Whose resources they are says how bad it is, so owners go first.
  const owners: Owner[] = [];
  for (const owner of foreignOwners(world)) {
    if (isOutOfReach(world, owner)) continue;
    owners.push(owner);
    for (const caller of callers) {
      // An account of my organization that nothing lists is not a stranger's besides; that both are one, only its name or a variable tells.
      if (isOfMine(world, caller) && caller.principal.account === owner.account && (owner.reach === 'named-account' || world.profile.variables.length > 0)) continue;
      if (isTornApart(world, caller, owner)) continue;
      for (const act of acts) {
        if (isLikeStranger(world, caller, owner, act)) continue;
        const others = (): Node => negated(any([inOrder(world, act.prefix), excluded(world, caller), ...act.prefix === ownSts.prefix ? [ofItself] : []]));
        yield { reach: owner.reach, doubt: owner.doubt, region: regionOf(world, caller, owner, act, () => all([negated(onBuckets(reached)), others()])) };
      }
    }
  }
  // What principals of mine do so is in accounts of mine.
  if (callsOwnSts(world)) for (const caller of callers) if (!isOfMine(world, caller)) for (const region of regionsOfItself(world, caller, owners, () => negated(inOrder(world, 'sts')))) yield { reach: caller.reach, doubt: caller.doubt, region };
}

/** What takes no resource of STS's but what is of the caller's account. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html */
const ofItself = acting(['sts:GetFederationToken']);

/** Whether a caller's account lies in an organization of mine, on whatever path, or is mine otherwise. */
const isOfMine = ({ perimeter }: World, caller: Caller): boolean => caller.mine === true || (caller.domain('aws:principalorgid').only ?? []).some((one) => perimeter.organizations.includes(one));

function* callersOf(world: World): Generator<Caller> {
  yield* iamCallers(world, insiders(world), everyNetwork(world));
  if (world.question.kind !== 'vpc-endpoint') return;
  yield* outsiders(world, false);
  if (mayCallSts(world)) yield* hopeful(world, tokensThrough(world));
}

/**
 * Requests to resources of others that the definition admits, and to images of Amazon and of those that it has verified, which AWS's samples spare. (Buckets in an account's own namespace
 * are told by whose resources they are.) https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html (imageOwnerAlias)
 */
const inOrder = (world: World, prefix: string): Node => world.once(`in order ${prefix}`, () =>
  any([listedFor(world, prefix).reachable, acting(world.perimeter.unsignedActions), ...world.tests(IMAGE_OWNER) ? [patternTest(IMAGE_OWNER, ['amazon'])] : []]));
const IMAGE_OWNER = 'ec2:owner';

/** A principal of mine with an exclusion tag may reach what it likes. */
const excluded = (world: World, { mine }: Caller): Node => mine !== true ? FALSE
  : world.once('excluded', () => any(Object.entries(world.perimeter.exclusionTags.principal).map(([name, value]) => patternTest(`aws:principaltag/${name.toLowerCase()}`, [value]))));

const onBuckets = (names: readonly string[]): Node => any(names.map((name) => onResources(withBelow([`arn:*:s3:::${name}`]).map(arnAsDefined))));

/** The bucket of a request, if a statement names it without a wildcard and nothing tells whose it is. */
export function unknownBucket(world: World, { resource }: Request): string | undefined {
  const bucket = bucketOf(resource!);
  // A Deny of all but a bucket names it as an Allow does.
  const isNamed = world.policies.some(({ statements }) => statements.some(({ resources }) => resources?.test.values.some((text) => bucketOf(text) === bucket)));
  return bucket !== undefined && isNamed && !isStrangers(world, bucket) ? bucket : undefined;
}

/** Whether a bucket's own name tells that it is of an account that is not mine. */
function isStrangers(world: World, bucket: string): boolean {
  const [, owner, region] = /^.*-(\d{12})-([a-z]+(?:-[a-z]+)+-\d)-an$/.exec(bucket) ?? [];
  return owner !== undefined && regions.includes(region!) && !world.isMine(owner) && (world.perimeter.accounts !== undefined || world.partners.includes(owner));
}

