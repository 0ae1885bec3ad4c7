import { ask } from '../ask.ts';
import { Condition } from '../conditions.ts';
import { operatorNamed } from '../operators.ts';
import type { Policy, Statement } from '../parse.ts';
import { parseTemplate } from '../pattern.ts';
import type { Answer, Objective, Question } from '../question.ts';

/** A change to one statement, in words and as what it makes of the statement; `undefined`: it goes. */
interface Change { readonly text: string; readonly statement: Statement | undefined }
type Outside = Extract<Answer, { answer: 'outside' }>;

/** Changes to a policy, one after another, and whether the engine finds it closed after the last. */
export interface Closing { readonly changes: readonly string[]; readonly closed: boolean }

const MOST_CHANGES = 6;

/**
 * The smallest changes that close what is open: each was made and the question asked again, so that none is named that
 * does not help. Where no change on its own does, an instruction stands alone, and `closed` is false.
 */
export function closingChanges(question: Question, objective: Objective): Closing {
  const changes: string[] = [];
  let asked = question;
  for (let i = 0; i < MOST_CHANGES; i++) {
    const answer = ask(asked, objective);
    if (answer.answer !== 'outside') return { changes, closed: answer.answer === 'inside' };
    const index = asked.policy.statements.findIndex((one) => one.at === answer.at);
    const helpful = index < 0 ? undefined : changesTo(asked, objective, answer, asked.policy.statements[index]!).map((change) => ({ change, after: edited(asked.policy, index, change) }))
      .find(({ after }) => after.statements.length > 0 && helps(ask({ ...asked, policy: after }, objective), answer));
    if (helpful === undefined) return { changes: [...changes, inWords(asked, objective, answer)], closed: false };
    changes.push(helpful.change.text);
    asked = { ...asked, policy: helpful.after };
  }
  return { changes, closed: ask(asked, objective).answer === 'inside' };
}

/** Whether nobody, or only somebody else or elsewhere, gets through after a change. */
const helps = (after: Answer, before: Outside): boolean => after.answer === 'inside' || (after.answer === 'outside' && after.at !== before.at);

const edited = (policy: Policy, index: number, { statement }: Change): Policy =>
  ({ ...policy, statements: policy.statements.flatMap((one, i) => i !== index ? [one] : statement === undefined ? [] : [statement]) });

/** The changes worth trying, the smallest first. */
function changesTo(question: Question, objective: Objective, answer: Outside, statement: Statement): Change[] {
  const place = placeOf(statement);
  return [...withoutValues(statement, answer, place), ...stricterOperators(statement, place), ...withoutPrincipals(statement, answer, place), ...withCondition(question, objective, answer, statement, place)];
}
const placeOf = ({ at, sid }: Statement): string => `${at.slice(1).replace('/', ' ')}${sid === undefined ? '' : ` (\`${sid}\`)`}`;
const withConditions = (statement: Statement, conditions: readonly Condition[]): Statement => ({ ...statement, conditions });
const replaced = (statement: Statement, old: Condition, by: Condition): Statement => withConditions(statement, statement.conditions.map((one) => one === old ? by : one));

/** A value that the witness's own value fits goes from its list. */
function withoutValues(statement: Statement, { witness }: Outside, place: string): Change[] {
  const carried = new Map(Object.entries(witness.context).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]));
  return statement.conditions.flatMap((condition) => {
    const values = carried.get(condition.key);
    if (condition.templates.length < 2 || values === undefined || condition.operator.negated) return [];
    return condition.templates.filter((template) => values.some((value) => new Condition({ ...condition, templates: [template] }).fits(value))).map((template): Change => ({
      text: `remove \`${template.text}\` from \`${condition.name}\` in ${place}`,
      statement: replaced(statement, condition, new Condition({ ...condition, templates: condition.templates.filter((one) => one !== template) })),
    }));
  });
}

/** An operator that holds of what is missing, or reads an ARN as one text, gives way to one that does not. */
function stricterOperators(statement: Statement, place: string): Change[] {
  return statement.conditions.flatMap((condition): Change[] => {
    const { operator, quantifier, ifExists, name } = condition;
    const written = `${quantifier === undefined ? '' : `${quantifier}:`}${operator.name}${ifExists ? 'IfExists' : ''}`;
    const change = (to: string, test: Condition): Change => ({ text: `write \`${to}\` instead of \`${written}\` for \`${name}\` in ${place}`, statement: replaced(statement, condition, test) });
    return [
      ...ifExists ? [change(written.replace(/IfExists$/, ''), new Condition({ ...condition, ifExists: false }))] : [],
      ...quantifier === 'ForAllValues' ? [change(written.replace('ForAllValues', 'ForAnyValue').replace(/IfExists$/, ''), new Condition({ ...condition, quantifier: 'ForAnyValue', ifExists: false }))] : [],
      ...operator.name === 'StringLike' && /arn$/.test(condition.key) ? [change('ArnLike', asArns(condition))] : [],
    ];
  });
}
const asArns = (condition: Condition): Condition => new Condition({ ...condition, operator: operatorNamed('ArnLike')!, templates: condition.values.map((one) => parseTemplate(one, { wildcards: true, variables: true, arn: true })) });

