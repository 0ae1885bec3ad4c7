import { policy as policyFormula, type Formula } from './formula.ts';
import { settingOf, type Case } from './objectives/case.ts';
import { foreignSources } from './objectives/deputies.ts';
import { foreignNetworks } from './objectives/networks.ts';
import { outsidePrincipals } from './objectives/principals.ts';
import { exactBuckets, foreignResources, onUnknownBucket } from './objectives/resources.ts';
import type { Policy } from './parse.ts';
import type { Answer, Objective, Question } from './question.ts';
import { search } from './search/search.ts';
import { PastBudget, Work } from './search/work.ts';
import { describeOutside } from './words/describe.ts';
import { whyInside } from './words/why-inside.ts';
import { worldOf, type World } from './world/world.ts';

/** Steps of work a question may take. */
const BUDGET = 2_000_000;

const MOST_KEPT = 1_000;
const answers = new WeakMap<Question['perimeter'], WeakMap<Policy, Map<string, Answer>>>();

/** Can any request from outside the perimeter get through this policy? Answers to the same question are kept. */
export function ask(question: Question, objective: Objective): Answer {
  const { perimeter, policy, kind, account, service, endpointType, resource, resourceTags, now, callers, acceptNetworkBound } = question;
  const byPolicy = answers.get(perimeter) ?? new WeakMap<Policy, Map<string, Answer>>();
  answers.set(perimeter, byPolicy);
  const known = byPolicy.get(policy) ?? new Map<string, Answer>();
  byPolicy.set(policy, known);
  // Nobody asks about anything below a role, so roles with the same trust policy share an answer.
  const key = `${objective} ${kind} ${account} ${service} ${endpointType} ${now} ${callers} ${acceptNetworkBound} ${kind === 'trust' ? '' : resource} ${resourceTags === undefined ? '' : JSON.stringify(resourceTags)}`;
  const answer = known.get(key) ?? find(question, objective);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, answer);
  return answer;
}

interface Doubt { readonly because: string; readonly at: string; readonly account?: string }
/** What the cases seen so far come to. */
interface Seen { readonly notes: string[]; readonly doubts: Doubt[]; gap: string | undefined }

function find(question: Question, objective: Objective): Answer {
  const world = worldOf(question, [question.policy], new Work(BUDGET));
  const formula = policyFormula(question.policy, settingOf(question));
  const seen: Seen = { notes: notesOn(question), doubts: [], gap: undefined };
  const unknownBuckets: string[] = [];
  try {
    for (const stage of stagesOf(world, objective, seen.notes)) {
      const outside = firstOutside(world, objective, formula, stage(), seen);
      if (outside !== undefined) return outside;
    }
    if (objective === 'resources') for (const bucket of exactBuckets(world)) if (isReached(formula, onUnknownBucket(world, bucket), world.work)) unknownBuckets.push(bucket);
  } catch (error) {
    if (!(error instanceof PastBudget)) throw error;
    seen.gap = 'the policy is past the work budget of the search';
  }
  return undecidedOf(question, objective, seen, unknownBuckets) ?? { answer: 'inside', because: whyInside(question, objective), notes: seen.notes };
}

function stagesOf(world: World, objective: Objective, notes: string[]): (() => Generator<Case>)[] {
  switch (objective) {
    case 'principals': return [() => outsidePrincipals(world, false, notes), () => outsidePrincipals(world, true, notes)];
    case 'resources': return [() => foreignResources(world)];
    case 'deputies': return [() => foreignSources(world, notes)];
    case 'networks': return [() => foreignNetworks(world)];
  }
}

function firstOutside(world: World, objective: Objective, formula: Formula, cases: Iterable<Case>, seen: Seen): Answer | undefined {
  const { notes, doubts } = seen;
  for (const { region, caller, doubt } of cases) {
    const found = search(formula, region, world.work);
    if (found.kind === 'gap') seen.gap ??= found.because;
    if (found.kind !== 'found') continue;
    const { request, statement } = found;
    const at = statement?.at ?? '/Statement';
    if (caller.unknownAccount !== undefined) { doubts.push({ because: `whose account \`${caller.unknownAccount}\` is`, at, account: caller.unknownAccount }); continue; }
    if (doubt !== undefined) { doubts.push({ because: doubt, at }); continue; }
    if (objective === 'principals' && caller.reach === 'network-bound' && world.acceptNetworkBound === true) { notes.push('a network alone keeps outsiders out, which the definition accepts'); return undefined; }
    return { answer: 'outside', reach: caller.reach, at, witness: request, notes, because: describeOutside(world, objective, caller.reach, request, statement) };
  }
  return undefined;
}

function isReached(formula: Formula, cases: Iterable<Case>, work: Work): boolean {
  for (const { region } of cases) if (search(formula, region, work).kind === 'found') return true;
  return false;
}

function undecidedOf(question: Question, objective: Objective, { doubts, gap, notes }: Seen, unknownBuckets: readonly string[]): Answer | undefined {
  const unknownAccounts = [...new Set(doubts.flatMap((one) => one.account ?? []))];
  const undecided = (because: string, at?: string): Answer => ({
    answer: 'undecided', because, notes, ...(at === undefined ? {} : { at }),
    ...(unknownAccounts.length > 0 ? { unknownAccounts } : {}), ...(unknownBuckets.length > 0 ? { unknownBuckets } : {}),
  });
  const [doubt] = doubts;
  if (doubt !== undefined) return undecided(`the definition does not tell ${doubt.because}`, doubt.at);
  if (unknownBuckets.length > 0) return undecided(`owner of bucket ${unknownBuckets.map((one) => `\`${one}\``).join(', ')}`);
  if (gap !== undefined) return undecided(gap);
  const canonical = objective === 'principals' ? unknownOwners(question) : undefined;
  return canonical === undefined ? undefined : undecided(canonical.because, canonical.at);
}

/** Principals whose owner no definition can tell: canonical users and CloudFront origin access identities. */
function unknownOwners({ policy }: Question): { because: string; at: string } | undefined {
  for (const one of policy.statements) {
    if (one.effect !== 'Allow' || one.principals === undefined) continue;
    if (one.principals.canonicalUsers.length > 0) return { because: `owner of canonical user \`${one.principals.canonicalUsers[0]!.slice(0, 12)}…\``, at: one.at };
    const identity = one.principals.aws.find((name) => /^arn:[^:]+:iam::cloudfront:/.test(name));
    if (identity !== undefined) return { because: `owner of \`${identity}\``, at: one.at };
  }
  return undefined;
}

/** What a reader of the policy should know though it admits nobody. */
function notesOn({ policy }: Question): string[] {
  const listed = policy.statements.flatMap((one) => one.principals?.aws ?? []);
  const deleted = listed.filter((one) => /^A(ROA|IDA)[A-Z0-9]+$/.test(one)).map((one) => `\`${one}\` is the unique id of a deleted principal and matches nobody`);
  const partial = listed.filter((one) => /[*?]/.test(one)).map((one) => `\`${one}\` has a wildcard inside a principal, which IAM does not allow, and matches nobody`);
  return [...deleted, ...partial];
}
