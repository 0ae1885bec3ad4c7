import type { Perimeter, Policy, Subject } from '../../policy/index.ts';

/** The account that an ARN names. */
export const accountIn = (arn = ''): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

/** Stands for an account of mine where the definition lists none. */
const UNKNOWN = '000000000000';

/** Whether a resource's account is nowhere said though policies tell accounts apart. */
export const ownerMatters = ({ kind, resource }: Subject, policies: readonly Policy[]): boolean => kind !== 'scp' && (kind !== 'rcp' || resource !== undefined) && accountIn(resource) === undefined
  && /:(resource|vpce)(account|org)/i.test(JSON.stringify(policies.map(({ statements }) => statements)));

/** Accounts of mine to ask about where nothing says whose a policy is: one in the organization and one that stands alone of those that the policies do not name, and all that they name. */
export function accountsToAsk(policies: readonly unknown[], { accounts = [], standaloneAccounts }: Perimeter): readonly [string, ...string[]] {
  const text = JSON.stringify(policies);
  const isNamed = (id: string): boolean => text.includes(id);
  const [first = UNKNOWN, ...others] = [...[accounts, standaloneAccounts].flatMap((ids) => ids.find((id) => !isNamed(id)) ?? []), ...[...accounts, ...standaloneAccounts].filter(isNamed)];
  return [first, ...others];
}

/** Which accounts were asked about, and which of them the answer is of. */
export const askedAbout = (what: string, of: string, all: readonly string[]): string => all.length < 2 ? `asked ${what} account ${of}, which nothing names; \`--account\` names another`
  : `asked ${what} accounts ${all.join(', ')}: this is the answer for ${of}; \`--account\` names one`;
