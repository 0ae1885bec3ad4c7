import { DefinitionError, OWN_ORGANIZATION, readDefinition } from '../../core/definition.ts';
import { canonical } from '../../core/plan-text.ts';

/** The organization that the pack is deployed to, as AWS Organizations tells of it. */
export interface OwnOrganization {
  readonly id: string;
  readonly managementAccount: string;
  /**
   * Every account that ListAccounts tells of, whatever its state: one that is suspended or closed is a member for as long as it can be
   * reinstated, so its principals may carry the organization's id again. One that has left, or is closed for good, is not listed any more.
   * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html
   */
  readonly accounts: readonly string[];
}

/**
 * What functions read, as canonical JSON, from the definition as the administrator wrote it: the word `organization` in `accounts` becomes
 * the organization's accounts, in order and each once; all else stays. Throws DefinitionError, also where the list would not be complete;
 * and Error where what Organizations told cannot be the whole organization.
 */
export function publishedDefinition(source: unknown, own: OwnOrganization): string {
  const { perimeter: { organizations } } = readDefinition(source);
  if (!organizations.includes(own.id)) {
    throw new DefinitionError([{ path: ['organizations'], message: `expected \`${own.id}\` among them, the organization that the pack is deployed to, found ${organizations.map((id) => `\`${id}\``).join(', ') || 'none'}` }]);
  }
  const listed = accountsOf(source);
  if (!listed.includes(OWN_ORGANIZATION)) return canonical(source);
  const others = organizations.filter((id) => id !== own.id);
  const theirs = listed.filter((one) => one !== OWN_ORGANIZATION);
  // A list is complete: accounts of the others would be strangers by it.
  if (others.length > 0 && theirs.length === 0) {
    throw new DefinitionError([{
      path: ['accounts'],
      message: `\`${OWN_ORGANIZATION}\` stands for the accounts of \`${own.id}\`, and those of ${others.map((id) => `\`${id}\``).join(', ')} are not known: write \`[${OWN_ORGANIZATION}, "111122223333"]\` with their ids, or leave \`accounts\` out`,
    }]);
  }
  mustBeWhole(own);
  return canonical({ ...source as object, accounts: [...new Set([...own.accounts, ...theirs])].sort() });
}

/** Whether publishing the definition takes the organization's list of accounts. */
export const needsAccounts = (source: unknown): boolean => accountsOf(source).includes(OWN_ORGANIZATION);

function accountsOf(source: unknown): readonly string[] {
  const { accounts = [] } = (source ?? {}) as { readonly accounts?: string | readonly string[] };
  return typeof accounts === 'string' ? [accounts] : accounts;
}

function mustBeWhole({ id, managementAccount, accounts }: OwnOrganization): void {
  const odd = accounts.find((one) => !/^\d{12}$/.test(one));
  if (odd !== undefined) throw new Error(`AWS Organizations lists an account \`${odd}\`, which is no account id`);
  if (!accounts.includes(managementAccount)) throw new Error(`AWS Organizations lists ${accounts.length} accounts of \`${id}\` without its management account \`${managementAccount}\`, so the list is not complete`);
}
