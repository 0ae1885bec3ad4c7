import { answer, BUDGET } from './answer.ts';
import { allowing, guardrail, isPartlyBound, whereBound } from './ask.ts';
import { accountNamed, decide, type Setting } from './decide.ts';
import { and, or, policy, type Formula } from './formula.ts';
import { KeepingPolicy } from './kept.ts';
import { refuseObjective, refuseOtherService, refusePlanes, refuseSubject } from './misuse.ts';
import type { Policy } from './parse.ts';
import type { Answer, Objective, Subject } from './question.ts';
import { isBoundByRcps } from './tables/rcp-services.ts';
import { prefixesRuled } from './tables/resource-services.ts';
import { prefixOf } from './world/prefixes.ts';
import { World } from './world/world.ts';

/**
 * The policies that a request meets on its way, by plane; each as `parsePolicy` reads it. What is left out is not known, and an empty list is
 * of an organization without such policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface Planes {
  /** What the caller may do, all its identity policies in one. */
  readonly identity?: Policy;
  /** The caller's permissions boundary, which limits that. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
  readonly boundary?: Policy;
  /** Of the caller's organization, one for each of its levels, each of which must allow. */
  readonly scps: readonly Policy[];
  /** Of the organization of the resource, likewise. */
  readonly rcps: readonly Policy[];
  /** The policy of the VPC endpoint, which counts only with `viaEndpoint`. */
  readonly endpoint?: Policy;
  /** The resource's policy; for `trust`, the role's. */
  readonly resource?: Policy;
}

type Plane = 'identity policy' | 'permissions boundary' | 'SCP' | 'RCP' | 'endpoint policy' | 'resource policy' | 'trust policy';
/** One policy as it is read on its plane. */
interface Given { readonly plane: Plane; readonly policy: Policy; readonly setting: Setting }
/** What a request has to satisfy, with the planes that say so. */
interface Part { readonly planes: readonly Plane[]; readonly formula: Formula }

/** An answer about policies together. */
export type TogetherAnswer = Answer & {
  /** Where it is inside: the planes that keep outsiders out, each by itself or, where none does, together. */
  readonly stoppedBy?: readonly string[];
  /** Where it is outside: the statement of each plane that admits the request. */
  readonly through?: readonly { readonly plane: string; readonly at: string }[];
};

/** What the planes given can be asked about: the objectives that come to something without the definition's networks. Throws TypeError for planes that their type rules out. */
export function objectivesOf(planes: Planes): readonly Objective[] {
  refusePlanes(planes);
  const { identity, scps, rcps, endpoint, resource, boundary } = planes;
  const [onPrincipal, onResource] = [identity !== undefined || boundary !== undefined || scps.length > 0, resource !== undefined || rcps.length > 0];
  return [...onResource || (endpoint !== undefined && !onPrincipal) ? ['principals' as const] : [], ...onPrincipal || (endpoint !== undefined && !onResource) ? ['resources' as const] : []];
}

/**
 * Can any request that violates the objective get through all policies at once? What an outsider controls counts as open:
 * its own identity policies, its organization's SCPs, the policies of its resources. The endpoint counts only where
 * requests come through it, `viaEndpoint`: who has another way in, uses that. Of the subject's kind only `trust` counts, where the resource's
 * policy is a role's.
 *
 * Throws TypeError for a subject, policy or objective that its type rules out.
 */
