import type { Settings } from '../deploy/settings.ts';
import type { Organization } from './organization/organization.ts';

/**
 * The accounts that get the pack: those below the units of the settings but the excluded, or of the whole organization, where AWS Config
 * puts the pack into all of them. The management account is one of them, though StackSets do not reach it.
 */
export function accountsInScope({ accounts }: Organization, { targets, canary, excludeAccounts, pack }: Settings): readonly string[] {
  const units = new Set([...targets, ...canary]);
  return accounts
    .filter(({ id, path }) => (pack === 'organization-pack' || path.some((unit) => units.has(unit.id))) && !excludeAccounts.includes(id))
    .map(({ id }) => id).sort();
}
