import { actionsOf } from '../policy/tables/actions.ts';
import { unsignedActionsOf } from '../policy/tables/unsigned-actions.ts';
import { some, type Conditions } from './conditions.ts';
import { ownerlessCalls } from './ownerless.ts';

/** Actions that take no resource and act on the caller's own account; some lead to others all the same: those that tell no owner, and unsigned ones. */
export function ownAccountActions(prefix: string): readonly string[] {
  const others = new Set([...ownerlessCalls(prefix), ...unsignedActionsOf(prefix)]);
  return actionsOf(prefix).withoutResource.filter((one) => !others.has(one));
}

/** Where users sign in to what others own without a resource, such as a pool, nothing but the owner tells what is left in the caller's own account. */
export const inOwnAccount = (prefix: string, accounts: readonly string[] | undefined): Conditions => unsignedActionsOf(prefix).length === 0 ? {}
  : accounts === undefined ? { Null: { 'aws:ResourceAccount': 'true' } } : { StringEqualsIfExists: { 'aws:ResourceAccount': some(accounts) } };
