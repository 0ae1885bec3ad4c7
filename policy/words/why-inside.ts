import type { Condition } from '../conditions.ts';
import { accountKeys, binding, organizationKeys, pathKeys } from '../tables/key-groups.ts';
import { canonicalName } from '../tables/key-names.ts';
import type { Formula } from '../formula.ts';
import { kept } from '../kept.ts';
import { withoutConditions } from '../loosened.ts';
import type { Statement } from '../parse.ts';
import { arnAsDefined } from '../pattern.ts';
import type { Objective } from '../question.ts';
import { tenancyClaims } from '../tables/shared-issuers.ts';
import { collectionOf } from '../tables/resource-services.ts';
import { idsIn } from '../world/profile.ts';
import { isClaim, isWhollyMine, providerOf } from '../world/providers.ts';
import { prefixesOf } from '../world/prefixes.ts';
import { withBelow } from '../world/targets.ts';
import type { World } from '../world/world.ts';

/** Whether a claim tells whose a token is: an audience seldom does. */
function tellsTenant(key: string): boolean {
  const end = key.lastIndexOf(':');
  return isClaim(key) && (tenancyClaims(key.slice(0, end)) ?? ['sub']).includes(key.slice(end + 1));
}
const binds = Object.fromEntries(Object.entries(binding).map(([objective, keys]) => [objective, kept((key) => keys.test(key) || (objective === 'principals' && tellsTenant(key)))])) as Readonly<Record<Objective, (key: string) => boolean>>;

