import { answer, BUDGET } from './answer.ts';
import { policy as policyFormula, type Formula } from './formula.ts';
import { settingOf } from './objectives/case.ts';
import { parsePolicy, type Policy } from './parse.ts';
import type { Answer, Objective, Question } from './question.ts';
import { World } from './world/world.ts';

const MOST_KEPT = 1_000;
/** A question without its objective, and what has been answered of it. */
interface Asked { readonly world: World; readonly answers: Map<Objective, Answer> }
const asked = new WeakMap<Question['perimeter'], WeakMap<Policy, Map<string, Asked>>>();

/** Can any request from outside the perimeter get through this policy? Answers to the same question are kept. */
export function ask(question: Question, objective: Objective): Answer {
  const { perimeter, policy, kind, account, service, endpointType, resource, resourceTags, now, callers, acceptNetworkBound, viaEndpoint } = question;
  let byPolicy = asked.get(perimeter);
  if (byPolicy === undefined) asked.set(perimeter, byPolicy = new WeakMap());
  let all = byPolicy.get(policy);
  if (all === undefined) byPolicy.set(policy, all = new Map());
  // Nobody asks about anything below a role, so roles with the same trust policy share an answer.
  const key = `${kind} ${account} ${service} ${endpointType} ${now} ${callers} ${acceptNetworkBound} ${viaEndpoint} ${kind === 'trust' ? '' : resource} ${resourceTags === undefined ? '' : JSON.stringify(resourceTags)}`;
  let known = all.get(key);
  if (known === undefined) {
    if (all.size >= MOST_KEPT) all.clear();
    all.set(key, known = { world: new World(question, formulaOf(question), BUDGET), answers: new Map() });
  }
  let made = known.answers.get(objective);
  if (made === undefined) known.answers.set(objective, made = answer(known.world, objective));
  return made;
}

/** What one policy of its kind allows. */
export const formulaOf = (question: Question): Formula => policyFormula(question.kind === 'scp' || question.kind === 'rcp' ? guardrail(question.policy) : question.policy, settingOf(question));

/**
 * An SCP or RCP with only Deny statements hangs beside AWS's own that allows everything, without which nothing would be
 * allowed at all. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function guardrail(policy: Policy): Policy {
  if (policy.statements.some((one) => one.effect === 'Allow')) return policy;
  const known = guardrails.get(policy);
  if (known !== undefined) return known;
  const made = { ...policy, statements: [...policy.statements, ...fullAccess] };
  guardrails.set(policy, made);
  return made;
}
const guardrails = new WeakMap<Policy, Policy>();
/** Stands nowhere in the policy as written, so its place is the whole of it. */
const fullAccess = parsePolicy({ Version: '2012-10-17', Statement: [{ Sid: 'FullAWSAccess', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }).statements.map((one) => ({ ...one, at: '' }));
