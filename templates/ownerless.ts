import { flag, type Parameter } from '../core/parameters.ts';
import { statementsOf, type Document } from '../core/policy-document.ts';
import { untoldActions, untoldServices } from '../policy/tables/untold-owners.ts';
import { decides, type Place } from './claims.ts';
import type { Conditions } from './conditions.ts';
import { CannotWrite, type Claim } from './template.ts';

/**
 * Calls that tell no owner of what they reach. A Deny of what is not mine denies them on my resources, too; a Deny that asks for an owner
 * lets them through on anybody's. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid
 */
export const ownerlessCalls = (service: string): readonly string[] => untoldServices.filter((one) => service === '' || one === service).flatMap((prefix) => untoldActions(prefix).map((name) => `${prefix}:${name}`));

/** An account is told by every request that tells an owner, an organization only where the owner is in one. */
export const tellsOwner: Conditions = { Null: { 'aws:ResourceAccount': 'false' } };

/** Those that most people make, where all services are meant. */
const common = ['ec2:CreateVolume', 'ec2:CopyImage', 'ebs:*', 'events:PutEvents'];
const SOURCE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid';

/** What becomes of such calls of a service, or of all where `service` is empty, as a sentence; none where it has none. */
export function aboutOwnerless(service: string, fate: string): readonly string[] {
  const calls = ownerlessCalls(service);
  if (calls.length === 0) return [];
  return [`calls that tell no owner, ${service === '' ? `such as ${common.join(', ')} (all are listed at ${SOURCE})` : calls.join(', ')}: ${fate}`];
}
export const ownerlessOnOthers = 'principals of mine may make them on what belongs to others';
/** Where only what tells an owner of mine is allowed. */
export const ownerlessNotAllowed = (service: string): readonly string[] => aboutOwnerless(service, 'principals of mine are not let through to resources of mine, either; pass `allowOwnerless=true` to let them through');
/** The option that lets them through, and what becomes of them otherwise. */
export const letOwnerless = (otherwise: string): Parameter<boolean> => flag(`lets calls through that tell no owner, such as ec2:CreateVolume; they are ${otherwise} otherwise`, false);

/** Where none of a service's calls tells an owner, a policy that asks for one is of no use. */
export function requireOwners(service: string, isAllowed: boolean): void {
  if (!isAllowed && untoldActions(service).includes('*')) throw new CannotWrite(`no call of \`${service}\` tells an owner, so nobody would reach resources of yours: pass \`allowOwnerless=true\`, by which ${ownerlessOnOthers}`);
}

/** What is asked of a policy that lets them through: whether it holds all others. */
export const withoutOwnerless = (service: string) => (document: Document): Document => {
  const calls = ownerlessCalls(service);
  return calls.length === 0 ? document : { ...document, Statement: [...statementsOf(document), { Effect: 'Deny', Principal: '*', Action: calls, Resource: '*' }] };
};

/** A call of each service that has some, by a principal of mine. */
export const ownerlessClaims = (place: Omit<Place, 'service'> & { readonly account: string }, service: string, areAllowed: boolean): readonly Claim[] =>
  untoldServices.filter((one) => service === '' || one === service).map((prefix) => {
    const name = untoldActions(prefix)[0]!;
    return decides({ ...place, service: prefix }, 'calls that tell no owner', {
      principal: { kind: 'role', account: place.account, arn: `arn:aws:iam::${place.account}:role/app` }, action: `${prefix}:${name === '*' ? 'GetSnapshotBlock' : name}`, resource: `arn:aws:${prefix}:eu-west-1:${place.account}:example/one`, context: {},
    }, areAllowed);
  });
