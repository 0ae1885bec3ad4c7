import { canonical } from '../../core/plan-text.ts';
import { needsAccounts, publishedDefinition } from '../publisher/published.ts';
import { NotDeployable, type Place } from './place.ts';

/** The definition as it is deployed: what the administrator wrote, and what functions read. */
export interface Definitions { readonly source: string; /** `undefined`: only somebody who can list the accounts knows. */ readonly published: string | undefined }

/** Throws DefinitionError where the definition does not fit the organization, and NotDeployable where the word `organization` has none. */
export function definitionsOf(written: unknown, place: Place): Definitions {
  const source = canonical(written);
  // The management account uses what the administrator has published.
  if (place.kind === 'management') return { source, published: source };
  if (place.kind === 'organization') {
    const { organization: { id, managementAccount }, members } = place;
    if (members.length === 0 && needsAccounts(written)) return { source, published: undefined };
    return { source, published: publishedDefinition(written, { id, managementAccount, accounts: members.map((member) => member.id) }) };
  }
  if (needsAccounts(written)) throw new NotDeployable('`accounts: organization` in the definition has nobody who fills it in where there is but one account: list the accounts, or leave `accounts` out');
  return { source, published: source };
}
