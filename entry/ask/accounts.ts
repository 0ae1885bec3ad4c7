import { accountsApart, UNLISTED, type Perimeter, type Policy, type Statement, type Subject } from '../../policy/index.ts';
import { BadQuestion } from './bad-question.ts';

/** The account that an ARN names. */
export const accountIn = (arn = ''): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

/** The policy of a resource or, `trust`, of a role. */
interface OnResource { readonly kind: string; readonly policy: Policy }
/**
 * Accounts whose resources the Allows of a policy name by ARN, or whose providers where it hangs on a role, which trusts those of its own account; of an account that the
 * definition shows to be none of mine it may be a stranger's that somebody let in.
 * `isAll`: they allow nothing else. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function ownersNamed(policies: readonly OnResource[], perimeter: Perimeter): { readonly owners: readonly string[]; readonly isAll: boolean } {
  const named = policies.flatMap(({ kind, policy }) => policy.statements.filter((one) => one.effect === 'Allow').flatMap(({ principals, resources }) => {
    if (resources === undefined) return kind === 'trust' ? federatedOnly(principals).map((one) => isOfNoneOfMine(accountIn(one), perimeter) ? '' : one) : [''];
    return resources.negated ? [''] : resources.test.given.map(({ text }) => text);
  })).map(accountIn);
  return { owners: [...new Set(named.filter((one) => one !== undefined))], isAll: !named.includes(undefined) };
}
const isOfNoneOfMine = (id: string | undefined, { accounts, standaloneAccounts }: Perimeter): boolean => id !== undefined && accounts !== undefined && !accounts.includes(id) && !standaloneAccounts.includes(id);
/** The providers that a Principal names, if it names nobody else. */
const federatedOnly = (principals: Statement['principals']): readonly string[] =>
  principals === undefined || principals.negated || principals.everyone || [principals.aws, principals.services, principals.canonicalUsers].some((one) => one.length > 0) ? [''] : principals.federated;

/** Whether policies are asked about of which nothing says whose they are, though that may tell who gets through; SCPs and RCPs hang on all of mine. */
export const isOwnerOpen = ({ kind, resource }: Subject): boolean => kind !== 'scp' && (kind !== 'rcp' || resource !== undefined) && accountIn(resource) === undefined;

/**
 * Accounts to ask about where nothing says whose a policy is: of a resource's or role's policy, `onResource`, those of the ARNs that it names, if it allows nothing else;
 * else one for every way in which the policies and the definition tell accounts of mine apart. Throws BadQuestion where there are too many.
 */
export function accountsToAsk(policies: readonly Policy[], perimeter: Perimeter, about: Subject, onResource: readonly OnResource[]): readonly [string, ...string[]] {
  const { owners: [named, ...alsoNamed], isAll } = ownersNamed(onResource, perimeter);
  if (named === undefined) return apart(policies, perimeter, about);
  return isAll ? [named, ...alsoNamed] : apart(policies, perimeter, about, [named, ...alsoNamed]);
}
function apart(policies: readonly Policy[], perimeter: Perimeter, about: Partial<Subject> = {}, named: readonly string[] = []): readonly [string, ...string[]] {
  const found = accountsApart(policies, perimeter, about, named);
  if (found === undefined) throw new BadQuestion('`--account` is missing: the policies and the definition tell accounts apart in too many ways to ask as of each');
  return found;
}

/** The account taken where policies do not tell accounts apart: the first of mine. */
export const usualAccount = (perimeter: Perimeter): string => apart([], perimeter)[0];

/** Whether policies name an account in an ARN. */
export const isNamed = (account: string, written: string): boolean => written.includes(`:${account}:`);

/** Says which accounts were asked about, and which of them the answer is of. */
export type SayingWhose = (of: string, all: readonly string[]) => string;

export const saying = (how: string): SayingWhose => (of, all) => all.length < 2 ? `asked ${how} account ${of}, which nothing names; \`--account\` names another`
  : `asked ${how} accounts ${all.slice(0, 5).join(', ')}${all.length > 5 ? ` and ${all.length - 5} more` : ''}, which the policies may tell apart: this is the answer for ${of}; \`--account\` names one`;
export const sayingUnlisted: SayingWhose = (of, all) => `asked as of ${all.length < 2 ? `account ${of}, whose resources or providers the policy names, but which` : `accounts ${all.join(', ')}, whose resources or providers the policy names, but of which some`} the definition does not list as yours; \`--account\` names one that it does`;

/** What stands for an account where it is said. */
export const standingFor = (said: unknown): string[] => JSON.stringify(said).includes(UNLISTED) ? [`${UNLISTED} stands for any account of yours that nothing names`] : [];

/** What is to be said where something is asked as of accounts; `undefined`: nothing, for the policies name a listed one, or test nothing that tells. */
export function toSayOf(accounts: readonly string[], { accounts: listed, standaloneAccounts }: Perimeter, documents: readonly unknown[]): SayingWhose | undefined {
  const written = JSON.stringify(documents);
  const isListed = (id: string): boolean => standaloneAccounts.includes(id) || !isNamed(id, written) || (listed?.includes(id) ?? !new RegExp(`:iam::${id}:(?:saml|oidc)-provider/`).test(written));
  // Several are, and one that the policies do not name though they test whose resource or endpoint it is.
  const isWorthSaying = accounts.length > 1 || (/:(resource|vpce)(account|org)/i.test(written) && !isNamed(accounts[0]!, written));
  return !accounts.every(isListed) ? sayingUnlisted : isWorthSaying ? saying('as of') : undefined;
}
