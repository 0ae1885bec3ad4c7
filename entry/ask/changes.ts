import { ask, parsePolicy, type Answer, type Objective, type Perimeter, type Question } from '../../policy/index.ts';
import { asList, operatorParts, placeOf, statementsOf, withStatement, type Document, type Statement } from './document.ts';

/** A change to one statement, in words and as what it makes of the statement. */
interface Change { readonly text: string; readonly statement: Statement }
type Outside = Extract<Answer, { answer: 'outside' }>;

/** Changes to a policy, one after another, the document they make, and whether the engine finds that closed. */
export interface Closing { readonly changes: readonly string[]; readonly closed: boolean; readonly document: Document }

const MOST_CHANGES = 6;

/**
 * The smallest changes that close what is open: each was made to the document and the question asked again, so that none
 * is named that does not help. Where no change on its own does, an instruction stands last, and `closed` is false.
 */
export function closingChanges(question: Question, document: Document, objective: Objective): Closing {
  const changes: string[] = [];
  let [asked, current] = [question, document];
  while (changes.length < MOST_CHANGES) {
    const answer = ask(asked, objective);
    if (answer.answer !== 'outside') return { changes, closed: answer.answer === 'inside', document: current };
    const index = statementsOf(current).findIndex((_, i) => placeOf(current, i) === answer.at);
    const statement = statementsOf(current)[index];
    const helpful = (statement === undefined ? [] : changesTo(asked, objective, answer, statement)).map((change) => {
      const after = withStatement(current, index, change.statement);
      return { change, after, asked: { ...asked, policy: parsePolicy(after) } };
    }).find((one) => helps(ask(one.asked, objective), answer));
    if (helpful === undefined) return { changes: [...changes, inWords(asked, objective, answer)], closed: false, document: current };
    changes.push(helpful.change.text);
    [asked, current] = [helpful.asked, helpful.after];
  }
  return { changes, closed: ask(asked, objective).answer === 'inside', document: current };
}

/** Whether nobody gets through after a change, or only elsewhere. */
const helps = (after: Answer, before: Outside): boolean => after.answer === 'inside' || (after.answer === 'outside' && after.at !== before.at);

/** The changes worth trying, the smallest first. */
function changesTo(question: Question, objective: Objective, answer: Outside, statement: Statement): Change[] {
  const place = `${answer.at.slice(1).replace('/', ' ')}${typeof statement['Sid'] === 'string' ? ` (\`${statement['Sid']}\`)` : ''}`;
  // What binds an account or an organization has no Allow of its own to condition.
  if (question.kind === 'scp' || question.kind === 'rcp') return [];
  return [...inConditions(statement, place, question.perimeter), ...withoutPrincipals(statement, answer, place), ...withCondition(question, objective, answer, statement, place)];
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const conditionsOf = (statement: Statement): Conditions => (statement['Condition'] ?? {}) as Conditions;

/** The statement with one key of one operator under another operator, with other values, or both. */
function withTest(statement: Statement, operator: string, key: string, to: string, values: unknown): Statement {
  const { [operator]: { [key]: _, ...others } = {}, ...rest } = conditionsOf(statement);
  const kept = Object.keys(others).length > 0 ? { ...rest, [operator]: others } : rest;
  return { ...statement, Condition: { ...kept, [to]: { ...kept[to], [key]: values } } };
}

/** A value of a list that goes, or an operator that gives way to one that does not hold of what is missing, or reads ARNs part by part. */
function inConditions(statement: Statement, place: string, perimeter: Perimeter): Change[] {
  return Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => Object.entries(keys).flatMap(([key, given]): Change[] => {
    const values = asList(given);
    const { quantifier, name, ifExists } = operatorParts(operator);
    const others = values.filter((value) => !isMine(String(value), perimeter));
    const without = (gone: readonly unknown[]): Change => ({ text: `remove ${gone.map((value) => `\`${String(value)}\``).join(', ')} from \`${key}\` in ${place}`, statement: withTest(statement, operator, key, operator, values.filter((one) => !gone.includes(one))) });
    const instead = (to: string): Change => ({ text: `write \`${to}\` instead of \`${operator}\` for \`${key}\` in ${place}`, statement: withTest(statement, operator, key, to, given) });
    return [
      ...(/Not/.test(name) || values.length < 2 ? [] : [...values.map((value) => without([value])), ...others.length > 1 && others.length < values.length ? [without(others)] : []]),
      ...(ifExists ? [instead(operator.slice(0, -'IfExists'.length))] : []),
      ...(quantifier === 'ForAllValues' ? [instead(`ForAnyValue:${name}`)] : []),
      ...(name === 'StringLike' && /arn$/i.test(key) ? [instead('ArnLike')] : []),
    ];
  }));
}

