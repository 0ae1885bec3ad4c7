import { strangeAccounts } from './accounts.ts';
import { anonymousCallers, foreignOrganizations, insideCallers, strangers, type Caller } from './callers.ts';
import { fitsGlob } from './freedom.ts';
import { matches, plainGlob } from './pattern.ts';
import type { Case, Cases } from './principals.ts';
import { strangeServices } from './principals.ts';
import type { Question } from './question.ts';
import { regionOf, type Owner } from './regions.ts';
import type { Reach, Request } from './request.ts';
import type { Work } from './classes.ts';
import { isHopeless } from './search.ts';
import { actionsToTry, bucketOf, isAwsOwned, isReachable, takesNoResource } from './targets.ts';

/** Requests to a resource that is not mine, whoever calls. `unknownBuckets` collects buckets whose owner the definition does not tell. */
export function foreignResources(question: Question, work: Work, unknownBuckets: Set<string>): Cases | undefined {
  const accounts = strangeAccounts(question, work);
  const actions = actionsToTry(question, work)?.filter((action) => !takesNoResource(action));
  const [inside, outside, organizations] = [insideCallers(question, work), strangers(question, false, work), foreignOrganizations(question, work)];
  if (accounts === undefined || actions === undefined || inside === undefined || outside === undefined || organizations === undefined) return undefined;
  const owners: (Owner & { reach: Reach; unknown?: boolean })[] = [
    ...[accounts.fresh, ...accounts.matched].map((account) => ({ account, mine: false, reach: 'any-account' as const })),
    ...[accounts.fresh, ...accounts.matched].flatMap((account) => organizations.map((organization) => ({ account, mine: false, organization, reach: 'any-organization-member' as const }))),
    ...[...accounts.named, ...accounts.partners].flatMap((account) => [undefined, ...organizations].map((organization) => ({
      account, mine: false, ...(organization === undefined ? {} : { organization }), reach: 'named-account' as const,
      unknown: question.perimeter.accounts === undefined && !accounts.partners.includes(account),
    }))),
  ];
  const callers = [...inside.slice(0, 6), ...anonymousCallers(question), ...outside, ...strangeServices(question)].filter((one) => !isHopeless(question.policy, one.fixed));
  const cases = owners.flatMap(({ reach, unknown, ...owner }) => callers.map((caller): Case => {
    const known: Caller = { ...caller, reach };
    return {
      owner, caller: unknown === true ? { ...known, unknownAccount: owner.account } : withoutUnknown(known),
      region: regionOf(question, caller, owner, actions, work, (request) => isInOrder(question, caller, owner, request, unknownBuckets)),
    };
  }));
  return { cases, notes: [] };
}
const withoutUnknown = ({ unknownAccount: _, ...caller }: Caller): Caller => caller;

function isInOrder(question: Question, caller: Caller, owner: Owner, request: Request, unknownBuckets: Set<string>): boolean {
  const { perimeter } = question;
  const { resource = '' } = request;
  if (caller.principal.kind === 'anonymous' && perimeter.unsignedActions.some((one) => matches(plainGlob(one), request.action, true))) return true;
  const tags = Object.entries(perimeter.exclusionTags.principal);
  const context = Object.entries(request.context);
  const isInside = caller.principal.account === question.account;
  if (isInside && tags.some(([name, value]) => context.some(([key, given]) => key.toLowerCase() === `aws:principaltag/${name}`.toLowerCase() && given === value))) return true;
  if (isAwsOwned(question, resource) || isReachable(question, resource)) return true;
  const bucket = bucketOf(resource);
  if (bucket === undefined) return false;
  if (perimeter.buckets.some((one) => fitsGlob(one, bucket)) || isRegionalOfMine(question, bucket)) return true;
  if (!namesExactly(question, bucket)) return false;
  unknownBuckets.add(bucket);
  return true;
}

/** A bucket of an account's own regional namespace ends in `-<account>-<Region>-an`. https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html */
function isRegionalOfMine({ perimeter, account }: Question, bucket: string): boolean {
  const owner = /-(\d{12})-[a-z0-9-]+-an$/.exec(bucket)?.[1];
  return owner !== undefined && [account, ...perimeter.standaloneAccounts, ...(perimeter.accounts ?? [])].includes(owner);
}

/** Whether a statement names this bucket itself, without a wildcard in its name. */
function namesExactly(question: Question, bucket: string): boolean {
  return question.policy.statements.some((one) => one.effect === 'Allow' && one.resources?.negated === false && one.resources.patterns.some((template) => {
    const text = template.map((token) => typeof token === 'string' ? token : '*').join('');
    return bucketOf(text) === bucket;
  }));
}
