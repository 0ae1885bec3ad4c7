import { describeOutside } from './describe.ts';
import { foreignSources } from './deputies.ts';
import { outsidePrincipals, type Case, type Cases } from './principals.ts';
import { foreignResources } from './resources.ts';
import type { Work } from './classes.ts';
import { search } from './search.ts';
import { whyInside } from './why-inside.ts';
import type { Answer, Objective, Question } from './question.ts';

/** Steps of work a question may take; counted, not timed, so that an answer does not depend on the machine. */
const BUDGET = 16_000_000;

const MOST_KEPT = 1_000;
const answers = new WeakMap<Question['perimeter'], WeakMap<Question['policy'], Map<string, Answer>>>();

/** Can any request from outside the perimeter get through this policy? Answers to the same question are kept. */
export function ask(question: Question, objective: Objective): Answer {
  const { perimeter, policy, kind, account, service, endpointType, resource, resourceTags, now, callers, acceptNetworkBound } = question;
  const byPolicy = answers.get(perimeter) ?? new WeakMap<Question['policy'], Map<string, Answer>>();
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

function find(question: Question, objective: Objective): Answer {
  const work: Work = { left: BUDGET };
  const unknownBuckets = new Set<string>();
  const notes = notesOn(question);
  const stages: (() => Cases | undefined)[] = objective === 'principals' ? [() => outsidePrincipals(question, false, work), () => outsidePrincipals(question, true, work)]
    : objective === 'resources' ? [() => foreignResources(question, work, unknownBuckets)] : [() => foreignSources(question, work)];
  const doubts: { because: string; at: string; account?: string }[] = [];
  const gaps: string[] = [];
  for (const stage of stages) {
    const made = stage();
    if (made === undefined) { gaps.push('the policy is past the work budget of the search'); break; }
    notes.push(...made.notes);
    for (const one of made.cases) {
      const outcome = tryCase(question, one, work);
      if (outcome.kind === 'gap') gaps.push(outcome.because);
      if (outcome.kind !== 'found') continue;
      const { request, statement } = outcome;
      if (one.caller.unknownAccount !== undefined) { doubts.push({ because: `whose account \`${one.caller.unknownAccount}\` is`, at: statement.at, account: one.caller.unknownAccount }); continue; }
      if (one.doubt !== undefined) { doubts.push({ because: one.doubt, at: statement.at }); continue; }
      if (one.caller.reach === 'network-bound' && question.acceptNetworkBound === true) { notes.push('a network alone keeps outsiders out, which the definition accepts'); continue; }
      return {
        answer: 'outside', reach: one.caller.reach, at: statement.at, witness: request, notes,
        because: describeOutside(question, objective, one.caller.reach, request, statement),
      };
    }
    if (work.left < 0) break;
  }
  const unknownAccounts = [...new Set(doubts.flatMap((one) => one.account ?? []))];
  const undecided = (because: string, at?: string): Answer => ({
    answer: 'undecided', because, notes, ...(at === undefined ? {} : { at }),
    ...(unknownAccounts.length > 0 ? { unknownAccounts } : {}), ...(unknownBuckets.size > 0 ? { unknownBuckets: [...unknownBuckets] } : {}),
  });
  const [doubt] = doubts;
  if (doubt !== undefined) return undecided(`the definition does not tell ${doubt.because}`, doubt.at);
  if (unknownBuckets.size > 0) return undecided(`owner of bucket ${[...unknownBuckets].map((one) => `\`${one}\``).join(', ')}`);
  if (gaps[0] !== undefined) return undecided(gaps[0]);
  const canonical = objective === 'principals' ? unknownOwners(question) : undefined;
  if (canonical !== undefined) return undecided(canonical.because, canonical.at);
  return { answer: 'inside', because: whyInside(question, objective), notes };
}

const tryCase = (question: Question, one: Case, work: Work) =>
  search(question.policy, one.region, { gateway: question.kind === 'vpc-endpoint' && question.endpointType === 'gateway' }, question.now, work);

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
