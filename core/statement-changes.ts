import { issuerOf, type Answer, type Objective, type Perimeter, type Question } from '../policy/index.ts';
import { asList, operatorParts, type Statement } from './policy-document.ts';

/** A change to one statement, in words and as what it makes of the statement. */
export interface StatementChange { readonly text: string; readonly statement: Statement }
export type Outside = Extract<Answer, { answer: 'outside' }>;

/** The statement of an answer as a person finds it: `Statement 0 (`Admin`)`. */
export const placeInWords = ({ at }: { readonly at: string }, statement: Statement): string => `${at.slice(1).replace('/', ' ')}${typeof statement['Sid'] === 'string' ? ` (\`${statement['Sid']}\`)` : ''}`;

export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export const conditionsOf = (statement: Statement): Conditions => (statement['Condition'] ?? {}) as Conditions;

/** The statement with one key of one operator under another operator, with other values, or both. */
function withTest(statement: Statement, operator: string, key: string, to: string, values: unknown): Statement {
  const { [operator]: { [key]: _, ...others } = {}, ...rest } = conditionsOf(statement);
  const kept = Object.keys(others).length > 0 ? { ...rest, [operator]: others } : rest;
  return { ...statement, Condition: { ...kept, [to]: { ...kept[to], [key]: values } } };
}

/** A value of a list that goes, or an operator that gives way to one that does not hold of what is missing, or reads ARNs part by part. */
export function inConditions(statement: Statement, place: string, perimeter: Perimeter): StatementChange[] {
  return Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => Object.entries(keys).flatMap(([key, given]): StatementChange[] => {
    const values = asList(given);
    const { quantifier, name, ifExists } = operatorParts(operator);
    const others = values.filter((value) => !isMine(String(value), perimeter));
    const without = (gone: readonly unknown[]): StatementChange => ({ text: `remove ${gone.map((value) => `\`${String(value)}\``).join(', ')} from \`${key}\` in ${place}`, statement: withTest(statement, operator, key, operator, values.filter((one) => !gone.includes(one))) });
    const instead = (to: string): StatementChange => ({ text: `write \`${to}\` instead of \`${operator}\` for \`${key}\` in ${place}`, statement: withTest(statement, operator, key, to, given) });
    return [
      // Without `false` nobody is left but services.
      ...(/Not/.test(name) || values.length < 2 || /principalisawsservice$/i.test(key) ? [] : [...values.map((value) => without([value])), ...others.length > 1 && others.length < values.length ? [without(others)] : []]),
      ...(ifExists ? [instead(operator.slice(0, -'IfExists'.length))] : []),
      ...(quantifier === 'ForAllValues' ? [instead(`ForAnyValue:${name}`)] : []),
      ...(name === 'StringLike' && /arn$/i.test(key) ? [instead('ArnLike')] : []),
    ];
  }));
}

/** Whether a value names an organization or an account of mine, or a path of the former. */
const isMine = (value: string, { organizations, accounts = [], standaloneAccounts }: Perimeter): boolean => organizations.some((one) => value === one || value.startsWith(`${one}/`)) || accounts.includes(value) || standaloneAccounts.includes(value);

/** The principal that the witness is, or whose account it is of, goes; the last of a statement does not, for that is no small change. */
export function withoutPrincipals(statement: Statement, { witness: { principal } }: Outside, place: string): StatementChange[] {
  const listed = statement['Principal'];
  if (typeof listed !== 'object' || listed === null) return [];
  const isIt = (one: unknown): boolean => one === principal.name || one === principal.provider || (principal.account !== undefined && String(one).includes(principal.account));
  const all = Object.entries(listed as Record<string, unknown>).map(([type, names]) => [type, asList(names)] as const);
  const [gone, left] = [all.flatMap(([, names]) => names.filter(isIt)), all.map(([type, names]) => [type, names.filter((one) => !isIt(one))] as const).filter(([, names]) => names.length > 0)];
  if (gone.length === 0 || left.length === 0) return [];
  return [{ text: `remove ${gone.map((one) => `\`${String(one)}\``).join(', ')} from ${place}`, statement: { ...statement, Principal: Object.fromEntries(left) } }];
}

interface Pin { readonly key: string; readonly values: readonly string[]; readonly operator: 'StringEquals' | 'StringLike' }

/** A condition that holds callers, resources or sources to mine: a new one, or my values in the place of wrong ones. */
export function withCondition(question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): StatementChange[] {
  const conditions = conditionsOf(statement);
  return pinsFor(question, objective, answer).map(({ key, values, operator }): StatementChange => {
    const written = values.length === 1 ? values[0] : values;
    const known = Object.keys(conditions[operator] ?? {}).find((one) => one.toLowerCase() === key.toLowerCase());
    return {
      text: known === undefined ? `add \`"Condition": {"${operator}": {"${key}": ${JSON.stringify(written)}}}\` to ${place}`
        : insteadOf(conditions[operator]![known], values, known, place),
      statement: { ...statement, Condition: { ...conditions, [operator]: { ...conditions[operator], [known ?? key]: written } } },
    };
  });
}

