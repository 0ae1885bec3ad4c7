import type { Perimeter, Question } from '../policy/index.ts';
import type { Outside } from './pins.ts';
import { asList, operatorParts, type Statement } from './policy-document.ts';
import { isMultivalued } from '../policy/tables/keys.ts';

/** A change to one statement, in words and as what it makes of the statement. */
export interface StatementChange { readonly text: string; readonly statement: Statement }

/** The statement of an answer as a person finds it: `Statement 0 (`Admin`)`. The console writes an empty name. */
export const placeInWords = ({ at }: { readonly at: string }, statement: Statement): string => `${at.slice(1).replace('/', ' ')}${typeof statement['Sid'] === 'string' && statement['Sid'] !== '' ? ` (\`${statement['Sid']}\`)` : ''}`;

export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export const conditionsOf = (statement: Statement): Conditions => (statement['Condition'] ?? {}) as Conditions;

/** The statement without one key of one operator. */
export function withoutTest(statement: Statement, operator: string, key: string): Statement {
  const { [operator]: { [key]: _, ...others } = {}, ...rest } = conditionsOf(statement);
  return { ...statement, Condition: Object.keys(others).length > 0 ? { ...rest, [operator]: others } : rest };
}

/** The statement with one key of one operator under another operator, with other values, or both. */
export function withTest(statement: Statement, operator: string, key: string, to: string, values: unknown): Statement {
  const kept = conditionsOf(withoutTest(statement, operator, key));
  return { ...statement, Condition: { ...kept, [to]: { ...kept[to], [key]: values } } };
}

/** A value of a list that goes, or an operator that gives way to one that does not hold of what is missing, or reads ARNs part by part. */
export function inConditions(statement: Statement, place: string, perimeter: Perimeter): StatementChange[] {
  return Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => Object.entries(keys).flatMap(([key, given]): StatementChange[] => {
    const values = asList(given);
    const { quantifier, name, ifExists } = operatorParts(operator);
    const others = values.filter((value) => !isMine(String(value), perimeter));
    const without = (gone: readonly unknown[]): StatementChange => ({ text: `remove ${quoted(gone)} from \`${key}\`${operatorsOn(statement, key).length > 1 ? ` under \`${operator}\`` : ''} in ${place}`, statement: withTest(statement, operator, key, operator, values.filter((one) => !gone.includes(one))) });
    const instead = (to: string): StatementChange => ({ text: `write \`${to}\` instead of \`${operator}\` for \`${key}\` in ${place}`, statement: withTest(statement, operator, key, to, given) });
    return [
      // Without `false` nobody is left but services.
      ...(/Not/.test(name) || values.length < 2 || /principalisawsservice$/i.test(key) ? [] : [...values.map((value) => without([value])), ...others.length > 1 && others.length < values.length ? [without(others)] : []]),
      ...(ifExists ? [instead(operator.slice(0, -'IfExists'.length))] : []),
      // AWS warns of set operators on keys that carry one value.
      ...(quantifier === 'ForAllValues' ? [instead(isMultivalued(key.toLowerCase()) ? `ForAnyValue:${name}` : name)] : []),
      ...(name === 'StringLike' && /arn$/i.test(key) ? [instead('ArnLike')] : []),
    ];
  }));
}

/** The operators that test a key, whatever its case. */
export const operatorsOn = (statement: Statement, key: string): string[] => Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => Object.keys(keys).some((one) => one.toLowerCase() === key.toLowerCase()) ? [operator] : []);

/** Whether a value names an organization or an account of mine, or a path of the former. */
const isMine = (value: string, { organizations, accounts = [], standaloneAccounts }: Perimeter): boolean => organizations.some((one) => value === one || value.startsWith(`${one}/`)) || accounts.includes(value) || standaloneAccounts.includes(value);

type Listed = readonly (readonly [type: string, names: readonly unknown[]])[];
/** The principals of a statement that names some, by type. */
export const principalsOf = ({ Principal: listed }: Statement): Listed => typeof listed !== 'object' || listed === null ? [] : Object.entries(listed).map(([type, names]) => [type, asList(names)]);
/** The account that a principal element names. */
const accountNamed = (name: unknown): string | undefined => /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(String(name))?.[1];
/** Whether a name is the witness, or of its account, or of the partner whose account that is. */
export const isIt = ({ witness: { principal } }: Outside, { partners }: Perimeter) => (one: unknown): boolean => {
  const account = accountNamed(one);
  return one === principal.name || one === principal.provider
    || (account !== undefined && principal.account !== undefined && (account === principal.account || partners.some(({ accounts }) => accounts.includes(account) && accounts.includes(principal.account!))));
};
export const filtered = (all: Listed, holds: (name: unknown, type: string) => boolean): Listed => all.map(([type, names]) => [type, names.filter((one) => holds(one, type))] as const).filter(([, names]) => names.length > 0);

/** The principal that the witness is, or whose account it is of, goes; the last of a statement does not, for that is no small change. */
export const withoutPrincipals = (statement: Statement, answer: Outside, place: string, perimeter: Perimeter): StatementChange[] => withoutNames(statement, isIt(answer, perimeter), place);

type Whose = Pick<Question, 'perimeter' | 'account'>;
/** Accounts of mine and of partners, where the definition lists mine. */
const knownAccounts = ({ perimeter: { accounts, standaloneAccounts, partners }, account }: Whose): readonly string[] | undefined => accounts === undefined ? undefined : [account, ...accounts, ...standaloneAccounts, ...partners.flatMap((one) => one.accounts)];

/** Resources that are of the account that the answer shows, or of others that are not known, go by their ARNs; some must be left. */
export function withoutResources(question: Whose, { witness: { context } }: Outside, statement: Statement, place: string): StatementChange[] {
  const all = asList(statement['Resource']);
  const known = knownAccounts(question);
  const gone = all.filter((one) => { const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(String(one))?.[1]; return account !== undefined && (account === context['aws:ResourceAccount'] || known?.includes(account) === false); });
  const left = all.filter((one) => !gone.includes(one));
  return gone.length === 0 || left.length === 0 ? [] : [{ text: `remove ${quoted(gone)} from ${place}`, statement: { ...statement, Resource: left } }];
}

/** All that are of accounts of others go, where the definition lists mine. */
export function withoutOutsiders(question: Whose, statement: Statement, place: string): StatementChange[] {
  const known = knownAccounts(question);
  if (known === undefined) return [];
  return withoutNames(statement, (one) => { const named = accountNamed(one); return named !== undefined && !known.includes(named); }, place);
}

function withoutNames(statement: Statement, isGone: (name: unknown) => boolean, place: string): StatementChange[] {
  const all = principalsOf(statement);
  const [gone, left] = [filtered(all, isGone), filtered(all, (one) => !isGone(one))];
  if (gone.length === 0 || left.length === 0) return [];
  return [{ text: `remove ${quoted(gone.flatMap(([, names]) => names))} from ${place}`, statement: { ...statement, Principal: Object.fromEntries(left) } }];
}

export const quoted = (values: readonly unknown[]): string => values.length === 0 ? '`[]`' : values.map((one) => `\`${String(one)}\``).join(', ');
