import { answer, BUDGET } from './answer.ts';
import { guardrail } from './ask.ts';
import { and, or, policy, type Formula } from './formula.ts';
import type { Policy } from './parse.ts';
import type { Answer, Objective, Subject } from './question.ts';
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
export type TogetherAnswer = Answer & { readonly stoppedBy?: readonly string[] };

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
  const setting: Subject = { ...subject, kind: kindFor(subject, parts, objective) };
  const found = answer(new World(setting, together(parts), BUDGET), objective);
  if (found.answer !== 'inside') return found;
  const alone = parts.filter((one) => answer(new World(setting, one.formula, BUDGET), objective).answer === 'inside').map((one) => one.plane);
  const stoppedBy = [...new Set(alone.length > 0 ? alone : parts.map((one) => one.plane))];
  return { ...found, stoppedBy, because: alone.length > 0 ? `the ${stoppedBy.join(' and the ')} ${stoppedBy.length > 1 ? 'each stop' : 'stops'} it` : `no policy alone stops it, but the ${stoppedBy.join(' and the ')} together do` };
}

/** Whose requests the policies speak of: those of principals they hang on, or of whoever reaches the resource or endpoint. */
function kindFor({ kind }: Subject, parts: readonly Part[], objective: Objective): Subject['kind'] {
  if (kind === 'trust') return 'trust';
  if (parts.every((one) => one.plane === 'endpoint policy')) return 'vpc-endpoint';
  return objective === 'resources' ? 'identity' : 'resource';
}

const together = (parts: readonly Part[]): Formula => parts.length === 1 ? parts[0]!.formula : and(...parts.map((one) => one.formula));

function partsFor({ kind, service, endpointType, viaEndpoint }: Subject, planes: Planes, objective: Objective): Part[] {
  const attached = { attached: true };
  const { identity, boundary, scps, rcps, endpoint, resource } = planes;
  const onPrincipal: Part[] = [
    ...boundary === undefined ? [] : [{ plane: 'permissions boundary' as const, formula: policy(boundary, attached) }],
    ...scps.map((one): Part => ({ plane: 'SCP', formula: policy(guardrail(one), attached) })),
  ];
  const onResource: Part[] = rcps.map((one): Part => ({ plane: 'RCP', formula: policy(guardrail(one)) }));
  const onWay: Part[] = endpoint !== undefined && viaEndpoint === true ? [{ plane: 'endpoint policy', formula: policy(endpoint, endpointType === 'gateway' ? { gateway: true } : {}) }] : [];
  const own: Part[] = resource === undefined ? [] : [{ plane: kind === 'trust' ? 'trust policy' : 'resource policy', formula: policy(resource) }];
  const identityPart: Part[] = identity === undefined ? [] : [{ plane: 'identity policy', formula: policy(identity, attached) }];
  switch (objective) {
    case 'principals': case 'deputies': return [...own, ...onResource, ...onWay];
    case 'resources': return [...identityPart, ...onPrincipal, ...onWay];
    case 'networks': return [...ownAccess(kind === 'trust' || service === 'kms', identityPart, own), ...onPrincipal, ...onResource, ...onWay];
  }
}

/**
 * Within an account the identity's policy or the resource's suffices, but a key's or role's own policy must allow in any case.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
function ownAccess(ownMustAllow: boolean, identity: readonly Part[], own: readonly Part[]): readonly Part[] {
  const [resource, principal] = [own[0], identity[0]];
  if (resource === undefined || principal === undefined) return [...own, ...identity];
  return ownMustAllow ? own : [{ plane: 'resource policy', formula: or(resource.formula, principal.formula) }];
}
