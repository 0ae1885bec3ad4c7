import { matches } from '../core/exceptions.ts';
import type { Partner, Perimeter } from '../policy/index.ts';
import { both, notOfMine, some, type Conditions } from './conditions.ts';
import { isOfService } from './owned.ts';

export interface Grants { readonly partner: Partner; readonly grants: Partner['resources'] }

/** What partners were granted of some services, and of one resource where it is given. */
export const grantsOn = ({ partners }: Perimeter, services: readonly string[], resource = ''): readonly Grants[] => partners.flatMap((partner) => {
  const grants = partner.resources.filter(({ arn, actions }) => actions.length > 0 && services.some((one) => isOfService(arn, one)) && (resource === '' || liesOn(arn, resource)));
  return grants.length === 0 || partner.accounts.length === 0 ? [] : [{ partner, grants }];
});

/** A partner's place in the definition, from 1: what statements about it are called by. */
export const numberOf = ({ partners }: Perimeter, partner: Partner): number => partners.indexOf(partner) + 1;

/** Whether a pattern may name the resource or something below it. */
const liesOn = (pattern: string, resource: string): boolean => matches(pattern, resource) || pattern.startsWith(`${resource}/`) || pattern.startsWith(`${resource}:`) || (/[*?]/.test(pattern) && (matches(pattern, `${resource}/key`) || matches(resource, pattern)));

/** Holds for principals of a partner that are not mine as well. */
export const ofPartner = (perimeter: Perimeter, { accounts }: Partner): Conditions => both(notOfMine(perimeter), { StringEquals: { 'aws:PrincipalAccount': some(accounts) } });

/** Grants put the other way round: for each set of actions the ARNs on which they are granted. */
export function byActions(grants: Partner['resources']): readonly { readonly actions: readonly string[]; readonly arns: readonly string[] }[] {
  const arnsOf = new Map<string, Set<string>>();
  for (const { arn, actions } of grants) for (const action of actions) arnsOf.set(action, (arnsOf.get(action) ?? new Set()).add(arn));
  const sets = new Map<string, { actions: string[]; arns: readonly string[] }>();
  for (const [action, arns] of arnsOf) {
    const key = [...arns].sort().join(' ');
    const known = sets.get(key);
    if (known === undefined) sets.set(key, { actions: [action], arns: [...arns] }); else known.actions.push(action);
  }
  return [...sets.values()];
}