const quoted = (values: unknown): string => asList(values).map((one) => `\`${String(one)}\``).join(', ');
const insteadOf = (given: unknown, values: readonly string[], key: string, place: string): string => `write ${quoted(values)} instead of ${quoted(given)} for \`${key}\` in ${place}`;

/** A Deny of what does not carry my values, where it names others: mine in their place. */
export function withMine(question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): StatementChange[] {
  return pinsFor(question, objective, answer).flatMap((pin) => Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => /^StringNot(Equals|Like)(IfExists)?$/.test(operator)
    ? Object.entries(keys).flatMap(([key, given]): StatementChange[] => key.toLowerCase() !== pin.key.toLowerCase() ? [] : [{
      text: insteadOf(given, pin.values, key, place),
      statement: withTest(statement, operator, key, operator, pin.values.length === 1 ? pin.values[0] : pin.values),
    }]) : []));
}

/** A standalone account is in no organization, and its own principals carry none. */
const mine = ({ organizations, accounts = [], standaloneAccounts }: Perimeter, account: string, what: string): Pin => organizations.length > 0 && !standaloneAccounts.includes(account)
  ? { key: `aws:${what}OrgID`, values: organizations, operator: 'StringEquals' } : { key: `aws:${what}Account`, values: [...new Set([account, ...standaloneAccounts, ...accounts])], operator: 'StringEquals' };

function pinsFor({ perimeter, account, kind }: Question, objective: Objective, { witness: { principal } }: Outside): Pin[] {
  const { identityProviders, partners, networks } = perimeter;
  switch (objective) {
    case 'resources': return [mine(perimeter, account, 'Resource')];
    case 'deputies': return [mine(perimeter, account, 'Source'), { key: 'aws:SourceAccount', values: [account], operator: 'StringEquals' }];
    case 'networks': return networks.vpcs.length > 0 ? [{ key: 'aws:SourceVpc', values: networks.vpcs, operator: 'StringEquals' }] : [];
    case 'principals': {
      if (principal.kind === 'web-identity') {
        const issuer = issuerOf(principal.provider);
        const entry = identityProviders?.find((one) => one.kind === 'claims' && one.issuer === issuer);
        return entry?.kind === 'claims' ? Object.entries(entry.claims).map(([claim, values]): Pin => ({ key: `${issuer}:${claim}`, values, operator: values.some((one) => /[*?]/.test(one)) ? 'StringLike' : 'StringEquals' })) : [];
      }
      // They carry no organization, so that condition would only keep everybody out.
      if (principal.kind === 'saml' || principal.kind === 'service') return [];
      const entries = partners.filter((one) => one.accounts.includes(principal.account ?? ''));
      // Unsigned calls carry no organization either; the resource they are for does.
      if (principal.kind === 'anonymous' && kind === 'vpc-endpoint') return [mine(perimeter, account, 'Principal'), mine(perimeter, account, 'Resource')];
      if (entries.length === 0 || kind !== 'trust') return [mine(perimeter, account, 'Principal')];
      const ids = entries.flatMap(({ externalIds }) => externalIds === 'pinned' ? [] : externalIds ?? []);
      return ids.length === 0 ? [] : [{ key: 'sts:ExternalId', values: ids, operator: 'StringEquals' }];
    }
  }
}
