import { testOn } from '../conditions.ts';
import { refuses } from '../formula.ts';
import { patternsOperator } from '../operators.ts';
import { oneOrMore, patternOf, plainGlob, type Pattern, type Wildcard } from '../pattern.ts';
import { findText } from '../search/texts.ts';
import type { Work } from '../search/work.ts';
import { absent, always, anything, maybe, only, present, type Domain, type TextTest } from '../search/region.ts';
import { examples, ofAnybody, type Carries } from '../tables/carried.ts';
import { isUnlisted } from '../tables/keys.ts';
import { regions } from '../tables/regions.ts';
import { accountForm, anyPartition, regionForm } from './accounts.ts';
import { isNetworkKey, networkDomain, type Network } from './networks.ts';
import type { World } from './world.ts';

/** What the table says that requests carry, by key. */
export function carriedBy({ absent: never, always: surely = '', open = '', only: values = {} }: Carries): ReadonlyMap<string, Domain> {
  const alike = (keys: string, domain: Domain): [string, Domain][] => keys.split(' ').map((key) => [key, domain]);
  return new Map([
    ...alike(never, absent), ...alike(surely, always), ...alike(open, anything),
    ...Object.entries(examples).flatMap(([key, value]): [string, Domain][] => surely.includes(key) ? [[key, present({ liked: [value] })]] : []),
    ...Object.entries(values).map(([key, value]): [string, Domain] => [key, only(value)]),
  ]);
}

/** Whether nothing can stand under a key that every request of a class carries: then nobody is of that class, whatever the policies ask. */
export const isVacant = (work: Work, { missing, tests = [], forms, liked = [] }: Domain): boolean => !missing && tests.length > 0 && findText(tests, forms, liked, work) === undefined;

const byAnybody = carriedBy(ofAnybody);

/**
 * What a request carries under keys that neither the caller's identity nor the resource settles.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function commonDomain(key: string, network: Network, world: World): Domain {
  if (isNetworkKey(key)) return networkDomain(key, network, world);
  switch (key) {
    case 'aws:requestedregion': return inRegion;
    case 'sts:externalid': return externalIds;
    // Who assumes a role or presents a token has to name the session.
    case 'sts:rolesessionname': return world.question.kind === 'trust' ? sessionName : sessionNames;
    case 'sts:sourceidentity': case 'aws:sourceidentity': return sessionNames;
    default: return byAnybody.get(key) ?? (key.includes(':dataaccesspoint') ? world.once(key, () => accessPointDomain(key, world)) : world.profile.conditions.get(key)?.some((one) => one.quantifier !== undefined) === true && isUnlisted(key) ? several : anything);
  }
}
/** What no table holds may carry several values, if a policy takes it for a key that does. */
const several = maybe({ many: true });

/**
 * Whose access point a request comes through, or which. A bucket leaves who comes through one of mine to its policy, which is judged itself: every
 * request that it is about comes through it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
function accessPointDomain(key: string, world: World): Domain {
  const { kind, resource = '' } = world.question;
  const [, service = '', told] = /^([^:]*):dataaccesspoint(account|arn)$/.exec(key) ?? [];
  if (told === undefined) return anything;
  const own = kind === 'resource' ? accessPoint.exec(resource) : null;
  if (own !== null) return own[1] === service ? only(told === 'arn' ? resource : own[2]!) : absent;
  return told === 'account' ? maybe({ forms: [accountForm], tests: ofOthersPoints(world, key, (id) => id) })
    : maybe({ forms: pointsOf(service), tests: ofOthersPoints(world, key, (id) => `arn:*:${service}:*:${id}:*accesspoint/*`) });
}
const accessPoint = /^arn:[^:]*:(s3|s3express|s3-outposts):[^:]*:(\d{12}):(?:outpost\/[^/]+\/)?accesspoint\/[^/]+$/;
/** Their ARNs, of which those of several Regions name none. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html */
const pointsOf = (service: string): Pattern[] => [regionForm, ''].map((region) => patternOf(anyPartition, `:${service}:`, region, ':', accountForm, service === 's3-outposts' ? ':outpost/' : ':accesspoint/', ...service === 's3-outposts' ? [oneOrMore('bucket'), '/accesspoint/'] : [], oneOrMore('bucket')));
const inRegion = present({ forms: [regionForm], liked: ['us-east-1', ...regions] });

/** Not of an account of mine, as far as the policies can tell it from others. */
export const notOfMine = (world: World, key: string, pattern: (id: string) => string): TextTest[] =>
  [{ test: testOn(key, patternsOperator, world.accountsOfMine.map((id) => plainGlob(pattern(id)))), want: false }];

const ofOthersPoints: typeof notOfMine = (world, key, pattern) => refuses(world.formula) || !['resource', 'rcp'].includes(world.question.kind) ? [] : notOfMine(world, key, pattern);

/** Two characters of a charset or more; longer ones than a policy could name need not be tried. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const twoOrMore = (of: Wildcard['of']): Domain => maybe({ forms: [patternOf({ of, times: 'one' }, oneOrMore(of))] });
const externalIds = twoOrMore('external-id');
export const sessionNames = twoOrMore('iam-name');
const sessionName: Domain = { ...sessionNames, missing: false };