export function askTogether(asked: Subject, planes: Planes, objective: Objective): TogetherAnswer {
  refuseSubject(asked);
  refuseObjective(objective);
  refusePlanes(planes);
  const subject: Subject = asked.kind === 'trust' ? asked : { ...asked, kind: 'resource' };
  refuseOtherService(subject);
  const given = givenFor(subject, planes, objective);
  if (given.length === 0) return { answer: 'undecided', because: `none of the policies given can be asked about ${objective}${planes.endpoint === undefined || subject.viaEndpoint === true ? '' : '; the endpoint counts only where requests come through it'}`, notes: [] };
  const kind = kindFor(subject, given, objective);
  const parts = objective === 'networks' ? withinAccount(subject, given) : given.map((one) => kind === 'vpc-endpoint' && one.plane === 'SCP' ? sparing(partOf(subject, one), beyondScps(subject)) : partOf(subject, one));
  const callers = given.some(({ plane }) => plane === 'identity policy' || plane === 'permissions boundary') ? { callers: 'roles-and-users' as const } : {};
  const setting: Subject = { ...subject, kind, ...callers };
  // Without a resource's policy an RCP speaks of all resources of mine, and an identity's policy of its account's principals.
  const isOwn = given.some(({ plane }) => plane === 'resource policy' || plane === 'trust policy');
  const endpoint = given.some(({ plane }) => plane === 'endpoint policy');
  const of = { endpoint, ...isOwn || objective !== 'networks' ? {} : { allOfMine: given.some(({ plane }) => plane === 'RCP'), ownPrincipals: 'callers' in callers } };
  const isUnbound = unboundBy(subject, planes);
  const unbound = [...isUnbound.scps ? ['SCPs'] : [], ...isUnbound.rcps ? ['RCPs'] : []];
  const notes = unbound.length === 0 ? [] : [`${unbound.join(' and ')} do not bind ${subject.account}, which is in no organization, and were left out`];
  const answerTo = (some: readonly Part[]): Answer => answer(new World(setting, together(some), BUDGET, of), objective);
  const first = answerTo(parts);
  if (first.answer === 'inside') return { answer: 'inside', notes: [...first.notes, ...notes], ...stops(parts, (some) => answerTo(some).answer === 'inside') };
  const found: Exclude<Answer, { readonly answer: 'inside' }> = { ...first, notes: [...first.notes, ...notes] };
  if (found.answer === 'undecided') return found;
  return { ...found, through: given.flatMap(({ plane, ...one }) => { const { allowed, by } = decide(one.policy, found.witness, one.setting); return !allowed || by === undefined || by.at === '' ? [] : [{ plane, at: by.at }]; }) };

}

/** Which planes stop it by themselves; where none does, as few as do together. */
function stops(parts: readonly Part[], isStopped: (some: readonly Part[]) => boolean): { readonly stoppedBy: readonly string[]; readonly because: string } {
  const inWords = (planes: readonly string[]): string => `the ${planes.join(' and the ')}`;
  const alone = planesIn(parts).filter((plane) => { const own = parts.filter(({ planes }) => planes.every((one) => one === plane)); return own.length > 0 && isStopped(own); });
  if (alone.length > 0) return { stoppedBy: alone, because: `${inWords(alone)} ${alone.length > 1 ? 'each stop' : 'stops'} it` };
  let needed = parts;
  for (const part of parts) { const others = needed.filter((one) => one !== part); if (others.length > 0 && isStopped(others)) needed = others; }
  const stoppedBy = planesIn(needed);
  return { stoppedBy, because: `no policy alone stops it, but ${inWords(stoppedBy)} together do` };
}
const planesIn = (parts: readonly Part[]): readonly Plane[] => [...new Set(parts.flatMap(({ planes }) => planes))];

/** Whose requests the policies speak of: those of principals they hang on, or of whoever reaches the resource or endpoint. */
function kindFor({ kind }: Subject, given: readonly Given[], objective: Objective): Subject['kind'] {
  if (kind === 'trust' && objective !== 'resources') return 'trust';
  // An endpoint on the way makes no difference to whom SCPs and RCPs bind.
  const isOnly = (plane: Plane): boolean => given.every((one) => one.plane === plane || one.plane === 'endpoint policy');
  if (isOnly('endpoint policy')) return 'vpc-endpoint';
  // To resources of others an endpoint lets whoever it admits, also those whom no SCP of mine binds.
  if (isOnly('SCP')) return objective === 'resources' && given.some(({ plane }) => plane === 'endpoint policy') ? 'vpc-endpoint' : 'scp';
  if (isOnly('RCP')) return 'rcp';
  const isOnResource = given.some(({ plane }) => plane === 'resource policy' || plane === 'RCP');
  return objective === 'resources' || (objective === 'networks' && !isOnResource) ? 'identity' : 'resource';
}