/** Whether a value names an organization or an account of mine, or a path of the former. */
const isMine = (value: string, { organizations, accounts = [], standaloneAccounts }: Perimeter): boolean => organizations.some((one) => value === one || value.startsWith(`${one}/`)) || accounts.includes(value) || standaloneAccounts.includes(value);

/** The principal that the witness is, or whose account it is of, goes; the last of a statement does not, for that is no small change. */
function withoutPrincipals(statement: Statement, { witness: { principal } }: Outside, place: string): Change[] {
  const listed = statement['Principal'];
  if (typeof listed !== 'object' || listed === null) return [];
  const isIt = (one: unknown): boolean => one === principal.name || one === principal.provider || (principal.account !== undefined && String(one).includes(principal.account));
  const all = Object.entries(listed as Record<string, unknown>).map(([type, names]) => [type, asList(names)] as const);
  const [gone, left] = [all.flatMap(([, names]) => names.filter(isIt)), all.map(([type, names]) => [type, names.filter((one) => !isIt(one))] as const).filter(([, names]) => names.length > 0)];
  if (gone.length === 0 || left.length === 0) return [];
  return [{ text: `remove ${gone.map((one) => `\`${String(one)}\``).join(', ')} from ${place}`, statement: { ...statement, Principal: Object.fromEntries(left) } }];
}

interface Pin { readonly key: string; readonly values: readonly string[]; readonly operator: 'StringEquals' | 'StringLike' }

/** A condition that holds callers, resources or sources to mine. */
function withCondition(question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): Change[] {
  return pinsFor(question, objective, answer).filter(({ key, operator }) => conditionsOf(statement)[operator]?.[key] === undefined).map(({ key, values, operator }): Change => {
    const written = values.length === 1 ? values[0] : values;
    const conditions = conditionsOf(statement);
    return {
      text: `add \`"Condition": {"${operator}": {"${key}": ${JSON.stringify(written)}}}\` to ${place}`,
      statement: { ...statement, Condition: { ...conditions, [operator]: { ...conditions[operator], [key]: written } } },
    };
  });
}

const mine = ({ organizations, standaloneAccounts }: Perimeter, account: string, what: string): Pin => organizations.length > 0
  ? { key: `aws:${what}OrgID`, values: organizations, operator: 'StringEquals' } : { key: `aws:${what}Account`, values: [...new Set([account, ...standaloneAccounts])], operator: 'StringEquals' };

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
      const partner = partners.find((one) => one.accounts.includes(principal.account ?? ''));
      if (partner === undefined || kind !== 'trust') return [mine(perimeter, account, 'Principal')];
      const { externalIds: ids } = partner;
      return ids === undefined || ids === 'pinned' || ids.length === 0 ? [] : [{ key: 'sts:ExternalId', values: ids, operator: 'StringEquals' }];
    }
  }
}
const issuerOf = (provider = ''): string => provider.replace(/^.*oidc-provider\//, '');

/** What a person must do where no single change closes it. */
function inWords({ perimeter, kind }: Question, objective: Objective, { at, reach, witness: { principal } }: Outside): string {
  const place = at === '' ? 'the policy' : at.slice(1).replace('/', ' ');
  if (kind === 'rcp') return 'deny callers outside: a statement with `"Effect": "Deny"` and `StringNotEqualsIfExists` on `aws:PrincipalOrgID`, and AWS services spared by `BoolIfExists` on `aws:PrincipalIsAWSService`';
  if (kind === 'scp' && objective === 'resources') return 'deny resources of others: a statement with `"Effect": "Deny"` and `StringNotEqualsIfExists` on `aws:ResourceOrgID`';
  if (objective === 'networks') return `deny what comes from elsewhere: in ${place}, or by an SCP over networks of yours`;
  if (principal.kind === 'web-identity' || reach === 'shared-issuer') return `pin the claim that names your tenancy, such as \`${issuerOf(principal.provider)}:sub\`, in ${place}, and list the issuer under \`identityProviders\``;
  if (principal.kind === 'saml') return `remove the provider from ${place}, or list it under \`identityProviders\``;
  if (principal.kind === 'service') return `remove the service from ${place}, or list it under \`services\``;
  const partner = perimeter.partners.find((one) => one.accounts.includes(principal.account ?? ''));
  if (partner !== undefined && kind === 'trust') return `agree an external id with ${partner.name} and hold \`sts:ExternalId\` to it in ${place}`;
  return `take ${place} apart: no single change to it keeps outsiders out`;
}
