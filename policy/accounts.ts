import { representatives, type Test, type Work } from './classes.ts';
import type { Partner, Perimeter } from './perimeter.ts';
import type { Policy } from './parse.ts';
import { parseTemplate, textOf, type Pattern, type Template } from './pattern.ts';
import type { Question } from './question.ts';

/** Twelve digits. */
export const accountForm: Pattern = Array.from({ length: 12 }, () => ({ of: 'digit', times: 'one' }) as const);
/** `o-` and 10 to 32 of [a-z0-9]. */
export const organizationForm: Pattern = ['o', '-', ...Array.from({ length: 32 }, (_, i) => ({ of: 'id', times: i < 10 ? 'one' : 'optional' }) as const)];

export const isMine = ({ perimeter, account }: Pick<Question, 'perimeter' | 'account'>, id: string): boolean =>
  id === account || perimeter.standaloneAccounts.includes(id) || (perimeter.accounts?.includes(id) ?? false);
export const partnerOf = (perimeter: Perimeter, id: string): Partner | undefined => perimeter.partners.find((one) => one.accounts.includes(id));

export interface Accounts {
  /** An account no text of the policy tells apart from any other. */
  readonly fresh: string;
  /** Accounts that fall under a wildcard of the policy. */
  readonly matched: readonly string[];
  /** Accounts of others that the policy names exactly. */
  readonly named: readonly string[];
  readonly partners: readonly string[];
}

const accountKeys = new Set(['aws:principalaccount', 'aws:sourceowner', 'kms:calleraccount', 'aws:sourceaccount', 'aws:resourceaccount', 's3:resourceaccount', 'aws:vpceaccount']);

/** Accounts that are not mine, one for every way the policy can tell them apart; `undefined` past the budget. */
export function strangeAccounts(question: Pick<Question, 'perimeter' | 'account'> & { readonly policy: Policy }, work: Work): Accounts | undefined {
  const texts = textsOf(question.policy);
  const named = [...new Set(texts.flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []))];
  const tests: Test[] = accountPatterns(question.policy).map((pattern) => ({ pattern, ignoreCase: false }));
  const mine = [question.account, ...question.perimeter.standaloneAccounts, ...(question.perimeter.accounts ?? [])];
  const taken = new Set([...named, ...mine, ...question.perimeter.partners.flatMap((one) => one.accounts)]);
  const reps = representatives(tests, accountForm, work);
  if (reps === undefined) return undefined;
  const strange = reps.filter((id) => !taken.has(id));
  return {
    fresh: freshAccount(taken, tests), matched: strange,
    named: named.filter((id) => !isMine(question, id) && partnerOf(question.perimeter, id) === undefined),
    partners: question.perimeter.partners.flatMap((one) => one.accounts).filter((id) => !isMine(question, id)),
  };
}

/** An account of nobody we know, the same one every time so that a witness does not change from run to run. */
function freshAccount(taken: ReadonlySet<string>, tests: readonly Test[]): string {
  const candidates = ['999999999999', '888888888888', '777777777777', '666666666666', '555555555555'];
  return candidates.find((id) => !taken.has(id)) ?? String(900_000_000_001 + taken.size + tests.length);
}

/** Every text of the policy's principals, resources and condition values. */
export function textsOf(policy: Policy): readonly string[] {
  const known = texts.get(policy) ?? readTexts(policy);
  texts.set(policy, known);
  return known;
}
const texts = new WeakMap<Policy, readonly string[]>();

function readTexts(policy: Policy): string[] {
  return policy.statements.flatMap((one) => [
    ...(one.principals === undefined ? [] : [...one.principals.aws, ...one.principals.federated]),
    ...(one.resources?.patterns.map(templateText) ?? []),
    ...one.conditions.flatMap((condition) => condition.values),
  ]);
}
const templateText = (template: Template): string => template.map((token) => typeof token === 'object' && 'variable' in token ? '${}' : textOf([token])).join('');

/** Patterns with wildcards that an account id meets: under keys that carry one, and in the fifth segment of an ARN. */
function accountPatterns(policy: Policy): Pattern[] {
  const wild = (text: string): boolean => /[*?]/.test(text);
  const parse = (text: string): Pattern => parseTemplate(text, { wildcards: true, variables: false }) as Pattern;
  return policy.statements.flatMap((one) => [
    ...one.conditions.flatMap(({ key, operator, values }) => operator.wildcards && accountKeys.has(key) ? values.filter(wild).map(parse) : []),
    ...readTexts({ ...policy, statements: [one] }).flatMap((text) => {
      const segment = /^arn:/.test(text) ? text.split(':')[4] : undefined;
      return segment !== undefined && wild(segment) && /\d/.test(segment) ? [parse(segment)] : [];
    }),
  ]);
}

/** An organization that is not mine and that no policy names. */
export function foreignOrganization(perimeter: Perimeter, policy: Policy): string {
  const taken = new Set([...perimeter.organizations, ...textsOf(policy)]);
  return ['o-zzzzzzzzzz', 'o-yyyyyyyyyy', 'o-xxxxxxxxxx'].find((one) => !taken.has(one)) ?? `o-zzzzzzzzzz${taken.size}`;
}
