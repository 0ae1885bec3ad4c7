import { Condition } from './conditions.ts';
import type { Setting } from './decide.ts';
import type { Formula } from './formula.ts';
import { KeepingPolicy } from './kept.ts';
import type { Policy, Statement } from './parse.ts';
import type { Perimeter } from './perimeter.ts';
import type { Planes } from './planes.ts';
import { objectivesByKind, type Answer, type Objective, type Question, type Subject } from './question.ts';
import type { Principal, Request } from './request.ts';
import { accounts, faultOf, having, listOf, maybe, oneOf, perimeter, principal, request, setting, subject, text, withMembers, type Fault, type Shape } from './shapes.ts';
import { binding } from './tables/key-groups.ts';
import { mayActOn } from './tables/resource-services.ts';
import { actionPrefix } from './tables/service-prefixes.ts';
import type { About } from './world/profile.ts';

/**
 * What callers in JavaScript can hand over although the types rule it out: a TypeError with the place and what belongs there. Only what would
 * fail somewhere within, or pass there for something else, is looked for.
 */
function refuse(fault: Fault | undefined, place: string): void {
  if (fault !== undefined) throw new TypeError(`\`${(place + fault.at).replace(/^\./, '')}\`: expected ${fault.expected}, found ${fault.found}`);
}
/** The same in a whole whose members are known by their own names. */
function refuseIn(fault: Fault | undefined, whole: string): void { refuse(fault, fault?.at === '' ? whole : ''); }

/** What becomes of a policy in JSON or a clone has no tests in it. */
const isRead = ({ actions, resources, conditions }: Statement): boolean =>
  actions?.test instanceof Condition && (resources === undefined || resources.test instanceof Condition) && Array.isArray(conditions) && conditions.every((one) => one instanceof Condition);
const policy: Shape = (value) => {
  const statements = (value as Policy | undefined)?.statements;
  return value instanceof KeepingPolicy || (Array.isArray(statements) && statements.every(isRead)) ? undefined : { ...faultOf('what parsePolicy returns', value), found: `\`${typeof value}\`` };
};
const policies = listOf(policy, 'a list of policies, empty where there are none');
export function refusePolicy(given: Policy): void { refuse(policy(given), 'policy'); }

const asking = 'an object that says what is asked about';
const question = withMembers<Question>({ policy, ...subject }, asking);
// A question is a subject, too.
const anySubject = withMembers<Question>({ ...subject, policy: () => undefined }, asking);
export function refuseSubject(given: Subject): void { refuseIn(anySubject(given), 'subject'); }
export function refuseQuestion(given: Question): void {
  refuseIn(question(given), 'question');
  refuseOtherService(given);
}
const OF_AWS = 'arn:aws:';
/** Nobody asks a resource's policy for what another service does, so that it would pass for closed. */
export function refuseOtherService({ kind, service, resource }: Subject): void {
  if (service === undefined || resource === undefined || (kind !== 'resource' && kind !== 'rcp')) return;
  // Most are told by their beginning, of each question.
  if (resource.startsWith(OF_AWS) && resource.startsWith(service, OF_AWS.length) && resource[OF_AWS.length + service.length] === ':') return;
  const prefix = actionPrefix(service);
  if (prefix !== undefined && !mayActOn(prefix, resource.split(':', 3)[2]!)) refuse(faultOf(`a service that acts on \`${resource}\`, or none`, service), 'service');
}

const anyObjective = oneOf(Object.keys(binding));
export function refuseObjective(objective: Objective): void { refuse(anyObjective(objective), 'objective'); }
/** That kind can be asked about it. */
export function refuseUnasked(objective: Objective, { kind }: Question): void {
  refuseObjective(objective);
  const all = objectivesByKind[kind];
  if (!all.includes(objective)) refuse(faultOf(`what policies of kind ${kind} are asked about: ${all.join(', ')}`, objective), 'objective');
}

const planes = withMembers<Planes>({ identity: maybe(policy), boundary: maybe(policy), scps: policies, rcps: policies, endpoint: maybe(policy), resource: maybe(policy) }, 'an object of policies by plane');
export function refusePlanes(given: Planes): void { refuseIn(planes(given), 'planes'); }

const ofPolicy = having({ policy, setting }, '');
let depth = 0;
const formula: Shape = (value) => {
  if (depth === DEEPEST) return { ...faultOf(`a formula of at most ${DEEPEST} levels`, value), found: 'one of more, or one that holds itself' };
  depth++;
  try { return formulaAt(value); } finally { depth--; }
};
/** What the search goes through without running out of stack. */
const DEEPEST = 1_000;
const formulaAt: Shape = (value) => {
  switch ((value as Formula | undefined)?.kind) {
    case 'policy': return ofPolicy(value);
    case 'not': return ofOne(value);
    case 'and': case 'or': return ofSome(value);
    default: return { ...faultOf('what formulaOf, policy, and, or or not returns', value), found: `\`${typeof value}\`` };
  }
};
const [ofOne, ofSome] = [having({ of: formula }, ''), having({ of: listOf(formula) }, '')];
export function refuseFormula(given: Formula, place: string): void {
  const fault = formula(given);
  refuse(fault !== undefined && fault.at.length > LONGEST ? { ...fault, at: '' } : fault, place);
}
/** A place within that a person can still follow. */
const LONGEST = 200;

export function refuseRequest(given: Request): void { refuseIn(request(given), 'request'); }
const anySetting = maybe(setting);
export function refuseSetting(given: Setting | undefined): void { refuse(anySetting(given), 'setting'); }

export function refusePrincipal(given: Principal): void { refuse(principal(given), 'principal'); }
const answer = having({ because: text }, 'what ask or askTogether returns');
export function refuseAnswer(given: Answer): void { refuse(answer(given), 'answer'); }

const ofService = having({ kind: subject.kind, service: maybe(text), resource: maybe(text) }, asking);
export function refuseService(given: Subject): void { refuseIn(ofService(given), 'subject'); }
export function refuseProvider(given: string): void { refuse(text(given), 'provider'); }
export function refuseText(given: string): void { refuse(text(given), 'text'); }

// The rest of a question says nothing of that, and may stand there.
const { kind, resource, resourceTags, ...others } = { ...subject, policy };
const about = withMembers<About>({ kind: maybe(kind), resource, resourceTags, ...Object.fromEntries(Object.keys(others).map((name) => [name, () => undefined])) }, 'an object that says what policies hang on');
export function refuseApart(given: readonly Policy[], of: Perimeter, known: About, named: readonly string[]): void {
  refuse(policies(given), 'policies');
  refuse(perimeter(of), 'perimeter');
  refuse(about(known), 'about');
  refuse(accounts(named), 'named');
}
