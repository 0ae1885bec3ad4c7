import { placeOf, statementsOf, withStatement, type Document, type Statement } from '../../core/policy-document.ts';
import { inConditions, issuerOf, placeInWords, withCondition, withoutPrincipals, type Outside, type StatementChange } from '../../core/statement-changes.ts';
import { ask, parsePolicy, type Answer, type Objective, type Question } from '../../policy/index.ts';

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
function changesTo(question: Question, objective: Objective, answer: Outside, statement: Statement): StatementChange[] {
  const place = placeInWords(answer, statement);
  // What binds an account or an organization has no Allow of its own to condition.
  if (question.kind === 'scp' || question.kind === 'rcp') return [];
  return [...inConditions(statement, place, question.perimeter), ...withoutPrincipals(statement, answer, place), ...withCondition(question, objective, answer, statement, place)];
}

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