/** Which part of the policies keeps outsiders out, in words; the search has shown that something does. `isInside`: whether it shows the same of other policies. */
export function whyInside(world: World, objective: Objective, isInside: (formula: Formula) => boolean): string {
  const { policies } = world;
  if (!allowsOf(policies, world.prefix === undefined ? undefined : prefixesOf(world))) return policies.some(({ statements }) => statements.some((one) => one.effect === 'Allow')) ? `it allows no action of \`${world.prefix!}\`` : 'it allows nothing';
  const { resource } = world.question;
  if (world.question.kind === 'resource' && resource !== undefined && !allowsOn(policies, resource)) return `it allows nothing on \`${resource}\`, for it names other resources`;
  const names = objective === 'principals' ? onlyNamed(world) : undefined;
  if (names !== undefined && !testsClaims(world)) return names;
  if (objective === 'deputies' && !letsServicesIn(policies)) return 'it lets no AWS service in';
  const keys = keysHolding(world, objective, isInside);
  const admitted = admittedBeside(world, objective);
  const beside = admitted.length === 0 ? '' : `, but for ${admitted.join(' and ')}`;
  if (keys.length > 0) return `conditions on ${keys.map((one) => `\`${one}\``).join(', ')} keep outsiders out${beside}`;
  switch (objective) {
    case 'resources':
      if (namesAccounts(world)) return `it names only resources that are yours or that the definition lists${admitsUnsigned(world) ? ', or allows calls that the definition admits unsigned' : ''}`;
      return allowsEverything(policies) && deniesSomething(policies) ? 'what it denies leaves no resource but yours and those that the definition lists' : 'nobody whom it lets in reaches resources of others, but by calls that the definition admits';
    case 'deputies': return 'no AWS service that tells its source can act for somebody else';
    default:
      if (world.question.kind === 'trust' && !policies.some(({ statements }) => statements.some((one) => one.effect === 'Allow' && assumes(one.actions)))) return 'it allows no action that assumes the role';
      return names !== undefined && !namesShared(world) ? names : `no request from outside is allowed${beside}`;
  }
}

/** The fewest keys whose conditions keep outsiders out, as they are named: without them somebody gets through, and beside them no others are needed. None, where something else does. */
function keysHolding(world: World, objective: Objective, isInside: (formula: Formula) => boolean): readonly string[] {
  const isHolding = (condition: Condition, effect: Statement['effect']): boolean => [condition.key, ...condition.variables].some(binds[objective]) && narrows(condition) === (effect === 'Allow');
  const names = new Map(world.policies.flatMap(({ statements }) => statements).flatMap(({ effect, conditions }) => conditions.filter((one) => isHolding(one, effect)).map(({ key, name }) => [key, canonicalName(key) ?? name])));
  const suffice = (kept: readonly string[]): boolean => isInside(withoutConditions(world.formula, (one, effect) => isHolding(one, effect) && !kept.includes(one.key)));
  if (names.size === 0 || suffice([])) return [];
  // Those that tell whole accounts and organizations go last, for they say most.
  let needed = [...names.keys()];
  for (const key of [...names.keys()].sort((a, b) => Number(tellsMost(a)) - Number(tellsMost(b))).slice(0, MOST_TRIED)) {
    const others = needed.filter((one) => one !== key);
    if (others.length > 0 && suffice(others)) needed = others;
  }
  return needed.map((key) => names.get(key)!);
}
/** Of so many keys it is tried whether the others suffice. */
const MOST_TRIED = 20;
const tellsMost = (key: string): boolean => organizationKeys.has(key) || pathKeys.has(key) || accountKeys.has(key);

/** Whether a condition holds of some values alone, rather than of all but some: an Allow with it, or a Deny with the opposite, leaves those it names. */
const narrows = ({ operator: { family, negated }, values }: Condition): boolean => family === 'null' ? values.includes('false') : !negated;

/** Whether some Allow may be of the actions with these prefixes; of any, where they are not said. */
function allowsOf(policies: World['policies'], prefixes: readonly string[] | undefined): boolean {
  for (const { statements } of policies) for (const { effect, actions: { negated, test } } of statements) {
    if (effect === 'Allow' && (prefixes === undefined || negated || test.patterns.some(({ text }) => prefixes.some((one) => mayBeOf(text, one))))) return true;
  }
  return false;
}
function mayBeOf(action: string, prefix: string): boolean {
  if (action.startsWith(prefix) && action[prefix.length] === ':') return true;
  const service = action.split(':')[0]!;
  return /[*?]/.test(service) || service.toLowerCase() === prefix;
}

/** Whether some Allow may be of the resource, or of what lies below it. */
const allowsOn = (policies: World['policies'], resource: string): boolean => policies.flatMap(({ statements }) => statements).some(({ effect, resources }) => effect === 'Allow' && (resources === undefined || resources.negated || resources.test.variables.length > 0
  || resources.test.patterns.some((one) => one.matches(resource) || one.text.startsWith(collectionOf(resource) ?? resource) || (one.literal === undefined && resource.startsWith(one.head)))));

const allowsEverything = (policies: World['policies']): boolean => policies.some(({ statements }) => statements.some((one) => one.effect === 'Allow' && one.resources !== undefined && (one.resources.negated || one.resources.test.values.includes('*'))));
/** Whether no Allow leaves open whose its resources are, but where their ARNs name no account, or names what is of accounts that nothing lists. */
const namesAccounts = (world: World): boolean => !allowsEverything(world.policies) && world.policies.every(({ statements }) => statements.every(({ effect, resources }) => effect === 'Deny' || resources === undefined
  || resources.test.values.every((text) => !OPEN.test(text) && idsIn(text).every((id) => world.isMine(id) || world.partners.includes(id)))));
/** A wildcard in an ARN's service or account, or with which a bucket's name begins. */
const OPEN = /^arn:[^:]*:(?:[^:]*[*?]|[^:]*:[^:]*:[^:$]*[*?]|s3:::[*?])|^[^:]*[*?]/;
/** Whether some Allow is of an action whose calls may come unsigned wherever they go. */
const admitsUnsigned = ({ policies, perimeter: { unsignedActions } }: World): boolean => policies.some(({ statements }) => statements.some(({ effect, actions: { negated, test } }) => effect === 'Allow' && !negated && test.values.some((one) => unsignedActions.some((action) => action.toLowerCase() === one.toLowerCase()))));
/** What comes from outside, or goes there, that the definition admits and some Allow lets through. */
function admittedBeside(world: World, objective: Objective): readonly string[] {
  const { partners, profile, question: { kind } } = world;
  const unsigned = kind === 'vpc-endpoint' && objective !== 'deputies' && admitsUnsigned(world) ? ['calls that the definition admits unsigned'] : [];
  if (objective !== 'principals') return unsigned;
  return [...unsigned, ...kind === 'vpc-endpoint' && readsOfAwsOwned(world) ? [`${world.prefix === 's3' ? '' : 'unsigned '}reads of what AWS owns`] : [], ...partners.some((id) => profile.principals.has(id)) ? ['what is agreed with partners'] : []];
}
/** Whether some Allow for everybody is of resources of AWS alone. */
const readsOfAwsOwned = ({ policies, perimeter: { awsOwnedResources } }: World): boolean => policies.some(({ statements }) => statements.some(({ effect, principals, conditions, resources }) =>
  effect === 'Allow' && principals?.everyone === true && !principals.negated && resources !== undefined && !resources.negated && !conditions.some((one) => binds.principals(one.key) && narrows(one))
  && resources.test.values.every((text) => text !== '*' && withBelow(awsOwnedResources).some((one) => arnAsDefined(one).matches(text)))));
const deniesSomething = (policies: World['policies']): boolean => policies.some(({ statements }) => statements.some((one) => one.effect === 'Deny'));

const assumes = ({ negated, test }: Statement['actions']): boolean => ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'].some((one) => test.fits(`sts:${one}`) !== negated);

const letsServicesIn = (policies: World['policies']): boolean => policies.some(({ statements }) => statements.some(({ effect, principals: of }) => effect === 'Allow' && (of === undefined || of.everyone || of.negated || of.services.length > 0)));

/** Whom alone it names, if all of them are of accounts of mine or of none. */
function onlyNamed(world: World): string | undefined {
  const { policies, profile } = world;
  const named: string[] = [];
  for (const { statements } of policies) for (const { effect, principals: of } of statements) {
    if (effect !== 'Allow') continue;
    if (of === undefined || of.everyone || of.negated) return undefined;
    named.push(...of.aws, ...of.services, ...of.federated);
  }
  // Every provider is no name.
  if (named.length === 0 || named.includes('*') || [...profile.principals].some((id) => !world.isMine(id)) || profile.federated.some((one) => { const account = providerOf(one)?.account; return account !== undefined && !world.isMine(account); })) return undefined;
  const names = [...new Set(named)];
  return `it names only ${names.slice(0, 3).map((one) => `\`${one}\``).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

/** Whether the policies test what tokens say, which their issuers do not only to me. */
const testsClaims = (world: World): boolean => world.profile.keys.some(isClaim) && world.profile.federated.some((one) => { const issuer = providerOf(one)?.issuer; return issuer === undefined || !isWhollyMine(world, issuer); });
/** Whether a provider is named whose issuer serves many tenants. */
const namesShared = ({ profile }: World): boolean => profile.federated.some((one) => { const issuer = providerOf(one)?.issuer; return issuer !== undefined && tenancyClaims(issuer) !== undefined; });