/**
 * Whether RCPs bind nothing of the resource's account, or SCPs no principal that is asked about, since it is in no organization.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
function unboundBy({ perimeter, account }: Subject, { identity, boundary, scps, rcps, resource }: Planes): { readonly rcps: boolean; readonly scps: boolean } {
  const standsAlone = perimeter.standaloneAccounts.includes(account);
  return { rcps: standsAlone && rcps.length > 0 && resource !== undefined, scps: standsAlone && scps.length > 0 && (identity ?? boundary) !== undefined };
}

/** The policies given that an objective can be asked of. */
function givenFor(subject: Subject, planes: Planes, objective: Objective): readonly Given[] {
  const { kind, endpointType, viaEndpoint } = subject;
  const { identity, boundary, scps, rcps, endpoint, resource } = planes;
  const isBounded = boundary !== undefined && (objective === 'resources' || objective === 'networks');
  const one = (plane: Plane, of: Policy | undefined, setting: Setting): Given[] => of === undefined ? [] : [{ plane, policy: isBounded && setting.attached !== true ? sparingNobody(of) : of, setting }];
  const prefix = kind === 'trust' ? 'sts' : prefixOf(subject);
  // A resource's policy speaks of that alone.
  const isUnbound = unboundBy(subject, planes);
  const onResource = isUnbound.rcps ? [] : resource === undefined || prefix === undefined || prefixesRuled(prefix).some(isBoundByRcps) ? rcps.flatMap((rcp) => one('RCP', guardrail(rcp), {})) : [];
  const onPrincipal = isUnbound.scps ? [] : scps.flatMap((scp) => one('SCP', guardrail(scp), attached));
  const onWay = viaEndpoint === true ? one('endpoint policy', endpoint, endpointType === 'gateway' ? { gateway: true } : {}) : [];
  const own = one(kind === 'trust' ? 'trust policy' : 'resource policy', resource, {});
  const granted = [...one('identity policy', identity, attached), ...one('permissions boundary', boundary, attached)];
  switch (objective) {
    case 'principals': return [...own, ...onResource, ...onWay];
    // A service assumes roles of its caller's account only: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    case 'deputies': return kind === 'trust' ? [] : [...own, ...onResource, ...onWay];
    case 'resources': return [...granted, ...onPrincipal, ...onWay];
    case 'networks': return [...own, ...granted, ...onPrincipal, ...onResource, ...onWay];
  }
}
const attached: Setting = { attached: true };

function partOf(subject: Subject, { plane, setting, ...one }: Given): Part {
  const formula = policy(one.policy, setting);
  return { planes: [plane], formula: plane === 'RCP' && subject.kind !== 'trust' && isPartlyBound(prefixOf(subject)) ? whereBound(formula) : formula };
}

