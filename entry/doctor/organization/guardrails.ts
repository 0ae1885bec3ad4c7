import { DescribePolicyCommand, paginateListPolicies, paginateListTargetsForPolicy, type OrganizationsClient } from '@aws-sdk/client-organizations';
import { unread, type Said } from '../finding.ts';
import { guardrail, type Guardrail, type Level } from '../policies/judgement.ts';
import { inPool } from '../../aws/pool.ts';
import type { OrganizationAccount } from './organization.ts';

export type GuardrailType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

/** The policies of a type, and where they hang. */
export interface Guardrails {
  /** The root, the units and the account, in this order; of a level without any policy too. */
  readonly levelsOf: (account: OrganizationAccount) => readonly Level[];
  /** What could not be read, told once for each policy. */
  readonly unread: readonly Said[];
  readonly all: readonly Guardrail[];
}

/** Organizations answers a few calls a second; more at a time are only throttled. */
const ABREAST = 4;

/**
 * Asks each policy where it hangs, rather than each account what hangs there: there are far fewer policies. What cannot be read of one is
 * told, and the others still count; rejects where the list itself is denied.
 */
export async function readGuardrails(client: OrganizationsClient, type: GuardrailType): Promise<Guardrails> {
  const listed: { readonly id: string; readonly name: string }[] = [];
  for await (const { Policies = [] } of paginateListPolicies({ client }, { Filter: type })) {
    for (const { Id, Name = '' } of Policies) if (Id !== undefined) listed.push({ id: Id, name: Name });
  }
  const [byTarget, failed] = [new Map<string, { guardrails: Guardrail[]; isPartlyRead: boolean }>(), [] as Said[]];
  let isTargetUnread = false;
  const read = await inPool(listed, ABREAST, async ({ id, name }) => {
    const what = `${words[type]} \`${name}\` (${id})`;
    const targets: string[] = [];
    try {
      for await (const page of paginateListTargetsForPolicy({ client }, { PolicyId: id })) targets.push(...(page.Targets ?? []).flatMap(({ TargetId }) => TargetId ?? []));
    } catch (error) { isTargetUnread = true; failed.push(unread(`where the ${what} hangs could not be seen`, error)); return undefined; }
    // A policy that hangs nowhere binds nobody.
    if (targets.length === 0) return undefined;
    try {
      const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId: id }));
      return { targets, one: guardrail(id, name, Policy?.Content ?? '') };
    } catch (error) { failed.push(unread(`the ${what} could not be read`, error)); return { targets, one: undefined }; }
  });
  for (const found of read) {
    if (found === undefined) continue;
    for (const target of found.targets) {
      const level = byTarget.get(target) ?? { guardrails: [], isPartlyRead: false };
      byTarget.set(target, level);
      if (found.one === undefined) level.isPartlyRead = true; else level.guardrails.push(found.one);
    }
  }
  const levelOf = (target: string): Level => {
    const { guardrails = [], isPartlyRead = false } = byTarget.get(target) ?? {};
    return { target, guardrails, isPartlyRead: isPartlyRead || isTargetUnread };
  };
  return {
    levelsOf: ({ id, path }) => [...path.map((unit) => levelOf(unit.id)), levelOf(id)],
    unread: failed, all: read.flatMap((found) => found?.one ?? []),
  };
}

const words: Readonly<Record<GuardrailType, string>> = { SERVICE_CONTROL_POLICY: 'SCP', RESOURCE_CONTROL_POLICY: 'RCP' };
