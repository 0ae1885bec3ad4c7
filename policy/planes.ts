import { answer, BUDGET } from './answer.ts';
import { guardrail } from './ask.ts';
import type { Setting } from './decide.ts';
import { admittedBy, and, or, policy, type Formula } from './formula.ts';
import { KeepingPolicy } from './kept.ts';
import { parsePolicy, type Policy } from './parse.ts';
import type { Answer, Objective, Subject } from './question.ts';
import { isBoundByRcps } from './tables/rcp-services.ts';
import { prefixOf } from './world/targets.ts';
import { World } from './world/world.ts';

/**
 * The policies that a request meets on its way, by plane.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface Planes {
  readonly identity?: Policy;
  readonly boundary?: Policy;
  /** Levels of the organization, each of which must allow. */
  readonly scps: readonly Policy[];
  readonly rcps: readonly Policy[];
  readonly endpoint?: Policy;
  /** The resource's policy; for `trust`, the role's. */
  readonly resource?: Policy;
}

type Plane = 'identity policy' | 'permissions boundary' | 'SCP' | 'RCP' | 'endpoint policy' | 'resource policy' | 'trust policy';
interface Part { readonly plane: Plane; readonly formula: Formula }

/** An answer about policies together: `stoppedBy`, where it is inside, names the planes that keep outsiders out. */
export type TogetherAnswer = Answer & {
  readonly stoppedBy?: readonly string[];
  /** Where it is outside: the statement of each plane that admits the request. */
  readonly through?: readonly { readonly plane: string; readonly at: string }[];
};

/** What the planes given can be asked about. */
export function objectivesOf({ identity, scps, rcps, endpoint, resource, boundary }: Planes): readonly Objective[] {
  const [onPrincipal, onResource] = [identity !== undefined || boundary !== undefined || scps.length > 0, resource !== undefined || rcps.length > 0];
  return [...onResource || !onPrincipal ? ['principals' as const] : [], ...onPrincipal || (endpoint !== undefined && !onResource) ? ['resources' as const] : []];
}

/**
 * Can any request that violates the objective get through all policies at once? What an outsider controls counts as open:
 * its own identity policies, its organization's SCPs, the policies of its resources. The endpoint counts only where
 * requests come through it, `viaEndpoint`: who has another way in, uses that.
 */
export function askTogether(subject: Subject, planes: Planes, objective: Objective): TogetherAnswer {
  const parts = partsFor(subject, planes, objective);
  if (parts.length === 0) return { answer: 'undecided', because: `none of the policies given can be asked about ${objective}${planes.endpoint === undefined || subject.viaEndpoint === true ? '' : '; the endpoint counts only where requests come through it'}`, notes: [] };
  const kind = kindFor(subject, parts, objective);
  // What principals reach is no matter of the role beside them.
  const { resource: _, ...anywhere } = subject;
  const setting: Subject = { ...subject.kind === 'trust' && kind !== 'trust' ? anywhere : subject, kind };
  const found = answer(new World(setting, together(parts), BUDGET), objective);
  if (found.answer === 'outside') return { ...found, through: parts.flatMap(({ plane, formula }) => { const at = admittedBy(formula, found.witness)?.at; return at === undefined || at === '' ? [] : [{ plane, at }]; }) };
  if (found.answer !== 'inside') return found;
  const alone = parts.filter((one) => answer(new World(setting, one.formula, BUDGET), objective).answer === 'inside').map((one) => one.plane);
  const stoppedBy = [...new Set(alone.length > 0 ? alone : parts.map((one) => one.plane))];
  return { ...found, stoppedBy, because: alone.length > 0 ? `the ${stoppedBy.join(' and the ')} ${stoppedBy.length > 1 ? 'each stop' : 'stops'} it` : `no policy alone stops it, but the ${stoppedBy.join(' and the ')} together do` };
}

/** Whose requests the policies speak of: those of principals they hang on, or of whoever reaches the resource or endpoint. */
function kindFor({ kind }: Subject, parts: readonly Part[], objective: Objective): Subject['kind'] {
  if (kind === 'trust' && objective !== 'resources') return 'trust';
  if (parts.every((one) => one.plane === 'endpoint policy')) return 'vpc-endpoint';
  if (parts.every((one) => one.plane === 'SCP')) return 'scp';
  if (parts.every((one) => one.plane === 'RCP')) return 'rcp';
  return objective === 'resources' ? 'identity' : 'resource';
}

const together = (parts: readonly Part[]): Formula => parts.length === 1 ? parts[0]!.formula : and(...parts.map((one) => one.formula));

function partsFor(subject: Subject, planes: Planes, objective: Objective): Part[] {
  const { kind, endpointType, viaEndpoint } = subject;
  const { identity, boundary, scps, rcps, endpoint, resource } = planes;
  const one = (plane: Plane, of: Policy | undefined, setting: Setting): Part[] => of === undefined ? [] : [{ plane, formula: policy(of, setting) }];
  const prefix = kind === 'trust' ? 'sts' : prefixOf(subject);
  const onResource = prefix === undefined || isBoundByRcps(prefix) ? rcps.flatMap((rcp) => one('RCP', guardrail(rcp), {})) : [];
  const onPrincipal = scps.flatMap((scp) => one('SCP', guardrail(scp), attached));
  const onWay = viaEndpoint === true ? one('endpoint policy', endpoint, endpointType === 'gateway' ? { gateway: true } : {}) : [];
  const own = one(kind === 'trust' ? 'trust policy' : 'resource policy', resource, {});
  const granted = [...one('identity policy', identity, attached), ...one('permissions boundary', boundary, attached)];
  switch (objective) {
    case 'principals': return [...own, ...onResource, ...onWay];
    // A service assumes roles of its caller's account only: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    case 'deputies': return kind === 'trust' ? [] : [...own, ...onResource, ...onWay];
    case 'resources': return [...granted, ...onPrincipal, ...onWay];
    case 'networks': return [...withinAccount(planes, own, granted, kind === 'trust' || prefix === 'kms'), ...onPrincipal, ...onResource, ...onWay];
  }
}
const attached: Setting = { attached: true };

/**
 * Within an account the identity's policy within its boundary suffices, or the resource's, which a boundary limits for
 * roles but not for users; a key's or role's own policy must allow in any case; and no Deny of any may hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic,
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
function withinAccount({ identity, boundary, resource }: Planes, own: readonly Part[], granted: readonly Part[], ownMustAllow: boolean): readonly Part[] {
  const [part] = own;
  if (part === undefined || resource === undefined || granted.length === 0) return [...own, ...granted];
  const { plane, formula } = part;
  const denials = ([[plane, resource, {}], ['identity policy', identity, attached], ['permissions boundary', boundary, attached]] as const)
    .flatMap(([name, of, setting]): Part[] => of === undefined ? [] : [{ plane: name, formula: policy(deniesOnly(of), setting) }]);
  return [
    { plane, formula: ownMustAllow || identity === undefined ? formula : or(formula, policy(identity, attached)) },
    ...boundary === undefined ? [] : [{ plane: 'permissions boundary' as const, formula: or(policy(boundary, attached), and(formula, policy(usersOnly, attached))) }],
    ...denials,
  ];
}

/** What a policy does not deny. */
const deniesOnly = (of: Policy): Policy => guardrail(new KeepingPolicy(of, of.statements.filter((one) => one.effect === 'Deny')));
const usersOnly = parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalType': 'User' } } }] });