/**
 * Within an account the identity's policy suffices, or the resource's, unless that names the account, which leaves it to
 * the identity's; a key's or role's own policy must allow in any case. A boundary limits what identities are granted and
 * what a resource grants a role by its ARN, but not what it grants users, sessions or everybody. From another account,
 * and to call a service of VPC Lattice, all must allow. No Deny of any may hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html,
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
function withinAccount(subject: Subject, given: readonly Given[]): readonly Part[] {
  const formulaOf = (one: Given): Formula => policy(one.policy, one.setting);
  const [identity, boundary] = (['identity policy', 'permissions boundary'] as const).map((plane) => given.find((one) => one.plane === plane));
  const own = given.find(({ plane }) => plane === 'resource policy' || plane === 'trust policy');
  // Whoever reaches a resource may be in an account that SCPs do not bind: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
  const unbound = own === undefined && !given.some(({ plane }) => plane === 'RCP') ? [] : subject.perimeter.standaloneAccounts;
  // RCPs do not bind what an identity reaches there: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
  const beyondRcps = own === undefined && (identity ?? boundary) !== undefined ? subject.perimeter.standaloneAccounts : [];
  const alone = (one: Given): Part => {
    const part = partOf(subject, one);
    return one.plane === 'SCP' && unbound.length > 0 ? sparing(part, fromAccounts(unbound, { Action: '*' })) : one.plane === 'RCP' && beyondRcps.length > 0 ? sparing(part, inAccounts('aws:ResourceAccount', beyondRcps)) : part;
  };
  if (own === undefined || !given.some((one) => onPrincipals.includes(one.plane)) || prefixOf(subject) === LATTICE) return given.map(alone);
  /** Where a resource's policy suffices. */
  const here = fromAccounts([subject.account], { NotAction: `${LATTICE}:*` });
  /** Where an identity's policy suffices; one that is not given may grant anything. */
  const suffices = fromAccounts([subject.account], { NotAction: ['kms:*', `${LATTICE}:*`] });
  /** Holds where the resource's policy grants by itself, or else where the other does. */
  const unlessGranted = (to: (principal: string) => boolean, other: Given): Part => {
    const grants = grantsTo(own.policy, to);
    return grants.statements.some((one) => one.effect === 'Allow') ? { planes: [own.plane, other.plane], formula: or(formulaOf(other), and(policy(grants, own.setting), here)) } : alone(other);
  };
  const ownMustAllow = subject.kind === 'trust' || prefixOf(subject) === 'kms';
  return [
    ...identity === undefined || ownMustAllow ? [] : [{ planes: [own.plane, identity.plane], formula: or(formulaOf(own), and(formulaOf(identity), suffices)) }],
    ...ownMustAllow ? [alone(own)] : [],
    ...identity === undefined ? [] : [unlessGranted((one) => accountNamed(one) === undefined, identity)],
    ...boundary === undefined ? [] : [unlessGranted((one) => accountNamed(one) === undefined && !/^arn:[^:]+:iam::\d+:role\//.test(one), boundary)],
    ...[own, identity, boundary].flatMap((one): Part[] => one === undefined ? [] : [{ planes: [one.plane], formula: policy(deniesOnly(one.policy), one.setting) }]),
    ...given.filter((one) => one !== own && one !== identity && one !== boundary).map(alone),
    ...identity !== undefined || ownMustAllow ? [] : [{ planes: [own.plane], formula: or(formulaOf(own), suffices) }],
  ];
}

const LATTICE = 'vpc-lattice-svcs';

/** A part that does not speak of some requests. */
const sparing = (part: Part, of: Formula): Part => ({ ...part, formula: or(part.formula, of) });
/** What is asked for by those whom SCPs of mine do not bind: accounts that are in no organization of mine, services and unsigned callers. */
const beyondScps = ({ perimeter: { organizations, accounts = [] }, account }: Subject): Formula =>
  policy(allowing({ Action: '*', Condition: { StringNotEquals: organizations.length > 0 ? { 'aws:PrincipalOrgID': organizations } : { 'aws:PrincipalAccount': [account, ...accounts] } } }));
/** What principals of some accounts ask for. */
const fromAccounts = (accounts: readonly string[], actions: object): Formula => inAccounts('aws:PrincipalAccount', accounts, actions);
const inAccounts = (key: string, accounts: readonly string[], actions: object = { Action: '*' }): Formula => policy(allowing({ ...actions, Condition: { StringEquals: { [key]: accounts } } }));
const onPrincipals: readonly Plane[] = ['identity policy', 'permissions boundary', 'SCP'];

/** What a policy grants some of those it names, and whoever it leaves unnamed. */
const grantsTo = (of: Policy, to: (principal: string) => boolean): Policy => new KeepingPolicy(of, of.statements.flatMap((one) => {
  if (one.effect === 'Deny' || one.principals === undefined || one.principals.negated) return [one];
  const principals = { ...one.principals, aws: one.principals.aws.filter(to) };
  return principals.everyone || [principals.aws, principals.federated].some((some) => some.length > 0) ? [{ ...one, principals }] : [];
}));
/**
 * A Deny with NotPrincipal denies whoever has a boundary, also those it lists.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
const sparingNobody = (of: Policy): Policy => KeepingPolicy.once(of, 'sparing nobody', () => new KeepingPolicy(of, of.statements.map((one) =>
  one.effect === 'Deny' && one.principals?.negated === true ? { ...one, principals: { ...one.principals, everyone: true, negated: false } } : one)));
/** What a policy does not deny. */
const deniesOnly = (of: Policy): Policy => guardrail(new KeepingPolicy(of, of.statements.filter((one) => one.effect === 'Deny')));
const together = (parts: readonly Part[]): Formula => parts.length === 1 ? parts[0]!.formula : and(...parts.map((one) => one.formula));
