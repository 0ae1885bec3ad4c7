import { answer, BUDGET } from './answer.ts';
import { or, policy as policyFormula, type Formula } from './formula.ts';
import { KeepingPolicy, Memory } from './kept.ts';
import { refuseQuestion, refuseUnasked } from './misuse.ts';
import { settingOf } from './objectives/case.ts';
import { parsePolicy, type Policy } from './parse.ts';
import type { Answer, Objective, Question } from './question.ts';
import { isBoundByRcps, rcpServices } from './tables/rcp-services.ts';
import { prefixesRuled } from './tables/resource-services.ts';
import { prefixOf } from './world/prefixes.ts';
import { World } from './world/world.ts';

/** What has been asked of a policy, and what it came to. */
interface Asked { readonly world: World; readonly answers: Partial<Record<Objective, Answer>> }

/**
 * Can any request from outside the perimeter get through this policy? Answers to the same question are kept with the policy, as long as it lives,
 * and what was found out about a perimeter as long as that does: neither may be changed in place.
 *
 * Throws TypeError for a question or objective that its type rules out, such as a policy that `parsePolicy` has not read, and for an objective
 * that policies of its kind are not asked about (`objectivesByKind`): of them its answer would have no meaning.
 */
export function ask(question: Question, objective: Objective): Answer {
  refuseQuestion(question);
  refuseUnasked(objective, question);
  const all = KeepingPolicy.once(question.policy, 'asked', () => new Memory<Asked>());
  const name = nameOf(question);
  let known = all.get(name);
  if (known === undefined || known.world.perimeter !== question.perimeter) known = all.add(name, { world: new World(question, formulaFor(question), BUDGET), answers: {} });
  return (known.answers[objective] ??= answer(known.world, objective));
}

/** All but policy and perimeter. Nobody asks about anything below a role, so roles of a partition with the same trust policy share an answer, unless that names roles. */
const nameOf = (one: Question): string =>
  [one.kind, one.account, one.service, one.endpointType, one.kind === 'trust' && one.policy.statements.every(({ resources }) => resources === undefined) ? one.resource?.split(':', 2)[1] : one.resource, one.resourceTags && JSON.stringify(one.resourceTags), one.now, one.callers, one.acceptNetworkBound, one.viaEndpoint].join('\n');

/** What one policy of its kind allows: an SCP or RCP of Denies beside AWS's own that allows everything, an RCP only of what RCPs bind. Throws TypeError for a question that its type rules out. */
export function formulaOf(question: Question): Formula {
  refuseQuestion(question);
  return formulaFor(question);
}
function formulaFor(question: Question): Formula {
  const { kind, policy } = question;
  const prefix = kind === 'rcp' ? prefixOf(question) : undefined;
  // An RCP does not bind what it does not cover.
  const inForce = prefix !== undefined && !prefixesRuled(prefix).some(isBoundByRcps) ? new KeepingPolicy(policy, []) : policy;
  const formula = policyFormula(kind === 'scp' || kind === 'rcp' ? guardrail(inForce) : policy, settingOf(question));
  return kind === 'rcp' && isPartlyBound(prefix) ? whereBound(formula) : formula;
}

/** Whether actions of services that RCPs do not bind may be asked about. */
export const isPartlyBound = (prefix: string | undefined): boolean => prefix === undefined || !prefixesRuled(prefix).every(isBoundByRcps);
/** What an RCP says where the service is not said: nothing of services whose resources it does not bind. */
export const whereBound = (rcp: Formula): Formula => or(rcp, policyFormula(unbound));

/**
 * An SCP or RCP with only Deny statements hangs beside AWS's own that allows everything, without which nothing would be
 * allowed at all. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function guardrail(policy: Policy): Policy {
  return policy.statements.some((one) => one.effect === 'Allow') ? policy
    : KeepingPolicy.once(policy, 'guardrail', () => new KeepingPolicy(policy, [...policy.statements, ...fullAccess]));
}
/** Stands nowhere in the policy as written, so its place is the whole of it. */
const fullAccess = allowed({ Sid: 'FullAWSAccess', Action: '*' });
const unbound = allowing({ NotAction: [...rcpServices].map((one) => `${one}:*`) });
/** A policy of nobody's that allows what is given. */
export function allowing(given: object): Policy { return new KeepingPolicy({ version: '2012-10-17' }, allowed(given)); }
function allowed(given: object): Policy['statements'] {
  return parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Resource: '*', ...given }] }).statements.map((one) => ({ ...one, at: '' }));
}