/** The principal that the witness is, or whose account it is of, goes. */
function withoutPrincipals(statement: Statement, { witness: { principal } }: Outside, place: string): Change[] {
  const { principals } = statement;
  if (principals === undefined || principals.negated || principals.everyone) return [];
  const isIt = (one: string): boolean => one === principal.name || one === principal.provider || (principal.account !== undefined && one.includes(principal.account));
  const listed = [...principals.aws, ...principals.services, ...principals.federated].filter(isIt);
  if (listed.length === 0) return [];
  const left = { ...principals, aws: principals.aws.filter((one) => !isIt(one)), services: principals.services.filter((one) => !isIt(one)), federated: principals.federated.filter((one) => !isIt(one)) };
  const isEmpty = left.aws.length + left.services.length + left.federated.length + left.canonicalUsers.length === 0;
  // The last principal of a statement leaves with it, which is no small change.
  return isEmpty ? [] : [{ text: `remove ${listed.map((one) => `\`${one}\``).join(', ')} from ${place}`, statement: { ...statement, principals: left } }];
}

interface Pin { readonly key: string; readonly values: readonly string[]; readonly operator: 'StringEquals' | 'StringLike' }

/** A condition that holds callers, resources or sources to mine. */
function withCondition(question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): Change[] {
  return pinsFor(question, objective, answer).map(({ key, values, operator }): Change => {
    const templates = values.map((one) => parseTemplate(one, { wildcards: operator === 'StringLike', variables: false }));
    return {
      text: `add \`"Condition": {"${operator}": {"${key}": ${JSON.stringify(values.length === 1 ? values[0] : values)}}}\` to ${place}`,
      statement: withConditions(statement, [...statement.conditions, new Condition({ operator: operatorNamed(operator)!, quantifier: undefined, ifExists: false, key: key.toLowerCase(), name: key, templates })]),
    };
  });
}

function pinsFor({ perimeter, account, kind }: Question, objective: Objective, { witness: { principal } }: Outside): Pin[] {
  const { organizations, identityProviders, partners, networks } = perimeter;
  const mine = (what: string): Pin => organizations.length > 0 ? { key: `aws:${what}OrgID`, values: organizations, operator: 'StringEquals' } : { key: `aws:${what}Account`, values: [account], operator: 'StringEquals' };
  switch (objective) {
    case 'resources': return [mine('Resource')];
    case 'deputies': return [mine('Source'), { key: 'aws:SourceAccount', values: [account], operator: 'StringEquals' }];
    case 'networks': return networks.vpcs.length > 0 ? [{ key: 'aws:SourceVpc', values: networks.vpcs, operator: 'StringEquals' }] : [];
    case 'principals': {
      if (principal.kind === 'web-identity') {
        const issuer = issuerOf(principal.provider);
        const entry = identityProviders?.find((one) => one.kind === 'claims' && one.issuer === issuer);
        return entry?.kind === 'claims' ? Object.entries(entry.claims).map(([claim, values]): Pin => ({ key: `${issuer}:${claim}`, values, operator: values.some((one) => /[*?]/.test(one)) ? 'StringLike' : 'StringEquals' })) : [];
      }
      const partner = partners.find((one) => one.accounts.includes(principal.account ?? ''));
      if (partner !== undefined && kind === 'trust' && Array.isArray(partner.externalIds) && partner.externalIds.length > 0) return [{ key: 'sts:ExternalId', values: partner.externalIds as readonly string[], operator: 'StringEquals' }];
      return [mine('Principal')];
    }
  }
}
const issuerOf = (provider = ''): string => provider.replace(/^.*oidc-provider\//, '');

/** What a person must do where no single change closes it. */
function inWords({ perimeter, kind }: Question, objective: Objective, { at, reach, witness: { principal } }: Outside): string {
  const place = at === '' ? 'the policy' : at.slice(1).replace('/', ' ');
  if (objective === 'networks') return `deny what comes from elsewhere: in ${place}, or by an SCP over networks of yours`;
  if (principal.kind === 'web-identity' || reach === 'shared-issuer') return `pin the claim that names your tenancy, such as \`${issuerOf(principal.provider)}:sub\`, in ${place}, and list the issuer under \`identityProviders\``;
  if (principal.kind === 'saml') return `remove the provider from ${place}, or list it under \`identityProviders\``;
  if (principal.kind === 'service') return `remove the service from ${place}, or list it under \`services\``;
  const partner = perimeter.partners.find((one) => one.accounts.includes(principal.account ?? ''));
  if (partner !== undefined && kind === 'trust') return `agree an external id with ${partner.name} and hold \`sts:ExternalId\` to it in ${place}`;
  return `take ${place} apart: no single condition on it keeps outsiders out`;
}
